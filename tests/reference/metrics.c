/* metrics - the product's metrics of probabilities on standard input, for tests/reference/oracles.py.
 * Each line of input: probability, blank, 0 or 1. Each line of output: name, blank, value. */
#include <gsl/gsl_errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "leadcal/calibration.h"
#include "leadcal/roc.h"

#define MOST_ROWS 100000

static int complain(const struct lc_err *err)
{
    (void)fprintf(stderr, "metrics: %s\n", err->text);
    return 1;
}

int main(void)
{
    static double p[MOST_ROWS];
    static uint8_t y[MOST_ROWS];
    struct lc_calibration calibration;
    struct lc_arena arena;
    struct lc_auc auc;
    struct lc_err err;
    size_t n = 0;
    double won;

    (void)gsl_set_error_handler_off();
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    while (n < MOST_ROWS && scanf("%lf %lf", &p[n], &won) == 2)
        y[n++] = won > 0;
    if (lc_auc(p, y, n, &arena, &auc, &err) != LC_OK ||
        lc_calibration(p, y, n, &arena, &calibration, &err) != LC_OK)
        return complain(&err);
    printf("auc %.17g\ndelong_se %.17g\nci95_lo %.17g\nci95_hi %.17g\nks %.17g\n", auc.auc,
           auc.se, auc.low, auc.high, auc.ks);
    printf("brier %.17g\nlog_loss %.17g\n", lc_brier(p, y, n), lc_log_loss(p, y, n));
    printf("intercept_in_the_large %.17g\nintercept_in_the_large_se %.17g\n",
           calibration.in_the_large, calibration.in_the_large_se);
    printf("intercept %.17g\nintercept_se %.17g\nslope %.17g\nslope_se %.17g\n",
           calibration.intercept, calibration.intercept_se, calibration.slope,
           calibration.slope_se);
    lc_arena_release(&arena);
    return 0;
}
