/* rate.h - proportions, ratios and their intervals.   Layer: math */
#ifndef LC_RATE_H
#define LC_RATE_H

#include <stddef.h>

#define LC_Z95 1.959963984540054 /* standard normal quantile of 0.975; DEFINITIONS 2 */

struct lc_interval {
    double low, high;
};

/* lc_wilson - score interval for a binomial proportion, 95 %.
 *
 *     (k + z^2/2  ±  z sqrt(k (n - k) / n + z^2/4)) / (n + z^2)
 *
 * k  successes, 0 <= k <= n; need not be whole, so that weights may be used
 * n  trials, >= 0; with n = 0 the answer is [NaN, NaN]
 *
 * 0 of n has a low end of exactly 0, n of n a high end of exactly 1.
 * Source: E. B. Wilson, JASA 22 (1927) 209-212; docs/maths.md#intervals.
 * Tested: methods I1-I4 (Newcombe 1998) to the 4 decimals printed; R prop.test to 1e-13; exact
 * ends; law: swapping wins and losses mirrors the interval. */
struct lc_interval lc_wilson(double k, double n);

/* lc_design_effect - variance of a rate by clusters over the binomial one; at least 1.
 *
 *     C/(C - 1) sum (won_c - rate n_c)^2 / (N rate (1 - rate))
 *
 * won, n  [clusters] wins and leads of each cluster, N in all; clusters without leads do not count
 *
 * Where nobody or everybody was won, or there is one cluster alone, leads count as many as their
 * clusters: N / C. NaN without leads. lc_wilson(won / deff, n / deff) is then the interval.
 * Source: Rao and Scott, Biometrics 48 (1992) 577-585.
 * Tested: tests/reference/clusters.py; law: every lead twice gives twice the effect of none. */
double lc_design_effect(const double *won, const double *n, size_t clusters);

/* lc_jeffreys, lc_clopper_pearson - the Beta-quantile intervals, 95 %. k, n as lc_wilson.
 *
 * Source: Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133; Clopper and Pearson,
 * Biometrika 26 (1934) 404-413.
 * Tested: methods I1-I4 to the 4 decimals printed; R binom.test to 1e-12; exact ends. */
struct lc_interval lc_jeffreys(double k, double n);
struct lc_interval lc_clopper_pearson(double k, double n);

/* lc_newcombe - difference of two independent proportions k1/n1 - k2/n2, 95 % (method 10); NaN
 * where a sample is empty.
 *
 * Source: Newcombe, Statistics in Medicine 17 (1998) 873-890.
 * Tested: methods I5, the paper's six examples to the 4 decimals printed. */
struct lc_interval lc_newcombe(double k1, double n1, double k2, double n2);

/* lc_relative_risk - p1/p0 with Katz's log interval for two independent samples, 95 %.
 *
 *     log RR ± z sqrt((1 - p1)/k1 + (1 - p0)/k0)
 *
 * k1, n1  the level;  k0, n0  the rest (or another population)
 * rr      out: NaN where p0 is 0 or a sample is empty, 0 where k1 is 0
 *
 * Limits are NaN where k1 or k0 is 0. Banking 5/50 against 5/450: 9.0, 2.70..30.02.
 * Source: Katz, Baptista, Azen and Pike, Biometrics 34 (1978) 469-474.
 * Tested: the seed's 3/150 and 5/50 (1.239..20.177) and 5/50 of 10/500; empty cells. */
struct lc_interval lc_relative_risk(double k1, double n1, double k0, double n0, double *rr);

/* lc_ratio_of_risk - a relative risk against the rest as a ratio to the whole.
 *
 *     r = 1 / (f + (1 - f) / RR)
 *
 * f  the level's share of all leads, 0..1;  rr >= 0 (0 gives 0), NaN gives NaN
 * Rises with rr, so limits map to limits and the ratio lies inside: 9.0, 2.70..30.02 at f = 0.1
 * become 5, 2.31..7.69 (DEFINITIONS 2).
 * Tested: those; law: equals the rate over the baseline; rises with rr. */
double lc_ratio_of_risk(double rr, double f);

/* lc_poisson_above - P(X > k) of a Poisson count: how often a week brings more than k leads.
 *
 * k >= 0, its whole part counts; mean > 0
 * Source: regularised incomplete gamma function, P(k + 1, mean).
 * Tested: scipy 1.17.1 poisson.sf to 1e-12. */
double lc_poisson_above(double k, double mean);

#endif
