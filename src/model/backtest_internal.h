/* backtest_internal.h - what the parts of the backtest share.   Layer: model */
#ifndef LC_BACKTEST_INTERNAL_H
#define LC_BACKTEST_INTERNAL_H

#include "leadcal/backtest.h"
#include "leadcal/capture.h"
#include "leadcal/maturity.h"
#include "leadcal/optimism.h"
#include "leadcal/roc.h"

#define LC_MOST_ENTRANTS \
    10 /* ratio, logistic, global, woe, integer, profile, engagement, decision, current, none */
#define LC_NEW_MODEL 1 /* place of the logistic model over all attributes */
#define LC_ALL_FOLDS "all"

/* One scorer in the race, trained on the past, and what it said of the test leads that it may be
 * judged by: all of them, but for a current model that has learnt from some. */
struct lc_entrant {
    const char *name;
    struct lc_card card;
    const uint32_t *lead; /* [n] places in the cohort */
    const uint8_t *y;     /* [n] */
    size_t n, n_won;
    struct lc_grades grades;  /* cut on the training leads by its own points */
    struct lc_scored *scored; /* [n] */
    uint8_t *letter, *digit;  /* [n] by those grades; 0 where the dimension is not used */
    double *order;            /* [n] what it ranks leads by: log-odds, or points */
    double *p;                /* [n] probability */
    double origin, slope;     /* log-odds = origin + slope x order */
    double parameters;        /* free ones that were learnt; shrunken ones count in part */
    size_t *unseen;           /* [card.k] test cells whose level training never met */
};

/* Leads that are told by groups: what the rows of the backtest's frame are of. */
struct lc_grade_rows {
    const struct lc_cohort *cohort;
    const uint32_t *lead; /* [n] places in the cohort */
    size_t n, n_won;
    const double *p;                          /* [n] probability; NULL: nothing was promised */
    const struct lc_cluster_counts *clusters; /* NULL: each lead stands for itself */
    const char *model, *fold;
    struct lc_arena *arena, *scratch;
};

/* Room to count leads and wins by account. */
struct lc_cluster_counts {
    struct lc_clusters clusters; /* of some leads, numbered anew */
    double *leads, *won;         /* [clusters.n] */
};

/* lc_belonging - which of some leads of a cohort belong together, numbered anew from 0; of is NULL
 * where no two of them do. lead [n] places in the cohort. LC_ENOMEM */
enum lc_rc lc_belonging(const struct lc_cohort *c, const uint32_t *lead, size_t n,
                        struct lc_arena *arena, struct lc_clusters *out,
                        struct lc_err *err) LC_MUST_USE;

/* lc_cluster_counts_new - room for them; NULL where no two leads belong together. LC_ENOMEM */
enum lc_rc lc_cluster_counts_new(const struct lc_cohort *c, const uint32_t *lead, size_t n,
                                 struct lc_arena *arena, const struct lc_cluster_counts **out,
                                 struct lc_err *err) LC_MUST_USE;

/* lc_design_effect_of - of the close rate of those leads that are in; 1 where counts is NULL, or where
 * no two of them belong together. lead, in: [n]; in NULL: all are. */
double lc_design_effect_of(const struct lc_cluster_counts *counts, const struct lc_cohort *c,
                           const uint32_t *lead, const uint8_t *in, size_t n);

/* Leads and wins of the groups so far, best first. */
struct lc_from_top {
    double leads, won;
};

/* lc_grade_frame - the empty frame; `bands`: as people read it of a score alone. LC_ENOMEM */
enum lc_rc lc_grade_frame(bool bands, struct lc_arena *arena, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* lc_grade_rows_add - the rows of one group, one for each clock.
 * in    [n] 1: the lead belongs to it
 * cell  a cell of both dimensions: few leads are remarked on
 * top   in-out for groups that are given best first; NULL: they have no order. LC_ENOMEM */
enum lc_rc lc_grade_rows_add(const struct lc_grade_rows *g, const uint8_t *in,
                             const char *grade, bool cell, struct lc_from_top *top,
                             struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* Everything a fold needs; or all folds together, each lead as its fold has scored it. */
#define LC_VOLUME_SEED 20260101 /* of the bootstrap: any number, the same for everybody */

/* What lc_race_volume leaves for the comparisons, so that both say the same of one pair. */
struct lc_race_captures {
    double per_week;                               /* leads that sales takes */
    struct lc_captured captured[LC_MOST_ENTRANTS]; /* of the entrants but the score in use */
    double draw[LC_RESAMPLES * LC_MOST_ENTRANTS];  /* [LC_RESAMPLES * as many] */
};

struct lc_race {
    const char *fold;           /* its name */
    const struct lc_race *part; /* [parts] the folds that it is made of; itself alone */
    size_t parts;
    const struct lc_table *table;
    const struct lc_cohort *cohort;
    const size_t *column; /* [k] */
    const struct lc_spec_attribute *const *given;
    size_t k;
    const struct lc_backtest_options *options;
    struct lc_parallel *pool;
    struct lc_arena *arena;   /* of the answer */
    struct lc_arena *scratch; /* of the race */
    struct lc_split split;
    uint32_t *train_row, *test_row; /* rows of the table */
    const uint8_t *train_y;         /* [split.n_train] by the split's own window */
    uint8_t *test_y;                /* [split.n_test] by the cohort's */
    struct lc_lagged
        lagged;     /* what fits by the lag learn from; they learn from the training leads
                              * where its lags are not told */
    uint32_t *week; /* [split.n_test] the period of equal length, about a week, of each */
    size_t periods; /* 1 without dates */
    double weeks;   /* of the test window; NaN without dates */
    struct lc_race_captures *captures; /* filled by lc_race_volume */
    double *if_worked; /* [split.n_test] probability of a win by the fit of worked leads alone;
                        * NULL: there is none */
    size_t least_won;  /* wins that the score in use is judged by */
    struct lc_grades grades; /* as asked for, with cuts by the outcome where they are */
    const char
        *half_lives; /* a sentence on those that were learnt, in arena; NULL: none were */
    const char *grades_note; /* of those, in arena; NULL: nothing to say */
    struct lc_entrant entrant[LC_MOST_ENTRANTS];
    size_t n;
    size_t challenger;      /* place of the model that was named before the test was opened */
    size_t current;         /* place of the score in use; LC_MOST_ENTRANTS: it does not run */
    const char *no_current; /* why not, or NULL */
    const struct lc_fit_local
        *local;      /* the segments of the logistic model, in scratch; NULL: none */
    size_t unscored; /* of its test leads */
};

/* lc_counted_at_export - known only as of the day of the export: marked so, or engagement that
 * nobody marked as of the decision (DEFINITIONS 1). */
bool lc_counted_at_export(const struct lc_attribute *a);

/* lc_race_open - leads, labels and weeks of the split that is set. LC_ENOMEM */
enum lc_rc lc_race_open(struct lc_race *r, struct lc_err *err) LC_MUST_USE;

/* lc_race_find - the place of an entrant by its name; r->n where it does not run. */
size_t lc_race_find(const struct lc_race *r, const char *name);

/* lc_race_pool - all folds as one race. fold [n], n >= 2. LC_ENOMEM */
enum lc_rc lc_race_pool(const struct lc_race *fold, size_t n, struct lc_race *all,
                        struct lc_err *err) LC_MUST_USE;

/* lc_race_places - where the leads of e stand among those of `among`, which has them all, in the
 * same order. at: out [e->n] */
void lc_race_places(const struct lc_entrant *e, const uint32_t *among, size_t *at);

/* lc_race_grade - letters and digits of e->scored by e->grades. LC_ENOMEM */
enum lc_rc lc_race_grade(const struct lc_race *r, struct lc_entrant *e,
                         struct lc_err *err) LC_MUST_USE;

/* lc_race_points - the entrants that are sums of what each level says by itself: "ratio", "woe".
 * levels: a card whose attributes know their counts. LC_ENOCONV, LC_ENOMEM */
enum lc_rc lc_race_points(struct lc_race *r, const struct lc_card *levels, const char *method,
                          struct lc_err *err) LC_MUST_USE;

/* lc_race_enter - grades cut on the training leads, then scores of the test leads. They are ranked by
 * points, which the log-odds follow with that slope, or by the log-odds themselves. LC_ENOMEM */
enum lc_rc lc_race_enter(struct lc_race *r, const struct lc_card *card, const size_t *column,
                         bool by_points, double slope, struct lc_err *err) LC_MUST_USE;

/* lc_race_lag - with options->lag: r->lagged. LC_ENOMEM; LC_EMISMATCH as lc_lagged_learn. */
enum lc_rc lc_race_lag(struct lc_race *r, struct lc_err *err) LC_MUST_USE;

/* lc_race_lag_notes - of each fold: how young leads have entered, or why not; and the window that it has
 * learnt by, where that is not the one of the tests. LC_ENOMEM */
enum lc_rc lc_race_lag_notes(const struct lc_race *r, struct lc_frame *frame,
                             struct lc_err *err) LC_MUST_USE;

/* lc_race_fit - a logistic model of some columns over the training leads, or by the lag, and as a card.
 * fit, card  out, in r->scratch. As lc_fit_leads, lc_fit_card fail. */
enum lc_rc lc_race_fit(const struct lc_race *r, const char *method, const size_t *column,
                       const struct lc_spec_attribute *const *given, size_t k,
                       struct lc_fit *fit, struct lc_card *card,
                       struct lc_err *err) LC_MUST_USE;

/* lc_race_enter_fitted - lc_race_enter of a card made of a fit: with the effective parameters that the
 * prior left it, the intercept not counted. LC_ENOMEM */
enum lc_rc lc_race_enter_fitted(struct lc_race *r, const struct lc_card *card,
                                const struct lc_fit *fit, const size_t *column,
                                struct lc_err *err) LC_MUST_USE;

/* lc_race_integer - the card of whole points that options->card asks for, learnt in this fold: its
 * attributes, where they are to be few, its weights and its points.
 * fit  the logistic model of all attributes; where its weights are not held in by a Gaussian prior
 *      alone, the card's are fitted anew under the default one
 * Where no attribute tells won leads from others the card gives everybody the base rate.
 * LC_EMISMATCH as lc_fit_integer; LC_ENOCONV, LC_ENOMEM */
enum lc_rc lc_race_integer(struct lc_race *r, const struct lc_fit *fit,
                           struct lc_err *err) LC_MUST_USE;

/* lc_race_price - adds the rows of what whole points cost on the test leads, all and by fold, to a frame
 * of lc_price_frame, and a sentence on it; nothing where no card runs. LC_ENOMEM */
enum lc_rc lc_race_price(const struct lc_race *all, struct lc_frame *frame,
                         struct lc_err *err) LC_MUST_USE;

/* lc_race_folds - the cohort in folds, as the options say; every fold, its leads gathered, run by `run`;
 * together, where there are several.
 * race  what does not differ between folds
 * all   out: the race of all, whose parts live in race->scratch. As lc_race_refuse_short and `run`
 *       fail; LC_ENOMEM */
enum lc_rc lc_race_folds(const struct lc_race *race,
                         enum lc_rc (*run)(struct lc_race *fold, struct lc_err *err),
                         struct lc_race **all, struct lc_err *err) LC_MUST_USE;

/* lc_race_none - the card that gives everybody the base rate of the training leads. */
struct lc_card lc_race_none(const struct lc_race *r, const char *method);

/* lc_race_refuse_short - LC_EDEGENERATE "not enough history", with about how much is missing, where the
 * folds have too few wins for options. LC_ENOMEM */
enum lc_rc lc_race_refuse_short(const struct lc_race *r, const struct lc_folds *folds,
                                struct lc_err *err) LC_MUST_USE;

/* lc_race_optimism - of the logistic model on the training leads of the last fold, by
 * options->optimism resamples in which levels, bins and weights are learnt again.
 * Source: as lc_optimism. Tested: corrected lies below apparent. As lc_optimism fails. */
enum lc_rc lc_race_optimism(const struct lc_race *r, struct lc_optimism *out,
                            struct lc_err *err) LC_MUST_USE;

/* lc_race_run - fits every entrant on the training leads and scores the test leads. */
enum lc_rc lc_race_run(struct lc_race *r, struct lc_err *err) LC_MUST_USE;

/* lc_race_calibrate - log-odds = intercept + slope x score over the training leads; the intercept
 * alone where the score does not tell them apart. score [n_train]. */
enum lc_rc lc_race_calibrate(const struct lc_race *r, const double *score, double *intercept,
                             double *slope, struct lc_err *err) LC_MUST_USE;

/* lc_race_current - the score in use enters, or r->no_current says why not. */
enum lc_rc lc_race_current(struct lc_race *r, struct lc_err *err) LC_MUST_USE;

/* lc_race_judge_by - e->lead, y, n and n_won: the test leads that the score in use may be judged by. LC_ENOMEM */
enum lc_rc lc_race_judge_by(const struct lc_race *r, struct lc_entrant *e,
                            struct lc_err *err) LC_MUST_USE;

/* lc_race_excuse - whether these are too few, or all won; r->no_current then says so. LC_ENOMEM */
enum lc_rc lc_race_excuse(struct lc_race *r, const struct lc_entrant *e, bool *excused,
                          struct lc_err *err) LC_MUST_USE;

/* lc_race_add_judged - adds what a fold says of the score in use, where it runs in it. */
void lc_race_add_judged(const struct lc_race *fold, const struct lc_volume *volume,
                        struct lc_judged_fold *to, size_t *n);

/* lc_race_current_notes - why it was not judged; of several folds, in which of them it was not. LC_ENOMEM */
enum lc_rc lc_race_current_notes(const struct lc_race *r, struct lc_frame *frame,
                                 struct lc_err *err) LC_MUST_USE;

/* lc_race_verdict - one sentence for the whole. */
enum lc_rc lc_race_verdict(const struct lc_race *r, const char **verdict,
                           struct lc_err *err) LC_MUST_USE;

/* lc_race_verdicts - the frame: how far each model may be believed. weak: why no model is more than
 * that, or "". out->metric is known. */
enum lc_rc lc_race_verdicts(const struct lc_race *r, struct lc_backtest *out,
                            struct lc_err *err) LC_MUST_USE;

/* lc_race_learn_from_worked - the logistic model once more, from the training leads that sales has
 * worked: r->if_worked. Each counts as many times as leads like it were passed over:
 *
 *     weight = (share worked) / P(worked | attributes), cut at its 0.99 quantile
 *
 * P is a logistic model of the same attributes under the same prior. Nothing where all or none were
 * worked. Source: Robins, Hernan and Brumback, Epidemiology 11 (2000) 550-560 (stabilised weights);
 * Cole and Hernan, American Journal of Epidemiology 168 (2008) 656-664 (truncation).
 * Tested: where the best leads alone are worked, the truth of the simulation is found again. LC_ENOMEM */
enum lc_rc lc_race_learn_from_worked(struct lc_race *r, struct lc_err *err) LC_MUST_USE;

/* lc_race_worked - the frame: by letter and digit of the new model, who was worked and what closed. */
enum lc_rc lc_race_worked(const struct lc_race *r, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* lc_race_worked_order - "; learnt from worked leads alone ..." where a grade would then stand above a
 * better one, both with at least 20 test leads; else "". LC_ENOMEM */
enum lc_rc lc_race_worked_order(const struct lc_race *r, const char **said,
                                struct lc_err *err) LC_MUST_USE;

/* lc_race_title - who was tested, for the head of every table. LC_ENOMEM */
enum lc_rc lc_race_title(const struct lc_race *r, const char **title,
                         struct lc_err *err) LC_MUST_USE;

/* lc_race_comparisons - the frame of paired tests, over all folds and in each; empty where the
 * options ask for none. AUC by its influences (DeLong where each lead stands for itself), log loss and
 * wins at equal volume by the bootstrap, the latter that of lc_race_volume, which comes before.
 *
 *     p = 2 (1 - Phi(|difference| / sd))
 *
 * Source: as lc_auc_influence; Efron and Tibshirani (1993), chapters 6 and 13.
 * Tested: one fold is lc_auc_compare; a model against itself under another name; threads. LC_ENOMEM */
enum lc_rc lc_race_comparisons(const struct lc_race *all, struct lc_frame *frame,
                               struct lc_err *err) LC_MUST_USE;

/* lc_race_volume - wins at equal weekly volume. shares out [n]: each entrant's, in race order. */
enum lc_rc lc_race_volume(const struct lc_race *r, struct lc_volume *volume,
                          struct lc_volume_share *shares, struct lc_err *err) LC_MUST_USE;

/* lc_race_workload - what changes for sales in a week, by the agreement of the options. */
enum lc_rc lc_race_workload(const struct lc_race *r, const struct lc_volume *volume,
                            struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_race_grades - adds the rows by letter, digit and cell to a frame of lc_grade_frame. */
enum lc_rc lc_race_grades(const struct lc_race *r, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* lc_race_notes - under that frame: correlation, dropped grades, unseen levels. */
enum lc_rc lc_race_notes(const struct lc_race *r, double f_g_correlation,
                         struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_race_metrics - the frame of metrics and the same numbers as a list: of all test leads, then of
 * each fold, where there are several. out->volume becomes that of all. */
enum lc_rc lc_race_metrics(const struct lc_race *r, struct lc_backtest *out,
                           struct lc_err *err) LC_MUST_USE;

/* lc_race_gains - what the best-scored leads of each fold hold, added up. LC_ENOMEM */
enum lc_rc lc_race_gains(const struct lc_race *r, const struct lc_entrant *e,
                         const double *fraction, size_t m, struct lc_gain *gain,
                         struct lc_err *err) LC_MUST_USE;

/* lc_race_auc - the AUC of each fold, averaged, its error by accounts; all NaN where one class is
 * missing.
 *
 *     variance = sum over accounts of (sum of its leads' influences / folds)^2
 *
 * Tested: by hand over two folds; one fold without accounts is lc_auc. LC_ENOMEM */
enum lc_rc lc_race_auc(const struct lc_race *r, const struct lc_entrant *e, struct lc_auc *out,
                       struct lc_err *err) LC_MUST_USE;

/* lc_race_influences - of each lead of e on that mean. influence: out [e->n]. LC_ENOMEM */
enum lc_rc lc_race_influences(const struct lc_race *r, const struct lc_entrant *e,
                              const double *order, const struct lc_clusters *clusters,
                              double *influence, double *auc, struct lc_err *err) LC_MUST_USE;

/* lc_race_curves - the frames of the calibration plot and of the lift plot. */
enum lc_rc lc_race_curves(const struct lc_race *r, struct lc_backtest *out,
                          struct lc_err *err) LC_MUST_USE;

#endif
