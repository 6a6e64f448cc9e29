/*
 * margins.h
 *		Row totals, column totals and the grand total of a matrix, each rounded once.
 */
#ifndef KZ_MARGINS_H
#define KZ_MARGINS_H

#include "matrix/view.h"

/* A total that contains suppressed cells is the sum of what is disclosed. */
typedef struct KzMargins
{
	double	 *row_total;
	double	 *col_total;
	uint32_t *row_suppressed; /* suppressed cells of each row */
	uint32_t *col_suppressed;
	double	  total;
	uint32_t  suppressed;
} KzMargins;

extern void kz_margins_compute(const KzView *view, KzMargins *margins);

#endif
