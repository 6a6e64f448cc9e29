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
'Bounds the suppressed cells of a region x industry matrix, one row each. low, high: region x industry, bounds of the cell''s whole value (a size class, say), both ends included; where they have no value the cell is at least what is disclosed of it (zero, where nothing is) and has no upper bound. region_totals: region x 1, or attributes with a column named total; industry_totals: 1 x industry; the sums of exactly the cells of the matrix, for all or some labels (others are not known). A suppressed cell is at most its total less all others at their lower bounds and at least its total less all others at their upper bounds, by region and by industry in turn until no bound moves; tolerance (units of the value) is by how much a total may miss the sum of its cells where figures were rounded. The bounds contain every table that fits; with the totals of one side they are sharp. high NULL: no upper bound. status: ok; contradiction (low above high, or no values within the bounds add up to the total of the region or of the industry, which is then left out of the other cells'' bounds), with bounds NULL. Totals of regions and industries without suppressed cells are not looked at here, but by kz_quotient_bounds. matrix NULL: no rows. Errors: totals of the wrong shape, totals of all regions that do not add up to those of all industries, a tolerance below zero. Sources: Isserman and Westervelt 2006; Buzzigoli and Giusti 1999.';

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
'Bounds the location quotient of every cell of a matrix with suppressed cells, one row each. Arguments as in kz_suppressed_bounds; threshold: what above_threshold compares with; with fill also the absent cells, as zeros. value: as disclosed; value_low and value_high: its bounds; lq: the quotient where it is known for certain; lq_low and lq_high: its smallest and largest value over all values that cells and totals may have (lq_high NULL: no upper bound); above_threshold: true if the quotient is at least threshold for certain, false if it is below for certain, NULL if that is not known. Totals are the published ones, as they are, where given, else sums. Sharp without totals and with those of one side. status: ok (the quotient is known); incomplete totals (only totals are not); suppressed (the cell is not); negative (the cell, a total or what must be left of it may be below zero), no base (a total is zero), contradiction (as in kz_suppressed_bounds, also of a published total without suppressed cells), all three without bounds. Bounds hold where the quotient is defined. matrix NULL: no rows. Errors: as in kz_suppressed_bounds; a threshold that is negative or not finite.';

-- Since: 0.1.0
CREATE FUNCTION kz_finest_disclosed(matrix kz_matrix, hierarchy kz_matrix, tolerance float8 DEFAULT 0)
RETURNS TABLE (
	region text,
	code text,
	disclosed_code text,
	level integer,
	value float8,
	remainder float8,
	in_partition boolean,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_finest_disclosed(kz_matrix, kz_matrix, float8) IS
'Finds the nearest disclosed figure of every cell of a matrix with parents and children side by side, and figures that may be added up. matrix: region x code. hierarchy: code x parent, any value but zero; a parent may be a code and have a parent of its own; codes that it lacks, and those that are their own parent, stand at the top. disclosed_code: the code itself or its nearest ancestor with a disclosed figure in the region, level: how many steps up that is, value: its figure; all three NULL, with the status suppressed, where there is none. An ancestor that is absent from the region is passed over. remainder: of a disclosed figure, what is in no finer disclosed figure, that is the figure less the nearest disclosed ones below it; remainders add up to all that is disclosed, and nothing is counted twice. in_partition: is the figure one of those that cover as much as possible, as finely as possible, and never contain a parent and its child? A code is covered by its children if all that the region has are covered and, where the code is disclosed, they add up to it within tolerance (units of the value); else by its own figure. status: ok; suppressed; contradiction (the figures below add up to more than the figure and tolerance). matrix NULL: no rows. Errors: hierarchy NULL, a code with two parents, codes in a circle, a tolerance below zero.';

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
'Lists the cells that a mask hides, with what an onlooker can compute of them who sees all other cells and all totals and knows that no value is negative. matrix: region x industry, true values; mask: region x industry, any value but zero hides, NULL too. low, high: bounds as in kz_suppressed_bounds from the totals (NULL where a masked value is negative). derivable: can the value be computed exactly? This is found by the cycles of the graph of masked cells, not by the bounds, so none is missed. derivable_from: region total or industry total (that one alone gives it away), or all totals (together). Narrow bounds are a risk too: judge high - low by your own rule. value NULL: not known. matrix NULL: no rows; mask NULL: nothing is masked. Error: a masked label that the matrix lacks. Source: Gusfield 1988.';

-- Since: 0.1.0
CREATE FUNCTION kz_complementary_mask(matrix kz_matrix, mask kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_complementary_mask(kz_matrix, kz_matrix) IS
'Adds to a mask the cells that must be hidden besides, so that no masked cell can be computed from the totals: for each that can, in order of labels, the cheapest cycle of positive cells, the cost being their values. Arguments as in kz_disclosure_risk. Returns region x industry: 1 where mask hides, 2 where the complement does. Not the least complement of all masked cells together, which is hard to find. matrix NULL: NULL; mask NULL: nothing is masked. Errors: a masked cell that no complement can hide (the only positive one of its region or industry, say), a masked label that the matrix lacks. Source: Gusfield 1988.';

-- Since: 0.1.0
CREATE FUNCTION kz_sufficient_mask(matrix kz_matrix, mask kz_matrix) RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sufficient_mask(kz_matrix, kz_matrix) IS
'Returns a mask as ones, or fails if a masked cell can be computed from the other cells and the totals. kz_masked_coefficients calls it. Arguments as in kz_disclosure_risk. matrix NULL: NULL; mask NULL: nothing is masked. Errors: a masked cell that can be computed, a masked label that the matrix lacks.';

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
'Returns what kz_coefficients does, from true values and true totals, without what would tell the value of a masked cell: there value, region_share, industry_share, lq, cs, pc and excess are NULL and the status is suppressed. matrix: true values; mask: region x industry, any value but zero hides, NULL too; a masked cell is listed even where it is absent. Otherwise as kz_coefficients. Fails rather than show a table from which a masked cell can be computed, from one row or from all; kz_complementary_mask makes such a mask sufficient. mask NULL: nothing is masked. Errors: as in kz_sufficient_mask and kz_coefficients.';
