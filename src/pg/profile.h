/*
 * profile.h
 *		What the profiles of regions and of industries share: opening, computing and the columns in common.
 */
#ifndef KZ_PG_PROFILE_H
#define KZ_PG_PROFILE_H

#include "measure/diversity.h"
#include "pg/disproportionality.h"

typedef struct KzProfiles
{
	KzCompared	compared;
	KzReference reference;
	KzRoom		room;
	double	   *quotient;
	double		threshold;
	double		entropy_base;
	Datum	   *label;
	Datum	   *place_label; /* zero as long as nobody wanted it */
	Datum	   *status;
} KzProfiles;

/* A row that is being filled from left to right. */
typedef struct KzRow
{
	Datum value[32];
	bool  null[32];
	int	  count;
} KzRow;

extern void kz_profiles_open(FunctionCallInfo fcinfo, KzProfiles *profiles);
extern bool kz_profile_make(KzProfiles *profiles, uint32 subject, KzProfile *profile);
extern void kz_row_add(KzRow *row, Datum value, bool known);
extern void kz_row_add_number(KzRow *row, KzMaybe number);
extern void kz_row_add_size(KzRow *row, const KzProfiles *profiles, uint32 subject,
							const KzProfile *profile, bool known);
extern void kz_row_add_alone(KzRow *row, const KzProfile *profile);
extern void kz_row_add_compared(KzRow *row, const KzProfiles *profiles, const KzProfile *profile);

#endif
