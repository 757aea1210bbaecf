/* Who counts, which columns may be used, and what is said of both on standard error. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/dialect.h"
#include "leadcal/engagement.h"
#include "leadcal/io.h"
#include "leadcal/reject.h"

#define MOST_TOLD 2000 /* bytes of a list of columns on one line */

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
    for (size_t i = 0; i < s->account.n_complaints; i++) {
        const struct lc_complaint *c = &s->account.complaint[i];
        const bool again = i > 0 && c[-1].kind == c->kind && c[-1].file == c->file;

        /* What every file of a spreadsheet has may not push other notes off the screen. */
        if (!again || strcmp(c->kind, lc_reject_kind(LC_REJECT_BLANK)) != 0)
            cmd_note(s->out->quiet, "%s:%zu: %s", lc_base_name(s->path[c->file]), c->line,
                     c->text);
    }
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
                 s->spec.as_of_day != LC_NO_DAY && !s->as_of_found ? "as given (--as-of)"
                                                                   : LC_AS_OF_FOUND
                     " (--as-of)");
    }
    for (size_t i = 0; i < c->n_notes; i++)
        cmd_note_worded(s->out, c->note[i]);
    (void)snprintf(young, sizeof young, "younger than %d days left out (--window)",
                   (int)c->window_days);
    append(text, sizeof text, c->account.immature, young);
    append(text, sizeof text, c->account.undated,
           c->window_days == LC_WINDOW_NONE ? "without a date, counted"
                                            : "without a date left out");
    append(text, sizeof text, c->account.after_as_of, "after the as-of date left out");
    append(text, sizeof text, c->account.disqualified, "unconvertible, left out");
    append(text, sizeof text, c->account.won_late, "won later than that");
    append(text, sizeof text, c->has_dates ? c->account.open_old : 0, "still open");
    append(text, sizeof text, c->account.negative, "closed before the decision");
    append(text, sizeof text, c->account.won_undated, "won without a day");
    append(text, sizeof text, c->account.closed_after_as_of, "closed after the as-of date");
    cmd_note_worded(s->out, text);
}

/* Half-lives that the leads are to tell; a backtest tells them anew in each fold. */
static enum lc_rc learn_half_lives(struct cmd_study *s, struct lc_err *err)
{
    const char *said = NULL;
    struct lc_table learnt;
    const enum lc_rc rc =
        lc_engagement_learn(&s->table, &s->spec, s->cohort.row, s->cohort.y, s->cohort.n,
                            s->pool, &s->arena, &learnt, &said, err);

    if (rc || !said)
        return rc;
    if (s->prior.name)
        return lc_fail(
            err, LC_EMISMATCH,
            "--prior: half-lives that are learnt anew change what last quarter's points "
            "stand for; write its own into the spec (leadcal events --model shows them)");
    s->table = learnt;
    s->half_lives = said;
    return LC_OK;
}

enum lc_rc cmd_study_cohort(struct cmd_study *s, struct lc_err *err)
{
    const struct lc_audit_options options = {s->pool, s->audit != NULL};
    const double begun = cmd_seconds();
    enum lc_rc rc = cmd_study_name(s, err);

    if (!rc)
        rc = lc_cohort_build(&s->table, &s->spec, &s->arena, &s->cohort, err);
    if (!rc)
        rc = learn_half_lives(s, err);
    if (!rc)
        rc = lc_choose_columns(&s->table, &s->spec, &s->cohort, &options, &s->arena,
                               &s->choices, err);
    s->cohort_seconds = cmd_seconds() - begun;
    if (rc)
        return rc;
    note_counts(s);
    if (s->half_lives)
        cmd_note(s->out->quiet, "half-lives, by all of them: %s", s->half_lives);
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
    c->given[c->n] = cmd_study_entry(s, s->table.column[at].codes.name);
    if (!c->given[c->n])
        return lc_fail_memory(err, "the columns");
    c->n++;
    return LC_OK;
}

/* What to change, by who named the column. */
static const char *advice_for(const struct cmd_study *s, const char *name)
{
    if (lc_texts_have(s->spec.allow, name))
        return "leave it out of --allow";
    if (lc_texts_have(s->by, name))
        return "name others with --by";
    return "change the spec's \"attributes\", or name others with --by";
}

/* A column that somebody named as an attribute, and that cannot be one. */
static enum lc_rc refuse_left_out(const struct cmd_study *s, const char *name, size_t *at,
                                  struct lc_err *err)
{
    const enum lc_rc rc = lc_table_find(&s->table, name, at, err);

    if (rc || s->choices.of[*at].choice != LC_CHOICE_LEFT_OUT)
        return rc;
    return lc_fail(err, LC_EMISMATCH, "column '%.100s' cannot be an attribute: %s; %s", name,
                   s->choices.of[*at].reason, advice_for(s, name));
}

/* Is the export, the only one, of a system's deals? */
static bool is_deals_alone(const struct cmd_study *s, const char **name)
{
    static const char *const deals[] = {"deals", "opportunities"};
    const char *object;
    bool found = false;

    for (size_t j = 0; j < s->table.k; j++)
        name[j] = s->table.column[j].codes.name;
    object = s->table.n_files == 1 ? lc_dialect_find(name, s->table.k).object : NULL;
    for (size_t i = 0; object && i < sizeof deals / sizeof *deals; i++)
        found = found || strcmp(object, deals[i]) == 0;
    return found;
}

static enum lc_rc refuse_no_columns(struct cmd_study *s, struct lc_err *err)
{
    const char **name = LC_NEW(&s->arena, s->table.k + 1, const char *);

    if (!name)
        return lc_fail_memory(err, "the columns");
    if (is_deals_alone(s, name))
        return lc_fail(err, LC_EMISMATCH,
                       "no column is left to look at: a file of deals alone has no columns of "
                       "leads; put the leads' file before it, or name columns with --by");
    return lc_fail(err, LC_EMISMATCH,
                   "no column is left to look at; name some with --by (leadcal inspect says "
                   "what each column is)");
}

enum lc_rc cmd_study_columns(struct cmd_study *s, bool fit_only, struct cmd_columns *columns,
                             struct lc_err *err)
{
    const size_t room = s->table.k + s->spec.n_attributes + 1;
    struct cmd_columns c = {.column = LC_NEW(&s->arena, room, size_t),
                            .given = LC_NEW(&s->arena, room, const struct lc_spec_attribute *)};
    enum lc_rc rc = LC_OK;
    size_t at = 0;

    if (!c.column || !c.given)
        return lc_fail_memory(err, "the columns");
    for (size_t i = 0; !rc && i < s->spec.allow.n; i++)
        rc = refuse_left_out(s, s->spec.allow.text[i], &at, err);
    for (size_t i = 0; !rc && i < s->spec.n_attributes; i++) {
        rc = refuse_left_out(s, s->spec.attribute[i].column, &at, err);
        if (!rc)
            rc = add_column(s, &c, at, err);
    }
    for (size_t j = 0; !rc && !s->spec.n_attributes && j < s->table.k; j++)
        if (may_enter(s->choices.of[j].choice, fit_only))
            rc = add_column(s, &c, j, err);
    if (!rc && !c.n)
        rc = refuse_no_columns(s, err);
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

/* What the audit would leave out, and somebody has named. */
static void note_kept(struct cmd_study *s)
{
    const char **name = LC_NEW(&s->arena, s->choices.n + 1, const char *);
    const size_t n = name ? lc_audit_kept(&s->table, &s->choices, name) : 0;
    char text[MOST_TOLD] = "";
    size_t used = 0;

    for (size_t i = 0; i < n && used + 200 < sizeof text; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%.100s", used ? ", " : "",
                                 name[i]);
    if (used)
        cmd_note(s->out->quiet,
                 "kept as named, may know the outcome: %s (leadcal audit says why)", text);
}

void cmd_study_note_columns(struct cmd_study *s, bool fit_only)
{
    size_t suspect = 0, fitting = 0;
    char by[MOST_TOLD + 200];

    note_kept(s);
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
    note_choice(s, LC_CHOICE_PROTECTED, fit_only ? "left out" : "no model uses it");
    note_choice(s, LC_CHOICE_LEAK,
                fit_only ? "left out, may know the outcome (--allow keeps a column)"
                         : "may know the outcome");
    if (suspect && fitting && !fit_only) {
        by_list(s, by, sizeof by);
        cmd_note(s->out->quiet, "without these: %s", by);
    }
}
