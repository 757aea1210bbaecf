#include "leadcal/rows.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "load_internal.h"

struct lc_rows {
    struct lc_load_options options;
    struct lc_rejects rejects;
    struct lc_input in;
    struct lc_row_walk walk;
    struct lc_arena text; /* of the sentence about a row */
};

/* ---- lines of the file as it is on disk */

static size_t unit_of(const struct lc_input *in)
{
    const char *encoding = in->options->reading.encoding;

    if (!encoding)
        encoding = in->about.encoding;
    return strncasecmp(encoding, "utf-16", 6) == 0 || strncasecmp(encoding, "ucs-2", 5) == 0
               ? 2
               : 1;
}

/* Is there this ASCII character at byte i? */
static bool is_at(const struct lc_row_walk *w, size_t i, char c)
{
    const struct lc_slice bytes = w->in->source.bytes;

    if (i + w->unit > bytes.n)
        return false;
    if (w->unit == 1)
        return bytes.p[i] == c;
    return (bytes.p[i] == c && bytes.p[i + 1] == 0) || (bytes.p[i] == 0 && bytes.p[i + 1] == c);
}

static void go_to_line(struct lc_row_walk *w, size_t line)
{
    const size_t n = w->in->source.bytes.n;

    while (w->raw_line < line && w->raw_at < n) {
        const bool cr = is_at(w, w->raw_at, '\r'), lf = is_at(w, w->raw_at, '\n');

        w->raw_at += w->unit;
        if (lf || (cr && !is_at(w, w->raw_at, '\n')))
            w->raw_line++;
    }
}

/* ---- rows of an opened input */

static bool enter(struct lc_row_walk *w, size_t from, size_t to)
{
    struct lc_dialect careful = w->in->dialect;

    careful.careful = true;
    lc_csv_free(w->csv);
    w->base = from;
    w->csv = lc_csv_new((struct lc_slice){w->in->text.p + from, to - from}, careful);
    return w->csv != NULL;
}

enum lc_rc lc_row_walk_begin(struct lc_row_walk *w, const struct lc_input *in,
                             struct lc_err *err)
{
    *w = (struct lc_row_walk){.in = in, .line = 1, .raw_line = 1, .unit = unit_of(in)};
    w->field = LC_NEW(in->arena, in->k, struct lc_slice);
    if (!w->field || !enter(w, in->body, in->end))
        return lc_fail_memory(err, "reading rows");
    return LC_OK;
}

void lc_row_walk_end(struct lc_row_walk *w)
{
    lc_csv_free(w->csv);
    w->csv = NULL;
}

/* The line and the byte of a row that begins at byte `to` of the text. */
static void place(struct lc_row_walk *w, size_t to)
{
    const struct lc_slice between = {w->in->text.p + w->at, to - w->at};

    w->line += lc_csv_line(between, between.n) - 1;
    w->at = to;
    go_to_line(w, w->line);
}

static bool holds_more(const struct lc_csv_record *record, size_t k)
{
    for (size_t j = k; j < record->n; j++)
        if (record->field[j].n)
            return true;
    return false;
}

static bool repeats_header(const struct lc_input *in, const struct lc_csv_record *record)
{
    bool again = record->n == in->k;

    for (size_t j = 0; j < in->k && again; j++)
        again = lc_is_name(in, j, record->field[j]);
    return again;
}

/* The cells of a used row: as many as the header has. */
static void fit(struct lc_row_walk *w, const struct lc_csv_record *record)
{
    for (size_t j = 0; j < w->in->k; j++)
        w->field[j] = j < record->n ? record->field[j] : (struct lc_slice){"", 0};
}

enum lc_rc lc_row_walk_next(struct lc_row_walk *w, struct lc_walked *row, struct lc_err *err)
{
    const struct lc_input *in = w->in;
    struct lc_csv_record record;
    enum lc_rc rc = lc_csv_next(w->csv, &record, err);

    if (rc == LC_END && !w->behind) {
        w->behind = true;
        if (!enter(w, in->end, in->text.n))
            return lc_fail_memory(err, "reading rows");
        rc = lc_csv_next(w->csv, &record, err);
    }
    if (rc)
        return rc;
    place(w, w->base + record.at);
    *row = (struct lc_walked){.field = record.field, .n = record.n};
    if (!w->behind)
        row->kind = lc_row_kind(in, record.n, holds_more(&record, in->k),
                                repeats_header(in, &record), record.fault);
    else
        row->kind = w->at < in->footer ? LC_REJECT_TABLE : LC_REJECT_FOOTER;
    row->turned = (struct lc_turned){
        w->line, lc_row_column(in, record.n, row->kind, record.fault_field), record.n};
    row->byte = w->raw_at;
    if (row->kind == LC_REJECTS) {
        fit(w, &record);
        row->field = w->field;
        row->n = in->k;
    }
    return LC_OK;
}

/* ---- for everybody */

/* Nothing but blanks, behind a mark perhaps. */
static bool is_empty(struct lc_slice bytes)
{
    if (bytes.n >= 3 && memcmp(bytes.p, "\xef\xbb\xbf", 3) == 0)
        bytes = (struct lc_slice){bytes.p + 3, bytes.n - 3};
    return lc_slice_trim(bytes).n == 0;
}

static struct lc_rows *make(const char *path, const struct lc_reading *reading,
                            struct lc_arena *arena)
{
    struct lc_rows *r = calloc(1, sizeof *r);

    if (!r)
        return NULL;
    if (reading)
        r->options.reading = *reading;
    lc_rejects_init(&r->rejects, arena);
    lc_arena_init(&r->text, arena->limit);
    r->in = (struct lc_input){
        .path = path, .options = &r->options, .arena = arena, .rejects = &r->rejects};
    lc_arena_init(&r->in.scratch, arena->limit);
    return r;
}

static enum lc_rc begin(struct lc_rows *r, struct lc_rows **out, struct lc_err *err)
{
    enum lc_rc rc = lc_input_open(&r->in, err);

    if (rc == LC_EFORMAT && r->in.source.packed.p && is_empty(r->in.source.bytes))
        rc = LC_END;
    if (!rc)
        rc = lc_input_cut(&r->in, err);
    if (!rc)
        rc = lc_row_walk_begin(&r->walk, &r->in, err);
    if (rc)
        lc_rows_free(r);
    else
        *out = r;
    return rc;
}

enum lc_rc lc_rows_open(const char *path, const struct lc_reading *reading,
                        struct lc_arena *arena, struct lc_rows **out, struct lc_err *err)
{
    struct lc_rows *r = make(path, reading, arena);

    if (!r)
        return lc_fail_memory(err, "reading rows");
    return begin(r, out, err);
}

enum lc_rc lc_rows_open_bytes(char *bytes, size_t n, const char *name,
                              const struct lc_reading *reading, struct lc_arena *arena,
                              struct lc_rows **out, struct lc_err *err)
{
    struct lc_rows *r = make(name, reading, arena);
    enum lc_rc rc;

    if (!r) {
        free(bytes);
        return lc_fail_memory(err, "reading rows");
    }
    rc = lc_source_adopt(&r->in.source, bytes, n, name, arena->limit, err);
    if (!rc)
        return begin(r, out, err);
    lc_rows_free(r);
    return rc;
}

void lc_rows_free(struct lc_rows *r)
{
    if (!r)
        return;
    lc_row_walk_end(&r->walk);
    lc_input_close(&r->in);
    lc_arena_release(&r->text);
    free(r);
}

const struct lc_slice *lc_rows_header(const struct lc_rows *r, size_t *n)
{
    *n = r->in.k;
    return r->in.header;
}

enum lc_rc lc_rows_next(struct lc_rows *r, struct lc_row *row, struct lc_err *err)
{
    struct lc_table_file *about = &r->in.about;
    struct lc_walked walked;
    const char *text = NULL;
    enum lc_rc rc = lc_row_walk_next(&r->walk, &walked, err);
    const bool used = !rc && walked.kind == LC_REJECTS;

    if (rc)
        return rc;
    lc_arena_release(&r->text);
    if (!used && !(text = lc_reject_text(&r->text, walked.kind, &walked.turned, r->in.k)))
        return lc_fail_memory(err, "reading rows");
    *row = (struct lc_row){.field = walked.field,
                           .n = walked.n,
                           .line = walked.turned.line,
                           .byte = walked.byte,
                           .kind = used ? NULL : lc_reject_kind(walked.kind),
                           .skipped = !used && lc_reject_skips(walked.kind),
                           .column = walked.turned.column,
                           .text = text};
    about->rows_seen++;
    about->rows_used += used;
    about->rows_skipped += row->skipped;
    about->rows_rejected += !used && !row->skipped;
    return LC_OK;
}

const struct lc_table_file *lc_rows_about(const struct lc_rows *r)
{
    return &r->in.about;
}

const struct lc_load_account *lc_rows_account(const struct lc_rows *r)
{
    return &r->rejects.account;
}
