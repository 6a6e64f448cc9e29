/*
 * status.h
 *		Numbers that may be undefined, and the reason in a word.
 */
#ifndef KZ_STATUS_H
#define KZ_STATUS_H

#include <stdbool.h>

/* Why a result is what it is, or is not there; where several reasons apply, the last of this list counts. */
typedef enum KzStatus
{
	KZ_OK,
	KZ_ZERO,			  /* what is asked has no value for a zero: a logarithm, an average size */
	KZ_NO_AREA,			  /* the region's area is not known */
	KZ_NO_POPULATION,	  /* populations were given, but not the region's */
	KZ_NO_GROSS_PRODUCT,  /* gross products were given, but not the region's */
	KZ_INCOMPLETE_TOTALS, /* given, but from a total that contains something unknown */
	KZ_TOO_FEW,			  /* fewer regions, industries or rows than the measure needs */
	KZ_NO_VARIATION,	  /* all values are equal where the measure divides by their spread */
	KZ_NO_BASE,			  /* a total is zero */
	KZ_NEGATIVE,		  /* the value or a total is negative */
	KZ_SUPPRESSED_CELL,
	KZ_CONTRADICTION /* figures that cannot all be right */
} KzStatus;

#define KZ_STATUSES (KZ_CONTRADICTION + 1)

extern const char *const kz_status_name[KZ_STATUSES];

/* A number that may be unknown. */
typedef struct KzMaybe
{
	double value;
	bool   known;
} KzMaybe;

/* Returns a number that is known, with a negative zero as zero; unknown when it is not finite. */
extern KzMaybe kz_maybe(double value);

/* Raises a status to a worse one. */
static inline void
kz_worsen(KzStatus *status, KzStatus reason)
{
	if (*status < reason)
		*status = reason;
}

#endif
