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

/* What one thing was found in: a date, the outcome, the owner. */
struct lc_mapped {
    const char *meaning;                  /* "entered" */
    const struct lc_table_column *column; /* NULL: no column says so */
    const char *how;                      /* "HubSpot calls it so" */
    const struct lc_table *table; /* that the column is of; NULL: the one that was looked at */
};

/* A spec to begin with; a person decides. */
struct lc_proposal {
    struct lc_spec spec;
    const char *const
        *comment; /* [n_comments] a sentence for each guess, in the spec's order */
    size_t n_comments;
    const struct lc_mapped
        *mapped; /* [n_mapped] dates first, in the order in which they happen */
    size_t n_mapped;
    struct lc_choices choices; /* n 0: the leads cannot be counted yet */
    bool has_outcome; /* false: nothing looks like won and lost; the spec cannot be used yet */
};

/* lc_propose - by names and values: outcome, dates, amount, acceptance, owner, source, the score in
 * use, attributes, what to ignore.
 *
 * table  the leads, with the files that `given` joins to them
 * given  what is known already: those parts are kept as they are and not guessed
 * out    lives in arena; borrows from table and given
 *
 * Attributes are the columns that lc_choose_columns calls fit, once the outcome is guessed. One
 * of more than 8 different numbers gets cuts: the quartiles (R type 7) of its filled rows, equal
 * ones once, rounded down where the column is whole (which moves no lead to another bin), none at
 * the greatest number; at least one. An amount is not filled for every lead. The outcome is a
 * column of the leads that says won; else one of a joined file that does, although the leads may
 * say who became a customer; else having a row in a joined file that some lead has a row in.
 * Closing, amount and the opportunity's beginning are looked for in the outcome's file first.
 * LC_ENOMEM. Tested: test_propose.c, test_propose_roles.c. */
enum lc_rc lc_propose(const struct lc_table *table, const struct lc_spec *given,
                      struct lc_arena *arena, struct lc_proposal *out,
                      struct lc_err *err) LC_MUST_USE;

/* lc_propose_attribute - a column as the attribute that lc_propose would make of it, whatever speaks
 * against it: role by its name, cuts by its numbers. LC_ENOMEM. */
enum lc_rc lc_propose_attribute(const struct lc_table_column *c, struct lc_arena *arena,
                                struct lc_spec_attribute *out, struct lc_err *err) LC_MUST_USE;

/* lc_propose_decision - the columns of the leads alone that say when a lead came in and was handed
 * over, by their names, where the spec does not say so; for joining before all else is guessed.
 * LC_ENOMEM. */
enum lc_rc lc_propose_decision(const struct lc_table *leads, struct lc_arena *arena,
                               struct lc_spec *spec, struct lc_err *err) LC_MUST_USE;

/* lc_propose_grade - the leads' first column that is called a grade, rating or score and holds grades (A1, C);
 * NULL: none does. It may be the grade at hand-over: that is asked, since it may as well be today's.
 * Tested: test_propose_roles.c. */
const char *lc_propose_grade(const struct lc_table *table);

/* lc_propose_keys - names of columns of `table` that may hold keys: their names end in "id" or
 * "ids", or a system calls e-mail, domain, account or company so, or they hold a key's many values without blanks, or stand with many values in both files
 * under one name. For reading them again, values and all. LC_ENOMEM. */
enum lc_rc lc_propose_keys(const struct lc_table *table, const struct lc_table *other,
                           struct lc_arena *arena, struct lc_texts *out,
                           struct lc_err *err) LC_MUST_USE;

/* Which columns join a second file to the leads. */
struct lc_proposed_join {
    size_t leads,
        other;   /* places in the two tables; leads->k and other->k: nothing joins them */
    bool list;   /* cells of the second file are lists of keys */
    bool domain; /* what they have in common is the domain of addresses and web sites */
    bool twice;  /* some key of the second file stands there twice, and a lead has it */
    bool lookup; /* many leads have one row: of a company, of an owner */
    bool met;    /* some rows are; false: the names alone are the same */
};

/* lc_propose_join - which column of a second file holds a key of the leads, by values.
 *
 * leads, other  their key columns, kept whatever they hold (lc_propose_keys)
 * domains       are addresses and web sites compared, too?
 *
 * Of the pairs where one side tells all rows of its file apart and at least half of the filled
 * rows of one side are met on the other: the pair met most, an owner's id before others, names that are equal first. Else a
 * pair of one name whose second column repeats no value and meets a lead, or of one meaning (e-mail, domain,
 * account, company) of which half the rows are met; else the first pair of one name, met or not. An address
 * and a web site of which half the domains of one side are met go before all of these where they reach
 * more leads: a key that only converted leads have says too late whose they are. LC_ENOMEM. Tested: test_propose_join.c. */
enum lc_rc lc_propose_join(const struct lc_table *leads, const struct lc_table *other,
                           bool domains, struct lc_proposed_join *out,
                           struct lc_err *err) LC_MUST_USE;

/* lc_tells_deals - has a file, read alone, columns as opportunities have them: a stage, an amount, a closing day? */
bool lc_tells_deals(const struct lc_table *other);

/* lc_propose_history - is a file, read alone, one of changes, by its header?
 * file  in-out: key and history are filled where it is. LC_ENOMEM. */
enum lc_rc lc_propose_history(const struct lc_table *other, struct lc_arena *arena,
                              struct lc_spec_file *file, struct lc_err *err) LC_MUST_USE;

/* lc_propose_created - the column of a second file, read alone, that says when its rows began.
 * created  out; NULL where no date is called so. LC_ENOMEM. */
enum lc_rc lc_propose_created(const struct lc_table *other, struct lc_arena *arena,
                              const char **created, struct lc_err *err) LC_MUST_USE;

/* A file whose rows are what leads did. */
struct lc_proposed_events {
    const struct lc_spec_events *events; /* NULL: they are not */
    const char *system;                  /* that calls its columns so; NULL: by its shape */
    const struct lc_mapped *mapped;      /* [n_mapped] time, type, content */
    size_t n_mapped;
    bool undated; /* by its header they are, and no column says when: then events is NULL */
};

/* lc_propose_events - are the rows of a second file, read alone, what leads did?
 *
 * other    with its columns as they are guessed, key and texts of many values without codes
 * key      the column that joins it to the leads
 * repeats  some key stands on several of its rows
 *
 * Where a system is known by the header, by its names for the time and the type of what leads did: of
 * several types the one whose values hold words of events (lc_event_words) most often, of names
 * for the content the fullest column. Else, where keys repeat and no value says that something was
 * won, by a date called a time (or the only one) and a text called a type of which half of the
 * filled rows hold a word of events, or any text of which three in four do.
 * LC_ENOMEM. Tested: test_propose_events.c. */
enum lc_rc lc_propose_events(const struct lc_table *other, const char *key, bool repeats,
                             struct lc_arena *arena, struct lc_proposed_events *out,
                             struct lc_err *err) LC_MUST_USE;

/* lc_propose_swapped - is the first file what leads did, and the second the leads? Where the first's key repeats,
 * the second has each of its values once and says who was won. LC_ENOMEM. */
enum lc_rc lc_propose_swapped(const struct lc_table *first, const char *key,
                              const struct lc_table *second, struct lc_arena *arena,
                              struct lc_proposed_events *out, struct lc_err *err) LC_MUST_USE;

/* lc_may_show - may values of this column be printed as examples? False for what may name a
 * person: by its name ("owner", "Besitzer"; not "StageName"), or because most values hold an '@'. */
bool lc_may_show(const struct lc_table_column *c);

/* lc_sounds_lost - does a value of an outcome say that it was lost: "Closed Lost", "Unqualified",
 * "Closed - Not Converted"? */
bool lc_sounds_lost(const char *value);

/* lc_sounds_open - does it say that it goes on: "Open", "In progress", "Offen"? Of two values the other is then
 * not lost. */
bool lc_sounds_open(const char *value);

/* lc_name_has - does a column's name hold this word? Words end at anything but letters and
 * digits, and where a capital follows a small letter; the case of A-Z does not matter. */
bool lc_name_has(const char *name, const char *word);

/* lc_says_yes_or_no - is every level but the empty one yes or no, in words or figures (yes, true, 1, y, no,
 * false, 0, n; the case of A-Z does not matter)? lc_says_no - is this one of the words for no? */
bool lc_says_yes_or_no(const struct lc_column *c);
bool lc_says_no(const char *text);

#endif
