/*
 * random.h
 *		Random numbers from a seed: the same stream on every machine.
 *
 * The generator is xoshiro256** (Blackman and Vigna 2021, Scrambled Linear Pseudorandom Number Generators, ACM
 * Transactions on Mathematical Software 47), its state filled by splitmix64 from the seed, as its authors advise.
 */
#ifndef KZ_RANDOM_H
#define KZ_RANDOM_H

#include <stdint.h>

typedef struct KzRandom
{
	uint64_t state[4];
} KzRandom;

extern void		kz_random_seed(KzRandom *random, uint64_t seed);
extern uint64_t kz_random_next(KzRandom *random);
extern uint32_t kz_random_below(KzRandom *random, uint32_t limit);

#endif
