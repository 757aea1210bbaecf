#include "leadcal/rate.h"

#include <gsl/gsl_sf_gamma.h>
#include <math.h>

#include "leadcal/beta.h"
#include "leadcal/num.h"

#define TAIL 0.025 /* of each end of a 95 % interval */

static const struct lc_interval unknown = {LC_NAN, LC_NAN};

struct lc_interval lc_wilson(double k, double n)
{
    const double z2 = LC_Z95 * LC_Z95;
    double centre, half;

    if (!(n > 0))
        return unknown;
    centre = (k + z2 / 2) / (n + z2);
    half = LC_Z95 * sqrt(k * (n - k) / n + z2 / 4) / (n + z2);
    return (struct lc_interval){k == 0 ? 0 : centre - half, k == n ? 1 : centre + half};
}

double lc_design_effect(const double *won, const double *n, size_t clusters)
{
    double all_won = 0, all = 0, used = 0, spread = 0, rate;

    for (size_t c = 0; c < clusters; c++) {
        all_won += won[c];
        all += n[c];
        used += n[c] > 0;
    }
    if (!(all > 0))
        return LC_NAN;
    rate = all_won / all;
    if (all_won == 0 || all_won == all || used < 2)
        return all / used;
    for (size_t c = 0; c < clusters; c++)
        spread += (won[c] - rate * n[c]) * (won[c] - rate * n[c]);
    return fmax(used / (used - 1) * spread / (all * rate * (1 - rate)), 1);
}

struct lc_interval lc_jeffreys(double k, double n)
{
    if (!(n > 0))
        return unknown;
    return (struct lc_interval){
        k == 0 ? 0 : lc_beta_quantile(TAIL, k + 0.5, n - k + 0.5),
        k == n ? 1 : lc_beta_quantile(1 - TAIL, k + 0.5, n - k + 0.5),
    };
}

struct lc_interval lc_clopper_pearson(double k, double n)
{
    if (!(n > 0))
        return unknown;
    return (struct lc_interval){
        k == 0 ? 0 : lc_beta_quantile(TAIL, k, n - k + 1),
        k == n ? 1 : lc_beta_quantile(1 - TAIL, k + 1, n - k),
    };
}

struct lc_interval lc_newcombe(double k1, double n1, double k2, double n2)
{
    const struct lc_interval a = lc_wilson(k1, n1), b = lc_wilson(k2, n2);
    const double p1 = k1 / n1, p2 = k2 / n2, difference = p1 - p2;

    if (!(n1 > 0 && n2 > 0))
        return unknown;
    return (struct lc_interval){difference - hypot(p1 - a.low, b.high - p2),
                                difference + hypot(a.high - p1, p2 - b.low)};
}

struct lc_interval lc_relative_risk(double k1, double n1, double k0, double n0, double *rr)
{
    double width;

    *rr = LC_NAN;
    if (!(n1 > 0 && n0 > 0 && k0 > 0))
        return unknown;
    *rr = (k1 / n1) / (k0 / n0);
    if (!(k1 > 0))
        return unknown;
    width = LC_Z95 * sqrt((1 - k1 / n1) / k1 + (1 - k0 / n0) / k0);
    return (struct lc_interval){*rr * exp(-width), *rr * exp(width)};
}

double lc_ratio_of_risk(double rr, double f)
{
    if (rr == 0)
        return 0;
    return 1 / (f + (1 - f) / rr);
}

double lc_poisson_above(double k, double mean)
{
    return gsl_sf_gamma_inc_P(floor(k) + 1, mean);
}
