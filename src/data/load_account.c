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

struct first {
    size_t line, fields;
};

static enum lc_rc complain(struct lc_input *in, struct seeker *s, const struct lc_chunk *chunk,
                           size_t *kept, struct first *first, struct lc_err *err)
{
    size_t used[LC_REJECTS] = {0}, kind;
    enum lc_rc rc = LC_OK;

    while (!rc && (kind = next_kind(chunk, used)) < LC_REJECTS) {
        const struct lc_turned_away *away = &chunk->away[kind][used[kind]++];

        if (kept[kind] == MOST_COMPLAINTS)
            continue;
        if (!seek(s, in, chunk, away->record))
            return lc_fail_memory(err, "finding a row");
        kept[kind]++;
        if (kind != LC_REJECT_BLANK && first->line == 0)
            *first = (struct first){s->line, away->fields};
        rc = lc_reject_row(in->rejects, (enum lc_reject)kind, in->path_at, s->line,
                           away->fields, in->k, err);
    }
    return rc;
}

static enum lc_rc complain_all(struct lc_input *in, struct first *first, struct lc_err *err)
{
    struct seeker s = {.line = 1};
    size_t kept[LC_REJECTS] = {0};
    enum lc_rc rc = LC_OK;

    for (size_t c = 0; c < in->n_chunks && !rc; c++) {
        const struct lc_chunk *chunk = &in->chunk[c];

        if (chunk->seen[LC_REJECT_EXTRA] + chunk->seen[LC_REJECT_MISSING] +
                chunk->seen[LC_REJECT_BLANK] ==
            0)
            continue;
        s.csv = lc_csv_new(chunk->text, in->dialect);
        s.next = 0;
        rc = complain(in, &s, chunk, kept, first, err);
        lc_csv_free(s.csv);
    }
    return rc;
}

enum lc_rc lc_input_account(struct lc_input *in, struct lc_err *err)
{
    struct first first = {0, 0};
    size_t bad;
    enum lc_rc rc;

    for (size_t c = 0; c < in->n_chunks; c++) {
        const struct lc_chunk *chunk = &in->chunk[c];

        in->n += chunk->rows;
        in->about.rows_skipped += chunk->seen[LC_REJECT_BLANK];
        in->about.rows_rejected +=
            chunk->seen[LC_REJECT_EXTRA] + chunk->seen[LC_REJECT_MISSING];
    }
    bad = in->about.rows_rejected;
    in->about.rows_used = in->n;
    in->about.rows_seen = in->n + in->about.rows_skipped + bad;
    rc = complain_all(in, &first, err);
    if (rc || bad <= in->options->max_bad)
        return rc;
    return lc_fail(
        err, LC_EFORMAT,
        "%.160s:%zu: %zu cell%s where the header has %zu; mend the row, or leave such "
        "rows out with --max-bad %zu (%zu row%s like this, the first on line %zu)",
        lc_shown(in->path), first.line, first.fields, first.fields == 1 ? "" : "s", in->k, bad,
        bad, bad == 1 ? " is" : "s are", first.line);
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
