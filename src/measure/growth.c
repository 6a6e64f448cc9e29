/*
 * growth.c
 *		Growth rates, and the totals that growth is compared with.
 */
#include "postgres.h"

#include <math.h>

#include "base/exact.h"
#include "base/size.h"
#include "measure/growth.h"

/* Computes finish / start - 1, as (finish - start) / start; defined for start > 0 and finish >= 0. */
KzStatus
kz_growth_of(double start, double finish, double *growth)
{
	if (start < 0.0 || finish < 0.0)
		return KZ_NEGATIVE;
	if (start == 0.0)
		return KZ_NO_BASE;
	*growth = (finish - start) / start;
	return isfinite(*growth) ? KZ_OK : KZ_NO_BASE;
}

/* Computes the compound rate per period, (finish / start)^(1 / periods) - 1; defined for periods > 0. */
KzStatus
kz_growth_rate_of(double start, double finish, double periods, double *rate)
{
	KzStatus status = kz_growth_of(start, finish, rate);

	if (status != KZ_OK)
		return status;
	if (!(periods > 0.0))
		return KZ_NO_BASE;
	if (periods != 1.0)
		*rate = pow(finish / start, 1.0 / periods) - 1.0;
	return isfinite(*rate) ? KZ_OK : KZ_NO_BASE;
}

/* A span that is being summed. */
typedef struct SpanSum
{
	KzExact start;
	KzExact finish;
	bool	incomplete;
} SpanSum;

/* Adds a cell's step; one that is suppressed in either period is left out of both. */
static void
add_step(SpanSum *sum, double start, double finish, bool suppressed)
{
	sum->incomplete |= suppressed;
	if (suppressed)
		return;
	kz_exact_add(&sum->start, start);
	kz_exact_add(&sum->finish, finish);
}

/* Rounds sums to spans. */
static KzSpan *
round_spans(SpanSum *sum, size_t count)
{
	KzSpan *span = palloc_extended(Max(kz_size_mul(count, sizeof(KzSpan)), 1), MCXT_ALLOC_HUGE);

	for (size_t i = 0; i < count; i++)
		span[i] = (KzSpan){kz_exact_value(&sum[i].start), kz_exact_value(&sum[i].finish),
						   sum[i].incomplete};
	pfree(sum);
	return span;
}

/* Allocates sums of nothing. */
static SpanSum *
no_spans(size_t count)
{
	return palloc_extended(Max(kz_size_mul(count, sizeof(SpanSum)), 1),
						   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/*
 * Computes all totals of all steps, exact and rounded once. What a step compares is the same cells in both of its
 * periods: a cell that is suppressed in one of them is left out of both, else growth would show the disclosure.
 */
void
kz_growth_totals(const KzSeries *series, KzGrowthTotals *totals)
{
	uint32	 steps = series->periods - 1, rows = series->rows.count, cols = series->cols.count;
	SpanSum *row_sum = no_spans(kz_size_mul(steps, rows)),
			*col_sum = no_spans(kz_size_mul(steps, cols)), *all_sum = no_spans(steps);
	KzSeriesCursor cursor;

	kz_cursor_init(&cursor, series);
	for (uint32 row = 0; row < rows; row++)
	{
		kz_cursor_seek(&cursor, row);
		while (kz_cursor_next(&cursor))
			for (uint32 step = 0; step < steps; step++)
			{
				double start = cursor.value[step], finish = cursor.value[step + 1];
				bool   suppressed = cursor.suppressed[step] || cursor.suppressed[step + 1];

				add_step(&row_sum[(size_t) step * rows + row], start, finish, suppressed);
				add_step(&col_sum[(size_t) step * cols + cursor.col], start, finish, suppressed);
				add_step(&all_sum[step], start, finish, suppressed);
			}
	}
	*totals = (KzGrowthTotals){.steps = steps,
							   .rows = rows,
							   .cols = cols,
							   .row = round_spans(row_sum, kz_size_mul(steps, rows)),
							   .col = round_spans(col_sum, kz_size_mul(steps, cols)),
							   .all = round_spans(all_sum, steps)};
}
