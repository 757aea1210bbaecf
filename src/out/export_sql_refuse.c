/* What a database cannot hold of a model: names, and texts that its literals have no form for. */
#include <string.h>

#include "export_sql_internal.h"

#define KEPT "lc_" /* what the names begin with that the export makes */

/* The part of TABLE or SCHEMA.TABLE that *rest begins with, which then begins behind the point. */
struct lc_slice lc_sql_part(const char **rest)
{
    const size_t n = strcspn(*rest, ".");
    const struct lc_slice part = {*rest, n};

    *rest = (*rest)[n] ? *rest + n + 1 : NULL;
    return part;
}

static enum lc_rc refuse_long_name(const struct lc_sql *s, struct lc_slice name,
                                   struct lc_err *err)
{
    if (name.n == 0)
        return lc_fail(err, LC_EMISMATCH,
                       "a name of the table or of a column is empty; SQL has no such name");
    if (s->dialect->most_name && name.n > s->dialect->most_name)
        return lc_fail(
            err, LC_EMISMATCH,
            "the name '%.*s...' has %zu bytes, and %s takes %zu; rename the column in the "
            "export and fit again",
            40, name.p, name.n, s->dialect->name, s->dialect->most_name);
    return LC_OK;
}

/* Names that the database takes for one, and those that the query makes itself. */
static enum lc_rc refuse_name(const struct lc_sql *s, size_t j, struct lc_err *err)
{
    const struct lc_card_attribute *a = s->job->model->card.attribute;
    const struct lc_slice name = lc_slice_of(lc_attribute_source(&a[j].attribute));

    if (name.n >= strlen(KEPT) &&
        lc_slice_eq_nocase((struct lc_slice){name.p, strlen(KEPT)}, lc_slice_of(KEPT)))
        return lc_fail(err, LC_EMISMATCH,
                       "column '%.60s' begins with " KEPT
                       ", as the names that the export makes; "
                       "rename it in the export and fit again",
                       name.p);
    for (size_t i = 0; i < j && s->dialect->folds_names; i++) {
        const struct lc_slice other = lc_slice_of(lc_attribute_source(&a[i].attribute));

        if (lc_slice_eq_nocase(name, other) && !lc_slice_eq(name, other))
            return lc_fail(
                err, LC_EMISMATCH,
                "columns '%.60s' and '%.60s' differ in case alone, and %s takes them for "
                "one; rename one in the export and fit again",
                other.p, name.p, s->dialect->name);
    }
    return refuse_long_name(s, name, err);
}

static enum lc_rc refuse_text(const struct lc_sql *s, const char *text, const char *column,
                              struct lc_err *err)
{
    if (!text || !s->dialect->most_pieces || lc_sql_pieces(text) <= s->dialect->most_pieces)
        return LC_OK;
    return lc_fail(
        err, LC_EMISMATCH,
        "a text for column '%.60s' changes between letters and control characters %zu "
        "times, and %s takes %zu; clean it in the export and fit again",
        column, lc_sql_pieces(text) - 1, s->dialect->name, s->dialect->most_pieces);
}

enum lc_rc lc_sql_refuse(const struct lc_sql *s, struct lc_err *err)
{
    const struct lc_model *m = s->job->model;
    const char *rest = s->job->how->table;
    enum lc_rc rc = LC_OK;

    while (rest && !rc)
        rc = refuse_long_name(s, lc_sql_part(&rest), err);
    for (size_t j = 0; j < m->card.k && !rc; j++) {
        const struct lc_attribute *a = &m->card.attribute[j].attribute;

        rc = refuse_name(s, j, err);
        for (size_t i = 0; i < lc_attribute_values(a) && !rc; i++)
            rc = refuse_text(s, lc_attribute_value(a, i).text, a->column, err);
        if (!rc)
            rc = refuse_text(s, a->member, a->column, err);
        for (size_t i = 0; i < s->job->n_checks && !rc; i++)
            rc = refuse_text(s, s->job->check[i].input[j], a->column, err);
        for (size_t i = 0; i < m->missing.n && !rc; i++)
            rc = refuse_text(s, m->missing.text[i], a->column, err);
    }
    return rc;
}
