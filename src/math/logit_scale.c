#include <assert.h>
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

/* log-F stands on coefficients in the units given: a numeric column's is the scaled one over the
 * column's sd. Also marks what has a prior of its own, by the scaled diagonal. */
static enum lc_rc scale_log_f(struct lc_logit_work *w, const double *log_f,
                              struct lc_arena *scratch, struct lc_err *err)
{
    const size_t k = w->k, first = k - w->d->n_numeric;
    double *own = LC_NEW(scratch, k, double), *unit = LC_NEW(scratch, k, double);

    if (!own || !unit)
        return lc_fail_memory(err, "the prior");
    assert(!log_f || log_f[0] == 0);
    for (size_t j = 0; j < k; j++) {
        unit[j] = j < first ? 1 : 1 / w->sd[j - first];
        own[j] = w->prior_diag[j] + (log_f ? log_f[j] : 0);
    }
    w->prior_own = own;
    w->log_f = log_f;
    w->unit = unit;
    return LC_OK;
}

enum lc_rc lc_logit_scale_prior(struct lc_logit_work *w, const struct lc_logit_prior *prior,
                                struct lc_arena *scratch, struct lc_err *err)
{
    const size_t k = w->k, first = k - w->d->n_numeric;
    double *mean, *diag;
    enum lc_rc rc = LC_OK;

    w->prior_mean = w->prior_diag = w->prior_full = w->prior_own = w->log_f = NULL;
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
    if (prior->full || (diag[0] > 0 && w->d->n_numeric)) {
        rc = scale_full(w, prior, diag, scratch, err);
    } else {
        for (size_t j = first; j < k; j++)
            diag[j] /= w->sd[j - first] * w->sd[j - first];
    }
    return rc ? rc : scale_log_f(w, prior->log_f, scratch, err);
}

void lc_logit_unscale(const struct lc_logit_work *w, double *b, double *cov)
{
    const size_t k = w->k, first = k - w->d->n_numeric;

    for (size_t j = first; j < k; j++) {
        b[j] /= w->sd[j - first];
        b[0] -= b[j] * w->mean[j - first];
    }
    for (size_t j = first; j < k && cov; j++) { /* A cov A': rows, then columns */
        for (size_t i = 0; i < k; i++)
            cov[j * k + i] /= w->sd[j - first];
        for (size_t i = 0; i < k; i++)
            cov[i] -= cov[j * k + i] * w->mean[j - first];
    }
    for (size_t j = first; j < k && cov; j++) {
        for (size_t i = 0; i < k; i++)
            cov[i * k + j] /= w->sd[j - first];
        for (size_t i = 0; i < k; i++)
            cov[i * k] -= cov[i * k + j] * w->mean[j - first];
    }
}

void lc_logit_to_scaled(const struct lc_logit_work *w, double *b)
{
    scale_mean(w, b);
}

/* With A as above a covariance in scaled units is A^-1 cov A'^-1. */
void lc_logit_cov_to_scaled(const struct lc_logit_work *w, double *cov)
{
    const size_t k = w->k, first = k - w->d->n_numeric;

    for (size_t j = first; j < k; j++) { /* rows */
        for (size_t i = 0; i < k; i++)
            cov[i] += cov[j * k + i] * w->mean[j - first];
        for (size_t i = 0; i < k; i++)
            cov[j * k + i] *= w->sd[j - first];
    }
    for (size_t j = first; j < k; j++) {
        for (size_t i = 0; i < k; i++)
            cov[i * k] += cov[i * k + j] * w->mean[j - first];
        for (size_t i = 0; i < k; i++)
            cov[i * k + j] *= w->sd[j - first];
    }
}

/* x_j = sd_j z_j + mean_j, so sums over rows of x_j are made of those of z_j and of 1. */
void lc_logit_gradient_back(const struct lc_logit_work *w, double *gradient)
{
    const size_t first = w->k - w->d->n_numeric;

    for (size_t j = first; j < w->k; j++)
        gradient[j] = gradient[j] * w->sd[j - first] + gradient[0] * w->mean[j - first];
}

void lc_logit_information_back(const struct lc_logit_work *w, double *information)
{
    const size_t k = w->k, first = k - w->d->n_numeric;

    for (size_t j = first; j < k; j++)
        for (size_t i = 0; i < k; i++)
            information[j * k + i] =
                information[j * k + i] * w->sd[j - first] + information[i] * w->mean[j - first];
    for (size_t j = first; j < k; j++)
        for (size_t i = 0; i < k; i++)
            information[i * k + j] = information[i * k + j] * w->sd[j - first] +
                                     information[i * k] * w->mean[j - first];
}
