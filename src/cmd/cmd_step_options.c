/* The options of the steps, for their programs and for recalibrate. */
#include <stdio.h>
#include <string.h>

#include "cmd_study.h"
#include "leadcal/model_file.h"
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

static const char *const maturities[] = {"window", "lag", NULL};
/* In the order of enum lc_penalty; `none`, which is none of them, is last, and for fit alone. */
static const char *const penalties[] = {"gaussian", "learned", "ridge", "lasso", "elastic",
                                        "logf",     "firth",   "none",  NULL};
static const char *const priors[] = {"gaussian", "learned", "ridge", "lasso",
                                     "elastic",  "logf",    "firth", NULL};
#define PENALTY_NONE (LC_PENALTY_FIRTH + 1)
#define PENALTY_HELP                                                                           \
    "what holds in weights that few leads carry. gaussian: a prior of one SD; learned: an SD " \
    "for each attribute, learnt from the leads; ridge, lasso, elastic: chosen by "             \
    "cross-validation; logf: log-F(2,2) on each level; firth: no bias of small samples"

const struct opt *cmd_fit_rows(struct cmd_fit_set *set, bool likelihood)
{
    const struct opt rows[] = {
        OPT_SECTION("Fit"),
        OPT_REAL(
            0, "prior-sd", &set->prior_sd, 0.001, 1000, "S",
            "with --penalty gaussian: standard deviation of the prior on a level's deviation "
            "from its attribute's mean, in log-odds; default 0.7"),
        OPT_REAL(
            0, "quarter-sd", &set->quarter_sd, 0, 10, "S",
            "with --penalty gaussian or learned: standard deviation of the effect of a lead's "
            "entry quarter, which nobody has points for, in log-odds; 0: no such effect; "
            "default: as the quarters' close rates show, at most 0.5"),
        OPT_TEXT(
            0, "prior", &set->prior, "FILE",
            "last quarter's model file: begin from its posterior, and learn from the leads "
            "that matured since alone"),
        OPT_CHOICE(0, "penalty", &set->penalty, likelihood ? penalties : priors,
                   likelihood ? PENALTY_HELP
                       "; none: maximum likelihood with a reference level, "
                       "z and p"
                              : PENALTY_HELP),
        OPT_REAL(
            0, "lambda", &set->lambda, 0, 1000, "X",
            "of ridge, lasso and elastic, a lead; default 0: the largest within one standard "
            "error of the best over five folds, in blocks of time where there are dates"),
        OPT_FLAG(0, "lambda-min", &set->lambda_least, "the best over the folds itself"),
        OPT_REAL(0, "alpha", &set->alpha, 0, 1, "A",
                 "with --penalty elastic: 0 is ridge, 1 lasso; default 0.5"),
        OPT_CHOICE(
            0, "maturity", &set->maturity, maturities,
            "window: won within W days, of leads that old; lag: won in the end, of all "
            "leads, a young one counting for the share of the lag that it has behind it"),
        OPT_TEXT(
            0, "local", &set->local, "COLUMN",
            "each text of this column (a campaign, a segment) deviates from the weights of all as "
            "far as its leads say; learnt as one posterior, SDs by marginal likelihood"),
        OPT_WHOLE(
            0, "local-least", &set->local_least, 1, LC_MOST_LOCAL_LEAST, "N",
            "with --local: wins, and leads not won, that a text needs for deviations; the others "
            "get the weights of all; default 10"),
        OPT_LIST(
            0, "reference", &set->reference, "COLUMN=LEVEL",
            "with --penalty none or firth: the level the others are compared with; default: the "
            "first in byte order; may be repeated"),
        OPT_LIST(
            0, "numeric", &set->numeric, "COLUMN,...",
            "with --penalty none or firth: columns that enter as numbers; such a fit cannot become "
            "a model file"),
        OPT_END(),
    };
    const struct opt end = OPT_END();

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_fit_set has too little room");
    *set = (struct cmd_fit_set){
        .prior_sd = LC_PRIOR_SD, .quarter_sd = LC_QUARTER_LEARNT, .alpha = LC_ALPHA};
    memcpy(set->row, rows, sizeof rows);
    if (!likelihood)
        set->row[11] = end;
    return set->row;
}

/* Each option of a penalty goes with its own. */
static bool fits_penalty(const char *name, const struct cmd_fit_set *set)
{
    const int p = set->penalty;
    const bool path = p == LC_PENALTY_RIDGE || p == LC_PENALTY_LASSO || p == LC_PENALTY_ELASTIC;

    if (p != LC_PENALTY_GAUSSIAN && set->prior_sd != LC_PRIOR_SD)
        (void)cmd_wrong(name, "--prior-sd goes with --penalty gaussian only");
    else if (p != LC_PENALTY_GAUSSIAN && p != LC_PENALTY_LEARNED && set->quarter_sd > 0)
        (void)cmd_wrong(name, "--quarter-sd goes with --penalty gaussian or learned only");
    else if (p != LC_PENALTY_GAUSSIAN && set->prior)
        (void)cmd_wrong(name, "--prior goes with the default penalty only");
    else if (!path && (set->lambda > 0 || set->lambda_least))
        (void)cmd_wrong(name, "--%s goes with --penalty ridge, lasso or elastic only",
                        set->lambda > 0 ? "lambda" : "lambda-min");
    else if (set->lambda > 0 && set->lambda_least)
        (void)cmd_wrong(name, "--lambda and --lambda-min exclude each other");
    else if (p != LC_PENALTY_ELASTIC && set->alpha != LC_ALPHA)
        (void)cmd_wrong(name, "--alpha goes with --penalty elastic only");
    else if (!cmd_local_fits(name, set))
        return false;
    else if (set->maturity && p != LC_PENALTY_GAUSSIAN && p != PENALTY_NONE)
        (void)cmd_wrong(name, "--maturity lag goes with --penalty gaussian or none only");
    else
        return true;
    return false;
}

bool cmd_fit_options(struct cmd_study *s, const struct cmd_fit_set *set,
                     struct lc_fit_options *o)
{
    *o = (struct lc_fit_options){.likelihood = set->penalty == PENALTY_NONE,
                                 .penalty = set->penalty == PENALTY_NONE
                                                ? LC_PENALTY_GAUSSIAN
                                                : (enum lc_penalty)set->penalty,
                                 .prior_sd = set->prior_sd,
                                 .quarter_sd = set->quarter_sd,
                                 .lambda = set->lambda,
                                 .lambda_least = set->lambda_least,
                                 .alpha = set->alpha,
                                 .reference = set->reference.text,
                                 .n_references = set->reference.n};
    s->by_lag = set->maturity > 0;
    s->given.local = set->local;
    s->given.local_least = (double)set->local_least;
    if (!fits_penalty(s->name, set))
        return false;
    if (!o->likelihood && o->penalty != LC_PENALTY_FIRTH &&
        (set->reference.n || set->numeric.n)) {
        (void)cmd_wrong(s->name, "--%s goes with --penalty none or firth only",
                        set->reference.n ? "reference" : "numeric");
        return false;
    }
    if (set->maturity && set->prior) {
        (void)cmd_wrong(s->name,
                        "--maturity lag learns who is won in the end, and --prior holds "
                        "who was won within a window; use one of them");
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

const struct opt *cmd_current_rows(struct cmd_current_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("The current model"),
        OPT_TEXT(0, "current", &set->current, "FILE|column:NAME",
                 "the score in use, to compare with: a model file, a points file "
                 "(dimension,attribute,level,points,cap), or a column of the export"),
        OPT_TEXT(0, "champion", &set->champion, "FILE|column:NAME", "the same as --current"),
        OPT_REAL(
            0, "capacity", &set->capacity, 0, 1e9, "N",
            "leads that sales takes a week; default: as many as it accepted, else a fifth"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row,
                   "struct cmd_current_set has too little room");
    *set = (struct cmd_current_set){0};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

static const char *const accept_periods[] = {"quarter", "month", "week", "none", NULL};

const struct opt *cmd_accept_rows(struct cmd_accept_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("Acceptance"),
        OPT_TEXT(0, "grade", &set->grade, "COLUMN", "the grade at hand-over, as it was stored"),
        OPT_TEXT(
            0, "model", &set->model, "FILE",
            "a model file that computes the grade, as of the export, where none is stored"),
        OPT_CHOICE(0, "period", &set->period, accept_periods,
                   "rows by the calendar period of the hand-over (weeks by ISO 8601)"),
        OPT_FLAG(0, "sla", &set->sla,
                 "the table of service levels instead: first touches in time, by cell"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_accept_set has too little room");
    *set = (struct cmd_accept_set){0};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}

enum lc_rc cmd_accept_options(struct cmd_study *s, const struct cmd_accept_set *set,
                              struct lc_accept_options *o, struct lc_err *err)
{
    struct lc_model *model;
    enum lc_rc rc;

    *o = (struct lc_accept_options){.period = (enum lc_period)set->period, .by = s->by};
    if (set->grade)
        s->spec.acceptance.grade = set->grade;
    if (!set->model)
        return LC_OK;
    model = LC_NEW(&s->arena, 1, struct lc_model);
    if (!model)
        return lc_fail_memory(err, "the model");
    rc = lc_model_read(set->model, &s->arena, model, err);
    o->model = model;
    return rc;
}

static const char *const funnel_periods[] = {"quarter", "month", NULL};

const struct opt *cmd_funnel_rows(struct cmd_funnel_set *set)
{
    const struct opt rows[] = {
        OPT_SECTION("Funnel"),
        OPT_CHOICE(0, "period", &set->period, funnel_periods,
                   "rows by the calendar period of entry, and of closing"),
        OPT_END(),
    };

    _Static_assert(sizeof rows <= sizeof set->row, "struct cmd_funnel_set has too little room");
    *set = (struct cmd_funnel_set){0};
    memcpy(set->row, rows, sizeof rows);
    return set->row;
}
