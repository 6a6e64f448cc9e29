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
extern void	   kz_check_one_row(const KzView *view, const char *name);
extern void	   kz_report_industry(const char *name, const KzUnion *labels, uint32 i);

#endif
