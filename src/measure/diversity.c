/*
 * diversity.c
 *		Diversity of one distribution, its variety within and between groups, its change and its coherence.
 */
#include "postgres.h"

#include "measure/diversity.h"
#include "miscadmin.h"

#include <math.h>

/* Orders as near to 1 as this are computed from the cumulants of ln p, since the power sum is then nearly 1. */
#define NEAR_ONE 1e-4

/* Counts the places that are present. */
static uint32_t
count_present(const double *p, uint32_t places)
{
	uint32_t present = 0;

	for (uint32_t k = 0; k < places; k++)
		present += p[k] > 0.0;
	return present;
}

/* Shannon 1948: -sum p ln p. */
double
kz_entropy_of(const double *p, uint32_t places)
{
	KzExact sum;
	double	entropy;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (p[k] > 0.0)
			kz_exact_add(&sum, -p[k] * log(p[k]));
	}
	entropy = kz_exact_finish(&sum);
	return Max(entropy, 0.0);
}

/* Fills in what follows from p alone; entropies in units of the logarithm to the given base. */
void
kz_profile_alone(const double *p, uint32_t places, double entropy_base, KzRoom *room,
				 KzProfile *profile)
{
	double unit = log(entropy_base), largest = 0.0, herfindahl = 0.0, entropy, n = places, result;

	*profile = (KzProfile){.present = count_present(p, places)};
	for (uint32_t k = 0; k < places; k++)
	{
		largest = Max(largest, p[k]);
		room->other_q[k] = 1.0 / n;
	}
	kz_project(KZ_HERFINDAHL, KZ_WEIGHT_REFERENCE, p, NULL, places, room, &herfindahl);
	entropy = kz_entropy_of(p, places);
	profile->herfindahl = kz_maybe(herfindahl);
	profile->equivalent_number = kz_maybe(1.0 / herfindahl);
	profile->gini_simpson = kz_maybe(1.0 - herfindahl);
	profile->largest_share = kz_maybe(largest);
	profile->entropy = kz_maybe(entropy / unit);
	if (places > 1)
	{
		profile->herfindahl_normalized = kz_maybe(Max(herfindahl - 1.0 / n, 0.0) / (1.0 - 1.0 / n));
		profile->relative_entropy = kz_maybe(entropy / log(n));
	}
	if (profile->present > 1)
		profile->evenness = kz_maybe(entropy / log((double) profile->present));
	else
		profile->status = KZ_TOO_FEW;
	if (kz_project(KZ_GINI, KZ_WEIGHT_REFERENCE, p, room->other_q, places, room, &result) == KZ_OK)
		profile->absolute_gini = kz_maybe(result);
	if (kz_project(KZ_THEIL, KZ_WEIGHT_REFERENCE, p, room->other_q, places, room, &result) == KZ_OK)
		profile->absolute_theil = kz_maybe(result);
}

/* Computes one index of a profile. */
static KzMaybe
profile_index(KzProjection projection, const double *p, const double *q, uint32_t places,
			  KzRoom *room, KzProfile *profile)
{
	double	 result = 0.0;
	KzStatus status = kz_project(projection, KZ_WEIGHT_REFERENCE, p, q, places, room, &result);

	kz_worsen(&profile->status, status);
	return status == KZ_OK ? kz_maybe(result) : (KzMaybe){0.0, false};
}

/* Fills in what follows from p, its reference q and the quotients; these are NULL where one is not defined. */
void
kz_profile_compared(const double *p, const double *q, const double *quotient, uint32_t places,
					double threshold, KzRoom *room, KzProfile *profile)
{
	KzExact average;

	kz_exact_init(&average, 0.0);
	for (uint32_t k = 0; quotient != NULL && k < places; k++)
	{
		profile->above += q[k] > 0.0 && quotient[k] >= threshold;
		if (quotient[k] > quotient[profile->largest_place])
			profile->largest_place = k;
	}
	if (quotient != NULL)
		profile->largest_quotient = kz_maybe(quotient[profile->largest_place]);
	profile->hoover = profile_index(KZ_HOOVER, p, q, places, room, profile);
	profile->krugman = profile_index(KZ_KRUGMAN, p, q, places, room, profile);
	profile->gini = profile_index(KZ_GINI, p, q, places, room, profile);
	profile->gini_unweighted = profile_index(KZ_GINI_UNWEIGHTED, p, q, places, room, profile);
	profile->theil = profile_index(KZ_THEIL, p, q, places, room, profile);
	profile->chi2 = profile_index(KZ_CHI2, p, q, places, room, profile);
	profile->squares = profile_index(KZ_SQUARES, p, q, places, room, profile);
	if (profile->chi2.known)
	{
		for (uint32_t k = 0; k < places; k++)
		{
			CHECK_FOR_INTERRUPTS();
			if (p[k] > 0.0)
				kz_exact_add(&average, p[k] * (p[k] / q[k]));
		}
		profile->average_quotient = kz_maybe(kz_exact_finish(&average));
		profile->hachman = kz_maybe(1.0 / profile->average_quotient.value);
	}
	profile->relative_diversity = kz_maybe(1.0 / profile->krugman.value);
}

/*
 * Frenken, van Oort and Verburg 2007, in natural logarithms: unrelated variety -sum P_g ln P_g over the groups, and
 * related variety sum_g P_g H_g, H_g the entropy within the group. Their sum is the entropy.
 */
void
kz_varieties(const double *p, const uint32_t *group, uint32_t places, double *group_share,
			 uint32_t groups, double *unrelated, double *related)
{
	KzExact within;

	memset(group_share, 0, groups * sizeof(double));
	for (uint32_t k = 0; k < places; k++)
		group_share[group[k]] += p[k];
	kz_exact_init(&within, 0.0);
	for (uint32_t k = 0; k < places; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (p[k] > 0.0)
			kz_exact_add(&within, p[k] * (log(group_share[group[k]]) - log(p[k])));
	}
	*unrelated = kz_entropy_of(group_share, groups);
	*related = kz_exact_finish(&within);
	*related = Max(*related, 0.0);
}

/* Writes the first four cumulants of ln p under the weights p. */
static void
cumulants_of_log(const double *p, uint32_t places, double *kappa)
{
	double moment[5] = {0.0};

	for (uint32_t k = 0; k < places; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (p[k] > 0.0)
			moment[1] += p[k] * log(p[k]);
	}
	for (uint32_t k = 0; k < places; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (p[k] > 0.0)
		{
			double deviation = log(p[k]) - moment[1], power = p[k] * deviation;

			for (int i = 2; i <= 4; i++)
				moment[i] += power *= deviation;
		}
	}
	kappa[0] = moment[1];
	kappa[1] = moment[2];
	kappa[2] = moment[3];
	kappa[3] = moment[4] - 3.0 * moment[2] * moment[2];
}

/*
 * Hill 1973: (sum p^q)^(1 / (1 - q)), the number of equally large places that would be as diverse. Order 0 counts
 * the places present, 1 is the limit exp(entropy), 2 the equivalent number, infinity 1 / the largest share.
 */
KzStatus
kz_hill_number(const double *p, uint32_t places, double order, double *result)
{
	double	 largest = 0.0, t = order - 1.0, kappa[4];
	uint32_t present = count_present(p, places);
	KzExact	 sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places; k++)
		largest = Max(largest, p[k]);
	if (present == 0)
		return KZ_NO_BASE;
	if (order == 0.0)
		*result = present;
	else if (isinf(order))
		*result = 1.0 / largest;
	else if (order == 1.0)
		*result = exp(kz_entropy_of(p, places));
	else if (fabs(t) < NEAR_ONE)
	{
		cumulants_of_log(p, places, kappa);
		*result =
			exp(-(kappa[0] + t / 2.0 * (kappa[1] + t / 3.0 * (kappa[2] + t / 4.0 * kappa[3]))));
	}
	else
	{
		for (uint32_t k = 0; k < places; k++)
		{
			CHECK_FOR_INTERRUPTS();
			if (p[k] > 0.0)
				kz_exact_add(&sum, pow(p[k] / largest, order));
		}
		*result = exp(-(order / t * log(largest) + log(kz_exact_finish(&sum)) / t));
	}
	*result = Min(Max(*result, 1.0), present);
	return KZ_OK;
}

/*
 * Rao 1982; Stirling 2007: sum over all ordered pairs i, j of d_ij^alpha (p_i p_j)^beta. The distances come to their
 * power already, places x places, with zeros on the diagonal; weight is room for as many numbers as places.
 */
double
kz_rao_stirling_sum(const double *p, const double *distance, uint32_t places, double beta,
					double *weight)
{
	KzExact sum;

	for (uint32_t k = 0; k < places; k++)
		weight[k] = p[k] == 0.0 ? 0.0 : beta == 1.0 ? p[k] : pow(p[k], beta);
	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < places; i++)
	{
		const double *row = distance + (size_t) i * places;
		double		  dot = 0.0;

		CHECK_FOR_INTERRUPTS();
		if (weight[i] == 0.0)
			continue;
		for (uint32_t j = 0; j < places; j++)
			dot += row[j] * weight[j];
		kz_exact_add(&sum, weight[i] * dot);
	}
	return kz_exact_finish(&sum);
}

/* Michaely 1962: half the sum of absolute changes of shares. */
double
kz_share_change(const double *start, const double *finish, uint32_t places)
{
	KzExact sum;
	double	change;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places; k++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&sum, fabs(finish[k] - start[k]));
	}
	change = kz_exact_finish(&sum) / 2.0;
	return Min(change, 1.0);
}

/*
 * Lilien 1982: sqrt(sum p_i (ln p_i - ln p_i'))^2), p at the finish, p' at the start: ln of an industry's growth
 * less ln of the region's is ln of the growth of its share. Not defined where an industry begins or ends.
 */
KzStatus
kz_lilien_index(const double *start, const double *finish, uint32_t places, double *result)
{
	KzStatus status = KZ_OK;
	KzExact	 sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places && status == KZ_OK; k++)
	{
		double growth;

		CHECK_FOR_INTERRUPTS();
		if (start[k] == 0.0 && finish[k] == 0.0)
			continue;
		growth = log(finish[k] / start[k]);
		if (isfinite(growth))
			kz_exact_add(&sum, finish[k] * growth * growth);
		else
			status = KZ_NO_BASE;
	}
	*result = sqrt(kz_exact_finish(&sum));
	return status;
}

/*
 * Grows the tree of the strongest links between the places that are present (Prim 1957; ties in order of the
 * labels): parent[i] is the place that i is linked to. Both arrays are indexed like p.
 */
static void
strongest_tree(const double *p, const double *relatedness, uint32_t places, double *strength,
			   uint32_t *parent)
{
	uint32_t last = places;

	for (uint32_t i = 0; i < places; i++)
	{
		strength[i] = p[i] > 0.0 ? -INFINITY : NAN; /* NaN: absent, or in the tree */
		parent[i] = places;
		if (p[i] > 0.0 && last == places)
			last = i;
	}
	while (last < places)
	{
		const double *row = relatedness + (size_t) last * places;
		uint32_t	  next = places;

		CHECK_FOR_INTERRUPTS();
		strength[last] = NAN;
		for (uint32_t j = 0; j < places; j++)
		{
			if (isnan(strength[j]))
				continue;
			if (row[j] > strength[j])
			{
				strength[j] = row[j];
				parent[j] = last;
			}
			if (next == places || strength[j] > strength[next])
				next = j;
		}
		last = next;
	}
}

/*
 * Coherence (WAR: Teece et al. 1994; Nesta and Saviotti 2005): sum_i p_i sum_j tau_ij p_j / sum_j p_j over the other
 * places j. relatedness is places x places.
 */
KzStatus
kz_average_relatedness(const double *p, const double *relatedness, uint32_t places, double *result)
{
	KzExact sum;

	if (count_present(p, places) < 2)
		return KZ_TOO_FEW;
	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < places; i++)
	{
		const double *row = relatedness + (size_t) i * places;
		double		  weighted = 0.0, weight = 0.0;

		CHECK_FOR_INTERRUPTS();
		if (p[i] == 0.0)
			continue;
		for (uint32_t j = 0; j < i; j++)
		{
			weighted += row[j] * p[j];
			weight += p[j];
		}
		for (uint32_t j = i + 1; j < places; j++)
		{
			weighted += row[j] * p[j];
			weight += p[j];
		}
		kz_exact_add(&sum, p[i] * (weighted / weight));
	}
	*result = kz_exact_finish(&sum);
	return KZ_OK;
}

/* The same over the neighbours j of i in the tree of strongest links (WARN); relatedness is symmetric. */
KzStatus
kz_neighbour_relatedness(const double *p, const double *relatedness, uint32_t places, KzRoom *room,
						 double *result)
{
	uint32_t *parent = (uint32_t *) room->sorted;
	double	 *weighted = room->other_p, *weight = room->other_q;
	KzExact	  sum;

	if (count_present(p, places) < 2)
		return KZ_TOO_FEW;
	strongest_tree(p, relatedness, places, weight, parent);
	memset(weighted, 0, places * sizeof(double));
	memset(weight, 0, places * sizeof(double));
	for (uint32_t i = 0; i < places; i++)
	{
		uint32_t j = parent[i];

		if (j == places)
			continue;
		weighted[i] += relatedness[(size_t) i * places + j] * p[j];
		weight[i] += p[j];
		weighted[j] += relatedness[(size_t) j * places + i] * p[i];
		weight[j] += p[i];
	}
	kz_exact_init(&sum, 0.0);
	for (uint32_t i = 0; i < places; i++)
		if (p[i] > 0.0)
			kz_exact_add(&sum, p[i] * (weighted[i] / weight[i]));
	*result = kz_exact_finish(&sum);
	return KZ_OK;
}
