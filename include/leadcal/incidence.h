/* incidence.h - how many are won by an age, where being lost is an end, too.   Layer: math */
#ifndef LC_INCIDENCE_H
#define LC_INCIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"
#include "leadcal/rate.h"

/* How the time of a lead ends. */
enum lc_end { LC_END_OPEN, LC_END_WON, LC_END_LOST };

struct lc_incidence_step {
    double time, at_risk, won, lost; /* at risk just before; ends at that time */
    double left;                     /* share that has come to neither end */
    double incidence[2];             /* share won, share lost, by that time */
    double std_error[2];             /* of them */
};

struct lc_incidence {
    size_t n_steps;
    struct lc_incidence_step *step; /* one for each distinct time with an end */
    double n;
    double last; /* the longest time */
};

/* lc_aalen_johansen - cumulative incidence of won and of lost.
 *
 *     F_won(t) = sum over end times u <= t of S(u-) d_won(u) / Y(u),   S falls by (1 - d(u) / Y(u))
 *
 * A lost lead is no censored one: it will not be won. 1 - Kaplan-Meier would say what would be won
 * if nobody were ever lost.
 *
 * time [n] days; end [n] enum lc_end, LC_END_OPEN: followed so far and neither.
 * LC_EDEGENERATE n = 0; LC_ENOMEM.
 *
 * Source: Aalen and Johansen, Scandinavian Journal of Statistics 5 (1978) 141-150; variance: Gaynor
 * et al., JASA 88 (1993) 400-409. docs/maths.md#incidence.
 * Tested: R 4.2.2 survfit, multi-state, curves and standard errors to 10 digits
 * (tests/reference/incidence.R). Laws: won + lost + left = 1; with nobody lost it is 1 -
 * Kaplan-Meier with Greenwood's error; with everybody followed it is won / leads with the binomial
 * error; swapping the ends swaps the curves. */
enum lc_rc lc_aalen_johansen(const double *time, const uint8_t *end, size_t n,
                             struct lc_arena *arena, struct lc_incidence *out,
                             struct lc_err *err) LC_MUST_USE;

/* lc_incidence_at - the step in force at a time: nothing won or lost before the first. */
struct lc_incidence_step lc_incidence_at(const struct lc_incidence *c, double time);

/* lc_incidence_interval - 95 % limits of an incidence: Wilson's, at the number of leads that would
 * give a proportion this standard error.
 *
 * known  leads whose fate by that time is known: they count where the error is 0
 *
 * Where every lead was followed it is Wilson's interval of won / leads itself.
 * Source: docs/maths.md#incidence. Tested: that law; coverage over simulated leads. */
struct lc_interval lc_incidence_interval(double incidence, double std_error, double known);

/* A quantile of the time to won, among those won by a horizon. */
struct lc_cycle {
    double days;
    struct lc_interval limits; /* 95 %, percentiles of the resamples; NaN with too few */
};

/* lc_cycle_quantiles - first time at which F_won(t) >= q F_won(horizon), of young leads, too.
 *
 * time, end  [n] as lc_aalen_johansen; horizon days
 * q          [m] in (0, 1)
 * resamples  of the leads, with replacement; their random numbers come from (seed, resample) alone
 * cycle      out [m]; NaN where nobody was won by the horizon
 *
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), 13.3.
 * Tested: by hand; with everybody followed the quantile of the wins; limits against another program
 * (tests/reference/cycle_bootstrap.py); 1 thread = 7 threads bit for bit.
 * LC_EDEGENERATE n = 0; LC_ENOMEM. */
enum lc_rc lc_cycle_quantiles(const double *time, const uint8_t *end, size_t n, double horizon,
                              const double *q, size_t m, size_t resamples, uint64_t seed,
                              struct lc_parallel *pool, struct lc_arena *arena,
                              struct lc_cycle *cycle, struct lc_err *err) LC_MUST_USE;

#endif
