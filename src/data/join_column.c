/* A column of a second file, row by row of the leads. */
#include "leadcal/join.h"
#include "leadcal/num.h"

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
