/*
 * scoring_test.c
 *		The rules that tell clusters, on random matrices: percentiles against a full sort, bounds, what must change nothing.
 */
#include "postgres.h"

#include <math.h>

#include "measure/quantile.h"
#include "measure/scoring.h"
#include "sparse.h"

#define ROUNDS 10000

/* Sorts a few numbers. */
static void
sort(double *x, int count)
{
	for (int i = 1; i < count; i++)
		for (int j = i; j > 0 && x[j] < x[j - 1]; j--)
		{
			double t = x[j];

			x[j] = x[j - 1];
			x[j - 1] = t;
		}
}

/* A percentile lies between its neighbours, rises with its fraction and does not see where the zeros are kept. */
static void
check_percentile(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double all[24] = {0}, before = -1.0;
		int	   zeros = (int) (unit_random(seed) % 12), count = (int) (unit_random(seed) % 12);
		int	   n = zeros + count;

		if (n == 0)
			continue;
		for (int i = zeros; i < n; i++)
			all[i] = 1.0 + (double) (unit_random(seed) % 50);
		sort(all + zeros, count);
		CHECK(kz_percentile(all + zeros, (size_t) count, (size_t) zeros, 0.0) == all[0]);
		CHECK(kz_percentile(all + zeros, (size_t) count, (size_t) zeros, 1.0) == all[n - 1]);
		for (int step = 0; step <= 40; step++)
		{
			double p = step / 40.0,
				   q = kz_percentile(all + zeros, (size_t) count, (size_t) zeros, p);

			CHECK(q == kz_percentile(all, (size_t) n, 0, p));
			CHECK(q >= before);
			before = q;
		}
		/* at a fraction that is a number's own place it is that number */
		for (int i = 0; n > 1 && i < n; i++)
			CHECK(kz_percentile(all + zeros, (size_t) count, (size_t) zeros,
								(double) i / (n - 1)) == all[i]);
	}
}

/* Percentiles of a matrix against those of a dense list. */
static void
check_cutoffs(uint64_t *seed)
{
	static Sparse m, turned, filled;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzPercentile cutoff[SPARSE_COLS], other[SPARSE_COLS], third[SPARSE_COLS];
		double		 p = (double) (unit_random(seed) % 101) / 100.0;
		KzRanked	 what = (KzRanked) (round % 3);
		bool		 by_industry = round & 8;

		sparse_random(&m, seed, round & 1);
		sparse_turn(&m, &turned);
		sparse_fill(&m, &filled);
		kz_cutoffs(&m.view, &m.totals, what, p, by_industry, cutoff);
		kz_cutoffs(&turned.view, &turned.totals, what, p, by_industry, other);
		kz_cutoffs(&filled.view, &filled.totals, what, p, by_industry, third);
		for (uint32_t c = 0; c < (by_industry ? m.cols : 1); c++)
		{
			CHECK(same_maybe(cutoff[c].number, other[by_industry ? m.cols - 1 - c : 0].number));
			CHECK(same_maybe(cutoff[c].number, third[c].number));
			CHECK(cutoff[c].status == third[c].status);
			CHECK(cutoff[c].number.known == (cutoff[c].status <= KZ_INCOMPLETE_TOTALS));
		}
		if (round % 2 == 0 && what == KZ_RANKED_VALUE && by_industry)
			for (uint32_t c = 0; c < m.cols; c++)
			{
				double x[SPARSE_ROWS];

				for (uint32_t r = 0; r < m.rows; r++)
					x[r] = m.dense[r][c];
				sort(x, (int) m.rows);
				CHECK(cutoff[c].number.value == kz_percentile(x, m.rows, 0, p));
			}
	}
}

/* Stars: each for its own reason, unknown only where that is, more of them for lower levels. */
static void
check_stars(uint64_t *seed)
{
	static Sparse m;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzPercentile size[SPARSE_COLS], focus[1], low[SPARSE_COLS];

		sparse_random(&m, seed, round & 1);
		kz_cutoffs(&m.view, &m.totals, KZ_RANKED_VALUE, 0.9, true, size);
		kz_cutoffs(&m.view, &m.totals, KZ_RANKED_VALUE, 0.5, true, low);
		kz_cutoffs(&m.view, &m.totals, KZ_RANKED_FOCUS, 0.9, false, focus);
		for (uint32_t c = 0; c < m.cols; c++)
		{
			bool largest = false;

			for (uint32_t r = 0; r < m.rows; r++)
			{
				KzCellFacts facts = sparse_cell(&m, r, c);
				KzStars		stars, more;
				bool		known = !facts.suppressed && facts.value >= 0.0;

				kz_stars_of_cell(&facts, &size[c], 2.0, focus, &stars);
				kz_stars_of_cell(&facts, &low[c], 1.0, focus, &more);
				largest |= stars.size_star == KZ_YES;
				CHECK((stars.size_star == KZ_UNKNOWN) == !known);
				CHECK((stars.specialization_star == KZ_UNKNOWN) == !stars.lq.known);
				CHECK((stars.focus_star == KZ_UNKNOWN) == !stars.focus.known);
				CHECK(facts.value != 0.0 || facts.suppressed ||
					  (stars.size_star == KZ_NO && stars.focus_star != KZ_YES));
				CHECK(stars.size_star != KZ_YES || more.size_star == KZ_YES);
				CHECK(stars.specialization_star != KZ_YES || more.specialization_star == KZ_YES);
				CHECK(known || stars.status >= KZ_NEGATIVE);
			}
			/* the largest region always has a star for size */
			CHECK(round & 1 || m.industry[c] == 0.0 || largest);
		}
	}
}

/* Strong clusters: all reasons must hold, and one that does not is enough to tell. */
static void
check_strong(uint64_t *seed)
{
	static Sparse m;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzPercentile cutoff[SPARSE_COLS];
		KzStrongRule rule = {.quotient = (double) (round % 3),
							 .value = (double) (round % 5) * 5000,
							 .establishments = 10,
							 .has_establishments = round & 16};

		sparse_random(&m, seed, round & 1);
		kz_cutoffs(&m.view, &m.totals, KZ_RANKED_LQ, 0.75, true, cutoff);
		for (uint32_t c = 0; c < m.cols; c++)
			for (uint32_t r = 0; r < m.rows; r++)
			{
				uint64_t	bits = unit_random(seed);
				KzMaybe		number = {(double) (bits % 20), bits >> 8 & 3};
				KzCellFacts facts = sparse_cell(&m, r, c);
				KzStrong	s;

				kz_strong_of_cell(&facts, number, &cutoff[c], &rule, &s);
				CHECK(s.strong != KZ_YES ||
					  (s.high_quotient == KZ_YES && s.enough_value == KZ_YES &&
					   s.lq.value >= rule.quotient && s.lq.value > 0.0 &&
					   s.lq.value >= cutoff[c].number.value));
				CHECK((s.enough_establishments == KZ_UNKNOWN) ==
					  !(rule.has_establishments && number.known));
				CHECK(s.enough_establishments != KZ_NO || s.strong == KZ_NO);
				CHECK(s.strong != KZ_UNKNOWN || s.high_quotient == KZ_UNKNOWN ||
					  s.enough_value == KZ_UNKNOWN || (rule.has_establishments && !number.known));
				CHECK(!facts.suppressed || s.status == KZ_SUPPRESSED_CELL);
			}
	}
}

/* Makes the places of an industry with random totals; returns how many. */
static uint32_t
random_places(uint64_t *seed, KzPlaceOfIndustry *place, double *industry, double *all)
{
	uint32_t count = 1 + (uint32_t) (unit_random(seed) % 12);

	*industry = 0.0;
	*all = (double) (unit_random(seed) % 100000); /* of regions without the industry */
	for (uint32_t i = 0; i < count; i++)
	{
		place[i].region_total = 1.0 + (double) (unit_random(seed) % 100000);
		place[i].value = 1.0 + (double) (unit_random(seed) % (uint64_t) place[i].region_total);
		*industry += place[i].value;
		*all += place[i].region_total;
	}
	for (uint32_t i = 0; i < count; i++)
		place[i].lq = place[i].value / place[i].region_total / (*industry / *all);
	return count;
}

/* Traded industries: bounds, and what units, order and a region cut in two may not change. */
static void
check_traded(uint64_t *seed)
{
	const KzTradedRule rule = {
		.threshold = 1, .top = 3, .share = 0.5, .top_quotient = 2, .gini = 0.3};
	KzRoom room;

	kz_room_make(&room, 14);
	for (int round = 0; round < ROUNDS; round++)
	{
		KzPlaceOfIndustry place[13], other[13];
		double			  industry, all;
		uint32_t		  count = random_places(seed, place, &industry, &all);
		KzTraded		  a, b;

		for (uint32_t i = 0; i < count; i++)
		{
			other[count - 1 - i] = place[i];
			other[count - 1 - i].value *= 4;
			other[count - 1 - i].region_total *= 4;
		}
		kz_traded(place, count, count + 2, all, industry, &rule, &room, &a);
		kz_traded(other, count, count + 2, all * 4, industry * 4, &rule, &room, &b);
		CHECK(same_maybe(a.share, b.share) && same_maybe(a.gini, b.gini) &&
			  same_maybe(a.top_quotient, b.top_quotient));
		CHECK(a.share.known && a.share.value > 0.0 && a.share.value <= 1.0);
		CHECK(a.gini.known && a.gini.value >= 0.0 && a.gini.value < 1.0);
		CHECK(a.top_quotient.value <= place[count - 1].lq);
		CHECK(a.traded == kz_and(a.high_share, kz_and(a.high_quotient, a.high_gini)));

		/* half of a region has its quotient, so neither share nor Gini sees the cut */
		for (uint32_t i = 0; i < count; i++)
			other[i] = place[i];
		other[count - 1].value /= 2;
		other[count - 1].region_total /= 2;
		other[count] = other[count - 1];
		kz_traded(other, count + 1, count + 3, all, industry, &rule, &room, &b);
		CHECK(fabs(a.share.value - b.share.value) < 1e-14 &&
			  fabs(a.gini.value - b.gini.value) < 1e-13);
	}
}

/* Cases of few regions or none, and words. */
static void
check_cases(void)
{
	const KzTradedRule rule = {
		.threshold = 1, .top = 5, .share = 0.5, .top_quotient = 2, .gini = 0.3};
	KzPlaceOfIndustry place[2] = {{4.0, 8.0, 8.0}, {0.5, 8.0, 64.0}};
	KzRoom			  room;
	KzTraded		  r;

	kz_room_make(&room, 3);
	kz_traded(place, 0, 5, 64.0, 0.0, &rule, &room, &r);
	CHECK(r.status == KZ_NO_BASE && r.traded == KZ_UNKNOWN && !r.gini.known);
	kz_traded(place, 0, 5, 64.0, -3.0, &rule, &room, &r);
	CHECK(r.status == KZ_NEGATIVE && r.traded == KZ_UNKNOWN);
	kz_traded(place, 2, 4, 128.0, 16.0, &rule, &room, &r);
	CHECK(r.status == KZ_TOO_FEW && !r.top_quotient.known && r.share.value == 0.5);
	CHECK(r.traded == KZ_UNKNOWN && r.high_share == KZ_YES);
	/* zeros 56/128 of the area, then 1/2 at 64/128, then 1/2 at 8/128 */
	CHECK(r.gini.value == 1.0 - 0.5 * 0.5 - 1.5 * 0.0625);
	kz_traded(place, 2, 5, 128.0, 16.0, &rule, &room, &r);
	CHECK(r.status == KZ_OK && r.top_quotient.value == 0.9 && r.traded == KZ_NO);

	CHECK(kz_and(KZ_NO, KZ_UNKNOWN) == KZ_NO && kz_and(KZ_UNKNOWN, KZ_NO) == KZ_NO);
	CHECK(kz_and(KZ_YES, KZ_UNKNOWN) == KZ_UNKNOWN && kz_and(KZ_YES, KZ_YES) == KZ_YES);
	CHECK(kz_growth_quadrant(1, 0.1, 1, 0) == 0 && kz_growth_quadrant(1, 0, 1, 0) == 1);
	CHECK(kz_growth_quadrant(0.9, 0.1, 1, 0) == 2 && kz_growth_quadrant(0.9, 0.1, 1, 0.1) == 3);
	CHECK(kz_growth_outlook(2, 0, 1) == 0 && kz_growth_outlook(2, -0.1, 1) == 1);
	CHECK(kz_growth_outlook(0, 0, 1) == 2 && kz_growth_outlook(0, -0.1, 1) == 3);
}

int
main(void)
{
	uint64_t seed = 29;

	check_cases();
	check_percentile(&seed);
	check_cutoffs(&seed);
	check_stars(&seed);
	check_strong(&seed);
	check_traded(&seed);
	return unit_done();
}
