/* roc_internal.h - what roc.c and roc_influence.c share: sorted scores and placements.   Layer: math */
#ifndef LC_ROC_INTERNAL_H
#define LC_ROC_INTERNAL_H

#include "leadcal/roc.h"

struct lc_roc_place {
    double score;
    size_t row;
};

/* The different scores, lowest first, with the won and lost of each. */
struct lc_roc_ladder {
    size_t n_steps;
    double *score, *won, *lost; /* [n_steps] */
    double all_won, all_lost;
    struct lc_roc_place *place; /* [n] rows by score */
};

enum lc_rc lc_roc_climb(const double *score, const uint8_t *y, size_t n,
                        struct lc_arena *scratch, struct lc_roc_ladder *to,
                        struct lc_err *err) LC_MUST_USE;

/* lc_roc_placements - DeLong's placements of each row: of a won among the lost, of a lost among the
 * won. v  out [n]; both classes must be there */
void lc_roc_placements(const struct lc_roc_ladder *l, const uint8_t *y, size_t n, double *v);

#endif
