/* The table of what whole points cost against continuous weights. */
#include "fit_integer_internal.h"

#include <math.h>
#include <string.h>

#include "leadcal/calibration.h"
#include "leadcal/num.h"
#include "model_internal.h"

static const struct lc_heading heading[] = {
    {"what", LC_CELL_TEXT, NULL, false},          {"fold", LC_CELL_TEXT, NULL, false},
    {"continuous", LC_CELL_REAL, NULL, false},    {"integer", LC_CELL_REAL, NULL, false},
    {"difference", LC_CELL_REAL, NULL, false},    {"low", LC_CELL_REAL, "low (95 %)", false},
    {"high", LC_CELL_REAL, "high (95 %)", false},
};
enum { WHAT, FOLD, CONTINUOUS, INTEGER, DIFFERENCE, LOW, HIGH, COLUMNS };

void lc_price_frame(struct lc_arena *arena, struct lc_frame *frame)
{
    lc_frame_init(frame, "price", heading, COLUMNS, arena);
}

enum lc_rc lc_price_put(struct lc_frame *frame, const char *what, const char *fold,
                        double continuous, double integer, struct lc_interval limits,
                        struct lc_err *err)
{
    union lc_value *row;
    const enum lc_rc rc = lc_frame_add(frame, &row, err);

    if (rc)
        return rc;
    row[WHAT].text = what;
    row[FOLD].text = fold;
    row[CONTINUOUS].number = continuous;
    row[INTEGER].number = integer;
    row[DIFFERENCE].number = integer - continuous;
    row[LOW].number = limits.low;
    row[HIGH].number = limits.high;
    return LC_OK;
}

static struct lc_interval around(double mean, double se)
{
    return (struct lc_interval){mean - LC_Z95 * se, mean + LC_Z95 * se};
}

/* The mean of what the card loses more on each lead, with its normal limits. */
static enum lc_rc loss_limits(const struct lc_price *price, double mean,
                              struct lc_arena *scratch, struct lc_interval *limits,
                              struct lc_err *err)
{
    const double n = (double)price->n;
    double *influence = LC_NEW(scratch, price->n + 1, double), variance = LC_NAN;
    enum lc_rc rc;

    if (!influence)
        return lc_fail_memory(err, "the price of whole points");
    for (size_t i = 0; i < price->n; i++)
        influence[i] = (lc_log_loss(&price->p[1][i], &price->y[i], 1) -
                        lc_log_loss(&price->p[0][i], &price->y[i], 1) - mean) /
                       n;
    rc = lc_clustered_variance(influence, price->n, &price->clusters, scratch, &variance, err);
    *limits = around(mean, sqrt(variance));
    return rc;
}

enum lc_rc lc_price_rows(const struct lc_price *price, struct lc_arena *scratch,
                         struct lc_frame *frame, struct lc_err *err)
{
    const double n = (double)price->n;
    double loss[2];
    struct lc_interval limits = {LC_NAN, LC_NAN}, regraded = {LC_NAN, LC_NAN};
    enum lc_rc rc;

    for (size_t c = 0; c < 2; c++)
        loss[c] = lc_log_loss(price->p[c], price->y, price->n);
    if (!isnan(price->regraded))
        regraded = lc_wilson(price->regraded, n);
    rc = loss_limits(price, loss[1] - loss[0], scratch, &limits, err);
    if (!rc)
        rc = lc_price_put(frame, "log_loss", price->fold, loss[0], loss[1], limits, err);
    if (!rc)
        rc = lc_price_put(frame, "auc", price->fold, price->auc[0], price->auc[1],
                          around(price->auc[1] - price->auc[0], price->auc_se), err);
    return rc ? rc
              : lc_price_put(frame, "share_regraded", price->fold, 0, price->regraded / n,
                             regraded, err);
}

/* ---- on the leads of the training ---- */

/* Those leads under one card. */
struct under {
    struct lc_scored *scored; /* [n] */
    double *p;                /* [n] */
    struct lc_grades grades;
};

static enum lc_rc score(const struct lc_card *card, const struct lc_priced_leads *leads,
                        const struct lc_grades *grades, struct lc_arena *scratch,
                        struct under *to, struct lc_err *err)
{
    *to = (struct under){LC_NEW(scratch, leads->n, struct lc_scored),
                         LC_NEW(scratch, leads->n, double), *grades};
    if (!to->scored || !to->p)
        return lc_fail_memory(err, "the price of whole points");
    lc_card_score_rows(card, leads->codes->column, leads->n, to->scored);
    for (size_t i = 0; i < leads->n; i++)
        to->p[i] = to->scored[i].probability;
    return lc_grades_make(card, to->scored, leads->n, scratch, &to->grades, err);
}

static size_t count_regraded(const struct under under[2], size_t n)
{
    size_t moved = 0;

    for (size_t i = 0; i < n; i++) {
        char grade[2][LC_GRADE_TEXT];

        for (size_t c = 0; c < 2; c++)
            lc_grade_text(&under[c].grades, &under[c].scored[i], grade[c]);
        moved += strcmp(grade[0], grade[1]) != 0;
    }
    return moved;
}

static enum lc_rc compare_auc(struct lc_price *price, struct lc_arena *scratch,
                              struct lc_err *err)
{
    struct lc_auc_pair pair;
    enum lc_rc rc = LC_OK;

    for (size_t c = 0; c < 2 && !rc; c++) {
        struct lc_auc of;

        rc = lc_auc(price->p[c], price->y, price->n, scratch, &of, err);
        price->auc[c] = rc ? LC_NAN : of.auc;
    }
    if (!rc)
        rc = lc_auc_compare(price->p[1], price->p[0], price->y, price->n, scratch, &pair, err);
    price->auc_se = rc ? LC_NAN : pair.se;
    return rc;
}

enum lc_rc lc_price_train(const struct lc_card *const card[2],
                          const struct lc_priced_leads *leads, const struct lc_grades *grades,
                          const struct lc_integer_card *whole, struct lc_arena *scratch,
                          struct lc_frame *frame, struct lc_err *err)
{
    const double n = (double)leads->n;
    struct lc_price price = {.fold = "train", .y = leads->y, .n = leads->n};
    struct under under[2];
    enum lc_rc rc = LC_OK;

    for (size_t c = 0; c < 2 && !rc; c++) {
        rc = score(card[c], leads, grades, scratch, &under[c], err);
        price.p[c] = under[c].p;
    }
    if (!rc)
        rc = compare_auc(&price, scratch, err);
    if (!rc)
        rc = lc_price_put(frame, "penalised_loss", price.fold, whole->bound / n,
                          whole->loss / n, (struct lc_interval){LC_NAN, LC_NAN}, err);
    if (rc)
        return rc;
    price.regraded = (double)count_regraded(under, leads->n);
    return lc_price_rows(&price, scratch, frame, err);
}
