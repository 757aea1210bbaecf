/* cohort_internal.h - what cohort.c and cohort_outcome.c share.   Layer: model */
#ifndef LC_COHORT_INTERNAL_H
#define LC_COHORT_INTERNAL_H

#include "leadcal/cohort.h"

/* Every lead of the table before anything is left out. */
struct lc_leads {
    size_t n;
    uint8_t *state;       /* [n] enum lc_state */
    int32_t *entered;     /* [n] LC_NO_DAY where unknown; NULL without the column */
    int32_t *day;         /* [n] decision day; NULL without dates */
    int32_t *closed;      /* [n] day of winning or losing; NULL without the column */
    int32_t *opportunity; /* [n]; NULL without the column */
    int32_t as_of;
};

/* A growing list of sentences in an arena. */
struct lc_notes {
    const char **text;
    size_t n, room;
    struct lc_arena *arena;
};

enum lc_rc lc_notes_add(struct lc_notes *notes, struct lc_err *err, const char *fmt, ...)
    LC_PRINTF(3, 4) LC_MUST_USE;

/* lc_leads_states - won, lost or open of every lead by the spec's map (no dates yet). */
enum lc_rc lc_leads_states(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_notes *notes, struct lc_arena *arena, uint8_t **state,
                           struct lc_err *err) LC_MUST_USE;

/* lc_won_within - won, and within w days where the day of winning is known. */
bool lc_won_within(const struct lc_leads *l, size_t i, int32_t w);

/* lc_is_mature - decided at least w days before the as-of date, whatever the outcome. */
bool lc_is_mature(const struct lc_leads *l, size_t i, int32_t w);

/* lc_window_set - W as given, or chosen by DEFINITIONS 1 with a note that says why. */
enum lc_rc lc_window_set(const struct lc_leads *l, const struct lc_spec *spec,
                         struct lc_notes *notes, struct lc_cohort *c,
                         struct lc_err *err) LC_MUST_USE;

#endif
