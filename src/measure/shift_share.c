/*
 * shift_share.c
 *		The classical decomposition of regional growth and those built on it.
 *
 * A cell that is born (E_ri(0) = 0) has no growth rate, but its change is there to be explained: nothing of it is due to
 * the nation or the industry, all of it is regional.
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "measure/shift_share.h"

/* Returns a unit in the last place of a magnitude: multiples of it up to there add up without rounding. */
static double
grid_unit(double magnitude)
{
	int exponent;

	frexp(magnitude, &exponent);
	return ldexp(1.0, Max(exponent - DBL_MANT_DIG, DBL_MIN_EXP - DBL_MANT_DIG));
}

/* Rounds a number to a multiple of a power of two. */
static double
on_grid(double number, double unit)
{
	return nearbyint(number / unit) * unit;
}

/* Adds terms from left to right, as SQL does. */
static double
add_up(const double *term, int count)
{
	double sum = term[0];

	for (int i = 1; i < count; i++)
		sum += term[i];
	return sum;
}

/*
 * Makes terms add up to a total: all are rounded to multiples of one unit, the last place of the largest of them, so that
 * adding them rounds no more; a coarser one where a sum on the way is larger than all of them. What rounding leaves
 * goes to the largest of the first `adjustable` terms; a zero stays one, so where all of those are zero the total
 * gives way. Returns the total that holds; NaN, and the terms as they were, where the unit would exceed `coarsest`.
 */
double
kz_close_sum(double *term, int count, int adjustable, double total, double coarsest)
{
	double magnitude = fabs(total), given[KZ_MAX_TERMS];
	int	   largest = 0;

	for (int i = 0; i < count; i++)
	{
		given[i] = term[i];
		magnitude = Max(magnitude, fabs(term[i]));
		if (i < adjustable && fabs(term[i]) > fabs(term[largest]))
			largest = i;
	}
	for (double unit = grid_unit(magnitude); unit <= coarsest; unit *= 2.0)
	{
		double goal = on_grid(total, unit);

		for (int i = 0; i < count; i++)
			term[i] = on_grid(given[i], unit);
		if (term[largest] == 0.0)
			goal = add_up(term, count);
		else
			term[largest] += goal - add_up(term, count);
		if (add_up(term, count) == goal)
			return goal;
	}
	memcpy(term, given, count * sizeof(double));
	return NAN;
}

/* Returns the coarsest unit that a change may be rounded to: 2^-30 of the values that it is the difference of. */
static double
coarsest_unit(const KzDecomposition *result)
{
	return Max(fabs(result->start), fabs(result->finish)) * 0x1p-30;
}

/* Makes the first terms of a decomposition add up to its change, if all of them are known. */
static void
close_terms(KzDecomposition *result, int count, int adjustable)
{
	double term[KZ_MAX_TERMS], change;

	for (int i = 0; i < count; i++)
	{
		if (!result->term[i].known)
			return;
		term[i] = result->term[i].value;
	}
	change = kz_close_sum(term, count, adjustable, result->change.value, coarsest_unit(result));
	if (isnan(change))
		return;
	result->change.value = change + 0.0;
	for (int i = 0; i < count; i++)
		result->term[i].value = term[i] + 0.0;
}

/* Begins with what is known of any cell; returns whether it can be decomposed. */
static bool
begin(const KzGrowthFacts *facts, KzDecomposition *result)
{
	KzStatus status;

	*result = (KzDecomposition){.disclosed = !facts->suppressed, .status = KZ_SUPPRESSED_CELL};
	if (facts->suppressed)
		return false;
	result->start = facts->start;
	result->finish = facts->finish;
	result->change = kz_maybe(facts->finish - facts->start);
	status = kz_growth_of(facts->start, facts->finish, &result->growth.value);
	result->growth.known = status == KZ_OK;
	result->status = status;
	return status != KZ_NEGATIVE;
}

/* The growth rates that a cell's is compared with, and whether each is known. */
typedef struct Rates
{
	KzMaybe nation;	  /* g */
	KzMaybe industry; /* g_i */
} Rates;

/* Returns the growth of a total, and lets the status tell why it is unknown. */
static KzMaybe
growth_of_span(const KzSpan *span, KzStatus *status)
{
	KzMaybe	 growth;
	KzStatus reason = kz_growth_of(span->start, span->finish, &growth.value);

	growth.known = reason == KZ_OK;
	if (span->incomplete)
		kz_worsen(&reason, KZ_INCOMPLETE_TOTALS);
	kz_worsen(status, reason);
	return growth;
}

/* Finds the rates of the nation and the industry for a cell that has a growth rate of its own. */
static Rates
find_rates(const KzGrowthFacts *facts, KzStatus *status)
{
	Rates rates = {growth_of_span(&facts->total, status), {0.0, false}};

	if (facts->industry_suppressed)
		kz_worsen(status, KZ_SUPPRESSED_CELL);
	else
		rates.industry = growth_of_span(&facts->industry, status);
	return rates;
}

/* Returns base (a - b), known if both rates are. */
static KzMaybe
times_lead(double base, KzMaybe a, KzMaybe b)
{
	return a.known && b.known ? kz_maybe(base * (a.value - b.value)) : (KzMaybe){0.0, false};
}

/* Sets the terms that all decompositions share: E_ri g and E_ri (g_i - g). */
static void
set_national_and_mix(const KzGrowthFacts *facts, const Rates *rates, KzDecomposition *result)
{
	const KzMaybe zero = {0.0, true};

	result->term[KZ_NATIONAL] = times_lead(facts->start, rates->nation, zero);
	result->term[KZ_MIX] = times_lead(facts->start, rates->industry, rates->nation);
}

/* Sets a number of terms to zero. */
static void
set_zero(KzDecomposition *result, int first, int count)
{
	for (int i = first; i < first + count; i++)
		result->term[i] = (KzMaybe){0.0, true};
}

/* Computes E'_ri = E_r. E_.i / E, the value if the region had the reference's structure (Esteban-Marquillas 1972). */
static KzMaybe
homothetic_value(const KzGrowthFacts *facts, KzStatus *status)
{
	double region = facts->region.start, industry = facts->industry.start,
		   total = facts->total.start;

	KzMaybe result = {0.0, false};

	if (facts->region.incomplete)
		kz_worsen(status, KZ_INCOMPLETE_TOTALS);
	if (facts->industry_suppressed)
		kz_worsen(status, KZ_SUPPRESSED_CELL);
	else if (region < 0.0 || industry < 0.0 || total < 0.0)
		kz_worsen(status, KZ_NEGATIVE);
	else if (total > 0.0)
		result = kz_maybe(region * (industry / total));
	if (!result.known)
		kz_worsen(status, KZ_NO_BASE);
	return result;
}

/*
 * Makes both identities hold, national + mix + regional = change and competitive + allocation = regional: regional is
 * rounded to the unit of its two parts, and national or mix takes up what that leaves.
 */
static void
close_dunn(KzDecomposition *result)
{
	KzDecomposition given = *result;
	KzMaybe *regional = &result->term[KZ_REGIONAL], *competitive = &result->term[KZ_COMPETITIVE],
			*allocation = &result->term[KZ_ALLOCATION];
	double coarsest = coarsest_unit(result), unit = INFINITY;

	if (regional->known && competitive->known && allocation->known)
		unit = grid_unit(
			Max(fabs(regional->value), Max(fabs(competitive->value), fabs(allocation->value))));
	for (; unit <= coarsest; unit *= 2.0)
	{
		*result = given;
		regional->value = on_grid(regional->value, unit) + 0.0;
		close_terms(result, KZ_REGIONAL + 1, KZ_REGIONAL);
		competitive->value = on_grid(competitive->value, unit) + 0.0;
		allocation->value = regional->value - competitive->value;
		if (competitive->value + allocation->value == regional->value)
			return;
	}
	*result = given;
	close_terms(result, KZ_REGIONAL + 1, KZ_REGIONAL + 1);
}

/* Decomposes a cell's change: national + mix + regional, regional = competitive + allocation. */
static void
decompose_dunn(const KzGrowthFacts *facts, KzDecomposition *result)
{
	KzMaybe *term = result->term;
	Rates	 rates;

	if (!begin(facts, result))
		return;
	term[KZ_HOMOTHETIC] = homothetic_value(facts, &result->status);
	if (facts->start == 0.0)
	{
		set_zero(result, KZ_NATIONAL, 2);
		term[KZ_REGIONAL] = result->change;
		if (facts->finish == 0.0)
			set_zero(result, KZ_COMPETITIVE, 2);
		return;
	}
	rates = find_rates(facts, &result->status);
	set_national_and_mix(facts, &rates, result);
	term[KZ_REGIONAL] = times_lead(facts->start, result->growth, rates.industry);
	if (term[KZ_HOMOTHETIC].known)
		term[KZ_COMPETITIVE] =
			times_lead(term[KZ_HOMOTHETIC].value, result->growth, rates.industry);
	if (term[KZ_REGIONAL].known && term[KZ_COMPETITIVE].known)
		term[KZ_ALLOCATION] = kz_maybe(term[KZ_REGIONAL].value - term[KZ_COMPETITIVE].value);
	close_dunn(result);
}

/* Sets a pair of terms of Arcelus: a lead in growth on the homothetic value and on the difference from it. */
static void
set_pair(KzDecomposition *result, int pair, double start, KzMaybe homothetic, KzMaybe a, KzMaybe b)
{
	if (!homothetic.known)
		return;
	result->term[pair] = times_lead(homothetic.value, a, b);
	result->term[pair + 1] = times_lead(start - homothetic.value, a, b);
}

/* Makes the eight terms add up. */
static void
close_arcelus(KzDecomposition *result)
{
	close_terms(result, KZ_ARCELUS_HOMOTHETIC, KZ_ARCELUS_HOMOTHETIC);
}

/* Decomposes a cell's change into the eight terms of Arcelus 1984. */
static void
decompose_arcelus(const KzGrowthFacts *facts, KzDecomposition *result)
{
	const KzMaybe zero = {0.0, true};
	KzMaybe		  homothetic, region, own_lead, region_lead;
	Rates		  rates;

	if (!begin(facts, result))
		return;
	homothetic = homothetic_value(facts, &result->status);
	result->term[KZ_ARCELUS_HOMOTHETIC] = homothetic;
	if (facts->start == 0.0)
	{
		if (facts->finish == 0.0)
			set_zero(result, 0, KZ_ARCELUS_HOMOTHETIC);
		return;
	}
	rates = find_rates(facts, &result->status);
	region = growth_of_span(&facts->region, &result->status);
	own_lead = times_lead(1.0, result->growth, rates.industry);
	region_lead = times_lead(1.0, region, rates.nation);
	set_pair(result, KZ_NATIONAL_PAIR, facts->start, homothetic, rates.nation, zero);
	set_pair(result, KZ_MIX_PAIR, facts->start, homothetic, rates.industry, rates.nation);
	set_pair(result, KZ_REGIONAL_PAIR, facts->start, homothetic, region, rates.nation);
	set_pair(result, KZ_REGIONAL_MIX_PAIR, facts->start, homothetic, own_lead, region_lead);
	close_arcelus(result);
}

/* Makes the four terms add up. */
static void
close_spatial(KzDecomposition *result)
{
	close_terms(result, KZ_SPATIAL_TERMS, KZ_SPATIAL_TERMS);
}

/* Decomposes a cell's change with its neighbours' growth between its own and the industry's (Nazara and Hewings 2004). */
static void
decompose_spatial(const KzGrowthFacts *facts, KzDecomposition *result)
{
	Rates rates;

	if (!begin(facts, result))
		return;
	if (facts->start == 0.0)
	{
		set_zero(result, KZ_NATIONAL, KZ_OWN_NEIGHBOUR);
		result->term[KZ_OWN_NEIGHBOUR] = result->change;
		return;
	}
	rates = find_rates(facts, &result->status);
	kz_worsen(&result->status, facts->neighbour_status);
	set_national_and_mix(facts, &rates, result);
	result->term[KZ_NEIGHBOUR_NATION] =
		times_lead(facts->start, facts->neighbour_growth, rates.industry);
	result->term[KZ_OWN_NEIGHBOUR] =
		times_lead(facts->start, result->growth, facts->neighbour_growth);
	close_spatial(result);
}

/* A contribution is a share of the whole: nothing is to be closed. */
static void
close_growth(KzDecomposition *result)
{
	(void) result;
}

/* Computes a cell's contribution to the growth of the whole, (E_ri(1) - E_ri(0)) / E(0), for negative values too. */
static void
decompose_growth(const KzGrowthFacts *facts, KzDecomposition *result)
{
	begin(facts, result);
	if (facts->suppressed)
		return;
	if (facts->total.start > 0.0)
		result->term[KZ_CONTRIBUTION] = kz_maybe(result->change.value / facts->total.start);
	if (facts->total.incomplete)
		kz_worsen(&result->status, KZ_INCOMPLETE_TOTALS);
	if (!result->term[KZ_CONTRIBUTION].known)
		kz_worsen(&result->status, facts->total.start < 0.0 ? KZ_NEGATIVE : KZ_NO_BASE);
}

const KzMethod kz_dunn_method = {KZ_DUNN_TERMS, decompose_dunn, close_dunn};
const KzMethod kz_dynamic_method = {KZ_HOMOTHETIC, decompose_dunn, close_dunn};
const KzMethod kz_arcelus_method = {KZ_ARCELUS_TERMS, decompose_arcelus, close_arcelus};
const KzMethod kz_spatial_method = {KZ_SPATIAL_TERMS, decompose_spatial, close_spatial};
const KzMethod kz_growth_method = {KZ_GROWTH_TERMS, decompose_growth, close_growth};

/* Begins a sum. */
void
kz_parts_init(KzDecompositionSum *sum)
{
	memset(sum, 0, sizeof *sum);
}

/*
 * Adds a decomposition; of several steps in time, `first` and `last` tell where the sum starts and finishes. One that
 * is suppressed is left out; a term that is unknown makes the sum's unknown.
 */
void
kz_parts_add(KzDecompositionSum *sum, const KzMethod *method, const KzDecomposition *part,
			 bool first, bool last)
{
	if (!part->disclosed)
	{
		kz_worsen(&sum->status, KZ_INCOMPLETE_TOTALS);
		return;
	}
	sum->any = true;
	if (first)
		kz_exact_add(&sum->start, part->start);
	if (last)
		kz_exact_add(&sum->finish, part->finish);
	kz_exact_add(&sum->change, part->finish);
	kz_exact_add(&sum->change, -part->start);
	for (int i = 0; i < method->terms; i++)
	{
		if (part->term[i].known)
			kz_exact_add(&sum->term[i], part->term[i].value);
		else
		{
			sum->unknown[i] = true;
			kz_worsen(&sum->status, part->status);
		}
	}
	if (part->status == KZ_INCOMPLETE_TOTALS)
		kz_worsen(&sum->status, KZ_INCOMPLETE_TOTALS);
}

/* Rounds a sum once and makes its terms add up again. */
void
kz_parts_finish(const KzDecompositionSum *sum, const KzMethod *method, KzDecomposition *result)
{
	KzStatus status;

	*result = (KzDecomposition){.disclosed = sum->any, .status = KZ_SUPPRESSED_CELL};
	if (!sum->any)
		return;
	result->start = kz_exact_value(&sum->start);
	result->finish = kz_exact_value(&sum->finish);
	result->change = kz_maybe(kz_exact_value(&sum->change));
	status = kz_growth_of(result->start, result->finish, &result->growth.value);
	result->growth.known = status == KZ_OK;
	result->status = sum->status;
	kz_worsen(&result->status, status);
	for (int i = 0; i < method->terms; i++)
		if (!sum->unknown[i])
			result->term[i] = kz_maybe(kz_exact_value(&sum->term[i]));
	method->close(result);
}
