/*
 * disproportionality_test.c
 *		Indices of random distributions against the closed form, their bounds, and what must not change them.
 */
#include "measure/diversity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ROUNDS 10000
#define MOST   12

/* A random region x industry matrix with its margins, small enough for brute force. */
typedef struct Case
{
	uint32_t  rows, cols;
	double	  cell[MOST][MOST];
	uint32_t  row_start[MOST + 1], col[MOST * MOST];
	double	  value[MOST * MOST], row_total[MOST], col_total[MOST];
	uint32_t  row_suppressed[MOST], col_suppressed[MOST];
	KzView	  view;
	KzMargins margins;
} Case;

/* Are two numbers the same within rounding? */
static bool
near(double a, double b)
{
	return fabs(a - b) <= 1e-12 * fmax(1.0, fmax(fabs(a), fabs(b)));
}

/* Makes view and margins of the cells of a case; what is zero is absent. */
static void
complete(Case *c)
{
	uint32_t cells = 0;

	memset(c->row_total, 0, sizeof c->row_total);
	memset(c->col_total, 0, sizeof c->col_total);
	c->margins.total = 0.0;
	for (uint32_t r = 0; r < c->rows; r++)
	{
		c->row_start[r] = cells;
		for (uint32_t i = 0; i < c->cols; i++)
		{
			if (c->cell[r][i] == 0.0)
				continue;
			c->col[cells] = i;
			c->value[cells++] = c->cell[r][i];
			c->row_total[r] += c->cell[r][i];
			c->col_total[i] += c->cell[r][i];
			c->margins.total += c->cell[r][i];
		}
	}
	c->row_start[c->rows] = cells;
	c->view = (KzView){.rows = {.count = c->rows},
					   .cols = {.count = c->cols},
					   .cells = cells,
					   .row_start = c->row_start,
					   .col = c->col,
					   .value = c->value};
	c->margins = (KzMargins){.row_total = c->row_total,
							 .col_total = c->col_total,
							 .row_suppressed = c->row_suppressed,
							 .col_suppressed = c->col_suppressed,
							 .total = c->margins.total};
}

/* Makes a random matrix of whole numbers, which add up without rounding; about a third of it is zero. */
static void
make_case(uint64_t *seed, Case *c)
{
	memset(c, 0, sizeof *c);
	c->rows = 2 + unit_random(seed) % (MOST - 1);
	c->cols = 2 + unit_random(seed) % (MOST - 1);
	for (uint32_t r = 0; r < c->rows; r++)
		for (uint32_t i = 0; i < c->cols; i++)
			if (unit_random(seed) % 3 > 0)
				c->cell[r][i] = 1 + unit_random(seed) % (1 << unit_random(seed) % 20);
	for (uint32_t r = 0; r < c->rows; r++)
		c->cell[r][unit_random(seed) % c->cols] += 1;
	for (uint32_t i = 0; i < c->cols; i++)
		c->cell[unit_random(seed) % c->rows][i] += 1;
	complete(c);
}

/* Computes an index of one subject. */
static KzStatus
index_of(const Case *c, bool rows, KzProjection projection, KzPlaceWeight weight,
		 KzReferenceKind kind, uint32_t subject, double *result)
{
	KzSubjects	subjects;
	KzReference reference;
	KzRoom		room;

	(rows ? kz_subjects_of_rows : kz_subjects_of_cols)(&c->view, &c->margins, &subjects);
	kz_reference_open(&reference, &subjects, kind, NULL, 0);
	kz_room_make(&room, reference.places);
	return kz_disproportionality(projection, weight, &reference, &subjects, subject, &room, result);
}

/* Returns a random distribution over n places, some of them empty. */
static void
make_shares(uint64_t *seed, double *p, uint32_t n)
{
	double total = 0.0;

	for (uint32_t k = 0; k < n; k++)
		total += p[k] = unit_random(seed) % 4 == 0 ? 0.0 : (double) (unit_random(seed) % 1000);
	p[unit_random(seed) % n] += 1.0;
	for (uint32_t k = 0; k < n; k++)
		p[k] /= total + 1.0;
}

/* Gini as the mean difference of all pairs: sum_jk q_j q_k |L_j - L_k| / 2. */
static double
gini_of_pairs(const double *p, const double *q, uint32_t n)
{
	double sum = 0.0;

	for (uint32_t j = 0; j < n; j++)
		for (uint32_t k = 0; k < n; k++)
			sum += fabs(p[j] * q[k] - p[k] * q[j]);
	return sum / 2.0;
}

/* Each projection against its closed form, its bounds and the inequalities between them. */
static void
check_projections(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double	 p[MOST], q[MOST], r[KZ_PROJECTIONS], unweighted[KZ_PROJECTIONS];
		double	 hoover = 0.0, theil = 0.0, chi2 = 0.0, squares = 0.0, mean = 0.0, spread = 0.0;
		uint32_t n = 1 + unit_random(seed) % MOST, with = 0;
		bool	 lacking = false;
		KzRoom	 room;

		make_shares(seed, p, n);
		make_shares(seed, q, n);
		kz_room_make(&room, n);
		for (uint32_t k = 0; k < n; k++)
		{
			hoover += fabs(p[k] - q[k]) / 2.0;
			squares += (p[k] - q[k]) * (p[k] - q[k]);
			theil += p[k] > 0.0 && q[k] > 0.0 ? p[k] * log(p[k] / q[k]) : 0.0;
			chi2 += q[k] > 0.0 ? (p[k] - q[k]) * (p[k] - q[k]) / q[k] : 0.0;
			mean += q[k] > 0.0 ? p[k] / q[k] : 0.0;
			with += q[k] > 0.0;
			lacking |= q[k] == 0.0 && p[k] > 0.0;
		}
		mean /= with;
		for (uint32_t k = 0; k < n; k++)
			spread += q[k] > 0.0 ? pow(p[k] / q[k] / mean - 1.0, 2.0) / with : 0.0;
		for (int i = 0; i < KZ_PROJECTIONS; i++)
		{
			bool divides =
				i == KZ_GINI_UNWEIGHTED || i == KZ_THEIL || i == KZ_VARIANCE || i == KZ_CHI2;
			KzStatus status = kz_project(i, KZ_WEIGHT_REFERENCE, p, q, n, &room, &r[i]);

			CHECK(status == (divides && lacking ? KZ_NO_BASE : KZ_OK));
			CHECK(status != KZ_OK || (isfinite(r[i]) && r[i] >= 0.0));
			status = kz_project(i, KZ_WEIGHT_UNIFORM, p, q, n, &room, &unweighted[i]);
			CHECK(status == (i != KZ_HERFINDAHL && lacking ? KZ_NO_BASE : KZ_OK));
		}
		CHECK(near(r[KZ_HOOVER], hoover) && r[KZ_HOOVER] <= 1.0);
		CHECK(r[KZ_KRUGMAN] == 2.0 * r[KZ_HOOVER]);
		CHECK(near(r[KZ_GINI], gini_of_pairs(p, q, n)) && r[KZ_GINI] <= 1.0);
		CHECK(r[KZ_HOOVER] <= r[KZ_GINI] + 1e-15);
		CHECK(near(r[KZ_SQUARES], squares));
		CHECK(r[KZ_HERFINDAHL] >= 1.0 / n - 1e-15 && r[KZ_HERFINDAHL] <= 1.0 + 1e-15);
		if (lacking)
			continue;
		CHECK(near(r[KZ_THEIL], theil));
		CHECK(near(r[KZ_CHI2], chi2) && r[KZ_CHI2] == r[KZ_VARIANCE]);
		CHECK(r[KZ_THEIL] >= 2.0 * hoover * hoover - 1e-15);
		CHECK(r[KZ_THEIL] <= log(1.0 + r[KZ_CHI2]) + 1e-15);
		CHECK(unweighted[KZ_GINI] == r[KZ_GINI_UNWEIGHTED]);
		CHECK(unweighted[KZ_CHI2] == r[KZ_CHI2]);
		CHECK(near(unweighted[KZ_VARIANCE], spread));
	}
}

/* Nothing depends on the order of the places, on the names of the subjects or on the scale. */
static void
check_invariance(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		static const KzReferenceKind kinds[] = {KZ_REFERENCE_TOTAL, KZ_REFERENCE_REST,
												KZ_REFERENCE_MEAN, KZ_REFERENCE_PAIRS,
												KZ_REFERENCE_UNIFORM};
		KzProjection				 projection = unit_random(seed) % KZ_PROJECTIONS;
		KzPlaceWeight				 weight = unit_random(seed) % 2;
		KzReferenceKind				 kind = kinds[unit_random(seed) % 5];
		bool						 rows = unit_random(seed) % 2;
		Case						 c, turned, scaled;
		double						 a = -1.0, b = -1.0, d = -1.0;
		KzStatus					 status;

		make_case(seed, &c);
		turned = scaled = c;
		for (uint32_t r = 0; r < c.rows; r++)
			for (uint32_t i = 0; i < c.cols; i++)
			{
				turned.cell[c.rows - 1 - r][c.cols - 1 - i] = c.cell[r][i];
				scaled.cell[r][i] = c.cell[r][i] * 0x1p-30;
			}
		complete(&turned);
		complete(&scaled);
		status = index_of(&c, rows, projection, weight, kind, 0, &a);
		CHECK(index_of(&turned, rows, projection, weight, kind, (rows ? c.rows : c.cols) - 1, &b) ==
			  status);
		CHECK(index_of(&scaled, rows, projection, weight, kind, 0, &d) == status);
		CHECK(status == KZ_OK || status == KZ_NO_BASE);
		if (status != KZ_OK)
			continue;
		CHECK(near(a, b));
		CHECK(a == b || projection <= KZ_KRUGMAN);
		CHECK(a == d);
	}
}

/* What the references must be, and what the two sides of a matrix have in common. */
static void
check_references(uint64_t *seed)
{
	static const KzProjection adds_up[] = {KZ_KRUGMAN, KZ_THEIL, KZ_CHI2};

	for (int round = 0; round < ROUNDS; round++)
	{
		Case   c;
		double of_rows[3] = {0.0}, of_cols[3] = {0.0}, total, rest, mean, pairs, sum = 0.0;

		make_case(seed, &c);
		/* the mean over regions by size is the mean over industries by size */
		for (int i = 0; i < 3; i++)
		{
			double value = 0.0;

			for (uint32_t r = 0; r < c.rows; r++)
			{
				CHECK(index_of(&c, true, adds_up[i], KZ_WEIGHT_REFERENCE, KZ_REFERENCE_TOTAL, r,
							   &value) == KZ_OK);
				of_rows[i] += c.row_total[r] / c.margins.total * value;
			}
			for (uint32_t k = 0; k < c.cols; k++)
			{
				CHECK(index_of(&c, false, adds_up[i], KZ_WEIGHT_REFERENCE, KZ_REFERENCE_TOTAL, k,
							   &value) == KZ_OK);
				of_cols[i] += c.col_total[k] / c.margins.total * value;
			}
			CHECK(near(of_rows[i], of_cols[i]));
		}
		/* a region is nearer to a total that includes it, by the share of the others */
		index_of(&c, true, KZ_KRUGMAN, KZ_WEIGHT_REFERENCE, KZ_REFERENCE_TOTAL, 0, &total);
		CHECK(index_of(&c, true, KZ_KRUGMAN, KZ_WEIGHT_REFERENCE, KZ_REFERENCE_REST, 0, &rest) ==
			  KZ_OK);
		CHECK(near(total, rest * (1.0 - c.row_total[0] / c.margins.total)));
		/* the mean of the others by hand; the index of the mean is at most the mean of the indices */
		for (uint32_t i = 0; i < c.cols; i++)
		{
			double others = 0.0;

			for (uint32_t r = 1; r < c.rows; r++)
				others += c.cell[r][i] / c.row_total[r] / (c.rows - 1);
			sum += fabs(c.cell[0][i] / c.row_total[0] - others);
		}
		index_of(&c, true, KZ_KRUGMAN, KZ_WEIGHT_REFERENCE, KZ_REFERENCE_MEAN, 0, &mean);
		CHECK(near(mean, sum));
		sum = 0.0;
		for (uint32_t r = 1; r < c.rows; r++)
			for (uint32_t i = 0; i < c.cols; i++)
				sum += fabs(c.cell[0][i] / c.row_total[0] - c.cell[r][i] / c.row_total[r]);
		index_of(&c, true, KZ_KRUGMAN, KZ_WEIGHT_REFERENCE, KZ_REFERENCE_PAIRS, 0, &pairs);
		CHECK(near(pairs, sum / (c.rows - 1)));
		CHECK(mean <= pairs + 1e-14);
	}
}

/* A suppressed, negative or empty region is undefined, and touches the others only as it must. */
static void
check_statuses(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Case			c;
		uint32_t		kind = unit_random(seed) % 3;
		static KzStatus expected[] = {KZ_SUPPRESSED_CELL, KZ_NEGATIVE, KZ_NO_BASE};
		double			value;

		make_case(seed, &c);
		c.rows = c.rows < 3 ? 3 : c.rows;
		c.cell[2][0] += 3.0;
		for (uint32_t i = 0; kind == 2 && i < c.cols; i++)
			c.cell[0][i] = 0.0;
		c.cell[1][0] += c.cell[0][0] + 2.0;
		if (kind == 1)
			c.cell[0][0] = -1.0;
		complete(&c);
		c.row_suppressed[0] = c.margins.suppressed = kind == 0;
		for (int reference = KZ_REFERENCE_TOTAL; reference <= KZ_REFERENCE_UNIFORM; reference++)
		{
			KzStatus status =
				index_of(&c, true, KZ_HOOVER, KZ_WEIGHT_REFERENCE, reference, 0, &value);

			CHECK(status == expected[kind]);
			status = index_of(&c, true, KZ_HOOVER, KZ_WEIGHT_REFERENCE, reference, 1, &value);
			CHECK(status ==
				  (kind == 0 && reference != KZ_REFERENCE_UNIFORM ? KZ_INCOMPLETE_TOTALS : KZ_OK));
			CHECK(value >= 0.0 && value <= 1.0);
		}
	}
}

/* The parts of a profile, and the identities between them. */
static void
check_profiles(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double	  p[MOST], q[MOST], quotient[MOST], share[3], unrelated, related, entropy;
		uint32_t  n = 1 + unit_random(seed) % MOST, group[MOST];
		KzProfile profile;
		KzRoom	  room;

		make_shares(seed, p, n);
		make_shares(seed, q, n);
		kz_room_make(&room, n);
		for (uint32_t k = 0; k < n; k++)
		{
			q[k] = (q[k] + 1.0 / n) / 2.0;
			quotient[k] = p[k] / q[k];
			group[k] = unit_random(seed) % 3;
		}
		kz_profile_alone(p, n, 2.0, &room, &profile);
		kz_profile_compared(p, q, quotient, n, 1.0, &room, &profile);
		CHECK(profile.present >= 1 && profile.present <= n);
		CHECK(profile.above >= 1 && profile.above <= profile.present);
		CHECK(profile.equivalent_number.value <= profile.present * (1.0 + 1e-15));
		CHECK(near(profile.gini_simpson.value + profile.herfindahl.value, 1.0));
		CHECK(profile.herfindahl_normalized.known == (n > 1) &&
			  profile.herfindahl_normalized.value <= 1.0 + 1e-15);
		CHECK(profile.evenness.known == (profile.present > 1) &&
			  profile.evenness.value <= 1.0 + 1e-15);
		CHECK(profile.largest_share.value * profile.largest_share.value <=
			  profile.herfindahl.value * (1.0 + 1e-15));
		CHECK(near(profile.average_quotient.value, 1.0 + profile.chi2.value));
		CHECK(profile.hachman.value > 0.0 && profile.hachman.value <= 1.0 + 1e-15);
		CHECK(profile.largest_quotient.value >= profile.average_quotient.value * (1.0 - 1e-15));
		CHECK(profile.relative_diversity.known == (profile.krugman.value > 0.0));
		entropy = kz_entropy_of(p, n);
		CHECK(near(profile.entropy.value, entropy / log(2.0)));
		CHECK(near(profile.absolute_theil.value, log((double) n) - entropy));
		kz_varieties(p, group, n, share, 3, &unrelated, &related);
		CHECK(near(unrelated + related, entropy) && unrelated >= 0.0 && related >= 0.0);
	}
}

/* Hill numbers fall with the order, meet the closed forms, and are smooth at order 1. */
static void
check_hill(uint64_t *seed)
{
	static const double orders[] = {0.0,	0.5, 0.9999, 0.99991, 1.0, 1.00009,
									1.0001, 1.5, 2.0,	 10.0,	  1e6, INFINITY};

	for (int round = 0; round < ROUNDS; round++)
	{
		double	 p[MOST], before = INFINITY, sum = 0.0, value, largest = 0.0;
		uint32_t n = 1 + unit_random(seed) % MOST, present = 0;

		make_shares(seed, p, n);
		for (uint32_t k = 0; k < n; k++)
		{
			present += p[k] > 0.0;
			sum += p[k] * p[k];
			largest = fmax(largest, p[k]);
		}
		for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
		{
			CHECK(kz_hill_number(p, n, orders[i], &value) == KZ_OK);
			CHECK(value <= before * (1.0 + 1e-12));
			before = value;
			if (orders[i] == 0.0)
				CHECK(value == present);
			if (orders[i] == 1.0)
				CHECK(near(value, exp(kz_entropy_of(p, n))));
			if (orders[i] == 2.0)
				CHECK(near(value, 1.0 / sum));
			if (isinf(orders[i]))
				CHECK(value == 1.0 / largest);
			if (fabs(orders[i] - 1.0) < 2e-4 && orders[i] != 1.0)
			{
				long double power = 0.0L, t = (long double) orders[i] - 1.0L;

				for (uint32_t k = 0; k < n; k++)
					power += p[k] > 0.0 ? p[k] * expm1l(t * logl(p[k])) : 0.0L;
				CHECK(fabs(value / (double) expl(-log1pl(power) / t) - 1.0) < 1e-11);
			}
		}
	}
}

/* Rao-Stirling, change of shares and coherence. */
static void
check_others(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double	 p[MOST], q[MOST], table[MOST * MOST], weight[MOST], value, low = 1.0, high = 0.0;
		double	 sum = 0.0, squares = 0.0, neighbours = 0.0, change;
		uint32_t n = 2 + unit_random(seed) % (MOST - 1), present = 0;
		KzStatus status;
		KzRoom	 room;

		make_shares(seed, p, n);
		make_shares(seed, q, n);
		kz_room_make(&room, n);
		for (uint32_t i = 0; i < n; i++)
		{
			present += p[i] > 0.0;
			squares += p[i] * p[i];
			table[i * n + i] = 0.0;
			for (uint32_t j = 0; j < i; j++)
				table[i * n + j] = table[j * n + i] = (unit_random(seed) % 8) / 8.0;
		}
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = 0; j < n; j++)
			{
				sum += table[i * n + j] * p[i] * p[j];
				if (i != j && p[i] > 0.0 && p[j] > 0.0)
				{
					low = fmin(low, table[i * n + j]);
					high = fmax(high, table[i * n + j]);
				}
			}
		CHECK(near(kz_rao_stirling_sum(p, table, n, 1.0, weight), sum));
		status = kz_average_relatedness(p, table, n, &value);
		CHECK(status == (present < 2 ? KZ_TOO_FEW : KZ_OK));
		if (status == KZ_OK)
		{
			CHECK(kz_neighbour_relatedness(p, table, n, &room, &neighbours) == KZ_OK);
			CHECK(value >= low - 1e-15 && value <= high + 1e-15);
			CHECK(neighbours >= low - 1e-15 && neighbours <= high + 1e-15);
			CHECK(present > 2 || near(value, neighbours));
		}
		for (uint32_t i = 0; i < n * n; i++)
			table[i] = i % (n + 1) == 0 ? 0.0 : 1.0;
		CHECK(near(kz_rao_stirling_sum(p, table, n, 1.0, weight), 1.0 - squares));
		change = kz_share_change(p, q, n);
		CHECK(change >= 0.0 && change <= 1.0 && change == kz_share_change(q, p, n));
		CHECK(kz_share_change(p, p, n) == 0.0);
		CHECK(kz_lilien_index(p, p, n, &value) == KZ_OK && value == 0.0);
		kz_project(KZ_HOOVER, KZ_WEIGHT_REFERENCE, p, q, n, &room, &value);
		CHECK(near(change, value));
	}
}

/* The tree of strongest links of four industries, by hand: a-b 0.9, b-c 0.8, c-d 0.7; the rest weaker. */
static void
check_tree(void)
{
	static const double p[] = {0.4, 0.3, 0.2, 0.1},
						table[] = {0,	0.9, 0.1, 0.2, 0.9, 0,	 0.8, 0.3,
								   0.1, 0.8, 0,	  0.7, 0.2, 0.3, 0.7, 0};
	double all, tree;
	KzRoom room;

	kz_room_make(&room, 4);
	CHECK(kz_average_relatedness(p, table, 4, &all) == KZ_OK);
	CHECK(kz_neighbour_relatedness(p, table, 4, &room, &tree) == KZ_OK);
	CHECK(near(all, 0.4 * (0.27 + 0.02 + 0.02) / 0.6 + 0.3 * (0.36 + 0.16 + 0.03) / 0.7 +
						0.2 * (0.04 + 0.24 + 0.07) / 0.8 + 0.1 * (0.08 + 0.09 + 0.14) / 0.9));
	CHECK(
		near(tree, 0.4 * 0.9 + 0.3 * (0.36 + 0.16) / 0.6 + 0.2 * (0.24 + 0.07) / 0.4 + 0.1 * 0.7));
}

int
main(void)
{
	uint64_t seed = 2008;

	check_projections(&seed);
	check_invariance(&seed);
	check_references(&seed);
	check_statuses(&seed);
	check_profiles(&seed);
	check_hill(&seed);
	check_others(&seed);
	check_tree();
	return unit_done();
}
