/*
 * quotient_forms.h
 *		Other forms of the location quotient, and what is made of it across industries, plants and neighbours.
 *
 * Notation as in quotient.h: s_ri = E_ri / E_.i, v_ri = E_ri / E_r., x_r = E_r. / E, y_i = E_.i / E and
 * L_ri = v_ri / y_i.
 */
#ifndef KZ_QUOTIENT_FORMS_H
#define KZ_QUOTIENT_FORMS_H

#include "base/exact.h"
#include "measure/quotient.h"

/* The forms, one by one. */
typedef enum KzForm
{
	KZ_FORM_LOCATION, /* L */
	KZ_FORM_SYMMETRIC,
	KZ_FORM_LOG,
	KZ_FORM_NORMALISED,
	KZ_FORM_ADDITIVE,
	KZ_FORM_ADDITIVE_REGION,
	KZ_FORM_EXCESS,
	KZ_FORM_STANDARDISED,
	KZ_FORM_STANDARDISED_LOG
} KzForm;

#define KZ_FORMS (KZ_FORM_STANDARDISED_LOG + 1)

/* How standardized quotients are made. */
typedef struct KzStandard
{
	bool sample; /* divide by n - 1, not n */
	bool
		skip_zeros; /* logarithms: over the quotients above zero, else undefined where one is zero */
} KzStandard;

/* Mean and standard deviation of an industry's quotients over the regions. */
typedef struct KzSpread
{
	double	 mean;
	double	 deviation;
	bool	 known;
	KzStatus status;
} KzSpread;

typedef struct KzForms
{
	KzMaybe	 form[KZ_FORMS];
	KzStatus status;
} KzForms;

/* What is known of a cell, its establishments and its region. */
typedef struct KzPlantFacts
{
	double	value; /* E_ri */
	bool	suppressed;
	KzMaybe establishments;			 /* N_ri, unknown when suppressed */
	double	industry_total;			 /* E_.i */
	double	industry_establishments; /* N_.i */
	KzBase	area;
	KzBase	population;
	bool	incomplete; /* a total contains suppressed cells */
} KzPlantFacts;

typedef struct KzClusterIndex
{
	KzMaybe	 density; /* relative industry density */
	KzMaybe	 stock;	  /* relative industry stock */
	KzMaybe	 size;	  /* relative size of the establishments */
	KzMaybe	 index;
	KzStatus status;
} KzClusterIndex;

/* The facts of a region and its neighbours, weighted and added up by industry. */
typedef struct KzFocus
{
	KzExact	 *sum;
	bool	 *suppressed;
	bool	 *touched; /* is there a cell? */
	uint32_t *col;	   /* those touched */
	uint32_t  count;
	KzExact	  total;
	bool	  incomplete;
} KzFocus;

extern KzStatus kz_symmetric_form(double lq, double *result);
extern KzStatus kz_normalized_form(double value, double industry_total, double region_total,
								   double total, double *result);
extern KzStatus kz_cluster_index_form(double value, double establishments, double area,
									  double population, double industry_total,
									  double industry_establishments, double total_area,
									  double total_population, double *result);
extern void		kz_spread_compute(const KzView *view, const KzTotals *totals,
								  const KzStandard *standard, bool log_form, KzSpread *spread);
extern void		kz_forms_of_cell(const KzCellFacts *facts, const KzSpread *plain,
								 const KzSpread *log_form, KzForms *result);
extern void		kz_cluster_index_of_cell(const KzPlantFacts *facts, KzClusterIndex *result);
extern void		kz_focus_init(KzFocus *focus, uint32_t cols);
extern bool kz_focus_add(KzFocus *focus, const KzView *view, const KzTotals *totals, uint32_t row,
						 double weight);
extern void kz_focus_clear(KzFocus *focus);

#endif
