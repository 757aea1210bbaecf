/* levels.h - how well the levels of one attribute tell won from lost, by leads that they did not learn from.   Layer: math */
#ifndef LC_LEVELS_H
#define LC_LEVELS_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/roc.h"

#define LC_LEVEL_PRIOR 20.0 /* leads that the base rate counts for in a level's rate */

/* lc_level_rate - (won + 20 base) / (n + 20): a level's rate, drawn to the base rate so that a level
 * of two leads does not stand at an end. Ranks as the prior of a fit of this one attribute would. */
double lc_level_rate(double won, double n, double base);

/* lc_level_auc - the AUC of one attribute, each lead scored by the other leads of its level.
 *
 *     score of a won lead   rate(won - 1, n - 1),  of the others  rate(won, n - 1)
 *     leads of one level tie
 *
 * won, n  [k] wins and leads of each level
 *
 * Leaving one out costs nothing by counts, needs no folds, and does not depend on the order of
 * rows. A lead's score does not know its own outcome, so levels of noise stay at 0.5 however many
 * they are. Without ties a won lead would stand below the others of its own level, for having left
 * itself out. KS is NaN; all are with one class. LC_ENOMEM.
 * Source: docs/maths.md#the-audit; DeLong as roc.h.
 * Tested: lead by lead in another program (tests/reference/audit.py) to 1e-12; laws: the order of
 * levels changes nothing, levels without a lead change nothing, noise stays at 0.5. */
enum lc_rc lc_level_auc(const double *won, const double *n, size_t k, struct lc_arena *arena,
                        struct lc_auc *out, struct lc_err *err) LC_MUST_USE;

/* lc_level_auc_later - the AUC of other leads, scored by the rates that the levels were learnt with.
 *
 * learnt_won, learnt_n  [k] of the leads that were learnt from; a level without one has the base rate
 * won, n                [k] of the leads that are scored
 *
 * All NaN with one class. LC_ENOMEM. Tested: as lc_level_auc. */
enum lc_rc lc_level_auc_later(const double *learnt_won, const double *learnt_n,
                              const double *won, const double *n, size_t k,
                              struct lc_arena *arena, struct lc_auc *out,
                              struct lc_err *err) LC_MUST_USE;

/* Whether an attribute tells more among the last groups of leads than among the first. */
struct lc_gradient {
    double iv_first,
        iv_last;  /* information value within the first and the last group, less what
                               * noise alone would give: (levels - 1) (1/won + 1/rest), cut at 0 */
    double slope; /* what one log-odds of the score is worth more, a group on */
    double z, p;  /* slope over its standard error; p of one side: it rises */
};

/* lc_level_gradient - is the strength of an attribute the same in each group of leads?
 *
 * Of each level a score, the log-odds of its rate over all groups; then one logistic model of all
 * leads, an intercept for each group:
 *
 *     log-odds = a[group] + b score + slope (group - mean group) score
 *
 * won, n  [groups * k] group by group; each group with won and others
 *
 * An attribute that was known before has the same b in each group, whatever the mix of its levels.
 * LC_EDEGENERATE, LC_ENOCONV  the model has no answer: a group of one class, separation
 * LC_ENOMEM
 * Source: methods 6.4 (age gradient); Cox, Biometrika 45 (1958) 562-565 (the slope of outcomes on
 * a score); the noise of the information value: methods 3.2 (PSI null); docs/maths.md#the-audit.
 * Tested: tests/reference/audit.py to 1e-8; laws: groups in turn mirror z, the order of levels
 * changes nothing; a known false-alarm rate (docs/maths.md#the-audit). */
enum lc_rc lc_level_gradient(const double *won, const double *n, size_t groups, size_t k,
                             struct lc_arena *arena, struct lc_gradient *out,
                             struct lc_err *err) LC_MUST_USE;

#endif
