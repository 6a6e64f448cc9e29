-- Studies of facts of every kind and shape, small enough to check by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;  -- tables without statistics look large enough to compile every plan
CREATE SCHEMA study_cases;
SET search_path = study_cases, public;

-- four squares in a row: 1 2 3 touch, 4 is a unit away from 3
CREATE TABLE place (code integer PRIMARY KEY, name text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES (1, 'One', ST_MakeEnvelope(0, 0, 1, 1, 3857)), (2, 'Two', ST_MakeEnvelope(1, 0, 2, 1, 3857)),
  (3, NULL, ST_MakeEnvelope(2, 0, 3, 1, 3857)), (4, 'Four', ST_MakeEnvelope(4, 0, 5, 1, 3857));

-- facts partitioned by date, with integer regions and several rows a cell; x is strong in 1, 2 and 4
CREATE TABLE fact (month date NOT NULL, code integer NOT NULL, branch varchar(5) NOT NULL, jobs numeric(8, 1)) PARTITION BY RANGE (month);
CREATE TABLE fact_1 PARTITION OF fact FOR VALUES FROM ('2024-01-01') TO ('2024-02-01');
CREATE TABLE fact_2 PARTITION OF fact DEFAULT;
INSERT INTO fact VALUES
  ('2024-01-01', 1, 'x', 30), ('2024-01-01', 1, 'x', 10), ('2024-01-01', 1, 'y', 40),
  ('2024-01-01', 2, 'x', 20), ('2024-01-01', 2, 'y', 60),
  ('2024-01-01', 3, 'x', 10), ('2024-01-01', 3, 'y', 70),
  ('2024-01-01', 4, 'x', 50), ('2024-01-01', 4, 'y', 30),
  ('2024-02-01', 1, 'x', 50), ('2024-02-01', 1, 'y', 30),
  ('2024-02-01', 2, 'x', 45), ('2024-02-01', 2, 'y', 35),
  ('2024-02-01', 3, 'y', 80),
  ('2024-02-01', 4, 'x', 45), ('2024-02-01', 4, 'y', 35),
  ('2024-03-01', 1, 'x', 60), ('2024-03-01', 1, 'y', 20), ('2024-03-01', 2, 'x', 45), ('2024-03-01', 2, 'y', 35),
  ('2024-03-01', 3, 'x', 15), ('2024-03-01', 3, 'y', 65), ('2024-03-01', 4, 'x', 30), ('2024-03-01', 4, 'y', 50);
SELECT kz_create_study('s', 'fact', 'place', period_column => 'month', region_column => 'code', industry_column => 'branch', value_column => 'jobs',
  region_name_column => 'name');
\d s.candidates
SELECT month, region, region_name, industry, value, region_total, ref_value, ref_total, lq, cs, pc, status, gross_product, period_number
FROM s.coefficients WHERE month = '2024-01-01' ORDER BY industry, region;
SELECT month, rank, region, industry, lq, lq_passed, cs_passed, score, change, direction FROM s.candidates ORDER BY month, rank;
SELECT id, month, industry, members, regions, region_names, value, share, lq, cs, pc, ST_AsText(ST_Normalize(geom)) AS geom FROM s.clusters WHERE industry = 'x' ORDER BY id;
SELECT kz_drop_study('s');

-- within a distance regions are neighbours too; the trend from the first period; a tolerance
SELECT kz_create_study('s', 'fact', 'place', period_column => 'month', region_column => 'code', industry_column => 'branch', value_column => 'jobs',
  distance => 2, trend_rule => 'first_last', tolerance => 0.3);
SELECT month, region, region_name, score, change, direction FROM s.candidates WHERE industry = 'x' ORDER BY region, month;
SELECT month, regions, ST_NumGeometries(geom) FROM s.clusters WHERE industry = 'x' ORDER BY month;
SELECT obj_description('s.clusters'::regclass);
SELECT kz_drop_study('s');
-- the slope; a threshold; absent cells as zeros, from which a score can rise
SELECT kz_create_study('s', 'fact', 'place', period_column => 'month', region_column => 'code', industry_column => 'branch', value_column => 'jobs',
  trend_rule => 'slope', threshold => 0.3, fill => true);
SELECT month, region, value, lq, status FROM s.coefficients WHERE industry = 'x' AND region = '3' ORDER BY month;
SELECT month, region, score, round(change::numeric, 12) AS change, direction FROM s.candidates WHERE industry = 'x' AND region IN ('1', '3') ORDER BY region, month;
SELECT kz_drop_study('s');
SELECT kz_create_study('s', 'fact', period_column => 'month', region_column => 'code', industry_column => 'branch', value_column => 'jobs', threshold => 0.3, fill => true);
SELECT month, region, score, change, direction FROM s.candidates WHERE industry = 'x' AND region = '3' ORDER BY month;
-- without regions no clusters and no maps
SELECT relname FROM pg_class WHERE relnamespace = 's'::regnamespace AND relkind IN ('v', 'm') ORDER BY 1;
SELECT kz_drop_study('s');

-- attributes: one row a region and period; a view that renames; the rule 'any'
CREATE TABLE attribute (month date, id integer, product numeric, people integer);
INSERT INTO attribute SELECT m, i, 100, CASE i WHEN 4 THEN 700 ELSE 100 END FROM unnest('{2024-01-01,2024-02-01}'::date[]) m, generate_series(1, 4) i;
CREATE VIEW renamed AS SELECT month AS period, code AS region, branch AS industry, jobs AS value FROM fact WHERE month < '2024-03-01';
SELECT kz_create_study('s', 'renamed', 'place', 'attribute', regions_region_column => 'code', attributes_period_column => 'month', attributes_region_column => 'id',
  gross_product_column => 'product', population_column => 'people', rule => 'any');
SELECT period, rank, region, industry, lq, cs, pc, lq_passed, cs_passed, pc_passed, score, status FROM s.candidates ORDER BY period, rank;
SELECT obj_description('s.candidates'::regclass);
SELECT period, industry, regions, lq, cs, pc FROM s.clusters ORDER BY id;
SELECT kz_drop_study('s');
SELECT kz_create_study('s', 'renamed', 'place', 'attribute', regions_region_column => 'code', attributes_period_column => 'month', attributes_region_column => 'id',
  gross_product_column => 'product', population_column => 'people');
SELECT period, rank, region, industry, score FROM s.candidates ORDER BY period, rank;
-- an attribute that is missing: no coefficient there, and a total that is a lower bound everywhere else in the period
UPDATE attribute SET people = NULL WHERE id = 1 AND month = '2024-01-01';
DELETE FROM attribute WHERE id = 2 AND month = '2024-02-01';
REFRESH MATERIALIZED VIEW s.coefficients;
SELECT period, region, industry, lq, cs, pc, status, population, ref_population FROM s.coefficients WHERE industry = 'x' ORDER BY period, region;
SELECT period, region, industry, score, status FROM s.candidates ORDER BY period, rank;
REFRESH MATERIALIZED VIEW CONCURRENTLY s.clusters;
SELECT period, industry, regions, lq, cs, pc, status FROM s.clusters ORDER BY id;
-- a period without any attributes
DELETE FROM attribute WHERE month = '2024-02-01';
REFRESH MATERIALIZED VIEW s.coefficients;
SELECT period, region, industry, lq, cs, pc, status FROM s.coefficients WHERE period = '2024-02-01' ORDER BY region, industry;
-- attributes that have become ambiguous are refused
INSERT INTO attribute VALUES ('2024-01-01', 3, 1, 1);
REFRESH MATERIALIZED VIEW s.coefficients;
SELECT kz_drop_study('s');
-- gross product alone: what the study does not ask for has no status
DELETE FROM attribute;
INSERT INTO attribute SELECT m, i, 100 * i FROM unnest('{2024-01-01,2024-02-01}'::date[]) m, generate_series(1, 4) i;
SELECT kz_create_study('s', 'renamed', attributes => 'attribute', attributes_period_column => 'month', attributes_region_column => 'id', gross_product_column => 'product');
SELECT region, lq, cs, pc, gross_product, ref_gross_product, population, status FROM s.coefficients WHERE period = '2024-01-01' AND industry = 'x' ORDER BY region;
SELECT region, lq_passed, cs_passed, pc_passed, score FROM s.candidates WHERE period = '2024-01-01' AND industry = 'x' ORDER BY rank;
SELECT kz_drop_study('s');
-- published totals of the regions, whose sum is the reference's
SELECT kz_create_study('s', 'renamed', attributes => 'attribute', attributes_period_column => 'month', attributes_region_column => 'id', total_column => 'product');
SELECT region, value, region_total, ref_value, ref_total, lq, status FROM s.coefficients WHERE period = '2024-01-01' AND industry = 'x' ORDER BY region;
-- one that is missing
UPDATE attribute SET product = NULL WHERE id = 2 AND month = '2024-01-01';
REFRESH MATERIALIZED VIEW s.coefficients;
SELECT period, region, value, region_total, ref_value, ref_total, lq, status FROM s.coefficients WHERE industry = 'x' ORDER BY period, region;
UPDATE attribute SET product = 200 WHERE id = 2;
SELECT kz_drop_study('s');

-- a larger area as the reference, with its own attributes
CREATE TABLE nation (period date, industry text, value float8);
INSERT INTO nation SELECT m, v.* FROM unnest('{2024-01-01,2024-02-01}'::date[]) m, (VALUES ('x', 240), ('y', 760), ('z', 100)) v (industry, value);
CREATE TABLE nation_attribute (period date, product float8);
INSERT INTO nation_attribute VALUES ('2024-01-01', 2000), ('2024-02-01', 2000);
SELECT kz_create_study('s', 'renamed', attributes => 'attribute', attributes_period_column => 'month', attributes_region_column => 'id', gross_product_column => 'product',
  reference => 'nation', reference_attributes => 'nation_attribute', industries => '{x,y}');
SELECT region, value, industry_total, ref_value, ref_total, region_share, lq, cs, ref_gross_product, status FROM s.coefficients WHERE period = '2024-01-01' AND industry = 'x' ORDER BY region;
SELECT kz_drop_study('s');
-- with totals of its own; and with published totals of the regions alone
SELECT kz_create_study('s', 'renamed', attributes => 'attribute', attributes_period_column => 'month', attributes_region_column => 'id', total_column => 'product',
  reference => 'nation', reference_attributes => 'nation_attribute', industries => '{x,y}');
SELECT region, region_total, ref_value, ref_total, lq, status FROM s.coefficients WHERE period = '2024-01-01' AND industry = 'x' ORDER BY region;
SELECT kz_drop_study('s');
SELECT kz_create_study('s', 'renamed', attributes => 'attribute', attributes_period_column => 'month', attributes_region_column => 'id', total_column => 'product',
  reference => 'nation', industries => '{x,y}');
SELECT region, region_total, ref_value, ref_total, lq, status FROM s.coefficients WHERE period = '2024-01-01' AND industry = 'x' ORDER BY region;
-- a period that the reference has lost is an error, not another reference
DELETE FROM nation WHERE period = '2024-02-01';
REFRESH MATERIALIZED VIEW s.coefficients;
SELECT kz_drop_study('s');

-- suppressed, negative and zero facts
CREATE TABLE odd (period text COLLATE "POSIX", region char(3), industry text, value real);
INSERT INTO odd VALUES ('2024Q1', 'a', 'x', 4), ('2024Q1', 'a', 'y', NULL), ('2024Q1', 'b', 'x', -1), ('2024Q1', 'b', 'y', 5), ('2024Q1', 'c', 'x', 0), ('2024Q1', 'd', 'z', 0);
SELECT kz_create_study('s', 'odd');
SELECT period, region, industry, value, region_total, ref_value, lq, status FROM s.coefficients ORDER BY region COLLATE "C", industry COLLATE "C";
SELECT region, industry, score, status FROM s.candidates ORDER BY rank;
-- no facts, one fact, and facts again
TRUNCATE odd;
REFRESH MATERIALIZED VIEW CONCURRENTLY s.coefficients;
SELECT count(*) FROM s.coefficients;
SELECT count(*) FROM s.candidates;
INSERT INTO odd VALUES ('2024Q1', 'a', 'x', 4);
REFRESH MATERIALIZED VIEW CONCURRENTLY s.coefficients;
SELECT period, region, industry, lq, status FROM s.coefficients;
SELECT kz_drop_study('s');
-- a study may begin before its facts
TRUNCATE odd;
SELECT kz_create_study('s', 'odd', 'place', regions_region_column => 'code', industries => '{x}');
SELECT count(*) FROM s.candidates_map;
INSERT INTO odd VALUES ('2024Q1', '1', 'x', 4), ('2024Q1', '2', 'x', 4), ('2024Q1', '9', 'x', 4), ('2024Q1', '9', 'y', 4);
REFRESH MATERIALIZED VIEW CONCURRENTLY s.coefficients;
REFRESH MATERIALIZED VIEW CONCURRENTLY s.clusters;
-- a region that the table of regions lacks is on no map
SELECT region, lq FROM s.candidates ORDER BY rank;
SELECT id, region FROM s.candidates_map ORDER BY id;
SELECT id, regions FROM s.clusters_map JOIN s.clusters USING (id);
SELECT kz_drop_study('s');

-- periods of a domain, of an enum; of another type in the attributes; in another collation there
CREATE DOMAIN quarter AS smallint CHECK (VALUE > 0);
CREATE TABLE quarterly (q quarter, region text, industry text, value bigint);
INSERT INTO quarterly VALUES (1, 'a', 'x', 1), (1, 'b', 'x', 1), (2, 'a', 'x', 3), (2, 'b', 'x', 1);
CREATE TABLE quarterly_attribute (q bigint, region text, population integer);
INSERT INTO quarterly_attribute VALUES (1, 'a', 1), (1, 'b', 2), (2, 'a', 1), (2, 'b', 2);
SELECT kz_create_study('s', 'quarterly', attributes => 'quarterly_attribute', period_column => 'q', population_column => 'population');
SELECT q, pg_typeof(q), region, lq, pc, status FROM s.coefficients ORDER BY q, region;
SELECT kz_drop_study('s');
CREATE TYPE season AS ENUM ('winter', 'summer');
CREATE TABLE seasonal (season season, region season, industry season, value integer);
INSERT INTO seasonal VALUES ('summer', 'winter', 'winter', 1), ('summer', 'summer', 'winter', 1), ('winter', 'summer', 'winter', 2), ('winter', 'winter', 'winter', 1);
SELECT kz_create_study('s', 'seasonal', period_column => 'season');
SELECT season, period_number, region, lq FROM s.coefficients ORDER BY season, region;
SELECT kz_drop_study('s');
CREATE TABLE odd_attribute (period varchar(10) COLLATE "C", region text COLLATE "POSIX", total float8);
INSERT INTO odd_attribute VALUES ('2024Q1', '1', 5), ('2024Q1', '2', 5), ('2024Q1', '9', 10);
SELECT kz_create_study('s', 'odd', attributes => 'odd_attribute', total_column => 'total', industries => '{x}');
SELECT period, region, region_total, ref_total, lq, status FROM s.coefficients ORDER BY region;
SELECT kz_drop_study('s');

DROP SCHEMA study_cases CASCADE;
