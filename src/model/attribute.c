#include "leadcal/attribute.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"

#define QUARTILES 3

/* Leads and wins of each level of the table's column among the rows. */
struct tally {
    double *n, *won;
};

static bool count_levels(const struct lc_table_column *column, const uint32_t *row,
                         const uint8_t *y, size_t n, struct lc_arena *arena, struct tally *t)
{
    const struct lc_column *c = &column->codes;

    t->n = LC_NEW(arena, c->n_levels + 1, double);
    t->won = LC_NEW(arena, c->n_levels + 1, double);
    if (!t->n || !t->won)
        return false;
    for (size_t i = 0; i < n; i++) {
        const uint32_t code = lc_code_at(c, row[i]);

        t->n[code] += 1;
        if (y)
            t->won[code] += y[i];
    }
    return true;
}

/* Distinct values of a NUMBER column among the counted rows; levels are sorted by value. */
static size_t distinct_values(const struct lc_table_column *column, const double *n)
{
    double before = LC_NAN;
    size_t distinct = 0;

    for (uint32_t v = 0; v < column->codes.n_levels; v++) {
        if (v == column->codes.missing || n[v] == 0)
            continue;
        distinct += !(column->number[v] == before);
        before = column->number[v];
    }
    return distinct;
}

/* The value at a 0-based rank among the counted rows. */
static double value_at(const struct lc_table_column *column, const double *n, double rank)
{
    double seen = 0, last = LC_NAN;

    for (uint32_t v = 0; v < column->codes.n_levels; v++) {
        if (v == column->codes.missing || n[v] == 0)
            continue;
        seen += n[v];
        last = column->number[v];
        if (rank < seen)
            return last;
    }
    return last;
}

/* R's type 7 quartiles from counts; equal ones once. */
static size_t quartile_cuts(const struct lc_table_column *column, const double *n, double *cut)
{
    double all = 0;
    size_t k = 0;

    for (uint32_t v = 0; v < column->codes.n_levels; v++)
        if (v != column->codes.missing)
            all += n[v];
    for (int q = 1; q <= QUARTILES; q++) {
        const double h = (all - 1) * q / (QUARTILES + 1), below = floor(h);
        const double low = value_at(column, n, below), high = value_at(column, n, below + 1);
        const double c = low + (h - below) * (high - low);

        if (k == 0 || c > cut[k - 1])
            cut[k++] = c;
    }
    return k;
}

/* The bin of a value: right-closed, (cut[j - 1], cut[j]]. */
static size_t bin_of(const double *cut, size_t n_cuts, double x)
{
    size_t j = 0;

    while (j < n_cuts && x > cut[j])
        j++;
    return j;
}

static const char *bin_text(const double *cut, size_t n_cuts, size_t j, struct lc_arena *arena)
{
    char low[LC_REAL_TEXT] = "-inf", high[LC_REAL_TEXT] = "inf";

    if (j > 0)
        lc_real_text(cut[j - 1], low);
    if (j < n_cuts)
        lc_real_text(cut[j], high);
    return lc_arena_format(arena, "(%s,%s]", low, high);
}

/* Cuts whose bin below holds no row go: the empty bin joins the one above it. */
static size_t drop_empty_bins(const struct lc_table_column *column, const double *n,
                              double *cut, size_t n_cuts, double *scratch)
{
    size_t kept = 0;

    memset(scratch, 0, (n_cuts + 1) * sizeof *scratch);
    for (uint32_t v = 0; v < column->codes.n_levels; v++)
        if (v != column->codes.missing)
            scratch[bin_of(cut, n_cuts, column->number[v])] += n[v];
    for (size_t j = 0; j < n_cuts; j++)
        if (scratch[j] > 0)
            cut[kept++] = cut[j];
    if (kept && scratch[n_cuts] == 0)
        kept--; /* nothing above the last cut: its bin reaches to the end */
    return kept;
}

static enum lc_rc learn_bins(const struct lc_table_column *column, const struct tally *t,
                             double *cut, size_t n_cuts, struct lc_arena *arena,
                             struct lc_attribute *a, struct lc_err *err)
{
    const uint32_t missing = column->codes.missing;
    const bool has_missing = missing != LC_NO_CODE && t->n[missing] > 0;
    double *n = LC_NEW(arena, n_cuts + 2, double), *won = LC_NEW(arena, n_cuts + 2, double);
    const char **level = LC_NEW(arena, n_cuts + 2, const char *);
    bool any = false;

    if (!n || !won || !level)
        return lc_fail_memory(err, column->codes.name);
    n_cuts = drop_empty_bins(column, t->n, cut, n_cuts, n);
    memset(n, 0, (n_cuts + 2) * sizeof *n);
    for (uint32_t v = 0; v < column->codes.n_levels; v++)
        if (v != missing && t->n[v] > 0) {
            const size_t j = bin_of(cut, n_cuts, column->number[v]);

            n[j] += t->n[v];
            won[j] += t->won[v];
            any = true;
        }
    a->n_levels = any ? n_cuts + 1 : 0;
    for (size_t j = 0; j < a->n_levels; j++) {
        level[j] = bin_text(cut, n_cuts, j, arena);
        if (!level[j])
            return lc_fail_memory(err, column->codes.name);
    }
    if (has_missing) {
        a->missing = (uint32_t)a->n_levels;
        n[a->missing] = t->n[missing];
        won[a->missing] = t->won[missing];
        level[a->n_levels++] = LC_MISSING_TEXT;
    }
    a->cut = cut;
    a->n_cuts = n_cuts;
    a->level = level;
    a->n = n;
    a->won = won;
    return LC_OK;
}

static enum lc_rc learn_levels(const struct lc_table_column *column, const struct tally *t,
                               struct lc_arena *arena, struct lc_attribute *a,
                               struct lc_err *err)
{
    const uint32_t most = column->codes.n_levels + 1;
    double *n = LC_NEW(arena, most, double), *won = LC_NEW(arena, most, double);
    const char **level = LC_NEW(arena, most, const char *);

    if (!n || !won || !level)
        return lc_fail_memory(err, column->codes.name);
    for (uint32_t v = 0; v < column->codes.n_levels; v++) {
        if (t->n[v] == 0)
            continue;
        if (v == column->codes.missing)
            a->missing = (uint32_t)a->n_levels;
        level[a->n_levels] =
            v == column->codes.missing ? LC_MISSING_TEXT : column->codes.level[v];
        n[a->n_levels] = t->n[v];
        won[a->n_levels] = t->won[v];
        a->n_levels++;
    }
    a->level = level;
    a->n = n;
    a->won = won;
    return LC_OK;
}

enum lc_rc lc_attribute_learn(const struct lc_table_column *column,
                              const struct lc_spec_attribute *given, const uint32_t *row,
                              const uint8_t *y, size_t n, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err)
{
    struct lc_attribute made = {.column = column->codes.name, .missing = LC_NO_CODE};
    const size_t given_cuts = given ? given->n_cuts : 0;
    double *cut = LC_NEW(arena, given_cuts + QUARTILES, double);
    struct tally t;
    enum lc_rc rc;

    assert(column->kind != LC_KIND_MANY && column->kind != LC_KIND_DATE);
    if (given) {
        made.role = given->role;
        made.as_of = given->as_of;
    }
    if (!cut || !count_levels(column, row, y, n, arena, &t))
        return lc_fail_memory(err, column->codes.name);
    if (given_cuts && column->kind != LC_KIND_NUMBER && column->kind != LC_KIND_EMPTY)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' has cuts in the spec but holds texts; take its cuts out or "
                       "name the texts that mean no value in \"missing\"",
                       column->codes.name);
    if (column->kind == LC_KIND_NUMBER && given_cuts) {
        memcpy(cut, given->cut, given_cuts * sizeof *cut);
        rc = learn_bins(column, &t, cut, given_cuts, arena, &made, err);
    } else if (column->kind == LC_KIND_NUMBER &&
               distinct_values(column, t.n) > LC_MOST_PLAIN_NUMBERS) {
        const size_t k = quartile_cuts(column, t.n, cut);

        rc = learn_bins(column, &t, cut, k, arena, &made, err);
    } else {
        rc = learn_levels(column, &t, arena, &made, err);
    }
    if (!rc)
        *a = made;
    return rc;
}

/* A level's text and its number, sorted by text for look-ups. */
struct entry {
    const char *text;
    uint32_t level;
};

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct entry *)a)->text, ((const struct entry *)b)->text);
}

/* Which level of the attribute each level of the table's column is. */
static bool map_texts(const struct lc_attribute *a, const struct lc_column *c,
                      struct lc_arena *arena, uint32_t *map)
{
    struct entry *sorted = LC_NEW(arena, a->n_levels + 1, struct entry);
    size_t k = 0;

    if (!sorted)
        return false;
    for (uint32_t v = 0; v < a->n_levels; v++)
        if (v != a->missing)
            sorted[k++] = (struct entry){a->level[v], v};
    if (k)
        qsort(sorted, k, sizeof *sorted, by_text);
    for (uint32_t v = 0; v < c->n_levels; v++) {
        const struct entry wanted = {.text = c->level[v]};
        const struct entry *found =
            v == c->missing || !k ? NULL : bsearch(&wanted, sorted, k, sizeof *sorted, by_text);

        map[v] = found ? found->level : (uint32_t)a->n_levels;
    }
    return true;
}

static enum lc_rc map_bins(const struct lc_attribute *a, const struct lc_table_column *column,
                           uint32_t *map, struct lc_err *err)
{
    const struct lc_column *c = &column->codes;

    if (column->kind != LC_KIND_NUMBER && column->kind != LC_KIND_EMPTY)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' holds texts where the model has bins of numbers; mend the "
                       "export, or name those texts in \"missing\"",
                       c->name);
    for (uint32_t v = 0; v < c->n_levels; v++)
        map[v] = v == c->missing || (a->n_levels == 1 && a->missing == 0)
                     ? (uint32_t)a->n_levels
                     : (uint32_t)bin_of(a->cut, a->n_cuts, column->number[v]);
    return LC_OK;
}

enum lc_rc lc_attribute_code(const struct lc_attribute *a, const struct lc_table_column *column,
                             const uint32_t *row, size_t n, struct lc_arena *arena,
                             struct lc_column *out, struct lc_err *err)
{
    const struct lc_column *c = &column->codes;
    const unsigned width = lc_code_width(a->n_levels + 1);
    const char **level = LC_NEW(arena, a->n_levels + 1, const char *);
    uint32_t *map = LC_NEW(arena, (size_t)c->n_levels + 1, uint32_t);
    void *code = lc_arena_alloc(arena, n ? n : 1, width);
    enum lc_rc rc;

    if (!level || !map || !code)
        return lc_fail_memory(err, c->name);
    if (a->cut) {
        rc = map_bins(a, column, map, err);
        if (rc)
            return rc;
    } else if (!map_texts(a, c, arena, map)) {
        return lc_fail_memory(err, c->name);
    }
    if (c->missing != LC_NO_CODE && a->missing != LC_NO_CODE)
        map[c->missing] = a->missing;
    for (size_t i = 0; i < n; i++)
        lc_code_put(code, width, i, map[lc_code_at(c, row[i])]);
    if (a->n_levels)
        memcpy(level, a->level, a->n_levels * sizeof *level);
    level[a->n_levels] = "(unseen)";
    *out = (struct lc_column){.name = a->column,
                              .width = width,
                              .code = code,
                              .n_levels = (uint32_t)a->n_levels + 1,
                              .level = level,
                              .missing = a->missing};
    return LC_OK;
}

size_t lc_attribute_level(const struct lc_attribute *a, struct lc_slice s)
{
    double x;

    s = lc_slice_trim(s);
    if (s.n == 0 || lc_slice_eq(s, lc_slice_of(LC_MISSING_TEXT)))
        return a->missing == LC_NO_CODE ? a->n_levels : a->missing;
    if (a->cut) {
        if (!lc_real_parse(s, &x) || (a->n_levels == 1 && a->missing == 0))
            return a->n_levels;
        return bin_of(a->cut, a->n_cuts, x);
    }
    for (size_t v = 0; v < a->n_levels; v++)
        if (v != a->missing && lc_slice_eq(s, lc_slice_of(a->level[v])))
            return v;
    return a->n_levels;
}
