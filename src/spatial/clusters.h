/*
 * clusters.h
 *		Groups of neighbouring candidate regions, and how likely chance is to make as large a group.
 */
#ifndef KZ_CLUSTERS_H
#define KZ_CLUSTERS_H

#include <stdint.h>

#include "matrix/view.h"
#include "spatial/graph.h"

/* The candidates among the regions of weights, grouped. */
typedef struct KzGroups
{
	uint32_t  candidates;
	uint32_t *region; /* of each candidate */
	double	 *value;
	uint32_t *group; /* of each candidate, numbered 0 .. by their first candidates */
	uint32_t  count;
	uint32_t *members; /* of each group */
	double	 *total;   /* sum of the values of its members */
} KzGroups;

/* How many of the replicates have a group of at least as many members, or of at least as large a total. */
typedef struct KzGroupTest
{
	uint32_t  replicates;
	uint32_t *as_many; /* of each group */
	uint32_t *as_heavy;
} KzGroupTest;

extern void kz_groups_init(KzGroups *groups, uint32_t candidates);
extern void kz_groups_find(const KzView *weights, KzGroups *groups, KzGraphResult *result);
extern void kz_groups_test(const KzView *weights, const KzGroups *groups, uint32_t replicates,
						   uint64_t seed, KzGroupTest *test, KzGraphResult *result);

#endif
