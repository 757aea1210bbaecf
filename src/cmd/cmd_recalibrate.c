/* recalibrate - the steps in order, into one folder: no logic of its own. */
#include <stdio.h>
#include <string.h>

#include "cmd_propose.h"
#include "cmd_quarter.h"

#define COMMAND_BYTES 16384 /* of a command in the report; a longer one is left out */

struct settings {
    struct cmd_quarter_set quarter;
    bool yes;     /* the guesses are taken without asking */
    bool propose; /* nothing says who was won */
    struct cmd_asker asker;
    char command[COMMAND_BYTES];
    char *const *option; /* [n_options] of the command line */
    int n_options;
};

/* Guesses and answers where there is no spec; the report then names the spec that they became. */
static enum lc_rc ask(struct cmd_study *s, struct settings *set, struct lc_err *err)
{
    struct cmd_quarter_set *q = &set->quarter;
    enum lc_rc rc;

    if (!set->propose)
        return LC_OK;
    rc = cmd_propose_spec(s, set->yes, &set->asker, &q->comment, &q->n_comments, err);
    if (rc || set->asker.stopped)
        return rc;
    q->command = cmd_command_again(set->option, set->n_options, s->path, s->n_paths,
                                   set->command, sizeof set->command)
                     ? set->command
                     : NULL;
    return LC_OK;
}

/* What came of it, in words: why there is no model, whether it is quiet or not. */
static void say_end(struct settings *all, const struct cmd_quarter *q)
{
    struct cmd_quarter_set *set = &all->quarter;

    set->no_model = q->report.model == NULL;
    cmd_note(set->out.quiet, "%s/report.html is written; report.md says the same",
             set->out.path);
    if (all->propose)
        cmd_note(set->out.quiet,
                 "the guesses and answers stand in %s/spec.csv and spec.json: change them "
                 "there, and run again with --spec",
                 set->out.path);
    if (set->no_model)
        cmd_say(all->asker.name, "no model: %s; the folder holds the rest",
                q->report.no_model ? q->report.no_model : "none was fitted");
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    struct settings *all = context;
    struct cmd_quarter_set *set = &all->quarter;
    struct cmd_quarter q = {0};
    enum lc_rc rc = cmd_folder_open(&q.folder, set->out.path, set->out.force, err);

    if (rc)
        return rc;
    cmd_quarter_say(set, "reading");
    rc = ask(s, all, err);
    if (rc || all->asker.stopped)
        goto out;
    rc = cmd_current_spec(s, &set->current_set, err);
    if (!rc)
        rc = cmd_prior_spec(s, &set->fit_set, err);
    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_quarter_cohort(s, &q, err);
    if (rc)
        goto out;
    cmd_study_note_columns(s, false);
    rc = cmd_quarter_tables(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_model(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_compare(s, &q, err);
    if (!rc)
        rc = cmd_quarter_drift(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_value(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_sales(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_spec(s, set, &q, err);
    if (rc)
        goto out;
    rc = cmd_quarter_figures(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_report(s, set, &q, err);
    if (!rc)
        rc = cmd_folder_commit(&q.folder, err);
    if (!rc)
        say_end(all, &q);
out:
    cmd_folder_drop(&q.folder);
    return rc;
}

static const struct cmd_about about = {
    .name = "recalibrate",
    .brief = "all steps in order: tables, model, report, figures",
    .usage = "FILE... -o FOLDER [option...]",
    .about =
        "Runs rates, fit, backtest, accept and funnel on the same leads and writes a folder:\n"
        "every table as CSV and JSON, the new model as candidate.json, the spec as\n"
        "spec.json and as spec.csv for a spreadsheet, and the report with its figures:\n"
        "report.html is one page that can be mailed, report.md says the same. The folder appears\n"
        "when it is whole. Where the history is too short for a backtest, the rest is delivered.\n\n"
        "Without a spec and an outcome it guesses what the columns mean and asks at most five\n"
        "questions, with the guess in brackets: what means won, when the clock starts, which\n"
        "columns are engagement, which one is the score in use (the current model), and which\n"
        "are dropped because they know the outcome or name persons. An empty line takes the\n"
        "guess, --yes takes them all. Several files are joined as inspect joins them.\n\n"
        "With --prior the new model begins from last quarter's, and moves.csv says which points\n"
        "moved; with --current candidate.json keeps the comparison that leadcal promote asks for.\n"
        "With --maturity lag the new model, and each model of the tests, learns from young leads\n"
        "too, by the share of the lag to a win that each has behind it.",
    .example =
        "leadcal recalibrate datasets/leads.csv -o guessed --yes\n"
        "leadcal recalibrate --spec guessed/spec.csv datasets/leads.csv -o corrected\n"
        "leadcal recalibrate datasets/leads.csv -o recalibrated \\\n"
        "    --outcome stage --won 'Closed Won' --entered created_date --closed close_date \\\n"
        "    --engagement pages_viewed,email_opens,webinar,demo_request",
    .notes =
        "Questions go to standard error and answers come from standard input, a terminal or a\n"
        "pipe; where that ends before an answer, the exit status is 2. Without a model (no wins,\n"
        "one class) the folder is delivered and the exit status is 5. Without gnuplot there are\n"
        "no figures, and the report says so.",
};

/* Where nothing says who was won, it is guessed and asked: for that the leads are read twice. */
static bool is_usable(const struct cmd_study *study, struct settings *set,
                      const char *const *path, int n)
{
    set->propose = n > 0 && !study->given.spec && !study->given.outcome &&
                   !study->given.won_if_in && !study->given.won.n;
    if (!set->propose)
        return cmd_study_usable(study, n);
    for (int i = 0; i < n; i++)
        if (strcmp(path[i], "-") == 0) {
            (void)cmd_wrong(
                about.name,
                "standard input can be read only once; save the leads to a file, or "
                "use --spec FILE");
            return false;
        }
    return true;
}

int cmd_recalibrate(int argc, char **argv)
{
    struct settings all = {.asker = {.name = about.name}, .quarter.command = all.command};
    struct cmd_quarter_set *set = &all.quarter;
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Output"),
        OPT_TEXT('o', "output", &set->out.path, "FOLDER", "the folder to make"),
        OPT_FLAG(0, "force", &set->out.force,
                 "replace a folder that an earlier recalibrate wrote"),
        OPT_FLAG('y', "yes", &all.yes,
                 "where no outcome is named: take every guess and ask nothing"),
        OPT_FLAG('q', "quiet", &set->out.quiet, "no notes and no progress on standard error"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own,
                                        cmd_current_rows(&set->current_set),
                                        cmd_study_rows(&study, about.name, &set->out),
                                        cmd_rates_rows(&set->rates_set),
                                        cmd_fit_rows(&set->fit_set, false),
                                        cmd_grade_rows(&set->grade_set),
                                        cmd_audit_rows(&set->audit_set),
                                        NULL};
    int first, status;

    if (!cmd_command_text(argc, argv, all.command, sizeof all.command))
        set->command = NULL;
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    study.audit = &set->audit_set;
    all.option = argv + 1;
    all.n_options = first - 1;
    if (!is_usable(&study, &all, (const char *const *)argv + first, argc - first) ||
        !cmd_rates_options(about.name, &set->rates_set, &set->rates) ||
        !cmd_fit_options(&study, &set->fit_set, &set->fit) ||
        !cmd_grade_options(about.name, &set->grade_set, &set->grades))
        return CMD_USAGE;
    if (!set->out.path)
        return cmd_wrong(about.name, "no folder is named; use -o FOLDER");
    status = cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                           step, &all);
    if (all.asker.stopped)
        return CMD_USAGE;
    return status == CMD_DONE && set->no_model ? CMD_NUMERIC : status;
}
