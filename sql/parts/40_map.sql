-- map: choropleth maps as SVG
--
-- What needs PostGIS is a SQL function, bound when it is created; the rest is PL/pgSQL. What is written
-- besides the user's own texts is ASCII with character references, so that any database encoding will do.

-- texts

-- Since: 0.1.0
CREATE FUNCTION kz_svg_escape(content text) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT replace(replace(replace(replace(replace(
		translate(regexp_replace(content, '[[:cntrl:]]', ' ', 'g'), chr(unassigned) || chr(unassigned + 1), '  '),
		'&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;')
	FROM (SELECT CASE getdatabaseencoding() WHEN 'UTF8' THEN 65534 ELSE 30 END AS unassigned) AS never;
END;
COMMENT ON FUNCTION kz_svg_escape(text) IS
'A text made safe for the content and the attributes of SVG, XML and HTML. Characters that XML does not allow, and line ends, become blanks.';

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
LANGUAGE SQL STABLE PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT format('<text x="%s" y="%s" font-size="%s"%s>%s</text>', round(x::numeric, 1), round(y::numeric, 1),
		trim_scale(round(size::numeric, 2)), ' ' || nullif(attributes, ''),
		string_agg(CASE WHEN i = 1 THEN kz_svg_escape(line)
			ELSE format('<tspan x="%s" dy="1.15em">%s</tspan>', round(x::numeric, 1), kz_svg_escape(line)) END, '' ORDER BY i))
	FROM unnest(lines) WITH ORDINALITY AS l (line, i);
END;
COMMENT ON FUNCTION kz_svg_text(float8, float8, float8, text, text[]) IS
'Lines of text as an SVG element with further attributes, which are markup; x, y is where the base line of the first line begins, or has its middle.';

-- classes and colours

-- Since: 0.1.0
CREATE FUNCTION kz_map_classes("values" float8[], breaks float8[], classes integer, palette text, midpoint float8, decimals integer,
	OUT cuts float8[], OUT colours text[], OUT ranges text[], OUT digits integer)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	-- rows of colours whose lightness alone tells them apart, made in the OKLab colour space
	sequential bytea := decode('f6f6d4dcecb4addfa872cdad41b2b21a8fab166b9d1f48851b2b62', 'hex');
	blues bytea := decode('ebeff2c7e0f2a1ceef7bb6e7579bd8367ec42060a7174887133368', 'hex');
	oranges bytea := decode('f3eee6f4dcbbf5c78ef5ad5eec8d37db6c17bc5114993b14742a12', 'hex');
	sorted float8[] := ARRAY(SELECT v FROM unnest("values") AS v WHERE v IS NOT NULL ORDER BY v);
	number integer := cardinality(sorted);
	low float8 := sorted[1];
	high float8 := sorted[number];
	spread numeric;
	below integer := 0;
	above integer;
	steps integer;
	shown integer;
	ramp bytea;
	place float8;
BEGIN
	-- two decimals for a spread of 1 to 10, fewer above and more below
	spread := nullif(CASE WHEN high > low THEN high::numeric - low::numeric ELSE abs(high::numeric) END, 0);
	digits := coalesce(decimals, CASE WHEN spread IS NULL THEN 0 ELSE greatest(0, least(12, 2 - floor(log(spread)))) END);

	cuts := breaks;
	IF cuts IS NULL THEN
		IF palette = 'diverging' THEN
			below := (SELECT count(*) FROM unnest(sorted) AS v WHERE v < midpoint);
			classes := greatest(classes / 2, 1);
		END IF;
		cuts := ARRAY(
			SELECT b
			FROM (VALUES (1, below), (below + 1, number)) AS side (first, last), generate_series(1, classes - 1) AS k,
				CAST(round(sorted[first + k * (last - first + 1) / classes]::numeric, digits) AS float8) AS b
			WHERE b > sorted[first] AND b <= sorted[last]
			UNION
			SELECT midpoint WHERE below > 0 AND below < number
			ORDER BY 1);
	END IF;

	below := (SELECT count(*) FROM unnest(cuts) AS b WHERE b <= midpoint);
	above := (SELECT count(*) FROM unnest(cuts) AS b WHERE b >= midpoint);
	steps := greatest(below, above, 3);
	shown := CASE WHEN breaks IS NULL THEN digits ELSE coalesce((SELECT max(scale(trim_scale(b::numeric))) FROM unnest(cuts) AS b), 0) END;
	FOR class IN 0 .. cardinality(cuts) LOOP
		IF palette = 'sequential' THEN
			ramp := sequential;
			place := CASE WHEN cardinality(cuts) = 0 THEN 0.5 ELSE class::float8 / cardinality(cuts) END;
		ELSIF class < below THEN
			ramp := blues;
			place := (below - class) * 0.8 / steps;
		ELSIF class > cardinality(cuts) - above THEN
			ramp := oranges;
			place := (class - cardinality(cuts) + above) * 0.8 / steps;
		ELSE
			ramp := oranges;
			place := 0;
		END IF;
		colours[class + 1] := (
			SELECT '#' || string_agg(lpad(to_hex(round(get_byte(ramp, 3 * step + part) * (1 - rest) + get_byte(ramp, 3 * step + 3 + part) * rest)::integer), 2, '0'), '' ORDER BY part)
			FROM CAST(least(floor(8 * place), 7) AS integer) AS step, CAST(8 * place - step AS float8) AS rest, generate_series(0, 2) AS part);
		ranges[class + 1] := CASE
			WHEN cardinality(cuts) = 0 THEN concat_ws(' &#8211; ', round(low::numeric, digits), nullif(round(high::numeric, digits), round(low::numeric, digits)))
			WHEN class = 0 THEN format('&lt; %s', round(cuts[1]::numeric, shown))
			WHEN class = cardinality(cuts) THEN format('&#8805; %s', round(cuts[class]::numeric, shown))
			ELSE format('%s &#8211; &lt; %s', round(cuts[class]::numeric, shown), round(cuts[class + 1]::numeric, shown)) END
			|| format(' <tspan fill="#6b7280">(%s)</tspan>', (SELECT count(*) FROM unnest(sorted) AS v WHERE width_bucket(v, cuts) = class));
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_map_classes(float8[], float8[], integer, text, float8, integer) IS
'The value classes of a map: cuts, where one class ends and the next one begins (the breaks given, or quantiles of the values; with the diverging palette the midpoint and the quantiles on each side of it), and for each class, one more than cuts, its colour and its range with the number of regions as markup; and how many decimals tell the values apart, unless they are given.';

-- shapes

-- Since: 0.1.0
CREATE FUNCTION kz_map_items(geometries geometry[]) RETURNS TABLE (item integer, kind text, srid integer, geographic boolean, bounds box)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10000 ROWS 100
BEGIN ATOMIC
	SELECT i::integer, CASE WHEN ST_IsEmpty(g) THEN 'empty' ELSE lower(GeometryType(g)) END, ST_SRID(g),
		coalesce(proj4text ~ '[+]proj=(longlat|latlong|lonlat|latlon)', false),
		box(point(ST_XMax(g), ST_YMax(g)), point(ST_XMin(g), ST_YMin(g)))
	FROM unnest(geometries) WITH ORDINALITY AS t (g, i)
	LEFT JOIN spatial_ref_sys AS s ON s.srid = ST_SRID(g);
END;
COMMENT ON FUNCTION kz_map_items(geometry[]) IS
'What kz_svg_map has to know of geometries before it draws them: their kind, SRID, whether that means longitude and latitude, and their bounds.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_shapes(geometries geometry[], projection text, x float8, y float8, width float8, max_height float8)
RETURNS TABLE (item integer, shape geometry, path text, area float8, bounds box, wide circle, round circle)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 100000 ROWS 100
BEGIN ATOMIC
	WITH given AS (
		SELECT i, ST_SetSRID(ST_CurveToLine(ST_Force2D(g)), 0) AS g FROM unnest(geometries) WITH ORDINALITY AS t (g, i)),
	chosen AS (
		SELECT CASE WHEN projection <> 'auto' THEN projection
					WHEN NOT bool_or(geographic) THEN 'none'
					WHEN min((bounds[1])[1]) > 0 AND max((bounds[0])[1]) < 89 OR max((bounds[0])[1]) < 0 AND min((bounds[1])[1]) > -89 THEN 'conic'
					ELSE 'equirectangular' END AS projection
		FROM kz_map_items(geometries)),
	turned AS (	-- where the map crosses the 180th meridian, longitudes from 0 to 360
		SELECT i, CASE WHEN chosen.projection <> 'none' AND across THEN ST_ShiftLongitude(g) ELSE g END AS g
		FROM given, chosen,
			(SELECT max(ST_XMax(ST_ShiftLongitude(g))) - min(ST_XMin(ST_ShiftLongitude(g))) < max(ST_XMax(g)) - min(ST_XMin(g)) AS across FROM given) AS longitudes),
	middle AS (
		SELECT (min(ST_XMin(g)) + max(ST_XMax(g))) / 2 AS lon, (min(ST_YMin(g)) + max(ST_YMax(g))) / 2 AS lat,
			(max(ST_YMax(g)) - min(ST_YMin(g))) / 3 AS third
		FROM turned),
	plane AS (
		SELECT i, CASE chosen.projection
			WHEN 'conic' THEN ST_SetSRID(ST_Transform(g, '+proj=longlat +ellps=WGS84 +no_defs',
				format('+proj=aea +ellps=WGS84 +lon_0=%s +lat_0=%s +lat_1=%s +lat_2=%s +no_defs', round(lon::numeric, 6), round(lat::numeric, 6),
					round((lat - third)::numeric, 6), round((lat + third)::numeric, 6))), 0)
			WHEN 'equirectangular' THEN ST_Scale(g, cos(radians(lat)), 1)
			ELSE g END AS g
		FROM turned, middle, chosen),
	extent AS (
		SELECT min(ST_XMin(g)) AS west, max(ST_XMax(g)) AS east, min(ST_YMin(g)) AS south, max(ST_YMax(g)) AS north FROM plane),
	frame AS (
		SELECT scale, x + (width - (east - west) * scale) / 2 - west * scale AS dx, -y - north * scale AS dy
		FROM extent, coalesce(least(width / nullif(east - west, 0), max_height / nullif(north - south, 0)), 1) AS scale),
	pixels AS MATERIALIZED (
		SELECT i, p, ST_Area(p) AS area,
			CASE WHEN ST_Area(p) > 200 THEN ST_CollectionExtract(ST_MakeValid(ST_SnapToGrid(p, 0.5)), 3) END AS room
		FROM plane, frame, ST_Affine(g, scale, 0, 0, scale, dx, dy) AS p)
	SELECT i::integer, p, CASE WHEN ST_Dimension(p) = 2 THEN nullif(ST_AsSVG(ST_SnapToGrid(p, 0.1), 1, 1), '') END, area,
		box(point(ST_XMax(p), -ST_YMin(p)), point(ST_XMin(p), -ST_YMax(p))),
		CASE WHEN ST_Area(room) > 100 THEN
			(SELECT circle(point(ST_X(center), -ST_Y(center) / 3), radius) FROM ST_MaximumInscribedCircle(ST_Scale(room, 1, 3))) END,
		CASE WHEN ST_Area(room) > 100 THEN
			(SELECT circle(point(ST_X(center), -ST_Y(center) / 1.4), radius) FROM ST_MaximumInscribedCircle(ST_Scale(room, 1, 1.4))) END
	FROM pixels;
END;
COMMENT ON FUNCTION kz_map_shapes(geometry[], text, float8, float8, float8, float8) IS
'Geometries projected and fitted into a frame of pixels, given by its upper left corner, its width and its greatest height. shape: with y upward and negative; path: for SVG, NULL for points; area and bounds: y downward; wide and round: where a label has most room, the middle and half the width of the widest ellipse inside the shape that is 3 or 1.4 times as wide as high. projection: see kz_svg_map.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_spots(outline geometry, shapes geometry[], width float8, height float8, gap float8) RETURNS box[]
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100000
BEGIN ATOMIC
	SELECT coalesce(array_agg(box(point(ST_XMax(label), -ST_YMin(label)), point(ST_XMin(label), -ST_YMax(label)))
							  ORDER BY covered, round(ST_Distance(outline, label) / (4 * gap)), -ST_Y(middle), abs(ST_X(middle) - ST_X(ST_Centroid(outline))), ST_X(middle)), '{}')
	FROM generate_series(-2, 22) AS across, generate_series(-2, 22) AS upward,
		ST_MakePoint(ST_XMin(outline) + (ST_XMax(outline) - ST_XMin(outline)) * across / 20,
					 ST_YMin(outline) + (ST_YMax(outline) - ST_YMin(outline)) * upward / 20) AS middle,
		ST_Expand(middle, width / 2, height / 2) AS label,
		LATERAL (SELECT count(*) AS covered FROM unnest(shapes) AS s WHERE ST_Intersects(s, label)) AS c
	WHERE NOT ST_DWithin(ST_Boundary(outline), label, gap);
END;
COMMENT ON FUNCTION kz_map_spots(geometry, geometry[], float8, float8, float8) IS
'Where the label of an outline may stand, best first: on empty ground near the outline, high up; otherwise on shapes, but never across the outline.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_labels(labels text[], extras text[], places text[], fills text[], shapes geometry[], bounds box[], wide circle[], round circle[],
	taken box[], canvas box, size float8) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	svg text := '';
	used box[] := taken;
	item integer;
	label text;
	place text;
	colour bytea;
	light text;
	try record;
	lines text[];
	room circle;
	width float8;
	height float8;
	flatness float8;
	candidates box[];
	texts text[];
	styles text[];
	sizes float8[];
	choice integer;
BEGIN
	-- the regions with most room first, then what stands beside a mark, then outlines
	FOR item, label, place IN
		SELECT i, regexp_replace(l, '[[:space:]]+', ' ', 'g'), p FROM unnest(labels, places, wide) WITH ORDINALITY AS t (l, p, w, i)
		WHERE l IS NOT NULL AND (p <> 'inside' OR w IS NOT NULL)
		ORDER BY array_position(ARRAY['inside', 'beside', 'around'], p), radius(w) DESC, i
	LOOP
		candidates := '{}';
		texts := '{}';
		styles := '{}';
		sizes := '{}';
		IF place = 'inside' THEN
			colour := decode(CASE WHEN fills[item] LIKE '#%' THEN substr(fills[item], 2) ELSE 'ffffff' END, 'hex');
			light := CASE WHEN 0.299 * get_byte(colour, 0) + 0.587 * get_byte(colour, 1) + 0.114 * get_byte(colour, 2) < 140
				THEN format('fill="#fff" stroke="%s"', fills[item]) ELSE '' END;
			-- on one line or broken, in full size or smaller; at last, if labels are few, broken and small although it sticks out
			FOR try IN
				SELECT * FROM (VALUES (1, size, false, true), (2, size, true, true), (3, 0.85 * size, false, true), (4, 0.85 * size, true, true), (5, 0.85 * size, true, false))
					AS t (n, size, broken, fits) ORDER BY n
			LOOP
				room := CASE WHEN try.broken THEN round[item] ELSE wide[item] END;
				flatness := CASE WHEN try.broken THEN 1.4 ELSE 3 END;
				lines := CASE WHEN try.broken THEN kz_svg_lines(label, try.size, 0.6 * kz_svg_text_width(label, try.size)) ELSE ARRAY[label] END;
				lines := array_remove(lines || extras[item], NULL);
				width := (SELECT max(kz_svg_text_width(l, try.size)) FROM unnest(lines) AS l);
				height := 1.15 * try.size * cardinality(lines);
				CONTINUE WHEN room IS NULL OR CASE WHEN try.fits THEN width ^ 2 + (flatness * height) ^ 2 > (2 * radius(room)) ^ 2 ELSE cardinality(labels) > 100 END;
				candidates := candidates || box(point((center(room))[0] + width / 2, (center(room))[1] + height / 2),
												point((center(room))[0] - width / 2, (center(room))[1] - height / 2));
				texts := texts || array_to_string(lines, chr(10));
				styles := styles || CASE WHEN try.fits THEN light ELSE '' END;
				sizes := sizes || try.size;
			END LOOP;
		ELSE
			lines := array_remove(label || extras[item:item], NULL);
			width := (SELECT max(kz_svg_text_width(l, size)) FROM unnest(lines) AS l);
			height := 1.15 * size * cardinality(lines);
			candidates := CASE place
				WHEN 'around' THEN kz_map_spots(shapes[item], shapes, width, height, 0.4 * size)
				ELSE ARRAY(SELECT box(point(x + width / 2, y + height / 2), point(x - width / 2, y - height / 2))
						   FROM (VALUES (1, 1, 0), (2, -1, 0), (3, 0, -1), (4, 0, 1), (5, 1, -1), (6, 1, 1), (7, -1, -1), (8, -1, 1)) AS d (n, dx, dy),
								CAST((center(bounds[item]))[0] + dx * (width / 2 + (0.7 - 0.5 * abs(dy)) * size) AS float8) AS x,
								CAST((center(bounds[item]))[1] + dy * (height / 2 + 0.6 * size) AS float8) AS y
						   ORDER BY n) END;
			texts := array_fill(array_to_string(lines, chr(10)), ARRAY[cardinality(candidates)]);
			styles := array_fill(CASE place WHEN 'around' THEN 'font-weight="700"' ELSE '' END, ARRAY[cardinality(candidates)]);
			sizes := array_fill(size, ARRAY[cardinality(candidates)]);
		END IF;

		-- the first candidate on the canvas that covers no other label and no mark
		choice := (SELECT min(i) FROM unnest(candidates) WITH ORDINALITY AS t (c, i)
				   WHERE canvas @> c AND NOT EXISTS (SELECT FROM unnest(used) AS u WHERE u && c));
		IF choice IS NOT NULL THEN
			used := used || candidates[choice];
			lines := string_to_array(texts[choice], chr(10));
			svg := svg || kz_svg_text((center(candidates[choice]))[0],
				(center(candidates[choice]))[1] + sizes[choice] * (0.35 - 0.575 * (cardinality(lines) - 1)), sizes[choice], styles[choice], lines) || chr(10);
		END IF;
	END LOOP;
	RETURN svg;
END
$$;
COMMENT ON FUNCTION kz_svg_labels(text[], text[], text[], text[], geometry[], box[], circle[], circle[], box[], box, float8) IS
'The labels of a map as text elements, each with its value on a line of its own where extras has one: ''inside'' a region, ''beside'' a mark or ''around'' an outline. A label that has no place without covering another one is left out.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_legend(x float8, y float8, width float8, size float8, title text, fills text[], ranges text[], OUT svg text, OUT bottom float8)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	cell float8 := greatest(7 * size, size + (SELECT max(kz_svg_text_width(regexp_replace(regexp_replace(r, '<[^>]*>', '', 'g'), '&[^;]*;', '-', 'g'), size))
											  FROM unnest(ranges) AS r));
	columns integer := greatest(1, floor(width / cell));
	at_x float8;
BEGIN
	svg := '';
	bottom := y;
	IF title IS NOT NULL THEN
		svg := kz_svg_text(x, y + size, size, 'font-weight="600"', kz_svg_lines(title, size, 'infinity')) || chr(10);
		bottom := y + 1.7 * size;
	END IF;
	FOR i IN 1 .. cardinality(ranges) LOOP
		at_x := x + ((i - 1) % columns) * cell;
		svg := svg || format('<rect x="%s" y="%s" width="%s" height="%s" fill="%s"/><text x="%s" y="%s" font-size="%s">%s</text>',
			round(at_x::numeric, 1), round(bottom::numeric, 1), round((cell - 2)::numeric, 1), round(size::numeric, 1), fills[i],
			round(at_x::numeric, 1), round((bottom + 2.2 * size)::numeric, 1), trim_scale(round(size::numeric, 2)), ranges[i]) || chr(10);
		IF i % columns = 0 OR i = cardinality(ranges) THEN
			bottom := bottom + 3 * size;
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_svg_legend(float8, float8, float8, float8, text, text[], text[]) IS
'The legend of a map: a title and, for every class, a box with its range, which is markup, in as many rows as the width needs; and where it ends.';

-- Since: 0.1.0
CREATE FUNCTION kz_map_check(geometries geometry[], labels text[], "values" float8[], outlines geometry[], outline_labels text[],
	breaks float8[], classes integer, palette text, midpoint float8, decimals integer, width integer, projection text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	regions integer := cardinality(geometries);
	state text := 'invalid_parameter_value';
	problem text;
	hint text;
	bad record;
BEGIN
	IF geometries IS NULL OR labels IS NULL OR "values" IS NULL THEN
		state := 'null_value_not_allowed';
		problem := 'geometries, labels and values must not be null';
		hint := 'array_agg() over no rows is null: does the query find any region?';
	ELSIF regions = 0 THEN
		problem := 'there must be at least one region to draw';
		hint := 'Does the query find any region?';
	ELSIF array_ndims(geometries) <> 1 OR array_ndims(labels) IS DISTINCT FROM 1 OR array_ndims("values") IS DISTINCT FROM 1
		OR cardinality(labels) <> regions OR cardinality("values") <> regions THEN
		state := 'array_subscript_error';
		problem := format('geometries, labels and values must be arrays of one dimension and of one length, not of %s, %s and %s elements',
						  regions, cardinality(labels), cardinality("values"));
		hint := 'Make all three with array_agg() in the same query.';
	ELSIF array_ndims(outlines) > 1 OR array_ndims(outline_labels) > 1 OR coalesce(cardinality(outlines), 0) <> coalesce(cardinality(outline_labels), cardinality(outlines), 0) THEN
		state := 'array_subscript_error';
		problem := format('outlines and outline_labels must be arrays of one dimension and of one length, not of %s and %s elements',
						  coalesce(cardinality(outlines), 0), coalesce(cardinality(outline_labels), 0));
		hint := 'Make both with array_agg() in the same query.';
	ELSIF palette NOT IN ('sequential', 'diverging') THEN
		problem := format('palette must not be "%s"', palette);
		hint := 'It is ''sequential'', or ''diverging'' for values on both sides of a midpoint.';
	ELSIF projection NOT IN ('auto', 'conic', 'equirectangular', 'none') THEN
		problem := format('projection must not be "%s"', projection);
		hint := 'It is ''auto'', ''conic'', ''equirectangular'' or ''none''.';
	ELSIF classes NOT BETWEEN 1 AND 9 THEN
		problem := format('number of classes must not be %s', classes);
		hint := 'It is a number from 1 to 9: more colours cannot be told apart.';
	ELSIF decimals NOT BETWEEN 0 AND 15 THEN
		problem := format('number of decimals must not be %s', decimals);
		hint := 'It is a number from 0 to 15.';
	ELSIF width NOT BETWEEN 200 AND 20000 THEN
		problem := format('width must not be %s', width);
		hint := 'It is a number of pixels from 200 to 20000.';
	ELSIF NOT abs(midpoint) < 'infinity' THEN
		problem := format('midpoint must not be %s', midpoint);
		hint := 'It is a finite number.';
	ELSIF array_ndims(breaks) > 1 OR cardinality(breaks) > 8 THEN
		problem := 'breaks must be an array of one dimension and at most 8 elements';
		hint := 'Breaks lie between classes, and more than 9 classes cannot be told apart.';
	ELSIF EXISTS (SELECT FROM unnest(breaks) WITH ORDINALITY AS t (b, i) LEFT JOIN unnest(breaks) WITH ORDINALITY AS u (next, j) ON j = i + 1
				  WHERE b IS NULL OR NOT abs(b) < 'infinity' OR b >= next) THEN
		problem := format('breaks must be finite numbers in ascending order, not %s', breaks);
		hint := 'For example ''{0.5,1,1.5,2}''.';
	ELSIF array_position(labels, NULL) IS NOT NULL THEN
		state := 'null_value_not_allowed';
		problem := format('label of region %s must not be null', array_position(labels, NULL));
		hint := 'Leave such rows out with WHERE, or give them a label with coalesce().';
	END IF;
	IF problem IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = state, MESSAGE = problem, HINT = hint;
	END IF;

	SELECT l COLLATE "C" AS label INTO bad FROM unnest(labels) AS l GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'unique_violation',
			MESSAGE = format('region "%s" appears more than once', bad.label),
			HINT = 'A map shows one value of a region: choose one period and one industry with WHERE.';
	END IF;
	SELECT l COLLATE "C" AS label, v AS value INTO bad
	FROM unnest(labels, "values") AS t (l, v) WHERE NOT abs(v) < 'infinity' ORDER BY 1 LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'numeric_value_out_of_range',
			MESSAGE = format('value of region "%s" must be a finite number, not %s', bad.label, bad.value),
			HINT = 'Use NULL where there is no value.';
	END IF;

	SELECT fault, format('%s "%s"', CASE WHEN item <= regions THEN 'region' ELSE 'outline' END, label) AS what, kind, srid, first_label, first_srid INTO bad
	FROM (SELECT i.*, label, first_value(label) OVER w AS first_label, first_value(srid) OVER w AS first_srid,
			CASE WHEN kind IS NULL THEN 1
				 WHEN kind NOT IN ('polygon', 'multipolygon', 'curvepolygon', 'multisurface') AND (kind NOT IN ('point', 'multipoint') OR item > regions) THEN 2
				 WHEN NOT greatest(abs(low[0]), abs(low[1]), abs(high[0]), abs(high[1])) < 'infinity' THEN 3
				 WHEN srid <> first_value(srid) OVER w THEN 4
				 WHEN geographic AND (greatest(abs(low[0]), abs(high[0])) > 360 OR greatest(abs(low[1]), abs(high[1])) > 90) THEN 5
			END AS fault
		  FROM kz_map_items(geometries || outlines) AS i,
			CAST(bounds[1] AS point) AS low, CAST(bounds[0] AS point) AS high,
			CAST(coalesce(CASE WHEN item <= regions THEN labels[item] ELSE outline_labels[item - regions] END, (item - regions)::text) COLLATE "C" AS text) AS label
		  WINDOW w AS (ORDER BY item > regions, label)) AS checked
	WHERE fault IS NOT NULL
	ORDER BY fault, item > regions, label
	LIMIT 1;
	CASE bad.fault
		WHEN 1 THEN
			RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
				MESSAGE = format('geometry of %s must not be null', bad.what),
				HINT = 'Leave it out with WHERE ... IS NOT NULL, or find out why it has no geometry.';
		WHEN 2 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of %s must not be %s', bad.what, CASE bad.kind WHEN 'empty' THEN 'empty' ELSE 'a ' || bad.kind END),
				HINT = 'Regions are polygons, or points, which are drawn as dots; outlines are polygons.';
		WHEN 3 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of %s has a coordinate that is not finite', bad.what),
				HINT = 'Correct the geometry.';
		WHEN 4 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometries must have one SRID: %s has %s, but "%s" has %s', bad.what, bad.srid, bad.first_label, bad.first_srid),
				HINT = 'Transform them with ST_Transform(), or correct a wrong SRID with ST_SetSRID().';
		WHEN 5 THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
				MESSAGE = format('geometry of %s lies outside the range of longitude and latitude', bad.what),
				HINT = format('SRID %s means degrees: set the SRID that the coordinates really have with ST_SetSRID().', bad.srid);
		ELSE
	END CASE;
END
$$;
COMMENT ON FUNCTION kz_map_check(geometry[], text[], float8[], geometry[], text[], float8[], integer, text, float8, integer, integer, text) IS
'Raises an error where arguments of kz_svg_map cannot be drawn, naming the first label concerned in bytewise order.';

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
	regions integer := cardinality(geometries);
	names text[];
	figures float8[];
	drawn geometries%TYPE;
	frame_names text[];
	frames geometries%TYPE;
	size float8;				-- of the letters
	margin float8;
	room float8;				-- between the margins
	class record;
	fills text[];
	tips text[];
	shapes geometries%TYPE;
	paths text[];
	areas float8[];
	bounds box[];
	wide circle[];
	round circle[];
	small float8;
	marked boolean[];
	bottom float8;				-- of the map
	id text;					-- tells the maps of one document apart
	map text;
	page text := '';
	part record;
	y float8;
BEGIN
	PERFORM kz_map_check(geometries, labels, "values", outlines, outline_labels, breaks, classes, palette, midpoint, decimals, width, projection);
	width := coalesce(width, 960);
	no_data := coalesce(no_data, 'no data');
	size := greatest(width / 80.0, 9);
	margin := 2 * size;
	room := width - 2 * margin;

	-- one order, whatever the order of the rows
	SELECT array_agg(l ORDER BY l), array_agg(v ORDER BY l), array_agg(g ORDER BY l) INTO names, figures, drawn
	FROM unnest(labels, "values", geometries) AS t (label, v, g), CAST(label COLLATE "C" AS text) AS l;
	SELECT array_agg(l ORDER BY l, g), array_agg(g ORDER BY l, g) INTO frame_names, frames
	FROM unnest(outline_labels, outlines) AS t (label, g), CAST(label COLLATE "C" AS text) AS l;

	-- shapes: those of the regions, then those of the outlines; a region too small to be seen gets a mark
	SELECT array_agg(s.shape ORDER BY s.item), array_agg(s.path ORDER BY s.item), array_agg(s.area ORDER BY s.item),
		array_agg(s.bounds ORDER BY s.item), array_agg(s.wide ORDER BY s.item), array_agg(s.round ORDER BY s.item)
	INTO shapes, paths, areas, bounds, wide, round
	FROM kz_map_shapes(drawn || frames, coalesce(projection, 'auto'), margin, size, room, 0.8 * width) AS s;
	bottom := size + (SELECT max((b[0])[1]) FROM unnest(bounds) AS b);
	small := least((1.3 * size) ^ 2, (SELECT sum(a) / count(*) / 10 FROM unnest(areas[:regions]) AS a WHERE a > 0));
	marked := ARRAY(SELECT a = 0 OR (a < small AND greatest(width(b), height(b)) < 2 * size) FROM unnest(areas[:regions], bounds) WITH ORDINALITY AS t (a, b, i) WHERE i <= regions ORDER BY i);
	id := 'kz' || left(md5(array_to_string(paths || names, ' ')), 10);

	-- values: classes, colours, tips
	SELECT * INTO class FROM kz_map_classes(figures, breaks, coalesce(classes, 5), coalesce(palette, 'sequential'), coalesce(midpoint, 1), decimals);
	fills := ARRAY(SELECT coalesce(class.colours[width_bucket(f, class.cuts) + 1], format('url(#%s-none)', id)) FROM unnest(figures) WITH ORDINALITY AS t (f, i) ORDER BY i);
	tips := ARRAY(SELECT format('<title>%s: %s</title>', kz_svg_escape(n), coalesce(round(f::numeric, class.digits)::text, kz_svg_escape(no_data)))
				  FROM unnest(names, figures) WITH ORDINALITY AS t (n, f, i) ORDER BY i);
	IF array_position(figures, NULL) IS NOT NULL THEN
		small := (SELECT count(*) FROM unnest(figures) AS f WHERE f IS NULL);
		IF small = regions THEN
			class.colours := '{}';
			class.ranges := '{}';
		END IF;
		class.colours := class.colours || format('url(#%s-none)', id);
		class.ranges := class.ranges || format('%s <tspan fill="#6b7280">(%s)</tspan>', kz_svg_escape(no_data), small);
	END IF;

	-- the map: a rim around all regions, the regions (with grey borders where they are too pale for white ones), outlines,
	-- marks, labels
	map := format('<defs><pattern id="%1$s-none" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
			|| '<rect width="6" height="6" fill="#eceef1"/><path d="M1.5 0V6" stroke="#b4bac4" stroke-width="1.5"/></pattern></defs>%5$s'
			|| '<use xlink:href="#%1$s" stroke="#6b7280" stroke-width="%2$s"/>%5$s<g stroke="#fff" stroke-width="%3$s"><g id="%1$s" stroke-linejoin="round" fill-rule="evenodd">%5$s%4$s</g></g>%5$s',
		id, round((size / 6)::numeric, 1), round((size / 15)::numeric, 1),
		(SELECT string_agg(format('<path d="%s" fill="%s"%s>%s</path>', path, fill,
								  CASE WHEN fill LIKE '#%' AND substr(fill, 4, 2) COLLATE "C" < 'd0' THEN '' ELSE ' stroke="#6b7280"' END, tip) || chr(10), '' ORDER BY i)
		 FROM unnest(paths[:regions], fills, tips) WITH ORDINALITY AS t (path, fill, tip, i)
		 WHERE path IS NOT NULL), chr(10));
	IF frames IS NOT NULL THEN
		map := map || format('<g fill="none" stroke-linejoin="round"><g stroke="#fff" stroke-width="%1$s">%4$s%3$s</g><g stroke="#111827" stroke-width="%2$s">%4$s%3$s</g></g>%4$s',
			round((size / 2.4)::numeric, 1), round((size / 5)::numeric, 1),
			(SELECT string_agg(format('<path d="%s"/>', path) || chr(10), '' ORDER BY i) FROM unnest(paths[regions + 1:]) WITH ORDINALITY AS t (path, i)), chr(10));
	END IF;
	IF true = ANY (marked) THEN
		map := map || format('<g stroke="#1f2937" stroke-width="%1$s">%3$s%2$s</g>%3$s', round((size / 10)::numeric, 1),
			(SELECT string_agg(format('<circle cx="%s" cy="%s" r="%s" fill="%s">%s</circle>', round((center(b))[0]::numeric, 1), round((center(b))[1]::numeric, 1),
									  round((size / 2)::numeric, 1), fill, tip) || chr(10), '' ORDER BY i)
			 FROM unnest(bounds[:regions], marked, fills, tips) WITH ORDINALITY AS t (b, mark, fill, tip, i)
			 WHERE mark), chr(10));
	END IF;
	map := map || format('<g text-anchor="middle" stroke="#fff" stroke-width="%s" stroke-linejoin="round" paint-order="stroke" pointer-events="none">%s%s</g>%2$s',
		round((size / 4)::numeric, 1), chr(10),
		kz_svg_labels(CASE WHEN show_labels IS NOT FALSE THEN names ELSE array_fill(NULL::text, ARRAY[regions]) END || frame_names,
			CASE WHEN show_values THEN ARRAY(SELECT round(f::numeric, class.digits)::text FROM unnest(figures) WITH ORDINALITY AS t (f, i) ORDER BY i) END,
			ARRAY(SELECT CASE WHEN i > regions THEN 'around' WHEN marked[i] THEN 'beside' ELSE 'inside' END
				  FROM generate_series(1, cardinality(paths)) AS i ORDER BY i),
			fills, shapes, bounds, wide, round,
			ARRAY(SELECT box(point((center(b))[0] + size / 2, (center(b))[1] + size / 2), point((center(b))[0] - size / 2, (center(b))[1] - size / 2))
				  FROM unnest(bounds, marked) AS t (b, mark) WHERE mark),
			box(point(width, bottom), point(0, 0)), size));

	-- the page: title and subtitle, map, legend, source
	y := 1.5 * size;
	FOR part IN
		SELECT lines, style, letters FROM (VALUES (1, title, 'font-weight="700"', 1.9 * size), (2, subtitle, 'fill="#4b5563"', 1.2 * size)) AS t (n, content, style, letters),
			kz_svg_lines(content, letters, room) AS lines
		WHERE content <> '' ORDER BY n
	LOOP
		page := page || kz_svg_text(margin, y + part.letters, part.letters, part.style, part.lines) || chr(10);
		y := y + part.letters * (0.3 + 1.15 * cardinality(part.lines));
	END LOOP;
	page := page || format('<g transform="translate(0 %s)">%s%s</g>%2$s', round(y::numeric, 1), chr(10), map);
	SELECT * INTO part FROM kz_svg_legend(margin, y + bottom, room, size, legend, class.colours, class.ranges);
	page := page || part.svg;
	y := part.bottom;
	IF source <> '' THEN
		names := kz_svg_lines(source, 0.9 * size, room);
		page := page || kz_svg_text(margin, y + 1.2 * size, 0.9 * size, 'fill="#6b7280"', names) || chr(10);
		y := y + 1.2 * size + size * cardinality(names);
	END IF;
	y := y + 0.5 * margin;
	RETURN format('<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="%1$s" height="%2$s" viewBox="0 0 %1$s %2$s" role="img" aria-label="%3$s"'
			|| ' font-family="''Helvetica Neue'', Helvetica, Arial, ''Liberation Sans'', ''Noto Sans'', ''DejaVu Sans'', sans-serif" fill="#1f2937">%6$s%4$s<rect width="%1$s" height="%2$s" fill="#fff"/>%6$s%5$s</svg>%6$s',
		width, round(y::numeric), kz_svg_escape(coalesce(nullif(concat_ws('. ', nullif(title, ''), nullif(subtitle, '')), ''), nullif(legend, ''), 'map')), '<title>' || kz_svg_escape(nullif(title, '')) || '</title>' || chr(10), page, chr(10));
END
$$;
COMMENT ON FUNCTION kz_svg_map(geometry[], text[], float8[], text, text, text, text, float8[], integer, text, float8, integer, text, boolean, boolean, geometry[], text[], integer, text) IS
'A choropleth map as one complete SVG document, the same for any order of the arrays: SELECT kz_svg_map(array_agg(geom), array_agg(name), array_agg(value), title => ''...'') FROM ... . geometries: polygons of one SRID, or points, which become dots as regions do that are too small to be seen. labels: unique. values: NULL is drawn hatched and called no_data in the legend. title, subtitle, source, legend (its heading): texts. breaks: where one value class ends and the next one begins, ascending; a value equal to a break is in the class above it. Without them, classes: how many quantile classes (1 to 9). palette: ''sequential'', or ''diverging'' with blues below the midpoint and oranges from it on. decimals: of values and computed breaks; otherwise as many as tell the values apart. show_labels, show_values: write the label, its value, where there is room; both are tooltips in any case. outlines, outline_labels: polygons drawn as thick outlines on top, such as clusters of regions. width: in pixels; the height follows. projection, of longitude and latitude: ''conic'', Albers'' equal-area conic around the middle of the map, ''equirectangular'', degrees scaled to be true at the middle latitude, or ''none''; ''auto'' is conic on one side of the equator and equirectangular across it, and coordinates of another SRID are drawn as they are. A NULL option is its default. Errors name the label concerned.';
