/* cuts_internal.h - what learning cuts and showing them share.   Layer: model (private) */
#ifndef LC_CUTS_INTERNAL_H
#define LC_CUTS_INTERNAL_H

#include "leadcal/cuts.h"

/* Distinct scores, rising, neighbours joined where there are very many. */
struct lc_cut_cells {
    double *score, *n, *won, *expected; /* [p] score: the lowest of the cell */
    double *falling;                    /* [leads] */
    size_t p, leads;
};

/* lc_make_cut_cells - the leads' distinct scores as cells; false where memory is refused.
 * all  every score is a cell, however many there are: else at most LC_BIN_CANDIDATES + 1 */
bool lc_make_cut_cells(const struct lc_cut_leads *l, bool all, struct lc_arena *scratch,
                       struct lc_cut_cells *c);

/* lc_weeks_of - weeks from the first decision day to the last; NaN without dates. */
double lc_weeks_of(const struct lc_cuts_study *s);

/* lc_aim_at_capacity - targets whose first is the share of the weekly leads that there is room for, the others
 * in the same proportions as before. weekly > 0, target[0] < 1. */
void lc_aim_at_capacity(double capacity, double weekly, double target[LC_GRADES]);

/* lc_leads_of - the leads of one dimension out of fold, the other as offset. LC_ENOMEM. */
enum lc_rc lc_leads_of(const struct lc_cuts_study *s, const struct lc_out_of_fold *o,
                       enum lc_role role, struct lc_arena *arena, struct lc_cut_leads *l,
                       struct lc_err *err) LC_MUST_USE;

#endif
