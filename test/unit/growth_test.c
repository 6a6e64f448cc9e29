/*
 * growth_test.c
 *		Growth, shift-share, convergence and trend on random matrices: what must add up does so to the last bit, and
 *		everything is close to its closed form in a wider type.
 */
#include "kz.h"

#include "measure/convergence.h"
#include "measure/growth.h"
#include "measure/neighbour.h"
#include "measure/shift_share.h"
#include "measure/trend.h"

#include <float.h>
#include <math.h>

#include "unit.h"

#define MATRICES	 10000
#define MAX_PERIODS	 4
#define MAX_ROWS	 6
#define MAX_COLS	 5
#define LABEL_LENGTH 2

/* A matrix as plain arrays; label i is the two letters that its number spells. */
typedef struct Table
{
	KzView	 view;
	uint32_t row_label[MAX_ROWS + 1];
	uint32_t col_label[MAX_COLS + 1];
	char	 row_text[MAX_ROWS * LABEL_LENGTH];
	char	 col_text[MAX_COLS * LABEL_LENGTH];
	uint32_t row_start[MAX_ROWS + 1];
	uint32_t col[MAX_ROWS * MAX_COLS];
	double	 value[MAX_ROWS * MAX_COLS];
	uint8_t	 suppressed[MAX_ROWS * MAX_COLS];
} Table;

/* What a random matrix is made of. */
typedef enum Flavour
{
	INTEGERS, /* jobs */
	DECIMALS, /* money with two digits */
	ANYTHING, /* twelve orders of magnitude */
	FLAVOURS
} Flavour;

/* Returns a number of 0 .. below. */
static uint32_t
pick(uint64_t *seed, uint32_t below)
{
	return (uint32_t) (unit_random(seed) >> 33) % below;
}

/* Returns a random value. */
static double
any_value(uint64_t *seed, Flavour flavour)
{
	double unit = (double) (unit_random(seed) >> 11) * 0x1p-53;

	switch (flavour)
	{
		case INTEGERS:
			return floor(unit * 1000.0);
		case DECIMALS:
			return floor(unit * 1e7) / 100.0;
		default:
			return unit * pow(10.0, (double) pick(seed, 13) - 6.0);
	}
}

/* Writes the labels of those numbers that are there. */
static uint32_t
write_labels(KzLabels *labels, uint32_t *start, char *text, const bool *there, uint32_t count)
{
	uint32_t written = 0;

	start[0] = 0;
	for (uint32_t i = 0; i < count; i++)
		if (there[i])
		{
			text[start[written]] = 'a';
			text[start[written] + 1] = (char) ('a' + i);
			start[written + 1] = start[written] + LABEL_LENGTH;
			written++;
		}
	*labels = (KzLabels){written, start, text};
	return written;
}

/* Makes a matrix with some rows, columns and cells lacking; returns whether it is whole, without suppressed cells. */
static bool
make_table(Table *table, uint64_t *seed, Flavour flavour, uint32_t rows, uint32_t cols,
		   bool awkward)
{
	double value[MAX_ROWS][MAX_COLS];
	bool   there[MAX_ROWS][MAX_COLS], row_there[MAX_ROWS] = {false}, col_there[MAX_COLS] = {false},
									whole = true;
	uint32_t cells = 0, place[MAX_COLS], written = 0;

	memset(table, 0, sizeof *table);
	for (uint32_t row = 0; row < rows; row++)
		for (uint32_t col = 0; col < cols; col++)
		{
			value[row][col] = any_value(seed, flavour);
			there[row][col] = pick(seed, 8) > 0;
			row_there[row] |= there[row][col];
			col_there[col] |= there[row][col];
		}
	for (uint32_t col = 0; col < cols; col++)
		if (col_there[col])
			place[col] = written++;
	write_labels(&table->view.rows, table->row_label, table->row_text, row_there, rows);
	write_labels(&table->view.cols, table->col_label, table->col_text, col_there, cols);
	written = 0;
	for (uint32_t row = 0; row < rows; row++)
	{
		if (!row_there[row])
			continue;
		for (uint32_t col = 0; col < cols; col++)
		{
			if (!there[row][col])
				continue;
			table->col[cells] = place[col];
			table->value[cells] = value[row][col];
			if (awkward && pick(seed, 12) == 0)
			{
				table->suppressed[cells >> 3] |= (uint8_t) (1 << (cells & 7));
				whole = false;
			}
			else if (awkward && pick(seed, 12) == 0)
				table->value[cells] = pick(seed, 2) == 0 ? 0.0 : -value[row][col];
			cells++;
		}
		table->row_start[++written] = cells;
	}
	table->view.cells = cells;
	table->view.row_start = table->row_start;
	table->view.col = table->col;
	table->view.value = table->value;
	table->view.suppressed = table->suppressed;
	return whole;
}

/* Adds the first terms of a decomposition as SQL does. */
static double
sql_sum(const KzDecomposition *d, int first, int count)
{
	double sum = d->term[first].value;

	for (int i = first + 1; i < first + count; i++)
		sum += d->term[i].value;
	return sum;
}

/* Are all of these terms known? */
static bool
known(const KzDecomposition *d, int first, int count)
{
	for (int i = first; i < first + count; i++)
		if (!d->term[i].known)
			return false;
	return true;
}

/* Returns the largest magnitude of the start, the finish and the terms. */
static double
largest_of(const KzDecomposition *d, int terms)
{
	double result = fmax(fabs(d->start), fabs(d->finish));

	for (int i = 0; i < terms; i++)
		result = fmax(result, fabs(d->term[i].value));
	return result;
}

/* Is an identity promised, that is, is no term more than 2^20 times the values? */
static bool
promised(const KzDecomposition *d, int terms)
{
	double largest = 0.0, values = fmax(fabs(d->start), fabs(d->finish));

	for (int i = 0; i < terms; i++)
		largest = fmax(largest, fabs(d->term[i].value));
	return largest <= 0x1p20 * values && values > 1e-290;
}

/* What holds of every decomposition, of cells and of totals. */
static void
check_identities(const KzMethod *method, const KzDecomposition *d, Flavour flavour)
{
	int	   terms = method == &kz_arcelus_method	  ? KZ_ARCELUS_HOMOTHETIC
				   : method == &kz_spatial_method ? KZ_SPATIAL_TERMS
												  : KZ_REGIONAL + 1;
	double largest = largest_of(d, method->terms), change = d->finish - d->start;

	CHECK(d->status >= KZ_OK && d->status < KZ_STATUSES);
	CHECK(!d->growth.known || isfinite(d->growth.value));
	for (int i = 0; i < method->terms; i++)
		CHECK(!d->term[i].known || isfinite(d->term[i].value));
	CHECK(d->status != KZ_OK || known(d, 0, method->terms));
	CHECK(!d->change.known || fabs(d->change.value - change) <= largest * 4 * DBL_EPSILON);
	CHECK(!d->change.known ||
		  fabs(d->change.value - change) <= 0x1p-30 * fmax(fabs(d->start), fabs(d->finish)));
	if (known(d, 0, terms) && promised(d, terms))
		CHECK(sql_sum(d, 0, terms) == d->change.value);
	if (method->terms > KZ_ALLOCATION && method != &kz_arcelus_method && known(d, KZ_REGIONAL, 3) &&
		promised(d, KZ_HOMOTHETIC))
		CHECK(sql_sum(d, KZ_COMPETITIVE, 2) == d->term[KZ_REGIONAL].value);
	/* whole numbers of jobs: the change is the change, exactly */
	if (flavour == INTEGERS && d->change.known)
		CHECK(d->change.value == change);
}

/* Is a term close to its closed form, measured by the largest number around it? */
static bool
is_near(KzMaybe term, long double closed, double largest)
{
	return !term.known || fabsl(term.value - closed) <= 1e-14L * largest;
}

/* The classical terms against their closed forms. */
static void
check_closed_form(const KzGrowthFacts *f, const KzDecomposition *d)
{
	long double start = f->start, g = (long double) f->total.finish / f->total.start - 1,
				gi = (long double) f->industry.finish / f->industry.start - 1,
				own = (long double) f->finish / f->start - 1,
				homothetic = (long double) f->region.start * f->industry.start / f->total.start;
	double largest = largest_of(d, KZ_DUNN_TERMS) * (1.0 + fabs((double) gi) + fabs((double) own));

	if (d->status != KZ_OK)
		return;
	largest = fmax(largest, fabs((double) (homothetic * own)));
	CHECK(is_near(d->term[KZ_NATIONAL], start * g, largest));
	CHECK(is_near(d->term[KZ_MIX], start * (gi - g), largest));
	CHECK(is_near(d->term[KZ_REGIONAL], start * (own - gi), largest));
	CHECK(is_near(d->term[KZ_COMPETITIVE], homothetic * (own - gi), largest));
	CHECK(is_near(d->term[KZ_ALLOCATION], (start - homothetic) * (own - gi), largest));
	CHECK(is_near(d->term[KZ_HOMOTHETIC], homothetic, largest));
	CHECK(fabsl(d->growth.value - own) <= 1e-15L * (1 + fabsl(own)));
}

/* Fills in what a cell's step is compared with. */
static KzGrowthFacts
facts_of(const KzSeriesCursor *cursor, const KzGrowthTotals *totals, uint32_t step, double scale)
{
	KzGrowthFacts facts = {.start = cursor->value[step] * scale,
						   .finish = cursor->value[step + 1] * scale,
						   .suppressed = cursor->suppressed[step] || cursor->suppressed[step + 1],
						   .region = totals->row[step * totals->rows + cursor->row],
						   .industry = totals->col[step * totals->cols + cursor->col],
						   .total = totals->all[step]};
	KzSpan		 *span[] = {&facts.region, &facts.industry, &facts.total};

	for (int i = 0; i < 3; i++)
	{
		span[i]->start *= scale;
		span[i]->finish *= scale;
	}
	return facts;
}

/* Multiplying all facts by a power of two multiplies every term by it, and nothing else. */
static void
check_scale(const KzMethod *method, const KzSeriesCursor *cursor, const KzGrowthTotals *totals,
			const KzDecomposition *plain)
{
	KzGrowthFacts	facts = facts_of(cursor, totals, 0, 1024.0);
	KzDecomposition scaled;

	method->decompose(&facts, &scaled);
	CHECK(scaled.status == plain->status && scaled.growth.value == plain->growth.value);
	CHECK(scaled.change.value == plain->change.value * 1024.0);
	for (int i = 0; i < method->terms; i++)
		CHECK(scaled.term[i].known == plain->term[i].known &&
			  scaled.term[i].value == plain->term[i].value * 1024.0);
}

/* Finds the neighbours' growth: all other regions are neighbours. */
static void
set_neighbours(KzLag *lag, const KzSeries *series, uint32_t row)
{
	KzNeighbour neighbour[MAX_ROWS];
	uint32_t	count = 0;

	for (uint32_t other = 0; other < series->rows.count; other++)
		if (other != row)
			neighbour[count++] = (KzNeighbour){other, 1.0 + other};
	kz_lag_seek(lag, neighbour, count);
}

/* Frees what a sum holds beyond itself; in the server that goes with its context. */
static void
free_sum(KzDecompositionSum *sum)
{
	KzExact *part[3 + KZ_MAX_TERMS] = {&sum->start, &sum->finish, &sum->change};

	for (int i = 0; i < KZ_MAX_TERMS; i++)
		part[3 + i] = &sum->term[i];
	for (size_t i = 0; i < lengthof(part); i++)
		if (isnan(part[i]->high))
			pfree(part[i]->tail);
}

/* Decomposes all cells of a series and all their totals. */
static void
check_method(const KzMethod *method, const KzSeries *series, const KzGrowthTotals *totals,
			 Flavour flavour, uint64_t *seed)
{
	KzDecompositionSum region[MAX_ROWS], industry[MAX_COLS];
	KzSeriesCursor	   cursor;
	KzDecomposition	   d;
	KzLag			   lag;

	for (int i = 0; i < MAX_ROWS; i++)
		kz_parts_init(&region[i]);
	for (int i = 0; i < MAX_COLS; i++)
		kz_parts_init(&industry[i]);
	kz_cursor_init(&cursor, series);
	if (series->periods == 2)
		kz_lag_init(&lag, pick(seed, 2) == 0 ? KZ_LAG_LEVELS : KZ_LAG_RATES, series);
	for (uint32_t row = 0; row < series->rows.count; row++)
	{
		kz_cursor_seek(&cursor, row);
		if (method == &kz_spatial_method)
			set_neighbours(&lag, series, row);
		while (kz_cursor_next(&cursor))
			for (uint32_t step = 0; step < totals->steps; step++)
			{
				KzGrowthFacts facts = facts_of(&cursor, totals, step, 1.0);
				bool		  first = step == 0, last = step == totals->steps - 1;

				if (method == &kz_spatial_method)
					facts.neighbour_growth =
						kz_lag_growth(&lag, cursor.col, &facts.neighbour_status);
				method->decompose(&facts, &d);
				CHECK(d.disclosed == !facts.suppressed);
				check_identities(method, &d, flavour);
				if (method == &kz_dunn_method)
					check_closed_form(&facts, &d);
				if (method != &kz_spatial_method && method != &kz_growth_method && first)
					check_scale(method, &cursor, totals, &d);
				d.disclosed = !cursor.any_suppressed;
				kz_parts_add(&region[row], method, &d, first, last);
				kz_parts_add(&industry[cursor.col], method, &d, first, last);
			}
	}
	for (uint32_t row = 0; row < series->rows.count; row++)
	{
		kz_parts_finish(&region[row], method, &d);
		free_sum(&region[row]);
		check_identities(method, &d, flavour);
	}
	for (uint32_t col = 0; col < series->cols.count; col++)
	{
		kz_parts_finish(&industry[col], method, &d);
		free_sum(&industry[col]);
		check_identities(method, &d, flavour);
		/* within an industry what some regions gain on it others lose */
		if (method == &kz_dunn_method && d.status == KZ_OK)
			CHECK(fabs(d.term[KZ_REGIONAL].value) <=
				  1e-13 * largest_of(&d, KZ_DUNN_TERMS) * (1.0 + fabs(d.growth.value)));
	}
}

/* Random matrices of two to four periods, under every decomposition. */
static void
check_matrices(uint64_t *seed)
{
	static const KzMethod *const methods[] = {&kz_dunn_method, &kz_dynamic_method,
											  &kz_arcelus_method, &kz_spatial_method,
											  &kz_growth_method};

	for (int round = 0; round < MATRICES; round++)
	{
		Table		   table[MAX_PERIODS];
		KzView		   view[MAX_PERIODS];
		Flavour		   flavour = (Flavour) pick(seed, FLAVOURS);
		uint32_t	   periods = 2 + (round % 4 == 0 ? pick(seed, 3) : 0);
		uint32_t	   rows = 1 + pick(seed, MAX_ROWS), cols = 1 + pick(seed, MAX_COLS);
		bool		   awkward = round % 3 == 0;
		KzSeries	   series;
		KzGrowthTotals totals;

		for (uint32_t i = 0; i < periods; i++)
		{
			make_table(&table[i], seed, flavour, rows, cols, awkward);
			view[i] = table[i].view;
		}
		kz_series_open(&series, view, periods);
		CHECK(series.rows.count <= rows && series.cols.count <= cols);
		kz_growth_totals(&series, &totals);
		for (size_t i = 0; i < lengthof(methods); i++)
			if (periods == 2 || methods[i] == &kz_dynamic_method)
				check_method(methods[i], &series, &totals, flavour, seed);
	}
}

/* Terms of any sizes add up to the total, without moving by more than a trifle of what is there. */
static void
check_closing(uint64_t *seed)
{
	for (int round = 0; round < 200000; round++)
	{
		int	   count = 2 + (int) pick(seed, 7), adjustable = 1 + (int) pick(seed, (uint32_t) count);
		double term[8], before[8], kept[8], magnitude = 0.0, total = 0.0, sum, holds, unit;

		for (int i = 0; i < count; i++)
		{
			double sign = pick(seed, 2) == 0 ? 1.0 : -1.0;

			before[i] = term[i] = pick(seed, 9) == 0 ? 0.0 : sign * any_value(seed, ANYTHING);
			magnitude += fabs(term[i]);
			total += term[i];
		}
		total *= 1.0 + ((double) pick(seed, 9) - 4.0) * DBL_EPSILON;
		unit = 2 * DBL_EPSILON * (magnitude + fabs(total));
		memcpy(kept, term, sizeof kept);
		CHECK(isnan(kz_close_sum(kept, count, adjustable, total, -1.0)));
		CHECK(memcmp(kept, term, count * sizeof(double)) == 0);
		holds = kz_close_sum(term, count, adjustable, total, INFINITY);
		sum = term[0];
		for (int i = 1; i < count; i++)
			sum += term[i];
		CHECK(sum == holds);
		CHECK(fabs(holds - total) <= 8 * unit);
		for (int i = 0; i < count; i++)
		{
			CHECK(fabs(term[i] - before[i]) <= 8 * unit);
			CHECK(before[i] != 0.0 || term[i] == 0.0);
		}
	}
}

/* Returns a number that hurts, or any other. */
static double
any_number(uint64_t *seed)
{
	static const double hurts[] = {0.0,	  1.0,	  5e-324,  DBL_MIN, 1e-300, 1e300,
								   9e288, -9e288, -5e-324, 3.0,		-1.0,	0x1p959};

	return pick(seed, 3) > 0 ? hurts[pick(seed, lengthof(hurts))] : any_value(seed, ANYTHING);
}

/* Whatever the facts are, no number that is not finite comes out, and what is there adds up. */
static void
check_any_facts(uint64_t *seed)
{
	static const KzMethod *const methods[] = {&kz_dunn_method, &kz_arcelus_method,
											  &kz_spatial_method, &kz_growth_method};

	for (int round = 0; round < 200000; round++)
	{
		KzGrowthFacts	facts = {.start = any_number(seed),
								 .finish = any_number(seed),
								 .suppressed = pick(seed, 20) == 0,
								 .region = {any_number(seed), any_number(seed), pick(seed, 5) == 0},
								 .industry = {any_number(seed), any_number(seed), pick(seed, 5) == 0},
								 .total = {any_number(seed), any_number(seed), pick(seed, 5) == 0},
								 .industry_suppressed = pick(seed, 10) == 0,
								 .neighbour_growth = {any_number(seed), pick(seed, 4) > 0},
								 .neighbour_status = KZ_OK};
		const KzMethod *method = methods[pick(seed, lengthof(methods))];
		KzDecomposition d;
		bool			all;

		method->decompose(&facts, &d);
		CHECK(d.status >= KZ_OK && d.status < KZ_STATUSES);
		CHECK(!d.change.known || isfinite(d.change.value));
		CHECK(!d.growth.known || (isfinite(d.growth.value) && d.growth.value >= -1.0));
		for (int i = 0; i < method->terms; i++)
			CHECK(!d.term[i].known || (isfinite(d.term[i].value) &&
									   !(d.term[i].value == 0.0 && signbit(d.term[i].value))));
		if (!promised(&d, method->terms))
			continue;
		all = method == &kz_dunn_method && known(&d, 0, KZ_REGIONAL + 1);
		CHECK(!all || sql_sum(&d, 0, KZ_REGIONAL + 1) == d.change.value);
		all = method == &kz_dunn_method && known(&d, KZ_REGIONAL, 3);
		CHECK(!all || sql_sum(&d, KZ_COMPETITIVE, 2) == d.term[KZ_REGIONAL].value);
		all = method == &kz_arcelus_method && known(&d, 0, KZ_ARCELUS_HOMOTHETIC);
		CHECK(!all || sql_sum(&d, 0, KZ_ARCELUS_HOMOTHETIC) == d.change.value);
		all = method == &kz_spatial_method && known(&d, 0, KZ_SPATIAL_TERMS);
		CHECK(!all || sql_sum(&d, 0, KZ_SPATIAL_TERMS) == d.change.value);
	}
}

/* A rate compounds back to the growth, and is undefined only for a reason. */
static void
check_rates(uint64_t *seed)
{
	for (int round = 0; round < 100000; round++)
	{
		double start = any_value(seed, ANYTHING), finish = any_value(seed, ANYTHING),
			   periods = 0.5 + pick(seed, 40), growth, rate;

		if (start == 0.0 || finish < start / 1000.0)
			continue;
		CHECK(kz_growth_of(start, finish, &growth) == KZ_OK);
		CHECK(kz_growth_rate_of(start, finish, periods, &rate) == KZ_OK);
		CHECK(rate >= -1.0 && (rate > 0.0) == (growth > 0.0));
		CHECK(fabs(pow(1.0 + rate, periods) * start - finish) <= 1e-11 * fmax(start, finish));
		CHECK(kz_growth_rate_of(start, finish, 1.0, &rate) == KZ_OK && rate == growth);
		CHECK(kz_growth_rate_of(-start, finish, 1.0, &rate) == KZ_NEGATIVE);
		CHECK(kz_growth_rate_of(start, -1.0, 1.0, &rate) == KZ_NEGATIVE);
		CHECK(kz_growth_rate_of(0.0, finish, 1.0, &rate) == KZ_NO_BASE);
		CHECK(kz_growth_rate_of(start, finish, 0.0, &rate) == KZ_NO_BASE);
	}
}

/* A line through points is the closed form, whatever their order. */
static void
check_lines(uint64_t *seed)
{
	for (int round = 0; round < MATRICES; round++)
	{
		uint32_t	n = 3 + pick(seed, 20);
		double		x[32], y[32];
		long double sx = 0, sy = 0, sxx = 0, sxy = 0;
		KzFit		line, other;
		KzSpeed		speed;

		for (uint32_t i = 0; i < n; i++)
		{
			x[i] = i + any_value(seed, INTEGERS) / 1000.0;
			y[i] = any_value(seed, INTEGERS) / 100.0 - 0.04 * x[i];
			sx += x[i];
			sy += y[i];
		}
		for (uint32_t i = 0; i < n; i++)
		{
			sxx += (x[i] - sx / n) * (x[i] - sx / n);
			sxy += (x[i] - sx / n) * (y[i] - sy / n);
		}
		kz_fit_line(x, y, n, &line);
		CHECK(line.status == KZ_OK && line.slope_se.known && line.slope_p.known);
		CHECK(fabsl(line.slope.value - sxy / sxx) <= 1e-12L * (1 + fabsl(sxy / sxx)));
		CHECK(fabsl(line.intercept.value - (sy - sxy / sxx * sx) / n) <= 1e-11L * 10);
		CHECK(line.r_squared.value >= 0.0 && line.r_squared.value <= 1.0);
		CHECK(line.slope_p.value >= 0.0 && line.slope_p.value <= 1.0);
		for (uint32_t i = 0; i < n / 2; i++)
		{
			double swap = x[i];

			x[i] = x[n - 1 - i];
			x[n - 1 - i] = swap;
			swap = y[i];
			y[i] = y[n - 1 - i];
			y[n - 1 - i] = swap;
		}
		kz_fit_line(x, y, n, &other);
		CHECK(memcmp(&line, &other, sizeof line) == 0);
		speed = kz_convergence_speed(&line, 0.5);
		if (speed.half_life.known)
			CHECK(fabs(exp(-speed.speed.value * speed.half_life.value) - 0.5) < 1e-12);
		if (speed.speed.known)
			CHECK((speed.speed.value > 0.0) == (line.slope.value < 0.0));
	}
}

/* Equal spreads have F = 1; a spread does not depend on the unit of the values. */
static void
check_spreads(uint64_t *seed)
{
	for (int round = 0; round < 1000; round++)
	{
		uint32_t	 n = 2 + pick(seed, 30);
		double		 value[32], scaled[32];
		KzDispersion spread, other;
		KzMaybe		 f, p;

		for (uint32_t i = 0; i < n; i++)
		{
			value[i] = 1.0 + any_value(seed, INTEGERS);
			scaled[i] = value[i] * 4096.0;
		}
		kz_dispersion(value, n, round % 2 == 0, &spread);
		kz_dispersion(scaled, n, round % 2 == 0, &other);
		CHECK(spread.status == KZ_OK && spread.cv.value == other.cv.value);
		CHECK(fabs(spread.sd.value - other.sd.value) <= 1e-12 * spread.sd.value);
		p = kz_variance_test(&spread, &spread, &f);
		CHECK(!p.known || (f.value == 1.0 && fabs(p.value - 1.0) < 1e-9));
	}
}

/* The rules of a trend, in any order of the points. */
static void
check_trends(uint64_t *seed)
{
	double twice = NAN;

	for (int round = 0; round < MATRICES; round++)
	{
		uint32_t	 n = 2 + pick(seed, 8);
		KzTrendPoint point[10], copy[10];
		double		 slope = (double) pick(seed, 100) - 50.0;
		KzMaybe		 change;

		for (uint32_t i = 0; i < n; i++)
			point[i] = (KzTrendPoint){2010.0 + i, slope * i};
		for (uint32_t i = 0; i < n; i++)
		{
			uint32_t	 j = pick(seed, n);
			KzTrendPoint swap = point[i];

			point[i] = point[j];
			point[j] = swap;
		}
		for (int rule = 0; rule < KZ_TREND_RULES; rule++)
		{
			memcpy(copy, point, sizeof copy);
			change = kz_trend_of(copy, n, (KzTrendRule) rule, &twice);
			CHECK(isnan(twice) && change.known);
			CHECK(fabs(change.value - slope * (rule == KZ_FIRST_LAST ? n - 1.0 : 1.0)) < 1e-12);
		}
		CHECK(!kz_trend_of(copy, 1, KZ_FIRST_LAST, &twice).known);
		CHECK(!kz_trend_of(copy, 0, KZ_SLOPE, &twice).known);
	}
	CHECK(strcmp(kz_direction(0.1, 0.1), "flat") == 0 && strcmp(kz_direction(0.2, 0.1), "up") == 0);
	CHECK(strcmp(kz_direction(-0.2, 0.1), "down") == 0);
	CHECK(!kz_trend_of((KzTrendPoint[]){{1, 1}, {3, 2}}, 2, KZ_LAST_STEP, &twice).known);
	CHECK(isnan(twice) &&
		  !kz_trend_of((KzTrendPoint[]){{1, 1}, {1, 1}}, 2, KZ_SLOPE, &twice).known &&
		  twice == 1.0);
}

int
main(void)
{
	uint64_t seed = 1;

	check_closing(&seed);
	check_matrices(&seed);
	check_any_facts(&seed);
	check_rates(&seed);
	check_lines(&seed);
	check_spreads(&seed);
	check_trends(&seed);
	return unit_done();
}
