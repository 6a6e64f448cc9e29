/*
 * rows.h
 *		The rows that set-returning functions return.
 */
#ifndef KZ_ROWS_H
#define KZ_ROWS_H

#include "kz.h"

#include "executor/tuptable.h"
#include "fmgr.h"
#include "utils/tuplestore.h"

/* A row that is written over and over, for functions that return a row a cell. */
typedef struct KzRowWriter
{
	Tuplestorestate *store;
	TupleDesc		 desc;
	TupleTableSlot	*slot; /* holds tuple */
	MinimalTuple	 tuple;
	Size			 size; /* bytes allocated for tuple */
} KzRowWriter;

extern void kz_put_row(FunctionCallInfo fcinfo, const Datum *values, const bool *nulls);
extern void kz_begin_rows(FunctionCallInfo fcinfo, KzRowWriter *writer);
extern void kz_write_row(KzRowWriter *writer, const Datum *values, const bool *nulls);

#endif
