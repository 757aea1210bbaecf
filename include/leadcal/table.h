/* table.h - typed columns with missing marks: the exports after they were read.   Layer: data */
#ifndef LC_TABLE_H
#define LC_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/codes.h"
#include "leadcal/date.h"
#include "leadcal/error.h"

enum lc_kind {
    LC_KIND_TEXT,
    LC_KIND_NUMBER, /* every level but the missing one is a number */
    LC_KIND_DATE,   /* every level but the missing one is a date, all in one order */
    LC_KIND_EMPTY,  /* no row holds anything */
    LC_KIND_MANY,   /* a text with so many values that it was not kept: a key, a name, a note */
};

/* One column: a coded column (see codes.h) and what its levels mean. A date or a number is kept
 * as a level like any text; its value stands once per level. Levels are in canonical order:
 * numbers and dates by value, texts by bytes; the missing level, if any, is last. So nothing
 * depends on the order of rows or on threads. */
struct lc_table_column {
    struct lc_column codes;
    enum lc_kind kind;
    const double *number; /* [n_levels] of a NUMBER; NaN at the missing level; else NULL */
    const int32_t *day;   /* [n_levels] of a DATE; LC_NO_DAY at the missing level; else NULL */
    const size_t *count;  /* [n_levels] rows; NULL for MANY */
    size_t n_filled;      /* rows that are not missing */
    enum lc_date_order order; /* of a DATE whose parts could be misread; else LC_DATE_ANY */
    bool ambiguous;           /* a DATE whose every cell reads both day first and month first */
    size_t at;                /* its place in its file, 0 is the first; for messages */
    size_t file;              /* its file, 0 is the leads */
    const char *example; /* for MANY and for messages about types; never printed for persons */
};

/* The files that were read, and what became of each of their bytes. */
struct lc_table_file {
    const char *path;
    const char *name; /* prefix, NULL for the leads */
    char sha256[65];  /* of the bytes as they are on disk; "" until lc_table_file_hash */
    size_t bytes;
    size_t rows_used, rows_skipped, rows_rejected; /* add up to rows_seen */
    size_t rows_seen;                              /* records after the header */
    size_t preamble_lines;
    size_t orphans;         /* joined file: rows whose key no lead has */
    size_t matched;         /* joined file: leads that found a row */
    const uint8_t *has_row; /* [n leads] 1 where the lead found a row; NULL for the leads */
    const char *encoding;   /* "UTF-8", "UTF-8 with mark", "UTF-16LE", "Windows-1252" */
    char delimiter, quote;
};

struct lc_table {
    size_t n, k;                    /* leads, columns */
    struct lc_table_column *column; /* [k]; first the leads', then each joined file's */
    struct lc_table_file *file;     /* [n_files] */
    size_t n_files;
};

/* lc_table_find - the place of a column, by its full name.
 * LC_EMISMATCH  there is none: the text has the file and the nearest known name. */
enum lc_rc lc_table_find(const struct lc_table *t, const char *name, size_t *at,
                         struct lc_err *err) LC_MUST_USE;

/* lc_table_file_hash - fills file->sha256, which costs half a second for 200 MB; so only those do
 * who write it down. Standard input was hashed when it was read.
 * LC_EIO; LC_EMISMATCH where the file is not as long any more as when it was loaded. */
enum lc_rc lc_table_file_hash(struct lc_table_file *file, struct lc_err *err) LC_MUST_USE;

/* lc_table_cell - the text of one cell; NULL where it is missing. */
const char *lc_table_cell(const struct lc_table_column *c, size_t i);

#endif
