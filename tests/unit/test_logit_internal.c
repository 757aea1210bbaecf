/* What packing, scaling and threads inside the logistic kernel must not change: laws that need no
 * reference, dense sums as judges, and every way to refuse. */
#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "made_design.h"

/* At a fit, by dense sums in the units given: the gradient of the penalised likelihood is zero,
 * the covariance is the inverse of the information, and the other figures are what they say. */
static void assert_optimum(struct design *g, const struct lc_logit_fit *f, const double *p,
                           const double *m)
{
    const size_t k = f->k;
    double *gradient = LC_NEW(&g->arena, k, double), *row = LC_NEW(&g->arena, k, double);
    double *h = LC_NEW(&g->arena, k * k, double), deviance = 0, df = 0, penalty = 0;
    size_t **at, same;

    assert_int_equal(lc_logit_layout(&g->d, &g->arena, &at, &same, &g->err), LC_OK);
    assert_int_equal(same, k);
    for (size_t i = 0; i < g->d.n; i++) {
        const double c = g->d.weight ? g->d.weight[i] : 1;
        double eta = g->d.offset ? g->d.offset[i] : 0, q;

        design_row(&g->d, at, k, i, row);
        for (size_t j = 0; j < k; j++)
            eta += row[j] * f->b[j];
        q = lc_logistic(eta);
        deviance += 2 * (c * lc_softplus(eta) - g->d.y[i] * eta);
        for (size_t j = 0; j < k; j++) {
            gradient[j] += row[j] * (g->d.y[i] - c * q);
            for (size_t l = 0; l < k && row[j] != 0; l++)
                h[j * k + l] += row[j] * row[l] * c * q * (1 - q);
        }
    }
    for (size_t j = 0; j < k; j++)
        for (size_t l = 0; l < k; l++)
            df += f->cov[j * k + l] * h[l * k + j];
    for (size_t j = 0; j < k; j++)
        for (size_t l = 0; l < k && p; l++) {
            const double away = f->b[l] - (m ? m[l] : 0);

            gradient[j] -= p[j * k + l] * away;
            penalty += (f->b[j] - (m ? m[j] : 0)) * p[j * k + l] * away;
            h[j * k + l] += p[j * k + l];
        }
    assert_close(f->deviance, deviance, 1e-11);
    assert_close(f->penalty, penalty, 1e-9);
    assert_close(f->effective_df, df, 1e-7);
    for (size_t j = 0; j < k; j++) {
        assert_close(gradient[j] / (double)g->d.n / (j + g->d.n_numeric >= k ? 1000 : 1), 0,
                     1e-11);
        for (size_t l = 0; l < k; l++) {
            double sum = 0;

            for (size_t r = 0; r < k;
                 r++) /* information times covariance, scaled to the diagonal */
                sum += h[j * k + r] * f->cov[r * k + l];
            sum *= sqrt(f->cov[j * k + j] / f->cov[l * k + l]);
            assert_close(sum, j == l, 1e-7);
        }
    }
}

static const uint32_t five[] = {3, 4, 7, 2, 12};

static void the_fit_is_where_the_dense_gradient_vanishes(void **state)
{
    static const size_t rows[] = {900, 2311, 40000}; /* not packed, a little, wholly */

    (void)state;
    for (size_t r = 0; r < 3; r++) {
        struct lc_logit_fit f;
        struct design g;

        design_make(&g, rows[r], five, 5, 2);
        f = design_fit(&g, NULL, NULL);
        assert_int_equal(f.k, 1 + 2 + 3 + 6 + 1 + 11 + 2);
        assert_optimum(&g, &f, NULL, NULL);
        lc_arena_release(&g.arena);
    }
}

static void weights_and_offsets_are_part_of_the_optimum(void **state)
{
    struct lc_logit_fit f;
    struct design g;

    (void)state;
    design_make(&g, 3001, five, 5, 1);
    for (size_t i = 0; i < g.d.n; i++) {
        g.weight[i] = 1 + (double)(i * 29 % 7) / 2;
        g.y[i] *= g.weight[i] * (double)(i % 3 + 1) / 3;
    }
    g.d.weight = g.weight;
    g.d.offset = g.offset;
    f = design_fit(&g, NULL, NULL);
    assert_optimum(&g, &f, NULL, NULL);
    lc_arena_release(&g.arena);
}

static void one_column_or_none_is_a_design_too(void **state)
{
    struct lc_logit_fit f;
    struct design g;

    (void)state;
    design_make(&g, 700, five, 1, 0);
    f = design_fit(&g, NULL, NULL);
    assert_optimum(&g, &f, NULL, NULL);
    g.codes.k = 0;
    f = design_fit(&g, NULL, NULL);
    assert_int_equal(f.k, 1);
    assert_optimum(&g, &f, NULL, NULL);
    assert_close(f.deviance, f.null_deviance, 1e-13);
    lc_arena_release(&g.arena);
}

/* The null deviance is that of the intercept alone, offset kept. */
static void the_null_deviance_is_a_fit_of_its_own(void **state)
{
    struct lc_logit_fit f, null;
    struct design g;

    (void)state;
    design_make(&g, 1500, five, 3, 1);
    g.d.offset = g.offset;
    f = design_fit(&g, NULL, NULL);
    g.codes.k = 0;
    g.d.n_numeric = 0;
    null = design_fit(&g, NULL, NULL);
    assert_close(f.null_deviance, null.deviance, 1e-12);
    assert_optimum(&g, &null, NULL, NULL);
    lc_arena_release(&g.arena);
}

static void any_gaussian_prior_is_part_of_the_optimum(void **state)
{
    struct design g;
    size_t **at, k;

    (void)state;
    design_make(&g, 900, five, 4, 2);
    assert_int_equal(lc_logit_layout(&g.d, &g.arena, &at, &k, &g.err), LC_OK);
    for (int full = 0; full < 2; full++)
        for (int intercept = 0; intercept < 2; intercept++) {
            double *p = LC_NEW(&g.arena, k * k, double), *m = LC_NEW(&g.arena, k, double);
            double *diag = LC_NEW(&g.arena, k, double);
            struct lc_logit_prior prior = {.mean = m};
            struct lc_logit_fit f;

            for (size_t j = 0; j < k; j++) {
                m[j] = 0.1 * ((double)j - 4);
                diag[j] = j || intercept ? 1.7 + (double)j : 0;
                p[j * k + j] = diag[j];
            }
            for (size_t j = 2; j < k && full; j++)
                p[j * k + 1] = p[k + j] = 0.3;
            prior.precision = full ? NULL : diag;
            prior.full = full ? p : NULL;
            f = design_fit(&g, &prior, NULL);
            assert_optimum(&g, &f, p, m);
        }
    lc_arena_release(&g.arena);
}

static void columns_too_wide_for_a_table_are_right_all_the_same(void **state)
{
    const uint32_t wide[] = {1100, 1200, 3}; /* a pair of 1.3 million cells */
    struct lc_logit_fit f, narrow;
    struct design g;

    (void)state;
    design_make(&g, 5000, wide, 3, 1);
    for (size_t j = 0; j < 2; j++) /* the rows use a few of the levels; the others are empty */
        for (size_t i = 0; i < 5000; i++)
            lc_code_put((void *)(uintptr_t)g.column[j].code, g.column[j].width, i,
                        lc_code_at(&g.column[j], i) % (5 + (uint32_t)j));
    f = design_fit(&g, NULL, NULL);
    for (size_t j = 0; j < 2; j++)
        g.column[j].n_levels = 5 + (uint32_t)j;
    narrow = design_fit(&g, NULL, NULL);
    assert_optimum(&g, &narrow, NULL, NULL);
    assert_int_equal(f.k, 1 + 1099 + 1199 + 2 + 1);
    assert_close(f.deviance, narrow.deviance, 1e-12);
    assert_close(f.effective_df, narrow.effective_df, 1e-9);
    for (size_t j = 0; j < 4; j++) {
        assert_close(f.b[1 + j], narrow.b[1 + j], 1e-10);
        assert_close(f.cov[(1 + j) * f.k + 1 + j], narrow.cov[(1 + j) * narrow.k + 1 + j],
                     1e-10);
    }
    for (size_t j = 0; j < 5; j++) /* the second column's */
        assert_close(f.b[1100 + j], narrow.b[5 + j], 1e-10);
    assert_true(f.aliased[50] && f.b[50] == 0 && f.cov[50 * f.k + 50] == 0);
    lc_arena_release(&g.arena);
}

static void one_thread_and_seven_give_the_same_bits(void **state)
{
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_logit_fit one, seven;
    double precision[64];
    struct lc_logit_prior prior = {.precision = precision};
    struct design g;

    (void)state;
    assert_non_null(pool);
    for (size_t j = 0; j < 64; j++)
        precision[j] = j ? 2.1 : 0;
    design_make(&g, 200003, five, 5, 2);
    for (int penalised = 0; penalised < 2; penalised++) {
        one = design_fit(&g, penalised ? &prior : NULL, NULL);
        seven = design_fit(&g, penalised ? &prior : NULL, pool);
        assert_memory_equal(one.b, seven.b, one.k * sizeof *one.b);
        assert_memory_equal(one.cov, seven.cov, one.k * one.k * sizeof *one.cov);
        assert_memory_equal(&one.deviance, &seven.deviance, sizeof one.deviance);
        assert_int_equal(one.iterations, seven.iterations);
    }
    lc_parallel_free(pool);
    lc_arena_release(&g.arena);
}

static void assert_same_fit(const struct lc_logit_fit *a, const struct lc_logit_fit *b)
{
    assert_int_equal(a->k, b->k);
    for (size_t j = 0; j < a->k; j++) {
        assert_close(a->b[j], b->b[j], 1e-10);
        for (size_t l = 0; l < a->k; l++)
            assert_close(a->cov[j * a->k + l], b->cov[j * a->k + l], 1e-10);
    }
    assert_close(a->deviance, b->deviance, 1e-12);
    assert_close(a->null_deviance, b->null_deviance, 1e-12);
}

/* Row i of one design becomes row i of another. */
static void copy_row(struct design *to, size_t i, const struct design *from, size_t r)
{
    for (size_t j = 0; j < from->codes.k; j++)
        lc_code_put((void *)(uintptr_t)to->column[j].code, to->column[j].width, i,
                    lc_code_at(&from->column[j], r));
    for (size_t j = 0; j < from->d.n_numeric; j++)
        to->x[j][i] = from->x[j][r];
    to->y[i] = from->y[r];
}

static void the_order_of_rows_does_not_matter(void **state)
{
    struct lc_logit_fit a, b;
    struct design g, moved;

    (void)state;
    design_make(&g, 1999, five, 5, 2);
    design_make(&moved, 1999, five, 5, 2);
    for (size_t i = 0; i < 1999; i++)
        copy_row(&moved, i, &g, i * 1009 % 1999);
    a = design_fit(&g, NULL, NULL);
    b = design_fit(&moved, NULL, NULL);
    assert_same_fit(&a, &b);
    lc_arena_release(&g.arena);
    lc_arena_release(&moved.arena);
}

static void a_weight_of_two_is_a_row_given_twice(void **state)
{
    struct lc_logit_fit a, b;
    struct design g, twice;

    (void)state;
    design_make(&g, 1000, five, 5, 1);
    design_make(&twice, 1300, five, 5, 1);
    for (size_t i = 0; i < 1300; i++)
        copy_row(&twice, i, &g, i % 1000);
    for (size_t i = 0; i < 300; i++) {
        g.weight[i] = 2;
        g.y[i] *= 2;
    }
    g.d.weight = g.weight;
    a = design_fit(&g, NULL, NULL);
    b = design_fit(&twice, NULL, NULL);
    assert_same_fit(&a, &b);
    lc_arena_release(&g.arena);
    lc_arena_release(&twice.arena);
}

static void patterns_with_counts_give_what_rows_give(void **state)
{
    const uint32_t levels[] = {3, 4, 7};
    struct lc_logit_fit a, b;
    struct design g, grouped;
    size_t n = 0, slot[84];

    (void)state;
    design_make(&g, 5000, levels, 3, 0);
    design_make(&grouped, 84, levels, 3, 0);
    memset(slot, 0xff, sizeof slot);
    for (size_t i = 0; i < 5000; i++) {
        const size_t key = lc_code_at(&g.column[0], i) + 3 * lc_code_at(&g.column[1], i) +
                           12 * lc_code_at(&g.column[2], i);

        if (slot[key] == (size_t)-1) {
            slot[key] = n++;
            copy_row(&grouped, slot[key], &g, i);
            grouped.y[slot[key]] = grouped.weight[slot[key]] = 0;
        }
        grouped.y[slot[key]] += g.y[i];
        grouped.weight[slot[key]]++;
    }
    grouped.d.n = grouped.codes.n = n;
    grouped.d.weight = grouped.weight;
    a = design_fit(&g, NULL, NULL);
    b = design_fit(&grouped, NULL, NULL);
    assert_same_fit(&a, &b);
    lc_arena_release(&g.arena);
    lc_arena_release(&grouped.arena);
}

static void swapping_won_and_lost_flips_every_sign(void **state)
{
    struct lc_logit_fit a, b;
    struct design g;

    (void)state;
    design_make(&g, 1500, five, 5, 2);
    a = design_fit(&g, NULL, NULL);
    for (size_t i = 0; i < 1500; i++)
        g.y[i] = 1 - g.y[i];
    b = design_fit(&g, NULL, NULL);
    for (size_t j = 0; j < a.k; j++)
        assert_close(a.b[j], -b.b[j], 1e-10);
    lc_arena_release(&g.arena);
}

/* With the same prior on every level of a column, moving all its levels against the intercept
 * costs nothing but penalty, so that they add up to 0 and no reference matters. */
static void an_even_prior_on_all_levels_needs_no_reference(void **state)
{
    double precision[64];
    struct lc_logit_prior prior = {.precision = precision};
    struct lc_logit_fit f;
    struct design g;
    size_t at = 1;

    (void)state;
    for (size_t j = 0; j < 64; j++)
        precision[j] = j ? 1 / 0.49 : 0;
    design_make(&g, 20000, five, 5, 0);
    g.d.reference = g.full;
    f = design_fit(&g, &prior, NULL);
    assert_int_equal(f.k, 29);
    for (size_t j = 0; j < 5; j++) {
        double sum = 0;

        for (size_t v = 0; v < five[j]; v++)
            sum += f.b[at++];
        assert_close(sum, 0, 1e-9);
    }
    assert_true(f.effective_df > 15 && f.effective_df < 24);
    lc_arena_release(&g.arena);
}

static void full_coding_without_a_prior_drops_the_last_levels(void **state)
{
    struct lc_logit_fit full, reference;
    struct design g;

    (void)state;
    design_make(&g, 3000, five, 2, 0);
    for (size_t j = 0; j < 2; j++)
        g.reference[j] = five[j] - 1;
    reference = design_fit(&g, NULL, NULL);
    g.d.reference = g.full;
    full = design_fit(&g, NULL, NULL);
    assert_true(full.aliased[3] && full.aliased[7] && !full.aliased[2] && !full.aliased[6]);
    assert_close(full.b[4], reference.b[3], 1e-10);
    assert_close(full.deviance, reference.deviance, 1e-12);
    assert_close(full.effective_df, 6, 1e-12);
    lc_arena_release(&g.arena);
}

static void repeated_and_constant_columns_are_dropped_as_in_r(void **state)
{
    struct lc_logit_fit plain, f;
    struct design g;

    (void)state;
    design_make(&g, 800, five, 2, 2);
    g.d.n_numeric = 1;
    plain = design_fit(&g, NULL, NULL);
    for (int constant = 0; constant < 2; constant++) {
        g.d.n_numeric = 2;
        for (size_t i = 0; i < 800; i++)
            g.x[1][i] = constant ? 0.1 : 3 - 2 * g.x[0][i];
        f = design_fit(&g, NULL, NULL);
        assert_true(f.aliased[7] && f.b[7] == 0 && f.cov[7 * 8 + 7] == 0);
        assert_close(f.b[6], plain.b[6], 1e-9);
        assert_close(f.b[0], plain.b[0], 1e-9);
        assert_close(f.deviance, plain.deviance, 1e-12);
    }
    g.d.n_numeric = 1;
    g.column[1] = g.column[0]; /* the same attribute twice */
    g.reference[1] = g.reference[0];
    f = design_fit(&g, NULL, NULL);
    assert_true(f.aliased[3] && f.aliased[4] && !f.aliased[1] && !f.aliased[5]);
    lc_arena_release(&g.arena);
}

static void a_strong_prior_wins(void **state)
{
    double precision[8], mean[8];
    struct lc_logit_prior prior = {.precision = precision, .mean = mean};
    struct lc_logit_fit f;
    struct design g;

    (void)state;
    for (size_t j = 0; j < 8; j++) {
        precision[j] = 1e12;
        mean[j] = 0.01 * (double)j;
    }
    design_make(&g, 600, five, 2, 2);
    f = design_fit(&g, &prior, NULL);
    for (size_t j = 0; j < 8; j++)
        assert_close(f.b[j], mean[j], 1e-6);
    lc_arena_release(&g.arena);
}

/* Two leads of one level at a base rate under 1 %: the first step throws it far past its optimum,
 * where its weights vanish; a whole Newton step from there would not come back. */
static void a_rare_level_that_is_overshot_comes_back(void **state)
{
    static uint8_t code[5003];
    static double y[5003];
    const uint32_t reference = 0;
    const struct lc_column column = {
        .name = "rare", .width = 1, .code = code, .n_levels = 3, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = 5003, .k = 1, .column = &column};
    const struct lc_logit_data d = {
        .n = 5003, .codes = &codes, .reference = &reference, .y = y};
    struct lc_logit_fit f;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < 5000; i++) {
        code[i] = i % 2;
        y[i] = i < 9;
    }
    code[5000] = code[5001] = code[5002] = 2;
    y[5000] = y[5001] = 1;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_logit(&d, NULL, NULL, &arena, &f, &err), LC_OK);
    assert_close(f.b[0], log(5.0 / 2495), 1e-10);
    assert_close(f.b[0] + f.b[2], log(2), 1e-10);
    lc_arena_release(&arena);
}

/* ---- refusals ---- */

static void assert_refused(struct design *g, enum lc_rc want, const char *text)
{
    struct lc_logit_fit f = {.k = 77, .deviance = 2.385};

    assert_int_equal(lc_logit(&g->d, NULL, NULL, &g->arena, &f, &g->err), want);
    if (!strstr(g->err.text, text))
        print_error("%s\n", g->err.text);
    assert_non_null(strstr(g->err.text, text));
    assert_true(f.k == 77 && f.deviance == 2.385); /* outputs untouched */
}

static void one_class_or_no_lead_is_refused(void **state)
{
    struct design g;

    (void)state;
    design_make(&g, 50, five, 2, 1);
    memset(g.y, 0, 50 * sizeof *g.y);
    assert_refused(&g, LC_EDEGENERATE, "none of 50 leads");
    for (size_t i = 0; i < 50; i++)
        g.y[i] = 1;
    assert_refused(&g, LC_EDEGENERATE, "all of 50 leads");
    g.d.n = g.codes.n = 0;
    assert_refused(&g, LC_EDEGENERATE, "no lead");
    lc_arena_release(&g.arena);
}

static void separation_by_a_number_is_reported_and_the_prior_cures_it(void **state)
{
    double precision[8] = {0, 1, 1, 1, 1, 1, 1, 1};
    const struct lc_logit_prior prior = {.precision = precision};
    struct lc_logit_fit f;
    struct design g;

    (void)state;
    design_make(&g, 300, five, 2, 1);
    for (size_t i = 0; i < 300; i++)
        g.y[i] = g.x[0][i] > 53.1;
    assert_refused(&g, LC_EDEGENERATE, "separation");
    f = design_fit(&g, &prior, NULL);
    assert_true(f.b[6] > 0 && isfinite(f.b[6]));
    lc_arena_release(&g.arena);
}

static void separation_by_two_columns_together_is_reported(void **state)
{
    const uint32_t two[] = {2, 2};
    struct design g;

    (void)state;
    design_make(&g, 400, two, 2, 0);
    for (size_t i = 0; i < 400; i++) { /* no level alone has one outcome; 1, 1 with 0, 0 have */
        const uint32_t a = lc_code_at(&g.column[0], i), b = lc_code_at(&g.column[1], i);

        g.y[i] = a == b ? a : i % 3 == 0;
    }
    assert_refused(&g, LC_EDEGENERATE, "separation");
    assert_non_null(strstr(g.err.text, "'made up'"));
    lc_arena_release(&g.arena);
}

static void too_many_coefficients_are_refused(void **state)
{
    const uint32_t wide[] = {16384, 2};
    struct design g;

    (void)state;
    design_make(&g, 100, wide, 2, 0);
    assert_refused(&g, LC_EDEGENERATE, "16385 coefficients");
    lc_arena_release(&g.arena);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    double precision[16] = {2, 2, 2, 2, 2, 2, 2, 2, 2, 2};
    const struct lc_logit_prior prior = {.precision = precision};
    enum lc_rc rc = LC_ENOMEM;
    struct design g;
    size_t refused = 0;

    (void)state;
    design_make(&g, 40, five, 2, 2);
    g.d.offset = g.offset;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16) {
        struct lc_logit_fit f;
        struct lc_arena arena;

        lc_arena_init(&arena, limit);
        rc = lc_logit(&g.d, &prior, NULL, &arena, &f, &g.err);
        lc_arena_release(&arena);
        refused += rc == LC_ENOMEM;
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 100);
    rc = LC_ENOMEM;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16) {
        struct lc_arena arena;
        size_t **at, k;

        lc_arena_init(&arena, limit);
        rc = lc_logit_layout(&g.d, &arena, &at, &k, &g.err);
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
    lc_arena_release(&g.arena);
}

static void chances_of_any_log_odds_are_finite(void **state)
{
    (void)state;
    assert_close(lc_logistic(0), 0.5, 0);
    assert_close(lc_logistic(2.385) + lc_logistic(-2.385), 1, 1e-15);
    assert_true(lc_logistic(1e4) == 1 && lc_logistic(-1e4) == 0 && lc_logistic(-700) > 0);
    assert_close(lc_softplus(2.385), log1p(exp(2.385)), 1e-15);
    assert_true(lc_softplus(1e4) == 1e4 && lc_softplus(-1e4) == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_fit_is_where_the_dense_gradient_vanishes),
        cmocka_unit_test(weights_and_offsets_are_part_of_the_optimum),
        cmocka_unit_test(one_column_or_none_is_a_design_too),
        cmocka_unit_test(the_null_deviance_is_a_fit_of_its_own),
        cmocka_unit_test(any_gaussian_prior_is_part_of_the_optimum),
        cmocka_unit_test(columns_too_wide_for_a_table_are_right_all_the_same),
        cmocka_unit_test(one_thread_and_seven_give_the_same_bits),
        cmocka_unit_test(the_order_of_rows_does_not_matter),
        cmocka_unit_test(a_weight_of_two_is_a_row_given_twice),
        cmocka_unit_test(patterns_with_counts_give_what_rows_give),
        cmocka_unit_test(swapping_won_and_lost_flips_every_sign),
        cmocka_unit_test(an_even_prior_on_all_levels_needs_no_reference),
        cmocka_unit_test(full_coding_without_a_prior_drops_the_last_levels),
        cmocka_unit_test(repeated_and_constant_columns_are_dropped_as_in_r),
        cmocka_unit_test(a_strong_prior_wins),
        cmocka_unit_test(a_rare_level_that_is_overshot_comes_back),
        cmocka_unit_test(one_class_or_no_lead_is_refused),
        cmocka_unit_test(separation_by_a_number_is_reported_and_the_prior_cures_it),
        cmocka_unit_test(separation_by_two_columns_together_is_reported),
        cmocka_unit_test(too_many_coefficients_are_refused),
        cmocka_unit_test(every_way_to_run_out_of_memory_is_survived),
        cmocka_unit_test(chances_of_any_log_odds_are_finite),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
