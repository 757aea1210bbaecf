/* card.h - every scorer: per level a value and whole-number points, in two dimensions.   Layer: model */
#ifndef LC_CARD_H
#define LC_CARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"

#define LC_POINTS_PER_DOUBLING 10.0 /* 10 points double the odds: DEFINITIONS 3 */

/* Where the points of a card begin and end. */
struct lc_point_scale {
    double average;      /* of a lead whose levels all have 0 points */
    double least, most;  /* the limits of the total; infinite: none */
    double per_doubling; /* points that double the odds; 0: of a card that knows no odds */
};

/* lc_points_standard - 50 for an average training lead, limited to 1..100: DEFINITIONS 3. */
struct lc_point_scale lc_points_standard(void);

/* Whose points a deviation adds to: those of attribute `of`, for leads of one segment alone. Both places
 * are before its own, and neither is that of a deviation. */
struct lc_card_local {
    size_t of;        /* place of the attribute that it deviates from, whose levels it has */
    size_t own;       /* place of the attribute whose levels are the segments */
    uint32_t segment; /* the level of that one */
};

/* One attribute of a card. */
struct lc_card_attribute {
    struct lc_attribute attribute;
    const double *value; /* [n_levels + 1] log-odds added, centred; the last, unseen, is 0 */
    const double
        *points; /* [n_levels + 1] what grades and lc_points add; whole for a logistic card */
    double mean_points,
        variance; /* of the log-odds over the training leads (of a deviation: those
                                   * of its segment); 0 where unknown */
    const struct lc_card_local *local; /* of a deviation; NULL: it is none */
};

/* Ratio points, logistic, hand-made and today's current model differ only in who filled it. */
struct lc_card {
    const char
        *method; /* "logistic", "ratio", "none", "profile", "engagement", "points", "column" */
    double intercept; /* log-odds of an average lead; NaN: the card knows no probability */
    size_t k;
    const struct lc_card_attribute
        *attribute; /* [k] profile and engagement mixed, model order */
    struct lc_point_scale scale;
};

/* What a card says of one lead. f over profile attributes, g over engagement. */
struct lc_scored {
    double log_odds, probability; /* NaN where the card knows none */
    double f_points, g_points;    /* sums of points by dimension */
    double points;                /* average + f + g, within the limits of the scale */
    bool limited;                 /* a limit was met */
    double fit, engagement; /* 0..100: place between the lowest and highest attainable sum;
                                * NaN without attributes in the dimension */
};

/* lc_points_of - values to whole points by half away from zero of (10 / ln 2) x value.
 * points, out [n]; may not overlap. */
void lc_points_of(const double *value, size_t n, double *points);

/* lc_card_describe - mean points and variance of the log-odds over the training leads, from the
 * attribute's values and points. */
void lc_card_describe(struct lc_card_attribute *a);

struct lc_range {
    double low, high;
};

/* lc_card_range - lowest and highest attainable sum of points in a dimension; NaN without any. The range
 * of an attribute is that over all segments, its deviations added to its levels: docs/decisions/0180. */
struct lc_range lc_card_range(const struct lc_card *card, enum lc_role role);

/* lc_card_level - the level of attribute j of a lead: level[j]; that of a deviation follows from the
 * levels that it belongs to, whatever level[j] is, and is its n_levels in every other segment. */
size_t lc_card_level(const struct lc_card *card, size_t j, const size_t *level);

/* lc_card_score - one lead: level[j] is the level of card->attribute[j], or its n_levels; of deviations it
 * is not looked at.
 * range  of both roles, by lc_card_range; a range without width has everybody at 50
 * Tested: typed cards; the same bits as lc_card_score_rows. */
struct lc_scored lc_card_score(const struct lc_card *card, const struct lc_range range[2],
                               const size_t *level);

/* lc_card_shares - each attribute's percentage of its dimension: its attainable range over the
 * ranges of its dimension, largest remainder, total exactly 100 in each dimension that has
 * attributes; that of a deviation is 0, since it is in the range of its attribute. Ties: the
 * earlier attribute; ranges that are all 0: split evenly. percent, out [k]. LC_ENOMEM. */
enum lc_rc lc_card_shares(const struct lc_card *card, struct lc_arena *arena, int *percent,
                          struct lc_err *err) LC_MUST_USE;

/* lc_card_code - some rows of a table as the card's attributes code them.
 * column   the table's columns of its attributes, in their order; segments and deviations, which follow
 *          them, need none
 * codes    out [card->k] of n rows, in arena; of deviations only the name, since they follow from others
 * LC_EMISMATCH as lc_attribute_code, and where the table lacks the column of the segments; LC_ENOMEM. */
enum lc_rc lc_card_code(const struct lc_card *card, const struct lc_table *table,
                        const size_t *column, const uint32_t *row, size_t n,
                        struct lc_arena *arena, struct lc_column **codes,
                        struct lc_err *err) LC_MUST_USE;

/* lc_card_score_rows - every lead at once.
 * codes    [card->k] coded columns of n rows by lc_card_code
 * scored   out [n] */
void lc_card_score_rows(const struct lc_card *card, const struct lc_column *codes, size_t n,
                        struct lc_scored *scored);

#endif
