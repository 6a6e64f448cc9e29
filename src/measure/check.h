/*
 * check.h
 *		Do published numbers contradict each other beyond their rounding?
 *
 * Within a region and a period the coefficient c of industry i is s_i k_c: the region's share of the industry over
 * its share of a base, which does not depend on the industry. A printed number says that s_i k_c lies in an interval.
 */
#ifndef KZ_CHECK_H
#define KZ_CHECK_H

#include <stdint.h>

#include "base/exact.h"
#include "measure/status.h"

/* Edge relaxations that the search for the smallest sets may take: some tenths of a second. */
#define KZ_CHECK_WORK 200000000

/* Possible cells of a table of printed coefficients. */
#define KZ_CHECK_CELLS 100000

/* Where a number lies, both ends included. */
typedef struct KzInterval
{
	double low;	 /* -INFINITY where nothing bounds it */
	double high; /* INFINITY likewise */
} KzInterval;

/*
 * What a table of printed coefficients says about its cells, row by row. Of the smallest sets of cells without which the rest is
 * consistent, the chosen one needs the least correction.
 */
typedef struct KzTableCheck
{
	uint32_t	fewest;	 /* cells in a smallest set */
	uint64_t	sets;	 /* number of such sets; 0 when the search ended before it saw all */
	bool	   *chosen;	 /* is the cell in the chosen set? */
	uint64_t   *member;	 /* how many sets it is in */
	KzInterval *implied; /* what the other cells outside the chosen set leave for it */
} KzTableCheck;

/* What two coefficients' ratio must be according to the industries; low above high is impossible. */
typedef struct KzRatio
{
	KzInterval ratio;
	uint32_t   low_at; /* the industry that gives each end */
	uint32_t   high_at;
} KzRatio;

/* The trend rules of a study. */
typedef enum KzTrendRule
{
	KZ_FIRST_LAST,
	KZ_LAST_STEP,
	KZ_SLOPE,
	KZ_TREND_RULES
} KzTrendRule;

/* A published whole and the sum of its parts. */
typedef struct KzSum
{
	KzExact	 sum;		/* of weight times value over the disclosed parts */
	KzExact	 magnitude; /* of the absolute values */
	double	 weights;	/* sum of the absolute weights: how many rounding errors add up */
	uint32_t parts;
	uint32_t hidden; /* suppressed parts */
	bool	 negative;
} KzSum;

/* What the comparison of a whole with its parts gives. */
typedef struct KzSumCheck
{
	KzMaybe	 difference;
	double	 allowed;
	KzMaybe	 contradicts; /* 1 or 0 */
	KzStatus status;
} KzSumCheck;

extern KzInterval kz_printed_interval(double value, int digits, double rounding_error);
extern void kz_check_table(const KzInterval *printed, uint32_t rows, uint32_t cols, uint64_t work,
						   KzTableCheck *result);
extern bool kz_check_ratio(const KzInterval *a, const KzInterval *b, uint32_t cols,
						   KzRatio *result);
extern KzInterval kz_trend_interval(KzTrendRule rule, const double *period, const KzInterval *value,
									uint32_t count);
extern bool		  kz_direction_holds(int direction, KzInterval change, double tolerance);
extern void		  kz_sum_init(KzSum *sum);
extern void		  kz_sum_add(KzSum *sum, double weight, double value, bool suppressed);
extern double	  kz_allowed_difference(double numbers, double magnitude, double rounding_error,
										double tolerance);
extern void		  kz_check_sum(const KzSum *parts, double whole, bool whole_suppressed,
							   double rounding_error, double tolerance, KzSumCheck *result);

#endif
