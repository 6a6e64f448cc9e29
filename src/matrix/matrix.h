/*
 * matrix.h
 *		kz_matrix as an SQL value: datums in and out.
 */
#ifndef KZ_MATRIX_H
#define KZ_MATRIX_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/state.h"
#include "matrix/view.h"

extern void	 kz_open_datum(Datum datum, KzView *view);
extern void	 kz_open_matrix(const KzMatrix *matrix, KzView *view);
extern bool *kz_selected_labels(const KzLabels *labels, Datum array, const char *side);

#define KZ_GETARG_VIEW(n, view) kz_open_datum(PG_GETARG_DATUM(n), view)

#endif
