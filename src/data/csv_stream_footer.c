/* What stands behind the table of a plain file: as many bytes as a footer may have are held back until the
 * end is known. */
#include <stdlib.h>
#include <string.h>

#include "csv_stream_internal.h"

#define MOST_NOTES 2 /* the header's place, the footer */

static enum lc_rc note(struct lc_csv_stream *s, const char *text, struct lc_err *err)
{
    if (!s->note)
        s->note = LC_NEW(&s->arena, MOST_NOTES, const char *);
    if (!text || !s->note)
        return lc_fail_memory(err, "a note");
    s->note[s->account.n_notes++] = text;
    s->account.note = s->note;
    return LC_OK;
}

enum lc_rc lc_stream_begin_body(struct lc_csv_stream *s, const struct lc_sniff *found,
                                struct lc_slice from_header, struct lc_err *err)
{
    struct lc_csv_record header = {.n = 0};
    struct lc_csv *c = lc_csv_new(from_header, found->dialect);

    s->held = malloc(LC_FOOTER_BYTES);
    if (!c || !s->held) {
        lc_csv_free(c);
        return lc_fail_memory(err, "reading");
    }
    if (lc_csv_next(c, &header, err) == LC_OK)
        s->body = header.after;
    s->width = header.n;
    s->dialect = found->dialect;
    lc_csv_free(c);
    if (found->preamble_lines <= (found->says_so ? 1U : 0U))
        return LC_OK;
    return note(s,
                lc_arena_format(&s->arena,
                                ": the header was found on line %zu; the lines before it were "
                                "skipped; --skip-rows changes it",
                                found->preamble_lines + 1),
                err);
}

enum lc_rc lc_stream_feed(struct lc_csv_stream *s, const char *p, size_t n, struct lc_err *err)
{
    const size_t all = s->n_held + n;
    const size_t ready = all > LC_FOOTER_BYTES ? all - LC_FOOTER_BYTES : 0;
    const size_t old = ready < s->n_held ? ready : s->n_held;
    enum lc_rc rc = lc_stream_parse(s, s->held, old, err);

    if (!rc)
        rc = lc_stream_parse(s, p, ready - old, err);
    if (rc)
        return rc;
    s->n_held -= old;
    memmove(s->held, s->held + old, s->n_held);
    memcpy(s->held + s->n_held, p + (ready - old), n - (ready - old));
    s->n_held = all - ready;
    s->body = s->body > ready ? s->body - ready : 0;
    return LC_OK;
}

/* Records of the footer. */
static size_t count_rows(struct lc_slice footer, const struct lc_dialect *dialect)
{
    struct lc_dialect careful = *dialect;
    struct lc_csv_record record;
    struct lc_csv *c;
    struct lc_err err;
    size_t n = 0;

    careful.careful = true;
    c = lc_csv_new(footer, careful);
    while (c && lc_csv_next(c, &record, &err) == LC_OK)
        n++;
    lc_csv_free(c);
    return n;
}

enum lc_rc lc_stream_end_body(struct lc_csv_stream *s, struct lc_err *err)
{
    const struct lc_slice tail = {s->held, s->n_held};
    const size_t at = s->held && s->reading
                          ? lc_sniff_footer(tail, s->body, &s->dialect, s->width, 0)
                          : tail.n;
    const size_t rows =
        at < tail.n ? count_rows((struct lc_slice){tail.p + at, tail.n - at}, &s->dialect) : 0;
    const enum lc_rc rc = lc_stream_parse(s, tail.p, at, err);

    if (rc || rows == 0)
        return rc;
    return note(s,
                lc_arena_format(&s->arena,
                                ": %zu line%s from line %zu on %s behind the table and %s "
                                "skipped; --skip-footer changes it",
                                rows, rows == 1 ? "" : "s", s->record_line,
                                rows == 1 ? "stands" : "stand", rows == 1 ? "was" : "were"),
                err);
}

const struct lc_load_account *lc_csv_stream_notes(const struct lc_csv_stream *s)
{
    return s->rows ? lc_rows_account(s->rows) : &s->account;
}
