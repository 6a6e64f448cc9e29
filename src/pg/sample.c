/*
 * sample.c
 *		Rows in, rows out again, states merged: what the aggregates of inequality share.
 */
#include "pg/sample.h"

#include <math.h>

#include "base/exact.h"
#include "base/size.h"
#include "catalog/pg_type.h"
#include "matrix/label.h"
#include "pg/argument.h"
#include "utils/array.h"
#include "utils/memutils.h"

KZ_FUNCTION(kz_sample_transition);
KZ_FUNCTION(kz_gini_transition);
KZ_FUNCTION(kz_hhi_transition);
KZ_FUNCTION(kz_entropy_transition);
KZ_FUNCTION(kz_generalized_entropy_transition);
KZ_FUNCTION(kz_atkinson_transition);
KZ_FUNCTION(kz_kolm_transition);
KZ_FUNCTION(kz_concentration_ratio_transition);
KZ_FUNCTION(kz_hill_transition);
KZ_FUNCTION(kz_cv_transition);
KZ_FUNCTION(kz_theil_groups_transition);
KZ_FUNCTION(kz_sample_inverse);
KZ_FUNCTION(kz_theil_groups_inverse);
KZ_FUNCTION(kz_sample_combine);

/* The elements before the rows. */
enum
{
	LAYOUT,
	PARAMETER,
	PARAMETER_VALUE,
	USED,	 /* elements of rows that follow ... */
	SKIPPED, /* ... the first of them of rows that were taken away again */
	HEAD
};

#define FIRST_ROOM 32

static const char *const parameter_name[KZ_SAMPLE_PARAMETERS] = {
	NULL, "corrected", "normalized", "base", "alpha", "epsilon", "alpha", "k", "q", "kind"};

/* A row as its elements; a short one needs no memory. */
typedef struct Record
{
	double	fixed[16];
	double *element; /* NULL when the row has nothing to say */
	size_t	count;
} Record;

/* Refuses an array that is no state, or one of another aggregate. */
void
kz_report_state(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_EXCEPTION), errmsg("array is not a state of this aggregate")));
}

/* Refuses a parameter that changes within a group. */
KZ_NORETURN static void
report_parameter(KzSampleParameter parameter)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must be the same for all rows of a group", parameter_name[parameter]),
			 errhint("Use a constant, or group by it.")));
}

/* Refuses a sample beyond kzcluster.max_matrix_memory, before it is allocated. */
void
kz_sample_reserve(size_t size)
{
	if (size > (size_t) kz_max_matrix_memory * 1024)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("group needs more memory than kzcluster.max_matrix_memory allows (%d kB)",
						kz_max_matrix_memory),
				 errhint("Aggregate fewer rows at a time, for example with GROUP BY on the period, "
						 "or raise the setting.")));
}

/* Is a number a whole one between zero and a limit? */
static inline bool
is_whole(double number, double limit)
{
	return number >= 0.0 && number <= limit && number == (double) (int64) number;
}

/* Returns the elements of an array of the shape that a state has. */
static inline double *
elements(ArrayType *array)
{
	return (double *) ((char *) array + ARR_OVERHEAD_NONULLS(1));
}

/* Checks a state as far as its head tells. */
static void
check_state(ArrayType *array)
{
	const double *head = elements(array);
	size_t		  layout;

	if (ARR_NDIM(array) != 1 || ARR_HASNULL(array) || ARR_ELEMTYPE(array) != FLOAT8OID ||
		ARR_DIMS(array)[0] < HEAD || !is_whole(head[LAYOUT], KZ_GROUPED) ||
		!is_whole(head[PARAMETER], KZ_KIND) || isnan(head[PARAMETER_VALUE]) ||
		!is_whole(head[USED], ARR_DIMS(array)[0] - HEAD) || !is_whole(head[SKIPPED], head[USED]))
		kz_report_state();
	layout = (size_t) head[LAYOUT];
	if (layout == 0 || (layout == KZ_WEIGHTED &&
						(((size_t) head[USED] & 1) != 0 || ((size_t) head[SKIPPED] & 1) != 0)))
		kz_report_state();
}

/* Opens a state for reading. */
void
kz_sample_open(Datum state, KzSampleView *view)
{
	ArrayType	 *array = DatumGetArrayTypeP(state);
	const double *head = elements(array);

	check_state(array);
	view->layout = (KzSampleLayout) head[LAYOUT];
	view->parameter = (KzSampleParameter) head[PARAMETER];
	view->parameter_value = head[PARAMETER_VALUE];
	view->element = head + HEAD + (size_t) head[SKIPPED];
	view->count = (size_t) head[USED] - (size_t) head[SKIPPED];
}

/* Only an aggregate may call the functions that change a state in place. */
static void
check_context(FunctionCallInfo fcinfo)
{
	if (!AggCheckCallContext(fcinfo, NULL))
		ereport(ERROR, (errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
						errmsg("function must be called by an aggregate"),
						errhint("Use kz_gini, kz_theil and the like.")));
}

/* Makes a state of zeros, with room for so many elements. */
static ArrayType *
allocate_state(size_t room)
{
	size_t	   size = ARR_OVERHEAD_NONULLS(1) + room * sizeof(double);
	ArrayType *array = palloc0(size);

	SET_VARSIZE(array, size);
	array->ndim = 1;
	array->elemtype = FLOAT8OID;
	ARR_DIMS(array)[0] = (int) room;
	ARR_LBOUND(array)[0] = 1;
	return array;
}

/* Makes an empty state. */
static ArrayType *
create_state(KzSampleLayout layout, KzSampleParameter parameter, double value)
{
	ArrayType *state = allocate_state(FIRST_ROOM);

	elements(state)[LAYOUT] = layout;
	elements(state)[PARAMETER] = parameter;
	elements(state)[PARAMETER_VALUE] = value;
	return state;
}

/* Returns the state in the first argument; NULL when there is none yet. */
static ArrayType *
get_state(FunctionCallInfo fcinfo)
{
	ArrayType *state;

	check_context(fcinfo);
	if (PG_ARGISNULL(0))
		return NULL;
	state = PG_GETARG_ARRAYTYPE_P(0);
	check_state(state);
	return state;
}

/* Makes more room in a state, at least for so many elements. */
static ArrayType *
enlarge(ArrayType *state, size_t wanted)
{
	const size_t most = (MaxAllocSize - ARR_OVERHEAD_NONULLS(1)) / sizeof(double);
	size_t		 room = Min(kz_size_mul(wanted, 2), most);
	ArrayType	*larger;

	if (wanted > most)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("group has too many rows"),
				 errdetail("The rows of a group must fit in a gigabyte, eight bytes a number.")));
	kz_sample_reserve(kz_size_mul(room, 2 * sizeof(double))); /* PostgreSQL makes a copy */
	larger = allocate_state(room);
	memcpy(elements(larger), elements(state),
		   (HEAD + (size_t) elements(state)[USED]) * sizeof(double));
	return larger;
}

/* Adds elements to a state, in place if there is room. */
static ArrayType *
append(ArrayType *state, const double *element, size_t count)
{
	size_t used = HEAD + (size_t) elements(state)[USED];

	if (kz_size_add(used, count) > (size_t) ARR_DIMS(state)[0])
		state = enlarge(state, kz_size_add(used, count));
	memcpy(elements(state) + used, element, count * sizeof(double));
	elements(state)[USED] += (double) count;
	return state;
}

/* Checks a value or weight, which must be finite; a negative zero becomes zero. */
static inline double
check_number(double number, const char *name)
{
	if (unlikely(!kz_value_is_valid(number)))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("%s must be a finite number, not %s", name,
							   isnan(number)   ? "NaN"
							   : isinf(number) ? (number > 0 ? "Infinity" : "-Infinity")
											   : "of this size"),
						errdetail("Its magnitude must be below 2^960, about 9.7e288."),
						errhint("Use NULL for what is unknown.")));
	return number + 0.0;
}

/* Checks the value of a row. */
double
kz_sample_value(double value)
{
	return check_number(value, "value");
}

/* Checks the weight of a row. */
double
kz_sample_weight(double weight)
{
	if (weight < 0.0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("weight must not be negative, but is %g", weight)));
	return check_number(weight, "weight");
}

/* Reads the value of a row and, in argument `weight` if that is not 0, its weight; a row that lacks one says nothing. */
static inline void
get_row(FunctionCallInfo fcinfo, int weight, Record *record)
{
	record->element = NULL;
	record->count = 0;
	if (PG_ARGISNULL(1) || (weight > 0 && PG_ARGISNULL(weight)))
		return;
	record->element = record->fixed;
	record->fixed[record->count++] = kz_sample_value(PG_GETARG_FLOAT8(1));
	if (weight > 0)
		record->fixed[record->count++] = kz_sample_weight(PG_GETARG_FLOAT8(weight));
}

/* Adds a row to the state in the first argument, which begins with it. */
static inline Datum
add_record(FunctionCallInfo fcinfo, KzSampleLayout layout, KzSampleParameter parameter,
		   double value, const Record *record)
{
	ArrayType	 *state = get_state(fcinfo);
	const double *head;

	if (state == NULL)
		state = create_state(layout, parameter, value);
	head = elements(state);
	if (unlikely(head[LAYOUT] != layout || head[PARAMETER] != parameter))
		kz_report_state();
	if (unlikely(head[PARAMETER_VALUE] != value))
		report_parameter(parameter);
	if (record->element != NULL)
		state = append(state, record->element, record->count);
	PG_RETURN_ARRAYTYPE_P(state);
}

/* Adds a row of a value and, in argument `weight` if there is one, its weight. */
static inline Datum
add_row(FunctionCallInfo fcinfo, KzSampleParameter parameter, double value, int weight)
{
	Record record;

	weight = weight < PG_NARGS() ? weight : 0;
	get_row(fcinfo, weight, &record);
	return add_record(fcinfo, weight > 0 ? KZ_WEIGHTED : KZ_VALUES, parameter, value, &record);
}

/* Refuses a parameter that is NULL. */
static void
refuse_null(FunctionCallInfo fcinfo, KzSampleParameter parameter)
{
	if (PG_ARGISNULL(2))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("%s must not be null", parameter_name[parameter])));
}

/* Adds a row with a number as parameter, which must lie above a limit, or at least there. */
static Datum
add_row_with_number(FunctionCallInfo fcinfo, KzSampleParameter parameter, double low, bool above)
{
	double number;

	refuse_null(fcinfo, parameter);
	number = kz_get_number(fcinfo, 2, parameter_name[parameter], above ? -INFINITY : low, INFINITY);
	if (above && number <= low)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s must be above %g, not %g", parameter_name[parameter], low, number)));
	return add_row(fcinfo, parameter, number, 3);
}

/* Adds a row with a yes or no as parameter. */
static Datum
add_row_with_flag(FunctionCallInfo fcinfo, KzSampleParameter parameter)
{
	refuse_null(fcinfo, parameter);
	return add_row(fcinfo, parameter, PG_GETARG_BOOL(2), 3);
}

/* kz_sample_transition(state float8[], value float8 [, weight float8]) -> float8[] */
Datum
kz_sample_transition(PG_FUNCTION_ARGS)
{
	return add_row(fcinfo, KZ_NO_PARAMETER, 0.0, 2);
}

/* kz_gini_transition(state float8[], value float8, corrected boolean) -> float8[] */
Datum
kz_gini_transition(PG_FUNCTION_ARGS)
{
	return add_row_with_flag(fcinfo, KZ_CORRECTED);
}

/* kz_hhi_transition(state float8[], value float8, normalized boolean) -> float8[] */
Datum
kz_hhi_transition(PG_FUNCTION_ARGS)
{
	return add_row_with_flag(fcinfo, KZ_NORMALIZED);
}

/* kz_entropy_transition(state float8[], value float8, base float8) -> float8[] */
Datum
kz_entropy_transition(PG_FUNCTION_ARGS)
{
	return add_row_with_number(fcinfo, KZ_BASE_OF_LOGARITHM, 1.0, true);
}

/* kz_generalized_entropy_transition(state float8[], value float8, alpha float8 [, weight float8]) -> float8[] */
Datum
kz_generalized_entropy_transition(PG_FUNCTION_ARGS)
{
	return add_row_with_number(fcinfo, KZ_ALPHA, -INFINITY, false);
}

/* kz_atkinson_transition(state float8[], value float8, epsilon float8 [, weight float8]) -> float8[] */
Datum
kz_atkinson_transition(PG_FUNCTION_ARGS)
{
	return add_row_with_number(fcinfo, KZ_EPSILON, 0.0, false);
}

/* kz_kolm_transition(state float8[], value float8, alpha float8 [, weight float8]) -> float8[] */
Datum
kz_kolm_transition(PG_FUNCTION_ARGS)
{
	return add_row_with_number(fcinfo, KZ_KOLM_ALPHA, 0.0, true);
}

/* kz_hill_transition(state float8[], value float8, q float8) -> float8[] */
Datum
kz_hill_transition(PG_FUNCTION_ARGS)
{
	if (!PG_ARGISNULL(2) && PG_GETARG_FLOAT8(2) == INFINITY)
		return add_row(fcinfo, KZ_ORDER, INFINITY, 3);
	return add_row_with_number(fcinfo, KZ_ORDER, 0.0, false);
}

/* kz_concentration_ratio_transition(state float8[], value float8, k integer) -> float8[] */
Datum
kz_concentration_ratio_transition(PG_FUNCTION_ARGS)
{
	refuse_null(fcinfo, KZ_LARGEST);
	if (PG_GETARG_INT32(2) < 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("k must be at least 1, not %d", PG_GETARG_INT32(2))));
	return add_row(fcinfo, KZ_LARGEST, PG_GETARG_INT32(2), 3);
}

/* kz_cv_transition(state float8[], value float8, kind text) -> float8[] */
Datum
kz_cv_transition(PG_FUNCTION_ARGS)
{
	static const char *const kinds[] = {"sample", "population"};

	return add_row(fcinfo, KZ_KIND, kz_get_choice(fcinfo, 2, "kind", kinds, 2), 3);
}

/* Writes the bytes of a label as elements after the first three of a row. */
static void
pack_label(Record *record, const char *bytes, size_t length)
{
	record->count = 3 + kz_label_elements(length);
	if (record->count > lengthof(record->fixed))
	{
		record->element = palloc(record->count * sizeof(double));
		memcpy(record->element, record->fixed, 3 * sizeof(double));
	}
	record->element[2] = (double) length;
	for (size_t i = 3; i < record->count; i++)
	{
		uint64 word = 0;

		for (int k = 0; k < KZ_LABEL_BYTES && length > 0; k++, length--)
			word |= (uint64) (unsigned char) *bytes++ << (8 * k);
		record->element[i] = (double) word;
	}
}

/* Reads a label's bytes from its elements; there must be room for a few bytes more. */
void
kz_unpack_label(const double *element, size_t length, char *label)
{
	for (size_t i = 0; i < kz_label_elements(length); i++)
	{
		uint64 word = (uint64) element[i];

		for (int k = 0; k < KZ_LABEL_BYTES; k++)
			*label++ = (char) (word >> (8 * k));
	}
}

/* Reads a row of value, weight and group; the last two arguments are the weight, if there is one, and the group. */
static void
get_grouped_row(FunctionCallInfo fcinfo, Record *record)
{
	int			 group = PG_NARGS() - 1;
	KzLabelType *type = fcinfo->flinfo->fn_extra;
	Datum		 label = PG_GETARG_DATUM(group);
	const char	*bytes;
	size_t		 length;
	void		*copy;

	if (type == NULL)
	{
		type = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(KzLabelType));
		kz_label_type_init(type, get_fn_expr_argtype(fcinfo->flinfo, group),
						   fcinfo->flinfo->fn_mcxt, "group");
		fcinfo->flinfo->fn_extra = type;
	}
	if (PG_ARGISNULL(group))
		kz_report_null_label("group");
	get_row(fcinfo, group == 3 ? 2 : 0, record);
	if (record->element == NULL)
		return;
	if (group == 2)
		record->fixed[1] = 1.0;
	kz_label_bytes(type, &label, &bytes, &length, &copy);
	if (length > KZ_MAX_LABEL)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("group label is too long: %zu bytes", length),
						errdetail("A label has at most %d bytes.", KZ_MAX_LABEL)));
	pack_label(record, bytes, length);
	if (copy != NULL)
		pfree(copy);
}

/* Frees what a long label needed. */
static inline void
free_record(Record *record)
{
	if (record->element != NULL && record->element != record->fixed)
		pfree(record->element);
}

/* kz_theil_groups_transition(state float8[], value float8 [, weight float8], group "any") -> float8[] */
Datum
kz_theil_groups_transition(PG_FUNCTION_ARGS)
{
	Record record;
	Datum  result;

	get_grouped_row(fcinfo, &record);
	result = add_record(fcinfo, KZ_GROUPED, KZ_NO_PARAMETER, 0.0, &record);
	free_record(&record);
	return result;
}

/*
 * Takes a row away again. A frame loses its rows in the order in which it got them, so it is the oldest; should it ever be
 * another, the result is NULL, which makes PostgreSQL aggregate the frame anew.
 */
static Datum
take_record(FunctionCallInfo fcinfo, const Record *record)
{
	ArrayType *state = get_state(fcinfo);
	double	  *head, *first;
	size_t	   left;

	if (state == NULL)
		PG_RETURN_NULL();
	if (record->element == NULL)
		PG_RETURN_ARRAYTYPE_P(state);
	head = elements(state);
	first = head + HEAD + (size_t) head[SKIPPED];
	left = (size_t) (head[USED] - head[SKIPPED]);
	if (left < record->count || memcmp(first, record->element, record->count * sizeof(double)) != 0)
		PG_RETURN_NULL();
	left -= record->count;
	head[SKIPPED] += (double) record->count;
	if (head[SKIPPED] > (double) left)
	{
		memmove(head + HEAD, first + record->count, left * sizeof(double));
		head[USED] = (double) left;
		head[SKIPPED] = 0.0;
	}
	PG_RETURN_ARRAYTYPE_P(state);
}

/*
 * kz_sample_inverse(state float8[], value float8 [, weight float8]) -> float8[]
 * kz_sample_inverse(state float8[], value float8, parameter [, weight float8]) -> float8[]
 */
Datum
kz_sample_inverse(PG_FUNCTION_ARGS)
{
	KzSampleView view;
	Record		 record;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	kz_sample_open(PG_GETARG_DATUM(0), &view);
	if (view.layout == KZ_GROUPED || PG_NARGS() != 1 + (int) view.layout + (view.parameter != 0))
		kz_report_state();
	get_row(fcinfo, view.layout == KZ_WEIGHTED ? PG_NARGS() - 1 : 0, &record);
	return take_record(fcinfo, &record);
}

/* kz_theil_groups_inverse(state float8[], value float8 [, weight float8], group "any") -> float8[] */
Datum
kz_theil_groups_inverse(PG_FUNCTION_ARGS)
{
	Record record;
	Datum  result;

	get_grouped_row(fcinfo, &record);
	result = take_record(fcinfo, &record);
	free_record(&record);
	return result;
}

/* kz_sample_combine(state float8[], state float8[]) -> float8[] */
Datum
kz_sample_combine(PG_FUNCTION_ARGS)
{
	ArrayType	 *state = get_state(fcinfo);
	KzSampleView  other;
	const double *head;

	if (PG_ARGISNULL(1))
	{
		if (state == NULL)
			PG_RETURN_NULL();
		PG_RETURN_ARRAYTYPE_P(state);
	}
	kz_sample_open(PG_GETARG_DATUM(1), &other);
	if (state == NULL)
		state = create_state(other.layout, other.parameter, other.parameter_value);
	head = elements(state);
	if (head[LAYOUT] != other.layout || head[PARAMETER] != other.parameter)
		kz_report_state();
	if (head[PARAMETER_VALUE] != other.parameter_value)
		report_parameter(other.parameter);
	PG_RETURN_ARRAYTYPE_P(append(state, other.element, other.count));
}
