/*
 * dictionary.h
 *		Byte strings to consecutive numbers, in order of first appearance.
 */
#ifndef KZ_DICTIONARY_H
#define KZ_DICTIONARY_H

#include "postgres.h"

/* What a look-up returns for a key that is not there. */
#define KZ_NOT_FOUND PG_UINT32_MAX

/* A key: its first sixteen bytes as two words, so that most comparisons need no more. */
typedef struct KzKey
{
	uint64		word[2];
	const char *bytes; /* all of it, not terminated */
	uint32		length;
	uint32		hash;
} KzKey;

typedef struct KzDictionary
{
	MemoryContext context;
	KzKey		 *key; /* by number */
	uint32		  count;
	uint32		  capacity;
	uint32		 *slot;	 /* open addressing: number + 1, or 0 */
	uint32		  mask;	 /* number of slots - 1 */
	uint32		  last;	 /* the number interned last: facts often come in runs */
	char		 *arena; /* where the next key's bytes go */
	size_t		  arena_left;
	size_t		  bytes; /* all that was allocated and not freed */
} KzDictionary;

extern void	  kz_dictionary_init(KzDictionary *dictionary, MemoryContext context, uint32 expected);
extern uint32 kz_dictionary_find(const KzDictionary *dictionary, const char *bytes, uint32 length);
extern uint32 kz_dictionary_intern(KzDictionary *dictionary, const char *bytes, uint32 length);
extern uint32 kz_dictionary_intern_within(KzDictionary *dictionary, const char *bytes,
										  uint32 length, uint32 most);
extern size_t kz_dictionary_growth(const KzDictionary *dictionary, uint32 length);

#endif
