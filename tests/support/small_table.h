/* small_table.h - tables typed into tests, without a file in sight. */
#ifndef LC_SMALL_TABLE_H
#define LC_SMALL_TABLE_H

#include <stdlib.h>
#include <string.h>

#include "leadcal/arena.h"
#include "leadcal/date.h"
#include "leadcal/num.h"
#include "leadcal/table.h"

/* Levels as the loader orders them: numbers by value, texts by bytes, the empty cell last. */
static inline int small_by_value(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    double p = 0, q = 0;

    if (lc_real_parse(lc_slice_of(x), &p) && lc_real_parse(lc_slice_of(y), &q) && p < q)
        return -1;
    if (lc_real_parse(lc_slice_of(x), &p) && lc_real_parse(lc_slice_of(y), &q) && p > q)
        return 1;
    return strcmp(x, y);
}

/* One column of n cells; "" is an empty cell. Dates are given as day numbers in text. */
static inline struct lc_table_column small_column(struct lc_arena *arena, const char *name,
                                                  enum lc_kind kind, const char *const *cell,
                                                  size_t n)
{
    const char **level = LC_NEW(arena, n + 1, const char *);
    struct lc_table_column c = {.codes = {.name = name, .width = 4, .missing = LC_NO_CODE},
                                .kind = kind};
    uint32_t *code = LC_NEW(arena, n + 1, uint32_t), k = 0;
    double *number = LC_NEW(arena, n + 1, double);
    int32_t *day = LC_NEW(arena, n + 1, int32_t);
    size_t *count = LC_NEW(arena, n + 1, size_t);
    bool any_empty = false;

    for (size_t i = 0; i < n; i++) {
        bool known = !*cell[i];

        any_empty = any_empty || !*cell[i];
        for (uint32_t v = 0; v < k && !known; v++)
            known = strcmp(level[v], cell[i]) == 0;
        if (!known)
            level[k++] = cell[i];
    }
    qsort(level, k, sizeof *level, small_by_value);
    if (any_empty)
        c.codes.missing = k;
    for (size_t i = 0; i < n; i++) {
        code[i] = c.codes.missing;
        for (uint32_t v = 0; v < k; v++)
            if (strcmp(level[v], cell[i]) == 0)
                code[i] = v;
        count[code[i]]++;
        c.n_filled += code[i] != c.codes.missing;
    }
    if (any_empty)
        level[k++] = LC_MISSING_TEXT;
    for (uint32_t v = 0; v < k; v++) {
        double x = LC_NAN;

        if (v != c.codes.missing && kind != LC_KIND_TEXT)
            (void)lc_real_parse(lc_slice_of(level[v]), &x);
        number[v] = x;
        day[v] = v == c.codes.missing || kind != LC_KIND_DATE ? LC_NO_DAY : (int32_t)x;
    }
    c.codes.n_levels = k;
    c.codes.level = level;
    c.codes.code = code;
    c.count = count;
    c.number = kind == LC_KIND_NUMBER ? number : NULL;
    c.day = kind == LC_KIND_DATE ? day : NULL;
    return c;
}

/* A joined file: the first lead with a row has the first of its m rows, and so on; the rows that are
 * left belong to no lead. */
static inline struct lc_table_file small_joined(struct lc_arena *arena, const char *name,
                                                const uint8_t *has_row, size_t n, size_t m)
{
    uint32_t *row = LC_NEW(arena, n + 1, uint32_t), *key = LC_NEW(arena, n + 1, uint32_t);
    uint8_t *fate = LC_NEW(arena, m + 1, uint8_t);
    struct lc_table_file file = {.path = name,
                                 .name = name,
                                 .rows_used = m,
                                 .has_row = has_row,
                                 .row = row,
                                 .fate = fate};

    for (size_t i = 0; i < n; i++) {
        key[i] = (uint32_t)i;
        row[i] = has_row[i] ? (uint32_t)file.matched++ : LC_NO_ROW;
    }
    for (size_t i = file.matched; i < m; i++)
        fate[i] = LC_FATE_ORPHAN;
    file.orphans = m - file.matched;
    file.lead = (struct lc_column){.width = 4, .code = key, .missing = LC_NO_CODE};
    return file;
}

/* A table of columns made by small_column, of n rows. */
static inline struct lc_table small_table(struct lc_table_column *column, size_t k, size_t n)
{
    static struct lc_table_file leads = {.path = "leads.csv"};

    for (size_t j = 0; j < k; j++)
        column[j].at = j;
    return (struct lc_table){.n = n, .k = k, .column = column, .file = &leads, .n_files = 1};
}

#endif
