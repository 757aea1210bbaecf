/* score_internal.h - what score.c and score_parts.c share.   Layer: model (private) */
#ifndef LC_SCORE_INTERNAL_H
#define LC_SCORE_INTERNAL_H

#include "leadcal/current.h"
#include "leadcal/grade.h"
#include "leadcal/num.h"
#include "leadcal/number.h"
#include "leadcal/score.h"

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
