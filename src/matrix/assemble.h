/*
 * assemble.h
 *		Building a matrix from labels and cells that come from outside, in any order, and are trusted in nothing.
 */
#ifndef KZ_ASSEMBLE_H
#define KZ_ASSEMBLE_H

#include "kz.h"

#include "matrix/state.h"

KZ_NORETURN extern void kz_report_contradiction(const char *detail);
extern void		 kz_assemble_label(KzState *state, KzAxis *axis, const char *bytes, size_t length);
extern KzCell	*kz_assemble_cell(KzState *state, uint32 row, uint32 col, double value,
								  bool suppressed);
extern void		 kz_assemble_partial(KzState *state, KzCell *cell, int32 count, int32 suppressed,
									 const double *lows, int low_count);
extern KzMatrix *kz_assemble_finish(KzState *state, bool partial);

#endif
