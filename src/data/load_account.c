#include "load_internal.h"

/* Goes through a file's records once, giving the lines of rising records. */
struct seeker {
    struct lc_csv *csv;
    struct lc_csv_record record;
    size_t next;     /* the record that csv gives next */
    size_t at, line; /* a byte of the file, and its line */
};

static bool seek(struct seeker *s, const struct lc_input *in, const struct lc_chunk *chunk,
                 size_t record)
{
    const size_t base = (size_t)(chunk->text.p - in->text.p);
    struct lc_slice between;
    struct lc_err err;
    size_t to;

    while (s->next <= record) {
        if (!s->csv || lc_csv_next(s->csv, &s->record, &err))
            return false;
        s->next++;
    }
    to = base + s->record.at;
    between = (struct lc_slice){in->text.p + s->at, to - s->at};
    s->line += lc_csv_line(between, between.n) - 1;
    s->at = to;
    return true;
}

/* The kind of the next complaint of a chunk, in the order of its rows; LC_REJECTS: none left. */
static size_t next_kind(const struct lc_chunk *chunk, const size_t *used)
{
    size_t best = LC_REJECTS;

    for (size_t kind = 0; kind < LC_REJECTS; kind++) {
        if (used[kind] >= chunk->seen[kind] || used[kind] >= MOST_COMPLAINTS)
            continue;
        if (best == LC_REJECTS ||
            chunk->away[kind][used[kind]].record < chunk->away[best][used[best]].record)
            best = kind;
    }
    return best;
}

/* The first row that was rejected. */
struct first {
    struct lc_turned row;
    enum lc_reject kind;
};

static enum lc_rc complain(struct lc_input *in, struct seeker *s, const struct lc_chunk *chunk,
                           size_t *kept, struct first *first, struct lc_err *err)
{
    size_t used[LC_REJECTS] = {0}, next;
    enum lc_rc rc = LC_OK;

    while (!rc && (next = next_kind(chunk, used)) < LC_REJECTS) {
        const enum lc_reject kind = (enum lc_reject)next;
        const struct lc_turned_away *away = &chunk->away[kind][used[kind]++];
        struct lc_turned row;

        if (kept[kind] == MOST_COMPLAINTS)
            continue;
        if (!seek(s, in, chunk, away->record))
            return lc_fail_memory(err, "finding a row");
        kept[kind]++;
        row = (struct lc_turned){s->line, away->column, away->fields};
        if (!lc_reject_skips(kind) && first->row.line == 0)
            *first = (struct first){row, kind};
        rc = lc_reject_row(in->rejects, kind, in->path_at, &row, in->k, err);
    }
    return rc;
}

static size_t count_seen(const struct lc_chunk *chunk, bool skipped)
{
    size_t n = 0;

    for (size_t kind = 0; kind < LC_REJECTS; kind++)
        if (lc_reject_skips((enum lc_reject)kind) == skipped)
            n += chunk->seen[kind];
    return n;
}

static enum lc_rc complain_all(struct lc_input *in, struct first *first, struct lc_err *err)
{
    struct seeker s = {.line = 1};
    size_t kept[LC_REJECTS] = {0};
    enum lc_rc rc = LC_OK;

    for (size_t c = 0; c < in->n_chunks && !rc; c++) {
        const struct lc_chunk *chunk = &in->chunk[c];

        if (count_seen(chunk, true) + count_seen(chunk, false) == 0)
            continue;
        s.csv = lc_csv_new(chunk->text, in->dialect);
        s.next = 0;
        rc = complain(in, &s, chunk, kept, first, err);
        lc_csv_free(s.csv);
    }
    return rc;
}

/* All rows that were turned away. */
static enum lc_rc list_all(struct lc_input *in, struct lc_err *err)
{
    struct lc_row_walk w;
    struct lc_walked row;
    enum lc_rc rc = lc_row_walk_begin(&w, in, err);

    while (!rc && !(rc = lc_row_walk_next(&w, &row, err))) {
        const struct lc_away away = {.file = in->path_at,
                                     .line = row.turned.line,
                                     .byte = row.byte,
                                     .column = row.turned.column,
                                     .fields = row.turned.fields,
                                     .kind = row.kind < LC_REJECTS ? lc_reject_kind(row.kind)
                                                                   : NULL,
                                     .skipped = lc_reject_skips(row.kind)};

        if (away.kind)
            rc = lc_reject_list(in->rejects, &away, err);
    }
    lc_row_walk_end(&w);
    return rc == LC_END ? LC_OK : rc;
}

enum lc_rc lc_input_account(struct lc_input *in, struct lc_err *err)
{
    struct first first = {.row = {.line = 0}};
    const size_t most = in->options->reading.strict ? 0 : in->options->max_bad;
    const char *text;
    size_t bad;
    enum lc_rc rc;

    in->about.rows_skipped = in->behind_rows;
    for (size_t c = 0; c < in->n_chunks; c++) {
        in->n += in->chunk[c].rows;
        in->about.rows_skipped += count_seen(&in->chunk[c], true);
        in->about.rows_rejected += count_seen(&in->chunk[c], false);
    }
    bad = in->about.rows_rejected;
    in->about.rows_used = in->n;
    in->about.rows_seen = in->n + in->about.rows_skipped + bad;
    rc = in->options->list_all ? list_all(in, err) : LC_OK;
    if (!rc)
        rc = complain_all(in, &first, err);
    if (rc || bad <= most)
        return rc;
    text = lc_reject_text(in->arena, first.kind, &first.row, in->k);
    if (!text)
        return lc_fail_memory(err, "a complaint");
    if (in->options->reading.strict)
        return lc_fail(err, LC_EFORMAT, "%.160s:%zu: %.200s; mend the row; --strict refuses it",
                       lc_shown(in->path), first.row.line, text);
    return lc_fail(err, LC_EFORMAT,
                   "%.160s:%zu: %.200s; mend the row, or leave such rows out with --max-bad "
                   "%zu (%zu row%s rejected, the first on line %zu)",
                   lc_shown(in->path), first.row.line, text, bad, bad,
                   bad == 1 ? " is" : "s are", first.row.line);
}

size_t lc_input_line(const struct lc_input *in, size_t i)
{
    for (size_t c = 0; c < in->n_chunks; c++) {
        const struct lc_chunk *chunk = &in->chunk[c];

        if (i < chunk->rows)
            return lc_csv_line(in->text, (size_t)(chunk->text.p - in->text.p) +
                                             lc_csv_locate(chunk->text, in->dialect, in->k, i));
        i -= chunk->rows;
    }
    return 0;
}
