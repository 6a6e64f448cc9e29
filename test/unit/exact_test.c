/*
 * exact_test.c
 *		Exact sums against integers wide enough for any sum of doubles.
 */
#include "base/exact.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define LIMBS  70 /* of 32 bits each: from 2^-1074 up to far above the largest double */
#define VALUES 200

/* Adds a double to a fixed-point number, limb by limb, without carrying. */
static void
wide_add(int64_t *limb, double value)
{
	int		 exponent;
	int64_t	 fraction = (int64_t) ldexp(frexp(value, &exponent), 53);
	int		 bit = exponent - 53 + 1074;
	uint64_t magnitude = fraction < 0 ? -(uint64_t) fraction : (uint64_t) fraction;

	for (; bit < 0; bit++) /* a subnormal number has fewer than 53 bits */
		magnitude >>= 1;
	for (int i = bit / 32, shift = bit % 32; magnitude != 0; i++, shift = 0)
	{
		int64_t low = (int64_t) ((magnitude << shift) & 0xffffffff);

		limb[i] += fraction < 0 ? -low : low;
		magnitude >>= 32 - shift;
	}
}

/* Rounds a fixed-point number to the nearest double, ties to even. */
static double
wide_round(const int64_t *sum)
{
	int64_t	 limb[LIMBS];
	int		 sign = 1, top = -1, low;
	uint64_t kept = 0;

	/* Carry; if the number is negative, carry its opposite. */
	for (int attempt = 0; attempt < 2; attempt++)
	{
		int64_t carry = 0;

		for (int i = 0; i < LIMBS; i++)
		{
			carry += sign * sum[i];
			limb[i] = carry & 0xffffffff;
			carry >>= 32;
		}
		if (carry == 0)
			break;
		sign = -1;
	}
	for (int i = 0; i < 32 * LIMBS; i++)
		if (limb[i / 32] >> (i % 32) & 1)
			top = i;
	low = top > 52 ? top - 52 : 0;
	for (int i = top; i >= low; i--)
		kept = kept << 1 | (limb[i / 32] >> (i % 32) & 1);
	if (low > 0 && (limb[(low - 1) / 32] >> ((low - 1) % 32) & 1))
	{
		bool above = kept & 1;

		for (int i = 0; i < low - 1; i++)
			above |= limb[i / 32] >> (i % 32) & 1;
		kept += above;
	}
	return sign * ldexp((double) kept, low - 1074);
}

/* Returns a finite double of any size, or one of few bits, which makes ties and cancellation likely. */
static double
any_value(uint64_t *seed, int kind)
{
	uint64_t bits = unit_random(seed);
	double	 value;

	if (kind == 0)
		return ldexp((double) (int64_t) (bits >> 40) - (1 << 23), (int) (bits % 8) * 60 - 200);
	do
	{
		bits = unit_random(seed);
		memcpy(&value, &bits, sizeof value);
	} while (!kz_value_is_valid(value));
	return kind == 1 ? value : ldexp(frexp(value, &(int){0}), (int) (bits % 120));
}

static bool
same_bits(double a, double b)
{
	return memcmp(&a, &b, sizeof a) == 0;
}

/* Frees what a sum holds beyond itself. */
static void
forget(KzExact *sum)
{
	if (sum->high != sum->high)
		free(sum->tail);
}

/* One round: the sum is right, in any order, after a merge, and after taking half of it away again. */
static void
check_round(uint64_t *seed, int kind)
{
	double	value[VALUES], parts[KZ_EXACT_PARTS];
	int64_t wide[LIMBS] = {0}, half[LIMBS] = {0};
	KzExact sum, other;
	int		count = 2 + (int) (unit_random(seed) % (VALUES - 2));

	for (int i = 0; i < count; i++)
	{
		value[i] = any_value(seed, kind);
		if (i > 0 && unit_random(seed) % 4 == 0)
			value[i] = -value[unit_random(seed) % i];
		wide_add(wide, value[i]);
		if (i < count / 2)
			wide_add(half, value[i]);
	}

	kz_exact_init(&sum, value[0]);
	for (int i = 1; i < count; i++)
		kz_exact_add(&sum, value[i]);
	CHECK(same_bits(kz_exact_value(&sum), wide_round(wide) + 0.0));

	/* backwards, and the second half merged part by part into the first */
	kz_exact_init(&other, value[count - 1]);
	for (int i = count - 2; i >= 0; i--)
		kz_exact_add(&other, value[i]);
	CHECK(same_bits(kz_exact_value(&other), kz_exact_value(&sum)));
	forget(&other);

	kz_exact_init(&other, 0.0);
	for (int i = kz_exact_parts(&sum, parts) - 1; i >= 0; i--)
		kz_exact_add(&other, parts[i]);
	CHECK(same_bits(kz_exact_value(&other), kz_exact_value(&sum)));
	forget(&other);

	for (int i = count / 2; i < count; i++)
		kz_exact_add(&sum, -value[i]);
	CHECK(same_bits(kz_exact_value(&sum), wide_round(half) + 0.0));

	/* nothing is left when all is taken away */
	for (int i = 0; i < count / 2; i++)
		kz_exact_add(&sum, -value[i]);
	CHECK(same_bits(kz_exact_value(&sum), 0.0) && sum.high == sum.high);
	forget(&sum);
}

int
main(void)
{
	uint64_t seed = 1;

	for (int round = 0; round < 3000; round++)
		check_round(&seed, round % 3);
	return unit_done();
}
