#include <math.h>
#include <string.h>

#include "logit_internal.h"

/* What is left of a column after those before it are taken out, as a share of it. Below the first
 * a column is a combination of others (rounding alone leaves about k * 2e-16); below the second,
 * with a prior of its own, it is rounding. */
#define ALIASED 1e-11
#define NOISE   1e-14

/* Takes row j of the factor out of the rows below it. */
static void take_out(double *a, size_t k, size_t j)
{
    const double *row = a + j * k;

    for (size_t i = j + 1; i < k; i++) {
        const double l = row[i];
        double *to = a + i * k;

        if (l == 0)
            continue;
        for (size_t m = i; m < k; m++)
            to[m] -= l * row[m];
    }
}

/* The diagonal is needed as it was, so it is kept below it, in the unused triangle. */
static void keep_diagonal(double *a, size_t k)
{
    for (size_t j = 0; j < k; j++)
        if (!(a[j * k + j] > 0))
            a[j * k + j] = 0;
    for (size_t j = 1; j < k; j++)
        a[j * k] = a[j * k + j];
}

size_t lc_logit_factor(double *a, size_t k, const double *prior, bool may_drop, bool *drop)
{
    keep_diagonal(a, k);
    for (size_t j = 0; j < k; j++) {
        const double whole = j ? a[j * k] : a[0];
        const double least = (prior && prior[j] > 0 ? NOISE : ALIASED) * whole;
        double *row = a + j * k;

        if (!drop[j] && !(row[j] > least)) {
            if (!may_drop)
                return j;
            drop[j] = true;
        }
        if (drop[j])
            continue;
        row[j] = sqrt(row[j]);
        for (size_t m = j + 1; m < k; m++)
            row[m] = drop[m] ? 0 : row[m] / row[j];
        take_out(a, k, j);
    }
    return k;
}

void lc_logit_solve(const double *u, size_t k, const bool *drop, double *x)
{
    for (size_t j = 0; j < k; j++) { /* U' y = x */
        if (drop[j])
            x[j] = 0;
        else
            x[j] /= u[j * k + j];
        for (size_t m = j + 1; m < k && x[j] != 0; m++)
            x[m] -= u[j * k + m] * x[j];
    }
    for (size_t j = k; j-- > 0;) { /* U x = y */
        if (drop[j])
            continue;
        for (size_t m = j + 1; m < k; m++)
            x[j] -= drop[m] ? 0 : u[j * k + m] * x[m];
        x[j] /= u[j * k + j];
    }
}

/* W = U'^-1, lower triangular: each row from those above it. */
static void invert_factor(const double *u, size_t k, const bool *drop, double *w)
{
    memset(w, 0, k * k * sizeof *w);
    for (size_t m = 0; m < k; m++) {
        double *row = w + m * k;

        if (drop[m])
            continue;
        row[m] = 1;
        for (size_t j = 0; j < m; j++) {
            const double l = drop[j] ? 0 : u[j * k + m];
            const double *above = w + j * k;

            for (size_t i = 0; i <= j && l != 0; i++)
                row[i] -= l * above[i];
        }
        for (size_t i = 0; i <= m; i++)
            row[i] /= u[m * k + m];
    }
}

void lc_logit_invert(const double *u, size_t k, const bool *drop, double *scratch, double *cov)
{
    invert_factor(u, k, drop, scratch);
    memset(cov, 0, k * k * sizeof *cov);
    for (size_t m = 0; m < k; m++) { /* W'W, a row of W at a time */
        const double *row = scratch + m * k;

        for (size_t i = 0; i <= m; i++)
            for (size_t j = i; j <= m && row[i] != 0; j++)
                cov[i * k + j] += row[i] * row[j];
    }
    for (size_t i = 0; i < k; i++)
        for (size_t j = i + 1; j < k; j++)
            cov[j * k + i] = cov[i * k + j];
}
