/*
 * dictionary_test.c
 *		Numbers of byte strings: in order of first appearance, found again, none confused with another.
 *
 * The dictionaries have no end of their own (a memory context ends them), so they are static: what a static
 * variable points to is no leak.
 */
#include "postgres.h"

#include "base/dictionary.h"

#include "unit.h"

#define KEYS 30000

static KzDictionary dictionary;
static KzDictionary long_keys;
static KzDictionary large;
static KzDictionary small;

/* Writes the i-th key of a family and returns its length; families differ in what their keys share. */
static uint32
make_key(char *bytes, int family, uint32 i)
{
	memset(bytes, 'x', 64);
	switch (family)
	{
		case 0: /* short text */
			return (uint32) sprintf(bytes, "%u", i);
		case 1: /* zero bytes of different lengths, then binary */
			memset(bytes, 0, 64);
			memcpy(bytes + 40, &i, sizeof i);
			return i < 40 ? i : 44;
		case 2: /* sixteen bytes in common, then eight, then the rest */
			return 16 + (uint32) sprintf(bytes + 16, "%u", i);
		case 3: /* differ in the first bytes only */
			memcpy(bytes, &i, sizeof i);
			return 33;
		case 4: /* like the integers of a column of bigint, which differ in few bits */
		{
			uint64 word = (uint64) i << 32;

			memcpy(bytes, &word, sizeof word);
			return 8;
		}
		default: /* one letter, up to 60 times */
			return i % 60;
	}
}

/* All keys of a family get consecutive numbers, keep them, and are no others. */
static void
check_family(KzDictionary *d, int family, uint32 keys, uint32 expected)
{
	char   bytes[64];
	uint32 wrong = 0, fresh = 0;

	kz_dictionary_init(d, NULL, expected);
	for (uint32 i = 0; i < keys; i++)
	{
		uint32 length = make_key(bytes, family, i);

		wrong += kz_dictionary_find(d, bytes, length) != KZ_NOT_FOUND;
		wrong += kz_dictionary_intern(d, bytes, length) != i;
		wrong += kz_dictionary_intern(d, bytes, length) != i;
		fresh += d->count == i + 1;
	}
	for (uint32 i = keys; i-- > 0;)
	{
		uint32 length = make_key(bytes, family, i);

		wrong += kz_dictionary_find(d, bytes, length) != i;
		wrong += d->key[i].length != length || memcmp(d->key[i].bytes, bytes, length) != 0;
		bytes[length] =
			'y'; /* one byte more is another key, and the number found last must not stick */
		wrong += kz_dictionary_find(d, bytes, length + 1) != KZ_NOT_FOUND;
		wrong += kz_dictionary_intern(d, bytes, length) != i;
	}
	CHECK(wrong == 0);
	CHECK(fresh == keys && d->count == keys);
}

/* Long keys stand outside the arena, and do not disturb what stands in it. */
static void
check_long_keys(void)
{
	static char bytes[100000];
	uint32		wrong = 0;

	kz_dictionary_init(&long_keys, NULL, 0);
	for (uint32 i = 0; i < 200; i++)
	{
		uint32 length = i * i * 2;

		memset(bytes, 'a' + (int) (i % 26), length);
		wrong += kz_dictionary_intern(&long_keys, bytes, length) != i;
	}
	for (uint32 i = 0; i < 200; i++)
	{
		uint32 length = i * i * 2;

		memset(bytes, 'a' + (int) (i % 26), length);
		wrong += kz_dictionary_find(&long_keys, bytes, length) != i;
		if (length > 0)
		{
			bytes[length - 1] ^= 1;
			wrong += kz_dictionary_find(&long_keys, bytes, length) != KZ_NOT_FOUND;
		}
	}
	CHECK(wrong == 0);
}

/* What one more key may take is no less than what it takes. */
static void
check_growth(void)
{
	KzDictionary *d = &small;
	char		  bytes[64];
	uint32		  wrong = 0, grew = 0;

	kz_dictionary_init(d, NULL, 0);
	for (uint32 i = 0; i < 5000; i++)
	{
		uint32 length = make_key(bytes, 2, i), capacity = d->capacity;
		char  *arena = d->arena;
		size_t left = d->arena_left, growth = kz_dictionary_growth(d, length), taken = 0;

		kz_dictionary_intern(d, bytes, length);
		if (d->capacity != capacity)
			taken += (d->capacity - capacity) * (sizeof(KzKey) + 2 * sizeof(uint32));
		if (d->arena != arena + length)
			taken += d->arena_left + length;
		else
			wrong += d->arena_left != left - length;
		grew += taken > 0;
		wrong += growth < taken;
	}
	CHECK(wrong == 0);
	CHECK(grew > 20);
	CHECK(kz_dictionary_growth(d, 1000000) >= 1000000);
	CHECK(kz_dictionary_growth(d, 0) < 1000000);
}

/* A dictionary that may hold only so many keys finds those it has and takes no other. */
static void
check_limit(void)
{
	KzDictionary *d = &dictionary;
	char		  bytes[64];
	uint32		  wrong = 0;

	kz_dictionary_init(d, NULL, 0);
	for (uint32 round = 0; round < 2; round++)
		for (uint32 i = 0; i < 1000; i++)
		{
			uint32 length = make_key(bytes, 2, i);

			wrong +=
				kz_dictionary_intern_within(d, bytes, length, 300) != (i < 300 ? i : KZ_NOT_FOUND);
		}
	CHECK(wrong == 0);
	CHECK(d->count == 300);
}

int
main(void)
{
	check_family(&dictionary, 0, KEYS, 0);
	check_family(&dictionary, 1, KEYS, 0);
	check_family(&dictionary, 2, KEYS, 5);
	check_family(&dictionary, 3, KEYS, 100000);
	check_family(&dictionary, 4, KEYS, 0);
	check_family(&dictionary, 5, 60, 0);
	check_family(&large, 2, 300000, 0);
	check_long_keys();
	check_growth();
	check_limit();
	return unit_done();
}
