/*
 * inequality_test.c
 *		The measures of inequality on random samples: against the closed forms in a wider type, between their
 *		bounds, under scaling, reordering, replication, translation and transfers, and adding up over groups.
 */
#include "measure/inequality.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ROUNDS	 10000
#define MOST	 24
#define MEASURES 14

/* Returns a number between 0 and 1. */
static double
any(uint64_t *seed)
{
	return (double) (unit_random(seed) >> 11) * 0x1p-53;
}

/* Makes rows of one of several kinds: with zeros, whole, nearly equal, over many orders, with ties; maybe weighted. */
static size_t
any_rows(uint64_t *seed, KzRow *row, bool weighted)
{
	size_t count = 1 + unit_random(seed) % MOST;
	int	   kind = (int) (unit_random(seed) % 5);

	for (size_t i = 0; i < count; i++)
	{
		double u = any(seed);

		row[i].value = kind == 0   ? (u < 0.3 ? 0.0 : u)
					   : kind == 1 ? floor(u * 50.0)
					   : kind == 2 ? 1000.0 * (1.0 + 1e-6 * u)
					   : kind == 3 ? exp(40.0 * u - 20.0)
								   : floor(u * 3.0) + 0.1;
		row[i].weight = weighted ? (any(seed) < 0.1 ? 0.0 : any(seed) * 100.0) : 1.0;
	}
	return count;
}

/* Computes every measure of the rows; NaN where it is undefined. The rows are left as they are. */
static void
measure_all(const KzRow *rows, size_t count, double *result)
{
	KzRow	 copy[2 * MOST];
	KzSample sample;
	KzStatus status[MEASURES];

	memcpy(copy, rows, count * sizeof *rows);
	kz_sample_init(&sample, copy, count);
	status[0] = kz_sample_generalized_entropy(&sample, 1.0, &result[0]);
	status[1] = kz_sample_generalized_entropy(&sample, 0.0, &result[1]);
	status[2] = kz_sample_generalized_entropy(&sample, 2.0, &result[2]);
	status[3] = kz_sample_generalized_entropy(&sample, 0.5, &result[3]);
	status[4] = kz_sample_generalized_entropy(&sample, -1.5, &result[4]);
	status[5] = kz_sample_atkinson(&sample, 0.5, &result[5]);
	status[6] = kz_sample_atkinson(&sample, 1.0, &result[6]);
	status[7] = kz_sample_atkinson(&sample, 3.0, &result[7]);
	status[8] = kz_sample_variation(&sample, false, &result[8]);
	status[9] = kz_sample_kolm(&sample, 0.01, &result[9]);
	status[10] = kz_sample_hoover(&sample, &result[10]);
	status[11] = kz_sample_coulter(&sample, &result[11]);
	status[12] = kz_sample_gini(&sample, true, &result[12]);
	status[13] = kz_sample_gini(&sample, false, &result[13]);
	for (int i = 0; i < MEASURES; i++)
	{
		if (status[i] != KZ_OK)
			result[i] = NAN;
		CHECK(status[i] == KZ_OK ? isfinite(result[i]) : status[i] < KZ_STATUSES);
	}
}

/* Are two results the same bits, or both undefined? */
static bool
same(double a, double b)
{
	return a == b || (isnan(a) && isnan(b));
}

/* Are two results the same to rounding, or both undefined? */
static bool
near(double a, double b, double tolerance)
{
	return (isnan(a) && isnan(b)) || fabs(a - b) <= tolerance * fmax(fabs(a), fabs(b)) + 1e-300;
}

/* Computes generalized entropy, the Gini and squared variation from their definitions, in long double. */
static void
define(const KzRow *row, size_t count, double alpha, long double *entropy, long double *gini,
	   long double *variation)
{
	long double size = 0.0L, mean = 0.0L, differences = 0.0L, squares = 0.0L, sum = 0.0L;

	for (size_t i = 0; i < count; i++)
	{
		size += row[i].weight;
		mean += (long double) row[i].weight * row[i].value;
	}
	mean /= size;
	for (size_t i = 0; i < count; i++)
	{
		long double r = row[i].value / mean, w = row[i].weight, d = row[i].value - mean;

		squares += w * d * d;
		if (w == 0.0L)
			continue;
		if (alpha == 1.0)
			sum += r == 0.0L ? 0.0L : w * r * logl(r);
		else if (alpha == 0.0)
			sum -= w * logl(r);
		else
			sum += w * (powl(r, alpha) - 1.0L) / (alpha * (alpha - 1.0));
		for (size_t k = 0; k < count; k++)
			differences += w * row[k].weight * fabsl((long double) row[i].value - row[k].value);
	}
	*entropy = sum / size;
	*gini = differences / (2.0L * mean * size * size);
	*variation = squares / (size * mean * mean);
}

/* The measures are what their definitions say; for nearly equal values as far as the definition itself can be computed. */
static void
check_definitions(uint64_t *seed)
{
	static const double alphas[] = {1.0, 0.0, 2.0, 0.5, -1.5};

	for (int round = 0; round < ROUNDS; round++)
	{
		KzRow		row[2 * MOST];
		size_t		count = any_rows(seed, row, round % 2 == 1);
		double		result[MEASURES];
		long double entropy, gini, variation;

		measure_all(row, count, result);
		for (int i = 0; i < 5; i++)
		{
			if (isnan(result[i]))
				continue;
			define(row, count, alphas[i], &entropy, &gini, &variation);
			CHECK(fabsl(result[i] - entropy) <= 1e-13L * fabsl(entropy) + 1e-18L);
		}
		if (!isnan(result[13]))
		{
			define(row, count, 2.0, &entropy, &gini, &variation);
			CHECK(fabsl(result[13] - gini) <= 1e-14L * gini + 1e-19L);
			CHECK(fabsl(result[8] - sqrtl(variation)) <= 1e-12L * sqrtl(variation) + 1e-19L);
		}
	}
}

/* Every measure lies within its bounds, and those that are ordered are in order. */
static void
check_bounds(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		KzRow	 row[2 * MOST];
		size_t	 count = any_rows(seed, row, false);
		double	 r[MEASURES], n = (double) count, h, normal, entropy, before = INFINITY;
		KzSample sample;

		measure_all(row, count, r);
		if (isnan(r[13]))
			continue;
		CHECK(r[13] >= 0.0 && r[13] <= 1.0 - 1.0 / n + 1e-15);
		CHECK(isnan(r[12]) ? count == 1 : r[12] >= r[13] && r[12] <= 1.0);
		CHECK(r[0] >= 0.0 && r[0] <= log(n) + 1e-14);
		CHECK(isnan(r[1]) || r[1] >= 0.0);
		CHECK(r[2] >= 0.0 && r[2] <= (n - 1.0) / 2.0 * (1.0 + 1e-14));
		CHECK(r[5] >= 0.0 && r[5] <= r[6] + 1e-15 && r[6] <= r[7] + 1e-15 && r[7] <= 1.0);
		CHECK(r[10] >= 0.0 && r[10] <= r[13] + 1e-15 && r[9] >= 0.0);
		CHECK(near(r[8] * r[8] / 2.0, r[2], 1e-12));

		kz_sample_init(&sample, row, count);
		CHECK(kz_sample_herfindahl(&sample, false, &h) == KZ_OK && h >= 1.0 / n - 1e-15 &&
			  h <= 1.0);
		if (kz_sample_herfindahl(&sample, true, &normal) == KZ_OK)
			CHECK(normal >= 0.0 && normal <= 1.0 &&
				  fabs(normal - (h - 1.0 / n) / (1.0 - 1.0 / n)) < 1e-14);
		CHECK(kz_sample_entropy(&sample, 1.0, &entropy) == KZ_OK && entropy >= 0.0);
		CHECK(fabs(entropy - (log(n) - r[0])) < 1e-13);
		for (double q = 0.0; q < 4.0; q += 0.245)
		{
			double hill = -1.0;

			CHECK(kz_sample_hill(&sample, q, &hill) == KZ_OK);
			CHECK(hill >= 1.0 - 1e-14 && hill <= fmin(n, before) * (1.0 + 1e-13));
			before = hill;
		}
		CHECK(kz_sample_hill(&sample, 1.0, &normal) == KZ_OK && near(normal, exp(entropy), 1e-13));
		CHECK(kz_sample_hill(&sample, 2.0, &normal) == KZ_OK && near(normal, 1.0 / h, 1e-13));
		CHECK(kz_sample_hill(&sample, 1.0 + 1e-9, &normal) == KZ_OK &&
			  near(normal, exp(entropy), 1e-7));
	}
}

/* Scaling, reordering and replicating leave the relative measures as they are, shifting the absolute one. */
static void
check_invariance(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		KzRow  row[2 * MOST], other[2 * MOST];
		bool   weighted = round % 2 == 1;
		size_t count = any_rows(seed, row, weighted);
		double first[MEASURES], second[MEASURES];
		double kolm = 0.0, shifted = 0.0;

		measure_all(row, count, first);
		for (size_t i = 0; i < count; i++)
			other[i] = (KzRow){row[i].value * 0x1p40, row[i].weight * 0x1p-20};
		measure_all(other, count, second);
		for (int i = 0; i < MEASURES; i++)
			CHECK(i == 9 || same(first[i], second[i]));

		for (size_t i = 0; i < count; i++)
			other[i].value = row[i].value * 3.0;
		measure_all(other, count, second);
		for (int i = 0; i < MEASURES; i++)
			CHECK(i == 9 || near(first[i], second[i], 1e-8) || fabs(first[i] - second[i]) < 1e-15);

		memcpy(other, row, sizeof row);
		for (size_t i = count - 1; i > 0; i--)
		{
			size_t k = unit_random(seed) % (i + 1);
			KzRow  swapped = other[i];

			other[i] = other[k];
			other[k] = swapped;
		}
		measure_all(other, count, second);
		for (int i = 0; i < MEASURES; i++)
			CHECK(same(first[i], second[i]));

		memcpy(other + count, other, count * sizeof *other);
		measure_all(other, 2 * count, second);
		for (int i = 0; i < MEASURES; i++)
			CHECK(i == 11 || i == 12 || near(first[i], second[i], 1e-12));

		for (size_t i = 0; i < count; i++)
			other[i] = (KzRow){floor(row[i].value * 1024.0) - 4096.0, row[i].weight};
		measure_all(other, count, second);
		kolm = second[9];
		for (size_t i = 0; i < count; i++)
			other[i].value += 123456.0;
		measure_all(other, count, second);
		shifted = second[9];
		CHECK(near(kolm, shifted, 1e-6));
	}
}

/* What goes from a greater value to a smaller one, short of their middle, lowers every measure. */
static void
check_transfers(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		KzRow  row[2 * MOST];
		size_t count = any_rows(seed, row, false), rich = 0, poor = 0;
		double before[MEASURES], after[MEASURES], gift;

		measure_all(row, count, before);
		for (size_t i = 0; i < count; i++)
		{
			if (row[i].value > row[rich].value)
				rich = i;
			if (row[i].value < row[poor].value)
				poor = i;
		}
		gift = (row[rich].value - row[poor].value) / 4.0;
		if (!(gift > 1e-3 * row[rich].value))
			continue;
		row[rich].value -= gift;
		row[poor].value += gift;
		measure_all(row, count, after);
		for (int i = 0; i < MEASURES; i++)
			CHECK(isnan(before[i]) || after[i] <= before[i] * (1.0 + 1e-12));
	}
}

/* Theil's T between and within any groups add up to T exactly, whatever the groups' numbers. */
static void
check_groups(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		KzRow	 row[2 * MOST];
		size_t	 count = any_rows(seed, row, round % 2 == 1);
		uint32_t group[MOST], renamed[MOST], groups = 1 + (uint32_t) (unit_random(seed) % 5);
		double	 total, between, within, b2, w2, small;
		KzSample sample;

		for (size_t i = 0; i < count; i++)
		{
			group[i] = (uint32_t) (unit_random(seed) % groups);
			renamed[i] = groups - 1 - group[i];
		}
		kz_sample_init(&sample, row, count);
		if (kz_sample_theil_groups(&sample, group, groups, &between, &within) != KZ_OK)
			continue;
		CHECK(kz_sample_generalized_entropy(&sample, 1.0, &total) == KZ_OK);
		CHECK(between + within == total && between >= 0.0 && within >= 0.0);
		CHECK(kz_sample_theil_groups(&sample, renamed, groups, &b2, &w2) == KZ_OK);
		CHECK(same(between, b2) && same(within, w2));
		if (groups == 1)
			CHECK(between == 0.0);
		for (size_t i = 0; i < count; i++)
			group[i] = (uint32_t) i;
		CHECK(kz_sample_theil_groups(&sample, group, (uint32_t) count, &b2, &w2) == KZ_OK);
		CHECK(w2 == 0.0 && b2 == total);

		/* a split changes the smaller part by no more than a bit */
		total = any(seed) * exp(20.0 * any(seed));
		small = between = total * any(seed) * exp(-30.0 * any(seed)) / 2.0;
		within = total;
		kz_split_exactly(total, &between, &within);
		CHECK(between + within == total && near(between, small, 0x1p-50));
	}
}

/* The helpers of the exponential and the logarithm agree with the library's. */
static void
check_quotients(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double y = (any(seed) - 0.5) * exp(60.0 * any(seed) - 55.0);

		CHECK(near(kz_exp_quotient(y), expm1(y) / y, 4e-16 * 4.0));
		CHECK(y <= -1.0 || near(kz_log_quotient(y), log1p(y) / y, 4e-16 * 4.0));
	}
	CHECK(kz_exp_quotient(0.0) == 1.0 && kz_log_quotient(0.0) == 1.0);
}

/* The Lorenz curve rises from (0, 0) to (1, 1), is convex, and encloses half the Gini. */
static void
check_lorenz(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		KzRow	 row[2 * MOST];
		size_t	 count = any_rows(seed, row, round % 2 == 1);
		double	 x[MOST], y[MOST], gini, area = 0.0, share = 0.0, ratio = 0.0;
		KzSample sample;

		kz_sample_init(&sample, row, count);
		if (kz_sample_lorenz(&sample, x, y) != KZ_OK)
			continue;
		for (size_t i = 0; i < count; i++)
		{
			double x0 = i > 0 ? x[i - 1] : 0.0, y0 = i > 0 ? y[i - 1] : 0.0;

			CHECK(x[i] >= x0 && y[i] >= y0 && y[i] <= x[i] + 1e-15);
			area += (x[i] - x0) * (y[i] + y0);
		}
		CHECK(x[count - 1] == 1.0 && y[count - 1] == 1.0);
		CHECK(kz_sample_gini(&sample, false, &gini) == KZ_OK && fabs(1.0 - area - gini) < 1e-13);
		for (size_t k = 1; round % 2 == 0 && k <= count + 1; k++)
		{
			CHECK(kz_sample_concentration_ratio(&sample, k, &ratio) == KZ_OK);
			CHECK(ratio >= share &&
				  fabs(ratio - (k < count ? 1.0 - y[count - 1 - k] : 1.0)) < 1e-14);
			share = ratio;
		}
		CHECK(round % 2 == 1 || ratio == 1.0);
	}
}

int
main(void)
{
	uint64_t seed = 7;

	check_definitions(&seed);
	check_bounds(&seed);
	check_invariance(&seed);
	check_transfers(&seed);
	check_groups(&seed);
	check_quotients(&seed);
	check_lorenz(&seed);
	return unit_done();
}
