/* What a picture shows, as a person would say it to somebody who cannot see it. */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "figure_internal.h"
#include "leadcal/num.h"

/* Words being gathered; `text` is NULL once memory was refused. */
struct words {
    struct lc_arena *arena;
    const char *text;
};

static void add(struct words *w, const char *fmt, ...) LC_PRINTF(2, 3);

static void add(struct words *w, const char *fmt, ...)
{
    const char *more;
    va_list args;

    va_start(args, fmt);
    more = lc_arena_vformat(w->arena, fmt, args);
    va_end(args);
    w->text = w->text && more ? lc_arena_format(w->arena, "%s%s", w->text, more) : NULL;
}

/* ---- levels ---- */

static void add_level(struct words *w, const struct lc_frame *f, size_t i)
{
    add(w, "%s: %s", lc_cell_text(f, i, "attribute"), lc_cell_text(f, i, "level"));
}

static void add_ratio(struct words *w, const struct lc_frame *f, size_t i)
{
    add_level(w, f, i);
    add(w, " at %.2f times", lc_cell_number(f, i, "ratio"));
    if (isfinite(lc_cell_number(f, i, "ratio_low")) &&
        isfinite(lc_cell_number(f, i, "ratio_high")))
        add(w, " (%.2f to %.2f)", lc_cell_number(f, i, "ratio_low"),
            lc_cell_number(f, i, "ratio_high"));
}

static void say_rates(struct words *w, const struct lc_frame *f)
{
    size_t row[LC_TELLING];
    const size_t n = lc_telling_levels(f, true, row);

    add(w,
        "Forest plot: the close rate of %zu levels as a multiple of that of all leads, with "
        "intervals, highest first",
        n);
    for (size_t k = 0; k<n; k += n> 1 ? n - 1 : 1) {
        add(w, k ? ", down to " : ": from ");
        add_ratio(w, f, row[k]);
    }
    add(w, ".");
}

static void say_points(struct words *w, const struct lc_frame *f)
{
    size_t row[LC_TELLING], opposed = 0;
    const size_t n = lc_telling_levels(f, false, row);

    add(w, "HubSpot points against logistic points of %zu levels on one scale", n);
    for (size_t k = 0; k < n; k++) {
        opposed += lc_cell_is(f, row[k], "remark", "opposed");
        if (k != 0 && k != n - 1)
            continue;
        add(w, k ? ", down to " : ": from ");
        add_level(w, f, row[k]);
        add(w, " (ratio %.2f, %+.0f points)", lc_cell_number(f, row[k], "ratio"),
            lc_cell_number(f, row[k], "points"));
    }
    add(w, "; they disagree in direction on %zu.", opposed);
}

/* ---- grades ---- */

static void say_grades(struct words *w, const struct lc_frame *f, const char *column,
                       double times, const char *unit)
{
    bool any = false;

    for (size_t i = 0; i < f->n; i++) {
        const double x = lc_cell_number(f, i, column);

        if (!lc_cell_is(f, i, "model", "logistic") || lc_cell_is_repeat(f, i) ||
            strlen(lc_cell_text(f, i, "grade")) != 1 || !isfinite(x))
            continue;
        add(w, "%s%s %.*f%s", any ? ", " : ": ", lc_cell_text(f, i, "grade"),
            times > 1 || x != floor(x), times * x, unit);
        any = true;
    }
    add(w, ".");
}

/* ---- calibration and lift ---- */

static void say_calibration(struct words *w, const struct lc_frame *f)
{
    size_t n = 0, kept = 0;

    for (size_t i = 0; i < f->n; i++) {
        const double said = lc_cell_number(f, i, "predicted");

        if (!lc_cell_is(f, i, "model", "logistic") || !isfinite(said))
            continue;
        n++;
        kept += said >= lc_cell_number(f, i, "low") && said <= lc_cell_number(f, i, "high");
    }
    add(w,
        "Promised against observed close rate in %zu groups of the test leads: in %zu of them "
        "the promise lies within the interval of what closed.",
        n, kept);
}

static void say_lift(struct words *w, const struct lc_frame *f)
{
    static const char *const model[][2] = {{"logistic", "the new model"},
                                           {"ratio", "ratio points"},
                                           {"current", "the score in use"}};

    add(w,
        "Share of the wins held by the best-scored fifth of the leads (20 %% without a score)");
    for (size_t m = 0; m < sizeof model / sizeof *model; m++)
        for (size_t i = 0; i < f->n; i++)
            if (lc_cell_is(f, i, "model", model[m][0]) &&
                round(100 * lc_cell_number(f, i, "fraction")) == 20)
                add(w, "%s %s %.0f %%", m ? "," : ":", model[m][1],
                    100 * lc_cell_number(f, i, "capture"));
    add(w, ".");
}

/* ---- quarters ---- */

/* The first and the last quarter in which a rate is known; returns how many have one. */
static size_t find_ends(const struct lc_frame *f, const char *column,
                        bool (*is_wanted)(const struct lc_frame *, size_t), size_t end[2])
{
    size_t n = 0;

    for (size_t i = 0; i < f->n; i++) {
        if (!isfinite(lc_cell_number(f, i, column)) || !is_wanted(f, i))
            continue;
        end[n > 0] = i;
        end[1] = i;
        n++;
    }
    return n;
}

static void add_ends(struct words *w, const struct lc_frame *f, const char *name,
                     const char *column, bool (*is_wanted)(const struct lc_frame *, size_t))
{
    size_t end[2] = {0, 0};
    const size_t n = find_ends(f, column, is_wanted, end);

    if (n == 0)
        return;
    add(w, " %s %.1f %% in %s", name, 100 * lc_cell_number(f, end[0], column),
        lc_cell_text(f, end[0], "period"));
    if (n > 1)
        add(w, ", %.1f %% in %s, over %zu quarters", 100 * lc_cell_number(f, end[1], column),
            lc_cell_text(f, end[1], "period"), n);
    add(w, ".");
}

static void say_funnel(struct words *w, const struct lc_frame *f)
{
    add(w, "Two close rates by quarter.");
    add_ends(w, f, "Cohort rate:", "cohort_rate", lc_cell_is_quarter);
    add_ends(w, f, "Period rate:", "period_rate", lc_cell_is_quarter);
}

static void say_accept(struct words *w, const struct lc_frame *f)
{
    add(w, "Share of the leads handed over that sales accepted, by quarter, with intervals.");
    add_ends(w, f, "Acceptance:", "acceptance_rate", lc_cell_is_trend);
}

static void say_maturity(struct words *w, const struct lc_frame *f)
{
    bool any = false;

    add(w, "Share of all leads that are won by an age, with intervals:");
    for (size_t i = 0; i < f->n; i++) {
        const double age = lc_cell_number(f, i, "age_days");
        const double seen = lc_cell_number(f, i, "share_of_eventual");

        if (!lc_cell_is(f, i, "segment", "(all)") || (age != 30 && age != 90 && age != 365))
            continue;
        add(w, "%s %.1f %% by %.0f days", any ? "," : "",
            100 * lc_cell_number(f, i, "share_won"), age);
        if (isfinite(seen))
            add(w, " (%.0f %% of the wins to come)", 100 * seen);
        any = true;
    }
    add(w, ".");
}

const char *lc_plot_words(enum lc_figure figure, const struct lc_frame *f,
                          struct lc_arena *arena)
{
    struct words w = {arena, ""};

    switch (figure) {
    case LC_FIGURE_FUNNEL: say_funnel(&w, f); break;
    case LC_FIGURE_GRADES:
        add(&w, "Close rate on later leads by grade, with intervals");
        say_grades(&w, f, "close_rate", 100, " %");
        break;
    case LC_FIGURE_RATES: say_rates(&w, f); break;
    case LC_FIGURE_POINTS: say_points(&w, f); break;
    case LC_FIGURE_CALIBRATION: say_calibration(&w, f); break;
    case LC_FIGURE_LIFT: say_lift(&w, f); break;
    case LC_FIGURE_CYCLE:
        add(&w, "Median days from start to won by grade, with intervals");
        say_grades(&w, f, "cycle_median_days", 1, "");
        break;
    case LC_FIGURE_ACCEPT: say_accept(&w, f); break;
    case LC_FIGURE_MATURITY: say_maturity(&w, f); break;
    }
    return w.text;
}
