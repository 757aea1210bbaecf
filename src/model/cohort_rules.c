/* Who is unconvertible by the rules of the spec, and whether these may say so. */
#include <string.h>

#include "cohort_internal.h"
#include "leadcal/disqualify.h"
#include "leadcal/propose.h"

bool lc_is_left_out(const struct lc_leads *l, size_t i)
{
    return l->left_out && l->left_out[i];
}

bool lc_is_old_enough(const struct lc_leads *l, size_t i, int32_t w)
{
    if (!l->day)
        return true;
    if (l->day[i] == LC_NO_DAY)
        return w == LC_WINDOW_NONE;
    return l->day[i] <= l->as_of && lc_is_mature(l, i, w);
}

/* ---- what was known ---- */

static bool has_one(const char *name, const char *const *word, size_t n)
{
    for (size_t w = 0; w < n; w++)
        if (lc_name_has(name, word[w]))
            return true;
    return false;
}

/* What people type into a form, in English, German, French and Spanish. */
static bool is_form_field(const char *name)
{
    static const char *const field[] = {
        "email",        "e-mail",    "mail",       "domain",    "website",     "web",
        "webseite",     "url",       "company",    "firma",     "unternehmen", "organisation",
        "organization", "société",   "entreprise", "empresa",   "compañía",    "phone",
        "mobile",       "telefon",   "fax",        "firstname", "first_name",  "first name",
        "lastname",     "last_name", "last name",  "surname",   "vorname",     "nachname",
        "full name",    "full_name", "nom",        "prénom",    "nombre",      "apellidos",
        "title",        "jobtitle",  "position",   "country",   "land",        "pays",
        "país",         "state",     "region",     "province",  "bundesland",  "provincia",
        "city",         "ort",       "stadt",      "ville",     "ciudad",      "zip",
        "postal",       "postcode",  "plz",        "street",    "address",     "adresse",
        "message",      "comments",  "nachricht"};
    static const char *const record[] = {"lead", "record", "deal", "opportunity", "owner"};

    if (lc_name_has(name, "state") && has_one(name, record, sizeof record / sizeof *record))
        return false; /* where the record stands, not where the firm does */
    return lc_slice_eq_nocase(lc_slice_of(name), lc_slice_of("name")) ||
           has_one(name, field, sizeof field / sizeof *field);
}

static bool same(const char *a, const char *b)
{
    return a && b && strcmp(a, b) == 0;
}

/* What is learnt after the decision, whoever says otherwise; NULL: nothing of the kind. */
static const char *learnt_later(const struct lc_spec *spec, const char *name)
{
    const struct {
        const char *column, *what;
    } late[] = {{spec->outcome.column, "the outcome"},
                {spec->acceptance.column, "what sales said of the lead"},
                {spec->acceptance.grade, "the grade at hand-over"},
                {lc_spec_current_column(spec), "the score in use"},
                {spec->amount, "the won amount"},
                {spec->date.accepted, "a day after the decision"},
                {spec->date.closed, "a day after the decision"},
                {spec->date.opportunity, "a day after the decision"},
                {spec->date.first_touch, "a day after the decision"}};

    for (size_t i = 0; i < sizeof late / sizeof *late; i++)
        if (same(name, late[i].column))
            return late[i].what;
    return NULL;
}

static enum lc_as_of as_of_column(const struct lc_table *table, const struct lc_spec *spec,
                                  const struct lc_spec_rule *rule, size_t at)
{
    const struct lc_spec_attribute *a = lc_spec_attribute_of(spec, rule->column);

    if (rule->as_of != LC_AS_OF_UNSAID)
        return rule->as_of;
    if (a && a->as_of != LC_AS_OF_UNSAID)
        return a->as_of;
    return table->column[at].file == 0 && is_form_field(rule->column) ? LC_AS_OF_DECISION
                                                                      : LC_AS_OF_UNSAID;
}

static enum lc_rc check_rule(const struct lc_table *table, const struct lc_spec *spec,
                             const struct lc_spec_rule *rule, struct lc_err *err)
{
    const char *late = learnt_later(spec, rule->column);
    size_t at = 0;
    enum lc_rc rc = lc_table_find(table, rule->column, &at, err);

    if (rc)
        return rc;
    if (late)
        return lc_fail(
            err, LC_EMISMATCH,
            "rule '%.60s': column '%.80s' is %s, and nobody knew it at the decision; "
            "what sales finds out is an outcome, not a reason to leave a lead out",
            rule->name, rule->column, late);
    switch (as_of_column(table, spec, rule, at)) {
    case LC_AS_OF_DECISION: return LC_OK;
    case LC_AS_OF_EXPORT:
        return lc_fail(err, LC_EMISMATCH,
                       "rule '%.60s': column '%.80s' is as of the export, so it may have been "
                       "filled in after the decision; name a column that was known then",
                       rule->name, rule->column);
    case LC_AS_OF_UNSAID: break;
    }
    return lc_fail(
        err, LC_EMISMATCH,
        "rule '%.60s': nothing says that column '%.80s' was known at the decision; if "
        "it was, add \"as_of\": \"decision\" to the rule",
        rule->name, rule->column);
}

/* Places that no lead comes from: a slip of the pen would leave everybody out. */
static enum lc_rc refuse_nowhere(const struct lc_table *table, const struct lc_spec_rule *rule,
                                 struct lc_err *err)
{
    const struct lc_column *c;
    size_t at = 0;
    const enum lc_rc rc = lc_table_find(table, rule->column, &at, err);

    if (rc || rule->kind != LC_RULE_TERRITORY || !rule->served)
        return rc;
    c = &table->column[at].codes;
    for (uint32_t v = 0; v < c->n_levels; v++)
        if (v != c->missing && !lc_rule_catches(rule, lc_slice_of(c->level[v])))
            return LC_OK;
    return lc_fail(
        err, LC_EMISMATCH,
        "rule '%.60s': no lead has one of its places in column '%.80s'; write them as "
        "the export does",
        rule->name, rule->column);
}

enum lc_rc lc_rules_check(const struct lc_table *table, const struct lc_spec *spec,
                          struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    for (size_t r = 0; r < spec->n_rules && !rc; r++)
        rc = check_rule(table, spec, &spec->rule[r], err);
    for (size_t r = 0; r < spec->n_rules && !rc; r++)
        rc = refuse_nowhere(table, &spec->rule[r], err);
    return rc;
}

/* ---- whom they catch ---- */

enum lc_rc lc_leads_rules(const struct lc_table *table, const struct lc_spec *spec,
                          struct lc_arena *arena, struct lc_leads *leads, struct lc_err *err)
{
    const uint8_t **caught;
    uint8_t *out = NULL;
    enum lc_rc rc = lc_rules_check(table, spec, err);

    if (rc || !spec->n_rules)
        return rc;
    caught = LC_NEW(arena, spec->n_rules, const uint8_t *);
    for (size_t r = 0; r < spec->n_rules && !rc && caught; r++) {
        uint8_t *by_row = NULL;

        rc = lc_rule_read(table, &spec->rule[r], arena, &by_row, err);
        caught[r] = by_row;
        if (rc || spec->rule[r].effect != LC_RULE_EXCLUDES)
            continue;
        out = out ? out : LC_NEW(arena, leads->n + 1, uint8_t);
        for (size_t i = 0; out && i < leads->n; i++)
            out[i] |= by_row[i];
        if (!out)
            return lc_fail_memory(err, "the rules");
    }
    if (!caught)
        return lc_fail_memory(err, "the rules");
    leads->caught = caught;
    leads->left_out = out;
    return rc;
}
