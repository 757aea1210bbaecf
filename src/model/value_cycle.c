/* What sets quick wins apart from slow ones. */
#include <math.h>
#include <stdlib.h>

#include "leadcal/contingency.h"
#include "leadcal/num.h"
#include "leadcal/survival.h"
#include "leadcal/value.h"

#define REAL_DIFFERENCE 0.05 /* adjusted p below it: named under the table */
#define MOST_NAMED      5    /* levels named there, the surest first */

enum column {
    ATTRIBUTE,
    LEVEL,
    WON,
    SHORT,
    LONG,
    SHARE_SHORT,
    SHARE_LONG,
    MEDIAN_DAYS,
    P,
    P_ADJUSTED,
    COLUMNS
};

static const struct lc_heading heading[COLUMNS] = {
    [ATTRIBUTE] = {"attribute", LC_CELL_TEXT, NULL, false},
    [LEVEL] = {"level", LC_CELL_TEXT, NULL, false},
    [WON] = {"won", LC_CELL_COUNT, NULL, false},
    [SHORT] = {"short", LC_CELL_COUNT, NULL, false},
    [LONG] = {"long", LC_CELL_COUNT, NULL, false},
    [SHARE_SHORT] = {"share_of_short", LC_CELL_RATE, "of short wins", false},
    [SHARE_LONG] = {"share_of_long", LC_CELL_RATE, "of long wins", false},
    [MEDIAN_DAYS] = {"median_days", LC_CELL_REAL, "median days", false},
    [P] = {"p", LC_CELL_P, NULL, false},
    [P_ADJUSTED] = {"p_adjusted", LC_CELL_P, "p adjusted", false},
};

/* The wins that have a cycle length. */
struct split {
    size_t n;
    uint32_t *row; /* [n] of the table */
    double *days;  /* [n] */
    double *some;  /* [n] of the level at hand, sorted */
    double median;
    double n_short, n_long;
};

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static enum lc_rc split_wins(const struct lc_cohort *c, struct lc_arena *scratch,
                             struct split *s, struct lc_err *err)
{
    *s = (struct split){.row = LC_NEW(scratch, c->n_won + 1, uint32_t),
                        .days = LC_NEW(scratch, c->n_won + 1, double),
                        .some = LC_NEW(scratch, c->n_won + 1, double)};
    if (!s->row || !s->days || !s->some)
        return lc_fail_memory(err, "the cycle lengths");
    for (size_t i = 0; c->cycle && i < c->n; i++)
        if (c->cycle[i] != LC_NO_DAY) {
            s->row[s->n] = c->row[i];
            s->some[s->n] = s->days[s->n] = c->cycle[i];
            s->n++;
        }
    if (s->n < LC_LEAST_SPLIT)
        return lc_fail(err, LC_EDEGENERATE,
                       "%zu wins have a cycle length, fewer than the %d that a split at the "
                       "median needs; name the days of entry and of winning with --entered and "
                       "--closed, or wait for more wins",
                       s->n, LC_LEAST_SPLIT);
    qsort(s->some, s->n, sizeof *s->some, by_size);
    s->median = lc_quantile(s->some, s->n, 0.5);
    for (size_t i = 0; i < s->n; i++)
        s->n_short += s->days[i] <= s->median;
    s->n_long = (double)s->n - s->n_short;
    if (s->n_long == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "no win took longer than the median of %.4g days, so there are no long "
                       "wins to compare with",
                       s->median);
    return LC_OK;
}

static enum lc_rc add_level(struct split *s, const struct lc_attribute *a,
                            const struct lc_column *codes, uint32_t v, struct lc_frame *f,
                            struct lc_err *err)
{
    double in_short = 0, in_long;
    union lc_value *row;
    size_t n = 0;
    enum lc_rc rc;

    for (size_t i = 0; i < s->n; i++) {
        if (lc_code_at(codes, i) != v)
            continue;
        s->some[n++] = s->days[i];
        in_short += s->days[i] <= s->median;
    }
    if (n == 0)
        return LC_OK;
    in_long = (double)n - in_short;
    qsort(s->some, n, sizeof *s->some, by_size);
    rc = lc_frame_add(f, &row, err);
    if (rc)
        return rc;
    row[ATTRIBUTE].text = a->column;
    row[LEVEL].text = a->level[v];
    row[WON].number = (double)n;
    row[SHORT].number = in_short;
    row[LONG].number = in_long;
    row[SHARE_SHORT].number = in_short / s->n_short;
    row[SHARE_LONG].number = in_long / s->n_long;
    row[MEDIAN_DAYS].number = lc_quantile(s->some, n, 0.5);
    row[P].number =
        n < s->n ? lc_fisher(in_short, in_long, s->n_short - in_short, s->n_long - in_long)
                 : LC_NAN;
    return LC_OK;
}

static enum lc_rc add_attribute(struct split *s, const struct lc_table_column *column,
                                const struct lc_attribute *a, struct lc_arena *scratch,
                                struct lc_frame *f, struct lc_err *err)
{
    struct lc_column codes;
    enum lc_rc rc = lc_attribute_code(a, column, s->row, s->n, scratch, &codes, err);

    for (uint32_t v = 0; !rc && v < a->n_levels; v++)
        rc = add_level(s, a, &codes, v, f, err);
    return rc;
}

/* A level and how sure it is that it differs. */
struct named {
    double p;
    size_t row;
};

static int by_p(const void *a, const void *b)
{
    const struct named *x = a, *y = b;

    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The surest differences in words. */
static enum lc_rc name_levels(struct named *named, size_t n, struct lc_frame *f,
                              struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (n == 0)
        return lc_frame_note(f, err,
                             "no level differs between short and long wins by more than chance "
                             "(p adjusted for the number of levels)");
    qsort(named, n, sizeof *named, by_p);
    for (size_t i = 0; i < n && i < MOST_NAMED && !rc; i++) {
        const union lc_value *row = f->value + named[i].row * f->k;

        rc = lc_frame_note(f, err,
                           "%s=%s is %.0f %% of the short wins and %.0f %% of the long ones",
                           row[ATTRIBUTE].text, row[LEVEL].text, 100 * row[SHARE_SHORT].number,
                           100 * row[SHARE_LONG].number);
    }
    return rc;
}

static enum lc_rc adjust(const struct split *s, struct lc_arena *scratch, struct lc_frame *f,
                         struct lc_err *err)
{
    double *p = LC_NEW(scratch, f->n + 1, double);
    size_t *order = LC_NEW(scratch, f->n + 1, size_t), n = 0;
    struct named *named = LC_NEW(scratch, f->n + 1, struct named);
    enum lc_rc rc;

    if (!p || !order || !named)
        return lc_fail_memory(err, "the cycle lengths");
    for (size_t i = 0; i < f->n; i++)
        p[i] = f->value[i * f->k + P].number;
    lc_benjamini_hochberg(p, f->n, order, p);
    for (size_t i = 0; i < f->n; i++) {
        f->value[i * f->k + P_ADJUSTED].number = p[i];
        if (p[i] < REAL_DIFFERENCE)
            named[n++] = (struct named){p[i], i};
    }
    rc =
        lc_frame_note(f, err,
                      "short: won within %.4g days, the median of %zu wins (%.0f); long: later "
                      "(%.0f)",
                      s->median, s->n, s->n_short, s->n_long);
    return rc ? rc : name_levels(named, n, f, err);
}

enum lc_rc lc_cycle_split(const struct lc_table *table, const struct lc_cohort *cohort,
                          const size_t *column, const struct lc_attribute *attribute, size_t k,
                          struct lc_arena *arena, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_frame f;
    struct split s;
    enum lc_rc rc;

    lc_frame_init(&f, "cycle_split", heading, COLUMNS, arena);
    f.title = lc_cohort_title(cohort, arena);
    if (!f.title)
        return lc_fail_memory(err, "the cycle lengths");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = split_wins(cohort, &scratch, &s, err);
    for (size_t j = 0; j < k && !rc; j++)
        rc = add_attribute(&s, &table->column[column[j]], &attribute[j], &scratch, &f, err);
    if (!rc)
        rc = adjust(&s, &scratch, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *frame = f;
    return rc;
}
