/* rates.h - the table of conversion rates by attribute level (DEFINITIONS 2).   Layer: model */
#ifndef LC_RATES_H
#define LC_RATES_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/table.h"

enum lc_scale { LC_SCALE_RATIO, LC_SCALE_RATIO_LESS_ONE, LC_SCALE_LOG2 };

struct lc_rates_options {
    double baseline_won,
        baseline_leads; /* --baseline W/N: another population; leads 0: none given */
    bool
        baseline_same; /* the given baseline holds these leads: a level cannot have more wins */
    bool closed_only;  /* --denominator closed: won / (won + lost) */
    enum lc_scale scale; /* of points; default ratio */
    double prior_weight; /* --prior-weight M, in leads; 0: estimated */
};

/* lc_rates_base - the baseline rate; 0 where nobody counts. */
double lc_rates_base(const struct lc_cohort *cohort, const struct lc_rates_options *options);

/* lc_rates - the baseline row, then for each attribute an `(all)` row and a row per level.
 *
 * cohort     for --denominator closed, the cohort of lc_cohort_closed
 * attribute  [k] learnt over the cohort's leads; with shares where the cohort has them
 *            (lc_attribute_credit): wins are then no whole numbers, and p of a level is empty
 * frame      out; columns as in docs/formats.md; lives in arena
 *
 * With no wins: counts and Wilson limits, ratios and points empty; LC_OK.
 * LC_EMISMATCH  --baseline-same, and a level has more wins or leads than it. LC_ENOMEM.
 * Source: DEFINITIONS 2. Tested: the seeds of the guides (3/150 and 5/50: ratio 5, 5 points);
 * oracles of the public data sets (levels.csv, attributes.csv). */
enum lc_rc lc_rates(const struct lc_cohort *cohort, const struct lc_attribute *attribute,
                    size_t k, const struct lc_rates_options *options, struct lc_arena *arena,
                    struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_rates_within - fills ratio_stratified and its limits: each level against the rest of its own
 * entry quarters (lc_risk_within), mapped to a ratio to the baseline as `ratio` is.
 *
 * table, column  [k] the table's columns that the attributes were learnt from
 * frame          in-out; by lc_rates from the same cohort and attributes, whose baseline is the
 *                cohort itself (with another one there is nothing to compare with: do not call)
 *
 * A level of at least LC_FEW_LEADS leads whose crude ratio lies over 1.5 times away from it, or on
 * the other side of 1 by more than 1.1 times, is remarked on in its row and in a note under the
 * table. Without dates the columns stay empty; LC_OK. LC_ENOMEM.
 * Source: DEFINITIONS 2. Tested: a level of good quarters; a level that is as good in each; no
 * dates; leads whose quarters were drawn by chance are not remarked on. */
enum lc_rc lc_rates_within(const struct lc_table *table, const size_t *column,
                           const struct lc_cohort *cohort, const struct lc_attribute *attribute,
                           size_t k, struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

#endif
