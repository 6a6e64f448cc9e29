/*
 * distribution.c
 *		GSL's distribution functions without its error handler, which would end the process.
 */
#include "measure/distribution.h"

#include <math.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

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

/* Returns P(X > x) of the chi-square distribution. */
double
kz_chi_square_tail(double x, double freedom)
{
	EVALUATE(x >= 0.0 && freedom > 0.0, gsl_cdf_chisq_Q(x, freedom));
}
