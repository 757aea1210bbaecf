/* Moves of one point: at a level of each of two attributes at once, and at one level with a and g
 * made best before it is judged. */
#include <string.h>

#include "integer_internal.h"

#define LONE_COST 2 /* nats: a move that costs more at the a and g of now is not worth a look */

bool lc_search_may_move(const struct lc_search *s, size_t j, size_t v, int by)
{
    const size_t levels = s->p->codes->column[j].n_levels;
    const enum lc_points_trend trend = s->p->trend ? s->p->trend[j] : LC_POINTS_FREE;
    const int *points = s->points[j], to = points[v] + by,
              way = trend == LC_POINTS_DOWN ? -1 : 1;
    int low, high;

    lc_search_bounds(s->p, j, v, &low, &high);
    if (to < low || to > high)
        return false;
    if (trend == LC_POINTS_FREE)
        return true;
    return (v == 0 || way * to >= way * points[v - 1]) &&
           (v + 1 == levels || way * to <= way * points[v + 1]);
}

/* How much the penalty rises where a level's points change by `by`. */
static double penalty_step(const struct lc_search *s, size_t j, size_t v, int by)
{
    const size_t levels = s->p->codes->column[j].n_levels;
    double mean = 0, rise;

    for (size_t u = 0; u < levels; u++)
        mean += (double)s->points[j][u] / (double)levels;
    rise = 2 * by * (s->points[j][v] - mean) + (double)by * by * (1 - 1 / (double)levels);
    return s->p->precision[j] * s->g * s->g / 2 * rise;
}

/* Each level's move alone, its penalty included. */
static void lone_steps(const struct lc_search *s, size_t j, struct lc_step *to)
{
    const struct lc_column *c = &s->p->codes->column[j];
    const double *soft = s->soft + s->span;

    for (size_t v = 0; v < c->n_levels; v++)
        to[v] = (struct lc_step){penalty_step(s, j, v, 1), penalty_step(s, j, v, -1)};
    for (size_t i = 0; i < s->p->codes->n; i++) {
        struct lc_step *t = &to[lc_code_at(c, i)];
        const int sum = s->sum[i];
        const double win = s->p->y[i] * s->g;

        t->up += soft[sum + 1] - soft[sum] - win;
        t->down += soft[sum - 1] - soft[sum] + win;
    }
}

static void bends(const struct lc_search *s, size_t j, size_t k, struct lc_bend *cell)
{
    const struct lc_column *one = &s->p->codes->column[j], *other = &s->p->codes->column[k];
    const double *soft = s->soft + s->span;

    memset(cell, 0, (size_t)one->n_levels * other->n_levels * sizeof *cell);
    for (size_t i = 0; i < s->p->codes->n; i++) {
        struct lc_bend *b =
            &cell[(size_t)lc_code_at(one, i) * other->n_levels + lc_code_at(other, i)];
        const int sum = s->sum[i];

        b->up += soft[sum + 2] - 2 * soft[sum + 1] + soft[sum];
        b->down += soft[sum - 2] - 2 * soft[sum - 1] + soft[sum];
        b->cross += 2 * soft[sum] - soft[sum + 1] - soft[sum - 1];
    }
}

struct move {
    size_t v, u;
    int by_v, by_u;
    double change;
};

static double change_of(const struct lc_step *v, const struct lc_step *u,
                        const struct lc_bend *both, int by_v, int by_u)
{
    const double alone = (by_v > 0 ? v->up : v->down) + (by_u > 0 ? u->up : u->down);

    if (by_v != by_u)
        return alone + both->cross;
    return alone + (by_v > 0 ? both->up : both->down);
}

static void try_moves(const struct lc_search *s, size_t j, size_t k, size_t v, size_t u,
                      struct move *best)
{
    const size_t n_u = s->p->codes->column[k].n_levels;
    const struct lc_step *of_k = s->lone + s->p->codes->column[j].n_levels;

    for (int by_v = -1; by_v <= 1; by_v += 2)
        for (int by_u = -1; by_u <= 1; by_u += 2) {
            const double change =
                change_of(&s->lone[v], &of_k[u], &s->cell[v * n_u + u], by_v, by_u);

            if (change < best->change && lc_search_may_move(s, j, v, by_v) &&
                lc_search_may_move(s, k, u, by_u))
                *best = (struct move){v, u, by_v, by_u, change};
        }
}

static void move_level(struct lc_search *s, size_t j, size_t v, int by)
{
    memcpy(s->kept, s->points[j], s->p->codes->column[j].n_levels * sizeof *s->kept);
    s->points[j][v] += by;
    lc_search_shift(s, j, s->kept);
}

static bool pair(struct lc_search *s, size_t j, size_t k)
{
    const size_t n_v = s->p->codes->column[j].n_levels, n_u = s->p->codes->column[k].n_levels;
    struct move best = {.change = -LC_SEARCH_GAIN * (1 + s->loss)};

    lone_steps(s, j, s->lone);
    lone_steps(s, k, s->lone + n_v);
    bends(s, j, k, s->cell);
    for (size_t v = 0; v < n_v; v++)
        for (size_t u = 0; u < n_u; u++)
            try_moves(s, j, k, v, u, &best);
    if (!best.by_v)
        return false;
    move_level(s, j, best.v, best.by_v);
    move_level(s, k, best.u, best.by_u);
    lc_search_settle(s);
    return true;
}

bool lc_search_pairs(struct lc_search *s)
{
    bool any = false;

    for (size_t j = 0; j < s->p->codes->k; j++)
        for (size_t k = j + 1; k < s->p->codes->k; k++)
            any |= pair(s, j, k);
    return any;
}

static bool settled_move(struct lc_search *s, size_t j, size_t v, int by)
{
    const double a = s->a, g = s->g, loss = s->loss;

    if (!lc_search_may_move(s, j, v, by))
        return false;
    move_level(s, j, v, by);
    lc_search_settle(s);
    if (s->loss < loss - LC_SEARCH_GAIN * (1 + loss))
        return true;
    move_level(s, j, v, -by);
    s->a = a;
    s->g = g;
    lc_search_settle(s);
    return false;
}

bool lc_search_singles(struct lc_search *s)
{
    bool any = false;

    for (size_t j = 0; j < s->p->codes->k; j++) {
        lone_steps(s, j, s->lone);
        for (size_t v = 0; v < s->p->codes->column[j].n_levels; v++)
            any |= (s->lone[v].up < LONE_COST && settled_move(s, j, v, 1)) ||
                   (s->lone[v].down < LONE_COST && settled_move(s, j, v, -1));
    }
    return any;
}
