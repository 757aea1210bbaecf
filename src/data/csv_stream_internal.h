/* csv_stream_internal.h - what the sources of csv_stream share; nobody else includes it.   Layer: data */
#ifndef LC_CSV_STREAM_INTERNAL_H
#define LC_CSV_STREAM_INTERNAL_H

#include <stdbool.h>

#include "leadcal/csv_stream.h"
#include "leadcal/rows.h"

#define LOOK_BYTES 65536 /* of the beginning, to find the delimiter */

/* A list of bytes, of field ends or of records; grows and is used again. */
struct grown {
    void *p;
    size_t n, room;
};

struct record {
    size_t first, n; /* fields */
    size_t line;
};

struct lc_csv_stream {
    FILE *in;
    struct csv_parser *parser; /* libcsv's */
    char *block;
    size_t block_bytes;
    struct grown text;        /* char: the fields' bytes, one behind the other */
    struct grown end;         /* size_t: where each field ends in text */
    struct grown record;      /* struct record: whole ones */
    struct grown field;       /* struct lc_slice: of the record handed out */
    size_t next;              /* record to hand out */
    size_t first_field;       /* of the record being read */
    size_t line, record_line; /* where the reader stands; where the record began */
    int last_end;             /* the byte that ended the last record */
    char delimiter;
    const struct lc_reading *reading;
    bool looked, ended, no_memory;
    struct lc_dialect dialect;
    char *
        held; /* [LC_FOOTER_BYTES] the last bytes read, which may be a footer; n_held of them */
    size_t n_held, body,
        width; /* body: where the rows begin in held; width: cells of the header */
    const char **note;
    struct lc_load_account account; /* notes alone */
    struct lc_rows *rows;           /* of a file that is read whole; else NULL */
    struct lc_arena arena;          /* of these */
    bool named;                     /* the header was handed out */
};

/* lc_stream_is_whole - must a file be read whole, going by its first n bytes and the reading? */
bool lc_stream_is_whole(const struct lc_csv_stream *s, size_t n);

/* lc_stream_whole - the rest of the file behind the first n bytes, and all of it to rows.h. */
enum lc_rc lc_stream_whole(struct lc_csv_stream *s, size_t n, struct lc_err *err) LC_MUST_USE;

/* lc_stream_parse - n bytes to libcsv. LC_ENOMEM. */
enum lc_rc lc_stream_parse(struct lc_csv_stream *s, const char *p, size_t n,
                           struct lc_err *err) LC_MUST_USE;

/* lc_stream_begin_body - the header's width and end, of the first block from the header on; a note
 * where lines stand before it. lc_stream_feed - more bytes, of which the last are held back;
 * lc_stream_end_body - no more of them: what is held is parsed up to the footer, with a note where there
 * is one. LC_ENOMEM. */
enum lc_rc lc_stream_begin_body(struct lc_csv_stream *s, const struct lc_sniff *found,
                                struct lc_slice from_header, struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_stream_feed(struct lc_csv_stream *s, const char *p, size_t n,
                          struct lc_err *err) LC_MUST_USE;
enum lc_rc lc_stream_end_body(struct lc_csv_stream *s, struct lc_err *err) LC_MUST_USE;

/* lc_stream_row - the next row of such a file; first the header. LC_END. */
enum lc_rc lc_stream_row(struct lc_csv_stream *s, struct lc_csv_stream_record *record,
                         struct lc_err *err) LC_MUST_USE;

#endif
