/*
 * significance.c
 *		Tests of cells, tables and industries, families of p-values, resampled cut-offs.
 */
#include "postgres.h"

#include "measure/significance.h"

#include <math.h>

#include "base/exact.h"
#include "base/random.h"
#include "base/size.h"
#include "matrix/walk.h"
#include "measure/distribution.h"
#include "miscadmin.h"

/* Allocates an array, zeroed. */
static void *
alloc_zero(size_t count, size_t size)
{
	return palloc_extended(Max(kz_size_mul(count, size), 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* Could the region be a part of the reference, as to deal the reference's units to regions presupposes? */
static bool
is_part(const KzCellFacts *counts)
{
	return counts->value <= counts->ref_value &&
		   counts->region_total - counts->value <= counts->ref_total - counts->ref_value;
}

/*
 * Computes the probabilities of N_ri or more: by as many draws as the region has units, each of the industry with
 * probability y_i (binomial); by events of the expected number (Poisson); by dealing the reference's units to the
 * regions (hypergeometric).
 */
static void
set_tails(const KzCellFacts *counts, double share, KzCellTest *result)
{
	result->binomial_p = kz_maybe(kz_binomial_upper(counts->value, counts->region_total, share));
	result->poisson_p = kz_maybe(kz_poisson_upper(counts->value, result->expected.value));
	if (is_part(counts))
		result->hypergeometric_p = kz_maybe(kz_hypergeometric_upper(
			counts->value, counts->ref_value, counts->region_total, counts->ref_total));
	else
		kz_worsen(&result->status, KZ_TOO_FEW);
}

/*
 * Computes Pearson's residual (N_ri - e) / sqrt(e) and the adjusted one, (N_ri - e) / sqrt(e (1 - x_r) (1 - y_i))
 * (Haberman 1973, The Analysis of Residuals in Cross-Classified Tables, Biometrics 29).
 */
static void
set_residuals(const KzCellFacts *counts, KzCellTest *result)
{
	double expected = result->expected.value, difference = counts->value - expected;
	double rest = (1.0 - counts->region_total / counts->ref_total) *
				  (1.0 - counts->ref_value / counts->ref_total);

	result->residual = kz_maybe(difference / sqrt(expected));
	if (!is_part(counts))
		kz_worsen(&result->status, KZ_TOO_FEW);
	else if (rest == 0.0)
		kz_worsen(&result->status, KZ_NO_VARIATION);
	else
		result->adjusted_residual = kz_maybe(difference / sqrt(expected * rest));
}

/*
 * Computes the interval exp(ln L -+ z s) with s^2 = 1/N_ri - 1/N_r. + 1/N_.i - 1/N (Moineddin, Beyene and Boyle 2003,
 * On the Location Quotient Confidence Interval, Geographical Analysis 35), which takes the two shares as independent.
 */
static void
set_wald_interval(const KzCellFacts *counts, double confidence, KzCellTest *result)
{
	double variance, factor;

	if (counts->value == 0.0)
	{
		kz_worsen(&result->status, KZ_ZERO);
		return;
	}
	variance = 1.0 / counts->value - 1.0 / counts->region_total + 1.0 / counts->ref_value -
			   1.0 / counts->ref_total;
	factor = exp(-kz_normal_quantile(0.5 * (1.0 - confidence)) * sqrt(fmax(variance, 0.0)));
	result->wald_low = kz_maybe(result->lq.value / factor);
	result->wald_high = kz_maybe(result->lq.value * factor);
}

/* Computes all that follows from the counts of a cell; everything is unknown where the quotient is. */
void
kz_test_cell(const KzCellFacts *counts, double confidence, KzCellTest *result)
{
	double share, low, high;

	*result = (KzCellTest){0};
	result->status = kz_quotient_of_cell(counts, &result->lq.value);
	if (counts->value > counts->region_total || counts->ref_value > counts->ref_total)
		kz_worsen(&result->status, KZ_NEGATIVE); /* something negative is in the total */
	if (result->status != KZ_OK)
		return;
	result->lq.known = true;
	if (counts->incomplete)
		result->status = KZ_INCOMPLETE_TOTALS;
	share = counts->ref_value / counts->ref_total;
	result->expected = kz_maybe(counts->region_total * share);
	set_tails(counts, share, result);
	set_residuals(counts, result);
	set_wald_interval(counts, confidence, result);
	/* the exact interval of the industry's share of the region, over the reference's share as it is */
	if (kz_exact_share(counts->value, counts->region_total, confidence, &low, &high))
	{
		result->exact_low = kz_maybe(low / share);
		result->exact_high = kz_maybe(high / share);
	}
}

/* Counts the totals that are not zero; false when one is negative. */
static bool
count_totals(const double *total, uint32 count, int64 *used)
{
	*used = 0;
	for (uint32 i = 0; i < count; i++)
	{
		if (total[i] < 0.0)
			return false;
		*used += total[i] > 0.0;
	}
	return true;
}

/* Says why a whole table cannot be tested, if so. */
static KzStatus
check_table(const KzView *view, const KzMargins *margins, int64 *rows, int64 *cols)
{
	bool negative = !count_totals(margins->row_total, view->rows.count, rows);

	negative = !count_totals(margins->col_total, view->cols.count, cols) || negative;
	if (margins->suppressed > 0)
		return KZ_SUPPRESSED_CELL;
	for (uint32 i = 0; i < view->cells && !negative; i++)
	{
		CHECK_FOR_INTERRUPTS();
		negative = view->value[i] < 0.0;
	}
	if (negative)
		return KZ_NEGATIVE;
	return margins->total == 0.0 ? KZ_NO_BASE : KZ_OK;
}

/* Returns the sum of the column totals over the cells that a row lacks. */
static double
absent_totals(const KzView *view, const KzMargins *margins, uint32 row)
{
	KzExact absent;

	kz_exact_init(&absent, margins->total);
	for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		kz_exact_add(&absent, -margins->col_total[view->col[i]]);
	return kz_exact_value(&absent);
}

/*
 * Tests whether rows and columns are independent: chi2 = sum (N - e)^2 / e (Pearson 1900), G = 2 sum N ln(N / e), with
 * (R - 1)(C - 1) degrees of freedom of the rows and columns that are not zero; V = sqrt(chi2 / (N min(R - 1, C - 1)))
 * (Cramer 1946). An absent cell adds its e to chi2, and 2 e to the terms 2 (N ln(N / e) - N + e) of which G is the sum.
 */
void
kz_test_independence(const KzView *view, const KzMargins *margins, KzIndependence *result)
{
	KzExact chi2, g;
	int64	rows, cols;

	*result = (KzIndependence){.status = check_table(view, margins, &rows, &cols)};
	if (result->status != KZ_OK)
		return;
	kz_exact_init(&chi2, 0.0);
	kz_exact_init(&g, 0.0);
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		double share = margins->row_total[row] / margins->total,
			   absent = share * absent_totals(view, margins, row);

		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			double value = view->value[i], expected = share * margins->col_total[view->col[i]];

			CHECK_FOR_INTERRUPTS();
			if (expected == 0.0)
				continue;
			kz_exact_add(&chi2, (value - expected) * ((value - expected) / expected));
			kz_exact_add(&g, kz_deviance(value, expected));
		}
		kz_exact_add(&chi2, absent);
		kz_exact_add(&g, absent);
	}
	result->chi2 = kz_maybe(kz_exact_value(&chi2));
	result->g = kz_maybe(2.0 * kz_exact_value(&g));
	result->freedom = (rows - 1) * (cols - 1);
	if (result->freedom == 0)
	{
		result->status = KZ_TOO_FEW;
		return;
	}
	result->chi2_p = kz_maybe(kz_chi_square_tail(result->chi2.value, (double) result->freedom));
	result->g_p = kz_maybe(kz_chi_square_tail(result->g.value, (double) result->freedom));
	result->cramers_v =
		kz_maybe(sqrt(result->chi2.value / margins->total / (double) (Min(rows, cols) - 1)));
}

/* Begins the results of the industries, and says why one cannot be tested, if so. */
static void
check_industries(const KzView *view, const KzMargins *margins, KzStatus all, KzLocalization *result)
{
	for (uint32 col = 0; col < view->cols.count; col++)
	{
		KzStatus *status = &result[col].status;

		result[col] = (KzLocalization){
			.status = margins->col_suppressed[col] > 0 ? KZ_SUPPRESSED_CELL : KZ_OK};
		kz_worsen(status, all);
		if (margins->col_total[col] == 0.0)
			kz_worsen(status, KZ_NO_BASE);
	}
	for (uint32 i = 0; i < view->cells; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (view->value[i] < 0.0)
			kz_worsen(&result[view->col[i]].status, KZ_NEGATIVE);
	}
}

/*
 * Tests for each industry whether its units are spread over the regions like a base: D_i = sum s_ri ln(s_ri / x_r), and
 * 2 N_i D_i is asymptotically chi-square with R - 1 degrees of freedom (Mori, Nishikimi and Smith 2005, A Divergence
 * Statistic for Industrial Localization, Review of Economics and Statistics 87). The base is that of so many regions, the
 * rows and then those in which there is nothing, or NULL for the rows' totals. N_i D_i is summed as N ln(N / e) - N + e,
 * whose terms are not negative.
 */
void
kz_test_localization(const KzView *view, const KzMargins *margins, const double *base,
					 uint32_t bases, KzLocalization *result)
{
	KzExact *statistic = alloc_zero(view->cols.count, sizeof(KzExact)), whole;
	KzExact *covered = alloc_zero(view->cols.count, sizeof(KzExact));
	KzStatus all = base == NULL && margins->suppressed > 0 ? KZ_INCOMPLETE_TOTALS : KZ_OK;
	int64	 regions;
	double	 total;

	if (base == NULL)
	{
		base = margins->row_total;
		bases = view->rows.count;
	}
	if (!count_totals(base, bases, &regions))
		all = KZ_NEGATIVE;
	else if (regions == 0)
		all = KZ_NO_BASE;
	else if (regions == 1)
		kz_worsen(&all, KZ_TOO_FEW);
	check_industries(view, margins, all, result);
	kz_exact_init(&whole, 0.0);
	for (uint32 i = 0; i < bases; i++)
		kz_exact_add(&whole, base[i]);
	total = kz_exact_value(&whole);
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			uint32 col = view->col[i];
			double expected = margins->col_total[col] * (base[row] / total);

			CHECK_FOR_INTERRUPTS();
			if (result[col].status >= KZ_NO_BASE)
				continue;
			if (expected > 0.0)
				kz_exact_add(&statistic[col], kz_deviance(view->value[i], expected));
			else if (view->value[i] > 0.0)
				result[col].status = KZ_NO_BASE;
			kz_exact_add(&covered[col], base[row]);
		}
	for (uint32 col = 0; col < view->cols.count; col++)
	{
		double industry = margins->col_total[col], sum;

		result[col].freedom = regions - 1;
		if (result[col].status >= KZ_NO_BASE)
			continue;
		/* where the industry is absent its expected number remains */
		kz_exact_add(&covered[col], -total);
		kz_exact_add(&statistic[col], -kz_exact_value(&covered[col]) * (industry / total));
		sum = kz_exact_value(&statistic[col]);
		result[col].divergence = kz_maybe(sum / industry);
		result[col].statistic = kz_maybe(2.0 * sum);
		if (regions > 1)
			result[col].p = kz_maybe(kz_chi_square_tail(2.0 * sum, (double) result[col].freedom));
	}
	pfree(statistic);
	pfree(covered);
}

/*
 * Adjusts the p-values of a family, which come in ascending order, in their places: Bonferroni m p; Holm 1979 the
 * largest so far of (m - j + 1) p_j; Benjamini and Hochberg 1995 the smallest from here on of m p_j / j; Benjamini and
 * Yekutieli 2001 the same times 1 + 1/2 + ... + 1/m.
 */
void
kz_adjust_sorted(KzAdjustment adjustment, double *p, size_t n)
{
	double m = (double) n, factor = m, best = 0.0;

	if (adjustment == KZ_BENJAMINI_YEKUTIELI)
	{
		double harmonic = 0.0;

		for (size_t i = n; i > 0; i--)
			harmonic += 1.0 / (double) i;
		factor *= harmonic;
	}
	if (adjustment == KZ_BONFERRONI || adjustment == KZ_HOLM)
		for (size_t i = 0; i < n; i++)
		{
			best = fmax(best, fmin(1.0, (adjustment == KZ_HOLM ? m - (double) i : m) * p[i]));
			p[i] = best;
		}
	else
	{
		best = 1.0;
		for (size_t i = n; i > 0; i--)
		{
			best = fmin(best, factor * p[i - 1] / (double) i);
			p[i - 1] = best;
		}
	}
}

/* Returns the mean of some numbers and their standard deviation with n - 1. */
static double
mean_of(const double *value, size_t n, double *deviation)
{
	KzExact sum;
	double	mean;

	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < n; i++)
		kz_exact_add(&sum, value[i]);
	mean = kz_exact_value(&sum) / (double) n;
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < n; i++)
		kz_exact_add(&sum, (value[i] - mean) * (value[i] - mean));
	*deviation = sqrt(kz_exact_value(&sum) / (double) (n - 1));
	return mean;
}

/*
 * Draws n of n sorted values with replacement, so many times, and notes between which two of them each resample's
 * quantile lies. The quantile is the one with linear interpolation, at (n - 1) probability (type 7 of Hyndman and Fan
 * 1996; percentile_cont). What is drawn depends on n, the probability and the seed alone.
 */
void
kz_resample(KzResamples *resamples, uint32_t n, double probability, uint32_t replicates,
			uint64_t seed)
{
	double	  position = (n - 1) * probability;
	uint32_t *times = alloc_zero(n, sizeof(uint32_t));
	KzRandom  random;

	*resamples = (KzResamples){.n = n, .replicates = replicates, .lower = (uint32_t) position};
	resamples->upper = Min(resamples->lower + 1, n - 1);
	resamples->fraction = position - resamples->lower;
	resamples->place = alloc_zero(replicates, sizeof *resamples->place);
	kz_random_seed(&random, seed);
	for (uint32_t r = 0; r < replicates; r++)
	{
		uint32_t at = 0, below = 0;

		CHECK_FOR_INTERRUPTS();
		memset(times, 0, n * sizeof *times);
		for (uint32_t i = 0; i < n; i++)
			times[kz_random_below(&random, n)]++;
		for (; below + times[at] <= resamples->lower; at++)
			below += times[at];
		resamples->place[r][0] = at;
		for (; below + times[at] <= resamples->upper; at++)
			below += times[at];
		resamples->place[r][1] = at;
	}
	pfree(times);
}

/* Returns the number a fraction of the way between two sorted values. */
static inline double
between(const double *value, uint32_t lower, uint32_t upper, double fraction)
{
	return value[lower] + fraction * (value[upper] - value[lower]);
}

/* Computes the mean and the standard deviation of the quantiles of the resamples of sorted values. */
void
kz_cutoff_of_resamples(const KzResamples *resamples, const double *value, KzCutoff *result)
{
	double *quantile = alloc_zero(resamples->replicates, sizeof(double)), error;

	result->quantile =
		kz_maybe(between(value, resamples->lower, resamples->upper, resamples->fraction));
	for (uint32_t r = 0; r < resamples->replicates; r++)
		quantile[r] =
			between(value, resamples->place[r][0], resamples->place[r][1], resamples->fraction);
	result->cutoff = kz_maybe(mean_of(quantile, resamples->replicates, &error));
	result->error = kz_maybe(error);
	pfree(quantile);
}

/* Orders numbers. */
static int
compare_numbers(const void *a, const void *b)
{
	double x = *(const double *) a, y = *(const double *) b;

	CHECK_FOR_INTERRUPTS();
	return (x > y) - (x < y);
}

/* The quotients of the cells, industry by industry. */
typedef struct Quotients
{
	uint32	regions;   /* that have a total: without a cell the quotient is zero */
	uint32 *start;	   /* by industry, and one more */
	uint32 *count;	   /* of the quotients of cells */
	uint32 *undefined; /* cells without a quotient in regions that have a total */
	double *value;
} Quotients;

/* Computes the quotients of a matrix. */
static void
compute_quotients(const KzView *view, const KzTotals *totals, Quotients *all)
{
	uint32 cols = view->cols.count;

	*all = (Quotients){.start = alloc_zero((size_t) cols + 1, sizeof(uint32)),
					   .count = alloc_zero(cols, sizeof(uint32)),
					   .undefined = alloc_zero(cols, sizeof(uint32)),
					   .value = alloc_zero(view->cells, sizeof(double))};
	for (uint32 row = 0; row < view->rows.count; row++)
		all->regions += totals->region[row] > 0.0;
	for (uint32 i = 0; i < view->cells; i++)
		all->start[view->col[i] + 1]++;
	for (uint32 col = 0; col < cols; col++)
		all->start[col + 1] += all->start[col];
	for (KzWalk walk = {.view = view}; kz_walk(&walk);)
	{
		KzCellFacts facts = {0};
		double		quotient;

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(view, totals, walk.row, walk.col, walk.cell, &facts);
		if (kz_quotient_of_cell(&facts, &quotient) == KZ_OK)
			all->value[all->start[walk.col] + all->count[walk.col]++] = quotient;
		else
			all->undefined[walk.col] += facts.region_total > 0.0;
	}
}

/* Gathers the quotients of an industry over the regions, or their logarithms; returns how many there are. */
static uint32
gather_quotients(const Quotients *all, uint32 col, bool log_form, double *value)
{
	uint32 n = 0;

	for (uint32 i = 0; i < all->count[col]; i++)
	{
		double quotient = all->value[all->start[col] + i];

		if (!log_form || quotient > 0.0)
			value[n++] = log_form ? log(quotient) : quotient;
	}
	while (!log_form && n < all->regions - all->undefined[col])
		value[n++] = 0.0;
	return n;
}

/*
 * Finds for each industry the cut-off of the standardized quotient, or of its logarithm, over the regions: the mean of
 * the quantile over resamples of the regions (Tian 2013, Measuring Agglomeration Using the Standardized Location
 * Quotient with a Bootstrap Method, Journal of Regional Analysis and Policy 43). The values are standardized
 * once, and sorted before they are drawn from, so that the names of the regions make no difference; industries
 * with as many values share their draws.
 */
void
kz_bootstrap_cutoffs(const KzView *view, const KzTotals *totals, double probability,
					 uint32_t replicates, uint64_t seed, bool log_form, KzCutoff *result)
{
	const KzStandard standard = {.sample = true, .skip_zeros = true};
	KzSpread		*spread = alloc_zero(view->cols.count, sizeof(KzSpread));
	double			*value = alloc_zero(view->rows.count, sizeof(double));
	KzResamples		 resamples = {0};
	Quotients		 all;

	compute_quotients(view, totals, &all);
	kz_spread_compute(view, totals, &standard, log_form, spread);
	for (uint32 col = 0; col < view->cols.count; col++)
	{
		uint32 n;

		result[col] = (KzCutoff){.status = spread[col].status};
		if (totals->industry[col] <= 0.0)
			kz_worsen(&result[col].status, totals->industry[col] < 0.0 ? KZ_NEGATIVE : KZ_NO_BASE);
		if (totals->reference_incomplete || totals->industry_incomplete[col])
			kz_worsen(&result[col].status, KZ_INCOMPLETE_TOTALS);
		result[col].n = n = gather_quotients(&all, col, log_form, value);
		if (!spread[col].known || result[col].status > KZ_INCOMPLETE_TOTALS)
			continue;
		for (uint32 i = 0; i < n; i++)
			value[i] = (value[i] - spread[col].mean) / spread[col].deviation;
		qsort(value, n, sizeof(double), compare_numbers);
		if (n != resamples.n)
		{
			if (resamples.place != NULL)
				pfree(resamples.place);
			kz_resample(&resamples, n, probability, replicates, seed);
		}
		kz_cutoff_of_resamples(&resamples, value, &result[col]);
	}
}

/* Computes the quotient of a cell after its industry has won or lost so many establishments there. */
static KzMaybe
quotient_after(const KzCellFacts *counts, double step)
{
	KzMaybe result;

	result.known = kz_quotient_of_shares(counts->value + step, counts->ref_value + step,
										 counts->region_total + step, counts->ref_total + step,
										 &result.value) == KZ_OK;
	return result;
}

/* Computes how much a quotient hangs on a single establishment (Pominova et al. 2022). */
void
kz_sensitivity_of_cell(const KzCellFacts *counts, KzSensitivity *result)
{
	*result = (KzSensitivity){0};
	result->status = kz_quotient_of_cell(counts, &result->lq.value);
	result->lq.known = result->status == KZ_OK;
	if (result->status >= KZ_NEGATIVE)
		return;
	result->more = quotient_after(counts, 1.0);
	result->fewer = quotient_after(counts, -1.0);
	if (!result->fewer.known)
		kz_worsen(&result->status, counts->value == 0.0 ? KZ_ZERO : KZ_TOO_FEW);
	if (counts->incomplete)
		kz_worsen(&result->status, KZ_INCOMPLETE_TOTALS);
	if (result->lq.known && result->more.known)
		result->change = kz_maybe(result->more.value - result->lq.value);
}
