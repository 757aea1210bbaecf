#include "leadcal/incidence.h"

#include <math.h>
#include <stdlib.h>

#include "incidence_internal.h"
#include "leadcal/num.h"

static int by_time(const void *a, const void *b)
{
    const struct lc_spell *x = a, *y = b;

    return (x->time > y->time) - (x->time < y->time);
}

struct lc_spell *lc_sort_spells(const double *time, const uint8_t *end, size_t n,
                                struct lc_arena *scratch)
{
    struct lc_spell *spell = LC_NEW(scratch, n + 1, struct lc_spell);

    for (size_t i = 0; i < n && spell; i++)
        spell[i] = (struct lc_spell){time[i], end[i]};
    if (n && spell)
        qsort(spell, n, sizeof *spell, by_time);
    return spell;
}

/* Sums over the end times so far, from which the variance at the latest follows. */
struct sums {
    double a, b, c; /* sum of h, F h, F^2 h with h = d / (Y (Y - d)) */
    double own;     /* S^2 d_k (Y - d_k) / Y^3 */
    double e, g;    /* S d_k / Y^2, F S d_k / Y^2 */
};

/* Gaynor's variance of F(t): the terms in F(t) - F(u), multiplied out. */
static double error_of(const struct sums *s, double incidence)
{
    const double f = incidence;
    const double variance = f * f * s->a - 2 * f * s->b + s->c + s->own - 2 * (f * s->e - s->g);

    return sqrt(fmax(variance, 0));
}

/* Adds one time to the sums of an end of which d of Y came; `left` is S just before. */
static void add_time(struct sums *s, double incidence, double left, double d, double all,
                     double at_risk)
{
    const double y = at_risk, h = y > all ? all / (y * (y - all)) : 0;

    s->a += h;
    s->b += incidence * h;
    s->c += incidence * incidence * h;
    s->own += left * left * d * (y - d) / (y * y * y);
    s->e += left * d / (y * y);
    s->g += incidence * left * d / (y * y);
}

static void run(const struct lc_spell *spell, size_t n, struct lc_incidence *c)
{
    struct sums sum[2] = {0};
    double left = 1, incidence[2] = {0, 0};

    for (size_t i = 0; i < n;) {
        struct lc_incidence_step s = {.time = spell[i].time, .at_risk = (double)(n - i)};
        double ended[2];

        for (; i < n && !(spell[i].time > s.time); i++) {
            s.won += spell[i].end == LC_END_WON;
            s.lost += spell[i].end == LC_END_LOST;
        }
        if (!(s.won + s.lost > 0))
            continue;
        ended[0] = s.won;
        ended[1] = s.lost;
        for (size_t k = 0; k < 2; k++) {
            incidence[k] += left * ended[k] / s.at_risk;
            add_time(&sum[k], incidence[k], left, ended[k], s.won + s.lost, s.at_risk);
            s.incidence[k] = incidence[k];
            s.std_error[k] = error_of(&sum[k], incidence[k]);
        }
        left *= 1 - (s.won + s.lost) / s.at_risk;
        s.left = left;
        c->step[c->n_steps++] = s;
    }
}

enum lc_rc lc_aalen_johansen(const double *time, const uint8_t *end, size_t n,
                             struct lc_arena *arena, struct lc_incidence *out,
                             struct lc_err *err)
{
    struct lc_incidence c = {.n = (double)n};
    struct lc_arena scratch;
    const struct lc_spell *spell;
    enum lc_rc rc = LC_OK;

    if (n == 0)
        return lc_fail(err, LC_EDEGENERATE,
                       "there is no lead to follow; check the dates and what was left out");
    c.step = LC_NEW(arena, n, struct lc_incidence_step);
    lc_arena_init(&scratch, arena->limit - arena->used);
    spell = lc_sort_spells(time, end, n, &scratch);
    if (!c.step || !spell) {
        rc = lc_fail_memory(err, "the curve of wins");
        goto out;
    }
    run(spell, n, &c);
    c.last = spell[n - 1].time;
    *out = c;
out:
    lc_arena_release(&scratch);
    return rc;
}

struct lc_incidence_step lc_incidence_at(const struct lc_incidence *c, double time)
{
    struct lc_incidence_step at = {.time = time, .at_risk = c->n, .left = 1};

    for (size_t i = 0; i < c->n_steps && c->step[i].time <= time; i++)
        at = c->step[i];
    return at;
}

struct lc_interval lc_incidence_interval(double incidence, double std_error, double known)
{
    const double spread = incidence * (1 - incidence);
    const double n = std_error > 0 && spread > 0 ? spread / (std_error * std_error) : known;

    return lc_wilson(incidence * n, n);
}
