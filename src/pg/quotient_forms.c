/*
 * quotient_forms.c
 *		Other forms of the location quotient as scalars, rows and matrices.
 */
#include "kz.h"

#include "measure/quotient_forms.h"

#include <math.h>

#include "base/size.h"
#include "funcapi.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/attributes.h"
#include "pg/facts.h"

KZ_FUNCTION(kz_symmetric_quotient);
KZ_FUNCTION(kz_normalized_quotient);
KZ_FUNCTION(kz_litzenberger_sternberg);
KZ_FUNCTION(kz_quotient_forms);
KZ_FUNCTION(kz_quotient_matrix);

/* kz_symmetric_quotient(lq float8) -> float8 */
Datum
kz_symmetric_quotient(PG_FUNCTION_ARGS)
{
	static const char *const name[] = {"lq"};
	double					 result;

	kz_check_numbers(fcinfo, name, 1);
	if (kz_symmetric_form(PG_GETARG_FLOAT8(0), &result) != KZ_OK)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* kz_normalized_quotient(value float8, industry_total float8, region_total float8, total float8) -> float8 */
Datum
kz_normalized_quotient(PG_FUNCTION_ARGS)
{
	static const char *const name[] = {"value", "industry_total", "region_total", "total"};
	double					 result;

	kz_check_numbers(fcinfo, name, 4);
	if (kz_normalized_form(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
						   PG_GETARG_FLOAT8(3), &result) != KZ_OK)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/*
 * kz_litzenberger_sternberg(value float8, establishments float8, area float8, population float8,
 * industry_total float8, industry_establishments float8, total_area float8, total_population float8) -> float8
 */
Datum
kz_litzenberger_sternberg(PG_FUNCTION_ARGS)
{
	static const char *const name[] = {"value",		 "establishments",	"area",
									   "population", "industry_total",	"industry_establishments",
									   "total_area", "total_population"};
	double					 result;

	kz_check_numbers(fcinfo, name, 8);
	if (kz_cluster_index_form(PG_GETARG_FLOAT8(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
							  PG_GETARG_FLOAT8(3), PG_GETARG_FLOAT8(4), PG_GETARG_FLOAT8(5),
							  PG_GETARG_FLOAT8(6), PG_GETARG_FLOAT8(7), &result) != KZ_OK)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* Reads the arguments sample and zeros. */
static KzStandard
get_standard(FunctionCallInfo fcinfo, int sample)
{
	static const char *const zeros[] = {"skip", "undefined"};

	return (KzStandard){
		.sample = kz_get_flag(fcinfo, sample, true),
		.skip_zeros = kz_get_choice(fcinfo, sample + 1, "zeros", zeros, lengthof(zeros)) == 0};
}

/* Computes the spread of every industry. */
static KzSpread *
compute_spread(const KzFacts *facts, const KzStandard *standard, bool log_form)
{
	const KzView *view = &facts->index->view;
	KzSpread	 *spread =
		palloc_extended(kz_size_mul(Max(view->cols.count, 1), sizeof(KzSpread)), MCXT_ALLOC_HUGE);

	kz_spread_compute(view, &facts->totals, standard, log_form, spread);
	return spread;
}

/*
 * kz_quotient_forms(kz_matrix, attributes kz_matrix, reference kz_matrix, reference_attributes kz_matrix, fill boolean,
 * sample boolean, zeros text) -> setof (region, industry, value, region_total, ref_value, ref_total, lq, symmetric_lq,
 * log_lq, normalized_lq, additive_lq, additive_region_lq, excess, standardized_lq, standardized_log_lq, status)
 */
Datum
kz_quotient_forms(PG_FUNCTION_ARGS)
{
	KzStandard standard = get_standard(fcinfo, 5);
	KzFacts	   facts;
	KzSpread  *plain, *log_form;
	Datum	  *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts(fcinfo, 0, 1, &facts))
		return (Datum) 0;
	plain = compute_spread(&facts, &standard, false);
	log_form = compute_spread(&facts, &standard, true);
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (KzWalk walk = kz_walk_facts(fcinfo, 4, &facts); kz_walk(&walk);)
	{
		KzCellFacts cell = {0};
		KzForms		result;
		Datum		values[KZ_CELL_COLUMNS + KZ_FORMS + 1];
		bool		nulls[KZ_CELL_COLUMNS + KZ_FORMS + 1] = {false};

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &cell);
		kz_forms_of_cell(&cell, &plain[walk.col], &log_form[walk.col], &result);
		kz_set_cell(values, nulls, regions[walk.row], industries[walk.col], &cell);
		for (int form = 0; form < KZ_FORMS; form++)
			kz_set_number(values, nulls, KZ_CELL_COLUMNS + form, result.form[form]);
		values[KZ_CELL_COLUMNS + KZ_FORMS] = status[result.status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* One form more that a matrix can have: is the quotient above zero and not below a threshold? */
#define PRESENCE KZ_FORMS

static const char *const form_name[] = {[KZ_FORM_LOCATION] = "location",
										[KZ_FORM_SYMMETRIC] = "symmetric",
										[KZ_FORM_LOG] = "log",
										[KZ_FORM_NORMALISED] = "normalized",
										[KZ_FORM_ADDITIVE] = "additive",
										[KZ_FORM_ADDITIVE_REGION] = "additive_region",
										[KZ_FORM_EXCESS] = "excess",
										[KZ_FORM_STANDARDISED] = "standardized",
										[KZ_FORM_STANDARDISED_LOG] = "standardized_log",
										[PRESENCE] = "presence"};

/* Sets a cell of a matrix of forms; what is undefined becomes suppressed. */
static void
set_form(KzState *state, const KzWalk *walk, const KzCellFacts *facts, const KzForms *forms,
		 int form, double threshold)
{
	KzMaybe result = forms->form[form == PRESENCE ? KZ_FORM_LOCATION : form];

	if (form == PRESENCE && result.known)
		result.value = result.value > 0.0 && result.value >= threshold;
	else if (form == PRESENCE && !facts->suppressed && facts->value == 0.0)
		result = kz_maybe(0.0); /* where there is nothing at all, nothing is present */
	if (!kz_value_is_valid(result.value))
		result.known = false;
	kz_state_add(state, walk->row, walk->col, result.known ? result.value : NAN);
}

/*
 * kz_quotient_matrix(kz_matrix, form text, attributes kz_matrix, reference kz_matrix, reference_attributes kz_matrix,
 * threshold float8, sample boolean, zeros text) -> kz_matrix
 */
Datum
kz_quotient_matrix(PG_FUNCTION_ARGS)
{
	int	   form = kz_get_choice(fcinfo, 1, "form", form_name, lengthof(form_name));
	double threshold = PG_ARGISNULL(5) ? 1.0 : kz_get_number(fcinfo, 5, "threshold", 0, INFINITY);
	KzStandard standard = get_standard(fcinfo, 6);
	KzFacts	   facts;
	KzSpread  *plain = NULL, *log_form = NULL;
	KzState	  *state;
	KzWalk	   walk;

	if (!kz_get_facts(fcinfo, 0, 2, &facts))
		PG_RETURN_NULL();
	if (form == KZ_FORM_STANDARDISED)
		plain = compute_spread(&facts, &standard, false);
	if (form == KZ_FORM_STANDARDISED_LOG)
		log_form = compute_spread(&facts, &standard, true);

	state = kz_state_create(CurrentMemoryContext);
	walk =
		(KzWalk){.view = &facts.index->view, .fill = form != KZ_FORM_LOCATION && form != PRESENCE};
	kz_map_labels(state, &state->rows, &walk.view->rows);
	kz_map_labels(state, &state->cols, &walk.view->cols);
	while (kz_walk(&walk))
	{
		KzCellFacts cell = {0};
		KzForms		forms;

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &cell);
		kz_forms_of_cell(&cell, plain == NULL ? NULL : &plain[walk.col],
						 log_form == NULL ? NULL : &log_form[walk.col], &forms);
		set_form(state, &walk, &cell, &forms, form, threshold);
	}
	PG_RETURN_POINTER(kz_state_flatten(state, false));
}
