/* cure_internal.h - what cure*.c share.   Layer: math */
#ifndef LC_CURE_INTERNAL_H
#define LC_CURE_INTERNAL_H

#include "leadcal/cure.h"

/* Values at z and their first two derivatives by (location, ln scale). */
struct lc_jet {
    double value;
    double by[2];
    double by_by[3]; /* location twice, both, ln scale twice */
};

/* cure_lag.c: 1 - F(t) as a jet; t <= 0: 1. */
struct lc_jet lc_lag_above(enum lc_lag_family family, double location, double log_scale,
                           double t);
/* ln of the density at t, or with tick > 0 of F(t + tick) - F(t). */
struct lc_jet lc_lag_log_density(enum lc_lag_family family, double location, double log_scale,
                                 double t, double tick);

/* A time and an outcome, and what they say of the lag that all segments share. */
struct lc_cure_moment {
    double time;
    uint8_t won;
    struct lc_jet jet; /* of the latest look */
};

/* Leads that are alike: one segment, time and outcome. */
struct lc_cure_cell {
    uint32_t segment, moment;
    double count;
};

/* The parameters of a fit, in this order: log-odds of the chance of each live segment (none with
 * `everyone`), location, ln scale, shift of each live segment (none where spread is 0). */
struct lc_cure_work {
    struct lc_cure_options options;
    double tick;
    size_t cells, moments, segments, live; /* live: segments with a win */
    struct lc_cure_moment *moment;
    struct lc_cure_cell *cell; /* of live segments alone, sorted */
    uint32_t *place;           /* [segments] among the live ones, UINT32_MAX: none was won */
    double *n, *won;           /* [segments] */
    double n_won;
    size_t k;          /* parameters */
    double *theta;     /* [k] */
    double objective;  /* log-likelihood less the prior, at theta */
    double likelihood; /* without the prior */
    double *gradient;  /* [k] */
    double *hessian;   /* [k * k] of minus the objective; then its factor */
    double *room;      /* [2 k * k + 3 k] */
    bool *drop;        /* [k] */
    double max_gradient;
    size_t iterations;
};

size_t lc_cure_shift_at(const struct lc_cure_work *w); /* place of the first shift in theta */
size_t lc_cure_location_at(const struct lc_cure_work *w); /* place of the location */

/* cure_likelihood.c: objective, gradient and Hessian at theta. */
void lc_cure_look(struct lc_cure_work *w, const double *theta, double *objective,
                  double *likelihood, double *gradient, double *hessian);

/* cure_newton.c: from theta to the top nearest to it. LC_ENOCONV. */
enum lc_rc lc_cure_climb(struct lc_cure_work *w, struct lc_err *err) LC_MUST_USE;

/* cure_spread.c: segments' locations may differ by that much from here on. */
void lc_cure_set_spread(struct lc_cure_work *w, double spread);

/* cure_spread.c: from the fit of one lag at theta to that of the likeliest spread.
 * start  room of [k]; gain: of the log marginal likelihood, 0: one lag, or next to nothing */
enum lc_rc lc_cure_estimate_spread(struct lc_cure_work *w, double *start, double *gain,
                                   struct lc_err *err) LC_MUST_USE;

#endif
