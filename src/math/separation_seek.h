/* separation_seek.h - a rule of some columns by a linear program, row after row.   Layer: math (private) */
#ifndef LC_SEPARATION_SEEK_H
#define LC_SEPARATION_SEEK_H

#include "separation_internal.h"
#include "separation_lp.h"

/* The program, its unknowns and its last solution. */
struct lc_seeker {
    struct lc_separating *s;
    struct lc_lp *lp;
    size_t n;    /* unknowns: the intercept, levels but the commonest, numeric columns */
    size_t **at; /* [k][n_levels, or 1] unknown of a level; 0: none, it adds nothing */
    double *x;   /* [n] solution */
    bool *held;  /* [k] columns that are at 0 */
    struct lc_rule trial, best;
    double **table[2]; /* [k] of the two */
    size_t next;       /* row that the next scan begins at */
    size_t *index;     /* [n] of a row */
    double *value;     /* [n] */
};

/* lc_seek_begin - numbers the unknowns and makes room. The program itself waits for lc_seek_open.
 * LC_ENOMEM */
enum lc_rc lc_seek_begin(struct lc_seeker *k, struct lc_err *err) LC_MUST_USE;

/* lc_seek_open - the program, with the rows of earlier rounds that are still there; lc_lp_free(k->lp).
 * LC_ENOMEM, LC_ENOCONV of the solver */
enum lc_rc lc_seek_open(struct lc_seeker *k, struct lc_err *err) LC_MUST_USE;

/* lc_seek - a rule of the columns that are not held, in k->trial. LC_ENOCONV: limits were met. */
enum lc_rc lc_seek(struct lc_seeker *k, bool *found, struct lc_err *err) LC_MUST_USE;

/* lc_seek_hold - a column at 0, or free again. */
void lc_seek_hold(struct lc_seeker *k, size_t j, bool held);

/* lc_seek_levels - unknowns that a column may have: its levels; of a numeric one 1. */
size_t lc_seek_levels(const struct lc_separating *s, size_t j);

#endif
