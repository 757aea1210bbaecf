/* Which column tells who was won. */
#include <string.h>

#include "propose_internal.h"

#define MOST_VALUES  60 /* an outcome with more values is none */
#define MOST_OFFERED 8  /* columns of two values, where no column looks like an outcome */
#define OFFER                                                     \
    "outcome: no column says won or lost by its name or values; " \
    "those with two values are: "

size_t lc_values_of(const struct lc_column *c)
{
    return c->n_levels - (c->missing != LC_NO_CODE);
}

int lc_won_strength(const char *value)
{
    static const char *const customer[] = {"customer", "converted", "success", "closedwon"};
    static const char *const yes[] = {"yes", "y", "1", "true"};

    if (lc_name_has(value, "won"))
        return 3;
    if (LC_FIRST_WORD(value, customer))
        return 2;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (lc_slice_eq_nocase(lc_slice_of(value), lc_slice_of(yes[i])))
            return 1;
    return 0;
}

static int best_strength(const struct lc_column *c)
{
    int best = 0;

    for (uint32_t v = 0; v < c->n_levels; v++)
        if (v != c->missing && lc_won_strength(c->level[v]) > best)
            best = lc_won_strength(c->level[v]);
    return best == 1 && lc_values_of(c) != 2 ? 0 : best;
}

/* How much a column looks like the outcome: its name and its values together; 0: not. */
static int outcome_score(const struct lc_table_column *c)
{
    static const char *const strong[] = {"won", "outcome", "converted", "conversion", "iswon"};
    static const char *const weak[] = {"stage", "status", "result", "response", "y", "admit"};
    const char *name = c->codes.name;
    int by_name, by_value;

    if ((c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER) ||
        lc_values_of(&c->codes) > MOST_VALUES || lc_values_of(&c->codes) < 2)
        return 0;
    by_value = best_strength(&c->codes);
    by_name = LC_FIRST_WORD(name, strong) ? 3 : LC_FIRST_WORD(name, weak) ? 2 : 0;
    return by_value == 3 || (by_value && by_name) ? by_value + by_name : 0;
}

/* The values of a column that `want` accepts. */
static enum lc_rc pick_values(struct lc_guess *g, const struct lc_column *c, bool won,
                              int strength, struct lc_texts *to, struct lc_err *err)
{
    static const char *const lost_words[] = {"lost",        "disqualified", "rejected",
                                             "unqualified", "dead",         "junk"};
    const bool binary = lc_values_of(c) == 2;
    const char **text = LC_NEW(g->arena, c->n_levels, const char *);
    size_t n = 0;

    if (!text)
        return lc_fail_memory(err, "the proposal");
    for (uint32_t v = 0; v < c->n_levels; v++) {
        const bool is_won = v != c->missing && lc_won_strength(c->level[v]) == strength;

        if (v != c->missing &&
            (won ? is_won : !is_won && (binary || LC_FIRST_WORD(c->level[v], lost_words))))
            text[n++] = c->level[v];
    }
    *to = (struct lc_texts){text, n};
    return LC_OK;
}

/* Columns of two values, in the words of the file; never those of persons. */
static enum lc_rc offer_candidates(struct lc_guess *g, struct lc_err *err)
{
    const char *text = NULL;
    size_t n = 0;
    enum lc_rc rc;

    for (size_t j = 0; j < g->table->k; j++) {
        const struct lc_table_column *c = &g->table->column[j];

        if (c->file || (c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER) ||
            lc_values_of(&c->codes) != 2 || !lc_may_show(c) || n++ >= MOST_OFFERED)
            continue;
        text = lc_arena_format(g->arena, "%s%s%.60s (%.40s, %.40s)", text ? text : "",
                               text ? ", " : "", c->codes.name, c->codes.level[0],
                               c->codes.level[1]);
        if (!text)
            return lc_fail_memory(err, "the proposal");
    }
    if (n > MOST_OFFERED)
        rc = lc_notes_add(&g->notes, err, OFFER "%s and %zu more", text, n - MOST_OFFERED);
    else if (n)
        rc = lc_notes_add(&g->notes, err, OFFER "%s", text);
    else
        rc = lc_notes_add(&g->notes, err,
                          "outcome: no column says won or lost by its name or values, and none "
                          "has two values");
    return rc ? rc
              : lc_notes_add(&g->notes, err,
                             "outcome: name it here: \"outcome\": {\"column\": ..., \"won\": "
                             "[...]}");
}

enum lc_rc lc_guess_outcome(struct lc_guess *g, struct lc_err *err)
{
    const struct lc_table_column *best = NULL;
    struct lc_spec *s = &g->spec;
    int score = 0;
    enum lc_rc rc;

    if (s->outcome.column || s->outcome.won_if_in)
        return LC_OK;
    for (size_t j = 0; j < g->table->k; j++)
        if (g->table->column[j].file == 0 && outcome_score(&g->table->column[j]) > score) {
            best = &g->table->column[j];
            score = outcome_score(best);
        }
    for (size_t f = 1; f < g->table->n_files && !best; f++)
        if (g->table->file[f].name && g->table->file[f].matched) {
            s->outcome.won_if_in = g->table->file[f].name;
            return lc_notes_add(&g->notes, err,
                                "outcome: no column tells who was won, so a lead with a row in "
                                "'%s' counts as won",
                                s->outcome.won_if_in);
        }
    if (!best)
        return offer_candidates(g, err);
    s->outcome.column = best->codes.name;
    rc = pick_values(g, &best->codes, true, best_strength(&best->codes), &s->outcome.won, err);
    if (!rc)
        rc = pick_values(g, &best->codes, false, best_strength(&best->codes), &s->outcome.lost,
                         err);
    return rc ? rc
              : lc_notes_add(&g->notes, err,
                             "outcome: '%s', because its values include '%s'; what is neither "
                             "won nor lost is open",
                             best->codes.name, s->outcome.won.text[0]);
}
