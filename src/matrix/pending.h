/*
 * pending.h
 *		Facts on their way into a state, a batch at a time.
 *
 * In a large state every cell is a cache miss when the facts come in random order. A fact is therefore only noted,
 * and the memory that tells where its cell is asked for; when a batch is full its cells are looked up and added to,
 * one step for all of them after the other, so that the misses overlap.
 */
#ifndef KZ_PENDING_H
#define KZ_PENDING_H

#include "kz.h"

#include "matrix/label.h"
#include "matrix/state.h"

/* Cells from which a state is worth batches of facts: a smaller one lies in the cache. */
#define KZ_PENDING_FROM 512

typedef struct KzPending
{
	const KzLabelTypes *site; /* the call site that notes the facts */
	uint32				count;
	uint32				row[KZ_BATCH];
	uint32				col[KZ_BATCH];
	double				value[KZ_BATCH]; /* NaN: suppressed */
} KzPending;

extern void kz_pending_start(KzState *state, const KzLabelTypes *site);
extern void kz_pending_settle(KzState *state);

/* Returns the number of a fact's row label. */
static inline uint32
kz_fact_row(KzState *state, KzLabelTypes *site, Datum label)
{
	if (state->pending != NULL && state->pending->site == site)
		return kz_label_number_seen(&site->row, state, &state->rows, label);
	return kz_label_number(&site->row, state, &state->rows, label);
}

/* Returns the number of a fact's column label. */
static inline uint32
kz_fact_col(KzState *state, KzLabelTypes *site, Datum label)
{
	if (state->pending != NULL && state->pending->site == site)
		return kz_label_number_seen(&site->col, state, &state->cols, label);
	return kz_label_number(&site->col, state, &state->cols, label);
}

/* Adds a fact whose value was checked, now or with others; NaN stands for a suppressed value. */
static inline void
kz_note_fact(KzState *state, const KzLabelTypes *site, uint32 row, uint32 col, double value)
{
	KzPending *pending = state->pending;
	uint32	   i;

	if (pending == NULL)
	{
		kz_state_add(state, row, col, value);
		if (state->cells >= KZ_PENDING_FROM)
			kz_pending_start(state, site);
		return;
	}
	i = pending->count++;
	pending->row[i] = row;
	pending->col[i] = col;
	pending->value[i] = value;
	kz_prefetch_place(state, row, col);
	if (i == KZ_BATCH - 1)
		kz_pending_settle(state);
}

/* Adds what is pending to the cells, so that these may be read. */
static inline void
kz_state_settle(KzState *state)
{
	if (state->pending != NULL)
		kz_pending_settle(state);
}

#endif
