/* spec_file.h - a spec as JSON with comments: strict keys in, a commented proposal out.   Layer: out */
#ifndef LC_SPEC_FILE_H
#define LC_SPEC_FILE_H

#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/slice.h"
#include "leadcal/spec.h"

/* lc_spec_read - {"leadcal_spec":1,"files":[...],...}, or the same as a table (spec_table.h), told
 * apart by the content and not by the name: see docs/formats.md.
 * Comments: // to the end of a line and slash-star pairs. Unknown or repeated keys are refused.
 * LC_EIO, LC_EFORMAT (file, line and column of the JSON error; unknown key with the nearest
 * known one), LC_EMISMATCH (a value of the wrong type: file, line, column, key path), LC_ENOMEM.
 * Tested: the shipped specs; every key; every refusal; read, written and read again. */
enum lc_rc lc_spec_read(const char *path, struct lc_arena *arena, struct lc_spec *spec,
                        struct lc_err *err) LC_MUST_USE;

/* lc_spec_parse - the same of JSON in memory; `path` is for messages. */
enum lc_rc lc_spec_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                         struct lc_spec *spec, struct lc_err *err) LC_MUST_USE;

/* lc_spec_write - the spec as JSON that lc_spec_read reads back to the same; `comment` [n] lines go
 * before it as // comments: why each guess was made. LC_EIO, LC_ENOMEM. */
enum lc_rc lc_spec_write(const struct lc_spec *spec, const char *const *comment, size_t n,
                         FILE *to, struct lc_err *err) LC_MUST_USE;

#endif
