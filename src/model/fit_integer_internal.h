/* fit_integer_internal.h - what a card of whole points costs, wherever it is measured.   Layer: model */
#ifndef LC_FIT_INTEGER_INTERNAL_H
#define LC_FIT_INTEGER_INTERNAL_H

#include <stdint.h>

#include "leadcal/arena.h"
#include "leadcal/card.h"
#include "leadcal/frame.h"
#include "leadcal/grade.h"
#include "leadcal/integer.h"
#include "leadcal/rate.h"
#include "leadcal/roc.h"

/* Some leads under continuous weights and under whole points, in this order. */
struct lc_price {
    const char *fold; /* "train", or that of a backtest */
    const uint8_t *y; /* [n] */
    size_t n;
    const double *p[2];          /* [n] probabilities */
    double auc[2], auc_se;       /* and the standard error of their difference */
    double regraded;             /* leads with another grade; NaN: the two are not cut alike */
    struct lc_clusters clusters; /* leads that belong together; of NULL: none do */
};

/* lc_price_frame - the empty frame `price` (docs/formats.md: card --price). */
void lc_price_frame(struct lc_arena *arena, struct lc_frame *frame);

/* lc_price_put - a row of it; limits NaN where there are none. LC_ENOMEM. */
enum lc_rc lc_price_put(struct lc_frame *frame, const char *what, const char *fold,
                        double continuous, double integer, struct lc_interval limits,
                        struct lc_err *err) LC_MUST_USE;

/* lc_price_rows - log loss (limits of the mean difference, by clusters), AUC and leads regraded.
 * LC_ENOMEM. Tested: with fit_integer and backtest. */
enum lc_rc lc_price_rows(const struct lc_price *price, struct lc_arena *scratch,
                         struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

/* The leads that both cards were learnt from. */
struct lc_priced_leads {
    const struct lc_codes *codes;
    const uint8_t *y; /* [n] */
    size_t n;
};

/* lc_price_train - the rows of fold "train": penalised loss, then lc_price_rows.
 * card  continuous, integer. LC_ENOMEM. */
enum lc_rc lc_price_train(const struct lc_card *const card[2],
                          const struct lc_priced_leads *leads, const struct lc_grades *grades,
                          const struct lc_integer_card *whole, struct lc_arena *scratch,
                          struct lc_frame *frame, struct lc_err *err) LC_MUST_USE;

#endif
