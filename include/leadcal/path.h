/* path.h - ridge, lasso and elastic net along a path of penalties, and the choice by cross-validation.   Layer: math */
#ifndef LC_PATH_H
#define LC_PATH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/logit.h"
#include "leadcal/parallel.h"

#define LC_PATH_LENGTH ((size_t)100) /* penalties, unless some are given */

struct lc_path_options {
    double alpha;         /* 0: ridge, 1: lasso, between: elastic net */
    bool standardise;     /* penalise each coefficient times the SD (with 1/n) of its column, as
                           * glmnet does; false: the coefficient as it is, so that a rare level is
                           * held in like a common one */
    const double *lambda; /* [n_lambda] falling; NULL: from the largest that leaves nothing */
    size_t n_lambda; /* 0 with NULL: LC_PATH_LENGTH; the path ends early where it is flat */
};

struct lc_path {
    size_t n, k;
    double *lambda;   /* [n] */
    double *b;        /* [n * k] coefficients at each */
    double *deviance; /* [n] of all rows */
    size_t *used;     /* [n] coefficients that are not 0, without the intercept */
    double null_deviance;
    double violation; /* of the optimality conditions, the largest over the path, per lead */
};

/* lc_path - the minimum, at each lambda, of
 *
 *     -(1/n) log-likelihood + lambda sum_j [ (1 - alpha)/2 (s_j b_j)^2 + alpha |s_j b_j| ]
 *
 * n leads (sum of weights), s_j 1 or the SD of the column, the intercept free. Proximal Newton: the
 * kernel's gradient and information, coordinate descent on that quadratic with the intercept
 * eliminated and a solve for those in use; then the exact conditions are checked, for all. Ridge
 * is the kernel itself with precision n lambda s_j^2. Each fit begins at the one before.
 *
 * lambda_max = max_j |x_j'(y - p)| / (n s_j max(alpha, 0.001)) at the fit of the intercept alone; the
 * last is 1e-4 of it, 1e-2 where n is at most k; the path stops where the deviance explained is over
 * 99.9 %, or has grown by less than 1e-5 of itself over five steps.
 *
 * LC_EDEGENERATE, LC_ENOCONV, LC_ENOMEM as lc_logit.
 * Source: Friedman, Hastie and Tibshirani, Journal of Statistical Software 33(1) (2010), 2.4-3.
 * Tested: methods G1-G3 (glmnet 4.1-6) to 1e-5; exact ridge and lasso of nine public designs to 1e-6
 * (tests/reference/oracles.py); the conditions by dense sums to 1e-8, for weights, offsets and coded
 * columns. Laws: nothing at lambda_max, something just below; ridge is a Gaussian prior; 1 thread = 7
 * threads bit for bit; every allocation refused. */
enum lc_rc lc_path(const struct lc_logit_data *d, const struct lc_path_options *options,
                   struct lc_parallel *pool, struct lc_arena *arena, struct lc_path *path,
                   struct lc_err *err) LC_MUST_USE;

/* Which rows are left out together. */
struct lc_path_folds {
    const uint8_t *fold; /* [n] of each row, below n_folds */
    size_t n_folds;      /* at least 2, each with some leads */
};

struct lc_path_choice {
    double *mean,
        *error;     /* [n] deviance a lead of the folds left out, and its standard error */
    size_t least;   /* place of the smallest mean */
    size_t sparing; /* place of the largest lambda within one standard error of it */
};

/* lc_path_choose - cross-validation of the path's lambdas over folds that are given.
 *
 *     mean_l = sum_f n_f dev_fl / n,   error_l^2 = sum_f n_f (dev_fl - mean_l)^2 / n / (F - 1)
 *
 * with dev_fl the deviance a lead of fold f under the fit to the others.
 *
 * d, options, path  as lc_path had and gave them
 * LC_EDEGENERATE also where the leads outside a fold have one class. LC_ENOCONV, LC_ENOMEM
 * Source: as above, and cv.glmnet 4.1-6. Tested: methods G4; by fits to the folds one by one. */
enum lc_rc lc_path_choose(const struct lc_logit_data *d, const struct lc_path_options *options,
                          const struct lc_path *path, const struct lc_path_folds *folds,
                          struct lc_parallel *pool, struct lc_arena *arena,
                          struct lc_path_choice *choice, struct lc_err *err) LC_MUST_USE;

#endif
