/* How long a win takes, and what is still to come: a section of the chapter on cycle length. */
#include <math.h>
#include <string.h>

#include "report_internal.h"

static const struct lc_heading heading[] = {
    {"segment", LC_CELL_TEXT, NULL, false},
    {"age_days", LC_CELL_COUNT, NULL, false},
    {"leads_at_risk", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"share_won", LC_CELL_RATE, NULL, false},
    {"low", LC_CELL_RATE, NULL, false},
    {"high", LC_CELL_RATE, NULL, false},
    {"share_of_eventual", LC_CELL_RATE, NULL, false},
};

/* A month, two, a quarter, half a year and a year: the file has more ages. */
static bool is_wanted(const struct lc_frame *f, size_t i, const void *context)
{
    static const double wanted[] = {30, 60, 90, 180, 365};
    const double age = lc_cell_number(f, i, "age_days");

    (void)context;
    for (size_t a = 0; a < sizeof wanted / sizeof *wanted; a++)
        if (age == wanted[a])
            return true;
    return false;
}

enum lc_rc lc_put_maturity(const struct lc_writing *w)
{
    const struct lc_frame *from = w->r->maturity;
    const struct lc_pick pick = {.name = "maturity",
                                 .heading = heading,
                                 .k = sizeof heading / sizeof *heading,
                                 .keep = is_wanted,
                                 .drop = true};
    struct lc_frame f;
    enum lc_rc rc;

    if (!from || from->n == 0) {
        lc_put_missing(
            w, w->r->no_maturity,
            "How long a win takes is not known: it needs the day of entry and the day "
            "of winning (`--entered`, `--closed`).");
        return LC_OK;
    }
    rc = lc_pick_rows(from, &pick, w->arena, &f, w->err);
    if (rc)
        return rc;
    lc_put_figure(w, LC_FIGURE_MATURITY);
    if (f.n)
        rc = lc_put_table(
            w, &f, "How much of the wins to come has been seen, by age of the lead",
            from->title,
            "Share won: of leads followed for as long as they could be, a lost lead "
            "being one that will not be won; of the wins to come: the part that "
            "comes by that age, empty where the history is too short to tell",
            0);
    lc_put_notes(w, from->note, from->n_notes, NULL);
    return rc;
}
