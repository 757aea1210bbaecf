/* score_internal.h - what score.c and score_parts.c share.   Layer: model (private) */
#ifndef LC_SCORE_INTERNAL_H
#define LC_SCORE_INTERNAL_H

#include "leadcal/score.h"

/* lc_scorer_model - the model; NULL where the score is a column. */
const struct lc_model *lc_scorer_model(const struct lc_scorer *s);

/* lc_scorer_last - the levels [card.k] of the row scored last, and what came of it. */
const size_t *lc_scorer_last(const struct lc_scorer *s, struct lc_scored *scored);

/* lc_score_refuse - LC_EMISMATCH where one of `added` [k] stands in a header `name` [n] already. */
enum lc_rc lc_score_refuse(const char *const *added, size_t k, const char *const *name,
                           size_t n, struct lc_err *err) LC_MUST_USE;

/* lc_score_is_formula - a text that a spreadsheet would run (CWE-1236); it gets an apostrophe. */
bool lc_score_is_formula(const char *text);

#endif
