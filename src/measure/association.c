/*
 * association.c
 *		Correlations of paired values, whose order makes no difference to the last bit.
 *
 * Sums are exact. Values are scaled by a power of two beforehand, which rounds nothing, so that no square is too
 * large or too small for a double.
 */
#include "postgres.h"

#include "base/alloc.h"
#include "base/exact.h"
#include "measure/association.h"
#include "measure/distribution.h"
#include "miscadmin.h"

#include <math.h>

/* A value and where it stands. */
typedef struct Placed
{
	double	 value;
	uint32_t place;
} Placed;

/* Multiplies values by the power of two that brings the largest below 1; returns the power taken away. */
int
kz_scale(double *x, uint32_t n)
{
	double largest = 0.0;
	int	   power;

	for (uint32_t i = 0; i < n; i++)
		largest = Max(largest, fabs(x[i]));
	if (largest == 0.0)
		return 0;
	frexp(largest, &power);
	for (uint32_t i = 0; i < n; i++)
		x[i] = ldexp(x[i], -power);
	return power;
}

/* Returns sum a b, exact but for the rounding of each product. */
double
kz_sum_products(const double *a, const double *b, uint32_t n)
{
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < n; i++)
		kz_exact_add(&sum, a[i] * b[i]);
	return kz_exact_finish(&sum);
}

/* Takes the mean away from values; returns whether they are all equal. */
static bool
centre(double *x, uint32_t n)
{
	KzExact sum;
	double	mean;
	bool	equal = true;

	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < n; i++)
	{
		equal &= x[i] == x[0];
		kz_exact_add(&sum, x[i]);
	}
	mean = kz_exact_finish(&sum) / n;
	for (uint32_t i = 0; i < n; i++)
		x[i] -= mean;
	return equal;
}

/*
 * Computes r = sum (x - mx)(y - my) / sqrt(sum (x - mx)^2 sum (y - my)^2); its p-value, two-sided, from
 * t = r sqrt((n - 2) / (1 - r^2)), Student's with n - 2 degrees of freedom; and its interval
 * tanh(atanh r -+ z sqrt(v / (n - 3))), z the normal quantile (Fisher 1921). For ranks v = 1 + r^2 / 2 (Bonett
 * and Wright 2000), otherwise 1. Overwrites x and y.
 */
static KzStatus
correlate(double *x, double *y, uint32_t n, bool ranks, double confidence, KzCorrelation *result)
{
	double r, half, ratio;
	bool   equal;

	*result = (KzCorrelation){0};
	if (n < 2)
		return KZ_TOO_FEW;
	kz_scale(x, n);
	kz_scale(y, n);
	equal = centre(x, n);
	equal |= centre(y, n);
	if (equal)
		return KZ_NO_VARIATION;
	kz_scale(x, n);
	kz_scale(y, n);
	r = kz_sum_products(x, y, n) / sqrt(kz_sum_products(x, x, n) * kz_sum_products(y, y, n));
	r = Min(Max(r, -1.0), 1.0);
	result->r = kz_maybe(r);
	if (n > 2)
		result->p = kz_maybe(
			fabs(r) == 1.0
				? 0.0
				: 2.0 * kz_student_tail(fabs(r) * sqrt((n - 2) / ((1.0 - r) * (1.0 + r))), n - 2));
	if (n < 4)
		return KZ_TOO_FEW;

	/* tanh(atanh r + h) = (u - v) / (u + v) with u = (1 + r) exp(2 h) and v = 1 - r */
	half = kz_normal_quantile(0.5 + 0.5 * confidence) *
		   sqrt((ranks ? 1.0 + 0.5 * r * r : 1.0) / (n - 3));
	ratio = exp(-2.0 * half);
	result->low = kz_maybe(((1.0 + r) * ratio - (1.0 - r)) / ((1.0 + r) * ratio + (1.0 - r)));
	result->high = kz_maybe(((1.0 + r) - (1.0 - r) * ratio) / ((1.0 + r) + (1.0 - r) * ratio));
	return KZ_OK;
}

/* Orders by value. */
static int
compare_placed(const void *a, const void *b, void *unused)
{
	double x = ((const Placed *) a)->value, y = ((const Placed *) b)->value;

	(void) unused;
	return (x > y) - (x < y);
}

/* Replaces values by their ranks 1 .. n, equal ones by the mean of theirs. */
static void
rank(double *x, uint32_t n)
{
	Placed *sorted = kz_alloc_zero(n, sizeof(Placed));

	for (uint32_t i = 0; i < n; i++)
		sorted[i] = (Placed){x[i], i};
	qsort_interruptible(sorted, n, sizeof(Placed), compare_placed, NULL);
	for (uint32_t first = 0, next; first < n; first = next)
	{
		for (next = first + 1; next < n && sorted[next].value == sorted[first].value;)
			next++;
		for (uint32_t i = first; i < next; i++)
			x[sorted[i].place] = 0.5 * ((double) first + 1.0 + next);
	}
	pfree(sorted);
}

/* Correlates n finite pairs. Overwrites x and y. */
void
kz_associate(double *x, double *y, uint32_t n, double confidence, KzAssociation *result)
{
	double *x_rank = kz_alloc_zero(n, sizeof(double)), *y_rank = kz_alloc_zero(n, sizeof(double));

	memcpy(x_rank, x, n * sizeof(double));
	memcpy(y_rank, y, n * sizeof(double));
	CHECK_FOR_INTERRUPTS();
	result->status = correlate(x, y, n, false, confidence, &result->pearson);
	rank(x_rank, n);
	rank(y_rank, n);
	CHECK_FOR_INTERRUPTS();
	(void) correlate(x_rank, y_rank, n, true, confidence, &result->spearman);
	pfree(x_rank);
	pfree(y_rank);
}
