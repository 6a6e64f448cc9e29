/*
 * series.h
 *		Matrices of several periods side by side: their labels joined, their cells visited together.
 *
 * A label that one period lacks is a row or column of zeros there.
 */
#ifndef KZ_SERIES_H
#define KZ_SERIES_H

#include "matrix/view.h"

/* The place of a label that a matrix lacks. */
#define KZ_NO_PLACE UINT32_MAX

/* The labels that any period has on one side, sorted bytewise. */
typedef struct KzUnion
{
	uint32_t	 count;
	const char **text; /* not terminated */
	uint32_t	*length;
	uint32_t	*place; /* count x periods: where each period has it, or KZ_NO_PLACE */
} KzUnion;

typedef struct KzSeries
{
	uint32_t	  periods;
	const KzView *view;
	KzUnion		  rows;
	KzUnion		  cols;
	uint32_t	**col; /* of each period: its columns' numbers in cols, ascending */
} KzSeries;

/* Visits the cells of a row that any period has, in order of columns. */
typedef struct KzSeriesCursor
{
	const KzSeries *series;
	uint32_t		row;
	uint32_t		col;
	double		   *value;		/* of each period; of a suppressed cell 0 */
	bool		   *suppressed; /* in each period */
	bool			any_suppressed;
	uint32_t	   *at;
	uint32_t	   *end;
} KzSeriesCursor;

extern void		 kz_series_open(KzSeries *series, const KzView *view, uint32_t periods);
extern void		 kz_cursor_init(KzSeriesCursor *cursor, const KzSeries *series);
extern void		 kz_cursor_seek(KzSeriesCursor *cursor, uint32_t row);
extern bool		 kz_cursor_next(KzSeriesCursor *cursor);
extern uint32_t *kz_union_match(const KzUnion *labels, const KzUnion *others);

#endif
