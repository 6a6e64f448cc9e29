/*
 * panel.c
 *		Least squares with the effects of units and periods projected out (Frisch and Waugh 1933).
 *
 * One effect is projected out by taking means away. For two, the effects d of the fewer side solve
 * (D - N' M^-1 N) d = r: D and M hold the numbers of observations of each effect of the fewer and the other side, N
 * those of each pair, r the sums over the fewer side of values less the means of the other (Wansbeek and Kapteyn
 * 1989). One effect in each component of the panel is 0. Sums over observations are exact, so that their order makes no
 * difference to the last bit.
 */
#include "postgres.h"

#include "base/alloc.h"
#include "base/exact.h"
#include "measure/association.h"
#include "measure/distribution.h"
#include "measure/linear.h"
#include "measure/panel.h"
#include "miscadmin.h"

#include <math.h>

/* What of a sum of squares, relative to that of the values before the projection, is nothing but rounding. */
#define ROUNDING 1e-20

/* One side of the panel: the number of each observation's effect. */
typedef struct Side
{
	const uint32_t *of;
	uint32_t		count;
} Side;

/* What takes effects away. */
typedef struct Projection
{
	uint32_t		n;
	Side			many;	   /* projected out by means */
	Side			few;	   /* by equations; count 0 when there is none */
	double		   *many_n;	   /* observations of each effect */
	double		   *equations; /* few x few: their Cholesky factor */
	const uint32_t *fixed;	   /* by component: 1 + the effect of the few side that is 0 */
	KzExact		   *sum;	   /* room for the sums of either side */
	double		   *effect;	   /* few, with room for their means over the many */
	double		   *mean;	   /* many */
} Projection;

/* Numbers what still occurs anew, in the old order; returns how many there are. */
static uint32_t
renumber(uint32_t *of, uint32_t n, uint32_t count)
{
	uint32_t *number = kz_alloc_zero(count, sizeof(uint32_t)), found = 0;

	for (uint32_t i = 0; i < n; i++)
		number[of[i]] = 1;
	for (uint32_t i = 0; i < count; i++)
		if (number[i] > 0)
			number[i] = ++found;
	for (uint32_t i = 0; i < n; i++)
		of[i] = number[of[i]] - 1;
	pfree(number);
	return found;
}

/* Removes each observation that is the only one of its effect; returns how many were removed. */
static uint32_t
remove_singletons(KzPanel *panel, const uint32_t *of, uint32_t count)
{
	uint32_t *size = kz_alloc_zero(count, sizeof(uint32_t)), kept = 0, before = panel->n;

	for (uint32_t i = 0; i < panel->n; i++)
		size[of[i]]++;
	for (uint32_t i = 0; i < before; i++)
	{
		if (size[of[i]] == 1)
			continue;
		panel->y[kept] = panel->y[i];
		panel->x[kept] = panel->x[i];
		panel->unit[kept] = panel->unit[i];
		panel->period[kept++] = panel->period[i];
	}
	panel->n = kept;
	pfree(size);
	return before - kept;
}

/*
 * Leaves out what only an effect of its own could explain, and what then remains so, and numbers units and periods
 * anew: such observations say nothing, but would count (Correia 2015).
 */
void
kz_panel_trim(KzPanel *panel)
{
	uint32_t removed;

	do
	{
		CHECK_FOR_INTERRUPTS();
		removed = 0;
		if (panel->unit_effects)
			removed += remove_singletons(panel, panel->unit, panel->units);
		if (panel->period_effects)
			removed += remove_singletons(panel, panel->period, panel->periods);
	} while (removed > 0);
	panel->units = renumber(panel->unit, panel->n, panel->units);
	panel->periods = renumber(panel->period, panel->n, panel->periods);
}

/* Sums values over a side. */
static void
sum_over(const Projection *projection, const Side *side, const double *x)
{
	CHECK_FOR_INTERRUPTS();
	for (uint32_t i = 0; i < side->count; i++)
		kz_exact_init(&projection->sum[i], 0.0);
	for (uint32_t i = 0; i < projection->n; i++)
		kz_exact_add(&projection->sum[side->of[i]], x[i]);
}

/* Takes from values their means over the many side. */
static void
take_means(const Projection *projection, double *x)
{
	sum_over(projection, &projection->many, x);
	for (uint32_t i = 0; i < projection->many.count; i++)
		projection->mean[i] = kz_exact_finish(&projection->sum[i]) / projection->many_n[i];
	for (uint32_t i = 0; i < projection->n; i++)
		x[i] -= projection->mean[projection->many.of[i]];
}

/* Takes from values, which have no means over the many side, the effects of the few side. */
static void
take_effects(const Projection *projection, double *x)
{
	const Side *few = &projection->few;

	sum_over(projection, few, x);
	for (uint32_t i = 0; i < few->count; i++)
		projection->effect[i] = projection->fixed[i] ? 0.0 : kz_exact_finish(&projection->sum[i]);
	kz_cholesky_solve(projection->equations, few->count, projection->effect);
	for (uint32_t i = 0; i < projection->n; i++)
		x[i] -= projection->effect[few->of[i]];
	take_means(projection, x);
}

/* Takes all effects from values; the second time what rounding left of them. */
static void
project(const Projection *projection, double *x)
{
	for (int pass = 0; pass < 2; pass++)
	{
		CHECK_FOR_INTERRUPTS();
		take_means(projection, x);
		if (projection->few.count > 0)
			take_effects(projection, x);
	}
}

/* Orders the observations by their effect of the many side; returns where each effect begins, and the end. */
static uint32_t *
order_by_many(const Projection *projection, uint32_t *order)
{
	const Side *many = &projection->many;
	uint32_t   *start = kz_alloc_zero((size_t) many->count + 2, sizeof(uint32_t));

	for (uint32_t i = 0; i < projection->n; i++)
		start[many->of[i] + 2]++;
	for (uint32_t i = 2; i < many->count + 2; i++)
		start[i] += start[i - 1];
	for (uint32_t i = 0; i < projection->n; i++)
		order[start[many->of[i] + 1]++] = i;
	return start;
}

/* Subtracts from the equations what the observations of one effect of the many side say of pairs of the few. */
static void
subtract_pairs(const Projection *projection, const uint32_t *order, uint32_t n, double *number,
			   uint32_t *seen)
{
	const Side *few = &projection->few;
	uint32_t	count = 0;

	for (uint32_t i = 0; i < n; i++)
		if (number[few->of[order[i]]]++ == 0.0)
			seen[count++] = few->of[order[i]];
	for (uint32_t i = 0; i < count; i++)
		for (uint32_t j = 0; j < count; j++)
			projection->equations[(size_t) seen[i] * few->count + seen[j]] -=
				number[seen[i]] * number[seen[j]] / n;
	for (uint32_t i = 0; i < count; i++)
		number[seen[i]] = 0.0;
}

/* Makes the equations of the few side and factors them; false when they have no solution but by rounding. */
static bool
make_equations(Projection *projection)
{
	uint32_t  count = projection->few.count;
	uint32_t *order = kz_alloc_zero(projection->n, sizeof(uint32_t)),
			 *start = order_by_many(projection, order),
			 *seen = kz_alloc_zero(count, sizeof(uint32_t));
	double *number = kz_alloc_zero(count, sizeof(double));

	projection->equations = kz_alloc_zero((size_t) count * count, sizeof(double));
	for (uint32_t i = 0; i < projection->n; i++)
		projection->equations[(size_t) projection->few.of[i] * count + projection->few.of[i]]++;
	for (uint32_t i = 0; i < projection->many.count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		subtract_pairs(projection, order + start[i], start[i + 1] - start[i], number, seen);
	}
	for (uint32_t i = 0; i < count; i++)
		if (projection->fixed[i])
			for (uint32_t j = 0; j < count; j++)
				projection->equations[(size_t) i * count + j] =
					projection->equations[(size_t) j * count + i] = i == j ? 1.0 : 0.0;
	pfree(order);
	pfree(start);
	pfree(seen);
	pfree(number);
	return kz_cholesky(projection->equations, count);
}

/* Marks one effect of the few side in each component; component is that of each of them. */
static const uint32_t *
fix_effects(const uint32_t *component, uint32_t count, uint32_t components)
{
	uint32_t *fixed = kz_alloc_zero(count, sizeof(uint32_t)),
			 *done = kz_alloc_zero(components, sizeof(uint32_t));

	for (uint32_t i = 0; i < count; i++)
	{
		fixed[i] = done[component[i]] == 0;
		done[component[i]] = 1;
	}
	pfree(done);
	return fixed;
}

/* Makes ready what takes the effects of a panel away; false when their equations cannot be solved. */
static bool
projection_init(Projection *projection, const KzPanel *panel)
{
	Side	 units = {panel->unit, panel->units}, periods = {panel->period, panel->periods};
	Side	 none = {kz_alloc_zero(panel->n, sizeof(uint32_t)), 1};
	bool	 both = panel->unit_effects && panel->period_effects;
	bool	 few_periods = panel->periods <= panel->units;
	uint32_t most;

	*projection = (Projection){.n = panel->n};
	if (both)
	{
		projection->many = few_periods ? units : periods;
		projection->few = few_periods ? periods : units;
		projection->fixed = fix_effects(panel->component + (few_periods ? 0 : panel->periods),
										projection->few.count, panel->components);
	}
	else
		projection->many = panel->unit_effects ? units : panel->period_effects ? periods : none;
	most = Max(projection->many.count, projection->few.count);
	projection->sum = kz_alloc_zero(most, sizeof(KzExact));
	projection->mean = kz_alloc_zero(projection->many.count, sizeof(double));
	projection->effect = kz_alloc_zero(projection->few.count, sizeof(double));
	projection->many_n = kz_alloc_zero(projection->many.count, sizeof(double));
	for (uint32_t i = 0; i < panel->n; i++)
		projection->many_n[projection->many.of[i]]++;
	return !both || make_equations(projection);
}

/* Returns the number of parameters: b and the effects, less those that others make up. */
static int64_t
parameters(const KzPanel *panel)
{
	if (panel->unit_effects && panel->period_effects)
		return 1 + (int64_t) panel->units + panel->periods - panel->components;
	if (panel->unit_effects)
		return 1 + (int64_t) panel->units;
	return 1 + (panel->period_effects ? (int64_t) panel->periods : 1);
}

/*
 * Returns sum_i (sum_t x u)^2 over units, of projected x and residuals u. NaN when x varies in one unit only: its
 * residuals are orthogonal to x, so that the sum is zero whatever the errors are. x2 = sum x^2.
 */
static double
sum_of_squared_scores(const KzPanel *panel, const double *x, const double *u, double x2)
{
	KzExact *score = kz_alloc_zero(panel->units, sizeof(KzExact)), sum;
	double	*squares = kz_alloc_zero(panel->units, sizeof(double));
	uint32_t varying = 0;

	for (uint32_t i = 0; i < panel->n; i++)
	{
		kz_exact_add(&score[panel->unit[i]], x[i] * u[i]);
		squares[panel->unit[i]] += x[i] * x[i];
	}
	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < panel->units; i++)
	{
		double s = kz_exact_finish(&score[i]);

		kz_exact_add(&sum, s * s);
		varying += squares[i] > ROUNDING * x2;
	}
	pfree(score);
	pfree(squares);
	return varying > 1 ? kz_exact_finish(&sum) : NAN;
}

/*
 * Returns the variance of b, given projected x and residuals u (which become x u), and the degrees of freedom of t.
 *
 * N observations, K parameters, G units: clustered sum_i (sum_t x u)^2 / (sum x^2)^2 G / (G - 1) (N - 1) / (N - K'),
 * K' without the effects of units, which are inside the clusters (Cameron and Miller 2015), t with G - 1; robust
 * sum x^2 u^2 / (sum x^2)^2 N / (N - K) (HC1, MacKinnon and White 1985); classical sum u^2 / (N - K) / sum x^2, t
 * of these two with N - K. NaN when it cannot be found.
 */
static double
variance(const KzPanel *panel, KzPanelErrors errors, const double *x, double *u, double x2,
		 int64_t *freedom)
{
	double	n = panel->n, g = panel->units;
	int64_t k = parameters(panel);

	*freedom = (int64_t) panel->n - k;
	if (*freedom < 1)
		return NAN;
	if (errors == KZ_CLASSICAL)
		return kz_sum_products(u, u, panel->n) / *freedom / x2;
	if (errors == KZ_ROBUST)
	{
		for (uint32_t i = 0; i < panel->n; i++)
			u[i] *= x[i];
		return kz_sum_products(u, u, panel->n) / x2 / x2 * (n / *freedom);
	}
	*freedom = (int64_t) panel->units - 1;
	if (panel->unit_effects)
		k -= panel->units - 1;
	if (*freedom < 1)
		return NAN;
	return sum_of_squared_scores(panel, x, u, x2) / x2 / x2 * (g / (g - 1.0)) *
		   ((n - 1.0) / (n - k));
}

/* Fills in what follows from b and its variance; scale is 2 to the power by which both are too small. */
static void
infer(double b, double variance, double confidence, int power, KzPanelResult *result)
{
	double error = sqrt(variance), half;

	result->coefficient = kz_maybe(ldexp(b, power));
	if (isnan(variance))
	{
		kz_worsen(&result->status, KZ_TOO_FEW);
		return;
	}
	half = error * kz_student_quantile(0.5 + 0.5 * confidence, result->freedom);
	result->standard_error = kz_maybe(ldexp(error, power));
	result->low = kz_maybe(ldexp(b - half, power));
	result->high = kz_maybe(ldexp(b + half, power));
	if (error > 0.0)
	{
		result->t = kz_maybe(b / error);
		result->p = kz_maybe(2.0 * kz_student_tail(fabs(b / error), result->freedom));
	}
}

/* Projects a variable; returns its sum of squares, 0 when what is left of it is nothing but rounding. */
static double
project_and_square(const Projection *projection, double *x)
{
	double before = kz_sum_products(x, x, projection->n), after;

	project(projection, x);
	after = kz_sum_products(x, x, projection->n);
	return after > ROUNDING * before ? after : 0.0;
}

/* Replaces y, projected, by the residuals y - b x; by zeros where the fit is perfect but for rounding. */
static void
take_residuals(const KzPanel *panel, double b, double y2)
{
	for (uint32_t i = 0; i < panel->n; i++)
		panel->y[i] -= b * panel->x[i];
	if (kz_sum_products(panel->y, panel->y, panel->n) <= ROUNDING * y2)
		memset(panel->y, 0, panel->n * sizeof(double));
}

/* Fits a trimmed panel: b = sum x y / sum x^2 of what is left of x and y without the effects. Overwrites y and x. */
void
kz_panel_fit(KzPanel *panel, KzPanelErrors errors, double confidence, KzPanelResult *result)
{
	Projection projection;
	double	   x2, y2, xy;
	int		   x_power, y_power;

	*result = (KzPanelResult){.status = KZ_OK};
	if ((int64_t) panel->n <= parameters(panel))
	{
		result->status = KZ_TOO_FEW;
		return;
	}
	x_power = kz_scale(panel->x, panel->n);
	y_power = kz_scale(panel->y, panel->n);
	result->status = projection_init(&projection, panel) ? KZ_OK : KZ_NO_VARIATION;
	if (result->status != KZ_OK)
		return;
	x2 = project_and_square(&projection, panel->x);
	y2 = project_and_square(&projection, panel->y);
	if (x2 == 0.0 || y2 == 0.0)
	{
		result->status = KZ_NO_VARIATION;
		return;
	}
	xy = kz_sum_products(panel->x, panel->y, panel->n);
	result->r2_within = kz_maybe(Min(xy / x2 * (xy / y2), 1.0));
	take_residuals(panel, xy / x2, y2);
	infer(xy / x2, variance(panel, errors, panel->x, panel->y, x2, &result->freedom), confidence,
		  y_power - x_power, result);
}
