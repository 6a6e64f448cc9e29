/*
 * significance_test.c
 *		Tails against rational arithmetic and against each other, tests of random tables, the coverage of intervals,
 *		adjusted p-values against their definition, resampling against its exact distribution.
 */
#include "measure/significance.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "measure/distribution.h"
#include "unit.h"

#define ROUNDS	 10000
#define MAX_SIDE 9

/* Are two numbers equal to so much, relatively? */
static bool
near(double a, double b, double tolerance)
{
	return fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b));
}

/* Returns a whole number from low to high. */
static uint32_t
any_of(uint64_t *seed, uint32_t low, uint32_t high)
{
	return low + (uint32_t) (unit_random(seed) % (high - low + 1));
}

/* Returns a number from 0 to 1. */
static double
any_share(uint64_t *seed)
{
	return (double) (unit_random(seed) >> 11) * 0x1p-53;
}

/* The published first words of both generators, and a number below a limit. */
static void
check_random(void)
{
	/* xoshiro256** from the state 1, 2, 3, 4: the vector of its authors' C code in rand_xoshiro's tests */
	static const uint64_t words[] = {11520U,
									 0U,
									 1509978240U,
									 1215971899390074240U,
									 1216172134540287360U,
									 607988272756665600U,
									 16172922978634559625U,
									 8476171486693032832U,
									 10595114339597558777U,
									 2904607092377533576U};
	/* splitmix64 from the seed 1234567: the vector of Rosetta Code */
	static const uint64_t state[] = {6457827717110365317U, 3203168211198807973U,
									 9817491932198370423U, 4593380528125082431U};
	KzRandom			  random = {{1, 2, 3, 4}};
	long				  count[7] = {0};
	double				  chi2 = 0.0;

	for (int i = 0; i < 10; i++)
		CHECK(kz_random_next(&random) == words[i]);
	kz_random_seed(&random, 1234567);
	CHECK(memcmp(random.state, state, sizeof state) == 0);
	for (int i = 0; i < 700000; i++)
		count[kz_random_below(&random, 7)]++;
	for (int i = 0; i < 7; i++)
		chi2 += (count[i] - 100000.0) * (count[i] - 100000.0) / 100000.0;
	CHECK(chi2 < 30.0); /* p = 4e-5 */
	for (int i = 0; i < ROUNDS; i++)
	{
		CHECK(kz_random_below(&random, 1) == 0);
		CHECK(kz_random_below(&random, UINT32_MAX) < UINT32_MAX);
	}
}

/* Returns n choose k, exactly as long as it is below 2^53. */
static double
choose(uint32_t n, uint32_t k)
{
	double result = 1.0;

	if (k > n)
		return 0.0;
	for (uint32_t i = 1; i <= k; i++)
		result = result * (n - k + i) / i;
	return result;
}

/* Small tails against their sums of whole numbers, which are exact here. */
static void
check_small_tails(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		uint32_t population = any_of(seed, 0, 28), group = any_of(seed, 0, population),
				 sample = any_of(seed, 0, population), count = any_of(seed, 0, 30);
		double sum = 0.0, half = 0.0;

		for (uint32_t k = count; k <= sample; k++)
		{
			sum += choose(group, k) * choose(population - group, sample - k);
			half += choose(sample, k);
		}
		CHECK(near(kz_hypergeometric_upper(count, group, sample, population),
				   sum / choose(population, sample), 1e-13));
		CHECK(near(kz_binomial_upper(count, sample, 0.5), half * pow(0.5, sample), 1e-13));
	}
}

/* Values of 40 digits' arithmetic (mpmath), to the far ends of the range. */
static void
check_known_tails(void)
{
	CHECK(near(kz_binomial_upper(28, 41, 1e-9), 1.7620076138837694e-242, 1e-12));
	CHECK(near(kz_binomial_upper(822, 1000, 0.3), 3.8194037239921989e-256, 1e-12));
	CHECK(near(kz_binomial_upper(70164973, 1e8, 0.7), 2.1201642108034413e-284, 1e-10));
	CHECK(near(kz_poisson_upper(37, 1), 2.7450003583940469e-44, 1e-13));
	CHECK(near(kz_poisson_upper(10113842, 1e7), 4.8503501353832891e-283, 1e-12));
	CHECK(near(kz_poisson_upper(100000000, 1e8), 0.50001329807601412, 1e-12));
	CHECK(
		near(kz_hypergeometric_upper(857354, 900000, 950000, 1e6), 7.7459793741286258e-254, 1e-11));
	CHECK(near(kz_hypergeometric_upper(2850359550, 3e9, 9.5e9, 1e10), 3.1613378330648286e-284,
			   1e-10));
	CHECK(kz_binomial_upper(1e6, 1e6, 1e-3) == 0.0 && kz_poisson_upper(1e9, 1e-300) == 0.0);
	CHECK(kz_binomial_upper(0, 0, 0.3) == 1.0 && kz_binomial_upper(1, 0, 0.3) == 0.0);
	CHECK(kz_binomial_upper(3, 3, 1) == 1.0 && kz_binomial_upper(1, 3, 0) == 0.0);
	CHECK(kz_poisson_upper(0, 0) == 1.0 && kz_poisson_upper(1, 0) == 0.0);
	CHECK(kz_hypergeometric_upper(0, 0, 0, 0) == 1.0 && kz_hypergeometric_upper(1, 0, 0, 0) == 0.0);
	CHECK(kz_hypergeometric_upper(3, 5, 3, 5) == 1.0 &&
		  kz_hypergeometric_upper(6, 5, 10, 10) == 0.0);
	CHECK(isnan(kz_binomial_upper(0.5, 3, 0.5)) && isnan(kz_binomial_upper(-1, 3, 0.5)));
	CHECK(isnan(kz_binomial_upper(1, 3, 1.5)) && isnan(kz_binomial_upper(1, NAN, 0.5)));
	CHECK(isnan(kz_poisson_upper(1, INFINITY)) && isnan(kz_poisson_upper(1, -1)));
	CHECK(isnan(kz_hypergeometric_upper(1, 4, 2, 3)) && isnan(kz_hypergeometric_upper(1, 2, 4, 3)));
}

/* Tails fall as the count rises and rise with the share, and the three approach each other. */
static void
check_tails(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double trials = any_of(seed, 1, 5000), p = any_share(seed), q = p * any_share(seed),
			   count = any_of(seed, 0, (uint32_t) trials), group = any_of(seed, 0, 5000),
			   tail = kz_binomial_upper(count, trials, p);

		CHECK(tail >= 0.0 && tail <= 1.0);
		CHECK(kz_binomial_upper(count + 1, trials, p) <= tail);
		CHECK(kz_binomial_upper(count, trials, q) <= tail * (1 + 1e-12));
		CHECK(count == 0 ||
			  fabs(kz_binomial_upper(trials - count + 1, trials, 1.0 - p) + tail - 1.0) < 1e-12);
		/* group and sample may be exchanged */
		CHECK(near(kz_hypergeometric_upper(count, group, trials, 10000),
				   kz_hypergeometric_upper(count, trials, group, 10000), 1e-11));
		/* few of very many: without or with replacement, or events, is one and the same */
		count = any_of(seed, 0, 30);
		CHECK(fabs(kz_binomial_upper(count, 1e12, 1e-11) - kz_poisson_upper(count, 10)) < 1e-10);
		CHECK(fabs(kz_hypergeometric_upper(count, 1e12, 100, 1e13) -
				   kz_binomial_upper(count, 100, 0.1)) < 1e-10);
	}
}

/* The chi-square tail agrees with the normal law far out, and is NaN outside its domain. */
static void
check_chi_square(void)
{
	CHECK(near(kz_chi_square_tail(3e6 + 2449.5 * 2.0 + 2.0, 3e6 + 1.0), kz_normal_tail(2.0), 0.01));
	CHECK(kz_chi_square_tail(0.0, 1e6) == 1.0 && kz_chi_square_tail(1e9, 1e6) == 0.0);
	CHECK(kz_chi_square_tail(1.0, 1e6) == 1.0 && isnan(kz_chi_square_tail(-1.0, 1e6)));
}

/* The interval's ends are where the tails are alpha / 2, and it holds the truth at least as often as promised. */
static void
check_exact_intervals(uint64_t *seed)
{
	double low, high;

	for (int round = 0; round < ROUNDS; round++)
	{
		double trials = any_of(seed, 1, round % 10 == 0 ? 1000000 : 300),
			   confidence = any_share(seed), count = any_of(seed, 0, (uint32_t) trials),
			   alpha = 0.5 * (1.0 - confidence), other, wide;

		if (confidence == 0.0)
			continue;
		CHECK(kz_exact_share(count, trials, confidence, &low, &high));
		CHECK(low >= 0.0 && low <= count / trials && count / trials <= high && high <= 1.0);
		CHECK(count == 0.0 ? low == 0.0 : near(kz_binomial_upper(count, trials, low), alpha, 1e-8));
		CHECK(count == trials
				  ? high == 1.0
				  : fabs(1.0 - kz_binomial_upper(count + 1.0, trials, high) - alpha) < 1e-8);
		/* fewer confident, narrower; failures are successes seen from the other side */
		CHECK(kz_exact_share(count, trials, 0.5 * confidence, &other, &wide));
		CHECK(other >= low && wide <= high);
		CHECK(kz_exact_share(trials - count, trials, confidence, &other, &wide));
		CHECK(fabs(1.0 - wide - low) < 1e-12 && fabs(1.0 - other - high) < 1e-12);
	}
	for (double share = 0.01; share < 1.0; share += 0.07)
	{
		int held = 0;

		for (int round = 0; round < ROUNDS; round++)
		{
			int count = 0;

			for (int i = 0; i < 40; i++)
				count += any_share(seed) < share;
			kz_exact_share(count, 40, 0.95, &low, &high);
			held += low <= share && share <= high;
		}
		CHECK(held >= 0.945 * ROUNDS); /* 2.3 standard errors below 0.95 */
	}
	CHECK(!kz_exact_share(0, 0, 0.95, &low, &high) && !kz_exact_share(3, 2, 0.95, &low, &high));
	CHECK(!kz_exact_share(1, 2, 1.0, &low, &high) && !kz_exact_share(1, 2, 0.0, &low, &high));
}

/* A table with room for its own sides and cells. */
typedef struct Table
{
	KzView	 view;
	uint32_t row_start[MAX_SIDE + 1];
	uint32_t col[MAX_SIDE * MAX_SIDE];
	double	 value[MAX_SIDE * MAX_SIDE];
	uint8_t	 suppressed[MAX_SIDE * MAX_SIDE / 8 + 1];
} Table;

/* Makes a view of the cells of a full grid that are not negative. */
static void
make_table(Table *table, uint32_t rows, uint32_t cols, const double *grid)
{
	uint32_t cells = 0;

	memset(table, 0, sizeof *table);
	for (uint32_t row = 0; row < rows; row++)
	{
		for (uint32_t col = 0; col < cols; col++)
			if (grid[row * cols + col] >= 0.0)
			{
				table->col[cells] = col;
				table->value[cells++] = grid[row * cols + col];
			}
		table->row_start[row + 1] = cells;
	}
	table->view.rows.count = rows;
	table->view.cols.count = cols;
	table->view.cells = cells;
	table->view.row_start = table->row_start;
	table->view.col = table->col;
	table->view.value = table->value;
}

/* Sums a view as kz_margins_compute does; the numbers here are whole. */
static void
sum_table(const KzView *view, KzMargins *margins)
{
	*margins = (KzMargins){.row_total = calloc(MAX_SIDE, sizeof(double)),
						   .col_total = calloc(MAX_SIDE, sizeof(double)),
						   .row_suppressed = calloc(MAX_SIDE, sizeof(uint32_t)),
						   .col_suppressed = calloc(MAX_SIDE, sizeof(uint32_t))};
	for (uint32_t row = 0; row < view->rows.count; row++)
		for (uint32_t i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			margins->row_total[row] += view->value[i];
			margins->col_total[view->col[i]] += view->value[i];
			margins->total += view->value[i];
			if (kz_is_suppressed(view, i))
			{
				margins->row_suppressed[row]++;
				margins->col_suppressed[view->col[i]]++;
				margins->suppressed++;
			}
		}
}

/* Frees what sum_table made. */
static void
free_margins(KzMargins *margins)
{
	free(margins->row_total);
	free(margins->col_total);
	free(margins->row_suppressed);
	free(margins->col_suppressed);
}

/* Random tables: the closed forms over the full grid, and what the tests have to do with each other. */
static void
check_tables(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		uint32_t rows = any_of(seed, 1, MAX_SIDE), cols = any_of(seed, 1, MAX_SIDE);
		double	 grid[MAX_SIDE * MAX_SIDE], chi2 = 0.0, g = 0.0, residuals = 0.0, adjusted = 0.0,
										  divergences = 0.0;
		Table		   table;
		KzMargins	   m;
		KzIndependence test;
		KzLocalization localization[MAX_SIDE];
		int			   used_rows = 0, used_cols = 0;

		/* -1 is an absent cell, which is a zero like another */
		for (uint32_t i = 0; i < rows * cols; i++)
			grid[i] = (int) any_of(seed, 0, 3) > round % 3 ? any_of(seed, 0, 20)
														   : (double) any_of(seed, 0, 1) - 1.0;
		make_table(&table, rows, cols, grid);
		sum_table(&table.view, &m);
		kz_test_independence(&table.view, &m, &test);
		kz_test_localization(&table.view, &m, NULL, 0, localization);
		for (uint32_t row = 0; row < rows; row++)
			used_rows += m.row_total[row] > 0.0;
		for (uint32_t col = 0; col < cols; col++)
			used_cols += m.col_total[col] > 0.0;
		for (uint32_t i = 0; i < rows * cols && m.total > 0.0; i++)
		{
			uint32_t	row = i / cols, col = i % cols;
			double		value = fmax(grid[i], 0.0);
			KzCellFacts counts = {.value = value,
								  .region_total = m.row_total[row],
								  .ref_value = m.col_total[col],
								  .ref_total = m.total};
			KzCellTest	cell;
			double		e = m.row_total[row] * (m.col_total[col] / m.total);

			kz_test_cell(&counts, 0.95, &cell);
			if (e == 0.0)
			{
				CHECK(cell.status == KZ_NO_BASE && !cell.lq.known && !cell.binomial_p.known);
				continue;
			}
			chi2 += (value - e) * (value - e) / e;
			g += value > 0.0 ? 2.0 * value * log(value / e) : 0.0;
			residuals += cell.residual.value * cell.residual.value;
			adjusted += cell.adjusted_residual.value * sqrt(e) *
						sqrt((1 - m.row_total[row] / m.total) * (1 - m.col_total[col] / m.total));
			CHECK(near(cell.expected.value, e, 1e-14) && near(cell.lq.value, value / e, 1e-14));
			CHECK(cell.hypergeometric_p.known && cell.binomial_p.known && cell.poisson_p.known);
			CHECK(cell.wald_low.known == (value > 0.0));
			CHECK(!cell.wald_low.known ||
				  (cell.wald_low.value <= cell.lq.value && cell.lq.value <= cell.wald_high.value));
			CHECK(cell.exact_low.value <= cell.lq.value &&
				  cell.lq.value <= cell.exact_high.value * (1 + 1e-15));
			/* above one with the exact interval, or with the one-sided test at half of alpha, is the same */
			CHECK((cell.exact_low.value > 1.0) == (cell.binomial_p.value < 0.025) ||
				  near(cell.binomial_p.value, 0.025, 1e-9));
			CHECK(cell.adjusted_residual.known ==
				  (m.row_total[row] < m.total && m.col_total[col] < m.total));
		}
		CHECK(test.status == (m.total == 0.0						   ? KZ_NO_BASE
							  : (used_rows - 1) * (used_cols - 1) == 0 ? KZ_TOO_FEW
																	   : KZ_OK));
		if (m.total > 0.0)
		{
			CHECK(fabs(test.chi2.value - chi2) < 1e-11 * (1 + chi2) &&
				  fabs(residuals - chi2) < 1e-11 * (1 + chi2));
			CHECK(fabs(test.g.value - g) < 1e-10 * (1 + g) && fabs(adjusted) < 1e-9);
			CHECK(test.freedom == (used_rows - 1) * (used_cols - 1));
		}
		CHECK(test.status != KZ_OK ||
			  (test.cramers_v.value >= 0.0 && test.cramers_v.value <= 1 + 1e-14));
		/* the divergences of the industries add up to G */
		for (uint32_t col = 0; col < cols; col++)
		{
			CHECK((localization[col].status == KZ_NO_BASE) == (m.col_total[col] == 0.0));
			CHECK(!localization[col].divergence.known ||
				  localization[col].divergence.value >= -1e-15);
			divergences += localization[col].statistic.value;
		}
		CHECK(fabs(divergences - g) < 1e-10 * (1 + g));
		free_margins(&m);
	}
}

/* Makes the facts of a cell of counts. */
static KzCellFacts
facts_of(double value, double region_total, double ref_value, double ref_total)
{
	return (KzCellFacts){.value = value,
						 .region_total = region_total,
						 .ref_value = ref_value,
						 .ref_total = ref_total};
}

/* What is suppressed or negative says so, and leaves the others as they are. */
static void
check_undefined(void)
{
	static const double grid[] = {3, 5, 7, 2, 4, 6};
	static const double base[] = {1, 0}, spread[] = {7, 7, 7, 7};
	Table				table;
	KzMargins			m;
	KzIndependence		test;
	KzLocalization		localization[3];
	KzCellTest			cell;
	KzCellFacts			counts = facts_of(3, 15, 5, 27);

	make_table(&table, 2, 3, grid);
	table.suppressed[0] = 1;
	table.view.suppressed = table.suppressed;
	sum_table(&table.view, &m);
	kz_test_independence(&table.view, &m, &test);
	CHECK(test.status == KZ_SUPPRESSED_CELL && !test.chi2.known && !test.g_p.known);
	kz_test_localization(&table.view, &m, NULL, 0, localization);
	CHECK(localization[0].status == KZ_SUPPRESSED_CELL && !localization[0].p.known);
	CHECK(localization[1].status == KZ_INCOMPLETE_TOTALS && localization[1].p.known);
	kz_test_localization(&table.view, &m, base, 2, localization);
	CHECK(localization[1].status == KZ_NO_BASE && !localization[1].divergence.known);
	/* regions without anything are regions: here all are 1/4 of the base, and an industry in two of them */
	kz_test_localization(&table.view, &m, spread, 4, localization);
	CHECK(localization[1].status == KZ_OK && localization[1].freedom == 3);
	CHECK(
		near(localization[1].divergence.value, (5 * log(20.0 / 9) + 4 * log(16.0 / 9)) / 9, 1e-14));
	free_margins(&m);

	table.suppressed[0] = 0;
	table.value[5] = -1;
	sum_table(&table.view, &m);
	kz_test_independence(&table.view, &m, &test);
	CHECK(test.status == KZ_NEGATIVE && !test.chi2.known);
	kz_test_localization(&table.view, &m, NULL, 0, localization);
	CHECK(localization[2].status == KZ_NEGATIVE && localization[0].status == KZ_OK);
	free_margins(&m);

	counts.suppressed = true;
	kz_test_cell(&counts, 0.95, &cell);
	CHECK(cell.status == KZ_SUPPRESSED_CELL && !cell.expected.known);
	counts = facts_of(3, 15, 5, 27);
	counts.incomplete = true;
	kz_test_cell(&counts, 0.95, &cell);
	CHECK(cell.status == KZ_INCOMPLETE_TOTALS && cell.exact_high.known);
	/* a reference that the region is not a part of */
	counts = facts_of(3, 40, 5, 27);
	kz_test_cell(&counts, 0.95, &cell);
	CHECK(cell.status == KZ_TOO_FEW && cell.binomial_p.known && !cell.hypergeometric_p.known &&
		  !cell.adjusted_residual.known && cell.residual.known);
	counts = facts_of(3, 25, 5, 27);
	kz_test_cell(&counts, 0.95, &cell);
	CHECK(cell.status == KZ_OK && cell.hypergeometric_p.value == 1.0);
	/* something negative in a total */
	counts = facts_of(16, 15, 20, 27);
	kz_test_cell(&counts, 0.95, &cell);
	CHECK(cell.status == KZ_NEGATIVE && !cell.lq.known && !cell.binomial_p.known);
}

/* Orders numbers. */
static int
compare(const void *a, const void *b)
{
	double x = *(const double *) a, y = *(const double *) b;

	return (x > y) - (x < y);
}

/* Adjusted p-values against their definitions. */
static void
check_adjustments(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double	 p[4][12], plain[12], harmonic = 0.0;
		uint32_t m = any_of(seed, 0, 12);

		for (uint32_t i = 0; i < m; i++)
		{
			plain[i] = round % 2 ? any_share(seed) : any_of(seed, 0, 8) / 64.0;
			harmonic += 1.0 / (i + 1);
		}
		qsort(plain, m, sizeof(double), compare);
		for (int adjustment = KZ_BONFERRONI; adjustment <= KZ_BENJAMINI_YEKUTIELI; adjustment++)
		{
			memcpy(p[adjustment], plain, sizeof plain);
			kz_adjust_sorted(adjustment, p[adjustment], m);
		}
		for (uint32_t i = 0; i < m; i++)
		{
			double holm = 0.0, hochberg = 1.0;

			for (uint32_t j = 0; j <= i; j++)
				holm = fmax(holm, fmin(1.0, (m - j) * plain[j]));
			for (uint32_t j = i; j < m; j++)
				hochberg = fmin(hochberg, m * plain[j] / (j + 1));
			CHECK(p[KZ_BONFERRONI][i] == fmin(1.0, m * plain[i]));
			CHECK(p[KZ_HOLM][i] == holm && p[KZ_BENJAMINI_HOCHBERG][i] == hochberg);
			CHECK(near(p[KZ_BENJAMINI_YEKUTIELI][i], fmin(1.0, hochberg * harmonic), 1e-14) ||
				  p[KZ_BENJAMINI_YEKUTIELI][i] == 1.0);
			CHECK(plain[i] <= hochberg * (1 + 1e-15) && hochberg <= holm * (1 + 1e-15) &&
				  holm <= p[KZ_BONFERRONI][i]);
			/* equal tests stay equal */
			CHECK(i == 0 || plain[i] > plain[i - 1] ||
				  (p[KZ_HOLM][i] == p[KZ_HOLM][i - 1] &&
				   p[KZ_BENJAMINI_HOCHBERG][i] == p[KZ_BENJAMINI_HOCHBERG][i - 1]));
		}
	}
}

/*
 * The mean over resamples of the k-th smallest of n values is known exactly: it is at most the j-th value when k or more
 * of n draws are among the first j.
 */
static void
check_resampling(uint64_t *seed)
{
	for (int round = 0; round < 20; round++)
	{
		double		value[60], exact = 0.0, square = 0.0, below = 0.0;
		uint32_t	n = any_of(seed, 2, 60), k = any_of(seed, 0, n - 1);
		KzResamples resamples;
		KzCutoff	cutoff, again;

		for (uint32_t i = 0; i < n; i++)
			value[i] = any_share(seed) * any_share(seed);
		qsort(value, n, sizeof(double), compare);
		for (uint32_t j = 1; j <= n; j++)
		{
			double upto = kz_binomial_upper(k + 1, n, (double) j / n);

			exact += value[j - 1] * (upto - below);
			square += value[j - 1] * value[j - 1] * (upto - below);
			below = upto;
		}
		kz_resample(&resamples, n, (double) k / (n - 1), 20000, (uint64_t) round);
		kz_cutoff_of_resamples(&resamples, value, &cutoff);
		CHECK(fabs(cutoff.cutoff.value - exact) <
			  4.5 * sqrt(square - exact * exact) / sqrt(20000) + 1e-12);
		CHECK(near(cutoff.error.value, sqrt(square - exact * exact), 0.1));
		CHECK(near(cutoff.quantile.value, value[k], 1e-12) || fabs(value[k]) < 1e-3);
		kz_cutoff_of_resamples(&resamples, value, &again);
		CHECK(memcmp(&again.cutoff, &cutoff.cutoff, sizeof(double)) == 0);
		free(resamples.place);
	}
}

/* One establishment more or fewer is the quotient of the table that has it. */
static void
check_sensitivity(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double value = any_of(seed, 0, 5), rest = any_of(seed, 0, 20), other = any_of(seed, 0, 20),
			   far = any_of(seed, 0, 50), row = value + rest, col = value + other,
			   total = row + other + far;
		KzCellFacts	  counts = facts_of(value, row, col, total);
		KzSensitivity r;

		kz_sensitivity_of_cell(&counts, &r);
		CHECK(r.more.known);
		CHECK(near(r.more.value, (value + 1) * (total + 1) / ((row + 1) * (col + 1)), 1e-14));
		CHECK(r.lq.known == (row > 0 && col > 0) &&
			  r.fewer.known == (value > 0 && row > 1 && col > 1));
		CHECK(!r.fewer.known ||
			  near(r.fewer.value, (value - 1) * (total - 1) / ((row - 1) * (col - 1)), 1e-14));
		CHECK(!r.change.known || r.change.value == r.more.value - r.lq.value);
		CHECK(r.status == (!r.lq.known		? KZ_NO_BASE
						   : value == 0		? KZ_ZERO
						   : !r.fewer.known ? KZ_TOO_FEW
											: KZ_OK));
	}
}

int
main(void)
{
	uint64_t seed = 1;

	check_random();
	check_small_tails(&seed);
	check_known_tails();
	check_tails(&seed);
	check_chi_square();
	check_exact_intervals(&seed);
	check_tables(&seed);
	check_undefined();
	check_adjustments(&seed);
	check_resampling(&seed);
	check_sensitivity(&seed);
	return unit_done();
}
