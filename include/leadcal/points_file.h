/* points_file.h - a hand-made card as CSV: dimension,attribute,level,points,cap.   Layer: out */
#ifndef LC_POINTS_FILE_H
#define LC_POINTS_FILE_H

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/model.h"
#include "leadcal/slice.h"

/* lc_points_read - a points file as a model that knows points and no probability (docs/formats.md).
 *
 * A row gives a level its points: `dimension` is profile (fit) or engagement (intent), `attribute` a
 * column of the export, `level` its value; `(missing)` is the empty cell, `(other)` any value that
 * has no row; levels that are all ranges such as (50,500] are bins, and what lies between them has 0
 * points. `cap` limits the points of its attribute from above. A row of dimension `total` gives the
 * points that everybody begins with and, as its cap, the most that anybody gets.
 *
 * model  out; lives in arena: card (scale as the file says, intercept NaN), no grades, no cells
 *
 * LC_EIO, LC_EFORMAT (no such header, no rows, a cell that is no number: file and line),
 * LC_EMISMATCH (a level twice, an attribute in two dimensions or with two caps, ranges that overlap),
 * LC_ENOMEM
 * Source: the guides' cards of three categories of at most 33 points; DEFINITIONS 3.
 * Tested: 10 + 33 + 20 = 63, 33 + 23 + 33 = 89, at most 99; every refusal; any bytes (fuzz). */
enum lc_rc lc_points_read(const char *path, struct lc_arena *arena, struct lc_model *model,
                          struct lc_err *err) LC_MUST_USE;

/* lc_points_parse - the same of a text in memory; `path` is for messages. */
enum lc_rc lc_points_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                           struct lc_model *model, struct lc_err *err) LC_MUST_USE;

/* lc_scorer_read - a model file or a points file, told apart by the first letter: JSON begins with
 * a brace, or a comment. As lc_model_read and lc_points_read. */
enum lc_rc lc_scorer_read(const char *path, struct lc_arena *arena, struct lc_model *model,
                          struct lc_err *err) LC_MUST_USE;

#endif
