/*
 * unit.h
 *		What a unit test needs: checks that are counted, numbers from a seed, a closing line.
 */
#ifndef KZ_UNIT_H
#define KZ_UNIT_H

#include <stdint.h>
#include <stdio.h>

static int unit_passed, unit_failed;

/* Counts a check; a failed one says where it is and what it expected. */
#define CHECK(condition)                                                                           \
	((condition) ? (void) unit_passed++                                                            \
				 : (void) (unit_failed++, printf("%s:%d: %s\n", __FILE__, __LINE__, #condition)))

/* Returns the next of a stream of random words (splitmix64). */
static inline uint64_t
unit_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* Prints the closing line; what main returns. */
static inline int
unit_done(void)
{
	printf("%d passed, %d failed\n", unit_passed, unit_failed);
	return unit_failed > 0;
}

#endif
