/* Who counts, which columns may be used, and what is said of both on standard error. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/io.h"

#define MOST_TOLD 2000 /* bytes of a list of columns on one line */

static bool is_value(const void *column, const char *text)
{
    const struct lc_column *c = column;

    for (uint32_t v = 0; v < c->n_levels; v++)
        if (strcmp(c->level[v], text) == 0)
            return true;
    return false;
}

/* Now that the outcome's values are known: a list is cut at commas unless the whole text is one. */
static enum lc_rc resolve_values(struct cmd_study *s, struct lc_err *err)
{
    struct lc_arena *arena = &s->arena;
    enum lc_rc rc = LC_OK;

    for (size_t j = 0; !rc && s->spec.outcome.column && j < s->table.k; j++) {
        const struct lc_column *c = &s->table.column[j].codes;

        if (strcmp(c->name, s->spec.outcome.column) != 0)
            continue;
        if (s->given.won.n)
            rc = cmd_split(&s->given.won, is_value, c, arena, &s->spec.outcome.won, err);
        if (!rc && s->given.lost.n)
            rc = cmd_split(&s->given.lost, is_value, c, arena, &s->spec.outcome.lost, err);
        if (!rc && s->given.open.n)
            rc = cmd_split(&s->given.open, is_value, c, arena, &s->spec.outcome.open, err);
    }
    return rc;
}

/* An entry for a column: the spec's with the role that --engagement gives it. */
static const struct lc_spec_attribute *entry_of(struct cmd_study *s, const char *name)
{
    const struct lc_spec_attribute *old = lc_spec_attribute_of(&s->spec, name);
    struct lc_spec_attribute *entry = LC_NEW(&s->arena, 1, struct lc_spec_attribute);

    if (!entry)
        return NULL;
    *entry = old ? *old : (struct lc_spec_attribute){.column = name};
    if (lc_texts_have(s->engagement, name))
        entry->role = LC_ROLE_ENGAGEMENT;
    return entry;
}

static enum lc_rc check_names(struct cmd_study *s, struct lc_texts names, struct lc_err *err)
{
    size_t at;

    for (size_t i = 0; i < names.n; i++) {
        const enum lc_rc rc = lc_table_find(&s->table, names.text[i], &at, err);

        if (rc)
            return rc;
    }
    return LC_OK;
}

enum lc_rc cmd_study_name(struct cmd_study *s, struct lc_err *err)
{
    struct lc_spec_attribute *attribute;
    struct lc_texts by = s->by;
    enum lc_rc rc = resolve_values(s, err);

    if (!rc)
        rc = check_names(s, by, err);
    if (!rc && !s->only_by)
        rc = check_names(s, s->engagement, err);
    if (rc || (!by.n && !s->spec.n_attributes))
        return rc;
    if (!by.n) {
        const char **name = LC_NEW(&s->arena, s->spec.n_attributes, const char *);

        for (size_t i = 0; name && i < s->spec.n_attributes; i++)
            name[i] = s->spec.attribute[i].column;
        by = (struct lc_texts){name, s->spec.n_attributes};
        if (!name)
            return lc_fail_memory(err, "the attributes");
    }
    attribute = LC_NEW(&s->arena, by.n, struct lc_spec_attribute);
    for (size_t i = 0; attribute && i < by.n; i++) {
        const struct lc_spec_attribute *entry = entry_of(s, by.text[i]);

        if (!entry)
            return lc_fail_memory(err, "the attributes");
        attribute[i] = *entry;
    }
    if (!attribute)
        return lc_fail_memory(err, "the attributes");
    s->spec.attribute = attribute;
    s->spec.n_attributes = by.n;
    return LC_OK;
}

void cmd_study_note_rows(const struct cmd_study *s)
{
    for (size_t f = 0; f < s->table.n_files; f++) {
        const struct lc_table_file *file = &s->table.file[f];

        if (file->rows_rejected || file->rows_skipped)
            cmd_note(s->out->quiet, "%s: %zu rows used, %zu skipped, %zu rejected",
                     lc_base_name(file->path), file->rows_used, file->rows_skipped,
                     file->rows_rejected);
        if (f && file->orphans)
            cmd_note(s->out->quiet, "%s: %zu rows belong to no lead", lc_base_name(file->path),
                     file->orphans);
    }
    for (size_t i = 0; i < s->account.n_complaints; i++)
        cmd_note(s->out->quiet, "%s:%zu: %s",
                 lc_base_name(s->path[s->account.complaint[i].file]),
                 s->account.complaint[i].line, s->account.complaint[i].text);
    for (size_t i = 0; i < s->account.n_notes; i++)
        cmd_note(s->out->quiet, "%s", s->account.note[i]);
}

/* "; N words" behind a text, where N is not 0. */
static void append(char *to, size_t room, size_t n, const char *words)
{
    const size_t used = strlen(to);

    if (n)
        (void)snprintf(to + used, room - used, "; %zu %s", n, words);
}

static void note_counts(const struct cmd_study *s)
{
    const struct lc_cohort *c = &s->cohort;
    char text[600], as_of[LC_DAY_TEXT], young[60];

    (void)snprintf(text, sizeof text, "%zu of %zu leads count, %zu won", c->n, c->account.leads,
                   c->n_won);
    if (c->has_dates) {
        lc_day_text(c->as_of, as_of);
        cmd_note(s->out->quiet, "as of %s, %s", as_of,
                 s->spec.as_of_day != LC_NO_DAY ? "as given (--as-of)"
                                                : "the latest date in the files (--as-of)");
    }
    for (size_t i = 0; i < c->n_notes; i++)
        cmd_note(s->out->quiet, "%s", c->note[i]);
    (void)snprintf(young, sizeof young, "younger than %d days left out (--window)",
                   (int)c->window_days);
    append(text, sizeof text, c->account.immature, young);
    append(text, sizeof text, c->account.undated,
           c->window_days == LC_WINDOW_NONE ? "without a date, counted"
                                            : "without a date left out");
    append(text, sizeof text, c->account.after_as_of, "after the as-of date left out");
    append(text, sizeof text, c->account.won_late, "won later than that");
    append(text, sizeof text, c->has_dates ? c->account.open_old : 0, "still open");
    append(text, sizeof text, c->account.negative, "closed before they came in");
    append(text, sizeof text, c->account.won_undated, "won without a day");
    append(text, sizeof text, c->account.closed_after_as_of, "closed after the as-of date");
    cmd_note(s->out->quiet, "%s", text);
}

enum lc_rc cmd_study_cohort(struct cmd_study *s, struct lc_err *err)
{
    const double begun = cmd_seconds();
    enum lc_rc rc = cmd_study_name(s, err);

    if (!rc)
        rc = lc_cohort_build(&s->table, &s->spec, &s->arena, &s->cohort, err);
    if (!rc)
        rc = lc_choose_columns(&s->table, &s->spec, &s->cohort, &s->arena, &s->choices, err);
    s->cohort_seconds = cmd_seconds() - begun;
    if (rc)
        return rc;
    note_counts(s);
    cmd_study_note_rows(s);
    return LC_OK;
}

static bool may_enter(enum lc_choice choice, bool fit_only)
{
    return choice == LC_CHOICE_FIT || (!fit_only && choice != LC_CHOICE_LEFT_OUT);
}

static enum lc_rc add_column(struct cmd_study *s, struct cmd_columns *c, size_t at,
                             struct lc_err *err)
{
    c->column[c->n] = at;
    c->given[c->n] = entry_of(s, s->table.column[at].codes.name);
    if (!c->given[c->n])
        return lc_fail_memory(err, "the columns");
    c->n++;
    return LC_OK;
}

enum lc_rc cmd_study_columns(struct cmd_study *s, bool fit_only, struct cmd_columns *columns,
                             struct lc_err *err)
{
    const size_t room = s->table.k + s->spec.n_attributes + 1;
    struct cmd_columns c = {.column = LC_NEW(&s->arena, room, size_t),
                            .given = LC_NEW(&s->arena, room, const struct lc_spec_attribute *)};
    enum lc_rc rc = LC_OK;

    if (!c.column || !c.given)
        return lc_fail_memory(err, "the columns");
    for (size_t i = 0; !rc && i < s->spec.n_attributes; i++) {
        size_t at = 0;

        rc = lc_table_find(&s->table, s->spec.attribute[i].column, &at, err);
        if (!rc && s->choices.of[at].choice == LC_CHOICE_LEFT_OUT)
            rc = lc_fail(err, LC_EMISMATCH,
                         "column '%.100s' cannot be an attribute: %s; name others with --by",
                         s->spec.attribute[i].column, s->choices.of[at].reason);
        if (!rc)
            rc = add_column(s, &c, at, err);
    }
    for (size_t j = 0; !rc && !s->spec.n_attributes && j < s->table.k; j++)
        if (may_enter(s->choices.of[j].choice, fit_only))
            rc = add_column(s, &c, j, err);
    if (!rc && !c.n)
        rc = lc_fail(err, LC_EMISMATCH,
                     "no column is left to look at; name some with --by (leadcal inspect says "
                     "what each column is)");
    if (!rc)
        *columns = c;
    return rc;
}

enum lc_rc cmd_study_excluded(struct cmd_study *s, const struct lc_column_note **note,
                              size_t *n, struct lc_err *err)
{
    struct lc_column_note *to = LC_NEW(&s->arena, s->choices.n + 1, struct lc_column_note);

    if (!to)
        return lc_fail_memory(err, "the columns");
    *n = 0;
    for (size_t j = 0; j < s->choices.n; j++)
        if (s->choices.of[j].choice != LC_CHOICE_FIT)
            to[(*n)++] =
                (struct lc_column_note){s->table.column[j].codes.name, s->choices.of[j].reason};
    *note = to;
    return LC_OK;
}

static void note_choice(const struct cmd_study *s, enum lc_choice which, const char *words)
{
    char text[MOST_TOLD] = "";
    size_t used = 0;

    for (size_t j = 0; j < s->choices.n; j++) {
        const struct lc_column_choice *c = &s->choices.of[j];
        int wrote;

        if (c->choice != which || used + 300 > sizeof text)
            continue;
        wrote = snprintf(text + used, sizeof text - used, "%s%.100s (%.150s)", used ? ", " : "",
                         s->table.column[j].codes.name, c->reason);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
    if (used)
        cmd_note(s->out->quiet, "%s: %s", words, text);
}

/* The --by options that leave the suspects out, ready to be pasted into a shell. */
static void by_list(const struct cmd_study *s, char *to, size_t room)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-,";
    char names[MOST_TOLD] = "";
    size_t used = 0;

    for (size_t j = 0; j < s->choices.n; j++) {
        const char *name = s->table.column[j].codes.name;

        if (s->choices.of[j].choice != LC_CHOICE_FIT || strchr(name, ',') ||
            used + strlen(name) + 2 > sizeof names)
            continue;
        used +=
            (size_t)snprintf(names + used, sizeof names - used, "%s%s", used ? "," : "", name);
    }
    if (strspn(names, plain) == used)
        (void)snprintf(to, room, "--by %s", names);
    else
        (void)snprintf(to, room, "--by '%s'", names);
    for (size_t j = 0; j < s->choices.n; j++) {
        const char *name = s->table.column[j].codes.name;
        const size_t length = strlen(to);

        if (s->choices.of[j].choice == LC_CHOICE_FIT && strchr(name, ','))
            (void)snprintf(to + length, room - length, " --by '%s'", name);
    }
}

void cmd_study_note_columns(const struct cmd_study *s, bool fit_only)
{
    size_t suspect = 0, fitting = 0;
    char by[MOST_TOLD + 200];

    if (s->spec.n_attributes)
        return;
    for (size_t j = 0; j < s->choices.n; j++) {
        suspect += s->choices.of[j].choice != LC_CHOICE_FIT &&
                   s->choices.of[j].choice != LC_CHOICE_LEFT_OUT;
        fitting += s->choices.of[j].choice == LC_CHOICE_FIT;
    }
    note_choice(s, LC_CHOICE_LEFT_OUT, "left out");
    note_choice(s, LC_CHOICE_CONSTANT, "says nothing");
    note_choice(s, LC_CHOICE_PERSONAL, fit_only ? "left out, names persons" : "names persons");
    note_choice(s, LC_CHOICE_LEAK,
                fit_only ? "left out, may know the outcome (--by keeps a column)"
                         : "may know the outcome");
    if (suspect && fitting && !fit_only) {
        by_list(s, by, sizeof by);
        cmd_note(s->out->quiet, "without these: %s", by);
    }
}
