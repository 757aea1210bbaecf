/* Mean and covariance of a posterior that leans to one side. */
#include <gsl/gsl_linalg.h>
#include <string.h>

#include "leadcal/logit.h"

/* Half the third derivative of a log-F law at b, against its variance. */
static double lean(double m, double b, double variance)
{
    const double p = lc_logistic(b);

    return m * p * (1 - p) * (0.5 - p) * variance;
}

static double curve(const struct lc_logit_prior *prior, double b, size_t j)
{
    const double p = lc_logistic(b);

    return (prior->precision ? prior->precision[j] : 0) +
           (prior->log_f ? prior->log_f[j] * p * (1 - p) : 0);
}

enum lc_rc lc_logit_moments(struct lc_logit_ready *ready, const struct lc_logit_prior *prior,
                            const struct lc_logit_fit *fit, struct lc_arena *arena,
                            double **mean, double **cov, struct lc_err *err)
{
    const size_t k = fit->k;
    double *m = LC_NEW(arena, k, double), *c = LC_NEW(arena, k * k, double);
    double *half = LC_NEW(arena, k, double);
    gsl_matrix_view information;

    if (!m || !c || !half)
        return lc_fail_memory(err, "the posterior mean");
    (void)lc_logit_look(ready, fit->b, m, c);
    lc_logit_bend(ready, fit->cov, half);
    for (size_t j = 0; j < k && prior->log_f; j++)
        half[j] += lean(prior->log_f[j], fit->b[j], fit->cov[j * k + j]);
    for (size_t i = 0; i < k; i++) {
        m[i] = fit->b[i];
        for (size_t j = 0; j < k; j++)
            m[i] -= fit->cov[i * k + j] * half[j];
    }
    (void)lc_logit_look(ready, m, half, c);
    for (size_t j = 0; j < k; j++)
        c[j * k + j] += curve(prior, m[j], j);
    information = gsl_matrix_view_array(c, k, k);
    if (gsl_linalg_cholesky_decomp1(&information.matrix) ||
        gsl_linalg_cholesky_invert(&information.matrix)) {
        memcpy(m, fit->b, k * sizeof *m); /* so far out that nothing is known there */
        memcpy(c, fit->cov, k * k * sizeof *c);
    }
    *mean = m;
    *cov = c;
    return LC_OK;
}
