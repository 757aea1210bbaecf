/* contingency.h - tests on counts: chi-square, trend, Fisher, weight of evidence, many at once.   Layer: math */
#ifndef LC_CONTINGENCY_H
#define LC_CONTINGENCY_H

#include <stddef.h>

struct lc_chi_square {
    double statistic, p; /* NaN where a margin is empty or there is one level */
    size_t df;
    double least_expected; /* the smallest expected count */
};

/* lc_chi_square - Pearson's test of won against level, no continuity correction.
 * won, n  [levels]; levels with n = 0 are left out.
 * Source: Pearson, Philosophical Magazine 50 (1900) 157-175.
 * Tested: methods L6 (R) to 1e-10; empty margins. */
struct lc_chi_square lc_chi_square(const double *won, const double *n, size_t levels);

struct lc_trend {
    double z;            /* above 0: the share of wins rises with the score */
    double statistic, p; /* z squared, chi-square of one degree of freedom; two-sided */
};

/* lc_trend - the Cochran-Armitage test for a trend of proportions over scores.
 *
 *     z = sum s_i (x_i - n_i p) / sqrt(p (1 - p) sum n_i (s_i - s)^2),  p = sum x / sum n
 *
 * won, n, score  [k]; groups with n = 0 add nothing. NaN where nobody or everybody is won, or all
 * leads have one score.
 * Source: Armitage, Biometrics 11 (1955) 375-386; R stats::prop.trend.test.
 * Tested: the smokers of R's help page; laws: neither the scale of the scores nor groups without
 * leads matter, turned scores turn z; two groups are Pearson's test. */
struct lc_trend lc_trend(const double *won, const double *n, const double *score, size_t k);

/* lc_fisher - two-sided exact test of the table a, b / c, d (whole counts >= 0): the sum of
 * the probabilities of all tables no likelier than this one, relative tolerance 1e-7 as in R.
 * Source: Fisher, The Design of Experiments (1935), 11; R stats::fisher.test.
 * Tested: R to 1e-9 up to a million counts; methods L6; the tea tasted; law: turning the table
 * over changes nothing. */
double lc_fisher(double a, double b, double c, double d);

/* lc_binomial - two-sided exact test of k wins of n leads against an expected rate p: twice the smaller
 * tail, at most 1. NaN where n is 0.
 * Source: Clopper and Pearson, Biometrika 26 (1934) 404-413, whose limits are where it is 0.05.
 * Tested: scipy 1.17 binom.cdf; the tails of counts that are certain. */
double lc_binomial(double k, double n, double p);

/* lc_benjamini_hochberg - adjusted p-values: min over j >= i of m p_(j) / j, at most 1.
 * p         [n], NaN entries are left out of m and stay NaN
 * adjusted  out [n]; may be p itself. scratch [n].
 * Source: Benjamini and Hochberg, JRSS B 57 (1995) 289-300; R p.adjust.
 * Tested: methods I6, the paper's fifteen values; R with NA; law: order does not matter. */
void lc_benjamini_hochberg(const double *p, size_t n, size_t *scratch, double *adjusted);

/* lc_woe - weight of evidence ln((won_i/won) / (lost_i/lost)); NaN where a cell is 0.
 * lc_woe_adjusted - with 0.5 added to both counts of the level, not to the totals.
 * lc_iv_term - (won_i/won - lost_i/lost) * woe. Positive woe is better than average.
 * Source: DEFINITIONS 2 (Good 1950; Siddiqi 2006).
 * Tested: the UCLA oracle to 1e-14; methods I10 (zero cells). */
double lc_woe(double won_i, double lost_i, double won, double lost);
double lc_woe_adjusted(double won_i, double lost_i, double won, double lost);
double lc_iv_term(double won_i, double lost_i, double won, double lost, double woe);

#endif
