/* Chapters 3 and 4: what grades were worth on later leads, and which model orders leads best. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

#define LEAST_CYCLES 5 /* wins with dates; fewer give no cycle length: DEFINITIONS 5 */

/* What would fill a chapter that needs later leads. */
static void put_no_backtest(const struct lc_writing *w)
{
    const struct lc_report *r = w->r;

    lc_say(w, "There was no test on later leads: ");
    lc_quote(w, r->no_backtest ? r->no_backtest
                : r->no_model  ? r->no_model
                               : "no backtest was run");
    lc_say(w, ".");
    if (r->cohort && !r->cohort->has_dates)
        lc_say(w, " A column of entry dates (`--entered`) would let leads be split by time.");
    else if (!r->no_backtest)
        lc_say(w, " A longer history, or a shorter `--window`, would fill this chapter.");
    lc_say(w, "\n\n");
}

/* ---- close rate by letter and digit, or by cell ---- */

enum rate_column { GRADE, LEADS, WON, RATE, LOW, HIGH, EXPECTED, REMARK, RATE_ALL };

static const struct lc_heading rate_heading[RATE_ALL] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"close_rate", LC_CELL_RATE, "close rate", false},
    {"close_rate_low", LC_CELL_RATE, "low", false},
    {"close_rate_high", LC_CELL_RATE, "high", false},
    {"expected_rate", LC_CELL_RATE, "expected", false},
    {"remark", LC_CELL_TEXT, "remark", false},
};

static bool is_cell(const char *grade)
{
    return strlen(grade) == 2;
}

static bool is_logistic(const struct lc_frame *f, size_t i)
{
    return strcmp(lc_cell_text(f, i, "model"), "logistic") == 0;
}

static enum lc_rc put_rates(const struct lc_writing *w, bool cells)
{
    const struct lc_frame *from = &w->r->backtest->grades;
    struct lc_frame f;

    lc_frame_init(&f, "backtest", rate_heading, cells ? RATE_ALL : REMARK, w->arena);
    for (size_t i = 0; i < from->n; i++) {
        const char *grade = lc_cell_text(from, i, "grade");
        union lc_value *row = NULL;
        enum lc_rc rc;

        if (!is_logistic(from, i) || lc_is_repeat(from, i) || is_cell(grade) != cells)
            continue;
        rc = lc_frame_add(&f, &row, w->err);
        if (rc)
            return rc;
        row[GRADE].text = grade;
        for (size_t j = LEADS; j < REMARK; j++)
            row[j].number = lc_cell_number(from, i, rate_heading[j].name);
        if (cells && row[LEADS].number < LC_FEW_LEADS)
            row[REMARK].text = "too few leads: go by expected";
    }
    if (f.n == 0)
        return LC_OK;
    lc_say(w, cells ? "### By cell\n\n" : "### By letter and by digit\n\n");
    return lc_put_table(
        w, &f, from->title,
        "Close rate: won (within the window, where there is one) over all leads of the "
        "grade, with its 95 % interval; expected: what the model foretold",
        0);
}

/* ---- cycle length ---- */

enum cycle_column { C_GRADE, C_CLOCK, C_WON, C_MEDIAN, C_LOW, C_HIGH, C_P90, CYCLE_ALL };

static const struct lc_heading cycle_heading[CYCLE_ALL] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"clock", LC_CELL_TEXT, NULL, false},
    {"won_with_dates", LC_CELL_COUNT, "wins with dates", false},
    {"cycle_median_days", LC_CELL_REAL, "median days", false},
    {"cycle_median_low", LC_CELL_REAL, "low", false},
    {"cycle_median_high", LC_CELL_REAL, "high", false},
    {"cycle_p90_days", LC_CELL_COUNT, "9 of 10 within", false},
};

static enum lc_rc put_cycles(const struct lc_writing *w)
{
    const struct lc_frame *from = &w->r->backtest->grades;
    bool blank = false;
    struct lc_frame f;
    enum lc_rc rc = LC_OK;

    lc_frame_init(&f, "backtest", cycle_heading, CYCLE_ALL, w->arena);
    for (size_t i = 0; i < from->n && !rc; i++) {
        const char *grade = lc_cell_text(from, i, "grade");
        union lc_value *row = NULL;

        if (!is_logistic(from, i) || is_cell(grade) || !*lc_cell_text(from, i, "clock"))
            continue;
        rc = lc_frame_add(&f, &row, w->err);
        if (rc)
            break;
        row[C_GRADE].text = grade;
        row[C_CLOCK].text = lc_cell_text(from, i, "clock");
        for (size_t j = C_WON; j < CYCLE_ALL; j++)
            row[j].number = lc_cell_number(from, i, cycle_heading[j].name);
        blank = blank || isnan(row[C_MEDIAN].number);
    }
    if (rc)
        return rc;
    lc_say(w, "### Cycle length\n\n");
    if (f.n == 0) {
        lc_say(w, "Cycle lengths need the day of entry and the day of winning: name their "
                  "columns with `--entered` and `--closed`.\n\n");
        return LC_OK;
    }
    rc = lc_put_table(w, &f, from->title,
                      "Calendar days from the clock's start to won, among leads won in time "
                      "that were followed for the whole window; lost leads are in the close "
                      "rate, not here",
                      0);
    if (!rc && blank)
        lc_say(w, "Blank: fewer than %d wins with dates.\n\n", LEAST_CYCLES);
    return rc;
}

enum lc_rc lc_chapter_grades(const struct lc_writing *w)
{
    const struct lc_backtest *b = w->r->backtest;
    enum lc_rc rc;

    lc_say(w, "## 3. Close rate and cycle length by grade\n\n");
    if (!b) {
        put_no_backtest(w);
        return LC_OK;
    }
    lc_say(
        w,
        "The letter is the profile (who the lead is), the digit the engagement (what the lead "
        "did); A and 1 are best. The leads below %s.\n\n",
        b->split.by_time || (w->r->cohort && w->r->cohort->file_is_time)
            ? "came after those that the scores were learnt from"
            : "stand behind those that the scores were learnt from in the file; "
              "whether they came later was not checked");
    rc = put_rates(w, false);
    if (rc)
        return rc;
    lc_put_figure(w, "grades.svg");
    rc = put_rates(w, true);
    if (!rc)
        rc = put_cycles(w);
    if (rc)
        return rc;
    lc_put_figure(w, "cycle.svg");
    lc_put_notes(w, b->grades.note, b->grades.n_notes, b->verdict);
    if (w->r->n_figures == 0)
        lc_say(w, "This report has no pictures: gnuplot is not there or failed. Install it "
                  "(`apt-get install gnuplot-nox`) and run the command again.\n\n");
    return LC_OK;
}

/* ---- models side by side ---- */

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

static const char *words_for(const char *model)
{
    static const char *const name[][2] = {
        {"logistic", "logistic (the new model)"},
        {"ratio", "ratio points (the published weighting)"},
        {"profile", "profile only"},
        {"engagement", "engagement only"},
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

        if (i > 0 && strcmp(model, b->metric[i - 1].model) == 0)
            continue;
        rc = lc_frame_add(f, &row, w->err);
        if (rc)
            return rc;
        row[M_NAME].text = words_for(model);
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

enum lc_rc lc_chapter_models(const struct lc_writing *w)
{
    const struct lc_backtest *b = w->r->backtest;
    const struct lc_metric *said, *seen;
    char first[LC_PERCENT], second[LC_PERCENT];
    struct lc_frame f;
    enum lc_rc rc;

    lc_say(w, "## 4. Models side by side\n\n");
    if (!b) {
        lc_say(w, "Models are compared on later leads, and there was no such test: chapter 3 "
                  "says why.\n\n");
        return LC_OK;
    }
    rc = make_models(w, &f);
    if (!rc)
        rc = lc_put_table(w, &f, b->grades.title, "Every number is of the test leads alone", 0);
    if (rc)
        return rc;
    lc_say(w,
           "AUC: how often a lead that was won stood above one that was not (0.5 is chance). "
           "Brier and log loss: how far the promised close rates were off (less is better). "
           "Calibration slope: 1 when differences between leads are as large as promised, "
           "under 1 when they were overstated.\n\n");
    said = lc_metric_of(b, "logistic", "mean_predicted");
    seen = lc_metric_of(b, "logistic", "observed_rate");
    if (said && seen)
        lc_say(w, "The new model promised %s of the test leads, and %s closed.\n\n",
               lc_percent(said->value, first), lc_percent(seen->value, second));
    lc_put_figure(w, "calibration.svg");
    lc_put_figure(w, "lift.svg");
    return LC_OK;
}
