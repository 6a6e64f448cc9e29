/*
 * facts.h
 *		The arguments that measures of cells share: facts, attributes, reference and reference_attributes, and the
 *		totals that follow from them.
 */
#ifndef KZ_FACTS_H
#define KZ_FACTS_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/index.h"
#include "matrix/walk.h"
#include "measure/quotient.h"

/* A region x industry matrix with what its quotients are measured against. */
typedef struct KzFacts
{
	KzIndex *index;
	KzIndex *attributes;		   /* or NULL */
	KzIndex *reference;			   /* or NULL */
	KzIndex *reference_attributes; /* or NULL */
	KzTotals totals;
} KzFacts;

/* Columns that begin the row of a cell: region, industry, value, region_total, ref_value, ref_total. */
#define KZ_CELL_COLUMNS 6

extern bool kz_get_facts(FunctionCallInfo fcinfo, int matrix, int attributes, KzFacts *facts);
extern bool kz_get_plain_facts(FunctionCallInfo fcinfo, int matrix, int reference, KzFacts *facts);
extern KzWalk	kz_walk_facts(FunctionCallInfo fcinfo, int fill, const KzFacts *facts);
extern uint32	kz_region_of_attributes(const KzFacts *facts, uint32 row);
extern void		kz_set_cell(Datum *values, bool *nulls, Datum region, Datum industry,
							const KzCellFacts *cell);
extern KzIndex *kz_get_reference(FunctionCallInfo fcinfo, int argument, const char *name);
extern void kz_reference_totals(const KzIndex *index, const KzIndex *reference, const char *name,
								double *total, bool *incomplete);

#endif
