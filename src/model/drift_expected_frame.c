/* What is expected, as a table and a sentence. */
#include <math.h>

#include "drift_internal.h"
#include "leadcal/calibration.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "leadcal/roc.h"

enum column {
    WHAT,
    GRADE,
    LEADS,
    EXPECTED,
    LOW,
    HIGH,
    MATURE_LEADS,
    MATURE_EXPECTED,
    OBSERVED,
    OBSERVED_LOW,
    OBSERVED_HIGH,
    NOTE,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [WHAT] = {"what", LC_CELL_TEXT, NULL, false},
    [GRADE] = {"grade", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [EXPECTED] = {"expected", LC_CELL_REAL, NULL, false},
    [LOW] = {"low", LC_CELL_REAL, NULL, false},
    [HIGH] = {"high", LC_CELL_REAL, NULL, false},
    [MATURE_LEADS] = {"mature_leads", LC_CELL_COUNT, "mature", false},
    [MATURE_EXPECTED] = {"mature_expected", LC_CELL_REAL, "of them expected", false},
    [OBSERVED] = {"observed", LC_CELL_REAL, NULL, false},
    [OBSERVED_LOW] = {"observed_low", LC_CELL_REAL, "low", true},
    [OBSERVED_HIGH] = {"observed_high", LC_CELL_REAL, "high", true},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, false},
};

static enum lc_rc add_row(const struct lc_drift_expecting *w, struct lc_frame *f,
                          const char *what, const char *grade, const struct lc_expect_value *v,
                          union lc_value **row, struct lc_err *err)
{
    const enum lc_rc rc = lc_frame_add(f, row, err);

    if (rc)
        return rc;
    (*row)[WHAT].text = what;
    (*row)[GRADE].text = grade;
    (*row)[LEADS].number = (double)w->now->n;
    (*row)[EXPECTED].number = v->value;
    (*row)[LOW].number = v->low;
    (*row)[HIGH].number = v->high;
    return LC_OK;
}

static double leads_of(const struct lc_drift_expecting *w, const struct lc_drift_set *s)
{
    double n = 0;

    for (size_t i = 0; i < w->now->n; i++)
        n += s->holds[w->cell[i]] ? 1 : 0;
    return n;
}

static enum lc_rc add_rate(const struct lc_drift_expecting *w, size_t at, struct lc_frame *f,
                           struct lc_err *err)
{
    const struct lc_drift_set *s = &w->set[at];
    const struct lc_interval observed = lc_wilson(s->won, s->mature);
    const char *grade = lc_arena_text(w->arena, lc_slice_of(s->grade));
    union lc_value *row;
    enum lc_rc rc;

    if (!grade)
        return lc_fail_memory(err, "expected performance");
    rc = add_row(w, f, "close_rate", grade, &w->expect.rate[at], &row, err);
    if (rc)
        return rc;
    row[LEADS].number = leads_of(w, s);
    if (!w->cohort)
        return LC_OK;
    row[MATURE_LEADS].number = s->mature;
    if (!(s->mature > 0))
        return LC_OK;
    row[MATURE_EXPECTED].number = s->expected / s->mature;
    row[OBSERVED].number = s->won / s->mature;
    row[OBSERVED_LOW].number = observed.low;
    row[OBSERVED_HIGH].number = observed.high;
    if (at > 0)
        return LC_OK; /* of two dozen grades one lies outside by chance: only all are judged */
    if (s->expected / s->mature > observed.high)
        row[NOTE].text = "the mature leads closed less often than expected";
    if (s->expected / s->mature < observed.low)
        row[NOTE].text = "the mature leads closed more often than expected";
    return LC_OK;
}

/* What order and size of the probabilities are worth: of all leads, and of the mature ones. */
static enum lc_rc add_measures(const struct lc_drift_expecting *w, struct lc_frame *f,
                               struct lc_err *err)
{
    const double top = LC_DRIFT_TOP;
    const bool both = w->n_won > 0 && w->n_won < w->n_mature;
    union lc_value *row;
    struct lc_auc auc;
    struct lc_gain gain;
    enum lc_rc rc = lc_auc(w->mature_p, w->mature_y, w->n_mature, w->arena, &auc, err);

    if (!rc)
        rc = lc_gains(w->mature_p, w->mature_y, w->n_mature, &top, 1, w->arena, &gain, err);
    if (!rc)
        rc = add_row(w, f, "auc", "(all)", &w->expect.auc, &row, err);
    if (rc)
        return rc;
    if (both) {
        row[MATURE_LEADS].number = (double)w->n_mature;
        row[OBSERVED].number = auc.auc;
        row[OBSERVED_LOW].number = auc.low;
        row[OBSERVED_HIGH].number = auc.high;
    }
    rc = add_row(w, f, "brier", "(all)", &w->expect.brier, &row, err);
    if (rc)
        return rc;
    if (w->n_mature) {
        row[MATURE_LEADS].number = (double)w->n_mature;
        row[OBSERVED].number = lc_brier(w->mature_p, w->mature_y, w->n_mature);
    }
    rc = add_row(w, f, "captured", "(all)", &w->expect.captured, &row, err);
    if (!rc && w->n_won) {
        row[MATURE_LEADS].number = (double)w->n_mature;
        row[OBSERVED].number = gain.capture;
    }
    return rc;
}

/* ---- words ---- */

static const char *title_of(const struct lc_drift_expecting *w)
{
    char first[LC_DAY_TEXT], last[LC_DAY_TEXT];

    if (!w->now->by_day)
        return lc_arena_format(w->arena, "%zu leads, expected by the model", w->now->n);
    lc_day_text(w->now->first, first);
    lc_day_text(w->now->last, last);
    return lc_arena_format(w->arena, "%zu leads decided %s to %s, expected by the model",
                           w->now->n, first, last);
}

static const char *say(const struct lc_drift_expecting *w)
{
    const struct lc_expect_value *rate = &w->expect.rate[0];
    const double n = (double)w->now->n;
    const char *within, *text;

    within =
        w->model->boundary.window_days == LC_WINDOW_NONE
            ? "in the end"
            : lc_arena_format(w->arena, "within %d days", (int)w->model->boundary.window_days);
    if (!within)
        return NULL;
    text = lc_arena_format(w->arena,
                           "if the model still holds, about %.0f (%.0f to %.0f) of these %.0f "
                           "leads will be won %s",
                           n * rate->value, n * rate->low, n * rate->high, n, within);
    if (!text || !w->n_mature)
        return text;
    return lc_arena_format(
        w->arena,
        "%s; of the %zu among them that are old enough to tell %zu were won, "
        "where about %.0f were expected",
        text, w->n_mature, w->n_won, w->set[0].expected);
}

static enum lc_rc put_notes(const struct lc_drift_expecting *w, struct lc_drift_expected *out,
                            struct lc_err *err)
{
    enum lc_rc rc = lc_frame_note(&out->frame, err, "%s", out->sentence);

    if (!rc)
        rc = lc_frame_note(
            &out->frame, err,
            "expected: from the probabilities of the model alone (CBPE), no "
            "outcome is looked at; right only as long as the model is still "
            "calibrated. low, high: where 95 %% of %d simulated outcomes lie; the "
            "doubt about the model itself comes on top",
            LC_EXPECT_DRAWS);
    if (!rc)
        rc = lc_frame_note(&out->frame, err,
                           "captured: share of the wins among the best fifth of the leads");
    if (!rc && !w->n_mature)
        rc = lc_frame_note(&out->frame, err,
                           "none of the new leads is known to be old enough for its outcome to "
                           "be compared%s",
                           w->cohort ? "" : " (that needs the outcome and the dates)");
    return rc;
}

enum lc_rc lc_drift_expected_frame(const struct lc_drift_expecting *w,
                                   struct lc_drift_expected *out, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    lc_frame_init(&out->frame, "expected", heading, COLUMNS, w->arena);
    for (size_t s = 0; s < w->sets && !rc; s++)
        rc = add_rate(w, s, &out->frame, err);
    if (!rc)
        rc = add_measures(w, &out->frame, err);
    if (rc)
        return rc;
    out->frame.title = title_of(w);
    out->sentence = say(w);
    if (!out->sentence || !out->frame.title)
        return lc_fail_memory(err, "expected performance");
    return put_notes(w, out, err);
}
