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
'Returns one row: the least-squares regression of y on x over observations i of units (regions) in periods, with effects of both, y = coefficient x + effect of unit[i] + effect of period[i] + error. effects: two-way; unit; period; none (a constant). The panel need not be balanced. Observations with a NULL in y or x are left out, and so are those that are the only one of their unit or period where that has an effect, again and again: they say nothing. n, units, periods = what is left. errors: clustered, by unit, the small sample corrected by G / (G - 1) (n - 1) / (n - K), K without the effects of units, t with G - 1 degrees of freedom for G units; robust (HC1); classical. Few clusters (below about 40) make clustered errors too small. freedom = degrees of freedom of t; low, high = interval of the coefficient at the confidence; p = two-sided; r2_within = share of the variation of y within the effects that x explains. A perfect fit has a standard error of 0 and neither t nor p. The order of the observations makes no difference. status: ok; too few (no more observations than parameters, or only one unit to cluster by: no standard error); no variation (x or y does not vary beyond the effects). What is undefined is NULL. One of the four arrays NULL: no rows; another NULL: its default. Errors: arrays of different lengths or of several dimensions; NaN or infinity; a NULL unit or period; more than 500 units and more than 500 periods with two-way effects; an unknown word; a confidence not between 0 and 1. Sources: Wansbeek and Kapteyn 1989; Cameron and Miller 2015; Correia 2015.';
