#include "leadcal/amount.h"

#include <math.h>
#include <stdlib.h>

#include "leadcal/num.h"
#include "leadcal/random.h"
#include "leadcal/survival.h"

#define LEAST_CHANCE 1e-18 /* of the likeliest number's: what is rarer is never drawn */
#define LOW          0.025
#define HIGH         0.975

/* How many wins a resample may draw: chances of `first` and up, added up. */
struct binomial {
    size_t first, n;
    double *upto; /* [n] rising; the last is the sum of all, not scaled */
};

/* The chance of one more win by that of `won`, and of one fewer. */
static double step_up(double leads, double odds, size_t won)
{
    return (leads - (double)won) / ((double)won + 1) * odds;
}

static double step_down(double leads, double odds, size_t won)
{
    return (double)won / (leads - (double)won + 1) / odds;
}

/* The chances around the likeliest number, relative to its own. */
static enum lc_rc tabulate(size_t wins, size_t leads, struct lc_arena *scratch,
                           struct binomial *b, struct lc_err *err)
{
    const double n = (double)leads, odds = (double)wins / (double)(leads - wins);
    const size_t mode = (size_t)floor((n + 1) * (double)wins / n);
    size_t low = mode, high = mode;
    double chance = 1;

    while (low > 0 && chance >= LEAST_CHANCE)
        chance *= step_down(n, odds, low--);
    for (chance = 1; high < leads && chance >= LEAST_CHANCE;)
        chance *= step_up(n, odds, high++);
    b->first = low;
    b->n = high - low + 1;
    b->upto = LC_NEW(scratch, b->n, double);
    if (!b->upto)
        return lc_fail_memory(err, "the resamples");
    b->upto[mode - low] = 1;
    for (size_t k = mode; k > low; k--)
        b->upto[k - 1 - low] = b->upto[k - low] * step_down(n, odds, k);
    for (size_t k = mode; k < high; k++)
        b->upto[k + 1 - low] = b->upto[k - low] * step_up(n, odds, k);
    for (size_t i = 1; i < b->n; i++)
        b->upto[i] += b->upto[i - 1];
    return LC_OK;
}

static size_t draw(const struct binomial *b, struct lc_random *random)
{
    const double at = lc_random_unit(random) * b->upto[b->n - 1];
    size_t low = 0, high = b->n - 1;

    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (at < b->upto[middle])
            high = middle;
        else
            low = middle + 1;
    }
    return b->first + low;
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

enum lc_rc lc_amount_interval(const double *amount, size_t n, size_t leads, uint64_t seed,
                              struct lc_arena *scratch, struct lc_interval *out,
                              struct lc_err *err)
{
    double *mean = LC_NEW(scratch, LC_AMOUNT_RESAMPLES, double);
    struct lc_random random = {seed};
    struct binomial wins = {.n = 0};
    enum lc_rc rc = mean ? LC_OK : lc_fail_memory(err, "the resamples");

    if (n < LC_LEAST_AMOUNTS) {
        *out = (struct lc_interval){LC_NAN, LC_NAN};
        return LC_OK;
    }
    if (!rc && n < leads)
        rc = tabulate(n, leads, scratch, &wins, err);
    if (rc)
        return rc;
    for (size_t r = 0; r < LC_AMOUNT_RESAMPLES; r++) {
        const size_t won = wins.n ? draw(&wins, &random) : leads;
        double sum = 0;

        for (size_t i = 0; i < won; i++)
            sum += amount[lc_random_below(&random, n)];
        mean[r] = sum / (double)leads;
    }
    qsort(mean, LC_AMOUNT_RESAMPLES, sizeof *mean, by_size);
    *out = (struct lc_interval){lc_quantile(mean, LC_AMOUNT_RESAMPLES, LOW),
                                lc_quantile(mean, LC_AMOUNT_RESAMPLES, HIGH)};
    return LC_OK;
}
