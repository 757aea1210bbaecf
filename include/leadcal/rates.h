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

/* lc_rates - the baseline row, then for each attribute an `(all)` row and a row per level.
 *
 * cohort     for --denominator closed, the cohort of lc_cohort_closed
 * attribute  [k] learnt over the cohort's leads
 * frame      out; columns as in docs/formats.md; lives in arena
 *
 * With no wins: counts and Wilson limits, ratios and points empty; LC_OK.
 * LC_EMISMATCH  --baseline-same, and a level has more wins or leads than it. LC_ENOMEM.
 * Source: DEFINITIONS 2. Tested: the seeds of the guides (3/150 and 5/50: ratio 5, 5 points);
 * oracles of the public data sets (levels.csv, attributes.csv). */
enum lc_rc lc_rates(const struct lc_cohort *cohort, const struct lc_attribute *attribute,
                    size_t k, const struct lc_rates_options *options, struct lc_arena *arena,
                    struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

#endif
