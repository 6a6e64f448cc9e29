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

/* A matrix with its labels hashed and its totals computed. */
typedef struct KzIndex
{
	KzView	  view;
	KzAxis	  rows;
	KzAxis	  cols;
	KzMargins margins;
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
extern KzIndex *kz_index_of(KzIndexCache *cache, Datum matrix, MemoryContext context);

#endif
