#include "leadcal/rank_trend.h"

#include <gsl/gsl_errno.h>

#include "test.h"

static struct lc_rank_trend test_of(const double *x, const uint32_t *group, size_t n,
                                    size_t groups)
{
    struct lc_rank_trend t = {0};
    struct lc_arena arena;
    struct lc_err err;

    lc_arena_init(&arena, LC_ARENA_NO_LIMIT);
    assert_int_equal(lc_rank_trend(x, group, n, groups, &arena, &t, &err), LC_OK);
    lc_arena_release(&arena);
    return t;
}

/* R 4.2.2: wilcox.test(x, y, exact = FALSE, correct = FALSE): W 62.5, p 0.0432591728933 */
static void two_groups_are_wilcoxons(void **state)
{
    const double x[] = {12, 31, 7, 7, 19, 44, 28, 7, 60, 23, 9, 5, 7, 19, 3, 14, 7, 11};
    uint32_t group[18];
    struct lc_rank_trend t;

    (void)state;
    for (size_t i = 0; i < 18; i++)
        group[i] = i < 10 ? 1 : 0;
    t = test_of(x, group, 18, 2);
    assert_close(t.p, 0.0432591728933, 1e-11);
    assert_close(t.higher, 62.5 / 80, 1e-14);
    assert_true(t.z > 0);
}

/* All orders of the sample counted: tests/reference/rank_trend.py. J 18, mean 21/2, variance 747/56 */
static const double sample[] = {3, 2, 5, 5, 3, 8, 5, 11};
static const uint32_t dealt[] = {0, 0, 0, 1, 1, 2, 2, 2};

static void three_groups_have_the_moments_of_all_orders(void **state)
{
    const struct lc_rank_trend t = test_of(sample, dealt, 8, 3);

    (void)state;
    assert_close(t.z, 2.053501270971, 1e-11);
    assert_close(t.p, erfc(2.053501270971 / sqrt(2)), 1e-11);
    assert_close(t.higher, 18.0 / 21, 1e-14);
}

static void mirrors_turn_the_sign_and_nothing_else_matters(void **state)
{
    const struct lc_rank_trend t = test_of(sample, dealt, 8, 3);
    double mirrored[8], stretched[8], turned_x[8];
    uint32_t reversed[8], turned[8];

    (void)state;
    for (size_t i = 0; i < 8; i++) {
        mirrored[i] = -sample[i];
        stretched[i] = exp(sample[i]);
        reversed[i] = 2 - dealt[i];
        turned_x[i] = sample[7 - i];
        turned[i] = dealt[7 - i];
    }
    assert_close(test_of(mirrored, dealt, 8, 3).z, -t.z, 1e-14);
    assert_close(test_of(sample, reversed, 8, 3).z, -t.z, 1e-14);
    assert_true(test_of(stretched, dealt, 8, 3).z == t.z);
    assert_true(test_of(turned_x, turned, 8, 3).z == t.z);
    assert_true(test_of(sample, dealt, 8, 5).z == t.z); /* groups without leads */
}

static void where_nothing_varies_there_is_no_test(void **state)
{
    const double same[] = {2.385, 2.385, 2.385, 2.385};
    const uint32_t one[] = {1, 1, 1, 1}, two[] = {0, 0, 1, 1};

    (void)state;
    assert_true(isnan(test_of(same, two, 4, 2).p));
    assert_true(isnan(test_of(sample, one, 4, 2).p) &&
                isnan(test_of(sample, one, 4, 2).higher));
    assert_true(isnan(test_of(NULL, NULL, 0, 2).p));
}

static void memory_refused_is_said(void **state)
{
    struct lc_rank_trend t = {.z = 77};
    struct lc_arena arena;
    struct lc_err err;

    (void)state;
    lc_arena_init(&arena, 16);
    assert_int_equal(lc_rank_trend(sample, dealt, 8, 3, &arena, &t, &err), LC_ENOMEM);
    assert_true(t.z == 77);
    lc_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_groups_are_wilcoxons),
        cmocka_unit_test(three_groups_have_the_moments_of_all_orders),
        cmocka_unit_test(mirrors_turn_the_sign_and_nothing_else_matters),
        cmocka_unit_test(where_nothing_varies_there_is_no_test),
        cmocka_unit_test(memory_refused_is_said),
    };

    (void)gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
