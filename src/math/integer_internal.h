/* integer_internal.h - what the parts of the search for whole points share.   Layer: math */
#ifndef LC_INTEGER_INTERNAL_H
#define LC_INTEGER_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "leadcal/integer.h"

/* A loss has fallen if by more than this, relative to 1 + loss: less is rounding. */
#define LC_SEARCH_GAIN 1e-10

/* Leads and wins with one sum of points. */
struct lc_tally {
    double n, won;
};

/* How the loss changes where a level's points rise, or fall, by one. */
struct lc_step {
    double up, down;
};

/* What two moves add to the loss beyond each alone, over the leads that have both levels: both up,
 * both down, one up and one down. The wins cancel: only softplus bends. */
struct lc_bend {
    double up, down, cross;
};

/* A search under way: one card, and its leads' sums. */
struct lc_search {
    const struct lc_integer_problem *p;
    int span;             /* sums lie in -span..span */
    int **points;         /* [k][n_levels] */
    int32_t *sum;         /* [n] of each lead */
    double a, g;          /* intercept and log-odds of one point */
    double loss;          /* penalised, at the points, a and g */
    double *soft;         /* [2 span + 1] softplus(a + g s), s from -span on */
    struct lc_tally *all; /* [2 span + 1] leads by sum */
    struct lc_tally *by;  /* scratch [most levels * (2 span + 1)] */
    int *kept;            /* scratch [2 * most levels] */
    double *cost;         /* scratch [2 * most levels * (2 cap + 3)] */
    int *from;            /* scratch [most levels * (2 cap + 3)] */
    struct lc_bend *cell; /* scratch [most levels ^ 2] */
    struct lc_step *lone; /* scratch [2 * most levels] */
};

/* lc_search_may_move - whether a level's points may change by `by` and keep bounds and trend. */
bool lc_search_may_move(const struct lc_search *s, size_t j, size_t v, int by);

/* lc_search_settle - makes a and g best for the points as they are, and sets loss. */
void lc_search_settle(struct lc_search *s);

/* lc_search_weigh - sums and loss of the points as they are; a and g from a first guess of g. */
void lc_search_weigh(struct lc_search *s, double g);

/* lc_search_spread - sum of squares of an attribute's points about their mean. */
double lc_search_spread(const struct lc_search *s, size_t j);

/* lc_search_shift - moves the sums of an attribute's leads to its points, from those in `old`. */
void lc_search_shift(struct lc_search *s, size_t j, const int *old);

/* lc_search_bounds - what the points of a level may be. */
void lc_search_bounds(const struct lc_integer_problem *p, size_t j, size_t v, int *low,
                      int *high);

/* lc_search_levels - one attribute's points made best, given the others; true if the loss fell. */
bool lc_search_levels(struct lc_search *s, size_t j);

/* lc_search_pairs - over every two attributes: the best move of one point at a level of each, made
 * where it lowers the loss. True if any did. */
bool lc_search_pairs(struct lc_search *s);

/* lc_search_singles - one point up or down at every level, kept where the loss falls once a and g
 * are best again. True if any was. */
bool lc_search_singles(struct lc_search *s);

/* The loss near the start as a bowl: what it lies above its floor w is
 *
 *     (g z - w)' B (g z - w) / 2      z: points, of all levels one after the other
 *
 * B is the curvature of the penalised loss at the start, with the intercept made best: the levels'
 * block of the information less what the intercept takes up, and each attribute's precision about its
 * mean. The floor is a Newton step from the start. At the best g the bowl says
 * (w'Bw - (z'Bw)^2 / z'Bz) / 2, so that a move of one point is judged without looking at a lead. */
struct lc_bowl {
    size_t levels; /* of all attributes */
    size_t *first; /* [k + 1] place of an attribute's first level */
    double *bend;  /* [levels * levels] B */
    double *pull;  /* [levels] B w */
    double deep;   /* about w'Bw: how much the weights gain in all */
    double *turn;  /* [levels] B z, of the points looked at */
};

/* lc_bowl_make - one look at the leads. LC_ENOMEM; LC_ENOCONV, LC_EDEGENERATE as lc_logit. */
enum lc_rc lc_bowl_make(const struct lc_integer_problem *p, struct lc_arena *arena,
                        struct lc_bowl *bowl, struct lc_err *err) LC_MUST_USE;

/* lc_bowl_descend - moves s->points, which keep bounds and trend, one point at a level, or with
 * `pairs` at two levels at once, until none lowers the loss by the bowl. Returns that loss, about
 * above the floor; *g is the best of those points. s->sum does not follow. */
double lc_bowl_descend(struct lc_bowl *bowl, struct lc_search *s, bool pairs, double *g);

#endif
