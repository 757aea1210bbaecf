#include "leadcal/path.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "path_internal.h"

#define LEAST_SHARE     1e-4  /* of lambda_max: the last lambda */
#define LEAST_SHARE_FEW 1e-2  /* the same where there are no more leads than coefficients */
#define MOST_EXPLAINED  0.999 /* of the null deviance: nothing is left to explain */
#define FLAT            1e-5  /* of what is explained: a gain that is none */
#define FLAT_STEPS      5     /* over which it is looked at */

static enum lc_rc make_path(struct lc_path *p, const struct lc_path_options *o, size_t k,
                            struct lc_arena *arena, struct lc_err *err)
{
    *p = (struct lc_path){.n = o->n_lambda ? o->n_lambda : LC_PATH_LENGTH, .k = k};
    p->lambda = LC_NEW(arena, p->n, double);
    p->b = LC_NEW(arena, p->n * k, double);
    p->deviance = LC_NEW(arena, p->n, double);
    p->used = LC_NEW(arena, p->n, size_t);
    if (!p->lambda || !p->b || !p->deviance || !p->used)
        return lc_fail_memory(err, "the path");
    return LC_OK;
}

static void choose_lambdas(struct lc_path_work *w, const struct lc_path_options *o,
                           struct lc_path *p)
{
    const double least = w->total > (double)w->k ? LEAST_SHARE : LEAST_SHARE_FEW;
    const double most = o->lambda ? 0 : lc_path_lambda_max(w);

    for (size_t l = 0; l < p->n; l++)
        p->lambda[l] = o->lambda  ? o->lambda[l]
                       : p->n > 1 ? most * pow(least, (double)l / (double)(p->n - 1))
                                  : most;
}

/* Whether nothing is gained by going further than l. */
static bool is_flat(const struct lc_path *p, size_t l)
{
    const double now = 1 - p->deviance[l] / p->null_deviance;
    double before;

    if (now > MOST_EXPLAINED)
        return true;
    if (l < FLAT_STEPS)
        return false;
    before = 1 - p->deviance[l - FLAT_STEPS + 1] / p->null_deviance;
    return now - before < FLAT * now;
}

static void keep(const struct lc_path_work *w, struct lc_path *p, size_t l)
{
    memcpy(p->b + l * p->k, w->b, p->k * sizeof *w->b);
    p->deviance[l] = w->deviance;
    for (size_t j = 1; j < p->k; j++)
        p->used[l] += w->b[j] != 0;
}

enum lc_rc lc_path(const struct lc_logit_data *d, const struct lc_path_options *options,
                   struct lc_parallel *pool, struct lc_arena *arena, struct lc_path *path,
                   struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_path_work w;
    struct lc_path p;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_path_prepare(&w, d, options, pool, &scratch, err);
    if (!rc)
        rc = make_path(&p, options, w.k, arena, err);
    if (!rc)
        rc = lc_path_begin(&w, options->standardise, &scratch, err);
    if (!rc) {
        p.null_deviance = w.deviance;
        choose_lambdas(&w, options, &p);
    }
    for (size_t l = 0; !rc && l < p.n; l++) {
        rc = lc_path_fit(&w, p.lambda[l], &scratch, err);
        if (rc)
            break;
        keep(&w, &p, l);
        if (!options->lambda && is_flat(&p, l))
            p.n = l + 1;
    }
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    p.violation = w.violation;
    *path = p;
    return LC_OK;
}

/* ---- cross-validation ---- */

/* A cross-validation under way. */
struct trial {
    struct lc_path_work w;
    const struct lc_logit_data *d;
    const struct lc_path_options *options;
    const struct lc_path *path;
    const struct lc_path_folds *folds;
    double *leads, total; /* [n_folds] leads of each, and of all */
    double *deviance;     /* [n_folds * n] a lead of the fold, under the fit to the others */
};

/* The rows of fold f, or the others; the rest weigh nothing. */
static void take_rows(struct trial *t, size_t f, bool inside)
{
    const struct lc_logit_data *d = t->d;

    for (size_t i = 0; i < d->n; i++) {
        const bool in = (t->folds->fold[i] == f) == inside;

        t->w.weight[i] = in ? (d->weight ? d->weight[i] : 1) : 0;
        t->w.y[i] = in ? d->y[i] : 0;
    }
}

static enum lc_rc try_fold(struct trial *t, size_t f, struct lc_arena *scratch,
                           struct lc_err *err)
{
    const size_t n = t->path->n, k = t->path->k;
    double *fits = LC_NEW(scratch, n * k, double);
    enum lc_rc rc;

    if (!fits)
        return lc_fail_memory(err, "the path");
    take_rows(t, f, false);
    rc = lc_path_begin(&t->w, t->options->standardise, scratch, err);
    for (size_t l = 0; l < n && !rc; l++) {
        rc = lc_path_fit(&t->w, t->path->lambda[l], scratch, err);
        memcpy(fits + l * k, t->w.b, k * sizeof *fits);
    }
    if (rc)
        return rc;
    take_rows(t, f, true);
    for (size_t l = 0; l < n; l++)
        t->deviance[f * n + l] =
            -2 * lc_logit_look(t->w.ready, fits + l * k, t->w.gradient, NULL) / t->leads[f];
    return LC_OK;
}

static enum lc_rc begin_trial(struct trial *t, struct lc_parallel *pool,
                              struct lc_arena *scratch, struct lc_err *err)
{
    const size_t n_folds = t->folds->n_folds;

    assert(n_folds >= 2);
    t->deviance = LC_NEW(scratch, n_folds * t->path->n, double);
    t->leads = LC_NEW(scratch, n_folds, double);
    if (!t->deviance || !t->leads)
        return lc_fail_memory(err, "the path");
    for (size_t i = 0; i < t->d->n; i++) {
        const double c = t->d->weight ? t->d->weight[i] : 1;

        assert(t->folds->fold[i] < n_folds);
        t->leads[t->folds->fold[i]] += c;
        t->total += c;
    }
    return lc_path_prepare(&t->w, t->d, t->options, pool, scratch, err);
}

static void choose(const struct trial *t, struct lc_path_choice *c)
{
    const size_t n = t->path->n, n_folds = t->folds->n_folds;

    for (size_t l = 0; l < n; l++) {
        double squares = 0;

        for (size_t f = 0; f < n_folds; f++)
            c->mean[l] += t->leads[f] * t->deviance[f * n + l] / t->total;
        for (size_t f = 0; f < n_folds; f++) {
            const double off = t->deviance[f * n + l] - c->mean[l];

            squares += t->leads[f] * off * off / t->total;
        }
        c->error[l] = sqrt(squares / ((double)n_folds - 1));
        if (c->mean[l] < c->mean[c->least])
            c->least = l;
    }
    while (c->mean[c->sparing] > c->mean[c->least] + c->error[c->least])
        c->sparing++;
}

enum lc_rc lc_path_choose(const struct lc_logit_data *d, const struct lc_path_options *options,
                          const struct lc_path *path, const struct lc_path_folds *folds,
                          struct lc_parallel *pool, struct lc_arena *arena,
                          struct lc_path_choice *choice, struct lc_err *err)
{
    struct lc_path_choice c = {.mean = LC_NEW(arena, path->n, double),
                               .error = LC_NEW(arena, path->n, double)};
    struct trial t = {.d = d, .options = options, .path = path, .folds = folds};
    struct lc_arena scratch;
    enum lc_rc rc;

    if (!c.mean || !c.error)
        return lc_fail_memory(err, "the path");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = begin_trial(&t, pool, &scratch, err);
    for (size_t f = 0; f < folds->n_folds && !rc; f++)
        rc = try_fold(&t, f, &scratch, err);
    if (!rc) {
        choose(&t, &c);
        *choice = c;
    }
    lc_arena_release(&scratch);
    return rc;
}
