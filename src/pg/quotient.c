/*
 * quotient.c
 *		The coefficients as scalars, as look-ups in a matrix and as rows.
 */
#include "base/exact.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "measure/quotient.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/attributes.h"

KZ_FUNCTION(kz_share_quotient);
KZ_FUNCTION(kz_location_quotient_lookup);
KZ_FUNCTION(kz_specialization_coefficient_lookup);
KZ_FUNCTION(kz_per_capita_coefficient_lookup);
KZ_FUNCTION(kz_region_share_lookup);
KZ_FUNCTION(kz_industry_share_lookup);
KZ_FUNCTION(kz_coefficients);

/* kz_share_quotient(part float8, part_total float8, base float8, base_total float8) -> float8 */
Datum
kz_share_quotient(PG_FUNCTION_ARGS)
{
	static const char *const name[] = {"part", "part_total", "base", "base_total"};
	double					 result;

	for (int i = 0; i < 4; i++)
		if (!isfinite(PG_GETARG_FLOAT8(i)))
			ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
							errmsg("%s must be a finite number", name[i]),
							errhint("Use NULL for what is unknown.")));
	if (kz_quotient_of_shares(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							  PG_GETARG_FLOAT8(3), &result) != KZ_OK)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* Returns the value of the cell that was found; false when it is suppressed. */
static bool
cell_value(const KzCellRef *ref, double *value)
{
	*value = 0.0;
	if (ref->cell == PG_UINT32_MAX)
		return true;
	*value = ref->index->view.value[ref->cell];
	return !kz_is_suppressed(&ref->index->view, ref->cell);
}

/* Returns a number, or NULL when its status is not KZ_OK. */
#define RETURN_DEFINED(status, result)                                                             \
	do                                                                                             \
	{                                                                                              \
		if ((status) != KZ_OK)                                                                     \
			PG_RETURN_NULL();                                                                      \
		PG_RETURN_FLOAT8(result);                                                                  \
	} while (0)

/* kz_location_quotient(kz_matrix, region "any", industry "any") -> float8 */
Datum
kz_location_quotient_lookup(PG_FUNCTION_ARGS)
{
	KzCellRef ref;
	double	  value, result = 0.0;

	if (!kz_look_up(fcinfo, 0, -1, 1, &ref) || !cell_value(&ref, &value))
		PG_RETURN_NULL();
	RETURN_DEFINED(kz_quotient_of_shares(value, ref.index->margins.col_total[ref.col],
										 ref.index->margins.row_total[ref.row],
										 ref.index->margins.total, &result),
				   result);
}

/* kz_region_share(kz_matrix, region "any", industry "any") -> float8 */
Datum
kz_region_share_lookup(PG_FUNCTION_ARGS)
{
	KzCellRef ref;
	double	  value, result = 0.0;

	if (!kz_look_up(fcinfo, 0, -1, 1, &ref) || !cell_value(&ref, &value))
		PG_RETURN_NULL();
	RETURN_DEFINED(kz_share(value, ref.index->margins.col_total[ref.col], &result), result);
}

/* kz_industry_share(kz_matrix, region "any", industry "any") -> float8 */
Datum
kz_industry_share_lookup(PG_FUNCTION_ARGS)
{
	KzCellRef ref;
	double	  value, result = 0.0;

	if (!kz_look_up(fcinfo, 0, -1, 1, &ref) || !cell_value(&ref, &value))
		PG_RETURN_NULL();
	RETURN_DEFINED(kz_share(value, ref.index->margins.row_total[ref.row], &result), result);
}

/* Looks up a coefficient whose base is an attribute of the region. */
static Datum
attribute_coefficient(FunctionCallInfo fcinfo, const char *attribute)
{
	KzCellRef ref;
	double	  value, result = 0.0;
	KzMaybe	  base, base_total;

	if (!kz_look_up(fcinfo, 0, 1, 2, &ref) || !cell_value(&ref, &value))
		PG_RETURN_NULL();
	base = kz_attribute_of_row(ref.attributes, ref.attributes_row, attribute);
	base_total = kz_attribute_total(ref.attributes, attribute);
	if (!base.known || !base_total.known)
		PG_RETURN_NULL();
	RETURN_DEFINED(kz_quotient_of_shares(value, ref.index->margins.col_total[ref.col], base.value,
										 base_total.value, &result),
				   result);
}

/* kz_specialization_coefficient(kz_matrix, attributes kz_matrix, region "any", industry "any") -> float8 */
Datum
kz_specialization_coefficient_lookup(PG_FUNCTION_ARGS)
{
	return attribute_coefficient(fcinfo, KZ_GROSS_PRODUCT);
}

/* kz_per_capita_coefficient(kz_matrix, attributes kz_matrix, region "any", industry "any") -> float8 */
Datum
kz_per_capita_coefficient_lookup(PG_FUNCTION_ARGS)
{
	return attribute_coefficient(fcinfo, KZ_POPULATION);
}

/* The arguments of kz_coefficients, indexed. */
typedef struct Inputs
{
	KzIndex *facts;
	KzIndex *attributes;		   /* or NULL */
	KzIndex *reference;			   /* or NULL */
	KzIndex *reference_attributes; /* or NULL */
	KzMaybe	 ref_total;
	KzBase	 gross_product; /* the reference's side of it */
	KzBase	 population;
	bool	 total_incomplete; /* does the reference's total contain suppressed cells? */
} Inputs;

/* Opens a matrix of the reference, which must have a single row. */
static KzIndex *
get_reference(FunctionCallInfo fcinfo, int argument, const char *name)
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
static uint32
find_region(const Inputs *inputs, uint32 row)
{
	if (inputs->attributes == NULL)
		return KZ_NOT_FOUND;
	return kz_find_label(&inputs->attributes->rows, &inputs->facts->view.rows, row);
}

/* Sums the totals of all regions as they are used: the published one, or the sum of the cells where there is none. */
static double
sum_region_totals(const Inputs *inputs)
{
	const KzIndex *facts = inputs->facts, *attributes = inputs->attributes;
	KzExact		   sum;

	kz_exact_init(&sum, 0.0);
	for (uint32 row = 0; row < attributes->view.rows.count; row++)
		kz_exact_add(&sum, kz_attribute_of_row(attributes, row, KZ_TOTAL).value);
	for (uint32 row = 0; row < facts->view.rows.count; row++)
		if (!kz_attribute_of_row(attributes, find_region(inputs, row), KZ_TOTAL).known)
			kz_exact_add(&sum, facts->margins.row_total[row]);
	return kz_exact_value(&sum);
}

/* Finds the reference's total: published, the reference's sum, the sum of published totals, or that of the facts. */
static void
find_reference_total(Inputs *inputs)
{
	const KzIndex *source = inputs->reference != NULL ? inputs->reference : inputs->facts;
	KzBase		   published = kz_reference_base(inputs->facts, inputs->attributes,
												 inputs->reference_attributes, KZ_TOTAL);

	inputs->ref_total = (KzMaybe){source->margins.total, true};
	inputs->total_incomplete = source->margins.suppressed > 0;
	if (!published.given || (published.summed && inputs->reference != NULL))
		return;
	inputs->ref_total = published.reference;
	inputs->total_incomplete = published.incomplete;
	if (published.summed)
		inputs->ref_total.value = sum_region_totals(inputs);
}

/* Opens all arguments and finds the reference's own totals. */
static void
get_inputs(FunctionCallInfo fcinfo, Inputs *inputs)
{
	inputs->facts = kz_get_index(fcinfo, 0);
	inputs->attributes = kz_get_index(fcinfo, 1);
	inputs->reference = get_reference(fcinfo, 2, "reference");
	inputs->reference_attributes = get_reference(fcinfo, 3, "reference_attributes");

	find_reference_total(inputs);
	inputs->gross_product = kz_reference_base(inputs->facts, inputs->attributes,
											  inputs->reference_attributes, KZ_GROSS_PRODUCT);
	inputs->population = kz_reference_base(inputs->facts, inputs->attributes,
										   inputs->reference_attributes, KZ_POPULATION);
}

/* Fills in what is the same for all cells of a region; returns whether its total is incomplete. */
static bool
set_region(const Inputs *inputs, uint32 row, KzCellFacts *facts)
{
	const KzIndex *index = inputs->facts;
	uint32		   attributes_row = find_region(inputs, row);
	KzMaybe		   total;

	facts->gross_product.region =
		kz_attribute_of_row(inputs->attributes, attributes_row, KZ_GROSS_PRODUCT);
	facts->population.region =
		kz_attribute_of_row(inputs->attributes, attributes_row, KZ_POPULATION);
	total = kz_attribute_of_row(inputs->attributes, attributes_row, KZ_TOTAL);
	facts->region_total = total.known ? total.value : index->margins.row_total[row];
	return !total.known && index->margins.row_suppressed[row] > 0;
}

/* Fills in the industry's value in the reference; returns whether it is incomplete. */
static bool
set_industry(const Inputs *inputs, uint32 col, KzCellFacts *facts)
{
	const KzIndex *index = inputs->facts, *reference = inputs->reference;
	uint32		   found;

	facts->industry_total = index->margins.col_total[col];
	if (reference == NULL)
	{
		facts->ref_value = facts->industry_total;
		return index->margins.col_suppressed[col] > 0;
	}
	found = kz_find_label(&reference->cols, &index->view.cols, col);
	if (found == KZ_NOT_FOUND)
		ereport(
			ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("reference lacks the industry \"%.*s\"",
					(int) kz_label_length(&index->view.cols, col),
					kz_label(&index->view.cols, col)),
			 errhint(
				 "Add its value to the reference, or leave it out of the facts with kz_cols().")));
	facts->ref_value = reference->margins.col_total[found];
	return reference->margins.col_suppressed[found] > 0;
}

/* Appends the row of a cell. */
static void
put_coefficients(FunctionCallInfo fcinfo, Datum region, Datum industry, const KzCellFacts *facts,
				 const Datum *status)
{
	KzCoefficients result;
	Datum		   values[15];
	bool		   nulls[15] = {false};

	kz_coefficients_of_cell(facts, &result);
	values[0] = region;
	values[1] = industry;
	values[2] = Float8GetDatum(facts->value);
	nulls[2] = facts->suppressed;
	values[3] = Float8GetDatum(facts->region_total);
	values[4] = Float8GetDatum(facts->industry_total);
	values[5] = Float8GetDatum(facts->ref_value);
	values[6] = Float8GetDatum(facts->ref_total);
	kz_set_number(values, nulls, 7, result.region_share);
	kz_set_number(values, nulls, 8, result.reference_share);
	kz_set_number(values, nulls, 9, result.industry_share);
	kz_set_number(values, nulls, 10, result.lq);
	kz_set_number(values, nulls, 11, result.cs);
	kz_set_number(values, nulls, 12, result.pc);
	kz_set_number(values, nulls, 13, result.excess);
	values[14] = status[result.status];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_coefficients(kz_matrix, attributes kz_matrix, reference kz_matrix, reference_attributes kz_matrix, fill boolean)
 * -> setof (region, industry, value, region_total, industry_total, ref_value, ref_total, region_share,
 * reference_share, industry_share, lq, cs, pc, excess, status)
 */
Datum
kz_coefficients(PG_FUNCTION_ARGS)
{
	Inputs		  inputs;
	const KzView *view;
	Datum		 *regions, *industries, *status;
	bool		  fill = !PG_ARGISNULL(4) && PG_GETARG_BOOL(4);

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	get_inputs(fcinfo, &inputs);
	view = &inputs.facts->view;
	regions = kz_label_datums(&view->rows);
	industries = kz_label_datums(&view->cols);
	status = kz_status_datums();

	for (uint32 row = 0; row < view->rows.count; row++)
	{
		KzCellFacts facts = {.ref_total = inputs.ref_total.value,
							 .gross_product = inputs.gross_product,
							 .population = inputs.population};
		bool		region_incomplete = set_region(&inputs, row, &facts);
		uint32		i = view->row_start[row], end = view->row_start[row + 1];

		for (uint32 col = 0; fill ? col < view->cols.count : i < end; col++)
		{
			bool   present = !fill || (i < end && view->col[i] == col);
			uint32 industry = present ? view->col[i] : col;

			CHECK_FOR_INTERRUPTS();
			facts.value = present ? view->value[i] : 0.0;
			facts.suppressed = present && kz_is_suppressed(view, i);
			facts.incomplete = set_industry(&inputs, industry, &facts) || region_incomplete ||
							   inputs.total_incomplete;
			put_coefficients(fcinfo, regions[row], industries[industry], &facts, status);
			i += present;
		}
	}
	return (Datum) 0;
}
