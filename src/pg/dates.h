/*
 * dates.h
 *		Facts of a start and a finish side by side, each against its own totals or its own reference.
 */
#ifndef KZ_PG_DATES_H
#define KZ_PG_DATES_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/margins.h"
#include "measure/quotient.h"
#include "measure/series.h"

#define KZ_START  0
#define KZ_FINISH 1

typedef struct KzDates
{
	KzSeries  series; /* of the two */
	KzMargins margins[2];
	KzMargins reference[2];
	uint32	 *reference_col[2]; /* of each industry, or NULL without a reference */
} KzDates;

extern bool kz_get_dates(FunctionCallInfo fcinfo, KzDates *dates);
extern void kz_facts_at(const KzDates *dates, const KzSeriesCursor *cursor, int date,
						KzCellFacts *facts);

#endif
