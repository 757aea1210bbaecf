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

/* Leads that belong together, and are not independent evidence. */
struct lc_clusters {
    const uint32_t *of; /* [n leads] 0..n-1; NULL: each lead stands for itself */
    size_t n;
};

/* lc_auc_influence - what each lead adds to the error of an AUC: the squares of the clusters' sums
 * add up to its variance, and so do those of differences and weighted sums of such influences.
 *
 *     won: (V - AUC) / m sqrt(c / (c - 1)),  lost the same with their own number
 *
 * V the lead's placement, m the leads of its class, c the clusters that hold some of them.
 *
 * influence  out [n]; all NaN with fewer than two clusters of a class
 * auc        out; NaN with one class
 *
 * Without clusters the sum of squares is DeLong's variance.
 * Source: Obuchowski, Biometrics 53 (1997) 567-578 (there the covariance of the two classes has the
 * factor of all clusters, here the root of both); docs/maths.md#clusters.
 * Tested: methods D1, D2 by singletons; a typed example against tests/reference/clusters.py;
 * law: every lead twice, in one cluster, changes nothing. LC_ENOMEM. */
enum lc_rc lc_auc_influence(const double *score, const uint8_t *y, size_t n,
                            const struct lc_clusters *clusters, struct lc_arena *arena,
                            double *influence, double *auc, struct lc_err *err) LC_MUST_USE;

/* lc_clustered_variance - sum over clusters of the square of their sum of influence [n].
 * variance  out. LC_ENOMEM. */
enum lc_rc lc_clustered_variance(const double *influence, size_t n,
                                 const struct lc_clusters *clusters, struct lc_arena *arena,
                                 double *variance, struct lc_err *err) LC_MUST_USE;

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
