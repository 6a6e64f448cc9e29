-- significance: tails of counts, tests of cells, tables and industries, families of p-values, cut-offs, sensitivity

-- tails of counts

-- Since: 0.1.0
CREATE FUNCTION kz_binomial_tail(count float8, trials float8, probability float8) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_binomial_tail(float8, float8, float8) IS
'Returns P(X >= count) of the successes X in so many independent trials. 1 for a count of 0, 0 for a count above trials. NULL where an argument is NULL. Errors: a count or trials that is negative, not whole or above 2^53; a probability outside 0 to 1; NaN or infinity.';

-- Since: 0.1.0
CREATE FUNCTION kz_poisson_tail(count float8, expected float8) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_poisson_tail(float8, float8) IS
'Returns P(X >= count) of the events X where so many are expected (a Poisson distribution). NULL where an argument is NULL. Errors: a count that is negative, not whole or above 2^53; an expected number that is negative or above 2^53; NaN or infinity.';

-- Since: 0.1.0
CREATE FUNCTION kz_hypergeometric_tail(count float8, group_size float8, sample_size float8, population float8) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_hypergeometric_tail(float8, float8, float8, float8) IS
'Returns P(X >= count) of the members X of a group in a sample of a population, drawn without replacement: an industry''s establishments (group_size) among those of a region (sample_size) in a country (population). NULL where an argument is NULL. Errors: an argument that is negative, not whole or above 2^53; a group or a sample larger than the population; NaN or infinity.';

-- rows

-- Since: 0.1.0
CREATE FUNCTION kz_cell_significance(
	matrix kz_matrix,
	reference kz_matrix DEFAULT NULL,
	confidence float8 DEFAULT 0.95,
	fill boolean DEFAULT false
)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	expected float8,
	lq float8,
	binomial_p float8,
	poisson_p float8,
	hypergeometric_p float8,
	residual float8,
	adjusted_residual float8,
	wald_low float8,
	wald_high float8,
	exact_low float8,
	exact_high float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cell_significance(kz_matrix, kz_matrix, float8, boolean) IS
'Returns a row for each cell of a region x industry matrix of counts of what is independent of each other: establishments, not jobs. reference: 1 x industry, replaces the column sums (a country of which the regions are a part). With fill also the absent cells, as zeros. expected = region total * industry''s share of the reference; lq = location quotient = value / expected; binomial_p, poisson_p, hypergeometric_p = probability of the value or more; residual = (value - expected) / sqrt(expected); adjusted_residual = the same over its standard deviation under independence; wald_low, wald_high = interval of lq on the log scale; exact_low, exact_high = Clopper and Pearson''s interval of the industry''s share of the region, over the reference''s share, which is held fixed. NULL for reference, confidence or fill stands for its default. status: ok; suppressed; negative; no base (a total is zero); no variation (one region or one industry is all there is: no adjusted residual); too few (a region that cannot be a part of the reference has neither a hypergeometric tail nor an adjusted residual); incomplete totals (given, but a total contains suppressed cells); zero (a value of zero has no Wald interval). What is undefined is NULL. matrix NULL: no rows. Errors: a value that is not whole; totals above 2^53; a reference of more than one row or without an industry of the matrix; confidence outside 0 to 1. Sources: Guimaraes, Figueiredo and Woodward 2009; Haberman 1973; Moineddin, Beyene and Boyle 2003; Clopper and Pearson 1934.';

-- Since: 0.1.0
CREATE FUNCTION kz_independence_test(matrix kz_matrix)
RETURNS TABLE (chi2 float8, g float8, df bigint, chi2_p float8, g_p float8, cramers_v float8, n float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_independence_test(kz_matrix) IS
'Returns one row: do the regions of a region x industry matrix of counts differ in their industries at all? chi2 = Pearson''s statistic, g = the likelihood ratio''s, df = degrees of freedom (regions and industries of zero do not count), chi2_p, g_p = probability of as much or more, cramers_v = size of the association, 0 to 1, n = the total. status: ok; suppressed (a cell is); negative (a cell is); no base (all is zero); too few (one region or industry: only chi2, g and df, all zero). What is undefined is NULL. matrix NULL: no rows. Sources: Pearson 1900; Wilks 1938; Cramer 1946.';

-- Since: 0.1.0
CREATE FUNCTION kz_localization_test(matrix kz_matrix, reference kz_matrix DEFAULT NULL)
RETURNS TABLE (industry text, n float8, divergence float8, statistic float8, df bigint, p float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_localization_test(kz_matrix, kz_matrix) IS
'Returns a row for each industry of a region x industry matrix of counts of establishments: are they spread over the regions like the reference? reference: one column (or one row) with a number for each region, such as its area, replaces the region totals; regions that only the reference has are regions in which there is nothing. n = the industry''s total; divergence = sum of s ln(s / x) over the regions, s the region''s share of the industry and x of the reference; statistic = 2 n divergence, chi-square for large n with df = regions with a reference - 1; p = probability of as much or more. status: ok; suppressed (a cell of the industry is); negative (a cell of the industry or a reference is); no base (the industry''s or the reference''s total is zero, or the industry is where the reference is zero); too few (one region: no p); incomplete totals (given, but a region total contains suppressed cells of other industries). What is undefined is NULL. matrix NULL: no rows. Errors: a reference that lacks a region of the matrix or is suppressed for it. Source: Mori, Nishikimi and Smith 2005.';

-- Since: 0.1.0
CREATE FUNCTION kz_bootstrap_cutoff(
	matrix kz_matrix,
	probability float8 DEFAULT 0.95,
	replicates integer DEFAULT 1000,
	seed bigint DEFAULT 1,
	form text DEFAULT 'standardized'
)
RETURNS TABLE (industry text, n bigint, quantile float8, cutoff float8, standard_error float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_bootstrap_cutoff(kz_matrix, float8, integer, bigint, text) IS
'Returns for each industry of a region x industry matrix (of any unit) how large a standardized location quotient must be to be among the largest, found by resampling the regions. form: standardized or standardized_log, as the columns of kz_quotient_forms with its defaults. n = regions with such a number; quantile = its quantile at probability (linear interpolation) over the regions as they are; cutoff = the mean of this quantile over so many resamples of n regions with replacement; standard_error = its standard deviation over them. The same matrix, seed and replicates give the same numbers everywhere. NULL for an argument but the matrix stands for its default. Regions whose quotient is suppressed or undefined do not count. status: ok; negative, no base (the industry''s total is, or is zero); no variation (all quotients are equal); too few (fewer than two regions); incomplete totals (given, but a cell of the industry or a total is suppressed). What is undefined is NULL. matrix NULL: no rows. Errors: a probability outside 0 to 1; replicates outside 2 to 1000000; an unknown form. Source: Tian 2013.';

-- Since: 0.1.0
CREATE FUNCTION kz_quotient_sensitivity(establishments kz_matrix, fill boolean DEFAULT false)
RETURNS TABLE (region text, industry text, value float8, lq float8, lq_more float8, lq_fewer float8, change float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_quotient_sensitivity(kz_matrix, boolean) IS
'Returns for each cell of a region x industry matrix of establishments how much its location quotient hangs on a single one: lq as it is, lq_more and lq_fewer with one establishment more and one fewer in the cell and so in all totals, change = lq_more - lq. With fill also the absent cells, as zeros. status: ok; suppressed; negative; no base (a total is zero); too few (with one fewer nothing would be left in a total: no lq_fewer); incomplete totals (given, but totals contain suppressed cells); zero (there is none to take away: no lq_fewer). What is undefined is NULL. establishments NULL: no rows. Source: Pominova et al. 2022.';

-- families of tests, as window functions

-- Since: 0.1.0
CREATE FUNCTION kz_bonferroni(p float8) RETURNS float8
WINDOW LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_bonferroni(float8) IS
'Adjusts p-values for the number of tests in the partition, so that one or more false findings have at most the chosen probability: m p, at most 1. Otherwise as kz_benjamini_hochberg. Source: Bonferroni 1936.';

-- Since: 0.1.0
CREATE FUNCTION kz_holm(p float8) RETURNS float8
WINDOW LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_holm(float8) IS
'Adjusts p-values for the number of tests in the partition, step down, so that one or more false findings have at most the chosen probability; never more than Bonferroni''s. Otherwise as kz_benjamini_hochberg. Source: Holm 1979.';

-- Since: 0.1.0
CREATE FUNCTION kz_benjamini_hochberg(p float8) RETURNS float8
WINDOW LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_benjamini_hochberg(float8) IS
'Adjusts p-values for the number of tests, so that of the findings at most the chosen share is expected to be false (false discovery rate). The partition is the family of tests: OVER (), OVER (PARTITION BY industry); order and frame of the window make no difference. NULL where p is NULL, which is no test and does not count. Error: a p outside 0 to 1, or NaN. Source: Benjamini and Hochberg 1995.';

-- Since: 0.1.0
CREATE FUNCTION kz_benjamini_yekutieli(p float8) RETURNS float8
WINDOW LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_benjamini_yekutieli(float8) IS
'As kz_benjamini_hochberg, but valid whatever the dependence between the tests: its result times 1 + 1/2 + ... + 1/m, at most 1. Source: Benjamini and Yekutieli 2001.';
