/*
 * clusters_test.c
 *		Groups of candidates against a search by hand, and their chances against all ways to deal the candidates out.
 */
#include "postgres.h"

#include "spatial/clusters.h"

#include <math.h>
#include <string.h>

#include "unit.h"

#define REGIONS 7

/* Random weights of a few regions, with loops, explicit zeros and cells in one direction only. */
typedef struct Weights
{
	bool	 near[REGIONS][REGIONS];
	uint32_t row_start[REGIONS + 1];
	uint32_t col[REGIONS * REGIONS];
	double	 value[REGIONS * REGIONS];
	KzView	 view;
} Weights;

/* Makes weights. */
static void
make_weights(Weights *w, uint32_t regions, uint64_t *seed)
{
	uint32_t at = 0;

	memset(w, 0, sizeof *w);
	for (uint32_t i = 0; i < regions; i++)
	{
		w->row_start[i] = at;
		for (uint32_t j = 0; j < regions; j++)
		{
			uint64_t word = unit_random(seed) % 6;

			if (word > 2)
				continue;
			w->col[at] = j;
			w->value[at++] = word == 0 ? 0.0 : 1.0;
			if (word > 0)
				w->near[i][j] = w->near[j][i] = true;
		}
	}
	w->row_start[regions] = at;
	w->view = (KzView){.rows.count = regions,
					   .cols.count = regions,
					   .cells = at,
					   .row_start = w->row_start,
					   .col = w->col,
					   .value = w->value};
}

/* Numbers the groups by spreading the smallest number; returns the largest group and the heaviest total. */
static void
spread(const Weights *w, const uint32_t *region, const double *value, uint32_t n, uint32_t *group,
	   uint32_t *largest, double *heaviest)
{
	bool changed = true;

	for (uint32_t i = 0; i < n; i++)
		group[i] = i;
	while (changed)
	{
		changed = false;
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = 0; j < n; j++)
				if (w->near[region[i]][region[j]] && group[j] < group[i])
				{
					group[i] = group[j];
					changed = true;
				}
	}
	*largest = 0;
	*heaviest = -INFINITY;
	for (uint32_t g = 0; g < n; g++)
	{
		uint32_t members = 0;
		double	 total = 0.0;

		for (uint32_t i = 0; i < n; i++)
			if (group[i] == g)
			{
				members++;
				total += value[i];
			}
		*largest = Max(*largest, members);
		if (members > 0)
			*heaviest = Max(*heaviest, total);
	}
}

/* How many of all ways to deal candidates out have as large or as heavy a group. */
typedef struct Count
{
	const Weights *w;
	const double  *value;
	uint32_t	   n;
	uint32_t	   regions;
	uint32_t	   members;
	double		   total;
	uint32_t	   region[REGIONS];
	long		   ways;
	long		   as_many;
	long		   as_heavy;
} Count;

/* Deals candidate i and those after it out in all ways. */
static void
deal_all(Count *count, uint32_t i)
{
	uint32_t group[REGIONS], largest;
	double	 heaviest;

	if (i == count->n)
	{
		spread(count->w, count->region, count->value, count->n, group, &largest, &heaviest);
		count->ways++;
		count->as_many += largest >= count->members;
		count->as_heavy += heaviest >= count->total;
		return;
	}
	for (uint32_t r = 0; r < count->regions; r++)
	{
		bool taken = false;

		for (uint32_t j = 0; j < i; j++)
			taken |= count->region[j] == r;
		count->region[i] = r;
		if (!taken)
			deal_all(count, i + 1);
	}
}

/* Groups, their members and totals; whole values, whose sums are exact. */
static void
test_groups(void)
{
	uint64_t seed = 1;

	for (int round = 0; round < 10000; round++)
	{
		Weights		  w;
		KzGroups	  groups;
		KzGraphResult result;
		uint32_t	  regions = 1 + unit_random(&seed) % REGIONS, n = 0, group[REGIONS], largest,
				 sum = 0, most = 0;
		double heaviest, heavy = -INFINITY;

		make_weights(&w, regions, &seed);
		kz_groups_init(&groups, regions);
		for (uint32_t r = 0; r < regions; r++)
			if (unit_random(&seed) % 2)
			{
				groups.region[n] = r;
				groups.value[n++] = (double) (unit_random(&seed) % 9) - 2.0;
			}
		groups.candidates = n;
		kz_groups_find(&w.view, &groups, &result);
		CHECK(result.status == KZ_GRAPH_OK);
		spread(&w, groups.region, groups.value, n, group, &largest, &heaviest);
		for (uint32_t i = 0; i < n; i++)
			for (uint32_t j = 0; j < n; j++)
				CHECK((groups.group[i] == groups.group[j]) == (group[i] == group[j]));
		for (uint32_t g = 0; g < groups.count; g++)
		{
			sum += groups.members[g];
			most = Max(most, groups.members[g]);
			heavy = Max(heavy, groups.total[g]);
		}
		CHECK(sum == n && most == largest && heavy == heaviest);
	}
}

/* Frequencies within five standard deviations of the probabilities; and again the same. */
static void
test_chances(void)
{
	enum
	{
		REPLICATES = 2000
	};
	uint64_t seed = 2;

	for (int round = 0; round < 60; round++)
	{
		Weights		  w;
		KzGroups	  groups;
		KzGroupTest	  test, again;
		KzGraphResult result;
		uint32_t	  n = 1 + unit_random(&seed) % 4, regions = n + unit_random(&seed) % 3;

		make_weights(&w, regions, &seed);
		kz_groups_init(&groups, n);
		for (uint32_t i = 0; i < n; i++)
		{
			groups.region[i] = i;
			groups.value[i] = (double) (1 + unit_random(&seed) % 5);
		}
		kz_groups_find(&w.view, &groups, &result);
		kz_groups_test(&w.view, &groups, REPLICATES, (uint64_t) round, &test, &result);
		kz_groups_test(&w.view, &groups, REPLICATES, (uint64_t) round, &again, &result);
		CHECK(result.status == KZ_GRAPH_OK);
		for (uint32_t g = 0; g < groups.count; g++)
		{
			Count  count = {.w = &w,
							.value = groups.value,
							.n = n,
							.regions = regions,
							.members = groups.members[g],
							.total = groups.total[g]};
			double many, heavy;

			deal_all(&count, 0);
			many = (double) count.as_many / count.ways;
			heavy = (double) count.as_heavy / count.ways;
			CHECK(fabs((double) test.as_many[g] / REPLICATES - many) <=
				  5.0 * sqrt(many * (1.0 - many) / REPLICATES));
			CHECK(fabs((double) test.as_heavy[g] / REPLICATES - heavy) <=
				  5.0 * sqrt(heavy * (1.0 - heavy) / REPLICATES));
			CHECK(test.as_many[g] == again.as_many[g] && test.as_heavy[g] == again.as_heavy[g]);
		}
	}
}

int
main(void)
{
	test_groups();
	test_chances();
	return unit_done();
}
