/* shrink.h - empirical Bayes: how far a level's rate may be believed.   Layer: math */
#ifndef LC_SHRINK_H
#define LC_SHRINK_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/rate.h"

/* lc_beta_binomial_weight - the prior weight M by maximum likelihood, mean fixed.
 *
 *     p_i ~ Beta(M mu, M (1 - mu)),  k_i ~ Binomial(n_i, p_i)
 *
 * k, n  [n_levels] wins and leads, n_i > 0 counted, others skipped
 * mu    the fixed mean, in (0, 1)
 *
 * Returns M in leads, > 0; HUGE_VAL where the likelihood rises without end: the levels do not
 * differ by more than chance.
 * Source: DEFINITIONS 2; Skellam, JRSS B 10 (1948) 257-261; docs/maths.md#shrinkage.
 * Tested: against the likelihood written term by term, higher there than beside it. */
double lc_beta_binomial_weight(const double *k, const double *n, size_t n_levels, double mu);

/* lc_level_weight - the same with a mean for each level, such as the rate of the group that it belongs
 * to; 20 leads where fewer than five levels cannot tell (DEFINITIONS 2).
 *
 * mean  [n_levels] each in (0, 1)
 *
 * Tested: with one mean the same bits as lc_beta_binomial_weight; levels that follow their means have
 * no finite weight; both sides of five levels. */
double lc_level_weight(const double *k, const double *n, const double *mean, size_t n_levels);

#define LC_WEIGHTS 52 /* places of a law of M */

/* What the levels say of M: its posterior on a grid. */
struct lc_weight_law {
    double m[LC_WEIGHTS], share[LC_WEIGHTS]; /* shares sum to 1 */
};

/* lc_level_weight_law - the likelihood of lc_level_weight along M, times a half-Cauchy prior of scale 1 on
 * the SD of levels in log-odds, 1 / sqrt((M + 1) mu (1 - mu)), mu the mean of means.
 *
 * Source: Gelman, Bayesian Analysis 1 (2006) 515-534; docs/decisions/0123.
 * Tested: shares against the likelihood; docs/coverage.md. */
void lc_level_weight_law(const double *k, const double *n, const double *mean, size_t n_levels,
                         struct lc_weight_law *law);

/* lc_shrunk_limits - 95 % limits around a rate that was drawn in to mu, M not being known: the Beta law with
 * that mean, and the second moment around it of the posteriors under each M; with the mean of those where
 * the rate is so near to 0 or 1 that no such law spreads so far.
 *
 * shrunk  the rate as shown, in (0, 1)
 * Tested: one M with all the share is lc_shrunk_rate's; docs/coverage.md. */
struct lc_interval lc_shrunk_limits(double k, double n, double mu, double shrunk,
                                    const struct lc_weight_law *law);

/* lc_beta_binomial_fit - mu and M both by maximum likelihood (methods I8: German credit purpose).
 * Returns the log-likelihood without binomial coefficients; *m is HUGE_VAL as above. With one
 * class mu is 0 or 1 and *m HUGE_VAL; without leads mu is NaN.
 * Tested: methods I8 (R) to the digits given. */
double lc_beta_binomial_fit(const double *k, const double *n, size_t n_levels, double *mu,
                            double *m);

/* lc_shrunk_rate - posterior mean (k + M mu) / (n + M), and its 95 % equal-tailed Beta interval.
 * m  0 < M; HUGE_VAL gives mu, and the interval [mu, mu].
 * Tested: the seed's 5/50 shrunk to 2 % with M 50, 100, 200; methods I10. */
double lc_shrunk_rate(double k, double n, double mu, double m, struct lc_interval *interval);

/* lc_james_stein - values shrunk towards their mean.
 *
 *     shrunk_i = mean + c (value_i - mean),  c = 1 - (n - 3) variance / sum (value_i - mean)^2
 *
 * value     [n], each with the same known variance
 * shrunk    out [n]; may be value itself
 *
 * Returns c, cut at 0 (the positive part); 1, so that nothing is shrunk, below four values.
 * Source: Efron and Morris, JASA 70 (1975) 311-319.
 * Tested: methods I7 (their baseball averages). */
double lc_james_stein(const double *value, size_t n, double variance, double *shrunk);

#endif
