/*
 * dictionary.c
 *		An open-addressing hash table over interned keys.
 */
#include "base/dictionary.h"

#include "base/size.h"
#include "miscadmin.h"
#include "port/pg_bitutils.h"

#define FIRST_CAPACITY 16
#define ARENA_SIZE	   8192

/* Reads eight bytes. */
static inline uint64
read_word(const char *bytes)
{
	uint64 word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* Reads four bytes. */
static inline uint64
read_half(const char *bytes)
{
	uint32 half;

	memcpy(&half, bytes, sizeof(half));
	return half;
}

/*
 * Packs up to sixteen bytes into two words, or the first sixteen of more. What is read may overlap, which needs no
 * loop and no padding: with the length the words still tell the bytes.
 */
static inline void
pack(uint64 *word, const char *bytes, uint32 length)
{
	word[0] = word[1] = 0;
	if (length >= 8)
	{
		word[0] = read_word(bytes);
		word[1] = read_word(bytes + Min(length, 16) - 8);
	}
	else if (length >= 4)
		word[0] = read_half(bytes) | read_half(bytes + length - 4) << 32;
	else if (length > 0)
		word[0] = (uint64) (unsigned char) bytes[0] |
				  (uint64) (unsigned char) bytes[length / 2] << 8 |
				  (uint64) (unsigned char) bytes[length - 1] << 16;
}

/* Fills a key's words and hash from its bytes. */
static inline void
make_key(KzKey *key, const char *bytes, uint32 length)
{
	const uint64 odd = UINT64CONST(0x9e3779b97f4a7c15);
	uint64		 hash;

	pack(key->word, bytes, length);
	key->bytes = bytes;
	key->length = length;

	hash = (key->word[0] ^ length) * odd;
	hash = (hash ^ (hash >> 32) ^ key->word[1]) * odd;
	for (uint32 done = 16; done < length; done += 8)
	{
		/* The last word overlaps the one before it. */
		hash = (hash ^ (hash >> 32) ^ read_word(bytes + Min(done, length - 8))) * odd;
	}
	hash = (hash ^ (hash >> 32)) * odd; /* what differs high up in the last word reaches all bits */
	key->hash = (uint32) (hash >> 32);
}

/* Are two keys the same bytes? */
static inline bool
same_key(const KzKey *a, const KzKey *b)
{
	return a->word[0] == b->word[0] && a->word[1] == b->word[1] && a->length == b->length &&
		   (a->length <= 16 || memcmp(a->bytes + 16, b->bytes + 16, a->length - 16) == 0);
}

/* Returns the bytes of the keys and slots of a dictionary of some capacity. */
static inline size_t
table_bytes(uint32 capacity)
{
	return kz_size_mul(capacity, sizeof(KzKey) + 2 * sizeof(uint32));
}

/* Makes an empty dictionary whose memory is in the given context. */
void
kz_dictionary_init(KzDictionary *dictionary, MemoryContext context, uint32 expected)
{
	memset(dictionary, 0, sizeof(*dictionary));
	dictionary->context = context;
	dictionary->capacity = pg_nextpower2_32(Max(expected, FIRST_CAPACITY));
	dictionary->mask = dictionary->capacity * 2 - 1;
	dictionary->key =
		MemoryContextAllocHuge(context, kz_size_mul(dictionary->capacity, sizeof(KzKey)));
	dictionary->slot = MemoryContextAllocExtended(
		context, kz_size_mul((size_t) dictionary->mask + 1, sizeof(uint32)),
		MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	dictionary->bytes = table_bytes(dictionary->capacity);
}

/* Returns the slot that holds the key, or the empty one where it belongs. */
static inline uint32 *
find_slot(const KzDictionary *dictionary, const KzKey *key)
{
	uint32 at = key->hash & dictionary->mask;

	while (dictionary->slot[at] != 0 && !same_key(&dictionary->key[dictionary->slot[at] - 1], key))
		at = (at + 1) & dictionary->mask;
	return &dictionary->slot[at];
}

/* Doubles the room for keys, and the slots with it. */
static void
enlarge(KzDictionary *dictionary)
{
	dictionary->bytes += table_bytes(dictionary->capacity);
	dictionary->capacity *= 2;
	dictionary->mask = dictionary->capacity * 2 - 1;
	dictionary->key =
		repalloc_huge(dictionary->key, kz_size_mul(dictionary->capacity, sizeof(KzKey)));
	pfree(dictionary->slot);
	dictionary->slot = MemoryContextAllocExtended(
		dictionary->context, kz_size_mul((size_t) dictionary->mask + 1, sizeof(uint32)),
		MCXT_ALLOC_HUGE | MCXT_ALLOC_ZERO);
	for (uint32 i = 0; i < dictionary->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		*find_slot(dictionary, &dictionary->key[i]) = i + 1;
	}
}

/* Copies the bytes of a new key to where they stay. */
static const char *
keep(KzDictionary *dictionary, const char *bytes, uint32 length)
{
	char *copy;

	if (length > ARENA_SIZE / 4)
	{
		copy = MemoryContextAllocHuge(dictionary->context, length);
		dictionary->bytes += length;
	}
	else
	{
		if (dictionary->arena == NULL || length > dictionary->arena_left)
		{
			size_t size = dictionary->arena == NULL ? ARENA_SIZE / 16 : ARENA_SIZE;

			dictionary->arena_left = Max(size, length);
			dictionary->arena = MemoryContextAlloc(dictionary->context, dictionary->arena_left);
			dictionary->bytes += dictionary->arena_left;
		}
		copy = dictionary->arena;
		dictionary->arena += length;
		dictionary->arena_left -= length;
	}
	memcpy(copy, bytes, length);
	return copy;
}

/* Returns the number of a key, or KZ_NOT_FOUND. */
uint32
kz_dictionary_find(const KzDictionary *dictionary, const char *bytes, uint32 length)
{
	KzKey  key;
	uint32 number;

	make_key(&key, bytes, length);
	number = *find_slot(dictionary, &key);
	return number == 0 ? KZ_NOT_FOUND : number - 1;
}

/* Returns the number of a key; a new one gets the next number, if there are fewer than `most`, or KZ_NOT_FOUND. */
uint32
kz_dictionary_intern_within(KzDictionary *dictionary, const char *bytes, uint32 length, uint32 most)
{
	KzKey	key;
	uint32 *slot;

	make_key(&key, bytes, length);
	if (dictionary->last < dictionary->count && same_key(&dictionary->key[dictionary->last], &key))
		return dictionary->last;
	slot = find_slot(dictionary, &key);
	if (*slot == 0)
	{
		if (dictionary->count >= most)
			return KZ_NOT_FOUND;
		if (dictionary->count == dictionary->capacity)
		{
			enlarge(dictionary);
			slot = find_slot(dictionary, &key);
		}
		key.bytes = keep(dictionary, bytes, length);
		dictionary->key[dictionary->count] = key;
		*slot = ++dictionary->count;
	}
	return dictionary->last = *slot - 1;
}

/* Returns the number of a key, which gets the next number when it is new. */
uint32
kz_dictionary_intern(KzDictionary *dictionary, const char *bytes, uint32 length)
{
	return kz_dictionary_intern_within(dictionary, bytes, length, KZ_NOT_FOUND);
}

/* Returns an upper bound of the memory that one more key of this length would take. */
size_t
kz_dictionary_growth(const KzDictionary *dictionary, uint32 length)
{
	size_t more = length > dictionary->arena_left ? kz_size_add(ARENA_SIZE, length) : 0;

	if (dictionary->count == dictionary->capacity)
		more = kz_size_add(
			more, kz_size_mul(dictionary->capacity, 2 * sizeof(KzKey) + 4 * sizeof(uint32)));
	return more;
}
