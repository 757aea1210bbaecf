/* Days of entry as columns of dates. */
#include <stdlib.h>

#include "history_internal.h"

static int by_day(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* The different days of n, sorted; returns how many. */
static size_t days_of(const int32_t *day, size_t n, int32_t *to)
{
    size_t filled = 0, k = 0;

    for (size_t i = 0; i < n; i++)
        if (day[i] != LC_NO_DAY)
            to[filled++] = day[i];
    qsort(to, filled, sizeof *to, by_day);
    for (size_t i = 0; i < filled; i++)
        if (i == 0 || to[i] != to[k - 1])
            to[k++] = to[i];
    return k;
}

static uint32_t code_of(int32_t day, const int32_t *days, size_t k)
{
    const int32_t *at = bsearch(&day, days, k, sizeof *days, by_day);

    return at ? (uint32_t)(at - days) : (uint32_t)k;
}

/* A column of dates: the missing level last, where a record has no day. */
static bool make_column(const int32_t *day, size_t n, const char *name, struct lc_arena *arena,
                        struct lc_table_column *to)
{
    int32_t *days = LC_NEW(arena, n + 1, int32_t);
    struct lc_table_column c = {.codes = {.name = name, .missing = LC_NO_CODE},
                                .kind = LC_KIND_DATE,
                                .order = LC_DATE_YMD};
    const size_t k = days ? days_of(day, n, days) : 0;
    const unsigned width = lc_code_width(k + 1);
    const char **level = LC_NEW(arena, k + 1, const char *);
    size_t *count = LC_NEW(arena, k + 1, size_t);
    void *code = lc_arena_alloc(arena, n + 1, width);

    if (!name || !days || !level || !count || !code)
        return false;
    for (size_t i = 0; i < n; i++) {
        const uint32_t v = code_of(day[i], days, k);

        lc_code_put(code, width, i, v);
        count[v]++;
    }
    for (size_t v = 0; v < k; v++) {
        char written[LC_DAY_TEXT];

        lc_day_text(days[v], written);
        level[v] = lc_arena_text(arena, lc_slice_of(written));
        if (!level[v])
            return false;
    }
    days[k] = LC_NO_DAY;
    level[k] = LC_MISSING_TEXT;
    c.codes.width = width;
    c.codes.code = code;
    c.codes.n_levels = (uint32_t)(k + (count[k] > 0));
    c.codes.missing = count[k] ? (uint32_t)k : LC_NO_CODE;
    c.codes.level = level;
    c.day = days;
    c.count = count;
    c.n_filled = n - count[k];
    c.example = level[0];
    *to = c;
    return true;
}

/* The records by their key: each once. */
static bool make_key(struct lc_arena *arena, struct lc_history *h)
{
    struct lc_table_column *c = &h->key;
    size_t *count = LC_NEW(arena, h->n + 1, size_t);
    uint32_t *code = LC_NEW(arena, h->n + 1, uint32_t);

    if (!count || !code)
        return false;
    for (size_t i = 0; i < h->n; i++) {
        count[i] = 1;
        code[i] = (uint32_t)i;
    }
    c->codes.width = sizeof *code;
    c->codes.code = code;
    c->codes.missing = LC_NO_CODE;
    c->count = count;
    c->n_filled = h->n;
    return true;
}

enum lc_rc lc_history_columns_make(const struct lc_entries *entries, const char *const *stage,
                                   size_t n_stages, const char *prefix, struct lc_arena *arena,
                                   struct lc_history *out, struct lc_err *err)
{
    struct lc_table_column *column = LC_NEW(arena, 2 * n_stages + 1, struct lc_table_column);
    const int32_t *const days[] = {entries->first, entries->last};
    static const char *const word[] = {"first", "last"};

    if (!column || !make_key(arena, out))
        return lc_fail_memory(err, "a history of stages");
    for (size_t s = 0; s < n_stages; s++)
        for (size_t e = 0; e < 2; e++)
            if (!make_column(days[e] + s * entries->n, entries->n,
                             lc_arena_format(arena, "%s.%s %s", prefix, word[e], stage[s]),
                             arena, &column[2 * s + e]))
                return lc_fail_memory(err, "a history of stages");
    out->entry = column;
    out->n_entries = 2 * n_stages;
    return LC_OK;
}
