#include "leadcal/propose.h"

#include <string.h>

#include "propose_internal.h"

const char *lc_first_word(const char *name, const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (lc_name_has(name, word[w]))
            return word[w];
    return NULL;
}

enum lc_rc lc_gather(struct lc_gathered *to, const char *name, struct lc_arena *arena,
                     struct lc_err *err)
{
    if (to->n < LC_MOST_NAMED) {
        to->names = to->n ? lc_arena_format(arena, "%s, %s", to->names, name) : name;
        if (!to->names)
            return lc_fail_memory(err, "the proposal");
    }
    to->n++;
    return LC_OK;
}

const char *lc_gathered_text(const struct lc_gathered *from, struct lc_arena *arena)
{
    if (from->n <= LC_MOST_NAMED)
        return from->names;
    return lc_arena_format(arena, "%s and %zu more", from->names, from->n - LC_MOST_NAMED);
}

/* A lead that is not won has no won amount; what a firm earns is none. */
static bool is_amount(const struct lc_guess *g, const struct lc_table_column *c,
                      const char *word)
{
    static const char *const of_firm[] = {"annual", "yearly", "monthly", "declared"};

    return c->kind == LC_KIND_NUMBER && c->n_filled < g->table->n &&
           lc_name_has(c->codes.name, word) && !LC_FIRST_WORD(c->codes.name, of_firm);
}

/* In the outcome's file alone, or in any: as its system calls it, else by words. */
static const char *amount_in(const struct lc_guess *g, bool of_outcome)
{
    const size_t file = lc_outcome_file(g->table, &g->spec);
    const struct lc_table_column *c = NULL;
    const char *word;
    size_t at = 0;

    for (size_t f = 0; f < g->systems.n && !c; f++)
        if (!of_outcome || f == file)
            c = lc_system_column(g->table, &g->systems, f, LC_MEANS_AMOUNT, LC_NUMBERS);
    if (c)
        return c->codes.name;
    while ((word = lc_dialect_name_word(LC_MEANS_AMOUNT, &at)) != NULL)
        for (size_t j = 0; j < g->table->k; j++)
            if ((!of_outcome || g->table->column[j].file == file) &&
                is_amount(g, &g->table->column[j], word))
                return g->table->column[j].codes.name;
    return NULL;
}

static enum lc_rc guess_amount(struct lc_guess *g, struct lc_err *err)
{
    const char *name = NULL;

    if (g->spec.amount)
        return LC_OK;
    for (size_t turn = 0; turn < 2 && !name; turn++)
        name = amount_in(g, turn == 0);
    if (!name)
        return LC_OK;
    g->spec.amount = name;
    return lc_notes_add(&g->notes, err, "amount: '%s', by its name, and not every lead has one",
                        name);
}

enum lc_rc lc_propose(const struct lc_table *table, const struct lc_spec *given,
                      struct lc_arena *arena, struct lc_proposal *out, struct lc_err *err)
{
    struct lc_guess g = {
        .table = table, .arena = arena, .spec = *given, .notes = {.arena = arena}};
    struct lc_proposal p = {0};
    enum lc_rc rc = lc_systems_find(table, arena, &g.systems, err);

    if (!rc)
        rc = lc_note_systems(&g, err);
    if (!rc)
        rc = lc_note_ids(&g, err);
    if (!rc)
        rc = lc_guess_outcome(&g, err);
    if (!rc)
        rc = lc_guess_dates(&g, err);
    if (!rc)
        rc = lc_note_reopened(&g, err);
    if (!rc)
        rc = guess_amount(&g, err);
    if (!rc)
        rc = lc_guess_roles(&g, err);
    if (!rc)
        rc = lc_guess_attributes(&g, &p, err);
    if (!rc)
        rc = lc_propose_mapping(&g, given, &p, err);
    if (rc)
        return rc;
    p.spec = g.spec;
    p.comment = g.notes.text;
    p.n_comments = g.notes.n;
    *out = p;
    return LC_OK;
}
