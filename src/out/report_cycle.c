/* How long won leads took, by grade. */
#include <math.h>
#include <string.h>

#include "report_internal.h"

#define LEAST_CYCLES 5 /* wins with dates; fewer give no cycle length: DEFINITIONS 5 */

enum cycle_column { GRADE, CLOCK, WON, MEDIAN, LOW, HIGH, P90, ALL };

static const struct lc_heading heading[ALL] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"clock", LC_CELL_TEXT, NULL, false},
    {"won_with_dates", LC_CELL_COUNT, "wins with dates", false},
    {"cycle_median_days", LC_CELL_REAL, "median days", false},
    {"cycle_median_low", LC_CELL_REAL, "low", false},
    {"cycle_median_high", LC_CELL_REAL, "high", false},
    {"cycle_p90_days", LC_CELL_COUNT, "9 of 10 within", false},
};

/* Letters and digits by both clocks; a cell has too few wins for a median. */
static bool is_wanted(const struct lc_frame *f, size_t i, const void *context)
{
    (void)context;
    return lc_cell_is(f, i, "model", "logistic") && *lc_cell_text(f, i, "clock") &&
           strlen(lc_cell_text(f, i, "grade")) != 2;
}

static enum lc_rc put_by_grade(const struct lc_writing *w)
{
    const struct lc_pick pick = {
        .name = "backtest", .heading = heading, .k = ALL, .keep = is_wanted};
    const struct lc_frame *from;
    bool blank = false;
    struct lc_frame f;
    enum lc_rc rc;

    if (!w->r->backtest) {
        lc_put_no_backtest(w);
        return LC_OK;
    }
    from = &w->r->backtest->grades;
    rc = lc_pick_rows(from, &pick, w->arena, &f, w->err);
    if (rc)
        return rc;
    if (f.n == 0) {
        lc_doc_say(w->doc, "Cycle lengths need the day of entry and the day of winning: name "
                           "their columns with `--entered` and `--closed`.");
        lc_doc_break(w->doc);
        return LC_OK;
    }
    lc_put_figure(w, LC_FIGURE_CYCLE);
    rc = lc_put_table(w, &f, "Days to won, by letter and by digit", from->title,
                      "Calendar days from the clock's start to won, among leads won in time "
                      "that were followed for the whole window; lost leads are in the close "
                      "rate, not here",
                      0);
    for (size_t i = 0; i < f.n; i++)
        blank = blank || isnan(f.value[i * f.k + MEDIAN].number);
    if (!rc && blank)
        lc_doc_say(w->doc, "Blank: fewer than %d wins with dates.", LEAST_CYCLES);
    lc_doc_break(w->doc);
    return rc;
}

enum lc_rc lc_chapter_cycle(const struct lc_writing *w)
{
    enum lc_rc rc = put_by_grade(w);

    if (!rc)
        rc = lc_put_young(w);
    if (!rc)
        rc = lc_put_maturity(w);
    return rc ? rc : lc_put_cycle_split(w);
}
