-- kz_correlation, kz_panel_regression and kz_study_development, on cases small enough to check by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE FUNCTION pg_temp.r(number float8) RETURNS numeric LANGUAGE SQL RETURN round(number::numeric, 6);

-- Sums of squares 5 and 5, of products 4: 0.8. t = 0.8 sqrt(2 / 0.36) = 1.8856, p = 1 - t / sqrt(2 + t^2) = 0.2 with 2 degrees of freedom.
-- atanh 0.8 = 1.0986, less and more 1.96: tanh -0.8614 and 3.0586. For the ranks the 1.96 is times sqrt(1.32).
CREATE FUNCTION pg_temp.correlation(x float8[], y float8[], confidence float8 DEFAULT NULL) RETURNS TABLE (n bigint, r numeric, low numeric, high numeric, p numeric,
  rank_r numeric, rank_low numeric, rank_high numeric, rank_p numeric, status text) LANGUAGE SQL
RETURN (SELECT (c.n, pg_temp.r(pearson), pg_temp.r(pearson_low), pg_temp.r(pearson_high), pg_temp.r(pearson_p),
  pg_temp.r(spearman), pg_temp.r(spearman_low), pg_temp.r(spearman_high), pg_temp.r(spearman_p), c.status) FROM kz_correlation(x, y, confidence) c);
SELECT * FROM pg_temp.correlation('{1,2,3,4}', '{1,3,2,4}');
-- a wider and a narrower interval; the third pair is not known
SELECT * FROM pg_temp.correlation('{1,2,NULL,3,4,9}', '{1,3,5,2,4,NULL}', 0.99);
SELECT * FROM pg_temp.correlation('{1,2,3,4}', '{1,3,2,4}', 0.5);
-- equal values share a rank: ranks 1 2.5 2.5 4 5 against 1 2 3 4 5: 9.5 / sqrt(9.5 * 10)
SELECT * FROM pg_temp.correlation('{1,7,7,100,1e6}', '{1,2,3,4,5}');
-- all of a line, its ranks reversed
SELECT n, pearson = -1 AND pearson_low = -1 AND pearson_high = -1 AND pearson_p = 0, spearman = -1, status FROM kz_correlation('{1,2,3,4}', '{8,6,4,2}');
-- too few for an interval, for a p, for anything; nothing that varies
SELECT * FROM pg_temp.correlation('{1,2,3}', '{1,3,2}');
SELECT * FROM pg_temp.correlation('{1,2}', '{1,3}');
SELECT * FROM pg_temp.correlation('{1}', '{1}');
SELECT * FROM pg_temp.correlation('{}', '{}');
SELECT * FROM pg_temp.correlation('{NULL,NULL}', '{1,2}');
SELECT * FROM pg_temp.correlation('{1,2,3,4,5}', '{0.1,0.1,0.1,0.1,0.1}');
SELECT count(*) FROM kz_correlation(NULL, '{1}');
-- numbers at the ends of the range
SELECT pg_temp.r(pearson), pg_temp.r(spearman), status FROM kz_correlation('{1e300,2e300,3e300,4e300}', '{1e-300,3e-300,2e-300,4e-300}');
-- neither the order nor a scale makes a difference, to the last bit
SELECT count(DISTINCT c) FROM (
  SELECT kz_correlation(array_agg(f * sin(i) ORDER BY md5((i + k)::text)), array_agg(cos(i * i) ORDER BY md5((i + k)::text))) AS c
  FROM generate_series(1, 200) i, generate_series(1, 10) k, (VALUES (1), (1024)) v (f) GROUP BY k, f) s;
-- the server's own
SELECT bool_and(abs(c.pearson - s.r) < 1e-13) FROM (
  SELECT array_agg(sin(i * k)) AS x, array_agg(cos(i * i + k)) AS y, corr(sin(i * k), cos(i * i + k)) AS r FROM generate_series(1, 50) i, generate_series(1, 20) k GROUP BY k) s,
  kz_correlation(s.x, s.y) c;

-- Two periods: the regression with both effects is that of the changes, a +4 for x +1, b +1 and c +2 for x 0: 4 - 1.5. Of the changes' residuals
-- 0, -1/2, 1/2 halves are the residuals: their squares sum to 1/4, those of x to 1/3. Classical: 1/4 / (6 - 5) / (1/3) = 0.75, root 0.866025.
-- Clustered: (1/12)^2 twice, over (1/3)^2, times 3/2, times 5 / (6 - 3): 0.3125, root 0.559017. Robust: (1/24)^2 four times, over (1/3)^2, times 6.
CREATE FUNCTION pg_temp.regression(y float8[], x float8[], unit text[], period text[], effects text DEFAULT NULL, errors text DEFAULT NULL, confidence float8 DEFAULT NULL)
RETURNS TABLE (n bigint, units bigint, periods bigint, coefficient numeric, error numeric, freedom bigint, t numeric, p numeric, low numeric, high numeric, r2 numeric, status text)
LANGUAGE SQL
RETURN (SELECT (r.n, r.units, r.periods, pg_temp.r(r.coefficient), pg_temp.r(standard_error), r.freedom, pg_temp.r(r.t), pg_temp.r(r.p), pg_temp.r(r.low), pg_temp.r(r.high),
  pg_temp.r(r2_within), r.status) FROM kz_panel_regression(y, x, unit, period, effects, errors, confidence) r);
SELECT e.errors, r.* FROM (VALUES (1, 'clustered'), (2, 'robust'), (3, 'classical')) e (i, errors),
  pg_temp.regression('{1,5,2,3,7,9}', '{0,1,0,0,0,0}', '{a,a,b,b,c,c}', '{1,2,1,2,1,2}', errors => e.errors) r ORDER BY i;
-- the other effects, and another confidence: with those of regions alone x varies in one region only, whose mean growth the slope is: no clusters
SELECT e.effects, r.* FROM (VALUES (1, 'unit'), (2, 'period'), (3, 'none')) e (i, effects),
  pg_temp.regression('{1,5,2,3,7,9}', '{0,1,0,0,0,0}', '{a,a,b,b,c,c}', '{1,2,1,2,1,2}', e.effects, confidence => 0.9) r ORDER BY i;
-- a regression without effects is the server's own; R2 too
SELECT abs(r.coefficient - s.slope) < 1e-13, abs(r.r2_within - s.r2) < 1e-13 FROM (
  SELECT array_agg(cos(i * i)) AS y, array_agg(sin(i)) AS x, array_agg((i % 7)::text) AS unit, array_agg(i::text) AS period,
    regr_slope(cos(i * i), sin(i)) AS slope, regr_r2(cos(i * i), sin(i)) AS r2 FROM generate_series(1, 60) i) s, kz_panel_regression(s.y, s.x, s.unit, s.period, 'none') r;
-- what is the only one of its region or period is left out, and what is the only one then: d is there once, and with it period 3
SELECT * FROM pg_temp.regression('{1,5,2,3,7,9,100,50}', '{0,1,0,0,0,0,5,6}', '{a,a,b,b,c,c,d,b}', '{1,2,1,2,1,2,3,4}');
-- and what is not known
SELECT * FROM pg_temp.regression('{1,5,2,3,7,9,NULL,4}', '{0,1,0,0,0,0,5,NULL}', '{a,a,b,b,c,c,a,b}', '{1,2,1,2,1,2,3,3}');
-- two panels without a common region or period: their effects are three of regions and two of periods each, less one each; a slope that both have
SELECT * FROM pg_temp.regression('{1,5,2,3,7,9,11,15,12,13,17,19}', '{0,1,0,0,0,0,0,1,0,0,0,0}', '{a,a,b,b,c,c,d,d,e,e,f,f}', '{1,2,1,2,1,2,3,4,3,4,3,4}', errors => 'classical');
-- perfect: no t, no p
SELECT * FROM pg_temp.regression('{1,5,2,3,7,8}', '{0,1.5,0,0.0,0,0}', '{a,a,b,b,c,c}', '{1,2,1,2,1,2}');
-- too few: none, no more than parameters, one unit
SELECT * FROM pg_temp.regression('{}', '{}', '{}', '{}');
SELECT * FROM pg_temp.regression('{1,5,2,3}', '{0,1,0,0}', '{a,a,b,b}', '{1,2,1,2}');
SELECT * FROM pg_temp.regression('{1,5,2,3}', '{0,1,0,0}', '{a,a,a,a}', '{1,2,3,4}', 'none');
-- x is the same within each region, y in all of a period
SELECT * FROM pg_temp.regression('{1,5,2,3,7,9}', '{0.1,0.1,0.2,0.2,0.7,0.7}', '{a,a,b,b,c,c}', '{1,2,1,2,1,2}');
SELECT * FROM pg_temp.regression('{1,5,1,5,1,5}', '{0,1,0,0,0,0}', '{a,a,b,b,c,c}', '{1,2,1,2,1,2}');
SELECT count(*) FROM kz_panel_regression('{1}', '{1}', NULL, '{1}');
-- neither the order of the observations nor what the labels are makes a difference, to the last bit; nor does it matter whether periods or regions are fewer
SELECT count(DISTINCT r) FROM (
  SELECT kz_panel_regression(array_agg(y ORDER BY o), array_agg(x ORDER BY o), array_agg(u ORDER BY o), array_agg(p ORDER BY o)) AS r
  FROM (SELECT k, md5((i + k)::text) AS o, sin(i) AS y, cos(i * i) AS x, 'Ә' || i % 23 AS u, (i / 17)::text AS p FROM generate_series(1, 200) i, generate_series(1, 10) k) s GROUP BY k) t;
SELECT abs(a.coefficient - b.coefficient) < 1e-13 AND abs(a.r2_within - b.r2_within) < 1e-13, a.n = b.n, a.units = b.periods FROM (
  SELECT array_agg(sin(i)) AS y, array_agg(cos(i * i)) AS x, array_agg((i % 23)::text) AS u, array_agg((i / 17)::text) AS p FROM generate_series(1, 200) i WHERE i % 5 > 0) s,
  kz_panel_regression(s.y, s.x, s.u, s.p) a, kz_panel_regression(s.y, s.x, s.p, s.u) b;
-- numbers at the ends of the range
SELECT coefficient = 2.5e-300, pg_temp.r(t), pg_temp.r(r2_within) FROM kz_panel_regression('{1,5,2,3,7,9}', '{0,1e300,0,0,0,0}', '{a,a,b,b,c,c}', '{1,2,1,2,1,2}');

-- errors
SELECT pg_temp.error(format('SELECT kz_correlation(%s)', a)) FROM (VALUES (1, '''{1}'', ''{1,2}'''), (2, '''{{1},{2}}'', ''{1,2}'''), (3, '''{1,NaN}'', ''{1,2}'''),
  (4, '''{1,2}'', ''{1,-Infinity}'''), (5, '''{1}'', ''{1}'', 1'), (6, '''{1}'', ''{1}'', ''NaN''')) v (i, a) ORDER BY i;
SELECT pg_temp.error(format('SELECT kz_panel_regression(%s)', a)) FROM (VALUES (1, '''{1}'', ''{1,2}'', ''{a}'', ''{1}'''), (2, '''{1}'', ''{1}'', ''{a,b}'', ''{1}'''), (3, '''{1}'', ''{1}'', ''{a}'', ''{}'''),
  (4, '''{1}'', ''{1}'', ''{NULL}'', ''{1}'''), (5, '''{1,1}'', ''{1,1}'', ''{a,b}'', ''{1,NULL}'''), (6, '''{1}'', ''{Infinity}'', ''{a}'', ''{1}'''), (7, '''{1}'', ''{1}'', ''{a}'', ''{1}'', ''both'''),
  (8, '''{1}'', ''{1}'', ''{a}'', ''{1}'', errors => ''white'''), (9, '''{1}'', ''{1}'', ''{a}'', ''{1}'', confidence => 0')) v (i, a) ORDER BY i;
SELECT pg_temp.error('SELECT kz_panel_regression(array_agg(i), array_agg(i), array_agg((i % 501)::text), array_agg((i % 502)::text)) FROM generate_series(1, 300000) i');
-- a label of an observation that is left out may be NULL
SELECT n, status FROM kz_panel_regression('{1,NULL}', '{1,1}', '{a,NULL}', '{1,NULL}');

-- a study: b specializes in x, and grows; a does not
CREATE SCHEMA study_development;
SET search_path = study_development, public;
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact SELECT y, r, i, CASE WHEN r || i IN ('bx', 'ay') THEN 3 + y % 3 ELSE 2 END + ascii(r) % 5 * (ascii(i) % 3) / 4.0
FROM generate_series(2001, 2006) y, unnest('{a,b,c,d}'::text[]) r, unnest('{x,y}'::text[]) i;
INSERT INTO fact VALUES (2001, 'a', 'once', 1), (2003, 'a', 'secret', NULL), (2003, 'b', 'secret', 1);
CREATE TABLE money (jahr integer, area varchar, product numeric, people integer);
INSERT INTO money SELECT y, r, round((100 * exp((y - 2001) * (ascii(r) - 96) / 50.0))::numeric, 2) * (ascii(r) - 96), 10 * (ascii(r) - 96)
FROM generate_series(2001, 2006) y, unnest('{a,b,c,d,country}'::text[]) r;
SELECT kz_create_study('s', 'fact', period_column => 'year');
SELECT kz_study_development('s', 'money', 'product', per_column => 'people', period_column => 'jahr', region_column => 'area');
-- by hand: ln of 10, 10.2.., 10.4.. of a against the mean of a to d
SELECT year, region, industry, pg_temp.r(coefficient) AS lq, pg_temp.r(outcome) AS outcome, pg_temp.r(later_outcome) AS later, pg_temp.r(growth) AS growth FROM s.development_panel
WHERE year IN (2001, 2005, 2006) ORDER BY 1, 2, 3;
SELECT count(*), count(growth), abs(sum(growth)) < 1e-12 FROM s.development_panel WHERE industry = 'x';
SELECT industry, n, pg_temp.r(pearson) AS pearson, pg_temp.r(pearson_low) AS low, pg_temp.r(pearson_high) AS high, pg_temp.r(pearson_p) AS p, pg_temp.r(spearman) AS spearman,
  between_n, pg_temp.r(between_pearson) AS between_pearson, pg_temp.r(between_p) AS between_p FROM s.development ORDER BY industry;
SELECT industry, regression_n, regions, periods, pg_temp.r(slope) AS slope, pg_temp.r(standard_error) AS error, freedom, pg_temp.r(t) AS t, pg_temp.r(p) AS p, pg_temp.r(low) AS low, pg_temp.r(high) AS high,
  pg_temp.r(r2_within) AS r2, status FROM s.development ORDER BY industry;
-- the comments say what was asked for; every column has one
SELECT obj_description('s.development'::regclass), obj_description('s.development_panel'::regclass);
SELECT a.attrelid::regclass, count(*), count(col_description(a.attrelid, a.attnum)) FROM pg_attribute a WHERE attrelid IN ('s.development'::regclass, 's.development_panel'::regclass) AND attnum > 0 GROUP BY 1 ORDER BY 1::text COLLATE "C";
SELECT col_description('s.development_panel'::regclass, attnum) FROM pg_attribute WHERE attrelid = 's.development_panel'::regclass AND attname IN ('growth', 'outcome', 'year') ORDER BY attnum;
-- a second one: longer, of another coefficient's name
SELECT kz_study_development('s', 'money', 'product', period_column => 'jahr', region_column => 'area', horizon => 3, view_name => 'Later; growth', confidence => 0.9);
SELECT industry, n, regression_n, pg_temp.r(slope) AS slope, status FROM s."Later; growth" ORDER BY industry;
SELECT count(growth) FROM s."Later; growth_panel";
-- outcomes that are zero, negative, absurd, twice there or absent make no growth
UPDATE money SET product = 0 WHERE jahr = 2002 AND area = 'a';
UPDATE money SET product = -1 WHERE jahr = 2002 AND area = 'b';
UPDATE money SET product = 'Infinity' WHERE jahr = 2002 AND area = 'c';
UPDATE money SET people = 0 WHERE jahr = 2004 AND area = 'a';
INSERT INTO money SELECT * FROM money WHERE jahr = 2004 AND area = 'b';
UPDATE money SET product = 'NaN' WHERE jahr = 2004 AND area = 'c';
DELETE FROM money WHERE jahr = 2004 AND area = 'd';
SELECT year, string_agg(region, ' ' ORDER BY region COLLATE "C") FILTER (WHERE growth IS NOT NULL) AS known FROM s.development_panel WHERE industry = 'x' GROUP BY 1 ORDER BY 1;
SELECT industry, n, status FROM s.development ORDER BY industry;

-- errors
SELECT pg_temp.error(format('SELECT kz_study_development(%s)', a)) FROM (VALUES (1, 'NULL, ''money'', ''product'''), (2, '''no study'', ''money'', ''product'''), (3, '''s'', NULL, ''product'''),
  (4, '''s'', ''money'', ''gold'', period_column => ''jahr'''), (5, '''s'', ''money'', ''area'', period_column => ''jahr'''), (6, '''s'', ''money'', ''product'', period_column => ''area'''),
  (7, '''s'', ''money'', ''product'', ''area'', period_column => ''jahr'''), (8, '''s'', ''money'', ''product'', period_column => ''jahr'''), (9, '''s'', ''money'', ''product'''),
  (10, '''s'', ''money'', ''product'', period_column => ''jahr'', region_column => ''area'', horizon => 0'), (11, '''s'', ''money'', ''product'', period_column => ''jahr'', region_column => ''area'', horizon => NULL'),
  (12, '''s'', ''money'', ''product'', coefficient => ''cs'''), (13, '''s'', ''money'', ''product'', view_name => NULL'), (14, '''s'', ''money'', ''product'', view_name => repeat(''ж'', 30)::name'),
  (15, '''s'', ''money'', ''product'', confidence => ''NaN'''), (16, '''s'', ''money'', ''product'', period_column => ''jahr'', region_column => ''area'', view_name => ''w''')) v (i, a) ORDER BY i;
DELETE FROM money WHERE jahr = 2004 AND area = 'b';
SELECT pg_temp.error('SELECT kz_study_development(''s'', ''money'', ''product'', period_column => ''jahr'', region_column => ''area'')');
SELECT pg_temp.error('SELECT kz_study_development(''s'', ''money'', ''product'', period_column => ''jahr'', region_column => ''people'', view_name => ''w'')');
CREATE VIEW named AS SELECT year AS growth, region, industry, value FROM fact;
SELECT kz_create_study('t', 'named', period_column => 'growth');
SELECT pg_temp.error('SELECT kz_study_development(''t'', ''money'', ''product'', period_column => ''jahr'', region_column => ''area'')');
-- all goes with the study
SELECT kz_drop_study('s'), kz_drop_study('t');
SELECT count(*) FROM pg_namespace WHERE nspname IN ('s', 't');

-- facts of text periods that sort by a collation, and labels that try to be code
CREATE TABLE hostile (n integer, name text);
INSERT INTO hostile VALUES (1, 'quote"d'), (2, 'it''s'), (3, 'semi;colon -- "'), (4, '{period}'), (5, '%I %L %s'), (6, '$$ || $sql$'), (7, 'Қазақстан'), (8, '{}');
CREATE FUNCTION pg_temp.try(name text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  result text;
BEGIN
  EXECUTE format('CREATE TABLE %1$I (%1$I text, %2$I text, industry text, value float8, %3$I float8)', name, name || 'r', name || 'o');
  EXECUTE format('INSERT INTO %I SELECT p, r, i, 1 + length(p) * length(r) * ascii(i) %% 7, ascii(p) * (1 + ascii(r) %% 3) FROM unnest(ARRAY[''a'', ''b'', ''cc'', %2$L]) p, unnest(ARRAY[''a'', ''b'', %2$L]) r, unnest(ARRAY[''x'', %2$L]) i', name, name);
  EXECUTE format('CREATE VIEW %I AS SELECT DISTINCT %I, %I, %I FROM %I', name || 'v', name, name || 'r', name || 'o', name);
  PERFORM kz_create_study(name, format('%I', name)::regclass, period_column => name::name, region_column => (name || 'r')::name);
  PERFORM kz_study_development(name, format('%I', name || 'v')::regclass, (name || 'o')::name, per_column => (name || 'o')::name, region_column => (name || 'r')::name, view_name => left(name, 20)::name);
  EXECUTE format('SELECT string_agg(n || '' '' || regression_n || '' '' || status, '', '' ORDER BY industry COLLATE "C") FROM %I.%I', name, left(name, 20)) INTO result;
  PERFORM kz_drop_study(name);
  RETURN result;
END $$;
SELECT n, pg_temp.try(name) FROM hostile ORDER BY n;
DROP SCHEMA study_development CASCADE;
