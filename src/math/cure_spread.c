/* How differently long the segments' wins take: the spread of their lags by marginal likelihood. */
#include <math.h>
#include <string.h>

#include "cure_internal.h"

#define LEAST_SPREAD 0.02 /* ln days: 2 % more or less time, which nobody would see */
#define MOST_SPREAD  3.0  /* twenty times as long: the end of the search */
#define SPREADS      8    /* looked at, at equal distances of the logarithm, before refining */
#define REFINEMENTS  10   /* golden sections: to a hundredth of the spread */
#define LEAST_GAIN \
    0.5 /* of the log marginal likelihood, about: less (p over 0.15) is not looked into */

void lc_cure_set_spread(struct lc_cure_work *w, double spread)
{
    w->options.spread = spread;
    w->k = lc_cure_shift_at(w) + (spread > 0 ? w->live : 0);
}

/* The curvature of segment s in its location, its chance profiled out. */
static double bend_of(const struct lc_cure_work *w, size_t s)
{
    const size_t k = w->k, j = lc_cure_shift_at(w) + s;
    double bend = w->hessian[j * k + j] - 1 / (w->options.spread * w->options.spread);

    if (!w->options.everyone && w->hessian[s * k + s] > 0)
        bend -= w->hessian[s * k + j] * w->hessian[s * k + j] / w->hessian[s * k + s];
    return bend;
}

/* Laplace's log marginal likelihood of the spread at the top for it, less that of its prior's
 * constants: -1/2 sum of ln(1 + spread^2 J_s), J_s the curvature of segment s in its location with
 * its chance profiled out. */
static double marginal(const struct lc_cure_work *w)
{
    const double spread = w->options.spread;
    double sum = w->objective;

    for (size_t s = 0; s < w->live && spread > 0; s++)
        sum -= log1p(spread * spread * fmax(bend_of(w, s), 0)) / 2;
    return sum;
}

/* About what a spread may gain, by a parabola for each segment at the fit of one lag: where that is
 * next to nothing, twenty climbs are spared.
 *
 *     max over spread of 1/2 sum of (spread^2 g_s^2 / (1 + spread^2 J_s) - ln(1 + spread^2 J_s)) */
static double about_gain(struct lc_cure_work *w)
{
    const size_t shift = lc_cure_shift_at(w);
    const double step = log(MOST_SPREAD / LEAST_SPREAD) / (SPREADS - 1);
    double objective, likelihood, best = 0;

    lc_cure_set_spread(w, MOST_SPREAD);
    memset(w->theta + shift, 0, w->live * sizeof *w->theta);
    lc_cure_look(w, w->theta, &objective, &likelihood, w->gradient, w->hessian);
    for (size_t i = 0; i < SPREADS; i++) {
        const double square = pow(LEAST_SPREAD * exp((double)i * step), 2);
        double gain = 0;

        for (size_t s = 0; s < w->live; s++) {
            const double g = w->gradient[shift + s], bend = fmax(bend_of(w, s), 0);

            gain += (square * g * g / (1 + square * bend) - log1p(square * bend)) / 2;
        }
        best = fmax(best, gain);
    }
    lc_cure_set_spread(w, 0);
    return best;
}

/* From where the last one ended: the tops of neighbouring spreads lie close to each other. */
static enum lc_rc look_at_spread(struct lc_cure_work *w, double spread, double *value,
                                 struct lc_err *err)
{
    enum lc_rc rc;

    lc_cure_set_spread(w, spread);
    rc = lc_cure_climb(w, err);
    *value = rc == LC_OK ? marginal(w) : -HUGE_VAL;
    return rc == LC_ENOCONV ? LC_OK : rc;
}

/* Golden sections of ln spread between the neighbours of the best one looked at. */
static enum lc_rc refine(struct lc_cure_work *w, double low, double high, double *best,
                         double *value, struct lc_err *err)
{
    const double golden = (sqrt(5) - 1) / 2;
    double at[2] = {high - golden * (high - low), low + golden * (high - low)},
           seen[2] = {-HUGE_VAL, -HUGE_VAL};
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < 2 && !rc; i++)
        rc = look_at_spread(w, exp(at[i]), &seen[i], err);
    for (size_t step = 0; step < REFINEMENTS && !rc; step++) {
        const size_t worse = seen[0] < seen[1] ? 0 : 1;

        *(worse ? &high : &low) = at[worse];
        at[worse] = at[1 - worse];
        seen[worse] = seen[1 - worse];
        at[1 - worse] = worse ? high - golden * (high - low) : low + golden * (high - low);
        rc = look_at_spread(w, exp(at[1 - worse]), &seen[1 - worse], err);
    }
    *best = exp(at[seen[0] < seen[1]]);
    *value = fmax(seen[0], seen[1]);
    return rc;
}

/* From the fit of one lag at theta to that of the likeliest spread. */
enum lc_rc lc_cure_estimate_spread(struct lc_cure_work *w, double *start, double *gain,
                                   struct lc_err *err)
{
    const double step = log(MOST_SPREAD / LEAST_SPREAD) / (SPREADS - 1), alone = marginal(w);
    double top = -HUGE_VAL, best = 0, value;
    size_t at = 0;
    enum lc_rc rc = LC_OK;

    memcpy(start, w->theta, w->k * sizeof *start);
    if (about_gain(w) < LEAST_GAIN)
        return lc_cure_climb(w, err);
    for (size_t i = 0; i < SPREADS && !rc; i++) {
        rc = look_at_spread(w, LEAST_SPREAD * exp((double)i * step), &value, err);
        at = value > top ? i : at;
        top = fmax(top, value);
    }
    if (!rc && top > alone)
        rc = refine(w, log(LEAST_SPREAD) + step * ((double)at - 1),
                    log(LEAST_SPREAD) + step * ((double)at + 1), &best, &top, err);
    if (rc)
        return rc;
    *gain = fmax(top - alone, 0);
    if (!(*gain > 0))
        memcpy(w->theta, start, lc_cure_shift_at(w) * sizeof *start);
    lc_cure_set_spread(w, *gain > 0 ? best : 0);
    return lc_cure_climb(w, err);
}
