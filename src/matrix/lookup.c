/*
 * lookup.c
 *		Finding a cell by labels of any type, for functions that are called once a row.
 */
#include "matrix/read.h"

/* What a call site remembers between rows. */
typedef struct LookUp
{
	KzIndexCache matrix;
	KzIndexCache attributes;
	KzLabelTypes labels;
} LookUp;

/* Returns what the call site remembers, made at its first call. */
static LookUp *
get_look_up(FunctionCallInfo fcinfo, int labels)
{
	LookUp *look_up = fcinfo->flinfo->fn_extra;

	if (look_up == NULL)
	{
		look_up = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(LookUp));
		kz_label_types_init(&look_up->labels, fcinfo->flinfo, labels);
		fcinfo->flinfo->fn_extra = look_up;
	}
	return look_up;
}

/*
 * Finds the cell of the labels in arguments `labels` and `labels` + 1 in the matrix of argument `matrix`, and the
 * row in the attributes of argument `attributes` if that is not negative. Returns false when an argument is
 * NULL or the matrix lacks a label.
 */
bool
kz_look_up(FunctionCallInfo fcinfo, int matrix, int attributes, int labels, KzCellRef *ref)
{
	LookUp		 *look_up;
	MemoryContext context = fcinfo->flinfo->fn_mcxt;
	KzIndex		 *index;

	if (PG_ARGISNULL(matrix) || PG_ARGISNULL(labels) || PG_ARGISNULL(labels + 1) ||
		(attributes >= 0 && PG_ARGISNULL(attributes)))
		return false;
	look_up = get_look_up(fcinfo, labels);
	index = kz_index_of(&look_up->matrix, PG_GETARG_DATUM(matrix), context);
	ref->index = index;
	ref->row = kz_label_number(&look_up->labels.row, NULL, &index->rows, PG_GETARG_DATUM(labels));
	ref->col =
		kz_label_number(&look_up->labels.col, NULL, &index->cols, PG_GETARG_DATUM(labels + 1));
	if (ref->row == KZ_NOT_FOUND || ref->col == KZ_NOT_FOUND)
		return false;
	ref->cell = kz_index_find(index, ref->row, ref->col);
	ref->attributes = NULL;
	if (attributes >= 0)
	{
		KzIndex *other = kz_index_of(&look_up->attributes, PG_GETARG_DATUM(attributes), context);

		ref->attributes = other;
		ref->attributes_row =
			kz_label_number(&look_up->labels.row, NULL, &other->rows, PG_GETARG_DATUM(labels));
	}
	return true;
}
