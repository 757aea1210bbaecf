/* json.h - strict JSON in, laid-out JSON out.   Layer: out (private) */
#ifndef LC_OUT_JSON_H
#define LC_OUT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/slice.h"

#define LC_JSON_DEPTH 32 /* objects in objects; our own files need 5 */

enum lc_json_kind {
    LC_JSON_NULL,
    LC_JSON_BOOL,
    LC_JSON_NUMBER,
    LC_JSON_TEXT,
    LC_JSON_ARRAY,
    LC_JSON_OBJECT,
};

/* One value. Members and elements hang on `child`, in the order of the file. */
struct lc_json {
    enum lc_json_kind kind;
    bool truth;       /* of a BOOL */
    double number;    /* of a NUMBER */
    const char *text; /* of a TEXT; UTF-8, no NUL inside */
    const char *key;  /* of a member of an object; else NULL */
    size_t index;     /* of an element of an array */
    size_t n;         /* members or elements */
    const struct lc_json *up, *child, *next;
    size_t at; /* byte of the file where it, or its key, begins */
};

/* A reading in progress. The first failure is kept and every later question is answered with
 * nothing (NULL, 0, NaN), so that a reader asks for all it wants and looks at `rc` once. */
struct lc_json_in {
    const char *path; /* for messages */
    struct lc_slice text;
    struct lc_arena *arena;
    struct lc_err *err;
    enum lc_rc rc;
};

/* lc_json_parse - a whole text as one value. Comments (// and slash-star pairs) count as blanks.
 *
 * Strict: RFC 8259 grammar, UTF-8, no repeated key, at most LC_JSON_DEPTH deep, no NUL in a text,
 * no number beyond a double. NULL where it fails; in->rc and in->err say why.
 * LC_EFORMAT (file:line:column), LC_ENOMEM */
const struct lc_json *lc_json_parse(struct lc_json_in *in);

/* lc_json_refuse - records a failure at a value: "file:line:column: key path: text". The path is
 * left out for the outermost value. */
void lc_json_refuse(struct lc_json_in *in, const struct lc_json *at, enum lc_rc code,
                    const char *fmt, ...) LC_PRINTF(4, 5);

/* lc_json_known - refuses (LC_EFORMAT) members of an object beyond these; a value of another kind
 * with LC_EMISMATCH. Returns `object` where it is one, else NULL. */
const struct lc_json *lc_json_known(struct lc_json_in *in, const struct lc_json *object,
                                    const char *const *key, size_t n);

/* lc_json_get - a member; NULL where there is none. lc_json_need refuses that. */
const struct lc_json *lc_json_get(const struct lc_json *object, const char *key);
const struct lc_json *lc_json_need(struct lc_json_in *in, const struct lc_json *object,
                                   const char *key);

/* The value as what it must be. A NULL value gives NULL, NaN, `low` and 0: absent. */
const char *lc_json_text(struct lc_json_in *in, const struct lc_json *value);
const char *lc_json_text_or_null(struct lc_json_in *in, const struct lc_json *value);
double lc_json_real(struct lc_json_in *in, const struct lc_json *value);
double lc_json_real_or_null(struct lc_json_in *in, const struct lc_json *value); /* null: NaN */
int64_t lc_json_whole(struct lc_json_in *in, const struct lc_json *value, int64_t low,
                      int64_t high);
bool lc_json_truth(struct lc_json_in *in, const struct lc_json *value); /* absent: false */
const struct lc_json *lc_json_array(struct lc_json_in *in, const struct lc_json *value);

/* lc_json_choice - the place of a text in a list of names; refuses another with the nearest. */
size_t lc_json_choice(struct lc_json_in *in, const struct lc_json *value,
                      const char *const *name, size_t n);

/* lc_json_reals - an array of numbers in the arena; *n out. NULL where it is absent or wrong. */
const double *lc_json_reals(struct lc_json_in *in, const struct lc_json *value, size_t *n);

/* Writing: opened containers are closed in order; `flat` ones stand on one line. */
struct lc_json_out {
    FILE *to;
    size_t depth, flat_from; /* flat_from: depth from which no line is broken; 0: none */
    bool any;                /* the open container has a member already */
    bool not_finite;         /* an infinite number was met: the file must not be kept */
};

/* key   NULL in an array; bracket: '{' or '[' */
void lc_json_open(struct lc_json_out *out, const char *key, char bracket, bool flat);
void lc_json_close(struct lc_json_out *out, char bracket);
void lc_json_put_text(struct lc_json_out *out, const char *key,
                      const char *text);                                   /* NULL: null */
void lc_json_put_real(struct lc_json_out *out, const char *key, double x); /* NaN: null */
void lc_json_put_reals(struct lc_json_out *out, const char *key, const double *x, size_t n);
void lc_json_put_raw(struct lc_json_out *out, const char *key, const char *raw);

/* lc_json_end - a line end, and LC_EIO where the stream has refused anything; LC_EDEGENERATE
 * where a number was infinite. */
enum lc_rc lc_json_end(struct lc_json_out *out, struct lc_err *err) LC_MUST_USE;

/* lc_utf8_step - bytes of the well-formed UTF-8 character at p, 1..4; 0 where there is none.
 * Source: Unicode 15, table 3-7 (no overlong forms, no surrogates, at most U+10FFFF). */
size_t lc_utf8_step(const char *p, const char *end);

#endif
