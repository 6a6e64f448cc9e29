-- concentration: how the regions of an industry differ from a reference

-- Since: 0.1.0
CREATE FUNCTION kz_concentration_index(
	matrix kz_matrix,
	projection text DEFAULT 'hoover',
	reference text DEFAULT 'total',
	base kz_matrix DEFAULT NULL,
	weight text DEFAULT 'reference',
	half boolean DEFAULT false
)
RETURNS TABLE (
	industry text,
	value float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_concentration_index(kz_matrix, text, text, kz_matrix, text, boolean) IS
'Returns an index of concentration of each industry of a region x industry matrix: how far its shares of regions are from those of a reference. projection, of shares p against shares q of the reference, L = p / q: hoover (half the sum of |p - q|, 0 to 1), krugman (the sum, 0 to 2), gini (the area of the Lorenz curve of p on q in order of L, 0 to 1), gini_unweighted (the Gini of the L, each counting the same), theil (sum of p ln L, 0 and up), variance (squared coefficient of variation of the L; sum of (p - q)^2 / q), chi2 (the same whatever the weight), squares (sum of (p - q)^2, the G of Ellison and Glaeser), herfindahl (sum of p^2, without a reference). reference: total (all industries together, its own included), rest (all others together), mean (unweighted mean of the others'' shares), pairs (mean of the index against each other industry), uniform (every region the same), given (base: the values of a reference in one row or one column of regions), or area, population or gross_product (the column of that name in base, a region x attribute matrix); regions that only the base has count with p = 0. weight: reference (a place counts as its q) or uniform (all regions with q > 0 count the same, and the quotients are taken relative to their mean). half: half the value, as in the Gini of Krugman 1991 (0 to 1/2). status: ok; incomplete totals (given, but the reference contains suppressed cells); too few (no other industry to compare with); no base (the industry''s or the reference''s total is zero, or q is zero where p is not and the projection divides by it); negative; suppressed. The value is NULL unless the status is one of the first two. matrix NULL: no rows. Errors: an unknown word, a base without need or missing, a base that lacks a region or has it suppressed. Sources: Hoover 1936; Krugman 1991; Ellison and Glaeser 1997 (squares); Mori, Nishikimi and Smith 2005 (theil); Bruelhart and Traeger 2005; Suedekum 2006 (gini_unweighted); Bickenbach and Bode 2008.';

-- Since: 0.1.0
CREATE FUNCTION kz_industry_profile(
	matrix kz_matrix,
	attributes kz_matrix DEFAULT NULL,
	threshold float8 DEFAULT 1,
	entropy_base float8 DEFAULT 2.718281828459045,
	reference kz_matrix DEFAULT NULL
)
RETURNS TABLE (
	industry text,
	total float8,
	share float8,
	regions bigint,
	ubiquity bigint,
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
	largest_lq float8,
	leading_region text,
	raw_concentration float8,
	absolute_gini float8,
	absolute_theil float8,
	topographic_hoover float8,
	topographic_gini float8,
	topographic_theil float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 500
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_industry_profile(kz_matrix, kz_matrix, float8, float8, kz_matrix) IS
'Returns a row for each industry of a region x industry matrix with its indices of concentration side by side. attributes: region x attribute; its column area is the reference of the topographic indices. reference: the values of a reference in one row or one column of regions (population, a larger aggregate), which replace the row sums; regions that only it has count with a share of zero. With s the industry''s shares of regions, x the reference''s and n the number of regions: total (units of value); share of the matrix''s total; regions with s > 0; ubiquity, the number of regions with a location quotient of at least threshold; herfindahl to berger_parker as in kz_region_profile, of s; hoover, krugman, gini (the locational Gini, 0 to 1), gini_unweighted, theil and chi2 as in kz_concentration_index against x; largest_lq, the largest quotient s / x, and the region that has it; raw_concentration, sum of (s - x)^2; absolute_gini and absolute_theil, against the same share for every region; topographic_hoover, topographic_gini and topographic_theil, against the shares of the area, which are NULL without it. status: ok; incomplete totals (given, but the reference contains suppressed cells); too few (one region: no evenness, and with n = 1 no normalized forms); no base (the industry''s or the reference''s total is zero, or a region has s > 0 and x = 0 or no area); negative; suppressed. What is undefined is NULL, and nothing else. matrix NULL: no rows. Errors: threshold below 0, entropy_base not above 1, a reference or an area that lacks a region or has it suppressed. Sources: as in kz_concentration_index and kz_region_profile.';
