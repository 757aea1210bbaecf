#include <math.h>
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "model_file_internal.h"
#include "spec_file_internal.h"

#define FORM_1 1 /* without an agreement; still read */
#define FORM_3 3 /* with a prior and a champion, which form 2 had not; still read, too */

static void read_head(struct lc_model_reading *r, const struct lc_json *root)
{
    static const char *const unseen[] = {"average"};
    static const char *const key[] = {"per_doubling", "average", "least", "most"};
    struct lc_point_scale scale = lc_points_standard();
    const double want[] = {0, scale.average, scale.least, scale.most}; /* per_doubling: any */
    const struct lc_json *points;

    r->m.program = lc_model_text(r, root, "program");
    r->m.card.method = lc_model_text(r, root, "method");
    points = lc_json_known(&r->in, lc_json_need(&r->in, root, "points"), LC_KEYS(key));
    scale.per_doubling = lc_model_real(r, points, key[0]);
    if (!r->in.rc && !(scale.per_doubling > 0))
        lc_json_refuse(&r->in, lc_json_get(points, key[0]), LC_EMISMATCH,
                       "must be over 0: so many points double the odds");
    for (size_t i = 1; i < 4 && !r->in.rc; i++)
        if (lc_model_real(r, points, key[i]) != want[i] && !r->in.rc)
            lc_json_refuse(&r->in, lc_json_get(points, key[i]), LC_EMISMATCH,
                           "only %g is known to this program", want[i]);
    r->m.card.scale = scale;
    lc_model_texts(r, lc_model_array(r, root, "missing"), &r->m.missing);
    (void)lc_json_choice(&r->in, lc_json_need(&r->in, root, "unseen"), unseen, 1);
    r->m.prior_sd = lc_model_real(r, root, "prior_sd");
    r->m.card.intercept = lc_model_real(r, root, "intercept");
}

/* Under the prior every level has a coefficient; under maximum likelihood references have none. */
static void check_terms(struct lc_model_reading *r, const struct lc_json *mean, size_t k)
{
    size_t terms = 1;

    for (size_t j = 0; j < r->m.card.k && !r->in.rc; j++)
        if (!r->m.card.attribute[j].attribute.of)
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

static void read_unit(struct lc_model_reading *r, const struct lc_json *value)
{
    const char *word[LC_UNIT_CUSTOMER + 1];

    if (!value)
        return;
    for (size_t u = 0; u <= LC_UNIT_CUSTOMER; u++)
        word[u] = lc_unit_word((enum lc_unit_of)u, false);
    r->m.boundary.unit =
        (enum lc_unit_of)lc_json_choice(&r->in, value, word, LC_UNIT_CUSTOMER + 1);
}

static void read_boundary(struct lc_model_reading *r, const struct lc_json *root)
{
    /* The last four are of form 3; of them "lag" is there only where young leads have entered, and "unit" where
     * these are no leads. */
    static const char *const key[] = {
        "outcome", "as_of",    "first_decision", "last_decision", "window_days", "leads",
        "won",     "immature", "undated",        "left_out",      "overlapping", "open_leads",
        "lag",     "unit"};
    const size_t n_keys = sizeof key / sizeof *key;
    const struct lc_json *o = lc_json_known(&r->in, lc_json_need(&r->in, root, "boundary"), key,
                                            r->form < FORM_3 ? n_keys - 4 : n_keys);
    const struct lc_json *window, *lag;

    r->m.boundary.outcome = lc_model_text(r, o, "outcome");
    r->m.boundary.as_of = lc_model_day(r, o, "as_of");
    r->m.boundary.first_decision = lc_model_day(r, o, "first_decision");
    r->m.boundary.last_decision = lc_model_day(r, o, "last_decision");
    window = lc_json_need(&r->in, o, "window_days");
    r->m.boundary.window_days = LC_WINDOW_NONE;
    if (window && window->kind != LC_JSON_NULL)
        r->m.boundary.window_days = (int32_t)lc_json_whole(&r->in, window, 1, MOST_WINDOW);
    lag = o ? lc_json_get(o, "lag") : NULL;
    if (lag)
        r->m.boundary.lag = lc_json_text(&r->in, lag);
    read_unit(r, o ? lc_json_get(o, "unit") : NULL);
    r->m.boundary.leads = lc_model_real(r, o, "leads");
    r->m.boundary.won = lc_model_real(r, o, "won");
    r->m.boundary.immature = lc_model_real(r, o, "immature");
    r->m.boundary.undated = lc_model_real(r, o, "undated");
    r->m.boundary.left_out = lc_model_real(r, o, "left_out");
    if (r->form < FORM_3)
        return;
    r->m.boundary.overlapping = lc_model_real(r, o, "overlapping");
    r->m.boundary.open_leads = lc_json_truth(&r->in, lc_json_need(&r->in, o, "open_leads"));
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
    lc_model_grade(r, o, to->grade);
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
    /* What came with a later form stands last: form 1 lacks the last four, form 2 the last three; the very
     * last is there only where leads are disqualified. */
    static const char *const key[] = {
        "leadcal_model", "program",   "method",     "points",    "missing",      "unseen",
        "prior_sd",      "intercept", "attributes", "posterior", "grades",       "cells",
        "boundary",      "excluded",  "inputs",     "metrics",   "verification", "agreement",
        "prior",         "champion",  "disqualify"};
    static const size_t lacks[] = {0, 4, 3, 0, 0};
    const size_t n_keys = sizeof key / sizeof *key;
    const struct lc_json *schema = lc_json_get(root, "leadcal_model");

    if (!schema)
        lc_json_refuse(&r->in, root, LC_EMISMATCH,
                       "this is no model file; leadcal recalibrate or fit --model makes one");
    r->form = (int)lc_json_whole(&r->in, schema, 1, 1000000);
    if (!r->in.rc && r->form > LC_MODEL_SCHEMA_LOCAL)
        lc_json_refuse(&r->in, schema, LC_EMISMATCH,
                       "is form %d, and this program knows the forms up to %d; use the leadcal "
                       "that made it, or recalibrate",
                       r->form, LC_MODEL_SCHEMA_LOCAL);
    /* What is written again has the new form. */
    r->m.schema = r->form == LC_MODEL_SCHEMA_LOCAL ? LC_MODEL_SCHEMA_LOCAL : LC_MODEL_SCHEMA;
    root = lc_json_known(&r->in, root, key, n_keys - (r->in.rc ? 0 : lacks[r->form]));
    read_head(r, root);
    lc_model_attributes(r, root);
    read_posterior(r, root);
    lc_model_grades(r, root);
    if (r->form == FORM_1)
        lc_model_agreement_of_form_1(r);
    else
        lc_model_agreement(r, root);
    read_boundary(r, root);
    if (r->form >= FORM_3) {
        lc_model_prior(r, root);
        lc_model_champion(r, root);
        lc_spec_rules(&r->in, lc_json_get(root, "disqualify"), &r->m.rule, &r->m.n_rules);
    }
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
    const enum lc_rc rc = lc_read_file(path, LC_MOST_MODEL_BYTES, arena, &text, err);

    return rc ? rc : lc_model_parse(path, text, arena, m, err);
}
