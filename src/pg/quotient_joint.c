/*
 * quotient_joint.c
 *		Quotients of a cell together with others: its establishments, the region's other industries, its neighbours.
 */
#include "kz.h"

#include "base/size.h"
#include "funcapi.h"
#include "matrix/read.h"
#include "measure/quotient_forms.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/attributes.h"
#include "pg/facts.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_cluster_index);
KZ_FUNCTION(kz_cross_industry_quotient);
KZ_FUNCTION(kz_focal_quotient);

/* The establishments beside the facts. */
typedef struct Establishments
{
	const KzIndex *index;
	uint32		  *row; /* of each region and industry of the facts */
	uint32		  *col;
	double		  *total; /* of each industry of the establishments, in the reference */
	bool		  *incomplete;
} Establishments;

/* Opens the establishments and their totals. */
static Establishments
get_establishments(FunctionCallInfo fcinfo, int argument, int reference, const KzFacts *facts)
{
	Establishments result = {.index = kz_get_index(fcinfo, argument)};
	uint32		   cols = Max(result.index->view.cols.count, 1);

	result.row = kz_find_labels(&result.index->rows, &facts->index->view.rows);
	result.col = kz_find_labels(&result.index->cols, &facts->index->view.cols);
	result.total = palloc_extended(kz_size_mul(cols, sizeof(double)), MCXT_ALLOC_HUGE);
	result.incomplete = palloc_extended(cols, MCXT_ALLOC_HUGE);
	kz_reference_totals(result.index,
						kz_get_reference(fcinfo, reference, "reference_establishments"),
						"reference_establishments", result.total, result.incomplete);
	return result;
}

/* Sets the establishments of a cell; there are none where their matrix has no cell. */
static void
set_establishments(const Establishments *establishments, uint32 row, uint32 col,
				   KzPlantFacts *plant)
{
	const KzView *view = &establishments->index->view;
	uint32		  cell = KZ_ABSENT;

	row = establishments->row[row];
	col = establishments->col[col];
	if (row != KZ_NOT_FOUND && col != KZ_NOT_FOUND)
		cell = kz_view_find(view, row, col);
	plant->establishments = (KzMaybe){0.0, true};
	if (cell != KZ_ABSENT)
		plant->establishments = (KzMaybe){view->value[cell], !kz_is_suppressed(view, cell)};
	plant->industry_establishments = col == KZ_NOT_FOUND ? 0.0 : establishments->total[col];
	plant->incomplete |= col != KZ_NOT_FOUND && establishments->incomplete[col];
}

/* Returns the reference's side of an attribute that the attributes must have. */
static KzBase
get_base(const KzFacts *facts, const char *name)
{
	if (kz_dictionary_find(&facts->attributes->cols.labels, name, (uint32) strlen(name)) ==
		KZ_NOT_FOUND)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("attributes lacks the column \"%s\"", name),
						errhint("attributes is region x attribute, with area and population.")));
	return kz_reference_base(facts->index, facts->attributes, facts->reference_attributes, name);
}

/* Appends the row of a cell with its cluster index. */
static void
put_cluster_index(FunctionCallInfo fcinfo, Datum region, Datum industry, const KzPlantFacts *plant,
				  const Datum *status)
{
	KzClusterIndex result;
	Datum		   values[9] = {region, industry, Float8GetDatum(plant->value)};
	bool		   nulls[9] = {false, false, plant->suppressed};

	kz_cluster_index_of_cell(plant, &result);
	kz_set_number(values, nulls, 3, plant->establishments);
	kz_set_number(values, nulls, 4, result.density);
	kz_set_number(values, nulls, 5, result.stock);
	kz_set_number(values, nulls, 6, result.size);
	kz_set_number(values, nulls, 7, result.index);
	values[8] = status[result.status];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_cluster_index(kz_matrix, establishments kz_matrix, attributes kz_matrix, reference kz_matrix,
 * reference_attributes kz_matrix, reference_establishments kz_matrix, fill boolean) -> setof (region, industry, value,
 * establishments, density, stock, size, cluster_index, status)
 */
Datum
kz_cluster_index(PG_FUNCTION_ARGS)
{
	KzFacts		   facts;
	Establishments establishments;
	KzBase		   area, population;
	Datum		  *regions, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	kz_check_given(fcinfo, 1, "establishments");
	kz_check_given(fcinfo, 2, "attributes");
	kz_get_facts(fcinfo, 0, 2, &facts);
	establishments = get_establishments(fcinfo, 1, 5, &facts);
	area = get_base(&facts, "area");
	population = get_base(&facts, KZ_POPULATION);
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (KzWalk walk = kz_walk_facts(fcinfo, 6, &facts); kz_walk(&walk);)
	{
		uint32		 row = kz_region_of_attributes(&facts, walk.row);
		KzCellFacts	 cell = {0};
		KzPlantFacts plant = {.area = area, .population = population};

		CHECK_FOR_INTERRUPTS();
		kz_facts_of_cell(walk.view, &facts.totals, walk.row, walk.col, walk.cell, &cell);
		plant.value = cell.value;
		plant.suppressed = cell.suppressed;
		plant.industry_total = cell.ref_value;
		plant.incomplete = facts.totals.industry_incomplete[walk.col];
		plant.area.region = kz_attribute_of_row(facts.attributes, row, "area");
		plant.population.region = kz_attribute_of_row(facts.attributes, row, KZ_POPULATION);
		set_establishments(&establishments, walk.row, walk.col, &plant);
		put_cluster_index(fcinfo, regions[walk.row], industries[walk.col], &plant, status);
	}
	return (Datum) 0;
}

/* Computes the quotient of two cells of a region: the shares of the region in two industries. */
static KzStatus
cross_quotient(const KzCellFacts *one, const KzCellFacts *other, KzMaybe *result)
{
	KzStatus status;

	if (one->suppressed || other->suppressed)
		return KZ_SUPPRESSED_CELL;
	status = kz_quotient_of_shares(one->value, one->ref_value, other->value, other->ref_value,
								   &result->value);
	result->known = status == KZ_OK;
	if (result->known && (one->incomplete || other->incomplete))
		status = KZ_INCOMPLETE_TOTALS;
	return status;
}

/* Reads what is known of all cells of a region, which only the totals of industries can make incomplete. */
static KzCellFacts *
read_region(const KzFacts *facts, uint32 row)
{
	const KzView *view = &facts->index->view;
	KzCellFacts	 *result = palloc_extended(kz_size_mul(view->cols.count, sizeof(KzCellFacts)),
										   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);

	for (uint32 col = 0; col < view->cols.count; col++)
	{
		kz_facts_of_cell(view, &facts->totals, row, col, kz_view_find(view, row, col),
						 &result[col]);
		result[col].incomplete = facts->totals.industry_incomplete[col];
	}
	return result;
}

/*
 * kz_cross_industry_quotient(kz_matrix, region text, attributes kz_matrix, reference kz_matrix, reference_attributes
 * kz_matrix) -> setof (industry, other_industry, cilq, status)
 */
Datum
kz_cross_industry_quotient(PG_FUNCTION_ARGS)
{
	KzFacts		 facts;
	KzCellFacts *cell;
	Datum		*industries, *status;
	text		*region;
	uint32		 row, count;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(1) || !kz_get_facts(fcinfo, 0, 2, &facts))
		return (Datum) 0;
	region = PG_GETARG_TEXT_PP(1);
	row = kz_dictionary_find(&facts.index->rows.labels, VARDATA_ANY(region),
							 (uint32) VARSIZE_ANY_EXHDR(region));
	if (row == KZ_NOT_FOUND)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("matrix has no row \"%s\"", text_to_cstring(region)),
						errhint("kz_row_labels() lists the regions of a matrix.")));
	cell = read_region(&facts, row);
	count = facts.index->view.cols.count;
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (uint32 i = 0; i < count; i++)
		for (uint32 j = 0; j < count; j++)
		{
			KzMaybe	 cilq = {0.0, false};
			KzStatus reason = cross_quotient(&cell[i], &cell[j], &cilq);
			Datum	 values[4] = {industries[i], industries[j]};
			bool	 nulls[4] = {false};

			CHECK_FOR_INTERRUPTS();
			kz_set_number(values, nulls, 2, cilq);
			values[3] = status[reason];
			kz_put_row(fcinfo, values, nulls);
		}
	return (Datum) 0;
}

/* The weights beside the facts. */
typedef struct Weights
{
	const KzView *view;
	uint32		 *row;	  /* of each region of the facts */
	uint32		 *region; /* of the facts, for each column of the weights, or KZ_NOT_FOUND */
	bool		  include_self;
} Weights;

/* Reports what is wrong with a weight. */
KZ_NORETURN static void
report_weight(const KzView *view, uint32 row, uint32 cell, const char *problem)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("weight in row \"%.*s\", column \"%.*s\" must not be %s",
						   (int) kz_label_length(&view->rows, row), kz_label(&view->rows, row),
						   (int) kz_label_length(&view->cols, view->col[cell]),
						   kz_label(&view->cols, view->col[cell]), problem)));
}

/* Opens the weights, which must have a row for every region; none may be suppressed or negative. */
static Weights
get_weights(FunctionCallInfo fcinfo, int argument, int include_self, const KzFacts *facts)
{
	const KzIndex  *index = kz_get_index(fcinfo, argument);
	const KzLabels *regions = &facts->index->view.rows;
	Weights			weights = {.view = &index->view,
							   .row = kz_find_labels(&index->rows, regions),
							   .region = kz_find_labels(&facts->index->rows, &index->view.cols),
							   .include_self = kz_get_flag(fcinfo, include_self, true)};

	for (uint32 i = 0; i < regions->count; i++)
		if (weights.row[i] == KZ_NOT_FOUND)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_OBJECT),
					 errmsg("weights lacks the region \"%.*s\"", (int) kz_label_length(regions, i),
							kz_label(regions, i)),
					 errhint("A region without neighbours has a weight of 0 on the diagonal; "
							 "kz_symmetric_weights() makes every region a row.")));
	for (uint32 row = 0; row < index->view.rows.count; row++)
		for (uint32 i = index->view.row_start[row]; i < index->view.row_start[row + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (kz_is_suppressed(&index->view, i))
				report_weight(&index->view, row, i, "suppressed");
			if (index->view.value[i] < 0.0)
				report_weight(&index->view, row, i, "negative");
		}
	return weights;
}

/*
 * Adds up a region and its neighbours. The region's own weight is that of the diagonal; where this is zero or absent,
 * the largest of its neighbours', and 1 where it has none: so it counts like the nearest of them, whatever the scale
 * of the row.
 */
static void
add_neighbours(const Weights *weights, const KzFacts *facts, uint32 region, KzFocus *focus)
{
	const KzView *view = weights->view, *cells = &facts->index->view;
	uint32		  row = weights->row[region];
	double		  own = 0.0, largest = 0.0;
	bool		  in_range = true;

	kz_focus_clear(focus);
	for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
	{
		uint32 neighbour = weights->region[view->col[i]];

		if (neighbour == region)
			own = view->value[i];
		else
			largest = Max(largest, view->value[i]);
		if (neighbour != region && neighbour != KZ_NOT_FOUND)
			in_range &= kz_focus_add(focus, cells, &facts->totals, neighbour, view->value[i]);
	}
	if (own == 0.0)
		own = largest > 0.0 ? largest : 1.0;
	/* left out, its cells still have rows */
	in_range &=
		kz_focus_add(focus, cells, &facts->totals, region, weights->include_self ? own : 0.0);
	if (!in_range)
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("weighted sum of region \"%.*s\" is out of range",
							   (int) kz_label_length(&cells->rows, region),
							   kz_label(&cells->rows, region))));
}

/* Orders column numbers. */
static int
compare_columns(const void *a, const void *b)
{
	uint32 one = *(const uint32 *) a, other = *(const uint32 *) b;

	return one < other ? -1 : one > other;
}

/* Computes the focal quotient of an industry from a region's and its neighbours' sums. */
static KzStatus
focal_quotient(const KzFocus *focus, uint32 col, const KzCellFacts *own, KzMaybe *value,
			   KzMaybe *result)
{
	KzCellFacts facts = {.value = kz_exact_value(&focus->sum[col]),
						 .suppressed = focus->suppressed[col],
						 .region_total = kz_exact_value(&focus->total),
						 .ref_value = own->ref_value,
						 .ref_total = own->ref_total};
	KzStatus	status = kz_quotient_of_cell(&facts, &result->value);

	*value = (KzMaybe){facts.value, !facts.suppressed};
	result->known = status == KZ_OK;
	return status;
}

/* Appends the row of a cell with its focal quotient. */
static void
put_focal_quotient(FunctionCallInfo fcinfo, const Datum *labels, const KzFocus *focus, uint32 col,
				   const KzCellFacts *cell, const Datum *status)
{
	KzMaybe	 lq = {0.0, false}, focal_value, focal_lq = {0.0, false};
	KzStatus reason = kz_quotient_of_cell(cell, &lq.value),
			 focal = focal_quotient(focus, col, cell, &focal_value, &focal_lq);
	Datum values[KZ_CELL_COLUMNS + 5];
	bool  nulls[KZ_CELL_COLUMNS + 5] = {false};

	lq.known = reason == KZ_OK;
	kz_worsen(&reason, focal);
	if (cell->incomplete || focus->incomplete)
		kz_worsen(&reason, KZ_INCOMPLETE_TOTALS);
	kz_set_cell(values, nulls, labels[0], labels[1], cell);
	kz_set_number(values, nulls, 6, lq);
	kz_set_number(values, nulls, 7, focal_value);
	values[8] = Float8GetDatum(kz_exact_value(&focus->total));
	kz_set_number(values, nulls, 9, focal_lq);
	values[10] = status[reason];
	kz_put_row(fcinfo, values, nulls);
}

/*
 * kz_focal_quotient(kz_matrix, weights kz_matrix, attributes kz_matrix, reference kz_matrix, reference_attributes
 * kz_matrix, include_self boolean, fill boolean) -> setof (region, industry, value, region_total, ref_value, ref_total,
 * lq, focal_value, focal_total, focal_lq, status)
 */
Datum
kz_focal_quotient(PG_FUNCTION_ARGS)
{
	KzFacts facts;
	Weights weights;
	KzFocus focus;
	Datum  *regions, *industries, *status;
	bool	fill = kz_get_flag(fcinfo, 6, false);

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!kz_get_facts(fcinfo, 0, 2, &facts))
		return (Datum) 0;
	kz_check_given(fcinfo, 1, "weights");
	weights = get_weights(fcinfo, 1, 5, &facts);
	kz_focus_init(&focus, facts.index->view.cols.count);
	regions = kz_label_datums(&facts.index->view.rows);
	industries = kz_label_datums(&facts.index->view.cols);
	status = kz_status_datums();

	for (uint32 row = 0; row < facts.index->view.rows.count; row++)
	{
		uint32 count;

		add_neighbours(&weights, &facts, row, &focus);
		qsort(focus.col, focus.count, sizeof(uint32), compare_columns);
		count = fill ? facts.index->view.cols.count : focus.count;
		for (uint32 i = 0; i < count; i++)
		{
			uint32		col = fill ? i : focus.col[i];
			KzCellFacts cell = {0};
			Datum		labels[2] = {regions[row], industries[col]};

			CHECK_FOR_INTERRUPTS();
			kz_facts_of_cell(&facts.index->view, &facts.totals, row, col,
							 kz_view_find(&facts.index->view, row, col), &cell);
			put_focal_quotient(fcinfo, labels, &focus, col, &cell, status);
		}
	}
	return (Datum) 0;
}
