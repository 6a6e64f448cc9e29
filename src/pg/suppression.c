/*
 * suppression.c
 *		Bounds of suppressed cells and of quotients, as rows.
 */
#include "matrix/read.h"
#include "matrix/walk.h"
#include "measure/suppression.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/attributes.h"

KZ_FUNCTION(kz_suppressed_bounds);
KZ_FUNCTION(kz_quotient_bounds);

/* Returns the value of a cell that a matrix has under the labels of another one, unknown when it is absent or suppressed. */
static KzMaybe
value_at(const KzIndex *index, uint32 row, uint32 col)
{
	uint32 cell;

	if (row == KZ_NOT_FOUND || col == KZ_NOT_FOUND)
		return (KzMaybe){0.0, false};
	cell = kz_view_find(&index->view, row, col);
	if (cell == PG_UINT32_MAX || kz_is_suppressed(&index->view, cell))
		return (KzMaybe){0.0, false};
	return (KzMaybe){index->view.value[cell], true};
}

/* Reports published totals of a shape that cannot be read. */
KZ_NORETURN static void
report_shape(const char *name, const char *line, const KzIndex *totals)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("%s must have one %s, not %u", name, line,
					strcmp(line, "row") == 0 ? totals->view.rows.count : totals->view.cols.count),
			 errhint("Aggregate the totals under one label, for example "
					 "kz_matrix_agg(region, 'total', value) or "
					 "kz_matrix_agg('total', industry, value).")));
}

/* Returns the published totals of the regions: of a matrix of one column, or of attributes the one named total. */
static KzMaybe *
get_region_totals(FunctionCallInfo fcinfo, int argument, const KzLabels *regions)
{
	KzIndex *totals = kz_get_index(fcinfo, argument);
	KzMaybe *result;
	uint32	 col = 0;

	if (totals == NULL)
		return NULL;
	if (totals->view.cols.count != 1)
		col = kz_dictionary_find(&totals->cols.labels, KZ_TOTAL, (uint32) strlen(KZ_TOTAL));
	if (col == KZ_NOT_FOUND)
		report_shape("region_totals", "column, or one named \"total\"", totals);
	result = palloc_extended(Max(regions->count, 1) * sizeof(KzMaybe), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < regions->count; i++)
		result[i] = value_at(totals, kz_find_label(&totals->rows, regions, i), col);
	return result;
}

/* Returns the published totals of the industries, a matrix of one row. */
static KzMaybe *
get_industry_totals(FunctionCallInfo fcinfo, int argument, const KzLabels *industries)
{
	KzIndex *totals = kz_get_index(fcinfo, argument);
	KzMaybe *result;

	if (totals == NULL)
		return NULL;
	if (totals->view.rows.count != 1)
		report_shape("industry_totals", "row", totals);
	result = palloc_extended(Max(industries->count, 1) * sizeof(KzMaybe), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < industries->count; i++)
		result[i] = value_at(totals, 0, kz_find_label(&totals->cols, industries, i));
	return result;
}

/* Returns where each label of one matrix stands in another one. */
static uint32 *
map_to(const KzAxis *axis, const KzLabels *labels)
{
	uint32 *result = palloc_extended(Max(labels->count, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		result[i] = kz_find_label(axis, labels, i);
	}
	return result;
}

/* One of the matrices low and high, and where the labels of the facts stand in it. */
typedef struct Given
{
	KzIndex *index; /* or NULL */
	uint32	*row;
	uint32	*col;
} Given;

/* Opens a matrix of bounds. */
static Given
get_given(FunctionCallInfo fcinfo, int argument, const KzView *view)
{
	Given given = {.index = kz_get_index(fcinfo, argument)};

	if (given.index != NULL)
	{
		given.row = map_to(&given.index->rows, &view->rows);
		given.col = map_to(&given.index->cols, &view->cols);
	}
	return given;
}

/* Returns what a matrix of bounds says of a suppressed cell. */
static KzMaybe
given_of(const Given *given, const KzUnknown *unknown)
{
	if (given->index == NULL)
		return (KzMaybe){0.0, false};
	return value_at(given->index, given->row[unknown->line[0]], given->col[unknown->line[1]]);
}

/* Reads matrix, low, high, region_totals, industry_totals and tolerance, and bounds the suppressed cells. */
static KzIndex *
get_suppression(FunctionCallInfo fcinfo, KzSuppression *suppression)
{
	KzIndex *index = kz_get_index(fcinfo, 0);
	double	 sum[2], tolerance = 0.0;
	KzMaybe *region_total, *industry_total;
	Given	 low, high;

	if (index == NULL)
		return NULL;
	if (!PG_ARGISNULL(5))
		tolerance = kz_get_number(fcinfo, 5, "tolerance", 0.0, KZ_VALUE_LIMIT);
	low = get_given(fcinfo, 1, &index->view);
	high = get_given(fcinfo, 2, &index->view);
	region_total = get_region_totals(fcinfo, 3, &index->view.rows);
	industry_total = get_industry_totals(fcinfo, 4, &index->view.cols);
	kz_suppression_init(suppression, &index->view, region_total, industry_total, tolerance);
	for (uint32 i = 0; i < suppression->count; i++)
	{
		KzUnknown *unknown = &suppression->unknown[i];

		CHECK_FOR_INTERRUPTS();
		kz_suppression_give(unknown, given_of(&low, unknown), given_of(&high, unknown));
	}
	if (!kz_totals_agree(suppression, sum))
		ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION),
						errmsg("region_totals add up to %.15g, but industry_totals to %.15g",
							   sum[0], sum[1]),
						errhint("Both must be the totals of the same cells; where they were "
								"rounded, say by how much in tolerance.")));
	kz_suppression_solve(suppression);
	return index;
}

/* Sets the columns of an interval, whose infinite upper end is NULL. */
static void
set_interval(Datum *values, bool *nulls, int i, KzInterval interval, bool known)
{
	kz_set_number(values, nulls, i, (KzMaybe){interval.low + 0.0, known});
	kz_set_number(values, nulls, i + 1,
				  (KzMaybe){interval.high + 0.0, known && !isinf(interval.high)});
}

/*
 * kz_suppressed_bounds(matrix, low, high, region_totals, industry_totals kz_matrix, tolerance float8)
 * -> setof (region, industry, low, high, status)
 */
Datum
kz_suppressed_bounds(PG_FUNCTION_ARGS)
{
	KzSuppression suppression;
	KzIndex		 *index;
	Datum		 *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if ((index = get_suppression(fcinfo, &suppression)) == NULL)
		return (Datum) 0;
	regions = kz_label_datums(&index->view.rows);
	industries = kz_label_datums(&index->view.cols);
	status = kz_status_datums();
	for (uint32 i = 0; i < suppression.count; i++)
	{
		const KzUnknown *unknown = &suppression.unknown[i];
		bool			 known = !kz_suppression_contradicts(&suppression, unknown);
		Datum			 values[5];
		bool			 nulls[5] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = regions[unknown->line[0]];
		values[1] = industries[unknown->line[1]];
		set_interval(values, nulls, 2, unknown->bound, known);
		values[4] = status[known ? KZ_OK : KZ_CONTRADICTION];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* Appends the row of a cell. */
static void
put_quotient(FunctionCallInfo fcinfo, Datum region, Datum industry, KzInterval value,
			 const KzQuotientBounds *bounds, bool disclosed, const Datum *status)
{
	double threshold = PG_ARGISNULL(6) ? 1.0 : PG_GETARG_FLOAT8(6);
	bool   above = bounds->bounded && bounds->lq.low >= threshold,
		 below = bounds->bounded && bounds->lq.high < threshold;
	Datum values[10];
	bool  nulls[10] = {false};

	values[0] = region;
	values[1] = industry;
	kz_set_number(values, nulls, 2, (KzMaybe){value.low, disclosed});
	set_interval(values, nulls, 3, value, disclosed || bounds->status != KZ_CONTRADICTION);
	kz_set_number(values, nulls, 5, (KzMaybe){bounds->lq.low, bounds->known});
	set_interval(values, nulls, 6, bounds->lq, bounds->bounded);
	values[8] = BoolGetDatum(above);
	nulls[8] = !above && !below;
	values[9] = status[bounds->status];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_quotient_bounds(matrix, low, high, region_totals, industry_totals kz_matrix, tolerance, threshold float8, fill boolean)
 * -> setof (region, industry, value, value_low, value_high, lq, lq_low, lq_high, above_threshold, status)
 */
Datum
kz_quotient_bounds(PG_FUNCTION_ARGS)
{
	KzSuppression	suppression;
	KzQuotientBasis basis;
	KzIndex		   *index;
	const KzView   *view;
	Datum		   *regions, *industries, *status;
	bool			fill = !PG_ARGISNULL(7) && PG_GETARG_BOOL(7);
	uint32			next = 0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!PG_ARGISNULL(6))
		kz_get_number(fcinfo, 6, "threshold", 0.0, INFINITY);
	if ((index = get_suppression(fcinfo, &suppression)) == NULL)
		return (Datum) 0;
	view = &index->view;
	kz_quotient_basis_init(&basis, &suppression);
	regions = kz_label_datums(&view->rows);
	industries = kz_label_datums(&view->cols);
	status = kz_status_datums();

	for (KzWalk walk = {.view = view, .fill = fill}; kz_walk(&walk);)
	{
		bool			 present = walk.cell != KZ_ABSENT;
		bool			 hidden = present && kz_is_suppressed(view, walk.cell);
		const KzUnknown *unknown = hidden ? &suppression.unknown[next++] : NULL;
		KzQuotientBounds bounds;

		CHECK_FOR_INTERRUPTS();
		kz_quotient_bounds_of_cell(&basis, walk.row, walk.col, walk.cell, unknown, &bounds);
		put_quotient(fcinfo, regions[walk.row], industries[walk.col],
					 present ? basis.bound[walk.cell] : (KzInterval){0.0, 0.0}, &bounds, !hidden,
					 status);
	}
	return (Datum) 0;
}
