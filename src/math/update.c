#include "leadcal/update.h"

#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "leadcal/num.h"
#include "update_internal.h"

#define UNTOLD 1e-9 /* share of a variance that the leads took away: less is rounding */
#define MIDDLE (LC_DRIFTS / 2)

/* One quarter being carried on; a curve is drawn by as many threads as there are, each drift by one. */
struct carry {
    const struct lc_logit_data *d;
    const struct lc_update_prior *prior;
    size_t limit; /* bytes that one drift may take */
    const double
        *start; /* [k] the fit at drift MIDDLE, from which the others begin; NULL: none yet */
    double l[LC_DRIFTS];
    enum lc_rc rc[LC_DRIFTS];
    struct lc_err err[LC_DRIFTS];
};

double lc_update_drift(size_t i)
{
    return lc_drift_at((double)i);
}

/* log-determinant of a positive definite matrix [n * n], which becomes its Cholesky factor, and then
 * its inverse where that is asked for. false: it is not positive definite. */
static bool take_apart(double *a, size_t n, bool invert, double *log_det)
{
    gsl_matrix_view m;

    *log_det = 0;
    if (n == 0)
        return true;
    m = gsl_matrix_view_array(a, n, n);
    if (gsl_linalg_cholesky_decomp1(&m.matrix))
        return false;
    for (size_t i = 0; i < n; i++)
        *log_det += 2 * log(a[i * n + i]);
    return isfinite(*log_det) && (!invert || gsl_linalg_cholesky_invert(&m.matrix) == 0);
}

/* The prior's covariance at a drift, without the intercept: [(k - 1) * (k - 1)]. */
static void widen(const struct lc_update_prior *p, double q, double *to)
{
    const size_t n = p->k - 1;

    for (size_t i = 0; i < n; i++) {
        memcpy(to + i * n, p->cov + (i + 1) * p->k + 1, n * sizeof *to);
        if (p->drifts[i + 1])
            to[i * n + i] += q * q;
    }
}

/* A matrix without the intercept into one with it, where its row and column are 0. */
static void embed(const double *from, size_t n, double *to)
{
    memset(to, 0, (n + 1) * (n + 1) * sizeof *to);
    for (size_t i = 0; i < n; i++)
        memcpy(to + (i + 1) * (n + 1) + 1, from + i * n, n * sizeof *to);
}

/* The fit at one drift and L(q). `arena` holds the fit, `scratch` all else. */
static enum lc_rc fit_at(const struct carry *c, double q, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_arena *scratch,
                         struct lc_logit_fit *fit, double *l, struct lc_err *err)
{
    const size_t k = c->prior->k, n = k - 1;
    double *wide = LC_NEW(scratch, n * n, double), *full = LC_NEW(scratch, k * k, double);
    const struct lc_logit_prior prior = {.mean = c->prior->mean, .full = full};
    const struct lc_logit_start start = {.b = c->start};
    struct lc_logit_ready *ready;
    double of_prior, of_posterior;
    enum lc_rc rc;

    if (!wide || !full)
        return lc_fail_memory(err, "the prior");
    widen(c->prior, q, wide);
    if (!take_apart(wide, n, true, &of_prior))
        return lc_fail(
            err, LC_EMISMATCH,
            "the prior's covariance cannot be inverted, so it is that of no posterior; "
            "take the file as it was made, or fit without a prior");
    embed(wide, n, full);
    rc = lc_logit_prepare(c->d, pool, scratch, &ready, err);
    if (!rc)
        rc = lc_logit_from(ready, &prior, &start, arena, fit, err);
    if (rc)
        return rc;
    memcpy(full, fit->cov, k * k * sizeof *full);
    if (!take_apart(full, k, false, &of_posterior))
        return lc_fail(err, LC_ENOCONV,
                       "the posterior's covariance has no determinant; leave out columns that "
                       "say the same");
    *l = (of_posterior - of_prior - fit->deviance - fit->penalty) / 2;
    return LC_OK;
}

static void fit_place(void *context, size_t place, size_t worker)
{
    struct carry *c = context;
    struct lc_logit_fit fit;
    struct lc_arena scratch;

    (void)worker;
    if (place == MIDDLE)
        return;
    lc_arena_init(&scratch, c->limit);
    c->rc[place] = fit_at(c, lc_update_drift(place), NULL, &scratch, &scratch, &fit,
                          &c->l[place], &c->err[place]);
    lc_arena_release(&scratch);
}

/* L at every place of the grid, less that at 0. The middle's fit stays in arena as a start. */
static enum lc_rc draw_curve(struct carry *c, struct lc_parallel *pool, struct lc_arena *arena,
                             double *curve, struct lc_err *err)
{
    struct lc_logit_fit middle;
    struct lc_arena scratch;
    enum lc_rc rc;

    lc_arena_init(&scratch, c->limit);
    rc = fit_at(c, lc_update_drift(MIDDLE), pool, arena, &scratch, &middle, &c->l[MIDDLE], err);
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    c->start = middle.b;
    lc_parallel_run(pool, LC_DRIFTS, fit_place, c);
    for (size_t i = 0; i < LC_DRIFTS; i++) {
        if (c->rc[i]) {
            *err = c->err[i];
            return c->rc[i];
        }
        curve[i] = c->l[i] - c->l[0];
    }
    return LC_OK;
}

enum lc_rc lc_update(const struct lc_logit_data *d, const struct lc_update_prior *prior,
                     const double *past, struct lc_parallel *pool, struct lc_arena *arena,
                     struct lc_logit_fit *fit, struct lc_update *u, struct lc_err *err)
{
    struct carry c = {.d = d, .prior = prior, .limit = arena->limit - arena->used};
    const size_t k = prior->k, n = k - 1;
    double pooled[LC_DRIFTS], *cov = LC_NEW(arena, k * k, double), ignored;
    struct lc_update made = {.cov = cov};
    struct lc_logit_fit best;
    struct lc_arena scratch;
    enum lc_rc rc;

    if (!cov)
        return lc_fail_memory(err, "the prior");
    rc = draw_curve(&c, pool, arena, made.curve, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < LC_DRIFTS; i++)
        pooled[i] = made.curve[i] + (past ? past[i] : 0);
    lc_drift_climb(pooled, &made.q, &made.low, &made.high);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = fit_at(&c, made.q, pool, arena, &scratch, &best, &ignored, err);
    if (!rc) {
        double *wide = LC_NEW(&scratch, n * n, double);

        if (wide) {
            widen(prior, made.q, wide);
            embed(wide, n, cov);
        } else {
            rc = lc_fail_memory(err, "the prior");
        }
    }
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    *fit = best;
    *u = made;
    return LC_OK;
}

/* The log-odds that the prior's mean gives each row, without the intercept. */
static void odds_of(const struct lc_logit_data *d, const double *mean, double *eta)
{
    size_t first = 1;

    for (size_t j = 0; j < d->codes->k; j++) {
        const struct lc_column *c = &d->codes->column[j];

        for (size_t i = 0; i < d->n; i++)
            eta[i] += mean[first + lc_code_at(c, i)];
        first += c->n_levels;
    }
}

enum lc_rc lc_update_expected(const struct lc_logit_data *d, const double *mean,
                              struct lc_parallel *pool, struct lc_arena *arena,
                              double *expected, struct lc_err *err)
{
    struct lc_logit_data alone = *d;
    double *eta;
    struct lc_logit_fit fit;
    struct lc_arena scratch;
    size_t first = 1;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    eta = LC_NEW(&scratch, d->n, double);
    rc = eta ? LC_OK : lc_fail_memory(err, "the wins expected");
    if (!rc) {
        odds_of(d, mean, eta);
        alone.codes = NULL;
        alone.offset = eta;
        rc = lc_logit(&alone, NULL, pool, &scratch, &fit, err);
    }
    for (size_t j = 0; !rc && j < d->codes->k; j++) {
        const struct lc_column *c = &d->codes->column[j];

        for (uint32_t v = 0; v < c->n_levels; v++)
            expected[first + v] = 0;
        for (size_t i = 0; i < d->n; i++)
            expected[first + lc_code_at(c, i)] +=
                (d->weight ? d->weight[i] : 1) * lc_logistic(fit.b[0] + eta[i]);
        first += c->n_levels;
    }
    if (!rc) {
        expected[0] = 0;
        for (size_t i = 0; i < d->n; i++)
            expected[0] += (d->weight ? d->weight[i] : 1) * lc_logistic(fit.b[0] + eta[i]);
    }
    lc_arena_release(&scratch);
    return rc;
}

double lc_update_move(const struct lc_update_prior *prior, const struct lc_update *u,
                      const struct lc_logit_fit *fit, const double *c, double *z)
{
    const size_t k = prior->k;
    double move = 0, before = 0, after = 0;

    for (size_t i = 1; i < k; i++) {
        if (c[i] == 0)
            continue;
        move += c[i] * (fit->b[i] - prior->mean[i]);
        for (size_t j = 1; j < k; j++) {
            before += c[i] * c[j] * u->cov[i * k + j];
            after += c[i] * c[j] * fit->cov[i * k + j];
        }
    }
    *z = before - after > UNTOLD * before ? move / sqrt(before - after) : LC_NAN;
    return move;
}
