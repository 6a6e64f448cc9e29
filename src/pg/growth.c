/*
 * growth.c
 *		Growth rates, and specializations that begin or end.
 */
#include "matrix/margins.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "measure/growth.h"
#include "measure/quotient.h"
#include "pg/argument.h"
#include "pg/series.h"

#include <math.h>

#include "funcapi.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_growth_rate);
KZ_FUNCTION(kz_specialization_changes);

/* kz_growth_rate(start float8, finish float8, periods float8) -> float8 */
Datum
kz_growth_rate(PG_FUNCTION_ARGS)
{
	double rate;

	if (kz_growth_rate_of(kz_get_number(fcinfo, 0, "start", -INFINITY, INFINITY),
						  kz_get_number(fcinfo, 1, "finish", -INFINITY, INFINITY),
						  kz_get_number(fcinfo, 2, "periods", -INFINITY, INFINITY), &rate) != KZ_OK)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(rate);
}

/* The totals of both periods, each of all its facts. */
typedef struct Totals
{
	KzSeries  series;
	KzMargins margins[2];
	KzMargins reference[2];
	uint32	 *reference_col[2]; /* of each industry, or NULL without a reference */
} Totals;

/* Opens the reference of a period, which must have one row and the industries of its facts. */
static void
open_reference(FunctionCallInfo fcinfo, Totals *totals, int period, int argument, const char *name)
{
	KzView	*view = palloc(sizeof(KzView));
	KzSeries reference;
	uint32	*match;

	KZ_GETARG_VIEW(argument, view);
	kz_check_one_row(view, name);
	kz_series_open(&reference, view, 1);
	kz_margins_compute(view, &totals->reference[period]);
	match = kz_union_match(&totals->series.cols, &reference.cols);
	for (uint32 col = 0; col < totals->series.cols.count; col++)
		if (match[col] == KZ_NO_PLACE && totals->series.cols.place[2 * col + period] != KZ_NO_PLACE)
			kz_report_industry(name, &totals->series.cols, col);
	totals->reference_col[period] = match;
}

/* Computes the location quotient of a cell in one of the periods. */
static KzMaybe
quotient_of(const Totals *totals, const KzSeriesCursor *cursor, int period, KzStatus *status)
{
	const KzMargins *margins = &totals->margins[period], *reference = margins;
	uint32			 row = totals->series.rows.place[2 * (size_t) cursor->row + period],
		   col = totals->series.cols.place[2 * (size_t) cursor->col + period];
	bool	 incomplete;
	double	 region = 0.0, industry = 0.0;
	KzMaybe	 result = {0.0, false};
	KzStatus reason = KZ_SUPPRESSED_CELL;

	if (totals->reference_col[period] != NULL)
	{
		reference = &totals->reference[period];
		col = totals->reference_col[period][cursor->col];
	}
	if (row != KZ_NO_PLACE)
		region = margins->row_total[row];
	if (col != KZ_NO_PLACE)
		industry = reference->col_total[col];
	incomplete =
		reference->suppressed > 0 || (row != KZ_NO_PLACE && margins->row_suppressed[row] > 0);
	if (!cursor->suppressed[period])
		reason = kz_quotient_of_shares(cursor->value[period], industry, region, reference->total,
									   &result.value);
	result.known = reason == KZ_OK;
	if (incomplete)
		kz_worsen(&reason, KZ_INCOMPLETE_TOTALS);
	kz_worsen(status, reason);
	return result;
}

/* Names what became of a specialization. */
static const char *
transition(bool before, bool after)
{
	if (before)
		return after ? "kept" : "exit";
	return after ? "entry" : "none";
}

/* Appends the rows of all cells. */
static void
put_transitions(FunctionCallInfo fcinfo, const Totals *totals, double threshold)
{
	Datum *regions = kz_union_datums(&totals->series.rows),
		  *industries = kz_union_datums(&totals->series.cols), *names = kz_status_datums();
	KzSeriesCursor cursor;

	kz_cursor_init(&cursor, &totals->series);
	for (uint32 row = 0; row < totals->series.rows.count; row++)
	{
		kz_cursor_seek(&cursor, row);
		while (kz_cursor_next(&cursor))
		{
			KzStatus status = KZ_OK;
			KzMaybe	 before = quotient_of(totals, &cursor, 0, &status),
					after = quotient_of(totals, &cursor, 1, &status);
			Datum values[6];
			bool  nulls[6] = {false};

			values[0] = regions[row];
			values[1] = industries[cursor.col];
			kz_set_number(values, nulls, 2, before);
			kz_set_number(values, nulls, 3, after);
			nulls[4] = !before.known || !after.known;
			values[4] = nulls[4] ? (Datum) 0
								 : CStringGetTextDatum(transition(before.value >= threshold,
																  after.value >= threshold));
			values[5] = names[status];
			kz_put_row(fcinfo, values, nulls);
			if (!nulls[4])
				pfree(DatumGetPointer(values[4]));
		}
	}
}

/*
 * kz_specialization_changes(start kz_matrix, finish kz_matrix, threshold float8, reference_start kz_matrix,
 * reference_finish kz_matrix) -> setof (region, industry, start_lq, finish_lq, transition, status)
 */
Datum
kz_specialization_changes(PG_FUNCTION_ARGS)
{
	Totals	totals = {0};
	KzView *view = palloc(2 * sizeof(KzView));
	double	threshold = 1.0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	if (!PG_ARGISNULL(2))
		threshold = kz_get_number(fcinfo, 2, "threshold", 0.0, INFINITY);
	for (int period = 0; period < 2; period++)
	{
		KZ_GETARG_VIEW(period, &view[period]);
		kz_margins_compute(&view[period], &totals.margins[period]);
	}
	kz_series_open(&totals.series, view, 2);
	if (!PG_ARGISNULL(3))
		open_reference(fcinfo, &totals, 0, 3, "reference_start");
	if (!PG_ARGISNULL(4))
		open_reference(fcinfo, &totals, 1, 4, "reference_finish");
	put_transitions(fcinfo, &totals, threshold);
	return (Datum) 0;
}
