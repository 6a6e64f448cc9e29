/*
 * series.c
 *		Matrices of several periods as arguments, and their joined labels as datums.
 */
#include "pg/series.h"

#include "matrix/matrix.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

/* Opens the matrices of an array argument that is not NULL: two periods at least, in order. */
KzView *
kz_get_views(FunctionCallInfo fcinfo, int argument, const char *name, uint32 *count)
{
	ArrayType *array = PG_GETARG_ARRAYTYPE_P(argument);
	Datum	  *element;
	bool	  *null;
	int		   elements;
	KzView	  *view;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR, (errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
						errmsg("%s must be an array of one dimension", name)));
	deconstruct_array(array, ARR_ELEMTYPE(array), -1, false, 'd', &element, &null, &elements);
	if (elements < 2)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must have a matrix for each of at least two periods, not %d",
							   name, elements),
						errhint("Aggregate them in order: array_agg(matrix ORDER BY period).")));
	view = palloc(elements * sizeof(KzView));
	for (int i = 0; i < elements; i++)
	{
		if (null[i])
			ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
							errmsg("matrix %d of %s must not be null", i + 1, name),
							errhint("Leave the period out, or aggregate with FILTER.")));
		kz_open_datum(element[i], &view[i]);
	}
	*count = (uint32) elements;
	return view;
}

/* Makes text datums of joined labels. */
Datum *
kz_union_datums(const KzUnion *labels)
{
	Datum *datum = palloc_extended(Max(labels->count, 1) * sizeof(Datum), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		datum[i] =
			PointerGetDatum(cstring_to_text_with_len(labels->text[i], (int) labels->length[i]));
	}
	return datum;
}

/* Refuses a reference that has not one row. */
void
kz_check_one_row(const KzView *view, const char *name)
{
	if (view->rows.count != 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must have one row, not %u", name, view->rows.count),
						errhint("Aggregate it under one row label, for example "
								"kz_matrix_agg('reference', industry, value).")));
}

/* Reports an industry of the facts that their reference lacks. */
void
kz_report_industry(const char *name, const KzUnion *labels, uint32 i)
{
	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
					errmsg("%s lacks the industry \"%.*s\"", name, (int) labels->length[i],
						   labels->text[i]),
					errhint("Add its value to the reference, or leave it out of the facts "
							"with kz_cols().")));
}
