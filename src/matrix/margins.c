/*
 * margins.c
 *		Summing a matrix exactly along both sides in one pass.
 */
#include "postgres.h"

#include "base/exact.h"
#include "base/alloc.h"
#include "matrix/margins.h"
#include "miscadmin.h"

/* Computes all totals into arrays in the current memory context. */
void
kz_margins_compute(const KzView *view, KzMargins *margins)
{
	KzExact *col_sum = kz_alloc_zero(view->cols.count, sizeof(KzExact));
	KzExact	 total;

	margins->row_total = kz_alloc_zero(view->rows.count, sizeof(double));
	margins->col_total = kz_alloc_zero(view->cols.count, sizeof(double));
	margins->row_suppressed = kz_alloc_zero(view->rows.count, sizeof(uint32));
	margins->col_suppressed = kz_alloc_zero(view->cols.count, sizeof(uint32));
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
		kz_exact_add_sum(&total, &row_sum, 1);
	}
	for (uint32 col = 0; col < view->cols.count; col++)
		margins->col_total[col] = kz_exact_value(&col_sum[col]);
	margins->total = kz_exact_value(&total);
	pfree(col_sum);
}
