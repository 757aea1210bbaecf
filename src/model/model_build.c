#include "leadcal/model.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "leadcal/io.h"
#include "leadcal/num.h"
#include "leadcal/rate.h"
#include "model_internal.h"

#define NEVER_SEEN "(never seen)" /* the text of the unseen verification row */

/* What the steps of a build hand on. */
struct build {
    const struct lc_model_recipe *recipe;
    struct lc_arena *arena;   /* of the model */
    struct lc_arena scratch;  /* of the build */
    struct lc_scored *scored; /* [cohort->n] */
    struct lc_model model;
};

/* Variance of each level's value as the card has it: centred at the training mean, so with the
 * weights n / N of the levels taken off. A reference level has no coefficient, and adds nothing. */
static void centred_variance(const struct lc_fit *fit, size_t j, double *variance)
{
    const struct lc_attribute *a = &fit->attribute[j];
    const size_t *at = fit->at[j], k = fit->kernel.k;
    const double *cov = fit->kernel.cov;
    double leads = 0, of_mean = 0;

    for (size_t v = 0; v < a->n_levels; v++)
        leads += a->n[v];
    for (size_t v = 0; v < a->n_levels; v++) {
        double with_mean = 0;

        for (size_t u = 0; u < a->n_levels && at[v] != LC_LOGIT_NONE; u++)
            if (at[u] != LC_LOGIT_NONE)
                with_mean += a->n[u] / leads * cov[at[v] * k + at[u]];
        of_mean += a->n[v] / leads * with_mean;
        variance[v] = (at[v] == LC_LOGIT_NONE ? 0 : cov[at[v] * k + at[v]]) - 2 * with_mean;
    }
    for (size_t v = 0; v < a->n_levels; v++)
        variance[v] += of_mean;
}

/* Those of the segments and of their deviations stand in the fit as they do in the card. */
static enum lc_rc write_local_errors(const struct lc_fit *fit, struct lc_arena *arena,
                                     const double **error, struct lc_err *err)
{
    const struct lc_fit_local *l = fit->local;
    double *own = LC_NEW(arena, l->n_own + 1, double);
    size_t v = 0;

    if (!own)
        return lc_fail_memory(err, "the model's standard errors");
    for (size_t s = 0; s < l->n_segments; s++)
        if (l->segment[s].own)
            own[v++] = l->segment[s].std_error;
    if (l->attribute == fit->k_attributes)
        *error++ = own;
    for (size_t i = 0; i < l->n_deviations; i++)
        *error++ = l->deviation[i].std_error;
    return LC_OK;
}

static enum lc_rc write_errors(struct build *b, struct lc_err *err)
{
    const struct lc_fit *fit = b->recipe->fit;
    const double **error = LC_NEW(b->arena, b->model.card.k + 1, const double *);
    enum lc_rc rc = LC_OK;

    if (!error)
        return lc_fail_memory(err, "the model's standard errors");
    for (size_t j = 0; j < fit->k_attributes; j++) {
        const size_t n = fit->attribute[j].n_levels;
        double *sd = LC_NEW(b->arena, n, double);

        if (!sd)
            return lc_fail_memory(err, "the model's standard errors");
        centred_variance(fit, j, sd);
        for (size_t v = 0; v < n; v++)
            sd[v] = sqrt(fmax(sd[v], 0));
        error[j] = sd;
    }
    if (b->model.card.k > fit->k_attributes)
        rc = write_local_errors(fit, b->arena, error + fit->k_attributes, err);
    if (rc)
        return rc;
    b->model.std_error = error;
    b->model.prior_sd = fit->likelihood ? 0 : fit->prior_sd;
    b->model.k_posterior = fit->kernel.k;
    b->model.posterior_mean = fit->kernel.b;
    b->model.posterior_cov = fit->kernel.cov;
    return LC_OK;
}

/* The figures of the fit, before those of the backtest. */
static enum lc_rc write_metrics(struct build *b, struct lc_err *err)
{
    const struct lc_fit *fit = b->recipe->fit;
    const double half = LC_Z95 * fit->quarters.std_error;
    const struct lc_metric of_fit[] = {
        {"logistic", "fit", "leads", (double)fit->n, LC_NAN, LC_NAN},
        {"logistic", "fit", "won", (double)fit->n_won, LC_NAN, LC_NAN},
        {"logistic", "fit", "coefficients", (double)fit->kernel.k, LC_NAN, LC_NAN},
        {"logistic", "fit", "effective_df", fit->kernel.effective_df, LC_NAN, LC_NAN},
        {"logistic", "fit", "log_likelihood", fit->log_likelihood, LC_NAN, LC_NAN},
        {"logistic", "fit", "deviance", fit->kernel.deviance, LC_NAN, LC_NAN},
        {"logistic", "fit", "null_deviance", fit->kernel.null_deviance, LC_NAN, LC_NAN},
    };
    size_t n = sizeof of_fit / sizeof *of_fit;
    struct lc_metric *metric = LC_NEW(b->arena, n + 2 + b->recipe->n_metrics, struct lc_metric);

    if (!metric)
        return lc_fail_memory(err, "the model's figures");
    memcpy(metric, of_fit, sizeof of_fit);
    if (fit->quarters.n)
        metric[n++] = (struct lc_metric){"logistic",
                                         "fit",
                                         "quarter_effect",
                                         fit->quarters.effect,
                                         fit->quarters.effect - half,
                                         fit->quarters.effect + half};
    if (fit->separation && fit->separation->n)
        metric[n++] = (struct lc_metric){
            "logistic", "fit", "separated_leads", fit->separation->leads, LC_NAN, LC_NAN};
    if (b->recipe->n_metrics)
        memcpy(metric + n, b->recipe->metric, b->recipe->n_metrics * sizeof *metric);
    n += b->recipe->n_metrics;
    b->model.metric = metric;
    b->model.n_metrics = n;
    return LC_OK;
}

static enum lc_rc score_leads(struct build *b, struct lc_err *err)
{
    const struct lc_model_recipe *r = b->recipe;
    const struct lc_card *card = &b->model.card;
    const size_t n = r->cohort->n;
    struct lc_column *codes;
    enum lc_rc rc;

    b->scored = LC_NEW(&b->scratch, n, struct lc_scored);
    if (!b->scored)
        return lc_fail_memory(err, "the training leads' scores");
    rc = lc_card_code(card, r->table, r->column, r->cohort->row, n, &b->scratch, &codes, err);
    if (rc)
        return rc;
    lc_card_score_rows(card, codes, n, b->scored);
    return LC_OK;
}

/* Cuts of the dimension that `points` picks; those that are there get their shares. */
static enum lc_rc cut_dimension(const struct lc_scored *scored, size_t n, enum lc_role role,
                                struct lc_arena *scratch, const struct lc_grades *g,
                                struct lc_grade_cuts *cuts, struct lc_err *err)
{
    double *sum = LC_NEW(scratch, n, double);

    if (!sum)
        return lc_fail_memory(err, "the grades' cuts");
    for (size_t i = 0; i < n; i++)
        sum[i] = role == LC_ROLE_PROFILE ? scored[i].f_points : scored[i].g_points;
    if (!cuts->used)
        return lc_grade_cut(sum, n, g->method, g->target, scratch, cuts, err);
    lc_grade_shares(sum, n, cuts);
    return LC_OK;
}

enum lc_rc lc_grades_make(const struct lc_card *card, const struct lc_scored *scored, size_t n,
                          struct lc_arena *scratch, struct lc_grades *g, struct lc_err *err)
{
    struct lc_grades made = *g;
    enum lc_rc rc = LC_OK;

    if (isnan(lc_card_range(card, LC_ROLE_PROFILE).low))
        made.letter = (struct lc_grade_cuts){.used = false};
    else
        rc = cut_dimension(scored, n, LC_ROLE_PROFILE, scratch, g, &made.letter, err);
    if (isnan(lc_card_range(card, LC_ROLE_ENGAGEMENT).low))
        made.digit = (struct lc_grade_cuts){.used = false};
    else if (!rc)
        rc = cut_dimension(scored, n, LC_ROLE_ENGAGEMENT, scratch, g, &made.digit, err);
    if (!rc)
        *g = made;
    return rc;
}

void lc_grades_cell(const struct lc_grades *g, size_t letter, size_t digit,
                    char to[LC_GRADE_TEXT])
{
    if (g->letter.used)
        *to++ = (char)('A' + letter);
    if (g->digit.used)
        *to++ = (char)('1' + digit);
    *to = '\0';
}

const char *lc_model_outcome(const struct lc_spec *spec, struct lc_arena *arena)
{
    const char *text;

    if (spec->outcome.won_if_in)
        return lc_arena_format(arena, "has a row in %s", spec->outcome.won_if_in);
    text = lc_arena_format(
        arena, "%s is one of: ", spec->outcome.column ? spec->outcome.column : "outcome");
    for (size_t i = 0; i < spec->outcome.won.n && text; i++)
        text = lc_arena_format(arena, "%s%s%s", text, i ? ", " : "", spec->outcome.won.text[i]);
    return text;
}

static enum lc_rc write_boundary(struct build *b, struct lc_err *err)
{
    const struct lc_cohort *c = b->recipe->cohort;
    struct lc_model *m = &b->model;

    m->boundary.outcome = lc_model_outcome(b->recipe->spec, b->arena);
    if (!m->boundary.outcome)
        return lc_fail_memory(err, "the model's boundary");
    m->boundary.as_of = c->as_of;
    m->boundary.first_decision = m->boundary.last_decision = LC_NO_DAY;
    for (size_t i = 0; c->day && i < c->n; i++) {
        const int32_t day = c->day[i];

        if (day == LC_NO_DAY)
            continue;
        if (m->boundary.first_decision == LC_NO_DAY || day < m->boundary.first_decision)
            m->boundary.first_decision = day;
        if (day > m->boundary.last_decision)
            m->boundary.last_decision = day;
    }
    m->boundary.window_days = c->window_days;
    m->boundary.unit = lc_spec_unit_of(b->recipe->spec);
    m->boundary.lag = b->recipe->lag;
    m->boundary.open_leads = b->recipe->lag != NULL;
    m->boundary.leads = (double)c->n;
    m->boundary.won = (double)c->n_won;
    m->boundary.immature = (double)c->account.immature;
    m->boundary.undated = (double)c->account.undated;
    m->boundary.left_out = (double)(c->account.leads - c->n);
    m->boundary.overlapping = (double)c->account.overlapping;
    return LC_OK;
}

static enum lc_rc list_inputs(struct build *b, struct lc_err *err)
{
    const struct lc_table *t = b->recipe->table;
    struct lc_model_input *input = LC_NEW(b->arena, t->n_files, struct lc_model_input);

    if (!input)
        return lc_fail_memory(err, "the model's inputs");
    for (size_t i = 0; i < t->n_files; i++)
        input[i] = (struct lc_model_input){.name = lc_base_name(t->file[i].path),
                                           .sha256 = t->file[i].sha256,
                                           .rows_used = t->file[i].rows_used,
                                           .rows_skipped = t->file[i].rows_skipped,
                                           .rows_rejected = t->file[i].rows_rejected};
    b->model.input = input;
    b->model.n_inputs = t->n_files;
    return LC_OK;
}

/* Scores one verification row the way that a reader will: from its texts. */
static void answer(const struct lc_model *m, const struct lc_range range[2], size_t *level,
                   struct lc_model_check *check)
{
    struct lc_scored s;
    bool empty;

    for (size_t j = 0; j < m->card.k; j++) {
        const char *text = check->input[j];

        level[j] = lc_model_level(m, j, lc_slice_of(text ? text : ""), &empty);
    }
    s = lc_card_score(&m->card, range, level);
    check->log_odds = s.log_odds;
    check->probability = s.probability;
    check->points = s.points;
    check->f_points = s.f_points;
    check->g_points = s.g_points;
    lc_grade_text(&m->grades, &s, check->grade);
}

/* What a reader finds in the export for the attribute: of a member, the list. */
static const struct lc_table_column *raw_column(const struct lc_model_recipe *r,
                                                const struct lc_attribute *a)
{
    const char *source = lc_attribute_source(a);
    size_t i = 0;

    while (strcmp(r->table->column[i].codes.name, source) != 0)
        i++;
    return &r->table->column[i];
}

static enum lc_rc choose_checks(struct build *b, struct lc_err *err)
{
    const struct lc_model_recipe *r = b->recipe;
    struct lc_model *m = &b->model;
    const struct lc_range range[2] = {
        [LC_ROLE_PROFILE] = lc_card_range(&m->card, LC_ROLE_PROFILE),
        [LC_ROLE_ENGAGEMENT] = lc_card_range(&m->card, LC_ROLE_ENGAGEMENT),
    };
    const size_t n = r->cohort->n;
    const size_t spread = n < LC_MODEL_CHECKS - 2 ? n : LC_MODEL_CHECKS - 2;
    struct lc_model_check *check = LC_NEW(b->arena, spread + 2, struct lc_model_check);
    size_t *level = LC_NEW(&b->scratch, m->card.k, size_t);

    if (!check || !level)
        return lc_fail_memory(err, "the verification rows");
    for (size_t c = 0; c < spread + 2; c++) {
        const char **input = LC_NEW(b->arena, m->card.k, const char *);

        if (!input)
            return lc_fail_memory(err, "the verification rows");
        for (size_t j = 0; j < m->card.k; j++) {
            const size_t at = spread > 1 ? c * (n - 1) / (spread - 1) : 0;

            if (c < spread)
                input[j] = lc_table_cell(raw_column(r, &m->card.attribute[j].attribute),
                                         r->cohort->row[at]);
            else
                input[j] = c == spread ? NULL : NEVER_SEEN;
        }
        check[c].input = input;
        answer(m, range, level, &check[c]);
    }
    m->check = check;
    m->n_checks = spread + 2;
    return LC_OK;
}

static enum lc_rc take_card(const struct lc_model_recipe *recipe, struct lc_arena *arena,
                            struct lc_card *card, struct lc_err *err)
{
    if (!recipe->card)
        return lc_fit_card(recipe->fit, "logistic", arena, card, err);
    *card = *recipe->card;
    return LC_OK;
}

enum lc_rc lc_model_build(const struct lc_model_recipe *recipe, struct lc_arena *arena,
                          struct lc_model *model, struct lc_err *err)
{
    struct build b = {.recipe = recipe, .arena = arena};
    struct lc_model *m = &b.model;
    enum lc_rc rc;

    assert(recipe->cohort->n >= 1);
    lc_arena_init(&b.scratch, arena->limit - arena->used);
    m->schema = lc_fit_is_local(recipe->fit) ? LC_MODEL_SCHEMA_LOCAL : LC_MODEL_SCHEMA;
    m->program = LC_PROGRAM;
    m->grades = recipe->grades;
    m->missing = recipe->table->missing;
    m->rule = recipe->spec->rule;
    m->n_rules = recipe->spec->n_rules;
    m->excluded = recipe->excluded;
    m->n_excluded = recipe->n_excluded;
    if (recipe->champion)
        m->champion = *recipe->champion;
    rc = take_card(recipe, arena, &m->card, err);
    if (!rc)
        rc = write_errors(&b, err);
    if (!rc)
        rc = write_metrics(&b, err);
    if (!rc)
        rc = score_leads(&b, err);
    if (!rc)
        rc = lc_grades_make(&m->card, b.scored, recipe->cohort->n, &b.scratch, &m->grades, err);
    if (!rc)
        rc = lc_model_cells(m, recipe->cohort, b.scored, &recipe->spec->agreement, arena, err);
    if (!rc)
        rc = write_boundary(&b, err);
    if (!rc && recipe->fit->carried)
        rc = lc_model_carry(m, recipe, arena, err);
    if (!rc)
        rc = list_inputs(&b, err);
    if (!rc)
        rc = choose_checks(&b, err);
    if (!rc)
        *model = *m;
    lc_arena_release(&b.scratch);
    return rc;
}
