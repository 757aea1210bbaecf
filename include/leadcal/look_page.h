/* look_page.h - a first look at an export as one HTML page that can be mailed.   Layer: out */
#ifndef LC_LOOK_PAGE_H
#define LC_LOOK_PAGE_H

#include <stdio.h>

#include "leadcal/error.h"
#include "leadcal/look.h"

/* lc_look_page - the sections of the screen, whole; then tables: columns, spellings, empty cells by
 * outcome, coverage by quarter, the leak audit, values; and the notes.
 *
 * note  [n_notes] sentences on how the files were read
 *
 * Values of columns that may name a person are in none of them. Every text of the data is escaped; no
 * script, nothing fetched (doc.h). LC_ENOMEM, LC_EIO.
 * Tested: test_look_page.c (hostile names and values); make browser. */
enum lc_rc lc_look_page(const struct lc_look *look, const char *const *note, size_t n_notes,
                        struct lc_arena *arena, FILE *to, struct lc_err *err) LC_MUST_USE;

#endif
