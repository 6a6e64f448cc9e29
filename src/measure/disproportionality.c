/*
 * disproportionality.c
 *		Distance of a distribution from its reference: one kernel for regions and for industries.
 */
#include "postgres.h"

#include "base/alloc.h"
#include "base/size.h"
#include "matrix/columns.h"
#include "measure/disproportionality.h"
#include "measure/quotient.h"
#include "miscadmin.h"

#include <math.h>

const char *const kz_projection_name[KZ_PROJECTIONS] = {
	"hoover",	"krugman", "gini",	  "gini_unweighted", "theil",
	"variance", "chi2",	   "squares", "herfindahl"};

/* Finds whether the shares of each subject are defined. */
static void
find_statuses(KzSubjects *subjects, const uint32_t *suppressed)
{
	subjects->status = kz_alloc_zero(subjects->count, sizeof(KzStatus));
	for (uint32_t s = 0; s < subjects->count; s++)
	{
		KzStatus *status = &subjects->status[s];

		if (subjects->total[s] <= 0.0)
			*status = subjects->total[s] < 0.0 ? KZ_NEGATIVE : KZ_NO_BASE;
		CHECK_FOR_INTERRUPTS();
		for (uint32_t i = subjects->start[s]; i < subjects->start[s + 1]; i++)
			if (subjects->value[i] < 0.0)
				kz_worsen(status, KZ_NEGATIVE);
		if (suppressed[s] > 0)
			*status = KZ_SUPPRESSED_CELL;
	}
}

/* Takes the rows of a matrix as subjects and its columns as places. */
void
kz_subjects_of_rows(const KzView *view, const KzMargins *margins, KzSubjects *subjects)
{
	*subjects = (KzSubjects){.count = view->rows.count,
							 .places = view->cols.count,
							 .start = view->row_start,
							 .place = view->col,
							 .value = view->value,
							 .total = margins->row_total,
							 .place_total = margins->col_total,
							 .grand_total = margins->total,
							 .rows = true,
							 .incomplete = margins->suppressed > 0};
	find_statuses(subjects, margins->row_suppressed);
}

/* Takes the columns of a matrix as subjects and its rows as places. */
void
kz_subjects_of_cols(const KzView *view, const KzMargins *margins, KzSubjects *subjects)
{
	double	 *value = kz_alloc(view->cells, sizeof(double));
	KzColumns columns;

	kz_columns(view, &columns);
	for (uint32_t i = 0; i < view->cells; i++)
		value[i] = view->value[columns.cell[i]];
	pfree(columns.cell);
	*subjects = (KzSubjects){.count = view->cols.count,
							 .places = view->rows.count,
							 .start = columns.start,
							 .place = columns.row,
							 .value = value,
							 .total = margins->col_total,
							 .place_total = margins->row_total,
							 .grand_total = margins->total,
							 .incomplete = margins->suppressed > 0};
	find_statuses(subjects, margins->col_suppressed);
}

/* Divides values by their sum; the status tells why that cannot be. */
static KzStatus
shares_of(const double *value, uint32_t count, double total, double *share)
{
	if (total == 0.0)
		return KZ_NO_BASE;
	for (uint32_t k = 0; k < count; k++)
	{
		if (value[k] < 0.0 || total < 0.0)
			return KZ_NEGATIVE;
		share[k] = value[k] / total;
	}
	return KZ_OK;
}

/* Sums over all subjects, place by place: the values, or the shares of those whose shares are known. */
static void
sum_places(KzReference *reference, const KzSubjects *subjects, bool shares)
{
	reference->sum = kz_alloc_zero(subjects->places, sizeof(KzExact));
	kz_exact_init(&reference->total, 0.0);
	for (uint32_t s = 0; s < subjects->count; s++)
	{
		CHECK_FOR_INTERRUPTS();
		if (shares && subjects->status[s] != KZ_OK)
			continue;
		for (uint32_t i = subjects->start[s]; i < subjects->start[s + 1]; i++)
		{
			double value = shares ? subjects->value[i] / subjects->total[s] : subjects->value[i];

			CHECK_FOR_INTERRUPTS();
			kz_exact_add(&reference->sum[subjects->place[i]], value);
			kz_exact_add(&reference->total, value);
		}
	}
}

/* Makes a table of the shares of all subjects, with zeros for those whose shares are not known. */
double *
kz_dense_shares(const KzSubjects *subjects)
{
	double *dense = kz_alloc_zero(subjects->count, kz_size_mul(subjects->places, sizeof(double)));

	for (uint32_t s = 0; s < subjects->count; s++)
	{
		CHECK_FOR_INTERRUPTS();
		if (subjects->status[s] == KZ_OK)
			kz_subject_shares(subjects, s, subjects->places, dense + (size_t) s * subjects->places);
	}
	return dense;
}

/* Prepares a reference; given has the values of all places, first those of the subjects. */
void
kz_reference_open(KzReference *reference, const KzSubjects *subjects, KzReferenceKind kind,
				  const double *given, uint32_t places)
{
	*reference = (KzReference){.kind = kind, .places = given != NULL ? places : subjects->places};
	for (uint32_t s = 0; s < subjects->count; s++)
		reference->known += subjects->status[s] == KZ_OK;
	reference->share = kz_alloc_zero(reference->places, sizeof(double));
	switch (kind)
	{
		case KZ_REFERENCE_TOTAL:
			reference->value = subjects->place_total;
			reference->value_total = subjects->grand_total;
			break;
		case KZ_REFERENCE_REST:
			sum_places(reference, subjects, false);
			break;
		case KZ_REFERENCE_MEAN:
			sum_places(reference, subjects, true);
			break;
		case KZ_REFERENCE_PAIRS:
			reference->dense = kz_dense_shares(subjects);
			break;
		case KZ_REFERENCE_UNIFORM:
			for (uint32_t k = 0; k < reference->places; k++)
				reference->share[k] = 1.0 / reference->places;
			break;
		case KZ_REFERENCE_GIVEN:
			reference->value = given;
			reference->value_total = kz_exact_sum(given, places);
			break;
	}
	if (reference->value != NULL)
		reference->status = shares_of(reference->value, reference->places, reference->value_total,
									  reference->share);
	if (subjects->incomplete && kind <= KZ_REFERENCE_PAIRS)
		kz_worsen(&reference->status, KZ_INCOMPLETE_TOTALS);
}

/* Makes room for the work on distributions over so many places. */
void
kz_room_make(KzRoom *room, uint32_t places)
{
	room->p = kz_alloc_zero(places, sizeof(double));
	room->q = kz_alloc_zero(places, sizeof(double));
	room->other_p = kz_alloc_zero(places, sizeof(double));
	room->other_q = kz_alloc_zero(places, sizeof(double));
	room->sorted = kz_alloc_zero(places, sizeof(KzPlace));
}

/* Writes the shares p of a subject over all places. */
KzStatus
kz_subject_shares(const KzSubjects *subjects, uint32_t subject, uint32_t places, double *p)
{
	if (subjects->status[subject] != KZ_OK)
		return subjects->status[subject];
	memset(p, 0, places * sizeof(double));
	for (uint32_t i = subjects->start[subject]; i < subjects->start[subject + 1]; i++)
		p[subjects->place[i]] = subjects->value[i] / subjects->total[subject] + 0.0;
	return KZ_OK;
}

/* Adds a subject's values or shares to the sums, or takes them away, exactly. */
static void
move_subject(KzReference *reference, const KzSubjects *subjects, uint32_t subject, double factor,
			 bool shares)
{
	for (uint32_t i = subjects->start[subject]; i < subjects->start[subject + 1]; i++)
	{
		double value = shares ? subjects->value[i] / subjects->total[subject] : subjects->value[i];

		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&reference->sum[subjects->place[i]], factor * value);
		kz_exact_add(&reference->total, factor * value);
	}
}

/*
 * Writes the shares q of all subjects but one whose own are known: pooled, q_k = sum E_k / sum E, or the mean of their
 * shares. It is taken out of the sums and put back, which leaves them as they were.
 */
static KzStatus
shares_of_others(KzReference *reference, const KzSubjects *subjects, uint32_t subject, double *q)
{
	bool	 mean = reference->kind == KZ_REFERENCE_MEAN;
	uint32_t others = reference->known - 1;
	KzStatus status;

	if (mean && others == 0)
		return KZ_TOO_FEW;
	move_subject(reference, subjects, subject, -1.0, mean);
	for (uint32_t k = 0; k < reference->places; k++)
		q[k] = kz_exact_value(&reference->sum[k]);
	status = shares_of(q, reference->places, mean ? others : kz_exact_value(&reference->total), q);
	move_subject(reference, subjects, subject, 1.0, mean);
	return status;
}

/* Writes the shares q of the reference of a subject whose own are known; what is fixed is copied. Not for pairs. */
KzStatus
kz_reference_shares(KzReference *reference, const KzSubjects *subjects, uint32_t subject, double *q)
{
	KzStatus status = reference->status;

	if (reference->kind == KZ_REFERENCE_REST || reference->kind == KZ_REFERENCE_MEAN)
		kz_worsen(&status, shares_of_others(reference, subjects, subject, q));
	else
		memcpy(q, reference->share, reference->places * sizeof(double));
	return status;
}

/*
 * Writes the location quotients of a subject, in the bits that kz_coefficients shows: zero where it has nothing. The
 * reference is the total or a given one.
 */
KzStatus
kz_subject_quotients(const KzReference *reference, const KzSubjects *subjects, uint32_t subject,
					 double *quotient)
{
	double total = subjects->total[subject];

	memset(quotient, 0, reference->places * sizeof(double));
	for (uint32_t i = subjects->start[subject]; i < subjects->start[subject + 1]; i++)
	{
		uint32_t k = subjects->place[i];
		double	 ref_value = reference->value[k], ref_total = reference->value_total;
		KzStatus status;

		CHECK_FOR_INTERRUPTS();
		if (subjects->value[i] == 0.0)
			continue;
		status = subjects->rows ? kz_quotient_of_shares(subjects->value[i], ref_value, total,
														ref_total, &quotient[k])
								: kz_quotient_of_shares(subjects->value[i], total, ref_value,
														ref_total, &quotient[k]);
		if (status != KZ_OK)
			return status;
	}
	return KZ_OK;
}

/* Two doubles that the processor handles at once; they need no alignment beyond a double's. */
typedef double	KzTwo __attribute__((vector_size(16), aligned(8), may_alias));
typedef int64_t KzTwoWords __attribute__((vector_size(16)));

/* Returns |a - b| of two neighbours. */
static inline KzTwo
two_differences(const double *a, const double *b)
{
	const KzTwoWords magnitude = {INT64_MAX, INT64_MAX};

	return (KzTwo) ((KzTwoWords) (*(const KzTwo *) a - *(const KzTwo *) b) & magnitude);
}

/* Krugman 1991: sum |p - q|, as eight sums side by side, since all pairs of many regions are a long way. */
static double
sum_of_differences(const double *p, const double *q, uint32_t places)
{
	KzTwo	 sum[4] = {{0.0, 0.0}, {0.0, 0.0}, {0.0, 0.0}, {0.0, 0.0}};
	double	 rest = 0.0;
	uint32_t k = 0;

	for (; k + 8 <= places; k += 8)
	{
		sum[0] += two_differences(p + k, q + k);
		sum[1] += two_differences(p + k + 2, q + k + 2);
		sum[2] += two_differences(p + k + 4, q + k + 4);
		sum[3] += two_differences(p + k + 6, q + k + 6);
	}
	for (; k < places; k++)
		rest += fabs(p[k] - q[k]);
	sum[0] = (sum[0] + sum[2]) + (sum[1] + sum[3]);
	return sum[0][0] + sum[0][1] + rest;
}

/* Orders places by quotient, and equal ones so that equal facts give equal bits. */
static int
compare_places(const void *a, const void *b, void *arg)
{
	const KzPlace *left = a, *right = b;

	(void) arg;
	if (left->quotient != right->quotient)
		return left->quotient < right->quotient ? -1 : 1;
	return left->q < right->q ? -1 : left->q > right->q;
}

/*
 * Gini 1912; Hoover 1936: 1 less twice the area under the Lorenz curve of p on q, in order of the quotient.
 *
 * With sums P and Q over the places before k it is sum_k (Q p_k - P q_k), in which no term is negative. Places
 * without p come first and add nothing. A place without q is a vertical piece of the curve, and comes last.
 */
static double
lorenz_gini(const double *p, const double *q, uint32_t places, KzPlace *sorted)
{
	double	 q_before, difference_before, result;
	uint32_t count = 0;
	KzExact	 gini, without;

	kz_exact_init(&without, 0.0);
	for (uint32_t k = 0; k < places; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (p[k] > 0.0)
			sorted[count++] = (KzPlace){q[k] > 0.0 ? p[k] / q[k] : (double) INFINITY, p[k], q[k]};
		else
			kz_exact_add(&without, q[k]);
	}
	qsort_interruptible(sorted, count, sizeof(KzPlace), compare_places, NULL);
	q_before = kz_exact_finish(&without);
	difference_before = -q_before;
	kz_exact_init(&gini, 0.0);
	for (uint32_t k = 0; k < count; k++)
	{
		double difference = sorted[k].p - sorted[k].q;

		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&gini, q_before * difference - difference_before * sorted[k].q);
		q_before += sorted[k].q;
		difference_before += difference;
	}
	result = kz_exact_finish(&gini);
	return Min(Max(result, 0.0), 1.0);
}

/* Theil 1967; Kullback and Leibler 1951: sum p ln (p / q), infinite where q lacks what p has. */
static KzStatus
divergence(const double *p, const double *q, uint32_t places, double *result)
{
	KzStatus status = KZ_OK;
	KzExact	 sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places && status == KZ_OK; k++)
	{
		CHECK_FOR_INTERRUPTS();
		if (p[k] == 0.0)
			continue;
		if (kz_value_is_valid(p[k] / q[k]))
			kz_exact_add(&sum, p[k] * log(p[k] / q[k]));
		else
			status = KZ_NO_BASE;
	}
	*result = kz_exact_finish(&sum);
	*result = Max(*result, 0.0);
	return status;
}

/* Sum (p - q)^2 / q, the squared coefficient of variation of the quotients (Pearson's chi-square over its n). */
static KzStatus
relative_variance(const double *p, const double *q, uint32_t places, double *result)
{
	KzStatus status = KZ_OK;
	KzExact	 sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places && status == KZ_OK; k++)
	{
		double term = (p[k] - q[k]) * ((p[k] - q[k]) / q[k]);

		CHECK_FOR_INTERRUPTS();
		if (q[k] == 0.0 && p[k] == 0.0)
			continue;
		if (kz_value_is_valid(term))
			kz_exact_add(&sum, term);
		else
			status = KZ_NO_BASE;
	}
	*result = kz_exact_finish(&sum);
	return status;
}

/* Sum (p - q)^2, the raw geographic concentration G of Ellison and Glaeser 1997; q NULL is zero: Herfindahl 1950. */
static double
sum_of_squares(const double *p, const double *q, uint32_t places)
{
	KzExact sum;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places; k++)
	{
		double difference = q == NULL ? p[k] : p[k] - q[k];

		CHECK_FOR_INTERRUPTS();
		kz_exact_add(&sum, difference * difference);
	}
	return kz_exact_finish(&sum);
}

/*
 * Turns the quotients into a distribution over places that count the same: p_k becomes L_k / sum L, q_k becomes 1 / n.
 * Every projection of that is the projection of the quotients without weights, relative to their mean.
 */
static KzStatus
distribute_quotients(const double *p, const double *q, uint32_t places, KzRoom *room,
					 uint32_t *count)
{
	KzStatus status = KZ_OK;
	KzExact	 sum;
	double	 total;
	uint32_t n = 0;

	kz_exact_init(&sum, 0.0);
	for (uint32_t k = 0; k < places && status == KZ_OK; k++)
	{
		double quotient = p[k] / q[k];

		CHECK_FOR_INTERRUPTS();
		if (q[k] == 0.0 && p[k] == 0.0)
			continue;
		if (kz_value_is_valid(quotient))
		{
			room->other_p[n++] = quotient;
			kz_exact_add(&sum, quotient);
		}
		else
			status = KZ_NO_BASE;
	}
	total = kz_exact_finish(&sum);
	for (uint32_t k = 0; k < n; k++)
	{
		room->other_p[k] /= total;
		room->other_q[k] = 1.0 / n;
	}
	*count = n;
	return status;
}

/* Computes an index of a distribution p against a reference q. */
KzStatus
kz_project(KzProjection projection, KzPlaceWeight weight, const double *p, const double *q,
		   uint32_t places, KzRoom *room, double *result)
{
	if (projection == KZ_HERFINDAHL)
	{
		*result = sum_of_squares(p, NULL, places);
		return KZ_OK;
	}
	if (projection == KZ_GINI_UNWEIGHTED || (weight == KZ_WEIGHT_UNIFORM && projection != KZ_CHI2))
	{
		KzStatus status = distribute_quotients(p, q, places, room, &places);

		if (status != KZ_OK)
			return status;
		p = room->other_p;
		q = room->other_q;
	}
	switch (projection)
	{
		case KZ_HOOVER:
			*result = Min(sum_of_differences(p, q, places) / 2.0, 1.0);
			break;
		case KZ_KRUGMAN:
			*result = Min(sum_of_differences(p, q, places), 2.0);
			break;
		case KZ_GINI:
		case KZ_GINI_UNWEIGHTED:
			*result = lorenz_gini(p, q, places, room->sorted);
			break;
		case KZ_THEIL:
			return divergence(p, q, places, result);
		case KZ_VARIANCE:
		case KZ_CHI2:
			return relative_variance(p, q, places, result);
		case KZ_SQUARES:
		case KZ_HERFINDAHL:
			*result = sum_of_squares(p, q, places);
			break;
	}
	return KZ_OK;
}

/* Computes the mean of an index of one subject against each other one. */
static KzStatus
mean_of_pairs(KzProjection projection, KzPlaceWeight weight, const KzReference *reference,
			  const KzSubjects *subjects, uint32_t subject, KzRoom *room, double *result)
{
	KzStatus status = KZ_OK;
	KzExact	 sum;
	uint32_t others = 0;

	kz_exact_init(&sum, 0.0);
	for (uint32_t s = 0; s < subjects->count && status == KZ_OK; s++)
	{
		double value = 0.0;

		if (s == subject || subjects->status[s] != KZ_OK)
			continue;
		CHECK_FOR_INTERRUPTS();
		status = kz_project(projection, weight, room->p,
							reference->dense + (size_t) s * subjects->places, subjects->places,
							room, &value);
		kz_exact_add(&sum, value);
		others++;
	}
	*result = kz_exact_finish(&sum) / others;
	if (others == 0)
		status = KZ_TOO_FEW;
	return status == KZ_OK ? reference->status : status;
}

/*
 * Computes an index of one subject. A status of KZ_INCOMPLETE_TOTALS comes with a result, any worse one without.
 */
KzStatus
kz_disproportionality(KzProjection projection, KzPlaceWeight weight, KzReference *reference,
					  const KzSubjects *subjects, uint32_t subject, KzRoom *room, double *result)
{
	KzStatus status = kz_subject_shares(subjects, subject, reference->places, room->p);

	if (status != KZ_OK)
		return status;
	if (projection == KZ_HERFINDAHL)
		return kz_project(projection, weight, room->p, NULL, reference->places, room, result);
	if (reference->kind == KZ_REFERENCE_PAIRS)
		return mean_of_pairs(projection, weight, reference, subjects, subject, room, result);
	status = kz_reference_shares(reference, subjects, subject, room->q);
	if (status <= KZ_INCOMPLETE_TOTALS)
		kz_worsen(&status, kz_project(projection, weight, room->p, room->q, reference->places, room,
									  result));
	return status;
}
