-- development: do clusters go with development? correlation, panel regression, and both as views of a study

-- Since: 0.1.0
CREATE FUNCTION kz_correlation(x float8[], y float8[], confidence float8 DEFAULT 0.95)
RETURNS TABLE (n bigint, pearson float8, pearson_low float8, pearson_high float8, pearson_p float8,
	spearman float8, spearman_low float8, spearman_high float8, spearman_p float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_correlation(float8[], float8[], float8) IS
'Returns one row: how closely the pairs x[i], y[i] go together. n = pairs without a NULL; the others are left out. pearson = linear correlation; spearman = that of the ranks, equal values sharing the mean of theirs. _low, _high = interval at the confidence by Fisher''s z, with the variance 1 / (n - 3), and for ranks (1 + r^2 / 2) / (n - 3); _p = two-sided, by Student''s t with n - 2 degrees of freedom. All of them take the pairs for independent of each other. The order of the pairs makes no difference. status: ok; too few (fewer than four pairs: no interval, of two no p, of fewer nothing); no variation (all x or all y are equal). What is undefined is NULL. x or y NULL: no rows. confidence NULL: 0.95. Errors: arrays of different lengths or of several dimensions; NaN or infinity; a confidence not between 0 and 1. Sources: Fisher 1921; Spearman 1904; Bonett and Wright 2000.';

-- Since: 0.1.0
CREATE FUNCTION kz_panel_regression(y float8[], x float8[], unit text[], period text[], effects text DEFAULT 'two-way',
	errors text DEFAULT 'clustered', confidence float8 DEFAULT 0.95)
RETURNS TABLE (n bigint, units bigint, periods bigint, coefficient float8, standard_error float8, freedom bigint,
	t float8, p float8, low float8, high float8, r2_within float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_panel_regression(float8[], float8[], text[], text[], text, text, float8) IS
'Returns one row: the least-squares regression of y on x over observations i of units (regions) in periods, with effects of both, y = coefficient x + effect of unit[i] + effect of period[i] + error. effects: two-way; unit; period; none (a constant). The panel need not be balanced. Observations with a NULL in y or x are left out, and so are those that are the only one of their unit or period where that has an effect, again and again: they say nothing. n, units, periods = what is left. errors: clustered, by unit, the small sample corrected by G / (G - 1) (n - 1) / (n - K), K without the effects of units, t with G - 1 degrees of freedom for G units; robust (HC1); classical. Few clusters (below about 40) make clustered errors too small. freedom = degrees of freedom of t; low, high = interval of the coefficient at the confidence; p = two-sided; r2_within = share of the variation of y within the effects that x explains. A perfect fit has a standard error of 0 and neither t nor p. The order of the observations makes no difference. status: ok; too few (no more observations than parameters, or fewer than two units in which x varies to cluster by: no standard error); no variation (x or y does not vary beyond the effects). What is undefined is NULL. One of the four arrays NULL: no rows; another NULL: its default. Errors: arrays of different lengths or of several dimensions; NaN or infinity; a NULL unit or period; more than 500 units and more than 500 periods with two-way effects; an unknown word; a confidence not between 0 and 1. Sources: Wansbeek and Kapteyn 1989; Cameron and Miller 2015; Correia 2015.';

-- a study

-- Since: 0.1.0
CREATE FUNCTION kz_study_development_columns() RETURNS jsonb
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT jsonb_object('{
		coefficient, "{coefficient}, as in coefficients",
		outcome, "{outcome_text} in this period",
		later_outcome, "the same {horizon} periods later",
		growth, "ln(later_outcome / outcome) / {horizon}, less the mean of this over the regions that have it: what all regions share, inflation too, falls out; NULL if either is unknown or not above 0",
		n, "observations, regions in periods, with coefficient and growth",
		pearson, "linear correlation of growth and coefficient",
		pearson_low, "lower end of its {confidence} interval (Fisher): as if observations of a region were independent",
		pearson_high, "upper end",
		pearson_p, "its p-value, two-sided, as if observations of a region were independent",
		spearman, "correlation of the ranks of growth and coefficient",
		spearman_low, "lower end of its {confidence} interval (Bonett and Wright)",
		spearman_high, "upper end",
		spearman_p, "its p-value, two-sided",
		between_n, "regions with an observation",
		between_pearson, "linear correlation over regions of their means of growth and of coefficient",
		between_low, "lower end of its {confidence} interval (Fisher)",
		between_high, "upper end",
		between_p, "its p-value, two-sided",
		regression_n, "observations of the regression: n without those that are the only one of their region or period",
		regions, "regions of the regression, by which its errors are clustered",
		periods, "periods of the regression",
		slope, "regression of growth on coefficient with effects of regions and of periods: growth per unit of coefficient",
		standard_error, "of slope, clustered by region",
		freedom, "degrees of freedom of t: regions - 1",
		t, "slope / standard_error",
		p, "p-value of slope, two-sided",
		low, "lower end of its {confidence} interval",
		high, "upper end",
		r2_within, "share of the variation of growth within regions and periods that coefficient explains",
		status, "ok; too few: not enough observations for the correlation or the regression; no variation: growth or coefficient does not vary, or not beyond the effects"}'::text[]);
END;
COMMENT ON FUNCTION kz_study_development_columns() IS
'The columns of development and development_panel, and what they mean. For kz_study_development.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_development_objects() RETURNS TABLE (suffix text, template text, remark text)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1 ROWS 2
BEGIN ATOMIC
	VALUES ('_panel', $sql$
WITH places AS (
	SELECT DISTINCT c.{period}, c.period_number, c.region COLLATE "C" AS region
	FROM {study}.coefficients AS c
), outcomes AS (
	SELECT p.period_number, p.region, CASE WHEN count(*) = 1 THEN max({outcome_value}) END AS outcome
	FROM places AS p
	JOIN {outcome} AS o ON p.{period} {outcome_equality} o.{outcome_period} AND o.{outcome_region}::text COLLATE "C" = p.region
	GROUP BY p.period_number, p.region
), pairs AS (
	SELECT a.period_number, a.region, a.outcome, b.outcome AS later_outcome,
		CASE WHEN a.outcome > 0 AND a.outcome < 'infinity' AND b.outcome > 0 AND b.outcome < 'infinity'
			THEN (ln(b.outcome) - ln(a.outcome)) / {horizon} END AS growth
	FROM outcomes AS a
	LEFT JOIN outcomes AS b ON b.region = a.region AND b.period_number = a.period_number + {horizon}
), means AS (
	SELECT q.period_number, sum(q.growth ORDER BY q.region) / nullif(count(q.growth), 0) AS growth
	FROM pairs AS q GROUP BY q.period_number
)
SELECT c.{period}, c.region, c.region_name, c.industry, c.{coefficient} AS coefficient, q.outcome, q.later_outcome, q.growth - m.growth AS growth, c.period_number
FROM {study}.coefficients AS c
LEFT JOIN pairs AS q ON q.period_number = c.period_number AND q.region = c.region COLLATE "C"
LEFT JOIN means AS m ON m.period_number = c.period_number
$sql$, $$One row for each row of coefficients: {coefficient}, and how {outcome_text} of the region grew in the {horizon} periods after, against the mean of the regions. {view} is made of it.$$),
	('', $sql$
SELECT a.industry, c.n, c.pearson, c.pearson_low, c.pearson_high, c.pearson_p, c.spearman, c.spearman_low, c.spearman_high, c.spearman_p,
	b.n AS between_n, b.pearson AS between_pearson, b.pearson_low AS between_low, b.pearson_high AS between_high, b.pearson_p AS between_p,
	r.n AS regression_n, r.units AS regions, r.periods, r.coefficient AS slope, r.standard_error, r.freedom, r.t, r.p, r.low, r.high, r.r2_within,
	CASE WHEN c.status = 'ok' THEN r.status ELSE c.status END AS status
FROM (
	SELECT p.industry, array_agg(p.growth ORDER BY p.period_number, p.region COLLATE "C") AS y,
		array_agg(p.coefficient ORDER BY p.period_number, p.region COLLATE "C") AS x,
		array_agg(p.region ORDER BY p.period_number, p.region COLLATE "C") AS region,
		array_agg(p.period_number::text ORDER BY p.period_number, p.region COLLATE "C") AS period
	FROM {study}.{panel} AS p
	GROUP BY p.industry
) AS a
LEFT JOIN (
	SELECT m.industry, array_agg(m.growth ORDER BY m.region COLLATE "C") AS y, array_agg(m.coefficient ORDER BY m.region COLLATE "C") AS x
	FROM (
		SELECT p.industry, p.region, sum(p.growth ORDER BY p.period_number) / count(*) AS growth,
			sum(p.coefficient ORDER BY p.period_number) / count(*) AS coefficient
		FROM {study}.{panel} AS p
		WHERE p.growth IS NOT NULL AND p.coefficient IS NOT NULL
		GROUP BY p.industry, p.region
	) AS m
	GROUP BY m.industry
) AS g ON g.industry = a.industry
CROSS JOIN LATERAL {kz}.kz_correlation(a.x, a.y, {confidence}) AS c
CROSS JOIN LATERAL {kz}.kz_correlation(coalesce(g.x, ARRAY[]::float8[]), coalesce(g.y, ARRAY[]::float8[]), {confidence}) AS b
CROSS JOIN LATERAL {kz}.kz_panel_regression(a.y, a.x, a.region, a.period, 'two-way', 'clustered', {confidence}) AS r
$sql$, $$Do clusters go with development? One row an industry: does {outcome_text} of a region grow faster in the {horizon} periods after the higher {coefficient} of the industry is? From {panel}. Correlations compare regions with each other; the regression, with effects of regions and periods, compares each region with itself. Neither is a cause.$$);
END;
COMMENT ON FUNCTION kz_study_development_objects() IS
'The views of the link to development, as templates, with their comments: the observations, and what they say of each industry. For kz_study_development.';

-- Since: 0.1.0
CREATE FUNCTION kz_study_development(name text, outcome regclass, outcome_column name, per_column name DEFAULT NULL,
	period_column name DEFAULT NULL, region_column name DEFAULT NULL, horizon integer DEFAULT 1, coefficient text DEFAULT 'lq',
	view_name name DEFAULT 'development', confidence float8 DEFAULT 0.95) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000
SET search_path = pg_catalog, @extschema@, pg_temp
SET extra_float_digits = 1
AS $$
DECLARE
	study jsonb := kz_study_open(kz_study_development.name);
	period name := coalesce(period_column, (study ->> 'period_name')::name);
	region name := coalesce(region_column, (parse_ident(study ->> 'region'))[1]::name);
	value text;
	wrong record;
BEGIN
	SELECT * INTO wrong
	FROM (VALUES
		('horizon', horizon::text, horizon BETWEEN 1 AND 1000, 'a number of periods, from 1 to 1000'),
		('coefficient', coefficient, coefficient = ANY (string_to_array(study ->> 'criteria', ', ')), 'one that the study has: ' || (study ->> 'criteria')),
		('view_name', view_name::text, octet_length(view_name::text) BETWEEN 1 AND 57, 'a name of 1 to 57 bytes; that of the observations is longer by _panel'),
		('confidence', confidence::text, confidence > 0 AND confidence < 1, 'a number above 0 and below 1')) AS v (argument, given, fits, choice)
	WHERE fits IS NOT TRUE
	LIMIT 1;
	IF FOUND THEN
		RAISE EXCEPTION USING ERRCODE = CASE WHEN wrong.given IS NULL THEN 'null_value_not_allowed' ELSE 'invalid_parameter_value' END,
			MESSAGE = format('%s must not be %s', wrong.argument, coalesce(quote_literal(wrong.given), 'null')),
			HINT = format('It is %s; leave it out for its default.', wrong.choice);
	END IF;
	study := study || kz_study_join((study ->> 'study' || '.coefficients')::regclass, (study ->> 'period_name')::name, outcome, period, 'outcome');
	value := format('o.%s::float8', kz_study_column(outcome, outcome_column, 'outcome_column', 'a number'));
	IF per_column IS NOT NULL THEN
		value := format('CASE WHEN o.%1$s > 0 THEN %2$s / o.%1$s::float8 END', kz_study_column(outcome, per_column, 'per_column', 'a number'), value);
	END IF;
	study := study || jsonb_build_object('outcome_value', value, 'outcome_text', outcome_column || coalesce(' per ' || per_column, ''),
		'outcome_region', kz_study_column(outcome, region, 'region_column', 'a label'),
		'horizon', horizon::text, 'coefficient', coefficient, 'confidence', confidence::text,
		'view', quote_ident(view_name), 'panel', quote_ident(view_name || '_panel'));
	PERFORM kz_study_refuse(study, $sql$SELECT min(o.{outcome_region}::text COLLATE "C") AS label FROM {outcome} AS o
			GROUP BY o.{outcome_region}, o.{outcome_period} HAVING count(*) > 1 ORDER BY label LIMIT 1$sql$,
		'unique_violation', 'region "{label}" appears more than once in a period of {outcome}', 'The outcome is one row for each region and period: sum it up in a view.');
	PERFORM kz_study_refuse(study, $sql$SELECT '' WHERE NOT EXISTS (SELECT FROM {study}.coefficients AS p JOIN {outcome} AS o
			ON p.{period} {outcome_equality} o.{outcome_period} AND o.{outcome_region}::text COLLATE "C" = p.region COLLATE "C")$sql$,
		'undefined_object', '{outcome} has no region of study {study} in a period of it', 'Its regions must have the labels that the facts have.');
	PERFORM kz_study_put(study, 'kz_study_development', 'VIEW', view_name || o.suffix, o.template, o.remark, kz_study_development_columns())
	FROM kz_study_development_objects() AS o;
END
$$;
COMMENT ON FUNCTION kz_study_development(text, regclass, name, name, name, name, integer, text, name, float8) IS
'Adds to a study the link of its industries to development: view development, a row an industry, says whether an outcome of a region (gross product per head, wages) grows faster in the periods after a coefficient of the industry is higher, by correlations and by a regression with effects of regions and periods, clustered by region; view development_panel has the observations. outcome: a table or view with one row for each region and period; outcome_column: its number; per_column: the number that it is divided by, such as the population; period_column, region_column: its period and its region, labelled as in the facts; left out, called as there. Rows of regions that are not in the study are ignored. horizon: how many periods later. coefficient: lq, or cs or pc if the study has them. view_name: what the view is called, so that a study may have several; the other one is called so with _panel. confidence: of the intervals. NULL: left out for per_column, period_column and region_column, otherwise an error. Cells that the study does not list are no observations: to count them as zeros, make the study with fill => true. Errors: no such study or column, a type that does not fit, a region twice in a period, no common region, a view that is already there.';
