#include "leadcal/rank.h"

#include <math.h>

#include "leadcal/num.h"
#include "leadcal/rate.h"

#define LEAST_PAIRS 4 /* the interval divides by n - 3 */

/* The midrank of each code, less the mean of all ranks; NULL where memory is refused. */
static double *centred_ranks(const uint32_t *code, size_t k, size_t n, struct lc_arena *arena)
{
    double *rank = LC_NEW(arena, k + 1, double), below = 0;

    if (!rank)
        return NULL;
    for (size_t i = 0; i < n; i++)
        rank[code[i]] += 1;
    for (size_t v = 0; v < k; v++) {
        const double here = rank[v];

        rank[v] = below + (here + 1) / 2 - ((double)n + 1) / 2;
        below += here;
    }
    return rank;
}

enum lc_rc lc_spearman(const uint32_t *x, size_t kx, const uint32_t *y, size_t ky, size_t n,
                       struct lc_arena *arena, struct lc_spearman *out, struct lc_err *err)
{
    const double *rx = centred_ranks(x, kx, n, arena), *ry = centred_ranks(y, ky, n, arena);
    struct lc_spearman s = {LC_NAN, LC_NAN, LC_NAN, n};
    double xx = 0, yy = 0, xy = 0, half;

    if (!rx || !ry)
        return lc_fail_memory(err, "a rank correlation");
    for (size_t i = 0; i < n; i++) {
        xx += rx[x[i]] * rx[x[i]];
        yy += ry[y[i]] * ry[y[i]];
        xy += rx[x[i]] * ry[y[i]];
    }
    if (n >= LEAST_PAIRS && xx > 0 && yy > 0) {
        s.rho = fmax(-1, fmin(1, xy / sqrt(xx * yy)));
        half = LC_Z95 * sqrt((1 + s.rho * s.rho / 2) / ((double)n - 3));
        s.low = fabs(s.rho) < 1 ? tanh(atanh(s.rho) - half) : s.rho;
        s.high = fabs(s.rho) < 1 ? tanh(atanh(s.rho) + half) : s.rho;
    }
    *out = s;
    return LC_OK;
}
