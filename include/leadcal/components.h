/* components.h - variance components: how far an attribute's levels differ, learnt from the leads.   Layer: math */
#ifndef LC_COMPONENTS_H
#define LC_COMPONENTS_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/logit.h"
#include "leadcal/parallel.h"

#define LC_COMPONENT_LEAST \
    0.01 /* log-odds: an SD that moves no lead by a point (0.14 of one) counts as none */
#define LC_COMPONENT_MOST \
    10 /* log-odds: an SD under which every rate is as likely as another */

struct lc_components {
    double *sd;      /* [columns] of each coded column's levels, in log-odds; 0: they
                                * differ by no more than chance */
    double marginal; /* the log marginal likelihood there (Laplace) */
    struct lc_logit_fit
        fit; /* the penalised fit at these SDs (LC_COMPONENT_LEAST for 0); cov is wider than
                                * under SDs that are known: the half-Cauchy posterior of each
                                * column's SD is in it, where it has at most 200 levels and the
                                * intercept is integrated out (docs/decisions/0123) */
    size_t rounds; /* looks at the marginal likelihood */
};

/* lc_components - one standard deviation for each coded column, by marginal likelihood.
 *
 * The levels of column j have effects b ~ N(0, v_j). The effects are integrated out by Laplace:
 *
 *     L(v) = l(b) - b'P b / 2 + log|P|+ / 2 - log|X'WX + P| / 2,   P = diag(1 / v), b the penalised fit
 *
 * (|P|+ over the levels), and L is maximised over log v by Fisher scoring with its exact gradient
 *
 *     dL/dlog v_j = (b_j'b_j + tr C_jj) / (2 v_j) - q_j / 2 - bend' C P_j b_j
 *     F_ij = || d_ij v_i I - C_ij ||^2 / (2 v_i v_j)
 *
 * C the inverse of X'WX + P, q_j levels, bend as in lc_logit_bend; steps are halved until L rises.
 *
 * d     coded columns with full coding, or with a reference level that has no effect (0 whatever the SD,
 *        and counted in no q_j); numeric columns stay free of a prior
 * given [columns] above 0: this SD is known, and is not learnt; NULL: all are
 * group  [columns] columns of equal numbers share one SD: the members of a set, whose levels are one
 *        sample; v_j is then that of the group, and slopes and information are sums over it, and it is
 *        given where that of its first column is. NULL: none
 * maximised  false: the intercept is integrated out like the levels, under a flat prior (so that two
 *            levels tell as much as two can); true: it is maximised, as lme4's glmer does
 *            (then d has no numeric columns)
 * pool  may be NULL
 * out   arrays live in arena
 *
 * LC_EDEGENERATE, LC_ENOCONV, LC_ENOMEM as lc_logit.
 * Source: Tierney and Kadane, JASA 81 (1986) 82-86; Patterson and Thompson, Biometrika 58 (1971)
 * 545-554 (the Fisher information); docs/maths.md#variance-components.
 * The covariance: Gelman, Bayesian Analysis 1 (2006) 515-534; Rue, Martino and Chopin, JRSS B 71 (2009)
 * 319-392; docs/coverage.md.
 * Tested: methods I9 (lme4 glmer) to 6 digits; tests/reference/components.py (scipy, three columns, two of them in a group,
 * the intercept integrated) to 6. Laws: L falls on both sides of each SD; columns that say nothing
 * have SD 0; grouped = ungrouped; 1 thread = 7 threads bit for bit; every allocation refused; the
 * covariance against fits along a grid of SDs (5 %); a given SD stays, and is that of lc_logit. */
enum lc_rc lc_components(const struct lc_logit_data *d, const double *given,
                         const size_t *group, bool maximised, struct lc_parallel *pool,
                         struct lc_arena *arena, struct lc_components *out,
                         struct lc_err *err) LC_MUST_USE;

/* lc_component_gain - how far the log marginal likelihood would rise if the last column of a design had
 * effects N(0, v), the likelihood taken as a quadratic around the fit without it:
 *
 *     max over v of (sum over eigenvalues s of S of  z^2 v/(1 + s v) - log(1 + s v)) / 2
 *     S = I_nn - I_nb C_bb I_bn,   z the gradient of the new levels by the vectors of S
 *
 * d       its last column is the new one; no numeric columns
 * before  the fit of the others under SDs that are known (its cov the inverse of X'WX + P)
 * gain    out, in nats, 0 or above: 0 where an SD of 0 is best
 *
 * One look at the data and one eigenvalue problem, where lc_components takes a dozen fits: for choosing
 * which columns are worth those.
 *
 * LC_EDEGENERATE, LC_ENOMEM as lc_logit.
 * Source: as the spread of lc_components; a score test of a variance in the end: Verbeke and Molenberghs,
 * Biometrics 59 (2003) 254-262.
 * Tested: tests/reference/local.py (dense sums); near the rise that lc_components finds; 0 for a column
 * that says nothing; 1 thread = 7 threads; every allocation refused. */
enum lc_rc lc_component_gain(const struct lc_logit_data *d, const struct lc_logit_fit *before,
                             struct lc_parallel *pool, struct lc_arena *arena, double *gain,
                             struct lc_err *err) LC_MUST_USE;

#endif
