/*
 * specialization.c
 *		Regions: their profile, Hill numbers, Rao-Stirling diversity, structural change and coherence.
 */
#include "pg/profile.h"

#include <math.h>

#include "base/size.h"
#include "funcapi.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "measure/diversity.h"
#include "miscadmin.h"
#include "pg/argument.h"

KZ_FUNCTION(kz_region_profile);
KZ_FUNCTION(kz_hill_numbers);
KZ_FUNCTION(kz_rao_stirling);
KZ_FUNCTION(kz_structural_change);
KZ_FUNCTION(kz_coherence);

/* The groups of industries, one for each. */
typedef struct Classification
{
	uint32 *group; /* of each industry, or NULL when there is no classification */
	uint32	groups;
	double *share; /* room for the shares of the groups */
} Classification;

/* Returns the one group of an industry. */
static uint32
find_group(const KzIndex *classification, const KzLabels *industries, uint32 industry)
{
	const KzView *view = &classification->view;
	uint32		  row = kz_find_label(&classification->rows, industries, industry);
	uint32		  group = KZ_NOT_FOUND, count = 0;

	for (uint32 i = row == KZ_NOT_FOUND ? 0 : view->row_start[row];
		 row != KZ_NOT_FOUND && i < view->row_start[row + 1]; i++)
		if (view->value[i] != 0.0 || kz_is_suppressed(view, i))
		{
			group = view->col[i];
			count++;
		}
	if (count != 1)
		ereport(
			ERROR,
			(errcode(count == 0 ? ERRCODE_UNDEFINED_OBJECT : ERRCODE_CARDINALITY_VIOLATION),
			 errmsg(count == 0 ? "classification lacks the industry \"%.*s\""
							   : "classification has more than one group for the industry \"%.*s\"",
					(int) kz_label_length(industries, industry), kz_label(industries, industry)),
			 errhint("Give each industry one group, for example with "
					 "kz_matrix_agg(industry, group, 1).")));
	return group;
}

/* Reads the classification of the industries of the facts; those that only the reference has need none. */
static void
get_classification(FunctionCallInfo fcinfo, int argument, const KzLabels *industries,
				   Classification *classification)
{
	KzIndex *index = kz_get_index(fcinfo, argument);

	*classification = (Classification){NULL, 0, NULL};
	if (index == NULL)
		return;
	classification->groups = index->view.cols.count;
	classification->group =
		palloc_extended(Max(industries->count, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	classification->share =
		palloc_extended(Max(classification->groups, 1) * sizeof(double), MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < industries->count; i++)
		classification->group[i] = find_group(index, industries, i);
}

/* Appends unrelated and related variety, in units of the logarithm to the base; p is NULL where it is unknown. */
static void
add_varieties(KzRow *row, const Classification *classification, const double *p, uint32 places,
			  double entropy_base)
{
	KzMaybe unrelated = {0.0, false}, related = {0.0, false};

	if (classification->group != NULL && p != NULL)
	{
		double across, within;

		kz_varieties(p, classification->group, places, classification->share,
					 classification->groups, &across, &within);
		unrelated = kz_maybe(across / log(entropy_base));
		related = kz_maybe(within / log(entropy_base));
	}
	kz_row_add_number(row, unrelated);
	kz_row_add_number(row, related);
}

/*
 * kz_region_profile(kz_matrix, classification kz_matrix, threshold float8, entropy_base float8, reference kz_matrix)
 * -> setof (region, ..., status), as in sql/parts/21_specialization.sql
 */
Datum
kz_region_profile(PG_FUNCTION_ARGS)
{
	KzProfiles	   profiles;
	Classification classification;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	kz_compare_rows(&profiles.compared, kz_get_index(fcinfo, 0));
	kz_profiles_open(fcinfo, &profiles);
	get_classification(fcinfo, 1, profiles.compared.place_labels, &classification);

	for (uint32 s = 0; s < profiles.compared.subjects.count; s++)
	{
		KzProfile profile;
		KzRow	  row = {.count = 0};
		bool	  known = kz_profile_make(&profiles, s, &profile);

		CHECK_FOR_INTERRUPTS();
		/* a region just like the reference is infinitely diverse */
		if (profile.krugman.known && !profile.relative_diversity.known)
			kz_worsen(&profile.status, KZ_NO_VARIATION);
		kz_row_add_size(&row, &profiles, s, &profile, known);
		kz_row_add_alone(&row, &profile);
		kz_row_add_compared(&row, &profiles, &profile);
		kz_row_add_number(&row, profile.relative_diversity);
		kz_row_add_number(&row, profile.average_quotient);
		kz_row_add_number(&row, profile.hachman);
		add_varieties(&row, &classification, known ? profiles.room.p : NULL,
					  profiles.compared.subjects.places, profiles.entropy_base);
		kz_row_add(&row, profiles.status[profile.status], true);
		kz_put_row(fcinfo, row.value, row.null);
	}
	return (Datum) 0;
}

/* The regions of a matrix, and room for their shares: what the simple functions below open. */
static void
open_regions(FunctionCallInfo fcinfo, KzCompared *compared, KzRoom *room)
{
	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	kz_compare_rows(compared, kz_get_index(fcinfo, 0));
	kz_room_make(room, compared->subjects.places);
}

/* Appends a row (region, value, status). */
static void
put_value(FunctionCallInfo fcinfo, Datum region, double value, Datum *word, KzStatus status)
{
	Datum values[3] = {region, Float8GetDatum(value), word[status]};
	bool  nulls[3] = {false, status != KZ_OK, false};

	CHECK_FOR_INTERRUPTS();
	kz_put_row(fcinfo, values, nulls);
}

/* kz_hill_numbers(kz_matrix, q float8) -> setof (region text, value float8, status text) */
Datum
kz_hill_numbers(PG_FUNCTION_ARGS)
{
	KzCompared compared;
	KzRoom	   room;
	Datum	  *region, *word = kz_status_datums();
	double	   order = PG_GETARG_FLOAT8(1);

	if (isnan(order) || order < 0.0)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("q must be at least 0, not %g", order),
						errhint("Infinity is allowed: it gives 1 over the largest share.")));
	open_regions(fcinfo, &compared, &room);
	region = kz_label_datums(compared.labels);
	for (uint32 s = 0; s < compared.subjects.count; s++)
	{
		double	 value = 0.0;
		KzStatus status =
			kz_subject_shares(&compared.subjects, s, compared.subjects.places, room.p);

		if (status == KZ_OK)
			status = kz_hill_number(room.p, compared.subjects.places, order, &value);
		put_value(fcinfo, region[s], value, word, status);
	}
	return (Datum) 0;
}

/* Reports an industry of the facts that an industry x industry matrix lacks. */
KZ_NORETURN static void
report_lacking(const char *name, const KzLabels *labels, uint32 i)
{
	ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
					errmsg("%s lacks the industry \"%.*s\"", name, (int) kz_label_length(labels, i),
						   kz_label(labels, i)),
					errhint("Add its row or column, or leave the industry out of the facts with "
							"kz_cols().")));
}

/* Reports a cell of an industry x industry matrix that a measure cannot use. */
KZ_NORETURN static void
report_cell(const char *name, const KzLabels *labels, uint32 i, uint32 j, const char *what)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("%s of \"%.*s\" and \"%.*s\" must not be %s", name,
						   (int) kz_label_length(labels, i), kz_label(labels, i),
						   (int) kz_label_length(labels, j), kz_label(labels, j), what)));
}

/*
 * Reads an industry x industry matrix as a table in the order of the labels of the facts, zero where a cell is absent.
 * An error when an industry is on neither side, and when a cell is suppressed or negative.
 */
static double *
get_square(FunctionCallInfo fcinfo, int argument, const char *name, const KzCompared *compared)
{
	const KzIndex  *index = kz_get_index(fcinfo, argument);
	const KzLabels *labels = compared->place_labels;
	size_t			n = labels->count;
	uint32		   *place =
		palloc_extended(Max(index->view.cols.count, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	double *result;

	kz_reserve_memory(0, kz_size_mul(n, n * sizeof(double)));
	result = palloc_extended(Max(kz_size_mul(n, n * sizeof(double)), 1),
							 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 col = 0; col < index->view.cols.count; col++)
		place[col] = kz_find_label(compared->place_axis, &index->view.cols, col);
	for (uint32 i = 0; i < n; i++)
	{
		uint32 row = kz_find_label(&index->rows, labels, i);

		CHECK_FOR_INTERRUPTS();
		if (row == KZ_NOT_FOUND)
		{
			if (kz_find_label(&index->cols, labels, i) == KZ_NOT_FOUND)
				report_lacking(name, labels, i);
			continue;
		}
		for (uint32 cell = index->view.row_start[row]; cell < index->view.row_start[row + 1];
			 cell++)
		{
			uint32 j = place[index->view.col[cell]];

			if (j == KZ_NOT_FOUND)
				continue;
			if (kz_is_suppressed(&index->view, cell))
				report_cell(name, labels, i, j, "suppressed");
			if (index->view.value[cell] < 0.0)
				report_cell(name, labels, i, j, "negative");
			result[i * n + j] = index->view.value[cell];
		}
	}
	return result;
}

/* Raises all distances between different industries to a power; an industry is at no distance from itself. */
static void
raise_distances(double *distance, uint32 n, double alpha)
{
	for (size_t i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t j = 0; j < n; j++)
		{
			double *d = &distance[i * n + j];

			*d = i == j ? 0.0 : alpha == 1.0 ? *d : pow(*d, alpha);
			if (!kz_value_is_valid(*d))
				ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
								errmsg("distance to the power of %g is out of range", alpha)));
		}
	}
}

/*
 * kz_rao_stirling(kz_matrix, distance kz_matrix, alpha float8, beta float8)
 * -> setof (region text, value float8, status text)
 */
Datum
kz_rao_stirling(PG_FUNCTION_ARGS)
{
	double alpha = kz_get_number(fcinfo, 2, "alpha", 0.0, INFINITY),
		   beta = kz_get_number(fcinfo, 3, "beta", 0.0, INFINITY);
	KzCompared compared;
	KzRoom	   room;
	double	  *distance;
	Datum	  *region, *word = kz_status_datums();
	uint32	   places;

	open_regions(fcinfo, &compared, &room);
	places = compared.subjects.places;
	distance = get_square(fcinfo, 1, "distance", &compared);
	raise_distances(distance, places, alpha);
	region = kz_label_datums(compared.labels);
	for (uint32 s = 0; s < compared.subjects.count; s++)
	{
		KzMaybe	 value = {0.0, false};
		KzStatus status = kz_subject_shares(&compared.subjects, s, places, room.p);

		if (status == KZ_OK)
		{
			value = kz_maybe(kz_rao_stirling_sum(room.p, distance, places, beta, room.q));
			status = value.known ? KZ_OK : KZ_NO_BASE;
		}
		put_value(fcinfo, region[s], value.value, word, status);
	}
	return (Datum) 0;
}

/* kz_coherence(kz_matrix, relatedness kz_matrix) -> setof (region text, war float8, warn float8, status text) */
Datum
kz_coherence(PG_FUNCTION_ARGS)
{
	KzCompared compared;
	KzRoom	   room;
	double	  *relatedness;
	Datum	  *region, *word = kz_status_datums();
	size_t	   n;

	open_regions(fcinfo, &compared, &room);
	n = compared.subjects.places;
	relatedness = get_square(fcinfo, 1, "relatedness", &compared);
	for (size_t i = 0; i < n; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (size_t j = 0; j < i; j++)
			relatedness[i * n + j] = relatedness[j * n + i] =
				relatedness[i * n + j] / 2.0 + relatedness[j * n + i] / 2.0;
	}
	region = kz_label_datums(compared.labels);
	for (uint32 s = 0; s < compared.subjects.count; s++)
	{
		double	 all = 0.0, neighbours = 0.0;
		KzStatus status = kz_subject_shares(&compared.subjects, s, n, room.p);
		Datum	 values[4];
		bool	 nulls[4] = {false};

		CHECK_FOR_INTERRUPTS();
		if (status == KZ_OK)
			status = kz_average_relatedness(room.p, relatedness, n, &all);
		if (status == KZ_OK)
			status = kz_neighbour_relatedness(room.p, relatedness, n, &room, &neighbours);
		values[0] = region[s];
		kz_set_number(values, nulls, 1, (KzMaybe){all, status == KZ_OK});
		kz_set_number(values, nulls, 2, (KzMaybe){neighbours, status == KZ_OK});
		values[3] = word[status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* Two matrices on common labels: those of both, in order. */
typedef struct Union
{
	uint32	count;
	uint32 *of_start; /* place in the union of each label of the first */
	uint32 *of_finish;
	uint32 *start; /* the other way round, or KZ_NOT_FOUND */
	uint32 *finish;
} Union;

/* Merges two sorted lists of labels. */
static void
merge_labels(const KzLabels *a, const KzLabels *b, Union *merged)
{
	size_t room = Max((size_t) a->count + b->count, 1) * sizeof(uint32);
	uint32 i = 0, j = 0, n = 0;

	merged->of_start = palloc_extended(room, MCXT_ALLOC_HUGE);
	merged->of_finish = palloc_extended(room, MCXT_ALLOC_HUGE);
	merged->start = palloc_extended(room, MCXT_ALLOC_HUGE);
	merged->finish = palloc_extended(room, MCXT_ALLOC_HUGE);
	for (; i < a->count || j < b->count; n++)
	{
		int order = j == b->count	? -1
					: i == a->count ? 1
									: kz_compare_bytes(kz_label(a, i), kz_label_length(a, i),
													   kz_label(b, j), kz_label_length(b, j));

		CHECK_FOR_INTERRUPTS();
		merged->start[n] = order <= 0 ? i : KZ_NOT_FOUND;
		merged->finish[n] = order >= 0 ? j : KZ_NOT_FOUND;
		if (order <= 0)
			merged->of_start[i++] = n;
		if (order >= 0)
			merged->of_finish[j++] = n;
	}
	merged->count = n;
}

/* Writes the shares of a region over the industries of both matrices; one that has no such region is without base. */
static KzStatus
spread_shares(const KzSubjects *subjects, uint32 region, const uint32 *industry, uint32 count,
			  double *p)
{
	if (region == KZ_NOT_FOUND)
		return KZ_NO_BASE;
	if (subjects->status[region] != KZ_OK)
		return subjects->status[region];
	memset(p, 0, count * sizeof(double));
	for (uint32 i = subjects->start[region]; i < subjects->start[region + 1]; i++)
		p[industry[subjects->place[i]]] = subjects->value[i] / subjects->total[region] + 0.0;
	return KZ_OK;
}

/*
 * kz_structural_change(start kz_matrix, finish kz_matrix)
 * -> setof (region text, value float8, lilien float8, status text)
 */
Datum
kz_structural_change(PG_FUNCTION_ARGS)
{
	KzCompared start, finish;
	Union	   regions, industries;
	KzRoom	   room;
	Datum	  *start_region, *finish_region, *word = kz_status_datums();

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	kz_compare_rows(&start, kz_get_index(fcinfo, 0));
	kz_compare_rows(&finish, kz_get_index(fcinfo, 1));
	merge_labels(start.labels, finish.labels, &regions);
	merge_labels(start.place_labels, finish.place_labels, &industries);
	kz_room_make(&room, industries.count);
	start_region = kz_label_datums(start.labels);
	finish_region = kz_label_datums(finish.labels);
	for (uint32 r = 0; r < regions.count; r++)
	{
		double	 lilien = 0.0;
		KzStatus status = spread_shares(&start.subjects, regions.start[r], industries.of_start,
										industries.count, room.q),
				 other = spread_shares(&finish.subjects, regions.finish[r], industries.of_finish,
									   industries.count, room.p);
		Datum values[4];
		bool  nulls[4] = {false};

		CHECK_FOR_INTERRUPTS();
		kz_worsen(&status, other);
		values[0] = regions.start[r] != KZ_NOT_FOUND ? start_region[regions.start[r]]
													 : finish_region[regions.finish[r]];
		nulls[1] = status != KZ_OK;
		values[1] =
			Float8GetDatum(nulls[1] ? 0.0 : kz_share_change(room.q, room.p, industries.count));
		if (status == KZ_OK)
			status = kz_lilien_index(room.q, room.p, industries.count, &lilien);
		kz_set_number(values, nulls, 2, (KzMaybe){lilien, status == KZ_OK});
		values[3] = word[status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}
