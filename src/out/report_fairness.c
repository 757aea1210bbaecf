/* Who is handed over, group by group. */
#include "report_internal.h"

#define MOST_ROWS 36 /* of an audit column: the twelve largest groups, with three lines each */

enum fairness_column {
    AUDIT,
    GROUP,
    LINE,
    LEADS,
    RATE,
    LOW,
    HIGH,
    RATIO,
    BELOW,
    PREDICTED,
    OBSERVED,
    PROXY,
    ALL
};

static const struct lc_heading heading[ALL] = {
    [AUDIT] = {"audit", LC_CELL_TEXT, NULL, false},
    [GROUP] = {"group", LC_CELL_TEXT, NULL, false},
    [LINE] = {"line", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [RATE] = {"selection_rate", LC_CELL_RATE, "above the line", false},
    [LOW] = {"low", LC_CELL_RATE, NULL, false},
    [HIGH] = {"high", LC_CELL_RATE, NULL, false},
    [RATIO] = {"ratio", LC_CELL_REAL, "ratio to the highest", false},
    [BELOW] = {"below_four_fifths", LC_CELL_TEXT, "below 4/5", false},
    [PREDICTED] = {"predicted", LC_CELL_RATE, "expected", false},
    [OBSERVED] = {"observed", LC_CELL_RATE, "close rate", false},
    [PROXY] = {"proxy_auc", LC_CELL_REAL, "told by the model", false},
};

enum lc_rc lc_put_fairness(const struct lc_writing *w)
{
    const struct lc_pick pick = {.name = "fairness", .heading = heading, .k = ALL};
    const struct lc_frame *from = w->r->fairness;
    struct lc_frame f;
    enum lc_rc rc;

    if (!from)
        return LC_OK;
    rc = lc_pick_rows(from, &pick, w->arena, &f, w->err);
    if (rc)
        return rc;
    rc = lc_put_table(
        w, &f, "Who is handed over, group by group", from->title,
        "Columns that no model uses. The share of a group's leads above each line, and its "
        "ratio to the group where that is highest; below four fifths, the line of US rules on "
        "hiring (29 CFR 1607.4 D), is a question to be asked, and no finding of law about leads: "
        "groups may close at different rates. Expected beside "
        "close rate: whether the score keeps its word for the group. Told by the model: how "
        "well its attributes give the group away, 0.5 not at all, 1 wholly. The model has learnt from "
        "these leads",
        MOST_ROWS);
    if (!rc)
        lc_put_notes(w, from->note, from->n_notes, NULL);
    return rc;
}
