/*
 * attributes.h
 *		What a matrix of region attributes tells: gross product, population, published totals.
 */
#ifndef KZ_ATTRIBUTES_H
#define KZ_ATTRIBUTES_H

#include "matrix/index.h"
#include "measure/quotient.h"

/* The names of the attributes that the coefficients read. */
#define KZ_GROSS_PRODUCT "gross_product"
#define KZ_POPULATION	 "population"
#define KZ_TOTAL		 "total"

extern KzMaybe kz_attribute_of_row(const KzIndex *attributes, uint32 row, const char *name);
extern KzMaybe kz_attribute_total(const KzIndex *attributes, const char *name);
extern KzMaybe kz_reference_attribute(const KzIndex *attributes, const char *name);
extern KzBase  kz_reference_base(const KzIndex *facts, const KzIndex *attributes,
								 const KzIndex *reference_attributes, const char *name);

#endif
