/* The log-likelihood of the mixture, with its exact gradient and Hessian. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "cure_internal.h"
#include "leadcal/logit.h"

/* What one lead of a cell adds: log-likelihood, and its derivatives by log-odds of c (0), location
 * (1) and ln scale (2). */
struct share {
    double value, by[3], by_by[3][3];
};

static void add_lag(const struct lc_jet *j, double times, struct share *s)
{
    s->by[1] += times * j->by[0];
    s->by[2] += times * j->by[1];
    s->by_by[1][1] += times * j->by_by[0];
    s->by_by[1][2] += times * j->by_by[1];
    s->by_by[2][2] += times * j->by_by[2];
}

static struct share share_of_won(const struct lc_jet *density, double log_odds, bool everyone)
{
    const double c = everyone ? 1 : lc_logistic(log_odds);
    struct share s = {.value = density->value};

    add_lag(density, 1, &s);
    if (everyone)
        return s;
    s.value -= lc_softplus(-log_odds);
    s.by[0] = lc_logistic(-log_odds);
    s.by_by[0][0] = -c * s.by[0];
    return s;
}

/* ln A with A = 1 - c F = (1 - c) + c S. A by log-odds: c (1 - c) (S - 1); by S: c. */
static struct share share_of_others(const struct lc_jet *above, double log_odds, bool everyone)
{
    const double c = everyone ? 1 : lc_logistic(log_odds);
    const double not_c = everyone ? 0 : lc_logistic(-log_odds);
    const double a = fmax(not_c + c * above->value, DBL_MIN);
    const double by_s = c / a, below = 1 - above->value;
    struct share s = {.value = log(a)};

    add_lag(above, by_s, &s);
    for (size_t i = 0; i < 2; i++)
        for (size_t j = i; j < 2; j++)
            s.by_by[1 + i][1 + j] -= by_s * by_s * above->by[i] * above->by[j];
    if (everyone)
        return s;
    s.by[0] = -c * not_c * below / a;
    s.by_by[0][0] = s.by[0] * (not_c - c) - s.by[0] * s.by[0];
    /* d/dS of -c (1 - c) (1 - S) / A is c (1 - c) / A^2 */
    for (size_t i = 0; i < 2; i++)
        s.by_by[0][1 + i] = c * not_c / (a * a) * above->by[i];
    return s;
}

size_t lc_cure_location_at(const struct lc_cure_work *w)
{
    return w->options.everyone ? 0 : w->live;
}

size_t lc_cure_shift_at(const struct lc_cure_work *w)
{
    return lc_cure_location_at(w) + 2;
}

/* Adds to the gradient and to minus the Hessian, upper triangle. A shift moves with the location. */
static void add_share(const struct lc_cure_work *w, const struct share *s, double times,
                      size_t live, double *gradient, double *hessian)
{
    const size_t k = w->k, location = lc_cure_location_at(w);
    size_t at[4], of[4], n = 0;

    if (!w->options.everyone) {
        of[n] = 0;
        at[n++] = live;
    }
    for (size_t i = 0; i < 2; i++) {
        of[n] = 1 + i;
        at[n++] = location + i;
    }
    if (w->options.spread > 0) {
        of[n] = 1;
        at[n++] = lc_cure_shift_at(w) + live;
    }
    for (size_t i = 0; i < n; i++) {
        gradient[at[i]] += times * s->by[of[i]];
        for (size_t j = i; j < n; j++) {
            const size_t a = of[i] < of[j] ? of[i] : of[j], b = of[i] < of[j] ? of[j] : of[i];

            hessian[at[i] * k + at[j]] -= times * s->by_by[a][b];
        }
    }
}

static void add_prior(const struct lc_cure_work *w, const double *theta, double *objective,
                      double *gradient, double *hessian)
{
    const double precision = 1 / (w->options.spread * w->options.spread);

    for (size_t j = lc_cure_shift_at(w); j < w->k; j++) {
        *objective -= precision * theta[j] * theta[j] / 2;
        gradient[j] -= precision * theta[j];
        hessian[j * w->k + j] += precision;
    }
}

static struct lc_jet jet_at(const struct lc_cure_work *w, const struct lc_cure_moment *m,
                            double location, double log_scale)
{
    return m->won ? lc_lag_log_density(w->options.family, location, log_scale, m->time, w->tick)
                  : lc_lag_above(w->options.family, location, log_scale, m->time + w->tick);
}

void lc_cure_look(struct lc_cure_work *w, const double *theta, double *objective,
                  double *likelihood, double *gradient, double *hessian)
{
    const size_t k = w->k, location = lc_cure_location_at(w), shift = lc_cure_shift_at(w);
    const struct lc_cure_options *o = &w->options;
    const bool one_lag = !(o->spread > 0);
    double sum = 0;

    memset(gradient, 0, k * sizeof *gradient);
    memset(hessian, 0, k * k * sizeof *hessian);
    for (size_t m = 0; m < w->moments && one_lag; m++)
        w->moment[m].jet = jet_at(w, &w->moment[m], theta[location], theta[location + 1]);
    for (size_t i = 0; i < w->cells; i++) {
        const struct lc_cure_cell *cell = &w->cell[i];
        const struct lc_cure_moment *m = &w->moment[cell->moment];
        const size_t live = w->place[cell->segment];
        const double log_odds = o->everyone ? 0 : theta[live];
        const struct lc_jet jet =
            one_lag ? m->jet
                    : jet_at(w, m, theta[location] + theta[shift + live], theta[location + 1]);
        const struct share s = m->won ? share_of_won(&jet, log_odds, o->everyone)
                                      : share_of_others(&jet, log_odds, o->everyone);

        sum += cell->count * s.value;
        add_share(w, &s, cell->count, live, gradient, hessian);
    }
    *likelihood = *objective = sum;
    if (!one_lag)
        add_prior(w, theta, objective, gradient, hessian);
    for (size_t i = 0; i < k; i++)
        for (size_t j = i + 1; j < k; j++)
            hessian[j * k + i] = hessian[i * k + j];
}
