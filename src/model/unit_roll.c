/* Columns that are rolled up from the rows that count in a unit. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/column.h"
#include "leadcal/join.h"
#include "leadcal/num.h"
#include "leadcal/set.h"
#include "unit_internal.h"

static const char memory[] = "the columns of a roll-up";

struct rolling {
    const struct lc_unit_rows *rows;
    const struct lc_spec_roll *roll;
    const struct lc_table_column *from; /* NULL of a count */
    enum lc_unit_of of;
    struct lc_notes *notes;
    struct lc_arena *arena;
    struct lc_arena scratch;
};

static enum lc_rc refuse(const struct rolling *r, const char *why, struct lc_err *err)
{
    return lc_fail(err, LC_EMISMATCH, "column '%.80s' cannot be rolled up as \"%s\": %s",
                   r->roll->column, lc_take_word[r->roll->take], why);
}

/* ---- count and sum ---- */

static enum lc_rc take_numbers(struct rolling *r, struct lc_table_column *to,
                               struct lc_err *err)
{
    const struct lc_unit_rows *rows = r->rows;
    double *value = LC_NEW(&r->scratch, rows->n + 1, double);

    if (!value)
        return lc_fail_memory(err, memory);
    if (r->from && r->from->kind != LC_KIND_NUMBER && r->from->kind != LC_KIND_EMPTY)
        return refuse(r, "it does not hold numbers", err);
    for (size_t u = 0; u < rows->n; u++) {
        value[u] = r->from ? LC_NAN : (double)(rows->begin[u + 1] - rows->begin[u]);
        for (size_t k = rows->begin[u]; r->from && k < rows->begin[u + 1]; k++) {
            const uint32_t v = lc_code_at(&r->from->codes, rows->row[k]);

            if (v != r->from->codes.missing && r->from->number)
                value[u] = (isnan(value[u]) ? 0 : value[u]) + r->from->number[v];
        }
    }
    return lc_column_of_numbers(value, rows->n, r->arena, to) ? LC_OK
                                                              : lc_fail_memory(err, memory);
}

/* ---- best ---- */

/* What each level is worth by its place in the order: one that is not in it counts as less than any of them, and
 * more than an empty cell. unknown  out: rows of such levels. Returns how many levels are in it. */
static size_t rank_by_order(const struct rolling *r, double *rank, size_t *unknown)
{
    const struct lc_table_column *c = r->from;
    size_t known = 0;

    *unknown = 0;
    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        size_t at = 0;

        if (v == c->codes.missing)
            continue;
        while (at < r->roll->order.n && strcmp(r->roll->order.text[at], c->codes.level[v]) != 0)
            at++;
        rank[v] = at < r->roll->order.n ? (double)at : -1;
        known += at < r->roll->order.n;
        *unknown += at == r->roll->order.n ? c->count[v] : 0;
    }
    return known;
}

/* Or by its number. */
static enum lc_rc rank_levels(struct rolling *r, double *rank, struct lc_err *err)
{
    const struct lc_table_column *c = r->from;
    size_t unknown;

    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        rank[v] = c->number && v != c->codes.missing ? c->number[v] : -HUGE_VAL;
    if (c->kind == LC_KIND_EMPTY || (!r->roll->order.n && c->kind == LC_KIND_NUMBER))
        return LC_OK;
    if (!r->roll->order.n)
        return refuse(r,
                      "it does not hold numbers; list its levels from the least to the best "
                      "under \"order\"",
                      err);
    if (!rank_by_order(r, rank, &unknown))
        return refuse(r, "it holds none of the levels of its \"order\"", err);
    if (!unknown)
        return LC_OK;
    return lc_notes_add(r->notes, err,
                        "%zu %s a '%s' that its \"order\" lacks: it counts as the least",
                        unknown, unknown == 1 ? "row has" : "rows have", r->roll->column);
}

static enum lc_rc take_best(struct rolling *r, struct lc_table_column *to, struct lc_err *err)
{
    const struct lc_unit_rows *rows = r->rows;
    const struct lc_column *c = &r->from->codes;
    double *rank = LC_NEW(&r->scratch, c->n_levels + 1, double);
    uint32_t *row = LC_NEW(&r->scratch, rows->n + 1, uint32_t);
    uint8_t *has_row = LC_NEW(&r->scratch, rows->n + 1, uint8_t);
    const struct lc_join join = {.row = row, .has_row = has_row, .n = rows->n};
    enum lc_rc rc;

    if (!rank || !row || !has_row)
        return lc_fail_memory(err, memory);
    rc = rank_levels(r, rank, err);
    if (rc)
        return rc;
    for (size_t u = 0; u < rows->n; u++) {
        row[u] = rows->row[rows->begin[u]];
        has_row[u] = 1;
        for (size_t k = rows->begin[u] + 1; k < rows->begin[u + 1]; k++)
            if (rank[lc_code_at(c, rows->row[k])] > rank[lc_code_at(c, row[u])])
                row[u] = rows->row[k];
    }
    return lc_join_column(r->from, &join, r->arena, to, err);
}

/* ---- values that are there, and new ones ---- */

static int by_slice(const void *a, const void *b)
{
    return lc_slice_cmp(*(const struct lc_slice *)a, *(const struct lc_slice *)b);
}

/* The members of the cells of one unit, each once, in order; how many. to: room for all of them */
static size_t list_members(const struct rolling *r, size_t u, struct lc_slice *to)
{
    size_t n = 0, k = 0;

    for (size_t i = r->rows->begin[u]; i < r->rows->begin[u + 1]; i++) {
        const char *cell = lc_table_cell(r->from, r->rows->row[i]);
        struct lc_slice rest = lc_slice_of(cell ? cell : "");

        while (lc_set_next(&rest, &to[n]))
            n++;
    }
    qsort(to, n, sizeof *to, by_slice);
    for (size_t i = 0; i < n; i++)
        if (k == 0 || !lc_slice_eq(to[k - 1], to[i]))
            to[k++] = to[i];
    return k;
}

/* Bytes and members of the largest unit's cells. */
static void measure(const struct rolling *r, size_t *bytes, size_t *members)
{
    *bytes = *members = 1;
    for (size_t u = 0; u < r->rows->n; u++) {
        size_t b = 1, m = 1;

        for (size_t i = r->rows->begin[u]; i < r->rows->begin[u + 1]; i++) {
            const char *cell = lc_table_cell(r->from, r->rows->row[i]);

            b += cell ? strlen(cell) + 1 : 0;
            m++;
            for (const char *p = cell; p && *p; p++)
                m += *p == ';';
        }
        *bytes = b > *bytes ? b : *bytes;
        *members = m > *members ? m : *members;
    }
}

static enum lc_rc take_any(struct rolling *r, struct lc_table_column *to, struct lc_err *err)
{
    const char **cell = LC_NEW(&r->scratch, r->rows->n + 1, const char *);
    size_t bytes, members;
    struct lc_slice *list;
    char *joined;

    measure(r, &bytes, &members);
    list = LC_NEW(&r->scratch, members + 1, struct lc_slice);
    joined = LC_NEW(&r->scratch, bytes + 1, char);
    if (!cell || !list || !joined)
        return lc_fail_memory(err, memory);
    for (size_t u = 0; u < r->rows->n; u++) {
        const size_t k = list_members(r, u, list);
        size_t at = 0;

        for (size_t m = 0; m < k; m++) {
            if (m)
                joined[at++] = ';';
            memcpy(joined + at, list[m].p, list[m].n);
            at += list[m].n;
        }
        cell[u] = k ? lc_arena_text(r->arena, (struct lc_slice){joined, at}) : NULL;
        if (k && !cell[u])
            return lc_fail_memory(err, memory);
    }
    return lc_column_of_texts(cell, r->rows->n, r->arena, to) ? LC_OK
                                                              : lc_fail_memory(err, memory);
}

/* Has somebody brought a value who came before that day, and had anybody come? */
static bool was_there(const struct rolling *r, size_t u, int32_t before, struct lc_slice value,
                      bool *anybody)
{
    bool found = false;

    *anybody = false;
    for (size_t i = r->rows->begin[u]; i < r->rows->begin[u + 1]; i++) {
        const uint32_t row = r->rows->row[i];
        const char *cell = lc_table_cell(r->from, row);

        if (r->rows->came[row] == LC_NO_DAY || r->rows->came[row] >= before)
            continue;
        *anybody = true;
        found = found || lc_set_has(lc_slice_of(cell ? cell : ""), value);
    }
    return found;
}

static bool brought_new(const struct rolling *r, size_t u)
{
    const int32_t decided = r->rows->day[u];

    for (size_t i = r->rows->begin[u]; i < r->rows->begin[u + 1]; i++) {
        const uint32_t row = r->rows->row[i];
        const int32_t came = r->rows->came[row];
        const char *cell = lc_table_cell(r->from, row);
        struct lc_slice rest = lc_slice_of(cell ? cell : ""), value;
        bool anybody;

        if (came == LC_NO_DAY || came > decided || came <= decided - r->roll->days)
            continue;
        while (lc_set_next(&rest, &value))
            if (!was_there(r, u, came, value, &anybody) && anybody)
                return true;
    }
    return false;
}

static enum lc_rc take_new(struct rolling *r, struct lc_table_column *to, struct lc_err *err)
{
    const char **cell = LC_NEW(&r->scratch, r->rows->n + 1, const char *);

    if (!r->rows->day || !r->rows->came)
        return refuse(r, "no column tells when each came in (\"entered\")", err);
    if (!cell)
        return lc_fail_memory(err, memory);
    for (size_t u = 0; u < r->rows->n; u++)
        if (r->rows->day[u] != LC_NO_DAY)
            cell[u] = brought_new(r, u) ? LC_SET_YES : LC_SET_NO;
    return lc_column_of_texts(cell, r->rows->n, r->arena, to) ? LC_OK
                                                              : lc_fail_memory(err, memory);
}

/* ---- all of them ---- */

static enum lc_rc take_one(struct rolling *r, struct lc_table_column *to, struct lc_err *err)
{
    switch (r->roll->take) {
    case LC_TAKE_COUNT:
    case LC_TAKE_SUM: return take_numbers(r, to, err);
    case LC_TAKE_BEST: return take_best(r, to, err);
    case LC_TAKE_ANY: return take_any(r, to, err);
    case LC_TAKE_NEW: break;
    }
    return take_new(r, to, err);
}

enum lc_rc lc_unit_rolls(const struct lc_table *table, const struct lc_spec *spec,
                         const struct lc_unit_rows *rows, struct lc_notes *notes,
                         struct lc_arena *arena, struct lc_table_column *to, struct lc_err *err)
{
    const struct lc_spec_unit *unit = spec->unit;
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < unit->n_rolls && !rc; i++) {
        const struct lc_spec_roll *roll = &unit->roll[i];
        struct rolling r = {rows, roll, NULL, unit->of, notes, arena, {0}};
        struct lc_table_column made = {0};
        size_t at = 0;

        if (roll->column)
            rc = lc_table_find(table, roll->column, &at, err);
        if (!rc && roll->column)
            r.from = &table->column[at];
        if (!rc && r.from && !r.from->codes.code)
            rc = refuse(&r, "it has too many values", err);
        if (rc)
            break;
        lc_arena_init(&r.scratch, arena->limit - arena->used);
        rc = take_one(&r, &made, err);
        lc_arena_release(&r.scratch);
        made.codes.name = roll->name;
        made.file = 0;
        made.known = roll->take == LC_TAKE_COUNT || roll->take == LC_TAKE_NEW;
        to[i] = made;
    }
    return rc;
}
