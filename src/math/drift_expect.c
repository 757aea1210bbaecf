/* What leads will show if their probabilities are right: performance before the outcome is known. */
#include <math.h>
#include <stdlib.h>

#include "leadcal/drift.h"
#include "leadcal/num.h"
#include "leadcal/random.h"

#define LOW_SHARE  0.025
#define HIGH_SHARE 0.975

enum { AUC, BRIER, CAPTURED, FIXED }; /* behind them the rates of the sets */

/* Leads of one probability and one cell; their order in the file does not matter. */
struct run {
    double p;
    size_t n;
    uint8_t cell;
};

struct drawing {
    const struct lc_expect_leads *leads;
    const struct run *run; /* [n_runs] best first, then by cell */
    size_t n_runs, top;    /* leads in the top */
    const double *of_set;  /* [sets] leads */
    uint64_t seed;
    double *won_of_cell; /* [workers * cells] */
    double *drawn;       /* [FIXED + sets][LC_EXPECT_DRAWS] */
};

static int best_first(const void *a, const void *b)
{
    const struct run *x = a, *y = b;

    if (x->p != y->p)
        return x->p < y->p ? 1 : -1;
    return (x->cell > y->cell) - (x->cell < y->cell);
}

static size_t make_runs(const struct lc_expect_leads *leads, struct run *run)
{
    size_t runs = 0;

    for (size_t i = 0; i < leads->n; i++)
        run[i] = (struct run){leads->p[i], 1, leads->cell[i]};
    if (leads->n)
        qsort(run, leads->n, sizeof *run, best_first);
    for (size_t i = 0; i < leads->n; i++) {
        if (runs && best_first(&run[runs - 1], &run[i]) == 0)
            run[runs - 1].n++;
        else
            run[runs++] = run[i];
    }
    return runs;
}

/* Wins and losses of the runs of one probability, as they go by from the best down. */
struct tally {
    double above;          /* wins, or their expectation, at higher probabilities */
    double pairs;          /* of a won and a lost lead in the right order, ties half */
    double captured, seen; /* wins in the top; leads so far */
};

/* Runs of one probability that follow each other, from r on; n their leads. */
static size_t ties(const struct drawing *d, size_t r, double *n)
{
    size_t end = r;

    *n = 0;
    while (end < d->n_runs && d->run[end].p == d->run[r].p)
        *n += (double)d->run[end++].n;
    return end;
}

/* The share of n leads at the edge that belongs to the top. */
static double in_top(const struct drawing *d, double seen, double n)
{
    return fmin(fmax((double)d->top - seen, 0), n) / n;
}

static void expect(const struct drawing *d, struct lc_expect *out)
{
    const double all = (double)d->leads->n;
    struct tally t = {0};
    double won = 0, spread = 0, n;

    for (size_t r = 0; r < d->n_runs;) {
        const double p = d->run[r].p;
        const size_t end = ties(d, r, &n);

        t.pairs += n * (1 - p) * t.above + n * (n - 1) * p * (1 - p) / 2;
        t.above += n * p;
        t.captured += n * p * in_top(d, t.seen, n);
        t.seen += n;
        spread += n * p * (1 - p);
        r = end;
    }
    won = t.above;
    out->auc.value =
        won * (all - won) - spread > 0 ? t.pairs / (won * (all - won) - spread) : LC_NAN;
    out->brier.value = all > 0 ? spread / all : LC_NAN;
    out->captured.value = won > 0 ? t.captured / won : LC_NAN;
}

/* [LC_EXPECT_DRAWS] of one value. */
static double *draws_of(const struct drawing *d, size_t which)
{
    return d->drawn + which * LC_EXPECT_DRAWS;
}

static size_t draw_wins(struct lc_random *random, const struct run *run)
{
    size_t won = 0;

    for (size_t i = 0; i < run->n; i++)
        won += lc_random_unit(random) < run->p ? 1 : 0;
    return won;
}

static double rate_of(const struct drawing *d, size_t set, const double *won_of_cell)
{
    const bool *holds = d->leads->holds + set * d->leads->cells;
    double won = 0;

    for (size_t c = 0; c < d->leads->cells; c++)
        won += holds[c] ? won_of_cell[c] : 0;
    return d->of_set[set] > 0 ? won / d->of_set[set] : LC_NAN;
}

/* Block `draw` is one labelling of all leads. */
static void label(void *context, size_t draw, size_t worker)
{
    const struct drawing *d = context;
    const double all = (double)d->leads->n;
    double *won_of_cell = d->won_of_cell + worker * d->leads->cells;
    /* Mixed once more: states that are whole steps of the generator apart would be one stream. */
    struct lc_random random = {d->seed + (draw + 1) * 0xA0761D6478BD642FU};
    struct tally t = {0};
    double squares = 0, n;

    random.state = lc_random_bits(&random);
    for (size_t c = 0; c < d->leads->cells; c++)
        won_of_cell[c] = 0;
    for (size_t r = 0; r < d->n_runs;) {
        const double p = d->run[r].p;
        const size_t end = ties(d, r, &n);
        double won = 0;

        for (; r < end; r++) {
            const double wins = (double)draw_wins(&random, &d->run[r]);

            won_of_cell[d->run[r].cell] += wins;
            won += wins;
        }
        t.pairs += (n - won) * (t.above + won / 2);
        t.above += won;
        t.captured += won * in_top(d, t.seen, n);
        t.seen += n;
        squares += n * p * p + won * (1 - 2 * p);
    }
    draws_of(d, AUC)[draw] =
        t.above > 0 && t.above < all ? t.pairs / (t.above * (all - t.above)) : LC_NAN;
    draws_of(d, BRIER)[draw] = all > 0 ? squares / all : LC_NAN;
    draws_of(d, CAPTURED)[draw] = t.above > 0 ? t.captured / t.above : LC_NAN;
    for (size_t s = 0; s < d->leads->sets; s++)
        draws_of(d, FIXED + s)[draw] = rate_of(d, s, won_of_cell);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* R type 7 of sorted values. */
static double quantile(const double *sorted, size_t n, double share)
{
    const double at = share * (double)(n - 1);
    const size_t low = (size_t)at;

    return low + 1 < n ? sorted[low] + (at - (double)low) * (sorted[low + 1] - sorted[low])
                       : sorted[low];
}

/* Draws in which the value is undefined say nothing of it. */
static void limits(double *drawn, struct lc_expect_value *v)
{
    size_t n = 0;

    for (size_t i = 0; i < LC_EXPECT_DRAWS; i++)
        if (!isnan(drawn[i]))
            drawn[n++] = drawn[i];
    v->low = v->high = LC_NAN;
    if (!n || isnan(v->value))
        return;
    qsort(drawn, n, sizeof *drawn, by_size);
    v->low = quantile(drawn, n, LOW_SHARE);
    v->high = quantile(drawn, n, HIGH_SHARE);
}

/* Leads, and the rate expected, of each set. */
static void expect_rates(const struct lc_expect_leads *leads, double *of_set, double *expected,
                         struct lc_expect_value *rate)
{
    for (size_t i = 0; i < leads->n; i++)
        for (size_t s = 0; s < leads->sets; s++)
            if (leads->holds[s * leads->cells + leads->cell[i]]) {
                of_set[s]++;
                expected[s] += leads->p[i];
            }
    for (size_t s = 0; s < leads->sets; s++)
        rate[s].value = of_set[s] > 0 ? expected[s] / of_set[s] : LC_NAN;
}

enum lc_rc lc_expect_performance(const struct lc_expect_leads *leads, uint64_t seed,
                                 struct lc_parallel *pool, struct lc_arena *arena,
                                 struct lc_expect *out, struct lc_err *err)
{
    const size_t workers = pool ? lc_parallel_threads(pool) : 1;
    struct lc_expect e = {.rate = LC_NEW(arena, leads->sets, struct lc_expect_value)};
    struct run *run = LC_NEW(arena, leads->n, struct run);
    double *of_set = LC_NEW(arena, leads->sets, double);
    double *expected = LC_NEW(arena, leads->sets, double);
    struct drawing d = {
        .leads = leads,
        .run = run,
        .top = (size_t)floor(leads->top * (double)leads->n),
        .of_set = of_set,
        .seed = seed,
        .won_of_cell = LC_NEW(arena, workers * leads->cells, double),
        .drawn = LC_NEW(arena, (FIXED + leads->sets) * LC_EXPECT_DRAWS, double),
    };

    if (!e.rate || !run || !of_set || !expected || !d.won_of_cell || !d.drawn)
        return lc_fail_memory(err, "expected performance");
    d.n_runs = make_runs(leads, run);
    expect(&d, &e);
    expect_rates(leads, of_set, expected, e.rate);
    lc_parallel_run(pool, LC_EXPECT_DRAWS, label, &d);
    limits(draws_of(&d, AUC), &e.auc);
    limits(draws_of(&d, BRIER), &e.brier);
    limits(draws_of(&d, CAPTURED), &e.captured);
    for (size_t s = 0; s < leads->sets; s++)
        limits(draws_of(&d, FIXED + s), &e.rate[s]);
    *out = e;
    return LC_OK;
}
