/*
 * shift_share.h
 *		Decompositions of a change into parts that add up to it, to the last bit.
 *
 * Every decomposition promises an identity in floating-point arithmetic: the terms added one after the other, from
 * left to right, give the change. A sum of rounded terms rarely does by itself, so the terms are rounded to multiples
 * of one unit, the last place of the largest of them (kz_close_sum): being products of differences of rates they carry
 * an error of that order anyway. The change is rounded likewise, which can be seen only where a term is larger than
 * the values; that of whole numbers is always finish - start. Where a term is more than 2^22 times the values, the
 * promise would cost more digits than it is worth: the numbers stay as they are and add up but for rounding.
 */
#ifndef KZ_SHIFT_SHARE_H
#define KZ_SHIFT_SHARE_H

#include "base/exact.h"
#include "measure/growth.h"

/* The terms of the classical decomposition (Dunn 1960) with that of Esteban-Marquillas (1972). */
enum
{
	KZ_NATIONAL,	/* E_ri g */
	KZ_MIX,			/* E_ri (g_i - g) */
	KZ_REGIONAL,	/* E_ri (g_ri - g_i), the sum of the next two */
	KZ_COMPETITIVE, /* E'_ri (g_ri - g_i) */
	KZ_ALLOCATION,	/* (E_ri - E'_ri) (g_ri - g_i) */
	KZ_HOMOTHETIC,	/* E'_ri = E_r. E_.i / E, no part of the sum */
	KZ_DUNN_TERMS
};

/* The terms of Arcelus (1984): pairs on the homothetic value E' and on the difference E - E'. */
enum
{
	KZ_NATIONAL_PAIR = 0,	  /* g */
	KZ_MIX_PAIR = 2,		  /* g_i - g */
	KZ_REGIONAL_PAIR = 4,	  /* g_r - g */
	KZ_REGIONAL_MIX_PAIR = 6, /* (g_ri - g_i) - (g_r - g) */
	KZ_ARCELUS_HOMOTHETIC = 8,
	KZ_ARCELUS_TERMS
};

/* The terms of Nazara and Hewings (2004) after national and mix; g^w is the growth of the neighbours. */
enum
{
	KZ_NEIGHBOUR_NATION = 2, /* E_ri (g^w_ri - g_i) */
	KZ_OWN_NEIGHBOUR,		 /* E_ri (g_ri - g^w_ri) */
	KZ_SPATIAL_TERMS
};

/* The terms of a growth table. */
enum
{
	KZ_CONTRIBUTION, /* (E_ri(1) - E_ri(0)) / E(0) */
	KZ_GROWTH_TERMS
};

#define KZ_MAX_TERMS KZ_ARCELUS_TERMS

/* What a cell's change is compared with. */
typedef struct KzGrowthFacts
{
	double	 start;
	double	 finish;
	bool	 suppressed; /* in either period */
	KzSpan	 region;	 /* E_r. */
	KzSpan	 industry;	 /* E_.i */
	KzSpan	 total;		 /* E */
	bool	 industry_suppressed;
	KzMaybe	 neighbour_growth; /* g^w_ri, and why it is unknown */
	KzStatus neighbour_status;
} KzGrowthFacts;

/* A change and its parts. */
typedef struct KzDecomposition
{
	bool	 disclosed; /* is any of it known? */
	double	 start;
	double	 finish;
	KzMaybe	 change;
	KzMaybe	 growth;
	KzMaybe	 term[KZ_MAX_TERMS];
	KzStatus status;
} KzDecomposition;

/* A decomposition as a method. */
typedef struct KzMethod
{
	int terms;
	void (*decompose)(const KzGrowthFacts *facts, KzDecomposition *result);
	void (*close)(KzDecomposition *result); /* makes the terms add up */
} KzMethod;

/* Decompositions being summed, over cells or over steps in time. */
typedef struct KzDecompositionSum
{
	bool	 any; /* has anything been disclosed? */
	KzExact	 start;
	KzExact	 finish;
	KzExact	 change;
	KzExact	 term[KZ_MAX_TERMS];
	bool	 unknown[KZ_MAX_TERMS];
	KzStatus status;
} KzDecompositionSum;

extern const KzMethod kz_dunn_method;
extern const KzMethod
	kz_dynamic_method; /* the same without the homothetic value, which does not add up over time */
extern const KzMethod kz_arcelus_method;
extern const KzMethod kz_spatial_method;
extern const KzMethod kz_growth_method;

extern double kz_close_sum(double *term, int count, int adjustable, double total, double coarsest);
extern void	  kz_parts_init(KzDecompositionSum *sum);
extern void	  kz_parts_add(KzDecompositionSum *sum, const KzMethod *method,
						   const KzDecomposition *part, bool first, bool last);
extern void	  kz_parts_finish(const KzDecompositionSum *sum, const KzMethod *method,
							  KzDecomposition *result);

#endif
