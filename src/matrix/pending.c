/*
 * pending.c
 *		Noting facts and adding them in batches.
 */
#include "matrix/pending.h"

#include <math.h>

#include "utils/builtins.h"

/* A fact with its labels as short keys. */
typedef struct Fact
{
	KzKey  row;
	KzKey  col;
	double value; /* NaN: suppressed */
} Fact;

typedef struct KzPending
{
	KzLabelTypes types; /* of the labels of all facts */
	uint32		 count;
	Fact		 fact[KZ_BATCH];
} KzPending;

/* Do values of this kind of type have short keys? */
static inline bool
has_short_keys(const KzLabelType *type)
{
	return type->kind == KZ_LABEL_TEXT || type->kind == KZ_LABEL_WORD;
}

/* Begins to note facts, if their labels are of types that have short keys. */
void
kz_pending_start(KzState *state, const KzLabelTypes *types)
{
	MemoryContext context = state->hdr.eoh_context;

	if (!has_short_keys(&types->row) || !has_short_keys(&types->col))
		return;
	kz_reserve_memory(context, sizeof(KzPending));
	state->pending = MemoryContextAlloc(context, sizeof(KzPending));
	state->pending->count = 0;
	state->pending->types = *types;
	fmgr_info_copy(&state->pending->types.row.output, (FmgrInfo *) &types->row.output, context);
	fmgr_info_copy(&state->pending->types.col.output, (FmgrInfo *) &types->col.output, context);
}

/* Makes the key of a label; false when it is not a short one. */
static inline bool
short_key(const KzLabelType *type, const Datum *value, KzKey *key)
{
	struct varlena *text = (struct varlena *) DatumGetPointer(*value);

	if (type->kind == KZ_LABEL_WORD)
	{
		kz_key_make(key, (const char *) value, sizeof(Datum));
		return true;
	}
	if (VARATT_IS_EXTENDED(text) && !VARATT_IS_SHORT(text))
		return false;
	if (VARSIZE_ANY_EXHDR(text) > KZ_SHORT_KEY)
		return false;
	kz_key_make(key, VARDATA_ANY(text), (uint32) VARSIZE_ANY_EXHDR(text));
	return true;
}

/* The dictionary in which the keys of a type are. */
static inline const KzDictionary *
dictionary_of(const KzLabelType *type, const KzAxis *axis)
{
	return type->kind == KZ_LABEL_TEXT ? &axis->labels : &axis->keys;
}

/* Notes a fact; false when it must be added at once. */
bool
kz_pending_add(KzState *state, Datum row, Datum col, double value, bool suppressed)
{
	KzPending *pending = state->pending;
	Fact	  *fact = &pending->fact[pending->count];

	if (unlikely(!kz_value_is_valid(value)) || !short_key(&pending->types.row, &row, &fact->row) ||
		!short_key(&pending->types.col, &col, &fact->col))
		return false;
	kz_prefetch_slot(dictionary_of(&pending->types.row, &state->rows), &fact->row);
	kz_prefetch_slot(dictionary_of(&pending->types.col, &state->cols), &fact->col);
	fact->value = suppressed ? NAN : value;
	if (++pending->count == KZ_BATCH)
		kz_pending_settle(state);
	return true;
}

/* Returns the number of a label that may be new. */
static inline uint32
number_of(KzState *state, const KzLabelType *type, KzAxis *axis, const KzKey *key)
{
	uint32 number = kz_dictionary_find_key(dictionary_of(type, axis), key);
	union
	{
		char  bytes[KZ_SHORT_KEY];
		Datum word;
	} label;

	if (likely(number != KZ_NOT_FOUND))
		return type->kind == KZ_LABEL_TEXT ? number : axis->key_label[number];
	kz_key_short_bytes(key, label.bytes);
	if (type->kind == KZ_LABEL_TEXT)
		return kz_axis_label(state, axis, label.bytes, key->length);
	return kz_label_number(type, state, axis, label.word);
}

/* Adds all facts that were noted to their cells. */
void
kz_pending_settle(KzState *state)
{
	KzPending		  *pending = state->pending;
	const KzLabelType *row_type = &pending->types.row, *col_type = &pending->types.col;
	const Fact		  *fact = pending->fact;
	uint32			   row[KZ_BATCH], col[KZ_BATCH], count = pending->count;
	double			   value[KZ_BATCH];

	for (uint32 i = 0; i < count; i++)
	{
		kz_prefetch_key(dictionary_of(row_type, &state->rows), &fact[i].row);
		kz_prefetch_key(dictionary_of(col_type, &state->cols), &fact[i].col);
	}
	for (uint32 i = 0; i < count; i++)
	{
		row[i] = number_of(state, row_type, &state->rows, &fact[i].row);
		col[i] = number_of(state, col_type, &state->cols, &fact[i].col);
		value[i] = fact[i].value;
	}
	pending->count = 0;
	kz_state_add_batch(state, row, col, value, count);
}
