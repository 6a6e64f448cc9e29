-- map: choropleth maps as SVG
--
-- What needs PostGIS is an SQL function, bound when it is created; the page is put together in PL/pgSQL.
-- Texts the server writes itself are ASCII with character references, so that any database encoding will do.
--

-- Since: 0.1.0
CREATE FUNCTION kz_svg_escape(content text) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT replace(replace(replace(replace(replace(
		translate(regexp_replace(content, '[[:cntrl:]]', ' ', 'g'), chr(unicode) || chr(unicode + 1), '  '),
		'&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;')
	FROM (SELECT CASE getdatabaseencoding() WHEN 'UTF8' THEN 65534 ELSE 30 END AS unicode) AS no_characters;
END;
COMMENT ON FUNCTION kz_svg_escape(text) IS
'A text made safe for the content and the attributes of SVG, XML and HTML. Control characters, which XML does not allow, become blanks.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_number(number float8, decimals integer) RETURNS text
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT round(number::numeric, decimals)::text;
END;
COMMENT ON FUNCTION kz_svg_number(float8, integer) IS
'A number with so many digits after the point, whatever the locale.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_text_width(content text, size float8) RETURNS float8
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT coalesce(size * sum(CASE
		WHEN strpos('fijlrtI.,:;!|''`()[]/ -', c) > 0 THEN 0.33
		WHEN strpos('mwMW@%', c) > 0 THEN 0.9
		WHEN c BETWEEN 'A' AND 'Z' THEN 0.69
		WHEN ascii(c) > 11904 THEN 1.02
		WHEN ascii(c) > 127 THEN 0.62
		ELSE 0.57 END), 0)
	FROM string_to_table(content COLLATE "C", NULL) AS c;
END;
COMMENT ON FUNCTION kz_svg_text_width(text, float8) IS
'The width of a text in a common sans-serif font of the given size, in the same unit: an estimate, rather too wide than too narrow.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_lines(content text, size float8, width float8) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	lines text[] := '{}';
	line text;
	word text;
BEGIN
	FOREACH word IN ARRAY regexp_split_to_array(regexp_replace(content, '^[[:space:]]+|[[:space:]]+$', '', 'g'), '[[:space:]]+') LOOP
		IF line IS NULL THEN
			line := word;
		ELSIF kz_svg_text_width(line || ' ' || word, size) <= width THEN
			line := line || ' ' || word;
		ELSE
			lines := lines || line;
			line := word;
		END IF;
	END LOOP;
	RETURN lines || line;
END
$$;
COMMENT ON FUNCTION kz_svg_lines(text, float8, float8) IS
'A text broken at blanks into lines that fit a width at a font size; a longer word has a line of its own.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_text(x float8, y float8, size float8, attributes text, lines text[]) RETURNS text
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT format('<text x="%s" y="%s" font-size="%s"%s>%s</text>', kz_svg_number(x, 1), kz_svg_number(y, 1),
		trim_scale(size::numeric), ' ' || nullif(attributes, ''),
		string_agg(CASE WHEN i = 1 THEN kz_svg_escape(line)
			ELSE format('<tspan x="%s" dy="1.15em">%s</tspan>', kz_svg_number(x, 1), kz_svg_escape(line)) END, '' ORDER BY i))
	FROM unnest(lines) WITH ORDINALITY AS l(line, i);
END;
COMMENT ON FUNCTION kz_svg_text(float8, float8, float8, text, text[]) IS
'Lines of text as an SVG element; x and y are those of the first line''s base line.';

-- classes and colours

-- Since: 0.1.0
CREATE FUNCTION kz_map_quantiles("values" float8[], classes integer, decimals integer) RETURNS float8[]
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT array_agg(DISTINCT break ORDER BY break)
	FROM (SELECT array_agg(v ORDER BY v) AS sorted, count(v) AS number, min(v) AS least, max(v) AS greatest
		  FROM unnest("values") AS v) AS s,
		generate_series(1, classes - 1) AS k,
		round(sorted[k * number / classes + 1]::numeric, decimals) AS rounded,
		CAST(rounded AS float8) AS break
	WHERE break > least AND break <= greatest;
END;
COMMENT ON FUNCTION kz_map_quantiles(float8[], integer, integer) IS
'The breaks between classes that hold about equally many of the values, rounded to so many decimals: fewer where values are equal, NULL where all are.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_breaks("values" float8[], classes integer, decimals integer, midpoint float8) RETURNS float8[]
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT CASE
		WHEN midpoint IS NULL THEN kz_map_quantiles("values", classes, decimals)
		WHEN below IS NULL OR above IS NULL THEN kz_map_quantiles("values", greatest(classes / 2, 1), decimals)
		ELSE (SELECT array_agg(b ORDER BY b)
			  FROM (SELECT midpoint AS b
					UNION SELECT unnest(kz_map_quantiles(below, greatest(classes / 2, 1), decimals))
					UNION SELECT unnest(kz_map_quantiles(above, greatest(classes / 2, 1), decimals))) AS breaks)
		END
	FROM (SELECT array_agg(v) FILTER (WHERE v < midpoint) AS below, array_agg(v) FILTER (WHERE v >= midpoint) AS above
		  FROM unnest("values") AS v) AS sides;
END;
COMMENT ON FUNCTION kz_map_breaks(float8[], integer, integer, float8) IS
'The breaks of a map''s value classes: quantiles of the values or, with a midpoint, the midpoint and the quantiles of the values on each side of it, half of the classes each.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_colour(ramp text, place float8) RETURNS text
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT '#' || string_agg(lpad(to_hex(round(get_byte(colours, 3 * step + part) * (1 - rest)
		+ get_byte(colours, 3 * step + 3 + part) * rest)::integer), 2, '0'), '' ORDER BY part)
	FROM decode(ramp, 'hex') AS colours,
		CAST(length(colours) / 3 - 1 AS integer) AS steps,
		CAST(least(floor(place * steps), steps - 1) AS integer) AS step,
		CAST(place * steps - step AS float8) AS rest,
		generate_series(0, 2) AS part;
END;
COMMENT ON FUNCTION kz_map_colour(text, float8) IS
'The colour at a place from 0 to 1 of a ramp, which is a row of colours in hexadecimal digits.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_lightness(colour text) RETURNS float8
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT CASE WHEN colour LIKE '#%' THEN
		(0.299 * get_byte(rgb, 0) + 0.587 * get_byte(rgb, 1) + 0.114 * get_byte(rgb, 2)) / 255 END
	FROM decode(CASE WHEN colour LIKE '#%' THEN substr(colour, 2) ELSE '' END, 'hex') AS rgb;
END;
COMMENT ON FUNCTION kz_map_lightness(text) IS
'How light a colour #rrggbb looks, from 0 to 1; NULL for what is not one.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_colours(palette text, breaks float8[], midpoint float8) RETURNS text[]
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT array_agg(CASE
		WHEN palette = 'sequential' THEN
			kz_map_colour('f6f6d4dcecb4addfa872cdad41b2b21a8fab166b9d1f48851b2b62', CASE WHEN classes = 1 THEN 0.5 ELSE class::float8 / (classes - 1) END)
		WHEN class < below THEN
			kz_map_colour('ebeff2c7e0f2a1ceef7bb6e7579bd8367ec42060a7174887133368', (below - class) * 0.8 / steps)
		WHEN class >= classes - above THEN
			kz_map_colour('f3eee6f4dcbbf5c78ef5ad5eec8d37db6c17bc5114993b14742a12', (class - classes + above + 1) * 0.8 / steps)
		ELSE '#f1eff0' END ORDER BY class)
	FROM (SELECT count(b)::integer + 1 AS classes, (count(b) FILTER (WHERE b <= midpoint))::integer AS below,
				 (count(b) FILTER (WHERE b >= midpoint))::integer AS above
		  FROM unnest(breaks) AS b) AS sides,
		greatest(below, above, 3) AS steps,
		generate_series(0, classes - 1) AS class;
END;
COMMENT ON FUNCTION kz_map_colours(text, float8[], float8) IS
'The colours of a map''s classes, one more than breaks, that people with any colour vision can tell apart: ''sequential'' from pale yellow to dark blue, or ''diverging'' with blues below the midpoint, oranges above it and grey for a class that contains it.';

-- shapes

-- Since: 0.1.0
CREATE FUNCTION kz_map_items(geometries geometry[]) RETURNS TABLE (item integer, kind text, srid integer, geographic boolean, bounds box)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
	SELECT i::integer, CASE WHEN ST_IsEmpty(g) THEN 'empty geometry' ELSE lower(GeometryType(g)) END, ST_SRID(g),
		coalesce(proj4text ~ '[+]proj=(longlat|latlong|lonlat|latlon)', false),
		box(point(ST_XMax(g), ST_YMax(g)), point(ST_XMin(g), ST_YMin(g)))
	FROM unnest(geometries) WITH ORDINALITY AS t(g, i)
	LEFT JOIN spatial_ref_sys AS s ON s.srid = ST_SRID(g);
END;
COMMENT ON FUNCTION kz_map_items(geometry[]) IS
'What kz_svg_map has to know of geometries before it draws them.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_projection(geometries geometry[]) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10000
BEGIN ATOMIC
	SELECT CASE WHEN NOT bool_or(geographic) THEN 'none'
				WHEN min(south) > 0 AND max(north) < 89 OR max(north) < 0 AND min(south) > -89 THEN 'conic'
				ELSE 'equirectangular' END
	FROM (SELECT geographic, (bounds[1])[1] AS south, (bounds[0])[1] AS north FROM kz_map_items(geometries)) AS items;
END;
COMMENT ON FUNCTION kz_map_projection(geometry[]) IS
'The projection that suits geometries: ''conic'' for longitudes and latitudes on one side of the equator, ''equirectangular'' for others, ''none'' for coordinates that are on a plane already.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_project(geometries geometry[], projection text) RETURNS geometry[]
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100000
BEGIN ATOMIC
	WITH given AS (
		SELECT i, ST_SetSRID(ST_CurveToLine(ST_Force2D(g)), 0) AS g
		FROM unnest(geometries) WITH ORDINALITY AS t(g, i)),
	turned AS (
		SELECT i, CASE WHEN projection <> 'none' AND across THEN ST_ShiftLongitude(g) ELSE g END AS g
		FROM given, (SELECT max(ST_XMax(ST_ShiftLongitude(g))) - min(ST_XMin(ST_ShiftLongitude(g))) < max(ST_XMax(g)) - min(ST_XMin(g)) AS across
					 FROM given) AS longitudes),
	frame AS (
		SELECT (min(ST_XMin(g)) + max(ST_XMax(g))) / 2 AS x, (min(ST_YMin(g)) + max(ST_YMax(g))) / 2 AS y,
			max(ST_YMax(g)) - min(ST_YMin(g)) AS height
		FROM turned)
	SELECT array_agg(CASE projection
		WHEN 'conic' THEN ST_SetSRID(ST_Transform(g, '+proj=longlat +ellps=WGS84 +no_defs',
			format('+proj=aea +ellps=WGS84 +lon_0=%s +lat_0=%s +lat_1=%s +lat_2=%s +no_defs', round(x::numeric, 6), round(y::numeric, 6),
				round((y - height / 3)::numeric, 6), round((y + height / 3)::numeric, 6))), 0)
		WHEN 'equirectangular' THEN ST_Scale(g, cos(radians(y)), 1)
		ELSE g END ORDER BY i)
	FROM turned, frame;
END;
COMMENT ON FUNCTION kz_map_project(geometry[], text) IS
'Geometries on the plane of a map. Of longitude and latitude: ''conic'', Albers'' equal-area projection of the WGS 84 ellipsoid around their middle, or ''equirectangular'', degrees scaled to be true at the middle latitude; ''none'' leaves coordinates as they are.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_shapes(geometries geometry[], x float8, y float8, width float8, max_height float8)
RETURNS TABLE (item integer, shape geometry, path text, area float8, bounds box, wide circle, round circle)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100000
BEGIN ATOMIC
	WITH given AS (
		SELECT i, g FROM unnest(geometries) WITH ORDINALITY AS t(g, i)),
	extent AS (
		SELECT min(ST_XMin(g)) AS west, max(ST_XMax(g)) AS east, min(ST_YMin(g)) AS south, max(ST_YMax(g)) AS north FROM given),
	frame AS (
		SELECT scale, x + (width - (east - west) * scale) / 2 - west * scale AS dx, -y - north * scale AS dy
		FROM extent, coalesce(least(width / nullif(east - west, 0), max_height / nullif(north - south, 0)), 1) AS scale),
	pixels AS (
		SELECT i, ST_Affine(g, scale, 0, 0, scale, dx, dy) AS p FROM given, frame),
	roomy AS MATERIALIZED (
		SELECT i, p, ST_Area(p) AS area,
			CASE WHEN ST_Area(p) > 200 THEN ST_CollectionExtract(ST_MakeValid(ST_SnapToGrid(p, 0.5)), 3) END AS room
		FROM pixels)
	SELECT i::integer, p, ST_AsSVG(ST_SnapToGrid(p, 0.1), 1, 1), area,
		box(point(ST_XMax(p), -ST_YMin(p)), point(ST_XMin(p), -ST_YMax(p))),
		CASE WHEN ST_Area(room) > 100 THEN
			(SELECT circle(point(ST_X(center), -ST_Y(center) / 3), radius) FROM ST_MaximumInscribedCircle(ST_Scale(room, 1, 3))) END,
		CASE WHEN ST_Area(room) > 100 THEN
			(SELECT circle(point(ST_X(center), -ST_Y(center) / 1.4), radius) FROM ST_MaximumInscribedCircle(ST_Scale(room, 1, 1.4))) END
	FROM roomy;
END;
COMMENT ON FUNCTION kz_svg_shapes(geometry[], float8, float8, float8, float8) IS
'Geometries on a plane as SVG paths that fill a frame: x, y of its upper left corner, its width and its greatest height. shape is in pixels with y upward and negative, area and bounds are in pixels with y downward. wide and round: where a label has most room, as the widest ellipse inside the shape, 3 and 1.4 times as wide as high: its middle and half its width.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_box(middle point, width float8, height float8) RETURNS box
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT box(point(middle[0] + width / 2, middle[1] + height / 2), point(middle[0] - width / 2, middle[1] - height / 2));
END;
COMMENT ON FUNCTION kz_svg_box(point, float8, float8) IS
'The box of a size around a point.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_place(candidates box[], taken box[], canvas box) RETURNS integer
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT min(i)::integer
	FROM unnest(candidates) WITH ORDINALITY AS c(candidate, i)
	WHERE canvas @> candidate AND NOT EXISTS (SELECT FROM unnest(taken) AS t WHERE t && candidate);
END;
COMMENT ON FUNCTION kz_svg_place(box[], box[], box) IS
'The first of the candidates that lies on the canvas and overlaps none of the boxes already taken; NULL when there is none.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_spots(outline geometry, shapes geometry[], width float8, height float8, gap float8) RETURNS box[]
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100000
BEGIN ATOMIC
	SELECT coalesce(array_agg(kz_svg_box(point(ST_X(middle), -ST_Y(middle)), width, height)
							  ORDER BY covered, round(ST_Distance(outline, label) / (4 * gap)), -ST_Y(middle), abs(ST_X(middle) - ST_X(ST_Centroid(outline)))), '{}')
	FROM generate_series(-2, 22) AS across, generate_series(-2, 22) AS upward,
		ST_MakePoint(ST_XMin(outline) + (ST_XMax(outline) - ST_XMin(outline)) * across / 20,
					 ST_YMin(outline) + (ST_YMax(outline) - ST_YMin(outline)) * upward / 20) AS middle,
		ST_MakeEnvelope(ST_X(middle) - width / 2, ST_Y(middle) - height / 2, ST_X(middle) + width / 2, ST_Y(middle) + height / 2) AS label,
		LATERAL (SELECT count(*) AS covered FROM unnest(shapes) AS s WHERE ST_Intersects(s, label)) AS c
	WHERE NOT ST_DWithin(ST_Boundary(outline), label, gap);
END;
COMMENT ON FUNCTION kz_svg_spots(geometry, geometry[], float8, float8, float8) IS
'Where the label of an outline may stand, best first: on empty ground near the outline, high up; on shapes otherwise, but not across the outline.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_labels(labels text[], extras text[], places text[], fills text[], shapes geometry[], bounds box[], wide circle[], round circle[],
	taken box[], canvas box, size float8) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	svg text := '';
	used box[] := taken;
	item integer;
	label text;
	place text;
	try record;
	lines text[];
	font float8;
	inside float8;
	width float8;
	height float8;
	room circle;
	candidates box[];
	texts text[];
	styles text[];
	sizes float8[];
	choice integer;
BEGIN
	-- the regions with most room first, then what stands beside a mark, then outlines
	FOR item, label, place IN
		SELECT i, l, p FROM unnest(labels, places, wide) WITH ORDINALITY AS t (l, p, w, i)
		WHERE l IS NOT NULL AND (p <> 'inside' OR w IS NOT NULL)
		ORDER BY array_position(ARRAY['inside', 'beside', 'around'], p), radius(w) DESC, i
	LOOP
		candidates := '{}';
		texts := '{}';
		styles := '{}';
		sizes := '{}';
		font := size;
		IF place = 'inside' THEN
			-- on one line or broken, in full size or smaller; at last, if regions are few, broken and small although it sticks out
			FOR try IN
				SELECT * FROM (VALUES (1, 1.0, false, true), (2, 1.0, true, true), (3, 0.85, false, true), (4, 0.85, true, true), (5, 0.85, true, false))
					AS t (n, scale, broken, fits) ORDER BY n
			LOOP
				font := size * try.scale;
				room := CASE WHEN try.broken THEN round[item] ELSE wide[item] END;
				lines := CASE WHEN try.broken THEN kz_svg_lines(label, font, 0.6 * kz_svg_text_width(label, font))
					ELSE ARRAY[label] END || extras[item];
				lines := array_remove(lines, NULL);
				width := (SELECT max(kz_svg_text_width(l, font)) FROM unnest(lines) AS l);
				height := 1.15 * font * cardinality(lines);
				inside := CASE WHEN try.broken THEN 1.4 ELSE 3 END;
				CONTINUE WHEN NOT try.fits AND cardinality(labels) > 100 OR try.fits AND width ^ 2 + (inside * height) ^ 2 > (2 * radius(room)) ^ 2;
				candidates := candidates || kz_svg_box(center(room), width, height);
				texts := texts || array_to_string(lines, E'\n');
				styles := styles || CASE WHEN try.fits AND kz_map_lightness(fills[item]) < 0.55
					THEN format('fill="#fff" stroke="%s"', fills[item]) ELSE '' END;
				sizes := sizes || font;
			END LOOP;
		ELSE
			lines := array_remove(ARRAY[label] || extras[item], NULL);
			width := (SELECT max(kz_svg_text_width(l, font)) FROM unnest(lines) AS l);
			height := 1.15 * font * cardinality(lines);
			candidates := CASE place
				WHEN 'around' THEN kz_svg_spots(shapes[item], shapes, width, height, 0.4 * size)
				ELSE ARRAY(SELECT kz_svg_box(point(c[0] + dx * (width / 2 + 0.7 * size), c[1] + dy * (height / 2 + 0.6 * size)), width, height)
						   FROM (VALUES (1, 1, 0), (2, -1, 0), (3, 0, -1), (4, 0, 1), (5, 1, -1), (6, 1, 1), (7, -1, -1), (8, -1, 1)) AS d (n, dx, dy),
								center(bounds[item]) AS c
						   ORDER BY n) END;
			texts := array_fill(array_to_string(lines, E'\n'), ARRAY[cardinality(candidates)]);
			styles := array_fill(CASE place WHEN 'around' THEN 'font-weight="700"' ELSE '' END, ARRAY[cardinality(candidates)]);
			sizes := array_fill(font, ARRAY[cardinality(candidates)]);
		END IF;

		choice := kz_svg_place(candidates, used, canvas);
		IF choice IS NOT NULL THEN
			used := used || candidates[choice];
			lines := string_to_array(texts[choice], E'\n');
			svg := svg || kz_svg_text((center(candidates[choice]))[0],
				(center(candidates[choice]))[1] + sizes[choice] * (0.35 - 0.575 * (cardinality(lines) - 1)), sizes[choice], styles[choice], lines) || E'\n';
		END IF;
	END LOOP;
	RETURN svg;
END
$$;
COMMENT ON FUNCTION kz_svg_labels(text[], text[], text[], text[], geometry[], box[], circle[], circle[], box[], box, float8) IS
'The labels of a map, each with its value on a line of its own where extras has one: ''inside'' a region, ''beside'' a mark or ''around'' an outline. A label that would cover another one is left out.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_legend(x float8, y float8, width float8, size float8, title text, fills text[], ranges text[], OUT svg text, OUT bottom float8)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	cell float8 := greatest(7 * size, size + (SELECT max(kz_svg_text_width(regexp_replace(regexp_replace(r, '<[^>]*>', '', 'g'), '&[^;]*;', '-', 'g'), size)) FROM unnest(ranges) AS r));
	columns integer := greatest(1, floor(width / cell));
	at_x float8;
BEGIN
	svg := '';
	bottom := y;
	IF title IS NOT NULL THEN
		svg := kz_svg_text(x, y + size, size, 'font-weight="600"', ARRAY[title]) || E'\n';
		bottom := y + 1.7 * size;
	END IF;
	FOR i IN 1 .. cardinality(ranges) LOOP
		at_x := x + ((i - 1) % columns) * cell;
		svg := svg || format(E'<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/><text x="%s" y="%s" font-size="%s">%s</text>\n',
			kz_svg_number(at_x, 1), kz_svg_number(bottom, 1), kz_svg_number(cell - 2, 1), kz_svg_number(size, 1), fills[i],
			kz_svg_number(at_x, 1), kz_svg_number(bottom + 2.2 * size, 1), trim_scale(size::numeric), ranges[i]);
		IF i % columns = 0 OR i = cardinality(ranges) THEN
			bottom := bottom + 3 * size;
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_svg_legend(float8, float8, float8, float8, text, text[], text[]) IS
'The legend of a map: a title and a box with its range, which is markup, for every class, in as many rows as the width needs; and where it ends.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_check(geometries geometry[], labels text[], "values" float8[], outlines geometry[], outline_labels text[])
RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	regions integer := cardinality(geometries);
	names text[] := labels || coalesce(outline_labels, '{}');
	bad record;
BEGIN
	IF geometries IS NULL OR labels IS NULL OR "values" IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'geometries, labels and values must not be null',
			HINT = 'array_agg() over no rows is null: does the query find any region?';
	END IF;
	IF regions = 0 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'there must be at least one region to draw',
			HINT = 'Does the query find any region?';
	END IF;
	IF array_ndims(geometries) <> 1 OR array_ndims(labels) IS DISTINCT FROM 1 OR array_ndims("values") IS DISTINCT FROM 1
		OR cardinality(labels) <> regions OR cardinality("values") <> regions THEN
		RAISE EXCEPTION USING ERRCODE = 'array_subscript_error',
			MESSAGE = format('geometries, labels and values must be arrays of one dimension and length, not of %s, %s and %s elements',
							 regions, cardinality(labels), cardinality("values")),
			HINT = 'Make all three with array_agg() in the same query.';
	END IF;
	IF outline_labels IS NOT NULL AND (outlines IS NULL OR array_ndims(outline_labels) IS DISTINCT FROM array_ndims(outlines)
		OR cardinality(outline_labels) <> cardinality(outlines)) OR array_ndims(outlines) > 1 THEN
		RAISE EXCEPTION USING ERRCODE = 'array_subscript_error',
			MESSAGE = format('outlines and outline_labels must be arrays of one dimension and length, not of %s and %s elements',
							 coalesce(cardinality(outlines), 0), coalesce(cardinality(outline_labels), 0)),
			HINT = 'Make both with array_agg() in the same query.';
	END IF;

	IF array_position(labels, NULL) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = format('label %s must not be null', array_position(labels, NULL)),
			HINT = 'Give every region a label with coalesce().';
	END IF;
	SELECT l COLLATE "C" AS label INTO bad FROM unnest(labels) AS l GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'unique_violation',
			MESSAGE = format('region "%s" appears more than once', bad.label),
			HINT = 'A map shows one value of a region: choose one period and one industry with WHERE.';
	END IF;
	SELECT l COLLATE "C" AS label, v AS value INTO bad
	FROM unnest(labels, "values") AS t (l, v)
	WHERE v IN ('NaN', 'Infinity', '-Infinity')
	ORDER BY 1
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'numeric_value_out_of_range',
			MESSAGE = format('value of region "%s" must be a finite number, not %s', bad.label, bad.value),
			HINT = 'Use NULL where there is no value.';
	END IF;

	SELECT item, problem, format('%s "%s"', CASE WHEN item <= regions THEN 'region' ELSE 'outline' END, label) AS region, kind, srid,
		first_label, first_srid INTO bad
	FROM (SELECT i.*, label, first_value(label) OVER w AS first_label, first_value(srid) OVER w AS first_srid,
			CASE WHEN kind IS NULL THEN 1
				 WHEN kind NOT IN ('polygon', 'multipolygon', 'curvepolygon', 'multisurface') AND (kind NOT IN ('point', 'multipoint') OR item > regions) THEN 2
				 WHEN NOT (abs(low[0]) < 'infinity' AND abs(low[1]) < 'infinity' AND abs(high[0]) < 'infinity' AND abs(high[1]) < 'infinity') THEN 3
				 WHEN srid <> first_value(srid) OVER w THEN 4
				 WHEN geographic AND (greatest(abs(low[0]), abs(high[0])) > 360 OR greatest(abs(low[1]), abs(high[1])) > 90) THEN 5
			END AS problem
		  FROM kz_map_items(geometries || outlines) AS i, CAST(bounds[1] AS point) AS low, CAST(bounds[0] AS point) AS high,
			CAST(coalesce(names[item], (item - regions)::text) COLLATE "C" AS text) AS label
		  WINDOW w AS (ORDER BY item > regions, label)) AS checked
	WHERE problem IS NOT NULL
	ORDER BY problem, item > regions, label
	LIMIT 1;
	CASE bad.problem
		WHEN 1 THEN
			RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
				MESSAGE = format('geometry of %s must not be null', bad.region),
				HINT = 'Leave it out with WHERE ... IS NOT NULL, or find out why it has no geometry.';
		WHEN 2 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of %s must not be of kind %s', bad.region, bad.kind),
				HINT = 'Regions are polygons, or points where they are drawn as dots; outlines are polygons.';
		WHEN 3 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of %s has a coordinate that is not finite', bad.region),
				HINT = 'Correct the geometry.';
		WHEN 4 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometries must have one SRID: %s has %s, but "%s" %s', bad.region, bad.srid, bad.first_label, bad.first_srid),
				HINT = 'Transform them with ST_Transform(), or correct a wrong SRID with ST_SetSRID().';
		WHEN 5 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of %s lies outside the range of longitude and latitude', bad.region),
				HINT = format('SRID %s means degrees: set the SRID that the coordinates really have with ST_SetSRID().', bad.srid);
		ELSE
	END CASE;
END
$$;
COMMENT ON FUNCTION kz_map_check(geometry[], text[], float8[], geometry[], text[]) IS
'Raises an error where arguments of kz_svg_map cannot be drawn, naming the first label concerned in bytewise order.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_check_style(breaks float8[], classes integer, palette text, midpoint float8, decimals integer, width integer, projection text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	problem text;
	hint text;
BEGIN
	IF NOT palette = ANY ('{sequential,diverging}') THEN
		problem := format('palette must not be "%s"', palette);
		hint := 'It is ''sequential'', or ''diverging'' for values on both sides of a midpoint.';
	ELSIF NOT projection = ANY ('{auto,conic,equirectangular,none}') THEN
		problem := format('projection must not be "%s"', projection);
		hint := 'It is ''auto'', ''conic'', ''equirectangular'' or ''none''.';
	ELSIF NOT classes BETWEEN 1 AND 9 THEN
		problem := format('number of classes must not be %s', classes);
		hint := 'It is a number from 1 to 9: more colours cannot be told apart.';
	ELSIF NOT decimals BETWEEN 0 AND 15 THEN
		problem := format('number of decimals must not be %s', decimals);
		hint := 'It is a number from 0 to 15.';
	ELSIF NOT width BETWEEN 200 AND 20000 THEN
		problem := format('width must not be %s', width);
		hint := 'It is a number of pixels from 200 to 20000.';
	ELSIF NOT abs(midpoint) < 'infinity' THEN
		problem := format('midpoint must not be %s', midpoint);
		hint := 'It is a finite number.';
	ELSIF array_ndims(breaks) > 1 OR cardinality(breaks) > 8 THEN
		problem := 'breaks must be an array of one dimension and at most 8 elements';
		hint := 'Breaks lie between classes, and more than 9 classes cannot be told apart.';
	ELSIF EXISTS (SELECT FROM unnest(breaks) AS b WHERE b IS NULL OR NOT abs(b) < 'infinity') OR
		EXISTS (SELECT FROM (SELECT b, lag(b) OVER (ORDER BY i) AS before FROM unnest(breaks) WITH ORDINALITY AS t (b, i)) AS pairs WHERE b <= before) THEN
		problem := format('breaks must be finite numbers in ascending order, not %s', breaks);
		hint := 'For example ''{0.5,1,1.5,2}''.';
	END IF;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = problem, HINT = hint;
	END IF;
END
$$;
COMMENT ON FUNCTION kz_map_check_style(float8[], integer, text, float8, integer, integer, text) IS
'Raises an error where kz_svg_map has no such style.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_paragraph(content text, x float8, y float8, size float8, width float8, attributes text, OUT svg text, OUT bottom float8)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT coalesce(kz_svg_text(x, y + size, size, attributes, lines) || chr(10), ''), y + size * 1.15 * cardinality(lines)
	FROM coalesce(kz_svg_lines(content, size, width), '{}') AS lines;
END;
COMMENT ON FUNCTION kz_svg_paragraph(text, float8, float8, float8, float8, text) IS
'A text below y in as many lines as the width needs, and where it ends; nothing of NULL.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_count(regions bigint) RETURNS text
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT format(' <tspan fill="#6b7280">(%s)</tspan>', regions);
END;
COMMENT ON FUNCTION kz_map_count(bigint) IS
'The number of regions in a class as markup behind its range.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_ranges(breaks float8[], figures float8[], decimals integer, automatic boolean) RETURNS text[]
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT array_agg(CASE
			WHEN low IS NULL AND high IS NULL THEN nullif(concat_ws(' &#8211; ', kz_svg_number(least, decimals), nullif(kz_svg_number(greatest, decimals), kz_svg_number(least, decimals))), '')
			WHEN low IS NULL THEN '&lt; ' || kz_svg_number(high, digits)
			WHEN high IS NULL THEN '&#8805; ' || kz_svg_number(low, digits)
			ELSE kz_svg_number(low, digits) || ' &#8211; &lt; ' || kz_svg_number(high, digits) END
		|| kz_map_count((SELECT count(*) FROM unnest(figures) AS f WHERE width_bucket(f, breaks) = class))
		ORDER BY class)
	FROM (SELECT min(f) AS least, max(f) AS greatest FROM unnest(figures) AS f) AS span,
		(SELECT CASE WHEN automatic THEN decimals ELSE coalesce(max(scale(trim_scale(b::numeric))), 0) END AS digits FROM unnest(breaks) AS b) AS style,
		generate_series(0, cardinality(breaks)) AS class,
		CAST(breaks[class] AS float8) AS low,
		CAST(breaks[class + 1] AS float8) AS high;
END;
COMMENT ON FUNCTION kz_map_ranges(float8[], float8[], integer, boolean) IS
'The ranges of a map''s classes as markup: from a break up to below the next one, and in brackets how many regions have such a value.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_digits(figures float8[]) RETURNS integer
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT coalesce(greatest(0, least(12, 2 - floor(log(nullif(CASE WHEN max(f) > min(f) THEN max(f) - min(f) ELSE abs(max(f)) END, 0)::numeric))))::integer, 0)
	FROM unnest(figures) AS f;
END;
COMMENT ON FUNCTION kz_map_digits(float8[]) IS
'How many decimals tell numbers apart: two for a spread of 1 to 10, fewer above and more below.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_map(geometries geometry[], labels text[], "values" float8[],
	title text DEFAULT NULL, subtitle text DEFAULT NULL, source text DEFAULT NULL, legend text DEFAULT NULL,
	breaks float8[] DEFAULT NULL, classes integer DEFAULT 5, palette text DEFAULT 'sequential', midpoint float8 DEFAULT 1,
	decimals integer DEFAULT NULL, no_data text DEFAULT 'no data', show_labels boolean DEFAULT true, show_values boolean DEFAULT false,
	outlines geometry[] DEFAULT NULL, outline_labels text[] DEFAULT NULL,
	width integer DEFAULT 960, projection text DEFAULT 'auto') RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	size float8;				-- of the letters
	regions integer := cardinality(geometries);
	room float8;				-- the width between the margins
	names text[];
	figures float8[];
	drawn geometries%TYPE;
	frame_names text[];
	frames geometries%TYPE;
	shapes geometries%TYPE;
	digits integer;
	cuts float8[];
	colours text[];
	ranges text[];
	fills text[];
	tips text[];
	paths text[];
	areas float8[];
	bounds box[];
	wide circle[];
	round circle[];
	marked boolean[];
	small float8;				-- a region of less pixels gets a mark
	bottom float8;				-- of the map
	id text;					-- makes names unique where several maps are in one document
	map text;
	page text;
	y float8;
BEGIN
	PERFORM kz_map_check(geometries, labels, "values", outlines, outline_labels);
	PERFORM kz_map_check_style(breaks, classes, palette, midpoint, decimals, width, projection);
	classes := coalesce(classes, 5);
	palette := coalesce(palette, 'sequential');
	midpoint := coalesce(midpoint, 1);
	no_data := coalesce(no_data, 'no data');
	width := coalesce(width, 960);
	projection := coalesce(nullif(projection, 'auto'), kz_map_projection(geometries));
	size := width / 80.0;
	room := width - 4 * size;

	-- one order, whatever the order of the rows
	SELECT array_agg(l ORDER BY l), array_agg(v ORDER BY l), array_agg(g ORDER BY l) INTO names, figures, drawn
	FROM unnest(labels, "values", geometries) AS t (label, v, g), CAST(regexp_replace(label, '[[:space:][:cntrl:]]+', ' ', 'g') COLLATE "C" AS text) AS l;
	SELECT array_agg(l ORDER BY l, g), array_agg(g ORDER BY l, g) INTO frame_names, frames
	FROM unnest(outline_labels, outlines) AS t (label, g), CAST(regexp_replace(label, '[[:space:][:cntrl:]]+', ' ', 'g') COLLATE "C" AS text) AS l;

	-- values to classes, classes to colours
	digits := coalesce(decimals, kz_map_digits(figures));
	cuts := coalesce(breaks, kz_map_breaks(array_remove(figures, NULL), classes, digits, CASE palette WHEN 'diverging' THEN midpoint END), '{}');
	colours := kz_map_colours(palette, cuts, midpoint);
	ranges := kz_map_ranges(cuts, figures, digits, breaks IS NULL);

	-- shapes: those of the regions, then those of the outlines; a small region gets a mark
	SELECT array_agg(s.path ORDER BY s.item), array_agg(s.area ORDER BY s.item), array_agg(s.bounds ORDER BY s.item),
		array_agg(s.wide ORDER BY s.item), array_agg(s.round ORDER BY s.item), array_agg(s.shape ORDER BY s.item)
	INTO paths, areas, bounds, wide, round, shapes
	FROM kz_svg_shapes(kz_map_project(drawn || frames, projection), 2 * size, size, room, 0.8 * width) AS s;
	bottom := size + (SELECT max((b[0])[1]) FROM unnest(bounds) AS b);
	small := least((1.3 * size) ^ 2, (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY a) FROM unnest(areas[:regions]) AS a) / 10);
	marked := ARRAY(SELECT a = 0 OR a < small FROM unnest(areas[:regions]) WITH ORDINALITY AS t (a, i) ORDER BY i);
	id := 'kz' || left(md5(array_to_string(paths || names, ' ')), 10);
	fills := ARRAY(SELECT coalesce(colours[width_bucket(f, cuts) + 1], format('url(#%s-none)', id)) FROM unnest(figures) WITH ORDINALITY AS t (f, i) ORDER BY i);
	tips := ARRAY(SELECT format('<title>%s: %s</title>', kz_svg_escape(n), coalesce(kz_svg_number(f, digits), kz_svg_escape(no_data)))
				  FROM unnest(names, figures) WITH ORDINALITY AS t (n, f, i) ORDER BY i);

	-- the map: a rim around all regions, the regions, outlines, marks, labels
	map := format(E'<defs><pattern id="%1$s-none" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
			'<rect width="6" height="6" fill="#eceef1"/><path d="M1.5 0V6" stroke="#b4bac4" stroke-width="1.5"/></pattern></defs>\n'
			'<use xlink:href="#%1$s" stroke="#4b5563" stroke-width="%2$s"/>\n<g stroke="#fff" stroke-width="%3$s"><g id="%1$s" stroke-linejoin="round" fill-rule="evenodd">\n%4$s</g></g>\n',
		id, trim_scale((size / 5)::numeric), trim_scale((size / 15)::numeric),
		(SELECT string_agg(format(E'<path d="%s" fill="%s">%s</path>\n', path, fill, tip), '' ORDER BY i)
		 FROM unnest(paths[:regions], areas[:regions], fills, tips) WITH ORDINALITY AS t (path, area, fill, tip, i)
		 WHERE area > 0));
	IF frames IS NOT NULL THEN
		map := map || format(E'<g fill="none" stroke-linejoin="round"><g stroke="#fff" stroke-width="%1$s">\n%3$s</g><g stroke="#111827" stroke-width="%2$s">\n%3$s</g></g>\n',
			trim_scale((size / 2.4)::numeric), trim_scale((size / 5)::numeric),
			(SELECT string_agg(format(E'<path d="%s"/>\n', path), '' ORDER BY i) FROM unnest(paths[regions + 1:]) WITH ORDINALITY AS t (path, i)));
	END IF;
	IF true = ANY (marked) THEN
		map := map || format(E'<g stroke="#1f2937" stroke-width="%s">\n%s</g>\n', trim_scale((size / 10)::numeric),
			(SELECT string_agg(format(E'<circle cx="%s" cy="%s" r="%s" fill="%s">%s</circle>\n', kz_svg_number((center(b))[0], 1),
									  kz_svg_number((center(b))[1], 1), trim_scale((size / 2)::numeric), fill, tip), '' ORDER BY i)
			 FROM unnest(bounds[:regions], marked, fills, tips) WITH ORDINALITY AS t (b, mark, fill, tip, i)
			 WHERE mark));
	END IF;
	map := map || format(E'<g text-anchor="middle" stroke="#fff" stroke-width="%s" stroke-linejoin="round" paint-order="stroke" pointer-events="none">\n%s</g>\n',
		trim_scale((size / 4)::numeric),
		kz_svg_labels(CASE WHEN show_labels THEN names ELSE array_fill(NULL::text, ARRAY[regions]) END || frame_names,
			CASE WHEN show_values THEN ARRAY(SELECT kz_svg_number(f, digits) FROM unnest(figures) WITH ORDINALITY AS t (f, i) ORDER BY i) END,
			ARRAY(SELECT CASE WHEN i > regions THEN 'around' WHEN marked[i] THEN 'beside' ELSE 'inside' END
				  FROM generate_series(1, cardinality(paths)) AS i ORDER BY i),
			fills, shapes, bounds, wide, round,
			ARRAY(SELECT kz_svg_box(center(b), size, size) FROM unnest(bounds, marked) AS t (b, mark) WHERE mark),
			box(point(width, bottom), point(0, 0)), size));

	-- the page: title and subtitle, map, legend, source
	page := '';
	y := 1.5 * size;
	SELECT page || svg, coalesce(t.bottom, y) INTO page, y FROM kz_svg_paragraph(title, 2 * size, y, 1.9 * size, room, 'font-weight="700"') AS t;
	SELECT page || svg, coalesce(t.bottom, y) INTO page, y FROM kz_svg_paragraph(subtitle, 2 * size, y + 0.3 * size, 1.2 * size, room, 'fill="#4b5563"') AS t;
	page := page || format(E'<g transform="translate(0 %s)">\n%s</g>\n', kz_svg_number(y, 1), map);
	y := y + bottom;
	IF array_position(figures, NULL) IS NOT NULL THEN
		colours := CASE WHEN figures = array_fill(NULL::float8, ARRAY[cardinality(figures)]) THEN '{}' ELSE colours END || format('url(#%s-none)', id);
		ranges := ranges[:cardinality(colours) - 1] || (kz_svg_escape(no_data) || kz_map_count((SELECT count(*) FROM unnest(figures) AS f WHERE f IS NULL)));
	END IF;
	SELECT page || svg, t.bottom INTO page, y FROM kz_svg_legend(2 * size, y, room, size, legend, colours, ranges) AS t;
	SELECT page || svg, coalesce(t.bottom, y) INTO page, y FROM kz_svg_paragraph(source, 2 * size, y + 0.3 * size, 0.9 * size, room, 'fill="#6b7280"') AS t;
	y := y + 1.5 * size;
	RETURN format(E'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img" aria-label="%3$s" font-family="''Helvetica Neue'', Helvetica, Arial, ''Liberation Sans'', ''Noto Sans'', ''DejaVu Sans'', sans-serif" fill="#1f2937">\n%4$s<rect width="%1$s" height="%2$s" fill="#fff"/>\n%5$s</svg>\n',
		width, kz_svg_number(y, 0), kz_svg_escape(concat_ws('. ', title, subtitle)), '<title>' || kz_svg_escape(title) || E'</title>\n', page);
END
$$;
COMMENT ON FUNCTION kz_svg_map(geometry[], text[], float8[], text, text, text, text, float8[], integer, text, float8, integer, text, boolean, boolean, geometry[], text[], integer, text) IS
'';
