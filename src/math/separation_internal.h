/* separation_internal.h - what the sources of the separation check share.   Layer: math (private) */
#ifndef LC_SEPARATION_INTERNAL_H
#define LC_SEPARATION_INTERNAL_H

#include "leadcal/separation.h"

/* A rule under search or found: what each level, and each numeric column, adds. */
struct lc_rule {
    bool narrow; /* no column of it can be left out */
    double base;
    double **toward; /* [codes + numeric][n_levels, or 1]; NULL: the column takes no part */
};

/* A row of the design that constrains the linear program. */
struct lc_pin {
    size_t row;
    bool won;
};

/* The search, round after round. */
struct lc_separating {
    const struct lc_logit_data *d;
    size_t k_codes, k; /* coded columns; all columns */
    size_t round;
    struct lc_parallel *pool;
    struct lc_arena *arena;   /* of the answer */
    struct lc_arena *scratch; /* of the search */
    uint32_t *told_by;        /* [n] */
    double **leads, **won;    /* [k_codes][n_levels] of the rows left */
    double left, left_won;
    double *low, *range; /* [n_numeric] of all rows; range 0: constant */
    struct lc_separation_cause *cause;
    size_t n_causes, room;
    struct lc_pin *pin; /* [n_pins] rows that solutions have violated */
    size_t n_pins, most_pins;
    size_t solutions;
    bool unsettled;
};

/* How wins and losses pull at row i: a pattern may have both. */
static inline bool lc_row_has_win(const struct lc_logit_data *d, size_t i)
{
    return d->y[i] > 0;
}
static inline bool lc_row_has_loss(const struct lc_logit_data *d, size_t i)
{
    return d->y[i] < (d->weight ? d->weight[i] : 1);
}

/* lc_separation_tally - leads and wins of each level among the rows left. */
void lc_separation_tally(struct lc_separating *s);

/* lc_separation_add - room for one cause more, zeroed but for its round. LC_ENOMEM */
enum lc_rc lc_separation_add(struct lc_separating *s, struct lc_separation_cause **cause,
                             struct lc_err *err) LC_MUST_USE;

/* lc_separation_levels - a cause for each level with one outcome, or one without a column where all
 * rows left have; their rows are taken out. *found: whether there was one. LC_ENOMEM */
enum lc_rc lc_separation_levels(struct lc_separating *s, bool *found,
                                struct lc_err *err) LC_MUST_USE;

/* lc_separation_certify - *none: it is proven that no rule of whole steps up to 60 tells a row left,
 * by the residuals of a fit of maximum likelihood. Without numeric columns. LC_ENOMEM */
enum lc_rc lc_separation_certify(const struct lc_separating *s, struct lc_parallel *pool,
                                 bool *none, struct lc_err *err) LC_MUST_USE;

/* lc_separation_rule - the same by the linear program, for a combination of columns. Needs a tally
 * without a level of one outcome. LC_ENOMEM */
enum lc_rc lc_separation_rule(struct lc_separating *s, bool *found,
                              struct lc_err *err) LC_MUST_USE;

/* lc_separation_record - a rule as a cause, with its combinations; its rows are taken out. LC_ENOMEM */
enum lc_rc lc_separation_record(struct lc_separating *s, const struct lc_rule *rule,
                                struct lc_err *err) LC_MUST_USE;

/* What a rule must be away from 0 to be so: steps of levels are whole numbers, or of the order of 1. */
#define LC_RULE_NOISE 1e-6

double lc_rule_value(const struct lc_separating *s, const struct lc_rule *rule, size_t i);

#endif
