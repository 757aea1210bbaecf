/* A ready design looked at from anywhere, held coefficients, log-F priors, and the bend of the
 * determinant: all against dense sums in the units given. */
#include <gsl/gsl_errno.h>
#include <stdlib.h>
#include <string.h>

#include "made_design.h"

#define MOST_K 40

static const uint32_t five[] = {3, 4, 7, 2, 12};

/* Coefficients from nowhere in particular; those of numeric columns are small, as their numbers
 * are large. */
static void somewhere(const struct design *g, size_t k, double *b)
{
    for (size_t j = 0; j < k; j++)
        b[j] = 0.25 * sin(1.7 * (double)j + 0.4) / (j + g->d.n_numeric >= k ? 300 : 1);
}

static struct lc_logit_ready *prepare(struct design *g, struct lc_parallel *pool)
{
    struct lc_logit_ready *ready = NULL;

    assert_int_equal(lc_logit_prepare(&g->d, pool, &g->arena, &ready, &g->err), LC_OK);
    return ready;
}

/* Log-likelihood, gradient and information by dense sums. */
static double dense_look(struct design *g, size_t k, const double *b, double *gradient,
                         double *information)
{
    double *row = LC_NEW(&g->arena, k, double), sum = 0;
    size_t **at, same;

    assert_int_equal(lc_logit_layout(&g->d, &g->arena, &at, &same, &g->err), LC_OK);
    memset(gradient, 0, k * sizeof *gradient);
    memset(information, 0, k * k * sizeof *information);
    for (size_t i = 0; i < g->d.n; i++) {
        const double c = g->d.weight ? g->d.weight[i] : 1;
        double eta = g->d.offset ? g->d.offset[i] : 0, p;

        design_row(&g->d, at, k, i, row);
        for (size_t j = 0; j < k; j++)
            eta += row[j] * b[j];
        p = lc_logistic(eta);
        sum += g->d.y[i] * eta - c * lc_softplus(eta);
        for (size_t j = 0; j < k; j++) {
            gradient[j] += row[j] * (g->d.y[i] - c * p);
            for (size_t l = 0; l < k; l++)
                information[j * k + l] += row[j] * row[l] * c * p * (1 - p);
        }
    }
    return sum;
}

/* The inverse and the log-determinant of a symmetric positive matrix, by elimination. */
static double invert(size_t k, const double *a, double *inverse)
{
    double m[MOST_K][2 * MOST_K] = {{0}}, log_determinant = 0;

    for (size_t i = 0; i < k; i++) {
        memcpy(m[i], a + i * k, k * sizeof *a);
        m[i][k + i] = 1;
    }
    for (size_t j = 0; j < k; j++) {
        const double pivot = m[j][j];

        log_determinant += log(pivot);
        for (size_t l = 0; l < 2 * k; l++)
            m[j][l] /= pivot;
        for (size_t i = 0; i < k; i++) {
            const double f = i == j ? 0 : m[i][j];

            for (size_t l = 0; l < 2 * k && f != 0; l++)
                m[i][l] -= f * m[j][l];
        }
    }
    for (size_t i = 0; i < k; i++)
        memcpy(inverse + i * k, m[i] + k, k * sizeof *inverse);
    return log_determinant;
}

static void a_look_from_anywhere_is_what_dense_sums_say(void **state)
{
    static const size_t rows[] = {700, 2311, 40000}; /* not packed, a little, wholly */

    (void)state;
    for (size_t r = 0; r < 3; r++) {
        double b[MOST_K], got[MOST_K], want[MOST_K];
        double information[MOST_K * MOST_K], dense[MOST_K * MOST_K];
        struct lc_logit_ready *ready;
        struct design g;
        size_t **at, k;

        design_make(&g, rows[r], five, 5, 2);
        g.d.offset = g.offset;
        for (size_t i = 0; i < rows[r]; i++) {
            g.weight[i] = 1 + (double)(i * 29 % 7) / 2;
            g.y[i] *= g.weight[i];
        }
        g.d.weight = g.weight;
        assert_int_equal(lc_logit_layout(&g.d, &g.arena, &at, &k, &g.err), LC_OK);
        ready = prepare(&g, NULL);
        somewhere(&g, k, b);
        assert_close(lc_logit_look(ready, b, got, information),
                     dense_look(&g, k, b, want, dense), 1e-12);
        for (size_t j = 0; j < k; j++) {
            assert_close(got[j], want[j], 1e-9);
            for (size_t l = 0; l < k; l++)
                assert_close(information[j * k + l], dense[j * k + l], 1e-11);
        }
        lc_arena_release(&g.arena);
    }
}

/* At a fit the gradient is none and the information the inverse of the covariance; other weights
 * and wins in the same arrays are seen by the next look. */
static void a_look_at_a_fit_finds_it_and_new_wins_are_seen(void **state)
{
    double gradient[MOST_K], information[MOST_K * MOST_K], cov[MOST_K * MOST_K];
    double want[MOST_K], dense[MOST_K * MOST_K];
    struct lc_logit_ready *ready;
    struct lc_logit_fit f;
    struct design g;

    (void)state;
    design_make(&g, 3001, five, 5, 1);
    g.d.weight = g.weight;
    f = design_fit(&g, NULL, NULL);
    ready = prepare(&g, NULL);
    assert_close(lc_logit_look(ready, f.b, gradient, information), -f.deviance / 2, 1e-12);
    (void)invert(f.k, information, cov);
    for (size_t j = 0; j < f.k; j++) {
        assert_close(gradient[j], 0, 1e-6); /* sums of 3,001 leads with numbers of 60 */
        assert_close(cov[j * f.k + j], f.cov[j * f.k + j], 1e-9);
    }
    for (size_t i = 0; i < 3001; i++) {
        g.y[i] += 0.3 * (double)(i % 2);
        g.weight[i] = 1.7;
    }
    (void)lc_logit_look(ready, f.b, gradient, NULL);
    (void)dense_look(&g, f.k, f.b, want, dense);
    for (size_t j = 0; j < f.k; j++)
        assert_close(gradient[j], want[j], 1e-10);
    lc_arena_release(&g.arena);
}

/* Half the slope of log|X'WX + P| by differences; P is a small diagonal. */
static void the_bend_is_the_slope_of_the_log_determinant(void **state)
{
    static const size_t rows[] = {700, 12007};

    (void)state;
    for (size_t r = 0; r < 2; r++) {
        double b[MOST_K], half[MOST_K], gradient[MOST_K];
        double information[MOST_K * MOST_K], cov[MOST_K * MOST_K];
        struct lc_logit_ready *ready;
        struct design g;
        size_t **at, k;

        design_make(&g, rows[r], five, 4, 2);
        for (size_t i = 0; i < rows[r]; i++)
            g.weight[i] = 1 + (double)(i % 3);
        g.d.weight = g.weight;
        assert_int_equal(lc_logit_layout(&g.d, &g.arena, &at, &k, &g.err), LC_OK);
        ready = prepare(&g, NULL);
        somewhere(&g, k, b);
        (void)lc_logit_look(ready, b, gradient, information);
        for (size_t j = 1; j < k; j++)
            information[j * k + j] += 1.3;
        (void)invert(k, information, cov);
        lc_logit_bend(ready, cov, half);
        for (size_t m = 0; m < k; m++) {
            const double step = m + 2 >= k ? 1e-6 : 1e-4, at_b = b[m];
            double logs[2];

            for (int side = 0; side < 2; side++) {
                b[m] = at_b + (side ? step : -step);
                (void)lc_logit_look(ready, b, gradient, information);
                for (size_t j = 1; j < k; j++)
                    information[j * k + j] += 1.3;
                logs[side] = invert(k, information, cov);
            }
            b[m] = at_b;
            assert_close(half[m], (logs[1] - logs[0]) / step / 4, m + 2 >= k ? 1e-5 : 1e-7);
        }
        lc_arena_release(&g.arena);
    }
}

/* A pair of 1.3 million cells has no table; the rows use few of its levels. */
static void the_bend_of_columns_too_wide_for_a_table_is_that_of_narrow_ones(void **state)
{
    const uint32_t wide[] = {1100, 1200, 3};
    struct lc_logit_fit f, narrow;
    double *half, few[MOST_K], gradient[MOST_K], *long_gradient, *information;
    struct design g;

    (void)state;
    design_make(&g, 5000, wide, 3, 1);
    for (size_t j = 0; j < 2; j++)
        for (size_t i = 0; i < 5000; i++)
            lc_code_put((void *)(uintptr_t)g.column[j].code, g.column[j].width, i,
                        lc_code_at(&g.column[j], i) % (5 + (uint32_t)j));
    f = design_fit(&g, NULL, NULL);
    half = LC_NEW(&g.arena, f.k, double);
    long_gradient = LC_NEW(&g.arena, f.k, double);
    information = LC_NEW(&g.arena, f.k * f.k, double);
    struct lc_logit_ready *ready = prepare(&g, NULL);
    (void)lc_logit_look(ready, f.b, long_gradient, information);
    lc_logit_bend(ready, f.cov, half);
    for (size_t j = 0; j < 2; j++)
        g.column[j].n_levels = 5 + (uint32_t)j;
    narrow = design_fit(&g, NULL, NULL);
    ready = prepare(&g, NULL);
    (void)lc_logit_look(ready, narrow.b, gradient, information);
    lc_logit_bend(ready, narrow.cov, few);
    assert_close(half[0], few[0], 1e-9);
    for (size_t j = 0; j < 4; j++)
        assert_close(half[1 + j], few[1 + j], 1e-9);
    for (size_t j = 0; j < 5; j++) /* the second column's */
        assert_close(half[1100 + j], few[5 + j], 1e-9);
    assert_true(fabs(few[1]) > 0.01);
    lc_arena_release(&g.arena);
}

static void far_and_near_starts_find_the_same_optimum(void **state)
{
    double far[MOST_K];
    struct lc_logit_fit f, near, back;
    struct lc_logit_start start = {.b = far};
    struct lc_logit_ready *ready;
    struct design g;

    (void)state;
    design_make(&g, 2500, five, 5, 2);
    f = design_fit(&g, NULL, NULL);
    ready = prepare(&g, NULL);
    for (size_t j = 0; j < f.k; j++)
        far[j] = f.b[j] + 0.8 * cos(2.1 * (double)j) / (j + 2 >= f.k ? 200 : 1);
    assert_int_equal(lc_logit_from(ready, NULL, &start, &g.arena, &back, &g.err), LC_OK);
    start.b = f.b;
    assert_int_equal(lc_logit_from(ready, NULL, &start, &g.arena, &near, &g.err), LC_OK);
    assert_true(near.iterations <= 1);
    for (size_t j = 0; j < f.k; j++) {
        assert_close(back.b[j], f.b[j], 1e-10);
        assert_close(near.b[j], f.b[j], 1e-10);
        assert_close(near.cov[j * f.k + j], f.cov[j * f.k + j], 1e-10);
    }
    lc_arena_release(&g.arena);
}

/* Holding one level's coefficient is an offset for its leads; that of a numeric column too. */
static void a_held_coefficient_is_an_offset(void **state)
{
    double b[MOST_K] = {0};
    bool held[MOST_K] = {false};
    const struct lc_logit_start start = {.b = b, .held = held};
    struct lc_logit_fit f, other;
    struct design g;

    (void)state;
    design_make(&g, 2000, five, 3, 2);
    b[2] = 0.7123456789;
    held[2] = true; /* level 2 of column 0, whose reference is level 0 */
    b[13] = -0.0123;
    held[13] = true; /* the second numeric column */
    assert_int_equal(lc_logit_from(prepare(&g, NULL), NULL, &start, &g.arena, &f, &g.err),
                     LC_OK);
    assert_true(f.b[2] == b[2] && f.b[13] == b[13]);
    assert_true(!f.aliased[2] && f.cov[2 * f.k + 2] == 0);
    assert_close(f.effective_df, 12, 1e-12);
    for (size_t i = 0; i < 2000; i++) {
        g.offset[i] = -0.0123 * g.x[1][i];
        if (lc_code_at(&g.column[0], i) == 2) {
            g.offset[i] += b[2];
            lc_code_put((void *)(uintptr_t)g.column[0].code, 1, i, 0);
        }
    }
    g.d.offset = g.offset;
    g.d.n_numeric = 1;
    other = design_fit(&g, NULL, NULL);
    assert_true(other.aliased[2]); /* nobody has that level any more */
    assert_close(f.deviance, other.deviance, 1e-11);
    for (size_t j = 0; j < 13; j++)
        if (j != 2)
            assert_close(f.b[j], other.b[j], 1e-8);
    lc_arena_release(&g.arena);
}

/* log-F(m, m) is two rows of m/2 leads, won and not, that have the column alone and no intercept:
 * Newton on the dense augmented table, here, finds the same optimum and the same information. */
static void log_f_is_half_a_win_and_half_a_loss_without_intercept(void **state)
{
    double log_f[MOST_K], precision[MOST_K], b[MOST_K] = {0};
    const struct lc_logit_prior prior = {.precision = precision, .log_f = log_f};
    double gradient[MOST_K], h[MOST_K * MOST_K], cov[MOST_K * MOST_K], penalty = 0;
    struct lc_logit_fit f;
    struct design g;

    (void)state;
    design_make(&g, 260, five, 3, 1);
    g.d.reference = g.full;
    g.x[0][17] = 300; /* a scale far from 1 */
    for (size_t j = 0; j < MOST_K; j++) {
        log_f[j] = j == 0 ? 0 : j % 5 == 4 ? 1.3 : 2;
        precision[j] = j % 7 == 6 ? 0.9 : 0;
    }
    f = design_fit(&g, &prior, NULL);
    for (size_t step = 0; step < 60; step++) {
        (void)dense_look(&g, f.k, b, gradient, h);
        for (size_t j = 0; j < f.k; j++) {
            const double p = lc_logistic(b[j]); /* of the two rows: (m/2) (1 - p) - (m/2) p */

            gradient[j] += log_f[j] / 2 * (1 - p) - log_f[j] / 2 * p - precision[j] * b[j];
            h[j * f.k + j] += log_f[j] * p * (1 - p) + precision[j];
        }
        (void)invert(f.k, h, cov);
        for (size_t j = 0; j < f.k; j++)
            for (size_t l = 0; l < f.k; l++)
                b[j] += 0.7 * cov[j * f.k + l] * gradient[l]; /* short steps: no safeguard */
    }
    for (size_t j = 0; j < f.k; j++) {
        penalty += precision[j] * b[j] * b[j] + 2 * log_f[j] * log(cosh(b[j] / 2));
        assert_close(f.b[j], b[j], 1e-8);
        for (size_t l = 0; l < f.k; l++)
            assert_close(f.cov[j * f.k + l], cov[j * f.k + l], 1e-8);
    }
    assert_close(f.penalty, penalty, 1e-8);
    assert_close(f.deviance, -2 * dense_look(&g, f.k, b, gradient, h), 1e-9);
    assert_true(f.effective_df > 5 && f.effective_df < (double)f.k);
    lc_arena_release(&g.arena);
}

/* A level that is all won has a finite weight under log-F: with w wins, the intercept held, the
 * score w (1 - p) + (m/2) (1 - 2q) = 0 at q = p where the intercept is 0: (w + 1) / (w + 2). */
static void log_f_gives_a_separated_level_a_finite_weight(void **state)
{
    static uint8_t code[13];
    static double y[14], weight[14];
    const struct lc_column column = {
        .name = "partner", .width = 1, .code = code, .n_levels = 1, .missing = LC_NO_CODE};
    const struct lc_codes codes = {.n = 1, .k = 1, .column = &column};
    const double log_f[] = {0, 2}, offset[] = {0}, zero[] = {0, 0};
    const bool held[] = {true, false};
    const struct lc_logit_data d = {
        .n = 1, .codes = &codes, .y = y, .weight = weight, .offset = offset};
    const struct lc_logit_prior prior = {.log_f = log_f};
    const struct lc_logit_start start = {.b = zero, .held = held};
    struct lc_logit_ready *ready;
    struct lc_logit_fit f;
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    y[0] = 12.5; /* so that there are two classes when it is made ready */
    weight[0] = 13;
    assert_int_equal(lc_logit_prepare(&d, NULL, &arena, &ready, &err), LC_OK);
    y[0] = 13;
    assert_int_equal(lc_logit_from(ready, &prior, &start, &arena, &f, &err), LC_OK);
    assert_true(f.b[0] == 0);
    assert_close(f.b[1], log(14.0 / 1), 1e-10); /* q = 14/15 */
    lc_arena_release(&arena);
}

static void one_thread_and_seven_see_the_same_bits(void **state)
{
    double b[MOST_K], gradient[2][MOST_K], half[2][MOST_K];
    static double information[2][MOST_K * MOST_K];
    struct lc_parallel *pool = lc_parallel_new(7);
    struct lc_logit_fit f;
    struct design g;

    (void)state;
    assert_non_null(pool);
    design_make(&g, 200003, five, 5, 2);
    f = design_fit(&g, NULL, NULL);
    somewhere(&g, f.k, b);
    for (int threads = 0; threads < 2; threads++) {
        struct lc_logit_ready *ready = prepare(&g, threads ? pool : NULL);

        (void)lc_logit_look(ready, b, gradient[threads], information[threads]);
        lc_logit_bend(ready, f.cov, half[threads]);
    }
    assert_memory_equal(gradient[0], gradient[1], f.k * sizeof **gradient);
    assert_memory_equal(information[0], information[1], f.k * f.k * sizeof **information);
    assert_memory_equal(half[0], half[1], f.k * sizeof **half);
    lc_parallel_free(pool);
    lc_arena_release(&g.arena);
}

static void refusals_are_those_of_a_fit(void **state)
{
    struct lc_logit_ready *ready = NULL;
    enum lc_rc rc = LC_ENOMEM;
    struct design g;

    (void)state;
    design_make(&g, 40, five, 2, 2);
    g.d.offset = g.offset;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 64) {
        struct lc_logit_fit f;
        struct lc_arena arena;

        lc_arena_init(&arena, limit);
        rc = lc_logit_prepare(&g.d, NULL, &arena, &ready, &g.err);
        if (!rc)
            rc = lc_logit_from(ready, NULL, NULL, &arena, &f, &g.err);
        lc_arena_release(&arena);
    }
    assert_int_equal(rc, LC_OK);
    memset(g.y, 0, 40 * sizeof *g.y);
    assert_int_equal(lc_logit_prepare(&g.d, NULL, &g.arena, &ready, &g.err), LC_EDEGENERATE);
    assert_non_null(strstr(g.err.text, "none of 40 leads"));
    lc_arena_release(&g.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_look_from_anywhere_is_what_dense_sums_say),
        cmocka_unit_test(a_look_at_a_fit_finds_it_and_new_wins_are_seen),
        cmocka_unit_test(the_bend_is_the_slope_of_the_log_determinant),
        cmocka_unit_test(the_bend_of_columns_too_wide_for_a_table_is_that_of_narrow_ones),
        cmocka_unit_test(far_and_near_starts_find_the_same_optimum),
        cmocka_unit_test(a_held_coefficient_is_an_offset),
        cmocka_unit_test(log_f_is_half_a_win_and_half_a_loss_without_intercept),
        cmocka_unit_test(log_f_gives_a_separated_level_a_finite_weight),
        cmocka_unit_test(one_thread_and_seven_see_the_same_bits),
        cmocka_unit_test(refusals_are_those_of_a_fit),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
