/* Leads that belong together: of one account, or of one opportunity. */
#include "cohort_internal.h"

/* Numbers given so far to the accounts and to the opportunities; LC_NO_ROW: none yet. */
struct numbers {
    const struct lc_column *account;         /* NULL: no column */
    const struct lc_table_file *opportunity; /* NULL: the leads' own columns tell the outcome */
    uint32_t *of_account, *of_opportunity;
};

static uint32_t *none_yet(size_t n, struct lc_arena *scratch)
{
    uint32_t *to = LC_NEW(scratch, n + 1, uint32_t);

    for (size_t i = 0; to && i < n; i++)
        to[i] = LC_NO_ROW;
    return to;
}

static enum lc_rc find_sources(const struct lc_table *table, const struct lc_spec *spec,
                               struct lc_arena *scratch, struct numbers *to, struct lc_err *err)
{
    const size_t file = lc_outcome_file(table, spec);
    size_t at = 0;

    *to = (struct numbers){0};
    if (spec->account) {
        const enum lc_rc rc = lc_table_find(table, spec->account, &at, err);

        if (rc)
            return rc;
        /* A proposal reads no more of an account with many values than their number. */
        to->account = table->column[at].codes.code && table->column[at].kind != LC_KIND_EMPTY
                          ? &table->column[at].codes
                          : NULL;
    }
    if (file)
        to->opportunity = &table->file[file];
    to->of_account = none_yet(to->account ? to->account->n_levels : 0, scratch);
    to->of_opportunity = none_yet(file ? to->opportunity->rows_used : 0, scratch);
    return to->of_account && to->of_opportunity ? LC_OK
                                                : lc_fail_memory(err, "leads of one account");
}

/* The place where the number of what the lead belongs to is kept; NULL: to nothing. */
static uint32_t *number_of(const struct numbers *s, uint32_t lead)
{
    if (s->account && lc_code_at(s->account, lead) != s->account->missing)
        return &s->of_account[lc_code_at(s->account, lead)];
    if (s->opportunity && s->opportunity->row[lead] != LC_NO_ROW)
        return &s->of_opportunity[s->opportunity->row[lead]];
    return NULL;
}

enum lc_rc lc_cohort_belonging(const struct lc_table *table, const struct lc_spec *spec,
                               struct lc_arena *arena, struct lc_cohort *c, struct lc_err *err)
{
    struct lc_arena scratch;
    struct numbers numbers;
    uint32_t *cluster = NULL, n = 0;
    enum lc_rc rc;

    lc_arena_init(&scratch, arena->limit - arena->used);
    rc = find_sources(table, spec, &scratch, &numbers, err);
    if (!rc && !(cluster = LC_NEW(arena, c->n ? c->n : 1, uint32_t)))
        rc = lc_fail_memory(err, "leads of one account");
    for (size_t i = 0; i < c->n && !rc; i++) {
        uint32_t *known = number_of(&numbers, c->row[i]);

        cluster[i] = known && *known != LC_NO_ROW ? *known : n++;
        if (known)
            *known = cluster[i];
    }
    lc_arena_release(&scratch);
    if (rc || n == c->n)
        return rc;
    c->cluster = cluster;
    c->n_clusters = n;
    return LC_OK;
}
