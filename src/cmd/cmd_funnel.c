/* funnel - from lead to won by the quarter of entry, beside the wins by day of closing. */
#include "cmd_study.h"

static const struct cmd_about about = {
    .name = "funnel",
    .brief = "from lead to won by quarter of entry, and won again by day of closing",
    .usage = "[option...] FILE...",
    .about =
        "Per quarter of entry: leads, handed over, accepted, opportunities, won, lost and open as\n"
        "of the as-of date, and the won amount; cohort_rate is won / leads. Beside it closed_won,\n"
        "the wins that closed in the quarter, the number a CRM dashboard shows; period_rate is\n"
        "closed_won / leads. The note of a row says why the two differ. --window has no say: a\n"
        "win counts whenever it came. A column without a source is empty, and a note says what\n"
        "would fill it.",
    .example =
        "leadcal funnel --spec datasets/leads.spec.json datasets/leads.csv\n"
        "leadcal funnel --outcome stage --won 'Closed Won' --entered created_date \\\n"
        "    --closed close_date --amount amount --period month --format csv datasets/leads.csv",
    .notes =
        "CSV columns: period, leads, handed_over, accepted, opportunities, won, lost, open,\n"
        "amount, cohort_rate, closed_won, closed_amount, period_rate, closed_earlier,\n"
        "closed_later, note.",
};

struct settings {
    struct cmd_output out;
    struct cmd_funnel_set funnel;
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame frame;
    enum lc_rc rc = cmd_study_load(s, err);

    if (!rc)
        rc = cmd_study_name(s, err);
    if (rc)
        return rc;
    cmd_study_note_rows(s);
    rc = cmd_funnel_step(s, &set->funnel, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, 0, err);
}

int cmd_funnel(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_study study;
    const struct opt *const tables[] = {cmd_funnel_rows(&set.funnel),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    cmd_study_say(&study, "by", "attributes, which have no say in a funnel");
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
