/* The funnel: what became of the leads of each quarter, and the wins again by the day they closed. */
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "report_internal.h"

#define AS_THERE(name, cell)    \
    {                           \
        name, cell, NULL, false \
    }

static const struct lc_heading entered_heading[] = {
    AS_THERE("period", LC_CELL_TEXT),         AS_THERE("leads", LC_CELL_COUNT),
    AS_THERE("handed_over", LC_CELL_COUNT),   AS_THERE("accepted", LC_CELL_COUNT),
    AS_THERE("opportunities", LC_CELL_COUNT), AS_THERE("won", LC_CELL_COUNT),
    AS_THERE("lost", LC_CELL_COUNT),          AS_THERE("open", LC_CELL_COUNT),
    AS_THERE("amount", LC_CELL_REAL),         AS_THERE("cohort_rate", LC_CELL_RATE),
    AS_THERE("note", LC_CELL_TEXT),           AS_THERE("unconvertible", LC_CELL_COUNT),
};

/* In the order of the sum: won, less those that closed later, plus those of earlier leads. */
static const struct lc_heading closed_heading[] = {
    AS_THERE("period", LC_CELL_TEXT),        AS_THERE("won", LC_CELL_COUNT),
    AS_THERE("closed_later", LC_CELL_COUNT), AS_THERE("closed_earlier", LC_CELL_COUNT),
    AS_THERE("closed_won", LC_CELL_COUNT),   AS_THERE("closed_amount", LC_CELL_REAL),
    AS_THERE("leads", LC_CELL_COUNT),        AS_THERE("period_rate", LC_CELL_RATE),
    AS_THERE("cohort_rate", LC_CELL_RATE),
};

/* Steps that the export may lack, and the key of the spec that names their column. */
static const struct {
    const char *column, *what, *key;
} step[] = {
    {"handed_over", "hand-overs", "`dates.handed_over`"},
    {"accepted", "acceptance", "`acceptance.column` or `dates.accepted`"},
    {"opportunities", "opportunities", "`dates.opportunity_created`"},
    {"amount", "amounts", "`amount`"},
    {"closed_won", "wins by the day they closed", "`dates.closed`"},
};

static bool is_known(const struct lc_frame *f, const char *column)
{
    for (size_t i = 0; i < f->n; i++)
        if (!isnan(lc_cell_number(f, i, column)))
            return true;
    return false;
}

static void put_unknown_steps(const struct lc_writing *w, const struct lc_frame *f)
{
    bool any = false;

    for (size_t s = 0; s < sizeof step / sizeof *step; s++) {
        if (is_known(f, step[s].column))
            continue;
        lc_doc_say(w->doc, any ? ", %s (%s)" : "Not in this export: %s (%s", step[s].what,
                   step[s].key);
        if (!any)
            lc_doc_say(w->doc, " in the spec would name the column)");
        any = true;
    }
    if (any)
        lc_doc_say(w->doc, ".");
    lc_doc_break(w->doc);
}

static enum lc_rc put_closed(const struct lc_writing *w, const struct lc_frame *f)
{
    const struct lc_pick pick = {.name = f->name,
                                 .heading = closed_heading,
                                 .k = sizeof closed_heading / sizeof *closed_heading,
                                 .drop = true};
    struct lc_frame shown;
    enum lc_rc rc;

    if (!is_known(f, "closed_won"))
        return LC_OK;
    rc = lc_pick_rows(f, &pick, w->arena, &shown, w->err);
    if (rc)
        return rc;
    lc_doc_say(
        w->doc,
        "**Why a CRM dashboard shows another number.** It divides the wins that were "
        "closed in a quarter by the leads that came in during it: the period rate. Those "
        "wins are largely of leads that came in earlier, so it falls when many new leads "
        "come in and rises when few do, though no lead became better or worse. The "
        "cohort rate follows the leads of one quarter to their end, and is the one that "
        "a score can be held against.");
    lc_doc_break(w->doc);
    return lc_put_table(w, &shown, "The wins again, by the day they closed", NULL,
                        "Closed in the quarter: won of its own leads, less those that closed "
                        "later, plus those of leads that entered earlier. Period rate: wins "
                        "closed in the quarter over leads that entered in it; cohort rate: won "
                        "of the leads that entered in it, whenever",
                        0);
}

/* The last column is there only where rules leave leads out. */
static size_t entered_columns(const struct lc_frame *f)
{
    const size_t k = sizeof entered_heading / sizeof *entered_heading;
    const char *last = f && f->k ? f->heading[f->k - 1].name : "";

    return strcmp(last, entered_heading[k - 1].name) == 0 ? k : k - 1;
}

enum lc_rc lc_chapter_funnel(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->funnel;
    const struct lc_pick pick = {
        .name = "funnel", .heading = entered_heading, .k = entered_columns(f), .drop = true};
    struct lc_frame shown;
    enum lc_rc rc;

    if (!f || f->n == 0) {
        lc_put_missing(w, w->r->no_funnel,
                       "There is no funnel: it needs the day that each lead came in. Name its "
                       "column with `--entered`.");
        return LC_OK;
    }
    rc = lc_pick_rows(f, &pick, w->arena, &shown, w->err);
    if (!rc)
        rc = lc_put_table(w, &shown, "What became of the leads of each quarter", f->title,
                          "Each row is the leads that entered in that quarter, at the as-of "
                          "date; the latest quarters have had less time to close",
                          0);
    if (rc)
        return rc;
    put_unknown_steps(w, f);
    lc_put_figure(w, LC_FIGURE_FUNNEL);
    rc = put_closed(w, f);
    lc_put_notes(w, f->note, f->n_notes, NULL);
    return rc;
}
