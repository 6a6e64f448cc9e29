/*
 * inequality.h
 *		Inequality and concentration of a sample of weighted values.
 *
 * Notation: x_k is a value and w_k its weight, W their sum, p_k = w_k / W, mu = sum p_k x_k the weighted mean,
 * r_k = x_k / mu. Sums are exact and rounded once, so no result depends on the order of the rows.
 */
#ifndef KZ_INEQUALITY_H
#define KZ_INEQUALITY_H

#include <stddef.h>
#include <stdint.h>

#include "measure/status.h"

/* A value and its weight, or its reference in kz_sample_hoover and kz_sample_coulter; alone, it weighs 1. */
typedef struct KzRow
{
	double value;
	double weight;
} KzRow;

/* What the measures need to know of all rows. */
typedef struct KzSample
{
	KzRow *row; /* with the weights scaled by a power of two, the greatest into [1, 2) */
	size_t count;
	size_t weighty; /* rows of a weight above zero; the others have no say below */
	double size;	/* W */
	double mean;	/* mu */
	double low;		/* the smallest value ... */
	double high;	/* ... and the greatest */
} KzSample;

extern void		kz_sample_init(KzSample *sample, KzRow *row, size_t count);
extern KzStatus kz_sample_gini(KzSample *sample, bool corrected, double *result);
extern void		kz_split_gini(const KzSample *sample, double gini, double *near, double *far);
extern KzStatus kz_sample_lorenz(KzSample *sample, double *weight_share, double *value_share);
extern KzStatus kz_sample_concentration_ratio(KzSample *sample, double k, double *result);
extern KzStatus kz_sample_herfindahl(const KzSample *sample, bool normalized, double *result);
extern KzStatus kz_sample_entropy(const KzSample *sample, double log_base, double *result);
extern KzStatus kz_sample_hill(const KzSample *sample, double q, double *result);
extern KzStatus kz_sample_variation(const KzSample *sample, bool unbiased, double *result);
extern KzStatus kz_sample_hoover(const KzSample *sample, double *result);
extern KzStatus kz_sample_coulter(const KzSample *sample, double *result);

/* inequality_entropy.c */
extern double	kz_exp_quotient(double y);
extern double	kz_log_quotient(double y);
extern KzStatus kz_sample_generalized_entropy(const KzSample *sample, double alpha, double *result);
extern KzStatus kz_sample_atkinson(const KzSample *sample, double epsilon, double *result);
extern KzStatus kz_sample_kolm(const KzSample *sample, double alpha, double *result);
extern KzStatus kz_sample_theil_groups(const KzSample *sample, const uint32_t *group,
									   uint32_t groups, double *between, double *within);
extern void		kz_split_exactly(double total, double *a, double *b);

#endif
