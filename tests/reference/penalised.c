/* penalised - the product's penalised fits of the design on standard input, for tests/reference/oracles.py.
 *
 *     penalised ALPHA LAMBDA...   elastic net, a line of coefficients for each lambda, which fall
 *     penalised firth             lines of coefficients, standard errors, chi-square and p of each, and
 *                                 the log-likelihood with and without the penalty
 *
 * Input: the number of columns; then for each row its outcome, 0 or 1, and its columns. */
#include <gsl/gsl_errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "leadcal/firth.h"
#include "leadcal/path.h"

#define MOST_ROWS    100000
#define MOST_COLUMNS ((size_t)64)

static int complain(const char *what)
{
    (void)fprintf(stderr, "penalised: %s\n", what);
    return 1;
}

static void print_line(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++)
        printf(i + 1 < n ? "%.17g " : "%.17g\n", x[i]);
}

/* Column by column; false: more than there is room for, or a row that ends early. */
static bool read_design(struct lc_arena *arena, const double **x, struct lc_logit_data *d)
{
    double *y = LC_NEW(arena, MOST_ROWS, double), *cell[MOST_COLUMNS];
    size_t k, n = 0;

    if (!y || scanf("%zu", &k) != 1 || k > MOST_COLUMNS)
        return false;
    for (size_t j = 0; j < k; j++) {
        cell[j] = LC_NEW(arena, MOST_ROWS, double);
        if (!cell[j])
            return false;
        x[j] = cell[j];
    }
    for (; n < MOST_ROWS && scanf("%lf", &y[n]) == 1; n++)
        for (size_t j = 0; j < k; j++)
            if (scanf("%lf", &cell[j][n]) != 1)
                return false;
    *d = (struct lc_logit_data){.n = n, .x = x, .n_numeric = k, .y = y};
    return n > 0;
}

static enum lc_rc print_path(const struct lc_logit_data *d, char **number, size_t n,
                             struct lc_arena *arena, struct lc_err *err)
{
    double *lambda = LC_NEW(arena, n, double);
    const struct lc_path_options o = {
        .alpha = strtod(number[0], NULL), .lambda = lambda, .n_lambda = n - 1};
    struct lc_path path;
    enum lc_rc rc;

    if (!lambda)
        return lc_fail_memory(err, "penalties");
    for (size_t i = 1; i < n; i++)
        lambda[i - 1] = strtod(number[i], NULL);
    rc = lc_path(d, &o, NULL, arena, &path, err);
    for (size_t i = 0; !rc && i < path.n; i++)
        print_line(path.b + i * path.k, path.k);
    return rc;
}

static enum lc_rc print_firth(const struct lc_logit_data *d, struct lc_arena *arena,
                              struct lc_err *err)
{
    double error[MOST_COLUMNS + 1], chi2[MOST_COLUMNS + 1], p[MOST_COLUMNS + 1];
    struct lc_firth_work *work;
    struct lc_firth f;
    enum lc_rc rc = lc_firth(d, NULL, arena, &work, &f, err);

    for (size_t j = 0; !rc && j < f.k; j++) {
        struct lc_firth_limits l;

        error[j] = sqrt(f.cov[j * f.k + j]);
        rc = lc_firth_profile(work, &f, j, &l, err);
        if (!rc) {
            chi2[j] = l.chi2;
            p[j] = l.p;
        }
    }
    if (rc)
        return rc;
    print_line(f.b, f.k);
    print_line(error, f.k);
    print_line(chi2, f.k);
    print_line(p, f.k);
    print_line((double[]){f.penalised, f.likelihood}, 2);
    return LC_OK;
}

int main(int argc, char **argv)
{
    const double *x[MOST_COLUMNS];
    struct lc_logit_data d;
    struct lc_arena arena;
    struct lc_err err;
    enum lc_rc rc;

    (void)gsl_set_error_handler_off();
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    if (argc < 2 || !read_design(&arena, x, &d))
        return complain("no design that can be read");
    rc = strcmp(argv[1], "firth") == 0
             ? print_firth(&d, &arena, &err)
             : print_path(&d, argv + 1, (size_t)argc - 1, &arena, &err);
    lc_arena_release(&arena);
    return rc ? complain(err.text) : 0;
}
