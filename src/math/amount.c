#include "leadcal/amount.h"

#include <math.h>
#include <stdlib.h>

#include "leadcal/num.h"
#include "leadcal/random.h"
#include "leadcal/survival.h"

#define LEAST_CHANCE 1e-18 /* of the likeliest number's: what is rarer is never drawn */
#define BLOCK        50    /* resamples of one thread at a time */
#define LOW          0.025
#define HIGH         0.975

_Static_assert(LC_AMOUNT_RESAMPLES % BLOCK == 0, "blocks are whole");

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

/* The resamples, each with the wins that it draws and the state of the generator from which it draws
 * their amounts: one stream of random numbers, whichever thread reads a part of it. */
struct resamples {
    const double *amount;
    size_t n, leads;
    struct lc_random *begin;
    size_t *won;
    double *mean;
};

static void add_up(void *context, size_t block, size_t worker)
{
    const struct resamples *s = context;

    (void)worker;
    for (size_t r = block * BLOCK; r < (block + 1) * BLOCK; r++) {
        struct lc_random random = s->begin[r];
        double sum = 0;

        for (size_t i = 0; i < s->won[r]; i++)
            sum += s->amount[lc_random_below(&random, s->n)];
        s->mean[r] = sum / (double)s->leads;
    }
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

enum lc_rc lc_amount_interval(const double *amount, size_t n, size_t leads, uint64_t seed,
                              struct lc_parallel *pool, struct lc_arena *scratch,
                              struct lc_interval *out, struct lc_err *err)
{
    struct lc_random random = {seed};
    struct binomial wins = {.n = 0};
    struct resamples s = {.amount = amount, .n = n, .leads = leads};
    enum lc_rc rc;

    s.begin = LC_NEW(scratch, LC_AMOUNT_RESAMPLES, struct lc_random);
    s.won = LC_NEW(scratch, LC_AMOUNT_RESAMPLES, size_t);
    s.mean = LC_NEW(scratch, LC_AMOUNT_RESAMPLES, double);
    rc = s.begin && s.won && s.mean ? LC_OK : lc_fail_memory(err, "the resamples");

    if (n < LC_LEAST_AMOUNTS) {
        *out = (struct lc_interval){LC_NAN, LC_NAN};
        return LC_OK;
    }
    if (!rc && n < leads)
        rc = tabulate(n, leads, scratch, &wins, err);
    if (rc)
        return rc;
    for (size_t r = 0; r < LC_AMOUNT_RESAMPLES; r++) {
        s.won[r] = wins.n ? draw(&wins, &random) : leads;
        s.begin[r] = random;
        lc_random_skip(&random, s.won[r]);
    }
    lc_parallel_run(pool, LC_AMOUNT_RESAMPLES / BLOCK, add_up, &s);
    qsort(s.mean, LC_AMOUNT_RESAMPLES, sizeof *s.mean, by_size);
    *out = (struct lc_interval){lc_quantile(s.mean, LC_AMOUNT_RESAMPLES, LOW),
                                lc_quantile(s.mean, LC_AMOUNT_RESAMPLES, HIGH)};
    return LC_OK;
}
