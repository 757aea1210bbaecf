/* frame.h - what is printed: a small table of typed, named columns.   Layer: base */
#ifndef LC_FRAME_H
#define LC_FRAME_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"

/* How a cell is written by every writer (table, CSV, JSON, Markdown). */
enum lc_cell {
    LC_CELL_TEXT,  /* UTF-8, may be NULL: empty */
    LC_CELL_COUNT, /* a whole number held in a double; NaN: empty */
    LC_CELL_REAL,  /* a double; NaN: empty; CSV and JSON get 10 significant digits at most */
    LC_CELL_RATE,  /* a double, 0..1; the terminal and the report show per cent */
    LC_CELL_P,     /* a p-value; the terminal shows "<0.0001" below that */
};

/* The heading of a column, given as a constant table by whoever makes the frame. */
struct lc_heading {
    const char *name; /* snake_case, for CSV and JSON: scripts rely on it */
    enum lc_cell cell;
    const char *label; /* for people, in the terminal and the report; NULL: the name */
    bool hidden;       /* left out of the terminal's table, never out of CSV and JSON */
};

union lc_value {
    const char *text;
    double number;
};

struct lc_frame {
    const char *name;  /* "rates"; also the file's name in a recalibrate folder */
    const char *title; /* one line above the terminal's table; may be NULL */
    size_t n, k;       /* rows, columns */
    const struct lc_heading *heading; /* [k] */
    union lc_value *value;            /* [n * k], row-major */
    size_t room;                      /* rows that fit in `value` */
    struct lc_arena *arena;           /* where it grows */
    const char *const *note;          /* [n_notes] sentences under the table; not in CSV */
    size_t n_notes;
};

/* lc_frame_init - an empty frame whose rows will live in `arena`. `heading` is borrowed. */
void lc_frame_init(struct lc_frame *f, const char *name, const struct lc_heading *heading,
                   size_t k, struct lc_arena *arena);

/* lc_frame_add - appends a row of empty cells (text NULL, number NaN) and points *row at its k
 * values; valid until the next add. LC_ENOMEM. */
enum lc_rc lc_frame_add(struct lc_frame *f, union lc_value **row,
                        struct lc_err *err) LC_MUST_USE;

/* lc_frame_note - appends a formatted sentence under the table. LC_ENOMEM. */
enum lc_rc lc_frame_note(struct lc_frame *f, struct lc_err *err, const char *fmt, ...)
    LC_PRINTF(3, 4) LC_MUST_USE;

/* lc_frame_column - the place of a named column; asserts that it is there. */
size_t lc_frame_column(const struct lc_frame *f, const char *name);

#endif
