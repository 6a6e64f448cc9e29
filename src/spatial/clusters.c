/*
 * clusters.c
 *		Groups of neighbouring candidate regions against groups of the same candidates dealt out anew.
 *
 * The null hypothesis is that the values are exchangeable between regions: each replicate gives the candidates, with
 * their values, to other regions, every choice being equally likely, and looks at its largest and at its heaviest group.
 * That the largest of a replicate is compared keeps the probability of any false finding among the groups of an
 * industry (Turnbull et al. 1990; Hope 1968 for the p-value (1 + as many) / (1 + replicates)). Totals are exact sums, so
 * that equal ones are equal.
 */
#include "postgres.h"

#include "base/alloc.h"
#include "base/exact.h"
#include "base/random.h"
#include "miscadmin.h"
#include "spatial/clusters.h"

/* Edges that go to igraph at once. */
#define BATCH 131072

/* Room for finding groups again and again. */
typedef struct Room
{
	const KzView *weights;
	uint32_t	 *candidate; /* by region: its number + 1, or 0 */
	uint32_t	  batch;	 /* edges that there is room for */
	uint32_t	 *from;
	uint32_t	 *to;
	KzExact		 *sum; /* by group */
} Room;

/* Makes room. */
static void
room_init(Room *room, const KzView *weights, uint32_t candidates)
{
	room->weights = weights;
	room->candidate = kz_alloc_zero(weights->rows.count, sizeof(uint32_t));
	room->batch = Max(1, Min(BATCH, weights->row_start[weights->rows.count]));
	room->from = kz_alloc_zero(room->batch, sizeof(uint32_t));
	room->to = kz_alloc_zero(room->batch, sizeof(uint32_t));
	room->sum = kz_alloc_zero(candidates, sizeof(KzExact));
}

/* Gives the room back. */
static void
room_free(Room *room)
{
	pfree(room->candidate);
	pfree(room->from);
	pfree(room->to);
	pfree(room->sum);
}

/* Makes groups of so many candidates, whose regions and values are still to be filled in. */
void
kz_groups_init(KzGroups *groups, uint32_t candidates)
{
	groups->candidates = candidates;
	groups->region = kz_alloc_zero(candidates, sizeof(uint32_t));
	groups->value = kz_alloc_zero(candidates, sizeof(double));
	groups->group = kz_alloc_zero(candidates, sizeof(uint32_t));
	groups->members = kz_alloc_zero(candidates, sizeof(uint32_t));
	groups->total = kz_alloc_zero(candidates, sizeof(double));
	groups->count = 0;
}

/* Joins candidates whose regions are neighbours, by a weight that is not 0 in either direction. */
static void
join_neighbours(Room *room, KzGroups *groups, KzGraphResult *result)
{
	const KzView *weights = room->weights;
	uint32_t	  edges = 0;

	result->status = KZ_GRAPH_OK;
	kz_components_start(groups->group, groups->candidates);
	groups->count = groups->candidates;
	for (uint32_t i = 0; i < groups->candidates; i++)
		for (uint32_t c = weights->row_start[groups->region[i]];
			 c < weights->row_start[groups->region[i] + 1]; c++)
		{
			uint32_t other = room->candidate[weights->col[c]];

			if (other == 0 || weights->value[c] == 0.0 ||
				groups->group[other - 1] == groups->group[i])
				continue;
			room->from[edges] = i;
			room->to[edges++] = other - 1;
			if (edges < room->batch)
				continue;
			CHECK_FOR_INTERRUPTS();
			groups->count = kz_components_join(groups->group, groups->candidates, room->from,
											   room->to, edges, result);
			if (result->status != KZ_GRAPH_OK)
				return;
			edges = 0;
		}
	groups->count =
		kz_components_join(groups->group, groups->candidates, room->from, room->to, edges, result);
}

/* Finds the groups of candidates and counts and sums their members. */
static void
find_groups(Room *room, KzGroups *groups, KzGraphResult *result)
{
	for (uint32_t i = 0; i < groups->candidates; i++)
		room->candidate[groups->region[i]] = i + 1;
	join_neighbours(room, groups, result);
	for (uint32_t i = 0; i < groups->candidates; i++)
		room->candidate[groups->region[i]] = 0;
	if (result->status != KZ_GRAPH_OK)
		return;
	for (uint32_t g = 0; g < groups->count; g++)
	{
		groups->members[g] = 0;
		kz_exact_init(&room->sum[g], 0.0);
	}
	for (uint32_t i = 0; i < groups->candidates; i++)
	{
		groups->members[groups->group[i]]++;
		kz_exact_add(&room->sum[groups->group[i]], groups->value[i]);
	}
	for (uint32_t g = 0; g < groups->count; g++)
		groups->total[g] = kz_exact_finish(&room->sum[g]);
}

/* Finds the groups of candidates. weights: square, with the same regions on both sides. */
void
kz_groups_find(const KzView *weights, KzGroups *groups, KzGraphResult *result)
{
	Room room;

	room_init(&room, weights, groups->candidates);
	find_groups(&room, groups, result);
	room_free(&room);
}

/* Gives the candidates to regions drawn without replacement; order holds all regions, in any order. */
static void
deal(KzGroups *groups, uint32_t *order, uint32_t regions, KzRandom *random)
{
	for (uint32_t i = 0; i < groups->candidates; i++)
	{
		uint32_t j = i + kz_random_below(random, regions - i), drawn = order[j];

		order[j] = order[i];
		order[i] = drawn;
		groups->region[i] = drawn;
	}
}

/* Counts for each observed group whether a replicate's largest and heaviest group are at least like it. */
static void
count_replicate(const KzGroups *observed, const KzGroups *replicate, KzGroupTest *test)
{
	uint32_t largest = 0;
	double	 heaviest = replicate->total[0];

	for (uint32_t g = 0; g < replicate->count; g++)
	{
		largest = Max(largest, replicate->members[g]);
		heaviest = Max(heaviest, replicate->total[g]);
	}
	for (uint32_t g = 0; g < observed->count; g++)
	{
		test->as_many[g] += largest >= observed->members[g];
		test->as_heavy[g] += heaviest >= observed->total[g];
	}
}

/*
 * Deals the candidates out anew so many times. The same groups, replicates and seed give the same counts everywhere.
 * There must be at least one candidate.
 */
void
kz_groups_test(const KzView *weights, const KzGroups *groups, uint32_t replicates, uint64_t seed,
			   KzGroupTest *test, KzGraphResult *result)
{
	uint32_t  regions = weights->rows.count;
	uint32_t *order = kz_alloc_zero(regions, sizeof(uint32_t));
	Room	  room;
	KzGroups  replicate;
	KzRandom  random;

	test->replicates = replicates;
	test->as_many = kz_alloc_zero(groups->count, sizeof(uint32_t));
	test->as_heavy = kz_alloc_zero(groups->count, sizeof(uint32_t));
	for (uint32_t i = 0; i < regions; i++)
		order[i] = i;
	room_init(&room, weights, groups->candidates);
	kz_groups_init(&replicate, groups->candidates);
	memcpy(replicate.value, groups->value, groups->candidates * sizeof(double));
	kz_random_seed(&random, seed);
	result->status = KZ_GRAPH_OK;
	for (uint32_t r = 0; r < replicates && result->status == KZ_GRAPH_OK; r++)
	{
		CHECK_FOR_INTERRUPTS();
		deal(&replicate, order, regions, &random);
		find_groups(&room, &replicate, result);
		if (result->status == KZ_GRAPH_OK)
			count_replicate(groups, &replicate, test);
	}
	room_free(&room);
	pfree(order);
}
