/* What may be said of leads that nobody has followed for long enough. */
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "cure_internal.h"
#include "leadcal/num.h"

#define SEEN_WANTED     0.9  /* of the wins to come, by the longest follow-up */
#define SEEN_LOW_WANTED 0.8  /* the same with 97.5 % certainty */
#define STILL_RISING    0.05 /* Maller and Zhou's level */

double lc_cure_spread_p(const struct lc_cure_fit *fit)
{
    return fit->spread_gain > 0 ? gsl_cdf_chisq_Q(2 * fit->spread_gain, 1) / 2 : 1;
}

double lc_cure_below(const struct lc_cure_fit *fit, double t, struct lc_interval *limits)
{
    const struct lc_lag *lag = &fit->lag;
    const double z = (log(t) - lag->location) / lag->scale;
    const double by_location = 1 / lag->scale;
    const double variance =
        by_location * by_location * fit->location_error * fit->location_error +
        z * z * fit->scale_error * fit->scale_error + 2 * z * by_location * fit->covariance;
    const double reach = LC_Z95 * sqrt(fmax(variance, 0)) * lag->scale;

    *limits = isnan(variance) ? (struct lc_interval){LC_NAN, LC_NAN}
                              : (struct lc_interval){lc_lag_below(lag, t * exp(-reach)),
                                                     lc_lag_below(lag, t * exp(reach))};
    return lc_lag_below(lag, t);
}

struct lc_follow_up lc_cure_follow_up(const struct lc_cure_data *d)
{
    struct lc_follow_up f = {.alpha = 1};

    for (size_t i = 0; i < d->n; i++) {
        f.last = fmax(f.last, d->time[i]);
        f.last_won = d->won[i] ? fmax(f.last_won, d->time[i]) : f.last_won;
    }
    for (size_t i = 0; i < d->n; i++)
        f.late += d->won[i] && d->time[i] > 2 * f.last_won - f.last;
    if (d->n)
        f.alpha = exp((double)d->n * log1p(-(double)f.late / (double)d->n));
    return f;
}

static double longest(const struct lc_cure_data *d, size_t segment)
{
    double last = 0;

    for (size_t i = 0; i < d->n; i++)
        if (d->segment[i] == segment)
            last = fmax(last, d->time[i]);
    return last;
}

/* The least share seen, of all leads or of a segment that has wins enough to have a lag. */
static void find_seen(const struct lc_cure_data *d, const struct lc_cure_fit *fit,
                      struct lc_cure_guard *g)
{
    struct lc_interval limits;

    g->segment = LC_CURE_ALL_SEGMENTS;
    g->seen = lc_cure_below(fit, g->follow_up.last + d->tick, &limits);
    g->seen_low = limits.low;
    for (size_t s = 0; s < fit->segments && d->segment && fit->spread > 0; s++) {
        const double seen = fit->segment[s].won < LC_LEAST_CURE_WON
                                ? 1
                                : lc_lag_below(&fit->segment[s].lag, longest(d, s) + d->tick);

        if (seen < g->seen) {
            g->seen = seen;
            g->segment = s;
        }
    }
}

enum lc_rc lc_cure_guard_of(const struct lc_cure_data *d, const struct lc_cure_fit *fit,
                            struct lc_arena *arena, struct lc_cure_guard *guard,
                            struct lc_err *err)
{
    const struct lc_cure_options plain = {.family = fit->lag.family, .everyone = true};
    const struct lc_cure_options mixture = {.family = fit->lag.family};
    struct lc_cure_guard g = {.follow_up = lc_cure_follow_up(d)};
    struct lc_cure_data alone = *d;
    struct lc_cure_fit all, some;
    enum lc_rc rc;

    alone.segment = NULL;
    alone.segments = 1;
    rc = lc_cure(&alone, &plain, arena, &all, err);
    if (!rc)
        rc = lc_cure(&alone, &mixture, arena, &some, err);
    if (rc)
        return rc;
    find_seen(d, fit, &g);
    if (!(some.aic < all.aic))
        g.doubt = LC_CURE_ALL;
    else if (!(g.seen >= SEEN_WANTED) || !(g.seen_low >= SEEN_LOW_WANTED))
        g.doubt = LC_CURE_BEYOND;
    else if (g.follow_up.alpha >= STILL_RISING)
        g.doubt = LC_CURE_RISING;
    *guard = g;
    return LC_OK;
}
