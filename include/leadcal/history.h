/* history.h - on which day each record entered each stage, first and last, from a file of changes.   Layer: data */
#ifndef LC_HISTORY_H
#define LC_HISTORY_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* Of one history; a column for the first entry into each, and one for the last. Salesforce allows
 * 200 stages, and nobody who has more has chosen the right column. */
#define MOST_STAGES 200

/* The columns of a file of changes; all with codes. */
struct lc_history_columns {
    const struct lc_table_column *key, *time, *value;
    const struct lc_table_column *field; /* NULL: each row is a change of `value` */
    size_t m;                            /* rows */
};

struct lc_history {
    size_t n;               /* records that have a change */
    const uint32_t *record; /* [m] the record of each row, or LC_NO_ROW: it does not count */
    struct lc_table_column key; /* [n] of the records, in the order of its levels */
    const struct lc_table_column
        *entry; /* [n_entries] [n] DATE columns "PREFIX.first STAGE" and
                                          * "PREFIX.last STAGE", stages in the order of their levels */
    size_t n_entries;
    int32_t last;    /* day of the latest change; LC_NO_DAY: there is none */
    size_t other;    /* rows that are changes of something else */
    size_t blank;    /* rows without a key, a day or a value; used + other + blank = m */
    size_t used;     /* rows that are changes of a record */
    size_t again;    /* records that entered a stage for the second time */
    size_t reopened; /* records that left a closed stage for one that is not closed */
};

/* lc_history_read - the entries of each record.
 *
 * file    a value in the row behind an equal one is no entry: exports of opportunities have a row
 *         whenever the amount changes, too
 * spec    field and is
 * closed  the stages that are closed: those that the spec calls won or lost
 * prefix  of the names of columns
 * out     lives in arena; borrows from file
 *
 * Changes of a record come in the order of their times: by day, then by the time of day where one is
 * written (moved to UTC where its offset is), a day without one first; of one time in the order of
 * their values' levels. So nothing depends on the order of rows. An entry's day is the day that is
 * written. Both forms of a Salesforce id are one record.
 *
 * LC_EMISMATCH  more than MOST_STAGES values. LC_ENOMEM.
 * Source: Salesforce, "OpportunityHistory" and "OpportunityFieldHistory" (a row for each change).
 * Tested: test_history.c by hand; the order of rows does not matter. */
enum lc_rc lc_history_read(const struct lc_history_columns *file,
                           const struct lc_spec_history *spec, struct lc_texts closed,
                           const char *prefix, struct lc_arena *arena, struct lc_history *out,
                           struct lc_err *err) LC_MUST_USE;

#endif
