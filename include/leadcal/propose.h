/* propose.h - guesses what the columns of an export mean, and says why.   Layer: model */
#ifndef LC_PROPOSE_H
#define LC_PROPOSE_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/leak.h"
#include "leadcal/spec.h"
#include "leadcal/table.h"

/* A spec to begin with; a person decides. */
struct lc_proposal {
    struct lc_spec spec;
    const char *const
        *comment; /* [n_comments] a sentence for each guess, in the spec's order */
    size_t n_comments;
    struct lc_choices choices; /* n 0: the leads cannot be counted yet */
    bool has_outcome; /* false: nothing looks like won and lost; the spec cannot be used yet */
};

/* lc_propose - by names and values: outcome, dates, amount, acceptance, attributes, what to ignore.
 *
 * table  the leads, with the files that `given` joins to them
 * given  what is known already: those parts are kept as they are and not guessed
 * out    lives in arena; borrows from table and given
 *
 * Attributes are the columns that lc_choose_columns calls fit, once the outcome is guessed. One
 * of more than 8 different numbers gets cuts: the quartiles (R type 7) of its filled rows, equal
 * ones once, rounded down where the column is whole (which moves no lead to another bin), none at
 * the greatest number; at least one. An amount is not filled for every lead. A joined file is the
 * outcome only where some lead has a row in it.
 * LC_ENOMEM. Tested: test_propose.c. */
enum lc_rc lc_propose(const struct lc_table *table, const struct lc_spec *given,
                      struct lc_arena *arena, struct lc_proposal *out,
                      struct lc_err *err) LC_MUST_USE;

/* lc_propose_join - which column of the leads and of a second file is the same key.
 * Returns the place in `leads` of the first column whose name stands in both files and which
 * holds a key's many values, or one that ends in "id"; leads->k where there is none. */
size_t lc_propose_join(const struct lc_table *leads, const struct lc_table *other);

/* lc_may_show - may values of this column be printed as examples? False for what may name a
 * person: by its name ("owner", "Besitzer"; not "StageName"), or because most values hold an '@'. */
bool lc_may_show(const struct lc_table_column *c);

/* lc_name_has - does a column's name hold this word? Words end at anything but letters and
 * digits, and where a capital follows a small letter; the case of A-Z does not matter. */
bool lc_name_has(const char *name, const char *word);

#endif
