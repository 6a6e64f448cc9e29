--
-- variables: several measures of the same cells side by side: output, employment, establishments
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_variables_columns() RETURNS jsonb
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT jsonb_object('{
		variable, "what value is: {own_text} is the value of coefficients, any other is of {variables}",
		value, "sum of the figures of the variable, in its unit; NULL if any of them is suppressed",
		region_total, "sum of the variable in the region over the industries; of {own_text} as in coefficients",
		ref_value, "the industry in the reference of the variable: its sum over the regions; of {own_text} as in coefficients",
		ref_total, "all industries in that reference",
		lq, "location quotient: industry_share / (ref_value / ref_total)"}'::text[]);
END;
COMMENT ON FUNCTION kz_study_variables_columns() IS
'The columns of variables that mean more there than in coefficients. For kz_study_variables.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_variables_parts() RETURNS TABLE (part text, prefix text, suffix text, own boolean, expression text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 30
BEGIN ATOMIC
	VALUES
	-- the figures of a variable, for each cell that any variable has, and the totals of its region and industry
	('pivot', 'value_', '', true, 'max(v.value) FILTER (WHERE v.variable = {variable_%1$s})', NULL),
	('pivot', 'lq_', '', true, 'max(v.lq) FILTER (WHERE v.variable = {variable_%1$s})', NULL),
	('pivot', 'status_', '', true, 'max(v.status) FILTER (WHERE v.variable = {variable_%1$s})', NULL),
	('pivot', 'region_total_', '', true, 'max(max(v.region_total) FILTER (WHERE v.variable = {variable_%1$s})) OVER region', NULL),
	('pivot', 'ref_total_', '', true, 'max(max(v.ref_total) FILTER (WHERE v.variable = {variable_%1$s})) OVER region', NULL),
	('pivot', 'ref_value_', '', true, 'max(max(v.ref_value) FILTER (WHERE v.variable = {variable_%1$s})) OVER industry', NULL),
	-- an absent cell is zero if the variable has figures of its region and of its industry
	('filled', 'value_', '', true, 'CASE WHEN q.status_%1$s IS NOT NULL THEN q.value_%1$s WHEN q.region_total_%1$s IS NOT NULL AND q.ref_value_%1$s IS NOT NULL THEN 0 END', NULL),
	('filled', 'lq_', '', true, 'CASE WHEN q.status_%1$s IS NOT NULL THEN q.lq_%1$s ELSE {kz}.kz_share_quotient(0, q.ref_value_%1$s, q.region_total_%1$s, q.ref_total_%1$s) END', NULL),
	('filled', 'status_', '', true, 'CASE WHEN q.status_%1$s IS NOT NULL THEN q.status_%1$s WHEN q.region_total_%1$s IS NULL OR q.ref_value_%1$s IS NULL THEN ''no figures''
			WHEN {kz}.kz_share_quotient(0, q.ref_value_%1$s, q.region_total_%1$s, q.ref_total_%1$s) IS NULL THEN ''no base'' ELSE ''ok'' END', NULL),
	-- the sums over the regions of which both are known
	('both', 'own_', '', false, 'sum(k.value_0) FILTER (WHERE k.value_%1$s IS NOT NULL) OVER same', NULL),
	('both', 'other_', '', false, 'sum(k.value_%1$s) FILTER (WHERE k.value_0 IS NOT NULL) OVER same', NULL),
	('shown', '', '', false, 's.value_%1$s', '{variable_text_%1$s}; 0 where a cell is absent from figures that have its region and its industry in this period; NULL if suppressed, or if there are no such figures'),
	('shown', '', '_lq', false, 's.lq_%1$s', 'location quotient of {variable_text_%1$s}'),
	('shown', '', '_status', false, 's.status_%1$s', 'of {variable_text_%1$s}: as in variables; no figures: of the region or of the industry there are none in this period'),
	('shown', 'value_per_', '', false, 'CASE WHEN s.value_0 >= 0 AND s.value_%1$s > 0 THEN s.value_0 / s.value_%1$s END', 'value / {variable_text_%1$s}; NULL if one is unknown or negative, or {variable_text_%1$s} is 0'),
	('shown', 'value_per_', '_quotient', false, '{kz}.kz_share_quotient(s.value_0, s.own_%1$s, s.value_%1$s, s.other_%1$s)',
	 'value / {variable_text_%1$s} over the same ratio of the industry in all regions of which both are known; 1 is as there');
END;
COMMENT ON FUNCTION kz_study_variables_parts() IS
'The columns that comparison and the queries in it have for each variable: what stands before and after its number or name, whether the study''s own value has it too, the expression, the comment. For kz_study_variables.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_variables_objects() RETURNS TABLE (kind text, object text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 2
BEGIN ATOMIC
	VALUES ('MATERIALIZED VIEW', 'variables', $sql$
WITH cells AS MATERIALIZED (
	SELECT c.{period}, c.region, c.region_name, c.industry, c.value, c.region_total, c.ref_value, c.ref_total, c.region_share, c.industry_share, c.lq, c.cs, c.pc, c.status
	FROM {study}.coefficients AS c
), facts AS (
	SELECT s.{variables_period} AS period, {variable_name} AS variable, {kz}.kz_matrix_agg(s.{variables_region}, s.{variables_industry}, {variable_value}::float8) AS matrix
	FROM {variables} AS s {variable_rows} {variables_within}
	GROUP BY 1, 2
){attributes_sources}
SELECT c.{period}, c.region, c.region_name, c.industry, {variable_0} AS variable, c.value, c.region_total, c.ref_value, c.ref_total,
	c.region_share, c.industry_share, c.lq, c.cs, c.pc, c.status
FROM cells AS c
UNION ALL
SELECT p.{period}, c.region, {region_name}, c.industry, f.variable COLLATE "default", c.value, c.region_total, c.ref_value, c.ref_total,
	c.region_share, c.industry_share, c.lq, c.cs, c.pc, {variables_status}
FROM (SELECT DISTINCT c.{period} FROM cells AS c) AS p
JOIN facts AS f ON p.{period} {variables_equality} f.period {attributes_join}
CROSS JOIN LATERAL {kz}.kz_coefficients(f.matrix, {attributes_given}, fill => {fill}) AS c {names}
$sql$, $$One row for each {period_name}, region, industry and variable: the value of coefficients, called {own_text}, and the variables of {variables}, each with the coefficients of its own. The reference of the latter is their sum over the regions. Refresh it after coefficients.$$),
	('MATERIALIZED VIEW', 'comparison', $sql$
SELECT s.{period}, s.region, s.region_name, s.industry, s.value_0 AS value, s.lq_0 AS lq, s.status_0 AS status, {shown_columns}
FROM (
	SELECT k.*, {both_columns}
	FROM (
		SELECT q.{period}, q.region, q.region_name, q.industry, {filled_columns}
		FROM (
			SELECT v.{period}, v.region, max(v.region_name) AS region_name, v.industry, {pivot_columns}
			FROM {study}.variables AS v
			GROUP BY v.{period}, v.region, v.industry
			WINDOW region AS (PARTITION BY v.{period}, v.region), industry AS (PARTITION BY v.{period}, v.industry)
		) AS q
	) AS k
	WINDOW same AS (PARTITION BY k.{period}, k.industry ORDER BY k.region COLLATE "C" ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
) AS s
$sql$, $$One row for each {period_name}, region and industry of variables: value, that is {own_text}, and beside it each further variable, its location quotient, value per unit of it (productivity, where it counts persons) and the same against the industry in all regions. Refresh it after variables.$$);
END;
COMMENT ON FUNCTION kz_study_variables_objects() IS
'What kz_study_variables adds to a study, as templates, with comments.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_variables_names(study jsonb, variables text[]) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	wrong text;
BEGIN
	IF coalesce(cardinality(variables), 0) = 0 OR array_ndims(variables) > 1 OR array_position(variables, NULL) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'variables must be a list of names without nulls',
			HINT = 'They name the columns of "comparison"; leave it out for those of the figures.';
	END IF;
	SELECT v INTO wrong FROM unnest(variables) AS v
	WHERE v = '' OR octet_length(v) > (SELECT 63 - max(octet_length(p.prefix || p.suffix)) FROM kz_study_variables_parts() AS p WHERE p.part = 'shown') LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_name', MESSAGE = format('name of a variable must not be %s', quote_literal(wrong)),
			HINT = 'It becomes part of names of columns: 1 to 44 bytes. Give another one with variables => ... or in a view.';
	ELSIF study ->> 'own_text' = ANY (variables) THEN
		RAISE EXCEPTION USING ERRCODE = 'duplicate_column', MESSAGE = format('variable "%s" is called like the value of study %s', study ->> 'own_text', study ->> 'study'),
			HINT = 'The value of the study comes by itself; give another variable another name with variables => ... .';
	END IF;
	SELECT n.name INTO wrong
	FROM (SELECT unnest(ARRAY[study ->> 'period_name', 'region', 'region_name', 'industry', 'value', 'lq', 'status']) AS name
		  UNION ALL
		  SELECT p.prefix || v || p.suffix FROM unnest(variables) AS v CROSS JOIN kz_study_variables_parts() AS p WHERE p.part = 'shown') AS n
	GROUP BY n.name HAVING count(*) > 1
	ORDER BY n.name COLLATE "C" LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = 'duplicate_column', MESSAGE = format('"comparison" would have more than one column "%s"', wrong),
			HINT = 'Give variables other names with variables => ... .';
	END IF;
	RETURN study || (
		SELECT jsonb_object_agg(w.word, w.value)
		FROM unnest(study ->> 'own_text' || variables) WITH ORDINALITY AS v (name, number)
		CROSS JOIN LATERAL (VALUES ('variable_' || v.number - 1, quote_literal(v.name) || '::text'), ('variable_text_' || v.number - 1, v.name)) AS w (word, value));
END
$$;
COMMENT ON FUNCTION kz_study_variables_names(jsonb, text[]) IS
'Checks the names of further variables of a study and adds the words {variable_0}, that of its own value, {variable_1}, ... For kz_study_variables.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_variables_words(study jsonb, variables text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	gross_product boolean := study ? 'gross_product_column';
	population boolean := study ? 'population_column';
	attributes boolean := gross_product OR population;
	-- those of a larger area do not go with sums over the regions
	published boolean := attributes AND study ? 'reference_attributes' AND NOT study ? 'reference';
	listed text := concat_ws(', ', CASE WHEN gross_product THEN '(''gross_product''::text, s.{gross_product_column}::float8)' END,
		CASE WHEN population THEN '(''population''::text, s.{population_column}::float8)' END);
	words jsonb;
BEGIN
	SELECT jsonb_object_agg(word, kz_study_sql(template, study)) INTO words
	FROM (VALUES
		('attributes_sources', concat(
			CASE WHEN attributes THEN $sql$, attributes AS (
	SELECT s.{attributes_period} AS period, {kz}.kz_matrix_agg(s.{attributes_region}, v.attribute, v.value) AS matrix
	FROM {attributes} AS s CROSS JOIN LATERAL (VALUES $sql$ || listed || $sql$) AS v (attribute, value) GROUP BY 1
)$sql$ END,
			CASE WHEN published THEN $sql$, reference_attributes AS (
	SELECT s.{reference_attributes_period} AS period, {kz}.kz_matrix_agg('reference'::text, v.attribute, v.value) AS matrix
	FROM {reference_attributes} AS s CROSS JOIN LATERAL (VALUES $sql$
				|| replace(replace(listed, '{gross_', '{reference_gross_'), '{population_', '{reference_population_') || $sql$) AS v (attribute, value) GROUP BY 1
)$sql$ END)),
		('attributes_join', concat(
			CASE WHEN attributes THEN ' LEFT JOIN attributes AS a ON p.{period} {attributes_equality} a.period' END,
			CASE WHEN published THEN ' LEFT JOIN reference_attributes AS n ON p.{period} {reference_attributes_equality} n.period' END)),
		('attributes_given', concat(CASE WHEN attributes THEN 'a.matrix' ELSE 'NULL' END, ', NULL, ', CASE WHEN published THEN 'n.matrix' ELSE 'NULL' END)),
		('variables_status', concat('CASE WHEN c.status <> ''ok'' THEN c.status',
			CASE WHEN gross_product THEN ' WHEN c.cs IS NULL THEN ''no gross product''' END,
			CASE WHEN population THEN ' WHEN c.pc IS NULL THEN ''no population''' END, ' ELSE ''ok'' END')),
		('names', CASE WHEN study ? 'region_name_column' THEN 'LEFT JOIN {regions} AS g ON g.{regions_region}::text COLLATE "C" = c.region' ELSE '' END),
		('region_name', CASE WHEN study ? 'region_name_column' THEN 'coalesce(g.{region_name_column}::text, c.region)' ELSE 'c.region' END)) AS w (word, template);
	RETURN study || words || (
		SELECT jsonb_object_agg(c.part || '_columns', c.columns)
		FROM (SELECT p.part, string_agg(kz_study_sql(format(p.expression, v.number), study) || ' AS '
					|| quote_ident(p.prefix || CASE p.part WHEN 'shown' THEN variables[v.number] ELSE v.number::text END || p.suffix), E',\n\t' ORDER BY v.number, p.i) AS columns
			  FROM (SELECT p.*, row_number() OVER () AS i FROM kz_study_variables_parts() AS p) AS p
			  JOIN generate_series(0, cardinality(variables)) AS v (number) ON p.own OR v.number > 0
			  GROUP BY p.part) AS c);
END
$$;
COMMENT ON FUNCTION kz_study_variables_words(jsonb, text[]) IS
'Adds to a study the words by which its variables get their attributes and are compared. For kz_study_variables.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_variables_check(study jsonb) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
	PERFORM kz_study_refuse(study, $sql$SELECT CASE WHEN s.{variables_period} IS NULL THEN {variables_period_text} WHEN s.{variables_region} IS NULL THEN {variables_region_text}
			ELSE {variables_industry_text} END
		FROM {variables} AS s {variables_within} AND (s.{variables_period} IS NULL OR s.{variables_region} IS NULL OR s.{variables_industry} IS NULL) LIMIT 1$sql$,
		'null_value_not_allowed', 'column "{label}" of {variables} must not be null', 'Leave such rows out in a view, or give them a label with coalesce().');
	PERFORM kz_study_refuse(study, 'SELECT s.{variables_region}::text COLLATE "C" AS label FROM {variables} AS s {variables_within} EXCEPT SELECT c.region COLLATE "C" FROM {study}.coefficients AS c '
			|| CASE WHEN study ? 'regions' THEN 'EXCEPT SELECT g.{regions_region}::text COLLATE "C" FROM {regions} AS g' ELSE '' END || ' ORDER BY label LIMIT 1',
		'foreign_key_violation', 'region "{label}" of {variables} is not among the regions of study {study}', 'Leave it out in a view, as a total of the country must be.');
	PERFORM kz_study_refuse(study, 'SELECT s.{variables_industry}::text COLLATE "C" AS label FROM {variables} AS s {variables_within} EXCEPT SELECT c.industry COLLATE "C" FROM {study}.coefficients AS c '
			|| CASE WHEN study ->> 'universe' <> '' THEN 'EXCEPT SELECT unnest({industries}::text[]) COLLATE "C"' ELSE '' END || ' ORDER BY label LIMIT 1',
		'foreign_key_violation', 'industry "{label}" of {variables} is not among the industries of study {study}',
		'It would be part of the totals: leave it out in a view, as a total of all industries must be.');
	PERFORM kz_study_refuse(study, $sql$SELECT '' WHERE EXISTS (SELECT FROM {study}.coefficients) AND NOT EXISTS (
			SELECT FROM {study}.coefficients AS p JOIN {variables} AS s ON p.{period} {variables_equality} s.{variables_period} {variables_within})$sql$,
		'undefined_object', '{variables} has no figures of a period of study {study}', 'Its periods must be those of the facts.');
END
$$;
COMMENT ON FUNCTION kz_study_variables_check(jsonb) IS
'Checks the rows of the figures of further variables. For kz_study_variables. An error names the first offending label, in bytewise order.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_variables(
	name text, value_columns name[] DEFAULT '{value}', facts regclass DEFAULT NULL, variable_column name DEFAULT NULL, variables text[] DEFAULT NULL,
	period_column name DEFAULT NULL, region_column name DEFAULT NULL, industry_column name DEFAULT NULL
) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_variables.name);
	own record;
	source regclass := coalesce(facts, (study ->> 'facts')::regclass);
	figures jsonb;
	names text[] := variables;
	long boolean := variable_column IS NOT NULL;
BEGIN
	EXECUTE kz_study_sql('SELECT period_column AS period, region_column AS region, industry_column AS industry, value_column AS value FROM {study}.definition', study) INTO own;
	own.period := coalesce(period_column, own.period);
	own.region := coalesce(region_column, own.region);
	own.industry := coalesce(industry_column, own.industry);
	IF coalesce(cardinality(value_columns), 0) = 0 OR array_ndims(value_columns) > 1 OR array_position(value_columns, NULL) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = 'value_columns must be a list of names without nulls',
			HINT = 'They are columns of the facts, or of the relation that facts names.';
	ELSIF facts IS NULL AND study ? 'raw' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('facts must be named: those of study %s are a view of one figure, for they have levels, vintages or a crosswalk', study ->> 'study'),
			HINT = 'facts => a relation of the further figures by the same regions and industries; neither levels, vintages nor crosswalk are applied to it.';
	ELSIF (long AND cardinality(value_columns) > 1) OR (NOT long AND cardinality(variables) <> cardinality(value_columns)) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = CASE WHEN long THEN 'value_columns must be one column where variable_column is given' ELSE 'variables must have a name for each of value_columns' END,
			HINT = 'In long form variable_column says what the one column of values is; in wide form each variable has a column.';
	END IF;
	figures := kz_study_join((study ->> 'study' || '.coefficients')::regclass, (study ->> 'period_name')::name, source, own.period, 'facts');
	study := study || jsonb_build_object('own_text', own.value, 'variables', figures -> 'facts', 'variables_equality', figures -> 'facts_equality',
		'variables_period', figures -> 'facts_period', 'variables_period_text', quote_literal(own.period),
		'variables_region', kz_study_column(source, own.region, 'region_column', 'a label'), 'variables_region_text', quote_literal(own.region),
		'variables_industry', kz_study_column(source, own.industry, 'industry_column', 'a label'), 'variables_industry_text', quote_literal(own.industry));
	study := study || jsonb_build_object('variables_within', CASE WHEN study ->> 'universe' = '' THEN 'WHERE true'
		ELSE format('WHERE s.%s::text COLLATE "C" = ANY (%s::text[])', study ->> 'variables_industry', study ->> 'industries') END);

	IF long THEN
		study := study || jsonb_build_object('variable_rows', '', 'variable_name', format('s.%s::text COLLATE "C"', kz_study_column(source, variable_column, 'variable_column', 'a label')),
			'variable_value', 's.' || kz_study_column(source, value_columns[1], 'value_columns', 'a number'));
		IF names IS NULL THEN
			EXECUTE kz_study_sql('SELECT array_agg(DISTINCT {variable_name}) FROM {variables} AS s {variables_within} AND {variable_name} <> ', study) || quote_literal(own.value) INTO names;
		END IF;
	ELSE
		names := coalesce(names, value_columns::text[]);
		study := study || jsonb_build_object('variable_name', 'v.variable', 'variable_value', 'v.value', 'variable_rows', (
			SELECT format('CROSS JOIN LATERAL (VALUES %s) AS v (variable, value)',
				string_agg(format('(%L::text, s.%s::float8)', names[c.i], kz_study_column(source, c.name, 'value_columns', 'a number')), ', ' ORDER BY c.i))
			FROM unnest(value_columns) WITH ORDINALITY AS c (name, i)));
	END IF;
	study := kz_study_variables_names(study, names);
	IF long THEN
		study := study || jsonb_build_object('variables_within', format('%s AND %s = ANY (%L::text[])', study ->> 'variables_within', study ->> 'variable_name', names));
		PERFORM kz_study_refuse(study || jsonb_build_object('names', quote_literal(names)), $sql$SELECT label FROM (SELECT unnest({names}::text[]) COLLATE "C" AS label
			EXCEPT SELECT {variable_name} FROM {variables} AS s) AS l ORDER BY label LIMIT 1$sql$,
			'undefined_object', 'variable "{label}" is not in {variables}', 'variables => ... takes labels as they are in the figures.');
	END IF;
	PERFORM kz_study_variables_check(study);
	study := kz_study_variables_words(study, names);
	PERFORM kz_study_put(study, 'kz_study_variables', o.kind, o.object, o.template, o.remark, CASE o.object WHEN 'variables' THEN kz_study_variables_columns() ELSE (
		SELECT jsonb_object_agg(p.prefix || v.name || p.suffix, format(p.remark, v.number)) || jsonb_build_object('value', '{own_text}, as in coefficients; 0 where a cell is absent that another variable has',
			'lq', 'location quotient of {own_text}', 'status', 'of {own_text}: as in coefficients; no figures: of the region or of the industry there are none in this period')
		FROM kz_study_variables_parts() AS p CROSS JOIN unnest(names) WITH ORDINALITY AS v (name, number) WHERE p.part = 'shown') END)
	FROM kz_study_variables_objects() AS o;
	EXECUTE kz_study_sql('CREATE UNIQUE INDEX ON {study}.variables ({period}, region, industry, variable)', study);
	EXECUTE kz_study_sql('CREATE UNIQUE INDEX ON {study}.comparison ({period}, region, industry)', study);
END
$$;
COMMENT ON FUNCTION kz_study_variables(text, name[], regclass, name, text[], name, name, name) IS
'Adds further variables (employment, establishments) to a study that kz_create_study made of another (output): materialized view variables has a row for each period, region, industry and variable with value, totals, shares, lq, cs and pc, the study''s own value among them, called by its column; materialized view comparison has a row a cell with each variable, its location quotient, the study''s value per unit of it (productivity) and that against the industry in all regions. value_columns: columns of the study''s facts, or of facts, a table or view with the same labels; a NULL is suppressed, an absent row zero. variable_column: if the figures are in long form, the column that says what the one column in value_columns is. variables: names of the variables, in wide form those of value_columns if left out; in long form the labels to take, all if left out. period_column, region_column, industry_column: where they are called otherwise than in the study''s facts. Industries are those of the study; periods that it lacks are left out. Reference and published totals of the study are of its own value: those of a further variable are its sums over the regions; gross product and population are the study''s, those of reference_attributes only where the study has no reference. One call takes all variables: several relations go into one view in long form. kz_refresh_study refreshes both; kz_study_rules, called afterwards, can test the columns of comparison. NULL: left out, but an error for value_columns. Errors name the relation, column, label or name that is wrong; the study already has variables.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_compared(study jsonb) RETURNS jsonb
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT coalesce(jsonb_object_agg(a.attname, 'as in {study}.comparison'), '{}')
	FROM pg_attribute a
	WHERE a.attrelid = to_regclass(study ->> 'study' || '.comparison') AND a.attnum > 0 AND a.atttypid = 'float8'::regtype
		AND a.attname NOT IN (study ->> 'period_name', 'value', 'lq') AND obj_description(a.attrelid, 'pg_class') LIKE '%Made by kz_study_variables. (kzcluster)';
END;
COMMENT ON FUNCTION kz_study_compared(jsonb) IS
'The numbers that view comparison of a study has of its further variables, with what is said of them as measures; none if it has no such view. For kz_study_rules.';
