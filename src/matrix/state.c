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
#define BLOCK_CHUNKS		 128 /* chunks of the largest block of cells: 16 MB */

static const ExpandedObjectMethods state_methods = {.get_flat_size = kz_state_flat_size,
													.flatten_into = kz_state_flatten_into};

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

/* Makes an empty state in a memory context that it may share with others, as long as nobody deletes one of them. */
KzState *
kz_state_create_in(MemoryContext context)
{
	KzState *state = MemoryContextAllocZero(context, sizeof(KzState));

	EOH_init_header(&state->hdr, &state_methods, context);
	state->magic = STATE_MAGIC;
	kz_dictionary_init(&state->rows.labels, context, 0);
	kz_dictionary_init(&state->cols.labels, context, 0);
	return state;
}

/* Makes an empty state in a memory context of its own below the given one. */
KzState *
kz_state_create(MemoryContext parent)
{
	return kz_state_create_in(AllocSetContextCreate(parent, "kz_matrix state",
													ALLOCSET_SMALL_MINSIZE, ALLOCSET_SMALL_INITSIZE,
													ALLOCSET_DEFAULT_MAXSIZE));
}

/* Returns the bytes that one side of a state has taken. */
static inline size_t
axis_memory(const KzAxis *axis)
{
	return axis->labels.bytes + axis->keys.bytes +
		   ((size_t) axis->key_room + axis->seen_room) * sizeof(uint32);
}

/* Refuses an allocation that would take a state beyond the limit. */
void
kz_state_reserve(const KzState *state, size_t more)
{
	kz_reserve_memory(state->memory + axis_memory(&state->rows) + axis_memory(&state->cols), more);
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
		kz_state_reserve(state, growth);
	return kz_dictionary_intern(&axis->labels, bytes, (uint32) length);
}

/* Returns the slot of the hash that holds a cell, or the empty one where it belongs. */
static inline KzSlot *
find_slot(const KzState *state, uint32 row, uint32 col)
{
	uint32 tag = kz_hash_cell(row, col);
	size_t at = tag & (state->slots - 1);

	for (; state->slot[at].cell != 0; at = (at + 1) & (state->slots - 1))
		if (state->slot[at].tag == tag)
		{
			const KzCell *cell = kz_state_at(state, state->slot[at].cell - 1);

			if (cell->row == row && cell->col == col)
				break;
		}
	return &state->slot[at];
}

/* Allocates memory of a state within the limit. */
static KzBlock
allocate(KzState *state, size_t count, size_t size, size_t alignment)
{
	size_t	bytes = kz_size_mul(count, size);
	KzBlock block;

	kz_state_reserve(state, kz_size_add(bytes, alignment));
	block = kz_block_allocate(state->hdr.eoh_context, bytes, alignment);
	state->memory += block.size;
	return block;
}

/* Frees a block of a state, if there is one. */
static void
release(KzState *state, KzBlock *block)
{
	state->memory -= block->size;
	kz_block_free(block);
}

/* Allocates zeroed slots, in huge pages if they fill one. */
static KzBlock
allocate_slots(KzState *state, size_t count, size_t size)
{
	KzBlock block = allocate(state, count, size, kz_block_alignment(kz_size_mul(count, size)));

	memset(block.start, 0, count * size);
	return block;
}

/* Makes new slots that fit some more cells and all labels there are, as a table or as a hash. */
static void
renew_slots(KzState *state, uint32 more)
{
	uint32 row_room = pg_nextpower2_32(Max(state->rows.labels.count, 1)),
		   col_room = pg_nextpower2_32(Max(state->cols.labels.count, 1));
	size_t area = kz_size_mul(row_room, col_room), cells = (size_t) state->cells + more;

	release(state, &state->slot_block);
	state->table = NULL;
	state->slot = NULL;
	if (area <= Max(kz_size_mul(cells, TABLE_SLOTS_PER_CELL), SMALL_TABLE))
	{
		state->slot_block = allocate_slots(state, area, sizeof(uint32));
		state->table = state->slot_block.start;
		state->row_room = row_room;
		state->col_room = col_room;
	}
	else
	{
		state->slots = pg_nextpower2_64(kz_size_mul(cells + FIRST_ROOM, 3) / 2);
		state->slot_block = allocate_slots(state, state->slots, sizeof(KzSlot));
		state->slot = state->slot_block.start;
	}
	for (uint32 i = 0; i < state->cells; i++)
	{
		const KzCell *cell = kz_state_at(state, i);

		CHECK_FOR_INTERRUPTS();
		if (state->table != NULL)
			*kz_table_place(state, cell->row, cell->col) = i + 1;
		else
			*find_slot(state, cell->row, cell->col) =
				(KzSlot){i + 1, kz_hash_cell(cell->row, cell->col)};
	}
}

/* Makes the first chunk, or one of twice its size for the cells of the one before. */
static void
enlarge_first_chunk(KzState *state)
{
	uint32	room = state->room == 0 ? FIRST_ROOM : state->room * 2;
	KzBlock block = allocate(state, room, sizeof(KzCell), sizeof(KzCell));

	if (state->chunk == NULL)
	{
		state->chunk_room = 4;
		state->chunk =
			MemoryContextAlloc(state->hdr.eoh_context, state->chunk_room * sizeof(KzCell *));
	}
	else
		memcpy(block.start, state->chunk[0], state->cells * sizeof(KzCell));
	release(state, &state->first);
	state->first = block;
	state->chunk[0] = block.start;
	state->room = room;
}

/* Makes room for more cells: the first chunk doubles, later ones come in blocks as large as all before, up to a limit. */
static void
enlarge_cells(KzState *state)
{
	uint32	chunks = state->room >> KZ_CHUNK_BITS, more = Min(chunks, BLOCK_CHUNKS);
	KzBlock block;

	if (chunks == 0)
	{
		enlarge_first_chunk(state);
		return;
	}
	if (state->room > PG_UINT32_MAX - more * KZ_CHUNK)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED), errmsg("matrix has too many cells")));
	if (chunks + more > state->chunk_room)
	{
		state->chunk_room = pg_nextpower2_32(chunks + more);
		state->chunk =
			repalloc_huge(state->chunk, kz_size_mul(state->chunk_room, sizeof(KzCell *)));
	}
	block = allocate(state, (size_t) more * KZ_CHUNK, sizeof(KzCell), sizeof(KzCell));
	for (uint32 i = 0; i < more; i++)
		state->chunk[chunks + i] = (KzCell *) block.start + (size_t) i * KZ_CHUNK;
	state->room += more * KZ_CHUNK;
}

/* Appends a cell that is zero and stands for no row yet; returns its number + 1. */
static inline uint32
new_cell(KzState *state, uint32 row, uint32 col)
{
	KzCell *cell;

	if (unlikely(state->cells == state->room))
		enlarge_cells(state);
	cell = kz_state_at(state, state->cells);
	cell->row = row;
	cell->col = col;
	kz_exact_init(&cell->sum, 0.0);
	cell->count = cell->suppressed = 0;
	return ++state->cells;
}

/* Makes sure that the slots serve all labels there are and some more cells. */
static inline void
make_room(KzState *state, uint32 more)
{
	bool fits = state->table != NULL ? state->rows.labels.count <= state->row_room &&
										   state->cols.labels.count <= state->col_room
									 : ((size_t) state->cells + more) * 4 <= state->slots * 3;

	if (unlikely(!fits))
		renew_slots(state, more);
}

/* Returns the number of the cell of a row and column, after make_room. */
static inline uint32
cell_number(KzState *state, uint32 row, uint32 col)
{
	if (state->table != NULL)
	{
		uint32 *place = kz_table_place(state, row, col);

		if (*place == 0)
			*place = new_cell(state, row, col);
		return *place - 1;
	}
	else
	{
		KzSlot *slot = find_slot(state, row, col);

		if (slot->cell == 0)
			*slot = (KzSlot){new_cell(state, row, col), kz_hash_cell(row, col)};
		return slot->cell - 1;
	}
}

/* Returns the cell of a row and column; a new one is zero and stands for no row yet. */
KzCell *
kz_state_cell(KzState *state, uint32 row, uint32 col)
{
	make_room(state, 1);
	return kz_state_at(state, cell_number(state, row, col));
}

/* Finds the numbers of the cells of at most KZ_BATCH rows and columns, and asks for the cells' memory. */
static void
find_cells(KzState *state, const uint32 *row, const uint32 *col, uint32 count, uint32 *cell)
{
	make_room(state, count);
	if (state->table == NULL)
		for (uint32 i = 0; i < count; i++)
		{
			const KzSlot *slot = &state->slot[kz_hash_cell(row[i], col[i]) & (state->slots - 1)];

			if (slot->cell != 0)
				__builtin_prefetch(kz_state_at(state, slot->cell - 1), 1);
		}
	for (uint32 i = 0; i < count; i++)
	{
		cell[i] = cell_number(state, row[i], col[i]);
		__builtin_prefetch(kz_state_at(state, cell[i]), 1);
	}
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

/* Adds a value that needs a tail, which is allocated with the state. */
static void
add_value_slow(KzState *state, KzCell *cell, double value)
{
	MemoryContext caller = MemoryContextSwitchTo(state->hdr.eoh_context);

	if (!isnan(cell->sum.high))
		kz_state_reserve(state, sizeof(KzExactTail));
	else
		state->memory -= sizeof(KzExactTail);
	kz_exact_add_slow(&cell->sum, value);
	if (isnan(cell->sum.high))
		state->memory += sizeof(KzExactTail);
	MemoryContextSwitchTo(caller);
}

/* Adds a value to a cell's sum. */
static inline void
add_value(KzState *state, KzCell *cell, double value)
{
	if (unlikely(!kz_exact_add_fast(&cell->sum, value)))
		add_value_slow(state, cell, value);
}

/* Adds one row of facts to its cell; a suppressed one, NaN, counts, but has no value. */
static inline void
add_fact(KzState *state, KzCell *cell, double value)
{
	count_rows(cell, 1, isnan(value));
	if (!isnan(value))
		add_value(state, cell, value);
}

/* Adds one row of facts; NaN stands for a suppressed value. */
void
kz_state_add(KzState *state, uint32 row, uint32 col, double value)
{
	add_fact(state, kz_state_cell(state, row, col), value);
}

/* Adds at most KZ_BATCH rows of facts, the places of whose cells were asked for. */
void
kz_state_add_batch(KzState *state, const uint32 *row, const uint32 *col, const double *value,
				   uint32 count)
{
	uint32 cell[KZ_BATCH];

	find_cells(state, row, col, count, cell);
	for (uint32 i = 0; i < count; i++)
		add_fact(state, kz_state_at(state, cell[i]), value[i]);
}

/* Takes one row of facts away from its cell again; NaN stands for a suppressed value. */
void
kz_state_take(KzState *state, uint32 row, uint32 col, double value)
{
	KzCell *cell = kz_state_cell(state, row, col);

	count_rows(cell, -1, isnan(value) ? -1 : 0);
	if (!isnan(value))
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

/* Adds (sign 1) or takes away (sign -1) a cell of a matrix; one of a final matrix counts as one row. */
static inline void
merge_cell(KzState *state, KzCell *cell, const KzView *view, uint32 i, int sign)
{
	if (view->count != NULL)
		count_rows(cell, sign * view->count[i], sign * view->suppressed_count[i]);
	else
		count_rows(cell, sign, sign * (int32) kz_is_suppressed(view, i));
	add_value(state, cell, sign * view->value[i]);
	if (view->low_start != NULL)
		for (uint32 k = view->low_start[i]; k < view->low_start[i + 1]; k++)
			add_value(state, cell, sign * view->low[k]);
}

/* Adds (sign 1) or takes away (sign -1) a whole matrix. */
void
kz_state_merge(KzState *state, const KzView *view, int sign)
{
	uint32 *row_number = kz_map_labels(state, &state->rows, &view->rows),
		   *col_number = kz_map_labels(state, &state->cols, &view->cols);
	uint32 row[KZ_BATCH], col[KZ_BATCH], cell[KZ_BATCH], from = 0, at = 0;

	for (uint32 i = 0; i < view->cells; i += from)
	{
		CHECK_FOR_INTERRUPTS();
		for (from = 0; from < KZ_BATCH && i + from < view->cells; from++)
		{
			while (view->row_start[at + 1] <= i + from)
				at++;
			row[from] = row_number[at];
			col[from] = col_number[view->col[i + from]];
		}
		make_room(state, from);
		for (uint32 k = 0; k < from; k++)
			kz_prefetch_place(state, row[k], col[k]);
		find_cells(state, row, col, from, cell);
		for (uint32 k = 0; k < from; k++)
			merge_cell(state, kz_state_at(state, cell[k]), view, i + k, sign);
	}
	pfree(row_number);
	pfree(col_number);
}
