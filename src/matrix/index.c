/*
 * index.c
 *		Building the index of a matrix once, and recognising the matrix when it comes again.
 *
 * A stored matrix is recognised by its toast pointer, without reading it; any other by its length and the
 * fingerprint in its header. Several matrices may alternate from row to row, as in a join with one matrix a
 * period: their indexes are kept within kzcluster.max_matrix_memory, and the one idle longest goes first.
 */
#include "matrix/index.h"

#include "access/detoast.h"
#include "base/size.h"
#include "matrix/matrix.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#define MAX_ENTRIES 256

typedef struct KzIndexEntry
{
	MemoryContext context; /* holds the copy of the matrix and its index */
	KzIndex		 *index;
	Size		  size;
	uint64		  fingerprint;
	Oid			  toast_relation; /* where the matrix is stored, or 0 */
	Oid			  toast_value;
	uint64		  used;
} KzIndexEntry;

/* Interns the labels of one side, so that a label's number is its place. */
static void
index_labels(KzAxis *axis, const KzLabels *labels)
{
	kz_dictionary_init(&axis->labels, CurrentMemoryContext, labels->count);
	for (uint32 i = 0; i < labels->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		kz_dictionary_intern(&axis->labels, kz_label(labels, i), kz_label_length(labels, i));
	}
}

/* Builds the index of a matrix that stays where it is, in the current memory context. */
KzIndex *
kz_index_build(const KzView *view)
{
	KzIndex *index = palloc0(sizeof(KzIndex));

	index->view = *view;
	index_labels(&index->rows, &view->rows);
	index_labels(&index->cols, &view->cols);
	kz_margins_compute(view, &index->margins);
	return index;
}

/*
 * Makes an index ready for many look-ups of cells: a bisection of a long row is several cache misses, a rank is one.
 * Full rows need neither, and in a matrix with few cells the ranks would be larger than the cells.
 */
void
kz_index_rank(KzIndex *index)
{
	const KzView *view = &index->view;
	uint32		  words = (view->cols.count + 63) / 64;
	size_t count = kz_size_mul(view->rows.count, words), size = kz_size_mul(count, sizeof(KzRank));

	if (view->cells == kz_size_mul(view->rows.count, view->cols.count) ||
		size > view->cells * (sizeof(double) + sizeof(uint32)))
		return;
	index->words = words;
	index->rank = kz_block_allocate(CurrentMemoryContext, size, kz_block_alignment(size)).start;
	memset(index->rank, 0, size);
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 i = view->row_start[row]; i < view->row_start[row + 1]; i++)
		{
			KzRank *rank = &index->rank[(size_t) row * words + (view->col[i] >> 6)];

			CHECK_FOR_INTERRUPTS();
			if (rank->present == 0)
				rank->first = i;
			rank->present |= UINT64CONST(1) << (view->col[i] & 63);
		}
}

/* Is this datum stored out of line? If so, tells where. */
static bool
toast_pointer(Datum datum, Oid *relation, Oid *value)
{
	struct varlena		  *attribute = (struct varlena *) DatumGetPointer(datum);
	struct varatt_external external;

	*relation = *value = InvalidOid;
	if (!VARATT_IS_EXTERNAL_ONDISK(attribute))
		return false;
	VARATT_EXTERNAL_GET_POINTER(external, attribute);
	*relation = external.va_toastrelid;
	*value = external.va_valueid;
	return true;
}

/* Drops the entry that was idle longest. */
static void
drop_oldest(KzIndexCache *cache)
{
	int oldest = 0;

	for (int i = 1; i < cache->count; i++)
		if (cache->entry[i].used < cache->entry[oldest].used)
			oldest = i;
	MemoryContextDelete(cache->entry[oldest].context);
	cache->entry[oldest] = cache->entry[--cache->count];
}

/* Copies a matrix, indexes it and remembers it in place of those idle longest. */
static KzIndex *
add_entry(KzIndexCache *cache, const KzMatrix *matrix, Oid relation, Oid value)
{
	KzIndexEntry *entry;
	MemoryContext caller, context;
	KzMatrix	 *copy;
	KzView		  view;
	KzIndex		 *index;

	while (
		cache->count == MAX_ENTRIES ||
		(cache->count > 0 && MemoryContextMemAllocated(cache->context, true) + 2 * VARSIZE(matrix) >
								 (Size) kz_max_matrix_memory * 1024))
		drop_oldest(cache);

	context = AllocSetContextCreate(cache->context, "kz_matrix index", ALLOCSET_SMALL_MINSIZE,
									ALLOCSET_SMALL_INITSIZE, ALLOCSET_DEFAULT_MAXSIZE);
	caller = MemoryContextSwitchTo(context);
	copy = kz_block_allocate(context, VARSIZE(matrix), kz_block_alignment(VARSIZE(matrix))).start;
	memcpy(copy, matrix, VARSIZE(matrix));
	kz_open_matrix(copy, &view);
	index = kz_index_build(&view);
	kz_index_rank(index);
	MemoryContextSwitchTo(caller);

	cache->last = cache->count++;
	entry = &cache->entry[cache->last];
	entry->context = context;
	entry->index = index;
	entry->size = VARSIZE(matrix);
	entry->fingerprint = matrix->fingerprint;
	entry->toast_relation = relation;
	entry->toast_value = value;
	entry->used = ++cache->clock;
	return index;
}

/* Is this entry the matrix of that place, or of that content? */
static inline bool
matches(const KzIndexEntry *entry, const KzMatrix *matrix, Oid relation, Oid value)
{
	if (matrix == NULL)
		return entry->toast_value == value && entry->toast_relation == relation;
	return entry->size == VARSIZE(matrix) && entry->fingerprint == matrix->fingerprint;
}

/* Returns the index of a matrix datum, built now or found again; the cache lives in the given context. */
KzIndex *
kz_index_of(KzIndexCache *cache, Datum datum, MemoryContext context)
{
	Oid				relation, value;
	const KzMatrix *matrix;
	KzIndex		   *index;

	if (cache->context == NULL)
	{
		cache->context = AllocSetContextCreate(context, "kz_matrix indexes", ALLOCSET_SMALL_SIZES);
		cache->entry = MemoryContextAlloc(cache->context, MAX_ENTRIES * sizeof(KzIndexEntry));
	}
	matrix =
		toast_pointer(datum, &relation, &value) ? NULL : (const KzMatrix *) PG_DETOAST_DATUM(datum);
	if (matrix != NULL && VARSIZE(matrix) < sizeof(KzMatrix))
	{
		KzView view;

		kz_open_matrix(matrix, &view);
	}
	if (cache->last < cache->count && matches(&cache->entry[cache->last], matrix, relation, value))
	{
		index = cache->entry[cache->last].index;
		cache->entry[cache->last].used = ++cache->clock;
	}
	else
	{
		int i = 0;

		while (i < cache->count && !matches(&cache->entry[i], matrix, relation, value))
			i++;
		if (i < cache->count)
		{
			cache->last = i;
			cache->entry[i].used = ++cache->clock;
			return cache->entry[i].index;
		}
		if (matrix == NULL)
			matrix = (const KzMatrix *) PG_DETOAST_DATUM(datum);
		index = add_entry(cache, matrix, relation, value);
	}
	if ((const void *) matrix != DatumGetPointer(datum) && matrix != NULL)
		pfree((void *) matrix);
	return index;
}
