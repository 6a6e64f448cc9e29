/*
 * pending.h
 *		Facts on their way into a state, a batch at a time.
 *
 * In a large state every label and every cell is a cache miss when the facts come in random order. A fact whose
 * labels are short is therefore only noted, and the memory it will need is asked for; when a batch is full its facts
 * are looked up and added, one step for all of them after the other, so that the misses overlap.
 */
#ifndef KZ_PENDING_H
#define KZ_PENDING_H

#include "kz.h"

#include "matrix/label.h"
#include "matrix/state.h"

extern void kz_pending_start(KzState *state, const KzLabelTypes *types);
extern bool kz_pending_add(KzState *state, Datum row, Datum col, double value, bool suppressed);
extern void kz_pending_settle(KzState *state);

/* Adds what is pending to the cells, so that these may be read. */
static inline void
kz_state_settle(KzState *state)
{
	if (state->pending != NULL)
		kz_pending_settle(state);
}

#endif
