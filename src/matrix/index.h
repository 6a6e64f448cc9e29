/*
 * index.h
 *		A matrix made ready for look-ups by label, kept for as long as a query needs it.
 */
#ifndef KZ_INDEX_H
#define KZ_INDEX_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/label.h"
#include "matrix/margins.h"
#include "matrix/view.h"
#include "port/pg_bitutils.h"

/* Which of 64 columns of a row have a cell, and where the first of these cells is. */
typedef struct KzRank
{
	uint64 present;
	uint64 first;
} KzRank;

/* A matrix with its labels hashed and its totals computed. */
typedef struct KzIndex
{
	KzView	  view;
	KzAxis	  rows;
	KzAxis	  cols;
	KzMargins margins;
	KzRank	 *rank; /* rows x words; NULL when it is not worth its memory */
	uint32	  words;
} KzIndex;

/* The matrices that one argument of one call site has shown lately. */
typedef struct KzIndexCache
{
	MemoryContext		 context;
	struct KzIndexEntry *entry;
	int					 count;
	int					 last;	/* the entry used last */
	uint64				 clock; /* counts uses, to find the entry that was idle longest */
} KzIndexCache;

extern KzIndex *kz_index_build(const KzView *view);
extern void		kz_index_rank(KzIndex *index);
extern KzIndex *kz_index_of(KzIndexCache *cache, Datum matrix, MemoryContext context);

/* Finds the cell of a row and column; returns its position, or UINT32_MAX when absent. */
static inline uint32
kz_index_find(const KzIndex *index, uint32 row, uint32 col)
{
	const KzRank *rank;
	uint64		  bit = UINT64CONST(1) << (col & 63);

	if (index->rank == NULL)
		return kz_view_find(&index->view, row, col);
	rank = &index->rank[(size_t) row * index->words + (col >> 6)];
	if ((rank->present & bit) == 0)
		return PG_UINT32_MAX;
	return (uint32) rank->first + (uint32) pg_popcount64(rank->present & (bit - 1));
}

#endif
