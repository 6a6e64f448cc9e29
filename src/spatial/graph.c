/*
 * graph.c
 *		Connected components by igraph, a batch of edges at a time.
 *
 * A component found so far is one node of the next batch's graph, so that memory and the time between two
 * looks at a cancel request are bounded by the batch and not by the graph. The direction of an edge is ignored
 * (components are weakly connected).
 */
#include "spatial/graph.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>

#include <igraph.h>

/* The result to fill and the way out while igraph runs: its handlers take no argument. */
static KzGraphResult *current_result;
static jmp_buf		  way_out;

/* igraph's handlers before a call, which another library in the process may have set. */
typedef struct Handlers
{
	igraph_error_handler_t		  *error;
	igraph_warning_handler_t	  *warning;
	igraph_fatal_handler_t		  *fatal;
	igraph_interruption_handler_t *interruption;
} Handlers;

/* Keeps an error's first message and frees what igraph holds; igraph then returns the error. */
static void
on_error(const char *reason, const char *file, int line, igraph_error_t error)
{
	(void) file;
	(void) line;
	if (current_result->status == KZ_GRAPH_OK)
	{
		current_result->status = error == IGRAPH_ENOMEM ? KZ_GRAPH_NO_MEMORY : KZ_GRAPH_FAILED;
		snprintf(current_result->message, sizeof(current_result->message), "%s", reason);
	}
	IGRAPH_FINALLY_FREE();
}

/* Drops a warning. */
static void
on_warning(const char *reason, const char *file, int line)
{
	(void) reason;
	(void) file;
	(void) line;
}

/* Leaves igraph where it would abort the process. */
static void
on_fatal(const char *reason, const char *file, int line)
{
	current_result->status = KZ_GRAPH_BROKEN;
	snprintf(current_result->message, sizeof(current_result->message), "%s (%s:%d)", reason, file,
			 line);
	longjmp(way_out, 1);
}

/* Sets our handlers and keeps those that were there. */
static void
set_handlers(Handlers *before)
{
	before->error = igraph_set_error_handler(on_error);
	before->warning = igraph_set_warning_handler(on_warning);
	before->fatal = igraph_set_fatal_handler(on_fatal);
	before->interruption = igraph_set_interruption_handler(NULL);
}

/* Puts the handlers back that were there before. */
static void
restore_handlers(const Handlers *before)
{
	igraph_set_error_handler(before->error);
	igraph_set_warning_handler(before->warning);
	igraph_set_fatal_handler(before->fatal);
	igraph_set_interruption_handler(before->interruption);
}

/* Copies the edges between different components to the front, as edges between components; returns how many. */
static size_t
contract(const uint32_t *component, uint32_t *from, uint32_t *to, size_t edges)
{
	size_t kept = 0;

	for (size_t i = 0; i < edges; i++)
	{
		uint32_t a = component[from[i]], b = component[to[i]];

		if (a != b)
		{
			from[kept] = a;
			to[kept++] = b;
		}
	}
	return kept;
}

/* Has igraph find the components of an edge list; membership must be empty and is the caller's to destroy. */
static igraph_error_t
find_components(const uint32_t *from, const uint32_t *to, size_t edges, uint32_t nodes,
				igraph_vector_int_t *membership)
{
	igraph_vector_int_t list;
	igraph_t			graph;

	IGRAPH_CHECK(igraph_vector_int_init(&list, (igraph_integer_t) (2 * edges)));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &list);
	for (size_t i = 0; i < edges; i++)
	{
		VECTOR(list)[2 * i] = from[i];
		VECTOR(list)[2 * i + 1] = to[i];
	}
	IGRAPH_CHECK(igraph_create(&graph, &list, nodes, IGRAPH_UNDIRECTED));
	IGRAPH_FINALLY(igraph_destroy, &graph);
	IGRAPH_CHECK(igraph_connected_components(&graph, membership, NULL, NULL, IGRAPH_WEAK));

	igraph_destroy(&graph);
	igraph_vector_int_destroy(&list);
	IGRAPH_FINALLY_CLEAN(2);
	return IGRAPH_SUCCESS;
}

/*
 * Gives every node the new component of its old one, and numbers the new ones in the order of their first nodes.
 *
 * membership: the new component by old one; number: zeros, one for each new component. Returns how many there are.
 */
static uint32_t
renumber(uint32_t *component, uint32_t nodes, igraph_vector_int_t *membership,
		 igraph_vector_int_t *number)
{
	uint32_t found = 0;

	for (uint32_t i = 0; i < nodes; i++)
	{
		igraph_integer_t joined = VECTOR(*membership)[component[i]];

		if (VECTOR(*number)[joined] == 0)
			VECTOR(*number)[joined] = ++found;
		component[i] = (uint32_t) VECTOR(*number)[joined] - 1;
	}
	return found;
}

/* Joins the components that the edges connect; igraph's error handler has spoken when it fails. */
static igraph_error_t
join(uint32_t *component, uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges,
	 uint32_t *count)
{
	igraph_vector_int_t membership, number;

	IGRAPH_CHECK(igraph_vector_int_init(&membership, 0));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &membership);
	IGRAPH_CHECK(igraph_vector_int_init(&number, *count));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &number);
	IGRAPH_CHECK(find_components(from, to, edges, *count, &membership));

	*count = renumber(component, nodes, &membership, &number);

	igraph_vector_int_destroy(&number);
	igraph_vector_int_destroy(&membership);
	IGRAPH_FINALLY_CLEAN(2);
	return IGRAPH_SUCCESS;
}

/* Makes every node a component of its own. */
void
kz_components_start(uint32_t *component, uint32_t nodes)
{
	for (uint32_t i = 0; i < nodes; i++)
		component[i] = i;
}

/* Returns the number of components. */
static uint32_t
count_components(const uint32_t *component, uint32_t nodes)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < nodes; i++)
		if (component[i] >= count)
			count = component[i] + 1;
	return count;
}

/* Calls join, and comes back too when igraph would have ended the process. */
static void
guarded_join(uint32_t *component, uint32_t nodes, const uint32_t *from, const uint32_t *to,
			 size_t edges, uint32_t *count)
{
	if (setjmp(way_out) == 0)
		(void) join(component, nodes, from, to, edges, count);
}

/*
 * Joins the components that a batch of edges connects, and returns how many there are then.
 *
 * component: by node, 0 .. in the order of their first nodes, from kz_components_start or an earlier batch.
 * from, to: the edges' ends, overwritten. On failure component is as it was.
 */
uint32_t
kz_components_join(uint32_t *component, uint32_t nodes, uint32_t *from, uint32_t *to, size_t edges,
				   KzGraphResult *result)
{
	uint32_t count = count_components(component, nodes);
	Handlers before;

	result->status = KZ_GRAPH_OK;
	result->message[0] = '\0';
	edges = contract(component, from, to, edges);
	if (edges == 0)
		return count;

	current_result = result;
	set_handlers(&before);
	guarded_join(component, nodes, from, to, edges, &count);
	restore_handlers(&before);
	return count;
}
