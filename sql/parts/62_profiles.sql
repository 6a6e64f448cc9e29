--
-- profiles: how each cell of a study has moved, and each region and industry as a whole, period by period
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_profiles_columns() RETURNS jsonb
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT jsonb_object('{
		periods, "number of periods in which coefficients has the cell",
		known_periods, "number of them in which its value is known",
		candidate_periods, "number of them in which it was a candidate",
		first_period, "first period in which value is known; NULL if there is none",
		last_period, "last period in which value is known",
		first_value, "value in first_period",
		last_value, "value in last_period",
		first_lq, "location quotient in first_period",
		last_lq, "location quotient in last_period",
		lq_change, "last_lq - first_lq",
		first_score, "score in first_period: the {extreme} of {criteria}",
		last_score, "score in last_period",
		score_change, "last_score - first_score",
		growth, "(last_value / first_value) ^ (1 / steps) - 1, a share per period, where steps is the number of periods of the study from first to last; NULL unless first_value is above 0 and last_value not negative",
		slope, "slope per period of the least-squares line through the scores",
		change, "{trend}, as of the last score that is known: the change of candidates",
		direction, "up or down if change is more than {tolerance} above or below 0, else flat; NULL if there is nothing to compare with",
		value_change, "last_value - first_value, the sum of the three terms after it",
		national, "shift-share from first to last: first_value * growth of all industries in {country}",
		mix, "first_value * (growth of the industry in {country} - that of all industries)",
		regional, "first_value * (growth of the cell - that of the industry in {country})",
		candidates, "number of candidates",
		top_industry, "industry with the highest score in the region; the first of equals in bytewise order",
		top_region, "region with the highest score in the industry; the first of equals in bytewise order",
		top_region_name, "its name",
		top_score, "its score",
		largest_industry, "industry with the largest value in the region",
		largest_region, "region with the largest value in the industry"}'::text[]);
END;
COMMENT ON FUNCTION kz_study_profiles_columns() IS
'The columns of trends, and those that region_profile and industry_profile have besides the indices, and what they mean. For kz_study_profiles.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_indices() RETURNS TABLE ("column" text, number integer, region_remark text, industry_remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 40
BEGIN ATOMIC
	SELECT v."column", row_number() OVER ()::integer, v.region_remark, coalesce(v.industry_remark, v.region_remark)
	FROM (VALUES
	('total', 'sum of the values of the region, over {universe_text}', 'sum of the values of the industry over the regions'),
	('share', 'total / the sum of all values', NULL),
	('industries', 'number of industries with a value above 0', ''),
	('regions', '', 'number of regions with a value above 0'),
	('diversity', 'number of industries with a location quotient of at least {threshold}', ''),
	('ubiquity', '', 'number of regions with a location quotient of at least {threshold}'),
	('herfindahl', 'sum of the squared shares, 1/n to 1', NULL),
	('herfindahl_normalized', '(herfindahl - 1/n) / (1 - 1/n), 0 to 1', NULL),
	('equivalent_number', '1 / herfindahl: as many equal shares are as concentrated', NULL),
	('entropy', 'Shannon entropy of the shares, natural logarithm', NULL),
	('relative_entropy', 'entropy / ln n, 0 to 1', NULL),
	('evenness', 'entropy / ln of the number of shares above 0 (Pielou)', NULL),
	('gini_simpson', '1 - herfindahl', NULL),
	('berger_parker', 'the largest share', NULL),
	('hoover', 'half the sum of absolute differences of the shares from those of {peers}, 0 to 1', 'half the sum of absolute differences of the shares from those of {bases}, 0 to 1'),
	('krugman', 'sum of these absolute differences, 0 to 2', NULL),
	('gini', 'Gini coefficient of the shares against those of {peers}, 0 to 1', 'locational Gini coefficient of the shares against those of {bases}, 0 to 1'),
	('gini_unweighted', 'Gini coefficient of the location quotients, each counting the same', NULL),
	('theil', 'Theil index of the shares against those of {peers}, 0 and up', 'Theil index of the shares against those of {bases}, 0 and up'),
	('chi2', 'sum of (p - q)^2 / q over shares p of the region and q of {peers}', 'sum of (p - q)^2 / q over shares p of the industry and q of {bases}'),
	('relative_specialization', 'the largest location quotient', ''),
	('leading_industry', 'the industry that has it', ''),
	('largest_lq', '', 'the largest location quotient'),
	('leading_region', '', 'the region that has it'),
	('relative_diversity', '1 / krugman', ''),
	('average_lq', 'mean of the location quotients, weighted by the shares', ''),
	('hachman', '1 / average_lq, 0 to 1', ''),
	('unrelated_variety', 'entropy of the shares of the groups of {groups}; NULL without a classification of every industry', ''),
	('related_variety', 'entropy within the groups of {groups}, weighted by their shares; NULL without a classification of every industry', ''),
	('raw_concentration', '', 'sum of squared differences of the shares from those of {bases}'),
	('absolute_gini', '', 'Gini coefficient against the same share for every region'),
	('absolute_theil', '', 'Theil index against the same share for every region'),
	('topographic_hoover', '', 'as hoover, against the shares of the area; NULL if the study has no geometries of its regions'),
	('topographic_gini', '', 'as gini, against the shares of the area'),
	('topographic_theil', '', 'as theil, against the shares of the area'),
	('status', 'ok; incomplete totals: the reference lacks suppressed cells; too few: one industry; no variation: just like the reference; no base: a total is zero; negative, suppressed: a value is. What is undefined is NULL',
	 'ok; incomplete totals: the reference lacks suppressed cells; too few: one region; no base: a total is zero; negative, suppressed: a value is. What is undefined is NULL'))
		AS v ("column", region_remark, industry_remark);
END;
COMMENT ON FUNCTION kz_study_indices() IS
'The columns of kz_region_profile and kz_industry_profile in the views of a study, with their comments; an empty one says that a view does not have the column. For kz_study_profiles.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_profiles_objects() RETURNS TABLE (object text, key text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 3
BEGIN ATOMIC
	VALUES ('trends', 'region, industry', $sql$
WITH {cells}, spans AS (
	SELECT c.region, c.industry, min(c.region_name) AS region_name, count(*)::integer AS periods, count(c.value)::integer AS known_periods,
		(count(*) FILTER (WHERE c.score >= {threshold}::float8))::integer AS candidate_periods,
		min(c.number) FILTER (WHERE c.value IS NOT NULL) AS first, max(c.number) FILTER (WHERE c.value IS NOT NULL) AS last,
		{kz}.kz_trend_change(c.score, c.number, 'slope') AS slope, {kz}.kz_trend_change(c.score, c.number, '{trend_rule}') AS change,
		{kz}.kz_trend(c.score, c.number, '{trend_rule}', {tolerance}) AS direction
	FROM cells AS c
	GROUP BY c.region, c.industry
), matrices AS MATERIALIZED (
	SELECT c.number, {kz}.kz_matrix_agg(c.region, c.industry, c.value) AS matrix FROM cells AS c GROUP BY c.number
){industry_reference}, terms AS (
	-- a decomposition of all cells for each pair of a first and a last period that occurs: mostly one
	SELECT k.first, k.last, t.region COLLATE "C" AS region, t.industry COLLATE "C" AS industry, t.change, t."national", t.mix, t.regional, t.status
	FROM (SELECT DISTINCT s.first, s.last FROM spans AS s WHERE s.first < s.last) AS k
	JOIN matrices AS a ON a.number = k.first
	JOIN matrices AS b ON b.number = k.last {trends_join}
	CROSS JOIN LATERAL {kz}.kz_shift_share(a.matrix, b.matrix{trends_given}) AS t
)
SELECT s.region COLLATE "default" AS region, s.region_name, s.industry COLLATE "default" AS industry, s.periods, s.known_periods, s.candidate_periods,
	a.period AS first_period, b.period AS last_period, a.value AS first_value, b.value AS last_value,
	{kz}.kz_growth_rate(a.value, b.value, s.last - s.first) AS growth,
	a.lq AS first_lq, b.lq AS last_lq, b.lq - a.lq AS lq_change, a.score AS first_score, b.score AS last_score, b.score - a.score AS score_change,
	s.slope, s.change, s.direction, t.change AS value_change, t."national", t.mix, t.regional,
	CASE WHEN s.known_periods = 0 THEN 'suppressed' WHEN s.first = s.last THEN 'too few' WHEN t.status <> 'ok' THEN t.status
		WHEN b.status <> 'ok' THEN b.status ELSE a.status END AS status
FROM spans AS s
LEFT JOIN cells AS a ON a.number = s.first AND a.region = s.region AND a.industry = s.industry
LEFT JOIN cells AS b ON b.number = s.last AND b.region = s.region AND b.industry = s.industry
LEFT JOIN terms AS t ON t.first = s.first AND t.last = s.last AND t.region = s.region AND t.industry = s.industry
$sql$, $$One row for each region and industry of coefficients: how it has moved from the first to the last period in which its value is known, and why (shift-share). Refresh it after coefficients.$$),
	('region_profile', '{period}, region', $sql$
WITH {cells}, matrices AS (
	SELECT c.number, c.period, {kz}.kz_matrix_agg(c.region, c.industry, c.value) AS matrix FROM cells AS c GROUP BY c.number, c.period
){industry_reference}{groups_source}, sums AS (
	SELECT c.number, c.region, min(c.region_name) AS region_name, (count(*) FILTER (WHERE c.score >= {threshold}::float8))::integer AS candidates,
		(array_agg(c.industry COLLATE "default" ORDER BY c.score DESC, c.industry) FILTER (WHERE c.score IS NOT NULL))[1] AS top_industry, max(c.score) AS top_score,
		(array_agg(c.industry COLLATE "default" ORDER BY c.value DESC, c.industry) FILTER (WHERE c.value > 0))[1] AS largest_industry
	FROM cells AS c GROUP BY c.number, c.region
)
SELECT m.period AS {period}, p.region, s.region_name, s.candidates, s.top_industry, s.top_score, s.largest_industry, {region_indices}
FROM matrices AS m {profile_join}
CROSS JOIN LATERAL {kz}.kz_region_profile(m.matrix, {classification_matrix}, {profile_given}, {threshold}) AS p
JOIN sums AS s ON s.number = m.number AND s.region = p.region COLLATE "C"
$sql$, $$One row for each {period_name} and region: how specialized and how diverse it is over {universe_text}, against {peers}. Refresh it after coefficients.$$),
	('industry_profile', '{period}, industry', $sql$
WITH {cells}, matrices AS (
	SELECT c.number, c.period, {kz}.kz_matrix_agg(c.region, c.industry, c.value) AS matrix FROM cells AS c GROUP BY c.number, c.period
){region_reference}{areas}, sums AS (
	SELECT c.number, c.industry, (count(*) FILTER (WHERE c.score >= {threshold}::float8))::integer AS candidates,
		(array_agg(c.region COLLATE "default" ORDER BY c.score DESC, c.region) FILTER (WHERE c.score IS NOT NULL))[1] AS top_region,
		(array_agg(c.region_name ORDER BY c.score DESC, c.region) FILTER (WHERE c.score IS NOT NULL))[1] AS top_region_name, max(c.score) AS top_score,
		(array_agg(c.region COLLATE "default" ORDER BY c.value DESC, c.region) FILTER (WHERE c.value > 0))[1] AS largest_region
	FROM cells AS c GROUP BY c.number, c.industry
)
SELECT m.period AS {period}, p.industry, s.candidates, s.top_region, s.top_region_name, s.top_score, s.largest_region, {industry_indices}
FROM matrices AS m {totals_join}
CROSS JOIN LATERAL {kz}.kz_industry_profile(m.matrix, {area_matrix}, {totals_given}, {threshold}) AS p
JOIN sums AS s ON s.number = m.number AND s.industry = p.industry COLLATE "C"
$sql$, $$One row for each {period_name} and industry: how concentrated it is over the regions, against {bases}. Refresh it after coefficients.$$);
END;
COMMENT ON FUNCTION kz_study_profiles_objects() IS
'What kz_study_profiles adds to a study, as templates, with the columns of their unique indexes and their comments.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_profiles_words(study jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	reference boolean := study ? 'reference';
	totals boolean := study ? 'total_column';
	areas boolean := study ? 'regions';
	classification boolean := study ? 'classification';
	-- square degrees are no area
	sphere boolean;
	words jsonb;
BEGIN
	IF areas THEN
		EXECUTE kz_study_sql('SELECT EXISTS (SELECT FROM {gis}.spatial_ref_sys AS s WHERE s.srid = {srid} AND s.srtext LIKE ''GEOG%'')', study) INTO sphere;
	END IF;
	study := study || jsonb_build_object('geometry_cast', CASE WHEN sphere THEN kz_study_sql('::{gis}.geography', study) ELSE '' END,
		'reference_universe', CASE WHEN study ->> 'universe' <> '' THEN
			format('WHERE r.%s::text COLLATE "C" = ANY (%s::text[])', study ->> 'reference_industry', study ->> 'industries') ELSE '' END);
	SELECT jsonb_object_agg(word, kz_study_sql(template, study)) INTO words
	FROM (VALUES
		('cells', $sql$cells AS MATERIALIZED (
	SELECT c.{period} AS period, c.period_number AS number, c.region COLLATE "C" AS region, c.region_name, c.industry COLLATE "C" AS industry,
		c.value, c.region_total, c.lq, c.status, {score} AS score
	FROM {study}.coefficients AS c
)$sql$),
		('industry_reference', CASE WHEN reference THEN $sql$, reference AS MATERIALIZED (
	SELECT n.number, {kz}.kz_matrix_agg('reference'::text, r.{reference_industry}, r.{reference_value}::float8) AS matrix
	FROM (SELECT DISTINCT c.period, c.number FROM cells AS c) AS n
	JOIN {reference} AS r ON n.period {reference_equality} r.{reference_period} {reference_universe}
	GROUP BY n.number
)$sql$ ELSE '' END),
		('trends_join', CASE WHEN reference THEN 'LEFT JOIN reference AS ra ON ra.number = k.first LEFT JOIN reference AS rb ON rb.number = k.last' ELSE '' END),
		('trends_given', CASE WHEN reference THEN ', coalesce(ra.matrix, {none}), coalesce(rb.matrix, {none})' ELSE '' END),
		('profile_join', CASE WHEN reference THEN 'LEFT JOIN reference AS r ON r.number = m.number' ELSE '' END),
		('profile_given', CASE WHEN reference THEN 'coalesce(r.matrix, {none})' ELSE 'NULL' END),
		-- an industry without a group, a region without a geometry that have come since: unknown, no reason to fail
		('groups_source', CASE WHEN classification THEN $sql$, groups AS MATERIALIZED (
	SELECT {kz}.kz_matrix_agg(k.{member}, k.{group}, 1) AS matrix FROM (SELECT DISTINCT q.{member}, q.{group} FROM {classification} AS q) AS k
)$sql$ ELSE '' END),
		('classification_matrix', CASE WHEN classification THEN
			'(SELECT CASE WHEN {kz}.kz_col_labels(m.matrix) <@ {kz}.kz_row_labels(g.matrix) THEN g.matrix END FROM groups AS g)' ELSE 'NULL' END),
		-- as in coefficients: the published total of a region, or else its sum; regions without facts too
		('region_reference', CASE WHEN totals THEN $sql$, published AS (
	SELECT DISTINCT c.number, c.region, c.region_total AS total FROM cells AS c
	UNION ALL
	SELECT n.number, b.{attributes_region}::text COLLATE "C", b.{total_column}::float8
	FROM (SELECT DISTINCT c.period, c.number FROM cells AS c) AS n
	JOIN {attributes} AS b ON n.period {attributes_equality} b.{attributes_period}
	WHERE b.{total_column} IS NOT NULL AND NOT EXISTS (SELECT FROM cells AS c WHERE c.number = n.number AND c.region = b.{attributes_region}::text COLLATE "C")
), totals AS MATERIALIZED (
	SELECT p.number, {kz}.kz_matrix_agg(p.region, 'total'::text, p.total) AS matrix FROM published AS p GROUP BY p.number
)$sql$ ELSE '' END),
		('totals_join', CASE WHEN totals THEN 'JOIN totals AS t ON t.number = m.number' ELSE '' END),
		('totals_given', CASE WHEN totals THEN 't.matrix' ELSE 'NULL' END),
		('areas', CASE WHEN areas THEN $sql$, areas AS MATERIALIZED (
	SELECT {kz}.kz_matrix_agg(g.{regions_region}, 'area'::text, {gis}.ST_Area(g.{geometry}{geometry_cast})) AS matrix FROM {regions} AS g WHERE g.{geometry} IS NOT NULL
)$sql$ ELSE '' END),
		('area_matrix', CASE WHEN areas THEN '(SELECT CASE WHEN {kz}.kz_row_labels(m.matrix) <@ {kz}.kz_row_labels(a.matrix) THEN a.matrix END FROM areas AS a)' ELSE 'NULL' END),
		('country', CASE WHEN reference THEN '{reference}' ELSE 'all regions together' END),
		('peers', CASE WHEN reference THEN '{reference}' ELSE 'all regions together' END),
		('bases', CASE WHEN totals THEN 'the published totals of the regions' ELSE 'all these industries together' END),
		('groups', CASE WHEN classification THEN '{classification}' ELSE 'a classification' END)) AS w (word, template);
	RETURN study || words || (
		SELECT jsonb_build_object('region_indices', string_agg('p.' || i."column", ', ' ORDER BY i.number) FILTER (WHERE i.region_remark <> ''),
			'industry_indices', string_agg('p.' || i."column", ', ' ORDER BY i.number) FILTER (WHERE i.industry_remark <> ''))
		FROM kz_study_indices() AS i);
END
$$;
COMMENT ON FUNCTION kz_study_profiles_words(jsonb) IS
'Adds to a study the words by which its trends and profiles gather their matrices and references, by what the study has. For kz_study_profiles.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_profiles(name text, classification regclass DEFAULT NULL, member_column name DEFAULT 'member', group_column name DEFAULT 'group') RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_profiles.name) || jsonb_build_object('none', '''{"rows":[],"cols":[],"cells":[]}''');
	o record;
BEGIN
	IF classification IS NOT NULL THEN
		study := study || jsonb_build_object('classification', kz_study_relation(classification, 'classification'),
			'member', kz_study_column(classification, member_column, 'member_column', 'a label'), 'group', kz_study_column(classification, group_column, 'group_column', 'a label'),
			'member_text', quote_literal(member_column), 'group_text', quote_literal(group_column));
		PERFORM kz_study_refuse(study, 'SELECT CASE WHEN k.{member} IS NULL THEN {member_text} ELSE {group_text} END FROM {classification} AS k WHERE k.{member} IS NULL OR k.{group} IS NULL LIMIT 1',
			'null_value_not_allowed', 'column "{label}" of {classification} must not be null', 'Leave such rows out in a view.');
		PERFORM kz_study_refuse(study, $sql$SELECT c.industry COLLATE "C" AS label FROM {study}.coefficients AS c EXCEPT SELECT k.{member}::text COLLATE "C" FROM {classification} AS k ORDER BY label LIMIT 1$sql$,
			'foreign_key_violation', 'industry "{label}" of study {study} is not in {classification}', 'Every industry needs a group: add it there.');
		PERFORM kz_study_refuse(study, $sql$SELECT k.{member}::text COLLATE "C" AS label FROM {classification} AS k GROUP BY 1 HAVING count(DISTINCT k.{group}::text COLLATE "C") > 1 ORDER BY label LIMIT 1$sql$,
			'unique_violation', 'industry "{label}" has more than one group in {classification}', 'The varieties need one group for each industry: choose one in a view.');
	END IF;
	study := kz_study_profiles_words(study);
	FOR o IN SELECT p.*, CASE p.object WHEN 'trends' THEN '{}'::jsonb ELSE (
				 SELECT jsonb_object_agg(i."column", CASE p.object WHEN 'region_profile' THEN i.region_remark ELSE i.industry_remark END) FROM kz_study_indices() AS i) END AS remarks
			 FROM kz_study_profiles_objects() AS p
	LOOP
		PERFORM kz_study_put(study, 'kz_study_profiles', 'MATERIALIZED VIEW', o.object, o.template, o.remark, kz_study_profiles_columns() || o.remarks ||
			CASE o.object WHEN 'trends' THEN '{"status": "ok; too few: known in one period only; suppressed: in none; no base: first_value or a total is 0; negative; incomplete totals: growth is that of the cells known in both periods; others as in coefficients, of the last or first period"}'::jsonb ELSE '{}' END);
		EXECUTE kz_study_sql('CREATE UNIQUE INDEX ON {study}.' || o.object || ' (' || o.key || ')', study);
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_study_profiles(text, regclass, name, name) IS
'Adds to a study three materialized views with what is not of one cell in one period. trends: a row for each region and industry, from the first to the last period in which its value is known: values, location quotients and scores there and their changes, growth per period, slope, change and direction by the study''s trend rule and tolerance, in how many periods it was known and a candidate, and the terms of shift-share (kz_shift_share, against the study''s reference or the sum over the regions). A cell that coefficients does not list in a period is not known then; a study with fill => true lists it, as zero. region_profile: a row for each period and region with all indices of kz_region_profile, the number of candidates, the industries with the highest score and the largest value; the reference is that of the study, or the sum over the regions. industry_profile: a row for each period and industry with all indices of kz_industry_profile and the same of regions; the reference is the published totals of the regions, if the study has them, or their sums; the area is that of the regions'' geometries, on the spheroid where they are in degrees. diversity and ubiquity count with the study''s threshold. classification: one row for each industry with its group, for the varieties in region_profile; its columns are member_column and group_column. They are materialized, because each reads all of coefficients and the geometries: kz_refresh_study refreshes them. NULL: left out for classification, otherwise an error. Errors: no such study or column, an industry without a group or with two, a view that is already there.';
