#include "test.h"

#include <gsl/gsl_errno.h>

#include "leadcal/amount.h"

#define SEED 20260101

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

static void assert_within(double got, double want, double by)
{
    assert_true(fabs(got - want) <= by);
}

static struct lc_interval limits(const double *amount, size_t n, size_t leads, uint64_t seed)
{
    struct lc_interval ci;
    struct lc_err err;

    assert_int_equal(lc_amount_interval(amount, n, leads, seed, NULL, &arena, &ci, &err),
                     LC_OK);
    return ci;
}

/* Binomial quantiles by scipy 1.17.1 (tests/reference/amount.py). A quantile of 1,000 draws has a
 * standard error of 0.0049 over the chance of one win there: 0.4 wins of 23, 1.2 of 240. */
static void equal_amounts_have_binomial_limits(void **state)
{
    double price[240];
    struct lc_interval ci;

    (void)state;
    for (size_t i = 0; i < 240; i++)
        price[i] = 412.5;
    ci = limits(price, 23, 317, SEED);
    assert_within(ci.low, 18.217665615141957, 1.2 * 412.5 / 317);
    assert_within(ci.high, 41.640378548895896, 1.2 * 412.5 / 317);
    for (size_t i = 0; i < 240; i++)
        price[i] = 1;
    ci = limits(price, 240, 1900, SEED);
    assert_within(ci.low, 0.11157894736842106, 3.6 / 1900);
    assert_within(ci.high, 0.14157894736842105, 3.6 / 1900);
}

static const double mixed[] = {1200.0,  340.5, 9800.0, 75.25, 2310.0, 640.0,
                               15200.0, 480.0, 3300.0, 910.0, 5125.0};
#define MIXED (sizeof mixed / sizeof *mixed)

/* 200,000 resamples of whole leads by numpy 2.4.6: the mean's SD is 135.8, and a quantile of 1,000
 * draws lies within a fifth of it. */
static void mixed_amounts_agree_with_resamples_of_whole_leads(void **state)
{
    const struct lc_interval ci = limits(mixed, MIXED, 140, SEED);

    (void)state;
    assert_within(ci.low, 60.71607142857143, 27);
    assert_within(ci.high, 584.3329017857142, 27);
}

static void a_currency_scales_the_limits(void **state)
{
    const struct lc_interval ci = limits(mixed, MIXED, 140, SEED);
    double cents[MIXED];
    struct lc_interval of_cents;

    (void)state;
    for (size_t i = 0; i < MIXED; i++)
        cents[i] = 100 * mixed[i];
    of_cents = limits(cents, MIXED, 140, SEED);
    assert_close(of_cents.low, 100 * ci.low, 1e-12);
    assert_close(of_cents.high, 100 * ci.high, 1e-12);
}

static void the_seed_decides(void **state)
{
    const struct lc_interval ci = limits(mixed, MIXED, 140, SEED);
    const struct lc_interval again = limits(mixed, MIXED, 140, SEED);
    const struct lc_interval other = limits(mixed, MIXED, 140, SEED + 1);

    (void)state;
    assert_true(ci.low == again.low && ci.high == again.high);
    assert_true(ci.low != other.low && ci.high != other.high);
}

static void leads_that_all_won_at_one_price_have_no_spread(void **state)
{
    static const double price[] = {37.5, 37.5, 37.5, 37.5, 37.5, 37.5};
    const struct lc_interval ci = limits(price, 6, 6, SEED);

    (void)state;
    assert_close(ci.low, 37.5, 1e-15);
    assert_close(ci.high, 37.5, 1e-15);
}

static void few_amounts_have_no_limits(void **state)
{
    const struct lc_interval ci = limits(mixed, LC_LEAST_AMOUNTS - 1, 140, SEED);

    (void)state;
    assert_true(isnan(ci.low) && isnan(ci.high));
}

static void any_number_of_threads_gives_the_same_limits(void **state)
{
    const struct lc_interval alone = limits(mixed, MIXED, 140, SEED);

    (void)state;
    for (size_t threads = 1; threads <= 7; threads += 3) {
        struct lc_parallel *pool = lc_parallel_new(threads);
        struct lc_interval ci;
        struct lc_err err;

        assert_non_null(pool);
        assert_int_equal(lc_amount_interval(mixed, MIXED, 140, SEED, pool, &arena, &ci, &err),
                         LC_OK);
        assert_true(ci.low == alone.low && ci.high == alone.high);
        lc_parallel_free(pool);
    }
}

static void every_way_to_run_out_of_memory_is_survived(void **state)
{
    enum lc_rc rc = LC_ENOMEM;
    size_t refused = 0;

    (void)state;
    for (size_t limit = 0; rc == LC_ENOMEM; limit += 512, refused++) {
        struct lc_interval ci;
        struct lc_arena small;
        struct lc_err err;

        lc_arena_init(&small, limit);
        rc = lc_amount_interval(mixed, MIXED, 140, SEED, NULL, &small, &ci, &err);
        lc_arena_release(&small);
    }
    assert_int_equal(rc, LC_OK);
    assert_true(refused > 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(equal_amounts_have_binomial_limits),
        TEST(mixed_amounts_agree_with_resamples_of_whole_leads),
        TEST(a_currency_scales_the_limits),
        TEST(the_seed_decides),
        TEST(leads_that_all_won_at_one_price_have_no_spread),
        TEST(few_amounts_have_no_limits),
        TEST(any_number_of_threads_gives_the_same_limits),
        TEST(every_way_to_run_out_of_memory_is_survived),
    };

    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
