/*
 * diversity.h
 *		How evenly a region's value is spread over industries, or an industry's over regions, and the profile that
 *		puts all indices of one distribution side by side.
 *
 * p_k are the shares of a subject over its places, q_k those of a reference, L_k = p_k / q_k, as in
 * disproportionality.h. n is the number of places, of which those with p_k > 0 are present.
 */
#ifndef KZ_DIVERSITY_H
#define KZ_DIVERSITY_H

#include "measure/disproportionality.h"

/* What is known of one distribution. */
typedef struct KzProfile
{
	/* of p alone */
	uint32_t present;
	KzMaybe	 herfindahl;
	KzMaybe	 herfindahl_normalized;
	KzMaybe	 equivalent_number;
	KzMaybe	 entropy;
	KzMaybe	 relative_entropy;
	KzMaybe	 evenness;
	KzMaybe	 gini_simpson;
	KzMaybe	 largest_share;
	KzMaybe	 absolute_gini;	 /* against the uniform distribution */
	KzMaybe	 absolute_theil; /* likewise */

	/* of p against q */
	uint32_t above; /* places with L >= the threshold */
	KzMaybe	 average_quotient;
	KzMaybe	 hachman;
	KzMaybe	 hoover;
	KzMaybe	 krugman;
	KzMaybe	 relative_diversity;
	KzMaybe	 gini;
	KzMaybe	 gini_unweighted;
	KzMaybe	 theil;
	KzMaybe	 chi2;
	KzMaybe	 squares;
	KzMaybe	 largest_quotient;
	uint32_t largest_place; /* where it is */

	KzStatus status;
} KzProfile;

extern void	  kz_profile_alone(const double *p, uint32_t places, double entropy_base, KzRoom *room,
							   KzProfile *profile);
extern void	  kz_profile_compared(const double *p, const double *q, const double *quotient,
								  uint32_t places, double threshold, KzRoom *room,
								  KzProfile *profile);
extern double kz_entropy_of(const double *p, uint32_t places);
extern void	  kz_varieties(const double *p, const uint32_t *group, uint32_t places,
						   double *group_share, uint32_t groups, double *unrelated, double *related);
extern KzStatus kz_hill_number(const double *p, uint32_t places, double order, double *result);
extern double	kz_rao_stirling_sum(const double *p, const double *distance, uint32_t places,
									double beta, double *weight);
extern double	kz_share_change(const double *start, const double *finish, uint32_t places);
extern KzStatus kz_lilien_index(const double *start, const double *finish, uint32_t places,
								double *result);
extern KzStatus kz_average_relatedness(const double *p, const double *relatedness, uint32_t places,
									   double *result);
extern KzStatus kz_neighbour_relatedness(const double *p, const double *relatedness,
										 uint32_t places, KzRoom *room, double *result);

#endif
