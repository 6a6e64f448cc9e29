/*
 * io.c
 *		Input and output of kz_matrix: text, jsonb and the wire.
 *
 * Text: {"rows":[label,...],"cols":[label,...],"cells":[[row,col,value],...]} with numbers from 0. A suppressed
 * cell is [row,col,null], or [row,col,null,value] when a part of it is disclosed. A partial state has
 * "partial":[[rows,suppressed,low,...],...] with an entry for each cell. What comes in is built cell by cell, so
 * any order of labels and cells is read and the one canonical form is stored.
 */
#include "matrix/assemble.h"
#include "matrix/json.h"
#include "matrix/matrix.h"

#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/jsonb.h"

#define WIRE_VERSION 1

/* States of a cell on the wire. */
#define WIRE_DISCLOSED	0
#define WIRE_SUPPRESSED 1

KZ_FUNCTION(kz_matrix_in);
KZ_FUNCTION(kz_matrix_out);
KZ_FUNCTION(kz_matrix_recv);
KZ_FUNCTION(kz_matrix_send);
KZ_FUNCTION(kz_matrix_to_jsonb);
KZ_FUNCTION(kz_matrix_from_jsonb);

/* Opens a flat matrix and checks all of it: one pass more over what is read anyway, for bytes that lie. */
void
kz_open_matrix(const KzMatrix *matrix, KzView *view)
{
	const char *problem = kz_view_open(view, matrix, VARSIZE(matrix));

	if (problem == NULL)
		problem = kz_view_check(view);
	if (problem != NULL)
		ereport(ERROR, (errcode(ERRCODE_DATA_CORRUPTED), errmsg("value is not a valid kz_matrix"),
						errdetail_internal("%s", problem)));
}

/* Opens a matrix datum: detoasted when stored, flattened when it is still a state. */
void
kz_open_datum(Datum datum, KzView *view)
{
	kz_open_matrix((const KzMatrix *) PG_DETOAST_DATUM(datum), view);
}

/* kz_matrix_in(cstring) -> kz_matrix */
Datum
kz_matrix_in(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(kz_read_json(PG_GETARG_CSTRING(0)));
}

/* kz_matrix_out(kz_matrix) -> cstring */
Datum
kz_matrix_out(PG_FUNCTION_ARGS)
{
	KzView view;

	KZ_GETARG_VIEW(0, &view);
	PG_RETURN_CSTRING(kz_write_json(&view));
}

/* kz_matrix_to_jsonb(kz_matrix) -> jsonb */
Datum
kz_matrix_to_jsonb(PG_FUNCTION_ARGS)
{
	KzView view;

	KZ_GETARG_VIEW(0, &view);
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(kz_write_json(&view))));
}

/* kz_matrix_from_jsonb(jsonb) -> kz_matrix */
Datum
kz_matrix_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb *jsonb = PG_GETARG_JSONB_P(0);

	PG_RETURN_POINTER(kz_read_json(JsonbToCString(NULL, &jsonb->root, (int) VARSIZE(jsonb))));
}

/* Sends one side's labels. */
static void
send_labels(StringInfo out, const KzLabels *labels)
{
	pq_sendint32(out, labels->count);
	for (uint32 i = 0; i < labels->count; i++)
		KZ_SEND_TEXT(out, kz_label(labels, i), (int) kz_label_length(labels, i));
}

/* kz_matrix_send(kz_matrix) -> bytea */
Datum
kz_matrix_send(PG_FUNCTION_ARGS)
{
	KzView		   view;
	StringInfoData out;

	KZ_GETARG_VIEW(0, &view);
	pq_begintypsend(&out);
	pq_sendint8(&out, WIRE_VERSION);
	pq_sendint8(&out, view.flags & KZ_PARTIAL ? 1 : 0);
	send_labels(&out, &view.rows);
	send_labels(&out, &view.cols);
	pq_sendint32(&out, view.cells);
	for (uint32 row = 0; row < view.rows.count; row++)
	{
		for (uint32 i = view.row_start[row]; i < view.row_start[row + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			pq_sendint32(&out, row);
			pq_sendint32(&out, view.col[i]);
			pq_sendint8(&out, kz_is_suppressed(&view, i) ? WIRE_SUPPRESSED : WIRE_DISCLOSED);
			pq_sendfloat8(&out, view.value[i]);
			if (view.flags & KZ_PARTIAL)
			{
				uint32 first = view.low_start != NULL ? view.low_start[i] : 0,
					   last = view.low_start != NULL ? view.low_start[i + 1] : 0;

				pq_sendint32(&out, view.count != NULL ? view.count[i] : 1);
				pq_sendint32(&out, view.count != NULL ? view.suppressed_count[i]
													  : (int) kz_is_suppressed(&view, i));
				pq_sendint8(&out, (uint8) (last - first));
				for (uint32 k = first; k < last; k++)
					pq_sendfloat8(&out, view.low[k]);
			}
		}
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* Reports a malformed binary value. */
static void
report_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary input for type kz_matrix"), errdetail_internal("%s", detail)));
}

/* Receives a number of things that take at least so many bytes each, of which the message must have enough. */
static uint32
receive_count(StringInfo in, uint32 least)
{
	uint32 count = pq_getmsgint(in, 4);

	if (count > (uint32) (in->len - in->cursor) / least)
		report_binary("A count is larger than the message.");
	return count;
}

/* Receives one side's labels; they must differ. */
static uint32
receive_labels(StringInfo in, KzState *state, KzAxis *axis)
{
	uint32 count = receive_count(in, 4);

	for (uint32 i = 0; i < count; i++)
	{
		int	  length = (int) receive_count(in, 1), converted;
		char *label = pq_getmsgtext(in, length, &converted);

		kz_assemble_label(state, axis, label, converted);
		pfree(label);
	}
	return count;
}

/* Receives what a partial state knows of a cell. */
static void
receive_partial(StringInfo in, KzState *state, KzCell *cell)
{
	double lows[KZ_EXACT_PARTS];
	int32  count = (int32) pq_getmsgint(in, 4), suppressed_count = (int32) pq_getmsgint(in, 4);
	int	   low_count = pq_getmsgbyte(in);

	if (low_count >= KZ_EXACT_PARTS)
		report_binary("A cell has too many low parts.");
	for (int k = 0; k < low_count; k++)
		lows[k] = pq_getmsgfloat8(in);
	kz_assemble_partial(state, cell, count, suppressed_count, lows, low_count);
}

/* kz_matrix_recv(internal) -> kz_matrix */
Datum
kz_matrix_recv(PG_FUNCTION_ARGS)
{
	StringInfo in = (StringInfo) PG_GETARG_POINTER(0);
	KzState	  *state = kz_state_create(CurrentMemoryContext);
	int		   version = pq_getmsgbyte(in), partial = pq_getmsgbyte(in);
	uint32	   rows, cols, cells;

	if (version != WIRE_VERSION || partial > 1)
		report_binary("Its version is unknown.");
	rows = receive_labels(in, state, &state->rows);
	cols = receive_labels(in, state, &state->cols);
	cells = receive_count(in, 17);
	for (uint32 i = 0; i < cells; i++)
	{
		uint32	row = pq_getmsgint(in, 4), col = pq_getmsgint(in, 4);
		int		suppressed = pq_getmsgbyte(in);
		double	value = pq_getmsgfloat8(in);
		KzCell *cell;

		if (row >= rows || col >= cols || suppressed > WIRE_SUPPRESSED)
			report_binary("A cell is outside the matrix.");
		cell = kz_assemble_cell(state, row, col, value, suppressed == WIRE_SUPPRESSED);
		if (partial)
			receive_partial(in, state, cell);
	}
	PG_RETURN_POINTER(kz_assemble_finish(state, partial != 0));
}
