/*
 * significance_window.c
 *		Adjusting p-values for the number of tests, as window functions: the partition is the family of tests.
 *
 * At the first row of a partition all its p-values are read, sorted and adjusted; every row is then answered from
 * that. NULLs are no tests. Order and frame of the window make no difference.
 */
#include "kz.h"

#include <math.h>

#include "fmgr.h"
#include "measure/significance.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "windowapi.h"

KZ_FUNCTION(kz_bonferroni);
KZ_FUNCTION(kz_holm);
KZ_FUNCTION(kz_benjamini_hochberg);
KZ_FUNCTION(kz_benjamini_yekutieli);

/* A partition's adjusted p-values by row, NaN for NULL; no array until the first row has been asked for. */
typedef struct Family
{
	double *adjusted;
} Family;

/* A test: its p-value and the row that it belongs to. */
typedef struct Test
{
	double p;
	uint32 row;
} Test;

/* Orders tests by their p-values; tests of the same p-value get the same result. */
static int
compare_tests(const void *a, const void *b)
{
	double p = ((const Test *) a)->p, q = ((const Test *) b)->p;

	CHECK_FOR_INTERRUPTS();
	return (p > q) - (p < q);
}

/* Reads the p-value of a row; returns false when it is NULL. */
static bool
get_p(WindowObject window, uint32 row, double *p)
{
	bool  is_null, is_out;
	Datum datum =
		WinGetFuncArgInPartition(window, 0, (int) row, WINDOW_SEEK_HEAD, false, &is_null, &is_out);

	if (is_null || is_out)
		return false;
	*p = DatumGetFloat8(datum) + 0.0; /* a negative zero is a zero */
	if (!(*p >= 0.0 && *p <= 1.0))
		ereport(ERROR, (errcode(ERRCODE_INVALID_PARAMETER_VALUE),
						errmsg("p must lie between 0 and 1, not %g", *p),
						errhint("Use NULL for what was not tested.")));
	return true;
}

/* Reads all tests of a partition; returns how many there are. */
static uint32
read_tests(WindowObject window, uint32 rows, Test *test)
{
	MemoryContext row_context = AllocSetContextCreate(CurrentMemoryContext, "kz p-value",
													  ALLOCSET_SMALL_SIZES),
				  caller = MemoryContextSwitchTo(row_context);
	uint32 n = 0;

	for (uint32 row = 0; row < rows; row++)
	{
		CHECK_FOR_INTERRUPTS();
		test[n].row = row;
		n += get_p(window, row, &test[n].p);
		MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
	return n;
}

/* Adjusts the p-values of a partition. */
static void
adjust_partition(WindowObject window, KzAdjustment adjustment, Family *family)
{
	int64		  rows = WinGetPartitionRowCount(window);
	MemoryContext context = GetMemoryChunkContext(family);
	double		 *adjusted, *sorted;
	Test		 *test;
	uint32		  n;

	if (rows > PG_INT32_MAX)
		ereport(ERROR, (errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
						errmsg("family of tests must have at most %d rows, not " INT64_FORMAT,
							   PG_INT32_MAX, rows),
						errhint("Partition the window.")));
	adjusted = MemoryContextAllocHuge(context, rows * sizeof(double));
	sorted = MemoryContextAllocHuge(context, rows * sizeof(double));
	test = MemoryContextAllocHuge(context, rows * sizeof(Test));
	n = read_tests(window, (uint32) rows, test);
	qsort(test, n, sizeof(Test), compare_tests);
	for (uint32 i = 0; i < n; i++)
		sorted[i] = test[i].p;
	kz_adjust_sorted(adjustment, sorted, n);
	for (int64 row = 0; row < rows; row++)
		adjusted[row] = NAN;
	for (uint32 i = 0; i < n; i++)
		adjusted[test[i].row] = sorted[i];
	pfree(sorted);
	pfree(test);
	family->adjusted = adjusted;
}

/* Answers the current row. */
static Datum
answer(FunctionCallInfo fcinfo, KzAdjustment adjustment)
{
	WindowObject window = PG_WINDOW_OBJECT();
	Family		*family = WinGetPartitionLocalMemory(window, sizeof(Family));
	double		 p;

	if (family->adjusted == NULL)
		adjust_partition(window, adjustment, family);
	p = family->adjusted[WinGetCurrentPosition(window)];
	if (isnan(p))
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(p);
}

/* kz_bonferroni(p float8) OVER (...) -> float8 */
Datum
kz_bonferroni(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, KZ_BONFERRONI);
}

/* kz_holm(p float8) OVER (...) -> float8 */
Datum
kz_holm(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, KZ_HOLM);
}

/* kz_benjamini_hochberg(p float8) OVER (...) -> float8 */
Datum
kz_benjamini_hochberg(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, KZ_BENJAMINI_HOCHBERG);
}

/* kz_benjamini_yekutieli(p float8) OVER (...) -> float8 */
Datum
kz_benjamini_yekutieli(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, KZ_BENJAMINI_YEKUTIELI);
}
