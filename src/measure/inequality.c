/*
 * inequality.c
 *		Measures of a sample that follow from its order, its shares and its squared deviations.
 */
#include "postgres.h"

#include "measure/inequality.h"

#include <math.h>

#include "base/exact.h"
#include "miscadmin.h"

static inline int compare_rows(const KzRow *a, const KzRow *b);

/* Sorts rows by value and, where values are equal, by weight, so that the order of the input does not matter. */
#define ST_SORT			 sort_rows
#define ST_ELEMENT_TYPE	 KzRow
#define ST_COMPARE(a, b) compare_rows(a, b)
#define ST_SCOPE		 static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* Compares two rows for sorting. */
static inline int
compare_rows(const KzRow *a, const KzRow *b)
{
	if (a->value != b->value)
		return a->value < b->value ? -1 : 1;
	return (a->weight > b->weight) - (a->weight < b->weight);
}

/* Scales the weights by a power of two, which rounds nothing, so that no product overflows. */
static void
scale_weights(KzRow *row, size_t count)
{
	double high = 0.0;
	int	   exponent;

	for (size_t i = 0; i < count; i++)
		if (row[i].weight > high)
			high = row[i].weight;
	frexp(high, &exponent);
	if (exponent == 1)
		return;
	for (size_t i = 0; i < count; i++)
		row[i].weight = ldexp(row[i].weight, 1 - exponent);
}

/* Takes rows of finite values and of weights from zero up as a sample; the rows stay the sample's. */
void
kz_sample_init(KzSample *sample, KzRow *row, size_t count)
{
	KzExact size, total;

	*sample = (KzSample){.row = row, .count = count};
	scale_weights(row, count);
	kz_exact_init(&size, 0.0);
	kz_exact_init(&total, 0.0);
	for (size_t i = 0; i < count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (row[i].weight == 0.0)
			continue;
		if (sample->weighty == 0 || row[i].value < sample->low)
			sample->low = row[i].value;
		if (sample->weighty == 0 || row[i].value > sample->high)
			sample->high = row[i].value;
		sample->weighty++;
		kz_exact_add(&size, row[i].weight);
		kz_exact_add(&total, row[i].weight * row[i].value);
	}
	sample->size = kz_exact_finish(&size);
	sample->mean = kz_exact_finish(&total) / sample->size;
	if (sample->low == sample->high)
		sample->mean = sample->low;
}

/* Tells whether a measure of shares is defined: some row, no negative value, a total above zero. */
static KzStatus
check_shares(const KzSample *sample)
{
	if (sample->weighty == 0)
		return KZ_TOO_FEW;
	if (sample->low < 0.0)
		return KZ_NEGATIVE;
	return sample->mean > 0.0 ? KZ_OK : KZ_NO_BASE;
}

/* Returns the sum of all values, unweighted. */
static double
sum_values(const KzSample *sample)
{
	KzExact total;

	kz_exact_init(&total, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&total, sample->row[i].value);
	}
	return kz_exact_finish(&total);
}

/*
 * Gini coefficient G = sum_kl w_k w_l |x_k - x_l| / (2 mu W^2) (Gini 1912); corrected, n / (n - 1) times that.
 *
 * With C_k the weights up to the k-th value in order and R_k those after it, G = sum_k C_k R_k (x_k+1 - x_k) / (mu W^2): no
 * term is negative, so nothing cancels. C_k and R_k are scaled by a power of two so that nothing overflows.
 */
KzStatus
kz_sample_gini(KzSample *sample, bool corrected, double *result)
{
	KzStatus	 status = check_shares(sample);
	const KzRow *row = sample->row;
	KzExact		 below, above, sum;
	double		 n = (double) sample->weighty, unit;
	int			 exponent;

	if (status == KZ_OK && corrected && sample->weighty < 2)
		status = KZ_TOO_FEW;
	if (status != KZ_OK)
		return status;
	frexp(sample->size, &exponent);
	unit = ldexp(1.0, -exponent);
	sort_rows(sample->row, sample->count);
	kz_exact_init(&below, 0.0);
	kz_exact_init(&above, 0.0);
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
		kz_exact_add(&above, row[i].weight * unit);
	for (size_t i = 0; i + 1 < sample->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&below, row[i].weight * unit);
		kz_exact_add(&above, -row[i].weight * unit);
		kz_exact_add(&sum, kz_exact_value(&below) * kz_exact_value(&above) *
							   (row[i + 1].value - row[i].value));
	}
	*result = kz_exact_finish(&sum) / (sample->size * unit * (sample->size * unit)) / sample->mean;
	kz_exact_finish(&below);
	kz_exact_finish(&above);
	if (corrected)
		*result *= n / (n - 1.0);
	if (*result > 1.0) /* by a rounding */
		*result = 1.0;
	return KZ_OK;
}

/*
 * Splits a Gini coefficient into near, given as the sum of w_ij |x_i - x_j|, over 2 n^2 mu, and far, the rest of all pairs:
 * sum (1 - w_ij) |x_i - x_j| / (2 n^2 mu) (Rey and Smith 2013). The two add up to the coefficient exactly.
 */
void
kz_split_gini(const KzSample *sample, double gini, double *near, double *far)
{
	*near = fmin(*near / (2.0 * sample->size) / (sample->size * sample->mean), gini);
	*far = gini - *near;
	kz_split_exactly(gini, near, far);
}

/*
 * Lorenz curve (Lorenz 1905): sorts the rows by value and writes, for each, the shares of the weights and of the
 * weighted values up to it. The origin is not written.
 */
KzStatus
kz_sample_lorenz(KzSample *sample, double *weight_share, double *value_share)
{
	KzStatus	 status = check_shares(sample);
	const KzRow *row = sample->row;
	KzExact		 weight, value;
	double		 total;

	if (sample->weighty == 0)
		return status;
	sort_rows(sample->row, sample->count);
	kz_exact_init(&weight, 0.0);
	kz_exact_init(&value, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&weight, row[i].weight);
		kz_exact_add(&value, row[i].weight * row[i].value);
		weight_share[i] = kz_exact_value(&weight) / sample->size;
		value_share[i] = kz_exact_value(&value);
	}
	kz_exact_finish(&weight);
	total = kz_exact_finish(&value);
	for (size_t i = 0; status == KZ_OK && i < sample->count; i++)
		value_share[i] /= total;
	return status;
}

/* Concentration ratio CR_k = the share of the k greatest values in their sum, 1 when there are no more than k. */
KzStatus
kz_sample_concentration_ratio(KzSample *sample, double k, double *result)
{
	KzStatus status = check_shares(sample);
	KzExact	 sum;

	if (status != KZ_OK)
		return status;
	sort_rows(sample->row, sample->count);
	kz_exact_init(&sum, 0.0);
	for (size_t i = sample->count; i > 0 && k > 0.0; i--, k--)
	{
		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&sum, sample->row[i - 1].value);
	}
	*result = kz_exact_finish(&sum) / sum_values(sample);
	return KZ_OK;
}

/*
 * Herfindahl-Hirschman index H = sum s_k^2 of the shares s_k (Hirschman 1945; Herfindahl 1950). Normalized it is
 * (H - 1/n) / (1 - 1/n) = sum (s_k - 1/n)^2 / (1 - 1/n), n counting the rows of value zero too.
 */
KzStatus
kz_sample_herfindahl(const KzSample *sample, bool normalized, double *result)
{
	KzStatus status = check_shares(sample);
	double	 total, n = (double) sample->count;
	KzExact	 sum;

	if (status == KZ_OK && normalized && sample->count < 2)
		status = KZ_TOO_FEW;
	if (status != KZ_OK)
		return status;
	total = sum_values(sample);
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		double share = (sample->row[i].value - (normalized ? sample->mean : 0.0)) / total;

		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&sum, share * share);
	}
	*result = kz_exact_finish(&sum);
	if (normalized)
		*result *= n / (n - 1.0);
	if (*result > 1.0) /* by a rounding */
		*result = 1.0;
	return KZ_OK;
}

/* Entropy -sum s_k ln s_k of the shares, in units of log_base: ln 2 for bits, 1 for nats (Shannon 1948). */
KzStatus
kz_sample_entropy(const KzSample *sample, double log_base, double *result)
{
	KzStatus status = check_shares(sample);
	double	 total;
	KzExact	 sum;

	if (status != KZ_OK)
		return status;
	total = sum_values(sample);
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		double share = sample->row[i].value / total;

		CHECK_FOR_INTERRUPTS();
		if (share > 0.0)
			kz_exact_add(&sum, -share * log(share));
	}
	*result = kz_exact_finish(&sum) / log_base;
	return KZ_OK;
}

/*
 * Hill number (sum s_k^q)^(1 / (1 - q)) of the shares, q >= 0; at q = 1 its limit, exp of the entropy, and at infinity 1 over
 * the greatest share (Hill 1973).
 *
 * Shares are taken over the greatest of them, so that a large q does not underflow. Near q = 1, where the power of the
 * sum is lost in rounding, ln D = -Z ln(1 + (q - 1) Z) / ((q - 1) Z) with Z = sum s_k (s_k^(q - 1) - 1) / (q - 1).
 */
KzStatus
kz_sample_hill(const KzSample *sample, double q, double *result)
{
	KzStatus status = check_shares(sample);
	double	 total, top;
	KzExact	 sum;

	if (status != KZ_OK)
		return status;
	total = sum_values(sample);
	top = sample->high / total;
	*result = 1.0 / top;
	if (isinf(q))
		return KZ_OK;
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		double share = sample->row[i].value / total;

		CHECK_FOR_INTERRUPTS();
		if (share == 0.0)
			continue;
		if (fabs(q - 1.0) < 0.01)
			kz_exact_add(&sum, -share * log(share) * kz_exp_quotient((q - 1.0) * log(share)));
		else
			kz_exact_add(&sum, pow(share / top, q));
	}
	*result = kz_exact_finish(&sum);
	if (fabs(q - 1.0) < 0.01)
		*result = exp(*result * kz_log_quotient((1.0 - q) * *result));
	else
		*result = pow(*result, 1.0 / (1.0 - q)) * pow(top, q / (1.0 - q));
	return KZ_OK;
}

/*
 * Coefficient of variation sqrt(sum p_k (x_k - mu)^2) / mu, with the weights the index of Williamson (1965);
 * unbiased, of the variance with n - 1 instead of n. Values may be negative; the mean must be above zero.
 */
KzStatus
kz_sample_variation(const KzSample *sample, bool unbiased, double *result)
{
	double	widest = fmax(sample->high - sample->mean, sample->mean - sample->low);
	KzExact sum;

	if (sample->weighty < (unbiased ? 2 : 1))
		return KZ_TOO_FEW;
	if (sample->mean <= 0.0)
		return KZ_NO_BASE;
	*result = 0.0;
	if (widest == 0.0)
		return KZ_OK;
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		double deviation = (sample->row[i].value - sample->mean) / widest;

		CHECK_FOR_INTERRUPTS();
		if (sample->row[i].weight > 0.0)
			kz_exact_add(&sum, sample->row[i].weight * deviation * deviation);
	}
	*result = widest / sample->mean *
			  sqrt(kz_exact_finish(&sum) / (unbiased ? sample->size - 1.0 : sample->size));
	return isfinite(*result) ? KZ_OK : KZ_NO_BASE;
}

/* Adds up |d_k| / X or (d_k / X)^2, where d_k = x_k - X w_k / W, X is the sum of the values and w_k the reference. */
static KzStatus
sum_deviations(const KzSample *sample, bool squared, double *result)
{
	double	total, fair;
	KzExact sum;

	if (sample->weighty == 0)
		return sample->count == 0 ? KZ_TOO_FEW : KZ_NO_BASE;
	for (size_t i = 0; i < sample->count; i++)
		if (sample->row[i].value < 0.0)
			return KZ_NEGATIVE;
	total = sum_values(sample);
	if (total == 0.0)
		return KZ_NO_BASE;
	fair = sample->low == sample->high && sample->size == (double) sample->count
			   ? sample->low
			   : total / sample->size;
	kz_exact_init(&sum, 0.0);
	for (size_t i = 0; i < sample->count; i++)
	{
		double deviation = fabs(sample->row[i].value - fair * sample->row[i].weight) / total;

		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&sum, squared ? deviation * deviation : deviation);
	}
	*result = kz_exact_finish(&sum);
	return KZ_OK;
}

/* Hoover index sum |x_k / X - w_k / W| / 2, w_k being the reference (Hoover 1936; Ricci, Schutz, Pietra). */
KzStatus
kz_sample_hoover(const KzSample *sample, double *result)
{
	KzStatus status = sum_deviations(sample, false, result);

	if (status == KZ_OK)
		*result = fmin(*result / 2.0, 1.0);
	return status;
}

/* Coefficient of Coulter sqrt(sum (x_k / X - w_k / W)^2 / 2), w_k being the reference (Coulter 1989). */
KzStatus
kz_sample_coulter(const KzSample *sample, double *result)
{
	KzStatus status = sum_deviations(sample, true, result);

	if (status == KZ_OK)
		*result = fmin(sqrt(*result / 2.0), 1.0);
	return status;
}
