/* card.h - every scorer: per level a value and whole-number points, in two dimensions.   Layer: model */
#ifndef LC_CARD_H
#define LC_CARD_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"

#define LC_POINTS_PER_DOUBLING 10.0 /* 10 points double the odds: DEFINITIONS 3 */
#define LC_POINTS_AVERAGE      50.0 /* of an average training lead */
#define LC_POINTS_LEAST        1.0
#define LC_POINTS_MOST         100.0

/* One attribute of a card. */
struct lc_card_attribute {
    struct lc_attribute attribute;
    const double *value; /* [n_levels + 1] log-odds added, centred; the last, unseen, is 0 */
    const double
        *points; /* [n_levels + 1] what grades and lc_points add; whole for a logistic card */
    double mean_points, variance; /* of the log-odds over the training leads; 0 where unknown */
};

/* Ratio points, logistic, hand-made and today's current model differ only in who filled it. */
struct lc_card {
    const char *method; /* "logistic", "ratio", "none", "profile", "engagement" */
    double intercept;   /* log-odds of an average lead */
    size_t k;
    const struct lc_card_attribute
        *attribute; /* [k] profile and engagement mixed, model order */
};

/* What a card says of one lead. f over profile attributes, g over engagement. */
struct lc_scored {
    double log_odds, probability;
    double f_points, g_points; /* sums of points by dimension */
    double points;             /* 50 + f + g, limited to 1..100 */
    double fit, engagement;    /* 0..100: place between the lowest and highest attainable sum;
                                * NaN without attributes in the dimension */
};

/* lc_points_of - values to whole points by half away from zero of (10 / ln 2) x value.
 * points, out [n]; may not overlap. */
void lc_points_of(const double *value, size_t n, double *points);

struct lc_range {
    double low, high;
};

/* lc_card_range - lowest and highest attainable sum of points in a dimension; NaN without any. */
struct lc_range lc_card_range(const struct lc_card *card, enum lc_role role);

/* lc_card_score - one lead: level[j] is the level of card->attribute[j], or its n_levels.
 * range  of both roles, by lc_card_range; a range without width has everybody at 50
 * Tested: typed cards; the same bits as lc_card_score_rows. */
struct lc_scored lc_card_score(const struct lc_card *card, const struct lc_range range[2],
                               const size_t *level);

/* lc_card_shares - each attribute's percentage of its dimension: its attainable range over the
 * ranges of its dimension, largest remainder, total exactly 100 in each dimension that has
 * attributes. Ties: the
 * earlier attribute; ranges that are all 0: split evenly. percent, out [k]. LC_ENOMEM. */
enum lc_rc lc_card_shares(const struct lc_card *card, struct lc_arena *arena, int *percent,
                          struct lc_err *err) LC_MUST_USE;

/* lc_card_score_rows - every lead at once.
 * codes    [card->k] coded columns of n rows by lc_attribute_code
 * scored   out [n] */
void lc_card_score_rows(const struct lc_card *card, const struct lc_column *codes, size_t n,
                        struct lc_scored *scored);

#endif
