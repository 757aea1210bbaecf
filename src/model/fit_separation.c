#include "fit_internal.h"

#include <string.h>

/* One look over one attribute: marks levels that became all won or none won. */
static size_t mark_levels(const struct lc_fit_work *w, const struct lc_column *codes,
                          size_t n_levels, double *n, double *won, signed char *sign)
{
    size_t found = 0;

    memset(n, 0, n_levels * sizeof *n);
    memset(won, 0, n_levels * sizeof *won);
    for (size_t i = 0; i < w->n; i++)
        if (w->keep[i]) {
            const uint32_t v = lc_code_at(codes, i);

            n[v] += 1;
            won[v] += w->y[i];
        }
    for (size_t v = 0; v < n_levels; v++)
        if (n[v] > 0 && !sign[v] && (won[v] == 0 || won[v] == n[v])) {
            sign[v] = won[v] == 0 ? -1 : 1;
            found++;
        }
    return found;
}

static void take_out(const struct lc_fit_work *w, const struct lc_column *codes,
                     const signed char *sign)
{
    for (size_t i = 0; i < w->n; i++)
        if (w->keep[i] && sign[lc_code_at(codes, i)])
            w->keep[i] = 0;
}

static enum lc_rc count_left(const struct lc_fit_work *w, size_t *left, struct lc_err *err)
{
    size_t n = 0, won = 0;

    for (size_t i = 0; i < w->n; i++)
        if (w->keep[i]) {
            n++;
            won += w->y[i];
        }
    if (won == 0 || won == n)
        return lc_fail(
            err, LC_EDEGENERATE,
            "single levels tell every win from every loss, so maximum likelihood has no "
            "answer; leave out the column that knows the outcome, or use the default "
            "--penalty gauss");
    *left = n;
    return LC_OK;
}

enum lc_rc lc_fit_separate(const struct lc_fit_work *w, struct lc_arena *arena,
                           struct lc_fit *fit, size_t *left, struct lc_err *err)
{
    signed char **sign = LC_NEW(arena, fit->k_attributes + 1, signed char *);
    double *n, *won;
    size_t most = 1;
    bool again = true;

    if (!sign)
        return lc_fail_memory(err, "the separation check");
    for (size_t j = 0; j < fit->k_attributes; j++) {
        const size_t n_levels = fit->attribute[j].n_levels;

        sign[j] = LC_NEW(arena, n_levels + 1, signed char);
        if (!sign[j])
            return lc_fail_memory(err, "the separation check");
        most = n_levels > most ? n_levels : most;
    }
    n = LC_NEW(arena, most, double);
    won = LC_NEW(arena, most, double);
    if (!n || !won)
        return lc_fail_memory(err, "the separation check");
    while (again) {
        again = false;
        for (size_t j = 0; j < fit->k_attributes; j++)
            if (mark_levels(w, &w->codes[j], fit->attribute[j].n_levels, n, won, sign[j])) {
                take_out(w, &w->codes[j], sign[j]);
                again = true;
            }
    }
    fit->separated = (const signed char *const *)sign;
    return count_left(w, left, err);
}
