#include <math.h>
#include <string.h>

#include "logit_internal.h"

#define MOST_STEPS    50    /* six or seven are usual; separated classes would go on for ever */
#define MOST_HALVINGS 30    /* a step of 1e-9 of Newton's: then no progress is to be had */
#define GRADIENT_GOAL 1e-12 /* wins by lead; Newton squares the error, so this costs one step */
#define GRADIENT_ENOUGH \
    1e-10               /* what rounding may leave of it where it will not go down further */
#define STALLED    0.5  /* a gradient that did not even halve is down to rounding */
#define LAST_REACH 0.01 /* log-odds: the step that is left at an optimum is far shorter */
#define FINE_REACH \
    1e-9 /* log-odds: a rare level among many leads adds little to the gradient, so the step  \
          * must be short, too */
#define NO_REACH \
    1e-11 /* log-odds: the step is rounding, though a prior of a million leads makes its      \
           * gradient look large */
#define MOST_REACH 10 /* log-odds that one step may move a lead: more is a step to nowhere */
#define DAMPING \
    1e-3 /* of the first Hessian's diagonal, ten times more until the step is sane */
#define OBJECTIVE_NOISE \
    1e-10 /* of the objective: a rise below it is rounding of a sum over many rows */

/* log-F(m, m) takes m log(2 cosh(b/2)) off the log-likelihood; log 2 is left out, so that the
 * penalty is 0 where b is. */
static double log_f_pull(const struct lc_logit_work *w, const double *b, size_t j, double *pull)
{
    const double m = w->log_f[j], half = fabs(b[j] * w->unit[j]) / 2;

    *pull += m / 2 * tanh(b[j] * w->unit[j] / 2) * w->unit[j];
    return 2 * m * (half + log1p(exp(-2 * half)) - log(2));
}

double lc_logit_log_f_curve(const struct lc_logit_work *w, const double *b, size_t j)
{
    const double p = lc_logistic(b[j] * w->unit[j]);

    return w->log_f[j] * p * (1 - p) * w->unit[j] * w->unit[j];
}

double lc_logit_prior_pull(const struct lc_logit_work *w, const double *b, double *pull)
{
    double sum = 0;

    for (size_t i = 0; i < w->k && w->prior_diag; i++) {
        pull[i] = w->prior_full ? 0 : w->prior_diag[i] * (b[i] - w->prior_mean[i]);
        for (size_t j = 0; j < w->k && w->prior_full; j++)
            pull[i] += w->prior_full[i * w->k + j] * (b[j] - w->prior_mean[j]);
        sum += pull[i] * (b[i] - w->prior_mean[i]);
        if (w->log_f && w->log_f[i] > 0)
            sum += log_f_pull(w, b, i, &pull[i]);
    }
    return sum;
}

/* The penalised objective at b, and the gradient of what is maximised. */
static double look(const struct lc_logit_newton *s, const double *b, double *gradient)
{
    double penalty;

    lc_logit_pass(s->w, b, gradient);
    penalty = lc_logit_prior_pull(s->w, b, s->pull);
    for (size_t j = 0; j < s->w->k && s->w->prior_diag; j++)
        gradient[j] -= s->pull[j];
    return s->w->objective + penalty / 2;
}

static double largest(const struct lc_logit_newton *s, const double *gradient)
{
    double most = 0;

    for (size_t j = 0; j < s->w->k; j++)
        most = s->drop[j] ? most : fmax(most, fabs(gradient[j]));
    return most;
}

static void add_prior(struct lc_logit_work *w, const double *b)
{
    const size_t k = w->k;

    for (size_t i = 0; i < k && w->prior_full; i++)
        for (size_t j = 0; j < k; j++)
            w->hessian[i * k + j] += w->prior_full[i * k + j];
    for (size_t i = 0; i < k && w->prior_diag && !w->prior_full; i++)
        w->hessian[i * k + i] += w->prior_diag[i];
    for (size_t i = 0; i < k && w->log_f; i++)
        w->hessian[i * k + i] += lc_logit_log_f_curve(w, b, i);
}

/* The name of the column that a coefficient belongs to, for a sentence. */
static const char *column_of(const struct lc_logit_work *w, size_t coefficient)
{
    for (size_t j = 0; j < w->k_codes; j++)
        for (size_t v = 0; v < w->d->codes->column[j].n_levels; v++)
            if (w->at[j][v] == coefficient && w->d->codes->column[j].name)
                return w->d->codes->column[j].name;
    return coefficient ? "a numeric column" : "the intercept";
}

static enum lc_rc separated(const struct lc_logit_work *w, size_t coefficient,
                            struct lc_err *err)
{
    return lc_fail(err, LC_EDEGENERATE,
                   "separation: '%s', perhaps together with other columns, tells won from not "
                   "won exactly, so its coefficients have no finite optimum; use the default "
                   "penalty, or leave out the column that knows the outcome",
                   column_of(w, coefficient));
}

/* How far the step moves the log-odds of a row through one coefficient; *which moves it most.
 * With separated classes the gradient vanishes and this stays about 1 for ever. */
static double reach(const struct lc_logit_newton *s, size_t *which)
{
    const size_t first = s->w->k - s->w->d->n_numeric;
    double most = 0;

    *which = 0;
    for (size_t j = s->w->k; j-- > 0;) { /* the intercept last, as it drifts with a level */
        const double far = j < first ? 1 : s->w->furthest[j - first];

        if (fabs(s->step[j]) * far > most) {
            most = fabs(s->step[j]) * far;
            *which = j;
        }
    }
    return most;
}

/* The factor of the Hessian at the present point, with `damping` times the first one's diagonal
 * added; returns the coefficient that ended it, or k. */
static size_t factor(struct lc_logit_newton *s, double damping)
{
    struct lc_logit_work *w = s->w;

    lc_logit_hessian(w);
    add_prior(w, s->b);
    for (size_t j = 0; j < w->k; j++) {
        if (s->steps == 0)
            s->first_diagonal[j] = w->hessian[j * w->k + j];
        w->hessian[j * w->k + j] += damping * s->first_diagonal[j];
    }
    return lc_logit_factor(w->hessian, w->k, w->prior_own, s->steps == 0, s->drop);
}

/* Newton's step from the present point into s->step. The first factor says what is aliased; a
 * factor that fails later does so because the weights of separated rows have vanished, or because
 * leads that have seen little of their lag bend the other way: those then count by what they are
 * expected to, for this step. */
static enum lc_rc damped_step(struct lc_logit_newton *s, double damping, struct lc_err *err)
{
    struct lc_logit_work *w = s->w;
    size_t stopped = factor(s, damping);

    if (stopped < w->k && w->seen && !w->expected) {
        w->expected = true;
        (void)look(s, s->b, s->gradient);
        stopped = factor(s, damping);
    }
    w->expected = false;
    if (stopped < w->k)
        return separated(w, stopped, err);
    memcpy(s->step, s->gradient, w->k * sizeof *s->step);
    lc_logit_solve(w->hessian, w->k, s->drop, s->step);
    return LC_OK;
}

/* Where a step went too far for a rare level, the weights of its rows have all but vanished, and
 * the next step would leap to nowhere. Levenberg's remedy: a step with more curvature, until it
 * is sane. The trial steps have left their weights, so the rows are looked at again. */
static enum lc_rc calmer_step(struct lc_logit_newton *s, struct lc_err *err)
{
    double damping = DAMPING;
    size_t which;
    enum lc_rc rc = LC_OK;

    (void)look(s, s->b, s->gradient);
    while (!rc && reach(s, &which) > MOST_REACH) {
        rc = damped_step(s, damping, err);
        damping *= 10;
    }
    return rc;
}

static void swap(double **a, double **b)
{
    double *t = *a;

    *a = *b;
    *b = t;
}

/* Goes along the step, half as far each time it would make things worse. Returns false where no
 * length does better. */
static bool advance(struct lc_logit_newton *s, int tries)
{
    const double worst = s->objective + OBJECTIVE_NOISE * (1 + fabs(s->objective));
    double length = 1;

    for (int i = 0; i < tries; i++) {
        double objective;

        for (size_t j = 0; j < s->w->k; j++)
            s->b_next[j] = s->b[j] + length * s->step[j];
        objective = look(s, s->b_next, s->gradient_next);
        if (objective <= worst) {
            swap(&s->b, &s->b_next);
            swap(&s->gradient, &s->gradient_next);
            s->objective = objective;
            s->size = largest(s, s->gradient);
            return true;
        }
        length /= 2;
    }
    return false;
}

/* One step up from s->b; *top where none can be made. The factor is then again that at s->b. */
static enum lc_rc step_up(struct lc_logit_newton *s, bool *top, struct lc_err *err)
{
    enum lc_rc rc;

    if (advance(s, 1))
        return LC_OK;
    rc = calmer_step(s, err);
    if (rc || advance(s, MOST_HALVINGS))
        return rc;
    *top = true;
    (void)look(s, s->b, s->gradient);
    return damped_step(s, 0, err);
}

/* Whether s->b is where to stop: at an optimum, or far out where separated classes lead. `before`
 * is the size of the gradient a step ago, `left` the reach of the step that would come next. */
static bool arrived(const struct lc_logit_newton *s, double before, double left)
{
    const double total = s->w->total;

    if (s->size <= GRADIENT_GOAL * total && (left <= FINE_REACH || left > LAST_REACH))
        return true;
    return s->size > STALLED * before &&
           (s->size <= GRADIENT_ENOUGH * total || left <= NO_REACH);
}

/* Leaves the factor of the (penalised) information at s->b in w->hessian. */
enum lc_rc lc_logit_climb(struct lc_logit_newton *s, struct lc_err *err)
{
    double before = HUGE_VAL, left = HUGE_VAL;
    bool top = false;
    size_t which;

    s->w->expected =
        s->w->seen != NULL; /* what is aliased must not hang on a curvature's sign */
    s->objective = look(s, s->b, s->gradient);
    for (s->steps = 0; s->steps <= MOST_STEPS; s->steps++) {
        enum lc_rc rc = top ? LC_OK : damped_step(s, 0, err);

        if (rc)
            return rc;
        if (s->steps == 0) /* only now it is known what is aliased */
            s->size = largest(s, s->gradient);
        left = reach(s, &which);
        if (top || arrived(s, before, left))
            break;
        before = s->size;
        rc = step_up(s, &top, err);
        if (rc)
            return rc;
    }
    if (s->steps <= MOST_STEPS &&
        (s->size <= GRADIENT_ENOUGH * s->w->total || left <= NO_REACH))
        return left > LAST_REACH ? separated(s->w, which, err) : LC_OK;
    return lc_fail(
        err, LC_ENOCONV,
        "the fit did not settle in %zu steps (largest gradient left %.3g a lead); "
        "leave out columns that nearly repeat each other, or use the default penalty",
        s->steps, s->size / s->w->total);
}

enum lc_rc lc_logit_newton_init(struct lc_logit_newton *s, struct lc_logit_work *w,
                                double start, struct lc_arena *scratch, struct lc_err *err)
{
    double *room = LC_NEW(scratch, 7 * w->k, double);

    *s = (struct lc_logit_newton){.w = w, .drop = LC_NEW(scratch, w->k, bool)};
    if (!room || !s->drop)
        return lc_fail_memory(err, "the coefficients");
    s->b = room;
    s->b_next = room + w->k;
    s->gradient = room + 2 * w->k;
    s->gradient_next = room + 3 * w->k;
    s->step = room + 4 * w->k;
    s->pull = room + 5 * w->k;
    s->first_diagonal = room + 6 * w->k;
    s->b[0] = start;
    return LC_OK;
}
