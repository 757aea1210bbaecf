/* The levels of a column as last quarter had them, with those that are new. */
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"
#include "prior_internal.h"

const struct lc_attribute *lc_prior_find(const struct lc_prior *prior, const char *column)
{
    for (size_t j = 0; j < prior->k; j++)
        if (strcmp(prior->attribute[j].column, column) == 0)
            return &prior->attribute[j];
    return NULL;
}

enum lc_rc lc_prior_count(struct lc_attribute *a, const struct lc_table_column *column,
                          const uint32_t *row, const uint8_t *y, size_t n,
                          struct lc_arena *arena, struct lc_err *err)
{
    double *leads = LC_NEW(arena, a->n_levels + 1, double);
    double *won = LC_NEW(arena, a->n_levels + 1, double);
    struct lc_arena scratch;
    struct lc_column codes;
    enum lc_rc rc;

    if (!leads || !won)
        return lc_fail_memory(err, a->column);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_attribute_code(a, column, row, n, &scratch, &codes, err);
    for (size_t i = 0; i < n && !rc; i++) {
        const uint32_t v = lc_code_at(&codes, i);

        leads[v] += 1;
        won[v] += y[i];
    }
    lc_arena_release(&scratch);
    if (rc)
        return rc;
    a->n = leads;
    a->won = won;
    return LC_OK;
}

/* ---- bins ---- */

static bool has_bins(const struct lc_attribute *a)
{
    return a->cut && a->n_levels > (a->missing != LC_NO_CODE);
}

static bool any_empty(const struct lc_table_column *column, const uint32_t *row, size_t n)
{
    for (size_t i = 0; i < n && column->codes.missing != LC_NO_CODE; i++)
        if (lc_code_at(&column->codes, row[i]) == column->codes.missing)
            return true;
    return false;
}

/* The bins as they were; a level for empty cells joins them where none was known. */
static enum lc_rc keep_bins(const struct lc_attribute *old, bool needs_missing,
                            struct lc_arena *arena, struct lc_attribute *a, struct lc_err *err)
{
    const char **level = LC_NEW(arena, old->n_levels + 1, const char *);

    if (!level)
        return lc_fail_memory(err, old->column);
    memcpy(level, old->level, old->n_levels * sizeof *level);
    a->cut = old->cut;
    a->n_cuts = old->n_cuts;
    a->n_levels = old->n_levels;
    a->missing = old->missing;
    if (needs_missing && old->missing == LC_NO_CODE) {
        a->missing = (uint32_t)a->n_levels;
        level[a->n_levels++] = LC_MISSING_TEXT;
    }
    a->level = level;
    return LC_OK;
}

/* ---- texts ---- */

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Numbers by value, before what is none; both by bytes where that does not tell. */
static int by_number(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    double p = 0, q = 0;
    const bool is_p = lc_real_parse(lc_slice_of(x), &p),
               is_q = lc_real_parse(lc_slice_of(y), &q);

    if (is_p != is_q)
        return is_p ? -1 : 1;
    if (p != q)
        return p < q ? -1 : 1;
    return strcmp(x, y);
}

/* The levels of both, each once, in the order that lc_attribute_learn gives them; one that is a spelling
 * by now is the level that it is read as. */
static enum lc_rc unite(const struct lc_attribute *old, const struct lc_table_column *column,
                        struct lc_arena *arena, struct lc_attribute *a, struct lc_err *err)
{
    const bool numbers = column->kind == LC_KIND_NUMBER;
    const struct lc_attribute *const part[] = {old, a};
    const bool missing = old->missing != LC_NO_CODE || a->missing != LC_NO_CODE;
    const char **level = LC_NEW(arena, old->n_levels + a->n_levels + 1, const char *);
    size_t all = 0, n = 0;

    if (!level)
        return lc_fail_memory(err, a->column);
    for (size_t p = 0; p < 2; p++)
        for (size_t v = 0; v < part[p]->n_levels; v++)
            if (v != part[p]->missing)
                level[all++] = lc_table_standard(column, part[p]->level[v]);
    qsort(level, all, sizeof *level, numbers ? by_number : by_bytes);
    for (size_t v = 0; v < all; v++)
        if (n == 0 || strcmp(level[n - 1], level[v]) != 0)
            level[n++] = level[v];
    a->missing = missing ? (uint32_t)n : LC_NO_CODE;
    if (missing)
        level[n++] = LC_MISSING_TEXT;
    a->level = level;
    a->n_levels = n;
    a->value = NULL;
    a->n_values = 0;
    return lc_attribute_spell(column, arena, a, err);
}

/* NOLINTNEXTLINE(readability-function-size): the nine parameters are the contract in prior.h */
enum lc_rc lc_prior_attribute(const struct lc_prior *prior,
                              const struct lc_table_column *column,
                              const struct lc_spec_attribute *given, const uint32_t *row,
                              const uint8_t *y, size_t n, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err)
{
    const struct lc_attribute *old = lc_prior_find(prior, column->codes.name);
    struct lc_attribute made;
    enum lc_rc rc = lc_attribute_learn(column, given, row, y, n, arena, &made, err);

    if (!rc && old && has_bins(old) && !(given && given->n_cuts))
        rc = keep_bins(old, any_empty(column, row, n), arena, &made, err);
    else if (!rc && old && !old->cut && !made.cut && !(given && given->merged) &&
             !lc_attribute_is_merged(old) && !lc_attribute_is_merged(&made))
        rc = unite(old, column, arena, &made, err);
    if (!rc && old)
        rc = lc_prior_count(&made, column, row, y, n, arena, err);
    if (!rc)
        *a = made;
    return rc;
}
