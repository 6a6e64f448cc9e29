/*
 * columns.c
 *		The cells of a matrix by column.
 */
#include "postgres.h"

#include "base/alloc.h"
#include "matrix/columns.h"
#include "miscadmin.h"

/* Orders the cells of a matrix, which are stored by row, by column. */
void
kz_columns(const KzView *view, KzColumns *columns)
{
	uint32_t  cols = view->cols.count;
	uint32_t *start = kz_alloc_zero((size_t) cols + 2, sizeof(uint32_t));

	*columns = (KzColumns){start, kz_alloc(view->cells, sizeof(uint32_t)),
						   kz_alloc(view->cells, sizeof(uint32_t))};
	/* start[col + 1] is where the next cell of a column goes, and in the end where they end */
	for (uint32_t cell = 0; cell < view->cells; cell++)
		start[view->col[cell] + 2]++;
	for (uint32_t col = 0; col < cols; col++)
		start[col + 2] += start[col + 1];
	for (uint32_t row = 0; row < view->rows.count; row++)
	{
		CHECK_FOR_INTERRUPTS();
		for (uint32_t cell = view->row_start[row]; cell < view->row_start[row + 1]; cell++)
		{
			uint32_t next = start[view->col[cell] + 1]++;

			columns->row[next] = row;
			columns->cell[next] = cell;
		}
	}
}
