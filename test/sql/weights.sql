-- kz_contiguity_weights, kz_distance_weights, kz_symmetric_weights, kz_connected_components
SET client_min_messages = warning;
SET extra_float_digits = 1;
CREATE FUNCTION pg_temp.error(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  state text;
  message text;
  detail text;
  hint text;
BEGIN
  EXECUTE query;
  RETURN 'no error: ' || query;
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN state || ' ' || message || CASE WHEN detail <> '' THEN E'\n      ' || detail ELSE '' END || CASE WHEN hint <> '' THEN E'\n      ' || hint ELSE '' END;
END $$;
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
SELECT label AS "select", label AS "a""b'; --", label AS "ұзынұзынұзынұзынұзынұзынұзынұзы", geom AS "Geom %s", geom AS ".",
  geom::geography(Polygon, 3857) IS NULL AS "where" FROM (SELECT label, NULL::geometry(Polygon, 4326) AS nothing, geom FROM square WHERE false) s;
