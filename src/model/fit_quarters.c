/* The effect of entry quarters beside the attributes: fitted, and left out of what is scored. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "fit_internal.h"
#include "leadcal/period.h"
#include "leadcal/quarters.h"
#include "leadcal/rate.h"
#include "leadcal/shrink.h"

#define LEAST_SD 0.02 /* of a learnt prior: less moves no close rate by a fiftieth of itself */
#define MOST_SD  0.5  /* more would let a quarter of few leads stand alone */
#define ENOUGH \
    (1.0 / 3) /* of an average quarter's leads: a month's; fewer do not stand for today */

static int by_number(const void *a, const void *b)
{
    const int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

    return (x > y) - (x < y);
}

/* The quarters of some leads, rising, each once; a quarter that no lead has is none. */
static int32_t *distinct(const int32_t *quarter, const uint32_t *row, size_t n,
                         struct lc_arena *scratch, size_t *k)
{
    int32_t *number = LC_NEW(scratch, n + 1, int32_t);
    size_t at = 0; /* of the lead before, since leads of one quarter often follow each other */

    *k = 0;
    for (size_t i = 0; i < n && number; i++) {
        const int32_t one = quarter[row[i]];

        if (*k && number[at] == one)
            continue;
        for (at = *k; at > 0 && number[at - 1] >= one; at--)
            ;
        if (at < *k && number[at] == one)
            continue;
        memmove(number + at + 1, number + at, (*k - at) * sizeof *number);
        number[at] = one;
        ++*k;
    }
    return number;
}

/* The SD of the quarters' effects by their own close rates: 0 where they differ by no more than chance.
 * A beta law of weight M around the rate p has the variance p (1 - p) / (M + 1), and a step of dp in
 * a rate is one of dp / (p (1 - p)) in its log-odds. */
static double learnt_sd(const double *leads, const double *won, size_t k, double rate)
{
    const double m = lc_beta_binomial_weight(won, leads, k, rate); /* infinite: an SD of 0 */
    const double sd = 1 / sqrt((m + 1) * rate * (1 - rate));

    return sd < LEAST_SD ? 0 : fmin(MOST_SD, sd);
}

/* The place of the latest quarter with enough leads; the last where only undated leads are enough. */
static size_t latest_place(const int32_t *number, const double *leads, size_t k, size_t n)
{
    for (size_t at = k; at-- > 0;)
        if (number[at] != LC_NO_QUARTER && leads[at] * (double)k >= ENOUGH * (double)n)
            return at;
    return k - 1;
}

/* Codes the leads by quarter and counts leads and wins of each. */
static void code_leads(const int32_t *quarter, const struct lc_fit_work *work,
                       const int32_t *number, size_t k, struct lc_column *column, void *code,
                       double *leads, double *won)
{
    *column = (struct lc_column){.name = "quarter",
                                 .width = lc_code_width(k),
                                 .code = code,
                                 .n_levels = (uint32_t)k,
                                 .missing = LC_NO_CODE};
    for (size_t i = 0; i < work->n; i++) {
        const int32_t *at =
            bsearch(&quarter[work->row[i]], number, k, sizeof *number, by_number);
        const size_t v = (size_t)(at - number);

        lc_code_put(code, column->width, i, (uint32_t)v);
        leads[v]++;
        won[v] += work->y[i];
    }
}

enum lc_rc lc_fit_code_quarters(const struct lc_fit_options *options,
                                const struct lc_fit_work *work, struct lc_arena *scratch,
                                struct lc_fit *fit, struct lc_err *err)
{
    struct lc_fit_quarters *q = &fit->quarters;
    const int32_t *number;
    double *leads, *won;
    void *code;
    size_t k;

    if (!options->quarter || fit->likelihood || options->prior || options->seen)
        return LC_OK;
    q->left_out =
        options->penalty != LC_PENALTY_GAUSSIAN && options->penalty != LC_PENALTY_LEARNED;
    if (q->left_out)
        return LC_OK;
    number = distinct(options->quarter, work->row, work->n, scratch, &k);
    code = lc_arena_alloc(scratch, work->n, lc_code_width(k));
    leads = LC_NEW(scratch, k, double);
    won = LC_NEW(scratch, k, double);
    if (!number || !code || !leads || !won)
        return lc_fail_memory(err, "the entry quarters");
    if (k < 2)
        return LC_OK;
    code_leads(options->quarter, work, number, k, &work->codes[fit->k_attributes], code, leads,
               won);
    q->seen = k;
    q->sd = options->quarter_sd >= 0
                ? options->quarter_sd
                : learnt_sd(leads, won, k, (double)fit->n_won / (double)fit->n);
    if (q->sd == 0)
        return LC_OK;
    q->n = k;
    q->at = latest_place(number, leads, k, work->n);
    q->latest = number[q->at];
    q->leads = (size_t)leads[q->at];
    return LC_OK;
}

/* Variance of an effect against the mean of all: their common part belongs to the intercept. */
static double variance_of(const struct lc_logit_fit *kernel, size_t n, size_t at)
{
    const size_t wide = kernel->k;
    double with_mean = 0, of_mean = 0;

    for (size_t i = wide - n; i < wide; i++) {
        with_mean += kernel->cov[at * wide + i] / (double)n;
        for (size_t j = wide - n; j < wide; j++)
            of_mean += kernel->cov[i * wide + j] / (double)n / (double)n;
    }
    return kernel->cov[at * wide + at] - 2 * with_mean + of_mean;
}

enum lc_rc lc_fit_settle_quarters(struct lc_arena *arena, struct lc_fit *fit,
                                  struct lc_err *err)
{
    struct lc_logit_fit *kernel = &fit->kernel;
    struct lc_fit_quarters *q = &fit->quarters;
    const size_t wide = kernel->k, k = wide - q->n, latest = k + q->at;
    double *cov = LC_NEW(arena, k * k, double);

    if (!cov)
        return lc_fail_memory(err, "the entry quarters");
    q->effect = kernel->b[latest];
    q->std_error = sqrt(fmax(variance_of(kernel, q->n, latest), 0));
    q->lowest = q->highest = q->effect;
    for (size_t i = k; i < wide; i++) {
        q->lowest = fmin(q->lowest, kernel->b[i]);
        q->highest = fmax(q->highest, kernel->b[i]);
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = 0; j < k; j++)
            cov[i * k + j] = kernel->cov[i * wide + j] +
                             (i ? 0 : kernel->cov[latest * wide + j]) +
                             (j ? 0 : kernel->cov[i * wide + latest]) +
                             (i || j ? 0 : kernel->cov[latest * wide + latest]);
    kernel->b[0] += q->effect;
    kernel->cov = cov;
    kernel->k = k;
    return LC_OK;
}

/* What the quarters did, and that nobody has points for it. */
enum lc_rc lc_fit_note_quarters(const struct lc_fit *fit, struct lc_frame *frame,
                                struct lc_err *err)
{
    const struct lc_fit_quarters *q = &fit->quarters;
    const double half = LC_Z95 * q->std_error;
    char quarter[LC_PERIOD_TEXT];

    if (q->left_out)
        return lc_frame_note(
            frame, err,
            "entry quarters have no effect under this penalty, so probabilities "
            "are those of the average quarter, not of the latest (--penalty "
            "gaussian and learned have it)");
    if (q->seen && !q->n)
        return lc_frame_note(frame, err,
                             "the %zu entry quarters closed alike, but for chance, so the fit "
                             "holds no effect of them (--quarter-sd)",
                             q->seen);
    if (!q->n)
        return LC_OK;
    lc_period_text(LC_PERIOD_QUARTER, q->latest, quarter);
    return lc_frame_note(
        frame, err,
        "probabilities are those of %s, the latest entry quarter with enough leads (%zu): "
        "whichever leads came, the odds of a win were %.2f times those of the average quarter "
        "(%.2f to %.2f; over all %zu quarters %.2f to %.2f); that is in the intercept, and "
        "nobody has points for it (--quarter-sd, here %.2f)",
        quarter, q->leads, exp(q->effect), exp(q->effect - half), exp(q->effect + half), q->n,
        exp(q->lowest), exp(q->highest), q->sd);
}
