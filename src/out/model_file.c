#include "leadcal/model_file.h"

#include "leadcal/num.h"
#include "model_file_internal.h"
#include "spec_file_internal.h"

static const char *const as_of_name[] = {
    [LC_AS_OF_UNSAID] = NULL, [LC_AS_OF_DECISION] = "decision", [LC_AS_OF_EXPORT] = "export"};

static void put_count(struct lc_json_out *out, const char *key, size_t n)
{
    lc_json_put_real(out, key, (double)n);
}

static void put_head(const struct lc_model *m, struct lc_json_out *out)
{
    lc_json_put_real(out, "leadcal_model", m->schema);
    lc_json_put_text(out, "program", m->program);
    lc_json_put_text(out, "method", m->card.method);
    lc_json_open(out, "points", '{', true);
    lc_json_put_real(out, "per_doubling", m->card.scale.per_doubling);
    lc_json_put_real(out, "average", m->card.scale.average);
    lc_json_put_real(out, "least", m->card.scale.least);
    lc_json_put_real(out, "most", m->card.scale.most);
    lc_json_close(out, '}');
    lc_model_put_texts(out, "missing", m->missing, true);
    lc_json_put_text(out, "unseen", "average");
    lc_json_put_real(out, "prior_sd", m->prior_sd);
    lc_json_put_real(out, "intercept", m->card.intercept);
}

static void put_level(const struct lc_card_attribute *a, const double *std_error, size_t v,
                      struct lc_json_out *out)
{
    lc_json_open(out, NULL, '{', true);
    lc_json_put_text(out, "level", a->attribute.level[v]);
    lc_model_put_values(out, &a->attribute, v);
    lc_json_put_real(out, "n", a->attribute.n[v]);
    lc_json_put_real(out, "won", a->attribute.won[v]);
    lc_json_put_real(out, "coefficient", a->value[v]);
    lc_json_put_real(out, "std_error", std_error[v]);
    lc_json_put_real(out, "points", a->points[v]);
    lc_json_close(out, '}');
}

/* Of a segment, and of what deviates in it. */
static void put_local(const struct lc_card *card, const struct lc_card_attribute *a,
                      struct lc_json_out *out)
{
    const struct lc_attribute *own;

    if (!a->attribute.of)
        return;
    lc_json_put_text(out, "of", a->attribute.of);
    if (!a->local)
        return;
    own = &card->attribute[a->local->own].attribute;
    lc_json_put_text(out, "within", own->column);
    lc_json_put_text(out, "segment", own->level[a->local->segment]);
}

static void put_attribute(const struct lc_card *card, size_t j, const double *std_error,
                          int percent, struct lc_json_out *out)
{
    const struct lc_card_attribute *a = &card->attribute[j];
    const struct lc_attribute *t = &a->attribute;

    lc_json_open(out, NULL, '{', false);
    lc_json_put_text(out, "column", t->column);
    put_local(card, a, out);
    if (t->set_of) {
        lc_json_put_text(out, "set", t->set_of);
        lc_json_put_text(out, "member", t->member);
        if (t->cap > 0)
            lc_json_put_real(out, "cap", t->cap);
    }
    lc_json_put_text(out, "role", lc_role_text(t->role, t->intent));
    lc_json_put_text(out, "as_of", as_of_name[t->as_of]);
    if (t->computed)
        lc_json_put_text(out, "computed", t->computed);
    lc_json_put_text(out, "missing", t->missing == LC_NO_CODE ? "average" : "level");
    lc_json_put_text(out, "kind", t->cut ? "bins" : "levels");
    lc_json_put_reals(out, "cuts", t->cut, t->cut ? t->n_cuts : 0);
    if (t->decimal)
        lc_json_put_text(out, "decimal", lc_spec_decimals[t->decimal - LC_DECIMAL_POINT]);
    lc_json_put_real(out, "percent", percent);
    lc_json_put_real(out, "mean_points", a->mean_points);
    lc_json_put_real(out, "variance", a->variance);
    lc_json_open(out, "levels", '[', false);
    for (size_t v = 0; v < t->n_levels; v++)
        put_level(a, std_error, v, out);
    lc_json_close(out, ']');
    lc_json_close(out, '}');
}

static enum lc_rc put_attributes(const struct lc_model *m, struct lc_json_out *out,
                                 struct lc_err *err)
{
    struct lc_arena scratch;
    int *percent;
    enum lc_rc rc;

    lc_arena_init(&scratch, LC_ARENA_NO_LIMIT);
    percent = LC_NEW(&scratch, m->card.k, int);
    if (percent)
        rc = lc_card_shares(&m->card, &scratch, percent, err);
    else
        rc = lc_fail_memory(err, "the model file");
    lc_json_open(out, "attributes", '[', false);
    for (size_t j = 0; j < m->card.k && !rc; j++)
        put_attribute(&m->card, j, m->std_error[j], percent[j], out);
    lc_json_close(out, ']');
    lc_arena_release(&scratch);
    return rc;
}

static void put_posterior(const struct lc_model *m, struct lc_json_out *out)
{
    lc_json_open(out, "posterior", '{', false);
    lc_json_put_text(out, "parametrisation", "intercept, then every level");
    lc_json_put_reals(out, "mean", m->posterior_mean, m->k_posterior);
    lc_json_open(out, "covariance", '[', false);
    for (size_t i = 0; i < m->k_posterior; i++)
        lc_json_put_reals(out, NULL, m->posterior_cov + i * m->k_posterior, m->k_posterior);
    lc_json_close(out, ']');
    lc_json_close(out, '}');
}

static void put_cuts(const struct lc_grade_cuts *c, const char *key, struct lc_json_out *out)
{
    if (!c->used) {
        lc_json_put_text(out, key, NULL);
        return;
    }
    lc_json_open(out, key, '{', true);
    lc_json_put_reals(out, "cuts", c->cut, LC_GRADES - 1);
    lc_json_put_reals(out, "shares", c->share, LC_GRADES);
    lc_json_close(out, '}');
}

static void put_grades(const struct lc_model *m, struct lc_json_out *out)
{
    lc_json_open(out, "grades", '{', false);
    lc_json_put_text(out, "method", lc_cuts_name[m->grades.method]);
    lc_json_put_reals(out, "targets", m->grades.target, LC_GRADES);
    put_cuts(&m->grades.letter, "letter", out);
    put_cuts(&m->grades.digit, "digit", out);
    lc_json_close(out, '}');
    lc_json_open(out, "cells", '[', false);
    for (size_t i = 0; i < m->n_cells; i++) {
        const struct lc_model_cell *c = &m->cell[i];

        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "grade", c->grade);
        lc_json_put_real(out, "leads", c->leads);
        lc_json_put_real(out, "won", c->won);
        lc_json_put_real(out, "expected", c->expected);
        lc_json_put_real(out, "sla_hours", c->sla_hours);
        lc_json_put_text(out, "action", c->action);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

static void put_boundary(const struct lc_model *m, struct lc_json_out *out)
{
    lc_json_open(out, "boundary", '{', false);
    lc_json_put_text(out, "outcome", m->boundary.outcome);
    lc_model_put_day(out, "as_of", m->boundary.as_of);
    lc_model_put_day(out, "first_decision", m->boundary.first_decision);
    lc_model_put_day(out, "last_decision", m->boundary.last_decision);
    lc_json_put_real(out, "window_days",
                     m->boundary.window_days == LC_WINDOW_NONE ? LC_NAN
                                                               : m->boundary.window_days);
    if (m->boundary.unit != LC_UNIT_LEAD)
        lc_json_put_text(out, "unit", lc_unit_word(m->boundary.unit, false));
    if (m->boundary.lag)
        lc_json_put_text(out, "lag", m->boundary.lag);
    lc_json_put_real(out, "leads", m->boundary.leads);
    lc_json_put_real(out, "won", m->boundary.won);
    lc_json_put_real(out, "immature", m->boundary.immature);
    lc_json_put_real(out, "undated", m->boundary.undated);
    lc_json_put_real(out, "left_out", m->boundary.left_out);
    lc_json_put_real(out, "overlapping", m->boundary.overlapping);
    lc_json_put_raw(out, "open_leads", m->boundary.open_leads ? "true" : "false");
    lc_json_close(out, '}');
}

static void put_origin(const struct lc_model *m, struct lc_json_out *out)
{
    lc_json_open(out, "excluded", '[', false);
    for (size_t i = 0; i < m->n_excluded; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "column", m->excluded[i].column);
        lc_json_put_text(out, "reason", m->excluded[i].reason);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
    lc_json_open(out, "inputs", '[', false);
    for (size_t i = 0; i < m->n_inputs; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "name", m->input[i].name);
        lc_json_put_text(out, "sha256", m->input[i].sha256);
        put_count(out, "rows_used", m->input[i].rows_used);
        put_count(out, "rows_skipped", m->input[i].rows_skipped);
        put_count(out, "rows_rejected", m->input[i].rows_rejected);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
    lc_json_open(out, "metrics", '[', false);
    for (size_t i = 0; i < m->n_metrics; i++) {
        lc_json_open(out, NULL, '{', true);
        lc_json_put_text(out, "model", m->metric[i].model);
        lc_json_put_text(out, "fold", m->metric[i].fold);
        lc_json_put_text(out, "metric", m->metric[i].metric);
        lc_json_put_real(out, "value", m->metric[i].value);
        lc_json_put_real(out, "low", m->metric[i].low);
        lc_json_put_real(out, "high", m->metric[i].high);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

static void put_checks(const struct lc_model *m, struct lc_json_out *out)
{
    lc_json_open(out, "verification", '[', false);
    for (size_t i = 0; i < m->n_checks; i++) {
        const struct lc_model_check *c = &m->check[i];

        lc_json_open(out, NULL, '{', true);
        lc_json_open(out, "input", '{', true);
        for (size_t j = 0; j < m->card.k; j++)
            lc_json_put_text(out, m->card.attribute[j].attribute.column, c->input[j]);
        lc_json_close(out, '}');
        lc_json_put_real(out, "log_odds", c->log_odds);
        lc_json_put_real(out, "probability", c->probability);
        lc_json_put_real(out, "points", c->points);
        lc_json_put_real(out, "fit_points", c->f_points);
        lc_json_put_real(out, "engagement_points", c->g_points);
        lc_json_put_text(out, "grade", c->grade);
        lc_json_close(out, '}');
    }
    lc_json_close(out, ']');
}

/* The file says that a value never met adds nothing: a card where it does has no form in it. */
static enum lc_rc refuse_unseen(const struct lc_model *m, struct lc_err *err)
{
    for (size_t j = 0; j < m->card.k; j++) {
        const struct lc_card_attribute *a = &m->card.attribute[j];

        if (a->value[a->attribute.n_levels] != 0 || a->points[a->attribute.n_levels] != 0)
            return lc_fail(err, LC_EMISMATCH,
                           "column '%s' gives points to values never seen; a model file cannot "
                           "say that",
                           a->attribute.column);
    }
    return LC_OK;
}

enum lc_rc lc_model_write(const struct lc_model *m, FILE *to, struct lc_err *err)
{
    struct lc_json_out out = {.to = to};
    enum lc_rc rc = refuse_unseen(m, err);

    if (rc)
        return rc;
    lc_json_open(&out, NULL, '{', false);
    put_head(m, &out);
    rc = put_attributes(m, &out, err);
    put_posterior(m, &out);
    put_grades(m, &out);
    lc_model_put_agreement(m, &out);
    put_boundary(m, &out);
    lc_model_put_prior(m, &out);
    lc_model_put_champion(m, &out);
    lc_spec_put_rules(&out, m->rule, m->n_rules);
    put_origin(m, &out);
    put_checks(m, &out);
    lc_json_close(&out, '}');
    return rc ? rc : lc_json_end(&out, err);
}
