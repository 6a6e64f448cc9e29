/*
 * quotient.h
 *		Location quotient, coefficients of specialization and of per-capita production, shares.
 *
 * Notation: E_ri is the value of industry i in region r, E_r. its region's total, E_.i its industry's total in
 * the reference, E the reference's total, Y_r and P_r a region's gross product and population, Y and P the
 * reference's.
 */
#ifndef KZ_QUOTIENT_H
#define KZ_QUOTIENT_H

#include "matrix/view.h"
#include "measure/status.h"

/* A base other than the facts' own totals: gross product or population. */
typedef struct KzBase
{
	bool	given;		/* for any region or the reference */
	KzMaybe region;		/* Y_r or P_r */
	KzMaybe reference;	/* Y or P */
	bool	summed;		/* the reference's is the sum over the regions ... */
	bool	incomplete; /* ... and lacks one */
} KzBase;

/* What is known of a cell and its margins. */
typedef struct KzCellFacts
{
	double value;
	bool   suppressed;
	bool   incomplete;	   /* a total below contains suppressed cells */
	double region_total;   /* E_r. */
	double industry_total; /* sum of the industry over the regions shown */
	double ref_value;	   /* E_.i */
	double ref_total;	   /* E */
	KzBase gross_product;
	KzBase population;
} KzCellFacts;

/* The totals that the quotients of a matrix divide by: its own sums, or published ones. */
typedef struct KzTotals
{
	double *region;			   /* E_r. of each row ... */
	bool   *region_incomplete; /* ... and whether it contains suppressed cells */
	double *industry;		   /* E_.i of each column, in the reference */
	bool   *industry_incomplete;
	double	reference; /* E */
	bool	reference_incomplete;
} KzTotals;

/* What follows from it. */
typedef struct KzCoefficients
{
	KzMaybe	 region_share;	  /* E_ri / E_.i */
	KzMaybe	 reference_share; /* E_.i / E */
	KzMaybe	 industry_share;  /* E_ri / E_r. */
	KzMaybe	 lq;
	KzMaybe	 cs;
	KzMaybe	 pc;
	KzMaybe	 excess; /* E_ri - E_r. E_.i / E */
	KzStatus status;
} KzCoefficients;

extern KzStatus kz_share(double part, double total, double *result);
extern KzStatus kz_quotient_of_shares(double part, double part_total, double base,
									  double base_total, double *result);
extern void kz_facts_of_cell(const KzView *view, const KzTotals *totals, uint32_t row, uint32_t col,
							 uint32_t cell, KzCellFacts *facts);
extern KzStatus kz_quotient_of_cell(const KzCellFacts *facts, double *result);
extern void		kz_coefficients_of_cell(const KzCellFacts *facts, KzCoefficients *result);

#endif
