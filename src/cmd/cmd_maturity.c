/* maturity - how many are won by an age, and of the wins to come how many that is. */
#include "cmd_study.h"

static const struct cmd_about about = {
    .name = "maturity",
    .brief = "how long a win takes: share won by age, and how much is still to come",
    .usage = "[option...] FILE...",
    .about =
        "Per age in days: how many leads are still at risk, how many were won by then, the share\n"
        "won (leads count for as long as they were followed, a lost lead will not be won), and\n"
        "which share of the wins to come that is. The last is told only where the history is long\n"
        "enough; else a note says why it is not. Young leads count, whatever the window.\n\n"
        "The lags of the levels of each attribute are compared. Where they differ, the levels are\n"
        "shown, and a warning says how much a comparison within a window is off. --by shows the\n"
        "levels of the columns it names in any case.",
    .example = "leadcal maturity --spec datasets/leads.spec.json datasets/leads.csv\n"
               "leadcal maturity --outcome stage --won 'Closed Won' --entered created_date \\\n"
               "    --closed close_date --by source --format csv datasets/leads.csv",
    .notes = "CSV columns: segment, age_days, leads_at_risk, won, share_won, low, high,\n"
             "share_of_eventual.",
};

struct settings {
    struct cmd_output out;
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame frame;
    enum lc_rc rc = cmd_study_load(s, err);

    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (!rc)
        rc = cmd_maturity_step(s, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, 0, err);
}

int cmd_maturity(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_study study;
    const struct opt *const tables[] = {cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    cmd_study_say(
        &study, "by",
        "attributes whose levels are shown and compared; default: all fitting columns "
        "are compared, and that is shown whose lags differ most");
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
