/* rows.h - the rows of one export, one by one, each used, skipped or rejected.   Layer: data */
#ifndef LC_ROWS_H
#define LC_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/error.h"
#include "leadcal/load.h"
#include "leadcal/slice.h"
#include "leadcal/sniff.h"
#include "leadcal/table.h"

/* A row as it was read; lc_load uses the same rows, and turns the same ones away. */
struct lc_row {
    const struct lc_slice *field; /* [n]; of a used one as many as the header has */
    size_t n;                     /* 0: an empty line */
    size_t line, byte; /* of its first byte; the first line is 1, the first byte 0; of
                                   * the file, unpacked, as it is before it becomes UTF-8 */
    const char *kind;  /* why it was turned away, see reject.h; NULL: it is used */
    bool skipped;      /* turned away, which is no fault of it */
    size_t column;     /* the cell that is to blame, 1 is the first, or 0 */
    const char *text;  /* the same as a sentence, until the next row */
};

struct lc_rows;

/* lc_rows_open - reads a file's beginning. "-" is standard input.
 * reading  NULL: all is found by looking. arena: what it keeps lives there.
 * LC_END  there is nothing in it
 * LC_EFORMAT, LC_EIO, LC_ENOMEM  as lc_load */
enum lc_rc lc_rows_open(const char *path, const struct lc_reading *reading,
                        struct lc_arena *arena, struct lc_rows **out,
                        struct lc_err *err) LC_MUST_USE;

/* lc_rows_open_bytes - the same of n bytes on the heap, which are freed in any case.
 * name  what messages call them */
enum lc_rc lc_rows_open_bytes(char *bytes, size_t n, const char *name,
                              const struct lc_reading *reading, struct lc_arena *arena,
                              struct lc_rows **out, struct lc_err *err) LC_MUST_USE;
void lc_rows_free(struct lc_rows *r);

/* lc_rows_header - the names as they are written, [*n]; NULL where there is no header. */
const struct lc_slice *lc_rows_header(const struct lc_rows *r, size_t *n);

/* lc_rows_next - LC_OK with the next row, LC_END behind the last. LC_ENOMEM. */
enum lc_rc lc_rows_next(struct lc_rows *r, struct lc_row *row, struct lc_err *err) LC_MUST_USE;

/* lc_rows_about - what the file is; the counts are whole behind the last row. */
const struct lc_table_file *lc_rows_about(const struct lc_rows *r);

/* lc_rows_account - what was assumed. */
const struct lc_load_account *lc_rows_account(const struct lc_rows *r);

#endif
