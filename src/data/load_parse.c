#include "load_internal.h"

#include <stdio.h>
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/progress.h"

#define CHUNK_BYTES ((size_t)4 << 20) /* balances threads; its codes stay in the cache */
#define COUNT_BLOCK 255               /* vectors before a byte counter could overflow */

struct parse {
    struct lc_input *in;
    struct lc_slice body;
    size_t step;           /* bytes of a nominal chunk */
    size_t *quotes, *ends; /* [n nominal chunks] */
    atomic_bool *gave_up;  /* [n_sinks] a chunk found too many texts */
    atomic_size_t done;    /* bytes, for the bar */
    struct lc_progress progress;
};

static size_t count_bytes(struct lc_slice s, char what)
{
    typedef uint8_t vector __attribute__((vector_size(16)));
    const vector wanted = {0};
    size_t n = 0, i = 0;

    while (s.n - i >= sizeof wanted) {
        vector sum = {0};

        for (int b = 0; b < COUNT_BLOCK && s.n - i >= sizeof wanted; b++, i += sizeof wanted) {
            vector v;

            memcpy(&v, s.p + i, sizeof v);
            sum -= (vector)(v == wanted + (uint8_t)what);
        }
        for (size_t j = 0; j < sizeof wanted; j++)
            n += sum[j];
    }
    for (; i < s.n; i++)
        n += s.p[i] == what;
    return n;
}

static struct lc_slice nominal(const struct parse *p, size_t block)
{
    const size_t at = block * p->step, left = p->body.n - at;

    return (struct lc_slice){p->body.p + at, left < p->step ? left : p->step};
}

static void count_block(void *context, size_t block, size_t worker)
{
    struct parse *p = context;
    const struct lc_slice s = nominal(p, block);

    (void)worker;
    p->quotes[block] = count_bytes(s, p->in->dialect.quote);
    p->ends[block] = count_bytes(s, '\n') + count_bytes(s, '\r');
}

/* The first byte behind a line end outside quotes, from `at` on. */
static size_t next_record(struct lc_slice s, const struct lc_dialect *dialect, size_t at,
                          bool quoted)
{
    for (size_t i = at; i < s.n; i++) {
        const char c = s.p[i];

        if (c == dialect->quote)
            quoted = !quoted;
        else if (!quoted &&
                 (c == '\n' || (c == '\r' && !lc_csv_is_second_half(s, dialect, i + 1))))
            return i + 1;
    }
    return s.n;
}

static void read_chunk(void *context, size_t block, size_t worker)
{
    struct parse *p = context;
    struct lc_chunk *chunk = &p->in->chunk[block];

    lc_chunk_read(chunk, p->in, p->gave_up);
    (void)atomic_fetch_add_explicit(&p->done, chunk->text.n, memory_order_relaxed);
    if (worker == 0) /* the caller's own thread, so that one alone draws */
        lc_progress_add(&p->progress, atomic_load_explicit(&p->done, memory_order_relaxed) -
                                          p->progress.done);
}

void lc_input_close_chunks(struct lc_input *in)
{
    for (size_t c = 0; c < in->n_chunks; c++) {
        lc_arena_release(&in->chunk[c].keep);
        lc_arena_release(&in->chunk[c].scratch);
    }
    in->n_chunks = 0;
}

static enum lc_rc cut(struct parse *p, size_t n, struct lc_err *err)
{
    struct lc_input *in = p->in;
    size_t from = 0, quotes = 0;

    in->chunk = LC_NEW(&in->scratch, n, struct lc_chunk);
    p->gave_up = LC_NEW(&in->scratch, in->n_sinks, atomic_bool);
    if (!in->chunk || !p->gave_up)
        return lc_fail_memory(err, "reading a file");
    for (size_t c = 0; c < n; c++) {
        size_t to = p->body.n;

        quotes += p->quotes[c];
        if (c + 1 < n)
            to = next_record(p->body, &in->dialect, (c + 1) * p->step, quotes % 2);
        if (to < from)
            to = from;
        in->chunk[c].text = (struct lc_slice){p->body.p + from, to - from};
        from = to;
    }
    in->n_chunks = n;
    return LC_OK;
}

static bool has_rejected(const struct lc_input *in)
{
    bool has = false;

    for (size_t c = 0; c < in->n_chunks; c++)
        for (size_t kind = 0; kind < LC_REJECTS; kind++)
            has |= in->chunk[c].seen[kind] && !lc_reject_skips((enum lc_reject)kind);
    return has;
}

/* Is a quote not as it should be, or a cap reached? Where all line ends ended a record, no cell has
 * too many of them. */
static bool is_suspect(const struct lc_input *in, size_t ends)
{
    size_t found = 0, at;

    for (size_t c = 0; c < in->n_chunks; c++) {
        const struct lc_chunk *chunk = &in->chunk[c];

        found += chunk->ends;
        if (chunk->too_long || chunk->end >= LC_CSV_OPEN ||
            (c + 1 < in->n_chunks && chunk->text.n && chunk->end != LC_CSV_CLEAN))
            return true;
    }
    for (size_t c = 0; c < in->n_chunks && found != ends; c++)
        if (lc_csv_open_quote(in->chunk[c].text, in->dialect, &at))
            return true;
    return false;
}

static enum lc_rc read_chunks(struct parse *p, size_t n, struct lc_err *err)
{
    enum lc_rc rc = cut(p, n, err);

    if (rc)
        return rc;
    atomic_store(&p->done, 0);
    p->progress.done = 0;
    lc_parallel_run(p->in->pool, n, read_chunk, p);
    for (size_t c = 0; c < n; c++)
        if (p->in->chunk[c].rc)
            return lc_fail_memory(err, lc_shown(p->in->path));
    return LC_OK;
}

static void body_of(struct parse *p)
{
    const struct lc_input *in = p->in;

    p->body = (struct lc_slice){in->text.p + in->body, in->end - in->body};
}

/* Once more as one piece, and with care. */
static enum lc_rc read_carefully(struct parse *p, struct lc_err *err)
{
    lc_input_close_chunks(p->in);
    p->in->dialect.careful = true;
    body_of(p);
    return read_chunks(p, 1, err);
}

/* Nearly all files go through libcsv, in chunks. Where it stops at a quote, which may have turned
 * the count by which the chunks are cut, all is read again. */
static enum lc_rc read_body(struct parse *p, struct lc_err *err)
{
    const size_t n = (p->body.n + p->step - 1) / p->step;
    size_t ends = 0;
    enum lc_rc rc;

    p->quotes = LC_NEW(&p->in->scratch, n + 1, size_t); /* an empty body too is one chunk */
    p->ends = LC_NEW(&p->in->scratch, n + 1, size_t);
    if (!p->quotes || !p->ends)
        return lc_fail_memory(err, "reading a file");
    if (lc_csv_is_careful(&p->in->dialect))
        return read_chunks(p, 1, err);
    lc_parallel_run(p->in->pool, n, count_block, p);
    for (size_t c = 0; c < n; c++)
        ends += p->ends[c];
    rc = read_chunks(p, n, err);
    if (!rc && is_suspect(p->in, ends))
        rc = read_carefully(p, err);
    return rc;
}

/* Rows of the wrong width may be those of another table. */
static enum lc_rc read_table(struct parse *p, struct lc_err *err)
{
    const size_t end = p->in->end;
    enum lc_rc rc = read_body(p, err);

    if (!rc && has_rejected(p->in))
        rc = lc_input_cut(p->in, err);
    return rc || p->in->end == end ? rc : read_carefully(p, err);
}

enum lc_rc lc_input_parse(struct lc_input *in, struct lc_err *err)
{
    struct parse p = {.in = in, .step = in->options->chunk_bytes};
    char what[128];
    enum lc_rc rc;

    if (p.step == 0)
        p.step = CHUNK_BYTES;
    body_of(&p);
    (void)snprintf(what, sizeof what, "reading %.100s", lc_base_name(lc_shown(in->path)));
    lc_progress_start(&p.progress, what, p.body.n, in->options->quiet);
    rc = read_table(&p, err);
    lc_progress_end(&p.progress);
    if (!rc)
        rc = lc_input_account(in, err);
    return rc;
}
