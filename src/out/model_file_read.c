#include <math.h>
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "model_file_internal.h"

#define MOST_MODEL_BYTES ((size_t)1 << 28) /* 4,000 levels with their covariance */
#define MOST_WINDOW      36500             /* days; a hundred years */
#define MOST_SLA         8760              /* hours; a year */

static void read_texts(struct lc_model_reading *r, const struct lc_json *array,
                       struct lc_texts *to)
{
    const char **text = lc_model_room(r, array ? array->n : 0, sizeof *text);
    size_t i = 0;

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next)
        text[i++] = lc_json_text(&r->in, o);
    *to = (struct lc_texts){text, i};
}

static void read_head(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const unseen[] = {"average"};
    static const char *const key[] = {"per_doubling", "average", "least", "most"};
    static const double want[] = {LC_POINTS_PER_DOUBLING, LC_POINTS_AVERAGE, LC_POINTS_LEAST,
                                  LC_POINTS_MOST};
    const struct lc_json *points;

    r->m.program = lc_model_text(r, root, "program");
    r->m.card.method = lc_model_text(r, root, "method");
    points = lc_json_known(&r->in, lc_json_need(&r->in, root, "points"), LC_KEYS(key));
    for (size_t i = 0; i < 4 && !r->in.rc; i++)
        if (lc_model_real(r, points, key[i]) != want[i] && !r->in.rc)
            lc_json_refuse(&r->in, lc_json_get(points, key[i]), LC_EMISMATCH,
                           "only %g is known to this program", want[i]);
    read_texts(r, lc_model_array(r, root, "missing"), &r->m.missing);
    (void)lc_json_choice(&r->in, lc_json_need(&r->in, root, "unseen"), unseen, 1);
    r->m.prior_sd = lc_model_real(r, root, "prior_sd");
    r->m.card.intercept = lc_model_real(r, root, "intercept");
}

/* Under the prior every level has a coefficient; under maximum likelihood references have none. */
static void check_terms(struct lc_model_reading *r, const struct lc_json *mean, size_t k)
{
    size_t terms = 1;

    for (size_t j = 0; j < r->m.card.k && !r->in.rc; j++)
        terms += r->m.card.attribute[j].attribute.n_levels;
    if (!r->in.rc && (k > terms || (r->m.prior_sd > 0 && k != terms)))
        lc_json_refuse(&r->in, mean, LC_EMISMATCH,
                       "has %zu numbers where the intercept and the levels are %zu", k, terms);
}

static void read_posterior(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"parametrisation", "mean", "covariance"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "posterior"), LC_KEYS(key));
    const struct lc_json *rows;
    size_t k = 0, i = 0;
    double *cov;

    (void)lc_model_text(r, o, "parametrisation");
    r->m.posterior_mean = lc_json_reals(&r->in, lc_json_need(&r->in, o, "mean"), &k);
    check_terms(r, lc_json_get(o, "mean"), k);
    rows = lc_model_array(r, o, "covariance");
    if (!r->in.rc && rows->n != k)
        lc_json_refuse(&r->in, rows, LC_EMISMATCH, "has %zu rows for %zu coefficients", rows->n,
                       k);
    cov = lc_model_room(r, k * k, sizeof *cov);
    for (const struct lc_json *row = cov ? lc_model_first(r, rows) : NULL; row && !r->in.rc;
         row = row->next, i++)
        lc_model_reals(r, row, k, cov + i * k);
    r->m.k_posterior = k;
    r->m.posterior_cov = cov;
}

static void read_cuts(struct lc_model_reading *r, const struct lc_json *value,
                      struct lc_grade_cuts *to)
{
    static const char *const key[] = {"cuts", "shares"};

    if (!value || value->kind == LC_JSON_NULL)
        return;
    value = lc_json_known(&r->in, value, LC_KEYS(key));
    lc_model_reals(r, lc_json_need(&r->in, value, "cuts"), LC_GRADES - 1, to->cut);
    lc_model_reals(r, lc_json_need(&r->in, value, "shares"), LC_GRADES, to->share);
    for (size_t c = 1; c + 1 < LC_GRADES && !r->in.rc; c++)
        if (to->cut[c] > to->cut[c - 1])
            lc_json_refuse(&r->in, value, LC_EMISMATCH, "has cuts that rise");
    to->used = true;
}

static void read_grade(struct lc_model_reading *r, const struct lc_json *o,
                       char to[LC_GRADE_TEXT])
{
    const struct lc_json *value = lc_json_need(&r->in, o, "grade");
    const char *text = lc_json_text(&r->in, value);

    if (text && to && strlen(text) < LC_GRADE_TEXT)
        memcpy(to, text, strlen(text) + 1);
    else if (text)
        lc_json_refuse(&r->in, value, LC_EMISMATCH, "needs a grade such as A1");
}

static void read_grades(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"method", "targets", "letter", "digit"};
    static const char *const method[] = {"shares", "quantile"};
    static const char *const of_cell[] = {"grade",    "leads",     "won",
                                          "expected", "sla_hours", "action"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "grades"), LC_KEYS(key));
    const struct lc_json *cells = lc_model_array(r, root, "cells");
    struct lc_model_cell *cell = lc_model_room(r, cells ? cells->n : 0, sizeof *cell);

    r->m.grades.method =
        lc_json_choice(&r->in, lc_json_need(&r->in, o, "method"), method, 2) == 1
            ? LC_CUTS_QUANTILE
            : LC_CUTS_SHARES;
    lc_model_reals(r, lc_json_need(&r->in, o, "targets"), LC_GRADES, r->m.grades.target);
    read_cuts(r, lc_json_need(&r->in, o, "letter"), &r->m.grades.letter);
    read_cuts(r, lc_json_need(&r->in, o, "digit"), &r->m.grades.digit);
    for (const struct lc_json *c = lc_model_first(r, cells); c && !r->in.rc; c = c->next) {
        const struct lc_json *known = lc_json_known(&r->in, c, LC_KEYS(of_cell));
        struct lc_model_cell *to = &cell[r->m.n_cells++];

        read_grade(r, known, to->grade);
        to->leads = lc_model_real(r, known, "leads");
        to->won = lc_model_real(r, known, "won");
        to->expected = lc_model_real_or_null(r, known, "expected");
        to->sla_hours =
            (int)lc_json_whole(&r->in, lc_json_need(&r->in, known, "sla_hours"), 0, MOST_SLA);
        to->action = lc_model_text(r, known, "action");
    }
    r->m.cell = cell;
}

static void read_boundary(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {
        "outcome", "as_of", "first_decision", "last_decision", "window_days",
        "leads",   "won",   "immature",       "undated",       "left_out"};
    const struct lc_json *o =
        lc_json_known(&r->in, lc_json_need(&r->in, root, "boundary"), LC_KEYS(key));
    const struct lc_json *window;

    r->m.boundary.outcome = lc_model_text(r, o, "outcome");
    r->m.boundary.as_of = lc_model_day(r, o, "as_of");
    r->m.boundary.first_decision = lc_model_day(r, o, "first_decision");
    r->m.boundary.last_decision = lc_model_day(r, o, "last_decision");
    window = lc_json_need(&r->in, o, "window_days");
    r->m.boundary.window_days = LC_WINDOW_NONE;
    if (window && window->kind != LC_JSON_NULL)
        r->m.boundary.window_days = (int32_t)lc_json_whole(&r->in, window, 1, MOST_WINDOW);
    r->m.boundary.leads = lc_model_real(r, o, "leads");
    r->m.boundary.won = lc_model_real(r, o, "won");
    r->m.boundary.immature = lc_model_real(r, o, "immature");
    r->m.boundary.undated = lc_model_real(r, o, "undated");
    r->m.boundary.left_out = lc_model_real(r, o, "left_out");
}

static void read_excluded(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"column", "reason"};
    const struct lc_json *array = lc_model_array(r, root, "excluded");
    struct lc_column_note *note = lc_model_room(r, array ? array->n : 0, sizeof *note);

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next) {
        const struct lc_json *known = lc_json_known(&r->in, o, LC_KEYS(key));

        note[r->m.n_excluded++] = (struct lc_column_note){lc_model_text(r, known, "column"),
                                                          lc_model_text(r, known, "reason")};
    }
    r->m.excluded = note;
}

static void read_inputs(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"name", "sha256", "rows_used", "rows_skipped",
                                      "rows_rejected"};
    const struct lc_json *array = lc_model_array(r, root, "inputs");
    struct lc_model_input *input = lc_model_room(r, array ? array->n : 0, sizeof *input);

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next) {
        const struct lc_json *known = lc_json_known(&r->in, o, LC_KEYS(key));

        input[r->m.n_inputs++] =
            (struct lc_model_input){.name = lc_model_text(r, known, "name"),
                                    .sha256 = lc_model_text(r, known, "sha256"),
                                    .rows_used = lc_model_count(r, known, "rows_used"),
                                    .rows_skipped = lc_model_count(r, known, "rows_skipped"),
                                    .rows_rejected = lc_model_count(r, known, "rows_rejected")};
    }
    r->m.input = input;
}

static void read_metrics(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const key[] = {"model", "fold", "metric", "value", "low", "high"};
    const struct lc_json *array = lc_model_array(r, root, "metrics");
    struct lc_metric *metric = lc_model_room(r, array ? array->n : 0, sizeof *metric);

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next) {
        const struct lc_json *known = lc_json_known(&r->in, o, LC_KEYS(key));

        metric[r->m.n_metrics++] =
            (struct lc_metric){.model = lc_model_text(r, known, "model"),
                               .fold = lc_model_text(r, known, "fold"),
                               .metric = lc_model_text(r, known, "metric"),
                               .value = lc_model_real_or_null(r, known, "value"),
                               .low = lc_model_real_or_null(r, known, "low"),
                               .high = lc_model_real_or_null(r, known, "high")};
    }
    r->m.metric = metric;
}

static void read_check(struct lc_model_reading *r, const struct lc_json *value,
                       struct lc_model_check *to)
{
    static const char *const key[] = {"input",  "log_odds",   "probability",
                                      "points", "fit_points", "engagement_points",
                                      "grade"};
    const struct lc_json *o = lc_json_known(&r->in, value, LC_KEYS(key)), *input;
    const char **text = lc_model_room(r, r->m.card.k, sizeof *text);
    const char **column = lc_model_room(r, r->m.card.k, sizeof *column);

    for (size_t j = 0; j < r->m.card.k && !r->in.rc; j++)
        column[j] = r->m.card.attribute[j].attribute.column;
    input = r->in.rc
                ? NULL
                : lc_json_known(&r->in, lc_json_need(&r->in, o, "input"), column, r->m.card.k);
    for (size_t j = 0; j < r->m.card.k && !r->in.rc; j++)
        text[j] = lc_json_text_or_null(&r->in, lc_json_need(&r->in, input, column[j]));
    to->input = text;
    to->log_odds = lc_model_real(r, o, "log_odds");
    to->probability = lc_model_real(r, o, "probability");
    to->points = lc_model_real(r, o, "points");
    to->f_points = lc_model_real(r, o, "fit_points");
    to->g_points = lc_model_real(r, o, "engagement_points");
    read_grade(r, o, to->grade);
}

static void read_checks(struct lc_model_reading *r, const struct lc_json *root)
{
    const struct lc_json *array = lc_model_array(r, root, "verification");
    struct lc_model_check *check = lc_model_room(r, array ? array->n : 0, sizeof *check);

    for (const struct lc_json *o = lc_model_first(r, array); o && !r->in.rc; o = o->next)
        read_check(r, o, &check[r->m.n_checks++]);
    r->m.check = check;
}

static void read_root(struct lc_model_reading *r, const struct lc_json *root)
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
    root = lc_json_known(&r->in, root, LC_KEYS(key));
    read_head(r, root);
    lc_model_attributes(r, root);
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
    struct lc_model_reading r = {
        .in = {.path = path, .text = text, .arena = arena, .err = err}};
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
