#include "leadcal/join.h"

#include "join_internal.h"

/* What lc_join works on. */
struct joining {
    const struct lc_table_column *leads, *key;
    size_t n, m;
    const struct lc_join_rule *rule;
    struct lc_members members;
    uint32_t *order; /* [m] rows as a lead would take them */
    size_t *begin;   /* [leads' levels + 1] where each level's rows stand in `rows` */
    uint32_t *rows;  /* rows of each of the leads' levels, in that order */
};

/* The day a row began; one without a day comes after all others. */
static int32_t day_of(const struct joining *j, size_t row)
{
    const struct lc_table_column *created = j->rule->created;
    const uint32_t code = lc_code_at(&created->codes, row);

    return code == created->codes.missing || !created->day ? INT32_MAX : created->day[code];
}

static enum lc_rc list_rows(struct joining *j, struct lc_arena *arena, size_t *twice,
                            struct lc_err *err)
{
    const struct lc_members *g = &j->members;
    const uint32_t levels = j->leads->codes.n_levels;
    size_t *next = LC_NEW(arena, (size_t)levels + 1, size_t);

    j->begin = LC_NEW(arena, (size_t)levels + 1, size_t);
    if (!j->begin || !next)
        return lc_fail_memory(err, "joining two files");
    for (size_t i = 0; i < j->m; i++) {
        const uint32_t v = lc_code_at(&j->key->codes, i);

        for (size_t k = g->begin[v]; k < g->begin[v + 1]; k++)
            if (j->begin[g->level[k] + 1]++ && !j->rule->created && !j->rule->first) {
                *twice = i;
                return lc_fail(err, LC_EMISMATCH, "a lead matches more than one row");
            }
    }
    for (uint32_t v = 0; v < levels; v++)
        next[v + 1] = j->begin[v + 1] += j->begin[v];
    j->rows = LC_NEW(arena, j->begin[levels], uint32_t);
    if (!j->rows)
        return lc_fail_memory(err, "joining two files");
    for (size_t i = 0; i < j->m; i++) {
        const uint32_t row = j->order[i], v = lc_code_at(&j->key->codes, row);

        for (size_t k = g->begin[v]; k < g->begin[v + 1]; k++)
            j->rows[next[g->level[k]]++] = row;
    }
    return LC_OK;
}

/* The first of a level's rows that began on or after a day; its end where there is none. */
static size_t first_since(const struct joining *j, uint32_t level, int32_t day)
{
    size_t low = j->begin[level], high = j->begin[level + 1];

    while (j->rule->created && low < high) {
        const size_t middle = low + (high - low) / 2;

        if (day_of(j, j->rows[middle]) < day)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static int32_t decided(const struct joining *j, size_t lead)
{
    return j->rule->decided ? j->rule->decided[lead] : LC_NO_DAY;
}

/* Is the leads' level one of those of the first member of the key's? */
static bool stands_first(const struct lc_members *g, uint32_t key, uint32_t level)
{
    for (size_t k = g->begin[key]; k < g->begin[key] + g->primary[key]; k++)
        if (g->level[k] == level)
            return true;
    return false;
}

/* The row of each lead. */
static void take(const struct joining *j, uint32_t *row, uint8_t *has_row, uint8_t *primary,
                 uint8_t *fate, struct lc_join *out)
{
    for (size_t i = 0; i < j->n; i++) {
        const uint32_t level = lc_code_at(&j->leads->codes, i);
        const size_t at = first_since(j, level, decided(j, i));

        row[i] = LC_NO_ROW;
        if (at == j->begin[level + 1])
            continue;
        row[i] = j->rows[at];
        has_row[i] = 1;
        if (primary)
            primary[i] = stands_first(&j->members, lc_code_at(&j->key->codes, row[i]), level);
        fate[row[i]] = LC_FATE_TAKEN;
        out->matched++;
    }
}

/* Why the others were not taken. earliest: [leads' levels] the first decision among its leads. */
static void explain(const struct joining *j, const int32_t *earliest, uint8_t *fate,
                    struct lc_join *out)
{
    for (size_t i = 0; i < j->m; i++) {
        const uint32_t v = lc_code_at(&j->key->codes, i);
        const size_t begin = j->members.begin[v], end = j->members.begin[v + 1];
        bool early = j->rule->created != NULL;

        if (begin == end) {
            fate[i] = LC_FATE_ORPHAN;
            out->orphans++;
        }
        if (begin == end || fate[i] == LC_FATE_TAKEN)
            continue;
        for (size_t k = begin; early && k < end; k++)
            early = day_of(j, i) < earliest[j->members.level[k]];
        fate[i] = early ? LC_FATE_EARLY : LC_FATE_LATER;
    }
}

static enum lc_rc find_rows(const struct joining *j, struct lc_arena *arena,
                            struct lc_join *out, struct lc_err *err)
{
    int32_t *earliest = LC_NEW(arena, j->leads->codes.n_levels, int32_t);
    uint8_t *primary = j->rule->list ? LC_NEW(arena, j->n, uint8_t) : NULL;
    uint8_t *has_row = LC_NEW(arena, j->n, uint8_t), *fate = LC_NEW(arena, j->m, uint8_t);
    uint32_t *row = LC_NEW(arena, j->n, uint32_t);
    struct lc_join made = {row, has_row, primary, fate, j->n, 0, 0};

    if (!earliest || !has_row || !fate || !row || (j->rule->list && !primary))
        return lc_fail_memory(err, "joining two files");
    for (uint32_t v = 0; v < j->leads->codes.n_levels; v++)
        earliest[v] = INT32_MAX;
    for (size_t i = 0; i < j->n; i++) {
        const uint32_t level = lc_code_at(&j->leads->codes, i);

        if (decided(j, i) < earliest[level])
            earliest[level] = decided(j, i);
    }
    for (size_t i = 0; i < j->m; i++)
        fate[i] = LC_FATE_LATER; /* until a lead takes it */
    take(j, row, has_row, primary, fate, &made);
    explain(j, earliest, fate, &made);
    *out = made;
    return LC_OK;
}

/* NOLINTNEXTLINE(readability-function-size): two columns, the rows of each, and the rule */
enum lc_rc lc_join(const struct lc_table_column *leads, size_t n,
                   const struct lc_table_column *key, size_t m, const struct lc_join_rule *rule,
                   struct lc_arena *arena, struct lc_join *out, size_t *twice,
                   struct lc_err *err)
{
    struct joining j = {.leads = leads, .key = key, .n = n, .m = m, .rule = rule};
    struct lc_arena scratch;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit);
    if (!lc_members_find(leads, key, rule, &scratch, &j.members) ||
        !lc_rows_order(key, m, rule, &scratch, &j.order))
        rc = lc_fail_memory(err, "joining two files");
    if (!rc)
        rc = list_rows(&j, &scratch, twice, err);
    if (!rc)
        rc = find_rows(&j, arena, out, err);
    lc_arena_release(&scratch);
    return rc;
}
