/* Sums of points as cells that the exact program can split. */
#include <math.h>
#include <stdlib.h>

#include "attribute_internal.h"
#include "cuts_internal.h"
#include "leadcal/logit.h"

#define MOST_STEPS     100   /* halving the bracket alone needs some 60 */
#define SAME_INTERCEPT 1e-12 /* log-odds */
#define FARTHEST       80.0  /* log-odds beyond which a probability is 0 or 1 */

struct one {
    double score, y, expected;
};

static int by_score(const void *a, const void *b)
{
    const double x = ((const struct one *)a)->score, y = ((const struct one *)b)->score;

    return (x > y) - (x < y);
}

/* The intercept with which as many wins are expected as there were: Newton, within a bracket. */
static double intercept_of(const struct lc_cut_leads *l, double won)
{
    double low = -FARTHEST, high = FARTHEST, at = log(won) - log((double)l->n - won);

    for (size_t step = 0; step < MOST_STEPS && at > low && at < high; step++) {
        double excess = -won, slope = 0, next;

        for (size_t i = 0; i < l->n; i++) {
            const double p = lc_logistic(at + l->other[i]);

            excess += p;
            slope += p * (1 - p);
        }
        if (excess < 0)
            low = at;
        else
            high = at;
        next = at - excess / slope;
        next = next > low && next < high ? next : (low + high) / 2;
        if (fabs(next - at) < SAME_INTERCEPT)
            break;
        at = next;
    }
    return at;
}

static void join_equal(const struct one *one, size_t n, struct lc_cut_cells *c)
{
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || one[i].score != one[i - 1].score) {
            c->score[c->p] = one[i].score;
            c->n[c->p] = c->won[c->p] = c->expected[c->p] = 0;
            c->p++;
        }
        c->n[c->p - 1] += 1;
        c->won[c->p - 1] += one[i].y;
        c->expected[c->p - 1] += one[i].expected;
    }
}

/* At most LC_BIN_CANDIDATES + 1 cells: the program's time grows with their square. */
static bool join_many(struct lc_cut_cells *c, struct lc_arena *scratch)
{
    size_t *last = LC_NEW(scratch, c->p, size_t), begin = 0, k;

    if (!last)
        return false;
    k = lc_coarsen(c->n, c->won, c->p, last);
    for (size_t b = 0; b < k; b++) {
        double expected = 0;

        for (size_t i = begin; i <= last[b]; i++)
            expected += c->expected[i];
        c->score[b] = c->score[begin];
        c->expected[b] = expected;
        begin = last[b] + 1;
    }
    c->p = k;
    return true;
}

bool lc_make_cut_cells(const struct lc_cut_leads *l, bool all, struct lc_arena *scratch,
                       struct lc_cut_cells *c)
{
    struct one *one = LC_NEW(scratch, l->n, struct one);
    double won = 0, intercept = 0;

    *c = (struct lc_cut_cells){
        .score = LC_NEW(scratch, l->n, double),
        .n = LC_NEW(scratch, l->n, double),
        .won = LC_NEW(scratch, l->n, double),
        .expected = LC_NEW(scratch, l->n, double),
        .falling = LC_NEW(scratch, l->n, double),
        .leads = l->n,
    };
    if (!one || !c->score || !c->n || !c->won || !c->expected || !c->falling)
        return false;
    for (size_t i = 0; i < l->n; i++)
        won += l->y[i];
    if (l->other)
        intercept = intercept_of(l, won);
    for (size_t i = 0; i < l->n; i++)
        one[i] =
            (struct one){l->score[i], l->y[i],
                         l->other ? lc_logistic(intercept + l->other[i]) : won / (double)l->n};
    qsort(one, l->n, sizeof *one, by_score);
    for (size_t i = 0; i < l->n; i++)
        c->falling[i] = one[l->n - 1 - i].score;
    join_equal(one, l->n, c);
    return all || join_many(c, scratch);
}
