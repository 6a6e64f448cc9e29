/*
 * plants.c
 *		Ellison and Glaeser's dartboard, and what others made of it.
 *
 * Differences that the papers write with cancelling terms are summed here from terms that are not negative:
 * 1 - sum x^2 = sum x (1 - x), 1 - H = sum z (1 - z), H^2 - sum z^4 = 2 sum_{k<l} z_k^2 z_l^2,
 * sum x^2 - 2 sum x^3 + (sum x^2)^2 = sum x^2 (1 - x)^2 + 2 sum_{r<q} x_r^2 x_q^2, and
 * sum x^3 - (sum x^2)^2 = sum x (x - sum x^2)^2.
 */
#include "postgres.h"

#include "base/alloc.h"
#include "base/exact.h"
#include "base/size.h"
#include "measure/distribution.h"
#include "measure/plants.h"
#include "miscadmin.h"

#include <math.h>

/* How far, relatively, two sums of the same facts may lie apart. */
#define SAME_TOTAL 1e-9

/* What of a variance, relative to the terms that it is the difference of, is nothing but rounding. */
#define ROUNDING 1e-14

/* Regions that go through the sums of products together, and doubles of sums that are held at once: 8 MB. */
#define BLOCK	  16
#define BAND_ROOM 1048576

/* Finds out for each column of a matrix whether shares in it are defined. */
void
kz_industries_init(KzIndustries *industries, const KzView *view, const double *col_total)
{
	industries->view = *view;
	industries->total = col_total;
	industries->status = kz_alloc_zero(view->cols.count, sizeof(KzStatus));
	for (uint32 i = 0; i < view->cells; i++)
	{
		KzStatus *status = &industries->status[view->col[i]];

		CHECK_FOR_INTERRUPTS();
		if (kz_is_suppressed(view, i))
			kz_worsen(status, KZ_SUPPRESSED_CELL);
		else if (view->value[i] < 0.0)
			kz_worsen(status, KZ_NEGATIVE);
	}
	for (uint32 col = 0; col < view->cols.count; col++)
		if (col_total[col] == 0.0)
			kz_worsen(&industries->status[col], KZ_NO_BASE);
}

/*
 * Computes the sums over industries of the shares of each region, sum_i s_ri, of industries whose shares are
 * defined. Their shares in turn are the means sum_i s_ri / n (EGK 2010).
 */
double *
kz_sums_of_shares(const KzIndustries *industries)
{
	const KzView *view = &industries->view;
	double		 *result = kz_alloc_zero(view->rows.count, sizeof(double));

	for (uint32 row = 0; row < view->rows.count; row++)
	{
		KzExact sum;

		kz_exact_init(&sum, 0.0);
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (industries->status[view->col[i]] == KZ_OK)
				kz_exact_add(&sum, view->value[i] / industries->total[view->col[i]]);
		}
		result[row] = kz_exact_value(&sum);
	}
	return result;
}

/* Returns the sum of values, and in a status whether shares of it are defined. */
static double
sum_values(const double *value, uint32 count, KzStatus *status)
{
	KzExact total;

	kz_exact_init(&total, 0.0);
	for (uint32 i = 0; i < count; i++)
	{
		kz_exact_add(&total, value[i]);
		if (value[i] < 0.0)
			kz_worsen(status, KZ_NEGATIVE);
	}
	if (kz_exact_value(&total) == 0.0)
		kz_worsen(status, KZ_NO_BASE);
	return kz_exact_value(&total);
}

/*
 * Computes the shares x_r of values of all regions, the first of which, own, are those of the matrix. Where they
 * are not defined all shares are 0.
 */
void
kz_places_init(KzPlaces *places, const double *value, uint32 own, uint32 all)
{
	KzExact square, rest, spread, first, uneven;
	double	total, before = 0.0; /* sum of x^2 of the regions before */

	*places =
		(KzPlaces){.share = kz_alloc_zero(all, sizeof(double)), .regions = all, .status = KZ_OK};
	total = sum_values(value, all, &places->status);
	kz_exact_init(&square, 0.0);
	kz_exact_init(&rest, 0.0);
	kz_exact_init(&spread, 0.0);
	kz_exact_init(&first, 0.0);
	kz_exact_init(&uneven, 0.0);
	for (uint32 r = 0; r < all; r++)
	{
		double x = places->status == KZ_OK ? value[r] / total : 0.0,
			   others = places->status == KZ_OK ? (total - value[r]) / total : 0.0;

		CHECK_FOR_INTERRUPTS();
		places->share[r] = x;
		kz_exact_add(&square, x * x);
		if (r >= own)
			kz_exact_add(&rest, x * x);
		kz_exact_add(&spread, x * others);
		kz_exact_add(&first, (x * others) * (x * others));
		kz_exact_add(&first, 2.0 * before * (x * x));
		before += x * x;
	}
	places->square = kz_exact_value(&square);
	places->rest = kz_exact_value(&rest);
	places->spread = kz_exact_value(&spread);
	places->first = kz_exact_value(&first);
	for (uint32 r = 0; r < all; r++)
	{
		double x = places->share[r], above = x - places->square;

		kz_exact_add(&uneven, x * (above * above));
	}
	places->uneven = kz_exact_value(&uneven);
	if (places->status == KZ_OK && !(places->spread > 0.0))
		places->status = KZ_TOO_FEW;
}

/* Computes H_i and what else is needed of a matrix plant x industry. */
KzPlantSizes *
kz_plant_sizes(const KzIndustries *plants)
{
	const KzView *view = &plants->view;
	uint32		  cols = view->cols.count;
	KzPlantSizes *sizes = kz_alloc_zero(cols, sizeof(KzPlantSizes));
	KzExact		 *square = kz_alloc_zero(cols, sizeof(KzExact)),
			*complement = kz_alloc_zero(cols, sizeof(KzExact)),
			*fourth = kz_alloc_zero(cols, sizeof(KzExact)),
			*crossed = kz_alloc_zero(cols, sizeof(KzExact));

	for (uint32 i = 0; i < view->cells; i++)
	{
		uint32 col = view->col[i];
		double total = plants->total[col], z;

		CHECK_FOR_INTERRUPTS();
		sizes[col].plants += view->value[i] > 0.0 || kz_is_suppressed(view, i);
		if (plants->status[col] != KZ_OK)
			continue;
		z = view->value[i] / total;
		/* the cells of an industry come in the order of its plants' labels */
		kz_exact_add(&crossed[col], 2.0 * kz_exact_value(&square[col]) * (z * z));
		kz_exact_add(&square[col], z * z);
		kz_exact_add(&complement[col], z * ((total - view->value[i]) / total));
		kz_exact_add(&fourth[col], (z * z) * (z * z));
	}
	for (uint32 col = 0; col < cols; col++)
	{
		sizes[col].total = plants->total[col];
		sizes[col].herfindahl = kz_exact_value(&square[col]);
		sizes[col].complement = kz_exact_value(&complement[col]);
		sizes[col].fourth = kz_exact_value(&fourth[col]);
		sizes[col].crossed = kz_exact_value(&crossed[col]);
		sizes[col].status = plants->status[col];
		/* an industry of zeros has no plants, as one that is not there */
		if (sizes[col].status == KZ_NO_BASE ||
			(sizes[col].status == KZ_OK && !(sizes[col].complement > 0.0)))
			sizes[col].status = KZ_TOO_FEW;
	}
	return sizes;
}

/*
 * Computes G_i = sum_r (s_ri - x_r)^2 and sum_r s_ri^2 in one pass over the cells.
 *
 * Where a cell is absent the term is x_r^2. Exact sums allow to begin with sum_r x_r^2 and to take away again the
 * very terms of the cells that are there: what remains is as if each absent cell had been visited.
 */
KzRawConcentration *
kz_raw_concentrations(const KzIndustries *industries, const KzPlaces *places)
{
	const KzView	   *view = &industries->view;
	uint32				cols = view->cols.count;
	KzRawConcentration *raw = kz_alloc_zero(cols, sizeof(KzRawConcentration));
	KzExact			   *against = kz_alloc_zero(cols, sizeof(KzExact)),
			*square = kz_alloc_zero(cols, sizeof(KzExact)), all;
	double parts[KZ_EXACT_PARTS];
	int	   count;

	kz_exact_init(&all, places->rest);
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		double x = places->share[row];

		kz_exact_add(&all, x * x);
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			uint32 col = view->col[i];
			double s;

			CHECK_FOR_INTERRUPTS();
			if (industries->status[col] != KZ_OK)
				continue;
			s = view->value[i] / industries->total[col];
			kz_exact_add(&against[col], (s - x) * (s - x));
			kz_exact_add(&against[col], -(x * x));
			kz_exact_add(&square[col], s * s);
		}
	}
	count = kz_exact_parts(&all, parts);
	for (uint32 col = 0; col < cols; col++)
	{
		for (int i = 0; i < count; i++)
			kz_exact_add(&against[col], parts[i]);
		raw[col].against = kz_exact_value(&against[col]);
		raw[col].square = kz_exact_value(&square[col]);
	}
	return raw;
}

/* Returns the two-sided p of a standard normal z. */
static KzMaybe
two_sided(KzMaybe z)
{
	return z.known ? kz_maybe(2.0 * kz_normal_tail(fabs(z.value))) : z;
}

/*
 * Computes the index of Ellison and Glaeser (1997),
 * gamma = (G - (1 - sum x^2) H) / ((1 - sum x^2) (1 - H)),
 * and its z: under random location G has the mean (1 - sum x^2) H and the variance
 * 2 {H^2 [sum x^2 - 2 sum x^3 + (sum x^2)^2] - sum z^4 [sum x^2 - 4 sum x^3 + 3 (sum x^2)^2]},
 * whose second bracket is the first less 2 {sum x^3 - (sum x^2)^2}.
 */
static void
ellison_glaeser(const KzPlaces *places, const KzRawConcentration *raw, const KzPlantSizes *sizes,
				KzPlantConcentration *result)
{
	double scale = places->spread * sizes->complement,
		   excess = raw->against - places->spread * sizes->herfindahl,
		   variance = 2.0 * (sizes->crossed * places->first + 2.0 * sizes->fourth * places->uneven);

	result->ellison_glaeser = kz_maybe(excess / scale);
	if (!result->ellison_glaeser.known)
		kz_worsen(&result->status, KZ_NO_BASE);
	result->variance = kz_maybe(variance / scale / scale);
	result->z = kz_maybe(excess / sqrt(variance));
	if (!result->z.known)
		kz_worsen(&result->status, KZ_NO_VARIATION);
	result->p = two_sided(result->z);
}

/*
 * Computes what does not depend on the reference: alpha = sum s^2 - H (Devereux, Griffith and Simpson 2004), and
 * the same of both terms in excess of their least possible values, 1 / min(plants, regions) and 1 / plants.
 */
static void
devereux(const KzPlaces *places, const KzRawConcentration *raw, const KzPlantSizes *sizes,
		 KzPlantConcentration *result)
{
	double plants = (double) sizes->plants, regions = (double) places->regions;

	result->devereux = kz_maybe(raw->square - sizes->herfindahl);
	result->devereux_excess =
		kz_maybe(result->devereux.value - (1.0 / Min(plants, regions) - 1.0 / plants));
}

/* Computes all of an industry's measures; status and total are those of its column in the matrix of regions. */
void
kz_plant_concentration_of(const KzPlaces *places, KzStatus status, double total,
						  const KzRawConcentration *raw, const KzPlantSizes *sizes,
						  KzPlantConcentration *result)
{
	bool sized = sizes->plants > 0 && sizes->status <= KZ_TOO_FEW, placed = status == KZ_OK,
		 referred = placed && places->status < KZ_NO_BASE;

	*result = (KzPlantConcentration){.status = status};
	kz_worsen(&result->status, places->status);
	kz_worsen(&result->status, sizes->status);
	if (sized && placed && fabs(sizes->total - total) > SAME_TOTAL * Max(sizes->total, total))
		kz_worsen(&result->status, KZ_INCOMPLETE_TOTALS);
	if (sized)
		result->herfindahl = kz_maybe(sizes->herfindahl);
	if (referred)
		result->raw = kz_maybe(raw->against);
	if (sized && placed)
		devereux(places, raw, sizes, result);
	if (!sized || !referred || result->status > KZ_INCOMPLETE_TOTALS)
		return;
	ellison_glaeser(places, raw, sizes, result);
	/* Maurel and Sedillot (1999): ((sum s^2 - sum x^2) / (1 - sum x^2) - H) / (1 - H) */
	result->maurel_sedillot = kz_maybe(
		((raw->square - places->square) / places->spread - sizes->herfindahl) / sizes->complement);
}

/* Makes room for as many rows of sums as are held at once. */
void
kz_band_init(KzBand *band, uint32 cols, bool third)
{
	band->first = 0;
	band->cols = cols;
	band->count = Max(Min(BAND_ROOM / Max(cols, 1), cols), 1);
	band->sum = kz_alloc_zero(kz_size_mul(band->count, cols), sizeof(double));
	band->third = third ? kz_alloc_zero(kz_size_mul(band->count, cols), sizeof(double)) : NULL;
}

/* Adds left_ri right_rj of some regions to the sums; regions come in the order of their labels for every sum. */
static void
add_products(const KzBand *band, double *sum, const double *left, const double *right, uint32 rows)
{
	uint32 end = Min(band->first + band->count, band->cols);

	for (uint32 i = band->first; i < end; i++)
	{
		double *to = sum + (size_t) (i - band->first) * band->cols;

		CHECK_FOR_INTERRUPTS();
		for (uint32 row = 0; row < rows; row++)
		{
			double		  factor = left[(size_t) row * band->cols + i];
			const double *other = right + (size_t) row * band->cols;

			if (factor == 0.0)
				continue;
			for (uint32 j = i; j < band->cols; j++)
				to[j] += factor * other[j];
		}
	}
}

/* Writes out s_ri - x_r of one region for all industries; where the shares are not defined, for s_ri = 0. */
static void
differences(const KzIndustries *industries, const KzPlaces *places, uint32 row, double *result)
{
	const KzView *view = &industries->view;
	double		  x = places->share[row];

	for (uint32 col = 0; col < view->cols.count; col++)
		result[col] = 0.0 - x;
	for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
	{
		uint32 col = view->col[i];

		if (industries->status[col] == KZ_OK)
			result[col] = view->value[i] / industries->total[col] - x;
	}
}

/* Computes sum_r (s_ri - x_r) (s_rj - x_r) for the rows i of a band and all j from i on. */
void
kz_coagglomeration_band(const KzIndustries *industries, const KzPlaces *places, KzBand *band)
{
	const KzView *view = &industries->view;
	double		 *block = kz_alloc_zero(kz_size_mul(BLOCK, band->cols), sizeof(double));

	/* regions that only the reference has add x_r^2 to every pair */
	for (size_t i = 0; i < (size_t) band->count * band->cols; i++)
		band->sum[i] = places->rest;
	for (uint32 row = 0; row < view->rows.count; row += BLOCK)
	{
		uint32 rows = Min(BLOCK, view->rows.count - row);

		for (uint32 i = 0; i < rows; i++)
		{
			CHECK_FOR_INTERRUPTS();
			differences(industries, places, row + i, block + (size_t) i * band->cols);
		}
		add_products(band, band->sum, block, block, rows);
	}
	pfree(block);
}

/*
 * Returns the coagglomeration of industries i, of the band, and j >= i (Ellison, Glaeser and Kerr 2010):
 * sum_r (s_ri - x_r) (s_rj - x_r) / (1 - sum x^2).
 */
KzMaybe
kz_coagglomeration_of(const KzIndustries *industries, const KzPlaces *places, const KzBand *band,
					  uint32 i, uint32 j, KzStatus *status)
{
	KzMaybe result = {0.0, false};

	*status = places->status;
	kz_worsen(status, industries->status[i]);
	kz_worsen(status, industries->status[j]);
	if (*status > KZ_INCOMPLETE_TOTALS)
		return result;
	result = kz_maybe(band->sum[(size_t) (i - band->first) * band->cols + j] / places->spread);
	if (!result.known)
		kz_worsen(status, KZ_NO_BASE);
	return result;
}

/* Finds the weights w_i = E_.i / sum E_.i of a group's industries and returns sum_{i<j} w_i w_j. */
static double
group_weights(const KzIndustries *industries, const bool *selected, double *weight,
			  KzGroupCoagglomeration *result)
{
	uint32	cols = industries->view.cols.count;
	KzExact sum, pairs;
	double	total;

	kz_exact_init(&sum, 0.0);
	kz_exact_init(&pairs, 0.0);
	for (uint32 col = 0; col < cols; col++)
	{
		if (selected != NULL && !selected[col])
			continue;
		/* an industry without any value has no weight */
		if (industries->status[col] != KZ_NO_BASE)
			kz_worsen(&result->status, industries->status[col]);
		if (industries->status[col] != KZ_OK)
			continue;
		weight[col] = industries->total[col];
		kz_exact_add(&sum, weight[col]);
		result->industries++;
	}
	total = kz_exact_value(&sum);
	for (uint32 col = 0; col < cols; col++)
		if (weight[col] > 0.0)
		{
			kz_exact_add(&pairs, weight[col] / total * ((total - weight[col]) / total));
			weight[col] /= total;
		}
	if (result->industries < 2)
		kz_worsen(&result->status, KZ_TOO_FEW);
	return kz_exact_value(&pairs) / 2.0;
}

/*
 * Computes the coagglomeration of a group of industries (Ellison and Glaeser 1997),
 * gamma^c = (G / (1 - sum x^2) - sum w_i^2 H_i - sum gamma_i w_i^2 (1 - H_i)) / (1 - sum w_i^2),
 * with G = sum_r (sum_i w_i s_ri - x_r)^2.
 *
 * As gamma_i (1 - H_i) = G_i / (1 - sum x^2) - H_i, the plants cancel: (G - sum w_i^2 G_i) remains, which is
 * twice sum_{i<j} w_i w_j sum_r (s_ri - x_r) (s_rj - x_r), and 1 - sum w_i^2 is twice sum_{i<j} w_i w_j. So it is
 * the mean of the coagglomerations of all pairs, weighted by w_i w_j.
 */
void
kz_group_coagglomeration_of(const KzIndustries *industries, const KzPlaces *places,
							const bool *selected, KzGroupCoagglomeration *result)
{
	uint32	rows = industries->view.rows.count, cols = industries->view.cols.count;
	double *weight = kz_alloc_zero(cols, sizeof(double)),
		   *difference = kz_alloc_zero(cols, sizeof(double)), both;
	KzExact raw, pairs;

	*result = (KzGroupCoagglomeration){.status = places->status};
	both = group_weights(industries, selected, weight, result);
	if (result->status >= KZ_NO_BASE || result->industries == 0)
		return;

	kz_exact_init(&raw, places->rest);
	kz_exact_init(&pairs, both * places->rest);
	for (uint32 row = 0; row < rows; row++)
	{
		double before = 0.0, products = 0.0;

		CHECK_FOR_INTERRUPTS();
		differences(industries, places, row, difference);
		for (uint32 col = 0; col < cols; col++)
		{
			double part = weight[col] * difference[col];

			products += before * part;
			before += part;
		}
		kz_exact_add(&raw, before * before);
		kz_exact_add(&pairs, products);
	}
	result->raw = kz_maybe(kz_exact_value(&raw));
	if (result->status > KZ_INCOMPLETE_TOTALS)
		return;
	result->coagglomeration = kz_maybe(kz_exact_value(&pairs) / both / places->spread);
	if (!result->coagglomeration.known)
		kz_worsen(&result->status, KZ_NO_BASE);
}

/* Adds the establishments of one region. */
void
kz_matches_add(KzMatches *matches, double establishments)
{
	matches->number += establishments;
	matches->two += establishments * (establishments - 1.0);
	matches->three += establishments * (establishments - 1.0) * (establishments - 2.0);
}

/* Writes out N_ri and N_ri (N_ri - 1) of one region for all industries. */
static void
falling_powers(const KzView *view, uint32 row, uint32 cols, double *one, double *two)
{
	for (uint32 col = 0; col < cols; col++)
		one[col] = two[col] = 0.0;
	for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
	{
		one[view->col[i]] = view->value[i];
		two[view->col[i]] = view->value[i] * (view->value[i] - 1.0);
	}
}

/*
 * Computes sum_r N_ri N_rj for the rows i of a band and all j from i on, and, where the band has room for it,
 * sum_r (N_ri (N_ri - 1) N_rj + N_ri N_rj (N_rj - 1)).
 */
void
kz_colocation_band(const KzIndustries *industries, KzBand *band)
{
	const KzView *view = &industries->view;
	size_t		  size = kz_size_mul(BLOCK, band->cols), sums = (size_t) band->count * band->cols;
	double *one = kz_alloc_zero(size, sizeof(double)), *two = kz_alloc_zero(size, sizeof(double));

	memset(band->sum, 0, sums * sizeof(double));
	if (band->third != NULL)
		memset(band->third, 0, sums * sizeof(double));
	for (uint32 row = 0; row < view->rows.count; row += BLOCK)
	{
		uint32 rows = Min(BLOCK, view->rows.count - row);

		for (uint32 i = 0; i < rows; i++)
		{
			CHECK_FOR_INTERRUPTS();
			falling_powers(view, row + i, band->cols, one + (size_t) i * band->cols,
						   two + (size_t) i * band->cols);
		}
		add_products(band, band->sum, one, one, rows);
		if (band->third == NULL)
			continue;
		add_products(band, band->third, one, two, rows);
		add_products(band, band->third, two, one, rows);
	}
	pfree(one);
	pfree(two);
}

/*
 * Computes the colocation of two industries with n and m establishments (Howard, Newman and Tarp 2016),
 * CL = sum_r N_ri N_rj / (n m), and its excess over the mean of all ways to deal the establishments' labels out
 * anew over N places, which are those of the two industries and maybe more.
 *
 * CL is the mean over the n m pairs of whether both are in one region. Dealt out anew, two establishments are two
 * different places, drawn without replacement, so the mean is the share of pairs of places in one region,
 * p2 = sum_r N_r (N_r - 1) / (N (N - 1)). With p3 for three places in one region likewise, the covariance of two
 * pairs that share one establishment is c3 = p3 - p2^2; of a pair with itself it is c2 = p2 - p2^2; and of pairs
 * with nothing in common it is c4 = -(4 c3 + 2 c2 / (N - 2)) / (N - 3), since the sum over all pairs of places
 * never changes. So the variance of CL is (c2 + (n + m - 2) c3 + (n - 1) (m - 1) c4) / (n m).
 */
void
kz_colocation_of(double number, double other_number, double same, const KzMatches *among,
				 KzColocation *result)
{
	double N = among->number, p2 = among->two / (N * (N - 1.0)), p3 = 0.0, c2 = p2 - p2 * p2,
		   c3 = 0.0, c4 = 0.0, variance;

	*result = (KzColocation){.status = KZ_OK};
	result->colocation = kz_maybe(same / (number * other_number));
	result->expected = kz_maybe(p2);
	result->excess = kz_maybe(result->colocation.value - p2);
	/* with fewer places there are no pairs of pairs that would need them */
	if (N >= 3.0)
	{
		p3 = among->three / (N * (N - 1.0) * (N - 2.0));
		c3 = p3 - p2 * p2;
	}
	if (N >= 4.0)
		c4 = -(4.0 * c3 + 2.0 * c2 / (N - 2.0)) / (N - 3.0);
	variance = c2 + (number + other_number - 2.0) * c3 + (number - 1.0) * (other_number - 1.0) * c4;
	if (variance <= ROUNDING * (c2 + (number + other_number) * (p3 + p2 * p2)))
	{
		result->status = KZ_NO_VARIATION;
		return;
	}
	result->z = kz_maybe(result->excess.value / sqrt(variance / (number * other_number)));
	result->p = two_sided(result->z);
}
