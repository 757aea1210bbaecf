#include "load_internal.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"

/* Where a column will stand, to be filled by several threads. */
struct places {
    void *code;
    const char **level;
    double *number; /* NULL where the column is of another kind */
    int32_t *day;
    size_t *count;
    char *bytes; /* of the levels' texts */
};

struct merge {
    struct lc_input *in;
    struct lc_merged *merged; /* [n_sinks] */
    struct places *places;    /* [n_sinks] */
    size_t *begin;            /* [n_chunks] first row of each */
};

static void merge_column(void *context, size_t s, size_t worker)
{
    const struct merge *g = context;

    (void)worker;
    lc_merge_column(g->in, s, &g->merged[s]);
}

/* Rows of a column that was not kept which hold anything. */
static size_t count_filled(const struct lc_input *in, size_t s)
{
    size_t filled = 0;

    for (size_t c = 0; c < in->n_chunks; c++) {
        const struct lc_sink *sink = &in->chunk[c].sink[s];
        const struct lc_column codes = {.width = sink->width, .code = sink->code};
        uint32_t empty = 0;

        if (sink->dropped) {
            filled += sink->n_filled;
            continue;
        }
        while (empty < sink->dict.n && sink->dict.text[empty].n)
            empty++;
        for (size_t i = 0; i < in->chunk[c].rows; i++)
            filled += lc_code_at(&codes, i) != empty;
    }
    return filled;
}

/* What the first row holds in a column that was not kept. */
static const char *first_cell(const struct lc_input *in, size_t s)
{
    const struct lc_slice body = {in->text.p + in->body, in->text.n - in->body};
    struct lc_csv *c = lc_csv_new(body, in->dialect);
    const char *text = NULL;
    struct lc_csv_record record;
    struct lc_err err;

    while (c && !text && lc_csv_next(c, &record, &err) == LC_OK)
        if (record.n == in->k)
            text = lc_arena_text(in->arena, lc_slice_trim(record.field[in->field[s]]));
    lc_csv_free(c);
    return text;
}

static const char *full_name(const struct lc_input *in, size_t j)
{
    return in->prefix ? lc_arena_format(in->arena, "%s.%s", in->prefix, in->name[j])
                      : in->name[j];
}

static bool make_many(struct lc_input *in, size_t s)
{
    struct lc_table_column *column = &in->column[s];

    column->codes.width = 1;
    column->codes.missing = LC_NO_CODE;
    column->n_filled = count_filled(in, s);
    column->example = first_cell(in, s);
    return column->example != NULL;
}

/* The column's places in the table's arena; they are filled later, by several threads. */
static bool make_column(struct lc_input *in, size_t s, const struct lc_merged *m,
                        struct places *to)
{
    struct lc_table_column *column = &in->column[s];
    const size_t n_levels = m->n_levels + (m->missing != LC_NO_CODE);
    const bool number = m->kind == LC_KIND_NUMBER, day = m->kind == LC_KIND_DATE;

    *column = (struct lc_table_column){.kind = m->kind, .at = in->field[s]};
    column->codes.name = full_name(in, in->field[s]);
    if (!column->codes.name)
        return false;
    if (m->kind == LC_KIND_MANY)
        return make_many(in, s);
    *to = (struct places){
        .code = lc_arena_alloc(in->arena, in->n, lc_code_width(n_levels)),
        .level = LC_NEW(in->arena, n_levels, const char *),
        .number = number ? LC_NEW(in->arena, n_levels, double) : NULL,
        .day = day ? LC_NEW(in->arena, n_levels, int32_t) : NULL,
        .count = LC_NEW(in->arena, n_levels, size_t),
        .bytes = lc_arena_alloc(in->arena, m->text_bytes + 1, 1),
    };
    column->codes.width = lc_code_width(n_levels);
    column->codes.code = to->code;
    column->codes.n_levels = (uint32_t)n_levels;
    column->codes.level = to->level;
    column->codes.missing = m->missing;
    column->number = to->number;
    column->day = to->day;
    column->count = to->count;
    column->order = m->order;
    column->decimal = number ? m->decimal : LC_DECIMAL_ANY;
    column->ambiguous = m->ambiguous;
    column->short_year = m->short_year;
    column->example = m->n_levels ? to->bytes : NULL;
    return to->code && to->level && to->count && to->bytes && (!number || to->number) &&
           (!day || to->day);
}

static void fill_column(void *context, size_t s, size_t worker)
{
    const struct merge *g = context;
    const struct lc_merged *m = &g->merged[s];
    const struct places *to = &g->places[s];
    char *at = to->bytes;

    (void)worker;
    if (m->kind == LC_KIND_MANY)
        return;
    for (size_t i = 0; i < m->n_levels; i++) {
        const struct lc_level *from = &m->level[i];

        memcpy(at, from->text.p, from->text.n);
        to->level[i] = at;
        at += from->text.n + 1;
        if (to->number)
            to->number[i] = from->number;
        if (to->day)
            to->day[i] = from->day;
    }
    if (m->missing != LC_NO_CODE) {
        to->level[m->missing] = LC_MISSING_TEXT;
        if (to->number)
            to->number[m->missing] = LC_NAN;
        if (to->day)
            to->day[m->missing] = LC_NO_DAY;
    }
}

static void translate_sink(const struct merge *g, size_t c, size_t s)
{
    const struct lc_chunk *chunk = &g->in->chunk[c];
    const struct lc_merged *m = &g->merged[s];
    struct lc_sink *sink = &chunk->sink[s];
    const struct lc_column from = {.width = sink->width, .code = sink->code};
    const struct lc_column *to = &g->in->column[s].codes;
    void *code = g->places[s].code;

    for (uint32_t e = 0; e < sink->dict.n; e++) {
        const uint32_t level = m->final[sink->final[e]];

        sink->final[e] = level == LC_NO_CODE ? m->missing : level;
    }
    if (sink->width == 1 && to->width == 1) { /* nearly every column of nearly every file */
        const uint8_t *in = sink->code;
        uint8_t *out = (uint8_t *)code + g->begin[c];

        for (size_t i = 0; i < chunk->rows; i++) {
            sink->count[in[i]]++;
            out[i] = (uint8_t)sink->final[in[i]];
        }
        return;
    }
    for (size_t i = 0; i < chunk->rows; i++) {
        const uint32_t e = lc_code_at(&from, i);

        sink->count[e]++;
        lc_code_put(code, to->width, g->begin[c] + i, sink->final[e]);
    }
}

static void translate_chunk(void *context, size_t c, size_t worker)
{
    const struct merge *g = context;

    (void)worker;
    for (size_t s = 0; s < g->in->n_sinks; s++)
        if (g->merged[s].kind != LC_KIND_MANY)
            translate_sink(g, c, s);
}

static void sum_counts(const struct merge *g, size_t s)
{
    struct lc_table_column *column = &g->in->column[s];
    size_t *count = g->places[s].count;

    if (g->merged[s].kind == LC_KIND_MANY)
        return;
    for (size_t c = 0; c < g->in->n_chunks; c++) {
        const struct lc_sink *sink = &g->in->chunk[c].sink[s];

        for (uint32_t e = 0; e < sink->dict.n; e++)
            count[sink->final[e]] += sink->count[e];
    }
    column->n_filled = g->in->n;
    if (column->codes.missing != LC_NO_CODE)
        column->n_filled -= count[column->codes.missing];
}

static enum lc_rc make_columns(struct merge *g, struct lc_err *err)
{
    struct lc_input *in = g->in;
    size_t row = 0;

    for (size_t s = 0; s < in->n_sinks; s++)
        if (g->merged[s].refused || !make_column(in, s, &g->merged[s], &g->places[s]))
            return lc_fail_memory(err, "the columns of a table");
    for (size_t c = 0; c < in->n_chunks; c++) {
        g->begin[c] = row;
        row += in->chunk[c].rows;
    }
    lc_parallel_run(in->pool, in->n_sinks, fill_column, g);
    lc_parallel_run(in->pool, in->n_chunks, translate_chunk, g);
    for (size_t s = 0; s < in->n_sinks; s++) {
        sum_counts(g, s);
        if (g->merged[s].kind == LC_KIND_MANY)
            continue;
        lc_count_missing(in, s);
        if (!lc_same_column(in, s, &in->column[s]))
            return lc_fail_memory(err, "the spellings of a column");
    }
    return LC_OK;
}

enum lc_rc lc_input_merge(struct lc_input *in, struct lc_err *err)
{
    struct merge g = {in, LC_NEW(&in->scratch, in->n_sinks, struct lc_merged),
                      LC_NEW(&in->scratch, in->n_sinks, struct places),
                      LC_NEW(&in->scratch, in->n_chunks, size_t)};
    enum lc_rc rc;

    in->column = LC_NEW(&in->scratch, in->n_sinks, struct lc_table_column);
    in->marked = LC_NEW(&in->scratch, in->n_sinks * in->missing.n, size_t);
    if (!in->marked || !g.merged || !g.places || !g.begin || !in->column)
        return lc_fail_memory(err, "the columns of a table");
    lc_parallel_run(in->pool, in->n_sinks, merge_column, &g);
    rc = make_columns(&g, err);
    for (size_t s = 0; s < in->n_sinks && !rc; s++)
        rc = lc_note_odd(in, s, &g.merged[s], err);
    for (size_t s = 0; s < in->n_sinks; s++)
        lc_arena_release(&g.merged[s].arena);
    return rc;
}
