/*
 * disclosure_test.c
 *		What masked cells give away, against all tables that look the same; figures along random hierarchies.
 */
#include "postgres.h"

#include "measure/disclosure.h"
#include "measure/suppression.h"
#include "spatial/graph.h"

#include <math.h>

#include "unit.h"

#define ROUNDS 10000
#define SIDE   3
#define CELLS  (SIDE * SIDE)
#define CODES  14

/* A full table of whole numbers and what is masked of it. */
typedef struct Table
{
	double	 value[CELLS];
	uint32	 row_start[SIDE + 1];
	uint32	 col[CELLS];
	KzView	 view;
	KzMasked masked[CELLS];
	uint32	 count;
} Table;

/* Sets up the view of a table, and masks the cells of a set of bits. */
static void
set_table(Table *t, uint32 set)
{
	t->count = 0;
	for (uint32 i = 0; i < CELLS; i++)
	{
		t->col[i] = i % SIDE;
		t->row_start[i / SIDE] = i / SIDE * SIDE;
		if (set >> i & 1)
			t->masked[t->count++] = (KzMasked){i / SIDE, i % SIDE, i, t->value[i]};
	}
	t->row_start[SIDE] = CELLS;
	t->view = (KzView){.rows.count = SIDE,
					   .cols.count = SIDE,
					   .cells = CELLS,
					   .row_start = t->row_start,
					   .col = t->col,
					   .value = t->value};
}

/* Finds which masked cells can be computed, by the graph. */
static void
derivable_by_graph(const Table *t, bool *derivable)
{
	uint32		  from[CELLS], to[CELLS];
	bool		  one_way[CELLS];
	KzGraphResult result;

	for (uint32 i = 0; i < t->count; i++)
	{
		from[i] = t->masked[i].row;
		to[i] = SIDE + t->masked[i].col;
		one_way[i] = t->masked[i].value == 0.0;
	}
	kz_edges_on_cycles(2 * SIDE, from, to, one_way, t->count, derivable, &result);
	CHECK(result.status == KZ_GRAPH_OK);
	for (uint32 i = 0; i < t->count; i++)
		derivable[i] = !derivable[i];
}

/* Goes through all tables of whole numbers that differ from the true one in masked cells only and have its totals. */
static void
enumerate(const Table *t, uint32 next, double *left, KzInterval *range, double *value)
{
	if (next == t->count)
	{
		for (int i = 0; i < 2 * SIDE; i++)
			if (left[i] != 0.0)
				return;
		for (uint32 i = 0; i < t->count; i++)
		{
			range[i].low = fmin(range[i].low, value[i]);
			range[i].high = fmax(range[i].high, value[i]);
		}
		return;
	}
	for (double v = 0.0; v <= left[t->masked[next].row] && v <= left[SIDE + t->masked[next].col];
		 v++)
	{
		left[t->masked[next].row] -= v;
		left[SIDE + t->masked[next].col] -= v;
		value[next] = v;
		enumerate(t, next + 1, left, range, value);
		left[t->masked[next].row] += v;
		left[SIDE + t->masked[next].col] += v;
	}
}

/* Finds the true range of each masked cell; its ends are whole numbers, so those of all real tables too. */
static void
true_ranges(const Table *t, KzInterval *range)
{
	double left[2 * SIDE] = {0.0}, value[CELLS];

	for (uint32 i = 0; i < t->count; i++)
	{
		left[t->masked[i].row] += t->masked[i].value;
		left[SIDE + t->masked[i].col] += t->masked[i].value;
		range[i] = (KzInterval){INFINITY, -INFINITY};
	}
	enumerate(t, 0, left, range, value);
}

/* Publishes the true totals of a table. */
static void
publish(const Table *t, KzMaybe *row_total, KzMaybe *col_total)
{
	for (int i = 0; i < SIDE; i++)
		row_total[i] = col_total[i] = (KzMaybe){0.0, true};
	for (uint32 i = 0; i < CELLS; i++)
	{
		row_total[i / SIDE].value += t->value[i];
		col_total[i % SIDE].value += t->value[i];
	}
}

/* A cell can be computed if and only if all tables that look the same agree on it; the bounds contain what they say. */
static void
check_derivable(uint64_t *seed)
{
	long same = 0, all = 0;

	for (int round = 0; round < ROUNDS; round++)
	{
		Table		  t;
		bool		  derivable[CELLS];
		KzInterval	  range[CELLS];
		KzMaybe		  row_total[SIDE], col_total[SIDE];
		KzView		  hidden;
		KzSuppression s;

		for (int i = 0; i < CELLS; i++)
			t.value[i] = (double) (unit_random(seed) % 3);
		set_table(&t, (uint32) (unit_random(seed) % (1 << CELLS)));
		derivable_by_graph(&t, derivable);
		true_ranges(&t, range);
		publish(&t, row_total, col_total);
		kz_hide(&t.view, t.masked, t.count, &hidden);
		kz_suppression_init(&s, &hidden, row_total, col_total, 0.0);
		kz_suppression_solve(&s);
		CHECK(s.count == t.count && hidden.cells == CELLS);
		for (uint32 i = 0; i < t.count; i++)
		{
			KzInterval bound = s.unknown[i].bound;

			CHECK(derivable[i] == (range[i].low == range[i].high));
			CHECK(bound.low <= range[i].low && bound.high >= range[i].high);
			CHECK(bound.low < bound.high || derivable[i]);
			same += bound.low == range[i].low && bound.high == range[i].high;
			all++;
		}
	}
	/* the bounds are nearly always those of the linear program */
	CHECK(same > 0.9 * (double) all);
}

/* A single cell is hidden at the least cost of all sets of further cells. */
static void
check_cheapest(uint64_t *seed)
{
	for (int round = 0; round < 200; round++)
	{
		Table	t;
		KzCover cover;
		bool	derivable[CELLS], found;
		double	least = INFINITY, cost = 0.0;
		uint32	first = (uint32) (unit_random(seed) % CELLS);

		for (int i = 0; i < CELLS; i++)
			t.value[i] = (double) (unit_random(seed) % 7);
		for (uint32 set = 0; set < 1 << CELLS; set++)
		{
			double sum = 0.0;
			uint32 place = 0;
			bool   positive = true;

			if (!(set >> first & 1))
				continue;
			set_table(&t, set);
			for (uint32 i = 0; i < t.count; i++)
			{
				if (t.masked[i].cell == first)
					place = i;
				else
					positive &= t.masked[i].value > 0.0;
				sum += t.masked[i].cell == first ? 0.0 : t.masked[i].value;
			}
			if (!positive || sum >= least)
				continue;
			derivable_by_graph(&t, derivable);
			if (!derivable[place])
				least = sum;
		}
		set_table(&t, 1U << first);
		kz_cover_init(&cover, &t.view, t.masked, t.count);
		found = kz_cover_cell(&cover, &t.masked[0]);
		for (int i = 0; i < CELLS; i++)
			cost += cover.secondary[i] ? t.value[i] : 0.0;
		CHECK(found == isfinite(least));
		CHECK(!found || cost == least);
	}
}

/* Whatever is masked, what is masked further hides it all. */
static void
check_cover(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Table	 t;
		KzCover	 cover;
		bool	 derivable[CELLS], all = true;
		uint64_t bits = unit_random(seed);
		uint32	 set = (uint32) (bits & bits >> 20) % (1 << CELLS), more = 0;

		for (int i = 0; i < CELLS; i++)
			t.value[i] = (double) (unit_random(seed) % 5);
		set_table(&t, set);
		derivable_by_graph(&t, derivable);
		kz_cover_init(&cover, &t.view, t.masked, t.count);
		for (uint32 i = 0; i < t.count; i++)
			all &= !derivable[i] || kz_cover_cell(&cover, &t.masked[i]);
		for (int i = 0; i < CELLS; i++)
		{
			CHECK(!(cover.secondary[i] && (set >> i & 1)) &&
				  !(cover.secondary[i] && t.value[i] <= 0));
			more |= (uint32) cover.secondary[i] << i;
		}
		if (!all)
			continue;
		set_table(&t, set | more);
		derivable_by_graph(&t, derivable);
		for (uint32 i = 0; i < t.count; i++)
			CHECK(!derivable[i]);
	}
}

/* Is a code another one, or below it? */
static bool
below(const KzHierarchy *h, uint32 code, uint32 other)
{
	while (code != other && code != KZ_NO_NODE)
		code = h->parent[code];
	return code == other;
}

/* Random trees with true figures: parts do not overlap, are disclosed, and add up to whatever they cover. */
static void
check_roll_up(uint64_t *seed)
{
	KzRollUp r;

	kz_roll_up_init(&r, CODES);
	for (int round = 0; round < ROUNDS; round++)
	{
		uint32		parent[CODES];
		double		truth[CODES] = {0.0};
		bool		leaf[CODES];
		KzHierarchy h = {.nodes = 1 + (uint32) (unit_random(seed) % CODES), .parent = parent};

		for (uint32 i = 0; i < h.nodes; i++)
		{
			parent[i] = i == 0 || unit_random(seed) % 8 == 0 ? KZ_NO_NODE
															 : (uint32) (unit_random(seed) % i);
			leaf[i] = true;
			if (parent[i] != KZ_NO_NODE)
				leaf[parent[i]] = false;
		}
		CHECK(kz_hierarchy_order(&h) == KZ_NO_NODE);
		for (uint32 i = 0; i < h.nodes; i++)
			for (uint32 up = i; leaf[i] && up != KZ_NO_NODE; up = parent[up])
				truth[up] += i + 1.0;
		for (uint32 i = 0; i < h.nodes; i++)
		{
			r.present[i] = leaf[i] || unit_random(seed) % 6 > 0;
			r.disclosed[i] = r.present[i] && unit_random(seed) % 2;
			r.value[i] = r.disclosed[i] ? truth[i] : 0.0;
		}
		kz_roll_up(&h, 0.0, &r);
		for (uint32 i = 0; i < h.nodes; i++)
		{
			bool   above = false, covered = true;
			double sum = 0.0, rest;
			uint32 up = i, level = 0;

			while (up != KZ_NO_NODE && !r.disclosed[up])
				up = parent[up], level++;
			CHECK(r.nearest[i] == up && (up == KZ_NO_NODE || r.level[i] == level));
			CHECK(!r.part[i] || r.disclosed[i]);
			for (uint32 j = 0; j < h.nodes; j++)
			{
				if (r.part[j] && j != i && below(&h, i, j))
					above = true;
				if (r.part[j] && below(&h, j, i))
					sum += r.value[j];
			}
			CHECK(!(r.part[i] && above));
			rest = 0.0;
			for (uint32 j = 0; j < h.nodes; j++)
				rest += r.disclosed[j] && below(&h, j, i) ? r.remainder[j] : 0.0;
			CHECK(!r.disclosed[i] || (r.remainder[i] >= 0.0 && rest == truth[i]));
			CHECK(!r.disclosed[i] || above || sum == truth[i]);
			/* no part could be finer: some leaf below it is covered by nothing finer */
			for (uint32 j = 0; j < h.nodes; j++)
				if (leaf[j] && j != i && below(&h, j, i))
				{
					uint32 at = j;

					while (at != i && !r.disclosed[at])
						at = parent[at];
					covered &= at != i;
				}
			CHECK(!(r.part[i] && !leaf[i] && covered));
		}
		free(h.order);
	}
}

/* A circle is found. */
static void
check_circle(void)
{
	uint32		parent[4] = {1, 2, 0, KZ_NO_NODE};
	KzHierarchy h = {.nodes = 4, .parent = parent};

	CHECK(kz_hierarchy_order(&h) < 3);
}

int
main(void)
{
	uint64_t seed = 1;

	check_derivable(&seed);
	check_cheapest(&seed);
	check_cover(&seed);
	check_roll_up(&seed);
	check_circle();
	return unit_done();
}
