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

#define LC_PROGRAM      "leadcal 0.1.0"
#define LC_MODEL_SCHEMA 1  /* rises when a reader of the old form would go wrong */
#define LC_MODEL_CHECKS 12 /* verification rows a model carries */

/* One cell A1..D4 (or a margin where there is one dimension). */
struct lc_model_cell {
    char grade[LC_GRADE_TEXT];
    double leads, won; /* of the training leads */
    double expected;   /* mean model probability of its leads; NaN without any */
    int sla_hours;     /* 0: no clock */
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
    struct {                 /* the data boundary: each lead counts in exactly one quarter */
        const char *outcome; /* "stage is one of: Closed Won" or "has a row in deals" */
        int32_t as_of, first_decision, last_decision; /* LC_NO_DAY without dates */
        int32_t window_days;
        double leads, won;        /* that count: they were learnt from */
        double immature, undated; /* younger than W; without a decision day */
        double left_out; /* rows that do not count for any reason, those two among them */
    } boundary;
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
    const size_t *column;    /* [fit->k_attributes] table columns of its attributes */
    struct lc_grades grades; /* method and targets; cuts are made here */
    const struct lc_column_note *excluded;
    size_t n_excluded;
    const struct lc_metric *metric;
    size_t n_metrics;
};
enum lc_rc lc_model_build(const struct lc_model_recipe *recipe, struct lc_arena *arena,
                          struct lc_model *model, struct lc_err *err) LC_MUST_USE;

#endif
