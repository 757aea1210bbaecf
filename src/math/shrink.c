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
          * rounding stays below 1e-9 */
#define LARGE             30.0 /* from here four terms of Stirling's series are exact to the last bit */
#define TAIL              0.025
#define FEW_LEVELS        5    /* too few to estimate how much levels differ: DEFINITIONS 2 */
#define FEW_LEVELS_WEIGHT 20.0 /* leads; the prior's weight then */

struct levels {
    const double *k, *n;
    size_t n_levels;
    const double *mean; /* [n_levels]; NULL: one mu for all */
};

static double mean_of(const struct levels *l, size_t i, double mu)
{
    return l->mean ? l->mean[i] : mu;
}

/* What log-gamma has beyond (x - 1/2) log x - x + log(2 pi)/2. */
static double stirling(double x)
{
    const double y = 1 / (x * x);

    return (1.0 / 12 - y * (1.0 / 360 - y * (1.0 / 1260 - y / 1680))) / x;
}

/* log((a)_k), the rising factorial, without the cancellation of two large log-gammas, which
 * gsl_sf_lnpoch has where a is millions. */
static double log_rising(double a, double k)
{
    if (!(k > 0))
        return 0;
    if (a < LARGE)
        return gsl_sf_lnpoch(a, k);
    return k * log(a) + (a + k - 0.5) * log1p(k / a) - k + (stirling(a + k) - stirling(a));
}

static double log_likelihood(const struct levels *l, double mu, double m)
{
    double sum = 0;

    for (size_t i = 0; i < l->n_levels; i++) {
        const double own = mean_of(l, i, mu);

        if (l->n[i] > 0)
            sum += log_rising(m * own, l->k[i]) + log_rising(m * (1 - own), l->n[i] - l->k[i]) -
                   log_rising(m, l->n[i]);
    }
    return sum;
}

/* What log_likelihood comes to as M grows: every level has its mean as rate. */
static double log_binomial(const struct levels *l, double mu)
{
    double sum = 0;

    for (size_t i = 0; i < l->n_levels; i++) {
        const double own = mean_of(l, i, mu);

        if (!(l->n[i] > 0))
            continue;
        sum += l->k[i] > 0 ? l->k[i] * log(own) : 0;
        sum += l->n[i] > l->k[i] ? (l->n[i] - l->k[i]) * log1p(-own) : 0;
    }
    return sum;
}

/* What psi has beyond log x - 1/(2 x). */
static double stirling_slope(double x)
{
    const double y = 1 / (x * x);

    return -y * (1.0 / 12 - y * (1.0 / 120 - y * (1.0 / 252 - y / 240)));
}

/* d log (a)_k / da */
static double rising_slope(double a, double k)
{
    if (!(k > 0))
        return 0;
    if (a < LARGE)
        return gsl_sf_psi(a + k) - gsl_sf_psi(a);
    return log1p(k / a) + k / (2 * a * (a + k)) + (stirling_slope(a + k) - stirling_slope(a));
}

static double slope_in_m(const struct levels *l, double mu, double m)
{
    double sum = 0;

    for (size_t i = 0; i < l->n_levels; i++) {
        const double own = mean_of(l, i, mu);

        if (l->n[i] > 0)
            sum += own * rising_slope(m * own, l->k[i]) +
                   (1 - own) * rising_slope(m * (1 - own), l->n[i] - l->k[i]) -
                   rising_slope(m, l->n[i]);
    }
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
    const struct levels l = {k, n, n_levels, NULL};

    return best_weight(&l, mu);
}

double lc_level_weight(const double *k, const double *n, const double *mean, size_t n_levels)
{
    const struct levels l = {k, n, n_levels, mean};

    return n_levels < FEW_LEVELS ? FEW_LEVELS_WEIGHT : best_weight(&l, LC_NAN);
}

void lc_level_weight_law(const double *k, const double *n, const double *mean, size_t n_levels,
                         struct lc_weight_law *law)
{
    const struct levels l = {k, n, n_levels, mean};
    const double cell = (MOST_LOG_M - LEAST_LOG_M) / (LC_WEIGHTS - 1);
    double mu = 0, most = -HUGE_VAL, sum = 0;

    for (size_t i = 0; i < n_levels; i++)
        mu += mean[i] / (double)n_levels;
    for (size_t g = 0; g < LC_WEIGHTS; g++) {
        const double m = exp(LEAST_LOG_M + (double)g * cell);
        const double variance = 1 / ((m + 1) * mu * (1 - mu));

        law->m[g] = m;
        law->share[g] = log_likelihood(&l, LC_NAN, m) + log(variance) / 2 - log1p(variance) +
                        log(m / (m + 1)); /* cells are of log M */
        most = fmax(most, law->share[g]);
    }
    for (size_t g = 0; g < LC_WEIGHTS; g++) {
        law->share[g] = exp(law->share[g] - most);
        sum += law->share[g];
    }
    for (size_t g = 0; g < LC_WEIGHTS; g++)
        law->share[g] /= sum;
}

/* E (rate - centre)^2 under the law. */
static double moment_around(double k, double n, double mu, double centre,
                            const struct lc_weight_law *law)
{
    double moment = 0;

    for (size_t g = 0; g < LC_WEIGHTS; g++) {
        const double m = law->m[g], rate = (k + m * mu) / (n + m);

        moment += law->share[g] *
                  (rate * (1 - rate) / (n + m + 1) + (rate - centre) * (rate - centre));
    }
    return moment;
}

static double mean_under(double k, double n, double mu, const struct lc_weight_law *law)
{
    double mean = 0;

    for (size_t g = 0; g < LC_WEIGHTS; g++)
        mean += law->share[g] * (k + law->m[g] * mu) / (n + law->m[g]);
    return mean;
}

struct lc_interval lc_shrunk_limits(double k, double n, double mu, double shrunk,
                                    const struct lc_weight_law *law)
{
    double centre = shrunk;
    double leads = centre * (1 - centre) / moment_around(k, n, mu, centre, law) - 1;

    if (leads < 1) { /* shown so near to 0 or 1 that no Beta law spreads so far from there */
        centre = mean_under(k, n, mu, law);
        leads = centre * (1 - centre) / moment_around(k, n, mu, centre, law) - 1;
    }
    return (struct lc_interval){
        lc_beta_quantile(TAIL, centre * leads, (1 - centre) * leads),
        lc_beta_quantile(1 - TAIL, centre * leads, (1 - centre) * leads)};
}

double lc_beta_binomial_fit(const double *k, const double *n, size_t n_levels, double *mu,
                            double *m)
{
    const struct levels l = {k, n, n_levels, NULL};
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
