/* backtest - train on the past, gap, test on later leads: close rate and cycle by grade. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/num.h"

static const char *const cut_methods[] = {"shares", "quantile", NULL};

const struct opt *cmd_grade_rows(struct cmd_grade_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("Grades"),
        OPT_CHOICE(0, "cuts", &set->cuts, cut_methods,
                   "grades by shares of the training leads, or by quartiles"),
        OPT_TEXT(0, "shares", &set->shares, "A,B,C,D",
                 "per cent of leads in the grades, best first; default 10,20,30,40"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_grade_set has too little room");
    *set = (struct cmd_grade_set){0};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

static bool read_shares(const char *text, double target[LC_GRADES])
{
    double sum = 0;

    for (size_t i = 0; i < LC_GRADES; i++) {
        const size_t n = strcspn(text, ",");

        if (!lc_real_parse((struct lc_slice){text, n}, &target[i]) || target[i] <= 0 ||
            (text[n] == ',') == (i + 1 == LC_GRADES))
            return false;
        sum += target[i];
        target[i] /= 100;
        text += n + 1;
    }
    return sum > 99.999 &&
           sum < 100.001; /* per cent; thirds may be written with three places */
}

bool cmd_grade_options(const char *name, const struct cmd_grade_set *set,
                       struct lc_grades *grades)
{
    lc_grades_init(grades);
    grades->method = (enum lc_cuts)set->cuts;
    if (!set->shares || read_shares(set->shares, grades->target))
        return true;
    (void)fprintf(
        stderr,
        "%s: --shares needs four numbers that add up to 100, such as 10,20,30,40, not "
        "'%.40s'\n",
        name, set->shares);
    return false;
}

enum lc_rc cmd_backtest_step(struct cmd_study *s, const struct lc_fit_options *fit,
                             const struct lc_grades *grades, struct lc_backtest *out,
                             struct lc_err *err)
{
    struct lc_backtest_options options;
    struct cmd_columns columns;
    enum lc_rc rc = cmd_study_columns(s, true, &columns, err);

    if (rc)
        return rc;
    lc_backtest_options_init(&options);
    options.fit = *fit;
    options.cuts = grades->method;
    memcpy(options.target, grades->target, sizeof options.target);
    return lc_backtest(&s->table, &s->cohort, columns.column, columns.given, columns.n,
                       &options, s->pool, &s->arena, out, err);
}

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
    if (backtest.verdict)
        cmd_note(set->out.quiet, "%s", backtest.verdict);
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
