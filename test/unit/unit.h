/*
 * unit.h
 *		What a unit test needs: checks, numbers from a seed, a closing line.
 */
#ifndef KZ_UNIT_H
#define KZ_UNIT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/* A check in the source is one test, however often it runs. */
typedef struct UnitCheck
{
	const char		 *file;
	int				  line;
	const char		 *condition;
	long			  runs;
	long			  failures;
	struct UnitCheck *next;
} UnitCheck;

static UnitCheck *unit_checks;

#define CHECK(condition)                                                                           \
	do                                                                                             \
	{                                                                                              \
		static UnitCheck check_ = {__FILE__, __LINE__, #condition, 0, 0, NULL};                    \
                                                                                                   \
		unit_check(&check_, (condition));                                                          \
	} while (0)

/* Counts a run of a check. */
static inline void
unit_check(UnitCheck *check, bool holds)
{
	if (check->runs++ == 0)
	{
		check->next = unit_checks;
		unit_checks = check;
	}
	check->failures += !holds;
}

/* Returns the next of a stream of random words (splitmix64). */
static inline uint64_t
unit_random(uint64_t *state)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* Says what failed and prints the closing line; what main returns. */
static inline int
unit_done(void)
{
	int passed = 0, failed = 0;

	for (UnitCheck *check = unit_checks; check != NULL; check = check->next)
	{
		check->failures == 0 ? passed++ : failed++;
		if (check->failures > 0)
			printf("%s:%d: failed %ld of %ld times: %s\n", check->file, check->line,
				   check->failures, check->runs, check->condition);
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0;
}

#endif
