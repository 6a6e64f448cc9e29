/*
 * memory.h
 *		Memory of matrices: bounded by kzcluster.max_matrix_memory, and in huge pages where there is much of it.
 */
#ifndef KZ_MEMORY_H
#define KZ_MEMORY_H

#include "kz.h"

/* A piece of memory that begins at a round address, and what to free. */
typedef struct KzBlock
{
	void  *start;
	void  *allocated; /* NULL when there is none */
	size_t size;	  /* of what is to be freed */
} KzBlock;

extern void	   kz_reserve_memory(size_t used, size_t more);
extern KzBlock kz_block_allocate(MemoryContext context, size_t size, size_t alignment);
extern size_t  kz_block_alignment(size_t size);
extern void	   kz_block_free(KzBlock *block);

#endif
