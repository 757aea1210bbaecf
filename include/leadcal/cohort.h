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

/* Which dates the as-of date is the latest of, where none is given; events and changes of a history count, too, and the expected
 * close of an open deal does not. */
#define LC_AS_OF_FOUND \
    "the latest date entered, handed over, touched, accepted, modified or closed"

enum lc_state { LC_STATE_OPEN, LC_STATE_LOST, LC_STATE_WON };

#define LC_MOST_WINDOWS 7 /* 30, 60, 90, 120, 180, 270, 365 days: DEFINITIONS 1 */

/* What a window would mean: the line printed when W is chosen. */
struct lc_window_look {
    int32_t days;
    double share; /* of the wins of cohorts followed twice as long; NaN: none such */
    size_t train_won, test_won; /* of the split that lc_cohort_split makes with it */
};

/* The opportunities of the joined file that tells the outcome, and who was credited with the won
 * ones (DEFINITIONS 1). Of all leads, counted or not, before the as-of date is looked at:
 *
 *     won = no_lead + early + later + won by some lead
 *
 * and each of those won by some lead is credited once, but under LC_CREDIT_ALL. */
struct lc_opportunities {
    const char
        *file;      /* its name; NULL: the leads' own columns tell the outcome, all else is 0 */
    size_t won;     /* distinct won opportunities in it */
    size_t no_lead; /* of them, those whose key no lead has */
    size_t early;   /* those that began before any of their leads was decided */
    size_t later;   /* those that are not the first of any lead */
    size_t credited; /* wins credited: of leads; under LC_CREDIT_SHARE whole ones, in shares */
    size_t shared;   /* won by several leads */
};

struct lc_leads; /* every lead of the table, whatever its age: cohort_internal.h */

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
    const uint8_t
        *accepted;         /* [n] 1: sales has accepted it by the as-of date; NULL: not known */
    const uint8_t *worked; /* [n] 1: sales has reached out to it, or accepted it, by the as-of
                            * date; NULL: nothing says who was worked */
    const uint32_t *cluster; /* [n] 0..n_clusters-1: the account, else the opportunity that it
                              * shares; NULL: each lead stands for itself */
    size_t n_clusters;
    const double *credit; /* [n] the share of a win within W: 1, or less where leads share their
                           * opportunity (LC_CREDIT_SHARE), 0 where nothing was won; rates and the
                           * funnel count it, labels are y. NULL: all wins are whole, credit is y */
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
    const struct lc_leads *leads; /* all of them: what was known on an earlier day; NULL: not
                                   * of lc_cohort_build */
    struct {                      /* the leads that do not count, and what was counted apart */
        size_t leads;             /* rows of the table */
        size_t undated;           /* no decision day: left out */
        size_t immature;     /* decision day younger than W: left out, whatever the outcome */
        size_t after_as_of;  /* decision day after the as-of date: left out */
        size_t disqualified; /* old enough, and a rule of the spec excludes them: left out */
        size_t disqualified_won; /* of them, won within W */
        size_t won_late;         /* counted, won after W: "not won within W" */
        size_t open_old;         /* counted, still open */
        size_t negative;    /* counted, closed before the decision: left out of cycle lengths */
        size_t won_undated; /* counted as won within W, with no day of winning */
        size_t closed_after_as_of; /* closed after the as-of date: open as of then */
        size_t
            associated; /* of all leads: their opportunity is credited to another lead; open */
        size_t overlapping; /* decided up to a prior's boundary: left out, learnt from before */
        struct lc_opportunities opportunities;
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

/* lc_rules_check - may the spec's rules (leadcal/disqualify.h) disqualify?
 *
 * A rule may look only at what was known at the decision: a field of the entry form (by its name:
 * address, company, web site, phone, name of a person, job title, country, state, city, postal code), or a
 * column of which the rule, or the column's attribute, says that it is as of the decision. A column of a joined
 * file is no field of the form.
 *
 * LC_EMISMATCH  a column that is not there; as_of "export", or nothing that says it was known; and,
 *               whatever as_of says, the outcome, what sales said of the lead, a score or a day of
 *               the spec; a territory that no lead comes from. Source: DEFINITIONS 1. Tested: test_classes.c. */
enum lc_rc lc_rules_check(const struct lc_table *table, const struct lc_spec *spec,
                          struct lc_err *err) LC_MUST_USE;

/* lc_outcome_file - the place of the joined file that tells the outcome; 0 where the leads' own
 * columns do, or no column that the table has. */
size_t lc_outcome_file(const struct lc_table *table, const struct lc_spec *spec);

/* lc_of_outcome - is a file the one that tells the outcome, or joined through it, so that only leads with an
 * opportunity have a row in it? */
bool lc_of_outcome(const struct lc_table *table, const struct lc_spec *spec, size_t file);

/* lc_cohort_closed - the counted leads that are won (or have a share in a win) or lost, for
 * --denominator closed.
 * out  shares nothing but notes and account with c. LC_EDEGENERATE: none is closed; LC_ENOMEM. */
enum lc_rc lc_cohort_closed(const struct lc_cohort *c, struct lc_arena *arena,
                            struct lc_cohort *out, struct lc_err *err) LC_MUST_USE;

/* lc_cohort_after - the counted leads that were decided after a day: those that are new to a prior. Leads
 * without a day are left out with the others.
 * out  shares nothing but notes and account with c; of the account overlapping is its own, the rest is
 *      that of all leads.
 * LC_EMISMATCH: there are no dates. LC_EDEGENERATE: no lead is left. LC_ENOMEM. */
enum lc_rc lc_cohort_after(const struct lc_cohort *c, int32_t day, struct lc_arena *arena,
                           struct lc_cohort *out, struct lc_err *err) LC_MUST_USE;

/* lc_cohort_won - wins within W: shares added up where leads share opportunities, else n_won. */
double lc_cohort_won(const struct lc_cohort *c);

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
    bool by_time;            /* false: file order or mixed, not checked as time */
    const char *fold;        /* its name: "test", "2025-Q3", "2025-07", "1" */
    const uint8_t *train_y;  /* [n_train] 1: won within window_days */
    int32_t window_days; /* W of those labels: the cohort's, or that of lc_split_as_lived; tests
                          * are judged by the cohort's */
};

/* lc_cohort_split - with dates: the cut is the day of the lead that stands at floor(0.75 n) by day;
 * test > cut; train is decision day + W <= first test day. Without dates: the last quarter of the
 * rows in file order is the test. Leads of an account that is tested do not train: they count as
 * gap. LC_ENOMEM. */
enum lc_rc lc_cohort_split(const struct lc_cohort *c, struct lc_arena *arena,
                           struct lc_split *split, struct lc_err *err) LC_MUST_USE;

/* lc_split_as_lived - where the window was chosen (and not given): the training of a split by the window that
 * the same rule chooses from what was known on the first test day, so that nothing later has a say in
 * it. A window that leaves fewer than least_train_won training wins gives way to the next shorter one,
 * and to the cohort's where none is left. The test stays as it is. LC_ENOMEM.
 * Source: DEFINITIONS 5. Tested: recounts; what closed after that day changes nothing
 * (test_cohort_lived.c). */
enum lc_rc lc_split_as_lived(const struct lc_cohort *c, size_t least_train_won,
                             struct lc_arena *arena, struct lc_split *split,
                             struct lc_err *err) LC_MUST_USE;

/* lc_split_window_words - what a note says of a split whose window is not the cohort's. NULL where memory is
 * refused. */
const char *lc_split_window_words(const struct lc_cohort *c, const struct lc_split *s,
                                  struct lc_arena *arena);

/* Which tests a backtest is made of. */
enum lc_rolling {
    LC_ROLLING_NO,      /* one: lc_cohort_split */
    LC_ROLLING_QUARTER, /* the latest calendar quarters, each learnt from what came before */
    LC_ROLLING_MONTH,   /* the latest months */
    LC_ROLLING_AUTO,    /* quarters, where the history allows two or more; else one */
    LC_ROLLING_MIXED,   /* in no order: each fifth of the leads, drawn by lot */
};

#define LC_FOLDS_USUAL    ((size_t)4)  /* DEFINITIONS 7: up to four rolling quarters */
#define LC_MOST_FOLDS     ((size_t)36) /* three years of months */
#define LC_LEAST_FOLD_WON ((size_t)5)  /* wins of one test among several; all add up to more */

struct lc_fold_rule {
    enum lc_rolling by;
    size_t most;                            /* folds; 0: LC_FOLDS_USUAL; not asked by MIXED */
    size_t least_train_won, least_test_won; /* of each fold; of all tests together */
};

struct lc_folds {
    struct lc_split *of; /* [n] the oldest test first */
    size_t n;
};

/* lc_cohort_folds - the splits of a backtest as it would have been lived.
 *
 * The test of a fold is a calendar period of decision days; it trains on the leads whose label was
 * known on the first day of the period: decided at least W days before. Only folds with
 * least_train_won training wins and LC_LEAST_FOLD_WON test wins count; there may be none. MIXED
 * trains on all leads that are not in the test. A fold by time is as lc_split_as_lived leaves it, once it
 * counts. Accounts are kept together as by lc_cohort_split;
 * leads in neither count as gap.
 *
 * LC_EMISMATCH  quarters or months are asked for, and there are no dates. LC_ENOMEM
 * Source: Hyndman and Athanasopoulos, Forecasting, 3rd edition (2021), section 5.10 (rolling origin).
 * Tested: recounts of every fold; no lead is tested twice; no training label of the future. */
enum lc_rc lc_cohort_folds(const struct lc_cohort *c, const struct lc_fold_rule *rule,
                           struct lc_arena *arena, struct lc_folds *out,
                           struct lc_err *err) LC_MUST_USE;

/* lc_cohort_history - "history 35.9 months = training 16.6 (253 wins) + gap 10.4 (95) + test 3.0 (121)
 * + follow-up 5.9": how the time is spent, with the wins in each; by leads without dates. NULL where
 * memory is refused. */
const char *lc_cohort_history(const struct lc_cohort *c, const struct lc_split *s,
                              struct lc_arena *arena);

#endif
