/* propose_internal.h - what the sources of propose share.   Layer: model */
#ifndef LC_PROPOSE_INTERNAL_H
#define LC_PROPOSE_INTERNAL_H

#include "cohort_internal.h"
#include "leadcal/dialect.h"
#include "leadcal/io.h"
#include "leadcal/propose.h"

#define LC_ANY_FILE SIZE_MAX
/* Ids that HubSpot gave to stages which somebody may have renamed. */
#define LC_STAGE_ID_WON  "closedwon"
#define LC_STAGE_ID_LOST "closedlost"

/* Kinds of columns, for looking one up. */
#define LC_DATES   (1U << LC_KIND_DATE)
#define LC_NUMBERS (1U << LC_KIND_NUMBER)
#define LC_WORDS   (1U << LC_KIND_TEXT)
#define LC_ANY_KIND \
    (LC_DATES | LC_NUMBERS | LC_WORDS | 1U << LC_KIND_EMPTY | 1U << LC_KIND_MANY)

/* One file of the table, and its names without the prefix. */
struct lc_system {
    struct lc_signature signature;
    const char *const *name; /* [k] */
    const size_t *column;    /* [k] their places in the table */
    size_t k;
};

struct lc_systems {
    const struct lc_system *of; /* [n] */
    size_t n;
};

/* lc_systems_find - whose exports the files of a table are. LC_ENOMEM. */
enum lc_rc lc_systems_find(const struct lc_table *table, struct lc_arena *arena,
                           struct lc_systems *out, struct lc_err *err) LC_MUST_USE;

/* lc_system_column - the column of a file that its system calls so, of one of the kinds; NULL. */
const struct lc_table_column *lc_system_column(const struct lc_table *table,
                                               const struct lc_systems *systems, size_t file,
                                               enum lc_meaning meaning, unsigned kinds);

/* lc_system_means - is that what a column's file calls a thing of this meaning? */
bool lc_system_means(const struct lc_table *table, const struct lc_systems *systems,
                     const struct lc_table_column *c, enum lc_meaning meaning);

/* lc_column_by_words - the first column of a file (or of LC_ANY_FILE) with a word for it in its name. */
const struct lc_table_column *lc_column_by_words(const struct lc_table *table, size_t file,
                                                 enum lc_meaning meaning, unsigned kinds);

/* lc_column_meaning - as its system calls it, else by words. */
const struct lc_table_column *lc_column_meaning(const struct lc_table *table,
                                                const struct lc_systems *systems, size_t file,
                                                enum lc_meaning meaning, unsigned kinds);

/* lc_word_in_name, lc_word_in_value - the first word of a meaning that the text holds; NULL. */
const char *lc_word_in_name(const char *name, enum lc_meaning meaning);
const char *lc_word_in_value(const char *value, enum lc_meaning meaning);

/* What is being guessed. */
struct lc_guess {
    const struct lc_table *table;
    struct lc_arena *arena;
    struct lc_systems systems;
    struct lc_spec spec;
    struct lc_notes notes;
    size_t owner_file;     /* joined file of users, of which leads have their owner; 0: none */
    const char *rival;     /* a column of the leads that knows the outcome, too; NULL: none */
    const uint8_t *unsure; /* [table->k] 1: its stage ids may mean anything */
};

/* Columns that share one sentence: the first few are named, the others counted. */
struct lc_gathered {
    const char *names; /* "A, B, C"; NULL where there is none */
    const char *first;
    size_t n;
};

#define LC_MOST_NAMED 3

enum lc_rc lc_gather(struct lc_gathered *to, const char *name, struct lc_arena *arena,
                     struct lc_err *err) LC_MUST_USE;

/* lc_gathered_text - "A, B, C and 40 more"; NULL without memory. */
const char *lc_gathered_text(const struct lc_gathered *from, struct lc_arena *arena);

/* lc_first_word - the first of the words that the name holds, or NULL. */
const char *lc_first_word(const char *name, const char *const *word, size_t n);

#define LC_FIRST_WORD(name, words) \
    lc_first_word((name), (words), sizeof(words) / sizeof *(words))

/* lc_values_of - levels but the missing one. */
size_t lc_values_of(const struct lc_column *c);

/* lc_won_strength - 3: says that it was won; 2: that somebody became a customer; 1: yes; 0: none
 * of these. */
int lc_won_strength(const char *value);

/* lc_ends_in - does a name end so, the case of A-Z apart? */
bool lc_ends_in(const char *name, const char *end);

/* lc_note_ids - a sentence for each id that a spreadsheet has spoilt. */
enum lc_rc lc_note_ids(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

/* lc_note_systems - a sentence for each file: whose export it is. */
enum lc_rc lc_note_systems(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

/* What the rows of the stage id 'closedwon' say of it. */
enum lc_stage_judgement { LC_STAGE_NO_ID, LC_STAGE_SURE, LC_STAGE_UNSURE };

/* lc_stage_judge - may the id be taken as won? By a flag or a label beside it; else nine in ten of its
 * rows must be closed by the latest day of the files, and half have an amount. Says so in a note. */
enum lc_rc lc_stage_judge(struct lc_guess *g, const struct lc_table_column *stage,
                          enum lc_stage_judgement *out, struct lc_err *err) LC_MUST_USE;

/* lc_enters_closed - is a column the day of entering a closed stage? won  out: the won one, or a lost */
bool lc_enters_closed(const struct lc_guess *g, const struct lc_table_column *c, bool *won);

/* lc_note_reopened - deals that entered a won stage and a lost one, by the days of entering; once the
 * outcome and the closing are guessed. */
enum lc_rc lc_note_reopened(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

enum lc_rc lc_guess_outcome(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

enum lc_rc lc_guess_dates(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

/* lc_propose_mapping - what was found in which column; once all is guessed. */
enum lc_rc lc_propose_mapping(const struct lc_guess *g, const struct lc_spec *given,
                              struct lc_proposal *p, struct lc_err *err) LC_MUST_USE;

/* lc_guess_roles - acceptance, owner, source and the score in use. */
enum lc_rc lc_guess_roles(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

/* lc_guess_owner_name - where a joined file tells who an owner's id is: what it calls the owner, and the
 * file (propose_lookups.c). owner: the leads' column. */
enum lc_rc lc_guess_owner_name(struct lc_guess *g, const char *owner,
                               struct lc_err *err) LC_MUST_USE;

/* lc_guess_account - the account that leads belong to, by what systems call it (propose_lookups.c). */
enum lc_rc lc_guess_account(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

/* lc_guess_cuts - the quartiles of a NUMBER of many values, as bounds of its bins; else none. */
enum lc_rc lc_guess_cuts(const struct lc_table_column *c, struct lc_arena *arena,
                         struct lc_spec_attribute *to, struct lc_err *err) LC_MUST_USE;

/* lc_guess_same - the spellings of an attribute's values: twins (spelling.h) are read as the usual one, and
 * a letter's difference is told in a note. LC_ENOMEM. */
enum lc_rc lc_guess_same(struct lc_guess *g, const struct lc_table_column *c,
                         struct lc_spec_attribute *to, struct lc_err *err) LC_MUST_USE;

/* lc_guess_attributes - attributes and what to ignore, once the rest is guessed. */
enum lc_rc lc_guess_attributes(struct lc_guess *g, struct lc_proposal *p,
                               struct lc_err *err) LC_MUST_USE;

#endif
