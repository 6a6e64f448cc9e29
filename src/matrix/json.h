/*
 * json.h
 *		kz_matrix as JSON text.
 */
#ifndef KZ_JSON_H
#define KZ_JSON_H

#include "kz.h"

#include "matrix/view.h"

extern KzMatrix *kz_read_json(char *text);
extern char		*kz_write_json(const KzView *view);

#endif
