/*
 * sample.h
 *		A sample under aggregation: the rows of a group, as a float8[].
 *
 * The state of all aggregates of inequality is a plain array with room to grow: the layout of the rows, the number of the
 * parameter (0 for none) and its value, the number of elements of rows that follow, how many of them belong to rows that were taken
 * away again, then the rows, oldest first, then zeros. It is changed in place and doubles when it is full. It is no expanded object,
 * because those have a memory context each, and PostgreSQL looks at all contexts of a hashed aggregate whenever it begins a group.
 */
#ifndef KZ_SAMPLE_H
#define KZ_SAMPLE_H

#include "kz.h"

#include "fmgr.h"

/* What a row consists of; the number of its elements, but for a group's label. */
typedef enum KzSampleLayout
{
	KZ_VALUES = 1, /* value */
	KZ_WEIGHTED,   /* value, weight */
	KZ_GROUPED	   /* value, weight, the label's length in bytes, and its bytes six an element */
} KzSampleLayout;

/* The parameter that all rows of a group must agree on. */
typedef enum KzSampleParameter
{
	KZ_NO_PARAMETER,
	KZ_CORRECTED,
	KZ_NORMALIZED,
	KZ_BASE_OF_LOGARITHM,
	KZ_ALPHA,
	KZ_EPSILON,
	KZ_KOLM_ALPHA,
	KZ_LARGEST,
	KZ_ORDER,
	KZ_KIND
} KzSampleParameter;

#define KZ_SAMPLE_PARAMETERS (KZ_KIND + 1)

/* A state opened for reading. */
typedef struct KzSampleView
{
	KzSampleLayout	  layout;
	KzSampleParameter parameter;
	double			  parameter_value;
	const double	 *element; /* of the rows */
	size_t			  count;   /* of these elements */
} KzSampleView;

#define KZ_LABEL_BYTES 6 /* in an element: 48 bits, which a double holds as a whole number */

/* Returns the number of elements that a label takes. */
static inline size_t
kz_label_elements(size_t length)
{
	return (length + KZ_LABEL_BYTES - 1) / KZ_LABEL_BYTES;
}

KZ_NORETURN extern void kz_report_state(void);
extern void				kz_sample_open(Datum state, KzSampleView *view);
extern void				kz_sample_reserve(size_t size);
extern double			kz_sample_value(double value);
extern double			kz_sample_weight(double weight);
extern void				kz_unpack_label(const double *element, size_t length, char *label);

#endif
