/* csv_stream.h - records of a CSV file one at a time, in constant memory: for scoring.   Layer: data */
#ifndef LC_CSV_STREAM_H
#define LC_CSV_STREAM_H

#include <stddef.h>
#include <stdio.h>

#include "leadcal/error.h"
#include "leadcal/load.h"
#include "leadcal/slice.h"
#include "leadcal/sniff.h"

/* A file being pulled through libcsv. For whole tables see load.h. */
struct lc_csv_stream;

struct lc_csv_stream_record {
    const struct lc_slice *field; /* [n] until the next call; without quotes, and without the
                                   * blanks around a field that has none (as the loader reads) */
    size_t n;
    size_t line;       /* of the record's first byte; 1 is the first line of the file */
    const char *fault; /* it is rejected, whatever its width: a sentence; NULL: it is not */
};

/* lc_csv_stream_new - begins to read. `in` stays the caller's; `reading` is borrowed; what it does
 * not say is found by looking at the first lines (a line "sep=;" is honoured and dropped). NULL: it is no
 * export but a table that a person wrote for leadcal, of which no row is taken for a footer. NULL where
 * memory is refused. */
struct lc_csv_stream *lc_csv_stream_new(FILE *in, const struct lc_reading *reading) LC_MUST_USE;
void lc_csv_stream_free(struct lc_csv_stream *s);

/* lc_csv_stream_next - the next record; blank lines are passed over. The first is the header.
 *
 * Titles before the header and, of an export, a footer (lc_sniff_footer) are passed over, with a note.
 *
 * Plain files of UTF-8 are read in constant memory, and by libcsv. Whatever else rows.h can read
 * (packed, UTF-16, several rows of names, an escape, ...) and whatever `reading` says but a
 * delimiter or a quote is read whole, and by rows.h.
 *
 * LC_END       there is none
 * LC_EFORMAT   a quote that is never closed, a field of more than MOST_FIELD_BYTES, bytes that
 *              are not UTF-8 (text: the line, and how to convert)
 * LC_EIO, LC_ENOMEM
 * Tested: test_csv_stream.c: quotes, footers, blank lines, every block size, each refusal. */
enum lc_rc lc_csv_stream_next(struct lc_csv_stream *s, struct lc_csv_stream_record *record,
                              struct lc_err *err) LC_MUST_USE;

/* lc_csv_stream_delimiter - as given or found; known after the first lc_csv_stream_next. */
char lc_csv_stream_delimiter(const struct lc_csv_stream *s);

/* lc_csv_stream_notes - what was assumed about the file; all of it at the end. */
const struct lc_load_account *lc_csv_stream_notes(const struct lc_csv_stream *s);

/* lc_csv_stream_block - bytes read at once; for tests, before the first record. */
void lc_csv_stream_block(struct lc_csv_stream *s, size_t bytes);

/* lc_csv_version - "3.0.3", of the libcsv this was built with. */
const char *lc_csv_version(void);

#endif
