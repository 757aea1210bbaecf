/* update.h - last quarter's posterior, widened by a drift, is this quarter's prior.   Layer: math */
#ifndef LC_UPDATE_H
#define LC_UPDATE_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/logit.h"
#include "leadcal/parallel.h"

#define LC_DRIFTS 16 /* places of the grid of drifts */

/* lc_update_drift - the i-th drift of the grid, in log-odds: 0, then 0.01, 0.0141, 0.02, ... 1.28,
 * each the root of two times the last. i < LC_DRIFTS. */
double lc_update_drift(size_t i);

/* What last quarter knew of this quarter's coefficients. The intercept's entries are not looked at:
 * base rates shift, so it is free (docs/decisions/0070). */
struct lc_update_prior {
    size_t k;           /* coefficients, the intercept first */
    const double *mean; /* [k] log-odds */
    const double
        *cov; /* [k * k] row-major; of the last posterior, or of the default prior where
                         * a coefficient is new */
    const bool *drifts; /* [k] last quarter knew it: its variance grows by q squared */
};

/* How large the drift is, and how sure that is. */
struct lc_update {
    double q;         /* SD of a level's change in a quarter, log-odds */
    double low, high; /* 95 % profile interval; high is NaN where the largest drift of the grid
                       * is within it */
    double
        curve[LC_DRIFTS]; /* of this quarter alone: its log predictive likelihood at each drift
                              * of the grid, less that at drift 0 */
    const double *cov;    /* [k * k] of the prior at q; 0 in the intercept's row and column */
};

/* lc_update - this quarter's posterior under the prior N(m, S + Q), Q = q^2 on the levels that last
 * quarter knew, the intercept free.
 *
 *     L(q) = log-likelihood at b(q)  -  (b - m)' P (b - m) / 2  +  log|P| / 2  -  log|H + P| / 2
 *
 * with P the inverse of S + Q over the levels, b(q) the posterior mode and H the information there:
 * Laplace's approximation of how likely this quarter's leads were a quarter ago. q maximises L
 * summed over quarters; between the places of the grid the curves are polynomials of log q through the
 * eight places around (below the first place, where L hangs on q squared, quadratic). The interval is
 * where L is within 1.92 of its top.
 *
 * d       the leads, coded in full: every level has a coefficient, and neither numeric columns nor
 *         an offset
 * pool    may be NULL; the drifts of the grid are dealt to its threads
 * past    [LC_DRIFTS] sum of the curves of earlier quarters; NULL: none
 * fit, u  out; arrays live in arena
 *
 * LC_EMISMATCH  the covariance is none (it cannot be inverted). LC_EDEGENERATE, LC_ENOCONV,
 * LC_ENOMEM as lc_logit.
 *
 * Source: West, Harrison and Migon, JASA 80 (1985) 73-83; Tierney and Kadane, JASA 81 (1986) 82-86;
 * docs/maths.md#quarter-by-quarter.
 * Tested: tests/reference/update.py (numpy, scipy): curve, q and its limits without a grid, b, cov;
 * Laplace against quadrature. Laws: a covariance of 0 and no leads' worth keeps the mean; curves
 * add up; 1 thread = 7 threads bit for bit; every allocation refused. Simulation (long):
 * docs/maths.md. */
enum lc_rc lc_update(const struct lc_logit_data *d, const struct lc_update_prior *prior,
                     const double *past, struct lc_parallel *pool, struct lc_arena *arena,
                     struct lc_logit_fit *fit, struct lc_update *u,
                     struct lc_err *err) LC_MUST_USE;

/* lc_update_move - how far a combination c'b of coefficients moved, and whether the leads forced it.
 *
 *     move = c'(b - m),   z = move / sqrt(c' (C - S) c)
 *
 * C is the prior's covariance at q, S the posterior's. Before the leads are seen, the posterior mean is
 * a random thing with variance C - S (in the mean over the leads that may come: variance of a mean
 * plus mean of a variance), so z has SD 1 where the truth was drawn from the prior.
 *
 * c  [k]; c[0] is 0, since nothing is known of the intercept's move
 * z  out; NaN where no lead speaks of the combination
 *
 * Source: the law of total variance; docs/maths.md#quarter-by-quarter.
 * Tested: truths drawn from the prior: z has mean 0 and SD 1, 5 % beyond 1.96. */
double lc_update_move(const struct lc_update_prior *prior, const struct lc_update *u,
                      const struct lc_logit_fit *fit, const double *c, double *z);

/* lc_update_expected - the wins that last quarter's weights expect among this quarter's leads, at this
 * quarter's base rate: the intercept is fitted so that they add up to the wins there are.
 *
 * d         as in lc_update
 * mean      [k] the prior's
 * expected  out [k]: of all leads, then of those of each level
 * LC_EDEGENERATE, LC_ENOCONV, LC_ENOMEM as lc_logit.
 * Tested: sums by hand; law: the levels of an attribute add up to all. */
enum lc_rc lc_update_expected(const struct lc_logit_data *d, const double *mean,
                              struct lc_parallel *pool, struct lc_arena *arena,
                              double *expected, struct lc_err *err) LC_MUST_USE;

#endif
