/* young.h - later leads, young ones too, by the grades of a model learnt before them.   Layer: model */
#ifndef LC_YOUNG_H
#define LC_YOUNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/fit.h"
#include "leadcal/frame.h"
#include "leadcal/grade.h"
#include "leadcal/parallel.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

struct lc_young_options {
    const size_t *column;                         /* [k] attributes of the model */
    const struct lc_spec_attribute *const *given; /* [k] */
    size_t k;
    struct lc_fit_options fit;
    struct lc_grades grades; /* method and targets */
    size_t least_train_won;  /* 50: fewer is LC_EDEGENERATE */
    bool lag;                /* the model learns from young leads too: lc_lagged_learn */
};

#define LC_YOUNG_SEED ((uint64_t)20260101) /* of the resamples; their number is LC_RESAMPLES */

/* lc_young - won by W days, and how long that took, by grade; a lead that is too young for W counts
 * for as long as it was followed.
 *
 * The logistic model is learnt on the training leads of lc_cohort_split, with levels, weights and cuts;
 * it grades every lead decided after the split's cut. Incidence: Aalen and Johansen, lost being an
 * end; quantiles of the cycle: those of F_won(t) / F_won(W), with bootstrap intervals, where at least 5
 * were won within W.
 *
 * frame  out, named "incidence"; docs/formats.md: backtest --young
 *
 * "Is the cycle shorter?" is asked of the wins within W of leads that were followed for W days
 * (Jonckheere and Terpstra over letters, and over digits); a log-rank test says of rate and speed
 * together whether grades differ.
 * LC_EMISMATCH as lc_followed_read; LC_EDEGENERATE too few training wins, or none later; LC_ENOCONV,
 * LC_ENOMEM.
 * Tested: with every lead followed for W days the numbers of lc_backtest; simulated leads. */
enum lc_rc lc_young(const struct lc_table *table, const struct lc_spec *spec,
                    const struct lc_cohort *cohort, const struct lc_young_options *options,
                    struct lc_parallel *pool, struct lc_arena *arena, struct lc_frame *frame,
                    struct lc_err *err) LC_MUST_USE;

#endif
