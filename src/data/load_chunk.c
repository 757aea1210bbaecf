#include "load_internal.h"

#include <string.h>

#include "leadcal/date.h"
#include "leadcal/number.h"

#define FIRST_ROWS 4096 /* doubled as a chunk fills */

/* One chunk while libcsv walks over it. */
struct walk {
    const struct lc_input *in;
    struct lc_chunk *chunk;
    atomic_bool *gave_up;
    struct lc_sink **to;      /* [k] NULL: read past */
    struct lc_sink **dropped; /* [n_dropped] */
    size_t n_dropped, k, field;
    struct lc_csv_caps caps;
    size_t bytes;            /* of the row's cells so far */
    bool beyond;             /* a cell behind the header's last holds something */
    bool again;              /* all cells so far are those of the header */
    size_t record;           /* lines so far, empty ones too */
    int last;                /* the line end seen last */
    enum lc_csv_fault fault; /* of the row */
    size_t fault_field;
};

static bool widen(struct lc_sink *sink, struct lc_chunk *chunk, size_t room, unsigned width)
{
    void *wider = lc_arena_alloc(&chunk->keep, room, width);

    if (!wider)
        return false;
    if (width == sink->width) {
        if (chunk->rows)
            memcpy(wider, sink->code, chunk->rows * width);
    } else {
        const struct lc_column old = {.width = sink->width, .code = sink->code};

        for (size_t i = 0; i < chunk->rows; i++)
            lc_code_put(wider, width, i, lc_code_at(&old, i));
    }
    sink->code = wider;
    sink->width = width;
    sink->most = width == 1 ? UINT8_MAX : width == 2 ? UINT16_MAX : UINT32_MAX;
    return true;
}

static bool more_rows(struct walk *w)
{
    struct lc_chunk *chunk = w->chunk;
    const size_t room = chunk->room ? 2 * chunk->room : FIRST_ROWS;

    for (size_t s = 0; s < w->in->n_sinks; s++)
        if (!chunk->sink[s].dropped &&
            !widen(&chunk->sink[s], chunk, room, chunk->sink[s].width))
            return false;
    chunk->room = room;
    return true;
}

static void drop(struct walk *w, struct lc_sink *sink)
{
    const struct lc_column codes = {.width = sink->width, .code = sink->code};
    const uint32_t empty = lc_dict_find(&sink->dict, (struct lc_slice){"", 0});

    sink->dropped = true;
    for (size_t i = 0; i < w->chunk->rows; i++)
        sink->n_filled += lc_code_at(&codes, i) != empty;
    w->dropped[w->n_dropped++] = sink;
}

static bool is_plain_text(struct lc_slice s)
{
    const struct lc_number_look number = lc_number_look(s);

    return s.n && !number.point && !number.comma && !lc_date_look(s).is_date;
}

/* A new text came to a column of which many are known: are they keys or notes? Only texts of
 * rows that were used count, so that every way to cut the file gives the same answer. */
static void judge(struct walk *w, struct lc_sink *sink, uint32_t settled)
{
    const size_t most = LC_MOST_TEXTS + w->in->missing.n + 1;

    if (sink->keep || settled <= most)
        return;
    for (; sink->looked < settled; sink->looked++)
        sink->n_texts += is_plain_text(sink->dict.text[sink->looked]);
    if (sink->n_texts <= most)
        return;
    drop(w, sink);
    atomic_store_explicit(&w->gave_up[sink - w->chunk->sink], true, memory_order_relaxed);
}

static void refuse(struct walk *w)
{
    w->chunk->rc = LC_ENOMEM;
    w->k = 0; /* read past the rest */
}

static void on_field(void *bytes, size_t n, void *data)
{
    struct walk *w = data;
    const size_t j = w->field++;
    struct lc_chunk *chunk = w->chunk;
    struct lc_sink *sink;
    struct lc_slice s = {bytes, n};
    uint32_t known, code;

    w->bytes += n;
    if (n > w->caps.field_bytes)
        chunk->too_long = true;
    if (j >= w->k) {
        w->beyond |= n != 0;
        return;
    }
    if (j == 0 || w->again)
        w->again = lc_is_name(w->in, j, s);
    if (!(sink = w->to[j]))
        return;
    if (n &&
        ((unsigned char)(s.p[0] - 0x21) > 0x5d || (unsigned char)(s.p[n - 1] - 0x21) > 0x5d))
        s = lc_slice_trim(s); /* only what begins or ends beyond plain ASCII can need it */
    if (sink->dropped) {
        sink->filled = s.n != 0;
        return;
    }
    known = sink->dict.n;
    code = lc_dict_code(&sink->dict, s);
    if (code == known) {
        sink->added = chunk->rows + 1;
        judge(w, sink, known);
        if (sink->dropped) {
            sink->filled = s.n != 0;
            return;
        }
    }
    if (code > sink->most || code == LC_NO_CODE) {
        if (code == LC_NO_CODE || !widen(sink, chunk, chunk->room, 2 * sink->width)) {
            refuse(w);
            return;
        }
    }
    lc_code_put(sink->code, sink->width, chunk->rows, code);
}

/* Forgets what the row brought, and remembers why. */
static void turn_away(struct walk *w, enum lc_reject kind)
{
    struct lc_chunk *chunk = w->chunk;

    if (chunk->seen[kind] < MOST_COMPLAINTS)
        chunk->away[kind][chunk->seen[kind]] = (struct lc_turned_away){
            w->record, w->field, lc_row_column(w->in, w->field, kind, w->fault_field)};
    chunk->seen[kind]++;
    if (kind == LC_REJECT_BLANK)
        return;
    for (size_t s = 0; s < w->in->n_sinks; s++) {
        struct lc_sink *sink = &chunk->sink[s];

        if (!sink->dropped && sink->added == chunk->rows + 1) {
            lc_dict_pop(&sink->dict);
            sink->added = 0;
        }
    }
}

bool lc_is_name(const struct lc_input *in, size_t j, struct lc_slice cell)
{
    return in->header && in->k > 1 && in->header[j].n && lc_slice_eq(cell, in->header[j]);
}

enum lc_reject lc_row_kind(const struct lc_input *in, size_t fields, bool beyond, bool again,
                           enum lc_csv_fault fault)
{
    if (fault != LC_CSV_SOUND)
        return fault == LC_CSV_QUOTE ? LC_REJECT_QUOTE : LC_REJECT_OVER;
    if (fields == in->k)
        return again ? LC_REJECT_HEADER : LC_REJECTS;
    if (fields == 0)
        return LC_REJECT_BLANK;
    if (fields < in->k)
        return in->options->reading.fill_rows ? LC_REJECTS : LC_REJECT_MISSING;
    return fields <= in->k + in->surplus && !beyond ? LC_REJECTS : LC_REJECT_EXTRA;
}

size_t lc_row_column(const struct lc_input *in, size_t fields, enum lc_reject kind,
                     size_t fault_field)
{
    switch (kind) {
    case LC_REJECT_EXTRA: return in->k + 1;
    case LC_REJECT_MISSING: return fields + 1;
    case LC_REJECT_QUOTE:
    case LC_REJECT_OVER: return fault_field + 1;
    case LC_REJECT_BLANK:
    case LC_REJECT_FOOTER:
    case LC_REJECT_TABLE:
    case LC_REJECT_HEADER:
    case LC_REJECTS: break;
    }
    return 0;
}

static void on_fault(enum lc_csv_fault fault, size_t field, void *data)
{
    struct walk *w = data;

    w->fault = fault;
    w->fault_field = field;
}

/* The row is used: cells that it lacks are empty. */
static void keep_row(struct walk *w)
{
    struct lc_chunk *chunk = w->chunk;
    char nothing = 0;

    while (w->field < w->k)
        on_field(&nothing, 0, w);
    for (size_t d = 0; d < w->n_dropped; d++)
        w->dropped[d]->n_filled += w->dropped[d]->filled;
    if (++chunk->rows == chunk->room && !more_rows(w))
        refuse(w);
}

static void on_row(int end, void *data)
{
    struct walk *w = data;
    struct lc_chunk *chunk = w->chunk;
    enum lc_reject kind = LC_REJECTS;

    chunk->ends += end != -1;
    if (w->field == 0 && end == '\n' && w->last == '\r') {
        w->last = 0;
        return;
    }
    if (w->k == 0)
        return;
    chunk->too_long |= w->field > w->caps.fields || w->bytes > w->caps.row_bytes;
    if (w->field != w->k || w->again || w->fault != LC_CSV_SOUND)
        kind = lc_row_kind(w->in, w->field, w->beyond, w->again, w->fault);
    if (kind == LC_REJECTS)
        keep_row(w);
    else
        turn_away(w, kind);
    w->record++;
    w->last = end;
    w->field = w->bytes = 0;
    w->beyond = w->again = false;
    w->fault = LC_CSV_SOUND;
}

static bool init_sinks(struct walk *w)
{
    const struct lc_input *in = w->in;
    struct lc_chunk *chunk = w->chunk;

    chunk->sink = LC_NEW(&chunk->keep, in->n_sinks, struct lc_sink);
    w->to = LC_NEW(&chunk->scratch, in->k, struct lc_sink *);
    w->dropped = LC_NEW(&chunk->scratch, in->n_sinks, struct lc_sink *);
    if (!chunk->sink || !w->to || !w->dropped)
        return false;
    for (size_t s = 0; s < in->n_sinks; s++) {
        struct lc_sink *sink = &chunk->sink[s];

        sink->keep = in->wish[in->field[s]].keep || in->wish[in->field[s]].key;
        sink->width = 1;
        sink->most = UINT8_MAX;
        if (!lc_dict_init(&sink->dict, &chunk->keep, &chunk->scratch, false))
            return false;
        w->to[in->field[s]] = sink;
        if (atomic_load_explicit(&w->gave_up[s], memory_order_relaxed)) {
            sink->dropped = true;
            w->dropped[w->n_dropped++] = sink;
        }
    }
    return more_rows(w);
}

void lc_chunk_read(struct lc_chunk *chunk, const struct lc_input *in, atomic_bool *gave_up)
{
    struct walk w = {.in = in,
                     .chunk = chunk,
                     .gave_up = gave_up,
                     .k = in->k,
                     .caps = lc_csv_caps(&in->dialect)};
    const struct lc_csv_sink sink = {on_field, on_row, &w, on_fault};
    struct lc_err err;

    lc_arena_init(&chunk->keep, in->arena->limit);
    lc_arena_init(&chunk->scratch, in->arena->limit);
    if (!init_sinks(&w))
        chunk->rc = LC_ENOMEM;
    else if (lc_csv_walk(chunk->text, in->dialect, &sink, &chunk->end, &err))
        chunk->rc = err.code;
    lc_arena_release(&chunk->scratch);
}
