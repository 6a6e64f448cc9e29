/*
 * view.h
 *		The bytes of a kz_matrix, and a view of them as plain arrays.
 *
 * docs/storage.md describes the layout byte by byte. Measures and spatial statistics see only KzView.
 */
#ifndef KZ_VIEW_H
#define KZ_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KZ_MATRIX_MAGIC	  0x4b /* 'K' */
#define KZ_MATRIX_VERSION 1

/* Flags of the header; a section is present only when it is needed, so that equal matrices are equal bytes. */
#define KZ_SUPPRESSED 0x0001 /* at least one cell is suppressed: a bitmap says which */
#define KZ_PARTIAL	  0x0002 /* a partial state: rows may still be added and taken away */
#define KZ_COUNTS	  0x0004 /* partial, and some cell does not stand for exactly one row */
#define KZ_LOWS		  0x0008 /* partial, and some sum needs more than one double */
#define KZ_ALL_FLAGS  0x000f

#define KZ_MAX_LABEL 65535		/* bytes of a label */
#define KZ_MAX_SIZE	 0x3fffffff /* bytes of a matrix: PostgreSQL's limit of a value */

/* The header of a stored matrix; all sizes below follow from it. */
typedef struct KzMatrix
{
	int32_t	 vl_len_; /* PostgreSQL's length word: use SET_VARSIZE */
	uint8_t	 magic;
	uint8_t	 version;
	uint16_t flags;
	uint32_t rows;
	uint32_t cols;
	uint32_t cells;
	uint32_t lows;		/* number of low parts of all sums */
	uint32_t row_bytes; /* bytes of all row labels */
	uint32_t col_bytes;
	uint64_t fingerprint; /* hash of everything else after the length word */
} KzMatrix;

/* One side of a matrix: its labels, sorted bytewise and unique; label i is text[start[i] .. start[i + 1]). */
typedef struct KzLabels
{
	uint32_t		count;
	const uint32_t *start; /* count + 1 offsets */
	const char	   *text;
} KzLabels;

/* A matrix read where it lies: cells row by row, columns ascending within a row. */
typedef struct KzView
{
	KzLabels		rows;
	KzLabels		cols;
	uint32_t		cells;
	uint16_t		flags;
	uint64_t		fingerprint;
	const uint32_t *row_start;	/* rows + 1 positions in the arrays below */
	const uint32_t *col;		/* column of each cell */
	const double   *value;		/* of each cell; of a suppressed one the sum of what is disclosed */
	const uint8_t  *suppressed; /* a bit a cell, or NULL when there is none */
	const int32_t  *count;		/* partial: rows behind each cell, or NULL for one each */
	const int32_t  *suppressed_count; /* partial: suppressed rows behind each cell, with count */
	const uint32_t *low_start;		  /* partial: cells + 1 positions in low, or NULL */
	const double   *low;			  /* partial: the sums' parts after the first */
} KzView;

/* Where each section of a matrix begins, in bytes from its start. */
typedef struct KzLayout
{
	size_t value;
	size_t low;
	size_t row_start;
	size_t col;
	size_t count;
	size_t suppressed_count;
	size_t low_start;
	size_t row_label_start;
	size_t col_label_start;
	size_t suppressed;
	size_t row_text;
	size_t col_text;
	size_t size;
} KzLayout;

extern void		   kz_layout(const KzMatrix *header, KzLayout *layout);
extern const char *kz_view_open(KzView *view, const void *bytes, size_t size);
extern const char *kz_view_check(const KzView *view);
extern uint64_t	   kz_fingerprint(const void *bytes, size_t size);
extern uint32_t	   kz_view_find(const KzView *view, uint32_t row, uint32_t col);
extern int		   kz_compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length);

/* Returns a label's length in bytes. */
static inline uint32_t
kz_label_length(const KzLabels *labels, uint32_t i)
{
	return labels->start[i + 1] - labels->start[i];
}

/* Returns a label's bytes, which are not terminated. */
static inline const char *
kz_label(const KzLabels *labels, uint32_t i)
{
	return labels->text + labels->start[i];
}

/* Is a cell suppressed? */
static inline bool
kz_is_suppressed(const KzView *view, uint32_t cell)
{
	return view->suppressed != NULL && (view->suppressed[cell >> 3] >> (cell & 7)) & 1;
}

#endif
