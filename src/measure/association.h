/*
 * association.h
 *		How closely two variables go together: the correlations of Pearson and Spearman.
 */
#ifndef KZ_ASSOCIATION_H
#define KZ_ASSOCIATION_H

#include <stdint.h>

#include "measure/status.h"

/* A correlation with its interval and the p-value of the hypothesis that there is none. */
typedef struct KzCorrelation
{
	KzMaybe r;
	KzMaybe low;
	KzMaybe high;
	KzMaybe p;
} KzCorrelation;

typedef struct KzAssociation
{
	KzCorrelation pearson;
	KzCorrelation spearman;
	KzStatus	  status;
} KzAssociation;

extern int	  kz_scale(double *x, uint32_t n);
extern double kz_sum_products(const double *a, const double *b, uint32_t n);
extern void	  kz_associate(double *x, double *y, uint32_t n, double confidence,
						   KzAssociation *result);

#endif
