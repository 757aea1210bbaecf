#include <math.h>
#include <string.h>

#include "logit_internal.h"

#define STRIP 256 /* rows handled array by array: their log-odds stay in the nearest cache */

/* Log-odds of each super-column's codes from the coefficients of its columns. */
static void fill_odds(const struct lc_logit_work *w)
{
    for (size_t s = 0; s < w->n_supers; s++) {
        const struct lc_logit_super *to = &w->super[s];

        memset(to->odds, 0, to->n_levels * sizeof *to->odds);
        for (size_t c = 0; c < to->n_columns; c++) {
            const size_t *place = to->place[c];

            for (size_t v = 0; v < to->n_levels; v++)
                to->odds[v] += place[v] == LC_LOGIT_NONE ? 0 : w->b[place[v]];
        }
    }
}

static void strip_odds(const struct lc_logit_work *w, size_t low, size_t q, double *eta)
{
    const size_t numeric_at = w->k - w->d->n_numeric;

    for (size_t i = 0; i < q; i++)
        eta[i] = w->b[0] + (w->d->offset ? w->d->offset[low + i] : 0);
    for (size_t s = 0; s < w->n_supers; s++) {
        const uint16_t *code = w->super[s].code + low;
        const double *odds = w->super[s].odds;

        for (size_t i = 0; i < q; i++)
            eta[i] += odds[code[i]];
    }
    for (size_t j = 0; j < w->d->n_numeric; j++) {
        const double *z = w->z[j] + low, b = w->b[numeric_at + j];

        for (size_t i = 0; i < q; i++)
            eta[i] += b * z[i];
    }
}

/* Residuals and weights of a strip; returns its part of minus the log-likelihood. With e =
 * exp(-|eta|) the chance is 1 / (1 + e) or e / (1 + e), and nothing overflows. The sum of
 * log(1 + e) over a strip is the log of a product that stays below 2^256. */
static double strip_residuals(const struct lc_logit_work *w, size_t low, size_t q,
                              const double *eta, double *residual)
{
    const double *y = w->d->y + low, *c = w->d->weight ? w->d->weight + low : NULL;
    double *weight = w->w + low;
    double product = 1, sum = 0;

    if (c) {
        for (size_t i = 0; i < q; i++) {
            const double e = exp(-fabs(eta[i])), a = 1 / (1 + e);

            residual[i] = y[i] - c[i] * (eta[i] >= 0 ? a : e * a);
            weight[i] = c[i] * (e * a * a);
            sum += c[i] * (fmax(eta[i], 0) + log1p(e)) - y[i] * eta[i];
        }
        return sum;
    }
    for (size_t i = 0; i < q; i++) {
        const double e = exp(-fabs(eta[i])), a = 1 / (1 + e);

        residual[i] = y[i] - (eta[i] >= 0 ? a : e * a);
        weight[i] = e * a * a;
        product *= 1 + e;
        sum += (eta[i] >= 0 ? eta[i] : 0) - y[i] * eta[i];
    }
    return sum + log(product);
}

static void strip_sums(const struct lc_logit_work *w, size_t low, size_t q,
                       const double *residual, double *sums)
{
    const double *weight = w->w + low;
    double *tail = sums + w->n_sums - 3 - w->d->n_numeric, r = 0, c = 0;

    for (size_t s = 0; s < w->n_supers; s++) {
        const uint16_t *code = w->super[s].code + low;
        double *to = sums + w->super[s].sums_at;

        for (size_t i = 0; i < q; i++)
            to[code[i]] += residual[i];
    }
    for (size_t j = 0; j < w->d->n_numeric; j++) {
        const double *z = w->z[j] + low;
        double sum = 0;

        for (size_t i = 0; i < q; i++)
            sum += residual[i] * z[i];
        tail[j] += sum;
    }
    for (size_t i = 0; i < q; i++) {
        r += residual[i];
        c += weight[i];
    }
    tail[w->d->n_numeric] += r;
    tail[w->d->n_numeric + 1] += c;
}

/* What the blocks of one pass share. */
struct pass {
    struct lc_logit_work *w;
    lc_logit_strip *strip;
};

static void pass_block(void *context, size_t block, size_t worker)
{
    const struct pass *pass = context;
    const struct lc_logit_work *w = pass->w;
    const size_t low = block * w->block_rows;
    const size_t high = low + w->block_rows < w->d->n ? low + w->block_rows : w->d->n;
    double *sums = w->sums + block * w->n_sums;
    double eta[STRIP], residual[STRIP];

    (void)worker;
    memset(sums, 0, w->n_sums * sizeof *sums);
    for (size_t i = low; i < high; i += STRIP) {
        const size_t q = high - i < STRIP ? high - i : STRIP;

        strip_odds(w, i, q, eta);
        sums[w->n_sums - 1] += pass->strip(w, i, q, eta, residual);
        strip_sums(w, i, q, residual, sums);
    }
}

void lc_logit_rows(struct lc_logit_work *w, lc_logit_strip *strip, double *gradient)
{
    const size_t numeric = w->d->n_numeric;
    const double *all = w->sums, *tail = w->sums + w->n_sums - 3 - numeric;
    struct pass pass = {w, strip};

    lc_parallel_run(w->pool, w->n_blocks, pass_block, &pass);
    for (size_t block = 1; block < w->n_blocks; block++) /* in block order: same bits always */
        for (size_t i = 0; i < w->n_sums; i++)
            w->sums[i] += w->sums[block * w->n_sums + i];
    memset(gradient, 0, w->k * sizeof *gradient);
    for (size_t s = 0; s < w->n_supers; s++) {
        const struct lc_logit_super *from = &w->super[s];

        for (size_t c = 0; c < from->n_columns; c++) {
            const size_t *place = from->place[c];

            for (size_t v = 0; v < from->n_levels; v++)
                if (place[v] != LC_LOGIT_NONE)
                    gradient[place[v]] += all[from->sums_at + v];
        }
    }
    for (size_t j = 0; j < numeric; j++)
        gradient[w->k - numeric + j] = tail[j];
    gradient[0] = tail[numeric];
    w->w_total = tail[numeric + 1];
    w->objective = tail[numeric + 2];
}

void lc_logit_pass(struct lc_logit_work *w, const double *b, double *gradient)
{
    w->b = b;
    fill_odds(w);
    lc_logit_rows(w, w->seen ? lc_logit_seen : strip_residuals, gradient);
}
