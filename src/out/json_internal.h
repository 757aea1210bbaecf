/* json_internal.h - what the parts of json share.   Layer: out (private) */
#ifndef LC_OUT_JSON_INTERNAL_H
#define LC_OUT_JSON_INTERNAL_H

#include "json.h"

/* Where a value stands in the text. */
struct lc_json_mark {
    size_t at;         /* it, or its key */
    size_t value, end; /* its own bytes; end is set for numbers alone */
};

/* lc_json_scan - checks the grammar of a text, blanks its comments in place and marks its values in
 * the order of the file. text: a copy of in->text with a NUL behind it. */
enum lc_rc lc_json_scan(struct lc_json_in *in, char *text, struct lc_json_mark **mark,
                        size_t *n) LC_MUST_USE;

/* lc_json_fail_at - "file:line:column: text" at a byte of the text. Returns `code`. */
enum lc_rc lc_json_fail_at(struct lc_json_in *in, size_t at, enum lc_rc code, const char *fmt,
                           ...) LC_PRINTF(4, 5);

/* lc_json_path - "attributes[3].cuts[1]"; "" for the outermost value. */
void lc_json_path(const struct lc_json *at, char *to, size_t room);

#endif
