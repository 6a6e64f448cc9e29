-- Other forms of the location quotient: as scalars, rows and matrices, and together with establishments, other industries
-- and neighbours.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE FUNCTION pg_temp.round(value float8) RETURNS numeric LANGUAGE sql AS 'SELECT round(value::numeric, 6)';

-- A study small enough to check by hand. Totals: A 16, B 32, C 16; x 32, y 32; all 64. Quotients of x: A 3/2, B 1/4, C 2,
-- mean 5/4, squared differences 1/16 + 1 + 9/16 = 13/8, so z of C is 3/4 / sqrt(13/16) = 0.832050 with n - 1; of y: A 1/2,
-- B 7/4, C 0, mean 3/4, squared differences 1/16 + 1 + 9/16.
\set m '''{"rows":["A","B","C"],"cols":["x","y"],"cells":[[0,0,12],[0,1,4],[1,0,4],[1,1,28],[2,0,16]]}'''
SELECT region, industry, value, region_total, ref_value, ref_total, lq, pg_temp.round(symmetric_lq) AS symmetric_lq, pg_temp.round(log_lq) AS log_lq, normalized_lq, additive_lq,
  additive_region_lq, excess, pg_temp.round(standardized_lq) AS standardized_lq, pg_temp.round(standardized_log_lq) AS standardized_log_lq, status
FROM kz_quotient_forms(:m, fill => true);
-- n instead of n - 1; an industry with a zero has no standardized logarithms
SELECT region, industry, pg_temp.round(standardized_lq) AS standardized_lq, pg_temp.round(standardized_log_lq) AS standardized_log_lq, status
FROM kz_quotient_forms(:m, sample => false, zeros => 'undefined');
-- the scalars
SELECT kz_symmetric_quotient(1.5), kz_symmetric_quotient(0), kz_symmetric_quotient(1), kz_symmetric_quotient(-1) AS negative, kz_symmetric_quotient(NULL) AS unknown;
SELECT kz_normalized_quotient(value => 12, industry_total => 32, region_total => 16, total => 64), kz_normalized_quotient(1, 1, 1, 0) AS no_base,
  kz_normalized_quotient(-1, 1, 1, 1) AS negative, kz_normalized_quotient(1, NULL, 1, 1) AS unknown;
-- the example of REAT's manual, which prints 21.87491
SELECT pg_temp.round(kz_litzenberger_sternberg(value => 1743, establishments => 35, area => 50, population => 488, industry_total => 5740,
  industry_establishments => 53, total_area => 576, total_population => 4621)) AS index,
  kz_litzenberger_sternberg(0, 3, 1, 1, 4, 6, 2, 4) AS no_value, kz_litzenberger_sternberg(2, 0, 1, 1, 4, 6, 2, 4) AS no_establishments,
  kz_litzenberger_sternberg(2, 3, 0, 1, 4, 6, 2, 4) AS no_area, kz_litzenberger_sternberg(2, 3, 1, -1, 4, 6, 2, 4) AS negative, kz_litzenberger_sternberg(2, 3, 1, 1, 4, 6, 2, NULL) AS unknown;

-- as matrices: the same numbers, suppressed where undefined
SELECT form, kz_quotient_matrix(:m, form) AS matrix FROM (VALUES ('location'), ('excess'), ('normalized'), ('additive'), ('additive_region'), ('presence')) v (form);
SELECT row_label, col_label, pg_temp.round(value) AS value, status FROM kz_cells(kz_quotient_matrix(:m, 'log'), true);
SELECT kz_quotient_matrix(:m) = kz_quotient_matrix(:m, 'location') AS default_form, kz_quotient_matrix(:m, NULL) = kz_quotient_matrix(:m) AS null_form,
  kz_quotient_matrix(NULL) IS NULL AS unknown, kz_quotient_matrix('{"rows":[],"cols":[],"cells":[]}', 'log') AS empty;
SELECT threshold, kz_quotient_matrix(:m, 'presence', threshold => threshold) AS presence FROM (VALUES (0::float8), (1.75), (9)) v (threshold);
SELECT kz_quotient_matrix('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,1],[0,1,0],[1,1,1]]}', 'presence', threshold => 0) AS a_zero_is_not_present;
-- it composes: how many industries two regions are both specialised in
SELECT p * kz_transpose(p) AS in_common FROM kz_quotient_matrix(:m, 'presence', threshold => 0.5) p;

-- what is awkward. Totals of what is disclosed: north 8, south 3, zero 0, west 1; mining 8, farming 6 (incomplete), nothing 0, trade -2; all 12
\set w '''{"rows":["north","south","west","zero"],"cols":["farming","mining","nothing","trade"],"cells":[[0,0,2],[0,1,6],[0,2,0],[1,0,null,4],[1,1,2],[1,3,-3],[2,3,1],[3,0,0],[3,1,0]]}'''
SELECT kz_row_labels(:w) AS regions, kz_total(:w) AS total;
SELECT region, industry, value, lq, pg_temp.round(symmetric_lq) AS symmetric, pg_temp.round(log_lq) AS log, pg_temp.round(normalized_lq) AS normalized, pg_temp.round(additive_lq) AS additive,
  pg_temp.round(additive_region_lq) AS additive_region, pg_temp.round(standardized_lq) AS standardized, pg_temp.round(standardized_log_lq) AS standardized_log, status
FROM kz_quotient_forms(:w, fill => true);
SELECT kz_quotient_matrix(:w, 'presence') AS presence, kz_quotient_matrix(:w) AS location;
-- one region, one cell, nothing
SELECT lq, symmetric_lq, log_lq, normalized_lq, additive_lq, excess, standardized_lq, standardized_log_lq, status FROM kz_quotient_forms('{"rows":["a"],"cols":["x"],"cells":[[0,0,0.1]]}');
SELECT industry, standardized_lq, status FROM kz_quotient_forms('{"rows":["a"],"cols":["x","y"],"cells":[[0,0,3],[0,1,5]]}', sample => false);
SELECT lq, normalized_lq, status FROM kz_quotient_forms('{"rows":["a"],"cols":["x"],"cells":[[0,0,0]]}');
SELECT value, lq, normalized_lq, status FROM kz_quotient_forms('{"rows":["a"],"cols":["x"],"cells":[[0,0,null]]}');
SELECT lq, normalized_lq, excess, status FROM kz_quotient_forms('{"rows":["a"],"cols":["x"],"cells":[[0,0,-1]]}');
SELECT count(*) FROM kz_quotient_forms('{"rows":[],"cols":[],"cells":[]}', fill => true);
SELECT count(*) FROM kz_quotient_forms(NULL);
-- regions that are alike: no variation, though the quotients are not the same to the last bit
SELECT status, count(*), count(standardized_lq) AS z, count(standardized_log_lq) AS log_z
FROM kz_quotient_forms((SELECT kz_matrix_agg(r, i, r * i / 3.0) FROM generate_series(1, 9) r, generate_series(1, 7) i)) GROUP BY status;
-- numbers at the edge stay finite
SELECT status, count(*), count(standardized_lq) AS z FROM kz_quotient_forms((SELECT kz_matrix_agg(r, i, v) FROM (VALUES ('a', 'x', 1e288::float8), ('a', 'y', 1), ('b', 'x', 1e-300), ('b', 'y', 1e-300)) f (r, i, v))) GROUP BY status ORDER BY status;

-- attributes, reference and reference_attributes as in kz_coefficients: lq, excess and the shares behind the differences are the same
SELECT setseed(0.5);
CREATE TEMPORARY TABLE facts AS
SELECT 'r' || r AS region, 'i' || i AS industry, CASE WHEN random() < 0.03 THEN NULL WHEN random() < 0.03 THEN -5 WHEN random() < 0.1 THEN 0 ELSE (random() * 1000)::integer END::float8 AS value
FROM generate_series(1, 20) r, generate_series(1, 12) i WHERE random() < 0.7 AND r <> 7;
CREATE TEMPORARY TABLE m AS
SELECT kz_matrix_agg(region, industry, value) AS m, (SELECT kz_matrix_agg('r' || r, 'total'::text, 9000 + r) FROM generate_series(1, 20, 2) r) AS a,
  (SELECT kz_matrix_agg('all'::text, 'i' || i, 20000 + i) FROM generate_series(1, 13) i) AS r, kz_matrix_agg('all'::text, 'total'::text, 500000) FILTER (WHERE region = 'r1' AND industry = 'i1') AS ra
FROM facts;
CREATE TEMPORARY TABLE kinds AS
SELECT kind, m, v.a, v.r, v.ra FROM m, LATERAL (VALUES ('none', NULL::kz_matrix, NULL::kz_matrix, NULL::kz_matrix), ('attributes', a, NULL, NULL), ('reference', NULL, r, NULL), ('both', a, r, ra)) v (kind, a, r, ra);
CREATE TEMPORARY TABLE c AS SELECT kind, c.* FROM kinds k, kz_coefficients(m, k.a, k.r, k.ra, fill => true) c;
CREATE TEMPORARY TABLE f AS SELECT kind, f.* FROM kinds k, kz_quotient_forms(m, k.a, k.r, k.ra, fill => true) f;
SELECT kind, count(*) > 150 AS cells, count(*) FILTER (WHERE (c.lq, c.excess) IS DISTINCT FROM (f.lq, f.excess)) AS other,
  count(*) FILTER (WHERE abs(f.additive_lq - (c.industry_share - c.reference_share)) > 0 OR abs(f.additive_region_lq - (c.region_share - c.region_total / c.ref_total)) > 0
    OR abs(f.normalized_lq - kz_normalized_quotient(c.value, c.ref_value, c.region_total, c.ref_total)) > 0 OR abs(f.symmetric_lq - kz_symmetric_quotient(c.lq)) > 0) AS wrong,
  count(*) FILTER (WHERE f.status <> c.status AND NOT (c.status = 'ok' AND (f.status = 'zero' AND f.value = 0 OR f.status = 'incomplete totals'))) AS other_status
FROM c JOIN f USING (kind, region, industry) GROUP BY kind ORDER BY kind COLLATE "C";
-- standardized as SQL does it, over the regions with a quotient
SELECT count(*) > 150 AS cells, count(*) FILTER (WHERE abs(standardized_lq - (lq - mean) / sd) > 1e-12 OR abs(standardized_log_lq - (log_lq - log_mean) / log_sd) > 1e-12) AS wrong,
  count(*) FILTER (WHERE (standardized_lq IS NULL) <> (lq IS NULL) OR (standardized_log_lq IS NULL) <> (log_lq IS NULL)) AS missing
FROM (SELECT f.*, avg(lq) OVER i AS mean, stddev_samp(lq) OVER i AS sd, avg(log_lq) OVER i AS log_mean, stddev_samp(log_lq) OVER i AS log_sd FROM f WHERE kind = 'none' WINDOW i AS (PARTITION BY industry)) s;
-- the matrix forms are the rows
WITH rows AS (
  SELECT form, region, industry, v FROM f, LATERAL (VALUES ('symmetric', symmetric_lq), ('log', log_lq), ('normalized', normalized_lq), ('additive', additive_lq),
    ('additive_region', additive_region_lq), ('excess', excess), ('standardized', standardized_lq), ('standardized_log', standardized_log_lq)) v (form, v) WHERE kind = 'none'),
matrices AS (
  SELECT form, c.* FROM m, unnest('{symmetric,log,normalized,additive,additive_region,excess,standardized,standardized_log}'::text[]) form, kz_cells(kz_quotient_matrix(m, form)) c)
SELECT form, count(*) > 150 AS cells, count(*) FILTER (WHERE v IS DISTINCT FROM value) AS wrong
FROM rows FULL JOIN matrices USING (form) WHERE (region, industry) = (row_label, col_label) GROUP BY form ORDER BY form COLLATE "C";
SELECT count(*) > 100 AS cells, count(*) FILTER (WHERE c.value IS DISTINCT FROM f.lq OR p.value IS DISTINCT FROM CASE WHEN f.lq IS NOT NULL THEN (f.lq >= 1)::integer WHEN f.value = 0 THEN 0 END) AS wrong
FROM m, LATERAL kz_coefficients(m) f JOIN LATERAL kz_cells(kz_quotient_matrix(m)) c ON (f.region, f.industry) = (c.row_label, c.col_label)
JOIN LATERAL kz_cells(kz_quotient_matrix(m, 'presence')) p ON (f.region, f.industry) = (p.row_label, p.col_label);
-- order of rows and names of labels change no bit; hostile labels are labels
CREATE TEMPORARY TABLE renamed AS SELECT kz_matrix_agg(E'\n' || region || ' "''; DROP TABLE m; --', ' ' || industry || '😀%s\', value ORDER BY random()) AS m FROM facts;
SELECT count(*) > 100 AS cells, count(*) FILTER (WHERE (a.lq, a.standardized_lq, a.standardized_log_lq, a.normalized_lq, a.status) IS DISTINCT FROM (b.lq, b.standardized_lq, b.standardized_log_lq, b.normalized_lq, b.status)) AS wrong
FROM m, LATERAL kz_quotient_forms(m) a JOIN LATERAL (SELECT f.* FROM renamed, kz_quotient_forms(renamed.m) f) b ON b.region = E'\n' || a.region || ' "''; DROP TABLE m; --' AND b.industry = ' ' || a.industry || '😀%s\';
SELECT count(*) > 100 AS cells, count(*) FILTER (WHERE (a.focal_lq, a.status) IS DISTINCT FROM (b.focal_lq, b.status)) AS wrong
FROM m, LATERAL (SELECT kz_matrix_agg(a, b, 1) AS w FROM unnest(kz_row_labels(m)) WITH ORDINALITY x (a, i) JOIN unnest(kz_row_labels(m)) WITH ORDINALITY y (b, j) ON abs(i - j) < 3) w,
  LATERAL kz_focal_quotient(m, w) a JOIN LATERAL (SELECT f.* FROM renamed, kz_focal_quotient(renamed.m, (SELECT kz_matrix_agg(E'\n' || row_label || ' "''; DROP TABLE m; --', E'\n' || col_label || ' "''; DROP TABLE m; --', value) FROM kz_cells(w))) f) b
  ON b.region = E'\n' || a.region || ' "''; DROP TABLE m; --' AND b.industry = ' ' || a.industry || '😀%s\';

-- the cluster index. Employment as in the study above; establishments: A x 6, A y 2, B x 4, B y 4, C x 2; areas 1, 2, 1 and populations 2, 1, 1 of 4:
-- A x: density 12/32 / 1/4 = 1.5, stock 12/32 / 2/4 = 0.75, size 12/32 / 6/12 = 0.75, index 1.5
\set n '''{"rows":["A","B","C"],"cols":["x","y"],"cells":[[0,0,6],[0,1,2],[1,0,4],[1,1,4],[2,0,2]]}'''
\set a '''{"rows":["A","B","C"],"cols":["area","population"],"cells":[[0,0,1],[0,1,2],[1,0,2],[1,1,1],[2,0,1],[2,1,1]]}'''
SELECT region, industry, value, establishments, density, stock, pg_temp.round(size) AS size, pg_temp.round(cluster_index) AS cluster_index, status FROM kz_cluster_index(:m, :n, :a, fill => true);
SELECT count(*) AS cells, bool_and(abs(cluster_index - kz_litzenberger_sternberg(value, c.establishments, area, population, CASE industry WHEN 'x' THEN 32 ELSE 32 END, CASE industry WHEN 'x' THEN 12 ELSE 6 END, 4, 4)) < 1e-14) AS scalar
FROM kz_cluster_index(:m, :n, :a) c JOIN (VALUES ('A', 1, 2), ('B', 2, 1), ('C', 1, 1)) r (region, area, population) USING (region);
-- against published figures of the country
SELECT region, industry, density, stock, size, cluster_index, status FROM kz_cluster_index(:m, :n, :a, '{"rows":["n"],"cols":["x","y"],"cells":[[0,0,64],[0,1,64]]}',
  '{"rows":["n"],"cols":["area","population"],"cells":[[0,0,8],[0,1,16]]}', '{"rows":["n"],"cols":["x","y"],"cells":[[0,0,24],[0,1,12]]}') WHERE region = 'A';
-- what is missing: establishments suppressed, none though there is a value, of an industry that the establishments lack; attributes unknown or zero
SELECT region, industry, value, establishments, density, stock, size, cluster_index, status
FROM kz_cluster_index('{"rows":["A","B","C","D"],"cols":["x","y"],"cells":[[0,0,4],[0,1,-1],[1,0,4],[1,1,4],[2,0,null],[3,0,8]]}', '{"rows":["A","B","C"],"cols":["x"],"cells":[[0,0,2],[1,0,null],[2,0,1]]}',
  '{"rows":["A","B","C"],"cols":["area","population"],"cells":[[0,0,1],[0,1,2],[1,0,0],[1,1,1],[2,0,1],[2,1,null]]}', fill => true);
SELECT region, area, density, stock, cluster_index, status
FROM (VALUES ('A', 0), ('B', 1)) r (region, area) JOIN LATERAL kz_cluster_index('{"rows":["A","B"],"cols":["x"],"cells":[[0,0,4],[1,0,4]]}', '{"rows":["A","B"],"cols":["x"],"cells":[[0,0,2],[1,0,2]]}',
  '{"rows":["A","B"],"cols":["area","population"],"cells":[[0,0,0],[0,1,2],[1,0,1],[1,1,null]]}', reference_attributes => '{"rows":["n"],"cols":["area","population"],"cells":[[0,0,8],[0,1,16]]}') c USING (region);
SELECT count(*) FROM kz_cluster_index(NULL, NULL, NULL);

-- across industries: quotients of quotients
SELECT industry, other_industry, pg_temp.round(cilq) AS cilq, status FROM kz_cross_industry_quotient(:m, 'A');
SELECT industry, other_industry, cilq, status FROM kz_cross_industry_quotient(:m, 'C');
SELECT industry, other_industry, cilq, status FROM kz_cross_industry_quotient(:w, 'south');
SELECT industry, other_industry, cilq, status FROM kz_cross_industry_quotient(:m, 'A', reference => '{"rows":["n"],"cols":["x","y","z"],"cells":[[0,0,64],[0,1,128],[0,2,1]]}');
SELECT count(*) FROM kz_cross_industry_quotient(NULL, 'A');
SELECT count(*) FROM kz_cross_industry_quotient(:m, NULL);
SELECT count(*) > 1000 AS pairs, count(*) FILTER (WHERE abs(cilq - a.lq / b.lq) > 1e-13 * cilq) AS wrong
FROM m, LATERAL unnest(kz_row_labels(m)) l, LATERAL kz_cross_industry_quotient(m, l) q, c a, c b
WHERE (a.kind, b.kind) = ('none', 'none') AND (a.region, a.industry) = (l, q.industry) AND (b.region, b.industry) = (l, q.other_industry) AND b.lq > 0;

-- focal: A and B are neighbours, C has none: A x (12 + 4) / (16 + 32) over 1/2
\set n2 '''{"rows":["A","B","C"],"cols":["A","B","C"],"cells":[[0,1,1],[1,0,1],[2,2,0]]}'''
SELECT region, industry, value, region_total, ref_value, ref_total, lq, focal_value, focal_total, pg_temp.round(focal_lq) AS focal_lq, status FROM kz_focal_quotient(:m, :n2, fill => true);
SELECT region, industry, value, lq, focal_value, focal_total, pg_temp.round(focal_lq) AS focal_lq, status FROM kz_focal_quotient(:m, :n2, include_self => false);
-- the scale of a row makes no difference, so neither does row-standardizing; the diagonal says otherwise where it is there
SELECT count(*) AS cells, count(*) FILTER (WHERE a.focal_lq IS DISTINCT FROM b.focal_lq) AS other
FROM kz_focal_quotient(:m, :n2) a JOIN kz_focal_quotient(:m, '{"rows":["A","B","C"],"cols":["A","B","C"],"cells":[[0,1,0.25],[1,0,4],[2,2,0]]}') b USING (region, industry);
SELECT region, industry, focal_value, focal_total FROM kz_focal_quotient(:m, '{"rows":["A","B","C"],"cols":["A","B","C"],"cells":[[0,0,0.5],[0,1,1],[1,0,1],[2,2,0]]}') WHERE region = 'A';
-- without neighbours it is the location quotient; weights of regions without facts, and of neighbours without facts, count for nothing
SELECT count(*) > 100 AS cells, count(*) FILTER (WHERE f.focal_lq IS DISTINCT FROM f.lq OR f.lq IS DISTINCT FROM c.lq OR f.status IS DISTINCT FROM c.status) AS wrong
FROM m, LATERAL (SELECT kz_matrix_agg(l, l, 2) AS w FROM unnest(kz_row_labels(m) || '{nowhere}') l) w, kz_focal_quotient(m, w) f JOIN LATERAL kz_coefficients(m) c USING (region, industry);
SELECT region, industry, focal_value, focal_total, status FROM kz_focal_quotient(:m, '{"rows":["A","B","C","D"],"cols":["A","B","D"],"cells":[[0,2,5],[1,0,1],[2,1,1],[3,2,1]]}') WHERE region = 'A';
-- suppressed, negative and zero
SELECT region, industry, value, lq, focal_value, focal_total, pg_temp.round(focal_lq) AS focal_lq, status
FROM kz_focal_quotient(:w, '{"rows":["north","south","west","zero"],"cols":["north","south","west","zero"],"cells":[[0,2,1],[1,0,1],[2,1,0.5],[3,3,0]]}', fill => true);
SELECT count(*) FROM kz_focal_quotient(NULL, NULL);

-- errors
\pset tuples_only
\pset format unaligned
SELECT pg_temp.error('SELECT kz_symmetric_quotient(''NaN'')');
SELECT pg_temp.error('SELECT kz_normalized_quotient(1, 1, ''Infinity'', 1)');
SELECT pg_temp.error('SELECT kz_litzenberger_sternberg(1, 1, 1, 1, 1, 1, 1, ''-Infinity'')');
SELECT pg_temp.error('SELECT kz_quotient_forms(' || quote_literal(:m) || ', zeros => ''ignore'')');
SELECT pg_temp.error('SELECT kz_quotient_forms(' || quote_literal(:m) || ', reference => ' || quote_literal(:m) || ')');
SELECT pg_temp.error('SELECT kz_quotient_forms(' || quote_literal(:m) || ', reference => ''{"rows":["n"],"cols":["x"],"cells":[[0,0,64]]}'')');
SELECT pg_temp.error('SELECT kz_quotient_matrix(' || quote_literal(:m) || ', ''lq'')');
SELECT pg_temp.error('SELECT kz_quotient_matrix(' || quote_literal(:m) || ', threshold => -1)');
SELECT pg_temp.error('SELECT kz_quotient_matrix(' || quote_literal(:m) || ', ''presence'', threshold => ''NaN'')');
SELECT pg_temp.error('SELECT kz_cluster_index(' || quote_literal(:m) || ', NULL, ' || quote_literal(:a) || ')');
SELECT pg_temp.error('SELECT kz_cluster_index(' || quote_literal(:m) || ', ' || quote_literal(:n) || ', NULL)');
SELECT pg_temp.error('SELECT kz_cluster_index(' || quote_literal(:m) || ', ' || quote_literal(:n) || ', ' || quote_literal(:m) || ')');
SELECT pg_temp.error('SELECT kz_cluster_index(' || quote_literal(:m) || ', ' || quote_literal(:n) || ', ' || quote_literal(:a) || ', reference_establishments => ''{"rows":["n"],"cols":["x"],"cells":[[0,0,64]]}'')');
SELECT pg_temp.error('SELECT kz_cross_industry_quotient(' || quote_literal(:m) || ', ''D'')');
SELECT pg_temp.error('SELECT kz_focal_quotient(' || quote_literal(:m) || ', NULL)');
SELECT pg_temp.error('SELECT kz_focal_quotient(' || quote_literal(:m) || ', ''{"rows":["A"],"cols":["B"],"cells":[[0,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_focal_quotient(' || quote_literal(:m) || ', ''{"rows":["A","B","C"],"cols":["B"],"cells":[[0,0,1],[1,0,null],[2,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_focal_quotient(' || quote_literal(:m) || ', ''{"rows":["A","B","C"],"cols":["B"],"cells":[[0,0,1],[1,0,-1],[2,0,1]]}'')');
SELECT pg_temp.error('SELECT kz_focal_quotient(''{"rows":["A"],"cols":["x"],"cells":[[0,0,1e200]]}'', ''{"rows":["A"],"cols":["A"],"cells":[[0,0,1e200]]}'')');
