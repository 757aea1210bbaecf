#include "leadcal/logit.h"

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

static enum lc_rc prepare(struct lc_logit_work *w, const struct lc_logit_prior *prior,
                          struct lc_arena *scratch, struct lc_err *err)
{
    enum lc_rc rc = lc_logit_layout(w->d, scratch, &w->at, &w->k, err);

    if (rc)
        return rc;
    w->k_codes = w->d->codes ? w->d->codes->k : 0;
    rc = lc_logit_pack(w, scratch, err);
    if (!rc)
        rc = lc_logit_scale(w, scratch, err);
    if (!rc)
        rc = lc_logit_scale_prior(w, prior, scratch, err);
    if (!rc)
        rc = lc_logit_plan_hessian(w, scratch, err);
    return rc;
}

/* The intercept alone: in closed form, or with an offset by the same Newton. */
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
    if (!w->d->offset)
        return LC_OK;
    alone.codes = NULL;
    alone.n_numeric = 0;
    rc = prepare(&null, NULL, scratch, err);
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

/* Trace of cov times (information without P): with cov (I + P) = 1 that is rank - tr(cov P). */
static double effective_df(const struct lc_logit_work *w, const bool *drop, const double *cov)
{
    const size_t k = w->k;
    double df = 0;

    for (size_t i = 0; i < k; i++) {
        df += !drop[i];
        if (w->prior_full)
            for (size_t j = 0; j < k; j++)
                df -= cov[i * k + j] * w->prior_full[i * k + j];
        else if (w->prior_diag)
            df -= cov[i * k + i] * w->prior_diag[i];
    }
    return df;
}

static double seconds(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static enum lc_rc fit_all(struct lc_logit_work *w, const struct lc_logit_prior *prior,
                          struct lc_arena *scratch, struct lc_logit_fit *f, struct lc_err *err)
{
    const double began = seconds();
    double won, start = 0, *room;
    struct lc_logit_newton s;
    enum lc_rc rc = count_classes(w, &won, err);

    if (!rc)
        rc = prepare(w, prior, scratch, err);
    if (!rc)
        rc = fit_null(w, won, scratch, &start, &f->null_deviance, err);
    if (!rc)
        rc = lc_logit_newton_init(&s, w, start, scratch, err);
    if (!rc)
        rc = lc_logit_climb(&s, err);
    if (rc)
        return rc;
    room = LC_NEW(scratch, w->k * w->k, double);
    if (!room)
        return lc_fail_memory(err, "the covariance");
    lc_logit_invert(w->hessian, w->k, s.drop, room, f->cov);
    memcpy(f->b, s.b, w->k * sizeof *f->b);
    memcpy(f->aliased, s.drop, w->k * sizeof *f->aliased);
    f->penalty = lc_logit_prior_pull(w, s.b, s.pull);
    f->deviance = 2 * s.objective - f->penalty;
    f->max_gradient = s.size / w->total;
    f->effective_df = effective_df(w, s.drop, f->cov);
    f->iterations = s.steps;
    lc_logit_unscale(w, f->b, f->cov);
    f->seconds = seconds() - began;
    return LC_OK;
}

enum lc_rc lc_logit(const struct lc_logit_data *d, const struct lc_logit_prior *prior,
                    struct lc_parallel *pool, struct lc_arena *arena, struct lc_logit_fit *fit,
                    struct lc_err *err)
{
    struct lc_logit_work w = {.d = d, .pool = pool};
    struct lc_logit_fit f = {.k = 1 + d->n_numeric};
    struct lc_arena scratch;
    enum lc_rc rc;

    for (size_t j = 0; d->codes && j < d->codes->k; j++)
        f.k += d->codes->column[j].n_levels -
               (d->reference && d->reference[j] != LC_NO_CODE ? 1 : 0);
    if (f.k > MOST_COEFFICIENTS)
        return lc_fail(err, LC_EDEGENERATE,
                       "%zu coefficients need too much memory (at most %d); leave out columns "
                       "with many values or merge rare ones",
                       f.k, MOST_COEFFICIENTS);
    f.b = LC_NEW(arena, f.k, double);
    f.cov = LC_NEW(arena, f.k * f.k, double);
    f.aliased = LC_NEW(arena, f.k, bool);
    if (!f.b || !f.cov || !f.aliased)
        return lc_fail_memory(err, "the coefficients");
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = fit_all(&w, prior, &scratch, &f, err);
    lc_arena_release(&scratch);
    if (!rc)
        *fit = f;
    return rc;
}
