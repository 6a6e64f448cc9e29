/*
 * scoring.c
 *		Percentiles over regions, most of which may lack the industry, and the rules that compare with them.
 */
#include "postgres.h"

#include "base/alloc.h"
#include "base/exact.h"
#include "matrix/walk.h"
#include "measure/quantile.h"
#include "measure/scoring.h"
#include "miscadmin.h"

/* Returns whether both hold; no where one does not, whatever the other. */
KzAnswer
kz_and(KzAnswer a, KzAnswer b)
{
	if (a == KZ_NO || b == KZ_NO)
		return KZ_NO;
	return a == KZ_UNKNOWN || b == KZ_UNKNOWN ? KZ_UNKNOWN : KZ_YES;
}

/* Returns whether a number is at least a limit. */
KzAnswer
kz_at_least(KzMaybe number, double limit)
{
	return !number.known ? KZ_UNKNOWN : number.value >= limit ? KZ_YES : KZ_NO;
}

/* Computes the number of a cell that is ranked. */
static KzStatus
ranked_number(KzRanked what, const KzCellFacts *facts, double *result)
{
	if (facts->suppressed)
		return KZ_SUPPRESSED_CELL;
	if (facts->value < 0.0)
		return KZ_NEGATIVE;
	*result = facts->value;
	if (what == KZ_RANKED_LQ)
		return kz_quotient_of_cell(facts, result);
	return what == KZ_RANKED_FOCUS ? kz_share(facts->value, facts->region_total, result) : KZ_OK;
}

/* Do a region's and an industry's cells have numbers, those without value zeros? */
static bool
row_counts(const KzTotals *totals, KzRanked what, uint32_t row)
{
	return what == KZ_RANKED_VALUE || totals->region[row] > 0.0;
}

static bool
col_counts(const KzTotals *totals, KzRanked what, uint32_t col)
{
	return what != KZ_RANKED_LQ || (totals->industry[col] > 0.0 && totals->reference > 0.0);
}

/* The numbers above zero of an industry, or of all. */
typedef struct Sample
{
	size_t start;
	size_t positive;
	size_t undefined; /* cells of regions and industries that count, without a number */
	bool   incomplete;
} Sample;

/* Reads the numbers of all cells into samples, or only counts them where there is no room yet. */
static void
read_samples(const KzView *view, const KzTotals *totals, KzRanked what, bool by_industry,
			 Sample *sample, double *number)
{
	for (KzWalk walk = {.view = view}; kz_walk(&walk);)
	{
		Sample	   *own = &sample[by_industry ? walk.col : 0];
		KzCellFacts facts = {0};
		double		value = 0.0;
		KzStatus	status;

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(view, totals, walk.row, walk.col, walk.cell, &facts);
		status = ranked_number(what, &facts, &value);
		own->incomplete |= status == KZ_SUPPRESSED_CELL;
		if (status != KZ_OK)
			own->undefined +=
				row_counts(totals, what, walk.row) && col_counts(totals, what, walk.col);
		else if (value > 0.0)
		{
			if (number != NULL)
				number[own->start + own->positive] = value;
			own->positive++;
		}
	}
}

/*
 * Computes a percentile of the numbers of each industry over the regions, or of all numbers, where a region without
 * the industry has a zero. Regions whose number is not known do not count.
 */
void
kz_cutoffs(const KzView *view, const KzTotals *totals, KzRanked what, double fraction,
		   bool by_industry, KzPercentile *cutoff)
{
	uint32_t count = by_industry ? view->cols.count : 1;
	size_t	 regions = 0, industries = 0, at = 0;
	Sample	*sample = kz_alloc_zero(count, sizeof(Sample));
	double	*number = kz_alloc(view->cells, sizeof(double));

	for (uint32_t row = 0; row < view->rows.count; row++)
		regions += row_counts(totals, what, row);
	for (uint32_t col = 0; col < view->cols.count; col++)
		industries += col_counts(totals, what, col);
	read_samples(view, totals, what, by_industry, sample, NULL);
	for (uint32_t i = 0; i < count; i++)
	{
		size_t positive = sample[i].positive;

		sample[i] = (Sample){.start = at};
		at += positive;
	}
	read_samples(view, totals, what, by_industry, sample, number);
	for (uint32_t i = 0; i < count; i++)
	{
		Sample *own = &sample[i];
		double *sorted = number + own->start;
		size_t	all =
			regions * (by_industry ? col_counts(totals, what, i) : industries) - own->undefined;

		cutoff[i] = (KzPercentile){.status = own->incomplete ? KZ_INCOMPLETE_TOTALS : KZ_OK};
		if (all == 0)
		{
			cutoff[i].status = KZ_TOO_FEW;
			continue;
		}
		kz_sort_numbers(sorted, own->positive);
		cutoff[i].number =
			kz_maybe(kz_percentile(sorted, own->positive, all - own->positive, fraction));
	}
	pfree(sample);
	pfree(number);
}

/* Returns whether a number above zero reaches a percentile. */
static KzAnswer
reaches(KzMaybe number, const KzPercentile *cutoff, KzStatus *status)
{
	if (number.known && number.value <= 0.0)
		return KZ_NO;
	kz_worsen(status, cutoff->status);
	return cutoff->number.known ? kz_at_least(number, cutoff->number.value) : KZ_UNKNOWN;
}

/* Computes the location quotient of a cell with its status. */
static KzMaybe
known_quotient(const KzCellFacts *facts, KzStatus *status)
{
	KzMaybe lq = {0.0, false};

	*status = kz_quotient_of_cell(facts, &lq.value);
	lq.known = *status == KZ_OK;
	if (lq.known && facts->incomplete)
		*status = KZ_INCOMPLETE_TOTALS;
	return lq;
}

/*
 * Gives a star each for size, specialization and focus: value and share of the region in their highest percentiles,
 * location quotient at a level (European Cluster Observatory).
 */
void
kz_stars_of_cell(const KzCellFacts *facts, const KzPercentile *size, double quotient,
				 const KzPercentile *focus, KzStars *result)
{
	KzMaybe value = {facts->value, !facts->suppressed && facts->value >= 0.0};

	*result = (KzStars){
		.size_star = KZ_UNKNOWN, .specialization_star = KZ_UNKNOWN, .focus_star = KZ_UNKNOWN};
	result->lq = known_quotient(facts, &result->status);
	if (!value.known)
		return;
	result->focus.known =
		kz_share(facts->value, facts->region_total, &result->focus.value) == KZ_OK;
	result->size_star = reaches(value, size, &result->status);
	result->specialization_star = kz_at_least(result->lq, quotient);
	result->focus_star = reaches(result->focus, focus, &result->status);
}

/*
 * Tells whether a cluster is strong: its location quotient is in the highest percentile of the industry and it has
 * enough value and establishments (US Cluster Mapping; Delgado, Porter and Stern 2014).
 */
void
kz_strong_of_cell(const KzCellFacts *facts, KzMaybe establishments, const KzPercentile *cutoff,
				  const KzStrongRule *rule, KzStrong *result)
{
	KzMaybe value = {facts->value, !facts->suppressed};

	*result = (KzStrong){.enough_establishments = KZ_UNKNOWN};
	result->lq = known_quotient(facts, &result->status);
	result->high_quotient = kz_and(reaches(result->lq, cutoff, &result->status),
								   kz_at_least(result->lq, rule->quotient));
	result->enough_value = kz_at_least(value, rule->value);
	result->strong = kz_and(result->high_quotient, result->enough_value);
	if (!rule->has_establishments)
		return;
	if (!establishments.known)
		kz_worsen(&result->status, KZ_SUPPRESSED_CELL);
	result->enough_establishments = kz_at_least(establishments, rule->establishments);
	result->strong = kz_and(result->strong, result->enough_establishments);
}

/* Orders places of an industry by quotient, those of equal quotient by size. */
static int
compare_places(const void *a, const void *b)
{
	const KzPlaceOfIndustry *one = a, *other = b;

	CHECK_FOR_INTERRUPTS();
	if (one->lq != other->lq)
		return one->lq < other->lq ? -1 : 1;
	return one->region_total < other->region_total ? -1 : one->region_total > other->region_total;
}

/*
 * Computes the locational Gini of an industry: that of its shares of the regions against the shares of all industries.
 * What is left of all are the regions without the industry, which are as one.
 */
static KzMaybe
locational_gini(const KzPlaceOfIndustry *place, uint32_t count, double all, KzRoom *room)
{
	KzMaybe result = {0.0, false};
	KzExact industry, rest;

	kz_exact_init(&industry, 0.0);
	kz_exact_init(&rest, all);
	for (uint32_t i = 0; i < count; i++)
	{
		kz_exact_add(&industry, place[i].value);
		kz_exact_add(&rest, -place[i].region_total);
	}
	for (uint32_t i = 0; i < count; i++)
	{
		room->p[i] = place[i].value / kz_exact_value(&industry);
		room->q[i] = place[i].region_total / all;
	}
	room->p[count] = 0.0;
	room->q[count] = Max(kz_exact_finish(&rest), 0.0) / all;
	result.known = kz_project(KZ_GINI, KZ_WEIGHT_REFERENCE, room->p, room->q, count + 1, room,
							  &result.value) == KZ_OK;
	return result;
}

/* Averages the highest quotients of sorted places, behind which come zeros. */
static KzMaybe
mean_of_top(const KzPlaceOfIndustry *place, uint32_t count, uint32_t top)
{
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < Min(top, count); i++)
	{
		if (!kz_value_is_valid(place[count - 1 - i].lq))
			return (KzMaybe){0.0, false};
		kz_exact_add(&sum, place[count - 1 - i].lq);
	}
	return kz_maybe(kz_exact_value(&sum) / top);
}

/* Computes the share of the industry in the regions that are specialized in it. */
static KzMaybe
specialized_share(const KzPlaceOfIndustry *place, uint32_t count, double quotient, double total)
{
	KzMaybe result = {0.0, false};
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < count; i++)
		if (place[i].lq >= quotient)
			kz_exact_add(&sum, place[i].value);
	result.known = kz_share(kz_exact_value(&sum), total, &result.value) == KZ_OK;
	return result;
}

/*
 * Tells whether an industry is traded: most of it is in regions specialized in it, the quotients of its top regions
 * are high, and it is unevenly spread (Porter 2003). place: the regions where its quotient is above zero, which are
 * sorted here; regions: the number of those where it is known, and regions_total their total over all
 * industries. The room is for one place more than there are regions.
 */
void
kz_traded(KzPlaceOfIndustry *place, uint32_t count, uint32_t regions, double regions_total,
		  double industry_total, const KzTradedRule *rule, KzRoom *room, KzTraded *result)
{
	*result = (KzTraded){.status = KZ_OK};
	if (count > 0)
	{
		qsort(place, count, sizeof *place, compare_places);
		result->share = specialized_share(place, count, rule->threshold, industry_total);
		result->gini = locational_gini(place, count, regions_total, room);
		if (regions >= rule->top)
			result->top_quotient = mean_of_top(place, count, rule->top);
		else
			result->status = KZ_TOO_FEW;
	}
	if (!result->share.known)
		result->status = industry_total < 0.0 ? KZ_NEGATIVE : KZ_NO_BASE;
	result->high_share = kz_at_least(result->share, rule->share);
	result->high_quotient = kz_at_least(result->top_quotient, rule->top_quotient);
	result->high_gini = kz_at_least(result->gini, rule->gini);
	result->traded = kz_and(result->high_share, kz_and(result->high_quotient, result->high_gini));
}

const char *const kz_quadrant_name[KZ_QUADRANTS] = {"star", "mature", "emerging", "transforming"};
const char *const kz_outlook_name[KZ_QUADRANTS] = {"strength", "risk", "opportunity", "weakness"};

/* Returns the quadrant of a level that is high or not, and of something that rises or not. */
static int
quadrant_of(bool high, bool rising)
{
	return (high ? 0 : 2) + (rising ? 0 : 1);
}

/* Returns the quadrant of the quotient's level and change. */
int
kz_growth_quadrant(double lq, double change, double quotient, double tolerance)
{
	return quadrant_of(lq >= quotient, change > tolerance);
}

/* Returns the quadrant of the quotient's level and the industry's growth in the reference. */
int
kz_growth_outlook(double lq, double reference_growth, double quotient)
{
	return quadrant_of(lq >= quotient, reference_growth >= 0.0);
}
