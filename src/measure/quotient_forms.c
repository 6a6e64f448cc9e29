/*
 * quotient_forms.c
 *		Other forms of the location quotient: transformed, as a difference, standardized, focal.
 */
#include "postgres.h"

#include <math.h>

#include "base/size.h"
#include "matrix/walk.h"
#include "measure/quotient_forms.h"
#include "miscadmin.h"

/* Quotients that are equal but for rounding have no variation. */
#define NOISE 1e-14

/* Computes (L - 1) / (L + 1), between -1 and 1 (Laursen 1998). */
KzStatus
kz_symmetric_form(double lq, double *result)
{
	if (lq < 0.0)
		return KZ_NEGATIVE;
	*result = (lq - 1.0) / (lq + 1.0);
	return KZ_OK;
}

/* Computes E_ri / E - E_r. E_.i / E^2 (Yu, Cai and Leung 2009). */
KzStatus
kz_normalized_form(double value, double industry_total, double region_total, double total,
				   double *result)
{
	double	 shares[3];
	KzStatus status = kz_share(value, total, &shares[0]),
			 industry = kz_share(industry_total, total, &shares[1]),
			 region = kz_share(region_total, total, &shares[2]);

	kz_worsen(&status, industry);
	kz_worsen(&status, region);
	if (status != KZ_OK)
		return status;
	*result = shares[0] - shares[1] * shares[2] + 0.0;
	return isfinite(*result) ? KZ_OK : KZ_NO_BASE;
}

/*
 * Computes the cluster index E_ri N_ri A P / (A_r P_r E_.i N_.i), which is relative density times relative stock
 * over relative size (Litzenberger and Sternberg 2006).
 */
KzStatus
kz_cluster_index_form(double value, double establishments, double area, double population,
					  double industry_total, double industry_establishments, double total_area,
					  double total_population, double *result)
{
	double	 of_values, of_establishments;
	KzStatus status = kz_quotient_of_shares(value, industry_total, area, total_area, &of_values),
			 other = kz_quotient_of_shares(establishments, industry_establishments, population,
										   total_population, &of_establishments);

	kz_worsen(&status, other);
	if (status == KZ_OK && value > 0.0 && establishments == 0.0)
		status = KZ_NO_BASE; /* something from nothing */
	if (status != KZ_OK)
		return status;
	*result = of_values * of_establishments;
	return isfinite(*result) ? KZ_OK : KZ_NO_BASE;
}

/* Sums of the quotients of an industry while its spread is computed. */
typedef struct Sums
{
	KzExact	 sum;
	uint32_t positive;	/* cells with a quotient above zero */
	uint32_t undefined; /* cells without a quotient in regions that have others */
	bool	 incomplete;
	bool	 overflow;
} Sums;

/* Adds a number to an exact sum, if that can hold it. */
static void
add(Sums *sums, double value)
{
	if (kz_value_is_valid(value))
		kz_exact_add(&sums->sum, value);
	else
		sums->overflow = true;
}

/* Computes the quotient of a cell or its logarithm; returns the quotient's status. */
static KzStatus
quotient(const KzView *view, const KzTotals *totals, const KzWalk *walk, bool log_form, double *lq,
		 double *result)
{
	KzCellFacts facts = {0};
	KzStatus	status;

	kz_facts_of_cell(view, totals, walk->row, walk->col, walk->cell, &facts);
	status = kz_quotient_of_cell(&facts, lq);
	if (status == KZ_OK)
		*result = log_form && *lq > 0.0 ? log(*lq) : *lq;
	return status;
}

/* Adds up the quotients of all industries: themselves, or their squared differences from the mean. */
static void
add_quotients(const KzView *view, const KzTotals *totals, bool log_form, const KzSpread *spread,
			  Sums *sums)
{
	for (KzWalk walk = {.view = view}; kz_walk(&walk);)
	{
		Sums	*industry = &sums[walk.col];
		double	 lq = 0.0, value = 0.0;
		KzStatus status = quotient(view, totals, &walk, log_form, &lq, &value);

		CHECK_FOR_INTERRUPTS();
		industry->incomplete |= status == KZ_SUPPRESSED_CELL;
		if (status != KZ_OK)
			industry->undefined += totals->region[walk.row] > 0.0;
		else if (lq > 0.0)
		{
			double difference = spread == NULL ? 0.0 : value - spread[walk.col].mean;

			industry->positive++;
			add(industry, spread == NULL ? value : difference * difference);
		}
	}
}

/* Allocates empty sums. */
static Sums *
alloc_sums(uint32_t cols)
{
	return palloc_extended(kz_size_mul(Max(cols, 1), sizeof(Sums)),
						   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* Counts the quotients that the spread of an industry is over. */
static uint32_t
count_quotients(const Sums *sums, uint32_t regions, bool log_form)
{
	return log_form ? sums->positive : regions - sums->undefined;
}

/* Finishes the spread of an industry from the sums of its quotients and of their squared differences. */
static void
finish_spread(const Sums *first, const Sums *second, uint32_t count, const KzStandard *standard,
			  bool log_form, KzSpread *spread)
{
	double scale = fabs(spread->mean);

	if (log_form && scale < 1.0)
		scale = 1.0; /* a logarithm's error is the quotient's relative one */
	if (count >= 2)
		spread->deviation = sqrt(kz_exact_value(&second->sum) / (count - standard->sample));
	else
		kz_worsen(&spread->status, KZ_TOO_FEW);
	if (first->overflow || second->overflow)
		kz_worsen(&spread->status, KZ_NO_BASE);
	else if (count >= 2 && spread->deviation <= NOISE * scale)
		kz_worsen(&spread->status, KZ_NO_VARIATION);
	spread->known = spread->status <= KZ_INCOMPLETE_TOTALS;
}

/*
 * Computes mean and standard deviation of every industry's quotients, or of their natural logarithms, over all
 * regions that have a total; those without the industry have a quotient of zero (O'Donoghue and Gleave 2004).
 */
void
kz_spread_compute(const KzView *view, const KzTotals *totals, const KzStandard *standard,
				  bool log_form, KzSpread *spread)
{
	Sums	*first = alloc_sums(view->cols.count), *second = alloc_sums(view->cols.count);
	uint32_t regions = 0;

	for (uint32_t row = 0; row < view->rows.count; row++)
		regions += totals->region[row] > 0.0;
	add_quotients(view, totals, log_form, NULL, first);
	for (uint32_t col = 0; col < view->cols.count; col++)
	{
		uint32_t count = count_quotients(&first[col], regions, log_form);

		spread[col] = (KzSpread){.status = first[col].incomplete ? KZ_INCOMPLETE_TOTALS : KZ_OK};
		if (count > 0)
			spread[col].mean = kz_exact_value(&first[col].sum) / count;
		if (!log_form)
			add(&second[col], spread[col].mean * spread[col].mean * (count - first[col].positive));
	}
	add_quotients(view, totals, log_form, spread, second);
	for (uint32_t col = 0; col < view->cols.count; col++)
	{
		uint32_t count = count_quotients(&first[col], regions, log_form),
				 zeros = regions - first[col].undefined - first[col].positive;

		finish_spread(&first[col], &second[col], count, standard, log_form, &spread[col]);
		if (log_form && zeros > 0 && !standard->skip_zeros)
		{
			spread[col].known = false;
			kz_worsen(&spread[col].status, KZ_ZERO);
		}
	}
	pfree(first);
	pfree(second);
}

/* Sets a standardized form, if it is wanted, or raises the status to the reason why there is none. */
static void
standardize(KzForms *result, KzForm form, double value, const KzSpread *spread)
{
	if (spread == NULL)
		return;
	kz_worsen(&result->status, spread->status);
	if (spread->known)
		result->form[form] = kz_maybe((value - spread->mean) / spread->deviation);
}

/* Computes all forms of a cell; those standardized where the spread of its industry is given. */
void
kz_forms_of_cell(const KzCellFacts *facts, const KzSpread *plain, const KzSpread *log_form,
				 KzForms *result)
{
	KzMaybe		  *form = result->form;
	KzCoefficients c;
	double		   lq, share, number;

	*result = (KzForms){0};
	kz_coefficients_of_cell(facts, &c);
	result->status = c.status;
	form[KZ_FORM_LOCATION] = c.lq;
	form[KZ_FORM_EXCESS] = c.excess;
	if (c.industry_share.known && c.reference_share.known)
		form[KZ_FORM_ADDITIVE] = kz_maybe(c.industry_share.value - c.reference_share.value);
	if (c.region_share.known && kz_share(facts->region_total, facts->ref_total, &share) == KZ_OK)
		form[KZ_FORM_ADDITIVE_REGION] = kz_maybe(c.region_share.value - share);
	if (!facts->suppressed &&
		kz_normalized_form(facts->value, facts->ref_value, facts->region_total, facts->ref_total,
						   &number) == KZ_OK)
		form[KZ_FORM_NORMALISED] = kz_maybe(number);
	if (!c.lq.known)
		return;

	lq = c.lq.value;
	if (kz_symmetric_form(lq, &number) == KZ_OK)
		form[KZ_FORM_SYMMETRIC] = kz_maybe(number);
	standardize(result, KZ_FORM_STANDARDISED, lq, plain);
	if (lq == 0.0)
	{
		kz_worsen(&result->status, KZ_ZERO);
		return;
	}
	form[KZ_FORM_LOG] = kz_maybe(log(lq));
	standardize(result, KZ_FORM_STANDARDISED_LOG, form[KZ_FORM_LOG].value, log_form);
}

/* Computes the cell's share over the region's share of a base; where that fails, the base is the reason. */
static KzMaybe
over_base(const KzPlantFacts *facts, const KzBase *base, KzStatus missing, KzStatus *status)
{
	KzMaybe result = {0.0, false};

	result.known = base->region.known && base->reference.known &&
				   kz_quotient_of_shares(facts->value, facts->industry_total, base->region.value,
										 base->reference.value, &result.value) == KZ_OK;
	if (!result.known)
		kz_worsen(status, missing);
	return result;
}

/* Computes the size of the cell's establishments over that of the industry's. */
static KzMaybe
relative_size(const KzPlantFacts *facts, KzStatus *status)
{
	KzMaybe	 result = {0.0, false};
	KzStatus reason = KZ_SUPPRESSED_CELL;

	if (facts->establishments.known)
		reason =
			kz_quotient_of_shares(facts->value, facts->industry_total, facts->establishments.value,
								  facts->industry_establishments, &result.value);
	/* neither jobs nor establishments: no average size, but an index of zero */
	if (reason == KZ_NO_BASE && facts->value == 0.0 && facts->establishments.value == 0.0)
		reason = KZ_ZERO;
	result.known = reason == KZ_OK;
	kz_worsen(status, reason);
	return result;
}

/* Computes the cluster index of a cell with its components (Litzenberger and Sternberg 2006). */
void
kz_cluster_index_of_cell(const KzPlantFacts *facts, KzClusterIndex *result)
{
	double share;

	*result = (KzClusterIndex){.status = facts->suppressed	  ? KZ_SUPPRESSED_CELL
										 : facts->value < 0.0 ? KZ_NEGATIVE
															  : KZ_OK};
	if (result->status != KZ_OK)
		return;
	result->status = kz_share(facts->value, facts->industry_total, &share);
	result->density = over_base(facts, &facts->area, KZ_NO_AREA, &result->status);
	result->stock = over_base(facts, &facts->population, KZ_NO_POPULATION, &result->status);
	result->size = relative_size(facts, &result->status);
	if (result->density.known && result->stock.known && facts->establishments.known)
		result->index.known =
			kz_cluster_index_form(facts->value, facts->establishments.value,
								  facts->area.region.value, facts->population.region.value,
								  facts->industry_total, facts->industry_establishments,
								  facts->area.reference.value, facts->population.reference.value,
								  &result->index.value) == KZ_OK;
	if (facts->incomplete || facts->area.incomplete || facts->population.incomplete)
		kz_worsen(&result->status, KZ_INCOMPLETE_TOTALS);
}

/* Makes room for the facts of a region and its neighbours. */
void
kz_focus_init(KzFocus *focus, uint32_t cols)
{
	size_t room = Max(cols, 1);
	int	   flags = MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO;

	focus->sum = palloc_extended(kz_size_mul(room, sizeof(KzExact)), flags);
	focus->suppressed = palloc_extended(room, flags);
	focus->touched = palloc_extended(room, flags);
	focus->col = palloc_extended(kz_size_mul(room, sizeof(uint32_t)), flags);
	focus->count = 0;
	focus->incomplete = false;
	kz_exact_init(&focus->total, 0.0);
}

/* Adds a product exactly: the rounded one and what was rounded off; returns false when it is out of range. */
static bool
add_product(KzExact *sum, double a, double b)
{
	double product = a * b;

	if (!kz_value_is_valid(product))
		return false;
	kz_exact_add(sum, product);
	kz_exact_add(sum, fma(a, b, -product));
	return true;
}

/* Adds a region's facts with a weight, which may be 0; returns false when a number is out of range. */
bool
kz_focus_add(KzFocus *focus, const KzView *view, const KzTotals *totals, uint32_t row,
			 double weight)
{
	bool in_range = add_product(&focus->total, weight, totals->region[row]);

	if (weight != 0.0)
		focus->incomplete |= totals->region_incomplete[row];
	for (uint32_t i = view->row_start[row]; i < view->row_start[row + 1]; i++)
	{
		uint32_t col = view->col[i];

		CHECK_FOR_INTERRUPTS();
		if (!focus->touched[col])
			focus->col[focus->count++] = col;
		focus->touched[col] = true;
		in_range &= add_product(&focus->sum[col], weight, view->value[i]);
		focus->suppressed[col] |= weight != 0.0 && kz_is_suppressed(view, i);
	}
	return in_range;
}

/* Empties the sums for the next region. */
void
kz_focus_clear(KzFocus *focus)
{
	for (uint32_t i = 0; i < focus->count; i++)
	{
		uint32_t col = focus->col[i];

		kz_exact_init(&focus->sum[col], 0.0);
		focus->suppressed[col] = focus->touched[col] = false;
	}
	focus->count = 0;
	focus->incomplete = false;
	kz_exact_init(&focus->total, 0.0);
}
