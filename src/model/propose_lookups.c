/* Files beside the leads and the opportunities: changes of stages, companies and users. */
#include <string.h>

#include "propose_internal.h"

/* ---- changes ---- */

static bool holds(const struct lc_table_column *c, const char *value)
{
    for (uint32_t v = 0; c->kind == LC_KIND_TEXT && v < c->codes.n_levels; v++)
        if (v != c->codes.missing && strcmp(c->codes.level[v], value) == 0)
            return true;
    return false;
}

enum lc_rc lc_propose_history(const struct lc_table *other, struct lc_arena *arena,
                              struct lc_spec_file *file, struct lc_err *err)
{
    struct lc_spec_history *h = LC_NEW(arena, 1, struct lc_spec_history);
    const char **name = LC_NEW(arena, other->k + 1, const char *);
    struct lc_change_columns at;
    size_t from = 0;

    if (!h || !name)
        return lc_fail_memory(err, "the proposal");
    for (size_t j = 0; j < other->k; j++)
        name[j] = other->column[j].codes.name;
    if (!lc_dialect_changes(name, other->k, &at) ||
        other->column[at.changed].kind != LC_KIND_DATE)
        return LC_OK;
    h->time = name[at.changed];
    h->value = name[at.value];
    if (at.field < other->k) {
        h->field = name[at.field];
        while ((h->is = lc_dialect_stage_field(at.table, &from)) != NULL)
            if (holds(&other->column[at.field], h->is))
                break;
        if (!h->is)
            return LC_OK;
    }
    file->key = name[at.record];
    file->history = h;
    return LC_OK;
}

/* ---- deals, or not ---- */

bool lc_tells_deals(const struct lc_table *other)
{
    static const enum lc_meaning deal[] = {LC_MEANS_IS_WON, LC_MEANS_IS_CLOSED,
                                           LC_MEANS_AMOUNT};
    static const char *const word[] = {"stage", "status", "won", "deal", "outcome", "closed"};

    for (size_t j = 0; j < other->k; j++) {
        const char *name = other->column[j].codes.name;

        if (LC_FIRST_WORD(name, word))
            return true;
        for (size_t m = 0; m < sizeof deal / sizeof *deal; m++)
            if (lc_dialect_means(name, deal[m]))
                return true;
    }
    return false;
}

/* ---- users ---- */

/* The file whose key the column of the owner holds; 0: none. */
static size_t file_of_owner(const struct lc_guess *g, const char *owner)
{
    const struct lc_spec *s = &g->spec;

    for (size_t f = 1; f < s->n_files; f++)
        if (s->file[f].join && strcmp(s->file[f].join, owner) == 0 && !s->file[f].events &&
            !s->file[f].history)
            return f;
    return 0;
}

/* What a user is best known by: a team names no person. */
static const struct lc_table_column *best_name(const struct lc_guess *g, size_t file)
{
    static const char *const word[] = {"team", "department", "region", "role", "name", "alias"};

    for (size_t w = 0; w < sizeof word / sizeof *word; w++)
        for (size_t j = 0; j < g->table->k; j++) {
            const struct lc_table_column *c = &g->table->column[j];

            if (c->file == file && c->kind == LC_KIND_TEXT && lc_values_of(&c->codes) > 1 &&
                lc_name_has(c->codes.name + strlen(g->table->file[file].name), word[w]) &&
                !lc_ends_in(c->codes.name, "id"))
                return c;
        }
    return NULL;
}

enum lc_rc lc_guess_owner_name(struct lc_guess *g, const char *owner, struct lc_err *err)
{
    const struct lc_table_column *c;

    g->owner_file = file_of_owner(g, owner);
    c = g->owner_file ? best_name(g, g->owner_file) : NULL;
    if (!c)
        return LC_OK;
    g->spec.owner = c->codes.name;
    return lc_notes_add(
        &g->notes, err,
        "owner: '%s', for '%s' of the leads is the key of '%s'; what else stands "
        "there is of the owner, and no attribute of the lead",
        c->codes.name, owner, g->table->file[g->owner_file].name);
}

/* ---- accounts ---- */

/* What more than half of the leads belong to is no account but a place to put them: folds that keep it
 * together would be no folds. */
static bool is_placeholder(const struct lc_table_column *c)
{
    for (uint32_t v = 0; c->count && v < c->codes.n_levels; v++)
        if (v != c->codes.missing && 2 * c->count[v] > c->n_filled)
            return true;
    return false;
}

/* A column of a file that means the account, or, of a file of companies, its own id. */
static const struct lc_table_column *account_in(const struct lc_guess *g, size_t file,
                                                enum lc_meaning meaning)
{
    const struct lc_table_column *c = lc_system_column(
        g->table, &g->systems, file, meaning, LC_WORDS | LC_NUMBERS | 1U << LC_KIND_MANY);

    return c && c->n_filled && !c->like_set && !c->is_set && !is_placeholder(c) ? c : NULL;
}

/* The web site of a company is as good an account as any. */
static const struct lc_table_column *key_of(const struct lc_guess *g, size_t file)
{
    const size_t n = strlen(g->table->file[file].name) + 1;

    for (size_t j = 0; j < g->table->k; j++)
        if (g->table->column[j].file == file && g->table->column[j].n_filled &&
            !is_placeholder(&g->table->column[j]) &&
            strcmp(g->table->column[j].codes.name + n, g->spec.file[file].key) == 0)
            return &g->table->column[j];
    return NULL;
}

/* Leads that have one; of a joined column that was not kept, as many as have a row of its file. */
static size_t leads_with(const struct lc_guess *g, const struct lc_table_column *c)
{
    return c->file && c->kind == LC_KIND_MANY ? g->table->file[c->file].matched : c->n_filled;
}

/* Of several columns the one that most leads have; of a tie the first: the leads' own, then a company's. */
static const struct lc_table_column *best_account(const struct lc_guess *g)
{
    const struct lc_table_column *best = NULL;

    for (size_t f = 0; f < g->systems.n; f++) {
        const bool companies =
            f && f < g->spec.n_files &&
            (g->spec.file[f].domain ||
             lc_system_column(g->table, &g->systems, f, LC_MEANS_WEBSITE, LC_ANY_KIND));
        const struct lc_table_column *c = account_in(g, f, LC_MEANS_ACCOUNT);

        if (!c && companies)
            c = account_in(g, f, LC_MEANS_ID);
        if (!c && f && f < g->spec.n_files && g->spec.file[f].domain)
            c = key_of(g, f);
        if (c && (!best || leads_with(g, c) > leads_with(g, best)))
            best = c;
    }
    return best;
}

enum lc_rc lc_guess_account(struct lc_guess *g, struct lc_err *err)
{
    const struct lc_table_column *c = g->spec.account ? NULL : best_account(g);

    if (!c)
        return LC_OK;
    g->spec.account = c->codes.name;
    return lc_notes_add(
        &g->notes, err,
        "account: '%s'; leads of one account are kept together in tests (%zu of "
        "%zu leads have one)",
        c->codes.name, leads_with(g, c), g->table->n);
}
