/*
 * inequality.c
 *		The results of the aggregates of inequality, the Lorenz curve and the spatial Gini.
 */
#include "measure/inequality.h"
#include "pg/sample.h"

#include <math.h>

#include "base/dictionary.h"
#include "base/exact.h"
#include "base/size.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "utils/array.h"

KZ_FUNCTION(kz_gini_final);
KZ_FUNCTION(kz_hhi_final);
KZ_FUNCTION(kz_entropy_final);
KZ_FUNCTION(kz_theil_final);
KZ_FUNCTION(kz_mean_log_deviation_final);
KZ_FUNCTION(kz_generalized_entropy_final);
KZ_FUNCTION(kz_atkinson_final);
KZ_FUNCTION(kz_kolm_final);
KZ_FUNCTION(kz_hoover_final);
KZ_FUNCTION(kz_coulter_final);
KZ_FUNCTION(kz_cv_final);
KZ_FUNCTION(kz_williamson_final);
KZ_FUNCTION(kz_concentration_ratio_final);
KZ_FUNCTION(kz_hill_final);
KZ_FUNCTION(kz_theil_between_final);
KZ_FUNCTION(kz_theil_within_final);
KZ_FUNCTION(kz_lorenz);
KZ_FUNCTION(kz_spatial_gini);

/* Makes room for rows. */
static KzRow *
make_rows(size_t count)
{
	kz_sample_reserve(kz_size_mul(count, sizeof(KzRow)));
	return palloc_extended(kz_size_mul(Max(count, 1), sizeof(KzRow)), MCXT_ALLOC_HUGE);
}

/* Checks the numbers of a row that comes from a state. */
static inline void
check_row(const KzRow *row)
{
	if (!kz_value_is_valid(row->value) || !kz_value_is_valid(row->weight) || row->weight < 0.0)
		kz_report_state();
}

/*
 * Reads the sample in the first argument, whose rows may be rearranged: they are a copy. Its state must have one of
 * two parameters; the value of that parameter is returned, or 0 where there is none. No state: no rows.
 */
static double
get_sample(FunctionCallInfo fcinfo, KzSampleParameter parameter, KzSampleParameter other,
		   KzSample *sample)
{
	KzSampleView state = {.layout = KZ_VALUES, .parameter = parameter};
	KzRow		*row;
	size_t		 count;

	if (!PG_ARGISNULL(0))
		kz_sample_open(PG_GETARG_DATUM(0), &state);
	if (state.layout == KZ_GROUPED || (state.parameter != parameter && state.parameter != other))
		kz_report_state();
	count = state.count / state.layout;
	row = make_rows(count);
	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		row[i].value = state.element[i * state.layout];
		row[i].weight = state.layout == KZ_WEIGHTED ? state.element[i * 2 + 1] : 1.0;
		check_row(&row[i]);
	}
	kz_sample_init(sample, row, count);
	return state.parameter_value;
}

/* Returns a number, or NULL when its status is not KZ_OK; the sample's rows are freed. */
static Datum
finish(FunctionCallInfo fcinfo, KzSample *sample, KzStatus status, double result)
{
	KzMaybe number = kz_maybe(result);

	pfree(sample->row);
	if (status != KZ_OK || !number.known)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(number.value);
}

/* Defines a final function: which states it takes, and its result from the sample and the parameter p. */
#define FINAL(name, parameter, other, call)                                                        \
	Datum name(PG_FUNCTION_ARGS)                                                                   \
	{                                                                                              \
		KzSample sample;                                                                           \
		double	 result = 0.0, p = get_sample(fcinfo, parameter, other, &sample);                  \
		KzStatus status = call;                                                                    \
                                                                                                   \
		(void) p;                                                                                  \
		return finish(fcinfo, &sample, status, result);                                            \
	}

/* kz_gini_final(state float8[]) -> float8 */
FINAL(kz_gini_final, KZ_NO_PARAMETER, KZ_CORRECTED, kz_sample_gini(&sample, p != 0.0, &result))

/* kz_hhi_final(state float8[]) -> float8 */
FINAL(kz_hhi_final, KZ_NO_PARAMETER, KZ_NORMALIZED,
	  kz_sample_herfindahl(&sample, p != 0.0, &result))

/* kz_entropy_final(state float8[]) -> float8 */
FINAL(kz_entropy_final, KZ_NO_PARAMETER, KZ_BASE_OF_LOGARITHM,
	  kz_sample_entropy(&sample, p > 0.0 ? log(p) : 1.0, &result))

/* kz_theil_final(state float8[]) -> float8 */
FINAL(kz_theil_final, KZ_NO_PARAMETER, KZ_NO_PARAMETER,
	  kz_sample_generalized_entropy(&sample, 1.0, &result))

/* kz_mean_log_deviation_final(state float8[]) -> float8 */
FINAL(kz_mean_log_deviation_final, KZ_NO_PARAMETER, KZ_NO_PARAMETER,
	  kz_sample_generalized_entropy(&sample, 0.0, &result))

/* kz_generalized_entropy_final(state float8[]) -> float8 */
FINAL(kz_generalized_entropy_final, KZ_ALPHA, KZ_ALPHA,
	  kz_sample_generalized_entropy(&sample, p, &result))

/* kz_atkinson_final(state float8[]) -> float8 */
FINAL(kz_atkinson_final, KZ_EPSILON, KZ_EPSILON, kz_sample_atkinson(&sample, p, &result))

/* kz_kolm_final(state float8[]) -> float8 */
FINAL(kz_kolm_final, KZ_KOLM_ALPHA, KZ_KOLM_ALPHA, kz_sample_kolm(&sample, p, &result))

/* kz_hoover_final(state float8[]) -> float8 */
FINAL(kz_hoover_final, KZ_NO_PARAMETER, KZ_NO_PARAMETER, kz_sample_hoover(&sample, &result))

/* kz_coulter_final(state float8[]) -> float8 */
FINAL(kz_coulter_final, KZ_NO_PARAMETER, KZ_NO_PARAMETER, kz_sample_coulter(&sample, &result))

/* kz_concentration_ratio_final(state float8[]) -> float8 */
FINAL(kz_concentration_ratio_final, KZ_LARGEST, KZ_LARGEST,
	  kz_sample_concentration_ratio(&sample, p, &result))

/* kz_hill_final(state float8[]) -> float8 */
FINAL(kz_hill_final, KZ_ORDER, KZ_ORDER, kz_sample_hill(&sample, p, &result))

/* kz_cv_final(state float8[]) -> float8 */
FINAL(kz_cv_final, KZ_NO_PARAMETER, KZ_KIND, kz_sample_variation(&sample, p == 0.0, &result))

/* kz_williamson_final(state float8[]) -> float8 */
FINAL(kz_williamson_final, KZ_NO_PARAMETER, KZ_NO_PARAMETER,
	  kz_sample_variation(&sample, false, &result))

/* Returns the number of elements of the row of a group that begins here, checked as far as they are read. */
static size_t
grouped_row(const double *element, size_t left)
{
	size_t count;

	if (left < 3 || !(element[2] >= 0.0 && element[2] <= KZ_MAX_LABEL))
		kz_report_state();
	count = 3 + kz_label_elements((size_t) element[2]);
	if (count > left)
		kz_report_state();
	for (size_t i = 3; i < count; i++)
		if (!(element[i] >= 0.0 && element[i] < 0x1p48))
			kz_report_state();
	return count;
}

/* Reads the sample of a state of groups, and numbers the group of each row. */
static void
get_groups(FunctionCallInfo fcinfo, KzSample *sample, uint32 **group, uint32 *groups)
{
	KzSampleView state = {.layout = KZ_GROUPED};
	KzDictionary dictionary;
	char		*label = palloc(KZ_MAX_LABEL + KZ_LABEL_BYTES);
	KzRow		*row;
	size_t		 count = 0;

	if (!PG_ARGISNULL(0))
		kz_sample_open(PG_GETARG_DATUM(0), &state);
	if (state.layout != KZ_GROUPED || state.parameter != KZ_NO_PARAMETER)
		kz_report_state();
	for (size_t i = 0; i < state.count; count++)
	{
		CHECK_FOR_INTERRUPTS();
		i += grouped_row(state.element + i, state.count - i);
	}
	row = make_rows(count);
	*group = palloc_extended(kz_size_mul(Max(count, 1), sizeof(uint32)), MCXT_ALLOC_HUGE);
	kz_dictionary_init(&dictionary, CurrentMemoryContext, 0);
	for (size_t i = 0, k = 0; k < count; k++)
	{
		const double *element = state.element + i;
		uint32		  length = (uint32) element[2];

		CHECK_FOR_INTERRUPTS();
		row[k] = (KzRow){element[0], element[1]};
		check_row(&row[k]);
		kz_unpack_label(element + 3, length, label);
		(*group)[k] = kz_dictionary_intern(&dictionary, label, length);
		i += grouped_row(element, state.count - i);
	}
	*groups = dictionary.count;
	kz_sample_init(sample, row, count);
}

/* Returns one of the two parts of Theil's T. */
static Datum
finish_groups(FunctionCallInfo fcinfo, bool is_within)
{
	KzSample sample;
	uint32	*group, groups;
	double	 between = 0.0, within = 0.0;
	KzStatus status;

	get_groups(fcinfo, &sample, &group, &groups);
	status = kz_sample_theil_groups(&sample, group, groups, &between, &within);
	pfree(group);
	return finish(fcinfo, &sample, status, is_within ? within : between);
}

/* kz_theil_between_final(state float8[]) -> float8 */
Datum
kz_theil_between_final(PG_FUNCTION_ARGS)
{
	return finish_groups(fcinfo, false);
}

/* kz_theil_within_final(state float8[]) -> float8 */
Datum
kz_theil_within_final(PG_FUNCTION_ARGS)
{
	return finish_groups(fcinfo, true);
}

/* Makes a sample of an array of values and maybe one of weights; a place where either is NULL says nothing. */
static void
get_arrays(ArrayType *values, ArrayType *weights, KzSample *sample)
{
	Datum *value, *weight = NULL;
	bool  *no_value, *no_weight = NULL;
	int	   count, weight_count;
	KzRow *row;
	size_t known = 0;

	deconstruct_array(values, FLOAT8OID, sizeof(float8), true, TYPALIGN_DOUBLE, &value, &no_value,
					  &count);
	if (weights != NULL)
	{
		deconstruct_array(weights, FLOAT8OID, sizeof(float8), true, TYPALIGN_DOUBLE, &weight,
						  &no_weight, &weight_count);
		if (weight_count != count)
			ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
							errmsg("weight must have as many elements as value, %d, not %d", count,
								   weight_count)));
	}
	row = make_rows(count);
	for (int i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (no_value[i] || (weight != NULL && no_weight[i]))
			continue;
		row[known].value = kz_sample_value(DatumGetFloat8(value[i]));
		row[known++].weight = weight == NULL ? 1.0 : kz_sample_weight(DatumGetFloat8(weight[i]));
	}
	kz_sample_init(sample, row, known);
}

/*
 * kz_lorenz(value float8[], weight float8[])
 * -> setof (point bigint, value float8, weight_share float8, value_share float8, status text)
 */
Datum
kz_lorenz(PG_FUNCTION_ARGS)
{
	KzSample sample;
	double	*x, *y;
	Datum	 values[5] = {Int64GetDatum(0), (Datum) 0, Float8GetDatum(0.0), Float8GetDatum(0.0)};
	bool	 nulls[5] = {false, true, false, false, false};
	KzStatus status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	get_arrays(PG_GETARG_ARRAYTYPE_P(0), PG_ARGISNULL(1) ? NULL : PG_GETARG_ARRAYTYPE_P(1),
			   &sample);
	if (sample.weighty == 0)
		return (Datum) 0;
	x = palloc_extended(kz_size_mul(sample.count, sizeof(double)), MCXT_ALLOC_HUGE);
	y = palloc_extended(kz_size_mul(sample.count, sizeof(double)), MCXT_ALLOC_HUGE);
	status = kz_sample_lorenz(&sample, x, y);
	values[4] = kz_status_datums()[status];
	nulls[3] = status != KZ_OK;
	kz_put_row(fcinfo, values, nulls);
	nulls[1] = false;
	for (size_t i = 0; i < sample.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		values[0] = Int64GetDatum((int64) i + 1);
		values[1] = Float8GetDatum(sample.row[i].value);
		values[2] = Float8GetDatum(x[i]);
		values[3] = Float8GetDatum(y[i]);
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* Finds the row of the values of each label of the weights; an error when one has none. */
static uint32 *
find_regions(const KzIndex *values, const KzLabels *labels)
{
	uint32 *place =
		palloc_extended(kz_size_mul(Max(labels->count, 1), sizeof(uint32)), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		place[i] = kz_find_label(&values->rows, labels, i);
		if (place[i] == KZ_NOT_FOUND)
			ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
							errmsg("values lacks the region \"%.*s\"",
								   (int) kz_label_length(labels, i), kz_label(labels, i)),
							errhint("Add its value, or leave the region out of the weights with "
									"kz_rows() and kz_cols().")));
	}
	return place;
}

/* Adds up w_ij |x_i - x_j|; false when a weight is suppressed. */
static bool
sum_near(const KzIndex *values, const KzView *weights, double *result)
{
	uint32 *row_place = find_regions(values, &weights->rows),
		   *col_place = find_regions(values, &weights->cols);
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32 row = 0; row < weights->rows.count; row++)
		for (uint32 i = weights->row_start[row]; i < weights->row_start[row + 1]; i++)
		{
			double weight = weights->value[i];

			CHECK_FOR_INTERRUPTS();
			if (kz_is_suppressed(weights, i))
				return false;
			if (weight < 0.0 || weight > 1.0)
				ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
								errmsg("weights must lie between 0 and 1, but \"%.*s\" has %g",
									   (int) kz_label_length(&weights->rows, row),
									   kz_label(&weights->rows, row), weight)));
			kz_exact_add(&sum, weight * fabs(values->view.value[row_place[row]] -
											 values->view.value[col_place[weights->col[i]]]));
		}
	*result = kz_exact_finish(&sum);
	return true;
}

/* Makes a sample of a matrix of one column; a suppressed value is a status. */
static KzStatus
values_of_regions(const KzIndex *index, KzSample *sample)
{
	const KzView *view = &index->view;
	KzRow		 *row;

	if (view->cols.count > 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("values must have one column, not %u", view->cols.count),
						errhint("Choose one with kz_cols().")));
	row = make_rows(view->rows.count);
	for (uint32 i = 0; i < view->rows.count; i++)
		row[i] = (KzRow){view->value[i], 1.0};
	kz_sample_init(sample, row, view->rows.count);
	return index->margins.suppressed > 0 ? KZ_SUPPRESSED_CELL : KZ_OK;
}

/* kz_spatial_gini("values" kz_matrix, weights kz_matrix) -> setof (gini, near, far, status) */
Datum
kz_spatial_gini(PG_FUNCTION_ARGS)
{
	KzIndex *values_index, *weights;
	KzSample sample;
	double	 gini = 0.0, near = 0.0, far = 0.0;
	bool	 known;
	KzStatus status;
	Datum	 values[4];
	bool	 nulls[4] = {false};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	values_index = kz_get_index(fcinfo, 0);
	weights = kz_get_index(fcinfo, 1);
	if (values_index == NULL || weights == NULL)
		return (Datum) 0;
	status = values_of_regions(values_index, &sample);
	known = sum_near(values_index, &weights->view, &near);
	if (status == KZ_OK)
		status = kz_sample_gini(&sample, false, &gini);
	nulls[0] = status != KZ_OK;
	if (status == KZ_OK && !known)
		status = KZ_SUPPRESSED_CELL;
	nulls[1] = nulls[2] = status != KZ_OK;
	if (status == KZ_OK)
		kz_split_gini(&sample, gini, &near, &far);
	values[0] = Float8GetDatum(gini);
	values[1] = Float8GetDatum(near);
	values[2] = Float8GetDatum(far);
	values[3] = kz_status_datums()[status];
	kz_put_row(fcinfo, values, nulls);
	return (Datum) 0;
}
