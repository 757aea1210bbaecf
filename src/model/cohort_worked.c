/* Whom sales took on, and whom it worked at all. */
#include "accept_internal.h"

/* Which of the counted leads sales has taken on, where something says so. */
static enum lc_rc read_accepted(const struct lc_table *table, const struct lc_spec *spec,
                                const struct lc_leads *l, struct lc_arena *arena,
                                struct lc_cohort *c, struct lc_err *err)
{
    struct lc_acceptance a;
    uint8_t *accepted;
    enum lc_rc rc;

    if (lc_accept_missing(spec))
        return LC_OK;
    rc = lc_acceptance_read(table, spec, l, arena, &a, err);
    if (rc)
        return rc;
    accepted = LC_NEW(arena, c->n ? c->n : 1, uint8_t);
    if (!accepted)
        return lc_fail_memory(err, "acceptance");
    for (size_t i = 0; i < c->n; i++)
        accepted[i] = lc_acceptance_of(&a, c->row[i], NULL) == LC_ACCEPTED;
    c->accepted = accepted;
    return LC_OK;
}

/* Reached out to or accepted, where either is known; both as of the as-of date. */
static enum lc_rc find_worked(const struct lc_leads *l, struct lc_arena *arena,
                              struct lc_cohort *c, struct lc_err *err)
{
    uint8_t *worked;

    if (!l->touched && !c->accepted)
        return LC_OK;
    worked = LC_NEW(arena, c->n ? c->n : 1, uint8_t);
    if (!worked)
        return lc_fail_memory(err, "who was worked");
    for (size_t i = 0; i < c->n; i++) {
        const int32_t touched = l->touched ? l->touched[c->row[i]] : LC_NO_DAY;

        worked[i] = (touched != LC_NO_DAY && (l->as_of == LC_NO_DAY || touched <= l->as_of)) ||
                    (c->accepted && c->accepted[i]);
    }
    c->worked = worked;
    return LC_OK;
}

enum lc_rc lc_cohort_worked(const struct lc_table *table, const struct lc_spec *spec,
                            const struct lc_leads *l, struct lc_arena *arena,
                            struct lc_cohort *c, struct lc_err *err)
{
    const enum lc_rc rc = read_accepted(table, spec, l, arena, c, err);

    return rc ? rc : find_worked(l, arena, c, err);
}
