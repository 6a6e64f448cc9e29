-- The type kz_matrix: text, jsonb, order and equality, storage, readers, selection and algebra.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

-- text: any order of labels and cells comes out in the one canonical form
SELECT '{"rows":["a"],"cols":["x"],"cells":[[0,0,1.5]]}'::kz_matrix;
SELECT '{"cols":["y","x"],"rows":["b","a"],"cells":[[0,1,3],[1,0,-2.5],[1,1,1e-3],[0,0,null]]}'::kz_matrix;
SELECT '{"rows":[],"cols":[],"cells":[]}'::kz_matrix;
SELECT ' { "rows" : ["",  "tab\t, \"quote\" \\ \u041a\u0430\u0437"], "cols":[" "],"cells":[[1,0,1E2],[0,0,-0]]} '::kz_matrix;

-- labels sort bytewise, a prefix first, whatever the collation
SELECT kz_row_labels('{"rows":["aa","B","a","","é","Z","10","9","z"],"cols":["x"],
  "cells":[[0,0,1],[1,0,1],[2,0,1],[3,0,1],[4,0,1],[5,0,1],[6,0,1],[7,0,1],[8,0,1]]}');

-- values come back to the last bit, and their text does not depend on settings
CREATE TEMPORARY TABLE edge (v float8);
INSERT INTO edge VALUES (0), ('-0'), (1), (-1), (0.1), (1.0 / 3), (123456789.123456789), (5e-324), (2.2250738585072014e-308),
  (9.745314011399998e288), (-9.745314011399998e288), (9007199254740993), (1e23), (4.35);
SELECT count(*), bool_and(kz_value(m::text::kz_matrix, 'a', 'x') = v) AS text_back, bool_and(m::jsonb::kz_matrix = m) AS jsonb_back,
  bool_and(m::text::kz_matrix = m) AS same
FROM (SELECT v, kz_matrix_agg('a', 'x', v) AS m FROM edge GROUP BY v) s;
SET extra_float_digits = -15;
SELECT bool_and(kz_value(m::text::kz_matrix, 'a', 'x') = v) AS with_few_digits
FROM (SELECT v, kz_matrix_agg('a', 'x', v) AS m FROM edge GROUP BY v) s;
SELECT kz_matrix_agg('a', 'x', 0.1::float8 + 0.2::float8) AS shortest_exact;
SET extra_float_digits = 1;
-- zero has no sign, and a zero that was given is kept: only an absent cell is absent
SELECT kz_matrix_agg('a', 'x', '-0') AS m, kz_matrix_agg('a', 'x', '-0') = kz_matrix_agg('a', 'x', 0) AS same;
SELECT bool_and(m::text::kz_matrix = m AND m::jsonb::kz_matrix = m) AS round_trip, count(*)
FROM (SELECT kz_matrix_agg('r' || r % (g % 7 + 1), 'c' || c, CASE WHEN random() < 0.1 THEN NULL ELSE (random() - 0.5) * 10 ^ (600 * random() - 311) END) AS m
      FROM generate_series(1, 300) g, generate_series(1, 6) r, generate_series(1, 4) c WHERE random() < 0.7 GROUP BY g) s;

-- jsonb
SELECT '{"rows":["b","a"],"cols":["x"],"cells":[[0,0,2],[1,0,null]]}'::jsonb::kz_matrix::jsonb;
SELECT label, total FROM kz_row_totals('{"rows":["b","a"],"cols":["x"],"cells":[[0,0,2],[1,0,4]]}'::jsonb::kz_matrix) ORDER BY 1;

-- equality and order are of the whole content
CREATE TEMPORARY TABLE m AS
SELECT * FROM (VALUES
  (1, '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'::kz_matrix),
  (2, '{"rows":["a"],"cols":["x"],"cells":[[0,0,2]]}'),
  (3, '{"rows":["a"],"cols":["y"],"cells":[[0,0,1]]}'),
  (4, '{"rows":["b"],"cols":["x"],"cells":[[0,0,1]]}'),
  (5, '{"rows":["a"],"cols":["x"],"cells":[[0,0,null]]}'),
  (6, '{"rows":["a"],"cols":["x"],"cells":[[0,0,null,1]]}'),
  (7, '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1,0]]}'),
  (8, '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[2,0]]}'),
  (9, '{"rows":["a"],"cols":["x"],"cells":[[0,0,0]]}'),
  (10, '{"rows":[],"cols":[],"cells":[]}')) v (id, m);
SELECT count(*) AS pairs, count(*) FILTER (WHERE a.m = b.m) AS equal, count(*) FILTER (WHERE (a.m = b.m) <> (a.id = b.id)) AS wrong,
  count(*) FILTER (WHERE (a.m = b.m) = (a.m <> b.m) OR (a.m < b.m) <> (b.m > a.m) OR (a.m <= b.m) <> (b.m >= a.m)
    OR (a.m < b.m) = (a.m >= b.m) OR (a.m <= b.m) <> (a.m < b.m OR a.m = b.m) OR kz_matrix_cmp(a.m, b.m) <> -kz_matrix_cmp(b.m, a.m)) AS inconsistent,
  count(*) FILTER (WHERE a.id <> b.id AND kz_matrix_hash(a.m) = kz_matrix_hash(b.m)) AS hash_collisions,
  count(*) FILTER (WHERE a.id <> b.id AND kz_matrix_hash_extended(a.m, 1) = kz_matrix_hash_extended(b.m, 1)) AS hash_collisions_64
FROM m a, m b;
SELECT count(*) AS intransitive FROM m a, m b, m c WHERE a.m < b.m AND b.m < c.m AND NOT a.m < c.m;
SELECT bool_and(kz_matrix_hash(a.m) = kz_matrix_hash(b.m) AND kz_matrix_hash_extended(a.m, 7) = kz_matrix_hash_extended(b.m, 7)
                AND kz_matrix_hash_extended(a.m, 7) <> kz_matrix_hash_extended(a.m, 8)) AS hashes
FROM m a JOIN m b ON a.m = b.m;

-- an order makes indexes, sorts, DISTINCT and all joins
CREATE TEMPORARY TABLE twice AS SELECT id, m FROM m UNION ALL SELECT id + 100, m::text::kz_matrix FROM m;
CREATE INDEX ON twice USING btree (m);
CREATE INDEX ON twice USING hash (m);
SELECT count(DISTINCT m) FROM twice;
SELECT count(*) FROM (SELECT m FROM twice UNION SELECT m FROM m) u;
SELECT count(*) FROM (SELECT m FROM twice GROUP BY m HAVING count(*) = 2) u;
CREATE TEMPORARY TABLE unique_m (m kz_matrix PRIMARY KEY);
INSERT INTO unique_m SELECT m FROM twice ON CONFLICT DO NOTHING;
SELECT count(*) FROM unique_m;
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT array_agg(id ORDER BY id) FROM twice WHERE m = (SELECT m FROM m WHERE id = 5);
SELECT count(*) FROM twice a WHERE m <= (SELECT m FROM m WHERE id = 10) OR m > (SELECT m FROM m WHERE id = 10);
SELECT bool_and(m >= before) AS sorted FROM (SELECT m, lag(m) OVER (ORDER BY m) AS before FROM twice) s;
RESET enable_seqscan;
RESET enable_bitmapscan;
CREATE FUNCTION pg_temp.joins_by(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
  RETURN substring(plan::text FROM '"Node Type": "([^"]* Join|Nested Loop)"');
END $$;
SET enable_sort = on;
SET enable_hashjoin = off;
SET enable_nestloop = off;
SELECT pg_temp.joins_by('SELECT count(*) FROM twice a JOIN m b ON a.m = b.m');
SELECT count(*) FROM twice a JOIN m b ON a.m = b.m;
SET enable_hashjoin = on;
SET enable_mergejoin = off;
SELECT pg_temp.joins_by('SELECT count(*) FROM twice a JOIN m b ON a.m = b.m');
SELECT count(*) FROM twice a JOIN m b ON a.m = b.m;
RESET enable_nestloop;
RESET enable_mergejoin;

-- stored as it is: never compressed, large values out of line, small ones with a short header
CREATE TEMPORARY TABLE stored (id integer, m kz_matrix);
SELECT attstorage, attalign FROM pg_attribute WHERE attrelid = 'stored'::regclass AND attname = 'm';
INSERT INTO stored SELECT 1, m FROM m WHERE id = 1;
INSERT INTO stored SELECT 2, kz_matrix_agg(i / 100, i % 100, 0) FROM generate_series(0, 9999) i;
SELECT id, pg_column_compression(m), kz_dims(m), pg_column_size(m) > 100000 AS large FROM stored ORDER BY id;
UPDATE stored SET id = id + 10;
SELECT id, kz_total(m), (SELECT count(*) FROM kz_cells(m)) AS cells FROM stored ORDER BY id;
SELECT s.m = m.m AS same FROM stored s, m WHERE s.id = 11 AND m.id = 1;
SELECT kz_matrix_agg(i / 100, i % 100, 0) = (SELECT m FROM stored WHERE id = 12) AS same FROM generate_series(9999, 0, -1) i;
ALTER TABLE stored ALTER m SET STORAGE EXTENDED;
UPDATE stored SET m = m + '{"rows":[],"cols":[],"cells":[]}';
SELECT id, pg_column_compression(m) IS NOT NULL AS compressed, kz_dims(m) FROM stored ORDER BY id;

-- in arrays, composites, domains and PL/pgSQL variables
CREATE DOMAIN pg_temp.square AS kz_matrix CHECK ((kz_dims(VALUE)).rows = (kz_dims(VALUE)).cols);
SELECT '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'::pg_temp.square;
SELECT (ARRAY(SELECT m FROM m ORDER BY id))[3], array_position(ARRAY(SELECT m FROM m ORDER BY id), (SELECT m FROM m WHERE id = 4));
DO $$
DECLARE
  s kz_matrix := '{"rows":[],"cols":[],"cells":[]}';
BEGIN
  FOR i IN 1..50 LOOP
    s := s + kz_matrix_agg('r', i % 3, i) FROM (VALUES (1)) v;
  END LOOP;
  RAISE NOTICE '%', s;
END $$;

-- readers
CREATE TEMPORARY VIEW f AS
SELECT * FROM (VALUES ('north', 'mining', 10), ('north', 'farming', 2.5), ('south', 'farming', 7.5), ('south', 'trade', NULL),
                      ('west', 'trade', -1), ('west', 'mining', 0), ('south', 'trade', 4)) v (region, industry, value);
CREATE TEMPORARY TABLE facts AS SELECT kz_matrix_agg(region, industry, value) AS m FROM f;
SELECT m FROM facts;
SELECT kz_dims(m), kz_total(m), kz_row_labels(m), kz_col_labels(m) FROM facts;
SELECT c.* FROM facts, kz_cells(m) c;
SELECT c.* FROM facts, kz_cells(m, fill => true) c;
SELECT t.* FROM facts, kz_row_totals(m) t;
SELECT t.* FROM facts, kz_col_totals(m) t;
SELECT kz_value(m, 'north', 'mining') AS given, kz_value(m, 'north', 'trade') AS absent, kz_value(m, 'south', 'trade') AS suppressed,
  kz_value(m, 'east', 'trade') AS no_row, kz_value(m, 'north', 'fishing') AS no_column, kz_value(m, 'west', 'mining') AS zero FROM facts;
SELECT region, industry, kz_value(m, region, industry) FROM f, facts ORDER BY region, industry, value;
SELECT kz_dims(m), kz_total(m), kz_row_labels(m), kz_col_labels(m), (SELECT count(*) FROM kz_cells(m, true)) AS cells,
  (SELECT count(*) FROM kz_row_totals(m)) AS row_totals, (SELECT count(*) FROM kz_col_totals(m)) AS col_totals, kz_value(m, 'a', 'x') AS value
FROM (SELECT '{"rows":[],"cols":[],"cells":[]}'::kz_matrix AS m) s;
-- a total is exact, rounded once
SELECT kz_total(m), (SELECT array_agg(total) FROM kz_row_totals(m)) AS row_totals, (SELECT sum(value) FROM kz_cells(m)) = 0 AS naive_sum_is_lost
FROM (SELECT '{"rows":["a","b"],"cols":["x","y","z"],"cells":[[0,0,1e17],[0,1,1],[0,2,-1e17],[1,0,1e280],[1,1,3],[1,2,-1e280]]}'::kz_matrix AS m) s;

-- selection: labels left without a cell vanish; naming a label twice is naming it
SELECT kz_rows(m, ARRAY['north', 'west']) FROM facts;
SELECT kz_rows(m, '{south,south}'), kz_cols(m, '{trade}') FROM facts;
SELECT kz_rows(m, '{}'), kz_cols(kz_rows(m, '{west}'), '{trade}') FROM facts;
SELECT kz_rows(m, kz_row_labels(m)) = m AS all_rows, kz_cols(m, kz_col_labels(m)) = m AS all_cols FROM facts;

-- transposition
SELECT kz_transpose(m), kz_transpose(kz_transpose(m)) = m AS and_back FROM facts;
SELECT kz_transpose('{"rows":[],"cols":[],"cells":[]}');

-- sums align labels; what is suppressed on either side stays so, with what is disclosed
SELECT m + '{"rows":["east","north"],"cols":["trade","mining"],"cells":[[0,0,1],[1,1,5],[1,0,null]]}' FROM facts;
SELECT m - '{"rows":["east","north"],"cols":["trade","mining"],"cells":[[0,0,1],[1,1,5],[1,0,null]]}' FROM facts;
SELECT m + '{"rows":[],"cols":[],"cells":[]}' = m AS neutral, m - m, m + m = 2 * m AS twice, m + m = m * 2 AS twice_too FROM facts;
SELECT a.m + b.m = b.m + a.m AS commutes FROM facts a, (SELECT m FROM m WHERE id = 4) b;

-- times a number
SELECT m * 0.5, -1 * m FROM facts;
SELECT m * 0 FROM facts;

-- the product: a roll-up by a classification, member x group
SELECT m * (SELECT kz_matrix_agg(industry, sector, 1)
            FROM (VALUES ('farming', 'primary'), ('mining', 'primary'), ('trade', 'tertiary')) c (industry, sector)) AS by_sector FROM facts;
-- of rows by groups of regions: the classification stands left, group x member
SELECT kz_matrix_agg(area, region, 1) * (SELECT m FROM facts) AS by_area
FROM (VALUES ('interior', 'north'), ('interior', 'south'), ('coast', 'west')) c (area, region);
-- the same as adding up the facts in SQL
SELECT kz_matrix_agg(region, sector, value) = (SELECT m * kz_matrix_agg(industry, sector, 1)
    FROM (VALUES ('farming', 'primary'), ('mining', 'primary'), ('trade', 'tertiary')) c (industry, sector), facts GROUP BY m) AS same
FROM f JOIN (VALUES ('farming', 'primary'), ('mining', 'primary'), ('trade', 'tertiary')) c (industry, sector) USING (industry);
-- a weighted crosswalk between two vintages of regions: old x new, shares of the old that go to the new
WITH old AS (SELECT kz_matrix_agg(region, industry, value) AS m
             FROM (VALUES ('Almaty', 'B', 100), ('Almaty', 'C', 40), ('East', 'B', 80)) v (region, industry, value)),
     crosswalk AS (SELECT kz_matrix_agg(old, new, share) AS m
                   FROM (VALUES ('Almaty', 'Almaty', 0.75), ('Almaty', 'Zhetysu', 0.25), ('East', 'East', 0.5), ('East', 'Abai', 0.5)) v (old, new, share))
SELECT kz_transpose(crosswalk.m) * old.m AS converted, kz_total(kz_transpose(crosswalk.m) * old.m) = kz_total(old.m) AS nothing_lost
FROM old, crosswalk;
-- suppressed times something is suppressed, times a given zero is not
SELECT '{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,null],[0,1,2],[1,0,null]]}'::kz_matrix
     * '{"rows":["x","y"],"cols":["p","q","r"],"cells":[[0,0,3],[0,1,0],[1,1,5],[1,0,null],[0,2,null]]}'::kz_matrix AS product;
-- exact, where a sum of rounded products is not: 1e16 + 1 - 1e16
SELECT kz_value(a * b, 'r', 'c')
FROM (SELECT '{"rows":["r"],"cols":["x","y","z"],"cells":[[0,0,1e8],[0,1,1],[0,2,-1e16]]}'::kz_matrix AS a,
             '{"rows":["x","y","z"],"cols":["c"],"cells":[[0,0,1e8],[1,0,1],[2,0,1]]}'::kz_matrix AS b) s;
-- (1 + 2^-27)^2 - (1 + 2^-26) = 2^-54, though the square is not a double
SELECT kz_value(a * b, 'r', 'c') = 2::float8 ^ -54 AS rounding_error_of_a_product_is_kept
FROM (SELECT kz_matrix_agg('r', k, v) AS a FROM (VALUES ('x', 1 + 2::float8 ^ -27), ('y', -1 - 2::float8 ^ -26)) v (k, v)) a,
     (SELECT kz_matrix_agg(k, 'c', v) AS b FROM (VALUES ('x', 1 + 2::float8 ^ -27), ('y', 1)) v (k, v)) b;
-- rows and columns of the right matrix that the left one lacks are no matter
SELECT '{"rows":["a"],"cols":["x"],"cells":[[0,0,2]]}'::kz_matrix
     * '{"rows":["w","x","y"],"cols":["p","q"],"cells":[[0,0,1],[1,1,4],[2,0,1]]}'::kz_matrix AS product;
SELECT '{"rows":[],"cols":[],"cells":[]}'::kz_matrix * m FROM facts;
