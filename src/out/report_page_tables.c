/* Paragraphs 4 to 6 of page one: grades, the week's work, the largest changes of points. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "report_page_internal.h"

#define MOST_CHANGES 5

/* ---- 4: close rate, cycle and acceptance by letter and by digit ---- */

enum grade_column { GRADE, LEADS, WON, RATE, LOW, HIGH, EXPECTED, DAYS, ACCEPTED, GRADE_ALL };

static const struct lc_heading grade_heading[GRADE_ALL] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"close_rate", LC_CELL_RATE, "close rate", false},
    {"close_rate_low", LC_CELL_RATE, "low", false},
    {"close_rate_high", LC_CELL_RATE, "high", false},
    {"expected_rate", LC_CELL_RATE, "promised", false},
    {"cycle_median_days", LC_CELL_REAL, "days from entry to won, median", false},
    {"acceptance", LC_CELL_RATE, "accepted by sales", false},
};

/* Accepted of the hand-overs that are not pending, over the cells of a letter or a digit. */
static double accepted_of(const struct lc_frame *f, char margin)
{
    double accepted = 0, due = 0;

    for (size_t i = 0; f && i < f->n; i++) {
        const char *cell = lc_cell_text(f, i, "group");

        if (!lc_cell_is(f, i, "by", "grade") || !lc_cell_is(f, i, "period", "(all)") ||
            !strchr(cell, margin))
            continue;
        accepted += lc_cell_number(f, i, "accepted");
        due += lc_cell_number(f, i, "handed_over") - lc_cell_number(f, i, "pending");
    }
    return due > 0 ? accepted / due : LC_NAN;
}

static bool is_margin(const struct lc_frame *f, size_t i)
{
    return lc_cell_is(f, i, "model", "logistic") && !lc_cell_is_repeat(f, i) &&
           strlen(lc_cell_text(f, i, "grade")) == 1;
}

static enum lc_rc make_grades(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_frame *from = &w->r->backtest->grades;

    lc_frame_init(f, "backtest", grade_heading, w->r->accept_new ? GRADE_ALL : ACCEPTED,
                  w->arena);
    for (size_t i = 0; i < from->n; i++) {
        union lc_value *row = NULL;
        enum lc_rc rc;

        if (!is_margin(from, i))
            continue;
        rc = lc_frame_add(f, &row, w->err);
        if (rc)
            return rc;
        row[GRADE].text = lc_cell_text(from, i, "grade");
        for (size_t j = LEADS; j < ACCEPTED; j++)
            row[j].number = lc_cell_number(from, i, grade_heading[j].name);
        if (w->r->accept_new)
            row[ACCEPTED].number = accepted_of(w->r->accept_new, *row[GRADE].text);
    }
    return LC_OK;
}

/* The widest gap by which a worse grade of one dimension closed more often than a better one. */
static void put_inversion(const struct lc_writing *w, const struct lc_frame *f)
{
    double widest = 0;
    size_t better = 0, worse = 0;
    char said[2][LC_PERCENT];

    for (size_t i = 0; i < f->n; i++)
        for (size_t j = i + 1; j < f->n; j++) {
            const bool letters = *lc_cell_text(f, i, "grade") >= 'A';
            const double gap =
                lc_cell_number(f, j, "close_rate") - lc_cell_number(f, i, "close_rate");

            if (letters == (*lc_cell_text(f, j, "grade") >= 'A') && gap > widest) {
                widest = gap;
                better = i;
                worse = j;
            }
        }
    if (widest > 0)
        lc_doc_say(w->doc,
                   " **The order did not hold throughout:** %s closed %s, more than the better "
                   "grade %s with %s.",
                   lc_cell_text(f, worse, "grade"),
                   lc_percent(lc_cell_number(f, worse, "close_rate"), said[0]),
                   lc_cell_text(f, better, "grade"),
                   lc_percent(lc_cell_number(f, better, "close_rate"), said[1]));
}

/* What was promised, apart from the end of the interval that it misses, however near it lies. */
static void put_promise(const struct lc_writing *w, double promised, double low, double high)
{
    const double end = promised < low ? low : high, apart = fabs(100 * (promised - end));
    char said[LC_PERCENT];

    if (apart >= 0.1)
        lc_doc_say(w->doc, "%s were promised", lc_percent(promised, said));
    else
        lc_doc_say(w->doc, "%.*f %% were promised, and the interval %s at %.*f %%",
                   apart < 0.01 ? 3 : 2, 100 * promised, promised < low ? "begins" : "ends",
                   apart < 0.01 ? 3 : 2, 100 * end);
}

/* Grades whose promise lies outside the interval of what came, and the average. */
static void put_broken_promises(const struct lc_writing *w, const struct lc_frame *f)
{
    const struct lc_metric *said = lc_metric_of(w->r->backtest, "logistic", "mean_predicted");
    const struct lc_metric *seen = lc_metric_of(w->r->backtest, "logistic", "observed_rate");
    char first[LC_PERCENT], second[LC_PERCENT];
    bool any = false;

    if (said && seen && (said->value < seen->low || said->value > seen->high))
        lc_doc_say(
            w->doc,
            " **The promised close rates were off:** %s on average, and %s closed; do not "
            "take its probabilities at their word.",
            lc_percent(said->value, first), lc_percent(seen->value, second));
    for (size_t i = 0; i < f->n; i++) {
        const double promised = lc_cell_number(f, i, "expected_rate");
        const double low = lc_cell_number(f, i, "close_rate_low");
        const double high = lc_cell_number(f, i, "close_rate_high");

        if (!(promised < low || promised > high))
            continue;
        lc_doc_say(w->doc, "%s%s (%s came, ",
                   any ? ", " : " **Some grades did not keep their promise:** ",
                   lc_cell_text(f, i, "grade"),
                   lc_percent(lc_cell_number(f, i, "close_rate"), first));
        put_promise(w, promised, low, high);
        lc_doc_say(w->doc, ")");
        any = true;
    }
    if (any)
        lc_doc_say(w->doc, ".");
}

enum lc_rc lc_page_grades(const struct lc_writing *w)
{
    struct lc_frame f;
    enum lc_rc rc;

    lc_doc_numbered(w->doc, 4);
    if (!w->r->backtest) {
        lc_doc_say(w->doc,
                   "Close rate, cycle and acceptance by grade need a test on later leads; "
                   "what the grades of the training leads hold stands in the chapter on "
                   "grades.");
        return LC_OK;
    }
    rc = make_grades(w, &f);
    if (rc)
        return rc;
    lc_doc_say(w->doc, "By letter (profile) and by digit (engagement), on the test leads.");
    put_inversion(w, &f);
    put_broken_promises(w, &f);
    if (!w->r->accept_new)
        lc_doc_say(w->doc, " Acceptance is not known.");
    return lc_put_table(w, &f, "Grades of the new model on later leads", NULL,
                        w->r->accept_new
                            ? "Close rate with its 95 % interval; accepted: of all "
                              "hand-overs that the new model grades so as of the export"
                            : "Close rate with its 95 % interval",
                        0);
}

/* ---- 5: the week's work ---- */

enum lc_rc lc_page_workload(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->backtest ? &w->r->backtest->workload : NULL;
    const bool weekly = w->r->backtest && !isnan(w->r->backtest->volume.weeks);

    lc_doc_numbered(w->doc, 5);
    if (!f || f->n == 0) {
        lc_doc_say(w->doc, "What would change in a week's work needs a test on later leads.");
        return LC_OK;
    }
    lc_doc_say(w->doc,
               weekly ? "The week's work, before and after" : "The work, before and after");
    if (w->r->model && w->r->model->agreement.hand_over.n) {
        const struct lc_texts *cells = &w->r->model->agreement.hand_over;

        lc_doc_say(w->doc, ", if these cells are handed over, as the agreement has it: ");
        for (size_t i = 0; i < cells->n; i++) {
            lc_doc_say(w->doc, "%s", i ? ", " : "");
            lc_doc_quote(w->doc, cells->text[i]);
        }
    }
    lc_doc_say(w->doc, ".");
    return lc_put_table(w, f, weekly ? "Leads a week" : "Leads of the test", NULL,
                        weekly
                            ? "One line for all weeks, so its share of the wins is not that of "
                              "(2), which takes the best of each week"
                            : NULL,
                        0);
}

/* ---- 6: the largest changes of points ---- */

static const struct lc_heading change_heading[] = {
    {"attribute", LC_CELL_TEXT, NULL, false},
    {"level", LC_CELL_TEXT, NULL, false},
    {"current_points", LC_CELL_REAL, "current points", false},
    {"new_points", LC_CELL_COUNT, "new points", false},
    {"change", LC_CELL_REAL, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
};

static bool is_among_first(const struct lc_frame *f, size_t i, const void *context)
{
    (void)f;
    (void)context;
    return i < MOST_CHANGES;
}

enum lc_rc lc_page_changes(const struct lc_writing *w)
{
    const struct lc_pick pick = {.name = "changes",
                                 .heading = change_heading,
                                 .k = sizeof change_heading / sizeof *change_heading,
                                 .keep = is_among_first,
                                 .drop = true};
    const struct lc_frame *f = w->r->comparison ? &w->r->comparison->changes : NULL;
    struct lc_frame first;
    bool compared;
    enum lc_rc rc;

    lc_doc_numbered(w->doc, 6);
    if (!f || f->n == 0) {
        lc_doc_say(w->doc, "There are no points: they need a model.");
        return LC_OK;
    }
    compared = !isnan(lc_cell_number(f, 0, "change"));
    rc = lc_pick_rows(f, &pick, w->arena, &first, w->err);
    if (rc)
        return rc;
    lc_doc_say(w->doc, compared ? "The five largest changes of points."
                                : "The five largest points (there is no earlier card of points "
                                  "to compare with).");
    return lc_put_table(w, &first, compared ? "Largest changes of points" : "Largest points",
                        NULL, "10 points double the odds, 0 is the average lead", 0);
}
