/*
 * development.c
 *		Correlation and panel regression of arrays.
 */
#include "kz.h"

#include <math.h>

#include "base/alloc.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "matrix/read.h"
#include "matrix/view.h"
#include "measure/association.h"
#include "measure/panel.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/graph.h"
#include "utils/array.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_correlation);
KZ_FUNCTION(kz_panel_regression);

/* The elements of an array argument. */
typedef struct Elements
{
	const char *name;
	Datum	   *value;
	bool	   *null;
	int			count;
} Elements;

/* Opens an array argument of one dimension; type is float8 or text. */
static Elements
get_elements(FunctionCallInfo fcinfo, int argument, const char *name, Oid type)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argument);
	Elements   elements = {.name = name};

	CHECK_FOR_INTERRUPTS();
	if (ARR_NDIM(array) > 1)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
						errmsg("%s must be an array of one dimension", name)));
	if (type == FLOAT8OID)
		deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
						  &elements.value, &elements.null, &elements.count);
	else
		deconstruct_array(array, TEXTOID, -1, false, TYPALIGN_INT, &elements.value, &elements.null,
						  &elements.count);
	return elements;
}

/* Refuses arrays of different lengths. */
static void
check_same_count(const Elements *a, const Elements *b)
{
	if (a->count != b->count)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
						errmsg("%s and %s must be of the same length, not %d and %d", a->name,
							   b->name, a->count, b->count),
						errhint("Make them by array_agg() in one query, in the same order.")));
}

/* Returns an element, which must be finite. */
static double
finite_element(const Elements *elements, int i)
{
	double value = DatumGetFloat8(elements->value[i]);

	if (!isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s must be a finite number, but element %d is not", elements->name, i + 1),
				 errhint("Use NULL for what is unknown.")));
	return value;
}

/* Returns the confidence of intervals. */
static double
get_confidence(FunctionCallInfo fcinfo, int argument)
{
	double confidence = PG_ARGISNULL(argument) ? 0.95 : PG_GETARG_FLOAT8(argument);

	if (!(confidence > 0.0 && confidence < 1.0))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("confidence must be above 0 and below 1, not %g", confidence)));
	return confidence;
}

/* Sets the four columns of a correlation. */
static void
set_correlation(Datum *values, bool *nulls, int i, const KzCorrelation *correlation)
{
	kz_set_number(values, nulls, i, correlation->r);
	kz_set_number(values, nulls, i + 1, correlation->low);
	kz_set_number(values, nulls, i + 2, correlation->high);
	kz_set_number(values, nulls, i + 3, correlation->p);
}

/*
 * kz_correlation(x float8[], y float8[], confidence float8) -> (n, pearson, pearson_low, pearson_high, pearson_p,
 * spearman, spearman_low, spearman_high, spearman_p, status)
 */
Datum
kz_correlation(PG_FUNCTION_ARGS)
{
	Elements	  x_given, y_given;
	double		 *x, *y, confidence;
	uint32		  n = 0;
	KzAssociation association;
	Datum		  values[10];
	bool		  nulls[10] = {false};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	confidence = get_confidence(fcinfo, 2);
	x_given = get_elements(fcinfo, 0, "x", FLOAT8OID);
	y_given = get_elements(fcinfo, 1, "y", FLOAT8OID);
	check_same_count(&x_given, &y_given);
	x = kz_alloc_zero(x_given.count, sizeof(double));
	y = kz_alloc_zero(x_given.count, sizeof(double));
	for (int i = 0; i < x_given.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (x_given.null[i] || y_given.null[i])
			continue;
		x[n] = finite_element(&x_given, i);
		y[n++] = finite_element(&y_given, i);
	}
	kz_associate(x, y, n, confidence, &association);
	values[0] = Int64GetDatum(n);
	set_correlation(values, nulls, 1, &association.pearson);
	set_correlation(values, nulls, 5, &association.spearman);
	values[9] = kz_status_datums()[association.status];
	kz_put_row(fcinfo, values, nulls);
	return (Datum) 0;
}

/* Compares two numbers by the labels that have them; the argument is the array of labels. */
static int
compare_labels(const void *a, const void *b, void *keys)
{
	const KzKey *x = (const KzKey *) keys + *(const uint32 *) a,
				*y = (const KzKey *) keys + *(const uint32 *) b;

	return kz_compare_bytes(x->bytes, x->length, y->bytes, y->length);
}

/* Numbers labels in bytewise order; count becomes how many different ones there are. */
static uint32 *
number_labels(const Elements *labels, const uint32 *row, uint32 n, uint32 *count)
{
	KzDictionary dictionary;
	uint32		*number = kz_alloc_zero(n, sizeof(uint32)), *order, *place;

	kz_dictionary_init(&dictionary, CurrentMemoryContext, 64);
	for (uint32 i = 0; i < n; i++)
	{
		Datum label = labels->value[row[i]];

		CHECK_FOR_INTERRUPTS();
		if (labels->null[row[i]])
			ereport(ERROR,
					(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
					 errmsg("%s must not be null, but element %u is", labels->name, row[i] + 1)));
		number[i] = kz_dictionary_intern(&dictionary, VARDATA_ANY(DatumGetPointer(label)),
										 VARSIZE_ANY_EXHDR(DatumGetPointer(label)));
	}
	*count = dictionary.count;
	order = kz_alloc_zero(*count, sizeof(uint32));
	place = kz_alloc_zero(*count, sizeof(uint32));
	for (uint32 i = 0; i < *count; i++)
		order[i] = i;
	qsort_interruptible(order, *count, sizeof(uint32), compare_labels, dictionary.key);
	for (uint32 i = 0; i < *count; i++)
		place[order[i]] = i;
	for (uint32 i = 0; i < n; i++)
		number[i] = place[number[i]];
	return number;
}

/* Reads the observations: y, x, unit, period. Those of which y or x is NULL are left out. */
static void
get_panel(FunctionCallInfo fcinfo, KzPanel *panel)
{
	static const char *const effects[] = {"two-way", "unit", "period", "none"};
	int						 choice = kz_get_choice(fcinfo, 4, "effects", effects, 4);
	Elements				 y = get_elements(fcinfo, 0, "y", FLOAT8OID),
			 x = get_elements(fcinfo, 1, "x", FLOAT8OID),
			 unit = get_elements(fcinfo, 2, "unit", TEXTOID),
			 period = get_elements(fcinfo, 3, "period", TEXTOID);
	uint32 *row = kz_alloc_zero(y.count, sizeof(uint32));

	check_same_count(&y, &x);
	check_same_count(&y, &unit);
	check_same_count(&y, &period);
	*panel = (KzPanel){.y = kz_alloc_zero(y.count, sizeof(double)),
					   .x = kz_alloc_zero(y.count, sizeof(double)),
					   .unit_effects = choice == 0 || choice == 1,
					   .period_effects = choice == 0 || choice == 2};
	for (int i = 0; i < y.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (y.null[i] || x.null[i])
			continue;
		panel->y[panel->n] = finite_element(&y, i);
		panel->x[panel->n] = finite_element(&x, i);
		row[panel->n++] = i;
	}
	panel->unit = number_labels(&unit, row, panel->n, &panel->units);
	panel->period = number_labels(&period, row, panel->n, &panel->periods);
}

/* Finds the components of a panel of both effects: which periods and units are connected by observations. */
static void
find_components(KzPanel *panel)
{
	uint32	nodes = panel->periods + panel->units;
	KzEdges edges;

	if (!panel->unit_effects || !panel->period_effects)
		return;
	if (Min(panel->units, panel->periods) > KZ_PANEL_EQUATIONS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("a regression with two-way effects must not have more than %d units and "
						"more than %d periods, not %u and %u",
						KZ_PANEL_EQUATIONS, KZ_PANEL_EQUATIONS, panel->units, panel->periods),
				 errhint("Aggregate the periods, or use effects => 'unit'.")));
	kz_edges_start(&edges, nodes);
	for (uint32 i = 0; i < panel->n; i++)
		kz_edges_add(&edges, panel->period[i], panel->periods + panel->unit[i]);
	panel->component = kz_edges_finish(&edges, &panel->components);
}

/*
 * kz_panel_regression(y float8[], x float8[], unit text[], period text[], effects text, errors text, confidence float8)
 * -> (n, units, periods, coefficient, standard_error, freedom, t, p, low, high, r2_within, status)
 */
Datum
kz_panel_regression(PG_FUNCTION_ARGS)
{
	static const char *const errors[] = {"clustered", "robust", "classical"};
	KzPanel					 panel;
	KzPanelResult			 result;
	KzPanelErrors			 choice;
	double					 confidence;
	Datum					 values[12];
	bool					 nulls[12] = {false};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (int i = 0; i < 4; i++)
		if (PG_ARGISNULL(i))
			return (Datum) 0;
	choice = (KzPanelErrors) kz_get_choice(fcinfo, 5, "errors", errors, 3);
	confidence = get_confidence(fcinfo, 6);
	get_panel(fcinfo, &panel);
	kz_panel_trim(&panel);
	find_components(&panel);
	kz_panel_fit(&panel, choice, confidence, &result);
	values[0] = Int64GetDatum(panel.n);
	values[1] = Int64GetDatum(panel.units);
	values[2] = Int64GetDatum(panel.periods);
	kz_set_number(values, nulls, 3, result.coefficient);
	kz_set_number(values, nulls, 4, result.standard_error);
	values[5] = Int64GetDatum(result.freedom);
	nulls[5] = !result.standard_error.known;
	kz_set_number(values, nulls, 6, result.t);
	kz_set_number(values, nulls, 7, result.p);
	kz_set_number(values, nulls, 8, result.low);
	kz_set_number(values, nulls, 9, result.high);
	kz_set_number(values, nulls, 10, result.r2_within);
	values[11] = kz_status_datums()[result.status];
	kz_put_row(fcinfo, values, nulls);
	return (Datum) 0;
}
