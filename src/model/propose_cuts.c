/* Bins for counters: each whole number as a level of its own would know nothing of the next. */
#include <math.h>
#include <stdint.h>

#include "propose_internal.h"

#define FEW_NUMBERS 8 /* so many are codes or a short scale, and stay as they are */
#define QUARTILES   3

/* The number at a rank among the filled rows, from 0; levels are in order of their values. */
static double at_rank(const struct lc_table_column *c, size_t rank)
{
    size_t below = 0;
    double last = 0.0;

    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        if (v == c->codes.missing)
            continue;
        last = c->number[v];
        below += c->count[v];
        if (rank < below)
            break;
    }
    return last;
}

/* R's type 7. */
static double quantile(const struct lc_table_column *c, double q)
{
    const double h = (double)(c->n_filled - 1) * q, low = floor(h);
    const double a = at_rank(c, (size_t)low), b = at_rank(c, (size_t)ceil(h));

    return a + (h - low) * (b - a);
}

static bool is_whole(const struct lc_table_column *c)
{
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing && floor(c->number[v]) != c->number[v])
            return false;
    return true;
}

enum lc_rc lc_guess_cuts(const struct lc_table_column *c, struct lc_arena *arena,
                         struct lc_spec_attribute *to, struct lc_err *err)
{
    const size_t n = lc_values_of(&c->codes);
    double *cut, most, under;

    if (c->kind != LC_KIND_NUMBER || n <= FEW_NUMBERS || !c->n_filled)
        return LC_OK;
    cut = LC_NEW(arena, QUARTILES, double);
    if (!cut)
        return lc_fail_memory(err, "the proposal");
    /* The missing level is the last, so the values are levels 0 to n - 1. */
    most = c->number[n - 1];
    under = c->number[n - 2];
    to->n_cuts = 0;
    for (size_t i = 1; i <= QUARTILES; i++) {
        double x = quantile(c, 0.25 * (double)i);

        /* Whole numbers fall on the same side of a cut and of the whole number below it. */
        if (is_whole(c))
            x = floor(x);
        /* Over a cut at the greatest number there is no lead. */
        if (x < most && (!to->n_cuts || x > cut[to->n_cuts - 1]))
            cut[to->n_cuts++] = x;
    }
    if (!to->n_cuts)
        cut[to->n_cuts++] = under;
    to->cut = cut;
    return LC_OK;
}
