--
-- tile: the maps of a study as Mapbox vector tiles
--

-- Since: 0.1.0
CREATE FUNCTION kz_tile_words(study text, layer text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	schema oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = study);
	relation regclass := (SELECT c.oid FROM pg_class c WHERE c.relnamespace = schema AND c.relname = layer || '_map' AND c.relkind IN ('r', 'p', 'v', 'm', 'f'));
	words jsonb;
BEGIN
	IF study IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'name of a study must not be null',
			HINT = 'It is the name of the study''s schema.';
	ELSIF schema IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_schema_name', MESSAGE = format('study "%s" does not exist', study),
			HINT = 'Studies are schemas whose comment begins with "kzcluster study".';
	ELSIF relation IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN layer IS NULL THEN 'null_value_not_allowed' ELSE 'undefined_table' END,
			MESSAGE = CASE WHEN layer IS NULL THEN 'layer must not be null' ELSE format('study "%s" has no layer "%s"', study, layer) END,
			HINT = coalesce((SELECT 'Its layers are ' || string_agg(left(c.relname, -4), ', ' ORDER BY c.relname COLLATE "C") || '.'
							 FROM pg_class c WHERE c.relnamespace = schema AND c.relname LIKE '%\_map' AND c.relkind IN ('r', 'p', 'v', 'm', 'f')),
							'A study has maps if kz_create_study() is given its regions.');
	END IF;

	-- the period is the first column of every study's coefficients
	SELECT jsonb_build_object('relation', format('%I.%I', study, layer || '_map'), 'layer', quote_literal(layer),
			'gis', (SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'),
			'key', bool_or(a.attname = 'id' AND a.atttypid = 'integer'::regtype),
			'srid', max(substring(format_type(a.atttypid, a.atttypmod) FROM ',(\d+)\)$')) FILTER (WHERE a.attname = 'geom'),
			'industry', max('l.industry::text COLLATE "C" = $6') FILTER (WHERE a.attname = 'industry'),
			'period', max(format('l.%I %s $5::%s', a.attname, kz_study_equality(kz_study_type(relation, a.attname), kz_study_type(relation, a.attname)), format_type(a.atttypid, a.atttypmod)))
				FILTER (WHERE a.attname = (SELECT p.attname FROM pg_attribute p JOIN pg_class c ON c.oid = p.attrelid
										   WHERE c.relnamespace = schema AND c.relname = 'coefficients' AND p.attnum = 1)),
			'attributes', string_agg(format('l.%I%s AS %1$I, ', a.attname, CASE
				WHEN b.base IN ('numeric'::regtype, 'real'::regtype) THEN '::float8'
				WHEN b.base IN ('integer'::regtype, 'smallint'::regtype, 'bigint'::regtype, 'float8'::regtype, 'boolean'::regtype, 'text'::regtype) THEN '' ELSE '::text' END), '' ORDER BY a.attnum)
				FILTER (WHERE t.typcategory IN ('S', 'N', 'B', 'D', 'T', 'E')))
	INTO words
	FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid
	CROSS JOIN LATERAL (SELECT CASE t.typtype WHEN 'd' THEN t.typbasetype ELSE t.oid END AS base) AS b
	WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped;
	IF (words ->> 'key')::boolean IS NOT TRUE OR words ->> 'srid' IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'wrong_object_type', MESSAGE = format('layer "%s" of study "%s" is not a map', layer, study),
			HINT = format('%I.%I needs a column id of type integer and a column geom of a type geometry(..., srid) with an SRID.', study, layer || '_map');
	END IF;
	RETURN jsonb_strip_nulls(words);
END
$$;
COMMENT ON FUNCTION kz_tile_words(text, text) IS
'Checks that a study has a layer and returns the words of its query for kz_study_sql: {relation}, {layer}, {srid}, {attributes} (its columns of text, numbers, booleans, dates and times), {period} and {industry} (conditions, if it has such columns), {gis} (the schema of PostGIS). For kz_tile.';

-- Since: 0.1.0
CREATE FUNCTION kz_tile_box(z integer, x integer, y integer, srid integer) RETURNS geometry
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
	-- without ST_TileEnvelope, which an update of PostGIS may replace; sides that become curves are followed in 16 steps and
	-- given what may lie between these
	SELECT ST_Expand(box, 0.01 * (ST_XMax(box) - ST_XMin(box)), 0.01 * (ST_YMax(box) - ST_YMin(box)))
	FROM (SELECT 20037508.342789244::float8 AS half, 2 * 20037508.342789244::float8 / (1::bigint << z) AS side) AS w
	CROSS JOIN LATERAL ST_Envelope(ST_Transform(ST_Segmentize(ST_MakeEnvelope(
		greatest((x - 0.02) * side - half, -half), greatest(half - (y + 1.02) * side, -half),
		least((x + 1.02) * side - half, half), least(half - (y - 0.02) * side, half), 3857), side / 16), srid)) AS box
	WHERE EXISTS (SELECT FROM spatial_ref_sys AS known WHERE known.srid = kz_tile_box.srid);
END;
COMMENT ON FUNCTION kz_tile_box(integer, integer, integer, integer) IS
'The box, in a spatial reference system, of a tile with its margin, to search an index with. NULL for a system that PostGIS does not know. Error of PostGIS: part of the tile lies outside the domain of the projection. For kz_tile.';

-- Since: 0.1.0
CREATE FUNCTION kz_tile(study text, z integer, x integer, y integer, layer text DEFAULT 'candidates', period text DEFAULT NULL, industry text DEFAULT NULL)
RETURNS bytea
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	words jsonb := kz_tile_words(study, layer);
	side bigint := CASE WHEN z BETWEEN 0 AND 30 THEN 1::bigint << z END;
	srid integer := words ->> 'srid';
	box text;
	tile bytea;
BEGIN
	IF num_nulls(z, x, y) > 0 THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = format('z, x and y of a tile of study "%s" must not be null', study),
			HINT = 'They are zoom, column from the west and row from the north.';
	ELSIF side IS NULL OR x NOT BETWEEN 0 AND side - 1 OR y NOT BETWEEN 0 AND side - 1 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('tile %s/%s/%s of study "%s" does not exist', z, x, y, study),
			HINT = 'z is from 0 to 30, x and y are from 0 to 2 ^ z - 1.';
	ELSIF (period IS NOT NULL AND NOT words ? 'period') OR (industry IS NOT NULL AND NOT words ? 'industry') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('layer "%s" of study "%s" has no %s', layer, study, CASE WHEN period IS NOT NULL AND NOT words ? 'period' THEN 'period' ELSE 'industry' END),
			HINT = 'Leave the argument out.';
	END IF;

	-- seen from far away, a projection may fold the tile or tear it apart, and then its rim does not enclose it
	IF z >= 4 OR srid IN (3857, 4326) THEN
		BEGIN
			box := kz_tile_box(z, x, y, srid);
		EXCEPTION WHEN internal_error THEN
			NULL;	-- beyond the domain of the projection: no search by index
		END;
	END IF;
	EXECUTE kz_study_sql(concat(
		'SELECT {gis}.ST_AsMVT(f, {layer}, 4096, ''geom'', ''id'' ORDER BY f.id)
		FROM (SELECT {attributes}{gis}.ST_AsMVTGeom({gis}.ST_Transform(l.geom, 3857), {gis}.ST_TileEnvelope($1, $2, $3), 4096, 64, true) AS geom
			FROM {relation} AS l WHERE true',
		CASE WHEN box IS NOT NULL THEN ' AND l.geom OPERATOR({gis}.&&) $4::{gis}.geometry' END,
		CASE WHEN period IS NOT NULL THEN ' AND {period}' END,
		CASE WHEN industry IS NOT NULL THEN ' AND {industry}' END, ') AS f'), words)
	INTO tile USING z, x, y, box, period, industry;
	RETURN tile;
END
$$;
COMMENT ON FUNCTION kz_tile(text, integer, integer, integer, text, text, text) IS
'Tile z/x/y of a map of a study, as a Mapbox vector tile in the Web Mercator scheme (extent 4096, margin 64), for tile servers and web maps. layer: candidates, clusters or any other view of the study''s schema that is called layer_map and has an integer key id and a typed geometry geom; it is the name of the layer in the tile too. Its features have the id of the view and, as attributes, its columns of text, numbers, booleans, dates and times (the latter three kinds of text); NULLs are left out. period, industry: only features of these; a period is written as its type prints it. NULL: all. Where nothing lies the tile is empty: zero bytes, not NULL. Whoever reads it needs the same rights as on the view. The index of the geometries is searched; that of the regions, for candidates, if they are a table of type geometry(MultiPolygon, srid). Errors name the study: it or the layer does not exist, the layer is not a map or lacks a column for a filter, the tile does not exist, an argument is NULL.';
