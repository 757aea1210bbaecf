/* funnel_internal.h - what funnel*.c share.   Layer: model */
#ifndef LC_FUNNEL_INTERNAL_H
#define LC_FUNNEL_INTERNAL_H

#include "accept_internal.h"
#include "leadcal/funnel.h"

/* The counts of one period, of the leads without a day, or of all. */
struct lc_stage_counts {
    double leads, handed_over, accepted, opportunities, won, lost, open, amount;
    double unconvertible; /* of leads, those that a rule of the spec leaves out of the rates */
    double closed_won, closed_amount; /* wins that closed in the period */
    double closed_earlier;            /* of them, entered in an earlier period */
    double closed_ahead;   /* of them, entered in a later one: closed before they came */
    double closed_undated; /* of them, with no day of entry */
    double closed_later;   /* of won, closed in a later period */
    double won_undated;    /* of won, without a day of closing */
    double won_unpaid;     /* of won, without an amount */
    double won_after;      /* of open, won after the as-of date */
};

/* A column that was not named is NULL or false, and what it would count is empty. */
struct lc_funnel_work {
    const struct lc_table *table;
    const struct lc_spec *spec;
    enum lc_period kind;
    struct lc_leads leads;
    struct lc_acceptance acceptance;
    struct lc_notes outcome; /* how the outcome's values were taken */
    const int32_t *entered;  /* [n leads] by which leads are put into periods */
    const char *entered_name;
    const uint8_t *has_row; /* [n leads] 1: a row in the joined file of the outcome */
    const struct lc_table_file *joined; /* that file */
    const struct lc_table_column *amount;
    int32_t first;                 /* the number of the first period */
    size_t n;                      /* periods */
    struct lc_stage_counts *count; /* [n + 2] then (undated), then (all) */
    size_t after_as_of;            /* leads that entered later and do not count */
};

/* lc_funnel_count - reads the leads and counts all but the row (all): funnel_count.c */
enum lc_rc lc_funnel_count(struct lc_funnel_work *w, struct lc_arena *scratch,
                           struct lc_err *err) LC_MUST_USE;

/* lc_funnel_reasons - why closed_won is not won, for the note of a row; NULL where nothing is said. */
enum lc_rc lc_funnel_reasons(const struct lc_stage_counts *c, enum lc_period kind,
                             bool not_over, struct lc_arena *arena, const char **text,
                             struct lc_err *err) LC_MUST_USE;

/* lc_funnel_notes - what the numbers rest on, and why they differ from the dashboard's. */
enum lc_rc lc_funnel_notes(const struct lc_funnel_work *w, struct lc_frame *frame,
                           struct lc_err *err) LC_MUST_USE;

#endif
