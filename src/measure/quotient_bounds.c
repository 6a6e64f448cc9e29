/*
 * quotient_bounds.c
 *		Bounds of location quotients over all values that the cells and totals may have.
 *
 * With x = E_ri, a the region's other cells, b the industry's other regions and c the rest of the matrix,
 *
 *		lq = x E / (R I),	R = x + a,	I = x + b,	E = x + a + b + c,	all of them >= 0.
 *
 * Totals not fixed by publication. The cells of a, b and c are different cells, so every corner of the box of their
 * bounds is reached. lq rises with c; it falls with a, for lq = x / (x + b) (1 + (b + c) / (x + a)), and likewise with b.
 * So for the upper bound a and b are at their lower and c at its upper end, and the other way round for the lower bound. In
 * x it does not simply rise: the derivative has the sign of -c x^2 + 2 a b x + a b (a + b + c), so lq rises up to
 *
 *		x* = (a b + sqrt(a b (a + c) (b + c))) / c
 *
 * and falls from there (a region of one industry only: the more it has, the more the reference is like it). The largest
 * value is therefore at x* or the end next to it, the smallest at one of the ends. All bounds are sharp.
 *
 * R fixed: lq = x E / (R (x + b)) rises with x and c. It falls with b even where b adds to E, for E >= x + b makes
 * E / (x + b) fall. I fixed: the same with a. The cells of different rows are free of each other, so with the totals of
 * all regions, or of all industries, the bounds are sharp. R and I fixed: lq is x times a number, and its bounds are as
 * sharp as those of x.
 */
#include "postgres.h"

#include <math.h>

#include "base/alloc.h"
#include "matrix/walk.h"
#include "measure/quotient.h"
#include "measure/suppression.h"
#include "miscadmin.h"

/* Adds an interval to a sum, or takes it away again with the sign -1. */
static void
range_add(KzRange *range, KzInterval interval, int sign)
{
	kz_exact_add(&range->low, sign * interval.low);
	if (isinf(interval.high))
		range->unbounded += sign;
	else
		kz_exact_add(&range->high, sign * interval.high);
}

/* Adds another sum, or takes it away again with the sign -1. */
static void
range_add_range(KzRange *to, const KzRange *range, int sign)
{
	kz_exact_add_sum(&to->low, &range->low, sign);
	kz_exact_add_sum(&to->high, &range->high, sign);
	to->unbounded += sign * range->unbounded;
}

/* Returns a sum as an interval. */
static KzInterval
range_interval(const KzRange *range)
{
	return (KzInterval){kz_exact_value(&range->low),
						range->unbounded > 0 ? INFINITY : kz_exact_value(&range->high)};
}

/* Returns a sum without one of its parts, and leaves it as it was. */
static KzInterval
range_without(KzRange *range, KzInterval part)
{
	KzInterval result;

	range_add(range, part, -1);
	result = range_interval(range);
	range_add(range, part, 1);
	return result;
}

/* Is an interval a single number? */
static bool
is_point(KzInterval interval)
{
	return interval.low == interval.high;
}

/* Sums the cells of each row and column. */
static void
sum_lines(KzQuotientBasis *basis)
{
	const KzView *view = basis->suppression->view;

	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 cell = view->row_start[row]; cell < view->row_start[row + 1]; cell++)
		{
			CHECK_FOR_INTERRUPTS();
			range_add(&basis->side[0].sum[row], basis->bound[cell], 1);
			range_add(&basis->side[1].sum[view->col[cell]], basis->bound[cell], 1);
		}
}

/* Finds which totals of a side are fixed: published, or sums of cells that are all known; and what they add up to. */
static void
fix_totals(KzRanges *ranges, const KzSide *side)
{
	ranges->all_fixed = true;
	for (uint32 line = 0; line < side->count; line++)
	{
		KzInterval sum = range_interval(&ranges->sum[line]);
		bool	   published = side->total[line].known && !side->contradiction[line];

		CHECK_FOR_INTERRUPTS();
		ranges->fixed[line] = published || is_point(sum);
		ranges->total[line] = published ? side->total[line].value : sum.low;
		ranges->all_fixed &= ranges->fixed[line];
		if (published)
			range_add(&ranges->whole,
					  (KzInterval){side->total[line].value, side->total[line].value}, 1);
		else
			range_add_range(&ranges->whole, &ranges->sum[line], 1);
	}
}

/* Returns what a cell takes from the rest of its region: the other way round where the region's total is fixed. */
static KzInterval
cross_part(const KzQuotientBasis *basis, uint32 row, KzInterval bound)
{
	return basis->side[0].fixed[row] ? (KzInterval){bound.high, bound.low} : bound;
}

/* Sums what the cells of each industry take from the rest of their regions. */
static void
sum_crossings(KzQuotientBasis *basis)
{
	const KzView *view = basis->suppression->view;

	basis->cross = kz_alloc_zero(view->cols.count, sizeof(KzRange));
	for (uint32 row = 0; row < view->rows.count; row++)
		for (uint32 cell = view->row_start[row]; cell < view->row_start[row + 1]; cell++)
		{
			CHECK_FOR_INTERRUPTS();
			range_add(&basis->cross[view->col[cell]], cross_part(basis, row, basis->bound[cell]),
					  1);
		}
}

/* Finds the bounds of the whole matrix's total, by the side whose totals are all fixed, or by both. */
static void
bound_whole(KzQuotientBasis *basis)
{
	KzInterval rows = range_interval(&basis->side[0].whole),
			   cols = range_interval(&basis->side[1].whole);

	basis->whole = basis->side[0].all_fixed || !basis->side[1].all_fixed ? rows : cols;
	if (basis->side[0].all_fixed || basis->side[1].all_fixed)
		return;
	if (fmax(rows.low, cols.low) <= fmin(rows.high, cols.high))
		basis->whole = (KzInterval){fmax(rows.low, cols.low), fmin(rows.high, cols.high)};
}

/* Prepares the bounds of all quotients of a matrix, in time linear in its cells. */
void
kz_quotient_basis_init(KzQuotientBasis *basis, const KzSuppression *suppression)
{
	const KzView *view = suppression->view;
	uint32		  count[2] = {view->rows.count, view->cols.count};

	memset(basis, 0, sizeof(*basis));
	basis->suppression = suppression;
	basis->bound = kz_alloc_zero(view->cells, sizeof(KzInterval));
	for (uint32 cell = 0; cell < view->cells; cell++)
		basis->bound[cell] = (KzInterval){view->value[cell], view->value[cell]};
	for (uint32 i = 0; i < suppression->count; i++)
		basis->bound[suppression->unknown[i].cell] = suppression->unknown[i].bound;
	for (int which = 0; which < 2; which++)
	{
		basis->side[which].sum = kz_alloc_zero(count[which], sizeof(KzRange));
		basis->side[which].total = kz_alloc_zero(count[which], sizeof(double));
		basis->side[which].fixed = kz_alloc_zero(count[which], sizeof(bool));
	}
	sum_lines(basis);
	fix_totals(&basis->side[0], &suppression->side[0]);
	fix_totals(&basis->side[1], &suppression->side[1]);
	sum_crossings(basis);
	bound_whole(basis);
}

/* Returns the bounds of c, the rest of the matrix outside a cell's region and industry. */
static KzInterval
bound_rest(const KzQuotientBasis *basis, uint32 row, uint32 col, KzInterval x)
{
	const KzRanges *regions = &basis->side[0];
	KzRange			rest;
	KzInterval		result;

	memset(&rest, 0, sizeof(rest));
	range_add_range(&rest, &regions->whole, 1);
	if (regions->fixed[row])
		range_add(&rest, (KzInterval){regions->total[row], regions->total[row]}, -1);
	else
		range_add_range(&rest, &regions->sum[row], -1);
	range_add_range(&rest, &basis->cross[col], -1);
	range_add(&rest, cross_part(basis, row, x), 1);
	result = range_interval(&rest);
	kz_exact_finish(&rest.low);
	kz_exact_finish(&rest.high);
	return result;
}

/* Computes x E / (R I) where a and b may be zero or infinite: the limit, which may be infinite. */
static double
quotient_at(double x, double a, double b, double c)
{
	if (isinf(a) && isinf(b))
		return 0.0;
	if (isinf(x))
		return 1.0;
	if (isinf(a))
		return b == 0.0 ? 1.0 : x / (x + b);
	if (isinf(b))
		return a == 0.0 ? 1.0 : x / (x + a);
	if (a == 0.0 && b == 0.0)
		return c == 0.0 ? 1.0 : (x + c) / x;
	if (a == 0.0)
		return (x + b + c) / (x + b);
	if (b == 0.0)
		return (x + a + c) / (x + a);
	return x / (x + b) * ((x + a + b + c) / (x + a));
}

/* Returns x*, up to which the quotient rises with x. */
static double
peak_of(double a, double b, double c)
{
	double root = sqrt(a) * sqrt(b);

	return c > 0.0 ? root * ((root + sqrt(a + c) * sqrt(b + c)) / c) : INFINITY;
}

/* Returns the bounds of the quotient over a box of x, a, b and c, none of them below zero. */
KzInterval
kz_quotient_over_box(KzInterval x, KzInterval a, KzInterval b, KzInterval c)
{
	KzInterval result;

	if (isinf(c.high))
		result.high = x.high > 0.0 ? INFINITY : 0.0;
	else
	{
		double peak = fmax(x.low, fmin(x.high, peak_of(a.low, b.low, c.high)));

		result.high = quotient_at(peak, a.low, b.low, c.high);
	}
	result.low =
		fmin(quotient_at(x.low, a.high, b.high, c.low), quotient_at(x.high, a.high, b.high, c.low));
	return result;
}

/* Returns the bounds of x E / (R (x + b)) with R fixed, or of x E / (I (x + a)) with I fixed. */
static KzInterval
quotient_of_fixed(KzInterval x, KzInterval b, double fixed, KzInterval whole)
{
	double low = b.high == 0.0 ? 1.0 : x.low / (x.low + b.high),
		   high = b.low > 0.0 && !isinf(x.high) ? x.high / (x.high + b.low) : 1.0;

	/* with b E grows too, and E / (x + b) goes to 1 */
	return (KzInterval){isinf(b.high) ? x.low / fixed : low * (whole.low / fixed),
						high * (whole.high / fixed)};
}

/* Returns the bounds of E where one total is fixed and the other is x + b: at b's upper and at its lower end. */
static KzInterval
whole_with(const KzQuotientBasis *basis, double fixed, KzInterval b, KzInterval c)
{
	if (is_point(basis->whole))
		return basis->whole;
	return (KzInterval){fmax(basis->whole.low, fixed + b.high + c.low),
						fmin(basis->whole.high, fixed + b.low + c.high)};
}

/* Returns the bounds of the total of a line. */
static KzInterval
bound_total(const KzRanges *ranges, uint32 line)
{
	if (ranges->fixed[line])
		return (KzInterval){ranges->total[line], ranges->total[line]};
	return range_interval(&ranges->sum[line]);
}

/* A cell and its surroundings. */
typedef struct Box
{
	KzInterval x;
	KzInterval a;
	KzInterval b;
	KzInterval c;
	KzInterval region;
	KzInterval industry;
	KzInterval whole;
	bool	   region_fixed;
	bool	   industry_fixed;
} Box;

/* Collects the bounds of a cell's surroundings. */
static Box
box_of_cell(const KzQuotientBasis *basis, uint32 row, uint32 col, KzInterval x)
{
	const KzRanges *regions = &basis->side[0], *industries = &basis->side[1];
	KzInterval		rest = bound_rest(basis, row, col, x);
	double			rounding = KZ_SLACK * fabs(basis->whole.low) +
					  basis->suppression->tolerance * basis->suppression->side[0].count;

	if (rest.low < 0.0 && rest.low >= -rounding)
		rest.low = 0.0; /* published totals are rounded */
	return (Box){.x = x,
				 .a = range_without(&regions->sum[row], x),
				 .b = range_without(&industries->sum[col], x),
				 .c = rest,
				 .region = bound_total(regions, row),
				 .industry = bound_total(industries, col),
				 .whole = basis->whole,
				 .region_fixed = regions->fixed[row],
				 .industry_fixed = industries->fixed[col]};
}

/* May something be negative that the bounds rely on? */
static bool
may_be_negative(const Box *box)
{
	bool both = box->region_fixed && box->industry_fixed;

	if (box->x.low < 0.0 || box->region.low < 0.0 || box->industry.low < 0.0 ||
		box->whole.low < 0.0)
		return true;
	if ((!box->region_fixed && box->a.low < 0.0) || (!box->industry_fixed && box->b.low < 0.0))
		return true;
	return !both && !is_point(box->whole) && box->c.low < 0.0;
}

/* Returns the bounds of a quotient by what of its totals is fixed. */
static KzInterval
quotient_of_box(const KzQuotientBasis *basis, const Box *box)
{
	KzInterval x = box->x, whole = box->whole;
	double	   region = box->region.low, industry = box->industry.low;

	if (x.high == 0.0)
		return (KzInterval){0.0, 0.0};
	if (box->region_fixed && box->industry_fixed)
		return (KzInterval){x.low / region * (whole.low / industry),
							x.high / region * (whole.high / industry)};
	if (box->region_fixed)
		return quotient_of_fixed(x, box->b, region, whole_with(basis, region, box->b, box->c));
	if (box->industry_fixed)
		return quotient_of_fixed(x, box->a, industry, whole_with(basis, industry, box->a, box->c));
	return kz_quotient_over_box(x, box->a, box->b, box->c);
}

/*
 * Bounds the quotient of one cell; unknown is what is known of it where it is suppressed, else NULL.
 *
 * The status is ok where the quotient is known, incomplete totals where only totals are not, suppressed where the cell is not.
 */
void
kz_quotient_bounds_of_cell(const KzQuotientBasis *basis, uint32_t row, uint32_t col, uint32_t cell,
						   const KzUnknown *unknown, KzQuotientBounds *result)
{
	const KzSide *side = basis->suppression->side;
	KzInterval	  x = {0.0, 0.0};
	Box			  box;

	*result = (KzQuotientBounds){.status = KZ_CONTRADICTION};
	if (side[0].contradiction[row] || side[1].contradiction[col] ||
		(unknown != NULL && unknown->contradiction))
		return;
	if (cell != KZ_ABSENT)
		x = basis->bound[cell];
	box = box_of_cell(basis, row, col, x);
	if (is_point(x) && is_point(box.region) && is_point(box.industry) && is_point(box.whole))
	{
		result->status = kz_quotient_of_shares(x.low, box.industry.low, box.region.low,
											   box.whole.low, &result->lq.low);
		result->lq.high = result->lq.low;
		result->bounded = result->known = result->status == KZ_OK;
		return;
	}
	if (may_be_negative(&box))
		result->status = KZ_NEGATIVE;
	else if (box.region.high == 0.0 || box.industry.high == 0.0 || box.whole.high == 0.0)
		result->status = KZ_NO_BASE;
	else
	{
		result->bounded = true;
		result->lq = quotient_of_box(basis, &box);
		if (result->lq.low > result->lq.high) /* by rounding */
			result->lq = (KzInterval){result->lq.high, result->lq.low};
		result->known = is_point(result->lq) && box.region.low > 0.0 && box.industry.low > 0.0;
		result->status = result->known ? KZ_OK
						 : is_point(x) ? KZ_INCOMPLETE_TOTALS
									   : KZ_SUPPRESSED_CELL;
	}
}
