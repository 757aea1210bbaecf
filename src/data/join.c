#include "leadcal/join.h"

#include <math.h>
#include <string.h>

#include "leadcal/dict.h"
#include "leadcal/num.h"

/* [levels of the second file] the leads' level of the same bytes, or LC_NO_CODE. */
static uint32_t *match_levels(const struct lc_table_column *leads,
                              const struct lc_table_column *key, struct lc_arena *arena)
{
    uint32_t *same = LC_NEW(arena, key->codes.n_levels, uint32_t);
    struct lc_arena scratch;
    struct lc_dict dict;
    bool ok;

    lc_arena_init(&scratch, arena->limit);
    ok = same && lc_dict_init(&dict, &scratch, &scratch, true);
    for (uint32_t i = 0; ok && i < leads->codes.n_levels; i++)
        ok = lc_dict_code(&dict, lc_slice_of(leads->codes.level[i])) == i;
    for (uint32_t i = 0; ok && i < key->codes.n_levels; i++) {
        same[i] = lc_dict_find(&dict, lc_slice_of(key->codes.level[i]));
        if (i == key->codes.missing || same[i] == leads->codes.missing)
            same[i] = LC_NO_CODE;
    }
    lc_arena_release(&scratch);
    return ok ? same : NULL;
}

enum lc_rc lc_join(const struct lc_table_column *leads, size_t n,
                   const struct lc_table_column *key, size_t m, struct lc_arena *arena,
                   struct lc_join *out, size_t *twice, struct lc_err *err)
{
    const uint32_t *same = match_levels(leads, key, arena);
    uint32_t *row_of = LC_NEW(arena, leads->codes.n_levels, uint32_t);
    uint32_t *row = LC_NEW(arena, n, uint32_t);
    uint8_t *has_row = LC_NEW(arena, n, uint8_t);
    struct lc_join j = {row, has_row, n, 0, 0};

    if (!same || !row_of || !row || !has_row)
        return lc_fail_memory(err, "joining two files");
    for (uint32_t i = 0; i < leads->codes.n_levels; i++)
        row_of[i] = LC_NO_ROW;
    for (size_t i = 0; i < m; i++) {
        const uint32_t level = same[lc_code_at(&key->codes, i)];

        if (level == LC_NO_CODE) {
            j.orphans++;
        } else if (row_of[level] != LC_NO_ROW) {
            *twice = i;
            return lc_fail(err, LC_EMISMATCH, "a lead matches more than one row");
        } else {
            row_of[level] = (uint32_t)i;
        }
    }
    for (size_t i = 0; i < n; i++) {
        row[i] = row_of[lc_code_at(&leads->codes, i)];
        has_row[i] = row[i] != LC_NO_ROW;
        j.matched += has_row[i];
    }
    *out = j;
    return LC_OK;
}

/* What becomes of the levels: those that leads have, in the same order, then the missing one. */
struct recode {
    uint32_t *to; /* [from's levels] */
    const char **level;
    double *number;
    int32_t *day;
    size_t *count;
    uint32_t n, missing;
};

static bool make_recode(const struct lc_table_column *from, struct lc_arena *arena,
                        struct recode *r)
{
    const size_t k = (size_t)from->codes.n_levels + 1;

    *r = (struct recode){.to = LC_NEW(arena, k, uint32_t),
                         .level = LC_NEW(arena, k, const char *),
                         .number = LC_NEW(arena, k, double),
                         .day = LC_NEW(arena, k, int32_t),
                         .count = LC_NEW(arena, k, size_t),
                         .missing = LC_NO_CODE};
    return r->to && r->level && r->number && r->day && r->count;
}

/* Counts the leads of each level, and closes the gaps. */
static void close_gaps(const struct lc_table_column *from, const struct lc_join *join,
                       struct recode *r)
{
    size_t missing = 0;

    for (size_t i = 0; i < join->n; i++) {
        const uint32_t code =
            join->has_row[i] ? lc_code_at(&from->codes, join->row[i]) : from->codes.missing;

        if (code == from->codes.missing)
            missing++;
        else
            r->count[code]++;
    }
    for (uint32_t i = 0; i < from->codes.n_levels; i++) {
        if (i == from->codes.missing || r->count[i] == 0)
            continue;
        r->to[i] = r->n;
        r->level[r->n] = from->codes.level[i];
        r->number[r->n] = from->number ? from->number[i] : LC_NAN;
        r->day[r->n] = from->day ? from->day[i] : LC_NO_DAY;
        r->count[r->n++] = r->count[i];
    }
    if (missing) {
        r->missing = r->n;
        r->level[r->n] = LC_MISSING_TEXT;
        r->number[r->n] = LC_NAN;
        r->day[r->n] = LC_NO_DAY;
        r->count[r->n++] = missing;
    }
}

enum lc_rc lc_join_column(const struct lc_table_column *from, const struct lc_join *join,
                          struct lc_arena *arena, struct lc_table_column *out,
                          struct lc_err *err)
{
    struct lc_table_column c = *from;
    struct recode r;
    void *code;

    if (from->kind == LC_KIND_MANY) {
        *out = c;
        return LC_OK;
    }
    if (!make_recode(from, arena, &r))
        return lc_fail_memory(err, "a joined column");
    close_gaps(from, join, &r);
    c.codes.width = lc_code_width(r.n);
    code = lc_arena_alloc(arena, join->n, c.codes.width);
    if (!code)
        return lc_fail_memory(err, "a joined column");
    for (size_t i = 0; i < join->n; i++) {
        const uint32_t old =
            join->has_row[i] ? lc_code_at(&from->codes, join->row[i]) : from->codes.missing;

        lc_code_put(code, c.codes.width, i, old == from->codes.missing ? r.missing : r.to[old]);
    }
    c.codes.code = code;
    c.codes.level = r.level;
    c.codes.n_levels = r.n;
    c.codes.missing = r.missing;
    c.count = r.count;
    c.n_filled = join->n - (r.missing == LC_NO_CODE ? 0 : r.count[r.missing]);
    if (c.n_filled == 0)
        c.kind = LC_KIND_EMPTY;
    c.number = c.kind == LC_KIND_NUMBER ? r.number : NULL;
    c.day = c.kind == LC_KIND_DATE ? r.day : NULL;
    c.example = c.n_filled ? c.codes.level[0] : NULL;
    *out = c;
    return LC_OK;
}
