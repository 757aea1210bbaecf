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

/* ---- dates and amounts ---- */

/* The first column of that kind whose name holds one of the words. */
static const char *find_named(const struct lc_guess *g, enum lc_kind kind,
                              const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        for (size_t j = 0; j < g->table->k; j++) {
            const struct lc_table_column *c = &g->table->column[j];

            if (c->kind == kind && lc_name_has(c->codes.name, word[w]))
                return c->codes.name;
        }
    return NULL;
}

static enum lc_rc guess_date(struct lc_guess *g, const char **to, const char *key,
                             const char *const *word, size_t n, struct lc_err *err)
{
    if (*to)
        return LC_OK;
    *to = find_named(g, LC_KIND_DATE, word, n);
    if (!*to)
        return LC_OK;
    return lc_notes_add(&g->notes, err, "dates: %s is '%s', by its name", key, *to);
}

#define GUESS_DATE(g, to, key, words, err) \
    guess_date((g), (to), (key), (words), sizeof(words) / sizeof *(words), (err))

static enum lc_rc guess_dates(struct lc_guess *g, struct lc_err *err)
{
    static const char *const entered[] = {"created", "createdate", "entered",
                                          "create",  "contact",    "received",
                                          "signup",  "inquiry",    "submitted"};
    static const char *const handed[] = {"handed", "handover", "mql"};
    static const char *const accepted[] = {"accepted"};
    static const char *const closed[] = {"close", "closed", "closedate", "won"};
    static const char *const opportunity[] = {"opportunity", "deal"};
    struct lc_spec *s = &g->spec;
    enum lc_rc rc = GUESS_DATE(g, &s->date.opportunity, "opportunity", opportunity, err);

    if (!rc)
        rc = GUESS_DATE(g, &s->date.closed, "closed", closed, err);
    if (!rc)
        rc = GUESS_DATE(g, &s->date.accepted, "accepted", accepted, err);
    if (!rc)
        rc = GUESS_DATE(g, &s->date.handed_over, "handed_over", handed, err);
    if (!rc)
        rc = GUESS_DATE(g, &s->date.entered, "entered", entered, err);
    if (rc)
        return rc;
    /* One column cannot be two days: "opportunity_close_date" is the closing. */
    if (s->date.opportunity && s->date.closed &&
        strcmp(s->date.opportunity, s->date.closed) == 0)
        s->date.opportunity = NULL;
    for (size_t j = 0; j < g->table->k && !rc; j++)
        if (g->table->column[j].kind == LC_KIND_DATE && g->table->column[j].ambiguous)
            rc =
                lc_notes_add(&g->notes, err,
                             "dates: '%s' can be read day first or month first; say which with "
                             "--date-order dmy|mdy or \"date_order\" in the spec",
                             g->table->column[j].codes.name);
    if (!rc && !s->date.entered && !s->date.handed_over)
        rc = lc_notes_add(&g->notes, err,
                          "dates: no column says when a lead came in, so maturity cannot be "
                          "checked");
    return rc;
}

static enum lc_rc guess_amount(struct lc_guess *g, struct lc_err *err)
{
    static const char *const word[] = {"amount", "revenue", "deal_value", "spend"};

    if (g->spec.amount)
        return LC_OK;
    for (size_t w = 0; w < sizeof word / sizeof *word && !g->spec.amount; w++)
        for (size_t j = 0; j < g->table->k && !g->spec.amount; j++) {
            const struct lc_table_column *c = &g->table->column[j];

            /* A lead that is not won has no won amount. */
            if (c->kind == LC_KIND_NUMBER && c->n_filled < g->table->n &&
                lc_name_has(c->codes.name, word[w]) && !lc_name_has(c->codes.name, "annual"))
                g->spec.amount = c->codes.name;
        }
    if (!g->spec.amount)
        return LC_OK;
    return lc_notes_add(&g->notes, err, "amount: '%s', by its name, and not every lead has one",
                        g->spec.amount);
}

static enum lc_rc guess_acceptance(struct lc_guess *g, struct lc_err *err)
{
    for (size_t j = 0; j < g->table->k && !g->spec.acceptance.column; j++) {
        const struct lc_table_column *c = &g->table->column[j];
        const char *yes = NULL, *no = NULL, **text;

        if (c->kind != LC_KIND_TEXT || lc_values_of(&c->codes) != 2 ||
            !(lc_name_has(c->codes.name, "accepted") || lc_name_has(c->codes.name, "sal")))
            continue;
        for (uint32_t v = 0; v < c->codes.n_levels; v++)
            if (v != c->codes.missing)
                *(lc_won_strength(c->codes.level[v]) == 1 ? &yes : &no) = c->codes.level[v];
        text = LC_NEW(g->arena, 2, const char *);
        if (!text)
            return lc_fail_memory(err, "the proposal");
        if (!yes || !no)
            continue;
        text[0] = yes;
        text[1] = no;
        g->spec.acceptance.column = c->codes.name;
        g->spec.acceptance.accepted = (struct lc_texts){text, 1};
        g->spec.acceptance.rejected = (struct lc_texts){text + 1, 1};
        return lc_notes_add(&g->notes, err, "acceptance: '%s', by its name and its '%s'",
                            c->codes.name, yes);
    }
    return LC_OK;
}

enum lc_rc lc_propose(const struct lc_table *table, const struct lc_spec *given,
                      struct lc_arena *arena, struct lc_proposal *out, struct lc_err *err)
{
    struct lc_guess g = {
        .table = table, .arena = arena, .spec = *given, .notes = {.arena = arena}};
    struct lc_proposal p = {0};
    enum lc_rc rc = lc_guess_outcome(&g, err);

    if (!rc)
        rc = guess_dates(&g, err);
    if (!rc)
        rc = guess_amount(&g, err);
    if (!rc)
        rc = guess_acceptance(&g, err);
    if (!rc)
        rc = lc_guess_attributes(&g, &p, err);
    if (rc)
        return rc;
    p.spec = g.spec;
    p.comment = g.notes.text;
    p.n_comments = g.notes.n;
    *out = p;
    return LC_OK;
}
