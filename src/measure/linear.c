/*
 * linear.c
 *		GSL's Cholesky decomposition without its error handler, which would end the process.
 */
#include "measure/linear.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_linalg.h>

/* Replaces a symmetric matrix, row by row, by its Cholesky factor; false when it is not positive definite. */
bool
kz_cholesky(double *matrix, size_t n)
{
	gsl_error_handler_t *before = gsl_set_error_handler_off();
	gsl_matrix_view		 view = gsl_matrix_view_array(matrix, n, n);
	int					 result = gsl_linalg_cholesky_decomp1(&view.matrix);

	gsl_set_error_handler(before);
	return result == GSL_SUCCESS;
}

/* Replaces a vector by the solution of the equations of which it is the right side. */
void
kz_cholesky_solve(const double *factor, size_t n, double *vector)
{
	gsl_error_handler_t	 *before = gsl_set_error_handler_off();
	gsl_matrix_const_view matrix = gsl_matrix_const_view_array(factor, n, n);
	gsl_vector_view		  view = gsl_vector_view_array(vector, n);

	gsl_linalg_cholesky_svx(&matrix.matrix, &view.vector);
	gsl_set_error_handler(before);
}
