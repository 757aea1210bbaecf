/* snapshot.h - attributes as an earlier export had them, outcomes as they are now.   Layer: model */
#ifndef LC_SNAPSHOT_H
#define LC_SNAPSHOT_H

#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

#define LC_SNAPSHOT_COLUMN \
    "(snapshot)" /* the decision day of the leads that were open on the day */

/* The leads of the table: open + closed + absent. */
struct lc_snapshot_account {
    size_t open;    /* count: in the earlier export, and open on the day */
    size_t closed;  /* won or lost by the day */
    size_t absent;  /* not in the earlier export */
    size_t columns; /* columns that are as they were then */
    size_t
        lacking; /* columns that the earlier export lacks: empty now, so that nothing enters that
                     * was learnt later */
};

/* lc_snapshot_take - the table as of a day.
 *
 * table  in-out: every column but the outcome, dates, acceptance, amount and account is that of the
 *        earlier export (LC_KIND_EMPTY where it has none); a DATE column LC_SNAPSHOT_COLUMN is added
 * then   the earlier export, row by row of the table
 * day    that it was made on
 * spec   in-out: LC_SNAPSHOT_COLUMN is the hand-over, so that all of them are decided on the day, and
 *        the others, without one, are left out and counted
 *
 * A lead is open on the day where its closing day is later or unknown, and the outcome that the
 * earlier export had, if it had one, is none of the spec's won and lost.
 *
 * A file of events must have been read as of the day (struct lc_load_options): its columns, which are
 * computed afterwards, are those of the leads that were open.
 *
 * LC_EDEGENERATE  no lead was open on the day. LC_ENOMEM
 * Source: DEFINITIONS 1. Tested: by hand; what changed since leaves no trace. */
enum lc_rc lc_snapshot_take(struct lc_table *table, const struct lc_table_last *then,
                            int32_t day, struct lc_spec *spec, struct lc_arena *arena,
                            struct lc_snapshot_account *account,
                            struct lc_err *err) LC_MUST_USE;

#endif
