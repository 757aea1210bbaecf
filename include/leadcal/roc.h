/* roc.h - how well scores order leads: AUC, DeLong, KS, lift.   Layer: math */
#ifndef LC_ROC_H
#define LC_ROC_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

struct lc_auc {
    double auc, se, low, high; /* DeLong 95 %, cut at 0 and 1; all NaN with one class */
    double ks;                 /* largest distance of the two distribution functions */
    double ks_at;              /* the score where it is */
};

/* lc_auc - area under the ROC curve with DeLong's interval; a higher score should win; ties one half.
 * score  [n] finite; y [n] 0 or 1
 * Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837-845; midranks after Sun and
 * Xu, IEEE Signal Processing Letters 21 (2014) 1389-1393.
 * Tested: methods D1 (pROC); laws: a rising transformation and the order of rows change nothing,
 * mirrored scores mirror the area. LC_ENOMEM. */
enum lc_rc lc_auc(const double *score, const uint8_t *y, size_t n, struct lc_arena *arena,
                  struct lc_auc *out, struct lc_err *err) LC_MUST_USE;

struct lc_auc_pair {
    double difference, se, z, p, low, high, covariance; /* of AUC(a) - AUC(b), paired */
};

/* lc_auc_compare - paired DeLong test of two scores on the same leads.
 * Source: as lc_auc; docs/maths.md#delong. Tested: methods D2 (pROC). LC_ENOMEM. */
enum lc_rc lc_auc_compare(const double *a, const double *b, const uint8_t *y, size_t n,
                          struct lc_arena *arena, struct lc_auc_pair *out,
                          struct lc_err *err) LC_MUST_USE;

struct lc_youden {
    double threshold, sensitivity, specificity; /* threshold halfway between neighbours */
};

/* lc_youden - the cut with the largest sensitivity + specificity - 1.
 * Source: Youden, Cancer 3 (1950) 32-35. Tested: methods D3 (pROC). LC_ENOMEM. */
enum lc_rc lc_youden(const double *score, const uint8_t *y, size_t n, struct lc_arena *arena,
                     struct lc_youden *out, struct lc_err *err) LC_MUST_USE;

struct lc_gain {
    double fraction;                 /* asked for, 0..1 */
    size_t n_top;                    /* floor(fraction * n) rows of the highest score */
    double won, rate, lift, capture; /* capture: share of all wins; ties at the edge are shared
                                      * evenly, so that the order of rows does not matter */
};

/* lc_gains - what the top fractions hold. fraction, out: [m]. LC_ENOMEM.
 * Source: DEFINITIONS 5 (wins captured at a volume). Tested: counts by hand, ties at the edge. */
enum lc_rc lc_gains(const double *score, const uint8_t *y, size_t n, const double *fraction,
                    size_t m, struct lc_arena *arena, struct lc_gain *out,
                    struct lc_err *err) LC_MUST_USE;

#endif
