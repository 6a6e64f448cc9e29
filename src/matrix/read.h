/*
 * read.h
 *		What set-returning functions and look-ups share.
 */
#ifndef KZ_READ_H
#define KZ_READ_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/index.h"
#include "matrix/rows.h"

/* A cell found by its labels, in a matrix and maybe in a second one of attributes. */
typedef struct KzCellRef
{
	const KzIndex *index;
	const KzIndex *attributes; /* or NULL */
	uint32		   row;
	uint32		   col;
	uint32		   cell;		   /* PG_UINT32_MAX when the cell is absent, which is zero */
	uint32		   attributes_row; /* KZ_NOT_FOUND when the attributes lack the row */
} KzCellRef;

extern Datum *kz_label_datums(const KzLabels *labels);
extern bool	  kz_look_up(FunctionCallInfo fcinfo, int matrix, int attributes, int labels,
						 KzCellRef *ref);

#endif
