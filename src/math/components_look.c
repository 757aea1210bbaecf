/* The marginal likelihood of the SDs at one point, by Laplace, and how it slopes there. */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "components_internal.h"

size_t lc_component_levels(const struct lc_component_search *s, size_t j)
{
    return s->d->codes->column[j].n_levels;
}

bool lc_component_has_effect(const struct lc_component_search *s, size_t j, size_t v)
{
    return s->at[j][v] != LC_LOGIT_NONE;
}

/* log|X'WX + P| over the coefficients that take part. */
static double log_determinant(struct lc_component_search *s, const struct lc_logit_fit *fit)
{
    const size_t first = s->maximised ? 1 : 0, k = s->k - first;
    gsl_matrix_view m;
    double sum = 0;

    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            s->factor[i * k + j] = s->information[(i + first) * s->k + j + first] +
                                   (i == j ? s->precision[i + first] : 0);
    for (size_t i = 0; i < k; i++)
        if (fit->aliased[i + first]) { /* a numeric column that others make up */
            for (size_t j = 0; j < k; j++)
                s->factor[i * k + j] = s->factor[j * k + i] = 0;
            s->factor[i * k + i] = 1;
        }
    m = gsl_matrix_view_array(s->factor, k, k);
    if (gsl_linalg_cholesky_decomp1(&m.matrix))
        return HUGE_VAL; /* not positive: rounding, far out; such a point is never better */
    for (size_t i = 0; i < k; i++)
        sum += 2 * log(s->factor[i * k + i]);
    return sum;
}

/* The sum of squares of the block of C for columns i and j, less the prior's variance on its
 * diagonal. */
static double block_squares(const struct lc_component_search *s, const double *cov, size_t i,
                            size_t j, double v)
{
    double sum = 0;

    for (size_t a = 0; a < lc_component_levels(s, i); a++)
        for (size_t b = 0; b < lc_component_levels(s, j); b++) {
            double c;

            if (!lc_component_has_effect(s, i, a) || !lc_component_has_effect(s, j, b))
                continue;
            c = cov[s->at[i][a] * s->k + s->at[j][b]] - (i == j && a == b ? v : 0);
            sum += c * c;
        }
    return sum;
}

/* The slope of L, exactly, and its expected curvature. */
static void look_around(struct lc_component_search *s, const double *cov,
                        struct lc_component_point *p)
{
    const size_t m = s->parts + 1;
    const double *b = p->b;

    lc_logit_bend(s->ready, cov, s->half);
    memset(p->fisher, 0, m * m * sizeof *p->fisher);
    memset(p->slope, 0, m * sizeof *p->slope);
    for (size_t i = 0; i < s->columns; i++) {
        const size_t g = s->part[i];
        const double v = exp(p->log_v[g]);

        for (size_t a = 0; a < lc_component_levels(s, i); a++) {
            const size_t c = s->at[i][a];
            double pull = 0; /* bend' C, at this coefficient */

            if (!lc_component_has_effect(s, i, a))
                continue;
            for (size_t l = 0; l < s->k; l++)
                pull += s->half[l] * cov[l * s->k + c];
            p->slope[g] += (b[c] * b[c] + cov[c * s->k + c]) / (2 * v) - 0.5 - pull * b[c] / v;
        }
        for (size_t j = 0; j < s->columns; j++)
            p->fisher[g * m + s->part[j]] +=
                block_squares(s, cov, i, j, v) / (2 * v * exp(p->log_v[s->part[j]]));
    }
}

/* By the intercept that is held: the fit moves along by -C X'W1, and so does the determinant. What is
 * gained by the levels following is left out of the curvature: it is the Schur complement. */
static void look_at_intercept(struct lc_component_search *s, const double *cov,
                              struct lc_component_point *p)
{
    const size_t m = s->parts + 1, last = s->parts;
    const double *info = s->information;
    double slope = s->gradient[0] - s->half[0], curve = info[0];

    for (size_t i = 1; i < s->k; i++) {
        double follow = 0;

        for (size_t j = 1; j < s->k; j++)
            follow -= cov[i * s->k + j] * info[j];
        slope -= s->half[i] * follow;
        curve += info[i] * follow;
    }
    p->slope[last] = s->maximised ? slope : 0;
    p->fisher[last * m + last] = s->maximised ? curve : 1;
}

enum lc_rc lc_components_look(struct lc_component_search *s, struct lc_arena *scratch,
                              struct lc_component_point *p, struct lc_err *err)
{
    const struct lc_logit_prior prior = {.precision = s->precision};
    const struct lc_logit_start start = {.b = s->start, .held = s->maximised ? s->held : NULL};
    double log_prior = 0, likelihood;
    struct lc_logit_fit fit;
    enum lc_rc rc;

    for (size_t j = 0; j < s->columns; j++) {
        const double log_v = p->log_v[s->part[j]];

        for (size_t v = 0; v < lc_component_levels(s, j); v++)
            if (lc_component_has_effect(s, j, v)) {
                log_prior -= log_v;
                s->precision[s->at[j][v]] = exp(-log_v);
            }
    }
    if (s->maximised)
        s->start[0] = p->intercept;
    rc = lc_logit_from(s->ready, &prior, &start, scratch, &fit, err);
    if (rc)
        return rc;
    memcpy(p->b, fit.b, s->k * sizeof *p->b);
    likelihood = lc_logit_look(s->ready, fit.b, s->gradient, s->information);
    p->marginal = likelihood - fit.penalty / 2 + log_prior / 2 - log_determinant(s, &fit) / 2;
    look_around(s, fit.cov, p);
    look_at_intercept(s, fit.cov, p);
    s->rounds++;
    return LC_OK;
}
