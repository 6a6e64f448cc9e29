--
-- actors: stage 3 of a study, who is in and around its candidates, and Porter's checklist
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_actors_columns() RETURNS jsonb
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT jsonb_object('{
		category, "label of the category of actors",
		role, "what its actors are to a cluster: firms, suppliers, services, research, associations, infrastructure; NULL: something else",
		complete, "whether the actors of this category are all listed: if not, a lack of them is unknown, not a failure",
		criterion, "column of actors that has the outcome",
		threshold, "what the measure must reach (proximity: must not exceed)",
		note, "the measure; yours to write",
		inside, "number of actors in the region",
		near, "number of actors in the region or within {radius} of it",
		nearest, "distance from the region to its nearest actor of the category, in {unit}; 0 in the region; NULL if there is none",
		firms, "those of near whose role is firms; NULL if no category has that role",
		categories, "number of categories among near",
		roles, "number of the six roles among near; NULL if no category has a role",
		entropy, "Shannon entropy of near over the categories, in nats: 0 for one category, ln(categories) if all are equally many",
		simpson, "Simpson diversity of near over the categories: probability that two actors drawn with replacement differ in category",
		density, "inside / area of the region, per {area_unit}",
		density_quotient, "density / the same of all regions together",
		reach, "distance within which every role is found: the largest over the roles of the distance to the nearest actor, in {unit}",
		supplier, "the other industry from which the industry buys most",
		supplier_share, "its share in all that the industry buys",
		supplier_lq, "its location quotient in the region: 0 if it is not there; NULL if the study does not have it",
		buyer, "the other industry to which the industry sells most",
		buyer_share, "its share in all that the industry sells",
		buyer_lq, "its location quotient in the region, as supplier_lq",
		competitive_enterprises, "firms reaches its threshold",
		concentration, "density_quotient reaches its threshold",
		proximity, "reach does not exceed its threshold",
		range_of_participants, "roles reaches its threshold; NULL if it could with those that are not known",
		critical_mass, "near reaches its threshold",
		linkages, "supplier_lq or buyer_lq reaches its threshold; NULL if one of them could and is unknown",
		criteria_known, "number of the six criteria that are known",
		criteria_passed, "number of those that are met",
		failed_criteria, "those that are not met",
		unknown_criteria, "those that are unknown: there is no information, or it is not complete"}'::text[]);
END;
COMMENT ON FUNCTION kz_study_actors_columns() IS
'The columns of actor_roles, actor_rules, actor_counts, actor_categories and actors, and what they mean. For kz_study_actors.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_actors_objects() RETURNS TABLE (kind text, object text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 5
BEGIN ATOMIC
	VALUES ('TABLE', 'actor_roles', $sql$
	category text COLLATE "C" PRIMARY KEY,
	role text CHECK (role IN ('firms', 'suppliers', 'services', 'research', 'associations', 'infrastructure')),
	complete boolean NOT NULL DEFAULT true
$sql$, 'The categories of actors of stage 3 and their roles. Rows are yours to change; the views follow at once.'),
	('TABLE', 'actor_rules', $sql$
	criterion text PRIMARY KEY CHECK (criterion IN ('competitive_enterprises', 'concentration', 'proximity', 'range_of_participants',
		'critical_mass', 'linkages')),
	threshold float8 NOT NULL CHECK (threshold > '-infinity' AND threshold < 'infinity'),
	note text
$sql$, 'The thresholds of the checklist in actors. Rows are yours to change; a criterion without a row is unknown.'),
	('VIEW', 'actor_counts', $sql$
WITH places AS NOT MATERIALIZED (
	SELECT s.{category}::text COLLATE "C" AS category, {actor_industry} AS industry, s.{place} AS geom FROM {actors} AS s WHERE s.{category} IS NOT NULL
), regions AS NOT MATERIALIZED (
	SELECT g.{regions_region}::text COLLATE "C" AS region, g.{geometry}{cast} AS geom FROM {regions} AS g
)
SELECT k.region COLLATE "default" AS region, k.category COLLATE "default" AS category, k.industry COLLATE "default" AS industry,
	k.inside, k.near, coalesce(k.nearest, d.nearest) AS nearest
FROM (
	SELECT n.region, n.category, n.industry, sum(n.inside)::bigint AS inside, sum(n.near)::bigint AS near, min(n.nearest) AS nearest
	FROM (
		SELECT r.region, a.category, a.industry, count(*) FILTER (WHERE {gis}.ST_Intersects(r.geom, a.geom)) AS inside, count(*) AS near,
			min({gis}.ST_Distance(r.geom, a.geom)) AS nearest
		FROM regions AS r
		JOIN places AS a ON {gis}.ST_DWithin(r.geom, a.geom, {radius}::float8)
		GROUP BY r.region, a.category, a.industry
		UNION ALL
		SELECT r.region, c.category, c.industry, 0, 0, NULL
		FROM regions AS r
		CROSS JOIN (SELECT DISTINCT a.category, a.industry FROM places AS a) AS c
	) AS n
	GROUP BY n.region, n.category, n.industry
) AS k
LEFT JOIN regions AS r ON r.region = k.region
LEFT JOIN LATERAL (
	SELECT (a.geom OPERATOR({gis}.<->) r.geom)::float8 AS nearest
	FROM places AS a
	WHERE k.near = 0 AND a.category = k.category AND a.industry IS NOT DISTINCT FROM k.industry
	ORDER BY a.geom OPERATOR({gis}.<->) r.geom
	LIMIT 1
) AS d ON true
$sql$, 'How many of {actors} are in and near each region, by category and industry, and how far away the nearest is. An actor on a border is in both regions; one without a place or category is in none. Without an industry it counts for all industries.'),
	('VIEW', 'actor_categories', $sql$
SELECT c.region, c.industry, r.category COLLATE "default" AS category, r.role, r.complete,
	coalesce(sum(n.inside), 0)::bigint AS inside, coalesce(sum(n.near), 0)::bigint AS near, min(n.nearest) AS nearest
FROM (SELECT DISTINCT c.region, c.industry FROM {study}.candidates AS c) AS c
CROSS JOIN {study}.actor_roles AS r
LEFT JOIN {study}.actor_counts AS n ON n.region = c.region AND n.category = r.category COLLATE "default" AND (n.industry IS NULL OR n.industry = c.industry)
GROUP BY c.region, c.industry, r.category, r.role, r.complete
$sql$, 'The actors of each category in and near each region and industry that is a candidate in any period.'),
	('VIEW', 'actors', $sql$
WITH shares AS (
	SELECT a.region, a.industry, a.category, a.role, a.complete, a.inside, a.near, a.nearest,
		a.near / nullif(sum(a.near) OVER (PARTITION BY a.region, a.industry), 0)::float8 AS share
	FROM {study}.actor_categories AS a
), sums AS (
	SELECT s.region, s.industry, sum(s.inside)::bigint AS inside, sum(s.near)::bigint AS near, bool_and(s.complete) AS complete,
		(sum(s.near) FILTER (WHERE s.role = 'firms'))::bigint AS firms, bool_and(s.complete) FILTER (WHERE s.role = 'firms') AS firms_complete,
		(count(*) FILTER (WHERE s.near > 0))::integer AS categories,
		coalesce(-sum(s.share * ln(s.share) ORDER BY s.category COLLATE "C") FILTER (WHERE s.share > 0), CASE WHEN sum(s.near) > 0 THEN 0 END) + 0.0 AS entropy,
		1 - sum(s.share * s.share ORDER BY s.category COLLATE "C") AS simpson
	FROM shares AS s GROUP BY s.region, s.industry
), roles AS (
	SELECT r.region, r.industry, (count(*) FILTER (WHERE r.near > 0))::integer AS roles,
		(6 - count(*) FILTER (WHERE r.near = 0 AND r.complete))::integer AS roles_possible,
		CASE WHEN count(r.nearest) = count(*) THEN max(r.nearest) END AS reach,
		max(coalesce(r.nearest, 'infinity')) FILTER (WHERE r.complete) AS reach_certain
	FROM (SELECT s.region, s.industry, s.role, sum(s.near) AS near, bool_and(s.complete) AS complete, min(s.nearest) AS nearest
		  FROM shares AS s WHERE s.role IS NOT NULL GROUP BY s.region, s.industry, s.role) AS r
	GROUP BY r.region, r.industry
), areas AS (
	SELECT g.{regions_region}::text COLLATE "C" AS region, {gis}.ST_Area(g.{geometry}{cast}) / {area_scale}::float8 AS area FROM {regions} AS g
), everywhere AS (
	SELECT k.industry, sum(n.inside)::float8 AS inside, (SELECT sum(a.area ORDER BY a.region) FROM areas AS a) AS area
	FROM (SELECT DISTINCT c.industry FROM {study}.candidates AS c) AS k
	JOIN {study}.actor_counts AS n ON n.industry IS NULL OR n.industry = k.industry
	GROUP BY k.industry
), thresholds AS (
	SELECT max(r.threshold) FILTER (WHERE r.criterion = 'competitive_enterprises') AS firms, max(r.threshold) FILTER (WHERE r.criterion = 'concentration') AS density_quotient,
		max(r.threshold) FILTER (WHERE r.criterion = 'proximity') AS reach, max(r.threshold) FILTER (WHERE r.criterion = 'range_of_participants') AS roles,
		max(r.threshold) FILTER (WHERE r.criterion = 'critical_mass') AS near, max(r.threshold) FILTER (WHERE r.criterion = 'linkages') AS lq
	FROM {study}.actor_rules AS r
){flows}, measures AS (
	SELECT c.{period} AS period, c.region, c.region_name, c.industry, s.inside, s.near, s.firms, s.categories, r.roles, s.entropy, s.simpson,
		s.inside / nullif(a.area, 0) AS density, s.inside / nullif(a.area, 0) / nullif(e.inside / nullif(e.area, 0), 0) AS density_quotient, r.reach,
		{links}, s.complete, s.firms_complete, r.roles_possible, r.reach_certain
	FROM {study}.candidates AS c
	LEFT JOIN sums AS s ON s.region = c.region AND s.industry = c.industry
	LEFT JOIN roles AS r ON r.region = c.region AND r.industry = c.industry
	LEFT JOIN areas AS a ON a.region = c.region
	LEFT JOIN everywhere AS e ON e.industry = c.industry {links_join}
), criteria AS (
	SELECT m.*,
		CASE WHEN m.firms >= t.firms THEN true WHEN m.firms_complete AND t.firms IS NOT NULL THEN false END AS competitive_enterprises,
		CASE WHEN m.density_quotient >= t.density_quotient THEN true WHEN m.complete AND m.density_quotient < t.density_quotient THEN false END AS concentration,
		CASE WHEN m.reach <= t.reach THEN true WHEN m.reach_certain > t.reach THEN false END AS proximity,
		CASE WHEN m.roles >= t.roles THEN true WHEN m.roles_possible < t.roles THEN false END AS range_of_participants,
		CASE WHEN m.near >= t.near THEN true WHEN m.complete AND t.near IS NOT NULL THEN false END AS critical_mass,
		CASE WHEN m.supplier_lq >= t.lq OR m.buyer_lq >= t.lq THEN true
			WHEN (m.supplier_lq < t.lq OR m.no_supplier) AND (m.buyer_lq < t.lq OR m.no_buyer) AND t.lq IS NOT NULL THEN false END AS linkages
	FROM measures AS m CROSS JOIN thresholds AS t
)
SELECT m.period AS {period}, m.region, m.region_name, m.industry, m.inside, m.near, m.firms, m.categories, m.roles, m.entropy, m.simpson,
	m.density, m.density_quotient, m.reach, m.supplier, m.supplier_share, m.supplier_lq, m.buyer, m.buyer_share, m.buyer_lq,
	m.competitive_enterprises, m.concentration, m.proximity, m.range_of_participants, m.critical_mass, m.linkages,
	k.criteria_known, k.criteria_passed, k.failed_criteria, k.unknown_criteria
FROM criteria AS m
CROSS JOIN LATERAL (
	SELECT count(v.passed)::integer AS criteria_known, (count(*) FILTER (WHERE v.passed))::integer AS criteria_passed,
		string_agg(v.criterion, ', ' ORDER BY v.n) FILTER (WHERE NOT v.passed) AS failed_criteria,
		string_agg(v.criterion, ', ' ORDER BY v.n) FILTER (WHERE v.passed IS NULL) AS unknown_criteria
	FROM (VALUES (1, 'competitive_enterprises', m.competitive_enterprises), (2, 'concentration', m.concentration), (3, 'proximity', m.proximity),
		(4, 'range_of_participants', m.range_of_participants), (5, 'critical_mass', m.critical_mass), (6, 'linkages', m.linkages)) AS v (n, criterion, passed)
) AS k
$sql$, 'Actors and institutions (stage 3): one row for each candidate, with the actors of {actors} in and around it and Porter''s checklist, by the thresholds in actor_rules. NULL is unknown.');
END;
COMMENT ON FUNCTION kz_study_actors_objects() IS
'What kz_study_actors adds to a study, as templates, with comments, in the order in which it is made.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_linkages(study jsonb, linkages regclass, supplier_column name, buyer_column name, linkage_column name) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
	IF linkages IS NULL THEN
		RETURN study || jsonb_build_object('flows', '', 'links_join', '', 'links',
			'NULL::text AS supplier, NULL::float8 AS supplier_share, NULL::float8 AS supplier_lq, NULL::text AS buyer, NULL::float8 AS buyer_share, NULL::float8 AS buyer_lq, NULL::boolean AS no_supplier, NULL::boolean AS no_buyer');
	END IF;
	study := study || jsonb_build_object('linkages', kz_study_relation(linkages, 'linkages'),
		'supplier', kz_study_column(linkages, supplier_column, 'supplier_column', 'a label'),
		'buyer', kz_study_column(linkages, buyer_column, 'buyer_column', 'a label'),
		'linkage', kz_study_column(linkages, linkage_column, 'linkage_column', 'a number'));
	PERFORM kz_study_refuse(study, 'SELECT s.{linkage}::text FROM {linkages} AS s WHERE s.{linkage} < 0 OR s.{linkage}::float8 >= ''infinity'' ORDER BY s.{linkage} LIMIT 1',
		'invalid_parameter_value', 'value {label} of {linkages} must not be negative or infinite', 'An input-output table has what each industry sells to each other one.');
	RETURN study || jsonb_build_object(
		'flows', kz_study_sql($sql$, flows AS (
	SELECT s.{supplier}::text COLLATE "C" AS supplier, s.{buyer}::text COLLATE "C" AS buyer, sum(s.{linkage}::float8 ORDER BY s.{linkage}::float8) AS value
	FROM {linkages} AS s GROUP BY 1, 2
), suppliers AS (
	SELECT DISTINCT ON (f.buyer) f.buyer AS industry, f.supplier, f.share
	FROM (SELECT f.supplier, f.buyer, f.value / nullif(sum(f.value) OVER (PARTITION BY f.buyer ORDER BY f.supplier ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) AS share
		  FROM flows AS f) AS f
	WHERE f.supplier <> f.buyer AND f.share > 0 ORDER BY f.buyer, f.share DESC, f.supplier
), buyers AS (
	SELECT DISTINCT ON (f.supplier) f.supplier AS industry, f.buyer, f.share
	FROM (SELECT f.supplier, f.buyer, f.value / nullif(sum(f.value) OVER (PARTITION BY f.supplier ORDER BY f.buyer ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING), 0) AS share
		  FROM flows AS f) AS f
	WHERE f.supplier <> f.buyer AND f.share > 0 ORDER BY f.supplier, f.share DESC, f.buyer
), ways AS (
	SELECT f.industry, bool_or(f.buys) AS buys, bool_or(f.sells) AS sells
	FROM (SELECT f.buyer AS industry, f.supplier <> f.buyer AND f.value IS DISTINCT FROM 0 AS buys, false AS sells FROM flows AS f
		  UNION ALL SELECT f.supplier, false, f.supplier <> f.buyer AND f.value IS DISTINCT FROM 0 FROM flows AS f) AS f
	GROUP BY f.industry
), presence AS (
	SELECT DISTINCT c.{period} AS period, c.industry FROM {study}.coefficients AS c
)$sql$, study),
		'links', 'u.supplier COLLATE "default" AS supplier, u.share AS supplier_share, CASE WHEN uk.region IS NOT NULL THEN uk.lq WHEN up.industry IS NOT NULL THEN 0 END AS supplier_lq, '
			'b.buyer COLLATE "default" AS buyer, b.share AS buyer_share, CASE WHEN bk.region IS NOT NULL THEN bk.lq WHEN bp.industry IS NOT NULL THEN 0 END AS buyer_lq, '
			'NOT w.buys AS no_supplier, NOT w.sells AS no_buyer',
		'links_join', kz_study_sql($sql$
	LEFT JOIN ways AS w ON w.industry = c.industry
	LEFT JOIN suppliers AS u ON u.industry = c.industry
	LEFT JOIN {study}.coefficients AS uk ON uk.{period} {period_equality} c.{period} AND uk.region = c.region AND uk.industry = u.supplier COLLATE "default"
	LEFT JOIN presence AS up ON up.period {period_equality} c.{period} AND up.industry = u.supplier COLLATE "default"
	LEFT JOIN buyers AS b ON b.industry = c.industry
	LEFT JOIN {study}.coefficients AS bk ON bk.{period} {period_equality} c.{period} AND bk.region = c.region AND bk.industry = b.buyer COLLATE "default"
	LEFT JOIN presence AS bp ON bp.period {period_equality} c.{period} AND bp.industry = b.buyer COLLATE "default"$sql$, study));
END
$$;
COMMENT ON FUNCTION kz_study_linkages(jsonb, regclass, name, name, name) IS
'Checks a relation of what industries sell to each other and returns a study''s words for the strongest supplier and buyer of an industry. For kz_study_actors.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_actors(
	name text, actors regclass,
	category_column name DEFAULT 'category', geometry_column name DEFAULT 'geom', industry_column name DEFAULT NULL,
	radius float8 DEFAULT 0,
	linkages regclass DEFAULT NULL, supplier_column name DEFAULT 'supplier', buyer_column name DEFAULT 'buyer', linkage_column name DEFAULT 'value'
) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_actors.name);
	kind oid;
	sphere boolean;
BEGIN
	IF NOT study ? 'regions' THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('study "%s" has no regions', kz_study_actors.name),
			HINT = 'Actors are counted in areas: make the study with regions => a relation with geometries.';
	END IF;
	study := study || jsonb_build_object('actors', kz_study_relation(actors, 'actors'),
		'category', kz_study_column(actors, category_column, 'category_column', 'a label'), 'category_text', quote_literal(category_column));
	kind := kz_study_type(actors, geometry_column);
	sphere := kind = to_regtype((study ->> 'gis') || '.geography')::oid;
	IF radius IS NULL OR NOT (radius >= 0 AND radius < 'infinity') THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN radius IS NULL THEN 'null_value_not_allowed' ELSE 'invalid_parameter_value' END,
			MESSAGE = format('radius must not be %s', coalesce(quote_literal(radius), 'null')), HINT = 'It is a finite number from 0 up; leave it out for its default.';
	ELSIF geometry_column IS NULL OR kind IS NULL THEN
		PERFORM kz_study_column(actors, geometry_column, 'geometry_column', 'a geometry');
	ELSIF NOT sphere AND kind <> to_regtype((study ->> 'gis') || '.geometry')::oid THEN
		RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
			MESSAGE = format('column "%s" of relation "%s" is of type %s, not geometry or geography', geometry_column, actors::text, kind::regtype),
			HINT = 'Name another column by geometry_column, or give a view that casts this one.';
	END IF;
	study := study || jsonb_build_object('place', quote_ident(geometry_column), 'radius', radius::text,
		'cast', CASE WHEN sphere THEN format('::%s.geography', study ->> 'gis') ELSE '' END, 'area_scale', CASE WHEN sphere THEN '1e6' ELSE '1' END,
		'unit', CASE WHEN sphere THEN 'metres' ELSE 'the unit of the SRID' END, 'area_unit', CASE WHEN sphere THEN 'square kilometre' ELSE 'square unit of the SRID' END);
	study := study || jsonb_build_object('actor_industry', CASE WHEN industry_column IS NULL THEN 'NULL::text COLLATE "C"'
		ELSE format('s.%s::text COLLATE "C"', kz_study_column(actors, industry_column, 'industry_column', 'a label')) END);
	study := kz_study_linkages(study, linkages, supplier_column, buyer_column, linkage_column);

	PERFORM kz_study_refuse(study, 'SELECT {category_text} FROM {actors} AS s WHERE s.{category} IS NULL LIMIT 1',
		'null_value_not_allowed', 'column "{label}" of {actors} must not be null', 'Leave such rows out in a view, or give them a category with coalesce().');
	PERFORM kz_study_refuse(study, $sql$SELECT {gis}.ST_SRID(s.{place}::{gis}.geometry)::text || ' and ' || g.srid FROM {actors} AS s
		CROSS JOIN (SELECT min({gis}.ST_SRID(g.{geometry})) AS srid FROM {regions} AS g) AS g WHERE {gis}.ST_SRID(s.{place}::{gis}.geometry) <> g.srid LIMIT 1$sql$,
		'invalid_parameter_value', 'SRIDs of {actors} and {regions} differ: {label}', 'Give actors a view that transforms its places with ST_Transform().');
	PERFORM kz_study_put(study, 'kz_study_actors', o.kind, o.object, o.template, o.remark, kz_study_actors_columns())
	FROM kz_study_actors_objects() AS o;
	EXECUTE kz_study_sql($sql$INSERT INTO {study}.actor_roles (category, role)
		SELECT c.category, CASE WHEN c.category IN ('firms', 'suppliers', 'services', 'research', 'associations', 'infrastructure') THEN c.category END
		FROM (SELECT DISTINCT s.{category}::text COLLATE "C" AS category FROM {actors} AS s) AS c ORDER BY c.category ON CONFLICT DO NOTHING$sql$, study);
	EXECUTE kz_study_sql($sql$INSERT INTO {study}.actor_rules (criterion, threshold, note) VALUES ('competitive_enterprises', 3, 'firms'),
		('concentration', 1, 'density_quotient'), ('proximity', {radius}, 'reach, at most'), ('range_of_participants', 4, 'roles, of six'),
		('critical_mass', 10, 'near'), ('linkages', 1, 'supplier_lq or buyer_lq') ON CONFLICT DO NOTHING$sql$, study);
	EXECUTE kz_study_sql('ANALYZE {study}.actor_roles, {study}.actor_rules', study);
END
$$;
COMMENT ON FUNCTION kz_study_actors(text, regclass, name, name, name, float8, regclass, name, name, name) IS
'Adds stage 3, actors and institutions, to a study that kz_create_study made with regions: the views actors (a row a candidate: counts, diversity, density, links and Porter''s checklist), actor_categories (nearest distance by category) and actor_counts, and the tables actor_roles (what each category is to a cluster, and whether it is listed completely) and actor_rules (thresholds of the checklist). Rows of the tables are the caller''s to change; the views follow at once. actors: a table or view of points with a category; industry_column, where given, is that of the industry an actor belongs to, in the labels of the study, or NULL for all industries. Places are geometry in the SRID of the regions, then radius and distances are in its unit, or geography, then they are in metres and areas in square kilometres, and the regions must be in degrees. near counts actors in a region or within radius of it; with a GiST index on the places it reads only those. linkages: a table or view of what each supplier industry sells to each buyer industry, an input-output table in long form. A category that is named firms, suppliers, services, research, associations or infrastructure has that role at first, any other none: give it one in actor_roles. What is missing is NULL, unknown, and never failed: no category with the role of firms, categories that are not complete, no linkages, an industry that the study does not have. A table of rules that is already there is kept. The views check the reader''s own rights. Errors: the study has no regions or already has actors, a category is NULL, SRIDs differ, a linkage is negative.';
