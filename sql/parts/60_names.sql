--
-- names: a study's regions and industries in several languages
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_names_words(study jsonb, kind text, relation regclass, label_column name, language_column name, name_column name) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	words jsonb;
BEGIN
	IF study IS NULL OR kind IS NULL THEN
		RETURN NULL;
	END IF;
	words := study || jsonb_build_object('kind', kind, 'relation', kz_study_relation(relation, CASE kind WHEN 'region' THEN 'regions' ELSE 'industries' END),
		'label', kz_study_column(relation, label_column, 'label_column', 'a label'), 'label_text', quote_literal(label_column),
		'language', kz_study_column(relation, language_column, 'language_column', 'a label'),
		'name', kz_study_column(relation, name_column, 'name_column', 'a label'));
	PERFORM kz_study_refuse(words, 'SELECT {label_text} FROM {relation} AS s WHERE s.{label} IS NULL LIMIT 1',
		'null_value_not_allowed', 'column "{label}" of {relation} must not be null', 'Leave such rows out in a view.');
	PERFORM kz_study_refuse(words, 'SELECT s.{label}::text COLLATE "C" AS label FROM {relation} AS s WHERE s.{language} IS NULL ORDER BY label LIMIT 1',
		'null_value_not_allowed', '{kind} "{label}" of {relation} has a name in no language', 'Leave such rows out in a view, or say which language it is.');
	PERFORM kz_study_refuse(words, $sql$SELECT format('"%s" in language "%s"', s.{label}::text, s.{language}::text) COLLATE "C" AS label
		FROM {relation} AS s WHERE nullif(s.{name}::text, '') IS NULL ORDER BY label LIMIT 1$sql$,
		'null_value_not_allowed', '{kind} {label} has no name in {relation}', 'Leave such rows out in a view: what is not translated keeps the name or label that the study has.');
	PERFORM kz_study_refuse(words, $sql$SELECT format('"%s" in language "%s"', s.{label}::text, s.{language}::text) COLLATE "C" AS label
		FROM {relation} AS s GROUP BY s.{label}::text COLLATE "C", s.{language}::text COLLATE "C", 1 HAVING count(*) > 1 ORDER BY label LIMIT 1$sql$,
		'unique_violation', '{kind} {label} has more than one name in {relation}', 'Names are one row for each label and language: leave the others out in a view.');
	PERFORM kz_study_refuse(words, $sql$SELECT '' WHERE NOT EXISTS (
			SELECT FROM {study}.coefficients AS c JOIN {relation} AS s ON s.{label}::text COLLATE "C" = c.{kind} COLLATE "C")
		AND EXISTS (SELECT FROM {study}.coefficients)$sql$,
		'undefined_object', '{relation} names no {kind} of study {study}', 'Its labels must be those of the facts; label_column names their column.');
	-- what has become ambiguous since is as good as missing
	RETURN study || jsonb_build_object(kind || '_names', kz_study_sql($sql$
	SELECT '{kind}'::text AS kind, s.{label}::text COLLATE "C" AS label, s.{language}::text COLLATE "C" AS language,
		CASE WHEN count(*) = 1 THEN max(nullif(s.{name}::text, '') COLLATE "C") COLLATE "default" END AS name
	FROM {relation} AS s
	WHERE s.{label} IS NOT NULL AND s.{language} IS NOT NULL
	GROUP BY s.{label}::text COLLATE "C", s.{language}::text COLLATE "C"$sql$, words));
END
$$;
COMMENT ON FUNCTION kz_study_names_words(jsonb, text, regclass, name, name, name) IS
'Checks a relation of names and adds to a study the query for it, {region_names} or {industry_names}. kind: region or industry. For kz_study_names.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_names_objects() RETURNS TABLE (object text, template text, remark text, remarks jsonb)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 3
BEGIN ATOMIC
	VALUES ('names', $sql$
SELECT u.kind, u.label COLLATE "default" AS label, l.language COLLATE "default" AS language, coalesce(t.name, {own_name}) COLLATE "default" AS name, t.name IS NOT NULL AS translated
FROM ({languages}
) AS l
CROSS JOIN (
	SELECT DISTINCT v.kind, v.label COLLATE "C" AS label
	FROM {study}.coefficients AS c
	CROSS JOIN LATERAL (VALUES ('region', c.region), ('industry', c.industry)) AS v (kind, label){regions_labels}
) AS u
CROSS JOIN LATERAL (SELECT CASE u.kind WHEN 'region' THEN l.regions ELSE l.industries END ->> u.label AS name) AS t{regions_join}
$sql$, 'The regions and industries of the study in every language: one row for each label and language.', jsonb_object('{
		kind, "region or industry",
		label, "label of the region or industry",
		language, "language, as in the relations of names; a tag of BCP 47, such as kk or zh-Hant, is recommended",
		name, "name in the language; where it lacks one, the name that the study has, or the label",
		translated, "the name is of the language"}'::text[])),
	('named_candidates', $sql$
SELECT c.{period}, l.language COLLATE "default" AS language, c.region, coalesce(t.region_name, c.region_name) COLLATE "default" AS region_name, c.industry, coalesce(t.industry_name, c.industry) COLLATE "default" AS industry_name,
	c.value, c.lq, c.cs, c.pc, c.lq_passed, c.cs_passed, c.pc_passed, c.score, c.rank, c.change, c.direction, c.status,
	t.region_name IS NOT NULL AS region_translated, t.industry_name IS NOT NULL AS industry_translated
FROM {study}.candidates AS c
CROSS JOIN ({languages}
) AS l
CROSS JOIN LATERAL (SELECT l.regions ->> c.region AS region_name, l.industries ->> c.industry AS industry_name) AS t
$sql$, 'The candidates with names in every language: one row for each candidate and language, so choose a language.', jsonb_object('{
		language, "language of the names",
		region_name, "name of the region in the language; where it lacks one, the name that the study has, or the label",
		industry_name, "name of the industry in the language; where it lacks one, the label",
		region_translated, "region_name is of the language",
		industry_translated, "industry_name is of the language"}'::text[])),
	('named_clusters', $sql$
SELECT c.id, c.{period}, l.language COLLATE "default" AS language, c.industry, coalesce(l.industries ->> c.industry, c.industry) COLLATE "default" AS industry_name, c.members, m.region_names,
	c.value, c.share, c.lq, c.cs, c.pc, c.status, m.regions_translated, l.industries ->> c.industry IS NOT NULL AS industry_translated, c.geom
FROM {study}.clusters AS c
CROSS JOIN ({languages}
) AS l
CROSS JOIN LATERAL (
	SELECT string_agg(coalesce(l.regions ->> u.label, {own_name}) COLLATE "default", ', ' ORDER BY r.number) AS region_names,
		bool_and(l.regions ->> u.label IS NOT NULL) AS regions_translated
	FROM unnest(c.regions) WITH ORDINALITY AS r (label, number)
	CROSS JOIN LATERAL (SELECT 'region'::text AS kind, r.label COLLATE "C" AS label) AS u{regions_join}
) AS m
$sql$, 'The clusters as last refreshed, with names in every language: one row for each cluster and language, so choose a language.', jsonb_object('{
		id, "integer key, unique in a language; it may be another one after a refresh",
		language, "language of the names",
		industry_name, "name of the industry in the language; where it lacks one, the label",
		region_names, "names of the regions in the language, in the order of their labels; where it lacks one, the name that the study has, or the label",
		regions_translated, "all region_names are of the language",
		industry_translated, "industry_name is of the language"}'::text[]));
END;
COMMENT ON FUNCTION kz_study_names_objects() IS
'What kz_study_names adds to a study, as templates, with comments of the views and of their columns.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_names(name text, industries regclass DEFAULT NULL, regions regclass DEFAULT NULL,
	label_column name DEFAULT 'label', language_column name DEFAULT 'language', name_column name DEFAULT 'name') RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_names.name);
BEGIN
	IF num_nonnulls(industries, regions) = 0 THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'industries and regions must not both be null',
			HINT = 'industries => a relation with the names of the industries, regions => one with those of the regions, or both.';
	END IF;
	IF industries IS NOT NULL THEN
		study := kz_study_names_words(study, 'industry', industries, label_column, language_column, name_column);
	END IF;
	IF regions IS NOT NULL THEN
		study := kz_study_names_words(study, 'region', regions, label_column, language_column, name_column);
	END IF;
	study := study || jsonb_build_object(
		-- a row for each language: looking names up in it needs no join that could be planned badly
		'languages', kz_study_sql($sql$
	SELECT s.language, jsonb_object_agg(s.label, s.name) FILTER (WHERE s.kind = 'region') AS regions,
		jsonb_object_agg(s.label, s.name) FILTER (WHERE s.kind = 'industry') AS industries
	FROM ({translations}
	) AS s
	GROUP BY s.language$sql$, jsonb_build_object('translations', concat_ws(E'\n\tUNION ALL', study ->> 'industry_names', study ->> 'region_names'))),
		'own_name', CASE WHEN study ? 'region_name_column' THEN kz_study_sql('g.{region_name_column}::text, u.label', study) ELSE 'u.label' END,
		'regions_labels', CASE WHEN study ? 'regions' THEN kz_study_sql($sql$
	UNION
	SELECT 'region', g.{regions_region}::text COLLATE "C" FROM {regions} AS g$sql$, study) ELSE '' END,
		'regions_join', CASE WHEN study ? 'region_name_column' THEN kz_study_sql($sql$
LEFT JOIN {regions} AS g ON u.kind = 'region' AND g.{regions_region}::text COLLATE "C" = u.label$sql$, study) ELSE '' END);
	PERFORM kz_study_put(study, 'kz_study_names', 'VIEW', o.object, o.template, o.remark, o.remarks)
	FROM kz_study_names_objects() AS o
	WHERE o.object <> 'named_clusters' OR study ? 'regions';
END
$$;
COMMENT ON FUNCTION kz_study_names(text, regclass, regclass, name, name, name) IS
'Adds names in several languages to a study that kz_create_study made: the views names (every region and industry in every language), named_candidates and, if the study has regions, named_clusters, with a row for each language. industries, regions: tables or views with one row for each label and language; at least one of them. label_column, language_column, name_column: their columns, called the same in both. Languages are all that they have, called as they like; tags of BCP 47 (kk, ru, en, zh-Hant) are recommended. A label that has no name in a language keeps the name that the study has (of a region) or itself, and a column says so. Labels that the study does not have are ignored, as a classification has more. Later changes of the names are seen at once; two names of one label in one language count as none. The views check the reader''s own rights. Errors: no relation; one without any label of the study; a NULL or empty label, language or name, or two names, with the label; the study already has names.';
