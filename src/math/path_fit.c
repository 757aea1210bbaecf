/* One fit along a path: proximal Newton with coordinate descent, or the kernel for ridge. */
#include <math.h>
#include <string.h>

#include "path_internal.h"

#define MOST_STEPS  60 /* of Newton; three or four are usual from the fit before */
#define MOST_HALVED 30
#define CONDITION   1e-9  /* per lead: how far a condition of the optimum may be off */
#define NOISE       1e-13 /* of the objective: rounding */
#define LEAST_ALPHA 1e-3  /* of lambda_max: a ridge's would be infinite */
#define CONSTANT_SD 1e-9  /* of a column's largest value */

/* ---- the columns ---- */

/* The SD of a numeric column over the leads, with 1/n. */
static double sd_of_numbers(const struct lc_path_work *w, const double *x)
{
    double mean = 0, squares = 0, largest = 0;

    for (size_t i = 0; i < w->d.n; i++)
        mean += w->weight[i] * x[i] / w->total;
    for (size_t i = 0; i < w->d.n; i++) {
        squares += w->weight[i] * (x[i] - mean) * (x[i] - mean);
        largest = fmax(largest, fabs(x[i]));
    }
    squares = sqrt(squares / w->total);
    return squares > CONSTANT_SD * largest ? squares : 0;
}

static void measure(struct lc_path_work *w, bool standardise)
{
    const size_t columns = w->d.codes ? w->d.codes->k : 0, first = w->k - w->d.n_numeric;

    memset(w->scale, 0, w->k * sizeof *w->scale);
    for (size_t j = 0; j < columns; j++) {
        const struct lc_column *c = &w->d.codes->column[j];

        for (size_t i = 0; i < w->d.n; i++) {
            const size_t b = w->at[j][lc_code_at(c, i)];

            if (b != LC_LOGIT_NONE)
                w->scale[b] += w->weight[i] / w->total;
        }
    }
    for (size_t b = 1; b < first; b++) /* an indicator's */
        w->scale[b] = sqrt(fmax(w->scale[b] * (1 - w->scale[b]), 0));
    for (size_t b = first; b < w->k; b++)
        w->scale[b] = sd_of_numbers(w, w->d.x[b - first]);
    for (size_t b = 1; b < w->k && !standardise; b++)
        w->scale[b] = w->scale[b] > 0;
}

/* The intercept alone, the offset held against. */
static enum lc_rc fit_intercept(struct lc_path_work *w, struct lc_arena *scratch,
                                struct lc_err *err)
{
    double won = 0;
    bool *held = LC_NEW(scratch, w->k, bool);
    struct lc_logit_start start = {.b = w->b, .held = held};
    struct lc_logit_fit fit;
    enum lc_rc rc;

    if (!held)
        return lc_fail_memory(err, "the path");
    for (size_t i = 0; i < w->d.n; i++)
        won += w->y[i];
    if (!(won > 0) || !(won < w->total))
        return lc_fail(err, LC_EDEGENERATE,
                       "%s of %.0f leads outside a fold %s won, so there is nothing to tell "
                       "apart; take fewer folds, or type --lambda in",
                       won > 0 ? "all" : "none", w->total, won > 0 ? "were" : "was");
    memset(w->b, 0, w->k * sizeof *w->b);
    w->b[0] = log(won / (w->total - won));
    for (size_t b = 1; b < w->k; b++)
        held[b] = true;
    rc = lc_logit_from(w->ready, NULL, &start, scratch, &fit, err);
    if (rc)
        return rc;
    memcpy(w->b, fit.b, w->k * sizeof *w->b);
    w->deviance = fit.deviance;
    return LC_OK;
}

static enum lc_rc copy_rows(struct lc_path_work *w, const struct lc_logit_data *d,
                            struct lc_arena *scratch, struct lc_err *err)
{
    w->d = *d;
    w->y = LC_NEW(scratch, d->n, double);
    w->weight = LC_NEW(scratch, d->n, double);
    if (!w->y || !w->weight)
        return lc_fail_memory(err, "the path");
    for (size_t i = 0; i < d->n; i++) {
        w->y[i] = d->y[i];
        w->weight[i] = d->weight ? d->weight[i] : 1;
    }
    w->d.y = w->y;
    w->d.weight = w->weight;
    return LC_OK;
}

enum lc_rc lc_path_prepare(struct lc_path_work *w, const struct lc_logit_data *d,
                           const struct lc_path_options *options, struct lc_parallel *pool,
                           struct lc_arena *scratch, struct lc_err *err)
{
    enum lc_rc rc;

    *w = (struct lc_path_work){.alpha = options->alpha};
    rc = copy_rows(w, d, scratch, err);
    if (!rc)
        rc = lc_logit_layout(&w->d, scratch, &w->at, &w->k, err);
    if (!rc)
        rc = lc_logit_prepare(&w->d, pool, scratch, &w->ready, err);
    if (rc)
        return rc;
    w->scale = LC_NEW(scratch, w->k, double);
    w->b = LC_NEW(scratch, w->k, double);
    w->gradient = LC_NEW(scratch, w->k, double);
    w->next = LC_NEW(scratch, w->k, double);
    w->rest = LC_NEW(scratch, w->k, double);
    w->step = LC_NEW(scratch, w->k, double);
    w->information = LC_NEW(scratch, w->k * w->k, double);
    w->small = LC_NEW(scratch, w->k * w->k, double);
    w->move = LC_NEW(scratch, w->k, double);
    w->active = LC_NEW(scratch, w->k, size_t);
    if (!w->small || !w->move || !w->active || !w->scale || !w->b || !w->gradient || !w->next ||
        !w->rest || !w->step || !w->information)
        return lc_fail_memory(err, "the path");
    return LC_OK;
}

enum lc_rc lc_path_begin(struct lc_path_work *w, bool standardise, struct lc_arena *scratch,
                         struct lc_err *err)
{
    w->total = 0;
    for (size_t i = 0; i < w->d.n; i++)
        w->total += w->weight[i];
    measure(w, standardise);
    return fit_intercept(w, scratch, err);
}

double lc_path_lambda_max(struct lc_path_work *w)
{
    double most = 0;

    (void)lc_logit_look(w->ready, w->b, w->gradient, NULL);
    for (size_t b = 1; b < w->k; b++)
        if (w->scale[b] > 0)
            most = fmax(most, fabs(w->gradient[b]) / (w->total * w->scale[b]));
    return most / fmax(w->alpha, LEAST_ALPHA);
}

/* ---- lasso and elastic net ---- */

static double penalty(const struct lc_path_work *w, double lambda, const double *b)
{
    double sum = 0;

    for (size_t j = 1; j < w->k; j++) {
        const double size = fabs(w->scale[j] * b[j]);

        sum += (1 - w->alpha) / 2 * size * size + w->alpha * size;
    }
    return lambda * sum;
}

/* A look at b: the gradient and the information per lead and standardised, and the objective. */
static double look(struct lc_path_work *w, double lambda, const double *b)
{
    const double likelihood = lc_logit_look(w->ready, b, w->gradient, w->information);
    const double n = w->total;

    w->deviance = -2 * likelihood;
    for (size_t i = 0; i < w->k; i++) {
        const double si = i == 0 ? 1 : w->scale[i];

        w->gradient[i] = si > 0 ? w->gradient[i] / (n * si) : 0;
        for (size_t j = 0; j < w->k; j++) {
            const double s = si * (j == 0 ? 1 : w->scale[j]);

            w->information[i * w->k + j] = s > 0 ? w->information[i * w->k + j] / (n * s) : 0;
        }
    }
    return -likelihood / n + penalty(w, lambda, b);
}

/* How far the optimality conditions are from holding at the b of the last look. */
static double violation(const struct lc_path_work *w, double lambda)
{
    double most = fabs(w->gradient[0]);

    for (size_t j = 1; j < w->k; j++) {
        const double beta = w->scale[j] * w->b[j], edge = lambda * w->alpha;
        const double slope = w->gradient[j] - lambda * (1 - w->alpha) * beta;
        double off;

        if (beta == 0)
            off = fmax(fabs(slope) - edge, 0);
        else
            off = fabs(slope - copysign(edge, beta));
        most = fmax(most, w->scale[j] > 0 ? off : 0);
    }
    return most;
}

/* Along the step, half as far each time the objective would rise; false: no length does better. */
static bool advance(struct lc_path_work *w, double lambda)
{
    const double worst = w->objective + NOISE * (1 + fabs(w->objective));
    double length = 1;

    for (int halved = 0; halved < MOST_HALVED; halved++) {
        double objective;

        for (size_t j = 0; j < w->k; j++) {
            const double s = j == 0 ? 1 : w->scale[j];

            w->next[j] = s > 0 ? (s * w->b[j] + length * w->step[j]) / s : 0;
        }
        objective = look(w, lambda, w->next);
        if (objective <= worst) {
            memcpy(w->b, w->next, w->k * sizeof *w->b);
            w->objective = objective;
            return true;
        }
        length /= 2;
    }
    w->objective = look(w, lambda, w->b);
    return false;
}

static enum lc_rc fit_net(struct lc_path_work *w, double lambda, struct lc_err *err)
{
    double off = HUGE_VAL;

    w->objective = look(w, lambda, w->b);
    for (int step = 0; step < MOST_STEPS; step++) {
        off = violation(w, lambda);
        if (off <= CONDITION)
            break;
        lc_path_descend(w, lambda);
        if (!advance(w, lambda))
            break;
    }
    if (!(off <= 100 * CONDITION)) /* what rounding may leave where no step does better */
        return lc_fail(err, LC_ENOCONV,
                       "the path did not settle at lambda %.3g (a condition is off by %.3g a "
                       "lead); take a larger --lambda",
                       lambda, off);
    w->violation = fmax(w->violation, off);
    return LC_OK;
}

/* ---- ridge ---- */

static enum lc_rc fit_ridge(struct lc_path_work *w, double lambda, struct lc_arena *scratch,
                            struct lc_err *err)
{
    double *precision = LC_NEW(scratch, w->k, double);
    const struct lc_logit_prior prior = {.precision = precision};
    const struct lc_logit_start start = {.b = w->b, .no_cov = true};
    struct lc_logit_fit fit;
    enum lc_rc rc;

    if (!precision)
        return lc_fail_memory(err, "the path");
    for (size_t j = 1; j < w->k; j++)
        precision[j] = w->total * lambda * w->scale[j] * w->scale[j];
    rc = lc_logit_from(w->ready, &prior, &start, scratch, &fit, err);
    if (rc)
        return rc;
    memcpy(w->b, fit.b, w->k * sizeof *w->b);
    w->deviance = fit.deviance;
    w->violation = fmax(w->violation, fit.max_gradient);
    return LC_OK;
}

enum lc_rc lc_path_fit(struct lc_path_work *w, double lambda, struct lc_arena *scratch,
                       struct lc_err *err)
{
    struct lc_arena room;
    enum lc_rc rc;

    if (w->alpha > 0)
        return fit_net(w, lambda, err);
    lc_arena_init(&room, scratch->limit - scratch->used);
    rc = fit_ridge(w, lambda, &room, err);
    lc_arena_release(&room);
    return rc;
}
