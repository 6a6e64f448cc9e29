/*
 * growth.h
 *		Growth of cells and totals between two periods.
 *
 * Notation: E_ri(t) is the value of industry i in region r in period t, E_r. its region's total, E_.i its industry's
 * total in the reference, E the reference's total; g = E(1)/E(0) - 1, and g_i, g_r, g_ri likewise.
 */
#ifndef KZ_GROWTH_H
#define KZ_GROWTH_H

#include "measure/series.h"
#include "measure/status.h"

/* A total in two periods. */
typedef struct KzSpan
{
	double start;
	double finish;
	bool   incomplete; /* leaves out something that is suppressed in either period */
} KzSpan;

/* The totals of each step of a series from one period to the next. */
typedef struct KzGrowthTotals
{
	uint32_t steps;
	uint32_t rows;
	uint32_t cols;
	KzSpan	*row; /* steps x rows */
	KzSpan	*col; /* steps x cols */
	KzSpan	*all; /* steps */
} KzGrowthTotals;

extern KzStatus kz_growth_of(double start, double finish, double *growth);
extern KzStatus kz_growth_rate_of(double start, double finish, double periods, double *rate);
extern void		kz_growth_totals(const KzSeries *series, KzGrowthTotals *totals);

#endif
