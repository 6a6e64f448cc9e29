/*
 * state.h
 *		A matrix that is being built: the state of the aggregates and the work bench of the algebra.
 *
 * It is an expanded object (utils/expandeddatum.h), so that the aggregates' state type can be kz_matrix
 * itself: it is flattened, in its partial form, only when it travels to another process.
 */
#ifndef KZ_STATE_H
#define KZ_STATE_H

#include "kz.h"

#include "base/dictionary.h"
#include "base/exact.h"
#include "matrix/memory.h"
#include "matrix/view.h"
#include "utils/expandeddatum.h"

/* One side of a matrix that is being built. */
typedef struct KzAxis
{
	KzDictionary labels;	/* label bytes to the number of the row or column */
	KzDictionary keys;		/* for types other than text: a value's bytes to ... */
	uint32		*key_label; /* ... the number of its label */
	uint32		 key_room;
	uint32 *seen_number; /* number + 1 of each value that the call site has seen (label.c), or 0 */
	uint32	seen_room;
} KzAxis;

/* A cell with what exactness and taking away need. */
typedef struct KzCell
{
	uint32	row;
	uint32	col;
	KzExact sum;		/* of the disclosed values */
	int32	count;		/* rows behind it; a difference of two partial states may be negative */
	int32	suppressed; /* those of them that are suppressed */
} KzCell;

/* A slot of the hash: the cell's number + 1, or 0, with bits of its hash that spare most looks at other cells. */
typedef struct KzSlot
{
	uint32 cell;
	uint32 tag;
} KzSlot;

typedef struct KzState
{
	ExpandedObjectHeader hdr;
	uint32				 magic;
	KzAxis				 rows;
	KzAxis				 cols;
	KzCell			   **chunk; /* cells in order of first appearance */
	uint32				 chunk_room;
	uint32				 cells;
	uint32				 room;	/* cells allocated */
	KzBlock				 first; /* what the first chunk lies in */
	uint32				*table; /* row x column table of cell + 1, or 0; NULL when there is ... */
	uint32				 row_room; /* ... none; its shape */
	uint32				 col_room;
	KzSlot				*slot;		 /* open-addressing hash, or NULL */
	KzBlock				 slot_block; /* what either lies in */
	size_t				 slots;
	struct KzPending	*pending; /* facts on their way (pending.h), or NULL */
	size_t				 memory;  /* bytes allocated besides those of the axes */
} KzState;

#define KZ_CHUNK_BITS 12
#define KZ_CHUNK	  (1 << KZ_CHUNK_BITS)

/* How many cells are looked for at once, so that their cache misses overlap. */
#define KZ_BATCH 64

extern KzState *kz_state_create(MemoryContext parent);
extern KzState *kz_state_create_in(MemoryContext context);
extern void		kz_state_reserve(const KzState *state, size_t more);
extern KzState *kz_state_of(Datum datum);
extern KzCell  *kz_state_cell(KzState *state, uint32 row, uint32 col);
extern void		kz_state_add(KzState *state, uint32 row, uint32 col, double value);
extern void		kz_state_add_batch(KzState *state, const uint32 *row, const uint32 *col,
								   const double *value, uint32 count);
extern void		kz_state_take(KzState *state, uint32 row, uint32 col, double value);
extern void		kz_state_merge(KzState *state, const KzView *view, int sign);
extern uint32	kz_axis_label(KzState *state, KzAxis *axis, const char *bytes, size_t length);
extern uint32  *kz_map_labels(KzState *state, KzAxis *axis, const KzLabels *labels);

extern void kz_check_value(double value, const char *row, int row_length, const char *col,
						   int col_length);

/* flatten.c */
extern KzMatrix *kz_state_flatten(KzState *state, bool partial);
extern Size		 kz_state_flat_size(ExpandedObjectHeader *header);
extern void		 kz_state_flatten_into(ExpandedObjectHeader *header, void *result, Size size);
extern double	*kz_dense_values(const KzLabels *rows, const KzLabels *cols);
extern KzMatrix *kz_dense_flatten(const KzLabels *rows, const KzLabels *cols, const double *values);

/* Returns a cell by its number. */
static inline KzCell *
kz_state_at(const KzState *state, uint32 cell)
{
	return &state->chunk[cell >> KZ_CHUNK_BITS][cell & (KZ_CHUNK - 1)];
}

/* Returns the hash of a row and column: bits of it are the tag, its lower ones the first slot. */
static inline uint32
kz_hash_cell(uint32 row, uint32 col)
{
	return (uint32) (((((uint64) row << 32) | col) * UINT64CONST(0x9e3779b97f4a7c15)) >> 32);
}

/* Returns the place in the table of a row and column. */
static inline uint32 *
kz_table_place(const KzState *state, uint32 row, uint32 col)
{
	return &state->table[(size_t) row * state->col_room + col];
}

/* Asks for the memory that tells where a cell is; a guess does no harm. */
static inline void
kz_prefetch_place(const KzState *state, uint32 row, uint32 col)
{
	if (state->table != NULL)
		__builtin_prefetch(kz_table_place(state, row, col), 1);
	else
		__builtin_prefetch(&state->slot[kz_hash_cell(row, col) & (state->slots - 1)], 1);
}

/* Refuses a value that a matrix cannot hold. */
static inline void
kz_state_check_value(const KzState *state, uint32 row, uint32 col, double value)
{
	if (unlikely(!kz_value_is_valid(value)))
	{
		const KzKey *row_key = &state->rows.labels.key[row],
					*col_key = &state->cols.labels.key[col];

		kz_check_value(value, row_key->bytes, (int) row_key->length, col_key->bytes,
					   (int) col_key->length);
	}
}

#endif
