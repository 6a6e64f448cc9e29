/*
 * quotient.c
 *		The coefficients as scalars, as look-ups in a matrix and as rows.
 */
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "measure/quotient.h"

#include "funcapi.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/attributes.h"
#include "pg/facts.h"

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

	kz_check_numbers(fcinfo, name, 4);
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

/* Appends the row of a cell. */
static void
put_coefficients(KzRowWriter *writer, Datum region, Datum industry, const KzCellFacts *facts,
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
	kz_write_row(writer, values, nulls);
}

/*
 * kz_coefficients(kz_matrix, attributes kz_matrix, reference kz_matrix, reference_attributes kz_matrix, fill boolean)
 * -> setof (region, industry, value, region_total, industry_total, ref_value, ref_total, region_share,
 * reference_share, industry_share, lq, cs, pc, excess, status)
 */
Datum
kz_coefficients(PG_FUNCTION_ARGS)
{
	KzFacts		facts;
	KzCellFacts cell = {0};
	KzBase		gross_product, population;
	KzRowWriter writer;
	Datum	   *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts(fcinfo, 0, 1, &facts))
		return (Datum) 0;
	kz_begin_rows(fcinfo, &writer);
	gross_product = kz_reference_base(facts.index, facts.attributes, facts.reference_attributes,
									  KZ_GROSS_PRODUCT);
	population =
		kz_reference_base(facts.index, facts.attributes, facts.reference_attributes, KZ_POPULATION);
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (KzWalk walk = kz_walk_facts(fcinfo, 4, &facts); kz_walk(&walk);)
	{
		uint32 attributes_row = kz_region_of_attributes(&facts, walk.row);

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &cell);
		cell.industry_total = facts.index->margins.col_total[walk.col];
		cell.gross_product = gross_product;
		cell.gross_product.region =
			kz_attribute_of_row(facts.attributes, attributes_row, KZ_GROSS_PRODUCT);
		cell.population = population;
		cell.population.region =
			kz_attribute_of_row(facts.attributes, attributes_row, KZ_POPULATION);
		put_coefficients(&writer, regions[walk.row], industries[walk.col], &cell, status);
	}
	return (Datum) 0;
}
