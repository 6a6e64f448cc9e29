-- NULL in every argument of every function of the extension: every subset of the arguments (of functions with many
-- of them: none, each and all), as scalar, aggregate, window and moving window, serial and in a parallel
-- worker. The answer is NULL, a value or a documented error; never XX000, never a crash.
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SET client_min_messages = warning;

-- what stands for an argument that is not NULL
CREATE TABLE null_regions (name text, gid integer, geom geometry);
INSERT INTO null_regions SELECT 'r' || i, i, ST_MakeEnvelope(i, 0, i + 1, 1) FROM generate_series(1, 3) i;
CREATE FUNCTION pg_temp.sample(type regtype, argument text, place integer) RETURNS text LANGUAGE sql AS $$
  SELECT CASE
    WHEN type = '"any"'::regtype THEN CASE WHEN place % 2 = 1 THEN '''a''::text' ELSE '''x''::text' END
    WHEN type = 'kz_matrix'::regtype AND argument = 'reference_attributes' THEN '''{"rows":["r"],"cols":["population"],"cells":[[0,0,5]]}''::kz_matrix'
    WHEN type = 'kz_matrix'::regtype AND argument = 'reference' THEN '''{"rows":["r"],"cols":["a","x"],"cells":[[0,0,5],[0,1,6]]}''::kz_matrix'
    WHEN type = 'kz_matrix'::regtype AND argument = 'attributes' THEN '''{"rows":["a","x"],"cols":["gross_product","population"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}''::kz_matrix'
    WHEN type = 'kz_matrix'::regtype THEN '''{"rows":["a","x"],"cols":["a","x"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}''::kz_matrix'
    WHEN type = 'cstring'::regtype THEN '''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}''::cstring'
    WHEN type = 'jsonb'::regtype THEN '''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}''::jsonb'
    WHEN type = 'regclass'::regtype THEN '''null_regions''::regclass'
    WHEN type = 'name'::regtype THEN CASE WHEN argument LIKE '%geom%' THEN '''geom''::name' ELSE '''name''::name' END
    WHEN type = 'text[]'::regtype THEN '''{a,x}''::text[]'
    WHEN type = 'float8[]'::regtype THEN '''{1,2}''::float8[]'
    WHEN type::text LIKE '%geometry[]' THEN '(SELECT array_agg(geom) FROM null_regions WHERE gid < 3)'
    WHEN type::text LIKE '%geometry' THEN 'ST_MakeEnvelope(0, 0, 1, 1)'
    WHEN type = 'boolean'::regtype THEN 'true'
    WHEN type IN ('float8'::regtype, 'integer'::regtype, 'bigint'::regtype, 'numeric'::regtype) THEN '2::' || type
    WHEN type = 'text'::regtype THEN '''a''::text'
    ELSE 'NULL::' || type END
$$;

-- one call: what came of it. Whatever it did is rolled back.
CREATE FUNCTION pg_temp.outcome(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  rows bigint;
  known bigint;
BEGIN
  EXECUTE query INTO rows, known;
  RAISE EXCEPTION USING ERRCODE = 'KZ000', MESSAGE = CASE WHEN rows = 0 THEN 'no rows' WHEN known = 0 THEN 'NULL' ELSE 'value' END;
EXCEPTION WHEN OTHERS THEN
  RETURN CASE WHEN SQLSTATE = 'KZ000' THEN SQLERRM WHEN SQLSTATE LIKE 'XX%' THEN SQLSTATE || ' ' || SQLERRM || ' in ' || query ELSE SQLSTATE END;
END $$;

CREATE TEMPORARY TABLE calls AS
WITH function AS (
  SELECT p.oid, p.oid::regprocedure::text AS signature, p.proname::text AS name, p.prokind, p.proargtypes::regtype[] AS types, p.pronargs AS n,
    p.proargnames AS names
  FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
    JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid AND e.extname = 'kzcluster'
  WHERE NOT 'internal'::regtype = ANY (p.proargtypes::regtype[]) AND p.pronargs > 0
), subset AS (
  SELECT f.*, b AS bits FROM function f, generate_series(0, (2 ^ least(n, 6))::integer - 1) AS b WHERE n <= 6
  UNION ALL
  SELECT f.*, b FROM function f, LATERAL (
    SELECT 0::float8 AS b UNION SELECT 2::float8 ^ n - 1 UNION SELECT 2::float8 ^ i FROM generate_series(0, n - 1) i) s WHERE n > 6
), call AS (
  SELECT signature, name, prokind, n, bits::bigint,
    (SELECT string_agg(CASE WHEN (bits::bigint >> (i - 1)) & 1 = 1 THEN 'NULL::' || CASE WHEN types[i - 1] = '"any"'::regtype THEN (ARRAY['text', 'uuid', 'date'])[1 + (bits::bigint % 3)] ELSE types[i - 1]::text END
        ELSE pg_temp.sample(types[i - 1], names[i], i) END || ' AS a' || i, ', ') FROM generate_series(1, n) i) AS arguments,
    (SELECT string_agg('a' || i, ', ') FROM generate_series(1, n) i) AS list
  FROM subset)
SELECT signature, bits, form, name ~ '^kz_(matrix_|(cells|total|dims|value|rows|cols|transpose|share_quotient|location_quotient|coefficients)$|(row|col)_(totals|labels)$|(specialization|per_capita)_coefficient$|(region|industry)_share$)' AS core,
  CASE form
    WHEN 'scalar' THEN format('SELECT count(*), count(r) FROM (SELECT %s(%s) AS r FROM (SELECT %s FROM generate_series(1, 2) OFFSET 0) v) s', name, list, arguments)
    WHEN 'constant' THEN format('SELECT count(*), count(r) FROM (SELECT %s(%s) AS r) s', name, regexp_replace(arguments, ' AS a\d+', '', 'g'))
    WHEN 'aggregate' THEN format('SELECT count(*), count(r) FROM (SELECT %s(%s) AS r FROM (SELECT %s FROM generate_series(1, 2) OFFSET 0) v) s', name, list, arguments)
    WHEN 'window' THEN format('SELECT count(*), count(r) FROM (SELECT %s(%s) OVER () AS r FROM (SELECT %s FROM generate_series(1, 2) OFFSET 0) v) s', name, list, arguments)
    WHEN 'moving' THEN format('SELECT count(*), count(r) FROM (SELECT %s(%s) OVER (ROWS 1 PRECEDING) AS r FROM (SELECT %s FROM generate_series(1, 4) OFFSET 0) v) s', name, list, arguments)
  END AS query
FROM call, unnest(CASE prokind WHEN 'a' THEN '{aggregate,window,moving}' WHEN 'w' THEN '{window,moving}' ELSE '{scalar,constant}'::text[] END) form;

CREATE TEMPORARY TABLE serial AS SELECT *, pg_temp.outcome(query) AS outcome FROM calls;
SELECT count(*) FILTER (WHERE set_config(name, 'on', false) = 'on') AS forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
CREATE TEMPORARY TABLE parallel AS SELECT *, pg_temp.outcome(query) AS outcome FROM calls WHERE form <> 'constant';
SELECT count(*) FILTER (WHERE set_config(name, 'off', false) = 'off') AS normal FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');

-- no row: internal errors
SELECT DISTINCT signature, outcome FROM (TABLE serial UNION ALL TABLE parallel) s WHERE outcome LIKE 'XX%' ORDER BY 1, 2;
-- no row: what depends on the way it is called
SELECT signature, bits, s.outcome, p.outcome AS in_parallel FROM serial s JOIN parallel p USING (signature, bits, form) WHERE s.outcome <> p.outcome;
SELECT signature, bits, string_agg(DISTINCT form || ': ' || outcome, ', ') FROM serial GROUP BY 1, 2 HAVING count(DISTINCT outcome) > 1;
-- no row: functions of the core of which no call came to a value
SELECT signature, string_agg(DISTINCT outcome, ', ') FROM serial WHERE core GROUP BY 1 HAVING count(*) FILTER (WHERE outcome = 'value') = 0
  AND signature !~ '^kz_matrix_(agg_|sum_)?(transition|inverse|combine|final|partial_final)\(' ORDER BY 1;

-- the core's functions, and what comes of which arguments: n for one that is NULL, v for a value
SELECT signature, outcome, string_agg(translate(reverse(substring(bits::bit(8)::text FROM 9 - n)), '01', 'vn'), ' ' ORDER BY bits) AS arguments
FROM (SELECT DISTINCT signature, bits, outcome, p.pronargs AS n FROM serial JOIN pg_proc p ON p.oid = signature::regprocedure WHERE core) s
GROUP BY signature, outcome ORDER BY signature COLLATE "C", outcome COLLATE "C";

-- NULL without a type is as good
SELECT kz_value(NULL, NULL, NULL), kz_value('{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}', NULL, 'x'), kz_share_quotient(NULL, NULL, NULL, NULL);
SELECT kz_location_quotient('{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'::kz_matrix, NULL, NULL);
SELECT kz_matrix_sum(NULL), kz_matrix_agg('a', 'x', NULL), kz_matrix_sum(NULL) OVER () FROM generate_series(1, 2) GROUP BY ();
SELECT NULL::kz_matrix::text, NULL::kz_matrix::jsonb, NULL::jsonb::kz_matrix, NULL::kz_matrix + NULL, 2 * NULL::kz_matrix, NULL::kz_matrix = NULL;
-- NULLs in a column of matrices
SELECT m, m + m AS sum, kz_total(m) FROM (VALUES ('{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'::kz_matrix), (NULL)) v (m) ORDER BY m NULLS FIRST;
DROP TABLE null_regions;
