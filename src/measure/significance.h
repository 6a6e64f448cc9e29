/*
 * significance.h
 *		Is a quotient more than chance? Tests of cells, tables and industries, intervals, cut-offs, families of p.
 *
 * Notation: N_ri counts what is independent of each other, as establishments are and jobs are not; N_r. is the
 * region's total, N_.i the industry's and N the whole in the reference; x_r = N_r. / N, y_i = N_.i / N.
 */
#ifndef KZ_SIGNIFICANCE_H
#define KZ_SIGNIFICANCE_H

#include <stddef.h>

#include "matrix/margins.h"
#include "matrix/view.h"
#include "measure/quotient.h"
#include "measure/quotient_forms.h"

/* What a cell's counts say. */
typedef struct KzCellTest
{
	KzMaybe	 expected; /* N_r. y_i */
	KzMaybe	 lq;
	KzMaybe	 binomial_p; /* each the probability of N_ri or more */
	KzMaybe	 poisson_p;
	KzMaybe	 hypergeometric_p;
	KzMaybe	 residual;
	KzMaybe	 adjusted_residual;
	KzMaybe	 wald_low;
	KzMaybe	 wald_high;
	KzMaybe	 exact_low;
	KzMaybe	 exact_high;
	KzStatus status;
} KzCellTest;

/* The test of a whole table. */
typedef struct KzIndependence
{
	KzMaybe	 chi2;
	KzMaybe	 g;
	int64_t	 freedom;
	KzMaybe	 chi2_p;
	KzMaybe	 g_p;
	KzMaybe	 cramers_v;
	KzStatus status;
} KzIndependence;

/* The test of one industry. */
typedef struct KzLocalization
{
	KzMaybe	 divergence; /* D_i */
	KzMaybe	 statistic;	 /* 2 N_i D_i */
	int64_t	 freedom;
	KzMaybe	 p;
	KzStatus status;
} KzLocalization;

/* How a p-value is adjusted for the others of its family. */
typedef enum KzAdjustment
{
	KZ_BONFERRONI,
	KZ_HOLM,
	KZ_BENJAMINI_HOCHBERG,
	KZ_BENJAMINI_YEKUTIELI
} KzAdjustment;

/* Resamples of n sorted values, each known by the places of the two values that its quantile lies between. */
typedef struct KzResamples
{
	uint32_t n;
	uint32_t replicates;
	double	 fraction; /* how far the quantile lies from the lower to the upper */
	uint32_t lower;	   /* where it lies in the values themselves */
	uint32_t upper;
	uint32_t (*place)[2]; /* the same in each resample */
} KzResamples;

/* The cut-off of an industry, found by resampling. */
typedef struct KzCutoff
{
	int64_t	 n;		   /* regions that have a quotient, or its logarithm */
	KzMaybe	 quantile; /* of the values themselves */
	KzMaybe	 cutoff;   /* the mean of the resamples' quantiles */
	KzMaybe	 error;	   /* their standard deviation */
	KzStatus status;
} KzCutoff;

/* The quotient of a cell with one establishment more and one fewer. */
typedef struct KzSensitivity
{
	KzMaybe	 lq;
	KzMaybe	 more;
	KzMaybe	 fewer;
	KzMaybe	 change; /* more - lq */
	KzStatus status;
} KzSensitivity;

extern void kz_test_cell(const KzCellFacts *counts, double confidence, KzCellTest *result);
extern void kz_test_independence(const KzView *view, const KzMargins *margins,
								 KzIndependence *result);
extern void kz_test_localization(const KzView *view, const KzMargins *margins, const double *base,
								 uint32_t bases, KzLocalization *result);
extern void kz_adjust_sorted(KzAdjustment adjustment, double *p, size_t n);
extern void kz_resample(KzResamples *resamples, uint32_t n, double probability, uint32_t replicates,
						uint64_t seed);
extern void kz_cutoff_of_resamples(const KzResamples *resamples, const double *value,
								   KzCutoff *result);
extern void kz_bootstrap_cutoffs(const KzView *view, const KzTotals *totals, double probability,
								 uint32_t replicates, uint64_t seed, bool log_form,
								 KzCutoff *result);
extern void kz_sensitivity_of_cell(const KzCellFacts *counts, KzSensitivity *result);

#endif
