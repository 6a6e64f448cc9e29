/*
 * shift_share.c
 *		Decompositions of change between matrices of two or more periods, as rows: by cell or as totals.
 */
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "measure/neighbour.h"
#include "measure/shift_share.h"
#include "pg/series.h"

#include <math.h>

#include "base/size.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

KZ_FUNCTION(kz_shift_share);
KZ_FUNCTION(kz_dynamic_shift_share);
KZ_FUNCTION(kz_arcelus_shift_share);
KZ_FUNCTION(kz_spatial_shift_share);
KZ_FUNCTION(kz_growth);

/* What a row of the result stands for. */
typedef enum By
{
	BY_CELL,
	BY_REGION,
	BY_INDUSTRY,
	BY_TOTAL
} By;

/* What follows the terms in a row of the result, before the status. */
typedef enum Extra
{
	NO_EXTRA,
	EXTRA_RATE,		/* compound rate of growth */
	EXTRA_NEIGHBOUR /* growth of the neighbours */
} Extra;

/* A decomposition of everything in a series. */
typedef struct Job
{
	const KzMethod *method;
	Extra			extra;
	double			periods; /* for the compound rate */
	By				by;
	bool			dynamic; /* were the matrices given as an array? */
	KzSeries		series;
	KzGrowthTotals	totals;
	KzGrowthTotals *reference;		/* replaces the columns' and the grand totals, or NULL */
	uint32		   *reference_col;	/* of each industry */
	KzLag		   *lag;			/* or NULL */
	KzSeries		weights;		/* a series of one matrix */
	uint32		   *weights_row;	/* of each region */
	uint32		   *weights_region; /* of each column of the weights */
	Datum		   *regions;
	Datum		   *industries;
	Datum		   *status;
} Job;

/* Reads the argument that says what the rows stand for. */
static By
get_by(FunctionCallInfo fcinfo, int argument)
{
	static const char *const choices[] = {"cell", "region", "industry", "total"};

	return (By) kz_get_choice(fcinfo, argument, "by", choices, lengthof(choices));
}

/* Returns what to call the reference of a period. */
static const char *
reference_name(const Job *job, uint32 period)
{
	if (!job->dynamic)
		return period == 0 ? "reference_start" : "reference_finish";
	return psprintf("matrix %u of reference", period + 1);
}

/* Refuses facts in a period for which the reference of that period lacks the industry. */
static void
check_reference(const Job *job, const KzSeries *reference)
{
	const KzSeries *series = &job->series;
	const uint32   *match = job->reference_col;

	for (uint32 col = 0; col < series->cols.count; col++)
		for (uint32 period = 0; period < series->periods; period++)
		{
			if (series->cols.place[(size_t) col * series->periods + period] == KZ_NO_PLACE)
				continue;
			if (match[col] == KZ_NO_PLACE ||
				reference->cols.place[(size_t) match[col] * series->periods + period] ==
					KZ_NO_PLACE)
				kz_report_industry(reference_name(job, period), &series->cols, col);
		}
}

/* Sets the reference's totals; each of its matrices has one row, whatever its label. */
static void
set_reference(Job *job, KzView *view)
{
	KzSeries reference;

	for (uint32 period = 0; period < job->series.periods; period++)
	{
		kz_check_one_row(&view[period], reference_name(job, period));
		view[period].rows = view[0].rows;
	}
	kz_series_open(&reference, view, job->series.periods);
	job->reference = palloc(sizeof(KzGrowthTotals));
	kz_growth_totals(&reference, job->reference);
	job->reference_col = kz_union_match(&job->series.cols, &reference.cols);
	check_reference(job, &reference);
}

/* Opens the matrices of the two periods and of their references, in arguments `reference` and `reference` + 1. */
static void
open_pair(FunctionCallInfo fcinfo, Job *job, int reference)
{
	KzView *view = palloc(2 * sizeof(KzView));

	KZ_GETARG_VIEW(0, &view[0]);
	KZ_GETARG_VIEW(1, &view[1]);
	kz_series_open(&job->series, view, 2);
	kz_growth_totals(&job->series, &job->totals);
	if (reference < 0 || (PG_ARGISNULL(reference) && PG_ARGISNULL(reference + 1)))
		return;
	if (PG_ARGISNULL(reference) || PG_ARGISNULL(reference + 1))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("%s must not be null when %s is given",
							   PG_ARGISNULL(reference) ? "reference_start" : "reference_finish",
							   PG_ARGISNULL(reference) ? "reference_finish" : "reference_start"),
						errhint("Growth of a reference needs both of its periods.")));
	view = palloc(2 * sizeof(KzView));
	KZ_GETARG_VIEW(reference, &view[0]);
	KZ_GETARG_VIEW(reference + 1, &view[1]);
	set_reference(job, view);
}

/* Fills in what a cell's step is compared with. */
static void
set_facts(const Job *job, const KzSeriesCursor *cursor, uint32 step, KzGrowthFacts *facts)
{
	const KzGrowthTotals *own = &job->totals,
						 *reference = job->reference != NULL ? job->reference : own;
	uint32 col = job->reference != NULL ? job->reference_col[cursor->col] : cursor->col;

	*facts = (KzGrowthFacts){.start = cursor->value[step],
							 .finish = cursor->value[step + 1],
							 .suppressed = cursor->suppressed[step] || cursor->suppressed[step + 1],
							 .region = own->row[(size_t) step * own->rows + cursor->row],
							 .industry = reference->col[(size_t) step * reference->cols + col],
							 .total = reference->all[step]};
	/* of one row, what is left out of an industry is all of it */
	facts->industry_suppressed = job->reference != NULL && facts->industry.incomplete;
	if (job->lag != NULL)
		facts->neighbour_growth = kz_lag_growth(job->lag, cursor->col, &facts->neighbour_status);
}

/* What a row shows besides a decomposition; a label that is KZ_NO_PLACE is NULL. */
typedef struct Row
{
	uint32	row;
	uint32	col;
	KzMaybe start;
	KzMaybe finish;
	KzMaybe neighbour_growth;
} Row;

/* Appends a row. */
static void
put_decomposition(FunctionCallInfo fcinfo, const Job *job, const Row *row,
				  const KzDecomposition *result)
{
	Datum values[16];
	bool  nulls[16] = {false};
	int	  i = 0;

	nulls[0] = row->row == KZ_NO_PLACE;
	nulls[1] = row->col == KZ_NO_PLACE;
	values[i++] = nulls[0] ? (Datum) 0 : job->regions[row->row];
	values[i++] = nulls[1] ? (Datum) 0 : job->industries[row->col];
	kz_set_number(values, nulls, i++, row->start);
	kz_set_number(values, nulls, i++, row->finish);
	kz_set_number(values, nulls, i++, result->change);
	for (int term = 0; term < job->method->terms; term++)
		kz_set_number(values, nulls, i++, result->term[term]);
	kz_set_number(values, nulls, i++, result->growth);
	if (job->extra == EXTRA_RATE)
	{
		KzMaybe rate = {0.0, result->growth.known};

		if (rate.known)
			rate.known = kz_growth_rate_of(result->start, result->finish, job->periods,
										   &rate.value) == KZ_OK;
		kz_set_number(values, nulls, i++, rate);
	}
	if (job->extra == EXTRA_NEIGHBOUR)
		kz_set_number(values, nulls, i++, row->neighbour_growth);
	values[i] = job->status[result->status];
	kz_put_row(fcinfo, values, nulls);
}

/* Sums that totals are collected in: of each region, of each industry, or one of all. */
typedef struct Sums
{
	KzDecompositionSum *sum;
	uint32				count;
} Sums;

/* Makes the sums of the rows that are asked for; none by cell. */
static Sums
make_sums(const Job *job)
{
	uint32 count[] = {0, job->series.rows.count, job->series.cols.count, 1};
	Sums   sums = {NULL, count[job->by]};

	sums.sum = palloc_extended(Max(kz_size_mul(sums.count, sizeof(KzDecompositionSum)), 1),
							   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	return sums;
}

/* Decomposes the steps of a cell and adds them to a sum. */
static void
add_steps(const Job *job, const KzSeriesCursor *cursor, KzDecompositionSum *sum)
{
	uint32 steps = job->series.periods - 1;

	for (uint32 step = 0; step < steps; step++)
	{
		KzGrowthFacts	facts;
		KzDecomposition part;

		set_facts(job, cursor, step, &facts);
		job->method->decompose(&facts, &part);
		/* a cell that is suppressed in any period is left out of all */
		part.disclosed = !cursor->any_suppressed;
		kz_parts_add(sum, job->method, &part, step == 0, step == steps - 1);
	}
}

/* Appends the row of a cell: of a single step as it is, of several their sum. */
static void
put_cell(FunctionCallInfo fcinfo, const Job *job, const KzSeriesCursor *cursor)
{
	uint32			last = job->series.periods - 1;
	Row				row = {.row = cursor->row,
						   .col = cursor->col,
						   .start = {cursor->value[0], !cursor->suppressed[0]},
						   .finish = {cursor->value[last], !cursor->suppressed[last]}};
	KzDecomposition result;

	if (job->series.periods == 2)
	{
		KzGrowthFacts facts;

		set_facts(job, cursor, 0, &facts);
		job->method->decompose(&facts, &result);
		row.neighbour_growth = facts.neighbour_growth;
	}
	else
	{
		KzDecompositionSum sum;

		kz_parts_init(&sum);
		add_steps(job, cursor, &sum);
		kz_parts_finish(&sum, job->method, &result);
	}
	put_decomposition(fcinfo, job, &row, &result);
}

/* Finds the neighbours of a region and sums them. */
static void
seek_neighbours(Job *job, uint32 row, KzNeighbour *neighbour)
{
	const KzView *weights = job->weights.view;
	uint32		  place = job->weights_row[row], count = 0;

	for (uint32 i = weights->row_start[place]; i < weights->row_start[place + 1]; i++)
		if (weights->value[i] > 0.0)
			neighbour[count++] =
				(KzNeighbour){job->weights_region[weights->col[i]], weights->value[i]};
	kz_lag_seek(job->lag, neighbour, count);
}

/* Appends the rows of totals. */
static void
put_totals(FunctionCallInfo fcinfo, const Job *job, const Sums *sums)
{
	for (uint32 i = 0; i < sums->count; i++)
	{
		KzDecomposition result;
		Row				row = {.row = job->by == BY_REGION ? i : KZ_NO_PLACE,
							   .col = job->by == BY_INDUSTRY ? i : KZ_NO_PLACE};

		CHECK_FOR_INTERRUPTS();
		kz_parts_finish(&sums->sum[i], job->method, &result);
		row.start = (KzMaybe){result.start, result.disclosed};
		row.finish = (KzMaybe){result.finish, result.disclosed};
		put_decomposition(fcinfo, job, &row, &result);
	}
}

/* Decomposes everything and appends the rows that are asked for. */
static void
run_job(FunctionCallInfo fcinfo, Job *job)
{
	MemoryContext row_context =
		AllocSetContextCreate(CurrentMemoryContext, "kz_shift_share row", ALLOCSET_SMALL_SIZES);
	Sums		   sums = make_sums(job);
	KzSeriesCursor cursor;
	KzNeighbour	  *neighbour = NULL;

	job->regions = kz_union_datums(&job->series.rows);
	job->industries = kz_union_datums(&job->series.cols);
	job->status = kz_status_datums();
	kz_cursor_init(&cursor, &job->series);
	if (job->lag != NULL)
		neighbour = palloc_extended(kz_size_mul(job->weights.cols.count + 1, sizeof(KzNeighbour)),
									MCXT_ALLOC_HUGE);
	for (uint32 row = 0; row < job->series.rows.count; row++)
	{
		if (job->lag != NULL)
			seek_neighbours(job, row, neighbour);
		kz_cursor_seek(&cursor, row);
		while (kz_cursor_next(&cursor))
		{
			MemoryContext caller;

			if (job->by != BY_CELL)
			{
				add_steps(job, &cursor,
						  &sums.sum[job->by == BY_REGION	 ? row
									: job->by == BY_INDUSTRY ? cursor.col
															 : 0]);
				continue;
			}
			caller = MemoryContextSwitchTo(row_context);
			put_cell(fcinfo, job, &cursor);
			MemoryContextSwitchTo(caller);
		}
		MemoryContextReset(row_context);
	}
	if (job->series.rows.count > 0)
		put_totals(fcinfo, job, &sums);
}

/* Decomposes the change between two matrices with references. */
static Datum
decompose_pair(FunctionCallInfo fcinfo, const KzMethod *method)
{
	Job job = {.method = method};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	job.by = get_by(fcinfo, 4);
	open_pair(fcinfo, &job, 2);
	run_job(fcinfo, &job);
	return (Datum) 0;
}

/*
 * kz_shift_share(start kz_matrix, finish kz_matrix, reference_start kz_matrix, reference_finish kz_matrix, by text)
 * -> setof (region, industry, start_value, finish_value, change, national, mix, regional, competitive, allocation,
 * homothetic, growth, status)
 */
Datum
kz_shift_share(PG_FUNCTION_ARGS)
{
	return decompose_pair(fcinfo, &kz_dunn_method);
}

/* kz_arcelus_shift_share(...) -> setof (region, industry, ..., eight terms, homothetic, growth, status) */
Datum
kz_arcelus_shift_share(PG_FUNCTION_ARGS)
{
	return decompose_pair(fcinfo, &kz_arcelus_method);
}

/* kz_dynamic_shift_share(matrices kz_matrix[], reference kz_matrix[], by text) -> setof as kz_shift_share */
Datum
kz_dynamic_shift_share(PG_FUNCTION_ARGS)
{
	Job		job = {.method = &kz_dynamic_method, .dynamic = true};
	KzView *view;
	uint32	periods, reference_periods;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	job.by = get_by(fcinfo, 2);
	view = kz_get_views(fcinfo, 0, "matrices", &periods);
	kz_series_open(&job.series, view, periods);
	kz_growth_totals(&job.series, &job.totals);
	if (!PG_ARGISNULL(1))
	{
		view = kz_get_views(fcinfo, 1, "reference", &reference_periods);
		if (reference_periods != periods)
			ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
							errmsg("reference must have one matrix for each of the %u matrices, "
								   "not %u",
								   periods, reference_periods)));
		set_reference(&job, view);
	}
	run_job(fcinfo, &job);
	return (Datum) 0;
}

/* Opens the weights: a row for each region of the facts, nothing negative or suppressed. */
static void
open_weights(FunctionCallInfo fcinfo, Job *job)
{
	KzView *view = palloc(sizeof(KzView));

	KZ_GETARG_VIEW(2, view);
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
			if (kz_is_suppressed(view, i) || view->value[i] < 0.0)
				ereport(ERROR,
						(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						 errmsg("weight in row \"%.*s\", column \"%.*s\" must not be %s",
								(int) kz_label_length(&view->rows, row), kz_label(&view->rows, row),
								(int) kz_label_length(&view->cols, view->col[i]),
								kz_label(&view->cols, view->col[i]),
								kz_is_suppressed(view, i) ? "suppressed" : "negative"),
						 errhint("Leave out pairs of regions that are no neighbours.")));
	kz_series_open(&job->weights, view, 1);
	job->weights_row = kz_union_match(&job->series.rows, &job->weights.rows);
	job->weights_region = kz_union_match(&job->weights.cols, &job->series.rows);
	for (uint32 row = 0; row < job->series.rows.count; row++)
		if (job->weights_row[row] == KZ_NO_PLACE)
			ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
							errmsg("weights lack the region \"%.*s\"",
								   (int) job->series.rows.length[row], job->series.rows.text[row]),
							errhint("A region without neighbours has a 0 on its diagonal; "
									"kz_symmetric_weights() adds it.")));
}

/*
 * kz_spatial_shift_share(start kz_matrix, finish kz_matrix, weights kz_matrix, lag text, reference_start kz_matrix,
 * reference_finish kz_matrix, by text) -> setof (region, industry, start_value, finish_value, change, national, mix,
 * neighbour_nation, own_neighbour, growth, neighbour_growth, status)
 */
Datum
kz_spatial_shift_share(PG_FUNCTION_ARGS)
{
	static const char *const lags[] = {"levels", "rates"};
	Job						 job = {.method = &kz_spatial_method, .extra = EXTRA_NEIGHBOUR};
	KzLagKind				 kind;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0;
	kind = (KzLagKind) kz_get_choice(fcinfo, 3, "lag", lags, lengthof(lags));
	job.by = get_by(fcinfo, 6);
	open_pair(fcinfo, &job, 4);
	open_weights(fcinfo, &job);
	job.lag = palloc(sizeof(KzLag));
	kz_lag_init(job.lag, kind, &job.series);
	run_job(fcinfo, &job);
	return (Datum) 0;
}

/*
 * kz_growth(start kz_matrix, finish kz_matrix, periods float8, by text) -> setof (region, industry, start_value,
 * finish_value, change, contribution, growth, rate, status)
 */
Datum
kz_growth(PG_FUNCTION_ARGS)
{
	Job job = {.method = &kz_growth_method, .extra = EXTRA_RATE, .periods = 1.0};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	if (!PG_ARGISNULL(2))
		job.periods = kz_get_number(fcinfo, 2, "periods", -INFINITY, INFINITY);
	if (job.periods <= 0.0)
		ereport(
			ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("periods must be above 0, not %g", job.periods),
			 errhint(
				 "It is the time from start to finish, in the unit that the rate is to be per.")));
	job.by = get_by(fcinfo, 3);
	open_pair(fcinfo, &job, -1);
	run_job(fcinfo, &job);
	return (Datum) 0;
}
