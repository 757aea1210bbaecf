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
#include "leadcal/frame.h"
#include "leadcal/logit.h"
#include "leadcal/parallel.h"
#include "leadcal/table.h"

#define LC_PRIOR_SD 0.7 /* of each level's deviation from its attribute's mean, in log-odds */

struct lc_fit_options {
    bool likelihood;              /* --penalty none: maximum likelihood, treatment contrasts */
    double prior_sd;              /* default LC_PRIOR_SD */
    const char *const *reference; /* [n_references] "COLUMN=LEVEL", with likelihood only */
    size_t n_references;
    const char *const *numeric; /* [n_numeric] columns taken as numbers, with likelihood only */
    size_t n_numeric;
};

/* A fitted model in the parametrisation it was fitted in. */
struct lc_fit {
    bool likelihood;
    double prior_sd;
    size_t n, n_won; /* leads used (numeric: those with a value) */
    size_t k_attributes;
    const struct lc_attribute *attribute; /* [k_attributes] as learnt over the leads used */
    size_t *const
        *at; /* [k_attributes][n_levels] place in kernel.b, LC_LOGIT_NONE: reference */
    struct lc_logit_fit kernel; /* b [k], cov [k * k]: intercept, levels, numeric */
    const char *const *numeric; /* [n_numeric] names, behind the levels in kernel.b */
    size_t n_numeric;
    size_t dropped;            /* leads left out for an empty numeric cell */
    const uint32_t *reference; /* [k_attributes] reference level, LC_NO_CODE under the prior */
    const signed char *const
        *separated;          /* [k_attributes][n_levels] +1: all won, -1: none won; 0 */
    const char *const *note; /* warnings in sentences */
    size_t n_notes;
    double log_likelihood, aic; /* aic NaN under the prior */
};

/* lc_fit_leads - one logistic model over some leads.
 *
 * table, row, y  the leads: [n] rows of the table and outcomes
 * column, given  [k] table columns and their spec entries (given[j] may be NULL)
 *
 * Levels without a lead are absent. Under maximum likelihood a level all won or all not won is
 * separated: its leads leave the likelihood (the limit fit), again until none is left.
 *
 * LC_EDEGENERATE  no wins, or all won; separation by a combination. LC_EMISMATCH: an unknown
 * reference, a --numeric column with texts. LC_ENOCONV, LC_ENOMEM
 * Tested: methods L1-L6, F1; unpenalised fits of all oracles. */
enum lc_rc lc_fit_leads(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                        size_t n, const size_t *column,
                        const struct lc_spec_attribute *const *given, size_t k,
                        const struct lc_fit_options *options, struct lc_parallel *pool,
                        struct lc_arena *arena, struct lc_fit *fit,
                        struct lc_err *err) LC_MUST_USE;

/* lc_fit_levels - what the fit says of each level of attribute j: its coefficient and its variance.
 * Under the prior coefficients of an attribute sum to 0 at the optimum, and the variance is that of
 * the deviation from the attribute's mean, so that no reference matters; under maximum likelihood as fitted, 0 at the reference.
 * b, variance  out [attribute[j].n_levels], log-odds and its square */
void lc_fit_levels(const struct lc_fit *fit, size_t j, double *b, double *variance);

/* lc_fit_frame - the coefficient table (docs/formats.md: fit). */
enum lc_rc lc_fit_frame(const struct lc_fit *fit, struct lc_arena *arena,
                        struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* lc_fit_card - the fit as a card: values centred at their training mean, whole points. Only of a
 * fit under the prior or of levels alone: a numeric term cannot enter (LC_EMISMATCH). */
enum lc_rc lc_fit_card(const struct lc_fit *fit, const char *method, struct lc_arena *arena,
                       struct lc_card *card, struct lc_err *err) LC_MUST_USE;

#endif
