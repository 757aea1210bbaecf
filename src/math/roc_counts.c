#include "leadcal/roc_counts.h"

#include <math.h>

#include "leadcal/num.h"
#include "leadcal/rate.h"

struct lc_auc lc_auc_counts(const double *won, const double *lost, size_t k)
{
    struct lc_auc out = {LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN};
    double all_won = 0, all_lost = 0, won_below = 0, lost_below = 0, area = 0;
    double spread_won = 0, spread_lost = 0;

    for (size_t j = 0; j < k; j++) {
        all_won += won[j];
        all_lost += lost[j];
    }
    if (all_won == 0 || all_lost == 0)
        return out;
    out.ks = 0;
    for (size_t j = 0; j < k; j++) {
        double distance;

        area += won[j] * (lost_below + lost[j] / 2);
        lost_below += lost[j];
        won_below += won[j];
        distance = fabs(won_below / all_won - lost_below / all_lost);
        if (distance > out.ks) {
            out.ks = distance;
            out.ks_at = (double)j;
        }
    }
    out.auc = area / (all_won * all_lost);
    won_below = lost_below = 0;
    for (size_t j = 0; j < k; j++) { /* placements of the won among the lost, and back */
        const double v10 = (lost_below + lost[j] / 2) / all_lost;
        const double v01 = (all_won - won_below - won[j] / 2) / all_won;

        spread_won += won[j] * (v10 - out.auc) * (v10 - out.auc);
        spread_lost += lost[j] * (v01 - out.auc) * (v01 - out.auc);
        lost_below += lost[j];
        won_below += won[j];
    }
    if (all_won > 1 && all_lost > 1) {
        out.se = sqrt(spread_won / (all_won - 1) / all_won +
                      spread_lost / (all_lost - 1) / all_lost);
        out.low = fmax(0, out.auc - LC_Z95 * out.se);
        out.high = fmin(1, out.auc + LC_Z95 * out.se);
    }
    return out;
}
