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

/* A matrix argument, detoasted and opened. */
typedef struct KzArgument
{
	KzView		view;
	const KzMatrix *matrix;
} KzArgument;

extern void kz_open_datum(Datum datum, KzView *view);
extern void kz_open_matrix(const KzMatrix *matrix, KzView *view);
extern KzMatrix *kz_read_json(Datum jsonb);
extern char *kz_write_json(const KzView *view);
extern void kz_check_value(double value, const char *row, int row_length, const char *col, int col_length);

#define KZ_GETARG_VIEW(n, view) kz_open_datum(PG_GETARG_DATUM(n), view)
#define KZ_RETURN_STATE(state) PG_RETURN_POINTER(kz_state_flatten(state, false))

#endif
