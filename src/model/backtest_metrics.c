#include "backtest_internal.h"

#include <math.h>
#include <string.h>

#include "leadcal/calibration.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/roc.h"

#define MOST_METRICS 32 /* of one model */
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
    const char *model, *fold;
};

static void put(struct list *l, const char *name, double value, double low, double high)
{
    l->metric[l->n++] = (struct lc_metric){l->model, l->fold, name, value, low, high};
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

static void put_counts(const struct lc_race *r, const struct lc_entrant *e, struct list *l)
{
    put_plain(l, "train_leads", (double)r->split.n_train);
    put_plain(l, "train_won", (double)r->split.train_won);
    put_plain(l, "test_leads", (double)e->n);
    put_plain(l, "test_won", (double)e->n_won);
}

/* How well it ranks: nothing to say for the model that gives everybody the same. */
static enum lc_rc put_ranking(const struct lc_race *r, const struct lc_entrant *e,
                              struct list *l, struct lc_err *err)
{
    static const double fraction[] = {0.1, 0.2};
    const bool skilled = e->card.k > 0;
    struct lc_gain gain[COUNT_OF(fraction)];
    struct lc_auc auc;
    enum lc_rc rc = lc_race_auc(r, e, &auc, err);

    if (!rc)
        rc = lc_race_gains(r, e, fraction, COUNT_OF(fraction), gain, err);
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

/* The Brier score of the base rate of the training for everybody, over the leads that an entrant is
 * judged by. */
static enum lc_rc brier_of_none(const struct lc_race *r, const struct lc_entrant *e,
                                double *brier, struct lc_err *err)
{
    const struct lc_entrant *none = &r->entrant[r->n - 1];
    size_t *at = LC_NEW(r->scratch, e->n + 1, size_t);
    double *p = LC_NEW(r->scratch, e->n + 1, double);

    if (!at || !p)
        return lc_fail_memory(err, "the backtest's metrics");
    lc_race_places(e, none->lead, at);
    for (size_t i = 0; i < e->n; i++)
        p[i] = none->p[at[i]];
    *brier = lc_brier(p, e->y, e->n);
    return LC_OK;
}

/* Whether its probabilities mean what they say. */
static enum lc_rc put_calibration(const struct lc_race *r, const struct lc_entrant *e,
                                  struct list *l, struct lc_err *err)
{
    const size_t n = e->n;
    const double won = (double)e->n_won, leads = (double)n;
    const double brier = lc_brier(e->p, e->y, n);
    const struct lc_cluster_counts *counts;
    struct lc_interval observed;
    struct lc_calibration c;
    double of_none = LC_NAN, effect;
    enum lc_rc rc = lc_calibration(e->p, e->y, n, r->scratch, &c, err);

    if (!rc)
        rc = brier_of_none(r, e, &of_none, err);
    if (!rc)
        rc = lc_cluster_counts_new(r->cohort, e->lead, n, r->scratch, &counts, err);
    if (rc)
        return rc;
    effect = lc_design_effect_of(counts, r->cohort, e->lead, NULL, n);
    observed = lc_wilson(won / effect, leads / effect);
    put_plain(l, "brier", brier);
    put_plain(l, "brier_skill", 1 - brier / of_none);
    put_plain(l, "log_loss", lc_log_loss(e->p, e->y, n));
    /* One probability for everybody: over folds its few values are no slope to speak of. */
    if (r->parts > 1 && e->card.k == 0)
        c.intercept = c.slope = LC_NAN;
    put_with_se(l, "calibration_intercept", c.intercept, c.intercept_se);
    put_with_se(l, "calibration_slope", c.slope, c.slope_se);
    put_with_se(l, "calibration_in_the_large", c.in_the_large, c.in_the_large_se);
    put(l, "observed_rate", won / leads, observed.low, observed.high);
    if (counts)
        put_plain(l, "design_effect", effect);
    put_plain(l, "mean_predicted", mean_of(e->p, n));
    return LC_OK;
}

/* Wins among the leads that sales has time for. */
static void put_volume(const struct lc_volume *v, const struct lc_volume_share *share,
                       bool is_new, struct list *l)
{
    put_plain(l, isnan(v->weeks) ? "capacity" : "capacity_per_week", v->per_week);
    put(l, "capture_at_capacity", share->share, share->low, share->high);
    if (is_new)
        put(l, v->has_current ? "capture_over_current" : "capture_over_chance", v->gain,
            v->gain_low, v->gain_high);
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

/* One fold, or all of them together. */
static enum lc_rc put_fold(const struct lc_race *r, struct list *l, struct lc_volume *volume,
                           struct lc_err *err)
{
    struct lc_volume_share shares[LC_MOST_ENTRANTS];
    enum lc_rc rc = lc_race_volume(r, volume, shares, err);

    l->fold = r->fold;
    for (size_t m = 0; m < r->n && !rc; m++) {
        l->model = r->entrant[m].name;
        put_counts(r, &r->entrant[m], l);
        rc = put_ranking(r, &r->entrant[m], l, err);
        if (!rc)
            rc = put_calibration(r, &r->entrant[m], l, err);
        put_volume(volume, &shares[m], m == r->challenger, l);
    }
    return rc;
}

/* On the leads that the logistic model was learnt from, and corrected for that. */
static enum lc_rc put_optimism(const struct lc_race *r, struct list *l, struct lc_err *err)
{
    struct lc_optimism o;
    const enum lc_rc rc = lc_race_optimism(r, &o, err);

    if (rc)
        return rc;
    l->model = r->entrant[LC_NEW_MODEL].name;
    l->fold = "train";
    put_plain(l, "auc_apparent", o.auc.apparent);
    put_plain(l, "auc_corrected", o.auc.corrected);
    put_plain(l, "slope_apparent", o.slope.apparent);
    put_plain(l, "slope_corrected", o.slope.corrected);
    put_plain(l, "brier_apparent", o.brier.apparent);
    put_plain(l, "brier_corrected", o.brier.corrected);
    put_plain(l, "resamples", (double)o.used);
    return LC_OK;
}

enum lc_rc lc_race_metrics(const struct lc_race *r, struct lc_backtest *out, struct lc_err *err)
{
    const size_t folds = r->parts > 1 ? r->parts + 1 : 1; /* one more has room for optimism */
    struct list l = {.metric = LC_NEW(r->arena, (folds + 1) * LC_MOST_ENTRANTS * MOST_METRICS,
                                      struct lc_metric)};
    struct lc_judged_fold *judged = LC_NEW(r->arena, r->parts, struct lc_judged_fold);
    enum lc_rc rc;

    if (!l.metric || !judged)
        return lc_fail_memory(err, "the backtest's metrics");
    out->n_judged = 0;
    rc = put_fold(r, &l, &out->volume, err);
    if (!rc && r->parts == 1)
        lc_race_add_judged(r, &out->volume, judged, &out->n_judged);
    for (size_t k = 0; k + 1 < folds && !rc; k++) {
        struct lc_volume volume;

        rc = put_fold(&r->part[k], &l, &volume, err);
        if (!rc)
            lc_race_add_judged(&r->part[k], &volume, judged, &out->n_judged);
    }
    if (!rc && r->options->optimism)
        rc = put_optimism(r, &l, err);
    if (!rc)
        rc = list_frame(&l, r->arena, &out->metrics, err);
    out->judged = judged;
    out->metric = l.metric;
    out->n_metrics = l.n;
    return rc;
}

static enum lc_rc add_bins(const struct lc_race *r, const struct lc_entrant *e,
                           struct lc_frame *frame, struct lc_err *err)
{
    struct lc_bin bin[BINS];
    size_t used = 0;
    enum lc_rc rc = lc_calibration_bins(e->p, e->y, e->n, BINS, r->scratch, bin, &used, err);

    for (size_t b = 0; b < used && !rc; b++) {
        const struct lc_interval limits = lc_wilson(bin[b].won, bin[b].n);
        union lc_value *row = NULL;

        rc = lc_frame_add(frame, &row, err);
        if (rc)
            break;
        row[0].text = e->name;
        row[1].text = r->fold;
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
    rc = lc_race_gains(r, e, fraction, STEPS, gain, err);
    for (size_t s = 0; s < STEPS && !rc; s++) {
        union lc_value *row = NULL;

        rc = lc_frame_add(frame, &row, err);
        if (rc)
            break;
        row[0].text = e->name;
        row[1].text = r->fold;
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
