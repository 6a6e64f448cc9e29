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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';

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
'placeholder';
