/*
 * quotient_window.c
 *		The coefficients as window functions.
 *
 * At the first row of a partition all its rows are read into one matrix; every row is then answered from that,
 * so the numbers are those of the look-ups. Rows of the same region and industry add up to one cell and
 * all show its coefficient. Frame and order of the window make no difference.
 */
#include "matrix/index.h"
#include "matrix/matrix.h"
#include "matrix/pending.h"
#include "measure/quotient.h"

#include <math.h>

#include "base/exact.h"
#include "base/size.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "windowapi.h"

KZ_FUNCTION(kz_location_quotient_window);
KZ_FUNCTION(kz_region_share_window);
KZ_FUNCTION(kz_industry_share_window);
KZ_FUNCTION(kz_specialization_coefficient_window);
KZ_FUNCTION(kz_per_capita_coefficient_window);

/* Positions of the arguments. */
enum
{
	REGION,
	INDUSTRY,
	VALUE,
	BASE,
	REFERENCE_BASE
};

/* What a partition amounts to. */
typedef struct Partition
{
	KzIndex *index;		 /* NULL until the first row has been asked for */
	double	 base_total; /* of the regions, each once, or as given */
} Partition;

/* The bases of the regions while a partition is read, by row number of the state. */
typedef struct Bases
{
	const char	 *name; /* of the attribute, or NULL when the function has no base */
	bool		  has_reference;
	KzMaybe		 *base;
	uint32		  count;
	uint32		  room;
	KzMaybe		  reference;
	KzExact		  total;
	MemoryContext context; /* holds the array */
} Bases;

/* Reads a number of a row, which must be finite if it is known. */
static KzMaybe
get_base(WindowObject window, int argument, int row, const char *name, const KzKey *region)
{
	bool  is_null, is_out;
	Datum datum =
		WinGetFuncArgInPartition(window, argument, row, WINDOW_SEEK_HEAD, false, &is_null, &is_out);
	KzMaybe result = {0.0, !is_null};

	if (result.known)
		result.value = DatumGetFloat8(datum);
	if (!kz_value_is_valid(result.value))
		ereport(ERROR, (errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						errmsg("%s of region \"%.*s\" must be a finite number", name,
							   (int) region->length, region->bytes)));
	return result;
}

/* Are two numbers, known or not, the same? */
static inline bool
same(KzMaybe a, KzMaybe b)
{
	return a.known == b.known && a.value == b.value;
}

/* Takes note of a region's base, which must be the same on all its rows. */
static void
note_base(Bases *bases, WindowObject window, int row, uint32 region_number, const KzKey *region)
{
	KzMaybe base = get_base(window, BASE, row, bases->name, region);

	if (region_number < bases->count)
	{
		if (!same(base, bases->base[region_number]))
			ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION),
							errmsg("region \"%.*s\" has more than one %s in a partition",
								   (int) region->length, region->bytes, bases->name),
							errhint("Partition by the period, so that each region has one.")));
	}
	else
	{
		/* Regions are numbered as they come, so a new one is the next. */
		if (bases->count == bases->room)
		{
			size_t size;

			bases->room = bases->room == 0 ? 64 : bases->room * 2;
			size = kz_size_mul(bases->room, sizeof(KzMaybe));
			bases->base = bases->base == NULL ? MemoryContextAlloc(bases->context, size)
											  : repalloc_huge(bases->base, size);
		}
		bases->base[bases->count++] = base;
		if (base.known)
		{
			MemoryContext caller = MemoryContextSwitchTo(bases->context);

			kz_exact_add(&bases->total, base.value);
			MemoryContextSwitchTo(caller);
		}
	}
	if (bases->has_reference)
	{
		KzMaybe reference = get_base(window, REFERENCE_BASE, row, bases->name, region);

		if (row > 0 && !same(reference, bases->reference))
			ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION),
							errmsg("reference has more than one %s in a partition", bases->name),
							errhint("Partition by the period, so that the reference has one.")));
		bases->reference = reference;
	}
}

/* Reads all rows of a partition into a state, in a memory context that each row finds empty. */
static void
read_rows(WindowObject window, KzLabelTypes *labels, KzState *state, Bases *bases)
{
	MemoryContext row_context = AllocSetContextCreate(CurrentMemoryContext, "kz_matrix row",
													  ALLOCSET_SMALL_SIZES),
				  caller = MemoryContextSwitchTo(row_context);

	for (int row = 0;; row++)
	{
		bool   is_null, is_out;
		Datum  datum = WinGetFuncArgInPartition(window, REGION, row, WINDOW_SEEK_HEAD, false,
												&is_null, &is_out);
		uint32 region, industry;
		double value;

		if (is_out)
			break;
		CHECK_FOR_INTERRUPTS();
		if (is_null)
			kz_report_null_label("region");
		region = kz_fact_row(state, labels, datum);
		datum = WinGetFuncArgInPartition(window, INDUSTRY, row, WINDOW_SEEK_HEAD, false, &is_null,
										 &is_out);
		if (is_null)
			kz_report_null_label("industry");
		industry = kz_fact_col(state, labels, datum);
		datum = WinGetFuncArgInPartition(window, VALUE, row, WINDOW_SEEK_HEAD, false, &is_null,
										 &is_out);
		value = is_null ? NAN : DatumGetFloat8(datum);
		if (!is_null)
			kz_state_check_value(state, region, industry, value);
		kz_note_fact(state, labels, region, industry, value);
		if (bases->name != NULL)
			note_base(bases, window, row, region, &state->rows.labels.key[region]);
		MemoryContextReset(row_context);
	}
	MemoryContextSwitchTo(caller);
	MemoryContextDelete(row_context);
}

/* Returns what the current partition amounts to, computed at its first row. */
static Partition *
get_partition(FunctionCallInfo fcinfo, WindowObject window, const char *base_name)
{
	Partition	 *partition = WinGetPartitionLocalMemory(window, sizeof(Partition));
	MemoryContext context, caller;
	KzState		 *state;
	KzMatrix	 *matrix;
	KzView		  view;
	Bases		  bases = {.name = base_name,
						   .has_reference = PG_NARGS() > REFERENCE_BASE,
						   .context = GetMemoryChunkContext(partition)};

	if (partition->index != NULL)
		return partition;
	context = GetMemoryChunkContext(partition);
	caller = MemoryContextSwitchTo(context);
	kz_exact_init(&bases.total, 0.0);
	state = kz_state_create(context);
	read_rows(window, kz_label_types(fcinfo, REGION), state, &bases);
	matrix = kz_state_flatten(state, false);
	MemoryContextDelete(state->hdr.eoh_context);
	kz_open_matrix(matrix, &view);
	partition->index = kz_index_build(&view);
	kz_index_rank(partition->index);
	partition->base_total =
		bases.reference.known ? bases.reference.value : kz_exact_value(&bases.total);
	MemoryContextSwitchTo(caller);
	return partition;
}

/* Returns the number of the current row's label, which was not NULL when the partition was read. */
static uint32
current_label(WindowObject window, int argument, const KzLabelType *type, KzAxis *axis)
{
	bool  is_null;
	Datum label = WinGetFuncArgCurrent(window, argument, &is_null);

	return is_null ? KZ_NOT_FOUND : kz_label_number(type, NULL, axis, label);
}

/* Finds the current row's cell; returns false when it is suppressed. */
static bool
find_current(FunctionCallInfo fcinfo, WindowObject window, KzIndex *index, uint32 *region,
			 uint32 *industry, double *value)
{
	const KzLabelTypes *labels = kz_label_types(fcinfo, REGION);
	uint32				cell = PG_UINT32_MAX;

	*region = current_label(window, REGION, &labels->row, &index->rows);
	*industry = current_label(window, INDUSTRY, &labels->col, &index->cols);
	if (*region != KZ_NOT_FOUND && *industry != KZ_NOT_FOUND)
		cell = kz_index_find(index, *region, *industry);
	if (cell == PG_UINT32_MAX)
		ereport(ERROR, (errcode(ERRCODE_DATA_EXCEPTION),
						errmsg("region or industry of a row changed while it was read"),
						errhint("The labels must not be computed by a volatile function.")));
	*value = index->view.value[cell];
	return !kz_is_suppressed(&index->view, cell);
}

/* What a window function computes of the current row's cell. */
typedef enum Measure
{
	LOCATION_QUOTIENT,
	REGION_SHARE,
	INDUSTRY_SHARE,
	BASE_COEFFICIENT
} Measure;

/* Computes a measure of the current row, NULL where it is undefined. */
static Datum
answer(FunctionCallInfo fcinfo, Measure measure, const char *base_name)
{
	WindowObject	 window = PG_WINDOW_OBJECT();
	Partition		*partition = get_partition(fcinfo, window, base_name);
	const KzMargins *margins = &partition->index->margins;
	uint32			 region, industry;
	double			 value, result = 0.0;
	KzStatus		 status = KZ_NO_BASE;

	if (!find_current(fcinfo, window, partition->index, &region, &industry, &value))
		PG_RETURN_NULL();
	switch (measure)
	{
		case LOCATION_QUOTIENT:
			status = kz_quotient_of_shares(value, margins->col_total[industry],
										   margins->row_total[region], margins->total, &result);
			break;
		case REGION_SHARE:
			status = kz_share(value, margins->col_total[industry], &result);
			break;
		case INDUSTRY_SHARE:
			status = kz_share(value, margins->row_total[region], &result);
			break;
		case BASE_COEFFICIENT:
		{
			bool  is_null;
			Datum base = WinGetFuncArgCurrent(window, BASE, &is_null);

			if (!is_null)
				status =
					kz_quotient_of_shares(value, margins->col_total[industry], DatumGetFloat8(base),
										  partition->base_total, &result);
		}
	}
	if (status != KZ_OK)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(result);
}

/* kz_location_quotient(region "any", industry "any", value float8) OVER (...) -> float8 */
Datum
kz_location_quotient_window(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, LOCATION_QUOTIENT, NULL);
}

/* kz_region_share(region "any", industry "any", value float8) OVER (...) -> float8 */
Datum
kz_region_share_window(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, REGION_SHARE, NULL);
}

/* kz_industry_share(region "any", industry "any", value float8) OVER (...) -> float8 */
Datum
kz_industry_share_window(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, INDUSTRY_SHARE, NULL);
}

/* kz_specialization_coefficient(region "any", industry "any", value float8, gross_product float8 [, ...]) OVER (...) */
Datum
kz_specialization_coefficient_window(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, BASE_COEFFICIENT, "gross product");
}

/* kz_per_capita_coefficient(region "any", industry "any", value float8, population float8 [, ...]) OVER (...) */
Datum
kz_per_capita_coefficient_window(PG_FUNCTION_ARGS)
{
	return answer(fcinfo, BASE_COEFFICIENT, "population");
}
