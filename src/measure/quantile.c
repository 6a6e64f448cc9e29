/*
 * quantile.c
 *		Sorting numbers and finding their quantiles.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "measure/quantile.h"
#include "miscadmin.h"

/* Orders numbers. */
static int
compare_numbers(const void *a, const void *b, void *arg)
{
	double one = *(const double *) a, other = *(const double *) b;

	(void) arg;
	return (one > other) - (one < other);
}

/* Sorts numbers in ascending order. */
void
kz_sort_numbers(double *number, size_t count)
{
	qsort_interruptible(number, count, sizeof(double), compare_numbers, NULL);
}

/* Finds where a quantile lies: x_[h] + (h - [h]) (x_[h]+1 - x_[h]) with h = (n - 1) p. As in R, h next to a whole number is it. */
KzQuantile
kz_quantile(size_t count, double probability)
{
	double	   h = (double) (count - 1) * probability, whole = round(h);
	KzQuantile result;

	if (fabs(h - whole) <= 4 * DBL_EPSILON * Max(h, 1.0))
		h = whole;
	result.lower = (size_t) h;
	result.upper = Min(result.lower + 1, count - 1);
	result.fraction = h - (double) result.lower;
	return result;
}

/* Returns the number a fraction of the way between two others. */
double
kz_between(double low, double high, double fraction)
{
	return low == high ? low : low + fraction * (high - low);
}

/* Returns a number of a sorted sample that begins with zeros. */
static double
order_statistic(const double *sorted, size_t zeros, size_t i)
{
	return i < zeros ? 0.0 : sorted[i - zeros];
}

/* Computes a quantile of zeros and of numbers above zero in ascending order, at least one in all. */
double
kz_percentile(const double *sorted, size_t count, size_t zeros, double probability)
{
	KzQuantile place = kz_quantile(count + zeros, probability);

	return kz_between(order_statistic(sorted, zeros, place.lower),
					  order_statistic(sorted, zeros, place.upper), place.fraction);
}
