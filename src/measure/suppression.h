/*
 * suppression.h
 *		What is known of suppressed cells, and of the quotients that depend on them.
 *
 * Notation: E_ri in [l_ri, h_ri] is the value of a cell, whose bounds coincide where it is disclosed. T_r and T_i are the
 * published totals of a region and of an industry, which are the sums of exactly the cells of the matrix.
 */
#ifndef KZ_SUPPRESSION_H
#define KZ_SUPPRESSION_H

#include "base/exact.h"
#include "matrix/view.h"
#include "measure/status.h"

/* Rounding of the figures themselves, relative to a total: what is less is neither progress nor contradiction. */
#define KZ_SLACK 1e-12

/* An interval, whose upper end may be infinite. */
typedef struct KzInterval
{
	double low;
	double high;
} KzInterval;

/* A suppressed cell. */
typedef struct KzUnknown
{
	uint32_t   line[2]; /* its row and its column */
	uint32_t   cell;	/* its position in the matrix */
	bool	   contradiction;
	KzInterval given; /* what is known of it by itself */
	KzInterval bound; /* ... and together with the totals */
} KzUnknown;

/* The rows or the columns of a matrix. */
typedef struct KzSide
{
	uint32_t  count;
	KzMaybe	 *total;	 /* T_r or T_i, known where it is published */
	KzExact	 *disclosed; /* sum of the disclosed cells */
	uint32_t *start;	 /* count + 1 positions in member */
	uint32_t *member;	 /* the suppressed cells of each line */
	bool	 *contradiction;
	bool	 *waiting; /* is the line in the queue? */
} KzSide;

/* Lines with a total that have to be looked at, first in, first out: rows, then columns behind them. */
typedef struct KzQueue
{
	uint32_t *line;
	uint32_t  room; /* for all lines */
	uint32_t  first;
	uint32_t  count;
} KzQueue;

typedef struct KzSuppression
{
	const KzView *view;
	KzSide		  side[2];	 /* regions, industries */
	KzUnknown	 *unknown;	 /* in the order of the matrix */
	uint32_t	  count;	 /* suppressed cells */
	double		  tolerance; /* what a published total may differ from the sum of its cells */
	KzQueue		  queue;
} KzSuppression;

/* The sum of many intervals, kept exactly so that one of them can be taken away again. */
typedef struct KzRange
{
	KzExact low;
	KzExact high;	   /* of the finite upper ends */
	int64_t unbounded; /* number of the infinite ones */
} KzRange;

/* The totals of one side as far as they are known. */
typedef struct KzRanges
{
	KzRange *sum;	/* of each line's cells */
	double	*total; /* of a fixed line: published, or the sum of cells that are all known */
	bool	*fixed;
	bool	 all_fixed;
	KzRange	 whole; /* the sum over the lines */
} KzRanges;

/* What the quotients of a matrix are computed from. */
typedef struct KzQuotientBasis
{
	const KzSuppression *suppression;
	KzInterval			*bound; /* of each cell of the matrix */
	KzRanges			 side[2];
	KzRange	  *cross; /* of each industry: what its cells take from the rest of their regions */
	KzInterval whole; /* E */
} KzQuotientBasis;

/* A quotient of which only bounds may be known; an infinite upper bound is no bound. */
typedef struct KzQuotientBounds
{
	bool	   bounded; /* are there bounds? */
	bool	   known;	/* ... and do they coincide? */
	KzInterval lq;
	KzStatus   status;
} KzQuotientBounds;

extern void kz_suppression_init(KzSuppression *suppression, const KzView *view, KzMaybe *row_total,
								KzMaybe *col_total, double tolerance);
extern void kz_suppression_give(KzUnknown *unknown, KzMaybe low, KzMaybe high);
extern void kz_suppression_solve(KzSuppression *suppression);
extern bool kz_suppression_contradicts(const KzSuppression *suppression, const KzUnknown *unknown);
extern bool kz_totals_agree(const KzSuppression *suppression, double sum[2]);

extern void kz_quotient_basis_init(KzQuotientBasis *basis, const KzSuppression *suppression);
extern void kz_quotient_bounds_of_cell(const KzQuotientBasis *basis, uint32_t row, uint32_t col,
									   uint32_t cell, const KzUnknown *unknown,
									   KzQuotientBounds *result);
extern KzInterval kz_quotient_over_box(KzInterval x, KzInterval a, KzInterval b, KzInterval c);

#endif
