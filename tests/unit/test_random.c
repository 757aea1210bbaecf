#include "test.h"

#include "leadcal/random.h"

/* Seed 0: what Vigna's splitmix64.c (2015, public domain) gives. Seed 1234567: the values printed in
 * Rosetta Code's task "Pseudo-random numbers/Splitmix64". */
static void the_first_values_are_those_of_the_published_generator(void **state)
{
    static const uint64_t zero[] = {0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F,
                                    0xF88BB8A8724C81EC};
    static const uint64_t other[] = {6457827717110365317U, 3203168211198807973U,
                                     9817491932198370423U, 4593380528125082431U,
                                     16408922859458223821U};
    struct lc_random a = {0}, b = {1234567};

    (void)state;
    for (size_t i = 0; i < sizeof zero / sizeof *zero; i++)
        assert_true(lc_random_bits(&a) == zero[i]);
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_true(lc_random_bits(&b) == other[i]);
}

/* Mean 1/2 and variance 1/12: the limits are five standard errors of 100,000 draws. */
static void units_lie_in_0_to_1_and_are_even(void **state)
{
    enum { N = 100000 };
    struct lc_random random = {2385};
    double sum = 0, squares = 0;

    (void)state;
    for (int i = 0; i < N; i++) {
        const double u = lc_random_unit(&random);

        assert_true(u >= 0 && u < 1);
        sum += u;
        squares += (u - 0.5) * (u - 0.5);
    }
    assert_close(sum / N, 0.5, 5 * sqrt(1.0 / 12 / N));
    assert_close(squares / N, 1.0 / 12, 5 * sqrt(1.0 / 180 / N));
}

static void a_unit_is_the_upper_53_bits(void **state)
{
    struct lc_random a = {41}, b = {41};

    (void)state;
    for (int i = 0; i < 1000; i++)
        assert_true(lc_random_unit(&a) * 0x1p53 == (double)(lc_random_bits(&b) >> 11));
}

static void each_number_below_n_comes_about_as_often(void **state)
{
    struct lc_random random = {5};
    int seen[7] = {0};

    (void)state;
    for (int i = 0; i < 70000; i++) {
        const uint64_t x = lc_random_below(&random, 7);

        assert_in_range(x, 0, 6);
        seen[x]++;
    }
    for (int i = 0; i < 7; i++)
        assert_in_range(seen[i], 10000 - 463, 10000 + 463); /* five standard errors */
    assert_int_equal(lc_random_below(&random, 1), 0);
    assert_true(lc_random_below(&random, UINT64_MAX) < UINT64_MAX);
}

static void a_skip_is_as_many_draws(void **state)
{
    struct lc_random drawn = {2385}, skipped = {2385};

    (void)state;
    for (int i = 0; i < 37; i++)
        (void)lc_random_bits(&drawn);
    lc_random_skip(&skipped, 37);
    assert_true(lc_random_bits(&drawn) == lc_random_bits(&skipped));
    lc_random_skip(&skipped, 0);
    assert_true(drawn.state == skipped.state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_values_are_those_of_the_published_generator),
        cmocka_unit_test(units_lie_in_0_to_1_and_are_even),
        cmocka_unit_test(a_unit_is_the_upper_53_bits),
        cmocka_unit_test(each_number_below_n_comes_about_as_often),
        cmocka_unit_test(a_skip_is_as_many_draws),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
