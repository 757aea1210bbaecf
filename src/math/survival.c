#include "leadcal/survival.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/beta.h"
#include "leadcal/num.h"
#include "logit_internal.h"

#define SAME_HEIGHT 1.5e-8 /* of curve and level: the square root of rounding, as survfit */
#define TAIL        0.025

struct span {
    double time;
    uint32_t group;
    uint8_t event;
};

static int by_time(const void *a, const void *b)
{
    const struct span *x = a, *y = b;

    return (x->time > y->time) - (x->time < y->time);
}

static struct span *sort_spans(const double *time, const uint8_t *event, const uint32_t *group,
                               size_t n, struct lc_arena *scratch)
{
    struct span *span = LC_NEW(scratch, n, struct span);

    for (size_t i = 0; i < n && span; i++)
        span[i] = (struct span){time[i], group ? group[i] : 0, event[i] != 0};
    if (n && span)
        qsort(span, n, sizeof *span, by_time);
    return span;
}

/* ---- Kaplan-Meier ---- */

/* Greenwood's sum and the log-scale band, as survfit: no band where nobody is left. */
static void fill_step(struct lc_km_step *s, double greenwood)
{
    const double width = LC_Z95 * sqrt(greenwood);

    if (!(s->survival > 0)) {
        s->survival = 0;
        s->std_error = s->low = s->high = LC_NAN;
        return;
    }
    s->std_error = s->survival * sqrt(greenwood);
    s->low = s->survival * exp(-width);
    s->high = fmin(1, s->survival * exp(width));
}

enum lc_rc lc_kaplan_meier(const double *time, const uint8_t *event, size_t n,
                           struct lc_arena *arena, struct lc_km *out, struct lc_err *err)
{
    struct lc_km km = {.n = (double)n};
    struct lc_arena scratch;
    const struct span *span;
    double survival = 1, greenwood = 0;
    enum lc_rc rc = LC_OK;

    if (n == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "there is no lead to follow; check the dates and what was left out");
    km.step = LC_NEW(arena, n, struct lc_km_step);
    lc_arena_init(&scratch, arena->limit - arena->used);
    span = sort_spans(time, event, NULL, n, &scratch);
    if (!km.step || !span) {
        rc = lc_fail_memory(err, "the survival curve");
        goto out;
    }
    for (size_t i = 0; i < n;) {
        struct lc_km_step s = {.time = span[i].time, .at_risk = (double)(n - i)};

        for (; i < n && !(span[i].time > s.time); i++)
            s.events += span[i].event;
        if (s.events == 0)
            continue;
        survival *= 1 - s.events / s.at_risk;
        greenwood += s.events / (s.at_risk * (s.at_risk - s.events));
        s.survival = survival;
        fill_step(&s, greenwood);
        km.events += s.events;
        km.step[km.n_steps++] = s;
    }
    km.last = span[n - 1].time;
    *out = km;
out:
    lc_arena_release(&scratch);
    return rc;
}

enum band { CURVE, LOW, HIGH };

static double height(const struct lc_km_step *s, enum band band)
{
    switch (band) {
    case LOW: return s->low;
    case HIGH: return s->high;
    case CURVE: break;
    }
    return s->survival;
}

/* First time that a band is at or under a level; half way to its next fall where it lies on it. */
static double time_under(const struct lc_km *km, double level, enum band band)
{
    for (size_t i = 0; i < km->n_steps; i++) {
        const double h = height(&km->step[i], band);
        size_t next = i + 1;

        if (!(h <= level + SAME_HEIGHT))
            continue;
        if (!(h >= level - SAME_HEIGHT))
            return km->step[i].time;
        while (next < km->n_steps && height(&km->step[next], band) >= level - SAME_HEIGHT)
            next++;
        return (km->step[i].time + (next < km->n_steps ? km->step[next].time : km->last)) / 2;
    }
    return LC_NAN;
}

double lc_km_quantile(const struct lc_km *km, double q, struct lc_interval *limits)
{
    *limits = (struct lc_interval){time_under(km, 1 - q, LOW), time_under(km, 1 - q, HIGH)};
    return time_under(km, 1 - q, CURVE);
}

struct lc_km_step lc_km_at(const struct lc_km *km, double time)
{
    struct lc_km_step at = {.time = time, .at_risk = km->n, .survival = 1, .low = 1, .high = 1};

    for (size_t i = 0; i < km->n_steps && km->step[i].time <= time; i++)
        at = km->step[i];
    return at;
}

/* The area between a step of the curve (none: before the first) and the next, up to the horizon. */
static double area_after(const struct lc_km *km, size_t i, double horizon)
{
    const double from = i ? km->step[i - 1].time : 0;
    const double to = i < km->n_steps ? km->step[i].time : horizon;

    return from < horizon ? (i ? km->step[i - 1].survival : 1) * (fmin(to, horizon) - from) : 0;
}

struct lc_rmst lc_km_mean(const struct lc_km *km, double horizon)
{
    struct lc_rmst r = {0, 0};
    const bool ends = km->n_steps && !(km->step[km->n_steps - 1].survival > 0);

    if (km->last < horizon && !ends)
        return (struct lc_rmst){LC_NAN, LC_NAN};
    for (size_t i = km->n_steps + 1; i-- > 0;) {
        r.mean += area_after(km, i, horizon);
        if (i > 0 && km->step[i - 1].at_risk > km->step[i - 1].events &&
            km->step[i - 1].time < horizon)
            r.std_error +=
                r.mean * r.mean * km->step[i - 1].events /
                (km->step[i - 1].at_risk * (km->step[i - 1].at_risk - km->step[i - 1].events));
    }
    r.std_error = sqrt(r.std_error);
    return r;
}

/* ---- log-rank ---- */

/* Adds one time: d events among the n at risk of all groups. */
static void add_time(size_t groups, const double *at_risk, double n, double d, double *expected,
                     double *variance)
{
    const double spread = n > 1 ? d * (n - d) / (n * n * (n - 1)) : 0;

    for (size_t g = 0; g < groups; g++) {
        expected[g] += d * at_risk[g] / n;
        for (size_t h = 0; h < groups; h++)
            variance[g * groups + h] += spread * at_risk[g] * ((g == h ? n : 0) - at_risk[h]);
    }
}

static void run_log_rank(const struct span *span, size_t n, size_t groups, double *at_risk,
                         double *observed, double *expected, double *variance)
{
    for (size_t i = 0; i < n; i++)
        at_risk[span[i].group]++;
    for (size_t i = 0; i < n;) {
        const size_t first = i;
        double d = 0;

        for (; i < n && !(span[i].time > span[first].time); i++) {
            observed[span[i].group] += span[i].event;
            d += span[i].event;
        }
        if (d > 0)
            add_time(groups, at_risk, (double)(n - first), d, expected, variance);
        for (size_t j = first; j < i; j++)
            at_risk[span[j].group]--;
    }
}

/* NOLINTNEXTLINE(readability-function-size): the ten parameters are the contract in survival.h */
enum lc_rc lc_log_rank(const double *time, const uint8_t *event, const uint32_t *group,
                       size_t n, size_t groups, struct lc_arena *arena, double *observed,
                       double *expected, struct lc_log_rank *out, struct lc_err *err)
{
    struct lc_log_rank test = {LC_NAN, LC_NAN, 0};
    struct lc_arena scratch;
    const struct span *span;
    double *room, *difference, *variance, *solved, sum = 0;
    bool *drop;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    span = sort_spans(time, event, group, n, &scratch);
    room = LC_NEW(&scratch, groups * (groups + 5), double);
    drop = LC_NEW(&scratch, groups, bool);
    if (!span || !room || !drop) {
        rc = lc_fail_memory(err, "the log-rank test");
        goto out;
    }
    difference = room + 3 * groups; /* after at risk, observed, expected */
    solved = room + 4 * groups;
    variance = room + 5 * groups;
    run_log_rank(span, n, groups, room, room + groups, room + 2 * groups, variance);
    for (size_t g = 0; g < groups; g++) {
        observed[g] = room[groups + g];
        expected[g] = room[2 * groups + g];
        difference[g] = solved[g] = observed[g] - expected[g];
        test.df += expected[g] > 0;
    }
    test.df -= test.df > 0;
    /* The rows of the variance add up to nothing: the factor drops what repeats the others. */
    (void)lc_logit_factor(variance, groups, NULL, true, drop);
    lc_logit_solve(variance, groups, drop, solved);
    for (size_t g = 0; g < groups; g++)
        sum += difference[g] * solved[g];
    if (test.df > 0) {
        test.chi_square = sum;
        test.p = gsl_cdf_chisq_Q(sum, (double)test.df);
    }
    *out = test;
out:
    lc_arena_release(&scratch);
    return rc;
}

/* ---- quantiles ---- */

double lc_quantile(const double *sorted, size_t n, double q)
{
    double at, below;
    size_t i;

    if (n == 0)
        return LC_NAN;
    at = (double)(n - 1) * q;
    below = floor(at);
    i = (size_t)below;
    if (i + 1 >= n)
        return sorted[n - 1];
    return sorted[i] + (at - below) * (sorted[i + 1] - sorted[i]);
}

/* P(Binomial(n, q) <= k) */
static double binomial_below(size_t n, double q, size_t k)
{
    return k >= n ? 1 : lc_beta_below(1 - q, (double)(n - k), (double)k + 1);
}

/* How many k from 0 up have P(Binomial(n, q) <= k) <= p: the law rises, so halving finds it. */
static size_t count_below(size_t n, double q, double p)
{
    size_t low = 0, high = n + 1;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (binomial_below(n, q, middle) <= p)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct lc_interval lc_quantile_interval(const double *sorted, size_t n, double q)
{
    const size_t low = count_below(n, q, TAIL);        /* the largest l with P(B < l) <= tail */
    size_t high = n ? count_below(n, q, 1 - TAIL) : 0; /* P(B <= high) > 1 - tail */

    if (n && high > 0 && binomial_below(n, q, high - 1) >= 1 - TAIL)
        high--; /* exactly on the tail */
    return (struct lc_interval){low > 0 && low <= n ? sorted[low - 1] : LC_NAN,
                                high + 1 <= n ? sorted[high] : LC_NAN};
}
