/*
 * convergence.c
 *		Least-squares lines, and what they and spreads say of convergence.
 *
 * Sums are exact and rounded once, so the order of the regions makes no difference.
 */
#include "postgres.h"

#include <math.h>

#include "base/exact.h"
#include "measure/convergence.h"
#include "measure/distribution.h"
#include "miscadmin.h"

/* Returns the mean of numbers. */
static double
mean_of(const double *x, uint32_t n)
{
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32 i = 0; i < n; i++)
		kz_exact_add(&sum, x[i]);
	return kz_exact_value(&sum) / n;
}

/* Returns the sum of the products of two variables' deviations from their means. */
static double
co_deviation(const double *x, double x_mean, const double *y, double y_mean, uint32_t n)
{
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32 i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&sum, (x[i] - x_mean) * (y[i] - y_mean));
	}
	return kz_exact_value(&sum);
}

/* Returns an estimate over its standard error; unknown when the fit is perfect. */
static KzMaybe
t_value(KzMaybe estimate, KzMaybe error)
{
	if (!estimate.known || !error.known || error.value == 0.0)
		return (KzMaybe){0.0, false};
	return kz_maybe(estimate.value / error.value);
}

/* Returns the two-sided probability of a t. */
static KzMaybe
t_test(KzMaybe t, double freedom)
{
	return t.known ? kz_maybe(2.0 * kz_student_tail(fabs(t.value), freedom)) : t;
}

/* Sets the standard errors and tests: s^2 = RSS / (n - 2), se(b)^2 = s^2 / Sxx, se(a)^2 = s^2 (1/n + mean(x)^2 / Sxx). */
static void
test_line(KzFit *line, double residual, double sxx, double x_mean, uint32_t n)
{
	double freedom = n - 2.0, variance = residual / freedom;

	line->slope_se = kz_maybe(sqrt(variance / sxx));
	line->intercept_se = kz_maybe(sqrt(variance * (1.0 / n + x_mean * x_mean / sxx)));
	line->slope_t = t_value(line->slope, line->slope_se);
	line->intercept_t = t_value(line->intercept, line->intercept_se);
	line->slope_p = t_test(line->slope_t, freedom);
	line->intercept_p = t_test(line->intercept_t, freedom);
}

/* Fits a line by least squares. Two points are enough for the line, three for its tests. */
void
kz_fit_line(const double *x, const double *y, uint32_t n, KzFit *line)
{
	double	x_mean, y_mean, sxx, syy;
	KzExact residual;

	*line = (KzFit){.status = KZ_TOO_FEW};
	if (n < 2)
		return;
	x_mean = mean_of(x, n);
	y_mean = mean_of(y, n);
	sxx = co_deviation(x, x_mean, x, x_mean, n);
	syy = co_deviation(y, y_mean, y, y_mean, n);
	line->status = KZ_NO_VARIATION;
	if (sxx == 0.0)
		return;
	line->slope = kz_maybe(co_deviation(x, x_mean, y, y_mean, n) / sxx);
	line->intercept = kz_maybe(y_mean - line->slope.value * x_mean);
	line->status = n > 2 ? KZ_OK : KZ_TOO_FEW;
	kz_exact_init(&residual, 0.0);
	for (uint32 i = 0; i < n; i++)
	{
		double r = (y[i] - y_mean) - line->slope.value * (x[i] - x_mean);

		kz_exact_add(&residual, r * r);
	}
	if (syy > 0.0)
		line->r_squared = kz_maybe(Max(1.0 - kz_exact_value(&residual) / syy, 0.0));
	if (n > 2)
		test_line(line, kz_exact_value(&residual), sxx, x_mean, n);
}

/*
 * Returns the speed of convergence lambda = -ln(1 + b T) / T of a slope b of growth that is already per period (Barro and
 * Sala-i-Martin 1992), its standard error se(b) / (1 + b T), and the half-life ln 2 / lambda. The non-linear form,
 * (1/T) ln(y_T / y_0) = a - (1 - e^(-lambda T)) / T ln y_0, is the same line with another name for its slope, so its
 * least-squares estimate and standard error are these.
 */
KzSpeed
kz_convergence_speed(const KzFit *line, double periods)
{
	KzSpeed result = {{0.0, false}, {0.0, false}, {0.0, false}};
	double	left = 1.0 + line->slope.value * periods; /* e^(-lambda T), what is left of a gap */

	if (!line->slope.known || left <= 0.0)
		return result;
	result.speed = kz_maybe(-log(left) / periods);
	if (line->slope_se.known)
		result.speed_se = kz_maybe(line->slope_se.value / left);
	if (result.speed.known && result.speed.value > 0.0)
		result.half_life = kz_maybe(log(2.0) / result.speed.value);
	return result;
}

/* Computes the spread of values above 0: of their logarithms, and of themselves over their mean. */
void
kz_dispersion(const double *value, uint32_t n, bool sample, KzDispersion *spread)
{
	double *logarithm = palloc_extended(Max(n, 1) * sizeof(double), MCXT_ALLOC_HUGE), mean, squares;
	double	divisor = sample ? n - 1.0 : n;

	*spread = (KzDispersion){.n = n, .status = n < 2 ? KZ_TOO_FEW : KZ_OK};
	if (n >= 2)
	{
		for (uint32 i = 0; i < n; i++)
			logarithm[i] = log(value[i]);
		mean = mean_of(logarithm, n);
		squares = co_deviation(logarithm, mean, logarithm, mean, n);
		spread->sd = kz_maybe(sqrt(squares / divisor));
		spread->variance = kz_maybe(squares / (n - 1.0));
		mean = mean_of(value, n);
		squares = co_deviation(value, mean, value, mean, n);
		spread->cv = kz_maybe(sqrt(squares / divisor) / mean);
	}
	pfree(logarithm);
}

/* Returns the two-sided p-value of the F test that two periods have the same variance; sets their ratio, F. */
KzMaybe
kz_variance_test(const KzDispersion *first, const KzDispersion *other, KzMaybe *ratio)
{
	double tail;

	*ratio = (KzMaybe){0.0, false};
	if (!first->variance.known || !other->variance.known || other->variance.value == 0.0)
		return *ratio;
	*ratio = kz_maybe(first->variance.value / other->variance.value);
	if (!ratio->known)
		return *ratio;
	tail = kz_f_tail(ratio->value, first->n - 1.0, other->n - 1.0);
	if (tail > 0.5)
		tail = ratio->value == 0.0 ? 0.0
								   : kz_f_tail(1.0 / ratio->value, other->n - 1.0, first->n - 1.0);
	return kz_maybe(Min(2.0 * tail, 1.0));
}
