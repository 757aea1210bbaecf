/* reject.h - what was not read as it stands, and what was assumed.   Layer: data */
#ifndef LC_REJECT_H
#define LC_REJECT_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/load.h"

#define MOST_COMPLAINTS 20 /* kept of each kind and file; the counts are complete */

/* The kinds of complaint, by their Frictionless names. */
enum lc_reject { LC_REJECT_EXTRA, LC_REJECT_MISSING, LC_REJECT_BLANK };
#define LC_REJECTS 3

/* lc_reject_kind - "extra-cell", "missing-cell", "blank-row". */
const char *lc_reject_kind(enum lc_reject kind);

/* Complaints and notes as they are gathered. */
struct lc_rejects {
    struct lc_arena *arena;
    struct lc_load_account account; /* what it points to is these: */
    struct lc_complaint *complaint;
    const char **note;
    size_t complaints_room, notes_room;
};

void lc_rejects_init(struct lc_rejects *r, struct lc_arena *arena);

/* lc_reject_row - a complaint about one row.
 * file  which of the paths; line of the row; fields found, width the header's. LC_ENOMEM. */
enum lc_rc lc_reject_row(struct lc_rejects *r, enum lc_reject kind, size_t file, size_t line,
                         size_t fields, size_t width, struct lc_err *err) LC_MUST_USE;

/* lc_reject_note - an assumption, as a sentence. Control characters become '?'. LC_ENOMEM. */
enum lc_rc lc_reject_note(struct lc_rejects *r, struct lc_err *err, const char *fmt, ...)
    LC_PRINTF(3, 4) LC_MUST_USE;

#endif
