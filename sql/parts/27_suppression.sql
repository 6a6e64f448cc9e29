-- suppression: bounds of what is suppressed, the finest disclosed figures, coefficients that hide what they must

-- Since: 0.1.0
CREATE FUNCTION kz_suppressed_bounds(
	matrix kz_matrix,
	low kz_matrix DEFAULT NULL,
	high kz_matrix DEFAULT NULL,
	region_totals kz_matrix DEFAULT NULL,
	industry_totals kz_matrix DEFAULT NULL,
	tolerance float8 DEFAULT 0
)
RETURNS TABLE (region text, industry text, low float8, high float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_suppressed_bounds(kz_matrix, kz_matrix, kz_matrix, kz_matrix, kz_matrix, float8) IS
'x';

-- Since: 0.1.0
CREATE FUNCTION kz_quotient_bounds(
	matrix kz_matrix,
	low kz_matrix DEFAULT NULL,
	high kz_matrix DEFAULT NULL,
	region_totals kz_matrix DEFAULT NULL,
	industry_totals kz_matrix DEFAULT NULL,
	tolerance float8 DEFAULT 0,
	threshold float8 DEFAULT 1,
	fill boolean DEFAULT false
)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	value_low float8,
	value_high float8,
	lq float8,
	lq_low float8,
	lq_high float8,
	above_threshold boolean,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_quotient_bounds(kz_matrix, kz_matrix, kz_matrix, kz_matrix, kz_matrix, float8, float8, boolean) IS
'x';
