/*
 * graph.h
 *		Graph algorithms. igraph is linked behind this header and nowhere else.
 *
 * Nodes are the numbers 0 .. nodes - 1. No function leaves memory of igraph's behind when it returns, so a
 * caller may stop between two calls, and none ends the process.
 */
#ifndef KZ_GRAPH_H
#define KZ_GRAPH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum KzGraphStatus
{
	KZ_GRAPH_OK,
	KZ_GRAPH_NO_MEMORY,
	KZ_GRAPH_FAILED, /* the message says why */
	KZ_GRAPH_BROKEN	 /* igraph met a fault of its own and must not be called again */
} KzGraphStatus;

/* The outcome of a call: where the status is not KZ_GRAPH_OK, igraph's words for it. */
typedef struct KzGraphResult
{
	KzGraphStatus status;
	char		  message[256];
} KzGraphResult;

extern void		kz_components_start(uint32_t *component, uint32_t nodes);
extern uint32_t kz_components_join(uint32_t *component, uint32_t nodes, uint32_t *from,
								   uint32_t *to, size_t edges, KzGraphResult *result);
extern void		kz_edges_on_cycles(uint32_t nodes, const uint32_t *from, const uint32_t *to,
								   const bool *one_way, size_t edges, bool *on_cycle,
								   KzGraphResult *result);

#endif
