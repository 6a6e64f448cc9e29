/*
 * significance.c
 *		Tails of counts as scalars; tests of cells, tables and industries as rows.
 */
#include "measure/significance.h"
#include "matrix/matrix.h"
#include "matrix/read.h"

#include <math.h>

#include "funcapi.h"
#include "measure/distribution.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/facts.h"

KZ_FUNCTION(kz_binomial_tail);
KZ_FUNCTION(kz_poisson_tail);
KZ_FUNCTION(kz_hypergeometric_tail);
KZ_FUNCTION(kz_cell_significance);
KZ_FUNCTION(kz_independence_test);
KZ_FUNCTION(kz_localization_test);
KZ_FUNCTION(kz_bootstrap_cutoff);
KZ_FUNCTION(kz_quotient_sensitivity);

/* Returns an argument that must be a whole number of at least zero. */
static double
get_count(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double count = kz_get_number(fcinfo, argument, name, 0.0, KZ_MAX_COUNT);

	if (count != floor(count))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be a whole number, not %g", name, count),
						errhint("Count establishments, or round() what is nearly a count.")));
	return count;
}

/* Returns an argument that must lie between zero and one, or its default where it is NULL. */
static double
get_probability(FunctionCallInfo fcinfo, int argument, const char *name, double otherwise)
{
	double probability =
		PG_ARGISNULL(argument) ? otherwise : kz_get_number(fcinfo, argument, name, 0.0, 1.0);

	if (probability == 0.0 || probability == 1.0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must lie between 0 and 1, and be neither", name),
						errhint("0.95 is usual.")));
	return probability;
}

/* kz_binomial_tail(count float8, trials float8, probability float8) -> float8 */
Datum
kz_binomial_tail(PG_FUNCTION_ARGS)
{
	double count = get_count(fcinfo, 0, "count"), trials = get_count(fcinfo, 1, "trials");

	PG_RETURN_FLOAT8(
		kz_binomial_upper(count, trials, kz_get_number(fcinfo, 2, "probability", 0.0, 1.0)));
}

/* kz_poisson_tail(count float8, expected float8) -> float8 */
Datum
kz_poisson_tail(PG_FUNCTION_ARGS)
{
	double count = get_count(fcinfo, 0, "count");

	PG_RETURN_FLOAT8(
		kz_poisson_upper(count, kz_get_number(fcinfo, 1, "expected", 0.0, KZ_MAX_COUNT)));
}

/* kz_hypergeometric_tail(count float8, group_size float8, sample_size float8, population float8) -> float8 */
Datum
kz_hypergeometric_tail(PG_FUNCTION_ARGS)
{
	double count = get_count(fcinfo, 0, "count"), group = get_count(fcinfo, 1, "group_size"),
		   sample = get_count(fcinfo, 2, "sample_size"),
		   population = get_count(fcinfo, 3, "population");

	if (group > population || sample > population)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("%s must be at most population, %.0f, not %.0f",
							   group > population ? "group_size" : "sample_size", population,
							   group > population ? group : sample),
						errhint("The group and the sample are parts of the population.")));
	PG_RETURN_FLOAT8(kz_hypergeometric_upper(count, group, sample, population));
}

/* A number that should be a count, but for one that is negative, which a status tells. */
static inline bool
is_count(double value)
{
	return value == floor(value) && value <= KZ_MAX_COUNT;
}

/* Refuses a matrix that does not hold counts; of a suppressed cell what is disclosed is in the totals. */
static void
check_counts(const KzIndex *index, const char *name)
{
	const KzView *view = &index->view;

	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (!is_count(view->value[i]))
				ereport(
					ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("%s must hold whole numbers, not %g at row \"%.*s\", column \"%.*s\"",
							name, view->value[i], (int) kz_label_length(&view->rows, row),
							kz_label(&view->rows, row),
							(int) kz_label_length(&view->cols, view->col[i]),
							kz_label(&view->cols, view->col[i])),
					 errhint("Count establishments, or round() what is nearly a count.")));
		}
	if (index->margins.total > KZ_MAX_COUNT)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("total of %s must be at most %.0f, not %.0f", name, KZ_MAX_COUNT,
							   index->margins.total),
						errhint("Beyond it a float8 does not tell one count from the next.")));
}

/* Appends the row of a cell's test. */
static void
put_cell(FunctionCallInfo fcinfo, Datum region, Datum industry, const KzCellFacts *counts,
		 const KzCellTest *test, const Datum *status)
{
	const KzMaybe number[] = {
		test->expected,			test->lq,		 test->binomial_p,		  test->poisson_p,
		test->hypergeometric_p, test->residual,	 test->adjusted_residual, test->wald_low,
		test->wald_high,		test->exact_low, test->exact_high};
	Datum values[15];
	bool  nulls[15] = {false};

	values[0] = region;
	values[1] = industry;
	values[2] = Float8GetDatum(counts->value);
	nulls[2] = counts->suppressed;
	for (int i = 0; i < (int) lengthof(number); i++)
		kz_set_number(values, nulls, 3 + i, number[i]);
	values[14] = status[test->status];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_cell_significance(kz_matrix, reference kz_matrix, confidence float8, fill boolean)
 * -> setof (region, industry, value, expected, lq, binomial_p, poisson_p, hypergeometric_p, residual,
 * adjusted_residual, wald_low, wald_high, exact_low, exact_high, status)
 */
Datum
kz_cell_significance(PG_FUNCTION_ARGS)
{
	double	confidence = get_probability(fcinfo, 2, "confidence", 0.95);
	KzFacts facts;
	Datum  *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts_of_date(fcinfo, 0, 1, "reference", &facts))
		return (Datum) 0;
	check_counts(facts.index, "matrix");
	if (facts.reference != NULL)
		check_counts(facts.reference, "reference");
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (KzWalk walk = kz_walk_facts(fcinfo, 3, &facts); kz_walk(&walk);)
	{
		KzCellFacts counts = {0};
		KzCellTest	test;

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &counts);
		kz_test_cell(&counts, confidence, &test);
		put_cell(fcinfo, regions[walk.row], industries[walk.col], &counts, &test, status);
	}
	return (Datum) 0;
}

/* kz_independence_test(kz_matrix) -> (chi2, g, df, chi2_p, g_p, cramers_v, n, status) */
Datum
kz_independence_test(PG_FUNCTION_ARGS)
{
	KzIndex		  *index;
	KzIndependence test;
	Datum		   values[8];
	bool		   nulls[8] = {false};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	index = kz_get_index(fcinfo, 0);
	kz_test_independence(&index->view, &index->margins, &test);
	kz_set_number(values, nulls, 0, test.chi2);
	kz_set_number(values, nulls, 1, test.g);
	values[2] = Int64GetDatum(test.freedom);
	nulls[2] = test.status >= KZ_NO_BASE;
	kz_set_number(values, nulls, 3, test.chi2_p);
	kz_set_number(values, nulls, 4, test.g_p);
	kz_set_number(values, nulls, 5, test.cramers_v);
	values[6] = Float8GetDatum(index->margins.total);
	values[7] = kz_status_datums()[test.status];
	kz_put_row(fcinfo, values, nulls);
	return (Datum) 0;
}

/* kz_localization_test(kz_matrix, reference kz_matrix) -> setof (industry, n, divergence, statistic, df, p, status) */
Datum
kz_localization_test(PG_FUNCTION_ARGS)
{
	KzIndex		   *index, *reference;
	KzLocalization *test;
	double		   *base = NULL;
	uint32			bases = 0;
	Datum		   *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	index = kz_get_index(fcinfo, 0);
	reference = kz_get_index(fcinfo, 1);
	if (reference != NULL)
		base = kz_align_whole_vector(reference, "reference", &index->rows, &index->view.rows,
									 "region", &bases);
	test = palloc_extended(Max(index->view.cols.count, 1) * sizeof *test, MCXT_ALLOC_HUGE);
	kz_test_localization(&index->view, &index->margins, base, bases, test);
	industries = kz_label_datums(&index->view.cols);
	status = kz_status_datums();

	for (uint32 col = 0; col < index->view.cols.count; col++)
	{
		Datum values[7];
		bool  nulls[7] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = industries[col];
		values[1] = Float8GetDatum(index->margins.col_total[col]);
		kz_set_number(values, nulls, 2, test[col].divergence);
		kz_set_number(values, nulls, 3, test[col].statistic);
		values[4] = Int64GetDatum(test[col].freedom);
		nulls[4] = test[col].status >= KZ_NO_BASE;
		kz_set_number(values, nulls, 5, test[col].p);
		values[6] = status[test[col].status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* Returns how many resamples are wanted. */
static uint32
get_replicates(FunctionCallInfo fcinfo, int argument)
{
	int32 replicates = PG_ARGISNULL(argument) ? 1000 : PG_GETARG_INT32(argument);

	if (replicates < 2 || replicates > 1000000)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("replicates must be between 2 and 1000000, not %d", replicates)));
	return (uint32) replicates;
}

/*
 * kz_bootstrap_cutoff(kz_matrix, probability float8, replicates integer, seed bigint, form text)
 * -> setof (industry, n, quantile, cutoff, standard_error, status)
 */
Datum
kz_bootstrap_cutoff(PG_FUNCTION_ARGS)
{
	static const char *const form[] = {"standardized", "standardized_log"};
	double					 probability = get_probability(fcinfo, 1, "probability", 0.95);
	uint32					 replicates = get_replicates(fcinfo, 2);
	uint64					 seed = PG_ARGISNULL(3) ? 1 : (uint64) PG_GETARG_INT64(3);
	bool					 log_form = kz_get_choice(fcinfo, 4, "form", form, lengthof(form)) == 1;
	KzFacts					 facts;
	const KzView			*view;
	KzCutoff				*cutoff;
	Datum					*industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts_of_date(fcinfo, 0, -1, NULL, &facts))
		return (Datum) 0;
	view = &facts.index->view;
	cutoff = palloc_extended(Max(view->cols.count, 1) * sizeof *cutoff, MCXT_ALLOC_HUGE);
	kz_bootstrap_cutoffs(view, &facts.totals, probability, replicates, seed, log_form, cutoff);
	industries = kz_label_datums(&view->cols);
	status = kz_status_datums();

	for (uint32 col = 0; col < view->cols.count; col++)
	{
		Datum values[6];
		bool  nulls[6] = {false};

		CHECK_FOR_INTERRUPTS();
		values[0] = industries[col];
		values[1] = Int64GetDatum(cutoff[col].n);
		nulls[1] = cutoff[col].status >= KZ_NO_BASE;
		kz_set_number(values, nulls, 2, cutoff[col].quantile);
		kz_set_number(values, nulls, 3, cutoff[col].cutoff);
		kz_set_number(values, nulls, 4, cutoff[col].error);
		values[5] = status[cutoff[col].status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/*
 * kz_quotient_sensitivity(establishments kz_matrix, fill boolean)
 * -> setof (region, industry, value, lq, lq_more, lq_fewer, change, status)
 */
Datum
kz_quotient_sensitivity(PG_FUNCTION_ARGS)
{
	KzFacts facts;
	Datum  *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts_of_date(fcinfo, 0, -1, NULL, &facts))
		return (Datum) 0;
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (KzWalk walk = kz_walk_facts(fcinfo, 1, &facts); kz_walk(&walk);)
	{
		KzCellFacts	  counts = {0};
		KzSensitivity sensitivity;
		Datum		  values[8];
		bool		  nulls[8] = {false};

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &counts);
		kz_sensitivity_of_cell(&counts, &sensitivity);
		values[0] = regions[walk.row];
		values[1] = industries[walk.col];
		values[2] = Float8GetDatum(counts.value);
		nulls[2] = counts.suppressed;
		kz_set_number(values, nulls, 3, sensitivity.lq);
		kz_set_number(values, nulls, 4, sensitivity.more);
		kz_set_number(values, nulls, 5, sensitivity.fewer);
		kz_set_number(values, nulls, 6, sensitivity.change);
		values[7] = status[sensitivity.status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
