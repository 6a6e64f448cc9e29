/*
 * panel.h
 *		Linear regression of a panel: observations of units (regions) in periods, with effects of either.
 *
 * y_it = b x_it + a_i + d_t + u_it, where an effect that is not asked for is a common constant.
 */
#ifndef KZ_PANEL_H
#define KZ_PANEL_H

#include <stdint.h>

#include "measure/status.h"

/* Periods or units, whichever are fewer, that a regression with both effects may have: its equations are dense. */
#define KZ_PANEL_EQUATIONS 500

/* How the standard error is found: what the errors u may be. */
typedef enum KzPanelErrors
{
	KZ_CLUSTERED, /* anything within a unit, independent between units */
	KZ_ROBUST,	  /* independent, of any variances */
	KZ_CLASSICAL  /* independent, of one variance */
} KzPanelErrors;

/* The observations; units and periods are numbered from 0 and each number occurs. */
typedef struct KzPanel
{
	double	 *y;
	double	 *x;
	uint32_t *unit;
	uint32_t *period;
	uint32_t  n;
	uint32_t  units;
	uint32_t  periods;
	bool	  unit_effects;
	bool	  period_effects;
	uint32_t  components; /* parts of the panel without a common unit or period */
	uint32_t *component;  /* of each period, then of each unit */
} KzPanel;

typedef struct KzPanelResult
{
	KzMaybe	 coefficient; /* b */
	KzMaybe	 standard_error;
	int64_t	 freedom; /* degrees of freedom of t; below 1: unknown */
	KzMaybe	 t;
	KzMaybe	 p;
	KzMaybe	 low;
	KzMaybe	 high;
	KzMaybe	 r2_within;
	KzStatus status;
} KzPanelResult;

extern void kz_panel_trim(KzPanel *panel);
extern void kz_panel_fit(KzPanel *panel, KzPanelErrors errors, double confidence,
						 KzPanelResult *result);

#endif
