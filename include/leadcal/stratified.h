/* stratified.h - a relative risk within strata, such as quarters: Mantel-Haenszel.   Layer: math */
#ifndef LC_STRATIFIED_H
#define LC_STRATIFIED_H

#include <stddef.h>

#include "leadcal/rate.h"

/* lc_risk_within - the relative risk of a level against the rest, each compared within its stratum.
 *
 *     RR = sum a n0 / N  /  sum c n1 / N
 *     var ln RR = sum (m n1 n0 - a c N) / N^2  /  (sum a n0 / N  x  sum c n1 / N),   m = a + c
 *
 * with a of n1 won in the level, c of n0 in the rest and N = n1 + n0 of each stratum. What lies
 * between strata (a good quarter) is in neither sum. A stratum without leads of one side adds
 * nothing.
 *
 * k         strata
 * won1, n1  [k] the level: wins and leads; won0, n0  [k] the rest. Need not be whole
 * rr        out: NaN where the rest has no wins to compare with, 0 where the level alone has none
 *
 * Returns 95 % limits; NaN where either sum is 0.
 * Source: Mantel and Haenszel, JNCI 22 (1959) 719-748; Greenland and Robins, Biometrics 41 (1985)
 * 55-68; docs/maths.md#strata.
 * Tested: the UGDP trial as Rothman, Greenland and Lash, Modern Epidemiology (2008), chapter 15,
 * prints it; Doll and Hill 1950 as contingencytables (Fagerland, Lydersen, Laake 2017) prints it;
 * exact fractions (tests/reference/stratified.py). Laws: one stratum is lc_relative_risk; doubling
 * every stratum leaves RR, halves the variance; level and rest exchanged turn RR over. */
struct lc_interval lc_risk_within(const double *won1, const double *n1, const double *won0,
                                  const double *n0, size_t k, double *rr);

#endif
