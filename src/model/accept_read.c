/* Dispositions, hand-overs and groups: what both tables of acceptance begin with. */
#include <string.h>

#include "accept_internal.h"

static enum lc_rc find_codes(const struct lc_table *table, const char *name,
                             const struct lc_column **codes, struct lc_err *err)
{
    size_t at = 0;
    const enum lc_rc rc = lc_table_find(table, name, &at, err);

    if (rc)
        return rc;
    if (table->column[at].kind == LC_KIND_MANY)
        return lc_fail(err, LC_EMISMATCH,
                       "column '%s' has too many values to be counted by; name another", name);
    *codes = &table->column[at].codes;
    return LC_OK;
}

enum lc_rc lc_acceptance_read(const struct lc_table *table, const struct lc_spec *spec,
                              const struct lc_leads *leads, struct lc_arena *arena,
                              struct lc_acceptance *a, struct lc_err *err)
{
    const struct lc_texts list[] = {[LC_ACCEPTED] = spec->acceptance.accepted,
                                    [LC_REJECTED] = spec->acceptance.rejected,
                                    [LC_RECYCLED] = spec->acceptance.recycled};
    static const char *const word[] = {"accepted", "rejected", "recycled"};
    uint8_t *of_level;
    enum lc_rc rc;

    *a = (struct lc_acceptance){.accepted = leads->accepted, .as_of = leads->as_of};
    if (!spec->acceptance.column)
        return LC_OK;
    rc = find_codes(table, spec->acceptance.column, &a->column, err);
    if (!rc)
        rc = lc_refuse_twice_listed(a->column, list, word, 3, err);
    if (!rc)
        rc = lc_refuse_slips(a->column, list, 3, arena, err);
    if (rc)
        return rc;
    of_level = LC_NEW(arena, a->column->n_levels + 1, uint8_t);
    if (!of_level)
        return lc_fail_memory(err, "acceptance");
    for (uint32_t v = 0; v < a->column->n_levels; v++) {
        of_level[v] = LC_UNDECIDED;
        for (uint8_t k = LC_ACCEPTED; k < LC_UNDECIDED && v != a->column->missing; k++)
            if (lc_texts_have(list[k], a->column->level[v]))
                of_level[v] = k;
    }
    a->of_level = of_level;
    return LC_OK;
}

enum lc_disposition lc_acceptance_of(const struct lc_acceptance *a, size_t i, bool *returned)
{
    const int32_t accepted = a->accepted ? a->accepted[i] : LC_NO_DAY;
    enum lc_disposition stated = LC_UNDECIDED;

    if (a->column)
        stated = (enum lc_disposition)a->of_level[lc_code_at(a->column, i)];
    if (returned)
        *returned = accepted != LC_NO_DAY && accepted <= a->as_of &&
                    (stated == LC_REJECTED || stated == LC_RECYCLED);
    if (accepted == LC_NO_DAY)
        return stated;
    return accepted <= a->as_of ? LC_ACCEPTED : LC_UNDECIDED;
}

/* Which leads were handed over, and when. */
static enum lc_rc find_hand_overs(struct lc_accept_work *w, struct lc_err *err)
{
    const struct lc_leads *l = &w->leads;
    const int32_t *day = l->handed_over ? l->handed_over : l->entered;
    const char *name = l->handed_over ? w->spec->date.handed_over : w->spec->date.entered;
    struct lc_hand_overs *h = &w->hand;
    size_t at = 0;
    enum lc_rc rc = LC_OK;

    *h = (struct lc_hand_overs){.row = LC_NEW(w->scratch, l->n + 1, uint32_t),
                                .day = LC_NEW(w->scratch, l->n + 1, int32_t)};
    if (!h->row || !h->day)
        return lc_fail_memory(err, "the hand-overs");
    if (day)
        rc = lc_table_find(w->table, name, &at, err);
    if (rc)
        return rc;
    if (day)
        h->when = &w->table->column[at];
    for (size_t i = 0; i < l->n; i++) {
        const int32_t on = day ? day[i] : LC_NO_DAY;

        if (l->handed_over && on == LC_NO_DAY)
            continue;
        if (on != LC_NO_DAY && on > l->as_of) {
            h->after_as_of++;
            continue;
        }
        h->undated += on == LC_NO_DAY;
        h->row[h->n] = (uint32_t)i;
        h->day[h->n++] = on;
    }
    return LC_OK;
}

/* Each column groups once, under the first name that it has. */
static enum lc_rc add_grouping(struct lc_accept_work *w, const char *by, const char *column,
                               struct lc_err *err)
{
    const struct lc_column *codes = NULL;
    enum lc_rc rc;

    if (!column)
        return LC_OK;
    rc = find_codes(w->table, column, &codes, err);
    for (size_t g = 0; !rc && g < w->n_groupings; g++)
        if (w->grouping[g].codes == codes)
            return LC_OK;
    if (!rc)
        w->grouping[w->n_groupings++] = (struct lc_grouping){by, codes};
    return rc;
}

static bool same(const char *a, const char *b)
{
    return a && strcmp(a, b) == 0;
}

static enum lc_rc find_groupings(struct lc_accept_work *w, bool roles, struct lc_err *err)
{
    const struct lc_texts by = w->options->by;
    enum lc_rc rc = LC_OK;

    w->grouping = LC_NEW(w->scratch, by.n + 3, struct lc_grouping);
    if (!w->grouping)
        return lc_fail_memory(err, "the groups");
    if (w->grade)
        w->grouping[w->n_groupings++] = (struct lc_grouping){"grade", w->grade};
    if (roles)
        rc = add_grouping(w, "source", w->spec->source, err);
    if (!rc && roles)
        rc = add_grouping(w, "owner", w->spec->owner, err);
    for (size_t i = 0; !rc && i < by.n; i++)
        rc = add_grouping(w,
                          same(w->spec->source, by.text[i])  ? "source"
                          : same(w->spec->owner, by.text[i]) ? "owner"
                                                             : by.text[i],
                          by.text[i], err);
    return rc;
}

enum lc_rc lc_accept_begin(struct lc_accept_work *w, bool roles, struct lc_err *err)
{
    struct lc_notes notes = {.arena = w->scratch};
    enum lc_rc rc = lc_leads_read(w->table, w->spec, false, &notes, w->scratch, &w->leads, err);

    if (!rc)
        rc = find_hand_overs(w, err);
    if (!rc)
        rc = lc_accept_grade(w, err);
    return rc ? rc : find_groupings(w, roles, err);
}

void lc_accept_sort(const struct lc_hand_overs *hand, const struct lc_column *codes,
                    const uint32_t *from, size_t n, uint32_t *to, size_t *start)
{
    for (size_t v = 0; v <= codes->n_levels; v++)
        start[v] = 0;
    for (size_t i = 0; i < n; i++)
        start[lc_code_at(codes, hand->row[from[i]]) + 1]++;
    for (size_t v = 0; v < codes->n_levels; v++)
        start[v + 1] += start[v];
    /* Each group's end is its cursor: filled from behind, it ends at the group's start. */
    for (size_t i = n; i-- > 0;) {
        const uint32_t code = lc_code_at(codes, hand->row[from[i]]);

        to[--start[code + 1]] = from[i];
    }
    for (size_t v = 0; v < codes->n_levels; v++)
        start[v] = start[v + 1];
    start[codes->n_levels] = n;
}
