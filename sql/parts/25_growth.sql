-- growth: growth rates, shift-share, convergence, trend, entry and exit of specializations

-- growth rates

-- Since: 0.1.0
CREATE FUNCTION kz_growth_rate(start float8, finish float8, periods float8 DEFAULT 1) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_growth_rate(float8, float8, float8) IS
'Compound rate of growth per period: (finish / start)^(1 / periods) - 1, as a share (0.05 is 5 per cent). periods: the time from start to finish in the unit that the rate is to be per; 1 gives finish / start - 1. NULL where start is 0 or negative, finish is negative, periods is 0 or negative, or an argument is NULL. Error: NaN or infinity.';

-- Since: 0.1.0
CREATE FUNCTION kz_growth(start kz_matrix, finish kz_matrix, periods float8 DEFAULT 1, by text DEFAULT 'cell')
RETURNS TABLE (
	region text,
	industry text,
	start_value float8,
	finish_value float8,
	change float8,
	contribution float8,
	growth float8,
	rate float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_growth(kz_matrix, kz_matrix, float8, text) IS
'Returns the growth between two region x industry matrices, joined on their labels: a row for each cell that either has, or with by the totals of each ''region'' (industry is NULL), each ''industry'' (region is NULL) or one row for the ''total''. change = finish_value - start_value, in units of the values; contribution = change / the total of start, which adds up to the growth of the total; growth = change / start_value; rate = the compound rate per period, as kz_growth_rate with periods. A label that one matrix lacks is zero there. status: ok; no base (start_value is 0: growth and rate are NULL); negative (a value or total is negative: growth and rate are NULL); suppressed (the cell is suppressed in either matrix, or every cell of a total is); incomplete totals (given, but a total leaves out cells that are suppressed in either matrix: it compares the same cells in both). A matrix is NULL: no rows. Errors: periods 0 or negative, an unknown word for by.';

-- shift-share

-- Since: 0.1.0
CREATE FUNCTION kz_shift_share(
	start kz_matrix,
	finish kz_matrix,
	reference_start kz_matrix DEFAULT NULL,
	reference_finish kz_matrix DEFAULT NULL,
	by text DEFAULT 'cell'
)
RETURNS TABLE (
	region text,
	industry text,
	start_value float8,
	finish_value float8,
	change float8,
	"national" float8,
	mix float8,
	regional float8,
	competitive float8,
	allocation float8,
	homothetic float8,
	growth float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_shift_share(kz_matrix, kz_matrix, kz_matrix, kz_matrix, text) IS
'Decomposes the change of each cell between two region x industry matrices, joined on their labels: a row for each cell that either has, or with by the totals of each ''region'' (industry is NULL), each ''industry'' (region is NULL) or one row for the ''total''. With E the value in start and g, g_i, g_ri the growth (finish / start - 1) of all, of the industry and of the cell: national = E g; mix = E (g_i - g); regional = E (g_ri - g_i); homothetic = region total * industry total / total of start; competitive = homothetic (g_ri - g_i); allocation = (E - homothetic) (g_ri - g_i); all in units of the values; growth = g_ri, a share. national + mix + regional = change and competitive + allocation = regional hold to the last bit, added from left to right, in every row where no term is more than 2^20 times the values; for that the terms are rounded to the last place of the largest, and so is change, which is finish_value - start_value, exactly so for whole numbers. reference_start and reference_finish: 1 x industry, replace the column sums as E_i and E (published national figures, a larger area); both or none. A label that one matrix lacks is zero there. status: ok; no base (start_value is 0: the cell is born, national and mix are 0, regional is the change, growth, competitive and allocation are NULL; or a total that a term needs is 0); negative (a value or a total: the terms are NULL, and those of its totals); suppressed (the cell in either matrix, or its industry in the reference); incomplete totals (given, but a total leaves out cells that are suppressed in either matrix: growth compares the same cells). A matrix is NULL: no rows. Errors: one reference without the other, a reference of more than one row or without an industry of its matrix, an unknown word for by. Sources: Dunn 1960; Esteban-Marquillas 1972.';

-- Since: 0.1.0
CREATE FUNCTION kz_dynamic_shift_share(matrices kz_matrix[], reference kz_matrix[] DEFAULT NULL, by text DEFAULT 'cell')
RETURNS TABLE (
	region text,
	industry text,
	start_value float8,
	finish_value float8,
	change float8,
	"national" float8,
	mix float8,
	regional float8,
	competitive float8,
	allocation float8,
	growth float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_dynamic_shift_share(kz_matrix[], kz_matrix[], text) IS
'Decomposes the change of each cell over matrices of successive periods, array_agg(matrix ORDER BY period), as the sum of kz_shift_share over each period and the next, so that growth and structure are those of each step. national + mix + regional = change and competitive + allocation = regional hold to the last bit; growth is that from the first period to the last. reference: an array of as many 1 x industry matrices. A cell that is suppressed in any period is NULL, and left out of its totals; one that is born in any of them has no competitive and no allocation term. Otherwise as kz_shift_share. Errors also: fewer than two matrices, a NULL among them, another number of references. Source: Barff and Knight 1988.';

-- Since: 0.1.0
CREATE FUNCTION kz_arcelus_shift_share(
	start kz_matrix,
	finish kz_matrix,
	reference_start kz_matrix DEFAULT NULL,
	reference_finish kz_matrix DEFAULT NULL,
	by text DEFAULT 'cell'
)
RETURNS TABLE (
	region text,
	industry text,
	start_value float8,
	finish_value float8,
	change float8,
	national_homothetic float8,
	national_difference float8,
	mix_homothetic float8,
	mix_difference float8,
	regional_homothetic float8,
	regional_difference float8,
	regional_mix_homothetic float8,
	regional_mix_difference float8,
	homothetic float8,
	growth float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_arcelus_shift_share(kz_matrix, kz_matrix, kz_matrix, kz_matrix, text) IS
'Decomposes the change of each cell between two matrices into eight terms: with E the value in start, H = homothetic = region total * industry total / total of start, and the growth g of all, g_i of the industry, g_r of the region, g_ri of the cell: national g, mix g_i - g, regional g_r - g, regional_mix (g_ri - g_i) - (g_r - g), each times H (homothetic) and times E - H (difference). The eight add up from left to right to change, to the last bit. A cell that is born (start_value 0) has no growth and none of the eight. Arguments, rows, status and errors as kz_shift_share. Source: Arcelus 1984.';

-- Since: 0.1.0
CREATE FUNCTION kz_spatial_shift_share(
	start kz_matrix,
	finish kz_matrix,
	weights kz_matrix,
	lag text DEFAULT 'levels',
	reference_start kz_matrix DEFAULT NULL,
	reference_finish kz_matrix DEFAULT NULL,
	by text DEFAULT 'cell'
)
RETURNS TABLE (
	region text,
	industry text,
	start_value float8,
	finish_value float8,
	change float8,
	"national" float8,
	mix float8,
	neighbour_nation float8,
	own_neighbour float8,
	growth float8,
	neighbour_growth float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_spatial_shift_share(kz_matrix, kz_matrix, kz_matrix, text, kz_matrix, kz_matrix, text) IS
'Decomposes the change of each cell between two matrices with its neighbours'' growth between its own and the industry''s: national = E g; mix = E (g_i - g); neighbour_nation = E (w - g_i); own_neighbour = E (g_ri - w), where w = neighbour_growth. The four add up from left to right to change, to the last bit. weights: region x region, of 0 or more, with every region of the facts as a row (kz_contiguity_weights, kz_distance_weights); the scale of a row makes no difference. lag: ''levels'', w = sum of the neighbours'' weighted values in finish over those in start - 1; or ''rates'', w = the weighted mean of their growth. In addition to kz_shift_share, status is: too few (a region without neighbours), no base (the neighbours had nothing of the industry in start, with ''rates'' any of them), negative, suppressed (all neighbours are), incomplete totals (a neighbour that is suppressed in either matrix is left out): neighbour_growth and the last two terms are NULL where they are undefined. Arguments, rows and errors otherwise as kz_shift_share. Errors also: a weight that is negative or suppressed, weights without a region of the facts. Source: Nazara and Hewings 2004.';

-- Since: 0.1.0
CREATE FUNCTION kz_gerfin_shift_share(
	start kz_matrix,
	finish kz_matrix,
	reference_start kz_matrix DEFAULT NULL,
	reference_finish kz_matrix DEFAULT NULL
)
RETURNS TABLE (
	region text,
	start_value float8,
	finish_value float8,
	net_total float8,
	mix float8,
	regional float8,
	status text
)
LANGUAGE SQL IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100
BEGIN ATOMIC
	SELECT s.region, s.start_value, s.finish_value,
		s.finish_value / nullif(s.start_value + s."national", 0),
		(s.start_value + s."national" + s.mix) / nullif(s.start_value + s."national", 0),
		s.finish_value / nullif(s.start_value + s."national" + s.mix, 0),
		s.status
	FROM kz_shift_share($1, $2, $3, $4, 'region') AS s;
END;
COMMENT ON FUNCTION kz_gerfin_shift_share(kz_matrix, kz_matrix, kz_matrix, kz_matrix) IS
'The growth of each region as indices, from the classical decomposition of its totals: net_total = growth factor of the region / that of all; mix = that which the region had had with each industry growing as in the reference / that of all; regional = growth factor of the region / the former. net_total = mix * regional, apart from rounding; 1 is the reference. NULL where kz_shift_share is, or a divisor is 0. Arguments, status and errors as kz_shift_share with by => ''region''. Source: Gerfin 1964.';

-- specializations that begin or end

-- Since: 0.1.0
CREATE FUNCTION kz_specialization_changes(
	start kz_matrix,
	finish kz_matrix,
	threshold float8 DEFAULT 1,
	reference_start kz_matrix DEFAULT NULL,
	reference_finish kz_matrix DEFAULT NULL
)
RETURNS TABLE (
	region text,
	industry text,
	start_lq float8,
	finish_lq float8,
	transition text,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 10000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_specialization_changes(kz_matrix, kz_matrix, float8, kz_matrix, kz_matrix) IS
'Returns a row for each cell that either of two region x industry matrices has, with its location quotients and what became of its specialization, which a quotient of at least threshold is: transition = entry (only in finish), exit (only in start), kept (in both) or none. Each quotient is against the totals of its own matrix, or of its reference (1 x industry). A label that one matrix lacks is zero there. transition is NULL where a quotient is. status, the worse of the two: ok; suppressed; negative; no base (the region or industry has nothing in one matrix); incomplete totals (given, but a total contains suppressed cells and is a lower bound). A matrix is NULL: no rows. Errors: threshold negative, NaN or infinite, a reference of more than one row or without an industry of its matrix. Source: Boschma, Balland and Kogler 2015.';

-- convergence

-- Since: 0.1.0
CREATE FUNCTION kz_beta_convergence(matrix kz_matrix, start text, finish text, periods float8 DEFAULT NULL)
RETURNS TABLE (
	n bigint,
	excluded bigint,
	periods_used float8,
	intercept float8,
	intercept_se float8,
	intercept_t float8,
	intercept_p float8,
	beta float8,
	beta_se float8,
	beta_t float8,
	beta_p float8,
	r_squared float8,
	speed float8,
	speed_se float8,
	half_life float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_beta_convergence(kz_matrix, text, text, float8) IS
'Absolute beta convergence in a region x period matrix, one row: the least-squares line (1/T) ln(finish / start) = intercept + beta ln(start) over the regions, with standard errors and two-sided Student tests (n - 2 degrees of freedom). start, finish: labels of two periods. periods: the time T between them; if left out, the difference of the labels, which must be numbers (periods_used shows it). beta < 0 is convergence. speed = -ln(1 + beta T) / T, per unit of T, with its standard error beta_se / (1 + beta T); half_life = ln 2 / speed, in units of T. The non-linear least-squares form gives this speed and this error. n: regions used; excluded: regions whose value is absent, 0, negative or suppressed in either period, which have no logarithm. status: ok; incomplete totals (regions were excluded); no variation (all start alike); too few (fewer than three regions: no tests; fewer than two: nothing). speed is NULL where 1 + beta T is not above 0, half_life also where speed is not. matrix, start or finish NULL: no rows. Errors: a period that the matrix lacks, labels that are no numbers without periods, T not above 0. Source: Barro and Sala-i-Martin 1992.';

-- Since: 0.1.0
CREATE FUNCTION kz_sigma_convergence(matrix kz_matrix, sample boolean DEFAULT false)
RETURNS TABLE (
	period text,
	n bigint,
	excluded bigint,
	sd float8,
	cv float8,
	f float8,
	f_p float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 20
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sigma_convergence(kz_matrix, boolean) IS
'The spread of regions in each period of a region x period matrix, in the order of the periods'' numbers, or of their labels if any is no number: sd, the standard deviation of the natural logarithms, with n (sample => true: n - 1) in the denominator; cv, that of the values over their mean. f = variance of the logarithms in the first period / that in this one, above 1 if the spread has fallen, and f_p its two-sided p-value (it takes the two periods as independent, which the same regions are not). n: regions used; excluded: those whose value is absent, 0, negative or suppressed in the period. status: ok; incomplete totals (regions were excluded); too few (fewer than two: NULL). matrix NULL: no rows. Source: Barro and Sala-i-Martin 1992.';

-- Since: 0.1.0
CREATE FUNCTION kz_sigma_trend(matrix kz_matrix, sample boolean DEFAULT false)
RETURNS TABLE (
	n bigint,
	intercept float8,
	intercept_se float8,
	intercept_t float8,
	intercept_p float8,
	slope float8,
	slope_se float8,
	slope_t float8,
	slope_p float8,
	r_squared float8,
	status text
)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sigma_trend(kz_matrix, boolean) IS
'The trend of the spread in a region x period matrix, one row: the least-squares line sd = intercept + slope * period over its n periods, with sd as kz_sigma_convergence, standard errors and two-sided Student tests (n - 2 degrees of freedom). slope < 0 is sigma convergence. status: ok; incomplete totals (regions were excluded in a period, or a period left out); too few (fewer than three periods: no tests; fewer than two: nothing). matrix NULL: no rows. Error: a label of a period that is no number.';

-- trend

-- Since: 0.1.0
CREATE FUNCTION kz_trend_transition(float8[], value float8, period float8, rule text) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_trend_transition(float8[], float8, float8, text) IS
'Adds a row to the state of kz_trend_change. Called by the aggregate only.';

-- Since: 0.1.0
CREATE FUNCTION kz_trend_transition(float8[], value float8, period float8, rule text, tolerance float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_trend_transition(float8[], float8, float8, text, float8) IS
'Adds a row to the state of kz_trend. Called by the aggregate only.';

-- Since: 0.1.0
CREATE FUNCTION kz_trend_combine(float8[], float8[]) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_trend_combine(float8[], float8[]) IS
'Merges two states of kz_trend or of kz_trend_change. Called by the aggregates only.';

-- Since: 0.1.0
CREATE FUNCTION kz_trend_final(float8[]) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_trend_final(float8[]) IS
'Returns the direction of a state of kz_trend.';

-- Since: 0.1.0
CREATE FUNCTION kz_trend_change_final(float8[]) RETURNS float8
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_trend_change_final(float8[]) IS
'Returns the change of a state of kz_trend_change.';

-- Since: 0.1.0
CREATE AGGREGATE kz_trend_change(value float8, period float8, rule text) (
	SFUNC = kz_trend_transition,
	STYPE = float8[],
	SSPACE = 1024,
	FINALFUNC = kz_trend_change_final,
	COMBINEFUNC = kz_trend_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_trend_change(float8, float8, text) IS
'Change of a value over numbered periods, in units of the value. rule: ''first_last'', the last value less the first; ''last_step'', the last value less that of the period one before, NULL if there is none; ''slope'', the slope of the least-squares line, per period. Rows with a NULL value or period are left out. NULL with fewer than two periods. As in a study: number the periods one apart, by year or by dense_rank(). Errors: a period that occurs twice, NaN, infinity, a rule that is unknown, NULL or not the same on all rows.';

-- Since: 0.1.0
CREATE AGGREGATE kz_trend(value float8, period float8, rule text, tolerance float8) (
	SFUNC = kz_trend_transition,
	STYPE = float8[],
	SSPACE = 1024,
	FINALFUNC = kz_trend_final,
	COMBINEFUNC = kz_trend_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_trend(float8, float8, text, float8) IS
'Direction of a value over numbered periods: up where kz_trend_change is above tolerance, down where it is below its negative, else flat; NULL where it is NULL. tolerance: in units of the change, 0 or more; 0.05 is that of a study. Errors as kz_trend_change, and a tolerance that is negative, NULL or not the same on all rows.';
