/* The pictures by quarter: the funnel's two rates, and acceptance. */
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "leadcal/num.h"

#define MOST_NAMES   8  /* quarters named under the axis; of more, every second, third... */
#define MOST_PERIOD  8  /* display columns of a name */
#define MOST_PERIODS 60 /* quarters that can be told apart; the latest are drawn */

/* Rows of quarters, in the order of the frame. */
struct quarters {
    size_t row[MOST_PERIODS], n;
};

static void keep_latest(struct quarters *q, size_t i)
{
    if (q->n == MOST_PERIODS)
        memmove(q->row, q->row + 1, --q->n * sizeof *q->row);
    q->row[q->n++] = i;
}

/* Names so far apart that they do not touch; the last quarter has one. */
static void put_names(const struct lc_frame *f, const struct quarters *q, FILE *to)
{
    const size_t step = (q->n + MOST_NAMES - 1) / MOST_NAMES;

    for (size_t k = 0; k < q->n; k++) {
        char name[LC_PLOT_LABEL];

        if ((q->n - 1 - k) % step)
            continue;
        (void)lc_plot_label(lc_cell_text(f, q->row[k], "period"), MOST_PERIOD, name);
        lc_plot_name(to, name, LC_PLOT_NAMES, (double)k + 1);
    }
}

/* ---- funnel ---- */

/* A quarter of which leads are still open is marked: its cohort rate may yet rise. */
static size_t put_rate(const struct lc_frame *f, size_t i, double place, FILE *to,
                       enum lc_plot_series series)
{
    const char *column = series == LC_PLOT_FIRST ? "cohort_rate" : "period_rate";
    const bool open = series == LC_PLOT_FIRST && lc_cell_number(f, i, "open") > 0;
    const struct lc_plotted row = {.series = series,
                                   .x = place,
                                   .y = 100 * lc_cell_number(f, i, column),
                                   .low = LC_NAN,
                                   .high = LC_NAN,
                                   .text = open ? "open" : NULL};

    if (!isfinite(row.y))
        return 0;
    lc_plot_put(to, &row);
    return 1;
}

size_t lc_plot_funnel(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    struct quarters q = {.n = 0};
    double highest = 0;
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        if (lc_cell_is_quarter(f, i))
            keep_latest(&q, i);
    /* One series after the other: a line runs through rows that follow each other. */
    for (size_t k = 0; k < q.n; k++)
        n += put_rate(f, q.row[k], (double)k + 1, to, LC_PLOT_SECOND);
    head->second = n > 0;
    for (size_t k = 0; k < q.n; k++) {
        n += put_rate(f, q.row[k], (double)k + 1, to, LC_PLOT_FIRST);
        highest = fmax(highest, fmax(lc_cell_number(f, q.row[k], "cohort_rate"),
                                     lc_cell_number(f, q.row[k], "period_rate")));
    }
    put_names(f, &q, to);
    head->x_max = (double)q.n + 1;
    head->y_max = lc_plot_percent_end(highest);
    return n;
}

/* ---- acceptance ---- */

size_t lc_plot_accept(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    struct quarters q = {.n = 0};

    for (size_t i = 0; i < f->n; i++) {
        if (!isfinite(lc_cell_number(f, i, "acceptance_rate")))
            continue;
        if (lc_cell_is_trend(f, i))
            keep_latest(&q, i);
        else if (lc_cell_is(f, i, "by", "(all)") && lc_cell_is(f, i, "period", "(all)"))
            head->base = 100 * lc_cell_number(f, i, "acceptance_rate");
    }
    for (size_t k = 0; k < q.n; k++) {
        const struct lc_plotted row = {.series = LC_PLOT_FIRST,
                                       .x = (double)k + 1,
                                       .y =
                                           100 * lc_cell_number(f, q.row[k], "acceptance_rate"),
                                       .low = 100 * lc_cell_number(f, q.row[k], "low"),
                                       .high = 100 * lc_cell_number(f, q.row[k], "high")};

        lc_plot_put(to, &row);
    }
    put_names(f, &q, to);
    head->x_max = (double)q.n + 1;
    head->y_max = 100 * LC_PLOT_ROOM;
    return q.n;
}
