-- kz_contiguity_weights, kz_distance_weights, kz_symmetric_weights, kz_connected_components
SET client_min_messages = warning;
SET extra_float_digits = 1;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
-- every pair once, or every label without a neighbour
CREATE FUNCTION pg_temp.pairs(weights kz_matrix) RETURNS text LANGUAGE sql AS $$
  SELECT string_agg(CASE WHEN row_label = col_label THEN row_label || ' alone' ELSE row_label || '-' || col_label END
    || CASE WHEN value NOT IN (0, 1) THEN ' ' || value ELSE '' END, ', ' ORDER BY row_label COLLATE "C", col_label COLLATE "C")
  FROM kz_cells(weights) WHERE row_label COLLATE "C" <= col_label COLLATE "C"
$$;

-- four squares of a block, a fifth one 0.01 to the right of the south-eastern one, and one far away
CREATE TABLE square (label text, geom geometry(Polygon, 3857));
INSERT INTO square VALUES
  ('sw', ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('se', ST_MakeEnvelope(1, 0, 2, 1, 3857)),
  ('nw', ST_MakeEnvelope(0, 1, 1, 2, 3857)), ('ne', ST_MakeEnvelope(1, 1, 2, 2, 3857)),
  ('gap', ST_MakeEnvelope(2.01, 0, 3, 1, 3857)), ('isle', ST_MakeEnvelope(10, 10, 11, 11, 3857));
CREATE INDEX ON square USING gist (geom);

SELECT kz_contiguity_weights('square', 'label') AS queen;
SELECT pg_temp.pairs(kz_contiguity_weights('square', 'label')) AS queen,
  pg_temp.pairs(kz_contiguity_weights('square', 'label', kind => 'rook')) AS rook;
SELECT pg_temp.pairs(kz_contiguity_weights('square', 'label', tolerance => 0.02)) AS queen_with_tolerance;
SELECT pg_temp.pairs(kz_contiguity_weights('square', 'label', kind => 'rook', tolerance => 0.02)) AS rook_with_tolerance;
SELECT pg_temp.pairs(kz_contiguity_weights('square', 'label', kind => 'rook', tolerance => 0.005)) AS tolerance_too_small;

-- borders that overlap by a sliver: the corner at 1 1 too, which a rook still tells apart
CREATE TABLE unclean AS
SELECT label, ST_Expand(geom, 0.001) AS geom FROM square WHERE label NOT IN ('gap', 'isle');
SELECT pg_temp.pairs(kz_contiguity_weights('unclean', 'label')) AS queen;
SELECT pg_temp.pairs(kz_contiguity_weights('unclean', 'label', kind => 'rook', tolerance => 0.01)) AS rook;

-- a hole and what fills it, two parts, a curved side, equal shapes
CREATE TABLE shape (id integer, geom geometry);
INSERT INTO shape VALUES (1, 'POLYGON((0 0,9 0,9 9,0 9,0 0),(3 3,6 3,6 6,3 6,3 3))'), (2, 'POLYGON((3 3,6 3,6 6,3 6,3 3))'),
  (3, 'MULTIPOLYGON(((9 0,10 0,10 1,9 1,9 0)),((20 20,21 20,21 21,20 21,20 20)))'),
  (4, 'CURVEPOLYGON(COMPOUNDCURVE((0 9,9 9),CIRCULARSTRING(9 9,4.5 13.5,0 9)))'), (5, 'POLYGON((20 20,21 20,21 21,20 21,20 20))');
SELECT pg_temp.pairs(kz_contiguity_weights('shape', 'id')) AS queen, pg_temp.pairs(kz_contiguity_weights('shape', 'id', kind => 'rook')) AS rook,
  pg_temp.pairs(kz_contiguity_weights('shape', 'id', kind => 'rook', tolerance => 0.01)) AS rook_with_tolerance;

-- weights and facts meet on labels of any type: the sum over the neighbours of each region
CREATE VIEW typed AS
SELECT geom, label, row_number() OVER (ORDER BY label COLLATE "C") AS number, label::char(8) AS padded, label = 'isle' AS flag,
  date '2020-01-01' + length(label) + ascii(label) AS day, ('00000000-0000-0000-0000-0000000000' || lpad(to_hex(ascii(label)), 2, '0'))::uuid AS id
FROM square WHERE label IN ('sw', 'ne', 'isle', 'gap');
SELECT kz_contiguity_weights('typed', 'number') * kz_matrix_agg(number, 'lag'::text, number) AS number,
  kz_contiguity_weights('typed', 'padded') * kz_matrix_agg(padded, 'lag'::text, number) AS padded
FROM typed;
SET datestyle = 'German';
SELECT kz_contiguity_weights('typed', 'day') * kz_matrix_agg(day, 'lag'::text, number) AS day,
  kz_contiguity_weights('typed', 'id') * kz_matrix_agg(id, 'lag'::text, number) AS id
FROM typed;
RESET datestyle;
-- floats that print alike under this setting are still different labels
CREATE TABLE float_label (label float8, geom geometry);
INSERT INTO float_label VALUES (0.1, ST_MakeEnvelope(0, 0, 1, 1)), (0.1 + 1e-16::float8, ST_MakeEnvelope(1, 0, 2, 1));
SET extra_float_digits = -5;
SELECT kz_dims(kz_contiguity_weights('float_label', 'label'));
SET extra_float_digits = 1;

-- no rows; NULL
CREATE TABLE nothing (label text, geom geometry(Polygon, 3857));
SELECT kz_contiguity_weights('nothing', 'label') IS NULL AS contiguity, kz_distance_weights('nothing', 'label', 1) IS NULL AS distance;
SELECT kz_contiguity_weights(NULL, 'label') IS NULL AS a, kz_contiguity_weights('square', NULL) IS NULL AS b, kz_contiguity_weights('square', 'label', tolerance => NULL) IS NULL AS c,
  kz_distance_weights('square', 'label', NULL) IS NULL AS d;

-- distance: inclusive, in the units of the SRID; points as they are, of polygons the centroid
CREATE TABLE place (label text, geom geometry);
INSERT INTO place VALUES ('a', 'SRID=3857;POINT(0 0)'), ('b', 'SRID=3857;POINT(3 4)'), ('c', 'SRID=3857;POINT(6 8)'), ('d', 'SRID=3857;POINT(106 8)');
SELECT pg_temp.pairs(kz_distance_weights('place', 'label', 5)) AS five, pg_temp.pairs(kz_distance_weights('place', 'label', 4.999999)) AS less,
  pg_temp.pairs(kz_distance_weights('place', 'label', 10)) AS ten, pg_temp.pairs(kz_distance_weights('place', 'label', 100)) AS hundred;
SELECT pg_temp.pairs(kz_distance_weights('place', 'label', 10, power => 1)) AS inverse, pg_temp.pairs(kz_distance_weights('place', 'label', 5, power => 2)) AS square;
SELECT kz_dims(kz_distance_weights('place', 'label', 'infinity', power => 0.5));
SELECT pg_temp.pairs(kz_distance_weights('square', 'label', 1)) AS centroids;
UPDATE place SET geom = ST_Translate(geom, -1e7, 2e7);
SELECT pg_temp.pairs(kz_distance_weights('place', 'label', 5)) AS far_from_the_origin;

-- longitude and latitude: metres along the spheroid; a degree is 111319.49 m along the equator and 110574.39 m north of it
CREATE TABLE globe (label text, geom geometry(Point, 4326));
INSERT INTO globe VALUES ('a', 'SRID=4326;POINT(0 0)'), ('b', 'SRID=4326;POINT(1 0)'), ('c', 'SRID=4326;POINT(0 1)'),
  ('e', 'SRID=4326;POINT(179.5 0)'), ('f', 'SRID=4326;POINT(-179.5 0)'), ('g', 'SRID=4326;POINT(180.5 -1)'),
  ('n', 'SRID=4326;POINT(0 89.9)'), ('p', 'SRID=4326;POINT(180 89.9)');
SELECT pg_temp.pairs(kz_distance_weights('globe', 'label', 110574)) AS "110574", pg_temp.pairs(kz_distance_weights('globe', 'label', 110575)) AS "110575";
SELECT pg_temp.pairs(kz_distance_weights('globe', 'label', 111319)) AS "111319", pg_temp.pairs(kz_distance_weights('globe', 'label', 111320)) AS "111320";
SELECT row_label, col_label, round((1 / value)::numeric, 1) AS metres FROM kz_cells(kz_distance_weights('globe', 'label', 111320, power => 1))
WHERE row_label < col_label ORDER BY 1, 2;

-- the grid finds what comparing all pairs finds: no row
CREATE TABLE scatter AS
SELECT i AS id, ST_SetSRID(ST_MakePoint(i * 7919 % 101, i * 104729 % 103), 3857) AS geom,
  ST_SetSRID(ST_MakePoint(i * 7919 % 360 - 180, i * 104729 % 181 - 90), 4326) AS globe FROM generate_series(1, 120) i;
CREATE TABLE pair AS
SELECT a.id::text AS a, b.id::text AS b, ST_Distance(a.geom, b.geom) AS plane, ST_Distance(a.globe::geography, b.globe::geography) AS globe
FROM scatter a, scatter b WHERE a.id <> b.id;
CREATE TABLE found AS
SELECT d, 'plane' AS way, row_label AS a, col_label AS b FROM unnest(ARRAY[2, 5, 30, 200]) AS d, kz_cells(kz_distance_weights('scatter', 'id', d)) WHERE value = 1
UNION ALL
SELECT d, 'globe', row_label, col_label FROM unnest(ARRAY[2, 5, 30, 200]) AS d, kz_cells(kz_distance_weights('scatter', 'id', d * 1e5, 'globe')) WHERE value = 1;
SELECT d, way, count(*) > 0 AS some FROM found GROUP BY d, way ORDER BY d, way;
WITH expected AS (
  SELECT d, 'plane' AS way, a, b FROM pair, unnest(ARRAY[2, 5, 30, 200]) AS d WHERE plane <= d
  UNION ALL SELECT d, 'globe', a, b FROM pair, unnest(ARRAY[2, 5, 30, 200]) AS d WHERE globe <= d * 1e5)
(TABLE found EXCEPT TABLE expected) UNION ALL (TABLE expected EXCEPT TABLE found);

-- names of any kind, views, temporary tables, a search path that leads elsewhere
CREATE SCHEMA "s""; DROP TABLE square; --";
CREATE TABLE "s""; DROP TABLE square; --"."%I $1 'қала'" AS
SELECT label AS "select", label AS "a""b'; --", label AS "ұзын-ұзын-ұзын-ұзын-ұзын-ұзын-ұзынұ", label AS "%1$s", label AS "r",
  geom AS "Geom %s", geom AS " ", geom AS "order"
FROM square;
SELECT DISTINCT pg_temp.pairs(kz_contiguity_weights(relation, l.attname, g.attname, 'rook')) AS contiguity,
  pg_temp.pairs(kz_distance_weights(relation, l.attname, 1, g.attname)) AS distance, count(*) OVER () AS times
FROM (SELECT oid::regclass AS relation FROM pg_class WHERE relname LIKE '%қала%' AND relkind = 'r') AS r,
  pg_attribute l, pg_attribute g
WHERE l.attrelid = relation AND g.attrelid = relation AND l.atttypid = 'text'::regtype AND g.atttypid = 'geometry'::regtype;
CREATE TEMPORARY TABLE square AS SELECT 'temporary ' || label AS label, geom FROM square WHERE label IN ('nw', 'ne');
SELECT pg_temp.pairs(kz_contiguity_weights('square', 'label')) AS temporary, pg_temp.pairs(kz_contiguity_weights('public.square', 'label')) AS permanent;
DROP TABLE pg_temp.square;
CREATE SCHEMA trap;
CREATE FUNCTION trap.st_intersects(geometry, geometry) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.kz_check_regions(regclass, name, name, text[], boolean) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE FUNCTION trap.format(text, VARIADIC text[]) RETURNS text LANGUAGE plpgsql AS $$ BEGIN RAISE 'trapped'; END $$;
CREATE TABLE trap.pg_extension AS SELECT * FROM pg_extension WHERE false;
SET search_path = trap, public, pg_catalog;
SELECT pg_temp.pairs(public.kz_contiguity_weights('public.square', 'label')) AS past_the_traps;
SET search_path = pg_catalog, pg_temp;
SELECT public.kz_dims(public.kz_contiguity_weights('public.square', 'label', kind => 'rook', tolerance => 0.02)) AS rook,
  public.kz_dims(public.kz_distance_weights('public.globe', 'label', 111320)) AS globe,
  (SELECT max(component) FROM public.kz_connected_components(public.kz_contiguity_weights('public.square', 'label'))) AS components;
RESET search_path;

-- rights and row security are the caller's
CREATE ROLE regress_kz_reader;
SET ROLE regress_kz_reader;
SELECT pg_temp.error('SELECT kz_contiguity_weights(''square'', ''label'')');
SELECT pg_temp.error('SELECT kz_distance_weights(''place'', ''label'', 1)');
RESET ROLE;
GRANT SELECT ON square TO regress_kz_reader;
ALTER TABLE square ENABLE ROW LEVEL SECURITY;
CREATE POLICY north ON square FOR SELECT TO regress_kz_reader USING (label LIKE 'n%');
SET ROLE regress_kz_reader;
SELECT pg_temp.pairs(kz_contiguity_weights('square', 'label')) AS contiguity, pg_temp.pairs(kz_distance_weights('square', 'label', 1)) AS distance;
RESET ROLE;
ALTER TABLE square DISABLE ROW LEVEL SECURITY;

-- errors
CREATE TABLE wrong (label text, geom geometry, name text);
CREATE FUNCTION pg_temp.errors(labels text[], geometries text[]) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
  TRUNCATE wrong;
  INSERT INTO wrong SELECT l, g::geometry FROM unnest(labels, geometries) AS t (l, g);
  RETURN NEXT pg_temp.error('SELECT kz_contiguity_weights(''wrong'', ''label'')');
  RETURN NEXT pg_temp.error('SELECT kz_contiguity_weights(''wrong'', ''label'', kind => ''rook'')');
  RETURN NEXT pg_temp.error('SELECT kz_distance_weights(''wrong'', ''label'', 1)');
END $$;
\pset tuples_only
\set box '\'SRID=3857;POLYGON((0 0,1 0,1 1,0 1,0 0))\''
-- a label that is NULL, or twice there
SELECT pg_temp.errors(ARRAY['a', NULL], ARRAY[:box, :box]);
SELECT pg_temp.errors(ARRAY['b', 'a', 'b', 'a"'], ARRAY[:box, :box, :box, :box]);
-- a geometry that is NULL, empty, of another kind, not finite, not valid, of another SRID: the first label in bytewise order
SELECT pg_temp.errors(ARRAY['a', 'c', 'b'], ARRAY[:box, NULL, NULL]);
SELECT pg_temp.errors(ARRAY['a', 'қ'], ARRAY[:box, 'SRID=3857;POLYGON EMPTY']);
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY[:box, 'SRID=3857;LINESTRING(0 0,1 1)']);
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY[:box, 'SRID=3857;GEOMETRYCOLLECTION(POINT(0 0))']);
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY[:box, ST_SetSRID(ST_MakePolygon(ST_MakeLine(ARRAY[ST_MakePoint(0, 0), ST_MakePoint(1, 0), ST_MakePoint(1, 'Infinity'), ST_MakePoint(0, 0)])), 3857)::text]);
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY[:box, 'SRID=3857;POLYGON((0 0,1 0,NaN 0.5,0 1,0 0))']);
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY[:box, 'SRID=3857;POLYGON((2 0,3 1,3 0,2 1,2 0))']);
SELECT pg_temp.errors(ARRAY['a', 'b', 'c'], ARRAY[:box, :box, 'SRID=4326;POLYGON((0 0,1 0,1 1,0 1,0 0))']);
-- a distance needs a known unit, degrees that are degrees, and for its inverse two places
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY['POLYGON((0 0,1 0,1 1,0 1,0 0))', 'POLYGON((2 0,3 0,3 1,2 1,2 0))']);
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY['SRID=998000;POLYGON((0 0,1 0,1 1,0 1,0 0))', 'SRID=998000;POLYGON((2 0,3 0,3 1,2 1,2 0))']);
SELECT pg_temp.errors(ARRAY['a', 'b'], ARRAY['SRID=4326;POLYGON((0 0,1 0,1 1,0 1,0 0))', 'SRID=4326;POLYGON((200 500,300 500,300 600,200 500))']);
TRUNCATE wrong;
INSERT INTO wrong VALUES ('c', 'SRID=3857;POINT(1 1)'), ('b', 'SRID=3857;POINT(1 1)'), ('a', 'SRID=3857;POINT(9 9)'), ('d', 'SRID=3857;POINT(9 9)');
SELECT pg_temp.pairs(kz_distance_weights('wrong', 'label', 1));
SELECT pg_temp.error('SELECT kz_distance_weights(''wrong'', ''label'', 1, power => 1)');
-- numbers out of range
SELECT pg_temp.error('SELECT kz_contiguity_weights(''square'', ''label'', tolerance => ' || t || ')') FROM (VALUES ('-1'), ('''NaN'''), ('''Infinity''')) v (t);
SELECT pg_temp.error('SELECT kz_distance_weights(''square'', ''label'', ' || d || ')') FROM (VALUES ('-1'), ('0'), ('''NaN''')) v (d);
SELECT pg_temp.error('SELECT kz_distance_weights(''square'', ''label'', 9, power => ' || p || ')') FROM (VALUES ('-1'), ('''NaN'''), ('''Infinity''')) v (p);
SELECT pg_temp.error('SELECT kz_distance_weights(''square'', ''label'', 100, power => 1e5)');
SELECT pg_temp.error('SELECT kz_contiguity_weights(''square'', ''label'', kind => ''bishop'')');
-- columns and relations that are not there, or of another type
SELECT pg_temp.error('SELECT kz_contiguity_weights(''square'', ''no such "label"'', ''nor this'')');
SELECT pg_temp.error(format('SELECT kz_contiguity_weights(%L, ''label'')', oid::regclass)) FROM pg_class WHERE relname LIKE '%қала%';
SELECT pg_temp.error('SELECT kz_distance_weights(''square'', ''label'', 1, ''nor this'')');
SELECT pg_temp.error('SELECT kz_contiguity_weights(''square'', ''ctid'')');
SELECT pg_temp.error('SELECT kz_contiguity_weights(''wrong'', ''label'', ''name'')');
SELECT pg_temp.error('SELECT kz_contiguity_weights(''nowhere'', ''label'')');
SELECT pg_temp.error('SELECT kz_contiguity_weights(''square_geom_idx'', ''geom'', ''geom'')');
\pset tuples_only off

-- connected components: numbered by their first labels; a cell in either direction connects, an explicit zero does not
SELECT * FROM kz_connected_components(kz_contiguity_weights('square', 'label'));
SELECT * FROM kz_connected_components(
  '{"rows":["a","b","c","d","e","f"],"cols":["a","b","c","d","e","f"],"cells":[[0,4,1],[1,1,7],[2,3,0],[3,2,0],[4,0,0],[5,4,-0.5],[5,5,1]]}');
SELECT c.label, c.component FROM (SELECT kz_matrix_agg(a, b, w) AS m
  FROM (VALUES (3, 1, 1.0), (1, 1, 0), (10, 10, 0), (2, 20, 1), (20, 3, 0), (3, 3, 0), (2, 2, 0), (20, 20, 0), (1, 10, 0)) v (a, b, w)) s, kz_connected_components(m) c;
SELECT count(*) FROM kz_connected_components(NULL);
SELECT count(*) FROM kz_connected_components('{"rows":[],"cols":[],"cells":[]}');
-- more edges than one batch: a grid of 300 x 300 with a cut through it, and with a cut that leaves one link
SELECT cut, count(*) AS components, min(number) AS smallest, max(number) AS largest
FROM (SELECT cut, component, count(*) AS number
      FROM (VALUES (300), (299)) v (cut), LATERAL (
        SELECT kz_symmetric_weights(kz_matrix_agg(a, b, 1), NULL) AS m
        FROM generate_series(0, 299) x, generate_series(0, 299) y, (VALUES (1, 0), (0, 1)) d (dx, dy),
          CAST(1000 * x + y AS integer) AS a, CAST(1000 * (x + dx) + y + dy AS integer) AS b
        WHERE x + dx < 300 AND y + dy < 300 AND NOT (x = 99 AND dx = 1 AND y < cut)) s, kz_connected_components(m) c
      GROUP BY cut, component) c
GROUP BY cut ORDER BY cut;
\pset tuples_only
SELECT pg_temp.error('SELECT * FROM kz_connected_components(''{"rows":["a","b"],"cols":["a","c"],"cells":[[0,0,1],[1,1,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_connected_components(''{"rows":["a"],"cols":["a","қ"],"cells":[[0,0,1],[0,1,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_connected_components(''{"rows":["a","b"],"cols":["a"],"cells":[[0,0,1],[1,0,1]]}'')');
SELECT pg_temp.error('SELECT * FROM kz_connected_components(''{"rows":["a","b"],"cols":["a","b"],"cells":[[0,0,1],[1,0,null],[1,1,1]]}'')');
\pset tuples_only off

-- symmetric weights of one's own, such as roads
SELECT kz_symmetric_weights(kz_matrix_agg(a, b, km), ARRAY['Aktau', 'Oral', 'Semey']) FROM (VALUES ('Oral', 'Aktobe', 480)) v (a, b, km);
SELECT kz_symmetric_weights(NULL, ARRAY['b', 'a']) AS islands, kz_symmetric_weights(NULL, NULL) IS NULL AS nothing, kz_symmetric_weights(NULL, '{}') IS NULL AS none;

-- the extension in one schema, PostGIS in another, the search path in neither
SELECT current_database() AS here \gset
CREATE DATABASE regress_kz_weights;
\c regress_kz_weights
SET client_min_messages = warning;
CREATE SCHEMA "g i s";
CREATE SCHEMA "Kz.c";
CREATE EXTENSION postgis SCHEMA "g i s";
CREATE EXTENSION kzcluster SCHEMA "Kz.c";
SET search_path = pg_catalog;
CREATE TABLE public.square AS
SELECT x || ' ' || y AS label, "g i s".ST_MakeEnvelope(x, y, x + 1, y + 1, 4326) AS geom FROM generate_series(0, 1) x, generate_series(0, 1) y;
SELECT "Kz.c".kz_dims("Kz.c".kz_contiguity_weights('public.square', 'label')) AS queen,
  "Kz.c".kz_dims("Kz.c".kz_contiguity_weights('public.square', 'label', tolerance => 0.1)) AS queen_with_tolerance,
  "Kz.c".kz_dims("Kz.c".kz_contiguity_weights('public.square', 'label', kind => 'rook')) AS rook,
  "Kz.c".kz_dims("Kz.c".kz_contiguity_weights('public.square', 'label', kind => 'rook', tolerance => 0.1)) AS rook_with_tolerance,
  "Kz.c".kz_dims("Kz.c".kz_distance_weights('public.square', 'label', 111320)) AS distance;
SELECT length("Kz.c".kz_svg_map(array_agg(geom), array_agg(label), array_agg(length(label)), outlines => array_agg(geom), outline_labels => array_agg(label))) > 1000 AS map FROM public.square;
\c :here
DROP DATABASE regress_kz_weights;

SET client_min_messages = warning;
DROP TABLE square, unclean, shape, float_label, nothing, place, globe, scatter, pair, found, wrong CASCADE;
DROP SCHEMA "s""; DROP TABLE square; --" CASCADE;
DROP SCHEMA trap CASCADE;
DROP ROLE regress_kz_reader;
