/*
 * label.c
 *		Values of any type as labels.
 *
 * Text is interned as it is. A value of another type is looked up by its bytes among the values seen
 * before, so that its output function runs once for each distinct value. Dates, times and timestamps are
 * written in ISO form and floats in their shortest exact form, whatever DateStyle and extra_float_digits say.
 */
#include "matrix/label.h"

#include "base/size.h"
#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "utils/builtins.h"
#include "utils/datetime.h"
#include "utils/json.h"
#include "utils/lsyscache.h"

/* Refuses a NULL label. */
void
kz_report_null_label(const char *side)
{
	ereport(ERROR,
			(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED), errmsg("%s label must not be null", side),
			 errhint("Leave such rows out, for example with FILTER (WHERE ... IS NOT NULL), or "
					 "give them a label with coalesce().")));
}

/* What a call site remembers for kz_label_number_seen: so many values of at most so many bytes. */
#define SEEN_VALUES 8192
#define SEEN_LENGTH 64

/* Finds out how a type's values become labels. */
static void
label_type_init(KzLabelType *type, Oid oid, MemoryContext context, const char *argument)
{
	Oid	 output;
	bool is_varlena, by_value;

	if (!OidIsValid(oid))
		ereport(ERROR, (errcode(ERRCODE_INDETERMINATE_DATATYPE),
						errmsg("could not determine the type of the %s label", argument),
						errhint("Cast it to text.")));
	type->type = getBaseType(oid);
	getTypeOutputInfo(oid, &output, &is_varlena);
	fmgr_info_cxt(output, &type->output, context);
	get_typlenbyval(oid, &type->length, &by_value);
	kz_dictionary_init(&type->seen, context, 0);
	switch (type->type)
	{
		case TEXTOID:
		case VARCHAROID:
			type->kind = KZ_LABEL_TEXT;
			break;
		case BPCHAROID:
			type->kind = KZ_LABEL_PADDED;
			break;
		default:
			type->kind = by_value			  ? KZ_LABEL_WORD
						 : type->length > 0	  ? KZ_LABEL_FIXED
						 : type->length == -1 ? KZ_LABEL_VARLENA
											  : KZ_LABEL_CSTRING;
	}
}

/* Finds out the types of the labels in argument `row` and the one after it. */
void
kz_label_types_init(KzLabelTypes *types, FmgrInfo *function, int row)
{
	label_type_init(&types->row, get_fn_expr_argtype(function, row), function->fn_mcxt, "row");
	label_type_init(&types->col, get_fn_expr_argtype(function, row + 1), function->fn_mcxt,
					"column");
}

/* Returns the same for a call site that remembers nothing else, found out at its first call. */
KzLabelTypes *
kz_label_types(FunctionCallInfo fcinfo, int row)
{
	KzLabelTypes *types = fcinfo->flinfo->fn_extra;

	if (types == NULL)
	{
		types = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(KzLabelTypes));
		kz_label_types_init(types, fcinfo->flinfo, row);
		fcinfo->flinfo->fn_extra = types;
	}
	return types;
}

/* Returns a value's label as text of its own. */
static char *
label_text(const KzLabelType *type, Datum value)
{
	char *buffer;

	switch (type->type)
	{
		case DATEOID:
		case TIMEOID:
		case TIMETZOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
			buffer = palloc(MAXDATELEN + 1);
			return JsonEncodeDateTime(buffer, value, type->type, NULL);
		case FLOAT4OID:
			return float_to_shortest_decimal(DatumGetFloat4(value));
		case FLOAT8OID:
			return double_to_shortest_decimal(DatumGetFloat8(value));
		default:
			return OutputFunctionCall((FmgrInfo *) &type->output, value);
	}
}

/* Points at the bytes by which a value is known; a detoasted copy is returned in *copy. */
static inline void
key_bytes(const KzLabelType *type, const Datum *value, const char **bytes, size_t *length,
		  void **copy)
{
	struct varlena *packed;

	*copy = NULL;
	switch (type->kind)
	{
		case KZ_LABEL_WORD:
			*bytes = (const char *) value;
			*length = sizeof(Datum);
			return;
		case KZ_LABEL_FIXED:
			*bytes = DatumGetPointer(*value);
			*length = type->length;
			return;
		case KZ_LABEL_CSTRING:
			*bytes = DatumGetCString(*value);
			*length = strlen(*bytes);
			return;
		default:
			packed = pg_detoast_datum_packed((struct varlena *) DatumGetPointer(*value));
			if (packed != (struct varlena *) DatumGetPointer(*value))
				*copy = packed;
			*bytes = VARDATA_ANY(packed);
			*length = VARSIZE_ANY_EXHDR(packed);
			if (type->kind == KZ_LABEL_PADDED)
				*length = bpchartruelen((char *) *bytes, (int) *length);
	}
}

/* Remembers that the key just interned has this label. */
static void
remember_key(KzAxis *axis, uint32 key, uint32 label)
{
	if (key >= axis->key_room)
	{
		size_t size;

		axis->key_room = axis->keys.capacity;
		size = kz_size_mul(axis->key_room, sizeof(uint32));
		axis->key_label = axis->key_label == NULL ? MemoryContextAllocHuge(axis->keys.context, size)
												  : repalloc_huge(axis->key_label, size);
	}
	axis->key_label[key] = label;
}

/* Returns the number of a label's text: interned with a state, only looked up without one. */
static inline uint32
text_number(KzState *state, KzAxis *axis, const char *bytes, size_t length)
{
	if (state != NULL)
		return kz_axis_label(state, axis, bytes, length);
	return length > KZ_MAX_LABEL ? KZ_NOT_FOUND
								 : kz_dictionary_find(&axis->labels, bytes, (uint32) length);
}

/* Returns the number of a value that is known by its bytes, asking for its text when they are new. */
static uint32
value_number(const KzLabelType *type, KzState *state, KzAxis *axis, Datum value, const char *bytes,
			 size_t length)
{
	uint32 key, label;
	char  *text;

	if (axis->keys.slot == NULL)
		kz_dictionary_init(&axis->keys, axis->labels.context, 0);
	key = kz_dictionary_find(&axis->keys, bytes, (uint32) length);
	if (key != KZ_NOT_FOUND)
		return axis->key_label[key];

	text = label_text(type, value);
	label = text_number(state, axis, text, strlen(text));
	pfree(text);

	/* A value that has no label here is not remembered: a stream may bring any number of them. */
	if (label != KZ_NOT_FOUND)
	{
		if (state != NULL)
			kz_state_reserve(state, kz_dictionary_growth(&axis->keys, (uint32) length));
		else
			kz_reserve_memory(axis->keys.bytes, kz_dictionary_growth(&axis->keys, (uint32) length));
		remember_key(axis, kz_dictionary_intern(&axis->keys, bytes, (uint32) length), label);
	}
	return label;
}

/*
 * Returns the number of a value's label, which must not be NULL. With a state a new label gets the next
 * number; without one (NULL) it is KZ_NOT_FOUND.
 */
uint32
kz_label_number(const KzLabelType *type, KzState *state, KzAxis *axis, Datum value)
{
	const char *bytes;
	size_t		length;
	void	   *copy;
	uint32		label;

	key_bytes(type, &value, &bytes, &length, &copy);
	if (type->kind <= KZ_LABEL_PADDED)
		label = text_number(state, axis, bytes, length);
	else
		label = value_number(type, state, axis, value, bytes, length);
	if (copy != NULL)
		pfree(copy);
	return label;
}

/* Remembers the number that a value seen by the call site has in a state. */
static void
remember_seen(const KzState *state, KzAxis *axis, const KzDictionary *values, uint32 seen,
			  uint32 number)
{
	if (seen >= axis->seen_room)
	{
		MemoryContext context = axis->labels.context;
		uint32		  room = values->capacity;
		size_t		  size = room * sizeof(uint32);

		kz_state_reserve(state, size);
		axis->seen_number = axis->seen_number == NULL ? MemoryContextAlloc(context, size)
													  : repalloc(axis->seen_number, size);
		memset(axis->seen_number + axis->seen_room, 0, size - axis->seen_room * sizeof(uint32));
		axis->seen_room = room;
	}
	axis->seen_number[seen] = number + 1;
}

/*
 * The same with a state of the call site to which the type belongs. With GROUP BY the rows come to many states in
 * turn, and their dictionaries are more than the processor's cache holds; so the call site has one for its first few
 * thousand values, and a state only a small array with its numbers for them.
 */
uint32
kz_label_number_seen(KzLabelType *type, KzState *state, KzAxis *axis, Datum value)
{
	struct varlena *text = (struct varlena *) DatumGetPointer(value);
	const char	   *bytes;
	size_t			length;
	uint32			seen, number;

	if (type->kind == KZ_LABEL_WORD)
	{
		bytes = (const char *) &value;
		length = sizeof(Datum);
	}
	else if (type->kind == KZ_LABEL_TEXT && !VARATT_IS_EXTERNAL(text) &&
			 !VARATT_IS_COMPRESSED(text))
	{
		bytes = VARDATA_ANY(text);
		length = VARSIZE_ANY_EXHDR(text);
	}
	else
		return kz_label_number(type, state, axis, value);
	if (length > SEEN_LENGTH)
		return kz_label_number(type, state, axis, value);

	seen = kz_dictionary_intern_within(&type->seen, bytes, (uint32) length, SEEN_VALUES);
	if (likely(seen < axis->seen_room && axis->seen_number[seen] != 0))
		return axis->seen_number[seen] - 1;
	number = kz_label_number(type, state, axis, value);
	if (seen != KZ_NOT_FOUND)
		remember_seen(state, axis, &type->seen, seen, number);
	return number;
}
