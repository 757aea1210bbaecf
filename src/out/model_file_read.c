#include <math.h>
#include <string.h>

#include "json.h"
#include "leadcal/date.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "leadcal/num.h"

#define MOST_MODEL_BYTES ((size_t)1 << 28)  /* 4,000 levels with their covariance */
#define MOST_COUNT       ((int64_t)1 << 52) /* rows: whole in a double */
#define MOST_WINDOW      36500              /* days; a hundred years */
#define MOST_SLA         8760               /* hours; a year */
#define MOST_POINTS      1e6 /* of a level; honest ones are below 1,000, and sums stay exact */

#define KEYS(list) (list), sizeof(list) / sizeof *(list)

/* One reading: the JSON, and the model that grows out of it. */
struct reading {
    struct lc_json_in in;
    struct lc_model m;
};

static void *need_memory(struct reading *r, size_t n, size_t size)
{
    void *p = r->in.rc ? NULL : lc_arena_alloc(r->in.arena, n ? n : 1, size);

    if (!p && !r->in.rc)
        r->in.rc = lc_fail_memory(r->in.err, "the model");
    return p;
}

static double real_of(struct reading *r, const struct lc_json *o, const char *key)
{
    return lc_json_real(&r->in, lc_json_need(&r->in, o, key));
}

static double real_or_null(struct reading *r, const struct lc_json *o, const char *key)
{
    return lc_json_real_or_null(&r->in, lc_json_need(&r->in, o, key));
}

static const char *text_of(struct reading *r, const struct lc_json *o, const char *key)
{
    return lc_json_text(&r->in, lc_json_need(&r->in, o, key));
}

static size_t count_of(struct reading *r, const struct lc_json *o, const char *key)
{
    return (size_t)lc_json_whole(&r->in, lc_json_need(&r->in, o, key), 0, MOST_COUNT);
}

static const struct lc_json *array_of(struct reading *r, const struct lc_json *o,
                                      const char *key)
{
    return lc_json_array(&r->in, lc_json_need(&r->in, o, key));
}

/* The first element of an array to walk; none once something was refused. */
static const struct lc_json *first(const struct reading *r, const struct lc_json *array)
{
    return r->in.rc || !array ? NULL : array->child;
}

static int32_t day_of(struct reading *r, const struct lc_json *o, const char *key)
{
    const struct lc_json *value = lc_json_need(&r->in, o, key);
    const char *text = lc_json_text_or_null(&r->in, value);
    char back[LC_DAY_TEXT] = "";
    int32_t day = LC_NO_DAY;

    if (text && lc_date_parse(lc_slice_of(text), LC_DATE_YMD, &day))
        lc_day_text(day, back);
    if (text && strcmp(text, back) != 0)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "needs a date such as 2026-09-30");
    return day;
}

/* An array of just n numbers, copied to `to`. */
static void reals_into(struct reading *r, const struct lc_json *value, size_t n, double *to)
{
    size_t got = 0;
    const double *x = lc_json_reals(&r->in, value, &got);

    if (!r->in.rc && got != n)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "has %zu numbers where %zu are needed", got,
                       n);
    else if (!r->in.rc && n && x)
        memcpy(to, x, n * sizeof *to);
}

/* ---- attributes ---- */

/* The arrays of an attribute's levels while they may still be written. */
struct levels {
    const char **level;
    double *n, *won, *value, *points, *std_error;
};

static void read_level(struct reading *r, const struct lc_json *o, size_t v, struct levels *to)
{
    static const char *const key[] = {"level",       "n",         "won",
                                      "coefficient", "std_error", "points"};

    o = lc_json_known(&r->in, o, KEYS(key));
    to->level[v] = text_of(r, o, "level");
    to->n[v] = real_of(r, o, "n");
    to->won[v] = real_of(r, o, "won");
    to->value[v] = real_of(r, o, "coefficient");
    to->std_error[v] = real_or_null(r, o, "std_error");
    to->points[v] = real_of(r, o, "points");
    if (fabs(to->points[v]) > MOST_POINTS)
        lc_json_refuse(&r->in, lc_json_get(o, "points"), LC_EMISMATCH,
                       "no level has more than %.0f points", MOST_POINTS);
}

static void read_levels(struct reading *r, const struct lc_json *array,
                        struct lc_card_attribute *a, double **std_error)
{
    const size_t k = array ? array->n : 0;
    struct levels to;
    size_t v = 0;

    to.level = need_memory(r, k, sizeof(char *));
    to.n = need_memory(r, k, sizeof(double));
    to.won = need_memory(r, k, sizeof(double));
    to.value = need_memory(r, k + 1, sizeof(double)); /* the last, unseen, stays 0 */
    to.points = need_memory(r, k + 1, sizeof(double));
    to.std_error = need_memory(r, k, sizeof(double));
    for (const struct lc_json *o = first(r, array); o && !r->in.rc; o = o->next)
        read_level(r, o, v++, &to);
    a->attribute.n_levels = k;
    a->attribute.level = to.level;
    a->attribute.n = to.n;
    a->attribute.won = to.won;
    a->value = to.value;
    a->points = to.points;
    *std_error = to.std_error;
}

/* Levels and cuts must fit each other, or a value would find a level that is not there. */
static void check_levels(struct reading *r, const struct lc_json *o,
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

static void read_attribute(struct reading *r, const struct lc_json *o,
                           struct lc_card_attribute *a, double **std_error)
{
    static const char *const key[] = {"column", "role",    "as_of",       "missing",  "kind",
                                      "cuts",   "percent", "mean_points", "variance", "levels"};
    static const char *const role[] = {"profile", "engagement"};
    static const char *const as_of[] = {"decision", "export"};
    static const char *const missing[] = {"average", "level"};
    static const char *const kind[] = {"levels", "bins"};
    const struct lc_json *object = lc_json_known(&r->in, o, KEYS(key)), *when;
    struct lc_attribute *t = &a->attribute;
    bool has_missing;

    t->column = text_of(r, object, "column");
    t->role = lc_json_choice(&r->in, lc_json_need(&r->in, object, "role"), role, 2) == 1
                  ? LC_ROLE_ENGAGEMENT
                  : LC_ROLE_PROFILE;
    when = lc_json_need(&r->in, object, "as_of");
    if (when && when->kind != LC_JSON_NULL)
        t->as_of =
            lc_json_choice(&r->in, when, as_of, 2) == 1 ? LC_AS_OF_EXPORT : LC_AS_OF_DECISION;
    has_missing =
        lc_json_choice(&r->in, lc_json_need(&r->in, object, "missing"), missing, 2) == 1;
    if (lc_json_choice(&r->in, lc_json_need(&r->in, object, "kind"), kind, 2) == 1)
        t->cut = lc_json_reals(&r->in, lc_json_need(&r->in, object, "cuts"), &t->n_cuts);
    (void)real_of(r, object, "percent"); /* for people; it follows from the points */
    a->mean_points = real_of(r, object, "mean_points");
    a->variance = real_of(r, object, "variance");
    read_levels(r, array_of(r, object, "levels"), a, std_error);
    t->missing = LC_NO_CODE;
    if (has_missing && t->n_levels)
        t->missing = (uint32_t)(t->n_levels - 1);
    else if (has_missing)
        lc_json_refuse(&r->in, o, LC_EMISMATCH, "has no level for the empty cell");
    if (!r->in.rc)
        check_levels(r, o, t);
}

static void read_attributes(struct reading *r, const struct lc_json *root)
{
    const struct lc_json *array = array_of(r, root, "attributes");
    const size_t k = array ? array->n : 0;
    struct lc_card_attribute *a = need_memory(r, k, sizeof *a);
    double **std_error = need_memory(r, k, sizeof(double *));
    size_t j = 0;

    for (const struct lc_json *o = first(r, array); o && !r->in.rc; o = o->next, j++) {
        read_attribute(r, o, &a[j], &std_error[j]);
        for (size_t i = 0; i < j && !r->in.rc; i++)
            if (strcmp(a[i].attribute.column, a[j].attribute.column) == 0)
                lc_json_refuse(&r->in, o, LC_EMISMATCH, "its column is an attribute already");
    }
    r->m.card.k = k;
    r->m.card.attribute = a;
    r->m.std_error = (const double *const *)std_error;
}

/* ---- the rest ---- */

static void read_texts(struct reading *r, const struct lc_json *array, struct lc_texts *to)
{
    const char **text = need_memory(r, array ? array->n : 0, sizeof *text);
    size_t i = 0;

    for (const struct lc_json *o = first(r, array); o && !r->in.rc; o = o->next)
        text[i++] = lc_json_text(&r->in, o);
    *to = (struct lc_texts){text, i};
}

static void read_head(struct reading *r, const struct lc_json *root)
{
    static const char *const unseen[] = {"average"};
    static const char *const key[] = {"per_doubling", "average", "least", "most"};
    static const double want[] = {LC_POINTS_PER_DOUBLING, LC_POINTS_AVERAGE, LC_POINTS_LEAST,
                                  LC_POINTS_MOST};
    const struct lc_json *points;

    r->m.program = text_of(r, root, "program");
    r->m.card.method = text_of(r, root, "method");
    points = lc_json_known(&r->in, lc_json_need(&r->in, root, "points"), KEYS(key));
    for (size_t i = 0; i < 4 && !r->in.rc; i++)
        if (real_of(r, points, key[i]) != want[i] && !r->in.rc)
            lc_json_refuse(&r->in, lc_json_get(points, key[i]), LC_EMISMATCH,
                           "only %g is known to this program", want[i]);
    read_texts(r, array_of(r, root, "missing"), &r->m.missing);
    (void)lc_json_choice(&r->in, lc_json_need(&r->in, root, "unseen"), unseen, 1);
    r->m.prior_sd = real_of(r, root, "prior_sd");
    r->m.card.intercept = real_of(r, root, "intercept");
}

/* Under the prior every level has a coefficient; under maximum likelihood references have none. */
static void check_terms(struct reading *r, const struct lc_json *mean, size_t k)
{
    size_t terms = 1;

    for (size_t j = 0; j < r->m.card.k && !r->in.rc; j++)
        terms += r->m.card.attribute[j].attribute.n_levels;
    if (!r->in.rc && (k > terms || (r->m.prior_sd > 0 && k != terms)))
        lc_json_refuse(&r->in, mean, LC_EMISMATCH,
                       "has %zu numbers where the intercept and the levels are %zu", k, terms);
}

static void read_posterior(struct reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"parametrisation", "mean", "covariance"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "posterior"), KEYS(key));
    const struct lc_json *rows;
    size_t k = 0, i = 0;
    double *cov;

    (void)text_of(r, o, "parametrisation");
    r->m.posterior_mean = lc_json_reals(&r->in, lc_json_need(&r->in, o, "mean"), &k);
    check_terms(r, lc_json_get(o, "mean"), k);
    rows = array_of(r, o, "covariance");
    if (!r->in.rc && rows->n != k)
        lc_json_refuse(&r->in, rows, LC_EMISMATCH, "has %zu rows for %zu coefficients", rows->n,
                       k);
    cov = need_memory(r, k * k, sizeof *cov);
    for (const struct lc_json *row = cov ? first(r, rows) : NULL; row && !r->in.rc;
         row = row->next, i++)
        reals_into(r, row, k, cov + i * k);
    r->m.k_posterior = k;
    r->m.posterior_cov = cov;
}

static void read_cuts(struct reading *r, const struct lc_json *value, struct lc_grade_cuts *to)
{
    static const char *const key[] = {"cuts", "shares"};

    if (!value || value->kind == LC_JSON_NULL)
        return;
    value = lc_json_known(&r->in, value, KEYS(key));
    reals_into(r, lc_json_need(&r->in, value, "cuts"), LC_GRADES - 1, to->cut);
    reals_into(r, lc_json_need(&r->in, value, "shares"), LC_GRADES, to->share);
    for (size_t c = 1; c + 1 < LC_GRADES && !r->in.rc; c++)
        if (to->cut[c] > to->cut[c - 1])
            lc_json_refuse(&r->in, value, LC_EMISMATCH, "has cuts that rise");
    to->used = true;
}

static void read_grade(struct reading *r, const struct lc_json *o, char to[LC_GRADE_TEXT])
{
    const struct lc_json *value = lc_json_need(&r->in, o, "grade");
    const char *text = lc_json_text(&r->in, value);

    if (text && to && strlen(text) < LC_GRADE_TEXT)
        memcpy(to, text, strlen(text) + 1);
    else if (text)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "needs a grade such as A1");
}

static void read_grades(struct reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"method", "targets", "letter", "digit"};
    static const char *const method[] = {"shares", "quantile"};
    static const char *const of_cell[] = {"grade",    "leads",     "won",
                                          "expected", "sla_hours", "action"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "grades"), KEYS(key));
    const struct lc_json *cells = array_of(r, root, "cells");
    struct lc_model_cell *cell = need_memory(r, cells ? cells->n : 0, sizeof *cell);

    r->m.grades.method =
        lc_json_choice(&r->in, lc_json_need(&r->in, o, "method"), method, 2) == 1
            ? LC_CUTS_QUANTILE
            : LC_CUTS_SHARES;
    reals_into(r, lc_json_need(&r->in, o, "targets"), LC_GRADES, r->m.grades.target);
    read_cuts(r, lc_json_need(&r->in, o, "letter"), &r->m.grades.letter);
    read_cuts(r, lc_json_need(&r->in, o, "digit"), &r->m.grades.digit);
    for (const struct lc_json *c = first(r, cells); c && !r->in.rc; c = c->next) {
        const struct lc_json *known = lc_json_known(&r->in, c, KEYS(of_cell));
        struct lc_model_cell *to = &cell[r->m.n_cells++];

        read_grade(r, known, to->grade);
        to->leads = real_of(r, known, "leads");
        to->won = real_of(r, known, "won");
        to->expected = real_or_null(r, known, "expected");
        to->sla_hours =
            (int)lc_json_whole(&r->in, lc_json_need(&r->in, known, "sla_hours"), 0, MOST_SLA);
        to->action = text_of(r, known, "action");
    }
    r->m.cell = cell;
}

static void read_boundary(struct reading *r, const struct lc_json *root)
{
    static const char *const key[] = {
        "outcome", "as_of", "first_decision", "last_decision", "window_days",
        "leads",   "won",   "immature",       "undated",       "left_out"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "boundary"), KEYS(key));
    const struct lc_json *window;

    r->m.boundary.outcome = text_of(r, o, "outcome");
    r->m.boundary.as_of = day_of(r, o, "as_of");
    r->m.boundary.first_decision = day_of(r, o, "first_decision");
    r->m.boundary.last_decision = day_of(r, o, "last_decision");
    window = lc_json_need(&r->in, o, "window_days");
    r->m.boundary.window_days = LC_WINDOW_NONE;
    if (window && window->kind != LC_JSON_NULL)
        r->m.boundary.window_days = (int32_t)lc_json_whole(&r->in, window, 1, MOST_WINDOW);
    r->m.boundary.leads = real_of(r, o, "leads");
    r->m.boundary.won = real_of(r, o, "won");
    r->m.boundary.immature = real_of(r, o, "immature");
    r->m.boundary.undated = real_of(r, o, "undated");
    r->m.boundary.left_out = real_of(r, o, "left_out");
}

static void read_excluded(struct reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"column", "reason"};
    const struct lc_json *array = array_of(r, root, "excluded");
    struct lc_column_note *note = need_memory(r, array ? array->n : 0, sizeof *note);

    for (const struct lc_json *o = first(r, array); o && !r->in.rc; o = o->next) {
        const struct lc_json *known = lc_json_known(&r->in, o, KEYS(key));

        note[r->m.n_excluded++] =
            (struct lc_column_note){text_of(r, known, "column"), text_of(r, known, "reason")};
    }
    r->m.excluded = note;
}

static void read_inputs(struct reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"name", "sha256", "rows_used", "rows_skipped",
                                      "rows_rejected"};
    const struct lc_json *array = array_of(r, root, "inputs");
    struct lc_model_input *input = need_memory(r, array ? array->n : 0, sizeof *input);

    for (const struct lc_json *o = first(r, array); o && !r->in.rc; o = o->next) {
        const struct lc_json *known = lc_json_known(&r->in, o, KEYS(key));

        input[r->m.n_inputs++] =
            (struct lc_model_input){.name = text_of(r, known, "name"),
                                    .sha256 = text_of(r, known, "sha256"),
                                    .rows_used = count_of(r, known, "rows_used"),
                                    .rows_skipped = count_of(r, known, "rows_skipped"),
                                    .rows_rejected = count_of(r, known, "rows_rejected")};
    }
    r->m.input = input;
}

static void read_metrics(struct reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"model", "fold", "metric", "value", "low", "high"};
    const struct lc_json *array = array_of(r, root, "metrics");
    struct lc_metric *metric = need_memory(r, array ? array->n : 0, sizeof *metric);

    for (const struct lc_json *o = first(r, array); o && !r->in.rc; o = o->next) {
        const struct lc_json *known = lc_json_known(&r->in, o, KEYS(key));

        metric[r->m.n_metrics++] = (struct lc_metric){.model = text_of(r, known, "model"),
                                                      .fold = text_of(r, known, "fold"),
                                                      .metric = text_of(r, known, "metric"),
                                                      .value = real_or_null(r, known, "value"),
                                                      .low = real_or_null(r, known, "low"),
                                                      .high = real_or_null(r, known, "high")};
    }
    r->m.metric = metric;
}

static void read_check(struct reading *r, const struct lc_json *value,
                       struct lc_model_check *to)
{
    static const char *const key[] = {"input",  "log_odds",   "probability",
                                      "points", "fit_points", "engagement_points",
                                      "grade"};
    const struct lc_json *o = lc_json_known(&r->in, value, KEYS(key)), *input;
    const char **text = need_memory(r, r->m.card.k, sizeof *text);
    const char **column = need_memory(r, r->m.card.k, sizeof *column);

    for (size_t j = 0; j < r->m.card.k && !r->in.rc; j++)
        column[j] = r->m.card.attribute[j].attribute.column;
    input = r->in.rc
                ? NULL
                : lc_json_known(&r->in, lc_json_need(&r->in, o, "input"), column, r->m.card.k);
    for (size_t j = 0; j < r->m.card.k && !r->in.rc; j++)
        text[j] = lc_json_text_or_null(&r->in, lc_json_need(&r->in, input, column[j]));
    to->input = text;
    to->log_odds = real_of(r, o, "log_odds");
    to->probability = real_of(r, o, "probability");
    to->points = real_of(r, o, "points");
    to->f_points = real_of(r, o, "fit_points");
    to->g_points = real_of(r, o, "engagement_points");
    read_grade(r, o, to->grade);
}

static void read_checks(struct reading *r, const struct lc_json *root)
{
    const struct lc_json *array = array_of(r, root, "verification");
    struct lc_model_check *check = need_memory(r, array ? array->n : 0, sizeof *check);

    for (const struct lc_json *o = first(r, array); o && !r->in.rc; o = o->next)
        read_check(r, o, &check[r->m.n_checks++]);
    r->m.check = check;
}

static void read_root(struct reading *r, const struct lc_json *root)
{
    static const char *const key[] = {
        "leadcal_model", "program",   "method",     "points",    "missing",     "unseen",
        "prior_sd",      "intercept", "attributes", "posterior", "grades",      "cells",
        "boundary",      "excluded",  "inputs",     "metrics",   "verification"};
    const struct lc_json *schema = lc_json_get(root, "leadcal_model");

    if (!schema)
        lc_json_refuse(&r->in, root, LC_EMISMATCH,
                       "this is no model file; leadcal recalibrate or fit --model makes one");
    r->m.schema = (int)lc_json_whole(&r->in, schema, 1, 1000000);
    if (!r->in.rc && r->m.schema != LC_MODEL_SCHEMA)
        lc_json_refuse(
            &r->in, schema, LC_EMISMATCH,
            "is form %d, and this program knows form %d; use the leadcal that made it, "
            "or recalibrate",
            r->m.schema, LC_MODEL_SCHEMA);
    root = lc_json_known(&r->in, root, KEYS(key));
    read_head(r, root);
    read_attributes(r, root);
    read_posterior(r, root);
    read_grades(r, root);
    read_boundary(r, root);
    read_excluded(r, root);
    read_inputs(r, root);
    read_metrics(r, root);
    read_checks(r, root);
}

enum lc_rc lc_model_parse(const char *path, struct lc_slice text, struct lc_arena *arena,
                          struct lc_model *m, struct lc_err *err)
{
    struct reading r = {.in = {.path = path, .text = text, .arena = arena, .err = err}};
    const struct lc_json *root = lc_json_parse(&r.in);

    if (root)
        read_root(&r, root);
    if (r.in.rc)
        return r.in.rc;
    if (lc_model_verify(&r.m, err))
        return lc_fail_in(err, path);
    *m = r.m;
    return LC_OK;
}

enum lc_rc lc_model_read(const char *path, struct lc_arena *arena, struct lc_model *m,
                         struct lc_err *err)
{
    struct lc_slice text;
    const enum lc_rc rc = lc_read_file(path, MOST_MODEL_BYTES, arena, &text, err);

    return rc ? rc : lc_model_parse(path, text, arena, m, err);
}
