/* cohort.h - who counts, won / lost / open, when, mature or not: the only code that knows dates.   Layer: model */
#ifndef LC_COHORT_H
#define LC_COHORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

enum lc_state { LC_STATE_OPEN, LC_STATE_LOST, LC_STATE_WON };

#define LC_MOST_WINDOWS 7 /* 30, 60, 90, 120, 180, 270, 365 days: DEFINITIONS 1 */

/* What a window would mean: the line printed when W is chosen. */
struct lc_window_look {
    int32_t days;
    double share; /* of the wins of cohorts followed twice as long; NaN: none such */
    size_t train_won, test_won; /* of the split that lc_cohort_split makes with it */
};

/* The counted leads, in the order of the file. After it nobody asks what a CRM is. */
struct lc_cohort {
    size_t n;             /* leads that count */
    const uint32_t *row;  /* [n] their rows in the table */
    const uint8_t *y;     /* [n] 1: won within W */
    const uint8_t *state; /* [n] enum lc_state at the as-of date */
    const int32_t *day;   /* [n] decision day; NULL without dates */
    const int32_t *cycle; /* [n] days entered to won, of those won within W with both dates and
                             * followed W days; LC_NO_DAY otherwise; NULL without dates */
    const int32_t *cycle_opportunity; /* the same from opportunity created; NULL without it */
    const double *amount; /* [n] won amount, NaN where unknown; NULL without the column */
    size_t n_won;         /* sum of y */
    bool has_dates;       /* entered is known: maturity was checked */
    bool by_hand_over;    /* the decision is the hand-over; else it is entering */
    bool file_is_time;    /* no dates, but the spec says that the file's order is the time's */
    bool has_closed;      /* the day of winning is known */
    int32_t as_of;        /* LC_NO_DAY without dates */
    int32_t window_days;  /* W; LC_WINDOW_NONE */
    bool window_chosen;   /* by rule, not given */
    double window_share;  /* share of wins W holds, where chosen; else NaN */
    struct lc_window_look look[LC_MOST_WINDOWS];
    size_t n_looks;
    struct {                /* the leads that do not count, and what was counted apart */
        size_t leads;       /* rows of the table */
        size_t undated;     /* no decision day: left out */
        size_t immature;    /* decision day younger than W: left out, whatever the outcome */
        size_t after_as_of; /* decision day after the as-of date: left out */
        size_t won_late;    /* counted, won after W: "not won within W" */
        size_t open_old;    /* counted, still open */
        size_t negative;    /* counted, closed before the decision: left out of cycle lengths */
        size_t won_undated; /* counted as won within W, with no day of winning */
        size_t closed_after_as_of; /* closed after the as-of date: open as of then */
    } account;
    const char *const
        *note; /* [n_notes] sentences: how outcome values were taken, what W means */
    size_t n_notes;
};

/* lc_cohort_build - outcome, dates, window and maturity of every lead (DEFINITIONS 1).
 *
 * LC_EMISMATCH    outcome column or won value not found (nearest), a value in none of the lists
 * LC_EDEGENERATE  every lead is younger than W (text: how many days are missing)
 * LC_ENOMEM */
enum lc_rc lc_cohort_build(const struct lc_table *table, const struct lc_spec *spec,
                           struct lc_arena *arena, struct lc_cohort *cohort,
                           struct lc_err *err) LC_MUST_USE;

/* lc_cohort_closed - the counted leads that are won or lost, for --denominator closed.
 * out  shares nothing but notes and account with c. LC_EDEGENERATE: none is closed; LC_ENOMEM. */
enum lc_rc lc_cohort_closed(const struct lc_cohort *c, struct lc_arena *arena,
                            struct lc_cohort *out, struct lc_err *err) LC_MUST_USE;

/* lc_cohort_title - "8,000 leads decided 2017-06-14..., won within 90 days" - who and when, for the
 * head of every table: population, window, as-of date. NULL where memory is refused. */
const char *lc_cohort_title(const struct lc_cohort *c, struct lc_arena *arena);

/* Train on the past, gap W, test on the later quarter of the leads. */
struct lc_split {
    const uint32_t *train; /* [n_train] places in the cohort, 0..n-1, in cohort order */
    const uint32_t *test;  /* [n_test] */
    size_t n_train, n_test, train_won, test_won;
    size_t gap; /* leads in neither: their labels were not known on the first test day */
    int32_t cut, first_test; /* last day that may train, first day of the test; LC_NO_DAY */
    bool by_time;            /* false: file order, not checked as time */
};

/* lc_cohort_split - with dates: the cut is the day of the lead that stands at floor(0.75 n) by day;
 * test > cut; train is decision day + W <= first test day. Without dates: the last quarter of the
 * rows in file order is the test. LC_ENOMEM. */
enum lc_rc lc_cohort_split(const struct lc_cohort *c, struct lc_arena *arena,
                           struct lc_split *split, struct lc_err *err) LC_MUST_USE;

/* lc_cohort_history - "history 35.9 months = training 16.6 (253 wins) + gap 10.4 (95) + test 3.0 (121)
 * + follow-up 5.9": how the time is spent, with the wins in each; by leads without dates. NULL where
 * memory is refused. */
const char *lc_cohort_history(const struct lc_cohort *c, const struct lc_split *s,
                              struct lc_arena *arena);

#endif
