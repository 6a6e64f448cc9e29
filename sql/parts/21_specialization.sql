-- specialization: how the industries of a region differ from a reference, and how diverse they are

-- Since: 0.1.0
CREATE FUNCTION kz_specialization_index(
	matrix kz_matrix,
	projection text DEFAULT 'hoover',
	reference text DEFAULT 'total',
	base kz_matrix DEFAULT NULL,
	weight text DEFAULT 'reference',
	half boolean DEFAULT false
)
RETURNS TABLE (
	region text,
	value float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_specialization_index(kz_matrix, text, text, kz_matrix, text, boolean) IS
'Returns an index of specialization of each region of a region x industry matrix: how far its shares of industries are from those of a reference. projection, of shares p against shares q of the reference, L = p / q: hoover (half the sum of |p - q|, 0 to 1), krugman (the sum, 0 to 2), gini (the area of the Lorenz curve of p on q in order of L, 0 to 1), gini_unweighted (the Gini of the L, each counting the same), theil (sum of p ln L, 0 and up), variance (squared coefficient of variation of the L; sum of (p - q)^2 / q), chi2 (the same whatever the weight), squares (sum of (p - q)^2, the G of Ellison and Glaeser), herfindahl (sum of p^2, without a reference). reference: total (all regions together, its own included), rest (all others together), mean (unweighted mean of the others'' shares), pairs (mean of the index against each other region), uniform (every industry the same) or given (base: the values of a reference in one row or one column of industries; those that the matrix lacks count with p = 0). weight: reference (a place counts as its q) or uniform (all industries with q > 0 count the same, and the quotients are taken relative to their mean). half: half the value, as in the Gini of Krugman 1991 (0 to 1/2). status: ok; incomplete totals (given, but the reference contains suppressed cells); too few (no other region to compare with); no base (the region''s or the reference''s total is zero, or q is zero where p is not and the projection divides by it); negative; suppressed. The value is NULL unless the status is one of the first two. matrix NULL: no rows. Errors: an unknown word, a base without need or missing, a base that lacks an industry or has it suppressed. Sources: Hoover 1936; Krugman 1991; Midelfart-Knarvik et al. 2000 (rest); Suedekum 2006 (gini_unweighted); Theil 1967; Bickenbach and Bode 2008.';

-- Since: 0.1.0
CREATE FUNCTION kz_specialization_distance(matrix kz_matrix, projection text DEFAULT 'krugman') RETURNS kz_matrix
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_specialization_distance(kz_matrix, text) IS
'Returns how far the shares of industries of every two regions are apart, as a region x region matrix with a cell for every pair: rows are compared with columns as references. projection: krugman, hoover, gini, gini_unweighted, theil, variance, chi2 or squares, as in kz_specialization_index; gini_unweighted, theil, variance and chi2 are not symmetric. A cell is suppressed (NULL) where a region''s shares are undefined or the projection divides by a share of zero. Of kz_transpose(matrix) it is the distance of every two industries. NULL where an argument is. Errors: an unknown word, a result too large to be a value. Source: Krugman 1991.';

-- Since: 0.1.0
CREATE FUNCTION kz_region_profile(
	matrix kz_matrix,
	classification kz_matrix DEFAULT NULL,
	threshold float8 DEFAULT 1,
	entropy_base float8 DEFAULT 2.718281828459045,
	reference kz_matrix DEFAULT NULL
)
RETURNS TABLE (
	region text,
	total float8,
	share float8,
	industries bigint,
	diversity bigint,
	herfindahl float8,
	herfindahl_normalized float8,
	equivalent_number float8,
	entropy float8,
	relative_entropy float8,
	evenness float8,
	gini_simpson float8,
	berger_parker float8,
	hoover float8,
	krugman float8,
	gini float8,
	gini_unweighted float8,
	theil float8,
	chi2 float8,
	relative_specialization float8,
	leading_industry text,
	relative_diversity float8,
	average_lq float8,
	hachman float8,
	unrelated_variety float8,
	related_variety float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_region_profile(kz_matrix, kz_matrix, float8, float8, kz_matrix) IS
'Returns a row for each region of a region x industry matrix with its indices of specialization and diversity side by side. classification: industry x group, one group for each industry, for the varieties. reference: the values of a reference in one row or one column of industries, which replace the column sums; industries that only it has count with a share of zero. With v the region''s shares of industries, y the reference''s and n the number of industries: total (units of value); share of the matrix''s total; industries with v > 0; diversity, the number of industries with a location quotient of at least threshold; herfindahl, sum of v^2; herfindahl_normalized, (H - 1/n) / (1 - 1/n); equivalent_number, 1 / H; entropy, -sum of v log v to entropy_base (by default natural; 2 for bits); relative_entropy, entropy over log n; evenness, entropy over the log of the number of industries with v > 0 (Pielou); gini_simpson, 1 - H; berger_parker, the largest v; hoover, krugman, gini, gini_unweighted, theil and chi2 as in kz_specialization_index against y; relative_specialization, the largest location quotient, and the industry that has it; relative_diversity, 1 / krugman; average_lq, the mean quotient weighted by v; hachman, 1 / average_lq; unrelated_variety, entropy of the groups'' shares; related_variety, mean entropy within groups weighted by their shares; both add up to entropy. status: ok; incomplete totals (given, but the reference contains suppressed cells); too few (one industry: no evenness, and with n = 1 no normalized forms); no variation (just like the reference: no relative_diversity); no base (the region''s or the reference''s total is zero, or an industry has v > 0 and y = 0); negative; suppressed. What is undefined is NULL, and nothing else; the varieties also without a classification. matrix NULL: no rows. Errors: threshold below 0, entropy_base not above 1, a classification without an industry or with two groups for one, a reference that lacks an industry or has it suppressed. Sources: Herfindahl 1950; Shannon 1948; Pielou 1966; Simpson 1949; Berger and Parker 1970; Hoover 1936; Krugman 1991; Theil 1967; Duranton and Puga 2000; Hachman 1995; Frenken, van Oort and Verburg 2007.';

-- Since: 0.1.0
CREATE FUNCTION kz_hill_numbers(matrix kz_matrix, q float8 DEFAULT 1)
RETURNS TABLE (
	region text,
	value float8,
	status text
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_hill_numbers(kz_matrix, float8) IS
'Returns the Hill number of order q of each region of a region x industry matrix: (sum of v^q)^(1 / (1 - q)), the number of equally large industries that would be as diverse. q = 0 counts the industries present, 1 is exp(entropy), 2 is 1 / Herfindahl, ''Infinity'' is 1 / the largest share. ln of it is the Renyi entropy; (1 - value^(1 - q)) / (q - 1) is the one of Havrda, Charvat, Daroczy and Tsallis. Of kz_transpose(matrix): of each industry. NULL with status no base, negative or suppressed. An argument NULL: no rows. Error: q below 0 or NaN. Source: Hill 1973.';

-- Since: 0.1.0
CREATE FUNCTION kz_rao_stirling(matrix kz_matrix, distance kz_matrix, alpha float8 DEFAULT 1, beta float8 DEFAULT 1)
RETURNS TABLE (
	region text,
	value float8,
	status text
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_rao_stirling(kz_matrix, kz_matrix, float8, float8) IS
'Returns the Rao-Stirling diversity of each region of a region x industry matrix: the sum over all ordered pairs i, j of different industries of d_ij^alpha (v_i v_j)^beta. distance: industry x industry, zero where a cell is absent; its diagonal is not read. With alpha = beta = 1 it is Rao''s quadratic entropy, with alpha = 0 and beta = 1 Gini-Simpson. NULL with status no base, negative or suppressed. An argument NULL: no rows. Errors: alpha or beta below 0, a distance that lacks an industry on both sides, is negative or suppressed. Sources: Rao 1982; Stirling 2007.';

-- Since: 0.1.0
CREATE FUNCTION kz_structural_change(start kz_matrix, finish kz_matrix)
RETURNS TABLE (
	region text,
	value float8,
	lilien float8,
	status text
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_structural_change(kz_matrix, kz_matrix) IS
'Returns how much the shares of industries of each region have changed between two region x industry matrices. value: half the sum of absolute changes, 0 to 1 (Michaely; norm of absolute values). lilien: square root of the sum of v (ln of the growth of v)^2, v at the finish. Regions and industries that only one matrix has are zero in the other. status: ok; no base (a total is zero; or, with a value, an industry begins or ends, and lilien is NULL); negative; suppressed. An argument NULL: no rows. Sources: Michaely 1962; Lilien 1982.';

-- Since: 0.1.0
CREATE FUNCTION kz_coherence(matrix kz_matrix, relatedness kz_matrix)
RETURNS TABLE (
	region text,
	war float8,
	warn float8,
	status text
)
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_coherence(kz_matrix, kz_matrix) IS
'Returns how related the industries of each region of a region x industry matrix are. war: the mean, weighted by the region''s shares v, of each industry''s weighted average relatedness to the others, sum of tau_ij v_j over sum of v_j. warn: the same over its neighbours in the tree of the strongest links that connects the region''s industries (ties in order of the labels). relatedness: industry x industry, zero where a cell is absent; the two directions of a pair are averaged, and the diagonal is not read. status: ok; too few (one industry); no base; negative; suppressed; NULL unless ok. An argument NULL: no rows. Errors: a relatedness that lacks an industry on both sides, is negative or suppressed. Sources: Teece, Rumelt, Dosi and Winter 1994; Nesta and Saviotti 2005.';
