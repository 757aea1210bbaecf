/* spec_unit.h - what a row of the study is: a lead, or an account, an opportunity or a customer.   Layer: data */
#ifndef LC_SPEC_UNIT_H
#define LC_SPEC_UNIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/spec.h"

enum lc_unit_of { LC_UNIT_LEAD, LC_UNIT_ACCOUNT, LC_UNIT_OPPORTUNITY, LC_UNIT_CUSTOMER };

/* What an account has of the cells of its contacts, or a customer of those of its purchases. */
enum lc_take {
    LC_TAKE_COUNT, /* "contacts" or "purchases": how many */
    LC_TAKE_BEST,  /* "best COLUMN": the highest number, or the last of the levels in `order` */
    LC_TAKE_SUM,   /* "sum of COLUMN"; missing where all are */
    LC_TAKE_ANY,   /* "any COLUMN": the set of all values, each a yes/no column (data/set) */
    LC_TAKE_NEW, /* "new COLUMN": yes where one of those who came within `days` brought a value
                    * that none who came before them had, and somebody had come before */
};

/* A column that is rolled up. */
struct lc_spec_roll {
    const char *column; /* NULL of COUNT */
    enum lc_take take;
    struct lc_texts order; /* of BEST: levels from the least to the best; n 0: numbers */
    int32_t days;          /* of NEW */
    const char *name;      /* of what is made: "best Seniority" */
};

/* The day on which a customer is looked at. */
enum lc_reference {
    LC_REFERENCE_AFTER,   /* so many days after the first purchase: an anniversary */
    LC_REFERENCE_QUARTER, /* the first day of the calendar quarter after the first purchase */
    LC_REFERENCE_DAY,     /* one day for all */
};

#define LC_USUAL_ANNIVERSARY 365 /* days */
#define LC_USUAL_NEW_DAYS    30  /* of LC_TAKE_NEW */

/* A stage of opportunities, and the column that tells when it was entered. */
struct lc_spec_stage {
    const char *name, *entered;
};

struct lc_spec_unit {
    enum lc_unit_of of;
    const char *key; /* of accounts and customers: the column that rows of one share */
    bool keyed_only; /* of accounts: contacts without a key are left out; else each is one */
    const struct lc_spec_roll *roll; /* [n_rolls] */
    size_t n_rolls;
    const char *stage;         /* of opportunities: the stage that they enter */
    const char *stage_entered; /* the column that tells when; NULL: found by the stage's name */
    const struct lc_spec_stage *stages; /* [n_stages] all there are; n 0: those of the header */
    size_t n_stages;
    const char *purchased,
        *product; /* of customers: the purchase's day; what it was, or NULL */
    enum lc_reference reference;
    int32_t after_days; /* of LC_REFERENCE_AFTER */
    int32_t day;        /* of LC_REFERENCE_DAY */
    bool
        other_product; /* won is a product that was not owned: cross-selling. Else any: up-selling */
};

/* Columns that are made, of customers, and of opportunities: LC_UNIT_AGE and the stage. */
#define LC_UNIT_DECIDED "(reference day)"
#define LC_UNIT_FURTHER "(further purchase)" /* "yes", or empty */
#define LC_UNIT_BOUGHT  "(day of it)"
#define LC_UNIT_SINCE   "days since the last purchase"
#define LC_UNIT_AGE     "days before "

extern const char
    *const lc_take_word[LC_TAKE_NEW + 1]; /* "count", "best", ... as the spec has them */

/* lc_spec_unit_of - leads, where the spec says nothing. */
enum lc_unit_of lc_spec_unit_of(const struct lc_spec *spec);

/* lc_unit_word - "lead" or "leads", "account", ... */
const char *lc_unit_word(enum lc_unit_of of, bool many);

/* lc_unit_part_word - what its rows are: "contact", "opportunity", "purchase". */
const char *lc_unit_part_word(enum lc_unit_of of, bool many);

/* lc_roll_name - what a rolled-up column is called. NULL where memory is refused. */
const char *lc_roll_name(const struct lc_spec_roll *roll, enum lc_unit_of of,
                         struct lc_arena *arena);

/* lc_unit_reference_day - the day on which a customer is looked at whose first purchase was on `first`. */
int32_t lc_unit_reference_day(const struct lc_spec_unit *unit, int32_t first);

/* lc_spec_unit_makes - is it the name of a column that the unit makes, or of a member of one? */
bool lc_spec_unit_makes(const struct lc_spec *spec, const char *name);

/* lc_unit_stage_column - the column that tells when an opportunity entered the stage: the one of that name, else the
 * first that lc_dialect_stage takes apart to it, with its pipeline ("Demo (Sales)") or without; n where none does.
 * Tested: test_spec_unit.c */
size_t lc_unit_stage_column(const char *const *name, size_t n, const char *stage);

/* lc_unit_is_stage_clock - does it tell when a stage was entered or left, or how long it took, in the words of a
 * CRM? What it holds is as of the export. */
bool lc_unit_is_stage_clock(const char *name);

#endif
