/*
 * neighbour.h
 *		The growth of a region's neighbours, industry by industry.
 */
#ifndef KZ_NEIGHBOUR_H
#define KZ_NEIGHBOUR_H

#include "base/exact.h"
#include "measure/growth.h"

/* How neighbours are taken together. */
typedef enum KzLagKind
{
	KZ_LAG_LEVELS, /* sum_s w_rs E_si(1) / sum_s w_rs E_si(0) - 1 */
	KZ_LAG_RATES   /* sum_s w_rs g_si / sum_s w_rs */
} KzLagKind;

/* A region that is a neighbour; one without facts has KZ_NO_PLACE as its row. */
typedef struct KzNeighbour
{
	uint32_t row;
	double	 weight; /* above 0 */
} KzNeighbour;

/* What is summed for an industry. */
typedef struct KzLagSum
{
	KzExact	 start;	 /* levels: sum of w E(0); rates: sum of w */
	KzExact	 change; /* levels: sum of w (E(1) - E(0)); rates: sum of w g */
	uint32_t defined;
	uint32_t suppressed;
	bool	 negative;
	bool	 touched;
} KzLagSum;

/* The neighbours of one region at a time. */
typedef struct KzLag
{
	KzLagKind	   kind;
	KzSeriesCursor cursor;
	KzLagSum	  *sum; /* of each industry */
	uint32_t	  *touched;
	uint32_t	   touched_count;
	uint32_t	   neighbours;
} KzLag;

extern void	   kz_lag_init(KzLag *lag, KzLagKind kind, const KzSeries *series);
extern void	   kz_lag_seek(KzLag *lag, const KzNeighbour *neighbour, uint32_t count);
extern KzMaybe kz_lag_growth(const KzLag *lag, uint32_t col, KzStatus *status);

#endif
