/* spelling.h - values of one column that are likely the same value, spelt in two ways.   Layer: data */
#ifndef LC_SPELLING_H
#define LC_SPELLING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/codes.h"
#include "leadcal/error.h"

/* One value, and the one that it is another spelling of. */
struct lc_spelling {
    uint32_t level; /* of the column */
    uint32_t same;  /* the level that it may be written as */
    bool sure;      /* twins: both have one normal form; else they are a letter apart */
};

struct lc_spellings {
    const struct lc_spelling *of; /* [n] by `same`, then by `level`; a level stands here once */
    size_t n;
};

/* lc_spelling_key - the normal form of a value: the folded text (text_fold.h) without blanks, dashes,
 * underscores, brackets, quotes, and the signs . , : ; Between two digits one such sign stays (a blank
 * where there is nothing else), and so does a dash, point or comma that could begin a number: before a digit, with
 * no letter or digit right before it. All else stays, + # & / % < > among it: C, C++ and C# are three.
 *
 * Returns NULL where memory is refused; "" where nothing is left.
 * Tested: test_spelling.c, a table of pairs. */
const char *lc_spelling_key(const char *text, struct lc_arena *arena);

/* lc_spelling_near - one letter too many, too few, another, or two in the wrong order? Words are runs of
 * letters and digits; all but one are equal, and this one has no digit, at least 5 letters in both and
 * the same first letter. One more s at its end is such a letter, too. */
bool lc_spelling_near(const char *folded, const char *other);

/* lc_spellings_find - which values of a column are likely the same.
 *
 * column  a coded column of texts; count [n_levels] its rows
 *
 * Sure: those of one key, of two characters at least, are the most frequent of them (then the longest,
 * then the first in byte order); of ids (15 bytes or more, without a blank, with a digit and both cases) the case counts,
 * so they have no twin. Unsure: a value that has no twin, and whose folded text is near that of
 * another, at least LC_SPELLING_OFTEN times as frequent with its twins, is the most frequent such. Texts
 * of more than MOST_SPELLING bytes are notes, and looked at neither way. LC_ENOMEM.
 *
 * What this does not find: United States and USA, other synonyms, two slips in one value.
 * Source: docs/decisions/0182; false alarms on public sets are counted there.
 * Tested: test_spelling.c; law: the order of levels changes nothing but their numbers. */
enum lc_rc lc_spellings_find(const struct lc_column *column, const size_t *count,
                             struct lc_arena *arena, struct lc_spellings *out,
                             struct lc_err *err) LC_MUST_USE;

#define LC_SPELLING_OFTEN 5 /* a slip is made in a few of the rows, not in half of them */

#endif
