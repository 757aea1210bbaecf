/* engagement.h - what leads did becomes columns of numbers, as of each lead's decision.   Layer: model */
#ifndef LC_ENGAGEMENT_H
#define LC_ENGAGEMENT_H

#include <stdbool.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/decay.h"
#include "leadcal/error.h"
#include "leadcal/events.h"
#include "leadcal/frame.h"
#include "leadcal/parallel.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* The columns of one class of events, FILE.CLASS and two with an ending. */
enum lc_engaged {
    LC_ENGAGED_WORTH, /* web.pricing: the events by what they are still worth (math/decay) */
    LC_ENGAGED_COUNT, /* web.pricing_count: how many, whenever they were */
    LC_ENGAGED_DAYS,  /* web.pricing_days: days since the last one; missing without one */
    LC_ENGAGED
};
extern const char *const lc_engaged_ending[LC_ENGAGED];

/* lc_engagement_decay - how fast the events of a class grow stale: its own decay, else the file's,
 * else LC_USUAL_DECAY; what turns away from buying stays, unless its own decay says otherwise. */
struct lc_decay lc_engagement_decay(const struct lc_event_class *of,
                                    const struct lc_spec_events *spec);

/* lc_engagement_add - adds the columns of all events files to the table.
 *
 * table  in-out: `column` is then another array, which begins with the old ones
 * named  the columns that somebody asks for, among them some with an ending; others are made for
 *        LC_ENGAGED_WORTH alone
 * all    every column there can be
 * note   out; what is odd about the decays of the spec. NULL: not wanted
 *
 * A lead that is not known to the file (struct lc_events) has empty cells; one that did nothing has 0.
 * Worths are rounded to a thousandth, so that a number and its text are one thing everywhere.
 *
 * LC_ENOMEM
 * Source: methods 3.6; DEFINITIONS 1 (attributes are as known at the decision).
 * Tested: by hand; against lc_decay_sum; events after the decision change no cell. */
enum lc_rc lc_engagement_add(struct lc_table *table, const struct lc_spec *spec,
                             struct lc_texts named, bool all, struct lc_arena *arena,
                             struct lc_texts *note, struct lc_err *err) LC_MUST_USE;

/* lc_engagement_learn - half-lives by some leads alone, where a decay is `half-life learned`.
 *
 * table   with the columns of lc_engagement_add
 * row, y  [n] the leads: rows of the table, 1: won
 * out     the table, with the worths of such classes by their half-lives, in tenths of a day; without
 *         any such class it is `table`. Its columns stand where they stood
 * said    out; a sentence, or NULL where nothing is to be learnt
 *
 * All such classes of a file are in one fit (math/recency), the events of a day up to their caps; a
 * file of which nothing can be told keeps the usual half-life, which is said. LC_ENOMEM.
 * Source: methods 3.6; DEFINITIONS 5 (what is chosen on data is chosen by the training leads).
 * Tested: against lc_recency; other leads' outcomes and events change nothing. */
enum lc_rc lc_engagement_learn(const struct lc_table *table, const struct lc_spec *spec,
                               const uint32_t *row, const uint8_t *y, size_t n,
                               struct lc_parallel *pool, struct lc_arena *arena,
                               struct lc_table *out, const char **said,
                               struct lc_err *err) LC_MUST_USE;

/* lc_engagement_classes - a row for each class of events: who did it, who was won, and its half-life.
 *
 * The half-lives (math/recency) are those of the counted leads that are known to the file, all classes of
 * a file in one fit but those that turn away from buying. Sentences under the table say which
 * kept the prior, and whether the others differ.
 *
 * frame  out: initialised here, `events`, rows in arena
 * LC_EMISMATCH    no file has events
 * LC_EDEGENERATE, LC_ENOCONV  of math/recency; LC_ENOMEM
 * Tested: counts by hand; the half-lives of simulate --events within their intervals. */
enum lc_rc lc_engagement_classes(const struct lc_table *table, const struct lc_spec *spec,
                                 const struct lc_cohort *cohort, struct lc_parallel *pool,
                                 struct lc_arena *arena, struct lc_frame *frame,
                                 struct lc_err *err) LC_MUST_USE;

#endif
