/* backtest - train on the past, gap, test on later leads: close rate and cycle by grade. */

#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/bands.h"
#include "leadcal/num.h"

#define MOST_EDGES 100 /* between bands; a person reads far fewer */

static const struct cmd_about about = {
    .name = "backtest",
    .brief = "train on the past, test on later leads: rates and cycle length by grade",
    .usage = "[option...] FILE...",
    .about =
        "Learns on the older leads, waits W days so that nothing of the future is known, and\n"
        "scores the later ones: close rate and cycle length by letter, digit and cell, for\n"
        "ratio points, the logistic model, the same as whole points and no skill side by side;\n"
        "then AUC, Brier score, log loss, calibration and lift. Columns that may know the\n"
        "outcome are left out unless --by or the spec names them. --current puts the score in use\n"
        "beside them. A window that nobody gave is chosen again in each fold, by what was known on\n"
        "the first day of its test. With --maturity lag the logistic models learn from young leads,\n"
        "too, as they stood on that day; tests are judged within the window all the same.\n"
        "With --score nothing is fitted: close rate by band or grade of a score column, which\n"
        "lower bands close better than higher ones, AUC, and what the top bands hold.",
    .example =
        "leadcal backtest --outcome stage --won 'Closed Won' \\\n"
        "    --entered created_date --closed close_date \\\n"
        "    --engagement pages_viewed,email_opens,webinar,demo_request datasets/leads.csv\n"
        "leadcal backtest --outcome stage --won 'Closed Won' --entered created_date \\\n"
        "    --closed close_date --metrics --format csv datasets/leads.csv\n"
        "# how good is the score we have now?\n"
        "leadcal backtest --score pages_viewed --outcome stage --won 'Closed Won' \\\n"
        "    --entered created_date --closed close_date datasets/leads.csv\n"
        "# is a new model better than it?\n"
        "leadcal backtest --current column:pages_viewed --outcome stage --won 'Closed Won' \\\n"
        "    --entered created_date --closed close_date --format csv datasets/leads.csv\n"
        "# quarter by quarter, as it would have been lived: is the difference more than luck?\n"
        "leadcal backtest --rolling quarter --comparisons --outcome stage --won 'Closed Won' \\\n"
        "    --entered created_date --closed close_date --format csv datasets/leads.csv\n"
        "# do the leads of the last months help, although nobody knows their end?\n"
        "leadcal backtest --maturity lag --metrics --outcome stage --won 'Closed Won' \\\n"
        "    --entered created_date --closed close_date --format csv datasets/leads.csv",
    .notes =
        "CSV columns: model, fold, grade, leads, won, lost, open, close_rate,\n"
        "close_rate_low, close_rate_high, win_rate, won_with_dates, clock, horizon_days,\n"
        "cycle_median_days, cycle_median_low, cycle_median_high, cycle_p90_days,\n"
        "won_amount, won_late, share, expected_rate, note, leads_from_top, won_from_top.\n"
        "With --metrics: model, fold, metric, value, low, high. With --workload: what,\n"
        "before, after. With --comparisons: model, against, fold, metric, difference, low,\n"
        "high, p, exploratory. With --verdicts: model, fold, verdict, exploratory,\n"
        "test_leads, test_won, auc, auc_low, auc_high, auc_width, parameters, carried, why.\n"
        "With --worked: model, fold, grade, leads, worked, worked_share, worked_share_low,\n"
        "worked_share_high, won_worked, close_rate_worked, close_rate_worked_low,\n"
        "close_rate_worked_high, won_not_worked, expected_rate, expected_if_worked.\n"
        "With --young: model, grade, leads, won, lost, open, incidence, low, high,\n"
        "horizon_days, cycle_median_days, cycle_median_low, cycle_median_high,\n"
        "cycle_p90_days, cycle_p90_low, cycle_p90_high.",
};

struct settings {
    struct cmd_output out;
    struct cmd_current_set current;
    struct cmd_fit_set fit_set;
    struct lc_fit_options fit;
    struct cmd_grade_set grade;
    struct lc_grades grades;
    struct cmd_race_set race;
    bool metrics, workload, verdicts, worked, young;
    int rolling, order; /* places in the lists below; -1: not given */
    int64_t folds, optimism;
    const char *score, *bands;
    double edge[MOST_EDGES];
    size_t n_edges;
    struct cmd_audit_set audit;
};

enum shown { GRADES, METRICS, WORKLOAD, VERDICTS, WORKED, COMPARISONS, SHOWN };

/* One test at a time, the oldest first. */
static const char *const rollings[] = {"quarter", "month", "auto", NULL};
static const enum lc_rolling rolling[] = {LC_ROLLING_QUARTER, LC_ROLLING_MONTH,
                                          LC_ROLLING_AUTO};
static const char *const orders[] = {"none", NULL};

/* The table asked for; by itself all of them, where people read. */
static enum lc_rc put(const struct settings *set, const struct lc_frame *const all[SHOWN],
                      struct lc_err *err)
{
    const enum shown first = set->race.comparisons ? COMPARISONS
                             : set->worked         ? WORKED
                             : set->verdicts       ? VERDICTS
                             : set->workload       ? WORKLOAD
                             : set->metrics        ? METRICS
                                                   : GRADES;

    cmd_note_frame(&set->out, all[first]);
    if (first != GRADES)
        return cmd_put_frame(&set->out, all[first], 0, err);
    return cmd_put_frames(&set->out, all, all[WORKLOAD] ? VERDICTS : WORKLOAD, 0, err);
}

/* The score we have now, alone. */
static enum lc_rc score_step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    const struct lc_bands_options options = {.edge = set->edge, .n_edges = set->n_edges};
    struct lc_bands bands;
    size_t at = 0;
    enum lc_rc rc;

    s->by = (struct lc_texts){&set->score, 1};
    s->only_by = true;
    rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (!rc)
        rc = lc_table_find(&s->table, set->score, &at, err);
    if (!rc)
        rc = lc_bands_of(&s->table, &s->cohort, at, &options, &s->arena, &bands, err);
    return rc ? rc
              : put(set, (const struct lc_frame *[SHOWN]){&bands.bands, &bands.metrics}, err);
}

/* Later leads by grade, whatever their age. */
static enum lc_rc young_step(struct cmd_study *s, const struct settings *set,
                             struct lc_err *err)
{
    struct lc_frame frame;
    const enum lc_rc rc = cmd_young_step(s, &set->fit, &set->grades, &frame, err);

    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, 0, err);
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_backtest backtest;
    enum lc_rc rc = cmd_current_spec(s, &set->current, err);

    if (!rc)
        rc = cmd_prior_spec(s, &set->fit_set, err);
    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        return rc;
    cmd_study_note_columns(s, true);
    if (set->young)
        return young_step(s, set, err);
    rc = cmd_backtest_step(s, &set->fit, &set->grades, &set->race, &backtest, err);
    if (rc)
        return rc;
    return put(set,
               (const struct lc_frame *[SHOWN]){&backtest.by_fold, &backtest.metrics,
                                                &backtest.workload, &backtest.verdicts,
                                                &backtest.worked, &backtest.comparisons},
               err);
}

/* "20,40,60": rising numbers. */
static bool read_edges(struct settings *set)
{
    const char *text = set->bands;

    while (text) {
        const size_t n = strcspn(text, ",");
        double x;

        if (set->n_edges == MOST_EDGES || !lc_real_parse((struct lc_slice){text, n}, &x) ||
            (set->n_edges && x <= set->edge[set->n_edges - 1])) {
            (void)fprintf(stderr,
                          "%s: --bands needs at most %d rising numbers such as 20,40,60, not "
                          "'%.40s'\n",
                          about.name, MOST_EDGES, set->bands);
            return false;
        }
        set->edge[set->n_edges++] = x;
        text = text[n] ? text + n + 1 : NULL;
    }
    return true;
}

/* Options of several models or several tests. */
static bool is_raced(const struct settings *set)
{
    return set->rolling >= 0 || set->order >= 0 || set->race.challenger ||
           set->race.comparisons || set->verdicts || set->worked || set->optimism > 0;
}

/* The options of the race, among themselves and with --score. */
static bool usable_race(struct settings *set)
{
    const bool raced = is_raced(set);

    set->race.folds = set->folds > 0 ? (size_t)set->folds : 0;
    set->race.optimism = set->optimism > 0 ? (size_t)set->optimism : 0;
    if (set->order >= 0)
        set->race.rolling = LC_ROLLING_MIXED;
    else if (set->rolling >= 0)
        set->race.rolling = rolling[set->rolling];
    if (set->score && (set->workload || raced))
        (void)cmd_wrong(about.name, "--score looks at a score as it is and fits no model, so "
                                    "there is nothing to race it against");
    else if (set->score && set->young)
        (void)cmd_wrong(about.name,
                        "--young grades leads by a new model, and --score fits none");
    else if (set->young && (raced || set->metrics || set->workload))
        (void)cmd_wrong(about.name,
                        "--young is a table of its own, of one test of one model: leave out "
                        "the options of races and of other tables");
    else if (set->rolling >= 0 && set->order >= 0)
        (void)cmd_wrong(about.name, "--rolling tests in the order of time, --order none in no "
                                    "order: give one of them");
    else if (set->folds > 0 && set->rolling < 0)
        (void)cmd_wrong(about.name, "--folds goes with --rolling");
    else
        return true;
    return false;
}

/* By the lag a lead counts as it stood on the first day of a test. */
static bool usable_lag(const struct settings *set)
{
    if (!set->fit_set.maturity)
        return true;
    if (set->score)
        (void)cmd_wrong(about.name, "--maturity goes with a new model, and --score fits none");
    else if (set->order >= 0)
        (void)cmd_wrong(about.name,
                        "--maturity lag asks how old a lead was on the first day of a "
                        "test, and --order none has no such day: give one of them");
    else if (set->optimism > 0)
        (void)cmd_wrong(about.name,
                        "--optimism looks at how a model does on its own leads, and "
                        "the end of young ones is not known: leave out --maturity lag");
    else
        return true;
    return false;
}

static bool usable(struct settings *set)
{
    if (!usable_race(set) || !usable_lag(set))
        return false;
    if (!set->score && set->bands)
        (void)cmd_wrong(about.name, "--bands goes with --score only");
    else if (set->score && (set->current.current || set->current.champion))
        (void)cmd_wrong(about.name, "--score looks at one score alone; use --current to put it "
                                    "beside a new model");
    else if (set->score && set->audit.last.n + set->audit.allow.n)
        (void)cmd_wrong(about.name, "--last and --allow go with a new model, and --score fits "
                                    "none");
    else
        return read_edges(set);
    return false;
}

int cmd_backtest(int argc, char **argv)
{
    struct settings set = {.rolling = -1, .order = -1};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_FLAG(0, "metrics", &set.metrics,
                 "the table of metrics instead of the one of grades"),
        OPT_FLAG(0, "workload", &set.workload,
                 "the week's work instead: leads handed over, on each clock, changing side"),
        OPT_CHOICE(
            0, "rolling", &set.rolling, rollings,
            "a test for each of the latest quarters or months, learnt from what was known "
            "before; auto: quarters where there are two or more"),
        OPT_WHOLE(0, "folds", &set.folds, 1, LC_MOST_FOLDS, "N",
                  "with --rolling: so many tests at most; default 4"),
        OPT_CHOICE(0, "order", &set.order, orders,
                   "none: cross-validate, in no order of time; flatters, and is called weak"),
        OPT_TEXT(0, "challenger", &set.race.challenger, "MODEL",
                 "the model that is named before the test is opened; default logistic; all "
                 "others are exploratory"),
        OPT_FLAG(0, "comparisons", &set.race.comparisons,
                 "paired tests of the models instead, with intervals and p"),
        OPT_WHOLE(0, "optimism", &set.optimism, 10, 10000, "N",
                  "fit N resamples too, and correct the logistic model for looking best on its "
                  "own leads (fold train of --metrics); 200 will do"),
        OPT_FLAG(0, "worked", &set.worked,
                 "whom sales has worked instead: by grade, with the close rate among them"),
        OPT_FLAG(0, "verdicts", &set.verdicts,
                 "how far each model may be believed instead, and why"),
        OPT_FLAG(
            0, "young", &set.young,
            "later leads by grade instead, young ones too: won in time, a lead counting for "
            "as long as it was followed, and how long it took"),
        OPT_TEXT(0, "score", &set.score, "COLUMN",
                 "look at this score alone, and fit nothing: a number, or a grade such as A1"),
        OPT_TEXT(0, "bands", &set.bands, "EDGE,...",
                 "with --score: where its bands begin, such as 20,40,60,80; default: by tens"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own,
                                        cmd_current_rows(&set.current),
                                        cmd_grade_rows(&set.grade),
                                        cmd_fit_rows(&set.fit_set, false),
                                        cmd_audit_rows(&set.audit),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out),
                                        NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_fit_options(&study, &set.fit_set, &set.fit) ||
        !cmd_grade_options(about.name, &set.grade, &set.grades) || !usable(&set))
        return CMD_USAGE;
    study.audit = set.score ? NULL : &set.audit;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         set.score ? score_step : step, &set);
}
