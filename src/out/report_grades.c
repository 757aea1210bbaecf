/* Close rate by grade: letters and digits, cells, and the clocks of the cells. */
#include <string.h>

#include "report_internal.h"

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

/* Rows of the new model: cells, or the letters and digits; a second clock tells the same again. */
static bool is_wanted(const struct lc_frame *f, size_t i, const void *cells)
{
    return lc_cell_is(f, i, "model", "logistic") && !lc_cell_is_repeat(f, i) &&
           is_cell(lc_cell_text(f, i, "grade")) == *(const bool *)cells;
}

static enum lc_rc put_rates(const struct lc_writing *w, bool cells)
{
    const struct lc_frame *from = &w->r->backtest->grades;
    const struct lc_pick pick = {.name = "backtest",
                                 .heading = rate_heading,
                                 .k = cells ? RATE_ALL : REMARK,
                                 .keep = is_wanted,
                                 .context = &cells};
    struct lc_frame f;
    const enum lc_rc rc = lc_pick_rows(from, &pick, w->arena, &f, w->err);

    if (rc || f.n == 0)
        return rc;
    for (size_t i = 0; cells && i < f.n; i++)
        if (f.value[i * f.k + LEADS].number < LC_FEW_LEADS)
            f.value[i * f.k + REMARK].text = "too few leads: go by expected";
    return lc_put_table(
        w, &f, cells ? "By cell" : "By letter and by digit", from->title,
        "Close rate: won (within the window, where there is one) over all leads of the "
        "grade, with its 95 % interval; expected: what the model foretold",
        0);
}

static enum lc_rc put_tested(const struct lc_writing *w)
{
    const struct lc_backtest *b = w->r->backtest;
    enum lc_rc rc;

    lc_doc_say(
        w->doc,
        "The letter is the profile (who the lead is), the digit the engagement (what the lead "
        "did); A and 1 are best. The leads below %s.",
        b->split.by_time || (w->r->cohort && w->r->cohort->file_is_time)
            ? "came after those that the scores were learnt from"
            : "stand behind those that the scores were learnt from in the file; "
              "whether they came later was not checked");
    rc = put_rates(w, false);
    if (rc)
        return rc;
    lc_put_figure(w, LC_FIGURE_GRADES);
    rc = put_rates(w, true);
    if (!rc)
        rc = lc_put_worked(w);
    lc_put_notes(w, b->grades.note, b->grades.n_notes, b->verdict);
    return rc;
}

enum lc_rc lc_chapter_grades(const struct lc_writing *w)
{
    enum lc_rc rc = LC_OK;

    if (w->r->backtest)
        rc = put_tested(w);
    else
        lc_put_no_backtest(w);
    if (!rc)
        rc = lc_put_cells(w);
    if (!rc)
        rc = lc_put_value(w);
    return rc ? rc : lc_put_fairness(w);
}
