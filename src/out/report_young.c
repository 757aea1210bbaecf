/* Won in time, and how soon, by grade, of leads that are too young for the other tables, too. */
#include <string.h>

#include "report_internal.h"

static const struct lc_heading heading[] = {
    {"grade", LC_CELL_TEXT, NULL, false},
    {"leads", LC_CELL_COUNT, NULL, false},
    {"won", LC_CELL_COUNT, NULL, false},
    {"lost", LC_CELL_COUNT, NULL, false},
    {"open", LC_CELL_COUNT, NULL, false},
    {"incidence", LC_CELL_RATE, NULL, false},
    {"low", LC_CELL_RATE, NULL, false},
    {"high", LC_CELL_RATE, NULL, false},
    {"cycle_median_days", LC_CELL_COUNT, NULL, false},
    {"cycle_median_low", LC_CELL_REAL, NULL, false},
    {"cycle_median_high", LC_CELL_REAL, NULL, false},
    {"cycle_p90_days", LC_CELL_COUNT, NULL, false},
};

/* Letters, digits and all: the cells are in the file. */
static bool is_wanted(const struct lc_frame *f, size_t i, const void *context)
{
    (void)context;
    return strlen(lc_cell_text(f, i, "grade")) != 2;
}

enum lc_rc lc_put_young(const struct lc_writing *w)
{
    const struct lc_frame *from = w->r->young;
    const struct lc_pick pick = {.name = "incidence",
                                 .heading = heading,
                                 .k = sizeof heading / sizeof *heading,
                                 .keep = is_wanted};
    enum lc_rc rc;

    if (!from || from->n == 0)
        return LC_OK;
    rc = lc_put_picked(w, from, &pick, "The same of all later leads, young ones too",
                       "Won in time: a lead counts for as long as it was followed, and a lost "
                       "lead will not be won; days from the decision to won among those won "
                       "in time, intervals by resampling");
    if (!rc)
        lc_put_notes(w, from->note, from->n_notes, NULL);
    return rc;
}
