/* join.h - leads with the rows of a second file: by one key or a list of them, one row for a lead.   Layer: data */
#ifndef LC_JOIN_H
#define LC_JOIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/table.h"

/* How rows belong to leads. All zero: one key a row, one row for a lead. */
struct lc_join_rule {
    bool list; /* key cells are lists parted by ';': the row belongs to each member */
    bool
        domain; /* keys are the domains of addresses and web sites: a lead has the row of its own domain,
                  * else of the nearest one that it is below */
    bool
        first; /* of several rows of a lead the first in the file; false, and no `created`: refused */
    const struct lc_table_column
        *created; /* of the second file, DATE or EMPTY: a lead may have several rows, and takes
                   * the first that began on or after its decision day; NULL: one row for a lead */
    const int32_t
        *decided; /* [n leads] decision day, LC_NO_DAY: unknown; NULL: of none known */
    const struct lc_table_column
        *tie;      /* [n_ties] columns of the second file: what parts rows of one day */
    size_t n_ties; /* columns without codes are passed over */
};

struct lc_join {
    const uint32_t *row;    /* [n leads] row of the second file, or LC_NO_ROW */
    const uint8_t *has_row; /* [n leads] 1 where there is one */
    const uint8_t
        *primary; /* [n leads] 1: it stands first in the list of its row; NULL: no lists */
    const uint8_t *fate; /* [m] enum lc_fate */
    size_t n;            /* leads */
    size_t matched;      /* leads that found a row */
    size_t orphans;      /* rows of the second file whose key no lead has */
};

/* lc_join - looks each lead's key up among the keys of a second file.
 *
 * leads, n  the leads' column and how many rows it has; several leads may have one key
 * key, m    the second file's; an empty cell, or member, matches nothing, on either side
 * rule      `tie` and `created` may be NULL
 * twice     out, with LC_EMISMATCH: the later of two rows that one lead would match
 *
 * With `domain`, both columns hold e-mail addresses, domains or web sites (domain.h); those of private
 * mailboxes (free_mail.h) match nothing, on either side, and a company below another (shop.acme.example)
 * is not found from above.
 *
 * Both forms of a Salesforce id are one key (record_id.h), and the case of an e-mail address does not
 * matter. Members of a list are trimmed, empty ones passed over. With `created`, rows of one day come in
 * the order of their texts there (so that an hour counts), then of their keys, then of their other
 * cells, then of their places: the order of rows matters only where nothing else parts them. A
 * lead whose decision day is unknown takes the first of all; a row without a day comes last.
 *
 * All columns looked at are of a kind that has codes. LC_EMISMATCH, LC_ENOMEM.
 * Source: DEFINITIONS 1. Tested: test_join.c; Olist, 842 of 8000. */
enum lc_rc lc_join(const struct lc_table_column *leads, size_t n,
                   const struct lc_table_column *key, size_t m, const struct lc_join_rule *rule,
                   struct lc_arena *arena, struct lc_join *out, size_t *twice,
                   struct lc_err *err) LC_MUST_USE;

/* lc_join_column - a column of the second file, row by row of the leads; missing where there is
 * no row. Levels that no lead has are left out. LC_ENOMEM. */
enum lc_rc lc_join_column(const struct lc_table_column *from, const struct lc_join *join,
                          struct lc_arena *arena, struct lc_table_column *out,
                          struct lc_err *err) LC_MUST_USE;

/* What two columns have in common when the second is read as keys of the first, lists and all. */
struct lc_overlap {
    size_t leads;             /* rows of the first whose value is a key of the second */
    size_t rows;              /* rows of the second that hold a value of the first */
    size_t of_leads, of_rows; /* rows of either that have a key at all */
    bool lists;               /* some cell of the second has several members */
};

/* lc_join_overlap - for guessing which columns join two files, by keys or by domains. LC_ENOMEM. */
enum lc_rc lc_join_overlap(const struct lc_table_column *leads,
                           const struct lc_table_column *key, bool domain,
                           struct lc_overlap *out, struct lc_err *err) LC_MUST_USE;

#endif
