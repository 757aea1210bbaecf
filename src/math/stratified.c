#include "leadcal/stratified.h"

#include <math.h>

#include "leadcal/num.h"

struct lc_interval lc_risk_within(const double *won1, const double *n1, const double *won0,
                                  const double *n0, size_t k, double *rr)
{
    double level = 0, rest = 0, spread = 0, half;

    for (size_t i = 0; i < k; i++) {
        const double n = n1[i] + n0[i], won = won1[i] + won0[i];

        if (!(n1[i] > 0 && n0[i] > 0))
            continue;
        level += won1[i] * n0[i] / n;
        rest += won0[i] * n1[i] / n;
        spread += (won * n1[i] * n0[i] - won1[i] * won0[i] * n) / (n * n);
    }
    *rr = rest > 0 ? level / rest : LC_NAN;
    if (!(level > 0 && rest > 0))
        return (struct lc_interval){LC_NAN, LC_NAN};
    half = LC_Z95 * sqrt(spread / (level * rest));
    return (struct lc_interval){*rr * exp(-half), *rr * exp(half)};
}
