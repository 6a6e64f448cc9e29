/*
 * profile.c
 *		The columns that the profiles of regions and of industries have in common.
 */
#include "pg/profile.h"

#include "matrix/read.h"
#include "measure/quotient.h"
#include "pg/argument.h"
#include "utils/builtins.h"

#include <math.h>

/* Reads the arguments 2 to 4: threshold, entropy_base and reference; compared is open already. */
void
kz_profiles_open(FunctionCallInfo fcinfo, KzProfiles *profiles)
{
	profiles->threshold =
		PG_ARGISNULL(2) ? 1.0 : kz_get_number(fcinfo, 2, "threshold", 0.0, INFINITY);
	profiles->entropy_base =
		PG_ARGISNULL(3) ? exp(1.0) : kz_get_number(fcinfo, 3, "entropy_base", 1.0, INFINITY);
	if (profiles->entropy_base == 1.0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("entropy_base must be greater than 1"),
						errhint("Use 2 for bits and exp(1) for nats.")));
	kz_open_profile_reference(fcinfo, 4, &profiles->compared, &profiles->reference);
	kz_room_make(&profiles->room, profiles->reference.places);
	profiles->quotient =
		palloc_extended(Max(profiles->reference.places, 1) * sizeof(double), MCXT_ALLOC_HUGE);
	profiles->label = kz_label_datums(profiles->compared.labels);
	profiles->place_label =
		palloc_extended(Max(profiles->compared.place_labels->count, 1) * sizeof(Datum),
						MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	profiles->status = kz_status_datums();
}

/* Computes the profile of one subject, and leaves its shares in the room; returns whether they are known. */
bool
kz_profile_make(KzProfiles *profiles, uint32 subject, KzProfile *profile)
{
	const KzSubjects *subjects = &profiles->compared.subjects;
	KzReference		 *reference = &profiles->reference;
	KzRoom			 *room = &profiles->room;
	KzStatus		  status = kz_subject_shares(subjects, subject, reference->places, room->p);
	bool			  defined;

	*profile = (KzProfile){.status = status};
	if (status != KZ_OK)
		return false;
	kz_profile_alone(room->p, reference->places, profiles->entropy_base, room, profile);
	status = kz_reference_shares(reference, subjects, subject, room->q);
	kz_worsen(&profile->status, status);
	if (status > KZ_INCOMPLETE_TOTALS)
		return true;
	defined = kz_subject_quotients(reference, subjects, subject, profiles->quotient) == KZ_OK;
	kz_profile_compared(room->p, room->q, defined ? profiles->quotient : NULL, reference->places,
						profiles->threshold, room, profile);
	return true;
}

/* Appends a column. */
void
kz_row_add(KzRow *row, Datum value, bool known)
{
	Assert(row->count < (int) lengthof(row->value));
	row->value[row->count] = value;
	row->null[row->count++] = !known;
}

/* Appends a number that may be unknown. */
void
kz_row_add_number(KzRow *row, KzMaybe number)
{
	kz_row_add(row, Float8GetDatum(number.value), number.known);
}

/* Appends label, total, share of the grand total, places present, and places at the threshold or above. */
void
kz_row_add_size(KzRow *row, const KzProfiles *profiles, uint32 subject, const KzProfile *profile,
				bool known)
{
	const KzSubjects *subjects = &profiles->compared.subjects;
	double			  total = subjects->total[subject], share = 0.0;
	bool			  defined = subjects->status[subject] != KZ_SUPPRESSED_CELL &&
				   kz_share(total, subjects->grand_total, &share) == KZ_OK;

	kz_row_add(row, profiles->label[subject], true);
	kz_row_add(row, Float8GetDatum(total), true);
	kz_row_add(row, Float8GetDatum(share), defined);
	kz_row_add(row, Int64GetDatum(profile->present), known);
	kz_row_add(row, Int64GetDatum(profile->above), profile->largest_quotient.known);
}

/* Appends Herfindahl, its normalized form, the equivalent number, entropies, Gini-Simpson and Berger-Parker. */
void
kz_row_add_alone(KzRow *row, const KzProfile *profile)
{
	kz_row_add_number(row, profile->herfindahl);
	kz_row_add_number(row, profile->herfindahl_normalized);
	kz_row_add_number(row, profile->equivalent_number);
	kz_row_add_number(row, profile->entropy);
	kz_row_add_number(row, profile->relative_entropy);
	kz_row_add_number(row, profile->evenness);
	kz_row_add_number(row, profile->gini_simpson);
	kz_row_add_number(row, profile->largest_share);
}

/* Returns the label of a place as text, made when it is first wanted. */
static Datum
place_label(const KzProfiles *profiles, uint32 place)
{
	const KzLabels *labels = profiles->compared.place_labels;
	Datum		   *label = &profiles->place_label[place];

	if (*label == (Datum) 0)
		*label = PointerGetDatum(cstring_to_text_with_len(kz_label(labels, place),
														  (int) kz_label_length(labels, place)));
	return *label;
}

/* Appends Hoover, Krugman, both Ginis, Theil, chi-square, the largest quotient and where it is. */
void
kz_row_add_compared(KzRow *row, const KzProfiles *profiles, const KzProfile *profile)
{
	bool known = profile->largest_quotient.known;

	kz_row_add_number(row, profile->hoover);
	kz_row_add_number(row, profile->krugman);
	kz_row_add_number(row, profile->gini);
	kz_row_add_number(row, profile->gini_unweighted);
	kz_row_add_number(row, profile->theil);
	kz_row_add_number(row, profile->chi2);
	kz_row_add_number(row, profile->largest_quotient);
	kz_row_add(row, known ? place_label(profiles, profile->largest_place) : (Datum) 0, known);
}
