/* wording.h - sentences that are written for leads, said of accounts, opportunities or customers.   Layer: base */
#ifndef LC_WORDING_H
#define LC_WORDING_H

#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"

/* What a row is called. All zero: a lead, and every text stays as it is. */
struct lc_wording {
    const char *one, *many; /* "account", "accounts" */
};

#define LC_REWORDED 3 /* a text grows to no more than so many times its length */

/* lc_reword - a sentence of ours with the words lead, leads and lead's, and an article before them, replaced; a capital stays
 * one. What stands in quotes, or is part of a longer word or of a path (lead_id, leads.csv, sub/leads), is a text of
 * the data and stays.
 *
 * to  [LC_REWORDED * length of text + 1]. Tested: test_wording.c: typed sentences; laws. */
void lc_reword(const struct lc_wording *w, const char *text, char *to);

/* lc_reword_frame - the title, the labels and the notes of a frame; its names and cells stay.
 * to  out: shares the cells with frame, the rest lives in arena. LC_ENOMEM */
enum lc_rc lc_reword_frame(const struct lc_wording *w, const struct lc_frame *frame,
                           struct lc_arena *arena, struct lc_frame *to,
                           struct lc_err *err) LC_MUST_USE;

#endif
