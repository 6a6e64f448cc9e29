-- kz_study_factors: production factors and markets of a study, small enough to check by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_factors;
SET search_path = study_factors, public;
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact VALUES (1, 'a', 'x', 30), (1, 'a', 'y', 10), (1, 'b', 'x', 10), (1, 'b', 'y', 30),
  (2, 'a', 'x', 33), (2, 'a', 'y', 10), (2, 'b', 'x', 11), (2, 'b', 'y', 30);
SELECT kz_create_study('s', 'fact', period_column => 'year');

-- invented: jobs and money are sums, wages are means
CREATE TABLE factor (year integer, area varchar(5), branch text, name text, amount numeric);
COMMENT ON TABLE factor IS 'illustrative: invented for this test';
INSERT INTO factor VALUES
  (1, 'a', 'x', 'jobs', 60), (1, 'a', 'y', 'jobs', 20), (1, 'b', 'x', 'jobs', 20), (1, 'b', 'y', 'jobs', 100),
  (2, 'a', 'x', 'jobs', 40), (2, 'a', 'x', 'jobs', 26), (2, 'a', 'y', 'jobs', 20), (2, 'b', 'x', 'jobs', 20), (2, 'b', 'y', 'jobs', 94),
  (1, 'a', 'x', 'money', 0), (1, 'a', 'y', 'money', 5), (1, 'b', 'x', 'money', 5), (1, 'b', 'y', 'money', 10),
  (2, 'a', 'x', 'money', NULL), (2, 'a', 'y', 'money', -1), (2, 'b', 'x', 'money', 6), (2, 'b', 'y', 'money', 10),
  (1, 'a', 'x', 'wage', 12), (1, 'a', 'y', 'wage', 8), (1, 'b', 'x', 'wage', 10), (1, 'b', 'y', 'wage', 10),
  (2, 'a', 'x', 'wage', 15), (2, 'a', 'y', 'wage', 8), (2, 'b', 'y', 'wage', 10);
SELECT kz_study_factors('s', 'factor', region_column => 'area', industry_column => 'branch', factor_column => 'name', value_column => 'amount', means => '{wage}');
SELECT * FROM s.factor_rules ORDER BY factor;
\d s.factors

-- jobs of x in a: 60 of 80 are three quarters, all jobs of a are 80 of 200: quotient 0.75 / 0.4 = 1.875; of the mean 40 of a they are 1.5.
-- They grow by a tenth, those of x in the country by 86 / 80 - 1 = 0.075, so by 1.1 / 1.075 - 1 more.
-- The wage of x in a is 12 over a mean of 10 in a and of 11 in x, and grows by a quarter.
UPDATE s.factor_rules SET compared_industry = 'y' WHERE factor = 'wage';
SELECT year, region, industry, factor, value, region_base, industry_base, round(region_share::numeric, 3) AS share, round(share_quotient::numeric, 3) AS quotient,
  round(region_relation::numeric, 3) AS to_region, round(industry_relation::numeric, 3) AS to_industry, compared_relation AS to_y, status
FROM s.factors ORDER BY factor, year, region, industry;
SELECT year, region, industry, factor, round(growth::numeric, 4) AS growth, round(reference_growth::numeric, 4) AS reference, round(relative_growth::numeric, 4) AS relative, direction,
  measure, round(measured::numeric, 3) AS measured, comparison, threshold, passed
FROM s.factors ORDER BY factor, year, region, industry;
-- the same numbers as the functions of one cell
SELECT count(*), bool_and(abs(f.share_quotient - k.lq) < 1e-15) FROM s.factors f,
  LATERAL kz_coefficients((SELECT kz_matrix_agg(area, branch, amount::float8) FROM factor WHERE year = f.year AND name = f.factor)) k
WHERE f.factor = 'jobs' AND k.region = f.region AND k.industry = f.industry;

-- stage 2 of the candidates: what is unknown counts neither for nor against
SELECT * FROM s.candidate_factors ORDER BY year, region, industry;
-- wages weighted by jobs: (12 * 60 + 8 * 20) / 80 = 11 in a; thrice as heavy, and above the other branch by half
UPDATE s.factor_rules SET weighted_by = 'jobs', weight = 3, measure = 'compared_relation', comparison = '>', threshold = 1.5 WHERE factor = 'wage';
SELECT year, region, industry, region_base, round(industry_base::numeric, 4) AS industry_base, round(region_relation::numeric, 4) AS to_region, measured, passed, status
FROM s.factors WHERE factor = 'wage' ORDER BY year, region, industry;
SELECT year, region, industry, factors_known, factors_passed, round(known_weight::numeric, 3) AS known, round(factor_score::numeric, 3) AS score, all_passed FROM s.candidate_factors ORDER BY year, region, industry;
-- a weight that is missing, negative or zero
INSERT INTO factor VALUES (2, 'b', 'x', 'wage', 9);
UPDATE factor SET amount = -20 WHERE (year, area, branch, name) = (2, 'b', 'x', 'jobs');
SELECT region, industry, value, region_base, industry_base, status FROM s.factors WHERE factor = 'wage' AND year = 2 ORDER BY region, industry;
DELETE FROM factor WHERE (year, area, branch, name) = (2, 'b', 'x', 'jobs') OR (year, area, name) = (2, 'a', 'jobs');
SELECT region, industry, value, region_base, industry_base, status FROM s.factors WHERE factor = 'wage' AND year = 2 ORDER BY region, industry;
-- a mean that comes twice, a factor without a rule, a rule without a factor
INSERT INTO factor VALUES (2, 'b', 'x', 'wage', 9), (1, 'a', 'x', 'land', 4), (2, 'a', 'x', 'land', 6);
INSERT INTO s.factor_rules (factor) VALUES ('water');
SELECT year, region, industry, factor, kind, value, region_base, region_relation, growth, direction, measured, passed, status FROM s.factors
WHERE factor = 'land' OR status = 'duplicate' ORDER BY factor, year;
SELECT year, region, industry, factors, factors_known, passed_factors, failed_factors, unknown_factors, all_passed FROM s.candidate_factors ORDER BY year, region, industry;
-- growth is over the preceding period of the factor, and only over that
INSERT INTO factor VALUES (3, 'a', 'x', 'land', 3), (5, 'a', 'x', 'land', 9), (5, 'b', 'x', 'land', 9), (6, 'a', 'y', 'land', 9), (7, 'a', 'x', 'land', 9);
INSERT INTO s.factor_rules (factor, tolerance) VALUES ('land', 0.5);
SELECT year, region, industry, value, growth, direction FROM s.factors WHERE factor = 'land' ORDER BY industry, region, year;
-- no rules: nothing is known, and no candidate is listed
BEGIN;
DELETE FROM s.factor_rules;
SELECT count(*), count(kind), count(passed), count(region_relation) FROM s.factors;
SELECT count(*) FROM s.candidate_factors;
ROLLBACK;
-- the rules of the table
SELECT pg_temp.error(format('UPDATE s.factor_rules SET %s WHERE factor = ''jobs''', v)) FROM unnest(ARRAY['kind = ''total''', 'weight = -1', 'weight = ''NaN''', 'measure = ''lq''',
  'comparison = ''=''', 'threshold = ''Infinity''', 'tolerance = NULL', 'weighted_by = ''money''']) v;

-- columns are bound, not names
ALTER TABLE factor RENAME amount TO "how much";
ALTER TABLE factor RENAME TO "Factor";
SELECT count(*) FROM s.factors;
ALTER TABLE "Factor" RENAME TO factor;
ALTER TABLE factor RENAME "how much" TO amount;
-- everything is commented, and in columns that any client can read
SELECT c.relname, count(*) AS columns, count(col_description(c.oid, a.attnum)) AS commented, obj_description(c.oid) LIKE '% Made by kz_study_factors. (kzcluster)' AS made,
  c.reloptions, string_agg(DISTINCT format_type(a.atttypid, a.atttypmod), ', ') AS types
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 's'::regnamespace AND c.relname LIKE '%factor%' AND c.relkind IN ('r', 'v') GROUP BY c.oid, c.relname, c.reloptions ORDER BY c.relname COLLATE "C";

-- again: rules are kept, the rest is made anew
\pset tuples_only
\pset format unaligned
SELECT pg_temp.error('SELECT kz_study_factors(''s'', ''factor'', region_column => ''area'', industry_column => ''branch'', factor_column => ''name'', value_column => ''amount'')');
DROP VIEW s.candidate_factors, s.factors;
SELECT pg_temp.error('SELECT kz_study_factors(''s'', ''factor'', region_column => ''area'', industry_column => ''branch'', factor_column => ''name'', value_column => ''amount'', means => ''{wage}'')');
DELETE FROM factor WHERE name = 'wage' AND year = 2 AND area = 'b';
SELECT kz_study_factors('s', 'factor', region_column => 'area', industry_column => 'branch', factor_column => 'name', value_column => 'amount', industries => '{x}');
SELECT factor, weight, measure FROM s.factor_rules ORDER BY factor;
SELECT DISTINCT industry FROM s.factors;
-- a study is dropped with its rules, and not with what is another's
CREATE VIEW mine AS SELECT count(*) FROM s.factors;
SELECT pg_temp.error('SELECT kz_drop_study(''s'')');
DROP VIEW mine;
CREATE TABLE s.mine ();
SELECT pg_temp.error('SELECT kz_drop_study(''s'')');
DROP TABLE s.mine;
SELECT kz_drop_study('s');

-- errors
SELECT kz_create_study('s', 'fact', period_column => 'year');
CREATE VIEW f AS SELECT year, area AS region, branch AS industry, name AS factor, amount AS value, DATE '2024-01-01' + year AS day FROM factor;
SELECT pg_temp.error(format('SELECT kz_study_factors(%s)', v)) FROM unnest(ARRAY['NULL, ''f''', '''t'', ''f''', '''study_factors'', ''f''', '''s'', NULL', '''s'', ''f'', period_column => ''period''',
  '''s'', ''f'', period_column => ''day''', '''s'', ''f'', region_column => ''area''', '''s'', ''f'', value_column => ''region''', '''s'', ''f'', factor_column => NULL', '''s'', ''f'', means => NULL',
  '''s'', ''f'', means => ''{wage,salary}''', '''s'', ''f'', means => ''{NULL}''', '''s'', ''f'', industries => ''{}''', '''s'', ''f'', industries => ''{x,z}''']) v;
SELECT pg_temp.error(format('INSERT INTO factor VALUES (%s); SELECT kz_study_factors(''s'', ''f'', means => ''{wage}'')', v)) FROM unnest(ARRAY['NULL, ''a'', ''x'', ''jobs'', 1', '1, NULL, ''x'', ''jobs'', 1',
  '1, ''a'', NULL, ''jobs'', 1', '1, ''a'', ''x'', NULL, 1', '1, ''KZ'', ''x'', ''jobs'', 1', '1, ''a'', ''x'', ''wage'', 1']) v;
SELECT count(*) FROM pg_class WHERE relnamespace = 's'::regnamespace AND relname ~ 'factor';
SELECT kz_drop_study('s');
CREATE VIEW named AS SELECT year AS growth, region, industry, value FROM fact;
SELECT kz_create_study('s', 'named', period_column => 'growth');
SELECT pg_temp.error('SELECT kz_study_factors(''s'', ''f'', period_column => ''year'')');
SELECT kz_drop_study('s');
SELECT pg_temp.error('SELECT kz_study_passes(1, ''>'', 0)'), kz_study_passes(1, '>=', 1), kz_study_passes(1, '<', 1), kz_study_passes(1, '<=', 1), kz_study_passes(NULL, '<=', 1) IS NULL, kz_study_passes(1, '=', 1) IS NULL;

-- no labels are code
CREATE TABLE hostile (label text);
INSERT INTO hostile VALUES ('quote"d'), ('it''s'), ('{period}'), ('%I'), (E'new\nline'), ('Қазақстан'), (' '), ('x"; DROP TABLE hostile; --'), ('{a,b}'), (E'back\\');
CREATE TABLE odd AS SELECT p AS "{kz}", l AS "select", i AS "it's", p + length(l) AS "%s", l AS "x""y" FROM generate_series(1, 2) p, (SELECT label AS l FROM hostile) l, (SELECT label AS i FROM hostile) i;
SELECT kz_create_study('"; odd', 'odd', period_column => '{kz}', region_column => 'select', industry_column => 'it''s', value_column => '%s');
SELECT kz_study_factors('"; odd', 'odd', region_column => 'select', industry_column => 'it''s', value_column => '%s', factor_column => 'x"y', means => ARRAY(SELECT label FROM hostile WHERE label <> ' '), industries => ARRAY(SELECT label FROM hostile));
SELECT count(*), count(DISTINCT factor), count(*) FILTER (WHERE kind = 'mean'), count(passed) FROM """; odd".factors;
SELECT count(*) FROM """; odd".factor_rules JOIN hostile ON label = factor;
SELECT kz_drop_study('"; odd');

-- who reads the views needs the right to read what is under them
\pset tuples_only off
CREATE ROLE regress_kz_factors;
GRANT USAGE ON SCHEMA study_factors TO regress_kz_factors;
SELECT kz_create_study('s', 'fact', period_column => 'year');
SELECT kz_study_factors('s', 'f', means => '{wage}');
GRANT USAGE ON SCHEMA s TO regress_kz_factors;
GRANT SELECT ON ALL TABLES IN SCHEMA s TO regress_kz_factors;
SET ROLE regress_kz_factors;
SELECT pg_temp.error('SELECT count(*) FROM s.factors') AS error;
SELECT pg_temp.error('UPDATE s.factor_rules SET weight = 2') AS error;
RESET ROLE;
GRANT SELECT ON f TO regress_kz_factors;
SET ROLE regress_kz_factors;
SELECT count(*) > 0 AS reads FROM s.factors;
RESET ROLE;
SELECT kz_drop_study('s');
DROP SCHEMA study_factors CASCADE;
DROP ROLE regress_kz_factors;
