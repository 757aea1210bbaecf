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

#define LC_SCORE_UNCONVERTIBLE "unconvertible" /* lc_action of a lead that a rule leaves out */

/* A model bound to the header of one export. */
struct lc_scorer;

/* lc_scorer_new - finds the model's attributes, and the columns of its rules, among those of an export. A row
 * that a rule excludes gets LC_SCORE_UNCONVERTIBLE for lc_action, "RULE: COLUMN" for lc_reasons, and
 * nothing else.
 * name  [n] the header's names
 * LC_EMISMATCH  an attribute of the model has no column (nearest name); an lc_ column is there
 *               already. LC_ENOMEM. The scorer lives in arena; the model is borrowed. */
enum lc_rc lc_scorer_new(const struct lc_model *model, const char *const *name, size_t n,
                         struct lc_arena *arena, struct lc_scorer **scorer,
                         struct lc_err *err) LC_MUST_USE;

/* lc_scorer_column - the score in use as a scorer: lc_points is the number in its column, lc_grade
 * the grade, with its default action and clock; the rest is empty. As lc_scorer_new. */
enum lc_rc lc_scorer_column(const char *column, const char *const *name, size_t n,
                            struct lc_arena *arena, struct lc_scorer **scorer,
                            struct lc_err *err) LC_MUST_USE;

/* lc_scorer_vote - a row's cell of a score column votes on how its numbers are written; one that is no
 * number has no vote. lc_scorer_decide - takes the votes' decimal sign, which plain numbers alone need
 * not: rows are then read by it.
 *
 * LC_EMISMATCH  the numbers are of several kinds, or nothing tells whether , or . is decimal
 * Tested: test_score.c. */
void lc_scorer_vote(struct lc_scorer *scorer, const struct lc_slice *field, size_t n);
enum lc_rc lc_scorer_decide(struct lc_scorer *scorer, struct lc_err *err) LC_MUST_USE;

/* What is counted while rows go by. */
struct lc_score_account {
    size_t rows, limited; /* points cut to 1..100 */
    size_t unseen;        /* cells whose level the model never met: they count as average */
    size_t differing; /* of the unseen: numbers with another decimal sign than the model's */
    size_t missing_unseen; /* empty cells where the model has no missing level: average too */
    size_t unconvertible;  /* rows that a rule of the model leaves out: no score, no grade */
    size_t unscored;       /* rows of a score column that hold neither a number nor a grade */
};

/* lc_scorer_row - the eight texts of one row. field [n] raw, untrimmed. to, out [LC_SCORE_COLUMNS]:
 * valid until the next call. Levels are looked up once per distinct spelling. LC_ENOMEM */
enum lc_rc lc_scorer_row(struct lc_scorer *s, const struct lc_slice *field, size_t n,
                         struct lc_slice to[LC_SCORE_COLUMNS], struct lc_err *err) LC_MUST_USE;

/* What each attribute adds to a row, and what would lift it: `score --contributions`. */
struct lc_score_parts;

/* lc_score_parts_new - the columns behind those of lc_scorer_row:
 *
 *     lc_lift, lc_log_odds, lc_points_base, lc_log_odds_base,
 *     then for each attribute in model order: lc_points_of_X, lc_log_odds_of_X
 *
 * lc_points_base plus the points of all attributes is lc_points before its limits; lc_log_odds_base
 * plus the log-odds of all attributes, added in this order, is lc_log_odds to the last bit. Log-odds
 * are empty where the model knows none.
 *
 * lc_lift is the change of one engagement attribute (but those known as of the decision, such as a source,
 * which are settled) to another of its levels (never to the empty one) that adds the fewest points and reaches a better digit: "demo_request=Yes +17 -> B2". The first in
 * model order where several add as few. Empty where the digit is the best, where no single change is
 * enough, and where the model gives no digits. It is arithmetic of the card: it says what the score
 * would be, not that the lead would then close.
 *
 * s     by lc_scorer_new, borrowed; name [n] the header's names
 * LC_EMISMATCH  the score is a column, which has no attributes; one of these columns is there already.
 * LC_ENOMEM. Tested: typed cards by hand; law: the sums, over every level of a model. */
enum lc_rc lc_score_parts_new(const struct lc_scorer *s, const char *const *name, size_t n,
                              struct lc_arena *arena, struct lc_score_parts **parts,
                              struct lc_err *err) LC_MUST_USE;

/* lc_score_parts_names - the columns' names; *n out. */
const char *const *lc_score_parts_names(const struct lc_score_parts *parts, size_t *n);

/* lc_score_parts_row - their texts for the row that lc_scorer_row scored last. to  out, as many as
 * lc_score_parts_names says: valid until the next call. */
void lc_score_parts_row(struct lc_score_parts *parts, struct lc_slice *to);

void lc_scorer_account(const struct lc_scorer *s, struct lc_score_account *account);

#endif
