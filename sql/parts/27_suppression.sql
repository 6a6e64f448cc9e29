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

-- Since: 0.1.0
CREATE FUNCTION kz_finest_disclosed(matrix kz_matrix, hierarchy kz_matrix, tolerance float8 DEFAULT 0)
RETURNS TABLE (
	region text,
	code text,
	disclosed_code text,
	level integer,
	value float8,
	in_partition boolean,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_finest_disclosed(kz_matrix, kz_matrix, float8) IS
'x';

-- Since: 0.1.0
CREATE FUNCTION kz_disclosure_risk(matrix kz_matrix, mask kz_matrix)
RETURNS TABLE (
	region text,
	industry text,
	value float8,
	low float8,
	high float8,
	derivable boolean,
	derivable_from text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_disclosure_risk(kz_matrix, kz_matrix) IS
'x';

-- Since: 0.1.0
CREATE FUNCTION kz_complementary_mask(matrix kz_matrix, mask kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_complementary_mask(kz_matrix, kz_matrix) IS
'x';

-- Since: 0.1.0
CREATE FUNCTION kz_sufficient_mask(matrix kz_matrix, mask kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sufficient_mask(kz_matrix, kz_matrix) IS
'x';

-- Since: 0.1.0
CREATE FUNCTION kz_masked_coefficients(
	matrix kz_matrix,
	mask kz_matrix,
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
LANGUAGE SQL STABLE PARALLEL SAFE COST 1000 ROWS 10000
BEGIN ATOMIC
	WITH checked AS MATERIALIZED (
		SELECT kz_sufficient_mask(matrix, mask) AS hidden)
	SELECT c.region, c.industry,
		CASE WHEN NOT m.hidden THEN c.value END,
		c.region_total, c.industry_total, c.ref_value, c.ref_total,
		CASE WHEN NOT m.hidden THEN c.region_share END,
		c.reference_share,
		CASE WHEN NOT m.hidden THEN c.industry_share END,
		CASE WHEN NOT m.hidden THEN c.lq END,
		CASE WHEN NOT m.hidden THEN c.cs END,
		CASE WHEN NOT m.hidden THEN c.pc END,
		CASE WHEN NOT m.hidden THEN c.excess END,
		CASE WHEN m.hidden THEN 'suppressed' ELSE c.status END
	FROM checked,
		LATERAL kz_coefficients(matrix + checked.hidden * 0, attributes, reference, reference_attributes, fill) c,
		LATERAL (SELECT coalesce(kz_value(checked.hidden, c.region, c.industry) <> 0, false) AS hidden OFFSET 0) m;
END;
COMMENT ON FUNCTION kz_masked_coefficients(kz_matrix, kz_matrix, kz_matrix, kz_matrix, kz_matrix, boolean) IS
'x';
