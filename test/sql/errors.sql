-- Every error of the core that SQL can reach: SQLSTATE, message, detail and hint.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
\pset tuples_only
\pset format unaligned
\set m '''{"rows":["a","b"],"cols":["x","y"],"cells":[[0,0,1],[0,1,2],[1,0,3]]}''::kz_matrix'

-- values that no matrix can hold, on every way in
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', ''NaN'')');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', v) FROM (VALUES (1::float8), (''Infinity'')) f (v)');
SELECT pg_temp.error('SELECT kz_matrix_partial_agg(2023, date ''2023-04-05'', ''-Infinity'')');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', 9.745314011399999e288)');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', v) FROM (VALUES (9.7e288::float8), (9.7e288)) f (v)');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', v) OVER (ROWS 1 PRECEDING) FROM (VALUES (1::float8), (''NaN''), (2), (3)) f (v)');
SELECT pg_temp.error('SELECT kz_location_quotient(''a'', ''x'', ''NaN''::float8) OVER ()');
SELECT pg_temp.error('SELECT kz_region_share(''a'', ''x'', ''Infinity''::float8) OVER ()');
SELECT pg_temp.error('SELECT kz_industry_share(1, 2, 1e300) OVER ()');
SELECT pg_temp.error('SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1e300]]}''::kz_matrix');
SELECT pg_temp.error('SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,null,-1e300]]}''::kz_matrix');
SELECT pg_temp.error('SELECT ' || :'m' || ' * ''NaN''::float8');
SELECT pg_temp.error('SELECT ''-Infinity''::float8 * ' || :'m');
SELECT pg_temp.error('SELECT ' || :'m' || ' * 9e288');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', 9e288) * kz_matrix_agg(''x'', ''c'', 9e288)');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', 9e288) + kz_matrix_agg(''a'', ''x'', 9e288)');
SELECT pg_temp.error('SELECT kz_matrix_sum(m) FROM (SELECT kz_matrix_agg(''a'', ''x'', 9e288) AS m FROM generate_series(1, 2) i GROUP BY i) s');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', k, 1.5e288) * kz_matrix_agg(k, ''c'', 4) FROM (VALUES (''x''), (''y'')) v (k)');
SELECT pg_temp.error('SELECT kz_share_quotient(''NaN'', 1, 1, 1)');
SELECT pg_temp.error('SELECT kz_location_quotient(1, ''Infinity'', 1, 1)');
SELECT pg_temp.error('SELECT kz_specialization_coefficient(1, 1, ''-Infinity''::float8, 1)');
SELECT pg_temp.error('SELECT kz_per_capita_coefficient(1, 1, 1, ''NaN''::float8)');
-- NULL before NaN: a strict function does not look
SELECT kz_share_quotient('NaN', NULL, 1, 1) IS NULL;

-- labels
SELECT pg_temp.error('SELECT kz_matrix_agg(NULL::text, ''x'', 1)');
SELECT pg_temp.error('SELECT kz_matrix_agg(1, NULL::integer, 1)');
SELECT pg_temp.error('SELECT kz_matrix_agg(NULL, ''x'', 1)');
SELECT pg_temp.error('SELECT kz_matrix_partial_agg(''a'', NULL::date, NULL)');
SELECT pg_temp.error('SELECT kz_location_quotient(NULL::text, ''x'', 1.0) OVER ()');
SELECT pg_temp.error('SELECT kz_per_capita_coefficient(''a''::text, NULL::text, 1, 1) OVER ()');
SELECT pg_temp.error('SELECT kz_rows(' || :'m' || ', ARRAY[''a'', NULL])');
SELECT pg_temp.error('SELECT kz_cols(' || :'m' || ', ARRAY[NULL])');
SELECT pg_temp.error('SELECT kz_rows(' || :'m' || ', ''{a,"no such",b}'')');
SELECT pg_temp.error('SELECT kz_cols(' || :'m' || ', ''{a}'')');
SELECT pg_temp.error('SELECT kz_cols(' || :'m' || ', ARRAY[repeat(''x'', 65536)])') LIKE '42704 matrix has no column "xxx%';
SELECT pg_temp.error('SELECT kz_matrix_agg(repeat(''long'', 16384), ''x'', 1)');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', repeat(''жуз'', 11000), 1)');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', array_fill(1, ARRAY[40000]), 1)');
SELECT pg_temp.error('SELECT kz_location_quotient(repeat(''long'', 16384), ''x'', 1.0) OVER ()');
SELECT pg_temp.error('SELECT jsonb_build_object(''rows'', jsonb_build_array(repeat(''long'', 16384)), ''cols'', ''["x"]''::jsonb, ''cells'', ''[[0,0,1]]''::jsonb)::kz_matrix');
-- one that is too long to be in a matrix is not in it
SELECT kz_value('{"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}'::kz_matrix, repeat('a', 100000), 'x') IS NULL;
SELECT pg_temp.error('SELECT ''{"rows":["a\u0000"],"cols":["x"],"cells":[[0,0,1]]}''::kz_matrix') LIKE '22P05 %';

-- sums and products that do not fit
SELECT pg_temp.error('SELECT ' || :'m' || ' * kz_matrix_agg(''x'', ''group'', 1)');
SELECT pg_temp.error('SELECT ' || :'m' || ' * ''{"rows":[],"cols":[],"cells":[]}''::kz_matrix');
-- more taken away than was there
SELECT pg_temp.error('SELECT kz_matrix_sum(p - q) FROM (SELECT kz_matrix_partial_agg(''a'', ''x'', 1) AS p) p, (SELECT kz_matrix_partial_agg(''b'', ''y'', 1) AS q) q');
SELECT pg_temp.error('SELECT kz_matrix_sum(p - q) FROM (SELECT kz_matrix_partial_agg(''a'', ''x'', 1) AS p) p, (SELECT kz_matrix_partial_agg(''a'', ''x'', 2) AS q) q');
SELECT pg_temp.error('SELECT kz_matrix_sum(p - q) FROM (SELECT kz_matrix_partial_agg(''a'', ''x'', v) AS p FROM (VALUES (1), (2)) v (v)) p, (SELECT kz_matrix_partial_agg(''a'', ''x'', NULL) AS q) q');
SELECT pg_temp.error('SELECT kz_matrix_sum(''{"rows":["a"],"cols":["x"],"cells":[[0,0,null]],"partial":[[1,2]]}'')');
-- more rows than a cell can count
SELECT pg_temp.error('SELECT p + p FROM (SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[2147483647,0]]}''::kz_matrix AS p) s');
SELECT pg_temp.error('SELECT p + p FROM (SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,null]],"partial":[[1,2147483647]]}''::kz_matrix AS p) s');
SELECT pg_temp.error('SELECT p + p FROM (SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[-2147483647,0]]}''::kz_matrix AS p) s');
SELECT pg_temp.error('SELECT p - q FROM (SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[-2147483647,0]]}''::kz_matrix AS p, ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1,0]]}''::kz_matrix AS q) s');
-- but the largest counts can be taken away, from themselves and from nothing
SELECT p - p, q - p FROM (SELECT '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[-2147483647,-2147483647]]}'::kz_matrix AS p, '{"rows":[],"cols":[],"cells":[],"partial":[]}'::kz_matrix AS q) s;

-- memory: refused before it is taken
SET kzcluster.max_matrix_memory = '1MB';
SELECT pg_temp.error('SELECT kz_matrix_agg(i, i, 1) FROM generate_series(1, 100000) i');
SELECT pg_temp.error('SELECT kz_matrix_agg(i % 300, i / 300, 1) FROM generate_series(1, 100000) i');
SELECT pg_temp.error('SELECT kz_matrix_agg(repeat(''label'', 1000) || i, ''x'', 1) FROM generate_series(1, 1000) i');
SELECT pg_temp.error('SELECT kz_matrix_agg(md5(i::text)::uuid, ''x'', 1) FROM generate_series(1, 100000) i');
SELECT pg_temp.error('SELECT kz_location_quotient(i, i, 1) OVER () FROM generate_series(1, 100000) i');
SELECT pg_temp.error('SELECT kz_matrix_sum(m) FROM (SELECT i / 10000, kz_matrix_partial_agg(i, ''x'', 1) AS m FROM generate_series(1, 50000) i GROUP BY 1) s');
RESET kzcluster.max_matrix_memory;
CREATE TEMPORARY TABLE large AS SELECT kz_matrix_agg(i, 'x', 1) AS m, kz_matrix_agg(i, 'x', 1)::text AS t FROM generate_series(1, 30000) i;
SET kzcluster.max_matrix_memory = '1MB';
SELECT pg_temp.error('SELECT m + m FROM large');
SELECT pg_temp.error('SELECT m * kz_transpose(m) FROM large') LIKE '54000 matrix needs more memory than kzcluster.max_matrix_memory%';
SELECT pg_temp.error('SELECT t::kz_matrix FROM large') LIKE '54000 matrix needs more memory than kzcluster.max_matrix_memory%';
SELECT pg_temp.error('SELECT kz_rows(m, ''{1}'') FROM large') LIKE '54000 matrix needs more memory than kzcluster.max_matrix_memory%';
-- what only reads it needs no leave
SELECT kz_total(m), (SELECT count(*) FROM kz_cells(m)), kz_dims(m) FROM large;
RESET kzcluster.max_matrix_memory;
SELECT left(pg_temp.error('SET kzcluster.max_matrix_memory = ''1kB'''), 5);
SELECT pg_temp.error('SET kzcluster.max_matrix_memory = ''lots''');
SELECT pg_temp.error('SET kzcluster.no_such_setting = 1');
-- a dense product of two thin matrices
SET kzcluster.max_matrix_memory = '16MB';
SELECT pg_temp.error('SELECT kz_matrix_agg(i, ''x'', 1) * (SELECT kz_matrix_agg(''x'', i, 1) FROM generate_series(1, 20000) i) FROM generate_series(1, 20000) i');
RESET kzcluster.max_matrix_memory;

-- text that is no matrix
SELECT pg_temp.error(format('SELECT %L::kz_matrix', t)) FROM unnest(ARRAY[
  '', '{', 'null', '7', '[]', '"{}"', '{}',
  '{"rows":["a"],"rows":["a"],"cols":["x"],"cells":[[0,0,1]]}', '{"cells":[[0,0,1]],"rows":["a"],"cols":["x"]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1e]]}', '{"rows":["a"],"cols":["x"],"cells":[[[[[[0]]]]]]}', 'x"[',
  '{"rows":["a"],"cols":["x"]}', '{"rows":["a"],"cells":[[0,0,1]]}', '{"cols":["x"],"cells":[[0,0,1]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"more":1}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1,0]],"more":1}',
  '{"rows":"a","cols":["x"],"cells":[[0,0,1]]}', '{"rows":{"a":1},"cols":["x"],"cells":[[0,0,1]]}', '{"rows":[1],"cols":["x"],"cells":[[0,0,1]]}',
  '{"rows":[["a"]],"cols":["x"],"cells":[[0,0,1]]}', '{"rows":[null],"cols":["x"],"cells":[[0,0,1]]}', '{"rows":["a"],"cols":[true],"cells":[[0,0,1]]}',
  '{"rows":["a","a"],"cols":["x"],"cells":[[0,0,1],[1,0,1]]}', '{"rows":["a"],"cols":["x","y","x"],"cells":[[0,0,1]]}',
  '{"rows":["a"],"cols":["x"],"cells":null}', '{"rows":["a"],"cols":["x"],"cells":{}}', '{"rows":["a"],"cols":["x"],"cells":[0,0,1]}', '{"rows":["a"],"cols":["x"],"cells":[{}]}',
  '{"rows":["a"],"cols":["x"],"cells":[[]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1,1]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,null,1,1]]}',
  '{"rows":["a"],"cols":["x"],"cells":[["0",0,1]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,null,1]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,"1"]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,null,null]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,[1]]]}', '{"rows":["a"],"cols":["x"],"cells":[[1,0,1]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,-1,1]]}', '{"rows":["a"],"cols":["x"],"cells":[[0.5,0,1]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,1e99,1]]}', '{"rows":[],"cols":[],"cells":[[0,0,1]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1],[0,0,2]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,0],[0,0,0]]}',
  '{"rows":["a","b"],"cols":["x"],"cells":[[0,0,1]]}', '{"rows":["a"],"cols":[],"cells":[]}']) t;
-- parts of a partial state that do not fit
SELECT pg_temp.error(format('SELECT %L::kz_matrix', t)) FROM unnest(ARRAY[
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":{}}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[1]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1,"0"]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1.5,0]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[2147483648,0]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[-2147483648,0]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1,-2147483649]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[1,1]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,null]],"partial":[[1,0]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,0]],"partial":[[0,0]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[2,0,1]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[2,0,0]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[2,0,null]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1]],"partial":[[2,0,-1]]}',
  '{"rows":["a"],"cols":["x"],"cells":[[0,0,1e10]],"partial":[[2,0,1e300]]}', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1e100]],"partial":[[3,0,1e20,1e50]]}']) t;
SELECT pg_temp.error(format('SELECT %L::kz_matrix', '{"rows":["a"],"cols":["x"],"cells":[[0,0,1e280]],"partial":[[99,0' || string_agg(',1e' || 260 - i * 10, '') || ']]}')) FROM generate_series(1, 45) i;
-- numbers beyond double precision
SELECT left(pg_temp.error('SELECT ''{"rows":["a"],"cols":["x"],"cells":[[0,0,1e400]]}''::kz_matrix'), 6);

-- references
SELECT pg_temp.error('SELECT kz_coefficients(m, reference => m) FROM (SELECT ' || :'m' || ' AS m) s');
SELECT pg_temp.error('SELECT kz_coefficients(m, reference_attributes => m) FROM (SELECT ' || :'m' || ' AS m) s');
SELECT pg_temp.error('SELECT kz_coefficients(m, reference => ''{"rows":[],"cols":[],"cells":[]}'') FROM (SELECT ' || :'m' || ' AS m) s');
SELECT pg_temp.error('SELECT kz_coefficients(m, reference => kz_cols(kz_rows(m, ''{a}''), ''{x}'')) FROM (SELECT ' || :'m' || ' AS m) s');

-- bases of the window functions
SELECT pg_temp.error('SELECT kz_specialization_coefficient(r, ''x'', 1, y) OVER () FROM (VALUES (''a''::text, 5::float8), (''b'', 6), (''a'', 5.5)) v (r, y)');
SELECT pg_temp.error('SELECT kz_per_capita_coefficient(r, ''x'', 1, y) OVER () FROM (VALUES (''a''::text, 5::float8), (''a'', NULL)) v (r, y)');
SELECT pg_temp.error('SELECT kz_specialization_coefficient(r, ''x'', 1, 1, y) OVER () FROM (VALUES (''a''::text, 5::float8), (''b'', 6)) v (r, y)');
SELECT pg_temp.error('SELECT kz_per_capita_coefficient(r, ''x'', 1, 1, y) OVER () FROM (VALUES (''a''::text, 5::float8), (''b'', NULL)) v (r, y)');
SELECT pg_temp.error('SELECT kz_specialization_coefficient(r, ''x'', 1, ''NaN''::float8) OVER () FROM (VALUES (''a''::text)) v (r)');
SELECT pg_temp.error('SELECT kz_per_capita_coefficient(r, ''x'', 1, 1, ''Infinity''::float8) OVER () FROM (VALUES (''a''::text)) v (r)');

-- functions that only an aggregate may call
SELECT pg_temp.error('SELECT ' || call) FROM unnest(ARRAY[
  'kz_matrix_agg_transition(NULL, ''a''::text, ''x''::text, 1)', 'kz_matrix_agg_inverse(''{"rows":[],"cols":[],"cells":[]}'', 1, 2, 3)', 'kz_matrix_sum_transition(NULL, NULL)',
  'kz_matrix_combine(''{"rows":[],"cols":[],"cells":[]}'', ''{"rows":[],"cols":[],"cells":[]}'')', 'kz_matrix_final(NULL)', 'kz_matrix_partial_final(''{"rows":[],"cols":[],"cells":[]}'')']) call;
SELECT pg_temp.error('SELECT kz_matrix_recv(NULL::internal)') ~ '^(42846|0A000) ';   -- by the server's minor version
SELECT pg_temp.error('SELECT kz_matrix_recv(''x''::bytea::text::internal)') ~ '^(42846|0A000) ';
-- and how a query says that it wants what is not there
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', ''x'', ''1''::text)');
SELECT pg_temp.error('SELECT kz_matrix_agg(''a'', 1)');
SELECT pg_temp.error('SELECT kz_location_quotient(''a''::text, ''x''::text, 1.0)');
SELECT pg_temp.error('SELECT kz_total(kz_matrix_agg(''a'', ''x'', 1) OVER ()) + kz_location_quotient(''a'', ''x'', 1.0) OVER () WHERE kz_location_quotient(''a'', ''x'', 1.0) OVER () > 1');

-- a label that is another one each time it is asked for: an answer or an error, no crash
SELECT pg_temp.error('SELECT kz_location_quotient((random() * 1000000)::text, ''x'', 1.0) OVER () FROM generate_series(1, 10)') NOT LIKE 'XX%';
SELECT pg_temp.error('SELECT kz_specialization_coefficient(''a''::text, random()::text, 1.0, 5) OVER () FROM generate_series(1, 10)') NOT LIKE 'XX%';
CREATE TEMPORARY SEQUENCE evaluation;
SELECT pg_temp.error('SELECT kz_location_quotient(CASE WHEN nextval(''evaluation'') % 2 = 1 THEN ''a''::text END, ''x''::text, 1.0) OVER ()') NOT LIKE 'XX%';
SELECT pg_temp.error('SELECT kz_region_share(''a''::text, CASE WHEN nextval(''evaluation'') % 2 = 1 THEN 1 END, 1.0) OVER ()') NOT LIKE 'XX%';
