/*
 * pending.c
 *		Noting facts and adding them in batches.
 */
#include "matrix/pending.h"

/* Begins to note the facts of a call site. */
void
kz_pending_start(KzState *state, const KzLabelTypes *site)
{
	kz_state_reserve(state, sizeof(KzPending));
	state->memory += sizeof(KzPending);
	state->pending = MemoryContextAlloc(state->hdr.eoh_context, sizeof(KzPending));
	state->pending->count = 0;
	state->pending->site = site;
}

/* Adds all facts that were noted to their cells. */
void
kz_pending_settle(KzState *state)
{
	KzPending *pending = state->pending;
	uint32	   count = pending->count;

	pending->count = 0;
	kz_state_add_batch(state, pending->row, pending->col, pending->value, count);
}
