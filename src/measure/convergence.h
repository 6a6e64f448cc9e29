/*
 * convergence.h
 *		Least-squares lines, and what they and spreads say of convergence.
 */
#ifndef KZ_CONVERGENCE_H
#define KZ_CONVERGENCE_H

#include <stdint.h>

#include "measure/status.h"

/* A least-squares line y = intercept + slope x, with Student's tests of both. */
typedef struct KzFit
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
} KzFit;

/* The speed that a slope of annualised growth on the logarithm of the start implies. */
typedef struct KzSpeed
{
	KzMaybe speed;
	KzMaybe speed_se;
	KzMaybe half_life;
} KzSpeed;

/* The spread of a period. */
typedef struct KzDispersion
{
	uint32_t n;
	KzMaybe	 sd;	   /* of the logarithms */
	KzMaybe	 cv;	   /* of the values */
	KzMaybe	 variance; /* of the logarithms, with n - 1 */
	KzStatus status;
} KzDispersion;

extern void	   kz_fit_line(const double *x, const double *y, uint32_t n, KzFit *line);
extern KzSpeed kz_convergence_speed(const KzFit *line, double periods);
extern void	   kz_dispersion(const double *value, uint32_t n, bool sample, KzDispersion *spread);
extern KzMaybe kz_variance_test(const KzDispersion *first, const KzDispersion *other,
								KzMaybe *ratio);

#endif
