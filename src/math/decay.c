#include "leadcal/decay.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "leadcal/num.h"

static double tier_worth(const struct lc_decay *d, double age)
{
    size_t t = 0;

    while (t < d->n_tiers && age > d->until[t])
        t++;
    return t < d->n_tiers ? d->worth[t] : 0;
}

double lc_decay_worth(const struct lc_decay *d, double age_days)
{
    switch (d->family) {
    case LC_DECAY_NONE: return 1;
    case LC_DECAY_TIERS: return tier_worth(d, age_days);
    case LC_DECAY_LINEAR: return fmax(0, 1 - d->share * age_days / d->every);
    case LC_DECAY_STEP: return fmax(d->floor, 1 - d->share * floor(age_days / d->every));
    case LC_DECAY_WINDOW: return age_days <= d->every;
    case LC_DECAY_HALF_LIFE: return exp2(-age_days / d->every);
    case LC_DECAY_FAMILIES: break;
    }
    assert(false); /* there is no other family */
    return LC_NAN;
}

double lc_decay_sum(const struct lc_decay *d, const uint32_t *age_days, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n;) {
        const size_t first = i;
        size_t count;

        while (i < n && age_days[i] == age_days[first])
            i++;
        count = i - first;
        if (d->daily_cap && count > d->daily_cap)
            count = d->daily_cap;
        sum += (double)count * lc_decay_worth(d, age_days[first]);
    }
    return sum;
}

size_t lc_decay_lint(const struct lc_decay *d)
{
    for (size_t t = 1; t < d->n_tiers; t++)
        if (d->worth[t] > d->worth[t - 1])
            return t;
    return d->n_tiers;
}

void lc_decay_lint_text(const struct lc_decay *d, char *to)
{
    const size_t t = lc_decay_lint(d);
    char days[LC_REAL_TEXT], worth[LC_REAL_TEXT], fresh_days[LC_REAL_TEXT], fresh[LC_REAL_TEXT];

    to[0] = '\0';
    if (t == d->n_tiers)
        return;
    lc_real_text(d->until[t], days);
    lc_real_text(d->worth[t], worth);
    lc_real_text(d->until[t - 1], fresh_days);
    lc_real_text(d->worth[t - 1], fresh);
    (void)snprintf(to, LC_DECAY_TEXT,
                   "an event of up to %s days is worth %s, and one of up to %s days only %s: a "
                   "lead would gain by staying away; let the worth fall with age",
                   days, worth, fresh_days, fresh);
}
