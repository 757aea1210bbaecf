/* path_internal.h - one fit along a path, for its own sources alone.   Layer: math */
#ifndef LC_PATH_INTERNAL_H
#define LC_PATH_INTERNAL_H

#include "leadcal/path.h"

/* A design whose rows may be weighted anew, and where the fit to them stands. */
struct lc_path_work {
    struct lc_logit_data d; /* with y and weight of its own */
    double *y, *weight;     /* [n] as the fit sees them: 0 for rows left out */
    struct lc_logit_ready *ready;
    size_t k;
    size_t **at;
    double alpha, total; /* leads: sum of weight */
    double *scale;       /* [k] s_j; 0: the column is constant, and takes no part */
    double *b;           /* [k] of the last fit */
    double *gradient, *next, *information; /* [k], [k], [k * k] */
    double *rest, *step;                   /* [k], [k] of the quadratic */
    double *small, *move;                  /* [k * k], [k] of the coefficients in use */
    size_t *active;                        /* [k] which those are */
    double objective, deviance;            /* of the last fit; objective per lead */
    double violation;                      /* largest so far */
};

enum lc_rc lc_path_prepare(struct lc_path_work *w, const struct lc_logit_data *d,
                           const struct lc_path_options *options, struct lc_parallel *pool,
                           struct lc_arena *scratch, struct lc_err *err) LC_MUST_USE;

/* The rows as they are weighted now: total, scale, and the fit of the intercept alone into b. */
enum lc_rc lc_path_begin(struct lc_path_work *w, bool standardise, struct lc_arena *scratch,
                         struct lc_err *err) LC_MUST_USE;

/* lambda_max at the b of lc_path_begin. */
double lc_path_lambda_max(struct lc_path_work *w);

/* From b to the optimum at lambda. LC_ENOCONV. */
enum lc_rc lc_path_fit(struct lc_path_work *w, double lambda, struct lc_arena *scratch,
                       struct lc_err *err) LC_MUST_USE;

/* path_descend.c: the step from b to the optimum of the quadratic that a look has left in gradient and
 * information, standardised, into step. The information is used up. */
void lc_path_descend(struct lc_path_work *w, double lambda);

#endif
