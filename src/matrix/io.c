/*
 * io.c
 *		kz_matrix as text (JSON), as jsonb and on the wire.
 *
 * Text: {"rows":[label,...],"cols":[label,...],"cells":[[row,col,value],...]} with numbers from 0. A suppressed
 * cell is [row,col,null], or [row,col,null,value] when a part of it is disclosed. A partial state has
 * "partial":[[rows,suppressed,low,...],...] with an entry for each cell. What comes in is built cell by cell, so
 * any order of labels and cells is read and the one canonical form is stored.
 */
#include "matrix/matrix.h"

#include <math.h>

#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#define WIRE_VERSION 1

/* States of a cell on the wire. */
#define WIRE_DISCLOSED 0
#define WIRE_SUPPRESSED 1

KZ_FUNCTION(kz_matrix_in);
KZ_FUNCTION(kz_matrix_out);
KZ_FUNCTION(kz_matrix_recv);
KZ_FUNCTION(kz_matrix_send);
KZ_FUNCTION(kz_matrix_to_jsonb);
KZ_FUNCTION(kz_matrix_from_jsonb);

/* Opens a flat matrix, of which every access is bounded by its header. */
void
kz_open_matrix(const KzMatrix *matrix, KzView *view)
{
	const char *problem = kz_view_open(view, matrix, VARSIZE(matrix));

	if (problem != NULL)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("value is not a valid kz_matrix"), errdetail_internal("%s", problem)));
}

/* Opens a matrix datum: detoasted when stored, flattened when it is still a state. */
void
kz_open_datum(Datum datum, KzView *view)
{
	kz_open_matrix((const KzMatrix *) PG_DETOAST_DATUM(datum), view);
}

/* Refuses a value that a matrix cannot hold, naming its cell. */
void
kz_check_value(double value, const char *row, int row_length, const char *col, int col_length)
{
	if (kz_value_is_valid(value))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("value in row \"%.*s\", column \"%.*s\" must be a finite number, not %s",
					row_length, row, col_length, col,
					isnan(value) ? "NaN" : isinf(value) ? (value > 0 ? "Infinity" : "-Infinity") : "of this size"),
			 errdetail("The magnitude of a value must be below 2^960, about 9.7e288."),
			 errhint("Use NULL for a suppressed value and no row for a zero.")));
}

/* Reports malformed text or binary input. */
static void
report_invalid(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input for type kz_matrix"), errdetail("%s", detail),
			 errhint("A matrix looks like {\"rows\":[\"a\"],\"cols\":[\"x\"],\"cells\":[[0,0,1.5]]}.")));
}

/* Reports input, text or binary, whose parts are well formed but contradict each other. */
static void
report_contradiction(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_EXCEPTION),
			 errmsg("kz_matrix contradicts itself"), errdetail_internal("%s", detail)));
}

/* Appends a double in its shortest exact form, whatever extra_float_digits says. */
static void
append_double(StringInfo out, double value)
{
	char		buffer[DOUBLE_SHORTEST_DECIMAL_LEN];

	double_to_shortest_decimal_buf(value, buffer);
	appendStringInfoString(out, buffer);
}

/* Appends a JSON array of labels. */
static void
append_labels(StringInfo out, const char *name, const KzLabels *labels)
{
	appendStringInfo(out, "\"%s\":[", name);
	for (uint32 i = 0; i < labels->count; i++)
	{
		char	   *label = pnstrdup(kz_label(labels, i), kz_label_length(labels, i));

		if (i > 0)
			appendStringInfoChar(out, ',');
		escape_json(out, label);
		pfree(label);
	}
	appendStringInfoString(out, "],");
}

/* Appends a cell as [row,col,value]. */
static void
append_cell(StringInfo out, const KzView *view, uint32 row, uint32 i)
{
	appendStringInfo(out, "%s[%u,%u,", i > 0 ? "," : "", row, view->col[i]);
	if (kz_is_suppressed(view, i))
	{
		appendStringInfoString(out, "null");
		if (view->value[i] != 0.0)
			appendStringInfoChar(out, ',');
	}
	if (!kz_is_suppressed(view, i) || view->value[i] != 0.0)
		append_double(out, view->value[i]);
	appendStringInfoChar(out, ']');
}

/* Appends what a partial state knows of a cell as [rows,suppressed,low,...]. */
static void
append_partial(StringInfo out, const KzView *view, uint32 i)
{
	appendStringInfo(out, "%s[%d,%d", i > 0 ? "," : "",
					 view->count != NULL ? view->count[i] : 1,
					 view->count != NULL ? view->suppressed_count[i] : (int) kz_is_suppressed(view, i));
	if (view->low_start != NULL)
		for (uint32 k = view->low_start[i]; k < view->low_start[i + 1]; k++)
		{
			appendStringInfoChar(out, ',');
			append_double(out, view->low[k]);
		}
	appendStringInfoChar(out, ']');
}

/* Writes a matrix as JSON text. */
char *
kz_write_json(const KzView *view)
{
	StringInfoData out;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	append_labels(&out, "rows", &view->rows);
	append_labels(&out, "cols", &view->cols);
	appendStringInfoString(&out, "\"cells\":[");
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		CHECK_FOR_INTERRUPTS();
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
			append_cell(&out, view, row, i);
	}
	appendStringInfoChar(&out, ']');
	if (view->flags & KZ_PARTIAL)
	{
		appendStringInfoString(&out, ",\"partial\":[");
		for (uint32 i = 0; i < view->cells; i++)
			append_partial(&out, view, i);
		appendStringInfoChar(&out, ']');
	}
	appendStringInfoChar(&out, '}');
	return out.data;
}

/* Returns a container found under a key of a JSON object, or NULL. */
static JsonbContainer *
find_array(JsonbContainer *object, const char *key)
{
	JsonbValue	value,
			   *found = getKeyJsonValueFromContainer(object, key, (int) strlen(key), &value);

	if (found == NULL)
		return NULL;
	if (found->type != jbvBinary || !JsonContainerIsArray(found->val.binary.data))
		report_invalid(psprintf("\"%s\" is not an array.", key));
	return found->val.binary.data;
}

/* Returns the number of an array's element that must be a number. */
static double
element_number(JsonbContainer *array, uint32 i, const char *what)
{
	JsonbValue *value = getIthJsonbValueFromContainer(array, i);

	if (value == NULL || value->type != jbvNumeric)
		report_invalid(psprintf("A %s is not a number.", what));
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8, NumericGetDatum(value->val.numeric)));
}

/* Returns an array's element that must be a whole number of a range. */
static int64
element_integer(JsonbContainer *array, uint32 i, const char *what, int64 low, int64 high)
{
	double		value = element_number(array, i, what);

	if (!(value >= (double) low && value <= (double) high) || value != floor(value))
		report_invalid(psprintf("A %s is not a whole number from " INT64_FORMAT " to " INT64_FORMAT ".", what, low, high));
	return (int64) value;
}

/* Interns an array of labels; they must differ. */
static uint32
read_labels(JsonbContainer *object, const char *name, KzState *state, KzAxis *axis)
{
	JsonbContainer *array = find_array(object, name);
	JsonbIterator *iterator;
	JsonbValue	value;
	JsonbIteratorToken token;
	uint32		count = 0;

	if (array == NULL)
		report_invalid(psprintf("\"%s\" is missing.", name));
	iterator = JsonbIteratorInit(array);
	while ((token = JsonbIteratorNext(&iterator, &value, true)) != WJB_DONE)
	{
		if (token != WJB_ELEM)
			continue;
		if (value.type != jbvString)
			report_invalid(psprintf("A label of \"%s\" is not a string.", name));
		if (kz_axis_label(state, axis, value.val.string.val, value.val.string.len) != count)
			report_invalid(psprintf("Label \"%.*s\" comes twice in \"%s\".",
									value.val.string.len, value.val.string.val, name));
		count++;
	}
	return count;
}

/* Adds one cell that must be new, and refuses a value out of range. */
static KzCell *
new_cell(KzState *state, uint32 row, uint32 col, double value, bool suppressed)
{
	const KzKey *row_key = &state->rows.labels.key[row],
			   *col_key = &state->cols.labels.key[col];
	KzCell	   *cell = kz_state_cell(state, row, col);

	if (cell->count != 0 || cell->suppressed != 0 || kz_exact_value(&cell->sum) != 0.0)
		report_contradiction(psprintf("Row \"%.*s\", column \"%.*s\" comes twice.", (int) row_key->length, row_key->bytes,
								(int) col_key->length, col_key->bytes));
	kz_check_value(value, row_key->bytes, (int) row_key->length, col_key->bytes, (int) col_key->length);
	kz_exact_init(&cell->sum, value);
	cell->count = 1;
	cell->suppressed = suppressed;
	return cell;
}

/* Completes a cell of a partial state; its parts must be the canonical ones of their sum. */
static void
set_partial(KzState *state, KzCell *cell, int32 count, int32 suppressed, const double *lows, int low_count)
{
	double		parts[KZ_EXACT_PARTS];
	MemoryContext caller = MemoryContextSwitchTo(state->hdr.eoh_context);

	cell->count = count;
	cell->suppressed = suppressed;
	for (int i = 0; i < low_count; i++)
	{
		if (!kz_value_is_valid(lows[i]))
			report_contradiction("A low part is out of range.");
		kz_exact_add(&cell->sum, lows[i]);
	}
	MemoryContextSwitchTo(caller);
	if (kz_exact_parts(&cell->sum, parts) != low_count + 1 ||
		memcmp(parts + 1, lows, low_count * sizeof(double)) != 0)
		report_contradiction("The low parts of a sum are not canonical.");
	if (count == 0 && suppressed == 0 && parts[0] == 0.0)
		report_contradiction("A cell stands for no row.");
}

/* Reads the cells of a JSON matrix, and of a partial state the numbers of rows and low parts. */
static void
read_cells(KzState *state, JsonbContainer *cells, JsonbContainer *partial, uint32 rows, uint32 cols)
{
	uint32		count = JsonContainerSize(cells);

	if (partial != NULL && JsonContainerSize(partial) != count)
		report_invalid("\"partial\" and \"cells\" differ in length.");
	for (uint32 i = 0; i < count; i++)
	{
		JsonbValue *entry = getIthJsonbValueFromContainer(cells, i),
				   *third;
		JsonbContainer *array;
		KzCell	   *cell;
		bool		suppressed;
		uint32		size;

		CHECK_FOR_INTERRUPTS();
		if (entry->type != jbvBinary || !JsonContainerIsArray(entry->val.binary.data))
			report_invalid("A cell is not an array.");
		array = entry->val.binary.data;
		size = JsonContainerSize(array);
		third = getIthJsonbValueFromContainer(array, 2);
		suppressed = third != NULL && third->type == jbvNull;
		if (size < 3 || size > (suppressed ? 4 : 3))
			report_invalid("A cell is not [row, column, value].");
		cell = new_cell(state, (uint32) element_integer(array, 0, "row of a cell", 0, (int64) rows - 1),
						(uint32) element_integer(array, 1, "column of a cell", 0, (int64) cols - 1),
						suppressed && size == 3 ? 0.0 : element_number(array, size - 1, "value of a cell"),
						suppressed);
		if (partial != NULL)
		{
			double		lows[KZ_EXACT_PARTS];

			entry = getIthJsonbValueFromContainer(partial, i);
			if (entry->type != jbvBinary || !JsonContainerIsArray(entry->val.binary.data))
				report_invalid("An entry of \"partial\" is not an array.");
			array = entry->val.binary.data;
			size = JsonContainerSize(array);
			if (size < 2 || size > KZ_EXACT_PARTS + 1)
				report_invalid("An entry of \"partial\" is not [rows, suppressed, low, ...].");
			for (uint32 k = 2; k < size; k++)
				lows[k - 2] = element_number(array, k, "low part");
			set_partial(state, cell, (int32) element_integer(array, 0, "number of rows", PG_INT32_MIN, PG_INT32_MAX),
						(int32) element_integer(array, 1, "number of suppressed rows", PG_INT32_MIN, PG_INT32_MAX),
						lows, (int) size - 2);
			if (suppressed != (cell->suppressed > 0))
				report_contradiction("A cell does not fit its number of suppressed rows.");
		}
	}
}

/* Flattens a state that was read; every label must have a cell. */
static KzMatrix *
finish_reading(KzState *state, bool partial)
{
	KzMatrix   *matrix = kz_state_flatten(state, partial);

	if (matrix->rows != state->rows.labels.count || matrix->cols != state->cols.labels.count)
		report_contradiction("A label has no cell.");
	MemoryContextDelete(state->hdr.eoh_context);
	return matrix;
}

/* Builds a matrix from jsonb. */
KzMatrix *
kz_read_json(Datum jsonb)
{
	JsonbContainer *object = &DatumGetJsonbP(jsonb)->root,
			   *cells,
			   *partial;
	KzState    *state = kz_state_create(CurrentMemoryContext);
	uint32		rows,
				cols;

	if (!JsonContainerIsObject(object))
		report_invalid("It is not a JSON object.");
	rows = read_labels(object, "rows", state, &state->rows);
	cols = read_labels(object, "cols", state, &state->cols);
	cells = find_array(object, "cells");
	partial = find_array(object, "partial");
	if (cells == NULL)
		report_invalid("\"cells\" is missing.");
	if (JsonContainerSize(object) != (partial != NULL ? 4 : 3))
		report_invalid("It has keys other than \"rows\", \"cols\", \"cells\" and \"partial\".");
	read_cells(state, cells, partial, rows, cols);
	return finish_reading(state, partial != NULL);
}

/* kz_matrix_in(cstring) -> kz_matrix */
Datum
kz_matrix_in(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(kz_read_json(DirectFunctionCall1(jsonb_in, PG_GETARG_DATUM(0))));
}

/* kz_matrix_out(kz_matrix) -> cstring */
Datum
kz_matrix_out(PG_FUNCTION_ARGS)
{
	KzView		view;

	KZ_GETARG_VIEW(0, &view);
	PG_RETURN_CSTRING(kz_write_json(&view));
}

/* kz_matrix_to_jsonb(kz_matrix) -> jsonb */
Datum
kz_matrix_to_jsonb(PG_FUNCTION_ARGS)
{
	KzView		view;

	KZ_GETARG_VIEW(0, &view);
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(kz_write_json(&view))));
}

/* kz_matrix_from_jsonb(jsonb) -> kz_matrix */
Datum
kz_matrix_from_jsonb(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(kz_read_json(PG_GETARG_DATUM(0)));
}

/* Sends one side's labels. */
static void
send_labels(StringInfo out, const KzLabels *labels)
{
	pq_sendint32(out, labels->count);
	for (uint32 i = 0; i < labels->count; i++)
		pq_sendcountedtext(out, kz_label(labels, i), (int) kz_label_length(labels, i), false);
}

/* kz_matrix_send(kz_matrix) -> bytea */
Datum
kz_matrix_send(PG_FUNCTION_ARGS)
{
	KzView		view;
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
		CHECK_FOR_INTERRUPTS();
		for (uint32 i = view.row_start[row]; i < view.row_start[row + 1]; i++)
		{
			pq_sendint32(&out, row);
			pq_sendint32(&out, view.col[i]);
			pq_sendint8(&out, kz_is_suppressed(&view, i) ? WIRE_SUPPRESSED : WIRE_DISCLOSED);
			pq_sendfloat8(&out, view.value[i]);
			if (view.flags & KZ_PARTIAL)
			{
				uint32		first = view.low_start != NULL ? view.low_start[i] : 0,
							last = view.low_start != NULL ? view.low_start[i + 1] : 0;

				pq_sendint32(&out, view.count != NULL ? view.count[i] : 1);
				pq_sendint32(&out, view.count != NULL ? view.suppressed_count[i] : (int) kz_is_suppressed(&view, i));
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
	uint32		count = pq_getmsgint(in, 4);

	if (count > (uint32) (in->len - in->cursor) / least)
		report_binary("A count is larger than the message.");
	return count;
}

/* Receives one side's labels; they must differ. */
static uint32
receive_labels(StringInfo in, KzState *state, KzAxis *axis)
{
	uint32		count = receive_count(in, 4);

	for (uint32 i = 0; i < count; i++)
	{
		int			length = (int) receive_count(in, 1),
					converted;
		char	   *label = pq_getmsgtext(in, length, &converted);

		if (memchr(label, 0, converted) != NULL)
			report_binary("A label contains a zero byte.");
		if (kz_axis_label(state, axis, label, converted) != i)
			report_contradiction("A label comes twice.");
		pfree(label);
	}
	return count;
}

/* Receives what a partial state knows of a cell. */
static void
receive_partial(StringInfo in, KzState *state, KzCell *cell, bool suppressed)
{
	double		lows[KZ_EXACT_PARTS];
	int32		count = (int32) pq_getmsgint(in, 4),
				suppressed_count = (int32) pq_getmsgint(in, 4);
	int			low_count = pq_getmsgbyte(in);

	if (low_count >= KZ_EXACT_PARTS || suppressed != (suppressed_count > 0))
		report_contradiction("A cell does not fit its number of suppressed rows.");
	for (int k = 0; k < low_count; k++)
		lows[k] = pq_getmsgfloat8(in);
	set_partial(state, cell, count, suppressed_count, lows, low_count);
}

/* kz_matrix_recv(internal) -> kz_matrix */
Datum
kz_matrix_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	KzState    *state = kz_state_create(CurrentMemoryContext);
	int			version = pq_getmsgbyte(in),
				partial = pq_getmsgbyte(in);
	uint32		rows,
				cols,
				cells;

	if (version != WIRE_VERSION || partial > 1)
		report_binary("Its version is unknown.");
	rows = receive_labels(in, state, &state->rows);
	cols = receive_labels(in, state, &state->cols);
	cells = receive_count(in, 17);
	for (uint32 i = 0; i < cells; i++)
	{
		uint32		row = pq_getmsgint(in, 4),
					col = pq_getmsgint(in, 4);
		int			suppressed = pq_getmsgbyte(in);
		double		value = pq_getmsgfloat8(in);
		KzCell	   *cell;

		if (row >= rows || col >= cols || suppressed > WIRE_SUPPRESSED)
			report_binary("A cell is outside the matrix.");
		cell = new_cell(state, row, col, value, suppressed == WIRE_SUPPRESSED);
		if (partial)
			receive_partial(in, state, cell, suppressed == WIRE_SUPPRESSED);
	}
	PG_RETURN_POINTER(finish_reading(state, partial != 0));
}
