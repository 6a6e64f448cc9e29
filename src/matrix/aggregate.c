/*
 * aggregate.c
 *		kz_matrix_agg, kz_matrix_sum and their partial forms.
 *
 * The state type is kz_matrix itself, held as an expanded object while aggregating and flattened in its
 * partial form when it travels: no INTERNAL state, so the planner runs it in parallel and extensions that
 * ship partial states as values can do so too.
 */
#include "matrix/matrix.h"
#include "matrix/pending.h"

#include <math.h>

#include "utils/memutils.h"

/* The memory of all states of an aggregate. */
#define STATES "kz_matrix states"

KZ_FUNCTION(kz_matrix_agg_transition);
KZ_FUNCTION(kz_matrix_agg_inverse);
KZ_FUNCTION(kz_matrix_sum_transition);
KZ_FUNCTION(kz_matrix_combine);
KZ_FUNCTION(kz_matrix_final);
KZ_FUNCTION(kz_matrix_partial_final);

/* Returns the memory that a state lives in; only an aggregate may call these functions. */
static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("function must be called by an aggregate"),
						errhint("Use kz_matrix_agg or kz_matrix_sum.")));
	return context;
}

/*
 * Returns the memory for states below that of an aggregate. All groups share it: a hash aggregate adds up the memory
 * of every context below its own whenever a group is new, so a context a group would make it quadratic. An expanded
 * object must lie in a child of the aggregate's memory, or it would be copied at each row.
 */
static MemoryContext
state_context(MemoryContext aggregate)
{
	MemoryContext child = aggregate->firstchild;

	/* the newest child is the first; what others have made is not searched far */
	for (int i = 0; child != NULL && i < 8; i++, child = child->nextchild)
		if (strcmp(child->name, STATES) == 0)
			return child;
	return AllocSetContextCreate(aggregate, STATES, ALLOCSET_SMALL_MINSIZE, ALLOCSET_SMALL_INITSIZE,
								 ALLOCSET_DEFAULT_MAXSIZE);
}

/* Returns the state in the first argument that may be changed; one that came flat is built anew. */
static KzState *
get_state(FunctionCallInfo fcinfo, MemoryContext context)
{
	KzState *state;

	if (!PG_ARGISNULL(0) && VARATT_IS_EXTERNAL_EXPANDED_RW(DatumGetPointer(PG_GETARG_DATUM(0))))
		return kz_state_of(PG_GETARG_DATUM(0));
	state = kz_state_create_in(state_context(context));
	if (!PG_ARGISNULL(0))
	{
		KzView view;

		KZ_GETARG_VIEW(0, &view);
		kz_state_merge(state, &view, 1);
	}
	return state;
}

/* Returns the state as the aggregates pass it on. */
#define RETURN_STATE(state) PG_RETURN_DATUM(EOHPGetRWDatum(&(state)->hdr))

/* Finds the row and column of a fact, and its value, which is NaN when it is suppressed. */
static void
get_fact(FunctionCallInfo fcinfo, KzState *state, uint32 *row, uint32 *col, double *value)
{
	if (unlikely(PG_ARGISNULL(1)))
		kz_report_null_label("row");
	if (unlikely(PG_ARGISNULL(2)))
		kz_report_null_label("column");
	*row = kz_fact_row(state, kz_label_types(fcinfo, 1), PG_GETARG_DATUM(1));
	*col = kz_fact_col(state, kz_label_types(fcinfo, 1), PG_GETARG_DATUM(2));
	*value = PG_ARGISNULL(3) ? NAN : PG_GETARG_FLOAT8(3);
	if (!PG_ARGISNULL(3))
		kz_state_check_value(state, *row, *col, *value);
}

/* kz_matrix_agg_transition(state kz_matrix, row "any", col "any", value float8) -> kz_matrix */
Datum
kz_matrix_agg_transition(PG_FUNCTION_ARGS)
{
	KzState *state = get_state(fcinfo, aggregate_context(fcinfo));
	uint32	 row, col;
	double	 value;

	get_fact(fcinfo, state, &row, &col, &value);
	kz_note_fact(state, kz_label_types(fcinfo, 1), row, col, value);
	RETURN_STATE(state);
}

/* kz_matrix_agg_inverse(state kz_matrix, row "any", col "any", value float8) -> kz_matrix */
Datum
kz_matrix_agg_inverse(PG_FUNCTION_ARGS)
{
	KzState *state = get_state(fcinfo, aggregate_context(fcinfo));
	uint32	 row, col;
	double	 value;

	kz_state_settle(state);
	get_fact(fcinfo, state, &row, &col, &value);
	kz_state_take(state, row, col, value);
	RETURN_STATE(state);
}

/* Adds the second argument to the state in the first; NULL changes nothing. */
static Datum
merge_argument(FunctionCallInfo fcinfo)
{
	MemoryContext context = aggregate_context(fcinfo);
	KzState		 *state;
	KzMatrix	 *matrix;
	KzView		  view;

	if (PG_ARGISNULL(1))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	state = get_state(fcinfo, context);
	matrix = (KzMatrix *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	kz_open_matrix(matrix, &view);
	kz_state_merge(state, &view, 1);
	if ((void *) matrix != DatumGetPointer(PG_GETARG_DATUM(1)))
		pfree(matrix);
	RETURN_STATE(state);
}

/* kz_matrix_sum_transition(state kz_matrix, kz_matrix) -> kz_matrix */
Datum
kz_matrix_sum_transition(PG_FUNCTION_ARGS)
{
	return merge_argument(fcinfo);
}

/* kz_matrix_combine(state kz_matrix, state kz_matrix) -> kz_matrix */
Datum
kz_matrix_combine(PG_FUNCTION_ARGS)
{
	return merge_argument(fcinfo);
}

/* Returns the state as a flat matrix, without changing it. */
static Datum
finish(FunctionCallInfo fcinfo, bool partial)
{
	KzState *state;

	aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = kz_state_of(PG_GETARG_DATUM(0));
	if (state == NULL)
	{
		KzView view;

		KZ_GETARG_VIEW(0, &view);
		state = kz_state_create(CurrentMemoryContext);
		kz_state_merge(state, &view, 1);
	}
	PG_RETURN_POINTER(kz_state_flatten(state, partial));
}

/* kz_matrix_final(state kz_matrix) -> kz_matrix */
Datum
kz_matrix_final(PG_FUNCTION_ARGS)
{
	return finish(fcinfo, false);
}

/* kz_matrix_partial_final(state kz_matrix) -> kz_matrix */
Datum
kz_matrix_partial_final(PG_FUNCTION_ARGS)
{
	return finish(fcinfo, true);
}
