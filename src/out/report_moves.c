/* Which points moved since last quarter, and whether the leads forced it. */
#include "report_internal.h"

#define MOST_MOVES 12 /* the largest; moves.csv holds all */

enum { ATTRIBUTE, LEVEL, LAST, POINTS, MOVE, IS_FORCED, LEADS, WON, EXPECTED, SHOWN };

static const struct lc_heading heading[SHOWN] = {
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [LAST] = {"last_points", LC_CELL_REAL, NULL, false},
    [POINTS] = {"points", LC_CELL_COUNT, NULL, false},
    [MOVE] = {"move", LC_CELL_REAL, NULL, false},
    [IS_FORCED] = {"forced", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [EXPECTED] = {"expected", LC_CELL_REAL, NULL, false},
};

static bool is_large(const struct lc_frame *f, size_t i, const void *context)
{
    (void)f;
    (void)context;
    return i < MOST_MOVES;
}

enum lc_rc lc_put_moves(const struct lc_writing *w)
{
    const struct lc_frame *moves = w->r->moves;
    const struct lc_pick pick = {
        .name = "moves", .heading = heading, .k = SHOWN, .keep = is_large};

    if (!moves)
        return LC_OK;
    lc_doc_say(w->doc,
               "**What moved since last quarter.** The weights begin where last quarter's "
               "ended, and only leads that have matured since are added to what was known "
               "then.");
    lc_doc_break(w->doc);
    lc_put_notes(w, moves->note, moves->n_notes, NULL);
    return lc_put_picked(
        w, moves, &pick, "The largest moves of points",
        "Forced: this quarter's leads contradict last quarter's points by more "
        "than luck and the usual drift explain; won as expected: the wins that "
        "last quarter's points lead one to expect of these leads");
}
