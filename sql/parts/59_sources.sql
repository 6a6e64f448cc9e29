--
-- sources: a study that reads raw official tables: levels of a classification, vintages of figures, changed boundaries
--
-- Such a study reads its facts through a view "facts" of its own. Its words {facts}, {region}, {industry} and {value} are
-- those of the view; the words of the table that the user gave are kept apart, in the object "raw".
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_raw(study jsonb, facts regclass, period_column name, industry_column name,
	classification regclass, parent_column name, classification_industry_column name, "level" integer,
	vintage_column name, vintage text,
	crosswalk regclass, from_region_column name, to_region_column name, weight_column name, crosswalk_period_column name)
RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL UNSAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	wrong record;
	said text;
	words jsonb := '{}';
BEGIN
	SELECT * INTO wrong
	FROM (VALUES
		('parent_column, classification_industry_column and level need classification', classification IS NULL AND num_nonnulls(parent_column, classification_industry_column, "level") > 0,
		 'classification => a relation with a row for each industry and its parent.'),
		('vintage needs vintage_column', vintage_column IS NULL AND vintage IS NOT NULL, 'vintage_column => the column of the facts that says when a figure was published.'),
		('from_region_column, to_region_column, weight_column and crosswalk_period_column need crosswalk',
		 crosswalk IS NULL AND num_nonnulls(from_region_column, to_region_column, weight_column, crosswalk_period_column) > 0,
		 'crosswalk => a relation with a row for each region, its successor and the weight with which its figures go there.'),
		('an incremental study cannot have classification, vintage_column or crosswalk',
		 study ->> 'incremental' = 'true' AND num_nonnulls(classification, vintage_column, crosswalk) > 0,
		 'Leave out incremental, or keep a table of facts of one level, vintage and territory; industries => ... may list those of a level.'),
		(format('period column must not be called "%s", like a column of the view facts', period_column), period_column = 'estimated' AND num_nonnulls(classification, vintage_column, crosswalk) > 0,
		 'Give facts a view that renames it.'),
		(format('level must not be %s', "level"), "level" < 1, 'Levels count from 1, the industries without a parent.')) AS v (message, refused, hint)
	WHERE refused
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = wrong.message, HINT = wrong.hint;
	END IF;

	IF vintage_column IS NOT NULL THEN
		words := words || jsonb_build_object('vintage_column', kz_study_column(facts, vintage_column, 'vintage_column', 'a period'));
		IF vintage IS NOT NULL THEN
			BEGIN
				EXECUTE format('SELECT FROM %s AS s WHERE %s AND false', study ->> 'facts', kz_study_vintage(facts, words ->> 'vintage_column', vintage));
			EXCEPTION WHEN data_exception THEN
				GET STACKED DIAGNOSTICS said = MESSAGE_TEXT;
				RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('vintage must not be %L: %s', vintage, said),
					HINT = format('It is a value of column "%s" of relation "%s", as text.', vintage_column, facts::text);
			END;
			words := words || jsonb_build_object('vintage', vintage);
		END IF;
	END IF;
	IF classification IS NOT NULL THEN
		words := words || jsonb_build_object('classification', kz_study_relation(classification, 'classification'),
			'parent', kz_study_column(classification, parent_column, 'parent_column', 'a label'),
			'classification_industry', kz_study_column(classification, coalesce(classification_industry_column, industry_column), 'classification_industry_column', 'a label'));
		IF "level" IS NOT NULL THEN
			words := words || jsonb_build_object('level', "level"::text);
		END IF;
	END IF;
	IF crosswalk IS NOT NULL THEN
		words := words || jsonb_build_object('crosswalk', kz_study_relation(crosswalk, 'crosswalk'),
			'from_region', kz_study_column(crosswalk, from_region_column, 'from_region_column', 'a label'),
			'to_region', kz_study_column(crosswalk, to_region_column, 'to_region_column', 'a label'),
			'weight', kz_study_column(crosswalk, weight_column, 'weight_column', 'a number'));
		IF crosswalk_period_column IS NOT NULL THEN
			words := words || kz_study_join(facts, period_column, crosswalk, crosswalk_period_column, 'crosswalk')
				|| jsonb_build_object('crosswalk_period_name', quote_ident(crosswalk_period_column));
		END IF;
	END IF;
	RETURN words || jsonb_build_object('estimates', CASE WHEN crosswalk IS NULL THEN '' ELSE format(' Figures of regions in %s were shared out among their successors; the view facts says which cells are estimates.', words ->> 'crosswalk') END,
		'named', concat(study ->> 'facts', ' as of vintage ' || quote_literal(vintage),
		' at level ' || "level" || ' of ' || (words ->> 'classification'), ' by way of ' || (words ->> 'crosswalk')));
END
$$;
COMMENT ON FUNCTION kz_study_raw(jsonb, regclass, name, name, regclass, name, name, integer, name, text, regclass, name, name, name, name) IS
'Checks the arguments of kz_create_study about levels, vintages and boundaries and returns a study''s words for them, and {named}, what its facts are called in messages. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_vintage(facts regclass, vintage_column text, vintage text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	type text;
	equality text;
BEGIN
	SELECT format_type(a.atttypid, a.atttypmod), kz_study_equality(t.type, t.type) INTO type, equality
	FROM pg_attribute a
	CROSS JOIN LATERAL (SELECT kz_study_type(facts, a.attname) AS type) AS t
	WHERE a.attrelid = facts AND a.attnum > 0 AND quote_ident(a.attname) = vintage_column;
	RETURN CASE WHEN vintage IS NULL THEN format('s.%s IS NOT NULL', vintage_column)
		ELSE format('s.%s %s %L::%s', vintage_column, regexp_replace(equality, '=(\)?)$', '<=\1'), vintage, type) END;
END
$$;
COMMENT ON FUNCTION kz_study_vintage(regclass, text, text) IS
'The condition by which rows of the facts were published at all, or up to a vintage. vintage_column: quoted. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_raw_words(study jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	raw jsonb := study;
	facts regclass := (study ->> 'facts')::regclass;
	period oid := kz_study_type(facts, (parse_ident(study ->> 'period'))[1]::name);
BEGIN
	SELECT raw || jsonb_object_agg(w.word || '_text', quote_literal((parse_ident(study ->> (w.word || w.suffix)))[1])) INTO raw
	FROM (VALUES ('period', ''), ('region', ''), ('industry', ''), ('vintage', '_column')) AS w (word, suffix) WHERE study ? (w.word || w.suffix);
	raw := raw || jsonb_build_object(
		'period_equality', kz_study_equality(period, period),
		'listed', regexp_replace(study ->> 'within', '^WHERE ', ''),
		'known', CASE WHEN study ? 'vintage_column' THEN kz_study_vintage(facts, study ->> 'vintage_column', study ->> 'vintage') ELSE 'true' END,
		'recency', CASE WHEN study ? 'vintage_column' THEN kz_study_sql($sql$,
		rank() OVER (PARTITION BY s.{period}, s.{region}::text COLLATE "C", s.{industry}::text COLLATE "C" ORDER BY s.{vintage_column} DESC) AS recency$sql$, study) ELSE '' END,
		'recent', CASE WHEN study ? 'vintage_column' THEN 'WHERE s.recency = 1' ELSE '' END,
		'level_industries', CASE WHEN study ? 'level' THEN kz_study_sql($sql$(
		WITH RECURSIVE tree (industry, level) AS (
			SELECT k.{classification_industry}::text COLLATE "C", 1 AS level FROM {classification} AS k
			WHERE k.{parent} IS NULL OR k.{parent}::text COLLATE "C" = k.{classification_industry}::text COLLATE "C"
			UNION
			SELECT k.{classification_industry}::text COLLATE "C", t.level + 1
			FROM tree AS t
			JOIN {classification} AS k ON k.{parent}::text COLLATE "C" = t.industry AND k.{classification_industry}::text COLLATE "C" <> t.industry
			WHERE t.level < {level}
		)
		SELECT t.industry FROM tree AS t WHERE t.level = {level})$sql$, study) ELSE '' END,
		'crosswalk_join', CASE WHEN study ? 'crosswalk' THEN kz_study_sql('
LEFT JOIN {crosswalk} AS x ON x.{from_region}::text COLLATE "C" = s.region AND x.{weight} > 0', study) ELSE '' END
			|| CASE WHEN study ? 'crosswalk_period' THEN kz_study_sql(' AND s.period {crosswalk_equality} x.{crosswalk_period}', study) ELSE '' END,
		'place', CASE WHEN study ? 'crosswalk' THEN kz_study_sql('coalesce(x.{to_region}::text COLLATE "C", s.region)', study) ELSE 's.region' END,
		'amount', CASE WHEN study ? 'crosswalk' THEN kz_study_sql('s.value * coalesce(x.{weight}::float8, 1)', study) ELSE 's.value' END);
	raw := raw || jsonb_build_object(
		'estimated', CASE WHEN study ? 'crosswalk'
			THEN kz_study_sql('coalesce(bool_or(x.{weight}::float8 < 1) OVER (PARTITION BY s.period, {place}, s.industry), false)', raw) ELSE 'false' END,
		'of_level', CASE WHEN study ? 'level' THEN kz_study_sql(' AND (s.{industry}::text COLLATE "C" IN {level_industries}) IS TRUE', raw) ELSE '' END);
	IF study ? 'reference' THEN
		raw := raw || jsonb_build_object('listed_reference', regexp_replace(kz_study_universe(study ->> 'reference_industry', (study ->> 'industries_given')::text[], study ? 'industries_given') ->> 'within', '^WHERE ', ''));
	END IF;
	RETURN raw || jsonb_build_object('query', kz_study_sql($sql$
SELECT s.period AS {period}, ({place}) COLLATE "default" AS region, s.industry COLLATE "default" AS industry, {amount} AS value, {estimated} AS estimated
FROM (
	SELECT s.{period} AS period, s.{region}::text COLLATE "C" AS region, s.{industry}::text COLLATE "C" AS industry, s.{value}::float8 AS value{recency}
	FROM {facts} AS s
	WHERE {known}{of_level}
) AS s{crosswalk_join}
{recent}$sql$, raw));
END
$$;
COMMENT ON FUNCTION kz_study_raw_words(jsonb) IS
'Adds to the words of a study''s own tables those of its pipeline: the latest vintage, then the level, then the successors of regions; {query} is all of it. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_through(study jsonb, period text) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	raw jsonb;
BEGIN
	IF NOT study ?| '{classification,vintage_column,crosswalk}' THEN
		RETURN study;
	END IF;
	raw := kz_study_raw_words(study);
	RETURN (study - '{classification,parent,classification_industry,level,vintage_column,vintage_text,vintage,crosswalk,crosswalk_equality,crosswalk_period,crosswalk_period_name,
			from_region,to_region,weight}'::text[])
		|| jsonb_build_object('raw', raw, 'facts', (study ->> 'study') || '.facts', 'period', period, 'region', 'region', 'industry', 'industry', 'value', 'value')
		|| kz_study_universe('industry', (study ->> 'industries_given')::text[], study ? 'industries_given')
		|| CASE WHEN study ?& '{level,reference}' THEN jsonb_build_object('reference_universe',
			kz_study_sql('WHERE {listed_reference} AND (s.{reference_industry}::text COLLATE "C" IN {level_industries}) IS TRUE', raw)) ELSE '{}' END;
END
$$;
COMMENT ON FUNCTION kz_study_through(jsonb, text) IS
'The words of a study that has levels, vintages or a crosswalk, for reading its facts through its view "facts"; those of the tables below are in {raw}. Of any other study the words as they are. period: its column of the view, quoted. For kz_create_study and kz_study_definition.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_tree(relation text, industry text, period text, "condition" text) RETURNS text
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 100
BEGIN ATOMIC
	SELECT $sql$WITH RECURSIVE link (industry, parent) AS MATERIALIZED (
		SELECT DISTINCT k.{classification_industry}::text COLLATE "C", CASE WHEN k.{parent}::text COLLATE "C" <> k.{classification_industry}::text COLLATE "C" THEN k.{parent}::text COLLATE "C" END
		FROM {classification} AS k
	), up (industry, ancestor) AS (
		SELECT l.industry, l.parent FROM link AS l WHERE l.parent IS NOT NULL
		UNION
		SELECT u.industry, l.parent FROM up AS u JOIN link AS l ON l.industry = u.ancestor WHERE l.parent IS NOT NULL
	), tree AS MATERIALIZED (
		SELECT l.industry, count(u.ancestor) + 1 AS level FROM link AS l LEFT JOIN up AS u ON u.industry = l.industry GROUP BY l.industry
	), held AS MATERIALIZED (
		SELECT f.period, f.industry, dense_rank() OVER (ORDER BY f.period) AS number
		FROM (SELECT DISTINCT $sql$ || period || ' AS period, s.' || industry || '::text COLLATE "C" AS industry FROM ' || relation || ' AS s WHERE ' || "condition" || $sql$) AS f
	), levels AS (
		SELECT t.level, count(DISTINCT h.industry) AS industries, min(h.industry) AS first FROM held AS h JOIN tree AS t ON t.industry = h.industry GROUP BY t.level
	) $sql$;
END;
COMMENT ON FUNCTION kz_study_tree(text, text, text, text) IS
'Begin of a query, a template, over the classification of a study: link (industry, parent), up (industry, every ancestor), tree (industry, level), held (periods, numbered, and industries of a relation) and levels (of these, how many industries). For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_raw_rules(raw jsonb) RETURNS TABLE (query text, code text, message text, hint text)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	held text := kz_study_tree('{facts}', '{industry}', 's.{period}', '{known} AND {listed}');
	referred text := kz_study_tree('{reference}', '{reference_industry}', 'CAST(s.{reference_period} AS text) COLLATE "C"', '{listed_reference}');
	levels text := $sql$(SELECT string_agg(format('level %s has %s %s', l.level, l.industries, CASE l.industries WHEN 1 THEN 'industry' ELSE 'industries' END), ', ' ORDER BY l.level) FROM levels AS l) AS said$sql$;
	twice text := 'SELECT u.industry AS label, u.ancestor AS other, h.period::text AS period_label, ' || levels || '
		FROM held AS h JOIN up AS u ON u.industry = h.industry WHERE EXISTS (SELECT FROM held AS a WHERE a.number = h.number AND a.industry = u.ancestor) ORDER BY h.number, u.ancestor, u.industry LIMIT 1';
	weights text := $sql$ FROM {crosswalk} AS x GROUP BY 1, %1$s HAVING abs(sum(x.{weight}::float8) - 1) > 1e-9 ORDER BY %1$s, 1 LIMIT 1$sql$;
BEGIN
	RETURN QUERY VALUES
	($sql$SELECT CASE WHEN s.{period} IS NULL THEN {period_text} WHEN s.{region} IS NULL THEN {region_text} ELSE {industry_text} END AS label
		FROM {facts} AS s {within} AND (s.{period} IS NULL OR s.{region} IS NULL OR s.{industry} IS NULL) LIMIT 1$sql$,
	 'null_value_not_allowed', 'column "{label}" of {facts} must not be null', 'Leave such rows out in a view, or give them a label with coalesce().');
	IF raw ? 'vintage_column' THEN
		RETURN QUERY VALUES
		('SELECT {vintage_text} AS label FROM {facts} AS s {within} AND s.{vintage_column} IS NULL LIMIT 1',
		 'null_value_not_allowed', 'column "{label}" of {facts} must not be null', 'A figure without a vintage is neither older nor newer than another: leave it out in a view, or date it.');
	END IF;
	IF raw ? 'classification' THEN
		RETURN QUERY VALUES
		('SELECT true AS label FROM {classification} AS k WHERE k.{classification_industry} IS NULL LIMIT 1',
		 'null_value_not_allowed', 'an industry of {classification} must not be null', 'Leave such rows out in a view. At the top of a classification it is the parent that is null.'),
		('SELECT k.{classification_industry}::text COLLATE "C" AS label FROM {classification} AS k GROUP BY 1
			HAVING count(DISTINCT coalesce(k.{parent}::text, k.{classification_industry}::text) COLLATE "C") > 1 ORDER BY 1 LIMIT 1',
		 'unique_violation', 'industry "{label}" of {classification} has more than one parent', 'An industry is part of one other only.'),
		(held || 'SELECT u.industry AS label FROM up AS u WHERE u.industry = u.ancestor ORDER BY u.industry LIMIT 1',
		 'invalid_parameter_value', 'industry "{label}" of {classification} is its own ancestor', 'Its parents must lead to an industry whose parent is null or itself.'),
		(held || 'SELECT l.parent AS label, l.industry AS other FROM link AS l WHERE NOT EXISTS (SELECT FROM link AS k WHERE k.industry = l.parent) AND l.parent IS NOT NULL ORDER BY l.parent, l.industry LIMIT 1',
		 'foreign_key_violation', 'industry "{label}", the parent of "{other}", is not in {classification}', 'Add it there; at the top, its own parent is null.'),
		(held || 'SELECT h.industry AS label FROM held AS h WHERE NOT EXISTS (SELECT FROM link AS l WHERE l.industry = h.industry) ORDER BY h.industry LIMIT 1',
		 'foreign_key_violation', 'industry "{label}" of {facts} is not in {classification}', 'Add it there, or leave it out of the facts in a view or by industries => ... .');
		IF raw ? 'level' THEN
			RETURN QUERY VALUES
			(held || 'SELECT {level} AS label, ' || levels || ' WHERE EXISTS (SELECT FROM levels AS l) AND NOT EXISTS (SELECT FROM levels AS l WHERE l.level = {level})',
			 'invalid_parameter_value', '{facts} has no industry of level {label} of {classification}', 'Of its industries, {said}.');
		ELSE
			RETURN QUERY VALUES
			(held || twice, 'cardinality_violation',
			 '{facts} has industry "{other}" and a part of it, "{label}", in period {period_label}: they must not be added together', 'Name one level by level => ...: {said}.');
			IF raw ? 'reference' THEN
				RETURN QUERY VALUES
				(referred || twice, 'cardinality_violation',
				 '{reference} has industry "{other}" and a part of it, "{label}", in period {period_label}: they must not be added together', 'Name one level by level => ...: {said}.');
			END IF;
		END IF;
	END IF;
	IF raw ? 'crosswalk' THEN
		RETURN QUERY VALUES
		('SELECT true AS label FROM {crosswalk} AS x WHERE x.{from_region} IS NULL OR x.{to_region} IS NULL LIMIT 1',
		 'null_value_not_allowed', 'a region of {crosswalk} must not be null', 'Leave such rows out in a view: the figures of a region go to regions that have a label.'),
		($sql$SELECT x.{from_region}::text COLLATE "C" AS label, coalesce(min(x.{weight}::float8) FILTER (WHERE NOT x.{weight}::float8 BETWEEN 0 AND 1)::text, 'null') AS other
			FROM {crosswalk} AS x WHERE (x.{weight}::float8 BETWEEN 0 AND 1) IS NOT TRUE GROUP BY 1 ORDER BY 1 LIMIT 1$sql$,
		 'invalid_parameter_value', 'a weight of region "{label}" of {crosswalk} is {other}, which is not from 0 to 1', 'It is the share of the region''s figures that goes to its successor.'),
		('SELECT x.{from_region}::text COLLATE "C" AS label, sum(x.{weight}::float8)::text' || CASE WHEN raw ? 'crosswalk_period'
			THEN ' || '' in period '' || CAST(x.{crosswalk_period} AS text) AS other' || format(weights, 'x.{crosswalk_period}') ELSE ' AS other' || format(weights, '1') END,
		 'invalid_parameter_value', 'the weights of region "{label}" of {crosswalk} must sum to 1, not to {other}',
		 CASE WHEN raw ? 'crosswalk_period' THEN 'They share out all figures of the region in each period.'
			ELSE 'They share out all figures of the region. If they differ by period, name its column by crosswalk_period_column => ... .' END);
	END IF;
END
$$;
COMMENT ON FUNCTION kz_study_raw_rules(jsonb) IS
'What the tables below a study''s facts must fulfil: queries that find what is wrong, as templates, with the errors about it. For kz_study_raw_check.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_raw_check(raw jsonb) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
SET enable_nestloop = off
AS $$
DECLARE
	rule record;
	found jsonb;
BEGIN
	FOR rule IN SELECT * FROM kz_study_raw_rules(raw)
	LOOP
		EXECUTE 'SELECT to_jsonb(q) FROM (' || kz_study_sql(rule.query, raw) || ') AS q' INTO found;
		IF found IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = rule.code, MESSAGE = kz_study_sql(rule.message, raw || found), HINT = kz_study_sql(rule.hint, raw || found);
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_study_raw_check(jsonb) IS
'Checks the tables below the facts of a study that has levels, vintages or a crosswalk, by its words {raw}: no label and no vintage is NULL; a classification is a tree that has all industries, of which no two are added together with one that contains them; the weights of a region sum to 1. For kz_create_study and kz_refresh_study. An error names the first offending label.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_revisions() RETURNS text
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT $sql$
WITH figures AS (
	SELECT s.{period} AS period, s.{region}::text COLLATE "C" AS region, s.{industry}::text COLLATE "C" AS industry, s.{value}::float8 AS value, s.{vintage_column} AS vintage,
		dense_rank() OVER (PARTITION BY s.{period} ORDER BY s.{vintage_column})::integer AS number
	FROM {facts} AS s
	WHERE {known}{of_level} AND {listed}
), spans AS (
	-- a figure is known from its vintage on, until the next one of its cell
	SELECT f.period, f.region, f.industry, f.value, f.number,
		min(f.number) OVER (PARTITION BY f.period, f.region, f.industry ORDER BY f.number GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS replaced
	FROM figures AS f
), vintages AS (
	SELECT f.period, f.number, min(f.vintage) AS vintage FROM figures AS f GROUP BY f.period, f.number
), known AS (
	SELECT s.period, s.of_vintage, {place} AS region, s.industry, {amount} AS value, s.number = s.of_vintage AS new
	FROM (
		SELECT s.period, s.region, s.industry, s.value, s.number, v.number AS of_vintage
		FROM vintages AS v
		JOIN spans AS s ON s.period {period_equality} v.period AND s.number <= v.number AND (s.replaced > v.number OR s.replaced IS NULL)
	) AS s{crosswalk_join}
), published AS (
	SELECT DISTINCT k.period, k.of_vintage, k.region, k.industry FROM known AS k WHERE k.new
), facts AS (
	SELECT k.period AS {period}, k.of_vintage, {kz}.kz_matrix_agg(k.region, k.industry, k.value) AS matrix FROM known AS k GROUP BY k.period, k.of_vintage
){sources}, periods AS MATERIALIZED (
	SELECT f.{period}, f.of_vintage, f.matrix, {attributes_matrix}::{kz}.kz_matrix AS attributes, {reference_matrix}::{kz}.kz_matrix AS reference,
		{reference_attributes_matrix}::{kz}.kz_matrix AS reference_attributes
	FROM facts AS f{sources_join}
)
SELECT p.{period}, c.region, c.industry, v.vintage, v.number, c.value, lag(c.value) OVER cell AS previous_value, c.value - lag(c.value) OVER cell AS change,
	c.lq, lag(c.lq) OVER cell AS previous_lq, c.status
FROM periods AS p
JOIN vintages AS v ON v.period {period_equality} p.{period} AND v.number = p.of_vintage
CROSS JOIN LATERAL {kz}.kz_coefficients(p.matrix, p.attributes, p.reference, p.reference_attributes) AS c
JOIN published AS i ON i.period {period_equality} p.{period} AND i.of_vintage = p.of_vintage AND i.region = c.region COLLATE "C" AND i.industry = c.industry COLLATE "C"
WINDOW cell AS (PARTITION BY p.{period}, c.region COLLATE "C", c.industry COLLATE "C" ORDER BY v.number)
$sql$;
END;
COMMENT ON FUNCTION kz_study_revisions() IS
'The view of a study''s revisions, as a template. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_raw_views(study jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
SET enable_nestloop = off
AS $$
DECLARE
	raw jsonb := study || (study -> 'raw') || jsonb_build_object('period_name', (parse_ident(study #>> '{raw,period}'))[1]);
	left_out record;
BEGIN
	PERFORM kz_study_put(raw, 'kz_create_study', 'VIEW', 'facts', '{query}', concat('What the study reads of {facts}, one row a figure',
			CASE WHEN raw ? 'vintage_column' THEN ': for each {period}, region and industry only the rows whose {vintage_column} is the latest' || CASE WHEN raw ? 'vintage' THEN ' up to {vintage}' ELSE '' END END,
			CASE WHEN raw ? 'level' THEN '; only industries of level {level} of {classification}' END,
			CASE WHEN raw ? 'crosswalk' THEN '; figures of regions in {crosswalk} go to their successors there, multiplied by a weight' END, '.'),
		jsonb_build_object(
			'region', 'label of the region' || CASE WHEN raw ? 'crosswalk' THEN ', a successor by {crosswalk} if that has any' ELSE '' END,
			'value', 'figure, in the unit of {facts}; NULL if it is suppressed',
			'estimated', CASE WHEN raw ? 'crosswalk' THEN 'true if any figure of this period, region and industry was shared out by a weight between 0 and 1' ELSE 'false: no figure is an estimate' END));
	IF raw ? 'vintage_column' THEN
		PERFORM kz_study_put(raw, 'kz_create_study', 'VIEW', 'revisions', kz_study_revisions(),
			'Published figures and their revisions: one row for each {period}, region, industry and {vintage_column} of {facts}, through the same level and crosswalk as facts.',
			jsonb_build_object('vintage', '{vintage_column} of {facts}', 'number', '1 for the first vintage of the period, 2, 3, ... for those that follow',
				'value', 'sum of the figures of this vintage, in their unit; NULL if any of them is suppressed', 'previous_value', 'value in the preceding vintage that has this cell; NULL if there is none or it was suppressed',
				'change', 'value - previous_value', 'lq', 'location quotient from the matrix of all that was known at this vintage; reference and attributes are those of today',
				'previous_lq', 'lq in the vintage of previous_value', 'status', 'status of the cell in that matrix, as that of kz_coefficients'));
	END IF;
	IF raw ? 'level' THEN
		EXECUTE kz_study_sql(kz_study_tree('{facts}', '{industry}', 's.{period}', '{known} AND {listed}') || $sql$, divided AS MATERIALIZED (
				SELECT DISTINCT u.ancestor AS industry FROM up AS u JOIN tree AS t ON t.industry = u.industry JOIN held AS h ON h.industry = u.industry WHERE t.level = {level}
			) SELECT min(h.industry) AS first, count(DISTINCT h.industry) - 1 AS others FROM held AS h JOIN tree AS t ON t.industry = h.industry
			WHERE t.level < {level} AND NOT EXISTS (SELECT FROM divided AS d WHERE d.industry = h.industry)$sql$, raw)
			INTO left_out;
		IF left_out.first IS NOT NULL THEN
			RAISE NOTICE USING MESSAGE = format('in study %s level %s leaves out industry "%s"%s of a higher level, which has no parts at that level', raw ->> 'study', raw ->> 'level', left_out.first,
					' and ' || nullif(left_out.others, 0) || ' more'),
				HINT = 'If the industries of the study should be all of the economy, name them without a whole and its parts in industries => ... .';
		END IF;
	END IF;
END
$$;
COMMENT ON FUNCTION kz_study_raw_views(jsonb) IS
'Creates the views facts and revisions of a study that has levels, vintages or a crosswalk. For kz_create_study. Notice: industries that a level leaves out.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_totals(study jsonb) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
DECLARE
	total record;
BEGIN
	-- as if exact, and as if printed with the digits that they have
	FOR total IN EXECUTE kz_study_sql('WITH facts AS (' || CASE study ->> 'incremental' WHEN 'true' THEN '{gather}' ELSE
			'SELECT c.{period}, {kz}.kz_matrix_agg(c.region, c.industry, c.value) AS matrix FROM {study}.coefficients AS c GROUP BY c.{period}' END || $sql$), found AS (
			SELECT CASE k.side WHEN 'row' THEN 'region' ELSE 'industry' END AS kind, k.label COLLATE "C" AS label, f.{period} AS period, max(k.cells) AS cells
			FROM facts AS f
			CROSS JOIN LATERAL (SELECT max(scale(trim_scale(c.value::text::numeric))) AS digits
				FROM (SELECT c.value FROM {kz}.kz_cells({kz}.kz_rows(f.matrix, ({kz}.kz_row_labels(f.matrix))[1:10])) AS c LIMIT 1000) AS c) AS d
			CROSS JOIN LATERAL (SELECT *, 1 AS few FROM {kz}.kz_check_margins(f.matrix) UNION ALL SELECT *, 2 FROM {kz}.kz_check_margins(f.matrix, d.digits) WHERE d.digits < 10) AS k
			WHERE k.cells > k.few AND k.without IS NULL
			GROUP BY 1, 2, 3
		)
		SELECT DISTINCT ON (f.kind) f.kind, f.label, f.period::text AS period, f.periods - 1 AS others
		FROM (SELECT f.kind, f.label, f.period, f.cells, count(*) OVER (PARTITION BY f.kind, f.label) AS periods FROM found AS f) AS f
		WHERE f.cells > 2 OR f.periods = (SELECT count(*) FROM facts)
		ORDER BY f.kind, f.period, f.label$sql$, study)
	LOOP
		RAISE WARNING USING MESSAGE = format('in study %s %s "%s" is the sum of all others in period %s%s: is it their total?', study ->> 'study', total.kind, total.label,
				total.period, ' and ' || nullif(total.others, 0) || ' more'),
			HINT = 'A total must not be added to its parts: leave it out of the facts in a view' || CASE total.kind WHEN 'region' THEN '.'
				ELSE ', or name the industries without it in industries => ... .' END;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_study_totals(jsonb) IS
'Warns if the figures of a study seem to have a total among their industries or regions, by kz_check_margins for each period: as if the figures were exact, and as if they were rounded to the digits that they have. At least three cells must agree, or two exactly and in every period: else it may be chance. For kz_create_study.';
