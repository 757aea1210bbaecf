#include <math.h>
#include <string.h>

#include "logit_internal.h"

#define CONSTANT 1e-12 /* of its largest value: a spread below it is rounding, not variation */

/* Numeric column j, z = (x - mean) / sd, weighted by leads. A constant column becomes zeros, and
 * is then found to be a multiple of the intercept. */
static void scale_column(const struct lc_logit_work *w, size_t j)
{
    const double *x = w->d->x[j], *c = w->d->weight;
    double *z = w->z[j], sum = 0, squares = 0, largest = 0;

    for (size_t i = 0; i < w->d->n; i++) {
        sum += c ? c[i] * x[i] : x[i];
        largest = fmax(largest, fabs(x[i]));
    }
    w->mean[j] = sum / w->total;
    for (size_t i = 0; i < w->d->n; i++) {
        z[i] = x[i] - w->mean[j];
        squares += c ? c[i] * z[i] * z[i] : z[i] * z[i];
    }
    w->sd[j] = sqrt(squares / w->total);
    w->furthest[j] = 1;
    if (!(w->sd[j] > CONSTANT * largest)) {
        w->sd[j] = 1;
        memset(z, 0, w->d->n * sizeof *z);
        return;
    }
    for (size_t i = 0; i < w->d->n; i++) {
        z[i] /= w->sd[j];
        w->furthest[j] = fmax(w->furthest[j], fabs(z[i]));
    }
}

enum lc_rc lc_logit_scale(struct lc_logit_work *w, struct lc_arena *scratch, struct lc_err *err)
{
    const size_t m = w->d->n_numeric;

    w->z = LC_NEW(scratch, m, double *);
    w->mean = LC_NEW(scratch, m, double);
    w->sd = LC_NEW(scratch, m, double);
    w->furthest = LC_NEW(scratch, m, double);
    if (!w->z || !w->mean || !w->sd || !w->furthest)
        return lc_fail_memory(err, "numeric columns");
    for (size_t j = 0; j < m; j++) {
        w->z[j] = LC_NEW(scratch, w->d->n, double);
        if (!w->z[j])
            return lc_fail_memory(err, "numeric columns");
        scale_column(w, j);
    }
    return LC_OK;
}

/* In scaled units b = A f with b_0 = f_0 - sum of f_j mean_j / sd_j, b_j = f_j / sd_j, so a
 * precision P becomes A' P A: the same on rows and on columns. */
static void scale_precision(const struct lc_logit_work *w, double *p)
{
    const size_t k = w->k, first = k - w->d->n_numeric;

    for (size_t j = first; j < k; j++) {
        const double mean = w->mean[j - first], sd = w->sd[j - first];

        for (size_t i = 0; i < k; i++)
            p[i * k + j] = (p[i * k + j] - mean * p[i * k]) / sd;
    }
    for (size_t j = first; j < k; j++) {
        const double mean = w->mean[j - first], sd = w->sd[j - first];

        for (size_t i = 0; i < k; i++)
            p[j * k + i] = (p[j * k + i] - mean * p[i]) / sd;
    }
}

static void scale_mean(const struct lc_logit_work *w, double *m)
{
    const size_t first = w->k - w->d->n_numeric;

    for (size_t j = first; j < w->k; j++) {
        m[0] += m[j] * w->mean[j - first];
        m[j] *= w->sd[j - first];
    }
}

static enum lc_rc scale_full(struct lc_logit_work *w, const struct lc_logit_prior *prior,
                             double *diag, struct lc_arena *scratch, struct lc_err *err)
{
    const size_t k = w->k;
    double *full = LC_NEW(scratch, k * k, double);

    if (!full)
        return lc_fail_memory(err, "the prior");
    if (prior->full)
        memcpy(full, prior->full, k * k * sizeof *full);
    for (size_t j = 0; j < k && !prior->full; j++)
        full[j * k + j] = diag[j];
    scale_precision(w, full);
    for (size_t j = 0; j < k; j++)
        diag[j] = full[j * k + j];
    w->prior_full = full;
    return LC_OK;
}

enum lc_rc lc_logit_scale_prior(struct lc_logit_work *w, const struct lc_logit_prior *prior,
                                struct lc_arena *scratch, struct lc_err *err)
{
    const size_t k = w->k, first = k - w->d->n_numeric;
    double *mean, *diag;

    if (!prior)
        return LC_OK;
    mean = LC_NEW(scratch, k, double);
    diag = LC_NEW(scratch, k, double);
    if (!mean || !diag)
        return lc_fail_memory(err, "the prior");
    if (prior->mean)
        memcpy(mean, prior->mean, k * sizeof *mean);
    scale_mean(w, mean);
    if (prior->precision)
        memcpy(diag, prior->precision, k * sizeof *diag);
    w->prior_mean = mean;
    w->prior_diag = diag;
    /* A prior on the intercept ties it to the numeric columns once they are centred. */
    if (prior->full || (diag[0] > 0 && w->d->n_numeric))
        return scale_full(w, prior, diag, scratch, err);
    for (size_t j = first; j < k; j++)
        diag[j] /= w->sd[j - first] * w->sd[j - first];
    return LC_OK;
}

void lc_logit_unscale(const struct lc_logit_work *w, double *b, double *cov)
{
    const size_t k = w->k, first = k - w->d->n_numeric;

    for (size_t j = first; j < k; j++) {
        b[j] /= w->sd[j - first];
        b[0] -= b[j] * w->mean[j - first];
    }
    for (size_t j = first; j < k; j++) { /* A cov A': rows, then columns */
        for (size_t i = 0; i < k; i++)
            cov[j * k + i] /= w->sd[j - first];
        for (size_t i = 0; i < k; i++)
            cov[i] -= cov[j * k + i] * w->mean[j - first];
    }
    for (size_t j = first; j < k; j++) {
        for (size_t i = 0; i < k; i++)
            cov[i * k + j] /= w->sd[j - first];
        for (size_t i = 0; i < k; i++)
            cov[i * k] -= cov[i * k + j] * w->mean[j - first];
    }
}
