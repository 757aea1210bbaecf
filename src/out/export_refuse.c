/* What no language has a form for: a model without attributes, bytes that are no characters. */
#include <string.h>

#include "export_internal.h"
#include "json.h"

static bool is_utf8(const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        const size_t k = lc_utf8_step(text, end);

        if (k == 0)
            return false;
        text += k;
    }
    return true;
}

/* Literals are written character by character. A NULL text is none. */
static enum lc_rc refuse_bytes(const char *text, const char *what, const char *of,
                               struct lc_err *err)
{
    if (!text || is_utf8(text))
        return LC_OK;
    return lc_fail(err, LC_EFORMAT,
                   "%s%s%.60s holds bytes that are not UTF-8; make the model again from an "
                   "export in UTF-8",
                   what, *of ? " " : "", of);
}

/* No list has the empty member, but an engine's list of texts may. */
static enum lc_rc refuse_member(const struct lc_attribute *a, struct lc_err *err)
{
    if (!a->member || *a->member)
        return LC_OK;
    return lc_fail(err, LC_EMISMATCH,
                   "attribute '%.80s' is a member of a list without a name; fit again",
                   a->column);
}

static enum lc_rc refuse_attribute(const struct lc_model *m, size_t j, struct lc_err *err)
{
    const struct lc_attribute *a = &m->card.attribute[j].attribute;
    enum lc_rc rc = a->decimal
                        ? lc_fail(err, LC_EMISMATCH,
                                  "column '%.80s' holds numbers that are written for people "
                                  "(1.234,50 or $5), which no export can read; export it as "
                                  "plain numbers from the CRM and fit again, or use leadcal "
                                  "score",
                                  a->column)
                        : LC_OK;

    if (!rc)
        rc = refuse_bytes(lc_attribute_source(a), "the name of a column", "", err);
    if (!rc)
        rc = refuse_member(a, err);
    if (!rc)
        rc = refuse_bytes(a->member, "a member of column", lc_attribute_source(a), err);
    for (size_t i = 0; i < lc_attribute_values(a) && !rc; i++)
        rc = refuse_bytes(lc_attribute_value(a, i).text, "a level of column", a->column, err);
    for (size_t i = 0; i < m->n_checks && !rc; i++)
        rc = refuse_bytes(m->check[i].input[j], "a verification row in column", a->column, err);
    return rc;
}

/* Code that graded a competitor A1 would contradict leadcal score without a word. */
static enum lc_rc refuse_rules(const struct lc_model *m, struct lc_err *err)
{
    for (size_t r = 0; r < m->n_rules; r++)
        if (m->rule[r].effect == LC_RULE_EXCLUDES)
            return lc_fail(
                err, LC_EMISMATCH,
                "rule '%.60s' leaves leads out by column '%.80s', which no export "
                "does; use leadcal score, or --rules-apart where such rows are taken "
                "out before the code sees them",
                m->rule[r].name, m->rule[r].column);
    if (m->n_rules)
        return lc_fail(
            err, LC_EMISMATCH,
            "attribute '%.60s' is what a rule says of column '%.80s', which no export "
            "finds out; use leadcal score, or --rules-apart where it is a column of "
            "yes and no before the code sees it",
            m->rule[0].name, m->rule[0].column);
    return LC_OK;
}

enum lc_rc lc_export_refuse(const struct lc_model *m, bool rules_apart, struct lc_err *err)
{
    enum lc_rc rc = LC_OK;

    if (m->card.k == 0)
        return lc_fail(
            err, LC_EMISMATCH,
            "the model has no attributes, so everybody scores the same; fit one that has");
    if (!rules_apart)
        rc = refuse_rules(m, err);
    for (size_t j = 0; j < m->card.k && !rc; j++)
        rc = refuse_attribute(m, j, err);
    for (size_t i = 0; i < m->missing.n && !rc; i++)
        rc = refuse_bytes(m->missing.text[i], "a text that means no value", "", err);
    for (size_t c = 0; c < m->n_cells && !rc; c++)
        rc = refuse_bytes(m->cell[c].action, "the action of", m->cell[c].grade, err);
    if (!rc)
        rc = refuse_bytes(m->boundary.outcome, "the outcome", "", err);
    return rc ? rc : refuse_bytes(m->card.method, "the method", "", err);
}
