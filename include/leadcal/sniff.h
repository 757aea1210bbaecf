/* sniff.h - delimiter, quote, what stands before the header: found by looking.   Layer: data */
#ifndef LC_SNIFF_H
#define LC_SNIFF_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/csv.h"
#include "leadcal/error.h"
#include "leadcal/slice.h"

#define LC_SNIFF_RECORDS 500 /* looked at; enough for 2,289 of the 2,290 files of Pollock */

struct lc_sniff {
    struct lc_dialect dialect;
    size_t header;         /* byte at which the header begins */
    size_t preamble_lines; /* lines before it: titles, "sep=;", empty lines */
    bool says_so;          /* an Excel line "sep=X" named the delimiter */
    size_t width;          /* cells of most records */
    double agree;          /* share of the records looked at that have that many */
};

/* lc_sniff - looks at the first records of a text.
 *
 * delimiter  0: of , ; tab | the one that gives the most records the same width
 *
 * Lines before the header count as preamble only where each has at most half as many cells as
 * the records behind them, and what follows them could be a header (no number, date or empty
 * cell in it). A row of data is never taken for the preamble's end.
 *
 * LC_EFORMAT  nothing but blanks in it; a quote left open at once
 * LC_ENOMEM
 * Tested: test_sniff.c, fuzz_sniff.c. */
enum lc_rc lc_sniff(struct lc_slice text, char delimiter, struct lc_sniff *out,
                    struct lc_err *err) LC_MUST_USE;

/* lc_delimiter_name - "comma", "semicolon", "tab", "bar" or the character itself, for people. */
const char *lc_delimiter_name(char delimiter);

#endif
