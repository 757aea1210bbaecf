#include "leadcal/propose.h"

#include <string.h>

#include "cohort_internal.h"

#define MOST_VALUES 60 /* an outcome with more values is none */

/* What is being guessed. */
struct guess {
    const struct lc_table *table;
    struct lc_arena *arena;
    struct lc_spec spec;
    struct lc_notes notes;
};

static const char *first_word(const char *name, const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (lc_name_has(name, word[w]))
            return word[w];
    return NULL;
}

#define FIRST_WORD(name, words) first_word((name), (words), sizeof(words) / sizeof *(words))

/* ---- the outcome ---- */

static size_t values_of(const struct lc_column *c)
{
    return c->n_levels - (c->missing != LC_NO_CODE);
}

/* 3: says that it was won; 2: that somebody became a customer; 1: yes; 0: none of these. */
static int won_strength(const char *value)
{
    static const char *const customer[] = {"customer", "converted", "success", "closedwon"};
    static const char *const yes[] = {"yes", "y", "1", "true"};

    if (lc_name_has(value, "won"))
        return 3;
    if (FIRST_WORD(value, customer))
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
        if (v != c->missing && won_strength(c->level[v]) > best)
            best = won_strength(c->level[v]);
    return best == 1 && values_of(c) != 2 ? 0 : best;
}

/* How much a column looks like the outcome: its name and its values together; 0: not. */
static int outcome_score(const struct lc_table_column *c)
{
    static const char *const strong[] = {"won", "outcome", "converted", "conversion", "iswon"};
    static const char *const weak[] = {"stage", "status", "result", "response", "y", "admit"};
    const char *name = c->codes.name;
    int by_name, by_value;

    if ((c->kind != LC_KIND_TEXT && c->kind != LC_KIND_NUMBER) ||
        values_of(&c->codes) > MOST_VALUES || values_of(&c->codes) < 2)
        return 0;
    by_value = best_strength(&c->codes);
    by_name = FIRST_WORD(name, strong) ? 3 : FIRST_WORD(name, weak) ? 2 : 0;
    return by_value == 3 || (by_value && by_name) ? by_value + by_name : 0;
}

/* The values of a column that `want` accepts. */
static enum lc_rc pick_values(struct guess *g, const struct lc_column *c, bool won,
                              int strength, struct lc_texts *to, struct lc_err *err)
{
    static const char *const lost_words[] = {"lost",        "disqualified", "rejected",
                                             "unqualified", "dead",         "junk"};
    const bool binary = values_of(c) == 2;
    const char **text = LC_NEW(g->arena, c->n_levels, const char *);
    size_t n = 0;

    if (!text)
        return lc_fail_memory(err, "the proposal");
    for (uint32_t v = 0; v < c->n_levels; v++) {
        const bool is_won = v != c->missing && won_strength(c->level[v]) == strength;

        if (v != c->missing &&
            (won ? is_won : !is_won && (binary || FIRST_WORD(c->level[v], lost_words))))
            text[n++] = c->level[v];
    }
    *to = (struct lc_texts){text, n};
    return LC_OK;
}

static enum lc_rc guess_outcome(struct guess *g, struct lc_err *err)
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
        if (g->table->file[f].name) {
            s->outcome.won_if_in = g->table->file[f].name;
            return lc_notes_add(&g->notes, err,
                                "outcome: no column tells who was won, so a lead with a row in "
                                "'%s' counts as won",
                                s->outcome.won_if_in);
        }
    if (!best)
        return lc_notes_add(&g->notes, err,
                            "outcome: no column looks like won and lost; name it here: "
                            "\"outcome\": {\"column\": ..., \"won\": [...]}");
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

/* ---- dates and amounts ---- */

/* The first column of that kind whose name holds one of the words. */
static const char *find_named(const struct guess *g, enum lc_kind kind, const char *const *word,
                              size_t n)
{
    for (size_t w = 0; w < n; w++)
        for (size_t j = 0; j < g->table->k; j++) {
            const struct lc_table_column *c = &g->table->column[j];

            if (c->kind == kind && lc_name_has(c->codes.name, word[w]))
                return c->codes.name;
        }
    return NULL;
}

static enum lc_rc guess_date(struct guess *g, const char **to, const char *key,
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

static enum lc_rc guess_dates(struct guess *g, struct lc_err *err)
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
    if (!s->date.entered && !s->date.handed_over)
        rc = lc_notes_add(&g->notes, err,
                          "dates: no column says when a lead came in, so maturity cannot be "
                          "checked");
    return rc;
}

static enum lc_rc guess_amount(struct guess *g, struct lc_err *err)
{
    static const char *const word[] = {"amount", "revenue", "deal_value", "spend"};

    if (g->spec.amount)
        return LC_OK;
    g->spec.amount = find_named(g, LC_KIND_NUMBER, word, sizeof word / sizeof *word);
    if (g->spec.amount && lc_name_has(g->spec.amount, "annual"))
        g->spec.amount = NULL;
    if (!g->spec.amount)
        return LC_OK;
    return lc_notes_add(&g->notes, err, "amount: '%s', by its name", g->spec.amount);
}

static enum lc_rc guess_acceptance(struct guess *g, struct lc_err *err)
{
    for (size_t j = 0; j < g->table->k && !g->spec.acceptance.column; j++) {
        const struct lc_table_column *c = &g->table->column[j];
        const char *yes = NULL, *no = NULL, **text;

        if (c->kind != LC_KIND_TEXT || values_of(&c->codes) != 2 ||
            !(lc_name_has(c->codes.name, "accepted") || lc_name_has(c->codes.name, "sal")))
            continue;
        for (uint32_t v = 0; v < c->codes.n_levels; v++)
            if (v != c->codes.missing)
                *(won_strength(c->codes.level[v]) == 1 ? &yes : &no) = c->codes.level[v];
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

/* ---- attributes ---- */

static const char *engagement_word(const char *name)
{
    static const char *const word[] = {
        "opens",    "opened", "clicks",    "clicked",    "visits",  "visit",    "visited",
        "pages",    "page",   "pageviews", "views",      "viewed",  "sessions", "webinar",
        "webinars", "demo",   "touch",     "downloads",  "replies", "activity", "activities",
        "meetings", "calls",  "events",    "engagement", "forms",   "recency",  "attended"};

    return FIRST_WORD(name, word);
}

static enum lc_rc add_attribute(struct guess *g, struct lc_spec_attribute *to,
                                const struct lc_table_column *c, struct lc_err *err)
{
    const char *name = c->codes.name, *word = engagement_word(name);

    *to = (struct lc_spec_attribute){.column = name};
    if (!word)
        return LC_OK;
    to->role = LC_ROLE_ENGAGEMENT;
    to->as_of = c->kind == LC_KIND_NUMBER ? LC_AS_OF_EXPORT : LC_AS_OF_UNSAID;
    return lc_notes_add(&g->notes, err, "attributes: '%s' is engagement, by the word '%s'%s",
                        name, word,
                        to->as_of == LC_AS_OF_EXPORT ? ", and counted at the export" : "");
}

/* What the proposal has named already needs no second word. */
static bool is_named(const struct lc_spec *s, const char *column)
{
    const char *const named[] = {s->outcome.column, s->date.entered,     s->date.handed_over,
                                 s->date.accepted,  s->date.closed,      s->date.opportunity,
                                 s->amount,         s->acceptance.column};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i] && strcmp(named[i], column) == 0)
            return true;
    return false;
}

static enum lc_rc sort_columns(struct guess *g, const struct lc_choices *choices,
                               struct lc_err *err)
{
    const size_t room = choices->n + 1;
    struct lc_spec_attribute *attribute = LC_NEW(g->arena, room, struct lc_spec_attribute);
    const char **ignore = LC_NEW(g->arena, room + g->spec.ignore.n, const char *);
    size_t n_attributes = 0, n_ignored = g->spec.ignore.n;
    enum lc_rc rc = LC_OK;

    if (!attribute || !ignore)
        return lc_fail_memory(err, "the proposal");
    if (n_ignored)
        memcpy(ignore, g->spec.ignore.text, n_ignored * sizeof *ignore);
    for (size_t j = 0; j < choices->n && !rc; j++) {
        const struct lc_table_column *c = &g->table->column[choices->of[j].column];
        const enum lc_choice choice = choices->of[j].choice;

        if (choice == LC_CHOICE_FIT) {
            rc = add_attribute(g, &attribute[n_attributes++], c, err);
            continue;
        }
        if (is_named(&g->spec, c->codes.name))
            continue;
        if (choice != LC_CHOICE_LEFT_OUT)
            ignore[n_ignored++] = c->codes.name;
        rc = lc_notes_add(&g->notes, err, "%s: '%s': %s",
                          choice == LC_CHOICE_LEAK ? "ignored, may know the outcome"
                                                   : "no attribute",
                          c->codes.name, choices->of[j].reason);
    }
    g->spec.attribute = attribute;
    g->spec.n_attributes = n_attributes;
    g->spec.ignore = (struct lc_texts){ignore, n_ignored};
    return rc;
}

/* The leak audit needs an outcome; where the leads cannot be counted, columns are not sorted. */
static enum lc_rc guess_attributes(struct guess *g, struct lc_proposal *p, struct lc_err *err)
{
    struct lc_cohort cohort;
    enum lc_rc rc;

    p->has_outcome =
        g->spec.outcome.won_if_in || (g->spec.outcome.column && g->spec.outcome.won.n);
    if (!p->has_outcome)
        return LC_OK;
    rc = lc_cohort_build(g->table, &g->spec, g->arena, &cohort, err);
    if (rc == LC_ENOMEM)
        return rc;
    if (rc)
        return lc_notes_add(&g->notes, err, "attributes: not listed, because: %s", err->text);
    rc = lc_choose_columns(g->table, &g->spec, &cohort, g->arena, &p->choices, err);
    return rc || g->spec.n_attributes ? rc : sort_columns(g, &p->choices, err);
}

enum lc_rc lc_propose(const struct lc_table *table, const struct lc_spec *given,
                      struct lc_arena *arena, struct lc_proposal *out, struct lc_err *err)
{
    struct guess g = {
        .table = table, .arena = arena, .spec = *given, .notes = {.arena = arena}};
    struct lc_proposal p = {0};
    enum lc_rc rc = guess_outcome(&g, err);

    if (!rc)
        rc = guess_dates(&g, err);
    if (!rc)
        rc = guess_amount(&g, err);
    if (!rc)
        rc = guess_acceptance(&g, err);
    if (!rc)
        rc = guess_attributes(&g, &p, err);
    if (rc)
        return rc;
    p.spec = g.spec;
    p.comment = g.notes.text;
    p.n_comments = g.notes.n;
    *out = p;
    return LC_OK;
}
