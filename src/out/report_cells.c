/* Chapter 7: cells, their clocks, and whether the clocks agree with the expected close rates. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

#define MOST_DISAGREE 10 /* sentences on clocks that disagree */

enum cell_column { GRADE, LEADS, SHARE, WON, RATE, EXPECTED, CLOCK, ACTION, CELL_ALL };

static const struct lc_heading heading[CELL_ALL] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"share", LC_CELL_RATE, "share of leads", false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"close_rate", LC_CELL_RATE, "close rate", false},
    {"expected", LC_CELL_RATE, NULL, false},
    {"sla_hours", LC_CELL_COUNT, "SLA hours", false},
    {"action", LC_CELL_TEXT, NULL, false},
};

/* The table of the cells, in the columns of the report. A close rate of few leads is left out. */
static enum lc_rc make_cells(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_frame *from = w->r->cells;

    lc_frame_init(f, "cells", heading, CELL_ALL, w->arena);
    for (size_t i = 0; i < from->n; i++) {
        union lc_value *row = NULL;
        const enum lc_rc rc = lc_frame_add(f, &row, w->err);

        if (rc)
            return rc;
        for (size_t j = 0; j < CELL_ALL; j++)
            if (heading[j].cell == LC_CELL_TEXT)
                row[j].text = lc_cell_text(from, i, heading[j].name);
            else
                row[j].number = lc_cell_number(from, i, heading[j].name);
        if (row[LEADS].number < LC_FEW_LEADS)
            row[RATE].number = LC_NAN;
    }
    return LC_OK;
}

/* Hours on the clock; no clock is the longest. */
static double clock_of(const struct lc_frame *f, size_t i)
{
    const double hours = lc_cell_number(f, i, "sla_hours");

    return hours > 0 ? hours : HUGE_VAL;
}

static bool can_judge(const struct lc_frame *f, size_t i)
{
    return strlen(lc_cell_text(f, i, "grade")) == 2 &&
           lc_cell_number(f, i, "leads") >= LC_FEW_LEADS &&
           isfinite(lc_cell_number(f, i, "expected"));
}

static void put_clock(const struct lc_writing *w, const struct lc_frame *f, size_t i)
{
    char percent[LC_PERCENT];

    lc_quote(w, lc_cell_text(f, i, "grade"));
    if (isfinite(clock_of(f, i)))
        lc_say(w, " (%.0f h", clock_of(f, i));
    else
        lc_say(w, " (no clock");
    lc_say(w, ", %s)", lc_percent(lc_cell_number(f, i, "expected"), percent));
}

/* A cell that waits longer than another though it is expected to close more often: the worst
 * offence of each is named. */
static void put_disagreements(const struct lc_writing *w, const struct lc_frame *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        size_t worst = f->n;

        for (size_t j = 0; j < f->n && can_judge(f, i); j++) {
            if (!can_judge(f, j) || clock_of(f, j) >= clock_of(f, i) ||
                lc_cell_number(f, j, "expected") >= lc_cell_number(f, i, "expected"))
                continue;
            if (worst == f->n ||
                lc_cell_number(f, j, "expected") < lc_cell_number(f, worst, "expected"))
                worst = j;
        }
        if (worst == f->n || n++ >= MOST_DISAGREE)
            continue;
        lc_say(w, "- ");
        put_clock(w, f, i);
        lc_say(w, " is expected to close more often than ");
        put_clock(w, f, worst);
        lc_say(w, ", yet waits longer.\n");
    }
    if (n > MOST_DISAGREE)
        lc_say(w, "- and %zu cells more.\n", n - MOST_DISAGREE);
    if (n)
        lc_say(w, "\nNothing was changed: the clocks are an agreement between marketing and "
                  "sales, not a result.\n\n");
    else
        lc_say(w, "No cell that can be judged waits longer than one expected to close less "
                  "often.\n\n");
}

/* The grade with the next lower expectation after `last`; f->n: none. */
static size_t next_expected(const struct lc_frame *f, size_t last)
{
    const double bound = last < f->n ? lc_cell_number(f, last, "expected") : HUGE_VAL;
    size_t best = f->n;

    for (size_t i = 0; i < f->n; i++) {
        const double x = lc_cell_number(f, i, "expected");

        if (isnan(x) || x > bound || (x == bound && i <= last))
            continue;
        if (best == f->n || x > lc_cell_number(f, best, "expected"))
            best = i;
    }
    return best;
}

static void put_order(const struct lc_writing *w, const struct lc_frame *f)
{
    char percent[LC_PERCENT];
    size_t n = 0;

    for (size_t i = next_expected(f, f->n); i < f->n; i = next_expected(f, i)) {
        lc_say(w, "%s", n++ ? ", " : "By expected close rate: ");
        lc_quote(w, lc_cell_text(f, i, "grade"));
        lc_say(w, " %s", lc_percent(lc_cell_number(f, i, "expected"), percent));
    }
    if (n)
        lc_say(w, ".\n\n");
}

static void put_unjudged(const struct lc_writing *w, const struct lc_frame *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        if (lc_cell_number(f, i, "leads") >= LC_FEW_LEADS)
            continue;
        lc_say(w, "%s", n++ ? ", " : "Cannot be judged (fewer than 20 leads): ");
        lc_quote(w, lc_cell_text(f, i, "grade"));
    }
    if (n)
        lc_say(w, ".\n\n");
}

enum lc_rc lc_chapter_cells(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->cells;
    struct lc_frame shown;
    size_t cells = 0;
    enum lc_rc rc;

    lc_say(w, "## 7. Cells, clocks and expected close rate\n\n");
    if (!f || f->n == 0) {
        lc_say(w, "There are no grades: they need a model. ");
        lc_quote(w, w->r->no_model);
        lc_say(w, "\n\n");
        return LC_OK;
    }
    rc = make_cells(w, &shown);
    if (!rc)
        rc = lc_put_table(w, &shown, lc_who(w, f->title),
                          "Close rate: won over the leads of the cell, blank under 20 "
                          "leads; expected: the model's mean over them, for the leads that it "
                          "was learnt from",
                          0);
    if (rc)
        return rc;
    for (size_t i = 0; i < f->n; i++)
        cells += strlen(lc_cell_text(f, i, "grade")) == 2;
    put_order(w, f);
    if (cells)
        put_disagreements(w, f);
    else
        lc_say(w, "There is one dimension only, so there are no cells and no clocks; name the "
                  "columns of engagement with `--engagement`.\n\n");
    put_unjudged(w, f);
    return LC_OK;
}
