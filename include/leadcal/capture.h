/* capture.h - wins held by the best-scored leads of each week, and their bootstrap.   Layer: math */
#ifndef LC_CAPTURE_H
#define LC_CAPTURE_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/parallel.h"

/* Several scores of the same leads, compared at equal volume. */
struct lc_capture_data {
    size_t n;               /* leads */
    const uint8_t *y;       /* [n] 0 or 1 */
    const uint32_t *period; /* [n] 0..periods-1: the week of each lead */
    size_t periods;
    double volume;              /* leads taken from each period, > 0; need not be whole */
    const double *const *score; /* [m][n] finite; more is better */
    size_t m;
    const uint32_t *cluster; /* [n] 0..clusters-1: drawn whole by the bootstrap; NULL: singly */
    size_t clusters;
};

struct lc_captured {
    double leads, won; /* taken, and wins among them; ties at the edge are shared evenly */
    double share;      /* won over all wins; NaN without wins */
};

/* lc_capture - what each score captures; `chance` out: what any order captures on average.
 * captured  out [m]
 *
 *     sum over periods of the wins among the `volume` leads of the highest score
 *
 * Source: DEFINITIONS 5 (wins captured at equal weekly volume).
 * Tested: counts by hand, ties, a fraction of a lead; laws: a rising transformation and the order
 * of rows change nothing, one score for everybody is chance. LC_ENOMEM. */
enum lc_rc lc_capture(const struct lc_capture_data *d, struct lc_arena *arena,
                      struct lc_captured *captured, struct lc_captured *chance,
                      struct lc_err *err) LC_MUST_USE;

/* lc_capture_bootstrap - the shares in resamples of the leads, paired: in each resample every score
 * ranks the same leads.
 *
 * share  out [resamples * m]: row r holds the m shares of resample r; NaN where it drew no win
 *
 * Resamples are those of lc_resample: from each period as many leads as it has, or whole clusters.
 * m >= 1.
 * Source: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapters 6 and 13.
 * Tested: mean and spread against another program (tests/reference/capture_bootstrap.py); seeds;
 * 1 and 7 threads. LC_ENOMEM. */
enum lc_rc lc_capture_bootstrap(const struct lc_capture_data *d, size_t resamples,
                                uint64_t seed, struct lc_parallel *pool, struct lc_arena *arena,
                                double *share, struct lc_err *err) LC_MUST_USE;

#endif
