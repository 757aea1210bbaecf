/* Who works a lead, where it came from, what sales did with it, and the score in use. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "propose_internal.h"

#define MOST_STATUSES 60  /* a status with more values is none */
#define LONGEST_VALUE 100 /* bytes of a status that are looked at */
#define LEAST_SCORES  5   /* a score of fewer different values is a code */

/* ---- acceptance ---- */

/* "SALES_ACCEPTED" is a name, "Sales accepted" the words that it stands for. */
static bool says(const char *value, enum lc_meaning meaning)
{
    char plain[LONGEST_VALUE];

    (void)snprintf(plain, sizeof plain, "%s", value);
    for (char *p = plain; *p; p++)
        *p = *p == '_' ? ' ' : *p;
    return lc_word_in_value(plain, meaning) != NULL;
}

enum disposition { UNSAID, ACCEPTED, REJECTED, RECYCLED };

static enum disposition disposition_of(const char *value)
{
    if (says(value, LC_MEANS_REJECTED))
        return REJECTED;
    if (says(value, LC_MEANS_RECYCLED))
        return RECYCLED;
    return says(value, LC_MEANS_ACCEPTED) ? ACCEPTED : UNSAID;
}

/* A column named so, of two values: yes and no. */
static bool is_yes_or_no(const struct lc_table_column *c, const char **yes, const char **no)
{
    *yes = *no = NULL;
    if (c->kind != LC_KIND_TEXT || lc_values_of(&c->codes) != 2 ||
        !(lc_name_has(c->codes.name, "accepted") || lc_name_has(c->codes.name, "sal")))
        return false;
    for (uint32_t v = 0; v < c->codes.n_levels; v++)
        if (v != c->codes.missing)
            *(lc_won_strength(c->codes.level[v]) == 1 ? yes : no) = c->codes.level[v];
    return *yes && *no;
}

static bool is_called_status(const struct lc_guess *g, const struct lc_table_column *c)
{
    return lc_system_means(g->table, &g->systems, c, LC_MEANS_STATUS) ||
           lc_name_has(c->codes.name, "status") || lc_name_has(c->codes.name, "disposition");
}

static bool is_status(const struct lc_guess *g, const struct lc_table_column *c)
{
    size_t accepted = 0, rejected = 0;

    if (c->file || c->kind != LC_KIND_TEXT || lc_values_of(&c->codes) > MOST_STATUSES ||
        !is_called_status(g, c) ||
        (g->spec.outcome.column && strcmp(g->spec.outcome.column, c->codes.name) == 0))
        return false;
    for (uint32_t v = 0; v < c->codes.n_levels; v++) {
        if (v == c->codes.missing)
            continue;
        accepted += disposition_of(c->codes.level[v]) == ACCEPTED;
        rejected += disposition_of(c->codes.level[v]) == REJECTED;
    }
    return accepted && rejected;
}

/* The values of one disposition, and their names for a sentence. */
static enum lc_rc list_values(struct lc_guess *g, const struct lc_column *c,
                              enum disposition which, struct lc_texts *to,
                              struct lc_gathered *said, struct lc_err *err)
{
    const char **text = LC_NEW(g->arena, c->n_levels, const char *);
    enum lc_rc rc = LC_OK;
    size_t n = 0;

    if (!text)
        return lc_fail_memory(err, "the proposal");
    *said = (struct lc_gathered){0};
    for (uint32_t v = 0; v < c->n_levels && !rc; v++) {
        if (v == c->missing || disposition_of(c->level[v]) != which)
            continue;
        text[n++] = c->level[v];
        rc = lc_gather(said, c->level[v], g->arena, err);
    }
    *to = (struct lc_texts){text, n};
    return rc;
}

static enum lc_rc take_status(struct lc_guess *g, const struct lc_table_column *c,
                              struct lc_err *err)
{
    struct lc_texts *const to[] = {&g->spec.acceptance.accepted, &g->spec.acceptance.rejected,
                                   &g->spec.acceptance.recycled};
    static const enum disposition which[] = {ACCEPTED, REJECTED, RECYCLED};
    const char *names[3] = {"no value", "no value", "no value"};
    enum lc_rc rc = LC_OK;

    g->spec.acceptance.column = c->codes.name;
    for (size_t k = 0; k < 3 && !rc; k++) {
        struct lc_gathered said;

        rc = list_values(g, &c->codes, which[k], to[k], &said, err);
        if (rc || !said.n)
            continue;
        names[k] = lc_gathered_text(&said, g->arena);
        if (!names[k])
            return lc_fail_memory(err, "the proposal");
    }
    if (rc)
        return rc;
    return lc_notes_add(&g->notes, err,
                        "acceptance: '%s', by its values: accepted is %s; rejected is %s; "
                        "recycled is %s; what stands in no list was not decided",
                        c->codes.name, names[0], names[1], names[2]);
}

static enum lc_rc take_yes(struct lc_guess *g, const char *name, const char *yes,
                           const char *no, struct lc_err *err)
{
    const char **text = LC_NEW(g->arena, 2, const char *);

    if (!text)
        return lc_fail_memory(err, "the proposal");
    text[0] = yes;
    text[1] = no;
    g->spec.acceptance.column = name;
    g->spec.acceptance.accepted = (struct lc_texts){text, 1};
    g->spec.acceptance.rejected = (struct lc_texts){text + 1, 1};
    return lc_notes_add(&g->notes, err, "acceptance: '%s', by its name and its '%s'", name,
                        yes);
}

static enum lc_rc guess_acceptance(struct lc_guess *g, struct lc_err *err)
{
    const char *yes, *no;

    if (g->spec.acceptance.column)
        return LC_OK;
    for (size_t j = 0; j < g->table->k; j++)
        if (is_yes_or_no(&g->table->column[j], &yes, &no))
            return take_yes(g, g->table->column[j].codes.name, yes, no, err);
    for (size_t j = 0; j < g->table->k; j++)
        if (is_status(g, &g->table->column[j]))
            return take_status(g, &g->table->column[j], err);
    return LC_OK;
}

/* ---- owner and source ---- */

/* A column of the leads that groups them: as its system calls it, else the first of the words. */
static const char *find_group(const struct lc_guess *g, enum lc_meaning meaning)
{
    const struct lc_table_column *c =
        lc_system_column(g->table, &g->systems, 0, meaning, LC_WORDS);
    const char *word;
    size_t at = 0;

    if (c && lc_values_of(&c->codes) > 1)
        return c->codes.name;
    while ((word = lc_dialect_name_word(meaning, &at)) != NULL)
        for (size_t j = 0; j < g->table->k; j++) {
            c = &g->table->column[j];
            if (c->file == 0 && c->kind == LC_KIND_TEXT && lc_values_of(&c->codes) > 1 &&
                lc_name_has(c->codes.name, word))
                return c->codes.name;
        }
    return NULL;
}

static enum lc_rc guess_group(struct lc_guess *g, const char **to, enum lc_meaning meaning,
                              struct lc_err *err)
{
    if (*to)
        return LC_OK;
    *to = find_group(g, meaning);
    if (!*to)
        return LC_OK;
    return lc_notes_add(&g->notes, err, "%s: '%s', by its name", lc_meaning_text(meaning), *to);
}

/* What a file of users calls the owner says more than an id, of which there may be too many to keep. */
static enum lc_rc guess_owner(struct lc_guess *g, struct lc_err *err)
{
    const struct lc_table_column *c;
    enum lc_rc rc = LC_OK;

    if (g->spec.owner)
        return LC_OK;
    c = lc_system_column(g->table, &g->systems, 0, LC_MEANS_OWNER, LC_ANY_KIND);
    if (c)
        rc = lc_guess_owner_name(g, c->codes.name, err);
    return rc ? rc : guess_group(g, &g->spec.owner, LC_MEANS_OWNER, err);
}

/* ---- the score in use ---- */

/* A letter, or a letter and a digit: "A1", "C". */
static bool is_grade(const char *value)
{
    return value[0] >= 'A' && value[0] <= 'F' &&
           (!value[1] || (isdigit((unsigned char)value[1]) && !value[2]));
}

static bool holds_grades(const struct lc_column *c)
{
    for (uint32_t v = 0; v < c->n_levels; v++)
        if (v != c->missing && !is_grade(c->level[v]))
            return false;
    return lc_values_of(c) > 1;
}

static bool is_called_score(const struct lc_table_column *c)
{
    return lc_name_has(c->codes.name, "grade") || lc_name_has(c->codes.name, "rating") ||
           lc_name_has(c->codes.name, "score");
}

const char *lc_propose_grade(const struct lc_table *table)
{
    for (size_t j = 0; j < table->k; j++) {
        const struct lc_table_column *c = &table->column[j];

        if (c->file == 0 && c->kind == LC_KIND_TEXT && is_called_score(c) &&
            holds_grades(&c->codes))
            return c->codes.name;
    }
    return NULL;
}

static bool is_score(const struct lc_guess *g, const struct lc_table_column *c)
{
    const bool called = lc_system_means(g->table, &g->systems, c, LC_MEANS_SCORE);

    if (c->file || lc_texts_have(g->spec.ignore, c->codes.name))
        return false;
    if (c->kind == LC_KIND_NUMBER)
        return (called || lc_name_has(c->codes.name, "score")) &&
               lc_values_of(&c->codes) >= LEAST_SCORES;
    return c->kind == LC_KIND_TEXT && holds_grades(&c->codes) && (called || is_called_score(c));
}

static enum lc_rc guess_current(struct lc_guess *g, struct lc_err *err)
{
    for (size_t j = 0; j < g->table->k && !g->spec.current; j++) {
        const struct lc_table_column *c = &g->table->column[j];

        if (!is_score(g, c) ||
            (g->spec.outcome.column && strcmp(g->spec.outcome.column, c->codes.name) == 0))
            continue;
        g->spec.current = lc_arena_format(g->arena, "column:%s", c->codes.name);
        if (!g->spec.current)
            return lc_fail_memory(err, "the proposal");
        return lc_notes_add(&g->notes, err,
                            "current: '%s' is the score in use, by its name and its %s; it is "
                            "compared with the new one, and is no attribute",
                            c->codes.name, c->kind == LC_KIND_NUMBER ? "numbers" : "grades");
    }
    return LC_OK;
}

enum lc_rc lc_guess_roles(struct lc_guess *g, struct lc_err *err)
{
    enum lc_rc rc = guess_acceptance(g, err);

    if (!rc)
        rc = guess_owner(g, err);
    if (!rc)
        rc = guess_group(g, &g->spec.source, LC_MEANS_SOURCE, err);
    if (!rc)
        rc = lc_guess_account(g, err);
    return rc ? rc : guess_current(g, err);
}
