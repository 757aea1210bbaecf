/* optimism.h - how much better a model looks on the leads it was fitted to than it is.   Layer: math */
#ifndef LC_OPTIMISM_H
#define LC_OPTIMISM_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

/* What is corrected: on the leads themselves, and less the mean optimism of the resamples. */
struct lc_corrected {
    double apparent, corrected;
};

struct lc_optimism {
    struct lc_corrected auc, slope, brier; /* slope: of the calibration; apparent 1 by maximum
                                            * likelihood, more under a prior */
    size_t used;                           /* resamples that could be fitted */
};

/* How a model is made. */
struct lc_refit {
    /* From leads `row` [n] (with repeats) to the log-odds of all of them, by place: log_odds out [n].
     * LC_EDEGENERATE or LC_ENOCONV leave a resample out. */
    enum lc_rc (*fit)(void *context, const uint32_t *row, size_t n, double *log_odds,
                      struct lc_err *err);
    void *context;
};

/* lc_optimism - Efron's optimism by the bootstrap: all that `model` does is done again in each
 * resample, and judged on the resample and on all leads.
 *
 *     corrected = apparent - mean over resamples of (index on the resample - index on all leads)
 *
 * y  [n] 0 or 1
 *
 * LC_EDEGENERATE  the leads themselves cannot be fitted, or no resample can. LC_ENOCONV, LC_ENOMEM
 * Source: Harrell, Lee and Mark, Statistics in Medicine 15 (1996) 361-387; Efron and Gong, American
 * Statistician 37 (1983) 36-48.
 * Tested: methods C5 (R rms validate) within its Monte-Carlo error; law: a model that ignores the
 * leads has no optimism. */
enum lc_rc lc_optimism(const uint8_t *y, size_t n, const struct lc_refit *model,
                       size_t resamples, uint64_t seed, struct lc_arena *arena,
                       struct lc_optimism *out, struct lc_err *err) LC_MUST_USE;

#endif
