/* current.h - the score in use today: how the cells of a score column read, and what a card of them is.   Layer: model */
#ifndef LC_CURRENT_H
#define LC_CURRENT_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/model.h"
#include "leadcal/slice.h"
#include "leadcal/table.h"

/* The score in use: a column of the export, or a model (a model file, a points file). */
struct lc_current {
    const char *name;             /* as it was given: "column:HubSpot Score", "last.json" */
    const char *column;           /* NULL: a model */
    const struct lc_model *model; /* NULL: a column */
};

enum lc_score_kind {
    LC_SCORE_NONE,   /* empty, or neither of these: unknown, which is not 0 */
    LC_SCORE_NUMBER, /* more is better */
    LC_SCORE_GRADE, /* a letter, perhaps with + or -, perhaps with a digit: A1, B, C+; A is best, 1 is best */
};

/* What one cell of a score column says. */
struct lc_score_cell {
    enum lc_score_kind kind;
    double number;        /* of a NUMBER */
    size_t letter, digit; /* of a GRADE: 0 is A or 1; digit LC_NO_DIGIT: none */
    double order;         /* more is better, over the cells of one kind */
};

#define LC_NO_DIGIT ((size_t)-1)

/* lc_score_cell_of - reads one cell; blanks around it are dropped, the case of letters does not
 * matter. Tested: test_current.c. */
struct lc_score_cell lc_score_cell_of(struct lc_slice s);

/* lc_score_cell_as - the same, its number read with the decimal sign of its column (lc_number_parse);
 * LC_DECIMAL_ANY: a plain one. */
struct lc_score_cell lc_score_cell_as(struct lc_slice s, enum lc_decimal decimal);

/* A score column of a table, level by level. */
struct lc_score_column {
    enum lc_score_kind kind;          /* NUMBER or GRADE: what every filled cell is */
    const double *order;              /* [n_levels] more is better; NaN: unknown */
    const struct lc_score_cell *cell; /* [n_levels] */
    bool has_digits;
};

/* lc_score_column_read - what a column holds.
 * LC_EMISMATCH  it is empty, has too many values to be a score, or holds texts that are neither
 *               numbers nor grades (text: how many of its values), or both kinds. LC_ENOMEM */
enum lc_rc lc_score_column_read(const struct lc_table_column *c, struct lc_arena *arena,
                                struct lc_score_column *out, struct lc_err *err) LC_MUST_USE;

#endif
