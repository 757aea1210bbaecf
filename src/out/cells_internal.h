/* cells_internal.h - cells of a frame by the name of their column, and rows and columns chosen from one.   Layer: out (private) */
#ifndef LC_CELLS_INTERNAL_H
#define LC_CELLS_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/frame.h"

#define LC_FEW_LEADS 20 /* under these a cell cannot be judged: DEFINITIONS 4 */

/* ---- NaN and "" where there is no such column, or no such cell ---- */

double lc_cell_number(const struct lc_frame *f, size_t i, const char *column);
const char *lc_cell_text(const struct lc_frame *f, size_t i, const char *column);
bool lc_cell_is(const struct lc_frame *f, size_t i, const char *column, const char *text);

/* lc_cell_is_repeat - row i says of its model and grade what the row before said, by another clock. */
bool lc_cell_is_repeat(const struct lc_frame *f, size_t i);

/* lc_cell_is_quarter - a row of the funnel that is of one quarter: not (all), not (undated).
 * lc_cell_is_trend - a row of the table of acceptance: all hand-overs of one quarter. */
bool lc_cell_is_quarter(const struct lc_frame *f, size_t i);
bool lc_cell_is_trend(const struct lc_frame *f, size_t i);

/* What a smaller table takes of a larger one. */
struct lc_pick {
    const char *name;                 /* of the new frame: the file that holds all of it */
    const struct lc_heading *heading; /* [k] columns by name; label NULL: that of the frame */
    size_t k;
    bool (*keep)(const struct lc_frame *f, size_t i, const void *context); /* NULL: every row */
    const void *context;
    bool drop; /* columns that are empty in every row kept */
};

/* lc_pick_rows - the smaller table, in `arena`; a column that the frame has not is empty.
 * LC_ENOMEM */
enum lc_rc lc_pick_rows(const struct lc_frame *from, const struct lc_pick *pick,
                        struct lc_arena *arena, struct lc_frame *out,
                        struct lc_err *err) LC_MUST_USE;

/* ---- levels ---- */

#define LC_TELLING 20 /* levels in a picture: more would need type too small to read */

/* lc_telling_levels - the levels that tell most about winning, by falling ratio: those with the
 * largest term of information value (`iv_adjusted`), among equals with more leads; a level
 * without leads or ratio is none.
 *
 * totals  the first row of each attribute holds its totals, as in the table of rates
 * row     out [LC_TELLING]; returns how many */
size_t lc_telling_levels(const struct lc_frame *f, bool totals, size_t row[LC_TELLING]);

#endif
