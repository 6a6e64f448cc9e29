--
-- rules: what tells a cluster, as rows of tables: rule sets and the types of the life cycle
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_percentile(value float8, "rank" bigint, known bigint, absent bigint) RETURNS float8
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT CASE WHEN value > 0 AND known + absent > 1 THEN ("rank" + absent - 1)::float8 / (known + absent - 1) WHEN value > 0 THEN 1 WHEN value = 0 THEN 0 END;
END;
COMMENT ON FUNCTION kz_study_percentile(float8, bigint, bigint, bigint) IS
'Place of a value among others, 0 to 1: it is at or above their percentile p of type 7 where this is at least p. rank: how many of the known values are at most it; absent: how many more are zero. A zero is 0, however many there are. NULL where the value is NULL or negative. For the measures of a study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_measures() RETURNS TABLE (measure text, needs text, expression text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 40
BEGIN ATOMIC
	VALUES
	('value', NULL, 'p.value', 'sum of the facts, in their unit; NULL if any of them is suppressed'),
	('region_share', NULL, 'p.region_share', 'share of the region in the industry of the reference'),
	('industry_share', NULL, 'p.industry_share', 'share of the industry in the region'),
	('lq', NULL, 'p.lq', 'location quotient'),
	('cs', NULL, 'p.cs', 'coefficient of specialization'),
	('pc', NULL, 'p.pc', 'coefficient of per-capita production'),
	('score', NULL, 'p.score', 'the {extreme} of {criteria}'),
	('trend', NULL, 't.trend', '{trend}'),
	('preceding_lq', NULL, 'b.lq', 'location quotient in the preceding period'),
	('lq_change', NULL, 'p.lq - b.lq', 'lq - preceding_lq'),
	('growth', NULL, 'CASE WHEN b.value > 0 AND p.value >= 0 THEN p.value / b.value - 1 END', 'growth of the cell since the preceding period, as a share'),
	('industry_growth', NULL, 'i.growth', 'the same of the industry in the reference; NULL if a sum lacks suppressed cells in either period'),
	('total_growth', NULL, 'n.growth', 'the same of all industries in the reference'),
	('mix_effect', NULL, 'i.growth - n.growth', 'industry_growth - total_growth: the mix term of shift-share, over the start value'),
	('regional_effect', NULL, 'CASE WHEN b.value > 0 AND p.value >= 0 THEN p.value / b.value - 1 - i.growth END', 'growth - industry_growth: the regional term of shift-share, over the start value'),
	('size_percentile', NULL, '{kz}.kz_study_percentile(p.value, p.value_rank, p.values_known, n.regions - i.cells)', 'place of value among all regions in the industry, 0 to 1; absent cells are zeros'),
	('lq_percentile', NULL, '{kz}.kz_study_percentile(p.lq, p.lq_rank, p.lqs_known, n.based - i.based)', 'place of lq among all regions in the industry'),
	('focus_percentile', NULL, '{kz}.kz_study_percentile(p.industry_share, p.share_rank, p.shares_known, n.based * n.industries - n.cells)', 'place of industry_share among all cells of the period'),
	('industry_focus_percentile', NULL, '{kz}.kz_study_percentile(p.industry_share, p.own_rank, p.own_known, n.based - i.based)', 'place of industry_share among all regions in the industry'),
	('specialized_share', NULL, 'k.specialized_share', 'share of the industry in regions whose lq is at least 1'),
	('top_lq', NULL, 'k.top_lq', 'mean lq of the five regions with the highest'),
	('gini', NULL, 'k.gini', 'locational Gini coefficient of the industry'),
	('establishments', 'establishments', 'e.value', 'number of establishments'),
	('significance_p', 'establishments', 'e.binomial_p', 'probability of as many establishments or more, if they were spread as all are (binomial)'),
	('factor_score', 'factors', 'f.factor_score', 'of candidate_factors, stage 2; only candidates have one'),
	('firms', 'actors', 'a.firms', 'of actors, stage 3; only candidates have it; a lower bound if the firms are not listed completely'),
	('actors_near', 'actors', 'a.near', 'of actors: near; a lower bound if the actors are not listed completely'),
	('roles', 'actors', 'a.roles', 'of actors; a lower bound if the actors are not listed completely'),
	('density_quotient', 'actors', 'a.density_quotient', 'of actors'),
	('reach', 'actors', 'a.reach', 'of actors'),
	('link_lq', 'actors', 'CASE WHEN a.linkages IS NOT NULL THEN GREATEST(a.supplier_lq, a.buyer_lq, 0) END', 'of actors: the larger of supplier_lq and buyer_lq; NULL where linkages is'),
	('criteria_score', 'actors', 'a.criteria_passed / nullif(a.criteria_known, 0)::float8', 'of actors: criteria_passed / criteria_known');
END;
COMMENT ON FUNCTION kz_study_measures() IS
'The measures that rules can test, one row each: needs names what a study must have for it (factors, actors, establishments), without which it is NULL. For kz_study_rules, and to look up.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_shipped_rules(study jsonb) RETURNS TABLE (rule_set text, needed integer, test text, measure text, comparison text, threshold float8, note text)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10 ROWS 30
BEGIN ATOMIC
	SELECT r.rule_set, r.needed, r.test, r.measure, r.comparison, r.threshold, r.note
	FROM (SELECT 'ermishina', CASE study ->> 'rule' WHEN 'any' THEN 1 END, c, NULL, c, '>=', (study ->> 'threshold')::float8, 'stage 1, as the candidates (Ermishina)'
		  FROM unnest(string_to_array(study ->> 'criteria', ', ')) AS c
		  UNION ALL VALUES
		('factors', NULL::integer, 'factors', 'factors', 'factor_score', '>=', 0.5::float8, 'stage 2: half of what is known of the factors speaks for it'),
		('actors', NULL, 'criteria', 'actors', 'criteria_score', '>=', 0.6, 'stage 3: most of what is known of the six criteria (Porter) speaks for it'),
		('growth', NULL, 'level', NULL, 'lq', '>', 1, 'specialized (Slaper et al. 2018)'),
		('growth', NULL, 'industry', NULL, 'mix_effect', '>', 0, 'the industry grows faster than all industries'),
		('growth', NULL, 'region', NULL, 'regional_effect', '>', 0, 'it grows faster here than elsewhere'),
		('strong_cluster', NULL, 'quotient', NULL, 'lq_percentile', '>=', 0.75, 'among the upper quarter of regions (US Cluster Mapping)'),
		('strong_cluster', NULL, 'size', NULL, 'value', '>', 0, 'the least size is yours to set, in the unit of value'),
		('strong_cluster', NULL, 'establishments', 'establishments', 'establishments', '>', 0, 'the least number is yours to set'),
		('stars', NULL, 'size', NULL, 'size_percentile', '>=', 0.9, 'percentile within the industry (European Cluster Observatory)'),
		('stars', NULL, 'specialization', NULL, 'lq', '>=', 2, NULL),
		('stars', NULL, 'focus', NULL, 'focus_percentile', '>=', 0.9, 'percentile over all cells; industry_focus_percentile is that within the industry'),
		('traded', NULL, 'share', NULL, 'specialized_share', '>=', 0.5, 'of the industry, the same in all regions (Porter 2003)'),
		('traded', NULL, 'quotient', NULL, 'top_lq', '>=', 2, NULL),
		('traded', NULL, 'gini', NULL, 'gini', '>=', 0.3, NULL),
		('local', 1, 'share', NULL, 'specialized_share', '<', 0.5, 'not traded: any of these'),
		('local', 1, 'quotient', NULL, 'top_lq', '<', 2, NULL),
		('local', 1, 'gini', NULL, 'gini', '<', 0.3, NULL),
		('strength', NULL, 'level', NULL, 'lq', '>=', 1, 'specialized in what grows'),
		('strength', NULL, 'growth', NULL, 'industry_growth', '>=', 0, NULL),
		('risk', NULL, 'level', NULL, 'lq', '>=', 1, 'specialized in what shrinks'),
		('risk', NULL, 'growth', NULL, 'industry_growth', '<', 0, NULL),
		('opportunity', NULL, 'level', NULL, 'lq', '<', 1, 'not specialized in what grows'),
		('opportunity', NULL, 'growth', NULL, 'industry_growth', '>=', 0, NULL)) AS r (rule_set, needed, test, needs, measure, comparison, threshold, note)
	WHERE r.needs IS NULL OR study ? ('has_' || r.needs);
END;
COMMENT ON FUNCTION kz_study_shipped_rules(jsonb) IS
'The rule sets that kz_study_rules puts into a study, by what the study has. The thresholds are those of the sources that the notes name.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_shipped_life_cycle(study jsonb) RETURNS TABLE (type text, test text, measure text, comparison text, threshold float8, note text)
LANGUAGE SQL STABLE STRICT PARALLEL SAFE COST 10 ROWS 10
BEGIN ATOMIC
	SELECT r.type, r.test, r.measure, r.comparison, r.threshold, r.note
	FROM (VALUES
		('latent', 'level', NULL, 'score', '>=', 0.75 * (study ->> 'threshold')::float8, 'near the threshold'),
		('potential', 'level', NULL, 'score', '>=', (study ->> 'threshold')::float8, 'a candidate'),
		('steady', 'trend', NULL, 'trend', '>=', -(study ->> 'tolerance')::float8, 'does not fall by more than the tolerance'),
		('steady', 'mass', NULL, 'size_percentile', '>=', 0.5, 'larger than in half of the regions'),
		('steady', 'significance', 'establishments', 'significance_p', '<=', 0.05, 'more than chance'),
		('strong', 'level', NULL, 'score', '>=', 1.5 * (study ->> 'threshold')::float8, 'far above the threshold'),
		('strong', 'mass', NULL, 'size_percentile', '>=', 0.75, 'among the largest quarter of regions'),
		('strong', 'linkages', 'linkages', 'link_lq', '>=', 1, 'the strongest supplier or buyer is there')) AS r (type, test, needs, measure, comparison, threshold, note)
	WHERE r.needs IS NULL OR study ? ('has_' || r.needs);
END;
COMMENT ON FUNCTION kz_study_shipped_life_cycle(jsonb) IS
'The rules of the life cycle that kz_study_rules puts into a study, by what the study has. No source gives thresholds: these are starting points.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_rules_columns() RETURNS jsonb
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
	SELECT (SELECT jsonb_object_agg(m.measure, m.remark) FROM kz_study_measures() AS m) || jsonb_object('{
		rule_set, "name of the rule set",
		needed, "how many tests must pass; NULL: all",
		test, "name of the test, unique in its rule set or type",
		measure, "column of measures that is tested",
		comparison, "how value is compared with threshold: >=, >, <= or <",
		threshold, "value that the measure is compared with",
		weight, "weight of the test in the score",
		note, "why; yours to write",
		passed, "whether it passes; NULL: unknown",
		tests, "number of tests",
		tests_known, "number of them that are known",
		tests_passed, "number of them that pass",
		set_score, "weight of the tests that pass / weight of those that are known; NULL if none is",
		passed_tests, "those that pass, in bytewise order",
		failed_tests, "those that fail",
		unknown_tests, "those that are unknown",
		type, "latent, potential, steady or strong: all tests of the type and of those before it pass; none: not even latent; NULL: unknown",
		possible_type, "the type that it has if what is unknown would pass; the same as type if nothing is",
		deciding_type, "the type that it failed to be, or is not known to be; NULL if it is strong",
		deciding_test, "the test that decided",
		deciding_measure, "column of measures that decided",
		deciding_value, "its value; NULL: unknown",
		deciding_comparison, "how it had to compare with deciding_threshold",
		deciding_threshold, "the threshold that decided"}'::text[]);
END;
COMMENT ON FUNCTION kz_study_rules_columns() IS
'The columns of measures, rules, rule_sets, candidate_rules, candidate_scores, life_cycle_rules and life_cycle, and what they mean. For kz_study_rules.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_rules_objects() RETURNS TABLE (kind text, object text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 7
BEGIN ATOMIC
	VALUES ('TABLE', 'rule_sets', $sql$
	rule_set text COLLATE "C" PRIMARY KEY CHECK (rule_set <> ''),
	needed integer CHECK (needed >= 0),
	note text
$sql$, 'How many tests of a rule set must pass, where it is not all. Rows are yours to change and to add.'),
	('TABLE', 'rules', $sql$
	rule_set text COLLATE "C" NOT NULL CHECK (rule_set <> ''),
	test text COLLATE "C" NOT NULL CHECK (test <> ''),
	measure text NOT NULL CHECK (measure IN ({measure_names})),
	comparison text NOT NULL DEFAULT '>=' CHECK (comparison IN ('>=', '>', '<=', '<')),
	threshold float8 NOT NULL CHECK (threshold > '-infinity' AND threshold < 'infinity'),
	weight float8 NOT NULL DEFAULT 1 CHECK (weight >= 0 AND weight < 'infinity'),
	note text,
	PRIMARY KEY (rule_set, test)
$sql$, 'The rule sets, one row a test. Rows are yours to change and to add; the views follow at once.'),
	('TABLE', 'life_cycle_rules', $sql$
	type text COLLATE "C" NOT NULL CHECK (type IN ('latent', 'potential', 'steady', 'strong')),
	test text COLLATE "C" NOT NULL CHECK (test <> ''),
	measure text NOT NULL CHECK (measure IN ({measure_names})),
	comparison text NOT NULL DEFAULT '>=' CHECK (comparison IN ('>=', '>', '<=', '<')),
	threshold float8 NOT NULL CHECK (threshold > '-infinity' AND threshold < 'infinity'),
	note text,
	PRIMARY KEY (type, test)
$sql$, 'What makes a cell latent, potential, steady or strong, one row a test. Rows are yours to change and to add; the view follows at once.'),
	('MATERIALIZED VIEW', 'measures', $sql$
WITH cells AS MATERIALIZED (
	SELECT c.{period} AS period, c.period_number AS number, c.region, c.region_name, c.industry, c.value, c.region_total, c.ref_value, c.ref_total,
		c.region_share, c.industry_share, c.lq, c.cs, c.pc, {score} AS score
	FROM {study}.coefficients AS c
), periods AS (
	SELECT n.*, CASE WHEN n.complete AND b.complete AND b.ref_total > 0 AND n.ref_total >= 0 THEN n.ref_total / b.ref_total - 1 END AS growth
	FROM (SELECT c.number, max(c.ref_total) AS ref_total, {complete_total} AS complete, count(DISTINCT c.region) AS regions,
			count(DISTINCT c.region) FILTER (WHERE c.region_total > 0) AS based, count(DISTINCT c.industry) AS industries,
			count(*) FILTER (WHERE c.region_total > 0) AS cells FROM cells AS c GROUP BY c.number) AS n
	LEFT JOIN (SELECT c.number, max(c.ref_total) AS ref_total, {complete_total} AS complete FROM cells AS c GROUP BY c.number) AS b ON b.number = n.number - 1
), industries AS (
	SELECT n.*, CASE WHEN n.complete AND b.complete AND b.ref_value > 0 AND n.ref_value >= 0 THEN n.ref_value / b.ref_value - 1 END AS growth
	FROM (SELECT c.number, c.industry, max(c.ref_value) AS ref_value, {complete_value} AS complete, count(*) AS cells,
			count(*) FILTER (WHERE c.region_total > 0) AS based FROM cells AS c GROUP BY c.number, c.industry) AS n
	LEFT JOIN (SELECT c.number, c.industry, max(c.ref_value) AS ref_value, {complete_value} AS complete FROM cells AS c GROUP BY c.number, c.industry) AS b
		ON b.number = n.number - 1 AND b.industry = n.industry
), traded AS (
	SELECT m.number, k.industry, k.specialized_share, k.top_lq, k.gini
	FROM (SELECT c.number, {kz}.kz_matrix_agg(c.region, c.industry, c.value) AS matrix FROM cells AS c GROUP BY c.number) AS m {bases_join}
	CROSS JOIN LATERAL {kz}.kz_traded_industries(m.matrix {bases_given}) AS k
), trends AS (
	SELECT s.number, s.region, s.industry, {change} AS trend
	FROM (SELECT c.number, c.number AS period_number, c.region, c.industry, c.score FROM cells AS c) AS s
	WHERE s.score IS NOT NULL
	WINDOW cell AS (PARTITION BY s.region COLLATE "C", s.industry COLLATE "C" ORDER BY s.period_number)
), placed AS (
	SELECT c.*,
		count(*) FILTER (WHERE c.value >= 0) OVER (PARTITION BY c.number, c.industry COLLATE "C" ORDER BY c.value) AS value_rank,
		count(*) FILTER (WHERE c.value >= 0) OVER (PARTITION BY c.number, c.industry COLLATE "C") AS values_known,
		count(c.lq) OVER (PARTITION BY c.number, c.industry COLLATE "C" ORDER BY c.lq) AS lq_rank,
		count(c.lq) OVER (PARTITION BY c.number, c.industry COLLATE "C") AS lqs_known,
		count(c.industry_share) OVER (PARTITION BY c.number ORDER BY c.industry_share) AS share_rank,
		count(c.industry_share) OVER (PARTITION BY c.number) AS shares_known,
		count(c.industry_share) OVER (PARTITION BY c.number, c.industry COLLATE "C" ORDER BY c.industry_share) AS own_rank,
		count(c.industry_share) OVER (PARTITION BY c.number, c.industry COLLATE "C") AS own_known
	FROM cells AS c
){establishments_sources}
SELECT p.period AS {period}, p.region, p.region_name, p.industry, {measures}
FROM placed AS p
JOIN periods AS n ON n.number = p.number
JOIN industries AS i ON i.number = p.number AND i.industry = p.industry
LEFT JOIN cells AS b ON b.number = p.number - 1 AND b.region = p.region AND b.industry = p.industry
LEFT JOIN trends AS t ON t.number = p.number AND t.region = p.region AND t.industry = p.industry
LEFT JOIN traded AS k ON k.number = p.number AND k.industry = p.industry {sources_join}
$sql$, 'All that rules can test: one row for each {period}, region and industry of coefficients, as last refreshed. After a change of factor_rules, actor_roles or actor_rules refresh it.'),
	('VIEW', 'candidate_rules', $sql$
SELECT m.{period}, m.region, m.region_name, m.industry, r.rule_set COLLATE "default" AS rule_set, r.test COLLATE "default" AS test,
	{kz}.kz_study_passes(v.value, r.comparison, r.threshold) AS passed, r.measure, v.value, r.comparison, r.threshold, r.weight
FROM {study}.measures AS m
CROSS JOIN {study}.rules AS r
CROSS JOIN LATERAL (SELECT CASE r.measure {measure_cases} END AS value) AS v
$sql$, 'Every test of every rule set on every cell of measures, candidate or not. value is that of the measure.'),
	('VIEW', 'candidate_scores', $sql$
SELECT m.{period}, m.region, m.region_name, m.industry, s.rule_set COLLATE "default" AS rule_set,
	CASE WHEN s.tests_passed >= coalesce(c.needed, s.tests) THEN true WHEN s.tests - s.tests_known + s.tests_passed < coalesce(c.needed, s.tests) THEN false END AS passed,
	s.tests, s.tests_known, s.tests_passed, s.set_score, s.passed_tests, s.failed_tests, s.unknown_tests
FROM {study}.measures AS m
CROSS JOIN LATERAL (
	-- the rules of a cell come sorted: to sort for each aggregate would cost more than all the rest
	SELECT r.rule_set, count(*)::integer AS tests, count(r.passed)::integer AS tests_known, (count(*) FILTER (WHERE r.passed))::integer AS tests_passed,
		coalesce(sum(r.weight) FILTER (WHERE r.passed), 0) / nullif(sum(r.weight) FILTER (WHERE r.passed IS NOT NULL), 0) AS set_score,
		string_agg(r.test, ', ') FILTER (WHERE r.passed) AS passed_tests, string_agg(r.test, ', ') FILTER (WHERE NOT r.passed) AS failed_tests,
		string_agg(r.test, ', ') FILTER (WHERE r.passed IS NULL) AS unknown_tests
	FROM (
		SELECT o.rule_set, o.test, o.weight, {kz}.kz_study_passes(CASE o.measure {measure_cases} END, o.comparison, o.threshold) AS passed
		FROM (SELECT r.rule_set, r.test COLLATE "default" AS test, r.measure, r.comparison, r.threshold, r.weight
			  FROM {study}.rules AS r ORDER BY r.rule_set, r.test) AS o
		OFFSET 0
	) AS r
	GROUP BY r.rule_set
) AS s
LEFT JOIN {study}.rule_sets AS c ON c.rule_set = s.rule_set
$sql$, 'Every rule set on every cell of measures: whether it passes, which tests do, and a score.'),
	('VIEW', 'life_cycle', $sql$
SELECT m.{period}, m.region, m.region_name, m.industry,
	CASE WHEN d.number = 1 AND d.failed_number IS DISTINCT FROM 1 THEN NULL
		ELSE (ARRAY['none', 'latent', 'potential', 'steady', 'strong'])[coalesce(d.number, 5)] END AS type,
	(ARRAY['none', 'latent', 'potential', 'steady', 'strong'])[coalesce(d.failed_number, 5)] AS possible_type,
	(ARRAY['latent', 'potential', 'steady', 'strong'])[d.number] AS deciding_type,
	d.test COLLATE "default" AS deciding_test, d.measure AS deciding_measure, d.value AS deciding_value, d.comparison AS deciding_comparison, d.threshold AS deciding_threshold
FROM {study}.measures AS m
LEFT JOIN LATERAL (
	SELECT t.*, min(t.number) FILTER (WHERE NOT t.passed) OVER () AS failed_number
	FROM (
		SELECT array_position(ARRAY['latent', 'potential', 'steady', 'strong'], l.type COLLATE "default") AS number, l.test, l.measure, v.value, l.comparison, l.threshold,
			{kz}.kz_study_passes(v.value, l.comparison, l.threshold) AS passed
		FROM {study}.life_cycle_rules AS l
		CROSS JOIN LATERAL (SELECT CASE l.measure {measure_cases} END AS value) AS v
	) AS t
	WHERE t.passed IS NOT TRUE
	ORDER BY t.number, t.passed, t.test
	LIMIT 1
) AS d ON true
WHERE EXISTS (SELECT FROM {study}.life_cycle_rules)
$sql$, 'The type of every cell of measures in the life cycle of clusters, and the threshold that decided: the first that it did not pass, or is not known to.');
END;
COMMENT ON FUNCTION kz_study_rules_objects() IS
'What kz_study_rules adds to a study, as templates, with comments, in the order in which it is made.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_rules_words(study jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	reference boolean := study ? 'reference';
	published boolean := reference OR study ? 'reference_attributes' OR study ? 'total_column';
	words jsonb;
BEGIN
	SELECT jsonb_build_object(
		'measure_names', string_agg(quote_literal(m.measure), ', ' ORDER BY m.number, m.measure),
		'measure_cases', string_agg(format('WHEN %L THEN m.%I', m.measure, m.measure), ' ' ORDER BY m.number, m.measure),
		'measures', string_agg(format('%s::float8 AS %I', CASE WHEN m.expression IS NOT NULL AND (m.needs IS NULL OR study ? ('has_' || m.needs))
			THEN format('(%s)', kz_study_sql(m.expression, study)) ELSE coalesce(m.compared, 'NULL') END, m.measure), ', ' ORDER BY m.number, m.measure))
	INTO words
	FROM (SELECT measure, k.number, k.needs, k.expression, 'x.' || quote_ident(c.measure) AS compared
		  FROM (SELECT m.*, row_number() OVER () AS number FROM kz_study_measures() AS m) AS k
		  FULL JOIN (SELECT jsonb_object_keys(study -> 'compared') AS measure) AS c USING (measure)) AS m;
	RETURN study || words || jsonb_build_object(
		-- what the reference says is complete; a sum over the regions is not where it lacks a suppressed cell
		'complete_value', CASE WHEN reference THEN 'true' ELSE 'bool_and(c.value IS NOT NULL)' END,
		'complete_total', CASE WHEN published THEN 'true' ELSE 'bool_and(c.value IS NOT NULL)' END,
		'bases_join', CASE WHEN published THEN kz_study_sql($sql$
		JOIN (SELECT r.number, {kz}.kz_matrix_agg(r.region, 'total'::text, r.region_total) AS matrix
			  FROM (SELECT DISTINCT c.number, c.region, c.region_total FROM cells AS c) AS r GROUP BY r.number) AS a ON a.number = m.number
		JOIN (SELECT i.number, {kz}.kz_matrix_agg('reference'::text, i.industry, i.ref_value) AS matrix FROM industries AS i GROUP BY i.number) AS r ON r.number = m.number
		JOIN (SELECT n.number, {kz}.kz_matrix_agg('reference'::text, 'total'::text, n.ref_total) AS matrix FROM periods AS n GROUP BY n.number) AS n ON n.number = m.number$sql$, study)
			ELSE '' END,
		'bases_given', CASE WHEN published THEN ', attributes => a.matrix, reference => r.matrix, reference_attributes => n.matrix' ELSE '' END,
		'establishments_sources', CASE WHEN study ? 'has_establishments' THEN kz_study_sql($sql$, establishments AS (
	SELECT m.period, k.region, k.industry, k.value, k.binomial_p
	FROM (SELECT s.{establishments_period} AS period, {kz}.kz_matrix_agg(s.{establishments_region}, s.{establishments_industry}, s.{establishments_value}::float8) AS matrix
		  FROM {establishments} AS s {establishments_universe} GROUP BY 1) AS m
	CROSS JOIN LATERAL {kz}.kz_cell_significance(m.matrix, fill => true) AS k
)$sql$, study) ELSE '' END,
		'sources_join', concat(
			CASE WHEN study ? 'has_establishments' THEN kz_study_sql(' LEFT JOIN establishments AS e ON p.period {establishments_equality} e.period AND e.region = p.region AND e.industry = p.industry', study) END,
			CASE WHEN study ? 'has_variables' THEN kz_study_sql(' LEFT JOIN {study}.comparison AS x ON x.{period} {period_equality} p.period AND x.region = p.region AND x.industry = p.industry', study) END,
			CASE WHEN study ? 'has_factors' THEN kz_study_sql(' LEFT JOIN {study}.candidate_factors AS f ON f.{period} {period_equality} p.period AND f.region = p.region AND f.industry = p.industry', study) END,
			CASE WHEN study ? 'has_actors' THEN kz_study_sql(' LEFT JOIN {study}.actors AS a ON a.{period} {period_equality} p.period AND a.region = p.region AND a.industry = p.industry', study) END));
END
$$;
COMMENT ON FUNCTION kz_study_rules_words(jsonb) IS
'Adds to a study the words by which its measures are gathered, by what the study has. For kz_study_rules.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_rules(
	name text, establishments regclass DEFAULT NULL,
	period_column name DEFAULT NULL, region_column name DEFAULT 'region', industry_column name DEFAULT 'industry', value_column name DEFAULT 'value'
) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
SET jit = off
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_rules.name);
	period name := coalesce(period_column, (study ->> 'period_name')::name);
	linked boolean;
BEGIN
	IF establishments IS NOT NULL THEN
		study := study || kz_study_join((study ->> 'study' || '.coefficients')::regclass, (study ->> 'period_name')::name, establishments, period, 'establishments');
		study := study || jsonb_build_object('has_establishments', true,
			'establishments_region', kz_study_column(establishments, region_column, 'region_column', 'a label'),
			'establishments_industry', kz_study_column(establishments, industry_column, 'industry_column', 'a label'),
			'establishments_value', kz_study_column(establishments, value_column, 'value_column', 'a number'));
		study := study || jsonb_build_object('establishments_universe', CASE WHEN study ->> 'universe' = '' THEN '' ELSE
			format('WHERE s.%s::text COLLATE "C" = ANY (%s::text[])', study ->> 'establishments_industry', study ->> 'industries') END);
	END IF;
	IF to_regclass((study ->> 'study') || '.candidate_factors') IS NOT NULL THEN
		study := study || '{"has_factors": true}';
	END IF;
	IF to_regclass((study ->> 'study') || '.actors') IS NOT NULL THEN
		study := study || '{"has_actors": true}';
		EXECUTE kz_study_sql('SELECT EXISTS (SELECT FROM {study}.actors AS a WHERE a.supplier IS NOT NULL OR a.buyer IS NOT NULL)', study) INTO linked;
		study := study || CASE WHEN linked THEN '{"has_linkages": true}'::jsonb ELSE '{}' END;
	END IF;
	study := study || jsonb_build_object('compared', kz_study_compared(study));
	IF study -> 'compared' <> '{}' THEN
		study := study || '{"has_variables": true}';
	END IF;
	study := kz_study_rules_words(study);
	PERFORM kz_study_put(study, 'kz_study_rules', o.kind, o.object, o.template, o.remark, (study -> 'compared') || kz_study_rules_columns())
	FROM kz_study_rules_objects() AS o;
	EXECUTE kz_study_sql('CREATE UNIQUE INDEX ON {study}.measures ({period}, region, industry)', study);

	EXECUTE kz_study_sql('INSERT INTO {study}.rules (rule_set, test, measure, comparison, threshold, note)
		SELECT rule_set, test, measure, comparison, threshold, note FROM {kz}.kz_study_shipped_rules($1) ON CONFLICT DO NOTHING', study) USING study;
	EXECUTE kz_study_sql('INSERT INTO {study}.rule_sets (rule_set, needed)
		SELECT DISTINCT rule_set, needed FROM {kz}.kz_study_shipped_rules($1) ON CONFLICT DO NOTHING', study) USING study;
	EXECUTE kz_study_sql('INSERT INTO {study}.life_cycle_rules (type, test, measure, comparison, threshold, note)
		SELECT type, test, measure, comparison, threshold, note FROM {kz}.kz_study_shipped_life_cycle($1) ON CONFLICT DO NOTHING', study) USING study;
	EXECUTE kz_study_sql('ANALYZE {study}.rules, {study}.rule_sets, {study}.life_cycle_rules, {study}.measures', study);
END
$$;
COMMENT ON FUNCTION kz_study_rules(text, regclass, name, name, name, name) IS
'Adds rule sets and life-cycle types to a study that kz_create_study made: measures (materialized; all that can be tested, a row a cell; kz_refresh_study refreshes it), candidate_rules (each test on each cell), candidate_scores (each rule set on each cell: passed, score, which tests), life_cycle (latent, potential, steady or strong, with the threshold that decided), and the tables rules, rule_sets and life_cycle_rules, which hold the rules as rows. They come with the rule sets ermishina, growth, strong_cluster, stars, traded, local, strength, risk and opportunity, and, if the study has them, factors and actors; rows are the caller''s to change and to add, and the views follow at once. kz_study_measures() lists what can be tested. Call it after kz_study_factors, kz_study_actors and kz_study_variables, whose results are measures too: of the last the numbers of comparison, by the names of its columns, unless a measure is called so already. establishments: a table or view with the number of establishments by period, region and industry, in the labels of the study, for their least number and for significance. Tables that are already there are kept with their rows, and shipped rows that are missing are added. What is not known is NULL and neither passed nor failed. Errors: the study already has rules; the relation or column that is wrong.';
