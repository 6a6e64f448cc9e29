/*
 * scoring.h
 *		Rules that tell clusters from coefficients: stars, strong clusters, traded industries, growth quadrants.
 *
 * Every rule answers with its reasons one by one. What is unknown is never answered with no.
 */
#ifndef KZ_SCORING_H
#define KZ_SCORING_H

#include "measure/disproportionality.h"
#include "measure/quotient.h"

/* Three-valued truth. */
typedef enum KzAnswer
{
	KZ_NO,
	KZ_YES,
	KZ_UNKNOWN
} KzAnswer;

/* A number of a cell that is ranked among others. */
typedef enum KzRanked
{
	KZ_RANKED_VALUE, /* E_ri, over all regions */
	KZ_RANKED_LQ,	 /* L_ri, over the regions with a total */
	KZ_RANKED_FOCUS	 /* v_ri, over the regions with a total */
} KzRanked;

/* A percentile of an industry, or of all cells. */
typedef struct KzPercentile
{
	KzMaybe	 number;
	KzStatus status; /* of the number: too few when there is none */
} KzPercentile;

/* How many stars a cell has and for what. */
typedef struct KzStars
{
	KzMaybe	 lq;
	KzMaybe	 focus;
	KzAnswer size_star;
	KzAnswer specialization_star;
	KzAnswer focus_star;
	KzStatus status;
} KzStars;

/* What makes a cluster strong. */
typedef struct KzStrongRule
{
	double quotient;
	double value;
	double establishments;
	bool   has_establishments;
} KzStrongRule;

typedef struct KzStrong
{
	KzMaybe	 lq;
	KzAnswer high_quotient;
	KzAnswer enough_value;
	KzAnswer enough_establishments;
	KzAnswer strong;
	KzStatus status;
} KzStrong;

/* What makes an industry traded. */
typedef struct KzTradedRule
{
	double	 threshold; /* of a specialized region */
	uint32_t top;		/* regions whose quotients are averaged */
	double	 share;		/* least of each measure */
	double	 top_quotient;
	double	 gini;
} KzTradedRule;

typedef struct KzTraded
{
	KzMaybe	 share;
	KzMaybe	 top_quotient;
	KzMaybe	 gini;
	KzAnswer high_share;
	KzAnswer high_quotient;
	KzAnswer high_gini;
	KzAnswer traded;
	KzStatus status;
} KzTraded;

/* A region with an industry's quotient in it. */
typedef struct KzPlaceOfIndustry
{
	double lq;
	double value;
	double region_total;
} KzPlaceOfIndustry;

/* The quadrants: at or above a level and rising, not rising; below it and rising, not rising. */
#define KZ_QUADRANTS 4
extern const char *const kz_quadrant_name[KZ_QUADRANTS]; /* by the change of the quotient */
extern const char *const kz_outlook_name[KZ_QUADRANTS];	 /* by the growth of the industry */

extern KzAnswer kz_and(KzAnswer a, KzAnswer b);
extern KzAnswer kz_at_least(KzMaybe number, double limit);
extern void kz_cutoffs(const KzView *view, const KzTotals *totals, KzRanked what, double fraction,
					   bool by_industry, KzPercentile *cutoff);
extern void kz_stars_of_cell(const KzCellFacts *facts, const KzPercentile *size, double quotient,
							 const KzPercentile *focus, KzStars *result);
extern void kz_strong_of_cell(const KzCellFacts *facts, KzMaybe establishments,
							  const KzPercentile *cutoff, const KzStrongRule *rule,
							  KzStrong *result);
extern void kz_traded(KzPlaceOfIndustry *place, uint32_t count, uint32_t regions,
					  double regions_total, double industry_total, const KzTradedRule *rule,
					  KzRoom *room, KzTraded *result);
extern int	kz_growth_quadrant(double lq, double change, double quotient, double tolerance);
extern int	kz_growth_outlook(double lq, double reference_growth, double quotient);

#endif
