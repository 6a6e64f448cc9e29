--
-- refresh: what a study knows about itself, its refresh as one call, and studies that are kept up to date by triggers
--
-- The views of a study bind the columns that they read by number, so a renamed column is no matter. Where a function
-- must find a column again by name, it asks the view definition_columns, whose rule names the table and the number of
-- each column that the study uses; nothing about them is stored in rows, where a dump would lose or freeze it.
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_schema(name text) RETURNS oid
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	schema oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = kz_study_schema.name);
BEGIN
	IF kz_study_schema.name IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'name of a study must not be null',
			HINT = 'It is the name of the study''s schema.';
	ELSIF schema IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_schema_name', MESSAGE = format('study "%s" does not exist', kz_study_schema.name),
			HINT = 'Studies are schemas whose comment begins with "kzcluster study".';
	ELSIF NOT starts_with(coalesce(obj_description(schema, 'pg_namespace'), ''), 'kzcluster study') THEN
		RAISE EXCEPTION USING ERRCODE = 'wrong_object_type', MESSAGE = format('schema "%s" is not a study', kz_study_schema.name),
			HINT = 'The comment of a study''s schema begins with "kzcluster study". If it was lost, use DROP SCHEMA.';
	END IF;
	RETURN schema;
END
$$;
COMMENT ON FUNCTION kz_study_schema(text) IS
'The schema of a study by its name. Errors: NULL, no such schema, a schema that is not a study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_relations(schema oid) RETURNS TABLE (relation oid, object text, kind text, made boolean, depth bigint)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10000 ROWS 10
BEGIN ATOMIC
	WITH RECURSIVE reads (relation, source) AS (
		SELECT c.oid, c.oid FROM pg_class c WHERE c.relnamespace = schema AND c.relkind IN ('r', 'v', 'm')
		UNION
		SELECT s.relation, d.refobjid
		FROM reads s
		JOIN pg_rewrite w ON w.ev_class = s.source
		JOIN pg_depend d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> s.source
	)
	SELECT c.oid, c.relname::text, CASE c.relkind WHEN 'm' THEN 'MATERIALIZED VIEW' WHEN 'v' THEN 'VIEW' ELSE 'TABLE' END,
		-- made by kz_create_study, by name, or by a function that adds to a study, by the end of the comment
		coalesce(c.relkind IN ('v', 'm') AND EXISTS (SELECT FROM kz_study_objects() AS o WHERE o.object = c.relname)
			OR obj_description(c.oid, 'pg_class') LIKE '%(kzcluster)', false),
		count(*)
	FROM reads s JOIN pg_class c ON c.oid = s.relation
	GROUP BY c.oid, c.relname, c.relkind;
END;
COMMENT ON FUNCTION kz_study_relations(oid) IS
'The tables and views in the schema of a study. made: by a function of kzcluster, so that kz_drop_study may drop it: it is an object of kz_create_study, or its comment ends with "(kzcluster)". depth: how many relations it reads, itself among them; one that reads another comes after it in this order.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_universe(industry text, industries text[], listed boolean) RETURNS jsonb
LANGUAGE SQL STABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT CASE WHEN listed THEN
		(SELECT jsonb_build_object('universe', w.w, 'within', w.w, 'industries', quote_literal(industries), 'industries_given', industries::text,
			'universe_text', 'the industries ' || array_to_string(industries, ', '))
		 FROM (SELECT format('WHERE s.%s::text COLLATE "C" = ANY (%L::text[])', industry, industries) AS w) AS w)
		ELSE jsonb_build_object('universe', '', 'within', 'WHERE true', 'industries', quote_literal('{}'), 'universe_text', 'all industries') END;
END;
COMMENT ON FUNCTION kz_study_universe(text, text[], boolean) IS
'A study''s words for its industries: all of them, or those listed. industry: the column of the facts, quoted. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_bound(view regclass) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
	-- in PL/pgSQL, whose plans a session keeps: every statement that changes the facts of an incremental study comes here
	RETURN (
		SELECT jsonb_object_agg(split_part(p.piece, ' ', 1), (
			SELECT a.attname FROM pg_attribute a WHERE a.attrelid = split_part(p.piece, ' ', 5)::oid AND a.attnum = split_part(p.piece, ' ', 7)::smallint))
		FROM pg_rewrite r
		-- the columns of a stored query: ":resname period :ressortgroupref 0 :resorigtbl 16384 :resorigcol 1 ..."
		CROSS JOIN LATERAL unnest(string_to_array(r.ev_action::text, ':resname ')) WITH ORDINALITY AS p (piece, number)
		WHERE r.ev_class = view AND p.number > 1 AND split_part(p.piece, ' ', 4) = ':resorigtbl' AND split_part(p.piece, ' ', 5) <> '0');
END
$$;
COMMENT ON FUNCTION kz_study_bound(regclass) IS
'The columns that the view definition_columns of a study binds, by what they are for ("period", "region", "gross_product", ...), with the names that they have now. For kz_study_definition.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_bindings() RETURNS TABLE (word text, source text, relation text, "column" text, argument text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 20
BEGIN ATOMIC
	VALUES
	('period', 'period', 'facts', 's', 'period_column'),
	('region', 'region', 'facts', 's', 'region_column'),
	('industry', 'industry', 'facts', 's', 'industry_column'),
	('value', 'value', 'facts', 's', 'value_column'),
	('vintage_column', 'vintage_column', 'facts', 's', 'vintage_column'),
	('classification_industry', 'classification_industry', 'classification', 'k', 'classification_industry_column'),
	('parent', 'parent', 'classification', 'k', 'parent_column'),
	('from_region', 'from_region', 'crosswalk', 'x', 'from_region_column'),
	('to_region', 'to_region', 'crosswalk', 'x', 'to_region_column'),
	('weight', 'weight', 'crosswalk', 'x', 'weight_column'),
	('crosswalk_period', 'crosswalk_period_name', 'crosswalk', 'x', 'crosswalk_period_column'),
	('regions_region', 'regions_region', 'regions', 'g', 'regions_region_column'),
	('region_name_column', 'region_name_column', 'regions', 'g', 'region_name_column'),
	('geometry', 'geometry', 'regions', 'g', 'geometry_column'),
	('attributes_period', 'attributes_period_name', 'attributes', 'a', 'attributes_period_column'),
	('attributes_region', 'attributes_region', 'attributes', 'a', 'attributes_region_column'),
	('gross_product_column', 'gross_product_column', 'attributes', 'a', 'gross_product_column'),
	('population_column', 'population_column', 'attributes', 'a', 'population_column'),
	('total_column', 'total_column', 'attributes', 'a', 'total_column'),
	('reference_period', 'period', 'reference', 'r', NULL),
	('reference_industry', 'industry', 'reference', 'r', NULL),
	('reference_value', 'value', 'reference', 'r', NULL),
	('reference_attributes_period', 'period', 'reference_attributes', 'n', NULL),
	('reference_gross_product_column', 'gross_product_column', 'reference_attributes', 'n', NULL),
	('reference_population_column', 'population_column', 'reference_attributes', 'n', NULL),
	('reference_total_column', 'total_column', 'reference_attributes', 'n', NULL);
END;
COMMENT ON FUNCTION kz_study_bindings() IS
'The columns that a study may read: the word for each in kz_study_definition, the word of kz_create_study that names it, its relation and alias, and the argument that it is shown as in the view definition.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_called(relation regclass) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = relation;
END;
COMMENT ON FUNCTION kz_study_called(regclass) IS
'What a relation is called now: its qualified name, quoted, whatever the search_path. For the view definition of a study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_define(study jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	columns text;
	relations text;
	shown text;
	a record;
BEGIN
	SELECT string_agg(format('%s.%s AS %s', b."column", study ->> b.source, b.word), ', ') INTO columns
	FROM kz_study_bindings() AS b WHERE study ? b.relation AND study ? b.source;
	SELECT string_agg(DISTINCT format('%s AS %s', study ->> b.relation, b."column"), ', ') INTO relations
	FROM kz_study_bindings() AS b WHERE study ? b.relation;
	EXECUTE kz_study_sql('CREATE VIEW {study}.definition_columns WITH (security_invoker = true) AS SELECT true AS bound FROM (SELECT ', study)
		|| columns || ' FROM ' || relations || ' WHERE false) AS c';
	EXECUTE kz_study_sql('COMMENT ON VIEW {study}.definition_columns IS ', study)
		|| quote_literal('The columns that the study reads, bound here so that they are found again if they are renamed. It has no rows. (kzcluster)');
	EXECUTE kz_study_sql('COMMENT ON COLUMN {study}.definition_columns.bound IS ', study) || quote_literal('nothing');

	-- a constant of type regclass follows its table through renames, and a dump writes it as a name
	SELECT string_agg(CASE WHEN d.kind = 'column' THEN format('b.words ->> %L AS %I', coalesce(b.word, d.name), d.name)
						   WHEN d.kind = 'relation' THEN kz_study_sql('{kz}.kz_study_called(', study) || format('%L::regclass) AS %I', study ->> d.name, d.name)
						   ELSE format('%s::%s AS %I', d.value, d.kind, d.name) END, ', ' ORDER BY d.i) INTO shown
	FROM (SELECT kind, name, quote_nullable(study ->> CASE name WHEN 'industries' THEN 'industries_given' ELSE name END) AS value, row_number() OVER () AS i
		  FROM (VALUES ('relation', 'facts'), ('column', 'period_column'), ('column', 'region_column'), ('column', 'industry_column'), ('column', 'value_column'),
				('text', 'industries'), ('relation', 'regions'), ('column', 'regions_region_column'), ('column', 'region_name_column'), ('column', 'geometry_column'), ('integer', 'srid'),
				('relation', 'attributes'), ('column', 'attributes_period_column'), ('column', 'attributes_region_column'), ('column', 'gross_product_column'),
				('column', 'population_column'), ('column', 'total_column'), ('relation', 'reference'), ('relation', 'reference_attributes'),
				('text', 'rule'), ('float8', 'threshold'), ('text', 'trend_rule'), ('float8', 'tolerance'), ('float8', 'distance'), ('boolean', 'fill'),
				('boolean', 'incremental'),
				('relation', 'classification'), ('column', 'parent_column'), ('column', 'classification_industry_column'), ('integer', 'level'), ('column', 'vintage_column'), ('text', 'vintage'),
				('relation', 'crosswalk'), ('column', 'from_region_column'), ('column', 'to_region_column'), ('column', 'weight_column'), ('column', 'crosswalk_period_column')) AS v (kind, name)) AS d
	LEFT JOIN kz_study_bindings() AS b ON b.argument = d.name;
	EXECUTE kz_study_sql('CREATE VIEW {study}.definition WITH (security_invoker = true) AS SELECT ', study) || shown
		|| kz_study_sql(' FROM {kz}.kz_study_bound(', study) || quote_literal((study ->> 'study') || '.definition_columns') || '::regclass) AS b (words)';
	EXECUTE kz_study_sql('COMMENT ON VIEW {study}.definition IS ', study)
		|| quote_literal('One row: the arguments of kz_create_study that made the study, with the names that its tables and columns have now. (kzcluster)');
	FOR a IN SELECT attname AS name FROM pg_attribute WHERE attrelid = ((study ->> 'study') || '.definition')::regclass AND attnum > 0
	LOOP
		EXECUTE kz_study_sql('COMMENT ON COLUMN {study}.definition.', study) || format('%I IS %L', a.name,
			CASE WHEN a.name = 'srid' THEN 'SRID of the geometries'
				WHEN a.name IN ('facts', 'regions', 'attributes', 'reference', 'reference_attributes', 'classification', 'crosswalk') THEN format('argument %s of kz_create_study, a qualified name, quoted where it must be', a.name)
				WHEN a.name = 'industries' THEN 'argument industries of kz_create_study, as text to be cast to text[]; NULL: all'
				ELSE format('argument %s of kz_create_study', a.name) END);
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_study_define(jsonb) IS
'Creates the views definition and definition_columns of a study. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_definition(name text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	schema oid := kz_study_schema(kz_study_definition.name);
	study jsonb;
	columns jsonb;
	criteria text[];
	source text;
BEGIN
	IF (SELECT count(*) FROM pg_class c WHERE c.relnamespace = schema AND c.relkind = 'v' AND c.relname IN ('definition', 'definition_columns')) < 2 THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_table', MESSAGE = format('study "%s" has lost its definition', kz_study_definition.name),
			DETAIL = 'A table or column that it reads was dropped with CASCADE.',
			HINT = 'Make it again with kz_drop_study() and kz_create_study().';
	END IF;
	EXECUTE format('SELECT to_jsonb(d) FROM %I.definition AS d', kz_study_definition.name) INTO study;
	columns := kz_study_bound(format('%I.definition_columns', kz_study_definition.name)::regclass);
	criteria := ARRAY['lq'] || CASE WHEN columns ? 'gross_product_column' THEN ARRAY['cs'] END || CASE WHEN columns ? 'population_column' THEN ARRAY['pc'] END;
	study := jsonb_strip_nulls((study - ARRAY(SELECT c FROM jsonb_object_keys(study) AS c WHERE c LIKE '%\_column'))
		|| kz_study_universe(quote_ident(columns ->> 'industry'), (study ->> 'industries')::text[], study ->> 'industries' IS NOT NULL)
		|| (SELECT jsonb_object_agg(c.key, quote_ident(c.value)) FROM jsonb_each_text(columns) AS c)
		|| kz_study_rule(study ->> 'rule', (study ->> 'threshold')::float8, study ->> 'trend_rule', (study ->> 'tolerance')::float8, (study ->> 'distance')::float8,
						 (study ->> 'fill')::boolean, criteria));
	FOR source IN SELECT v.name FROM (VALUES ('attributes'), ('reference'), ('reference_attributes'), ('crosswalk')) AS v (name) WHERE columns ? (v.name || '_period')
	LOOP
		study := study || kz_study_join((study ->> 'facts')::regclass, (columns ->> 'period')::name, (study ->> source)::regclass,
										(columns ->> (source || '_period'))::name, source);
	END LOOP;
	study := study || jsonb_build_object('study', quote_ident(kz_study_definition.name), 'kz', '@extschema@', 'period_name', (
		SELECT quote_ident(a.attname) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
		WHERE c.relnamespace = schema AND c.relname = 'coefficients')) || coalesce((
		SELECT jsonb_build_object('gis', quote_ident(n.nspname)) FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'postgis'), '{}');
	RETURN kz_study_through(study, study ->> 'period_name');
END
$$;
COMMENT ON FUNCTION kz_study_definition(text) IS
'The words of a study as they are now, for kz_study_sql: study (its schema), facts, regions, attributes, reference and reference_attributes (relations, where given), period, region, industry and value (columns of the facts), regions_region, region_name_column, geometry and srid, attributes_period and attributes_equality (the column in the collation of the facts and the operator with which it meets their period; so for reference and reference_attributes), attributes_region, gross_product_column, population_column and total_column, universe (a WHERE for the industries of facts AS s, or nothing), within (the same, to be continued with AND), industries, criteria, rule, threshold, trend_rule, tolerance, distance, fill, score, change, incremental, kz and gis (schemas of the extensions), period_name (what the period is called in the study''s views). A study that has levels, vintages or a crosswalk reads its facts through its view facts: facts, period, region, industry and value are then those of the view, and raw is an object with the words of the tables below it. Every name is quoted. Errors: no such study; a study whose tables were dropped.';

-- refreshing; without JIT, for the plans' estimates are high, and to compile their expressions takes longer than to run them

-- Since: 0.1.0
CREATE FUNCTION kz_refresh_mark(key bigint, "object" bigint) RETURNS void
LANGUAGE SQL VOLATILE STRICT PARALLEL UNSAFE COST 10
BEGIN ATOMIC
	SELECT pg_advisory_xact_lock_shared(key::bit(32)::integer, "object"::bit(32)::integer);
END;
COMMENT ON FUNCTION kz_refresh_mark(bigint, bigint) IS
'Leaves a mark that other sessions see in pg_locks until the transaction ends: a shared advisory lock, which nobody waits for. For kz_refresh_study.';

-- The keys of the advisory locks: 0x6b7a0000 of the refresh of a study, by its schema; 0x6b7b0000 + 256 step + steps of a
-- step, by its relation; 0x6b7c0000 + step of the second at which it began; 0x6b7d0000 of the list of watched tables, by
-- the log.

-- Since: 0.1.0
CREATE VIEW kz_refresh_progress WITH (security_invoker = true) AS
	WITH mark AS MATERIALIZED (
		SELECT l.pid, l.granted, l.mode, l.classid::bigint >> 16 AS kind, l.classid::bigint & 65535 AS number, l.objid AS "object"
		FROM pg_locks l
		WHERE l.locktype = 'advisory' AND l.objsubid = 2 AND l.classid::bigint >> 16 BETWEEN 27514 AND 27516
			AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database())
	)
	SELECT n.nspname::text AS study, s.relname::text AS object, (s.number >> 8)::integer AS step, (s.number & 255)::integer AS steps,
		to_timestamp(t."object"::bigint::float8) AS since, r.pid
	FROM mark r
	JOIN pg_namespace n ON n.oid = r."object"
	LEFT JOIN LATERAL (
		SELECT m.number, c.relname FROM mark m JOIN pg_class c ON c.oid = m."object"
		WHERE m.kind = 27515 AND m.pid = r.pid AND c.relnamespace = n.oid
		ORDER BY m.number DESC LIMIT 1) AS s ON r.granted
	LEFT JOIN mark t ON t.kind = 27516 AND t.pid = r.pid AND t.number = s.number >> 8
	WHERE r.kind = 27514 AND r.mode = 'ExclusiveLock';
COMMENT ON VIEW kz_refresh_progress IS
'The calls of kz_refresh_study that are running in this database, whoever made them.';
COMMENT ON COLUMN kz_refresh_progress.study IS 'the study';
COMMENT ON COLUMN kz_refresh_progress.object IS 'the object that is being refreshed; NULL if the call waits for another one';
COMMENT ON COLUMN kz_refresh_progress.step IS 'the number of the step, from 1';
COMMENT ON COLUMN kz_refresh_progress.steps IS 'how many steps there are';
COMMENT ON COLUMN kz_refresh_progress.since IS 'when the step began';
COMMENT ON COLUMN kz_refresh_progress.pid IS 'process of the session, as in pg_stat_activity';
GRANT SELECT ON kz_refresh_progress TO PUBLIC;

-- Since: 0.1.0
CREATE FUNCTION kz_refresh_object(name text, object text, kind text, "full" boolean) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	relation regclass := format('%I.%I', kz_refresh_object.name, object)::regclass;
	result bigint;
	code text;
	said text;
	detail text;
	hint text;
BEGIN
	IF kind = 'TABLE' THEN
		RETURN kz_study_fold(kz_refresh_object.name, "full");
	END IF;
	EXECUTE format('REFRESH MATERIALIZED VIEW %s %s', CASE WHEN (SELECT c.relispopulated FROM pg_class c WHERE c.oid = relation)
		AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = relation AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indexprs IS NULL)
		THEN 'CONCURRENTLY' ELSE '' END, relation);
	EXECUTE format('SELECT count(*) FROM %s', relation) INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, said = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RAISE EXCEPTION USING ERRCODE = code, DETAIL = coalesce(nullif(detail, ''), 'The study is as it was before.'),
		HINT = coalesce(nullif(hint, ''), 'Mend the cause and call kz_refresh_study() again.'),
		MESSAGE = format('study "%s" could not refresh "%s": %s', kz_refresh_object.name, object, said);
END
$$;
COMMENT ON FUNCTION kz_refresh_object(text, text, text, boolean) IS
'Refreshes one object of a study and returns its number of rows; an error names both. For kz_refresh_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_refresh_study(name text, "full" boolean DEFAULT false)
RETURNS TABLE (object text, "rows" bigint, milliseconds float8)
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000 ROWS 3
SET search_path = pg_catalog, @extschema@, pg_temp
SET jit = off
AS $$
DECLARE
	schema oid := kz_study_schema(kz_refresh_study.name);
	notice boolean := coalesce(current_setting('kzcluster.refresh_notice', true), 'off')::boolean;
	o record;
	start timestamptz;
BEGIN
	IF "full" IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = '"full" must not be null', HINT = 'It is true or false; leave it out for its default.';
	ELSIF NOT (SELECT pg_has_role(n.nspowner, 'USAGE') FROM pg_namespace n WHERE n.oid = schema) THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format('must be owner of study "%s"', kz_refresh_study.name),
			HINT = format('Its owner is %s.', (SELECT quote_ident(pg_get_userbyid(n.nspowner)) FROM pg_namespace n WHERE n.oid = schema));
	END IF;
	PERFORM kz_study_raw_check(kz_study_definition(kz_refresh_study.name) -> 'raw');

	-- a second call waits for the first, and then sees what was committed in the meantime
	PERFORM pg_advisory_xact_lock(1803157504, schema::bigint::bit(32)::integer);
	FOR o IN
		SELECT r.object, r.kind, r.relation, row_number() OVER w AS step, count(*) OVER () AS steps
		FROM kz_study_relations(schema) AS r
		WHERE r.kind = 'MATERIALIZED VIEW' OR (r.kind = 'TABLE' AND r.object = 'stored' AND r.made)
		WINDOW w AS (ORDER BY r.depth, r.object)
		ORDER BY step
	LOOP
		PERFORM kz_refresh_mark(1803223040 + 256 * least(o.step, 255) + least(o.steps, 255), o.relation::bigint);
		start := clock_timestamp();
		PERFORM kz_refresh_mark(1803288576 + least(o.step, 255), floor(extract(epoch FROM start))::bigint);
		IF notice THEN
			RAISE NOTICE USING MESSAGE = format('refreshing study "%s", step %s of %s: %s', kz_refresh_study.name, o.step, o.steps, o.object);
		END IF;
		kz_refresh_study.object := o.object;
		kz_refresh_study."rows" := kz_refresh_object(kz_refresh_study.name, o.object, o.kind, "full");
		kz_refresh_study.milliseconds := round(extract(epoch FROM clock_timestamp() - start) * 1000, 3);
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_refresh_study(text, boolean) IS
'Refreshes a study, after a look at the tables below its view facts if it has one: every materialized view in its schema, in the order in which they read each other, CONCURRENTLY where it has rows and a unique index, so that readers go on; first, if the study is incremental, its log is folded into the stored matrices of the periods that changed. full: makes the stored matrices anew from the facts. Returns for each object its number of rows, of stored the number of periods that were touched, and how long it took. One transaction: readers see all of it or nothing. A second call for the same study waits for the first, then refreshes again. kz_refresh_progress shows others the step; with kzcluster.refresh_notice a notice tells the caller. Errors name the study and the object: not its owner; whatever REFRESH reports; a study whose tables were dropped.';

-- incremental studies

-- Since: 0.1.0
CREATE FUNCTION kz_study_parts(facts regclass) RETURNS TABLE (relation regclass, leaf boolean)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
	SELECT facts, c.relkind <> 'p' FROM pg_class c WHERE c.oid = facts
	UNION
	SELECT t.relid, t.isleaf FROM pg_partition_tree(facts) AS t;
END;
COMMENT ON FUNCTION kz_study_parts(regclass) IS
'A table and its partitions at all levels. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_writer(facts regclass) RETURNS boolean
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT bool_or(has_any_column_privilege(p.relation, 'INSERT') OR has_any_column_privilege(p.relation, 'UPDATE')
				   OR has_table_privilege(p.relation, 'DELETE') OR has_table_privilege(p.relation, 'TRUNCATE'))
	FROM kz_study_parts(facts) AS p;
END;
COMMENT ON FUNCTION kz_study_writer(regclass) IS
'May the current role change the facts, or a partition of them? Only such roles may append to the log of an incremental study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_incremental(facts regclass, period_column name, incremental boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	why text;
	remedy text := 'Leave out incremental, or store the facts in a table of their own.';
	period oid := kz_study_type(facts, period_column);
BEGIN
	IF incremental IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'incremental must not be null', HINT = 'It is true or false; leave it out for its default.';
	ELSIF incremental THEN
		SELECT CASE WHEN c.relkind NOT IN ('r', 'p') THEN 'is not a table'
			WHEN c.relispartition THEN 'is a partition'
			WHEN EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = facts OR (i.inhparent = facts AND c.relkind = 'r')) THEN 'inherits or is inherited from'
			WHEN EXISTS (SELECT FROM kz_study_parts(facts) AS p JOIN pg_class l ON l.oid = p.relation WHERE l.relkind = 'f') THEN 'has a foreign partition'
			WHEN EXISTS (SELECT FROM kz_study_parts(facts) AS p JOIN pg_class l ON l.oid = p.relation WHERE l.relpersistence <> 'p') THEN 'is unlogged'
			WHEN EXISTS (SELECT FROM kz_study_parts(facts) AS p WHERE row_security_active(p.relation)) THEN 'has row-level security for you'
			END,
			CASE WHEN c.relispartition THEN 'Give facts the partitioned table itself.' ELSE remedy END INTO why, remedy
		FROM pg_class c WHERE c.oid = facts;
		IF why IS NOT NULL THEN
			RAISE EXCEPTION USING ERRCODE = 'wrong_object_type', HINT = remedy,
				MESSAGE = format('facts of an incremental study must be a plain or partitioned table, but "%s" %s', facts::text, why);
		ELSIF EXISTS (SELECT FROM kz_study_parts(facts) AS p WHERE NOT has_table_privilege(p.relation, 'TRIGGER')) THEN
			RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format('permission denied to create triggers on "%s"', facts::text),
				HINT = 'An incremental study logs changes with triggers: its owner needs the TRIGGER privilege on the facts and on each of their partitions.';
		END IF;
	END IF;
	RETURN jsonb_build_object('incremental', incremental::text, 'facts_text', quote_literal(facts::text), 'facts_equality', kz_study_equality(period, period));
END
$$;
COMMENT ON FUNCTION kz_study_incremental(regclass, name, boolean) IS
'Checks whether the facts of a study can be logged by triggers and returns the words for it. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_gather(study jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
	IF study ->> 'incremental' = 'true' THEN
		-- the ORDER BY keeps a matrix from being made again for every row, but lets a condition on the period through
		RETURN jsonb_build_object('kept', 'NOT MATERIALIZED', 'sorted', kz_study_sql(' ORDER BY f.{period}', study),
			'refreshing', 'It is never stale: it reads the stored matrices and what has been logged since.',
			'gather', kz_study_sql($sql$
	SELECT m.period AS {period}, n.period_number, m.matrix
	FROM (
		-- a period without changes is read as it is stored
		SELECT s.period, s.matrix FROM {study}.stored AS s WHERE NOT EXISTS (SELECT FROM {study}.log AS l WHERE l.period {facts_equality} s.period)
		UNION ALL
		SELECT s.period, {kz}.kz_matrix_sum(s.matrix) AS matrix
		FROM (SELECT period, facts, matrix FROM {study}.stored UNION ALL SELECT period, facts, matrix FROM {study}.log) AS s
		WHERE {facts_text}::regclass IS NOT NULL AND EXISTS (SELECT FROM {study}.log AS l WHERE l.period {facts_equality} s.period)
		GROUP BY s.period
		HAVING sum(s.facts) > 0
	) AS m
	JOIN (
		SELECT s.period, row_number() OVER (ORDER BY s.period)::integer AS period_number
		FROM (SELECT period, facts FROM {study}.stored UNION ALL SELECT period, facts FROM {study}.log) AS s
		GROUP BY s.period
		HAVING sum(s.facts) > 0
	) AS n ON m.period {facts_equality} n.period$sql$, study));
	END IF;
	RETURN jsonb_build_object('kept', 'MATERIALIZED', 'sorted', '', 'refreshing', 'Refresh this first, then clusters.',
		'gather', kz_study_sql($sql$
	SELECT s.{period}, row_number() OVER (ORDER BY s.{period})::integer AS period_number,
		{kz}.kz_matrix_agg(s.{region}, s.{industry}, s.{value}::float8) AS matrix
	FROM {facts} AS s {universe}
	GROUP BY s.{period}$sql$, study));
END
$$;
COMMENT ON FUNCTION kz_study_gather(jsonb) IS
'The words by which the coefficients of a study gather a matrix a period from the facts: from their rows, or, if the study is incremental, from its stored matrices and its log. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_delta("sign" text, source text, study jsonb) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT kz_study_sql(CASE WHEN "sign" = '-'
		THEN 'SELECT s.{period} AS period, -count(*) AS facts, {empty}::{kz}.kz_matrix - {kz}.kz_matrix_partial_agg(s.{region}, s.{industry}, s.{value}::float8) AS matrix'
		ELSE 'SELECT s.{period} AS period, count(*) AS facts, {kz}.kz_matrix_partial_agg(s.{region}, s.{industry}, s.{value}::float8) AS matrix' END
		|| ' FROM {source} AS s {universe} GROUP BY s.{period}',
		study || jsonb_build_object('source', source, 'empty', quote_literal('{"rows":[],"cols":[],"cells":[],"partial":[]}')));
END;
COMMENT ON FUNCTION kz_study_delta(text, text, jsonb) IS
'The query for the rows of facts in a source as one partial matrix a period, to be added or ("-") taken away. For incremental studies.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_log() RETURNS trigger
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 10000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	log oid;
	study jsonb;
	watched boolean;
BEGIN
	-- the trigger depends on the log that it writes: so it finds it under whatever name, and a dump keeps the two together
	SELECT c.oid, jsonb_build_object('study', quote_ident(n.nspname), 'kz', '@extschema@') INTO log, study
	FROM pg_trigger t
	JOIN pg_depend d ON d.classid = 'pg_trigger'::regclass AND d.objid = t.oid AND d.refclassid = 'pg_class'::regclass AND d.refobjid <> TG_RELID
	JOIN pg_class c ON c.oid = d.refobjid
	JOIN pg_namespace n ON n.oid = c.relnamespace
	WHERE t.tgrelid = TG_RELID AND t.tgname = TG_NAME;
	IF study IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'trigger_protocol_violated', MESSAGE = format('trigger "%s" belongs to no study', TG_NAME),
			HINT = 'kz_create_study() makes the triggers of an incremental study.';
	END IF;
	study := study || (SELECT jsonb_object_agg(b.key, quote_ident(b.value)) FROM jsonb_each_text(kz_study_bound(((study ->> 'study') || '.definition_columns')::regclass)) AS b);
	study := study || kz_study_universe(study ->> 'industry', TG_ARGV[1]::text[], TG_NARGS > 1);
	IF TG_OP = 'TRUNCATE' AND current_setting('transaction_isolation') <> 'read committed' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_transaction_state',
			MESSAGE = format('"%s" is logged for incremental study %s, so it must be truncated in a transaction with isolation level read committed', TG_RELID::regclass, study ->> 'study'),
			HINT = 'What others have committed since this transaction began would not be taken away: use DELETE, or BEGIN ISOLATION LEVEL READ COMMITTED.';
	ELSIF TG_ARGV[0] = 'partition' THEN
		-- one that was detached is logged until the refresh that leaves it out, which waits for this transaction
		PERFORM pg_advisory_xact_lock_shared(1803354112, log::bigint::bit(32)::integer);
		EXECUTE kz_study_sql('SELECT EXISTS (SELECT FROM {study}.watched WHERE relation = $1)', study) INTO watched USING TG_RELID::regclass;
		IF NOT watched THEN
			RETURN NULL;
		END IF;
	END IF;

	EXECUTE kz_study_sql('INSERT INTO {study}.log (period, facts, matrix) ', study) || CASE TG_OP
		WHEN 'INSERT' THEN kz_study_delta('+', 'new', study)
		WHEN 'DELETE' THEN kz_study_delta('-', 'old', study)
		WHEN 'TRUNCATE' THEN kz_study_delta('-', 'ONLY ' || TG_RELID::regclass, study)
		ELSE kz_study_sql('SELECT d.period, sum(d.facts)::bigint, {kz}.kz_matrix_partial_sum(d.matrix) FROM (', study) || kz_study_delta('+', 'new', study)
			|| ' UNION ALL ' || kz_study_delta('-', 'old', study)
			|| kz_study_sql(') AS d GROUP BY d.period HAVING sum(d.facts) <> 0 OR ({kz}.kz_dims({kz}.kz_matrix_partial_sum(d.matrix))).cells > 0', study) END;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION kz_study_log() IS
'Trigger of an incremental study: appends to its log what a statement adds to the facts and takes from them, as a matrix for each period. It runs with the rights of the role that writes the facts.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_watch(name text, facts regclass, industries text) RETURNS boolean
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	log oid := format('%I.log', kz_study_watch.name)::regclass;
	changed boolean;
	p record;
	t record;
	trigger name;
BEGIN
	EXECUTE format('SELECT EXISTS ((SELECT relation::oid FROM %1$I.watched EXCEPT ALL SELECT p.relation FROM kz_study_parts($1) AS p)
		UNION ALL (SELECT p.relation FROM kz_study_parts($1) AS p EXCEPT ALL SELECT relation::oid FROM %1$I.watched))', kz_study_watch.name) USING facts INTO changed;
	IF NOT changed THEN
		RETURN false;
	ELSIF current_setting('transaction_isolation') <> 'read committed' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_transaction_state',
			MESSAGE = format('the triggers of incremental study "%s" must be made in a transaction with isolation level read committed', kz_study_watch.name),
			HINT = 'What others commit while they are being made would be lost: BEGIN ISOLATION LEVEL READ COMMITTED.';
	END IF;
	PERFORM pg_advisory_xact_lock(1803354112, log::bigint::bit(32)::integer);
	FOR p IN EXECUTE format('SELECT p.relation, p.leaf FROM kz_study_parts($1) AS p WHERE p.relation NOT IN (SELECT w.relation FROM %I.watched AS w) ORDER BY p.relation', kz_study_watch.name)
		USING facts
	LOOP
		FOR t IN SELECT * FROM (VALUES (4, 'insert', 'AFTER', 'REFERENCING NEW TABLE AS new'), (16, 'update', 'AFTER', 'REFERENCING OLD TABLE AS old NEW TABLE AS new'),
			(8, 'delete', 'AFTER', 'REFERENCING OLD TABLE AS old'), (32, 'truncate', 'BEFORE', '')) AS v (bit, event, moment, tables) WHERE event <> 'truncate' OR p.leaf
		LOOP
			-- a partition that was detached and has come back has its triggers still
			CONTINUE WHEN EXISTS (
				SELECT FROM pg_trigger g JOIN pg_depend d ON d.classid = 'pg_trigger'::regclass AND d.objid = g.oid AND d.refclassid = 'pg_class'::regclass
				WHERE g.tgrelid = p.relation AND g.tgtype & t.bit <> 0 AND d.refobjid = log);
			-- the name is free but for studies that were renamed or have long names
			SELECT c.name INTO trigger
			FROM (SELECT n, format('kz_%s%s_%s', t.event, nullif(n, 1), kz_study_watch.name)::name AS name FROM generate_series(1, 1000) AS n) AS c
			WHERE NOT EXISTS (SELECT FROM pg_trigger g WHERE g.tgrelid = p.relation AND g.tgname = c.name)
			ORDER BY c.n LIMIT 1;
			EXECUTE format('CREATE TRIGGER %I %s %s ON %s %s FOR EACH STATEMENT WHEN (%L::regclass IS NOT NULL) EXECUTE FUNCTION @extschema@.kz_study_log(%s)',
				trigger, t.moment, t.event, p.relation, t.tables, format('%I.log', kz_study_watch.name),
				quote_literal(CASE WHEN p.relation = facts THEN 'table' ELSE 'partition' END) || coalesce(', ' || quote_literal(industries), ''));
		END LOOP;
	END LOOP;
	EXECUTE format('DELETE FROM %I.watched', kz_study_watch.name);
	EXECUTE format('INSERT INTO %I.watched (relation) SELECT p.relation FROM kz_study_parts($1) AS p', kz_study_watch.name) USING facts;
	RETURN true;
END
$$;
COMMENT ON FUNCTION kz_study_watch(text, regclass, text) IS
'Creates the triggers of an incremental study on its facts and on those partitions that have none yet. Have partitions come or gone since the last call? For kz_create_study and kz_refresh_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_unwatch(log oid) RETURNS text
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT CASE WHEN EXISTS (
		SELECT FROM pg_depend d
		LEFT JOIN pg_trigger t ON d.classid = 'pg_trigger'::regclass AND t.oid = d.objid
		LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
		LEFT JOIN pg_class v ON v.oid = r.ev_class AND v.relname = 'coefficients' AND v.relnamespace = c.relnamespace
		WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = log AND d.deptype = 'n' AND v.oid IS NULL
			AND t.tgfoid IS DISTINCT FROM 'kz_study_log()'::regprocedure) THEN '' ELSE ' CASCADE' END
	FROM pg_class c WHERE c.oid = log;
END;
COMMENT ON FUNCTION kz_study_unwatch(oid) IS
'How to drop the log of an incremental study: with CASCADE, which takes the triggers along, if nothing else depends on it. For kz_drop_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_store(study jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	statement text;
BEGIN
	FOREACH statement IN ARRAY ARRAY[
		'CREATE TABLE {study}.stored AS SELECT s.{period} AS period, 0::bigint AS facts, NULL::{kz}.kz_matrix AS matrix FROM {facts} AS s WITH NO DATA',
		'ALTER TABLE {study}.stored ADD PRIMARY KEY (period), ALTER facts SET NOT NULL, ALTER matrix SET NOT NULL',
		'COMMENT ON TABLE {study}.stored IS ''One partial matrix a period of the facts, as of the last kz_refresh_study. (kzcluster)''',
		'COMMENT ON COLUMN {study}.stored.period IS ''period of the facts''',
		'COMMENT ON COLUMN {study}.stored.facts IS ''number of rows of facts''',
		'COMMENT ON COLUMN {study}.stored.matrix IS ''their partial matrix: regions x industries''',
		'CREATE TABLE {study}.log (LIKE {study}.stored)',
		'ALTER TABLE {study}.log REPLICA IDENTITY FULL',
		'COMMENT ON TABLE {study}.log IS ''What was added to the facts and taken from them since, one row a statement and period; kz_refresh_study folds it into stored. (kzcluster)''',
		'COMMENT ON COLUMN {study}.log.period IS ''period of the facts''',
		'COMMENT ON COLUMN {study}.log.facts IS ''number of rows added, negative if more were taken away''',
		'COMMENT ON COLUMN {study}.log.matrix IS ''their partial matrix; of rows that were taken away all is negative''',
		-- the triggers run as whoever writes the facts, and who may do that may append here
		'ALTER TABLE {study}.log ENABLE ROW LEVEL SECURITY',
		'CREATE POLICY append ON {study}.log FOR INSERT WITH CHECK ({kz}.kz_study_writer({facts_text}::regclass))',
		'CREATE POLICY read ON {study}.log FOR SELECT USING (true)',
		'GRANT USAGE ON SCHEMA {study} TO PUBLIC',
		'GRANT INSERT ON {study}.log TO PUBLIC',
		'CREATE TABLE {study}.watched (relation regclass PRIMARY KEY)',
		'GRANT SELECT ON {study}.watched TO PUBLIC',
		'COMMENT ON TABLE {study}.watched IS ''The tables whose changes are logged: the facts and their partitions. (kzcluster)''',
		'COMMENT ON COLUMN {study}.watched.relation IS ''the table''']
	LOOP
		EXECUTE kz_study_sql(statement, study);
	END LOOP;
	-- the triggers first: from here on nobody writes the facts until we commit
	PERFORM kz_study_watch(n.nspname, (study ->> 'facts')::regclass, study ->> 'industries_given')
	FROM pg_namespace n WHERE n.oid = to_regnamespace(study ->> 'study');
	PERFORM kz_study_rebuild(study);
END
$$;
COMMENT ON FUNCTION kz_study_store(jsonb) IS
'Creates the tables stored, log and watched of an incremental study and the triggers on its facts, and fills them. For kz_create_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_rebuild(study jsonb) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	result bigint;
BEGIN
	-- one statement, so one snapshot: a change is either in the facts and its log row goes, or in neither
	EXECUTE kz_study_sql($sql$
		WITH taken AS (
			DELETE FROM {study}.log
		), kept AS (
			INSERT INTO {study}.stored AS o (period, facts, matrix) {delta}
			ON CONFLICT (period) DO UPDATE SET facts = excluded.facts, matrix = excluded.matrix
			RETURNING o.period
		), gone AS (
			DELETE FROM {study}.stored AS o WHERE NOT EXISTS (SELECT FROM kept AS k WHERE k.period {facts_equality} o.period)
		)
		SELECT count(*) FROM kept$sql$, study || jsonb_build_object('delta', kz_study_delta('+', study ->> 'facts', study))) INTO result;
	RETURN result;
END
$$;
COMMENT ON FUNCTION kz_study_rebuild(jsonb) IS
'Makes the stored matrices of an incremental study anew from the facts and returns how many there are. For kz_create_study and kz_refresh_study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_fold(name text, "full" boolean) RETURNS bigint
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	study jsonb := kz_study_definition(kz_study_fold.name);
	facts regclass := (study ->> 'facts')::regclass;
	result bigint;
BEGIN
	study := study || kz_study_incremental(facts, (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = facts AND quote_ident(a.attname) = study ->> 'period' AND a.attnum > 0), true);
	IF kz_study_watch(kz_study_fold.name, facts, study ->> 'industries_given') OR "full" THEN
		RETURN kz_study_rebuild(study);
	END IF;
	-- a period whose facts have all gone goes too
	EXECUTE kz_study_sql($sql$
		WITH taken AS (
			DELETE FROM {study}.log RETURNING period, facts, matrix
		), delta AS MATERIALIZED (
			SELECT t.period, sum(t.facts)::bigint AS facts, {kz}.kz_matrix_partial_sum(t.matrix) AS matrix FROM taken AS t GROUP BY t.period
		), changed AS (
			UPDATE {study}.stored AS o SET facts = o.facts + d.facts, matrix = o.matrix + d.matrix
			FROM delta AS d WHERE d.period {facts_equality} o.period AND o.facts + d.facts <> 0
		), gone AS (
			DELETE FROM {study}.stored AS o USING delta AS d WHERE d.period {facts_equality} o.period AND o.facts + d.facts = 0
		), kept AS (
			INSERT INTO {study}.stored (period, facts, matrix)
			SELECT d.period, d.facts, d.matrix FROM delta AS d
			WHERE d.facts <> 0 AND NOT EXISTS (SELECT FROM {study}.stored AS o WHERE o.period {facts_equality} d.period)
		)
		SELECT count(*) FROM delta$sql$, study) INTO result;
	RETURN result;
END
$$;
COMMENT ON FUNCTION kz_study_fold(text, boolean) IS
'Folds the log of an incremental study into its stored matrices, or makes them anew if partitions have come or gone or "full" says so, and returns the number of periods touched. For kz_refresh_study.';
