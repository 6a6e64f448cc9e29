/*
 * quotient_test.c
 *		The formulas of the coefficients against the closed form in a wider type, and every undefined case.
 */
#include "measure/quotient.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "unit.h"

#define ROUNDS 200000

/* Are two doubles the same bits? */
static bool
same_bits(double a, double b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

/* Returns a number that hurts, or any other. */
static double
any_number(uint64_t *seed)
{
	static const double hurts[] = {0.0,		-0.0,	  1.0,	   -1.0, 5e-324, DBL_MIN, DBL_EPSILON,
								   DBL_MAX, -DBL_MAX, -5e-324, 3.0,	 1e300,	 1e-300,  0x1p960};
	uint64_t			bits = unit_random(seed);
	double				value;

	if (bits % 3 == 0)
		return hurts[bits / 3 % (sizeof hurts / sizeof *hurts)];
	if (bits % 3 == 1)
		return (double) (bits >> 40) / 128.0;
	do
	{
		bits = unit_random(seed);
		memcpy(&value, &bits, sizeof value);
	} while (!isfinite(value));
	return value;
}

/* A share is defined for a part of at least 0 and a total above; nothing else is ever returned. */
static void
check_shares(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double	 part = any_number(seed), total = any_number(seed), result = -7.0;
		KzStatus status = kz_share(part, total, &result);

		if (part < 0.0 || total < 0.0)
			CHECK(status == KZ_NEGATIVE);
		else if (total == 0.0)
			CHECK(status == KZ_NO_BASE);
		else if (isfinite(part / total))
			CHECK(status == KZ_OK && same_bits(result, part / total + 0.0));
		else
			CHECK(status == KZ_NO_BASE);
	}
}

/* A quotient of shares is finite, not negative, close to the closed form, and undefined only for a reason. */
static void
check_quotients(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double a = any_number(seed), b = any_number(seed), c = any_number(seed),
			   d = any_number(seed), result = -7.0;
		KzStatus	status = kz_quotient_of_shares(a, b, c, d, &result);
		long double exact = ((long double) a / b) / ((long double) c / d);

		CHECK(status == KZ_OK || status == KZ_NO_BASE || status == KZ_NEGATIVE);
		CHECK((status == KZ_NEGATIVE) == (a < 0.0 || b < 0.0 || c < 0.0 || d < 0.0));
		if (status == KZ_OK)
		{
			CHECK(isfinite(result) && result >= 0.0 && !signbit(result));
			if (a / b > DBL_MIN && c / d > DBL_MIN && result > DBL_MIN)
				CHECK(fabsl(result / exact - 1.0L) < 1e-15L);
		}
		/* numbers of a table of any unit are always enough for a quotient */
		else if (status == KZ_NO_BASE)
			CHECK(b == 0.0 || c == 0.0 || d == 0.0 || !(a / b < DBL_MAX) || !(c / d < DBL_MAX) ||
				  c / d == 0.0 || !isfinite((a / b) / (c / d)));
	}
}

/* A power of two in any argument changes nothing but the exponent. */
static void
check_scale(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double a = (double) (unit_random(seed) >> 40) + 1,
			   b = (double) (unit_random(seed) >> 40) + 1,
			   c = (double) (unit_random(seed) >> 40) + 1,
			   d = (double) (unit_random(seed) >> 40) + 1, plain = 0.0, scaled = 0.0;

		CHECK(kz_quotient_of_shares(a, b, c, d, &plain) == KZ_OK);
		CHECK(kz_quotient_of_shares(a * 1024, b * 1024, c / 64, d / 64, &scaled) == KZ_OK);
		CHECK(same_bits(plain, scaled));
		CHECK(kz_quotient_of_shares(a * 8, b, c, d * 2, &scaled) == KZ_OK);
		CHECK(same_bits(plain * 16, scaled));
	}
}

/* Makes the facts of a cell: 12 of a region of 16, an industry of 32, a whole of 64. */
static KzCellFacts
facts_of_cell(void)
{
	return (KzCellFacts){.value = 12,
						 .region_total = 16,
						 .industry_total = 32,
						 .ref_value = 32,
						 .ref_total = 64,
						 .gross_product = {true, {32, true}, {64, true}, false},
						 .population = {true, {4, true}, {16, true}, false}};
}

/* Is a number known and this one? */
static bool
is(KzMaybe maybe, double value)
{
	return maybe.known && same_bits(maybe.value, value);
}

/* One cell and what may be wrong with it. */
static void
check_cells(void)
{
	KzCellFacts	   facts = facts_of_cell();
	KzCoefficients r;

	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_OK && is(r.lq, 1.5) && is(r.cs, 0.75) && is(r.pc, 1.5));
	CHECK(is(r.region_share, 0.375) && is(r.reference_share, 0.5) && is(r.industry_share, 0.75));
	CHECK(is(r.excess, 4.0));

	facts.value = 0;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_OK && is(r.lq, 0.0) && is(r.cs, 0.0) && is(r.pc, 0.0) &&
		  is(r.excess, -8.0));

	facts = facts_of_cell();
	facts.suppressed = true;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_SUPPRESSED_CELL && !r.lq.known && !r.cs.known && !r.pc.known);
	CHECK(!r.excess.known && !r.region_share.known && !r.industry_share.known);
	CHECK(is(r.reference_share, 0.5));

	facts = facts_of_cell();
	facts.value = -1;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NEGATIVE && !r.lq.known && !r.cs.known && !r.pc.known && !r.excess.known);

	facts = facts_of_cell();
	facts.region_total = 0;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NO_BASE && !r.lq.known && !r.industry_share.known);
	CHECK(is(r.region_share, 0.375) && is(r.cs, 0.75));

	facts = facts_of_cell();
	facts.ref_value = 0;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NO_BASE && !r.lq.known && !r.cs.known && !r.pc.known);

	facts = facts_of_cell();
	facts.region_total = -16;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NEGATIVE && !r.lq.known && !r.excess.known);

	facts = facts_of_cell();
	facts.incomplete = true;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_INCOMPLETE_TOTALS && is(r.lq, 1.5) && is(r.cs, 0.75));
}

/* Bases that are not there, not known, or not whole. */
static void
check_bases(void)
{
	KzCellFacts	   facts = facts_of_cell();
	KzCoefficients r;

	facts.gross_product.given = facts.population.given = false;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_OK && is(r.lq, 1.5) && !r.cs.known && !r.pc.known);

	facts = facts_of_cell();
	facts.gross_product.region.known = false;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NO_GROSS_PRODUCT && is(r.lq, 1.5) && !r.cs.known && is(r.pc, 1.5));

	facts = facts_of_cell();
	facts.population.region.value = 0;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NO_POPULATION && is(r.cs, 0.75) && !r.pc.known);

	facts = facts_of_cell();
	facts.population.reference.known = false;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NO_POPULATION && !r.pc.known);

	facts = facts_of_cell();
	facts.gross_product.incomplete = true;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_INCOMPLETE_TOTALS && is(r.cs, 0.75));

	facts = facts_of_cell();
	facts.gross_product.region.known = facts.population.region.known = false;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NO_GROSS_PRODUCT);

	/* the worst reason shows */
	facts.region_total = 0;
	kz_coefficients_of_cell(&facts, &r);
	CHECK(r.status == KZ_NO_BASE);
}

/* Whatever the facts are, no number that is not finite and no coefficient below zero comes out. */
static void
check_any_cell(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		uint64_t	   bits = unit_random(seed);
		KzCellFacts	   facts = {.value = any_number(seed),
								.suppressed = bits % 16 == 0,
								.incomplete = bits >> 4 & 1,
								.region_total = any_number(seed),
								.industry_total = any_number(seed),
								.ref_value = any_number(seed),
								.ref_total = any_number(seed),
								.gross_product = {bits >> 5 & 1,
												  {any_number(seed), bits >> 6 & 1},
												  {any_number(seed), bits >> 7 & 1},
												  bits >> 8 & 1},
								.population = {bits >> 9 & 1,
											   {any_number(seed), bits >> 10 & 1},
											   {any_number(seed), bits >> 11 & 1},
											   bits >> 12 & 1}};
		KzCoefficients r;

		kz_coefficients_of_cell(&facts, &r);
		CHECK(r.status >= KZ_OK && r.status < KZ_STATUSES && kz_status_name[r.status] != NULL);
		CHECK(!r.lq.known || (isfinite(r.lq.value) && r.lq.value >= 0));
		CHECK(!r.cs.known || (isfinite(r.cs.value) && r.cs.value >= 0));
		CHECK(!r.pc.known || (isfinite(r.pc.value) && r.pc.value >= 0));
		CHECK(!r.region_share.known ||
			  (isfinite(r.region_share.value) && r.region_share.value >= 0));
		CHECK(!r.industry_share.known || isfinite(r.industry_share.value));
		CHECK(!r.reference_share.known || isfinite(r.reference_share.value));
		CHECK(!r.excess.known || isfinite(r.excess.value));
		CHECK(r.lq.known || r.status >= KZ_NO_BASE);
		CHECK(r.status != KZ_OK ||
			  (r.lq.known && r.cs.known == facts.gross_product.given &&
			   r.pc.known == facts.population.given && !facts.incomplete && !facts.suppressed));
	}
}

int
main(void)
{
	uint64_t seed = 1;

	check_shares(&seed);
	check_quotients(&seed);
	check_scale(&seed);
	check_cells();
	check_bases();
	check_any_cell(&seed);
	return unit_done();
}
