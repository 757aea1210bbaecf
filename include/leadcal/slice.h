/* slice.h - a run of borrowed bytes and its length.   Layer: base */
#ifndef LC_SLICE_H
#define LC_SLICE_H

#include <stdbool.h>
#include <stddef.h>

/* The bytes belong to somebody else, may hold NUL and need not end in one. */
struct lc_slice {
    const char *p;
    size_t n;
};

/* lc_slice_of - the bytes of a C string, without its NUL. */
struct lc_slice lc_slice_of(const char *text);

/* lc_slice_eq - the same bytes. */
bool lc_slice_eq(struct lc_slice a, struct lc_slice b);

/* lc_slice_cmp - byte order (unsigned), a prefix before what it begins: < 0, 0, > 0. */
int lc_slice_cmp(struct lc_slice a, struct lc_slice b);

/* lc_slice_eq_nocase - equal but for the case of A-Z; no locale. */
bool lc_slice_eq_nocase(struct lc_slice a, struct lc_slice b);

/* lc_slice_trim - without blanks, tabs, CR, LF and no-break spaces (U+00A0) at either end. */
struct lc_slice lc_slice_trim(struct lc_slice s);

/* lc_nearest - the known name most like `wanted`, for "did you mean".
 *
 * known  [n] C strings
 *
 * Returns the name of the smallest edit distance (Levenshtein, case of A-Z ignored) if that
 * is at most a third of the longer of the two names (at least 1, and not all of it), else NULL. Ties: the first.
 * Tested: test_slice.c. */
const char *lc_nearest(const char *wanted, const char *const *known, size_t n);

#endif
