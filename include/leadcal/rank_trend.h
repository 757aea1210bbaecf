/* rank_trend.h - do values rise or fall from group to group? A test by ranks.   Layer: math */
#ifndef LC_RANK_TREND_H
#define LC_RANK_TREND_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

struct lc_rank_trend {
    double z, p; /* z > 0: values rise with the group; p two-sided; NaN where nothing varies */
    double
        higher; /* how often, of two from different groups, the later group's is the higher */
};

/* lc_rank_trend - Jonckheere and Terpstra's test over ordered groups; with two, Wilcoxon's rank sum.
 *
 *     J = sum over pairs of groups g < h of (pairs with x_g < x_h, ties half),
 *     z = (J - E J) / sqrt(var J), variance with ties
 *
 * x [n]; group [n] 0..groups-1, in their order
 * Source: Hollander and Wolfe, Nonparametric Statistical Methods (1999), 6.2.
 * Tested: R 4.2.2 wilcox.test (two groups, ties, no continuity correction); mean and variance by all
 * orders of a small sample (tests/reference/rank_trend.py). Laws: mirrored values or groups turn the
 * sign; a rising transformation and the order of rows change nothing. LC_ENOMEM. */
enum lc_rc lc_rank_trend(const double *x, const uint32_t *group, size_t n, size_t groups,
                         struct lc_arena *arena, struct lc_rank_trend *out,
                         struct lc_err *err) LC_MUST_USE;

#endif
