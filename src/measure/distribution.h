/*
 * distribution.h
 *		Distribution functions. GSL is linked behind this header and nowhere else.
 *
 * Every function returns NaN outside its domain; none ends the process.
 */
#ifndef KZ_DISTRIBUTION_H
#define KZ_DISTRIBUTION_H

#include <stdbool.h>

extern double kz_normal_tail(double z);				  /* P(Z > z) */
extern double kz_normal_quantile(double probability); /* z with P(Z <= z) = probability */
extern double kz_student_tail(double t, double freedom);
extern double kz_student_quantile(double probability, double freedom);
extern double kz_f_tail(double f, double freedom, double other_freedom);
extern double kz_chi_square_tail(double x, double freedom);

/* P(X >= count) of counts, which are whole numbers of at most KZ_MAX_COUNT. */
#define KZ_MAX_COUNT 9007199254740992.0 /* 2^53: beyond it not every whole number is a double */

extern double kz_binomial_upper(double count, double trials, double probability);
extern double kz_poisson_upper(double count, double expected);
extern double kz_hypergeometric_upper(double count, double group, double sample, double population);

extern double kz_deviance(double value, double mean); /* value ln(value / mean) - value + mean */
extern bool	  kz_exact_share(double count, double trials, double confidence, double *low,
							 double *high);

#endif
