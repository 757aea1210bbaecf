/* accept.h - what sales did with the leads it was handed, and how soon (DEFINITIONS 6).   Layer: model */
#ifndef LC_ACCEPT_H
#define LC_ACCEPT_H

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/model.h"
#include "leadcal/period.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

#define LC_ACCEPT_LIMIT_HOURS (14 * 24) /* pending until then, where the cell has no clock */

struct lc_accept_options {
    enum lc_period period; /* rows by the period of the hand-over; default quarter */
    struct lc_texts by;    /* columns to group by, besides the spec's grade, source, owner */
    const struct lc_model
        *model; /* computes the grade as of the export; NULL: acceptance.grade */
};

/* lc_accept_missing - a sentence that says which column would tell acceptance, or NULL where the
 * spec names one. lc_accept_sla_missing - the same for service levels. */
const char *lc_accept_missing(const struct lc_spec *spec);
const char *lc_accept_sla_missing(const struct lc_spec *spec,
                                  const struct lc_accept_options *options);

/* lc_accept - each hand-over has one first disposition: accepted, rejected, recycled, untouched past
 * the limit, or pending; counted over all, by grade, source, owner and --by, and by period.
 *
 * frame  out, named "accept"; columns and notes as in docs/formats.md; lives in arena and borrows
 *        from the table. Its counts add up: groups to (all), periods to (all).
 *
 * A hand-over is a lead with a hand-over date up to the as-of date; without such a column every
 * lead is one, by the day it entered. The outcome may be unsaid; the window W has no say.
 * LC_EMISMATCH  lc_accept_missing; a column is not there, or cannot be used so. LC_ENOMEM.
 * Source: DEFINITIONS 6. Tested: typed leads; the bundled export against its own recount by
 * tests/reference/acceptance.py; laws: groups and periods add up, order of rows does not matter. */
enum lc_rc lc_accept(const struct lc_table *table, const struct lc_spec *spec,
                     const struct lc_accept_options *options, struct lc_arena *arena,
                     struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_accept_sla - of the hand-overs in cells with a clock: first touched within it, later or not at
 * all, not yet due, unknown; over all, by grade and by the columns of options->by.
 *
 * frame  out, named "accept_sla"
 *
 * LC_EMISMATCH  lc_accept_sla_missing; as lc_accept. LC_ENOMEM. */
enum lc_rc lc_accept_sla(const struct lc_table *table, const struct lc_spec *spec,
                         const struct lc_accept_options *options, struct lc_arena *arena,
                         struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

#endif
