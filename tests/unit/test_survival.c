#include "test.h"

#include <gsl/gsl_errno.h>
#include <stdio.h>

#include "leadcal/survival.h"
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

/* R survival 3.5-3, survfit(Surv(time, status) ~ 1, lung): 228 patients, 165 deaths. */
static void the_curve_agrees_with_survfit(void **state)
{
    static const struct {
        double time, survival, se;
    } want[] = {
        {100, 0.863968968, 0.0227102304},
        {180, 0.721670653, 0.0298124195},
        {365, 0.409241624, 0.0358236382},
        {730, 0.115693098, 0.0282981973},
    };
    const char *path = public_path(&arena, __func__, "lung/lung.csv");
    struct lc_interval ci;
    struct lc_table t;
    struct lc_km km;
    struct lc_err err;

    (void)state;
    if (!path)
        skip();
    t = public_table(&arena, path);
    assert_int_equal(lc_kaplan_meier(public_numbers(&arena, &t, "time"),
                                     public_is(&arena, &t, "status", "2"), t.n, &arena, &km,
                                     &err),
                     LC_OK);
    assert_close(km.n, 228, 0);
    assert_close(km.events, 165, 0);
    for (size_t i = 0; i < sizeof want / sizeof want[0]; i++) {
        const struct lc_km_step at = lc_km_at(&km, want[i].time);

        assert_close(at.survival, want[i].survival, 1e-9);
        assert_close(at.std_error, want[i].se, 1e-9);
    }
    assert_close(lc_km_at(&km, 365).low, 0.344721582, 1e-9);
    assert_close(lc_km_at(&km, 365).high, 0.485837604, 1e-9);
    assert_close(lc_km_quantile(&km, 0.5, &ci), 310, 0);
    assert_close(ci.low, 285, 0);
    assert_close(ci.high, 363, 0);
    assert_close(lc_km_quantile(&km, 0.25, &ci), 170, 0);
    assert_close(lc_km_quantile(&km, 0.75, &ci), 550, 0);
}

/* R survdiff(Surv(time, status) ~ sex, lung). */
static void the_log_rank_test_agrees_with_survdiff(void **state)
{
    const char *path = public_path(&arena, __func__, "lung/lung.csv");
    double observed[2], expected[2], *time;
    struct lc_interval ci;
    struct lc_log_rank test;
    struct lc_table t;
    struct lc_err err;
    uint32_t *group;
    uint8_t *event, *woman;

    (void)state;
    if (!path)
        skip();
    t = public_table(&arena, path);
    time = public_numbers(&arena, &t, "time");
    event = public_is(&arena, &t, "status", "2");
    woman = public_is(&arena, &t, "sex", "2");
    group = LC_NEW(&arena, t.n, uint32_t);
    for (size_t i = 0; i < t.n; i++)
        group[i] = woman[i];
    assert_int_equal(
        lc_log_rank(time, event, group, t.n, 2, &arena, observed, expected, &test, &err),
        LC_OK);
    assert_close(observed[0], 112, 0);
    assert_close(observed[1], 53, 0);
    assert_close(expected[0], 91.582, 5e-6);
    assert_close(expected[1], 73.418, 5e-6);
    assert_close(test.chi_square, 10.32674195, 1e-9);
    assert_close(test.p, 0.00131116452, 1e-10);
    for (uint32_t g = 0; g < 2; g++) {
        static const double median[] = {270, 426}, low[] = {212, 348}, high[] = {310, 550};
        double *of_time = LC_NEW(&arena, t.n, double);
        uint8_t *of_event = LC_NEW(&arena, t.n, uint8_t);
        struct lc_km km;
        size_t n = 0;

        for (size_t i = 0; i < t.n; i++)
            if (group[i] == g) {
                of_time[n] = time[i];
                of_event[n++] = event[i];
            }
        assert_int_equal(lc_kaplan_meier(of_time, of_event, n, &arena, &km, &err), LC_OK);
        assert_close(lc_km_quantile(&km, 0.5, &ci), median[g], 0);
        assert_close(ci.low, low[g], 0);
        assert_close(ci.high, high[g], 0);
    }
}

/* R survival::aml, printed in its manual: the step tables of both arms, and rho = 0. */
static void the_step_table_of_aml_comes_out(void **state)
{
    static const double kept[] = {9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161};
    static const uint8_t kept_event[] = {1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0};
    static const double want[] = {.90909, .81818, .71591, .61364, .49091, .36818, .18409};
    struct lc_interval ci;
    struct lc_km km;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_kaplan_meier(kept, kept_event, 11, &arena, &km, &err), LC_OK);
    assert_int_equal(km.n_steps, 7);
    for (size_t i = 0; i < 7; i++)
        assert_close(km.step[i].survival, want[i], 5e-6);
    assert_close(lc_km_quantile(&km, 0.5, &ci), 31, 0);
    assert_close(ci.low, 18, 0);
    assert_true(isnan(ci.high));
}

/* Only one in ten is ever won: there is no median, and none is invented. */
static void a_median_that_is_not_reached_is_nan(void **state)
{
    static const double time[] = {3, 8, 20, 20, 20, 20, 20, 20, 20, 20};
    static const uint8_t event[] = {1, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    struct lc_interval ci;
    struct lc_km km;
    struct lc_err err;

    (void)state;
    assert_int_equal(lc_kaplan_meier(time, event, 10, &arena, &km, &err), LC_OK);
    assert_true(isnan(lc_km_quantile(&km, 0.5, &ci)));
    assert_int_equal(lc_kaplan_meier(time, event, 0, &arena, &km, &err), LC_EDEGENERATE);
}

/* R: quantile(c(2.385, 5.1, 7.7, 11.2, 40.5), c(.5, .9), type = 7) */
static void quantiles_are_of_type_7(void **state)
{
    static const double x[] = {2.385, 5.1, 7.7, 11.2, 40.5};

    (void)state;
    assert_close(lc_quantile(x, 5, 0.5), 7.7, 1e-15);
    assert_close(lc_quantile(x, 5, 0.9), 28.78, 1e-14);
    assert_close(lc_quantile(x, 5, 1), 40.5, 0);
    assert_true(isnan(lc_quantile(x, 0, 0.5)));
}

/* Conover's table for the median: n = 10 gives the 2nd and 9th values (coverage 0.979), n = 5 no
 * interval at 95 %. */
static void order_statistics_bound_the_median(void **state)
{
    static const double x[] = {1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5, 8.5, 9.5, 10.5};
    const struct lc_interval ten = lc_quantile_interval(x, 10, 0.5);
    const struct lc_interval five = lc_quantile_interval(x, 5, 0.5);

    (void)state;
    assert_close(ten.low, 2.5, 0);
    assert_close(ten.high, 9.5, 0);
    assert_true(isnan(five.low) && isnan(five.high));
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    static const double time[] = {3, 8, 20, 21};
    static const uint8_t event[] = {1, 0, 1, 1};
    static const uint32_t group[] = {0, 1, 0, 1};
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 16, refused++) {
        double observed[2], expected[2];
        struct lc_log_rank test;
        struct lc_arena small;
        struct lc_km km;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_kaplan_meier(time, event, 4, &small, &km, &err);
        if (!rc)
            rc = lc_log_rank(time, event, group, 4, 2, &small, observed, expected, &test, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 5);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_curve_agrees_with_survfit),
        TEST(the_log_rank_test_agrees_with_survdiff),
        TEST(the_step_table_of_aml_comes_out),
        TEST(a_median_that_is_not_reached_is_nan),
        TEST(quantiles_are_of_type_7),
        TEST(order_statistics_bound_the_median),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
