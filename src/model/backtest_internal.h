/* backtest_internal.h - what the parts of the backtest share.   Layer: model */
#ifndef LC_BACKTEST_INTERNAL_H
#define LC_BACKTEST_INTERNAL_H

#include "leadcal/backtest.h"

#define LC_MOST_ENTRANTS 6 /* ratio, logistic, profile, engagement, decision, none */
#define LC_FOLD          "test"

/* One scorer in the race, trained on the past, and what it said of the test leads. */
struct lc_entrant {
    const char *name;
    struct lc_card card;
    struct lc_grades grades;  /* cut on the training leads by its own points */
    struct lc_scored *scored; /* [n_test] */
    double *order;            /* [n_test] what it ranks leads by: log-odds, or ratio points */
    double *p;                /* [n_test] probability */
    double origin, slope;     /* log-odds = origin + slope x order */
    size_t *unseen;           /* [card.k] test cells whose level training never met */
};

/* Everything a fold needs. */
struct lc_race {
    const struct lc_table *table;
    const struct lc_cohort *cohort;
    const size_t *column; /* [k] */
    const struct lc_spec_attribute *const *given;
    size_t k;
    const struct lc_backtest_options *options;
    struct lc_parallel *pool;
    struct lc_arena *arena;   /* of the answer */
    struct lc_arena *scratch; /* of the race */
    struct lc_split split;
    uint32_t *train_row, *test_row; /* rows of the table */
    uint8_t *train_y, *test_y;
    struct lc_entrant entrant[LC_MOST_ENTRANTS];
    size_t n;
};

/* lc_counted_at_export - known only as of the day of the export: marked so, or engagement that
 * nobody marked as of the decision (DEFINITIONS 1). */
bool lc_counted_at_export(const struct lc_attribute *a);

/* lc_race_run - fits every entrant on the training leads and scores the test leads. */
enum lc_rc lc_race_run(struct lc_race *r, struct lc_err *err) LC_MUST_USE;

/* lc_race_grades - the frame by letter, digit and cell. */
enum lc_rc lc_race_grades(const struct lc_race *r, double f_g_correlation,
                          struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_race_notes - under that frame: correlation, dropped grades, unseen levels. */
enum lc_rc lc_race_notes(const struct lc_race *r, double f_g_correlation,
                         struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_race_metrics - the frame of metrics and the same numbers as a list. */
enum lc_rc lc_race_metrics(const struct lc_race *r, struct lc_backtest *out,
                           struct lc_err *err) LC_MUST_USE;

/* lc_race_curves - the frames of the calibration plot and of the lift plot. */
enum lc_rc lc_race_curves(const struct lc_race *r, struct lc_backtest *out,
                          struct lc_err *err) LC_MUST_USE;

#endif
