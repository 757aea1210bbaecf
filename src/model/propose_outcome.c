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

/* "Closed - Not Converted": what follows did not happen. */
static bool says_not(const char *value)
{
    return lc_word_in_value(value, LC_MEANS_NOT) != NULL;
}

/* Does a text hold another, the case of A-Z apart? */
static bool holds(const char *value, const char *part)
{
    const size_t n = strlen(value), m = strlen(part);

    for (size_t i = 0; i + m <= n; i++)
        if (lc_slice_eq_nocase((struct lc_slice){value + i, m}, lc_slice_of(part)))
            return true;
    return false;
}

bool lc_sounds_lost(const char *value)
{
    const char *part;
    size_t at = 0;

    while ((part = lc_dialect_value_word(LC_MEANS_LOST, &at)) != NULL)
        if (holds(value, part))
            return true;
    return says_not(value) && (lc_word_in_value(value, LC_MEANS_WON) ||
                               lc_word_in_value(value, LC_MEANS_CUSTOMER));
}

bool lc_sounds_open(const char *value)
{
    const char *part;
    size_t at = 0;

    while ((part = lc_dialect_value_word(LC_MEANS_OPEN, &at)) != NULL)
        if (holds(value, part))
            return true;
    return false;
}

static bool says_yes(const char *value)
{
    const char *yes;
    size_t at = 0;

    while ((yes = lc_dialect_value_word(LC_MEANS_YES, &at)) != NULL)
        if (lc_dialect_same(value, yes))
            return true;
    return false;
}

int lc_won_strength(const char *value)
{
    if (lc_sounds_lost(value))
        return 0;
    if (lc_word_in_value(value, LC_MEANS_WON) || lc_dialect_same(value, LC_STAGE_ID_WON))
        return 3;
    if (lc_word_in_value(value, LC_MEANS_CUSTOMER))
        return 2;
    return says_yes(value);
}

static int best_strength(const struct lc_column *c)
{
    int best = 0;

    for (uint32_t v = 0; v < c->n_levels; v++)
        if (v != c->missing && lc_won_strength(c->level[v]) > best)
            best = lc_won_strength(c->level[v]);
    return best == 1 && lc_values_of(c) != 2 ? 0 : best;
}

/* "IsWon": yes and no, where no is not lost but not won yet. */
static bool is_flag(const struct lc_guess *g, const struct lc_table_column *c)
{
    return lc_system_means(g->table, &g->systems, c, LC_MEANS_IS_WON) &&
           best_strength(&c->codes) == 1;
}

/* How much a column looks like the outcome: its name and its values together; 0: not. */
static int outcome_score(const struct lc_guess *g, const struct lc_table_column *c)
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
    if (is_flag(g, c) || lc_system_means(g->table, &g->systems, c, LC_MEANS_OUTCOME))
        by_name = 3;
    return by_value == 3 || (by_value && by_name) ? by_value + by_name : 0;
}

/* The values of a column that `want` accepts. */
static enum lc_rc pick_values(struct lc_guess *g, const struct lc_column *c, bool won,
                              int strength, struct lc_texts *to, struct lc_err *err)
{
    const bool binary = lc_values_of(c) == 2;
    const char **text = LC_NEW(g->arena, c->n_levels, const char *);
    size_t n = 0;

    if (!text)
        return lc_fail_memory(err, "the proposal");
    for (uint32_t v = 0; v < c->n_levels; v++) {
        const char *value = c->level[v];
        const bool is_won = v != c->missing && lc_won_strength(value) == strength;

        if (v != c->missing &&
            (won ? is_won
                 : !is_won && (lc_sounds_lost(value) || (binary && !lc_sounds_open(value)))))
            text[n++] = value;
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

/* The column that looks most like the outcome: of the leads, or of the joined files, where it must
 * say that something was won. */
static const struct lc_table_column *best_column(const struct lc_guess *g, bool joined)
{
    const struct lc_table_column *best = NULL;
    int score = 0;

    for (size_t j = 0; j < g->table->k; j++) {
        const struct lc_table_column *c = &g->table->column[j];

        if ((c->file != 0) != joined || g->unsure[j] || outcome_score(g, c) <= score ||
            (joined && best_strength(&c->codes) < 3 && !is_flag(g, c)))
            continue;
        best = c;
        score = outcome_score(g, c);
    }
    return best;
}

/* What else the column says: of two values the other is lost, even where it does not say so, unless it
 * says that it goes on. */
static enum lc_rc note_outcome(struct lc_guess *g, struct lc_err *err)
{
    const struct lc_spec *s = &g->spec;
    const char *won = s->outcome.won.text[0];

    if (s->outcome.lost.n == 1 && !lc_sounds_lost(s->outcome.lost.text[0]))
        return lc_notes_add(&g->notes, err,
                            "outcome: '%s', because its values include '%s'; its other value, "
                            "'%s', counts as lost, an empty cell as open",
                            s->outcome.column, won, s->outcome.lost.text[0]);
    return lc_notes_add(
        &g->notes, err,
        "outcome: '%s', because its values include '%s'; what is neither won nor "
        "lost is open",
        s->outcome.column, won);
}

static enum lc_rc take_outcome(struct lc_guess *g, const struct lc_table_column *best,
                               struct lc_err *err)
{
    struct lc_spec *s = &g->spec;
    enum lc_rc rc;

    s->outcome.column = best->codes.name;
    rc = pick_values(g, &best->codes, true, best_strength(&best->codes), &s->outcome.won, err);
    if (!rc && !is_flag(g, best))
        rc = pick_values(g, &best->codes, false, best_strength(&best->codes), &s->outcome.lost,
                         err);
    if (!rc)
        rc = note_outcome(g, err);
    if (!rc && g->rival)
        rc = lc_notes_add(
            &g->notes, err,
            "outcome: '%s' of the leads knows it, too, but a row of '%s' says when "
            "and how it came to that",
            g->rival, g->table->file[best->file].name);
    return rc;
}

/* Where a file has stages, a row in it is no win yet. */
static bool has_unsure(const struct lc_guess *g, size_t file)
{
    for (size_t j = 0; j < g->table->k; j++)
        if (g->unsure[j] && g->table->column[j].file == file)
            return true;
    return false;
}

/* What leads did, what changed, and companies or owners that many of them share, say nothing of a win. */
static bool may_be_of_winners(const struct lc_guess *g, size_t f)
{
    const struct lc_table_file *file = &g->table->file[f];
    const size_t taken = file->rows_used - file->orphans;

    return file->name && file->matched && !file->events && !file->changes &&
           2 * file->matched < 3 * taken && !has_unsure(g, f);
}

static enum lc_rc take_file(struct lc_guess *g, struct lc_err *err)
{
    for (size_t f = 1; f < g->table->n_files; f++)
        if (may_be_of_winners(g, f)) {
            g->spec.outcome.won_if_in = g->table->file[f].name;
            return lc_notes_add(&g->notes, err,
                                "outcome: no column tells who was won, so a lead with a row in "
                                "'%s' counts as won",
                                g->spec.outcome.won_if_in);
        }
    return offer_candidates(g, err);
}

/* Which columns have stage ids that nothing confirms. */
static enum lc_rc judge_ids(struct lc_guess *g, struct lc_err *err)
{
    uint8_t *unsure = LC_NEW(g->arena, g->table->k, uint8_t);
    enum lc_rc rc = LC_OK;

    if (!unsure)
        return lc_fail_memory(err, "the proposal");
    for (size_t j = 0; j < g->table->k && !rc; j++) {
        enum lc_stage_judgement judgement = LC_STAGE_NO_ID;

        if (outcome_score(g, &g->table->column[j]))
            rc = lc_stage_judge(g, &g->table->column[j], &judgement, err);
        unsure[j] = judgement == LC_STAGE_UNSURE;
    }
    g->unsure = unsure;
    return rc;
}

enum lc_rc lc_guess_outcome(struct lc_guess *g, struct lc_err *err)
{
    const struct lc_table_column *of_leads, *joined;
    enum lc_rc rc;

    if (g->spec.outcome.column || g->spec.outcome.won_if_in)
        return LC_OK;
    rc = judge_ids(g, err);
    if (rc)
        return rc;
    of_leads = best_column(g, false);
    joined = best_column(g, true);
    if (joined && of_leads && best_strength(&of_leads->codes) < 3)
        g->rival = of_leads->codes.name;
    if (joined && (!of_leads || g->rival))
        return take_outcome(g, joined, err);
    return of_leads ? take_outcome(g, of_leads, err) : take_file(g, err);
}
