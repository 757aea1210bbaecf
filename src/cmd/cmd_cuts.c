/* cuts - where grades would begin by every method, and how far each cut wanders. */
#include "cmd_study.h"
#include "leadcal/cuts.h"

static const struct cmd_about about = {
    .name = "cuts",
    .brief = "every way to cut grades side by side, with the spread of each cut",
    .usage = "[option...] FILE...",
    .about =
        "Fits the model five times, each time without a fifth of the leads, and gives that fifth\n"
        "its points. On these points it cuts letters and digits by shares, quartiles, and where\n"
        "close rates differ most (dp); with --capacity by what sales can take a week, with --cost\n"
        "and --value above what a contact costs, by the F1 score, and as typed. Each cut has the\n"
        "range that holds it in 90 % of 200 resamples of the leads; each grade the lower limit\n"
        "of its lead over the next one: at 0 or below, the two may not differ at all.\n"
        "fit, backtest and recalibrate take one of the methods with --cuts.",
    .example =
        "leadcal cuts --outcome stage --won 'Closed Won' --entered created_date \\\n"
        "    --closed close_date --by industry,country,source,webinar,demo_request \\\n"
        "    --engagement source,webinar,demo_request datasets/leads.csv\n"
        "leadcal cuts --outcome stage --won 'Closed Won' --entered created_date \\\n"
        "    --closed close_date --by industry,country --capacity 5 --cost 40 --value 300 \\\n"
        "    --format csv datasets/leads.csv",
    .notes =
        "CSV columns: method, dimension, grade, cut, cut_low, cut_high, found, leads, won,\n"
        "close_rate, low, high, expected, apart, deviance, note.",
};

struct settings {
    struct cmd_output out;
    struct cmd_fit_set fit;
    struct lc_fit_options options;
    struct lc_grades grades;
    double capacity;
    struct cmd_audit_set audit;
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_grades grades = set->grades;
    struct cmd_columns columns;
    struct lc_frame frame;
    enum lc_rc rc = cmd_prior_spec(s, &set->fit, err);

    if (!rc)
        rc = cmd_study_load(s, err);
    if (set->capacity > 0)
        s->spec.capacity = set->capacity;
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        return rc;
    cmd_study_note_columns(s, true);
    rc = cmd_study_columns(s, true, &columns, err);
    if (!rc)
        rc = cmd_fit_lag(s, err);
    if (!rc)
        rc = cmd_prior_cohort(s, err);
    if (!rc)
        rc = cmd_cuts_step(s, &set->options, &columns, &grades, &frame, err);
    return rc ? rc : cmd_put_frame(&set->out, &frame, 0, err);
}

int cmd_cuts(int argc, char **argv)
{
    struct cmd_grade_set grade;
    struct settings set = {0};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_REAL(0, "capacity", &set.capacity, 0, 1e9, "N", "leads that sales takes a week"),
        OPT_END(),
    };
    const struct opt *const tables[] = {cmd_grade_rows(&grade),
                                        own,
                                        cmd_fit_rows(&set.fit, false),
                                        cmd_audit_rows(&set.audit),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out),
                                        NULL};
    int first;

    grade.all = true;
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_fit_options(&study, &set.fit, &set.options) ||
        !cmd_grade_options(about.name, &grade, &set.grades))
        return CMD_USAGE;
    study.audit = &set.audit;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
