-- kz_tile: a study's maps as vector tiles
SET client_min_messages = warning;
SET extra_float_digits = 1;
CREATE SCHEMA tile;
SET search_path = tile, public;
\set SHOW_CONTEXT never
\getenv inputdir PG_ABS_SRCDIR
\set root :inputdir '/..'
\cd :root
\set ECHO none
\i demo/load.sql
\i demo/study.sql
\set ECHO all

-- What PostGIS makes of a layer, or of part of it, without a search by index.
CREATE FUNCTION pg_temp.plain(study text, layer text, attributes text, part text, z integer, x integer, y integer) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
  tile bytea;
BEGIN
  EXECUTE format('SELECT ST_AsMVT(f, %2$L, 4096, ''shape'', ''id'' ORDER BY id)
    FROM (SELECT id, %3$s, ST_AsMVTGeom(ST_Transform(geom, 3857), ST_TileEnvelope(%5$s, %6$s, %7$s), 4096, 64) AS shape FROM %1$I.%8$I WHERE %4$s) f',
    study, layer, attributes, part, z, x, y, layer || '_map') INTO tile;
  RETURN tile;
END $$;
CREATE FUNCTION pg_temp.error(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  hint text;
BEGIN
  EXECUTE statement;
  RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
  RETURN concat_ws(' | ', SQLSTATE, SQLERRM, nullif(hint, ''));
END $$;
\set candidates '''year, region, region_name, industry, value, lq, cs, pc, score, rank, change, direction, status'''
\set clusters '''year, industry, members, region_names, value, share, lq, cs, pc, status'''

-- every tile of the levels 0 and 1, and those of level 5 on and around the country
CREATE TEMPORARY TABLE number AS
SELECT z, x, y FROM generate_series(0, 1) z, generate_series(0, (1 << z) - 1) x, generate_series(0, (1 << z) - 1) y
UNION ALL SELECT 5, x, y FROM generate_series(19, 24) x, generate_series(9, 13) y;
SELECT z, count(*) AS tiles, count(*) FILTER (WHERE tile <> '') AS filled, count(*) FILTER (WHERE tile IS DISTINCT FROM plain) AS differing
FROM (SELECT z, kz_tile('kazakhstan', z, x, y, period => '2023') AS tile, pg_temp.plain('kazakhstan', 'candidates', :candidates, 'year = 2023', z, x, y) AS plain FROM number) t
GROUP BY z ORDER BY z;
SELECT z, count(*) AS tiles, count(*) FILTER (WHERE tile <> '') AS filled, count(*) FILTER (WHERE tile IS DISTINCT FROM plain) AS differing
FROM (SELECT z, kz_tile('kazakhstan', z, x, y, 'clusters', '2023', 'C') AS tile,
        pg_temp.plain('kazakhstan', 'clusters', :clusters, $$year = 2023 AND industry = 'C'$$, z, x, y) AS plain FROM number) t
GROUP BY z ORDER BY z;
-- filters, alone and together
SELECT kz_tile('kazakhstan', 4, 10, 5) = pg_temp.plain('kazakhstan', 'candidates', :candidates, 'true', 4, 10, 5) AS none,
  kz_tile('kazakhstan', 4, 10, 5, period => '2023') = pg_temp.plain('kazakhstan', 'candidates', :candidates, 'year = 2023', 4, 10, 5) AS period,
  kz_tile('kazakhstan', 4, 10, 5, industry => 'C') = pg_temp.plain('kazakhstan', 'candidates', :candidates, $$industry = 'C'$$, 4, 10, 5) AS industry,
  kz_tile('kazakhstan', 4, 10, 5, period => '2023', industry => 'C') = pg_temp.plain('kazakhstan', 'candidates', :candidates, $$year = 2023 AND industry = 'C'$$, 4, 10, 5) AS both,
  kz_tile('kazakhstan', 4, 10, 5, period => '1999') AS no_such_period, kz_tile('kazakhstan', 4, 10, 5, industry => 'none') AS no_such_industry;
-- far away, deep down, in the corners of the world
SELECT kz_tile('kazakhstan', 4, 4, 6) AS far, kz_tile('kazakhstan', 30, 0, 0) AS corner, kz_tile('kazakhstan', 30, 1073741823, 1073741823) AS other_corner,
  length(kz_tile('kazakhstan', 18, 188230, 90000)) > 0 AS deep;
-- the function of a user's that a tile server calls
CREATE FUNCTION candidate_tile(z integer, x integer, y integer, period text DEFAULT NULL, industry text DEFAULT NULL) RETURNS bytea
LANGUAGE SQL STABLE BEGIN ATOMIC SELECT kz_tile('kazakhstan', z, x, y, 'candidates', period, industry); END;
SELECT candidate_tile(x => 10, y => 5, z => 4, industry => 'C') = kz_tile('kazakhstan', 4, 10, 5, industry => 'C') AS same;

-- in any spatial reference system; tiles on the other side of the world, where a projection has no place for them, are empty too
CREATE TABLE fact AS SELECT year, region_code, section, gva_mln_kzt FROM gva WHERE year = 2023;
CREATE FUNCTION pg_temp.in_srid(srid integer) RETURNS TABLE (filled bigint, differing bigint, empty bigint) LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('CREATE TABLE area AS SELECT region_code, ST_Multi(ST_Transform(ST_SimplifyPreserveTopology(geom, 0.2), %1$s))::geometry(MultiPolygon, %1$s) AS geom FROM region', srid);
  PERFORM kz_create_study('tile_srid', 'fact', 'area', period_column => 'year', region_column => 'region_code', industry_column => 'section', value_column => 'gva_mln_kzt');
  RETURN QUERY
  WITH tile AS MATERIALIZED (
    SELECT kz_tile('tile_srid', z, x, y) AS tile, pg_temp.plain('tile_srid', 'candidates', 'year, region, region_name, industry, value, lq, cs, pc, score, rank, change, direction, status', 'true', z, x, y) AS plain
    FROM (SELECT 0 AS z, 0 AS x, 0 AS y UNION ALL SELECT 4, x, y FROM generate_series(0, 15) x, generate_series(0, 5, 5) y
          UNION ALL SELECT 6, x, y FROM generate_series(40, 48, 2) x, generate_series(19, 25, 2) y) n)
  SELECT count(*) FILTER (WHERE tile <> ''), count(*) FILTER (WHERE tile IS DISTINCT FROM plain), count(*) FILTER (WHERE tile = '') FROM tile;
  PERFORM kz_drop_study('tile_srid');
  DROP TABLE area;
END $$;
SELECT s.name, t.* FROM (VALUES ('geographic, Pulkovo 1942', 4284), ('web mercator', 3857), ('UTM zone 42 north', 32642), ('Albers, Asia north', 102025),
  ('polar, equal area', 3571), ('UTM zone 60 south', 32760)) s (name, srid) JOIN spatial_ref_sys USING (srid), LATERAL pg_temp.in_srid(s.srid) t;

-- the index of the regions is used, through the view
CREATE TABLE square AS SELECT format('%s-%s', i, j) AS region, ST_Multi(ST_MakeEnvelope(i, j, i + 1, j + 1, 4326))::geometry(MultiPolygon, 4326) AS geom
FROM generate_series(0, 59) i, generate_series(0, 59) j;
CREATE INDEX square_geom ON square USING gist (geom);
CREATE TABLE number_of AS SELECT '2020-02-29'::date AS "Day of ""facts""", region, industry, CASE WHEN region <> '3-3' THEN 1 + length(region || industry) % 3 END AS value
FROM square, unnest('{a,b}'::text[]) industry WHERE region < '5';
ANALYZE square;
SELECT kz_create_study('Tile "study"', 'number_of', 'square', period_column => 'Day of "facts"');
CREATE FUNCTION pg_temp.plan(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $$ BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || statement; END $$;
SELECT count(*) AS index_scans FROM pg_temp.plan($$SELECT geom FROM "Tile ""study""".candidates_map WHERE geom && ST_MakeEnvelope(3.2, 3.2, 3.4, 3.4, 4326)$$) p WHERE p LIKE '%Index Scan% square_geom%';
-- a period is written as its type prints it
SELECT kz_tile('Tile "study"', 6, 32, 31) = pg_temp.plain('Tile "study"', 'candidates', '"Day of ""facts"""::text, region, region_name, industry, value, lq, cs, pc, score, rank, change, direction, status', 'true', 6, 32, 31) AS dates,
  kz_tile('Tile "study"', 6, 32, 31, period => '2020-02-29') = kz_tile('Tile "study"', 6, 32, 31) AS period,
  kz_tile('Tile "study"', 6, 32, 31, period => '2020-02-28') AS other_period;
SET DateStyle = 'German';
SELECT kz_tile('Tile "study"', 6, 32, 31, period => '29.02.2020') = kz_tile('Tile "study"', 6, 32, 31) AS period;
RESET DateStyle;
-- a view of the user's is a layer too: of its columns those that a tile can hold
CREATE DOMAIN amount AS numeric;
CREATE TYPE mood AS ENUM ('fine', 'bad "x"');
CREATE VIEW "Tile ""study""".mine_map AS SELECT row_number() OVER ()::integer AS id, s.region AS "Region ""x""", 1.5::amount AS amount, 2.5::real AS real, 7::smallint AS small, true AS yes,
  NULL::text AS nothing, 'bad "x"'::mood AS mood, '{a}'::text[] AS list, '{"a": 1}'::jsonb AS object, '\x00'::bytea AS bytes, s.geom FROM square s WHERE region IN ('3-3', '4-4');
SELECT kz_tile('Tile "study"', 6, 32, 31, 'mine') = pg_temp.plain('Tile "study"', 'mine', '"Region ""x""", amount::float8, real::float8, small, yes, nothing, mood::text', 'true', 6, 32, 31) AS same,
  kz_tile('Tile "study"', 6, 32, 31, 'mine') <> '' AS filled;
SELECT pg_temp.error($$SELECT kz_tile('Tile "study"', 0, 0, 0, 'mine', period => '2020-02-29')$$);
SELECT pg_temp.error($$SELECT kz_tile('Tile "study"', 0, 0, 0, 'mine', industry => 'a')$$);
CREATE VIEW "Tile ""study""".other_map AS SELECT 1::bigint AS id, geom FROM square;
SELECT pg_temp.error($$SELECT kz_tile('Tile "study"', 0, 0, 0, 'other')$$);
CREATE VIEW "Tile ""study""".another_map AS SELECT 1 AS id, geom::geometry FROM square;
SELECT pg_temp.error($$SELECT kz_tile('Tile "study"', 0, 0, 0, 'another')$$);
DROP VIEW "Tile ""study""".mine_map, "Tile ""study""".other_map, "Tile ""study""".another_map;
-- regions of another type of geometry are no obstacle; without a reference system, or without regions, there are no tiles
CREATE VIEW polygon AS SELECT region, ST_Force3D(ST_GeometryN(geom, 1))::geometry(PolygonZ, 4326) AS geom FROM square;
SELECT kz_create_study('tile_polygon', 'number_of', 'polygon', period_column => 'Day of "facts"');
SELECT kz_tile('tile_polygon', 6, 32, 31, industry => 'a') = kz_tile('Tile "study"', 6, 32, 31, industry => 'a') AS same;
CREATE VIEW flat AS SELECT region, ST_SetSRID(geom, 0)::geometry(MultiPolygon) AS geom FROM square;
SELECT kz_create_study('tile_flat', 'number_of', 'flat', period_column => 'Day of "facts"');
SELECT pg_temp.error($$SELECT kz_tile('tile_flat', 0, 0, 0)$$);
SELECT kz_create_study('tile_none', 'number_of', period_column => 'Day of "facts"');
SELECT pg_temp.error($$SELECT kz_tile('tile_none', 0, 0, 0)$$);

-- errors
SELECT arguments, pg_temp.error('SELECT kz_tile(' || arguments || ')') FROM (VALUES
  (1, $$NULL, 0, 0, 0$$), (2, $$'none', 0, 0, 0$$), (3, $$'kazakhstan', NULL, 0, 0$$), (4, $$'kazakhstan', 0, 0, NULL$$), (5, $$'kazakhstan', -1, 0, 0$$), (6, $$'kazakhstan', 31, 0, 0$$),
  (7, $$'kazakhstan', 4, 16, 0$$), (8, $$'kazakhstan', 4, 0, -1$$), (9, $$'kazakhstan', 0, 0, 0, NULL$$), (10, $$'kazakhstan', 0, 0, 0, 'coefficients'$$), (11, $$'tile', 0, 0, 0$$),
  (12, $$'kazakhstan', 0, 0, 0, period => '20x'$$), (13, $$'kazakhstan''; DROP TABLE gva; --', 0, 0, 0$$), (14, $$'kazakhstan', 0, 0, 0, 'candidates_map; DROP TABLE gva; --'$$)) v (n, arguments) ORDER BY n;
SELECT kz_tile('kazakhstan', 0, 0, 0, industry => $$C'; DROP TABLE gva; --$$) AS nothing;

-- the reader's own rights
CREATE ROLE regress_kz_tile;
GRANT USAGE ON SCHEMA tile TO regress_kz_tile;
\set VERBOSITY terse
SET ROLE regress_kz_tile;
SELECT kz_tile('kazakhstan', 4, 10, 5);
RESET ROLE;
GRANT USAGE ON SCHEMA kazakhstan TO regress_kz_tile;
GRANT SELECT ON kazakhstan.candidates_map, kazakhstan.candidates, kazakhstan.coefficients TO regress_kz_tile;
SET ROLE regress_kz_tile;
SELECT kz_tile('kazakhstan', 4, 10, 5);
RESET ROLE;
GRANT SELECT ON region TO regress_kz_tile;
SET ROLE regress_kz_tile;
SELECT kz_tile('kazakhstan', 4, 10, 5) <> '' AS seen;
SELECT kz_tile('kazakhstan', 4, 10, 5, 'clusters');
RESET ROLE;
-- in a transaction that only reads, with nothing in the search_path
BEGIN TRANSACTION READ ONLY;
SET LOCAL search_path = '';
SELECT public.kz_tile('kazakhstan', 4, 10, 5) <> '' AS seen;
COMMIT;
SELECT kz_drop_study(n) FROM unnest('{kazakhstan,kazakhstan_economy,tile_polygon,tile_flat,tile_none}'::text[] || 'Tile "study"'::text) n;
DROP SCHEMA tile CASCADE;
DROP ROLE regress_kz_tile;
