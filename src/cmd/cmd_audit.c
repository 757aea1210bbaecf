/* audit - which columns know the outcome, and why they are left out of every fit. */
#include "cmd_study.h"

static const struct cmd_about about = {
    .name = "audit",
    .brief = "which columns know the outcome, and why they are left out",
    .usage = "[option...] FILE...",
    .about =
        "A column that was filled in, changed or dated after the outcome tells the past well and\n"
        "the future not at all. Eight steps look for such columns: by name, by whom they are\n"
        "filled for, by dates, by values that stand for won leads alone, by how well one column\n"
        "tells the outcome, by the age of the leads, by what has changed since an earlier export\n"
        "(--last, the strongest step), and among later leads. fit, backtest and recalibrate take\n"
        "the same steps first, and leave out what is rejected or suspect; a note leaves a column\n"
        "in. --allow, or the spec's list of attributes, keeps a column whatever is found.",
    .example =
        "leadcal audit --outcome stage --won 'Closed Won' --entered created_date \\\n"
        "    --closed close_date datasets/leads.csv\n"
        "leadcal audit --spec datasets/leads.spec.json --format csv datasets/leads.csv\n"
        "# what has changed since last quarter?\n"
        "leadcal simulate --rows 3000 --seed 20260930 -o last.csv\n"
        "leadcal audit --spec datasets/leads.spec.json --last last.csv datasets/leads.csv",
    .notes =
        "CSV columns: column, severity (reject, suspect, note), step, reason, evidence, value,\n"
        "threshold, left_out. value is what was measured (a limit that errs on the side of\n"
        "the column), threshold where it begins to count.",
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct cmd_output *out = context;
    struct lc_frame frame;
    enum lc_rc rc = cmd_study_load(s, err);

    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (!rc)
        rc = cmd_audit_step(s, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(out, &frame);
    return cmd_put_frame(out, &frame, 0, err);
}

int cmd_audit(int argc, char **argv)
{
    struct cmd_output out;
    struct cmd_audit_set audit;
    struct cmd_study study;
    const struct opt *const tables[] = {cmd_audit_rows(&audit),
                                        cmd_study_rows(&study, about.name, &out),
                                        cmd_output_rows(&out), NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first))
        return CMD_USAGE;
    study.audit = &audit;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &out);
}
