/* model.h - the whole tuned model: what a model file holds.   Layer: model */
#ifndef LC_MODEL_H
#define LC_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/card.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/fit.h"
#include "leadcal/frame.h"
#include "leadcal/grade.h"
#include "leadcal/prior.h"
#include "leadcal/slice.h"
#include "leadcal/spec_unit.h"

#define LC_PROGRAM            "leadcal 0.1.0"
#define LC_MODEL_SCHEMA       3  /* rises when a reader of the old form would go wrong */
#define LC_MODEL_SCHEMA_LOCAL 4  /* of a model with deviations of segments */
#define LC_MODEL_CHECKS       12 /* verification rows a model carries */

/* One cell A1..D4 (or a margin where there is one dimension). */
struct lc_model_cell {
    char grade[LC_GRADE_TEXT];
    double leads, won; /* of the training leads */
    double expected;   /* mean model probability of its leads; NaN without any */
    int sla_hours;     /* as agreed; 0: no clock */
    const char *action;
};

/* A lead with known answers: scoring it again must give exactly these (the probability to its
 * last place but two, since exp differs there between C libraries). */
struct lc_model_check {
    const char *const *input; /* [k] a text for each attribute of the card; NULL: empty cell */
    double log_odds, probability, points, f_points, g_points;
    char grade[LC_GRADE_TEXT];
};

struct lc_model_input {
    const char *name; /* base name of the file */
    const char *sha256;
    size_t rows_used, rows_skipped, rows_rejected;
};

struct lc_metric {
    const char *model, *fold, *metric;
    double value, low, high; /* NaN: none */
};

/* What a model began from. */
struct lc_model_prior {
    const char *name, *sha256; /* of the file; NULL: it began from none */
    double q, low, high;       /* the drift (struct lc_update); high NaN: no upper limit */
    const struct lc_drift_quarter *quarter; /* [n_quarters] this one last */
    size_t n_quarters;
};

/* One rolling quarter of a comparison. */
struct lc_champion_quarter {
    int32_t first, last; /* decision days of its test leads; LC_NO_DAY without dates */
    double won;          /* wins among them */
    double gain, low, high;
};

#define LC_CHAMPION_QUARTERS 4 /* the gate looks at so many: DEFINITIONS 7 */

/* What the model was compared with before it became a candidate: the score in use then. */
struct lc_champion {
    const char *name;   /* as it was given; NULL: none was named */
    const char *sha256; /* of its file; NULL: a column of the export */
    const char *why;    /* why it could not be judged, a sentence; NULL: it was */
    double gain, low,
        high; /* share of all wins at equal volume, new less current; 90 %; NaN: not judged */
    double won, weeks; /* wins in the test, and how long it was */
    double chance;     /* share of the wins that chance holds at that volume */
    double slope; /* log-odds that a point of the current card is worth; NaN: it has its own */
    const struct lc_champion_quarter *quarter; /* [n_quarters] */
    size_t n_quarters;
};

struct lc_model {
    int schema;
    const char *program; /* "leadcal 0.1.0" */
    struct lc_card card; /* attributes, levels, bins, n, won, values, points */
    const double *const
        *std_error;     /* [card.k][n_levels] posterior SD of each level's value as it
                                     * stands in the card: centred at the training mean */
    double prior_sd;    /* 0: maximum likelihood */
    size_t k_posterior; /* posterior of the parametrisation "intercept, then every level" */
    const double *posterior_mean, *posterior_cov; /* [k], [k * k] row-major */
    struct lc_grades grades;
    const struct lc_model_cell *cell;
    size_t n_cells;
    struct lc_agreement agreement; /* whole: see agreement.h; its cells are those of `cell` */
    struct lc_texts by_expected;   /* grades of the cells by expected close rate, best first */
    struct lc_texts disagreements; /* sentences: where the clocks contradict that order */
    struct {                 /* the data boundary: each lead counts in exactly one quarter */
        const char *outcome; /* "stage is one of: Closed Won" or "has a row in deals" */
        int32_t as_of, first_decision, last_decision; /* LC_NO_DAY without dates */
        int32_t window_days;
        enum lc_unit_of unit; /* what was learnt from: leads, accounts, ... */
        const char *lag; /* NULL, or the law by which open leads have entered: then "won in the
                          * end" was learnt, and none of these leads enters a later fit again */
        double leads, won;        /* that count: they were learnt from */
        double immature, undated; /* younger than W; without a decision day */
        double left_out; /* rows that do not count for any reason, those two among them */
        double
            overlapping; /* of them, decided up to the prior's boundary: learnt from before */
        bool
            open_leads; /* young leads entered too, as open ones: they are not to enter again */
    } boundary;
    struct lc_model_prior prior;     /* name NULL: fitted without one */
    struct lc_champion champion;     /* name NULL: compared with no current model */
    const struct lc_spec_rule *rule; /* [n_rules] whom it grades not, and whom it marks */
    size_t n_rules;
    struct lc_texts missing; /* texts that mean "no value", besides the empty cell */
    const struct lc_column_note {
        const char *column, *reason;
    } * excluded;
    size_t n_excluded;
    const struct lc_model_input *input;
    size_t n_inputs;
    const struct lc_metric *metric; /* fit and backtest figures */
    size_t n_metrics;
    const struct lc_model_check *check;
    size_t n_checks;
};

/* lc_model_verify - scores the verification rows again.
 * LC_EMISMATCH  one differs (text: which, by how much): the file was changed or the machine differs. */
enum lc_rc lc_model_verify(const struct lc_model *m, struct lc_err *err) LC_MUST_USE;

/* lc_model_act - what the model says is to be done with a grade, and within how many hours (0: no
 * clock): of its cell, or the default where it has no such cell. Never NULL. */
const char *lc_model_act(const struct lc_model *m, const char *grade, int *hours);

/* lc_model_outcome - who counts as won by a spec: "stage is one of: Closed Won, Won". NULL where memory
 * is refused. */
const char *lc_model_outcome(const struct lc_spec *spec, struct lc_arena *arena);

/* lc_model_is_missing - does a cell hold no value: empty but for blanks, or one of the model's texts? */
bool lc_model_is_missing(const struct lc_model *m, struct lc_slice cell);

/* lc_model_level - the level of a raw cell under attribute j, its n_levels where it is unseen: blanks
 * around it and the texts that mean "no value" are taken care of here, so that scoring, verifying and
 * exporting cannot differ.
 * *empty  out: the cell holds no value */
size_t lc_model_level(const struct lc_model *m, size_t j, struct lc_slice cell, bool *empty);

/* lc_model_level_differs - refuses a cell that no level was found for because its numbers have another
 * decimal sign than those of the model. LC_EMISMATCH (text: column, cell and remedy). */
enum lc_rc lc_model_level_differs(const struct lc_attribute *a, struct lc_slice cell,
                                  struct lc_err *err) LC_MUST_USE;

/* lc_model_levels - lc_model_level for each level of a column of a table, whose numbers bins read as
 * they were loaded: with a decimal comma where the model's export had a point, and the reverse. Where
 * its cells leave that open, as the model does.
 *
 * level, empty  [n_levels of c] out
 *
 * LC_EMISMATCH as lc_model_level_differs. Tested: score-decimals. */
enum lc_rc lc_model_levels(const struct lc_model *m, size_t j, const struct lc_table_column *c,
                           uint32_t *level, bool *empty, struct lc_err *err) LC_MUST_USE;

/* lc_model_build - a fit, grades and a cohort to a model.
 *
 * The verification rows are up to LC_MODEL_CHECKS - 2 leads, evenly spaced from the first to the
 * last, a lead with nothing but empty cells, and one whose every text is unseen.
 *
 * fit     under the prior (or maximum likelihood of levels without separation)
 * cuts    how grades are cut; targets
 * Everything lives in arena or is borrowed from the arguments, which must outlive it.
 * LC_EMISMATCH, LC_EDEGENERATE  the fit cannot be a card (lc_fit_card). LC_ENOMEM.
 * Tested: a simulated table; verifies; every changed number is caught. */
struct lc_model_recipe {
    const struct lc_table *table;
    const struct lc_spec *spec;
    const struct lc_cohort *cohort;
    const struct lc_fit *fit;
    const char *lag;      /* of the fit's shares of it (lc_lags_words); NULL: it had none */
    const size_t *column; /* [fit->k_attributes] table columns of its attributes */
    const struct lc_card *card; /* made of the fit in another way; NULL: lc_fit_card */
    struct lc_grades grades;    /* method and targets; cuts are made here */
    const struct lc_column_note *excluded;
    size_t n_excluded;
    const struct lc_metric *metric;
    size_t n_metrics;
    const char *prior_name, *prior_sha256; /* of the file that the fit began from; NULL: none */
    const struct lc_champion *champion;    /* NULL: none */
};
enum lc_rc lc_model_build(const struct lc_model_recipe *recipe, struct lc_arena *arena,
                          struct lc_model *model, struct lc_err *err) LC_MUST_USE;

#endif
