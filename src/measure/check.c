/*
 * check.c
 *		Contradictions among published numbers: coefficients, directions, totals.
 *
 * A table of printed coefficients is consistent if there are s_i > 0 and k_c > 0 with every s_i k_c in the interval
 * of its printed number. Taking the s_i out leaves the ratios k_c / k_d: industry i says
 *
 *		low_ic / high_id <= k_c / k_d <= high_ic / low_id,
 *
 * and in logarithms these are difference constraints, which have a solution unless they close a cycle of negative
 * length (Bellman 1958; Cormen et al., Introduction to Algorithms, 24.4). Every such cycle contains a cell that is
 * wrong; the fewest cells that meet all cycles are found by branching over the cells of one cycle after another.
 */
#include "postgres.h"

#include "measure/check.h"

#include <float.h>
#include <math.h>

#include "base/alloc.h"
#include "miscadmin.h"

/*
 * How far each bound of a ratio is pushed outwards, in logarithms: rounding of the logarithms and of their sums is some
 * 1e-13, so a table that is right to the last printed digit is never found to contradict itself.
 */
#define MARGIN 1e-11

/* Relative error of a sum of decimal numbers that were each rounded to a double, with room. */
#define NOISE 1e-15

typedef enum CellState
{
	KEPT,
	REMOVED, /* taken for wrong */
	TRUSTED	 /* taken for right in this branch of the search */
} CellState;

/* The search for the smallest sets; the shorter side of the table are its nodes, the longer one its lines. */
typedef struct Search
{
	uint32		  lines;
	uint32		  nodes;
	bool		  transposed; /* are the rows of the table the nodes? */
	double		 *low;		  /* logarithms, line by line */
	double		 *high;
	uint8		 *state;
	double		 *bound;  /* nodes x nodes: the log of k_n / k_m is at most this ... */
	uint32		 *via;	  /* ... because of this line; */
	double		 *second; /* without that line, this */
	double		 *distance;
	uint32		 *parent;
	uint8		 *seen;
	uint32		 *cycle; /* cells of the cycle found last */
	uint32		  cycle_cells;
	uint64		  work;		  /* left */
	KzInterval	 *implied;	  /* by place in the table, for the set found last */
	double		  correction; /* that the chosen set needs */
	KzTableCheck *result;
} Search;

/*
 * Returns where the number lies that was printed as value with so many digits after the point: within rounding_error units of
 * the last one (a half: rounded to the nearest, ties to either side). A value that has more digits than that is taken as
 * it is.
 */
KzInterval
kz_printed_interval(double value, int digits, double rounding_error)
{
	double scale = 1.0, scaled, whole, low, high;

	for (int i = 0; i < abs(digits); i++)
		scale *= 10.0;
	scaled = digits < 0 ? value / scale : value * scale;
	whole = rint(scaled);
	if (fabs(scaled - whole) > 1e-9 * Max(fabs(whole), 1.0))
		whole = scaled;
	low = whole - rounding_error;
	high = whole + rounding_error;
	return digits < 0 ? (KzInterval){low * scale, high * scale}
					  : (KzInterval){low / scale, high / scale};
}

/* Spends work; false when there is none left. */
static bool
spend(Search *search, uint64 work)
{
	CHECK_FOR_INTERRUPTS();
	if (search->work < work)
	{
		search->work = 0;
		return false;
	}
	search->work -= work;
	return true;
}

/* Places a bound of a ratio among the smallest two. */
static inline void
place_bound(Search *search, uint32 n, uint32 m, uint32 line, double bound)
{
	size_t i = (size_t) n * search->nodes + m;

	if (bound < search->bound[i])
	{
		search->second[i] = search->bound[i];
		search->bound[i] = bound;
		search->via[i] = line;
	}
	else if (bound < search->second[i])
		search->second[i] = bound;
}

/* Finds the bounds of all ratios from the cells that are not removed. */
static void
find_bounds(Search *search)
{
	uint32 nodes = search->nodes;

	for (size_t i = 0; i < (size_t) nodes * nodes; i++)
		search->bound[i] = search->second[i] = INFINITY;
	for (uint32 line = 0; line < search->lines; line++)
	{
		size_t		  start = (size_t) line * nodes;
		const double *low = search->low + start, *high = search->high + start;
		const uint8	 *state = search->state + start;

		CHECK_FOR_INTERRUPTS();
		for (uint32 n = 0; n < nodes; n++)
		{
			if (state[n] == REMOVED || high[n] == INFINITY)
				continue;
			for (uint32 m = 0; m < nodes; m++)
				if (m != n && state[m] != REMOVED && low[m] > -INFINITY)
					place_bound(search, n, m, line, high[n] - low[m]);
		}
	}
}

/* Lists the cells of the cycle of parents that a node is on; false if its length is not negative after all. */
static bool
list_cycle(Search *search, uint32 on)
{
	uint32 n = on, nodes = search->nodes;
	double length = 0.0;

	search->cycle_cells = 0;
	do
	{
		uint32 m = search->parent[n], line = search->via[(size_t) n * nodes + m];
		size_t start = (size_t) line * nodes;

		length += search->high[start + n] - search->low[start + m] + MARGIN;
		search->cycle[search->cycle_cells++] = start + n;
		search->cycle[search->cycle_cells++] = start + m;
		n = m;
	} while (n != on);
	return length < 0.0;
}

/* Follows the parents from every node; lists the first negative cycle that closes. */
static bool
follow_parents(Search *search)
{
	memset(search->seen, 0, search->nodes);
	for (uint32 start = 0; start < search->nodes; start++)
	{
		uint32 n = start;

		/* 1: on this walk; 2: on an earlier one */
		while (n != PG_UINT32_MAX && search->seen[n] == 0)
		{
			search->seen[n] = 1;
			n = search->parent[n];
		}
		if (n != PG_UINT32_MAX && search->seen[n] == 1 && list_cycle(search, n))
			return true;
		for (n = start; n != PG_UINT32_MAX && search->seen[n] == 1; n = search->parent[n])
			search->seen[n] = 2;
	}
	return false;
}

/* Finds a negative cycle by relaxing the difference constraints (Bellman-Ford); false when they can all hold. */
static bool
find_cycle(Search *search)
{
	uint32 nodes = search->nodes;
	bool   changed = true;

	find_bounds(search);
	for (uint32 n = 0; n < nodes; n++)
	{
		search->distance[n] = 0.0;
		search->parent[n] = PG_UINT32_MAX;
	}
	for (uint32 pass = 0; changed && pass <= nodes; pass++)
	{
		CHECK_FOR_INTERRUPTS();
		changed = false;
		for (uint32 n = 0; n < nodes; n++)
			for (uint32 m = 0; m < nodes; m++)
			{
				double bound = search->bound[(size_t) n * nodes + m] + MARGIN;

				if (search->distance[m] + bound < search->distance[n])
				{
					search->distance[n] = search->distance[m] + bound;
					search->parent[n] = m;
					changed = true;
				}
			}
		if (changed && follow_parents(search))
			return true;
	}
	return false;
}

/* What find_cycle costs at most, nearly. */
static uint64
cycle_work(const Search *search)
{
	uint64 square = (uint64) search->nodes * search->nodes;

	return square * (search->lines + Min(search->nodes, 8));
}

/* Changes the state of all cells of the current cycle that may be doubted; returns how many. */
static uint32
remove_cycle(Search *search, uint32 *undo, uint32 count)
{
	uint32 added = 0;

	for (uint32 i = 0; i < search->cycle_cells; i++)
	{
		uint32 cell = search->cycle[i];

		if (search->state[cell] != KEPT)
			continue;
		search->state[cell] = REMOVED;
		undo[count + added++] = cell;
	}
	return added;
}

/*
 * Counts negative cycles that have no doubted cell in common, each of which needs a removal of its own, up to more than a
 * budget; a cycle of trusted cells is more than any budget.
 */
static uint32
count_disjoint_cycles(Search *search, uint32 budget)
{
	uint32 *undo = kz_alloc_zero((size_t) search->lines * search->nodes, sizeof(uint32)), count = 0,
		   cycles = 0;

	while (cycles <= budget && spend(search, cycle_work(search)) && find_cycle(search))
	{
		uint32 added = remove_cycle(search, undo, count);

		count += added;
		cycles = added == 0 ? PG_UINT32_MAX : cycles + 1;
	}
	while (count > 0)
		search->state[undo[--count]] = KEPT;
	pfree(undo);
	return cycles;
}

/* Does a line give any of the bounds? Without it the distances are the same if it does not. */
static bool
gives_bound(const Search *search, uint32 line)
{
	for (size_t i = 0; i < (size_t) search->nodes * search->nodes; i++)
		if (search->bound[i] < INFINITY && search->via[i] == line)
			return true;
	return false;
}

/* Computes the shortest distances between all nodes without one line (Floyd-Warshall), or with all. */
static void
find_distances(Search *search, uint32 line, double *distance)
{
	uint32 nodes = search->nodes;

	for (size_t i = 0; i < (size_t) nodes * nodes; i++)
		distance[i] = search->via[i] == line ? search->second[i] : search->bound[i];
	for (uint32 n = 0; n < nodes; n++)
		distance[(size_t) n * nodes + n] = 0.0;
	for (uint32 k = 0; k < nodes; k++)
	{
		CHECK_FOR_INTERRUPTS();
		for (uint32 n = 0; n < nodes; n++)
			for (uint32 m = 0; m < nodes; m++)
				distance[(size_t) n * nodes + m] =
					fmin(distance[(size_t) n * nodes + m],
						 distance[(size_t) n * nodes + k] + distance[(size_t) k * nodes + m]);
	}
}

/* Returns the place in the table of a cell of the search. */
static size_t
table_place(const Search *search, uint32 line, uint32 node)
{
	return search->transposed ? (size_t) node * search->lines + line
							  : (size_t) line * search->nodes + node;
}

/* Returns the place in the search of a cell of the table. */
static size_t
search_place(const Search *search, size_t place)
{
	return search->transposed ? place % search->lines * search->nodes + place / search->lines
							  : place;
}

/*
 * Finds what the other cells that are kept leave for each cell of a line: another cell of the line, times the ratio of the two
 * nodes according to all other lines. In logarithms.
 */
static void
imply_line(Search *search, uint32 line, const double *distance)
{
	uint32		  nodes = search->nodes;
	size_t		  start = (size_t) line * nodes;
	const double *line_low = search->low + start, *line_high = search->high + start;

	for (uint32 n = 0; n < nodes; n++)
	{
		double low = -INFINITY, high = INFINITY;

		for (uint32 m = 0; m < nodes; m++)
			if (m != n && search->state[start + m] != REMOVED)
			{
				low = fmax(low, line_low[m] - distance[(size_t) m * nodes + n]);
				high = fmin(high, line_high[m] + distance[(size_t) n * nodes + m]);
			}
		search->implied[table_place(search, line, n)] = (KzInterval){low, high};
	}
}

/* Finds what the cells that are kept leave for all cells. */
static void
imply(Search *search)
{
	size_t	square = (size_t) search->nodes * search->nodes;
	double *all = kz_alloc_zero(square, sizeof(double)),
		   *others = kz_alloc_zero(square, sizeof(double));

	find_bounds(search);
	find_distances(search, PG_UINT32_MAX, all);
	for (uint32 line = 0; line < search->lines; line++)
	{
		bool needed = gives_bound(search, line);

		CHECK_FOR_INTERRUPTS();
		if (needed)
			find_distances(search, line, others);
		imply_line(search, line, needed ? others : all);
	}
	pfree(all);
	pfree(others);
}

/* Sums up how far the removed cells are from what the others leave for them, in logarithms. */
static double
correction(const Search *search)
{
	double sum = 0.0;

	for (uint32 line = 0; line < search->lines; line++)
		for (uint32 n = 0; n < search->nodes; n++)
		{
			size_t	   i = (size_t) line * search->nodes + n;
			KzInterval implied = search->implied[table_place(search, line, n)];

			if (search->state[i] == REMOVED)
				sum +=
					fmax(fmax(implied.low - search->high[i], search->low[i] - implied.high), 0.0);
		}
	return sum;
}

/* Is the set of removed cells to be preferred to the chosen one: a smaller correction, or, of equal ones, the earlier cells? */
static bool
is_preferred(const Search *search, double needed)
{
	if (fabs(needed - search->correction) > 1e-9 * search->correction)
		return needed < search->correction;
	for (size_t place = 0; place < (size_t) search->lines * search->nodes; place++)
	{
		bool removed = search->state[search_place(search, place)] == REMOVED;

		if (removed != search->result->chosen[place])
			return removed;
	}
	return false;
}

/* Makes the set of removed cells the chosen one. */
static void
choose_set(Search *search, double needed)
{
	KzTableCheck *result = search->result;

	search->correction = needed;
	for (size_t place = 0; place < (size_t) search->lines * search->nodes; place++)
	{
		KzInterval implied = search->implied[place];

		result->chosen[place] = search->state[search_place(search, place)] == REMOVED;
		result->implied[place] = (KzInterval){exp(implied.low), exp(implied.high)};
	}
}

/* Records a set of removed cells without which the rest is consistent. */
static void
record_set(Search *search)
{
	double needed;

	for (size_t place = 0; place < (size_t) search->lines * search->nodes; place++)
		search->result->member[place] += search->state[search_place(search, place)] == REMOVED;
	imply(search);
	needed = correction(search);
	if (search->result->sets++ == 0 || is_preferred(search, needed))
		choose_set(search, needed);
}

/* What record_set costs, nearly. */
static uint64
record_work(const Search *search)
{
	uint64 square = (uint64) search->nodes * search->nodes;

	return square * (2 * search->lines + search->nodes * Min(search->lines, square));
}

/*
 * Records every set of removals, up to a budget, that leaves no negative cycle: one cell of each cycle is in it. Cells of a
 * cycle that come before the removed one are trusted below it, so that each set is met once.
 */
static void
search_sets(Search *search, uint32 budget)
{
	uint32 *cycle, count, trusted = 0;

	if (!spend(search, cycle_work(search)))
		return;
	if (!find_cycle(search))
	{
		/* a consistent table is one whatever its size */
		if (spend(search, record_work(search)) || search->result->fewest == 0)
			record_set(search);
		return;
	}
	if (budget == 0)
		return;
	count = search->cycle_cells;
	cycle = kz_alloc_zero(count, sizeof(uint32));
	memcpy(cycle, search->cycle, count * sizeof(uint32));
	if (count_disjoint_cycles(search, budget) <= budget)
		for (uint32 i = 0; i < count && search->work > 0; i++)
		{
			uint32 cell = cycle[i];

			if (search->state[cell] != KEPT)
				continue;
			search->state[cell] = REMOVED;
			search_sets(search, budget - 1);
			search->state[cell] = TRUSTED;
			cycle[trusted++] = cell;
		}
	while (trusted > 0)
		search->state[cycle[--trusted]] = KEPT;
	pfree(cycle);
}

/* Measures how far pairs of nodes contradict each other: by how much the ends of their ratio are the wrong way round. */
static double
measure_contradiction(Search *search)
{
	uint32 nodes = search->nodes;
	double sum = 0.0;

	find_bounds(search);
	for (uint32 n = 0; n < nodes; n++)
		for (uint32 m = 0; m < n; m++)
			sum += fmax(0.0, -search->bound[(size_t) n * nodes + m] -
								 search->bound[(size_t) m * nodes + n]);
	return sum;
}

/* Removes the cell of the current cycle after which the least contradiction is left. */
static uint32
remove_worst(Search *search)
{
	double least = INFINITY;
	uint32 worst = search->cycle[0];

	for (uint32 i = 0; i < search->cycle_cells; i++)
	{
		uint32 cell = search->cycle[i];
		double left;

		search->state[cell] = REMOVED;
		left = measure_contradiction(search);
		search->state[cell] = KEPT;
		if (left < least)
		{
			least = left;
			worst = cell;
		}
	}
	search->state[worst] = REMOVED;
	return worst;
}

/* Finds one set of removals from which none can be left out, not always a smallest one, and records it. */
static void
settle_for_a_set(Search *search)
{
	size_t	cells = (size_t) search->lines * search->nodes;
	uint32 *removed = kz_alloc_zero(cells, sizeof(uint32)), count = 0;

	while (find_cycle(search))
		removed[count++] = remove_worst(search);
	search->result->fewest = 0;
	for (uint32 i = 0; i < count; i++)
	{
		search->state[removed[i]] = KEPT;
		if (!find_cycle(search))
			continue;
		search->state[removed[i]] = REMOVED;
		search->result->fewest++;
	}
	record_set(search);
	search->result->sets = 0;
	pfree(removed);
}

/* Takes the logarithms of the intervals, with the longer side of the table as lines. */
static void
take_logarithms(Search *search, const KzInterval *printed)
{
	for (uint32 line = 0; line < search->lines; line++)
		for (uint32 n = 0; n < search->nodes; n++)
		{
			KzInterval interval = printed[table_place(search, line, n)];
			size_t	   i = (size_t) line * search->nodes + n;

			search->low[i] = interval.low > 0.0 ? log(interval.low) : -INFINITY;
			search->high[i] = log(fmax(interval.high, DBL_MIN)); /* an exact zero is tiny */
		}
}

/* Empties what a search has found. */
static void
reset_result(Search *search)
{
	KzTableCheck *result = search->result;

	result->sets = 0;
	memset(result->member, 0, (size_t) search->lines * search->nodes * sizeof(uint64));
}

/*
 * Finds the smallest sets of cells without which the rest of a table can be right, and what the rest leaves for each cell. A cell
 * where nothing is printed is the interval of all numbers. When the work is used up before, the chosen set is enough
 * but maybe not smallest.
 */
void
kz_check_table(const KzInterval *printed, uint32_t rows, uint32_t cols, uint64_t work,
			   KzTableCheck *result)
{
	Search search = {.lines = Max(rows, cols),
					 .nodes = Min(rows, cols),
					 .transposed = rows < cols,
					 .work = work,
					 .result = result};
	size_t cells = (size_t) rows * cols, square = (size_t) search.nodes * search.nodes;

	search.low = kz_alloc_zero(cells, sizeof(double));
	search.high = kz_alloc_zero(cells, sizeof(double));
	search.state = kz_alloc_zero(cells, sizeof(uint8));
	search.bound = kz_alloc_zero(square, sizeof(double));
	search.second = kz_alloc_zero(square, sizeof(double));
	search.via = kz_alloc_zero(square, sizeof(uint32));
	search.distance = kz_alloc_zero(search.nodes, sizeof(double));
	search.parent = kz_alloc_zero(search.nodes, sizeof(uint32));
	search.seen = kz_alloc_zero(search.nodes, sizeof(uint8));
	search.cycle = kz_alloc_zero(search.nodes, 2 * sizeof(uint32));
	search.implied = kz_alloc_zero(cells, sizeof(KzInterval));
	result->chosen = kz_alloc_zero(cells, sizeof(bool));
	result->member = kz_alloc_zero(cells, sizeof(uint64));
	result->implied = kz_alloc_zero(cells, sizeof(KzInterval));
	take_logarithms(&search, printed);

	reset_result(&search);
	result->fewest = count_disjoint_cycles(&search, PG_UINT32_MAX - 1);
	do
		search_sets(&search, result->fewest);
	while (result->sets == 0 && search.work > 0 && ++result->fewest);
	if (result->sets == 0 || (search.work == 0 && result->fewest > 0))
	{
		reset_result(&search);
		settle_for_a_set(&search);
	}
}

/*
 * Finds what the ratio of two coefficients, rows a and b of a table, must be according to all industries that both are printed
 * for: max_i low_ia / high_ib to min_i high_ia / low_ib. Returns whether it is possible.
 */
bool
kz_check_ratio(const KzInterval *a, const KzInterval *b, uint32_t cols, KzRatio *result)
{
	*result = (KzRatio){{-INFINITY, INFINITY}, PG_UINT32_MAX, PG_UINT32_MAX};
	for (uint32 i = 0; i < cols; i++)
	{
		double low = fmax(a[i].low, 0.0) / b[i].high,
			   high = b[i].low > 0.0 ? a[i].high / b[i].low : INFINITY;

		if (a[i].high == INFINITY || b[i].high == INFINITY)
			continue;
		if (low > result->ratio.low)
		{
			result->ratio.low = low;
			result->low_at = i;
		}
		if (high < result->ratio.high)
		{
			result->ratio.high = high;
			result->high_at = i;
		}
	}
	return result->ratio.low <= result->ratio.high * (1.0 + MARGIN);
}

/* Weights values so that the sum of weight times value is the change by a rule, from at least two periods. */
static void
find_trend_weights(KzTrendRule rule, const double *period, uint32 count, double *weight)
{
	double mean = 0.0, squares = 0.0;

	if (rule != KZ_SLOPE)
	{
		weight[rule == KZ_FIRST_LAST ? 0 : count - 2] = -1.0;
		weight[count - 1] = 1.0;
		return;
	}
	for (uint32 i = 0; i < count; i++)
		mean += (period[i] - period[0]) / count;
	for (uint32 i = 0; i < count; i++)
	{
		weight[i] = period[i] - period[0] - mean;
		squares += weight[i] * weight[i];
	}
	for (uint32 i = 0; i < count; i++)
		weight[i] /= squares;
}

/* Returns what a trend rule makes of at least two values that are known up to their rounding. */
KzInterval
kz_trend_interval(KzTrendRule rule, const double *period, const KzInterval *value, uint32_t count)
{
	KzInterval change = {0.0, 0.0};
	double	   magnitude = 0.0, *weight = kz_alloc_zero(count, sizeof(double));

	find_trend_weights(rule, period, count, weight);
	for (uint32 i = 0; i < count; i++)
	{
		double w = weight[i];

		if (w == 0.0)
			continue;
		change.low += w * (w > 0.0 ? value[i].low : value[i].high);
		change.high += w * (w > 0.0 ? value[i].high : value[i].low);
		magnitude += fabs(w) * fmax(fabs(value[i].low), fabs(value[i].high));
	}
	pfree(weight);
	/* what is left of rounding where decimal numbers cancel */
	if (fabs(change.low) < NOISE * 10 * magnitude)
		change.low = 0.0;
	if (fabs(change.high) < NOISE * 10 * magnitude)
		change.high = 0.0;
	return change;
}

/* Can a printed direction (1 up, 0 flat, -1 down) be right for a change in an interval? */
bool
kz_direction_holds(int direction, KzInterval change, double tolerance)
{
	double slack = MARGIN * tolerance;

	if (direction > 0)
		return change.high > tolerance + slack;
	if (direction < 0)
		return change.low < -tolerance - slack;
	return change.low <= tolerance + slack && change.high >= -tolerance - slack;
}

/* Begins a sum without parts. */
void
kz_sum_init(KzSum *sum)
{
	*sum = (KzSum){.weights = 0.0};
	kz_exact_init(&sum->sum, 0.0);
	kz_exact_init(&sum->magnitude, 0.0);
}

/* Adds a part; of a suppressed one the value is what is disclosed of it. */
void
kz_sum_add(KzSum *sum, double weight, double value, bool suppressed)
{
	double product = weight * value;

	kz_exact_add(&sum->sum, product);
	kz_exact_add(&sum->sum, fma(weight, value, -product));
	kz_exact_add(&sum->magnitude, fabs(product));
	sum->weights += fabs(weight);
	sum->parts++;
	sum->hidden += suppressed;
	sum->negative |= product < 0.0 || weight < 0.0;
}

/*
 * Returns by how much a whole may differ from the sum of its parts: rounding_error times the number of printed numbers, a
 * tolerance, and the rounding of decimal numbers to doubles, which grows with their magnitude.
 */
double
kz_allowed_difference(double numbers, double magnitude, double rounding_error, double tolerance)
{
	return tolerance + rounding_error * numbers + NOISE * fabs(magnitude);
}

/*
 * Compares a published whole with the sum of its parts. Each printed number may be wrong by rounding_error, so their difference
 * may be rounding_error (1 + sum of weights), and by a tolerance more. With suppressed parts the sum is a
 * lower bound, unless values can be negative; then nothing can be said, nor where no part is there.
 */
void
kz_check_sum(const KzSum *parts, double whole, bool whole_suppressed, double rounding_error,
			 double tolerance, KzSumCheck *result)
{
	double sum = kz_exact_value(&parts->sum), limit;

	*result = (KzSumCheck){
		.allowed = kz_allowed_difference(1.0 + parts->weights, 0.0, rounding_error, tolerance)};
	limit =
		kz_allowed_difference(1.0 + parts->weights, fabs(whole) + kz_exact_value(&parts->magnitude),
							  rounding_error, tolerance);
	if (whole_suppressed)
	{
		result->status = KZ_SUPPRESSED_CELL;
		return;
	}
	result->difference = kz_maybe(whole - sum);
	if (parts->parts == 0 && whole != 0.0)
		result->status = KZ_TOO_FEW;
	else if (parts->hidden > 0)
		result->status = parts->negative || whole < 0.0 ? KZ_NEGATIVE : KZ_INCOMPLETE_TOTALS;
	if (result->status == KZ_NEGATIVE || result->status == KZ_TOO_FEW)
		return;
	result->contradicts =
		kz_maybe(parts->hidden > 0 ? whole - sum < -limit : fabs(whole - sum) > limit);
}
