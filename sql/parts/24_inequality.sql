-- inequality: Gini, Theil, Atkinson and their kin as aggregates of any GROUP BY; Lorenz curve, spatial Gini

-- states: rows in, rows out again, merged

-- Since: 0.1.0
CREATE FUNCTION kz_sample_transition(state float8[], value float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_transition(float8[], float8) IS
'Adds a row of a value to the state of an aggregate of inequality. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_transition(state float8[], value float8, weight float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_transition(float8[], float8, float8) IS
'Adds a row of a value and its weight to the state of an aggregate of inequality. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_gini_transition(state float8[], value float8, corrected boolean) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_gini_transition(float8[], float8, boolean) IS
'Adds a row of a value to the state of kz_gini, whose corrected must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_hhi_transition(state float8[], value float8, normalized boolean) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_hhi_transition(float8[], float8, boolean) IS
'Adds a row of a value to the state of kz_hhi, whose normalized must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_entropy_transition(state float8[], value float8, base float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_entropy_transition(float8[], float8, float8) IS
'Adds a row of a value to the state of kz_entropy, whose base must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_generalized_entropy_transition(state float8[], value float8, alpha float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_generalized_entropy_transition(float8[], float8, float8) IS
'Adds a row of a value to the state of kz_generalized_entropy, whose alpha must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_generalized_entropy_transition(state float8[], value float8, alpha float8, weight float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_generalized_entropy_transition(float8[], float8, float8, float8) IS
'Adds a row of a value and its weight to the state of kz_generalized_entropy, whose alpha must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_atkinson_transition(state float8[], value float8, epsilon float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_atkinson_transition(float8[], float8, float8) IS
'Adds a row of a value to the state of kz_atkinson, whose epsilon must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_atkinson_transition(state float8[], value float8, epsilon float8, weight float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_atkinson_transition(float8[], float8, float8, float8) IS
'Adds a row of a value and its weight to the state of kz_atkinson, whose epsilon must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_kolm_transition(state float8[], value float8, alpha float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_kolm_transition(float8[], float8, float8) IS
'Adds a row of a value to the state of kz_kolm, whose alpha must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_kolm_transition(state float8[], value float8, alpha float8, weight float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_kolm_transition(float8[], float8, float8, float8) IS
'Adds a row of a value and its weight to the state of kz_kolm, whose alpha must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_concentration_ratio_transition(state float8[], value float8, k integer) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_concentration_ratio_transition(float8[], float8, integer) IS
'Adds a row of a value to the state of kz_concentration_ratio, whose k must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_hill_transition(state float8[], value float8, q float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_hill_transition(float8[], float8, float8) IS
'Adds a row of a value to the state of kz_hill, whose q must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_cv_transition(state float8[], value float8, kind text) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cv_transition(float8[], float8, text) IS
'Adds a row of a value to the state of kz_cv, whose kind must be the same for all rows of a group. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_theil_groups_transition(state float8[], value float8, "group" "any") RETURNS float8[]
LANGUAGE C STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_theil_groups_transition(float8[], float8, "any") IS
'Adds a row of a value and its group to the state of kz_theil_between and kz_theil_within. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_theil_groups_transition(state float8[], value float8, weight float8, "group" "any") RETURNS float8[]
LANGUAGE C STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_theil_groups_transition(float8[], float8, float8, "any") IS
'Adds a row of a value, its weight and its group to the state of kz_theil_between and kz_theil_within. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_inverse(state float8[], value float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_inverse(float8[], float8) IS
'Takes the oldest row, of a value, away from a state again as the frame of a window moves on. NULL if it is not the oldest: PostgreSQL then aggregates the frame anew. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_inverse(state float8[], value float8, weight_or_parameter float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_inverse(float8[], float8, float8) IS
'Takes the oldest row, of a value and its weight, or of a value under a parameter, away from a state again as the frame of a window moves on. NULL if it is not the oldest: PostgreSQL then aggregates the frame anew. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_inverse(state float8[], value float8, parameter float8, weight float8) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_inverse(float8[], float8, float8, float8) IS
'Takes the oldest row, of a value and its weight under a parameter, away from a state again as the frame of a window moves on. NULL if it is not the oldest: PostgreSQL then aggregates the frame anew. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_inverse(state float8[], value float8, parameter boolean) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_inverse(float8[], float8, boolean) IS
'Takes the oldest row, of a value under a parameter, away from a state again as the frame of a window moves on. NULL if it is not the oldest: PostgreSQL then aggregates the frame anew. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_inverse(state float8[], value float8, parameter integer) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_inverse(float8[], float8, integer) IS
'Takes the oldest row, of a value under a parameter, away from a state again as the frame of a window moves on. NULL if it is not the oldest: PostgreSQL then aggregates the frame anew. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_inverse(state float8[], value float8, parameter text) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_inverse(float8[], float8, text) IS
'Takes the oldest row, of a value under a parameter, away from a state again as the frame of a window moves on. NULL if it is not the oldest: PostgreSQL then aggregates the frame anew. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_theil_groups_inverse(state float8[], value float8, "group" "any") RETURNS float8[]
LANGUAGE C STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_theil_groups_inverse(float8[], float8, "any") IS
'Takes the oldest row away from the state of kz_theil_between and kz_theil_within. Otherwise as kz_sample_inverse.';

-- Since: 0.1.0
CREATE FUNCTION kz_theil_groups_inverse(state float8[], value float8, weight float8, "group" "any") RETURNS float8[]
LANGUAGE C STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_theil_groups_inverse(float8[], float8, float8, "any") IS
'Takes the oldest row away from the state of kz_theil_between and kz_theil_within. Otherwise as kz_sample_inverse.';

-- Since: 0.1.0
CREATE FUNCTION kz_sample_combine(state float8[], other float8[]) RETURNS float8[]
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_sample_combine(float8[], float8[]) IS
'Merges two states of an aggregate of inequality. Error: their parameters differ. Only an aggregate may call it.';

-- Since: 0.1.0
CREATE FUNCTION kz_gini_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_gini_final(float8[]) IS
'Returns the result of kz_gini from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_hhi_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_hhi_final(float8[]) IS
'Returns the result of kz_hhi from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_entropy_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_entropy_final(float8[]) IS
'Returns the result of kz_entropy from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_theil_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_theil_final(float8[]) IS
'Returns the result of kz_theil from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_mean_log_deviation_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_mean_log_deviation_final(float8[]) IS
'Returns the result of kz_mean_log_deviation from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_generalized_entropy_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_generalized_entropy_final(float8[]) IS
'Returns the result of kz_generalized_entropy from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_atkinson_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_atkinson_final(float8[]) IS
'Returns the result of kz_atkinson from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_kolm_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_kolm_final(float8[]) IS
'Returns the result of kz_kolm from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_hoover_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_hoover_final(float8[]) IS
'Returns the result of kz_hoover from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_coulter_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_coulter_final(float8[]) IS
'Returns the result of kz_coulter from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_cv_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_cv_final(float8[]) IS
'Returns the result of kz_cv from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_williamson_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_williamson_final(float8[]) IS
'Returns the result of kz_williamson from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_concentration_ratio_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_concentration_ratio_final(float8[]) IS
'Returns the result of kz_concentration_ratio from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_hill_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_hill_final(float8[]) IS
'Returns the result of kz_hill from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_theil_between_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_theil_between_final(float8[]) IS
'Returns the result of kz_theil_between from its state, which stays as it is. Error: an array that is no such state.';

-- Since: 0.1.0
CREATE FUNCTION kz_theil_within_final(state float8[]) RETURNS float8
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_theil_within_final(float8[]) IS
'Returns the result of kz_theil_within from its state, which stays as it is. Error: an array that is no such state.';

-- aggregates

-- Since: 0.1.0
CREATE AGGREGATE kz_gini(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_gini_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_gini_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_gini(float8) IS
'Gini coefficient, from 0 (all equal) to 1 - 1/n (one has all): sum |x - x''| over all pairs / (2 n^2 mean). A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory. Source: Gini 1912.';

-- Since: 0.1.0
CREATE AGGREGATE kz_gini(value float8, weight float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_gini_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_gini_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_gini(float8, float8) IS
'Gini coefficient of values that stand for so many each, such as products per head with populations: sum w w'' |x - x''| / (2 W^2 weighted mean). A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight. Source: Gini 1912.';

-- Since: 0.1.0
CREATE AGGREGATE kz_gini(value float8, corrected boolean) (
	SFUNC = kz_gini_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_gini_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_gini_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_gini_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_gini(float8, boolean) IS
'Gini coefficient; corrected for the number of rows n if so asked, n / (n - 1) times the plain one, from 0 to 1. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. NULL also where corrected of a single row. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a corrected that is NULL or differs within a group. Source: Gini 1912.';

-- Since: 0.1.0
CREATE AGGREGATE kz_hhi(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_hhi_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_hhi_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_hhi(float8) IS
'Herfindahl-Hirschman index: the sum of the squared shares in the sum, from 1/n to 1. 1 / kz_hhi is the equivalent number. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory. Source: Hirschman 1945; Herfindahl 1950.';

-- Since: 0.1.0
CREATE AGGREGATE kz_hhi(value float8, normalized boolean) (
	SFUNC = kz_hhi_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_hhi_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_hhi_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_hhi_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_hhi(float8, boolean) IS
'Herfindahl-Hirschman index; normalized if so asked, (H - 1/n) / (1 - 1/n), from 0 to 1, with n counting zeros too. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. NULL also where normalized of a single row. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a normalized that is NULL or differs within a group. Source: Hirschman 1945; Herfindahl 1950.';

-- Since: 0.1.0
CREATE AGGREGATE kz_entropy(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_entropy_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_entropy_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_entropy(float8) IS
'Shannon entropy of the shares in the sum, -sum s ln s, in nats: from 0 to ln n; a zero contributes nothing. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory. Source: Shannon 1948.';

-- Since: 0.1.0
CREATE AGGREGATE kz_entropy(value float8, base float8) (
	SFUNC = kz_entropy_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_entropy_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_entropy_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_entropy_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_entropy(float8, float8) IS
'Shannon entropy of the shares in the sum to a base: 2 for bits. From 0 to log n. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a base that is NULL, not above 1, or differs within a group. Source: Shannon 1948.';

-- Since: 0.1.0
CREATE AGGREGATE kz_hill(value float8, q float8) (
	SFUNC = kz_hill_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_hill_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_hill_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_hill_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_hill(float8, float8) IS
'Hill number of order q >= 0 of the shares in the sum, (sum s^q)^(1/(1-q)), from 1 to n: 0 counts the values above zero, 1 is exp of the entropy, 2 is 1 / kz_hhi, ''Infinity'' is 1 / the greatest share. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a q that is NULL, negative, or differs within a group. Source: Hill 1973.';

-- Since: 0.1.0
CREATE AGGREGATE kz_concentration_ratio(value float8, k integer) (
	SFUNC = kz_concentration_ratio_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_concentration_ratio_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_concentration_ratio_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_concentration_ratio_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_concentration_ratio(float8, integer) IS
'Concentration ratio: the share of the k greatest values in the sum, 1 when there are no more than k. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a k that is NULL, below 1, or differs within a group.';

-- Since: 0.1.0
CREATE AGGREGATE kz_theil(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_theil_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_theil_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_theil(float8) IS
'Theil''s T = mean of (x / mean) ln (x / mean), from 0 to ln n; a zero contributes nothing. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory. Source: Theil 1967.';

-- Since: 0.1.0
CREATE AGGREGATE kz_theil(value float8, weight float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_theil_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_theil_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_theil(float8, float8) IS
'Theil''s T of values that stand for so many each: the weighted mean of r ln r, r being the value over the weighted mean. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight. Source: Theil 1967.';

-- Since: 0.1.0
CREATE AGGREGATE kz_mean_log_deviation(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_mean_log_deviation_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_mean_log_deviation_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_mean_log_deviation(float8) IS
'Mean log deviation, Theil''s L = mean of ln (mean / x), from 0 up. A row with a NULL value does not count; no rows: NULL. NULL if a value is zero or negative. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory. Source: Theil 1967.';

-- Since: 0.1.0
CREATE AGGREGATE kz_mean_log_deviation(value float8, weight float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_mean_log_deviation_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_mean_log_deviation_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_mean_log_deviation(float8, float8) IS
'Mean log deviation, Theil''s L, of values that stand for so many each: the weighted mean of ln (weighted mean / x). A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. NULL if a value is zero or negative. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight. Source: Theil 1967.';

-- Since: 0.1.0
CREATE AGGREGATE kz_generalized_entropy(value float8, alpha float8) (
	SFUNC = kz_generalized_entropy_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_generalized_entropy_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_generalized_entropy_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_generalized_entropy_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_generalized_entropy(float8, float8) IS
'Generalized entropy of parameter alpha, the mean of (r^alpha - 1) / (alpha (alpha - 1)), r being the value over the mean: 1 is Theil''s T, 0 the mean log deviation, 2 half the squared coefficient of variation. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. NULL also if a value is zero where alpha is not above 0. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, an alpha that is NULL or differs within a group. Source: Shorrocks 1980.';

-- Since: 0.1.0
CREATE AGGREGATE kz_generalized_entropy(value float8, alpha float8, weight float8) (
	SFUNC = kz_generalized_entropy_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_generalized_entropy_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_generalized_entropy_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_generalized_entropy_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_generalized_entropy(float8, float8, float8) IS
'Generalized entropy of parameter alpha, the weighted mean of (r^alpha - 1) / (alpha (alpha - 1)), r being the value over the weighted mean: 1 is Theil''s T, 0 the mean log deviation, 2 half the squared coefficient of variation. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. NULL if a value is negative or their sum is zero. NULL also if a value is zero where alpha is not above 0. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight, an alpha that is NULL or differs within a group. Source: Shorrocks 1980.';

-- Since: 0.1.0
CREATE AGGREGATE kz_atkinson(value float8, epsilon float8) (
	SFUNC = kz_atkinson_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_atkinson_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_atkinson_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_atkinson_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_atkinson(float8, float8) IS
'Index of Atkinson with aversion epsilon >= 0, 1 - (mean of r^(1 - epsilon))^(1 / (1 - epsilon)), r being the value over the mean; at 1, 1 - geometric mean / mean. From 0 to 1; 1 if a value is zero where epsilon is 1 or more. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, an epsilon that is NULL, negative, or differs within a group. Source: Atkinson 1970.';

-- Since: 0.1.0
CREATE AGGREGATE kz_atkinson(value float8, epsilon float8, weight float8) (
	SFUNC = kz_atkinson_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_atkinson_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_atkinson_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_atkinson_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_atkinson(float8, float8, float8) IS
'Index of Atkinson with aversion epsilon >= 0, 1 - (weighted mean of r^(1 - epsilon))^(1 / (1 - epsilon)), r being the value over the weighted mean; at 1, 1 - weighted geometric mean / weighted mean. From 0 to 1; 1 if a value is zero where epsilon is 1 or more. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight, an epsilon that is NULL, negative, or differs within a group. Source: Atkinson 1970.';

-- Since: 0.1.0
CREATE AGGREGATE kz_kolm(value float8, alpha float8) (
	SFUNC = kz_kolm_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_kolm_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_kolm_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_kolm_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_kolm(float8, float8) IS
'Index of Kolm with aversion alpha > 0, ln(mean of exp(alpha (mean - x))) / alpha, from 0 up: an absolute measure, in the units of the values, which may be negative. A row with a NULL value does not count; no rows: NULL. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, an alpha that is NULL, not above 0, or differs within a group. Source: Kolm 1976.';

-- Since: 0.1.0
CREATE AGGREGATE kz_kolm(value float8, alpha float8, weight float8) (
	SFUNC = kz_kolm_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_kolm_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_kolm_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_kolm_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_kolm(float8, float8, float8) IS
'Index of Kolm with aversion alpha > 0, ln(weighted mean of exp(alpha (weighted mean - x))) / alpha, from 0 up: an absolute measure, in the units of the values, which may be negative. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight, an alpha that is NULL, not above 0, or differs within a group. Source: Kolm 1976.';

-- Since: 0.1.0
CREATE AGGREGATE kz_hoover(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_hoover_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_hoover_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_hoover(float8) IS
'Hoover index (Pietra, Ricci, Schutz; Robin Hood): half the sum of |x / sum - 1/n|, from 0 to 1 - 1/n, the share that would have to move for all to be equal. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory. Source: Hoover 1936.';

-- Since: 0.1.0
CREATE AGGREGATE kz_hoover(value float8, reference float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_hoover_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_hoover_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_hoover(float8, float8) IS
'Hoover index against a reference, both as amounts, such as product and population: half the sum of |x / sum of x - r / sum of r|, from 0 to 1. A row with a NULL value or reference does not count; no rows: NULL. NULL if a value is negative or either sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative reference. Source: Hoover 1936.';

-- Since: 0.1.0
CREATE AGGREGATE kz_coulter(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_coulter_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_coulter_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_coulter(float8) IS
'Coefficient of Coulter: sqrt(sum of (x / sum - 1/n)^2 / 2), from 0 to 1. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory. Source: Coulter 1989.';

-- Since: 0.1.0
CREATE AGGREGATE kz_coulter(value float8, reference float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_coulter_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_coulter_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_coulter(float8, float8) IS
'Coefficient of Coulter against a reference, both as amounts: sqrt(sum of (x / sum of x - r / sum of r)^2 / 2), from 0 to 1. A row with a NULL value or reference does not count; no rows: NULL. NULL if a value is negative or either sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative reference. Source: Coulter 1989.';

-- Since: 0.1.0
CREATE AGGREGATE kz_cv(value float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_cv_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_cv_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_cv(float8) IS
'Coefficient of variation: sample standard deviation (n - 1) over the mean, as stddev(value) / avg(value). A row with a NULL value does not count; no rows: NULL. Values may be negative; NULL if the mean is not above zero, or of a single row. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory.';

-- Since: 0.1.0
CREATE AGGREGATE kz_cv(value float8, kind text) (
	SFUNC = kz_cv_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_cv_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_cv_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_cv_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_cv(float8, text) IS
'Coefficient of variation with the standard deviation of a ''sample'' (n - 1) or of the whole ''population'' (n), over the mean. A row with a NULL value does not count; no rows: NULL. Values may be negative; NULL if the mean is not above zero, or of a single row as a sample. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a kind that is neither, or differs within a group.';

-- Since: 0.1.0
CREATE AGGREGATE kz_cv(value float8, weight float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_williamson_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_williamson_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_cv(float8, float8) IS
'Weighted coefficient of variation: sqrt(weighted mean of (x - weighted mean)^2) / weighted mean, the same as kz_williamson. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. Values may be negative; NULL if the weighted mean is not above zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight.';

-- Since: 0.1.0
CREATE AGGREGATE kz_williamson(value float8, weight float8) (
	SFUNC = kz_sample_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_williamson_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_sample_transition,
	MINVFUNC = kz_sample_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_williamson_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_williamson(float8, float8) IS
'Index of Williamson of regional inequality: of products per head with populations as weights, sqrt(weighted mean of (x - weighted mean)^2) / weighted mean. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. Values may be negative; NULL if the weighted mean is not above zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight. Source: Williamson 1965.';

-- Since: 0.1.0
CREATE AGGREGATE kz_theil_between(value float8, "group" "any") (
	SFUNC = kz_theil_groups_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_theil_between_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_theil_groups_transition,
	MINVFUNC = kz_theil_groups_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_theil_between_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_theil_between(float8, "any") IS
'Theil''s T between groups of rows: what remains when each value is replaced by its group''s mean. kz_theil_between + kz_theil_within = kz_theil, to the last bit. The group may be of any type. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a NULL group. Source: Theil 1967.';

-- Since: 0.1.0
CREATE AGGREGATE kz_theil_between(value float8, weight float8, "group" "any") (
	SFUNC = kz_theil_groups_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_theil_between_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_theil_groups_transition,
	MINVFUNC = kz_theil_groups_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_theil_between_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_theil_between(float8, float8, "any") IS
'Theil''s T between groups of rows: what remains when each value is replaced by its group''s weighted mean. kz_theil_between + kz_theil_within = kz_theil, to the last bit. The group may be of any type. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight, a NULL group. Source: Theil 1967.';

-- Since: 0.1.0
CREATE AGGREGATE kz_theil_within(value float8, "group" "any") (
	SFUNC = kz_theil_groups_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_theil_within_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_theil_groups_transition,
	MINVFUNC = kz_theil_groups_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_theil_within_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_theil_within(float8, "any") IS
'Theil''s T within groups of rows: the groups'' own T, each weighted with the group''s share in the sum. kz_theil_between + kz_theil_within = kz_theil, to the last bit. The group may be of any type. A row with a NULL value does not count; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a NULL group. Source: Theil 1967.';

-- Since: 0.1.0
CREATE AGGREGATE kz_theil_within(value float8, weight float8, "group" "any") (
	SFUNC = kz_theil_groups_transition,
	STYPE = float8[], SSPACE = 512,
	FINALFUNC = kz_theil_within_final,
	COMBINEFUNC = kz_sample_combine,
	MSFUNC = kz_theil_groups_transition,
	MINVFUNC = kz_theil_groups_inverse,
	MSTYPE = float8[], MSSPACE = 512,
	MFINALFUNC = kz_theil_within_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE kz_theil_within(float8, float8, "any") IS
'Theil''s T within groups of rows: the groups'' own T, each weighted with the group''s share in the weighted sum. kz_theil_between + kz_theil_within = kz_theil, to the last bit. The group may be of any type. A row with a NULL value or weight does not count, nor does one of weight 0; no rows: NULL. NULL if a value is negative or their sum is zero. Errors: NaN, infinity, a magnitude of 2^960 or more, memory beyond kzcluster.max_matrix_memory, a negative weight, a NULL group. Source: Theil 1967.';

-- rows

-- Since: 0.1.0
CREATE FUNCTION kz_lorenz("values" float8[], weights float8[] DEFAULT NULL)
RETURNS TABLE (point bigint, value float8, weight_share float8, value_share float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 100
AS 'MODULE_PATHNAME';

COMMENT ON FUNCTION kz_lorenz(float8[], float8[]) IS
'Points of the Lorenz curve, from the origin (point 0) through each value in ascending order to (1, 1): the share of the rows, or of the weights, and the share of the sum, or of the weighted sum, that the values up to here have. For GROUP BY: kz_lorenz(array_agg(value)). A place where the value or the weight is NULL does not count; no rows if nothing counts. status is ''ok'', or with value_share NULL ''negative'' if a value is negative, ''no base'' if the sum is zero. Errors: NaN, infinity, a negative weight, arrays of different lengths. Source: Lorenz 1905.';

-- Since: 0.1.0
CREATE FUNCTION kz_spatial_gini("values" kz_matrix, weights kz_matrix)
RETURNS TABLE (gini float8, near float8, far float8, status text)
LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1
AS 'MODULE_PATHNAME';
COMMENT ON FUNCTION kz_spatial_gini(kz_matrix, kz_matrix) IS
'Gini coefficient of the values of regions (region x 1), split into the differences between neighbours, sum w |x - x''| / (2 n^2 mean), and between all others. near + far = gini, to the last bit. Weights (region x region) lie between 0 and 1; a region without any has no neighbours; a pair counts in each direction in which it is given. status: ''ok'', ''suppressed'' (a value: all NULL; a weight: near and far NULL), ''negative'' or ''no base'' (all NULL). A NULL matrix: no rows. Errors: a region of the weights that has no value, a weight outside 0 to 1, values in more than one column. Source: Rey and Smith 2013.';
