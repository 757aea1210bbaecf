#include "leadcal/rank_trend.h"

#include <math.h>
#include <stdlib.h>

#include "leadcal/num.h"

struct value {
    double x;
    uint32_t group;
};

static int by_value(const void *a, const void *b)
{
    const struct value *x = a, *y = b;

    return (x->x > y->x) - (x->x < y->x);
}

/* Sums over sizes of groups, or of ties. */
struct moments {
    double two, three, five; /* n(n-1), n(n-1)(n-2), n(n-1)(2n+5) */
};

static void add_size(struct moments *m, double n)
{
    m->two += n * (n - 1);
    m->three += n * (n - 1) * (n - 2);
    m->five += n * (n - 1) * (2 * n + 5);
}

/* Pairs of groups in order, counted value by value: `below` and `tied` are leads of each group. */
static double count_pairs(const struct value *v, size_t n, size_t groups, double *below,
                          double *tied, struct moments *ties)
{
    double j = 0;

    for (size_t i = 0; i < n;) {
        const size_t first = i;

        for (size_t g = 0; g < groups; g++)
            tied[g] = 0;
        for (; i < n && !(v[i].x > v[first].x); i++)
            tied[v[i].group] += 1;
        for (size_t h = 1; h < groups; h++)
            for (size_t g = 0; g < h && tied[h] > 0; g++)
                j += tied[h] * (below[g] + tied[g] / 2);
        for (size_t g = 0; g < groups; g++)
            below[g] += tied[g];
        add_size(ties, (double)(i - first));
    }
    return j;
}

static void test(double j, double n, double pairs, const struct moments *size,
                 const struct moments *ties, struct lc_rank_trend *out)
{
    double variance = (n * (n - 1) * (2 * n + 5) - size->five - ties->five) / 72;

    if (n > 1)
        variance += size->two * ties->two / (8 * n * (n - 1));
    if (n > 2)
        variance += size->three * ties->three / (36 * n * (n - 1) * (n - 2));
    *out = (struct lc_rank_trend){LC_NAN, LC_NAN, pairs > 0 ? j / pairs : LC_NAN};
    /* What is left of it where nothing varies is rounding of sums of n^3. */
    if (!(variance > 1e-12 * n * n * n))
        return;
    out->z = (j - pairs / 2) / sqrt(variance);
    out->p = erfc(fabs(out->z) / sqrt(2));
}

enum lc_rc lc_rank_trend(const double *x, const uint32_t *group, size_t n, size_t groups,
                         struct lc_arena *arena, struct lc_rank_trend *out, struct lc_err *err)
{
    struct moments size = {.two = 0}, ties = {.two = 0};
    struct lc_arena scratch;
    struct value *v;
    double *below, j, pairs = (double)n * (double)n;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    v = LC_NEW(&scratch, n + 1, struct value);
    below = LC_NEW(&scratch, 2 * groups + 1, double);
    if (!v || !below) {
        rc = lc_fail_memory(err, "the test by ranks");
        goto out;
    }
    for (size_t i = 0; i < n; i++)
        v[i] = (struct value){x[i], group[i]};
    qsort(v, n, sizeof *v, by_value);
    j = count_pairs(v, n, groups, below, below + groups, &ties);
    for (size_t g = 0; g < groups; g++) { /* below has come to be the sizes */
        add_size(&size, below[g]);
        pairs -= below[g] * below[g];
    }
    test(j, (double)n, pairs / 2, &size, &ties, out);
out:
    lc_arena_release(&scratch);
    return rc;
}
