/* reject.h - what was not read as it stands, and what was assumed.   Layer: data */
#ifndef LC_REJECT_H
#define LC_REJECT_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/load.h"

#define MOST_COMPLAINTS 20 /* kept of each kind and file; the counts are complete */

/* The kinds of complaint, by their Frictionless names. */
enum lc_reject {
    LC_REJECT_EXTRA,
    LC_REJECT_MISSING,
    LC_REJECT_BLANK, /* skipped */
    LC_REJECT_QUOTE, /* none of Frictionless: a cell begins with a quote that is never closed */
    LC_REJECT_OVER,  /* nor this: over a cap */
    LC_REJECT_FOOTER, /* nor this: behind the table; skipped */
    LC_REJECT_TABLE,  /* nor this: of another table behind it; skipped */
    LC_REJECT_HEADER, /* nor this: the header again, where exports were joined; skipped */
    LC_REJECTS,
};

/* lc_reject_kind - "extra-cell", "missing-cell", "blank-row", "unclosed-quote", "over-cap",
 * "footer", "another-table", "repeated-header". */
const char *lc_reject_kind(enum lc_reject kind);

/* lc_reject_skips - is such a row skipped, which is no fault of it? Else it is rejected. */
bool lc_reject_skips(enum lc_reject kind);

/* A row that was turned away. */
struct lc_turned {
    size_t line, column; /* of its first byte; the cell, 1 is the first, or 0 */
    size_t fields;       /* found */
};

/* Complaints and notes as they are gathered. */
struct lc_rejects {
    struct lc_arena *arena;
    struct lc_load_account account; /* what it points to is these: */
    struct lc_complaint *complaint;
    const char **note;
    struct lc_away *away;
    size_t complaints_room, notes_room, away_room;
};

void lc_rejects_init(struct lc_rejects *r, struct lc_arena *arena);

/* lc_reject_text - a sentence about such a row, where the header has `width` cells. NULL: no
 * memory. */
const char *lc_reject_text(struct lc_arena *arena, enum lc_reject kind,
                           const struct lc_turned *row, size_t width);

/* lc_reject_row - a complaint about one row.
 * file  which of the paths; width  of the header. LC_ENOMEM. */
enum lc_rc lc_reject_row(struct lc_rejects *r, enum lc_reject kind, size_t file,
                         const struct lc_turned *row, size_t width,
                         struct lc_err *err) LC_MUST_USE;

/* lc_reject_list - a row for the whole list. LC_ENOMEM. */
enum lc_rc lc_reject_list(struct lc_rejects *r, const struct lc_away *away,
                          struct lc_err *err) LC_MUST_USE;

/* lc_reject_note - an assumption, as a sentence. Control characters become '?'. LC_ENOMEM. */
enum lc_rc lc_reject_note(struct lc_rejects *r, struct lc_err *err, const char *fmt, ...)
    LC_PRINTF(3, 4) LC_MUST_USE;

#endif
