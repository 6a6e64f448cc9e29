/*
 * size.h
 *		Sizes that cannot wrap: on overflow they saturate, and the limit check that every
 *		allocation passes anyway refuses them.
 */
#ifndef KZ_SIZE_H
#define KZ_SIZE_H

#include <stddef.h>
#include <stdint.h>

/* Adds two sizes. */
static inline size_t
kz_size_add(size_t a, size_t b)
{
	size_t result;

	return __builtin_add_overflow(a, b, &result) ? SIZE_MAX : result;
}

/* Multiplies two sizes. */
static inline size_t
kz_size_mul(size_t a, size_t b)
{
	size_t result;

	return __builtin_mul_overflow(a, b, &result) ? SIZE_MAX : result;
}

/* Rounds a size up to a multiple of eight. */
static inline size_t
kz_size_align(size_t a)
{
	return kz_size_add(a, 7) == SIZE_MAX ? SIZE_MAX : (a + 7) & ~(size_t) 7;
}

#endif
