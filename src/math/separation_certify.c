/* The other side of the linear program: a fit whose residuals prove that there is no rule. */
#include <math.h>
#include <string.h>

#include "separation_internal.h"

#define MOST_STEP \
    60.0 /* of the rules that are ruled out, in whole numbers; a few units are usual */
#define MOST_POLISHED 3 /* looks at the residuals */

/* The rows left, and a reference for each column: the rows told weigh nothing. */
static enum lc_rc take_left(const struct lc_separating *s, struct lc_arena *scratch,
                            struct lc_logit_data *to, struct lc_err *err)
{
    const struct lc_logit_data *d = s->d;
    double *y = LC_NEW(scratch, d->n, double), *weight = LC_NEW(scratch, d->n, double);
    uint32_t *reference = LC_NEW(scratch, s->k_codes + 1, uint32_t);

    if (!y || !weight || !reference)
        return lc_fail_memory(err, "the separation check");
    for (size_t i = 0; i < d->n; i++)
        if (s->told_by[i] == LC_SEPARATION_LEFT) {
            y[i] = d->y[i];
            weight[i] = d->weight ? d->weight[i] : 1;
        }
    for (size_t j = 0; j < s->k_codes; j++)
        for (uint32_t v = 0; v < d->codes->column[j].n_levels; v++)
            if (s->leads[j][v] > s->leads[j][reference[j]])
                reference[j] = v;
    *to = (struct lc_logit_data){
        .n = d->n, .codes = d->codes, .reference = reference, .y = y, .weight = weight};
    return LC_OK;
}

/* The residuals of a fit, and what of them is out of balance. */
struct balance {
    double least;     /* part of a row that the fit does not expect: over 0 */
    double *gradient; /* [k] sum s_i r_i x_i */
};

static void weigh(const struct lc_separating *s, const struct lc_logit_data *d,
                  size_t *const *at, const struct lc_logit_fit *fit, struct balance *to)
{
    to->least = HUGE_VAL;
    memset(to->gradient, 0, fit->k * sizeof *to->gradient);
    for (size_t i = 0; i < d->n; i++) {
        double odds = fit->b[0], residual;

        if (d->weight[i] == 0)
            continue;
        for (size_t j = 0; j < s->k_codes; j++) {
            const size_t b = at[j][lc_code_at(&d->codes->column[j], i)];

            odds += b == LC_LOGIT_NONE ? 0 : fit->b[b];
        }
        residual = d->y[i] * lc_logistic(-odds) - (d->weight[i] - d->y[i]) * lc_logistic(odds);
        if (lc_row_has_win(d, i))
            to->least = fmin(to->least, d->y[i] * lc_logistic(-odds));
        if (lc_row_has_loss(d, i))
            to->least = fmin(to->least, (d->weight[i] - d->y[i]) * lc_logistic(odds));
        to->gradient[0] += residual;
        for (size_t j = 0; j < s->k_codes; j++) {
            const size_t b = at[j][lc_code_at(&d->codes->column[j], i)];

            if (b != LC_LOGIT_NONE)
                to->gradient[b] += residual;
        }
    }
}

/* One step of Newton more, since the proof asks for more than a fit does. */
static void polish(struct lc_logit_fit *fit, const double *gradient)
{
    for (size_t a = 0; a < fit->k; a++)
        for (size_t b = 0; b < fit->k; b++)
            fit->b[a] += fit->cov[a * fit->k + b] * gradient[b];
}

/* Were sum s_i r_i x_i exactly 0, a rule b would have sum r_i (s_i x_i'b) = 0, so s_i x_i'b = 0 at every
 * row. It is g instead, and a rule of whole steps has at least 1 at some row: there is none if its
 * largest step times |g| is less than the least r. */
static bool is_proof(const struct balance *balance, size_t k)
{
    double sum = 0;

    for (size_t b = 0; b < k; b++)
        sum += fabs(balance->gradient[b]);
    return MOST_STEP * sum < balance->least;
}

enum lc_rc lc_separation_certify(const struct lc_separating *s, struct lc_parallel *pool,
                                 bool *none, struct lc_err *err)
{
    struct lc_arena scratch;
    struct lc_logit_data d;
    struct lc_logit_fit fit;
    struct balance balance = {0};
    size_t **at = NULL, k = 0;
    enum lc_rc rc;

    *none = false;
    lc_arena_init(&scratch, s->scratch->limit - s->scratch->used);
    rc = take_left(s, &scratch, &d, err);
    if (!rc)
        rc = lc_logit_layout(&d, &scratch, &at, &k, err);
    if (!rc)
        balance.gradient = LC_NEW(&scratch, k, double);
    if (!rc && !balance.gradient)
        rc = lc_fail_memory(err, "the separation check");
    if (!rc)
        rc = lc_logit(&d, NULL, pool, &scratch, &fit, err);
    for (int steps = 0; !rc && !*none && steps < MOST_POLISHED; steps++) {
        if (steps)
            polish(&fit, balance.gradient);
        weigh(s, &d, at, &fit, &balance);
        *none = is_proof(&balance, k);
    }
    lc_arena_release(&scratch);
    return rc == LC_ENOMEM ? rc : LC_OK; /* no fit is no proof: the program will tell */
}
