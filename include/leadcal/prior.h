/* prior.h - what a fit begins from: last quarter's posterior, matched by names.   Layer: model */
#ifndef LC_PRIOR_H
#define LC_PRIOR_H

#include <stddef.h>
#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/attribute.h"
#include "leadcal/cohort.h"
#include "leadcal/error.h"
#include "leadcal/frame.h"
#include "leadcal/update.h"

struct lc_fit;
struct lc_fit_options;
struct lc_model;

#define LC_DRIFT_QUARTERS \
    12 /* a model file keeps so many: three years say enough of the drift */

/* What one quarter said of the drift: struct lc_update's curve, and whose it is. */
struct lc_drift_quarter {
    int32_t as_of; /* LC_NO_DAY: not told */
    double leads, won;
    const double *curve; /* [LC_DRIFTS] */
};

/* A posterior with the names of its coefficients: the intercept, then every level of every
 * attribute. */
struct lc_prior {
    const char *name; /* the file's, for sentences */
    int32_t as_of;
    size_t k;
    const struct lc_attribute *attribute; /* [k] */
    const double *mean, *cov; /* [terms], [terms * terms]; 1 and all levels are terms */
    const struct lc_drift_quarter *quarter; /* [n_quarters] earlier ones, oldest first */
    size_t n_quarters;
};

/* How a fit went that began from a prior. */
struct lc_carried {
    const struct lc_prior *from;
    struct lc_update_prior prior; /* on this quarter's design; not yet widened */
    struct lc_update update;
    const double *expected; /* [terms] wins by last quarter's weights: lc_update_expected */
};

/* lc_prior_take - the posterior of a model file as a prior.
 *
 * LC_EMISMATCH  it was made by maximum likelihood and knows no spread of its levels, or has no day in its
 *               boundary, so that nobody could tell which leads it has learnt from. LC_ENOMEM */
enum lc_rc lc_prior_take(const struct lc_model *m, const char *name, struct lc_arena *arena,
                         struct lc_prior *prior, struct lc_err *err) LC_MUST_USE;

/* lc_prior_of_fit - the same of a fit under a prior; borrows it. LC_ENOMEM */
enum lc_rc lc_prior_of_fit(const struct lc_fit *fit, const char *name, struct lc_arena *arena,
                           struct lc_prior *prior, struct lc_err *err) LC_MUST_USE;

/* lc_prior_boundary - the last decision day whose leads have entered a model file's fit: the window
 * before its as-of date; the as-of date itself where young leads had entered too (no window, or as open
 * ones). Leads decided later are new to it (DEFINITIONS 7). */
int32_t lc_prior_boundary(const struct lc_model *m);

/* lc_prior_attribute - levels and counts of a column, as lc_attribute_learn, but inherited: the prior's bins
 * stay as they were (unless the spec gives cuts), its levels stay though no lead has them, and new ones
 * join them. A column that the prior knows by texts and that now has too many numbers begins anew
 * in bins. Merged levels are learnt anew: one that holds other texts than last quarter has another name.
 * LC_EMISMATCH  the prior has bins of numbers and the column holds texts. LC_ENOMEM */
enum lc_rc lc_prior_attribute(const struct lc_prior *prior,
                              const struct lc_table_column *column,
                              const struct lc_spec_attribute *given, const uint32_t *row,
                              const uint8_t *y, size_t n, struct lc_arena *arena,
                              struct lc_attribute *a, struct lc_err *err) LC_MUST_USE;

/* lc_prior_count - the leads and wins of each level again, over these rows. LC_EMISMATCH, LC_ENOMEM
 * as lc_attribute_code. */
enum lc_rc lc_prior_count(struct lc_attribute *a, const struct lc_table_column *column,
                          const uint32_t *row, const uint8_t *y, size_t n,
                          struct lc_arena *arena, struct lc_err *err) LC_MUST_USE;

/* lc_prior_fit - the posterior of these leads under the prior, widened by a drift that they and the
 * earlier quarters say (lc_update).
 *
 * data      the leads coded by fit->attribute, places by fit->at
 * prior_sd  of a level that the prior does not know: N(0, prior_sd^2), and no drift
 * fit       kernel and carried out
 * As lc_update. */
enum lc_rc lc_prior_fit(const struct lc_prior *prior, const struct lc_logit_data *data,
                        double prior_sd, struct lc_parallel *pool, struct lc_arena *arena,
                        struct lc_fit *fit, struct lc_err *err) LC_MUST_USE;

/* Fits of single quarters that were made before, to be taken again: the folds of a backtest begin with
 * the same quarters. Not for two threads at once. */
struct lc_chain_memory;

/* lc_chain_remember - an empty one; what it will hold lives in arena, too. NULL: no memory. */
struct lc_chain_memory *lc_chain_remember(struct lc_arena *arena);

/* Quarter after quarter, as fits with a prior have been lived. */
struct lc_chain {
    const int32_t
        *day; /* [rows of the table] decision day; LC_NO_DAY: with the first quarter */
    struct lc_chain_memory *memory; /* for one table; NULL: every quarter is fitted anew */
};

/* lc_fit_chain - the fit of some leads in turn, one calendar quarter of their decision days after the other,
 * each the prior of the next: what a backtest of lc_prior_fit trains, since last quarter's file may know
 * the leads that it tests on. A quarter of fewer than 10 wins, or without a lead that was not won, is
 * taken together with the next (the last one: with the one before).
 *
 * options  with chain; the other parameters are those of lc_fit_leads
 * fit      of the last quarter, its drift by all of them; levels count the leads of all quarters
 * As lc_fit_leads.
 * Tested: one quarter is lc_fit_leads bit for bit; two are lc_fit_leads with the first as prior; with
 * memory as without, bit for bit, and other leads, columns or options are fitted anew. */
enum lc_rc lc_fit_chain(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                        size_t n, const size_t *column,
                        const struct lc_spec_attribute *const *given, size_t k,
                        const struct lc_fit_options *options, struct lc_parallel *pool,
                        struct lc_arena *arena, struct lc_fit *fit,
                        struct lc_err *err) LC_MUST_USE;

/* lc_prior_notes - sentences under the frame of a fit that began from a prior: where it came from, the drift,
 * which levels and attributes only one side has. LC_ENOMEM */
enum lc_rc lc_prior_notes(const struct lc_fit *fit, struct lc_frame *frame,
                          struct lc_err *err) LC_MUST_USE;

/* lc_moves - which points moved since last quarter, and whether the leads forced it (docs/formats.md:
 * moves): attribute, level, last_points, points, move, z, forced, leads, won, expected, note; the largest
 * move first.
 *
 * Both quarters' points are centred over this quarter's leads. z: lc_update_move, empty for a level without
 * leads, which moves with the others alone; expected: lc_update_expected. forced is "yes" where p, adjusted by Benjamini and Hochberg over all levels, is
 * below 0.05; p is the larger of that of z and that of the level's wins against those expected
 * (lc_binomial), since z of a level of three leads is far from normal. The last note is a sentence for people
 * who do not know what a posterior is.
 *
 * fit  with carried. LC_ENOMEM
 * Tested: points by hand; z by simulation in test_update.c; where nothing has changed, levels of few leads
 * among them, a quarter with any forced move is one in twenty or rarer; a level that changed is forced. */
enum lc_rc lc_moves(const struct lc_fit *fit, struct lc_arena *arena, struct lc_frame *frame,
                    struct lc_err *err) LC_MUST_USE;

#endif
