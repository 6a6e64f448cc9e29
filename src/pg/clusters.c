/*
 * clusters.c
 *		Groups of neighbouring candidates with their significance, as rows.
 */
#include "spatial/clusters.h"

#include <math.h>

#include "base/alloc.h"
#include "funcapi.h"
#include "matrix/matrix.h"
#include "matrix/read.h"
#include "miscadmin.h"
#include "pg/argument.h"
#include "pg/graph.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

KZ_FUNCTION(kz_cluster_significance);

#define MOST_REPLICATES 1000000

/* The arguments, and the values of one industry after the other. */
typedef struct Inputs
{
	KzIndex *weights;
	KzIndex *values;
	double	 threshold;
	uint32	 replicates;
	uint64	 seed;
	uint32	*place;	 /* of each region of the weights among those of the values, or KZ_NOT_FOUND */
	Datum	*region; /* labels of the weights */
	Datum	*status;
} Inputs;

/* Refuses a region of the values that the weights do not know. */
static void
check_regions(const KzIndex *weights, const KzLabels *regions)
{
	for (uint32 i = 0; i < regions->count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (kz_find_label(&weights->rows, regions, i) == KZ_NOT_FOUND)
			ereport(ERROR, (errcode(ERRCODE_UNDEFINED_OBJECT),
							errmsg("weights lack the region \"%.*s\"",
								   (int) kz_label_length(regions, i), kz_label(regions, i)),
							errhint("Make the weights of all regions, or leave this one out with "
									"kz_rows().")));
	}
}

/* Reads the arguments; false when there is nothing to do. */
static bool
get_inputs(FunctionCallInfo fcinfo, Inputs *inputs)
{
	int32 replicates = PG_ARGISNULL(3) ? 999 : PG_GETARG_INT32(3);

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		return false;
	if (replicates < 0 || replicates > MOST_REPLICATES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("replicates must be from 0 to %d, not %d", MOST_REPLICATES, replicates)));
	inputs->weights = kz_get_index(fcinfo, 0);
	inputs->values = kz_get_index(fcinfo, 1);
	inputs->threshold =
		PG_ARGISNULL(2) ? 1.0 : kz_get_number(fcinfo, 2, "threshold", -INFINITY, INFINITY);
	inputs->replicates = (uint32) replicates;
	inputs->seed = PG_ARGISNULL(4) ? 1 : (uint64) PG_GETARG_INT64(4);
	kz_check_weights(&inputs->weights->view);
	check_regions(inputs->weights, &inputs->values->view.rows);
	inputs->place = kz_find_labels(&inputs->values->rows, &inputs->weights->view.rows);
	inputs->region = kz_label_datums(&inputs->weights->view.rows);
	inputs->status = kz_status_datums();
	return true;
}

/* Collects the candidates of an industry, in the order of their regions; returns whether any value is unknown. */
static bool
collect_candidates(const Inputs *inputs, uint32 col, KzGroups *groups)
{
	const KzView *view = &inputs->values->view;
	uint32		  regions = inputs->weights->view.rows.count;
	bool		  unknown = false;

	kz_groups_init(groups, regions);
	groups->candidates = 0;
	for (uint32 i = 0; i < regions; i++)
	{
		uint32 cell = inputs->place[i] == KZ_NOT_FOUND
						  ? PG_UINT32_MAX
						  : kz_index_find(inputs->values, inputs->place[i], col);
		double value = cell == PG_UINT32_MAX ? 0.0 : view->value[cell];

		CHECK_FOR_INTERRUPTS();
		if (cell != PG_UINT32_MAX && kz_is_suppressed(view, cell))
		{
			unknown = true;
			continue;
		}
		if (value < inputs->threshold)
			continue;
		groups->region[groups->candidates] = i;
		groups->value[groups->candidates++] = value;
	}
	return unknown;
}

/* The probability p = (1 + as many) / (1 + replicates) of a group by chance (Hope 1968); unknown without replicates. */
static KzMaybe
probability(uint32 as_many, uint32 replicates)
{
	return (KzMaybe){(1.0 + as_many) / (1.0 + replicates), replicates > 0};
}

/* Appends a row for each candidate of an industry, in the order of regions. */
static void
put_candidates(FunctionCallInfo fcinfo, const Inputs *inputs, Datum industry,
			   const KzGroups *groups, const KzGroupTest *test, KzStatus status)
{
	for (uint32 i = 0; i < groups->candidates; i++)
	{
		uint32 g = groups->group[i];
		Datum  values[9] = {industry, Int32GetDatum((int32) g + 1),
							inputs->region[groups->region[i]], Float8GetDatum(groups->value[i]),
							Int32GetDatum((int32) groups->members[g])};
		bool   nulls[9] = {false};

		CHECK_FOR_INTERRUPTS();
		kz_set_number(values, nulls, 5, kz_maybe(groups->total[g]));
		kz_set_number(values, nulls, 6, probability(test->as_many[g], test->replicates));
		kz_set_number(values, nulls, 7, probability(test->as_heavy[g], test->replicates));
		values[8] = inputs->status[status];
		kz_put_row(fcinfo, values, nulls);
	}
}

/*
 * kz_cluster_significance(weights kz_matrix, values kz_matrix, threshold float8, replicates integer, seed bigint) ->
 * setof (industry, cluster, region, value, members, total, members_p, total_p, status)
 */
Datum
kz_cluster_significance(PG_FUNCTION_ARGS)
{
	Inputs		  inputs;
	Datum		 *industry;
	MemoryContext context, outer;

	InitMaterializedSRF(fcinfo, MAT_SRF_USE_EXPECTED_DESC);
	if (!get_inputs(fcinfo, &inputs))
		return (Datum) 0;
	industry = kz_label_datums(&inputs.values->view.cols);
	context = AllocSetContextCreate(CurrentMemoryContext, "kz_cluster_significance",
									ALLOCSET_DEFAULT_SIZES);
	outer = MemoryContextSwitchTo(context);
	for (uint32 col = 0; col < inputs.values->view.cols.count; col++)
	{
		KzGroups	  groups;
		KzGroupTest	  test;
		KzGraphResult result;
		bool		  unknown = collect_candidates(&inputs, col, &groups);

		if (groups.candidates > 0)
		{
			kz_groups_find(&inputs.weights->view, &groups, &result);
			kz_check_graph(&result);
			kz_groups_test(&inputs.weights->view, &groups, inputs.replicates, inputs.seed, &test,
						   &result);
			kz_check_graph(&result);
			put_candidates(fcinfo, &inputs, industry[col], &groups, &test,
						   unknown ? KZ_INCOMPLETE_TOTALS : KZ_OK);
		}
		MemoryContextReset(context);
	}
	MemoryContextSwitchTo(outer);
	MemoryContextDelete(context);
	return (Datum) 0;
}
