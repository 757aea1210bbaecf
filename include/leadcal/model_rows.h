/* model_rows.h - a model on the rows of a table in memory: what score says of them.   Layer: model */
#ifndef LC_MODEL_ROWS_H
#define LC_MODEL_ROWS_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/card.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"
#include "leadcal/model.h"
#include "leadcal/table.h"

/* A model bound to a table; both are borrowed. */
struct lc_model_rows {
    const struct lc_model *model;
    struct lc_range range[2];
    const struct lc_column **codes; /* [card.k] the columns of its attributes */
    const uint32_t **to; /* [card.k][levels of the column] the model's level of each */
    size_t *level;       /* [card.k] of the row at hand */
};

/* lc_model_rows_open - finds the model's attributes among the table's columns.
 * LC_EMISMATCH  a column is not there (nearest name), or has too many values to look up. LC_ENOMEM.
 * Tested: the same grades as lc_scorer (accept-model, value-model); every allocation refused. */
enum lc_rc lc_model_rows_open(const struct lc_model *model, const struct lc_table *table,
                              struct lc_arena *arena, struct lc_model_rows *rows,
                              struct lc_err *err) LC_MUST_USE;

/* lc_model_rows_score - what the model says of one row of the table. */
struct lc_scored lc_model_rows_score(struct lc_model_rows *rows, size_t row);

#endif
