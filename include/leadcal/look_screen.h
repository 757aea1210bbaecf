/* look_screen.h - a first look at an export on one screen.   Layer: out */
#ifndef LC_LOOK_SCREEN_H
#define LC_LOOK_SCREEN_H

#include <stddef.h>
#include <stdio.h>

#include "leadcal/error.h"
#include "leadcal/look.h"

#define LC_LOOK_USUAL_WIDTH 80 /* columns, where nobody says how many there are */
#define LC_LOOK_MARGIN      12 /* columns of the labels */
#define LC_LOOK_MOST_LINES  40

/* lc_look_screen - the sections, each with its label in a margin, its lines broken between words at
 * `width` columns (40 at least). A section takes the lines that it may have and says how much it has left
 * out, so that all are LC_LOOK_MOST_LINES at most. Control characters become '?'.
 *
 * color  labels are bold
 * LC_EIO where it cannot be written.
 * Tested: test_look_screen.c: no line is wider, however long the names; as many lines as allowed. */
enum lc_rc lc_look_screen(const struct lc_look *look, size_t width, bool color, FILE *to,
                          struct lc_err *err) LC_MUST_USE;

#endif
