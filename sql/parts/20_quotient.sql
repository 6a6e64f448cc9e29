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
