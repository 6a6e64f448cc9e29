/*
 * check.h
 *		The arguments and columns that the checks share.
 */
#ifndef KZ_PG_CHECK_H
#define KZ_PG_CHECK_H

#include "kz.h"

#include "fmgr.h"
#include "measure/status.h"

extern double kz_get_rounding(FunctionCallInfo fcinfo, int argument);
extern void	  kz_set_boolean(Datum *values, bool *nulls, int i, KzMaybe truth);

#endif
