/*
 * flatten.c
 *		From a state to the flat, canonical bytes of a matrix.
 *
 * Labels are ranked bytewise, cells sorted by two counting passes, and nothing that depends on the
 * order in which rows came is left.
 */
#include "matrix/pending.h"

#include "base/size.h"
#include "miscadmin.h"
#include "utils/memutils.h"

/* How many cells ahead their memory is asked for: they were made in another order. */
#define AHEAD 16

/* What a flat form of a state will hold. */
typedef struct Plan
{
	KzMatrix header;
	KzLayout layout;
	bool	 partial;
	uint32	*row_rank; /* of each row number, or KZ_NOT_FOUND when no cell uses it */
	uint32	*col_rank;
	uint32	*row_order; /* row numbers in order of their labels */
	uint32	*col_order;
} Plan;

/* Allocates an array that may be larger than a value can be. */
static uint32 *
alloc_numbers(size_t count)
{
	return palloc_extended(kz_size_mul(kz_size_add(count, 1), sizeof(uint32)),
						   MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

/* Reports a partial state whose rows were not all there to be taken away. */
static void
report_overdrawn(const KzState *state, const KzCell *cell)
{
	const KzKey *row = &state->rows.labels.key[cell->row],
				*col = &state->cols.labels.key[cell->col];

	ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION),
					errmsg("more was taken away than was there in row \"%.*s\", column \"%.*s\"",
						   (int) row->length, row->bytes, (int) col->length, col->bytes),
					errhint("Subtract only what was added before; a difference of partial states "
							"can be added to another partial state.")));
}

/* Reports a sum that a matrix cannot hold. */
static void
report_out_of_range(const KzState *state, const KzCell *cell)
{
	const KzKey *row = &state->rows.labels.key[cell->row],
				*col = &state->cols.labels.key[cell->col];

	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					errmsg("value out of range in row \"%.*s\", column \"%.*s\"", (int) row->length,
						   row->bytes, (int) col->length, col->bytes),
					errdetail("The magnitude of a value must be below 2^960, about 9.7e288.")));
}

/* Does a cell have a place in the flat form? Its last row gone, it has vanished. */
static inline bool
is_live(const KzState *state, const KzCell *cell, bool partial)
{
	bool nothing = cell->count == 0 && cell->suppressed == 0 && kz_exact_value(&cell->sum) == 0.0;

	if (nothing)
		return false;
	if (!partial && (cell->count <= 0 || cell->suppressed < 0 || cell->suppressed > cell->count))
		report_overdrawn(state, cell);
	return true;
}

/* Returns how many doubles a sum has after its first. */
static inline uint32
low_parts(const KzExact *sum)
{
	double parts[KZ_EXACT_PARTS];

	return (uint32) kz_exact_parts(sum, parts) - 1;
}

/* Orders two label numbers by their bytes. */
static int
compare_labels(const void *a, const void *b, void *arg)
{
	const KzKey *keys = arg;
	const KzKey *x = &keys[*(const uint32 *) a], *y = &keys[*(const uint32 *) b];

	return kz_compare_bytes(x->bytes, x->length, y->bytes, y->length);
}

/* Replaces the marks of used labels in rank by their ranks, and returns their number and bytes. */
static uint32 *
rank_labels(const KzDictionary *labels, uint32 *rank, uint32 *used, uint32 *bytes)
{
	uint32 *order = alloc_numbers(labels->count);
	size_t	total = 0;
	uint32	count = 0;

	for (uint32 i = 0; i < labels->count; i++)
		if (rank[i] != 0)
		{
			order[count++] = i;
			total += labels->key[i].length;
		}
	if (total > KZ_MAX_SIZE)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("the labels of a matrix are too long: %zu bytes", total)));
	qsort_interruptible(order, count, sizeof(uint32), compare_labels, labels->key);
	for (uint32 i = 0; i < labels->count; i++)
		rank[i] = KZ_NOT_FOUND;
	for (uint32 i = 0; i < count; i++)
		rank[order[i]] = i;
	*used = count;
	*bytes = (uint32) total;
	return order;
}

/* Reports a matrix that PostgreSQL could not store, or not dump. */
static void
report_too_large(const KzMatrix *header, const char *what, size_t size)
{
	ereport(ERROR,
			(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			 errmsg("matrix of %u rows, %u columns and %u cells is too large to be a value",
					header->rows, header->cols, header->cells),
			 errdetail("%s are %zu, and must be at most %d.", what, size, KZ_MAX_SIZE),
			 errhint("Aggregate fewer rows at a time, for example with GROUP BY on the period.")));
}

/* Returns the number of decimal digits of a number. */
static size_t
digits(uint32 number)
{
	size_t count = 1;

	while (number >= 10)
	{
		number /= 10;
		count++;
	}
	return count;
}

/* Refuses a matrix whose text form might be longer than a value, so that all that is stored can be dumped. */
static void
check_text_size(const KzMatrix *header)
{
	const size_t number = 25, /* the longest double and a comma */
		escape = 6;			  /* the longest form of a byte in JSON */
	size_t cell = digits(header->rows) + digits(header->cols) + number + 5, size;

	if (header->flags & KZ_PARTIAL)
		cell += 2 * digits(PG_UINT32_MAX) + 6;
	size = kz_size_add(kz_size_mul(header->cells, cell), kz_size_mul(header->lows, number));
	size = kz_size_add(size, kz_size_mul((size_t) header->row_bytes + header->col_bytes, escape));
	size = kz_size_add(size, kz_size_mul((size_t) header->rows + header->cols, 3));
	if (size > KZ_MAX_SIZE - 64)
		report_too_large(header, "The characters of its text form", size);
}

/*
 * Counts what the flat form needs and marks the labels that cells use. A state that travels within an aggregate may
 * hold a sum too large for a matrix: what comes to it elsewhere may take it back.
 */
static void
make_plan(const KzState *state, bool partial, bool travels, Plan *plan)
{
	KzMatrix *header = &plan->header;
	size_t	  lows = 0;

	memset(plan, 0, sizeof(*plan));
	plan->partial = partial;
	plan->row_rank = alloc_numbers(state->rows.labels.count);
	plan->col_rank = alloc_numbers(state->cols.labels.count);
	header->magic = KZ_MATRIX_MAGIC;
	header->version = KZ_MATRIX_VERSION;
	header->flags = partial ? KZ_PARTIAL : 0;
	for (uint32 i = 0; i < state->cells; i++)
	{
		const KzCell *cell = kz_state_at(state, i);

		CHECK_FOR_INTERRUPTS();
		if (!is_live(state, cell, partial))
			continue;
		if (!travels && !kz_value_is_valid(kz_exact_value(&cell->sum)))
			report_out_of_range(state, cell);
		header->cells++;
		plan->row_rank[cell->row] = plan->col_rank[cell->col] = 1;
		if (cell->suppressed > 0)
			header->flags |= KZ_SUPPRESSED;
		if (partial)
		{
			lows += low_parts(&cell->sum);
			if (cell->count != 1 || cell->suppressed < 0 || cell->suppressed > 1)
				header->flags |= KZ_COUNTS;
		}
	}
	header->lows = (uint32) Min(lows, PG_UINT32_MAX);
	if (lows > 0)
		header->flags |= KZ_LOWS;
	plan->row_order =
		rank_labels(&state->rows.labels, plan->row_rank, &header->rows, &header->row_bytes);
	plan->col_order =
		rank_labels(&state->cols.labels, plan->col_rank, &header->cols, &header->col_bytes);
	kz_layout(header, &plan->layout);
	if (plan->layout.size > KZ_MAX_SIZE)
		report_too_large(header, "Its bytes", plan->layout.size);
}

/* Frees what a plan allocated. */
static void
free_plan(Plan *plan)
{
	pfree(plan->row_rank);
	pfree(plan->col_rank);
	pfree(plan->row_order);
	pfree(plan->col_order);
}

/* Turns the numbers of cells in each row, one place ahead, into the places where the rows start. */
static void
start_rows(uint32 *row_start, uint32 rows)
{
	for (uint32 r = 0; r < rows; r++)
		row_start[r + 1] += row_start[r];
}

/* Reads the cells, all of them live, in the order of their labels off the table. */
static uint32 *
read_table(const KzState *state, const Plan *plan, uint32 *row_start)
{
	uint32 *sorted = alloc_numbers(plan->header.cells), at = 0;

	for (uint32 r = 0; r < plan->header.rows; r++)
	{
		const uint32 *place = kz_table_place(state, plan->row_order[r], 0);

		CHECK_FOR_INTERRUPTS();
		for (uint32 c = 0; c < plan->header.cols; c++)
		{
			/* without a branch: an empty place is written over by the next */
			sorted[at] = place[plan->col_order[c]] - 1;
			at += place[plan->col_order[c]] != 0;
		}
		row_start[r + 1] = at;
	}
	return sorted;
}

/* Sorts the live cells by row and column: a stable counting pass by column, then one by row. */
static uint32 *
sort_cells(const KzState *state, const Plan *plan, uint32 *row_start)
{
	uint32	cells = plan->header.cells;
	uint32 *by_col, *row_of, *sorted, *next;

	if (state->table != NULL && cells == state->cells)
		return read_table(state, plan, row_start);

	by_col = alloc_numbers(cells);
	row_of = alloc_numbers(cells);
	sorted = alloc_numbers(cells);
	next = alloc_numbers((size_t) plan->header.cols + 1);
	for (uint32 i = 0; i < state->cells; i++)
		if (is_live(state, kz_state_at(state, i), plan->partial))
			next[plan->col_rank[kz_state_at(state, i)->col] + 1]++;
	start_rows(next, plan->header.cols);
	for (uint32 i = 0; i < state->cells; i++)
	{
		const KzCell *cell = kz_state_at(state, i);

		CHECK_FOR_INTERRUPTS();
		if (is_live(state, cell, plan->partial))
		{
			uint32 at = next[plan->col_rank[cell->col]]++;

			by_col[at] = i;
			row_of[at] = plan->row_rank[cell->row];
			row_start[row_of[at] + 1]++;
		}
	}
	pfree(next);

	next = alloc_numbers(plan->header.rows);
	start_rows(row_start, plan->header.rows);
	memcpy(next, row_start, plan->header.rows * sizeof(uint32));
	for (uint32 i = 0; i < cells; i++)
	{
		CHECK_FOR_INTERRUPTS();
		sorted[next[row_of[i]]++] = by_col[i];
	}
	pfree(next);
	pfree(row_of);
	pfree(by_col);
	return sorted;
}

/* Writes one side's labels in their order. */
static void
write_labels(const KzDictionary *labels, const uint32 *order, uint32 count, uint32 *start,
			 char *text)
{
	uint32 at = 0;

	for (uint32 i = 0; i < count; i++)
	{
		const KzKey *key = &labels->key[order[i]];

		CHECK_FOR_INTERRUPTS();
		start[i] = at;
		memcpy(text + at, key->bytes, key->length);
		at += key->length;
	}
	start[count] = at;
}

/* Writes the flat form into zeroed memory of the planned size. */
static void
write_matrix(const KzState *state, const Plan *plan, char *base)
{
	const KzMatrix *header = &plan->header;
	const KzLayout *layout = &plan->layout;
	double *value = (double *) (base + layout->value), *low = (double *) (base + layout->low);
	uint32 *row_start = (uint32 *) (base + layout->row_start),
		   *col = (uint32 *) (base + layout->col),
		   *low_start = (uint32 *) (base + layout->low_start);
	int32 *count = (int32 *) (base + layout->count),
		  *suppressed_count = (int32 *) (base + layout->suppressed_count);
	uint8  *suppressed = (uint8 *) (base + layout->suppressed);
	uint32 *sorted;
	uint32	lows = 0;

	memcpy(base, header, sizeof(KzMatrix));
	SET_VARSIZE(base, layout->size);
	sorted = sort_cells(state, plan, row_start);
	for (uint32 i = 0; i < header->cells; i++)
	{
		const KzCell *cell = kz_state_at(state, sorted[i]);

		CHECK_FOR_INTERRUPTS();
		if (i + AHEAD < header->cells)
			__builtin_prefetch(kz_state_at(state, sorted[i + AHEAD]));
		value[i] = kz_exact_value(&cell->sum);
		col[i] = plan->col_rank[cell->col];
		if (cell->suppressed > 0)
			suppressed[i >> 3] |= (uint8) (1 << (i & 7));
		if (header->flags & KZ_COUNTS)
		{
			count[i] = cell->count;
			suppressed_count[i] = cell->suppressed;
		}
		if (header->flags & KZ_LOWS)
		{
			double parts[KZ_EXACT_PARTS];
			int	   n = kz_exact_parts(&cell->sum, parts);

			low_start[i] = lows;
			memcpy(&low[lows], &parts[1], (n - 1) * sizeof(double));
			lows += n - 1;
			low_start[i + 1] = lows;
		}
	}
	pfree(sorted);
	write_labels(&state->rows.labels, plan->row_order, header->rows,
				 (uint32 *) (base + layout->row_label_start), base + layout->row_text);
	write_labels(&state->cols.labels, plan->col_order, header->cols,
				 (uint32 *) (base + layout->col_label_start), base + layout->col_text);
	((KzMatrix *) base)->fingerprint = kz_fingerprint(base, layout->size);
}

/* Returns the state as a new flat matrix, final or partial; the state stays as it is. */
KzMatrix *
kz_state_flatten(KzState *state, bool partial)
{
	Plan  plan;
	char *result;

	kz_state_settle(state);
	make_plan(state, partial, false, &plan);
	check_text_size(&plan.header);
	result = palloc0(plan.layout.size);
	write_matrix(state, &plan, result);
	free_plan(&plan);
	return (KzMatrix *) result;
}

/*
 * The expanded object's method: the size of the partial form. Its scratch memory is the object's own, since the
 * caller's context may be one that cannot free.
 */
Size
kz_state_flat_size(ExpandedObjectHeader *header)
{
	MemoryContext caller = MemoryContextSwitchTo(header->eoh_context);
	Plan		  plan;

	kz_state_settle((KzState *) header);
	make_plan((KzState *) header, true, true, &plan);
	free_plan(&plan);
	MemoryContextSwitchTo(caller);
	return plan.layout.size;
}

/* The expanded object's method: writes the partial form. */
void
kz_state_flatten_into(ExpandedObjectHeader *header, void *result, Size size)
{
	MemoryContext caller = MemoryContextSwitchTo(header->eoh_context);
	Plan		  plan;

	make_plan((KzState *) header, true, true, &plan);
	Assert(size == plan.layout.size);
	memset(result, 0, size);
	write_matrix((KzState *) header, &plan, result);
	free_plan(&plan);
	MemoryContextSwitchTo(caller);
}

/* Describes a matrix that has a cell for every row and column. */
static void
plan_dense(const KzLabels *rows, const KzLabels *cols, bool suppressed, KzMatrix *header,
		   KzLayout *layout)
{
	size_t cells = kz_size_mul(rows->count, cols->count);

	*header = (KzMatrix){.magic = KZ_MATRIX_MAGIC,
						 .version = KZ_MATRIX_VERSION,
						 .flags = suppressed ? KZ_SUPPRESSED : 0,
						 .rows = rows->count,
						 .cols = cols->count,
						 .cells = (uint32) Min(cells, PG_UINT32_MAX),
						 .row_bytes = rows->start[rows->count],
						 .col_bytes = cols->start[cols->count]};
	check_text_size(header);
	kz_layout(header, layout);
	if (layout->size > KZ_MAX_SIZE)
		report_too_large(header, "Its bytes", layout->size);
}

/* Allocates the values of a matrix that will have a cell for every row and column, row by row, if it can be one. */
double *
kz_dense_values(const KzLabels *rows, const KzLabels *cols)
{
	KzMatrix header;
	KzLayout layout;

	plan_dense(rows, cols, true, &header, &layout);
	kz_reserve_memory(0, (size_t) header.cells * sizeof(double));
	return palloc_extended(Max((size_t) header.cells * sizeof(double), 1), MCXT_ALLOC_HUGE);
}

/* Makes a flat matrix of all these values, in which one that is not finite becomes a suppressed cell. */
KzMatrix *
kz_dense_flatten(const KzLabels *rows, const KzLabels *cols, const double *values)
{
	KzMatrix header;
	KzLayout layout;
	char	*base;
	bool	 suppressed = false;
	size_t	 cells = (size_t) rows->count * cols->count;

	for (size_t i = 0; i < cells; i++)
		suppressed |= !kz_value_is_valid(values[i]);
	plan_dense(rows, cols, suppressed, &header, &layout);
	base = palloc0(layout.size);
	memcpy(base, &header, sizeof(header));
	SET_VARSIZE(base, layout.size);
	for (size_t i = 0; i < cells; i++)
	{
		bool valid = kz_value_is_valid(values[i]);

		((double *) (base + layout.value))[i] = valid ? values[i] + 0.0 : 0.0;
		((uint32 *) (base + layout.col))[i] = (uint32) (i % cols->count);
		if (!valid)
			base[layout.suppressed + (i >> 3)] |= (char) (1 << (i & 7));
	}
	for (uint32 row = 0; row <= rows->count; row++)
		((uint32 *) (base + layout.row_start))[row] = row * cols->count;
	memcpy(base + layout.row_label_start, rows->start, (rows->count + 1) * sizeof(uint32));
	memcpy(base + layout.col_label_start, cols->start, (cols->count + 1) * sizeof(uint32));
	memcpy(base + layout.row_text, rows->text, header.row_bytes);
	memcpy(base + layout.col_text, cols->text, header.col_bytes);
	((KzMatrix *) base)->fingerprint = kz_fingerprint(base, layout.size);
	return (KzMatrix *) base;
}
