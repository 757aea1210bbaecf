/* maturity.h - how long a win takes, and how much of the wins to come has been seen by an age.   Layer: model */
#ifndef LC_MATURITY_H
#define LC_MATURITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/cohort.h"
#include "leadcal/cure.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/parallel.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* The leads that were decided by the as-of date, young ones among them, and what became of each.
 * Days are whole: a lead of age 0 was decided on the as-of date. */
struct lc_followed {
    size_t n;
    const uint32_t *row; /* [n] rows of the table */
    const double *age;   /* [n] days from the decision to the as-of date */
    const double *time;  /* [n] days from the decision to its end; of an open lead its age */
    const uint8_t *end;  /* [n] enum lc_end of incidence.h */
    const uint8_t *won;  /* [n] 1: won */
    size_t n_won, n_lost;
    int32_t as_of;
    struct {
        size_t undated;      /* no day of decision: left out */
        size_t after_as_of;  /* decided later: left out */
        size_t disqualified; /* a rule of the spec excludes them: left out */
        size_t won_undated;  /* won without a day: left out, since nobody knows when */
        size_t lost_undated; /* lost without a day: followed as a lead that is not won */
        size_t early; /* closed before they were decided: they count as closed at age 0 */
    } account;
};

/* lc_followed_read - outcome and dates of every lead, whatever its age.
 * LC_EMISMATCH  as lc_cohort_build; no day of decision, or none of winning is named.
 * LC_EDEGENERATE  no lead was decided by the as-of date. LC_ENOMEM. */
enum lc_rc lc_followed_read(const struct lc_table *table, const struct lc_spec *spec,
                            struct lc_arena *arena, struct lc_followed *followed,
                            struct lc_err *err) LC_MUST_USE;

/* lc_followed_on - the same as it was known on an earlier day: leads decided by then, those that closed later
 * still open. cohort: of lc_cohort_build. Errors as lc_followed_read.
 * Tested: lc_followed_read of an export that ends on that day. */
enum lc_rc lc_followed_on(const struct lc_cohort *cohort, int32_t day, struct lc_arena *arena,
                          struct lc_followed *followed, struct lc_err *err) LC_MUST_USE;

/* The lags of an attribute's levels, shrunk toward each other. Levels with fewer than
 * LC_LEAST_CURE_WON wins share one segment, the last. */
struct lc_lag_by {
    size_t column;                 /* place in the table */
    struct lc_attribute attribute; /* as learnt from the leads followed */
    struct lc_column codes;        /* [n followed] */
    const uint32_t *segment_of;    /* [attribute.n_levels + 1] of a code */
    const uint32_t *segment;       /* [n followed] */
    size_t segments;               /* fewer than two: there is nothing to compare */
    struct lc_cure_fit fit;        /* where there are two */
    double p; /* that all segments have one lag; NaN where there is nothing to compare */
    uint32_t fast,
        slow; /* levels with wins enough whose lag has the least, the greatest median */
};

/* How long a win takes, as far as the history tells. */
struct lc_lags {
    bool told;              /* "won in the end" can be spoken of */
    const char *why;        /* NULL, or why it cannot, half a sentence */
    bool fitted;            /* fit and guard are there; false: not even a law could be fitted */
    struct lc_cure_fit fit; /* of all leads, one lag */
    struct lc_cure_guard guard;
    struct lc_lag_by *by; /* [n_by] of each column compared; n_by 0 unless told */
    size_t n_by;
    const struct lc_lag_by *differs; /* that whose lags differ most, surely; NULL: none */
};

/* What to compare. */
struct lc_lag_columns {
    const size_t *column;                         /* [n] places in the table */
    const struct lc_spec_attribute *const *given; /* [n] entries, which may be NULL */
    size_t n;
};

/* lc_lags_learn - the law of the lag by AIC, the guard, and the lags of the columns' levels.
 *
 * One column's lags differ surely where the p of its spread, times the columns that were compared,
 * is below 0.05 (Bonferroni); of several it is the one with the least p.
 * Where the guard doubts, or there are too few wins, `told` is false and that is no error.
 * Source: docs/maths.md#time-lagged-conversion. Tested: simulated leads with lags of 30 and of 120
 * days by one column and none by another. LC_EMISMATCH as lc_attribute_code; LC_ENOMEM.
 * pool: may be NULL; columns are compared side by side, with the same bits */
enum lc_rc lc_lags_learn(const struct lc_table *table, const struct lc_followed *followed,
                         const struct lc_lag_columns *columns, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_lags *lags,
                         struct lc_err *err) LC_MUST_USE;

/* lc_lags_seen - how much of the lag to a win each of some leads has behind it, by the lag of its
 * level where lags differ; 1 for a win, and for a lead that was not followed.
 *
 * row, y  [n] rows of the table and outcomes
 * seen    out [n], over 0, at most 1
 * lags must be told. LC_ENOMEM. Tested: by hand. */
enum lc_rc lc_lags_seen(const struct lc_followed *followed, const struct lc_lags *lags,
                        const uint32_t *row, const uint8_t *y, size_t n, struct lc_arena *arena,
                        const double **seen, struct lc_err *err) LC_MUST_USE;

/* lc_lags_within - which share of the wins to come of each of some leads comes within so many days of its
 * decision. lags must be told. share out [n]. LC_EMISMATCH as lc_attribute_code; LC_ENOMEM.
 * Tested: by hand. */
enum lc_rc lc_lags_within(const struct lc_lags *lags, const struct lc_table *table,
                          const uint32_t *row, size_t n, int32_t days, struct lc_arena *arena,
                          const double **share, struct lc_err *err) LC_MUST_USE;

/* What a fit by the lag learns from at a test: each lead that was there before its first day, as it stood
 * on that day. */
struct lc_lagged {
    struct lc_lags lags; /* of these leads; where it is not told there is nothing but why */
    size_t n, n_won;
    size_t n_young;        /* neither won nor followed for the window of the split */
    const uint32_t *row;   /* [n] rows of the table */
    const uint8_t *y;      /* [n] 1: won by that day */
    const int32_t *day;    /* [n] of the decision */
    const double *seen;    /* [n] lc_lags_seen */
    const uint8_t *mature; /* [n] 1: followed for the window by that day */
};

/* lc_lagged_learn - those leads, and the law of the lag learnt from them alone.
 *
 * Leads of an account that is tested are left out, as from the split's training. A win without a day counts
 * where that training has it.
 * cohort   of lc_cohort_build
 * columns  compared; given may be NULL
 *
 * LC_EMISMATCH  the split is in no order of time; as lc_followed_read. LC_ENOMEM.
 * Tested: what closed after that day changes nothing; recounts (test_backtest_lag.c). */
enum lc_rc lc_lagged_learn(const struct lc_table *table, const struct lc_cohort *cohort,
                           const struct lc_split *split, const struct lc_lag_columns *columns,
                           struct lc_arena *arena, struct lc_lagged *out,
                           struct lc_err *err) LC_MUST_USE;

/* lc_lagged_words - what a note says of them, and of why there are none. day: the first of the test. NULL
 * where memory is refused. */
const char *lc_lagged_words(const struct lc_lagged *l, int32_t day, struct lc_arena *arena);

/* lc_lags_words - "log-normal lag, half of the wins within 48 days", with the column by whose levels
 * it differs. lags must be told. NULL where memory is refused. */
const char *lc_lags_words(const struct lc_lags *lags, struct lc_arena *arena);

struct lc_maturity_options {
    struct lc_lag_columns columns; /* compared */
    bool
        show_all; /* rows for the levels of each of them; else those with wins enough of the one that differs */
    int32_t window_days; /* W, which a comparison would be made by; LC_WINDOW_NONE: none */
};

/* lc_maturity - the maturity curve: how many were won by an age, and of the wins to come how many
 * that is.
 *
 * frame  out, named "maturity"; columns and notes as in docs/formats.md; rows for all leads, then
 *        for the levels shown, at the ages that some lead of theirs has reached
 *
 * The share won is the cumulative incidence of Aalen and Johansen, so that young leads count for as
 * long as they were followed, and a lost lead is an end. The share of the wins to come is F of the
 * mixture cure; it is empty where the history is too short to tell it, and a note says why.
 * pool: as lc_lags_learn. Errors as lc_followed_read and lc_lags_learn.
 * Tested: against tests/reference/maturity.py; with everybody followed it is won / leads. */
enum lc_rc lc_maturity(const struct lc_table *table, const struct lc_spec *spec,
                       const struct lc_maturity_options *options, struct lc_parallel *pool,
                       struct lc_arena *arena, struct lc_frame *frame,
                       struct lc_err *err) LC_MUST_USE;

#endif
