-- weights: who is whose neighbour, as region x region matrices

-- Since: 0.1.0
CREATE FUNCTION kz_check_regions(relation regclass, label_column name, geometry_column name, kinds text[], valid boolean) RETURNS integer
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED COST 10000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	postgis text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
					 WHERE e.extname = 'postgis');
	relation_name name := (SELECT relname FROM pg_class WHERE oid = relation);
	regions text;
	lacking name;
	kind text;
	bad record;
	other record;
BEGIN
	SELECT c INTO lacking
	FROM unnest(ARRAY[label_column, geometry_column]) WITH ORDINALITY AS wanted(c, i)
	WHERE NOT EXISTS (SELECT FROM pg_attribute
					  WHERE attrelid = relation AND attname = c AND attnum > 0 AND NOT attisdropped)
	ORDER BY i
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_column',
			MESSAGE = format('column "%s" of relation "%s" does not exist', lacking, relation_name),
			HINT = 'Name the columns that hold the labels and the geometries.';
	END IF;

	SELECT format_type(a.atttypid, a.atttypmod) INTO kind
	FROM pg_attribute a
	JOIN pg_type t ON t.oid = a.atttypid
	WHERE a.attrelid = relation AND a.attname = geometry_column AND a.attnum > 0
		AND CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END <> to_regtype(postgis || '.geometry');
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
			MESSAGE = format('column "%s" of relation "%s" is of type %s, not geometry', geometry_column, relation_name, kind),
			HINT = 'Name another column, or pass a view that casts this one to geometry.';
	END IF;

	regions := format('(SELECT r.%1$I IS NULL AS unnamed, format(''%%s'', r.%1$I) COLLATE "C" AS label, r.%2$I AS geom FROM %3$s AS r) AS r',
					  label_column, geometry_column, relation::text);

	EXECUTE format($query$
		SELECT label, problem, %1$s.GeometryType(geom) AS kind,
			CASE problem WHEN 6 THEN %1$s.ST_IsValidReason(geom) END AS reason
		FROM (SELECT label, geom,
				CASE WHEN unnamed THEN 1
					 WHEN geom IS NULL THEN 2
					 WHEN %1$s.ST_IsEmpty(geom) THEN 3
					 WHEN %1$s.GeometryType(geom) <> ALL ($1) THEN 4
					 WHEN NOT (%1$s.ST_XMin(geom) > '-infinity' AND %1$s.ST_XMax(geom) < 'infinity' AND
							   %1$s.ST_YMin(geom) > '-infinity' AND %1$s.ST_YMax(geom) < 'infinity' AND
							   %1$s.ST_Length(geom) + %1$s.ST_Perimeter(geom) < 'infinity') THEN 5
					 WHEN $2 AND NOT %1$s.ST_IsValid(geom) THEN 6
				END AS problem
			  FROM %2$s) AS checked
		WHERE problem IS NOT NULL
		ORDER BY problem, label
		LIMIT 1
		$query$, postgis, regions)
	INTO bad USING kinds, valid;
	CASE bad.problem
		WHEN 1 THEN
			RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
				MESSAGE = format('label of a region in column "%s" of relation "%s" must not be null', label_column, relation_name),
				HINT = 'Give every region a label, or pass a view that leaves such rows out.';
		WHEN 2 THEN
			RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
				MESSAGE = format('geometry of region "%s" must not be null', bad.label),
				HINT = 'Give the region a geometry, or pass a view that leaves it out.';
		WHEN 3 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of region "%s" is empty', bad.label),
				HINT = 'Give the region a geometry, or pass a view that leaves it out.';
		WHEN 4 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of region "%s" is a %s', bad.label, lower(bad.kind)),
				HINT = format('It must be one of: %s.', lower(array_to_string(kinds, ', ')));
		WHEN 5 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of region "%s" has a coordinate that is not finite', bad.label),
				HINT = 'Correct the geometry, or pass a view that leaves the region out.';
		WHEN 6 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of region "%s" is not valid', bad.label),
				DETAIL = bad.reason,
				HINT = 'Repair it with ST_MakeValid().';
		ELSE
	END CASE;

	EXECUTE format('SELECT label FROM %s GROUP BY label HAVING count(*) > 1 ORDER BY label LIMIT 1', regions) INTO bad;
	IF bad.label IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'unique_violation',
			MESSAGE = format('region "%s" appears more than once in relation "%s"', bad.label, relation_name),
			HINT = 'A region is one row: select one period or boundary vintage in a view, or merge its parts with ST_Union().';
	END IF;

	EXECUTE format('SELECT %s.ST_SRID(geom) AS srid, min(label) AS label FROM %s GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1',
				   postgis, regions) INTO bad;
	EXECUTE format('SELECT %1$s.ST_SRID(geom) AS srid, min(label) AS label FROM %2$s WHERE %1$s.ST_SRID(geom) <> $1 GROUP BY 1 ORDER BY 1 LIMIT 1',
				   postgis, regions) INTO other USING bad.srid;
	IF other.label IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('regions "%s" and "%s" have different SRIDs: %s and %s', bad.label, other.label, bad.srid, other.srid),
			HINT = 'Transform one of them with ST_Transform(), or correct a wrong SRID with ST_SetSRID().';
	END IF;
	RETURN bad.srid;
END
$$;
COMMENT ON FUNCTION kz_check_regions(regclass, name, name, text[], boolean) IS
'Checks a table of regions for kz_contiguity_weights and kz_distance_weights and returns the SRID that its geometries share (NULL without rows). Raises an error that names the first region, in bytewise order, whose label is NULL or not unique, or whose geometry is NULL, empty, not one of the given kinds, not finite, of another SRID or, where asked, not valid.';

-- Since: 0.1.0
CREATE FUNCTION kz_symmetric_weights(pairs kz_matrix, labels text[]) RETURNS kz_matrix
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
	SELECT kz_matrix_sum(part)
	FROM (SELECT pairs AS part
		  UNION ALL SELECT kz_transpose(pairs)
		  UNION ALL SELECT kz_matrix_agg(label, label, 0)
					FROM (SELECT unnest(labels) COLLATE "C" AS label
						  EXCEPT SELECT unnest(kz_row_labels(pairs) || kz_col_labels(pairs))) AS islands) AS parts;
END;
COMMENT ON FUNCTION kz_symmetric_weights(kz_matrix, text[]) IS
'Spatial weights from a matrix that holds each pair of neighbours once: pairs + its transpose. A label of the given ones that pairs lacks is a region without neighbours (an island): it becomes a row and a column with an explicit 0 on its own diagonal, the only one there. pairs may be NULL; without labels either the result is NULL.';

-- Since: 0.1.0
CREATE FUNCTION kz_common_border(a geometry, b geometry, tolerance float8) RETURNS float8
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
	SELECT coalesce(max(ST_Length(piece.geom)), 0)
	FROM (SELECT ST_ClipByBox2D(ST_Boundary(ST_CurveToLine(a)), ST_Expand(Box2D(b), 2 * tolerance)) AS border_a,
				 ST_ClipByBox2D(ST_Boundary(ST_CurveToLine(b)), ST_Expand(Box2D(a), 2 * tolerance)) AS border_b) AS near,
		LATERAL (VALUES (ST_Intersection(border_a, ST_Buffer(border_b, tolerance))),
						(ST_Intersection(border_b, ST_Buffer(border_a, tolerance)))) AS common (part),
		ST_Dump(ST_LineMerge(ST_CollectionExtract(part, 2))) AS piece;
END;
COMMENT ON FUNCTION kz_common_border(geometry, geometry, float8) IS
'How far the boundaries of two polygons run within a tolerance (above 0) of each other: the length of the longest piece of either boundary that is near the other, in the units of the coordinates. Boundaries that only touch or cross at a right angle have 2 tolerances of it.';

-- Since: 0.1.0
CREATE FUNCTION kz_contiguity_weights(relation regclass, label_column name, geometry_column name DEFAULT 'geom',
	kind text DEFAULT 'queen', tolerance float8 DEFAULT 0) RETURNS kz_matrix
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
DECLARE
	postgis text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
					 WHERE e.extname = 'postgis');
	regions text;
	neighbours text;
	pairs kz_matrix;
	labels text[];
BEGIN
	IF kind NOT IN ('queen', 'rook') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('kind of contiguity must not be "%s"', kind),
			HINT = 'It is ''queen'' (any common point) or ''rook'' (a common border line).';
	END IF;
	IF NOT (tolerance >= 0 AND tolerance < 'infinity') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('tolerance must not be %s', tolerance),
			HINT = 'It is a distance in the units of the coordinates: a finite number from 0 up.';
	END IF;
	PERFORM kz_check_regions(relation, label_column, geometry_column,
							 ARRAY['POLYGON', 'MULTIPOLYGON', 'CURVEPOLYGON', 'MULTISURFACE'], kind = 'rook');

	regions := format('(SELECT r.%1$I AS label, format(''%%s'', r.%1$I) COLLATE "C" AS key, r.%2$I AS geom FROM %3$s AS r)',
					  label_column, geometry_column, relation::text);
	neighbours := CASE
		WHEN kind = 'queen' AND tolerance = 0 THEN '%1$s.ST_Intersects(a.geom, b.geom)'
		WHEN kind = 'queen' THEN '%1$s.ST_DWithin(a.geom, b.geom, $1)'
		WHEN tolerance = 0 THEN 'a.geom OPERATOR(%1$s.&&) b.geom AND %1$s.ST_Relate(a.geom, b.geom, ''****1****'')'
		ELSE '%1$s.ST_DWithin(a.geom, b.geom, $1) AND kz_common_border(a.geom, b.geom, $1) > 4 * $1'
	END;
	EXECUTE format('SELECT kz_matrix_agg(a.label, b.label, 1) FROM %2$s AS a JOIN %2$s AS b ON a.key < b.key AND ' || neighbours,
				   postgis, regions)
	INTO pairs USING tolerance;
	EXECUTE format('SELECT kz_row_labels(kz_matrix_agg(label, label, 1)) FROM %s AS r', regions) INTO labels;
	RETURN kz_symmetric_weights(pairs, labels);
END
$$;
COMMENT ON FUNCTION kz_contiguity_weights(regclass, name, name, text, float8) IS
'Which regions are neighbours: a region x region matrix with 1 for each pair of neighbours, in both directions, and no cell for any other pair. Every region is a row and a column; an island (a region without neighbours) has an explicit 0 on its own diagonal. relation: a table or view with one row a region; a GiST index on its geometry column makes this fast. label_column: of any type. geometry_column: (multi)polygons of one SRID. kind: ''queen'', neighbours share at least a point, or ''rook'', they share a border line (the geometries must then be valid). tolerance: for borders that do not meet exactly, in the units of the coordinates (degrees where they are longitude and latitude): queen neighbours are within it, and rook neighbours run along each other within it over more than four times its length. NULL arguments give NULL. Errors name the first region that is NULL, empty, not a polygon, twice there or of another SRID.';

-- Since: 0.1.0
CREATE FUNCTION kz_distance_weights(relation regclass, label_column name, distance float8, geometry_column name DEFAULT 'geom',
	power float8 DEFAULT 0) RETURNS kz_matrix
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
DECLARE
	postgis text := (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
					 WHERE e.extname = 'postgis');
	srid integer;
	geographic boolean;
	places text;
	pairs kz_matrix;
	labels text[];
	coincident text[];
	lost text;
BEGIN
	IF NOT (distance > 0 AND distance <= 'infinity') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('distance must not be %s', distance),
			HINT = 'It is a number above 0; ''infinity'' makes all regions neighbours.';
	END IF;
	IF NOT (power >= 0 AND power < 'infinity') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('power must not be %s', power),
			HINT = 'It is a finite number from 0 up: 0 weighs all neighbours alike, 1 by inverse distance.';
	END IF;

	srid := kz_check_regions(relation, label_column, geometry_column,
							 ARRAY['POINT', 'MULTIPOINT', 'LINESTRING', 'MULTILINESTRING', 'POLYGON', 'MULTIPOLYGON'], false);
	EXECUTE format('SELECT proj4text ~ ''[+]proj=(longlat|latlong|lonlat|latlon)'' FROM %s.spatial_ref_sys WHERE srid = $1', postgis)
	INTO geographic USING srid;
	IF srid IS NOT NULL AND geographic IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('SRID %s of relation "%s" is unknown, and so is the unit of a distance', srid, (SELECT relname FROM pg_class WHERE oid = relation)),
			HINT = 'Set the SRID of the coordinates with ST_SetSRID() or UpdateGeometrySRID(); it must be in spatial_ref_sys.';
	END IF;

	places := format('(SELECT r.%1$I AS label, format(''%%s'', r.%1$I) COLLATE "C" AS key, %2$s.ST_Centroid(r.%3$I) AS place FROM %4$s AS r)',
					 label_column, postgis, geometry_column, relation::text);
	IF geographic THEN
		EXECUTE format('SELECT min(key) FROM %2$s AS p WHERE abs(%1$s.ST_X(place)) > 360 OR abs(%1$s.ST_Y(place)) > 90', postgis, places)
		INTO lost;
		IF lost IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of region "%s" lies outside the range of longitude and latitude', lost),
				HINT = format('SRID %s means degrees: set the SRID that the coordinates really have with ST_SetSRID().', srid);
		END IF;

		-- x, y, z on a sphere on which a chord is never longer than the distance along the spheroid
		places := format($query$
			(SELECT label, key, place, cos(latitude) * cos(longitude) * radius AS x, cos(latitude) * sin(longitude) * radius AS y,
				sin(latitude) * radius AS z
			 FROM (SELECT label, key, radians(%1$s.ST_X(place)) AS longitude, radians(%1$s.ST_Y(place)) AS latitude,
					%1$s.ST_SetSRID(%1$s.ST_MakePoint(%1$s.ST_X(place) - 360 * round(%1$s.ST_X(place) / 360), %1$s.ST_Y(place)), $3)::%1$s.geography AS place
				   FROM %2$s AS p) AS p,
				(SELECT %1$s.ST_Distance(%1$s.ST_SetSRID(%1$s.ST_MakePoint(0, 0), $3)::%1$s.geography,
					%1$s.ST_SetSRID(%1$s.ST_MakePoint(0, 0.01), $3)::%1$s.geography) / radians(0.01) AS radius) AS equator)
			$query$, postgis, places);
	ELSE
		places := format('(SELECT label, key, place, %1$s.ST_X(place) AS x, %1$s.ST_Y(place) AS y, 0.0 AS z FROM %2$s AS p)',
						 postgis, places);
	END IF;

	-- a grid whose cells are as wide as the distance: neighbours lie in the same or in adjacent cells
	EXECUTE format($query$
		WITH places AS MATERIALIZED (SELECT * FROM %2$s AS p),
		grid AS (SELECT greatest(1.000001 * $1, greatest(max(x) - min(x), max(y) - min(y), max(z) - min(z)) / 1048576) AS width,
					min(x) AS x, min(y) AS y, min(z) AS z FROM places),
		cells AS MATERIALIZED (SELECT label, key, place, floor((p.x - g.x) / width) AS i, floor((p.y - g.y) / width) AS j,
					floor((p.z - g.z) / width) AS k FROM places AS p, grid AS g),
		pairs AS (SELECT a.label AS a, b.label AS b, ARRAY[a.key, b.key] AS keys, %1$s.ST_Distance(a.place, b.place) AS distance
				  FROM cells AS a
				  CROSS JOIN (VALUES (-1), (0), (1)) AS di (d) CROSS JOIN (VALUES (-1), (0), (1)) AS dj (d)
				  CROSS JOIN (VALUES (-1), (0), (1)) AS dk (d)
				  JOIN cells AS b ON b.i = a.i + di.d AND b.j = a.j + dj.d AND b.k = a.k + dk.d AND a.key < b.key
				  OFFSET 0)
		SELECT kz_matrix_agg(a, b, CASE WHEN $2 = 0 THEN 1 WHEN distance > 0 THEN 1 / distance ^ $2 END),
			min(keys) FILTER (WHERE $2 > 0 AND distance = 0)
		FROM pairs
		WHERE distance <= $1
		$query$, postgis, places)
	INTO pairs, coincident USING distance, power, srid;
	IF coincident IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'division_by_zero',
			MESSAGE = format('regions "%s" and "%s" are at the same place and have no inverse distance', coincident[1], coincident[2]),
			HINT = 'Use power => 0, or merge the two or give one of them another place.';
	END IF;
	EXECUTE format('SELECT kz_row_labels(kz_matrix_agg(label, label, 1)) FROM %s AS r', places) INTO labels USING distance, power, srid;
	RETURN kz_symmetric_weights(pairs, labels);
END
$$;
COMMENT ON FUNCTION kz_distance_weights(regclass, name, float8, name, float8) IS
'Which regions are within a distance of each other: a region x region matrix, symmetric, without cells for a region and itself or for pairs farther apart. Every region is a row and a column; an island has an explicit 0 on its own diagonal. relation: a table or view with one row a region. geometry_column: points as they are, of lines and polygons the centroid in their own coordinates, all of one SRID. distance: the longest, inclusive, in the units of the SRID, or in metres along the spheroid where the SRID means longitude and latitude; ''infinity'' makes all regions neighbours. power: the weight is 1/distance^power, 1 for the default 0. NULL arguments give NULL. Errors name the first region that is NULL, empty, twice there or of another SRID, and two regions that are at the same place and have no inverse distance.';

-- Since: 0.1.0
CREATE FUNCTION kz_connected_components(weights kz_matrix) RETURNS TABLE (label text, component integer)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000 ROWS 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_connected_components(kz_matrix) IS
'The connected components of a region x region matrix of weights: one row for each label, in bytewise order, with its component. Two regions are connected by a cell that is not 0 in either direction; components are numbered from 1 by their first labels. A matrix whose rows and columns have different labels and a suppressed cell are errors. NULL gives no rows.';
