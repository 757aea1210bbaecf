/* What one more column would add to the marginal likelihood, without a fit of it. */
#include <assert.h>
#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <math.h>
#include <string.h>

#include "leadcal/components.h"

#define PLACES \
    41 /* of the grid of SDs, in equal steps of the logarithm; the top of L is flat */

/* The new column's levels while the others are taken out of them. */
struct levels {
    size_t q, k, kb;                     /* new; all coefficients; those before */
    double *gradient, *information;      /* [k], [k * k] at the fit before, the new ones at 0 */
    double *rest, *follow;               /* [q * q] S; [q * kb] I_nb C_bb */
    double *eigen, *vectors, *z, *space; /* [q], [q * q], [q], [q] */
};

static bool make_levels(size_t k, size_t kb, struct lc_arena *scratch, struct levels *to)
{
    const size_t q = k - kb;

    *to = (struct levels){.q = q,
                          .k = k,
                          .kb = kb,
                          .gradient = LC_NEW(scratch, k, double),
                          .information = LC_NEW(scratch, k * k, double),
                          .rest = LC_NEW(scratch, q * q, double),
                          .follow = LC_NEW(scratch, q * kb, double),
                          .eigen = LC_NEW(scratch, q, double),
                          .vectors = LC_NEW(scratch, q * q, double),
                          .z = LC_NEW(scratch, q, double),
                          .space = LC_NEW(scratch, 4 * q, double)};
    return to->gradient && to->information && to->rest && to->follow && to->eigen &&
           to->vectors && to->z && to->space;
}

/* S = I_nn - I_nb C_bb I_bn, in its eigenvalues; z the gradient by its vectors. */
static void take_apart(struct levels *l, const double *cov)
{
    const size_t q = l->q, kb = l->kb, k = l->k;
    gsl_matrix_view all = gsl_matrix_view_array(l->information, k, k);
    gsl_matrix_view cross = gsl_matrix_submatrix(&all.matrix, kb, 0, q, kb);
    gsl_matrix_view own = gsl_matrix_submatrix(&all.matrix, kb, kb, q, q);
    gsl_matrix_const_view before = gsl_matrix_const_view_array(cov, kb, kb);
    gsl_matrix_view rest = gsl_matrix_view_array(l->rest, q, q);
    gsl_matrix_view follow = gsl_matrix_view_array(l->follow, q, kb);
    gsl_matrix_view vectors = gsl_matrix_view_array(l->vectors, q, q);
    gsl_vector_view eigen = gsl_vector_view_array(l->eigen, q);
    gsl_vector_view score = gsl_vector_view_array(l->gradient + kb, q);
    gsl_vector_view z = gsl_vector_view_array(l->z, q);
    gsl_eigen_symmv_workspace space = {q, l->space, l->space + q, l->space + 2 * q,
                                       l->space + 3 * q};

    (void)gsl_matrix_memcpy(&rest.matrix, &own.matrix);
    (void)gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, &cross.matrix, &before.matrix, 0,
                         &follow.matrix);
    (void)gsl_blas_dgemm(CblasNoTrans, CblasTrans, -1, &follow.matrix, &cross.matrix, 1,
                         &rest.matrix);
    (void)gsl_eigen_symmv(&rest.matrix, &eigen.vector, &vectors.matrix, &space);
    (void)gsl_blas_dgemv(CblasTrans, 1, &vectors.matrix, &score.vector, 0, &z.vector);
}

/* The most that an SD gains over 0. */
static double best_gain(const struct levels *l)
{
    double most = 0;

    for (size_t i = 0; i < PLACES; i++) {
        const double sd =
            LC_COMPONENT_LEAST *
            pow((double)LC_COMPONENT_MOST / LC_COMPONENT_LEAST, (double)i / (PLACES - 1));
        double gain = 0;

        for (size_t e = 0; e < l->q; e++) {
            const double s = fmax(l->eigen[e], 0);

            gain += (l->z[e] * l->z[e] * sd * sd / (1 + s * sd * sd) - log1p(s * sd * sd)) / 2;
        }
        most = fmax(most, gain);
    }
    return most;
}

enum lc_rc lc_component_gain(const struct lc_logit_data *d, const struct lc_logit_fit *before,
                             struct lc_parallel *pool, struct lc_arena *arena, double *gain,
                             struct lc_err *err)
{
    struct lc_logit_ready *ready;
    struct lc_arena scratch;
    struct levels l;
    size_t **at, k = 0;
    double *b;
    enum lc_rc rc;

    assert(!d->n_numeric);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_logit_layout(d, &scratch, &at, &k, err);
    if (!rc)
        rc = lc_logit_prepare(d, pool, &scratch, &ready, err);
    if (rc)
        goto out;
    assert(k > before->k);
    b = LC_NEW(&scratch, k, double);
    if (!b || !make_levels(k, before->k, &scratch, &l)) {
        rc = lc_fail_memory(err, "the variance components");
        goto out;
    }
    memcpy(b, before->b, before->k * sizeof *b);
    (void)lc_logit_look(ready, b, l.gradient, l.information);
    take_apart(&l, before->cov);
    *gain = best_gain(&l);
out:
    lc_arena_release(&scratch);
    return rc;
}
