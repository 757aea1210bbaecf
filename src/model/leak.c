#include "leadcal/leak.h"

#include <string.h>

#include "leadcal/num.h"
#include "leak_internal.h"

const char *lc_leak_step_text(enum lc_leak_step step)
{
    static const char *const text[LC_STEPS] = {"name", "fill", "dates",    "purity",
                                               "auc",  "age",  "snapshot", "later"};

    return text[step];
}

const char *lc_severity_text(enum lc_severity severity)
{
    static const char *const text[] = {"note", "suspect", "reject"};

    return text[severity];
}

/* What the column is called in its own file: "stage" of "deals.stage". */
const char *lc_leak_own_name(const struct lc_table *table, const struct lc_table_column *c)
{
    const char *prefix = table->file[c->file].name;
    const size_t n = c->file && prefix ? strlen(prefix) : 0;

    if (n && strncmp(c->codes.name, prefix, n) == 0 && c->codes.name[n] == '.')
        return c->codes.name + n + 1;
    return c->codes.name;
}

/* ---- what the spec has given a role ---- */

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

static bool is_date(const struct lc_spec *spec, const char *name)
{
    return same(name, spec->date.entered) || same(name, spec->date.handed_over) ||
           same(name, spec->date.first_touch) || same(name, spec->date.accepted) ||
           same(name, spec->date.closed) || same(name, spec->date.opportunity);
}

static const char *role_of(const struct lc_spec *spec, const struct lc_table *table,
                           size_t column)
{
    const char *name = table->column[column].codes.name;

    if (same(name, spec->outcome.column))
        return "the outcome";
    if (is_date(spec, name))
        return "a date of the spec";
    if (same(name, spec->acceptance.column))
        return "the acceptance";
    if (same(name, spec->acceptance.grade))
        return "the grade at hand-over";
    if (same(name, spec->owner))
        return "the owner";
    if (same(name, spec->account))
        return "the account";
    if (same(name, lc_spec_current_column(spec)))
        return "the score in use";
    if (same(name, spec->amount))
        return "the won amount";
    for (size_t f = 0; f < spec->n_files; f++) {
        if (table->column[column].file == 0 &&
            (same(name, spec->file[f].join) || same(name, spec->file[f].key)))
            return "a key";
        if (spec->file[f].name && spec->file[f].key && table->column[column].file > 0) {
            const size_t n = strlen(spec->file[f].name);

            if (strncmp(name, spec->file[f].name, n) == 0 && name[n] == '.' &&
                strcmp(name + n + 1, spec->file[f].key) == 0)
                return "a key";
        }
    }
    return NULL;
}

static const char *unfit_kind(enum lc_kind kind)
{
    switch (kind) {
    case LC_KIND_DATE: return "a date";
    case LC_KIND_EMPTY: return "empty";
    case LC_KIND_MANY: return "too many different values: a key, a name or a note";
    case LC_KIND_TEXT:
    case LC_KIND_NUMBER: break;
    }
    return NULL;
}

/* In the file that tells the outcome, and in those joined through it, a row begins when a lead is on its way to be won, or, where
 * its every row is a win, has got there: NULL where the column stands elsewhere. */
static const char *known_too_late(const struct lc_table *table, const struct lc_spec *spec,
                                  size_t j)
{
    if (!lc_of_outcome(table, spec, table->column[j].file))
        return NULL;
    return spec->outcome.won_if_in ? "known for leads that were won, and no others"
                                   : "known for leads with an opportunity, and no others";
}

/* The spec names it as an attribute, or --allow does. */
static bool is_named(const struct lc_spec *spec, const char *column)
{
    return lc_spec_attribute_of(spec, column) || lc_texts_have(spec->allow, column);
}

/* Tells the rows of its own file apart: of many leads with one company it is no less a key. */
static bool tells_rows_apart(const struct lc_table *table, const struct lc_table_column *c)
{
    const struct lc_table_file *file = &table->file[c->file];

    for (size_t j = 0; c->file && !file->changes && j < file->n_own; j++)
        if (same(file->own[j].codes.name, c->codes.name))
            return file->own[j].kind == LC_KIND_MANY ||
                   lc_nearly_unique(&file->own[j], lc_leak_own_name(table, c), file->rows_used);
    return false;
}

/* A column that was kept whole for a rule alone: without the rule it would be no attribute. */
static bool is_kept_for_a_rule(const struct lc_spec *spec, const struct lc_table_column *c)
{
    for (size_t r = 0; r < spec->n_rules; r++)
        if (same(c->codes.name, spec->rule[r].column))
            return c->kind == LC_KIND_TEXT && c->codes.n_levels > LC_MOST_TEXTS;
    return false;
}

static const char *left_out_by_role(const struct lc_table *table, const struct lc_spec *spec,
                                    size_t j)
{
    const struct lc_table_column *c = &table->column[j];
    const bool named = is_named(spec, c->codes.name);
    const char *reason = role_of(spec, table, j);

    if (!reason && c->is_set)
        reason = "a list, whose members are attributes";
    if (!reason && lc_texts_have(spec->ignore, c->codes.name))
        reason = "on the ignore list";
    if (!reason && lc_texts_have(spec->audit, c->codes.name))
        reason = "kept for the audit of fairness";
    if (!reason && spec->n_attributes && !named)
        reason = "not among the attributes asked for";
    if (!reason)
        reason = unfit_kind(c->kind);
    if (!reason && !named && is_kept_for_a_rule(spec, c))
        reason = unfit_kind(LC_KIND_MANY);
    if (!reason && !named && lc_nearly_unique(c, lc_leak_own_name(table, c), table->n))
        reason = "nearly every lead has a value of its own: a key, a name or a note";
    if (!reason && !named && !lc_of_outcome(table, spec, c->file) && tells_rows_apart(table, c))
        reason = "nearly every row of its file has a value of its own: a key, a name or a note";
    return reason;
}

/* ---- the audit ---- */

/* Is the column looked into? Those with a role are what they are, and nobody asks for the others
 * where attributes are named. */
static bool is_looked_into(const struct lc_table *table, const struct lc_spec *spec, size_t j,
                           bool named_too)
{
    const char *name = table->column[j].codes.name;

    if (role_of(spec, table, j) || table->column[j].kind == LC_KIND_EMPTY)
        return false;
    if (is_named(spec, name))
        return named_too;
    return !spec->n_attributes || lc_texts_have(spec->ignore, name);
}

/* ---- choices ---- */

/* Columns on the ignore list still show why it was wise. */
static enum lc_rc explain_ignored(const struct lc_finding *f, struct lc_arena *arena,
                                  struct lc_column_choice *choice, struct lc_err *err)
{
    choice->reason =
        lc_arena_format(arena, "%s; it %s%s", choice->reason, f ? "may know the outcome: " : "",
                        f ? f->evidence : "names persons");
    choice->suspect = f != NULL;
    return choice->reason ? LC_OK : lc_fail_memory(err, "the columns");
}

static enum lc_rc decide(const struct lc_table *table, const struct lc_spec *spec, size_t j,
                         const struct lc_leak_look *look, const struct lc_findings *all,
                         struct lc_arena *arena, struct lc_column_choice *to,
                         struct lc_err *err)
{
    const struct lc_table_column *c = &table->column[j];
    const char *name = lc_leak_own_name(table, c);
    const struct lc_finding *f = lc_leak_reason(all, j);

    if (to->choice == LC_CHOICE_LEFT_OUT) {
        const bool person = look->done && look->levels > 1 && !f && lc_names_a_person(c, name);

        if ((f || person) && !unfit_kind(c->kind) && lc_texts_have(spec->ignore, c->codes.name))
            return explain_ignored(f, arena, to, err);
        return LC_OK;
    }
    if (is_named(spec, c->codes.name))
        return LC_OK;
    if (look->done && look->levels <= 1)
        *to = (struct lc_column_choice){j, LC_CHOICE_CONSTANT, "one value only", false};
    else if (f)
        *to = (struct lc_column_choice){j, LC_CHOICE_LEAK, f->evidence, true};
    else if (look->done && lc_names_a_person(c, name))
        *to = (struct lc_column_choice){j, LC_CHOICE_PERSONAL, "names persons", false};
    else if (lc_protected_word(name, &c->codes))
        *to =
            (struct lc_column_choice){j, LC_CHOICE_PROTECTED,
                                      "a protected trait; --by or the spec's attributes would "
                                      "use it, --audit audits it",
                                      false};
    return LC_OK;
}

/* A column to be ignored that is not there, while one very like it is: it would stay in. Where the
 * attributes are named it would not, and columns that nobody asked for may not have been read. */
static enum lc_rc refuse_ignored_slips(const struct lc_table *table, const struct lc_spec *spec,
                                       struct lc_arena *arena, struct lc_err *err)
{
    const char **name = LC_NEW(arena, table->k + 1, const char *);

    if (!name)
        return lc_fail_memory(err, "the columns");
    for (size_t j = 0; j < table->k; j++)
        name[j] = table->column[j].codes.name;
    for (size_t i = 0; i < spec->ignore.n && !spec->n_attributes; i++) {
        const char *wanted = spec->ignore.text[i];
        const char *near = lc_nearest(wanted, name, table->k);

        if (near && strcmp(near, wanted) != 0 && !lc_texts_have(spec->ignore, near))
            return lc_fail(err, LC_EMISMATCH,
                           "there is no column '%s' to ignore; did you mean '%s'?", wanted,
                           near);
    }
    return LC_OK;
}

/* What the audit is to do with each column, and what the spec says of it. */
static bool sort_columns(const struct lc_table *table, const struct lc_spec *spec, bool named,
                         struct lc_column_choice *of, struct lc_leak_subject *subject)
{
    bool any = false;

    for (size_t j = 0; j < table->k; j++) {
        const char *reason = left_out_by_role(table, spec, j);

        of[j] = (struct lc_column_choice){j, reason ? LC_CHOICE_LEFT_OUT : LC_CHOICE_FIT,
                                          reason, false};
        subject[j].into = is_looked_into(table, spec, j, named);
        subject[j].may_enter = !reason;
        if (subject[j].into)
            subject[j].late = known_too_late(table, spec, j);
        any = any || subject[j].into;
    }
    return any;
}

enum lc_rc lc_choose_columns(const struct lc_table *table, const struct lc_spec *spec,
                             const struct lc_cohort *cohort,
                             const struct lc_audit_options *options, struct lc_arena *arena,
                             struct lc_choices *choices, struct lc_err *err)
{
    const struct lc_audit_options o = options ? *options : (struct lc_audit_options){0};
    struct lc_column_choice *of = LC_NEW(arena, table->k + 1, struct lc_column_choice);
    struct lc_findings all = {.arena = arena};
    struct lc_notes notes = {.arena = arena};
    struct lc_leak_subject *subject;
    struct lc_leak_scene scene;
    struct lc_leak_look *look;
    struct lc_arena scratch;
    enum lc_rc rc = refuse_ignored_slips(table, spec, arena, err);

    if (rc)
        return rc;
    lc_arena_init(&scratch, arena->limit - arena->used);
    subject = LC_NEW(&scratch, table->k + 1, struct lc_leak_subject);
    look = LC_NEW(&scratch, table->k + 1, struct lc_leak_look);
    if (!of || !subject || !look) {
        rc = lc_fail_memory(err, "the columns");
        goto out;
    }
    if (sort_columns(table, spec, o.named, of, subject)) {
        rc = lc_leak_scene_make(table, spec, cohort, &scratch, &scene, &notes, err);
        if (!rc)
            rc = lc_leak_audit(&scene, subject, o.pool, &scratch, look, &all, err);
    }
    for (size_t j = 0; j < table->k && !rc; j++)
        rc = decide(table, spec, j, &look[j], &all, arena, &of[j], err);
    if (!rc)
        *choices = (struct lc_choices){of, table->k, all.of, all.n, notes.text, notes.n};
out:
    lc_arena_release(&scratch);
    return rc;
}
