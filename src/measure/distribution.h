/*
 * distribution.h
 *		Distribution functions. GSL is linked behind this header and nowhere else.
 *
 * Every function returns NaN outside its domain; none ends the process.
 */
#ifndef KZ_DISTRIBUTION_H
#define KZ_DISTRIBUTION_H

extern double kz_normal_tail(double z);				  /* P(Z > z) */
extern double kz_normal_quantile(double probability); /* z with P(Z <= z) = probability */
extern double kz_student_tail(double t, double freedom);
extern double kz_student_quantile(double probability, double freedom);
extern double kz_f_tail(double f, double freedom, double other_freedom);
extern double kz_chi_square_tail(double x, double freedom);

#endif
