/* fit.h - weights from closed-won history: the coded design through the logit kernel.   Layer: model */
#ifndef LC_FIT_H
#define LC_FIT_H

#include <stdbool.h>
#include <stddef.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/card.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/firth.h"
#include "leadcal/frame.h"
#include "leadcal/logit.h"
#include "leadcal/parallel.h"
#include "leadcal/prior.h"
#include "leadcal/separation.h"
#include "leadcal/table.h"

#define LC_PRIOR_SD       0.7 /* of each level's deviation from its attribute's mean, in log-odds */
#define LC_QUARTER_LEARNT (-1.0) /* SD of entry quarters' effects: by their own close rates */

/* What holds the weights of levels in, where it is not maximum likelihood. */
enum lc_penalty {
    LC_PENALTY_GAUSSIAN, /* a Gaussian prior of one SD that is given */
    LC_PENALTY_LEARNED,  /* a Gaussian prior for each attribute, its SD learnt (components.h) */
    LC_PENALTY_RIDGE, /* a Gaussian prior of one SD that is chosen by cross-validation (path.h) */
    LC_PENALTY_LASSO,   /* an absolute penalty: levels that say little have 0 */
    LC_PENALTY_ELASTIC, /* a mix of both, by alpha */
    LC_PENALTY_LOGF, /* log-F(2, 2) on each level: as if of two leads more one had been won */
    LC_PENALTY_FIRTH /* without the bias of small samples (firth.h), against a reference level */
};

#define LC_FIT_FOLDS 5   /* of the cross-validation: blocks of time, else by place */
#define LC_ALPHA     0.5 /* of the elastic net, unless given */
#define LC_LOG_F     2.0 /* m of log-F(m, m); a standard logistic prior, of SD pi / sqrt(3) */

#define LC_LOCAL_LEAST \
    10 /* wins, and leads not won, that a segment needs for its own deviations */

/* Nats of log marginal likelihood: those that the deviations in one attribute must gain to be looked at, and
 * those that all of these must gain together, or there are none. Chance reaches the latter in one or two
 * cases of a hundred (test_local_quality.c, docs/decisions/0179). */
#define LC_LOCAL_PRICE 0.5
#define LC_LOCAL_ENTRY 4.0

/* Which leads may have weights of their own. */
struct lc_local_rule {
    size_t column;     /* its place in the table: texts, each a segment */
    enum lc_role role; /* of what a segment is worth by itself, and when that is known */
    enum lc_as_of as_of;
    double least; /* wins, and leads not won, of a segment with weights of its own */
};

struct lc_fit_options {
    bool likelihood;         /* --penalty none: maximum likelihood, treatment contrasts */
    enum lc_penalty penalty; /* without likelihood */
    double prior_sd;         /* default LC_PRIOR_SD; with LC_PENALTY_GAUSSIAN only */
    /* Of ridge, lasso and elastic, per lead; 0: chosen by cross-validation, the largest within a
     * standard error of the best, or the best itself. */
    double lambda;
    bool lambda_least;
    double alpha;       /* of elastic: 0 is ridge, 1 lasso */
    const int32_t *day; /* [rows of the table] folds are blocks of time; NULL: by place */
    bool profile; /* of firth: the limits and tests of all coefficients, which take a while */
    const char *const *reference; /* [n_references] "COLUMN=LEVEL", with likelihood or firth */
    size_t n_references;
    const char *const
        *numeric; /* [n_numeric] columns taken as numbers, with likelihood or firth */
    size_t n_numeric;
    const double
        *seen; /* [n] of the leads given to lc_fit_leads: how much of the lag to a win a
                         * lead that is not won has behind it (logit.h); NULL: all of it */
    /* The entry quarter of each row of the table (lc_quarters_by_row), LC_NO_QUARTER: undated.
     * NULL: no effect of quarters. Under LC_PENALTY_GAUSSIAN or LEARNED, and without `seen`: with
     * `prior` the drift is that of the posterior. */
    const int32_t *quarter;
    double quarter_sd; /* of its Gaussian prior, in log-odds; LC_QUARTER_LEARNT; 0: no effect */
    const struct lc_prior *prior; /* last quarter's posterior to begin from; NULL: none */
    const struct lc_chain *chain; /* quarter after quarter instead of all at once; NULL: all */
    bool explain; /* fill `separation`: which levels tell won from not won exactly */
    /* Segments deviate from the weights of all, under LC_PENALTY_GAUSSIAN or LEARNED, without prior and
     * chain; NULL: one set of weights for everybody. */
    const struct lc_local_rule *local;
};

/* A segment: a text of the column that --local names. */
struct lc_fit_segment {
    const char *name;
    double leads, won;
    bool own; /* it has evidence enough for deviations */
    double value,
        std_error; /* of its average lead, against what the weights of all say; log-odds.
                              * 0 where the segments are an attribute, whose weight holds it */
};

/* What one segment does to the levels of one attribute. */
struct lc_fit_deviation {
    size_t segment, attribute; /* places in lc_fit_local.segment and lc_fit.attribute */
    const double *n, *won;     /* [n_levels] leads and wins of the segment */
    /* [n_levels] in log-odds, 0 on average over the leads of the segment. Of a level without a lead
     * there 0, and the SD of the attribute's deviations. */
    const double *value, *std_error;
};

/* The deviations of segments, fitted with the weights of all as one posterior:
 *
 *     log-odds = b0 + sum_j b_j[level] + u_s + sum_j d_sj[level],   u ~ N(0, t_0^2), d_j ~ N(0, t_j^2)
 *
 * t by marginal likelihood (components.h). What would raise it too little is not let in (LC_LOCAL_PRICE,
 * LC_LOCAL_ENTRY); what has t = 0 beside the others leaves again. Where the segments are an attribute themselves, u is in its weights. Source: docs/maths.md#segments,
 * docs/decisions/0179. */
struct lc_fit_local {
    const char *column;
    struct lc_local_rule rule;
    const char *computed;                 /* of the column, as in struct lc_attribute */
    const struct lc_table_column *from;   /* the column itself: its cells may have spellings */
    const struct lc_fit_segment *segment; /* [n_segments] by text; the empty cell is none */
    size_t n_segments, n_own;
    size_t attribute; /* which the segments are themselves; k_attributes: none */
    double own_sd; /* t_0; 0: the segments' own worths do not differ, or are an attribute's */
    const double *sd; /* [k_attributes] t_j; 0: no segment deviates in this attribute */
    const struct lc_fit_deviation *deviation; /* [n_deviations] by segment, then by attribute */
    size_t n_deviations;                      /* 0 with own_sd 0: the model is that of all */
    size_t n_weights;                         /* coefficients that the deviations took */
    double marginal, global; /* log marginal likelihood, and that without any deviation */
};

/* How a penalty along a path was chosen (path.h). */
struct lc_fit_path {
    double alpha, lambda;
    size_t n_folds;     /* 0: lambda was given */
    bool by_time;       /* the folds are blocks of decision days */
    bool least;         /* the best, not the largest within a standard error of it */
    double mean, error; /* deviance a lead of the folds left out, and its standard error */
    double best;        /* the smallest mean */
    size_t used;        /* levels with a weight that is not 0 */
};

/* What a quarter did to close rates, whatever its leads were: fitted beside the attributes, and then
 * forgotten but for the latest quarter, whose effect stands in the intercept. It is no attribute: a
 * card never sees it, nobody has points for it. The latest is the last quarter with at least a third
 * of an average quarter's leads. A learnt SD is that of the beta-binomial likelihood of the quarters'
 * close rates, on log-odds, at most 0.5; 0 where they differ by no more than chance. */
struct lc_fit_quarters {
    bool left_out;            /* there may be quarters, but the penalty does not go with them */
    size_t seen;              /* quarters that the leads came in; 0: not looked at */
    double sd;                /* of the prior, as given or learnt */
    size_t n;                 /* quarters that have an effect: all seen, or 0 */
    size_t at;                /* place of the latest among them, rising */
    int32_t latest;           /* by lc_period_of */
    size_t leads;             /* of the latest */
    double effect, std_error; /* of the latest against the average quarter, in log-odds */
    double lowest, highest;   /* effects of all quarters */
};

#define LC_WIDE_CAUSE 3 /* columns of a rule whose combinations of levels are told one by one */
#define LC_SETTLED \
    0.95 /* "settled": a level like the average would have shown both outcomes by then */

/* A level, or a combination of levels, whose leads all have one outcome, and what holds its weight. A
 * cause of several combinations is several of them, one after the other. */
struct lc_fit_told {
    size_t cause; /* from 1 */
    bool apart;   /* among the leads that the causes before do not tell */
    const char *
        term; /* "source=Web", "size=1-10 and source=Web"; columns by name, where a number takes
                       * part or they are more than LC_WIDE_CAUSE: then nothing is said of chance */
    size_t attribute, level; /* of a single level; attribute is k_attributes: a combination */
    double leads, won;
    double weight,
        points; /* as the card has them; NaN: nothing holds it, or a number takes part */
    /* Of the cause. */
    double cause_leads;
    double chance; /* that leads that win as often as all do would be so */
    double rate;   /* of wins, by which `more` is reckoned: that of all leads while it may be
                    * chance, then that of an average lead there by the fit; NaN: of several rates */
    bool by_fit;   /* it is the latter */
    /* Leads like these that are lacking until what was seen would be chance in 1 - LC_SETTLED of cases,
     * if they win as often as all do. Where it is chance in fewer already, leads among which the other
     * outcome is expected to show with LC_SETTLED. */
    double more;
};

/* What the levels tell exactly (separation.h). */
struct lc_fit_separation {
    enum lc_separation_kind kind;
    bool unsettled;
    size_t levels, combinations; /* causes of a single level, and others */
    double leads;                /* that they tell, each counted once */
    const struct lc_fit_told
        *told; /* [n] by round, most leads first; up to a cause of more than
                                     * LC_WIDE_CAUSE columns, apart from which little is left */
    size_t n;
};

/* A fitted model in the parametrisation it was fitted in. */
struct lc_fit {
    bool likelihood;
    enum lc_penalty penalty;
    double prior_sd; /* of the prior; learnt SDs: their root mean square over levels */
    const double
        *sd; /* [k_attributes] learnt, in log-odds; 0: levels that do not differ; NULL */
    double marginal;                      /* log marginal likelihood of learnt SDs */
    struct lc_fit_path path;              /* of ridge, lasso and elastic */
    const struct lc_firth_limits *limits; /* [kernel.k] of firth's profiles; NULL: not asked */
    const double
        *mean; /* [kernel.k] of logf: the posterior mean, which the limits stand around */
    double penalised; /* firth's penalised log-likelihood */
    size_t n, n_won;  /* leads used (numeric: those with a value) */
    size_t k_attributes;
    const struct lc_attribute *attribute; /* [k_attributes] as learnt over the leads used */
    size_t *const
        *at; /* [k_attributes][n_levels] place in kernel.b, LC_LOGIT_NONE: reference */
    /* b [k], cov [k * k]: intercept, levels, numeric. Under logf cov is that at the mean; under lasso and elastic cov is that of the fit
     * under a Gaussian prior of SD prior_sd. */
    struct lc_logit_fit kernel;
    const struct lc_carried *carried; /* how it went from a prior; NULL: there was none */
    const char *const *numeric;       /* [n_numeric] names, behind the levels in kernel.b */
    size_t n_numeric;
    size_t dropped;            /* leads left out for an empty numeric cell */
    const uint32_t *reference; /* [k_attributes] reference level, LC_NO_CODE under the prior */
    const signed char *const
        *separated;          /* [k_attributes][n_levels] +1: all won, -1: none won; 0 */
    const char *const *note; /* warnings in sentences */
    size_t n_notes;
    double log_likelihood, aic; /* aic NaN under the prior */
    struct lc_fit_quarters quarters;
    const struct lc_fit_separation *separation; /* NULL: nobody asked */
    const struct lc_fit_local *local;           /* NULL: nobody asked */
};

/* lc_fit_is_local - has the fit deviations of segments? */
bool lc_fit_is_local(const struct lc_fit *fit);

/* lc_fit_has_reference - coefficients are differences from a reference level: maximum likelihood and
 * Firth's. */
bool lc_fit_has_reference(const struct lc_fit *fit);

/* lc_fit_leads - one logistic model over some leads.
 *
 * table, row, y  the leads: [n] rows of the table and outcomes
 * column, given  [k] table columns and their spec entries (given[j] may be NULL)
 *
 * Levels without a lead are absent. Under maximum likelihood a level all won or all not won is
 * separated: its leads leave the likelihood (the limit fit), again until none is left; a combination
 * of levels that is (separation.h) has no such fit and is refused. With a prior
 * the attributes are inherited (lc_prior_attribute) and the posterior is lc_prior_fit's; with a chain
 * see lc_fit_chain.
 *
 * LC_EDEGENERATE  no wins, or all won; separation by a combination. LC_EMISMATCH: an unknown
 * reference, a --numeric column with texts. LC_ENOCONV, LC_ENOMEM
 * Tested: methods L1-L6, F1; unpenalised fits of all oracles; the penalties against the kernel's
 * numbers on the same codes (test_fit_penalty). */
enum lc_rc lc_fit_leads(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                        size_t n, const size_t *column,
                        const struct lc_spec_attribute *const *given, size_t k,
                        const struct lc_fit_options *options, struct lc_parallel *pool,
                        struct lc_arena *arena, struct lc_fit *fit,
                        struct lc_err *err) LC_MUST_USE;

/* lc_fit_levels - what the fit says of each level of attribute j: its coefficient and its variance.
 * Under a prior the variance is that of the deviation from the attribute's mean, so that no reference
 * matters; a Gaussian prior has coefficients that sum to 0 at the optimum by themselves. Under maximum
 * likelihood and Firth's as fitted, 0 at the reference.
 * b, variance  out [attribute[j].n_levels], log-odds and its square */
void lc_fit_levels(const struct lc_fit *fit, size_t j, double *b, double *variance);

/* lc_fit_local_frame - what each segment does to each level (docs/formats.md: local.csv): the segments
 * by text, the thin ones a row each, with notes in words on the largest deviations. fit->local must be
 * there. LC_ENOMEM. Tested: golden tests of the words; rows by hand. */
enum lc_rc lc_fit_local_frame(const struct lc_fit *fit, struct lc_arena *arena,
                              struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fit_frame - the coefficient table (docs/formats.md: fit). */
enum lc_rc lc_fit_frame(const struct lc_fit *fit, struct lc_arena *arena,
                        struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fit_separation_frame - what the levels tell exactly, a row for each level or combination
 * (docs/formats.md: fit --separation), with notes in words. fit->separation must be there. LC_ENOMEM
 * Tested: by hand; a level, a combination, both outcomes at once; golden tests of the words. */
enum lc_rc lc_fit_separation_frame(const struct lc_fit *fit, struct lc_arena *arena,
                                   struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fit_card - the fit as a card: values centred at their training mean, whole points. Only of a
 * fit under the prior or of levels alone: a numeric term cannot enter (LC_EMISMATCH). */
enum lc_rc lc_fit_card(const struct lc_fit *fit, const char *method, struct lc_arena *arena,
                       struct lc_card *card, struct lc_err *err) LC_MUST_USE;

#endif
