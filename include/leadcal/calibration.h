/* calibration.h - whether probabilities mean what they say.   Layer: math */
#ifndef LC_CALIBRATION_H
#define LC_CALIBRATION_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

/* lc_brier - mean (p - y)^2; NaN with n = 0. p [n] 0..1, y [n] 0 or 1.
 * Source: Brier, Monthly Weather Review 78 (1950) 1-3. Tested: methods L4, C1 (R). */
double lc_brier(const double *p, const uint8_t *y, size_t n);

/* lc_log_loss - mean of -log p(y), p cut to 1e-15 .. 1 - 1e-15; natural log; NaN with n = 0.
 * Source: Good, JRSS B 14 (1952) 107-114. Tested: methods L4, C1 (R); the cut. */
double lc_log_loss(const double *p, const uint8_t *y, size_t n);

struct lc_calibration {
    double in_the_large, in_the_large_se; /* intercept of logit(y) ~ offset(logit p) */
    double intercept, intercept_se;       /* of logit(y) ~ logit p */
    double slope, slope_se;
};

/* lc_calibration - calibration intercept and slope.
 * p  [n] in (0, 1), cut to 1e-15 .. 1 - 1e-15
 * All NaN with one class; slope and intercept NaN where all p are equal or p separates y.
 * Source: Cox, Biometrika 45 (1958) 562-565; Steyerberg 2009. Calls math/logit.
 * Tested: methods L4, C1 (rms val.prob), oracles. LC_ENOMEM. */
enum lc_rc lc_calibration(const double *p, const uint8_t *y, size_t n, struct lc_arena *arena,
                          struct lc_calibration *out, struct lc_err *err) LC_MUST_USE;

struct lc_bin {
    double n, won, predicted, observed; /* predicted: mean p; observed: won / n */
};

/* lc_calibration_bins - about `bins` groups of equal size by p, equal p never split.
 * out [bins], *used of them filled. LC_ENOMEM.
 * Source: DEFINITIONS 5. Tested: every lead is in one group, equal p in the same. */
enum lc_rc lc_calibration_bins(const double *p, const uint8_t *y, size_t n, size_t bins,
                               struct lc_arena *arena, struct lc_bin *out, size_t *used,
                               struct lc_err *err) LC_MUST_USE;

#endif
