/* stages.h - how often, and how soon, opportunities are won that have come to a stage.   Layer: model */
#ifndef LC_STAGES_H
#define LC_STAGES_H

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* lc_stages - a row for each stage, side by side: the spec's `stages`, else those that columns of the header tell
 * the entry into (lc_dialect_stage).
 *
 * table  the opportunities as they were loaded, no unit taken
 * spec   its unit is opportunities; W where it is not given is chosen for each stage
 * frame  out: initialised here, `stages`, rows in arena: stage, column, entered (how many ever), opportunities
 *        (of them, those followed for window_days), won within it, close_rate with Wilson limits, lost and open at the
 *        as-of date, days from the entry to won: median and 90th percentile with order-statistic limits, where 5 were
 *        won. A stage whose opportunities are too young has empty cells and a note.
 *
 * LC_EMISMATCH  no column tells of a stage. LC_ENOMEM
 * Source: DEFINITIONS 1 and 5. Tested: test_stages.c by hand; golden against awk. */
enum lc_rc lc_stages(const struct lc_table *table, const struct lc_spec *spec,
                     struct lc_arena *arena, struct lc_frame *frame,
                     struct lc_err *err) LC_MUST_USE;

#endif
