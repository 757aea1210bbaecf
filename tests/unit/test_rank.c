#include "test.h"

#include "leadcal/random.h"
#include "leadcal/rank.h"

#define N 12

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

static struct lc_spearman correlate(const uint32_t *x, size_t kx, const uint32_t *y, size_t ky,
                                    size_t n)
{
    struct lc_spearman s;
    struct lc_err err;

    assert_int_equal(lc_spearman(x, kx, y, ky, n, &arena, &s, &err), LC_OK);
    return s;
}

/* Ordered codes of the numbers in tests/reference/audit.py (scipy.stats.spearmanr): employees
 * 3 7 8 15 40 61 90 220 1000, days 8 9 12 14 20 25 30 31 44 60 75. */
static const uint32_t staff[N] = {0, 3, 3, 4, 1, 7, 0, 6, 3, 8, 5, 2};
static const uint32_t days[N] = {2, 6, 5, 7, 1, 10, 3, 7, 0, 8, 9, 4};

static void the_correlation_is_that_of_scipy(void **state)
{
    const struct lc_spearman s = correlate(staff, 9, days, 11, N);

    (void)state;
    assert_close(s.rho, 0.830409430004092, 1e-12);
    assert_close(s.low, 0.406848975798003, 1e-12);
    assert_close(s.high, 0.960091495914855, 1e-12);
    assert_int_equal(s.n, N);
}

static void neither_order_nor_rising_codes_matter_and_a_mirror_mirrors(void **state)
{
    struct lc_random random = {20260301};
    uint32_t x[300], y[300], turned[300], wide[300], upside[300], turned_y[300];
    struct lc_spearman s, t, u;

    (void)state;
    for (size_t i = 0; i < 300; i++) {
        x[i] = (uint32_t)lc_random_below(&random, 20);
        y[i] = (uint32_t)(x[i] / 3 + lc_random_below(&random, 9));
        turned[299 - i] = x[i];
        turned_y[299 - i] = y[i];
        wide[i] = x[i] * x[i] + 5;
        upside[i] = 19 - x[i];
    }
    s = correlate(x, 20, y, 16, 300);
    assert_true(s.low > 0.3 && s.high < 0.8);
    t = correlate(turned, 20, turned_y, 16, 300);
    u = correlate(wide, 400, y, 16, 300);
    assert_close(t.rho, s.rho, 1e-12);
    assert_close(u.rho, s.rho, 1e-12);
    u = correlate(upside, 20, y, 16, 300);
    assert_close(u.rho, -s.rho, 1e-12);
    assert_close(u.low, -s.high, 1e-12);
}

static void what_cannot_be_said_is_not_a_number(void **state)
{
    static const uint32_t same[5] = {2, 2, 2, 2, 2}, rises[5] = {0, 1, 2, 3, 4};
    struct lc_spearman s = correlate(same, 3, rises, 5, 5);

    (void)state;
    assert_true(isnan(s.rho) && isnan(s.low) && isnan(s.high));
    s = correlate(rises, 5, rises, 5, 3);
    assert_true(isnan(s.rho));
    s = correlate(rises, 5, rises, 5, 5);
    assert_close(s.rho, 1, 0);
    assert_close(s.low, 1, 0);
    assert_close(s.high, 1, 0);
}

static void memory_may_be_refused(void **state)
{
    struct lc_spearman s = {0};
    struct lc_arena small;
    struct lc_err err;

    (void)state;
    for (size_t limit = 0; limit < 160; limit += 40) {
        lc_arena_init(&small, limit);
        assert_int_equal(lc_spearman(staff, 9, days, 11, N, &small, &s, &err), LC_ENOMEM);
        lc_arena_release(&small);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_correlation_is_that_of_scipy),
        TEST(neither_order_nor_rising_codes_matter_and_a_mirror_mirrors),
        TEST(what_cannot_be_said_is_not_a_number),
        TEST(memory_may_be_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
