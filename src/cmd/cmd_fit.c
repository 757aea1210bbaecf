/* fit - logistic regression on the attributes; writes a model file. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/io.h"
#include "leadcal/model_file.h"
#include "leadcal/num.h"

static const char *const penalties[] = {"gauss", "none", NULL};

const struct opt *cmd_fit_rows(struct cmd_fit_set *set, bool likelihood)
{
    const struct opt rows[] = {
        OPT_SECTION("Fit"),
        OPT_REAL(0, "prior-sd", &set->prior_sd, 0.001, 1000, "S",
                 "standard deviation of the Gaussian prior on a level's deviation from its "
                 "attribute's mean, in log-odds; default 0.7"),
        OPT_CHOICE(
            0, "penalty", &set->penalty, penalties,
            "gauss: the prior; none: maximum likelihood with a reference level, z and p"),
        OPT_LIST(0, "reference", &set->reference, "COLUMN=LEVEL",
                 "with --penalty none: the level the others are compared with; default: the "
                 "first in byte order; may be repeated"),
        OPT_LIST(0, "numeric", &set->numeric, "COLUMN,...",
                 "with --penalty none: columns that enter as numbers; such a fit cannot become "
                 "a model file"),
        OPT_END(),
    };
    const struct opt end = OPT_END();

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_fit_set has too little room");
    *set = (struct cmd_fit_set){.prior_sd = LC_PRIOR_SD};
    memcpy(set->row, rows, sizeof rows);
    if (!likelihood)
        set->row[2] = end;
    return set->row;
}

bool cmd_fit_options(struct cmd_study *s, const struct cmd_fit_set *set,
                     struct lc_fit_options *o)
{
    *o = (struct lc_fit_options){.likelihood = set->penalty == 1,
                                 .prior_sd = set->prior_sd,
                                 .reference = set->reference.text,
                                 .n_references = set->reference.n};
    if (!o->likelihood && (set->reference.n || set->numeric.n)) {
        (void)cmd_wrong(s->name, "--%s goes with --penalty none only",
                        set->reference.n ? "reference" : "numeric");
        return false;
    }
    for (size_t i = 0; i < set->reference.n; i++)
        if (!strchr(set->reference.text[i], '=')) {
            (void)fprintf(stderr, "%s: --reference needs COLUMN=LEVEL, not '%.60s'\n", s->name,
                          set->reference.text[i]);
            return false;
        }
    return true;
}

/* The attributes without those that --numeric takes as numbers. */
static enum lc_rc take_out_numeric(struct cmd_study *s, const struct lc_fit_options *o,
                                   struct cmd_columns *c, struct lc_err *err)
{
    size_t kept = 0, at;

    for (size_t i = 0; i < o->n_numeric; i++) {
        const enum lc_rc rc = lc_table_find(&s->table, o->numeric[i], &at, err);

        if (rc)
            return rc;
    }
    for (size_t j = 0; j < c->n; j++) {
        const struct lc_texts numeric = {o->numeric, o->n_numeric};

        if (lc_texts_have(numeric, s->table.column[c->column[j]].codes.name))
            continue;
        c->column[kept] = c->column[j];
        c->given[kept++] = c->given[j];
    }
    c->n = kept;
    return LC_OK;
}

enum lc_rc cmd_fit_step(struct cmd_study *s, const struct cmd_fit_set *set,
                        const struct lc_fit_options *options, struct cmd_columns *columns,
                        struct lc_fit *fit, struct lc_frame *frame, struct lc_err *err)
{
    struct lc_fit_options o = *options;
    struct lc_texts numeric = {0};
    enum lc_rc rc =
        cmd_split(&set->numeric, cmd_study_has, &s->table, &s->arena, &numeric, err);

    o.numeric = numeric.text;
    o.n_numeric = numeric.n;
    if (!rc)
        rc = cmd_study_columns(s, true, columns, err);
    if (!rc)
        rc = take_out_numeric(s, &o, columns, err);
    if (!rc)
        rc = lc_fit_leads(&s->table, s->cohort.row, s->cohort.y, s->cohort.n, columns->column,
                          columns->given, columns->n, &o, s->pool, &s->arena, fit, err);
    if (!rc)
        rc = lc_fit_frame(fit, &s->arena, frame, err);
    return rc;
}

enum lc_rc cmd_model_step(struct cmd_study *s, const struct lc_fit *fit,
                          const struct cmd_columns *columns, const struct lc_grades *grades,
                          const struct lc_backtest *backtest, struct lc_model *model,
                          struct lc_err *err)
{
    struct lc_model_recipe recipe = {.table = &s->table,
                                     .spec = &s->spec,
                                     .cohort = &s->cohort,
                                     .fit = fit,
                                     .column = columns->column,
                                     .grades = *grades,
                                     .metric = backtest ? backtest->metric : NULL,
                                     .n_metrics = backtest ? backtest->n_metrics : 0};
    enum lc_rc rc = cmd_study_excluded(s, &recipe.excluded, &recipe.n_excluded, err);

    if (!rc)
        rc = cmd_study_hash(s, err);
    return rc ? rc : lc_model_build(&recipe, &s->arena, model, err);
}

enum lc_rc cmd_model_write(const struct lc_model *model, const char *path, bool replace,
                           struct lc_err *err)
{
    struct lc_file_out file;
    enum lc_rc rc = lc_file_out_open(&file, path, replace, err);

    if (rc)
        return rc;
    rc = lc_model_write(model, file.to, err);
    if (!rc)
        return lc_file_out_commit(&file, err);
    lc_file_out_drop(&file);
    return rc;
}

static const struct cmd_about about = {
    .name = "fit",
    .brief = "weights from closed-won history: logistic regression, model file",
    .usage = "[option...] FILE...",
    .about =
        "One logistic model of won within W days on the levels of every fitting attribute, by\n"
        "Newton's method. By default every level has a Gaussian prior around its attribute's\n"
        "mean, so that no reference level matters and rare levels are drawn in. Columns that\n"
        "may know the outcome, constant ones and names of persons are left out unless --by or\n"
        "the spec names them. --model writes the tuned model that leadcal score applies.",
    .example =
        "leadcal fit --outcome stage --won 'Closed Won' --model model.json \\\n"
        "    --entered created_date --closed close_date \\\n"
        "    --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv\n"
        "leadcal fit --outcome stage --won 'Closed Won' --by company_size,source \\\n"
        "    --penalty none --reference 'company_size=1-10' datasets/leads.csv",
    .notes = "CSV columns: term, attribute, level, coefficient, std_error, z, p, odds_ratio,\n"
             "low, high, note. low and high are limits of the coefficient (95 %). Under the\n"
             "prior std_error is the posterior standard deviation, and z and p are empty.",
};

struct settings {
    struct cmd_output out;
    struct cmd_fit_set fit;
    struct cmd_grade_set grade;
    struct lc_fit_options options;
    struct lc_grades grades;
    const char *model;
    bool timings;
};

static enum lc_rc write_model(struct cmd_study *s, const struct settings *set,
                              const struct lc_fit *fit, const struct cmd_columns *columns,
                              struct lc_err *err)
{
    struct lc_model model;
    enum lc_rc rc = cmd_model_step(s, fit, columns, &set->grades, NULL, &model, err);

    return rc ? rc : cmd_model_write(&model, set->model, set->out.force, err);
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct cmd_columns columns;
    struct lc_frame frame;
    struct lc_fit fit;
    enum lc_rc rc = LC_OK;

    if (set->model && !set->out.force && lc_file_exists(set->model))
        rc = lc_fail(err, LC_EMISMATCH, "%.200s: exists already; use --force to replace it",
                     set->model);
    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        return rc;
    cmd_study_note_columns(s, true);
    rc = cmd_fit_step(s, &set->fit, &set->options, &columns, &fit, &frame, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < fit.n_notes; i++)
        cmd_note(set->out.quiet, "%s", fit.note[i]);
    if (set->timings)
        (void)fprintf(stderr,
                      "timing: load %.3f s\ntiming: cohort %.3f s\ntiming: fit %.3f s\n",
                      s->load_seconds, s->cohort_seconds, fit.kernel.seconds);
    if (set->model)
        rc = write_model(s, set, &fit, &columns, err);
    return rc ? rc : cmd_put_frame(&set->out, &frame, 0, err);
}

int cmd_fit(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_TEXT('m', "model", &set.model, "FILE", "write the model file there"),
        OPT_FLAG(0, "timings", &set.timings, "print seconds of each step on standard error"),
        OPT_END(),
    };
    const struct opt *const tables[] = {
        cmd_fit_rows(&set.fit, true), own,
        cmd_grade_rows(&set.grade),   cmd_study_rows(&study, about.name, &set.out),
        cmd_output_rows(&set.out),    NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_fit_options(&study, &set.fit, &set.options) ||
        !cmd_grade_options(about.name, &set.grade, &set.grades))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
