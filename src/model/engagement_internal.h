/* engagement_internal.h - what the sources of engagement share.   Layer: model (private) */
#ifndef LC_ENGAGEMENT_INTERNAL_H
#define LC_ENGAGEMENT_INTERNAL_H

#include "leadcal/engagement.h"
#include "leadcal/recency.h"

/* Room to make columns in. */
struct lc_engaged_room {
    double *value; /* [n leads] */
    uint32_t *age; /* [most events of a lead] */
};

/* lc_engaged_room_new - for all files of a table; false without memory. */
bool lc_engaged_room_new(const struct lc_table *table, struct lc_arena *scratch,
                         struct lc_engaged_room *room) LC_MUST_USE;

/* lc_engaged_put - the cells of one column of a class; its name, file and place stay as they are. false without
 * memory. n  leads */
bool lc_engaged_put(const struct lc_events *events, size_t class, enum lc_engaged what,
                    const struct lc_decay *decay, size_t n, const struct lc_engaged_room *room,
                    struct lc_arena *arena, struct lc_table_column *to) LC_MUST_USE;

/* lc_engaged_class - the events of one class, lead by lead, for math/recency; false without memory.
 * row  [n] of the table
 * cap  events of one day that count; 0: all */
bool lc_engaged_class(const struct lc_events *events, size_t class, uint32_t cap,
                      const uint32_t *row, size_t n, struct lc_arena *scratch,
                      struct lc_recency_class *to) LC_MUST_USE;

#endif
