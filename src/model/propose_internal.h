/* propose_internal.h - what the sources of propose share.   Layer: model */
#ifndef LC_PROPOSE_INTERNAL_H
#define LC_PROPOSE_INTERNAL_H

#include "cohort_internal.h"
#include "leadcal/propose.h"

/* What is being guessed. */
struct lc_guess {
    const struct lc_table *table;
    struct lc_arena *arena;
    struct lc_spec spec;
    struct lc_notes notes;
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

enum lc_rc lc_guess_outcome(struct lc_guess *g, struct lc_err *err) LC_MUST_USE;

/* lc_guess_cuts - the quartiles of a NUMBER of many values, as bounds of its bins; else none. */
enum lc_rc lc_guess_cuts(const struct lc_table_column *c, struct lc_arena *arena,
                         struct lc_spec_attribute *to, struct lc_err *err) LC_MUST_USE;

/* lc_guess_attributes - attributes and what to ignore, once the rest is guessed. */
enum lc_rc lc_guess_attributes(struct lc_guess *g, struct lc_proposal *p,
                               struct lc_err *err) LC_MUST_USE;

#endif
