/* look.h - a first look at an export: what it is, what it covers, what is dirty, what its wins carry.   Layer: model */
#ifndef LC_LOOK_H
#define LC_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/odd.h"
#include "leadcal/propose.h"
#include "leadcal/rate.h"
#include "leadcal/spelling.h"
#include "leadcal/table.h"

#define LC_LOOK_LEAST_MORE 0.05 /* by so much the share of empty cells must differ to be told */

/* What a column is for, as it is grouped. */
enum lc_look_use {
    LC_LOOK_PROFILE,
    LC_LOOK_ENGAGEMENT,
    LC_LOOK_ROLE, /* the outcome, a date, the amount, an owner: what the spec names */
    LC_LOOK_LEFT_OUT,
};

/* One column at the first look. */
struct lc_look_column {
    const struct lc_table_column *column;
    enum lc_look_use use;
    const char *why;               /* it is left out; NULL: it is not */
    bool leaks;                    /* since it may know the outcome */
    bool shown;                    /* its values may be shown: they name no person */
    struct lc_spellings spellings; /* of values that may be shown */
    struct lc_odd odd;
    /* Empty cells among the counted leads that were won, and among the rest. */
    double won, won_empty, rest, rest_empty;
    struct lc_interval
        more; /* of the rest's share less the won's, 95 % (Newcombe); NaN: one is empty */
    bool
        differs; /* `more` leaves 0 out on both sides, and the shares differ by LC_LOOK_LEAST_MORE */
    const char *since,
        *until;        /* "2025-Q1": the first or the last quarter of its entries; NULL */
    double before;     /* share filled before `since`, or after `until` */
    double during;     /* and in the quarters that have it */
    size_t parameters; /* of an attribute: levels less one */
    double gain; /* deviance that its levels explain by themselves, less 2 for each parameter */
    bool
        carried; /* among the attributes that the wins carry, those of the greatest gain first */
};

struct lc_look_section {
    const char *title;       /* "What is dirty" */
    const char *label;       /* "DIRTY" */
    const char *const *line; /* [n] sentences, or the items of a list */
    size_t n;
    size_t most;  /* lines of a screen that it may have */
    bool is_list; /* items stand one behind the other */
};

struct lc_look {
    const struct lc_table *table;
    const struct lc_proposal *proposal;
    const struct lc_cohort *cohort;        /* NULL: the leads cannot be counted */
    const char *uncounted;                 /* why; NULL */
    struct lc_look_column *of;             /* [table->k] in the table's order */
    double carried;                        /* parameters that the wins carry (samplesize.h) */
    size_t parameters;                     /* of all attributes */
    const struct lc_look_section *section; /* [n_sections] */
    size_t n_sections;
};

/* lc_look_make - looks at a table and what was proposed of it (with or without a spec).
 *
 * Missing by outcome, parameters and gains are of the counted leads. A column's entries begin in a
 * quarter where every quarter before it (one at least) has it for under 5 % of its leads, and those from then on together for 20 %
 * and ten times that; they end by the same rule turned round. Quarters are of the decision days, and count with 20
 * leads. What the wins carry is lc_parameters_carried; of the attributes those of the greatest
 * gain above 0 are taken as long as their parameters fit in.
 *
 * out  lives in arena; borrows table and proposal. LC_ENOMEM.
 * Tested: test_look.c; inspect-*.cmd. */
enum lc_rc lc_look_make(const struct lc_table *table, const struct lc_proposal *proposal,
                        struct lc_arena *arena, struct lc_look *out,
                        struct lc_err *err) LC_MUST_USE;

/* The tables of the page, docs/formats.md: inspect --html. LC_ENOMEM. */

/* lc_look_columns - a row for each column: use, fill, levels, flags, parameters, reason. */
enum lc_rc lc_look_columns(const struct lc_look *look, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;
/* lc_look_levels - the most frequent values of the columns whose values may be shown. */
enum lc_rc lc_look_levels(const struct lc_look *look, struct lc_arena *arena,
                          struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;
/* lc_look_spellings - spellings that are read as others, that are proposed, and that may be slips. */
enum lc_rc lc_look_spellings(const struct lc_look *look, struct lc_arena *arena,
                             struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;
/* lc_look_missing - empty cells among won and not won, columns that differ first. */
enum lc_rc lc_look_missing(const struct lc_look *look, struct lc_arena *arena,
                           struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;
/* lc_look_coverage - by quarter of decision: leads, and the share of them that has each date, the
 * amount, and each attribute that begins or ends. No row without dates. */
enum lc_rc lc_look_coverage(const struct lc_look *look, struct lc_arena *arena,
                            struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

#endif
