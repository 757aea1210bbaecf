/* odd.h - values of a column that are unlike all its others, and may mean no value.   Layer: data */
#ifndef LC_ODD_H
#define LC_ODD_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/table.h"

#define LC_MOST_ODD 2 /* distinct texts among numbers or dates that may mean no value */

enum lc_odd_kind {
    LC_ODD_NONE,
    LC_ODD_AMONG_NUMBERS, /* "none" in a column of numbers, which therefore holds texts */
    LC_ODD_AMONG_DATES,   /* 2025-02-30 in a column of dates, the same */
    LC_ODD_NUMBER,        /* 999 far above all other numbers, -1 below them */
    LC_ODD_DAY,           /* 1900-01-01 or 2099-12-31, ten years from all other days */
};

struct lc_odd {
    enum lc_odd_kind kind;
    uint32_t level[LC_MOST_ODD]; /* [n] of the column, rising */
    size_t n;
};

/* lc_odd_find - what is odd about a column; LC_ODD_NONE for most.
 *
 * Texts: of at least 10 distinct numbers (or dates) and one or two other texts of 20 bytes at most (among
 * numbers in two cells or more each). Numbers: 99, 999, ... at more than twice the next, or -1, -9,
 * -99, ... where no other is negative, in five cells or more. Days: the first or the last of at least 10, more than ten
 * years from its neighbour.
 * Tested: test_odd.c, columns by hand; test_load.c (the notes). */
struct lc_odd lc_odd_find(const struct lc_table_column *c);

#endif
