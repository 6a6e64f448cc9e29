/*
 * exact_test.c
 *		Exact sums against integers wide enough for any sum of doubles.
 *
 * The reference is independent of the tested code: a fixed-point number of 2240 bits, added to limb by limb, rounded
 * bit by bit. From it follow not only the rounded sum but all canonical parts: each is the rounded value of
 * what the ones before leave.
 */
#include "base/exact.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define LIMBS	 70 /* of 32 bits each: from 2^-1074 up to far above the largest double */
#define VALUES	 200
#define ROUNDS	 250
#define SMALLEST 0x1p-1074

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
	for (int i = LIMBS - 1; i >= 0 && top < 0; i--)
		if (limb[i] != 0)
			top = 32 * i + 63 - __builtin_clzll((uint64_t) limb[i]);
	low = top > 52 ? top - 52 : 0;
	for (int i = top; i >= low; i--)
		kept = kept << 1 | (limb[i / 32] >> (i % 32) & 1);
	if (low > 0 && (limb[(low - 1) / 32] >> ((low - 1) % 32) & 1))
	{
		bool above = kept & 1;

		for (int i = 0; i < low - 1 && !above; i++)
			above |= limb[i / 32] >> (i % 32) & 1;
		kept += above;
	}
	return sign * ldexp((double) kept, low - 1074);
}

/* Are two doubles the same bits? Zero must have no sign. */
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
	kz_exact_init(sum, 0.0);
}

/* Is this sum the canonical form of the number, every part of it? */
static bool
is_canonical(const KzExact *sum, const int64_t *wide)
{
	int64_t rest[LIMBS];
	double	parts[KZ_EXACT_PARTS];
	int		count = kz_exact_parts(sum, parts);
	bool	ok = count >= 1 && count <= KZ_EXACT_PARTS;

	memcpy(rest, wide, sizeof rest);
	ok = ok && same_bits(kz_exact_value(sum), wide_round(rest) + 0.0);
	for (int i = 0; ok && i < count; i++)
	{
		ok = same_bits(parts[i], wide_round(rest) + 0.0) && (i == 0 || parts[i] != 0.0);
		wide_add(rest, -parts[i]);
	}
	return ok && wide_round(rest) == 0.0 && (count > 2) == (sum->high != sum->high);
}

/* The kinds of values that a round may have. */
enum
{
	FEW_BITS,	/* of few significant bits and far apart */
	ANY,		/* any finite double that may be summed */
	MONEY,		/* hundredths, as in most tables */
	SUBNORMAL,	/* near and below the smallest normal double */
	TIES,		/* around 2^53, so that most sums lie half-way between two doubles */
	LARGEST,	/* up to the largest that may be summed */
	CANCELLING, /* any double, and often its opposite */
	KINDS
};

/* Returns a value of a kind. */
static double
any_value(uint64_t *seed, int kind)
{
	uint64_t bits = unit_random(seed);
	double	 value;

	switch (kind)
	{
		case FEW_BITS:
			return ldexp((double) (int64_t) (bits >> 40) - (1 << 23), (int) (bits % 16) * 60 - 500);
		case MONEY:
			return (double) (int64_t) (bits % 100000000) / 100.0;
		case SUBNORMAL:
			return ldexp((double) (int64_t) (bits >> 10) - 0x1p53, -1074 + (int) (bits % 4) - 1);
		case TIES:
			return (bits & 1 ? 1 : -1) *
				   ldexp(1 + (double) (bits >> 62), (int) (bits >> 8 & 3) * 53);
		case LARGEST:
			return (bits & 1 ? 1 : -1) *
				   ldexp((double) (bits >> 11), 960 - 53 - (int) (bits >> 1 & 3) * 400);
		default:
			do
			{
				bits = unit_random(seed);
				memcpy(&value, &bits, sizeof value);
			} while (!kz_value_is_valid(value));
			return value;
	}
}

/* Adds the parts of one sum to another. */
static void
merge(KzExact *sum, const KzExact *other, int sign)
{
	double parts[KZ_EXACT_PARTS];
	int	   count = kz_exact_parts(other, parts);

	for (int i = 0; i < count; i++)
		kz_exact_add(sum, sign * parts[i]);
}

/* One round: the sum is right and canonical after each value, in any order, merged, and taken away again. */
static bool
round_is_right(uint64_t *seed, int kind)
{
	double	value[VALUES];
	int64_t wide[LIMBS] = {0}, half[LIMBS] = {0};
	KzExact sum, first, second, backwards;
	int		count = 1 + (int) (unit_random(seed) % VALUES);
	bool	ok = true;

	for (int i = 0; i < count; i++)
	{
		value[i] = any_value(seed, kind);
		if (i > 0 && unit_random(seed) % (kind == CANCELLING ? 2 : 6) == 0)
			value[i] = -value[unit_random(seed) % i];
	}
	kz_exact_init(&sum, value[0]);
	kz_exact_init(&first, 0.0);
	kz_exact_init(&second, 0.0);
	kz_exact_init(&backwards, value[count - 1]);
	for (int i = 0; i < count; i++)
	{
		wide_add(wide, value[i]);
		if (i < count / 2)
			wide_add(half, value[i]);
		if (i > 0)
			kz_exact_add(&sum, value[i]);
		kz_exact_add(i < count / 2 ? &first : &second, value[i]);
		if (i > 0)
			kz_exact_add(&backwards, value[count - 1 - i]);
		ok = ok && is_canonical(&sum, wide);
	}
	ok = ok && is_canonical(&backwards, wide) && is_canonical(&first, half);

	/* two halves make a whole, and a whole less a half is the other */
	merge(&second, &first, 1);
	ok = ok && is_canonical(&second, wide);
	for (int i = 0; i < count / 2; i++)
	{
		kz_exact_add(&backwards, -value[i]);
		wide_add(wide, -value[i]);
		ok = ok && is_canonical(&backwards, wide);
	}
	merge(&second, &backwards, -1);
	ok = ok && is_canonical(&second, half);

	/* nothing is left when all is taken away: no tail, no sign */
	for (int i = count; i-- > 0;)
		kz_exact_add(&sum, -value[i]);
	ok = ok && same_bits(sum.high, 0.0) && same_bits(sum.low, 0.0);
	forget(&sum);
	forget(&first);
	forget(&second);
	forget(&backwards);
	return ok;
}

/* Sums values given one by one and says whether the rounded sum is the one expected. */
static bool
sums_to(double expected, int count, const double *value)
{
	KzExact sum;
	bool	ok;

	kz_exact_init(&sum, value[0]);
	for (int i = 1; i < count; i++)
		kz_exact_add(&sum, value[i]);
	ok = same_bits(kz_exact_value(&sum), expected);
	forget(&sum);
	return ok;
}

#define SUMS_TO(expected, ...)                                                                     \
	sums_to(expected, sizeof((double[]){__VA_ARGS__}) / sizeof(double), (double[]){__VA_ARGS__})

/* Cases that can be checked by hand. */
static void
check_by_hand(void)
{
	KzExact sum;
	double	parts[KZ_EXACT_PARTS];

	CHECK(SUMS_TO(0.0, -0.0));
	CHECK(SUMS_TO(0.0, -0.0, -0.0));
	CHECK(SUMS_TO(0.0, 1.5, -1.5));
	CHECK(SUMS_TO(1.0, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1));
	CHECK(SUMS_TO(1.0, 1e100, 1.0, -1e100));
	CHECK(SUMS_TO(2.0, 1.0, 1e280, 1.0, -1e280));
	CHECK(SUMS_TO(SMALLEST, 1e280, SMALLEST, -1e280));
	CHECK(SUMS_TO(0x1p53, 0x1p53, 1.0));
	CHECK(SUMS_TO(0x1p53 + 2, 0x1p53, 1.0, SMALLEST));
	CHECK(SUMS_TO(0x1p53, 0x1p53, 1.0, -SMALLEST));
	CHECK(SUMS_TO(0x1p53 + 4, 0x1p53, 3.0));
	CHECK(SUMS_TO(-0x1p53 - 2, -0x1p53, -1.0, -0x1p-200, 0x1p-300));
	CHECK(SUMS_TO(0x1p53, 0x1p53, 1.0, -0x1p-200, 0x1p-300));
	/* half-way below a power of two, where the doubles lie closer */
	CHECK(SUMS_TO(1.0, 1.0, -0x1p-54));
	CHECK(SUMS_TO(1.0 - DBL_EPSILON / 2, 1.0, -0x1p-54, -SMALLEST));
	CHECK(SUMS_TO(0x1p-1022, 0x1p-1022 - SMALLEST, SMALLEST));

	/* the longest expansion: a part in every 53 bits */
	kz_exact_init(&sum, 0.0);
	for (int exponent = 959; exponent >= -1074; exponent -= 54)
		kz_exact_add(&sum, ldexp(1.0, exponent));
	CHECK(kz_exact_parts(&sum, parts) == 38);
	for (int exponent = 959; exponent >= -1074; exponent -= 54)
		kz_exact_add(&sum, -ldexp(1.0, exponent));
	CHECK(kz_exact_parts(&sum, parts) == 1 && parts[0] == 0.0);

	/* many of the largest do not overflow */
	kz_exact_init(&sum, 0.0);
	for (int i = 0; i < 1000000; i++)
		kz_exact_add(&sum, nextafter(KZ_VALUE_LIMIT, 0.0));
	CHECK(kz_exact_value(&sum) == 1e6 * nextafter(KZ_VALUE_LIMIT, 0.0));
	for (int i = 0; i < 1000000; i++)
		kz_exact_add(&sum, -nextafter(KZ_VALUE_LIMIT, 0.0));
	CHECK(same_bits(sum.high, 0.0) && same_bits(sum.low, 0.0));

	CHECK(kz_value_is_valid(0.0) && kz_value_is_valid(-9.7e288) && kz_value_is_valid(SMALLEST));
	CHECK(kz_value_is_valid(nextafter(KZ_VALUE_LIMIT, 0.0)));
	CHECK(!kz_value_is_valid(KZ_VALUE_LIMIT) && !kz_value_is_valid(-KZ_VALUE_LIMIT));
	CHECK(!kz_value_is_valid(NAN) && !kz_value_is_valid(INFINITY) && !kz_value_is_valid(-INFINITY));
}

int
main(void)
{
	uint64_t seed = 1;

	check_by_hand();
	for (int kind = 0; kind < KINDS; kind++)
	{
		int right = 0;

		for (int round = 0; round < ROUNDS; round++)
			right += round_is_right(&seed, kind);
		if (right < ROUNDS)
			printf("of kind %d only %d of %d rounds are right\n", kind, right, ROUNDS);
		CHECK(right == ROUNDS);
	}
	return unit_done();
}
