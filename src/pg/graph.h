/*
 * graph.h
 *		Weights as graphs, connected components of edges as they come, and how SQL hears of what went wrong.
 */
#ifndef KZ_PG_GRAPH_H
#define KZ_PG_GRAPH_H

#include "kz.h"

#include "matrix/view.h"
#include "spatial/graph.h"

/* A graph of which the edges go to igraph in batches. */
typedef struct KzEdges
{
	uint32	nodes;
	uint32 *component; /* by node, as the edges of earlier batches have it */
	uint32 *from;
	uint32 *to;
	uint32	count;
} KzEdges;

/* Raises the error of a call of igraph, if there is one. */
extern void kz_check_graph(const KzGraphResult *result);

extern void	   kz_edges_start(KzEdges *edges, uint32 nodes);
extern void	   kz_edges_add(KzEdges *edges, uint32 from, uint32 to);
extern uint32 *kz_edges_finish(KzEdges *edges, uint32 *components);
extern void	   kz_check_weights(const KzView *view);

#endif
