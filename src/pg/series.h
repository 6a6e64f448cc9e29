/*
 * series.h
 *		Matrices of several periods as arguments, and their joined labels as datums.
 */
#ifndef KZ_PG_SERIES_H
#define KZ_PG_SERIES_H

#include "kz.h"

#include "fmgr.h"
#include "measure/series.h"

extern KzView *kz_get_views(FunctionCallInfo fcinfo, int argument, const char *name, uint32 *count);
extern Datum  *kz_union_datums(const KzUnion *labels);

#endif
