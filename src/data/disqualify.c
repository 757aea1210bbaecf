#include "leadcal/disqualify.h"

#include <string.h>

#include "leadcal/domain.h"
#include "leadcal/free_mail.h"
#include "leadcal/junk.h"

enum lc_rule_effect lc_rule_usual(enum lc_rule_kind kind)
{
    return kind == LC_RULE_FREE_MAIL ? LC_RULE_MARKS : LC_RULE_EXCLUDES;
}

bool lc_rule_needs(enum lc_rule_kind kind)
{
    return kind != LC_RULE_FREE_MAIL && kind != LC_RULE_JUNK;
}

/* ---- one cell ---- */

static struct lc_slice after(struct lc_slice s, size_t n)
{
    return (struct lc_slice){s.p + n, s.n - n};
}

/* Empty where the cell has none. */
static struct lc_slice domain_of(struct lc_slice cell, char room[LC_DOMAIN_TEXT])
{
    struct lc_slice domain;

    return lc_domain_of(cell, room, &domain) ? domain : (struct lc_slice){room, 0};
}

static bool is_below(struct lc_slice domain, struct lc_slice parent)
{
    if (domain.n < parent.n || !lc_slice_eq_nocase(after(domain, domain.n - parent.n), parent))
        return false;
    return domain.n == parent.n || domain.p[domain.n - parent.n - 1] == '.';
}

static bool is_competitor(const struct lc_spec_rule *rule, struct lc_slice cell)
{
    char room[LC_DOMAIN_TEXT], other[LC_DOMAIN_TEXT];
    const struct lc_slice domain = domain_of(cell, room);

    for (size_t i = 0; domain.n && i < rule->values.n; i++) {
        const struct lc_slice listed = domain_of(lc_slice_of(rule->values.text[i]), other);

        if (listed.n && is_below(domain, listed))
            return true;
    }
    return false;
}

static bool is_listed(const struct lc_spec_rule *rule, struct lc_slice cell)
{
    for (size_t i = 0; i < rule->values.n; i++)
        if (lc_slice_eq_nocase(cell, lc_slice_trim(lc_slice_of(rule->values.text[i]))))
            return true;
    return false;
}

bool lc_rule_catches(const struct lc_spec_rule *rule, struct lc_slice cell)
{
    const struct lc_slice s = lc_slice_trim(cell);
    char room[LC_DOMAIN_TEXT];

    if (s.n == 0)
        return false;
    switch (rule->kind) {
    case LC_RULE_FREE_MAIL: return lc_free_mail(domain_of(s, room));
    case LC_RULE_COMPETITOR: return is_competitor(rule, s);
    case LC_RULE_JUNK: return lc_junk(s) != LC_JUNK_NOT;
    case LC_RULE_TERRITORY: return is_listed(rule, s) != rule->served;
    case LC_RULE_TEST:
    case LC_RULE_CUSTOMER: break;
    }
    return is_listed(rule, s);
}

/* ---- the rows of a table ---- */

/* Which levels of a column the rule catches; the missing one never. */
static enum lc_rc read_levels(const struct lc_spec_rule *rule, const struct lc_column *c,
                              struct lc_arena *arena, uint8_t **caught, struct lc_err *err)
{
    uint8_t *level = LC_NEW(arena, (size_t)c->n_levels + 1, uint8_t);

    if (!level)
        return lc_fail_memory(err, "the rules");
    for (uint32_t v = 0; v < c->n_levels; v++)
        level[v] = v != c->missing && lc_rule_catches(rule, lc_slice_of(c->level[v]));
    *caught = level;
    return LC_OK;
}

enum lc_rc lc_rule_read(const struct lc_table *table, const struct lc_spec_rule *rule,
                        struct lc_arena *arena, uint8_t **caught, struct lc_err *err)
{
    uint8_t *level = NULL, *row;
    size_t at = 0;
    enum lc_rc rc = lc_table_find(table, rule->column, &at, err);

    if (!rc)
        rc = read_levels(rule, &table->column[at].codes, arena, &level, err);
    if (rc)
        return rc;
    row = LC_NEW(arena, table->n + 1, uint8_t);
    if (!row)
        return lc_fail_memory(err, "the rules");
    for (size_t i = 0; i < table->n; i++)
        row[i] = level[lc_code_at(&table->column[at].codes, i)];
    *caught = row;
    return LC_OK;
}

/* ---- the columns of rules that mark ---- */

enum { NO, YES, MISSING, ANSWERS };

static enum lc_rc mark_column(const struct lc_table *table, const struct lc_spec_rule *rule,
                              struct lc_arena *arena, struct lc_table_column *to,
                              struct lc_err *err)
{
    uint8_t *code = LC_NEW(arena, table->n + 1, uint8_t), *level = NULL;
    const char **text = LC_NEW(arena, ANSWERS, const char *);
    size_t *count = LC_NEW(arena, ANSWERS, size_t), at = 0;
    const struct lc_column *c;
    enum lc_rc rc = lc_table_find(table, rule->column, &at, err);

    if (rc)
        return rc;
    c = &table->column[at].codes;
    rc = read_levels(rule, c, arena, &level, err);
    if (rc)
        return rc;
    if (!code || !text || !count)
        return lc_fail_memory(err, "the rules");
    for (size_t i = 0; i < table->n; i++) {
        const uint32_t v = lc_code_at(c, i);

        code[i] = v == c->missing ? MISSING : level[v] ? YES : NO;
        count[code[i]]++;
    }
    text[NO] = LC_RULE_NO;
    text[YES] = LC_RULE_YES;
    text[MISSING] = LC_MISSING_TEXT;
    *to = (struct lc_table_column){.kind = LC_KIND_TEXT, .count = count, .known = true};
    to->codes = (struct lc_column){.name = rule->name,
                                   .code = code,
                                   .level = text,
                                   .n_levels = count[MISSING] ? ANSWERS : MISSING,
                                   .missing = count[MISSING] ? MISSING : LC_NO_CODE,
                                   .width = 1};
    to->n_filled = count[NO] + count[YES];
    to->example = LC_RULE_NO;
    to->rule = rule;
    return LC_OK;
}

static enum lc_rc refuse_twin(const struct lc_table *table, const struct lc_spec_rule *rule,
                              struct lc_err *err)
{
    for (size_t j = 0; j < table->k; j++)
        if (strcmp(table->column[j].codes.name, rule->name) == 0)
            return lc_fail(err, LC_EMISMATCH,
                           "a column is called '%.80s' like the rule that looks at '%.80s'; "
                           "give the rule another \"name\"",
                           rule->name, rule->column);
    return LC_OK;
}

enum lc_rc lc_rules_mark(struct lc_table *table, const struct lc_spec *spec,
                         struct lc_arena *arena, struct lc_err *err)
{
    struct lc_table_column *column =
        LC_NEW(arena, table->k + spec->n_rules + 1, struct lc_table_column);
    size_t k = table->k;
    enum lc_rc rc = LC_OK;

    if (!column)
        return lc_fail_memory(err, "the rules");
    if (k)
        memcpy(column, table->column, k * sizeof *column);
    for (size_t r = 0; r < spec->n_rules && !rc; r++) {
        if (spec->rule[r].effect != LC_RULE_MARKS)
            continue;
        rc = refuse_twin(table, &spec->rule[r], err);
        if (!rc)
            rc = mark_column(table, &spec->rule[r], arena, &column[k], err);
        column[k].at = k;
        k += !rc;
    }
    if (rc)
        return rc;
    table->column = column;
    table->k = k;
    return LC_OK;
}
