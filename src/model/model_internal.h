/* model_internal.h - what model.c, model_build.c and score.c share.   Layer: model */
#ifndef LC_MODEL_INTERNAL_H
#define LC_MODEL_INTERNAL_H

#include "leadcal/model.h"

#define LC_FOLDS 5

/* lc_deal_folds - the fold, 0..LC_FOLDS - 1, of each of n leads: by its decision day, so that the order of rows
 * does not matter; by its place where there are no days (NULL), or where half of the leads share a fold.
 * NULL where memory is refused. */
uint8_t *lc_deal_folds(const int32_t *day, size_t n, struct lc_arena *arena);

/* lc_grades_make - letter and digit cuts on the scores of training leads; a dimension of the card
 * without attributes stays unused. g: method and targets in, cuts out; cuts that are there already
 * (used) stay and get the shares of these leads. n >= 1. LC_ENOMEM. */
enum lc_rc lc_grades_make(const struct lc_card *card, const struct lc_scored *scored, size_t n,
                          struct lc_arena *scratch, struct lc_grades *g,
                          struct lc_err *err) LC_MUST_USE;

/* lc_model_cells - the cells of the cut grades (m->grades) with the training leads that stand in them, and
 * the agreement on them. scored [cohort->n]. LC_ENOMEM. */
enum lc_rc lc_model_cells(struct lc_model *m, const struct lc_cohort *cohort,
                          const struct lc_scored *scored, const struct lc_agreement *said,
                          struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

/* lc_model_carry - what the model began from, once its boundary is known: prior.c. LC_ENOMEM. */
enum lc_rc lc_model_carry(struct lc_model *m, const struct lc_model_recipe *recipe,
                          struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

/* lc_grades_cell - the text of cell (letter, digit); a margin where the other is unused. */
void lc_grades_cell(const struct lc_grades *g, size_t letter, size_t digit,
                    char to[LC_GRADE_TEXT]);

#endif
