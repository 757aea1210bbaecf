#include "leadcal/contingency.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "leadcal/beta.h"
#include "leadcal/num.h"

#define NEARLY_AS_LIKELY 1e-7 /* relative; tables that differ by rounding alone tie, as in R */

struct lc_chi_square lc_chi_square(const double *won, const double *n, size_t levels)
{
    struct lc_chi_square out = {LC_NAN, LC_NAN, 0, LC_NAN};
    double all = 0, all_won = 0, sum = 0, rate;
    size_t used = 0;

    for (size_t i = 0; i < levels; i++) {
        all += n[i];
        all_won += won[i];
        used += n[i] > 0;
    }
    out.df = used > 0 ? used - 1 : 0;
    if (!(all > 0))
        return out;
    rate = all_won / all;
    for (size_t i = 0; i < levels; i++) {
        const double expected = n[i] * rate, difference = won[i] - expected;

        if (!(n[i] > 0))
            continue;
        out.least_expected = fmin(out.least_expected, fmin(expected, n[i] - expected));
        sum += difference * difference / (expected * (1 - rate));
    }
    if (out.df == 0 || !(all_won > 0) || !(all_won < all))
        return out;
    out.statistic = sum;
    out.p = gsl_cdf_chisq_Q(sum, (double)out.df);
    return out;
}

struct lc_trend lc_trend(const double *won, const double *n, const double *score, size_t k)
{
    double all = 0, all_won = 0, centre = 0, sum = 0, spread = 0, rate;
    struct lc_trend out = {LC_NAN, LC_NAN, LC_NAN};

    for (size_t i = 0; i < k; i++) {
        all += n[i];
        all_won += won[i];
        centre += n[i] * score[i];
    }
    if (!(all_won > 0 && all_won < all))
        return out;
    rate = all_won / all;
    centre /= all;
    for (size_t i = 0; i < k; i++) {
        sum += (score[i] - centre) * (won[i] - n[i] * rate);
        spread += n[i] * (score[i] - centre) * (score[i] - centre);
    }
    if (!(spread > 0))
        return out;
    out.z = sum / sqrt(rate * (1 - rate) * spread);
    out.statistic = out.z * out.z;
    out.p = gsl_cdf_chisq_Q(out.statistic, 1);
    return out;
}

/* The hypergeometric law of the first cell x, margins fixed: row of `row`, column of `column`. */
struct margins {
    double row, column, all, low, high;
};

/* P(x + 1) / P(x) */
static double up_ratio(const struct margins *m, double x)
{
    return (m->row - x) * (m->column - x) / ((x + 1) * (m->all - m->row - m->column + x + 1));
}

/* Walks from the likeliest table to one end. Adds up the likelihoods, relative to the likeliest,
 * of all tables and of those no likelier than `limit`; with until set, stops there and returns
 * its likelihood. */
static double walk(const struct margins *m, double mode, int step, double until, double limit,
                   double *all, double *unlikely)
{
    double likelihood = 1;

    for (double x = mode; x != until;) {
        if ((step > 0 && x >= m->high) || (step < 0 && x <= m->low))
            break;
        likelihood *= step > 0 ? up_ratio(m, x) : 1 / up_ratio(m, x - 1);
        x += step;
        if (likelihood == 0)
            break;
        *all += likelihood;
        *unlikely += likelihood <= limit ? likelihood : 0;
    }
    return likelihood;
}

double lc_fisher(double a, double b, double c, double d)
{
    const struct margins m = {.row = a + b,
                              .column = a + c,
                              .all = a + b + c + d,
                              .low = fmax(0, a - d),
                              .high = fmin(a + b, a + c)};
    double mode = floor((m.row + 1) * (m.column + 1) / (m.all + 2));
    double all = 0, unlikely = 0, observed = 1, limit;

    mode = fmin(fmax(mode, m.low), m.high);
    if (a != mode)
        observed = walk(&m, mode, a > mode ? 1 : -1, a, 0, &all, &unlikely);
    limit = observed * (1 + NEARLY_AS_LIKELY);
    all = 1;
    unlikely = 1 <= limit ? 1 : 0;
    (void)walk(&m, mode, -1, LC_NAN, limit, &all, &unlikely);
    (void)walk(&m, mode, 1, LC_NAN, limit, &all, &unlikely);
    return fmin(1, unlikely / all);
}

/* Sinks index[at] in a heap of indexes whose largest p is on top. */
static void sink(const double *p, size_t *index, size_t at, size_t n)
{
    const size_t moved = index[at];

    for (size_t child = 2 * at + 1; child < n; child = 2 * at + 1) {
        if (child + 1 < n && p[index[child + 1]] > p[index[child]])
            child++;
        if (!(p[index[child]] > p[moved]))
            break;
        index[at] = index[child];
        at = child;
    }
    index[at] = moved;
}

double lc_binomial(double k, double n, double p)
{
    double below, above;

    if (!(n > 0))
        return LC_NAN;
    above = k > 0 ? lc_beta_below(p, k, n - k + 1) : 1;
    below = k < n ? 1 - lc_beta_below(p, k + 1, n - k) : 1;
    return fmin(2 * fmin(above, below), 1);
}

void lc_benjamini_hochberg(const double *p, size_t n, size_t *scratch, double *adjusted)
{
    size_t m = 0;
    double least = 1;

    for (size_t i = 0; i < n; i++) {
        if (isnan(p[i]))
            adjusted[i] = LC_NAN;
        else
            scratch[m++] = i;
    }
    for (size_t at = m / 2; at-- > 0;)
        sink(p, scratch, at, m);
    for (size_t rank = m; rank > 0;
         rank--) { /* the heap hands them out from the largest down */
        const size_t top = scratch[0];

        least = fmin(least, p[top] * (double)m / (double)rank);
        scratch[0] = scratch[rank - 1];
        sink(p, scratch, 0, rank - 1);
        adjusted[top] = least;
    }
}

double lc_woe(double won_i, double lost_i, double won, double lost)
{
    if (!(won_i > 0 && lost_i > 0 && won > 0 && lost > 0))
        return LC_NAN;
    return log((won_i / won) / (lost_i / lost));
}

double lc_woe_adjusted(double won_i, double lost_i, double won, double lost)
{
    return lc_woe(won_i + 0.5, lost_i + 0.5, won, lost);
}

double lc_iv_term(double won_i, double lost_i, double won, double lost, double woe)
{
    return (won_i / won - lost_i / lost) * woe;
}
