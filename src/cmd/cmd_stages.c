/* stages - close rates of opportunities by the stage that they have come to. */
#include "cmd_study.h"
#include "leadcal/stages.h"

static const struct cmd_about about = {
    .name = "stages",
    .brief = "close rate and days to won of opportunities, by the stage they have come to",
    .usage = "--spec FILE [option...] FILE...",
    .about =
        "The spec's unit is an opportunity (\"unit\": {\"of\": \"opportunity\", ...}). For each stage: how\n"
        "many opportunities have entered it, how many of those that were followed for the window\n"
        "were won within it from that day on, with Wilson limits, and in how many days. The\n"
        "stages are those that the spec lists, else those that the header tells the entry into\n"
        "(Date entered \"STAGE\" in HubSpot). Without --window each stage has its own, by the same\n"
        "rule as everywhere.\n\n"
        "A model of one stage is fitted by the same spec: its \"stage\" says of which.",
    .example = "leadcal stages --spec datasets/opportunities.spec.json \\\n"
               "    datasets/units/opportunities.csv",
    .notes =
        "CSV columns: stage, column, entered, opportunities, window_days, won, close_rate,\n"
        "close_rate_low, close_rate_high, lost, open, median_days, median_days_low,\n"
        "median_days_high, p90_days.",
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    struct cmd_output *out = context;
    struct lc_frame frame;
    enum lc_rc rc = cmd_study_read(s, s->path, s->n_paths, &s->spec, &s->table, err);

    if (!rc)
        rc = cmd_study_values(s, err);
    if (!rc)
        rc = lc_stages(&s->table, &s->spec, &s->arena, &frame, err);
    if (rc)
        return rc;
    cmd_study_note_rows(s);
    cmd_note_frame(out, &frame);
    return cmd_put_frame(out, &frame, 0, err);
}

int cmd_stages(int argc, char **argv)
{
    struct cmd_output out = {0};
    struct cmd_study study;
    const struct opt *const tables[] = {cmd_study_rows(&study, about.name, &out),
                                        cmd_output_rows(&out), NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &out);
}
