/* public_data.h - columns of the public sets in ../shared/datasets, where they are there. */
#ifndef LC_PUBLIC_DATA_H
#define LC_PUBLIC_DATA_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/load.h"

/* The path of a file of the public sets in `arena`, or NULL where it is absent: then the reason is
 * printed, and the test should skip(). */
static inline const char *public_path(struct lc_arena *arena, const char *test,
                                      const char *name)
{
    const char *folder = getenv("LEADCAL_DATASETS");
    const char *path =
        lc_arena_format(arena, "%s/%s", folder ? folder : "../shared/datasets", name);
    FILE *in = path ? fopen(path, "rb") : NULL;

    if (!in) {
        print_message("skipped: %s: the public data sets are absent (%s)\n", test, name);
        return NULL;
    }
    (void)fclose(in);
    return path;
}

static inline struct lc_table public_table(struct lc_arena *arena, const char *path)
{
    const struct lc_load_options options = {.quiet = true};
    struct lc_load_account account;
    struct lc_table table;
    struct lc_spec spec;
    struct lc_err err;

    lc_spec_init(&spec);
    if (lc_load(&path, 1, &spec, &options, NULL, arena, &table, &account, &err) != LC_OK)
        fail_msg("%s", err.text);
    return table;
}

/* A column as numbers, NaN where empty. */
static inline double *public_numbers(struct lc_arena *arena, const struct lc_table *t,
                                     const char *name)
{
    double *x = LC_NEW(arena, t->n + 1, double);
    struct lc_err err;
    size_t at = 0;

    assert_int_equal(lc_table_find(t, name, &at, &err), LC_OK);
    assert_int_equal(t->column[at].kind, LC_KIND_NUMBER);
    for (size_t i = 0; i < t->n; i++)
        x[i] = t->column[at].number[lc_code_at(&t->column[at].codes, i)];
    return x;
}

/* 1 where a column holds that text. */
static inline uint8_t *public_is(struct lc_arena *arena, const struct lc_table *t,
                                 const char *name, const char *text)
{
    uint8_t *y = LC_NEW(arena, t->n + 1, uint8_t);
    struct lc_err err;
    size_t at = 0;

    assert_int_equal(lc_table_find(t, name, &at, &err), LC_OK);
    for (size_t i = 0; i < t->n; i++) {
        const struct lc_column *c = &t->column[at].codes;
        const uint32_t v = lc_code_at(c, i);

        y[i] = v != c->missing && strcmp(c->level[v], text) == 0;
    }
    return y;
}

#endif
