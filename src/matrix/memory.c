/*
 * memory.c
 *		Large pieces of memory for states and indexes.
 *
 * Facts in random order touch a large state in random places. With pages of 4 kB nearly each touch also misses the
 * processor's table of pages, and each new page is a fault; with pages of 2 MB hardly any is. That was a tenth of the
 * time of one matrix of many regions, and too little to be seen by period. Linux gives them to whoever asks by madvise.
 */
#include "matrix/memory.h"

#include <sys/mman.h>

#include "base/size.h"
#include "utils/memutils.h"

#define HUGE_PAGE ((size_t) 2 * 1024 * 1024)

/* Refuses an allocation that would take one matrix beyond kzcluster.max_matrix_memory, before it is made. */
void
kz_reserve_memory(size_t used, size_t more)
{
	size_t limit = (size_t) kz_max_matrix_memory * 1024;

	if (kz_size_add(used, more) > limit)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("matrix needs more memory than kzcluster.max_matrix_memory allows (%d kB)",
						kz_max_matrix_memory),
				 errhint("Aggregate fewer rows at a time, for example with GROUP BY on the period, "
						 "or raise the setting.")));
}

/* Asks for huge pages in those of them that lie within a piece of memory; it makes no difference if there are none. */
static void
want_huge_pages(void *start, size_t size)
{
#ifdef MADV_HUGEPAGE
	char *first = (char *) TYPEALIGN(HUGE_PAGE, start),
		 *end = (char *) TYPEALIGN_DOWN(HUGE_PAGE, (char *) start + size);

	if (first < end)
		(void) madvise(first, end - first, MADV_HUGEPAGE);
#endif
}

/* Allocates memory, not zeroed and whatever the limit; the alignment is a power of two. */
KzBlock
kz_block_allocate(MemoryContext context, size_t size, size_t alignment)
{
	KzBlock block;

	block.size = kz_size_add(size, alignment);
	block.allocated = MemoryContextAllocHuge(context, block.size);
	block.start = (void *) TYPEALIGN(alignment, block.allocated);
	want_huge_pages(block.start, size);
	return block;
}

/* Returns the alignment at which memory of some size lies in huge pages from its start, if it fills one. */
size_t
kz_block_alignment(size_t size)
{
	return size < HUGE_PAGE ? PG_CACHE_LINE_SIZE : HUGE_PAGE;
}

/* Frees a block, if there is one. */
void
kz_block_free(KzBlock *block)
{
	if (block->allocated != NULL)
		pfree(block->allocated);
	*block = (KzBlock){NULL, NULL, 0};
}
