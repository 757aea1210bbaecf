/* fit - logistic regression on the attributes; writes a model file. */
#include <stdio.h>

#include "cmd_study.h"
#include "leadcal/io.h"

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
    cmd_note_frame(&set->out, &frame);
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
