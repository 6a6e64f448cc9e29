/*
 * facts.c
 *		Reading a matrix of facts together with what it is measured against.
 */
#include "pg/facts.h"

#include "base/exact.h"
#include "base/size.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/attributes.h"

/* Opens a matrix of the reference, which must have a single row. */
KzIndex *
kz_get_reference(FunctionCallInfo fcinfo, int argument, const char *name)
{
	KzIndex *index = kz_get_index(fcinfo, argument);

	if (index != NULL && index->view.rows.count != 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must have one row, not %u", name, index->view.rows.count),
						errhint("Aggregate it under one row label, for example "
								"kz_matrix_agg('reference', industry, value).")));
	return index;
}

/* Returns the row of the attributes that belongs to a region of the facts, or KZ_NOT_FOUND. */
uint32
kz_region_of_attributes(const KzFacts *facts, uint32 row)
{
	if (facts->attributes == NULL)
		return KZ_NOT_FOUND;
	return kz_find_label(&facts->attributes->rows, &facts->index->view.rows, row);
}

/* Sums the totals of all regions as they are used: the published one, or the sum of the cells where there is none. */
static double
sum_region_totals(const KzFacts *facts)
{
	const KzIndex *index = facts->index, *attributes = facts->attributes;
	KzExact		   sum;

	kz_exact_init(&sum, 0.0);
	for (uint32 row = 0; row < attributes->view.rows.count; row++)
		kz_exact_add(&sum, kz_attribute_of_row(attributes, row, KZ_TOTAL).value);
	for (uint32 row = 0; row < index->view.rows.count; row++)
		if (!kz_attribute_of_row(attributes, kz_region_of_attributes(facts, row), KZ_TOTAL).known)
			kz_exact_add(&sum, index->margins.row_total[row]);
	return kz_exact_value(&sum);
}

/* Finds the reference's total: published, the reference's sum, the sum of published totals, or that of the facts. */
static void
find_reference_total(KzFacts *facts)
{
	const KzIndex *source = facts->reference != NULL ? facts->reference : facts->index;
	KzBase		   published =
		kz_reference_base(facts->index, facts->attributes, facts->reference_attributes, KZ_TOTAL);

	facts->totals.reference = source->margins.total;
	facts->totals.reference_incomplete = source->margins.suppressed > 0;
	if (!published.given || (published.summed && facts->reference != NULL))
		return;
	facts->totals.reference =
		published.summed ? sum_region_totals(facts) : published.reference.value;
	facts->totals.reference_incomplete = published.incomplete;
}

/* Finds the total of each region: the published one, or the sum of its cells. */
static void
find_region_totals(KzFacts *facts)
{
	const KzMargins *margins = &facts->index->margins;

	for (uint32 row = 0; row < facts->index->view.rows.count; row++)
	{
		KzMaybe total =
			kz_attribute_of_row(facts->attributes, kz_region_of_attributes(facts, row), KZ_TOTAL);

		CHECK_FOR_INTERRUPTS();
		facts->totals.region[row] = total.known ? total.value : margins->row_total[row];
		facts->totals.region_incomplete[row] = !total.known && margins->row_suppressed[row] > 0;
	}
}

/*
 * Finds the total of each industry: in the reference, which must have it, or the sum over the regions. name is that
 * of the reference's argument.
 */
void
kz_reference_totals(const KzIndex *index, const KzIndex *reference, const char *name, double *total,
					bool *incomplete)
{
	const KzLabels *labels = &index->view.cols;

	for (uint32 col = 0; col < labels->count; col++)
	{
		const KzMargins *margins = reference == NULL ? &index->margins : &reference->margins;
		uint32 found = reference == NULL ? col : kz_find_label(&reference->cols, labels, col);

		CHECK_FOR_INTERRUPTS();
		if (found == KZ_NOT_FOUND)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("%s lacks the industry \"%.*s\"", name,
							(int) kz_label_length(labels, col), kz_label(labels, col)),
					 errhint("Add its value to the reference, or leave it out of the facts with "
							 "kz_cols().")));
		total[col] = margins->col_total[found];
		incomplete[col] = margins->col_suppressed[found] > 0;
	}
}

/* Allocates an array for each label of a side. */
static void *
alloc_side(const KzLabels *labels, size_t size)
{
	return palloc_extended(kz_size_mul(Max(labels->count, 1), size), MCXT_ALLOC_HUGE);
}

/* Finds all totals; name is that of the reference's argument. */
static void
find_totals(KzFacts *facts, const char *name)
{
	const KzView *view = &facts->index->view;
	KzTotals	 *totals = &facts->totals;

	totals->region = alloc_side(&view->rows, sizeof(double));
	totals->region_incomplete = alloc_side(&view->rows, sizeof(bool));
	totals->industry = alloc_side(&view->cols, sizeof(double));
	totals->industry_incomplete = alloc_side(&view->cols, sizeof(bool));
	find_reference_total(facts);
	find_region_totals(facts);
	kz_reference_totals(facts->index, facts->reference, name, totals->industry,
						totals->industry_incomplete);
}

/*
 * Reads the facts, and attributes, reference and reference_attributes from three arguments in a row, and finds all
 * totals; returns false when the facts are NULL.
 */
bool
kz_get_facts(FunctionCallInfo fcinfo, int matrix, int attributes, KzFacts *facts)
{
	facts->index = kz_get_index(fcinfo, matrix);
	if (facts->index == NULL)
		return false;
	facts->attributes = kz_get_index(fcinfo, attributes);
	facts->reference = kz_get_reference(fcinfo, attributes + 1, "reference");
	facts->reference_attributes = kz_get_reference(fcinfo, attributes + 2, "reference_attributes");
	find_totals(facts, "reference");
	return true;
}

/*
 * Reads the facts of one of several dates, and its reference, unless the argument is -1, and finds all totals; returns
 * false when the facts are NULL.
 */
bool
kz_get_facts_of_date(FunctionCallInfo fcinfo, int matrix, int reference, const char *name,
					 KzFacts *facts)
{
	*facts = (KzFacts){.index = kz_get_index(fcinfo, matrix)};
	if (facts->index == NULL)
		return false;
	if (reference >= 0)
		facts->reference = kz_get_reference(fcinfo, reference, name);
	find_totals(facts, name);
	return true;
}

/* Begins a walk over the cells of the facts, with the absent ones where an argument says so. */
KzWalk
kz_walk_facts(FunctionCallInfo fcinfo, int fill, const KzFacts *facts)
{
	return (KzWalk){.view = &facts->index->view, .fill = kz_get_flag(fcinfo, fill, false)};
}

/* Sets the columns that begin the row of a cell: its labels, its value and what the quotient is measured against. */
void
kz_set_cell(Datum *values, bool *nulls, Datum region, Datum industry, const KzCellFacts *cell)
{
	values[0] = region;
	values[1] = industry;
	values[2] = Float8GetDatum(cell->value);
	values[3] = Float8GetDatum(cell->region_total);
	values[4] = Float8GetDatum(cell->ref_value);
	values[5] = Float8GetDatum(cell->ref_total);
	memset(nulls, 0, KZ_CELL_COLUMNS * sizeof(bool));
	nulls[2] = cell->suppressed;
}
