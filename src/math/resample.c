#include "leadcal/resample.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/random.h"

#define AT_ONCE \
    4 /* sums that are added up side by side: each waits for its own last addition */

/* One call of lc_resample. */
struct drawing {
    const struct lc_resampling *s;
    uint16_t *times; /* [workers * n] */
    uint16_t *drawn; /* [workers * clusters] */
    void (*each)(void *context, size_t r, const uint16_t *times);
    void *context;
};

/* As many leads from each stratum as it has: what varies is who came, not how many. */
static void draw_leads(const struct lc_resampling *s, struct lc_random *random, uint16_t *times)
{
    const size_t whole[] = {0, s->n};
    const size_t *begin = s->begin ? s->begin : whole;
    const size_t strata = s->begin ? s->strata : 1;

    for (size_t p = 0; p < strata; p++) {
        const size_t n = begin[p + 1] - begin[p];

        for (size_t i = 0; i < n; i++) {
            const size_t at = begin[p] + lc_random_below(random, n);

            times[s->row ? s->row[at] : at]++;
        }
    }
}

static void draw_clusters(const struct lc_resampling *s, struct lc_random *random,
                          uint16_t *drawn, uint16_t *times)
{
    memset(drawn, 0, s->clusters * sizeof *drawn);
    for (size_t c = 0; c < s->clusters; c++)
        drawn[lc_random_below(random, s->clusters)]++;
    for (size_t i = 0; i < s->n; i++)
        times[i] = drawn[s->cluster[i]];
}

/* Block r is resample r. A lead is drawn once on average: 65,535 times never happens. */
static void draw(void *context, size_t r, size_t worker)
{
    const struct drawing *d = context;
    const struct lc_resampling *s = d->s;
    uint16_t *times = d->times + worker * s->n;
    /* Mixed once more: states that are whole steps of the generator apart would be one stream. */
    struct lc_random random = {s->seed + (r + 1) * 0xA0761D6478BD642FU};

    random.state = lc_random_bits(&random);
    memset(times, 0, s->n * sizeof *times);
    if (s->cluster)
        draw_clusters(s, &random, d->drawn + worker * s->clusters, times);
    else
        draw_leads(s, &random, times);
    d->each(d->context, r, times);
}

enum lc_rc lc_resample(const struct lc_resampling *s, size_t resamples,
                       struct lc_parallel *pool, struct lc_arena *arena,
                       void (*each)(void *context, size_t r, const uint16_t *times),
                       void *context, struct lc_err *err)
{
    const size_t workers = pool ? lc_parallel_threads(pool) : 1;
    struct drawing d = {.s = s, .each = each, .context = context};
    struct lc_arena scratch;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    d.times = LC_NEW(&scratch, workers * s->n + 1, uint16_t);
    d.drawn = LC_NEW(&scratch, workers * s->clusters + 1, uint16_t);
    if (d.times && d.drawn)
        lc_parallel_run(pool, resamples, draw, &d);
    else
        rc = lc_fail_memory(err, "the bootstrap");
    lc_arena_release(&scratch);
    return rc;
}

struct means {
    const double *const *x;
    size_t n, m;
    double *mean;
};

static void average(void *context, size_t r, const uint16_t *times)
{
    const struct means *a = context;
    size_t leads = 0;

    for (size_t i = 0; i < a->n; i++)
        leads += times[i];
    for (size_t j = 0; j < a->m; j += AT_ONCE) {
        const size_t k = a->m - j < AT_ONCE ? a->m - j : AT_ONCE;
        const double *x[AT_ONCE];
        double sum[AT_ONCE] = {0};

        for (size_t c = 0; c < AT_ONCE; c++)
            x[c] = a->x[j + (c < k ? c : 0)];
        for (size_t i = 0; i < a->n; i++) {
            const double t = times[i];

            for (size_t c = 0; c < AT_ONCE; c++)
                sum[c] += t * x[c][i];
        }
        for (size_t c = 0; c < k; c++)
            a->mean[r * a->m + j + c] = leads > 0 ? sum[c] / (double)leads : LC_NAN;
    }
}

enum lc_rc lc_resample_means(const struct lc_resampling *s, const double *const *x, size_t m,
                             size_t resamples, struct lc_parallel *pool, struct lc_arena *arena,
                             double *mean, struct lc_err *err)
{
    struct means a = {.x = x, .n = s->n, .m = m};

    a.mean = mean;
    return lc_resample(s, resamples, pool, arena, average, &a, err);
}

double lc_resample_sd(const double *x, size_t resamples, size_t m, size_t of, size_t less)
{
    double n = 0, mean = 0, square = 0;

    for (size_t r = 0; r < resamples; r++) {
        const double value = x[r * m + of] - (less < m ? x[r * m + less] : 0);
        const double step = value - mean;

        if (isnan(value))
            continue;
        n += 1;
        mean += step / n;
        square += step * (value - mean);
    }
    return n > 1 ? sqrt(square / (n - 1)) : LC_NAN;
}
