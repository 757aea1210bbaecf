/* firth.h - logistic regression without the bias of small samples: Firth's, with profile limits.   Layer: math */
#ifndef LC_FIRTH_H
#define LC_FIRTH_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/logit.h"
#include "leadcal/parallel.h"

struct lc_firth {
    size_t k;
    double *b;            /* [k] in the order of lc_logit_layout */
    double *cov;          /* [k * k] inverse of the information at b, without Firth's term */
    double likelihood;    /* log-likelihood at b */
    double null_deviance; /* -2 log-likelihood of the intercept alone */
    double penalised;     /* with half the log-determinant of the information */
    double
        intercept; /* FLIC: refitted under the other coefficients, so that the mean probability is
                        * the share of wins; b[0] alone overstates it */
    size_t iterations;
    bool *aliased; /* [k] a combination of those before it: b and cov 0 */
};

struct lc_firth_limits {
    double low, high; /* 95 %: where twice the fall of the profile is 3.84 */
    double chi2, p;   /* of the coefficient being 0, one degree of freedom */
};

/* A design that is fitted, so that its profiles can be looked at. Lives in the arena it was made in. */
struct lc_firth_work;

/* lc_firth - maximises  l(b) + log|I(b)| / 2,  by scoring with the kernel's information:
 *
 *     score = X'(y - c p) + bend,   bend_j = sum h_i (1/2 - p_i) x_ij   (lc_logit_bend)
 *
 * d     without offset
 * work  out; borrowed by lc_firth_profile
 *
 * LC_EDEGENERATE as lc_logit_prepare. LC_ENOCONV, LC_ENOMEM
 * Source: Firth, Biometrika 80 (1993) 27-38; Heinze and Schemper, Statistics in Medicine 21 (2002)
 * 2409-2419; Puhr and others, Statistics in Medicine 36 (2017) 2302-2317 (FLIC).
 * Tested: methods F2 and birthwt (brglm2, tests/reference/oracles.py) to 8 digits. Laws: a single rate
 * is (k + 1/2)/(n + 1); FLIC's mean probability is the share of wins; all won at a level is finite;
 * columns that repeat others change nothing. */
enum lc_rc lc_firth(const struct lc_logit_data *d, struct lc_parallel *pool,
                    struct lc_arena *arena, struct lc_firth_work **work, struct lc_firth *fit,
                    struct lc_err *err) LC_MUST_USE;

/* lc_firth_profile - limits and test of one coefficient by the profile of the penalised likelihood: the
 * others are fitted anew for each value that it is held at.
 * j  at most k - 1, not aliased
 * LC_ENOCONV, LC_ENOMEM
 * Source: Heinze and Schemper, as above. Tested: methods F3 (R) to 6 digits. */
enum lc_rc lc_firth_profile(struct lc_firth_work *work, const struct lc_firth *fit, size_t j,
                            struct lc_firth_limits *limits, struct lc_err *err) LC_MUST_USE;

#endif
