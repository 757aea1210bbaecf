/* model_file.h - the tuned model as JSON and back, bit for bit.   Layer: out */
#ifndef LC_MODEL_FILE_H
#define LC_MODEL_FILE_H

#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/model.h"
#include "leadcal/slice.h"

#define LC_MOST_MODEL_BYTES ((size_t)1 << 28) /* 4,000 levels with their covariance */

/* lc_model_write - schema-versioned, self-contained (docs/formats.md, docs/model.schema.json).
 * Numbers are the shortest text that reads back to the same bits; NaN becomes null.
 * LC_EIO, LC_ENOMEM; LC_EDEGENERATE: a number is infinite; LC_EMISMATCH: a card that gives points to
 * values never seen has no form in the file. */
enum lc_rc lc_model_write(const struct lc_model *m, FILE *to, struct lc_err *err) LC_MUST_USE;

/* lc_model_read - the file at `path`; the model lives in arena.
 * LC_EIO; LC_EFORMAT: not JSON (line, column), a repeated or unknown key; LC_EMISMATCH: another
 * schema, sizes that do not fit each other, a value of the wrong type (key path), verification
 * rows that do not come out (lc_model_verify); LC_ENOMEM. */
enum lc_rc lc_model_read(const char *path, struct lc_arena *arena, struct lc_model *m,
                         struct lc_err *err) LC_MUST_USE;

/* lc_model_parse - the same of a text in memory; `path` is for messages. */
enum lc_rc lc_model_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                          struct lc_model *m, struct lc_err *err) LC_MUST_USE;

#endif
