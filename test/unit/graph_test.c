/*
 * graph_test.c
 *		Connected components, and edges on cycles, against a search by hand.
 */
#include "spatial/graph.h"

#include <string.h>

#include "unit.h"

#define NODES 40

/* Numbers the components of a graph by spreading each node's label until nothing changes. */
static uint32_t
spread(uint32_t *component, uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges)
{
	uint32_t smallest[NODES], number[NODES], count = 0;
	int		 changed = 1;

	for (uint32_t i = 0; i < nodes; i++)
		smallest[i] = i;
	while (changed)
	{
		changed = 0;
		for (size_t i = 0; i < edges; i++)
		{
			uint32_t a = from[i], b = to[i];
			uint32_t low = smallest[a] < smallest[b] ? smallest[a] : smallest[b];

			changed |= smallest[a] != low || smallest[b] != low;
			smallest[a] = smallest[b] = low;
		}
	}
	for (uint32_t i = 0; i < nodes; i++)
	{
		if (smallest[i] == i)
			number[i] = count++;
		component[i] = number[smallest[i]];
	}
	return count;
}

/* Random graphs, whole and in batches: loops, several edges between two nodes, no edge at all. */
static void
test_components(void)
{
	uint64_t	  seed = 1;
	KzGraphResult result;

	for (int t = 0; t < 5000; t++)
	{
		uint32_t from[NODES], to[NODES], batch_from[NODES], batch_to[NODES];
		uint32_t expected[NODES], component[NODES], count = 0;
		uint32_t nodes = 1 + unit_random(&seed) % NODES;
		size_t	 edges = unit_random(&seed) % NODES, batch = 1 + unit_random(&seed) % NODES;

		for (size_t i = 0; i < edges; i++)
		{
			from[i] = unit_random(&seed) % nodes;
			to[i] = unit_random(&seed) % nodes;
		}
		kz_components_start(component, nodes);
		for (size_t done = 0; done == 0 || done < edges; done += batch)
		{
			size_t size = edges - done < batch ? edges - done : batch;

			memcpy(batch_from, from + done, size * sizeof(uint32_t));
			memcpy(batch_to, to + done, size * sizeof(uint32_t));
			count = kz_components_join(component, nodes, batch_from, batch_to, size, &result);
			CHECK(result.status == KZ_GRAPH_OK);
		}
		CHECK(count == spread(expected, nodes, from, to, edges));
		CHECK(memcmp(component, expected, nodes * sizeof(uint32_t)) == 0);
	}
}

/* Can one walk from a node to another without using an edge twice, nor those that are used? */
static bool
reaches(uint32_t at, uint32_t goal, const uint32_t *from, const uint32_t *to, const bool *one_way,
		size_t edges, uint32_t used)
{
	if (at == goal)
		return true;
	for (size_t i = 0; i < edges; i++)
	{
		if (used >> i & 1)
			continue;
		if (from[i] == at && reaches(to[i], goal, from, to, one_way, edges, used | 1U << i))
			return true;
		if (to[i] == at && !one_way[i] &&
			reaches(from[i], goal, from, to, one_way, edges, used | 1U << i))
			return true;
	}
	return false;
}

/* Random mixed graphs with loops and several edges between two nodes. */
static void
test_cycles(void)
{
	uint64_t	  seed = 2;
	KzGraphResult result;

	for (int t = 0; t < 10000; t++)
	{
		uint32_t from[8], to[8], nodes = 1 + unit_random(&seed) % 6;
		bool	 one_way[8], on_cycle[8];
		size_t	 edges = unit_random(&seed) % 9;

		for (size_t i = 0; i < edges; i++)
		{
			from[i] = unit_random(&seed) % nodes;
			to[i] = unit_random(&seed) % nodes;
			one_way[i] = unit_random(&seed) % 3 == 0;
		}
		kz_edges_on_cycles(nodes, from, to, one_way, edges, on_cycle, &result);
		CHECK(result.status == KZ_GRAPH_OK);
		for (size_t i = 0; i < edges; i++)
		{
			bool found = reaches(to[i], from[i], from, to, one_way, edges, 1U << i);

			if (!one_way[i])
				found |= reaches(from[i], to[i], from, to, one_way, edges, 1U << i);
			CHECK(on_cycle[i] == found);
		}
	}
}

/* No node, and nodes without an edge. */
static void
test_empty(void)
{
	uint32_t	  component[3];
	KzGraphResult result;

	CHECK(kz_components_join(component, 0, NULL, NULL, 0, &result) == 0);
	CHECK(result.status == KZ_GRAPH_OK);
	kz_components_start(component, 3);
	CHECK(kz_components_join(component, 3, NULL, NULL, 0, &result) == 3);
	CHECK(component[0] == 0 && component[1] == 1 && component[2] == 2);
}

int
main(void)
{
	test_components();
	test_cycles();
	test_empty();
	return unit_done();
}
