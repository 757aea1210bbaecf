#include "cuts_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "grade_internal.h"
#include "leadcal/partition.h"
#include "leadcal/rate.h"

#define LEAST_LEADS 20.0 /* of a grade; fewer are not shown as observed */

/* ---- by the exact program ---- */

/* Sums of the cells before a place. */
struct sums {
    double *n, *won, *expected; /* [p + 1] */
};

static double deviance_of(double n, double won, double expected)
{
    const double lost = n - won;

    return (won > 0 ? 2 * won * log(won / expected) : 0) +
           (lost > 0 ? 2 * lost * log(lost / (n - expected)) : 0);
}

static double worth(const void *context, size_t from, size_t to)
{
    const struct sums *s = context;
    const double n = s->n[to] - s->n[from], won = s->won[to] - s->won[from];

    if (won < LC_CUTS_GRADE_WON || n < LEAST_LEADS)
        return -HUGE_VAL;
    return deviance_of(n, won, s->expected[to] - s->expected[from]);
}

static bool sum_up(const struct lc_cut_cells *c, struct lc_arena *scratch, struct sums *s)
{
    *s = (struct sums){LC_NEW(scratch, c->p + 1, double), LC_NEW(scratch, c->p + 1, double),
                       LC_NEW(scratch, c->p + 1, double)};
    if (!s->n || !s->won || !s->expected)
        return false;
    for (size_t i = 0; i < c->p; i++) {
        s->n[i + 1] = s->n[i] + c->n[i];
        s->won[i + 1] = s->won[i] + c->won[i];
        s->expected[i + 1] = s->expected[i] + c->expected[i];
    }
    return true;
}

/* Are the close rates of all neighbours apart? */
static bool all_apart(const struct sums *s, const size_t *end, size_t k)
{
    for (size_t b = 0; b + 1 < k; b++) {
        const size_t begin = b ? end[b - 1] : 0, middle = end[b], after = end[b + 1];

        if (!(lc_newcombe(s->won[after] - s->won[middle], s->n[after] - s->n[middle],
                          s->won[middle] - s->won[begin], s->n[middle] - s->n[begin])
                  .low > 0))
            return false;
    }
    return true;
}

/* Bins, worst first, as grades: A and D, then B or C. */
static void name_bins(const struct lc_cut_cells *c, const struct sums *s, const size_t *end,
                      size_t k, double *cut)
{
    const double top = c->score[end[k - 2]];

    if (k == LC_GRADES)
        for (size_t b = 0; b + 1 < k; b++)
            cut[k - 2 - b] = c->score[end[b]];
    else
        cut[0] = cut[1] = cut[2] = top;
    if (k != LC_GRADES - 1)
        return;
    cut[2] = c->score[end[0]];
    if (s->n[c->p] - s->n[end[0]] <= s->n[c->p] / 2)
        cut[1] = cut[2];
}

static enum lc_rc cut_by_program(const struct lc_cut_cells *c, struct lc_arena *scratch,
                                 double *cut, struct lc_err *err)
{
    const struct lc_partition_cells cells = {.p = c->p, .n = c->n, .won = c->won};
    struct lc_partition_rules rules = {
        .trend = LC_PARTITION_UP, .most_bins = LC_GRADES, .worth = worth};
    struct lc_partition part;
    struct sums s;

    if (!sum_up(c, scratch, &s))
        return lc_fail_memory(err, "the grades' cuts");
    if (s.won[c->p] < LC_CUTS_WON)
        return lc_fail(err, LC_EDEGENERATE,
                       "cuts by the outcome need %d wins, and there are %.0f", LC_CUTS_WON,
                       s.won[c->p]);
    rules.context = &s;
    for (; rules.most_bins > 1; rules.most_bins--) {
        const enum lc_rc rc = lc_partition(&cells, &rules, scratch, &part, err);

        if (rc)
            return rc;
        if (part.n_bins < 2 || !all_apart(&s, part.end, part.n_bins))
            continue;
        name_bins(c, &s, part.end, part.n_bins, cut);
        return LC_OK;
    }
    return lc_fail(err, LC_EDEGENERATE, "no two grades differ by more than chance");
}

/* ---- by one line ---- */

/* The two grades above the line and the two below it, as the targets part them. */
static void part_by_targets(const struct lc_cut_cells *c, const double *target, double line,
                            double *cut)
{
    size_t above = 0;

    while (above < c->leads && c->falling[above] >= line)
        above++;
    cut[0] = lc_nearest_boundary(c->falling, above,
                                 (double)above * target[0] / (target[0] + target[1]));
    cut[1] = above ? line : LC_GRADE_NEVER;
    cut[2] =
        lc_nearest_boundary(c->falling + above, c->leads - above,
                            (double)(c->leads - above) * target[2] / (target[2] + target[3]));
    cut[2] = fmin(cut[2], cut[1]);
}

static enum lc_rc line_of_cost(const struct lc_cut_cells *c, double least,
                               struct lc_arena *scratch, double *line, struct lc_err *err)
{
    const struct lc_partition_cells cells = {.p = c->p, .n = c->n, .won = c->won};
    const struct lc_partition_rules rules = {.objective = LC_PARTITION_PROFIT,
                                             .trend = LC_PARTITION_UP,
                                             .cost = least,
                                             .value = 1,
                                             .most_bins = 2};
    struct lc_partition part;
    const enum lc_rc rc = lc_partition(&cells, &rules, scratch, &part, err);
    double profit = 0;

    if (rc)
        return rc;
    /* Two bins that both pay are one, whatever rounding makes of their sum. */
    for (size_t i = 0; i < part.end[0]; i++)
        profit += c->won[i] - least * c->n[i];
    *line = profit > 0 ? c->score[0] : part.n_bins > 1 ? c->score[part.end[0]] : LC_GRADE_NEVER;
    return LC_OK;
}

static double line_of_f1(const struct lc_cut_cells *c)
{
    double all = 0, n = 0, won = 0, best = 0, line = LC_GRADE_NEVER;

    for (size_t i = 0; i < c->p; i++)
        all += c->won[i];
    for (size_t i = c->p; i-- > 0;) {
        n += c->n[i];
        won += c->won[i];
        if (2 * won / (n + all) > best) {
            best = 2 * won / (n + all);
            line = c->score[i];
        }
    }
    return line;
}

static double sum_of_grades(const struct lc_cut_cells *c, const struct lc_grade_cuts *cuts)
{
    double n[LC_GRADES] = {0}, won[LC_GRADES] = {0}, expected[LC_GRADES] = {0}, sum = 0;

    for (size_t i = 0; i < c->p; i++) {
        const size_t grade = lc_grade_of(cuts, c->score[i]);

        n[grade] += c->n[i];
        won[grade] += c->won[i];
        expected[grade] += c->expected[i];
    }
    for (size_t k = 0; k < LC_GRADES; k++)
        sum += n[k] > 0 ? deviance_of(n[k], won[k], expected[k]) : 0;
    return sum;
}

enum lc_rc lc_cuts_deviance(const struct lc_cut_leads *l, const struct lc_grade_cuts *cuts,
                            struct lc_arena *scratch, double *deviance, struct lc_err *err)
{
    struct lc_cut_cells c;

    if (!lc_make_cut_cells(l, true, scratch, &c))
        return lc_fail_memory(err, "the grades' deviance");
    *deviance = sum_of_grades(&c, cuts);
    return LC_OK;
}

enum lc_rc lc_cuts_of(const struct lc_cut_leads *l, const struct lc_grades *g,
                      struct lc_arena *scratch, struct lc_grade_cuts *cuts, struct lc_err *err)
{
    struct lc_grade_cuts made = {.used = true};
    double line = LC_GRADE_NEVER;
    struct lc_cut_cells c;
    enum lc_rc rc = LC_OK;

    assert(l->n >= 1);
    if (g->method <= LC_CUTS_CAPACITY)
        return lc_grade_cut(l->score, l->n, g->method, g->target, scratch, cuts, err);
    if (!lc_make_cut_cells(l, g->method == LC_CUTS_F1, scratch, &c))
        return lc_fail_memory(err, "the grades' cuts");
    switch (g->method) {
    case LC_CUTS_DP: rc = cut_by_program(&c, scratch, made.cut, err); break;
    case LC_CUTS_COST: rc = line_of_cost(&c, g->line, scratch, &line, err); break;
    case LC_CUTS_F1: line = line_of_f1(&c); break;
    case LC_CUTS_SHARES:
    case LC_CUTS_QUANTILE:
    case LC_CUTS_CAPACITY:
    case LC_CUTS_PINNED: assert(false); /* what is pinned is not looked for */
    }
    if (rc)
        return rc;
    if (g->method != LC_CUTS_DP)
        part_by_targets(&c, g->target, line, made.cut);
    lc_grade_shares(l->score, l->n, &made);
    *cuts = made;
    return LC_OK;
}
