/* recency.h - half-lives of event classes by profile likelihood, with a prior and an interval.   Layer: math */
#ifndef LC_RECENCY_H
#define LC_RECENCY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"

#define LC_RECENCY_MEDIAN 30.0                /* days, of the prior on a half-life */
#define LC_RECENCY_LOG_SD 0.69314718055994531 /* of its logarithm: ln 2 */
#define LC_RECENCY_LOW    2.0                 /* days, between which it is looked for */
#define LC_RECENCY_HIGH   365.0
#define LC_RECENCY_WINS   100 /* won leads with such events, below which the prior is kept */

/* The events of one class, lead by lead. */
struct lc_recency_class {
    const size_t *begin;      /* [n + 1] where each lead's events stand in age_days */
    const uint32_t *age_days; /* of each at its lead's decision time */
};

struct lc_recency_data {
    size_t n, m;                       /* leads, classes */
    const struct lc_recency_class *of; /* [m] */
    const double *y;                   /* [n] 0/1 */
    const double *offset;              /* [n] log-odds that all else gives a lead; NULL: 0 */
};

struct lc_recency_one {
    size_t leads, won;           /* that have such an event */
    double half_life, low, high; /* days: the most probable, with its 95 % interval */
    double effect, std_error;    /* log-odds for each fresh event, at these half-lives */
    bool kept_prior;             /* fewer than LC_RECENCY_WINS wins: nothing was estimated */
};

struct lc_recency {
    struct lc_recency_one
        *of;          /* [m]; those that are tied have one half-life and one interval */
    size_t estimated; /* classes that were */
    bool tied;        /* all of them have one half-life, since p is not below 0.05 */
    double p;         /* that they have one; NaN where fewer than two are estimated */
};

/* lc_recency - how fast the events of each class grow stale.
 *
 *     log-odds_i = b0 + offset_i + sum over classes of b_c x_ic,   x_ic = sum over events of 2^(-age / H_c)
 *
 * For each H the b are those of math/logit without a prior; ln H has the prior
 * N(ln LC_RECENCY_MEDIAN, LC_RECENCY_LOG_SD^2). The most probable H maximises the profile
 * log-likelihood plus the prior's on a grid from LC_RECENCY_LOW to LC_RECENCY_HIGH, refined; the
 * interval holds all H with 2 (maximum - there) <= 3.84, cut at the ends of the grid.
 * With several classes: first one half-life for all, then one for each in turn until none moves;
 * they are kept apart where the likelihood-ratio test at the two optima says so. A class with few
 * wins has the prior's median and interval, and enters the others' fit with that.
 *
 * Cut the events at the decision time: later ones know the outcome.
 *
 * LC_EDEGENERATE  one class of outcome alone, or events that part the won from the others wholly
 * LC_ENOCONV, LC_ENOMEM
 * Source: methods 3.6 and 6.6; Murphy and van der Vaart, JASA 95 (2000) 449-465 (profile likelihood).
 * Tested: optimum, interval and test against R's glm and optimize (tests/reference/recency.R) to
 * 1e-4; the recoveries printed in methods 6.6; order of leads and of events; no effect gives back
 * the prior; 1 thread = 7 threads. */
enum lc_rc lc_recency(const struct lc_recency_data *d, struct lc_parallel *pool,
                      struct lc_arena *arena, struct lc_recency *out,
                      struct lc_err *err) LC_MUST_USE;

#endif
