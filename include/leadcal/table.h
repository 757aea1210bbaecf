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
#include "leadcal/number.h"
#include "leadcal/spec.h"

#define LC_MOST_TEXTS \
    1000 /* values of a text column; with more it is a key, a name or a note */

enum lc_kind {
    LC_KIND_TEXT,
    LC_KIND_NUMBER, /* every level but the missing one is a number */
    LC_KIND_DATE,   /* every level but the missing one is a date, all in one order */
    LC_KIND_EMPTY,  /* no row holds anything */
    LC_KIND_MANY,   /* a text with so many values that it was not kept: a key, a name, a note */
};

/* A text of the export that the spec reads as another one. */
struct lc_table_spelling {
    const char *text, *as;
    size_t count; /* cells of the file that hold it */
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
    enum lc_decimal decimal; /* of a NUMBER that lc_number_parse reads; LC_DECIMAL_ANY: plain */
    bool ambiguous;          /* a DATE whose every cell reads in more than one order */
    bool short_year;         /* a DATE some of whose years have two digits */
    size_t at;               /* its place in its file, 0 is the first; for messages */
    size_t file;             /* its file, 0 is the leads */
    bool
        like_set; /* many of its cells are lists parted by ';', and nobody has said that it holds sets */
    bool is_set; /* each level is a list: its members are columns, too */
    const char *set_of,
        *member;         /* of such a column, "products: crm": of which, and which; else NULL */
    const char *example; /* for MANY and for messages about types; never printed for persons */
    const char *computed; /* "events, half-life 30": made of an events file, as of each lead's
                           * decision; NULL: it stands in a file */
    bool known;           /* as it was at the decision: of an earlier export (model/snapshot) */
    const struct lc_spec_rule
        *rule; /* it says whom this rule marks; NULL: it stands in a file */
    const struct lc_table_spelling
        *spelling; /* [n_spellings] those of the spec, in its order; NULL: it has none */
    size_t n_spellings;
};

struct lc_events;  /* leadcal/events.h */
struct lc_history; /* leadcal/history.h */

#define LC_NO_ROW UINT32_MAX /* the lead found no row in a joined file */

/* What became of a row of a joined file. */
enum lc_fate {
    LC_FATE_TAKEN,  /* one lead has it, or several */
    LC_FATE_ORPHAN, /* no lead has its key */
    LC_FATE_EARLY,  /* it began before any of its leads was decided */
    LC_FATE_LATER,  /* each of its leads took a row that began, or stands, earlier */
    LC_FATE_PASSED, /* of a history: no change that counts; of events: some lead has its key */
};

/* The files that were read, and what became of each of their bytes. What only a joined file has is
 * NULL for the leads. */
struct lc_table_file {
    const char *path;
    const char *name; /* prefix, NULL for the leads */
    char sha256[65];  /* of the bytes as they are on disk; "" until lc_table_file_hash */
    size_t bytes;
    size_t rows_used, rows_skipped, rows_rejected; /* add up to rows_seen */
    size_t rows_seen;                              /* records after the header */
    size_t columns;                                /* that its header names */
    size_t preamble_lines;
    size_t header_rows;     /* 0: it has no header, and the columns are called column_1 ... */
    size_t orphans;         /* joined file: rows whose key no lead has */
    size_t matched;         /* joined file: leads that found a row */
    const uint8_t *has_row; /* [n leads] 1 where the lead found a row */
    const uint32_t
        *row; /* [n leads] the row of the file, or LC_NO_ROW; of a history the record */
    const uint8_t
        *primary;        /* [n leads] 1: the first in its row's list of keys; NULL: no lists */
    const uint8_t *fate; /* [rows_used] enum lc_fate */
    struct lc_column lead; /* what tells the leads apart: the key of the leads where the spec
                              * names one, else the column the file was joined by */
    const struct lc_table_column *own; /* [n_own] the file's columns, row by row of the file */
    size_t n_own;
    const struct lc_events *events;   /* of an events file: what the leads did; then it has no
                                     * columns in the table, and no row for a lead */
    const struct lc_history *changes; /* of a file of changes: its columns are made of them */
    size_t through;       /* joined file: the file whose column holds its key; 0: the leads */
    const char *encoding; /* "UTF-8", "UTF-8 with mark", "UTF-16LE", "Windows-1252" */
    char delimiter[6];    /* a text */
    char quote, escape;   /* escape 0: quotes are doubled; quote 0: nothing quotes */
};

/* The same leads as an earlier export had them. */
struct lc_table_last {
    const struct lc_table *table; /* read by the same spec */
    const uint32_t *row;          /* [n leads of now] their row in it, or LC_NO_ROW */
    size_t matched;               /* leads that it has too */
};

/* The rows that belong to one account or customer (data/load_unit), before model/unit makes one row of them. */
struct lc_table_units {
    size_t n; /* units, in the order in which the first row of each stands in the file */
    const size_t *begin; /* [n + 1] where each unit's rows stand */
    const uint32_t
        *row;       /* by decision day (of customers, purchase), unknown ones last; those of
                          * one day by their cells, so that the order of the file does not matter */
    size_t keyless; /* rows without a key: left out, or each a unit of its own */
};

struct lc_table {
    size_t n, k;                    /* leads, columns */
    struct lc_table_column *column; /* [k]; first the leads', then each joined file's */
    struct lc_table_file *file;     /* [n_files] */
    size_t n_files;
    struct lc_texts
        missing; /* texts that meant no value: the spec's, and the marks that were found */
    const struct lc_table_last *last;   /* NULL: no earlier export is known */
    const struct lc_table_units *units; /* NULL: a row is what the study is of */
};

/* lc_table_find - the place of a column, by its full name.
 * LC_EMISMATCH  there is none: the text has the file and the nearest known name. */
enum lc_rc lc_table_find(const struct lc_table *t, const char *name, size_t *at,
                         struct lc_err *err) LC_MUST_USE;

/* lc_table_file_hash - fills file->sha256, which costs half a second for 200 MB; so only those do
 * who write it down. Standard input was hashed when it was read.
 * LC_EIO; LC_EMISMATCH where the file is not as long any more as when it was loaded. */
enum lc_rc lc_table_file_hash(struct lc_table_file *file, struct lc_err *err) LC_MUST_USE;

/* lc_table_type_text - what a column holds, for people: "number", "date (dmy)", "text, many values". */
const char *lc_table_type_text(const struct lc_table_column *c);

/* lc_table_standard - what a text of the column is read as: itself where it is no spelling of another. */
const char *lc_table_standard(const struct lc_table_column *c, const char *text);

/* lc_table_cell - the text of one cell; NULL where it is missing. */
const char *lc_table_cell(const struct lc_table_column *c, size_t i);

#endif
