/*
 * suppression_test.c
 *		Bounds of suppressed cells and of quotients against all tables that they allow, on random tables.
 */
#include "postgres.h"

#include "measure/quotient.h"
#include "measure/suppression.h"

#include <math.h>

#include "unit.h"

#define ROUNDS 10000
#define LINES  12 /* rows and columns at most */
#define CELLS  (LINES * LINES)

/* A true table, what is published of it, and what is known of the rest. */
typedef struct Table
{
	uint32		  rows;
	uint32		  cols;
	double		  truth[CELLS];
	bool		  hidden[CELLS];
	double		  low[CELLS]; /* given bounds of the hidden cells */
	double		  high[CELLS];
	KzMaybe		  total[2][LINES];
	uint32		  row_start[LINES + 1];
	uint32		  col[CELLS];
	double		  value[CELLS];
	uint8		  suppressed[(CELLS + 7) / 8];
	KzView		  view;
	KzUnknown	 *unknown_of[CELLS];
	KzSuppression s;
} Table;

/* Returns a random number below n. */
static uint32
below(uint64_t *seed, uint32 n)
{
	return (uint32) (unit_random(seed) % n);
}

/* Returns the sum of a line of any table. */
static double
line_sum(const Table *t, const double *value, int which, uint32 line)
{
	double sum = 0.0;

	for (uint32 i = 0; i < (which == 0 ? t->cols : t->rows); i++)
		sum += which == 0 ? value[line * t->cols + i] : value[i * t->cols + line];
	return sum;
}

/* Makes a table of whole numbers below limit, hides up to most cells of it and publishes totals: bit 0 of regions, bit 1 of industries, bit 2 of some only. */
static void
make_table(Table *t, uint64_t *seed, uint32 lines, uint32 limit, uint32 most, int totals)
{
	uint32 hidden = 0;

	t->rows = 1 + below(seed, lines);
	t->cols = 1 + below(seed, lines);
	for (uint32 i = 0; i < t->rows * t->cols; i++)
	{
		t->truth[i] = below(seed, limit);
		t->hidden[i] = hidden < most && below(seed, 2) == 0;
		hidden += t->hidden[i];
		t->low[i] = below(seed, (uint32) t->truth[i] + 1);
		t->high[i] = t->truth[i] + below(seed, limit);
	}
	for (int which = 0; which < 2; which++)
		for (uint32 line = 0; line < (which == 0 ? t->rows : t->cols); line++)
			t->total[which][line] =
				(KzMaybe){line_sum(t, t->truth, which, line),
						  (totals >> which & 1) && (!(totals & 4) || below(seed, 2) == 0)};
}

/* Solves a table: every cell is present. Without bounds only zero and no upper end are given. */
static void
solve(Table *t, bool bounds)
{
	uint32 cells = t->rows * t->cols;

	memset(t->suppressed, 0, sizeof t->suppressed);
	for (uint32 i = 0; i < cells; i++)
	{
		t->col[i] = i % t->cols;
		t->value[i] = t->hidden[i] ? 0.0 : t->truth[i];
		t->suppressed[i >> 3] |= (uint8) (t->hidden[i] << (i & 7));
		t->unknown_of[i] = NULL;
	}
	for (uint32 row = 0; row <= t->rows; row++)
		t->row_start[row] = row * t->cols;
	t->view = (KzView){.rows.count = t->rows,
					   .cols.count = t->cols,
					   .cells = cells,
					   .row_start = t->row_start,
					   .col = t->col,
					   .value = t->value,
					   .suppressed = t->suppressed};
	kz_suppression_init(&t->s, &t->view, t->total[0], t->total[1], 0.0);
	for (uint32 i = 0; i < t->s.count; i++)
	{
		KzUnknown *unknown = &t->s.unknown[i];

		t->unknown_of[unknown->cell] = unknown;
		if (bounds)
			kz_suppression_give(unknown, (KzMaybe){t->low[unknown->cell], true},
								(KzMaybe){t->high[unknown->cell], true});
	}
	kz_suppression_solve(&t->s);
}

/* Frees what solve allocated by palloc0 and the like; arenas of the server are not there to do it. */
static void
release(Table *t)
{
	for (int which = 0; which < 2; which++)
	{
		free(t->s.side[which].disclosed);
		free(t->s.side[which].start);
		free(t->s.side[which].member);
		free(t->s.side[which].contradiction);
		free(t->s.side[which].waiting);
	}
	free(t->s.unknown);
	free(t->s.queue.line);
}

/* Frees a basis. */
static void
release_basis(KzQuotientBasis *basis)
{
	for (int which = 0; which < 2; which++)
	{
		free(basis->side[which].sum);
		free(basis->side[which].total);
		free(basis->side[which].fixed);
	}
	free(basis->bound);
	free(basis->cross);
}

/* Returns the quotient of a cell of a full table; false when it is undefined. */
static bool
quotient(const Table *t, const double *value, uint32 cell, double *lq)
{
	double whole = 0.0;

	for (uint32 row = 0; row < t->rows; row++)
		whole += line_sum(t, value, 0, row);
	return kz_quotient_of_shares(value[cell], line_sum(t, value, 1, cell % t->cols),
								 line_sum(t, value, 0, cell / t->cols), whole, lq) == KZ_OK;
}

/* The smallest and the largest of each value and quotient over all tables of whole numbers that fit. */
typedef struct Extremes
{
	KzInterval value[CELLS];
	KzInterval lq[CELLS];
} Extremes;

/* Takes in one table that fits. */
static void
take(const Table *t, const double *value, Extremes *e)
{
	double lq;

	for (uint32 i = 0; i < t->rows * t->cols; i++)
	{
		e->value[i].low = fmin(e->value[i].low, value[i]);
		e->value[i].high = fmax(e->value[i].high, value[i]);
		if (!quotient(t, value, i, &lq))
			continue;
		e->lq[i].low = fmin(e->lq[i].low, lq);
		e->lq[i].high = fmax(e->lq[i].high, lq);
	}
}

/* Goes through all tables of whole numbers within the bounds and with the published totals, from a cell on. */
static void
enumerate(const Table *t, double *value, uint32 from, Extremes *e)
{
	while (from < t->rows * t->cols && !t->hidden[from])
		from++;
	if (from == t->rows * t->cols)
	{
		for (int which = 0; which < 2; which++)
			for (uint32 line = 0; line < (which == 0 ? t->rows : t->cols); line++)
				if (t->total[which][line].known &&
					line_sum(t, value, which, line) != t->total[which][line].value)
					return;
		take(t, value, e);
		return;
	}
	for (double v = t->low[from]; v <= t->high[from]; v++)
	{
		value[from] = v;
		enumerate(t, value, from + 1, e);
	}
}

/* Is a number within an interval, up to rounding? */
static bool
within(double value, KzInterval interval)
{
	return value >= interval.low - 1e-12 * (1.0 + fabs(value)) &&
		   value <= interval.high + 1e-12 * (1.0 + fabs(value));
}

/* Are two numbers the same up to rounding, or both infinite? */
static bool
close_to(double a, double b)
{
	return a == b || fabs(a - b) <= 1e-11 * (fabs(a) + fabs(b));
}

/*
 * Small tables against all tables that fit. The vertices of such systems are whole numbers, so the extremes over these
 * are those over all real numbers; quotients have theirs there too with the totals of one side, where lq is monotone.
 */
static void
check_small(uint64_t *seed)
{
	static Table	t;
	static Extremes e;
	double			value[CELLS];

	for (int round = 0; round < ROUNDS; round++)
	{
		int				totals = (int) below(seed, 8);
		KzQuotientBasis basis;

		make_table(&t, seed, 3, 4, 5, totals);
		solve(&t, true);
		kz_quotient_basis_init(&basis, &t.s);
		for (uint32 i = 0; i < CELLS; i++)
			e.value[i] = e.lq[i] = (KzInterval){INFINITY, -INFINITY};
		memcpy(value, t.truth, sizeof value);
		enumerate(&t, value, 0, &e);
		for (uint32 i = 0; i < t.rows * t.cols; i++)
		{
			const KzUnknown *unknown = t.unknown_of[i];
			KzQuotientBounds q;
			bool			 one_side = totals == 1 || totals == 2;

			if (unknown != NULL)
			{
				CHECK(!kz_suppression_contradicts(&t.s, unknown));
				CHECK(unknown->bound.low <= e.value[i].low &&
					  unknown->bound.high >= e.value[i].high);
				CHECK((totals & 3) == 3 || (unknown->bound.low == e.value[i].low &&
											unknown->bound.high == e.value[i].high));
			}
			kz_quotient_bounds_of_cell(&basis, i / t.cols, i % t.cols, i, unknown, &q);
			CHECK(q.status != KZ_NEGATIVE && q.status != KZ_CONTRADICTION);
			CHECK(q.bounded == (q.status != KZ_NO_BASE));
			if (e.lq[i].low > e.lq[i].high) /* nowhere defined */
				continue;
			CHECK(q.bounded);
			CHECK(within(e.lq[i].low, q.lq) && within(e.lq[i].high, q.lq));
			CHECK(!q.known ||
				  (close_to(q.lq.low, e.lq[i].low) && close_to(q.lq.high, e.lq[i].high)));
			if (one_side && basis.side[0].sum[i / t.cols].low.high > 0.0 &&
				basis.side[1].sum[i % t.cols].low.high > 0.0)
				CHECK(close_to(q.lq.low, e.lq[i].low) && close_to(q.lq.high, e.lq[i].high));
		}
		release_basis(&basis);
		release(&t);
	}
}

/* Larger tables: the truth lies within the bounds whatever is hidden and published; a consistent table contradicts nothing. */
static void
check_large(uint64_t *seed)
{
	static Table t;

	for (int round = 0; round < ROUNDS; round++)
	{
		bool			given = below(seed, 2) == 0;
		KzQuotientBasis basis;

		make_table(&t, seed, LINES, 1000, CELLS, (int) below(seed, 8));
		for (uint32 i = 0; i < t.rows * t.cols; i++)
			if (below(seed, 4) == 0)
				t.truth[i] = t.low[i] = 0.0;
		for (int which = 0; which < 2; which++)
			for (uint32 line = 0; line < (which == 0 ? t.rows : t.cols); line++)
				t.total[which][line].value = line_sum(&t, t.truth, which, line);
		solve(&t, given);
		kz_quotient_basis_init(&basis, &t.s);
		for (uint32 i = 0; i < t.rows * t.cols; i++)
		{
			const KzUnknown *unknown = t.unknown_of[i];
			KzQuotientBounds q;
			double			 lq;

			if (unknown != NULL)
			{
				CHECK(!kz_suppression_contradicts(&t.s, unknown));
				CHECK(t.truth[i] >= unknown->bound.low && t.truth[i] <= unknown->bound.high);
				CHECK(unknown->bound.low >= unknown->given.low &&
					  unknown->bound.high <= unknown->given.high);
			}
			kz_quotient_bounds_of_cell(&basis, i / t.cols, i % t.cols, i, unknown, &q);
			CHECK(!q.bounded || (isfinite(q.lq.low) && q.lq.low >= 0.0 && q.lq.low <= q.lq.high));
			if (!quotient(&t, t.truth, i, &lq))
				continue;
			CHECK(q.bounded && within(lq, q.lq));
			CHECK(!q.known || close_to(lq, q.lq.low));
		}
		release_basis(&basis);
		release(&t);
	}
}

/* The quotient over a box is sharp: no corner and no point between is outside, and one comes close to each end. */
static void
check_box(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		KzInterval box[4], lq;
		double	   least = INFINITY, most = 0.0;

		for (int i = 0; i < 4; i++)
		{
			box[i].low = 1 + below(seed, 20);
			box[i].high = box[i].low + below(seed, 30);
		}
		lq = kz_quotient_over_box(box[0], box[1], box[2], box[3]);
		for (int corner = 0; corner < 8; corner++)
			for (int step = 0; step <= 200; step++)
			{
				double x = box[0].low + (box[0].high - box[0].low) * step / 200.0,
					   a = corner & 1 ? box[1].low : box[1].high,
					   b = corner & 2 ? box[2].low : box[2].high,
					   c = corner & 4 ? box[3].low : box[3].high,
					   point = x * (x + a + b + c) / ((x + a) * (x + b));

				least = fmin(least, point);
				most = fmax(most, point);
			}
		CHECK(least >= lq.low * (1 - 1e-14) && most <= lq.high * (1 + 1e-14));
		CHECK(least <= lq.low * (1 + 1e-14) && most >= lq.high * (1 - 1e-3));
	}
}

/* All figures times a power of two: all bounds too; rows for columns: the same bounds. */
static void
check_invariance(uint64_t *seed)
{
	static Table t, u;

	for (int round = 0; round < ROUNDS; round++)
	{
		make_table(&t, seed, 6, 100, CELLS, (int) below(seed, 8));
		u = t;
		for (uint32 i = 0; i < t.rows * t.cols; i++)
		{
			u.truth[i] *= 1024;
			u.low[i] *= 1024;
			u.high[i] *= 1024;
		}
		for (int which = 0; which < 2; which++)
			for (uint32 line = 0; line < LINES; line++)
				u.total[which][line].value *= 1024;
		solve(&t, true);
		solve(&u, true);
		for (uint32 i = 0; i < t.s.count; i++)
			CHECK(u.s.unknown[i].bound.low == 1024 * t.s.unknown[i].bound.low &&
				  u.s.unknown[i].bound.high == 1024 * t.s.unknown[i].bound.high);
		release(&u);

		u.rows = t.cols;
		u.cols = t.rows;
		for (uint32 i = 0; i < t.rows * t.cols; i++)
		{
			uint32 j = i % t.cols * t.rows + i / t.cols;

			u.truth[j] = t.truth[i];
			u.hidden[j] = t.hidden[i];
			u.low[j] = t.low[i];
			u.high[j] = t.high[i];
		}
		memcpy(u.total[0], t.total[1], sizeof u.total[0]);
		memcpy(u.total[1], t.total[0], sizeof u.total[1]);
		solve(&u, true);
		for (uint32 i = 0; i < t.rows * t.cols; i++)
		{
			uint32 j = i % t.cols * t.rows + i / t.cols;

			CHECK(t.unknown_of[i] == NULL ||
				  (close_to(t.unknown_of[i]->bound.low, u.unknown_of[j]->bound.low) &&
				   close_to(t.unknown_of[i]->bound.high, u.unknown_of[j]->bound.high)));
		}
		release(&u);
		release(&t);
	}
}

/* A total that no values within the bounds add up to marks its line, and leaves the bounds of the others right. */
static void
check_contradictions(uint64_t *seed)
{
	static Table t;

	for (int round = 0; round < ROUNDS; round++)
	{
		uint32 row;
		double most = 0.0;

		make_table(&t, seed, 6, 100, CELLS, 3);
		row = below(seed, t.rows);
		for (uint32 i = row * t.cols; i < (row + 1) * t.cols; i++)
			most += t.hidden[i] ? t.high[i] : t.truth[i];
		t.total[0][row].value = most + 1 + below(seed, 100);
		solve(&t, true);
		CHECK(t.s.side[0].contradiction[row]);
		for (uint32 i = 0; i < t.rows * t.cols; i++)
			if (t.unknown_of[i] != NULL)
			{
				CHECK(kz_suppression_contradicts(&t.s, t.unknown_of[i]) == (i / t.cols == row));
				CHECK(t.truth[i] >= t.unknown_of[i]->bound.low &&
					  t.truth[i] <= t.unknown_of[i]->bound.high);
			}
		release(&t);
	}
}

int
main(void)
{
	uint64_t seed = 1;

	check_small(&seed);
	check_large(&seed);
	check_box(&seed);
	check_invariance(&seed);
	check_contradictions(&seed);
	return unit_done();
}
