/* Leads of one account are not so many witnesses: which of some leads belong together. */
#include "backtest_internal.h"
#include "leadcal/rate.h"

#define NONE UINT32_MAX

static const char accounts[] = "leads of one account";

enum lc_rc lc_belonging(const struct lc_cohort *c, const uint32_t *lead, size_t n,
                        struct lc_arena *arena, struct lc_clusters *out, struct lc_err *err)
{
    uint32_t *of, *number;
    uint32_t next = 0;

    *out = (struct lc_clusters){NULL, 0};
    if (!c->cluster)
        return LC_OK;
    of = LC_NEW(arena, n + 1, uint32_t);
    number = LC_NEW(arena, c->n_clusters + 1, uint32_t);
    if (!of || !number)
        return lc_fail_memory(err, accounts);
    for (size_t k = 0; k < c->n_clusters; k++)
        number[k] = NONE;
    for (size_t i = 0; i < n; i++) {
        uint32_t *at = &number[c->cluster[lead[i]]];

        if (*at == NONE)
            *at = next++;
        of[i] = *at;
    }
    if (next < n)
        *out = (struct lc_clusters){of, next};
    return LC_OK;
}

enum lc_rc lc_cluster_counts_new(const struct lc_cohort *c, const uint32_t *lead, size_t n,
                                 struct lc_arena *arena, const struct lc_cluster_counts **out,
                                 struct lc_err *err)
{
    struct lc_cluster_counts *to = LC_NEW(arena, 1, struct lc_cluster_counts);
    enum lc_rc rc;

    if (!to)
        return lc_fail_memory(err, accounts);
    rc = lc_belonging(c, lead, n, arena, &to->clusters, err);
    *out = NULL;
    if (rc || !to->clusters.of)
        return rc;
    to->leads = LC_NEW(arena, to->clusters.n, double);
    to->won = LC_NEW(arena, to->clusters.n, double);
    if (!to->leads || !to->won)
        return lc_fail_memory(err, accounts);
    *out = to;
    return LC_OK;
}

double lc_design_effect_of(const struct lc_cluster_counts *counts, const struct lc_cohort *c,
                           const uint32_t *lead, const uint8_t *in, size_t n)
{
    bool shared = false;

    if (!counts)
        return 1;
    for (size_t k = 0; k < counts->clusters.n; k++)
        counts->leads[k] = counts->won[k] = 0;
    for (size_t i = 0; i < n; i++) {
        const size_t k = counts->clusters.of[i];

        if (in && !in[i])
            continue;
        counts->leads[k] += 1;
        counts->won[k] += c->y[lead[i]];
        shared |= counts->leads[k] > 1;
    }
    if (!shared)
        return 1;
    return lc_design_effect(counts->won, counts->leads, counts->clusters.n);
}
