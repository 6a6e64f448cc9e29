-- The same facts give the same bits, whatever the plan: serial or parallel, with any number of workers, with or without
-- the leader, partitioned, hashed or sorted, and in any order of rows.
SET client_min_messages = warning;
SET work_mem = '4MB';
SET jit = off;
SET enable_hashagg = on;
SET enable_sort = on;
SET parallel_leader_participation = on;
SELECT count(*) FILTER (WHERE set_config(name, 'off', false) = 'off') AS normal FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT setseed(0.5);
CREATE TABLE parallel_facts (id integer, year integer, region text, industry integer, value float8);
INSERT INTO parallel_facts
SELECT i, 2010 + i % 5, 'r' || (random() * 30)::integer, (random() * 20)::integer,
  CASE WHEN random() < 0.01 THEN NULL ELSE (random() - 0.5) * 10::float8 ^ (random() * 60 - 30) END
FROM generate_series(1, 12000) i;
CREATE TABLE parallel_partitioned (id integer, year integer, region text, industry integer, value float8) PARTITION BY LIST (year);
CREATE TABLE parallel_2010 PARTITION OF parallel_partitioned FOR VALUES IN (2010);
CREATE TABLE parallel_2011 PARTITION OF parallel_partitioned FOR VALUES IN (2011);
CREATE TABLE parallel_rest PARTITION OF parallel_partitioned DEFAULT;
INSERT INTO parallel_partitioned SELECT * FROM parallel_facts;
CREATE TABLE parallel_stored AS SELECT id % 97 AS shard, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY 1;
ANALYZE parallel_facts, parallel_partitioned, parallel_stored;

-- the answers of a plain serial plan, which all others must give
SET max_parallel_workers_per_gather = 0;
CREATE TABLE parallel_answer AS
SELECT kz_matrix_agg(region, industry, value) AS m, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts;
CREATE TABLE parallel_by_year AS
SELECT year, kz_matrix_agg(region, industry, value) AS m, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY year;
-- core's own sum does depend on the order; where the parts of a sum differ in size, this is no academic matter
SELECT (kz_dims(m)).rows, (kz_dims(m)).cols, (kz_dims(m)).cells, (kz_dims(m)).suppressed > 30 AS suppressed, (SELECT count(*) > 0 FROM (SELECT region, industry, sum(value ORDER BY id) <> sum(value ORDER BY -id) AS differ FROM parallel_facts GROUP BY 1, 2) s WHERE differ) AS naive_sums_differ FROM parallel_answer;

-- every row of this must be true
CREATE VIEW parallel_same AS
SELECT 'facts' AS what, f.m = a.m AND f.p = a.p AND kz_matrix_send(f.m) = kz_matrix_send(a.m) AND kz_matrix_send(f.p) = kz_matrix_send(a.p) AND f.m::text = a.m::text AND f.p::text = a.p::text AS same
FROM parallel_answer a, (SELECT kz_matrix_agg(region, industry, value) AS m, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts) f
UNION ALL SELECT 'partitions', f.m = a.m AND f.p = a.p
FROM parallel_answer a, (SELECT kz_matrix_agg(region, industry, value) AS m, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_partitioned) f
UNION ALL SELECT 'stored partials', f.m = a.m AND f.p = a.p
FROM parallel_answer a, (SELECT kz_matrix_sum(p) AS m, kz_matrix_partial_sum(p) AS p FROM parallel_stored) f
UNION ALL SELECT 'partials of groups', f.m = a.m
FROM parallel_answer a, (SELECT kz_matrix_sum(p) AS m FROM (SELECT kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_partitioned GROUP BY year, industry) s) f
UNION ALL SELECT 'years', count(*) = 5 AND bool_and(f.m = a.m AND f.p = a.p)
FROM parallel_by_year a JOIN (SELECT year, kz_matrix_agg(region, industry, value) AS m, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY year) f USING (year)
UNION ALL SELECT 'years of partitions', count(*) = 5 AND bool_and(f.m = a.m AND f.p = a.p)
FROM parallel_by_year a JOIN (SELECT year, kz_matrix_agg(region, industry, value) AS m, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_partitioned GROUP BY year) f USING (year)
UNION ALL SELECT 'sums of years', f.m = a.m
FROM parallel_answer a, (SELECT kz_matrix_sum(p) AS m FROM (SELECT kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_partitioned GROUP BY year) s) f;
SELECT * FROM parallel_same;
CREATE FUNCTION pg_temp.gathers(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  plan json;
BEGIN
  EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
  RETURN (SELECT count(*) FROM regexp_matches(plan::text, '"Node Type": "Gather', 'g'));
END $$;
SELECT pg_temp.gathers('SELECT * FROM parallel_same') AS gathers;

-- parallel: the plans first
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers = 8;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT kz_matrix_agg(region, industry, value) FROM parallel_facts;
EXPLAIN (COSTS OFF) SELECT kz_matrix_partial_agg(region, industry, value) FROM parallel_facts;
EXPLAIN (COSTS OFF) SELECT kz_matrix_sum(p), kz_matrix_partial_sum(p) FROM parallel_stored;
SET enable_sort = off;
EXPLAIN (COSTS OFF) SELECT year, kz_matrix_agg(region, industry, value) FROM parallel_facts GROUP BY year;
SET enable_sort = on;
SET enable_hashagg = off;
EXPLAIN (COSTS OFF) SELECT year, kz_matrix_agg(region, industry, value) FROM parallel_facts GROUP BY year;
SET enable_hashagg = on;
-- each number of workers, with the leader and without
CREATE FUNCTION pg_temp.with_workers() RETURNS TABLE (workers text, leader text, parallel boolean, wrong bigint) LANGUAGE plpgsql AS $$
BEGIN
  FOREACH workers IN ARRAY '{1,2,3,4}'::text[] LOOP
    FOREACH leader IN ARRAY CASE workers WHEN '1' THEN '{on}' ELSE '{on,off}' END::text[] LOOP
      PERFORM set_config('max_parallel_workers_per_gather', workers, true), set_config('parallel_leader_participation', leader, true);
      EXECUTE format('ALTER TABLE parallel_facts SET (parallel_workers = %s)', workers);
      RETURN QUERY EXECUTE format('SELECT %L, %L, %s > 0, count(*) FILTER (WHERE same IS NOT TRUE) FROM parallel_same', workers, leader, pg_temp.gathers('SELECT * FROM parallel_same'));
    END LOOP;
  END LOOP;
END $$;
SELECT * FROM pg_temp.with_workers();
SET enable_partitionwise_aggregate = on;
EXPLAIN (COSTS OFF) SELECT kz_matrix_agg(region, industry, value) FROM parallel_partitioned;
SELECT * FROM parallel_same WHERE same IS NOT TRUE;
SET max_parallel_workers_per_gather = 0;
EXPLAIN (COSTS OFF) SELECT kz_matrix_agg(region, industry, value) FROM parallel_partitioned;
EXPLAIN (COSTS OFF) SELECT year, kz_matrix_agg(region, industry, value) FROM parallel_partitioned GROUP BY year;
SELECT * FROM parallel_same WHERE same IS NOT TRUE;
RESET enable_partitionwise_aggregate;

-- hash and sort, little memory that spills groups to disk, JIT, and a worker for every query
SET enable_hashagg = off;
SELECT * FROM parallel_same WHERE same IS NOT TRUE;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT * FROM parallel_same WHERE same IS NOT TRUE;
SET enable_sort = on;
SET work_mem = '64kB';
SELECT * FROM parallel_same WHERE same IS NOT TRUE;
SET work_mem = '4MB';
SET jit = on;
SET jit_above_cost = 0;
SELECT * FROM parallel_same WHERE same IS NOT TRUE;
SET jit = off;
RESET jit_above_cost;
SET max_parallel_workers_per_gather = 2;
SELECT count(*) FILTER (WHERE set_config(name, 'on', false) = 'on') AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT * FROM parallel_same WHERE same IS NOT TRUE;
SELECT count(*) FILTER (WHERE set_config(name, 'off', false) = 'off') AS normal FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');

-- any order of rows
SELECT count(*) AS orders, count(*) FILTER (WHERE s.m = a.m AND s.p = a.p) AS same
FROM parallel_answer a, LATERAL (
  SELECT kz_matrix_agg(region, industry, value ORDER BY id), kz_matrix_partial_agg(region, industry, value ORDER BY -id) FROM parallel_facts UNION ALL
  SELECT kz_matrix_agg(region, industry, value ORDER BY value), kz_matrix_partial_agg(region, industry, value ORDER BY abs(value)) FROM parallel_facts UNION ALL
  SELECT kz_matrix_agg(region, industry, value ORDER BY industry, value DESC), kz_matrix_partial_agg(region, industry, value ORDER BY region DESC, industry, value) FROM parallel_facts UNION ALL
  SELECT kz_matrix_agg(region, industry, value ORDER BY md5(id::text)), kz_matrix_partial_agg(region, industry, value ORDER BY id % 100, value) FROM parallel_facts) s (m, p);
-- any cut into parts, merged in any order: two, many, one a row, parts of parts
SELECT count(*) AS cuts, count(*) FILTER (WHERE s.m = a.m) AS same
FROM parallel_answer a, LATERAL (
  SELECT kz_matrix_sum(p) FROM (SELECT kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY id % 2) s UNION ALL
  SELECT kz_matrix_sum(p ORDER BY k) FROM (SELECT id / 300 AS k, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY 1) s UNION ALL
  SELECT kz_matrix_sum(p ORDER BY -k) FROM (SELECT id / 300 AS k, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY 1) s UNION ALL
  SELECT kz_matrix_sum(p) FROM (SELECT kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY id) s UNION ALL
  SELECT kz_matrix_sum(p) FROM (SELECT kz_matrix_partial_sum(p) AS p FROM (SELECT id % 7 AS k, kz_matrix_partial_agg(region, industry, value) AS p FROM parallel_facts GROUP BY 1, id % 11) s GROUP BY k) t) s (m);
SELECT (SELECT p + q FROM (SELECT kz_matrix_partial_agg(region, industry, value) FILTER (WHERE id % 3 = 0) AS p, kz_matrix_partial_agg(region, industry, value) FILTER (WHERE id % 3 > 0) AS q FROM parallel_facts) s) = p AS plus,
  (SELECT q - p FROM (SELECT kz_matrix_partial_agg(region, industry, value) FILTER (WHERE id % 3 = 0) AS p, kz_matrix_partial_agg(region, industry, value) AS q FROM parallel_facts) s) =
  (SELECT kz_matrix_partial_agg(region, industry, value) FROM parallel_facts WHERE id % 3 > 0) AS minus FROM parallel_answer;

-- the measures in a parallel plan: look-ups run in the workers
SET max_parallel_workers_per_gather = 2;
CREATE TABLE parallel_lq AS SELECT id, kz_location_quotient(region, industry, abs(value)) OVER (PARTITION BY year) AS lq FROM parallel_facts;
CREATE TABLE parallel_m AS SELECT year, kz_matrix_agg(region, industry, abs(value)) AS m FROM parallel_facts GROUP BY year;
SELECT count(*), count(*) FILTER (WHERE lq IS DISTINCT FROM kz_location_quotient(m, region, industry)) AS differ FROM parallel_facts JOIN parallel_lq USING (id) JOIN parallel_m USING (year);
SELECT pg_temp.gathers('SELECT count(kz_location_quotient((SELECT m FROM parallel_m WHERE year = 2010), region, industry)) FROM parallel_facts') > 0 AS gathers;
SELECT count(kz_location_quotient((SELECT m FROM parallel_m WHERE year = 2010), region, industry)) > 6000 AS lq FROM parallel_facts;
SET max_parallel_workers_per_gather = 0;
SELECT count(*), count(*) FILTER (WHERE lq IS DISTINCT FROM kz_location_quotient(m, region, industry)) AS differ FROM parallel_facts JOIN parallel_lq USING (id) JOIN parallel_m USING (year);
-- no plan makes an error of sums that are too large only on the way
CREATE TABLE parallel_large (k integer, v float8) PARTITION BY LIST (k);
CREATE TABLE parallel_large_1 PARTITION OF parallel_large FOR VALUES IN (1);
CREATE TABLE parallel_large_2 PARTITION OF parallel_large FOR VALUES IN (2);
INSERT INTO parallel_large VALUES (1, 9e288), (1, 9e288), (2, -9e288), (2, -9e288);
SELECT kz_matrix_agg('a', 'x', v) FROM parallel_large;
SET enable_partitionwise_aggregate = on;
SELECT kz_matrix_agg('a', 'x', v) FROM parallel_large;
RESET enable_partitionwise_aggregate;
DROP TABLE parallel_large;
-- a setting reaches the workers: an error
\set VERBOSITY terse
SET max_parallel_workers_per_gather = 2;
SET kzcluster.max_matrix_memory = '64kB';
SELECT kz_dims(kz_matrix_agg(id, industry, value)) FROM parallel_facts;

DROP VIEW parallel_same;
DROP TABLE parallel_facts, parallel_partitioned, parallel_stored, parallel_answer, parallel_by_year, parallel_lq, parallel_m;
