/* The lag in a logistic fit: what each lead has behind it, and what to call it. */
#include <math.h>

#include "maturity_internal.h"

#define LEAST_SEEN \
    1e-9 /* a lead of whose lag nothing has passed says nothing, and may not say it by 0 */

double lc_lag_seen(const struct lc_lag *lag, double age)
{
    return lc_lag_below(lag, age + 1);
}

static const struct lc_lag *lag_of(const struct lc_lags *lags, size_t i)
{
    const struct lc_lag_by *by = lags->differs;

    return by ? &by->fit.segment[by->segment[i]].lag : &lags->fit.lag;
}

enum lc_rc lc_lags_seen(const struct lc_followed *followed, const struct lc_lags *lags,
                        const uint32_t *row, const uint8_t *y, size_t n, struct lc_arena *arena,
                        const double **seen, struct lc_err *err)
{
    double *to = LC_NEW(arena, n + 1, double);
    size_t at = 0;

    if (!to)
        return lc_fail_memory(err, "the shares of the lag");
    /* Both lists are in the order of the table. */
    for (size_t i = 0; i < n; i++) {
        to[i] = 1;
        while (at < followed->n && followed->row[at] < row[i])
            at++;
        if (!y[i] && at < followed->n && followed->row[at] == row[i])
            to[i] = fmax(lc_lag_seen(lag_of(lags, at), followed->age[at]), LEAST_SEEN);
    }
    *seen = to;
    return LC_OK;
}

enum lc_rc lc_lags_within(const struct lc_lags *lags, const struct lc_table *table,
                          const uint32_t *row, size_t n, int32_t days, struct lc_arena *arena,
                          const double **share, struct lc_err *err)
{
    const struct lc_lag_by *by = lags->differs;
    double *to = LC_NEW(arena, n + 1, double);
    struct lc_column codes;
    enum lc_rc rc = LC_OK;

    if (!to)
        return lc_fail_memory(err, "the shares of the lag");
    if (by)
        rc = lc_attribute_code(&by->attribute, &table->column[by->column], row, n, arena,
                               &codes, err);
    if (rc)
        return rc;
    for (size_t i = 0; i < n; i++) {
        const struct lc_lag *lag =
            by ? &by->fit.segment[by->segment_of[lc_code_at(&codes, i)]].lag : &lags->fit.lag;

        to[i] = lc_lag_seen(lag, days);
    }
    *share = to;
    return LC_OK;
}

const char *lc_lags_words(const struct lc_lags *lags, struct lc_arena *arena)
{
    const struct lc_lag *lag = &lags->fit.lag;
    const char *law = lag->family == LC_LAG_WEIBULL ? "Weibull" : "log-normal";
    const double half = lc_lag_quantile(lag, 0.5);

    if (!lags->differs)
        return lc_arena_format(arena, "%s lag, half of the wins within %.0f days", law, half);
    return lc_arena_format(arena, "%s lag by %s, half of all wins within %.0f days", law,
                           lags->differs->attribute.column, half);
}
