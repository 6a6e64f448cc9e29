/*
 * exact.c
 *		The rare sums that need more than two doubles.
 */
#include "postgres.h"

#include <math.h>

#include "base/exact.h"

/* Adds a value to an expansion of ascending, non-overlapping parts; drops zeros (grow-expansion). */
static int
grow(double *part, int count, double value)
{
	int kept = 0;

	for (int i = 0; i < count; i++)
	{
		double error;

		kz_two_sum(value, part[i], &value, &error);
		if (error != 0.0)
			part[kept++] = error;
	}
	if (value != 0.0)
		part[kept++] = value;
	return kept;
}

/* Rounds an expansion of ascending, non-overlapping parts to the nearest double, ties to even. */
static double
round_once(const double *part, int count)
{
	double high = part[--count], low = 0.0;

	while (count > 0 && low == 0.0)
		kz_two_sum(high, part[--count], &high, &low);

	/* A tie seen by the first two parts is broken by the sign of what lies below. */
	if (count > 0 && low != 0.0 && (low < 0.0) == (part[count - 1] < 0.0))
	{
		double twice = low * 2.0, next = high + twice;

		if (next - high == twice)
			high = next;
	}
	return high;
}

/* Writes the canonical parts of a sum in descending order and returns how many there are. */
int
kz_exact_parts(const KzExact *sum, double *parts)
{
	if (sum->high != sum->high)
	{
		memcpy(parts, sum->tail->part, sizeof(double) * sum->tail->count);
		return sum->tail->count;
	}
	parts[0] = sum->high;
	parts[1] = sum->low;
	return sum->low != 0.0 ? 2 : 1;
}

/* Adds a value where two doubles do not hold the result, or did not before. */
void
kz_exact_add_slow(KzExact *sum, double value)
{
	double		 rest[KZ_EXACT_PARTS + 2], parts[KZ_EXACT_PARTS + 1];
	KzExactTail *tail = sum->high != sum->high ? sum->tail : NULL;
	int			 count = kz_exact_parts(sum, parts), left = 0;

	for (int i = count - 1; i >= 0; i--)
		if (parts[i] != 0.0)
			rest[left++] = parts[i];
	left = grow(rest, left, value);
	if (left > 0 && !isfinite(rest[left - 1]))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE), errmsg("sum is out of range")));

	/* Take away the rounded value again and again: what it leaves are the canonical parts. */
	for (count = 0; left > 0; count++)
	{
		parts[count] = round_once(rest, left);
		left = grow(rest, left, -parts[count]);
	}

	if (count > 2)
	{
		if (tail == NULL)
			tail = palloc(sizeof(KzExactTail));
		tail->count = count;
		memcpy(tail->part, parts, sizeof(double) * count);
		sum->high = __builtin_nan("");
		sum->tail = tail;
		return;
	}
	if (tail != NULL)
		pfree(tail);
	sum->high = count > 0 ? parts[0] : 0.0;
	sum->low = count > 1 ? parts[1] : 0.0;
}

/* Adds another sum, or takes it away again with the sign -1. */
void
kz_exact_add_sum(KzExact *sum, const KzExact *other, int sign)
{
	double parts[KZ_EXACT_PARTS];
	int	   count = kz_exact_parts(other, parts);

	for (int i = 0; i < count; i++)
		kz_exact_add(sum, sign * parts[i]);
}

/* Returns the sum, rounded once, of which no more is needed, and frees its tail. */
double
kz_exact_finish(KzExact *sum)
{
	double result = kz_exact_value(sum);

	if (sum->high != sum->high)
		pfree(sum->tail);
	kz_exact_init(sum, result);
	return result;
}
