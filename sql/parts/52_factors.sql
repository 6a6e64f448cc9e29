--
-- factors: stage 2 of a study, its production factors and markets, with what stages 2, 3 and the rules share
--

-- Since: 0.1.0
CREATE FUNCTION kz_study_open(name text) RETURNS jsonb
LANGUAGE SQL STABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
	SELECT d.study || jsonb_build_object('period', d.study -> 'period_name', 'period_name', a.attname, 'period_equality', kz_study_equality(t.period, t.period))
	FROM (SELECT kz_study_definition(kz_study_open.name) AS study) AS d
	JOIN pg_attribute a ON a.attrelid = (d.study ->> 'study' || '.coefficients')::regclass AND a.attnum = 1
	CROSS JOIN LATERAL (SELECT kz_study_type(a.attrelid, a.attname) AS period) AS t;
END;
COMMENT ON FUNCTION kz_study_open(text) IS
'The words of kz_study_definition for what reads the views of a study: {period} is their period column, {period_name} its name, unquoted, {period_equality} the operator between two periods. For what is added to a study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_refuse(study jsonb, query text, code text, message text, hint text) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
SET jit = off
AS $$
DECLARE
	label text;
BEGIN
	EXECUTE kz_study_sql(query, study) INTO label;
	IF label IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = code, HINT = hint, MESSAGE = kz_study_sql(message, study || jsonb_build_object('label', label));
	END IF;
END
$$;
COMMENT ON FUNCTION kz_study_refuse(jsonb, text, text, text, text) IS
'Raises an error if a query, a template of a study''s words, finds a label; {label} stands for it in the message. For what is added to a study.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_put(study jsonb, maker text, kind text, object text, template text, remark text, remarks jsonb) RETURNS void
LANGUAGE plpgsql VOLATILE STRICT PARALLEL UNSAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
SET jit = off
AS $$
DECLARE
	name text := format('%s.%I', study ->> 'study', object);
	a record;
BEGIN
	IF kind = 'TABLE' AND to_regclass(name) IS NOT NULL THEN
		RETURN;
	ELSIF to_regclass(name) IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'duplicate_table', MESSAGE = format('study %s already has "%s"', study ->> 'study', object),
			HINT = format('To make it anew, DROP %s %s and what reads it; tables of rules are kept.', kind, name);
	ELSIF remarks ? (study ->> 'period_name') AND kind <> 'TABLE' THEN
		RAISE EXCEPTION USING ERRCODE = 'duplicate_column',
			MESSAGE = format('period column must not be called "%s", like a column of "%s"', study ->> 'period_name', object),
			HINT = 'Make the study from a view of the facts that renames it.';
	END IF;
	EXECUTE format(CASE kind WHEN 'TABLE' THEN 'CREATE TABLE %s (%s)' WHEN 'VIEW' THEN 'CREATE VIEW %s WITH (security_invoker = true) AS %s'
						ELSE 'CREATE MATERIALIZED VIEW %s AS %s' END, name, kz_study_sql(template, study));
	EXECUTE format('COMMENT ON %s %s IS %L', kind, name, format('%s Made by %s. (kzcluster)', kz_study_sql(remark, study), maker));
	FOR a IN SELECT attname AS column, coalesce(remarks ->> attname, c.remark, 'period, as in {study}.coefficients') AS remark
			 FROM pg_attribute LEFT JOIN kz_study_columns() AS c ON c."column" = attname
			 WHERE attrelid = name::regclass AND attnum > 0
	LOOP
		EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', name, a.column, kz_study_sql(a.remark, study));
	END LOOP;
END
$$;
COMMENT ON FUNCTION kz_study_put(jsonb, text, text, text, text, text, jsonb) IS
'Adds a view, materialized view or table to a study, with its comments; kz_drop_study knows it by the end of its comment. template: the query, or the columns of the table; remarks: comments of its columns. A table that is already there is kept, with its rows. For what is added to a study. Errors: the view is already there; the period column is called like a column of it.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_passes(value float8, comparison text, threshold float8) RETURNS boolean
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	-- each argument once, so that it is inlined whatever it costs
	SELECT btfloat8cmp(value, threshold) = ANY (CASE comparison WHEN '>=' THEN '{0,1}'::integer[] WHEN '>' THEN '{1}'
		WHEN '<=' THEN '{-1,0}' WHEN '<' THEN '{-1}' END);
END;
COMMENT ON FUNCTION kz_study_passes(float8, text, float8) IS
'Whether a value passes a test of a table of rules: comparison is one of >=, >, <=, <. NULL, that is unknown, where the value is.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_factors_columns() RETURNS jsonb
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT jsonb_object('{
		factor, "label of the factor",
		kind, "additive: values are summed over regions and industries; mean: they are not (wages, rates of use)",
		weighted_by, "additive factor by which means are weighted (employment for wages); NULL: not weighted",
		compared_industry, "industry that compared_relation compares with; NULL: none",
		weight, "weight of the factor in the score",
		measure, "column of factors that is tested",
		comparison, "how measured is compared with threshold: >=, >, <= or <",
		threshold, "value that measured is compared with",
		tolerance, "growth up to here, up or down, is called flat",
		note, "why; yours to write",
		value, "value of the factor, in its unit; NULL if suppressed",
		region_base, "additive: sum over the industries of the region; mean: their mean",
		industry_base, "additive: sum over the regions; mean: their mean",
		region_share, "additive: value / industry_base, the share of the region in the country; mean: NULL",
		share_quotient, "additive: region_share / the share of region_base in the country, the location quotient of the factor; mean: NULL",
		region_relation, "value / mean of the region over its industries (for wages: relation to the mean wage of the region)",
		industry_relation, "value / mean of the industry over the regions",
		compared_relation, "value / value of compared_industry in the same region",
		growth, "value / value in the preceding period of the factor - 1",
		reference_growth, "the same of industry_base; NULL if it lacks a value in either period, or is a mean of other regions",
		relative_growth, "(1 + growth) / (1 + reference_growth) - 1: growth against that of the industry in the country",
		direction, "up or down if growth is more than tolerance above or below 0, else flat; NULL if there is no growth",
		measured, "value of the column that measure names",
		passed, "whether measured passes; NULL: unknown",
		status, "ok; suppressed, negative, no base: as in coefficients; incomplete totals: a base lacks suppressed values or weights; duplicate: a mean that is given twice; no rule: factor_rules lacks the factor",
		factors, "number of factors in factor_rules",
		factors_known, "number of them whose test has an outcome",
		factors_passed, "number of them that pass",
		passed_factors, "those that pass, in bytewise order",
		failed_factors, "those that fail",
		unknown_factors, "those that are unknown: no value, or nothing to compare it with",
		factor_score, "weight of the factors that pass / weight of those that are known; NULL if none is",
		known_weight, "weight of the factors that are known / weight of all: how much the score rests upon",
		all_passed, "true if all factors pass, false if any fails, else NULL: unknown"}'::text[]);
END;
COMMENT ON FUNCTION kz_study_factors_columns() IS
'The columns of factors, factor_rules and candidate_factors, and what they mean. For kz_study_factors.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_factors_objects() RETURNS TABLE (kind text, object text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 3
BEGIN ATOMIC
	VALUES ('TABLE', 'factor_rules', $sql$
	factor text COLLATE "C" PRIMARY KEY,
	kind text NOT NULL DEFAULT 'additive' CHECK (kind IN ('additive', 'mean')),
	weighted_by text COLLATE "C" CHECK (weighted_by IS NULL OR kind = 'mean'),
	compared_industry text COLLATE "C",
	weight float8 NOT NULL DEFAULT 1 CHECK (weight >= 0 AND weight < 'infinity'),
	measure text NOT NULL DEFAULT 'share_quotient' CHECK (measure IN ('value', 'region_share', 'share_quotient', 'region_relation',
		'industry_relation', 'compared_relation', 'growth', 'relative_growth')),
	comparison text NOT NULL DEFAULT '>=' CHECK (comparison IN ('>=', '>', '<=', '<')),
	threshold float8 NOT NULL DEFAULT 1 CHECK (threshold > '-infinity' AND threshold < 'infinity'),
	tolerance float8 NOT NULL DEFAULT 0.05 CHECK (tolerance >= 0 AND tolerance < 'infinity'),
	note text
$sql$, 'The factors of stage 2: how each is summed, tested and weighted. Rows are yours to change; the views follow at once.'),
	('VIEW', 'factors', $sql$
WITH cells AS (
	SELECT s.{factors_period} AS period, s.{factor}::text COLLATE "C" AS factor, s.{region}::text COLLATE "C" AS region,
		s.{industry}::text COLLATE "C" AS industry, count(*) AS entries,
		CASE WHEN count(s.{value}) = count(*) THEN sum(s.{value}::float8 ORDER BY s.{value}::float8) END AS value
	FROM {factors} AS s {universe}
	GROUP BY 1, 2, 3, 4
), ruled AS (
	SELECT c.period, c.factor, c.region, c.industry, c.entries, r.kind, r.compared_industry,
		CASE WHEN r.kind = 'additive' OR c.entries = 1 THEN c.value END AS value,
		CASE WHEN r.weighted_by IS NULL THEN 1 WHEN w.value >= 0 THEN w.value END AS w
	FROM cells AS c
	LEFT JOIN {study}.factor_rules AS r ON r.factor = c.factor
	LEFT JOIN (SELECT w.* FROM cells AS w WHERE w.factor IN (SELECT r.weighted_by FROM {study}.factor_rules AS r)) AS w
		ON w.period = c.period AND w.factor = r.weighted_by AND w.region = c.region AND w.industry = c.industry
), based AS (
	-- the two kinds side by side: joining so many rows on four columns is left to no planner
	SELECT m.period, m.factor, k.region COLLATE "C" AS region, k.industry COLLATE "C" AS industry, 1::bigint AS entries, k.value, 1::float8 AS w,
		k.region_total, k.industry_total, k.region_share, k.lq, k.status
	FROM (SELECT r.period, r.factor, {kz}.kz_matrix_agg(r.region, r.industry, r.value) AS matrix
		  FROM ruled AS r WHERE r.kind = 'additive' GROUP BY r.period, r.factor) AS m
	CROSS JOIN LATERAL {kz}.kz_coefficients(m.matrix) AS k
	UNION ALL
	SELECT r.period, r.factor, r.region, r.industry, r.entries, r.value, r.w, NULL, NULL, NULL, NULL, NULL
	FROM ruled AS r WHERE r.kind IS DISTINCT FROM 'additive'
), means AS (
	SELECT s.*, r.kind, r.measure, r.comparison, r.threshold, r.weight, r.tolerance,
		dense_rank() OVER (PARTITION BY s.factor ORDER BY s.period) AS number,
		bool_and(s.value * s.w IS NOT NULL) OVER region AS region_complete,
		sum(s.value * s.w) OVER region / nullif(sum(s.w) FILTER (WHERE s.value IS NOT NULL) OVER region, 0) AS region_mean,
		max(s.value) FILTER (WHERE s.industry = r.compared_industry) OVER region AS compared_value,
		bool_and(s.value * s.w IS NOT NULL) OVER industry AS industry_complete,
		sum(s.value * s.w) OVER industry / nullif(sum(s.w) FILTER (WHERE s.value IS NOT NULL) OVER industry, 0) AS industry_mean,
		-- a fingerprint of the regions that an industry's mean is made of: growth compares like with like
		sum(hashtextextended(s.region, 0)) OVER industry AS members
	FROM based AS s
	LEFT JOIN {study}.factor_rules AS r ON r.factor = s.factor
	WINDOW region AS (PARTITION BY s.factor, s.period, s.region ORDER BY s.industry ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING),
		industry AS (PARTITION BY s.factor, s.period, s.industry ORDER BY s.region ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
), measures AS (
	SELECT m.period, m.factor, m.region, m.industry, m.kind, m.value, m.measure, m.comparison, m.threshold, m.weight, m.tolerance,
		CASE m.kind WHEN 'additive' THEN m.region_total WHEN 'mean' THEN m.region_mean END AS region_base,
		CASE m.kind WHEN 'additive' THEN m.industry_total WHEN 'mean' THEN m.industry_mean END AS industry_base,
		m.region_share, m.lq AS share_quotient,
		CASE WHEN m.region_mean > 0 AND m.value >= 0 AND m.kind IS NOT NULL THEN m.value / m.region_mean END AS region_relation,
		CASE WHEN m.industry_mean > 0 AND m.value >= 0 AND m.kind IS NOT NULL THEN m.value / m.industry_mean END AS industry_relation,
		CASE WHEN m.compared_value > 0 AND m.value >= 0 THEN m.value / m.compared_value END AS compared_relation,
		CASE WHEN m.kind IS NULL THEN 'no rule' WHEN m.kind = 'additive' THEN m.status WHEN m.entries > 1 THEN 'duplicate'
			WHEN m.value IS NULL THEN 'suppressed' WHEN m.value < 0 THEN 'negative'
			WHEN m.region_complete AND m.industry_complete THEN 'ok' ELSE 'incomplete totals' END AS status,
		m.number,
		-- a sum has zeros for what is absent, a mean has not
		CASE WHEN m.industry_complete AND m.kind = 'mean' THEN m.members WHEN m.industry_complete THEN 0 END AS basis
	FROM means AS m
), grown AS (
	SELECT m.*,
		CASE WHEN m.value >= 0 AND lag(m.value) OVER cell > 0 AND lag(m.number) OVER cell = m.number - 1 THEN m.value / lag(m.value) OVER cell - 1 END AS growth,
		CASE WHEN m.industry_base >= 0 AND lag(m.industry_base) OVER cell > 0 AND lag(m.number) OVER cell = m.number - 1
				AND lag(m.basis) OVER cell = m.basis
			THEN m.industry_base / lag(m.industry_base) OVER cell - 1 END AS reference_growth
	FROM measures AS m
	WINDOW cell AS (PARTITION BY m.factor, m.region, m.industry ORDER BY m.number)
), tested AS (
	SELECT g.*, CASE WHEN g.reference_growth > -1 THEN (1 + g.growth) / (1 + g.reference_growth) - 1 END AS relative_growth
	FROM grown AS g
)
SELECT t.period AS {period}, t.region COLLATE "default" AS region, t.industry COLLATE "default" AS industry, t.factor COLLATE "default" AS factor, t.kind,
	t.value, t.region_base, t.industry_base, t.region_share, t.share_quotient, t.region_relation, t.industry_relation, t.compared_relation,
	t.growth, t.reference_growth, t.relative_growth,
	CASE WHEN t.growth > t.tolerance THEN 'up' WHEN t.growth < -t.tolerance THEN 'down' WHEN t.growth IS NOT NULL AND t.tolerance IS NOT NULL THEN 'flat' END AS direction,
	t.measure, v.measured, t.comparison, t.threshold, {kz}.kz_study_passes(v.measured, t.comparison, t.threshold) AS passed, t.weight, t.status
FROM tested AS t
CROSS JOIN LATERAL (SELECT CASE t.measure WHEN 'value' THEN t.value WHEN 'region_share' THEN t.region_share WHEN 'share_quotient' THEN t.share_quotient
	WHEN 'region_relation' THEN t.region_relation WHEN 'industry_relation' THEN t.industry_relation WHEN 'compared_relation' THEN t.compared_relation
	WHEN 'growth' THEN t.growth WHEN 'relative_growth' THEN t.relative_growth END AS measured) AS v
$sql$, 'Production factors and markets (stage 2): one row for each {period}, region, industry and factor of {factors}, with what factor_rules says of it. The country is the sum or mean of the regions.'),
	('VIEW', 'candidate_factors', $sql$
SELECT c.{period}, c.region, c.region_name, c.industry, t.factors, t.factors_known, t.factors_passed, t.known_weight, t.factor_score,
	t.all_passed, t.passed_factors, t.failed_factors, t.unknown_factors
FROM {study}.candidates AS c
LEFT JOIN (
	SELECT f.{period} AS period, f.region, f.industry, array_agg(f.factor) FILTER (WHERE f.passed) AS passed, array_agg(f.factor) FILTER (WHERE NOT f.passed) AS failed
	FROM {study}.factors AS f GROUP BY f.{period}, f.region, f.industry
) AS f ON c.{period} {factors_equality} f.period AND f.region = c.region AND f.industry = c.industry
CROSS JOIN LATERAL (
	-- the factors come sorted: to sort for each aggregate would cost more
	SELECT count(*)::integer AS factors, count(r.passed)::integer AS factors_known, (count(*) FILTER (WHERE r.passed))::integer AS factors_passed,
		sum(r.weight) FILTER (WHERE r.passed IS NOT NULL) / nullif(sum(r.weight), 0) AS known_weight,
		coalesce(sum(r.weight) FILTER (WHERE r.passed), 0) / nullif(sum(r.weight) FILTER (WHERE r.passed IS NOT NULL), 0) AS factor_score,
		CASE WHEN bool_or(NOT r.passed) THEN false WHEN count(r.passed) = count(*) THEN true END AS all_passed,
		string_agg(r.factor, ', ') FILTER (WHERE r.passed) AS passed_factors,
		string_agg(r.factor, ', ') FILTER (WHERE NOT r.passed) AS failed_factors,
		string_agg(r.factor, ', ') FILTER (WHERE r.passed IS NULL) AS unknown_factors
	FROM (
		SELECT o.factor, o.weight, CASE WHEN o.factor = ANY (f.passed) THEN true WHEN o.factor = ANY (f.failed) THEN false END AS passed
		FROM (SELECT r.factor COLLATE "default" AS factor, r.weight FROM {study}.factor_rules AS r ORDER BY r.factor) AS o
		OFFSET 0
	) AS r
	HAVING count(*) > 0
) AS t
$sql$, 'Stage 2 of the candidates: how many factors each passes, and its score. What is not known counts neither for nor against.');
END;
COMMENT ON FUNCTION kz_study_factors_objects() IS
'What kz_study_factors adds to a study, as templates, with comments, in the order in which it is made.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_factors_check(study jsonb) RETURNS void
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 100000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
BEGIN
	PERFORM kz_study_refuse(study, $sql$SELECT CASE WHEN s.{factors_period} IS NULL THEN {period_text} WHEN s.{region} IS NULL THEN {region_text}
			WHEN s.{industry} IS NULL THEN {industry_text} ELSE {factor_text} END
		FROM {factors} AS s WHERE s.{factors_period} IS NULL OR s.{region} IS NULL OR s.{industry} IS NULL OR s.{factor} IS NULL LIMIT 1$sql$,
		'null_value_not_allowed', 'column "{label}" of {factors} must not be null', 'Leave such rows out in a view, or give them a label with coalesce().');
	PERFORM kz_study_refuse(study, $sql$SELECT s.{region}::text COLLATE "C" AS label FROM {factors} AS s
		EXCEPT SELECT c.region FROM {study}.coefficients AS c ORDER BY label LIMIT 1$sql$,
		'foreign_key_violation', 'region "{label}" of {factors} is not among the regions of {study}.coefficients',
		'Leave it out in a view, as a total of the country must be.');
	PERFORM kz_study_refuse(study, $sql$SELECT label FROM (SELECT unnest({industries}::text[]) COLLATE "C" AS label
		EXCEPT SELECT s.{industry}::text COLLATE "C" FROM {factors} AS s) AS l ORDER BY label LIMIT 1$sql$,
		'undefined_object', 'industry "{label}" is not in {factors}', 'industries => ... takes labels as they are in the factors.');
	PERFORM kz_study_refuse(study, $sql$SELECT label FROM (SELECT unnest({means}::text[]) COLLATE "C" AS label
		EXCEPT SELECT s.{factor}::text COLLATE "C" FROM {factors} AS s) AS l ORDER BY label LIMIT 1$sql$,
		'undefined_object', 'factor "{label}" is not in {factors}', 'means => ... takes labels as they are in the factors.');
	PERFORM kz_study_refuse(study, $sql$SELECT s.{factor}::text COLLATE "C" AS label FROM {factors} AS s WHERE s.{factor}::text COLLATE "C" = ANY ({means}::text[])
		GROUP BY s.{factors_period}, s.{region}, s.{industry}, s.{factor} HAVING count(*) > 1 ORDER BY label LIMIT 1$sql$,
		'unique_violation', 'factor "{label}" of {factors} is a mean and has more than one row for a region, industry and period',
		'Means cannot be added: give one row a cell.');
END
$$;
COMMENT ON FUNCTION kz_study_factors_check(jsonb) IS
'Checks the rows of a study''s factors. For kz_study_factors. An error names the first offending label, in bytewise order.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_factors(
	name text, factors regclass,
	period_column name DEFAULT NULL, region_column name DEFAULT 'region', industry_column name DEFAULT 'industry',
	factor_column name DEFAULT 'factor', value_column name DEFAULT 'value',
	industries text[] DEFAULT NULL, means text[] DEFAULT '{}'
) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_factors.name);
	period name := coalesce(period_column, (study ->> 'period_name')::name);
	wrong text := CASE WHEN means IS NULL OR array_ndims(means) > 1 OR array_position(means, NULL) IS NOT NULL THEN 'means'
					   WHEN cardinality(industries) = 0 OR array_ndims(industries) > 1 OR array_position(industries, NULL) IS NOT NULL THEN 'industries' END;
BEGIN
	study := study || jsonb_build_object('factors', kz_study_relation(factors, 'factors'));
	study := study || kz_study_join((study ->> 'study' || '.coefficients')::regclass, (study ->> 'period_name')::name, factors, period, 'factors');
	study := study || jsonb_build_object(
		'region', kz_study_column(factors, region_column, 'region_column', 'a label'), 'region_text', quote_literal(region_column),
		'industry', kz_study_column(factors, industry_column, 'industry_column', 'a label'), 'industry_text', quote_literal(industry_column),
		'factor', kz_study_column(factors, factor_column, 'factor_column', 'a label'), 'factor_text', quote_literal(factor_column),
		'value', kz_study_column(factors, value_column, 'value_column', 'a number'), 'period_text', quote_literal(period));
	IF wrong IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('%s must be a list of labels without nulls', wrong),
			HINT = CASE wrong WHEN 'means' THEN 'Leave it out if every factor can be summed.' ELSE 'Leave it out for all industries.' END;
	END IF;
	study := study || jsonb_build_object('means', quote_literal(means::text), 'industries', quote_literal(coalesce(industries, '{}')::text),
		'universe', CASE WHEN industries IS NULL THEN '' ELSE format('WHERE s.%s::text COLLATE "C" = ANY (%L::text[])', study ->> 'industry', industries) END);
	PERFORM kz_study_factors_check(study);
	PERFORM kz_study_put(study, 'kz_study_factors', o.kind, o.object, o.template, o.remark, kz_study_factors_columns())
	FROM kz_study_factors_objects() AS o;
	EXECUTE kz_study_sql($sql$INSERT INTO {study}.factor_rules (factor, kind, measure)
		SELECT f.factor, CASE WHEN f.mean THEN 'mean' ELSE 'additive' END, CASE WHEN f.mean THEN 'region_relation' ELSE 'share_quotient' END
		FROM (SELECT DISTINCT s.{factor}::text COLLATE "C" AS factor, s.{factor}::text COLLATE "C" = ANY ({means}::text[]) AS mean FROM {factors} AS s) AS f
		ORDER BY f.factor ON CONFLICT DO NOTHING$sql$, study);
	EXECUTE kz_study_sql('ANALYZE {study}.factor_rules', study);
END
$$;
COMMENT ON FUNCTION kz_study_factors(text, regclass, name, name, name, name, name, text[], text[]) IS
'Adds stage 2, production factors and markets, to a study that kz_create_study made: the views factors (every value of every factor with its shares, relations, growth, direction and test) and candidate_factors (how many each candidate passes, its weighted score), and the table factor_rules, one row a factor: its kind, weights, measure, comparison, threshold and tolerance. Rows of that table are the caller''s to change and to add; the views follow at once. factors: a table or view in long form, a row for each period, region, industry and factor, with labels as in the study; a NULL value is suppressed; a period_column that is not given is called as in the study. Regions must be those of the study; industries may be more: those of industries, or all if left out, make the bases. means: factors that must not be summed (wages, rates of use); all others are additive. At first each factor has weight 1 and passes with a share_quotient (a mean: a region_relation) of at least 1. A table of rules that is already there is kept. What is not known is NULL and neither passed nor failed. The views check the reader''s own rights. Errors name the relation, column or label that is wrong; the study already has factors.';
