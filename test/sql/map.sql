-- kz_svg_map and what it is made of
SET client_min_messages = warning;
SET extra_float_digits = 1;
\getenv inputdir PG_ABS_SRCDIR
\set error :inputdir '/error.sql'
\i :error
CREATE FUNCTION pg_temp.occurrences(svg text, pattern text) RETURNS bigint LANGUAGE sql AS $$ SELECT count(*) FROM regexp_matches(svg, pattern, 'g') $$;
-- start tags, end tags and empty elements are in balance, and & and < stand for nothing else
CREATE FUNCTION pg_temp.well_formed(svg text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  inner_svg text := btrim(svg, E'\n');
  before text;
BEGIN
  LOOP
    before := inner_svg;
    inner_svg := regexp_replace(inner_svg, $re$<[a-z]+(?: [a-z:A-Z-]+="[^"<>]*")*/>$re$, '', 'g');
    inner_svg := regexp_replace(inner_svg, $re$<([a-z]+)(?: [a-z:A-Z0-9-]+="[^"<>]*")*>[^<>]*</\1>$re$, '', 'g');
    EXIT WHEN inner_svg = before;
  END LOOP;
  RETURN inner_svg = '' AND svg !~ '&(?!(amp|lt|gt|quot|#39|#8211|#8805);)';
END $$;

-- four squares: below and at a break, above all breaks, no data
CREATE TABLE square (label text, value float8, geom geometry);
INSERT INTO square VALUES ('sw', 0.5, ST_MakeEnvelope(0, 0, 1, 1, 3857)), ('se', 1, ST_MakeEnvelope(1, 0, 2, 1, 3857)),
  ('nw', 7.25, ST_MakeEnvelope(0, 1, 1, 2, 3857)), ('ne', NULL, ST_MakeEnvelope(1, 1, 2, 2, 3857));
\pset format unaligned
\pset tuples_only
SELECT kz_svg_map(array_agg(geom), array_agg(label), array_agg(value), title => 'Four squares', subtitle => 'by hand', source => 'Source: none', legend => 'Value',
  breaks => '{1,2.5}', show_labels => false, width => 800) FROM square;
\pset format aligned
\pset tuples_only off

-- the order of the rows does not matter, nor the locale, nor how floats are printed
CREATE FUNCTION pg_temp.map(ordering text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE svg text;
BEGIN
  EXECUTE format('SELECT kz_svg_map(array_agg(geom ORDER BY %1$s), array_agg(label ORDER BY %1$s), array_agg(value ORDER BY %1$s), classes => 3,
    outlines => (SELECT array_agg(geom ORDER BY %1$s) FROM square), outline_labels => (SELECT array_agg(label ORDER BY %1$s) FROM square)) FROM square', ordering) INTO svg;
  RETURN svg;
END $$;
SELECT pg_temp.map('label') = pg_temp.map('value') AS by_value, pg_temp.map('label') = pg_temp.map('geom DESC') AS by_geometry,
  pg_temp.well_formed(pg_temp.map('label')) AS well_formed;
SELECT pg_temp.map('label') AS map \gset
SET extra_float_digits = -10;
SET lc_numeric = 'C.UTF-8';
SELECT pg_temp.map('label') = :'map' AS settings;
RESET lc_numeric;
SET extra_float_digits = 1;

-- what is in a map: regions, tips, labels, marks, outlines, classes
WITH map AS (SELECT pg_temp.map('label') AS svg)
SELECT pg_temp.occurrences(svg, '<path d="[^"]*" fill="[^"]*"[^>]*><title>') AS regions, pg_temp.occurrences(svg, '<circle') AS marks,
  pg_temp.occurrences(svg, '<path d="[^"]*"/>') AS outlines_twice, pg_temp.occurrences(svg, '<text[^>]*>(sw|se|nw|ne)</text>') AS labels,
  pg_temp.occurrences(svg, 'font-weight="700">(sw|se|nw|ne)</text>') AS outline_labels, pg_temp.occurrences(svg, '<rect [^>]*/><text') AS boxes,
  svg ~ '<title>nw: 7.25</title>' AS tip, svg ~ '<title>ne: no data</title>' AS no_data, svg ~ 'role="img" aria-label=' AS role FROM map;
SELECT (regexp_matches(kz_svg_map(array_agg(geom), array_agg(label), array_agg(value), show_values => true, decimals => 1), '<text[^>]*>((?:sw|se|nw|ne)<tspan.*?)</text>', 'g'))[1]
  ~ '^(sw<tspan.*>0.5|se<tspan.*>1.0|nw<tspan.*>7.3|ne$)' AS values FROM square;

-- a region too small to be seen, and points, are dots with a label beside them
SELECT pg_temp.occurrences(svg, '<circle [^>]*><title>(tiny: 1.00|point: 2.00)</title></circle>') AS dots, pg_temp.occurrences(svg, '<path d="M[^>]*><title>') AS paths,
  pg_temp.occurrences(svg, '<text[^>]*>(tiny|point|big)</text>') >= 2 AS labels, pg_temp.well_formed(svg) AS well_formed
FROM kz_svg_map(ARRAY[ST_MakeEnvelope(0, 0, 100, 100), ST_MakeEnvelope(50, 50, 50.5, 50.5), ST_MakePoint(20, 20)], '{big,tiny,point}', '{0,1,2}') AS svg;
SELECT pg_temp.occurrences(svg, '<circle') AS dots, pg_temp.occurrences(svg, '<path d="M [0-9]') AS paths, pg_temp.well_formed(svg) AS well_formed
FROM kz_svg_map(ARRAY[ST_MakePoint(1, 1)], '{alone}', '{NULL}') AS svg;

-- texts are texts: nothing of a label, title or unit is markup, in the content or in an attribute
SELECT kz_svg_escape(E'<a href="x">&\'\x01\n' || 'Қазақстан');
SELECT pg_temp.well_formed(svg) AS well_formed, svg ~ 'aria-label="&lt;/svg&gt;&quot;&#39;&amp;amp;. &lt;script&gt;"' AS title, svg ~ '<title>&lt;/title&gt;&lt;x y=&quot;z&quot;&gt;  : &lt;none&gt;</title>' AS tip,
  svg ~ '<(script|x)' AS leak, svg ~ '[[:cntrl:]]' AND replace(svg, chr(10), '') !~ '[[:cntrl:]]' AS only_line_ends
FROM kz_svg_map(ARRAY[ST_MakeEnvelope(0, 0, 9, 9)], ARRAY['</title><x y="z">' || chr(7) || chr(10)], ARRAY[NULL::float8], title => '</svg>"''&amp;', subtitle => '<script>',
  source => '<script>', legend => '<script>', no_data => '<none>', outlines => ARRAY[ST_MakeEnvelope(0, 0, 9, 9)], outline_labels => ARRAY['<script>']) AS svg;
SELECT pg_temp.well_formed(kz_svg_map(ARRAY[ST_MakeEnvelope(0, 0, 9, 9)], ARRAY[repeat('long ', 2000)], '{1}', title => repeat('very ', 500), legend => '', source => '')) AS long_texts;
SELECT kz_svg_lines(E' one two\t\nthree  ', 10, 45), kz_svg_lines('', 10, 45), kz_svg_lines('unbreakable', 10, 1);

-- classes: a value equal to a break is in the class above it
SELECT cuts, digits, colours, regexp_replace(array_to_string(ranges, ' | '), ' <[^>]*>|<[^>]*>', ' ', 'g') AS ranges
FROM (VALUES (1, ARRAY[0.4, 0.5, 0.99, 1, 1.5, 2, 3], ARRAY[0.5, 1, 1.5, 2], 5, 'diverging', NULL),
  (2, ARRAY[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], NULL, 5, 'sequential', NULL),
  (3, ARRAY[0.1, 0.2, 0.7, 0.9, 1, 1.2, 1.9, 2.5], NULL, 5, 'diverging', NULL),
  (4, ARRAY[1, 1, 1, 1, 2], NULL, 5, 'sequential', NULL),
  (5, ARRAY[3.5, 3.5], NULL, 5, 'sequential', NULL),
  (6, ARRAY[10000, 20000.4, 123456.7], NULL, 1, 'sequential', NULL),
  (7, ARRAY[0.00012, 0.00013], NULL, 2, 'sequential', NULL),
  (8, ARRAY[1.234, 5.678], ARRAY[2], 5, 'sequential', 1),
  (9, ARRAY[NULL, 0, -0.0, NULL], NULL, 5, 'diverging', NULL),
  (10, NULL::float8[], NULL, 5, 'sequential', NULL),
  (11, ARRAY[0.8, 1.2], ARRAY[0.9, 1.1], 5, 'diverging', NULL)) AS t (n, figures, breaks, classes, palette, decimals), kz_map_classes(figures, breaks, classes, palette, 1, decimals)
ORDER BY n;
-- quantiles fill their classes evenly, whatever the values
SELECT classes, min(number) >= 100 / classes - 1 AND max(number) <= 100 / classes + 2 AS even, count(*) = classes AS all_classes
FROM (SELECT classes, width_bucket(v, cuts) AS class, count(*) AS number
      FROM generate_series(1, 9) AS classes, LATERAL (SELECT array_agg(i ^ 2.5 / 7) AS figures FROM generate_series(1, 100) i) AS f,
        kz_map_classes(figures, NULL, classes, 'sequential', 1, NULL), unnest(figures) AS v GROUP BY 1, 2) AS c
GROUP BY classes ORDER BY classes;
-- the colours of two classes differ in lightness too, in that order
SELECT classes, bool_and(light < before) AS darker
FROM (SELECT classes, light, lag(light) OVER (PARTITION BY classes ORDER BY i) AS before
      FROM generate_series(2, 9) AS classes, kz_map_classes(ARRAY(SELECT g::float8 FROM generate_series(1, 100) g), NULL, classes, 'sequential', 1, NULL),
        unnest(colours) WITH ORDINALITY AS c (colour, i), decode(substr(colour, 2), 'hex') AS rgb,
        CAST(0.299 * get_byte(rgb, 0) + 0.587 * get_byte(rgb, 1) + 0.114 * get_byte(rgb, 2) AS float8) AS light) AS l
GROUP BY classes ORDER BY classes;

-- projections: a degree east is as wide as at the middle latitude, the 180th meridian does not tear a map apart, a cone keeps areas
SELECT projection, round((ST_XMax(shape) - ST_XMin(shape))::numeric, 2) AS width, round((ST_YMax(shape) - ST_YMin(shape))::numeric, 2) AS height
FROM (VALUES ('none'), ('equirectangular')) v (projection),
  kz_map_shapes(ARRAY[ST_MakeEnvelope(10, 59, 14, 61, 4326)], projection, 0, 0, 600, 600) ORDER BY 1;
SELECT item, round(ST_XMin(shape)::numeric, 2) AS west, round(ST_XMax(shape)::numeric, 2) AS east
FROM kz_map_shapes(ARRAY[ST_MakeEnvelope(178, -1, 180, 1, 4326), ST_MakeEnvelope(-180, -1, -178, 1, 4326)], 'auto', 0, 0, 400, 1000) ORDER BY 1;
SELECT abs(max(s.area) FILTER (WHERE s.item = 2) / max(s.area) FILTER (WHERE s.item = 1) / (a[2] / a[1]) - 1) < 0.001 AS equal_area,
  abs(max(e.area) FILTER (WHERE e.item = 2) / max(e.area) FILTER (WHERE e.item = 1) / (a[2] / a[1]) - 1) < 0.1 AS equal_area_of_degrees
FROM (SELECT array_agg(ST_Segmentize(g, 0.05) ORDER BY i) AS g, array_agg(ST_Area(ST_Segmentize(g, 0.05)::geography) ORDER BY i) AS a
      FROM (VALUES (1, ST_MakeEnvelope(50, 40, 52, 42, 4326)), (2, ST_MakeEnvelope(80, 53, 84, 56, 4326))) v (i, g)) AS v,
  kz_map_shapes(g, 'auto', 0, 0, 900, 900) AS s, kz_map_shapes(g, 'equirectangular', 0, 0, 900, 900) AS e
GROUP BY a;
-- curves, parts, holes, three dimensions, a border that crosses itself
SELECT pg_temp.well_formed(svg) AS well_formed, pg_temp.occurrences(svg, '<path d="M[^>]*><title>') AS paths
FROM kz_svg_map(ARRAY['CURVEPOLYGON(CIRCULARSTRING(0 0,4 0,4 4,0 4,0 0))'::geometry, 'MULTIPOLYGON Z(((5 0 1,6 0 1,6 1 1,5 0 1)),((7 0 1,9 0 1,9 3 1,7 0 1)))',
  'POLYGON((10 0,19 0,19 9,10 9,10 0),(11 1,12 1,12 2,11 1))', 'POLYGON((20 0,21 1,21 0,20 1,20 0))'], '{a,b,c,d}', '{1,2,3,4}',
  outlines => ARRAY['POLYGON((20 0,21 1,21 0,20 1,20 0))'::geometry], outline_labels => '{e}') AS svg;
-- NULL options are the defaults
SELECT kz_svg_map(array_agg(geom), array_agg(label), array_agg(value), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
  = kz_svg_map(array_agg(geom), array_agg(label), array_agg(value)) AS defaults FROM square;
-- for anybody, with nothing in the search path
CREATE ROLE regress_kz_mapper;
GRANT SELECT ON square TO regress_kz_mapper;
SET ROLE regress_kz_mapper;
SET search_path = pg_catalog, pg_temp;
SELECT public.kz_svg_map(array_agg(geom), array_agg(label), array_agg(value), classes => 3, outlines => (SELECT array_agg(geom) FROM public.square),
  outline_labels => (SELECT array_agg(label) FROM public.square)) = :'map' AS same FROM public.square;
RESET search_path;
RESET ROLE;

-- errors
\pset tuples_only
CREATE FUNCTION pg_temp.refuse(arguments text, geometries text DEFAULT 'array_agg(geom)', labels text DEFAULT 'array_agg(label)', figures text DEFAULT 'array_agg(value)')
RETURNS text LANGUAGE sql AS $$ SELECT pg_temp.error(format('SELECT kz_svg_map(%s, %s, %s%s) FROM square', geometries, labels, figures, ', ' || nullif(arguments, ''))) $$;
SELECT pg_temp.refuse('', geometries => 'NULL');
SELECT pg_temp.refuse('', labels => 'NULL');
SELECT pg_temp.refuse('', figures => 'NULL');
SELECT pg_temp.error('SELECT kz_svg_map(array_agg(geom), array_agg(label), array_agg(value)) FROM square WHERE false');
SELECT pg_temp.refuse('', '''{}''', '''{}''', '''{}''');
SELECT pg_temp.refuse('', labels => '''{a,b,c}''');
SELECT pg_temp.refuse('', figures => '''{{1,2},{3,4}}''');
SELECT pg_temp.refuse('', labels => '''{a,b,NULL,d}''');
SELECT pg_temp.refuse('', labels => '''{b,a,b,a}''');
SELECT pg_temp.refuse('', labels => '''{қ,c,b,a}''', figures => '''{Infinity,NaN,-Infinity,1}''');
SELECT pg_temp.refuse('', labels => '''{d,c,b,a}''', geometries => 'array_agg(CASE WHEN label = ''sw'' THEN geom END)');
SELECT pg_temp.refuse('', labels => '''{d,c,b,a}''', geometries => 'ARRAY[''POINT EMPTY''::geometry, ''POINT(0 0)'', ''LINESTRING(0 0,1 1)'', ''POINT(0 0)'']');
SELECT pg_temp.refuse('', labels => '''{d,c,b,a}''', geometries => 'ARRAY[''POINT EMPTY''::geometry, ''POINT(0 0)'', ''POINT(0 0)'', ''POINT(0 0)'']');
SELECT pg_temp.refuse('', labels => '''{d,c,b,a}''', geometries => 'ARRAY[ST_MakePoint(0, ''Infinity''), ''POINT(0 0)'', ''POINT(0 0)'', ''POINT(0 0)'']');
SELECT pg_temp.refuse('', labels => '''{d,c,b,a}''', geometries => 'ARRAY[''SRID=3857;POINT(0 0)''::geometry, ''SRID=4326;POINT(0 0)'', ''SRID=3857;POINT(0 0)'', ''SRID=3857;POINT(0 0)'']');
SELECT pg_temp.refuse('', labels => '''{d,c,b,a}''', geometries => 'array_agg(ST_SetSRID(ST_Translate(geom, 0, 90), 4326))');
SELECT pg_temp.refuse('outlines => ARRAY[''SRID=3857;POLYGON((0 0,1 0,1 1,0 0))''::geometry, NULL]');
SELECT pg_temp.refuse('outlines => ARRAY[''POLYGON((0 0,1 0,1 1,0 0))''::geometry], outline_labels => ''{"the outline"}''');
SELECT pg_temp.refuse('outlines => ARRAY[''SRID=3857;POINT(0 0)''::geometry], outline_labels => ''{NULL}''');
SELECT pg_temp.refuse('outlines => array_agg(geom), outline_labels => ''{a}''');
SELECT pg_temp.refuse('outline_labels => ''{a}''');
SELECT pg_temp.refuse('palette => ''rainbow''');
SELECT pg_temp.refuse('projection => ''mercator''');
SELECT pg_temp.refuse('classes => ' || n) FROM (VALUES (0), (10)) v (n);
SELECT pg_temp.refuse('decimals => ' || n) FROM (VALUES (-1), (16)) v (n);
SELECT pg_temp.refuse('width => ' || n) FROM (VALUES (199), (20001)) v (n);
SELECT pg_temp.refuse('midpoint => ''NaN''');
SELECT pg_temp.refuse('breaks => ' || quote_literal(b)) FROM (VALUES ('{2,1}'), ('{1,1}'), ('{1,NULL}'), ('{NaN}'), ('{-Infinity,0}'), ('{{1,2}}'), ('{1,2,3,4,5,6,7,8,9}')) v (b);
\pset tuples_only off

-- a database of another encoding: what the server writes itself is ASCII
SELECT current_database() AS here \gset
CREATE DATABASE regress_kz_map ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0;
\c regress_kz_map
SET client_min_messages = warning;
CREATE EXTENSION kzcluster CASCADE;
SELECT svg ~ '<title>Zürich: no data</title>' AS label, replace(svg, 'Zürich', '') !~ '[^ -~[:cntrl:]]' AS ascii
FROM kz_svg_map(ARRAY[ST_MakeEnvelope(0, 0, 9, 9), ST_MakeEnvelope(9, 0, 18, 9), ST_MakeEnvelope(18, 0, 27, 9)], '{Zürich,Bern,Uri}', '{NULL,1,5}') AS svg;
\c :here
DROP DATABASE regress_kz_map;

SET client_min_messages = warning;
DROP TABLE square;
DROP ROLE regress_kz_mapper;

-- what a reader of the screen says of a map: its title and subtitle, or else its legend
SELECT substring(kz_svg_map(g, '{a}', '{1}', title => t, legend => l) FROM 'aria-label="[^"]*"')
FROM (SELECT ARRAY['SRID=3857;POLYGON((0 0,1 0,1 1,0 0))'::geometry] AS g) AS s, (VALUES ('Output "per head"', 'Tenge'), (NULL, 'Score'), (NULL, NULL)) AS v (t, l);
