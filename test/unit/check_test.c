/*
 * check_test.c
 *		The checks of published numbers: tables that are right never raise a flag, errors are found and named, and the
 *		smallest sets are those that trying all sets finds.
 */
#include "measure/check.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define ROUNDS	 10000
#define MAX_ROWS 5
#define MAX_COLS 12
#define MAX_SIZE (MAX_ROWS * MAX_COLS)

static const KzInterval ANYWHERE = {-INFINITY, INFINITY};

/* A table of coefficients, true and printed. */
typedef struct Table
{
	uint32_t   rows;
	uint32_t   cols;
	double	   exact[MAX_SIZE];
	KzInterval printed[MAX_SIZE];
} Table;

/* Returns a number between 0 and 1. */
static double
uniform(uint64_t *seed)
{
	return (double) (unit_random(seed) >> 11) * 0x1p-53;
}

/* Returns one of 0 .. count - 1. */
static uint32_t
any(uint64_t *seed, uint32_t count)
{
	return unit_random(seed) % count;
}

/* Rounds to digits as people do: ties upward, or to the even digit, or cut off. */
static double
print(double value, int digits, int way)
{
	double scale = pow(10, digits), scaled = value * scale;

	return (way == 0 ? floor(scaled + 0.5) : way == 1 ? rint(scaled) : floor(scaled)) / scale;
}

/* Makes a consistent table of industries that are large or small, absent or a round number. */
static void
make_table(uint64_t *seed, uint32_t rows, uint32_t cols, int digits, Table *table)
{
	double base[MAX_ROWS], share[MAX_COLS];
	int	   way = any(seed, 3);

	table->rows = rows;
	table->cols = cols;
	for (uint32_t c = 0; c < rows; c++)
		base[c] = any(seed, 4) == 0 ? 1 + any(seed, 5) : exp(4 * uniform(seed) - 2);
	for (uint32_t i = 0; i < cols; i++)
		share[i] = any(seed, 10) == 0  ? 0.0
				   : any(seed, 4) == 0 ? any(seed, 400) / 200.0
									   : exp(8 * uniform(seed) - 5);
	for (uint32_t c = 0; c < rows; c++)
		for (uint32_t i = 0; i < cols; i++)
		{
			uint32_t place = c * cols + i;

			table->exact[place] = base[c] * share[i];
			table->printed[place] = kz_printed_interval(print(table->exact[place], digits, way),
														digits, way == 2 ? 1.0 : 0.5);
			if (any(seed, 20) == 0)
				table->printed[place] = ANYWHERE;
		}
}

/* Can the cells that are not in a set all be right? By relaxing s and k directly, in a wider type. */
static bool
consistent(const Table *table, const bool *without)
{
	long double node[MAX_ROWS + MAX_COLS] = {0};
	bool		changed = true;

	for (uint32_t pass = 0; changed && pass <= table->rows + table->cols; pass++)
	{
		changed = false;
		for (uint32_t place = 0; place < table->rows * table->cols; place++)
		{
			const KzInterval *interval = &table->printed[place];
			long double		 *k = &node[place / table->cols],
						*s = &node[table->rows + place % table->cols], limit;

			/* node k is the negative of the coefficient's logarithm: s - k <= log high, k - s <= -log low */
			if (without[place] || interval->high == INFINITY)
				continue;
			limit = *k + logl(interval->high) + 1e-12L;
			if (*s > limit)
			{
				*s = limit;
				changed = true;
			}
			if (interval->low <= 0.0)
				continue;
			limit = *s - logl(interval->low) + 1e-12L;
			if (*k > limit)
			{
				*k = limit;
				changed = true;
			}
		}
	}
	return !changed;
}

/* Does an interval contain a number, but for rounding? */
static bool
contains(KzInterval interval, double value)
{
	return interval.low <= value * (1 + 1e-9) && value <= interval.high * (1 + 1e-9);
}

/* A table that is right up to its rounding raises no flag, and its true values lie where the check says. */
static void
check_exact_tables(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Table		 table;
		KzTableCheck check;

		make_table(seed, 1 + any(seed, MAX_ROWS), 1 + any(seed, MAX_COLS), any(seed, 4), &table);
		kz_check_table(table.printed, table.rows, table.cols, KZ_CHECK_WORK, &check);
		CHECK(check.fewest == 0 && check.sets == 1);
		for (uint32_t place = 0; place < table.rows * table.cols; place++)
		{
			KzInterval implied = check.implied[place];

			CHECK(!check.chosen[place] && check.member[place] == 0);
			CHECK(implied.low >= 0.0 && implied.low <= implied.high * (1 + 1e-9));
			CHECK(contains(implied, table.exact[place]));
			CHECK(implied.low <= table.printed[place].high * (1 + 1e-9) &&
				  table.printed[place].low <= implied.high * (1 + 1e-9));
		}
	}
}

/* One error of more than the rounding in a table of three or more by three or more is found and named. */
static void
check_planted_errors(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		uint32_t rows = 3 + any(seed, MAX_ROWS - 2), cols = 3 + any(seed, MAX_COLS - 2),
				 wrong = any(seed, rows * cols);
		Table		 table = {rows, cols, {0}, {{0, 0}}};
		KzTableCheck check;
		double		 base[MAX_ROWS], share[MAX_COLS];

		for (uint32_t c = 0; c < rows; c++)
			base[c] = 1 + uniform(seed);
		for (uint32_t i = 0; i < cols; i++)
			share[i] = 1 + 4 * uniform(seed);
		for (uint32_t place = 0; place < rows * cols; place++)
		{
			double error = place != wrong ? 1.0 : any(seed, 2) ? 1.05 : 0.95;

			table.exact[place] = base[place / cols] * share[place % cols];
			table.printed[place] =
				kz_printed_interval(print(table.exact[place] * error, 2, 0), 2, 0.5);
		}
		kz_check_table(table.printed, rows, cols, KZ_CHECK_WORK, &check);
		CHECK(check.fewest == 1 && check.sets == 1);
		for (uint32_t place = 0; place < rows * cols; place++)
		{
			CHECK(check.chosen[place] == (place == wrong));
			CHECK(contains(check.implied[place], table.exact[place]));
		}
		CHECK(check.implied[wrong].high < table.printed[wrong].low ||
			  check.implied[wrong].low > table.printed[wrong].high);
	}
}

/* Counts the smallest sets by trying all; fills in how many each cell is in. */
static uint32_t
try_all_sets(const Table *table, uint64_t *sets, uint64_t *member)
{
	uint32_t cells = table->rows * table->cols;

	for (uint32_t size = 0;; size++)
	{
		*sets = 0;
		memset(member, 0, cells * sizeof *member);
		for (uint32_t bits = 0; bits < 1u << cells; bits++)
		{
			bool without[MAX_SIZE];

			if ((uint32_t) __builtin_popcount(bits) != size)
				continue;
			for (uint32_t place = 0; place < cells; place++)
				without[place] = bits >> place & 1;
			if (!consistent(table, without))
				continue;
			++*sets;
			for (uint32_t place = 0; place < cells; place++)
				member[place] += without[place];
		}
		if (*sets > 0)
			return size;
	}
}

/* Makes a table of few digits that contradicts itself, or not. */
static void
make_any_table(uint64_t *seed, uint32_t rows, uint32_t cols, Table *table)
{
	make_table(seed, rows, cols, 1, table);
	for (uint32_t errors = any(seed, 4); errors > 0; errors--)
	{
		uint32_t place = any(seed, rows * cols);
		double	 value = table->exact[place] * exp(2 * uniform(seed) - 1);

		table->printed[place] = kz_printed_interval(print(value, 1, 0), 1, 0.5);
	}
}

/* The number of cells in the smallest sets, of the sets and of the sets of each cell are those that trying all sets finds. */
static void
check_smallest_sets(uint64_t *seed)
{
	int contradictory = 0, several = 0;

	for (int round = 0; round < ROUNDS; round++)
	{
		static const uint32_t shape[][2] = {{2, 2}, {2, 4}, {3, 3}, {4, 2}, {1, 5}};
		const uint32_t		 *size = shape[any(seed, 5)];
		Table				  table;
		KzTableCheck		  check;
		uint64_t			  sets, member[MAX_SIZE];

		make_any_table(seed, size[0], size[1], &table);
		kz_check_table(table.printed, table.rows, table.cols, KZ_CHECK_WORK, &check);
		CHECK(check.fewest == try_all_sets(&table, &sets, member));
		CHECK(check.sets == sets);
		CHECK(memcmp(check.member, member, table.rows * table.cols * sizeof *member) == 0);
		CHECK(consistent(&table, check.chosen));
		contradictory += check.fewest > 0;
		several += check.fewest > 1;
	}
	CHECK(contradictory > ROUNDS / 5 && several > ROUNDS / 100);
}

/* What is implied for a cell is what it can be: the ends fit together with all other cells that are kept, beyond them nothing. */
static void
check_implied(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS / 10; round++)
	{
		Table		 table;
		KzTableCheck check;
		bool		 without[MAX_SIZE];
		uint32_t	 place;

		make_any_table(seed, 2 + any(seed, 3), 2 + any(seed, 5), &table);
		kz_check_table(table.printed, table.rows, table.cols, KZ_CHECK_WORK, &check);
		place = any(seed, table.rows * table.cols);
		memcpy(without, check.chosen, sizeof(bool) * table.rows * table.cols);
		without[place] = false;
		for (int end = 0; end < 2; end++)
		{
			double value = end ? check.implied[place].high : check.implied[place].low;

			if (value == 0.0 || value == INFINITY)
				continue;
			table.printed[place] = (KzInterval){value * (1 - 1e-9), value * (1 + 1e-9)};
			CHECK(consistent(&table, without));
			value *= end ? 1 + 1e-6 : 1 - 1e-6;
			table.printed[place] = (KzInterval){value * (1 - 1e-9), value * (1 + 1e-9)};
			CHECK(!consistent(&table, without));
		}
	}
}

/* The other side up, in another order and in another unit, the findings are the same. */
static void
check_invariance(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS / 10; round++)
	{
		Table		 table, other;
		KzTableCheck check, again;
		uint32_t	 shift;

		make_any_table(seed, 2 + any(seed, 3), 2 + any(seed, 5), &table);
		other = (Table){table.cols, table.rows, {0}, {{0, 0}}};
		shift = any(seed, table.cols);
		for (uint32_t c = 0; c < table.rows; c++)
			for (uint32_t i = 0; i < table.cols; i++)
			{
				KzInterval *to = &other.printed[(i + shift) % table.cols * table.rows + c];

				*to = table.printed[c * table.cols + i];
				to->low *= 1024;
				to->high *= 1024;
			}
		kz_check_table(table.printed, table.rows, table.cols, KZ_CHECK_WORK, &check);
		kz_check_table(other.printed, other.rows, other.cols, KZ_CHECK_WORK, &again);
		CHECK(check.fewest == again.fewest && check.sets == again.sets);
		for (uint32_t c = 0; c < table.rows; c++)
			for (uint32_t i = 0; i < table.cols; i++)
			{
				uint32_t here = c * table.cols + i,
						 there = (i + shift) % table.cols * table.rows + c;
				KzInterval a = check.implied[here], b = again.implied[there];

				CHECK(check.member[here] == again.member[there]);
				if (check.sets > 1)
					continue;
				CHECK(check.chosen[here] == again.chosen[there]);
				CHECK(fabs(a.low * 1024 - b.low) <= 1e-9 * b.low);
				CHECK(a.high == b.high || fabs(a.high * 1024 - b.high) <= 1e-9 * b.high);
			}
	}
}

/* However little work is allowed, the chosen cells are enough, and none of them is superfluous. */
static void
check_little_work(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS / 10; round++)
	{
		Table		 table;
		KzTableCheck check;
		uint32_t	 chosen = 0;

		make_any_table(seed, 2 + any(seed, 4), 2 + any(seed, 10), &table);
		kz_check_table(table.printed, table.rows, table.cols, any(seed, 2000), &check);
		CHECK(consistent(&table, check.chosen));
		for (uint32_t place = 0; place < table.rows * table.cols; place++)
		{
			if (!check.chosen[place])
				continue;
			chosen++;
			check.chosen[place] = false;
			CHECK(!consistent(&table, check.chosen));
			check.chosen[place] = true;
		}
		CHECK(chosen == check.fewest);
	}
}

/* The ratio of two rows of a consistent table is possible, contains the true one, and what it excludes is excluded. */
static void
check_ratios(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		Table		 table;
		KzRatio		 ratio;
		KzTableCheck check;
		bool		 possible;

		make_table(seed, 2, 1 + any(seed, MAX_COLS), 2, &table);
		CHECK(kz_check_ratio(table.printed, table.printed + table.cols, table.cols, &ratio));
		if (table.exact[table.cols] > 0.0)
			CHECK(contains(ratio.ratio, table.exact[0] / table.exact[table.cols]));
		make_any_table(seed, 2, 1 + any(seed, MAX_COLS), &table);
		possible = kz_check_ratio(table.printed, table.printed + table.cols, table.cols, &ratio);
		kz_check_table(table.printed, table.rows, table.cols, KZ_CHECK_WORK, &check);
		CHECK(possible == (check.fewest == 0));
	}
}

/* What a value is printed as lies in the middle of where it may lie. */
static void
check_printed(uint64_t *seed)
{
	KzInterval interval = kz_printed_interval(0.29, 2, 0.5);

	CHECK(interval.low == 0.285 && interval.high == 0.295);
	interval = kz_printed_interval(12000, -3, 0.5);
	CHECK(interval.low == 11500 && interval.high == 12500);
	interval = kz_printed_interval(7, 0, 1.0);
	CHECK(interval.low == 6 && interval.high == 8);
	interval = kz_printed_interval(0.123, 2, 0.5);
	CHECK(fabs(interval.low - 0.118) < 1e-15 && fabs(interval.high - 0.128) < 1e-15);
	interval = kz_printed_interval(0.0, 2, 0.5);
	CHECK(interval.low == -0.005 && interval.high == 0.005);
	for (int round = 0; round < ROUNDS; round++)
	{
		int	   digits = (int) any(seed, 13) - 6;
		double value = 1000 * uniform(seed);

		interval = kz_printed_interval(print(value, digits, any(seed, 2)), digits, 0.5);
		CHECK(interval.low <= value * (1 + 1e-15) && value <= interval.high * (1 + 1e-15));
		CHECK(fabs((interval.high - interval.low) * pow(10, digits) - 1) < 1e-6);
	}
}

/* The direction that unrounded values have by a rule always holds under it for what is printed of them. */
static void
check_directions(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double	   period[8], value[8], tolerance = any(seed, 2) ? 0.0 : 0.05;
		KzInterval exact[8], printed[8];
		uint32_t   count = 2 + any(seed, 7);

		for (uint32_t i = 0; i < count; i++)
		{
			period[i] = 2000 + 2 * i + any(seed, 2);
			value[i] = 3 * uniform(seed);
			exact[i] = (KzInterval){value[i], value[i]};
			printed[i] = kz_printed_interval(print(value[i], 2, 0), 2, 0.5);
		}
		for (int rule = 0; rule < KZ_TREND_RULES; rule++)
		{
			KzInterval is = kz_trend_interval(rule, period, exact, count),
					   maybe = kz_trend_interval(rule, period, printed, count);
			int direction = is.low > tolerance ? 1 : is.low < -tolerance ? -1 : 0;

			CHECK(fabs(is.high - is.low) < 1e-12 && maybe.low < maybe.high);
			CHECK(maybe.low <= is.low + 1e-12 && is.high <= maybe.high + 1e-12);
			CHECK(kz_direction_holds(direction, maybe, tolerance));
		}
		CHECK(fabs(kz_trend_interval(KZ_FIRST_LAST, period, exact, count).low -
				   (value[count - 1] - value[0])) < 1e-12);
	}
}

/* Wholes made of their parts never contradict them, whatever the rounding; one that is off by more does. */
static void
check_sums(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		KzSum	   exact, printed, hidden;
		KzSumCheck check;
		double	   whole, worth;

		kz_sum_init(&exact);
		kz_sum_init(&printed);
		kz_sum_init(&hidden);
		for (uint32_t parts = any(seed, 20); parts > 0; parts--)
		{
			double value = 1000 * uniform(seed);

			kz_sum_add(&exact, 1.0, value, false);
			kz_sum_add(&printed, 1.0, print(value, 1, 0), false);
			kz_sum_add(&hidden, 1.0, any(seed, 2) ? value : 0.0, true);
		}
		whole = kz_exact_value(&exact.sum);
		if (exact.parts == 0)
		{
			kz_check_sum(&exact, 1.0, false, 0.0, 0.0, &check);
			CHECK(check.status == KZ_TOO_FEW && !check.contradicts.known && check.allowed == 0.0);
			continue;
		}
		kz_check_sum(&exact, whole, false, 0.0, 0.0, &check);
		CHECK(check.status == KZ_OK && check.contradicts.known && check.contradicts.value == 0.0);
		kz_check_sum(&printed, print(whole, 1, 0), false, 0.05, 0.0, &check);
		CHECK(check.contradicts.known && check.contradicts.value == 0.0);
		worth = check.allowed * 1.01 + 0.05;
		kz_check_sum(&exact, whole + (any(seed, 2) ? worth : -worth), false, 0.05, 0.0, &check);
		CHECK(check.contradicts.known && check.contradicts.value == 1.0);
		kz_check_sum(&exact, whole + worth, false, 0.05, worth, &check);
		CHECK(check.contradicts.value == 0.0);
		kz_check_sum(&exact, whole, true, 0.0, 0.0, &check);
		CHECK(check.status == KZ_SUPPRESSED_CELL && !check.contradicts.known &&
			  !check.difference.known);
		kz_check_sum(&hidden, whole, false, 0.0, 0.0, &check);
		CHECK(check.status == KZ_INCOMPLETE_TOTALS && check.contradicts.value == 0.0);
		kz_check_sum(&hidden, kz_exact_value(&hidden.sum) * 0.9 - 1, false, 0.0, 0.0, &check);
		CHECK(check.status != KZ_INCOMPLETE_TOTALS || check.contradicts.value == 1.0);
		kz_sum_add(&hidden, 1.0, -1.0, false);
		kz_check_sum(&hidden, whole, false, 0.0, 0.0, &check);
		CHECK(check.status == KZ_NEGATIVE && !check.contradicts.known && check.difference.known);
	}
}

/* Tables without rows, columns or cells. */
static void
check_empty(void)
{
	KzInterval	 one = {0.5, 1.5};
	KzTableCheck check;

	kz_check_table(NULL, 0, 0, KZ_CHECK_WORK, &check);
	CHECK(check.fewest == 0 && check.sets == 1);
	kz_check_table(&one, 1, 1, KZ_CHECK_WORK, &check);
	CHECK(check.fewest == 0 && check.sets == 1 && !check.chosen[0]);
	CHECK(check.implied[0].low == 0.0 && check.implied[0].high == INFINITY);
}

int
main(void)
{
	uint64_t seed = 1;

	check_exact_tables(&seed);
	check_planted_errors(&seed);
	check_smallest_sets(&seed);
	check_implied(&seed);
	check_invariance(&seed);
	check_little_work(&seed);
	check_ratios(&seed);
	check_printed(&seed);
	check_directions(&seed);
	check_sums(&seed);
	check_empty();
	return unit_done();
}
