#include "attribute_internal.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/num.h"

static bool count_levels(const struct lc_table_column *column, const uint32_t *row,
                         const uint8_t *y, size_t n, struct lc_arena *arena, struct lc_tally *t)
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

static enum lc_rc learn_levels(const struct lc_table_column *column, const struct lc_tally *t,
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

/* Cuts, where the attribute goes into bins: in arena, since what is given may not live as long.
 * *cut NULL: it does not. */
static enum lc_rc choose_cuts(const struct lc_table_column *column,
                              const struct lc_spec_attribute *given, const struct lc_tally *t,
                              struct lc_arena *arena, double **cut, size_t *n,
                              struct lc_err *err)
{
    const struct lc_spec_attribute none = {0}, *g = given ? given : &none;

    *cut = NULL;
    if ((g->n_cuts || g->trend) && column->kind != LC_KIND_NUMBER &&
        column->kind != LC_KIND_EMPTY)
        return lc_fail(
            err, LC_EMISMATCH,
            "column '%s' has %s in the spec but holds texts; take %s out or name the "
            "texts that mean no value in \"missing\"",
            column->codes.name, g->n_cuts ? "cuts" : "a trend", g->n_cuts ? "its cuts" : "it");
    if (column->kind != LC_KIND_NUMBER)
        return LC_OK;
    if (!g->n_cuts && !g->trend && lc_distinct_values(column, t->n) <= LC_MOST_PLAIN_NUMBERS)
        return LC_OK;
    if (!g->n_cuts && (g->trend || g->bins == LC_BINS_DP || g->merged))
        return lc_best_cuts(column, t, g->trend, arena, cut, n, err);
    *cut = LC_NEW(arena, g->n_cuts + LC_QUARTILE_CUTS, double);
    if (!*cut)
        return lc_fail_memory(err, column->codes.name);
    *n = g->n_cuts ? g->n_cuts : lc_quartile_cuts(column, t->n, *cut);
    if (g->n_cuts)
        memcpy(*cut, g->cut, *n * sizeof **cut);
    return LC_OK;
}

enum lc_rc lc_attribute_learn(const struct lc_table_column *column,
                              const struct lc_spec_attribute *given, const uint32_t *row,
                              const uint8_t *y, size_t n, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err)
{
    struct lc_attribute made = {.column = column->codes.name,
                                .set_of = column->set_of,
                                .member = column->member,
                                .missing = LC_NO_CODE};
    double *cut = NULL;
    size_t n_cuts = 0;
    struct lc_tally t;
    enum lc_rc rc;

    assert(column->kind != LC_KIND_MANY && column->kind != LC_KIND_DATE);
    if (given) {
        made.cap = given->cap;
        made.role = given->role;
        made.intent = given->intent;
        made.as_of = given->as_of;
    }
    if (column->known)
        made.as_of = LC_AS_OF_DECISION;
    if (column->computed) {
        made.computed = column->computed;
        made.role = LC_ROLE_ENGAGEMENT;
        made.as_of = LC_AS_OF_DECISION;
    }
    if (!count_levels(column, row, y, n, arena, &t))
        return lc_fail_memory(err, column->codes.name);
    rc = choose_cuts(column, given, &t, arena, &cut, &n_cuts, err);
    if (rc)
        return rc;
    if (cut)
        made.decimal = column->decimal;
    if (cut)
        rc = lc_learn_bins(column, &t, cut, n_cuts, arena, &made, err);
    else
        rc = learn_levels(column, &t, arena, &made, err);
    if (!rc && !cut && given && given->merged)
        rc = lc_merge_levels(&made, arena, err);
    if (!rc)
        rc = lc_attribute_spell(column, arena, &made, err);
    if (!rc)
        *a = made;
    return rc;
}

size_t lc_attribute_values(const struct lc_attribute *a)
{
    return a->value ? a->n_values : a->n_levels;
}

struct lc_attribute_value lc_attribute_value(const struct lc_attribute *a, size_t i)
{
    return a->value ? a->value[i]
                    : (struct lc_attribute_value){.text = a->level[i], .level = (uint32_t)i};
}

static int by_text(const void *a, const void *b)
{
    return strcmp(((const struct lc_attribute_value *)a)->text,
                  ((const struct lc_attribute_value *)b)->text);
}

/* Which level of the attribute each level of the table's column is. */
static bool map_texts(const struct lc_attribute *a, const struct lc_column *c,
                      struct lc_arena *arena, uint32_t *map)
{
    const size_t n = lc_attribute_values(a);
    struct lc_attribute_value *sorted = LC_NEW(arena, n + 1, struct lc_attribute_value);
    size_t k = 0;

    if (!sorted)
        return false;
    for (size_t i = 0; i < n; i++) {
        sorted[k] = lc_attribute_value(a, i);
        k += sorted[k].level != a->missing;
    }
    if (k)
        qsort(sorted, k, sizeof *sorted, by_text);
    for (uint32_t v = 0; v < c->n_levels; v++) {
        const struct lc_attribute_value wanted = {.text = c->level[v]};
        const struct lc_attribute_value *found =
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
                     : (uint32_t)lc_bin_of(a->cut, a->n_cuts, column->number[v]);
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

enum lc_rc lc_attribute_code_learnt(const struct lc_attribute *a,
                                    const struct lc_table_column *column, const uint32_t *row,
                                    size_t n, struct lc_arena *arena, struct lc_column *out,
                                    struct lc_err *err)
{
    struct lc_column coded;
    const enum lc_rc rc = lc_attribute_code(a, column, row, n, arena, &coded, err);

    if (rc)
        return rc;
    coded.n_levels = (uint32_t)a->n_levels;
    *out = coded;
    return LC_OK;
}

enum lc_rc lc_attribute_credit(struct lc_attribute *a, const struct lc_table_column *column,
                               const uint32_t *row, const double *credit, size_t n,
                               struct lc_arena *arena, struct lc_err *err)
{
    double *won = LC_NEW(arena, a->n_levels + 1, double);
    struct lc_arena scratch;
    struct lc_column codes;
    enum lc_rc rc;

    if (!won)
        return lc_fail_memory(err, a->column);
    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = lc_attribute_code(a, column, row, n, &scratch, &codes, err);
    for (size_t i = 0; !rc && i < n; i++)
        won[lc_code_at(&codes, i)] += credit[i];
    lc_arena_release(&scratch);
    if (!rc)
        a->won = won;
    return rc;
}

const char *lc_attribute_source(const struct lc_attribute *a)
{
    return a->set_of ? a->set_of : a->of ? a->of : a->column;
}

static bool read_number(const struct lc_attribute *a, struct lc_slice s, double *x)
{
    return a->decimal ? lc_number_parse(s, a->decimal, x) : lc_real_parse(s, x);
}

bool lc_attribute_differs(const struct lc_attribute *a, struct lc_slice s)
{
    const struct lc_number_look look = lc_number_look(s);
    double x;

    return a->cut && (look.point != look.comma || look.differ) && !read_number(a, s, &x);
}

size_t lc_attribute_level_by_number(const struct lc_attribute *a, struct lc_slice s)
{
    const struct lc_number_look look = lc_number_look(s);
    double x, y;

    if (a->cut || look.point == look.comma || !lc_number_parse(s, LC_DECIMAL_ANY, &x))
        return a->n_levels;
    for (size_t i = 0; i < lc_attribute_values(a); i++) {
        const struct lc_attribute_value value = lc_attribute_value(a, i);
        const struct lc_slice text = lc_slice_of(value.text);
        const struct lc_number_look other = lc_number_look(text);

        if (value.level != a->missing && other.point == look.comma &&
            other.comma == look.point && lc_number_parse(text, LC_DECIMAL_ANY, &y) && x == y)
            return value.level;
    }
    return a->n_levels;
}

size_t lc_attribute_level(const struct lc_attribute *a, struct lc_slice s)
{
    double x;

    s = lc_slice_trim(s);
    if (s.n == 0 || lc_slice_eq(s, lc_slice_of(LC_MISSING_TEXT)))
        return a->missing == LC_NO_CODE ? a->n_levels : a->missing;
    if (a->cut) {
        if (!read_number(a, s, &x) || (a->n_levels == 1 && a->missing == 0))
            return a->n_levels;
        return lc_bin_of(a->cut, a->n_cuts, x);
    }
    for (size_t i = 0; i < lc_attribute_values(a); i++) {
        const struct lc_attribute_value value = lc_attribute_value(a, i);

        if (value.level != a->missing && lc_slice_eq(s, lc_slice_of(value.text)))
            return value.level;
    }
    return a->n_levels;
}
