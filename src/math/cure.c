#include "leadcal/cure.h"

#include <math.h>
#include <string.h>

#include "cure_internal.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"
#include "leadcal/order.h"
#include "logit_internal.h"

#define EULER_GAMMA 0.57721566490153286
#define PI_ROOT_SIX \
    1.2825498301618641 /* pi / sqrt(6): SD of the logarithm of an exponential time */
#define LEAST_SD 0.1   /* of ln days at the start, where all wins took alike */

/* ---- leads that are alike ---- */

static const char lag_text[] = "the lag from lead to win";

static uint32_t segment_of(const struct lc_cure_data *d, size_t i)
{
    return d->segment ? d->segment[i] : 0;
}

/* Where the leads of a segment begin, first those not won, in the order of segment, end and time.
 * begin: [2 * segments + 1] zeros; the last is their number. */
static void find_begins(const struct lc_cure_data *d, size_t segments, size_t *begin)
{
    for (size_t i = 0; i < d->n; i++)
        begin[2 * segment_of(d, i) + (d->won[i] != 0) + 1]++;
    for (size_t g = 0; g < 2 * segments; g++)
        begin[g + 1] += begin[g];
}

/* The moment of the next lead by time; latest: [2] the last one of each end, or none yet. */
static uint32_t find_moment(struct lc_cure_work *w, double time, bool won, uint32_t *latest)
{
    if (latest[won] == UINT32_MAX || w->moment[latest[won]].time < time) {
        latest[won] = (uint32_t)w->moments++;
        w->moment[latest[won]] = (struct lc_cure_moment){.time = time, .won = won};
    }
    return latest[won];
}

/* The leads of one segment and end, by time; as many of one time are one cell. */
static void add_cells(struct lc_cure_work *w, uint32_t segment, const uint32_t *moment,
                      size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (i > 0 && moment[i] == moment[i - 1])
            w->cell[w->cells - 1].count += 1;
        else
            w->cell[w->cells++] = (struct lc_cure_cell){segment, moment[i], 1};
}

/* Cells of the segments that have a win. */
static enum lc_rc make_cells(const struct lc_cure_data *d, struct lc_arena *scratch,
                             struct lc_cure_work *w, struct lc_err *err)
{
    size_t *begin = LC_NEW(scratch, 2 * w->segments + 1, size_t);
    size_t *next = LC_NEW(scratch, 2 * w->segments + 1, size_t);
    uint32_t *lead = LC_NEW(scratch, d->n + 1, uint32_t);
    uint32_t *moment = LC_NEW(scratch, d->n + 1, uint32_t);
    uint32_t latest[2] = {UINT32_MAX, UINT32_MAX};
    enum lc_rc rc;

    if (!begin || !next || !lead || !moment)
        return lc_fail_memory(err, lag_text);
    rc = lc_order_rising(d->time, d->n, scratch, lead, err);
    if (rc)
        return rc;
    find_begins(d, w->segments, begin);
    memcpy(next, begin, (2 * w->segments + 1) * sizeof *next);
    for (size_t i = 0; i < d->n; i++) {
        const bool won = d->won[lead[i]] != 0;

        moment[next[2 * segment_of(d, lead[i]) + won]++] =
            find_moment(w, d->time[lead[i]], won, latest);
    }
    for (uint32_t g = 0; g < 2 * w->segments; g++)
        if (w->won[g / 2] > 0)
            add_cells(w, g / 2, moment + begin[g], begin[g + 1] - begin[g]);
    return LC_OK;
}

/* Segments without a win say nothing of the lag, and their chance is 0: they are set aside. */
static enum lc_rc gather(const struct lc_cure_data *d, struct lc_arena *scratch,
                         struct lc_cure_work *w, struct lc_err *err)
{
    w->tick = d->tick;
    w->segments = d->segment ? d->segments : 1;
    w->cell = LC_NEW(scratch, d->n + 1, struct lc_cure_cell);
    w->moment = LC_NEW(scratch, d->n + 1, struct lc_cure_moment);
    w->place = LC_NEW(scratch, w->segments, uint32_t);
    w->n = LC_NEW(scratch, w->segments, double);
    w->won = LC_NEW(scratch, w->segments, double);
    if (!w->cell || !w->moment || !w->place || !w->n || !w->won)
        return lc_fail_memory(err, lag_text);
    for (size_t i = 0; i < d->n; i++) {
        const uint32_t s = segment_of(d, i);

        w->n[s] += 1;
        w->won[s] += d->won[i] != 0;
        w->n_won += d->won[i] != 0;
    }
    for (size_t s = 0; s < w->segments; s++)
        w->place[s] = w->won[s] > 0 ? (uint32_t)w->live++ : UINT32_MAX;
    return make_cells(d, scratch, w, err);
}

static enum lc_rc make_room(struct lc_cure_work *w, struct lc_arena *scratch,
                            struct lc_err *err)
{
    const size_t most = 2 * w->live + 2;

    w->theta = LC_NEW(scratch, most, double);
    w->gradient = LC_NEW(scratch, most, double);
    w->hessian = LC_NEW(scratch, most * most, double);
    w->room = LC_NEW(scratch, 2 * most * most + 3 * most, double);
    w->drop = LC_NEW(scratch, most, bool);
    if (!w->theta || !w->gradient || !w->hessian || !w->room || !w->drop)
        return lc_fail_memory(err, lag_text);
    return LC_OK;
}

/* ---- where to begin ---- */

/* Mean and SD of the logarithm of the days of the wins. */
static void log_moments(const struct lc_cure_work *w, double *mean, double *sd)
{
    double sum = 0, squares = 0;

    for (size_t i = 0; i < w->cells; i++) {
        const struct lc_cure_moment *m = &w->moment[w->cell[i].moment];

        sum += m->won ? w->cell[i].count * log(m->time + w->tick / 2) : 0;
    }
    *mean = sum / w->n_won;
    for (size_t i = 0; i < w->cells; i++) {
        const struct lc_cure_moment *m = &w->moment[w->cell[i].moment];
        const double x = log(m->time + w->tick / 2) - *mean;

        squares += m->won ? w->cell[i].count * x * x : 0;
    }
    *sd = fmax(sqrt(squares / w->n_won), LEAST_SD);
}

/* The wins seen so far, taken for all (later: with more to come, and more slowly). */
static void begin(struct lc_cure_work *w, double later)
{
    const size_t location = lc_cure_location_at(w);
    double mean, sd;

    log_moments(w, &mean, &sd);
    if (w->options.family == LC_LAG_WEIBULL) {
        sd /= PI_ROOT_SIX;
        mean += EULER_GAMMA * sd;
    }
    for (size_t s = 0; s < w->segments && !w->options.everyone; s++)
        if (w->place[s] != UINT32_MAX) {
            const double rate = fmin((w->won[s] + 0.5) / (w->n[s] + 1), 0.95);

            w->theta[w->place[s]] = log(rate / (1 - rate)) + later;
        }
    w->theta[location] = mean + later;
    w->theta[location + 1] = log(sd) + later / 4;
}

/* The higher top of two climbs: the likelihood may have more than one. */
static enum lc_rc climb_from_both(struct lc_cure_work *w, double *keep, struct lc_err *err)
{
    double objective;
    enum lc_rc first, second;

    begin(w, 0);
    first = lc_cure_climb(w, err);
    objective = w->objective;
    memcpy(keep, w->theta, w->k * sizeof *keep);
    begin(w, 1);
    second = lc_cure_climb(w, err);
    if (!first && (second || !(w->objective > objective))) {
        memcpy(w->theta, keep, w->k * sizeof *keep);
        return lc_cure_climb(w, err);
    }
    return second;
}

/* ---- the answer ---- */

/* Standard errors from the curvature at the top; NaN where it has none. */
static void put_errors(struct lc_cure_work *w, struct lc_cure_fit *f)
{
    const size_t k = w->k, at = lc_cure_location_at(w);
    double *factor = w->room, *cov = w->room + k * k, *room = w->hessian;
    double shifts = 0;

    memset(w->drop, 0, k * sizeof *w->drop);
    memcpy(factor, w->hessian, k * k * sizeof *factor);
    f->location_error = f->scale_error = f->covariance = LC_NAN;
    for (size_t s = 0; s < w->segments; s++)
        f->segment[s].std_error = LC_NAN;
    if (lc_logit_factor(factor, k, NULL, false, w->drop) < k)
        return;
    lc_logit_invert(factor, k, w->drop, room, cov);
    f->location_error = sqrt(cov[at * k + at]);
    f->scale_error = sqrt(cov[(at + 1) * k + at + 1]);
    f->covariance = cov[at * k + at + 1];
    for (size_t s = 0; s < w->segments && !w->options.everyone; s++)
        if (w->place[s] != UINT32_MAX)
            f->segment[s].std_error = sqrt(cov[w->place[s] * k + w->place[s]]);
    for (size_t j = lc_cure_shift_at(w); j < k; j++)
        shifts += 1 - cov[j * k + j] / (w->options.spread * w->options.spread);
    f->aic += 2 * fmax(shifts, 0);
}

static enum lc_rc put_fit(struct lc_cure_work *w, struct lc_arena *arena, struct lc_cure_fit *f,
                          struct lc_err *err)
{
    const size_t at = lc_cure_location_at(w), shift = lc_cure_shift_at(w);

    f->segment = LC_NEW(arena, w->segments, struct lc_cure_segment);
    if (!f->segment)
        return lc_fail_memory(err, lag_text);
    f->segments = w->segments;
    f->lag = (struct lc_lag){w->options.family, w->theta[at], exp(w->theta[at + 1])};
    f->spread = w->options.spread;
    for (size_t s = 0; s < w->segments; s++) {
        struct lc_cure_segment *to = &f->segment[s];
        const bool live = w->place[s] != UINT32_MAX;

        *to = (struct lc_cure_segment){
            .n = w->n[s], .won = w->won[s], .log_odds = LC_NAN, .lag = f->lag};
        if (live && w->options.spread > 0)
            to->lag.location += w->theta[shift + w->place[s]];
        if (live && !w->options.everyone)
            to->log_odds = w->theta[w->place[s]];
        to->chance = w->options.everyone ? 1 : live ? lc_logistic(to->log_odds) : 0;
    }
    f->log_likelihood = w->likelihood;
    f->aic = 2 * (double)shift - 2 * w->likelihood;
    f->max_gradient = w->max_gradient;
    f->iterations = w->iterations;
    put_errors(w, f);
    return LC_OK;
}

static enum lc_rc run(const struct lc_cure_data *d, struct lc_cure_work *w,
                      struct lc_arena *scratch, struct lc_arena *arena, struct lc_cure_fit *fit,
                      struct lc_err *err)
{
    const double spread = w->options.spread;
    struct lc_cure_fit f = {.spread = 0};
    double *keep;
    enum lc_rc rc = gather(d, scratch, w, err);

    if (!rc && w->n_won < LC_LEAST_CURE_WON)
        rc =
            lc_fail(err, LC_EDEGENERATE,
                    "%.0f wins with days say too little of how long a win takes; %d are needed",
                    w->n_won, LC_LEAST_CURE_WON);
    if (!rc)
        rc = make_room(w, scratch, err);
    if (rc)
        return rc;
    keep = LC_NEW(scratch, 2 * w->live + 2, double);
    if (!keep)
        return lc_fail_memory(err, lag_text);
    lc_cure_set_spread(w, 0);
    rc = climb_from_both(w, keep, err);
    if (!rc && w->live > 1 && spread == LC_SPREAD_ESTIMATED)
        rc = lc_cure_estimate_spread(w, keep, &f.spread_gain, err);
    else if (!rc && w->live > 1 && spread > 0) {
        lc_cure_set_spread(w, spread);
        rc = lc_cure_climb(w, err);
    }
    if (!rc)
        rc = put_fit(w, arena, &f, err);
    if (!rc)
        *fit = f;
    return rc;
}

enum lc_rc lc_cure(const struct lc_cure_data *d, const struct lc_cure_options *options,
                   struct lc_arena *arena, struct lc_cure_fit *fit, struct lc_err *err)
{
    struct lc_cure_work w = {.options = *options};
    struct lc_arena scratch;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = run(d, &w, &scratch, arena, fit, err);
    lc_arena_release(&scratch);
    return rc;
}

enum lc_rc lc_cure_family(const struct lc_cure_data *d, struct lc_arena *arena,
                          enum lc_lag_family *family, struct lc_err *err)
{
    struct lc_cure_data alone = *d;
    struct lc_cure_fit fit[2];
    enum lc_rc rc = LC_OK;

    alone.segment = NULL;
    alone.segments = 1;
    for (int f = LC_LAG_WEIBULL; f <= LC_LAG_LOG_NORMAL && !rc; f++) {
        const struct lc_cure_options o = {.family = (enum lc_lag_family)f};

        rc = lc_cure(&alone, &o, arena, &fit[f], err);
    }
    if (!rc)
        *family = fit[LC_LAG_LOG_NORMAL].aic < fit[LC_LAG_WEIBULL].aic ? LC_LAG_LOG_NORMAL
                                                                       : LC_LAG_WEIBULL;
    return rc;
}
