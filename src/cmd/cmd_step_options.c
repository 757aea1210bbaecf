/* The options of the steps, for their programs and for recalibrate. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/num.h"

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

static const char *const penalties[] = {"gauss", "none", NULL};

const struct opt *cmd_fit_rows(struct cmd_fit_set *set, bool likelihood)
{
    const struct opt rows[] = {
        OPT_SECTION("Fit"),
        OPT_REAL(0, "prior-sd", &set->prior_sd, 0.001, 1000, "S",
                 "standard deviation of the Gaussian prior on a level's deviation from its "
                 "attribute's mean, in log-odds; default 0.7"),
        OPT_CHOICE(
            0, "penalty", &set->penalty, penalties,
            "gauss: the prior; none: maximum likelihood with a reference level, z and p"),
        OPT_LIST(0, "reference", &set->reference, "COLUMN=LEVEL",
                 "with --penalty none: the level the others are compared with; default: the "
                 "first in byte order; may be repeated"),
        OPT_LIST(0, "numeric", &set->numeric, "COLUMN,...",
                 "with --penalty none: columns that enter as numbers; such a fit cannot become "
                 "a model file"),
        OPT_END(),
    };
    const struct opt end = OPT_END();

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_fit_set has too little room");
    *set = (struct cmd_fit_set){.prior_sd = LC_PRIOR_SD};
    memcpy(set->row, rows, sizeof rows);
    if (!likelihood)
        set->row[2] = end;
    return set->row;
}

bool cmd_fit_options(struct cmd_study *s, const struct cmd_fit_set *set,
                     struct lc_fit_options *o)
{
    *o = (struct lc_fit_options){.likelihood = set->penalty == 1,
                                 .prior_sd = set->prior_sd,
                                 .reference = set->reference.text,
                                 .n_references = set->reference.n};
    if (!o->likelihood && (set->reference.n || set->numeric.n)) {
        (void)cmd_wrong(s->name, "--%s goes with --penalty none only",
                        set->reference.n ? "reference" : "numeric");
        return false;
    }
    for (size_t i = 0; i < set->reference.n; i++)
        if (!strchr(set->reference.text[i], '=')) {
            (void)fprintf(stderr, "%s: --reference needs COLUMN=LEVEL, not '%.60s'\n", s->name,
                          set->reference.text[i]);
            return false;
        }
    return true;
}

static const char *const cut_methods[] = {"shares", "quantile", NULL};

const struct opt *cmd_grade_rows(struct cmd_grade_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("Grades"),
        OPT_CHOICE(0, "cuts", &set->cuts, cut_methods,
                   "grades by shares of the training leads, or by quartiles"),
        OPT_TEXT(0, "shares", &set->shares, "A,B,C,D",
                 "per cent of leads in the grades, best first; default 10,20,30,40"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_grade_set has too little room");
    *set = (struct cmd_grade_set){0};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

static bool read_shares(const char *text, double target[LC_GRADES])
{
    double sum = 0;

    for (size_t i = 0; i < LC_GRADES; i++) {
        const size_t n = strcspn(text, ",");

        if (!lc_real_parse((struct lc_slice){text, n}, &target[i]) || target[i] <= 0 ||
            (text[n] == ',') == (i + 1 == LC_GRADES))
            return false;
        sum += target[i];
        target[i] /= 100;
        text += n + 1;
    }
    return sum > 99.999 &&
           sum < 100.001; /* per cent; thirds may be written with three places */
}

bool cmd_grade_options(const char *name, const struct cmd_grade_set *set,
                       struct lc_grades *grades)
{
    lc_grades_init(grades);
    grades->method = (enum lc_cuts)set->cuts;
    if (!set->shares || read_shares(set->shares, grades->target))
        return true;
    (void)fprintf(
        stderr,
        "%s: --shares needs four numbers that add up to 100, such as 10,20,30,40, not "
        "'%.40s'\n",
        name, set->shares);
    return false;
}
