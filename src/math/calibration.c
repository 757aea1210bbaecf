#include "leadcal/calibration.h"

#include <math.h>
#include <stdlib.h>

#include "leadcal/logit.h"
#include "leadcal/num.h"

#define SURE 1e-15 /* probabilities nearer to 0 or 1 than this count as this */

static double cut(double p)
{
    return fmin(fmax(p, SURE), 1 - SURE);
}

double lc_brier(const double *p, const uint8_t *y, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum += (p[i] - y[i]) * (p[i] - y[i]);
    return n ? sum / (double)n : LC_NAN;
}

double lc_log_loss(const double *p, const uint8_t *y, size_t n)
{
    double sum = 0;

    for (size_t i = 0; i < n; i++)
        sum -= y[i] ? log(cut(p[i])) : log1p(-cut(p[i]));
    return n ? sum / (double)n : LC_NAN;
}

/* logit(y) ~ intercept + slope logit(p), or with logit(p) as offset and no slope. A fit without
 * an answer (one class, separation) leaves NaN. */
static enum lc_rc regress(const double *log_odds, const double *won, size_t n, bool as_offset,
                          struct lc_arena *scratch, double to[4], struct lc_err *err)
{
    const struct lc_codes none = {.n = n};
    const struct lc_logit_data data = {.n = n,
                                       .codes = &none,
                                       .x = &log_odds,
                                       .n_numeric = as_offset ? 0 : 1,
                                       .y = won,
                                       .offset = as_offset ? log_odds : NULL};
    struct lc_logit_fit fit;
    const enum lc_rc rc = lc_logit(&data, NULL, NULL, scratch, &fit, err);

    if (rc == LC_EDEGENERATE || rc == LC_ENOCONV)
        return LC_OK;
    if (rc)
        return rc;
    for (size_t j = 0; j < fit.k; j++) {
        if (fit.aliased[j])
            return LC_OK; /* all p equal: an intercept alone would answer another question */
    }
    for (size_t j = 0; j < fit.k; j++) {
        to[2 * j] = fit.b[j];
        to[2 * j + 1] = sqrt(fit.cov[j * fit.k + j]);
    }
    return LC_OK;
}

enum lc_rc lc_calibration(const double *p, const uint8_t *y, size_t n, struct lc_arena *arena,
                          struct lc_calibration *out, struct lc_err *err)
{
    double large[4] = {LC_NAN, LC_NAN, LC_NAN, LC_NAN},
           line[4] = {LC_NAN, LC_NAN, LC_NAN, LC_NAN};
    double *log_odds, *won;
    struct lc_arena scratch;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    log_odds = LC_NEW(&scratch, n + 1, double);
    won = LC_NEW(&scratch, n + 1, double);
    if (!log_odds || !won)
        rc = lc_fail_memory(err, "calibration");
    for (size_t i = 0; !rc && i < n; i++) {
        log_odds[i] = log(cut(p[i])) - log1p(-cut(p[i]));
        won[i] = y[i];
    }
    if (!rc)
        rc = regress(log_odds, won, n, true, &scratch, large, err);
    if (!rc)
        rc = regress(log_odds, won, n, false, &scratch, line, err);
    lc_arena_release(&scratch);
    if (!rc)
        *out = (struct lc_calibration){large[0], large[1], line[0], line[1], line[2], line[3]};
    return rc;
}

struct guess {
    double p;
    size_t at;
    uint8_t won;
};

static int by_p(const void *a, const void *b)
{
    const struct guess *x = a, *y = b;

    if (x->p != y->p)
        return x->p < y->p ? -1 : 1;
    return (x->at > y->at) - (x->at < y->at);
}

/* NOLINTNEXTLINE(readability-function-size): the nine parameters are the contract */
enum lc_rc lc_calibration_bins(const double *p, const uint8_t *y, size_t n, size_t bins,
                               struct lc_arena *arena, struct lc_bin *out, size_t *used,
                               struct lc_err *err)
{
    struct lc_arena scratch;
    struct guess *sorted;
    size_t k = 0;

    lc_arena_init(&scratch, arena->limit - arena->used);
    sorted = LC_NEW(&scratch, n + 1, struct guess);
    if (!sorted) {
        lc_arena_release(&scratch);
        return lc_fail_memory(err, "calibration");
    }
    for (size_t i = 0; i < n; i++)
        sorted[i] = (struct guess){p[i], i, y[i]};
    qsort(sorted, n, sizeof *sorted, by_p);
    for (size_t i = 0; i < n;) {
        struct lc_bin *bin = &out[k++];
        const size_t end = k * n / bins > i ? k * n / bins : i + 1;

        *bin = (struct lc_bin){0};
        while (i < n && (i < end || sorted[i].p == sorted[i - 1].p || k == bins)) {
            bin->n += 1;
            bin->won += sorted[i].won;
            bin->predicted += sorted[i].p;
            i++;
        }
        bin->predicted /= bin->n;
        bin->observed = bin->won / bin->n;
    }
    lc_arena_release(&scratch);
    *used = k;
    return LC_OK;
}
