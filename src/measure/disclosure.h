/*
 * disclosure.h
 *		What a table discloses: the finest figures along a hierarchy of codes, and what masked cells give away.
 */
#ifndef KZ_DISCLOSURE_H
#define KZ_DISCLOSURE_H

#include "matrix/columns.h"

#define KZ_NO_NODE UINT32_MAX

/* A hierarchy of codes. */
typedef struct KzHierarchy
{
	uint32_t  nodes;
	uint32_t *parent; /* of each code, KZ_NO_NODE at the top */
	uint32_t *order;  /* all codes, parents before children */
} KzHierarchy;

/* One region's figures along a hierarchy; every array is by code. */
typedef struct KzRollUp
{
	bool	 *present;	 /* in: has the region a figure? */
	bool	 *disclosed; /* in: ... and is it disclosed? */
	double	 *value;	 /* in: what is disclosed */
	uint32_t *nearest;	 /* out: the code itself or its nearest disclosed ancestor, or KZ_NO_NODE */
	uint32_t *level;	 /* out: how many levels up that is */
	bool	 *part;		 /* out: is the figure one of those that cover most without overlapping? */
	double	 *remainder; /* out: of a disclosed figure, what is in no finer one */
	uint32_t *children;	 /* work: children with figures below them or of their own */
	uint32_t *complete;	 /* work: those of them that are covered in full */
	double	 *sum;		 /* work: what is disclosed of them */
} KzRollUp;

extern uint32_t kz_hierarchy_order(KzHierarchy *hierarchy);
extern void		kz_roll_up_init(KzRollUp *roll_up, uint32_t nodes);
extern void		kz_roll_up(const KzHierarchy *hierarchy, double tolerance, KzRollUp *roll_up);

/* A cell that is to be hidden. */
typedef struct KzMasked
{
	uint32_t row;
	uint32_t col;
	uint32_t cell; /* its position in the matrix, or KZ_ABSENT, which is zero */
	double	 value;
} KzMasked;

/* The cheapest way to hide a masked cell among others; all sizes are those of the matrix. */
typedef struct KzCover
{
	const KzView *view;
	bool		 *hidden;	 /* by cell: masked for its own sake or for another one's */
	bool		 *secondary; /* by cell: masked for another one's sake */
	KzColumns	  columns;
	double		 *cost; /* work, by row and then by column */
	uint32_t	 *via;
	bool		 *done;
} KzCover;

extern void kz_hide(const KzView *view, const KzMasked *masked, uint32_t count, KzView *hidden);
extern void kz_cover_init(KzCover *cover, const KzView *view, const KzMasked *masked,
						  uint32_t count);
extern bool kz_cover_cell(KzCover *cover, const KzMasked *masked);

#endif
