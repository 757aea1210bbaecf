/* The laws of the lag, with the derivatives that the likelihood needs. */
#include <float.h>
#include <gsl/gsl_cdf.h>
#include <math.h>

#include "cure_internal.h"

#define ROOT_TWO_PI 2.5066282746310002

/* G(z) from above, its density and that one's slope. */
struct law {
    double above, g, slope;
};

static struct law law_at(enum lc_lag_family family, double z)
{
    struct law l;

    if (family == LC_LAG_WEIBULL) {
        const double e = exp(z);

        l.above = exp(-e);
        l.g = e * l.above;
        l.slope = e < HUGE_VAL ? l.g * (1 - e) : 0;
        return l;
    }
    l.above = erfc(z / sqrt(2)) / 2;
    l.g = exp(-z * z / 2) / ROOT_TWO_PI;
    l.slope = -z * l.g;
    return l;
}

double lc_lag_below(const struct lc_lag *lag, double t)
{
    double z;

    if (!(t > 0))
        return 0;
    z = (log(t) - lag->location) / lag->scale;
    return lag->family == LC_LAG_WEIBULL ? -expm1(-exp(z)) : erfc(-z / sqrt(2)) / 2;
}

double lc_lag_quantile(const struct lc_lag *lag, double q)
{
    const double z =
        lag->family == LC_LAG_WEIBULL ? log(-log1p(-q)) : gsl_cdf_ugaussian_Pinv(q);

    return exp(lag->location + lag->scale * z);
}

/* With z = (ln t - location) / scale: z by location is -1 / scale, by ln scale -z. */
struct lc_jet lc_lag_above(enum lc_lag_family family, double location, double log_scale,
                           double t)
{
    const double scale = exp(log_scale), z = t > 0 ? (log(t) - location) / scale : 0;
    const struct law l = law_at(family, z);

    if (!(t > 0))
        return (struct lc_jet){.value = 1};
    return (struct lc_jet){.value = l.above,
                           .by = {l.g / scale, z * l.g},
                           .by_by = {-l.slope / (scale * scale), -(l.g + z * l.slope) / scale,
                                     -(z * l.g + z * z * l.slope)}};
}

/* ln of the density of an exact time: ln g(z) - ln scale - ln t. */
static struct lc_jet log_exact(enum lc_lag_family family, double location, double log_scale,
                               double t)
{
    const double scale = exp(log_scale), z = (log(t) - location) / scale;
    const double e = family == LC_LAG_WEIBULL ? exp(z) : 0;
    const double h = family == LC_LAG_WEIBULL ? z - e : -z * z / 2 - log(ROOT_TWO_PI);
    const double h1 = family == LC_LAG_WEIBULL ? 1 - e : -z;
    const double h2 = family == LC_LAG_WEIBULL ? -e : -1;

    return (struct lc_jet){
        .value = h - log_scale - log(t),
        .by = {-h1 / scale, -1 - z * h1},
        .by_by = {h2 / (scale * scale), (h1 + z * h2) / scale, z * h1 + z * z * h2}};
}

struct lc_jet lc_lag_log_density(enum lc_lag_family family, double location, double log_scale,
                                 double t, double tick)
{
    struct lc_jet a, b, d;

    if (!(tick > 0))
        return log_exact(family, location, log_scale, t);
    a = lc_lag_above(family, location, log_scale, t);
    b = lc_lag_above(family, location, log_scale, t + tick);
    /* Far out both are 0: the objective is then as bad as a number can be, and the step is not
     * taken. */
    d.value = fmax(a.value - b.value, DBL_MIN);
    for (size_t i = 0; i < 2; i++)
        d.by[i] = (a.by[i] - b.by[i]) / d.value;
    d.by_by[0] = (a.by_by[0] - b.by_by[0]) / d.value - d.by[0] * d.by[0];
    d.by_by[1] = (a.by_by[1] - b.by_by[1]) / d.value - d.by[0] * d.by[1];
    d.by_by[2] = (a.by_by[2] - b.by_by[2]) / d.value - d.by[1] * d.by[1];
    d.value = log(d.value);
    return d;
}
