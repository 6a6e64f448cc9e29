-- kz_study_actors: who is in and around the candidates of a study, small enough to check by hand
SET client_min_messages = warning;
SET extra_float_digits = 1;
SET jit = off;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE SCHEMA study_actors;
SET search_path = study_actors, public;
CREATE TABLE fact (year integer, region text, industry text, value float8);
INSERT INTO fact VALUES (1, 'a', 'x', 30), (1, 'a', 'y', 10), (1, 'b', 'x', 10), (1, 'b', 'y', 30), (1, 'b', 'z', 10),
  (2, 'a', 'x', 33), (2, 'a', 'y', 10), (2, 'b', 'x', 11), (2, 'b', 'y', 30), (2, 'c', 'x', 20), (2, 'c', 'y', 1);
-- a is 4 by 4, b touches it, c lies away
CREATE TABLE place (region text, geom geometry(Polygon, 3857));
INSERT INTO place VALUES ('a', ST_MakeEnvelope(0, 0, 4, 4, 3857)), ('b', ST_MakeEnvelope(4, 0, 8, 4, 3857)), ('c', ST_MakeEnvelope(20, 0, 24, 4, 3857));
SELECT kz_create_study('s', 'fact', 'place', period_column => 'year');
SELECT year, region, industry, round(lq::numeric, 3) AS lq FROM s.candidates ORDER BY year, region, industry;

-- invented: three firms of x and a laboratory in a, a firm of y on its border with b, an association for all in b, a bank in none
CREATE TABLE actor (id integer, kind varchar(12), branch text, geom geometry(Point, 3857));
COMMENT ON TABLE actor IS 'illustrative: invented for this test';
INSERT INTO actor VALUES (1, 'firms', 'x', 'SRID=3857;POINT(1 1)'), (2, 'firms', 'x', 'SRID=3857;POINT(1 2)'), (3, 'firms', 'x', 'SRID=3857;POINT(3 3)'),
  (4, 'laboratory', NULL, 'SRID=3857;POINT(2 2)'), (5, 'firms', 'y', 'SRID=3857;POINT(4 2)'), (6, 'associations', NULL, 'SRID=3857;POINT(6 2)'),
  (7, 'services', NULL, 'SRID=3857;POINT(11 2)'), (8, 'services', NULL, NULL);
CREATE INDEX ON actor USING gist (geom);
-- invented: x buys most from z, then from itself; y sells to x
CREATE TABLE flow (supplier text, buyer text, value float8);
INSERT INTO flow VALUES ('x', 'x', 30), ('z', 'x', 60), ('y', 'x', 10), ('x', 'y', 5), ('x', 'oil', 3), ('z', 'z', 1), ('x', 'z', NULL), ('y', 'y', 0);
SELECT kz_study_actors('s', 'actor', category_column => 'kind', industry_column => 'branch', radius => 2, linkages => 'flow');
SELECT * FROM s.actor_roles ORDER BY category;
SELECT * FROM s.actor_rules ORDER BY criterion COLLATE "C";
\d s.actors
SELECT * FROM s.actor_counts ORDER BY region, category, industry;
-- for x the border firm of y does not count; the laboratory has no role yet; services are 3 from b, 7 from a, 9 from c
SELECT * FROM s.actor_categories ORDER BY region, industry, category COLLATE "C";
SELECT year, region, industry, inside, near, firms, categories, roles, round(entropy::numeric, 4) AS entropy, round(simpson::numeric, 4) AS simpson,
  density, round(density_quotient::numeric, 4) AS quotient, reach
FROM s.actors ORDER BY year, region, industry;
-- x in a: 4 of 5 actors for x are in a, of area 16; 3 firms, 1 laboratory, 1 association within 2: entropy of (3, 1, 1) / 5
SELECT round((-0.6 * ln(0.6) - 0.4 * ln(0.2))::numeric, 4) AS entropy, 1 - (0.36 + 0.04 + 0.04) AS simpson, (4 / 16.0) / (5 / 48.0) AS quotient;
-- z buys from x alone, for what it buys from itself is its own; in year 2 nobody has z, and oil is not in the study
SELECT year, region, industry, supplier, supplier_share, round(supplier_lq::numeric, 3) AS supplier_lq, buyer, round(buyer_share::numeric, 3) AS buyer_share, buyer_lq, linkages
FROM s.actors ORDER BY year, region, industry;
SELECT year, region, industry, competitive_enterprises AS firms, concentration AS conc, proximity AS prox, range_of_participants AS range, critical_mass AS mass, linkages AS links,
  criteria_known AS known, criteria_passed AS passed, failed_criteria, unknown_criteria
FROM s.actors ORDER BY year, region, industry;
-- a laboratory is research; a mass of five is enough; a role that could be found beyond what is listed is unknown, not missing
UPDATE s.actor_roles SET role = 'research' WHERE category = 'laboratory';
UPDATE s.actor_rules SET threshold = CASE criterion WHEN 'critical_mass' THEN 5 WHEN 'range_of_participants' THEN 3 ELSE 7 END
WHERE criterion IN ('critical_mass', 'range_of_participants', 'proximity');
SELECT year, region, industry, roles, reach, competitive_enterprises AS firms, concentration AS conc, proximity AS prox, range_of_participants AS range, critical_mass AS mass, linkages AS links
FROM s.actors ORDER BY year, region, industry;
-- nothing that is lacking is failed where the lists are not complete
UPDATE s.actor_roles SET complete = false;
SELECT bool_or(NOT competitive_enterprises) AS firms, bool_or(NOT concentration) AS concentration, bool_or(NOT proximity) AS proximity,
  bool_or(NOT range_of_participants) AS range, bool_or(NOT critical_mass) AS mass, sum(criteria_passed) AS passed FROM s.actors;
DELETE FROM s.actor_rules WHERE criterion <> 'linkages';
SELECT count(competitive_enterprises), count(concentration), count(proximity), count(range_of_participants), count(critical_mass), count(linkages) > 0 AS links FROM s.actors;
UPDATE s.actor_roles SET role = NULL;
SELECT count(firms), count(roles), count(reach), count(near) = count(*) AS counted FROM s.actors;
DELETE FROM s.actor_roles;
SELECT count(*) > 0 AS candidates, count(near), count(entropy) FROM s.actors;
SELECT pg_temp.error('UPDATE s.actor_rules SET criterion = ''luck'''), pg_temp.error('UPDATE s.actor_rules SET threshold = ''NaN'''),
  pg_temp.error('INSERT INTO s.actor_roles VALUES (''bank'', ''money'')') \gx

-- the index is used, for counts and for the nearest
SET enable_seqscan = off;
INSERT INTO s.actor_roles VALUES ('firms', 'firms');
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
  RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query;
END $$;
SELECT count(*) FILTER (WHERE p LIKE '%Index Cond: (geom && st_expand(%') AS within, count(*) FILTER (WHERE p LIKE '%Order By: (%geom <->%') AS nearest
FROM pg_temp.plan('SELECT * FROM s.actor_counts') p;
RESET enable_seqscan;

-- without industries, linkages and radius: everybody counts for every industry
DROP VIEW s.actors, s.actor_categories, s.actor_counts;
DROP TABLE s.actor_roles, s.actor_rules;
SELECT kz_study_actors('s', 'actor', category_column => 'kind');
SELECT * FROM s.actor_counts ORDER BY region, category;
SELECT year, region, industry, inside, near, firms, roles, reach, supplier, buyer_lq, competitive_enterprises AS firms, proximity AS prox, linkages, unknown_criteria FROM s.actors ORDER BY year, region, industry;
-- columns are bound, not names; also those of the regions
ALTER TABLE actor RENAME geom TO "point of it";
ALTER TABLE place RENAME geom TO "outline of it";
ALTER TABLE place RENAME TO "Place";
SELECT count(*) FROM s.actors;
DROP VIEW s.actors, s.actor_categories, s.actor_counts;
SELECT kz_study_actors('s', 'actor', category_column => 'kind', geometry_column => 'point of it');
SELECT count(*) FROM s.actors;
SELECT c.relname, count(*) AS columns, count(col_description(c.oid, a.attnum)) AS commented, obj_description(c.oid) LIKE '% Made by kz_study_actors. (kzcluster)' AS made,
  c.reloptions, string_agg(DISTINCT format_type(a.atttypid, a.atttypmod), ', ') AS types
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
WHERE c.relnamespace = 's'::regnamespace AND c.relname LIKE 'actor%' AND c.relkind IN ('r', 'v') GROUP BY c.oid, c.relname, c.reloptions ORDER BY c.relname COLLATE "C";
SELECT kz_drop_study('s');

-- geography: metres and square kilometres; places and regions around the equator
CREATE TABLE area (region text, geom geometry(Polygon, 4326));
INSERT INTO area VALUES ('a', ST_MakeEnvelope(0, 0, 1, 1, 4326)), ('b', ST_MakeEnvelope(1, 0, 2, 1, 4326)), ('c', ST_MakeEnvelope(5, 0, 6, 1, 4326));
CREATE TABLE site (category text, place geography(Point, 4326));
INSERT INTO site VALUES ('firms', 'POINT(0.5 0.5)'), ('firms', 'POINT(1.5 0.5)'), ('research', 'POINT(2.5 0.5)');
SELECT kz_create_study('s', 'fact', 'area', period_column => 'year');
SELECT kz_study_actors('s', 'site', geometry_column => 'place', radius => 56000);
SELECT region, category, inside, near, round(nearest) AS nearest FROM s.actor_counts ORDER BY region, category;
SELECT region, category, near, round(nearest) AS nearest FROM s.actor_categories WHERE industry = 'x' ORDER BY region, category;
SELECT region, inside, round((inside / nullif(density, 0))::numeric, 1) AS square_km, round(density_quotient::numeric, 3) AS quotient, concentration FROM s.actors WHERE year = 2 AND industry = 'x' ORDER BY region;
SELECT col_description('s.actor_categories'::regclass, attnum) FROM pg_attribute WHERE attrelid = 's.actor_categories'::regclass AND attname = 'nearest';
SELECT kz_drop_study('s');

-- errors
\pset tuples_only
\pset format unaligned
SELECT kz_create_study('s', 'fact', period_column => 'year');
SELECT pg_temp.error('SELECT kz_study_actors(''s'', ''site'', geometry_column => ''place'')');
SELECT kz_drop_study('s');
SELECT kz_create_study('s', 'fact', 'area', period_column => 'year');
CREATE VIEW wrong AS SELECT *, 'here' AS here, ST_Transform(place::geometry, 3857) AS metres FROM site;
SELECT pg_temp.error(format('SELECT kz_study_actors(%s)', v)) FROM unnest(ARRAY['NULL, ''site''', '''t'', ''site''', '''s'', NULL', '''s'', ''site''', '''s'', ''site'', geometry_column => NULL',
  '''s'', ''wrong'', geometry_column => ''here''', '''s'', ''wrong'', geometry_column => ''metres''', '''s'', ''site'', ''kind'', ''place''', '''s'', ''site'', NULL, ''place''', '''s'', ''site'', ''category'', ''place'', ''branch''',
  '''s'', ''site'', ''category'', ''place'', radius => -1', '''s'', ''site'', ''category'', ''place'', radius => NULL', '''s'', ''site'', ''category'', ''place'', radius => ''NaN''',
  '''s'', ''site'', ''category'', ''place'', linkages => ''site''', '''s'', ''site'', ''category'', ''place'', linkages => ''flow'', linkage_column => ''buyer''']) v;
SELECT pg_temp.error('INSERT INTO site VALUES (NULL, NULL); SELECT kz_study_actors(''s'', ''site'', geometry_column => ''place'')');
SELECT pg_temp.error('UPDATE flow SET value = -value; SELECT kz_study_actors(''s'', ''site'', geometry_column => ''place'', linkages => ''flow'')');
SELECT count(*) FROM pg_class WHERE relnamespace = 's'::regnamespace AND relname ~ 'actor';
SELECT kz_study_actors('s', 'site', geometry_column => 'place');
SELECT pg_temp.error('SELECT kz_study_actors(''s'', ''site'', geometry_column => ''place'')');
SELECT kz_drop_study('s');

-- nobody at all
CREATE TABLE nobody (category text, geom geometry);
SELECT kz_create_study('s', 'fact', 'area', period_column => 'year');
SELECT kz_study_actors('s', 'nobody');
SELECT count(*), count(near), count(unknown_criteria) FROM s.actors;
SELECT kz_drop_study('s');
-- no names are code
CREATE TABLE odd AS SELECT p AS "{kz}", l AS "select", l AS "it's", p + length(l) AS "%s" FROM generate_series(1, 2) p, unnest(ARRAY['quote"d', 'it''s', '{period}']) l;
CREATE TABLE "odd""place" AS SELECT l AS "se{lect", ST_MakeEnvelope(i, 0, i + 1, 1, 3857) AS "{geom}" FROM unnest(ARRAY['quote"d', 'it''s', '{period}']) WITH ORDINALITY u (l, i);
CREATE TABLE "odd'actor" AS SELECT l AS "{category}", l AS "industry;", ST_Centroid("{geom}") AS "point""" FROM "odd""place", unnest(ARRAY['quote"d', '{role}']) l;
SELECT kz_create_study('"; odd', 'odd', 'odd"place', period_column => '{kz}', region_column => 'select', industry_column => 'it''s', value_column => '%s', regions_region_column => 'se{lect', geometry_column => '{geom}');
SELECT kz_study_actors('"; odd', 'odd''actor', category_column => '{category}', geometry_column => 'point"', industry_column => 'industry;', radius => 1,
  linkages => 'odd', supplier_column => 'select', buyer_column => 'it''s', linkage_column => '%s');
SELECT count(*), sum(inside), sum(near) FROM """; odd".actors;
SELECT kz_study_factors('"; odd', 'odd', region_column => 'select', industry_column => 'it''s', factor_column => 'it''s', value_column => '%s');
SELECT kz_study_rules('"; odd', 'odd', region_column => 'select', industry_column => 'it''s', value_column => '%s');
SELECT count(*), count(factor_score), count(criteria_score), count(significance_p) FROM """; odd".measures;
SELECT object, rows FROM kz_refresh_study('"; odd');
SELECT kz_drop_study('"; odd');
DROP SCHEMA study_actors CASCADE;
