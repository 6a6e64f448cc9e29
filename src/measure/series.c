/*
 * series.c
 *		Joining the labels of matrices of several periods, and visiting their cells together.
 */
#include "postgres.h"

#include "base/size.h"
#include "measure/series.h"
#include "miscadmin.h"

/* Allocates an array, of length 1 at least. */
static void *
allocate(size_t count, size_t size)
{
	return palloc_extended(Max(kz_size_mul(count, size), 1), MCXT_ALLOC_HUGE);
}

/* Returns one side of a matrix. */
static const KzLabels *
side_of(const KzView *view, bool rows)
{
	return rows ? &view->rows : &view->cols;
}

/* Returns the period whose next label is the first of all, or the number of periods when none is left. */
static uint32
first_label(const KzView *view, uint32 periods, bool rows, const uint32 *at)
{
	uint32 first = periods;

	for (uint32 period = 0; period < periods; period++)
	{
		const KzLabels *labels = side_of(&view[period], rows), *other;

		if (at[period] == labels->count)
			continue;
		other = first < periods ? side_of(&view[first], rows) : NULL;
		if (other == NULL ||
			kz_compare_bytes(kz_label(labels, at[period]), kz_label_length(labels, at[period]),
							 kz_label(other, at[first]), kz_label_length(other, at[first])) < 0)
			first = period;
	}
	return first;
}

/* Joins the sorted labels of one side of all periods. */
static void
join_labels(KzUnion *joined, const KzView *view, uint32 periods, bool rows)
{
	uint32 *at = allocate(periods, sizeof(uint32)), first;
	size_t	room = 0;

	memset(at, 0, periods * sizeof(uint32));
	for (uint32 period = 0; period < periods; period++)
		room = kz_size_add(room, side_of(&view[period], rows)->count);
	joined->count = 0;
	joined->text = allocate(room, sizeof(char *));
	joined->length = allocate(room, sizeof(uint32));
	joined->place = allocate(kz_size_mul(room, periods), sizeof(uint32));
	while ((first = first_label(view, periods, rows, at)) < periods)
	{
		const KzLabels *labels = side_of(&view[first], rows);
		const char	   *text = kz_label(labels, at[first]);
		uint32			length = kz_label_length(labels, at[first]),
			   *place = joined->place + (size_t) joined->count * periods;

		CHECK_FOR_INTERRUPTS();
		for (uint32 period = 0; period < periods; period++)
		{
			const KzLabels *own = side_of(&view[period], rows);
			uint32			i = at[period];
			bool			has = i < own->count && kz_label_length(own, i) == length &&
					   memcmp(kz_label(own, i), text, length) == 0;

			place[period] = has ? i : KZ_NO_PLACE;
			at[period] += has;
		}
		joined->text[joined->count] = text;
		joined->length[joined->count++] = length;
	}
	pfree(at);
}

/* Joins the matrices of one period or more; the views must stay where they are. */
void
kz_series_open(KzSeries *series, const KzView *view, uint32 periods)
{
	series->periods = periods;
	series->view = view;
	join_labels(&series->rows, view, periods, true);
	join_labels(&series->cols, view, periods, false);
	series->col = allocate(periods, sizeof(uint32 *));
	for (uint32 period = 0; period < periods; period++)
		series->col[period] = allocate(view[period].cols.count, sizeof(uint32));
	for (uint32 col = 0; col < series->cols.count; col++)
		for (uint32 period = 0; period < periods; period++)
		{
			uint32 place = series->cols.place[(size_t) col * periods + period];

			if (place != KZ_NO_PLACE)
				series->col[period][place] = col;
		}
}

/* Makes a cursor, which stands before the first cell of the row that kz_cursor_seek chooses. */
void
kz_cursor_init(KzSeriesCursor *cursor, const KzSeries *series)
{
	cursor->series = series;
	cursor->value = allocate(series->periods, sizeof(double));
	cursor->suppressed = allocate(series->periods, sizeof(bool));
	cursor->at = allocate(series->periods, sizeof(uint32));
	cursor->end = allocate(series->periods, sizeof(uint32));
}

/* Goes to the beginning of a row. */
void
kz_cursor_seek(KzSeriesCursor *cursor, uint32 row)
{
	const KzSeries *series = cursor->series;

	cursor->row = row;
	for (uint32 period = 0; period < series->periods; period++)
	{
		uint32		  place = series->rows.place[(size_t) row * series->periods + period];
		const KzView *view = &series->view[period];

		cursor->at[period] = place == KZ_NO_PLACE ? 0 : view->row_start[place];
		cursor->end[period] = place == KZ_NO_PLACE ? 0 : view->row_start[place + 1];
	}
}

/* Goes to the next cell of the row; returns false when there is none. */
bool
kz_cursor_next(KzSeriesCursor *cursor)
{
	const KzSeries *series = cursor->series;

	CHECK_FOR_INTERRUPTS();
	cursor->col = KZ_NO_PLACE;
	for (uint32 period = 0; period < series->periods; period++)
		if (cursor->at[period] < cursor->end[period])
		{
			uint32 col = series->col[period][series->view[period].col[cursor->at[period]]];

			cursor->col = Min(cursor->col, col);
		}
	if (cursor->col == KZ_NO_PLACE)
		return false;
	cursor->any_suppressed = false;
	for (uint32 period = 0; period < series->periods; period++)
	{
		const KzView *view = &series->view[period];
		uint32		  cell = cursor->at[period];
		bool		  has =
			cell < cursor->end[period] && series->col[period][view->col[cell]] == cursor->col;

		cursor->suppressed[period] = has && kz_is_suppressed(view, cell);
		cursor->value[period] = has && !cursor->suppressed[period] ? view->value[cell] : 0.0;
		cursor->any_suppressed |= cursor->suppressed[period];
		cursor->at[period] += has;
	}
	return true;
}

/* Returns the place of each label among others, or KZ_NO_PLACE; both are sorted. */
uint32 *
kz_union_match(const KzUnion *labels, const KzUnion *others)
{
	uint32 *match = allocate(labels->count, sizeof(uint32)), j = 0;

	for (uint32 i = 0; i < labels->count; i++)
	{
		int order = -1;

		while (j < others->count &&
			   (order = kz_compare_bytes(others->text[j], others->length[j], labels->text[i],
										 labels->length[i])) < 0)
			j++;
		match[i] = j < others->count && order == 0 ? j : KZ_NO_PLACE;
	}
	return match;
}
