--
-- study: from a user's own tables to candidate clusters, as plain views in a schema of the user's
--
-- A study is described by a jsonb object of words: pieces of SQL, every identifier in it quoted once, where it is
-- checked. The views are templates with {words} in them, so what a user sees with \d+ can be read here.
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_sql(template text, study jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	pieces text[] := string_to_array(template, '{');
	result text := coalesce(pieces[1], '');
	word text;
BEGIN
	FOR i IN 2 .. cardinality(pieces) LOOP
		word := split_part(pieces[i], '}', 1);
		IF study ->> word IS NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'undefined_parameter',
				MESSAGE = format('study lacks the word "%s" of its template', word);
		END IF;
		result := result || (study ->> word) || substr(pieces[i], length(word) + 2);
	END LOOP;
	RETURN result;
END
$$;
COMMENT ON FUNCTION kz_study_sql(text, jsonb) IS
'Fills a template of SQL or of a message with the words of a study: {word} becomes its value, once, whatever the value contains. For kz_create_study. Error: a word that the study lacks.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_type(relation regclass, "column" name) RETURNS oid
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	WITH RECURSIVE base (type) AS (
		SELECT atttypid FROM pg_attribute WHERE attrelid = relation AND attname = "column" AND attnum > 0 AND NOT attisdropped
		UNION ALL
		SELECT typbasetype FROM base JOIN pg_type ON pg_type.oid = base.type WHERE typtype = 'd')
	SELECT CASE WHEN t.typtype = 'e' THEN 'anyenum'::regtype::oid
				WHEN t.oid = 'varchar'::regtype THEN 'text'::regtype::oid
				ELSE t.oid END
	FROM base JOIN pg_type t ON t.oid = base.type
	WHERE t.typtype <> 'd';
END;
COMMENT ON FUNCTION kz_study_type(regclass, name) IS
'The type that the operators of a column belong to: of a domain its base type, text for varchar, anyenum for an enum. NULL if there is no such column.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_equality(a oid, b oid) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT CASE n.nspname WHEN 'pg_catalog' THEN o.oprname::text ELSE format('OPERATOR(%I.%s)', n.nspname, o.oprname) END
	FROM pg_opclass c
	JOIN pg_am m ON m.oid = c.opcmethod AND m.amname = 'btree'
	JOIN pg_amop p ON p.amopfamily = c.opcfamily AND p.amopstrategy = 3 AND p.amoplefttype = a AND p.amoprighttype = b
	JOIN pg_operator o ON o.oid = p.amopopr
	JOIN pg_namespace n ON n.oid = o.oprnamespace
	WHERE c.opcdefault AND c.opcintype = a;
END;
COMMENT ON FUNCTION kz_study_equality(oid, oid) IS
'The operator that GROUP BY would mean by equality of two types of kz_study_type, to be found without search_path. NULL if the first has no order or the two cannot be compared.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_relation(relation regclass, argument text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	found record;
BEGIN
	IF relation IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = format('%s must not be null', argument),
			HINT = 'Name a table or a view.';
	END IF;
	SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind AS kind, c.relpersistence AS persistence INTO found
	FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE c.oid = relation;
	IF found.name IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_table', MESSAGE = format('relation with oid %s does not exist', relation::oid),
			HINT = format('Give %s a table or a view by name.', argument);
	ELSIF found.kind NOT IN ('r', 'p', 'v', 'm', 'f') THEN
		RAISE EXCEPTION USING ERRCODE = 'wrong_object_type', MESSAGE = format('"%s" is not a table or view', relation::text),
			HINT = format('Give %s a table, partitioned table, foreign table, view or materialized view.', argument);
	ELSIF found.persistence = 't' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_table_definition', MESSAGE = format('relation "%s" is temporary', relation::text),
			HINT = format('A study outlives the session: give %s a permanent table or view.', argument);
	END IF;
	RETURN found.name;
END
$$;
COMMENT ON FUNCTION kz_study_relation(regclass, text) IS
'Checks that a relation can be read by a materialized view and returns its qualified name, quoted. argument: whose it is, for the error. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_column(relation regclass, attribute name, argument text, kind text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	base regtype := kz_study_type(relation, attribute);
	fits boolean;
BEGIN
	IF attribute IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = format('%s must not be null', argument),
			HINT = format('Name a column of relation "%s".', relation::text);
	ELSIF base IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_column',
			MESSAGE = format('column "%s" of relation "%s" does not exist', attribute, relation::text),
			HINT = format('%s names the column; the relation has %s.', argument,
						  (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
						   WHERE a.attrelid = relation AND a.attnum > 0 AND NOT a.attisdropped));
	END IF;
	fits := CASE kind
		WHEN 'a label' THEN (SELECT t.typcategory IN ('S', 'N', 'E') OR t.typname IN ('anyenum', 'uuid') FROM pg_type t WHERE t.oid = base)
		WHEN 'a number' THEN base IN ('float8'::regtype, 'numeric', 'bigint', 'integer', 'smallint', 'real')
		ELSE kz_study_equality(base, base) IS NOT NULL END;
	IF NOT fits THEN
		RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
			MESSAGE = format('column "%s" of relation "%s" is of type %s, which cannot be %s', attribute, relation::text,
							 (SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = attribute), kind),
			HINT = format('Name another column by %s, or give a view that casts this one.', argument);
	END IF;
	RETURN quote_ident(attribute);
END
$$;
COMMENT ON FUNCTION kz_study_column(regclass, name, text, text) IS
'Checks that a relation has a column fit to be a label, a number or a period and returns its name, quoted. argument: whose it is, for the error. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_join(facts regclass, period_column name, relation regclass, relation_period_column name, argument text)
RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	name text := kz_study_relation(relation, argument);
	"column" text := kz_study_column(relation, relation_period_column, CASE WHEN argument IN ('attributes', 'crosswalk') THEN argument || '_period_column' ELSE 'period_column' END, 'a period');
	equality text := kz_study_equality(kz_study_type(facts, period_column), kz_study_type(relation, relation_period_column));
	ours record;
	theirs record;
BEGIN
	SELECT a.attcollation AS collation, quote_ident(n.nspname) || '.' || quote_ident(c.collname) AS name, format_type(a.atttypid, a.atttypmod) AS type INTO ours
	FROM pg_attribute a
	LEFT JOIN pg_collation c ON c.oid = a.attcollation
	LEFT JOIN pg_namespace n ON n.oid = c.collnamespace
	WHERE a.attrelid = facts AND a.attname = period_column;
	SELECT attcollation AS collation, format_type(atttypid, atttypmod) AS type INTO theirs
	FROM pg_attribute WHERE attrelid = relation AND attname = relation_period_column;

	IF equality IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
			MESSAGE = format('periods of relations "%s" and "%s" cannot be compared: %s and %s', facts::text, relation::text, ours.type, theirs.type),
			HINT = format('Give %s a view that casts its period to %s.', argument, ours.type);
	END IF;
	RETURN jsonb_build_object(argument, name, argument || '_equality', equality, argument || '_period',
		"column" || CASE WHEN ours.collation <> theirs.collation THEN ' COLLATE ' || ours.name ELSE '' END);
END
$$;
COMMENT ON FUNCTION kz_study_join(regclass, name, regclass, name, text) IS
'Checks a relation whose periods meet those of the facts and returns a study''s words for it: {argument}, its name, {argument_period}, the column in the collation of the facts, and {argument_equality}, the operator between the two. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_rule(rule text, threshold float8, trend_rule text, tolerance float8, distance float8, fill boolean, criteria text[])
RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
DECLARE
	wrong record;
	list text := 'c.' || array_to_string(criteria, ', c.');
BEGIN
	SELECT * INTO wrong
	FROM (VALUES
		('rule', rule, rule IN ('all', 'any'), '''all'' or ''any'''),
		('threshold', threshold::text, threshold > 0 AND threshold < 'infinity', 'a finite number above 0'),
		('trend_rule', trend_rule, trend_rule IN ('last_step', 'first_last', 'slope'), '''last_step'', ''first_last'' or ''slope'''),
		('tolerance', tolerance::text, tolerance >= 0 AND tolerance < 'infinity', 'a finite number from 0 up'),
		('distance', distance::text, distance >= 0 AND distance < 'infinity', 'a finite number from 0 up'),
		('fill', fill::text, fill IS NOT NULL, 'true or false')) AS v (argument, given, fits, choice)
	WHERE fits IS NOT TRUE
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN wrong.given IS NULL THEN 'null_value_not_allowed' ELSE 'invalid_parameter_value' END,
			MESSAGE = format('%s must not be %s', wrong.argument, coalesce(quote_literal(wrong.given), 'null')),
			HINT = format('It is %s; leave it out for its default.', wrong.choice);
	END IF;
	RETURN jsonb_build_object(
		'rule', rule, 'threshold', threshold::text, 'trend_rule', trend_rule, 'tolerance', tolerance::text, 'distance', distance::text,
		'near', CASE distance WHEN 0 THEN 'touch each other' ELSE format('lie within %s of each other, in the unit of their SRID', distance) END,
		'fill', fill::text, 'criteria', array_to_string(criteria, ', '),
		'extreme', CASE rule WHEN 'any' THEN 'strongest' ELSE 'weakest' END,
		'score', CASE WHEN cardinality(criteria) = 1 THEN list WHEN rule = 'any' THEN format('GREATEST(%s)', list)
			ELSE format('CASE WHEN num_nulls(%1$s) = 0 THEN LEAST(%1$s) END', list) END,
		'cs_passed', CASE WHEN 'cs' = ANY (criteria) THEN format('t.cs >= %s::float8', threshold) ELSE 'NULL::boolean' END,
		'pc_passed', CASE WHEN 'pc' = ANY (criteria) THEN format('t.pc >= %s::float8', threshold) ELSE 'NULL::boolean' END,
		'change', CASE trend_rule
			WHEN 'last_step' THEN 'CASE WHEN lag(s.period_number) OVER cell = s.period_number - 1 THEN s.score - lag(s.score) OVER cell END'
			WHEN 'first_last' THEN 'CASE WHEN first_value(s.period_number) OVER cell < s.period_number THEN s.score - first_value(s.score) OVER cell END'
			ELSE 'regr_slope(s.score, s.period_number) OVER cell' END,
		'trend', CASE trend_rule
			WHEN 'last_step' THEN 'change of the score from the preceding period'
			WHEN 'first_last' THEN 'change of the score from the first period in which it is known'
			ELSE 'slope per period of the least-squares line through the scores up to this period' END);
END
$$;
COMMENT ON FUNCTION kz_study_rule(text, float8, text, float8, float8, boolean, text[]) IS
'Checks the rules of a study and returns its words for when a cell is a candidate and how its trend is measured. criteria: those of lq, cs and pc that the study has. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_facts(name text, facts regclass, period_column name, region_column name, industry_column name, value_column name, industries text[])
RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	words jsonb := jsonb_build_object('study', quote_ident(name), 'facts', kz_study_relation(facts, 'facts'), 'named', kz_study_relation(facts, 'facts'), 'estimates', '',
		'period_text', quote_literal(period_column), 'region_text', quote_literal(region_column), 'industry_text', quote_literal(industry_column));
BEGIN
	IF name IS NULL OR name = '' OR octet_length(name) > 63 OR starts_with(name, 'pg_') THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN name IS NULL THEN 'null_value_not_allowed' ELSE 'invalid_name' END,
			MESSAGE = format('name of a study must not be %s', coalesce(quote_literal(name), 'null')),
			HINT = 'It becomes the name of a schema: 1 to 63 bytes that do not begin with pg_.';
	ELSIF to_regnamespace(quote_ident(name)) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'duplicate_schema', MESSAGE = format('schema "%s" already exists', name),
			HINT = 'Choose another name for the study, or remove an older one with kz_drop_study().';
	ELSIF cardinality(industries) = 0 OR array_ndims(industries) > 1 OR array_position(industries, NULL) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'industries must be a list of labels without nulls',
			HINT = 'Leave it out for all industries.';
	END IF;
	words := words || jsonb_build_object('period', kz_study_column(facts, period_column, 'period_column', 'a period'));
	words := words || jsonb_build_object('region', kz_study_column(facts, region_column, 'region_column', 'a label'));
	words := words || jsonb_build_object('industry', kz_study_column(facts, industry_column, 'industry_column', 'a label'));
	words := words || jsonb_build_object('value', kz_study_column(facts, value_column, 'value_column', 'a number'));
	IF period_column IN (SELECT c."column" FROM kz_study_columns() AS c) THEN
		RAISE EXCEPTION USING ERRCODE = 'duplicate_column',
			MESSAGE = format('period column must not be called "%s", like a column of every study', period_column),
			HINT = 'Give facts a view that renames it.';
	END IF;
	RETURN words || kz_study_universe(words ->> 'industry', industries, industries IS NOT NULL);
END
$$;
COMMENT ON FUNCTION kz_study_facts(text, regclass, name, name, name, name, text[]) IS
'Checks a study''s name, its relation of facts and its industries and returns its words for them. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_regions(regions regclass, region_column name, region_name_column name, geometry_column name)
RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL RESTRICTED COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	srid integer;
	words jsonb := '{}';
BEGIN
	IF regions IS NULL THEN
		IF region_name_column IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'region_name_column must be given with regions',
				HINT = 'regions => a relation with a row for each region; region_name_column is one of its columns.';
		END IF;
		RETURN words;
	ELSIF geometry_column IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'geometry_column must not be null',
			HINT = format('Name a column of relation "%s".', regions::text);
	END IF;

	words := jsonb_build_object(
		'regions', kz_study_relation(regions, 'regions'),
		'regions_region', kz_study_column(regions, region_column, 'regions_region_column', 'a label'),
		'geometry', quote_ident(geometry_column));
	IF region_name_column IS NOT NULL THEN
		words := words || jsonb_build_object('region_name_column', kz_study_column(regions, region_name_column, 'region_name_column', 'a label'));
	END IF;
	srid := kz_check_regions(regions, region_column, geometry_column, ARRAY['POLYGON', 'MULTIPOLYGON'], true);
	IF srid IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('relation "%s" has no regions', regions::text),
			HINT = 'Load the regions first, or create the study without them.';
	END IF;
	RETURN words || jsonb_build_object('srid', srid::text, 'geometry_type', (
		SELECT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a WHERE a.attrelid = regions AND a.attname = geometry_column));
END
$$;
COMMENT ON FUNCTION kz_study_regions(regclass, name, name, name) IS
'Checks the relation of regions, with its geometries, and returns a study''s words for it. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_attributes(facts regclass, period_column name, attributes regclass, reference_attributes regclass,
	region_column name, attributes_period_column name, gross_product_column name, population_column name, total_column name)
RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	study jsonb := '{}';
	column_ record;
	columns text[] := '{}';
BEGIN
	IF (attributes IS NULL) <> (num_nonnulls(gross_product_column, population_column, total_column) = 0) OR
		(attributes IS NULL AND reference_attributes IS NOT NULL)
	THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = CASE WHEN attributes IS NULL THEN 'gross_product_column, population_column, total_column and reference_attributes need attributes'
						   ELSE 'attributes need a gross_product_column, population_column or total_column' END,
			HINT = 'attributes => a relation with a row for each region and period, of which these are columns.';
	ELSIF attributes IS NULL THEN
		RETURN study;
	END IF;

	study := kz_study_join(facts, period_column, attributes, attributes_period_column, 'attributes') || jsonb_build_object(
		'attributes_region', kz_study_column(attributes, region_column, 'attributes_region_column', 'a label'),
		'attributes_region_text', quote_literal(region_column),
		'attributes_period_text', quote_literal(attributes_period_column),
		'attributes_period_name', quote_ident(attributes_period_column));
	IF reference_attributes IS NOT NULL THEN
		study := study || kz_study_join(facts, period_column, reference_attributes, period_column, 'reference_attributes');
	END IF;
	FOR column_ IN
		SELECT * FROM (VALUES ('gross_product_column', gross_product_column), ('population_column', population_column),
			('total_column', total_column)) AS v (argument, name) WHERE name IS NOT NULL
	LOOP
		study := study || jsonb_build_object(column_.argument, kz_study_column(attributes, column_.name, column_.argument, 'a number'));
		IF reference_attributes IS NOT NULL THEN
			columns := columns || ('n.' || kz_study_column(reference_attributes, column_.name, column_.argument, 'a number'));
		END IF;
	END LOOP;
	RETURN study || jsonb_build_object('reference_attributes_columns', array_to_string(columns, ', '));
END
$$;
COMMENT ON FUNCTION kz_study_attributes(regclass, name, regclass, regclass, name, name, name, name, name) IS
'Checks the relations of attributes and returns a study''s words for them. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_check(study jsonb) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL RESTRICTED COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	-- the labels that regions may have: those of the table of regions, or else those of the facts
	known text := CASE WHEN study ? 'regions' THEN 'SELECT {regions_region}::text COLLATE "C" FROM {regions}'
					   ELSE 'SELECT s.{region}::text COLLATE "C" FROM {facts} AS s' END;
	place text := CASE WHEN study ? 'regions' THEN ' is not among the regions of {regions}' ELSE ' is not among the regions of {named}' END;
	moved text := CASE WHEN study -> 'raw' ? 'crosswalk' THEN ' A crosswalk converts the facts, not attributes: they must be those of its successors.' ELSE '' END;
	rule record;
	label text;
BEGIN
	FOR rule IN SELECT * FROM (VALUES
		('facts', $sql$SELECT CASE WHEN s.{period} IS NULL THEN {period_text} WHEN s.{region} IS NULL THEN {region_text} ELSE {industry_text} END
			FROM {facts} AS s {within} AND (s.{period} IS NULL OR s.{region} IS NULL OR s.{industry} IS NULL) LIMIT 1$sql$,
		 'null_value_not_allowed', 'column "{label}" of {named} must not be null', 'Leave such rows out in a view, or give them a label with coalesce().'),
		('facts', $sql$SELECT label FROM (SELECT unnest({industries}::text[]) COLLATE "C" AS label EXCEPT SELECT s.{industry}::text COLLATE "C" FROM {facts} AS s) AS l
			WHERE EXISTS (SELECT FROM {facts} AS s) ORDER BY label LIMIT 1$sql$,
		 'undefined_object', 'industry "{label}" is not in {named}', 'industries => ... takes labels as they are in the facts.'),
		('regions', 'SELECT s.{region}::text COLLATE "C" AS label FROM {facts} AS s {within} EXCEPT ' || known || ' ORDER BY label LIMIT 1',
		 'foreign_key_violation', 'region "{label}" of {named}' || place, 'Add it there, or leave it out of the facts in a view, as a total of the country must be.'),
		('attributes', $sql$SELECT CASE WHEN s.{attributes_period} IS NULL THEN {attributes_period_text} ELSE {attributes_region_text} END
			FROM {attributes} AS s WHERE s.{attributes_period} IS NULL OR s.{attributes_region} IS NULL LIMIT 1$sql$,
		 'null_value_not_allowed', 'column "{label}" of {attributes} must not be null', 'Leave such rows out in a view.'),
		('attributes', $sql$SELECT min(s.{attributes_region}::text COLLATE "C") AS label FROM {attributes} AS s
			GROUP BY s.{attributes_region}, s.{attributes_period} HAVING count(*) > 1 ORDER BY label LIMIT 1$sql$,
		 'unique_violation', 'region "{label}" appears more than once in a period of {attributes}', 'Attributes are one row for each region and period.'),
		('attributes', 'SELECT s.{attributes_region}::text COLLATE "C" AS label FROM {attributes} AS s EXCEPT ' || known || ' ORDER BY label LIMIT 1',
		 'foreign_key_violation', 'region "{label}" of {attributes}' || place, 'Add it there, or leave it out of the attributes in a view, as a total of the country must be.' || moved),
		('reference', $sql$SELECT s.{industry}::text COLLATE "C" AS label FROM {facts} AS s {within} AND NOT EXISTS (
			SELECT FROM {reference} AS r WHERE s.{period} {reference_equality} r.{reference_period} AND r.{reference_industry}::text COLLATE "C" = s.{industry}::text)
			ORDER BY label LIMIT 1$sql$,
		 'foreign_key_violation', 'industry "{label}" of {named} is not in {reference} in every period', 'Add it there, or leave it out of the facts in a view.'),
		('reference_attributes', $sql$SELECT s.{period}::text AS label FROM {facts} AS s
			LEFT JOIN {reference_attributes} AS n ON s.{period} {reference_attributes_equality} n.{reference_attributes_period}
			{within} AND num_nulls({reference_attributes_columns}) > 0 ORDER BY s.{period} LIMIT 1$sql$,
		 'null_value_not_allowed', '{reference_attributes} lacks an attribute in period {label}', 'It needs all attributes of the reference for every period of the facts.'),
		('reference_attributes', $sql$SELECT min(CAST(n.{reference_attributes_period} AS text) COLLATE "C") AS label FROM {reference_attributes} AS n
			GROUP BY n.{reference_attributes_period} HAVING count(*) > 1 ORDER BY n.{reference_attributes_period} LIMIT 1$sql$,
		 'unique_violation', '{reference_attributes} has more than one row in period {label}', 'Attributes of the reference are one row for each period.'))
		AS v (relation, query, code, message, hint) WHERE study ? relation
	LOOP
		EXECUTE kz_study_sql(rule.query, study) INTO label;
		IF label IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = rule.code, HINT = rule.hint,
				MESSAGE = kz_study_sql(rule.message, study || jsonb_build_object('label', label));
		END IF;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_study_check(jsonb) IS
'Checks the rows of a study''s relations: no label is NULL, regions are known, attributes unique, references complete. For kz_create_study. An error names the first offending label, in bytewise order.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_sources(study jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	listed text := (SELECT string_agg(format('(%L::text, s.{%s_column}::float8)', c, c), ', ' ORDER BY i)
					FROM unnest(ARRAY['gross_product', 'population', 'total']) WITH ORDINALITY AS u (c, i) WHERE study ? (c || '_column'));
	attributes boolean := study ? 'attributes';
	reference boolean := study ? 'reference';
	published boolean := study ? 'reference_attributes';
	totals boolean := study ? 'total_column' AND NOT reference AND NOT published;
	words jsonb;
BEGIN
	SELECT jsonb_object_agg(word, kz_study_sql(template, study)) INTO words
	FROM (VALUES
		('sources', concat(
			CASE WHEN attributes THEN $sql$, attributes AS (
				SELECT s.{attributes_period} AS {period}, {kz}.kz_matrix_agg(s.{attributes_region}, v.attribute, v.value) AS matrix
				FROM {attributes} AS s CROSS JOIN LATERAL (VALUES $sql$ || listed || $sql$) AS v (attribute, value) GROUP BY 1)$sql$ END,
			CASE WHEN reference THEN $sql$, reference AS (
				SELECT s.{reference_period} AS {period}, {kz}.kz_matrix_agg('reference'::text, s.{reference_industry}, s.{reference_value}::float8) AS matrix
				FROM {reference} AS s {reference_universe} GROUP BY 1)$sql$ END,
			CASE WHEN published THEN $sql$, reference_attributes AS (
				SELECT s.{reference_attributes_period} AS {period}, {kz}.kz_matrix_agg('reference'::text, v.attribute, v.value) AS matrix
				FROM {reference_attributes} AS s CROSS JOIN LATERAL (VALUES $sql$ || listed || $sql$) AS v (attribute, value) GROUP BY 1)$sql$ END,
			-- where the regions have published totals, the reference has their sum
			CASE WHEN totals THEN $sql$, reference_attributes AS (
				SELECT s.{attributes_period} AS {period}, {kz}.kz_matrix_agg('reference'::text, 'total'::text, s.{total_column}::float8) AS matrix
				FROM {attributes} AS s GROUP BY 1)$sql$ END)),
		('sources_join', concat(
			CASE WHEN attributes THEN ' LEFT JOIN attributes AS a ON f.{period} {attributes_equality} a.{period}' END,
			CASE WHEN reference THEN ' LEFT JOIN reference AS r ON f.{period} {reference_equality} r.{period}' END,
			CASE WHEN published THEN ' LEFT JOIN reference_attributes AS n ON f.{period} {reference_attributes_equality} n.{period}' END,
			CASE WHEN totals THEN ' LEFT JOIN reference_attributes AS n ON f.{period} {attributes_equality} n.{period}' END)),
		('attributes_matrix', CASE WHEN attributes THEN 'a.matrix' ELSE 'NULL' END),
		('reference_attributes_matrix', CASE WHEN published OR totals THEN 'n.matrix' ELSE 'NULL' END)) AS w (word, template);
	-- a period that the reference lacks is an error of kz_coefficients, never a silent change of reference
	RETURN study || words || kz_study_gather(study) || jsonb_build_object('reference_matrix',
		CASE WHEN reference THEN $sql$coalesce(r.matrix, '{"rows":[],"cols":[],"cells":[]}')$sql$ ELSE 'NULL' END);
END
$$;
COMMENT ON FUNCTION kz_study_sources(jsonb) IS
'Adds to a study the words by which its coefficients gather a matrix a period from each relation besides the facts. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_bases(study jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	gross_product boolean := study ? 'gross_product_column';
	population boolean := study ? 'population_column';
	total boolean := study ? 'total_column';
	published boolean := study ? 'reference_attributes';
	named boolean := study ? 'region_name_column';
	words jsonb;
BEGIN
	SELECT jsonb_object_agg(word, kz_study_sql(template, study)) INTO words
	FROM (VALUES
		('gross_product', CASE WHEN gross_product THEN 'b.{gross_product_column}::float8' ELSE 'NULL::float8' END),
		('population', CASE WHEN population THEN 'b.{population_column}::float8' ELSE 'NULL::float8' END),
		('bases', CASE WHEN gross_product OR population THEN
			'LEFT JOIN {attributes} AS b ON p.{period} {attributes_equality} b.{attributes_period} AND b.{attributes_region}::text COLLATE "C" = c.region'
			ELSE '' END),
		('ref_gross_product', CASE WHEN NOT gross_product THEN 'NULL::float8'
			WHEN published THEN '{kz}.kz_value(n.matrix, ''reference''::text, ''gross_product''::text)'
			ELSE '{kz}.kz_total({kz}.kz_cols(a.matrix, ARRAY[''gross_product'']))' END),
		('ref_population', CASE WHEN NOT population THEN 'NULL::float8'
			WHEN published THEN '{kz}.kz_value(n.matrix, ''reference''::text, ''population''::text)'
			ELSE '{kz}.kz_total({kz}.kz_cols(a.matrix, ARRAY[''population'']))' END),
		-- a region without its published total has the sum of its facts instead, and the reference's total may lack it
		('complete', CASE WHEN total THEN
			', (SELECT bool_and({kz}.kz_value(a.matrix, l.label, ''total''::text) IS NOT NULL) FROM unnest({kz}.kz_row_labels(f.matrix)) AS l (label)) AS complete'
			ELSE '' END),
		-- kz_coefficients does not know that a period without any attributes should have them
		('status', concat('CASE WHEN c.status <> ''ok'' THEN c.status',
			CASE WHEN gross_product THEN ' WHEN c.cs IS NULL THEN ''no gross product''' END,
			CASE WHEN population THEN ' WHEN c.pc IS NULL THEN ''no population''' END,
			CASE WHEN total THEN ' WHEN NOT p.complete THEN ''incomplete totals''' END,
			' ELSE ''ok'' END')),
		-- as it is where it can be, so that a search by its index goes through the view
		('shape', CASE WHEN NOT study ? 'regions' THEN ''
			WHEN study ->> 'geometry_type' ~ ('geometry\(MultiPolygon,' || (study ->> 'srid') || '\)$') THEN 'g.{geometry}'
			ELSE '{gis}.ST_Multi({gis}.ST_Force2D(g.{geometry}))::{gis}.geometry(MultiPolygon, {srid})' END),
		('names', CASE WHEN named THEN 'LEFT JOIN {regions} AS g ON g.{regions_region}::text COLLATE "C" = c.region' ELSE '' END),
		('region_name', CASE WHEN named THEN 'coalesce(g.{region_name_column}::text, c.region)' ELSE 'c.region' END)) AS w (word, template);
	IF study ? 'regions' THEN
		words := words || kz_study_near(study, (study ->> 'distance')::float8);
	END IF;
	RETURN study || words;
END
$$;
COMMENT ON FUNCTION kz_study_bases(jsonb) IS
'Adds to a study the words for the bases of its coefficients (gross products and populations), for its status and for the names, shapes and neighbourhood of regions. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_tables() RETURNS TABLE (object text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 2
BEGIN ATOMIC
	VALUES ('coefficients', $sql$
WITH facts AS (
{gather}
){sources}, periods AS {kept} (
	SELECT f.{period}, f.period_number, f.matrix,
		{attributes_matrix}::{kz}.kz_matrix AS attributes,
		{reference_matrix}::{kz}.kz_matrix AS reference,
		{reference_attributes_matrix}::{kz}.kz_matrix AS reference_attributes,
		{ref_gross_product} AS ref_gross_product,
		{ref_population} AS ref_population{complete}
	FROM facts AS f{sources_join}{sorted}
)
SELECT p.{period}, c.region, {region_name} AS region_name, c.industry,
	c.value, c.region_total, c.industry_total, c.ref_value, c.ref_total, c.region_share, c.reference_share, c.industry_share,
	c.lq, c.cs, c.pc, c.excess, {status} AS status,
	{gross_product} AS gross_product, p.ref_gross_product, {population} AS population, p.ref_population, p.period_number
FROM periods AS p
CROSS JOIN LATERAL {kz}.kz_coefficients(p.matrix, p.attributes, p.reference, p.reference_attributes, {fill}) AS c
{bases} {names}
$sql$, $$One row for each {period}, region and industry of {named}, with the coefficients and all that they are made of.{estimates} The reference total is the sum over {universe_text}: the wrong one is the commonest error, for over all industries lq equals cs by construction where gross product is their sum. {refreshing}$$),
	('clusters', $sql$
WITH scores AS MATERIALIZED (
	SELECT c.{period}, c.industry COLLATE "C" AS industry, c.region COLLATE "C" AS region, c.region_name, c.value, c.ref_value, c.region_total, c.ref_total,
		c.gross_product, c.ref_gross_product, c.population, c.ref_population, c.status, {score} AS score
	FROM {study}.coefficients AS c
	WHERE {score} >= {threshold}::float8 AND EXISTS (SELECT FROM {regions} AS g WHERE g.{regions_region}::text COLLATE "C" = c.region)
), found AS (
	SELECT s.{period}, k.industry COLLATE "C" AS industry, k.region COLLATE "C" AS region, k.cluster AS kz_cluster
	FROM (SELECT a.{period}, {kz}.kz_matrix_agg(a.region, a.industry, a.score) AS matrix FROM scores AS a GROUP BY a.{period}) AS s
	CROSS JOIN ({near_regions}
	) AS w
	CROSS JOIN LATERAL {kz}.kz_cluster_significance(w.matrix, s.matrix, {threshold}::float8, 0) AS k
), joined AS MATERIALIZED (
	SELECT s.{period}, s.industry COLLATE "default" AS industry, count(*)::integer AS members,
		array_agg(s.region COLLATE "default" ORDER BY s.region) AS regions,
		string_agg(s.region_name, ', ' ORDER BY s.region) AS region_names,
		sum(s.value ORDER BY s.region) AS value, max(s.ref_value) AS ref_value,
		sum(s.region_total ORDER BY s.region) AS region_total, max(s.ref_total) AS ref_total,
		CASE WHEN count(s.gross_product) = count(*) THEN sum(s.gross_product ORDER BY s.region) END AS gross_product,
		max(s.ref_gross_product) AS ref_gross_product,
		CASE WHEN count(s.population) = count(*) THEN sum(s.population ORDER BY s.region) END AS population,
		max(s.ref_population) AS ref_population,
		coalesce(min(s.status COLLATE "C") FILTER (WHERE s.status <> 'ok'), 'ok') COLLATE "default" AS status
	FROM scores AS s
	JOIN found AS f ON f.{period} {facts_equality} s.{period} AND f.industry = s.industry AND f.region = s.region
	GROUP BY s.{period}, s.industry, f.kz_cluster
), {shapes}
SELECT row_number() OVER (ORDER BY j.{period}, j.industry COLLATE "C", j.regions[1] COLLATE "C")::integer AS id,
	j.{period}, j.industry, j.members, j.regions, j.region_names, j.value, j.value / nullif(j.ref_value, 0) AS share,
	{kz}.kz_location_quotient(j.value, j.ref_value, j.region_total, j.ref_total) AS lq,
	{kz}.kz_specialization_coefficient(j.value, j.ref_value, j.gross_product, j.ref_gross_product) AS cs,
	{kz}.kz_per_capita_coefficient(j.value, j.ref_value, j.population, j.ref_population) AS pc,
	j.status, u.geom
FROM joined AS j
JOIN shapes AS u ON u.regions = j.regions
$sql$, $$One row for each {period}, industry and group of candidate regions that {near}. lq, cs and pc are those of the regions together, from their sums. Refresh it after coefficients.$$);
END;
COMMENT ON FUNCTION kz_study_tables() IS
'The materialized views of a study, as templates, with their comments: a matrix a period from the facts and a row a cell of it; groups of near candidates. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_views() RETURNS TABLE (object text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 3
BEGIN ATOMIC
	VALUES ('candidates', $sql$
SELECT t.{period}, t.region, t.region_name, t.industry, t.value, t.lq, t.cs, t.pc,
	t.lq >= {threshold}::float8 AS lq_passed, {cs_passed} AS cs_passed, {pc_passed} AS pc_passed, t.score,
	row_number() OVER (PARTITION BY t.{period} ORDER BY t.score DESC, t.industry COLLATE "C", t.region COLLATE "C")::integer AS rank,
	t.change,
	CASE WHEN t.change > {tolerance}::float8 THEN 'up' WHEN t.change < -{tolerance}::float8 THEN 'down'
		WHEN t.change IS NOT NULL THEN 'flat' END AS direction,
	t.status
FROM (
	SELECT s.{period}, s.region, s.region_name, s.industry, s.value, s.lq, s.cs, s.pc, s.score, s.status, {change} AS change
	FROM (
		SELECT c.{period}, c.region, c.region_name, c.industry, c.value, c.lq, c.cs, c.pc, c.status, c.period_number, {score} AS score
		FROM {study}.coefficients AS c
	) AS s
	WHERE s.score IS NOT NULL
	WINDOW cell AS (PARTITION BY s.region COLLATE "C", s.industry COLLATE "C" ORDER BY s.period_number)
) AS t
WHERE t.score >= {threshold}::float8
$sql$, $$Candidate clusters (stage 1): the regions and industries of coefficients with {rule} of {criteria} at least {threshold}. Their trend is the {trend}, whether or not they were candidates then.$$),
	('candidates_map', $sql$
SELECT c.id, c.{period}, c.region, c.region_name, c.industry, c.value, c.lq, c.cs, c.pc, c.score, c.rank, c.change, c.direction, c.status,
	{shape} AS geom
FROM (
	SELECT row_number() OVER (ORDER BY s.{period}, s.industry COLLATE "C", s.region COLLATE "C")::integer AS id,
		s.{period}, s.region, s.region_name, s.industry, s.value, s.lq, s.cs, s.pc, s.score, s.rank, s.change, s.direction, s.status
	FROM {study}.candidates AS s
) AS c
JOIN {regions} AS g ON g.{regions_region}::text COLLATE "C" = c.region
$sql$, 'The candidates with the geometry of their regions, for GIS clients.'),
	('clusters_map', $sql$
SELECT c.id, c.{period}, c.industry, c.members, c.region_names, c.value, c.share, c.lq, c.cs, c.pc, c.status, c.geom
FROM {study}.clusters AS c
$sql$, 'The clusters as last refreshed, without arrays, for GIS clients.');
END;
COMMENT ON FUNCTION kz_study_views() IS
'The views of a study, as templates, with their comments: the score of every cell, its trend, and of these the cells that pass; an integer id and a typed geometry for GIS clients. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_columns() RETURNS TABLE ("column" text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 50
BEGIN ATOMIC
	VALUES
	('id', 'integer key, unique; it may be another one after a refresh'),
	('region', 'label of the region'),
	('region_name', 'name of the region; its label if it has no name'),
	('industry', 'label of the industry'),
	('value', 'sum of the facts, in their unit; NULL if any of them is suppressed'),
	('region_total', 'sum of the region over the industries, or its published total'),
	('industry_total', 'sum of the industry over the regions'),
	('ref_value', 'the industry in the reference: industry_total unless a reference is given'),
	('ref_total', 'all industries in the reference'),
	('region_share', 'value / ref_value: the region''s share of the industry'),
	('reference_share', 'ref_value / ref_total: the industry''s share of the reference'),
	('industry_share', 'value / region_total: the industry''s share of the region'),
	('lq', 'location quotient: industry_share / reference_share'),
	('cs', 'coefficient of specialization: region_share / (gross_product / ref_gross_product)'),
	('pc', 'coefficient of per-capita production: region_share / (population / ref_population)'),
	('excess', 'value - region_total * reference_share, in the unit of value'),
	('status', 'ok; suppressed, negative, no base: no coefficients; no gross product, no population: the region has none; incomplete totals: a total lacks suppressed cells or regions and is a lower bound'),
	('gross_product', 'gross product of the region'),
	('ref_gross_product', 'gross product of the reference'),
	('population', 'population of the region'),
	('ref_population', 'population of the reference'),
	('period_number', '1, 2, 3, ... in the order of the periods'),
	('lq_passed', 'lq >= {threshold}'),
	('cs_passed', 'cs >= {threshold}; NULL if unknown or not a criterion'),
	('pc_passed', 'pc >= {threshold}; NULL if unknown or not a criterion'),
	('score', 'the {extreme} of {criteria}'),
	('rank', '1 for the highest score of the period'),
	('change', '{trend}; NULL if there is nothing to compare with'),
	('direction', 'up or down if change is more than {tolerance} above or below 0, else flat'),
	('members', 'number of regions'),
	('regions', 'labels of the regions, in bytewise order'),
	('region_names', 'names of the regions, in the order of regions'),
	('share', 'share of the regions together in the industry of the reference'),
	('geom', 'the area, in SRID {srid}');
END;
COMMENT ON FUNCTION kz_study_columns() IS
'The columns of a study''s views besides the period, and what they mean, whichever view they are in. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_objects() RETURNS TABLE (object text, kind text, template text, remark text, number integer)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 5
BEGIN ATOMIC
	SELECT o.object, o.kind, o.template, o.remark, array_position(ARRAY['coefficients', 'candidates', 'clusters', 'candidates_map', 'clusters_map'], o.object)
	FROM (SELECT t.object, 'MATERIALIZED VIEW' AS kind, t.template, t.remark FROM kz_study_tables() AS t
		  UNION ALL SELECT v.object, 'VIEW', v.template, v.remark FROM kz_study_views() AS v) AS o
	ORDER BY 5;
END;
COMMENT ON FUNCTION kz_study_objects() IS
'The objects of a study in the order in which they are made, one built on another. For kz_create_study and kz_drop_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_make(study jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	o record;
	a record;
	same boolean;
	incremental boolean := study ->> 'incremental' = 'true';
BEGIN
	EXECUTE kz_study_sql('CREATE SCHEMA {study}', study);
	EXECUTE kz_study_sql('COMMENT ON SCHEMA {study} IS ', study) || quote_literal(kz_study_sql('kzcluster study of {named}; kz_drop_study() removes it', study));
	PERFORM kz_study_define(coalesce(study -> 'raw', study));
	IF study ? 'raw' THEN
		PERFORM kz_study_raw_views(study);
	END IF;
	IF incremental THEN
		PERFORM kz_study_store(study);
	END IF;
	FOR o IN SELECT object, template, remark, number, CASE WHEN incremental AND object = 'coefficients' THEN 'VIEW' ELSE kind END AS kind,
				 format('%s.%I', study ->> 'study', object) AS name FROM kz_study_objects()
			 WHERE study ? 'regions' OR object IN ('coefficients', 'candidates') ORDER BY number
	LOOP
		EXECUTE format('CREATE %s %s %s AS %s', o.kind, o.name, CASE o.kind WHEN 'VIEW' THEN 'WITH (security_invoker = true)' ELSE '' END,
					   kz_study_sql(o.template, study));
		EXECUTE format('COMMENT ON %s %s IS %L', o.kind, o.name, kz_study_sql(o.remark, study));
		FOR a IN SELECT attname AS name, remark FROM pg_attribute LEFT JOIN kz_study_columns() AS c ON c."column" = attname
				 WHERE attrelid = o.name::regclass AND attnum > 0
		LOOP
			EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', o.name, a.name, kz_study_sql(coalesce(a.remark, 'period: {period} of {named}'), study));
		END LOOP;
	END LOOP;
	IF NOT incremental THEN
		EXECUTE kz_study_sql('CREATE UNIQUE INDEX ON {study}.coefficients ({period}, region, industry)', study);
		-- what is built on them at once is planned by their statistics
		EXECUTE kz_study_sql('ANALYZE {study}.coefficients', study);
	END IF;
	IF study ? 'regions' THEN
		EXECUTE kz_study_sql('CREATE UNIQUE INDEX ON {study}.clusters (id)', study);
		EXECUTE kz_study_sql('CREATE INDEX ON {study}.clusters USING gist (geom)', study);
	END IF;

	IF study ? 'gross_product_column' THEN
		EXECUTE kz_study_sql('SELECT bool_and(abs(lq - cs) <= 1e-9 * lq) FROM {study}.coefficients WHERE lq > 0 AND cs IS NOT NULL', study) INTO same;
		IF same THEN
			RAISE NOTICE USING MESSAGE = format('in study %s lq equals cs throughout: the totals of the regions are their gross products', study ->> 'study'),
				HINT = 'To measure industries against a total of their own, name them in industries => ...';
		END IF;
	END IF;
	PERFORM kz_study_totals(study);
END
$$;
COMMENT ON FUNCTION kz_study_make(jsonb) IS
'Creates the schema of a study and all that is in it. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_create_study(
	name text,
	facts regclass, regions regclass DEFAULT NULL, attributes regclass DEFAULT NULL,
	reference regclass DEFAULT NULL, reference_attributes regclass DEFAULT NULL,
	period_column name DEFAULT 'period', region_column name DEFAULT 'region',
	industry_column name DEFAULT 'industry', value_column name DEFAULT 'value',
	industries text[] DEFAULT NULL,
	regions_region_column name DEFAULT NULL, region_name_column name DEFAULT NULL, geometry_column name DEFAULT 'geom',
	attributes_period_column name DEFAULT NULL, attributes_region_column name DEFAULT NULL,
	gross_product_column name DEFAULT NULL, population_column name DEFAULT NULL, total_column name DEFAULT NULL,
	rule text DEFAULT 'all', threshold float8 DEFAULT 1,
	trend_rule text DEFAULT 'last_step', tolerance float8 DEFAULT 0.05,
	distance float8 DEFAULT 0,
	fill boolean DEFAULT false,
	incremental boolean DEFAULT false,
	classification regclass DEFAULT NULL, parent_column name DEFAULT NULL, classification_industry_column name DEFAULT NULL, "level" integer DEFAULT NULL,
	vintage_column name DEFAULT NULL, vintage text DEFAULT NULL,
	crosswalk regclass DEFAULT NULL, from_region_column name DEFAULT NULL, to_region_column name DEFAULT NULL,
	weight_column name DEFAULT NULL, crosswalk_period_column name DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
SET jit = off
AS $$
DECLARE
	study jsonb;
BEGIN
	study := kz_study_facts(kz_create_study.name, facts, period_column, region_column, industry_column, value_column, industries);
	study := study || kz_study_regions(regions, coalesce(regions_region_column, region_column), region_name_column, geometry_column);
	study := study || kz_study_attributes(facts, period_column, attributes, reference_attributes,
		coalesce(attributes_region_column, region_column), coalesce(attributes_period_column, period_column),
		gross_product_column, population_column, total_column);
	IF reference IS NOT NULL THEN
		study := study || kz_study_join(facts, period_column, reference, period_column, 'reference');
		study := study || jsonb_build_object('reference_universe', study -> 'universe',
			'reference_industry', kz_study_column(reference, industry_column, 'industry_column', 'a label'),
			'reference_value', kz_study_column(reference, value_column, 'value_column', 'a number'));
	END IF;
	study := study || kz_study_incremental(facts, period_column, incremental);
	study := study || kz_study_rule(rule, threshold, trend_rule, tolerance, distance, fill,
		ARRAY['lq'] || CASE WHEN gross_product_column IS NOT NULL THEN ARRAY['cs'] END || CASE WHEN population_column IS NOT NULL THEN ARRAY['pc'] END);
	study := study || jsonb_build_object('kz', '@extschema@', 'gis', (
		SELECT quote_ident(n.nspname) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'));
	study := kz_study_through(study || kz_study_raw(study, facts, period_column, industry_column, classification, parent_column, classification_industry_column, "level",
		vintage_column, vintage, crosswalk, from_region_column, to_region_column, weight_column, crosswalk_period_column), study ->> 'period');
	PERFORM kz_study_raw_check(study -> 'raw');
	PERFORM kz_study_check(study || jsonb_build_object('facts', coalesce('(' || (study #>> '{raw,query}') || ')', study ->> 'facts')));
	PERFORM kz_study_make(kz_study_bases(kz_study_sources(study)));
END
$$;
COMMENT ON FUNCTION kz_create_study(text, regclass, regclass, regclass, regclass, regclass, name, name, name, name, text[], name, name, name,
	name, name, name, name, name, text, float8, text, float8, float8, boolean, boolean, regclass, name, name, integer, name, text, regclass, name, name, name, name) IS
'Makes a study: a schema of this name that belongs to the caller, with coefficients (materialized), candidates, clusters (materialized), candidates_map and clusters_map, all commented and readable in psql. The relations may be tables, partitioned or foreign tables or views; a column is named once, as in the facts, and apart only where it differs. facts: one or more rows for each period, region and industry; the period keeps its name and type; a NULL value is suppressed. regions: a row for each region, with a (multi)polygon; without it there are no clusters and no maps. attributes: a row for each region and period, with gross_product_column (for cs), population_column (for pc) and total_column (a published total of the region over these industries, instead of the sum of the facts). reference: values by period and industry of a larger area, or published national ones, instead of the sums over the regions; their sum is the reference total. reference_attributes: a row for each period with the same columns as attributes, for that area. industries: those whose sum is the reference total; if left out, all. A candidate has all (rule => ''any'': any) of the coefficients at least at threshold; its score is the weakest (the strongest) of them. Its trend is the change of the score from the preceding period (trend_rule ''last_step'') or from the first (''first_last''), or the least-squares slope per period (''slope''), and is up or down where that exceeds tolerance, in units of the coefficients. clusters are candidate regions of one industry that touch or lie within distance, in the unit of the SRID. fill: also absent cells, as zeros; without it a cell absent in the preceding period has no last_step. A materialized view contains what its owner may see; the other views check the reader''s own rights. Refresh with kz_refresh_study. incremental: the facts, a table or partitioned table, get triggers that log every change as a matrix, and coefficients is a view of stored matrices and that log, never stale; kz_refresh_study folds the log. classification: a row for each industry and its parent_column, NULL or itself at the top; facts of a whole and of its part in one period are then an error, unless level, counted from 1 at the top, says whose facts count. vintage_column: when a figure was published; of a period, region and industry only the rows of the latest vintage count, or of the latest up to vintage, a text; the view revisions has all of them. crosswalk: a row for each region that was divided or joined (from_region_column), its successor (to_region_column) and the weight_column, 0 to 1 and 1 in sum, with which its facts go there; crosswalk_period_column if that differs by period; regions that it lacks stay, attributes are not converted. With any of these the study reads its facts through a view facts of its own, whose column estimated marks what a weight between 0 and 1 has shared out. Any study warns of a total among its industries or regions. NULL means not given for regions, attributes, reference, reference_attributes, industries, classification, level, vintage, crosswalk, for vintage_column and for the columns of other relations than the facts; any other NULL is an error. Errors name the relation, column or label that is wrong.';

-- Since: 0.1.0
CREATE FUNCTION kz_drop_study(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
SET search_path = pg_catalog, @extschema@, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
	schema oid := kz_study_schema(kz_drop_study.name);
	others text;
	statement text;
BEGIN
	SELECT string_agg(pg_describe_object(d.classid, d.objid, 0), ', ' ORDER BY d.classid, d.objid) INTO others
	FROM pg_depend d
	WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = schema AND d.deptype = 'n'
		AND NOT (d.classid = 'pg_class'::regclass AND d.objid IN (SELECT r.relation FROM kz_study_relations(schema) AS r WHERE r.made));
	IF others IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'dependent_objects_still_exist',
			MESSAGE = format('study "%s" contains objects that kz_create_study() did not make', kz_drop_study.name),
			DETAIL = others, HINT = 'Drop them, or move them with ALTER ... SET SCHEMA.';
	END IF;

	-- without CASCADE: what others have built on the study is theirs
	FOR statement IN
		SELECT format('DROP %s %I.%I', r.kind, kz_drop_study.name, r.object) || CASE WHEN r.object = 'log' AND r.kind = 'TABLE' THEN kz_study_unwatch(r.relation) ELSE '' END
		FROM kz_study_relations(schema) AS r
		WHERE r.made
		ORDER BY r.depth DESC, r.object DESC
	LOOP
		EXECUTE statement;
	END LOOP;
	EXECUTE format('DROP SCHEMA %I', kz_drop_study.name);
END
$$;
COMMENT ON FUNCTION kz_drop_study(text) IS
'Drops the schema of a study with what kz_create_study and other functions of kzcluster made in it, and nothing else. Errors: the schema is not a study, contains other objects (named in the detail), or other objects depend on its views. NULL is an error.';
