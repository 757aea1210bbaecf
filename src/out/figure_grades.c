/* The pictures by grade: close rate and cycle length. */
#include <math.h>
#include <string.h>

#include "figure_internal.h"
#include "leadcal/num.h"

#define ASIDE  0.12 /* how far the points of two clocks stand from their grade */
#define DIGITS 5    /* the digits stand after it */
#define CELLS  10   /* and the cells after it */

/* Where a grade stands: letters 1-4, digits 6-9, cells 11-26 in reading order; 0: nowhere. */
static double place_of(const char *grade)
{
    const bool letter = *grade >= 'A' && *grade <= 'D';
    const char *digit = grade + letter;

    if (!*digit)
        return letter ? 1 + *grade - 'A' : 0;
    if (*digit < '1' || *digit > '4' || digit[1])
        return 0;
    return letter ? 11 + 4 * (*grade - 'A') + (*digit - '1') : 6 + *digit - '1';
}

/* What the letters, the digits and the cells are, under those that are shown. */
static void put_groups(const bool shown[3], FILE *to)
{
    static const char *const name[] = {"profile", "engagement", "profile and engagement"};
    static const double middle[] = {2.5, 7.5, 18.5};

    for (size_t g = 0; g < 3; g++)
        if (shown[g])
            lc_plot_name(to, name[g], LC_PLOT_GROUPS, middle[g]);
}

static size_t group_of(double place)
{
    return place > CELLS ? 2 : place > DIGITS;
}

/* A cell with few leads shows what the model expects of it, without an interval. */
static struct lc_plotted close_rate(const struct lc_frame *f, size_t i, double place)
{
    const bool few = place > CELLS && lc_cell_number(f, i, "leads") < LC_FEW_LEADS;

    if (few)
        return (struct lc_plotted){.series = LC_PLOT_SECOND,
                                   .x = place,
                                   .y = 100 * lc_cell_number(f, i, "expected_rate"),
                                   .low = LC_NAN,
                                   .high = LC_NAN};
    return (struct lc_plotted){.series = LC_PLOT_FIRST,
                               .x = place,
                               .y = 100 * lc_cell_number(f, i, "close_rate"),
                               .low = 100 * lc_cell_number(f, i, "close_rate_low"),
                               .high = 100 * lc_cell_number(f, i, "close_rate_high")};
}

size_t lc_plot_grades(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    double highest = 0, last = 0;
    bool shown[3] = {false};
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        const char *grade = lc_cell_text(f, i, "grade");
        const double place = place_of(grade);
        const struct lc_plotted row = close_rate(f, i, place);

        /* A second clock tells the same rate again. */
        if (!lc_cell_is(f, i, "model", "logistic") || lc_cell_is_repeat(f, i))
            continue;
        if (strcmp(grade, "(all)") == 0)
            head->base = row.y;
        if (place == 0 || isnan(row.y))
            continue;
        highest = fmax(highest, fmax(row.y, row.high));
        last = fmax(last, place);
        shown[group_of(place)] = true;
        head->second |= row.series == LC_PLOT_SECOND;
        lc_plot_put(to, &row);
        lc_plot_name(to, grade, LC_PLOT_NAMES, place);
        n++;
    }
    put_groups(shown, to);
    head->x_max = last + 1;
    head->y_max = lc_plot_percent_end(highest / 100);
    return n;
}

/* ---- cycle: letters and digits ---- */

size_t lc_plot_cycle(const struct lc_frame *f, FILE *to, struct lc_plot_head *head)
{
    double highest = 0, last = 0, named = 0;
    bool two = false, shown[3] = {false};
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++)
        two = two || lc_cell_is(f, i, "clock", "opportunity created to won");
    for (size_t i = 0; i < f->n; i++) {
        const char *grade = lc_cell_text(f, i, "grade");
        const double place = place_of(grade), days = lc_cell_number(f, i, "cycle_median_days");
        const bool second = lc_cell_is(f, i, "clock", "opportunity created to won");
        const struct lc_plotted row = {.series = second ? LC_PLOT_SECOND : LC_PLOT_FIRST,
                                       .x = place + (second ? ASIDE
                                                     : two  ? -ASIDE
                                                            : 0),
                                       .y = days,
                                       .low = lc_cell_number(f, i, "cycle_median_low"),
                                       .high = lc_cell_number(f, i, "cycle_median_high")};

        if (!lc_cell_is(f, i, "model", "logistic") || place == 0 || place > CELLS ||
            !isfinite(days))
            continue;
        highest = fmax(highest, isfinite(row.high) ? row.high : days);
        shown[group_of(place)] = true;
        lc_plot_put(to, &row);
        if (place != named)
            lc_plot_name(to, grade, LC_PLOT_NAMES, place);
        named = place;
        last = fmax(last, place);
        n++;
    }
    put_groups(shown, to);
    head->second = two;
    head->x_max = last + 1;
    head->y_max = lc_plot_ceiling(highest) * LC_PLOT_ROOM;
    return n;
}
