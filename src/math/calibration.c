#include "leadcal/calibration.h"

#include <math.h>
#include <stdlib.h>

#include "leadcal/logit.h"
#include "leadcal/num.h"

#define LEAST_P 1e-15 /* a probability of 0 that was wrong costs 34.5, not infinity */

static double cut(double p)
{
    return fmin(fmax(p, LEAST_P), 1 - LEAST_P);
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

/* An optimum that does not exist is no error here: its numbers stay NaN. */
static enum lc_rc fit_line(const struct lc_logit_data *d, struct lc_arena *scratch,
                           struct lc_logit_fit *fit, bool *exists, struct lc_err *err)
{
    const enum lc_rc rc = lc_logit(d, NULL, NULL, scratch, fit, err);

    *exists = rc == LC_OK;
    return rc == LC_EDEGENERATE || rc == LC_ENOCONV ? LC_OK : rc;
}

enum lc_rc lc_calibration(const double *p, const uint8_t *y, size_t n, struct lc_arena *arena,
                          struct lc_calibration *out, struct lc_err *err)
{
    struct lc_calibration c = {LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN, LC_NAN};
    struct lc_logit_data large = {.n = n}, line = {.n = n, .n_numeric = 1};
    struct lc_logit_fit fit;
    struct lc_arena scratch;
    double *won, *odds;
    const double *x;
    bool exists;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    won = LC_NEW(&scratch, n, double);
    odds = LC_NEW(&scratch, n, double);
    if (!won || !odds) {
        rc = lc_fail_memory(err, "the calibration");
        goto out;
    }
    for (size_t i = 0; i < n; i++) {
        won[i] = y[i] ? 1 : 0;
        odds[i] = log(cut(p[i])) - log1p(-cut(p[i]));
    }
    x = odds;
    large.offset = odds;
    line.x = &x;
    large.y = line.y = won;
    rc = fit_line(&large, &scratch, &fit, &exists, err);
    if (rc)
        goto out;
    if (exists) {
        c.in_the_large = fit.b[0];
        c.in_the_large_se = sqrt(fit.cov[0]);
    }
    rc = fit_line(&line, &scratch, &fit, &exists, err);
    if (rc)
        goto out;
    if (exists && !fit.aliased[1]) {
        c.intercept = fit.b[0];
        c.intercept_se = sqrt(fit.cov[0]);
        c.slope = fit.b[1];
        c.slope_se = sqrt(fit.cov[3]);
    }
    *out = c;
out:
    lc_arena_release(&scratch);
    return rc;
}

struct pair {
    double p;
    uint8_t won;
};

static int by_p(const void *a, const void *b)
{
    const struct pair *x = a, *y = b;

    return (x->p > y->p) - (x->p < y->p);
}

enum lc_rc lc_calibration_bins(const double *p, const uint8_t *y, size_t n, size_t bins,
                               struct lc_arena *arena, struct lc_bin *out, size_t *used,
                               struct lc_err *err)
{
    struct lc_arena scratch;
    struct pair *pair;
    size_t filled = 0;
    enum lc_rc rc = LC_OK;

    lc_arena_init(&scratch, arena->limit - arena->used);
    pair = LC_NEW(&scratch, n, struct pair);
    if (!pair) {
        rc = lc_fail_memory(err, "the calibration groups");
        goto out;
    }
    for (size_t i = 0; i < n; i++)
        pair[i] = (struct pair){p[i], y[i] != 0};
    if (n)
        qsort(pair, n, sizeof *pair, by_p);
    for (size_t i = 0, begun = 0; i < n && bins > 0;) {
        /* The group goes to its share of rows, and on to the end of equal probabilities. */
        const size_t share = begun * bins / n + 1;
        struct lc_bin b = {0};

        while (i < n && (i * bins < share * n || (i > 0 && !(pair[i].p > pair[i - 1].p)))) {
            b.n++;
            b.won += pair[i].won;
            b.predicted += pair[i++].p;
        }
        b.predicted /= b.n;
        b.observed = b.won / b.n;
        out[filled++] = b;
        begun = i;
    }
    *used = filled;
out:
    lc_arena_release(&scratch);
    return rc;
}
