/*
 * graph.c
 *		Connected components, and edges on cycles, by igraph.
 *
 * Components are found a batch of edges at a time: a component found so far is one node of the next batch's
 * graph, so that memory and the time between two looks at a cancel request are bounded by the batch and not by
 * the graph. The direction of an edge is ignored (components are weakly connected).
 */
#include "spatial/graph.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

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

/* Makes a graph of an edge list; with one_way a directed one, in which any other edge is an arc each way. */
static igraph_error_t
make_graph(igraph_t *graph, uint32_t nodes, const uint32_t *from, const uint32_t *to,
		   const bool *one_way, size_t edges)
{
	igraph_vector_int_t list;

	IGRAPH_CHECK(igraph_vector_int_init(&list, 0));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &list);
	IGRAPH_CHECK(igraph_vector_int_reserve(&list, (igraph_integer_t) (edges * (one_way ? 4 : 2))));
	for (size_t i = 0; i < edges; i++)
	{
		igraph_vector_int_push_back(&list, from[i]);
		igraph_vector_int_push_back(&list, to[i]);
		if (one_way == NULL || one_way[i])
			continue;
		igraph_vector_int_push_back(&list, to[i]);
		igraph_vector_int_push_back(&list, from[i]);
	}
	IGRAPH_CHECK(igraph_create(graph, &list, nodes, one_way != NULL));
	igraph_vector_int_destroy(&list);
	IGRAPH_FINALLY_CLEAN(1);
	return IGRAPH_SUCCESS;
}

/* Marks the edges whose ends can reach each other. */
static igraph_error_t
mark_strong(uint32_t nodes, const uint32_t *from, const uint32_t *to, const bool *one_way,
			size_t edges, bool *marked)
{
	igraph_vector_int_t membership;
	igraph_t			graph;

	IGRAPH_CHECK(igraph_vector_int_init(&membership, 0));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &membership);
	IGRAPH_CHECK(make_graph(&graph, nodes, from, to, one_way, edges));
	IGRAPH_FINALLY(igraph_destroy, &graph);
	IGRAPH_CHECK(igraph_connected_components(&graph, &membership, NULL, NULL, IGRAPH_STRONG));
	for (size_t i = 0; i < edges; i++)
		marked[i] = VECTOR(membership)[from[i]] == VECTOR(membership)[to[i]];
	igraph_destroy(&graph);
	igraph_vector_int_destroy(&membership);
	IGRAPH_FINALLY_CLEAN(2);
	return IGRAPH_SUCCESS;
}

/* Takes the mark from those of the marked edges that are bridges of the graph which they make, directions ignored. */
static igraph_error_t
unmark_bridges(uint32_t nodes, const uint32_t *from, const uint32_t *to, size_t edges, bool *marked)
{
	igraph_vector_int_t list, bridges, place;
	igraph_t			graph;

	IGRAPH_CHECK(igraph_vector_int_init(&list, 0));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &list);
	IGRAPH_CHECK(igraph_vector_int_init(&place, 0));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &place);
	IGRAPH_CHECK(igraph_vector_int_init(&bridges, 0));
	IGRAPH_FINALLY(igraph_vector_int_destroy, &bridges);
	for (size_t i = 0; i < edges; i++)
	{
		if (!marked[i])
			continue;
		IGRAPH_CHECK(igraph_vector_int_push_back(&list, from[i]));
		IGRAPH_CHECK(igraph_vector_int_push_back(&list, to[i]));
		IGRAPH_CHECK(igraph_vector_int_push_back(&place, (igraph_integer_t) i));
	}
	IGRAPH_CHECK(igraph_create(&graph, &list, nodes, IGRAPH_UNDIRECTED));
	IGRAPH_FINALLY(igraph_destroy, &graph);
	IGRAPH_CHECK(igraph_bridges(&graph, &bridges));
	for (igraph_integer_t i = 0; i < igraph_vector_int_size(&bridges); i++)
		marked[VECTOR(place)[VECTOR(bridges)[i]]] = false;
	igraph_destroy(&graph);
	igraph_vector_int_destroy(&bridges);
	igraph_vector_int_destroy(&place);
	igraph_vector_int_destroy(&list);
	IGRAPH_FINALLY_CLEAN(4);
	return IGRAPH_SUCCESS;
}

/* Marks the edges on cycles, and comes back too when igraph would have ended the process. */
static void
guarded_mark(uint32_t nodes, const uint32_t *from, const uint32_t *to, const bool *one_way,
			 size_t edges, bool *marked)
{
	if (setjmp(way_out) != 0)
		return;
	if (mark_strong(nodes, from, to, one_way, edges, marked) == IGRAPH_SUCCESS)
		(void) unmark_bridges(nodes, from, to, edges, marked);
}

/* Returns the representative of a node's set. */
static uint32_t
find_set(uint32_t *up, uint32_t node)
{
	while (up[node] != node)
		node = up[node] = up[up[node]];
	return node;
}

/* Unites the sets of two nodes; returns false when they were one already. */
static bool
unite(uint32_t *up, uint32_t a, uint32_t b)
{
	a = find_set(up, a);
	b = find_set(up, b);
	up[a] = b;
	return a != b;
}

/* The edges of a graph that igraph has to look at. */
typedef struct Sparse
{
	size_t	  count;
	uint32_t *from;
	uint32_t *to;
	bool	 *one_way;
	size_t	 *place; /* of each in the whole list */
	bool	 *marked;
} Sparse;

/* Adds an edge. */
static void
sparse_add(Sparse *sparse, uint32_t from, uint32_t to, bool one_way, size_t place)
{
	sparse->from[sparse->count] = from;
	sparse->to[sparse->count] = to;
	sparse->one_way[sparse->count] = one_way;
	sparse->place[sparse->count++] = place;
}

/*
 * Thins a graph out without changing which of the remaining edges lie on cycles: to a spanning forest of the two-way
 * edges, a second one of what else connects its nodes (Nagamochi and Ibaraki 1992), and the one-way edges between its trees.
 *
 * on_cycle: set for all that does not remain. first, second: each node by itself.
 */
static void
thin_out(const uint32_t *from, const uint32_t *to, const bool *one_way, size_t edges,
		 uint32_t *first, uint32_t *second, bool *on_cycle, Sparse *sparse)
{
	for (size_t i = 0; i < edges; i++)
	{
		on_cycle[i] = false;
		if (one_way[i])
			continue;
		if (unite(first, from[i], to[i]))
			sparse_add(sparse, from[i], to[i], false, i);
		else
			on_cycle[i] = true;
	}
	for (size_t i = 0; i < edges; i++)
	{
		if (!one_way[i] && !on_cycle[i]) /* in the first forest */
			continue;
		if (find_set(first, from[i]) != find_set(first, to[i]))
		{
			sparse_add(sparse, from[i], to[i], true, i);
			continue;
		}
		on_cycle[i] = true;
		if (unite(second, from[i], to[i]))
			sparse_add(sparse, from[i], to[i], false, i);
	}
}

/*
 * Marks the edges of a mixed graph that lie on a cycle which uses no edge twice and one-way edges only forward.
 *
 * Such an edge has its ends in one strongly connected component and is no bridge of it, and each of those lies on a
 * cycle, for a component without bridges can be oriented so that it stays strongly connected (Boesch and Tindell 1980).
 * On failure on_cycle is undefined.
 */
void
kz_edges_on_cycles(uint32_t nodes, const uint32_t *from, const uint32_t *to, const bool *one_way,
				   size_t edges, bool *on_cycle, KzGraphResult *result)
{
	size_t	  room = edges + 1;
	uint32_t *first = calloc((size_t) nodes + 1, sizeof(uint32_t)),
			 *second = calloc((size_t) nodes + 1, sizeof(uint32_t));
	Sparse	 sparse = {.from = calloc(room, sizeof(uint32_t)),
					   .to = calloc(room, sizeof(uint32_t)),
					   .one_way = calloc(room, sizeof(bool)),
					   .place = calloc(room, sizeof(size_t)),
					   .marked = calloc(room, sizeof(bool))};
	Handlers before;

	result->status = KZ_GRAPH_OK;
	result->message[0] = '\0';
	if (first && second && sparse.from && sparse.to && sparse.one_way && sparse.place &&
		sparse.marked)
	{
		kz_components_start(first, nodes);
		kz_components_start(second, nodes);
		thin_out(from, to, one_way, edges, first, second, on_cycle, &sparse);
		current_result = result;
		set_handlers(&before);
		guarded_mark(nodes, sparse.from, sparse.to, sparse.one_way, sparse.count, sparse.marked);
		restore_handlers(&before);
		for (size_t i = 0; i < sparse.count; i++)
			on_cycle[sparse.place[i]] = sparse.marked[i];
	}
	else
		*result = (KzGraphResult){KZ_GRAPH_NO_MEMORY, "no memory for its edges"};
	free(first);
	free(second);
	free(sparse.from);
	free(sparse.to);
	free(sparse.one_way);
	free(sparse.place);
	free(sparse.marked);
}
