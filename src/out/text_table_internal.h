/* text_table_internal.h - what a person sees of a frame: columns, cells, chosen rows.   Layer: out (private) */
#ifndef LC_TEXT_TABLE_INTERNAL_H
#define LC_TEXT_TABLE_INTERNAL_H

#include "leadcal/text_table.h"

#include "text_clean_internal.h"

#define LC_VIEW_NUMBER 64 /* letters of a formatted number or pair of numbers */
#define LC_VIEW_GAP    2  /* blanks between columns */

enum lc_shape {
    LC_SHAPE_PLAIN,
    LC_SHAPE_RANGE, /* this column and the next: "10.1..14.8" */
    LC_SHAPE_TREE,  /* the first two texts: an `(all)` row shows the first, others the second */
};

struct lc_view_column {
    enum lc_shape shape;
    size_t at, other; /* columns of the frame; `other` of a RANGE or a TREE */
    int decimals;     /* of a REAL; see lc_view_make */
    bool mixed;       /* a REAL that holds large and small numbers */
    bool days;        /* a REAL that counts days: one decimal, and only where there is one */
};

struct lc_view {
    const struct lc_frame *f;
    struct lc_view_column *column; /* [k] */
    size_t k;
    size_t group;  /* column of the frame that groups rows, or f->k: there is none */
    size_t member; /* the text column behind it, or f->k */
    size_t
        term; /* the hidden text that names a row whose group and member are empty, or f->k */
};

/* lc_view_make - the columns that are shown. terminal: the first two texts may become one column,
 * and a column that is empty in every row is left out. */
enum lc_rc lc_view_make(const struct lc_frame *f, bool terminal, struct lc_arena *arena,
                        struct lc_view *view, struct lc_err *err) LC_MUST_USE;

/* lc_view_pick - which rows are shown: of each group the most_rows with the most leads (0: all).
 * shown, out [n]; and in left[i] of a group's last row, how many of the group are not. */
enum lc_rc lc_view_pick(const struct lc_view *view, size_t most_rows, struct lc_arena *arena,
                        unsigned char **shown, size_t **left, struct lc_err *err) LC_MUST_USE;

/* lc_view_cell - what stands in a cell: a text of the frame, or a number written to `number`. */
const char *lc_view_cell(const struct lc_view *view, size_t i, const struct lc_view_column *c,
                         char number[LC_VIEW_NUMBER]);
const char *lc_view_label(const struct lc_view *view, const struct lc_view_column *c);
bool lc_view_is_text(const struct lc_view *view, const struct lc_view_column *c);
bool lc_view_is_all(const struct lc_view *view, size_t i);

/* lc_view_put_left - "... and 7 more levels (all of them ": n rows are not shown; the caller says
 * where they are. */
void lc_view_put_left(const struct lc_view *view, size_t n, FILE *to);

/* lc_view_fit - makes a line fit `most` display columns. width, in-out [view->k]: what each column
 * takes; texts become narrower. out, in-out [view->k], zeroed: the columns that are left out.
 * Labels keep 24 columns as long as numbers can go, from the right; the first four and the last
 * stay as long as labels of 16 columns fit beside them. */
void lc_view_fit(const struct lc_view *view, size_t most, size_t *width, unsigned char *out);

#endif
