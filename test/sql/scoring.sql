-- Rules that tell clusters: stars, strong clusters, traded industries, growth quadrants.
SET extra_float_digits = 1;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE FUNCTION pg_temp.round(value float8) RETURNS numeric LANGUAGE sql AS 'SELECT round(value::numeric, 6)';

-- A study small enough to check by hand. Totals: A 16, B 32, C 16; x 32, y 32; all 64. Quotients of x: A 3/2, B 1/4, C 2; of y: A 1/2, B 7/4, C 0.
-- Medians: of x 12, of y 4, of shares 0, 1/8, 1/4, 3/4, 7/8, 1 they are 1/2
\set m '''{"rows":["A","B","C"],"cols":["x","y"],"cells":[[0,0,12],[0,1,4],[1,0,4],[1,1,28],[2,0,16]]}'''
SELECT * FROM kz_cluster_stars(:m, size_percentile => 0.5, threshold => 1.75, focus_percentile => 0.5, fill => true);
-- the defaults; the percentile of shares within the industry
SELECT region, industry, size_star, specialization_star, focus_star, stars, status FROM kz_cluster_stars(:m);
SELECT region, industry, size_star, specialization_star, focus_star, stars FROM kz_cluster_stars(:m, focus => 'industry');
SELECT count(*) AS cells, count(*) FILTER (WHERE a IS DISTINCT FROM b) AS other FROM kz_cluster_stars(:m) a JOIN kz_cluster_stars(:m, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL) b USING (region, industry);
-- at 0 and 1: everything but zeros, and the largest
SELECT percentile, region, industry, size_star, focus_star FROM unnest('{0,1}'::float8[]) percentile, kz_cluster_stars(:m, size_percentile => percentile, focus_percentile => percentile, focus => 'industry', fill => true) ORDER BY percentile, region COLLATE "C", industry COLLATE "C";

-- strong: the upper quartile of x, 1/4 3/2 2, begins at 7/4, that of y, 0 1/2 7/4, at 9/8
\set n '''{"rows":["A","B","C"],"cols":["x","y"],"cells":[[0,0,6],[0,1,2],[1,0,4],[1,1,4],[2,0,2]]}'''
SELECT * FROM kz_strong_clusters(:m, fill => true);
SELECT region, industry, value, establishments, lq, cutoff, high_quotient, enough_value, enough_establishments, strong, status FROM kz_strong_clusters(:m, :n, percentile => 0.5, minimum_quotient => 1.5, minimum_value => 16, minimum_establishments => 3);

-- traded: C and A are specialised in x with 28 of 32; Lorenz curve of x over B 1/2, A 1/4, C 1/4 of the area: 1/8, 1/2, 1;
-- Gini 1 - (1/8 * 1/2 + 5/8 * 1/4 + 3/2 * 1/4) = 13/32
SELECT * FROM kz_traded_industries(:m, top => 2);
SELECT * FROM kz_traded_industries(:m, minimum_share => 0.9, minimum_quotient => 1.75, minimum_gini => 0.40625, top => 2, threshold => 1.5);
SELECT * FROM kz_traded_industries(:m);

-- growth: x stays, y grows by 8; A y from 1/2 to (8/20) / (40/72), a region and an industry come and go
SELECT region, industry, start_value, finish_value, start_lq, pg_temp.round(finish_lq) AS finish_lq, pg_temp.round(lq_change) AS lq_change, growth, reference_growth, quadrant, outlook, status
FROM kz_growth_quadrants(:m, '{"rows":["A","B","C"],"cols":["x","y"],"cells":[[0,0,12],[0,1,8],[1,0,4],[1,1,32],[2,0,16]]}');
SELECT region, industry, start_value, finish_value, start_lq, pg_temp.round(finish_lq) AS finish_lq, growth, reference_growth, quadrant, outlook, status
FROM kz_growth_quadrants('{"rows":["A","B"],"cols":["w","x"],"cells":[[0,0,4],[0,1,4],[1,1,8]]}', '{"rows":["A","C"],"cols":["x","z"],"cells":[[0,0,4],[0,1,8],[1,0,4]]}');
SELECT region, industry, start_lq, finish_lq, reference_growth, quadrant, outlook, status
FROM kz_growth_quadrants(:m, :m, '{"rows":["n"],"cols":["x","y"],"cells":[[0,0,128],[0,1,128]]}', '{"rows":["n"],"cols":["x","y"],"cells":[[0,0,64],[0,1,192]]}', threshold => 1.5, tolerance => 0.5);
-- born in a region and an industry that were there: a quadrant, and no growth
SELECT start_value, finish_value, start_lq, growth, reference_growth, quadrant, status FROM kz_growth_quadrants('{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,4],[1,0,4],[1,1,4]]}', '{"rows":["A","B"],"cols":["x","y"],"cells":[[0,0,4],[0,1,4],[1,0,4],[1,1,4]]}') WHERE region = 'A' AND industry = 'y';
-- the same twice: nothing changes
SELECT quadrant, outlook, count(*), bool_and(lq_change = 0 AND growth = 0 AND reference_growth = 0) AS flat FROM kz_growth_quadrants(:m, :m) GROUP BY quadrant, outlook ORDER BY quadrant COLLATE "C";

-- what is awkward. Totals of what is disclosed: north 8, south 3, zero 0, west 1; mining 8, farming 6 (incomplete), nothing 0, trade -2; all 12
\set w '''{"rows":["north","south","west","zero"],"cols":["farming","mining","nothing","trade"],"cells":[[0,0,2],[0,1,6],[0,2,0],[1,0,null,4],[1,1,2],[1,3,-3],[2,3,1],[3,0,0],[3,1,0]]}'''
SELECT region, industry, value, lq, pg_temp.round(industry_share) AS industry_share, size_star, specialization_star, focus_star, stars, status FROM kz_cluster_stars(:w, size_percentile => 0.5, threshold => 1, focus_percentile => 0.5, fill => true);
SELECT region, industry, value, lq, pg_temp.round(cutoff) AS cutoff, high_quotient, enough_value, enough_establishments, strong, status
FROM kz_strong_clusters(:w, '{"rows":["north","south"],"cols":["mining"],"cells":[[0,0,5],[1,0,null]]}', minimum_value => 3, minimum_establishments => 1, fill => true);
SELECT industry, industry_total, specialized_share, pg_temp.round(top_lq) AS top_lq, pg_temp.round(gini) AS gini, high_share, high_quotient, high_gini, traded, status FROM kz_traded_industries(:w, top => 2);
SELECT region, industry, start_value, finish_value, pg_temp.round(lq_change) AS lq_change, growth, reference_growth, quadrant, outlook, status
FROM kz_growth_quadrants(:w, '{"rows":["north","south"],"cols":["farming","mining","trade"],"cells":[[0,0,null],[0,1,6],[1,0,5],[1,1,2],[1,2,3]]}');
-- nothing, one cell, unknown
SELECT count(*) FROM kz_cluster_stars('{"rows":[],"cols":[],"cells":[]}', fill => true);
SELECT count(*) FROM kz_strong_clusters('{"rows":[],"cols":[],"cells":[]}', fill => true);
SELECT count(*) FROM kz_traded_industries('{"rows":[],"cols":[],"cells":[]}');
SELECT count(*) FROM kz_growth_quadrants('{"rows":[],"cols":[],"cells":[]}', '{"rows":[],"cols":[],"cells":[]}');
SELECT (SELECT count(*) FROM kz_cluster_stars(NULL)) AS stars, (SELECT count(*) FROM kz_strong_clusters(NULL)) AS strong, (SELECT count(*) FROM kz_traded_industries(NULL)) AS traded,
  (SELECT count(*) FROM kz_growth_quadrants(NULL, :m)) AS start, (SELECT count(*) FROM kz_growth_quadrants(:m, NULL)) AS finish;
SELECT size_star, specialization_star, focus_star, stars, status FROM kz_cluster_stars('{"rows":["a"],"cols":["x"],"cells":[[0,0,3]]}');
SELECT size_star, specialization_star, focus_star, stars, status FROM kz_cluster_stars('{"rows":["a"],"cols":["x"],"cells":[[0,0,null]]}');
SELECT lq, cutoff, high_quotient, strong, status FROM kz_strong_clusters('{"rows":["a"],"cols":["x"],"cells":[[0,0,0]]}');
SELECT * FROM kz_traded_industries('{"rows":["a"],"cols":["x"],"cells":[[0,0,3]]}', top => 1);

SELECT industry, industry_total, traded, status FROM kz_traded_industries('{"rows":["a","b"],"cols":["x","y","z"],"cells":[[0,0,null],[0,1,3],[0,2,null,4],[1,1,2]]}', top => 1);

-- against plain SQL, on facts with suppressed, negative, zero and absent cells
SELECT setseed(0.25);
CREATE TEMPORARY TABLE facts AS
SELECT 'r' || r AS region, 'i' || i AS industry, CASE WHEN random() < 0.02 THEN NULL WHEN random() < 0.02 THEN -5 WHEN random() < 0.1 THEN 0 ELSE (random() * 1000)::integer END::float8 AS value
FROM generate_series(1, 30) r, generate_series(1, 12) i WHERE random() < 0.6;
CREATE TEMPORARY TABLE m AS SELECT kz_matrix_agg(region, industry, value) AS m, (SELECT kz_matrix_agg('all'::text, 'i' || i, 20000 + 1000 * i) FROM generate_series(1, 13) i) AS r FROM facts;
CREATE TEMPORARY TABLE c AS SELECT c.* FROM m, kz_coefficients(m, fill => true) c;
WITH size AS (SELECT industry, percentile_cont(0.9) WITHIN GROUP (ORDER BY value) AS cutoff FROM c WHERE value >= 0 GROUP BY industry),
focus AS (SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY industry_share) AS cutoff FROM c),
expected AS (
  SELECT region, c.industry, CASE WHEN value >= 0 THEN value > 0 AND value >= size.cutoff END AS size_star, lq >= 2 AS specialization_star, industry_share > 0 AND industry_share >= focus.cutoff AS focus_star
  FROM c JOIN size USING (industry) CROSS JOIN focus)
SELECT count(*) AS cells, count(*) FILTER (WHERE e.size_star IS DISTINCT FROM s.size_star) AS size, count(*) FILTER (WHERE e.specialization_star IS DISTINCT FROM s.specialization_star) AS specialization,
  count(*) FILTER (WHERE e.focus_star IS DISTINCT FROM s.focus_star) AS focus, count(*) FILTER (WHERE e.size_star::integer + e.specialization_star::integer + e.focus_star::integer IS DISTINCT FROM stars) AS stars,
  count(*) FILTER (WHERE stars > 0) > 20 AS some
FROM m, kz_cluster_stars(m, fill => true) s JOIN expected e USING (region, industry);
WITH expected AS (SELECT c.*, q.cutoff FROM c JOIN (SELECT industry, percentile_cont(0.75) WITHIN GROUP (ORDER BY lq) AS cutoff FROM c GROUP BY industry) q USING (industry))
SELECT count(*) AS cells, count(*) FILTER (WHERE abs(e.cutoff - s.cutoff) > 1e-12) AS cutoff, count(*) FILTER (WHERE s.strong IS DISTINCT FROM (e.lq > 0 AND e.lq >= e.cutoff AND e.value >= 200)) AS strong,
  count(*) FILTER (WHERE s.lq IS DISTINCT FROM e.lq) AS lq, count(*) FILTER (WHERE strong) > 20 AS some
FROM m, kz_strong_clusters(m, minimum_value => 200, fill => true) s JOIN expected e USING (region, industry) WHERE e.value IS NOT NULL;
-- the Gini of quotients weighted by the regions' totals; a reference of another size changes the quotients but neither Gini nor shares of the matrix
WITH x AS (SELECT *, region_total / sum(region_total) OVER i AS x, value / sum(value) OVER i AS s FROM c WHERE lq IS NOT NULL WINDOW i AS (PARTITION BY industry)),
pair AS (SELECT a.industry, sum(a.x * b.x * abs(a.s / a.x - b.s / b.x)) / 2 AS gini FROM x a JOIN x b USING (industry) GROUP BY a.industry),
top AS (SELECT industry, avg(lq) AS top FROM (SELECT *, row_number() OVER (PARTITION BY industry ORDER BY lq DESC) AS n FROM x) r WHERE n <= 5 GROUP BY industry),
share AS (SELECT industry, sum(value) FILTER (WHERE lq >= 1) / max(industry_total) AS share FROM c GROUP BY industry)
SELECT count(*) AS industries, count(*) FILTER (WHERE abs(t.gini - p.gini) > 1e-12) AS gini, count(*) FILTER (WHERE abs(t.top_lq - top.top) > 1e-12) AS top,
  count(*) FILTER (WHERE abs(t.specialized_share - share.share) > 1e-12) AS share, count(*) FILTER (WHERE abs(t.gini - u.gini) > 0) AS reference,
  count(*) FILTER (WHERE t.traded IS DISTINCT FROM (t.specialized_share >= 0.5 AND t.top_lq >= 2 AND t.gini >= 0.3)) AS traded
FROM m, kz_traded_industries(m) t JOIN pair p USING (industry) JOIN top USING (industry) JOIN share USING (industry) JOIN LATERAL kz_traded_industries(m, reference => m.r) u USING (industry);
-- growth against the coefficients of both dates
CREATE TEMPORARY TABLE later AS SELECT kz_matrix_agg(region, industry, value + (random() * 500)::integer) FILTER (WHERE random() < 0.9) AS m FROM facts;
SELECT count(*) > 100 AS cells, count(*) FILTER (WHERE (a.lq, b.lq, b.lq - a.lq) IS DISTINCT FROM (g.start_lq, g.finish_lq, g.lq_change)) AS lq,
  count(*) FILTER (WHERE abs(reference_growth - (b.industry_total / a.industry_total - 1)) > 1e-14) AS reference,
  count(*) FILTER (WHERE quadrant IS DISTINCT FROM CASE WHEN b.lq >= 1 THEN CASE WHEN b.lq > a.lq THEN 'star' WHEN b.lq <= a.lq THEN 'mature' END
    WHEN b.lq > a.lq THEN 'emerging' WHEN b.lq <= a.lq THEN 'transforming' END) AS quadrant
FROM m, later, kz_growth_quadrants(m.m, later.m) g, kz_coefficients(m.m, fill => true) a, kz_coefficients(later.m, fill => true) b
WHERE (g.region, g.industry) = (a.region, a.industry) AND (g.region, g.industry) = (b.region, b.industry);
-- order of rows and the size of the unit change no bit; hostile labels are labels
WITH other AS (SELECT kz_matrix_agg(region || E'"\n\\' || '😀', industry || $$'; --$$, value * 1024 ORDER BY random()) AS m FROM facts)
SELECT (SELECT count(*) FROM m, other, LATERAL kz_cluster_stars(m.m) a, LATERAL kz_cluster_stars(other.m) b WHERE (a.region || E'"\n\\' || '😀', a.industry || $$'; --$$) = (b.region, b.industry)
    AND (a.lq, a.size_star, a.specialization_star, a.focus_star, a.stars, a.status) IS DISTINCT FROM (b.lq, b.size_star, b.specialization_star, b.focus_star, b.stars, b.status)) AS stars,
  (SELECT count(*) FROM m, other, LATERAL kz_strong_clusters(m.m) a, LATERAL kz_strong_clusters(other.m) b WHERE (a.region || E'"\n\\' || '😀', a.industry || $$'; --$$) = (b.region, b.industry)
    AND (a.cutoff, a.strong, a.status) IS DISTINCT FROM (b.cutoff, b.strong, b.status)) AS strong,
  (SELECT count(*) FROM m, other, LATERAL kz_traded_industries(m.m) a, LATERAL kz_traded_industries(other.m) b WHERE a.industry || $$'; --$$ = b.industry
    AND (a.gini, a.top_lq, a.specialized_share, a.traded, a.status) IS DISTINCT FROM (b.gini, b.top_lq, b.specialized_share, b.traded, b.status)) AS traded,
  (SELECT count(*) FROM other, LATERAL kz_cluster_stars(other.m)) > 150 AS some;

-- errors
\pset tuples_only
\pset format unaligned
SELECT pg_temp.error('SELECT kz_cluster_stars(' || quote_literal(:m) || ', size_percentile => 90)');
SELECT pg_temp.error('SELECT kz_cluster_stars(' || quote_literal(:m) || ', focus_percentile => -0.1)');
SELECT pg_temp.error('SELECT kz_cluster_stars(' || quote_literal(:m) || ', threshold => ''NaN'')');
SELECT pg_temp.error('SELECT kz_cluster_stars(' || quote_literal(:m) || ', focus => ''region'')');
SELECT pg_temp.error('SELECT kz_cluster_stars(' || quote_literal(:m) || ', reference => ' || quote_literal(:m) || ')');
SELECT pg_temp.error('SELECT kz_strong_clusters(' || quote_literal(:m) || ', percentile => 1.5)');
SELECT pg_temp.error('SELECT kz_strong_clusters(' || quote_literal(:m) || ', minimum_establishments => 5)');
SELECT pg_temp.error('SELECT kz_strong_clusters(' || quote_literal(:m) || ', minimum_value => -1)');
SELECT pg_temp.error('SELECT kz_strong_clusters(' || quote_literal(:m) || ', minimum_quotient => ''Infinity'')');
SELECT pg_temp.error('SELECT kz_traded_industries(' || quote_literal(:m) || ', top => 0)');
SELECT pg_temp.error('SELECT kz_traded_industries(' || quote_literal(:m) || ', minimum_gini => -1)');
SELECT pg_temp.error('SELECT kz_traded_industries(' || quote_literal(:m) || ', reference => ''{"rows":["n"],"cols":["x"],"cells":[[0,0,64]]}'')');
SELECT pg_temp.error('SELECT kz_growth_quadrants(' || quote_literal(:m) || ', ' || quote_literal(:m) || ', reference_finish => ''{"rows":["n"],"cols":["x"],"cells":[[0,0,64]]}'')');
SELECT pg_temp.error('SELECT kz_growth_quadrants(' || quote_literal(:m) || ', ' || quote_literal(:m) || ', reference_start => ' || quote_literal(:m) || ')');
SELECT pg_temp.error('SELECT kz_growth_quadrants(' || quote_literal(:m) || ', ' || quote_literal(:m) || ', tolerance => -1)');
