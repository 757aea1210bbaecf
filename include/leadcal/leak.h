/* leak.h - columns that know the outcome, or a person.   Layer: model */
#ifndef LC_LEAK_H
#define LC_LEAK_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/table.h"

enum lc_choice {
    LC_CHOICE_FIT,      /* may enter rates, fit and backtest */
    LC_CHOICE_CONSTANT, /* one value: in rates, noted */
    LC_CHOICE_PERSONAL, /* names a person: in rates, noted; not in fit */
    LC_CHOICE_LEAK,     /* knows the outcome: in rates, noted; not in fit */
    LC_CHOICE_LEFT_OUT, /* a date, a key, an empty column, a role of the spec, ignored */
};

struct lc_column_choice {
    size_t column; /* place in the table */
    enum lc_choice choice;
    const char *reason; /* half a sentence: "87 % filled among won, 2 % among the rest" */
};

struct lc_choices {
    struct lc_column_choice *of; /* [n], one per table column, in table order */
    size_t n;
};

/* lc_choose_columns - what may be looked at, and what a model may use (DEFINITIONS 2).
 *
 * A column that the spec's attributes name is FIT whatever it holds (constants apart). Suspects of
 * the outcome: a level of at least 5 leads whose Wilson lower limit is above max(0.9, 8 x base)
 * (methods 6.4, step 4), or filled so differently among won and the rest that the Newcombe lower
 * limit of the difference exceeds 0.30 (step 2), or an attribute whose AUC has a lower DeLong
 * limit above 0.90 (step 5). LC_ENOMEM. */
enum lc_rc lc_choose_columns(const struct lc_table *table, const struct lc_spec *spec,
                             const struct lc_cohort *cohort, struct lc_arena *arena,
                             struct lc_choices *choices, struct lc_err *err) LC_MUST_USE;

#endif
