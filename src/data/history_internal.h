/* history_internal.h - what the sources of history share.   Layer: data (private) */
#ifndef LC_HISTORY_INTERNAL_H
#define LC_HISTORY_INTERNAL_H

#include "leadcal/history.h"

/* Days of entry, record by record within a stage. */
struct lc_entries {
    size_t n;              /* records */
    int32_t *first, *last; /* [stages * n] LC_NO_DAY: never */
};

/* lc_history_columns_make - a DATE column for the first and the last entry into each stage.
 *
 * stage  [n_stages] their names, in order
 * out    fills entry and n_entries. LC_ENOMEM */
enum lc_rc lc_history_columns_make(const struct lc_entries *entries, const char *const *stage,
                                   size_t n_stages, const char *prefix, struct lc_arena *arena,
                                   struct lc_history *out, struct lc_err *err) LC_MUST_USE;

#endif
