#include "leadcal/firth.h"

#include <math.h>
#include <string.h>

#include "logit_internal.h"

#define MOST_STEPS  500 /* scoring converges by a factor each step: ten to thirty are usual */
#define MOST_HALVED 40
#define MOST_STEP   5.0 /* standard errors that one step may go, all coefficients together */
#define MOST_REACH  2.0 /* log-odds that one step may move a level: weights vanish further out */
#define ROUNDED     1e-9 /* of a column, once those before it are taken out: it repeats them */
#define SLOW        0.1 /* of the square of the step before: then steps are too long or too short */
#define RELAXED \
    (2.0 /      \
     3) /* of such a step: a lead that has a coefficient to itself bends the score twice as   \
               * much as the information says, one among many not at all; so both err by a third */
#define FINE       1e-22 /* of score' step: then a step is 1e-11 standard errors */
#define NOISE      1e-12 /* of the penalised likelihood: a fall below it is rounding */
#define LIMIT      1.9599639845400545 /* root of the 95 % quantile of chi-square, 1 df */
#define LIMIT_FINE 1e-9
#define MOST_TRIES 60 /* of a limit; four or five are usual */

struct lc_firth_work {
    struct lc_logit_ready *ready;
    size_t k, coded; /* coefficients; those of the intercept and of levels */
    size_t held;     /* held: a coefficient that stays; k: none */
    double *b, *next, *score, *half, *step;
    double *information, *cov, *factor, *room; /* [k * k] each */
    bool *drop; /* [k] combinations of others, as the first look found */
    bool looked;
    double likelihood, penalised; /* at the last look */
    size_t steps;
};

/* The factor of the information; false: it is singular. The first look finds what repeats others: also
 * what rounding in the sums over many leads hides of it, in the column of a rare level. */
static bool factor(struct lc_firth_work *w)
{
    const size_t k = w->k, bytes = k * k * sizeof *w->factor;

    memcpy(w->factor, w->information, bytes);
    if (lc_logit_factor(w->factor, k, NULL, !w->looked, w->drop) < k)
        return false;
    if (w->looked)
        return true;
    for (size_t j = 0; j < k; j++)
        if (!w->drop[j] &&
            w->factor[j * k + j] * w->factor[j * k + j] <= ROUNDED * w->information[j * k + j])
            w->drop[j] = true;
    w->looked = true;
    memcpy(w->factor, w->information, bytes);
    return lc_logit_factor(w->factor, k, NULL, false, w->drop) == k;
}

/* The penalised likelihood and its slope at b; false: the information is singular there. */
static bool look(struct lc_firth_work *w, const double *b)
{
    const size_t k = w->k;
    double log_determinant = 0;

    w->likelihood = lc_logit_look(w->ready, b, w->score, w->information);
    if (!factor(w))
        return false;
    for (size_t j = 0; j < k; j++)
        log_determinant += w->drop[j] ? 0 : 2 * log(w->factor[j * k + j]);
    lc_logit_invert(w->factor, k, w->drop, w->room, w->cov);
    w->penalised = w->likelihood + log_determinant / 2;
    lc_logit_bend(w->ready, w->cov, w->half);
    for (size_t j = 0; j < k; j++)
        w->score[j] += w->half[j];
    return true;
}

/* The step by the information; a coefficient that is held stays, and the others move as they would
 * beside it. Returns score' step: the square of its length in standard errors. */
static double choose_step(struct lc_firth_work *w)
{
    const size_t k = w->k, h = w->held;
    double squares = 0, by;

    for (size_t i = 0; i < k; i++) {
        w->step[i] = 0;
        for (size_t j = 0; j < k; j++)
            w->step[i] += w->cov[i * k + j] * w->score[j];
    }
    by = h < k ? w->step[h] / w->cov[h * k + h] : 0;
    for (size_t i = 0; i < k && h < k; i++)
        w->step[i] = i == h ? 0 : w->step[i] - w->cov[i * k + h] * by;
    for (size_t i = 0; i < k; i++)
        squares += i == h ? 0 : w->score[i] * w->step[i];
    return squares;
}

/* How much of the step to take, when its length in standard errors is the root of squares. */
static double sane_length(const struct lc_firth_work *w, double squares, double before)
{
    double length = squares > SLOW * before ? RELAXED : 1;

    if (squares > MOST_STEP * MOST_STEP)
        length = fmin(length, MOST_STEP / sqrt(squares));
    for (size_t j = 0; j < w->coded; j++)
        if (fabs(w->step[j]) * length > MOST_REACH)
            length = MOST_REACH / fabs(w->step[j]);
    return length;
}

/* From w->b to the top, or to the top beside what is held. */
static enum lc_rc climb(struct lc_firth_work *w, struct lc_err *err)
{
    double before = HUGE_VAL;
    bool fine = false;

    if (!look(w, w->b))
        return lc_fail(err, LC_ENOCONV,
                       "Firth's fit went to where its columns can no longer be told apart; use "
                       "the default --penalty");
    for (size_t steps = 0; steps < MOST_STEPS && !fine; steps++, w->steps++) {
        const double squares = choose_step(w);
        const double least = w->penalised - NOISE * (1 + fabs(w->penalised));
        double length = sane_length(w, squares, before);
        bool risen = false;

        before = squares;
        fine = !(squares > FINE);
        for (int halved = 0; !fine && !risen && halved < MOST_HALVED; halved++) {
            for (size_t j = 0; j < w->k; j++)
                w->next[j] = w->b[j] + length * w->step[j];
            risen = look(w, w->next) && w->penalised >= least;
            length /= 2;
        }
        if (risen)
            memcpy(w->b, w->next, w->k * sizeof *w->b);
        else if (!fine)
            return lc_fail(
                err, LC_ENOCONV,
                "Firth's fit found no way up (%.3g standard errors from the top); use "
                "the default --penalty",
                sqrt(squares));
    }
    if (!fine)
        return lc_fail(err, LC_ENOCONV,
                       "Firth's fit did not settle in %d steps; use the default --penalty",
                       MOST_STEPS);
    return LC_OK;
}

static enum lc_rc make_work(const struct lc_logit_data *d, struct lc_parallel *pool,
                            struct lc_arena *arena, struct lc_firth_work **to,
                            struct lc_err *err)
{
    struct lc_firth_work *w = LC_NEW(arena, 1, struct lc_firth_work);
    double *room;
    size_t **at;
    enum lc_rc rc = w ? LC_OK : lc_fail_memory(err, "Firth's fit");

    if (!rc)
        rc = lc_logit_layout(d, arena, &at, &w->k, err);
    if (!rc)
        rc = lc_logit_prepare(d, pool, arena, &w->ready, err);
    if (rc)
        return rc;
    room = LC_NEW(arena, 5 * w->k, double);
    w->information = LC_NEW(arena, w->k * w->k, double);
    w->cov = LC_NEW(arena, w->k * w->k, double);
    w->factor = LC_NEW(arena, w->k * w->k, double);
    w->room = LC_NEW(arena, w->k * w->k, double);
    w->drop = LC_NEW(arena, w->k, bool);
    if (!room || !w->information || !w->cov || !w->factor || !w->room || !w->drop)
        return lc_fail_memory(err, "Firth's fit");
    w->b = room;
    w->next = room + w->k;
    w->score = room + 2 * w->k;
    w->half = room + 3 * w->k;
    w->step = room + 4 * w->k;
    w->held = w->k;
    w->coded = w->k - d->n_numeric;
    *to = w;
    return LC_OK;
}

/* The intercept at which the mean probability is the share of wins, the others held. */
static double refit_intercept(struct lc_firth_work *w)
{
    double b0 = w->b[0];

    memcpy(w->next, w->b, w->k * sizeof *w->b);
    for (size_t steps = 0; steps < MOST_STEPS; steps++) {
        double by;

        w->next[0] = b0;
        (void)lc_logit_look(w->ready, w->next, w->score, w->information);
        by = w->score[0] / w->information[0];
        b0 += fmin(fmax(by, -1), 1);
        if (fabs(by) < LIMIT_FINE * 1e-3)
            break;
    }
    return b0;
}

enum lc_rc lc_firth(const struct lc_logit_data *d, struct lc_parallel *pool,
                    struct lc_arena *arena, struct lc_firth_work **work, struct lc_firth *fit,
                    struct lc_err *err)
{
    struct lc_firth_work *w;
    struct lc_firth f;
    double won = 0, total = 0;
    enum lc_rc rc = make_work(d, pool, arena, &w, err);

    if (rc)
        return rc;
    for (size_t i = 0; i < d->n; i++) {
        won += d->y[i];
        total += d->weight ? d->weight[i] : 1;
    }
    w->b[0] = log(won / (total - won));
    rc = climb(w, err);
    if (rc)
        return rc;
    f = (struct lc_firth){
        .k = w->k,
        .b = LC_NEW(arena, w->k, double),
        .cov = LC_NEW(arena, w->k * w->k, double),
        .likelihood = w->likelihood,
        .null_deviance = -2 * (won * log(won / total) + (total - won) * log1p(-won / total)),
        .penalised = w->penalised,
        .iterations = w->steps,
        .aliased = LC_NEW(arena, w->k, bool)};
    if (!f.b || !f.cov || !f.aliased)
        return lc_fail_memory(err, "Firth's fit");
    memcpy(f.b, w->b, w->k * sizeof *f.b);
    memcpy(f.cov, w->cov, w->k * w->k * sizeof *f.cov);
    memcpy(f.aliased, w->drop, w->k * sizeof *f.aliased);
    f.intercept = refit_intercept(w);
    *work = w;
    *fit = f;
    return LC_OK;
}

/* ---- profiles ---- */

/* The penalised likelihood with coefficient j held at x; w->b begins where it was left. */
static enum lc_rc hold(struct lc_firth_work *w, size_t j, double x, struct lc_err *err)
{
    w->held = j;
    w->b[j] = x;
    return climb(w, err);
}

/* Where the root of twice the fall is LIMIT, on one side of b_j: that root is nearly a line. */
static enum lc_rc find_limit(struct lc_firth_work *w, const struct lc_firth *f, size_t j,
                             double side, double *limit, struct lc_err *err)
{
    double near = f->b[j], near_root = 0;
    double x = f->b[j] + side * LIMIT * sqrt(f->cov[j * f->k + j]);

    memcpy(w->b, f->b, f->k * sizeof *f->b);
    for (int tries = 0; tries < MOST_TRIES; tries++) {
        const enum lc_rc rc = hold(w, j, x, err);
        double root, next;

        if (rc)
            return rc;
        root = sqrt(fmax(2 * (f->penalised - w->penalised), 0));
        if (fabs(root - LIMIT) <= LIMIT_FINE) {
            *limit = x;
            return LC_OK;
        }
        next = x + (LIMIT - root) * (x - near) / (root - near_root);
        near = x;
        near_root = root;
        x = next;
    }
    return lc_fail(err, LC_ENOCONV,
                   "a profile limit of Firth's fit was not found in %d tries; use the default "
                   "--penalty",
                   MOST_TRIES);
}

enum lc_rc lc_firth_profile(struct lc_firth_work *w, const struct lc_firth *f, size_t j,
                            struct lc_firth_limits *limits, struct lc_err *err)
{
    struct lc_firth_limits l;
    enum lc_rc rc = find_limit(w, f, j, -1, &l.low, err);

    if (!rc)
        rc = find_limit(w, f, j, 1, &l.high, err);
    if (rc)
        return rc;
    memcpy(w->b, f->b, f->k * sizeof *f->b);
    rc = hold(w, j, 0, err);
    if (rc)
        return rc;
    l.chi2 = fmax(2 * (f->penalised - w->penalised), 0);
    l.p = erfc(sqrt(l.chi2 / 2));
    *limits = l;
    return LC_OK;
}
