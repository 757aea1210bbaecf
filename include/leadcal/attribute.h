/* attribute.h - levels, bins, missing and unseen: how a column enters a model.   Layer: model */
#ifndef LC_ATTRIBUTE_H
#define LC_ATTRIBUTE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

#define LC_MOST_PLAIN_NUMBERS \
    50 /* a number with more distinct values goes into quartile bins */

/* The recipe of one attribute; it travels with the model. Levels are ordered: numbers by value,
 * bins by cut, texts by bytes, the missing level last. */
struct lc_attribute {
    const char *column;
    enum lc_role role;
    enum lc_as_of as_of;
    size_t n_levels;
    const char *const
        *level; /* [n_levels]; bins "(-inf,500]", "(500,inf]" (R's cut); missing "(missing)" */
    const double *cut; /* [n_cuts] rising; NULL: levels are texts */
    size_t n_cuts;
    uint32_t missing;      /* level of empty cells, or LC_NO_CODE: none was seen */
    const double *n, *won; /* [n_levels] leads and wins it was learnt from */
};

/* lc_attribute_learn - levels (or bins) and counts of a column over some leads.
 *
 * column    a TEXT or NUMBER column (a DATE or MANY column is the caller's bug)
 * given     the spec's entry, with cuts or a role; may be NULL
 * row, y    [n] rows of the table and outcomes 0/1; y may be NULL: won is then 0
 *
 * Numbers without cuts and with more than LC_MOST_PLAIN_NUMBERS distinct values among these rows
 * get quartile cuts (R type 7 over these rows, equal cuts merged). Levels without a row are left
 * out; a bin without a row is joined to the one above it.
 * LC_ENOMEM. */
enum lc_rc lc_attribute_learn(const struct lc_table_column *column,
                              const struct lc_spec_attribute *given, const uint32_t *row,
                              const uint8_t *y, size_t n, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err) LC_MUST_USE;

/* lc_attribute_code - the attribute's codes for some rows of a table.
 *
 * out  a coded column of n rows with a->n_levels + 1 levels: the last, n_levels, is "(unseen)":
 *      a text the attribute never met, or an empty cell where it has no missing level
 *
 * LC_EMISMATCH  a binned attribute meets a text that is no number (text: column and count)
 * LC_ENOMEM */
enum lc_rc lc_attribute_code(const struct lc_attribute *a, const struct lc_table_column *column,
                             const uint32_t *row, size_t n, struct lc_arena *arena,
                             struct lc_column *out, struct lc_err *err) LC_MUST_USE;

/* lc_attribute_level - the level of one text (an export row being scored); a->n_levels where it
 * is unseen. `s` is trimmed here; empty means missing. */
size_t lc_attribute_level(const struct lc_attribute *a, struct lc_slice s);

#endif
