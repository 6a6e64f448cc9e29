/*
 * argument.c
 *		Reading the arguments that measures share, each with one clear error for what is wrong with it.
 */
#include "pg/argument.h"

#include <math.h>

#include "base/size.h"
#include "lib/stringinfo.h"
#include "matrix/matrix.h"
#include "miscadmin.h"
#include "utils/builtins.h"

/* Opens and indexes a matrix argument; NULL when it is NULL. */
KzIndex *
kz_get_index(FunctionCallInfo fcinfo, int argument)
{
	KzView view;

	if (PG_ARGISNULL(argument))
		return NULL;
	KZ_GETARG_VIEW(argument, &view);
	return kz_index_build(&view);
}

/* Returns the place of a word argument among the choices; NULL is the first of them. */
int
kz_get_choice(FunctionCallInfo fcinfo, int argument, const char *name, const char *const *choices,
			  int count)
{
	StringInfoData list;
	char		  *word;

	if (PG_ARGISNULL(argument))
		return 0;
	word = text_to_cstring(PG_GETARG_TEXT_PP(argument));
	for (int i = 0; i < count; i++)
		if (strcmp(word, choices[i]) == 0)
			return i;
	initStringInfo(&list);
	for (int i = 0; i < count; i++)
		appendStringInfo(&list, "%s\"%s\"",
						 i == 0			 ? ""
						 : i < count - 1 ? ", "
										 : " or ",
						 choices[i]);
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("%s must be %s, not \"%s\"", name, list.data, word)));
	return 0;
}

/* Returns a float8 argument that must be finite and lie between two limits, which may be infinite. */
double
kz_get_number(FunctionCallInfo fcinfo, int argument, const char *name, double low, double high)
{
	double number = PG_GETARG_FLOAT8(argument);

	if (!isfinite(number))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("%s must be a finite number", name)));
	if (number < low)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be at least %g, not %g", name, low, number)));
	if (number > high)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be at most %g, not %g", name, high, number)));
	return number;
}

/* Refuses a matrix argument that is NULL. */
void
kz_check_given(FunctionCallInfo fcinfo, int argument, const char *name)
{
	if (PG_ARGISNULL(argument))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s must not be null", name)));
}

/* Refuses NaN and infinity in the first arguments, which are float8 and not NULL. */
void
kz_check_numbers(FunctionCallInfo fcinfo, const char *const *name, int count)
{
	for (int i = 0; i < count; i++)
		if (!isfinite(PG_GETARG_FLOAT8(i)))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
							errmsg("%s must be a finite number", name[i]),
							errhint("Use NULL for what is unknown.")));
}

/* Returns a boolean argument; NULL is what the function's default says. */
bool
kz_get_flag(FunctionCallInfo fcinfo, int argument, bool otherwise)
{
	return PG_ARGISNULL(argument) ? otherwise : PG_GETARG_BOOL(argument);
}

/* Returns the place on one side of an indexed matrix of a label of another matrix, or KZ_NOT_FOUND. */
uint32
kz_find_label(const KzAxis *axis, const KzLabels *labels, uint32 i)
{
	return kz_dictionary_find(&axis->labels, kz_label(labels, i), kz_label_length(labels, i));
}

/* Returns the places of all labels, as kz_find_label does of one. */
uint32 *
kz_find_labels(const KzAxis *axis, const KzLabels *labels)
{
	uint32 *place =
		palloc_extended(kz_size_mul(Max(labels->count, 1), sizeof(uint32)), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		place[i] = kz_find_label(axis, labels, i);
	}
	return place;
}

/* Reports a label for which a vector has no disclosed value. */
KZ_NORETURN static void
report_lacking(const char *name, const char *side, const KzLabels *labels, uint32 i,
			   bool suppressed)
{
	ereport(
		ERROR,
		(errcode(ERRCODE_UNDEFINED_OBJECT),
		 errmsg(suppressed ? "%s is suppressed for the %s \"%.*s\"" : "%s lacks the %s \"%.*s\"",
				name, side, (int) kz_label_length(labels, i), kz_label(labels, i)),
		 errhint("Add its value, or leave the %s out of the facts with kz_rows() or kz_cols().",
				 side)));
}

/* Finds which line of a matrix of one row or of one column is the vector. */
static KzLine
find_line(const KzIndex *vector, const char *name, const KzLabels *labels)
{
	const KzView *view = &vector->view;
	bool		  column = view->cols.count == 1;

	if (!column && view->rows.count != 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must have one row or one column, not %u rows and %u columns",
							   name, view->rows.count, view->cols.count)));
	/* of a single cell, either side may carry the label */
	if (column && view->rows.count == 1 && labels->count == 1 &&
		kz_find_label(&vector->rows, labels, 0) == KZ_NOT_FOUND)
		column = false;
	return (KzLine){vector, column, 0};
}

/* Returns the cell of a line at one of its places, PG_UINT32_MAX where it is absent. */
static uint32
line_cell(const KzLine *line, uint32 place)
{
	if (place == KZ_NOT_FOUND)
		return PG_UINT32_MAX;
	return line->column ? kz_view_find(&line->matrix->view, place, line->number)
						: kz_view_find(&line->matrix->view, line->number, place);
}

/*
 * Returns the values of a line in the order of the labels of another matrix. An error when one is lacking or
 * suppressed. With the other side's axis, the values of labels that only the line has follow, and count tells how
 * many there are in all; without, they are ignored.
 */
double *
kz_align_line(const KzLine *line, const char *name, const KzLabels *labels, const KzAxis *axis,
			  const char *side, uint32 *count)
{
	const KzView   *view = &line->matrix->view;
	const KzAxis   *own = line->column ? &line->matrix->rows : &line->matrix->cols;
	const KzLabels *own_labels = line->column ? &view->rows : &view->cols;
	uint32			n = labels->count;
	double		   *result =
		palloc_extended(Max((size_t) n + own_labels->count, 1) * sizeof(double), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < n; i++)
	{
		uint32 cell = line_cell(line, kz_find_label(own, labels, i));

		if (cell == PG_UINT32_MAX || kz_is_suppressed(view, cell))
			report_lacking(name, side, labels, i, cell != PG_UINT32_MAX);
		result[i] = view->value[cell];
	}
	for (uint32 i = 0; axis != NULL && i < own_labels->count; i++)
	{
		uint32 cell = line_cell(line, i);

		if (cell == PG_UINT32_MAX || kz_find_label(axis, own_labels, i) != KZ_NOT_FOUND)
			continue;
		if (kz_is_suppressed(view, cell))
			report_lacking(name, side, own_labels, i, true);
		result[n++] = view->value[cell];
	}
	if (count != NULL)
		*count = n;
	return result;
}

/*
 * Returns the values of a vector, a matrix of one row or of one column, in the order of the labels of another
 * matrix. An error when one is lacking or suppressed; labels that only the vector has are ignored.
 */
double *
kz_align_vector(const KzIndex *vector, const char *name, const KzLabels *labels, const char *side)
{
	KzLine line = find_line(vector, name, labels);

	return kz_align_line(&line, name, labels, NULL, side, NULL);
}

/*
 * As kz_align_vector, followed by the values of labels that only the vector has; axis is that of labels, and count
 * becomes the number of all values.
 */
double *
kz_align_whole_vector(const KzIndex *vector, const char *name, const KzAxis *axis,
					  const KzLabels *labels, const char *side, uint32 *count)
{
	KzLine line = find_line(vector, name, labels);

	return kz_align_line(&line, name, labels, axis, side, count);
}

/* Makes text datums of the words of a status column. */
Datum *
kz_status_datums(void)
{
	Datum *result = palloc(KZ_STATUSES * sizeof(Datum));

	for (int i = 0; i < KZ_STATUSES; i++)
		result[i] = CStringGetTextDatum(kz_status_name[i]);
	return result;
}

/* Sets one column of a row, NULL where the number is unknown. */
void
kz_set_number(Datum *values, bool *nulls, int i, KzMaybe number)
{
	values[i] = Float8GetDatum(number.value);
	nulls[i] = !number.known;
}
