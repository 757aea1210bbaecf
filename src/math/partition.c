#include "partition_internal.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "leadcal/num.h"

#define WHAT "the best split" /* what memory was for */

void lc_best_offer(struct lc_best *best, double first, double second, uint32_t from)
{
    if (first > best->first) {
        best->second = fmax(best->first, second);
        best->first = first;
        best->from = from;
    } else {
        best->second = fmax(best->second, first);
    }
}

/* ---- what a bin is worth ---- */

/* x ln(x / y), 0 at 0. */
static double x_log(double x, double y)
{
    return x > 0 ? x * log(x / y) : 0;
}

static double deviance(const struct lc_partition_work *w, double n, double won)
{
    const double rate = w->won[w->p] / w->n[w->p];

    return 2 * (x_log(won, n * rate) + x_log(n - won, n * (1 - rate)));
}

static double information(const struct lc_partition_work *w, double n, double won)
{
    const double all_won = w->won[w->p], all_lost = w->n[w->p] - all_won;
    const double good = won / all_won, bad = (n - won) / all_lost;

    return won > 0 && n > won ? (good - bad) * log(good / bad) : -HUGE_VAL;
}

static double worth_of(const struct lc_partition_work *w, size_t i, size_t j)
{
    const struct lc_partition_rules *r = w->rules;
    const double n = w->n[j] - w->n[i], won = w->won[j] - w->won[i];
    const double nx = w->nx[j] - w->nx[i];

    if (!(n > 0) || n < r->least_n || won < r->least_won || n - won < r->least_lost)
        return -HUGE_VAL;
    if (r->worth)
        return r->worth(r->context, i, j);
    switch (r->objective) {
    case LC_PARTITION_DEVIANCE: return deviance(w, n, won);
    case LC_PARTITION_IV: return information(w, n, won);
    case LC_PARTITION_SQUARES: return nx * nx / n;
    case LC_PARTITION_PROFIT: return fmax(0, won * r->value - n * r->cost);
    }
    return -HUGE_VAL;
}

/* Running sums; of x about its mean, so that little cancels. */
static bool sum_up(const struct lc_partition_cells *c, struct lc_partition_work *w)
{
    double *n = LC_NEW(w->scratch, c->p + 1, double);
    double *won = LC_NEW(w->scratch, c->p + 1, double);
    double *nx = LC_NEW(w->scratch, c->p + 1, double);
    double mean = 0;

    if (!n || !won || !nx)
        return false;
    for (size_t i = 0; i < c->p; i++) {
        n[i + 1] = n[i] + c->n[i];
        won[i + 1] = won[i] + (c->won ? c->won[i] : 0);
    }
    for (size_t i = 0; i < c->p && c->x; i++)
        mean += c->n[i] / n[c->p] * c->x[i];
    for (size_t i = 0; i < c->p && c->x; i++)
        nx[i + 1] = nx[i] + c->n[i] * (c->x[i] - mean);
    w->n = n;
    w->won = won;
    w->nx = nx;
    return true;
}

/* More bins than the minima allow cannot be: then their number is not worth counting. */
static size_t limit_of(const struct lc_partition_work *w)
{
    const struct lc_partition_rules *r = w->rules;
    const double all[] = {w->n[w->p], w->won[w->p], w->n[w->p] - w->won[w->p]};
    const double least[] = {r->least_n, r->least_won, r->least_lost};
    double most = (double)w->p;

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (least[i] > 0)
            most = fmin(most, floor(all[i] / least[i]));
    return r->most_bins && (double)r->most_bins < most ? r->most_bins : 0;
}

static enum lc_rc prepare(const struct lc_partition_cells *c, struct lc_partition_work *w,
                          struct lc_err *err)
{
    w->worth = LC_NEW(w->scratch, c->p * (c->p + 1) / 2, double);
    if (!w->worth || !sum_up(c, w))
        return lc_fail_memory(err, WHAT);
    for (size_t i = 0; i < c->p; i++)
        for (size_t j = i + 1; j <= c->p; j++)
            w->worth[lc_bin_at(c->p, i, j)] = worth_of(w, i, j);
    w->most_bins = limit_of(w);
    return LC_OK;
}

static enum lc_rc refuse(const struct lc_partition_work *w, struct lc_err *err)
{
    const struct lc_partition_rules *r = w->rules;

    return lc_fail(
        err, LC_EDEGENERATE,
        "%.10g leads, %.10g won, cannot be split so that each bin has at least %.10g "
        "leads, %.10g won and %.10g not won; ask for less of each",
        w->n[w->p], w->won[w->p], r->least_n, r->least_won, r->least_lost);
}

enum lc_rc lc_partition(const struct lc_partition_cells *cells,
                        const struct lc_partition_rules *rules, struct lc_arena *arena,
                        struct lc_partition *part, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_partition_work w = {.p = cells->p, .rules = rules, .scratch = &scratch};
    struct lc_partition_answer a = {.best = {-HUGE_VAL, -HUGE_VAL, 0},
                                    .end = LC_NEW(arena, cells->p, size_t)};
    enum lc_rc rc = a.end ? LC_OK : lc_fail_memory(err, WHAT);

    assert(cells->p >= 1 && cells->p <= LC_PARTITION_MOST);
    lc_arena_init(&scratch, arena->limit - arena->used);
    if (!rc)
        rc = prepare(cells, &w, err);
    if (!rc)
        rc = rules->trend == LC_PARTITION_FREE ? lc_partition_free(&w, &a, err)
                                               : lc_partition_ordered(&w, &a, err);
    if (!rc && isinf(a.best.first))
        rc = refuse(&w, err);
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    /* Bins were found from the last to the first. */
    for (size_t i = 0, j = a.n_bins - 1; i < j; i++, j--) {
        const size_t end = a.end[i];

        a.end[i] = a.end[j];
        a.end[j] = end;
    }
    *part = (struct lc_partition){.n_bins = a.n_bins,
                                  .end = a.end,
                                  .value = a.best.first,
                                  .runner_up = isinf(a.best.second) ? LC_NAN : a.best.second};
    return LC_OK;
}
