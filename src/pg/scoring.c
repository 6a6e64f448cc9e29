/*
 * scoring.c
 *		The rules that tell clusters, as rows with every reason in a column.
 */
#include "kz.h"

#include "measure/scoring.h"

#include <math.h>

#include "base/alloc.h"
#include "base/exact.h"
#include "funcapi.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/dates.h"
#include "pg/facts.h"
#include "pg/series.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_cluster_stars);
KZ_FUNCTION(kz_strong_clusters);
KZ_FUNCTION(kz_traded_industries);
KZ_FUNCTION(kz_growth_quadrants);

/* Sets one column of a row, NULL where the answer is unknown. */
static void
set_answer(Datum *values, bool *nulls, int i, KzAnswer answer)
{
	values[i] = BoolGetDatum(answer == KZ_YES);
	nulls[i] = answer == KZ_UNKNOWN;
}

/* Computes percentiles of the facts. */
static KzPercentile *
get_cutoffs(const KzFacts *facts, KzRanked what, double fraction, bool by_industry)
{
	const KzView *view = &facts->index->view;
	KzPercentile *cutoff = kz_alloc(by_industry ? view->cols.count : 1, sizeof(KzPercentile));

	kz_cutoffs(view, &facts->totals, what, fraction, by_industry, cutoff);
	return cutoff;
}

/* Appends the row of a cell with its stars. */
static void
put_stars(FunctionCallInfo fcinfo, const Datum *labels, const KzCellFacts *cell,
		  const KzStars *stars, const Datum *status)
{
	Datum values[KZ_CELL_COLUMNS + 7];
	bool  nulls[KZ_CELL_COLUMNS + 7] = {false};

	kz_set_cell(values, nulls, labels[0], labels[1], cell);
	kz_set_number(values, nulls, 6, stars->lq);
	kz_set_number(values, nulls, 7, stars->focus);
	set_answer(values, nulls, 8, stars->size_star);
	set_answer(values, nulls, 9, stars->specialization_star);
	set_answer(values, nulls, 10, stars->focus_star);
	nulls[11] = nulls[8] || nulls[9] || nulls[10];
	values[11] =
		Int32GetDatum((stars->size_star == KZ_YES) + (stars->specialization_star == KZ_YES) +
					  (stars->focus_star == KZ_YES));
	values[12] = status[stars->status];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_cluster_stars(kz_matrix, attributes kz_matrix, reference kz_matrix, reference_attributes kz_matrix, size_percentile
 * float8, threshold float8, focus_percentile float8, focus text, fill boolean) -> setof (region, industry, value,
 * region_total, ref_value, ref_total, lq, industry_share, size_star, specialization_star, focus_star, stars, status)
 */
Datum
kz_cluster_stars(PG_FUNCTION_ARGS)
{
	static const char *const choices[] = {"all", "industry"};
	double size_percentile = kz_get_number_or(fcinfo, 4, "size_percentile", 0, 1, 0.9),
		   threshold = kz_get_number_or(fcinfo, 5, "threshold", 0, INFINITY, 2),
		   focus_percentile = kz_get_number_or(fcinfo, 6, "focus_percentile", 0, 1, 0.9);
	bool		  by_industry = kz_get_choice(fcinfo, 7, "focus", choices, lengthof(choices)) == 1;
	KzFacts		  facts;
	KzPercentile *size, *focus;
	Datum		 *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts(fcinfo, 0, 1, &facts))
		return (Datum) 0;
	size = get_cutoffs(&facts, KZ_RANKED_VALUE, size_percentile, true);
	focus = get_cutoffs(&facts, KZ_RANKED_FOCUS, focus_percentile, by_industry);
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (KzWalk walk = kz_walk_facts(fcinfo, 8, &facts); kz_walk(&walk);)
	{
		KzCellFacts cell = {0};
		KzStars		stars;
		Datum		labels[2] = {regions[walk.row], industries[walk.col]};

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &cell);
		kz_stars_of_cell(&cell, &size[walk.col], threshold, &focus[by_industry ? walk.col : 0],
						 &stars);
		put_stars(fcinfo, labels, &cell, &stars, status);
	}
	return (Datum) 0;
}

/* Another matrix with the labels of the facts. */
typedef struct Beside
{
	const KzIndex *index; /* or NULL */
	uint32		  *row;	  /* of each row and column of the facts, or KZ_NOT_FOUND */
	uint32		  *col;
} Beside;

/* Finds the labels of a view in another matrix, which may be NULL. */
static Beside
lay_beside(const KzIndex *index, const KzView *view)
{
	Beside result = {.index = index};

	if (index != NULL)
	{
		result.row = kz_find_labels(&index->rows, &view->rows);
		result.col = kz_find_labels(&index->cols, &view->cols);
	}
	return result;
}

/* Returns a value of the other matrix: unknown when there is no such matrix or it is suppressed, zero when absent. */
static KzMaybe
value_beside(const Beside *beside, const KzWalk *walk)
{
	KzMaybe result = {0.0, beside->index != NULL};
	uint32	row, col, cell;

	if (beside->index == NULL)
		return result;
	row = beside->row[walk->row];
	col = beside->col[walk->col];
	if (row == KZ_NOT_FOUND || col == KZ_NOT_FOUND)
		return result;
	cell = kz_view_find(&beside->index->view, row, col);
	if (cell == PG_UINT32_MAX)
		return result;
	result.known = !kz_is_suppressed(&beside->index->view, cell);
	result.value = beside->index->view.value[cell];
	return result;
}

/* Appends the row of a cell with what makes it strong or not. */
static void
put_strong(FunctionCallInfo fcinfo, const Datum *labels, const KzCellFacts *cell,
		   KzMaybe establishments, const KzPercentile *cutoff, const KzStrong *strong,
		   const Datum *status)
{
	Datum values[KZ_CELL_COLUMNS + 8];
	bool  nulls[KZ_CELL_COLUMNS + 8] = {false};

	kz_set_cell(values, nulls, labels[0], labels[1], cell);
	kz_set_number(values, nulls, 6, establishments);
	kz_set_number(values, nulls, 7, strong->lq);
	kz_set_number(values, nulls, 8, cutoff->number);
	set_answer(values, nulls, 9, strong->high_quotient);
	set_answer(values, nulls, 10, strong->enough_value);
	set_answer(values, nulls, 11, strong->enough_establishments);
	set_answer(values, nulls, 12, strong->strong);
	values[13] = status[strong->status];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_strong_clusters(kz_matrix, establishments kz_matrix, attributes kz_matrix, reference kz_matrix, reference_attributes
 * kz_matrix, percentile float8, minimum_quotient float8, minimum_value float8, minimum_establishments float8,
 * fill boolean) -> setof (region, industry, value, region_total, ref_value, ref_total, establishments, lq, cutoff,
 * high_quotient, enough_value, enough_establishments, strong, status)
 */
Datum
kz_strong_clusters(PG_FUNCTION_ARGS)
{
	double		 percentile = kz_get_number_or(fcinfo, 5, "percentile", 0, 1, 0.75);
	KzStrongRule rule = {
		.quotient = kz_get_number_or(fcinfo, 6, "minimum_quotient", 0, INFINITY, 0),
		.value = kz_get_number_or(fcinfo, 7, "minimum_value", 0, INFINITY, 0),
		.establishments = kz_get_number_or(fcinfo, 8, "minimum_establishments", 0, INFINITY, 0),
		.has_establishments = !PG_ARGISNULL(1)};
	KzFacts		  facts;
	Beside		  establishments;
	KzPercentile *cutoff;
	Datum		 *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts(fcinfo, 0, 2, &facts))
		return (Datum) 0;
	if (rule.establishments > 0.0)
		kz_check_given(fcinfo, 1, "establishments");
	establishments = lay_beside(kz_get_index(fcinfo, 1), &facts.index->view);
	cutoff = get_cutoffs(&facts, KZ_RANKED_LQ, percentile, true);
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (KzWalk walk = kz_walk_facts(fcinfo, 9, &facts); kz_walk(&walk);)
	{
		KzMaybe		number = value_beside(&establishments, &walk);
		KzCellFacts cell = {0};
		KzStrong	strong;
		Datum		labels[2] = {regions[walk.row], industries[walk.col]};

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &cell);
		kz_strong_of_cell(&cell, number, &cutoff[walk.col], &rule, &strong);
		put_strong(fcinfo, labels, &cell, number, &cutoff[walk.col], &strong, status);
	}
	return (Datum) 0;
}

/* The regions of each industry. */
typedef struct Places
{
	uint32			  *start; /* of each industry, and the end of the last */
	uint32			  *count; /* those with a quotient above zero */
	KzPlaceOfIndustry *place;
	uint32			  *unknown;		  /* regions with a total whose quotient is not known ... */
	KzExact			  *unknown_total; /* ... and the sum of their totals */
	bool			  *incomplete;
} Places;

/* Reads the quotients of all cells, industry by industry. */
static Places
read_places(const KzFacts *facts)
{
	const KzView *view = &facts->index->view;
	uint32		  cols = view->cols.count;
	Places		  places = {.start = kz_alloc_zero((size_t) cols + 1, sizeof(uint32)),
							.count = kz_alloc_zero(cols, sizeof(uint32)),
							.place = kz_alloc_zero(view->cells, sizeof(KzPlaceOfIndustry)),
							.unknown = kz_alloc_zero(cols, sizeof(uint32)),
							.unknown_total = kz_alloc_zero(cols, sizeof(KzExact)),
							.incomplete = kz_alloc_zero(cols, sizeof(bool))};

	for (uint32 i = 0; i < view->cells; i++)
		places.start[view->col[i] + 1]++;
	for (uint32 col = 0; col < cols; col++)
		places.start[col + 1] += places.start[col];
	for (KzWalk walk = {.view = view}; kz_walk(&walk);)
	{
		KzCellFacts cell = {0};
		double		lq = 0.0;
		KzStatus	status;

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(view, &facts->totals, walk.row, walk.col, walk.cell, &cell);
		status = kz_quotient_of_cell(&cell, &lq);
		places.incomplete[walk.col] |= status == KZ_SUPPRESSED_CELL || cell.incomplete;
		if (status == KZ_OK && lq > 0.0)
			places.place[places.start[walk.col] + places.count[walk.col]++] =
				(KzPlaceOfIndustry){lq, cell.value, cell.region_total};
		else if (status != KZ_OK && cell.region_total > 0.0)
		{
			places.unknown[walk.col]++;
			kz_exact_add(&places.unknown_total[walk.col], cell.region_total);
		}
	}
	return places;
}

/* Appends the row of an industry. */
static void
put_traded(FunctionCallInfo fcinfo, Datum industry, double total, const KzTraded *traded,
		   const Datum *status)
{
	Datum values[10] = {industry, Float8GetDatum(total)};
	bool  nulls[10] = {false};

	kz_set_number(values, nulls, 2, traded->share);
	kz_set_number(values, nulls, 3, traded->top_quotient);
	kz_set_number(values, nulls, 4, traded->gini);
	set_answer(values, nulls, 5, traded->high_share);
	set_answer(values, nulls, 6, traded->high_quotient);
	set_answer(values, nulls, 7, traded->high_gini);
	set_answer(values, nulls, 8, traded->traded);
	values[9] = status[traded->status];
	kz_put_row(fcinfo, values, nulls);
}

/* Reads what makes an industry traded. */
static KzTradedRule
get_traded_rule(FunctionCallInfo fcinfo)
{
	int32 top = PG_ARGISNULL(7) ? 5 : PG_GETARG_INT32(7);

	if (top < 1)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("top must be at least 1, not %d", top)));
	return (KzTradedRule){.share = kz_get_number_or(fcinfo, 4, "minimum_share", 0, INFINITY, 0.5),
						  .top_quotient =
							  kz_get_number_or(fcinfo, 5, "minimum_quotient", 0, INFINITY, 2),
						  .gini = kz_get_number_or(fcinfo, 6, "minimum_gini", 0, INFINITY, 0.3),
						  .top = (uint32) top,
						  .threshold = kz_get_number_or(fcinfo, 8, "threshold", 0, INFINITY, 1)};
}

/*
 * kz_traded_industries(kz_matrix, attributes kz_matrix, reference kz_matrix, reference_attributes kz_matrix,
 * minimum_share float8, minimum_quotient float8, minimum_gini float8, top integer, threshold float8) -> setof (industry,
 * total, specialized_share, top_lq, gini, high_share, high_quotient, high_gini, traded, status)
 */
Datum
kz_traded_industries(PG_FUNCTION_ARGS)
{
	KzTradedRule	 rule = get_traded_rule(fcinfo);
	KzFacts			 facts;
	Places			 places;
	KzRoom			 room;
	const KzMargins *margins;
	KzExact			 all;
	uint32			 regions = 0;
	Datum			*industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts(fcinfo, 0, 1, &facts))
		return (Datum) 0;
	places = read_places(&facts);
	kz_room_make(&room, facts.index->view.rows.count + 1);
	margins = &facts.index->margins;
	kz_exact_init(&all, 0.0);
	for (uint32 row = 0; row < facts.index->view.rows.count; row++)
		if (facts.totals.region[row] > 0.0)
		{
			kz_exact_add(&all, facts.totals.region[row]);
			regions++;
		}
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (uint32 col = 0; col < facts.index->view.cols.count; col++)
	{
		double	 unknown = kz_exact_value(&places.unknown_total[col]);
		KzTraded traded;

		CHECK_FOR_INTERRUPTS();
		kz_traded(places.place + places.start[col], places.count[col],
				  regions - places.unknown[col], kz_exact_value(&all) - unknown,
				  margins->col_total[col], &rule, &room, &traded);
		if (places.incomplete[col])
			kz_worsen(&traded.status, KZ_INCOMPLETE_TOTALS);
		if (!traded.share.known && margins->col_suppressed[col] > 0)
			kz_worsen(&traded.status, KZ_SUPPRESSED_CELL);
		put_traded(fcinfo, industries[col], margins->col_total[col], &traded, status);
	}
	return (Datum) 0;
}

/* Computes growth from one number to another. */
static KzMaybe
growth(double from, double to, KzStatus *status)
{
	KzMaybe result = {0.0, false};

	if (from < 0.0 || to < 0.0)
		kz_worsen(status, KZ_NEGATIVE);
	else if (from == 0.0)
		kz_worsen(status, KZ_NO_BASE);
	else
		result = kz_maybe((to - from) / from);
	return result;
}

/* What all rows of kz_growth_quadrants share. */
typedef struct Quadrants
{
	double threshold;
	double tolerance;
	Datum  quadrant[KZ_QUADRANTS];
	Datum  outlook[KZ_QUADRANTS];
	Datum *status;
} Quadrants;

/* Appends the row of a cell at two dates. */
static void
put_growth(FunctionCallInfo fcinfo, const Datum *labels, const KzCellFacts *start,
		   const KzCellFacts *finish, const Quadrants *q)
{
	KzMaybe lq[2] = {{0.0, false}, {0.0, false}}, change = {0.0, false}, own = {0.0, false},
			reference;
	KzStatus status = kz_quotient_of_cell(start, &lq[0].value),
			 finish_status = kz_quotient_of_cell(finish, &lq[1].value);
	Datum values[12] = {labels[0], labels[1], Float8GetDatum(start->value),
						Float8GetDatum(finish->value)};
	bool  nulls[12] = {false, false, start->suppressed, finish->suppressed};

	lq[0].known = status == KZ_OK;
	lq[1].known = finish_status == KZ_OK;
	kz_worsen(&status, finish_status);
	if (start->incomplete || finish->incomplete)
		kz_worsen(&status, KZ_INCOMPLETE_TOTALS);
	if (lq[0].known && lq[1].known)
		change = kz_maybe(lq[1].value - lq[0].value);
	if (!start->suppressed && !finish->suppressed)
		own = growth(start->value, finish->value, &status);
	reference = growth(start->ref_value, finish->ref_value, &status);
	kz_set_number(values, nulls, 4, lq[0]);
	kz_set_number(values, nulls, 5, lq[1]);
	kz_set_number(values, nulls, 6, change);
	kz_set_number(values, nulls, 7, own);
	kz_set_number(values, nulls, 8, reference);
	nulls[9] = !change.known;
	values[9] =
		q->quadrant[kz_growth_quadrant(lq[1].value, change.value, q->threshold, q->tolerance)];
	nulls[10] = !lq[1].known || !reference.known;
	values[10] = q->outlook[kz_growth_outlook(lq[1].value, reference.value, q->threshold)];
	values[11] = q->status[status];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_growth_quadrants(start kz_matrix, finish kz_matrix, reference_start kz_matrix, reference_finish kz_matrix, threshold
 * float8, tolerance float8) -> setof (region, industry, start_value, finish_value, start_lq, finish_lq, lq_change,
 * growth, reference_growth, quadrant, outlook, status)
 */
Datum
kz_growth_quadrants(PG_FUNCTION_ARGS)
{
	Quadrants	   q = {.threshold = kz_get_number_or(fcinfo, 4, "threshold", 0, INFINITY, 1),
						.tolerance = kz_get_number_or(fcinfo, 5, "tolerance", 0, INFINITY, 0)};
	KzDates		   dates;
	KzSeriesCursor cursor;
	Datum		  *regions, *industries;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_dates(fcinfo, &dates))
		return (Datum) 0;
	regions = kz_union_datums(&dates.series.rows);
	industries = kz_union_datums(&dates.series.cols);
	q.status = kz_status_datums();
	for (int i = 0; i < KZ_QUADRANTS; i++)
	{
		q.quadrant[i] = CStringGetTextDatum(kz_quadrant_name[i]);
		q.outlook[i] = CStringGetTextDatum(kz_outlook_name[i]);
	}

	kz_cursor_init(&cursor, &dates.series);
	for (uint32 row = 0; row < dates.series.rows.count; row++)
	{
		kz_cursor_seek(&cursor, row);
		while (kz_cursor_next(&cursor))
		{
			KzCellFacts start, finish;
			Datum		labels[2] = {regions[row], industries[cursor.col]};

			kz_facts_at(&dates, &cursor, KZ_START, &start);
			kz_facts_at(&dates, &cursor, KZ_FINISH, &finish);
			put_growth(fcinfo, labels, &start, &finish, &q);
		}
	}
	return (Datum) 0;
}
