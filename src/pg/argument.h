/*
 * argument.h
 *		The arguments that measures share: matrices, vectors aligned on labels, and words that choose a definition.
 */
#ifndef KZ_ARGUMENT_H
#define KZ_ARGUMENT_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/index.h"
#include "measure/status.h"

/* A line of a matrix: one of its columns, or of its rows. */
typedef struct KzLine
{
	const KzIndex *matrix;
	bool		   column;
	uint32		   number;
} KzLine;

extern KzIndex *kz_get_index(FunctionCallInfo fcinfo, int argument);
extern int		kz_get_choice(FunctionCallInfo fcinfo, int argument, const char *name,
							  const char *const *choices, int count);
extern double	kz_get_number(FunctionCallInfo fcinfo, int argument, const char *name, double low,
							  double high);
extern void		kz_check_numbers(FunctionCallInfo fcinfo, const char *const *name, int count);
extern bool		kz_get_flag(FunctionCallInfo fcinfo, int argument, bool otherwise);
extern uint32	kz_find_label(const KzAxis *axis, const KzLabels *labels, uint32 i);
extern uint32  *kz_find_labels(const KzAxis *axis, const KzLabels *labels);
extern void		kz_check_given(FunctionCallInfo fcinfo, int argument, const char *name);
extern double  *kz_align_vector(const KzIndex *vector, const char *name, const KzLabels *labels,
								const char *side);
extern double  *kz_align_whole_vector(const KzIndex *vector, const char *name, const KzAxis *axis,
									  const KzLabels *labels, const char *side, uint32 *count);
extern double  *kz_align_line(const KzLine *line, const char *name, const KzLabels *labels,
							  const KzAxis *axis, const char *side, uint32 *count);
extern Datum   *kz_status_datums(void);
extern void		kz_set_number(Datum *values, bool *nulls, int i, KzMaybe number);

#endif
