/*
 * view.c
 *		Laying out, opening and checking the bytes of a kz_matrix. Needs no server.
 */
#include "postgres.h"

#include <math.h>

#include "base/exact.h"
#include "base/size.h"
#include "common/hashfn.h"
#include "matrix/view.h"
#include "miscadmin.h"

/* Compares two byte strings; a prefix comes first. */
int
kz_compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
	int order = memcmp(a, b, a_length < b_length ? a_length : b_length);

	if (order != 0)
		return order;
	return a_length < b_length ? -1 : a_length > b_length;
}

/* Returns where the next section begins and moves on behind it. */
static size_t
place(size_t *at, size_t items, size_t item_size)
{
	size_t start = *at;

	*at = kz_size_add(start, kz_size_mul(items, item_size));
	return start;
}

/* Computes the sections' places from the header's numbers. */
void
kz_layout(const KzMatrix *header, KzLayout *layout)
{
	size_t at = sizeof(KzMatrix), cells = header->cells;
	bool   counts = (header->flags & KZ_COUNTS) != 0, lows = (header->flags & KZ_LOWS) != 0;

	layout->value = place(&at, cells, sizeof(double));
	layout->low = place(&at, lows ? header->lows : 0, sizeof(double));
	layout->row_start = place(&at, (size_t) header->rows + 1, sizeof(uint32));
	layout->col = place(&at, cells, sizeof(uint32));
	layout->count = place(&at, counts ? cells : 0, sizeof(int32));
	layout->suppressed_count = place(&at, counts ? cells : 0, sizeof(int32));
	layout->low_start = place(&at, lows ? cells + 1 : 0, sizeof(uint32));
	layout->row_label_start = place(&at, (size_t) header->rows + 1, sizeof(uint32));
	layout->col_label_start = place(&at, (size_t) header->cols + 1, sizeof(uint32));
	layout->suppressed = place(&at, header->flags & KZ_SUPPRESSED ? (cells + 7) / 8 : 0, 1);
	layout->row_text = place(&at, header->row_bytes, 1);
	layout->col_text = place(&at, header->col_bytes, 1);
	layout->size = kz_size_align(at);
}

/* Opens a view on bytes whose header must fit their size; returns what is wrong, or NULL. */
const char *
kz_view_open(KzView *view, const void *bytes, size_t size)
{
	const KzMatrix *header = bytes;
	const char	   *base = bytes;
	KzLayout		layout;

	if (size < sizeof(KzMatrix))
		return "it is shorter than its header";
	if (header->magic != KZ_MATRIX_MAGIC || header->version != KZ_MATRIX_VERSION)
		return "its version is unknown";
	if ((header->flags & ~KZ_ALL_FLAGS) != 0 ||
		((header->flags & (KZ_COUNTS | KZ_LOWS)) != 0 && (header->flags & KZ_PARTIAL) == 0))
		return "its flags are unknown";
	kz_layout(header, &layout);
	if (layout.size != size)
		return "its length does not fit its header";

	view->rows.count = header->rows;
	view->cols.count = header->cols;
	view->cells = header->cells;
	view->flags = header->flags;
	view->fingerprint = header->fingerprint;
	view->value = (const double *) (base + layout.value);
	view->row_start = (const uint32 *) (base + layout.row_start);
	view->col = (const uint32 *) (base + layout.col);
	view->rows.start = (const uint32 *) (base + layout.row_label_start);
	view->cols.start = (const uint32 *) (base + layout.col_label_start);
	view->rows.text = base + layout.row_text;
	view->cols.text = base + layout.col_text;
	view->suppressed =
		header->flags & KZ_SUPPRESSED ? (const uint8 *) (base + layout.suppressed) : NULL;
	view->count = header->flags & KZ_COUNTS ? (const int32 *) (base + layout.count) : NULL;
	view->suppressed_count =
		header->flags & KZ_COUNTS ? (const int32 *) (base + layout.suppressed_count) : NULL;
	view->low_start = header->flags & KZ_LOWS ? (const uint32 *) (base + layout.low_start) : NULL;
	view->low = header->flags & KZ_LOWS ? (const double *) (base + layout.low) : NULL;

	/* The last offsets bound everything that is read through them. */
	if (view->row_start[header->rows] != header->cells ||
		view->rows.start[header->rows] != header->row_bytes ||
		view->cols.start[header->cols] != header->col_bytes ||
		(view->low_start != NULL && view->low_start[header->cells] != header->lows))
		return "its sections do not fit its header";
	return NULL;
}

/* Checks one side's labels: offsets rise, and labels are in ascending order, so none comes twice. */
static const char *
check_labels(const KzLabels *labels)
{
	if (labels->start[0] != 0)
		return "its labels do not begin at 0";
	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (labels->start[i] > labels->start[i + 1] ||
			labels->start[i + 1] > labels->start[labels->count] ||
			kz_label_length(labels, i) > KZ_MAX_LABEL)
			return "the offsets of its labels are wrong";
		if (i > 0 && kz_compare_bytes(kz_label(labels, i - 1), kz_label_length(labels, i - 1),
									  kz_label(labels, i), kz_label_length(labels, i)) >= 0)
			return "its labels are not in ascending order";
	}
	return NULL;
}

/* May a matrix hold this value? A partial state on its way may hold any finite sum. */
static inline bool
is_valid(const KzView *view, double value)
{
	return view->flags & KZ_PARTIAL ? isfinite(value) : kz_value_is_valid(value);
}

/* Checks a row's cells: columns rise and values are finite. */
static const char *
check_row(const KzView *view, uint32 row)
{
	for (uint32 cell = view->row_start[row]; cell < view->row_start[row + 1]; cell++)
	{
		CHECK_FOR_INTERRUPTS();
		if (view->col[cell] >= view->cols.count ||
			(cell > view->row_start[row] && view->col[cell] <= view->col[cell - 1]))
			return "its columns are not in ascending order";
		if (!is_valid(view, view->value[cell]))
			return "it has a value out of range";
	}
	return NULL;
}

/* Checks what a partial state has besides: offsets of low parts rise, and counts fit the suppressed cells. */
static const char *
check_partial(const KzView *view)
{
	for (uint32 cell = 0; view->low_start != NULL && cell < view->cells; cell++)
	{
		CHECK_FOR_INTERRUPTS();
		if (view->low_start[cell] > view->low_start[cell + 1] ||
			view->low_start[cell + 1] > view->low_start[view->cells])
			return "the offsets of its low parts are wrong";
		for (uint32 i = view->low_start[cell]; i < view->low_start[cell + 1]; i++)
			if (!is_valid(view, view->low[i]))
				return "it has a low part out of range";
	}
	for (uint32 cell = 0; view->count != NULL && cell < view->cells; cell++)
		if (view->count[cell] == PG_INT32_MIN || view->suppressed_count[cell] == PG_INT32_MIN ||
			(view->suppressed_count[cell] > 0) != kz_is_suppressed(view, cell))
			return "its numbers of rows do not fit its suppressed cells";
	return NULL;
}

/* Checks all that is read through an opened view, so that no bytes can lead outside; returns what is wrong, or NULL. */
const char *
kz_view_check(const KzView *view)
{
	const char *problem;

	if ((problem = check_labels(&view->rows)) != NULL ||
		(problem = check_labels(&view->cols)) != NULL)
		return problem;
	if (view->low_start != NULL && view->low_start[0] != 0)
		return "its low parts do not begin at 0";
	if (view->row_start[0] != 0)
		return "its rows do not begin at 0";
	for (uint32 row = 0; row < view->rows.count; row++)
	{
		if (view->row_start[row] >= view->row_start[row + 1] ||
			view->row_start[row + 1] > view->cells)
			return "it has a row without cells";
		if ((problem = check_row(view, row)) != NULL)
			return problem;
	}
	return check_partial(view);
}

/*
 * Finds the cell of a row and column; returns its position, or UINT32_MAX when absent. The bisection moves by
 * conditional assignment: its comparisons are coin tosses, which a branch predictor gets wrong.
 */
uint32_t
kz_view_find(const KzView *view, uint32_t row, uint32_t col)
{
	uint32		  count = view->row_start[row + 1] - view->row_start[row];
	const uint32 *at = view->col + view->row_start[row];

	if (count == view->cols.count)
		return view->row_start[row] + col; /* the row is full */
	while (count > 1)
	{
		uint32 half = count / 2;

		at = at[half - 1] < col ? at + half : at;
		count -= half;
	}
	return count == 1 && *at == col ? (uint32) (at - view->col) : PG_UINT32_MAX;
}

/* Hashes everything after the length word but the fingerprint itself. */
uint64_t
kz_fingerprint(const void *bytes, size_t size)
{
	const unsigned char *base = bytes;
	uint64				 head = hash_bytes_extended(base + sizeof(int32),
													offsetof(KzMatrix, fingerprint) - sizeof(int32), 0);

	return hash_bytes_extended(base + sizeof(KzMatrix), (int) (size - sizeof(KzMatrix)), head);
}
