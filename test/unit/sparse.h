/*
 * sparse.h
 *		Small random matrices of regions and industries, with their totals, for the tests of kernels.
 */
#ifndef KZ_SPARSE_H
#define KZ_SPARSE_H

#include "measure/quotient.h"

#include <string.h>

#include "unit.h"

#define SPARSE_ROWS 9
#define SPARSE_COLS 7

/* A matrix whose cells are all there, absent or suppressed, and the view of it that a kernel sees. */
typedef struct Sparse
{
	uint32_t rows;
	uint32_t cols;
	bool	 present[SPARSE_ROWS][SPARSE_COLS];
	bool	 suppressed[SPARSE_ROWS][SPARSE_COLS];
	double	 dense[SPARSE_ROWS][SPARSE_COLS];
	uint32_t row_start[SPARSE_ROWS + 1];
	uint32_t col[SPARSE_ROWS * SPARSE_COLS];
	double	 value[SPARSE_ROWS * SPARSE_COLS];
	uint8_t	 bits[SPARSE_ROWS * SPARSE_COLS / 8 + 1];
	double	 region[SPARSE_ROWS];
	bool	 region_incomplete[SPARSE_ROWS];
	double	 industry[SPARSE_COLS];
	bool	 industry_incomplete[SPARSE_COLS];
	KzView	 view;
	KzTotals totals;
} Sparse;

/* Makes view and totals anew from the dense values, which are whole numbers or scaled by one, so that sums are exact. */
static inline void
sparse_finish(Sparse *m)
{
	uint32_t at = 0;

	memset(m->bits, 0, sizeof m->bits);
	memset(m->region, 0, sizeof m->region);
	memset(m->industry, 0, sizeof m->industry);
	memset(m->region_incomplete, 0, sizeof m->region_incomplete);
	memset(m->industry_incomplete, 0, sizeof m->industry_incomplete);
	m->totals = (KzTotals){.region = m->region,
						   .region_incomplete = m->region_incomplete,
						   .industry = m->industry,
						   .industry_incomplete = m->industry_incomplete};
	for (uint32_t r = 0; r < m->rows; r++)
	{
		m->row_start[r] = at;
		for (uint32_t c = 0; c < m->cols; c++)
		{
			if (!m->present[r][c])
				continue;
			m->col[at] = c;
			m->value[at] = m->dense[r][c];
			m->bits[at / 8] |= (uint8_t) (m->suppressed[r][c] << (at % 8));
			m->region[r] += m->dense[r][c];
			m->industry[c] += m->dense[r][c];
			m->totals.reference += m->dense[r][c];
			m->region_incomplete[r] |= m->suppressed[r][c];
			m->industry_incomplete[c] |= m->suppressed[r][c];
			m->totals.reference_incomplete |= m->suppressed[r][c];
			at++;
		}
	}
	m->row_start[m->rows] = at;
	m->view = (KzView){.rows.count = m->rows,
					   .cols.count = m->cols,
					   .cells = at,
					   .row_start = m->row_start,
					   .col = m->col,
					   .value = m->value,
					   .suppressed = m->bits};
}

/* Makes a matrix with absent cells and zeros, and if wanted with suppressed and negative ones. */
static inline void
sparse_random(Sparse *m, uint64_t *seed, bool awkward)
{
	*m = (Sparse){.rows = 1 + (uint32_t) (unit_random(seed) % SPARSE_ROWS),
				  .cols = 1 + (uint32_t) (unit_random(seed) % SPARSE_COLS)};
	for (uint32_t r = 0; r < m->rows; r++)
		for (uint32_t c = 0; c < m->cols; c++)
		{
			uint64_t bits = unit_random(seed);

			m->present[r][c] = bits % 4 > 0;
			if (!m->present[r][c])
				continue;
			m->dense[r][c] = bits >> 8 & 7 ? (double) (bits >> 40 & 0xffff) : 0.0;
			m->suppressed[r][c] = awkward && (bits >> 16 & 15) == 0;
			if (awkward && (bits >> 20 & 15) == 0)
				m->dense[r][c] = -m->dense[r][c];
		}
	sparse_finish(m);
}

/* Turns the regions and the industries around. */
static inline void
sparse_turn(const Sparse *m, Sparse *turned)
{
	*turned = (Sparse){.rows = m->rows, .cols = m->cols};
	for (uint32_t r = 0; r < m->rows; r++)
		for (uint32_t c = 0; c < m->cols; c++)
		{
			uint32_t row = m->rows - 1 - r, col = m->cols - 1 - c;

			turned->present[row][col] = m->present[r][c];
			turned->suppressed[row][col] = m->suppressed[r][c];
			turned->dense[row][col] = m->dense[r][c];
		}
	sparse_finish(turned);
}

/* Multiplies all values by a power of two. */
static inline void
sparse_scale(const Sparse *m, double factor, Sparse *scaled)
{
	*scaled = *m;
	for (uint32_t r = 0; r < m->rows; r++)
		for (uint32_t c = 0; c < m->cols; c++)
			scaled->dense[r][c] *= factor;
	sparse_finish(scaled);
}

/* Makes every absent cell a cell of zero. */
static inline void
sparse_fill(const Sparse *m, Sparse *filled)
{
	*filled = *m;
	memset(filled->present, true, sizeof filled->present);
	sparse_finish(filled);
}

/* Returns the facts of a cell, absent or not. */
static inline KzCellFacts
sparse_cell(const Sparse *m, uint32_t row, uint32_t col)
{
	KzCellFacts facts = {0};
	uint32_t	cell = UINT32_MAX;

	for (uint32_t i = m->row_start[row]; i < m->row_start[row + 1]; i++)
		if (m->col[i] == col)
			cell = i;
	kz_facts_of_cell(&m->view, &m->totals, row, col, cell, &facts);
	return facts;
}

/* Are two numbers, known or not, the same bits? */
static inline bool
same_maybe(KzMaybe a, KzMaybe b)
{
	return a.known == b.known && (!a.known || memcmp(&a.value, &b.value, sizeof a.value) == 0);
}

#endif
