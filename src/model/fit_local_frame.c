/* What each segment does to each level, as a table. */
#include <math.h>
#include <string.h>

#include "fit_local_internal.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"

#define LN_2 0.693147180559945309417232121458176568

enum column {
    SEGMENT,
    ATTRIBUTE,
    LEVEL,
    LEADS,
    WON,
    GLOBAL_POINTS,
    DEVIATION,
    LOW,
    HIGH,
    NOTE,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [SEGMENT] = {"segment", LC_CELL_TEXT, NULL, false},
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [LEADS] = {"leads", LC_CELL_COUNT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [GLOBAL_POINTS] = {"global_points", LC_CELL_REAL, "global points", false},
    [DEVIATION] = {"deviation", LC_CELL_REAL, NULL, false},
    [LOW] = {"low", LC_CELL_REAL, NULL, false},
    [HIGH] = {"high", LC_CELL_REAL, NULL, false},
    [NOTE] = {"note", LC_CELL_TEXT, NULL, false},
};

double lc_deviation_points(double log_odds)
{
    return LC_POINTS_PER_DOUBLING / LN_2 * log_odds;
}

/* Limits to a tenth of a point: finer is more than anybody knows. */
static double tenth(double points)
{
    return lc_round_away(10 * points) / 10 + 0.0; /* no -0 */
}

struct lc_range lc_deviation_limits(double value, double std_error)
{
    return (struct lc_range){tenth(lc_deviation_points(value - LC_Z95 * std_error)),
                             tenth(lc_deviation_points(value + LC_Z95 * std_error))};
}

bool lc_deviation_is_certain(struct lc_range limits)
{
    return limits.low > 0 || limits.high < 0;
}

static enum lc_rc add_row(struct lc_frame *frame, const char *segment, const char *attribute,
                          const char *level, double leads, double won, union lc_value **row,
                          struct lc_err *err)
{
    const enum lc_rc rc = lc_frame_add(frame, row, err);

    if (rc)
        return rc;
    (*row)[SEGMENT].text = segment;
    (*row)[ATTRIBUTE].text = attribute;
    (*row)[LEVEL].text = level;
    (*row)[LEADS].number = leads;
    (*row)[WON].number = won;
    return LC_OK;
}

static void put_deviation(union lc_value *row, double value, double std_error)
{
    const struct lc_range limits = lc_deviation_limits(value, std_error);

    row[DEVIATION].number = lc_round_away(lc_deviation_points(value)) + 0.0; /* no -0 */
    row[LOW].number = limits.low;
    row[HIGH].number = limits.high;
    if (lc_deviation_is_certain(limits))
        row[NOTE].text = "differs";
}

/* The points of the level of that text. */
static double points_of_level(const struct lc_card_attribute *a, const char *text)
{
    size_t v = 0;

    while (strcmp(a->attribute.level[v], text) != 0)
        v++;
    return a->points[v];
}

static enum lc_rc add_segment(const struct lc_fit *fit, size_t s, const struct lc_card *card,
                              struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fit_local *l = fit->local;
    const struct lc_fit_segment *one = &l->segment[s];
    union lc_value *row = NULL;
    const enum lc_rc rc =
        add_row(frame, one->name, "(all)", "(all)", one->leads, one->won, &row, err);

    if (rc)
        return rc;
    if (!one->own)
        row[NOTE].text = "thin: the weights of all";
    else if (lc_fit_is_local(fit) && l->attribute < fit->k_attributes) {
        row[NOTE].text =
            lc_arena_format(frame->arena, "as a whole: in the points of %s", l->column);
        row[GLOBAL_POINTS].number = points_of_level(&card->attribute[l->attribute], one->name);
    } else if (lc_fit_is_local(fit))
        put_deviation(row, one->value, one->std_error);
    else
        row[NOTE].text = "differs by no more than chance: the weights of all";
    return LC_OK;
}

static enum lc_rc add_deviation(const struct lc_fit *fit, const struct lc_fit_deviation *d,
                                const struct lc_card *card, struct lc_frame *frame,
                                struct lc_err *err)
{
    const struct lc_attribute *a = &fit->attribute[d->attribute];
    enum lc_rc rc = LC_OK;

    for (size_t v = 0; v < a->n_levels && !rc; v++) {
        union lc_value *row = NULL;

        if (!(d->n[v] > 0))
            continue;
        rc = add_row(frame, fit->local->segment[d->segment].name, a->column, a->level[v],
                     d->n[v], d->won[v], &row, err);
        if (rc)
            return rc;
        row[GLOBAL_POINTS].number = card->attribute[d->attribute].points[v];
        put_deviation(row, d->value[v], d->std_error[v]);
    }
    return rc;
}

enum lc_rc lc_fit_local_frame(const struct lc_fit *fit, struct lc_arena *arena,
                              struct lc_frame *frame, struct lc_err *err)
{
    const struct lc_fit_local *l = fit->local;
    struct lc_card card;
    struct lc_frame f;
    size_t next = 0;
    enum lc_rc rc = lc_fit_card(fit, "logistic", arena, &card, err);

    lc_frame_init(&f, "local", heading, COLUMNS, arena);
    f.title = lc_arena_format(arena, "%zu leads, %zu won", fit->n, fit->n_won);
    for (size_t s = 0; s < l->n_segments && !rc; s++) {
        rc = add_segment(fit, s, &card, &f, err);
        for (; next < l->n_deviations && l->deviation[next].segment == s && !rc; next++)
            rc = add_deviation(fit, &l->deviation[next], &card, &f, err);
    }
    if (!rc)
        rc = lc_fit_local_notes(fit, arena, &f, err);
    if (!rc)
        *frame = f;
    return rc;
}
