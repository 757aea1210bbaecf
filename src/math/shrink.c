#include "leadcal/shrink.h"

#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_psi.h>
#include <math.h>

#include "leadcal/beta.h"
#include "leadcal/num.h"

#define LEAST_LOG_M (-7.0) /* M of a thousandth of a lead: levels are all won or all lost */
#define MOST_LOG_M  18.5 /* M of a hundred million leads: no level could tell it from infinity */
#define GRID        52   /* half-unit cells of log M, so that no second hill is missed */
#define HALVINGS    60   /* of a bracket at most 1 wide: to the last bit */
#define MOST_ROUNDS 500  /* of the two one-dimensional searches; 10 are usual */
#define SAME_MEAN   1e-14 /* change of mu that ends the rounds */
#define LEAST_GAIN \
    1e-7 /* log-likelihood over the binomial's that counts as a difference between levels;    \
          * rounding of lnpoch stays below 1e-9 */
#define TAIL 0.025

struct levels {
    const double *k, *n;
    size_t n_levels;
};

/* log((a)_k), the rising factorial, without the cancellation of two large log-gammas. */
static double log_rising(double a, double k)
{
    return k > 0 ? gsl_sf_lnpoch(a, k) : 0;
}

static double log_likelihood(const struct levels *l, double mu, double m)
{
    double sum = 0;

    for (size_t i = 0; i < l->n_levels; i++)
        if (l->n[i] > 0)
            sum += log_rising(m * mu, l->k[i]) + log_rising(m * (1 - mu), l->n[i] - l->k[i]) -
                   log_rising(m, l->n[i]);
    return sum;
}

/* What log_likelihood comes to as M grows: every level has the rate mu. */
static double log_binomial(const struct levels *l, double mu)
{
    double sum = 0;

    for (size_t i = 0; i < l->n_levels; i++) {
        if (!(l->n[i] > 0))
            continue;
        sum += l->k[i] > 0 ? l->k[i] * log(mu) : 0;
        sum += l->n[i] > l->k[i] ? (l->n[i] - l->k[i]) * log1p(-mu) : 0;
    }
    return sum;
}

/* d log (a)_k / da */
static double rising_slope(double a, double k)
{
    return k > 0 ? gsl_sf_psi(a + k) - gsl_sf_psi(a) : 0;
}

static double slope_in_m(const struct levels *l, double mu, double m)
{
    double sum = 0;

    for (size_t i = 0; i < l->n_levels; i++)
        if (l->n[i] > 0)
            sum += mu * rising_slope(m * mu, l->k[i]) +
                   (1 - mu) * rising_slope(m * (1 - mu), l->n[i] - l->k[i]) -
                   rising_slope(m, l->n[i]);
    return sum;
}

static double slope_in_mu(const struct levels *l, double mu, double m)
{
    double sum = 0;

    for (size_t i = 0; i < l->n_levels; i++)
        if (l->n[i] > 0)
            sum +=
                rising_slope(m * mu, l->k[i]) - rising_slope(m * (1 - mu), l->n[i] - l->k[i]);
    return sum;
}

/* The highest point over log M: a grid, then the zero of the slope beside its best point. */
static double best_weight(const struct levels *l, double mu)
{
    const double cell = (MOST_LOG_M - LEAST_LOG_M) / (GRID - 1);
    double best = -HUGE_VAL, low, high;
    int at = 0;

    for (int g = 0; g < GRID; g++) {
        const double value = log_likelihood(l, mu, exp(LEAST_LOG_M + g * cell));

        if (value > best) {
            best = value;
            at = g;
        }
    }
    if (!(best > log_binomial(l, mu) + LEAST_GAIN))
        return HUGE_VAL;
    if (at == 0)
        return exp(LEAST_LOG_M);
    low = LEAST_LOG_M + (at - 1) * cell;
    high = LEAST_LOG_M + (at + 1) * cell;
    for (int i = 0; i < HALVINGS; i++) {
        const double middle = low + (high - low) / 2;

        if (slope_in_m(l, mu, exp(middle)) > 0)
            low = middle;
        else
            high = middle;
    }
    return exp(low + (high - low) / 2);
}

/* The log-likelihood is concave in mu, so halving the slope's bracket finds the top. */
static double best_mean(const struct levels *l, double m)
{
    double low = 0, high = 1;

    for (int i = 0; i < HALVINGS; i++) {
        const double middle = low + (high - low) / 2;

        if (slope_in_mu(l, middle, m) > 0)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

double lc_beta_binomial_weight(const double *k, const double *n, size_t n_levels, double mu)
{
    const struct levels l = {k, n, n_levels};

    return best_weight(&l, mu);
}

double lc_beta_binomial_fit(const double *k, const double *n, size_t n_levels, double *mu,
                            double *m)
{
    const struct levels l = {k, n, n_levels};
    double won = 0, leads = 0;

    for (size_t i = 0; i < n_levels; i++)
        if (n[i] > 0) {
            won += k[i];
            leads += n[i];
        }
    *m = HUGE_VAL;
    *mu = leads > 0 ? won / leads : LC_NAN;
    if (!(won > 0 && won < leads))
        return 0; /* one class: the fit is certain, and its log-likelihood log 1 */
    for (int round = 0; round < MOST_ROUNDS; round++) {
        const double before = *mu;

        *m = best_weight(&l, *mu);
        *mu = *m < HUGE_VAL ? best_mean(&l, *m) : won / leads;
        if (fabs(*mu - before) <= SAME_MEAN)
            break;
    }
    return *m < HUGE_VAL ? log_likelihood(&l, *mu, *m) : log_binomial(&l, *mu);
}

double lc_shrunk_rate(double k, double n, double mu, double m, struct lc_interval *interval)
{
    const double a = k + m * mu, b = n - k + m * (1 - mu);

    if (isinf(m)) {
        *interval = (struct lc_interval){mu, mu};
        return mu;
    }
    if (a > 0 && b > 0)
        *interval = (struct lc_interval){lc_beta_quantile(TAIL, a, b),
                                         lc_beta_quantile(1 - TAIL, a, b)};
    else /* mu is 0 or 1, and so is the level: nothing is uncertain */
        *interval = (struct lc_interval){a > 0, a > 0};
    return a / (a + b);
}

double lc_james_stein(const double *value, size_t n, double variance, double *shrunk)
{
    double mean = 0, spread = 0, factor;

    for (size_t i = 0; i < n; i++)
        mean += value[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        spread += (value[i] - mean) * (value[i] - mean);
    factor = n > 3 ? fmax(0, 1 - (double)(n - 3) * variance / spread) : 1;
    for (size_t i = 0; i < n; i++)
        shrunk[i] = mean + factor * (value[i] - mean);
    return factor;
}
