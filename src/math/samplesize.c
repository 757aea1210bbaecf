#include "leadcal/samplesize.h"

#include <math.h>

#include "leadcal/num.h"

#define SHRINKAGE  0.9  /* of the coefficients, that a model should at least keep */
#define OPTIMISM   0.05 /* of Nagelkerke's R2, that a model may seem better by */
#define RATE_ERROR 0.05 /* to which the overall rate should be known */
#define Z          1.96 /* as the paper and pmsampsize have it, not more digits */

/* The largest Cox-Snell R2 that outcomes of this rate allow. */
static double most_r2(double rate)
{
    const double log_root = rate * log(rate) + (1 - rate) * log1p(-rate);

    return -expm1(2 * log_root);
}

/* Leads for each parameter, where so much of the coefficients is to be kept. */
static double leads_each(double r2cs, double shrinkage)
{
    return 1 / ((shrinkage - 1) * log1p(-r2cs / shrinkage));
}

static double shrinkage_for_optimism(double r2cs, double rate)
{
    return r2cs / (r2cs + OPTIMISM * most_r2(rate));
}

static double leads_for_rate(double rate)
{
    return Z / RATE_ERROR * (Z / RATE_ERROR) * rate * (1 - rate);
}

struct lc_sample_size lc_sample_size(double r2cs, double parameters, double rate)
{
    struct lc_sample_size n = {LC_NAN, LC_NAN, LC_NAN};

    if (!(rate > 0 && rate < 1 && r2cs > 0 && r2cs < SHRINKAGE && r2cs < most_r2(rate)))
        return n;
    n.shrinkage = ceil(parameters * leads_each(r2cs, SHRINKAGE));
    n.optimism = ceil(parameters * leads_each(r2cs, shrinkage_for_optimism(r2cs, rate)));
    n.rate = ceil(leads_for_rate(rate));
    return n;
}

double lc_parameters_carried(double leads, double won)
{
    const double rate = won / leads, r2cs = LC_EXPECTED_R2 * most_r2(rate);

    if (!(won > 0 && won < leads) || leads < leads_for_rate(rate))
        return 0;
    return floor(leads / fmax(leads_each(r2cs, SHRINKAGE),
                              leads_each(r2cs, shrinkage_for_optimism(r2cs, rate))));
}
