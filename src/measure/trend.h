/*
 * trend.h
 *		The change of a value over numbered periods.
 */
#ifndef KZ_TREND_H
#define KZ_TREND_H

#include <stdint.h>

#include "measure/status.h"

/* What a change is measured by. */
typedef enum KzTrendRule
{
	KZ_FIRST_LAST, /* the last value less the first */
	KZ_LAST_STEP,  /* the last value less that of the period one before */
	KZ_SLOPE	   /* the slope of the least-squares line, per period */
} KzTrendRule;

#define KZ_TREND_RULES (KZ_SLOPE + 1)

extern const char *const kz_trend_rule[KZ_TREND_RULES];

/* A value in a period. */
typedef struct KzTrendPoint
{
	double period;
	double value;
} KzTrendPoint;

extern KzMaybe	   kz_trend_of(KzTrendPoint *point, uint32_t n, KzTrendRule rule, double *twice);
extern const char *kz_direction(double change, double tolerance);

#endif
