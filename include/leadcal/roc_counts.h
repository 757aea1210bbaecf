/* roc_counts.h - AUC of a few levels from their counts, without a row in sight.   Layer: math */
#ifndef LC_ROC_COUNTS_H
#define LC_ROC_COUNTS_H

#include <stddef.h>

#include "leadcal/roc.h"

/* lc_auc_counts - lc_auc where every lead of a level has the same score.
 *
 * won, lost  [k] leads of each level, lowest score first; the leads of one level tie
 *
 * `ks_at` is the number of the level where the distance is largest. All NaN with one class. O(k), where lc_auc sorts n rows: the same numbers.
 * Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988) 837-845.
 * Tested: equals lc_auc on the rows themselves to 1e-12. */
struct lc_auc lc_auc_counts(const double *won, const double *lost, size_t k);

#endif
