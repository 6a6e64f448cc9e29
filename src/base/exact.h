/*
 * exact.h
 *		Sums of doubles without any rounding.
 *
 * A sum S is kept as the expansion p0 + p1 + ... of doubles in which p0 is S rounded to the nearest
 * double, p1 is what then remains rounded likewise, and so on (Shewchuk 1997, Adaptive Precision
 * Floating-Point Arithmetic, Discrete & Computational Geometry 18). This form depends on the value of
 * S alone, so adding, merging in any order and taking away again give the same bits.
 *
 * Two parts stand inline and are enough for nearly every sum; a longer expansion stands in a tail
 * that is allocated in the current memory context. NaN in the high part marks the tail, since sums
 * are always finite: what goes in must be below KZ_VALUE_LIMIT, so that 2^63 of them cannot overflow.
 */
#ifndef KZ_EXACT_H
#define KZ_EXACT_H

#include <stdbool.h>

/* What a value must stay below in magnitude: 2^960, about 9.7e288. */
#define KZ_VALUE_LIMIT 0x1p960

/* Each part is at least 53 binary orders below the one before, between 2^1024 and 2^-1074. */
#define KZ_EXACT_PARTS 41

typedef struct KzExactTail
{
	int	   count;				 /* of parts, at least three */
	double part[KZ_EXACT_PARTS]; /* in descending order */
} KzExactTail;

typedef struct KzExact
{
	double high; /* the sum rounded once, or NaN when the tail holds it */
	union
	{
		double		 low; /* the sum less high, exactly */
		KzExactTail *tail;
	};
} KzExact;

extern void	  kz_exact_add_slow(KzExact *sum, double value);
extern int	  kz_exact_parts(const KzExact *sum, double *parts);
extern void	  kz_exact_add_sum(KzExact *sum, const KzExact *other, int sign);
extern double kz_exact_finish(KzExact *sum);

/* Is a value finite and small enough to be summed? */
static inline bool
kz_value_is_valid(double value)
{
	return __builtin_fabs(value) < KZ_VALUE_LIMIT;
}

/* Begins a sum with its first value; adding zero turns a negative zero into zero. */
static inline void
kz_exact_init(KzExact *sum, double value)
{
	sum->high = value + 0.0;
	sum->low = 0.0;
}

/* Computes a + b as s + e exactly (Knuth 1969, the two-sum). */
static inline void
kz_two_sum(double a, double b, double *s, double *e)
{
	double sum = a + b;
	double part = sum - a;

	*e = (a - (sum - part)) + (b - part);
	*s = sum;
}

/*
 * Adds a value where two doubles hold the result, otherwise changes nothing and returns false; NaN in high makes the
 * last residue NaN too, so one test tells both rare cases. KZ_BENCH_ROUNDED builds a library that rounds at
 * each addition, with which bench/ shows what exactness costs.
 */
static inline bool
kz_exact_add_fast(KzExact *sum, double value)
{
#ifdef KZ_BENCH_ROUNDED
	sum->high += value;
#else
	double s, e, low, residue;

	kz_two_sum(sum->high, value, &s, &e);
	kz_two_sum(sum->low, e, &low, &residue);
	if (__builtin_expect(residue != 0.0, 0))
		return false;
	kz_two_sum(s, low, &sum->high, &sum->low);
#endif
	return true;
}

/* Adds a value. */
static inline void
kz_exact_add(KzExact *sum, double value)
{
	if (__builtin_expect(!kz_exact_add_fast(sum, value), 0))
		kz_exact_add_slow(sum, value);
}

/* Returns the sum, rounded once. */
static inline double
kz_exact_value(const KzExact *sum)
{
	return sum->high == sum->high ? sum->high : sum->tail->part[0];
}

#endif
