/* rates - per attribute level: leads, won, rate and interval, ratio to the baseline, points. */
#include <string.h>

#include "cmd_study.h"

#define SHOWN_LEVELS 20 /* of an attribute, on a terminal: DEFINITIONS 2 */

static const struct cmd_about about = {
    .name = "rates",
    .brief = "conversion rate by attribute level, with intervals and points",
    .usage = "[option...] FILE...",
    .about =
        "Counts the leads and the wins of every level of every attribute, and compares each\n"
        "rate with the baseline: ratio (the published weighting: 10 % against 2 % is 5 points),\n"
        "relative risk against the rest, shrunk ratio, weight of evidence, tests and points.\n"
        "Without --by every fitting column is shown; which ones may know the outcome or name\n"
        "persons is said on standard error. A list splits at commas, unless the whole text is\n"
        "the name of a column; an option may also be repeated.",
    .example =
        "leadcal rates --outcome stage --won 'Closed Won' --by source,industry datasets/leads.csv\n"
        "leadcal rates --outcome stage --won 'Closed Won' --entered created_date \\\n"
        "    --closed close_date --window 90 --by source --format csv datasets/leads.csv\n"
        "leadcal rates --outcome stage --won 'Closed Won' --by industry \\\n"
        "    --baseline 3/150 --scale log2 datasets/leads.csv\n"
        "leadcal rates --classes --spec datasets/leads-form.spec.json datasets/leads-form.csv",
    .notes =
        "CSV columns: attribute, level, leads, won, rate, rate_low, rate_high, ratio,\n"
        "ratio_low, ratio_high, rr, rr_low, rr_high, shrunk_ratio, shrunk_low,\n"
        "shrunk_high, woe, woe_adjusted, iv, p, p_adjusted, points, iv_adjusted,\n"
        "prior_weight, note. Of --classes: class, rule, effect, leads, share, alone, won,\n"
        "close_rate, close_low, close_high, closed, win_rate.",
};

struct settings {
    struct cmd_output out;
    struct lc_rates_options options;
    bool classes;
};

static enum lc_rc step(struct cmd_study *s, void *context, struct lc_err *err)
{
    const struct settings *set = context;
    struct lc_frame frame;
    enum lc_rc rc = cmd_study_load(s, err);

    if (!rc)
        rc = cmd_study_cohort(s, err);
    if (rc)
        return rc;
    cmd_study_note_columns(s, false);
    if (set->classes)
        rc = cmd_classes_step(s, &frame, err);
    else
        rc = cmd_rates_step(s, &set->options, &frame, err);
    if (rc)
        return rc;
    cmd_note_frame(&set->out, &frame);
    return cmd_put_frame(&set->out, &frame, SHOWN_LEVELS, err);
}

int cmd_rates(int argc, char **argv)
{
    struct settings set = {0};
    struct cmd_rates_set rates;
    struct cmd_study study;
    const struct opt own[] = {
        OPT_SECTION("Classes"),
        OPT_FLAG(
            0, "classes", &set.classes,
            "mature, cold and unconvertible leads instead, with and without those that the "
            "spec's rules disqualify, and the wins that each rule leaves out"),
        OPT_END(),
    };
    const struct opt *const tables[] = {own, cmd_rates_rows(&rates),
                                        cmd_study_rows(&study, about.name, &set.out),
                                        cmd_output_rows(&set.out), NULL};
    int first;

    switch (opt_read(&about, tables, argc, argv, &first)) {
    case OPT_HELPED: return cmd_close_stdout(about.name);
    case OPT_WRONG: return CMD_USAGE;
    case OPT_RUN: break;
    }
    if (!cmd_study_usable(&study, argc - first) ||
        !cmd_rates_options(about.name, &rates, &set.options))
        return CMD_USAGE;
    study.only_by = study.given.by.n > 0;
    return cmd_study_run(&study, (const char *const *)argv + first, (size_t)(argc - first),
                         step, &set);
}
