#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>

#include "leadcal/calibration.h"
#include "leadcal/logit.h"
#include "leadcal/random.h"
#include "public_data.h"

static struct lc_arena arena;

static int set_up(void **state)
{
    (void)state;
    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    lc_arena_release(&arena);
    return 0;
}

/* UCLA admissions: probabilities by typed coefficients of admit ~ gre + gpa + factor(rank). */
static double *admit(const struct lc_table *t, const double b[6])
{
    const double *gre = public_numbers(&arena, t, "gre"),
                 *gpa = public_numbers(&arena, t, "gpa");
    const double *rank = public_numbers(&arena, t, "rank");
    double *p = LC_NEW(&arena, t->n, double);

    for (size_t i = 0; i < t->n; i++) {
        const double of_rank[] = {0, b[3], b[4], b[5]};

        p[i] = lc_logistic(b[0] + b[1] * gre[i] + b[2] * gpa[i] + of_rank[(int)rank[i] - 1]);
    }
    return p;
}

/* R 4.2.2 glm and rms val.prob on the 400 rows themselves. */
static void in_sample_brier_and_log_loss_agree_with_r(void **state)
{
    static const double b[] = {-3.98997907333,  0.00226442578618, 0.804037549280,
                               -0.675442927917, -1.34020385674,   -1.55146370684};
    const char *path = public_path(&arena, __func__, "ucla-admissions/binary.csv");
    struct lc_calibration c;
    struct lc_table t;
    struct lc_err err;
    const double *p;
    uint8_t *y;

    (void)state;
    if (!path)
        skip();
    t = public_table(&arena, path);
    y = public_is(&arena, &t, "admit", "1");
    p = admit(&t, b);
    assert_close(lc_brier(p, y, t.n), 0.19471396415240608, 1e-9);
    assert_close(lc_log_loss(p, y, t.n), 0.573146865594809, 1e-9);
    assert_int_equal(lc_calibration(p, y, t.n, &arena, &c, &err), LC_OK);
    assert_close(c.slope, 1, 1e-6);
    assert_close(c.intercept, 0, 1e-6);
    assert_close(c.slope_se, 0.16634433946342342, 1e-6);
    assert_close(c.intercept_se, 0.1615565263300345, 1e-6);
    assert_close(c.in_the_large, 0, 1e-6);
    assert_close(c.in_the_large_se, 0.11335550786073077, 1e-6);
}

/* R rms val.prob: fitted on rows 1-200, tested on 201-400. */
static void out_of_sample_calibration_agrees_with_rms(void **state)
{
    static const double b[] = {-3.79022097, 0.00348340086, 0.53400710873,
                               -0.70719367, -1.80365463,   -1.95951407};
    const char *path = public_path(&arena, __func__, "ucla-admissions/binary.csv");
    struct lc_calibration c;
    struct lc_table t;
    struct lc_err err;
    const double *p;
    uint8_t *y;

    (void)state;
    if (!path)
        skip();
    t = public_table(&arena, path);
    y = public_is(&arena, &t, "admit", "1") + 200;
    p = admit(&t, b) + 200;
    assert_close(lc_brier(p, y, 200), 0.225386107, 1e-8);
    assert_close(lc_log_loss(p, y, 200), 0.649688746, 1e-8);
    assert_int_equal(lc_calibration(p, y, 200, &arena, &c, &err), LC_OK);
    assert_close(c.intercept, -0.068557154, 1e-6);
    assert_close(c.slope, 0.550894190, 1e-6);
    assert_close(c.slope_se, 0.178661609, 1e-6);
    assert_close(c.in_the_large, 0.319531811, 1e-6);
    assert_close(c.in_the_large_se, 0.159437172, 1e-6);
}

#define N 240

static void one_class_and_equal_probabilities_leave_nan(void **state)
{
    double p[N];
    uint8_t y[N];
    struct lc_calibration c;
    struct lc_err err;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        p[i] = 0.2;
        y[i] = i % 7 == 0;
    }
    assert_int_equal(lc_calibration(p, y, N, &arena, &c, &err), LC_OK);
    assert_true(isnan(c.slope));
    assert_true(isfinite(c.in_the_large));
    for (size_t i = 0; i < N; i++)
        y[i] = 0;
    assert_int_equal(lc_calibration(p, y, N, &arena, &c, &err), LC_OK);
    assert_true(isnan(c.slope) && isnan(c.in_the_large));
    assert_true(isnan(lc_brier(p, y, 0)));
}

/* A certain and wrong guess costs log(1e15), not infinity. */
static void log_loss_is_cut(void **state)
{
    static const double p[] = {0, 1};
    static const uint8_t y[] = {1, 1};

    (void)state;
    assert_close(lc_log_loss(p, y, 2), 15 * log(10) / 2, 1e-12);
}

static void bins_hold_every_lead_once_and_never_split_a_tie(void **state)
{
    struct lc_random random = {3};
    struct lc_bin bin[10];
    double p[N], leads = 0, won = 0, all = 0;
    uint8_t y[N];
    struct lc_err err;
    size_t used = 0;

    (void)state;
    for (size_t i = 0; i < N; i++) {
        p[i] = floor(15 * lc_random_unit(&random)) / 31;
        y[i] = lc_random_unit(&random) < p[i];
        all += y[i];
    }
    assert_int_equal(lc_calibration_bins(p, y, N, 10, &arena, bin, &used, &err), LC_OK);
    assert_true(used > 5 && used <= 10);
    for (size_t j = 0; j < used; j++) {
        leads += bin[j].n;
        won += bin[j].won;
        assert_close(bin[j].observed, bin[j].won / bin[j].n, 1e-15);
        if (j)
            assert_true(bin[j].predicted > bin[j - 1].predicted);
    }
    assert_close(leads, N, 0);
    assert_close(won, all, 0);
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    struct lc_random random = {3};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;
    double p[N];
    uint8_t y[N];

    (void)state;
    for (size_t i = 0; i < N; i++) {
        p[i] = lc_random_unit(&random);
        y[i] = lc_random_unit(&random) < p[i];
    }
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 512, refused++) {
        struct lc_calibration c;
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_calibration(p, y, N, &small, &c, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(in_sample_brier_and_log_loss_agree_with_r),
        TEST(out_of_sample_calibration_agrees_with_rms),
        TEST(one_class_and_equal_probabilities_leave_nan),
        TEST(log_loss_is_cut),
        TEST(bins_hold_every_lead_once_and_never_split_a_tie),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
