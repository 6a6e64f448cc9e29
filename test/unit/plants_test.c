/*
 * plants_test.c
 *		Concentration of plants, coagglomeration and colocation against the literal formulas in a wider type, against
 *		all outcomes of small chance experiments, and against their own identities, on random matrices.
 */
#include "postgres.h"

#include "base/exact.h"
#include "measure/plants.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define ROUNDS		 10000
#define MOST_REGIONS 8
#define MOST_COLS	 6
#define MOST_PLANTS	 12

/* Long exact sums keep their tails until the server's memory context ends, so there is nothing to learn from leaks. */
const char *
__asan_default_options(void)
{
	return "detect_leaks=0";
}

/* A small matrix as an open view, and its totals. */
typedef struct Matrix
{
	uint32_t rows;
	uint32_t cols;
	double	 cell[MOST_PLANTS][MOST_COLS]; /* NaN: suppressed */
	bool	 present[MOST_PLANTS][MOST_COLS];
	uint32_t row_start[MOST_PLANTS + 1];
	uint32_t col[MOST_PLANTS * MOST_COLS];
	double	 value[MOST_PLANTS * MOST_COLS];
	uint8_t	 suppressed[MOST_PLANTS * MOST_COLS / 8 + 1];
	double	 row_total[MOST_PLANTS];
	double	 col_total[MOST_COLS];
	KzView	 view;
} Matrix;

/* Returns a random whole number below a limit. */
static uint32_t
below(uint64_t *seed, uint32_t limit)
{
	return (uint32_t) (unit_random(seed) % limit);
}

/* Sums the cells of a row or of a column exactly; what is suppressed counts nothing. */
static double
total_of(const Matrix *m, bool row, uint32_t which)
{
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < (row ? m->cols : m->rows); i++)
	{
		double value = row ? m->cell[which][i] : m->cell[i][which];

		if (!isnan(value))
			kz_exact_add(&sum, value);
	}
	return kz_exact_value(&sum);
}

/* Lays a matrix out; cells of zero are left out unless they are marked as present. */
static void
lay_out(Matrix *m)
{
	uint32_t cells = 0;
	bool	 hidden = false;

	memset(m->suppressed, 0, sizeof m->suppressed);
	for (uint32_t row = 0; row < m->rows; row++)
	{
		m->row_start[row] = cells;
		for (uint32_t col = 0; col < m->cols; col++)
		{
			double value = m->cell[row][col];

			if (value == 0.0 && !m->present[row][col])
				continue;
			if (isnan(value))
				m->suppressed[cells >> 3] |= (uint8_t) (1 << (cells & 7));
			hidden |= isnan(value);
			m->col[cells] = col;
			m->value[cells++] = isnan(value) ? 0.0 : value;
		}
		m->row_total[row] = total_of(m, true, row);
	}
	m->row_start[m->rows] = cells;
	for (uint32_t col = 0; col < m->cols; col++)
		m->col_total[col] = total_of(m, false, col);
	m->view = (KzView){.rows = {.count = m->rows},
					   .cols = {.count = m->cols},
					   .cells = cells,
					   .row_start = m->row_start,
					   .col = m->col,
					   .value = m->value,
					   .suppressed = hidden ? m->suppressed : NULL};
}

/* Frees what a test holds of a matrix. */
static void
close_industries(KzIndustries *industries)
{
	free(industries->status);
}

/* Are two numbers the same but for rounding of terms of a certain size? */
static bool
close_to(double a, long double b, long double size)
{
	return fabsl(a - b) <= 1e-13L * size + 1e-12L * fabsl(b);
}

/* Are two doubles the same bits? */
static bool
same_bits(double a, double b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

/* An industry's plants spread over regions, as a matrix of regions and one of plants. */
static void
scatter(uint64_t *seed, Matrix *regions, Matrix *plants)
{
	*regions =
		(Matrix){.rows = 2 + below(seed, MOST_REGIONS - 1), .cols = 1 + below(seed, MOST_COLS)};
	*plants = (Matrix){.rows = 1 + below(seed, MOST_PLANTS), .cols = regions->cols};
	for (uint32_t k = 0; k < plants->rows; k++)
		for (uint32_t i = 0; i < plants->cols; i++)
		{
			double jobs = below(seed, 3) == 0 ? 0.0 : ldexp(below(seed, 4000), -(int) (k % 3));

			plants->cell[k][i] = jobs;
			plants->present[k][i] = below(seed, 2);
			regions->cell[below(seed, regions->rows)][i] += jobs;
		}
	lay_out(regions);
	lay_out(plants);
}

/* Fills in region totals of a reference; returns how many regions only it has. */
static uint32_t
any_reference(uint64_t *seed, const Matrix *regions, double *value)
{
	uint32_t more = below(seed, 3);

	for (uint32_t r = 0; r < regions->rows + more; r++)
		value[r] = below(seed, 5) == 0 ? 0.0 : below(seed, 1000) / 8.0;
	value[below(seed, regions->rows + more)] += 1.0;
	return more;
}

/* The literal formulas of the papers for one industry. */
static void
check_literal(const KzPlaces *places, const long double *x, uint32_t all, const Matrix *regions,
			  const Matrix *plants, uint32_t i, const KzPlantConcentration *r, int64_t count)
{
	long double s2 = 0, x2 = 0, x3 = 0, g = 0, h = 0, z4 = 0, spread, variance;

	for (uint32_t q = 0; q < all; q++)
	{
		long double s =
			q < regions->rows ? (long double) regions->cell[q][i] / regions->col_total[i] : 0;

		g += (s - x[q]) * (s - x[q]);
		s2 += s * s;
		x2 += x[q] * x[q];
		x3 += x[q] * x[q] * x[q];
	}
	for (uint32_t k = 0; k < plants->rows; k++)
	{
		long double z = (long double) plants->cell[k][i] / plants->col_total[i];

		h += z * z;
		z4 += z * z * z * z;
	}
	spread = 1 - x2;
	variance = 2 * (h * h * (x2 - 2 * x3 + x2 * x2) - z4 * (x2 - 4 * x3 + 3 * x2 * x2));
	CHECK(close_to(places->square, x2, 1) && close_to(places->spread, spread, 1));
	CHECK(r->raw.known && close_to(r->raw.value, g, 1));
	CHECK(r->herfindahl.known && close_to(r->herfindahl.value, h, 1));
	CHECK(r->devereux.known && close_to(r->devereux.value, s2 - h, 1));
	CHECK(r->devereux_excess.known &&
		  close_to(r->devereux_excess.value,
				   s2 - 1.0L / Min(count, (int64_t) all) - h + 1.0L / count, 1));
	if (r->status != KZ_OK)
		return;
	CHECK(close_to(r->ellison_glaeser.value, (g - spread * h) / (spread * (1 - h)),
				   1 / (spread * (1 - h))));
	CHECK(close_to(r->maurel_sedillot.value, ((s2 - x2) / spread - h) / (1 - h),
				   1 / (spread * (1 - h))));
	CHECK(
		close_to(r->variance.value * (double) (spread * spread * (1 - h) * (1 - h)), variance, 1));
	CHECK(r->z.known && r->p.known && r->p.value >= 0 && r->p.value <= 1);
	CHECK(fabs(r->z.value - r->ellison_glaeser.value / sqrt(r->variance.value)) <=
		  1e-12 * fabs(r->z.value));
	CHECK(signbit(r->z.value) == signbit(r->ellison_glaeser.value));
}

/* Random plants: every measure is the papers' formula, or undefined for the reason that is true. */
static void
check_concentration(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Matrix		 regions, plants;
		double		 value[MOST_REGIONS + 2];
		long double	 x[MOST_REGIONS + 2], sum = 0;
		KzIndustries industries, plant_industries;
		KzPlaces	 places;
		uint32_t	 all, used = 0;

		scatter(seed, &regions, &plants);
		all = regions.rows + any_reference(seed, &regions, value);
		for (uint32_t q = 0; q < all; q++)
			sum += value[q];
		for (uint32_t q = 0; q < all; q++)
		{
			x[q] = value[q] / sum;
			used += value[q] > 0;
		}
		kz_industries_init(&industries, &regions.view, regions.col_total);
		kz_industries_init(&plant_industries, &plants.view, plants.col_total);
		kz_places_init(&places, value, regions.rows, all);
		CHECK(places.status == (used == 1 ? KZ_TOO_FEW : KZ_OK));

		KzRawConcentration *raw = kz_raw_concentrations(&industries, &places);
		KzPlantSizes	   *sizes = kz_plant_sizes(&plant_industries);
		for (uint32_t i = 0; i < regions.cols; i++)
		{
			KzPlantConcentration r;
			int64_t				 count = 0;

			for (uint32_t k = 0; k < plants.rows; k++)
				count += plants.cell[k][i] > 0;
			kz_plant_concentration_of(&places, industries.status[i], industries.total[i], &raw[i],
									  &sizes[i], &r);
			CHECK(sizes[i].plants == count);
			CHECK(r.status == (count == 0				 ? KZ_NO_BASE
							   : count == 1 || used == 1 ? KZ_TOO_FEW
														 : KZ_OK));
			CHECK(r.ellison_glaeser.known == (r.status == KZ_OK));
			CHECK(r.maurel_sedillot.known == (r.status == KZ_OK));
			CHECK(r.herfindahl.known == (count > 0));
			if (count > 0)
				check_literal(&places, x, all, &regions, &plants, i, &r, count);
		}
		free(raw);
		free(sizes);
		close_industries(&industries);
		close_industries(&plant_industries);
	}
}

/* All ways to place few plants in few regions: the mean of the index is 0 and its variance is the one given. */
static void
check_all_placements(uint64_t *seed)
{
	for (int round = 0; round < 300; round++)
	{
		uint32_t regions = 2 + below(seed, 2), plants = 2 + below(seed, 3), ways = 1;
		double	 jobs[4], x[3], total = 0, mean = 0, square = 0, given = 0, chances = 0;

		for (uint32_t r = 0, sum = 0; r < regions; r++)
		{
			x[r] = r < regions - 1 ? (1 + below(seed, 7)) / 16.0 : (16 - sum) / 16.0;
			sum += (uint32_t) (16 * x[r]);
		}
		for (uint32_t k = 0; k < plants; k++)
		{
			jobs[k] = 1 + below(seed, 50);
			total += jobs[k];
			ways *= regions;
		}
		for (uint32_t way = 0; way < ways; way++)
		{
			Matrix				 m = {.rows = regions, .cols = 1}, p = {.rows = plants, .cols = 1};
			KzIndustries		 industries, plant_industries;
			KzPlaces			 places;
			KzPlantConcentration r;
			double				 chance = 1;

			for (uint32_t k = 0, rest = way; k < plants; k++, rest /= regions)
			{
				m.cell[rest % regions][0] += jobs[k];
				p.cell[k][0] = jobs[k];
				chance *= x[rest % regions];
			}
			lay_out(&m);
			lay_out(&p);
			kz_industries_init(&industries, &m.view, m.col_total);
			kz_industries_init(&plant_industries, &p.view, p.col_total);
			kz_places_init(&places, x, regions, regions);
			KzRawConcentration *raw = kz_raw_concentrations(&industries, &places);
			KzPlantSizes	   *sizes = kz_plant_sizes(&plant_industries);
			kz_plant_concentration_of(&places, industries.status[0], total, raw, sizes, &r);
			CHECK(r.status == KZ_OK);
			mean += chance * r.ellison_glaeser.value;
			square += chance * r.ellison_glaeser.value * r.ellison_glaeser.value;
			given = r.variance.value;
			chances += chance;
			free(raw);
			free(sizes);
			close_industries(&industries);
			close_industries(&plant_industries);
		}
		CHECK(fabs(chances - 1) < 1e-12 && fabs(mean) < 1e-12);
		CHECK(fabs(square - given) < 1e-11 * given);
	}
}

/* A random matrix region x industry without anything unknown. */
static void
any_matrix(uint64_t *seed, Matrix *m)
{
	*m =
		(Matrix){.rows = 2 + below(seed, MOST_REGIONS - 1), .cols = 2 + below(seed, MOST_COLS - 1)};
	for (uint32_t r = 0; r < m->rows; r++)
		for (uint32_t i = 0; i < m->cols; i++)
		{
			m->cell[r][i] = below(seed, 3) == 0 ? 0.0 : below(seed, 1000) / 16.0;
			m->present[r][i] = below(seed, 2);
		}
	for (uint32_t i = 0; i < m->cols; i++)
		m->cell[i % m->rows][i] += 1.0;
	lay_out(m);
}

/* All coagglomerations of a matrix through bands of some rows. */
static void
all_pairs(const KzIndustries *industries, const KzPlaces *places, uint32_t rows,
		  double result[MOST_COLS][MOST_COLS], KzStatus *worst)
{
	KzBand	 band;
	uint32_t cols = industries->view.cols.count;

	*worst = KZ_OK;
	kz_band_init(&band, cols, false);
	CHECK(band.count == cols && band.third == NULL);
	band.count = Min(rows, cols);
	for (; band.first < cols; band.first += band.count)
	{
		kz_coagglomeration_band(industries, places, &band);
		for (uint32_t i = band.first; i < Min(band.first + band.count, cols); i++)
			for (uint32_t j = i; j < cols; j++)
			{
				KzStatus status;
				KzMaybe	 number = kz_coagglomeration_of(industries, places, &band, i, j, &status);

				CHECK(number.known == (status <= KZ_INCOMPLETE_TOTALS));
				result[i][j] = result[j][i] = number.value;
				kz_worsen(worst, status);
			}
	}
	free(band.sum);
}

/* The literal formula of pairs, the general one of groups with the plants' terms in it, and what must add up. */
static void
check_coagglomeration(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Matrix				   m;
		double				   value[MOST_REGIONS + 2], pair[MOST_COLS][MOST_COLS];
		double				   again[MOST_COLS][MOST_COLS], *mean;
		long double			   sum = 0, x2 = 0, w2 = 0, g = 0, gamma = 0, total = 0;
		KzIndustries		   industries;
		KzPlaces			   places;
		KzGroupCoagglomeration group;
		KzStatus			   worst;
		uint32_t			   all;
		bool				   selected[MOST_COLS] = {false};
		int					   kind = round % 3;

		any_matrix(seed, &m);
		all = m.rows;
		kz_industries_init(&industries, &m.view, m.col_total);
		mean = kz_sums_of_shares(&industries);
		if (kind == 0)
			all += any_reference(seed, &m, value);
		else
			memcpy(value, kind == 1 ? m.row_total : mean, m.rows * sizeof(double));
		free(mean);
		kz_places_init(&places, value, m.rows, all);
		memcpy(value, places.share, all * sizeof(double));
		all_pairs(&industries, &places, MOST_COLS, pair, &worst);
		all_pairs(&industries, &places, 1 + below(seed, m.cols), again, &worst);
		CHECK(memcmp(pair, again, sizeof(double) * m.cols) == 0);
		if (places.status != KZ_OK)
		{
			CHECK(places.status == KZ_TOO_FEW && worst == KZ_TOO_FEW);
			close_industries(&industries);
			continue;
		}
		for (uint32_t r = 0; r < all; r++)
		{
			sum += value[r];
			x2 += (long double) value[r] * value[r];
		}
		CHECK(fabsl(sum - 1) < 1e-14L);
		for (uint32_t i = 0; i < m.cols; i++)
			for (uint32_t j = 0; j < m.cols; j++)
			{
				long double products = places.rest;

				for (uint32_t r = 0; r < m.rows; r++)
					products += ((long double) m.cell[r][i] / m.col_total[i] - value[r]) *
								((long double) m.cell[r][j] / m.col_total[j] - value[r]);
				CHECK(close_to(pair[i][j], products / (1 - x2), 1 / (1 - x2)));
			}

		/* against the total, or the mean, of the industries themselves, an industry's pairs weigh 0 */
		for (uint32_t i = 0; i < m.cols && kind > 0; i++)
		{
			double zero = 0, size = 0;

			for (uint32_t j = 0; j < m.cols; j++)
			{
				double weight = kind == 1 ? m.col_total[j] : 1.0;

				zero += weight * pair[i][j];
				size += weight;
			}
			CHECK(fabs(zero) <= 1e-13 * size / (double) (1 - x2));
		}

		/* the general form, with plants of any sizes, whose terms must cancel */
		for (uint32_t i = 0; i < m.cols; i++)
			total += m.col_total[i];
		for (uint32_t r = 0; r < all; r++)
		{
			long double s = 0;

			for (uint32_t i = 0; i < m.cols && r < m.rows; i++)
				s += m.cell[r][i] / total;
			g += (s - value[r]) * (s - value[r]);
		}
		gamma = g / (1 - x2);
		for (uint32_t i = 0; i < m.cols; i++)
		{
			long double w = m.col_total[i] / total, h = (1 + below(seed, 99)) / 100.0L;
			long double own = (pair[i][i] - h) / (1 - h);

			w2 += w * w;
			gamma -= w * w * h + own * w * w * (1 - h);
		}
		gamma /= 1 - w2;
		kz_group_coagglomeration_of(&industries, &places, NULL, &group);
		CHECK(group.status == KZ_OK && group.industries == m.cols && group.coagglomeration.known);
		CHECK(group.raw.known && close_to(group.raw.value, g, 1));
		CHECK(close_to(group.coagglomeration.value, gamma, 1 / ((1 - x2) * (1 - w2))));

		/* a group of two is the pair */
		selected[0] = selected[m.cols - 1] = true;
		kz_group_coagglomeration_of(&industries, &places, selected, &group);
		CHECK(group.industries == 2 &&
			  close_to(group.coagglomeration.value, pair[0][m.cols - 1], 1 / (1 - x2)));
		selected[0] = false;
		kz_group_coagglomeration_of(&industries, &places, selected, &group);
		CHECK(group.status == KZ_TOO_FEW && !group.coagglomeration.known && group.raw.known);
		close_industries(&industries);
	}
}

/* Facts times a power of two: the same bits; times three, or regions in another order: the same but for rounding. */
static void
check_invariance(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Matrix		 m, other;
		double		 pair[MOST_COLS][MOST_COLS], again[MOST_COLS][MOST_COLS], factor;
		KzIndustries industries, others;
		KzPlaces	 places, other_places;
		KzStatus	 worst, other_worst;
		int			 kind = round % 4;

		any_matrix(seed, &m);
		other = m;
		factor = kind == 0 ? 0.125 : kind == 1 ? 3.0 : 1.0;
		for (uint32_t r = 0; r < m.rows; r++)
			for (uint32_t i = 0; i < m.cols; i++)
				other.cell[r][i] = factor * m.cell[kind == 2 ? m.rows - 1 - r : r][i];
		/* zeros that are there, and zeros that are not */
		memset(other.present, kind == 3, sizeof other.present);
		lay_out(&other);
		kz_industries_init(&industries, &m.view, m.col_total);
		kz_industries_init(&others, &other.view, other.col_total);
		kz_places_init(&places, m.row_total, m.rows, m.rows);
		kz_places_init(&other_places, other.row_total, other.rows, other.rows);
		all_pairs(&industries, &places, MOST_COLS, pair, &worst);
		all_pairs(&others, &other_places, MOST_COLS, again, &other_worst);
		CHECK(worst == other_worst);
		for (uint32_t i = 0; i < m.cols; i++)
			for (uint32_t j = 0; j < m.cols; j++)
				if (kind == 0 || kind == 3)
					CHECK(same_bits(pair[i][j], again[i][j]));
				else
					CHECK(close_to(pair[i][j], again[i][j], 1 / Max(places.spread, 1e-9)));
		close_industries(&industries);
		close_industries(&others);
	}
}

/* Adds up the colocation of two labels over all ways to deal labels out over places, by recursion. */
static void
deal(const uint32_t *place, uint32_t places, uint32_t next, uint32_t left, uint32_t other_left,
	 uint32_t (*dealt)[2], uint32_t regions, uint32_t n, uint32_t m, double *sums)
{
	if (next == places)
	{
		double cl = 0;

		if (left > 0 || other_left > 0)
			return;
		for (uint32_t r = 0; r < regions; r++)
			cl += (double) dealt[r][0] * dealt[r][1];
		cl /= (double) n * m;
		sums[0]++;
		sums[1] += cl;
		sums[2] += cl * cl;
		return;
	}
	for (int label = 0; label < 3; label++)
	{
		if ((label == 0 && left == 0) || (label == 1 && other_left == 0))
			continue;
		if (label < 2)
			dealt[place[next]][label]++;
		deal(place, places, next + 1, left - (label == 0), other_left - (label == 1), dealt,
			 regions, n, m, sums);
		if (label < 2)
			dealt[place[next]][label]--;
	}
}

/* All ways to deal the labels of few establishments out anew: mean and variance of the colocation are those given. */
static void
check_all_deals(uint64_t *seed)
{
	for (int round = 0; round < 1000; round++)
	{
		uint32_t	 regions = 1 + below(seed, 4), n = 1 + below(seed, 3), m = 1 + below(seed, 3);
		uint32_t	 places = n + m + (round % 2 ? 0 : below(seed, 3)), place[8];
		uint32_t	 count[4] = {0}, dealt[4][2] = {{0}}, now[4][2] = {{0}};
		double		 sums[3] = {0}, variance, same = 0;
		KzMatches	 among = {0};
		KzColocation r;

		for (uint32_t k = 0; k < places; k++)
		{
			place[k] = below(seed, regions);
			count[place[k]]++;
			if (k < n + m)
				now[place[k]][k >= n]++;
		}
		for (uint32_t q = 0; q < regions; q++)
		{
			kz_matches_add(&among, count[q]);
			same += (double) now[q][0] * now[q][1];
		}
		deal(place, places, 0, n, m, dealt, regions, n, m, sums);
		sums[1] /= sums[0];
		variance = sums[2] / sums[0] - sums[1] * sums[1];
		kz_colocation_of(n, m, same, &among, &r);
		CHECK(fabs(r.colocation.value - same / (n * m)) < 1e-15);
		CHECK(r.expected.known && fabs(r.expected.value - sums[1]) < 1e-13);
		CHECK(r.excess.known && fabs(r.excess.value - (same / (n * m) - sums[1])) < 1e-13);
		CHECK(r.status == (variance < 1e-14 ? KZ_NO_VARIATION : KZ_OK));
		CHECK(r.z.known == (r.status == KZ_OK) && r.p.known == r.z.known);
		if (r.status == KZ_OK)
			CHECK(fabs(r.z.value * sqrt(variance) - r.excess.value) < 1e-12 && r.p.value <= 1 &&
				  r.p.value >= 0);
	}
}

/* One establishment among regions of one size meets as many of all others wherever it is: no variation. */
static void
check_no_variation(void)
{
	for (uint32_t regions = 1; regions <= 40; regions++)
		for (uint32_t size = 1; size <= 60; size++)
		{
			KzMatches	 among = {0};
			KzColocation r;

			for (uint32_t q = 0; q < regions; q++)
				kz_matches_add(&among, size);
			if (among.number < 2)
				continue;
			kz_colocation_of(1, among.number - 1, size - 1, &among, &r);
			CHECK(r.status == KZ_NO_VARIATION && !r.z.known && fabs(r.excess.value) < 1e-15);
			if (among.number < 4 || size == 1 || regions == 1)
				continue;
			kz_colocation_of(2, among.number - 2, size - 1, &among, &r);
			CHECK(r.status == KZ_OK && r.z.known);
		}
}

/* The sums over regions behind all pairs at once, whole or in bands, are those of each pair alone. */
static void
check_colocation_sums(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Matrix		 m = {.rows = 1 + below(seed, MOST_PLANTS), .cols = 1 + below(seed, MOST_COLS)};
		KzIndustries industries;
		KzBand		 band;

		for (uint32_t r = 0; r < m.rows; r++)
			for (uint32_t i = 0; i < m.cols; i++)
				m.cell[r][i] = below(seed, 2) ? 0 : below(seed, 40);
		lay_out(&m);
		kz_industries_init(&industries, &m.view, m.col_total);
		kz_band_init(&band, m.cols, true);
		band.count = 1 + below(seed, m.cols);
		for (; band.first < m.cols; band.first += band.count)
		{
			kz_colocation_band(&industries, &band);
			for (uint32_t i = band.first; i < Min(band.first + band.count, m.cols); i++)
				for (uint32_t j = i + 1; j < m.cols; j++)
				{
					KzMatches both = {0}, one = {0}, other = {0};
					double	  same = 0;
					size_t	  at = (size_t) (i - band.first) * m.cols + j;

					for (uint32_t r = 0; r < m.rows; r++)
					{
						same += m.cell[r][i] * m.cell[r][j];
						kz_matches_add(&both, m.cell[r][i] + m.cell[r][j]);
						kz_matches_add(&one, m.cell[r][i]);
						kz_matches_add(&other, m.cell[r][j]);
					}
					CHECK(band.sum[at] == same);
					CHECK(both.two == one.two + other.two + 2 * band.sum[at]);
					CHECK(both.three == one.three + other.three + 3 * band.third[at]);
				}
		}
		free(band.sum);
		free(band.third);
		close_industries(&industries);
	}
}

/* Returns a number that hurts. */
static double
hurting(uint64_t *seed)
{
	static const double hurts[] = {0.0,	 -0.0,	 1.0,	  -1.0,	 5e-324, 2.2e-308, 1e-300,
								   1e30, 0x1p53, 0x1p959, 1e250, 1e-16,	 NAN,	   3.0};

	return hurts[below(seed, sizeof hurts / sizeof *hurts)];
}

/* Is a number finite where it is known? */
static bool
sound(KzMaybe number)
{
	return isfinite(number.value) && (number.known || number.value == 0.0);
}

/* Whatever the facts are: nothing that is not finite, and a status that tells. */
static void
check_any(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Matrix				   m = {.rows = 1 + below(seed, 4), .cols = 1 + below(seed, 4)};
		Matrix				   p = {.rows = 1 + below(seed, 5), .cols = m.cols};
		KzIndustries		   industries, plant_industries;
		KzPlaces			   places;
		KzGroupCoagglomeration group;
		KzStatus			   worst;
		double				   pair[MOST_COLS][MOST_COLS], value[6];
		uint32_t			   more = below(seed, 3);

		for (uint32_t i = 0; i < m.cols; i++)
		{
			for (uint32_t r = 0; r < m.rows; r++)
				m.cell[r][i] = below(seed, 2) ? 0.0 : hurting(seed);
			for (uint32_t k = 0; k < p.rows; k++)
				p.cell[k][i] = below(seed, 2) ? 0.0 : hurting(seed);
		}
		lay_out(&m);
		lay_out(&p);
		memcpy(value, m.row_total, m.rows * sizeof(double));
		for (uint32_t r = m.rows; r < m.rows + more; r++)
			value[r] = isnan(value[r] = hurting(seed)) ? 7.0 : value[r];
		kz_industries_init(&industries, &m.view, m.col_total);
		kz_industries_init(&plant_industries, &p.view, p.col_total);
		kz_places_init(&places, value, m.rows, m.rows + more);
		KzRawConcentration *raw = kz_raw_concentrations(&industries, &places);
		KzPlantSizes	   *sizes = kz_plant_sizes(&plant_industries);
		for (uint32_t i = 0; i < m.cols; i++)
		{
			KzPlantConcentration r;

			kz_plant_concentration_of(&places, industries.status[i], industries.total[i], &raw[i],
									  &sizes[i], &r);
			CHECK(sound(r.herfindahl) && sound(r.raw) && sound(r.ellison_glaeser) &&
				  sound(r.variance) && sound(r.z) && sound(r.p) && sound(r.maurel_sedillot) &&
				  sound(r.devereux) && sound(r.devereux_excess));
			CHECK(r.status >= KZ_OK && r.status < KZ_STATUSES);
			CHECK(r.status > KZ_INCOMPLETE_TOTALS || (r.ellison_glaeser.known && r.z.known));
			CHECK(!r.variance.known || r.variance.value >= 0);
		}
		all_pairs(&industries, &places, 2, pair, &worst);
		for (uint32_t i = 0; i < m.cols; i++)
			for (uint32_t j = 0; j < m.cols; j++)
				CHECK(isfinite(pair[i][j]));
		kz_group_coagglomeration_of(&industries, &places, NULL, &group);
		CHECK(sound(group.raw) && sound(group.coagglomeration));
		CHECK((group.status <= KZ_INCOMPLETE_TOTALS) == group.coagglomeration.known);
		free(raw);
		free(sizes);
		close_industries(&industries);
		close_industries(&plant_industries);
	}
}

int
main(void)
{
	uint64_t seed = 1;

	check_concentration(&seed);
	check_all_placements(&seed);
	check_coagglomeration(&seed);
	check_invariance(&seed);
	check_all_deals(&seed);
	check_no_variation();
	check_colocation_sums(&seed);
	check_any(&seed);
	return unit_done();
}
