#include <math.h>
#include <string.h>

#include "model_file_internal.h"
#include "spec_file_internal.h"

#define MOST_POINTS 1e6 /* of a level; honest ones are below 1,000, and sums stay exact */

/* A level that holds its own text alone says nothing of it. */
void lc_model_put_values(struct lc_json_out *out, const struct lc_attribute *a, size_t level)
{
    size_t first = 0, n = 0;

    for (size_t i = 0; a->value && i < a->n_values; i++) {
        first = a->value[i].level == level && n == 0 ? i : first;
        n += a->value[i].level == level;
    }
    if (n == 0 || (n == 1 && strcmp(a->value[first].text, a->level[level]) == 0))
        return;
    lc_json_open(out, "values", '[', true);
    for (size_t i = first; i < first + n; i++)
        lc_json_put_text(out, NULL, a->value[i].text);
    lc_json_close(out, ']');
}

/* The arrays of an attribute's levels while they may still be written. */
struct levels {
    const char **level;
    struct lc_texts *values; /* of the level; n 0: its own text alone */
    double *n, *won, *value, *points, *std_error;
};

static void read_level(struct lc_model_reading *r, const struct lc_json *o, size_t v,
                       struct levels *to)
{
    static const char *const key[] = {"level",       "values",    "n",     "won",
                                      "coefficient", "std_error", "points"};

    o = lc_json_known(&r->in, o, LC_KEYS(key));
    to->level[v] = lc_model_text(r, o, "level");
    if (lc_json_get(o, "values"))
        lc_model_texts(r, lc_model_array(r, o, "values"), &to->values[v]);
    to->n[v] = lc_model_real(r, o, "n");
    to->won[v] = lc_model_real(r, o, "won");
    to->value[v] = lc_model_real(r, o, "coefficient");
    to->std_error[v] = lc_model_real_or_null(r, o, "std_error");
    to->points[v] = lc_model_real(r, o, "points");
    if (fabs(to->points[v]) > MOST_POINTS)
        lc_json_refuse(&r->in, lc_json_get(o, "points"), LC_EMISMATCH,
                       "no level has more than %.0f points", MOST_POINTS);
}

/* The values of the levels as one list, where any level holds others than its own text. */
static void list_values(struct lc_model_reading *r, const struct lc_json *array,
                        const struct levels *from, struct lc_attribute *a)
{
    struct lc_attribute_value *value;
    size_t n = 0, merged = 0;

    for (size_t v = 0; v < a->n_levels; v++) {
        merged += from->values[v].n;
        n += from->values[v].n ? from->values[v].n : 1;
    }
    value = merged ? lc_model_room(r, n, sizeof *value) : NULL;
    for (size_t v = 0; value && v < a->n_levels; v++) {
        const struct lc_texts *t = &from->values[v];

        if (!t->n)
            value[a->n_values++] = (struct lc_attribute_value){from->level[v], (uint32_t)v};
        for (size_t i = 0; i < t->n; i++)
            value[a->n_values++] = (struct lc_attribute_value){t->text[i], (uint32_t)v};
    }
    a->value = value;
    if (value && a->cut)
        lc_json_refuse(&r->in, array, LC_EMISMATCH, "has values in levels that are bins");
}

static void read_levels(struct lc_model_reading *r, const struct lc_json *array,
                        struct lc_card_attribute *a, double **std_error)
{
    const size_t k = array ? array->n : 0;
    struct levels to;
    size_t v = 0;

    to.level = lc_model_room(r, k, sizeof(char *));
    to.values = lc_model_room(r, k, sizeof(struct lc_texts));
    to.n = lc_model_room(r, k, sizeof(double));
    to.won = lc_model_room(r, k, sizeof(double));
    to.value = lc_model_room(r, k + 1, sizeof(double)); /* the last, unseen, stays 0 */
    to.points = lc_model_room(r, k + 1, sizeof(double));
    to.std_error = lc_model_room(r, k, sizeof(double));
    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next)
        read_level(r, o, v++, &to);
    a->attribute.n_levels = k;
    a->attribute.level = to.level;
    a->attribute.n = to.n;
    a->attribute.won = to.won;
    if (!r->in.rc)
        list_values(r, array, &to, &a->attribute);
    a->value = to.value;
    a->points = to.points;
    *std_error = to.std_error;
}

/* Levels and cuts must fit each other, or a value would find a level that is not there. */
static void check_levels(struct lc_model_reading *r, const struct lc_json *o,
                         const struct lc_attribute *a)
{
    const bool has_missing = a->missing != LC_NO_CODE;
    const size_t named = a->n_levels - has_missing;
    const bool none = !named && (has_missing || !a->n_cuts); /* every value is unseen then */

    for (size_t j = 1; a->cut && j < a->n_cuts; j++)
        if (!(a->cut[j] > a->cut[j - 1]))
            lc_json_refuse(&r->in, o, LC_EMISMATCH, "has cuts that do not rise");
    if (a->cut && !none && named != a->n_cuts + 1)
        lc_json_refuse(&r->in, o, LC_EMISMATCH, "has %zu bins between %zu cuts", named,
                       a->n_cuts);
    if (a->missing != LC_NO_CODE && strcmp(a->level[a->missing], LC_MISSING_TEXT) != 0)
        lc_json_refuse(&r->in, o, LC_EMISMATCH, "needs '%s' as its last level",
                       LC_MISSING_TEXT);
}

/* The set that it is a member of, where it is one. */
static void read_set(struct lc_model_reading *r, const struct lc_json *o,
                     struct lc_attribute *t)
{
    const struct lc_json *cap = lc_json_get(o, "cap");

    if (!lc_json_get(o, "set") && !lc_json_get(o, "member"))
        return;
    t->set_of = lc_model_text(r, o, "set");
    t->member = lc_model_text(r, o, "member");
    if (cap)
        t->cap = lc_json_real(&r->in, cap);
}

static void read_attribute(struct lc_model_reading *r, const struct lc_json *o,
                           struct lc_card_attribute *a, double **std_error)
{
    static const char *const key[] = {
        "column",  "role",        "as_of",    "missing", "kind",    "cuts",
        "percent", "mean_points", "variance", "levels",  "decimal", "set",
        "member",  "cap",         "computed", "of",      "within",  "segment"};
    static const char *const as_of[] = {"decision", "export"};
    static const char *const missing[] = {"average", "level"};
    static const char *const kind[] = {"levels", "bins"};
    const struct lc_json *object = lc_json_known(&r->in, o, LC_KEYS(key)), *when;
    struct lc_attribute *t = &a->attribute;
    const struct lc_json *decimal;
    bool has_missing;
    size_t role;

    t->column = lc_model_text(r, object, "column");
    role = lc_json_choice(&r->in, lc_json_need(&r->in, object, "role"), lc_spec_roles,
                          LC_SPEC_ROLES);
    t->role = role == 0 ? LC_ROLE_PROFILE : LC_ROLE_ENGAGEMENT;
    t->intent = role == LC_SPEC_ROLES - 1;
    when = lc_json_need(&r->in, object, "as_of");
    if (when && when->kind != LC_JSON_NULL)
        t->as_of =
            lc_json_choice(&r->in, when, as_of, 2) == 1 ? LC_AS_OF_EXPORT : LC_AS_OF_DECISION;
    read_set(r, object, t);
    if (lc_json_get(object, "of"))
        t->of = lc_model_text(r, object, "of");
    if (lc_json_get(object, "computed"))
        t->computed = lc_model_text(r, object, "computed");
    has_missing =
        lc_json_choice(&r->in, lc_json_need(&r->in, object, "missing"), missing, 2) == 1;
    if (lc_json_choice(&r->in, lc_json_need(&r->in, object, "kind"), kind, 2) == 1)
        t->cut = lc_json_reals(&r->in, lc_json_need(&r->in, object, "cuts"), &t->n_cuts);
    decimal = lc_json_get(object, "decimal");
    if (decimal)
        t->decimal = (enum lc_decimal)(LC_DECIMAL_POINT + lc_json_choice(&r->in, decimal,
                                                                         lc_spec_decimals,
                                                                         LC_SPEC_DECIMALS));
    (void)lc_model_real(r, object, "percent"); /* for people; it follows from the points */
    a->mean_points = lc_model_real(r, object, "mean_points");
    a->variance = lc_model_real(r, object, "variance");
    read_levels(r, lc_model_array(r, object, "levels"), a, std_error);
    t->missing = LC_NO_CODE;
    if (has_missing && t->n_levels)
        t->missing = (uint32_t)(t->n_levels - 1);
    else if (has_missing)
        lc_json_refuse(&r->in, o, LC_EMISMATCH, "has no level for the empty cell");
    if (!r->in.rc)
        check_levels(r, o, t);
}

/* The place of the attribute of that name among the first j. j: there is none. */
static size_t find_before(const struct lc_card_attribute *a, size_t j, const char *name)
{
    size_t i = 0;

    while (i < j && strcmp(a[i].attribute.column, name) != 0)
        i++;
    return i;
}

/* A deviation: whose, and in which segment. It has the levels of its attribute, since a lead's level is
 * looked up there. */
static void read_local(struct lc_model_reading *r, const struct lc_json *o,
                       struct lc_card_attribute *a, size_t j)
{
    struct lc_card_local *local = lc_model_room(r, 1, sizeof *local);
    const char *within = lc_model_text(r, o, "within"),
               *segment = lc_model_text(r, o, "segment");
    size_t of, own, s = 0;

    if (r->in.rc)
        return;
    of = a[j].attribute.of ? find_before(a, j, a[j].attribute.of) : j;
    own = find_before(a, j, within);
    if (of == j || a[of].attribute.of || own == j || a[own].local) {
        lc_json_refuse(
            &r->in, o, LC_EMISMATCH,
            "deviates from an attribute, or in segments, that do not stand before it");
        return;
    }
    while (s < a[own].attribute.n_levels && strcmp(a[own].attribute.level[s], segment) != 0)
        s++;
    if (s == a[own].attribute.n_levels)
        lc_json_refuse(&r->in, o, LC_EMISMATCH, "deviates in a segment that is not there");
    if (a[j].attribute.n_levels != a[of].attribute.n_levels)
        lc_json_refuse(&r->in, o, LC_EMISMATCH,
                       "has %zu levels where what it deviates from has %zu",
                       a[j].attribute.n_levels, a[of].attribute.n_levels);
    *local = (struct lc_card_local){.of = of, .own = own, .segment = (uint32_t)s};
    a[j].local = local;
}

void lc_model_attributes(struct lc_model_reading *r, const struct lc_json *root)
{
    const struct lc_json *array = lc_model_array(r, root, "attributes");
    const size_t k = array ? array->n : 0;
    struct lc_card_attribute *a = lc_model_room(r, k, sizeof *a);
    double **std_error = lc_model_room(r, k, sizeof(double *));
    size_t j = 0;

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next, j++) {
        read_attribute(r, o, &a[j], &std_error[j]);
        if (!r->in.rc && lc_json_get(o, "within"))
            read_local(r, o, a, j);
        if (!r->in.rc && a[j].attribute.of && r->form < LC_MODEL_SCHEMA_LOCAL)
            lc_json_refuse(&r->in, o, LC_EMISMATCH,
                           "has deviations of segments, which came with form %d",
                           LC_MODEL_SCHEMA_LOCAL);
        for (size_t i = 0; i < j && !r->in.rc; i++)
            if (strcmp(a[i].attribute.column, a[j].attribute.column) == 0)
                lc_json_refuse(&r->in, o, LC_EMISMATCH, "its column is an attribute already");
    }
    r->m.card.k = k;
    r->m.card.attribute = a;
    r->m.std_error = (const double *const *)std_error;
}
