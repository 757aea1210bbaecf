/* What the options name: the outcome's values, and the columns that are attributes. */
#include <string.h>

#include "cmd_study.h"

static bool is_value(const void *column, const char *text)
{
    const struct lc_column *c = column;

    for (uint32_t v = 0; v < c->n_levels; v++)
        if (strcmp(c->level[v], text) == 0)
            return true;
    return false;
}

/* Now that the outcome's values are known: a list is cut at commas unless the whole text is one. */
enum lc_rc cmd_study_values(struct cmd_study *s, struct lc_err *err)
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

/* An entry for a column: the spec's with what --engagement, --merge and --bins say of it. */
const struct lc_spec_attribute *cmd_study_entry(struct cmd_study *s, const char *name)
{
    const struct lc_spec_attribute *old = lc_spec_attribute_of(&s->spec, name);
    struct lc_spec_attribute *entry = LC_NEW(&s->arena, 1, struct lc_spec_attribute);

    if (!entry)
        return NULL;
    *entry = old ? *old : (struct lc_spec_attribute){.column = name};
    for (size_t j = 0; !old && j < s->table.k; j++) {
        const struct lc_table_column *c = &s->table.column[j];

        if (c->set_of && strcmp(c->codes.name, name) == 0) {
            entry->set_of = c->set_of;
            entry->member = c->member;
        }
    }
    if (lc_texts_have(s->engagement, name) ||
        lc_texts_have(s->engagement, lc_spec_source(&s->spec, name)))
        entry->role = LC_ROLE_ENGAGEMENT;
    entry->merged = (entry->merged || lc_texts_have(s->merge, name)) && !entry->trend;
    entry->bins = s->spec.bins;
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

/* --allow takes a column off the list of those to ignore. */
static enum lc_rc stop_ignoring(struct cmd_study *s, struct lc_err *err)
{
    const struct lc_texts before = s->spec.ignore;
    const char **name = LC_NEW(&s->arena, before.n + 1, const char *);
    size_t n = 0;

    if (!name)
        return lc_fail_memory(err, "the columns");
    for (size_t i = 0; i < before.n; i++)
        if (!lc_texts_have(s->spec.allow, before.text[i]))
            name[n++] = before.text[i];
    s->spec.ignore = (struct lc_texts){name, n};
    return LC_OK;
}

/* Where attributes are named, those of --allow are named too; where the spec names them, so are those
 * of its rules that mark. */
static enum lc_rc list_attributes(struct cmd_study *s, struct lc_texts *to, struct lc_err *err)
{
    const struct lc_texts by = s->by, allow = s->spec.allow;
    const size_t named = by.n ? by.n : s->spec.n_attributes;
    const char **name = LC_NEW(&s->arena, named + allow.n + s->spec.n_rules + 1, const char *);
    size_t n = 0;

    if (!name)
        return lc_fail_memory(err, "the attributes");
    for (; n < named; n++)
        name[n] = by.n ? by.text[n] : s->spec.attribute[n].column;
    for (size_t i = 0; i < allow.n && named; i++)
        if (!lc_texts_have((struct lc_texts){name, n}, allow.text[i]))
            name[n++] = allow.text[i];
    for (size_t r = 0; r < s->spec.n_rules && named && !by.n; r++)
        if (s->spec.rule[r].effect == LC_RULE_MARKS &&
            !lc_texts_have((struct lc_texts){name, n}, s->spec.rule[r].name))
            name[n++] = s->spec.rule[r].name;
    *to = (struct lc_texts){name, n};
    return LC_OK;
}

/* Columns and entries as they are listed: of a set, each of its members. */
static size_t count_members(const struct lc_table *table)
{
    size_t n = 0;

    for (size_t j = 0; j < table->k; j++)
        n += table->column[j].set_of != NULL;
    return n;
}

static void add_members(const struct lc_table *table, const struct lc_spec_attribute *set,
                        struct lc_texts ignored, struct lc_spec_attribute *to, size_t *n)
{
    for (size_t j = 0; j < table->k; j++) {
        const struct lc_table_column *c = &table->column[j];

        if (!c->set_of || strcmp(c->set_of, set->column) != 0 ||
            lc_texts_have(ignored, c->codes.name))
            continue;
        to[*n] = *set;
        to[*n].column = c->codes.name;
        to[*n].set = false;
        to[*n].set_of = c->set_of;
        to[(*n)++].member = c->member;
    }
}

/* The entries of some columns, and of the columns that group their levels: these are attributes, too,
 * of the same role unless the spec says otherwise. */
static enum lc_rc set_attributes(struct cmd_study *s, struct lc_texts by, struct lc_err *err)
{
    struct lc_spec_attribute *attribute =
        LC_NEW(&s->arena, 2 * (by.n + s->spec.n_attributes) + count_members(&s->table),
               struct lc_spec_attribute);
    struct lc_spec made = {.attribute = attribute};

    if (!attribute)
        return lc_fail_memory(err, "the attributes");
    for (size_t i = 0; i < by.n; i++) {
        const struct lc_spec_attribute *entry = cmd_study_entry(s, by.text[i]);

        if (!entry)
            return lc_fail_memory(err, "the attributes");
        if (lc_spec_is_set(&s->spec, entry->column))
            add_members(&s->table, entry, s->spec.ignore, attribute, &made.n_attributes);
        else
            attribute[made.n_attributes++] = *entry;
    }
    for (size_t i = 0; i < made.n_attributes; i++) {
        const char *parent = attribute[i].parent;
        const struct lc_spec_attribute *entry = parent ? cmd_study_entry(s, parent) : NULL;

        if (!parent || lc_spec_attribute_of(&made, parent))
            continue;
        if (!entry)
            return lc_fail_memory(err, "the attributes");
        attribute[made.n_attributes] = *entry;
        if (!lc_spec_attribute_of(&s->spec, parent)) {
            attribute[made.n_attributes].role = attribute[i].role;
            attribute[made.n_attributes].intent = attribute[i].intent;
            attribute[made.n_attributes].as_of = attribute[i].as_of;
        }
        made.n_attributes++;
    }
    s->spec.attribute = attribute;
    s->spec.n_attributes = made.n_attributes;
    return LC_OK;
}

enum lc_rc cmd_study_name(struct cmd_study *s, struct lc_err *err)
{
    struct lc_texts by = {NULL, 0};
    enum lc_rc rc = cmd_study_values(s, err);

    if (!rc)
        rc = check_names(s, s->by, err);
    if (!rc)
        rc = check_names(s, s->spec.allow, err);
    if (!rc && !s->only_by)
        rc = check_names(s, s->engagement, err);
    if (!rc && !s->only_by)
        rc = check_names(s, s->spec.audit, err);
    if (!rc)
        rc = check_names(s, s->merge, err);
    if (!rc && s->spec.allow.n)
        rc = stop_ignoring(s, err);
    if (!rc)
        rc = cmd_study_last(s, err);
    if (!rc)
        rc = list_attributes(s, &by, err);
    return rc || !by.n ? rc : set_attributes(s, by, err);
}
