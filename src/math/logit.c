#include "leadcal/logit.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <time.h>

#include "leadcal/num.h"
#include "logit_internal.h"

double lc_logistic(double eta)
{
    const double e = exp(-fabs(eta));

    return eta >= 0 ? 1 / (1 + e) : e / (1 + e);
}

double lc_softplus(double eta)
{
    return fmax(eta, 0) + log1p(exp(-fabs(eta)));
}

enum lc_rc lc_logit_layout(const struct lc_logit_data *d, struct lc_arena *arena, size_t ***at,
                           size_t *k, struct lc_err *err)
{
    const size_t columns = d->codes ? d->codes->k : 0;
    size_t **places = LC_NEW(arena, columns, size_t *), next = 1;

    if (!places)
        return lc_fail_memory(err, "the coefficients");
    for (size_t j = 0; j < columns; j++) {
        const size_t levels = d->codes->column[j].n_levels;
        const uint32_t reference = d->reference ? d->reference[j] : LC_NO_CODE;

        places[j] = LC_NEW(arena, levels, size_t);
        if (!places[j])
            return lc_fail_memory(err, "the coefficients");
        for (size_t v = 0; v < levels; v++)
            places[j][v] = v == reference ? LC_LOGIT_NONE : next++;
    }
    *at = places;
    *k = next + d->n_numeric;
    return LC_OK;
}

/* Trace of cov times (information without the prior's): with cov (I + P) = 1 that is
 * rank - tr(cov P). Where a log-F bends, it is part of P. */
static double effective_df(const struct lc_logit_work *w, const struct lc_logit_newton *s,
                           const double *cov)
{
    const size_t k = w->k;
    double df = 0;

    for (size_t i = 0; i < k; i++) {
        df += !s->drop[i];
        if (w->prior_full)
            for (size_t j = 0; j < k; j++)
                df -= cov[i * k + j] * w->prior_full[i * k + j];
        else if (w->prior_diag)
            df -= cov[i * k + i] * w->prior_diag[i];
        if (w->log_f)
            df -= cov[i * k + i] * lc_logit_log_f_curve(w, s->b, i);
    }
    return df;
}

double lc_logit_clock(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The start of a fit, in scaled units. Held coefficients are dropped from the start, so that no
 * step moves them. */
static void begin(struct lc_logit_newton *s, const struct lc_logit_start *start)
{
    const struct lc_logit_work *w = s->w;

    if (start && start->b) {
        memcpy(s->b, start->b, w->k * sizeof *s->b);
        lc_logit_to_scaled(w, s->b);
    }
    if (start && start->held) {
        assert(!start->held[0] || !w->d->n_numeric);
        memcpy(s->drop, start->held, w->k * sizeof *s->drop);
    }
}

static enum lc_rc make_room(struct lc_logit_fit *f, bool with_cov, struct lc_arena *arena,
                            struct lc_err *err)
{
    f->b = LC_NEW(arena, f->k, double);
    f->cov = with_cov ? LC_NEW(arena, f->k * f->k, double) : NULL;
    f->aliased = LC_NEW(arena, f->k, bool);
    if (!f->b || (with_cov && !f->cov) || !f->aliased)
        return lc_fail_memory(err, "the coefficients");
    return LC_OK;
}

/* f has its room. */
static enum lc_rc run(struct lc_logit_ready *ready, const struct lc_logit_prior *prior,
                      const struct lc_logit_start *start, struct lc_arena *scratch,
                      struct lc_logit_fit *f, struct lc_err *err)
{
    struct lc_logit_work *w = &ready->w;
    struct lc_logit_newton s;
    enum lc_rc rc = lc_logit_scale_prior(w, prior, scratch, err);

    if (!rc)
        rc = lc_logit_newton_init(&s, w, ready->start, scratch, err);
    if (rc)
        return rc;
    begin(&s, start);
    rc = lc_logit_climb(&s, err);
    if (rc)
        return rc;
    if (f->cov) {
        double *room = LC_NEW(scratch, w->k * w->k, double);

        if (!room)
            return lc_fail_memory(err, "the covariance");
        lc_logit_invert(w->hessian, w->k, s.drop, room, f->cov);
    }
    memcpy(f->b, s.b, w->k * sizeof *f->b);
    for (size_t j = 0; j < w->k; j++)
        f->aliased[j] = s.drop[j] && !(start && start->held && start->held[j]);
    f->null_deviance = ready->null_deviance;
    f->penalty = lc_logit_prior_pull(w, s.b, s.pull);
    f->deviance = 2 * s.objective - f->penalty;
    f->max_gradient = s.size / w->total;
    f->effective_df = f->cov ? effective_df(w, &s, f->cov) : LC_NAN;
    f->iterations = s.steps;
    lc_logit_unscale(w, f->b, f->cov);
    for (size_t j = 0; j < w->k && start && start->held; j++)
        if (start->held[j])
            f->b[j] = start->b ? start->b[j] : f->b[j]; /* to the bit */
    return LC_OK;
}

enum lc_rc lc_logit_from(struct lc_logit_ready *ready, const struct lc_logit_prior *prior,
                         const struct lc_logit_start *start, struct lc_arena *arena,
                         struct lc_logit_fit *fit, struct lc_err *err)
{
    const double began = lc_logit_clock();
    struct lc_logit_fit f = {.k = ready->w.k};
    struct lc_arena scratch;
    enum lc_rc rc = make_room(&f, !start || !start->no_cov, arena, err);

    if (rc)
        return rc;
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = run(ready, prior, start, &scratch, &f, err);
    lc_arena_release(&scratch);
    f.seconds = lc_logit_clock() - began;
    if (!rc)
        *fit = f;
    return rc;
}

enum lc_rc lc_logit(const struct lc_logit_data *d, const struct lc_logit_prior *prior,
                    struct lc_parallel *pool, struct lc_arena *arena, struct lc_logit_fit *fit,
                    struct lc_err *err)
{
    const double began = lc_logit_clock();
    struct lc_logit_fit f = {.k = lc_logit_count(d)};
    struct lc_logit_ready *ready;
    struct lc_arena scratch;
    enum lc_rc rc = lc_logit_few_enough(f.k, err);

    if (!rc)
        rc = make_room(&f, true, arena, err);
    if (rc)
        return rc;
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_logit_prepare(d, pool, &scratch, &ready, err);
    if (!rc)
        rc = run(ready, prior, NULL, &scratch, &f, err);
    lc_arena_release(&scratch);
    f.seconds = lc_logit_clock() - began;
    if (!rc)
        *fit = f;
    return rc;
}
