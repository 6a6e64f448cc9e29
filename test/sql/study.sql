-- kz_create_study and kz_drop_study on the demo's figures
SET client_min_messages = warning;
SET extra_float_digits = 1;
CREATE SCHEMA study_demo;
SET search_path = study_demo, public;
\getenv inputdir PG_ABS_SRCDIR
\set root :inputdir '/..'
\cd :root
\set ECHO none
\i demo/load.sql
\set ECHO all
SET client_min_messages = notice;
\i demo/study.sql

-- the figures of 2023 for manufacturing against all industry, as published
SELECT region_name, round(cs::numeric, 2) AS cs, round(lq::numeric, 2) AS lq, round(pc::numeric, 2) AS pc, direction, status
FROM kazakhstan.candidates
WHERE year = 2023 AND industry = 'C'
ORDER BY cs DESC;
SELECT count(*) AS years, min(lq) BETWEEN 1.7 AND 1.8 AS low, max(lq) BETWEEN 2.4 AND 2.5 AS high, max(cs) < 0.5 AS never_specialized
FROM kazakhstan.coefficients
WHERE region_name = 'Almaty city' AND industry = 'C';
-- the ratio of two coefficients is one number in every region and year
SELECT count(*) AS region_years, max(abs(high / low - 1)) < 1e-12 AS constant
FROM (SELECT min(cs / lq) AS low, max(cs / lq) AS high FROM kazakhstan.coefficients WHERE lq > 0 GROUP BY year, region) r;
-- against the whole economy lq and cs are the same number
SELECT count(*) AS cells, max(abs(lq - cs)) < 1e-12 AS same FROM kazakhstan_economy.coefficients WHERE status = 'ok';
SELECT status, count(*) FROM kazakhstan_economy.coefficients GROUP BY status;

-- what a user types
SELECT rank, region_name, industry, round(score::numeric, 3) AS score, round(change::numeric, 3) AS change, direction
FROM kazakhstan.candidates WHERE year = 2023 ORDER BY rank;
SELECT id, year, industry, members, regions, region_names, round(share::numeric, 3) AS share, round(lq::numeric, 2) AS lq, round(cs::numeric, 2) AS cs, round(pc::numeric, 2) AS pc, status
FROM kazakhstan.clusters WHERE year = 2023 ORDER BY id;

-- the coefficients are those of kz_coefficients, to the last bit
SELECT count(*) AS differing
FROM (
  SELECT year, k.* FROM (SELECT year, kz_matrix_agg(region_code, section, gva_mln_kzt) AS m FROM gva WHERE section IN ('B', 'C', 'DE') GROUP BY year) f
  JOIN (SELECT year, kz_matrix_agg(region_code, name, value) AS a
        FROM region_year, LATERAL (VALUES ('gross_product', grp_mln_kzt), ('population', population_avg)) v (name, value) GROUP BY year) y USING (year),
  kz_coefficients(m, a) k
  EXCEPT
  SELECT year, region, industry, value, region_total, industry_total, ref_value, ref_total, region_share, reference_share, industry_share, lq, cs, pc, excess, status
  FROM kazakhstan.coefficients) d;
-- everything they are made of is in the row
SELECT count(*) AS cells,
  bool_and(abs(lq - kz_location_quotient(value, ref_value, region_total, ref_total)) <= 1e-12 * lq) AS lq,
  bool_and(abs(cs - kz_specialization_coefficient(value, ref_value, gross_product, ref_gross_product)) <= 1e-12 * cs) AS cs,
  bool_and(abs(pc - kz_per_capita_coefficient(value, ref_value, population, ref_population)) <= 1e-12 * pc) AS pc
FROM kazakhstan.coefficients;
-- a candidate passes every test; its score is the weakest coefficient; ranks run from 1 in each year
SELECT bool_and(lq_passed AND cs_passed AND pc_passed AND score = least(lq, cs, pc) AND score >= 1) AS passed,
  count(*) = (SELECT count(*) FROM kazakhstan.coefficients WHERE least(lq, cs, pc) >= 1) AS complete
FROM kazakhstan.candidates;
SELECT bool_and(ranks = ARRAY(SELECT generate_series(1, n)::integer)) AS ranked, bool_and(falling) AS by_score
FROM (SELECT year, count(*)::integer AS n, array_agg(rank ORDER BY rank) AS ranks, array_agg(score ORDER BY rank) = array_agg(score ORDER BY score DESC) AS falling
      FROM kazakhstan.candidates GROUP BY year) y;
-- the change looks at the year before, whether or not the cell was a candidate then
SELECT count(*) AS first_year FROM kazakhstan.candidates WHERE year = 2010 AND (change IS NOT NULL OR direction IS NOT NULL);
SELECT count(*) AS candidates, count(*) FILTER (WHERE NOT was) AS new, bool_and(abs(change - (score - before)) < 1e-12) AS change,
  bool_and(direction = CASE WHEN score - before > 0.05 THEN 'up' WHEN score - before < -0.05 THEN 'down' ELSE 'flat' END) AS direction
FROM (SELECT c.*, least(p.lq, p.cs, p.pc) AS before, least(p.lq, p.cs, p.pc) >= 1 AS was
      FROM kazakhstan.candidates c JOIN kazakhstan.coefficients p ON p.year = c.year - 1 AND p.region = c.region AND p.industry = c.industry) c;
-- the coefficients of a cluster are those of its regions merged into one: a roll-up is a matrix product
SELECT count(*) AS clusters, max(abs(c.lq / k.lq - 1)) < 1e-12 AS lq, max(abs(c.cs / k.cs - 1)) < 1e-12 AS cs, max(abs(c.pc / k.pc - 1)) < 1e-12 AS pc,
  max(abs(c.share / k.region_share - 1)) < 1e-12 AS share
FROM kazakhstan.clusters c,
  LATERAL (SELECT kz_matrix_agg(region_code, section, gva_mln_kzt) AS m FROM gva WHERE year = c.year AND section IN ('B', 'C', 'DE')) f,
  LATERAL (SELECT kz_matrix_agg(region_code, name, value) AS a FROM region_year, LATERAL (VALUES ('gross_product', grp_mln_kzt), ('population', population_avg)) v (name, value)
           WHERE year = c.year) y,
  LATERAL (SELECT kz_transpose(kz_matrix_agg(region_code, CASE WHEN region_code = ANY (c.regions) THEN 'cluster' ELSE region_code END, 1)) AS groups FROM region) g,
  LATERAL kz_coefficients(groups * m, groups * a) k
WHERE k.region = 'cluster' AND k.industry = c.industry;
-- clusters are the connected components of the contiguity of candidates
SELECT count(*) AS differing
FROM (
  SELECT year, industry, array_agg(label ORDER BY label COLLATE "C") AS regions
  FROM (SELECT DISTINCT year, industry FROM kazakhstan.candidates) p,
    LATERAL (SELECT kz_contiguity_weights('region', 'region_code') AS w) w,
    LATERAL (SELECT array_agg(region) AS labels FROM kazakhstan.candidates WHERE year = p.year AND industry = p.industry) c,
    LATERAL (SELECT kz_matrix_sum(part) AS own
             FROM (SELECT kz_matrix_agg(row_label, col_label, value) AS part FROM kz_cells(w) WHERE row_label = ANY (labels) AND col_label = ANY (labels)
                   UNION ALL SELECT kz_matrix_agg(l, l, 0) FROM unnest(labels) l) u) o,
    LATERAL kz_connected_components(own) k
  GROUP BY year, industry, component
  EXCEPT SELECT year, industry, regions FROM kazakhstan.clusters) d;

-- maps: an integer key, a typed geometry of the same area
SELECT count(*) = count(DISTINCT m.id) AS unique_id, bool_and(ST_Equals(m.geom, r.geom)) AS same, count(*) = (SELECT count(*) FROM kazakhstan.candidates) AS complete
FROM kazakhstan.candidates_map m JOIN region r ON r.region_code = m.region;
SELECT bool_and(abs(ST_Area(c.geom) / area - 1) < 1e-9) AS area, bool_and(ST_IsValid(c.geom)) AS valid, bool_and(ST_Equals(c.geom, m.geom)) AS map
FROM kazakhstan.clusters c JOIN kazakhstan.clusters_map m USING (id),
  LATERAL (SELECT sum(ST_Area(geom)) AS area FROM region WHERE region_code = ANY (c.regions)) r;
SELECT f_table_name, f_geometry_column, coord_dimension, srid, type FROM geometry_columns WHERE f_table_schema = 'kazakhstan' ORDER BY 1;

-- what \d+ shows
\d kazakhstan.candidates_map
\pset format unaligned
SELECT c.relname, c.relkind, pg_get_userbyid(c.relowner) = current_user AS own, c.reloptions, obj_description(c.oid) AS comment
FROM pg_class c WHERE relnamespace = 'kazakhstan'::regnamespace AND relkind IN ('v', 'm') ORDER BY c.relname;
SELECT count(*) AS columns_without_comment
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE relnamespace = 'kazakhstan'::regnamespace AND relkind IN ('v', 'm') AND col_description(c.oid, attnum) IS NULL;
SELECT c.relname, string_agg(format('%s %s', attname, format_type(atttypid, atttypmod)), ', ' ORDER BY attnum) AS columns
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE relnamespace = 'kazakhstan'::regnamespace AND relkind IN ('v', 'm') GROUP BY c.relname ORDER BY c.relname;
SELECT indexdef FROM pg_indexes WHERE schemaname = 'kazakhstan' ORDER BY indexname;
SELECT obj_description('kazakhstan'::regnamespace, 'pg_namespace');
\pset format aligned
-- nothing in it depends on search_path
SET search_path = pg_catalog;
SELECT rtrim(pg_get_viewdef('kazakhstan.coefficients'::regclass), ';') AS definition \gset
SELECT count(*) AS differing FROM (SELECT * FROM (:definition) v EXCEPT SELECT * FROM kazakhstan.coefficients) d;
SELECT rtrim(pg_get_viewdef('kazakhstan.clusters'::regclass), ';') AS definition \gset
SELECT count(*) AS differing FROM (SELECT * FROM (:definition) v EXCEPT SELECT * FROM kazakhstan.clusters) d;
SELECT count(*), min(id), max(id) FROM kazakhstan.candidates_map;
SET search_path = study_demo, public;

-- refresh
CREATE TABLE before AS SELECT * FROM kazakhstan.coefficients;
REFRESH MATERIALIZED VIEW CONCURRENTLY kazakhstan.coefficients;
SELECT count(*) AS differing FROM (SELECT * FROM before EXCEPT SELECT * FROM kazakhstan.coefficients) d;
UPDATE gva SET gva_mln_kzt = gva_mln_kzt * 3 WHERE year = 2023 AND section = 'C' AND region_code = '15';
REFRESH MATERIALIZED VIEW CONCURRENTLY kazakhstan.coefficients;
SELECT rank, region_name FROM kazakhstan.candidates WHERE year = 2023 AND industry = 'C' ORDER BY rank;
SELECT members, region_names FROM kazakhstan.clusters WHERE year = 2023 AND industry = 'C';
REFRESH MATERIALIZED VIEW CONCURRENTLY kazakhstan.clusters;
SELECT members, region_names FROM kazakhstan.clusters WHERE year = 2023 AND industry = 'C';

-- drop: not what others made
CREATE VIEW kazakhstan.mine AS SELECT 1 AS one;
CREATE FUNCTION kazakhstan.candidates() RETURNS integer LANGUAGE SQL RETURN 1;
\set SHOW_CONTEXT never
SELECT kz_drop_study('kazakhstan');
DROP VIEW kazakhstan.mine;
DROP FUNCTION kazakhstan.candidates();
CREATE VIEW mine AS SELECT count(*) FROM kazakhstan.candidates;
SELECT kz_drop_study('kazakhstan');
DROP VIEW mine;
CREATE INDEX ON kazakhstan.coefficients (region);
DROP VIEW kazakhstan.clusters_map;
SELECT kz_drop_study('kazakhstan');
SELECT kz_drop_study('kazakhstan');
SELECT kz_drop_study('kazakhstan_economy');
SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'kazakhstan%';
SET client_min_messages = warning;
DROP SCHEMA study_demo CASCADE;
