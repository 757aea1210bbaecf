#include <csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "csv_internal.h"

#define FEED_BYTES  MOST_FIELD_BYTES /* between two looks at libcsv's buffer */
#define GROW_BYTES  4096             /* by which libcsv widens its buffer */
#define FIRST_BYTES 4096
#define FIRST_ROOM  64

/* libcsv's own trimming of unquoted fields stays on: cells are trimmed anyway, and without it
 * `"a" ,"b"` and `a, "b,c"` would be read as other cells than any spreadsheet shows. */
static enum lc_rc start(struct csv_parser *p, struct lc_dialect dialect, struct lc_err *err)
{
    if (csv_init(p, CSV_REPALL_NL) != 0)
        return lc_fail_memory(err, "the CSV reader");
    csv_set_delim(p, (unsigned char)dialect.delimiter);
    csv_set_quote(p, (unsigned char)dialect.quote);
    csv_set_blk_size(p, GROW_BYTES);
    return LC_OK;
}

struct tail {
    const struct lc_csv_sink *sink;
    bool called;
};

static void tail_field(void *bytes, size_t n, void *data)
{
    struct tail *tail = data;

    tail->called = true;
    tail->sink->field(bytes, n, tail->sink->data);
}

static void tail_row(int end, void *data)
{
    struct tail *tail = data;

    tail->called = true;
    tail->sink->row(end, tail->sink->data);
}

/* libcsv says that a quote was left open only when it is strict; so it becomes strict here, where
 * nothing is left that it could dislike otherwise. */
static enum lc_csv_end finish(struct csv_parser *p, const struct lc_csv_sink *sink)
{
    struct tail tail = {sink, false};

    (void)csv_set_opts(p, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(p, tail_field, tail_row, &tail) != 0)
        return LC_CSV_OPEN;
    return tail.called ? LC_CSV_CUT : LC_CSV_CLEAN;
}

static enum lc_rc walk_carefully(struct lc_slice text, const struct lc_dialect *dialect,
                                 const struct lc_csv_sink *sink, enum lc_csv_end *end,
                                 struct lc_err *err)
{
    struct lc_careful c;
    struct lc_careful_row row = {.after = 0, .end = '\n'};
    enum lc_rc rc = LC_OK;

    lc_careful_init(&c, text, dialect);
    while (!rc && row.after < text.n) {
        rc = lc_careful_row(&c, row.after, sink->field, sink->data, &row);
        if (rc)
            break;
        if (row.fault != LC_CSV_SOUND && sink->fault)
            sink->fault(row.fault, row.fault_field, sink->data);
        if (row.n || row.end != -1)
            sink->row(row.end, sink->data);
        if (row.end == '\r' && text.p[row.after - 1] == '\n')
            sink->row('\n', sink->data);
    }
    lc_careful_release(&c);
    if (rc)
        return lc_fail_memory(err, "a cell");
    *end = row.n && row.end == -1 ? LC_CSV_CUT : LC_CSV_CLEAN;
    return LC_OK;
}

enum lc_rc lc_csv_walk(struct lc_slice text, struct lc_dialect dialect,
                       const struct lc_csv_sink *sink, enum lc_csv_end *end, struct lc_err *err)
{
    enum lc_csv_end ended = LC_CSV_CLEAN;
    struct csv_parser p;
    enum lc_rc rc;

    if (lc_csv_is_careful(&dialect))
        return walk_carefully(text, &dialect, sink, end, err);
    rc = start(&p, dialect, err);
    if (rc)
        return rc;
    (void)csv_set_opts(&p, CSV_REPALL_NL | CSV_STRICT);
    for (size_t at = 0; at < text.n && !rc && ended == LC_CSV_CLEAN;) {
        const size_t left = text.n - at, n = left < FEED_BYTES ? left : FEED_BYTES;

        if (csv_parse(&p, text.p + at, n, sink->field, sink->row, sink->data) != n) {
            ended = LC_CSV_STRAY;
            if (csv_error(&p) != CSV_EPARSE)
                rc = lc_fail_memory(err, "a cell");
        } else if (csv_get_buffer_size(&p) > 2 * MOST_FIELD_BYTES)
            ended = LC_CSV_LONG;
        at += n;
    }
    if (!rc && ended == LC_CSV_CLEAN)
        ended = finish(&p, sink);
    csv_free(&p);
    if (!rc)
        *end = ended;
    return rc;
}

struct lc_csv {
    struct csv_parser p;
    struct lc_careful careful; /* instead of it */
    bool by_care;
    struct lc_dialect dialect;
    struct lc_slice text;
    size_t at;
    bool done, refused, long_field, ended;
    char last; /* the line end seen last: the LF of CRLF is none of its own */
    char *bytes;
    size_t used, room;
    size_t *stop; /* [n_fields] where each field ends in `bytes` */
    struct lc_slice *field;
    size_t n_fields, fields_room;
};

struct lc_csv *lc_csv_new(struct lc_slice text, struct lc_dialect dialect)
{
    struct lc_csv *c = calloc(1, sizeof *c);
    struct lc_err err = {.code = LC_OK};

    if (!c)
        return NULL;
    c->text = text;
    c->dialect = dialect;
    c->by_care = lc_csv_is_careful(&dialect);
    if (c->by_care) {
        lc_careful_init(&c->careful, text, &dialect);
    } else if (start(&c->p, dialect, &err)) {
        free(c);
        return NULL;
    }
    return c;
}

void lc_csv_free(struct lc_csv *c)
{
    if (!c)
        return;
    if (c->by_care)
        lc_careful_release(&c->careful);
    else
        csv_free(&c->p);
    free(c->bytes);
    free(c->stop);
    free(c->field);
    free(c);
}

static bool more_bytes(struct lc_csv *c, size_t n)
{
    size_t room = c->room ? c->room : FIRST_BYTES;
    char *wider;

    while (room - c->used < n)
        room *= 2;
    if (room == c->room)
        return true;
    wider = realloc(c->bytes, room);
    if (!wider)
        return false;
    c->bytes = wider;
    c->room = room;
    return true;
}

static bool more_fields(struct lc_csv *c)
{
    const size_t room = c->fields_room ? 2 * c->fields_room : FIRST_ROOM;
    size_t *stop;
    struct lc_slice *field;

    if (c->n_fields < c->fields_room)
        return true;
    stop = realloc(c->stop, room * sizeof *stop);
    if (stop)
        c->stop = stop;
    field = realloc(c->field, room * sizeof *field);
    if (field)
        c->field = field;
    if (!stop || !field)
        return false;
    c->fields_room = room;
    return true;
}

static void pull_field(void *bytes, size_t n, void *data)
{
    struct lc_csv *c = data;

    if (!c->by_care) /* else the caps of the dialect hold, and what is over them is a fault */
        c->long_field |= n > MOST_FIELD_BYTES || c->n_fields >= MOST_FIELDS;
    if (c->long_field || c->refused)
        return;
    if (!more_bytes(c, n) || !more_fields(c)) {
        c->refused = true;
        return;
    }
    if (n)
        memcpy(c->bytes + c->used, bytes, n);
    c->used += n;
    c->stop[c->n_fields++] = c->used;
}

static void pull_row(int end, void *data)
{
    struct lc_csv *c = data;

    if (c->n_fields == 0 && end == '\n' && c->last == '\r') {
        c->last = 0;
        return;
    }
    c->last = (char)end;
    c->ended = true;
}

/* The next piece up to and with a line end: at most one record ends in it. */
static size_t piece(struct lc_slice text, size_t at)
{
    size_t end = at;

    while (end < text.n && text.p[end] != '\n' && text.p[end] != '\r')
        end++;
    return end < text.n ? end + 1 - at : end - at;
}

static enum lc_rc feed(struct lc_csv *c, struct lc_err *err)
{
    const struct lc_csv_sink sink = {pull_field, pull_row, c, NULL};

    if (c->at < c->text.n) {
        const size_t n = piece(c->text, c->at);

        if (csv_parse(&c->p, c->text.p + c->at, n, pull_field, pull_row, c) != n)
            c->refused = true;
        c->at += n;
        c->long_field |= csv_get_buffer_size(&c->p) > 2 * MOST_FIELD_BYTES;
    } else {
        c->done = true;
        if (finish(&c->p, &sink) == LC_CSV_OPEN)
            return lc_fail(err, LC_EFORMAT, "a quote is opened and never closed");
    }
    if (c->refused)
        return lc_fail_memory(err, "a row");
    if (c->long_field)
        return lc_fail(
            err, LC_EFORMAT,
            "a cell is longer than %zu bytes, or a row has over %d cells; is it a table?",
            MOST_FIELD_BYTES, MOST_FIELDS);
    return LC_OK;
}

static void put_fields(struct lc_csv *c)
{
    for (size_t i = 0, begin = 0; i < c->n_fields; begin = c->stop[i++])
        c->field[i] = (struct lc_slice){c->bytes + begin, c->stop[i] - begin};
}

static enum lc_rc next_carefully(struct lc_csv *c, struct lc_csv_record *record,
                                 struct lc_err *err)
{
    const size_t from = c->at;
    struct lc_careful_row row;

    c->used = c->n_fields = 0;
    if (from == c->text.n)
        return LC_END;
    if (lc_careful_row(&c->careful, from, pull_field, c, &row) || c->refused)
        return lc_fail_memory(err, "a row");
    c->at = row.after;
    if (row.n == 0 && row.end == -1)
        return LC_END;
    put_fields(c);
    *record =
        (struct lc_csv_record){c->field, c->n_fields, from, c->at, row.fault, row.fault_field};
    return LC_OK;
}

enum lc_rc lc_csv_next(struct lc_csv *c, struct lc_csv_record *record, struct lc_err *err)
{
    size_t from;

    if (c->by_care)
        return next_carefully(c, record, err);
    if (c->last == '\r' && lc_csv_is_second_half(c->text, &c->dialect, c->at)) {
        const enum lc_rc rc = feed(c, err); /* the other half of CRLF */

        if (rc)
            return rc;
    }
    from = c->at;
    c->used = c->n_fields = 0;
    c->ended = false;
    while (!c->ended) {
        const enum lc_rc rc = c->done ? LC_END : feed(c, err);

        if (rc)
            return rc;
    }
    put_fields(c);
    *record = (struct lc_csv_record){c->field, c->n_fields, from, c->at, LC_CSV_SOUND, 0};
    return LC_OK;
}

size_t lc_csv_locate(struct lc_slice text, struct lc_dialect dialect, size_t width, size_t nth)
{
    struct lc_csv *c = lc_csv_new(text, dialect);
    struct lc_csv_record record;
    size_t at = text.n;
    struct lc_err err;

    while (c && lc_csv_next(c, &record, &err) == LC_OK)
        if ((width == 0 || record.n == width) && nth-- == 0) {
            at = record.at;
            break;
        }
    lc_csv_free(c);
    return at;
}
