/* Which columns are attributes, and why the others are none. */
#include <string.h>

#include "propose_internal.h"

static const char *engagement_word(const char *name)
{
    static const char *const word[] = {
        "opens",      "opened",   "clicks",     "clicked",   "visits", "visit",
        "visited",    "pages",    "page",       "pageviews", "views",  "viewed",
        "sessions",   "webinar",  "webinars",   "demo",      "touch",  "downloads",
        "replies",    "activity", "activities", "meetings",  "calls",  "events",
        "engagement", "forms",    "recency",    "attended",  "form",   "submissions"};

    return lc_name_has(name, "id") ? NULL : LC_FIRST_WORD(name, word);
}

static enum lc_rc add_attribute(struct lc_guess *g, struct lc_spec_attribute *to,
                                const struct lc_table_column *c, struct lc_err *err)
{
    const char *name = c->set_of ? c->set_of : c->codes.name, *word = engagement_word(name);
    enum lc_rc rc;

    *to = (struct lc_spec_attribute){
        .column = c->codes.name, .set_of = c->set_of, .member = c->member};
    rc = lc_guess_cuts(c, g->arena, to, err);
    if (!rc)
        rc = lc_guess_same(g, c, to, err);
    if (!rc && c->computed) { /* nobody need guess */
        to->role = LC_ROLE_ENGAGEMENT;
        to->as_of = LC_AS_OF_DECISION;
        return LC_OK;
    }
    if (rc || !word)
        return rc;
    to->role = LC_ROLE_ENGAGEMENT;
    to->as_of = c->kind == LC_KIND_NUMBER ? LC_AS_OF_EXPORT : LC_AS_OF_UNSAID;
    return lc_notes_add(&g->notes, err, "attributes: '%s' is engagement, by the word '%s'%s",
                        name, word,
                        to->as_of == LC_AS_OF_EXPORT ? ", and counted at the export" : "");
}

enum lc_rc lc_propose_attribute(const struct lc_table_column *c, struct lc_arena *arena,
                                struct lc_spec_attribute *out, struct lc_err *err)
{
    struct lc_guess g = {.arena = arena, .notes = {.arena = arena}};

    return add_attribute(&g, out, c, err);
}

/* What the proposal has named already needs no second word. */
static bool is_named(const struct lc_spec *s, const char *column)
{
    const char *const named[] = {
        s->outcome.column,        s->date.entered,  s->date.handed_over,
        s->date.first_touch,      s->date.accepted, s->date.closed,
        s->date.opportunity,      s->amount,        s->acceptance.column,
        s->acceptance.grade,      s->owner,         s->account,
        lc_spec_current_column(s)};

    for (size_t i = 0; i < sizeof named / sizeof *named; i++)
        if (named[i] && strcmp(named[i], column) == 0)
            return true;
    return false;
}

/* Columns that are no attributes, for one reason. */
struct left_out {
    const char *reason;
    struct lc_gathered columns;
};

/* What sort_columns has met so far. */
struct sorted {
    struct lc_spec_attribute *attribute;
    size_t n_attributes;
    const char **ignore;
    size_t n_ignored;
    struct lc_gathered cut; /* attributes that got cuts */
    struct left_out *left;  /* [n_left] no attributes, by reason */
    size_t n_left;
};

/* A CRM's export has dozens of empty columns: one sentence for each reason. */
static enum lc_rc leave(struct lc_guess *g, struct sorted *s, const char *column,
                        const char *reason, struct lc_err *err)
{
    size_t r = 0;

    while (r < s->n_left && strcmp(s->left[r].reason, reason) != 0)
        r++;
    if (r == s->n_left)
        s->left[s->n_left++].reason = reason;
    return lc_gather(&s->left[r].columns, column, g->arena, err);
}

static enum lc_rc note_left(struct lc_guess *g, const struct sorted *s, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t r = 0; r < s->n_left && !rc; r++) {
        const char *reason = s->left[r].reason, *colon = strstr(reason, ": ");
        const char *names = lc_gathered_text(&s->left[r].columns, g->arena);

        if (!names)
            return lc_fail_memory(err, "the proposal");
        if (s->left[r].columns.n == 1)
            rc = lc_notes_add(&g->notes, err, "no attribute: '%s': %s", names, reason);
        else
            rc = lc_notes_add(&g->notes, err, "no attribute, %s: %s",
                              colon ? colon + 2 : reason, names);
    }
    return rc;
}

/* One sentence for all that got cuts, and one for all that is profile. */
static enum lc_rc note_common(struct lc_guess *g, const struct sorted *s, struct lc_err *err)
{
    bool profile = false;
    enum lc_rc rc = LC_OK;

    for (size_t i = 0; i < s->n_attributes; i++)
        profile = profile || s->attribute[i].role == LC_ROLE_PROFILE;
    if (profile)
        rc = lc_notes_add(&g->notes, err, "attributes: the rest is profile");
    if (!rc && s->cut.n) {
        const char *names = lc_gathered_text(&s->cut, g->arena);

        if (!names)
            return lc_fail_memory(err, "the proposal");
        rc = lc_notes_add(&g->notes, err,
                          "cuts: the quartiles of the filled rows, for numbers of many values: "
                          "%s",
                          names);
    }
    return rc;
}

/* Dozens of columns of deals are left out for one reason, in one sentence. */
static bool of_opportunities(const struct lc_guess *g, const struct lc_table_column *c)
{
    const bool itself = c->file == lc_outcome_file(g->table, &g->spec);

    return lc_of_outcome(g->table, &g->spec, c->file) && !(itself && g->spec.outcome.won_if_in);
}

/* Knows the outcome as well as the outcome itself, whatever the numbers say. */
static enum lc_rc leave_rival(struct lc_guess *g, struct sorted *s, struct lc_err *err)
{
    s->ignore[s->n_ignored++] = g->rival;
    return lc_notes_add(&g->notes, err,
                        "ignored, may know the outcome: '%s': its values tell who was won",
                        g->rival);
}

static enum lc_rc sort_column(struct lc_guess *g, struct sorted *s,
                              const struct lc_column_choice *choice, struct lc_err *err)
{
    const struct lc_table_column *c = &g->table->column[choice->column];
    const char *name = c->codes.name;

    if (g->rival && strcmp(name, g->rival) == 0 && choice->choice != LC_CHOICE_LEFT_OUT)
        return leave_rival(g, s, err);
    if (choice->choice == LC_CHOICE_FIT && c->file && c->file == g->owner_file) {
        s->ignore[s->n_ignored++] = name;
        return leave(g, s, name, "of the owner, not of the lead", err);
    }
    if (choice->choice == LC_CHOICE_FIT) {
        struct lc_spec_attribute *a = &s->attribute[s->n_attributes++];
        const enum lc_rc rc = add_attribute(g, a, c, err);

        return rc || !a->n_cuts ? rc : lc_gather(&s->cut, name, g->arena, err);
    }
    if (is_named(&g->spec, name))
        return LC_OK;
    if (choice->choice != LC_CHOICE_LEFT_OUT)
        s->ignore[s->n_ignored++] = name;
    if (choice->choice == LC_CHOICE_LEAK && !of_opportunities(g, c))
        return lc_notes_add(&g->notes, err, "ignored, may know the outcome: '%s': %s", name,
                            choice->reason);
    return leave(g, s, name, choice->reason, err);
}

static enum lc_rc sort_columns(struct lc_guess *g, const struct lc_choices *choices,
                               struct lc_err *err)
{
    const size_t room = choices->n + 1;
    struct sorted s = {0};
    enum lc_rc rc = LC_OK;

    s.attribute = LC_NEW(g->arena, room, struct lc_spec_attribute);
    s.ignore = LC_NEW(g->arena, room + g->spec.ignore.n, const char *);
    s.left = LC_NEW(g->arena, room, struct left_out);
    if (!s.attribute || !s.ignore || !s.left)
        return lc_fail_memory(err, "the proposal");
    s.n_ignored = g->spec.ignore.n;
    if (s.n_ignored)
        memcpy(s.ignore, g->spec.ignore.text, s.n_ignored * sizeof *s.ignore);
    for (size_t j = 0; j < choices->n && !rc; j++)
        rc = sort_column(g, &s, &choices->of[j], err);
    if (!rc)
        rc = note_common(g, &s, err);
    if (!rc)
        rc = note_left(g, &s, err);
    g->spec.attribute = s.attribute;
    g->spec.n_attributes = s.n_attributes;
    g->spec.ignore = (struct lc_texts){s.ignore, s.n_ignored};
    return rc;
}

/* The leak audit needs an outcome; where the leads cannot be counted, columns are not sorted. */
enum lc_rc lc_guess_attributes(struct lc_guess *g, struct lc_proposal *p, struct lc_err *err)
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
    rc = lc_choose_columns(g->table, &g->spec, &cohort, NULL, g->arena, &p->choices, err);
    return rc || g->spec.n_attributes ? rc : sort_columns(g, &p->choices, err);
}
