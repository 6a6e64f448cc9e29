/*
 * quantile.h
 *		Quantiles with linear interpolation, of type 7 of Hyndman and Fan 1996, as R's and percentile_cont's.
 */
#ifndef KZ_QUANTILE_H
#define KZ_QUANTILE_H

#include <stddef.h>

/* Where a quantile of sorted numbers lies: a fraction of the way from one of them to another. */
typedef struct KzQuantile
{
	size_t lower;
	size_t upper;
	double fraction;
} KzQuantile;

extern void		  kz_sort_numbers(double *number, size_t count);
extern KzQuantile kz_quantile(size_t count, double probability);
extern double	  kz_between(double low, double high, double fraction);
extern double kz_percentile(const double *sorted, size_t count, size_t zeros, double probability);

#endif
