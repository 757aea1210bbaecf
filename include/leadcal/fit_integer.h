/* fit_integer.h - a fit as a card of small whole points, and of few attributes.   Layer: model */
#ifndef LC_FIT_INTEGER_H
#define LC_FIT_INTEGER_H

#include <stdbool.h>

#include "leadcal/fit.h"
#include "leadcal/grade.h"

#define LC_INTEGER_CAP 20 /* points of a level at most, unless asked otherwise */

struct lc_integer_options {
    int cap;           /* 1..100 */
    size_t attributes; /* at most so many, by lc_fit_few; 0: all that fit. Not asked by
                                      * lc_fit_integer, which takes those of the fit */
    struct lc_texts rising, falling; /* columns: points never fall, or rise, along levels */
    struct lc_texts not_negative, not_positive; /* "COLUMN=LEVEL" */
};

/* lc_fit_is_gaussian - whether the fit's weights are held in by a Gaussian prior about 0, of one SD or
 * of one for each attribute: those whose loss whole points can be searched on. */
bool lc_fit_is_gaussian(const struct lc_fit *fit);

/* lc_fit_integer - the card of whole points that loses least of a fit (math/integer.h).
 *
 * table, row, y, n  the leads that the fit was made on
 * column            [fit->k_attributes] table columns of its attributes
 * card              out, method "integer": a level's value is its points times what one point is
 *                   worth, so that points and probability say the same; the intercept is that of
 *                   no points; scale.per_doubling says how many points double the odds
 * price             out, the frame `price` (docs/formats.md): what the card costs against the fit on
 *                   these leads: penalised loss with its lower bound, log loss, AUC (paired DeLong),
 *                   and the share of leads whose grade is another; a sentence on the bound as a note.
 *                   NULL: not wanted. What it costs on later leads: lc_backtest_price
 * grades            method and targets of the grades that are compared
 *
 * The prior's SDs are those of the fit. Of a fit with an effect of quarters the points are searched on
 * the leads of all quarters alike, beginning from its weights, and the intercept is then such that an
 * average lead has the log-odds that it has in the fit: those of the latest quarter. There is no bound
 * then, and no price.
 *
 * LC_EMISMATCH  the fit is not Gaussian; has an effect of quarters and a price is asked for; a
 *               constraint names no attribute or level
 * LC_EDEGENERATE, LC_ENOCONV, LC_ENOMEM  as lc_integer
 * Tested: German credit, 600/400 (methods 6.8); the card's log-odds against its points; the average
 * lead of a fit with quarters; laws. */
enum lc_rc lc_fit_integer(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                          size_t n, const size_t *column, const struct lc_fit *fit,
                          const struct lc_integer_options *options,
                          const struct lc_grades *grades, struct lc_arena *arena,
                          struct lc_card *card, struct lc_frame *price,
                          struct lc_err *err) LC_MUST_USE;

/* lc_fit_few - the attributes of an index card: at most `most` of k, by beam search.
 *
 * From no attribute on, each of the LC_BEAM best sets is tried with one more: the LC_BEAM_TRIES
 * attributes that promise most (one Newton step for each attribute alone, from the log-odds of the set),
 * each fitted in full under the prior; the best sets go on. Best is the least
 *
 *     -log-likelihood + effective degrees of freedom
 *
 * which estimates the loss on as many new leads: by the loss on these leads alone an attribute of many
 * levels would be taken for what luck gave it. Ends early where one more attribute does not lower that.
 * Ties: the earlier attribute. chosen  out [most], places in `column`, rising.
 *
 * Source: Liu et al., NeurIPS 2022 (beam search over supports); Hastie and Tibshirani, Generalized
 * Additive Models (1990), 6.8 (Akaike's criterion with effective degrees of freedom).
 * Tested: every pair of six attributes enumerated; order of attributes does not matter; levels by lot
 * are left out; docs/maths.md#whole-points for out-of-time losses. */
#define LC_BEAM       3
#define LC_BEAM_TRIES 4
enum lc_rc lc_fit_few(const struct lc_table *table, const uint32_t *row, const uint8_t *y,
                      size_t n, const size_t *column,
                      const struct lc_spec_attribute *const *given, size_t k,
                      const struct lc_fit_options *options, size_t most,
                      struct lc_parallel *pool, struct lc_arena *arena, size_t *chosen,
                      size_t *n_chosen, struct lc_err *err) LC_MUST_USE;

#endif
