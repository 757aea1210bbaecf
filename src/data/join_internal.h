/* join_internal.h - what the sources of join share.   Layer: data */
#ifndef LC_JOIN_INTERNAL_H
#define LC_JOIN_INTERNAL_H

#include "leadcal/join.h"

/* What the second file's keys are to the leads, level by level: a text is looked at once. */
struct lc_members {
    size_t *begin;   /* [levels + 1] where each level's members stand in `level` */
    uint32_t *level; /* the leads' levels; each once for a level, strangers left out */
    uint32_t
        *primary; /* [levels] how many of its levels are the first member's; they stand first */
    bool lists;   /* some level has several members, strangers counted too */
};

/* lc_members_find - the members of each level of `key` among the levels of `leads`; the lists live
 * in arena. Returns false where memory is refused. */
bool lc_members_find(const struct lc_table_column *leads, const struct lc_table_column *key,
                     bool list, struct lc_arena *arena, struct lc_members *out) LC_MUST_USE;

/* lc_rows_order - the m rows of the second file in the order in which a lead would take them.
 * order  out, [m]. Returns false where memory is refused. */
bool lc_rows_order(const struct lc_table_column *key, size_t m, const struct lc_join_rule *rule,
                   struct lc_arena *arena, uint32_t **order) LC_MUST_USE;

#endif
