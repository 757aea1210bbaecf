/* events_internal.h - what the sources of events share.   Layer: data (private) */
#ifndef LC_EVENTS_INTERNAL_H
#define LC_EVENTS_INTERNAL_H

#include "leadcal/events.h"

/* The classes that texts of a file may be of. */
struct lc_event_names {
    struct lc_event_class *class; /* [n] the spec's, the usual ones, LC_OTHER_EVENTS */
    size_t n;
    uint16_t other;    /* of what no word fits */
    uint16_t *first;   /* [levels of type] its class whatever the content, or LC_NO_CLASS */
    uint16_t *action;  /* [levels of type] its class where the content has none */
    uint16_t *content; /* [levels of content] or NULL */
};

#define LC_NO_CLASS     UINT16_MAX
#define LC_OTHER_EVENTS "other"

/* lc_event_names_find - the class of each level of the two columns; all lives in arena. LC_ENOMEM. */
enum lc_rc lc_event_names_find(const struct lc_event_columns *file,
                               const struct lc_spec_events *spec, struct lc_arena *arena,
                               struct lc_event_names *out, struct lc_err *err) LC_MUST_USE;

/* lc_event_class_of - the class of one row. */
uint16_t lc_event_class_of(const struct lc_event_columns *file,
                           const struct lc_event_names *names, size_t row);

/* A point in time as it is written. */
struct lc_moment {
    int32_t day;    /* LC_NO_DAY: none */
    double second;  /* since midnight; NaN: no time of day */
    int32_t offset; /* LC_NO_OFFSET: none */
};

/* lc_moments - of each level of a date column; NULL where memory is refused. */
struct lc_moment *lc_moments(const struct lc_table_column *c, struct lc_arena *arena);

enum lc_when { LC_WHEN_BEFORE, LC_WHEN_AFTER, LC_WHEN_SAME_DAY };

/* lc_moment_before - whether an event is known to be no later than a decision. */
enum lc_when lc_moment_before(const struct lc_moment *event, const struct lc_moment *decision);

/* The first events of a file, by how their times are written: the ways in which one can be compared. */
enum lc_first {
    LC_FIRST_DAY,    /* of those without a time of day */
    LC_FIRST_TIMED,  /* by the clock on the wall, without an offset */
    LC_FIRST_OFFSET, /* the same, with one */
    LC_FIRST_UTC,    /* moved to UTC */
    LC_FIRSTS
};

/* lc_moment_firsts - of n moments; those of a kind that is not there have no day. */
void lc_moment_firsts(const struct lc_moment *moment, size_t n,
                      struct lc_moment first[LC_FIRSTS]);

/* lc_moment_any_before - is some event known to be no later than a decision? */
bool lc_moment_any_before(const struct lc_moment first[LC_FIRSTS],
                          const struct lc_moment *decision);

#endif
