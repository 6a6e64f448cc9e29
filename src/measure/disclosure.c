/*
 * disclosure.c
 *		The finest disclosed figures along a hierarchy, and cells that hide others.
 */
#include "postgres.h"

#include <math.h>

#include "base/alloc.h"
#include "matrix/walk.h"
#include "measure/disclosure.h"
#include "measure/suppression.h"
#include "miscadmin.h"

/* Orders the codes of a hierarchy; returns a code that is its own ancestor, or KZ_NO_NODE. */
uint32_t
kz_hierarchy_order(KzHierarchy *hierarchy)
{
	uint32	nodes = hierarchy->nodes, left = nodes;
	uint32 *children = kz_alloc_zero(nodes, sizeof(uint32));

	hierarchy->order = kz_alloc_zero(nodes, sizeof(uint32));
	for (uint32 node = 0; node < nodes; node++)
		if (hierarchy->parent[node] != KZ_NO_NODE)
			children[hierarchy->parent[node]]++;

	/* from the back: codes whose children all stand behind them */
	for (uint32 node = 0; node < nodes; node++)
		if (children[node] == 0)
			hierarchy->order[--left] = node;
	for (uint32 ready = nodes; ready > left; ready--)
	{
		uint32 parent = hierarchy->parent[hierarchy->order[ready - 1]];

		CHECK_FOR_INTERRUPTS();
		if (parent != KZ_NO_NODE && --children[parent] == 0)
			hierarchy->order[--left] = parent;
	}
	for (uint32 node = 0; left > 0 && node < nodes; node++)
		if (children[node] > 0)
			return node;
	return KZ_NO_NODE;
}

/* Allocates what the figures of one region need. */
void
kz_roll_up_init(KzRollUp *roll_up, uint32_t nodes)
{
	roll_up->present = kz_alloc_zero(nodes, sizeof(bool));
	roll_up->disclosed = kz_alloc_zero(nodes, sizeof(bool));
	roll_up->value = kz_alloc_zero(nodes, sizeof(double));
	roll_up->nearest = kz_alloc_zero(nodes, sizeof(uint32));
	roll_up->level = kz_alloc_zero(nodes, sizeof(uint32));
	roll_up->part = kz_alloc_zero(nodes, sizeof(bool));
	roll_up->remainder = kz_alloc_zero(nodes, sizeof(double));
	roll_up->children = kz_alloc_zero(nodes, sizeof(uint32));
	roll_up->complete = kz_alloc_zero(nodes, sizeof(uint32));
	roll_up->sum = kz_alloc_zero(nodes, sizeof(double));
}

/* Returns what of a disclosed figure is in no finer one; what is less than rounding is nothing. */
static double
remainder_of(const KzRollUp *r, uint32 node)
{
	double rest = r->value[node] - r->sum[node];

	return fabs(rest) <= KZ_SLACK * fabs(r->value[node]) ? 0.0 : rest;
}

/* Do the children of a code cover it: all of them, and, where it is disclosed, do they add up to it? */
static bool
covered_by_children(const KzRollUp *r, uint32 node, double tolerance)
{
	if (r->children[node] == 0 || r->complete[node] < r->children[node])
		return false;
	return !r->disclosed[node] || fabs(r->remainder[node]) <= tolerance;
}

/* Goes from the children to their parents: what is disclosed below each code, and does it cover the code? */
static void
roll_upwards(const KzHierarchy *hierarchy, double tolerance, KzRollUp *r)
{
	for (uint32 i = hierarchy->nodes; i-- > 0;)
	{
		uint32 node = hierarchy->order[i], parent = hierarchy->parent[node];
		bool   covered;

		CHECK_FOR_INTERRUPTS();
		r->remainder[node] = remainder_of(r, node);
		covered = covered_by_children(r, node, tolerance);
		r->part[node] = r->disclosed[node] && !covered;
		if (parent == KZ_NO_NODE || (!r->present[node] && r->children[node] == 0))
			continue;
		r->children[parent]++;
		r->complete[parent] += covered || r->disclosed[node];
		r->sum[parent] += r->disclosed[node] ? r->value[node] : r->sum[node];
	}
}

/*
 * Finds for each code of one region the nearest disclosed figure, and two ways to add figures up without counting any
 * twice: remainders, and parts. The remainder of a disclosed figure is the figure less what is disclosed below it: at
 * each step down the nearest disclosed figures. Parts are the children of a code where they cover it, else the
 * code itself where it is disclosed, else the parts below it.
 */
void
kz_roll_up(const KzHierarchy *hierarchy, double tolerance, KzRollUp *r)
{
	uint32 nodes = hierarchy->nodes;

	memset(r->children, 0, nodes * sizeof(uint32));
	memset(r->complete, 0, nodes * sizeof(uint32));
	memset(r->sum, 0, nodes * sizeof(double));
	roll_upwards(hierarchy, tolerance, r);
	for (uint32 i = 0; i < nodes; i++)
	{
		uint32 node = hierarchy->order[i], parent = hierarchy->parent[node];
		bool   top = parent == KZ_NO_NODE;

		CHECK_FOR_INTERRUPTS();
		r->nearest[node] = r->disclosed[node] ? node : top ? KZ_NO_NODE : r->nearest[parent];
		r->level[node] = r->disclosed[node] || top ? 0 : r->level[parent] + 1;
		/* what lies below a part is covered by it: complete now says so */
		r->complete[node] = r->part[node] || (!top && r->complete[parent]);
		r->part[node] = r->part[node] && (top || !r->complete[parent]);
	}
}

/* Makes a view of a matrix in which the masked cells, in order of row and column, are suppressed and nothing else is. */
void
kz_hide(const KzView *view, const KzMasked *masked, uint32_t count, KzView *hidden)
{
	size_t	room = (size_t) view->cells + count;
	uint32 *row_start = kz_alloc_zero((size_t) view->rows.count + 1, sizeof(uint32)),
		   *col = kz_alloc_zero(room, sizeof(uint32)), cells = 0, next = 0;
	double *value = kz_alloc_zero(room, sizeof(double));
	uint8  *suppressed = kz_alloc_zero(room / 8 + 1, 1);

	for (uint32 row = 0; row < view->rows.count; row++)
	{
		uint32 i = view->row_start[row], end = view->row_start[row + 1];

		while (i < end || (next < count && masked[next].row == row))
		{
			bool mine = next < count && masked[next].row == row &&
						(i == end || masked[next].col <= view->col[i]);

			CHECK_FOR_INTERRUPTS();
			col[cells] = mine ? masked[next].col : view->col[i];
			value[cells] = mine ? 0.0 : view->value[i];
			if (mine)
				suppressed[cells >> 3] |= (uint8) (1 << (cells & 7));
			i += !mine || masked[next].cell != KZ_ABSENT;
			next += mine;
			cells++;
		}
		row_start[row + 1] = cells;
	}
	*hidden = *view;
	hidden->cells = cells;
	hidden->row_start = row_start;
	hidden->col = col;
	hidden->value = value;
	hidden->suppressed = suppressed;
}

/* Prepares the search for cells that hide others. */
void
kz_cover_init(KzCover *cover, const KzView *view, const KzMasked *masked, uint32_t count)
{
	uint32 lines = view->rows.count + view->cols.count;

	cover->view = view;
	cover->hidden = kz_alloc_zero(view->cells, sizeof(bool));
	cover->secondary = kz_alloc_zero(view->cells, sizeof(bool));
	kz_columns(view, &cover->columns);
	cover->cost = kz_alloc_zero(lines, sizeof(double));
	cover->via = kz_alloc_zero(lines, sizeof(uint32));
	cover->done = kz_alloc_zero(lines, sizeof(bool));
	for (uint32 i = 0; i < count; i++)
		if (masked[i].cell != KZ_ABSENT)
			cover->hidden[masked[i].cell] = true;
}

/* Goes from a line over a cell to the line that crosses it there, if that is the cheapest way so far. */
static void
relax(KzCover *cover, uint32 from, uint32 to, uint32 cell)
{
	double value = cover->view->value[cell],
		   cost = cover->cost[from] + (cover->hidden[cell] ? 0.0 : value);

	if (value <= 0.0 || kz_is_suppressed(cover->view, cell) || cover->done[to] ||
		cost >= cover->cost[to])
		return;
	cover->cost[to] = cost;
	cover->via[to] = cell;
}

/* Returns the cheapest line that is not done, or KZ_NO_NODE when no other can be reached. */
static uint32
cheapest(const KzCover *cover, uint32 lines)
{
	uint32 best = KZ_NO_NODE;

	for (uint32 line = 0; line < lines; line++)
		if (!cover->done[line] && !isinf(cover->cost[line]) &&
			(best == KZ_NO_NODE || cover->cost[line] < cover->cost[best]))
			best = line;
	return best;
}

/* Visits all lines that cross a line in a cell other than the one to hide. */
static void
visit(KzCover *cover, uint32 line, uint32 except)
{
	const KzView *view = cover->view;
	uint32		  rows = view->rows.count;

	cover->done[line] = true;
	if (line < rows)
		for (uint32 i = view->row_start[line]; i < view->row_start[line + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (i != except)
				relax(cover, line, rows + view->col[i], i);
		}
	else
		for (uint32 i = cover->columns.start[line - rows];
			 i < cover->columns.start[line - rows + 1]; i++)
		{
			CHECK_FOR_INTERRUPTS();
			if (cover->columns.cell[i] != except)
				relax(cover, line, cover->columns.row[i], cover->columns.cell[i]);
		}
}

/* Returns the row of a cell. */
static uint32
row_of(const KzView *view, uint32 cell)
{
	uint32 low = 0, high = view->rows.count;

	while (high - low > 1)
	{
		uint32 middle = low + (high - low) / 2;

		*(view->row_start[middle] <= cell ? &low : &high) = middle;
	}
	return low;
}

/*
 * Masks further cells so that a masked one cannot be computed from the totals: the cheapest path of positive cells from
 * its row to its column (Dijkstra 1959), where a cell costs its value and a masked one nothing. Amounts can then be
 * moved around the cycle that it closes. Returns false when there is none.
 */
bool
kz_cover_cell(KzCover *cover, const KzMasked *masked)
{
	const KzView *view = cover->view;
	uint32		  rows = view->rows.count, lines = rows + view->cols.count;
	uint32		  target = rows + masked->col, line;

	memset(cover->done, 0, lines * sizeof(bool));
	for (uint32 i = 0; i < lines; i++)
		cover->cost[i] = INFINITY;
	cover->cost[masked->row] = 0.0;
	for (line = masked->row; line != target; line = cheapest(cover, lines))
	{
		if (line == KZ_NO_NODE)
			return false;
		visit(cover, line, masked->cell);
	}
	while (line != masked->row)
	{
		uint32 cell = cover->via[line];

		cover->secondary[cell] |= !cover->hidden[cell];
		cover->hidden[cell] = true;
		line = line < rows ? rows + view->col[cell] : row_of(view, cell);
	}
	return true;
}
