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
	below integer := 0;
	above integer;
	steps integer;
	shown integer;
	ramp bytea;
	place float8;
BEGIN
	-- two decimals for a spread of 1 to 10, fewer above and more below
	digits := coalesce(decimals, greatest(0, least(12, 2 - floor(log(nullif(CASE WHEN high > low THEN high - low ELSE abs(high) END, 0)::numeric)))), 0);

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
	SELECT i::integer, CASE WHEN ST_IsEmpty(g) THEN 'empty geometry' ELSE lower(GeometryType(g)) END, ST_SRID(g),
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
	SELECT i::integer, p, ST_AsSVG(ST_SnapToGrid(p, 0.1), 1, 1), area,
		box(point(ST_XMax(p), -ST_YMin(p)), point(ST_XMin(p), -ST_YMax(p))),
		CASE WHEN ST_Area(room) > 100 THEN
			(SELECT circle(point(ST_X(center), -ST_Y(center) / 3), radius) FROM ST_MaximumInscribedCircle(ST_Scale(room, 1, 3))) END,
		CASE WHEN ST_Area(room) > 100 THEN
			(SELECT circle(point(ST_X(center), -ST_Y(center) / 1.4), radius) FROM ST_MaximumInscribedCircle(ST_Scale(room, 1, 1.4))) END
	FROM pixels;
END;
COMMENT ON FUNCTION kz_map_shapes(geometry[], text, float8, float8, float8, float8) IS
'Geometries projected and fitted into a frame of pixels, given by its upper left corner, its width and its greatest height. shape: with y upward and negative; path: for SVG; area and bounds: y downward; wide and round: where a label has most room, the middle and half the width of the widest ellipse inside the shape that is 3 or 1.4 times as wide as high. projection: see kz_svg_map.';

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
		SELECT i, l, p FROM unnest(labels, places, wide) WITH ORDINALITY AS t (l, p, w, i)
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
								CAST((center(bounds[item]))[0] + dx * (width / 2 + 0.7 * size) AS float8) AS x,
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
