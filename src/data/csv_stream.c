#include <csv.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "csv_stream_internal.h"
#include "leadcal/encoding.h"

#define BLOCK_BYTES \
    ((size_t)256 * 1024) /* fits the second-level cache with what is made of it */

#define TEXT_OF_(x) #x
#define TEXT_OF(x)  TEXT_OF_(x)

static bool grow(struct grown *g, size_t more, size_t size)
{
    size_t room = g->room ? g->room : 1024;
    void *p;

    if (g->n + more <= g->room)
        return true;
    while (room < g->n + more)
        room *= 2;
    p = realloc(g->p, room * size);
    if (!p)
        return false;
    g->p = p;
    g->room = room;
    return true;
}

/* Line breaks in a quoted field: \n, and \r where no \n follows. */
static size_t breaks_in(const char *p, size_t n)
{
    size_t found = 0;

    if (!memchr(p, '\n', n) && !memchr(p, '\r', n))
        return 0;
    for (size_t i = 0; i < n; i++)
        found += p[i] == '\n' || (p[i] == '\r' && !(i + 1 < n && p[i + 1] == '\n'));
    return found;
}

static void on_field(void *bytes, size_t n, void *context)
{
    struct lc_csv_stream *s = context;

    if (!grow(&s->text, n, 1) || !grow(&s->end, 1, sizeof(size_t))) {
        s->no_memory = true;
        return;
    }
    if (n) {
        memcpy((char *)s->text.p + s->text.n, bytes, n);
        s->line += breaks_in(bytes, n);
    }
    s->text.n += n;
    ((size_t *)s->end.p)[s->end.n++] = s->text.n;
}

static void on_record(int by, void *context)
{
    struct lc_csv_stream *s = context;
    const size_t n = s->end.n - s->first_field;
    const bool second_half = n == 0 && by == '\n' && s->last_end == '\r';

    s->last_end = by;
    if (second_half) {
        s->last_end = 0;
        return;
    }
    if (n && grow(&s->record, 1, sizeof(struct record)))
        ((struct record *)s->record.p)[s->record.n++] =
            (struct record){s->first_field, n, s->record_line};
    else if (n)
        s->no_memory = true;
    s->first_field = s->end.n;
    s->line++;
    s->record_line = s->line;
}

struct lc_csv_stream *lc_csv_stream_new(FILE *in, const struct lc_reading *reading)
{
    struct lc_csv_stream *s = calloc(1, sizeof *s);

    if (!s)
        return NULL;
    s->parser = calloc(1, sizeof *s->parser);
    if (!s->parser || csv_init(s->parser, CSV_REPALL_NL) != 0) {
        free(s->parser);
        free(s);
        return NULL;
    }
    s->in = in;
    s->reading = reading;
    s->line = s->record_line = 1;
    s->block_bytes = BLOCK_BYTES;
    lc_arena_init(&s->arena, LC_ARENA_NO_LIMIT);
    return s;
}

void lc_csv_stream_block(struct lc_csv_stream *s, size_t bytes)
{
    s->block_bytes = bytes;
}

void lc_csv_stream_free(struct lc_csv_stream *s)
{
    if (!s)
        return;
    csv_free(s->parser);
    free(s->parser);
    free(s->block);
    free(s->held);
    free(s->text.p);
    free(s->end.p);
    free(s->record.p);
    free(s->field.p);
    lc_rows_free(s->rows);
    lc_arena_release(&s->arena);
    free(s);
}

/* What stands before the header is passed over as the loader does: mark, titles, "sep=;". */
static enum lc_rc begin(struct lc_csv_stream *s, size_t n, size_t *skip, struct lc_err *err)
{
    const unsigned char *p = (const unsigned char *)s->block;
    const size_t mark = n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    struct lc_sniff found;
    enum lc_rc rc;

    s->looked = true;
    if (lc_stream_is_whole(s, n))
        return lc_stream_whole(s, n, err);
    rc = lc_sniff((struct lc_slice){s->block + mark, n - mark}, s->reading, &found, err);
    if (rc)
        return rc;
    if (lc_csv_is_careful(&found.dialect) || found.header_rows != 1 || found.surplus)
        return lc_stream_whole(s, n, err);
    *skip = mark + found.header;
    s->line = s->record_line = 1 + breaks_in(s->block, *skip);
    s->delimiter = found.dialect.delimiter;
    csv_set_delim(s->parser, (unsigned char)s->delimiter);
    csv_set_quote(s->parser, (unsigned char)found.dialect.quote);
    return lc_stream_begin_body(s, &found, (struct lc_slice){s->block + *skip, n - *skip}, err);
}

/* Forgets the records handed out; what is left of the one being read moves to the front. */
static void keep_the_rest(struct lc_csv_stream *s)
{
    size_t *end = s->end.p;
    const size_t before = s->first_field ? end[s->first_field - 1] : 0;

    if (s->first_field) {
        if (s->text.n > before)
            memmove(s->text.p, (char *)s->text.p + before, s->text.n - before);
        for (size_t i = s->first_field; i < s->end.n; i++)
            end[i - s->first_field] = end[i] - before;
    }
    s->text.n -= before;
    s->end.n -= s->first_field;
    s->first_field = s->record.n = s->next = 0;
}

static enum lc_rc unclosed(const struct lc_csv_stream *s, struct lc_err *err)
{
    return lc_fail(err, LC_EFORMAT,
                   ":%zu: a quote is opened and never closed; double it (\"\") or remove it",
                   s->record_line);
}

/* A first block of at least LOOK_BYTES, so that the header is seen whole; then as they come. */
static size_t read_block(struct lc_csv_stream *s)
{
    const size_t most = s->block_bytes > LOOK_BYTES || s->looked ? s->block_bytes : LOOK_BYTES;

    return fread(s->block, 1, most, s->in);
}

enum lc_rc lc_stream_parse(struct lc_csv_stream *s, const char *p, size_t n, struct lc_err *err)
{
    for (size_t at = 0; at < n;) {
        /* Small pieces after a refused byte never happen outside strict mode, but cost nothing. */
        const size_t done = csv_parse(s->parser, p + at, n - at, on_field, on_record, s);

        if (done == 0 || csv_error(s->parser) == CSV_ENOMEM)
            return lc_fail_memory(err, "a long field");
        at += done;
    }
    return LC_OK;
}

static enum lc_rc refill(struct lc_csv_stream *s, struct lc_err *err)
{
    const size_t room = s->block_bytes > LOOK_BYTES ? s->block_bytes : LOOK_BYTES;
    size_t n, skip = 0;
    enum lc_rc rc = LC_OK;

    if (!s->block && !(s->block = malloc(room)))
        return lc_fail_memory(err, "reading");
    keep_the_rest(s);
    errno = 0;
    n = read_block(s);
    if (ferror(s->in))
        return lc_fail(err, LC_EIO, "cannot be read: %s", strerror(errno ? errno : EIO));
    if (!s->looked && n && (rc = begin(s, n, &skip, err)))
        return rc;
    if (s->rows)
        return LC_OK;
    rc = n ? lc_stream_feed(s, s->block + skip, n - skip, err) : lc_stream_end_body(s, err);
    if (rc)
        return rc;
    if (n == 0) {
        s->ended = true;
        /* Only in strict mode does libcsv report an open quote at the end. */
        (void)csv_set_opts(s->parser, CSV_REPALL_NL | CSV_STRICT | CSV_STRICT_FINI);
        if (csv_fini(s->parser, on_field, on_record, s) != 0)
            return unclosed(s, err);
    }
    if (s->no_memory)
        return lc_fail_memory(err, "a long record");
    if (s->parser->entry_pos > MOST_FIELD_BYTES)
        return unclosed(s, err);
    return LC_OK;
}

enum lc_rc lc_csv_stream_next(struct lc_csv_stream *s, struct lc_csv_stream_record *record,
                              struct lc_err *err)
{
    const struct record *r;
    const size_t *end;
    const char *text;
    struct lc_slice *field;
    size_t from;

    while (s->next == s->record.n) {
        enum lc_rc rc;

        if (s->rows)
            return lc_stream_row(s, record, err);
        if (s->ended)
            return LC_END;
        rc = refill(s, err);
        if (rc)
            return rc;
    }
    r = (const struct record *)s->record.p + s->next;
    if (!grow(&s->field, r->n, sizeof(struct lc_slice)))
        return lc_fail_memory(err, "a record");
    field = s->field.p;
    end = s->end.p;
    from = r->first ? end[r->first - 1] : 0;
    text = s->text.p ? s->text.p : ""; /* none yet where every field so far was empty */
    if (!lc_is_utf8((struct lc_slice){text + from, end[r->first + r->n - 1] - from}))
        return lc_fail(err, LC_EFORMAT,
                       ":%zu: bytes that are not UTF-8 text; say what they are: --encoding "
                       "windows-1252",
                       r->line);
    for (size_t j = 0; j < r->n; j++) {
        field[j] = (struct lc_slice){text + from, end[r->first + j] - from};
        from = end[r->first + j];
    }
    s->next++;
    *record = (struct lc_csv_stream_record){field, r->n, r->line, NULL};
    return LC_OK;
}

char lc_csv_stream_delimiter(const struct lc_csv_stream *s)
{
    return s->delimiter;
}

const char *lc_csv_version(void)
{
    return TEXT_OF(CSV_MAJOR) "." TEXT_OF(CSV_MINOR) "." TEXT_OF(CSV_RELEASE);
}
