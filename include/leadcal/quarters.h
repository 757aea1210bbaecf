/* quarters.h - the entry quarter of each counted lead, so that a good quarter is not taken for a good level.   Layer: model */
#ifndef LC_QUARTERS_H
#define LC_QUARTERS_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/table.h"

#define LC_NO_QUARTER INT32_MIN /* of a lead without a day */

/* The calendar quarters of the decision days: the day a lead came in, or was handed over where that
 * is named (DEFINITIONS 1). Undated leads, which --window none counts, are a group of their own. */
struct lc_quarters {
    size_t n;              /* quarters with a counted lead; 0 without dates */
    const int32_t *number; /* [n] rising, by lc_period_of; LC_NO_QUARTER first, if at all */
    const uint32_t *of;    /* [cohort->n] place of each lead's quarter, 0..n-1 */
};

/* lc_quarters_of - the quarters of a cohort. out lives in arena. LC_ENOMEM.
 * Tested: typed days; an undated lead; no dates. */
enum lc_rc lc_quarters_of(const struct lc_cohort *cohort, struct lc_arena *arena,
                          struct lc_quarters *out, struct lc_err *err) LC_MUST_USE;

/* lc_quarters_count - leads and wins of each level in each quarter.
 *
 * a      as learnt over the cohort's leads from this column
 * leads, won  out [a->n_levels * q->n] row-major by level; wins in shares where the cohort has them
 *
 * LC_EMISMATCH as lc_attribute_code. LC_ENOMEM.
 * Tested: they add up to the counts of the levels. */
enum lc_rc lc_quarters_count(const struct lc_quarters *q, const struct lc_cohort *cohort,
                             const struct lc_attribute *a, const struct lc_table_column *column,
                             struct lc_arena *arena, const double **leads, const double **won,
                             struct lc_err *err) LC_MUST_USE;

/* lc_quarters_by_row - the quarter of each row of the table, for lc_fit_options; LC_NO_QUARTER where
 * a row does not count or has no day.
 * quarter  out [n_rows] in arena; NULL without dates. LC_ENOMEM. */
enum lc_rc lc_quarters_by_row(const struct lc_cohort *cohort, size_t n_rows,
                              struct lc_arena *arena, const int32_t **quarter,
                              struct lc_err *err) LC_MUST_USE;

#endif
