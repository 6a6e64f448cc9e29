/*
 * quotient.c
 *		One number serves all three coefficients: the region's share of the industry over the region's
 *		share of a base.
 */
#include "measure/quotient.h"

#include <math.h>

#include "matrix/walk.h"

/* Computes part / total, defined for part >= 0 and total > 0. */
KzStatus
kz_share(double part, double total, double *result)
{
	if (part < 0.0 || total < 0.0)
		return KZ_NEGATIVE;
	if (total == 0.0)
		return KZ_NO_BASE;
	*result = part / total + 0.0; /* a negative zero is a zero */
	return isfinite(*result) ? KZ_OK : KZ_NO_BASE;
}

/*
 * Computes (part / part_total) / (base / base_total).
 *
 * With the region's total and the reference's total as base it is the location quotient (Haig 1926; Hoover 1936;
 * Balassa 1965), with gross products Ermishina's coefficient of specialization, with populations her coefficient
 * of per-capita production.
 */
KzStatus
kz_quotient_of_shares(double part, double part_total, double base, double base_total,
					  double *result)
{
	double	 part_share = 0.0, base_share = 0.0;
	KzStatus status = kz_share(part, part_total, &part_share),
			 base_status = kz_share(base, base_total, &base_share);

	if (base_status > status)
		status = base_status;
	if (status != KZ_OK)
		return status;
	if (base_share == 0.0)
		return KZ_NO_BASE;
	*result = part_share / base_share;
	return isfinite(*result) ? KZ_OK : KZ_NO_BASE;
}

/* Sets what is known of a cell from its matrix and the totals; an absent cell is a zero. */
void
kz_facts_of_cell(const KzView *view, const KzTotals *totals, uint32_t row, uint32_t col,
				 uint32_t cell, KzCellFacts *facts)
{
	facts->value = cell == KZ_ABSENT ? 0.0 : view->value[cell];
	facts->suppressed = cell != KZ_ABSENT && kz_is_suppressed(view, cell);
	facts->region_total = totals->region[row];
	facts->ref_value = totals->industry[col];
	facts->ref_total = totals->reference;
	facts->incomplete = totals->region_incomplete[row] || totals->industry_incomplete[col] ||
						totals->reference_incomplete;
}

/* Computes the location quotient of a cell, which is never incomplete here. */
KzStatus
kz_quotient_of_cell(const KzCellFacts *facts, double *result)
{
	if (facts->suppressed)
		return KZ_SUPPRESSED_CELL;
	if (facts->value < 0.0)
		return KZ_NEGATIVE;
	return kz_quotient_of_shares(facts->value, facts->ref_value, facts->region_total,
								 facts->ref_total, result);
}

/* Computes a coefficient whose base may be unknown, and lets the status tell. */
static KzMaybe
coefficient(const KzCellFacts *facts, const KzBase *base, KzStatus missing, KzStatus *status)
{
	KzMaybe	 result = {0.0, false};
	KzStatus reason = KZ_OK;

	if (!base->given)
		return result;
	result.known = base->region.known && base->reference.known &&
				   kz_quotient_of_shares(facts->value, facts->ref_value, base->region.value,
										 base->reference.value, &result.value) == KZ_OK;
	if (!result.known)
		reason = missing;
	else if (base->incomplete)
		reason = KZ_INCOMPLETE_TOTALS;
	if (*status < reason)
		*status = reason;
	return result;
}

/* Computes everything that follows from a cell and its margins. */
void
kz_coefficients_of_cell(const KzCellFacts *facts, KzCoefficients *result)
{
	const KzMaybe unknown = {0.0, false};

	*result =
		(KzCoefficients){unknown, unknown, unknown, unknown, unknown, unknown, unknown, KZ_OK};
	result->reference_share.known =
		kz_share(facts->ref_value, facts->ref_total, &result->reference_share.value) == KZ_OK;
	if (facts->suppressed || facts->value < 0.0)
	{
		result->status = facts->suppressed ? KZ_SUPPRESSED_CELL : KZ_NEGATIVE;
		return;
	}
	result->region_share.known =
		kz_share(facts->value, facts->ref_value, &result->region_share.value) == KZ_OK;
	result->industry_share.known =
		kz_share(facts->value, facts->region_total, &result->industry_share.value) == KZ_OK;
	result->status = kz_quotient_of_shares(facts->value, facts->ref_value, facts->region_total,
										   facts->ref_total, &result->lq.value);
	result->lq.known = result->status == KZ_OK;
	if (facts->region_total >= 0.0 && result->reference_share.known)
	{
		result->excess.value = facts->value - facts->region_total * result->reference_share.value;
		result->excess.known = isfinite(result->excess.value);
	}
	if (result->lq.known && facts->incomplete)
		result->status = KZ_INCOMPLETE_TOTALS;
	result->cs = coefficient(facts, &facts->gross_product, KZ_NO_GROSS_PRODUCT, &result->status);
	result->pc = coefficient(facts, &facts->population, KZ_NO_POPULATION, &result->status);
}
