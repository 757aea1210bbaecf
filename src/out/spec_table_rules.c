/* Rules that disqualify leads, from the rows of a spec table and back. */
#include <string.h>

#include "leadcal/disqualify.h"
#include "spec_file_internal.h"
#include "spec_table_internal.h"
#include "spec_table_out.h"

#define KIND_USES \
    ((LC_USE_BIT(LC_USE_FREE_MAIL + LC_RULE_KINDS) - 1) & ~(LC_USE_BIT(LC_USE_FREE_MAIL) - 1))

static bool is_rule(const struct lc_sheet_row *row)
{
    return row->kind == LC_SHEET_OF_RULE && (row->uses & KIND_USES);
}

static enum lc_rule_kind kind_of(const struct lc_sheet_row *row)
{
    size_t k = 0;

    while (!(row->uses & LC_USE_BIT(LC_USE_FREE_MAIL + k)))
        k++;
    return (enum lc_rule_kind)k;
}

/* May a rule of this kind have values of this use? */
static bool goes_with(enum lc_rule_kind kind, uint64_t uses)
{
    if (uses & LC_USE_BIT(LC_USE_LIST_FILE))
        return kind == LC_RULE_COMPETITOR;
    if (uses & LC_USE_BIT(LC_USE_LISTED))
        return lc_rule_needs(kind) && kind != LC_RULE_TERRITORY;
    return kind == LC_RULE_TERRITORY;
}

/* One value of a rule; value has room for those of all rows. */
static void read_value(struct lc_sheet *s, const struct lc_sheet_row *row,
                       struct lc_spec_rule *to, const char **value)
{
    const bool served = (row->uses & LC_USE_BIT(LC_USE_INSIDE)) != 0;

    if (!goes_with(to->kind, row->uses))
        lc_sheet_refuse(s, row->line, LC_SHEET_USE,
                        "does not go with the rule '%s'; territory has inside or outside, "
                        "competitor has listed or list file, test and customer have listed",
                        lc_rule_kind_name[to->kind]);
    else if (!*row->value)
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE,
                        "is empty; an empty cell is never caught, so take the row out");
    else if (row->uses & LC_USE_BIT(LC_USE_LIST_FILE))
        to->file = row->value;
    else if (to->values.n && to->kind == LC_RULE_TERRITORY && to->served != served)
        lc_sheet_refuse(s, row->line, LC_SHEET_USE,
                        "rule '%.60s' has inside and outside; one of them says all", to->name);
    else {
        to->served = served;
        value[to->values.n++] = row->value;
        to->values.text = value;
    }
}

static void read_rule(struct lc_sheet *s, size_t at, struct lc_spec_rule *to)
{
    const struct lc_sheet_row *row = &s->row[at];
    const char **value = lc_sheet_room(s, s->n, sizeof(const char *));

    *to = (struct lc_spec_rule){.name = row->name, .column = row->value, .kind = kind_of(row)};
    to->name = *row->name ? row->name : lc_rule_kind_name[to->kind];
    to->effect = lc_rule_usual(to->kind);
    if (!*row->value)
        lc_sheet_refuse(s, row->line, LC_SHEET_VALUE, "is empty; name the column it looks at");
    if (*row->role)
        to->effect = (enum lc_rule_effect)lc_sheet_word(s, row->line, LC_SHEET_ROLE, row->role,
                                                        lc_spec_effects, LC_SPEC_EFFECTS);
    if (*row->known)
        to->as_of = lc_sheet_word(s, row->line, LC_SHEET_KNOWN, row->known, lc_spec_times,
                                  LC_SPEC_TIMES) == 0
                        ? LC_AS_OF_DECISION
                        : LC_AS_OF_EXPORT;
    for (size_t i = 0; i < s->n && !s->rc; i++)
        if (s->row[i].kind == LC_SHEET_OF_RULE && !is_rule(&s->row[i]) &&
            strcmp(s->row[i].name, to->name) == 0)
            read_value(s, &s->row[i], to, value);
    if (lc_rule_needs(to->kind) && !to->values.n && !to->file)
        lc_sheet_refuse(s, row->line, LC_SHEET_NAME,
                        "rule '%.60s' needs rows of its values, of the use %s", to->name,
                        to->kind == LC_RULE_TERRITORY ? "inside or outside" : "listed");
}

void lc_sheet_rules(struct lc_sheet *s)
{
    struct lc_spec_rule *rule = lc_sheet_room(s, s->n + 1, sizeof *rule);
    size_t n = 0;

    for (size_t i = 0; i < s->n && !s->rc; i++) {
        if (!is_rule(&s->row[i]))
            continue;
        read_rule(s, i, &rule[n]);
        for (size_t r = 0; r < n && !s->rc; r++)
            if (strcmp(rule[r].name, rule[n].name) == 0)
                lc_sheet_refuse(s, s->row[i].line, LC_SHEET_NAME,
                                "two rules have the name '%.60s'; give one of them another",
                                rule[n].name);
        n++;
    }
    for (size_t i = 0; i < s->n && !s->rc; i++) {
        bool found = s->row[i].kind != LC_SHEET_OF_RULE;

        for (size_t r = 0; r < n && !found; r++)
            found = is_rule(&s->row[i]) || strcmp(rule[r].name, s->row[i].name) == 0;
        if (!found)
            lc_sheet_refuse(s, s->row[i].line, LC_SHEET_NAME,
                            "no rule has the name '%.60s'; a row with one of the uses free "
                            "mail, competitor, junk, territory, test or customer makes it",
                            s->row[i].name);
    }
    s->spec.rule = n ? rule : NULL;
    s->spec.n_rules = n;
}

/* ---- and back ---- */

void lc_sheet_put_rules(struct lc_sheet_out *out)
{
    for (size_t r = 0; r < out->spec.n_rules; r++) {
        const struct lc_spec_rule *rule = &out->spec.rule[r];
        const enum lc_use use = rule->kind != LC_RULE_TERRITORY ? LC_USE_LISTED
                                : rule->served                  ? LC_USE_INSIDE
                                                                : LC_USE_OUTSIDE;
        union lc_value *row =
            lc_sheet_add(out, LC_SHEET_OF_RULE, rule->name, rule->column,
                         LC_USE_BIT((size_t)LC_USE_FREE_MAIL + rule->kind),
                         rule->effect == LC_RULE_EXCLUDES ? "such leads do not count"
                                                          : "yes or no, an attribute");

        if (row)
            row[LC_SHEET_ROLE].text = lc_spec_effects[rule->effect];
        if (row && rule->as_of != LC_AS_OF_UNSAID)
            row[LC_SHEET_KNOWN].text = lc_spec_times[rule->as_of == LC_AS_OF_EXPORT];
        for (size_t i = 0; i < rule->values.n; i++)
            (void)lc_sheet_add(out, LC_SHEET_OF_RULE, rule->name, rule->values.text[i],
                               LC_USE_BIT(use), NULL);
        if (rule->file)
            (void)lc_sheet_add(out, LC_SHEET_OF_RULE, rule->name, rule->file,
                               LC_USE_BIT(LC_USE_LIST_FILE), NULL);
    }
}
