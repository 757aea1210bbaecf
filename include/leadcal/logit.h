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
    const double
        *seen; /* [n] over 0, at most 1: how much of the time to a win has passed by now
                           * for a lead that is not won; NULL: 1 each, it is known not to win */
};

/* What is believed of the coefficients before the data; NULL for maximum likelihood. A Gaussian prior
 * N(m, P^-1), where precision 0 leaves a coefficient free, and a log-F(m, m) prior on single ones:
 * the log-likelihood gains (m/2) (b - 2 log(1 + exp b)), as if half a win and half a loss, each m
 * times, had been seen of leads that have this column alone, without the intercept.
 * Source: Greenland and Mansournia, Statistics in Medicine 34 (2015) 3133-3143. */
struct lc_logit_prior {
    const double *mean;      /* [k]; NULL: 0 */
    const double *precision; /* [k], the diagonal of P, 1 / (log-odds)^2; NULL: 0, or `full` */
    const double *full;      /* [k * k] P row-major; NULL: diagonal */
    const double *log_f;     /* [k] m, 0: none; the intercept's must be 0. NULL: none */
};

struct lc_logit_fit {
    size_t k;
    double *b;       /* [k] */
    double *cov;     /* [k * k] inverse of the (penalised) information at b, row-major */
    double deviance; /* -2 log-likelihood of the rows as Bernoulli (no binomial coefficients) */
    double null_deviance; /* the same of the intercept alone (with offset) */
    double penalty;       /* (b - m)' P (b - m), and 2 m log cosh(b/2) for each log-F */
    double max_gradient;  /* largest |gradient| / total weight at b, numeric columns in units of
                       * their sd; at most 1e-10 when converged, or what rounding of a prior
                       * far stronger than the leads leaves of it */
    double effective_df;  /* trace of cov times the unpenalised information; the number of
                          * coefficients not aliased, without a prior */
    size_t iterations;
    bool *aliased;  /* [k] dropped: a linear combination of those before it (b 0, cov 0) */
    double seconds; /* of the Newton iterations and the covariance, for --timings */
};

/* A design made ready: packed and scaled once, then looked at, or fitted, many times. Lives in the
 * arena that it was made in. Not for two threads at once. */
struct lc_logit_ready;

/* Where a fit begins, and what it may not move. */
struct lc_logit_start {
    const double *b; /* [k]; NULL: the base rate's log-odds */
    const bool
        *held;   /* [k] true: stays at b (cov 0, not aliased), and takes no part; NULL: none.
                       * The intercept may be held where there are no numeric columns */
    bool no_cov; /* half of the time: cov is not reckoned (NULL), nor effective_df (NaN) */
};

/* lc_logit_layout - the place of each level's coefficient.
 * at  out; at[j] is [n_levels of column j], LC_LOGIT_NONE at the reference; lives in arena
 * k   out; number of coefficients. LC_ENOMEM. */
enum lc_rc lc_logit_layout(const struct lc_logit_data *d, struct lc_arena *arena, size_t ***at,
                           size_t *k, struct lc_err *err) LC_MUST_USE;

/* lc_logit - maximises the log-likelihood (plus log prior) by Newton with the exact Hessian.
 *
 *     won: log p_i;  not won: log(1 - seen_i p_i), which without `seen` is log(1 - p_i)
 *
 * With `seen` a lead of age t counts for F(t), the share of the wins that come by that age: p is
 * the chance to win in the end, and young leads need not be left out (mixture cure with a known
 * lag). The Hessian may then be indefinite far from the optimum: a step from there is taken by the
 * expected curvature of the leads not won, and the covariance is from the exact one at the end.
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
 * docs/maths.md#packing; `seen`: Farewell,
 * Biometrics 38 (1982) 1041-1046.
 * Tested: methods L1-L5, L11, L13-L18, C1 (R 4.2.2 glm; standard errors from the information at
 * the estimate) to 8 digits, L2 through an offset; F1 (separation). Against dense sums in the
 * units given: zero gradient, cov times information = 1, deviance, penalty, effective_df, for
 * packed, unpacked and too wide columns, weights, offsets, diagonal, full and log-F priors (a log-F
 * prior is two rows of half a lead without intercept). Laws: order
 * of rows, weight 2 = row twice, grouped = ungrouped, mirrored outcome (1e-10); an even prior on
 * full coding sums to 0 (1e-9); 1 thread = 7 threads bit for bit; every allocation refused.
 * `seen`: coefficients and standard errors of R 4.2.2 (optim on the same likelihood) to 7 digits;
 * gradient and covariance against differences; seen = 1 is no `seen` bit for bit; grouped =
 * ungrouped; 1 thread = 7 threads. */
enum lc_rc lc_logit(const struct lc_logit_data *d, const struct lc_logit_prior *prior,
                    struct lc_parallel *pool, struct lc_arena *arena, struct lc_logit_fit *fit,
                    struct lc_err *err) LC_MUST_USE;

/* lc_logit_prepare - a design for the three functions below.
 * d   borrowed: must outlive *ready. The numbers in y and weight may be changed between calls (but
 *     not which of them is NULL); the scaling of numeric columns stays that of the first ones
 * LC_EDEGENERATE  no rows, one class, too many coefficients, as lc_logit. LC_ENOCONV, LC_ENOMEM */
enum lc_rc lc_logit_prepare(const struct lc_logit_data *d, struct lc_parallel *pool,
                            struct lc_arena *arena, struct lc_logit_ready **ready,
                            struct lc_err *err) LC_MUST_USE;

/* lc_logit_look - what the data say of coefficients b, whoever chose them.
 * gradient     out [k] of the log-likelihood: X'(y - c p)
 * information  out [k * k] X'WX, row-major, W = diag(c p (1 - p)); NULL: not wanted (a look then
 *              costs a third)
 * Returns the log-likelihood of the rows as Bernoulli.
 * Tested: against dense sums; no gradient and the fit's covariance at a fit; 1 thread = 7 threads. */
double lc_logit_look(struct lc_logit_ready *ready, const double *b, double *gradient,
                     double *information);

/* lc_logit_bend - half the gradient of log|X'WX + P| at the b of the last look:
 *
 *     half_m = sum over rows of h_i (1/2 - p_i) x_im,   h_i = w_i x_i' cov x_i
 *
 * cov   [k * k] the inverse of X'WX + P there; 0 for coefficients that take no part
 * half  out [k]
 * With P = 0 it is what Firth adds to the score; minus twice it is how the determinant of a
 * Laplace approximation moves. The last look must have wanted the information, and the data may have
 * no `seen`.
 * Source: Firth, Biometrika 80 (1993) 27-38; Tierney and Kadane, JASA 81 (1986) 82-86.
 * Tested: against differences of log-determinants of dense sums, to 1e-7; methods F4 (brglm2's median
 * bias reduction, whose score is made of such bends) to 9 digits. */
void lc_logit_bend(struct lc_logit_ready *ready, const double *cov, double *half);

/* lc_logit_from - lc_logit on a ready design, from a start; start may be NULL.
 * LC_EDEGENERATE, LC_ENOCONV, LC_ENOMEM as lc_logit.
 * Tested: from far and near the same optimum (1e-10); a held coefficient stays to the bit, and the
 * others are those of an offset in its place. */
enum lc_rc lc_logit_from(struct lc_logit_ready *ready, const struct lc_logit_prior *prior,
                         const struct lc_logit_start *start, struct lc_arena *arena,
                         struct lc_logit_fit *fit, struct lc_err *err) LC_MUST_USE;

/* lc_logit_moments - mean and covariance of the posterior to the second order, where it leans to one side:
 * few wins, or a prior that is no Gaussian.
 *
 *     mean = b - C (bend + 1/2 m q (1 - q) (1 - 2 q) C_jj of each log-F law),   q = 1 / (1 + exp(-b_j))
 *     cov  = (X'WX + P)^-1 at the mean
 *
 * prior      as the fit had it, without `full`; every coefficient takes part (none is held or aliased)
 * mean, cov  out [k], [k * k]; live in arena. Where the information there is singular, those of the fit
 *
 * The data may have no `seen`. LC_ENOMEM.
 * Source: Lindley, Trabajos de Estadistica 31 (1980) 223-237; Tierney and Kadane, JASA 81 (1986) 82-86.
 * Tested: one coefficient under a log-F prior against its integrals; docs/coverage.md. */
enum lc_rc lc_logit_moments(struct lc_logit_ready *ready, const struct lc_logit_prior *prior,
                            const struct lc_logit_fit *fit, struct lc_arena *arena,
                            double **mean, double **cov, struct lc_err *err) LC_MUST_USE;

/* lc_logistic - 1 / (1 + exp(-eta)) without overflow. Tested: both ends; p(eta) + p(-eta) = 1. */
double lc_logistic(double eta);

/* lc_logit_clock - seconds on a clock that only goes forward, for --timings. */
double lc_logit_clock(void);

/* lc_softplus - log(1 + exp eta) without overflow. Tested: both ends; log1p between. */
double lc_softplus(double eta);

#endif
