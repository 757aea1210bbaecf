#include "backtest_internal.h"

#include <math.h>
#include <string.h>

#include "leadcal/calibration.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/roc.h"

#define MOST_METRICS 24 /* of one model */
#define BINS         10 /* of the calibration plot */
#define STEPS        20 /* of the lift plot: every 5 % */

static const struct lc_heading metric_heading[] = {
    {"model", LC_CELL_TEXT, NULL, false},  {"fold", LC_CELL_TEXT, NULL, true},
    {"metric", LC_CELL_TEXT, NULL, false}, {"value", LC_CELL_REAL, NULL, false},
    {"low", LC_CELL_REAL, NULL, false},    {"high", LC_CELL_REAL, NULL, false},
};
static const struct lc_heading bin_heading[] = {
    {"model", LC_CELL_TEXT, NULL, false},     {"fold", LC_CELL_TEXT, NULL, true},
    {"bin", LC_CELL_COUNT, NULL, false},      {"leads", LC_CELL_COUNT, NULL, false},
    {"predicted", LC_CELL_RATE, NULL, false}, {"observed", LC_CELL_RATE, NULL, false},
    {"low", LC_CELL_RATE, NULL, false},       {"high", LC_CELL_RATE, NULL, false},
};
static const struct lc_heading gain_heading[] = {
    {"model", LC_CELL_TEXT, NULL, false},    {"fold", LC_CELL_TEXT, NULL, true},
    {"fraction", LC_CELL_RATE, NULL, false}, {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_REAL, NULL, false},      {"capture", LC_CELL_RATE, NULL, false},
    {"lift", LC_CELL_REAL, NULL, false},
};

#define COUNT_OF(a) (sizeof(a) / sizeof(a)[0])

/* The metrics being gathered, all models one after the other. */
struct list {
    struct lc_metric *metric;
    size_t n;
    const char *model;
};

static void put(struct list *l, const char *name, double value, double low, double high)
{
    l->metric[l->n++] = (struct lc_metric){l->model, LC_FOLD, name, value, low, high};
}

static void put_plain(struct list *l, const char *name, double value)
{
    put(l, name, value, LC_NAN, LC_NAN);
}

static void put_with_se(struct list *l, const char *name, double value, double se)
{
    put(l, name, value, value - LC_Z95 * se, value + LC_Z95 * se);
}

static double mean_of(const double *p, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += p[i];
    return sum / (double)n;
}

static void put_counts(const struct lc_race *r, struct list *l)
{
    put_plain(l, "train_leads", (double)r->split.n_train);
    put_plain(l, "train_won", (double)r->split.train_won);
    put_plain(l, "test_leads", (double)r->split.n_test);
    put_plain(l, "test_won", (double)r->split.test_won);
}

/* How well it ranks: nothing to say for the model that gives everybody the same. */
static enum lc_rc put_ranking(const struct lc_race *r, const struct lc_entrant *e,
                              struct list *l, struct lc_err *err)
{
    static const double fraction[] = {0.1, 0.2};
    const bool skilled = e->card.k > 0;
    struct lc_gain gain[COUNT_OF(fraction)];
    struct lc_auc auc;
    enum lc_rc rc = lc_auc(e->order, r->test_y, r->split.n_test, r->scratch, &auc, err);

    if (!rc)
        rc = lc_gains(e->order, r->test_y, r->split.n_test, fraction, COUNT_OF(fraction),
                      r->scratch, gain, err);
    if (rc)
        return rc;
    put(l, "auc", auc.auc, skilled ? auc.low : LC_NAN, skilled ? auc.high : LC_NAN);
    put_plain(l, "ks", auc.ks);
    /* As a probability, so that it can be read beside the grades' expected rates. */
    put_plain(l, "ks_at",
              skilled && !isnan(auc.ks_at) ? lc_logistic(e->origin + e->slope * auc.ks_at)
                                           : LC_NAN);
    put_plain(l, "lift_10", gain[0].lift);
    put_plain(l, "capture_10", gain[0].capture);
    put_plain(l, "lift_20", gain[1].lift);
    put_plain(l, "capture_20", gain[1].capture);
    return LC_OK;
}

/* Whether its probabilities mean what they say. `brier_none`: of the base rate for everybody. */
static enum lc_rc put_calibration(const struct lc_race *r, const struct lc_entrant *e,
                                  double brier_none, struct list *l, struct lc_err *err)
{
    const size_t n = r->split.n_test;
    const double won = (double)r->split.test_won, leads = (double)n;
    const struct lc_interval observed = lc_wilson(won, leads);
    const double brier = lc_brier(e->p, r->test_y, n);
    struct lc_calibration c;
    const enum lc_rc rc = lc_calibration(e->p, r->test_y, n, r->scratch, &c, err);

    if (rc)
        return rc;
    put_plain(l, "brier", brier);
    put_plain(l, "brier_skill", 1 - brier / brier_none);
    put_plain(l, "log_loss", lc_log_loss(e->p, r->test_y, n));
    put_with_se(l, "calibration_intercept", c.intercept, c.intercept_se);
    put_with_se(l, "calibration_slope", c.slope, c.slope_se);
    put_with_se(l, "calibration_in_the_large", c.in_the_large, c.in_the_large_se);
    put(l, "observed_rate", won / leads, observed.low, observed.high);
    put_plain(l, "mean_predicted", mean_of(e->p, n));
    return LC_OK;
}

static enum lc_rc list_frame(const struct list *l, struct lc_arena *arena,
                             struct lc_frame *frame, struct lc_err *err)
{
    lc_frame_init(frame, "backtest_metrics", metric_heading, COUNT_OF(metric_heading), arena);
    for (size_t i = 0; i < l->n; i++) {
        union lc_value *row = NULL;
        const enum lc_rc rc = lc_frame_add(frame, &row, err);

        if (rc)
            return rc;
        row[0].text = l->metric[i].model;
        row[1].text = l->metric[i].fold;
        row[2].text = l->metric[i].metric;
        row[3].number = l->metric[i].value;
        row[4].number = l->metric[i].low;
        row[5].number = l->metric[i].high;
    }
    return LC_OK;
}

enum lc_rc lc_race_metrics(const struct lc_race *r, struct lc_backtest *out, struct lc_err *err)
{
    struct list l = {.metric = LC_NEW(r->arena, r->n * MOST_METRICS, struct lc_metric)};
    const struct lc_entrant *none = &r->entrant[r->n - 1];
    const double brier_none = lc_brier(none->p, r->test_y, r->split.n_test);
    enum lc_rc rc = LC_OK;

    if (!l.metric)
        return lc_fail_memory(err, "the backtest's metrics");
    for (size_t m = 0; m < r->n && !rc; m++) {
        l.model = r->entrant[m].name;
        put_counts(r, &l);
        rc = put_ranking(r, &r->entrant[m], &l, err);
        if (!rc)
            rc = put_calibration(r, &r->entrant[m], brier_none, &l, err);
    }
    if (!rc)
        rc = list_frame(&l, r->arena, &out->metrics, err);
    out->metric = l.metric;
    out->n_metrics = l.n;
    return rc;
}

static enum lc_rc add_bins(const struct lc_race *r, const struct lc_entrant *e,
                           struct lc_frame *frame, struct lc_err *err)
{
    struct lc_bin bin[BINS];
    size_t used = 0;
    enum lc_rc rc = lc_calibration_bins(e->p, r->test_y, r->split.n_test, BINS, r->scratch, bin,
                                        &used, err);

    for (size_t b = 0; b < used && !rc; b++) {
        const struct lc_interval limits = lc_wilson(bin[b].won, bin[b].n);
        union lc_value *row = NULL;

        rc = lc_frame_add(frame, &row, err);
        if (rc)
            break;
        row[0].text = e->name;
        row[1].text = LC_FOLD;
        row[2].number = (double)(b + 1);
        row[3].number = bin[b].n;
        row[4].number = bin[b].predicted;
        row[5].number = bin[b].observed;
        row[6].number = limits.low;
        row[7].number = limits.high;
    }
    return rc;
}

static enum lc_rc add_gains(const struct lc_race *r, const struct lc_entrant *e,
                            struct lc_frame *frame, struct lc_err *err)
{
    double fraction[STEPS];
    struct lc_gain gain[STEPS];
    enum lc_rc rc;

    for (size_t s = 0; s < STEPS; s++)
        fraction[s] = (double)(s + 1) / STEPS;
    rc = lc_gains(e->order, r->test_y, r->split.n_test, fraction, STEPS, r->scratch, gain, err);
    for (size_t s = 0; s < STEPS && !rc; s++) {
        union lc_value *row = NULL;

        rc = lc_frame_add(frame, &row, err);
        if (rc)
            break;
        row[0].text = e->name;
        row[1].text = LC_FOLD;
        row[2].number = fraction[s];
        row[3].number = (double)gain[s].n_top;
        row[4].number = gain[s].won;
        row[5].number = gain[s].capture;
        row[6].number = gain[s].lift;
    }
    return rc;
}

enum lc_rc lc_race_curves(const struct lc_race *r, struct lc_backtest *out, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(&out->bins, "calibration", bin_heading, COUNT_OF(bin_heading), r->arena);
    lc_frame_init(&out->gains, "lift", gain_heading, COUNT_OF(gain_heading), r->arena);
    for (size_t m = 0; m < r->n && !rc; m++) {
        if (r->entrant[m].card.k == 0)
            continue; /* one probability for everybody is neither calibrated nor ranked */
        rc = add_bins(r, &r->entrant[m], &out->bins, err);
        if (!rc)
            rc = add_gains(r, &r->entrant[m], &out->gains, err);
    }
    return rc;
}
