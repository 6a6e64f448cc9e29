/*
 * server.c
 *		Stands in for the little of the server that the tested files call: memory from malloc, so
 *		that the sanitizers see every byte, and errors that end the program.
 */
#include "postgres.h"

#include <sanitizer/lsan_interface.h>

#include "miscadmin.h"
#include "utils/memutils.h"

MemoryContext		  CurrentMemoryContext;
volatile sig_atomic_t InterruptPending;

void *
MemoryContextAllocExtended(MemoryContext context, Size size, int flags)
{
	void *memory = (flags & MCXT_ALLOC_ZERO) ? calloc(1, size) : malloc(size);

	/* a context is freed as a whole, by its owner */
	(void) context;
	__lsan_ignore_object(memory);
	return memory;
}

void *
MemoryContextAlloc(MemoryContext context, Size size)
{
	return MemoryContextAllocExtended(context, size, 0);
}

void *
MemoryContextAllocZero(MemoryContext context, Size size)
{
	return MemoryContextAllocExtended(context, size, MCXT_ALLOC_ZERO);
}

void *
MemoryContextAllocHuge(MemoryContext context, Size size)
{
	return MemoryContextAllocExtended(context, size, 0);
}

void *
palloc(Size size)
{
	return malloc(size);
}

void *
palloc0(Size size)
{
	return calloc(1, size);
}

void *
palloc_extended(Size size, int flags)
{
	return MemoryContextAllocExtended(NULL, size, flags);
}

void *
repalloc(void *pointer, Size size)
{
	return realloc(pointer, size);
}

void *
repalloc_huge(void *pointer, Size size)
{
	pointer = realloc(pointer, size);
	__lsan_ignore_object(pointer);
	return pointer;
}

void
pfree(void *pointer)
{
	free(pointer);
}

void
qsort_interruptible(void *base, size_t count, size_t size, qsort_arg_comparator compare, void *arg)
{
	qsort_arg(base, count, size, compare, arg);
}

void
ProcessInterrupts(void)
{
}

bool
errstart(int elevel, const char *domain)
{
	(void) domain;
	return elevel >= ERROR;
}

bool
errstart_cold(int elevel, const char *domain)
{
	return errstart(elevel, domain);
}

void
errfinish(const char *filename, int lineno, const char *funcname)
{
	fprintf(stderr, "error raised at %s:%d in %s\n", filename, lineno, funcname);
	abort();
}

int
errcode(int sqlerrcode)
{
	return sqlerrcode;
}

int
errmsg(const char *format, ...)
{
	return fprintf(stderr, "%s\n", format);
}

int
errmsg_internal(const char *format, ...)
{
	return fprintf(stderr, "%s\n", format);
}

int
errdetail(const char *format, ...)
{
	return fprintf(stderr, "%s\n", format);
}

int
errhint(const char *format, ...)
{
	return fprintf(stderr, "%s\n", format);
}
