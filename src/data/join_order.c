/* The order in which a lead would take the rows of a second file. Codes stand in the order of what
 * they mean, so that counting sorts, the last criterion first, need no comparing of texts. */
#include <string.h>

#include "join_internal.h"

/* Scratch of the sorts: m rows each, and a place for each level. */
struct sorting {
    uint32_t *order, *other; /* [m] */
    size_t *begin;           /* [most levels + 1] */
    size_t m;
};

/* Rows that are equal in this column keep the order that they have. */
static void sort_by(struct sorting *s, const struct lc_column *c)
{
    uint32_t *sorted = s->other;

    memset(s->begin, 0, ((size_t)c->n_levels + 1) * sizeof *s->begin);
    for (size_t i = 0; i < s->m; i++)
        s->begin[lc_code_at(c, i) + 1]++;
    for (uint32_t v = 1; v < c->n_levels; v++)
        s->begin[v] += s->begin[v - 1];
    for (size_t i = 0; i < s->m; i++)
        sorted[s->begin[lc_code_at(c, s->order[i])]++] = s->order[i];
    s->other = s->order;
    s->order = sorted;
}

static size_t most_levels(const struct lc_table_column *key, const struct lc_join_rule *rule)
{
    uint32_t most = key->codes.n_levels;

    if (rule->created->codes.n_levels > most)
        most = rule->created->codes.n_levels;
    for (size_t j = 0; j < rule->n_ties; j++)
        if (rule->tie[j].codes.n_levels > most)
            most = rule->tie[j].codes.n_levels;
    return most;
}

bool lc_rows_order(const struct lc_table_column *key, size_t m, const struct lc_join_rule *rule,
                   struct lc_arena *arena, uint32_t **order)
{
    struct sorting s = {.order = LC_NEW(arena, m, uint32_t), .m = m};

    if (!s.order)
        return false;
    for (size_t i = 0; i < m; i++)
        s.order[i] = (uint32_t)i;
    if (rule->created) {
        s.other = LC_NEW(arena, m, uint32_t);
        s.begin = LC_NEW(arena, most_levels(key, rule) + 1, size_t);
        if (!s.other || !s.begin)
            return false;
        for (size_t j = rule->n_ties; j-- > 0;)
            if (rule->tie[j].codes.code)
                sort_by(&s, &rule->tie[j].codes);
        sort_by(&s, &key->codes);
        sort_by(&s, &rule->created->codes);
    }
    *order = s.order;
    return true;
}
