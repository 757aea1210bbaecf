/* score_internal.h - what score.c and score_parts.c share.   Layer: model (private) */
#ifndef LC_SCORE_INTERNAL_H
#define LC_SCORE_INTERNAL_H

#include <stdbool.h>
#include <stdint.h>

#include "leadcal/current.h"
#include "leadcal/grade.h"
#include "leadcal/num.h"
#include "leadcal/number.h"
#include "leadcal/score.h"

/* One spelling of a cell, as its bytes stand in the file. */
struct lc_spelling {
    struct lc_slice bytes; /* p NULL: the slot is free */
    uint64_t hash;
    uint32_t level;
    bool empty, differs; /* no cell; a number with another decimal sign */
};

/* Those that one attribute has met; all 0 before the first. */
struct lc_spellings {
    struct lc_spelling *slot; /* [n_slots], open addressing; NULL before the first cell */
    size_t n_slots, n_used;   /* at most half are used */
};

/* lc_spelling_find - what a cell is to attribute j of the model: level, empty and differs of `out`, which is
 * remembered in the arena. LC_ENOMEM */
enum lc_rc lc_spelling_find(const struct lc_model *model, size_t j, struct lc_spellings *b,
                            struct lc_arena *arena, struct lc_slice cell,
                            struct lc_spelling *out, struct lc_err *err) LC_MUST_USE;

/* The rules of a model bound to the header of an export: score_rules.c. */
struct lc_score_rules;

/* lc_score_rules_new - finds the column that each rule looks at; where the export has none, a column called
 * after the rule says yes or no, as somebody made it beforehand. rules  out; NULL: the model has none.
 * LC_EMISMATCH  neither is there. LC_ENOMEM */
enum lc_rc lc_score_rules_new(const struct lc_model *model, const char *const *name, size_t n,
                              struct lc_arena *arena, struct lc_score_rules **rules,
                              struct lc_err *err) LC_MUST_USE;

/* lc_score_rules_mark - the place of the rule that marks under an attribute's name; SIZE_MAX: none. */
size_t lc_score_rules_mark(const struct lc_score_rules *rules, const char *column);

/* lc_score_rules_answer - "yes", "no" or, of an empty cell, "". */
struct lc_slice lc_score_rules_answer(const struct lc_score_rules *rules, size_t at,
                                      const struct lc_slice *field, size_t n);

/* lc_score_rules_out - the first rule that excludes a row: "competitor: email"; NULL: none does. */
const char *lc_score_rules_out(const struct lc_score_rules *rules, const struct lc_slice *field,
                               size_t n);

/* lc_scorer_model - the model; NULL where the score is a column. */
const struct lc_model *lc_scorer_model(const struct lc_scorer *s);

/* lc_scorer_last - the levels [card.k] of the row scored last, and what came of it. */
const size_t *lc_scorer_last(const struct lc_scorer *s, struct lc_scored *scored);

/* lc_score_refuse - LC_EMISMATCH where one of `added` [k] stands in a header `name` [n] already. */
enum lc_rc lc_score_refuse(const char *const *added, size_t k, const char *const *name,
                           size_t n, struct lc_err *err) LC_MUST_USE;

/* lc_score_number - a number as text in `to` [LC_REAL_TEXT]; empty where it is not known. */
struct lc_slice lc_score_number(double x, char *to);

/* A score that stands in the export: how its cells read, and the texts of the row at hand. */
struct lc_scored_column {
    const char *name;
    struct lc_number_votes votes;
    bool formatted;          /* some number is not a plain one */
    enum lc_decimal decimal; /* how its numbers read; LC_DECIMAL_ANY: plainly */
    char points[LC_REAL_TEXT], sla[LC_REAL_TEXT], grade[LC_GRADE_TEXT];
};

/* As lc_scorer_vote and lc_scorer_decide. */
void lc_scored_column_vote(struct lc_scored_column *c, struct lc_slice cell);
enum lc_rc lc_scored_column_decide(struct lc_scored_column *c, struct lc_err *err) LC_MUST_USE;

/* lc_scored_column_write - what a cell says by itself; false where it is neither number nor grade. */
bool lc_scored_column_write(struct lc_scored_column *c, struct lc_slice cell,
                            struct lc_slice to[LC_SCORE_COLUMNS]);

/* lc_score_is_formula - a text that a spreadsheet would run (CWE-1236); it gets an apostrophe. */
bool lc_score_is_formula(const char *text);

#endif
