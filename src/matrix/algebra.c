/*
 * algebra.c
 *		Selection, transposition, sums and products of matrices, aligned on labels, and their order.
 */
#include "matrix/matrix.h"

#include <math.h>

#include "base/size.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

KZ_FUNCTION(kz_transpose);
KZ_FUNCTION(kz_rows);
KZ_FUNCTION(kz_cols);
KZ_FUNCTION(kz_matrix_add);
KZ_FUNCTION(kz_matrix_subtract);
KZ_FUNCTION(kz_matrix_scale);
KZ_FUNCTION(kz_matrix_scale_commuted);
KZ_FUNCTION(kz_matrix_product);
KZ_FUNCTION(kz_matrix_eq);
KZ_FUNCTION(kz_matrix_ne);
KZ_FUNCTION(kz_matrix_lt);
KZ_FUNCTION(kz_matrix_le);
KZ_FUNCTION(kz_matrix_ge);
KZ_FUNCTION(kz_matrix_gt);
KZ_FUNCTION(kz_matrix_cmp);
KZ_FUNCTION(kz_matrix_hash);
KZ_FUNCTION(kz_matrix_hash_extended);

/* Adds to a cell of a state under construction and marks it as there. */
static KzCell *
fill_cell(KzState *state, uint32 row, uint32 col, double value, bool suppressed)
{
	KzCell		 *cell;
	MemoryContext caller;

	CHECK_FOR_INTERRUPTS();
	cell = kz_state_cell(state, row, col);
	caller = MemoryContextSwitchTo(state->hdr.eoh_context);
	kz_exact_add(&cell->sum, value);
	MemoryContextSwitchTo(caller);
	cell->count = 1;
	cell->suppressed |= suppressed;
	return cell;
}

/* Flattens a state that is no longer needed. */
static Datum
finish(KzState *state)
{
	KzMatrix *matrix = kz_state_flatten(state, false);

	MemoryContextDelete(state->hdr.eoh_context);
	return PointerGetDatum(matrix);
}

/* kz_transpose(kz_matrix) -> kz_matrix */
Datum
kz_transpose(PG_FUNCTION_ARGS)
{
	KzView	 view;
	KzState *state = kz_state_create(CurrentMemoryContext);

	KZ_GETARG_VIEW(0, &view);
	kz_map_labels(state, &state->rows, &view.cols);
	kz_map_labels(state, &state->cols, &view.rows);
	for (uint32 row = 0; row < view.rows.count; row++)
	{
		for (uint32 i = view.row_start[row]; i < view.row_start[row + 1]; i++)
			fill_cell(state, view.col[i], row, view.value[i], kz_is_suppressed(&view, i));
	}
	return finish(state);
}

/* Marks which labels of one side an array of text names; one that is not there is an error. */
bool *
kz_selected_labels(const KzLabels *labels, Datum array, const char *side)
{
	bool *selected = palloc_extended(Max(labels->count, 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	KzDictionary dictionary;
	Datum		*name;
	bool		*is_null;
	int			 count;

	kz_dictionary_init(&dictionary, CurrentMemoryContext, labels->count);
	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_dictionary_intern(&dictionary, kz_label(labels, i), kz_label_length(labels, i));
	}
	deconstruct_array(DatumGetArrayTypeP(array), TEXTOID, -1, false, TYPALIGN_INT, &name, &is_null,
					  &count);
	for (int i = 0; i < count; i++)
	{
		text  *label = is_null[i] ? NULL : DatumGetTextPP(name[i]);
		uint32 found;

		if (label == NULL)
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
							errmsg("%s label must not be null", side)));
		found =
			kz_dictionary_find(&dictionary, VARDATA_ANY(label), (uint32) VARSIZE_ANY_EXHDR(label));
		if (found == KZ_NOT_FOUND)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("matrix has no %s \"%s\"", side, text_to_cstring(label)),
					 errhint("kz_row_labels() and kz_col_labels() list the labels of a matrix.")));
		selected[found] = true;
	}
	return selected;
}

/* Keeps the cells of the selected rows or columns. */
static Datum
select_labels(FunctionCallInfo fcinfo, bool by_row)
{
	KzView	 view;
	KzState *state = kz_state_create(CurrentMemoryContext);
	bool	*selected;

	KZ_GETARG_VIEW(0, &view);
	selected = kz_selected_labels(by_row ? &view.rows : &view.cols, PG_GETARG_DATUM(1),
								  by_row ? "row" : "column");
	kz_map_labels(state, &state->rows, &view.rows);
	kz_map_labels(state, &state->cols, &view.cols);
	for (uint32 row = 0; row < view.rows.count; row++)
	{
		for (uint32 i = view.row_start[row]; i < view.row_start[row + 1]; i++)
			if (selected[by_row ? row : view.col[i]])
				fill_cell(state, row, view.col[i], view.value[i], kz_is_suppressed(&view, i));
	}
	return finish(state);
}

/* kz_rows(kz_matrix, labels text[]) -> kz_matrix */
Datum
kz_rows(PG_FUNCTION_ARGS)
{
	return select_labels(fcinfo, true);
}

/* kz_cols(kz_matrix, labels text[]) -> kz_matrix */
Datum
kz_cols(PG_FUNCTION_ARGS)
{
	return select_labels(fcinfo, false);
}

/* Adds a matrix, times 1 or -1, cell by cell: what is suppressed on either side stays suppressed. */
static void
add_view(KzState *state, const KzView *view, int sign)
{
	uint32 *row_number = kz_map_labels(state, &state->rows, &view->rows),
		   *col_number = kz_map_labels(state, &state->cols, &view->cols);

	for (uint32 row = 0; row < view->rows.count; row++)
	{
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
			fill_cell(state, row_number[row], col_number[view->col[i]], sign * view->value[i],
					  kz_is_suppressed(view, i));
	}
}

/* Adds or subtracts; two partial states give a partial state, anything else a final matrix. */
static Datum
add_or_subtract(FunctionCallInfo fcinfo, int sign)
{
	KzView	 a, b;
	KzState *state = kz_state_create(CurrentMemoryContext);

	KZ_GETARG_VIEW(0, &a);
	KZ_GETARG_VIEW(1, &b);
	if (a.flags & b.flags & KZ_PARTIAL)
	{
		KzMatrix *matrix;

		kz_state_merge(state, &a, 1);
		kz_state_merge(state, &b, sign);
		matrix = kz_state_flatten(state, true);
		MemoryContextDelete(state->hdr.eoh_context);
		return PointerGetDatum(matrix);
	}
	add_view(state, &a, 1);
	add_view(state, &b, sign);
	return finish(state);
}

/* kz_matrix_add(kz_matrix, kz_matrix) -> kz_matrix */
Datum
kz_matrix_add(PG_FUNCTION_ARGS)
{
	return add_or_subtract(fcinfo, 1);
}

/* kz_matrix_subtract(kz_matrix, kz_matrix) -> kz_matrix */
Datum
kz_matrix_subtract(PG_FUNCTION_ARGS)
{
	return add_or_subtract(fcinfo, -1);
}

/* Multiplies every cell by a number. */
static Datum
scale(const KzView *view, double factor)
{
	KzState *state = kz_state_create(CurrentMemoryContext);

	if (!kz_value_is_valid(factor))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("factor must be a finite number")));
	kz_map_labels(state, &state->rows, &view->rows);
	kz_map_labels(state, &state->cols, &view->cols);
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			double value = view->value[i] * factor;
			uint32 col = view->col[i];

			kz_check_value(value, kz_label(&view->rows, row),
						   (int) kz_label_length(&view->rows, row), kz_label(&view->cols, col),
						   (int) kz_label_length(&view->cols, col));
			fill_cell(state, row, col, value, kz_is_suppressed(view, i));
		}
	}
	return finish(state);
}

/* kz_matrix_scale(kz_matrix, float8) -> kz_matrix */
Datum
kz_matrix_scale(PG_FUNCTION_ARGS)
{
	KzView view;

	KZ_GETARG_VIEW(0, &view);
	return scale(&view, PG_GETARG_FLOAT8(1));
}

/* kz_matrix_scale_commuted(float8, kz_matrix) -> kz_matrix */
Datum
kz_matrix_scale_commuted(PG_FUNCTION_ARGS)
{
	KzView view;

	KZ_GETARG_VIEW(1, &view);
	return scale(&view, PG_GETARG_FLOAT8(0));
}

/* Finds the row of b for each column of a; a column that b lacks would be lost, and is an error. */
static uint32 *
match_labels(const KzView *a, const KzView *b)
{
	uint32 *match = palloc_extended(Max(a->cols.count, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	uint32	k = 0;

	for (uint32 i = 0; i < a->cols.count; i++)
	{
		int order = 1;

		while (k < b->rows.count &&
			   (order = kz_compare_bytes(kz_label(&b->rows, k), kz_label_length(&b->rows, k),
										 kz_label(&a->cols, i), kz_label_length(&a->cols, i))) < 0)
			k++;
		if (k == b->rows.count || order != 0)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("column \"%.*s\" of the left matrix is not a row of the right one",
							(int) kz_label_length(&a->cols, i), kz_label(&a->cols, i)),
					 errhint("Add it to the right matrix, or leave it out of the left one with "
							 "kz_cols().")));
		match[i] = k;
	}
	return match;
}

/* Adds the product of two cells exactly: the product and its rounding error are both summed. */
static void
add_product(KzState *state, const KzView *a, uint32 row, uint32 i, const KzView *b, uint32 j)
{
	double product = a->value[i] * b->value[j];
	uint32 col = b->col[j];
	bool suppressed = (kz_is_suppressed(a, i) && (b->value[j] != 0.0 || kz_is_suppressed(b, j))) ||
					  (kz_is_suppressed(b, j) && (a->value[i] != 0.0 || kz_is_suppressed(a, i)));

	kz_check_value(product, kz_label(&a->rows, row), (int) kz_label_length(&a->rows, row),
				   kz_label(&b->cols, col), (int) kz_label_length(&b->cols, col));
	fill_cell(state, row, col, product, suppressed);
	fill_cell(state, row, col, fma(a->value[i], b->value[j], -product), false);
}

/* kz_matrix_product(kz_matrix, kz_matrix) -> kz_matrix */
Datum
kz_matrix_product(PG_FUNCTION_ARGS)
{
	KzView	 a, b;
	KzState *state = kz_state_create(CurrentMemoryContext);
	uint32	*match;

	KZ_GETARG_VIEW(0, &a);
	KZ_GETARG_VIEW(1, &b);
	match = match_labels(&a, &b);
	kz_map_labels(state, &state->rows, &a.rows);
	kz_map_labels(state, &state->cols, &b.cols);
	for (uint32 row = 0; row < a.rows.count; row++)
		for (uint32 i = a.row_start[row]; i < a.row_start[row + 1]; i++)
		{
			uint32 inner = match[a.col[i]];

			for (uint32 j = b.row_start[inner]; j < b.row_start[inner + 1]; j++)
				add_product(state, &a, row, i, &b, j);
		}
	return finish(state);
}

/* Compares the canonical bytes of two matrices. */
static int
compare(FunctionCallInfo fcinfo)
{
	const KzMatrix *a = (const KzMatrix *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0)),
				   *b = (const KzMatrix *) PG_DETOAST_DATUM(PG_GETARG_DATUM(1));
	int order = kz_compare_bytes((const char *) a + VARHDRSZ, VARSIZE(a) - VARHDRSZ,
								 (const char *) b + VARHDRSZ, VARSIZE(b) - VARHDRSZ);

	PG_FREE_IF_COPY((void *) a, 0);
	PG_FREE_IF_COPY((void *) b, 1);
	return order;
}

/* kz_matrix_eq(kz_matrix, kz_matrix) -> boolean */
Datum
kz_matrix_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) == 0);
}

/* kz_matrix_ne(kz_matrix, kz_matrix) -> boolean */
Datum
kz_matrix_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) != 0);
}

/* kz_matrix_lt(kz_matrix, kz_matrix) -> boolean */
Datum
kz_matrix_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) < 0);
}

/* kz_matrix_le(kz_matrix, kz_matrix) -> boolean */
Datum
kz_matrix_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) <= 0);
}

/* kz_matrix_ge(kz_matrix, kz_matrix) -> boolean */
Datum
kz_matrix_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) >= 0);
}

/* kz_matrix_gt(kz_matrix, kz_matrix) -> boolean */
Datum
kz_matrix_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare(fcinfo) > 0);
}

/* kz_matrix_cmp(kz_matrix, kz_matrix) -> integer */
Datum
kz_matrix_cmp(PG_FUNCTION_ARGS)
{
	int order = compare(fcinfo);

	PG_RETURN_INT32(order < 0 ? -1 : order > 0);
}

/* kz_matrix_hash(kz_matrix) -> integer */
Datum
kz_matrix_hash(PG_FUNCTION_ARGS)
{
	const KzMatrix *matrix = (const KzMatrix *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));

	PG_RETURN_UINT32(
		hash_bytes((const unsigned char *) matrix + VARHDRSZ, (int) (VARSIZE(matrix) - VARHDRSZ)));
}

/* kz_matrix_hash_extended(kz_matrix, bigint) -> bigint */
Datum
kz_matrix_hash_extended(PG_FUNCTION_ARGS)
{
	const KzMatrix *matrix = (const KzMatrix *) PG_DETOAST_DATUM(PG_GETARG_DATUM(0));

	PG_RETURN_UINT64(hash_bytes_extended((const unsigned char *) matrix + VARHDRSZ,
										 (int) (VARSIZE(matrix) - VARHDRSZ),
										 (uint64) PG_GETARG_INT64(1)));
}
