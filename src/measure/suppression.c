/*
 * suppression.c
 *		Bounds of suppressed cells: what is given of each, tightened by the published totals until nothing moves.
 *
 * A published total T of a line (a region or an industry) with disclosed cells that sum up to D bounds each of its
 * suppressed cells by what the others leave: T - D - sum of the others' upper bounds <= x <= T - D - sum of their
 * lower bounds. For one line this is sharp (each bound is reached by values within all bounds that add up to T),
 * so it is for totals of regions alone or of industries alone. With both the bounds are passed on between rows and
 * columns until none moves; they always contain all solutions, though those of the linear program may be
 * narrower (Buzzigoli and Giusti 1999 call this the shuttle algorithm). A look at all lines takes time linear in the cells.
 */
#include "postgres.h"

#include <math.h>

#include "base/alloc.h"
#include "measure/suppression.h"
#include "miscadmin.h"

/*
 * How often each line is looked at, on average, at most. Any look may be the last: bounds only become narrower, and each
 * state of them is right.
 */
#define MAX_LOOKS 200

/* Allocates what a side needs; no total is a side without published totals. */
static void
init_side(KzSide *side, uint32 count, KzMaybe *total)
{
	side->count = count;
	side->total = total != NULL ? total : kz_alloc_zero(count, sizeof(KzMaybe));
	side->disclosed = kz_alloc_zero(count, sizeof(KzExact));
	side->start = kz_alloc_zero((size_t) count + 1, sizeof(uint32));
	side->contradiction = kz_alloc_zero(count, sizeof(bool));
	side->waiting = kz_alloc_zero(count, sizeof(bool));
}

/* Lists the suppressed cells of each line of a side. */
static void
list_members(KzSuppression *suppression, int which)
{
	KzSide *side = &suppression->side[which];
	uint32 *next = kz_alloc_zero(side->count, sizeof(uint32));

	for (uint32 line = 0; line < side->count; line++)
		side->start[line + 1] += side->start[line];
	memcpy(next, side->start, side->count * sizeof(uint32));
	side->member = kz_alloc_zero(suppression->count, sizeof(uint32));
	for (uint32 i = 0; i < suppression->count; i++)
		side->member[next[suppression->unknown[i].line[which]]++] = i;
	pfree(next);
}

/*
 * Finds the suppressed cells of a matrix, of which nothing is given but the part that is disclosed.
 *
 * row_total, col_total: published totals by row and column, or NULL. tolerance: in units of the value.
 */
void
kz_suppression_init(KzSuppression *suppression, const KzView *view, KzMaybe *row_total,
					KzMaybe *col_total, double tolerance)
{
	KzSide *side = suppression->side;
	uint32	count = 0;

	suppression->view = view;
	suppression->tolerance = tolerance;
	init_side(&side[0], view->rows.count, row_total);
	init_side(&side[1], view->cols.count, col_total);
	for (uint32 cell = 0; cell < view->cells; cell++)
		count += kz_is_suppressed(view, cell);
	suppression->count = count;
	suppression->unknown = kz_alloc_zero(count, sizeof(KzUnknown));

	count = 0;
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 cell = view->row_start[row]; cell < view->row_start[row + 1]; cell++)
		{
			uint32 line[2] = {row, view->col[cell]};

			CHECK_FOR_INTERRUPTS();
			if (kz_is_suppressed(view, cell))
				suppression->unknown[count++] = (KzUnknown){.line = {line[0], line[1]},
															.cell = cell,
															.given = {view->value[cell], INFINITY}};
			for (int which = 0; which < 2; which++)
				if (kz_is_suppressed(view, cell))
					side[which].start[line[which] + 1]++;
				else
					kz_exact_add(&side[which].disclosed[line[which]], view->value[cell]);
		}
	list_members(suppression, 0);
	list_members(suppression, 1);
	suppression->queue = (KzQueue){.room = side[0].count + side[1].count};
	suppression->queue.line = kz_alloc_zero(suppression->queue.room, sizeof(uint32));
}

/* Takes in what is known of a suppressed cell by itself; bounds that exclude each other bound nothing. */
void
kz_suppression_give(KzUnknown *unknown, KzMaybe low, KzMaybe high)
{
	KzInterval given = unknown->given;

	if (low.known)
		given.low = low.value;
	if (high.known)
		given.high = high.value;
	unknown->contradiction = given.low > given.high;
	if (!unknown->contradiction)
		unknown->given = given;
}

/* Returns a sum with one value more, and leaves the sum as it was. */
static double
sum_with(KzExact *sum, double value)
{
	double result;

	kz_exact_add(sum, value);
	result = kz_exact_value(sum);
	kz_exact_add(sum, -value);
	return result;
}

/* What a line leaves for its suppressed cells, less their lower and less their finite upper bounds. */
typedef struct Room
{
	KzExact above;	   /* T + tolerance - D - sum of lower bounds */
	KzExact below;	   /* T - tolerance - D - sum of upper bounds */
	int64	unbounded; /* number of infinite upper bounds */
} Room;

/* Measures the room of a line. */
static void
measure_room(const KzSuppression *suppression, const KzSide *side, uint32 line, Room *room)
{
	double total = side->total[line].value;

	kz_exact_init(&room->above, total);
	kz_exact_init(&room->below, total);
	kz_exact_add(&room->above, suppression->tolerance);
	kz_exact_add(&room->below, -suppression->tolerance);
	kz_exact_add_sum(&room->above, &side->disclosed[line], -1);
	kz_exact_add_sum(&room->below, &side->disclosed[line], -1);
	room->unbounded = 0;
	for (uint32 i = side->start[line]; i < side->start[line + 1]; i++)
	{
		const KzInterval *bound = &suppression->unknown[side->member[i]].bound;

		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&room->above, -bound->low);
		if (isinf(bound->high))
			room->unbounded++;
		else
			kz_exact_add(&room->below, -bound->high);
	}
}

/* Returns the interval that the others of a line leave for one cell. */
static KzInterval
left_for(Room *room, const KzInterval *bound)
{
	KzInterval result = {-INFINITY, sum_with(&room->above, bound->low)};

	if (room->unbounded == 0)
		result.low = sum_with(&room->below, bound->high);
	else if (room->unbounded == 1 && isinf(bound->high))
		result.low = kz_exact_value(&room->below);
	return result;
}

/* Returns how much of a line's figures is rounding. */
static double
slack_of(const KzSide *side, uint32 line)
{
	return KZ_SLACK *
		   (fabs(side->total[line].value) + fabs(kz_exact_value(&side->disclosed[line])));
}

/* Puts a line into the queue, if its total counts and it is not there yet. */
static void
enqueue(KzSuppression *suppression, int which, uint32 line)
{
	KzSide	*side = &suppression->side[which];
	KzQueue *queue = &suppression->queue;

	if (!side->total[line].known || side->contradiction[line] || side->waiting[line])
		return;
	side->waiting[line] = true;
	queue->line[(queue->first + queue->count++) % queue->room] =
		which == 0 ? line : suppression->side[0].count + line;
}

/* Takes the line that has waited longest out of the queue, which must not be empty. */
static uint32
dequeue(KzSuppression *suppression, int *which)
{
	KzQueue *queue = &suppression->queue;
	uint32	 line = queue->line[queue->first], rows = suppression->side[0].count;

	queue->first = (queue->first + 1) % queue->room;
	queue->count--;
	*which = line >= rows;
	line -= *which ? rows : 0;
	suppression->side[*which].waiting[line] = false;
	return line;
}

/* Tightens the bounds of a cell by what its line leaves for it; returns false when that excludes them. */
static bool
tighten_cell(KzSuppression *suppression, int which, KzUnknown *unknown, Room *room, double slack,
			 bool only_check)
{
	KzInterval bound = unknown->bound, left = left_for(room, &bound);

	if (left.high < bound.low - slack || left.low > bound.high + slack)
		return false;
	if (only_check)
		return true;
	unknown->bound.low = fmax(bound.low, fmin(left.low, bound.high));
	unknown->bound.high = fmin(bound.high, fmax(left.high, bound.low));
	if (unknown->bound.low > bound.low + slack || unknown->bound.high < bound.high - slack)
		enqueue(suppression, 1 - which, unknown->line[1 - which]);
	return true;
}

/*
 * Tightens the bounds of a line's cells by its published total, or with only_check looks whether it could; returns
 * false when no values within the bounds add up to the total.
 */
static bool
tighten_line(KzSuppression *suppression, int which, uint32 line, bool only_check)
{
	KzSide *side = &suppression->side[which];
	double	slack = slack_of(side, line);
	bool	possible = true;
	Room	room;

	measure_room(suppression, side, line, &room);
	if (side->start[line] == side->start[line + 1])
		possible = kz_exact_value(&room.above) >= -slack && kz_exact_value(&room.below) <= slack;
	for (uint32 i = side->start[line]; i < side->start[line + 1] && possible; i++)
	{
		CHECK_FOR_INTERRUPTS();
		possible = tighten_cell(suppression, which, &suppression->unknown[side->member[i]], &room,
								slack, only_check);
	}
	kz_exact_finish(&room.above);
	kz_exact_finish(&room.below);
	return possible;
}

/* Begins with the given bounds, and with all lines to be looked at. */
static void
reset_bounds(KzSuppression *suppression)
{
	for (uint32 i = 0; i < suppression->count; i++)
		suppression->unknown[i].bound = suppression->unknown[i].given;
	suppression->queue.count = 0;
	for (int which = 0; which < 2; which++)
	{
		memset(suppression->side[which].waiting, false, suppression->side[which].count);
		for (uint32 line = 0; line < suppression->side[which].count; line++)
			enqueue(suppression, which, line);
	}
}

/* Marks the lines whose totals contradict the given bounds by themselves. */
static void
mark_impossible(KzSuppression *suppression)
{
	while (suppression->queue.count > 0)
	{
		int	   which;
		uint32 line = dequeue(suppression, &which);

		if (!tighten_line(suppression, which, line, true))
			suppression->side[which].contradiction[line] = true;
	}
}

/* Tightens the lines in the queue until it is empty; returns false when one contradicts the others, and marks it. */
static bool
tighten_all(KzSuppression *suppression)
{
	uint64 looks = (uint64) MAX_LOOKS * suppression->queue.count;

	while (suppression->queue.count > 0 && looks-- > 0)
	{
		int	   which;
		uint32 line = dequeue(suppression, &which);

		if (!tighten_line(suppression, which, line, false))
		{
			suppression->side[which].contradiction[line] = true;
			return false;
		}
	}
	return true;
}

/*
 * Tightens all bounds by the published totals until nothing moves.
 *
 * A line whose total contradicts the bounds is marked, its total counts no more, and what was concluded from it is
 * forgotten: first those that do so by themselves, then, one by one, those that do so together with others.
 */
void
kz_suppression_solve(KzSuppression *suppression)
{
	reset_bounds(suppression);
	mark_impossible(suppression);
	do
		reset_bounds(suppression);
	while (!tighten_all(suppression));
}

/* Is a suppressed cell part of a contradiction: by its own bounds, or by a total of its region or industry? */
bool
kz_suppression_contradicts(const KzSuppression *suppression, const KzUnknown *unknown)
{
	return unknown->contradiction || suppression->side[0].contradiction[unknown->line[0]] ||
		   suppression->side[1].contradiction[unknown->line[1]];
}

/* Sums the published totals of each side; false when both sides have them all and the sums differ. */
bool
kz_totals_agree(const KzSuppression *suppression, double sum[2])
{
	double allowed = 0.0;

	for (int which = 0; which < 2; which++)
	{
		const KzSide *side = &suppression->side[which];
		KzExact		  total;

		kz_exact_init(&total, 0.0);
		for (uint32 line = 0; line < side->count; line++)
		{
			if (!side->total[line].known)
				return true;
			kz_exact_add(&total, side->total[line].value);
		}
		sum[which] = kz_exact_value(&total);
		allowed += suppression->tolerance * side->count + KZ_SLACK * fabs(sum[which]);
	}
	return fabs(sum[0] - sum[1]) <= allowed;
}
