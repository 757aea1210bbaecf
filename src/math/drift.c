#include "leadcal/drift.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <string.h>

#include "leadcal/contingency.h"
#include "leadcal/num.h"

#define NOISE         1e-17 /* a Poisson weight that adds nothing to a probability */
#define LAMBDA_DIGITS 1e-12 /* relative: the width at which the search for lambda ends */

double lc_psi_term(double before, double now, double n, double m)
{
    const double half = before > 0 && now > 0 ? 0 : 0.5;
    const double a = (before + half) / n, b = (now + half) / m;

    return before > 0 || now > 0 ? (b - a) * log(b / a) : 0;
}

double lc_psi(const double *before, const double *now, size_t k)
{
    double n = 0, m = 0, psi = 0;

    for (size_t i = 0; i < k; i++) {
        n += before[i];
        m += now[i];
    }
    if (!(n > 0 && m > 0))
        return LC_NAN;
    for (size_t i = 0; i < k; i++)
        psi += lc_psi_term(before[i], now[i], n, m);
    return psi;
}

double lc_psi_threshold(double n, double m, size_t df)
{
    return df ? (1 / n + 1 / m) * gsl_cdf_chisq_Qinv(LC_DRIFT_ALPHA, (double)df) : LC_NAN;
}

double lc_chi_square_power(size_t df, double lambda)
{
    const double limit = gsl_cdf_chisq_Qinv(LC_DRIFT_ALPHA, (double)df);
    double power = 0;

    for (size_t j = 0;; j++) {
        const double weight =
            lambda > 0 ? exp((double)j * log(lambda / 2) - lambda / 2 - lgamma((double)j + 1))
                       : (j == 0);

        power += weight * gsl_cdf_chisq_Q(limit, (double)(df + 2 * j));
        if ((double)j > lambda / 2 && weight < NOISE)
            return power;
    }
}

/* The noncentrality that is found with LC_DRIFT_POWER: bisection, since power only rises. */
static double lambda_of(size_t df)
{
    double low = 0, high = 1;

    while (lc_chi_square_power(df, high) < LC_DRIFT_POWER)
        high *= 2;
    while (high - low > LAMBDA_DIGITS * high) {
        const double middle = (low + high) / 2;

        if (lc_chi_square_power(df, middle) < LC_DRIFT_POWER)
            low = middle;
        else
            high = middle;
    }
    return (low + high) / 2;
}

double lc_detectable_psi(double n, double m, size_t df)
{
    return df ? (1 / n + 1 / m) * lambda_of(df) : LC_NAN;
}

/* Levels on their way to the groups that are tested. */
struct grouping {
    const double *before, *now;
    size_t k;
    bool *in_rest;
    double expected;      /* share of a level's leads that the smaller sample may expect */
    double rest;          /* leads in "(rest)", both samples together */
    size_t alone, merged; /* levels that stand alone, and those in the rest */
};

static void take(struct grouping *g, size_t i)
{
    g->in_rest[i] = true;
    g->rest += g->before[i] + g->now[i];
    g->merged++;
}

/* Sparse levels go together; the smallest others join them while they are still too few. */
static void merge(struct grouping *g)
{
    for (size_t i = 0; i < g->k; i++) {
        const double both = g->before[i] + g->now[i];

        g->in_rest[i] = false;
        if (both > 0 && both * g->expected < LC_DRIFT_EXPECTED)
            take(g, i);
        else
            g->alone += both > 0;
    }
    while (g->merged && g->rest * g->expected < LC_DRIFT_EXPECTED && g->alone > 1) {
        size_t least = g->k;
        double fewest = HUGE_VAL;

        for (size_t i = 0; i < g->k; i++) {
            const double both = g->before[i] + g->now[i];

            if (!g->in_rest[i] && both > 0 && both <= fewest) {
                fewest = both;
                least = i;
            }
        }
        take(g, least);
        g->alone--;
    }
}

/* The groups' counts: the levels that stand alone in their order, then the rest. */
static size_t sum_groups(const struct grouping *g, double *before, double *now)
{
    size_t groups = 0;

    for (size_t i = 0; i < g->k; i++)
        if (!g->in_rest[i] && g->before[i] + g->now[i] > 0) {
            before[groups] = g->before[i];
            now[groups++] = g->now[i];
        }
    if (!g->merged)
        return groups;
    before[groups] = now[groups] = 0;
    for (size_t i = 0; i < g->k; i++)
        if (g->in_rest[i]) {
            before[groups] += g->before[i];
            now[groups] += g->now[i];
        }
    return groups + 1;
}

/* before is turned into the leads of both samples, which is what Pearson's test takes. */
static void test_groups(const struct grouping *g, double *before, const double *now,
                        size_t groups, struct lc_drift *d)
{
    const bool sparse = g->merged && g->rest * g->expected < LC_DRIFT_EXPECTED;
    struct lc_chi_square chi;

    d->df = groups - 1;
    d->merged = g->merged;
    d->psi = lc_psi(before, now, groups);
    if (groups == 2 && sparse) {
        d->exact = true;
        d->p = lc_fisher(before[0], before[1], now[0], now[1]);
        return;
    }
    for (size_t i = 0; i < groups; i++)
        before[i] += now[i];
    chi = lc_chi_square(now, before, groups);
    d->chi2 = chi.statistic;
    d->p = chi.p;
    d->threshold = lc_psi_threshold(d->n, d->m, d->df);
}

enum lc_rc lc_drift_test(const double *before, const double *now, size_t k,
                         struct lc_arena *arena, bool *in_rest, struct lc_drift *out,
                         struct lc_err *err)
{
    struct lc_drift d = {.psi = LC_NAN, .threshold = LC_NAN, .chi2 = LC_NAN, .p = LC_NAN};
    struct grouping g = {
        .before = before, .now = now, .k = k, .in_rest = LC_NEW(arena, k + 1, bool)};
    double *group_before = LC_NEW(arena, k + 1, double);
    double *group_now = LC_NEW(arena, k + 1, double);
    size_t groups;

    if (!group_before || !group_now || !g.in_rest)
        return lc_fail_memory(err, "drift");
    for (size_t i = 0; i < k; i++) {
        d.n += before[i];
        d.m += now[i];
    }
    if (d.n > 0 && d.m > 0)
        g.expected = fmin(d.n, d.m) / (d.n + d.m);
    merge(&g);
    groups = sum_groups(&g, group_before, group_now);
    if (groups > 1 && d.n > 0 && d.m > 0)
        test_groups(&g, group_before, group_now, groups, &d);
    if (in_rest && k)
        memcpy(in_rest, g.in_rest, k * sizeof *in_rest);
    *out = d;
    return LC_OK;
}
