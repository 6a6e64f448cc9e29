/*
 * graph.c
 *		Connected components of edges as they come, with igraph's errors turned into PostgreSQL's.
 */
#include "pg/graph.h"

#include "base/alloc.h"
#include "miscadmin.h"

/* Edges that go to igraph at once: some milliseconds and megabytes. */
#define BATCH 131072

/* Reports what igraph said. */
void
kz_check_graph(const KzGraphResult *result)
{
	switch (result->status)
	{
		case KZ_GRAPH_OK:
			return;
		case KZ_GRAPH_NO_MEMORY:
			ereport(ERROR, (errcode(ERRCODE_OUT_OF_MEMORY), errmsg("out of memory"),
							errdetail("igraph failed: %s", result->message)));
			return;
		case KZ_GRAPH_FAILED:
			ereport(ERROR, (errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
							errmsg("igraph failed: %s", result->message)));
			return;
		case KZ_GRAPH_BROKEN:
			/* its state is lost: end this session, and only this one */
			ereport(FATAL, (errcode(ERRCODE_EXTERNAL_ROUTINE_EXCEPTION),
							errmsg("igraph failed: %s", result->message)));
	}
}

/* Joins what the edges of the batch connect, and begins a new batch; returns the number of components. */
static uint32
join_batch(KzEdges *edges)
{
	KzGraphResult result;
	uint32		  components;

	CHECK_FOR_INTERRUPTS();
	components = kz_components_join(edges->component, edges->nodes, edges->from, edges->to,
									edges->count, &result);
	kz_check_graph(&result);
	edges->count = 0;
	return components;
}

/* Begins a graph without edges. */
void
kz_edges_start(KzEdges *edges, uint32 nodes)
{
	edges->nodes = nodes;
	edges->component = kz_alloc_zero(nodes, sizeof(uint32));
	edges->from = palloc(BATCH * sizeof(uint32));
	edges->to = palloc(BATCH * sizeof(uint32));
	edges->count = 0;
	kz_components_start(edges->component, nodes);
}

/* Adds an edge. */
void
kz_edges_add(KzEdges *edges, uint32 from, uint32 to)
{
	if (edges->component[from] == edges->component[to])
		return;
	edges->from[edges->count] = from;
	edges->to[edges->count++] = to;
	if (edges->count == BATCH)
		join_batch(edges);
}

/* Returns the component of every node, numbered 0 .. by first nodes; components, unless NULL, becomes how many. */
uint32 *
kz_edges_finish(KzEdges *edges, uint32 *components)
{
	uint32 count = join_batch(edges);

	if (components != NULL)
		*components = count;
	pfree(edges->from);
	pfree(edges->to);
	return edges->component;
}
