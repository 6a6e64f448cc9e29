-- quotient: location quotient, coefficients of specialization and of per-capita production, shares

-- scalars, of totals in hand

-- Since: 0.1.0
CREATE FUNCTION kz_share_quotient(part float8, part_total float8, base float8, base_total float8) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_share_quotient(float8, float8, float8, float8) IS
'Returns (part / part_total) / (base / base_total), the one number behind all three coefficients. NULL where an argument is NULL or negative, a total is zero, or base is zero. Error: NaN or infinity.';

-- Since: 0.1.0
CREATE FUNCTION kz_location_quotient(value float8, industry_total float8, region_total float8, total float8) RETURNS float8
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT kz_share_quotient($1, $2, $3, $4);
END;
COMMENT ON FUNCTION kz_location_quotient(float8, float8, float8, float8) IS
'Location quotient of totals in hand: (value / industry_total) / (region_total / total). NULL as in kz_share_quotient. Source: Haig 1926; Hoover 1936; Balassa 1965.';

-- Since: 0.1.0
CREATE FUNCTION kz_specialization_coefficient(value float8, industry_total float8, gross_product float8, total_gross_product float8) RETURNS float8
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT kz_share_quotient($1, $2, $3, $4);
END;
COMMENT ON FUNCTION kz_specialization_coefficient(float8, float8, float8, float8) IS
'Coefficient of specialization of totals in hand: (value / industry_total) / (gross_product / total_gross_product). NULL as in kz_share_quotient. Source: Ermishina. Not the half-sum of absolute share differences that Hoover calls so.';

-- Since: 0.1.0
CREATE FUNCTION kz_per_capita_coefficient(value float8, industry_total float8, population float8, total_population float8) RETURNS float8
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1
BEGIN ATOMIC
	SELECT kz_share_quotient($1, $2, $3, $4);
END;
COMMENT ON FUNCTION kz_per_capita_coefficient(float8, float8, float8, float8) IS
'Coefficient of per-capita production of totals in hand: (value / industry_total) / (population / total_population). NULL as in kz_share_quotient. Source: Ermishina.';

-- look-ups in a matrix

-- Since: 0.1.0
CREATE FUNCTION kz_location_quotient(matrix kz_matrix, region "any", industry "any") RETURNS float8
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_location_quotient_lookup';
COMMENT ON FUNCTION kz_location_quotient(kz_matrix, "any", "any") IS
'Location quotient of a cell of a region x industry matrix, against the matrix''s own totals. The matrix is indexed once a query, so with a matrix from an uncorrelated subquery the facts stream. 0 where the cell is absent; NULL where it is suppressed or negative, a total is zero, or the matrix lacks a label. Source: Haig 1926; Hoover 1936; Balassa 1965.';

-- Since: 0.1.0
CREATE FUNCTION kz_specialization_coefficient(matrix kz_matrix, attributes kz_matrix, region "any", industry "any") RETURNS float8
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_specialization_coefficient_lookup';
COMMENT ON FUNCTION kz_specialization_coefficient(kz_matrix, kz_matrix, "any", "any") IS
'Coefficient of specialization of a cell: the region''s share of the industry over its share of the attribute ''gross_product'' (attributes: region x attribute). NULL as in the look-up kz_location_quotient, and where the region has no gross product. Source: Ermishina.';

-- Since: 0.1.0
CREATE FUNCTION kz_per_capita_coefficient(matrix kz_matrix, attributes kz_matrix, region "any", industry "any") RETURNS float8
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_per_capita_coefficient_lookup';
COMMENT ON FUNCTION kz_per_capita_coefficient(kz_matrix, kz_matrix, "any", "any") IS
'Coefficient of per-capita production of a cell: the region''s share of the industry over its share of the attribute ''population'' (attributes: region x attribute). NULL as in the look-up kz_location_quotient, and where the region has no population. Source: Ermishina.';

-- Since: 0.1.0
CREATE FUNCTION kz_region_share(matrix kz_matrix, region "any", industry "any") RETURNS float8
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_region_share_lookup';
COMMENT ON FUNCTION kz_region_share(kz_matrix, "any", "any") IS
'The region''s share of the industry, value / industry total, between 0 and 1. NULL as in the look-up kz_location_quotient.';

-- Since: 0.1.0
CREATE FUNCTION kz_industry_share(matrix kz_matrix, region "any", industry "any") RETURNS float8
LANGUAGE C STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_industry_share_lookup';
COMMENT ON FUNCTION kz_industry_share(kz_matrix, "any", "any") IS
'The industry''s share of the region, value / region total, between 0 and 1. NULL as in the look-up kz_location_quotient.';

-- window functions

-- Since: 0.1.0
CREATE FUNCTION kz_location_quotient(region "any", industry "any", value float8) RETURNS float8
WINDOW LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_location_quotient_window';
COMMENT ON FUNCTION kz_location_quotient("any", "any", float8) IS
'Location quotient of each row within its partition: OVER (PARTITION BY period). Rows of one region and industry add up and all show their cell''s quotient; order and frame make no difference. NULL where the cell is suppressed (any of its values is NULL) or negative, or a total is zero. Errors: a NULL label, NaN or infinity. Source: Haig 1926; Hoover 1936; Balassa 1965.';

-- Since: 0.1.0
CREATE FUNCTION kz_region_share(region "any", industry "any", value float8) RETURNS float8
WINDOW LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_region_share_window';
COMMENT ON FUNCTION kz_region_share("any", "any", float8) IS
'The region''s share of the industry of each row within its partition, between 0 and 1. Otherwise as the window function kz_location_quotient.';

-- Since: 0.1.0
CREATE FUNCTION kz_industry_share(region "any", industry "any", value float8) RETURNS float8
WINDOW LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_industry_share_window';
COMMENT ON FUNCTION kz_industry_share("any", "any", float8) IS
'The industry''s share of the region of each row within its partition, between 0 and 1. Otherwise as the window function kz_location_quotient.';

-- Since: 0.1.0
CREATE FUNCTION kz_specialization_coefficient(region "any", industry "any", value float8, gross_product float8) RETURNS float8
WINDOW LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_specialization_coefficient_window';
COMMENT ON FUNCTION kz_specialization_coefficient("any", "any", float8, float8) IS
'Coefficient of specialization of each row within its partition. gross_product is the region''s, repeated on its rows; the reference is the sum over the regions of the partition. Where both labels are numbers, use the form with reference_gross_product. NULL also where the region''s gross product is NULL or zero. Error also: a region with more than one gross product. Otherwise as the window function kz_location_quotient. Source: Ermishina.';

-- Since: 0.1.0
CREATE FUNCTION kz_specialization_coefficient(region "any", industry "any", value float8, gross_product float8, reference_gross_product float8) RETURNS float8
WINDOW LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_specialization_coefficient_window';
COMMENT ON FUNCTION kz_specialization_coefficient("any", "any", float8, float8, float8) IS
'As the form without reference_gross_product, against a published gross product of the reference; NULL stands for the sum over the regions of the partition.';

-- Since: 0.1.0
CREATE FUNCTION kz_per_capita_coefficient(region "any", industry "any", value float8, population float8) RETURNS float8
WINDOW LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_per_capita_coefficient_window';
COMMENT ON FUNCTION kz_per_capita_coefficient("any", "any", float8, float8) IS
'Coefficient of per-capita production of each row within its partition. population is the region''s, repeated on its rows; the reference is the sum over the regions of the partition. Where both labels are numbers, use the form with reference_population. NULL also where the region''s population is NULL or zero. Error also: a region with more than one population. Otherwise as the window function kz_location_quotient. Source: Ermishina.';

-- Since: 0.1.0
CREATE FUNCTION kz_per_capita_coefficient(region "any", industry "any", value float8, population float8, reference_population float8) RETURNS float8
WINDOW LANGUAGE C STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'kz_per_capita_coefficient_window';
COMMENT ON FUNCTION kz_per_capita_coefficient("any", "any", float8, float8, float8) IS
'As the form without reference_population, against a published population of the reference; NULL stands for the sum over the regions of the partition.';

-- rows

-- Since: 0.1.0
CREATE FUNCTION kz_coefficients(
	matrix kz_matrix,
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	fill boolean DEFAULT false
)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	region_total float8,
	industry_total float8,
	ref_value float8,
	ref_total float8,
	region_share float8,
	reference_share float8,
	industry_share float8,
	lq float8,
	cs float8,
	pc float8,
	excess float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_coefficients(kz_matrix, kz_matrix, kz_matrix, kz_matrix, boolean) IS
'Returns a row for each cell of a region x industry matrix with everything known of it. attributes: region x attribute, with gross_product (for cs), population (for pc) and total (a published total that replaces the sum of the region''s cells, and whose sum, with the cells of regions that have none, replaces the reference''s total). reference: 1 x industry, replaces the column sums (published national figures, a larger area). reference_attributes: 1 x attribute, replaces the sums of attributes and, as total, the reference''s total. With fill also the absent cells, as zeros. region_share = value / ref_value; reference_share = ref_value / ref_total; industry_share = value / region_total; lq = location quotient = industry_share / reference_share; cs = coefficient of specialization = region_share over the region''s share of gross_product; pc = coefficient of per-capita production = region_share over its share of population; excess = value - region_total * reference_share (units of value). status: ok; suppressed; negative; no base (a total is zero); incomplete totals (given, but a total contains suppressed cells and is a lower bound, or the reference''s gross product or population is a sum that lacks a region); no gross product, no population (given for other regions, but not for this one). A coefficient that is undefined is NULL. matrix NULL: no rows. Errors: a reference of more than one row or without an industry of the matrix. Sources: Haig 1926; Hoover 1936; Ermishina; Fingleton, Igliori and Moore 2004 (excess).';

-- other forms, of totals in hand

-- Since: 0.1.0
CREATE FUNCTION kz_symmetric_quotient(lq float8) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_symmetric_quotient(float8) IS
'Symmetric form of a location quotient: (lq - 1) / (lq + 1), from -1 over 0 (the reference) to 1. NULL where lq is NULL or negative. Error: NaN or infinity. Source: Laursen 1998.';

-- Since: 0.1.0
CREATE FUNCTION kz_normalized_quotient(value float8, industry_total float8, region_total float8, total float8) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_normalized_quotient(float8, float8, float8, float8) IS
'Normalized form of a location quotient, of totals in hand: value / total - (industry_total / total) * (region_total / total), between -1/4 and 1/4; 0 is the reference, and the sum over regions or over industries is 0. NULL where an argument is NULL or negative or total is zero. Error: NaN or infinity. Source: Yu, Cai and Leung 2009.';

-- Since: 0.1.0
CREATE FUNCTION kz_litzenberger_sternberg(
	value float8,
	establishments float8,
	area float8,
	population float8,
	industry_total float8,
	industry_establishments float8,
	total_area float8,
	total_population float8
)
RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_litzenberger_sternberg(float8, float8, float8, float8, float8, float8, float8, float8) IS
'Cluster index of totals in hand: value * establishments * total_area * total_population / (area * population * industry_total * industry_establishments), the relative density times the relative stock over the relative size of the establishments; 0 and up, 1 is the reference. 0 where value is 0. NULL where an argument is NULL or negative, a total, area or population is zero, or there is a value without establishments. Error: NaN or infinity. Source: Litzenberger and Sternberg 2006.';

-- other forms, as rows and as a matrix

-- Since: 0.1.0
CREATE FUNCTION kz_quotient_forms(
	matrix kz_matrix,
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	fill boolean DEFAULT false,
	sample boolean DEFAULT true,
	zeros text DEFAULT 'skip'
)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	region_total float8,
	ref_value float8,
	ref_total float8,
	lq float8,
	symmetric_lq float8,
	log_lq float8,
	normalized_lq float8,
	additive_lq float8,
	additive_region_lq float8,
	excess float8,
	standardized_lq float8,
	standardized_log_lq float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_quotient_forms(kz_matrix, kz_matrix, kz_matrix, kz_matrix, boolean, boolean, text) IS
'Returns a row for each cell of a region x industry matrix with the other forms of its location quotient lq. attributes, reference, reference_attributes and fill as in kz_coefficients, so that lq, region_total, ref_value and ref_total are the same; of the attributes only total counts. symmetric_lq = (lq - 1) / (lq + 1); log_lq = natural logarithm of lq; normalized_lq = value / ref_total - region_total * ref_value / ref_total^2; additive_lq = industry_share - reference_share; additive_region_lq = region_share - region_total / ref_total; excess = value - region_total * reference_share (units of value); standardized_lq = (lq - mean) / standard deviation over all regions of the matrix with a total, within the industry, those without the industry being zeros; standardized_log_lq the same of log_lq. sample: divide by n - 1 (true) or n in the standard deviation. zeros: standardized_log_lq is over the regions whose lq is above zero (''skip'') or not defined in an industry where one is zero (''undefined''). Regions whose lq is suppressed or undefined do not count in mean and standard deviation. status: as in kz_coefficients, and too few (fewer than two regions to standardize over), no variation (their quotients are equal), zero (a zero has no logarithm); forms that are undefined are NULL, the others given. Errors: as in kz_coefficients; zeros is another word. Sources: Laursen 1998; Yu, Cai and Leung 2009; Hoen and Oosterhaven 2006 (additive); Fingleton, Igliori and Moore 2004 (excess); O''Donoghue and Gleave 2004 (standardized); Tian 2013 (standardized logarithm).';

-- Since: 0.1.0
CREATE FUNCTION kz_quotient_matrix(
	matrix kz_matrix,
	form text DEFAULT 'location',
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	threshold float8 DEFAULT 1,
	sample boolean DEFAULT true,
	zeros text DEFAULT 'skip'
)
RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_quotient_matrix(kz_matrix, text, kz_matrix, kz_matrix, kz_matrix, float8, boolean, text) IS
'Returns a form of the location quotient of every cell as a region x industry matrix. form: location, symmetric, log, normalized, additive, additive_region, excess, standardized, standardized_log (as the columns of kz_quotient_forms), or presence: 1 where the location quotient is above zero and at least threshold, else 0. location and presence have the cells that the matrix has, since an absent cell stays zero; the other forms have every cell. What is suppressed or undefined becomes a suppressed cell; presence is 0 for zeros of a region or industry without any total. attributes, reference and reference_attributes as in kz_coefficients; sample and zeros as in kz_quotient_forms. matrix NULL: NULL. Errors: as in kz_coefficients; form or zeros is another word; threshold is negative, NaN or infinity.';

-- quotients of a cell together with others

-- Since: 0.1.0
CREATE FUNCTION kz_cluster_index(
	matrix kz_matrix,
	establishments kz_matrix,
	attributes kz_matrix,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	reference_establishments kz_matrix DEFAULT NULL,
	fill boolean DEFAULT false
)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	establishments float8,
	density float8,
	stock float8,
	size float8,
	cluster_index float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cluster_index(kz_matrix, kz_matrix, kz_matrix, kz_matrix, kz_matrix, kz_matrix, boolean) IS
'Returns the cluster index of Litzenberger and Sternberg for each cell of a region x industry matrix (usually employment). establishments: region x industry, their numbers; attributes: region x attribute, with area and population. density = value per area over that of the reference; stock = value per head over that of the reference; size = value per establishment over that of the reference; cluster_index = density * stock / size, 0 and up, 1 is the reference; large establishments lower it. 0 where the value is 0. The reference is the sum over the regions, or reference (1 x industry), reference_establishments (1 x industry) and reference_attributes (1 x attribute). With fill also the absent cells, as zeros. status: as in kz_coefficients, and no area, no population (unknown, zero or negative for the region: no density or stock, and no index), no base also where there is a value without establishments, zero (neither value nor establishments: no size, and an index of 0), suppressed also where the establishments are. matrix NULL: no rows. Errors: establishments or attributes is NULL; attributes lacks area or population; a reference of more than one row or without an industry. Source: Litzenberger and Sternberg 2006.';

-- Since: 0.1.0
CREATE FUNCTION kz_cross_industry_quotient(
	matrix kz_matrix,
	region text,
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL
)
RETURNS TABLE (industry text, other_industry text, cilq float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cross_industry_quotient(kz_matrix, text, kz_matrix, kz_matrix, kz_matrix) IS
'Returns the cross-industry location quotient of each pair of industries in one region: cilq = location quotient of industry (the seller) over that of other_industry (the buyer), which is the region''s share of the one over its share of the other; 0 and up, 1 on the diagonal. reference: 1 x industry, replaces the column sums. status: ok; suppressed; negative; no base (the region has nothing of other_industry, or a total is zero); incomplete totals (the total of one of the two industries is a lower bound). matrix or region NULL: no rows. Errors: the matrix lacks the region; as in kz_coefficients. Source: Morrison and Smith 1974.';

-- Since: 0.1.0
CREATE FUNCTION kz_focal_quotient(
	matrix kz_matrix,
	weights kz_matrix,
	attributes kz_matrix DEFAULT NULL,
	reference kz_matrix DEFAULT NULL,
	reference_attributes kz_matrix DEFAULT NULL,
	include_self boolean DEFAULT true,
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
	focal_value float8,
	focal_total float8,
	focal_lq float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_focal_quotient(kz_matrix, kz_matrix, kz_matrix, kz_matrix, kz_matrix, boolean, boolean) IS
'Returns the focal (spatial) location quotient: that of a region together with its neighbours. weights: region x region, not negative; the scale of a row makes no difference. region_total, ref_value, ref_total and lq are the region''s own, as in kz_coefficients. focal_value = sum over regions of weight * value, focal_total = sum of weight * region total, focal_lq = (focal_value / focal_total) over the industry''s share of the reference. The region''s own weight is that on the diagonal; where this is zero or absent, the largest of its row, and 1 if it has no neighbours. include_self false: neighbours only. A row for each cell that the region or a neighbour has, with fill for every cell. attributes, reference and reference_attributes as in kz_coefficients. status: as in kz_coefficients for lq and focal_lq together, the worse; suppressed also where a neighbour''s cell is. matrix NULL: no rows. Errors: weights is NULL, lacks a region, or has a suppressed or negative weight; as in kz_coefficients. Source: Cromley and Hanink 2012.';
