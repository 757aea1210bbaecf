/* value.h - won amounts by grade and by level, and what sets quick wins apart from slow ones.   Layer: model */
#ifndef LC_VALUE_H
#define LC_VALUE_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"
#include "leadcal/table.h"

#define LC_LEAST_SPLIT 10 /* wins with a cycle length; fewer are not split at their median */

/* lc_value_grades - what the leads of each grade brought (docs/formats.md: value).
 *
 * model   [n] with grades; by name in the frame's first column
 * name    [n]
 * pool    may be NULL; the same table at any number of threads
 *
 * Rows: cells, letters, digits, (all), as in backtest. amount_per_lead = won amount / leads of the
 * grade, its limits by lc_amount_interval; share_of_won and share_of_amount stand beside each other:
 * where the second is larger, the grade brings larger deals. Wins in shares bring their share of the
 * amount. A win without an amount counts as a lead that brought nothing, and is counted.
 *
 * LC_EMISMATCH  no amounts; as lc_model_rows_open. LC_ENOMEM.
 * Tested: typed leads by hand; shares sum to 1 over the cells; (all) is the cohort. */
enum lc_rc lc_value_grades(const struct lc_table *table, const struct lc_cohort *cohort,
                           const struct lc_model *const *model, const char *const *name,
                           size_t n, struct lc_parallel *pool, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_value_levels - the same by attribute and level (docs/formats.md: value_levels).
 *
 * column, attribute  [k] as learnt over the cohort's leads. LC_EMISMATCH no amounts; LC_ENOMEM. */
enum lc_rc lc_value_levels(const struct lc_table *table, const struct lc_cohort *cohort,
                           const size_t *column, const struct lc_attribute *attribute, size_t k,
                           struct lc_parallel *pool, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_cycle_split - the wins split at their median cycle, and the levels that differ
 * (docs/formats.md: cycle_split).
 *
 * Of the wins that have a cycle length (entered to won, DEFINITIONS 5): short is at most the median,
 * long is over it. Of each level: its share among short and among long wins, Fisher's p of the
 * table level against rest by short against long, and that by Benjamini-Hochberg over all levels.
 *
 * LC_EDEGENERATE  fewer than LC_LEAST_SPLIT wins with a cycle length, or all equally long. LC_ENOMEM.
 * Source: DEFINITIONS 5; Fisher and Benjamini-Hochberg as in contingency.h.
 * Tested: typed wins against scipy (tests/reference/cycle_split.py); shares sum to 1. */
enum lc_rc lc_cycle_split(const struct lc_table *table, const struct lc_cohort *cohort,
                          const size_t *column, const struct lc_attribute *attribute, size_t k,
                          struct lc_arena *arena, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

#endif
