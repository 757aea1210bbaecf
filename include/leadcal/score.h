/* score.h - a model on leads: the columns that `score` adds.   Layer: model */
#ifndef LC_SCORE_H
#define LC_SCORE_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/model.h"
#include "leadcal/slice.h"

#define LC_SCORE_COLUMNS 8
/* lc_probability,lc_points,lc_fit,lc_engagement,lc_grade,lc_action,lc_sla_hours,lc_reasons */
extern const char *const lc_score_column[LC_SCORE_COLUMNS];

/* A model bound to the header of one export. */
struct lc_scorer;

/* lc_scorer_new - finds the model's attributes among the columns of an export.
 * name  [n] the header's names
 * LC_EMISMATCH  an attribute of the model has no column (nearest name); an lc_ column is there
 *               already. LC_ENOMEM. The scorer lives in arena; the model is borrowed. */
enum lc_rc lc_scorer_new(const struct lc_model *model, const char *const *name, size_t n,
                         struct lc_arena *arena, struct lc_scorer **scorer,
                         struct lc_err *err) LC_MUST_USE;

/* What is counted while rows go by. */
struct lc_score_account {
    size_t rows, limited;  /* points cut to 1..100 */
    size_t unseen;         /* cells whose level the model never met: they count as average */
    size_t missing_unseen; /* empty cells where the model has no missing level: average too */
};

/* lc_scorer_row - the eight texts of one row. field [n] raw, untrimmed. to, out [LC_SCORE_COLUMNS]:
 * valid until the next call. Levels are looked up once per distinct spelling. LC_ENOMEM */
enum lc_rc lc_scorer_row(struct lc_scorer *s, const struct lc_slice *field, size_t n,
                         struct lc_slice to[LC_SCORE_COLUMNS], struct lc_err *err) LC_MUST_USE;

void lc_scorer_account(const struct lc_scorer *s, struct lc_score_account *account);

#endif
