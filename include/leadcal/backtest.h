/* backtest.h - THE validation kernel: train on the past, gap, test on the future.   Layer: model */
#ifndef LC_BACKTEST_H
#define LC_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/fit.h"
#include "leadcal/frame.h"
#include "leadcal/grade.h"
#include "leadcal/model.h"
#include "leadcal/parallel.h"
#include "leadcal/table.h"

struct lc_backtest_options {
    struct lc_fit_options fit;
    enum lc_cuts cuts;
    double target[LC_GRADES];
    size_t least_train_won,
        least_test_won; /* 50, 20: fewer is LC_EDEGENERATE "not enough history" */
};

void lc_backtest_options_init(struct lc_backtest_options *o);

struct lc_backtest {
    struct lc_split split;
    struct lc_frame grades;  /* docs/formats.md: backtest */
    struct lc_frame metrics; /* docs/formats.md: backtest --metrics */
    struct lc_frame
        bins; /* model,fold,bin,leads,predicted,observed,low,high: calibration plot */
    struct lc_frame gains;          /* model,fold,fraction,leads,won,capture,lift: lift plot */
    const struct lc_metric *metric; /* [n_metrics] the same numbers, for the model file */
    size_t n_metrics;
    const char *verdict;    /* one sentence: how far this may be believed, "weak" and why */
    double f_g_correlation; /* of the logistic model's sums over the test leads */
};

/* lc_backtest - ratio points, logistic, profile only, engagement only and no skill, side by side.
 *
 * column, given  [k] table columns and spec entries of the attributes
 *
 * Everything chosen on data (levels, bins, fit, cuts, the ratio's calibration) is learnt on the
 * training leads alone. The ratio's points become probabilities by a two-parameter logistic on
 * out-of-fold training scores (5 folds, by decision day).
 *
 * Models, in this order: ratio, logistic; profile and engagement where both dimensions exist;
 * decision (the attributes that were not counted at export, where that is neither all of them nor
 * the profile model); none (the base rate for everybody). An engagement attribute counts as counted
 * at export unless the spec says decision (DEFINITIONS 1): the verdict then begins "weak".
 *
 * A row of grades: leads = won + lost + open + won_late (won after W); expected_rate is the mean
 * probability; a grade that no training and no test lead has is left out and noted. One row for
 * each clock that the cohort has.
 *
 * LC_EMISMATCH    k is 0; options->fit cannot become a card (a numeric term, a separated level)
 * LC_EDEGENERATE  not enough history (text: wins there, and about how many months are missing)
 * LC_ENOCONV, LC_ENOMEM
 * Source: DEFINITIONS 4, 5. Tested: Olist's time split (oracle), laws. */
enum lc_rc lc_backtest(const struct lc_table *table, const struct lc_cohort *cohort,
                       const size_t *column, const struct lc_spec_attribute *const *given,
                       size_t k, const struct lc_backtest_options *options,
                       struct lc_parallel *pool, struct lc_arena *arena,
                       struct lc_backtest *out, struct lc_err *err) LC_MUST_USE;

#endif
