#include "leadcal/column.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"

/* A cell, by what it is ordered by. */
struct cell {
    const char *text; /* of a text */
    double number;    /* else */
    uint32_t row;
};

static int by_meaning(const void *a, const void *b)
{
    const struct cell *x = a, *y = b;

    if (x->text)
        return strcmp(x->text, y->text);
    return (x->number > y->number) - (x->number < y->number);
}

/* Filled cells, and what they become. */
struct cells {
    struct cell *cell;
    size_t n, filled;
    const char **level; /* [k + 1] texts of the levels, written by whoever knows how */
    size_t k;           /* filled levels; they stand first in `cell` then */
    struct lc_arena scratch;
};

static bool begin(struct cells *c, size_t n, struct lc_arena *arena)
{
    *c = (struct cells){.n = n};
    lc_arena_init(&c->scratch, arena->limit);
    c->cell = LC_NEW(&c->scratch, n + 1, struct cell);
    return c->cell != NULL;
}

/* One cell of each level comes to the front; level_of tells the row of each other its level. */
static bool list_levels(struct cells *c, uint32_t *level_of, size_t *count)
{
    if (!level_of || !count)
        return false;
    for (size_t i = 0; i < c->n; i++)
        level_of[i] = LC_NO_CODE;
    for (size_t i = 0; i < c->filled; i++) {
        if (i == 0 || by_meaning(&c->cell[c->k - 1], &c->cell[i]) != 0)
            c->cell[c->k++] = c->cell[i];
        level_of[c->cell[i].row] = (uint32_t)(c->k - 1);
        count[c->k - 1]++;
    }
    return true;
}

/* Codes and counts of the filled cells in order. */
static bool put_codes(struct cells *c, struct lc_arena *arena, struct lc_table_column *to)
{
    uint32_t *level_of = LC_NEW(&c->scratch, c->n + 1, uint32_t);
    size_t *counted = LC_NEW(&c->scratch, c->filled + 1, size_t), *count;
    const bool any_empty = c->filled < c->n;
    void *code;

    qsort(c->cell, c->filled, sizeof *c->cell, by_meaning);
    if (!list_levels(c, level_of, counted))
        return false;
    to->codes.n_levels = (uint32_t)(c->k + any_empty);
    to->codes.width = lc_code_width(to->codes.n_levels);
    to->codes.missing = any_empty ? (uint32_t)c->k : LC_NO_CODE;
    c->level = LC_NEW(arena, c->k + 1, const char *);
    count = LC_NEW(arena, c->k + 1, size_t);
    code = lc_arena_alloc(arena, c->n, to->codes.width);
    if (!c->level || !count || !code)
        return false;
    memcpy(count, counted, c->k * sizeof *count);
    count[c->k] = c->n - c->filled;
    for (size_t i = 0; i < c->n; i++)
        lc_code_put(code, to->codes.width, i,
                    level_of[i] == LC_NO_CODE ? (uint32_t)c->k : level_of[i]);
    to->codes.code = code;
    to->count = count;
    to->n_filled = c->filled;
    return true;
}

/* The levels' texts are written, where all went well; the missing one stands last. */
static bool end(struct cells *c, bool good, enum lc_kind kind, struct lc_table_column *to)
{
    lc_arena_release(&c->scratch);
    if (!good)
        return false;
    if (c->filled < c->n)
        c->level[c->k] = LC_MISSING_TEXT;
    to->codes.level = c->level;
    to->kind = c->filled ? kind : LC_KIND_EMPTY;
    to->example = c->filled ? c->level[0] : NULL;
    to->number = NULL;
    to->day = NULL;
    return true;
}

bool lc_column_of_numbers(const double *value, size_t n, struct lc_arena *arena,
                          struct lc_table_column *to)
{
    struct cells c;
    bool good = begin(&c, n, arena);
    double *number = NULL;

    for (size_t i = 0; i < n && good; i++)
        if (!isnan(value[i]))
            c.cell[c.filled++] = (struct cell){NULL, value[i], (uint32_t)i};
    good = good && put_codes(&c, arena, to) && (number = LC_NEW(arena, c.k + 1, double));
    for (size_t v = 0; v < c.k && good; v++) {
        char shortest[LC_REAL_TEXT];

        number[v] = c.cell[v].number;
        lc_real_text(number[v], shortest);
        c.level[v] = lc_arena_text(arena, lc_slice_of(shortest));
        good = c.level[v] != NULL;
    }
    if (!end(&c, good, LC_KIND_NUMBER, to))
        return false;
    number[c.k] = LC_NAN;
    to->number = c.filled ? number : NULL;
    return true;
}

bool lc_column_of_texts(const char *const *text, size_t n, struct lc_arena *arena,
                        struct lc_table_column *to)
{
    struct cells c;
    bool good = begin(&c, n, arena);

    for (size_t i = 0; i < n && good; i++)
        if (text[i])
            c.cell[c.filled++] = (struct cell){text[i], 0, (uint32_t)i};
    good = good && put_codes(&c, arena, to);
    for (size_t v = 0; v < c.k && good; v++)
        c.level[v] = c.cell[v].text;
    return end(&c, good, LC_KIND_TEXT, to);
}

bool lc_column_of_days(const int32_t *day, size_t n, struct lc_arena *arena,
                       struct lc_table_column *to)
{
    struct cells c;
    bool good = begin(&c, n, arena);
    int32_t *days = NULL;

    for (size_t i = 0; i < n && good; i++)
        if (day[i] != LC_NO_DAY)
            c.cell[c.filled++] = (struct cell){NULL, day[i], (uint32_t)i};
    good = good && put_codes(&c, arena, to) && (days = LC_NEW(arena, c.k + 1, int32_t));
    for (size_t v = 0; v < c.k && good; v++) {
        char written[LC_DAY_TEXT];

        days[v] = (int32_t)c.cell[v].number;
        lc_day_text(days[v], written);
        c.level[v] = lc_arena_text(arena, lc_slice_of(written));
        good = c.level[v] != NULL;
    }
    if (!end(&c, good, LC_KIND_DATE, to))
        return false;
    days[c.k] = LC_NO_DAY;
    to->day = c.filled ? days : NULL;
    to->order = LC_DATE_ANY;
    return true;
}
