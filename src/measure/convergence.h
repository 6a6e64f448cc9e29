/*
 * convergence.h
 *		Least-squares lines, and what they and spreads say of convergence.
 */
#ifndef KZ_CONVERGENCE_H
#define KZ_CONVERGENCE_H

#include <stdint.h>

#include "measure/status.h"

/* A least-squares line y = intercept + slope x, with Student's tests of both. */
typedef struct KzLine
{
	KzMaybe	 intercept;
	KzMaybe	 intercept_se;
	KzMaybe	 intercept_t;
	KzMaybe	 intercept_p;
	KzMaybe	 slope;
	KzMaybe	 slope_se;
	KzMaybe	 slope_t;
	KzMaybe	 slope_p;
	KzMaybe	 r_squared;
	KzStatus status;
} KzLine;

/* The speed that a slope of annualised growth on the logarithm of the start implies. */
typedef struct KzSpeed
{
	KzMaybe speed;
	KzMaybe speed_se;
	KzMaybe half_life;
} KzSpeed;

/* The spread of a period. */
typedef struct KzSpread
{
	uint32_t n;
	KzMaybe	 sd;	   /* of the logarithms */
	KzMaybe	 cv;	   /* of the values */
	KzMaybe	 variance; /* of the logarithms, with n - 1 */
	KzStatus status;
} KzSpread;

extern void	   kz_fit_line(const double *x, const double *y, uint32_t n, KzLine *line);
extern KzSpeed kz_convergence_speed(const KzLine *line, double periods);
extern void	   kz_spread(const double *value, uint32_t n, bool sample, KzSpread *spread);
extern KzMaybe kz_variance_test(const KzSpread *first, const KzSpread *other, KzMaybe *ratio);

#endif
