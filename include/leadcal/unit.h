/* unit.h - rows of an export become accounts, opportunities or customers, with ordinary columns.   Layer: model */
#ifndef LC_UNIT_H
#define LC_UNIT_H

#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* What became of the rows of the export:
 *
 *     rows = used + keyless (where these are left out) + later + undated + other */
struct lc_unit_account {
    size_t rows;
    size_t units;    /* rows of the table now */
    size_t used;     /* rows that count in the row of their unit */
    size_t keyless;  /* without a key */
    size_t left_out; /* of them, those left out; the others are units of their own */
    size_t later;    /* came after the decision day of their unit */
    size_t undated;  /* no day tells when they came */
    size_t other; /* opportunities that never entered the stage; purchases that were not won, or
                      * of nobody who was a customer by the reference day */
    int32_t as_of; /* the latest day of all rows, where the spec names none and has it now; else
                    * LC_NO_DAY */
    struct lc_texts note; /* what was done, in sentences */
};

/* lc_units_take - the table becomes one of the spec's units; nothing happens where they are leads.
 *
 * table  in-out: a row for each unit. Every column keeps its name, so that the spec's roles hold:
 *        an account   decided when its first contact was. Days, acceptance and owner are that
 *                     contact's; entered is the earliest; outcome, closing, opportunity and amount those of the
 *                     contact that was won first after the decision, else of one still open, else of the one
 *                     lost last; other cells are the first filled one of the contacts that had
 *                     entered by the decision day. Their events are the account's.
 *        an opportunity  a row of the export that has entered the stage, decided then
 *        a customer   the cells of the last purchase by the reference day; the columns
 *                     LC_UNIT_..., which the spec then names
 *        and behind them the columns of the roll-up, of the rows that count. `last` must be NULL.
 * spec   in-out: dates and outcome, where the unit makes them; the as-of day, which rows that are no more
 *        may have told; what is rolled up is an attribute, where
 *        attributes are listed
 *
 * LC_EMISMATCH    a column of the unit is not there, or of another kind; as lc_cohort_build
 * LC_EDEGENERATE  no unit is left. LC_ENOMEM
 * Source: DEFINITIONS 1 (unit, decision time). Tested: test_unit.c, test_unit_customer.c: by hand; accounts of one
 * contact are the leads; the order of rows; what enters later changes nothing; the account adds up. */
enum lc_rc lc_units_take(struct lc_table *table, struct lc_spec *spec, struct lc_arena *arena,
                         struct lc_unit_account *account, struct lc_err *err) LC_MUST_USE;

#endif
