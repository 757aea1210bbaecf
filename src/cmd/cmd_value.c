/* value - won amounts by grade or level, and what sets quick wins apart from slow ones. */
#include "cmd_study.h"
#include "leadcal/model_file.h"
#include "leadcal/value.h"

#define SHOWN_LEVELS 20 /* of an attribute, on a terminal: DEFINITIONS 2 */

static const struct cmd_about about = {
    .name = "value",
    .brief = "won amount by grade or level, and quick wins against slow ones",
    .usage = "[option...] FILE...",
    .about =
        "Per attribute level, or with --model per grade of that model: leads, wins, won amount\n"
        "and amount per lead with its interval, and the shares of all wins and of all amount\n"
        "beside each other: where the second is larger, the deals are larger. With --cycles the\n"
        "wins are split at their median cycle length instead, and each level's share of the\n"
        "short ones is compared with its share of the long ones (Fisher's test, adjusted for\n"
        "the number of levels). A model that learnt from these very leads flatters its grades;\n"
        "backtest shows won amounts of later leads.",
    .example =
        "leadcal value --spec datasets/leads.spec.json --amount amount --by source datasets/leads.csv\n"
        "leadcal value --spec datasets/leads.spec.json --amount amount --model model.json \\\n"
        "    datasets/leads.csv\n"
        "leadcal value --cycles --spec datasets/leads.spec.json datasets/leads.csv",
    .notes = "CSV columns: attribute, level (with --model: model, grade), leads, won,\n"
             "won_amount, amount_per_lead, low, high, share_of_amount, share_of_won,\n"
             "without_amount; with --cycles: attribute, level, won, short, long,\n"
             "share_of_short, share_of_long, median_days, p, p_adjusted.",
};

struct settings {
    struct cmd_output out;
    const char *model;
    bool cycles;
};

static enum lc_rc by_model(struct cmd_study *s, const char *path, struct lc_frame *frame,
                           struct lc_err *err)
{
    struct lc_model model;
    const struct lc_model *const one[] = {&model};
    enum lc_rc rc = lc_model_read(path, &s->arena, &model, err);

    if (!rc)
        rc = lc_value_grades(&s->table, &s->cohort, one, &path, 1, s->pool, &s->arena, frame,
                             err);
    return rc;
}

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame frame;
    enum lc_rc rc = cmd_study_load(s, err);

    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (!rc && set->model)
        rc = by_model(s, set->model, &frame, err);
    else if (!rc)
        rc = set->cycles ? cmd_cycle_step(s, &frame, err) : cmd_value_step(s, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, set->model ? 0 : SHOWN_LEVELS, err);
}

int cmd_value(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Value"),
        OPT_TEXT('m', "model", &set.model, "FILE", "a model file: rows by its grades"),
        OPT_FLAG(0, "cycles", &set.cycles, "short wins against long ones, by level"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own, cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (set.model && set.cycles)
        return cmd_wrong(about.name, "--cycles compares levels, not grades; leave out --model");
    if (!cmd_study_usable(&study, argc - first))
        return CMD_USAGE;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
