/*
 * graph_test.c
 *		Connected components against a search by hand.
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
	test_empty();
	return unit_done();
}
