/*
 * read.c
 *		Reading a matrix: its cells, totals, labels and single values.
 */
#include "matrix/matrix.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "matrix/index.h"
#include "matrix/read.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_cells);
KZ_FUNCTION(kz_row_totals);
KZ_FUNCTION(kz_col_totals);
KZ_FUNCTION(kz_total);
KZ_FUNCTION(kz_dims);
KZ_FUNCTION(kz_value);
KZ_FUNCTION(kz_row_labels);
KZ_FUNCTION(kz_col_labels);

/* Makes text datums of all labels of one side. */
Datum *
kz_label_datums(const KzLabels *labels)
{
	Datum *datum = palloc_extended(Max(labels->count, 1) * sizeof(Datum), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		datum[i] = PointerGetDatum(
			cstring_to_text_with_len(kz_label(labels, i), (int) kz_label_length(labels, i)));
	}
	return datum;
}

/* kz_cells(kz_matrix, fill boolean) -> setof (row_label text, col_label text, value float8, status text) */
Datum
kz_cells(PG_FUNCTION_ARGS)
{
	bool		fill = PG_GETARG_BOOL(1);
	KzView		view;
	KzRowWriter writer;
	Datum	   *rows, *cols, ok = CStringGetTextDatum("ok"),
						suppressed = CStringGetTextDatum("suppressed");

	KZ_GETARG_VIEW(0, &view);
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	kz_begin_rows(fcinfo, &writer);
	rows = kz_label_datums(&view.rows);
	cols = kz_label_datums(&view.cols);
	for (uint32 row = 0; row < view.rows.count; row++)
	{
		uint32 i = view.row_start[row], end = view.row_start[row + 1];

		for (uint32 col = 0; fill ? col < view.cols.count : i < end; col++)
		{
			bool  present = !fill || (i < end && view.col[i] == col);
			bool  hidden = present && kz_is_suppressed(&view, i);
			Datum values[4] = {rows[row], cols[present ? view.col[i] : col],
							   Float8GetDatum(present ? view.value[i] : 0.0),
							   hidden ? suppressed : ok};
			bool  nulls[4] = {false, false, hidden, false};

			CHECK_FOR_INTERRUPTS();
			kz_write_row(&writer, values, nulls);
			i += present;
		}
	}
	return (Datum) 0;
}

/* Returns the totals of one side as rows (label text, total float8, cells bigint, suppressed bigint). */
static Datum
return_totals(FunctionCallInfo fcinfo, const KzLabels *labels, const double *total,
			  const uint32 *cells, const uint32 *suppressed)
{
	Datum *label = kz_label_datums(labels);

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (uint32 i = 0; i < labels->count; i++)
	{
		Datum values[4] = {label[i], Float8GetDatum(total[i]), Int64GetDatum(cells[i]),
						   Int64GetDatum(suppressed[i])};
		bool  nulls[4] = {false};

		CHECK_FOR_INTERRUPTS();
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* kz_row_totals(kz_matrix) -> setof (label text, total float8, cells bigint, suppressed bigint) */
Datum
kz_row_totals(PG_FUNCTION_ARGS)
{
	KzView	  view;
	KzMargins margins;
	uint32	 *cells;

	KZ_GETARG_VIEW(0, &view);
	kz_margins_compute(&view, &margins);
	cells = palloc_extended(Max(view.rows.count, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	for (uint32 row = 0; row < view.rows.count; row++)
		cells[row] = view.row_start[row + 1] - view.row_start[row];
	return return_totals(fcinfo, &view.rows, margins.row_total, cells, margins.row_suppressed);
}

/* kz_col_totals(kz_matrix) -> setof (label text, total float8, cells bigint, suppressed bigint) */
Datum
kz_col_totals(PG_FUNCTION_ARGS)
{
	KzView	  view;
	KzMargins margins;
	uint32	 *cells;

	KZ_GETARG_VIEW(0, &view);
	kz_margins_compute(&view, &margins);
	cells = palloc_extended(Max(view.cols.count, 1) * sizeof(uint32),
							MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 i = 0; i < view.cells; i++)
	{
		CHECK_FOR_INTERRUPTS();
		cells[view.col[i]]++;
	}
	return return_totals(fcinfo, &view.cols, margins.col_total, cells, margins.col_suppressed);
}

/* kz_total(kz_matrix) -> float8 */
Datum
kz_total(PG_FUNCTION_ARGS)
{
	KzView	  view;
	KzMargins margins;

	KZ_GETARG_VIEW(0, &view);
	kz_margins_compute(&view, &margins);
	PG_RETURN_FLOAT8(margins.total);
}

/* kz_dims(kz_matrix) -> (rows integer, cols integer, cells bigint, suppressed bigint) */
Datum
kz_dims(PG_FUNCTION_ARGS)
{
	KzView	  view;
	TupleDesc desc;
	int64	  suppressed = 0;
	Datum	  values[4];
	bool	  nulls[4] = {false};

	KZ_GETARG_VIEW(0, &view);
	if (get_call_result_type(fcinfo, NULL, &desc) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	for (uint32 i = 0; i < view.cells; i++)
	{
		CHECK_FOR_INTERRUPTS();
		suppressed += kz_is_suppressed(&view, i);
	}
	values[0] = Int32GetDatum((int32) view.rows.count);
	values[1] = Int32GetDatum((int32) view.cols.count);
	values[2] = Int64GetDatum((int64) view.cells);
	values[3] = Int64GetDatum(suppressed);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(desc), values, nulls)));
}

/* kz_value(kz_matrix, row "any", col "any") -> float8 */
Datum
kz_value(PG_FUNCTION_ARGS)
{
	KzCellRef ref;

	if (!kz_look_up(fcinfo, 0, -1, 1, &ref))
		PG_RETURN_NULL();
	if (ref.cell == PG_UINT32_MAX)
		PG_RETURN_FLOAT8(0.0);
	if (kz_is_suppressed(&ref.index->view, ref.cell))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(ref.index->view.value[ref.cell]);
}

/* Returns the labels of one side as text[]. */
static Datum
return_labels(const KzLabels *labels)
{
	if (labels->count > MaxArraySize)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("matrix has too many labels for an array")));
	return PointerGetDatum(construct_array(kz_label_datums(labels), (int) labels->count, TEXTOID,
										   -1, false, TYPALIGN_INT));
}

/* kz_row_labels(kz_matrix) -> text[] */
Datum
kz_row_labels(PG_FUNCTION_ARGS)
{
	KzView view;

	KZ_GETARG_VIEW(0, &view);
	PG_RETURN_DATUM(return_labels(&view.rows));
}

/* kz_col_labels(kz_matrix) -> text[] */
Datum
kz_col_labels(PG_FUNCTION_ARGS)
{
	KzView view;

	KZ_GETARG_VIEW(0, &view);
	PG_RETURN_DATUM(return_labels(&view.cols));
}
