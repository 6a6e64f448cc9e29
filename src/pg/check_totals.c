/*
 * check_totals.c
 *		Published wholes against their parts, and totals among the facts, as rows.
 */
#include "pg/check.h"

#include <math.h>

#include "base/alloc.h"
#include "funcapi.h"
#include "matrix/columns.h"
#include "matrix/read.h"
#include "matrix/state.h"
#include "measure/check.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/facts.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_check_totals);
KZ_FUNCTION(kz_check_reference);
KZ_FUNCTION(kz_check_margins);

/* Sets the columns that a comparison of a whole with its parts has: from the whole's value on. */
static void
set_sum(Datum *values, bool *nulls, const KzSum *parts, double whole, bool whole_suppressed,
		double rounding, double tolerance, const Datum *status)
{
	KzSumCheck check;

	kz_check_sum(parts, whole, whole_suppressed, rounding, tolerance, &check);
	kz_set_number(values, nulls, 0, (KzMaybe){whole, !whole_suppressed});
	kz_set_number(values, nulls, 1, kz_maybe(kz_exact_value(&parts->sum)));
	values[2] = Int64GetDatum(parts->parts);
	kz_set_number(values, nulls, 3, check.difference);
	kz_set_number(values, nulls, 4, kz_maybe(check.allowed));
	kz_set_boolean(values, nulls, 5, check.contradicts);
	values[6] = status[check.status];
}

/* What the parts of each whole, a column of the matrix, are in one row. */
typedef struct Wholes
{
	bool   *is_whole; /* by column: has it parts at all? */
	KzSum  *sum;
	uint32 *column_row; /* by column: its row in the hierarchy, or KZ_NOT_FOUND */
	uint32 *group;		/* by group of the hierarchy: its column, or KZ_NOT_FOUND */
} Wholes;

/* Is a cell of the hierarchy a part of something other than itself? */
static bool
is_part(const KzView *hierarchy, uint32 row, uint32 cell)
{
	uint32 col = hierarchy->col[cell];

	if (kz_is_suppressed(hierarchy, cell))
		ereport(
			ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			 errmsg("hierarchy must not be suppressed in row \"%.*s\", column \"%.*s\"",
					(int) kz_label_length(&hierarchy->rows, row), kz_label(&hierarchy->rows, row),
					(int) kz_label_length(&hierarchy->cols, col), kz_label(&hierarchy->cols, col)),
			 errhint("Build it from weights that are not null; 1 is the whole member.")));
	return hierarchy->value[cell] != 0.0 &&
		   kz_compare_bytes(kz_label(&hierarchy->rows, row), kz_label_length(&hierarchy->rows, row),
							kz_label(&hierarchy->cols, col),
							kz_label_length(&hierarchy->cols, col)) != 0;
}

/* Finds the wholes among the columns of a matrix, and the parts in the hierarchy. */
static void
find_wholes(const KzIndex *index, const KzIndex *hierarchy, Wholes *wholes)
{
	const KzView *view = &index->view, *tree = &hierarchy->view;
	size_t		  cols = Max(view->cols.count, 1);

	wholes->is_whole = palloc0(cols * sizeof(bool));
	wholes->sum = palloc_extended(cols * sizeof(KzSum), MCXT_ALLOC_HUGE);
	wholes->column_row = palloc(cols * sizeof(uint32));
	wholes->group = palloc(Max(tree->cols.count, 1) * sizeof(uint32));
	for (uint32 col = 0; col < view->cols.count; col++)
	{
		wholes->column_row[col] = kz_find_label(&hierarchy->rows, &view->cols, col);
		kz_sum_init(&wholes->sum[col]);
	}
	for (uint32 group = 0; group < tree->cols.count; group++)
		wholes->group[group] = kz_find_label(&index->cols, &tree->cols, group);
	for (uint32 row = 0; row < tree->rows.count; row++)
		for (uint32 i = tree->row_start[row]; i < tree->row_start[row + 1]; i++)
			if (is_part(tree, row, i) && wholes->group[tree->col[i]] != KZ_NOT_FOUND)
				wholes->is_whole[wholes->group[tree->col[i]]] = true;
}

/* Adds the cells of a row to the wholes that they are parts of. */
static void
sum_parts(const KzView *view, uint32 row, const KzView *tree, const Wholes *wholes)
{
	for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
	{
		uint32 member = wholes->column_row[view->col[i]];

		CHECK_FOR_INTERRUPTS();
		if (member == KZ_NOT_FOUND)
			continue;
		for (uint32 j = tree->row_start[member]; j < tree->row_start[member + 1]; j++)
		{
			uint32 whole = wholes->group[tree->col[j]];

			if (whole == KZ_NOT_FOUND || !is_part(tree, member, j))
				continue;
			kz_check_value(tree->value[j] * view->value[i], kz_label(&view->rows, row),
						   (int) kz_label_length(&view->rows, row),
						   kz_label(&view->cols, view->col[i]),
						   (int) kz_label_length(&view->cols, view->col[i]));
			kz_sum_add(&wholes->sum[whole], tree->value[j], view->value[i],
					   kz_is_suppressed(view, i));
		}
	}
}

/*
 * kz_check_totals(kz_matrix, hierarchy kz_matrix, digits integer, tolerance float8) -> setof (region, code, value, parts_sum,
 * parts, difference, allowed, contradicts, status)
 */
Datum
kz_check_totals(PG_FUNCTION_ARGS)
{
	KzIndex		 *index, *hierarchy;
	const KzView *view;
	Wholes		  wholes;
	Datum		 *regions, *codes, *status;
	double		  rounding, tolerance;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	index = kz_get_index(fcinfo, 0);
	hierarchy = kz_get_index(fcinfo, 1);
	rounding = kz_get_rounding(fcinfo, 2);
	tolerance = kz_get_number_or(fcinfo, 3, "tolerance", 0.0, INFINITY, 0.0);
	view = &index->view;
	find_wholes(index, hierarchy, &wholes);
	regions = kz_label_datums(&view->rows);
	codes = kz_label_datums(&view->cols);
	status = kz_status_datums();

	for (uint32 row = 0; row < view->rows.count; row++)
	{
		sum_parts(view, row, &hierarchy->view, &wholes);
		for (uint32 col = 0; col < view->cols.count; col++)
		{
			uint32 cell = wholes.is_whole[col] ? kz_view_find(view, row, col) : PG_UINT32_MAX;
			bool   published = cell != PG_UINT32_MAX;
			Datum  values[9] = {regions[row], codes[col]};
			bool   nulls[9] = {false};

			if (!published && wholes.sum[col].parts == 0)
				continue;
			set_sum(values + 2, nulls + 2, &wholes.sum[col], published ? view->value[cell] : 0.0,
					published && kz_is_suppressed(view, cell), rounding, tolerance, status);
			kz_put_row(fcinfo, values, nulls);
			kz_sum_init(&wholes.sum[col]);
		}
	}
	return (Datum) 0;
}

/* Adds up the regions in each column. */
static KzSum *
sum_columns(const KzView *view)
{
	KzSum *sum = kz_alloc(view->cols.count, sizeof(KzSum));

	for (uint32 col = 0; col < view->cols.count; col++)
		kz_sum_init(&sum[col]);
	for (uint32 i = 0; i < view->cells; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_sum_add(&sum[view->col[i]], 1.0, view->value[i], kz_is_suppressed(view, i));
	}
	return sum;
}

/*
 * kz_check_reference(kz_matrix, reference kz_matrix, digits integer, tolerance float8) -> setof (industry, value, regions_sum,
 * regions, difference, allowed, contradicts, status)
 */
Datum
kz_check_reference(PG_FUNCTION_ARGS)
{
	KzIndex		 *index, *reference;
	const KzView *view;
	KzSum		 *sum, none;
	Datum		 *industries, *status;
	double		  rounding, tolerance;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	index = kz_get_index(fcinfo, 0);
	reference = kz_get_reference(fcinfo, 1, "reference");
	view = &index->view;
	for (uint32 col = 0; col < view->cols.count; col++)
		if (kz_find_label(&reference->cols, &view->cols, col) == KZ_NOT_FOUND)
			kz_report_industry("reference", kz_label(&view->cols, col),
							   kz_label_length(&view->cols, col));
	rounding = kz_get_rounding(fcinfo, 2);
	tolerance = kz_get_number_or(fcinfo, 3, "tolerance", 0.0, INFINITY, 0.0);
	view = &reference->view;
	sum = sum_columns(&index->view);
	kz_sum_init(&none);
	industries = kz_label_datums(&view->cols);
	status = kz_status_datums();

	for (uint32 col = 0; col < view->cols.count; col++)
	{
		uint32 cell = kz_view_find(view, 0, col),
			   found = kz_find_label(&index->cols, &view->cols, col);
		bool  published = cell != PG_UINT32_MAX;
		Datum values[8] = {industries[col]};
		bool  nulls[8] = {false};

		set_sum(values + 1, nulls + 1, found == KZ_NOT_FOUND ? &none : &sum[found],
				published ? view->value[cell] : 0.0, published && kz_is_suppressed(view, cell),
				rounding, tolerance, status);
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/* One side of a matrix as lines of cells, and the totals over all lines at each place. */
typedef struct Lines
{
	const KzLabels *labels;
	uint32			places;
	const uint32   *start;
	const uint32   *place;
	const double   *value;
	const double   *total;	/* by place */
	const uint32   *hidden; /* by place: suppressed cells */
	double			rounding;
	double			tolerance;
} Lines;

/* Returns the value of a line at a place; absent is zero. */
static double
value_at(const Lines *lines, uint32 line, uint32 place)
{
	uint32 low = lines->start[line], high = lines->start[line + 1];

	while (low < high)
	{
		uint32 middle = low + (high - low) / 2;

		if (lines->place[middle] < place)
			low = middle + 1;
		else
			high = middle;
	}
	return low < lines->start[line + 1] && lines->place[low] == place ? lines->value[low] : 0.0;
}

/* What the comparison of a line with all others finds. */
typedef struct TotalLine
{
	uint32 without;	   /* another line that is not a part of it, or KZ_NOT_FOUND */
	uint32 cells;	   /* compared, and large enough to tell */
	double difference; /* the largest */
	bool   fails;	   /* at some place */
} TotalLine;

/* Is a line the sum of all others, or of all others without one, at every place without suppressed cells? */
static bool
is_total(const Lines *lines, uint32 line, uint32 without, TotalLine *result)
{
	*result = (TotalLine){.without = without};
	for (uint32 place = 0; place < lines->places; place++)
	{
		double value, others, allowed;

		CHECK_FOR_INTERRUPTS();
		if (lines->hidden[place] > 0)
			continue;
		value = value_at(lines, line, place);
		others = lines->total[place] - value;
		if (without != KZ_NOT_FOUND)
			others -= value_at(lines, without, place);
		allowed = kz_allowed_difference(lines->labels->count, lines->total[place], lines->rounding,
										lines->tolerance);
		if (fabs(value - others) > allowed)
		{
			result->fails = true;
			return false;
		}
		result->cells += fabs(value) > allowed;
		result->difference = fmax(result->difference, fabs(value - others));
	}
	return result->cells > 0;
}

/* Finds out whether a line is a total: of three lines or more, of four or more without one that is counted twice. */
static bool
find_total(const Lines *lines, uint32 line, TotalLine *result)
{
	if (lines->labels->count < 3)
		return false;
	if (is_total(lines, line, KZ_NOT_FOUND, result))
		return true;
	if (lines->labels->count < 4 || !result->fails)
		return false;
	for (uint32 other = 0; other < lines->labels->count; other++)
		if (other != line && is_total(lines, line, other, result))
			return true;
	return false;
}

/* Appends the lines that are totals of the others. */
static void
put_totals(FunctionCallInfo fcinfo, const char *side, const Lines *lines)
{
	Datum *labels = kz_label_datums(lines->labels), word = CStringGetTextDatum(side);

	for (uint32 line = 0; line < lines->labels->count; line++)
	{
		TotalLine total;
		Datum	  values[5] = {word, labels[line]};
		bool	  nulls[5] = {false};

		if (!find_total(lines, line, &total))
			continue;
		nulls[2] = total.without == KZ_NOT_FOUND;
		if (!nulls[2])
			values[2] = labels[total.without];
		values[3] = Int64GetDatum(total.cells);
		values[4] = Float8GetDatum(total.difference + 0.0);
		kz_put_row(fcinfo, values, nulls);
	}
}

/* Turns the rows of a matrix into lines of its columns. */
static void
transpose(const KzView *view, Lines *lines)
{
	double	 *value = kz_alloc(view->cells, sizeof(double));
	KzColumns columns;

	kz_columns(view, &columns);
	for (uint32 i = 0; i < view->cells; i++)
		value[i] = view->value[columns.cell[i]];
	lines->start = columns.start;
	lines->place = columns.row;
	lines->value = value;
}

/* kz_check_margins(kz_matrix, digits integer, tolerance float8) -> setof (side, label, without, cells, difference) */
Datum
kz_check_margins(PG_FUNCTION_ARGS)
{
	KzIndex		 *index;
	const KzView *view;
	Lines		  lines;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	index = kz_get_index(fcinfo, 0);
	view = &index->view;
	lines = (Lines){.labels = &view->rows,
					.places = view->cols.count,
					.start = view->row_start,
					.place = view->col,
					.value = view->value,
					.total = index->margins.col_total,
					.hidden = index->margins.col_suppressed,
					.rounding = kz_get_rounding(fcinfo, 1),
					.tolerance = kz_get_number_or(fcinfo, 2, "tolerance", 0.0, INFINITY, 0.0)};
	put_totals(fcinfo, "row", &lines);
	lines.labels = &view->cols;
	lines.places = view->rows.count;
	lines.total = index->margins.row_total;
	lines.hidden = index->margins.row_suppressed;
	transpose(view, &lines);
	put_totals(fcinfo, "column", &lines);
	return (Datum) 0;
}
