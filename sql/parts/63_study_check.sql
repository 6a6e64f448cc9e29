--
-- check of a study: what is odd in the figures that it reads, one row a finding
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_lacking(periods text[]) RETURNS TABLE (number bigint, period text, lacking bigint, detail text)
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
	WITH labels AS (
		SELECT u.label, u.number FROM unnest(periods) WITH ORDINALITY AS u (label, number)
	), form AS (
		SELECT CASE
			WHEN bool_and(l.label ~ '^(1[5-9]|2[0-4])[0-9]{2}[^0-9]?M?(0[1-9]|1[0-2])$') THEN 'month'
			WHEN bool_and(l.label ~ '^((1[5-9]|2[0-4])[0-9]{2}[1-4]|[0-9]{4}[^0-9]?[Qq][1-4])$') THEN 'quarter'
			WHEN bool_and(l.label ~ '^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$') THEN 'day'
			WHEN bool_and(l.label ~ '^[0-9]{1,9}$') THEN 'number' END AS form
		FROM labels AS l
	), days AS (
		SELECT l.label, l.number, f.form, CASE WHEN f.form = 'day' THEN make_date(left(l.label, 4)::integer, substr(l.label, 6, 2)::integer, 1) + right(l.label, 2)::integer - 1 END AS day
		FROM labels AS l CROSS JOIN form AS f
	), monthly AS (
		SELECT bool_and(extract(day FROM d.day + 1) = 1) AS ends, count(DISTINCT extract(day FROM d.day)) = 1 AS same FROM days AS d
	), placed AS (
		SELECT d.label, d.number, CASE WHEN m.ends AND d.form = 'day' THEN 'end of month' WHEN m.same AND d.form = 'day' THEN 'day of month' ELSE d.form END AS form,
			CASE WHEN d.form = 'number' THEN d.label::bigint
				WHEN d.form = 'quarter' THEN 4 * left(d.label, 4)::bigint + right(d.label, 1)::bigint - 1
				WHEN d.form = 'month' THEN 12 * left(d.label, 4)::bigint + right(d.label, 2)::bigint - 1
				WHEN m.ends OR m.same THEN 12 * extract(year FROM d.day)::bigint + extract(month FROM d.day)::bigint - 1
				WHEN d.form = 'day' THEN (d.day - make_date(1, 1, 1))::bigint END AS place
		FROM days AS d CROSS JOIN monthly AS m
	), steps AS (
		SELECT p.label, p.number, p.form, p.place, lead(p.label) OVER o AS next_label, lead(p.place) OVER o - p.place AS step
		FROM placed AS p WINDOW o AS (ORDER BY p.number)
	), usual AS (
		-- the commonest, of several the smallest
		SELECT mode() WITHIN GROUP (ORDER BY s.step) AS step FROM steps AS s HAVING min(s.step) > 0
	), gaps AS (
		SELECT s.number, s.label, s.next_label, s.form, s.step / u.step - 1 AS lacking, s.place + u.step AS first, s.place + s.step - u.step AS last
		FROM steps AS s JOIN usual AS u ON s.step > u.step AND s.step % u.step = 0
	)
	SELECT g.number, min(n.name) FILTER (WHERE n.place = g.first), g.lacking,
		format(CASE g.lacking WHEN 1 THEN 'between %2$s and %3$s' ELSE 'to %1$s, between %2$s and %3$s' END, min(n.name) FILTER (WHERE n.place = g.last), g.label, g.next_label)
	FROM gaps AS g
	CROSS JOIN LATERAL (
		SELECT v.place, CASE g.form
			WHEN 'number' THEN v.place::text
			WHEN 'quarter' THEN (v.place / 4)::text || substr(g.label, 5, length(g.label) - 5) || (v.place % 4 + 1)::text
			WHEN 'month' THEN (v.place / 12)::text || substr(g.label, 5, length(g.label) - 6) || lpad((v.place % 12 + 1)::text, 2, '0')
			WHEN 'day' THEN (make_date(1, 1, 1) + v.place::integer)::text
			WHEN 'day of month' THEN (v.place / 12)::text || '-' || lpad((v.place % 12 + 1)::text, 2, '0') || right(g.label, 3)
			ELSE (make_date((v.place / 12)::integer, (v.place % 12 + 1)::integer, 1) + 31 - extract(day FROM make_date((v.place / 12)::integer, (v.place % 12 + 1)::integer, 1) + 31)::integer)::text END AS name
		FROM (VALUES (g.first), (g.last)) AS v (place)) AS n
	GROUP BY g.number, g.lacking, g.label, g.next_label
	ORDER BY g.number;
END;
COMMENT ON FUNCTION kz_study_lacking(text[]) IS
'Finds periods that are lacking in a list of periods in their order: one row for each run of them. The list must be whole numbers, days (2024-01-31), months (2024-01, 202401, 2024M01) or quarters (2024Q1, 2024-Q1, 20241), all alike, else nothing can be said. The usual step is the commonest one; a step that is a multiple of it has a gap. Days that are all the last of their month, or all the same, are steps of months. number: of the period before the gap; period: the first that is lacking; lacking: how many. For kz_check_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_around(before float8, after float8) RETURNS text
LANGUAGE SQL STABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT concat_ws(', ', 'preceded by ' || before::text, 'followed by ' || after::text);
END;
COMMENT ON FUNCTION kz_study_around(float8, float8) IS
'Says which figures a figure stands between. For kz_check_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_usable("column" text) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	-- a cast of a numeric that is too large or too small would fail
	SELECT format('CASE WHEN %1$s BETWEEN -1e-290 AND 1e-290 THEN 0 WHEN %1$s BETWEEN -9e288 AND 9e288 THEN %1$s::float8 END', "column");
END;
COMMENT ON FUNCTION kz_study_usable(text) IS
'An expression for a column of numbers that is NULL if the number is not finite or too large for a kz_matrix. For kz_check_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_check_sources() RETURNS TABLE (needs text, source text, template text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 10
BEGIN ATOMIC
	VALUES ('facts', 'periods', $sql$
	SELECT f.period, row_number() OVER (ORDER BY f.period)::integer AS number, f.period::text AS label, {iso} AS iso, f.matrix, count(*) OVER () AS periods
	FROM (
		SELECT s.{period} AS period, {kz}.kz_matrix_agg(s.{region}, s.{industry}, {usable}) AS matrix
		FROM {facts} AS s {within} AND s.{period} IS NOT NULL AND s.{region} IS NOT NULL AND s.{industry} IS NOT NULL
		GROUP BY s.{period}) AS f$sql$),
	('facts', 'cells', $sql$
	SELECT n.number, n.region, n.industry, n.value, n.before, n.after, n.over_next,
		CASE n.number WHEN 1 THEN n.after ELSE n.before END AS near, CASE n.number WHEN 1 THEN n.after_next WHEN n.periods THEN n.before_last ELSE n.after END AS other
	FROM (
		SELECT c.number, c.periods, c.region, c.industry, c.value,
			CASE WHEN lag(c.number) OVER cell = c.number - 1 THEN lag(c.value) OVER cell END AS before,
			CASE WHEN lead(c.number) OVER cell = c.number + 1 THEN lead(c.value) OVER cell END AS after,
			CASE WHEN lead(c.number) OVER cell = c.number + 2 THEN lead(c.value) OVER cell END AS over_next,
			CASE WHEN lag(c.number, 2) OVER cell = c.number - 2 THEN lag(c.value, 2) OVER cell END AS before_last,
			CASE WHEN lead(c.number, 2) OVER cell = c.number + 2 THEN lead(c.value, 2) OVER cell END AS after_next
		FROM (SELECT p.number, p.periods, k.row_label COLLATE "C" AS region, k.col_label COLLATE "C" AS industry, k.value FROM periods AS p CROSS JOIN LATERAL {kz}.kz_cells(p.matrix) AS k) AS c
		WINDOW cell AS (PARTITION BY c.region, c.industry ORDER BY c.number)) AS n$sql$),
	('facts', 'margins', $sql$
	SELECT m.side, m.number, m.label, m.total, m.cells, m.suppressed, lag(m.number) OVER (PARTITION BY m.side, m.label ORDER BY m.number) AS earlier
	FROM (SELECT 'region'::text AS side, p.number, t.label COLLATE "C" AS label, t.total, t.cells, t.suppressed FROM periods AS p CROSS JOIN LATERAL {kz}.kz_row_totals(p.matrix) AS t
		  UNION ALL SELECT 'industry', p.number, t.label COLLATE "C", t.total, t.cells, t.suppressed FROM periods AS p CROSS JOIN LATERAL {kz}.kz_col_totals(p.matrix) AS t) AS m$sql$),
	('facts', 'counted', $sql$
	SELECT p.number, c.region, c.industry, c.rows, c.same, c.wrong
	FROM (
		SELECT s.{period} AS period, s.{region}::text COLLATE "C" AS region, s.{industry}::text COLLATE "C" AS industry, count(*) AS rows,
			min(s.{value}) = max(s.{value}) AND count(s.{value}) = count(*) AS same, min(s.{value}) FILTER (WHERE s.{value} IS NOT NULL AND {usable} IS NULL) AS wrong
		FROM {facts} AS s {within} AND s.{period} IS NOT NULL AND s.{region} IS NOT NULL AND s.{industry} IS NOT NULL
		GROUP BY 1, 2, 3
		HAVING count(*) > 1 OR bool_or(s.{value} IS NOT NULL AND {usable} IS NULL)) AS c
	JOIN periods AS p ON p.period {equality} c.period$sql$),
	-- half a unit of the last digit
	('facts', 'rounding', $sql$
	SELECT d.digits, 0.5 * power(10::float8, -d.digits) AS unit
	FROM (SELECT least(coalesce(max(scale(trim_scale(c.value::numeric))), 0), 15) AS digits FROM cells AS c) AS d$sql$),
	('facts', 'totals', $sql$
	SELECT p.number, CASE t.side WHEN 'row' THEN 'region' ELSE 'industry' END AS side, t.label COLLATE "C" AS label, t.without, t.cells
	FROM periods AS p CROSS JOIN rounding AS d CROSS JOIN LATERAL {kz}.kz_check_margins(p.matrix, d.digits) AS t
	WHERE t.cells >= 2$sql$),
	('regions', 'known', $sql$
	SELECT DISTINCT g.{regions_region}::text COLLATE "C" AS region FROM {regions} AS g WHERE g.{regions_region} IS NOT NULL$sql$),
	('attributes', 'attributes', $sql$
	SELECT a.*, 0.5 * power(10::float8, -least(max(scale(trim_scale(a.value::numeric))) OVER (PARTITION BY a.attribute), 15)) AS unit
	FROM (
		SELECT p.number, s.{attributes_region}::text COLLATE "C" AS region, v.attribute, count(*) AS rows, count(v.given) AS given, CASE WHEN count(v.value) = count(*) THEN max(v.value) END AS value
		FROM {attributes} AS s
		JOIN periods AS p ON p.period {attributes_equality} s.{attributes_period}
		CROSS JOIN LATERAL (VALUES {attributes_values}) AS v (attribute, given, value)
		WHERE s.{attributes_region} IS NOT NULL
		GROUP BY 1, 2, 3) AS a$sql$),
	('reference', 'reference', $sql$
	SELECT p.number, s.{reference_industry}::text COLLATE "C" AS industry, CASE WHEN count({reference_usable}) = count(*) THEN sum({reference_usable} ORDER BY {reference_usable}) END AS value
	FROM {reference} AS s
	JOIN periods AS p ON p.period {reference_equality} s.{reference_period}
	GROUP BY 1, 2$sql$),
	('reference_attributes', 'reference_attributes', $sql$
	SELECT p.number, v.attribute, CASE WHEN count(v.value) = 1 AND count(*) = 1 THEN max(v.value) END AS value
	FROM {reference_attributes} AS s
	JOIN periods AS p ON p.period {reference_attributes_equality} s.{reference_attributes_period}
	CROSS JOIN LATERAL (VALUES {reference_attributes_values}) AS v (attribute, value)
	GROUP BY 1, 2$sql$);
END;
COMMENT ON FUNCTION kz_study_check_sources() IS
'What kz_check_study gathers of a study''s relations, as templates, each built on those before it, with the relation that it needs.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_check_findings() RETURNS TABLE (needs text, template text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 30
BEGIN ATOMIC
	-- finding, number of the period, its label if it is none of the study, region, industry, value, detail
	VALUES ('facts', $sql$
SELECT 'no label'::text AS finding, NULL::integer AS number, s.{period}::text AS period, s.{region}::text AS region, s.{industry}::text AS industry, count(*)::float8 AS value,
	concat('rows without ', concat_ws(' and ', CASE WHEN s.{period} IS NULL THEN 'a period' END, CASE WHEN s.{region} IS NULL THEN 'a region' END, CASE WHEN s.{industry} IS NULL THEN 'an industry' END)) AS detail
FROM {facts} AS s WHERE (s.{period} IS NULL OR s.{region} IS NULL OR s.{industry} IS NULL) AND ({listed}) IS NOT FALSE
GROUP BY s.{period}, s.{region}, s.{industry}$sql$),
	('facts', $sql$
SELECT 'not a number', c.number, NULL, c.region, c.industry, NULL, left(c.wrong::text, 40) FROM counted AS c WHERE c.wrong IS NOT NULL$sql$),
	('facts', $sql$
SELECT 'several rows', c.number, NULL, c.region, c.industry, c.rows::float8, CASE WHEN c.same THEN 'all with the same figure, added' ELSE 'added' END FROM counted AS c WHERE c.rows > 1$sql$),
	('facts', $sql$
SELECT 'suppressed', c.number, NULL, c.region, c.industry, NULL, {kz}.kz_study_around(c.before, c.after) FROM cells AS c WHERE c.value IS NULL
	AND NOT EXISTS (SELECT FROM counted AS w WHERE w.number = c.number AND w.region = c.region AND w.industry = c.industry AND w.wrong IS NOT NULL)$sql$),
	('facts', $sql$
SELECT 'negative', c.number, NULL, c.region, c.industry, c.value, {kz}.kz_study_around(c.before, c.after) FROM cells AS c WHERE c.value < 0$sql$),
	('facts', $sql$
SELECT 'jump', c.number, NULL, c.region, c.industry, c.value, {kz}.kz_study_around(c.before, c.after) FROM cells AS c
WHERE c.value > 0 AND c.near > 0 AND c.other > 0 AND (c.value >= $1 * greatest(c.near, c.other) OR c.value * $1 <= least(c.near, c.other))$sql$),
	('facts', $sql$
SELECT 'jump', t.number, NULL, NULL, NULL, t.total, 'sum of all, ' || {kz}.kz_study_around(t.before, NULL)
FROM (SELECT m.number, sum(m.total ORDER BY m.label) AS total, lag(sum(m.total ORDER BY m.label)) OVER (ORDER BY m.number) AS before FROM margins AS m WHERE m.side = 'industry' GROUP BY m.number) AS t
WHERE t.total > 0 AND t.before > 0 AND (t.total >= $1 * t.before OR t.total * $1 <= t.before)$sql$),
	-- absent, or an explicit zero, between two figures; IS TRUE has the sets hashed, where joins would be planned in the dark
	('facts', $sql$
SELECT 'gap', c.number + 1, NULL, c.region, c.industry, NULL, 'absent, taken as 0, ' || {kz}.kz_study_around(c.value, c.over_next) FROM cells AS c
WHERE c.value > 0 AND c.over_next > 0
	AND ((c.number + 1, c.region) IN (SELECT m.number, m.label FROM margins AS m WHERE m.side = 'region')) IS TRUE
	AND ((c.number + 1, c.industry) IN (SELECT m.number, m.label FROM margins AS m WHERE m.side = 'industry')) IS TRUE
UNION ALL
SELECT 'gap', c.number, NULL, c.region, c.industry, 0, {kz}.kz_study_around(c.before, c.after) FROM cells AS c WHERE c.value = 0 AND c.before > 0 AND c.after > 0$sql$),
	('facts', $sql$
SELECT 'gap', q.number, NULL, CASE m.side WHEN 'region' THEN m.label END, CASE m.side WHEN 'industry' THEN m.label END, NULL, format('in %s and %s, but not here', p.label, n.label)
FROM margins AS m
JOIN periods AS p ON p.number = m.earlier
JOIN periods AS n ON n.number = m.number
JOIN periods AS q ON q.number > m.earlier AND q.number < m.number
WHERE m.earlier < m.number - 1$sql$),
	('facts', $sql$
SELECT 'no period', l.number::integer, l.period, NULL, NULL, l.lacking::float8, l.detail
FROM (SELECT array_agg(p.iso ORDER BY p.number) AS periods FROM periods AS p) AS a CROSS JOIN LATERAL {kz}.kz_study_lacking(a.periods) AS l$sql$),
	('facts', $sql$
SELECT 'repeated', r.number, NULL, r.region, NULL, r.cells::float8, format('figures, all as in %s', p.label)
FROM (SELECT c.number, c.region, count(*) AS cells, count(*) FILTER (WHERE c.value = c.before) AS same, count(DISTINCT c.value) FILTER (WHERE c.value <> 0) AS different,
		CASE WHEN lag(c.number) OVER line = c.number - 1 THEN lag(count(*)) OVER line END AS cells_before
	FROM cells AS c GROUP BY c.number, c.region WINDOW line AS (PARTITION BY c.region ORDER BY c.number)) AS r
JOIN periods AS p ON p.number = r.number - 1
WHERE r.same = r.cells AND r.cells_before = r.cells AND r.different >= 3$sql$),
	('facts', $sql$
SELECT 'total', t.number, NULL, CASE t.side WHEN 'region' THEN t.label END, CASE t.side WHEN 'industry' THEN t.label END, m.total,
	concat('the sum of all others', ' without ' || t.without, ' in each of ', t.cells, CASE t.side WHEN 'region' THEN ' industries' ELSE ' regions' END)
FROM totals AS t
JOIN margins AS m ON m.side = t.side AND m.number = t.number AND m.label = t.label
JOIN (SELECT l.side, l.number, count(*) AS lines FROM margins AS l GROUP BY l.side, l.number) AS n ON n.side = t.side AND n.number = t.number
CROSS JOIN rounding AS d
-- a figure is within rounding of the sum of others by chance about as often as rounding is part of it; so all of them at once in less than 1 of 10000 lines
WHERE t.cells * ln(least(greatest(n.lines * d.unit * (m.cells - m.suppressed) / nullif(abs(m.total), 0), 1e-300), 1)) <= ln(0.0001::float8)$sql$),
	('facts', $sql$
SELECT 'alike', NULL, NULL, CASE a.side WHEN 'region' THEN a.label END, CASE a.side WHEN 'industry' THEN a.label END, NULL,
	format('also written "%s"', a.first) || CASE WHEN a.plain <> a.first_plain THEN ', with letters that look alike' ELSE '' END
FROM (SELECT l.side, l.label, l.plain, first_value(l.label) OVER alike AS first, first_value(l.plain) OVER alike AS first_plain
	FROM (SELECT m.side, m.label, sum(m.cells) AS cells, {plain} AS plain FROM margins AS m GROUP BY m.side, m.label) AS l
	WINDOW alike AS (PARTITION BY l.side, {alike} ORDER BY l.cells DESC, l.label)) AS a
WHERE a.label <> a.first$sql$),
	('regions', $sql$
SELECT 'no facts', p.number, NULL, k.region, NULL, NULL, CASE WHEN s.label IS NULL THEN 'on the map, in no period' ELSE format('on the map, has facts from %s to %s', f.label, l.label) END
FROM known AS k
LEFT JOIN (SELECT m.label, min(m.number) AS first, max(m.number) AS last FROM margins AS m WHERE m.side = 'region' GROUP BY m.label) AS s ON s.label = k.region
LEFT JOIN periods AS p ON p.number < s.first OR p.number > s.last
LEFT JOIN periods AS f ON f.number = s.first
LEFT JOIN periods AS l ON l.number = s.last
WHERE s.label IS NULL OR p.number IS NOT NULL$sql$),
	('regions', $sql$
SELECT 'unknown region', m.number, NULL, m.label, NULL, m.total, 'sum of its facts; not on the map' FROM margins AS m
WHERE m.side = 'region' AND NOT EXISTS (SELECT FROM known AS k WHERE k.region = m.label)$sql$),
	('overlaps', $sql$
SELECT 'overlap', NULL, NULL, o.label, NULL, o.label_share, format('share of its area, which is %s of that of %s', round(o.other_share::numeric, 4), o.other) FROM jsonb_to_recordset($2) AS o (label text, other text, label_share float8, other_share float8) WHERE o.other IS NOT NULL
UNION ALL
SELECT 'map', NULL, NULL, NULL, NULL, NULL, o.label FROM jsonb_to_recordset($2) AS o (label text, other text) WHERE o.other IS NULL$sql$),
	('attributes', $sql$
SELECT 'no ' || v.attribute, m.number, NULL, m.label, NULL, a.value,
	CASE WHEN a.region IS NULL THEN 'no row' WHEN a.given < a.rows THEN 'NULL' WHEN a.value IS NULL THEN 'not a number' ELSE 'not above 0' END
FROM margins AS m
CROSS JOIN (VALUES {attributes_names}) AS v (attribute)
LEFT JOIN attributes AS a ON a.number = m.number AND a.region = m.label AND a.attribute = v.attribute
WHERE m.side = 'region' AND (a.value > 0) IS NOT TRUE AND NOT (v.attribute = 'total' AND coalesce(a.value = 0 AND m.total = 0, false))$sql$),
	('attributes', $sql$
SELECT DISTINCT 'several rows', a.number, NULL, a.region, NULL, a.rows::float8, 'of attributes' FROM attributes AS a WHERE a.rows > 1$sql$),
	('attributes', $sql$
SELECT DISTINCT 'unknown region', a.number, NULL, a.region, NULL, NULL::float8, 'in attributes, counts in the reference' FROM attributes AS a
WHERE NOT EXISTS (SELECT FROM {known} AS k WHERE k.region = a.region) AND NOT EXISTS (SELECT FROM margins AS m WHERE m.side = 'region' AND m.label = a.region AND m.number = a.number)$sql$),
	('attributes', $sql$
SELECT 'jump', n.number, NULL, n.region, NULL, n.value, format('%s, %s', n.attribute, {kz}.kz_study_around(n.before, n.after))
FROM (SELECT a.attribute, a.number, a.region, a.value, lag(a.value) OVER line AS before, lead(a.value) OVER line AS after, coalesce(lag(a.value) OVER line, lead(a.value) OVER line) AS near,
		CASE WHEN lag(a.value) OVER line IS NULL THEN lead(a.value, 2) OVER line WHEN lead(a.value) OVER line IS NULL THEN lag(a.value, 2) OVER line ELSE lead(a.value) OVER line END AS other
	FROM attributes AS a WHERE a.value IS NOT NULL WINDOW line AS (PARTITION BY a.attribute, a.region ORDER BY a.number)) AS n
WHERE n.value > 0 AND n.near > 0 AND n.other > 0 AND (n.value >= $1 * greatest(n.near, n.other) OR n.value * $1 <= least(n.near, n.other))$sql$),
	('total_column', $sql$
SELECT 'total differs', m.number, NULL, m.label, NULL, a.value - m.total, format('published %s, sum %s', a.value, m.total)
FROM margins AS m
CROSS JOIN rounding AS d
JOIN attributes AS a ON a.number = m.number AND a.region = m.label AND a.attribute = 'total'
WHERE m.side = 'region' AND (m.total - a.value > a.unit + m.cells * d.unit + 1e-9 * abs(a.value)
	OR {all_industries} AND m.suppressed = 0 AND a.value - m.total > a.unit + m.cells * d.unit + 1e-9 * abs(a.value))$sql$),
	('reference', $sql$
SELECT CASE WHEN r.value IS NULL THEN 'no reference' ELSE 'above reference' END, m.number, NULL, NULL, m.label, m.total,
	CASE WHEN r.industry IS NULL THEN 'sum of the regions; no row' WHEN r.value IS NULL THEN 'sum of the regions; NULL' ELSE format('sum of the regions; reference %s', r.value) END
FROM margins AS m
CROSS JOIN rounding AS d
LEFT JOIN reference AS r ON r.number = m.number AND r.industry = m.label
WHERE m.side = 'industry' AND (r.value IS NULL OR m.total - r.value > (1 + m.cells) * d.unit + 1e-9 * abs(r.value))$sql$),
	('reference_attributes', $sql$
SELECT CASE WHEN r.value IS NULL THEN 'no reference' ELSE 'above reference' END, s.number, NULL, NULL, NULL, s.total, concat(s.attribute, ' of the regions; ', coalesce('reference ' || r.value, 'no figure'))
FROM (SELECT a.number, a.attribute, sum(a.value ORDER BY a.value) AS total, count(*) * max(a.unit) AS allowed FROM attributes AS a GROUP BY a.number, a.attribute) AS s
LEFT JOIN reference_attributes AS r ON r.number = s.number AND r.attribute = s.attribute
WHERE r.value IS NULL OR s.total - r.value > s.allowed + 1e-9 * abs(r.value)$sql$);
END;
COMMENT ON FUNCTION kz_study_check_findings() IS
'The checks of kz_check_study, as templates of queries on kz_study_check_sources, with the relation that each needs.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_check_words(study jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	period oid := (SELECT kz_study_type(a.attrelid, a.attname) FROM pg_attribute a WHERE a.attrelid = (study ->> 'facts')::regclass AND quote_ident(a.attname) = study ->> 'period' AND a.attnum > 0);
	attributes text[] := ARRAY(SELECT c FROM unnest('{gross_product,population,total}'::text[]) AS c WHERE study ? (c || '_column'));
	-- Cyrillic letters that look like Latin ones, in text that can hold them
	look text := CASE WHEN getdatabaseencoding() = 'UTF8' THEN (SELECT string_agg(chr(n), '' ORDER BY i)
		FROM unnest('{1072,1074,1077,1082,1084,1085,1086,1088,1089,1090,1091,1093,1110}'::integer[]) WITH ORDINALITY AS u (n, i)) ELSE '' END;
BEGIN
	RETURN study || jsonb_build_object(
		'equality', kz_study_equality(period, period),
		'iso', CASE WHEN period IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype) THEN $sql$regexp_replace(to_char(f.period, 'YYYY-MM-DD HH24:MI:SS.US'), ' [0:.]*$', '')$sql$ ELSE 'f.period::text' END,
		'usable', kz_study_usable('s.' || (study ->> 'value')),
		'listed', regexp_replace(study ->> 'within', '^WHERE ', ''),
		'all_industries', CASE study ->> 'universe' WHEN '' THEN 'true' ELSE 'false' END,
		'plain', $sql$lower(regexp_replace(btrim(m.label COLLATE "default"), '[[:space:]]+', ' ', 'g')) COLLATE "C"$sql$,
		'alike', format($sql$translate(l.plain, %L, 'abekmhopctyxi')$sql$, look),
		'known', CASE WHEN study ? 'regions' THEN 'known' ELSE $sql$(SELECT m.label AS region FROM margins AS m WHERE m.side = 'region')$sql$ END,
		'reference_usable', kz_study_usable('s.' || (study ->> 'reference_value')),
		'attributes_names', (SELECT string_agg(format('(%L::text)', replace(c, '_', ' ')), ', ') FROM unnest(attributes) AS c),
		'attributes_values', (SELECT string_agg(format('(%L::text, CASE WHEN s.%2$s IS NOT NULL THEN true END, %3$s)', replace(c, '_', ' '), study ->> (c || '_column'), kz_study_usable('s.' || (study ->> (c || '_column')))), ', ') FROM unnest(attributes) AS c),
		'reference_attributes_values', (SELECT string_agg(format('(%L::text, %s)', replace(c, '_', ' '), kz_study_usable('s.' || (study ->> ('reference_' || c || '_column')))), ', ') FROM unnest(attributes) AS c));
END
$$;
COMMENT ON FUNCTION kz_study_check_words(jsonb) IS
'Adds to a study the words of kz_study_check_sources and kz_study_check_findings. For kz_check_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_check_study(name text, factor float8 DEFAULT 10)
RETURNS TABLE (finding text, period text, region text, industry text, value float8, detail text)
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 1000000 ROWS 100
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
-- of what it gathers the planner knows nothing: hash joins are right whatever it is, and to compile so many small queries takes ten times as long as to run them
SET enable_nestloop = off
SET enable_mergejoin = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
	study jsonb := kz_study_check_words(kz_study_definition(kz_check_study.name));
	common jsonb;
	sources text;
	findings text;
BEGIN
	IF (factor > 1 AND factor <= 1e9) IS NOT TRUE THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN factor IS NULL THEN 'null_value_not_allowed' ELSE 'invalid_parameter_value' END,
			MESSAGE = format('factor must not be %s', coalesce(factor::text, 'null')), HINT = 'It is a number above 1, up to 1e9; leave it out for 10.';
	END IF;
	IF study ? 'regions' THEN
		BEGIN
			SELECT jsonb_agg(to_jsonb(o)) INTO common
			FROM pg_attribute a, pg_attribute g, kz_check_overlaps((study ->> 'regions')::regclass, a.attname, g.attname) AS o
			WHERE a.attrelid = (study ->> 'regions')::regclass AND quote_ident(a.attname) = study ->> 'regions_region' AND a.attnum > 0
				AND g.attrelid = a.attrelid AND quote_ident(g.attname) = study ->> 'geometry' AND g.attnum > 0;
		EXCEPTION WHEN data_exception OR integrity_constraint_violation OR invalid_parameter_value OR internal_error THEN
			-- a map that cannot be compared with itself is a finding too
			common := jsonb_build_array(jsonb_build_object('label', SQLERRM));
		END;
		study := study || '{"overlaps": true}';
	END IF;
	SELECT string_agg(format('%s AS MATERIALIZED (%s)', s.source, kz_study_sql(s.template, study)), ', ') INTO sources
	FROM kz_study_check_sources() AS s WHERE study ? s.needs;
	SELECT string_agg(kz_study_sql(f.template, study), ' UNION ALL ') INTO findings FROM kz_study_check_findings() AS f WHERE study ? f.needs;
	RETURN QUERY EXECUTE format('WITH %s SELECT f.finding, coalesce(f.period, p.label), f.region::text, f.industry::text, f.value, f.detail
		FROM (%s) AS f LEFT JOIN periods AS p ON p.number = f.number
		ORDER BY f.finding COLLATE "C", f.number NULLS FIRST, f.period COLLATE "C" NULLS FIRST, f.region COLLATE "C" NULLS FIRST, f.industry COLLATE "C" NULLS FIRST, f.detail COLLATE "C"', sources, findings)
	USING factor, common;
END
$$;
COMMENT ON FUNCTION kz_check_study(text, float8) IS
'Looks for what is odd in the figures that a study reads, for whoever receives new ones: one row for each finding, by finding, period, region and industry. finding is one of: no label, not a number, suppressed, negative, several rows (they are added), jump (a figure at least factor times as large as both its neighbours in time, or as small, at either end as the two nearest; the sum of a period, against the preceding one), gap (a region, industry or cell that is there before and after, but not here), no period, repeated (all figures of a region, at least three different ones, are those of the preceding period), total (a region or industry that is the sum of all others in at least two cells, too well for chance), alike (labels that differ in case, spaces or letters that look alike), no facts and unknown region (on the map, or not), overlap and map (of the regions), no gross product, no population and no total (of attributes), total differs (the sum of the facts is above a published total, or, where the study has all industries and no figure is suppressed, below), no reference, above reference (the regions together). NULL: the finding is of all periods, regions or industries. value: the figure in question, or a number of rows, figures or periods. It reads the relations of the study as they are now, refreshed or not, with the caller''s rights, and changes nothing. Errors: no such study; a relation that the caller may not read; factor not above 1, or above 1e9.';
