-- kz_matrix_agg, kz_matrix_partial_agg, kz_matrix_sum, kz_matrix_partial_sum: labels of any type, exact sums,
-- states that are stored and changed, moving windows.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;

-- facts of one cell add up; no value suppresses its cell; no rows give no matrix
SELECT kz_matrix_agg(r, c, v)
FROM (VALUES ('b', 'x', 1.25), ('a', 'y', 2), ('b', 'x', 0.5), ('b', 'y', NULL), ('b', 'y', 3), ('a', 'x', -1), ('a', 'x', 1)) f (r, c, v);
SELECT kz_matrix_agg('a', 'x', 1) IS NULL AS agg, kz_matrix_partial_agg('a', 'x', 1) IS NULL AS partial_agg,
  kz_matrix_sum(NULL) IS NULL AS sum, kz_matrix_partial_sum(NULL) IS NULL AS partial_sum WHERE false;
SELECT kz_matrix_sum(m) IS NULL AS sum_of_nulls FROM (VALUES (NULL::kz_matrix), (NULL)) v (m);
SELECT kz_matrix_agg('a', 'x', 7) AS one_row;
SELECT kz_matrix_agg('a', 'x', NULL) AS one_suppressed_row;
-- FILTER, ORDER BY and DISTINCT are PostgreSQL's
SELECT kz_matrix_agg(r, 'x', v) FILTER (WHERE r <> 'b') AS filtered, kz_matrix_agg(r, 'x', v ORDER BY v DESC) AS ordered,
  kz_matrix_agg(DISTINCT r, 'x'::text, v) AS distinct_facts, kz_matrix_agg('all', 'x', v) AS one_label
FROM (VALUES ('b'::text, 1::float8), ('a', 2), ('b', 1), (NULL, NULL)) f (r, v) WHERE r IS NOT NULL;
-- several aggregates share one state, and a group is a group
SELECT g, kz_matrix_agg(r, 'x', v), kz_matrix_agg(r, 'x', v) = kz_matrix_agg(r, 'x', v) AS same, kz_total(kz_matrix_agg(r, 'x', v)), kz_matrix_partial_agg(r, 'x', v)
FROM (VALUES (1, 'a', 1), (2, 'a', 2), (1, 'b', 3)) f (g, r, v) GROUP BY ROLLUP (g) ORDER BY g;

-- labels: the types that people have; settings do not change them
CREATE TYPE pg_temp.sector AS ENUM ('primary', 'secondary', 'tertiary');
CREATE DOMAIN pg_temp.code AS varchar(5);
CREATE DOMAIN pg_temp.day AS date;
CREATE TEMPORARY TABLE label AS
SELECT 'Қарағанды'::text AS "text", 'KZ-10'::varchar(8) AS "varchar", 'ab'::char(6) AS "char", 'pg_class'::name AS "name",
  (-7)::smallint AS "smallint", 2147483647 AS "int", (-9223372036854775808)::bigint AS "bigint", 4294967295::oid AS "oid",
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid AS "uuid", date '2023-04-05' AS "date", timestamp '2023-04-05 06:07:08.5' AS "timestamp",
  timestamptz '2023-04-05 06:07:08+00' AS "timestamptz", time '06:07:08' AS "time", timetz '06:07:08+05' AS "timetz", 'secondary'::pg_temp.sector AS "enum", true AS "boolean",
  12.50::numeric AS "numeric", 0.1::float8 + 0.2::float8 AS "float8", 0.1::real AS "real", 'C10.1'::pg_temp.code AS "domain", date '0044-03-15 BC'::pg_temp.day AS "domain of date",
  'infinity'::date AS "infinite date", 'x'::"char" AS """char""", int4range(1, 5) AS "range", ARRAY['a b', 'c'] AS "array", '{"k": 1}'::jsonb AS "jsonb", inet '10.0.0.1/8' AS "inet";
CREATE FUNCTION pg_temp.all_labels() RETURNS TABLE (type text, label text) LANGUAGE plpgsql AS $$
DECLARE
  c name;
BEGIN
  FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = 'pg_temp.label'::regclass AND attnum > 0 ORDER BY attnum LOOP
    type := c;
    EXECUTE format('SELECT (kz_row_labels(kz_matrix_agg(%1$I, ''x'', 1)))[1] FROM label', c) INTO label;
    RETURN NEXT;
  END LOOP;
END $$;
SET TimeZone = 'Asia/Almaty';
SELECT * FROM pg_temp.all_labels();
CREATE TEMPORARY TABLE before AS SELECT * FROM pg_temp.all_labels();
SET DateStyle = 'German, DMY';
SET extra_float_digits = -3;
SELECT b.type, b.label, n.label AS now FROM before b JOIN pg_temp.all_labels() n ON b.type = n.type AND b.label <> n.label;
RESET DateStyle;
SET extra_float_digits = 1;
-- a type on either side, in look-ups too, and as a window function
SELECT m, kz_value(m, 2023, date '2023-04-05') AS by_date, kz_value(m, '2023', '2023-04-05') AS by_text, kz_value(m, 2023::bigint, '2023-04-05'::char(20)) AS by_others,
  kz_value(m, 2023.0, date '2023-04-05') IS NULL AS another_label
FROM (SELECT kz_matrix_agg(2023::smallint, day, 2.5) AS m FROM (VALUES (date '2023-04-05')) v (day)) s;
-- a row of a table, as a whole, and its parts
SELECT kz_row_labels(kz_matrix_agg(f, 'x', f.v)) AS rows, kz_row_labels(kz_matrix_agg((f.r, f.v), 'x', f.v)) AS records FROM (VALUES ('a', 1), ('b, c', 2)) f (r, v);
-- blanks at the end count for text, not for char(n)
SELECT kz_matrix_agg('a '::text, 'x', 1), kz_matrix_agg('a '::char(5), 'x', 1);
-- many values of a type: each its own label, and its output function called for no more than the distinct ones
SELECT kz_dims(kz_matrix_agg(i % 5000, i::bigint % 3, 1)) AS integers, kz_dims(kz_matrix_agg(md5((i % 500)::text)::uuid, (i % 7)::numeric, 1)) AS others,
  kz_dims(kz_matrix_agg(date '2000-01-01' + i % 100, (i % 2)::boolean, 1)) AS dates FROM generate_series(1, 30000) i;
-- long labels, toasted ones, and many that share a beginning
CREATE TEMPORARY TABLE long_label AS SELECT i, repeat(md5(i::text), 313) AS label FROM generate_series(1, 5) i;
INSERT INTO long_label SELECT 10 + i, repeat('prefix', 1000) || i FROM generate_series(1, 5) i;
SELECT kz_dims(m), (SELECT bool_and(kz_value(m, label, 'x') = i) FROM long_label) AS found, m::text::kz_matrix = m AS round_trip,
  (SELECT max(octet_length(l)) FROM unnest(kz_row_labels(m)) l) AS longest
FROM (SELECT kz_matrix_agg(label, 'x', i) AS m FROM long_label) s;
SELECT octet_length((kz_col_labels(kz_matrix_agg('a', repeat('я', 32767) || 'z', 1)))[1]) AS longest_possible;

-- sums are exact and rounded once: 1e100 + 1 - 1e100 = 1, whatever the order; a tie goes to even
SELECT kz_value(kz_matrix_agg('a', 'x', v ORDER BY o), 'a', 'x'), kz_value(kz_matrix_agg('a', 'x', v ORDER BY -o), 'a', 'x')
FROM (VALUES (1, 1e100::float8), (2, 1), (3, 1e-100), (4, -1e100), (5, -1e-100)) f (o, v);
SELECT kz_value(kz_matrix_agg('a', 'x', v), 'a', 'x') = 9007199254740992 AS tie_to_even FROM (VALUES (9007199254740992::float8), (1)) f (v);
SELECT kz_value(kz_matrix_agg('a', 'x', v), 'a', 'x') = 9007199254740994 AS above_the_tie FROM (VALUES (9007199254740992::float8), (1), (1e-300)) f (v);
SELECT kz_matrix_agg('a', 'x', 0.1) AS ten_tenths FROM generate_series(1, 10);
SELECT kz_value(kz_matrix_agg('a', 'x', CASE WHEN i % 2 = 0 THEN 1 ELSE -1 END * 10.0::float8 ^ ((i / 2) % 280)), 'a', 'x') AS nothing_left FROM generate_series(2, 1121) i;

-- a partial state keeps what is needed to go on: low parts of the sums, rows and suppressed rows of each cell
SELECT kz_matrix_partial_agg(r, c, v)
FROM (VALUES ('a', 'x', 1::float8), ('a', 'y', 1e17), ('a', 'y', 1), ('b', 'x', NULL), ('b', 'x', NULL), ('b', 'x', 2), ('b', 'y', 0)) f (r, c, v);
SELECT kz_matrix_partial_agg('a', 'x', 1) AS one_row;
SELECT kz_dims(p), kz_total(p), kz_value(p, 'a', 'y') = 1e17 AS rounded, p::text::kz_matrix = p AS text_back, p::jsonb::kz_matrix = p AS jsonb_back
FROM (SELECT kz_matrix_partial_agg(r, c, v) AS p FROM (VALUES ('a', 'y', 1e17::float8), ('a', 'y', 1), ('b', 'x', NULL)) f (r, c, v)) s;
-- readers and algebra read a partial state as the matrix that it stands for
SELECT kz_transpose(p) = kz_transpose(m) AS transposed, kz_rows(p, '{a}') = kz_rows(m, '{a}') AS selected, p * 2 = m * 2 AS scaled, p + m = m + m AS added,
  (SELECT array_agg(c) FROM kz_cells(p) c) = (SELECT array_agg(c) FROM kz_cells(m) c) AS cells, p = m AS equal
FROM (SELECT kz_matrix_partial_agg(r, c, v) AS p, kz_matrix_agg(r, c, v) AS m FROM (VALUES ('a', 'y', 1e17::float8), ('a', 'y', 1), ('b', 'x', NULL)) f (r, c, v)) s;

-- storing, adding, taking away: a cell vanishes with its last row, its label with its last cell
CREATE TEMPORARY TABLE stored AS
SELECT kz_matrix_partial_agg(r, c, v) AS p FROM (VALUES ('a', 'x', 1.5), ('a', 'x', 2), ('b', 'y', NULL), ('b', 'y', 4)) f (r, c, v);
SELECT p, kz_matrix_sum(p) FROM stored GROUP BY p;
UPDATE stored SET p = p + (SELECT kz_matrix_partial_agg(r, c, v) FROM (VALUES ('a', 'x', 1), ('c', 'z', 0)) f (r, c, v));
SELECT p FROM stored;
-- the suppressed row goes: what is disclosed shows again
UPDATE stored SET p = p - (SELECT kz_matrix_partial_agg('b', 'y', NULL));
SELECT p FROM stored;
UPDATE stored SET p = p - (SELECT kz_matrix_partial_agg(r, c, v) FROM (VALUES ('c', 'z', 0), ('a', 'x', 1.5)) f (r, c, v));
SELECT p, kz_matrix_sum(p) FROM stored GROUP BY p;
UPDATE stored SET p = p - p;
SELECT p, p = '{"rows":[],"cols":[],"cells":[],"partial":[]}' AS empty, kz_matrix_sum(p) FROM stored GROUP BY p;
-- a delta is new less old: a changed value, one that was disclosed, one that was added, one that went
CREATE TEMPORARY TABLE delta AS
SELECT (SELECT kz_matrix_partial_agg(r, c, v) FROM (VALUES ('a', 'x', 5), ('a', 'y', 3), ('c', 'x', 1)) f (r, c, v)) -
       (SELECT kz_matrix_partial_agg(r, c, v) FROM (VALUES ('a', 'x', 2), ('a', 'y', NULL), ('b', 'x', 8)) f (r, c, v)) AS d;
SELECT d, d::text::kz_matrix = d AS text_back FROM delta;
SELECT kz_matrix_sum(m) = (SELECT kz_matrix_agg(r, c, v) FROM (VALUES ('z', 'z', 1), ('a', 'x', 1), ('a', 'x', 5), ('a', 'y', 3), ('c', 'x', 1)) f (r, c, v)) AS equals_full
FROM (SELECT kz_matrix_partial_agg(r, c, v) FROM (VALUES ('z', 'z', 1), ('a', 'x', 1), ('a', 'x', 2), ('a', 'y', NULL), ('b', 'x', 8)) f (r, c, v) UNION ALL SELECT d FROM delta) s (m);

-- random changes of random facts: what was stored and then changed by deltas is what a full aggregate gives, to the last bit
CREATE TEMPORARY TABLE fact (id serial PRIMARY KEY, r integer, c integer, v float8);
CREATE TEMPORARY TABLE kept (p kz_matrix);
INSERT INTO fact (r, c, v)
SELECT random() * 6, random() * 5, CASE WHEN random() < 0.05 THEN NULL ELSE (random() - 0.5) * 10 ^ (40 * random()) END FROM generate_series(1, 500);
INSERT INTO kept SELECT kz_matrix_partial_agg(r, c, v) FROM fact;
DO $$
DECLARE
  deleted kz_matrix;
  inserted kz_matrix;
  kind text;
BEGIN
  FOR i IN 1..60 LOOP
    WITH gone AS (DELETE FROM fact WHERE random() < 0.2 RETURNING r, c, v)
    SELECT kz_matrix_partial_agg(r, c, v) FROM gone INTO deleted;
    WITH come AS (INSERT INTO fact (r, c, v)
      SELECT random() * 6, random() * 5, CASE WHEN random() < 0.05 THEN NULL ELSE (random() - 0.5) * 10 ^ (40 * random()) END
      FROM generate_series(1, 100 * random()::integer + 1) RETURNING r, c, v)
    SELECT kz_matrix_partial_agg(r, c, v) FROM come INTO inserted;
    UPDATE kept SET p = CASE WHEN i % 2 = 0 THEN p - coalesce(deleted, p - p) + inserted ELSE p + (inserted - coalesce(deleted, p - p)) END;
    IF (SELECT p FROM kept) <> (SELECT kz_matrix_partial_agg(r, c, v) FROM fact) OR
       (SELECT kz_matrix_sum(p) FROM kept) <> (SELECT kz_matrix_agg(r, c, v) FROM fact) THEN
      RAISE EXCEPTION 'round %: stored and full differ', i;
    END IF;
  END LOOP;
END $$;
WITH gone AS (DELETE FROM fact RETURNING r, c, v)
UPDATE kept SET p = p - (SELECT kz_matrix_partial_agg(r, c, v) FROM gone);
SELECT p AS empty_again FROM kept;

-- kz_matrix_sum: partial states give what the facts give; final matrices add up as matrices; NULL is no matrix
CREATE TEMPORARY TABLE shard AS
SELECT s, r, c, v FROM (SELECT i % 9 AS s, i % 13 AS r, i % 7 AS c, CASE WHEN i % 97 = 0 THEN NULL ELSE sin(i) * 10 ^ (i % 30) END AS v FROM generate_series(1, 3000) i) t;
SELECT (SELECT kz_matrix_sum(m) FROM (SELECT kz_matrix_partial_agg(r, c, v) AS m FROM shard GROUP BY s) t) = kz_matrix_agg(r, c, v) AS of_partials,
  (SELECT kz_matrix_sum(m) FROM (SELECT kz_matrix_partial_sum(m) AS m FROM (SELECT s, r, kz_matrix_partial_agg(r, c, v) AS m FROM shard GROUP BY s, r) t GROUP BY s) u) = kz_matrix_agg(r, c, v) AS of_sums_of_partials,
  (SELECT kz_matrix_partial_sum(m) FROM (SELECT kz_matrix_partial_agg(r, c, v) AS m FROM shard GROUP BY s) t) = kz_matrix_partial_agg(r, c, v) AS partial_of_partials,
  (SELECT kz_matrix_sum(m::text::kz_matrix) FROM (SELECT kz_matrix_partial_agg(r, c, v) AS m FROM shard GROUP BY s) t) = kz_matrix_agg(r, c, v) AS of_texts
FROM shard;
SELECT kz_matrix_sum(m) AS final, kz_matrix_partial_sum(m) AS partial
FROM (VALUES ('{"rows":["a"],"cols":["x","y"],"cells":[[0,0,1],[0,1,null,2]]}'::kz_matrix), (NULL), ('{"rows":["a","b"],"cols":["x"],"cells":[[0,0,2],[1,0,5]]}'),
             ('{"rows":["b"],"cols":["x"],"cells":[[0,0,1]],"partial":[[3,0]]}')) v (m);
SELECT (SELECT kz_matrix_sum(m) FROM (VALUES (a), (b)) v (m)) = a + b AS sum_is_plus
FROM (SELECT '{"rows":["a"],"cols":["x","y"],"cells":[[0,0,1],[0,1,null]]}'::kz_matrix AS a, '{"rows":["a","b"],"cols":["y"],"cells":[[0,0,2],[1,0,5]]}'::kz_matrix AS b) s;

-- an aggregate of one's own over the same functions may begin with a matrix
CREATE AGGREGATE pg_temp.added(kz_matrix) (SFUNC = kz_matrix_sum_transition, STYPE = kz_matrix, FINALFUNC = kz_matrix_final, COMBINEFUNC = kz_matrix_combine,
  INITCOND = '{"rows":["a"],"cols":["x"],"cells":[[0,0,40]]}');
SELECT pg_temp.added(m) AS none, pg_temp.added(m) FILTER (WHERE m IS NULL) AS null FROM (VALUES (NULL::kz_matrix)) v (m) WHERE m IS NOT NULL;
SELECT pg_temp.added(m) AS two, pg_temp.added(m) OVER (ORDER BY i) AS running
FROM (VALUES (1, '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'::kz_matrix), (2, '{"rows":["b"],"cols":["x"],"cells":[[0,0,1]]}')) v (i, m) GROUP BY i, m ORDER BY i;
CREATE AGGREGATE pg_temp.gathered(text, text, float8) (SFUNC = kz_matrix_agg_transition, STYPE = kz_matrix, INITCOND = '{"rows":["a"],"cols":["x"],"cells":[[0,0,40]]}');
SELECT pg_temp.gathered('a', 'x', i) FROM generate_series(1, 2) i;

-- windows: running, moving and grouped frames equal the aggregate of the frame's rows
CREATE TEMPORARY TABLE moving AS
SELECT i, i % 4 AS r, i % 3 AS c, CASE WHEN i % 11 = 0 THEN NULL ELSE (i % 7 - 3) * 10::float8 ^ (i % 20) END AS v, i / 10 AS g FROM generate_series(1, 120) i;
SELECT count(*) AS rows,
  count(*) FILTER (WHERE running = (SELECT kz_matrix_agg(r, c, v) FROM moving b WHERE b.i <= a.i)) AS running,
  count(*) FILTER (WHERE moving IS NOT DISTINCT FROM (SELECT kz_matrix_agg(r, c, v) FROM moving b WHERE b.i BETWEEN a.i - 4 AND a.i + 2)) AS moving,
  count(*) FILTER (WHERE behind IS NOT DISTINCT FROM (SELECT kz_matrix_agg(r, c, v) FROM moving b WHERE b.i BETWEEN a.i - 5 AND a.i - 3)) AS behind,
  count(*) FILTER (WHERE grouped = (SELECT kz_matrix_agg(r, c, v) FROM moving b WHERE b.g BETWEEN a.g - 1 AND a.g)) AS grouped,
  count(*) FILTER (WHERE excluding IS NOT DISTINCT FROM (SELECT kz_matrix_agg(r, c, v) FROM moving b WHERE b.i BETWEEN a.i - 3 AND a.i + 3 AND b.i <> a.i)) AS excluding,
  count(*) FILTER (WHERE filtered IS NOT DISTINCT FROM (SELECT kz_matrix_agg(r, c, v) FROM moving b WHERE b.i BETWEEN a.i - 6 AND a.i AND v > 0)) AS filtered,
  count(*) FILTER (WHERE partial = (SELECT kz_matrix_partial_agg(r, c, v) FROM moving b WHERE b.i BETWEEN a.i - 4 AND a.i)) AS partial
FROM (SELECT *,
        kz_matrix_agg(r, c, v) OVER (ORDER BY i) AS running,
        kz_matrix_agg(r, c, v) OVER (ORDER BY i ROWS BETWEEN 4 PRECEDING AND 2 FOLLOWING) AS moving,
        kz_matrix_agg(r, c, v) OVER (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 3 PRECEDING) AS behind,
        kz_matrix_agg(r, c, v) OVER (ORDER BY g GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS grouped,
        kz_matrix_agg(r, c, v) OVER (ORDER BY i ROWS BETWEEN 3 PRECEDING AND 3 FOLLOWING EXCLUDE CURRENT ROW) AS excluding,
        kz_matrix_agg(r, c, v) FILTER (WHERE v > 0) OVER (ORDER BY i ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS filtered,
        kz_matrix_partial_agg(r, c, v) OVER (ORDER BY i ROWS BETWEEN 4 PRECEDING AND CURRENT ROW) AS partial
      FROM moving) a;
SELECT count(*) AS rows, count(*) FILTER (WHERE s = (SELECT kz_matrix_agg(r, c, v) FROM moving b WHERE b.i <= a.i)) AS running_sum
FROM (SELECT i, kz_matrix_sum(kz_matrix_partial_agg(r, c, v)) OVER (ORDER BY i) AS s FROM moving GROUP BY i) a;

-- the states live and die with their groups: many groups, few bytes
SET work_mem = '64kB';
SELECT count(*) AS groups, sum(kz_total(m)) FROM (SELECT i % 5000 AS g, kz_matrix_agg(i % 3, i % 2, 1) AS m FROM generate_series(1, 50000) i GROUP BY g) s;
RESET work_mem;

-- large states take facts in batches: all kinds of labels, more labels than a call site remembers, groups in turn,
-- frames, and rows that fail in the middle of a batch
CREATE TEMPORARY TABLE many AS
SELECT i, i % 5 AS g, (i * 7919) % 211 AS r, (i * 1009) % 41 AS c, (i * 31) % 20011 AS far,
  CASE WHEN i % 1009 = 0 THEN NULL ELSE (i % 2003 - 1000) / 8.0::float8 END AS v
FROM generate_series(1, 60000) i;
CREATE TEMPORARY VIEW labelled AS
SELECT g, v, r::text AS short, CASE c % 3 WHEN 0 THEN c::text WHEN 1 THEN lpad(c::text, 63, '-') ELSE lpad(c::text, 90, '-') END AS mixed,
  r, c, r::numeric AS wide, c::char(5) AS padded, far, far::text AS far_text FROM many;
WITH facts AS (
  SELECT 'text' AS kind, g, short AS a, mixed AS b, v FROM labelled
  UNION ALL SELECT 'padded', g, wide::text, padded, v FROM labelled),
expected AS (
  SELECT kind, g, a, b, CASE WHEN count(*) = count(v) THEN sum(v) END AS v FROM facts GROUP BY kind, g, a, b),
found AS (
  SELECT 'text' AS kind, g, c.* FROM (SELECT g, kz_matrix_agg(short, mixed, v) AS m FROM labelled GROUP BY g) s, kz_cells(m) c
  UNION ALL SELECT 'padded', g, c.* FROM (SELECT g, kz_matrix_agg(wide, padded, v) AS m FROM labelled GROUP BY g) s, kz_cells(m) c)
SELECT count(*) AS cells, count(*) FILTER (WHERE e.v IS NOT DISTINCT FROM f.value AND (f.value IS NULL) = (f.status = 'suppressed')) AS equal
FROM expected e FULL JOIN found f ON (e.kind, e.g, e.a, e.b) = (f.kind, f.g, f.row_label, f.col_label);
SELECT count(DISTINCT m) AS matrices, min(kz_dims(m)::text) AS dims
FROM (SELECT kz_matrix_agg(far, c, v) AS m FROM labelled UNION ALL SELECT kz_matrix_agg(far_text, c::text, v) FROM labelled
      UNION ALL SELECT kz_matrix_sum(m) FROM (SELECT kz_matrix_partial_agg(far_text, c, v) AS m FROM labelled GROUP BY g) s
      UNION ALL SELECT kz_matrix_agg(far, c, v) FROM (SELECT * FROM labelled ORDER BY md5(far_text || c || g)) s) s;
SELECT count(*) AS rows, count(*) FILTER (WHERE m = (SELECT kz_matrix_agg(r, c, v) FROM many b WHERE b.i BETWEEN a.i - 1500 AND a.i)) AS moving
FROM (SELECT i, kz_matrix_agg(r, c, v) OVER (ORDER BY i ROWS BETWEEN 1500 PRECEDING AND CURRENT ROW) AS m FROM many WHERE i <= 3000) a WHERE i % 500 = 0;
SELECT a.g, count(*) FILTER (WHERE a.lq IS NOT DISTINCT FROM kz_location_quotient(s.m, r, c)) = count(*) AS window_is_look_up
FROM (SELECT g, r, c, kz_location_quotient(r, c, v) OVER (PARTITION BY g) AS lq FROM many) a
JOIN (SELECT g, kz_matrix_agg(r, c, v) AS m FROM many GROUP BY g) s USING (g) GROUP BY a.g ORDER BY a.g;
DO $$
BEGIN
	PERFORM kz_matrix_agg(r, CASE WHEN i < 59990 THEN c END, v) FROM many;
EXCEPTION WHEN null_value_not_allowed THEN RAISE NOTICE '%', sqlerrm;
END $$;
DO $$
BEGIN
	PERFORM kz_matrix_agg(r, c, CASE WHEN i < 59990 THEN v ELSE 'NaN' END) FROM many;
EXCEPTION WHEN numeric_value_out_of_range THEN RAISE NOTICE '%', sqlerrm;
END $$;
