/*
 * growth.c
 *		Growth rates, and specializations that begin or end.
 */
#include "matrix/read.h"
#include "measure/growth.h"
#include "pg/argument.h"
#include "pg/dates.h"
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

/* Computes the location quotient of a cell at one of the dates. */
static KzMaybe
quotient_at(const KzDates *dates, const KzSeriesCursor *cursor, int date, KzStatus *status)
{
	KzCellFacts facts;
	KzMaybe		result = {0.0, false};
	KzStatus	reason;

	kz_facts_at(dates, cursor, date, &facts);
	reason = kz_quotient_of_cell(&facts, &result.value);
	result.known = reason == KZ_OK;
	kz_worsen(status, reason);
	if (facts.incomplete)
		kz_worsen(status, KZ_INCOMPLETE_TOTALS);
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
put_transitions(FunctionCallInfo fcinfo, const KzDates *dates, double threshold)
{
	Datum *regions = kz_union_datums(&dates->series.rows),
		  *industries = kz_union_datums(&dates->series.cols), *names = kz_status_datums();
	KzSeriesCursor cursor;

	kz_cursor_init(&cursor, &dates->series);
	for (uint32 row = 0; row < dates->series.rows.count; row++)
	{
		kz_cursor_seek(&cursor, row);
		while (kz_cursor_next(&cursor))
		{
			KzStatus status = KZ_OK;
			KzMaybe	 before = quotient_at(dates, &cursor, KZ_START, &status),
					after = quotient_at(dates, &cursor, KZ_FINISH, &status);
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
 * kz_specialization_changes(start kz_matrix, finish kz_matrix, reference_start kz_matrix,
 * reference_finish kz_matrix, threshold float8) -> setof (region, industry, start_lq, finish_lq, transition, status)
 */
Datum
kz_specialization_changes(PG_FUNCTION_ARGS)
{
	KzDates dates;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (kz_get_dates(fcinfo, &dates))
		put_transitions(fcinfo, &dates,
						kz_get_number_or(fcinfo, 4, "threshold", 0.0, INFINITY, 1.0));
	return (Datum) 0;
}
