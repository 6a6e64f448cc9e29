/*
 * trend.c
 *		The change of a value over numbered periods, by a rule that is named.
 */
#include "postgres.h"

#include "measure/convergence.h"
#include "measure/trend.h"

const char *const kz_trend_rule[KZ_TREND_RULES] = {
	[KZ_FIRST_LAST] = "first_last", [KZ_LAST_STEP] = "last_step", [KZ_SLOPE] = "slope"};

/* Orders points by period. */
static int
compare_points(const void *a, const void *b)
{
	double x = ((const KzTrendPoint *) a)->period, y = ((const KzTrendPoint *) b)->period;

	return x < y ? -1 : x > y;
}

/* Returns the slope of the least-squares line through points. */
static KzMaybe
slope_of(const KzTrendPoint *point, uint32_t n)
{
	double *x = palloc_extended(n * sizeof(double), MCXT_ALLOC_HUGE),
		   *y = palloc_extended(n * sizeof(double), MCXT_ALLOC_HUGE);
	KzFit line;

	for (uint32 i = 0; i < n; i++)
	{
		x[i] = point[i].period;
		y[i] = point[i].value;
	}
	kz_fit_line(x, y, n, &line);
	pfree(x);
	pfree(y);
	return line.slope;
}

/*
 * Returns the change over points, which it sorts by period; unknown where there is nothing to compare the last one
 * with. A period that occurs twice is reported in `twice`, and nothing computed.
 */
KzMaybe
kz_trend_of(KzTrendPoint *point, uint32_t n, KzTrendRule rule, double *twice)
{
	const KzMaybe unknown = {0.0, false};
	uint32		  before = 0;

	if (n > 1)
		qsort(point, n, sizeof(KzTrendPoint), compare_points);
	for (uint32 i = 1; i < n; i++)
		if (point[i].period == point[i - 1].period)
		{
			*twice = point[i].period;
			return unknown;
		}
	if (n < 2)
		return unknown;
	if (rule == KZ_SLOPE)
		return slope_of(point, n);
	if (rule == KZ_LAST_STEP)
	{
		before = n - 2;
		if (point[n - 1].period - point[before].period != 1.0)
			return unknown;
	}
	return kz_maybe(point[n - 1].value - point[before].value);
}

/* Returns the direction of a change: flat within the tolerance. */
const char *
kz_direction(double change, double tolerance)
{
	return change > tolerance ? "up" : change < -tolerance ? "down" : "flat";
}
