/*
 * weights.c
 *		What can be asked of spatial weights as a graph.
 */
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "pg/graph.h"

#include "funcapi.h"
#include "miscadmin.h"

KZ_FUNCTION(kz_connected_components);

/* Reports a label that one side of a matrix of regions lacks. */
static void
report_lacking(const KzLabels *labels, uint32 i, const char *has, const char *lacks)
{
	ereport(
		ERROR,
		(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		 errmsg(
			 "weights must have the same labels on rows and columns: \"%.*s\" is a %s but not a %s",
			 (int) kz_label_length(labels, i), kz_label(labels, i), has, lacks),
		 errhint("kz_symmetric_weights() makes every region a row and a column.")));
}

/* Checks that the rows and the columns of a matrix are the same regions. */
static void
check_same_labels(const KzView *view)
{
	const KzLabels *rows = &view->rows, *cols = &view->cols;
	uint32			i = 0;

	while (i < rows->count || i < cols->count)
	{
		int order = i >= rows->count ? 1
					: i >= cols->count
						? -1
						: kz_compare_bytes(kz_label(rows, i), kz_label_length(rows, i),
										   kz_label(cols, i), kz_label_length(cols, i));

		if (order < 0)
			report_lacking(rows, i, "row", "column");
		if (order > 0)
			report_lacking(cols, i, "column", "row");
		i++;
	}
}

/* Refuses a suppressed weight: whether it connects two regions is not known. */
static void
check_disclosed(const KzView *view, uint32 row, uint32 cell)
{
	if (kz_is_suppressed(view, cell))
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("weight in row \"%.*s\", column \"%.*s\" must not be suppressed",
							   (int) kz_label_length(&view->rows, row), kz_label(&view->rows, row),
							   (int) kz_label_length(&view->cols, view->col[cell]),
							   kz_label(&view->cols, view->col[cell])),
						errhint("Build the weights from values that are not null.")));
}

/* Checks that a matrix has the same regions on rows and columns and no suppressed weight. */
void
kz_check_weights(const KzView *view)
{
	check_same_labels(view);
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			check_disclosed(view, row, i);
		}
}

/* Finds the component of every row of square weights, numbered 0 .. by first rows. */
static uint32 *
find_components(const KzView *view)
{
	KzEdges edges;

	kz_edges_start(&edges, view->rows.count);
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
			if (view->value[i] != 0.0)
				kz_edges_add(&edges, row, view->col[i]);
	return kz_edges_finish(&edges, NULL);
}

/* kz_connected_components(kz_matrix) -> setof (label text, component integer) */
Datum
kz_connected_components(PG_FUNCTION_ARGS)
{
	KzView	view;
	uint32 *component;
	Datum  *label;

	KZ_GETARG_VIEW(0, &view);
	kz_check_weights(&view);
	component = find_components(&view);
	label = kz_label_datums(&view.rows);

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	for (uint32 row = 0; row < view.rows.count; row++)
	{
		Datum values[2] = {label[row], Int32GetDatum((int32) component[row] + 1)};
		bool  nulls[2] = {false, false};

		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
