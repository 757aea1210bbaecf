/* resample.h - leads drawn again with replacement, within strata or by whole clusters.   Layer: math */
#ifndef LC_RESAMPLE_H
#define LC_RESAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"

/* How a bootstrap draws. */
struct lc_resampling {
    size_t n;            /* leads */
    const uint32_t *row; /* [n] leads, stratum after stratum; NULL: as they come */
    const size_t *begin; /* [strata + 1] where each stratum begins in row; NULL: one stratum */
    size_t strata;
    const uint32_t *cluster; /* [n] by lead, 0..clusters-1; NULL: each lead is its own */
    size_t clusters;
    uint64_t seed;
};

/* lc_resample - calls each(context, r, times) for every resample r of 0..resamples-1, in any order
 * and from several threads at once; times[i] is how often lead i was drawn.
 *
 * Without clusters a resample draws from each stratum as many leads as it has. With them it draws
 * as many clusters as there are, each with all its leads, whatever the strata: what varies is then
 * which accounts came. Random numbers come from (seed, r) alone, so that nothing depends on threads.
 *
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 6 and 8.
 * Tested: sizes of strata, whole clusters, seeds, 1 and 7 threads. LC_ENOMEM. */
enum lc_rc lc_resample(const struct lc_resampling *s, size_t resamples,
                       struct lc_parallel *pool, struct lc_arena *arena,
                       void (*each)(void *context, size_t r, const uint16_t *times),
                       void *context, struct lc_err *err) LC_MUST_USE;

/* lc_resample_means - means of some numbers over the same resamples, paired.
 *
 * x     [m][n]
 * mean  out [resamples * m]: row r holds the m means of resample r
 *
 * Tested: the standard deviation of a mean by its formula, with and without clusters. LC_ENOMEM. */
enum lc_rc lc_resample_means(const struct lc_resampling *s, const double *const *x, size_t m,
                             size_t resamples, struct lc_parallel *pool, struct lc_arena *arena,
                             double *mean, struct lc_err *err) LC_MUST_USE;

/* lc_resample_sd - standard deviation over the resamples of statistic `of`, or of its difference to
 * `less` (m: to nothing). Resamples where either is NaN do not count; NaN with fewer than two.
 * The interval is the estimate and its multiples of that: docs/maths.md#equal-volume.
 *
 * x  [resamples * m] */
double lc_resample_sd(const double *x, size_t resamples, size_t m, size_t of, size_t less);

#endif
