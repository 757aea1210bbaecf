/* model_internal.h - what model.c, model_build.c and score.c share.   Layer: model */
#ifndef LC_MODEL_INTERNAL_H
#define LC_MODEL_INTERNAL_H

#include "leadcal/model.h"
#include "leadcal/slice.h"

/* lc_model_level - the level of a raw cell under attribute j: blanks around it and the texts that
 * mean "no value" are taken care of here, so that scoring and verifying cannot differ.
 * *empty  out: the cell holds no value */
size_t lc_model_level(const struct lc_model *m, size_t j, struct lc_slice cell, bool *empty);

/* lc_grades_make - letter and digit cuts on the scores of training leads; a dimension of the card
 * without attributes stays unused. g: method and targets in, cuts out. n >= 1. LC_ENOMEM. */
enum lc_rc lc_grades_make(const struct lc_card *card, const struct lc_scored *scored, size_t n,
                          struct lc_arena *scratch, struct lc_grades *g,
                          struct lc_err *err) LC_MUST_USE;

/* lc_grades_cell - the text of cell (letter, digit); a margin where the other is unused. */
void lc_grades_cell(const struct lc_grades *g, size_t letter, size_t digit,
                    char to[LC_GRADE_TEXT]);

#endif
