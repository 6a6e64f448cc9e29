/*
 * quotient_forms_test.c
 *		The other forms of the location quotient on random matrices: bounds, identities, and what must change nothing.
 */
#include "postgres.h"

#include <math.h>

#include "matrix/walk.h"
#include "measure/quotient_forms.h"
#include "sparse.h"

#define ROUNDS 10000

/* All forms of all cells of a matrix. */
typedef struct All
{
	KzSpread plain[SPARSE_COLS];
	KzSpread logs[SPARSE_COLS];
	KzForms	 cell[SPARSE_ROWS][SPARSE_COLS];
} All;

/* Computes all forms. */
static void
compute(const Sparse *m, const KzStandard *standard, All *all)
{
	kz_spread_compute(&m->view, &m->totals, standard, false, all->plain);
	kz_spread_compute(&m->view, &m->totals, standard, true, all->logs);
	for (uint32_t r = 0; r < m->rows; r++)
		for (uint32_t c = 0; c < m->cols; c++)
		{
			KzCellFacts facts = sparse_cell(m, r, c);

			kz_forms_of_cell(&facts, &all->plain[c], &all->logs[c], &all->cell[r][c]);
		}
}

/* Is a form of a cell the same, up to a factor for the excess, which has the units of the value? */
static bool
same_form(const KzForms *a, const KzForms *b, int form, double factor)
{
	KzMaybe one = a->form[form];

	if (form == KZ_FORM_EXCESS)
		one.value *= factor;
	return same_maybe(one, b->form[form]);
}

/* Scale and order of the labels change no bit, nor does an absent cell that becomes a zero. */
static void
check_invariance(uint64_t *seed)
{
	static Sparse m, turned, scaled, filled;
	static All	  all, all_turned, all_scaled, all_filled;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzStandard standard = {unit_random(seed) & 1, unit_random(seed) & 1};

		sparse_random(&m, seed, round & 1);
		sparse_turn(&m, &turned);
		sparse_scale(&m, 0x1p-20, &scaled);
		sparse_fill(&m, &filled);
		compute(&m, &standard, &all);
		compute(&turned, &standard, &all_turned);
		compute(&scaled, &standard, &all_scaled);
		compute(&filled, &standard, &all_filled);
		for (uint32_t r = 0; r < m.rows; r++)
			for (uint32_t c = 0; c < m.cols; c++)
			{
				const KzForms *own = &all.cell[r][c],
							  *other = &all_turned.cell[m.rows - 1 - r][m.cols - 1 - c];

				CHECK(own->status == other->status && own->status == all_scaled.cell[r][c].status &&
					  own->status == all_filled.cell[r][c].status);
				for (int form = 0; form < KZ_FORMS; form++)
				{
					CHECK(same_form(own, other, form, 1.0));
					CHECK(same_form(own, &all_scaled.cell[r][c], form, 0x1p-20));
					CHECK(same_form(own, &all_filled.cell[r][c], form, 1.0));
					CHECK(!own->form[form].known || isfinite(own->form[form].value));
				}
			}
	}
}

/* Bounds of a cell's forms, and what they have to do with each other. */
static void
check_cell(const KzCellFacts *facts, const KzForms *forms)
{
	const KzMaybe *f = forms->form;
	double		   lq = f[KZ_FORM_LOCATION].value;

	CHECK(f[KZ_FORM_SYMMETRIC].known == f[KZ_FORM_LOCATION].known);
	CHECK(f[KZ_FORM_LOG].known == (f[KZ_FORM_LOCATION].known && lq > 0.0));
	CHECK(fabs(f[KZ_FORM_SYMMETRIC].value) <= 1.0);
	CHECK(fabs(f[KZ_FORM_NORMALISED].value) <= 0.25 + 1e-15);
	CHECK(fabs(f[KZ_FORM_ADDITIVE].value) <= 1.0 && fabs(f[KZ_FORM_ADDITIVE_REGION].value) <= 1.0);
	if (!f[KZ_FORM_LOCATION].known)
	{
		CHECK(forms->status >= KZ_NO_BASE);
		return;
	}
	CHECK(fabs(f[KZ_FORM_EXCESS].value - f[KZ_FORM_NORMALISED].value * facts->ref_total) <=
		  1e-14 * facts->ref_total);
	CHECK(fabs(f[KZ_FORM_ADDITIVE].value * facts->region_total - f[KZ_FORM_EXCESS].value) <=
		  1e-14 * facts->ref_total);
	CHECK(fabs(f[KZ_FORM_ADDITIVE_REGION].value * facts->ref_value - f[KZ_FORM_EXCESS].value) <=
		  1e-14 * facts->ref_total);
	/* all agree on which side of the reference a cell lies, unless it lies on it */
	if (fabs(lq - 1.0) > 1e-9)
		for (int form = KZ_FORM_SYMMETRIC; form <= KZ_FORM_EXCESS; form++)
			CHECK(!f[form].known || (f[form].value > 0.0) == (lq > 1.0));
	if (f[KZ_FORM_LOG].known)
		CHECK(fabs(tanh(f[KZ_FORM_LOG].value / 2) - f[KZ_FORM_SYMMETRIC].value) < 1e-14);
}

/* Differences from the reference add up to zero; standardized quotients have mean 0 and deviation 1. */
static void
check_sums(const Sparse *m, const All *all, bool sample)
{
	for (uint32_t c = 0; c < m->cols; c++)
	{
		double	 normalized = 0.0, region = 0.0, z = 0.0, squares = 0.0;
		uint32_t count = 0;

		for (uint32_t r = 0; r < m->rows; r++)
		{
			const KzMaybe *f = all->cell[r][c].form;

			normalized += f[KZ_FORM_NORMALISED].value;
			region += f[KZ_FORM_ADDITIVE_REGION].value;
			z += f[KZ_FORM_STANDARDISED].value;
			squares += f[KZ_FORM_STANDARDISED].value * f[KZ_FORM_STANDARDISED].value;
			count += f[KZ_FORM_STANDARDISED].known;
		}
		CHECK(fabs(normalized) < 1e-14 && fabs(region) < 1e-14);
		CHECK(count == 0 || all->plain[c].known);
		if (count > 0)
		{
			CHECK(fabs(z) < 1e-9);
			CHECK(fabs(squares - (count - sample)) < 1e-9);
		}
	}
	for (uint32_t r = 0; r < m->rows; r++)
	{
		double normalized = 0.0, additive = 0.0;

		for (uint32_t c = 0; c < m->cols; c++)
		{
			normalized += all->cell[r][c].form[KZ_FORM_NORMALISED].value;
			additive += all->cell[r][c].form[KZ_FORM_ADDITIVE].value;
		}
		CHECK(fabs(normalized) < 1e-14 && fabs(additive) < 1e-14);
	}
}

/* Identities on whole matrices. */
static void
check_identities(uint64_t *seed)
{
	static Sparse m;
	static All	  all;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzStandard standard = {round & 1, round & 2};

		sparse_random(&m, seed, false);
		compute(&m, &standard, &all);
		check_sums(&m, &all, standard.sample);
		for (uint32_t r = 0; r < m.rows; r++)
			for (uint32_t c = 0; c < m.cols; c++)
			{
				KzCellFacts facts = sparse_cell(&m, r, c);

				check_cell(&facts, &all.cell[r][c]);
			}
	}
}

/* Regions that are alike have quotients that differ in nothing but rounding, which is no variation. */
static void
check_alike(uint64_t *seed)
{
	static Sparse m;
	static All	  all;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzStandard standard = {round & 1, true};

		sparse_random(&m, seed, false);
		for (uint32_t r = 0; r < m.rows; r++)
			for (uint32_t c = 0; c < m.cols; c++)
			{
				m.present[r][c] = true;
				m.dense[r][c] = (r + 1.0) * (c + 3.0);
			}
		sparse_finish(&m);
		compute(&m, &standard, &all);
		for (uint32_t c = 0; c < m.cols; c++)
		{
			CHECK(!all.plain[c].known && !all.logs[c].known);
			CHECK(all.plain[c].status == (m.rows < 2 ? KZ_TOO_FEW : KZ_NO_VARIATION));
			CHECK(all.cell[0][c].status == all.plain[c].status);
		}
	}
}

/* The walk shows every cell once and in order. */
static void
check_walk(uint64_t *seed)
{
	static Sparse m;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzWalk	 walk = {.view = &m.view, .fill = round & 1};
		uint32_t cells = 0, present = 0;

		sparse_random(&m, seed, true);
		while (kz_walk(&walk))
		{
			CHECK(!walk.fill || walk.row * m.cols + walk.col == cells);
			CHECK((walk.cell != KZ_ABSENT) == m.present[walk.row][walk.col]);
			CHECK(walk.cell == KZ_ABSENT || walk.cell == present);
			present += walk.cell != KZ_ABSENT;
			cells++;
		}
		CHECK(present == m.view.cells && cells == (walk.fill ? m.rows * m.cols : present));
		CHECK(!kz_walk(&walk));
	}
}

/* The index is its three components, does not know units, and is 0 for a value of 0. */
static void
check_cluster_index(uint64_t *seed)
{
	for (int round = 0; round < ROUNDS; round++)
	{
		double		   n[8];
		KzClusterIndex r, other;
		KzPlantFacts   facts;

		for (int i = 0; i < 8; i++)
			n[i] = 1.0 + (double) (unit_random(seed) % 100000);
		facts = (KzPlantFacts){.value = round % 7 ? n[0] : 0.0,
							   .establishments = {n[1], true},
							   .industry_total = n[2],
							   .industry_establishments = n[3],
							   .area = {true, {n[4], true}, {n[5], true}, false, false},
							   .population = {true, {n[6], true}, {n[7], true}, false, false}};
		kz_cluster_index_of_cell(&facts, &r);
		CHECK(r.status == KZ_OK && r.index.known && r.index.value >= 0.0);
		if (facts.value > 0.0)
			CHECK(fabs(r.density.value * r.stock.value / r.size.value / r.index.value - 1) < 1e-14);
		else
			CHECK(r.index.value == 0.0 && r.size.value == 0.0);
		facts.value *= 8;
		facts.industry_total *= 8;
		facts.area.region.value /= 4;
		facts.area.reference.value /= 4;
		kz_cluster_index_of_cell(&facts, &other);
		CHECK(same_maybe(r.index, other.index) && same_maybe(r.density, other.density) &&
			  same_maybe(r.size, other.size));
		facts.establishments.value = 0.0;
		kz_cluster_index_of_cell(&facts, &other);
		CHECK(!other.size.known && other.index.known == (facts.value == 0.0));
		CHECK(other.status == (facts.value == 0.0 ? KZ_ZERO : KZ_NO_BASE));
	}
}

/* One region's focus is its own facts; two are the sum; nothing is left behind by clearing. */
static void
check_focus(uint64_t *seed)
{
	static Sparse m;

	for (int round = 0; round < ROUNDS; round++)
	{
		KzFocus	 focus;
		uint32_t last;

		sparse_random(&m, seed, true);
		last = m.rows - 1;
		kz_focus_init(&focus, m.cols);
		CHECK(kz_focus_add(&focus, &m.view, &m.totals, last, 3.0));
		kz_focus_clear(&focus);
		CHECK(kz_focus_add(&focus, &m.view, &m.totals, 0, 0.5));
		CHECK(kz_focus_add(&focus, &m.view, &m.totals, last, 2.0));
		CHECK(kz_exact_value(&focus.total) == 0.5 * m.region[0] + 2.0 * m.region[last]);
		CHECK(focus.incomplete == (m.region_incomplete[0] || m.region_incomplete[last]));
		for (uint32_t c = 0; c < m.cols; c++)
		{
			CHECK(kz_exact_value(&focus.sum[c]) == 0.5 * m.dense[0][c] + 2.0 * m.dense[last][c]);
			CHECK(focus.touched[c] == (m.present[0][c] || m.present[last][c]));
			CHECK(focus.suppressed[c] == (m.suppressed[0][c] || m.suppressed[last][c]));
		}
		CHECK(m.view.cells == 0 || kz_focus_add(&focus, &m.view, &m.totals, 0, 0.0));
		pfree(focus.sum);
		pfree(focus.suppressed);
		pfree(focus.touched);
		pfree(focus.col);
	}
}

/* Scalars: what is undefined, and limits. */
static void
check_scalars(void)
{
	double r = -7.0;

	CHECK(kz_symmetric_form(0.0, &r) == KZ_OK && r == -1.0);
	CHECK(kz_symmetric_form(1.0, &r) == KZ_OK && r == 0.0);
	CHECK(kz_symmetric_form(1.7e308, &r) == KZ_OK && r == 1.0);
	CHECK(kz_symmetric_form(-0.5, &r) == KZ_NEGATIVE);
	CHECK(kz_normalized_form(1, 2, 2, 4, &r) == KZ_OK && r == 0.0 && !signbit(r));
	CHECK(kz_normalized_form(2, 2, 2, 4, &r) == KZ_OK && r == 0.25);
	CHECK(kz_normalized_form(0, 2, 2, 4, &r) == KZ_OK && r == -0.25);
	CHECK(kz_normalized_form(0, 0, 0, 0, &r) == KZ_NO_BASE);
	CHECK(kz_normalized_form(-1, 2, 2, 4, &r) == KZ_NEGATIVE);
	CHECK(kz_normalized_form(1, 2, -2, 4, &r) == KZ_NEGATIVE);
	CHECK(kz_cluster_index_form(2, 3, 1, 1, 4, 6, 2, 4, &r) == KZ_OK && r == 2.0);
	CHECK(kz_cluster_index_form(0, 3, 1, 1, 4, 6, 2, 4, &r) == KZ_OK && r == 0.0);
	CHECK(kz_cluster_index_form(0, 0, 1, 1, 4, 6, 2, 4, &r) == KZ_OK && r == 0.0);
	CHECK(kz_cluster_index_form(2, 0, 1, 1, 4, 6, 2, 4, &r) == KZ_NO_BASE);
	CHECK(kz_cluster_index_form(2, 3, 0, 1, 4, 6, 2, 4, &r) == KZ_NO_BASE);
	CHECK(kz_cluster_index_form(2, 3, 1, -1, 4, 6, 2, 4, &r) == KZ_NEGATIVE);
}

int
main(void)
{
	uint64_t seed = 20;

	check_scalars();
	check_walk(&seed);
	check_invariance(&seed);
	check_identities(&seed);
	check_alike(&seed);
	check_cluster_index(&seed);
	check_focus(&seed);
	return unit_done();
}
