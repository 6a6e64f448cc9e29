/*
 * argument.c
 *		Reading the arguments that measures share, each with one clear error for what is wrong with it.
 */
#include "pg/argument.h"

#include <math.h>

#include "lib/stringinfo.h"
#include "matrix/matrix.h"
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

/* Returns the place on one side of an indexed matrix of a label of another matrix, or KZ_NOT_FOUND. */
uint32
kz_find_label(const KzAxis *axis, const KzLabels *labels, uint32 i)
{
	return kz_dictionary_find(&axis->labels, kz_label(labels, i), kz_label_length(labels, i));
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

/*
 * Returns the values of a vector, a matrix of one row or of one column, in the order of the labels of another
 * matrix. An error when one is lacking or suppressed; labels that only the vector has are ignored.
 */
double *
kz_align_vector(const KzIndex *vector, const char *name, const KzLabels *labels, const char *side)
{
	const KzView *view = &vector->view;
	bool		  column = view->cols.count == 1;
	double		 *result;

	if (!column && view->rows.count != 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must have one row or one column, not %u rows and %u columns",
							   name, view->rows.count, view->cols.count)));
	/* of a single cell, either side may carry the label */
	if (column && view->rows.count == 1 && labels->count == 1 &&
		kz_find_label(&vector->rows, labels, 0) == KZ_NOT_FOUND)
		column = false;

	result = palloc_extended(Max(labels->count, 1) * sizeof(double), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < labels->count; i++)
	{
		uint32 place = kz_find_label(column ? &vector->rows : &vector->cols, labels, i);
		uint32 cell = PG_UINT32_MAX;

		if (place != KZ_NOT_FOUND)
			cell = column ? kz_view_find(view, place, 0) : kz_view_find(view, 0, place);
		if (cell == PG_UINT32_MAX || kz_is_suppressed(view, cell))
			report_lacking(name, side, labels, i, cell != PG_UINT32_MAX);
		result[i] = view->value[cell];
	}
	return result;
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
