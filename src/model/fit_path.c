/* Ridge, lasso and elastic net of a fit: lambda given, or chosen by folds in blocks of time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit_internal.h"
#include "leadcal/path.h"

#define PATH_LENGTH 30 /* lambdas tried: steps that the folds cannot tell apart */
#define WIDEST_SD \
    3.0 /* log-odds: of the ridge's prior; the first that is tried is the narrowest */
#define NARROWEST 0.02 /* log-odds: nothing is left of a weight there */

/* ---- folds ---- */

static int by_day(const void *a, const void *b)
{
    const int32_t p = *(const int32_t *)a, q = *(const int32_t *)b;

    return (p > q) - (p < q);
}

/* Leads with an earlier day than `day`, of days that are sorted. */
static size_t earlier(const int32_t *sorted, size_t n, int32_t day)
{
    size_t low = 0, high = n;

    while (low < high) {
        const size_t middle = low + (high - low) / 2;

        if (sorted[middle] < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Blocks of time with about as many leads each; those of one day stay together, so that a block may
 * be empty. Returns the blocks with leads, which are numbered from 0. */
static size_t deal_by_time(const struct lc_fit_work *w, int32_t *sorted, uint8_t *fold)
{
    const int32_t *day = w->options->day;
    size_t leads[LC_FIT_FOLDS] = {0}, blocks = 0;
    uint8_t number[LC_FIT_FOLDS];

    for (size_t i = 0; i < w->n; i++)
        sorted[i] = day[w->row[i]];
    qsort(sorted, w->n, sizeof *sorted, by_day);
    for (size_t i = 0; i < w->n; i++) {
        fold[i] = (uint8_t)(earlier(sorted, w->n, day[w->row[i]]) * LC_FIT_FOLDS / w->n);
        leads[fold[i]]++;
    }
    for (size_t f = 0; f < LC_FIT_FOLDS; f++) {
        number[f] = (uint8_t)blocks;
        blocks += leads[f] > 0;
    }
    for (size_t i = 0; i < w->n; i++)
        fold[i] = number[fold[i]];
    return blocks;
}

/* Deterministic: by decision day where there are at least two blocks of them, else by place. */
static enum lc_rc deal_folds(const struct lc_fit_work *w, struct lc_arena *scratch,
                             struct lc_path_folds *folds, struct lc_fit_path *path,
                             struct lc_err *err)
{
    uint8_t *fold = LC_NEW(scratch, w->n, uint8_t);
    int32_t *sorted = LC_NEW(scratch, w->n, int32_t);
    size_t n_folds = 0;

    if (!fold || !sorted)
        return lc_fail_memory(err, "the folds");
    if (w->options->day)
        n_folds = deal_by_time(w, sorted, fold);
    path->by_time = n_folds >= 2;
    for (size_t i = 0; i < w->n && !path->by_time; i++)
        fold[i] = (uint8_t)(i % LC_FIT_FOLDS);
    path->n_folds = path->by_time ? n_folds : w->n < LC_FIT_FOLDS ? w->n : LC_FIT_FOLDS;
    *folds = (struct lc_path_folds){.fold = fold, .n_folds = path->n_folds};
    return LC_OK;
}

/* ---- lambda ---- */

/* A ridge's lambda is a prior's SD: those tried rise by a fifth from step to step. */
static void ridge_lambdas(double n, double lambda[PATH_LENGTH])
{
    for (size_t l = 0; l < PATH_LENGTH; l++) {
        const double sd = NARROWEST * pow(WIDEST_SD / NARROWEST, (double)l / (PATH_LENGTH - 1));

        lambda[l] = 1 / (n * sd * sd);
    }
}

static enum lc_rc choose_lambda(const struct lc_fit_work *w, const struct lc_logit_data *data,
                                struct lc_parallel *pool, struct lc_arena *scratch,
                                struct lc_fit_path *p, struct lc_err *err)
{
    double ridge[PATH_LENGTH];
    const struct lc_path_options o = {
        .alpha = p->alpha, .lambda = p->alpha > 0 ? NULL : ridge, .n_lambda = PATH_LENGTH};
    struct lc_path_folds folds;
    struct lc_path_choice choice;
    struct lc_path path;
    size_t at;
    enum lc_rc rc = deal_folds(w, scratch, &folds, p, err);

    ridge_lambdas((double)w->n, ridge);
    if (!rc)
        rc = lc_path(data, &o, pool, scratch, &path, err);
    if (!rc)
        rc = lc_path_choose(data, &o, &path, &folds, pool, scratch, &choice, err);
    if (rc)
        return rc;
    at = p->least ? choice.least : choice.sparing;
    p->lambda = path.lambda[at];
    p->mean = choice.mean[at];
    p->error = choice.error[choice.least];
    p->best = choice.mean[choice.least];
    return LC_OK;
}

/* ---- the fit at it ---- */

/* The SD of a prior whose mode the fit is: Gaussian of precision n lambda (1 - alpha) times Laplace of
 * rate n lambda alpha, whose variances are put together as those of two measurements are. */
static double equivalent_sd(const struct lc_fit_path *p, double n)
{
    const double rate = n * p->lambda * p->alpha;

    return 1 / sqrt(n * p->lambda * (1 - p->alpha) + rate * rate / 2);
}

static enum lc_rc fit_gaussian(const struct lc_logit_data *data, size_t k,
                               struct lc_parallel *pool, struct lc_arena *arena,
                               struct lc_arena *scratch, struct lc_fit *fit, struct lc_err *err)
{
    double *precision = LC_NEW(scratch, k, double);
    const struct lc_logit_prior prior = {.precision = precision};

    if (!precision)
        return lc_fail_memory(err, "the prior");
    for (size_t j = 1; j < k; j++)
        precision[j] = 1 / (fit->prior_sd * fit->prior_sd);
    return lc_logit(data, &prior, pool, arena, &fit->kernel, err);
}

/* Under a lasso an attribute with as many levels above 0 as below, and none at 0, could be moved up or
 * down against the intercept at no cost. Of those answers the one is taken that has a 0: the level
 * nearest to it. */
static void settle_ties(struct lc_fit *fit)
{
    double *b = fit->kernel.b;

    for (size_t j = 0; j < fit->k_attributes; j++) {
        const size_t levels = fit->attribute[j].n_levels, *at = fit->at[j];
        size_t above = 0, below = 0, nearest = 0;
        double shift;

        for (size_t v = 0; v < levels; v++) {
            above += b[at[v]] > 0;
            below += b[at[v]] < 0;
            if (fabs(b[at[v]]) < fabs(b[at[nearest]]))
                nearest = v;
        }
        if (above != below || above + below < levels)
            continue;
        shift = b[at[nearest]];
        for (size_t v = 0; v < levels; v++)
            b[at[v]] = v == nearest ? 0 : b[at[v]] - shift;
        b[0] += shift;
    }
}

/* The weights of the path in the place of the Gaussian's, whose covariance stays. */
static enum lc_rc take_sparse(const struct lc_logit_data *data, struct lc_parallel *pool,
                              struct lc_arena *arena, struct lc_fit *fit, struct lc_err *err)
{
    const struct lc_path_options o = {
        .alpha = fit->path.alpha, .lambda = &fit->path.lambda, .n_lambda = 1};
    struct lc_path path;
    const enum lc_rc rc = lc_path(data, &o, pool, arena, &path, err);

    if (rc)
        return rc;
    memcpy(fit->kernel.b, path.b, path.k * sizeof *path.b);
    fit->kernel.deviance = path.deviance[0];
    fit->kernel.max_gradient = path.violation;
    if (fit->penalty == LC_PENALTY_LASSO)
        settle_ties(fit);
    for (size_t j = 1; j < path.k; j++)
        fit->path.used += fit->kernel.b[j] != 0;
    fit->kernel.effective_df = 1 + (double)fit->path.used;
    return LC_OK;
}

enum lc_rc lc_fit_along_path(const struct lc_fit_work *work, const struct lc_logit_data *data,
                             size_t k, struct lc_parallel *pool, struct lc_arena *arena,
                             struct lc_arena *scratch, struct lc_fit *fit, struct lc_err *err)
{
    const struct lc_fit_options *o = work->options;
    const double began = lc_logit_clock();
    enum lc_rc rc = LC_OK;

    fit->path = (struct lc_fit_path){.alpha = fit->penalty == LC_PENALTY_RIDGE   ? 0
                                              : fit->penalty == LC_PENALTY_LASSO ? 1
                                                                                 : o->alpha,
                                     .lambda = o->lambda,
                                     .least = o->lambda_least};
    if (!(o->lambda > 0))
        rc = choose_lambda(work, data, pool, scratch, &fit->path, err);
    if (rc)
        return rc;
    fit->prior_sd = equivalent_sd(&fit->path, (double)work->n);
    rc = fit_gaussian(data, k, pool, arena, scratch, fit, err);
    if (!rc && lc_fit_is_sparse(fit))
        rc = take_sparse(data, pool, arena, fit, err);
    fit->kernel.seconds = lc_logit_clock() - began;
    return rc;
}

/* ---- words ---- */

static const char *name_of(const struct lc_fit *fit, struct lc_arena *arena)
{
    if (fit->penalty == LC_PENALTY_RIDGE)
        return "ridge";
    if (fit->penalty == LC_PENALTY_LASSO)
        return "lasso";
    return lc_arena_format(arena, "elastic net of alpha %.3g", fit->path.alpha);
}

const char *lc_fit_path_text(const struct lc_fit *fit, struct lc_arena *arena)
{
    const struct lc_fit_path *p = &fit->path;
    const char *name = name_of(fit, arena);

    if (!name)
        return NULL;
    if (p->n_folds == 0)
        return lc_arena_format(arena, "%s of lambda %.4g, as given", name, p->lambda);
    return lc_arena_format(
        arena,
        "%s of lambda %.4g, %s over %zu folds %s (deviance %.4f a lead left out; the best is "
        "%.4f, give or take %.4f)",
        name, p->lambda,
        p->least ? "the best" : "the largest within one standard error of the best", p->n_folds,
        p->by_time ? "in blocks of time" : "by place in the file", p->mean, p->best, p->error);
}
