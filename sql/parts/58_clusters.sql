-- clusters: groups of neighbouring candidates against chance, of industries and of groups of related industries

-- Since: 0.1.0
CREATE FUNCTION kz_cluster_significance(weights kz_matrix, "values" kz_matrix, threshold float8 DEFAULT 1, replicates integer DEFAULT 999, seed bigint DEFAULT 1)
RETURNS TABLE (industry text, cluster integer, region text, value float8, members integer, total float8, members_p float8, total_p float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000000 ROWS 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cluster_significance(kz_matrix, kz_matrix, float8, integer, bigint) IS
'Returns a row for each candidate region of each industry, with the group of neighbouring candidates that it belongs to, and how often chance makes a group like it. weights: region x region, as from kz_contiguity_weights or kz_distance_weights; two regions are neighbours if either cell of theirs is not 0. values: region x industry, such as coefficients; a candidate has at least threshold; an absent cell is 0. cluster = the group, numbered from 1 in each industry by first regions; members = number of its regions; total = sum of its values. members_p, total_p: in each of so many replicates the values are given to other regions of the weights, all choices being equally likely, and its largest group by members, and its heaviest by total, are compared: p = (1 + replicates with at least as much) / (1 + replicates). With 0 replicates there is no p, only the groups. This is the probability, for all groups of the industry together, of any such group by chance alone. Each industry has the stream of seed anew, so that the same values, weights, replicates and seed give the same p everywhere. A suppressed value is no candidate. status: ok; incomplete totals (a value of the industry is suppressed: groups may be larger). weights or values NULL: no rows; another NULL: its default. Errors: weights whose rows and columns differ or with a suppressed cell; values of a region that weights lack; replicates outside 0 to 1000000; a threshold that is not finite. Sources: Hope 1968; Turnbull et al. 1990.';

-- a study

-- Since: 0.1.0
CREATE FUNCTION kz_study_near(study jsonb, distance float8) RETURNS jsonb
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1000
SET extra_float_digits = 1
BEGIN ATOMIC
	-- each region with itself, and each pair of near regions once
	SELECT jsonb_build_object('near_regions', kz_study_sql($sql$
		SELECT {kz}.kz_matrix_agg(n.a, n.b, 1) AS matrix
		FROM (
			SELECT g.{regions_region}::text AS a, g.{regions_region}::text AS b FROM {regions} AS g WHERE g.{regions_region} IS NOT NULL
			UNION ALL
			SELECT a.{regions_region}::text, b.{regions_region}::text
			FROM {regions} AS a
			JOIN {regions} AS b ON $sql$ || CASE distance WHEN 0 THEN '{gis}.ST_Intersects(a.{geometry}, b.{geometry})'
				ELSE '{gis}.ST_DWithin(a.{geometry}, b.{geometry}, ' || distance || '::float8)' END || $sql$
				AND a.{regions_region}::text COLLATE "C" < b.{regions_region}::text COLLATE "C"
		) AS n$sql$, study),
	-- a buffer of 0 dissolves regions that do not overlap in a third of the time of a union; the area tells whether they do
	'shapes', kz_study_sql($sql$sets AS MATERIALIZED (
	SELECT row_number() OVER () AS number, d.regions FROM (SELECT DISTINCT j.regions FROM joined AS j) AS d
), parts AS (
	SELECT u.number, count(*) AS members, sum({gis}.ST_Area(g.geom) ORDER BY u.region COLLATE "C") AS area,
		{gis}.ST_Collect(g.geom ORDER BY u.region COLLATE "C") AS geom
	FROM (SELECT s.number, unnest(s.regions) AS region FROM sets AS s) AS u
	JOIN (SELECT g.{regions_region}::text COLLATE "C" AS region, {gis}.ST_Force2D(g.{geometry}) AS geom FROM {regions} AS g) AS g ON g.region = u.region
	GROUP BY u.number
), shapes AS MATERIALIZED (
	SELECT s.regions, {gis}.ST_Multi(CASE WHEN p.members = 1 THEN {gis}.ST_GeometryN(p.geom, 1) WHEN abs({gis}.ST_Area(d.geom) - p.area) <= 1e-9 * p.area THEN d.geom
			ELSE {gis}.ST_UnaryUnion(p.geom) END)::{gis}.geometry(MultiPolygon, {srid}) AS geom
	FROM sets AS s
	JOIN parts AS p ON p.number = s.number
	CROSS JOIN LATERAL (SELECT CASE WHEN p.members > 1 THEN {gis}.ST_Buffer(p.geom, 0) END AS geom OFFSET 0) AS d
)$sql$, study));
END;
COMMENT ON FUNCTION kz_study_near(jsonb, float8) IS
'The words of a study for its clusters: near_regions, the query for which regions touch or lie within a distance of each other, as weights for kz_cluster_significance; shapes, common table expressions that give each set of regions in "joined" its geometry, once for all industries and periods that have it. For kz_create_study and kz_study_clusters.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_clusters_words(study jsonb) RETURNS jsonb
LANGUAGE SQL IMMUTABLE STRICT PARALLEL SAFE COST 1000
BEGIN ATOMIC
	SELECT study || kz_study_near(study, (study ->> 'near_by')::float8) || jsonb_build_object(
		'what', CASE WHEN study ? 'classification' THEN kz_study_sql('group of industries of {classification}', study) ELSE 'industry' END,
		'cells', kz_study_sql(CASE WHEN study ? 'classification' THEN $sql$
	SELECT j.*, {kz}.kz_location_quotient(j.value, j.ref_value, j.region_total, j.ref_total) AS lq,
		{kz}.kz_specialization_coefficient(j.value, j.ref_value, j.gross_product, j.ref_gross_product) AS cs,
		{kz}.kz_per_capita_coefficient(j.value, j.ref_value, j.population, j.ref_population) AS pc
	FROM (
		SELECT c.{period}, c.region, min(c.region_name) AS region_name, k.label AS industry,
			CASE WHEN count(c.value) = count(*) THEN sum(c.value ORDER BY c.industry COLLATE "C") END AS value, max(n.ref_value) AS ref_value,
			max(c.region_total) AS region_total, max(c.ref_total) AS ref_total, max(c.gross_product) AS gross_product, max(c.ref_gross_product) AS ref_gross_product,
			max(c.population) AS population, max(c.ref_population) AS ref_population,
			coalesce(min(c.status COLLATE "C") FILTER (WHERE c.status <> 'ok'), 'ok') COLLATE "default" AS status
		FROM {study}.coefficients AS c
		JOIN groups AS k ON k.industry = c.industry COLLATE "C"
		JOIN nation AS n ON n.{period} {period_equality} c.{period} AND n.label = k.label
		GROUP BY c.{period}, c.region, k.label
	) AS j$sql$ ELSE $sql$
	SELECT c.{period}, c.region, c.region_name, c.industry, c.value, c.ref_value, c.region_total, c.ref_total, c.gross_product, c.ref_gross_product,
		c.population, c.ref_population, c.status, c.lq, c.cs, c.pc
	FROM {study}.coefficients AS c$sql$ END, study),
		'groups', kz_study_sql(CASE WHEN study ? 'classification' THEN $sql$groups AS (
	SELECT DISTINCT k.{member}::text COLLATE "C" AS industry, k.{group}::text AS label FROM {classification} AS k
), nation AS (
	SELECT i.{period}, k.label, sum(i.ref_value ORDER BY i.industry) AS ref_value
	FROM (SELECT c.{period}, c.industry COLLATE "C" AS industry, max(c.ref_value) AS ref_value FROM {study}.coefficients AS c GROUP BY 1, 2) AS i
	JOIN groups AS k ON k.industry = i.industry
	GROUP BY i.{period}, k.label
), $sql$ ELSE '' END, study));
END;
COMMENT ON FUNCTION kz_study_clusters_words(jsonb) IS
'Adds to a study the words for which regions are near each other and for the cells whose clusters are sought: those of its coefficients, or the sums of the groups of a classification with joint coefficients. For kz_study_clusters.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_clusters_object() RETURNS text
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT $sql$
WITH {groups}cells AS ({cells}
), scores AS MATERIALIZED (
	SELECT c.*, {score} AS score
	FROM cells AS c
	WHERE EXISTS (SELECT FROM {regions} AS g WHERE g.{regions_region}::text COLLATE "C" = c.region COLLATE "C")
), found AS MATERIALIZED (
	SELECT s.{period}, k.industry, k.cluster, k.region, k.value AS score, k.members, k.total, k.members_p, k.total_p, k.status
	FROM (SELECT a.{period}, {kz}.kz_matrix_agg(a.region, a.industry, a.score) AS matrix FROM scores AS a GROUP BY a.{period}) AS s
	CROSS JOIN ({near_regions}
	) AS w
	CROSS JOIN LATERAL {kz}.kz_cluster_significance(w.matrix, s.matrix, {threshold}::float8, {replicates}, {seed}) AS k
), joined AS MATERIALIZED (
	SELECT f.{period}, f.industry, f.cluster, f.members, f.total, f.members_p, f.total_p,
		array_agg(s.region ORDER BY s.region COLLATE "C") AS regions, string_agg(s.region_name, ', ' ORDER BY s.region COLLATE "C") AS region_names,
		CASE WHEN count(s.value) = count(*) THEN sum(s.value ORDER BY s.region COLLATE "C") END AS value, max(s.ref_value) AS ref_value,
		sum(s.region_total ORDER BY s.region COLLATE "C") AS region_total, max(s.ref_total) AS ref_total,
		CASE WHEN count(s.gross_product) = count(*) THEN sum(s.gross_product ORDER BY s.region COLLATE "C") END AS gross_product, max(s.ref_gross_product) AS ref_gross_product,
		CASE WHEN count(s.population) = count(*) THEN sum(s.population ORDER BY s.region COLLATE "C") END AS population, max(s.ref_population) AS ref_population,
		coalesce(min(s.status COLLATE "C") FILTER (WHERE s.status <> 'ok'), f.status COLLATE "C") COLLATE "default" AS status
	FROM found AS f
	JOIN scores AS s ON s.{period} {period_equality} f.{period} AND s.industry COLLATE "C" = f.industry COLLATE "C" AND s.region COLLATE "C" = f.region COLLATE "C"
	GROUP BY f.{period}, f.industry, f.cluster, f.members, f.total, f.members_p, f.total_p, f.status
), {shapes}
SELECT row_number() OVER (ORDER BY j.{period}, j.industry COLLATE "C", j.cluster)::integer AS id,
	j.{period}, j.industry, j.cluster, j.members, array_to_string(j.regions, ', ') AS regions, j.region_names, j.value, j.value / nullif(j.ref_value, 0) AS share,
	{kz}.kz_location_quotient(j.value, j.ref_value, j.region_total, j.ref_total) AS lq,
	{kz}.kz_specialization_coefficient(j.value, j.ref_value, j.gross_product, j.ref_gross_product) AS cs,
	{kz}.kz_per_capita_coefficient(j.value, j.ref_value, j.population, j.ref_population) AS pc,
	j.total, j.members_p, j.total_p, j.status, u.geom
FROM joined AS j
JOIN shapes AS u ON u.regions = j.regions
$sql$;
END;
COMMENT ON FUNCTION kz_study_clusters_object() IS
'The materialized view of clusters with their significance, as a template. For kz_study_clusters.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_clusters(name text, classification regclass DEFAULT NULL, member_column name DEFAULT 'member', group_column name DEFAULT 'group',
	distance float8 DEFAULT NULL, replicates integer DEFAULT 999, seed bigint DEFAULT 1, view_name name DEFAULT 'cluster_significance') RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_clusters.name);
	wrong record;
BEGIN
	SELECT * INTO wrong
	FROM (VALUES
		('distance', distance::text, (distance >= 0 AND distance < 'infinity') IS NOT FALSE, 'a finite number from 0 up, in the unit of the SRID'),
		('replicates', replicates::text, replicates BETWEEN 1 AND 1000000, 'a number from 1 to 1000000'),
		('seed', seed::text, seed IS NOT NULL, 'any whole number'),
		('view_name', view_name::text, octet_length(view_name::text) BETWEEN 1 AND 63, 'a name of 1 to 63 bytes')) AS v (argument, given, fits, choice)
	WHERE fits IS NOT TRUE
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN wrong.given IS NULL THEN 'null_value_not_allowed' ELSE 'invalid_parameter_value' END,
			MESSAGE = format('%s must not be %s', wrong.argument, coalesce(quote_literal(wrong.given), 'null')),
			HINT = format('It is %s; leave it out for its default.', wrong.choice);
	ELSIF NOT study ? 'regions' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('study %s has no regions', study ->> 'study'),
			HINT = 'Which regions are near each other is known from geometries: make the study with regions => ... .';
	END IF;
	IF classification IS NOT NULL THEN
		study := study || jsonb_build_object('classification', kz_study_relation(classification, 'classification'),
			'member', kz_study_column(classification, member_column, 'member_column', 'a label'), 'group', kz_study_column(classification, group_column, 'group_column', 'a label'),
			'member_text', quote_literal(member_column), 'group_text', quote_literal(group_column));
		PERFORM kz_study_refuse(study, 'SELECT CASE WHEN k.{member} IS NULL THEN {member_text} ELSE {group_text} END FROM {classification} AS k WHERE k.{member} IS NULL OR k.{group} IS NULL LIMIT 1',
			'null_value_not_allowed', 'column "{label}" of {classification} must not be null', 'Leave such rows out in a view.');
		PERFORM kz_study_refuse(study, $sql$SELECT '' WHERE NOT EXISTS (SELECT FROM {study}.coefficients AS c JOIN {classification} AS k ON k.{member}::text COLLATE "C" = c.industry COLLATE "C")$sql$,
			'undefined_object', '{classification} has no industry of study {study}', 'Its members must have the labels that the facts have.');
	END IF;
	study := study || jsonb_build_object('near_by', coalesce(distance::text, study ->> 'distance'), 'replicates', replicates::text, 'seed', quote_literal(seed) || '::bigint', 'seed_text', seed::text);
	study := kz_study_clusters_words(study);
	PERFORM kz_study_put(study, 'kz_study_clusters', 'MATERIALIZED VIEW', view_name, kz_study_clusters_object(),
		$remark$One row for each {period_name}, {what} and group of candidate regions that touch or lie within {near_by} of each other, with how often chance makes a group like it. Refresh it after coefficients.$remark$,
		jsonb_object('{id, "integer key, unique; it may be another one after a refresh",
			industry, "{what}",
			cluster, "number of the group among those of the {what}, in the order of first regions",
			regions, "labels of the regions, in bytewise order",
			value, "sum of the facts of the regions, in their unit; NULL if any of them is suppressed",
			lq, "location quotient of the regions together",
			cs, "coefficient of specialization of the regions together",
			pc, "coefficient of per-capita production of the regions together",
			total, "sum of the scores of the regions",
			members_p, "probability that chance, dealing the scores out to other regions, makes a group of at least as many regions; of {replicates} replicates with seed {seed_text}",
			total_p, "the same of a group whose scores sum to at least total",
			status, "ok; incomplete totals: a total lacks suppressed cells, or a score is unknown and the group may be larger; others as in coefficients"}'::text[]));
	EXECUTE format('CREATE UNIQUE INDEX ON %s.%I (id)', study ->> 'study', view_name);
	EXECUTE format('CREATE INDEX ON %s.%I USING gist (geom)', study ->> 'study', view_name);
END
$$;
COMMENT ON FUNCTION kz_study_clusters(text, regclass, name, name, float8, integer, bigint, name) IS
'Adds to a study a materialized view cluster_significance: the groups of candidate regions that touch or lie within a distance, with their totals, joint coefficients, geometry and significance by a seeded Monte Carlo (kz_cluster_significance over the scores of the study). classification: groups of related industries, one row for each member_column and group_column; the members'' values are summed first, and a candidate is a region whose score of the group passes the rule of the study; an industry may be in several groups, or in none, which leaves it out. Without it each industry is a group, and the rows are those of clusters. distance: in the unit of the SRID; left out, that of the study. replicates: of each industry and period. seed: the same one gives the same p. view_name: what it is called, so that a study may have several. All regions of the study''s relation of regions take part in the permutation. kz_refresh_study refreshes it. NULL: left out for classification and distance, otherwise an error. Errors: no such study or column, a study without regions, NULL labels, no common industry, a view that is already there.';
