/*
 * label.h
 *		Labels of any SQL type: a value to the number of its label.
 */
#ifndef KZ_LABEL_H
#define KZ_LABEL_H

#include "kz.h"

#include "fmgr.h"
#include "matrix/state.h"

/* How the values of a type become labels. */
typedef enum KzLabelKind
{
	KZ_LABEL_TEXT,	  /* the bytes are the label */
	KZ_LABEL_PADDED,  /* char(n): the bytes without trailing blanks */
	KZ_LABEL_WORD,	  /* passed by value: the datum is the key */
	KZ_LABEL_FIXED,	  /* passed by reference, of fixed length */
	KZ_LABEL_VARLENA, /* passed by reference, of variable length */
	KZ_LABEL_CSTRING
} KzLabelKind;

typedef struct KzLabelType
{
	Oid			 type;
	KzLabelKind	 kind;
	int16		 length;
	FmgrInfo	 output;
	KzDictionary seen; /* values this call site has seen, for kz_label_number_seen */
} KzLabelType;

/* The types of the row and the column label that a call site is given. */
typedef struct KzLabelTypes
{
	KzLabelType row;
	KzLabelType col;
} KzLabelTypes;

extern void			 kz_label_type_init(KzLabelType *type, Oid oid, MemoryContext context,
										const char *argument);
extern void			 kz_label_types_init(KzLabelTypes *types, FmgrInfo *function, int row);
extern KzLabelTypes *kz_label_types(FunctionCallInfo fcinfo, int row);
extern void			 kz_label_bytes(const KzLabelType *type, const Datum *value, const char **bytes,
									size_t *length, void **copy);
extern uint32 kz_label_number(const KzLabelType *type, KzState *state, KzAxis *axis, Datum value);
extern uint32 kz_label_number_seen(KzLabelType *type, KzState *state, KzAxis *axis, Datum value);
extern void	  kz_report_null_label(const char *side);

#endif
