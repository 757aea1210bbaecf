/* text_fold.h - a text without what people do not mean by its spelling: case, width, accents.   Layer: base */
#ifndef LC_TEXT_FOLD_H
#define LC_TEXT_FOLD_H

#include "leadcal/arena.h"

/* lc_text_fold - the text in one spelling of its characters: for comparing, never for showing.
 *
 *     compatibility decomposition and case folding (Unicode NFKD, CaseFolding.txt), then
 *     no mark above or below a letter a to z: "é" is e, but й and が stay what they are, since other
 *         scripts tell words apart by theirs
 *     each run of blanks, line ends and control characters is one blank; none at the ends
 *     each dash is '-', each other joiner '_', each bracket and curly quote a straight one: ( ) '
 *     what has no width (soft hyphen, joiners, byte order marks) is left out
 *
 * text   UTF-8; a byte that is none stays as it is
 * Returns UTF-8 in arena; NULL where memory is refused.
 * Source: Unicode 15 TR 15 (NFKD), TR 44 (general categories) by libutf8proc.
 * Tested: test_text_fold.c, pairs by hand; law: folding twice is folding once. */
const char *lc_text_fold(const char *text, struct lc_arena *arena);

#endif
