/*
 * trend.c
 *		The aggregates of a trend.
 *
 * Their state is a plain array with room to spare, so that adding a row copies the others only now and then: the rule,
 * the tolerance and the number of rows, then a period and a value for each. An expanded array would need a memory
 * context for each group, and the server counts the memory of all of them again and again.
 */
#include "kz.h"

#include <math.h>

#include "base/exact.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "measure/trend.h"
#include "pg/argument.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

KZ_FUNCTION(kz_trend_transition);
KZ_FUNCTION(kz_trend_combine);
KZ_FUNCTION(kz_trend_final);
KZ_FUNCTION(kz_trend_change_final);

/* Where the state has what. */
enum
{
	RULE,
	TOLERANCE,
	COUNT,
	POINTS
};

#define FIRST_ROOM 6 /* points */

/* Returns the numbers of a state. */
static inline double *
numbers(ArrayType *state)
{
	return (double *) ((char *) state + ARR_OVERHEAD_NONULLS(1));
}

/* Returns the points of a state. */
static inline KzTrendPoint *
points(ArrayType *state)
{
	return (KzTrendPoint *) (numbers(state) + POINTS);
}

/* Returns for how many points a state has room. */
static inline size_t
room_of(ArrayType *state)
{
	return ((size_t) ARR_DIMS(state)[0] - POINTS) / 2;
}

/* Is a number whole, from 0 to a limit? */
static inline bool
is_whole(double number, double limit)
{
	return number >= 0.0 && number <= limit && number == (double) (int64) number;
}

/* Refuses an array that no aggregate of these has made. */
KZ_NORETURN static void
report_state(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_EXCEPTION), errmsg("array is not a state of this aggregate")));
}

/* Returns the state in an argument. */
static ArrayType *
get_state(FunctionCallInfo fcinfo, int argument)
{
	ArrayType *state = PG_GETARG_ARRAYTYPE_P(argument);

	if (ARR_NDIM(state) != 1 || ARR_HASNULL(state) || ARR_ELEMTYPE(state) != FLOAT8OID ||
		ARR_DIMS(state)[0] < POINTS || !is_whole(numbers(state)[RULE], KZ_SLOPE) ||
		!(numbers(state)[TOLERANCE] >= 0.0) ||
		!is_whole(numbers(state)[COUNT], (double) room_of(state)))
		report_state();
	return state;
}

/* Makes a state without points, with room for some. */
static ArrayType *
make_state(double rule, double tolerance, size_t room)
{
	size_t	   count = POINTS + 2 * room, size = ARR_OVERHEAD_NONULLS(1) + count * sizeof(double);
	ArrayType *state;

	if (!AllocSizeIsValid(size))
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("group has too many rows"),
						errdetail("The periods and values of a group must fit in a gigabyte.")));
	state = palloc0(size);
	SET_VARSIZE(state, size);
	state->ndim = 1;
	state->elemtype = FLOAT8OID;
	ARR_DIMS(state)[0] = (int) count;
	ARR_LBOUND(state)[0] = 1;
	numbers(state)[RULE] = rule;
	numbers(state)[TOLERANCE] = tolerance;
	return state;
}

/* Adds points to a state, in place if there is room. */
static ArrayType *
append(ArrayType *state, const KzTrendPoint *point, size_t count)
{
	size_t used = (size_t) numbers(state)[COUNT];

	if (used + count > room_of(state))
	{
		ArrayType *larger =
			make_state(numbers(state)[RULE], numbers(state)[TOLERANCE], 2 * (used + count));

		memcpy(points(larger), points(state), used * sizeof(KzTrendPoint));
		state = larger;
	}
	memcpy(points(state) + used, point, count * sizeof(KzTrendPoint));
	numbers(state)[COUNT] = (double) (used + count);
	return state;
}

/* Only an aggregate may call the functions that change a state in place. */
static void
check_context(FunctionCallInfo fcinfo)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("function must be called by an aggregate"),
						errhint("Use kz_trend() or kz_trend_change().")));
}

/* Refuses rows or workers that do not agree on what the aggregate is to compute. */
static void
check_same(const double *number, double rule, double tolerance)
{
	if (number[RULE] != rule || number[TOLERANCE] != tolerance)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be the same on all rows",
							   number[RULE] != rule ? "rule" : "tolerance"),
						errhint("To apply several, call the aggregate once for each.")));
}

/* Returns an argument as a number that a matrix could hold. */
static double
get_point(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double number = PG_GETARG_FLOAT8(argument);

	if (!kz_value_is_valid(number))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("%s must be a finite number below 2^960", name),
						errhint("Use NULL for what is unknown.")));
	return number;
}

/* Returns the rule that an argument names, at once where it is that of the rows before. */
static int
get_rule(FunctionCallInfo fcinfo, int argument, ArrayType *state)
{
	kz_check_given(fcinfo, argument, "rule");
	if (state != NULL)
	{
		int			before = (int) numbers(state)[RULE];
		const char *name = kz_trend_rule[before];
		text	   *word = PG_GETARG_TEXT_PP(argument);

		if (VARSIZE_ANY_EXHDR(word) == strlen(name) &&
			memcmp(VARDATA_ANY(word), name, strlen(name)) == 0)
			return before;
	}
	return kz_get_choice(fcinfo, argument, "rule", kz_trend_rule, KZ_TREND_RULES);
}

/* kz_trend_transition(float8[], value float8, period float8, rule text [, tolerance float8]) -> float8[] */
Datum
kz_trend_transition(PG_FUNCTION_ARGS)
{
	double	   tolerance = 0.0;
	int		   rule;
	ArrayType *state;

	check_context(fcinfo);
	state = PG_ARGISNULL(0) ? NULL : get_state(fcinfo, 0);
	rule = get_rule(fcinfo, 3, state);
	if (PG_NARGS() > 4)
	{
		kz_check_given(fcinfo, 4, "tolerance");
		tolerance = kz_get_number(fcinfo, 4, "tolerance", 0.0, INFINITY);
	}
	if (state == NULL)
		state = make_state(rule, tolerance, FIRST_ROOM);
	check_same(numbers(state), rule, tolerance);
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		KzTrendPoint point = {.value = get_point(fcinfo, 1, "value")};

		point.period = get_point(fcinfo, 2, "period");
		state = append(state, &point, 1);
	}
	PG_RETURN_ARRAYTYPE_P(state);
}

/* kz_trend_combine(float8[], float8[]) -> float8[] */
Datum
kz_trend_combine(PG_FUNCTION_ARGS)
{
	ArrayType *state, *other;

	check_context(fcinfo);
	if (PG_ARGISNULL(0) && PG_ARGISNULL(1))
		PG_RETURN_NULL();
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_ARRAYTYPE_P(get_state(fcinfo, PG_ARGISNULL(0) ? 1 : 0));
	state = get_state(fcinfo, 0);
	other = get_state(fcinfo, 1);
	check_same(numbers(state), numbers(other)[RULE], numbers(other)[TOLERANCE]);
	PG_RETURN_ARRAYTYPE_P(append(state, points(other), (size_t) numbers(other)[COUNT]));
}

/* Computes the change of a state. */
static KzMaybe
change_of(FunctionCallInfo fcinfo, double *tolerance)
{
	ArrayType	 *state = get_state(fcinfo, 0);
	uint32		  count = (uint32) numbers(state)[COUNT];
	size_t		  size = count * sizeof(KzTrendPoint);
	KzTrendPoint *point = palloc(Max(size, 1));
	double		  twice = NAN;
	KzMaybe		  change;

	memcpy(point, points(state), size);
	for (uint32 i = 0; i < count; i++)
		if (!kz_value_is_valid(point[i].period) || !kz_value_is_valid(point[i].value))
			report_state();
	change = kz_trend_of(point, count, (KzTrendRule) numbers(state)[RULE], &twice);
	if (!isnan(twice))
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("period %g occurs more than once", twice),
				 errhint("Group by region and industry, or sum the values of a period first.")));
	*tolerance = numbers(state)[TOLERANCE];
	pfree(point);
	return change;
}

/* kz_trend_final(float8[]) -> text */
Datum
kz_trend_final(PG_FUNCTION_ARGS)
{
	double	tolerance;
	KzMaybe change = change_of(fcinfo, &tolerance);

	if (!change.known)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(kz_direction(change.value, tolerance)));
}

/* kz_trend_change_final(float8[]) -> float8 */
Datum
kz_trend_change_final(PG_FUNCTION_ARGS)
{
	double	tolerance;
	KzMaybe change = change_of(fcinfo, &tolerance);

	if (!change.known)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(change.value);
}
