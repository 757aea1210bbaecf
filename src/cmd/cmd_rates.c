/* rates - per attribute level: leads, won, rate and interval, ratio to the baseline, points. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/num.h"

#define SHOWN_LEVELS 20 /* of an attribute, on a terminal: DEFINITIONS 2 */

static const char *const denominators[] = {"leads", "closed", NULL};
static const char *const scales[] = {"ratio", "ratio-1", "log2", NULL};

const struct opt *cmd_rates_rows(struct cmd_rates_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("Rates"),
        OPT_TEXT(0, "baseline", &set->baseline, "WON/LEADS",
                 "compare with another population, such as 3/150; default: all counted leads"),
        OPT_TEXT(0, "baseline-same", &set->baseline_same, "WON/LEADS",
                 "the same, for a population that holds these leads: refused where a level has "
                 "more wins"),
        OPT_CHOICE(0, "denominator", &set->denominator, denominators,
                   "a rate is won / leads, or won / (won + lost)"),
        OPT_CHOICE(0, "scale", &set->scale, scales,
                   "points are the ratio to the baseline (never negative: the published "
                   "method), the ratio less one, or its logarithm to base 2"),
        OPT_REAL(
            0, "prior-weight", &set->prior_weight, 0, 1e9, "M",
            "leads that the baseline counts for in the shrunk ratio; default 0: estimated"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_rates_set has too little room");
    *set = (struct cmd_rates_set){0};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

static bool read_baseline(const char *name, const char *option, const char *text,
                          struct lc_rates_options *o)
{
    const char *slash = strchr(text, '/');

    if (slash &&
        lc_real_parse((struct lc_slice){text, (size_t)(slash - text)}, &o->baseline_won) &&
        lc_real_parse(lc_slice_of(slash + 1), &o->baseline_leads) && o->baseline_won > 0 &&
        o->baseline_leads >= o->baseline_won)
        return true;
    (void)fprintf(stderr,
                  "%s: --%s needs wins and leads such as 3/150, at least one win and no more "
                  "wins than leads, not '%.40s'\n",
                  name, option, text);
    return false;
}

bool cmd_rates_options(const char *name, const struct cmd_rates_set *set,
                       struct lc_rates_options *o)
{
    *o = (struct lc_rates_options){.closed_only = set->denominator == 1,
                                   .scale = (enum lc_scale)set->scale,
                                   .prior_weight = set->prior_weight,
                                   .baseline_same = set->baseline_same != NULL};
    if (set->baseline && set->baseline_same) {
        (void)cmd_wrong(name, "--baseline and --baseline-same exclude each other");
        return false;
    }
    if (set->baseline && !read_baseline(name, "baseline", set->baseline, o))
        return false;
    return !set->baseline_same || read_baseline(name, "baseline-same", set->baseline_same, o);
}

enum lc_rc cmd_rates_step(struct cmd_study *s, const struct lc_rates_options *options,
                          struct lc_frame *frame, struct lc_err *err)
{
    struct lc_cohort cohort = s->cohort;
    struct lc_attribute *attribute;
    struct cmd_columns columns;
    enum lc_rc rc = LC_OK;

    if (options->closed_only)
        rc = lc_cohort_closed(&s->cohort, &s->arena, &cohort, err);
    if (!rc)
        rc = cmd_study_columns(s, false, &columns, err);
    if (rc)
        return rc;
    attribute = LC_NEW(&s->arena, columns.n, struct lc_attribute);
    if (!attribute)
        return lc_fail_memory(err, "the attributes");
    for (size_t j = 0; !rc && j < columns.n; j++)
        rc = lc_attribute_learn(&s->table.column[columns.column[j]], columns.given[j],
                                cohort.row, cohort.y, cohort.n, &s->arena, &attribute[j], err);
    if (!rc)
        rc = lc_rates(&cohort, attribute, columns.n, options, &s->arena, frame, err);
    return rc;
}

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
        "    --baseline 3/150 --scale log2 datasets/leads.csv",
    .notes = "CSV columns: attribute, level, leads, won, rate, rate_low, rate_high, ratio,\n"
             "ratio_low, ratio_high, rr, rr_low, rr_high, shrunk_ratio, shrunk_low,\n"
             "shrunk_high, woe, woe_adjusted, iv, p, p_adjusted, points.",
};

struct settings {
    struct cmd_output out;
    struct lc_rates_options options;
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
    const struct opt *const tables[] = {cmd_rates_rows(&rates),
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
