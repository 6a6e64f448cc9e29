-- kz_study_rules: rule sets and life-cycle types of a study, against the functions that know the same rules, and by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_rules;
SET search_path = study_rules, public;
\getenv inputdir PG_ABS_SRCDIR
\set root :inputdir '/..'
\cd :root
\set ECHO none
\i demo/load.sql
\i demo/study.sql
\set ECHO all
SELECT kz_study_rules('kazakhstan'), kz_study_rules('kazakhstan_economy');
SELECT rule_set, needed, test, measure, comparison, threshold, weight, r.note FROM kazakhstan.rules r LEFT JOIN kazakhstan.rule_sets USING (rule_set) ORDER BY rule_set, test;
SELECT type, test, measure, comparison, threshold, note FROM kazakhstan.life_cycle_rules ORDER BY array_position('{latent,potential,steady,strong}', type), test;
\d kazakhstan.candidate_rules
\d kazakhstan.candidate_scores
\d kazakhstan.life_cycle

-- the cells that pass "ermishina" are the candidates, with their trend, in both studies
SELECT count(*) AS differing FROM (
  (SELECT year, region, industry, true, trend FROM kazakhstan.candidate_scores JOIN kazakhstan.measures USING (year, region, industry) WHERE rule_set = 'ermishina' AND passed
   UNION ALL SELECT year, region, industry, false, trend FROM kazakhstan_economy.candidate_scores JOIN kazakhstan_economy.measures USING (year, region, industry) WHERE rule_set = 'ermishina' AND passed)
  EXCEPT (SELECT year, region, industry, true, change FROM kazakhstan.candidates UNION ALL SELECT year, region, industry, false, change FROM kazakhstan_economy.candidates)) d;
SELECT (SELECT count(*) FROM kazakhstan.candidate_scores WHERE rule_set = 'ermishina' AND passed) = (SELECT count(*) FROM kazakhstan.candidates) AS industry,
  (SELECT count(*) FROM kazakhstan_economy.candidate_scores WHERE rule_set = 'ermishina' AND passed) = (SELECT count(*) FROM kazakhstan_economy.candidates) AS economy;

-- the functions of scoring say the same of the same facts: of industry, and of the economy with its published totals
CREATE TABLE facts AS
SELECT 'kazakhstan' AS study, year, kz_matrix_agg(region_code, section, gva_mln_kzt) AS m, NULL::kz_matrix AS a FROM gva WHERE section IN ('B', 'C', 'DE') GROUP BY year
UNION ALL
SELECT 'economy', year, m, a FROM (SELECT year, kz_matrix_agg(region_code, section, gva_mln_kzt) AS m FROM gva WHERE section IN ('A', 'B', 'C', 'DE', 'F', 'H', 'I') GROUP BY year) g
  JOIN (SELECT year, kz_matrix_agg(region_code, 'total', grp_mln_kzt) AS a FROM region_year GROUP BY year) r USING (year);
CREATE TABLE score AS SELECT 'kazakhstan' AS study, * FROM kazakhstan.candidate_scores UNION ALL SELECT 'economy', * FROM kazakhstan_economy.candidate_scores;
SELECT f.study, count(*) AS cells, bool_and(s.tests_passed = k.stars) AS stars,
  bool_and((s.passed_tests LIKE '%size%') IS TRUE = k.size_star) AS size, bool_and((s.passed_tests LIKE '%specialization%') IS TRUE = k.specialization_star) AS specialization,
  bool_and((s.passed_tests LIKE '%focus%') IS TRUE = k.focus_star) AS focus, sum(k.stars) AS all_stars
FROM facts f, LATERAL kz_cluster_stars(m, attributes => a) k JOIN score s ON s.region = k.region AND s.industry = k.industry AND s.rule_set = 'stars'
WHERE s.study = f.study AND s.year = f.year GROUP BY f.study ORDER BY f.study;
SELECT f.study, count(*) AS cells, bool_and(s.passed = k.strong) AS same, count(*) FILTER (WHERE k.strong) AS strong
FROM facts f, LATERAL kz_strong_clusters(m, attributes => a) k JOIN score s ON s.region = k.region AND s.industry = k.industry AND s.rule_set = 'strong_cluster'
WHERE s.study = f.study AND s.year = f.year GROUP BY f.study ORDER BY f.study;
SELECT f.study, count(*) AS cells, bool_and(s.passed = (k.outlook = s.rule_set)) AS same, count(*) FILTER (WHERE s.passed) AS passed
FROM facts f JOIN facts g ON g.study = f.study AND g.year = f.year - 1, LATERAL kz_growth_quadrants(g.m, f.m) k JOIN score s ON s.region = k.region AND s.industry = k.industry
WHERE s.rule_set IN ('strength', 'risk', 'opportunity') AND s.study = f.study AND s.year = f.year AND f.study = 'kazakhstan' GROUP BY f.study;
SELECT f.study, count(*) AS cells, bool_and(s.passed = (k.traded = (s.rule_set = 'traded'))) AS same, count(DISTINCT (f.year, k.industry)) FILTER (WHERE k.traded) AS traded
FROM facts f, LATERAL kz_traded_industries(m, attributes => a) k JOIN score s ON s.industry = k.industry AND s.rule_set IN ('traded', 'local')
WHERE s.study = f.study AND s.year = f.year GROUP BY f.study ORDER BY f.study;
-- growth, and its mix and regional terms
SELECT count(*) AS cells, bool_and(abs(m.growth - k.growth) < 1e-12) AS growth, bool_and(abs(m.industry_growth - k.reference_growth) < 1e-12) AS industry,
  bool_and(abs(m.lq_change - k.lq_change) < 1e-12) AS lq_change, bool_and(abs(m.total_growth - t.growth) < 1e-12) AS total,
  bool_and(abs(m.total_growth + m.mix_effect + m.regional_effect - m.growth) < 1e-12) AS adds_up
FROM facts f JOIN facts g ON g.study = f.study AND g.year = f.year - 1, LATERAL kz_growth_quadrants(g.m, f.m) k, LATERAL (SELECT kz_total(f.m) / kz_total(g.m) - 1 AS growth) t,
  kazakhstan.measures m
WHERE f.study = 'kazakhstan' AND m.year = f.year AND m.region = k.region AND m.industry = k.industry AND k.growth IS NOT NULL;
-- in the unit of value: kz_shift_share rounds its terms to the last place of the largest
SELECT count(*) AS cells, max(abs(m.total_growth * k.start_value - k."national") / (k.start_value + 1000)) < 1e-12 AS "national",
  max(abs(m.mix_effect * k.start_value - k.mix) / (k.start_value + 1000)) < 1e-12 AS mix, max(abs(m.regional_effect * k.start_value - k.regional) / (k.start_value + 1000)) < 1e-12 AS regional
FROM facts f JOIN facts g ON g.study = f.study AND g.year = f.year - 1, LATERAL kz_shift_share(g.m, f.m) k, kazakhstan.measures m
WHERE f.study = 'kazakhstan' AND m.year = f.year AND m.region = k.region AND m.industry = k.industry AND k.start_value > 0;
SELECT rule_set, count(*) FILTER (WHERE passed) AS passed, count(*) FILTER (WHERE NOT passed) AS failed, count(*) FILTER (WHERE passed IS NULL) AS unknown
FROM kazakhstan.candidate_scores GROUP BY rule_set ORDER BY rule_set COLLATE "C";

-- rules of one's own: rows
INSERT INTO kazakhstan.rule_sets VALUES ('mine', 2, 'two of three');
INSERT INTO kazakhstan.rules (rule_set, test, measure, threshold, weight) VALUES ('mine', 'large', 'region_share', 0.1, 2), ('mine', 'specialized', 'cs', 2, 1);
INSERT INTO kazakhstan.rules (rule_set, test, measure, comparison, threshold) VALUES ('mine', 'rising', 'trend', '>', 0.1);
SELECT region_name, industry, passed, tests, tests_known, tests_passed, set_score, passed_tests, failed_tests FROM kazakhstan.candidate_scores
WHERE rule_set = 'mine' AND year = 2023 AND tests_passed > 0 ORDER BY set_score DESC, region_name, industry;
SELECT test, passed, measure, round(value::numeric, 3) AS value, comparison, threshold, weight FROM kazakhstan.candidate_rules WHERE year = 2010 AND region = '35' AND industry = 'C' AND rule_set = 'mine' ORDER BY test;
-- two of three pass without the third, and cannot without two
SELECT passed, tests_passed, unknown_tests, count(*) FROM kazakhstan.candidate_scores WHERE rule_set = 'mine' AND year = 2010 GROUP BY passed, tests_passed, unknown_tests ORDER BY tests_passed;
-- life cycle: what decided
SELECT region_name, industry, type, deciding_type, deciding_test, deciding_measure, round(deciding_value::numeric, 3) AS value, deciding_comparison, deciding_threshold
FROM kazakhstan.life_cycle WHERE year = 2023 AND type <> 'none' ORDER BY array_position('{strong,steady,potential,latent}', type), industry, region_name;
SELECT type, possible_type, deciding_test, count(*) FROM kazakhstan.life_cycle WHERE year = 2010 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
-- every deciding threshold is a row of the table, and is not passed
SELECT count(*) AS decided, bool_and(r.threshold = l.deciding_threshold AND r.measure = l.deciding_measure AND kz_study_passes(l.deciding_value, l.deciding_comparison, l.deciding_threshold) IS NOT TRUE) AS true
FROM kazakhstan.life_cycle l JOIN kazakhstan.life_cycle_rules r ON r.type = l.deciding_type AND r.test = l.deciding_test;
SELECT count(*) FILTER (WHERE deciding_test IS NULL) = count(*) FILTER (WHERE type = 'strong') AS strong, count(*) FROM kazakhstan.life_cycle;
SELECT object, rows FROM kz_refresh_study('kazakhstan') ORDER BY object;
DROP TABLE score;
SELECT kz_drop_study('kazakhstan'), kz_drop_study('kazakhstan_economy');

-- by hand: stages 2 and 3, establishments, suppressed and absent cells, integer regions; all invented
CREATE TABLE fact (day date, code integer, branch text, jobs float8);
INSERT INTO fact VALUES ('2024-01-01', 1, 'x', 40), ('2024-01-01', 1, 'y', 10), ('2024-01-01', 2, 'x', 10), ('2024-01-01', 2, 'y', 30), ('2024-01-01', 3, 'y', NULL), ('2024-01-01', 3, 'x', 10),
  ('2024-02-01', 1, 'x', 60), ('2024-02-01', 1, 'y', 10), ('2024-02-01', 2, 'y', 33), ('2024-02-01', 3, 'y', 20), ('2024-02-01', 3, 'x', 20),
  ('2024-03-01', 1, 'x', 75), ('2024-03-01', 1, 'y', 10), ('2024-03-01', 2, 'y', 33), ('2024-03-01', 3, 'y', 20), ('2024-03-01', 3, 'x', 5), ('2024-03-01', 2, 'z', 0);
CREATE TABLE place AS SELECT i AS code, ST_MakeEnvelope(i, 0, i + 1, 1, 3857) AS geom FROM generate_series(1, 3) i;
SELECT kz_create_study('s', 'fact', 'place', period_column => 'day', region_column => 'code', industry_column => 'branch', value_column => 'jobs');
CREATE TABLE factor AS SELECT day, code, branch, 'wage' AS factor, jobs + 1 AS value FROM fact;
CREATE TABLE actor AS SELECT 'firms' AS category, ST_SetSRID(ST_MakePoint(1.1 + i / 10.0, 0.5), 3857) AS geom FROM generate_series(1, 4) i;
CREATE TABLE firm AS SELECT day::timestamp AS at, code::text AS code, branch, ceil(jobs / 10) AS n FROM fact WHERE jobs IS NOT NULL;
CREATE TABLE flow AS SELECT 'y' AS supplier, 'x' AS buyer, 1 AS value;
SELECT kz_study_factors('s', 'factor', region_column => 'code', industry_column => 'branch', means => '{wage}');
SELECT kz_study_actors('s', 'actor', linkages => 'flow');
SELECT kz_study_rules('s', 'firm', period_column => 'at', region_column => 'code', industry_column => 'branch', value_column => 'n');
SELECT DISTINCT rule_set FROM s.rules WHERE rule_set IN ('factors', 'actors') OR test = 'establishments' ORDER BY 1;
SELECT type, test FROM s.life_cycle_rules WHERE type IN ('steady', 'strong') ORDER BY 1, 2;
-- x grows from 60 to 80 in February; y was suppressed in January, so that neither it nor the total has a growth
SELECT day, region, industry, value, round(lq::numeric, 3) AS lq, round(growth::numeric, 3) AS growth, round(industry_growth::numeric, 3) AS all_x, round(total_growth::numeric, 3) AS total,
  round(mix_effect::numeric, 3) AS mix, round(regional_effect::numeric, 3) AS regional, size_percentile AS size, lq_percentile AS lq_p, focus_percentile AS focus, industry_focus_percentile AS own
FROM s.measures ORDER BY day, industry, region;
SELECT day, region, industry, establishments, round(significance_p::numeric, 4) AS p, factor_score, firms, actors_near AS near, roles, density_quotient, reach, round(link_lq::numeric, 3) AS link, round(criteria_score::numeric, 2) AS criteria
FROM s.measures ORDER BY day, industry, region;
-- the place of a cell against kz_cluster_stars and kz_strong_clusters, for every percentile that can make a difference
SELECT count(*) AS compared, bool_and((m.size_percentile >= p) = (k.size_star IS TRUE)) AS size, bool_and((m.lq_percentile >= p) = c.high_quotient) AS lq,
  bool_and((m.focus_percentile >= p) = k.focus_star) AS focus, bool_and((m.industry_focus_percentile >= p) = o.focus_star) AS own
FROM generate_series(0.05, 1, 0.05) p, (SELECT day, kz_matrix_agg(code, branch, jobs) AS m FROM fact WHERE branch <> 'z' GROUP BY day) f, LATERAL kz_cluster_stars(f.m, size_percentile => p, focus_percentile => p) k, LATERAL kz_cluster_stars(f.m, size_percentile => p, focus_percentile => p, focus => 'industry') o,
  LATERAL kz_strong_clusters(f.m, percentile => p) c, s.measures m
WHERE o.region = k.region AND o.industry = k.industry AND c.region = k.region AND c.industry = k.industry AND m.day = f.day AND m.region = k.region AND m.industry = k.industry AND f.day < '2024-03-01' AND k.value IS NOT NULL;
SELECT day, region, industry, rule_set, passed, tests, tests_known, tests_passed, set_score, passed_tests, failed_tests, unknown_tests
FROM s.candidate_scores WHERE (day, region, industry) IN (('2024-01-01', '3', 'y'), ('2024-02-01', '1', 'x')) ORDER BY day, rule_set COLLATE "C";
SELECT day, region, industry, type, possible_type, deciding_type, deciding_test, deciding_measure, round(deciding_value::numeric, 3) AS value, deciding_comparison AS op, deciding_threshold AS threshold
FROM s.life_cycle ORDER BY day, industry, region;
-- a stage without rules is passed; without any rules there are no rows
BEGIN;
DELETE FROM s.life_cycle_rules WHERE type IN ('steady', 'potential', 'latent');
SELECT type, possible_type, count(*) FROM s.life_cycle GROUP BY 1, 2 ORDER BY 1, 2;
DELETE FROM s.life_cycle_rules;
DELETE FROM s.rules;
SELECT (SELECT count(*) FROM s.life_cycle), (SELECT count(*) FROM s.candidate_rules), (SELECT count(*) FROM s.candidate_scores), (SELECT count(*) > 0 FROM s.measures);
ROLLBACK;
SELECT pg_temp.error(q) FROM unnest(ARRAY['INSERT INTO s.rules VALUES (''r'', ''t'', ''luck'', ''>='', 1)', 'INSERT INTO s.rules VALUES (''r'', ''t'', ''lq'', ''=='', 1)', 'INSERT INTO s.rules VALUES (''r'', ''t'', ''lq'', ''>='', ''NaN'')',
  'INSERT INTO s.rules VALUES ('''', ''t'', ''lq'', ''>='', 1)', 'INSERT INTO s.rules VALUES (''stars'', ''size'', ''lq'', ''>='', 1)', 'INSERT INTO s.life_cycle_rules VALUES (''dead'', ''t'', ''lq'', ''>='', 1)']) q;
-- changes of the facts arrive with a refresh, concurrently as well
INSERT INTO fact VALUES ('2024-04-01', 1, 'x', 75), ('2024-04-01', 2, 'y', 75);
SELECT object, rows FROM kz_refresh_study('s');
SELECT day, region, industry, lq, establishments FROM s.measures WHERE day = '2024-04-01' ORDER BY region;
-- everything is commented, and in columns that any client can read
SELECT c.relname, c.relkind, count(*) AS columns, count(col_description(c.oid, a.attnum)) AS commented, obj_description(c.oid) LIKE '% Made by kz_study_rules. (kzcluster)' AS made,
  c.reloptions, string_agg(DISTINCT format_type(a.atttypid, a.atttypmod), ', ') AS types
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 's'::regnamespace AND c.relname IN ('measures', 'rules', 'rule_sets', 'candidate_rules', 'candidate_scores', 'life_cycle_rules', 'life_cycle')
GROUP BY c.oid, c.relname, c.relkind, c.reloptions ORDER BY c.relname COLLATE "C";
SELECT count(*) = (SELECT count(*) FROM kz_study_measures()) AS documented FROM pg_attribute WHERE attrelid = 's.measures'::regclass AND attnum > 4;

-- again: rows are kept, shipped ones that are missing come back
UPDATE s.rules SET threshold = 1.5 WHERE rule_set = 'stars' AND test = 'specialization';
DELETE FROM s.rules WHERE rule_set = 'traded';
SELECT pg_temp.error('SELECT kz_study_rules(''s'')');
DROP VIEW s.candidate_scores, s.candidate_rules, s.life_cycle;
DROP MATERIALIZED VIEW s.measures;
SELECT kz_study_rules('s');
SELECT rule_set, test, threshold FROM s.rules WHERE rule_set IN ('stars', 'traded') ORDER BY 1, 2;
SELECT count(establishments), count(factor_score) > 0 AS factors FROM s.measures;
\pset tuples_only
\pset format unaligned
SELECT pg_temp.error(format('SELECT kz_study_rules(%s)', v)) FROM unnest(ARRAY['NULL', '''t''', '''s'', ''flow''', '''s'', ''firm'', period_column => ''at''', '''s'', ''firm'', period_column => ''at'', region_column => ''code'', industry_column => ''branch'', value_column => ''code''']) v;
SELECT kz_drop_study('s');
-- a study of a reference area with published totals, any of the coefficients, and a slope; one region; no facts at all
CREATE TABLE nation AS SELECT day, branch, 500 + 10 * length(branch) AS jobs, 2000 AS total FROM fact GROUP BY day, branch;
CREATE TABLE attribute AS SELECT day, code, sum(jobs) + 5 AS total, 7 AS people FROM fact GROUP BY day, code;
CREATE TABLE nations AS SELECT DISTINCT day, 2000 AS total, 30 AS people FROM fact;
SELECT kz_create_study('s', 'fact', attributes => 'attribute', reference => 'nation', reference_attributes => 'nations', period_column => 'day', region_column => 'code', industry_column => 'branch', value_column => 'jobs',
  population_column => 'people', total_column => 'total', rule => 'any', trend_rule => 'slope', fill => true);
SELECT kz_study_rules('s');
SELECT count(*), count(industry_growth) > 0, bool_and(industry_growth = 0), bool_and(total_growth = 0), count(trend) > 0, count(gini) FROM s.measures;
SELECT count(*) AS differing FROM (SELECT day, region, industry FROM s.candidate_scores WHERE rule_set = 'ermishina' AND passed EXCEPT SELECT day, region, industry FROM s.candidates) d;
SELECT needed FROM s.rule_sets WHERE rule_set = 'ermishina';
SELECT kz_drop_study('s');
DELETE FROM fact WHERE code > 1;
SELECT kz_create_study('s', 'fact', period_column => 'day', region_column => 'code', industry_column => 'branch', value_column => 'jobs');
SELECT kz_study_rules('s');
SELECT DISTINCT lq, size_percentile, lq_percentile, top_lq IS NULL, gini FROM s.measures ORDER BY 1;
SELECT kz_drop_study('s');
DELETE FROM fact;
SELECT kz_create_study('s', 'fact', period_column => 'day', region_column => 'code', industry_column => 'branch', value_column => 'jobs');
SELECT kz_study_rules('s');
SELECT count(*) FROM s.candidate_scores;
SELECT kz_drop_study('s');
DROP SCHEMA study_rules CASCADE;
