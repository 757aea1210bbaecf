/* classes.h - mature, cold and unconvertible leads: how often each was won, and what the rules cost.   Layer: model */
#ifndef LC_CLASSES_H
#define LC_CLASSES_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* The engagement attributes, by which a lead is cold or not. */
struct lc_engaged_columns {
    const size_t *column;                         /* [n] places in the table */
    const struct lc_spec_attribute *const *given; /* [n] */
    size_t n;
};

/* lc_shows_activity - does an engagement attribute say at the decision whether a lead did something?
 * A yes/no column, or a number that counts (no recency: "days since", "last"), that is not as of the
 * export, and does not speak of leaving (careers, unsubscribed, spam, bounced). */
bool lc_shows_activity(const struct lc_table_column *c, const struct lc_spec_attribute *given);

/* lc_classes - leads and wins by class, and by rule. Of the leads that are old enough to count:
 *
 *     unconvertible   a rule of the spec that excludes catches it
 *     cold            not so, and by its decision it had done nothing: each attribute that shows activity is
 *                     0, no or empty
 *     mature          the others: they are worth an approach by sales
 *
 * All of it by what was known at the decision, never by the outcome. Where no attribute shows activity, mature and cold
 * are one row. Rows: (all), the classes, (counted) = mature + cold, the baseline of every other table;
 * then a row for each rule, with the leads that it catches (a lead may be caught by several) and those that
 * no other rule excludes. close_rate is won within W / leads with Wilson's limits; win_rate is won /
 * closed of those that are closed by the as-of date.
 *
 * cohort  of lc_cohort_build
 * frame   out, named "classes"; a note says the two baselines, and of each rule that excludes how many of
 *         its leads were won
 *
 * LC_ENOMEM. Source: the guide's three classes (mature, cold, unconvertible), DEFINITIONS 1 and 5.
 * Tested: test_classes.c, by hand; law: the classes add up to (all), mature and cold to the cohort. */
enum lc_rc lc_classes(const struct lc_table *table, const struct lc_spec *spec,
                      const struct lc_cohort *cohort, const struct lc_engaged_columns *engaged,
                      struct lc_arena *arena, struct lc_frame *frame,
                      struct lc_err *err) LC_MUST_USE;

#endif
