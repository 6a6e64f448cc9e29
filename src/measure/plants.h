/*
 * plants.h
 *		Concentration of industries given the sizes of their plants, and coagglomeration of pairs and groups.
 *
 * Notation: E_ri is the value (jobs) of industry i in region r, s_ri = E_ri / E_.i the region's share of the
 * industry, x_r the region's share of the reference, z_k a plant's share of its industry, H_i = sum_k z_k^2 and
 * N_ri a number of establishments. A sum runs over all regions: those of the matrix, and those that only the
 * reference has, where s_ri = 0.
 */
#ifndef KZ_PLANTS_H
#define KZ_PLANTS_H

#include "matrix/view.h"
#include "measure/status.h"

/* A matrix region x industry with what is known of its columns. */
typedef struct KzIndustries
{
	KzView		  view;
	const double *total;  /* E_.i */
	KzStatus	 *status; /* whether the shares s_ri are defined, and why not */
} KzIndustries;

/* The reference: where an industry without any reason to be here or there would be. */
typedef struct KzPlaces
{
	double	*share;	  /* x_r, first of the regions of the matrix */
	uint32_t regions; /* those, and those that only the reference has */
	double	 square;  /* sum x^2 */
	double	 rest;	  /* the part of it of regions that only the reference has */
	double	 spread;  /* 1 - sum x^2 */
	double	 first;	  /* sum x^2 - 2 sum x^3 + (sum x^2)^2 */
	double	 uneven;  /* sum x^3 - (sum x^2)^2 */
	KzStatus status;
} KzPlaces;

/* The plants of an industry. */
typedef struct KzPlantSizes
{
	int64_t	 plants;	 /* with a positive value, or a suppressed one */
	double	 total;		 /* the sum of their values */
	double	 herfindahl; /* H */
	double	 complement; /* 1 - H */
	double	 fourth;	 /* sum z^4 */
	double	 crossed;	 /* H^2 - sum z^4 */
	KzStatus status;
} KzPlantSizes;

/* Sums over regions of an industry's shares. */
typedef struct KzRawConcentration
{
	double against; /* G = sum (s - x)^2 */
	double square;	/* sum s^2 */
} KzRawConcentration;

/* All that follows. */
typedef struct KzPlantConcentration
{
	KzMaybe	 herfindahl;
	KzMaybe	 raw;
	KzMaybe	 ellison_glaeser;
	KzMaybe	 variance; /* of ellison_glaeser, were all plants placed at random */
	KzMaybe	 z;
	KzMaybe	 p; /* two-sided */
	KzMaybe	 maurel_sedillot;
	KzMaybe	 devereux;
	KzMaybe	 devereux_excess;
	KzStatus status;
} KzPlantConcentration;

/* The coagglomeration of a group of industries. */
typedef struct KzGroupCoagglomeration
{
	int64_t	 industries; /* that have a value at all */
	KzMaybe	 raw;		 /* G of the group */
	KzMaybe	 coagglomeration;
	KzStatus status;
} KzGroupCoagglomeration;

/* Some rows of a symmetric matrix industry x industry; only columns from the diagonal on are filled. */
typedef struct KzBand
{
	uint32_t first; /* of the rows */
	uint32_t count; /* of rows that fit into the sums */
	uint32_t cols;	/* of all industries */
	double	*sum;	/* count x cols */
	double	*third; /* count x cols for the colocation among a pair's own, or NULL */
} KzBand;

/* Sums of falling powers N (N - 1) .. of establishments over regions, and of all of them. */
typedef struct KzMatches
{
	double number; /* N, of all regions together */
	double two;	   /* sum over regions of N_r (N_r - 1) */
	double three;  /* sum over regions of N_r (N_r - 1) (N_r - 2) */
} KzMatches;

/* The colocation of two industries. */
typedef struct KzColocation
{
	KzMaybe	 colocation; /* CL */
	KzMaybe	 expected;	 /* its mean over all relabellings */
	KzMaybe	 excess;	 /* XCL */
	KzMaybe	 z;
	KzMaybe	 p; /* two-sided */
	KzStatus status;
} KzColocation;

extern void	   kz_industries_init(KzIndustries *industries, const KzView *view,
								  const double *col_total);
extern double *kz_sums_of_shares(const KzIndustries *industries);
extern void	   kz_places_init(KzPlaces *places, const double *value, uint32_t own, uint32_t all);

extern KzPlantSizes		  *kz_plant_sizes(const KzIndustries *plants);
extern KzRawConcentration *kz_raw_concentrations(const KzIndustries *industries,
												 const KzPlaces		*places);
extern void kz_plant_concentration_of(const KzPlaces *places, KzStatus status, double total,
									  const KzRawConcentration *raw, const KzPlantSizes *sizes,
									  KzPlantConcentration *result);

extern void	   kz_band_init(KzBand *band, uint32_t cols, bool third);
extern void	   kz_coagglomeration_band(const KzIndustries *industries, const KzPlaces *places,
									   KzBand *band);
extern KzMaybe kz_coagglomeration_of(const KzIndustries *industries, const KzPlaces *places,
									 const KzBand *band, uint32_t i, uint32_t j, KzStatus *status);
extern void	   kz_group_coagglomeration_of(const KzIndustries *industries, const KzPlaces *places,
										   const bool *selected, KzGroupCoagglomeration *result);

extern void kz_matches_add(KzMatches *matches, double establishments);
extern void kz_colocation_band(const KzIndustries *industries, KzBand *band);
extern void kz_colocation_of(double number, double other_number, double same,
							 const KzMatches *among, KzColocation *result);

#endif
