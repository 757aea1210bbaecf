/* logit_internal.h - the parts of the logistic kernel, for its own sources alone.   Layer: math
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
    double *hessian; /* [k * k], upper triangle first, then both */
    const double *prior_mean, *prior_diag,
        *prior_full; /* in scaled units; diag or full or none */
};

/* logit_pack.c: the codes of the super-columns, and room for everything a pass needs. */
enum lc_rc lc_logit_pack(struct lc_logit_work *w, struct lc_arena *scratch,
                         struct lc_err *err) LC_MUST_USE;

/* logit_scale.c: numeric columns to mean 0 and sd 1; the prior with them; results back. */
enum lc_rc lc_logit_scale(struct lc_logit_work *w, struct lc_arena *scratch,
                          struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_logit_scale_prior(struct lc_logit_work *w, const struct lc_logit_prior *prior,
                                struct lc_arena *scratch, struct lc_err *err) LC_MUST_USE;
void lc_logit_unscale(const struct lc_logit_work *w, double *b, double *cov);

/* logit_pass.c: one look at all rows: objective, weights, and the gradient [k] of the
 * log-likelihood at b, all in scaled units and without the prior. */
void lc_logit_pass(struct lc_logit_work *w, const double *b, double *gradient);

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

enum lc_rc lc_logit_newton_init(struct lc_logit_newton *s, struct lc_logit_work *w,
                                double start, struct lc_arena *scratch,
                                struct lc_err *err) LC_MUST_USE;

/* Leaves the factor of the (penalised) information at s->b in w->hessian. LC_EDEGENERATE,
 * LC_ENOCONV as lc_logit. */
enum lc_rc lc_logit_climb(struct lc_logit_newton *s, struct lc_err *err) LC_MUST_USE;

/* P (b - m) into pull; returns (b - m)' P (b - m). */
double lc_logit_prior_pull(const struct lc_logit_work *w, const double *b, double *pull);

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
