/* The quadratic of a proximal Newton step: coordinate descent finds which coefficients are in use and on
 * which side of 0, a solve for those alone finishes what it would take hundreds of sweeps to. */
#include <gsl/gsl_linalg.h>
#include <math.h>
#include <string.h>

#include "path_internal.h"

#define MOST_ROUNDS 5000  /* of sweeps; five or ten are usual */
#define STILL       1e-11 /* of a coefficient times the root of its curvature: it has settled */

#define DAMPING \
    1e-8 /* of a curvature: yes and no of one column move together at no cost until one is 0 */

/* The curvature once the intercept follows, in the place of the information; its first row stays. */
static void eliminate_intercept(struct lc_path_work *w)
{
    double *h = w->information;

    for (size_t i = 1; i < w->k; i++) {
        const double share = h[i * w->k] / h[0];

        for (size_t j = 1; j < w->k && share != 0; j++)
            h[i * w->k + j] -= share * h[j];
    }
}

static double at(const struct lc_path_work *w, size_t j)
{
    return w->scale[j] * w->b[j] + w->step[j];
}

/* Coefficient j moves by `by`; the slopes of the quadratic follow. */
static void shift(struct lc_path_work *w, size_t j, double by)
{
    const double *row = w->information + j * w->k;

    w->step[j] += by;
    for (size_t i = 1; i < w->k; i++)
        w->rest[i] -= row[i] * by;
}

/* One sweep over the coefficients. Returns the largest move. */
static double sweep(struct lc_path_work *w, double edge, double shrink)
{
    double most = 0;

    for (size_t j = 1; j < w->k; j++) {
        const double was = at(w, j), own = w->information[j * w->k + j];
        double pull, now;

        if (!(w->scale[j] > 0) || !(own + shrink > 0))
            continue;
        pull = w->rest[j] + own * was;
        now = fabs(pull) <= edge ? 0 : (pull - copysign(edge, pull)) / (own + shrink);
        if (now == was)
            continue;
        shift(w, j, now - was);
        if (now == 0) /* to the bit, so that it counts as out of use */
            w->step[j] = -w->scale[j] * w->b[j];
        most = fmax(most, fabs(now - was) * sqrt(own + shrink));
    }
    return most;
}

/* The move of the coefficients in use to where their slopes balance, with the signs that they have.
 * Returns their number; 0: none, or they have no single answer. */
static size_t solve_active(struct lc_path_work *w, double edge, double shrink)
{
    size_t n = 0;

    for (size_t j = 1; j < w->k; j++)
        if (w->scale[j] > 0 && at(w, j) != 0)
            w->active[n++] = j;
    for (size_t a = 0; a < n; a++) {
        const size_t j = w->active[a];

        for (size_t c = 0; c < n; c++)
            w->small[a * n + c] = w->information[j * w->k + w->active[c]];
        w->small[a * n + a] += shrink + DAMPING * w->small[a * n + a];
        w->move[a] = w->rest[j] - shrink * at(w, j) - copysign(edge, at(w, j));
    }
    if (n > 0) {
        gsl_matrix_view m = gsl_matrix_view_array(w->small, n, n);
        gsl_vector_view x = gsl_vector_view_array(w->move, n);

        if (gsl_linalg_cholesky_decomp1(&m.matrix) ||
            gsl_linalg_cholesky_svx(&m.matrix, &x.vector))
            return 0;
    }
    return n;
}

/* How much of the move the first coefficient that would change its sign allows; *which it is. */
static double room(const struct lc_path_work *w, size_t n, size_t *which)
{
    double length = 1;

    *which = w->k;
    for (size_t a = 0; a < n; a++) {
        const double from = at(w, w->active[a]);

        if (from * (from + w->move[a]) < 0 && -from / w->move[a] < length) {
            length = -from / w->move[a];
            *which = w->active[a];
        }
    }
    return length;
}

/* Again and again, each time without the one that has come to 0. */
static void finish(struct lc_path_work *w, double edge, double shrink)
{
    size_t which = 0, n;

    for (size_t tries = 0; which < w->k && tries < w->k; tries++) {
        double length;

        n = solve_active(w, edge, shrink);
        if (n == 0)
            return;
        length = room(w, n, &which);
        for (size_t a = 0; a < n; a++)
            shift(w, w->active[a], length * w->move[a]);
        if (which < w->k)
            w->step[which] = -w->scale[which] * w->b[which];
    }
}

void lc_path_descend(struct lc_path_work *w, double lambda)
{
    const double edge = lambda * w->alpha, shrink = lambda * (1 - w->alpha);
    const double *h = w->information;

    memset(w->step, 0, w->k * sizeof *w->step);
    for (size_t j = 1; j < w->k; j++)
        w->rest[j] = w->gradient[j] - h[j] * w->gradient[0] / h[0];
    eliminate_intercept(w);
    for (int rounds = 0; rounds < MOST_ROUNDS; rounds++) {
        if (sweep(w, edge, shrink) <= STILL)
            break;
        finish(w, edge, shrink);
    }
    w->step[0] = w->gradient[0];
    for (size_t j = 1; j < w->k; j++)
        w->step[0] -= h[j] * w->step[j];
    w->step[0] /= h[0];
}
