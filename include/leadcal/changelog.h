/* changelog.h - who put which model in use, when and why: one line a promotion.   Layer: out */
#ifndef LC_CHANGELOG_H
#define LC_CHANGELOG_H

#include <stdio.h>

#include "leadcal/arena.h"
#include "leadcal/compare.h"
#include "leadcal/error.h"
#include "leadcal/model.h"
#include "leadcal/slice.h"

#define LC_CHANGES_KEPT 5 /* largest changes of points that a line names */

/* A model that takes the place of another. */
struct lc_promotion {
    const struct lc_model *candidate; /* with a champion */
    const struct lc_comparison *gate; /* lc_champion_judge */
    const char *by;                   /* who says so */
    const char *despite;              /* why against the gate; NULL: the gate said yes */
    const char *candidate_name, *current_name;
    const char *candidate_sha256, *current_sha256;
};

/* lc_changelog_append - the lines that stand, byte for byte, and one more (docs/formats.md: changelog.csv).
 * The date is the candidate's as-of date, since no clock is looked at.
 *
 * old   the file as it stands; n 0: there is none yet
 *
 * LC_EFORMAT  `old` does not begin with the header of a changelog; nothing was written then
 * LC_EIO, LC_ENOMEM
 * Tested: two lines; another file is left alone; texts that a spreadsheet would run. */
enum lc_rc lc_changelog_append(struct lc_slice old, const struct lc_promotion *p,
                               struct lc_arena *arena, FILE *to,
                               struct lc_err *err) LC_MUST_USE;

#endif
