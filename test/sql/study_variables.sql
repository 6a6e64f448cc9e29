-- kz_study_variables: output, employment and establishments of the same cells, small enough to check by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_variables;
SET search_path = study_variables, public;
CREATE TABLE economy_fact (year integer, region text, industry text, output float8, jobs integer, firms numeric);
INSERT INTO economy_fact VALUES
  (1, 'a', 'x', 30, 60, 3), (1, 'a', 'y', 10, 20, 2), (1, 'b', 'x', 10, 20, 1), (1, 'b', 'y', 30, 100, 9),
  (2, 'a', 'x', 33, NULL, 3), (2, 'a', 'y', -2, 20, 2), (2, 'b', 'x', 10, 30, -1), (2, 'b', 'y', 30, 0, 9), (2, 'b', 'y', 3, 0, 0), (2, 'c', 'y', NULL, 5, 1);
CREATE TABLE economy_attribute (year integer, region text, product float8, people float8);
INSERT INTO economy_attribute SELECT y, r, 100 * ascii(r) - 9600, 1000 FROM generate_series(1, 2) y, unnest('{a,b,c}'::text[]) r WHERE (y, r) <> (2, 'c');
SELECT kz_create_study('economy', 'economy_fact', period_column => 'year', value_column => 'output', attributes => 'economy_attribute', gross_product_column => 'product', population_column => 'people');

-- further columns of the facts.
-- x in a, year 1: 60 of 80 jobs are three quarters, all jobs of a 80 of 200: lq 0.75 / 0.4 = 1.875; 30 / 60 = 0.5 a job, x everywhere 40 / 80 = 0.5: quotient 1
SELECT kz_study_variables('economy', value_columns => '{jobs,firms}');
SELECT year, region, industry, variable, value, region_total, ref_value, ref_total, round(region_share::numeric, 4) AS region_share, round(industry_share::numeric, 4) AS industry_share,
  round(lq::numeric, 4) AS lq, round(cs::numeric, 4) AS cs, round(pc::numeric, 4) AS pc, status
FROM economy.variables ORDER BY year, region, industry, variable COLLATE "C";
SELECT year, region, industry, value, round(lq::numeric, 4) AS lq, status, jobs, round(jobs_lq::numeric, 4) AS jobs_lq, jobs_status, round(value_per_jobs::numeric, 4) AS per_job, round(value_per_jobs_quotient::numeric, 4) AS quotient
FROM economy.comparison ORDER BY year, region, industry;
SELECT year, region, industry, firms, round(firms_lq::numeric, 4) AS firms_lq, firms_status, round(value_per_firms::numeric, 4) AS per_firm, round(value_per_firms_quotient::numeric, 4) AS quotient
FROM economy.comparison ORDER BY year, region, industry;
-- the study's own rows are those of coefficients; the others those of kz_coefficients
SELECT count(*) AS differing FROM (
  SELECT year, region, region_name, industry, value, region_total, ref_value, ref_total, region_share, industry_share, lq, cs, pc, status FROM economy.coefficients
  EXCEPT SELECT year, region, region_name, industry, value, region_total, ref_value, ref_total, region_share, industry_share, lq, cs, pc, status FROM economy.variables WHERE variable = 'output') d;
SELECT count(*) AS differing FROM (
  SELECT year, region, industry, value, lq, cs, pc FROM economy.variables WHERE variable = 'jobs'
  EXCEPT SELECT f.year, k.region, k.industry, k.value, k.lq, k.cs, k.pc FROM (SELECT year, kz_matrix_agg(region, industry, jobs) AS m FROM economy_fact GROUP BY year) f
    JOIN (SELECT year, kz_matrix_agg(region, name, value) AS a FROM economy_attribute, LATERAL (VALUES ('gross_product', product), ('population', people)) v (name, value) GROUP BY year) a USING (year),
    kz_coefficients(m, a) k) d;
-- lq of output over lq of jobs is the quotient of their ratio over that of the region as a whole
SELECT count(*), bool_and(abs(lq / jobs_lq - value_per_jobs_quotient / ((r.output / r.jobs) / (80.0 / 200))) < 1e-12) AS identity
FROM economy.comparison c JOIN (SELECT region, sum(output) AS output, sum(jobs) AS jobs FROM economy_fact WHERE year = 1 GROUP BY region) r USING (region) WHERE year = 1;
\d economy.variables
\d economy.comparison
SELECT c.relname, obj_description(c.oid) AS comment FROM pg_class c WHERE relnamespace = 'economy'::regnamespace AND relname IN ('variables', 'comparison') ORDER BY relname;
SELECT c.relname, attname, col_description(c.oid, attnum) AS comment FROM pg_class c JOIN pg_attribute a ON attrelid = c.oid AND attnum > 0
WHERE relnamespace = 'economy'::regnamespace AND relname IN ('variables', 'comparison') ORDER BY relname, attnum;

-- refreshed in order; a column that is renamed is followed, its variable keeps the name
ALTER TABLE economy_fact RENAME jobs TO posts;
INSERT INTO economy_fact VALUES (3, 'a', 'x', 8, 4, 1), (3, 'b', 'x', 8, 2, 1);
SELECT object, rows FROM kz_refresh_study('economy');
SELECT year, region, industry, value, jobs, value_per_jobs, round(value_per_jobs_quotient::numeric, 4) AS quotient FROM economy.comparison WHERE year = 3 ORDER BY region;
SELECT pg_temp.error('SELECT kz_study_variables(''economy'', ''{posts}'')');
DROP MATERIALIZED VIEW economy.comparison, economy.variables;

-- another relation in wide form with periods, labels and columns of its own: what it does not have is no zero.
-- Year 2 has no b, so b is unknown; x of a is absent from figures that have a and x: zero. Year 9 is not in the study.
CREATE TABLE employment ("when" bigint, area varchar(5), branch text, persons bigint);
INSERT INTO employment VALUES (1, 'a', 'x', 60), (1, 'a', 'y', 20), (1, 'b', 'x', 20), (1, 'b', 'y', 100), (2, 'a', 'y', 20), (2, 'c', 'x', 4), (2, 'c', 'y', 6), (9, 'a', 'x', 5);
SELECT kz_study_variables('economy', '{persons}', facts => 'employment', variables => '{staff}', period_column => 'when', region_column => 'area', industry_column => 'branch');
SELECT year, region, industry, value, round(lq::numeric, 4) AS lq, status, staff, round(staff_lq::numeric, 4) AS staff_lq, staff_status, round(value_per_staff::numeric, 4) AS per_head, round(value_per_staff_quotient::numeric, 4) AS quotient
FROM economy.comparison ORDER BY year, region, industry;
SELECT variable, count(*), min(year), max(year) FROM economy.variables GROUP BY variable ORDER BY variable;
DROP MATERIALIZED VIEW economy.comparison, economy.variables;
-- zeros are those that fill => true lists
SELECT kz_create_study('filled', 'economy_fact', period_column => 'year', value_column => 'output', fill => true);
SELECT kz_study_variables('economy', '{posts}');
SELECT kz_study_variables('filled', '{posts}');
SELECT count(*) AS cells, count(*) FILTER (WHERE (a.value, a.lq, a.posts, a.posts_lq, a.value_per_posts_quotient) IS DISTINCT FROM (b.value, b.lq, b.posts, b.posts_lq, b.value_per_posts_quotient)) AS differing
FROM economy.comparison a JOIN filled.comparison b USING (year, region, industry);
SELECT kz_drop_study('filled');
DROP MATERIALIZED VIEW economy.comparison, economy.variables;

-- long form: all variables, or those named; several relations in a view
CREATE VIEW figures AS SELECT "when" AS year, area AS region, branch AS industry, 'persons' AS what, persons::float8 AS number FROM employment
  UNION ALL SELECT year, region, industry, 'firms', firms FROM economy_fact UNION ALL SELECT year, region, industry, 'output', output FROM economy_fact;
SELECT kz_study_variables('economy', '{number}', 'figures', variable_column => 'what');
SELECT variable, count(*), round(sum(value)) AS sum FROM economy.variables GROUP BY variable ORDER BY variable;
SELECT region, industry, firms, firms_status, persons, persons_status FROM economy.comparison WHERE year = 2 ORDER BY region, industry;
DROP MATERIALIZED VIEW economy.comparison, economy.variables;
SELECT kz_study_variables('economy', '{number}', 'figures', variable_column => 'what', variables => '{persons}');
SELECT variable, count(*) FROM economy.variables GROUP BY variable ORDER BY variable;

-- rules test what is compared: output and employment both concentrated
SELECT kz_study_rules('economy');
INSERT INTO economy.rules (rule_set, test, measure, threshold) VALUES ('both', 'output', 'lq', 1), ('both', 'employment', 'persons_lq', 1), ('productive', 'ratio', 'value_per_persons_quotient', 1);
SELECT year, region, industry, rule_set, passed, passed_tests, failed_tests, unknown_tests FROM economy.candidate_scores WHERE rule_set IN ('both', 'productive') AND year < 3 ORDER BY rule_set, year, region, industry;
SELECT col_description('economy.measures'::regclass, attnum) FROM pg_attribute WHERE attrelid = 'economy.measures'::regclass AND attname = 'persons_lq';
SELECT object FROM kz_refresh_study('economy');
SELECT kz_drop_study('economy');

-- a study's reference is of its own value: other variables have their sums over the regions; published attributes only go with them where there is no reference
CREATE TABLE nation (year integer, industry text, output float8, product float8, people float8);
INSERT INTO nation SELECT y, i, 100, 10000, 9000 FROM generate_series(1, 3) y, unnest('{x,y}'::text[]) i;
CREATE VIEW nation_year AS SELECT DISTINCT year, product, people FROM nation;
SELECT kz_create_study('referred', 'economy_fact', period_column => 'year', value_column => 'output', reference => 'nation', reference_attributes => 'nation_year',
  attributes => 'economy_attribute', gross_product_column => 'product', population_column => 'people');
SELECT kz_create_study('published', 'economy_fact', period_column => 'year', value_column => 'output', reference_attributes => 'nation_year',
  attributes => 'economy_attribute', gross_product_column => 'product', population_column => 'people');
SELECT kz_study_variables(s, '{posts}') FROM unnest('{referred,published}'::text[]) s;
SELECT study, variable, value, ref_value, ref_total, round(lq::numeric, 3) AS lq, round(cs::numeric, 3) AS cs, round(pc::numeric, 3) AS pc, status
FROM (SELECT 'referred' AS study, * FROM referred.variables UNION ALL SELECT 'published', * FROM published.variables) v WHERE (year, region, industry) = (1, 'a', 'x') ORDER BY study, variable;
SELECT round(value_per_posts_quotient::numeric, 4) AS quotient FROM referred.comparison WHERE (year, region, industry) = (1, 'a', 'x');
SELECT kz_drop_study(s) FROM unnest('{referred,published}'::text[]) s;

-- industries of the study, published totals, names of regions, an incremental study, hostile names
CREATE TABLE "ГОД {x}" ("y'ear" date, "re""gion" text, "in{dustry}" text, "va lue" float8, "%s {jobs} ""ж" integer);
INSERT INTO "ГОД {x}" SELECT date '2020-01-01' + 366 * p, r, i, p + ascii(r) + ascii(i), 10 * p + ascii(i) FROM generate_series(0, 1) p, unnest(ARRAY['a''b', '{c}']) r, unnest(ARRAY['x', 'y,{z}', 'w']) i;
CREATE TABLE place ("re""gion" text, label text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES ('a''b', 'First', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('{c}', '{second}', ST_MakeEnvelope(1, 0, 2, 1, 3857)), ('empty', 'Empty', ST_MakeEnvelope(2, 0, 3, 1, 3857));
CREATE TABLE total ("y'ear" date, "re""gion" text, sum float8);
INSERT INTO total SELECT DISTINCT "y'ear", "re""gion", 1000 FROM "ГОД {x}";
SELECT kz_create_study('Study {1}', 'study_variables."ГОД {x}"', 'place', 'total', period_column => 'y''ear', region_column => 're"gion', industry_column => 'in{dustry}', value_column => 'va lue',
  region_name_column => 'label', total_column => 'sum', industries => ARRAY['x', 'y,{z}'], incremental => true);
SELECT kz_study_variables('Study {1}', ARRAY['%s {jobs} "ж']);
SELECT "y'ear", region_name, industry, "%s {jobs} ""ж", round("%s {jobs} ""ж_lq"::numeric, 6) AS lq, round("value_per_%s {jobs} ""ж_quotient"::numeric, 6) AS quotient, status FROM "Study {1}".comparison ORDER BY "y'ear", region, industry COLLATE "C";
SELECT variable, count(*), count(DISTINCT industry) FROM "Study {1}".variables GROUP BY variable ORDER BY variable COLLATE "C";
SELECT attname, col_description(attrelid, attnum) FROM pg_attribute WHERE attrelid = '"Study {1}".comparison'::regclass AND attnum > 7 ORDER BY attnum;
SELECT kz_study_rules('Study {1}');
SELECT count("value_per_%s {jobs} ""ж") FROM "Study {1}".measures;
DELETE FROM "ГОД {x}" WHERE "re""gion" = '{c}';
SELECT object, rows FROM kz_refresh_study('Study {1}');
SELECT kz_drop_study('Study {1}');

-- a study of nothing
CREATE TABLE nothing (period integer, region text, industry text, value float8, jobs float8);
SELECT kz_create_study('empty', 'nothing');
SELECT kz_study_variables('empty', '{jobs}');
SELECT count(*) FROM empty.comparison;
INSERT INTO nothing VALUES (1, 'a', 'x', 4, 2), (1, 'a', 'x', 4, 0);
SELECT object, rows FROM kz_refresh_study('empty');
SELECT * FROM empty.comparison;
SELECT kz_drop_study('empty');

-- errors
SELECT kz_create_study('s', 'economy_fact', period_column => 'year', value_column => 'output');
SELECT pg_temp.error(format('SELECT kz_study_variables(%s)', c)) FROM (VALUES
  (1, $$NULL, '{firms}'$$), (2, $$'t', '{firms}'$$), (3, $$'s'$$), (4, $$'s', NULL$$), (5, $$'s', '{}'$$), (6, $$'s', '{firms,NULL}'$$), (7, $$'s', '{firms,wages}'$$), (8, $$'s', '{output}'$$),
  (9, $$'s', '{region}'$$), (10, $$'s', '{firms,firms}'$$), (11, $$'s', '{firms,posts}', variables => '{a}'$$), (12, $$'s', '{firms,posts}', variables => '{a,a_lq}'$$), (13, $$'s', '{firms}', variables => '{value}'$$),
  (14, $$'s', '{firms}', variables => '{year}'$$), (15, $$'s', '{firms}', variables => ARRAY[repeat('ж', 23)]$$), (16, $$'s', '{firms}', variables => '{""}'$$), (17, $$'s', '{firms}', variables => '{NULL}'$$),
  (18, $$'s', '{persons}', 'employment'$$), (19, $$'s', '{persons}', 'employment', period_column => 'branch', region_column => 'area', industry_column => 'branch'$$),
  (20, $$'s', '{number}', 'figures', variable_column => 'what', variables => '{firms,jobs}'$$), (21, $$'s', '{number,year}', 'figures', variable_column => 'what'$$), (22, $$'s', '{number}', 'figures', variable_column => 'no'$$),
  (23, $$'s', '{firms}', 0$$), (24, $$'s', '{firms}', period_column => 'no'$$)) AS v (n, c) ORDER BY n;
CREATE VIEW wrong AS SELECT * FROM economy_fact UNION ALL SELECT 1, 'country', 'x', 1, 1, 1;
SELECT pg_temp.error($$SELECT kz_study_variables('s', '{firms}', 'wrong')$$);
CREATE OR REPLACE VIEW wrong AS SELECT * FROM economy_fact UNION ALL SELECT 1, 'a', 'total', 1, 1, 1;
SELECT pg_temp.error($$SELECT kz_study_variables('s', '{firms}', 'wrong')$$);
CREATE OR REPLACE VIEW wrong AS SELECT * FROM economy_fact UNION ALL SELECT 1, NULL, 'x', 1, 1, 1;
SELECT pg_temp.error($$SELECT kz_study_variables('s', '{firms}', 'wrong')$$);
CREATE OR REPLACE VIEW wrong AS SELECT year + 2000 AS year, region, industry, output, posts, firms FROM economy_fact;
SELECT pg_temp.error($$SELECT kz_study_variables('s', '{firms}', 'wrong')$$);
SELECT count(*) FROM pg_class WHERE relnamespace = 's'::regnamespace AND relname IN ('variables', 'comparison');
SELECT kz_drop_study('s');
DROP SCHEMA study_variables CASCADE;
