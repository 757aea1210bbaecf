/* junk.h - a form that was filled in to get past it: what nobody is called.   Layer: data */
#ifndef LC_JUNK_H
#define LC_JUNK_H

#include <stdbool.h>

#include "leadcal/slice.h"

/* Why a cell is junk. */
enum lc_junk {
    LC_JUNK_NOT,
    LC_JUNK_NO_LETTER, /* "123", "...": nothing in it is a letter, and nobody can call it */
    LC_JUNK_WORD,      /* "test", "asdf 12", "n/a n/a": each of its words stands for nothing */
    LC_JUNK_REPEATED,  /* "xxx", "aaaa": one letter over and over */
    LC_JUNK_KEYBOARD,  /* "qwertz", "asdasd": keys that lie side by side */
    LC_JUNK_ADDRESS,   /* "a@example.com", "test@firm.de": an address at a name for examples, or
                        * one that is junk before the @ or before its first dot */
};

/* lc_junk - is the cell of an entry form junk, and by which rule (the first that fits)?
 *
 * cell  as it stands; blanks around it do not matter, nor does the case of A-Z. Bytes from 0x80 on
 *       count as letters, so that names in any script are names. An empty cell is no junk.
 *
 * A number to be called has 7 digits or more and only signs such as + ( ) - . / and blanks between them; it
 * is junk where all of its digits are the same or count up or down ("1234567").
 *
 * Words are runs of letters and digits; digits behind a word do not matter ("test1"). A cell is
 * LC_JUNK_WORD, REPEATED or KEYBOARD only if each of its words is junk: "Test GmbH" is none. A letter is
 * repeated from 3 times on, but three capitals ("AAA") may be a firm. Keys lie side by side in a row of a QWERTY, QWERTZ or AZERTY keyboard: 4 of the
 * middle or lower row, 4 from the beginning of the upper row or 5 anywhere in it; or 3 of any row
 * twice or more ("asdasd"). An address is a cell with an @, or one without a blank whose last dot
 * stands before two letters or more and that is no number; what is before the @ may be all figures.
 *
 * Source: RFC 2606 and RFC 6761 (names for examples: example.com, .net, .org, .example, .test,
 * .invalid, .localhost); docs/decisions/0173 has the false alarms on names and firms.
 * Tested: test_junk.c: each rule, and names that look like it and are none. */
enum lc_junk lc_junk(struct lc_slice cell);

/* lc_junk_text - "no letter", "a word for nothing", ...; "" of LC_JUNK_NOT. */
const char *lc_junk_text(enum lc_junk why);

#endif
