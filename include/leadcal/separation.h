/* separation.h - whether columns tell won from not won exactly, by a linear program.   Layer: math */
#ifndef LC_SEPARATION_H
#define LC_SEPARATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/logit.h"

#define LC_SEPARATION_LEFT UINT32_MAX /* no cause tells the outcome of this row */
#define LC_SEPARATION_CELLS \
    64 /* combinations of levels that a cause lists; nobody reads more, and the rest is counted */

enum lc_separation_kind {
    LC_SEPARATION_NONE,    /* maximum likelihood has a finite answer */
    LC_SEPARATION_QUASI,   /* some rows are told exactly, the others overlap */
    LC_SEPARATION_COMPLETE /* every row is told exactly */
};

/* One combination of levels of a cause's coded columns: all its rows have one outcome. */
struct lc_separation_cell {
    const uint32_t *level; /* [n_coded] */
    double leads, won;
};

/* A rule that is never wrong, and of as few columns as will do.
 *
 *     value_i = base + sum over its columns of toward[c][code_i]  (numeric: toward[c][0] x_i)
 *
 * is over 0 only at rows that are won, and below 0 only at rows that are not; those are the rows that
 * it tells. Along it the likelihood rises for ever, and each coefficient goes to where `toward` points. */
struct lc_separation_cause {
    size_t round; /* it holds among the rows that causes of earlier rounds do not tell */
    size_t n_columns, n_coded; /* no column: all rows that were left have one outcome */
    const size_t
        *column; /* [n_columns] coded ones, rising; then numeric ones as codes->k + j */
    const double *const *toward; /* [n_columns][n_levels], 0 at the commonest level; or [1] */
    double base;
    bool narrow; /* none of its columns can be left out: tried, for the first rules found */
    double leads, won; /* of the rows that it tells; two causes of a round may tell the same */
    const struct lc_separation_cell
        *cell; /* [n_cells] most leads first; none where a numeric column takes part */
    size_t n_cells;
    double unlisted; /* leads of combinations beyond LC_SEPARATION_CELLS */
};

struct lc_separation {
    enum lc_separation_kind kind;
    const struct lc_separation_cause *cause; /* [n_causes] by round */
    size_t n_causes;
    const uint32_t *told_by; /* [n] the first cause that tells a row, or LC_SEPARATION_LEFT */
    double left, left_won;   /* leads that overlap: they have a finite fit of their own */
    bool unsettled;   /* combinations were not looked through: too many levels, or no answer
                         * within the limits of the search; kind is then the least that it is */
    size_t solutions; /* linear programs that were solved */
};

/* lc_separation - which rows of a design have an outcome that its columns know.
 *
 * Maximum likelihood is finite if and only if no b has s_i x_i'b >= 0 at every row and > 0 at one (s
 * is 1 at a win, -1 at a loss; a pattern with both counts as two rows). Levels with one outcome are
 * found by counting. What is left goes to
 *
 *     maximise sum s_i x_i'b   subject to  s_i x_i'b >= 0,  -1 <= b <= 1
 *
 * whose optimum is above 0 if and only if there is such a b. Rows enter as constraints only when a
 * solution violates them: a few hundred of a hundred thousand decide. Of a solution columns are held
 * at 0 one by one, for as long as one is left. The rows that it tells are taken out, and all is done
 * again until nothing is found: the rows told are then all that can be.
 *
 * Where levels are very many, a fit of maximum likelihood is tried first: its residuals, which are over 0
 * and balance at every level, prove that there is no such b.
 *
 * d  offset and seen are not looked at; reference neither: no answer hangs on it. Weights over 0
 * pool  may be NULL; the same bits with any number of threads
 *
 * LC_EDEGENERATE  no rows. LC_ENOMEM
 * Source: Albert and Anderson, Biometrika 71 (1984) 1-10; Konis, Linear programming algorithms for
 * detecting separated data in binary logistic regression models, DPhil thesis, Oxford 2007;
 * docs/maths.md#separation.
 * Tested: methods F1 (endometrial, as detectseparation says); designs with known answers; every
 * direction of a grid on small designs. Laws: none found = Newton's fit of maximum likelihood is
 * finite; found = the likelihood rises along each cause; mirror images; order of rows; weights;
 * grouped = ungrouped; every allocation refused. */
enum lc_rc lc_separation(const struct lc_logit_data *d, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_separation *out,
                         struct lc_err *err) LC_MUST_USE;

/* lc_separation_value - what a cause makes of row i of the design it was found in. */
double lc_separation_value(const struct lc_separation_cause *c, const struct lc_logit_data *d,
                           size_t i);

#endif
