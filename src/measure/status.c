/*
 * status.c
 *		The words that the status columns show.
 */
#include "measure/status.h"

#include <math.h>

const char *const kz_status_name[KZ_STATUSES] = {[KZ_OK] = "ok",
												 [KZ_ZERO] = "zero",
												 [KZ_NO_AREA] = "no area",
												 [KZ_NO_POPULATION] = "no population",
												 [KZ_NO_GROSS_PRODUCT] = "no gross product",
												 [KZ_INCOMPLETE_TOTALS] = "incomplete totals",
												 [KZ_TOO_FEW] = "too few",
												 [KZ_NO_VARIATION] = "no variation",
												 [KZ_NO_BASE] = "no base",
												 [KZ_NEGATIVE] = "negative",
												 [KZ_SUPPRESSED_CELL] = "suppressed",
												 [KZ_CONTRADICTION] = "contradiction"};

/* Returns a number that is known, with a negative zero as zero; unknown when it is not finite. */
KzMaybe
kz_maybe(double value)
{
	return (KzMaybe){isfinite(value) ? value + 0.0 : 0.0, isfinite(value)};
}
