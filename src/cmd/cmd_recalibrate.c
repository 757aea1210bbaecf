/* recalibrate - the steps in order, into one folder: no logic of its own. */
#include <stdio.h>
#include <string.h>

#include "cmd_quarter.h"

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    struct cmd_quarter_set *set = context;
    struct cmd_quarter q = {0};
    enum lc_rc rc = cmd_folder_open(&q.folder, set->out.path, set->out.force, err);

    if (rc)
        return rc;
    cmd_quarter_say(set, "reading");
    rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        goto out;
    cmd_study_note_columns(s, false);
    rc = cmd_quarter_tables(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_model(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_spec(s, &q, err);
    if (rc)
        goto out;
    rc = cmd_quarter_figures(s, set, &q, err);
    if (!rc)
        rc = cmd_quarter_report(s, set, &q, err);
    if (!rc)
        rc = cmd_folder_commit(&q.folder, err);
    if (!rc) {
        set->no_model = q.report.model == NULL;
        cmd_note(set->out.quiet, "%s/report.md is written", set->out.path);
    }
out:
    cmd_folder_drop(&q.folder);
    return rc;
}

static const struct cmd_about about = {
    .name = "recalibrate",
    .brief = "all steps in order: tables, model, report, figures",
    .usage = "FILE... -o FOLDER [option...]",
    .about =
        "Runs rates, fit and backtest on the same leads and writes a folder: every table as\n"
        "CSV and JSON (files, columns, rates, fit, backtest, backtest_metrics, cells), the model\n"
        "file candidate.json, the spec, report.md and its figures. The folder appears when it\n"
        "is whole. Where the history is too short for a backtest, the rest is delivered.",
    .example =
        "leadcal recalibrate datasets/leads.csv -o recalibrated \\\n"
        "    --outcome stage --won 'Closed Won' --entered created_date --closed close_date \\\n"
        "    --engagement pages_viewed,email_opens,webinar,demo_request",
    .notes =
        "Without a model (no wins, one class) the folder is delivered and the exit status\n"
        "is 5. Without gnuplot there are no figures, and the report says so.",
};

/* One word of a command as a shell reads it; returns what was written. */
static size_t put_word(const char *text, char *to)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.,/=+:@%-";
    const bool quote = !*text || text[strspn(text, plain)];
    size_t used = 0;

    to[used++] = ' ';
    if (quote)
        to[used++] = '\'';
    for (; *text; text++) {
        if (*text == '\'') {
            to[used++] = '\'';
            to[used++] = '\\';
            to[used++] = '\'';
        }
        to[used++] = *text;
    }
    if (quote)
        to[used++] = '\'';
    return used;
}

/* The command for the report, without what changes nothing in it. */
static bool command_text(int argc, char **argv, char *to, size_t room)
{
    static const char *const silent[] = {"--threads", "--force", "--quiet", "-q"};
    size_t used = (size_t)snprintf(to, room, "leadcal recalibrate");

    for (int i = 1; i < argc; i++) {
        bool skip = strncmp(argv[i], "--threads=", 10) == 0;

        for (size_t k = 0; k < sizeof silent / sizeof *silent; k++)
            skip = skip || strcmp(argv[i], silent[k]) == 0;
        if (strcmp(argv[i], silent[0]) == 0)
            i++;
        if (skip)
            continue;
        if (used + 4 * strlen(argv[i]) + 4 > room)
            return false;
        used += put_word(argv[i], to + used);
        to[used] = 0;
    }
    return true;
}

int cmd_recalibrate(int argc, char **argv)
{
    static char command[16384];
    struct cmd_quarter_set set = {.command = command};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Output"),
        OPT_TEXT('o', "output", &set.out.path, "FOLDER", "the folder to make"),
        OPT_FLAG(0, "force", &set.out.force,
                 "replace a folder that an earlier recalibrate wrote"),
        OPT_FLAG('q', "quiet", &set.out.quiet, "no notes and no progress on standard error"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own,
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_rates_rows(&set.rates_set),
                                        cmd_fit_rows(&set.fit_set, false),
                                        cmd_grade_rows(&set.grade_set),
                                        NULL};
    int first, status;

    if (!command_text(argc, argv, command, sizeof command))
        set.command = NULL;
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_rates_options(about.name, &set.rates_set, &set.rates) ||
        !cmd_fit_options(&study, &set.fit_set, &set.fit) ||
        !cmd_grade_options(about.name, &set.grade_set, &set.grades))
        return CMD_USAGE;
    if (!set.out.path)
        return cmd_wrong(about.name, "no folder is named; use -o FOLDER");
    status = cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                           step, &set);
    return status == CMD_DONE && set.no_model ? CMD_NUMERIC : status;
}
