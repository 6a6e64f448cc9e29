/*
 * disproportionality.h
 *		What the functions of specialization and of concentration share: subjects, references, rows.
 */
#ifndef KZ_PG_DISPROPORTIONALITY_H
#define KZ_PG_DISPROPORTIONALITY_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/index.h"
#include "measure/disproportionality.h"

/* The regions of a matrix with their industries, or its industries with their regions. */
typedef struct KzCompared
{
	KzIndex		   *facts;
	KzSubjects		subjects;
	const KzLabels *labels; /* of the subjects */
	const KzLabels *place_labels;
	const KzAxis   *place_axis;
	const char	   *place; /* what a place is called in messages */
} KzCompared;

extern void kz_compare_rows(KzCompared *compared, KzIndex *facts);
extern void kz_compare_cols(KzCompared *compared, KzIndex *facts);
extern void kz_open_profile_reference(FunctionCallInfo fcinfo, int argument,
									  const KzCompared *compared, KzReference *reference);

#endif
