/*
 * json.c
 *		kz_matrix as JSON text, read and written without building a tree of it.
 */
#include "matrix/json.h"

#include <math.h>

#include "common/jsonapi.h"
#include "common/shortest_dec.h"
#include "lib/stringinfo.h"
#include "matrix/assemble.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/json.h"
#include "utils/jsonfuncs.h"

/* Appends a double in its shortest exact form, whatever extra_float_digits says. */
static void
append_double(StringInfo out, double value)
{
	char buffer[DOUBLE_SHORTEST_DECIMAL_LEN];

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
		char *label = pnstrdup(kz_label(labels, i), kz_label_length(labels, i));

		CHECK_FOR_INTERRUPTS();
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
	appendStringInfo(out, "%s[%d,%d", i > 0 ? "," : "", view->count != NULL ? view->count[i] : 1,
					 view->count != NULL ? view->suppressed_count[i]
										 : (int) kz_is_suppressed(view, i));
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
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			append_cell(&out, view, row, i);
		}
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

/* The keys of the object. */
typedef enum Section
{
	ROWS,
	COLS,
	CELLS,
	PARTIAL,
	SECTIONS
} Section;

static const char *const section_name[SECTIONS] = {"rows", "cols", "cells", "partial"};

/* The most numbers in one entry: those of a partial state. */
#define MAX_NUMBERS (KZ_EXACT_PARTS + 1)

/* Where the parser is, and what it has read of the present entry of "cells" or "partial". */
typedef struct Reader
{
	KzState *state;
	int		 depth; /* 1 in the object, 2 in a key's array, 3 in an entry */
	Section	 section;
	bool	 seen[SECTIONS];
	double	 number[MAX_NUMBERS];
	bool	 is_null[MAX_NUMBERS];
	int		 numbers;
	uint32	 partials; /* entries of "partial" so far; the cells are in the same order */
} Reader;

/* Reports malformed text. */
static void
report_invalid(const char *detail)
{
	ereport(
		ERROR,
		(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION), errmsg("invalid input for type kz_matrix"),
		 errdetail_internal("%s", detail),
		 errhint(
			 "A matrix looks like {\"rows\":[\"a\"],\"cols\":[\"x\"],\"cells\":[[0,0,1.5]]}.")));
}

/* Returns a number of the present entry that must be a whole one of a range. */
static int64
whole_number(const Reader *reader, int i, const char *what, int64 low, int64 high)
{
	double value = reader->number[i];

	if (reader->is_null[i] || !(value >= (double) low && value <= (double) high) ||
		value != floor(value))
		report_invalid(psprintf("A %s is not a whole number from " INT64_FORMAT " to " INT64_FORMAT
								".",
								what, low, high));
	return (int64) value;
}

/* Takes an entry of "cells": [row, column, value], [row, column, null] or [row, column, null, disclosed part]. */
static void
take_cell(Reader *reader)
{
	KzState *state = reader->state;
	bool	 suppressed = reader->numbers > 2 && reader->is_null[2];
	uint32	 row, col;

	CHECK_FOR_INTERRUPTS();
	if (reader->numbers < 3 || reader->numbers > (suppressed ? 4 : 3) ||
		(reader->numbers == 4 && reader->is_null[3]))
		report_invalid("A cell is not [row, column, value].");
	row =
		(uint32) whole_number(reader, 0, "row of a cell", 0, (int64) state->rows.labels.count - 1);
	col = (uint32) whole_number(reader, 1, "column of a cell", 0,
								(int64) state->cols.labels.count - 1);
	kz_assemble_cell(state, row, col, reader->number[reader->numbers - 1], suppressed);
}

/* Takes an entry of "partial": [rows, suppressed rows, low part, ...]. */
static void
take_partial(Reader *reader)
{
	KzState *state = reader->state;

	for (int i = 2; i < reader->numbers; i++)
		if (reader->is_null[i])
			report_invalid("A low part is not a number.");
	if (reader->numbers < 2 || reader->partials == state->cells)
		report_invalid(
			"\"partial\" does not have [rows, suppressed rows, low part, ...] for each cell.");
	kz_assemble_partial(
		state, kz_state_at(state, reader->partials++),
		(int32) whole_number(reader, 0, "number of rows", -PG_INT32_MAX, PG_INT32_MAX),
		(int32) whole_number(reader, 1, "number of suppressed rows", -PG_INT32_MAX, PG_INT32_MAX),
		reader->number + 2, reader->numbers - 2);
}

/* The parser's call at the start of an object: there is but one. */
static KZ_JSON_ACTION
object_start(void *arg)
{
	Reader *reader = arg;

	if (reader->depth++ > 0)
		report_invalid("It contains an object.");
	KZ_JSON_RETURN;
}

/* The parser's call at the end of the object. */
static KZ_JSON_ACTION
object_end(void *arg)
{
	((Reader *) arg)->depth--;
	KZ_JSON_RETURN;
}

/* The parser's call at a key: cells refer to labels, and "partial" to cells, so these must be known. */
static KZ_JSON_ACTION
field_start(void *arg, char *name, bool is_null)
{
	Reader *reader = arg;
	int		section = 0;

	while (section < SECTIONS && strcmp(name, section_name[section]) != 0)
		section++;
	if (section == SECTIONS)
		report_invalid("It has a key other than \"rows\", \"cols\", \"cells\" and \"partial\".");
	if (reader->seen[section])
		report_invalid(psprintf("\"%s\" comes twice.", name));
	if ((section == CELLS && !(reader->seen[ROWS] && reader->seen[COLS])) ||
		(section == PARTIAL && !reader->seen[CELLS]))
		report_invalid("The order of its keys is not \"rows\", \"cols\", \"cells\", \"partial\".");
	reader->section = section;
	reader->seen[section] = true;
	KZ_JSON_RETURN;
}

/* The parser's call at the start of an array. */
static KZ_JSON_ACTION
array_start(void *arg)
{
	Reader *reader = arg;

	if (reader->depth == 0)
		report_invalid("It is not a JSON object.");
	if (++reader->depth > (reader->section >= CELLS ? 3 : 2))
		report_invalid(
			psprintf("\"%s\" contains an array too many.", section_name[reader->section]));
	reader->numbers = 0;
	KZ_JSON_RETURN;
}

/* The parser's call at the end of an array: an entry is complete. */
static KZ_JSON_ACTION
array_end(void *arg)
{
	Reader *reader = arg;

	if (reader->depth-- == 3)
	{
		if (reader->section == CELLS)
			take_cell(reader);
		else
			take_partial(reader);
	}
	KZ_JSON_RETURN;
}

/* The parser's call at a string, number or null; the token is ours to free. */
static KZ_JSON_ACTION
scalar(void *arg, char *token, JsonTokenType type)
{
	Reader	*reader = arg;
	KzState *state = reader->state;

	if (reader->depth == 2 && reader->section < CELLS && type == JSON_TOKEN_STRING)
		kz_assemble_label(state, reader->section == ROWS ? &state->rows : &state->cols, token,
						  strlen(token));
	else if (reader->depth == 3 && (type == JSON_TOKEN_NUMBER || type == JSON_TOKEN_NULL))
	{
		if (reader->numbers == MAX_NUMBERS)
			report_invalid(
				psprintf("An entry of \"%s\" is too long.", section_name[reader->section]));
		reader->is_null[reader->numbers] = type == JSON_TOKEN_NULL;
		reader->number[reader->numbers++] = type == JSON_TOKEN_NULL ? 0.0 : strtod(token, NULL);
	}
	else if (reader->depth == 0)
		report_invalid("It is not a JSON object.");
	else
		report_invalid(psprintf("\"%s\" is not an array of %s.", section_name[reader->section],
								reader->section < CELLS ? "strings" : "arrays of numbers"));
	pfree(token);
	KZ_JSON_RETURN;
}

/* Reads a matrix from JSON text. */
KzMatrix *
kz_read_json(char *text)
{
	Reader		  reader = {.state = kz_state_create(CurrentMemoryContext)};
	JsonSemAction actions = {.semstate = &reader,
							 .object_start = object_start,
							 .object_end = object_end,
							 .object_field_start = field_start,
							 .array_start = array_start,
							 .array_end = array_end,
							 .scalar = scalar};

	pg_parse_json_or_ereport(KZ_JSON_LEXER(text, (int) strlen(text)), &actions);
	if (!reader.seen[CELLS])
		report_invalid("It lacks \"rows\", \"cols\" or \"cells\".");
	if (reader.seen[PARTIAL] && reader.partials != reader.state->cells)
		report_invalid(
			"\"partial\" does not have [rows, suppressed rows, low part, ...] for each cell.");
	return kz_assemble_finish(reader.state, reader.seen[PARTIAL]);
}
