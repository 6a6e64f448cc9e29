/*
 * convergence.c
 *		Beta and sigma convergence of a region x period matrix.
 */
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "measure/convergence.h"

#include <math.h>

#include "base/size.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "utils/builtins.h"

KZ_FUNCTION(kz_beta_convergence);
KZ_FUNCTION(kz_sigma_convergence);
KZ_FUNCTION(kz_sigma_trend);

/* A period of the matrix. */
typedef struct Period
{
	uint32 col;
	bool   numbered; /* is its label a number? */
	double number;
} Period;

/* Reads a label as a number. */
static Period
read_period(const KzLabels *labels, uint32 col)
{
	Period period = {.col = col};
	char  *text = pnstrdup(kz_label(labels, col), kz_label_length(labels, col)), *end;

	period.number = strtod(text, &end);
	period.numbered = end > text && strlen(text) == kz_label_length(labels, col) && *end == '\0' &&
					  isfinite(period.number);
	pfree(text);
	return period;
}

/* Orders periods by their numbers. */
static int
compare_periods(const void *a, const void *b)
{
	const Period *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	return x->col < y->col ? -1 : x->col > y->col;
}

/* Returns all periods: in the order of their numbers if every label is one, else in that of the labels. */
static Period *
read_periods(const KzView *view, bool *numbered)
{
	uint32	count = view->cols.count;
	Period *period = palloc_extended(Max(count, 1) * sizeof(Period), MCXT_ALLOC_HUGE);

	*numbered = true;
	for (uint32 col = 0; col < count; col++)
	{
		CHECK_FOR_INTERRUPTS();
		period[col] = read_period(&view->cols, col);
		*numbered &= period[col].numbered;
	}
	if (*numbered && count > 1)
		qsort(period, count, sizeof(Period), compare_periods);
	return period;
}

/* Finds the period that an argument names. */
static uint32
get_period(FunctionCallInfo fcinfo, int argument, const KzIndex *index)
{
	text  *label = PG_GETARG_TEXT_PP(argument);
	uint32 col = kz_dictionary_find(&index->cols.labels, VARDATA_ANY(label),
									(uint32) VARSIZE_ANY_EXHDR(label));

	if (col == KZ_NOT_FOUND)
		ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
						errmsg("matrix lacks the period \"%s\"", text_to_cstring(label)),
						errhint("Periods are its column labels.")));
	return col;
}

/* Returns the time between two periods: given, or the difference of their labels. */
static double
get_time(FunctionCallInfo fcinfo, int argument, const KzView *view, uint32 start, uint32 finish)
{
	Period from = read_period(&view->cols, start), to = read_period(&view->cols, finish);
	double time;

	if (!PG_ARGISNULL(argument))
		time = kz_get_number(fcinfo, argument, "periods", -INFINITY, INFINITY);
	else if (from.numbered && to.numbered)
		time = to.number - from.number;
	else
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("start and finish must be numbers when periods is not given"),
						errhint("Give periods, the time from start to finish.")));
	if (!(time > 0.0) || !isfinite(time))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("time from start to finish must be above 0, not %g", time),
						errhint("Name the earlier period as start, or give periods.")));
	return time;
}

/* Returns a region's value in a period if it is disclosed and above 0, so that it has a logarithm. */
static bool
positive_value(const KzView *view, uint32 row, uint32 col, double *value)
{
	uint32 cell = kz_view_find(view, row, col);

	if (cell == PG_UINT32_MAX || kz_is_suppressed(view, cell))
		return false;
	*value = view->value[cell];
	return *value > 0.0;
}

/* Allocates a number for each region. */
static double *
alloc_numbers(const KzView *view)
{
	return palloc_extended(kz_size_mul(view->rows.count + (size_t) 1, sizeof(double)),
						   MCXT_ALLOC_HUGE);
}

/* Sets the columns of a line from one on. */
static int
set_line(Datum *values, bool *nulls, int i, const KzFit *line)
{
	kz_set_number(values, nulls, i++, line->intercept);
	kz_set_number(values, nulls, i++, line->intercept_se);
	kz_set_number(values, nulls, i++, line->intercept_t);
	kz_set_number(values, nulls, i++, line->intercept_p);
	kz_set_number(values, nulls, i++, line->slope);
	kz_set_number(values, nulls, i++, line->slope_se);
	kz_set_number(values, nulls, i++, line->slope_t);
	kz_set_number(values, nulls, i++, line->slope_p);
	kz_set_number(values, nulls, i++, line->r_squared);
	return i;
}

/*
 * kz_beta_convergence(kz_matrix, start text, finish text, periods float8) -> setof one row (n, excluded, periods,
 * intercept, intercept_se, intercept_t, intercept_p, beta, beta_se, beta_t, beta_p, r_squared, speed, speed_se,
 * half_life, status)
 */
Datum
kz_beta_convergence(PG_FUNCTION_ARGS)
{
	KzIndex		 *index;
	const KzView *view;
	uint32		  start, finish, n = 0;
	double		 *x, *y, time;
	KzFit		  line;
	KzSpeed		  speed;
	Datum		  values[16];
	bool		  nulls[16] = {false};
	int			  i = 0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return (Datum) 0;
	index = kz_get_index(fcinfo, 0);
	view = &index->view;
	start = get_period(fcinfo, 1, index);
	finish = get_period(fcinfo, 2, index);
	time = get_time(fcinfo, 3, view, start, finish);
	x = alloc_numbers(view);
	y = alloc_numbers(view);
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		double from, to;

		CHECK_FOR_INTERRUPTS();
		if (!positive_value(view, row, start, &from) || !positive_value(view, row, finish, &to))
			continue;
		x[n] = log(from);
		y[n++] = log(to / from) / time;
	}
	kz_fit_line(x, y, n, &line);
	speed = kz_convergence_speed(&line, time);
	if (n < view->rows.count)
		kz_worsen(&line.status, KZ_INCOMPLETE_TOTALS);

	values[i++] = Int64GetDatum(n);
	values[i++] = Int64GetDatum(view->rows.count - n);
	values[i++] = Float8GetDatum(time);
	i = set_line(values, nulls, i, &line);
	kz_set_number(values, nulls, i++, speed.speed);
	kz_set_number(values, nulls, i++, speed.speed_se);
	kz_set_number(values, nulls, i++, speed.half_life);
	values[i] = kz_status_datums()[line.status];
	kz_put_row(fcinfo, values, nulls);
	return (Datum) 0;
}

/* Computes the spread of a period over the regions whose value has a logarithm. */
static void
spread_of_period(const KzView *view, uint32 col, bool sample, double *value, KzDispersion *spread)
{
	uint32 n = 0;

	for (uint32 row = 0; row < view->rows.count; row++)
	{
		CHECK_FOR_INTERRUPTS();
		n += positive_value(view, row, col, &value[n]);
	}
	kz_dispersion(value, n, sample, spread);
	if (n < view->rows.count)
		kz_worsen(&spread->status, KZ_INCOMPLETE_TOTALS);
}

/* kz_sigma_convergence(kz_matrix, sample boolean) -> setof (period, n, excluded, sd, cv, f, f_p, status) */
Datum
kz_sigma_convergence(PG_FUNCTION_ARGS)
{
	KzView		 view;
	Period		*period;
	bool		 numbered, sample = kz_get_flag(fcinfo, 1, false);
	Datum		*labels, *status;
	double		*value;
	KzDispersion first, spread;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	KZ_GETARG_VIEW(0, &view);
	period = read_periods(&view, &numbered);
	labels = kz_label_datums(&view.cols);
	status = kz_status_datums();
	value = alloc_numbers(&view);
	for (uint32 i = 0; i < view.cols.count; i++)
	{
		Datum	values[8];
		bool	nulls[8] = {false};
		KzMaybe f = {0.0, false}, p = f;

		spread_of_period(&view, period[i].col, sample, value, &spread);
		if (i == 0)
			first = spread;
		else
			p = kz_variance_test(&first, &spread, &f);
		values[0] = labels[period[i].col];
		values[1] = Int64GetDatum(spread.n);
		values[2] = Int64GetDatum(view.rows.count - spread.n);
		kz_set_number(values, nulls, 3, spread.sd);
		kz_set_number(values, nulls, 4, spread.cv);
		kz_set_number(values, nulls, 5, f);
		kz_set_number(values, nulls, 6, p);
		values[7] = status[spread.status];
		kz_put_row(fcinfo, values, nulls);
	}
	return (Datum) 0;
}

/*
 * kz_sigma_trend(kz_matrix, sample boolean) -> setof one row (n, intercept, intercept_se, intercept_t, intercept_p, slope,
 * slope_se, slope_t, slope_p, r_squared, status)
 */
Datum
kz_sigma_trend(PG_FUNCTION_ARGS)
{
	KzView	 view;
	Period	*period;
	bool	 numbered, sample = kz_get_flag(fcinfo, 1, false);
	double	*value, *x, *y;
	uint32	 n = 0;
	KzStatus reason = KZ_OK;
	KzFit	 line;
	Datum	 values[11];
	bool	 nulls[11] = {false};
	int		 i = 0;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (PG_ARGISNULL(0))
		return (Datum) 0;
	KZ_GETARG_VIEW(0, &view);
	period = read_periods(&view, &numbered);
	if (!numbered)
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE), errmsg("periods must be numbers"),
						errhint("Label the columns with numbers, for example years.")));
	value = alloc_numbers(&view);
	x = palloc_extended((view.cols.count + 1) * sizeof(double), MCXT_ALLOC_HUGE);
	y = palloc_extended((view.cols.count + 1) * sizeof(double), MCXT_ALLOC_HUGE);
	for (uint32 col = 0; col < view.cols.count; col++)
	{
		KzDispersion spread;

		spread_of_period(&view, period[col].col, sample, value, &spread);
		if (spread.status == KZ_INCOMPLETE_TOTALS || !spread.sd.known)
			reason = KZ_INCOMPLETE_TOTALS;
		if (!spread.sd.known)
			continue;
		x[n] = period[col].number;
		y[n++] = spread.sd.value;
	}
	kz_fit_line(x, y, n, &line);
	kz_worsen(&line.status, reason);
	values[i++] = Int64GetDatum(n);
	i = set_line(values, nulls, i, &line);
	values[i] = kz_status_datums()[line.status];
	kz_put_row(fcinfo, values, nulls);
	return (Datum) 0;
}
