/*
 * disclosure.c
 *		The finest disclosed figures as rows, and masks that hide what they must.
 */
#include "measure/disclosure.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "matrix/walk.h"
#include "measure/suppression.h"

#include <math.h>

#include "funcapi.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/graph.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_finest_disclosed);
KZ_FUNCTION(kz_disclosure_risk);
KZ_FUNCTION(kz_complementary_mask);
KZ_FUNCTION(kz_sufficient_mask);

/* Numbers the labels of one side among the codes. */
static uint32 *
number_codes(KzDictionary *codes, const KzLabels *labels)
{
	uint32 *number = palloc_extended(Max(labels->count, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		number[i] = kz_dictionary_intern(codes, kz_label(labels, i), kz_label_length(labels, i));
	}
	return number;
}

/* Reports a code of which the hierarchy says something impossible. */
KZ_NORETURN static void
report_code(const char *what, const KzKey *code, const char *hint)
{
	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("hierarchy %s \"%.*s\"", what, (int) code->length, code->bytes),
					errhint("%s", hint)));
}

/* Reads a hierarchy, code x parent; the codes of the facts come first. */
static void
read_hierarchy(const KzView *facts, const KzView *view, KzDictionary *codes, KzHierarchy *hierarchy)
{
	uint32 *child, *group, broken;

	kz_dictionary_init(codes, CurrentMemoryContext, facts->cols.count + view->rows.count);
	number_codes(codes, &facts->cols);
	child = number_codes(codes, &view->rows);
	group = number_codes(codes, &view->cols);
	hierarchy->nodes = codes->count;
	hierarchy->parent = palloc_extended(Max(codes->count, 1) * sizeof(uint32), MCXT_ALLOC_HUGE);
	memset(hierarchy->parent, 0xff, codes->count * sizeof(uint32));
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			uint32 node = child[row], parent = group[view->col[i]];

			CHECK_FOR_INTERRUPTS();
			if ((view->value[i] == 0.0 && !kz_is_suppressed(view, i)) || parent == node)
				continue;
			if (hierarchy->parent[node] != KZ_NO_NODE)
				report_code("has more than one parent of", &codes->key[node],
							"A code must belong to one group; give each level as its own code.");
			hierarchy->parent[node] = parent;
		}
	broken = kz_hierarchy_order(hierarchy);
	if (broken != KZ_NO_NODE)
		report_code("goes round in a circle through", &codes->key[broken],
					"Every code must lead to one without a parent.");
}

/* Takes in the figures of one region. */
static void
read_region(const KzView *view, uint32 row, uint32 nodes, KzRollUp *roll_up)
{
	memset(roll_up->present, 0, nodes * sizeof(bool));
	memset(roll_up->disclosed, 0, nodes * sizeof(bool));
	memset(roll_up->value, 0, nodes * sizeof(double));
	for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
	{
		bool suppressed = kz_is_suppressed(view, i);

		roll_up->present[view->col[i]] = true;
		roll_up->disclosed[view->col[i]] = !suppressed;
		roll_up->value[view->col[i]] = suppressed ? 0.0 : view->value[i];
	}
}

/* Appends the row of a code. */
static void
put_code(FunctionCallInfo fcinfo, Datum region, const Datum *codes, uint32 code,
		 const KzRollUp *roll_up, double tolerance, const Datum *status)
{
	uint32	 nearest = roll_up->nearest[code];
	bool	 found = nearest != KZ_NO_NODE, own = nearest == code;
	double	 value = found ? roll_up->value[nearest] : 0.0;
	KzStatus reason = found ? KZ_OK : KZ_SUPPRESSED_CELL;
	Datum	 values[8] = {region, codes[code]};
	bool	 nulls[8] = {false, false, !found, !found};

	if (own && roll_up->remainder[code] < -tolerance)
		reason = KZ_CONTRADICTION;
	values[2] = found ? codes[nearest] : (Datum) 0;
	values[3] = Int32GetDatum((int32) roll_up->level[code]);
	kz_set_number(values, nulls, 4, (KzMaybe){value, found});
	kz_set_number(values, nulls, 5, (KzMaybe){roll_up->remainder[code], own});
	values[6] = BoolGetDatum(roll_up->part[code]);
	values[7] = status[reason];
	kz_put_row(fcinfo, values, nulls);
}

/* Makes text datums of all codes. */
static Datum *
code_datums(const KzDictionary *codes)
{
	Datum *result = palloc_extended(Max(codes->count, 1) * sizeof(Datum), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < codes->count; i++)
		result[i] = PointerGetDatum(
			cstring_to_text_with_len(codes->key[i].bytes, (int) codes->key[i].length));
	return result;
}

/*
 * kz_finest_disclosed(matrix kz_matrix, hierarchy kz_matrix, tolerance float8)
 * -> setof (region, code, disclosed_code, level, value, remainder, in_partition, status)
 */
Datum
kz_finest_disclosed(PG_FUNCTION_ARGS)
{
	KzView		 view, tree;
	KzHierarchy	 hierarchy;
	KzDictionary codes;
	KzRollUp	 roll_up;
	Datum		*regions, *labels, *status;
	double		 tolerance = 0.0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	if (PG_ARGISNULL(1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("hierarchy must not be null"),
				 errhint("Give a matrix of codes and their parents, for example "
						 "kz_matrix_agg(code, left(code, 2), 1).")));
	if (!PG_ARGISNULL(2))
		tolerance = kz_get_number(fcinfo, 2, "tolerance", 0.0, INFINITY);
	KZ_GETARG_VIEW(0, &view);
	KZ_GETARG_VIEW(1, &tree);
	read_hierarchy(&view, &tree, &codes, &hierarchy);
	kz_roll_up_init(&roll_up, hierarchy.nodes);
	regions = kz_label_datums(&view.rows);
	labels = code_datums(&codes);
	status = kz_status_datums();

	for (uint32 row = 0; row < view.rows.count; row++)
	{
		read_region(&view, row, hierarchy.nodes, &roll_up);
		kz_roll_up(&hierarchy, tolerance, &roll_up);
		for (uint32 i = view.row_start[row]; i < view.row_start[row + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			put_code(fcinfo, regions[row], labels, view.col[i], &roll_up, tolerance, status);
		}
	}
	return (Datum) 0;
}

/* A table and the cells of it that are to be hidden. */
typedef struct Mask
{
	KzIndex	 *index;
	KzMasked *masked; /* in order of row and column */
	uint32	  count;
	bool	 *derivable;   /* by masked cell */
	bool	  nonnegative; /* no masked value is below zero */
} Mask;

/* Reports a label that is masked but not there: a misspelt mask would hide nothing. */
KZ_NORETURN static void
report_unknown_label(const char *side, const KzLabels *labels, uint32 i)
{
	ereport(ERROR,
			(errcode(ERRCODE_UNDEFINED_OBJECT),
			 errmsg("mask has the %s \"%.*s\", which matrix lacks", side,
					(int) kz_label_length(labels, i), kz_label(labels, i)),
			 errhint("Take it out of the mask with kz_rows() or kz_cols(), or correct its name.")));
}

/* Lists the masked cells of a table: those with a value other than zero, or none, in the mask. */
static void
list_masked(Mask *mask, const KzView *cells)
{
	const KzView *view = &mask->index->view;

	mask->masked = palloc_extended(Max(cells->cells, 1) * sizeof(KzMasked), MCXT_ALLOC_HUGE);
	mask->count = 0;
	mask->nonnegative = true;
	for (uint32 i = 0; i < cells->rows.count; i++)
	{
		uint32 row = kz_find_label(&mask->index->rows, &cells->rows, i);

		for (uint32 at = cells->row_start[i]; at < cells->row_start[i + 1]; at++)
		{
			KzMasked *masked = &mask->masked[mask->count];

			CHECK_FOR_INTERRUPTS();
			if (cells->value[at] == 0.0 && !kz_is_suppressed(cells, at))
				continue;
			masked->row = row;
			masked->col = kz_find_label(&mask->index->cols, &cells->cols, cells->col[at]);
			if (row == KZ_NOT_FOUND)
				report_unknown_label("region", &cells->rows, i);
			if (masked->col == KZ_NOT_FOUND)
				report_unknown_label("industry", &cells->cols, cells->col[at]);
			masked->cell = kz_view_find(view, masked->row, masked->col);
			masked->value = masked->cell == KZ_ABSENT ? 0.0 : view->value[masked->cell];
			mask->nonnegative &= masked->value >= 0.0;
			mask->count++;
		}
	}
}

/*
 * Finds the masked cells that can be computed from the disclosed cells and all totals: those that lie on no cycle of the
 * graph of regions and industries in which each masked cell is an edge, one-way where it is zero, for it can only
 * grow (Gusfield 1988, A graph theoretic approach to statistical data security, SIAM Journal on Computing 17). On a
 * cycle, amounts can be moved around without changing anything that is shown.
 */
static void
find_derivable(Mask *mask)
{
	uint32	rows = mask->index->view.rows.count, cols = mask->index->view.cols.count;
	Size	room = Max(mask->count, 1) * sizeof(uint32);
	uint32 *from = palloc_extended(room, MCXT_ALLOC_HUGE),
		   *to = palloc_extended(room, MCXT_ALLOC_HUGE);
	bool		 *one_way = palloc_extended(room, MCXT_ALLOC_HUGE);
	KzGraphResult result;

	mask->derivable = palloc_extended(room, MCXT_ALLOC_HUGE);
	for (uint32 i = 0; i < mask->count; i++)
	{
		from[i] = mask->masked[i].row;
		to[i] = rows + mask->masked[i].col;
		one_way[i] = mask->nonnegative && mask->masked[i].value == 0.0;
	}
	kz_edges_on_cycles(rows + cols, from, to, one_way, mask->count, mask->derivable, &result);
	kz_check_graph(&result);
	for (uint32 i = 0; i < mask->count; i++)
		mask->derivable[i] = !mask->derivable[i];
}

/* Opens matrix and mask; returns false when there is no matrix. No mask masks nothing. */
static bool
get_mask(FunctionCallInfo fcinfo, Mask *mask)
{
	KzView cells = {0};

	if ((mask->index = kz_get_index(fcinfo, 0)) == NULL)
		return false;
	if (!PG_ARGISNULL(1))
		KZ_GETARG_VIEW(1, &cells);
	list_masked(mask, &cells);
	find_derivable(mask);
	return true;
}

/* Returns totals of one side as published ones. */
static KzMaybe *
publish(const double *total, uint32 count)
{
	KzMaybe *result = palloc_extended(Max(count, 1) * sizeof(KzMaybe), MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < count; i++)
		result[i] = (KzMaybe){total[i], true};
	return result;
}

/* Bounds the masked cells by what remains to be seen, as an onlooker can. */
static void
bound_masked(const Mask *mask, KzView *hidden, KzSuppression *suppression)
{
	const KzIndex *index = mask->index;

	kz_hide(&index->view, mask->masked, mask->count, hidden);
	kz_suppression_init(suppression, hidden, publish(index->margins.row_total, hidden->rows.count),
						publish(index->margins.col_total, hidden->cols.count), 0.0);
	kz_suppression_solve(suppression);
}

/* Is a masked cell all that is hidden in a line, as a number of cells or as an amount? */
static bool
alone_in(const KzSuppression *suppression, const Mask *mask, uint32 i, int which)
{
	const KzSide *side = &suppression->side[which];
	uint32		  line = suppression->unknown[i].line[which];
	bool		  nothing = mask->nonnegative;

	if (side->start[line + 1] - side->start[line] == 1)
		return true;
	for (uint32 at = side->start[line]; at < side->start[line + 1] && nothing; at++)
		nothing = mask->masked[side->member[at]].value == 0.0;
	return nothing;
}

/*
 * kz_disclosure_risk(matrix kz_matrix, mask kz_matrix)
 * -> setof (region, industry, value, low, high, derivable, derivable_from)
 */
Datum
kz_disclosure_risk(PG_FUNCTION_ARGS)
{
	Mask		  mask;
	KzView		  hidden;
	KzSuppression suppression;
	Datum		 *regions, *industries, from[3];

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!get_mask(fcinfo, &mask))
		return (Datum) 0;
	bound_masked(&mask, &hidden, &suppression);
	regions = kz_label_datums(&mask.index->view.rows);
	industries = kz_label_datums(&mask.index->view.cols);
	from[0] = CStringGetTextDatum("region total");
	from[1] = CStringGetTextDatum("industry total");
	from[2] = CStringGetTextDatum("all totals");

	for (uint32 i = 0; i < mask.count; i++)
	{
		const KzMasked *masked = &mask.masked[i];
		bool			derivable = mask.derivable[i];
		KzInterval		bound = suppression.unknown[i].bound;
		bool			known =
			masked->cell == KZ_ABSENT || !kz_is_suppressed(&mask.index->view, masked->cell);
		Datum values[7];
		bool  nulls[7] = {false};
		int	  which = 0;

		CHECK_FOR_INTERRUPTS();
		if (derivable)
			bound = (KzInterval){masked->value, masked->value};
		while (derivable && which < 2 && !alone_in(&suppression, &mask, i, which))
			which++;
		values[0] = regions[masked->row];
		values[1] = industries[masked->col];
		kz_set_number(values, nulls, 2, (KzMaybe){masked->value, known});
		kz_set_number(values, nulls, 3, (KzMaybe){bound.low + 0.0, derivable || mask.nonnegative});
		kz_set_number(values, nulls, 4, (KzMaybe){bound.high + 0.0, derivable || mask.nonnegative});
		values[5] = BoolGetDatum(derivable);
		values[6] = from[which];
		nulls[6] = !derivable;
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* Reports a masked cell that the totals give away. */
KZ_NORETURN static void
report_derivable(const Mask *mask, uint32 i, const char *message, const char *hint)
{
	const KzLabels *regions = &mask->index->view.rows, *industries = &mask->index->view.cols;
	uint32			row = mask->masked[i].row, col = mask->masked[i].col;

	ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					errmsg("%s: region \"%.*s\", industry \"%.*s\"", message,
						   (int) kz_label_length(regions, row), kz_label(regions, row),
						   (int) kz_label_length(industries, col), kz_label(industries, col)),
					errhint("%s", hint)));
}

/* Makes a matrix of the masked cells: 1 where it was asked for, 2 where another one needs it. */
static Datum
make_mask(const Mask *mask, const KzCover *cover)
{
	const KzView *view = &mask->index->view;
	KzState		 *state = kz_state_create(CurrentMemoryContext);
	KzMatrix	 *matrix;

	kz_map_labels(state, &state->rows, &view->rows);
	kz_map_labels(state, &state->cols, &view->cols);
	for (uint32 i = 0; i < mask->count; i++)
		kz_state_add(state, mask->masked[i].row, mask->masked[i].col, 1.0);
	for (uint32 row = 0; cover != NULL && row < view->rows.count; row++)
		for (uint32 cell = view->row_start[row]; cell < view->row_start[row + 1]; cell++)
		{
			CHECK_FOR_INTERRUPTS();
			if (cover->secondary[cell])
				kz_state_add(state, row, view->col[cell], 2.0);
		}
	matrix = kz_state_flatten(state, false);
	MemoryContextDelete(state->hdr.eoh_context);
	PG_RETURN_POINTER(matrix);
}

/* kz_complementary_mask(matrix kz_matrix, mask kz_matrix) -> kz_matrix */
Datum
kz_complementary_mask(PG_FUNCTION_ARGS)
{
	Mask	mask;
	KzCover cover;

	if (!get_mask(fcinfo, &mask))
		PG_RETURN_NULL();
	kz_cover_init(&cover, &mask.index->view, mask.masked, mask.count);
	for (uint32 i = 0; i < mask.count; i++)
		if (mask.derivable[i] && !kz_cover_cell(&cover, &mask.masked[i]))
			report_derivable(&mask, i, "no further cells can hide a masked cell",
							 "Its total gives it away: leave the region or the industry out, or "
							 "roll it up with another one.");
	return make_mask(&mask, &cover);
}

/* kz_sufficient_mask(matrix kz_matrix, mask kz_matrix) -> kz_matrix */
Datum
kz_sufficient_mask(PG_FUNCTION_ARGS)
{
	Mask mask;

	if (!get_mask(fcinfo, &mask))
		PG_RETURN_NULL();
	for (uint32 i = 0; i < mask.count; i++)
		if (mask.derivable[i])
			report_derivable(&mask, i, "a masked cell can be computed from the totals",
							 "Mask further cells, as kz_complementary_mask() does; "
							 "kz_disclosure_risk() lists all that can be computed.");
	return make_mask(&mask, NULL);
}
