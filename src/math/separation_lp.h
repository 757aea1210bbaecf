/* separation_lp.h - small linear programs whose rows come one after the other.   Layer: math (private) */
#ifndef LC_SEPARATION_LP_H
#define LC_SEPARATION_LP_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/error.h"

/* maximise sum gain_j x_j, -1 <= x_j <= 1, some x_j held at 0, each row of coefficients at least 0.
 * The solver keeps its last basis, so that a row more costs little. One at a time in a thread. */
struct lc_lp;

/* lc_lp_new - without rows.
 * gain       [columns]
 * megabytes  that the solver may take
 * LC_ENOMEM */
enum lc_rc lc_lp_new(const double *gain, size_t columns, int megabytes, struct lc_lp **lp,
                     struct lc_err *err) LC_MUST_USE;
void lc_lp_free(struct lc_lp *lp); /* may be NULL */

/* lc_lp_hold - column j is held at 0, or let go again. */
void lc_lp_hold(struct lc_lp *lp, size_t j, bool held);

/* lc_lp_add - a row: n columns that differ, and their coefficients. LC_ENOMEM, LC_ENOCONV */
enum lc_rc lc_lp_add(struct lc_lp *lp, const size_t *column, const double *value, size_t n,
                     struct lc_err *err) LC_MUST_USE;

/* lc_lp_solve - x out [columns]. The same rows in the same order give the same bits.
 * LC_ENOMEM, LC_ENOCONV: the solver gave up; it can then only be freed. */
enum lc_rc lc_lp_solve(struct lc_lp *lp, double *x, struct lc_err *err) LC_MUST_USE;

#endif
