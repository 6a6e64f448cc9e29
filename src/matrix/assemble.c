/*
 * assemble.c
 *		What reading a matrix as text and from the wire have in common.
 */
#include "matrix/assemble.h"

#include "matrix/matrix.h"
#include "utils/memutils.h"

/* Reports input, text or binary, whose parts are well formed but contradict each other. */
void
kz_report_contradiction(const char *detail)
{
	ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION), errmsg("kz_matrix contradicts itself"),
					errdetail_internal("%s", detail)));
}

/* Adds a label that must be new. */
void
kz_assemble_label(KzState *state, KzAxis *axis, const char *bytes, size_t length)
{
	uint32 before = axis->labels.count;

	if (memchr(bytes, 0, length) != NULL)
		kz_report_contradiction("A label contains a zero byte.");
	if (kz_axis_label(state, axis, bytes, length) != before)
		kz_report_contradiction(psprintf("Label \"%.*s\" comes twice.", (int) length, bytes));
}

/* Adds one cell that must be new, and refuses a value out of range. */
KzCell *
kz_assemble_cell(KzState *state, uint32 row, uint32 col, double value, bool suppressed)
{
	const KzKey *row_key = &state->rows.labels.key[row], *col_key = &state->cols.labels.key[col];
	KzCell		*cell = kz_state_cell(state, row, col);

	if (cell->count != 0 || cell->suppressed != 0 || kz_exact_value(&cell->sum) != 0.0)
		kz_report_contradiction(psprintf("Row \"%.*s\", column \"%.*s\" comes twice.",
										 (int) row_key->length, row_key->bytes,
										 (int) col_key->length, col_key->bytes));
	kz_state_check_value(state, row, col, value);
	kz_exact_init(&cell->sum, value);
	cell->count = 1;
	cell->suppressed = suppressed;
	return cell;
}

/* Completes a cell of a partial state; its parts must be the canonical ones of their sum. */
void
kz_assemble_partial(KzState *state, KzCell *cell, int32 count, int32 suppressed, const double *lows,
					int low_count)
{
	double		  parts[KZ_EXACT_PARTS];
	MemoryContext caller = MemoryContextSwitchTo(state->hdr.eoh_context);

	if ((cell->suppressed > 0) != (suppressed > 0))
		kz_report_contradiction("A cell does not fit its number of suppressed rows.");
	if (count == PG_INT32_MIN || suppressed == PG_INT32_MIN)
		kz_report_contradiction("A number of rows is out of range.");
	cell->count = count;
	cell->suppressed = suppressed;
	for (int i = 0; i < low_count; i++)
	{
		if (!kz_value_is_valid(lows[i]))
			kz_report_contradiction("A low part is out of range.");
		kz_exact_add(&cell->sum, lows[i]);
	}
	MemoryContextSwitchTo(caller);
	if (kz_exact_parts(&cell->sum, parts) != low_count + 1 ||
		memcmp(parts + 1, lows, low_count * sizeof(double)) != 0)
		kz_report_contradiction("The low parts of a sum are not canonical.");
	if (count == 0 && suppressed == 0 && parts[0] == 0.0)
		kz_report_contradiction("A cell stands for no row.");
}

/* Flattens a state that was read; every label must have a cell. */
KzMatrix *
kz_assemble_finish(KzState *state, bool partial)
{
	KzMatrix *matrix = kz_state_flatten(state, partial);

	if (matrix->rows != state->rows.labels.count || matrix->cols != state->cols.labels.count)
		kz_report_contradiction("A label has no cell.");
	MemoryContextDelete(state->hdr.eoh_context);
	return matrix;
}
