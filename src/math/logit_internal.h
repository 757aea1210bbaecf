/* logit_internal.h - the parts of the logistic kernel, for its own sources and Firth's.   Layer: math
 *
 * Inside, numeric columns are centred and scaled, and coded columns are packed into super-columns:
 * one code for several columns at once. Outside nobody sees either (docs/maths.md#packing). */
#ifndef LC_LOGIT_INTERNAL_H
#define LC_LOGIT_INTERNAL_H

#include <stdint.h>

#include "leadcal/logit.h"

#define MOST_COEFFICIENTS \
    16384 /* their covariance is 2 GiB, and a code of 16 bits still names every level */

/* Several coded columns as one: code = sum of stride[c] * level of column[c]. */
struct lc_logit_super {
    size_t n_columns;
    size_t *column, *stride; /* [n_columns] */
    size_t n_levels;         /* product of the columns' levels */
    uint16_t *code;          /* [n] */
    size_t **place;          /* [n_columns][n_levels] coefficient that a code means there */
    double *odds;            /* [n_levels] log-odds that the coefficients give each code */
    double *quad;            /* [n_levels] its part of x' cov x, for lc_logit_bend */
    size_t sums_at;          /* place of its [n_levels] residual sums in a block's sums */
};

/* A table that one thread fills over all rows and then folds into the Hessian. */
enum lc_logit_kind {
    LC_LOGIT_PAIR,   /* weights by the codes of supers a and b */
    LC_LOGIT_DIRECT, /* the same, straight into the Hessian: the table would be too large */
    LC_LOGIT_SINGLE, /* weights by the code of super a */
    LC_LOGIT_CROSS,  /* weight times numeric column b, by the code of super a */
    LC_LOGIT_DOT,    /* weight times numeric column b, and times each numeric column up to b */
};
struct lc_logit_job {
    enum lc_logit_kind kind;
    size_t a, b;
    size_t cells, copies;    /* copies of the table take turns, so that hot cells do not wait */
    double *table;           /* [copies * cells] */
    double *folded;          /* [cells] room for folding */
    bool single_a, single_b; /* row and column sums stand in for a SINGLE of a or b */
};

struct lc_logit_work {
    const struct lc_logit_data *d;
    struct lc_parallel *pool;
    size_t k, k_codes; /* coefficients; coded columns */
    size_t **at;
    size_t n_supers;
    struct lc_logit_super *super;
    double **z;                   /* [n_numeric][n] centred and scaled */
    double *mean, *sd, *furthest; /* [n_numeric]; largest |z| */
    double *w;                    /* [n] c p (1 - p) at the coefficients of the last pass */
    size_t n_blocks, block_rows, n_sums;
    double *sums;     /* [n_blocks * n_sums] a slot for each block */
    const double *b;  /* [k] coefficients of the pass, in scaled units */
    double total;     /* leads: sum of weights */
    double w_total;   /* sum of w */
    double objective; /* minus log-likelihood, without the prior */
    size_t n_jobs, n_groups;
    struct lc_logit_job *job;
    const double *seen; /* [n], or NULL where nobody has less than 1 */
    bool
        expected; /* the weights of leads not won are their expected curvature, never negative */
    double *hessian; /* [k * k], upper triangle first, then both */
    const double *prior_mean, *prior_diag,
        *prior_full;         /* in scaled units; diag, or diag and full, or none */
    const double *prior_own; /* [k] above 0: this coefficient has a prior; NULL: none has */
    const double *log_f;     /* [k] m, in the units given; NULL: none */
    const double *unit;      /* [k] with log_f: what a scaled coefficient is in units given */
    double bend_0;           /* the intercept's part of x' cov x, for lc_logit_bend */
    const double *bend_cov;  /* [k * k] scaled, for pairs without a table */
};

/* What lc_logit_prepare makes. */
struct lc_logit_ready {
    struct lc_logit_work w;
    double start, null_deviance;   /* of the intercept alone */
    double *b, *gradient, *scaled; /* [k]; scaled [k * k] where there are numeric columns */
};

/* logit_ready.c: the number of coefficients, and whether there is room for them (LC_EDEGENERATE). */
size_t lc_logit_count(const struct lc_logit_data *d);
enum lc_rc lc_logit_few_enough(size_t k, struct lc_err *err) LC_MUST_USE;

/* logit_pack.c: the codes of the super-columns, and room for everything a pass needs. */
enum lc_rc lc_logit_pack(struct lc_logit_work *w, struct lc_arena *scratch,
                         struct lc_err *err) LC_MUST_USE;

/* logit_scale.c: numeric columns to mean 0 and sd 1; the prior with them; results back. */
enum lc_rc lc_logit_scale(struct lc_logit_work *w, struct lc_arena *scratch,
                          struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_logit_scale_prior(struct lc_logit_work *w, const struct lc_logit_prior *prior,
                                struct lc_arena *scratch, struct lc_err *err) LC_MUST_USE;
void lc_logit_unscale(const struct lc_logit_work *w, double *b, double *cov);
/* The other ways: coefficients and a covariance to scaled units; a gradient and an information back. */
void lc_logit_to_scaled(const struct lc_logit_work *w, double *b);
void lc_logit_cov_to_scaled(const struct lc_logit_work *w, double *cov);
void lc_logit_gradient_back(const struct lc_logit_work *w, double *gradient);
void lc_logit_information_back(const struct lc_logit_work *w, double *information);

/* logit_pass.c: one look at all rows: objective, weights, and the gradient [k] of the
 * log-likelihood at b, all in scaled units and without the prior. */
void lc_logit_pass(struct lc_logit_work *w, const double *b, double *gradient);

/* What a strip of q rows from `low`, with log-odds eta [q], adds to the gradient: residual [q] out;
 * returns what it adds to the objective. */
typedef double lc_logit_strip(const struct lc_logit_work *w, size_t low, size_t q,
                              const double *eta, double *residual);

/* The sums of residuals by coefficient [k] over all rows, at the log-odds of the last pass; leaves
 * w_total and objective of the strips. */
void lc_logit_rows(struct lc_logit_work *w, lc_logit_strip *strip, double *gradient);

/* logit_seen.c: such a strip where w->seen, some of whose lags are not over. */
lc_logit_strip lc_logit_seen;

/* logit_hessian.c: the information at the weights of the last pass, into w->hessian. */
enum lc_rc lc_logit_plan_hessian(struct lc_logit_work *w, struct lc_arena *scratch,
                                 struct lc_err *err) LC_MUST_USE;
void lc_logit_hessian(struct lc_logit_work *w);

/* logit_newton.c: the climb to the top of the (penalised) likelihood. */
struct lc_logit_newton {
    struct lc_logit_work *w;
    double *b, *gradient, objective, size; /* at the present point; size: largest |gradient| */
    double *b_next, *gradient_next;
    double *step, *pull;    /* pull: P (b - m) */
    double *first_diagonal; /* of the Hessian where Newton began */
    bool *drop;
    size_t steps;
};

/* start: of the intercept; the others begin at 0. */
enum lc_rc lc_logit_newton_init(struct lc_logit_newton *s, struct lc_logit_work *w,
                                double start, struct lc_arena *scratch,
                                struct lc_err *err) LC_MUST_USE;

/* Leaves the factor of the (penalised) information at s->b in w->hessian. LC_EDEGENERATE,
 * LC_ENOCONV as lc_logit. */
enum lc_rc lc_logit_climb(struct lc_logit_newton *s, struct lc_err *err) LC_MUST_USE;

/* Half the gradient of the penalty into pull, P (b - m) for a Gaussian prior; returns the penalty,
 * (b - m)' P (b - m). */
double lc_logit_prior_pull(const struct lc_logit_work *w, const double *b, double *pull);
/* How much one coefficient's log-F prior bends at b. */
double lc_logit_log_f_curve(const struct lc_logit_work *w, const double *b, size_t j);

/* logit_solve.c: a [k * k], row-major, becomes its upper Cholesky factor U, a = U'U.
 *
 * drop       in-out [k]: coefficients left out; their row and column are skipped
 * may_drop   true: a coefficient whose pivot is below its tolerance is dropped;
 *            false: the first such coefficient ends the work
 * prior      [k] diagonal of the prior's precision or NULL: a coefficient with a prior of its own
 *            is never a combination of others, so only rounding may stop it
 * Returns k, or the coefficient that ended it. */
size_t lc_logit_factor(double *a, size_t k, const double *prior, bool may_drop, bool *drop);
void lc_logit_solve(const double *u, size_t k, const bool *drop, double *x);
/* cov [k * k] out: the inverse of U'U; rows and columns of dropped ones are 0. scratch [k * k]. */
void lc_logit_invert(const double *u, size_t k, const bool *drop, double *scratch, double *cov);

#endif
