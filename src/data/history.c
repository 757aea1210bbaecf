#include "leadcal/history.h"

#include <math.h>
#include <stdlib.h>

#include "events_internal.h"
#include "history_internal.h"
#include "join_internal.h"

static const char text[] = "a history of stages";

/* One row that counts. */
struct change {
    uint32_t record;
    double second;  /* of its time, since 1970 */
    uint32_t value; /* a level */
    int32_t day;
};

struct work {
    const struct lc_history_columns *file;
    const struct lc_spec_history *spec;
    struct lc_texts closed;
    uint32_t
        *record_of; /* [levels of key] the same for both forms of an id; LC_NO_ROW: no record */
    uint32_t *row;  /* [m] the record of each row, or LC_NO_ROW */
    struct change *change;
    size_t *stage_of;   /* [levels of value] its place among the stages */
    uint32_t *stage;    /* [n_stages] a level of value */
    uint8_t *is_closed; /* [n_stages] */
    size_t n_stages;
    struct lc_entries entries;
    struct lc_history out;
};

/* ---- rows ---- */

static bool has_value(const struct lc_table_column *c, size_t row)
{
    return lc_code_at(&c->codes, row) != c->codes.missing;
}

/* Is the row a change of what the spec asks for? */
static bool is_asked(const struct work *w, const uint8_t *wanted, size_t row)
{
    return !wanted || wanted[lc_code_at(&w->file->field->codes, row)];
}

/* [levels of field] 1: a row with it counts; *to NULL: all do. */
static bool find_wanted(const struct work *w, struct lc_arena *scratch, uint8_t **to)
{
    const struct lc_table_column *c = w->file->field;

    *to = NULL;
    if (!c)
        return true;
    *to = LC_NEW(scratch, (size_t)c->codes.n_levels + 1, uint8_t);
    for (uint32_t v = 0; *to && v < c->codes.n_levels; v++)
        (*to)[v] = v != c->codes.missing &&
                   lc_slice_eq(lc_slice_of(c->codes.level[v]), lc_slice_of(w->spec->is));
    return *to != NULL;
}

/* [levels] The first level that is the same key: the other form of an id, or itself. */
static uint32_t *first_alike(const struct lc_table_column *key, struct lc_arena *scratch)
{
    uint32_t *alike = LC_NEW(scratch, (size_t)key->codes.n_levels + 1, uint32_t);
    struct lc_members same;

    if (!alike || !lc_members_find(key, key, &lc_plain_keys, scratch, &same))
        return NULL;
    for (uint32_t v = 0; v < key->codes.n_levels; v++)
        alike[v] = v == key->codes.missing ? v : same.level[same.begin[v]];
    return alike;
}

/* Which rows count, of which record they are, and what the records are called. */
static bool find_records(struct work *w, struct lc_arena *scratch, struct lc_arena *arena)
{
    const struct lc_history_columns *f = w->file;
    const uint32_t levels = f->key->codes.n_levels;
    uint8_t *met = LC_NEW(scratch, (size_t)levels + 1, uint8_t), *wanted;
    const char **name = LC_NEW(arena, (size_t)levels + 1, const char *);
    uint32_t n = 0;

    w->row = LC_NEW(arena, f->m + 1, uint32_t);
    w->record_of = first_alike(f->key, scratch);
    if (!met || !name || !w->row || !w->record_of || !find_wanted(w, scratch, &wanted))
        return false;
    for (size_t i = 0; i < f->m; i++) {
        const bool whole =
            has_value(f->key, i) && has_value(f->time, i) && has_value(f->value, i);

        w->row[i] = LC_NO_ROW;
        if (!is_asked(w, wanted, i))
            w->out.other++;
        else if (!whole)
            w->out.blank++;
        else
            w->row[i] = w->record_of[lc_code_at(&f->key->codes, i)];
        if (w->row[i] != LC_NO_ROW)
            met[w->row[i]] = 1;
    }
    /* From the first level of each key that has a change to its number. */
    for (uint32_t v = 0; v < levels; v++)
        if (met[v]) {
            name[n] = f->key->codes.level[v];
            w->record_of[v] = n++;
        }
    for (size_t i = 0; i < f->m; i++)
        if (w->row[i] != LC_NO_ROW) {
            w->row[i] = w->record_of[w->row[i]];
            w->out.used++;
        }
    w->out.n = n;
    w->out.key = (struct lc_table_column){.codes = {.level = name, .n_levels = n}};
    return true;
}

/* The stages are the values of rows that count. */
static enum lc_rc find_stages(struct work *w, struct lc_arena *arena, struct lc_err *err)
{
    const struct lc_table_column *c = w->file->value;

    w->stage_of = LC_NEW(arena, (size_t)c->codes.n_levels + 1, size_t);
    w->stage = LC_NEW(arena, (size_t)c->codes.n_levels + 1, uint32_t);
    w->is_closed = LC_NEW(arena, (size_t)c->codes.n_levels + 1, uint8_t);
    if (!w->stage_of || !w->stage || !w->is_closed)
        return lc_fail_memory(err, text);
    for (size_t i = 0; i < w->file->m; i++)
        if (w->row[i] != LC_NO_ROW)
            w->stage_of[lc_code_at(&c->codes, i)] = 1;
    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        if (!w->stage_of[v])
            continue;
        w->is_closed[w->n_stages] = lc_texts_have(w->closed, c->codes.level[v]);
        w->stage_of[v] = w->n_stages;
        w->stage[w->n_stages++] = v;
    }
    if (w->n_stages > MOST_STAGES)
        return lc_fail(
            err, LC_EMISMATCH,
            "%.80s: has %zu values, and a history has at most %d stages; name the "
            "column of stages (\"value\"), or which changes count (\"field\", \"is\")",
            c->codes.name, w->n_stages, MOST_STAGES);
    return LC_OK;
}

/* ---- in the order of time ---- */

static int by_time(const void *a, const void *b)
{
    const struct change *x = a, *y = b;

    if (x->record != y->record)
        return x->record < y->record ? -1 : 1;
    if (x->second < y->second || x->second > y->second)
        return x->second < y->second ? -1 : 1;
    return (x->value > y->value) - (x->value < y->value);
}

static bool list_changes(struct work *w, struct lc_arena *scratch)
{
    const struct lc_history_columns *f = w->file;
    const struct lc_moment *moment = lc_moments(f->time, scratch);
    size_t n = 0;

    w->change = LC_NEW(scratch, w->out.used + 1, struct change);
    if (!moment || !w->change)
        return false;
    for (size_t i = 0; i < f->m; i++) {
        const struct lc_moment *t = &moment[lc_code_at(&f->time->codes, i)];
        double second = 86400.0 * t->day + (isnan(t->second) ? -1 : t->second);

        if (w->row[i] == LC_NO_ROW)
            continue;
        if (t->offset != LC_NO_OFFSET)
            second -= t->offset;
        w->change[n++] =
            (struct change){w->row[i], second, lc_code_at(&f->value->codes, i), t->day};
        if (t->day > w->out.last)
            w->out.last = t->day;
    }
    qsort(w->change, n, sizeof *w->change, by_time);
    return true;
}

static bool make_entries(struct work *w, struct lc_arena *scratch)
{
    const size_t room = w->n_stages * w->out.n;

    w->entries.n = w->out.n;
    w->entries.first = LC_NEW(scratch, room + 1, int32_t);
    w->entries.last = LC_NEW(scratch, room + 1, int32_t);
    for (size_t i = 0; w->entries.first && w->entries.last && i < room; i++)
        w->entries.first[i] = w->entries.last[i] = LC_NO_DAY;
    return w->entries.first && w->entries.last;
}

/* The changes of one record, in order; returns how many they are. */
static size_t walk(struct work *w, const struct change *change, size_t n)
{
    size_t before = w->n_stages, i = 0;
    bool again = false, reopened = false;

    for (; i < n && change[i].record == change->record; i++) {
        const size_t stage = w->stage_of[change[i].value];
        int32_t *first = &w->entries.first[stage * w->out.n + change->record];

        if (stage == before)
            continue;
        again = again || *first != LC_NO_DAY;
        reopened =
            reopened || (before < w->n_stages && w->is_closed[before] && !w->is_closed[stage]);
        if (*first == LC_NO_DAY)
            *first = change[i].day;
        w->entries.last[stage * w->out.n + change->record] = change[i].day;
        before = stage;
    }
    w->out.again += again;
    w->out.reopened += reopened;
    return i;
}

static enum lc_rc read_all(struct work *w, const char *prefix, struct lc_arena *scratch,
                           struct lc_arena *arena, struct lc_err *err)
{
    const char **name;
    enum lc_rc rc;

    if (!find_records(w, scratch, arena))
        return lc_fail_memory(err, text);
    rc = find_stages(w, scratch, err);
    if (rc)
        return rc;
    name = LC_NEW(scratch, w->n_stages + 1, const char *);
    if (!name || !list_changes(w, scratch) || !make_entries(w, scratch))
        return lc_fail_memory(err, text);
    for (size_t s = 0; s < w->n_stages; s++)
        name[s] = w->file->value->codes.level[w->stage[s]];
    for (size_t i = 0; i < w->out.used;)
        i += walk(w, w->change + i, w->out.used - i);
    w->out.record = w->row;
    return lc_history_columns_make(&w->entries, name, w->n_stages, prefix, arena, &w->out, err);
}

/* NOLINTNEXTLINE(readability-function-size): the contract of include/leadcal/history.h */
enum lc_rc lc_history_read(const struct lc_history_columns *file,
                           const struct lc_spec_history *spec, struct lc_texts closed,
                           const char *prefix, struct lc_arena *arena, struct lc_history *out,
                           struct lc_err *err)
{
    struct work w = {.file = file, .spec = spec, .closed = closed, .out = {.last = LC_NO_DAY}};
    struct lc_arena scratch;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit);
    rc = read_all(&w, prefix, &scratch, arena, err);
    lc_arena_release(&scratch);
    if (!rc)
        *out = w.out;
    return rc;
}
