/* The pictures by level, on a log axis around 1: ratios with their intervals, and ratios against
 * the points of the new model. */
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "leadcal/card.h"
#include "leadcal/num.h"

#define MOST_LABEL     34 /* display columns that fit left of the axis */
#define MOST_ATTRIBUTE 15 /* of them the attribute's name, so that the level is still read */
#define FARTHEST       20 /* times; what is beyond it, or below its inverse, stands at the edge */
#define NEAREST        2 /* the axis goes at least so far on either side of 1 */

/* "industry: Banking": the name keeps its least; the level takes what it needs; the name gets the
 * rest. to [2 * LC_PLOT_LABEL + 2] */
static void put_label(const struct lc_frame *f, size_t i, char *to)
{
    char attribute[LC_PLOT_LABEL], level[LC_PLOT_LABEL];
    const char *name = lc_cell_text(f, i, "attribute");
    const size_t used = lc_plot_label(name, MOST_ATTRIBUTE, attribute);
    size_t left = MOST_LABEL - strlen(": ");

    left -= lc_plot_label(lc_cell_text(f, i, "level"), left - used, level);
    (void)lc_plot_label(name, left, attribute);
    if (!*level)
        memcpy(level, "(empty)", sizeof "(empty)");
    (void)snprintf(to, 2 * LC_PLOT_LABEL + 2, "%s: %s", attribute, level);
}

/* The axis reaches as far as its marks, evenly on both sides on a log scale where they do. */
static void reach(struct lc_plot_head *head, double x)
{
    if (!isfinite(x) || x <= 0)
        return;
    head->x_min = fmin(head->x_min, fmax(x, 1.0 / FARTHEST));
    head->x_max = fmax(head->x_max, fmin(x, FARTHEST));
}

static void begin_axis(struct lc_plot_head *head)
{
    head->x_min = 1.0 / NEAREST;
    head->x_max = NEAREST;
    head->base = 1;
}

static void end_axis(struct lc_plot_head *head, size_t n)
{
    head->x_min /= LC_PLOT_ROOM;
    head->x_max *= LC_PLOT_ROOM;
    head->y_max = (double)n + 1;
}

static double inside(const struct lc_plot_head *head, double x)
{
    return isnan(x) ? x : fmin(fmax(x, head->x_min), head->x_max);
}

/* ---- rates ---- */

static void put_rate(const struct lc_frame *f, size_t i, double place,
                     const struct lc_plot_head *head, FILE *to)
{
    const double ratio = lc_cell_number(f, i, "ratio");
    char label[2 * LC_PLOT_LABEL + 2], text[64];
    const struct lc_plotted row = {/* What lies beyond the axis is drawn hollow at its end. */
                                   .series = inside(head, ratio) == ratio ? LC_PLOT_FIRST
                                                                          : LC_PLOT_SECOND,
                                   .x = place,
                                   .y = inside(head, ratio),
                                   .low = inside(head, lc_cell_number(f, i, "ratio_low")),
                                   .high = inside(head, lc_cell_number(f, i, "ratio_high")),
                                   .label = label,
                                   .text = text};

    put_label(f, i, label);
    (void)snprintf(text, sizeof text, "%.1f %%, %.0f of %.0f",
                   100 * lc_cell_number(f, i, "rate"), lc_cell_number(f, i, "won"),
                   lc_cell_number(f, i, "leads"));
    lc_plot_put(to, &row);
}

size_t lc_plot_rates(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    size_t row[LC_TELLING];
    const size_t n = lc_telling_levels(f, true, row);

    begin_axis(head);
    for (size_t k = 0; k < n; k++) {
        reach(head, lc_cell_number(f, row[k], "ratio"));
        reach(head, lc_cell_number(f, row[k], "ratio_low"));
        reach(head, lc_cell_number(f, row[k], "ratio_high"));
    }
    end_axis(head, n);
    for (size_t k = 0; k < n; k++)
        put_rate(f, row[k], (double)(n - k), head, to);
    return n;
}

/* ---- ratio against points ---- */

/* What the points do to the odds, on the scale of the ratio. */
static double times_of(const struct lc_frame *f, size_t i)
{
    return exp2(lc_cell_number(f, i, "points") / LC_POINTS_PER_DOUBLING);
}

static bool is_opposed(const struct lc_frame *f, size_t i)
{
    return lc_cell_is(f, i, "remark", "opposed");
}

/* y is the logistic mark, low the ratio's; the second series is where they disagree in direction. */
static void put_pair(const struct lc_frame *f, size_t i, double place,
                     const struct lc_plot_head *head, FILE *to)
{
    const double ratio = lc_cell_number(f, i, "ratio");
    char label[2 * LC_PLOT_LABEL + 2], text[64];
    const struct lc_plotted row = {.series = is_opposed(f, i) ? LC_PLOT_SECOND : LC_PLOT_FIRST,
                                   .x = place,
                                   .y = inside(head, times_of(f, i)),
                                   .low = inside(head, ratio),
                                   .high = LC_NAN,
                                   .label = label,
                                   .text = text};

    put_label(f, i, label);
    (void)snprintf(text, sizeof text, "%.2f and %+.0f", ratio, lc_cell_number(f, i, "points"));
    lc_plot_put(to, &row);
}

size_t lc_plot_points(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    size_t row[LC_TELLING];
    const size_t n = lc_telling_levels(f, false, row);

    begin_axis(head);
    for (size_t k = 0; k < n; k++) {
        reach(head, lc_cell_number(f, row[k], "ratio"));
        reach(head, times_of(f, row[k]));
        head->second |= is_opposed(f, row[k]);
    }
    end_axis(head, n);
    for (size_t k = 0; k < n; k++)
        put_pair(f, row[k], (double)(n - k), head, to);
    return n;
}
