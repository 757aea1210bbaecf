#include <math.h>
#include <string.h>

#include "logit_internal.h"

size_t lc_logit_count(const struct lc_logit_data *d)
{
    size_t k = 1 + d->n_numeric;

    for (size_t j = 0; d->codes && j < d->codes->k; j++)
        k += d->codes->column[j].n_levels -
             (d->reference && d->reference[j] != LC_NO_CODE ? 1 : 0);
    return k;
}

enum lc_rc lc_logit_few_enough(size_t k, struct lc_err *err)
{
    if (k > MOST_COEFFICIENTS)
        return lc_fail(err, LC_EDEGENERATE,
                       "%zu coefficients need too much memory (at most %d); leave out columns "
                       "with many values or merge rare ones",
                       k, MOST_COEFFICIENTS);
    return LC_OK;
}

static enum lc_rc count_classes(struct lc_logit_work *w, double *won, struct lc_err *err)
{
    const struct lc_logit_data *d = w->d;

    w->total = *won = 0;
    for (size_t i = 0; i < d->n; i++) {
        w->total += d->weight ? d->weight[i] : 1;
        *won += d->y[i];
    }
    if (!(w->total > 0))
        return lc_fail(err, LC_EDEGENERATE, "there is no lead to fit; check what was left out");
    if (!(*won > 0) || !(*won < w->total))
        return lc_fail(err, LC_EDEGENERATE,
                       "%s of %.0f leads %s won, so there is nothing to tell apart; check the "
                       "outcome, its window and the rows that were left out",
                       *won > 0 ? "all" : "none", w->total, *won > 0 ? "were" : "was");
    return LC_OK;
}

/* Where everybody has seen the whole lag, the likelihood is the plain one, to the last bit. */
static const double *find_seen(const struct lc_logit_data *d)
{
    for (size_t i = 0; d->seen && i < d->n; i++)
        if (d->seen[i] < 1)
            return d->seen;
    return NULL;
}

static enum lc_rc prepare(struct lc_logit_work *w, struct lc_arena *scratch, struct lc_err *err)
{
    enum lc_rc rc = lc_logit_layout(w->d, scratch, &w->at, &w->k, err);

    if (rc)
        return rc;
    w->k_codes = w->d->codes ? w->d->codes->k : 0;
    w->seen = find_seen(w->d);
    rc = lc_logit_pack(w, scratch, err);
    if (!rc)
        rc = lc_logit_scale(w, scratch, err);
    if (!rc)
        rc = lc_logit_plan_hessian(w, scratch, err);
    return rc;
}

/* The intercept alone: in closed form, or with an offset or young leads by the same Newton. */
static enum lc_rc fit_null(const struct lc_logit_work *w, double won, struct lc_arena *scratch,
                           double *start, double *deviance, struct lc_err *err)
{
    const double lost = w->total - won;
    struct lc_logit_data alone = *w->d;
    struct lc_logit_work null = {.d = &alone, .pool = w->pool, .total = w->total};
    struct lc_logit_newton s;
    enum lc_rc rc;

    *start = log(won / lost);
    *deviance = -2 * (won * log(won / w->total) + lost * log(lost / w->total));
    if (!w->d->offset && !w->seen)
        return LC_OK;
    alone.codes = NULL;
    alone.n_numeric = 0;
    rc = prepare(&null, scratch, err);
    if (!rc)
        rc = lc_logit_newton_init(&s, &null, *start, scratch, err);
    if (!rc)
        rc = lc_logit_climb(&s, err);
    if (rc)
        return rc;
    *start = s.b[0];
    *deviance = 2 * s.objective;
    return LC_OK;
}

/* Room for what goes between the caller's units and the scaled ones. */
static enum lc_rc make_room(struct lc_logit_ready *r, struct lc_arena *arena,
                            struct lc_err *err)
{
    const size_t k = r->w.k;

    r->b = LC_NEW(arena, k, double);
    r->gradient = LC_NEW(arena, k, double);
    r->scaled = LC_NEW(arena, r->w.d->n_numeric ? k * k : 0, double);
    if (!r->b || !r->gradient || !r->scaled)
        return lc_fail_memory(err, "the design");
    return LC_OK;
}

enum lc_rc lc_logit_prepare(const struct lc_logit_data *d, struct lc_parallel *pool,
                            struct lc_arena *arena, struct lc_logit_ready **ready,
                            struct lc_err *err)
{
    struct lc_logit_ready *r = LC_NEW(arena, 1, struct lc_logit_ready);
    double won;
    enum lc_rc rc = r ? LC_OK : lc_fail_memory(err, "the design");

    if (rc)
        return rc;
    r->w = (struct lc_logit_work){.d = d, .pool = pool};
    rc = lc_logit_few_enough(lc_logit_count(d), err);
    if (!rc)
        rc = count_classes(&r->w, &won, err);
    if (!rc)
        rc = prepare(&r->w, arena, err);
    if (!rc)
        rc = fit_null(&r->w, won, arena, &r->start, &r->null_deviance, err);
    if (!rc)
        rc = make_room(r, arena, err);
    if (!rc)
        *ready = r;
    return rc;
}

double lc_logit_look(struct lc_logit_ready *r, const double *b, double *gradient,
                     double *information)
{
    struct lc_logit_work *w = &r->w;

    memcpy(r->b, b, w->k * sizeof *b);
    lc_logit_to_scaled(w, r->b);
    lc_logit_pass(w, r->b, gradient);
    lc_logit_gradient_back(w, gradient);
    if (information) {
        lc_logit_hessian(w);
        memcpy(information, w->hessian, w->k * w->k * sizeof *information);
        lc_logit_information_back(w, information);
    }
    return -w->objective;
}
