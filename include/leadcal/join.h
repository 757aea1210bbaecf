/* join.h - leads with the rows of a second file: one key, at most one row for a lead.   Layer: data */
#ifndef LC_JOIN_H
#define LC_JOIN_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/table.h"

#define LC_NO_ROW UINT32_MAX /* the lead found none */

struct lc_join {
    const uint32_t *row;    /* [n leads] row of the second file, or LC_NO_ROW */
    const uint8_t *has_row; /* [n leads] 1 where there is one */
    size_t n;               /* leads */
    size_t matched;         /* leads that found a row */
    size_t orphans;         /* rows of the second file whose key no lead has */
};

/* lc_join - looks each lead's key up among the keys of a second file.
 *
 * leads, n  the leads' column and how many rows it has; several leads may have one key
 * key, m    the second file's; an empty cell matches nothing, on either side
 * twice     out, with LC_EMISMATCH: the later of two rows that one lead would match
 *
 * Both columns are of a kind that has codes. LC_EMISMATCH, LC_ENOMEM.
 * Tested: test_join.c; Olist, 842 of 8000. */
enum lc_rc lc_join(const struct lc_table_column *leads, size_t n,
                   const struct lc_table_column *key, size_t m, struct lc_arena *arena,
                   struct lc_join *out, size_t *twice, struct lc_err *err) LC_MUST_USE;

/* lc_join_column - a column of the second file, row by row of the leads; missing where there is
 * no row. Levels that no lead has are left out. LC_ENOMEM. */
enum lc_rc lc_join_column(const struct lc_table_column *from, const struct lc_join *join,
                          struct lc_arena *arena, struct lc_table_column *out,
                          struct lc_err *err) LC_MUST_USE;

#endif
