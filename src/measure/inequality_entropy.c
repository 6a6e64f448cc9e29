/*
 * inequality_entropy.c
 *		Generalized entropy with Theil's measures, and what follows from it: Atkinson, Kolm, groups.
 *
 * All are written as weighted means of terms that are nowhere negative and vanish at equality, so nothing cancels: the
 * result is as accurate for nearly equal values as for others, and exactly 0 for equal ones.
 */
#include "postgres.h"

#include "measure/inequality.h"

#include <math.h>

#include "base/exact.h"
#include "miscadmin.h"

#define SMALL 0.1 /* below this a series is both exact and short */

/* Computes (e^y - 1) / y, which is 1 at 0. */
double
kz_exp_quotient(double y)
{
	double term = 1.0, sum = 1.0;

	if (fabs(y) >= 0.5)
		return (exp(y) - 1.0) / y;
	for (int k = 2; fabs(term) > 0x1p-55; k++)
	{
		term *= y / k;
		sum += term;
	}
	return sum;
}

/* Computes ln(1 + y) / y, which is 1 at 0 (Kahan's way: the rounding of 1 + y cancels). */
double
kz_log_quotient(double y)
{
	double u = 1.0 + y;

	return u == 1.0 ? 1.0 : log(u) / (u - 1.0);
}

/*
 * Computes (r^alpha - 1 - alpha d) / (alpha (alpha - 1)), where r = value / mean > 0 and d = r - 1; the limits are d - ln r
 * at alpha = 0 and r ln r - d at alpha = 1. The series in d is d^2/2 + (alpha - 2) d^3/3! + (alpha - 2)(alpha - 3) d^4/4! ...
 */
static double
entropy_term(double value, double mean, double alpha)
{
	double d = (value - mean) / mean, r = value / mean, term = d * d / 2.0, sum = 0.0, y;

	if (fabs(d) * (fabs(alpha) + 2.0) < SMALL)
	{
		for (int k = 2; fabs(term) > 0x1p-55 * sum; k++)
		{
			sum += term;
			term *= d * (alpha - k) / (k + 1);
		}
		return sum;
	}
	/* ln r: near 1 from d, which rounds less; far below, r may underflow */
	if (fabs(d) < 0.5)
		y = d * kz_log_quotient(d);
	else
		y = r > 0.0 ? log(r) : log(value) - log(mean);
	if (alpha <= 0.5)
		return (y * kz_exp_quotient(alpha * y) - d) / (alpha - 1.0);
	y *= kz_exp_quotient((alpha - 1.0) * y);
	return (y + d * y - d) / alpha;
}

/* Adds a weighted term; false when it is too great to be summed. */
static inline bool
add_term(KzExact *sum, double term)
{
	if (!kz_value_is_valid(term))
		return false;
	kz_exact_add(sum, term);
	return true;
}

/* Adds the weighted entropy term of a value about a mean; with a value of zero and alpha <= 0 it is infinite. */
static inline bool
add_entropy(KzExact *sum, double weight, double value, double mean, double alpha)
{
	if (value == 0.0)
		return alpha > 0.0 && add_term(sum, weight / alpha);
	return add_term(sum, weight * entropy_term(value, mean, alpha));
}

/*
 * Generalized entropy GE(alpha) = sum p_k (r_k^alpha - 1) / (alpha (alpha - 1)) (Shorrocks 1980); GE(1) is Theil's T =
 * sum p_k r_k ln r_k (Theil 1967), GE(0) the mean log deviation L = -sum p_k ln r_k.
 */
KzStatus
kz_sample_generalized_entropy(const KzSample *sample, double alpha, double *result)
{
	KzExact sum;

	if (sample->weighty == 0)
		return KZ_TOO_FEW;
	if (sample->low < 0.0)
		return KZ_NEGATIVE;
	if (sample->mean == 0.0)
		return KZ_NO_BASE;
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		const KzRow *row = &sample->row[i];

		CHECK_FOR_INTERRUPTS();
		if (row->weight > 0.0 && !add_entropy(&sum, row->weight, row->value, sample->mean, alpha))
			return KZ_NO_BASE;
	}
	*result = kz_exact_finish(&sum) / sample->size;
	return KZ_OK;
}

/* Atkinson's index from powers that cannot overflow: 1 - low / mu (sum p_k (low / x_k)^-alpha)^(1 / alpha), alpha < 0. */
static double
atkinson_of_powers(const KzSample *sample, double alpha)
{
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		const KzRow *row = &sample->row[i];

		CHECK_FOR_INTERRUPTS();
		if (row->weight > 0.0)
			kz_exact_add(&sum, row->weight * pow(sample->low / row->value, -alpha));
	}
	return 1.0 -
		   sample->low / sample->mean * pow(kz_exact_finish(&sum) / sample->size, 1.0 / alpha);
}

/*
 * Index of Atkinson 1 - (sum p_k r_k^alpha)^(1 / alpha) with alpha = 1 - epsilon, at epsilon = 1 its limit
 * 1 - exp(sum p_k ln r_k) (Atkinson 1970); 1 where a value is zero and epsilon >= 1.
 */
KzStatus
kz_sample_atkinson(const KzSample *sample, double epsilon, double *result)
{
	double	 alpha = 1.0 - epsilon, entropy, excess, log_mean;
	KzStatus status;

	*result = 1.0;
	if (sample->weighty > 0 && sample->low == 0.0 && sample->mean > 0.0 && alpha <= 0.0)
		return KZ_OK;
	status = kz_sample_generalized_entropy(sample, alpha, &entropy);
	if (status == KZ_NO_BASE && sample->low > 0.0 && alpha < 0.0)
	{
		*result = atkinson_of_powers(sample, alpha);
		return KZ_OK;
	}
	if (status != KZ_OK)
		return status;
	excess = alpha * (alpha - 1.0) * entropy; /* sum p_k r_k^alpha - 1 */
	log_mean = (alpha - 1.0) * entropy * kz_log_quotient(excess);
	*result = -log_mean * kz_exp_quotient(log_mean);
	return KZ_OK;
}

/* Computes e^y - 1 - y. */
static double
exp_remainder(double y)
{
	double term = y * y / 2.0, sum = 0.0;

	if (fabs(y) >= 0.5)
		return exp(y) - 1.0 - y;
	for (int k = 3; fabs(term) > 0x1p-55 * sum; k++)
	{
		sum += term;
		term *= y / k;
	}
	return sum;
}

/*
 * Index of Kolm ln(sum p_k exp(alpha (mu - x_k))) / alpha (Kolm 1976): absolute, in the units of the values, which may be
 * negative. Where the exponents are great they are taken from the smallest value, so that none overflows.
 */
KzStatus
kz_sample_kolm(const KzSample *sample, double alpha, double *result)
{
	double	depth = sample->mean - sample->low, mean;
	bool	shallow = alpha * depth < 1.0;
	KzExact sum;

	if (sample->weighty == 0)
		return KZ_TOO_FEW;
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		const KzRow *row = &sample->row[i];

		CHECK_FOR_INTERRUPTS();
		if (row->weight == 0.0)
			continue;
		if (!add_term(&sum,
					  row->weight * (shallow ? exp_remainder(alpha * (sample->mean - row->value))
											 : exp(alpha * (sample->low - row->value)))))
			return KZ_NO_BASE;
	}
	mean = kz_exact_finish(&sum) / sample->size;
	*result = shallow ? mean * kz_log_quotient(mean) / alpha : depth + log(mean) / alpha;
	return isfinite(*result) ? KZ_OK : KZ_NO_BASE;
}

/* Makes a + b equal to the total to the last bit: the greater becomes the rest, the smaller gives way by a bit if it must. */
void
kz_split_exactly(double total, double *a, double *b)
{
	double *small = *a < *b ? a : b, *large = small == a ? b : a;

	if (*small > total)
		*small = total;
	for (*large = total - *small; *small + *large != total; *large = total - *small)
		*small = nextafter(*small, 0.0);
}

/* A group of rows: sums of weights and of weighted values, and their quotient. */
typedef struct Group
{
	KzExact weight_sum;
	KzExact value_sum;
	double	weight;
	double	low;
	double	high;
	double	mean;
} Group;

/* Sums up the groups of the rows. */
static void
sum_groups(const KzSample *sample, const uint32_t *group, Group *sums, uint32_t groups)
{
	for (uint32_t g = 0; g < groups; g++)
	{
		kz_exact_init(&sums[g].weight_sum, 0.0);
		kz_exact_init(&sums[g].value_sum, 0.0);
		sums[g].low = INFINITY;
		sums[g].high = -INFINITY;
	}
	for (size_t i = 0; i < sample->count; i++)
	{
		const KzRow *row = &sample->row[i];
		Group		*sum = &sums[group[i]];

		CHECK_FOR_INTERRUPTS();
		if (row->weight == 0.0)
			continue;
		kz_exact_add(&sum->weight_sum, row->weight);
		kz_exact_add(&sum->value_sum, row->weight * row->value);
		sum->low = fmin(sum->low, row->value);
		sum->high = fmax(sum->high, row->value);
	}
	for (uint32_t g = 0; g < groups; g++)
	{
		double value = kz_exact_finish(&sums[g].value_sum);

		sums[g].weight = kz_exact_finish(&sums[g].weight_sum);
		sums[g].mean = sums[g].low == sums[g].high ? sums[g].low : value / sums[g].weight;
	}
}

/*
 * Theil's T between groups, sum_g P_g R_g ln R_g, and within them, sum_g P_g R_g T_g, where P_g is the group's share of the
 * weights and R_g its mean over the mean of all (Theil 1967). The two add up to T exactly.
 */
KzStatus
kz_sample_theil_groups(const KzSample *sample, const uint32_t *group, uint32_t groups,
					   double *between, double *within)
{
	Group	*sums = palloc_extended((groups + (size_t) 1) * sizeof(Group), MCXT_ALLOC_HUGE);
	KzExact	 between_sum, within_sum;
	double	 total;
	KzStatus status = kz_sample_generalized_entropy(sample, 1.0, &total);

	if (status != KZ_OK)
		return status;
	sum_groups(sample, group, sums, groups);
	kz_exact_init(&between_sum, 0.0);
	kz_exact_init(&within_sum, 0.0);
	for (uint32_t g = 0; g < groups; g++)
	{
		CHECK_FOR_INTERRUPTS();
		if (sums[g].weight > 0.0 &&
			!add_entropy(&between_sum, sums[g].weight, sums[g].mean, sample->mean, 1.0))
			return KZ_NO_BASE;
	}
	for (size_t i = 0; i < sample->count; i++)
	{
		const KzRow *row = &sample->row[i];
		double		 mean = sums[group[i]].mean, weight = row->weight * (mean / sample->mean);

		CHECK_FOR_INTERRUPTS();
		if (row->weight > 0.0 && weight > 0.0 &&
			!add_entropy(&within_sum, weight, row->value, mean, 1.0))
			return KZ_NO_BASE;
	}
	*between = kz_exact_finish(&between_sum) / sample->size;
	*within = kz_exact_finish(&within_sum) / sample->size;
	kz_split_exactly(total, between, within);
	pfree(sums);
	return KZ_OK;
}
