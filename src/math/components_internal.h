/* components_internal.h - what the sources of the variance components share.   Layer: math (private) */
#ifndef LC_COMPONENTS_INTERNAL_H
#define LC_COMPONENTS_INTERNAL_H

#include "leadcal/components.h"

/* A fit under learnt SDs. */
struct lc_spread {
    size_t columns, k;
    const size_t *level; /* [columns] how many it has; 0: its SD is known */
    size_t *const *at;   /* [columns][level] places in b */
    const double *sd;    /* [columns] at least LC_COMPONENT_LEAST */
    const double *b;     /* [k] */
    double *cov;         /* in-out [k * k] */
};

/* lc_components_spread - adds to the covariance what is not known of the SDs.
 *
 * Of column j alone, the others as learnt and the likelihood as a quadratic around b,
 *
 *     C_jj(v) = (S + I/v)^-1,   b_j(v) = C_jj(v) z,   S = C_jj^-1 - I/v_j,   z = C_jj^-1 b_j
 *     L(v) = (sum over eigenvalues s of S of  z_s^2 v/(1 + s v) - log(1 + s v)) / 2
 *
 * Weighing a grid of SDs by exp(L) and a half-Cauchy prior, C_jj becomes the second moment around b_j;
 * intercept and other columns follow as they follow b_j, C + C_.j C_jj^-1 (moment - C_jj) C_jj^-1 C_j. .
 *
 * LC_ENOMEM. Source: Gelman, Bayesian Analysis 1 (2006) 515-534 (half-Cauchy on an SD); Rue, Martino and
 * Chopin, JRSS B 71 (2009) 319-392 (the grid); docs/maths.md#variance-components.
 * Tested: through lc_components; docs/coverage.md counts how often the limits hold. */
enum lc_rc lc_components_spread(const struct lc_spread *s, struct lc_arena *arena,
                                struct lc_err *err) LC_MUST_USE;

#endif
