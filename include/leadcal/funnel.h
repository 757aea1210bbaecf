/* funnel.h - from lead to won by the period of entry, and won again by the day of closing.   Layer: model */
#ifndef LC_FUNNEL_H
#define LC_FUNNEL_H

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/period.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* lc_funnel - per period of entry the leads, how far they came by the as-of date, and what they
 * brought; beside it the wins that closed in the period, which a CRM's dashboard shows.
 *
 * kind   LC_PERIOD_QUARTER or LC_PERIOD_MONTH
 * frame  out, named "funnel"; columns and notes as in docs/formats.md; a row for every period from
 *        the first to the last, `(undated)` where leads have no day of entry, and `(all)`
 *
 * The window W has no say; the as-of date does: later entries do not count, later closings are not
 * facts yet. A column without a source is empty, and a note says what would fill it.
 * Laws: the rows add up to (all); closed_won = won - closed_later + closed_earlier where every win
 * has a day and closed no sooner than its lead entered.
 * LC_EMISMATCH  as lc_cohort_build of outcome and dates. LC_ENOMEM.
 * Source: DEFINITIONS 2 (period rate and cohort rate). Tested: typed leads; Olist and the bundled
 * export against tests/reference/funnel.py; the laws over simulated leads. */
enum lc_rc lc_funnel(const struct lc_table *table, const struct lc_spec *spec,
                     enum lc_period kind, struct lc_arena *arena, struct lc_frame *frame,
                     struct lc_err *err) LC_MUST_USE;

#endif
