/*
 * columns.h
 *		The cells of a matrix by column.
 */
#ifndef KZ_COLUMNS_H
#define KZ_COLUMNS_H

#include "matrix/view.h"

/* The cells of column c are those from start[c] until start[c + 1], in the order of their rows. */
typedef struct KzColumns
{
	uint32_t *start;
	uint32_t *row;
	uint32_t *cell; /* where each is in the view */
} KzColumns;

extern void kz_columns(const KzView *view, KzColumns *columns);

#endif
