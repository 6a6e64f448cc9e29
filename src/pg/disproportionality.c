/*
 * disproportionality.c
 *		The indices of specialization and of concentration: one choice of projection, reference and weight for both.
 */
#include "pg/disproportionality.h"

#include "base/size.h"
#include "funcapi.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/attributes.h"
#include "utils/builtins.h"
#include "utils/float.h"

KZ_FUNCTION(kz_specialization_index);
KZ_FUNCTION(kz_concentration_index);
KZ_FUNCTION(kz_specialization_distance);

/* The words of the argument reference; those before the attributes are the kinds of the same number. */
static const char *const reference_word[] = {
	"total", "rest", "mean", "pairs", "uniform", "given", "area", KZ_POPULATION, KZ_GROSS_PRODUCT};

#define REGION_WORDS   lengthof(reference_word)
#define INDUSTRY_WORDS (KZ_REFERENCE_GIVEN + 1)

static const char *const weight_word[] = {"reference", "uniform"};

/* Compares regions by their industries. */
void
kz_compare_rows(KzCompared *compared, KzIndex *facts)
{
	*compared = (KzCompared){.facts = facts,
							 .labels = &facts->view.rows,
							 .place_labels = &facts->view.cols,
							 .place_axis = &facts->cols,
							 .place = "industry"};
	kz_subjects_of_rows(&facts->view, &facts->margins, &compared->subjects);
}

/* Compares industries by their regions. */
void
kz_compare_cols(KzCompared *compared, KzIndex *facts)
{
	*compared = (KzCompared){.facts = facts,
							 .labels = &facts->view.cols,
							 .place_labels = &facts->view.rows,
							 .place_axis = &facts->rows,
							 .place = "region"};
	kz_subjects_of_cols(&facts->view, &facts->margins, &compared->subjects);
}

/* Reads the base of a reference: a vector over the places, or a column of attributes that the reference names. */
static double *
get_base(const KzIndex *base, int word, const KzCompared *compared, uint32 *places)
{
	const char *name = reference_word[word];
	KzLine		line = {base, true, KZ_NOT_FOUND};

	if (word == KZ_REFERENCE_GIVEN)
		return kz_align_whole_vector(base, "base", compared->place_axis, compared->place_labels,
									 compared->place, places);
	line.number = kz_dictionary_find(&base->cols.labels, name, (uint32) strlen(name));
	if (line.number == KZ_NOT_FOUND)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT), errmsg("base has no column \"%s\"", name),
				 errhint("Give a region x attribute matrix that has it, or a vector and "
						 "reference => 'given'.")));
	return kz_align_line(&line, psprintf("column \"%s\" of base", name), compared->place_labels,
						 compared->place_axis, compared->place, places);
}

/* Opens the reference that the arguments 2, one of so many words, and 3, a base, tell. */
static void
open_reference(FunctionCallInfo fcinfo, int words, const KzCompared *compared,
			   KzReference *reference)
{
	const KzSubjects *subjects = &compared->subjects;
	int				  word = kz_get_choice(fcinfo, 2, "reference", reference_word, words);
	KzIndex			 *base = kz_get_index(fcinfo, 3);
	double			 *given = NULL;
	uint32			  places = subjects->places;

	if (word >= KZ_REFERENCE_GIVEN && base == NULL)
		ereport(ERROR, (errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
						errmsg("reference \"%s\" needs a base", reference_word[word]),
						errhint("Give a kz_matrix as base.")));
	if (word < KZ_REFERENCE_GIVEN && base != NULL)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("reference \"%s\" takes no base", reference_word[word]),
						errhint("Use reference => 'given' for a base of one row or one column.")));
	if (base != NULL)
		given = get_base(base, word, compared, &places);
	if (word == KZ_REFERENCE_PAIRS)
		kz_reserve_memory(0, kz_size_mul(subjects->count, subjects->places * sizeof(double)));
	kz_reference_open(reference, subjects, Min(word, KZ_REFERENCE_GIVEN), given, places);
}

/* Opens the reference of a profile: the total, or the vector given. */
void
kz_open_profile_reference(FunctionCallInfo fcinfo, int argument, const KzCompared *compared,
						  KzReference *reference)
{
	KzIndex *base = kz_get_index(fcinfo, argument);
	uint32	 places = compared->subjects.places;
	double	*given = NULL;

	if (base != NULL)
		given = kz_align_whole_vector(base, "reference", compared->place_axis,
									  compared->place_labels, compared->place, &places);
	kz_reference_open(reference, &compared->subjects,
					  given != NULL ? KZ_REFERENCE_GIVEN : KZ_REFERENCE_TOTAL, given, places);
}

/* Returns an index of each region or industry as rows (label, value, status). */
static Datum
return_indices(FunctionCallInfo fcinfo, bool rows)
{
	int			projection, weight;
	bool		half;
	KzCompared	compared;
	KzReference reference;
	KzRoom		room;
	Datum	   *label, *word;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	projection = kz_get_choice(fcinfo, 1, "projection", kz_projection_name, KZ_PROJECTIONS);
	weight = kz_get_choice(fcinfo, 4, "weight", weight_word, lengthof(weight_word));
	half = !PG_ARGISNULL(5) && PG_GETARG_BOOL(5);
	(rows ? kz_compare_rows : kz_compare_cols)(&compared, kz_get_index(fcinfo, 0));
	open_reference(fcinfo, rows ? INDUSTRY_WORDS : REGION_WORDS, &compared, &reference);
	kz_room_make(&room, reference.places);
	label = kz_label_datums(compared.labels);
	word = kz_status_datums();

	for (uint32 s = 0; s < compared.subjects.count; s++)
	{
		double	 value = 0.0;
		KzStatus status = kz_disproportionality(projection, weight, &reference, &compared.subjects,
												s, &room, &value);
		Datum	 values[3] = {label[s], Float8GetDatum(half ? value / 2.0 : value), word[status]};
		bool	 nulls[3] = {false, status > KZ_INCOMPLETE_TOTALS, false};

		CHECK_FOR_INTERRUPTS();
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/*
 * kz_specialization_index(kz_matrix, projection text, reference text, base kz_matrix, weight text, half boolean)
 * -> setof (region text, value float8, status text)
 */
Datum
kz_specialization_index(PG_FUNCTION_ARGS)
{
	return return_indices(fcinfo, true);
}

/*
 * kz_concentration_index(kz_matrix, projection text, reference text, base kz_matrix, weight text, half boolean)
 * -> setof (industry text, value float8, status text)
 */
Datum
kz_concentration_index(PG_FUNCTION_ARGS)
{
	return return_indices(fcinfo, false);
}

/* kz_specialization_distance(kz_matrix, projection text) -> kz_matrix region x region */
Datum
kz_specialization_distance(PG_FUNCTION_ARGS)
{
	/* without the Herfindahl, which compares nothing; Krugman first, as the default */
	static const char *const  words[] = {"krugman", "hoover",	"gini", "gini_unweighted",
										 "theil",	"variance", "chi2", "squares"};
	static const KzProjection projections[] = {KZ_KRUGMAN, KZ_HOOVER,	KZ_GINI, KZ_GINI_UNWEIGHTED,
											   KZ_THEIL,   KZ_VARIANCE, KZ_CHI2, KZ_SQUARES};
	KzProjection			  projection =
		projections[kz_get_choice(fcinfo, 1, "projection", words, lengthof(words))];
	KzView	   view;
	KzMargins  margins;
	KzSubjects subjects;
	KzRoom	   room;
	double	  *shares, *distance;
	bool symmetric = projection != KZ_THEIL && projection != KZ_VARIANCE && projection != KZ_CHI2 &&
					 projection != KZ_GINI_UNWEIGHTED;

	KZ_GETARG_VIEW(0, &view);
	kz_margins_compute(&view, &margins);
	kz_subjects_of_rows(&view, &margins, &subjects);
	distance = kz_dense_values(&view.rows, &view.rows);
	kz_reserve_memory(0, kz_size_mul(subjects.count, subjects.places * sizeof(double)));
	shares = kz_dense_shares(&subjects);
	kz_room_make(&room, subjects.places);
	for (size_t r = 0; r < subjects.count; r++)
		for (size_t s = 0; s < subjects.count; s++)
		{
			double *result = &distance[r * subjects.count + s];

			CHECK_FOR_INTERRUPTS();
			if (symmetric && s < r)
				*result = distance[s * subjects.count + r];
			else if (subjects.status[r] != KZ_OK || subjects.status[s] != KZ_OK ||
					 kz_project(projection, KZ_WEIGHT_REFERENCE, shares + r * subjects.places,
								shares + s * subjects.places, subjects.places, &room,
								result) != KZ_OK)
				*result = get_float8_nan();
		}
	PG_RETURN_POINTER(kz_dense_flatten(&view.rows, &view.rows, distance));
}
