/* What is not known of learnt SDs: a posterior under SDs that are taken for known is too sure of itself. */
#include <gsl/gsl_blas.h>
#include <gsl/gsl_eigen.h>
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "components_internal.h"

#define PLACES 61   /* of the grid of SDs, in equal steps of the logarithm */
#define SCALE  1.0  /* log-odds: of the half-Cauchy prior on an SD; half of them are below it */
#define SHIFT  1e-7 /* of the largest eigenvalue: below it all levels move together, unseen */
#define MOST_LEVELS \
    200 /* more tell their SD to a twentieth, and eigenvalues take the cube of them */

/* One column while its covariance is made anew; q levels. */
struct block {
    size_t q;
    double v;               /* as learnt */
    double *cov, *inverse;  /* [q * q] C_jj */
    double *vectors, *half; /* [q * q] of S, in columns; and room */
    double *moment;         /* [q * q] by the vectors; then what is added to C_jj, by levels */
    double *eigen, *z, *b;  /* [q] of S; z and b by the vectors */
    double *d, *sd, *gc, *gs; /* [q] for the eigenvalues */
    double *along, *follow;   /* [k * q] C_.j C_jj^-1, and times the moment */
};

static double sd_at(size_t i)
{
    return LC_COMPONENT_LEAST *
           pow((double)LC_COMPONENT_MOST / LC_COMPONENT_LEAST, (double)i / (PLACES - 1));
}

static enum lc_rc make_block(size_t q, size_t k, struct lc_arena *scratch, struct block *to,
                             struct lc_err *err)
{
    *to = (struct block){.q = q};
    to->cov = LC_NEW(scratch, q * q, double);
    to->inverse = LC_NEW(scratch, q * q, double);
    to->vectors = LC_NEW(scratch, q * q, double);
    to->half = LC_NEW(scratch, q * q, double);
    to->moment = LC_NEW(scratch, q * q, double);
    to->eigen = LC_NEW(scratch, 7 * q, double);
    to->along = LC_NEW(scratch, k * q, double);
    to->follow = LC_NEW(scratch, k * q, double);
    if (!to->cov || !to->inverse || !to->vectors || !to->half || !to->moment || !to->eigen ||
        !to->along || !to->follow)
        return lc_fail_memory(err, "the variance components");
    to->z = to->eigen + q;
    to->b = to->z + q;
    to->d = to->b + q;
    to->sd = to->d + q;
    to->gc = to->sd + q;
    to->gs = to->gc + q;
    return LC_OK;
}

static gsl_matrix_view square(double *cells, size_t q)
{
    return gsl_matrix_view_array(cells, q, q);
}

/* S in its eigenvalues and vectors, z and b by them. false where C_jj is no covariance, by rounding. */
static bool take_apart(const struct lc_spread *s, size_t j, struct block *k)
{
    const size_t q = k->q, *at = s->at[j];
    gsl_matrix_view inverse = square(k->inverse, q), half = square(k->half, q);
    gsl_matrix_view vectors = square(k->vectors, q);
    gsl_vector_view eigen = gsl_vector_view_array(k->eigen, q);
    gsl_eigen_symmv_workspace space = {q, k->d, k->sd, k->gc, k->gs};

    k->v = s->sd[j] * s->sd[j];
    for (size_t a = 0; a < q; a++)
        for (size_t c = 0; c < q; c++)
            k->cov[a * q + c] = s->cov[at[a] * s->k + at[c]];
    memcpy(k->inverse, k->cov, q * q * sizeof *k->cov);
    if (gsl_linalg_cholesky_decomp1(&inverse.matrix) ||
        gsl_linalg_cholesky_invert(&inverse.matrix))
        return false;
    memcpy(k->half, k->inverse, q * q * sizeof *k->half);
    for (size_t a = 0; a < q; a++)
        k->half[a * q + a] -= 1 / k->v;
    if (gsl_eigen_symmv(&half.matrix, &eigen.vector, &vectors.matrix, &space))
        return false;
    for (size_t e = 0; e < q; e++) {
        k->b[e] = 0;
        for (size_t a = 0; a < q; a++)
            k->b[e] += k->vectors[a * q + e] * s->b[at[a]];
        k->z[e] = k->b[e] * (k->eigen[e] + 1 / k->v);
    }
    return true;
}

/* The weights of the grid's SDs, which sum to 1. */
static void weigh(const struct block *k, double weight[PLACES])
{
    double most = -HUGE_VAL, sum = 0;

    for (size_t i = 0; i < PLACES; i++) {
        const double sd = sd_at(i), v = sd * sd;

        weight[i] = log(sd) - log1p(v / (SCALE * SCALE)); /* steps are of log sd */
        for (size_t e = 0; e < k->q; e++) {
            const double s = fmax(k->eigen[e], 0);

            weight[i] += (k->z[e] * k->z[e] * v / (1 + s * v) - log1p(s * v)) / 2;
        }
        most = fmax(most, weight[i]);
    }
    for (size_t i = 0; i < PLACES; i++) {
        weight[i] = exp(weight[i] - most);
        sum += weight[i];
    }
    for (size_t i = 0; i < PLACES; i++)
        weight[i] /= sum;
}

/* By the vectors: the second moment around b, less C_jj. */
static void find_moment(struct block *k)
{
    const size_t q = k->q;
    double weight[PLACES], largest = 0;

    weigh(k, weight);
    memset(k->moment, 0, q * q * sizeof *k->moment);
    for (size_t e = 0; e < q; e++)
        largest = fmax(largest, k->eigen[e]);
    for (size_t i = 0; i < PLACES; i++) {
        const double v = sd_at(i) * sd_at(i);

        for (size_t e = 0; e < q; e++) {
            const bool shift = !(k->eigen[e] > SHIFT * largest);
            const double var = shift ? 0 : v / (1 + k->eigen[e] * v);

            k->d[e] = shift ? 0 : k->z[e] * var - k->b[e];
            if (!shift)
                k->moment[e * q + e] += weight[i] * (var - 1 / (k->eigen[e] + 1 / k->v));
        }
        for (size_t e = 0; e < q; e++)
            for (size_t c = 0; c < q; c++)
                k->moment[e * q + c] += weight[i] * k->d[e] * k->d[c];
    }
}

/* to += along moment along', by levels. */
static void widen(const struct lc_spread *known, double *to, size_t j, struct block *k)
{
    const size_t q = k->q;
    gsl_matrix_view moment = square(k->moment, q), vectors = square(k->vectors, q);
    gsl_matrix_view half = square(k->half, q), inverse = square(k->inverse, q);
    gsl_matrix_view along = gsl_matrix_view_array(k->along, known->k, q);
    gsl_matrix_view follow = gsl_matrix_view_array(k->follow, known->k, q);
    gsl_matrix_view cov = gsl_matrix_view_array(to, known->k, known->k);

    (void)gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, &vectors.matrix, &moment.matrix, 0,
                         &half.matrix);
    (void)gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1, &half.matrix, &vectors.matrix, 0,
                         &moment.matrix);
    for (size_t i = 0; i < known->k; i++)
        for (size_t a = 0; a < q; a++)
            k->follow[i * q + a] = known->cov[i * known->k + known->at[j][a]];
    (void)gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, &follow.matrix, &inverse.matrix, 0,
                         &along.matrix);
    (void)gsl_blas_dgemm(CblasNoTrans, CblasNoTrans, 1, &along.matrix, &moment.matrix, 0,
                         &follow.matrix);
    (void)gsl_blas_dgemm(CblasNoTrans, CblasTrans, 1, &follow.matrix, &along.matrix, 1,
                         &cov.matrix);
}

enum lc_rc lc_components_spread(const struct lc_spread *s, struct lc_arena *arena,
                                struct lc_err *err)
{
    struct lc_spread known = *s; /* what is added is found before anything is added */
    struct lc_arena scratch;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    known.cov = LC_NEW(&scratch, s->k * s->k, double);
    if (!known.cov)
        rc = lc_fail_memory(err, "the variance components");
    else
        memcpy(known.cov, s->cov, s->k * s->k * sizeof *s->cov);
    for (size_t j = 0; j < s->columns && !rc; j++) {
        struct block k;

        if (s->level[j] == 0 || s->level[j] > MOST_LEVELS)
            continue;
        rc = make_block(s->level[j], s->k, &scratch, &k, err);
        if (rc || !take_apart(&known, j, &k))
            continue;
        find_moment(&k);
        widen(&known, s->cov, j, &k);
    }
    lc_arena_release(&scratch);
    return rc;
}
