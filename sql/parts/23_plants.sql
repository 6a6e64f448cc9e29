-- plants: concentration given the sizes of plants, coagglomeration of pairs and groups, colocation

-- Since: 0.1.0
CREATE FUNCTION kz_plant_concentration(
	matrix kz_matrix,
	plant_sizes kz_matrix,
	reference kz_matrix DEFAULT NULL
)
RETURNS TABLE (
	industry text,
	plants bigint,
	herfindahl float8,
	raw_concentration float8,
	ellison_glaeser float8,
	ellison_glaeser_variance float8,
	ellison_glaeser_z float8,
	ellison_glaeser_p float8,
	maurel_sedillot float8,
	devereux_griffith_simpson float8,
	devereux_griffith_simpson_excess float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_plant_concentration(kz_matrix, kz_matrix, kz_matrix) IS
'Returns a row for each industry of a region x industry matrix with its geographic concentration beyond that of its plants. plant_sizes: plant x industry, kz_matrix_agg(plant, industry, jobs) of the rows behind the matrix; a plant''s label must be its own across all regions; an industry that only plant_sizes has is ignored. reference: region x 1, the x of the equations, against which an industry is concentrated (all jobs, population), also of regions that the matrix lacks; NULL: the region totals of the matrix. With s the region''s share of the industry, x its share of the reference and z a plant''s share of the industry: plants = plants with a positive or suppressed value; herfindahl H = sum z^2; raw_concentration G = sum (s - x)^2; ellison_glaeser = (G - (1 - sum x^2) H) / ((1 - sum x^2) (1 - H)); ellison_glaeser_variance, of that, were every plant placed at random with the probabilities x; ellison_glaeser_z, _p = the index over its standard deviation, and the two-sided p of the normal distribution, an approximation that needs many plants; maurel_sedillot = ((sum s^2 - sum x^2) / (1 - sum x^2) - H) / (1 - H); devereux_griffith_simpson = sum s^2 - H; _excess = the same of both terms less their least values, (sum s^2 - 1 / min(plants, regions)) - (H - 1 / plants). status: ok; suppressed, negative (a cell of the industry, or a total of a region); no base (the industry or the reference is zero); too few (fewer than two plants or regions); incomplete totals (given, but the region totals contain suppressed cells, or the plants do not add up to the industry''s total). What is undefined is NULL. matrix NULL: no rows; plant_sizes NULL: no plants. Errors: a reference that is neither a row nor a column, or lacks a region. Sources: Ellison and Glaeser 1997; Maurel and Sedillot 1999; Devereux, Griffith and Simpson 2004.';

-- Since: 0.1.0
CREATE FUNCTION kz_coagglomeration(
	matrix kz_matrix,
	reference text DEFAULT 'total',
	base kz_matrix DEFAULT NULL
)
RETURNS TABLE (
	industry text,
	other_industry text,
	coagglomeration float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_coagglomeration(kz_matrix, text, kz_matrix) IS
'Returns a row for each pair of industries of a region x industry matrix, once, in the order of labels, with their coagglomeration sum (s_i - x) (s_j - x) / (1 - sum x^2): above 0 where both are in the same regions more than the reference says. s is the region''s share of an industry, x its share of the reference. reference: total, the region totals of the matrix (Ellison and Glaeser); mean, the mean of s over the industries where it is defined (Ellison, Glaeser and Kerr; Delgado, Porter and Stern''s COI); given, the values of base in one column or one row of regions, also of regions that the matrix lacks. status: ok; suppressed, negative (a cell of either industry, or a total of a region); no base (either industry or the reference is zero); too few (one region); incomplete totals (given, but the reference contains suppressed cells). What is undefined is NULL. matrix NULL: no rows. Errors: an unknown word, a base without need or missing, a base that is neither a row nor a column, lacks a region or has it suppressed. Sources: Ellison and Glaeser 1997; Ellison, Glaeser and Kerr 2010.';

-- Since: 0.1.0
CREATE FUNCTION kz_coagglomeration_matrix(
	matrix kz_matrix,
	reference text DEFAULT 'total',
	base kz_matrix DEFAULT NULL
)
RETURNS kz_matrix
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_coagglomeration_matrix(kz_matrix, text, kz_matrix) IS
'Returns the coagglomerations of kz_coagglomeration as a symmetric industry x industry matrix, with each industry''s own sum (s_i - x)^2 / (1 - sum x^2) on the diagonal. Every cell is there: an undefined one is suppressed, not zero. matrix NULL: NULL.';

-- Since: 0.1.0
CREATE FUNCTION kz_group_coagglomeration(
	matrix kz_matrix,
	industries text[] DEFAULT NULL,
	reference text DEFAULT 'total',
	base kz_matrix DEFAULT NULL
)
RETURNS TABLE (
	industries_in_group bigint,
	raw_concentration float8,
	coagglomeration float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_group_coagglomeration(kz_matrix, text[], text, kz_matrix) IS
'Returns one row with the coagglomeration of a group of industries of a region x industry matrix; industries NULL: of all. coagglomeration = (G - sum w_i^2 G_i) / ((1 - sum x^2) (1 - sum w_i^2)), with w_i an industry''s share of the group, G = raw_concentration = sum (sum_i w_i s_i - x)^2 of the group and G_i of one industry: Ellison and Glaeser''s gamma^c, in which the plants cancel, and the mean of kz_coagglomeration over all pairs weighted by w_i w_j. reference and base as there, of all industries of the matrix. industries_in_group = industries that have a value; one of zeros has no weight. status: ok; suppressed, negative (a cell of an industry of the group, or a total of a region); no base (the reference is zero); too few (fewer than two industries or regions); incomplete totals (given, but the reference contains suppressed cells). matrix NULL: no rows. Errors: as in kz_coagglomeration, and an industry that the matrix lacks. Source: Ellison and Glaeser 1997.';

-- Since: 0.1.0
CREATE FUNCTION kz_colocation(
	establishments kz_matrix,
	among text DEFAULT 'all'
)
RETURNS TABLE (
	industry text,
	other_industry text,
	colocation float8,
	expected float8,
	excess float8,
	z float8,
	p float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_colocation(kz_matrix, text) IS
'Returns a row for each pair of industries of a region x industry matrix of numbers of establishments, once, in the order of labels. colocation CL = the share of pairs of an establishment of one and one of the other that are in the same region, sum N_i N_j / (N_.i N_.j); expected = its mean, were the establishments'' industries dealt out anew over their places; excess XCL = colocation - expected; z = excess over its standard deviation under the same; p = its two-sided p of the normal distribution, an approximation. among: ''all'', the places of all establishments of the matrix; ''pair'', only those of the two industries. Mean and variance are exact, nothing is simulated. status: ok; suppressed, negative (a cell of either industry; with ''all'' any cell); no base (either industry has no establishments); no variation (z and p NULL: dealt out anew, colocation is always the same); incomplete totals (given, but the places contain suppressed cells). What is undefined is NULL. establishments NULL: no rows. Errors: a number that is not whole, another word for among. Source: Howard, Newman and Tarp 2016.';
