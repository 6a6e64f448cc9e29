/*
 * neighbour.c
 *		The growth of a region's neighbours: of their levels together, or their rates on average.
 *
 * Multiplying all weights of a region by a number changes neither, so weights need not be standardised by row.
 */
#include "postgres.h"

#include <math.h>

#include "base/size.h"
#include "measure/neighbour.h"
#include "miscadmin.h"

/* Prepares for the regions of a series of two periods. */
void
kz_lag_init(KzLag *lag, KzLagKind kind, const KzSeries *series)
{
	size_t cols = Max(series->cols.count, 1);

	lag->kind = kind;
	kz_cursor_init(&lag->cursor, series);
	lag->sum =
		palloc_extended(kz_size_mul(cols, sizeof(KzLagSum)), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	lag->touched = palloc_extended(kz_size_mul(cols, sizeof(uint32)), MCXT_ALLOC_HUGE);
	lag->touched_count = lag->neighbours = 0;
}

/* Adds a neighbour's cell. */
static void
add_cell(KzLag *lag, KzLagSum *sum, double weight)
{
	double start = lag->cursor.value[0], finish = lag->cursor.value[1], growth;

	if (lag->cursor.any_suppressed)
	{
		sum->suppressed++;
		return;
	}
	if (lag->kind == KZ_LAG_LEVELS)
	{
		kz_exact_add(&sum->start, weight * start);
		kz_exact_add(&sum->change, weight * (finish - start));
		return;
	}
	sum->negative |= start < 0.0 || finish < 0.0;
	if (kz_growth_of(start, finish, &growth) != KZ_OK)
		return;
	sum->defined++;
	kz_exact_add(&sum->start, weight);
	kz_exact_add(&sum->change, weight * growth);
}

/* Sums the neighbours of a region, in all industries. */
void
kz_lag_seek(KzLag *lag, const KzNeighbour *neighbour, uint32_t count)
{
	for (uint32 i = 0; i < lag->touched_count; i++)
		memset(&lag->sum[lag->touched[i]], 0, sizeof(KzLagSum));
	lag->touched_count = 0;
	lag->neighbours = count;
	for (uint32 i = 0; i < count; i++)
	{
		if (neighbour[i].row == KZ_NO_PLACE)
			continue;
		kz_cursor_seek(&lag->cursor, neighbour[i].row);
		while (kz_cursor_next(&lag->cursor))
		{
			KzLagSum *sum = &lag->sum[lag->cursor.col];

			if (!sum->touched)
				lag->touched[lag->touched_count++] = lag->cursor.col;
			sum->touched = true;
			add_cell(lag, sum, neighbour[i].weight);
		}
	}
}

/*
 * Returns g^w, the growth of the region's neighbours in an industry, and raises the status where it is unknown or rests
 * on a part of them: a neighbour that is suppressed in either period is left out.
 */
KzMaybe
kz_lag_growth(const KzLag *lag, uint32_t col, KzStatus *status)
{
	const KzLagSum *sum = &lag->sum[col];
	double			start = kz_exact_value(&sum->start), change = kz_exact_value(&sum->change);
	KzMaybe			result = {0.0, false};
	KzStatus		reason;

	if (lag->neighbours == 0)
		reason = KZ_TOO_FEW;
	else if (lag->neighbours == sum->suppressed)
		reason = KZ_SUPPRESSED_CELL;
	else if (sum->negative || start < 0.0 || (lag->kind == KZ_LAG_LEVELS && start + change < 0.0))
		reason = KZ_NEGATIVE;
	else if (start == 0.0 ||
			 (lag->kind == KZ_LAG_RATES && sum->defined + sum->suppressed < lag->neighbours))
		reason = KZ_NO_BASE;
	else
	{
		result = kz_maybe(change / start);
		reason = result.known ? KZ_OK : KZ_NO_BASE;
	}
	result.known = reason == KZ_OK;
	if (sum->suppressed > 0)
		kz_worsen(&reason, KZ_INCOMPLETE_TOTALS);
	kz_worsen(status, reason);
	return result;
}
