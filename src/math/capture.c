#include "leadcal/capture.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "leadcal/order.h"
#include "leadcal/resample.h"

#define STRIDE ((size_t)16) /* places looked at in one go */

static const char volume_text[] = "wins at equal volume";

/* One score's leads, period by period and best first within each. */
struct ranking {
    uint32_t *lead; /* [n] twice the lead, and 1 more where it was won */
    uint8_t *last;  /* [n] the next one has another score, or another period */
};

/* The order of each score, and where each period begins in all of them. */
struct rankings {
    struct ranking *of;  /* [m] */
    size_t *begin;       /* [periods + 1] */
    uint32_t *by_period; /* [n] leads by period, in the order given */
};

/* Places the leads best first, and each in the next free place of its period.
 * begin: [periods + 1] where each period begins. */
static enum lc_rc rank(const struct lc_capture_data *d, size_t score, const size_t *begin,
                       struct lc_arena *arena, struct ranking *to, struct lc_err *err)
{
    double *falling = LC_NEW(arena, d->n + 1, double);
    uint32_t *place = LC_NEW(arena, d->n + 1, uint32_t);
    size_t *next = LC_NEW(arena, d->periods + 1, size_t);
    enum lc_rc rc;

    *to = (struct ranking){LC_NEW(arena, d->n, uint32_t), LC_NEW(arena, d->n, uint8_t)};
    if (!falling || !place || !next || !to->lead || !to->last)
        return lc_fail_memory(err, volume_text);
    for (size_t i = 0; i < d->n; i++)
        falling[i] = -d->score[score][i];
    rc = lc_order_rising(falling, d->n, arena, place, err);
    if (rc)
        return rc;
    memcpy(next, begin, (d->periods + 1) * sizeof *next);
    for (size_t i = 0; i < d->n; i++)
        to->lead[next[d->period[place[i]]]++] = 2 * place[i] + (d->y[place[i]] ? 1 : 0);
    for (size_t p = 0; p < d->periods; p++)
        for (size_t i = begin[p]; i < begin[p + 1]; i++)
            to->last[i] = i + 1 == begin[p + 1] ||
                          falling[to->lead[i + 1] / 2] != falling[to->lead[i] / 2];
    return LC_OK;
}

static enum lc_rc rank_all(const struct lc_capture_data *d, struct lc_arena *arena,
                           struct rankings *to, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    *to = (struct rankings){LC_NEW(arena, d->m + 1, struct ranking),
                            LC_NEW(arena, d->periods + 2, size_t),
                            LC_NEW(arena, d->n + 1, uint32_t)};
    if (!to->of || !to->begin || !to->by_period)
        return lc_fail_memory(err, volume_text);
    for (size_t i = 0; i < d->n; i++)
        to->begin[d->period[i] + 2]++;
    for (size_t p = 0; p < d->periods; p++)
        to->begin[p + 2] += to->begin[p + 1];
    for (size_t i = 0; i < d->n;
         i++) /* each place moves its period's begin to the next one's */
        to->by_period[to->begin[d->period[i] + 1]++] = (uint32_t)i;
    for (size_t s = 0; s < d->m && !rc; s++)
        rc = rank(d, s, to->begin, arena, &to->of[s], err);
    return rc;
}

/* Leads from the top, and the won among them: whole numbers, so that sums are exact. */
struct top {
    size_t leads, won;
};

/* Adds the places [from, to) of a ranking. No branch: this is where the bootstrap's time goes. */
static void add_places(const struct ranking *r, const uint16_t *times, size_t from, size_t to,
                       struct top *t)
{
    size_t leads = 0, won = 0;

    for (size_t i = from; i < to; i++) {
        const size_t n = times ? times[r->lead[i] / 2] : 1;

        leads += n;
        won += n & (0 - (size_t)(r->lead[i] & 1));
    }
    t->leads += leads;
    t->won += won;
}

/* Takes `volume` leads of the places [begin, end) from the top: strides that it holds whole, then
 * leads, then what is left of it goes to those of the next one's score alike. */
static void take_period(const struct ranking *r, const uint16_t *times, size_t begin,
                        size_t end, double volume, struct lc_captured *to)
{
    struct top before = {0}, tied = {0};
    size_t at = begin, first, beyond;
    double taken;

    for (size_t stride = STRIDE; stride; stride = stride > 1 ? 1 : 0)
        while (at + stride <= end) {
            struct top t = before;

            add_places(r, times, at, at + stride, &t);
            if ((double)t.leads >= volume)
                break;
            before = t;
            at += stride;
        }
    first = beyond = at;
    while (first > begin && !r->last[first - 1])
        first--;
    while (beyond < end && !r->last[beyond++])
        ;
    add_places(r, times, first, at, &tied);
    before.leads -= tied.leads;
    before.won -= tied.won;
    add_places(r, times, at, beyond, &tied);
    taken = fmin(volume - (double)before.leads, (double)tied.leads);
    to->leads += (double)before.leads + taken;
    to->won += (double)before.won;
    if (tied.leads)
        to->won += (double)tied.won * (taken / (double)tied.leads);
}

/* Takes `volume` leads of each period from the top; leads of one score share what is left of it.
 * times: [n] how often each lead stands in the sample; NULL: once. */
static void take(const struct lc_capture_data *d, const struct rankings *all, size_t score,
                 const uint16_t *times, struct lc_captured *to)
{
    *to = (struct lc_captured){0};
    for (size_t p = 0; p < d->periods; p++)
        take_period(&all->of[score], times, all->begin[p], all->begin[p + 1], d->volume, to);
}

static double count_won(const struct lc_capture_data *d, const uint16_t *times)
{
    double won = 0;

    for (size_t i = 0; i < d->n; i++)
        won += d->y[i] ? (times ? times[i] : 1) : 0;
    return won;
}

/* Any order takes from each period its average. */
static enum lc_rc take_by_chance(const struct lc_capture_data *d, struct lc_arena *scratch,
                                 struct lc_captured *to, struct lc_err *err)
{
    double *leads = LC_NEW(scratch, d->periods + 1, double);
    double *won = LC_NEW(scratch, d->periods + 1, double);

    if (!leads || !won)
        return lc_fail_memory(err, volume_text);
    *to = (struct lc_captured){0};
    for (size_t i = 0; i < d->n; i++) {
        leads[d->period[i]] += 1;
        won[d->period[i]] += d->y[i];
    }
    for (size_t p = 0; p < d->periods; p++) {
        const double taken = fmin(d->volume, leads[p]);

        to->leads += taken;
        to->won += leads[p] > 0 ? won[p] * (taken / leads[p]) : 0;
    }
    return LC_OK;
}

static double share_of(double won, double all)
{
    return all > 0 ? won / all : LC_NAN;
}

enum lc_rc lc_capture(const struct lc_capture_data *d, struct lc_arena *arena,
                      struct lc_captured *captured, struct lc_captured *chance,
                      struct lc_err *err)
{
    const double all = count_won(d, NULL);
    struct lc_arena scratch;
    struct rankings ranking;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = rank_all(d, &scratch, &ranking, err);
    if (!rc)
        rc = take_by_chance(d, &scratch, chance, err);
    for (size_t s = 0; s < d->m && !rc; s++) {
        take(d, &ranking, s, NULL, &captured[s]);
        captured[s].share = share_of(captured[s].won, all);
    }
    if (!rc)
        chance->share = share_of(chance->won, all);
    lc_arena_release(&scratch);
    return rc;
}

/* ---- the bootstrap ---- */

struct resampled {
    const struct lc_capture_data *data;
    const struct rankings *ranking;
    double *share;
};

static void take_again(void *context, size_t r, const uint16_t *times)
{
    const struct resampled *s = context;
    const double all = count_won(s->data, times);

    for (size_t m = 0; m < s->data->m; m++) {
        struct lc_captured c;

        take(s->data, s->ranking, m, times, &c);
        s->share[r * s->data->m + m] = share_of(c.won, all);
    }
}

enum lc_rc lc_capture_bootstrap(const struct lc_capture_data *d, size_t resamples,
                                uint64_t seed, struct lc_parallel *pool, struct lc_arena *arena,
                                double *share, struct lc_err *err)
{
    struct rankings ranking;
    struct resampled s = {.data = d, .ranking = &ranking};
    struct lc_resampling draws = {.n = d->n,
                                  .strata = d->periods,
                                  .cluster = d->cluster,
                                  .clusters = d->clusters,
                                  .seed = seed};
    struct lc_arena scratch;
    enum lc_rc rc;

    s.share = share;
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = rank_all(d, &scratch, &ranking, err);
    if (!rc) {
        draws.row = ranking.by_period;
        draws.begin = ranking.begin;
        rc = lc_resample(&draws, resamples, pool, &scratch, take_again, &s, err);
    }
    lc_arena_release(&scratch);
    return rc;
}
