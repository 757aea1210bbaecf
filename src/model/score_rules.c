/* The rules of a model, row by row: whom it leaves out, and whom it marks. */
#include <stdint.h>
#include <string.h>

#include "leadcal/disqualify.h"
#include "score_internal.h"

struct bound_rule {
    const struct lc_spec_rule *rule;
    size_t field;       /* place in the header */
    bool answered;      /* the column says yes or no itself */
    const char *reason; /* "competitor: email" */
};

struct lc_score_rules {
    const struct lc_model *model;
    struct bound_rule *of; /* [n] */
    size_t n;
};

static size_t place_of(const char *column, const char *const *name, size_t n)
{
    const struct lc_slice wanted = lc_slice_trim(lc_slice_of(column));
    size_t f = 0;

    while (f < n && !lc_slice_eq(lc_slice_trim(lc_slice_of(name[f])), wanted))
        f++;
    return f;
}

static enum lc_rc bind(const struct lc_spec_rule *rule, const char *const *name, size_t n,
                       struct lc_arena *arena, struct bound_rule *to, struct lc_err *err)
{
    const char *near;

    *to = (struct bound_rule){.rule = rule, .field = place_of(rule->column, name, n)};
    if (to->field == n) {
        to->field = place_of(rule->name, name, n);
        to->answered = true;
    }
    to->reason = lc_arena_format(arena, "%s%s: %s", lc_score_is_formula(rule->name) ? "'" : "",
                                 rule->name, rule->column);
    if (!to->reason)
        return lc_fail_memory(err, "the scorer");
    if (to->field < n)
        return LC_OK;
    near = lc_nearest(rule->column, name, n);
    return lc_fail(err, LC_EMISMATCH,
                   "the model's rule '%.60s' looks at column '%.80s', which the export "
                   "lacks%s%.80s%s; add it, or a column '%.60s' of yes and no",
                   rule->name, rule->column, near ? "; did you mean '" : "", near ? near : "",
                   near ? "'" : "", rule->name);
}

enum lc_rc lc_score_rules_new(const struct lc_model *model, const char *const *name, size_t n,
                              struct lc_arena *arena, struct lc_score_rules **rules,
                              struct lc_err *err)
{
    struct lc_score_rules *r;
    enum lc_rc rc = LC_OK;

    *rules = NULL;
    if (!model->n_rules)
        return LC_OK;
    r = LC_NEW(arena, 1, struct lc_score_rules);
    if (!r)
        return lc_fail_memory(err, "the scorer");
    *r = (struct lc_score_rules){.model = model,
                                 .of = LC_NEW(arena, model->n_rules, struct bound_rule),
                                 .n = model->n_rules};
    if (!r->of)
        return lc_fail_memory(err, "the scorer");
    for (size_t i = 0; i < r->n && !rc; i++)
        rc = bind(&model->rule[i], name, n, arena, &r->of[i], err);
    if (!rc)
        *rules = r;
    return rc;
}

size_t lc_score_rules_mark(const struct lc_score_rules *rules, const char *column)
{
    for (size_t i = 0; rules && i < rules->n; i++)
        if (rules->of[i].rule->effect == LC_RULE_MARKS &&
            strcmp(rules->of[i].rule->name, column) == 0)
            return i;
    return SIZE_MAX;
}

static bool says_yes(struct lc_slice cell)
{
    static const char *const word[] = {"yes", "true", "1", "y"};

    for (size_t w = 0; w < sizeof word / sizeof *word; w++)
        if (lc_slice_eq_nocase(lc_slice_trim(cell), lc_slice_of(word[w])))
            return true;
    return false;
}

struct lc_slice lc_score_rules_answer(const struct lc_score_rules *rules, size_t at,
                                      const struct lc_slice *field, size_t n)
{
    const struct bound_rule *b = &rules->of[at];
    const struct lc_slice cell = b->field < n ? field[b->field] : (struct lc_slice){"", 0};
    bool caught;

    if (lc_model_is_missing(rules->model, cell))
        return (struct lc_slice){"", 0};
    caught = b->answered ? says_yes(cell) : lc_rule_catches(b->rule, cell);
    return lc_slice_of(caught ? LC_RULE_YES : LC_RULE_NO);
}

const char *lc_score_rules_out(const struct lc_score_rules *rules, const struct lc_slice *field,
                               size_t n)
{
    for (size_t i = 0; rules && i < rules->n; i++)
        if (rules->of[i].rule->effect == LC_RULE_EXCLUDES &&
            lc_slice_eq(lc_score_rules_answer(rules, i, field, n), lc_slice_of(LC_RULE_YES)))
            return rules->of[i].reason;
    return NULL;
}
