/* components_internal.h - what the sources of the variance components share.   Layer: math (private) */
#ifndef LC_COMPONENTS_INTERNAL_H
#define LC_COMPONENTS_INTERNAL_H

#include "leadcal/components.h"
#include "leadcal/logit.h"

/* A point of the search: log v of each part (the columns that share an SD), and the intercept where it is maximised. */
struct lc_component_point {
    double *log_v; /* [parts] */
    double intercept;
    double marginal;
    double *slope;  /* [parts + 1] of L by log_v; last: by the intercept */
    double *fisher; /* [(parts + 1)^2] */
    double *b;      /* [k] of the penalised fit there */
};

/* What the search works on. */
struct lc_component_search {
    const struct lc_logit_data *d;
    const double *given; /* [columns] above 0: known; NULL */
    struct lc_logit_ready *ready;
    bool maximised;
    size_t columns, k, parts;
    size_t **at;   /* [columns][levels] */
    size_t *part;  /* [columns] the part of each, and */
    size_t *first; /* [parts] the first column of each */
    double *precision, *start;
    bool *held;
    double *gradient, *information, *factor, *half; /* [k], [k * k], [k * k], [k] */
    double *step;                                   /* [parts + 1] */
    bool *fixed;                                    /* [parts + 1] at an end, leaning on it */
    double *reach; /* [parts + 1] of the step by F that the next round takes */
    size_t rounds;
};

/* lc_component_levels - how many levels column j has. */
size_t lc_component_levels(const struct lc_component_search *s, size_t j);

/* lc_component_has_effect - false of a reference level, which is 0 whatever the SD. */
bool lc_component_has_effect(const struct lc_component_search *s, size_t j, size_t v);

/* lc_components_look - the penalised fit at a point, L there, and how it slopes; begins at the coefficients in
 * s->start (components_look.c). p  in-out: log_v and intercept in, the rest out. As lc_logit_from. */
enum lc_rc lc_components_look(struct lc_component_search *s, struct lc_arena *scratch,
                              struct lc_component_point *p, struct lc_err *err) LC_MUST_USE;

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
