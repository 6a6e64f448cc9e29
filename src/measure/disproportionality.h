/*
 * disproportionality.h
 *		Every index of specialization and concentration: projection x reference x weight.
 *
 * A subject is a region, whose shares v_ri over its places, the industries, are compared with a reference; or it
 * is an industry with its shares s_ri over the regions. p_k is the subject's share of place k and q_k the reference's;
 * both sum to 1. L_k = p_k / q_k is the quotient. Source of the taxonomy: Bickenbach and Bode 2008.
 */
#ifndef KZ_DISPROPORTIONALITY_H
#define KZ_DISPROPORTIONALITY_H

#include "base/exact.h"
#include "matrix/margins.h"
#include "matrix/view.h"
#include "measure/status.h"

/* How the quotients of all places become one number. */
typedef enum KzProjection
{
	KZ_HOOVER,
	KZ_KRUGMAN,
	KZ_GINI,
	KZ_GINI_UNWEIGHTED, /* the Gini with every place counting the same */
	KZ_THEIL,
	KZ_VARIANCE,
	KZ_CHI2, /* the variance with every place counting as its reference share */
	KZ_SQUARES,
	KZ_HERFINDAHL /* knows no reference */
} KzProjection;

#define KZ_PROJECTIONS (KZ_HERFINDAHL + 1)

extern const char *const kz_projection_name[KZ_PROJECTIONS];

/* How much a place counts. */
typedef enum KzPlaceWeight
{
	KZ_WEIGHT_REFERENCE, /* as its share of the reference */
	KZ_WEIGHT_UNIFORM	 /* all the same */
} KzPlaceWeight;

/* What a subject is compared with. */
typedef enum KzReferenceKind
{
	KZ_REFERENCE_TOTAL,	  /* all subjects together, itself included */
	KZ_REFERENCE_REST,	  /* all others together */
	KZ_REFERENCE_MEAN,	  /* the mean of the others' shares, each counting the same */
	KZ_REFERENCE_PAIRS,	  /* each other in turn; the index is the mean */
	KZ_REFERENCE_UNIFORM, /* the same share for every place */
	KZ_REFERENCE_GIVEN
} KzReferenceKind;

/* The subjects and their values, sparse. */
typedef struct KzSubjects
{
	uint32_t		count;
	uint32_t		places;
	const uint32_t *start; /* count + 1 positions in the arrays below */
	const uint32_t *place;
	const double   *value;
	const double   *total;		 /* of each subject */
	const double   *place_total; /* of each place */
	double			grand_total;
	KzStatus	   *status; /* of each subject's own shares: ok, no base, negative or suppressed */
	bool			rows;	/* are the subjects regions? */
	bool			incomplete; /* some cell is suppressed */
} KzSubjects;

/* A reference, which is the same for all subjects or made anew for each. */
typedef struct KzReference
{
	KzReferenceKind kind;
	uint32_t
		places; /* at least those of the subjects: a given reference may have more, at the end */
	double		 *share; /* what is the same for all subjects ... */
	const double *value; /* ... and what it was made of: total and given only */
	double		  value_total;
	KzExact		 *sum;	  /* of each place: of all values, or of all known shares */
	KzExact		  total;  /* of sum */
	uint32_t	  known;  /* subjects whose shares are known */
	double		 *dense;  /* pairs: subjects x places, the shares of those that are known */
	KzStatus	  status; /* of the reference as a whole */
} KzReference;

/* A place as the Gini sorts it. */
typedef struct KzPlace
{
	double quotient;
	double p;
	double q;
} KzPlace;

/* Room for the work on one subject. */
typedef struct KzRoom
{
	double	*p;
	double	*q;
	double	*other_p; /* quotients as a distribution ... */
	double	*other_q; /* ... over the places that count the same */
	KzPlace *sorted;
} KzRoom;

extern void kz_subjects_of_rows(const KzView *view, const KzMargins *margins, KzSubjects *subjects);
extern void kz_subjects_of_cols(const KzView *view, const KzMargins *margins, KzSubjects *subjects);
extern void kz_reference_open(KzReference *reference, const KzSubjects *subjects,
							  KzReferenceKind kind, const double *given, uint32_t places);
extern double  *kz_dense_shares(const KzSubjects *subjects);
extern void		kz_room_make(KzRoom *room, uint32_t places);
extern KzStatus kz_subject_shares(const KzSubjects *subjects, uint32_t subject, uint32_t places,
								  double *p);
extern KzStatus kz_reference_shares(KzReference *reference, const KzSubjects *subjects,
									uint32_t subject, double *q);
extern KzStatus kz_subject_quotients(const KzReference *reference, const KzSubjects *subjects,
									 uint32_t subject, double *quotient);
extern KzStatus kz_project(KzProjection projection, KzPlaceWeight weight, const double *p,
						   const double *q, uint32_t places, KzRoom *room, double *result);
extern KzStatus kz_disproportionality(KzProjection projection, KzPlaceWeight weight,
									  KzReference *reference, const KzSubjects *subjects,
									  uint32_t subject, KzRoom *room, double *result);

#endif
