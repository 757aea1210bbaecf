/* The picture of the maturity curve: the share won by age, of all leads. */
#include <math.h>

#include "figure_internal.h"
#include "leadcal/num.h"

#define MOST_AGE \
    365 /* days: later the curve is flat, and the first months would be too narrow */

static bool is_drawn(const struct lc_frame *f, size_t i)
{
    return lc_cell_is(f, i, "segment", "(all)") &&
           lc_cell_number(f, i, "age_days") <= MOST_AGE &&
           isfinite(lc_cell_number(f, i, "share_won"));
}

/* The share won in the end, where it is told: the line that the curve comes to. */
static double in_the_end(const struct lc_frame *f, size_t i)
{
    const double seen = lc_cell_number(f, i, "share_of_eventual");

    return seen > 0 ? lc_cell_number(f, i, "share_won") / seen : LC_NAN;
}

size_t lc_plot_maturity(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    const struct lc_plotted origin = {.series = LC_PLOT_FIRST};
    double highest = 0, all = LC_NAN;
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        const struct lc_plotted row = {.series = LC_PLOT_FIRST,
                                       .x = lc_cell_number(f, i, "age_days"),
                                       .y = 100 * lc_cell_number(f, i, "share_won"),
                                       .low = 100 * lc_cell_number(f, i, "low"),
                                       .high = 100 * lc_cell_number(f, i, "high")};

        if (!is_drawn(f, i))
            continue;
        if (n++ == 0)
            lc_plot_put(to, &origin);
        lc_plot_put(to, &row);
        head->x_max = row.x;
        highest = fmax(highest, row.high / 100);
        all = in_the_end(f, i);
    }
    head->second = isfinite(all);
    head->base = 100 * all;
    head->x_max *= LC_PLOT_ROOM;
    head->y_max = lc_plot_percent_end(fmax(highest, isfinite(all) ? all : 0));
    return n;
}
