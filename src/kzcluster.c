/*
 * kzcluster.c
 *		The module: its magic and its settings.
 */
#include "kz.h"

#include <limits.h>

#include "fmgr.h"
#include "utils/guc.h"

PG_MODULE_MAGIC;

int kz_max_matrix_memory;

/* read by kz_refresh_study in SQL only */
static bool kz_refresh_notice;

extern PGDLLEXPORT void _PG_init(void);

/* Defines the settings when the library is loaded. */
void
_PG_init(void)
{
	DefineCustomIntVariable(
		"kzcluster.max_matrix_memory", "Sets the memory that building one matrix may take.",
		"A matrix that needs more is refused with an error before the memory is allocated.",
		&kz_max_matrix_memory, 2097152, 64, MAX_KILOBYTES, PGC_USERSET, GUC_UNIT_KB, NULL, NULL,
		NULL);
	DefineCustomBoolVariable("kzcluster.refresh_notice",
							 "Sends a notice of each step of kz_refresh_study to its caller.", NULL,
							 &kz_refresh_notice, false, PGC_USERSET, 0, NULL, NULL, NULL);
	MarkGUCPrefixReserved("kzcluster");
}
