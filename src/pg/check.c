/*
 * check.c
 *		Contradictions among printed coefficients and directions, as rows.
 */
#include "pg/check.h"

#include <math.h>

#include "funcapi.h"
#include "matrix/read.h"
#include "measure/check.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_check_coefficients);
KZ_FUNCTION(kz_check_coefficients_by_cell);
KZ_FUNCTION(kz_check_ratios);
KZ_FUNCTION(kz_check_ratios_by_cell);
KZ_FUNCTION(kz_check_directions);

/* Digits after the point that a double can show, and as many before it. */
#define MAX_DIGITS 15

/* A number that nothing is known of. */
static const KzInterval ANYWHERE = {-INFINITY, INFINITY};

/* A matrix of printed coefficients. */
typedef struct Printed
{
	KzIndex	   *index;
	KzInterval *interval; /* rows x cols; ANYWHERE where nothing is printed that can be checked */
} Printed;

/* Returns a number of digits. */
static int
check_digits(double digits)
{
	if (!(digits >= -MAX_DIGITS && digits <= MAX_DIGITS) || digits != rint(digits))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("digits must be a whole number from %d to %d, not %g", -MAX_DIGITS,
							   MAX_DIGITS, digits),
						errhint("It counts the digits printed after the decimal point; -3 means "
								"thousands.")));
	return (int) digits;
}

/* Returns the error of a number printed with so many digits: half a unit of the last; none where digits is NULL. */
double
kz_get_rounding(FunctionCallInfo fcinfo, int argument)
{
	if (PG_ARGISNULL(argument))
		return 0.0;
	return kz_printed_interval(0.0, check_digits(PG_GETARG_INT32(argument)), 0.5).high;
}

/* Returns the digits of one cell. */
static int
digits_of_cell(const KzIndex *digits, const KzView *view, uint32 row, uint32 col)
{
	uint32 digits_row = kz_find_label(&digits->rows, &view->rows, row),
		   digits_col = kz_find_label(&digits->cols, &view->cols, col), cell = PG_UINT32_MAX;

	if (digits_row != KZ_NOT_FOUND && digits_col != KZ_NOT_FOUND)
		cell = kz_view_find(&digits->view, digits_row, digits_col);
	if (cell == PG_UINT32_MAX || kz_is_suppressed(&digits->view, cell))
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("digits lacks the cell in row \"%.*s\", column \"%.*s\"",
							   (int) kz_label_length(&view->rows, row), kz_label(&view->rows, row),
							   (int) kz_label_length(&view->cols, col), kz_label(&view->cols, col)),
						errhint("Every value that is printed needs its number of digits, be it an "
								"explicit 0.")));
	return check_digits(digits->view.value[cell]);
}

/* Reads the printed coefficients: matrix, digits (an integer or a matrix), rounding_error. */
static void
get_printed(FunctionCallInfo fcinfo, bool by_cell, Printed *printed)
{
	KzIndex *digits = by_cell ? kz_get_index(fcinfo, 1) : NULL;
	int		 all = by_cell || PG_ARGISNULL(1) ? 2 : check_digits(PG_GETARG_INT32(1));
	double	 error = kz_get_number_or(fcinfo, 2, "rounding_error", 0.0, INFINITY, 0.5);
	KzView	*view;
	size_t	 cells;

	printed->index = kz_get_index(fcinfo, 0);
	view = &printed->index->view;
	cells = (size_t) view->rows.count * view->cols.count;
	if (cells > KZ_CHECK_CELLS)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("a table of %u rows and %u columns is too large to be checked",
							   view->rows.count, view->cols.count),
						errdetail("It may have %d cells.", KZ_CHECK_CELLS),
						errhint("Check the coefficients of one region and period at a time.")));
	printed->interval = palloc(Max(cells, 1) * sizeof(KzInterval));
	for (size_t i = 0; i < cells; i++)
		printed->interval[i] = ANYWHERE;
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
			if (!kz_is_suppressed(view, i) && view->value[i] >= 0.0)
				printed->interval[(size_t) row * view->cols.count + view->col[i]] =
					kz_printed_interval(
						view->value[i],
						digits == NULL ? all : digits_of_cell(digits, view, row, view->col[i]),
						error);
}

/* Sets the ends of an interval, NULL where nothing bounds it. */
static void
set_interval(Datum *values, bool *nulls, int i, KzInterval interval)
{
	kz_set_number(values, nulls, i, kz_maybe(interval.low));
	kz_set_number(values, nulls, i + 1, kz_maybe(interval.high));
}

/* Sets a boolean column, NULL where it is unknown. */
void
kz_set_boolean(Datum *values, bool *nulls, int i, KzMaybe truth)
{
	values[i] = BoolGetDatum(truth.value != 0.0);
	nulls[i] = !truth.known;
}

/* Appends what the check of a table says of one cell. */
static void
put_cell(FunctionCallInfo fcinfo, Datum coefficient, Datum industry, const KzView *view,
		 uint32 cell, const KzTableCheck *check, size_t place, const Datum *status)
{
	double	 value = view->value[cell];
	bool	 suppressed = kz_is_suppressed(view, cell);
	uint64	 sets = check->sets;
	KzStatus reason = suppressed	? KZ_SUPPRESSED_CELL
					  : value < 0.0 ? KZ_NEGATIVE
					  : check->implied[place].low == 0.0 && isinf(check->implied[place].high)
						  ? KZ_TOO_FEW
						  : KZ_OK;
	bool	 checked = reason == KZ_OK || reason == KZ_TOO_FEW;
	Datum	 values[8] = {coefficient, industry, Float8GetDatum(value)};
	bool	 nulls[8] = {false, false, suppressed};

	set_interval(values, nulls, 3, check->implied[place]);
	kz_set_boolean(values, nulls, 5, (KzMaybe){check->chosen[place], checked});
	kz_set_number(
		values, nulls, 6,
		(KzMaybe){sets > 0 ? (double) check->member[place] / sets : 0.0, checked && sets > 0});
	values[7] = status[reason];
	kz_put_row(fcinfo, values, nulls);
}

/* Checks a table of printed coefficients and returns a row for each of them. */
static Datum
check_coefficients(FunctionCallInfo fcinfo, bool by_cell)
{
	Printed		  printed;
	KzTableCheck  check;
	const KzView *view;
	Datum		 *coefficients, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || (by_cell && PG_ARGISNULL(1)))
		return (Datum) 0;
	get_printed(fcinfo, by_cell, &printed);
	view = &printed.index->view;
	kz_check_table(printed.interval, view->rows.count, view->cols.count, KZ_CHECK_WORK, &check);
	coefficients = kz_label_datums(&view->rows);
	industries = kz_label_datums(&view->cols);
	status = kz_status_datums();
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
			put_cell(fcinfo, coefficients[row], industries[view->col[i]], view, i, &check,
					 (size_t) row * view->cols.count + view->col[i], status);
	return (Datum) 0;
}

/*
 * kz_check_coefficients(kz_matrix, digits integer, rounding_error float8) -> setof (coefficient, industry, value, low, high,
 * contradicts, set_share, status)
 */
Datum
kz_check_coefficients(PG_FUNCTION_ARGS)
{
	return check_coefficients(fcinfo, false);
}

/* kz_check_coefficients(kz_matrix, digits kz_matrix, rounding_error float8) -> setof the same */
Datum
kz_check_coefficients_by_cell(PG_FUNCTION_ARGS)
{
	return check_coefficients(fcinfo, true);
}

/* Sets the label of the industry that gives an end of a ratio, NULL where none does. */
static void
set_industry(Datum *values, bool *nulls, int i, const Datum *industries, uint32 at)
{
	nulls[i] = at == PG_UINT32_MAX;
	if (!nulls[i])
		values[i] = industries[at];
}

/* Returns a row for each pair of coefficients. */
static Datum
check_ratios(FunctionCallInfo fcinfo, bool by_cell)
{
	Printed		  printed;
	const KzView *view;
	Datum		 *coefficients, *industries, *status;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || (by_cell && PG_ARGISNULL(1)))
		return (Datum) 0;
	get_printed(fcinfo, by_cell, &printed);
	view = &printed.index->view;
	coefficients = kz_label_datums(&view->rows);
	industries = kz_label_datums(&view->cols);
	status = kz_status_datums();
	for (uint32 a = 0; a < view->rows.count; a++)
		for (uint32 b = a + 1; b < view->rows.count; b++)
		{
			Datum	values[8] = {coefficients[a], coefficients[b]};
			bool	nulls[8] = {false};
			KzRatio ratio;
			bool	possible, known;

			CHECK_FOR_INTERRUPTS();
			possible = kz_check_ratio(printed.interval + (size_t) a * view->cols.count,
									  printed.interval + (size_t) b * view->cols.count,
									  view->cols.count, &ratio);
			known = ratio.low_at != PG_UINT32_MAX;
			set_interval(values, nulls, 2, ratio.ratio);
			set_industry(values, nulls, 4, industries, ratio.low_at);
			set_industry(values, nulls, 5, industries, ratio.high_at);
			kz_set_boolean(values, nulls, 6, (KzMaybe){!possible, known});
			values[7] = status[known ? KZ_OK : KZ_TOO_FEW];
			kz_put_row(fcinfo, values, nulls);
		}
	return (Datum) 0;
}

/*
 * kz_check_ratios(kz_matrix, digits integer, rounding_error float8) -> setof (coefficient, other, low, high, low_industry,
 * high_industry, contradicts, status)
 */
Datum
kz_check_ratios(PG_FUNCTION_ARGS)
{
	return check_ratios(fcinfo, false);
}

/* kz_check_ratios(kz_matrix, digits kz_matrix, rounding_error float8) -> setof the same */
Datum
kz_check_ratios_by_cell(PG_FUNCTION_ARGS)
{
	return check_ratios(fcinfo, true);
}

/* The periods of a matrix in their order. */
typedef struct Periods
{
	uint32 *column; /* by place in time */
	uint32 *place;	/* by column */
	double *number; /* by place: the period itself if it is a whole number, else its place */
} Periods;

/* Reads a label as a whole number of at most nine digits. */
static bool
whole_number(const KzLabels *labels, uint32 i, double *number)
{
	const char *text = kz_label(labels, i);
	uint32		length = kz_label_length(labels, i), sign = length > 0 && text[0] == '-';
	double		result = 0.0;

	if (length == sign || length > sign + 9)
		return false;
	for (uint32 c = sign; c < length; c++)
	{
		if (text[c] < '0' || text[c] > '9')
			return false;
		result = result * 10.0 + (text[c] - '0');
	}
	*number = sign ? -result : result;
	return true;
}

/* Compares two columns by the numbers that they are. */
static int
compare_numbers(const void *a, const void *b, void *number)
{
	double x = ((double *) number)[*(const uint32 *) a],
		   y = ((double *) number)[*(const uint32 *) b];

	return (x > y) - (x < y);
}

/* Orders the columns: as numbers if they all are different whole numbers, else bytewise as they stand. */
static void
order_periods(const KzLabels *labels, Periods *periods)
{
	size_t	count = Max(labels->count, 1);
	double *number = palloc(count * sizeof(double));
	bool	numbers = true;

	periods->column = palloc(count * sizeof(uint32));
	periods->place = palloc(count * sizeof(uint32));
	periods->number = palloc(count * sizeof(double));
	for (uint32 i = 0; i < labels->count; i++)
	{
		periods->column[i] = i;
		numbers = numbers && whole_number(labels, i, &number[i]);
	}
	if (numbers)
		qsort_arg(periods->column, labels->count, sizeof(uint32), compare_numbers, number);
	for (uint32 i = 1; numbers && i < labels->count; i++)
		numbers = number[periods->column[i - 1]] < number[periods->column[i]];
	for (uint32 i = 0; i < labels->count; i++)
	{
		if (!numbers)
			periods->column[i] = i;
		periods->place[periods->column[i]] = i;
		periods->number[i] = numbers ? number[periods->column[i]] : i;
	}
}

/* The values of a series up to a period. */
typedef struct Series
{
	uint32		count;
	double	   *period;
	KzInterval *value;
	bool	   *suppressed;
} Series;

/* Reads the printed values of a row up to a period, in order. */
static void
read_series(const KzView *view, uint32 row, const Periods *periods, uint32 last, double rounding,
			Series *series)
{
	series->count = 0;
	for (uint32 place = 0; place <= last; place++)
	{
		uint32 cell = kz_view_find(view, row, periods->column[place]), n = series->count;
		double value;

		if (cell == PG_UINT32_MAX)
			continue;
		value = view->value[cell];
		series->period[n] = periods->number[place];
		series->suppressed[n] = kz_is_suppressed(view, cell);
		series->value[n] = (KzInterval){value - rounding, value + rounding};
		series->count++;
	}
}

/* Is a value that a rule uses suppressed? */
static bool
is_hidden(const Series *series, KzTrendRule rule)
{
	uint32 n = series->count;

	if (rule == KZ_FIRST_LAST)
		return series->suppressed[0] || series->suppressed[n - 1];
	if (rule == KZ_LAST_STEP)
		return series->suppressed[n - 2] || series->suppressed[n - 1];
	for (uint32 i = 0; i < n; i++)
		if (series->suppressed[i])
			return true;
	return false;
}

/* Judges a printed direction by all rules and sets the columns from the first rule's on. */
static void
judge_direction(const Series *series, int direction, double tolerance, Datum *values, bool *nulls,
				const Datum *status)
{
	KzStatus reason = series->count < 2 ? KZ_TOO_FEW : KZ_OK;
	bool	 holds = false;

	for (int rule = 0; rule < KZ_TREND_RULES; rule++)
	{
		KzInterval change = ANYWHERE;

		if (reason != KZ_TOO_FEW && !is_hidden(series, rule))
		{
			change = kz_trend_interval(rule, series->period, series->value, series->count);
			holds |= kz_direction_holds(direction, change, tolerance);
		}
		else
			kz_worsen(&reason, series->count < 2 ? KZ_TOO_FEW : KZ_SUPPRESSED_CELL);
		set_interval(values, nulls, 2 * rule, change);
	}
	kz_set_boolean(values, nulls, 2 * KZ_TREND_RULES, (KzMaybe){holds, holds || reason == KZ_OK});
	values[2 * KZ_TREND_RULES + 1] = status[reason];
}

/* Returns a printed direction. */
static int
check_direction(const KzView *view, uint32 row, uint32 cell)
{
	double direction = view->value[cell];

	if (kz_is_suppressed(view, cell) || (direction != -1.0 && direction != 0.0 && direction != 1.0))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("direction in row \"%.*s\", column \"%.*s\" must be -1, 0 or 1",
							   (int) kz_label_length(&view->rows, row), kz_label(&view->rows, row),
							   (int) kz_label_length(&view->cols, view->col[cell]),
							   kz_label(&view->cols, view->col[cell])),
						errhint("1 is up, 0 flat, -1 down; leave out what is not printed.")));
	return (int) direction;
}

/* Returns the place in the matrix of a label of the directions; one that it lacks is an error. */
static uint32
find_in_matrix(const KzAxis *axis, const KzLabels *labels, uint32 i, const char *side)
{
	uint32 found = kz_find_label(axis, labels, i);

	if (found == KZ_NOT_FOUND)
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_OBJECT),
				 errmsg("matrix lacks the %s \"%.*s\" of a direction", side,
						(int) kz_label_length(labels, i), kz_label(labels, i)),
				 errhint("The directions have the labels of the values: series and periods.")));
	return found;
}

/*
 * kz_check_directions(kz_matrix, directions kz_matrix, digits integer, tolerance float8) -> setof (series, period, printed,
 * first_last_low, first_last_high, last_step_low, last_step_high, slope_low, slope_high, holds, status)
 */
Datum
kz_check_directions(PG_FUNCTION_ARGS)
{
	KzIndex		 *index, *directions;
	const KzView *view;
	Periods		  periods;
	Series		  series;
	Datum		 *labels, *columns, *status, word[3];
	double		  rounding, tolerance;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return (Datum) 0;
	index = kz_get_index(fcinfo, 0);
	directions = kz_get_index(fcinfo, 1);
	rounding = kz_get_rounding(fcinfo, 2);
	tolerance = kz_get_number_or(fcinfo, 3, "tolerance", 0.0, INFINITY, 0.0);
	view = &directions->view;
	order_periods(&index->view.cols, &periods);
	series.period = palloc(Max(index->view.cols.count, 1) * sizeof(double));
	series.value = palloc(Max(index->view.cols.count, 1) * sizeof(KzInterval));
	series.suppressed = palloc(Max(index->view.cols.count, 1) * sizeof(bool));
	labels = kz_label_datums(&view->rows);
	columns = kz_label_datums(&view->cols);
	status = kz_status_datums();
	word[0] = CStringGetTextDatum("down");
	word[1] = CStringGetTextDatum("flat");
	word[2] = CStringGetTextDatum("up");

	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			int	   direction = check_direction(view, row, i);
			uint32 found = find_in_matrix(&index->rows, &view->rows, row, "series"),
				   period = find_in_matrix(&index->cols, &view->cols, view->col[i], "period");
			Datum values[11] = {labels[row], columns[view->col[i]], word[direction + 1]};
			bool  nulls[11] = {false};

			CHECK_FOR_INTERRUPTS();
			read_series(&index->view, found, &periods, periods.place[period], rounding, &series);
			judge_direction(&series, direction, tolerance, values + 3, nulls + 3, status);
			kz_put_row(fcinfo, values, nulls);
		}
	return (Datum) 0;
}
