/* csv.h - records of a delimited text, exactly as they stand (door to libcsv).   Layer: data */
#ifndef LC_CSV_H
#define LC_CSV_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/error.h"
#include "leadcal/slice.h"

#define MOST_FIELD_BYTES ((size_t)1 << 20)  /* a note that a CRM holds is 32,000 letters long */
#define MOST_FIELD_LINES 10000              /* in one quoted cell; more is an unclosed quote */
#define MOST_FIELDS      16384              /* as many columns as any spreadsheet has */
#define MOST_ROW_BYTES   ((size_t)16 << 20) /* a row of 100 columns, each with a note */

/* What a row may hold at most; 0: the MOST_... of it. */
struct lc_csv_caps {
    size_t field_bytes, field_lines, fields, row_bytes;
};

struct lc_dialect {
    char delimiter, quote; /* quote 0: nothing quotes */
    char escape;           /* the quote behind it is a letter; 0: such a quote is doubled */
    char more[5];          /* the delimiter's bytes behind the first; "": it has one only */
    bool careful;          /* quotes are mended, see lc_csv_walk; slower than libcsv */
    bool strict;           /* of a careful one: any quote that needs mending is a fault */
    struct lc_csv_caps caps;
};

/* What is wrong with a row, for all that it was read. */
enum lc_csv_fault {
    LC_CSV_SOUND,
    LC_CSV_QUOTE, /* a cell begins with a quote that is never closed as it should be */
    LC_CSV_OVER,  /* a cell or the row is over its cap; what is over it was left away */
};

/* How a text ended. */
enum lc_csv_end {
    LC_CSV_CLEAN, /* with a line end */
    LC_CSV_CUT,   /* inside a record, which was handed out all the same */
    LC_CSV_OPEN,  /* inside quotes: what was opened is never closed */
    LC_CSV_LONG,  /* given up in a field of far more than MOST_FIELD_BYTES */
    LC_CSV_STRAY, /* given up at a quote that is out of order, or stands in a cell without quotes */
};

/* What lc_csv_walk calls, with libcsv's own signatures so that nothing stands between.
 * Unquoted fields come without blanks at their ends; the bytes are valid during the call. */
struct lc_csv_sink {
    void (*field)(void *bytes, size_t n, void *data);
    void (*row)(int end, void *data); /* end: CR, LF, or -1 at the end of the text; also for an
                                       * empty line and for the LF of CRLF, then without fields */
    void *data;
    /* Before the row of a careful dialect that has a fault; field: the cell, 0 is the first. May
     * be NULL. */
    void (*fault)(enum lc_csv_fault fault, size_t field, void *data);
};

/* lc_csv_walk - all fields and line ends of a text that begins at a record's start.
 *
 * A careful dialect, and one with an escape or a longer delimiter, is read by rules of our own
 * (csv_careful.c): where libcsv and they differ, some quote is not as it should be. A cell that
 * begins with a quote is quoted up to the first quote that a delimiter or a line end follows. A
 * quote in between that is neither doubled nor escaped is a letter; but where it stands at a
 * cell's beginning, or behind a line end, or where no end is found within the caps, the first
 * quote is a letter, and the cell ends at the next delimiter: so no quote swallows the file.
 * Where libcsv reads, it stops at the first quote that is not as it should be.
 *
 * end  out; a careful dialect knows LC_CSV_CLEAN and LC_CSV_CUT only. LC_ENOMEM.
 * Tested: both readers agree where all quotes are in order (fuzz_csv.c). */
enum lc_rc lc_csv_walk(struct lc_slice text, struct lc_dialect dialect,
                       const struct lc_csv_sink *sink, enum lc_csv_end *end,
                       struct lc_err *err) LC_MUST_USE;

/* One record at a time, for headers, samples and the places of complaints. */
struct lc_csv;

struct lc_csv_record {
    const struct lc_slice *field; /* [n]; valid until the next call */
    size_t n;                     /* 0: an empty line */
    size_t at, after;             /* of its first byte, and behind its line end */
    enum lc_csv_fault fault;      /* of a careful dialect */
    size_t fault_field;           /* the cell with the fault, 0 is the first */
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

/* lc_csv_is_careful - would lc_csv_walk read it by our own rules? */
bool lc_csv_is_careful(const struct lc_dialect *dialect);

/* lc_csv_open_quote - the first cell that makes its row faulty when it is read carefully; mostly
 * one that begins with a quote which is never closed as it should be.
 * at  out: its first byte. False: there is none, or memory was refused. */
bool lc_csv_open_quote(struct lc_slice text, struct lc_dialect dialect, size_t *at);

/* lc_csv_caps - the caps of a dialect, each of them said. */
struct lc_csv_caps lc_csv_caps(const struct lc_dialect *dialect);

/* lc_csv_is_second_half - does the LF of a CRLF stand at this byte, behind blanks perhaps? */
bool lc_csv_is_second_half(struct lc_slice text, const struct lc_dialect *dialect, size_t at);

/* lc_csv_line - the line of a byte, 1 is the first; CR, LF and CRLF each end a line. */
size_t lc_csv_line(struct lc_slice text, size_t at);

#endif
