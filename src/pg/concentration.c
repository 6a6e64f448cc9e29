/*
 * concentration.c
 *		Industries: their profile.
 */
#include "pg/profile.h"

#include "funcapi.h"
#include "matrix/read.h"
#include "miscadmin.h"
#include "pg/argument.h"

KZ_FUNCTION(kz_industry_profile);

/* The attribute that the topographic indices are relative to. */
#define KZ_AREA "area"

/* Opens the areas of the regions as a reference; returns false where the attributes have none. */
static bool
open_area(FunctionCallInfo fcinfo, int argument, const KzCompared *compared, KzReference *area,
		  KzRoom *room)
{
	KzIndex *attributes = kz_get_index(fcinfo, argument);
	KzLine	 line = {attributes, true, KZ_NOT_FOUND};
	uint32	 places;
	double	*given;

	if (attributes != NULL)
		line.number = kz_dictionary_find(&attributes->cols.labels, KZ_AREA, strlen(KZ_AREA));
	if (line.number == KZ_NOT_FOUND)
		return false;
	given = kz_align_line(&line, KZ_AREA, compared->place_labels, compared->place_axis,
						  compared->place, &places);
	kz_reference_open(area, &compared->subjects, KZ_REFERENCE_GIVEN, given, places);
	kz_room_make(room, places);
	return true;
}

/* Appends the indices relative to the areas: Hoover, Gini and Theil; unknown where there are no areas. */
static void
add_topographic(KzRow *row, const KzCompared *compared, KzReference *area, KzRoom *room,
				uint32 subject, KzStatus *status)
{
	static const KzProjection projection[] = {KZ_HOOVER, KZ_GINI, KZ_THEIL};

	for (int i = 0; i < (int) lengthof(projection); i++)
	{
		KzMaybe	 number = {0.0, false};
		KzStatus reason = KZ_OK;

		if (area != NULL)
		{
			reason = kz_disproportionality(projection[i], KZ_WEIGHT_REFERENCE, area,
										   &compared->subjects, subject, room, &number.value);
			number.known = reason <= KZ_INCOMPLETE_TOTALS;
		}
		kz_worsen(status, reason);
		kz_row_add_number(row, number);
	}
}

/*
 * kz_industry_profile(kz_matrix, attributes kz_matrix, threshold float8, entropy_base float8, reference kz_matrix)
 * -> setof (industry, ..., status), as in sql/parts/22_concentration.sql
 */
Datum
kz_industry_profile(PG_FUNCTION_ARGS)
{
	KzProfiles	profiles;
	KzReference area;
	KzRoom		area_room;
	bool		topographic;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	kz_compare_cols(&profiles.compared, kz_get_index(fcinfo, 0));
	kz_profiles_open(fcinfo, &profiles);
	topographic = open_area(fcinfo, 1, &profiles.compared, &area, &area_room);

	for (uint32 s = 0; s < profiles.compared.subjects.count; s++)
	{
		KzProfile profile;
		KzRow	  row = {.count = 0};
		bool	  known = kz_profile_make(&profiles, s, &profile);

		CHECK_FOR_INTERRUPTS();
		kz_row_add_size(&row, &profiles, s, &profile, known);
		kz_row_add_alone(&row, &profile);
		kz_row_add_compared(&row, &profiles, &profile);
		kz_row_add_number(&row, profile.squares);
		kz_row_add_number(&row, profile.absolute_gini);
		kz_row_add_number(&row, profile.absolute_theil);
		add_topographic(&row, &profiles.compared, topographic ? &area : NULL, &area_room, s,
						&profile.status);
		kz_row_add(&row, profiles.status[profile.status], true);
		kz_put_row(fcinfo, row.value, row.null);
	}
	return (Datum) 0;
}
