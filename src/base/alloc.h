/*
 * alloc.h
 *		Arrays in the current memory context.
 */
#ifndef KZ_ALLOC_H
#define KZ_ALLOC_H

#include "postgres.h"

#include "base/size.h"

/* Allocates an array of one element at least, of any size that fits into memory. */
static inline void *
kz_alloc(size_t count, size_t size)
{
	return palloc_extended(kz_size_mul(Max(count, 1), size), MCXT_ALLOC_HUGE);
}

/* Allocates such an array of zeros. */
static inline void *
kz_alloc_zero(size_t count, size_t size)
{
	return palloc_extended(kz_size_mul(Max(count, 1), size), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

#endif
