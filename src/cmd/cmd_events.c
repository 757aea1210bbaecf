/* events - what leads did before they were decided: rates and half-lives by class, and a flat file. */
#include "cmd_events.h"

#include "leadcal/engagement.h"

static const struct cmd_about about = {
    .name = "events",
    .brief = "what leads did before they were decided, and how fast it grows stale",
    .usage = "--spec FILE [option...] FILE...",
    .about =
        "The spec says which file holds events (\"events\": when, what, about what) and how they\n"
        "belong to leads. Each event is put in a class by the words of its type and content: pricing,\n"
        "technical_brief, review, careers, ... For each class: how many leads did it before\n"
        "their decision, how many of them were won, and its half-life in days with an interval,\n"
        "by profile likelihood with a prior (30 days); under 100 such wins the prior is kept, and\n"
        "that is said. Nothing after the decision counts.\n\n"
        "A decay \"half-life learned\" in the spec is told by the leads in every program that learns,\n"
        "and in a backtest anew by the training leads of each fold. --model then takes the decays\n"
        "that a model was learnt by, for the leads that it is to score.\n\n"
        "--flat writes the leads' file again with columns computed from events as of each lead's\n"
        "decision: what they are still worth, how many, days since the last. leadcal score, and\n"
        "every export of a model that was fitted on it, take that file as it is.",
    .example = "leadcal events --spec datasets/events.spec.json datasets/events/leads.csv "
               "datasets/events/events.csv\n"
               "leadcal events --spec datasets/events.spec.json --flat flat.csv \\\n"
               "    datasets/events/leads.csv datasets/events/events.csv",
    .notes =
        "CSV columns: file, class, kind, decay, events, leads, won, close_rate,\n"
        "close_rate_low, close_rate_high, half_life, half_life_low, half_life_high, log_odds,\n"
        "std_error, note.",
};

struct settings {
    struct cmd_output out;
    const char *flat, *model;
    int32_t undecided;
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame frame;
    enum lc_rc rc = set->model ? cmd_events_model(s, set->model, err) : LC_OK;

    if (!rc)
        rc = cmd_study_load(s, err);
    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (!rc)
        rc = lc_engagement_classes(&s->table, &s->spec, &s->cohort, s->pool, &s->arena, &frame,
                                   err);
    if (!rc && set->flat)
        rc = cmd_events_flat(s, set->flat, set->out.force, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, 0, err);
}

int cmd_events(int argc, char **argv)
{
    struct settings set = {.undecided = LC_NO_DAY};
    const struct opt table[] = {
        OPT_SECTION("Events"),
        OPT_TEXT(0, "flat", &set.flat, "FILE",
                 "write the leads there with the columns that are computed from events"),
        OPT_TEXT(
            0, "model", &set.model, "FILE",
            "a model that was learnt on events: its decays instead of the spec's, and all of its "
            "columns, whether somebody did such a thing or not; for the file that it scores"),
        OPT_DAY(0, "undecided", &set.undecided,
                "leads without a decision day are taken as of this day, to score them today; "
                "default: their cells are empty"),
        OPT_END(),
    };
    struct cmd_study study;
    const struct opt *const tables[] = {table, cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    study.all_events = true;
    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (set.undecided != LC_NO_DAY)
        study.undecided = &set.undecided;
    if (!cmd_study_usable(&study, argc - first))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
