#include "leadcal/recency.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "leadcal/decay.h"
#include "leadcal/logit.h"
#include "leadcal/num.h"

#define GRID 40 /* steps of the grid: 14 % each */
#define EVERYONE \
    ((size_t)-1)         /* instead of a class: all that are estimated, with one half-life */
#define NEAR        1e-5 /* of ln H: a second or two in a day */
#define DROP        3.8414588206941227 /* of chi-square with one degree of freedom, at 95 % */
#define MOST_ROUNDS 20
#define GOLD        0.61803398874989485

static const char text[] = "the half-lives of events";

struct work {
    const struct lc_recency_data *d;
    struct lc_parallel *pool;
    const struct lc_recency *out; /* who is estimated */
    double **x;                   /* [m][n] events by their worth */
    double *log_life;             /* [m] ln H that x holds */
    double *worth;                /* [oldest + 1] of one event by its age */
    uint32_t oldest;
    enum lc_rc rc; /* the first failure; then nothing is worth looking at */
    struct lc_err *err;
};

static double log_prior(double log_life)
{
    const double z = (log_life - log(LC_RECENCY_MEDIAN)) / LC_RECENCY_LOG_SD;

    return -z * z / 2;
}

static void fill(struct work *w, size_t c, double log_life)
{
    const struct lc_recency_class *of = &w->d->of[c];
    const struct lc_decay decay = {.family = LC_DECAY_HALF_LIFE, .every = exp(log_life)};

    for (uint32_t age = 0; age <= w->oldest; age++)
        w->worth[age] = lc_decay_worth(&decay, age);
    for (size_t i = 0; i < w->d->n; i++) {
        double sum = 0;

        for (size_t e = of->begin[i]; e < of->begin[i + 1]; e++)
            sum += w->worth[of->age_days[e]];
        w->x[c][i] = sum;
    }
    w->log_life[c] = log_life;
}

static void fill_set(struct work *w, size_t set, double log_life)
{
    for (size_t c = 0; c < w->d->m; c++)
        if (set == c || (set == EVERYONE && !w->out->of[c].kept_prior))
            fill(w, c, log_life);
}

/* The log-likelihood of the events as they are filled in; b and its errors where `of` is given. */
static double fit(struct work *w, struct lc_recency_one *of)
{
    const struct lc_recency_data *d = w->d;
    const struct lc_logit_data leads = {.n = d->n,
                                        .codes = &(struct lc_codes){.n = d->n},
                                        .x = (const double *const *)w->x,
                                        .n_numeric = d->m,
                                        .y = d->y,
                                        .offset = d->offset};
    struct lc_arena scratch;
    struct lc_logit_fit f = {.deviance = LC_NAN};

    if (w->rc)
        return LC_NAN;
    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    w->rc = lc_logit(&leads, NULL, w->pool, &scratch, &f, w->err);
    for (size_t c = 0; c < d->m && of && !w->rc; c++) {
        of[c].effect = f.b[c + 1];
        of[c].std_error = sqrt(f.cov[(c + 1) * (f.k + 1)]);
    }
    lc_arena_release(&scratch);
    return w->rc ? LC_NAN : -f.deviance / 2;
}

/* Log-likelihood and prior of a half-life, that of the other classes as it is. */
static double look(struct work *w, size_t set, double log_life)
{
    fill_set(w, set, log_life);
    return fit(w, NULL) + log_prior(log_life);
}

static double grid_at(size_t g)
{
    const double low = log(LC_RECENCY_LOW), high = log(LC_RECENCY_HIGH);

    return g == GRID ? high : low + (high - low) * (double)g / GRID;
}

/* The best between two places, by golden section. */
static double climb(struct work *w, size_t set, double low, double high)
{
    double a = high - GOLD * (high - low), b = low + GOLD * (high - low);
    double at_a = look(w, set, a), at_b = look(w, set, b);

    while (high - low > NEAR && !w->rc) {
        const bool left = at_a >= at_b;

        if (left) {
            high = b;
            b = a;
            at_b = at_a;
            a = high - GOLD * (high - low);
            at_a = look(w, set, a);
        } else {
            low = a;
            a = b;
            at_a = at_b;
            b = low + GOLD * (high - low);
            at_b = look(w, set, b);
        }
    }
    return (low + high) / 2;
}

/* Where the objective falls below `level` between a place above it and one below. */
static double cross(struct work *w, size_t set, double above, double below, double level)
{
    while (fabs(above - below) > NEAR && !w->rc) {
        const double middle = (above + below) / 2;

        if (look(w, set, middle) >= level)
            above = middle;
        else
            below = middle;
    }
    return (above + below) / 2;
}

struct found {
    double best, low, high; /* ln H */
};

/* The outermost places that the interval reaches, which may have gaps: they are told as one. */
static void find_ends(struct work *w, size_t set, const double *value, struct found *f)
{
    const double level = look(w, set, f->best) - DROP / 2;
    size_t first = 0, last = GRID;

    while (first <= GRID && value[first] < level)
        first++;
    while (last > 0 && value[last] < level)
        last--;
    f->low = f->high = f->best;
    if (first <= last) { /* some place of the grid is inside */
        f->low = fmin(f->low, grid_at(first));
        f->high = fmax(f->high, grid_at(last));
    }
    if (first > 0 && first <= GRID)
        f->low = cross(w, set, f->low, fmin(grid_at(first - 1), f->low), level);
    if (last < GRID)
        f->high = cross(w, set, f->high, fmax(grid_at(last + 1), f->high), level);
}

static struct found search(struct work *w, size_t set)
{
    double value[GRID + 1];
    struct found f = {LC_NAN, LC_NAN, LC_NAN};
    size_t top = 0;

    for (size_t g = 0; g <= GRID; g++) {
        value[g] = look(w, set, grid_at(g));
        if (value[g] > value[top])
            top = g;
    }
    f.best = climb(w, set, grid_at(top ? top - 1 : 0), grid_at(top < GRID ? top + 1 : GRID));
    find_ends(w, set, value, &f);
    fill_set(w, set, f.best);
    return f;
}

static void put(struct lc_recency_one *of, const struct found *f)
{
    of->half_life = exp(f->best);
    of->low = exp(f->low);
    of->high = exp(f->high);
}

static void count(const struct lc_recency_data *d, size_t c, struct lc_recency_one *of)
{
    const struct found prior = {log(LC_RECENCY_MEDIAN),
                                log(LC_RECENCY_MEDIAN) - sqrt(DROP) * LC_RECENCY_LOG_SD,
                                log(LC_RECENCY_MEDIAN) + sqrt(DROP) * LC_RECENCY_LOG_SD};

    *of = (struct lc_recency_one){.effect = LC_NAN, .std_error = LC_NAN};
    for (size_t i = 0; i < d->n; i++) {
        const bool any = d->of[c].begin[i + 1] > d->of[c].begin[i];

        of->leads += any;
        of->won += any && d->y[i] > 0;
    }
    of->kept_prior = of->won < LC_RECENCY_WINS;
    put(of, &prior);
}

/* One class after another, given the others, until none moves. Each begins at the tied one. */
static void settle(struct work *w, struct found *f)
{
    double moved = 1;

    for (size_t round = 0; round < MOST_ROUNDS && moved > 10 * NEAR && !w->rc; round++) {
        moved = 0;
        for (size_t c = 0; c < w->d->m && !w->rc; c++) {
            const double before = w->log_life[c];

            if (w->out->of[c].kept_prior)
                continue;
            f[c] = search(w, c);
            moved = fmax(moved, fabs(f[c].best - before));
        }
    }
}

static enum lc_rc estimate(struct work *w, struct lc_recency *out, struct lc_arena *arena)
{
    const size_t m = w->d->m;
    struct found *apart = LC_NEW(arena, m, struct found), tied = {LC_NAN, LC_NAN, LC_NAN};
    double together = LC_NAN;

    if (!apart)
        return lc_fail_memory(w->err, text);
    if (out->estimated) {
        tied = search(w, EVERYONE);
        together = fit(w, NULL);
    }
    if (out->estimated > 1) {
        settle(w, apart);
        out->p = gsl_cdf_chisq_Q(fmax(0, 2 * (fit(w, NULL) - together)),
                                 (double)(out->estimated - 1));
        out->tied = !(out->p < 0.05);
    }
    for (size_t c = 0; c < m && !w->rc; c++) {
        const bool alone = out->estimated > 1 && !out->tied;

        if (out->of[c].kept_prior)
            continue;
        fill(w, c, alone ? apart[c].best : tied.best);
        put(&out->of[c], alone ? &apart[c] : &tied);
    }
    (void)fit(w, out->of);
    return w->rc;
}

static enum lc_rc begin(struct work *w, struct lc_arena *scratch)
{
    const struct lc_recency_data *d = w->d;

    for (size_t c = 0; c < d->m; c++)
        for (size_t e = 0; e < d->of[c].begin[d->n]; e++)
            if (d->of[c].age_days[e] > w->oldest)
                w->oldest = d->of[c].age_days[e];
    w->x = LC_NEW(scratch, d->m, double *);
    w->log_life = LC_NEW(scratch, d->m, double);
    w->worth = LC_NEW(scratch, (size_t)w->oldest + 1, double);
    if (!w->x || !w->log_life || !w->worth)
        return lc_fail_memory(w->err, text);
    for (size_t c = 0; c < d->m; c++) {
        w->x[c] = LC_NEW(scratch, d->n, double);
        if (!w->x[c])
            return lc_fail_memory(w->err, text);
        fill(w, c, log(LC_RECENCY_MEDIAN));
    }
    return LC_OK;
}

enum lc_rc lc_recency(const struct lc_recency_data *d, struct lc_parallel *pool,
                      struct lc_arena *arena, struct lc_recency *out, struct lc_err *err)
{
    struct lc_recency made = {.of = LC_NEW(arena, d->m, struct lc_recency_one), .p = LC_NAN};
    struct work w = {.d = d, .pool = pool, .out = &made, .err = err};
    struct lc_arena scratch;
    enum lc_rc rc;

    if (!made.of)
        return lc_fail_memory(err, text);
    for (size_t c = 0; c < d->m; c++) {
        count(d, c, &made.of[c]);
        made.estimated += !made.of[c].kept_prior;
    }
    lc_arena_init(&scratch, arena->limit);
    rc = begin(&w, &scratch);
    if (!rc)
        rc = estimate(&w, &made, &scratch);
    lc_arena_release(&scratch);
    if (!rc)
        *out = made;
    return rc;
}
