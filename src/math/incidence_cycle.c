/* Quantiles of the time to won among those won by a horizon, and their bootstrap. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "incidence_internal.h"
#include "leadcal/num.h"
#include "leadcal/random.h"
#include "leadcal/survival.h"

#define SAME_HEIGHT 1e-12 /* of the curve and the level: rounding of a sum over the times */
#define LEAST_DRAWN 100   /* resamples with a win; fewer say nothing of the spread */

/* Leads of one distinct time, by how they end; in a resample, how often they were drawn. */
struct moment {
    double time;
    uint32_t count[3]; /* by enum lc_end */
};

struct curve {
    size_t n, moments; /* leads; distinct times */
    const struct moment *moment;
    const uint32_t *of; /* [n] 3 * moment + end of each lead */
    double horizon;
    const double *q;
    size_t m;
};

/* Incidence of won by the horizon; on the way the first days on which it reaches q of `all`.
 * days  out [m]; NULL: they are not looked for */
static double walk(const struct curve *c, const uint32_t *count, double all, double *days)
{
    double left = 1, won = 0, y = (double)c->n;

    for (size_t t = 0; t < c->moments && c->moment[t].time <= c->horizon; t++) {
        const uint32_t *of = count + 3 * t;
        const double d = (double)of[LC_END_WON] + (double)of[LC_END_LOST];

        if (d > 0) {
            won += left * (double)of[LC_END_WON] / y;
            left *= 1 - d / y;
        }
        for (size_t k = 0; days && k < c->m && of[LC_END_WON]; k++)
            if (isnan(days[k]) && won >= (c->q[k] - SAME_HEIGHT) * all)
                days[k] = c->moment[t].time;
        y -= d + (double)of[LC_END_OPEN];
    }
    return won;
}

/* Quantiles of the wins by a horizon for some counts at the curve's times. days out [m]. */
static void find_days(const struct curve *c, const uint32_t *count, double *days)
{
    const double all = walk(c, count, 0, NULL);

    for (size_t k = 0; k < c->m; k++)
        days[k] = LC_NAN;
    if (all > 0)
        (void)walk(c, count, all, days);
}

/* The distinct times, and where each lead stands among them. */
static enum lc_rc index_leads(const struct lc_spell *spell, struct lc_arena *scratch,
                              struct curve *c, struct lc_err *err)
{
    struct moment *moment = LC_NEW(scratch, c->n, struct moment);
    uint32_t *of = LC_NEW(scratch, c->n, uint32_t);
    size_t at = 0;

    if (!moment || !of)
        return lc_fail_memory(err, "the cycle's quantiles");
    for (size_t i = 0; i < c->n; i++) {
        if (i && spell[i].time > spell[i - 1].time)
            at++;
        moment[at].time = spell[i].time;
        moment[at].count[spell[i].end]++;
        of[i] = (uint32_t)(3 * at + spell[i].end);
    }
    c->moments = at + 1;
    c->moment = moment;
    c->of = of;
    return LC_OK;
}

struct resampling {
    const struct curve *curve;
    uint64_t seed;
    size_t resamples;
    uint32_t *count; /* [workers][3 * moments] */
    double *days;    /* [resamples][m] */
};

static void resample(void *context, size_t r, size_t worker)
{
    const struct resampling *s = context;
    const struct curve *c = s->curve;
    uint32_t *count = s->count + worker * 3 * c->moments;
    /* Mixed once more: states that are whole steps of the generator apart would be one stream. */
    struct lc_random random = {s->seed + (r + 1) * 0xA0761D6478BD642FU};

    random.state = lc_random_bits(&random);
    memset(count, 0, 3 * c->moments * sizeof *count);
    for (size_t i = 0; i < c->n; i++)
        count[c->of[lc_random_below(&random, c->n)]]++;
    find_days(c, count, s->days + r * c->m);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* Percentiles of the resamples that drew a win. sorted: room for them. */
static struct lc_interval limits_of(const struct resampling *s, size_t k, double *sorted)
{
    size_t n = 0;

    for (size_t r = 0; r < s->resamples; r++) {
        const double x = s->days[r * s->curve->m + k];

        if (!isnan(x))
            sorted[n++] = x;
    }
    if (n < LEAST_DRAWN)
        return (struct lc_interval){LC_NAN, LC_NAN};
    qsort(sorted, n, sizeof *sorted, by_size);
    return (struct lc_interval){lc_quantile(sorted, n, 0.025), lc_quantile(sorted, n, 0.975)};
}

static enum lc_rc run(const struct curve *c, size_t resamples, uint64_t seed,
                      struct lc_parallel *pool, struct lc_arena *scratch,
                      struct lc_cycle *cycle, struct lc_err *err)
{
    const size_t workers = pool ? lc_parallel_threads(pool) : 1;
    double *days = LC_NEW(scratch, c->m + 1, double);
    double *sorted = LC_NEW(scratch, resamples + 1, double);
    struct resampling s = {.curve = c, .seed = seed, .resamples = resamples};

    s.count = LC_NEW(scratch, workers * 3 * c->moments, uint32_t);
    s.days = LC_NEW(scratch, resamples * c->m + 1, double);
    if (!days || !sorted || !s.count || !s.days)
        return lc_fail_memory(err, "the cycle's quantiles");
    for (size_t t = 0; t < c->moments; t++)
        memcpy(s.count + 3 * t, c->moment[t].count, sizeof c->moment[t].count);
    find_days(c, s.count, days);
    lc_parallel_run(pool, resamples, resample, &s);
    for (size_t k = 0; k < c->m; k++)
        cycle[k] = (struct lc_cycle){days[k], limits_of(&s, k, sorted)};
    return LC_OK;
}

/* NOLINTNEXTLINE(readability-function-size): the twelve parameters are the contract in incidence.h */
enum lc_rc lc_cycle_quantiles(const double *time, const uint8_t *end, size_t n, double horizon,
                              const double *q, size_t m, size_t resamples, uint64_t seed,
                              struct lc_parallel *pool, struct lc_arena *arena,
                              struct lc_cycle *cycle, struct lc_err *err)
{
    struct curve c = {.n = n, .horizon = horizon, .q = q, .m = m};
    struct lc_arena scratch;
    const struct lc_spell *spell;
    enum lc_rc rc = LC_OK;

    if (n == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "there is no lead to follow; check the dates and what was left out");
    lc_arena_init(&scratch, arena->limit - arena->used);
    spell = lc_sort_spells(time, end, n, &scratch);
    if (!spell)
        rc = lc_fail_memory(err, "the cycle's quantiles");
    if (!rc)
        rc = index_leads(spell, &scratch, &c, err);
    if (!rc)
        rc = run(&c, resamples, seed, pool, &scratch, cycle, err);
    lc_arena_release(&scratch);
    return rc;
}
