/* What a picture shows of a frame, as rows for its script. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "leadcal/num.h"
#include "text_clean_internal.h"

/* ---- the data file ---- */

/* What gnuplot might take for the end of a text, or for an escape, becomes its look-alike. */
static const char *look_alike(char c)
{
    switch (c) {
    case '"': return "\xe2\x80\x9d";
    case '`': return "\xe2\x80\x98";
    case '\\': return "\xe2\x88\x96";
    default: return NULL;
    }
}

size_t lc_plot_label(const char *text, size_t most, char *to)
{
    char clean[LC_PLOT_LABEL / 3]; /* so that look-alikes, of three bytes, always fit */
    const size_t width = lc_text_clean(text, most, clean, sizeof clean);
    size_t n = 0;

    for (const char *p = clean; *p; p++) {
        const char *instead = look_alike(*p);

        if (!instead) {
            to[n++] = *p;
            continue;
        }
        memcpy(to + n, instead, 3);
        n += 3;
    }
    to[n] = '\0';
    return width;
}

static void put_number(FILE *to, double x)
{
    if (isfinite(x))
        (void)fprintf(to, "%.10g\t", x);
    else
        (void)fputs("NaN\t", to);
}

void lc_plot_put(FILE *to, const struct lc_plotted *row)
{
    (void)fprintf(to, "%d\t", (int)row->series);
    put_number(to, row->x);
    put_number(to, row->y);
    put_number(to, isfinite(row->low) ? row->low : row->y);
    put_number(to, isfinite(row->high) ? row->high : row->y);
    (void)fprintf(to, "%s\t%s\n", row->label && *row->label ? row->label : "-",
                  row->text && *row->text ? row->text : "-");
}

void lc_plot_name(FILE *to, const char *name, enum lc_plot_series series, double place)
{
    const struct lc_plotted row = {
        .series = series, .x = place, .low = LC_NAN, .high = LC_NAN, .label = name};

    lc_plot_put(to, &row);
}

double lc_plot_ceiling(double x)
{
    static const double step[] = {1, 2, 2.5, 5, 10};
    const double power = x > 0 ? pow(10, floor(log10(x / 5))) : 1;

    for (size_t s = 0; x > 0; s++) {
        const double end = ceil(x / (step[s] * power) - 1e-9) * step[s] * power;

        if (s + 1 == sizeof step / sizeof *step || x / (step[s] * power) <= 6)
            return end;
    }
    return 1;
}

double lc_plot_percent_end(double highest)
{
    return fmin(lc_plot_ceiling(100 * highest), 100) * LC_PLOT_ROOM;
}

/* ---- calibration and lift ---- */

static size_t put_calibration(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    double widest = 0, highest = 0;
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        const struct lc_plotted row = {.series = LC_PLOT_FIRST,
                                       .x = 100 * lc_cell_number(f, i, "predicted"),
                                       .y = 100 * lc_cell_number(f, i, "observed"),
                                       .low = 100 * lc_cell_number(f, i, "low"),
                                       .high = 100 * lc_cell_number(f, i, "high")};

        if (!lc_cell_is(f, i, "model", "logistic") || !isfinite(row.x) || !isfinite(row.y))
            continue;
        widest = fmax(widest, row.x);
        highest = fmax(highest, fmax(row.x, fmax(row.y, row.high)));
        lc_plot_put(to, &row);
        n++;
    }
    head->x_max = lc_plot_percent_end(widest / 100);
    head->y_max = lc_plot_percent_end(highest / 100);
    return n;
}

/* LC_PLOT_ALL: a model that is not drawn. */
static enum lc_plot_series series_of(const struct lc_frame *f, size_t i)
{
    if (lc_cell_is(f, i, "model", "logistic"))
        return LC_PLOT_FIRST;
    if (lc_cell_is(f, i, "model", "ratio"))
        return LC_PLOT_SECOND;
    return lc_cell_is(f, i, "model", "current") ? LC_PLOT_THIRD : LC_PLOT_ALL;
}

static size_t put_lift(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    bool begun[LC_PLOT_ALL] = {false};
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        const enum lc_plot_series series = series_of(f, i);
        const struct lc_plotted origin = {.series = series, .low = LC_NAN, .high = LC_NAN};
        const struct lc_plotted row = {.series = series,
                                       .x = 100 * lc_cell_number(f, i, "fraction"),
                                       .y = 100 * lc_cell_number(f, i, "capture"),
                                       .low = LC_NAN,
                                       .high = LC_NAN};

        if (series == LC_PLOT_ALL || !isfinite(row.x) || !isfinite(row.y))
            continue;
        if (!begun[series])
            lc_plot_put(to, &origin);
        begun[series] = true;
        lc_plot_put(to, &row);
        n++;
    }
    head->x_max = head->y_max = 100;
    head->second = begun[LC_PLOT_THIRD];
    return n;
}

size_t lc_plot_data(enum lc_figure figure, const struct lc_frame *frame, FILE *to,
                    struct lc_plot_head *head)
{
    *head = (struct lc_plot_head){.base = LC_NAN};
    if (frame->n == 0)
        return 0;
    switch (figure) {
    case LC_FIGURE_FUNNEL: return lc_plot_funnel(frame, to, head);
    case LC_FIGURE_RATES: return lc_plot_rates(frame, to, head);
    case LC_FIGURE_POINTS: return lc_plot_points(frame, to, head);
    case LC_FIGURE_ACCEPT: return lc_plot_accept(frame, to, head);
    case LC_FIGURE_MATURITY: return lc_plot_maturity(frame, to, head);
    case LC_FIGURE_GRADES: return lc_plot_grades(frame, to, head);
    case LC_FIGURE_CYCLE: return lc_plot_cycle(frame, to, head);
    case LC_FIGURE_CALIBRATION: return put_calibration(frame, to, head);
    case LC_FIGURE_LIFT: return put_lift(frame, to, head);
    }
    assert(0 && "there is no such figure");
    return 0;
}
