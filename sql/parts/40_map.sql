--
-- map: choropleth maps as SVG
--
-- What needs PostGIS is an SQL function, bound when it is created; the page is put together in PL/pgSQL.
-- Texts the server writes itself are ASCII with character references, so that any database encoding will do.
--

-- Since: 0.1.0
CREATE FUNCTION kz_svg_escape(content text)
RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT replace(replace(replace(replace(replace(
		translate(regexp_replace(content, '[[:cntrl:]]', ' ', 'g'), chr(unicode) || chr(unicode + 1), '  '),
		'&', '&amp;'), '<', '&lt;'), '>', '&gt;'), '"', '&quot;'), '''', '&#39;')
	FROM (SELECT CASE getdatabaseencoding() WHEN 'UTF8' THEN 65534 ELSE 30 END AS unicode) AS no_characters;
END;
COMMENT ON FUNCTION kz_svg_escape(text) IS
'A text made safe for the content and the attributes of SVG, XML and HTML. Control characters, which XML does not allow, become blanks.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_number(number float8, decimals integer)
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT round(number::numeric, decimals)::text;
END;
COMMENT ON FUNCTION kz_svg_number(float8, integer) IS
'A number with so many digits after the point, whatever the locale.';

-- Since: 0.1.0
CREATE FUNCTION kz_svg_text_width(content text, size float8)
RETURNS float8
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
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
CREATE FUNCTION kz_svg_lines(content text, size float8, width float8)
RETURNS text[]
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
CREATE FUNCTION kz_svg_text(x float8, y float8, size float8, attributes text, lines text[])
RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT format('<text x="%s" y="%s" font-size="%s"%s>%s</text>', kz_svg_number(x, 1), kz_svg_number(y, 1),
		trim_scale(size::numeric), ' ' || nullif(attributes, ''),
		string_agg(CASE WHEN i = 1 THEN kz_svg_escape(line)
			ELSE format('<tspan x="%s" dy="1.15em">%s</tspan>', kz_svg_number(x, 1), kz_svg_escape(line)) END, '' ORDER BY i))
	FROM unnest(lines) WITH ORDINALITY AS l(line, i);
END;
COMMENT ON FUNCTION kz_svg_text(float8, float8, float8, text, text[]) IS
'Lines of text as an SVG element; x and y are those of the first line''s base line.';

