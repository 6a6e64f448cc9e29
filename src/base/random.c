/*
 * random.c
 *		xoshiro256** and whole numbers below a limit.
 */
#include "base/random.h"

/* Rotates the bits of a word to the left. */
static inline uint64_t
rotate(uint64_t word, int bits)
{
	return (word << bits) | (word >> (64 - bits));
}

/* Fills the state with the first four words of splitmix64, which are never all zero. */
void
kz_random_seed(KzRandom *random, uint64_t seed)
{
	for (int i = 0; i < 4; i++)
	{
		uint64_t word = (seed += 0x9e3779b97f4a7c15);

		word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
		word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
		random->state[i] = word ^ (word >> 31);
	}
}

/* Returns the next word of the stream. */
uint64_t
kz_random_next(KzRandom *random)
{
	uint64_t *s = random->state;
	uint64_t  result = rotate(s[1] * 5, 7) * 9, shifted = s[1] << 17;

	s[2] ^= s[0];
	s[3] ^= s[1];
	s[1] ^= s[2];
	s[0] ^= s[3];
	s[2] ^= shifted;
	s[3] = rotate(s[3], 45);
	return result;
}

/*
 * Returns a number from 0 to limit - 1, each equally likely: the high half of a product of 32 bits and the limit,
 * drawn again in the few cases that would make some numbers more likely (Lemire 2019, Fast Random Integer
 * Generation in an Interval, ACM Transactions on Modeling and Computer Simulation 29).
 */
uint32_t
kz_random_below(KzRandom *random, uint32_t limit)
{
	uint32_t surplus = -limit % limit; /* 2^32 modulo limit */
	uint64_t product;

	do
		product = (kz_random_next(random) >> 32) * limit;
	while ((uint32_t) product < surplus);
	return (uint32_t) (product >> 32);
}
