/* The cells of the model, their clocks, and whether the clocks agree with the expected close rates. */
#include <string.h>

#include "leadcal/date.h"
#include "leadcal/num.h"
#include "report_internal.h"

#define MOST_DISAGREE 10 /* sentences on clocks that disagree */

enum cell_column { GRADE, LEADS, SHARE, WON, RATE, EXPECTED, CLOCK, LANE, ACTION, CELL_ALL };

static const struct lc_heading heading[CELL_ALL] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"share", LC_CELL_RATE, "share of leads", false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"close_rate", LC_CELL_RATE, "close rate", false},
    {"expected", LC_CELL_RATE, NULL, false},
    {"sla_hours", LC_CELL_COUNT, "SLA hours", false},
    {"lane", LC_CELL_TEXT, NULL, false},
    {"action", LC_CELL_TEXT, NULL, false},
};

/* The table of the cells, in the columns of the report. A close rate of few leads is left out. */
static enum lc_rc make_cells(const struct lc_writing *w, struct lc_frame *f)
{
    const struct lc_pick pick = {.name = "cells", .heading = heading, .k = CELL_ALL};
    const enum lc_rc rc = lc_pick_rows(w->r->cells, &pick, w->arena, f, w->err);

    for (size_t i = 0; !rc && i < f->n; i++)
        if (f->value[i * f->k + LEADS].number < LC_FEW_LEADS)
            f->value[i * f->k + RATE].number = LC_NAN;
    return rc;
}

/* What marketing and sales agreed, and who stands for it. */
static void put_agreement(const struct lc_writing *w, const struct lc_agreement *a)
{
    char day[LC_DAY_TEXT];

    lc_doc_say(w->doc, "**Qualified** is ");
    lc_put_sentence(w, a->definition ? a->definition : "not defined");
    for (size_t i = 0; i < a->n_owners; i++) {
        lc_doc_say(w->doc, "%s", i ? "; " : " Answers for it: ");
        lc_doc_quote(w->doc, a->owner[i].of);
        lc_doc_say(w->doc, ": ");
        lc_doc_quote(w->doc, a->owner[i].name);
    }
    lc_doc_say(w->doc, "%s", a->n_owners ? "." : "");
    if (a->approved_by) {
        lc_doc_say(w->doc, " Approved by ");
        lc_put_sentence(w, a->approved_by);
    } else {
        lc_doc_say(w->doc, " Nobody is named who approved it (`agreement` in the spec).");
    }
    if (a->effective_from != LC_NO_DAY) {
        lc_day_text(a->effective_from, day);
        lc_doc_say(w->doc, " In force from %s.", day);
    }
    if (a->next_review != LC_NO_DAY) {
        lc_day_text(a->next_review, day);
        lc_doc_say(w->doc, " To be reviewed on %s.", day);
    }
    lc_doc_break(w->doc);
}

/* Where clocks contradict the expected close rates, as the model says it. */
static void put_disagreements(const struct lc_writing *w, const struct lc_texts *said)
{
    for (size_t i = 0; i < said->n && i < MOST_DISAGREE; i++) {
        lc_doc_item(w->doc);
        lc_doc_quote(w->doc, said->text[i]);
        lc_doc_say(w->doc, ".");
    }
    if (said->n > MOST_DISAGREE) {
        lc_doc_item(w->doc);
        lc_doc_say(w->doc, "and %zu cells more.", said->n - MOST_DISAGREE);
    }
    lc_doc_break(w->doc);
    if (said->n)
        lc_doc_say(w->doc,
                   "Nothing was changed: the clocks are an agreement between marketing and "
                   "sales, not a result.");
    else
        lc_doc_say(w->doc,
                   "No cell that can be judged waits longer than one expected to close less "
                   "often.");
    lc_doc_break(w->doc);
}

static void put_order(const struct lc_writing *w, const struct lc_model *m)
{
    char percent[LC_PERCENT];

    for (size_t i = 0; i < m->by_expected.n; i++) {
        lc_doc_say(w->doc, "%s", i ? ", " : "By expected close rate: ");
        lc_doc_quote(w->doc, m->by_expected.text[i]);
        for (size_t c = 0; c < m->n_cells; c++)
            if (strcmp(m->cell[c].grade, m->by_expected.text[i]) == 0)
                lc_doc_say(w->doc, " %s", lc_percent(m->cell[c].expected, percent));
    }
    if (m->by_expected.n)
        lc_doc_say(w->doc, ".");
    lc_doc_break(w->doc);
}

static void put_unjudged(const struct lc_writing *w, const struct lc_frame *f)
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        if (lc_cell_number(f, i, "leads") >= LC_FEW_LEADS)
            continue;
        lc_doc_say(w->doc, "%s", n++ ? ", " : "Cannot be judged (fewer than 20 leads): ");
        lc_doc_quote(w->doc, lc_cell_text(f, i, "grade"));
    }
    if (n)
        lc_doc_say(w->doc, ".");
    lc_doc_break(w->doc);
}

enum lc_rc lc_put_cells(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->cells;
    struct lc_frame shown;
    enum lc_rc rc;

    if (!f || f->n == 0 || !w->r->model) {
        lc_doc_say(w->doc, "There are no cells and no clocks, since there is no model: ");
        lc_put_sentence(w, w->r->no_model ? w->r->no_model : "none was fitted");
        lc_doc_break(w->doc);
        return LC_OK;
    }
    rc = make_cells(w, &shown);
    if (!rc)
        rc =
            lc_put_table(w, &shown, "Cells of the new model, their clocks and what is expected",
                         w->who ? w->who : f->title,
                         "Close rate: won over the leads of the cell, blank under 20 "
                         "leads; expected: the model's mean over them, for the leads that it "
                         "was learnt from",
                         0);
    if (rc)
        return rc;
    put_order(w, w->r->model);
    if (w->r->model->agreement.n_cells) {
        put_agreement(w, &w->r->model->agreement);
        put_disagreements(w, &w->r->model->disagreements);
    } else {
        lc_doc_say(w->doc, "There is one dimension only, so there are no cells and no clocks; "
                           "name the columns of engagement with `--engagement`.");
        lc_doc_break(w->doc);
    }
    put_unjudged(w, f);
    return LC_OK;
}
