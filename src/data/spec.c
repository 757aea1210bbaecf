#include "leadcal/spec.h"

#include <string.h>

#include "leadcal/spec_unit.h"

const char *const lc_rule_kind_name[LC_RULE_KINDS] = {"free_mail", "competitor", "junk",
                                                      "territory", "test",       "customer"};

const char *lc_role_text(enum lc_role role, bool intent)
{
    return role == LC_ROLE_PROFILE ? "profile" : intent ? "intent" : "engagement";
}

void lc_spec_init(struct lc_spec *spec)
{
    *spec = (struct lc_spec){
        .window_days = LC_WINDOW_AUTO,
        .as_of_day = LC_NO_DAY,
        .agreement = {.effective_from = LC_NO_DAY, .next_review = LC_NO_DAY},
    };
}

const struct lc_spec_attribute *lc_spec_attribute_of(const struct lc_spec *spec,
                                                     const char *column)
{
    for (size_t i = 0; i < spec->n_attributes; i++)
        if (strcmp(spec->attribute[i].column, column) == 0)
            return &spec->attribute[i];
    return NULL;
}

const char *lc_spec_current_column(const struct lc_spec *spec)
{
    static const char prefix[] = "column:";

    if (!spec->current || strncmp(spec->current, prefix, sizeof prefix - 1) != 0)
        return NULL;
    return spec->current + sizeof prefix - 1;
}

bool lc_texts_have(struct lc_texts texts, const char *text)
{
    for (size_t i = 0; i < texts.n; i++)
        if (strcmp(texts.text[i], text) == 0)
            return true;
    return false;
}

static bool is_member(const char *name, const char *set)
{
    const size_t n = strlen(set);

    return strncmp(name, set, n) == 0 && strncmp(name + n, ": ", 2) == 0;
}

/* The column that an entry says holds lists; NULL where it says none. */
static const char *set_named(const struct lc_spec_attribute *a)
{
    return a->set ? a->column : a->set_of;
}

bool lc_spec_is_set(const struct lc_spec *spec, const char *column)
{
    for (size_t i = 0; i < spec->n_attributes; i++) {
        const char *set = set_named(&spec->attribute[i]);

        if (set && strcmp(set, column) == 0)
            return true;
    }
    for (size_t i = 0; spec->unit && i < spec->unit->n_rolls; i++)
        if (spec->unit->roll[i].take == LC_TAKE_ANY &&
            strcmp(spec->unit->roll[i].name, column) == 0)
            return true;
    return lc_texts_have(spec->sets, column);
}

const struct lc_spec_rule *lc_spec_marking(const struct lc_spec *spec, const char *name)
{
    for (size_t i = 0; i < spec->n_rules; i++)
        if (spec->rule[i].effect == LC_RULE_MARKS && strcmp(spec->rule[i].name, name) == 0)
            return &spec->rule[i];
    return NULL;
}

const char *lc_spec_source(const struct lc_spec *spec, const char *name)
{
    const struct lc_spec_rule *rule = lc_spec_marking(spec, name);

    if (rule)
        return rule->column;
    for (size_t i = 0; i < spec->n_attributes; i++) {
        const char *set = set_named(&spec->attribute[i]);

        if (set && is_member(name, set))
            return set;
    }
    for (size_t i = 0; i < spec->sets.n; i++)
        if (is_member(name, spec->sets.text[i]))
            return spec->sets.text[i];
    return name;
}

/* How often a text stands among the spellings and what they are read as. */
static size_t times_of(const struct lc_spec_attribute *a, const char *text)
{
    size_t n = 0;

    for (size_t i = 0; i < a->n_same; i++) {
        n += strcmp(a->same[i].as, text) == 0;
        for (size_t j = 0; j < a->same[i].spellings.n; j++)
            n += strcmp(a->same[i].spellings.text[j], text) == 0;
    }
    return n;
}

const char *lc_spec_same_twice(const struct lc_spec_attribute *a)
{
    for (size_t i = 0; i < a->n_same; i++) {
        const struct lc_spec_same *same = &a->same[i];

        if (!*same->as || times_of(a, same->as) > 1)
            return same->as;
        for (size_t j = 0; j < same->spellings.n; j++)
            if (!*same->spellings.text[j] || times_of(a, same->spellings.text[j]) > 1)
                return same->spellings.text[j];
    }
    return NULL;
}
