/*
 * margins.c
 *		Summing a matrix exactly along both sides in one pass.
 */
#include "postgres.h"

#include "base/exact.h"
#include "base/size.h"
#include "matrix/margins.h"
#include "miscadmin.h"

/* Allocates a zeroed array. */
static void *
alloc_zero(size_t count, size_t size)
{
	return palloc_extended(Max(kz_size_mul(count, size), 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* Adds a sum to another, exactly. */
static void
add_sum(KzExact *total, const KzExact *sum)
{
	double parts[KZ_EXACT_PARTS];
	int	   count = kz_exact_parts(sum, parts);

	for (int i = 0; i < count; i++)
		kz_exact_add(total, parts[i]);
}

/* Computes all totals into arrays in the current memory context. */
void
kz_margins_compute(const KzView *view, KzMargins *margins)
{
	KzExact *col_sum = alloc_zero(view->cols.count, sizeof(KzExact));
	KzExact	 total;

	margins->row_total = alloc_zero(view->rows.count, sizeof(double));
	margins->col_total = alloc_zero(view->cols.count, sizeof(double));
	margins->row_suppressed = alloc_zero(view->rows.count, sizeof(uint32));
	margins->col_suppressed = alloc_zero(view->cols.count, sizeof(uint32));
	margins->suppressed = 0;
	kz_exact_init(&total, 0.0);
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		KzExact row_sum;

		kz_exact_init(&row_sum, 0.0);
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			uint32 col = view->col[i];

			CHECK_FOR_INTERRUPTS();
			kz_exact_add(&row_sum, view->value[i]);
			kz_exact_add(&col_sum[col], view->value[i]);
			if (kz_is_suppressed(view, i))
			{
				margins->row_suppressed[row]++;
				margins->col_suppressed[col]++;
				margins->suppressed++;
			}
		}
		margins->row_total[row] = kz_exact_value(&row_sum);
		add_sum(&total, &row_sum);
	}
	for (uint32 col = 0; col < view->cols.count; col++)
		margins->col_total[col] = kz_exact_value(&col_sum[col]);
	margins->total = kz_exact_value(&total);
	pfree(col_sum);
}
