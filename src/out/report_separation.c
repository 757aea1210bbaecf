/* Levels whose leads all ended alike: what holds their points, and what would settle them. */
#include "report_internal.h"

#define MOST_TERMS 12 /* separation.csv holds all */

enum { TERM, LEADS, WON, POINTS, CHANCE, MORE, SHOWN };

static const struct lc_heading heading[SHOWN] = {
    [TERM] = {"term", LC_CELL_TEXT, "level or combination", false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [POINTS] = {"points", LC_CELL_COUNT, NULL, false},
    [CHANCE] = {"chance", LC_CELL_P, NULL, false},
    [MORE] = {"more_leads", LC_CELL_COUNT, "more leads to settle it", false},
};

static bool is_large(const struct lc_frame *f, size_t i, const void *context)
{
    (void)f;
    (void)context;
    return i < MOST_TERMS;
}

enum lc_rc lc_put_separation(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->separation;
    const struct lc_pick pick = {
        .name = "separation", .heading = heading, .k = SHOWN, .keep = is_large};
    enum lc_rc rc;

    if (!f)
        return LC_OK;
    lc_doc_say(w->doc,
               "**Always won, or never.** All leads of some levels ended alike. Such leads set "
               "no limit to the points themselves, so the model keeps the points moderate "
               "until more leads have ended.");
    lc_doc_break(w->doc);
    lc_put_notes(w, f->note, f->n_notes, NULL);
    lc_doc_fold(w->doc, "Levels that were always won, or never");
    rc = lc_put_picked(
        w, f, &pick, "Levels that were always won, or never",
        "Chance: that leads which win as often as the average would all end "
        "alike. More leads to settle it: with so many more, either one has "
        "ended otherwise, or chance would do this in under 5 % of cases; where it "
        "does already, leads until one is expected to end otherwise (95 %)");
    lc_doc_unfold(w->doc);
    return rc;
}
