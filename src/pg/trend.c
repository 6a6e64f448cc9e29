/*
 * trend.c
 *		The aggregates of a trend.
 *
 * Their state is an array: the rule and the tolerance, then a period and a value for each row. It is an expanded
 * array while rows come in, so that adding one does not copy the others, and a plain one when it travels.
 */
#include "kz.h"

#include <math.h>

#include "base/exact.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "measure/trend.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "utils/array.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_trend_transition);
KZ_FUNCTION(kz_trend_combine);
KZ_FUNCTION(kz_trend_final);
KZ_FUNCTION(kz_trend_change_final);

/* Where the state has what. */
enum
{
	RULE,
	TOLERANCE,
	POINTS
};

/* A state read where it lies. */
typedef struct Trend
{
	KzTrendRule			rule;
	double				tolerance;
	const KzTrendPoint *point;
	uint32				count;
} Trend;

/* Reads a state, and refuses an array that is none. */
static Trend
read_state(ArrayType *array)
{
	const double *number = (const double *) ((char *) array + ARR_OVERHEAD_NONULLS(1));
	int			  count = ARR_NDIM(array) == 1 ? ARR_DIMS(array)[0] : 0;
	bool		  valid = ARR_ELEMTYPE(array) == FLOAT8OID && count >= POINTS && count % 2 == 0 &&
				 !ARR_HASNULL(array) && number[RULE] >= 0 && number[RULE] < KZ_TREND_RULES &&
				 number[RULE] == floor(number[RULE]) && number[TOLERANCE] >= 0.0;

	for (int i = 0; valid && i < count; i++)
		valid = kz_value_is_valid(number[i]);
	if (!valid)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("array is not a state of kz_trend()")));
	return (Trend){(KzTrendRule) number[RULE], number[TOLERANCE],
				   (const KzTrendPoint *) (number + POINTS), (uint32) (count - POINTS) / 2};
}

/* Appends a number to a state. */
static Datum
append(Datum state, double number)
{
	ExpandedArrayHeader *array = (ExpandedArrayHeader *) DatumGetEOHP(state);
	int					 place;

	deconstruct_expanded_array(array);
	place = array->nelems + 1;
	return array_set_element(state, 1, &place, Float8GetDatum(number), false, -1, sizeof(float8),
							 true, 'd');
}

/* Makes a state without rows in the aggregate's memory. */
static Datum
make_state(MemoryContext context, double rule, double tolerance)
{
	Datum state = expand_array(PointerGetDatum(construct_empty_array(FLOAT8OID)), context, NULL);

	return append(append(state, rule), tolerance);
}

/* Returns a state that can be appended to, in the aggregate's memory. */
static Datum
writable(FunctionCallInfo fcinfo, int argument, MemoryContext context)
{
	Datum state = PG_GETARG_DATUM(argument);

	if (VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(state)))
		return state;
	read_state(DatumGetArrayTypeP(state));
	return expand_array(state, context, NULL);
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

/* Returns the first numbers of a state that can be appended to. */
static void
read_head(Datum state, double *number)
{
	ExpandedArrayHeader *array = (ExpandedArrayHeader *) DatumGetEOHP(state);

	deconstruct_expanded_array(array);
	for (int i = RULE; i < POINTS; i++)
		number[i] = DatumGetFloat8(array->dvalues[i]);
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

/* kz_trend_transition(float8[], value float8, period float8, rule text [, tolerance float8]) -> float8[] */
Datum
kz_trend_transition(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	double		  tolerance = 0.0, head[POINTS];
	int			  rule;
	Datum		  state;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("kz_trend_transition() must be called by an aggregate")));
	if (PG_ARGISNULL(3))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("rule must not be null")));
	rule = kz_get_choice(fcinfo, 3, "rule", kz_trend_rule, KZ_TREND_RULES);
	if (PG_NARGS() > 4)
	{
		if (PG_ARGISNULL(4))
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
							errmsg("tolerance must not be null")));
		tolerance = kz_get_number(fcinfo, 4, "tolerance", 0.0, INFINITY);
	}
	if (PG_ARGISNULL(0))
		state = make_state(context, rule, tolerance);
	else
	{
		state = writable(fcinfo, 0, context);
		read_head(state, head);
		check_same(head, rule, tolerance);
	}
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2))
	{
		double value = get_point(fcinfo, 1, "value");

		state = append(state, get_point(fcinfo, 2, "period"));
		state = append(state, value);
	}
	PG_RETURN_DATUM(state);
}

/* kz_trend_combine(float8[], float8[]) -> float8[] */
Datum
kz_trend_combine(PG_FUNCTION_ARGS)
{
	MemoryContext context;
	double		  head[POINTS];
	Trend		  other;
	Datum		  state;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("kz_trend_combine() must be called by an aggregate")));
	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	other = read_state(PG_GETARG_ARRAYTYPE_P(1));
	if (PG_ARGISNULL(0))
		state = make_state(context, other.rule, other.tolerance);
	else
	{
		state = writable(fcinfo, 0, context);
		read_head(state, head);
		check_same(head, other.rule, other.tolerance);
	}
	for (uint32 i = 0; i < other.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		state = append(state, other.point[i].period);
		state = append(state, other.point[i].value);
	}
	PG_RETURN_DATUM(state);
}

/* Computes the change of a state. */
static KzMaybe
change_of(FunctionCallInfo fcinfo, double *tolerance)
{
	Trend		  trend = read_state(PG_GETARG_ARRAYTYPE_P(0));
	size_t		  size = trend.count * sizeof(KzTrendPoint);
	KzTrendPoint *point = palloc_extended(Max(size, 1), MCXT_ALLOC_HUGE);
	double		  twice = NAN;
	KzMaybe		  change;

	memcpy(point, trend.point, size);
	change = kz_trend_of(point, trend.count, trend.rule, &twice);
	if (!isnan(twice))
		ereport(ERROR,
				(errcode(ERRCODE_CARDINALITY_VIOLATION),
				 errmsg("period %g occurs more than once", twice),
				 errhint("Group by region and industry, or sum the values of a period first.")));
	*tolerance = trend.tolerance;
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
