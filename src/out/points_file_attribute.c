/* The rows of one attribute of a points file, as an attribute of a card. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "points_file_internal.h"

#define OTHER "(other)" /* any value that has no row of its own */

/* A level that is a range of numbers: (low,high]. */
struct range {
    double low, high, points;
    size_t line;
};

static bool is_word(const struct lc_points_level *l, const char *word)
{
    return strcmp(l->text, word) == 0;
}

static bool read_end(struct lc_slice s, double infinite, const char *word, double *x)
{
    s = lc_slice_trim(s);
    if (lc_slice_eq_nocase(s, lc_slice_of(word))) {
        *x = infinite;
        return true;
    }
    return lc_real_parse(s, x);
}

/* "(50,500]", "(-inf,50]", "(500,inf]"; an infinite end may be open or closed. `left` out: it is
 * closed on the left at a number, which no bin is. */
static bool read_range(const char *text, struct range *r, bool *left)
{
    const size_t n = strlen(text);
    const char *comma = strchr(text, ',');
    bool fine;

    if (n < 5 || !strchr("([", text[0]) || !strchr(")]", text[n - 1]) || !comma)
        return false;
    fine = read_end((struct lc_slice){text + 1, (size_t)(comma - text) - 1}, -HUGE_VAL, "-inf",
                    &r->low) &&
           read_end((struct lc_slice){comma + 1, (size_t)(text + n - comma) - 2}, HUGE_VAL,
                    "inf", &r->high);
    *left = fine &&
            ((text[0] == '[' && isfinite(r->low)) || (text[n - 1] == ')' && isfinite(r->high)));
    return fine && r->low < r->high;
}

static int by_low(const void *a, const void *b)
{
    const struct range *x = a, *y = b;

    return (x->low > y->low) - (x->low < y->low);
}

/* The ranges among the levels, rising; *n how many. */
static enum lc_rc list_ranges(const struct lc_points_draft *d, const char *path,
                              struct lc_arena *scratch, struct range **to, size_t *n,
                              struct lc_err *err)
{
    struct range *range = LC_NEW(scratch, d->n, struct range);
    size_t values = 0;

    *n = 0;
    if (!range)
        return lc_fail_memory(err, "the points");
    for (const struct lc_points_level *l = d->first; l; l = l->next) {
        struct range *r = &range[*n];
        bool left = false;

        if (is_word(l, LC_MISSING_TEXT) || is_word(l, OTHER))
            continue;
        if (!read_range(l->text, r, &left)) {
            values++;
            continue;
        }
        if (left)
            return lc_fail(err, LC_EMISMATCH,
                           "%.200s:%zu: '%.60s' must be open on the left and closed on the "
                           "right, as (50,500] is",
                           path, l->line, l->text);
        r->points = l->points;
        r->line = l->line;
        ++*n;
    }
    if (*n && values)
        return lc_fail(err, LC_EMISMATCH,
                       "%.200s: '%.60s' has ranges such as (50,500] and other values; use one "
                       "kind in a column",
                       path, d->column);
    qsort(range, *n, sizeof *range, by_low);
    for (size_t i = 1; i < *n; i++)
        if (range[i].low < range[i - 1].high)
            return lc_fail(err, LC_EMISMATCH,
                           "%.200s:%zu: this range of '%.60s' overlaps the one on line %zu",
                           path, range[i].line, d->column, range[i - 1].line);
    *to = range;
    return LC_OK;
}

static double points_of_word(const struct lc_points_draft *d, const char *word)
{
    for (const struct lc_points_level *l = d->first; l; l = l->next)
        if (is_word(l, word))
            return l->points;
    return 0;
}

/* A level being added; the arrays have room for all. */
struct filling {
    const char **level;
    double *points;
    size_t n;
};

static void add(struct filling *f, const char *level, double points)
{
    f->level[f->n] = level;
    f->points[f->n++] = points;
}

static const char *end_text(double x, const char *infinite, char to[LC_REAL_TEXT])
{
    if (!isfinite(x))
        return infinite;
    lc_real_text(x, to);
    return to;
}

/* The bin between two cuts; false where memory is refused. */
static bool add_bin(struct filling *f, double low, double high, double points,
                    struct lc_arena *arena)
{
    char from[LC_REAL_TEXT], to[LC_REAL_TEXT];
    const char *text = lc_arena_format(arena, "(%s,%s]", end_text(low, "-inf", from),
                                       end_text(high, "inf", to));

    if (text)
        add(f, text, points);
    return text != NULL;
}

/* Bins for the ranges and for the gaps between them. */
static bool fill_bins(const struct range *range, size_t n, double other, struct lc_arena *arena,
                      struct filling *f, double *cut, size_t *n_cuts)
{
    double from = -HUGE_VAL;
    bool fine = true;

    for (size_t i = 0; i < n && fine; i++) {
        if (range[i].low > from) {
            fine = add_bin(f, from, range[i].low, other, arena);
            cut[(*n_cuts)++] = range[i].low;
        }
        fine = fine && add_bin(f, range[i].low, range[i].high, range[i].points, arena);
        from = range[i].high;
        if (isfinite(from))
            cut[(*n_cuts)++] = from;
    }
    return fine && (!isfinite(from) || add_bin(f, from, HUGE_VAL, other, arena));
}

enum lc_rc lc_points_attribute(const struct lc_points_draft *d, const char *path,
                               struct lc_arena *arena, struct lc_arena *scratch,
                               struct lc_card_attribute *to, struct lc_err *err)
{
    const size_t room = 2 * d->n + 4; /* a gap before each range, and the words */
    struct filling f = {LC_NEW(arena, room, const char *), LC_NEW(arena, room, double), 0};
    double *nothing = LC_NEW(arena, room, double), *cut = LC_NEW(arena, room, double);
    const double other = points_of_word(d, OTHER);
    struct range *range = NULL;
    size_t ranges = 0, n_cuts = 0;
    enum lc_rc rc = list_ranges(d, path, scratch, &range, &ranges, err);

    if (rc)
        return rc;
    if (!f.level || !f.points || !nothing || !cut)
        return lc_fail_memory(err, "the points");
    if (ranges && !fill_bins(range, ranges, other, arena, &f, cut, &n_cuts))
        return lc_fail_memory(err, "the points");
    for (const struct lc_points_level *l = d->first; l && !ranges; l = l->next)
        if (!is_word(l, LC_MISSING_TEXT) && !is_word(l, OTHER))
            add(&f, l->text, l->points);
    add(&f, LC_MISSING_TEXT, points_of_word(d, LC_MISSING_TEXT));
    f.points[f.n] = other;
    for (size_t v = 0; v <= f.n; v++)
        f.points[v] = fmin(f.points[v], d->cap);
    *to = (struct lc_card_attribute){.attribute = {.column = d->column,
                                                   .role = d->role,
                                                   .intent = d->intent,
                                                   .n_levels = f.n,
                                                   .level = f.level,
                                                   .cut = ranges ? cut : NULL,
                                                   .n_cuts = n_cuts,
                                                   .missing = (uint32_t)f.n - 1,
                                                   .n = nothing,
                                                   .won = nothing},
                                     .value = nothing,
                                     .points = f.points};
    return LC_OK;
}
