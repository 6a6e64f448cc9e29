-- scoring: rules that tell clusters from coefficients

-- Since: 0.1.0
CREATE FUNCTION kz_cluster_stars(
	matrix kz_matrix,
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	size_percentile float8 DEFAULT 0.9,
	threshold float8 DEFAULT 2,
	focus_percentile float8 DEFAULT 0.9,
	focus text DEFAULT 'all',
	fill boolean DEFAULT false
)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	region_total float8,
	ref_value float8,
	ref_total float8,
	lq float8,
	industry_share float8,
	size_star boolean,
	specialization_star boolean,
	focus_star boolean,
	stars integer,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cluster_stars(kz_matrix, kz_matrix, kz_matrix, kz_matrix, float8, float8, float8, text, boolean) IS
'Gives each cell of a region x industry matrix up to three stars, with a reason each. size_star: the value is at or above the size_percentile of the industry''s values over all regions. specialization_star: the location quotient lq is at least threshold. focus_star: industry_share = value / region total is at or above the focus_percentile of these shares over all cells (focus ''all'') or over the industry''s (''industry''), of regions with a total. Absent cells count as zeros, values that are suppressed or negative do not count; percentiles are of type 7 (linear interpolation), and a zero never has a star for size or focus. attributes, reference, reference_attributes, fill and the totals as in kz_coefficients. stars: their number; NULL where one is unknown. status: as in kz_coefficients, and incomplete totals also where a percentile leaves out suppressed values. matrix NULL: no rows. Errors: as in kz_coefficients; a percentile outside 0 to 1; focus is another word. Source: European Cluster Observatory.';

-- Since: 0.1.0
CREATE FUNCTION kz_strong_clusters(
	matrix kz_matrix,
	establishments kz_matrix DEFAULT NULL,
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	percentile float8 DEFAULT 0.75,
	minimum_quotient float8 DEFAULT 0,
	minimum_value float8 DEFAULT 0,
	minimum_establishments float8 DEFAULT 0,
	fill boolean DEFAULT false
)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	region_total float8,
	ref_value float8,
	ref_total float8,
	establishments float8,
	lq float8,
	cutoff float8,
	high_quotient boolean,
	enough_value boolean,
	enough_establishments boolean,
	strong boolean,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_strong_clusters(kz_matrix, kz_matrix, kz_matrix, kz_matrix, kz_matrix, float8, float8, float8, float8, boolean) IS
'Tells which cells of a region x industry matrix are strong clusters, with the reasons. cutoff: the percentile (type 7) of the industry''s location quotients over all regions with a total, those without the industry being zeros. high_quotient: lq is above zero, at least cutoff and at least minimum_quotient. enough_value: the value is at least minimum_value. enough_establishments: the number of establishments (region x industry) is at least minimum_establishments; NULL and not required where establishments is NULL. strong: all of them; NULL where that is unknown. attributes, reference, reference_attributes, fill and the totals as in kz_coefficients. status: as in kz_coefficients, and incomplete totals also where the cutoff leaves out suppressed cells, suppressed also where the establishments are. matrix NULL: no rows. Errors: as in kz_coefficients; percentile outside 0 to 1; a minimum that is negative, NaN or infinity; minimum_establishments without establishments. Sources: US Cluster Mapping (the defaults; its least employment and establishments are not published as numbers, so they are yours to choose); Delgado, Porter and Stern 2014 (percentile 0.8).';

-- Since: 0.1.0
CREATE FUNCTION kz_traded_industries(
	matrix kz_matrix,
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	minimum_share float8 DEFAULT 0.5,
	minimum_quotient float8 DEFAULT 2,
	minimum_gini float8 DEFAULT 0.3,
	top integer DEFAULT 5,
	threshold float8 DEFAULT 1
)
RETURNS TABLE (
	industry text,
	industry_total float8,
	specialized_share float8,
	top_lq float8,
	gini float8,
	high_share boolean,
	high_quotient boolean,
	high_gini boolean,
	traded boolean,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_traded_industries(kz_matrix, kz_matrix, kz_matrix, kz_matrix, float8, float8, float8, integer, float8) IS
'Tells for each industry of a region x industry matrix whether it is traded, that is concentrated in some regions and selling to others, or local, with the reasons. specialized_share: the share of industry_total in regions whose location quotient is at least threshold. top_lq: mean location quotient of the top regions by quotient; regions without the industry are zeros. gini: locational Gini, of the industry''s distribution over the regions against that of all industries, 0 to 1. high_share, high_quotient, high_gini: they are at least minimum_share, minimum_quotient, minimum_gini; traded: all three; NULL where that is unknown. Regions whose quotient is suppressed or undefined do not count. attributes, reference and reference_attributes as in kz_coefficients. status: ok; suppressed (so is all there is of the industry); no base (industry_total is zero); negative; too few (fewer regions than top); incomplete totals (given, but a total contains suppressed cells, or a quotient is suppressed). matrix NULL: no rows. Errors: as in kz_coefficients; a minimum or threshold that is negative, NaN or infinity; top below 1. Source: Porter 2003.';

-- Since: 0.1.0
CREATE FUNCTION kz_growth_quadrants(
	start kz_matrix,
	finish kz_matrix,
	reference_start kz_matrix DEFAULT NULL,
	reference_finish kz_matrix DEFAULT NULL,
	threshold float8 DEFAULT 1,
	tolerance float8 DEFAULT 0
)
RETURNS TABLE (
	region text,
	industry text,
	start_value float8,
	finish_value float8,
	start_lq float8,
	finish_lq float8,
	lq_change float8,
	growth float8,
	reference_growth float8,
	quadrant text,
	outlook text,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_growth_quadrants(kz_matrix, kz_matrix, kz_matrix, kz_matrix, float8, float8) IS
'Returns the place of each cell of two region x industry matrices, of a start and a finish, among the quadrants of level and growth. A cell that one of them lacks is a zero there. growth = finish_value / start_value - 1, over the whole span; reference_growth the same of the industry in the reference (the column sums, or reference_start and reference_finish, 1 x industry). quadrant: star (finish_lq at least threshold, lq_change above tolerance), mature (at least, not above), emerging (below, above), transforming (below, not above). outlook: strength (finish_lq at least threshold, reference_growth zero or more), risk (at least, below zero), opportunity (below, zero or more), weakness (below, below zero). status: of both dates, as in kz_coefficients, and no base also where start_value or the reference''s start is zero (no growth); what is undefined is NULL. start or finish NULL: no rows. Errors: as in kz_coefficients; threshold or tolerance is negative, NaN or infinity. Sources: star to transforming as in the regional cluster studies of Purdue University; strength to weakness as in commercial labour market reports.';
