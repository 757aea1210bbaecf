#include <math.h>

#include "logit_internal.h"

/* What a strip adds where leads that are not won have only seen a share s of their lag. With p = 1 / (1 + e)
 * or e / (1 + e), 1 - s p is ((1 - s) + e) / (1 + e) or (1 + (1 - s) e) / (1 + e), so that nothing
 * cancels. Their curvature s p q (1 - 2 p + s p^2) / (1 - s p)^2 is negative for large p; the
 * expected one, s p q^2 / (1 - s p), never is, and bounds it from above. */
double lc_logit_seen(const struct lc_logit_work *w, size_t low, size_t q, const double *eta,
                     double *residual)
{
    const double *y = w->d->y + low, *c = w->d->weight ? w->d->weight + low : NULL;
    const double *seen = w->seen + low;
    double *weight = w->w + low, sum = 0;

    for (size_t i = 0; i < q; i++) {
        const double e = exp(-fabs(eta[i])), a = 1 / (1 + e), s = seen[i];
        const double p = eta[i] >= 0 ? a : e * a, not_p = eta[i] >= 0 ? e * a : a;
        const double left = eta[i] >= 0 ? (1 - s) + e : 1 + (1 - s) * e; /* (1 + e) (1 - s p) */
        const double pull = s * e * a / left, lost = (c ? c[i] : 1) - y[i];
        const double bend =
            w->expected ? not_p : (not_p * not_p - (1 - s) * p * p) / (left * a);

        residual[i] = y[i] * not_p - lost * pull;
        weight[i] = y[i] * p * not_p + lost * pull * bend;
        sum += y[i] * (log1p(e) + fmax(-eta[i], 0)) - lost * log(left * a);
    }
    return sum;
}
