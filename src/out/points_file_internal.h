/* points_file_internal.h - an attribute of a points file before it is a card's.   Layer: out (private) */
#ifndef LC_POINTS_FILE_INTERNAL_H
#define LC_POINTS_FILE_INTERNAL_H

#include "leadcal/arena.h"
#include "leadcal/card.h"
#include "leadcal/error.h"

struct lc_points_level {
    const char *text;
    double points;
    size_t line;
    struct lc_points_level *next;
};

/* What the rows of one attribute say, in their order. */
struct lc_points_draft {
    const char *column;
    enum lc_role role;
    bool intent;
    double cap; /* HUGE_VAL: none */
    struct lc_points_level *first, *last;
    size_t n;
};

/* lc_points_attribute - levels, or bins where every level is a range; the cap is in the points.
 * There is always a level for the empty cell; `(other)` is what the unseen level gets.
 * LC_EMISMATCH  ranges among values, ranges that overlap or are closed on the left. LC_ENOMEM */
enum lc_rc lc_points_attribute(const struct lc_points_draft *d, const char *path,
                               struct lc_arena *arena, struct lc_arena *scratch,
                               struct lc_card_attribute *to, struct lc_err *err) LC_MUST_USE;

#endif
