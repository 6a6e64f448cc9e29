/*
 * linear.h
 *		Systems of linear equations. GSL's linear algebra is linked behind this header and nowhere else.
 */
#ifndef KZ_LINEAR_H
#define KZ_LINEAR_H

#include <stdbool.h>
#include <stddef.h>

extern bool kz_cholesky(double *matrix, size_t n);
extern void kz_cholesky_solve(const double *factor, size_t n, double *vector);

#endif
