/*
 * alloc.h
 *		Arrays in the current memory context.
 */
#ifndef KZ_ALLOC_H
#define KZ_ALLOC_H

#include "postgres.h"

#include "base/size.h"

/* Allocates a zeroed array, of any size that fits into memory. */
static inline void *
kz_alloc_zero(size_t count, size_t size)
{
	return palloc_extended(Max(kz_size_mul(count, size), 1), MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
}

#endif
