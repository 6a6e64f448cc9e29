/*
 * graph.h
 *		How SQL hears of what went wrong in a graph algorithm.
 */
#ifndef KZ_PG_GRAPH_H
#define KZ_PG_GRAPH_H

#include "kz.h"

#include "spatial/graph.h"

/* Raises the error of a call of igraph, if there is one. */
extern void kz_check_graph(const KzGraphResult *result);

#endif
