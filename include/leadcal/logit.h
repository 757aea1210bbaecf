/* logit.h - THE penalised Newton kernel: logistic regression on coded rows.   Layer: math */
#ifndef LC_LOGIT_H
#define LC_LOGIT_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"

#define LC_LOGIT_NONE ((size_t)-1) /* this level has no coefficient: it is the reference */

/* What is fitted: n rows (or patterns with counts).
 *
 *     log-odds_i = b[0] + offset_i + sum over columns of b[at[column][code_i]] + sum x_ij b[..]
 *
 * Coefficients, k in all: 0 is the intercept; then each coded column's levels in order, without
 * its reference if it has one; then the numeric columns. lc_logit_layout computes `at`. */
struct lc_logit_data {
    size_t n;
    const struct lc_codes *codes; /* factors; k may be 0. Each code < n_levels */
    const uint32_t *reference;    /* [codes->k] level without a coefficient, or LC_NO_CODE: full
                                   * coding, every level has one (then a prior is needed) */
    const double *const *x;       /* [n_numeric] columns of [n] */
    size_t n_numeric;
    const double *y;      /* [n] wins: 0/1, or 0..weight of a pattern */
    const double *weight; /* [n] leads of a pattern; NULL: 1 each */
    const double *offset; /* [n] log-odds; NULL: 0 */
};

/* Gaussian prior N(m, P^-1); NULL for maximum likelihood. Precision 0 leaves a coefficient free. */
struct lc_logit_prior {
    const double *mean;      /* [k]; NULL: 0 */
    const double *precision; /* [k], the diagonal of P, 1 / (log-odds)^2; NULL with `full` */
    const double *full;      /* [k * k] P row-major; NULL: diagonal */
};

struct lc_logit_fit {
    size_t k;
    double *b;       /* [k] */
    double *cov;     /* [k * k] inverse of the (penalised) information at b, row-major */
    double deviance; /* -2 log-likelihood of the rows as Bernoulli (no binomial coefficients) */
    double null_deviance; /* the same of the intercept alone (with offset) */
    double penalty;       /* (b - m)' P (b - m) */
    double max_gradient;  /* largest |gradient| / total weight at b, numeric columns in units of
                       * their sd; at most 1e-10 when converged, or what rounding of a prior
                       * far stronger than the leads leaves of it */
    double effective_df;  /* trace of cov times the unpenalised information; the number of
                          * coefficients not aliased, without a prior */
    size_t iterations;
    bool *aliased;  /* [k] dropped: a linear combination of those before it (b 0, cov 0) */
    double seconds; /* of the Newton iterations and the covariance, for --timings */
};

/* lc_logit_layout - the place of each level's coefficient.
 * at  out; at[j] is [n_levels of column j], LC_LOGIT_NONE at the reference; lives in arena
 * k   out; number of coefficients. LC_ENOMEM. */
enum lc_rc lc_logit_layout(const struct lc_logit_data *d, struct lc_arena *arena, size_t ***at,
                           size_t *k, struct lc_err *err) LC_MUST_USE;

/* lc_logit - maximises the log-likelihood (plus log prior) by Newton with the exact Hessian.
 *
 * Method: coded columns are packed into super-columns (product of levels at most
 * MOST_PACKED_LEVELS); gradient from their lookup tables over fixed blocks of rows merged in block
 * order; Hessian from pair tables of weights, whole pairs over threads; step halving on the
 * objective; numeric columns are scaled inside. Same bits at any number of threads.
 *
 * pool   may be NULL
 * fit    out; arrays live in arena
 *
 * LC_EDEGENERATE  no rows, or only one class (all won or none); or a combination of columns
 *                 separates the classes, so that no finite optimum exists (text says so)
 * LC_ENOCONV      MOST_STEPS steps were not enough (text: the gradient left)
 * LC_ENOMEM
 * LC_EDEGENERATE also where k is over 16384 (the covariance alone would take 2 GiB).
 *
 * Source: McCullagh and Nelder, Generalized Linear Models (1989), 4.4; docs/maths.md#logit and
 * docs/maths.md#packing.
 * Tested: methods L1-L5, L11, L13-L18, C1 (R 4.2.2 glm; standard errors from the information at
 * the estimate) to 8 digits, L2 through an offset; F1 (separation). Against dense sums in the
 * units given: zero gradient, cov times information = 1, deviance, penalty, effective_df, for
 * packed, unpacked and too wide columns, weights, offsets, diagonal and full priors. Laws: order
 * of rows, weight 2 = row twice, grouped = ungrouped, mirrored outcome (1e-10); an even prior on
 * full coding sums to 0 (1e-9); 1 thread = 7 threads bit for bit; every allocation refused. */
enum lc_rc lc_logit(const struct lc_logit_data *d, const struct lc_logit_prior *prior,
                    struct lc_parallel *pool, struct lc_arena *arena, struct lc_logit_fit *fit,
                    struct lc_err *err) LC_MUST_USE;

/* lc_logistic - 1 / (1 + exp(-eta)) without overflow. Tested: both ends; p(eta) + p(-eta) = 1. */
double lc_logistic(double eta);

/* lc_softplus - log(1 + exp eta) without overflow. Tested: both ends; log1p between. */
double lc_softplus(double eta);

#endif
