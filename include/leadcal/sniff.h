/* sniff.h - delimiter, quote, what stands before the header: found by looking.   Layer: data */
#ifndef LC_SNIFF_H
#define LC_SNIFF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/csv.h"
#include "leadcal/error.h"
#include "leadcal/slice.h"

#define LC_SNIFF_RECORDS 500 /* looked at; enough for 2,289 of the 2,290 files of Pollock */
#define LC_SNIFF_BYTES   ((size_t)1 << 20) /* in so many bytes at most */
#define MOST_DELIMITER   5                 /* bytes */
#define LC_FOOTER_BYTES  ((size_t)16384)   /* of the end, in which a footer is looked for */

#define LC_NONE (-1)

/* What a person says of a file; what is zero or NULL is found by looking. */
struct lc_reading {
    const char *delimiter; /* 1..MOST_DELIMITER bytes */
    const char *quote;     /* one byte; "": nothing quotes */
    const char *escape;    /* one byte; "": a quote is doubled */
    const char *encoding;  /* a name that iconv knows */
    int64_t skip_rows;     /* lines before the header; LC_NONE: no line */
    int64_t header_rows;   /* rows that name the columns; LC_NONE: no row */
    int64_t skip_footer;   /* lines behind the last row; LC_NONE: no line */
    struct lc_csv_caps caps;
    bool strict;    /* what can only be read by guessing or mending is refused */
    bool fill_rows; /* cells that a row lacks at its end are empty */
};

struct lc_sniff {
    struct lc_dialect dialect;
    size_t header;         /* byte at which the header begins; without one, the first row */
    size_t preamble_lines; /* lines before it: titles, "sep=;", empty lines */
    size_t header_rows;    /* 0: the first row is data like the others */
    size_t surplus;        /* empty cells behind the header's last that most rows have */
    bool says_so;          /* an Excel line "sep=X" named the delimiter */
    size_t width;          /* cells of most records */
    double agree;          /* share of the records looked at that have that many */
};

/* lc_sniff - looks at the first records of a text.
 *
 * reading  what is said there is not looked for; NULL: nothing is said
 *
 * Delimiter: of , ; tab | the one that gives the most records the same width; where none of them
 * does, one of ^ ~ : blank and the section sign that gives nearly all of them the header's width;
 * doubled where every second cell is empty for it.
 *
 * Quote: an apostrophe where no cell begins with " and cells both begin and end with it. Escape:
 * a backslash where rows are more alike with it, or fewer quotes out of order.
 *
 * Lines before the header count as preamble only where each has at most half as many cells as
 * the records behind them, or one or two filled ones, and what follows them could be a header (no
 * number, date or empty cell in it). A row of data is never taken for the preamble's end.
 *
 * Header: there is none where the first row holds numbers or dates in all columns in which all
 * rows do (a year alone may be a name). It has several rows where the second and third have words
 * in two such columns or more, and none that stands in its column again.
 *
 * LC_EFORMAT  nothing but blanks in it
 * LC_ENOMEM
 * Tested: test_sniff.c, fuzz_sniff.c, scripts/pollution.py. */
enum lc_rc lc_sniff(struct lc_slice text, const struct lc_reading *reading,
                    struct lc_sniff *out, struct lc_err *err) LC_MUST_USE;

/* lc_sniff_footer - what stands behind the table: lines that an empty line parts from it, each
 * with at most half of its k cells, or with one filled one, as in reports of Salesforce; or that
 * begin as lines behind reports do ("Grand Totals", lc_dialect_is_footer), with what follows them.
 *
 * lines  LC_NONE: there is no footer; 0: found by looking; else so many
 * Returns the byte at which it begins, text.n where there is none. */
size_t lc_sniff_footer(struct lc_slice text, size_t body, const struct lc_dialect *dialect,
                       size_t k, int64_t lines);

/* lc_sniff_table - another table behind the first: a row of another width that could be names,
 * with nearly all rows behind it as wide as it is, and none as wide as the first table's.
 *
 * body     rows from this byte of the text on are looked at
 * k, most  cells of the first table's rows: from k to most
 * Returns the byte at which it begins, text.n where there is none or memory is refused. */
size_t lc_sniff_table(struct lc_slice text, size_t body, const struct lc_dialect *dialect,
                      size_t k, size_t most);

/* lc_delimiter_name - "comma", "semicolon", "tab", "bar", "blank" or what it is, for people. */
const char *lc_delimiter_name(const struct lc_dialect *dialect);

/* lc_delimiter_put - a delimiter into a dialect; false: it has 0 or over MOST_DELIMITER bytes, or
 * a line end among them. */
bool lc_delimiter_put(struct lc_dialect *dialect, const char *delimiter);

#endif
