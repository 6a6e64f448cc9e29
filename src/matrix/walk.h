/*
 * walk.h
 *		A walk over the cells of a matrix in the order of its labels, over the absent ones too if wanted.
 */
#ifndef KZ_WALK_H
#define KZ_WALK_H

#include "matrix/view.h"

#define KZ_ABSENT UINT32_MAX /* what kz_view_find returns for an absent cell */

/* Where a walk stands, which begins as {.view = ..., .fill = ...}. */
typedef struct KzWalk
{
	const KzView *view;
	bool		  fill; /* also over absent cells */
	uint32_t	  row;	/* of the current cell */
	uint32_t	  col;
	uint32_t	  cell; /* its position, or KZ_ABSENT */
	uint32_t	  next_row;
	uint32_t	  next_col;
	uint32_t	  next_cell;
} KzWalk;

/* Moves to the next cell; returns false behind the last one. */
static inline bool
kz_walk(KzWalk *walk)
{
	const KzView *view = walk->view;

	for (; walk->next_row < view->rows.count; walk->next_row++, walk->next_col = 0)
	{
		bool left = walk->next_cell < view->row_start[walk->next_row + 1];
		bool present = left && (!walk->fill || view->col[walk->next_cell] == walk->next_col);

		if (walk->fill ? walk->next_col == view->cols.count : !left)
			continue;
		walk->row = walk->next_row;
		walk->col = present ? view->col[walk->next_cell] : walk->next_col;
		walk->cell = present ? walk->next_cell++ : KZ_ABSENT;
		walk->next_col++;
		return true;
	}
	return false;
}

#endif
