/*
 * view_test.c
 *		The bytes of a matrix: opened where they lie, never read outside, whatever they are.
 *
 * Every truncation and every flipped bit of small matrices of all shapes, and every number of the header set to
 * what may hurt. What kz_view_open and kz_view_check let pass must be readable in full; a block of exactly its size,
 * under the address sanitizer, shows whether it is.
 */
#include "kz.h"

#include "base/size.h"
#include "matrix/view.h"

#include <math.h>

#include "unit.h"

/* A label, or an entry of a matrix, as the test writes it. */
typedef struct Entry
{
	uint32 row;
	uint32 col;
	double value;
	bool   suppressed;
	int32  count;
	int32  suppressed_count;
	int	   lows;
	double low[2];
} Entry;

static const char *const row_label[] = {"", "Abai", "Abay", "Алматы", "Алматы city"};
static const char *const col_label[] = {"B", "C", "C10"};

static const Entry entries[] = {{0, 0, 1.5, false, 1, 0, 0, {0, 0}},
								{0, 2, 0.0, true, 3, 2, 0, {0, 0}},
								{1, 1, -2e200, false, 2, 0, 2, {1e100, -1e50}},
								{2, 0, 7.0, true, 1, 1, 0, {0, 0}},
								{3, 0, 0.1, false, -1, 0, 1, {1e-20, 0}},
								{4, 2, 1e17, false, 5, 0, 1, {1.0, 0}}};

#define ROWS	lengthof(row_label)
#define COLS	lengthof(col_label)
#define ENTRIES lengthof(entries)

/* Writes the labels of one side. */
static void
write_labels(const char *const *label, uint32 count, uint32 *start, char *text)
{
	start[0] = 0;
	for (uint32 i = 0; i < count; i++)
	{
		memcpy(text + start[i], label[i], strlen(label[i]));
		start[i + 1] = start[i] + (uint32) strlen(label[i]);
	}
}

/* Makes a matrix of the entries above with the sections that the flags ask for; the caller frees it. */
static char *
make_matrix(uint16 flags, size_t *size)
{
	KzMatrix header = {.magic = KZ_MATRIX_MAGIC,
					   .version = KZ_MATRIX_VERSION,
					   .flags = flags,
					   .rows = ROWS,
					   .cols = COLS,
					   .cells = ENTRIES};
	KzLayout layout;
	char	*base;
	uint32	*row_start, lows = 0;

	for (uint32 i = 0; i < ROWS; i++)
		header.row_bytes += (uint32) strlen(row_label[i]);
	for (uint32 i = 0; i < COLS; i++)
		header.col_bytes += (uint32) strlen(col_label[i]);
	for (uint32 i = 0; i < ENTRIES; i++)
		header.lows += flags & KZ_LOWS ? (uint32) entries[i].lows : 0;
	kz_layout(&header, &layout);
	*size = layout.size;
	base = calloc(1, layout.size);
	memcpy(base, &header, sizeof header);
	SET_VARSIZE(base, layout.size);
	row_start = (uint32 *) (base + layout.row_start);
	for (uint32 i = 0; i < ENTRIES; i++)
	{
		const Entry *entry = &entries[i];

		((double *) (base + layout.value))[i] = entry->value;
		((uint32 *) (base + layout.col))[i] = entry->col;
		row_start[entry->row + 1] = i + 1;
		if (flags & KZ_SUPPRESSED)
			base[layout.suppressed + i / 8] |= (char) (entry->suppressed << i % 8);
		if (flags & KZ_COUNTS)
		{
			((int32 *) (base + layout.count))[i] = entry->count;
			((int32 *) (base + layout.suppressed_count))[i] = entry->suppressed_count;
		}
		if (flags & KZ_LOWS)
		{
			memcpy(base + layout.low + lows * sizeof(double), entry->low,
				   (size_t) entry->lows * sizeof(double));
			lows += (uint32) entry->lows;
			((uint32 *) (base + layout.low_start))[i + 1] = lows;
		}
	}
	write_labels(row_label, ROWS, (uint32 *) (base + layout.row_label_start),
				 base + layout.row_text);
	write_labels(col_label, COLS, (uint32 *) (base + layout.col_label_start),
				 base + layout.col_text);
	((KzMatrix *) base)->fingerprint = kz_fingerprint(base, layout.size);
	return base;
}

static volatile double sink;

/* Reads one side's labels. */
static void
read_labels(const KzLabels *labels)
{
	for (uint32 i = 0; i < labels->count; i++)
		for (uint32 k = 0; k < kz_label_length(labels, i); k++)
			sink += kz_label(labels, i)[k];
}

/* Reads everything that a view shows, as the functions on matrices do. */
static void
read_all(const KzView *view)
{
	read_labels(&view->rows);
	read_labels(&view->cols);
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			sink += view->value[i] + view->col[i] + kz_is_suppressed(view, i);
			sink += kz_label_length(&view->cols, view->col[i]);
			if (view->count != NULL)
				sink += (double) view->count[i] + view->suppressed_count[i];
			if (view->low_start != NULL)
				for (uint32 k = view->low_start[i]; k < view->low_start[i + 1]; k++)
					sink += view->low[k];
		}
		for (uint32 col = 0; col <= view->cols.count; col++)
			sink += kz_view_find(view, row, col);
	}
}

/* Are the offsets of the low parts in order? If they are not, reading through them leaves the matrix. */
static bool
lows_in_order(const KzView *view)
{
	for (uint32 i = 0; view->low_start != NULL && i < view->cells; i++)
		if (view->low_start[i] > view->low_start[i + 1] ||
			view->low_start[i + 1] > view->low_start[view->cells])
			return false;
	return view->low_start == NULL || view->low_start[0] == 0;
}

/* Opens, checks and reads bytes in a block of just their size; returns whether they passed. */
static bool
passes(const char *bytes, size_t size)
{
	char  *copy = malloc(size + (size == 0));
	KzView view;
	bool   ok;

	memcpy(copy, bytes, size);
	ok = kz_view_open(&view, copy, size) == NULL && kz_view_check(&view) == NULL;
	if (ok)
	{
		CHECK(lows_in_order(&view));
		if (lows_in_order(&view))
			read_all(&view);
	}
	free(copy);
	return ok;
}

/* A good matrix opens, and shows what was written. */
static void
check_good(const char *bytes, size_t size, uint16 flags)
{
	KzView view;
	double sum = 0.0;

	CHECK(passes(bytes, size));
	CHECK(kz_view_open(&view, bytes, size) == NULL);
	CHECK(view.rows.count == ROWS && view.cols.count == COLS && view.cells == ENTRIES);
	CHECK(view.fingerprint == kz_fingerprint(bytes, size));
	for (uint32 i = 0; i < ENTRIES; i++)
	{
		const Entry *entry = &entries[i];

		CHECK(kz_view_find(&view, entry->row, entry->col) == i);
		CHECK(view.value[i] == entry->value);
		CHECK(kz_is_suppressed(&view, i) == ((flags & KZ_SUPPRESSED) != 0 && entry->suppressed));
		CHECK(view.count == NULL || (view.count[i] == entry->count &&
									 view.suppressed_count[i] == entry->suppressed_count));
		if (view.low_start != NULL)
			for (uint32 k = view.low_start[i]; k < view.low_start[i + 1]; k++)
				sum += view.low[k];
	}
	CHECK(sum == (flags & KZ_LOWS ? 1e100 - 1e50 + 1e-20 + 1.0 : 0.0));
	CHECK(kz_view_find(&view, 0, 1) == PG_UINT32_MAX && kz_view_find(&view, 4, 0) == PG_UINT32_MAX);
	CHECK(kz_view_find(&view, 1, 3) == PG_UINT32_MAX);
	for (uint32 i = 0; i < ROWS; i++)
		CHECK(kz_label_length(&view.rows, i) == strlen(row_label[i]) &&
			  memcmp(kz_label(&view.rows, i), row_label[i], strlen(row_label[i])) == 0);
}

/* Every truncation, and every piece of more than there is, is refused. */
static void
check_lengths(const char *bytes, size_t size)
{
	char *longer = calloc(1, size + 64);

	memcpy(longer, bytes, size);
	for (size_t length = 0; length < size + 64; length++)
		if (length != size)
			CHECK(!passes(longer, length));
	free(longer);
}

/* Every flipped bit is refused, or leaves something that can be read. */
static void
check_bits(char *bytes, size_t size)
{
	size_t passed = 0;

	for (size_t bit = 0; bit < size * 8; bit++)
	{
		bytes[bit / 8] ^= (char) (1 << bit % 8);
		passed += passes(bytes, size);
		bytes[bit / 8] ^= (char) (1 << bit % 8);
	}
	CHECK(passed > 0 && passed < size * 8);
}

/* Every number of the header, set to what may hurt, alone and two at a time. */
static void
check_header(char *bytes, size_t size)
{
	static const uint32 hurts[] = {0,		   1,		   2,		   7,		   0x7fffffff,
								   0x80000000, 0xffffffff, 0xfffffff8, 0x20000000, 0x40000001};
	static const size_t field[] = {offsetof(KzMatrix, rows),	  offsetof(KzMatrix, cols),
								   offsetof(KzMatrix, cells),	  offsetof(KzMatrix, lows),
								   offsetof(KzMatrix, row_bytes), offsetof(KzMatrix, col_bytes)};
	char			   *changed = malloc(size);

	for (uint32 a = 0; a < lengthof(field); a++)
		for (uint32 b = 0; b < lengthof(field); b++)
			for (uint32 i = 0; i < lengthof(hurts); i++)
				for (uint32 j = 0; j < lengthof(hurts); j++)
				{
					memcpy(changed, bytes, size);
					memcpy(changed + field[a], &hurts[i], sizeof(uint32));
					memcpy(changed + field[b], &hurts[j], sizeof(uint32));
					if (memcmp(changed, bytes, size) != 0)
						passes(changed, size);
				}
	CHECK(passes(bytes, size));
	free(changed);
}

/* A matrix that opens may still contradict itself: what the check must find. */
static void
check_contradictions(char *bytes, size_t size)
{
	KzLayout layout;

	kz_layout((KzMatrix *) bytes, &layout);

#define REFUSED(type, place, i, wrong)                                                             \
	do                                                                                             \
	{                                                                                              \
		type *at_ = (type *) (bytes + layout.place) + (i), kept_ = *at_;                           \
                                                                                                   \
		*at_ = (wrong);                                                                            \
		CHECK(!passes(bytes, size));                                                               \
		*at_ = kept_;                                                                              \
	} while (0)

	REFUSED(uint32, row_start, 0, 1);
	REFUSED(uint32, row_start, 1, 0);
	REFUSED(uint32, row_start, 2, 100);
	REFUSED(uint32, row_start, 3, 2);
	REFUSED(uint32, row_start, ROWS, 5);
	REFUSED(uint32, col, 1, 0);
	REFUSED(uint32, col, 2, 3);
	REFUSED(uint32, col, 2, 0xffffffff);
	REFUSED(double, value, 0, NAN);
	REFUSED(double, value, 1, INFINITY);
	if (!(((KzMatrix *) bytes)->flags & KZ_PARTIAL))
		REFUSED(double, value, 5, -1e300); /* a state on its way may hold any finite sum */
	REFUSED(uint32, row_label_start, 0, 1);
	REFUSED(uint32, row_label_start, 2, 0);
	REFUSED(uint32, row_label_start, 3, 0xffff0000);
	REFUSED(uint32, col_label_start, COLS, 4);
	REFUSED(char, row_text, 3, 'z');
	REFUSED(char, col_text, 0, 'C');
	CHECK(passes(bytes, size));
#undef REFUSED
}

/* Sizes saturate instead of wrapping. */
static void
check_sizes(void)
{
	KzMatrix huge = {.flags = KZ_ALL_FLAGS,
					 .rows = PG_UINT32_MAX,
					 .cols = PG_UINT32_MAX,
					 .cells = PG_UINT32_MAX,
					 .lows = PG_UINT32_MAX,
					 .row_bytes = PG_UINT32_MAX,
					 .col_bytes = PG_UINT32_MAX};
	KzLayout layout;

	kz_layout(&huge, &layout);
	CHECK(layout.size > UINT64CONST(1) << 36);
	CHECK(layout.size % 8 == 0 || layout.size == SIZE_MAX);
	CHECK(kz_size_add(SIZE_MAX, 1) == SIZE_MAX && kz_size_add(SIZE_MAX - 1, 1) == SIZE_MAX);
	CHECK(kz_size_add(2, 3) == 5 && kz_size_mul(4, 5) == 20 && kz_size_mul(SIZE_MAX, 0) == 0);
	CHECK(kz_size_mul(SIZE_MAX / 2, 3) == SIZE_MAX && kz_size_mul(SIZE_MAX, SIZE_MAX) == SIZE_MAX);
	CHECK(kz_size_align(0) == 0 && kz_size_align(1) == 8 && kz_size_align(8) == 8);
	CHECK(kz_size_align(SIZE_MAX) == SIZE_MAX && kz_size_align(SIZE_MAX - 3) == SIZE_MAX);
}

/* The order of labels: bytewise, a prefix first. */
static void
check_order(void)
{
	static const char *const ordered[] = {"", "A", "AB", "B", "a", "a ", "aa", "z", "é", "я", "яя"};

	for (size_t i = 0; i < lengthof(ordered); i++)
		for (size_t j = 0; j < lengthof(ordered); j++)
		{
			int order =
				kz_compare_bytes(ordered[i], strlen(ordered[i]), ordered[j], strlen(ordered[j]));

			CHECK((order > 0) - (order < 0) == (i > j) - (i < j));
		}
	CHECK(kz_compare_bytes("a\0b", 3, "a\0c", 3) < 0 && kz_compare_bytes("a\0", 2, "a", 1) > 0);
}

/* An empty matrix is nothing but its header and the offsets. */
static void
check_empty(void)
{
	KzMatrix empty = {.magic = KZ_MATRIX_MAGIC, .version = KZ_MATRIX_VERSION};
	char	 bytes[128] = {0};
	KzLayout layout;

	kz_layout(&empty, &layout);
	memcpy(bytes, &empty, sizeof empty);
	CHECK(layout.size < sizeof bytes && passes(bytes, layout.size));
	check_lengths(bytes, layout.size);
	check_bits(bytes, layout.size);
	check_header(bytes, layout.size);
}

int
main(void)
{
	static const uint16 flags[] = {0,
								   KZ_SUPPRESSED,
								   KZ_PARTIAL,
								   KZ_PARTIAL | KZ_COUNTS | KZ_SUPPRESSED,
								   KZ_PARTIAL | KZ_LOWS,
								   KZ_ALL_FLAGS};

	check_sizes();
	check_order();
	check_empty();
	for (size_t i = 0; i < lengthof(flags); i++)
	{
		size_t size;
		char  *bytes = make_matrix(flags[i], &size);

		check_good(bytes, size, flags[i]);
		check_lengths(bytes, size);
		check_bits(bytes, size);
		check_header(bytes, size);
		check_contradictions(bytes, size);
		free(bytes);
	}
	return unit_done();
}
