/* csv.h - records of a delimited text, exactly as they stand (door to libcsv).   Layer: data */
#ifndef LC_CSV_H
#define LC_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/error.h"
#include "leadcal/slice.h"

#define MOST_FIELD_BYTES ((size_t)1 << 20) /* a note that a CRM holds is 32,000 letters long */
#define MOST_FIELD_LINES 10000             /* in one quoted cell; more is an unclosed quote */
#define MOST_FIELDS      16384             /* as many columns as any spreadsheet has */

struct lc_dialect {
    char delimiter, quote;
};

/* How a text ended. */
enum lc_csv_end {
    LC_CSV_CLEAN, /* with a line end */
    LC_CSV_CUT,   /* inside a record, which was handed out all the same */
    LC_CSV_OPEN,  /* inside quotes: what was opened is never closed */
    LC_CSV_LONG,  /* given up in a field of far more than MOST_FIELD_BYTES */
};

/* What lc_csv_walk calls, with libcsv's own signatures so that nothing stands between.
 * Unquoted fields come without blanks at their ends; the bytes are valid during the call. */
struct lc_csv_sink {
    void (*field)(void *bytes, size_t n, void *data);
    void (*row)(int end, void *data); /* end: CR, LF, or -1 at the end of the text; also for an
                                       * empty line and for the LF of CRLF, then without fields */
    void *data;
};

/* lc_csv_walk - all fields and line ends of a text that begins at a record's start.
 * end  out. LC_ENOMEM. */
enum lc_rc lc_csv_walk(struct lc_slice text, struct lc_dialect dialect,
                       const struct lc_csv_sink *sink, enum lc_csv_end *end,
                       struct lc_err *err) LC_MUST_USE;

/* One record at a time, for headers, samples and the places of complaints. */
struct lc_csv;

struct lc_csv_record {
    const struct lc_slice *field; /* [n]; valid until the next call */
    size_t n;                     /* 0: an empty line */
    size_t at, after;             /* of its first byte, and behind its line end */
};

/* lc_csv_new - reads `text`, which is borrowed. NULL where memory is refused. */
struct lc_csv *lc_csv_new(struct lc_slice text, struct lc_dialect dialect);
void lc_csv_free(struct lc_csv *c);

/* lc_csv_next - LC_OK with the next record, LC_END behind the last.
 * LC_EFORMAT  a quote that is never closed, or a limit: the text says which, without the place
 * LC_ENOMEM */
enum lc_rc lc_csv_next(struct lc_csv *c, struct lc_csv_record *record,
                       struct lc_err *err) LC_MUST_USE;

/* lc_csv_locate - the byte at which the nth record (0 is the first) begins.
 * width  count only records of so many fields; 0: all of them, empty lines too
 * Returns text.n where there is none. */
size_t lc_csv_locate(struct lc_slice text, struct lc_dialect dialect, size_t width, size_t nth);

/* lc_csv_open_quote - looks for a quoted cell that swallows lines: one that is never closed, that
 * is longer than the limits, or that holds a line end and behind it a quote which is neither
 * doubled nor at the cell's end (the mark of a quote left open further up).
 * at  out: the byte of the opening quote */
bool lc_csv_open_quote(struct lc_slice text, struct lc_dialect dialect, size_t *at);

/* lc_csv_line - the line of a byte, 1 is the first; CR, LF and CRLF each end a line. */
size_t lc_csv_line(struct lc_slice text, size_t at);

#endif
