/* What a picture shows of a frame, as rows for its script. */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "leadcal/num.h"
#include "text_clean_internal.h"

#define MOST_LEVELS    20 /* in the picture of rates: more would need type too small to read */
#define MOST_LABEL     34 /* display columns that fit left of its axis */
#define MOST_ATTRIBUTE 15 /* of them the attribute's name, so that the level is still read */

/* ---- cells of a frame ---- */

double lc_plot_number(const struct lc_frame *f, size_t i, const char *column)
{
    return f->value[i * f->k + lc_frame_column(f, column)].number;
}

const char *lc_plot_text(const struct lc_frame *f, size_t i, const char *column)
{
    const char *text = f->value[i * f->k + lc_frame_column(f, column)].text;

    return text ? text : "";
}

bool lc_plot_is_of(const struct lc_frame *f, size_t i, const char *name)
{
    return strcmp(lc_plot_text(f, i, "model"), name) == 0;
}

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

/* ---- rates: the best-supported levels ---- */

/* The first row of an attribute holds its totals, whatever its level is called. */
static bool is_total(const struct lc_frame *f, size_t i)
{
    return i == 0 ||
           strcmp(lc_plot_text(f, i, "attribute"), lc_plot_text(f, i - 1, "attribute")) != 0;
}

/* Into the list of the largest so far; among equals the first stays first. */
static size_t keep_largest(const struct lc_frame *f, const char *column, size_t i,
                           size_t row[MOST_LEVELS], size_t n)
{
    size_t at = n;

    while (at > 0 && lc_plot_number(f, i, column) > lc_plot_number(f, row[at - 1], column))
        at--;
    if (at == MOST_LEVELS)
        return n;
    n -= n == MOST_LEVELS;
    memmove(row + at + 1, row + at, (n - at) * sizeof *row);
    row[at] = i;
    return n + 1;
}

static void put_level(const struct lc_frame *f, size_t i, double place, FILE *to)
{
    char attribute[LC_PLOT_LABEL], level[LC_PLOT_LABEL], label[2 * LC_PLOT_LABEL + 2], text[64];
    const char *name = lc_plot_text(f, i, "attribute");
    const size_t used = lc_plot_label(name, MOST_ATTRIBUTE, attribute);
    const struct lc_plotted row = {.series = LC_PLOT_FIRST,
                                   .x = place,
                                   .y = 100 * lc_plot_number(f, i, "rate"),
                                   .low = 100 * lc_plot_number(f, i, "rate_low"),
                                   .high = 100 * lc_plot_number(f, i, "rate_high"),
                                   .label = label,
                                   .text = text};
    size_t left = MOST_LABEL - strlen(": ");

    /* The name keeps its least; the level takes what it needs; the name gets the rest. */
    left -= lc_plot_label(lc_plot_text(f, i, "level"), left - used, level);
    (void)lc_plot_label(name, left, attribute);
    if (!*level)
        memcpy(level, "(empty)", sizeof "(empty)");
    (void)snprintf(label, sizeof label, "%s: %s", attribute, level);
    (void)snprintf(text, sizeof text, "%.0f of %.0f", lc_plot_number(f, i, "won"),
                   lc_plot_number(f, i, "leads"));
    lc_plot_put(to, &row);
}

static size_t put_rates(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    size_t best[MOST_LEVELS], order[MOST_LEVELS], n = 0, ordered = 0;
    double highest = 0;

    for (size_t i = 1; i < f->n; i++)
        if (!is_total(f, i) && lc_plot_number(f, i, "leads") > 0)
            n = keep_largest(f, "leads", i, best, n);
    for (size_t b = 0; b < n; b++) {
        ordered = keep_largest(f, "rate", best[b], order, ordered);
        highest = fmax(highest, lc_plot_number(f, best[b], "rate_high"));
    }
    for (size_t b = 0; b < n; b++)
        put_level(f, order[b], (double)(n - b), to);
    if (n)
        head->base = 100 * lc_plot_number(f, 0, "rate");
    head->x_max = fmax(lc_plot_percent_end(highest), LC_PLOT_ROOM * head->base);
    head->y_max = (double)n + 1;
    return n;
}

/* ---- calibration and lift ---- */

static size_t put_calibration(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    double widest = 0, highest = 0;
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        const struct lc_plotted row = {.series = LC_PLOT_FIRST,
                                       .x = 100 * lc_plot_number(f, i, "predicted"),
                                       .y = 100 * lc_plot_number(f, i, "observed"),
                                       .low = 100 * lc_plot_number(f, i, "low"),
                                       .high = 100 * lc_plot_number(f, i, "high")};

        if (!lc_plot_is_of(f, i, "logistic") || !isfinite(row.x) || !isfinite(row.y))
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

static size_t put_lift(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    bool begun[LC_PLOT_NAMES] = {false};
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        const bool ratio = lc_plot_is_of(f, i, "ratio");
        const enum lc_plot_series series = ratio ? LC_PLOT_SECOND : LC_PLOT_FIRST;
        const struct lc_plotted origin = {.series = series, .low = LC_NAN, .high = LC_NAN};
        const struct lc_plotted row = {.series = series,
                                       .x = 100 * lc_plot_number(f, i, "fraction"),
                                       .y = 100 * lc_plot_number(f, i, "capture"),
                                       .low = LC_NAN,
                                       .high = LC_NAN};

        if ((!ratio && !lc_plot_is_of(f, i, "logistic")) || !isfinite(row.x) ||
            !isfinite(row.y))
            continue;
        if (!begun[series])
            lc_plot_put(to, &origin);
        begun[series] = true;
        lc_plot_put(to, &row);
        n++;
    }
    head->x_max = head->y_max = 100;
    return n;
}

size_t lc_plot_data(enum lc_figure figure, const struct lc_frame *frame, FILE *to,
                    struct lc_plot_head *head)
{
    *head = (struct lc_plot_head){.base = LC_NAN};
    if (frame->n == 0)
        return 0;
    switch (figure) {
    case LC_FIGURE_RATES: return put_rates(frame, to, head);
    case LC_FIGURE_GRADES: return lc_plot_grades(frame, to, head);
    case LC_FIGURE_CYCLE: return lc_plot_cycle(frame, to, head);
    case LC_FIGURE_CALIBRATION: return put_calibration(frame, to, head);
    case LC_FIGURE_LIFT: return put_lift(frame, to, head);
    }
    assert(0 && "there is no such figure");
    return 0;
}
