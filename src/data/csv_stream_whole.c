/* Files that are not plain: read whole, and by rows.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "csv_stream_internal.h"
#include "unpack_internal.h"

/* Says a person what only rows.h can do? */
static bool asks_for_rows(const struct lc_reading *r)
{
    return r && (r->escape || r->encoding || r->skip_rows || r->header_rows || r->skip_footer ||
                 r->strict || r->fill_rows || r->caps.field_bytes || r->caps.field_lines ||
                 r->caps.fields || r->caps.row_bytes);
}

/* Packed, UTF-16, or with NUL bytes. */
static bool is_odd(const char *p, size_t n)
{
    return lc_is_packed((struct lc_slice){p, n}) || memchr(p, 0, n) ||
           (n >= 2 && (memcmp(p, "\xFF\xFE", 2) == 0 || memcmp(p, "\xFE\xFF", 2) == 0));
}

bool lc_stream_is_whole(const struct lc_csv_stream *s, size_t n)
{
    return asks_for_rows(s->reading) || is_odd(s->block, n);
}

enum lc_rc lc_stream_whole(struct lc_csv_stream *s, size_t n, struct lc_err *err)
{
    size_t room = s->block_bytes > LOOK_BYTES ? s->block_bytes : LOOK_BYTES;
    char *bytes = s->block;
    enum lc_rc rc;

    s->block = NULL;
    for (;;) {
        char *wider;

        n += fread(bytes + n, 1, room - n, s->in);
        if (ferror(s->in)) {
            free(bytes);
            return lc_fail(err, LC_EIO, "cannot be read: %s", strerror(errno ? errno : EIO));
        }
        if (n < room)
            break;
        wider = realloc(bytes, 2 * room);
        if (!wider) {
            free(bytes);
            return lc_fail_memory(err, "reading");
        }
        bytes = wider;
        room *= 2;
    }
    rc = lc_rows_open_bytes(bytes, n, "", s->reading, &s->arena, &s->rows, err);
    if (!rc)
        s->delimiter = lc_rows_about(s->rows)->delimiter[0];
    return rc;
}

/* The header of a file that is read whole; where it has none, the names that lc_load gives. */
static enum lc_rc put_header(struct lc_csv_stream *s, struct lc_csv_stream_record *record,
                             struct lc_err *err)
{
    const struct lc_table_file *about = lc_rows_about(s->rows);
    size_t n;
    const struct lc_slice *header = lc_rows_header(s->rows, &n);
    struct lc_slice *made = NULL;

    s->named = true;
    if (!header)
        made = LC_NEW(&s->arena, n, struct lc_slice);
    for (size_t j = 0; made && j < n; j++) {
        const char *name = lc_arena_format(&s->arena, "column_%zu", j + 1);

        if (!name)
            return lc_fail_memory(err, "the header");
        made[j] = lc_slice_of(name);
    }
    if (!header && !made)
        return lc_fail_memory(err, "the header");
    *record = (struct lc_csv_stream_record){header ? header : made, n,
                                            about->preamble_lines + 1, NULL};
    return LC_OK;
}

enum lc_rc lc_stream_row(struct lc_csv_stream *s, struct lc_csv_stream_record *record,
                         struct lc_err *err)
{
    struct lc_row row;

    if (!s->named)
        return put_header(s, record, err);
    do {
        const enum lc_rc rc = lc_rows_next(s->rows, &row, err);

        if (rc)
            return rc;
    } while (row.skipped);
    *record = (struct lc_csv_stream_record){row.field, row.n, row.line, row.text};
    return LC_OK;
}
