#include "test.h"

#include "leadcal/random.h"

static void seed_zero_gives_the_published_values(void **state)
{
    /* SplitMix64, seed 0: the first outputs of the reference splitmix64.c (Vigna, 2015). */
    static const uint64_t want[] = {0xE220A8397B1DCDAFU, 0x6E789E6AA1B965F4U,
                                    0x06C45D188009454FU, 0xF88BB8A8724C81ECU,
                                    0x1B39896A51A8749BU};
    struct lc_random r = {0};

    (void)state;
    for (size_t i = 0; i < 5; i++)
        assert_true(lc_random_bits(&r) == want[i]);
}

static void units_fill_the_interval_evenly(void **state)
{
    size_t bin[10] = {0};
    struct lc_random r = {1};
    double sum = 0;

    (void)state;
    for (int i = 0; i < 100000; i++) {
        const double u = lc_random_unit(&r);

        assert_true(u >= 0 && u < 1);
        bin[(size_t)(u * 10)]++;
        sum += u;
    }
    for (size_t b = 0; b < 10; b++) /* 10,000 +- 5 standard deviations of 95 */
        assert_in_range(bin[b], 9525, 10475);
    assert_close(sum / 100000, 0.5, 0.005);
}

static void below_stays_below_and_reaches_everything(void **state)
{
    size_t seen[7] = {0};
    struct lc_random r = {2};

    (void)state;
    for (int i = 0; i < 7000; i++)
        seen[lc_random_below(&r, 7)]++;
    for (size_t i = 0; i < 7; i++)
        assert_in_range(seen[i], 850, 1150);
    assert_int_equal(lc_random_below(&r, 1), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seed_zero_gives_the_published_values),
        cmocka_unit_test(units_fill_the_interval_evenly),
        cmocka_unit_test(below_stays_below_and_reaches_everything),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
