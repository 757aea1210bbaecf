/* backtest - train on the past, gap, test on later leads: close rate and cycle by grade. */

#include "cmd_study.h"

static const struct cmd_about about = {
    .name = "backtest",
    .brief = "train on the past, test on later leads: rates and cycle length by grade",
    .usage = "[option...] FILE...",
    .about =
        "Learns on the older leads, waits W days so that nothing of the future is known, and\n"
        "scores the later ones: close rate and cycle length by letter, digit and cell, for\n"
        "ratio points, the logistic model and no skill side by side; then AUC, Brier score,\n"
        "log loss, calibration and lift. Columns that may know the outcome are left out\n"
        "unless --by or the spec names them.",
    .example =
        "leadcal backtest --outcome stage --won 'Closed Won' \\\n"
        "    --entered created_date --closed close_date \\\n"
        "    --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv\n"
        "leadcal backtest --outcome stage --won 'Closed Won' --entered created_date \\\n"
        "    --closed close_date --metrics --format csv datasets/leads.csv",
    .notes = "CSV columns: model, fold, grade, leads, won, lost, open, close_rate,\n"
             "close_rate_low, close_rate_high, win_rate, won_with_dates, clock, horizon_days,\n"
             "cycle_median_days, cycle_median_low, cycle_median_high, cycle_p90_days,\n"
             "won_amount. With --metrics: model, fold, metric, value, low, high.",
};

struct settings {
    struct cmd_output out;
    struct lc_fit_options fit;
    struct lc_grades grades;
    bool metrics;
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_backtest backtest;
    enum lc_rc rc = cmd_study_load(s, err);

    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        return rc;
    cmd_study_note_columns(s, true);
    rc = cmd_backtest_step(s, &set->fit, &set->grades, &backtest, err);
    if (rc)
        return rc;
    if (set->metrics) {
        cmd_note_frame(&set->out, &backtest.metrics);
        return cmd_put_frame(&set->out, &backtest.metrics, 0, err);
    }
    cmd_note_frame(&set->out, &backtest.grades);
    return cmd_put_frames(&set->out,
                          (const struct lc_frame *const[]){&backtest.grades, &backtest.metrics},
                          2, 0, err);
}

int cmd_backtest(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_fit_set fit;
    struct cmd_grade_set grade;
    struct cmd_study study;
    const struct opt own[] = {
        OPT_FLAG(0, "metrics", &set.metrics,
                 "the table of metrics instead of the one of grades"),
        OPT_END(),
    };
    const struct opt *const tables[] = {
        cmd_grade_rows(&grade),    own,
        cmd_fit_rows(&fit, false), cmd_study_rows(&study, about.name, &set.out),
        cmd_output_rows(&set.out), NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) || !cmd_fit_options(&study, &fit, &set.fit) ||
        !cmd_grade_options(about.name, &grade, &set.grades))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
