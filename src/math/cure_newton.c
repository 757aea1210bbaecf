/* The climb to the top of the mixture's likelihood: Newton's steps, damped where they would not
 * lead up (Levenberg and Marquardt), since the likelihood is not concave everywhere. */
#include <math.h>
#include <string.h>

#include "cure_internal.h"
#include "logit_internal.h"

#define MOST_STEPS    300
#define GOAL          1e-10 /* largest |gradient| a win at the top */
#define ENOUGH        1e-6  /* what rounding may leave of it where nothing does better */
#define ROUNDING      1e-12 /* of the objective, relative */
#define LEAST_DAMPING 1e-9
#define MOST_DAMPING  1e12
#define MOST_LOG_STEP 3.0 /* ln days or log-odds in one step: more leaps over the hill */

static double largest(const double *gradient, size_t k)
{
    double most = 0;

    for (size_t j = 0; j < k; j++)
        most = fmax(most, fabs(gradient[j]));
    return most;
}

/* (H + damping x its diagonal's size)^-1 gradient; false where that is not definite. */
static bool find_step(const struct lc_cure_work *w, double damping, double *factor,
                      double *step)
{
    const size_t k = w->k;

    memcpy(factor, w->hessian, k * k * sizeof *factor);
    for (size_t j = 0; j < k; j++) {
        const double size = fabs(factor[j * k + j]);

        factor[j * k + j] += damping * (size > 1e-8 * w->n_won ? size : 1e-8 * w->n_won);
        w->drop[j] = false;
    }
    if (lc_logit_factor(factor, k, NULL, false, w->drop) < k)
        return false;
    memcpy(step, w->gradient, k * sizeof *step);
    lc_logit_solve(factor, k, w->drop, step);
    return largest(step, k) <= MOST_LOG_STEP;
}

/* Close to the top rounding hides whether the objective rises; then the gradient has to fall. */
static bool leads_up(const struct lc_cure_work *w, double objective, const double *gradient)
{
    if (objective > w->objective)
        return true;
    return objective >= w->objective - ROUNDING * fabs(w->objective) &&
           largest(gradient, w->k) < largest(w->gradient, w->k);
}

/* Takes the step of this damping, unless it leads down. */
static bool try_step(struct lc_cure_work *w, double damping)
{
    const size_t k = w->k;
    double *factor = w->room, *hessian = w->room + k * k;
    double *step = w->room + 2 * k * k, *next = step + k, *gradient = next + k;
    double objective, likelihood;

    if (!find_step(w, damping, factor, step))
        return false;
    for (size_t j = 0; j < k; j++)
        next[j] = w->theta[j] + step[j];
    lc_cure_look(w, next, &objective, &likelihood, gradient, hessian);
    if (!leads_up(w, objective, gradient))
        return false;
    memcpy(w->theta, next, k * sizeof *next);
    memcpy(w->gradient, gradient, k * sizeof *gradient);
    memcpy(w->hessian, hessian, k * k * sizeof *hessian);
    w->objective = objective;
    w->likelihood = likelihood;
    return true;
}

/* One step that does not lead down; false where there is none. */
static bool advance(struct lc_cure_work *w, double *damping)
{
    while (*damping < MOST_DAMPING) {
        if (try_step(w, *damping)) {
            *damping = *damping > LEAST_DAMPING ? *damping / 10 : 0;
            return true;
        }
        *damping = fmax(*damping * 10, LEAST_DAMPING);
    }
    return false;
}

enum lc_rc lc_cure_climb(struct lc_cure_work *w, struct lc_err *err)
{
    double damping = 1e-3;
    bool higher = true;

    lc_cure_look(w, w->theta, &w->objective, &w->likelihood, w->gradient, w->hessian);
    w->iterations = 0;
    w->max_gradient = largest(w->gradient, w->k) / w->n_won;
    while (higher && w->max_gradient > GOAL && w->iterations < MOST_STEPS) {
        higher = advance(w, &damping);
        w->iterations++;
        w->max_gradient = largest(w->gradient, w->k) / w->n_won;
    }
    if (w->max_gradient <= ENOUGH)
        return LC_OK;
    return lc_fail(err, LC_ENOCONV,
                   "the lag from lead to win did not settle in %zu steps; look at the days of "
                   "winning, or wait for more wins",
                   w->iterations);
}
