/*
 * attributes.c
 *		Reading attributes, of which any may be missing or suppressed.
 */
#include "pg/attributes.h"

#include "pg/argument.h"

/* Returns the column of an attribute, or KZ_NOT_FOUND. */
static uint32
attribute_column(const KzIndex *attributes, const char *name)
{
	if (attributes == NULL)
		return KZ_NOT_FOUND;
	return kz_dictionary_find(&attributes->cols.labels, name, (uint32) strlen(name));
}

/* Returns an attribute of one region, unknown when it is absent or suppressed. */
KzMaybe
kz_attribute_of_row(const KzIndex *attributes, uint32 row, const char *name)
{
	KzMaybe result = {0.0, false};
	uint32	col = attribute_column(attributes, name), cell;

	if (col == KZ_NOT_FOUND || row == KZ_NOT_FOUND)
		return result;
	cell = kz_view_find(&attributes->view, row, col);
	if (cell == PG_UINT32_MAX || kz_is_suppressed(&attributes->view, cell))
		return result;
	result.value = attributes->view.value[cell];
	result.known = true;
	return result;
}

/* Returns an attribute's sum over all regions that have it, unknown when none has. */
KzMaybe
kz_attribute_total(const KzIndex *attributes, const char *name)
{
	KzMaybe result = {0.0, false};
	uint32	col = attribute_column(attributes, name);

	if (col == KZ_NOT_FOUND)
		return result;
	result.value = attributes->margins.col_total[col];
	result.known = true;
	return result;
}

/* Returns an attribute of the reference, which is the single row of its matrix. */
KzMaybe
kz_reference_attribute(const KzIndex *attributes, const char *name)
{
	return kz_attribute_of_row(attributes, 0, name);
}

/* Does the sum of an attribute lack a region: is it suppressed or absent for one of the facts' regions? */
static bool
lacks_region(const KzIndex *facts, const KzIndex *attributes, const char *name)
{
	const KzLabels *regions = &facts->view.rows;

	if (attributes->margins.col_suppressed[attribute_column(attributes, name)] > 0)
		return true;
	for (uint32 i = 0; i < regions->count; i++)
	{
		uint32 row = kz_find_label(&attributes->rows, regions, i);

		if (!kz_attribute_of_row(attributes, row, name).known)
			return true;
	}
	return false;
}

/* Returns the reference's side of a base: as published, or the sum over the regions. */
KzBase
kz_reference_base(const KzIndex *facts, const KzIndex *attributes,
				  const KzIndex *reference_attributes, const char *name)
{
	KzBase base = {.reference = kz_reference_attribute(reference_attributes, name)};

	base.given = base.reference.known || attribute_column(attributes, name) != KZ_NOT_FOUND;
	if (!base.reference.known && base.given)
	{
		base.reference = kz_attribute_total(attributes, name);
		base.summed = true;
		base.incomplete = lacks_region(facts, attributes, name);
	}
	return base;
}
