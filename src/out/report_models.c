/* Whether the new model keeps its word, and which model orders leads best. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

/* ---- calibration ---- */

static const struct lc_heading bin_heading[] = {
    {"bin", LC_CELL_COUNT, "tenth", false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"predicted", LC_CELL_RATE, "promised", false},
    {"observed", LC_CELL_RATE, "closed", false},
    {"low", LC_CELL_RATE, "low", false},
    {"high", LC_CELL_RATE, "high", false},
};

static bool is_logistic(const struct lc_frame *f, size_t i, const void *context)
{
    (void)context;
    return lc_cell_is(f, i, "model", "logistic");
}

static enum lc_rc put_bins(const struct lc_writing *w)
{
    const struct lc_frame *from = &w->r->backtest->bins;
    const struct lc_pick pick = {.name = "calibration",
                                 .heading = bin_heading,
                                 .k = sizeof bin_heading / sizeof *bin_heading,
                                 .keep = is_logistic};

    return lc_put_picked(w, from, &pick, "Tenths of the test leads, by what was promised",
                         "Promised: the mean probability of the tenth; closed: won over its "
                         "leads, with its 95 % interval");
}

static void put_slope(const struct lc_writing *w)
{
    const struct lc_metric *m = lc_metric_of(w->r->backtest, "logistic", "calibration_slope");

    if (!m || isnan(m->value))
        return;
    lc_doc_say(w->doc,
               " Calibration slope: %.2f (1 when differences between leads are as large as "
               "promised, under 1 when they were overstated).",
               m->value);
}

enum lc_rc lc_chapter_calibration(const struct lc_writing *w)
{
    const struct lc_backtest *b = w->r->backtest;
    const struct lc_metric *said, *seen;
    char first[LC_PERCENT], second[LC_PERCENT];

    if (!b) {
        lc_put_no_backtest(w);
        return LC_OK;
    }
    said = lc_metric_of(b, "logistic", "mean_predicted");
    seen = lc_metric_of(b, "logistic", "observed_rate");
    lc_doc_say(w->doc, "Of leads that a score gives 10 %%, one in ten should be won.");
    if (said && seen)
        lc_doc_say(w->doc, " The new model promised %s of the test leads, and %s closed.",
                   lc_percent(said->value, first), lc_percent(seen->value, second));
    put_slope(w);
    lc_put_figure(w, LC_FIGURE_CALIBRATION);
    return put_bins(w);
}

/* ---- lift ---- */

enum model_column { M_NAME, M_AUC, M_LOW, M_HIGH, M_BRIER, M_LOSS, M_SLOPE, M_CAPTURE, M_ALL };

static const struct lc_heading model_heading[M_ALL] = {
    {"model", LC_CELL_TEXT, NULL, false},
    {"auc", LC_CELL_REAL, "AUC", false},
    {"auc_low", LC_CELL_REAL, "low", false},
    {"auc_high", LC_CELL_REAL, "high", false},
    {"brier", LC_CELL_REAL, "Brier", false},
    {"log_loss", LC_CELL_REAL, "log loss", false},
    {"calibration_slope", LC_CELL_REAL, "calibration slope", false},
    {"capture_10", LC_CELL_RATE, "wins in the best 10 %", false},
};

const char *lc_words_for_model(const char *model)
{
    static const char *const name[][2] = {
        {"logistic", "logistic (the new model)"},
        {"global", "the same without deviations of segments"},
        {"ratio", "ratio points (the published weighting)"},
        {"woe", "weights of evidence, added up as they are"},
        {"integer", "the new model as whole points (a card to add up)"},
        {"profile", "profile only"},
        {"engagement", "engagement only"},
        {"current", "the score in use"},
        {"decision", "only what was known at the decision"},
        {"none", "no score: the same for everybody"},
    };

    for (size_t i = 0; i < sizeof name / sizeof *name; i++)
        if (strcmp(model, name[i][0]) == 0)
            return name[i][1];
    return model;
}

static enum lc_rc make_models(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_backtest *b = w->r->backtest;

    lc_frame_init(f, "backtest_metrics", model_heading, M_ALL, w->arena);
    for (size_t i = 0; i < b->n_metrics; i++) {
        const char *model = b->metric[i].model;
        const struct lc_metric *auc = lc_metric_of(b, model, "auc");
        union lc_value *row = NULL;
        enum lc_rc rc;

        if (strcmp(b->metric[i].fold, b->metric[0].fold) != 0)
            break; /* what follows tells of the folds one by one */
        if (i > 0 && strcmp(model, b->metric[i - 1].model) == 0)
            continue;
        rc = lc_frame_add(f, &row, w->err);
        if (rc)
            return rc;
        row[M_NAME].text = lc_words_for_model(model);
        for (size_t j = M_BRIER; j < M_ALL; j++) {
            const struct lc_metric *m = lc_metric_of(b, model, model_heading[j].name);

            row[j].number = m ? m->value : LC_NAN;
        }
        row[M_AUC].number = auc ? auc->value : LC_NAN;
        row[M_LOW].number = auc ? auc->low : LC_NAN;
        row[M_HIGH].number = auc ? auc->high : LC_NAN;
    }
    return LC_OK;
}

enum gain_column {
    G_FRACTION,
    G_LEADS,
    G_WON,
    G_CAPTURE,
    G_RATIO_WON,
    G_RATIO_CAPTURE,
    G_CURRENT_WON,
    G_CURRENT_CAPTURE,
    G_ALL
};

static const struct lc_heading gain_heading[G_ALL] = {
    [G_FRACTION] = {"fraction", LC_CELL_RATE, "best-scored", false},
    [G_LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [G_WON] = {"won", LC_CELL_REAL, "won by the new model", false},
    [G_CAPTURE] = {"capture", LC_CELL_RATE, "of all wins", false},
    [G_RATIO_WON] = {"ratio_won", LC_CELL_REAL, "won by ratio points", false},
    [G_RATIO_CAPTURE] = {"ratio_capture", LC_CELL_RATE, "of all wins", false},
    [G_CURRENT_WON] = {"current_won", LC_CELL_REAL, "won by the score in use", false},
    [G_CURRENT_CAPTURE] = {"current_capture", LC_CELL_RATE, "of all wins", false},
};

/* The shares that people ask about. */
static bool is_asked(double fraction)
{
    static const double asked[] = {5, 10, 20, 30, 50};
    bool found = false;

    for (size_t a = 0; a < sizeof asked / sizeof *asked; a++)
        found = found || round(100 * fraction) == asked[a];
    return found;
}

/* Another model's wins and their share in the row of the same fraction of leads; else as they are. */
static void find_gain(const struct lc_frame *f, const char *model, double fraction,
                      union lc_value to[2])
{
    for (size_t i = 0; i < f->n; i++)
        if (lc_cell_is(f, i, "model", model) && lc_cell_number(f, i, "fraction") == fraction) {
            to[0].number = lc_cell_number(f, i, "won");
            to[1].number = lc_cell_number(f, i, "capture");
            return;
        }
}

static bool has_current(const struct lc_frame *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (lc_cell_is(f, i, "model", "current"))
            return true;
    return false;
}

static enum lc_rc make_gains(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_frame *from = &w->r->backtest->gains;

    lc_frame_init(f, "lift", gain_heading, has_current(from) ? G_ALL : G_CURRENT_WON, w->arena);
    for (size_t i = 0; i < from->n; i++) {
        const double fraction = lc_cell_number(from, i, "fraction");
        union lc_value *row = NULL;
        enum lc_rc rc;

        if (!is_asked(fraction) || !is_logistic(from, i, NULL))
            continue;
        rc = lc_frame_add(f, &row, w->err);
        if (rc)
            return rc;
        for (size_t j = 0; j < G_RATIO_WON; j++)
            row[j].number = lc_cell_number(from, i, gain_heading[j].name);
        find_gain(from, "ratio", fraction, &row[G_RATIO_WON]);
        if (f->k == G_ALL)
            find_gain(from, "current", fraction, &row[G_CURRENT_WON]);
    }
    return LC_OK;
}

static enum lc_rc put_gains(const struct lc_writing *w)
{
    struct lc_frame f;
    const enum lc_rc rc = make_gains(w, &f);

    if (rc || f.n == 0)
        return rc;
    return lc_put_table(w, &f, "Wins among the best-scored leads", w->r->backtest->gains.title,
                        "Won: wins among the leads with the best scores up to that share; of "
                        "leads with equal scores a share counts",
                        0);
}

/* Whether sales may have it on paper, and for how much. */
static void put_price(const struct lc_writing *w)
{
    const struct lc_frame *price = &w->r->backtest->price;

    for (size_t i = 0; i < price->n_notes; i++)
        lc_doc_say(w->doc, "%s", price->note[i]);
    if (price->n_notes)
        lc_doc_break(w->doc);
}

enum lc_rc lc_chapter_lift(const struct lc_writing *w)
{
    const struct lc_backtest *b = w->r->backtest;
    struct lc_frame f;
    enum lc_rc rc;

    if (!b) {
        lc_put_no_backtest(w);
        return LC_OK;
    }
    lc_put_figure(w, LC_FIGURE_LIFT);
    rc = put_gains(w);
    if (!rc)
        rc = make_models(w, &f);
    if (!rc)
        rc = lc_put_table(w, &f, "Models side by side", b->grades.title,
                          "Every number is of the test leads alone", 0);
    if (!rc)
        rc = lc_put_pairs(w);
    if (rc)
        return rc;
    put_price(w);
    lc_doc_say(
        w->doc,
        "AUC: how often a lead that was won stood above one that was not (0.5 is "
        "chance). Brier and log loss: how far the promised close rates were off (less is "
        "better). Calibration slope: 1 when differences between leads are as large as "
        "promised, under 1 when they were overstated.");
    lc_doc_break(w->doc);
    return LC_OK;
}
