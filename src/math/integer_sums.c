/* Leads by the sum of their points: the loss of a card, and its best intercept and point. */
#include <math.h>
#include <string.h>

#include "integer_internal.h"
#include "leadcal/logit.h"

#define SETTLE_STEPS 100

double lc_search_spread(const struct lc_search *s, size_t j)
{
    const size_t levels = s->p->codes->column[j].n_levels;
    double mean = 0, squares = 0;

    for (size_t v = 0; v < levels; v++)
        mean += (double)s->points[j][v] / (double)levels;
    for (size_t v = 0; v < levels; v++)
        squares += (s->points[j][v] - mean) * (s->points[j][v] - mean);
    return squares;
}

void lc_search_bounds(const struct lc_integer_problem *p, size_t j, size_t v, int *low,
                      int *high)
{
    const int sign = p->sign ? p->sign[j][v] : 0;

    *low = sign > 0 ? 0 : -p->cap;
    *high = sign < 0 ? 0 : p->cap;
}

void lc_search_shift(struct lc_search *s, size_t j, const int *old)
{
    const struct lc_column *c = &s->p->codes->column[j];

    for (size_t i = 0; i < s->p->codes->n; i++) {
        const uint32_t v = lc_code_at(c, i);
        const int move = s->points[j][v] - old[v];
        struct lc_tally *from = &s->all[s->sum[i] + s->span], *to = from + move;

        if (!move)
            continue;
        s->sum[i] += move;
        from->n -= 1;
        from->won -= s->p->y[i];
        to->n += 1;
        to->won += s->p->y[i];
    }
}

/* What Newton needs of the loss in a and g. */
struct local {
    double loss, da, dg, daa, dag, dgg;
};

static struct local look(const struct lc_search *s, double penalty, double a, double g)
{
    struct local l = {.loss = penalty * g * g / 2, .dg = penalty * g, .dgg = penalty};

    for (int at = -s->span; at <= s->span; at++) {
        const struct lc_tally t = s->all[at + s->span];
        double eta, p, slope, bend;

        if (t.n == 0)
            continue;
        eta = a + g * at;
        p = lc_logistic(eta);
        slope = t.n * p - t.won;
        bend = t.n * p * (1 - p);
        l.loss += t.n * lc_softplus(eta) - t.won * eta;
        l.da += slope;
        l.dg += slope * at;
        l.daa += bend;
        l.dag += bend * at;
        l.dgg += bend * at * at;
    }
    return l;
}

/* The Newton step; where the sums do not differ, g has no say and stays. */
static void newton_step(const struct local *l, double *step_a, double *step_g)
{
    const double det = l->daa * l->dgg - l->dag * l->dag;

    *step_g = 0;
    if (det > 1e-10 * l->daa * l->dgg) {
        *step_a = (l->dgg * l->da - l->dag * l->dg) / det;
        *step_g = (l->daa * l->dg - l->dag * l->da) / det;
    } else
        *step_a = l->daa > 0 ? l->da / l->daa : 0;
}

/* softplus of every sum that a lead can have once one attribute's points are other ones. */
static void fill_soft(struct lc_search *s)
{
    const int reach = 2 * s->p->cap + 2;
    int first = -s->span, last = s->span;

    while (first < s->span && s->all[first + s->span].n == 0)
        first++;
    while (last > -s->span && s->all[last + s->span].n == 0)
        last--;
    first = first - reach < -s->span ? -s->span : first - reach;
    last = last + reach > s->span ? s->span : last + reach;
    for (int at = first; at <= last; at++)
        s->soft[at + s->span] = lc_softplus(s->a + s->g * at);
}

void lc_search_settle(struct lc_search *s)
{
    double penalty = 0;
    struct local here;

    for (size_t j = 0; j < s->p->codes->k; j++)
        penalty += s->p->precision[j] * lc_search_spread(s, j);
    here = look(s, penalty, s->a, s->g);
    for (int steps = 0; steps < SETTLE_STEPS; steps++) {
        struct local there;
        double a, g, length = 1;

        newton_step(&here, &a, &g);
        do {
            there = look(s, penalty, s->a - length * a, fmax(s->g - length * g, 0));
            length /= 2;
        } while (!(there.loss <= here.loss) && length > 1e-12);
        if (!(there.loss < here.loss - 1e-13 * (1 + fabs(here.loss))))
            break;
        s->a -= 2 * length * a;
        s->g = fmax(s->g - 2 * length * g, 0);
        here = there;
    }
    s->loss = here.loss;
    fill_soft(s);
}

/* Sums and tallies anew from the points. */
static void add_up(struct lc_search *s)
{
    const struct lc_codes *codes = s->p->codes;

    memset(s->sum, 0, codes->n * sizeof *s->sum);
    memset(s->all, 0, (2 * (size_t)s->span + 1) * sizeof *s->all);
    for (size_t j = 0; j < codes->k; j++)
        for (size_t i = 0; i < codes->n; i++)
            s->sum[i] += s->points[j][lc_code_at(&codes->column[j], i)];
    for (size_t i = 0; i < codes->n; i++) {
        s->all[s->sum[i] + s->span].n += 1;
        s->all[s->sum[i] + s->span].won += s->p->y[i];
    }
}

void lc_search_weigh(struct lc_search *s, double g)
{
    s->a = 0;
    s->g = g;
    add_up(s);
    lc_search_settle(s);
}
