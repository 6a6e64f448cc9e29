/*
 * development_test.c
 *		Properties of correlations and of panel regressions on random data.
 */
#include "postgres.h"

#include "measure/association.h"
#include "measure/panel.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define ROUNDS	10000
#define PAIRS	30
#define UNITS	6
#define PERIODS 5
#define MOST	60

/* Returns a number of at most 20 in size, often a whole one. */
static double
number(uint64_t *seed)
{
	uint64_t word = unit_random(seed);

	return (word & 1) ? (double) (word >> 8 & 31) - 16.0 : (double) (word >> 40) / 0x1p20 - 8.0;
}

/* Are two correlations the same bits? */
static bool
same(const KzAssociation *a, const KzAssociation *b)
{
	return a->status == b->status && memcmp(&a->pearson, &b->pearson, sizeof a->pearson) == 0 &&
		   memcmp(&a->spearman, &b->spearman, sizeof a->spearman) == 0;
}

/* Is a correlation within its bounds, with its interval around it? */
static bool
ordered(const KzCorrelation *c)
{
	return !c->r.known ||
		   (fabs(c->r.value) <= 1.0 && (!c->p.known || (c->p.value >= 0.0 && c->p.value <= 1.0)) &&
			(!c->low.known || (c->low.value >= -1.0 && c->low.value <= c->r.value + 1e-15 &&
							   c->high.value >= c->r.value - 1e-15 && c->high.value <= 1.0)));
}

/* Reorders pairs at random, turning the units as well. */
static void
shuffle(double *x, double *y, uint32_t *unit, uint32_t *period, uint32_t n, uint64_t *seed)
{
	for (uint32_t i = n; i > 1; i--)
	{
		uint32_t j = (uint32_t) (unit_random(seed) % i), word;
		double	 value;

#define SWAP(a, t) (t = (a)[i - 1], (a)[i - 1] = (a)[j], (a)[j] = t)
		SWAP(x, value);
		SWAP(y, value);
		if (unit != NULL)
		{
			SWAP(unit, word);
			SWAP(period, word);
		}
	}
}

/* Order, scale, side and direction: what must make no difference, or only one of sign. */
static void
test_correlation(void)
{
	uint64_t seed = 1;

	for (int round = 0; round < ROUNDS; round++)
	{
		double		  x[PAIRS], y[PAIRS], a[PAIRS], b[PAIRS];
		uint32_t	  n = 1 + (uint32_t) (unit_random(&seed) % PAIRS);
		KzAssociation first, other;

		for (uint32_t i = 0; i < n; i++)
		{
			a[i] = x[i] = number(&seed);
			b[i] = y[i] = round % 3 == 0 ? x[i] + number(&seed) / 4 : number(&seed);
		}
		kz_associate(a, b, n, 0.95, &first);
		CHECK(ordered(&first.pearson) && ordered(&first.spearman));
		CHECK(first.pearson.r.known == first.spearman.r.known);

		shuffle(x, y, NULL, NULL, n, &seed);
		for (uint32_t i = 0; i < n; i++)
		{
			a[i] = x[i] * 0x1p-700;
			b[i] = y[i] * 0x1p500;
		}
		kz_associate(a, b, n, 0.95, &other);
		CHECK(same(&first, &other));

		memcpy(a, x, sizeof a);
		memcpy(b, y, sizeof b);
		kz_associate(b, a, n, 0.95, &other);
		CHECK(same(&first, &other));

		for (uint32_t i = 0; i < n; i++)
		{
			a[i] = -x[i];
			b[i] = y[i];
		}
		kz_associate(a, b, n, 0.95, &other);
		CHECK(first.pearson.r.value == -other.pearson.r.value &&
			  first.spearman.r.value == -other.spearman.r.value);
		CHECK(fabs(first.pearson.low.value + other.pearson.high.value) < 1e-13);

		/* a function that grows changes no rank */
		for (uint32_t i = 0; i < n; i++)
		{
			a[i] = x[i] * x[i] * x[i];
			b[i] = y[i];
		}
		kz_associate(a, b, n, 0.95, &other);
		CHECK(memcmp(&first.spearman, &other.spearman, sizeof first.spearman) == 0);
	}
}

/* A random panel, as given and with room for a copy that is trimmed and fitted. */
typedef struct Given
{
	double	 y[MOST], x[MOST];
	uint32_t unit[MOST], period[MOST];
	uint32_t n;
	bool	 unit_effects, period_effects;
} Given;

/* Makes a panel with holes and repetitions. */
static void
make(Given *given, uint64_t *seed)
{
	given->n = 1 + (uint32_t) (unit_random(seed) % MOST);
	given->unit_effects = unit_random(seed) % 4 > 0;
	given->period_effects = unit_random(seed) % 4 > 0;
	for (uint32_t i = 0; i < given->n; i++)
	{
		given->unit[i] = (uint32_t) (unit_random(seed) % UNITS);
		given->period[i] = (uint32_t) (unit_random(seed) % PERIODS);
		given->x[i] = number(seed);
		given->y[i] = number(seed) + given->x[i];
	}
}

/* Joins the components of units and periods by spreading the smallest number. */
static void
find_components(KzPanel *panel)
{
	static uint32_t component[UNITS + PERIODS];
	uint32_t		nodes = panel->periods + panel->units, number[UNITS + PERIODS];
	bool			changed = true;

	for (uint32_t i = 0; i < nodes; i++)
		component[i] = i;
	while (changed)
	{
		changed = false;
		for (uint32_t i = 0; i < panel->n; i++)
		{
			uint32_t *a = &component[panel->period[i]],
					 *b = &component[panel->periods + panel->unit[i]];

			changed |= *a != *b;
			*a = *b = *a < *b ? *a : *b;
		}
	}
	panel->components = 0;
	for (uint32_t i = 0; i < nodes; i++)
	{
		if (component[i] == i)
			number[i] = panel->components++;
		component[i] = number[component[i]];
	}
	panel->component = component;
}

/* Trims and fits a copy of a panel; trimmed becomes the copy, with the residuals of y. */
static KzPanelResult
fit(const Given *given, KzPanelErrors errors, Given *copy, KzPanel *trimmed)
{
	KzPanelResult result;

	*copy = *given;
	*trimmed = (KzPanel){.y = copy->y,
						 .x = copy->x,
						 .unit = copy->unit,
						 .period = copy->period,
						 .n = copy->n,
						 .units = UNITS,
						 .periods = PERIODS,
						 .unit_effects = copy->unit_effects,
						 .period_effects = copy->period_effects};
	kz_panel_trim(trimmed);
	find_components(trimmed);
	kz_panel_fit(trimmed, errors, 0.95, &result);
	return result;
}

/* Are the sums over each effect of values zero? */
static bool
sums_vanish(const double *x, const uint32_t *of, uint32_t n)
{
	double sum[UNITS + PERIODS] = {0};
	bool   vanish = true;

	for (uint32_t i = 0; i < n; i++)
		sum[of[i]] += x[i];
	for (int i = 0; i < UNITS + PERIODS; i++)
		vanish &= fabs(sum[i]) < 1e-12;
	return vanish;
}

/* Order, effects added to y, scales; and that what is left of x is orthogonal to all effects. */
static void
test_panel(void)
{
	uint64_t seed = 2;
	long	 fitted = 0;

	for (int round = 0; round < ROUNDS; round++)
	{
		Given		  given, changed, copy;
		KzPanel		  panel;
		KzPanelErrors errors = (KzPanelErrors) (round % 3);
		KzPanelResult first, other;
		double		  added[UNITS + PERIODS];

		make(&given, &seed);
		first = fit(&given, errors, &copy, &panel);
		fitted += first.standard_error.known;
		CHECK(first.status != KZ_OK || first.standard_error.known);
		CHECK(!first.standard_error.known || (first.low.value <= first.coefficient.value &&
											  first.coefficient.value <= first.high.value));
		CHECK(!first.r2_within.known ||
			  (first.r2_within.value >= 0.0 && first.r2_within.value <= 1.0));
		if (first.coefficient.known && panel.unit_effects)
			CHECK(sums_vanish(panel.x, panel.unit, panel.n));
		if (first.coefficient.known && panel.period_effects)
			CHECK(sums_vanish(panel.x, panel.period, panel.n));

		changed = given;
		shuffle(changed.x, changed.y, changed.unit, changed.period, changed.n, &seed);
		for (uint32_t i = 0; i < given.n; i++)
		{
			changed.x[i] *= 0x1p600;
			changed.y[i] *= 0x1p600;
		}
		other = fit(&changed, errors, &copy, &panel);
		CHECK(memcmp(&first, &other, sizeof first) == 0);

		changed = given;
		for (int i = 0; i < UNITS + PERIODS; i++)
			added[i] = number(&seed);
		for (uint32_t i = 0; i < given.n; i++)
			changed.y[i] += 3.0 * given.x[i] +
							(given.unit_effects ? added[given.unit[i]] : added[0]) +
							(given.period_effects ? added[UNITS + given.period[i]] : 0.0);
		other = fit(&changed, errors, &copy, &panel);
		CHECK(!first.standard_error.known || !other.standard_error.known ||
			  (fabs(other.coefficient.value - first.coefficient.value - 3.0) < 1e-9 &&
			   fabs(other.standard_error.value - first.standard_error.value) < 1e-9));
	}
	CHECK(fitted > ROUNDS / 2);
}

int
main(void)
{
	test_correlation();
	test_panel();
	return unit_done();
}
