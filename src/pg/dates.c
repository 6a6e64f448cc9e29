/*
 * dates.c
 *		Reading the arguments start, finish, reference_start and reference_finish, and what is known of a cell.
 */
#include "pg/dates.h"

#include "matrix/matrix.h"
#include "pg/argument.h"

/* Opens the reference of a date, which must have one row and the industries of its facts. */
static void
open_reference(FunctionCallInfo fcinfo, KzDates *dates, int date, int argument, const char *name)
{
	const KzUnion *industries = &dates->series.cols;
	KzView		  *view = palloc(sizeof(KzView));
	KzSeries	   reference;
	uint32		  *match;

	KZ_GETARG_VIEW(argument, view);
	kz_check_one_row(view, name);
	kz_series_open(&reference, view, 1);
	kz_margins_compute(view, &dates->reference[date]);
	match = kz_union_match(industries, &reference.cols);
	for (uint32 col = 0; col < industries->count; col++)
		if (match[col] == KZ_NO_PLACE && industries->place[2 * (size_t) col + date] != KZ_NO_PLACE)
			kz_report_industry(name, industries->text[col], industries->length[col]);
	dates->reference_col[date] = match;
}

/* Reads the first four arguments; returns false when the facts of a date are NULL. */
bool
kz_get_dates(FunctionCallInfo fcinfo, KzDates *dates)
{
	KzView *view = palloc(2 * sizeof(KzView));

	*dates = (KzDates){0};
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	for (int date = KZ_START; date <= KZ_FINISH; date++)
	{
		KZ_GETARG_VIEW(date, &view[date]);
		kz_margins_compute(&view[date], &dates->margins[date]);
	}
	kz_series_open(&dates->series, view, 2);
	if (!PG_ARGISNULL(2))
		open_reference(fcinfo, dates, KZ_START, 2, "reference_start");
	if (!PG_ARGISNULL(3))
		open_reference(fcinfo, dates, KZ_FINISH, 3, "reference_finish");
	return true;
}

/* Sets what is known of a cell at a date; a region or industry that it lacks has a total of zero. */
void
kz_facts_at(const KzDates *dates, const KzSeriesCursor *cursor, int date, KzCellFacts *facts)
{
	const KzMargins *margins = &dates->margins[date], *reference = margins;
	uint32			 row = dates->series.rows.place[2 * (size_t) cursor->row + date],
		   col = dates->series.cols.place[2 * (size_t) cursor->col + date];

	if (dates->reference_col[date] != NULL)
	{
		reference = &dates->reference[date];
		col = dates->reference_col[date][cursor->col];
	}
	*facts = (KzCellFacts){.value = cursor->value[date],
						   .suppressed = cursor->suppressed[date],
						   .ref_total = reference->total,
						   .incomplete = reference->suppressed > 0};
	if (row != KZ_NO_PLACE)
	{
		facts->region_total = margins->row_total[row];
		facts->incomplete |= margins->row_suppressed[row] > 0;
	}
	if (col != KZ_NO_PLACE)
		facts->ref_value = reference->col_total[col];
}
