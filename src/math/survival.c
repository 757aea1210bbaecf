#include "leadcal/survival.h"

#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdlib.h>

#include "leadcal/num.h"

#define SAME_SHARE 1e-12 /* the curve stands at 1 - q: the middle of the step, as survfit */
#define TAIL       0.025

struct spell {
    double time;
    uint32_t group;
    uint8_t event;
};

static int by_time(const void *a, const void *b)
{
    const struct spell *x = a, *y = b;

    return (x->time > y->time) - (x->time < y->time);
}

static enum lc_rc sort_spells(const double *time, const uint8_t *event, const uint32_t *group,
                              size_t n, struct lc_arena *arena, struct spell **to,
                              struct lc_err *err)
{
    struct spell *s = LC_NEW(arena, n + 1, struct spell);

    if (!s)
        return lc_fail_memory(err, "times");
    if (n == 0)
        return lc_fail(err, LC_EDEGENERATE, "there is no time to look at");
    for (size_t i = 0; i < n; i++)
        s[i] = (struct spell){time[i], group ? group[i] : 0, event[i]};
    qsort(s, n, sizeof *s, by_time);
    *to = s;
    return LC_OK;
}

enum lc_rc lc_kaplan_meier(const double *time, const uint8_t *event, size_t n,
                           struct lc_arena *arena, struct lc_km *out, struct lc_err *err)
{
    struct lc_km km = {.step = LC_NEW(arena, n + 1, struct lc_km_step), .n = (double)n};
    double survival = 1, greenwood = 0;
    struct spell *s = NULL;
    enum lc_rc rc;

    if (!km.step)
        return lc_fail_memory(err, "times");
    rc = sort_spells(time, event, NULL, n, arena, &s, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n;) {
        const double now = s[i].time, at_risk = (double)(n - i);
        struct lc_km_step *step = &km.step[km.n_steps];
        double events = 0, half;

        for (; i < n && s[i].time == now; i++)
            events += s[i].event;
        if (events == 0)
            continue;
        survival *= 1 - events / at_risk;
        greenwood += events / (at_risk * (at_risk - events));
        half = LC_Z95 * sqrt(greenwood);
        *step =
            (struct lc_km_step){.time = now,
                                .at_risk = at_risk,
                                .events = events,
                                .survival = survival,
                                .std_error = survival > 0 ? survival * sqrt(greenwood) : LC_NAN,
                                .low = survival > 0 ? survival * exp(-half) : LC_NAN,
                                .high = survival > 0 ? fmin(1, survival * exp(half)) : LC_NAN};
        km.events += events;
        km.n_steps++;
    }
    *out = km;
    return LC_OK;
}

static double curve(const struct lc_km_step *s, int which)
{
    return which < 0 ? s->low : which > 0 ? s->high : s->survival;
}

static double crossing(const struct lc_km *km, double level, int which)
{
    for (size_t i = 0; i < km->n_steps; i++) {
        const double y = curve(&km->step[i], which);

        if (fabs(y - level) < SAME_SHARE && i + 1 < km->n_steps)
            return (km->step[i].time + km->step[i + 1].time) / 2;
        if (y <= level + SAME_SHARE)
            return km->step[i].time;
    }
    return LC_NAN;
}

double lc_km_quantile(const struct lc_km *km, double q, struct lc_interval *limits)
{
    limits->low = crossing(km, 1 - q, -1);
    limits->high = crossing(km, 1 - q, 1);
    return crossing(km, 1 - q, 0);
}

struct lc_km_step lc_km_at(const struct lc_km *km, double time)
{
    struct lc_km_step before = {.survival = 1, .at_risk = km->n, .low = 1, .high = 1};

    for (size_t i = 0; i < km->n_steps && km->step[i].time <= time; i++)
        before = km->step[i];
    return before;
}

/* (O - E)' V^-1 (O - E) over all groups but the last, by elimination; v is overwritten. */
static double quadratic_form(double *v, double *d, size_t k)
{
    double sum = 0;

    for (size_t j = 0; j < k; j++) {
        if (!(v[j * k + j] > 0))
            return LC_NAN;
        for (size_t i = j + 1; i < k; i++) {
            const double factor = v[i * k + j] / v[j * k + j];

            for (size_t l = j; l < k; l++)
                v[i * k + l] -= factor * v[j * k + l];
            d[i] -= factor * d[j];
        }
        sum += d[j] * d[j] / v[j * k + j];
    }
    return sum;
}

/* One distinct time: events and leads at risk of each group. */
static void add_time(const double *at_risk, const double *events, size_t groups,
                     double *observed, double *expected, double *v)
{
    const size_t k = groups - 1;
    double all = 0, happened = 0, scale;

    for (size_t g = 0; g < groups; g++) {
        all += at_risk[g];
        happened += events[g];
    }
    if (happened == 0)
        return;
    scale = all > 1 ? happened * (all - happened) / (all - 1) : 0;
    for (size_t g = 0; g < groups; g++) {
        observed[g] += events[g];
        expected[g] += happened * at_risk[g] / all;
    }
    for (size_t g = 0; g < k; g++)
        for (size_t h = 0; h < k; h++)
            v[g * k + h] += scale * at_risk[g] / all * ((g == h ? 1 : 0) - at_risk[h] / all);
}

/* NOLINTNEXTLINE(readability-function-size): the ten parameters are the contract */
enum lc_rc lc_log_rank(const double *time, const uint8_t *event, const uint32_t *group,
                       size_t n, size_t groups, struct lc_arena *arena, double *observed,
                       double *expected, struct lc_log_rank *out, struct lc_err *err)
{
    double *at_risk = LC_NEW(arena, groups + 1, double),
           *events = LC_NEW(arena, groups + 1, double);
    double *v = LC_NEW(arena, groups * groups + 1, double),
           *d = LC_NEW(arena, groups + 1, double);
    struct spell *s = NULL;
    enum lc_rc rc;

    if (!at_risk || !events || !v || !d)
        return lc_fail_memory(err, "times");
    rc = sort_spells(time, event, group, n, arena, &s, err);
    if (rc)
        return rc;
    for (size_t g = 0; g < groups; g++)
        observed[g] = expected[g] = 0;
    for (size_t i = 0; i < n; i++)
        at_risk[s[i].group] += 1;
    for (size_t i = 0; i < n;) {
        const double now = s[i].time;
        size_t first = i;

        for (size_t g = 0; g < groups; g++)
            events[g] = 0;
        for (; i < n && s[i].time == now; i++)
            events[s[i].group] += s[i].event;
        add_time(at_risk, events, groups, observed, expected, v);
        for (; first < i; first++)
            at_risk[s[first].group] -= 1;
    }
    for (size_t g = 0; g < groups; g++)
        d[g] = observed[g] - expected[g];
    *out = (struct lc_log_rank){.chi_square =
                                    groups > 1 ? quadratic_form(v, d, groups - 1) : LC_NAN,
                                .df = groups > 0 ? groups - 1 : 0};
    out->p = groups > 1 ? gsl_cdf_chisq_Q(out->chi_square, (double)out->df) : LC_NAN;
    return LC_OK;
}

double lc_quantile(const double *sorted, size_t n, double q)
{
    const double h = n ? ((double)n - 1) * q : 0, below = floor(h);
    const size_t i = (size_t)below;

    if (n == 0)
        return LC_NAN;
    if (i + 1 >= n)
        return sorted[n - 1];
    return sorted[i] + (h - below) * (sorted[i + 1] - sorted[i]);
}

struct lc_interval lc_quantile_interval(const double *sorted, size_t n, double q)
{
    struct lc_interval ci = {LC_NAN, LC_NAN};

    for (size_t rank = 1; rank <= n; rank++) {
        /* P(fewer than `rank` values lie below the quantile) */
        const double below = gsl_cdf_binomial_P((unsigned)(rank - 1), q, (unsigned)n);

        if (below <= TAIL)
            ci.low = sorted[rank - 1];
        if (below >= 1 - TAIL) {
            ci.high = sorted[rank - 1];
            break;
        }
    }
    return ci;
}
