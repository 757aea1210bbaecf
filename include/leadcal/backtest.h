/* backtest.h - THE validation kernel: train on the past, gap, test on the future.   Layer: model */
#ifndef LC_BACKTEST_H
#define LC_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/capture.h"
#include "leadcal/cohort.h"
#include "leadcal/current.h"
#include "leadcal/error.h"
#include "leadcal/fit.h"
#include "leadcal/fit_integer.h"
#include "leadcal/frame.h"
#include "leadcal/grade.h"
#include "leadcal/model.h"
#include "leadcal/parallel.h"
#include "leadcal/table.h"

struct lc_backtest_options {
    struct lc_fit_options fit;
    struct lc_grades
        grades; /* what they are asked to be; the logistic model's may be by the outcome */
    size_t least_train_won,
        least_test_won;               /* 50, 20: fewer is LC_EDEGENERATE "not enough history" */
    const struct lc_current *current; /* the score in use, to race against; NULL: none */
    double capacity; /* leads that sales takes a week; 0: as the cohort shows */
    const struct lc_agreement *agreement; /* resolved: what is handed over; NULL: no workload */
    enum lc_rolling rolling;              /* which tests; LC_ROLLING_NO */
    size_t most_folds;                    /* 0: LC_FOLDS_USUAL */
    const char *challenger; /* the model named before the test is opened: "logistic" */
    bool comparisons;       /* pairs are tested too: it takes as long as the rest */
    struct lc_integer_options
        card; /* of whole points, learnt in each fold (LC_INTEGER_CAP); cap 0: none runs */
    const struct lc_spec
        *spec;       /* half-lives that are learned are learnt anew by each fold's training
                                 * leads (lc_engagement_learn); NULL: columns stay as they are */
    size_t optimism; /* resamples that correct the logistic model for its own leads; 0: none */
    bool
        lag; /* logistic models learn from young leads too, by the share of the lag that they had
               * behind them on the first test day (lc_lagged_learn); without optimism */
};

#define LC_RESAMPLES ((size_t)1000) /* of the bootstrap of wins at equal volume */

/* Wins that a score holds among the leads that sales has time for (DEFINITIONS 5). */
struct lc_volume_share {
    double share, low, high; /* of all wins; 95 % by the bootstrap, cut at 0 and 1 */
};

struct lc_volume {
    double per_week;    /* leads taken a week; where weeks is NaN: leads taken in all */
    double weeks;       /* of the test window; NaN without dates */
    const char *source; /* half a sentence: where per_week comes from */
    bool known;         /* said or seen, not assumed */
    double leads, won;  /* test leads compared here, and wins among them */
    struct lc_volume_share new_model, current; /* current: NaN without one */
    double chance;
    double gain, gain_low, gain_high; /* new less current (chance without one); 90 % interval */
    bool has_current;
};

/* A fold that the score in use was judged in: by leads that it has not learnt from. */
struct lc_judged_fold {
    const char *fold;
    int32_t first, last; /* decision days of those leads; LC_NO_DAY without dates */
    struct lc_volume volume;
};

void lc_backtest_options_init(struct lc_backtest_options *o);

struct lc_backtest {
    struct lc_split split;  /* of several folds: all tests, and the training of the last */
    const char *folds;      /* "2024-Q4, 2025-Q1, 2025-Q2"; NULL: there is one test */
    struct lc_frame grades; /* docs/formats.md: backtest; of all test leads together */
    struct lc_frame
        by_fold; /* the same, and then each fold; where there is one, it is grades */
    struct lc_frame metrics; /* docs/formats.md: backtest --metrics */
    struct lc_frame
        comparisons;          /* docs/formats.md: backtest --comparisons; empty if not asked */
    struct lc_frame verdicts; /* docs/formats.md: backtest --verdicts */
    struct lc_frame worked;   /* docs/formats.md: backtest --worked; empty where nothing says */
    struct lc_frame
        price; /* docs/formats.md: card --price: of the card on the test leads; empty
                            * where none runs */
    struct lc_frame
        bins; /* model,fold,bin,leads,predicted,observed,low,high: calibration plot */
    struct lc_frame gains;          /* model,fold,fraction,leads,won,capture,lift: lift plot */
    const struct lc_metric *metric; /* [n_metrics] the same numbers, for the model file */
    size_t n_metrics;
    struct lc_volume volume;
    const struct lc_judged_fold
        *judged; /* [n_judged] the oldest first; none without a current */
    size_t n_judged;
    struct lc_frame workload; /* docs/formats.md: workload; leads a week, before and after */
    double
        current_slope; /* log-odds that a point of the current model is worth; NaN: none runs */
    const char
        *no_current; /* why the score in use was not judged; NULL: it was, or none is named */
    const char *verdict;    /* one sentence: how far this may be believed, "weak" and why */
    double f_g_correlation; /* of the logistic model's sums over the test leads */
};

/* lc_backtest - ratio points, logistic, weights of evidence, a card of whole points, profile only,
 * engagement only, the score in use and no skill, side by side.
 *
 * column, given  [k] table columns and spec entries of the attributes
 *
 * Everything chosen on data (levels, bins, fit, cuts, the ratio's calibration, and the window where it was
 * not given: lc_split_as_lived) is learnt on the training leads alone; tests are judged by the cohort's
 * window. With options->lag the logistic models learn who is won in the end, and their probabilities are
 * taken down to wins within the window by the lag of each lead; a fold that cannot tell the lag learns from
 * the training leads, and says so. The ratio's points become probabilities by a two-parameter logistic on
 * out-of-fold training scores (5 folds, by decision day).
 *
 * With options->rolling there are several folds: everything is learnt anew in each, AUC and KS are
 * means over them, lift adds up the best of each, and everything else is of all test leads as their
 * fold has scored them (fold "all", before the folds).
 *
 * Models, in this order: ratio, logistic, woe (unit weights: the sum of the levels' weights of
 * evidence, naive Bayes); integer (options->card: the logistic model's weights as whole points by
 * search, its attributes and points learnt in the fold; where those weights are not held in by a
 * Gaussian prior alone, they are fitted anew under the default one; decision 0122); profile and
 * engagement where both dimensions exist;
 * decision (the attributes that were not counted at export, where that is neither all of them nor
 * the profile model); current (options->current, as it stands: points and score columns become
 * probabilities by a two-parameter logistic on the training leads, a model file keeps its own; it is
 * judged by the leads decided after its own data, where at least least_test_won of them won; a lead
 * without a score ranks last); none (the base rate for everybody). An engagement attribute counts as counted
 * at export unless the spec says decision (DEFINITIONS 1): the verdict then begins "weak".
 *
 * A row of grades: leads = won + lost + open + won_late (won after W); expected_rate is the mean
 * probability; a grade that no training and no test lead has is left out and noted. One row for
 * each clock that the cohort has.
 *
 * LC_EMISMATCH    no model of the challenger's name runs; folds by time without dates, or the lag
 *                 without; k is 0;
 *                 options->fit cannot become a card (a numeric term, a separated level)
 * LC_EDEGENERATE  not enough history (text: wins there, and about how many months are missing)
 * LC_ENOCONV, LC_ENOMEM
 * Source: DEFINITIONS 4, 5. Tested: Olist's time split (oracle), laws. */
enum lc_rc lc_backtest(const struct lc_table *table, const struct lc_cohort *cohort,
                       const size_t *column, const struct lc_spec_attribute *const *given,
                       size_t k, const struct lc_backtest_options *options,
                       struct lc_parallel *pool, struct lc_arena *arena,
                       struct lc_backtest *out, struct lc_err *err) LC_MUST_USE;

/* lc_backtest_price - what a card of whole points costs on later leads, without the other models: the
 * logistic model against options->card, both learnt in each fold.
 *
 * price  in-out: a frame of lc_fit_integer; rows and a sentence are added
 *
 * LC_EDEGENERATE  not enough history, as lc_backtest. LC_EMISMATCH as lc_fit_integer; LC_ENOCONV,
 * LC_ENOMEM
 * Source: DEFINITIONS 5; methods 6.8 (the price of simplicity).
 * Tested: its rows are those of the models' metrics; a cap that costs nothing. */
enum lc_rc lc_backtest_price(const struct lc_table *table, const struct lc_cohort *cohort,
                             const size_t *column, const struct lc_spec_attribute *const *given,
                             size_t k, const struct lc_backtest_options *options,
                             struct lc_parallel *pool, struct lc_arena *arena,
                             struct lc_frame *price, struct lc_err *err) LC_MUST_USE;

#endif
