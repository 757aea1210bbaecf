/* integer.h - whole-number points by search on the penalised loss.   Layer: math */
#ifndef LC_INTEGER_H
#define LC_INTEGER_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"

/* How the points of an attribute may run along its levels, in their order. */
enum lc_points_trend { LC_POINTS_FREE, LC_POINTS_UP, LC_POINTS_DOWN };

/* Leads, the continuous weights that the search starts from, and what points may be.
 *
 *     log-odds_i = a + g * sum over columns of points[j][code_ij]        g: log-odds of one point
 *
 * The loss to be made least over whole points within -cap..cap, real a and real g >= 0 is
 *
 *     -log-likelihood + 1/2 sum over j of precision[j] sum over levels (g points - their mean)^2
 *
 * which is the objective of the fit in docs/maths.md#logit (its coefficients sum to 0 within an
 * attribute at the optimum), held to whole numbers. So the least objective of that fit is a lower
 * bound of every card's loss. */
struct lc_integer_problem {
    const struct lc_codes *codes; /* n leads, k attributes; each code < n_levels */
    const double *y;              /* [n] 0 or 1 */
    const double *const *start;   /* [k][n_levels] log-odds, 0 for an average lead; best the
                                        * optimum, or near it */
    const double *precision;      /* [k] >= 0, 1 / (log-odds)^2 */
    const enum lc_points_trend *trend; /* [k]; NULL: all free */
    const signed char *const
        *sign;    /* [k][n_levels] +1: points >= 0, -1: <= 0; NULL: all free */
    int cap;      /* 1..LC_INTEGER_MOST */
    double bound; /* least objective of the continuous fit; -infinity if not known */
};

#define LC_INTEGER_MOST 100 /* points a level may have */

struct lc_integer_card {
    int *const *points;    /* [k][n_levels] */
    double intercept;      /* a: log-odds of a lead whose points sum to 0 */
    double per_point;      /* g: log-odds of one point; ln 2 / g points double the odds */
    double loss;           /* penalised, of this card, in nats over all leads */
    double log_likelihood; /* of this card */
    double rounded;        /* loss of start rounded at the multiplier that fills the cap */
    double bound;          /* as given; loss - bound is the gap */
};

/* lc_integer - the card of least penalised loss that the search finds.
 *
 * Method: rounding at 200 multipliers. Near the start the loss is a bowl whose shape one look at the
 * leads tells; from each multiplier, moves of one point lower the loss by the bowl until none does,
 * then, from the best of them, moves at two levels at once. The best of those are weighed on the
 * leads (a and g by Newton on the counts by sum of points) and go on there: attribute after
 * attribute, given the sums of the others, every level's best points exactly (by dynamic program
 * where there is a trend), with the mean held, until none improves; where leads are few also pair
 * moves, and from the roundings without the bowl. Only what lowers the loss on the leads is kept, so
 * that the card is never worse than `rounded`, which keeps sign and trend too. In the end the points of
 * each attribute are moved together, as far as cap and signs let them, to where the average lead has
 * 0. One thread; no randomness: the same card on every run.
 *
 * LC_EDEGENERATE  no leads, or one class only, or no attribute. LC_ENOCONV, LC_ENOMEM.
 *
 * Source: methods 6.8; Ustun and Rudin, Machine Learning 102 (2016) for the problem; Liu, Zhong,
 * Li, Seltzer and Rudin, NeurIPS 2022 (FasterRisk) for multipliers; docs/maths.md#whole-points.
 * Tested: every card of small problems enumerated (2 x 3 levels, cap 2; free, signs, trends; from
 * weights of another prior); German credit, 600 to learn and 400 to test (methods 6.8). Laws: never
 * above rounding; the order of rows does not matter; loss recomputed densely from the card. */
enum lc_rc lc_integer(const struct lc_integer_problem *p, struct lc_arena *arena,
                      struct lc_integer_card *card, struct lc_err *err) LC_MUST_USE;

#endif
