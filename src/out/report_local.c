/* Segments that deviate from the weights of all, in the chapter on points. */
#include "report_internal.h"

#define MOST_ROWS 20 /* local.csv holds all */

enum { SEGMENT, ATTRIBUTE, LEVEL, LEADS, WON, GLOBAL, DEVIATION, LOW, HIGH, SHOWN };

static const struct lc_heading heading[SHOWN] = {
    [SEGMENT] = {"segment", LC_CELL_TEXT, NULL, false},
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [GLOBAL] = {"global_points", LC_CELL_COUNT, "points elsewhere", false},
    [DEVIATION] = {"deviation", LC_CELL_COUNT, "more or less here", false},
    [LOW] = {"low", LC_CELL_REAL, NULL, false},
    [HIGH] = {"high", LC_CELL_REAL, NULL, false},
};

/* The first of those whose interval leaves 0 out. */
static bool is_certain(const struct lc_frame *f, size_t i, const void *context)
{
    size_t before = 0;

    (void)context;
    for (size_t r = 0; r < i; r++)
        before += lc_cell_is(f, r, "note", "differs");
    return before < MOST_ROWS && lc_cell_is(f, i, "note", "differs");
}

enum lc_rc lc_put_local(const struct lc_writing *w)
{
    const struct lc_frame *f = w->r->local;
    const struct lc_pick pick = {
        .name = "local", .heading = heading, .k = SHOWN, .keep = is_certain};
    enum lc_rc rc;

    if (!f)
        return LC_OK;
    lc_doc_say(w->doc,
               "**Where segments differ.** A lead's points are those of all leads, plus what "
               "its segment adds of its own, in whole points.");
    lc_doc_break(w->doc);
    lc_put_notes(w, f->note, f->n_notes, NULL);
    lc_doc_fold(w->doc, "Deviations of segments");
    rc = lc_put_picked(
        w, f, &pick, "Deviations of segments",
        "Those whose 95 % interval leaves 0 out, segment by segment; local.csv has "
        "all of them, with the segments that are too thin");
    lc_doc_unfold(w->doc);
    return rc;
}
