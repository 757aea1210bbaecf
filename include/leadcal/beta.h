/* beta.h - the Beta distribution: probability below a point, and its inverse.   Layer: math */
#ifndef LC_BETA_H
#define LC_BETA_H

/* lc_beta_below - P(X <= x) for X ~ Beta(a, b), the regularised incomplete beta function.
 *
 * x     0..1
 * a, b  > 0, need not be whole; 1e-6 to 1e8 is tested
 *
 * Source: continued fraction, Abramowitz and Stegun 26.5.8, summed by Lentz's method; the factor
 * before it in Stirling form, docs/maths.md#intervals.
 * Tested: R 4.2.2 pbeta to 1e-10; law: below(x; a, b) = 1 - below(1 - x; b, a). */
double lc_beta_below(double x, double a, double b);

/* lc_beta_quantile - the x with P(X <= x) = q.
 *
 * q  0..1, a probability; 0 gives 0 and 1 gives 1
 *
 * Own code because gsl_cdf_beta_Pinv of GSL 2.7.1 does not come back in minutes where a and b are
 * about 1e5 or more, which a level of a million leads has.
 * Source: safeguarded Newton on the log-odds of x, docs/maths.md#intervals.
 * Tested: R 4.2.2 qbeta to 1e-10; law: below(quantile(q)) = q. */
double lc_beta_quantile(double q, double a, double b);

#endif
