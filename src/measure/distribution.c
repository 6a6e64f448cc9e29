/*
 * distribution.c
 *		GSL's distribution functions without its error handler, which would end the process, and the tails of
 *		counts, which are sums of probabilities.
 *
 * GSL's tails of counts take 32-bit numbers, and the incomplete beta and gamma functions under them give up or
 * drift as counts grow: a Poisson tail of 10^8 expected is 8 % off, a binomial one of 10^7 trials is NaN at the mean,
 * and so is the quantile of the beta distribution that bounds the share of 3,000 of 10^6. So a tail is what it is
 * by definition, a sum of probabilities: the first from Loader's saddle-point form (Loader 2000, Fast and Accurate
 * Computation of Binomial Probabilities), the others by their ratios.
 */
#include "postgres.h"

#include "measure/distribution.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "miscadmin.h"

/* Evaluates an expression of GSL's; the handler that another library may have set is put back. */
#define EVALUATE(domain, expression)                                                               \
	do                                                                                             \
	{                                                                                              \
		gsl_error_handler_t *before;                                                               \
		double				 result;                                                               \
                                                                                                   \
		if (!(domain))                                                                             \
			return NAN;                                                                            \
		before = gsl_set_error_handler_off();                                                      \
		result = (expression);                                                                     \
		gsl_set_error_handler(before);                                                             \
		return result;                                                                             \
	} while (0)

/* Returns the standard normal P(Z > z). */
double
kz_normal_tail(double z)
{
	EVALUATE(!isnan(z), gsl_cdf_ugaussian_Q(z));
}

/* Returns the z with P(Z <= z) = probability. */
double
kz_normal_quantile(double probability)
{
	EVALUATE(probability > 0.0 && probability < 1.0, gsl_cdf_ugaussian_Pinv(probability));
}

/* Returns Student's P(T > t). */
double
kz_student_tail(double t, double freedom)
{
	EVALUATE(!isnan(t) && freedom > 0.0, gsl_cdf_tdist_Q(t, freedom));
}

/* Returns the t with P(T <= t) = probability. */
double
kz_student_quantile(double probability, double freedom)
{
	EVALUATE(probability > 0.0 && probability < 1.0 && freedom > 0.0,
			 gsl_cdf_tdist_Pinv(probability, freedom));
}

/* Returns Fisher and Snedecor's P(F > f). */
double
kz_f_tail(double f, double freedom, double other_freedom)
{
	EVALUATE(f >= 0.0 && freedom > 0.0 && other_freedom > 0.0,
			 gsl_cdf_fdist_Q(f, freedom, other_freedom));
}

/* How counts are distributed. */
typedef struct KzLaw
{
	enum
	{
		BINOMIAL,
		POISSON,
		HYPERGEOMETRIC
	} kind;
	double mean;
	double low; /* the smallest and the largest count that can be */
	double high;
	double probability; /* binomial */
	double trials;		/* binomial; hypergeometric: the size of the sample */
	double group;		/* hypergeometric: how many of the population count */
	double population;
} KzLaw;

/* Makes the law of the successes in so many trials. */
static KzLaw
binomial(double trials, double probability)
{
	return (KzLaw){.kind = BINOMIAL,
				   .mean = trials * probability,
				   .low = probability == 1.0 ? trials : 0.0,
				   .high = probability == 0.0 ? 0.0 : trials,
				   .probability = probability,
				   .trials = trials};
}

/* Makes the law of the events where so many are expected. */
static KzLaw
poisson(double expected)
{
	return (KzLaw){.kind = POISSON, .mean = expected, .high = expected == 0.0 ? 0.0 : HUGE_VAL};
}

/* Makes the law of the members of a group in a sample without replacement. */
static KzLaw
hypergeometric(double group, double sample, double population)
{
	return (KzLaw){.kind = HYPERGEOMETRIC,
				   .mean = sample * (group / population),
				   .low = fmax(0.0, sample - (population - group)),
				   .high = fmin(group, sample),
				   .trials = sample,
				   .group = group,
				   .population = population};
}

/* Returns ln n! - ((n + 1/2) ln n - n + ln(2 pi) / 2), for whole n or any above 15. */
static double
stirling_error(double n)
{
	static const double small[] = {
		0.0,
		0.08106146679532726,
		0.0413406959554093,
		0.02767792568499834,
		0.020790672103765093,
		0.016644691189821193,
		0.013876128823070748,
		0.01189670994589177,
		0.010411265261972096,
		0.009255462182712733,
		0.00833056343336287,
		0.007573675487951841,
		0.00694284010720953,
		0.006408994188004207,
		0.0059513701127588475,
		0.005554733551962801,
	};
	double square = n * n;

	if (n <= 15.0)
		return small[(int) n];
	return (1.0 / 12 -
			(1.0 / 360 - (1.0 / 1260 -
						  (1.0 / 1680 - (1.0 / 1188 - 691.0 / 360360 / square) / square) / square) /
							 square) /
				square) /
		   n;
}

/*
 * Returns value ln(value / mean) - value + mean, which is never negative, without cancellation where they are close
 * (Loader 2000): twice the sum of it is the G of a table.
 */
double
kz_deviance(double value, double mean)
{
	double difference = value - mean, ratio, sum, term;

	if (value == 0.0)
		return mean;
	if (fabs(difference) >= 0.1 * (value + mean))
	{
		ratio = value / mean;
		return value * (isnormal(ratio) ? log(ratio) : log(value) - log(mean)) - difference;
	}
	ratio = difference / (value + mean);
	sum = difference * ratio;
	term = 2.0 * value * ratio;
	for (int i = 3; i < 1000; i += 2)
	{
		double before = sum;

		term *= ratio * ratio;
		sum += term / i;
		if (sum == before)
			break;
	}
	return sum;
}

/* Returns the logarithm of the binomial P(X = k). */
static double
log_binomial(double k, double trials, double probability)
{
	double rest = trials - k, other = 1.0 - probability;

	if (k == 0.0)
		return probability < 0.1 ? -kz_deviance(trials, trials * other) - trials * probability
								 : trials * log(other);
	if (rest == 0.0)
		return other < 0.1 ? -kz_deviance(trials, trials * probability) - trials * other
						   : trials * log(probability);
	return stirling_error(trials) - stirling_error(k) - stirling_error(rest) -
		   kz_deviance(k, trials * probability) - kz_deviance(rest, trials * other) -
		   0.5 * log(2.0 * M_PI * k * (rest / trials));
}

/* Returns the logarithm of P(X = k), for a k that can be. */
static double
log_mass(const KzLaw *law, double k)
{
	double share;

	switch (law->kind)
	{
		case BINOMIAL:
			return log_binomial(k, law->trials, law->probability);
		case POISSON:
			return k == 0.0
					   ? -law->mean
					   : -stirling_error(k) - kz_deviance(k, law->mean) - 0.5 * log(2.0 * M_PI * k);
		default:
			/* a group and the rest that are drawn from with any one probability, given how many are drawn in all */
			share = law->trials / law->population;
			if (share == 1.0)
				return 0.0;
			return log_binomial(k, law->group, share) +
				   log_binomial(law->trials - k, law->population - law->group, share) -
				   log_binomial(law->trials, law->population, share);
	}
}

/* Returns P(X = k + 1) / P(X = k). */
static inline double
ratio_of_masses(const KzLaw *law, double k)
{
	switch (law->kind)
	{
		case BINOMIAL:
			return (law->trials - k) * law->probability / ((k + 1.0) * (1.0 - law->probability));
		case POISSON:
			return law->mean / (k + 1.0);
		default:
			return (law->group - k) * (law->trials - k) /
				   ((k + 1.0) * (law->population - law->group - law->trials + k + 1.0));
	}
}

/* Sums P(X = k) and all above it, or all below it: some nine standard deviations of terms at most. */
static double
sum_masses(const KzLaw *law, double k, bool upper)
{
	double first = log_mass(law, k), term = 1.0, sum = 1.0;

	if (first < -800.0)
		return 0.0;
	for (uint32 step = 1; term > sum * 1e-17; step++)
	{
		if ((step & 0xffff) == 0)
			CHECK_FOR_INTERRUPTS();
		if (!upper && k < law->low + 1.0)
			break;
		term = upper ? term * ratio_of_masses(law, k) : term / ratio_of_masses(law, k - 1.0);
		k += upper ? 1.0 : -1.0;
		sum += term;
	}
	return fmin(exp(first) * sum, 1.0);
}

/* Returns P(X >= count), or P(X <= count), from the side on which it does not cancel. */
static double
tail(const KzLaw *law, double count, bool upper)
{
	if (upper ? count <= law->low : count >= law->high)
		return 1.0;
	if (upper ? count > law->high : count < law->low)
		return 0.0;
	if (upper ? count > law->mean : count < law->mean)
		return sum_masses(law, count, upper);
	return 1.0 - sum_masses(law, upper ? count - 1.0 : count + 1.0, !upper);
}

/* Returns P(X > x) of the chi-square distribution; with millions of degrees of freedom GSL's has eight good digits. */
double
kz_chi_square_tail(double x, double freedom)
{
	EVALUATE(x >= 0.0 && freedom > 0.0, gsl_cdf_chisq_Q(x, freedom));
}

/* Is it a whole number, from zero to what a double can count? */
static inline bool
is_count(double count)
{
	return count >= 0.0 && count <= KZ_MAX_COUNT && count == floor(count);
}

/* Returns the binomial P(X >= count). */
double
kz_binomial_upper(double count, double trials, double probability)
{
	KzLaw law;

	if (!is_count(count) || !is_count(trials) || !(probability >= 0.0 && probability <= 1.0))
		return NAN;
	law = binomial(trials, probability);
	return tail(&law, count, true);
}

/* Returns the Poisson P(X >= count). */
double
kz_poisson_upper(double count, double expected)
{
	KzLaw law;

	if (!is_count(count) || !(expected >= 0.0 && expected <= KZ_MAX_COUNT))
		return NAN;
	law = poisson(expected);
	return tail(&law, count, true);
}

/* Returns P(X >= count) of the members of a group in a sample of a population without replacement. */
double
kz_hypergeometric_upper(double count, double group, double sample, double population)
{
	KzLaw law;

	if (!is_count(count) || !is_count(group) || !is_count(sample) || !is_count(population) ||
		group > population || sample > population)
		return NAN;
	if (population == 0.0)
		return count == 0.0 ? 1.0 : 0.0;
	law = hypergeometric(group, sample, population);
	return tail(&law, count, true);
}

/*
 * Finds the share p for which P(X >= count), or P(X <= count), is alpha. The logarithm of either is concave in p, so
 * Newton's steps approach from one side; bisection stands by.
 */
static double
solve_share(double count, double trials, double alpha, bool upper, double share)
{
	double low = 0.0, high = 1.0;

	for (int i = 0; i < 200; i++)
	{
		KzLaw  law = binomial(trials, share);
		double mass = tail(&law, count, upper), excess = log(mass / alpha), slope, next;

		if ((excess < 0.0) == upper)
			low = share;
		else
			high = share;
		slope = exp(log_mass(&law, count)) / mass *
				(upper ? count / share : (count - trials) / (1.0 - share));
		next = share - excess / slope;
		/* near the root a step leaves the square of the relative error */
		if (fabs(next - share) <= 1e-9 * fmin(next, 1.0 - next))
			return next;
		if (!(next > low && next < high))
			next = 0.5 * (low + high);
		share = next;
	}
	return share;
}

/*
 * Finds the exact interval of a binomial share (Clopper and Pearson 1934, The Use of Confidence or Fiducial Limits,
 * Biometrika 26): the shares under which so many successes or more, and so many or fewer, would each have the
 * probability (1 - confidence) / 2. Returns false outside its domain.
 */
bool
kz_exact_share(double count, double trials, double confidence, double *low, double *high)
{
	double alpha = 0.5 * (1.0 - confidence), z, centre, width;

	if (!is_count(count) || !is_count(trials) || trials == 0.0 || count > trials ||
		!(confidence > 0.0 && confidence < 1.0))
		return false;
	/* begin with the score interval (Wilson 1927), which lies inside */
	z = -kz_normal_quantile(alpha);
	centre = (count + 0.5 * z * z) / (trials + z * z);
	width = z / (trials + z * z) * sqrt(count * ((trials - count) / trials) + 0.25 * z * z);
	*low = 0.0;
	*high = 1.0;
	if (count > 0.0)
		*low = solve_share(count, trials, alpha, true, fmax(centre - width, 0.5 * count / trials));
	if (count < trials)
		*high = solve_share(count, trials, alpha, false,
							fmin(centre + width, 1.0 - 0.5 * (trials - count) / trials));
	return true;
}
