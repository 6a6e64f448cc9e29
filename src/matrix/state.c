/*
 * state.c
 *		Building a matrix cell by cell: labels to numbers, numbers to cells, exact sums.
 *
 * Cells stand in order of first appearance. A table of slots finds them: row x column where at least
 * about one slot in eight is filled, which costs one look-up and no comparison, otherwise an
 * open-addressing hash. The choice is made anew whenever the slots must grow.
 */
#include "matrix/state.h"

#include <math.h>

#include "base/size.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#define STATE_MAGIC			 0x4b5a5331 /* 'KZS1' */
#define FIRST_ROOM			 32
#define SMALL_TABLE			 1024 /* slots of a table that is worth having however empty */
#define TABLE_SLOTS_PER_CELL 8

static const ExpandedObjectMethods state_methods = {.get_flat_size = kz_state_flat_size,
													.flatten_into = kz_state_flatten_into};

/* Refuses an allocation beyond kzcluster.max_matrix_memory, before it is made. */
void
kz_reserve_memory(MemoryContext context, size_t more)
{
	size_t limit = (size_t) kz_max_matrix_memory * 1024;

	if (kz_size_add(MemoryContextMemAllocated(context, false), more) > limit)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("matrix needs more memory than kzcluster.max_matrix_memory allows (%d kB)",
						kz_max_matrix_memory),
				 errhint("Aggregate fewer rows at a time, for example with GROUP BY on the period, "
						 "or raise the setting.")));
}

/* Refuses a value that a matrix cannot hold, naming its cell. */
void
kz_check_value(double value, const char *row, int row_length, const char *col, int col_length)
{
	if (kz_value_is_valid(value))
		return;
	ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					errmsg("value in row \"%.*s\", column \"%.*s\" must be a finite number, not %s",
						   row_length, row, col_length, col,
						   isnan(value)	  ? "NaN"
						   : isinf(value) ? (value > 0 ? "Infinity" : "-Infinity")
										  : "of this size"),
					errdetail("The magnitude of a value must be below 2^960, about 9.7e288."),
					errhint("Use NULL for a suppressed value and no row for a zero.")));
}

/* Makes an empty state in a memory context of its own below the given one. */
KzState *
kz_state_create(MemoryContext parent)
{
	MemoryContext context =
		AllocSetContextCreate(parent, "kz_matrix state", ALLOCSET_SMALL_MINSIZE,
							  ALLOCSET_SMALL_INITSIZE, ALLOCSET_DEFAULT_MAXSIZE);
	KzState *state = MemoryContextAllocZero(context, sizeof(KzState));

	EOH_init_header(&state->hdr, &state_methods, context);
	state->magic = STATE_MAGIC;
	kz_dictionary_init(&state->rows.labels, context, 0);
	kz_dictionary_init(&state->cols.labels, context, 0);
	return state;
}

/* Returns the state that a datum points to, or NULL when it is a flat matrix. */
KzState *
kz_state_of(Datum datum)
{
	KzState *state;

	if (!VARATT_IS_EXTERNAL_EXPANDED(DatumGetPointer(datum)))
		return NULL;
	state = (KzState *) DatumGetEOHP(datum);
	if (state->magic != STATE_MAGIC)
		ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION), errmsg("value is not a matrix state")));
	return state;
}

/* Returns the number of a label on one side, which gets the next number when it is new. */
uint32
kz_axis_label(KzState *state, KzAxis *axis, const char *bytes, size_t length)
{
	size_t growth;

	CHECK_FOR_INTERRUPTS();
	if (length > KZ_MAX_LABEL)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("label \"%.*s...\" is too long: %zu bytes",
						pg_mbcliplen(bytes, (int) Min(length, KZ_MAX_SIZE), 40), bytes, length),
				 errdetail("A label has at most %d bytes.", KZ_MAX_LABEL)));
	growth = kz_dictionary_growth(&axis->labels, (uint32) length);
	if (growth > 0)
		kz_reserve_memory(state->hdr.eoh_context, growth);
	return kz_dictionary_intern(&axis->labels, bytes, (uint32) length);
}

/* Returns the first slot of the hash to look at for a row and column. */
static inline size_t
hash_cell(const KzState *state, uint32 row, uint32 col)
{
	uint64 hash = (((uint64) row << 32) | col) * UINT64CONST(0x9e3779b97f4a7c15);

	return (hash >> 32) & (state->slots - 1);
}

/* Returns the slot of a row and column within the present slots. */
static inline uint32 *
find_slot(const KzState *state, uint32 row, uint32 col)
{
	size_t at;

	if (state->row_room > 0)
		return &state->slot[(size_t) row * state->col_room + col];
	for (at = hash_cell(state, row, col); state->slot[at] != 0; at = (at + 1) & (state->slots - 1))
	{
		const KzCell *cell = kz_state_at(state, state->slot[at] - 1);

		if (cell->row == row && cell->col == col)
			break;
	}
	return &state->slot[at];
}

/* Makes new slots that fit one more cell and all labels there are, as a table or as a hash. */
static void
renew_slots(KzState *state)
{
	uint32 row_room = pg_nextpower2_32(state->rows.labels.count),
		   col_room = pg_nextpower2_32(state->cols.labels.count);
	size_t area = kz_size_mul(row_room, col_room),
		   wanted = kz_size_mul(kz_size_add(state->cells, 1), TABLE_SLOTS_PER_CELL);
	MemoryContext context = state->hdr.eoh_context;

	if (area <= Max(wanted, SMALL_TABLE))
	{
		state->slots = area;
		state->row_room = row_room;
		state->col_room = col_room;
	}
	else
	{
		state->slots = pg_nextpower2_64(kz_size_mul(kz_size_add(state->cells, FIRST_ROOM), 3) / 2);
		state->row_room = state->col_room = 0;
	}
	if (state->slot != NULL)
		pfree(state->slot);
	state->slot = NULL;
	kz_reserve_memory(context, kz_size_mul(state->slots, sizeof(uint32)));
	state->slot = MemoryContextAllocExtended(context, kz_size_mul(state->slots, sizeof(uint32)),
											 MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 i = 0; i < state->cells; i++)
	{
		const KzCell *cell = kz_state_at(state, i);

		CHECK_FOR_INTERRUPTS();
		*find_slot(state, cell->row, cell->col) = i + 1;
	}
}

/* Makes room for one more cell: the first chunk doubles, later ones are whole. */
static void
enlarge_cells(KzState *state)
{
	MemoryContext context = state->hdr.eoh_context;

	if (state->room < KZ_CHUNK)
	{
		uint32 room = state->room == 0 ? FIRST_ROOM : state->room * 2;

		kz_reserve_memory(context, room * sizeof(KzCell));
		if (state->chunk == NULL)
		{
			state->chunk_room = 4;
			state->chunk = MemoryContextAlloc(context, state->chunk_room * sizeof(KzCell *));
			state->chunk[0] = MemoryContextAlloc(context, room * sizeof(KzCell));
		}
		else
			state->chunk[0] = repalloc(state->chunk[0], room * sizeof(KzCell));
		state->room = room;
		return;
	}
	if (state->room > PG_UINT32_MAX - KZ_CHUNK)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("matrix has too many cells")));
	kz_reserve_memory(context, KZ_CHUNK * sizeof(KzCell));
	if ((state->room >> KZ_CHUNK_BITS) == state->chunk_room)
	{
		state->chunk_room *= 2;
		state->chunk =
			repalloc_huge(state->chunk, kz_size_mul(state->chunk_room, sizeof(KzCell *)));
	}
	state->chunk[state->room >> KZ_CHUNK_BITS] =
		MemoryContextAlloc(context, KZ_CHUNK * sizeof(KzCell));
	state->room += KZ_CHUNK;
}

/* Do the present slots serve this row and column, with room for a new cell? */
static inline bool
slots_fit(const KzState *state, uint32 row, uint32 col)
{
	if (state->row_room > 0)
		return row < state->row_room && col < state->col_room;
	return (size_t) state->cells * 4 < state->slots * 3;
}

/* Returns the cell of a row and column; a new one is zero and stands for no row yet. */
KzCell *
kz_state_cell(KzState *state, uint32 row, uint32 col)
{
	uint32 *slot;
	KzCell *cell;

	if (unlikely(!slots_fit(state, row, col)))
		renew_slots(state);
	slot = find_slot(state, row, col);
	if (likely(*slot != 0))
		return kz_state_at(state, *slot - 1);

	if (state->cells == state->room)
		enlarge_cells(state);
	cell = kz_state_at(state, state->cells);
	cell->row = row;
	cell->col = col;
	kz_exact_init(&cell->sum, 0.0);
	cell->count = cell->suppressed = 0;
	*slot = ++state->cells;
	return cell;
}

/* Adds to a cell's numbers of rows. */
static inline void
count_rows(KzCell *cell, int32 count, int32 suppressed)
{
	if (unlikely(__builtin_add_overflow(cell->count, count, &cell->count) ||
				 __builtin_add_overflow(cell->suppressed, suppressed, &cell->suppressed) ||
				 cell->count == PG_INT32_MIN || cell->suppressed == PG_INT32_MIN))
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("a cell has more than %d rows", PG_INT32_MAX)));
}

/* Adds a value to a cell's sum; a tail is allocated with the state. */
static inline void
add_value(KzState *state, KzCell *cell, double value)
{
	MemoryContext caller = MemoryContextSwitchTo(state->hdr.eoh_context);

	kz_exact_add(&cell->sum, value);
	MemoryContextSwitchTo(caller);
}

/* Adds one row of facts to its cell; a suppressed one counts, but has no value. */
void
kz_state_add(KzState *state, uint32 row, uint32 col, double value, bool suppressed)
{
	KzCell *cell = kz_state_cell(state, row, col);

	count_rows(cell, 1, suppressed);
	if (!suppressed)
		add_value(state, cell, value);
}

/* Takes one row of facts away from its cell again. */
void
kz_state_take(KzState *state, uint32 row, uint32 col, double value, bool suppressed)
{
	KzCell *cell = kz_state_cell(state, row, col);

	count_rows(cell, -1, -(int32) suppressed);
	if (!suppressed)
		add_value(state, cell, -value);
}

/* Maps the labels of one side of a matrix to the state's numbers; in an empty state they keep their order. */
uint32 *
kz_map_labels(KzState *state, KzAxis *axis, const KzLabels *labels)
{
	uint32 *number = palloc_extended(kz_size_mul(kz_size_add(labels->count, 1), sizeof(uint32)),
									 MCXT_ALLOC_HUGE);

	for (uint32 i = 0; i < labels->count; i++)
		number[i] = kz_axis_label(state, axis, kz_label(labels, i), kz_label_length(labels, i));
	return number;
}

/* Adds (sign 1) or takes away (sign -1) a whole matrix; a cell of a final matrix counts as one row. */
void
kz_state_merge(KzState *state, const KzView *view, int sign)
{
	uint32 *row_number = kz_map_labels(state, &state->rows, &view->rows),
		   *col_number = kz_map_labels(state, &state->cols, &view->cols);

	for (uint32 row = 0; row < view->rows.count; row++)
	{
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			KzCell *cell = kz_state_cell(state, row_number[row], col_number[view->col[i]]);

			CHECK_FOR_INTERRUPTS();
			if (view->count != NULL)
				count_rows(cell, sign * view->count[i], sign * view->suppressed_count[i]);
			else
				count_rows(cell, sign, sign * (int32) kz_is_suppressed(view, i));
			add_value(state, cell, sign * view->value[i]);
			if (view->low_start != NULL)
				for (uint32 k = view->low_start[i]; k < view->low_start[i + 1]; k++)
					add_value(state, cell, sign * view->low[k]);
		}
	}
	pfree(row_number);
	pfree(col_number);
}
