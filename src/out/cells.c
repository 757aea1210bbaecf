#include "cells_internal.h"

#include <math.h>
#include <string.h>

#include "leadcal/num.h"

static size_t find_column(const struct lc_frame *f, const char *name)
{
    size_t j = 0;

    while (j < f->k && strcmp(f->heading[j].name, name) != 0)
        j++;
    return j;
}

double lc_cell_number(const struct lc_frame *f, size_t i, const char *column)
{
    const size_t j = find_column(f, column);

    return j < f->k && f->heading[j].cell != LC_CELL_TEXT ? f->value[i * f->k + j].number
                                                          : LC_NAN;
}

const char *lc_cell_text(const struct lc_frame *f, size_t i, const char *column)
{
    const size_t j = find_column(f, column);
    const char *text =
        j < f->k && f->heading[j].cell == LC_CELL_TEXT ? f->value[i * f->k + j].text : NULL;

    return text ? text : "";
}

bool lc_cell_is(const struct lc_frame *f, size_t i, const char *column, const char *text)
{
    return strcmp(lc_cell_text(f, i, column), text) == 0;
}

bool lc_cell_is_repeat(const struct lc_frame *f, size_t i)
{
    return i > 0 && lc_cell_is(f, i - 1, "grade", lc_cell_text(f, i, "grade")) &&
           lc_cell_is(f, i - 1, "model", lc_cell_text(f, i, "model"));
}

bool lc_cell_is_quarter(const struct lc_frame *f, size_t i)
{
    return *lc_cell_text(f, i, "period") != '(';
}

bool lc_cell_is_trend(const struct lc_frame *f, size_t i)
{
    return lc_cell_is(f, i, "by", "(all)") && lc_cell_is_quarter(f, i);
}

/* ---- a smaller table ---- */

static bool keeps(const struct lc_pick *pick, const struct lc_frame *from, size_t i)
{
    return !pick->keep || pick->keep(from, i, pick->context);
}

static bool is_filled(const struct lc_frame *from, const struct lc_pick *pick,
                      const struct lc_heading *h)
{
    for (size_t i = 0; i < from->n; i++)
        if (keeps(pick, from, i) &&
            (*lc_cell_text(from, i, h->name) || !isnan(lc_cell_number(from, i, h->name))))
            return true;
    return false;
}

/* The columns that stay, with their labels; returns NULL where memory is refused. */
static const struct lc_heading *choose_columns(const struct lc_frame *from,
                                               const struct lc_pick *pick,
                                               struct lc_arena *arena, size_t *k)
{
    struct lc_heading *heading = LC_NEW(arena, pick->k, struct lc_heading);

    *k = 0;
    for (size_t j = 0; heading && j < pick->k; j++) {
        struct lc_heading *h = &heading[*k];
        const size_t at = find_column(from, pick->heading[j].name);

        if (pick->drop && !is_filled(from, pick, &pick->heading[j]))
            continue;
        *h = pick->heading[j];
        if (!h->label && at < from->k)
            h->label = from->heading[at].label;
        ++*k;
    }
    return heading;
}

enum lc_rc lc_pick_rows(const struct lc_frame *from, const struct lc_pick *pick,
                        struct lc_arena *arena, struct lc_frame *out, struct lc_err *err)
{
    size_t k;
    const struct lc_heading *heading = choose_columns(from, pick, arena, &k);

    if (!heading)
        return lc_fail_memory(err, pick->name);
    lc_frame_init(out, pick->name, heading, k, arena);
    for (size_t i = 0; i < from->n; i++) {
        union lc_value *row = NULL;
        enum lc_rc rc;

        if (!keeps(pick, from, i))
            continue;
        rc = lc_frame_add(out, &row, err);
        if (rc)
            return rc;
        for (size_t j = 0; j < k; j++)
            if (heading[j].cell == LC_CELL_TEXT)
                row[j].text = lc_cell_text(from, i, heading[j].name);
            else
                row[j].number = lc_cell_number(from, i, heading[j].name);
    }
    return LC_OK;
}

/* ---- levels ---- */

/* The first row of an attribute holds its totals, whatever its level is called. */
static bool is_total(const struct lc_frame *f, size_t i)
{
    return i == 0 || !lc_cell_is(f, i - 1, "attribute", lc_cell_text(f, i, "attribute"));
}

static bool tells_more(const struct lc_frame *f, size_t i, size_t j)
{
    const double a = lc_cell_number(f, i, "iv_adjusted");
    const double b = lc_cell_number(f, j, "iv_adjusted");

    if (a != b && !(isnan(a) && isnan(b)))
        return isnan(b) || a > b;
    return lc_cell_number(f, i, "leads") > lc_cell_number(f, j, "leads");
}

static bool is_higher(const struct lc_frame *f, size_t i, size_t j)
{
    return lc_cell_number(f, i, "ratio") > lc_cell_number(f, j, "ratio");
}

/* Into the list of the first so far; among equals the earlier stays first. */
static size_t keep_first(const struct lc_frame *f,
                         bool (*before)(const struct lc_frame *, size_t, size_t), size_t i,
                         size_t row[LC_TELLING], size_t n)
{
    size_t at = n;

    while (at > 0 && before(f, i, row[at - 1]))
        at--;
    if (at == LC_TELLING)
        return n;
    n -= n == LC_TELLING;
    memmove(row + at + 1, row + at, (n - at) * sizeof *row);
    row[at] = i;
    return n + 1;
}

size_t lc_telling_levels(const struct lc_frame *f, bool totals, size_t row[LC_TELLING])
{
    size_t best[LC_TELLING], n = 0, ordered = 0;

    for (size_t i = 0; i < f->n; i++)
        if (!(totals && is_total(f, i)) && lc_cell_number(f, i, "leads") > 0 &&
            isfinite(lc_cell_number(f, i, "ratio")))
            n = keep_first(f, tells_more, i, best, n);
    for (size_t b = 0; b < n; b++)
        ordered = keep_first(f, is_higher, best[b], row, ordered);
    return n;
}
