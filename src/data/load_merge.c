#include "load_internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"

#define FEW_ROWS 20 /* up to so many, a column of different texts is an example, not a key */

/* One distinct text of a column. */
struct level {
    struct lc_slice text;
    double number;
    int32_t day;
    uint32_t spelling; /* its code in the union of the chunks' dictionaries */
};

/* One column while its chunks become one. */
struct merged {
    struct lc_arena arena;
    struct lc_dict dict; /* union of the chunks' */
    struct level *level; /* [n_levels] in canonical order; without the missing one */
    size_t n_levels, text_bytes;
    uint32_t *final; /* [dict.n] spelling -> level */
    uint32_t missing;
    enum lc_kind kind;
    enum lc_date_order order;
    bool ambiguous, refused;
};

struct merge {
    struct lc_input *in;
    struct merged *merged; /* [n_sinks] */
    size_t *begin;         /* [n_chunks] first row of each */
};

static bool join_dicts(const struct lc_input *in, size_t s, struct merged *m)
{
    if (!lc_dict_init(&m->dict, &m->arena, &m->arena, true))
        return false;
    for (size_t c = 0; c < in->n_chunks; c++) {
        struct lc_sink *sink = &in->chunk[c].sink[s];

        sink->final = LC_NEW(&m->arena, sink->dict.n, uint32_t);
        sink->count = LC_NEW(&m->arena, sink->dict.n, size_t);
        if (!sink->final || !sink->count)
            return false;
        for (uint32_t e = 0; e < sink->dict.n; e++) {
            sink->final[e] = lc_dict_code(&m->dict, sink->dict.text[e]);
            if (sink->final[e] == LC_NO_CODE)
                return false;
        }
    }
    return true;
}

static bool is_missing(const struct lc_spec *spec, struct lc_slice s)
{
    if (s.n == 0 || lc_slice_eq(s, lc_slice_of(LC_MISSING_TEXT)))
        return true;
    for (size_t i = 0; i < spec->missing.n; i++)
        if (lc_slice_eq(s, lc_slice_trim(lc_slice_of(spec->missing.text[i]))))
            return true;
    return false;
}

/* Fills the levels, in no order yet; true where any spelling means "missing". */
static bool list_levels(const struct lc_spec *spec, struct merged *m)
{
    bool missing = false;

    for (uint32_t e = 0; e < m->dict.n; e++) {
        const struct lc_slice text = m->dict.text[e];

        if (is_missing(spec, text)) {
            m->final[e] = LC_NO_CODE;
            missing = true;
            continue;
        }
        m->level[m->n_levels++] = (struct level){text, (double)NAN, LC_NO_DAY, e};
        m->text_bytes += text.n + 1;
    }
    return missing;
}

static bool all_numbers(struct merged *m)
{
    for (size_t i = 0; i < m->n_levels; i++)
        if (!lc_real_parse(m->level[i].text, &m->level[i].number))
            return false;
    return true;
}

/* The orders in which every level is a date; false where some are no dates at all. */
static bool all_dates(const struct merged *m, struct lc_date_look *all)
{
    *all = (struct lc_date_look){true, true, true, true};
    for (size_t i = 0; i < m->n_levels; i++) {
        const struct lc_date_look look = lc_date_look(m->level[i].text);

        all->dmy = all->dmy && look.dmy;
        all->mdy = all->mdy && look.mdy;
        all->ymd = all->ymd && look.ymd;
        if (!all->dmy && !all->mdy)
            return false;
    }
    return true;
}

static bool fill_days(struct merged *m, enum lc_date_order order)
{
    bool differ = false;

    for (size_t i = 0; i < m->n_levels; i++) {
        int32_t other;

        (void)lc_date_parse(m->level[i].text, order, &m->level[i].day);
        differ |=
            lc_date_parse(m->level[i].text, LC_DATE_MDY, &other) && other != m->level[i].day;
    }
    return differ;
}

/* The column's vote; the spec's order holds where the column can be read in it. */
static bool choose_order(struct merged *m, const struct lc_date_look *all,
                         enum lc_date_order said, bool named)
{
    const bool fits = (said == LC_DATE_DMY && all->dmy) || (said == LC_DATE_MDY && all->mdy);

    if (all->ymd) {
        m->order = LC_DATE_ANY;
    } else if (fits) {
        m->order = said;
    } else if (said != LC_DATE_ANY && named) {
        return false;
    } else if (all->dmy && all->mdy) {
        m->ambiguous = fill_days(m, LC_DATE_DMY);
        m->order = m->ambiguous ? LC_DATE_ANY : LC_DATE_DMY;
    } else {
        m->order = all->dmy ? LC_DATE_DMY : LC_DATE_MDY;
    }
    (void)fill_days(m, m->order == LC_DATE_ANY ? LC_DATE_DMY : m->order);
    return true;
}

bool lc_is_many(size_t n_levels, size_t n)
{
    return n_levels > MOST_TEXTS || (n > FEW_ROWS && 2 * n_levels > n);
}

static void choose_kind(const struct lc_input *in, const struct lc_wish *wish, struct merged *m)
{
    const enum lc_date_order said = in->spec->date_order;
    const bool numbers = all_numbers(m);
    struct lc_date_look all;

    if (m->n_levels == 0)
        m->kind = LC_KIND_EMPTY;
    else if ((!numbers || wish->date) && all_dates(m, &all) &&
             choose_order(m, &all, said, wish->date))
        m->kind = LC_KIND_DATE;
    else if (numbers)
        m->kind = LC_KIND_NUMBER;
    else if (!wish->keep && !wish->key && lc_is_many(m->n_levels, in->n))
        m->kind = LC_KIND_MANY;
    else
        m->kind = LC_KIND_TEXT;
}

static int by_text(const void *a, const void *b)
{
    return lc_slice_cmp(((const struct level *)a)->text, ((const struct level *)b)->text);
}

static int by_number(const void *a, const void *b)
{
    const struct level *x = a, *y = b;

    if (x->number != y->number)
        return x->number < y->number ? -1 : 1;
    return by_text(a, b);
}

static int by_day(const void *a, const void *b)
{
    const struct level *x = a, *y = b;

    if (x->day != y->day)
        return x->day < y->day ? -1 : 1;
    return by_text(a, b);
}

static void merge_column(void *context, size_t s, size_t worker)
{
    const struct merge *g = context;
    const struct lc_input *in = g->in;
    struct merged *m = &g->merged[s];
    bool missing;

    (void)worker;
    lc_arena_init(&m->arena, in->arena->limit);
    m->missing = LC_NO_CODE;
    m->kind = LC_KIND_MANY;
    for (size_t c = 0; c < in->n_chunks; c++)
        if (in->chunk[c].sink[s].dropped)
            return;
    if (!join_dicts(in, s, m)) {
        m->refused = true;
        return;
    }
    m->level = LC_NEW(&m->arena, m->dict.n, struct level);
    m->final = LC_NEW(&m->arena, m->dict.n, uint32_t);
    if (!m->level || !m->final) {
        m->refused = true;
        return;
    }
    missing = list_levels(in->spec, m);
    choose_kind(in, &in->wish[in->field[s]], m);
    if (m->kind == LC_KIND_MANY)
        return;
    qsort(m->level, m->n_levels, sizeof *m->level,
          m->kind == LC_KIND_NUMBER ? by_number
          : m->kind == LC_KIND_DATE ? by_day
                                    : by_text);
    for (size_t i = 0; i < m->n_levels; i++)
        m->final[m->level[i].spelling] = (uint32_t)i;
    if (missing)
        m->missing = (uint32_t)m->n_levels;
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

/* The column's places in the table's arena; they are filled later, by several threads. */
static bool make_column(struct lc_input *in, size_t s, const struct merged *m)
{
    struct lc_table_column *column = &in->column[s];
    const size_t n_levels = m->n_levels + (m->missing != LC_NO_CODE);
    const unsigned width = lc_code_width(n_levels);

    *column = (struct lc_table_column){.kind = m->kind, .at = in->field[s]};
    column->codes = (struct lc_column){.name = full_name(in, in->field[s]),
                                       .width = width,
                                       .missing = m->missing,
                                       .n_levels = (uint32_t)n_levels};
    if (!column->codes.name)
        return false;
    if (m->kind == LC_KIND_MANY) {
        column->codes.n_levels = 0;
        column->codes.width = 1;
        column->codes.missing = LC_NO_CODE;
        column->n_filled = count_filled(in, s);
        column->example = first_cell(in, s);
        return column->example != NULL;
    }
    column->order = m->order;
    column->ambiguous = m->ambiguous;
    column->codes.code = lc_arena_alloc(in->arena, in->n, width);
    column->codes.level = LC_NEW(in->arena, n_levels, const char *);
    column->count = LC_NEW(in->arena, n_levels, size_t);
    if (m->kind == LC_KIND_NUMBER)
        column->number = LC_NEW(in->arena, n_levels, double);
    if (m->kind == LC_KIND_DATE)
        column->day = LC_NEW(in->arena, n_levels, int32_t);
    column->example = lc_arena_alloc(in->arena, m->text_bytes + 1, 1);
    return column->codes.code && column->codes.level && column->count && column->example &&
           (m->kind != LC_KIND_NUMBER || column->number) &&
           (m->kind != LC_KIND_DATE || column->day);
}

/* Ours, made a moment ago: const only for those who come later. */
#define WRITABLE(type, p) ((type *)(uintptr_t)(p))

static void fill_column(void *context, size_t s, size_t worker)
{
    const struct merge *g = context;
    const struct merged *m = &g->merged[s];
    struct lc_table_column *column = &g->in->column[s];
    const char **level = WRITABLE(const char *, column->codes.level);
    double *number = WRITABLE(double, column->number);
    int32_t *day = WRITABLE(int32_t, column->day);
    char *at = WRITABLE(char, column->example);

    (void)worker;
    if (m->kind == LC_KIND_MANY)
        return;
    for (size_t i = 0; i < m->n_levels; i++) {
        const struct level *from = &m->level[i];

        memcpy(at, from->text.p, from->text.n);
        level[i] = at;
        at += from->text.n + 1;
        if (number)
            number[i] = from->number;
        if (day)
            day[i] = from->day;
    }
    if (m->missing != LC_NO_CODE) {
        level[m->missing] = LC_MISSING_TEXT;
        if (number)
            number[m->missing] = (double)NAN;
        if (day)
            day[m->missing] = LC_NO_DAY;
    }
    if (m->n_levels == 0)
        column->example = NULL;
}

static void translate_sink(const struct merge *g, size_t c, size_t s)
{
    const struct lc_chunk *chunk = &g->in->chunk[c];
    const struct merged *m = &g->merged[s];
    struct lc_sink *sink = &chunk->sink[s];
    const struct lc_column from = {.width = sink->width, .code = sink->code};
    const struct lc_column *to = &g->in->column[s].codes;
    void *code = WRITABLE(void, to->code);

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
    size_t *count = WRITABLE(size_t, column->count);

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
        if (g->merged[s].refused || !make_column(in, s, &g->merged[s]))
            return lc_fail_memory(err, "the columns of a table");
    for (size_t c = 0; c < in->n_chunks; c++) {
        g->begin[c] = row;
        row += in->chunk[c].rows;
    }
    lc_parallel_run(in->pool, in->n_sinks, fill_column, g);
    lc_parallel_run(in->pool, in->n_chunks, translate_chunk, g);
    for (size_t s = 0; s < in->n_sinks; s++)
        sum_counts(g, s);
    return LC_OK;
}

enum lc_rc lc_input_merge(struct lc_input *in, struct lc_err *err)
{
    struct merge g = {in, LC_NEW(&in->scratch, in->n_sinks, struct merged),
                      LC_NEW(&in->scratch, in->n_chunks, size_t)};
    enum lc_rc rc;

    in->column = LC_NEW(&in->scratch, in->n_sinks, struct lc_table_column);
    if (!g.merged || !g.begin || !in->column)
        return lc_fail_memory(err, "the columns of a table");
    lc_parallel_run(in->pool, in->n_sinks, merge_column, &g);
    rc = make_columns(&g, err);
    for (size_t s = 0; s < in->n_sinks; s++)
        lc_arena_release(&g.merged[s].arena);
    return rc;
}
