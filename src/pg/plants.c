/*
 * plants.c
 *		Plant-level concentration, coagglomeration and colocation as rows and as a matrix.
 */
#include "matrix/matrix.h"
#include "base/alloc.h"
#include "matrix/read.h"
#include "measure/plants.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "utils/memutils.h"

KZ_FUNCTION(kz_plant_concentration);
KZ_FUNCTION(kz_coagglomeration);
KZ_FUNCTION(kz_coagglomeration_matrix);
KZ_FUNCTION(kz_group_coagglomeration);
KZ_FUNCTION(kz_colocation);

/* What numbers of establishments must not exceed to be whole numbers: 2^53. */
#define MOST_ESTABLISHMENTS 9007199254740992.0

/* The arguments that all measures against a reference share. */
typedef struct Inputs
{
	KzIndex		*facts;
	KzIndustries industries;
	KzPlaces	 places;
} Inputs;

/*
 * Opens the matrix and sums up the reference: the one given, by that name, the mean of the industries' shares, or the
 * region totals.
 */
static void
get_inputs(FunctionCallInfo fcinfo, const KzIndex *reference, const char *name, bool mean,
		   Inputs *inputs)
{
	KzIndex *facts = kz_get_index(fcinfo, 0);
	double	*value;
	uint32	 regions = facts->view.rows.count;

	inputs->facts = facts;
	kz_industries_init(&inputs->industries, &facts->view, facts->margins.col_total);
	if (reference != NULL)
		value = kz_align_whole_vector(reference, name, &facts->rows, &facts->view.rows, "region",
									  &regions);
	else
		value = mean ? kz_sums_of_shares(&inputs->industries) : facts->margins.row_total;
	kz_places_init(&inputs->places, value, facts->view.rows.count, regions);
	if (reference == NULL && facts->margins.suppressed > 0)
		kz_worsen(&inputs->places.status, KZ_INCOMPLETE_TOTALS);
}

/* Opens the matrix and the reference that a word and the base after it tell. */
static void
get_inputs_by_word(FunctionCallInfo fcinfo, int argument, Inputs *inputs)
{
	static const char *const words[] = {"total", "mean", "given"};
	KzIndex					*base;
	int word = kz_get_reference_word(fcinfo, argument, words, lengthof(words), 2, &base);

	get_inputs(fcinfo, base, "base", word == 1, inputs);
}

/* Returns the sizes of the plants of an industry of the matrix; none where there is no such industry. */
static const KzPlantSizes *
sizes_of(const KzIndex *plants, const KzPlantSizes *sizes, const KzLabels *industries, uint32 col)
{
	static const KzPlantSizes none = {.status = KZ_TOO_FEW};
	uint32					  found = KZ_NOT_FOUND;

	if (plants != NULL)
		found = kz_find_label(&plants->cols, industries, col);
	return found == KZ_NOT_FOUND ? &none : &sizes[found];
}

/*
 * kz_plant_concentration(kz_matrix, plant_sizes kz_matrix, reference kz_matrix) -> setof (industry, plants, herfindahl,
 * raw_concentration, ellison_glaeser, ellison_glaeser_variance, ellison_glaeser_z, ellison_glaeser_p,
 * maurel_sedillot, devereux_griffith_simpson, devereux_griffith_simpson_excess, status)
 */
Datum
kz_plant_concentration(PG_FUNCTION_ARGS)
{
	Inputs				inputs;
	KzIndex			   *plants;
	KzIndustries		plant_industries;
	KzPlantSizes	   *sizes = NULL;
	KzRawConcentration *raw;
	Datum			   *label, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	get_inputs(fcinfo, kz_get_index(fcinfo, 2), "reference", false, &inputs);
	plants = kz_get_index(fcinfo, 1);
	if (plants != NULL)
	{
		kz_industries_init(&plant_industries, &plants->view, plants->margins.col_total);
		sizes = kz_plant_sizes(&plant_industries);
	}
	raw = kz_raw_concentrations(&inputs.industries, &inputs.places);
	label = kz_label_datums(&inputs.facts->view.cols);
	status = kz_status_datums();
	for (uint32 col = 0; col < inputs.facts->view.cols.count; col++)
	{
		const KzPlantSizes	*size = sizes_of(plants, sizes, &inputs.facts->view.cols, col);
		KzPlantConcentration result;
		Datum				 values[12] = {label[col], Int64GetDatum(size->plants)};
		bool				 nulls[12] = {false};

		CHECK_FOR_INTERRUPTS();
		kz_plant_concentration_of(&inputs.places, inputs.industries.status[col],
								  inputs.industries.total[col], &raw[col], size, &result);
		kz_set_number(values, nulls, 2, result.herfindahl);
		kz_set_number(values, nulls, 3, result.raw);
		kz_set_number(values, nulls, 4, result.ellison_glaeser);
		kz_set_number(values, nulls, 5, result.variance);
		kz_set_number(values, nulls, 6, result.z);
		kz_set_number(values, nulls, 7, result.p);
		kz_set_number(values, nulls, 8, result.maurel_sedillot);
		kz_set_number(values, nulls, 9, result.devereux);
		kz_set_number(values, nulls, 10, result.devereux_excess);
		values[11] = status[result.status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* kz_coagglomeration(kz_matrix, reference text, base kz_matrix) -> setof (industry, other_industry, coagglomeration, status) */
Datum
kz_coagglomeration(PG_FUNCTION_ARGS)
{
	Inputs inputs;
	KzBand band;
	Datum *label, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	get_inputs_by_word(fcinfo, 1, &inputs);
	label = kz_label_datums(&inputs.facts->view.cols);
	status = kz_status_datums();
	kz_band_init(&band, inputs.facts->view.cols.count, false);
	for (; band.first < band.cols; band.first += band.count)
	{
		kz_coagglomeration_band(&inputs.industries, &inputs.places, &band);
		for (uint32 i = band.first; i < Min(band.first + band.count, band.cols); i++)
			for (uint32 j = i + 1; j < band.cols; j++)
			{
				KzStatus reason;
				Datum	 values[4] = {label[i], label[j]};
				bool	 nulls[4] = {false};

				CHECK_FOR_INTERRUPTS();
				kz_set_number(values, nulls, 2,
							  kz_coagglomeration_of(&inputs.industries, &inputs.places, &band, i, j,
													&reason));
				values[3] = status[reason];
				kz_put_row(fcinfo, values, nulls);
			}
	}
	return (Datum) 0;
}

/* kz_coagglomeration_matrix(kz_matrix, reference text, base kz_matrix) -> kz_matrix */
Datum
kz_coagglomeration_matrix(PG_FUNCTION_ARGS)
{
	Inputs	  inputs;
	KzBand	  band;
	KzState	 *state;
	KzMatrix *result;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	get_inputs_by_word(fcinfo, 1, &inputs);
	state = kz_state_create(CurrentMemoryContext);
	kz_map_labels(state, &state->rows, &inputs.facts->view.cols);
	kz_map_labels(state, &state->cols, &inputs.facts->view.cols);
	kz_band_init(&band, inputs.facts->view.cols.count, false);
	for (; band.first < band.cols; band.first += band.count)
	{
		kz_coagglomeration_band(&inputs.industries, &inputs.places, &band);
		for (uint32 i = band.first; i < Min(band.first + band.count, band.cols); i++)
			for (uint32 j = i; j < band.cols; j++)
			{
				KzStatus reason;
				KzMaybe	 number =
					kz_coagglomeration_of(&inputs.industries, &inputs.places, &band, i, j, &reason);
				double value = number.known ? number.value : NAN; /* NaN is suppressed */

				CHECK_FOR_INTERRUPTS();
				kz_state_add(state, i, j, value);
				if (i != j)
					kz_state_add(state, j, i, value);
			}
	}
	result = kz_state_flatten(state, false);
	MemoryContextDelete(state->hdr.eoh_context);
	PG_RETURN_POINTER(result);
}

/* kz_group_coagglomeration(kz_matrix, industries text[], reference text, base kz_matrix) -> (industries, raw_concentration, coagglomeration, status) */
Datum
kz_group_coagglomeration(PG_FUNCTION_ARGS)
{
	Inputs				   inputs;
	KzGroupCoagglomeration result;
	bool				  *selected = NULL;
	Datum				   values[4];
	bool				   nulls[4] = {false};

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	get_inputs_by_word(fcinfo, 2, &inputs);
	if (!PG_ARGISNULL(1))
		selected = kz_selected_labels(&inputs.facts->view.cols, PG_GETARG_DATUM(1), "column");
	kz_group_coagglomeration_of(&inputs.industries, &inputs.places, selected, &result);
	values[0] = Int64GetDatum(result.industries);
	kz_set_number(values, nulls, 1, result.raw);
	kz_set_number(values, nulls, 2, result.coagglomeration);
	values[3] = kz_status_datums()[result.status];
	kz_put_row(fcinfo, values, nulls);
	return (Datum) 0;
}

/* Refuses numbers of establishments that are not whole; returns whether any is negative. */
static bool
check_whole_numbers(const KzView *view)
{
	bool negative = false;

	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			double value = view->value[i];

			CHECK_FOR_INTERRUPTS();
			if (value != floor(value) || fabs(value) > MOST_ESTABLISHMENTS)
				ereport(
					ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("establishments in row \"%.*s\", column \"%.*s\" must be a whole "
							"number up to 2^53, not %g",
							(int) kz_label_length(&view->rows, row), kz_label(&view->rows, row),
							(int) kz_label_length(&view->cols, view->col[i]),
							kz_label(&view->cols, view->col[i]), value),
					 errhint("Count establishments, for example kz_matrix_agg(region, industry, "
							 "1); for jobs use kz_coagglomeration().")));
			negative |= value < 0.0;
		}
	return negative;
}

/* The establishments of all regions, and of each industry, in sums of falling powers. */
typedef struct Establishments
{
	KzIndex		*index;
	KzIndustries industries;
	KzMatches	 all;
	KzMatches	*own;
	KzStatus	 status; /* of all: negative where any is, as places cannot be */
} Establishments;

/* Opens the matrix of establishments and sums them up. */
static void
get_establishments(FunctionCallInfo fcinfo, Establishments *establishments)
{
	KzIndex		 *index = kz_get_index(fcinfo, 0);
	const KzView *view = &index->view;

	*establishments =
		(Establishments){.index = index, .status = check_whole_numbers(view) ? KZ_NEGATIVE : KZ_OK};
	kz_industries_init(&establishments->industries, view, index->margins.col_total);
	for (uint32 row = 0; row < view->rows.count; row++)
		kz_matches_add(&establishments->all, index->margins.row_total[row]);
	if (index->margins.suppressed > 0)
		kz_worsen(&establishments->status, KZ_INCOMPLETE_TOTALS);
	establishments->own = kz_alloc_zero(view->cols.count, sizeof(KzMatches));
	for (uint32 i = 0; i < view->cells; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_matches_add(&establishments->own[view->col[i]], view->value[i]);
	}
}

/* Computes the colocation of industries i, of the band, and j, among all places or only their own. */
static void
colocation_of_pair(const Establishments *establishments, const KzBand *band, uint32 i, uint32 j,
				   KzColocation *result)
{
	const KzIndustries *industries = &establishments->industries;
	const KzMatches	   *own = establishments->own;
	size_t				place = (size_t) (i - band->first) * band->cols + j;
	KzMatches			among = establishments->all;
	KzStatus			status = industries->status[i];

	kz_worsen(&status, industries->status[j]);
	if (status != KZ_OK)
	{
		*result = (KzColocation){.status = status};
		return;
	}
	/* (a + b)(a + b - 1) .. of two industries in one region, by Vandermonde */
	if (band->third != NULL)
		among = (KzMatches){own[i].number + own[j].number,
							own[i].two + own[j].two + 2.0 * band->sum[place],
							own[i].three + own[j].three + 3.0 * band->third[place]};
	kz_colocation_of(own[i].number, own[j].number, band->sum[place], &among, result);
	if (band->third != NULL)
		return;
	kz_worsen(&result->status, establishments->status);
	if (result->status == KZ_NEGATIVE)
		*result = (KzColocation){.colocation = result->colocation, .status = KZ_NEGATIVE};
}

/* kz_colocation(establishments kz_matrix, among text) -> setof (industry, other_industry, colocation, expected, excess, z, p, status) */
Datum
kz_colocation(PG_FUNCTION_ARGS)
{
	static const char *const choices[] = {"all", "pair"};
	Establishments			 establishments;
	KzBand					 band;
	Datum					*label, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	get_establishments(fcinfo, &establishments);
	kz_band_init(&band, establishments.index->view.cols.count,
				 kz_get_choice(fcinfo, 1, "among", choices, 2) == 1);
	label = kz_label_datums(&establishments.index->view.cols);
	status = kz_status_datums();
	for (; band.first < band.cols; band.first += band.count)
	{
		kz_colocation_band(&establishments.industries, &band);
		for (uint32 i = band.first; i < Min(band.first + band.count, band.cols); i++)
			for (uint32 j = i + 1; j < band.cols; j++)
			{
				KzColocation result;
				Datum		 values[8] = {label[i], label[j]};
				bool		 nulls[8] = {false};

				CHECK_FOR_INTERRUPTS();
				colocation_of_pair(&establishments, &band, i, j, &result);
				kz_set_number(values, nulls, 2, result.colocation);
				kz_set_number(values, nulls, 3, result.expected);
				kz_set_number(values, nulls, 4, result.excess);
				kz_set_number(values, nulls, 5, result.z);
				kz_set_number(values, nulls, 6, result.p);
				values[7] = status[result.status];
				kz_put_row(fcinfo, values, nulls);
			}
	}
	return (Datum) 0;
}
