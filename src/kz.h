/*
 * kz.h
 *		What every file of the server side includes first: PostgreSQL's own header, the export
 *		macro, and the only place where PostgreSQL's versions are told apart.
 */
#ifndef KZ_H
#define KZ_H

#include "postgres.h"

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#else
/* Before 16 the server's macro is empty on Unix, and -fvisibility=hidden would hide everything. */
#undef PGDLLEXPORT
#define PGDLLEXPORT __attribute__((visibility("default")))
#endif

/* What the JSON parser's calls return, and how a lexer is made. */
#if PG_VERSION_NUM >= 160000
#define KZ_JSON_ACTION JsonParseErrorType
#define KZ_JSON_RETURN return JSON_SUCCESS
#else
#define KZ_JSON_ACTION void
#define KZ_JSON_RETURN return
#endif
#if PG_VERSION_NUM >= 170000
#define KZ_JSON_LEXER(text, length)                                                                \
	makeJsonLexContextCstringLen(NULL, text, length, GetDatabaseEncoding(), true)
#else
#define KZ_JSON_LEXER(text, length)                                                                \
	makeJsonLexContextCstringLen(text, length, GetDatabaseEncoding(), true)
#endif

/* Sends a text with its length before it. */
#if PG_VERSION_NUM >= 170000
#define KZ_SEND_TEXT(out, text, length) pq_sendcountedtext(out, text, length)
#else
#define KZ_SEND_TEXT(out, text, length) pq_sendcountedtext(out, text, length, false)
#endif

/* Marks a function that only raises errors. */
#define KZ_NORETURN __attribute__((noreturn))

/* The setting kzcluster.max_matrix_memory, in kilobytes. */
extern int kz_max_matrix_memory;

/* Declares an SQL-callable function; its C symbol is its SQL name. */
#define KZ_FUNCTION(name)                                                                          \
	extern PGDLLEXPORT Datum name(PG_FUNCTION_ARGS);                                               \
	PG_FUNCTION_INFO_V1(name)

#endif
